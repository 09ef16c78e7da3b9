//! The agenda: what is to be done on which day, in the order in which it was planned.

use std::collections::BTreeMap;

use domain::{sluiting::Sluitreden, termijn::werkdag_op_of_na};
use jiff::{ToSpan, civil::Date};

/// Something to be done on a day; the numbers are places in the lists of cases and supports.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Task {
    Emergency(usize),
    Intake(usize),
    StartEnquiry(usize),
    EndEnquiry(usize),
    SendReport(usize),
    SendReportAgain(usize),
    Apply(usize),
    Suspend(usize),
    Resume(usize),
    Decide(usize),
    Close(usize, Sluitreden),
    Order(usize),
    Correct(usize),
    Withdraw(usize),
    Extend(usize),
    Start(usize),
    MoveStart(usize),
    Pause(usize),
    TakeBackPause(usize),
    Restart(usize),
    EndSupport(usize),
    Expire(usize),
    Renew(usize),
    Leave(usize),
    MoveHouse(usize),
    Talk(usize),
    Review(usize),
    Repropose(usize),
    Conclude(usize),
    SendDecision(usize, u16),
    Object(usize, u16),
    AnswerObjection(usize, u16),
    Appeal(usize, u16),
    Ruling(usize, u16),
    Evaluate(usize),
    Reassess(usize),
}

/// What is to be done on which day; what lies after the last day is forgotten.
pub(crate) struct Agenda {
    days: BTreeMap<Date, Vec<Task>>,
    last: Date,
}

impl Agenda {
    pub(crate) fn new(last: Date) -> Agenda {
        Agenda { days: BTreeMap::new(), last }
    }

    /// Plans something on a day.
    pub(crate) fn plan(&mut self, day: Date, task: Task) {
        if day <= self.last {
            self.days.entry(day).or_default().push(task);
        }
    }

    /// Plans something on the first working day on or after a day.
    pub(crate) fn plan_workday(&mut self, day: Date, task: Task) {
        self.plan(werkdag_op_of_na(day), task);
    }

    /// Takes what is planned on a day, as far as it is known now.
    pub(crate) fn take(&mut self, day: Date) -> Option<Vec<Task>> {
        let oldest = self.days.first_key_value().map(|(oldest, _)| *oldest);
        debug_assert!(oldest.is_none_or(|it| it >= day), "{oldest:?} was never done");
        self.days.remove(&day)
    }
}

/// The day that many days later; earlier for a negative number.
pub(crate) fn plus(day: Date, days: i64) -> Date {
    day.saturating_add(days.days())
}
