//! Delivery as providers report it: start, pause, restart, stop, and what they take back.

use domain::{DossierCommand as C, levering::StopReden};
use jiff::civil::Date;

use crate::{
    agenda::{Task, plus},
    sim::Sim,
};

impl Sim<'_> {
    /// Delivery started a few days ago, or weeks when the message comes late.
    pub(crate) fn start_delivery(&mut self, at: usize) {
        let it = self.supports[at];
        let (Some(toewijzing), Some(provider), false) = (it.nummer, it.provider, it.over) else {
            return;
        };
        let delay = self.message_delay();
        let on = plus(self.world.today, -delay).max(it.van);
        if it.tot.is_some_and(|tot| on > tot) {
            return;
        }
        self.report(at, on, C::MeldStart { toewijzing });
        self.supports[at].first_started = Some(on);
        self.supports[at].started = Some(on);
        self.take_into_bills(at, provider, on);
        let today = self.world.today;
        let draw = &mut self.draws.delivery;
        match draw.weighted(&[0.92, 0.07, 0.01]) {
            1 => {
                let day = plus(today, draw.days(30, 300));
                self.agenda.plan_workday(day, Task::Pause(at));
            }
            2 => self.agenda.plan_workday(plus(today, 4), Task::MoveStart(at)),
            _ => {}
        }
    }

    /// The reported start was wrong: it is taken back and reported on another day.
    pub(crate) fn move_start(&mut self, at: usize) {
        let it = self.supports[at];
        let (Some(toewijzing), Some(begin), false) = (it.nummer, it.started, it.over) else {
            return;
        };
        let day = plus(begin, 3).min(self.world.today);
        if it.tot.is_some_and(|tot| day > tot) {
            return;
        }
        self.report(at, self.world.today, C::VerwijderStart { toewijzing, begin });
        self.report(at, day, C::MeldStart { toewijzing });
        self.supports[at].first_started = Some(day);
        self.supports[at].started = Some(day);
    }

    /// Delivery stops for a while, or is reported so by mistake.
    pub(crate) fn pause(&mut self, at: usize) {
        let it = self.supports[at];
        let today = self.world.today;
        let (Some(toewijzing), Some(begin), false) = (it.nummer, it.started, it.over) else {
            return;
        };
        if it.tot.is_some_and(|tot| today >= tot) {
            return;
        }
        self.report(at, today, C::MeldStop { toewijzing, begin, reden: StopReden::Tijdelijk });
        self.supports[at].stopped = true;
        let draw = &mut self.draws.delivery;
        if draw.chance(0.08) {
            self.agenda.plan_workday(plus(today, 5), Task::TakeBackPause(at));
        } else {
            let back = plus(today, draw.days(14, 70));
            self.supports[at].pause = Some((plus(today, 1), back));
            self.agenda.plan_workday(back, Task::Restart(at));
        }
    }

    /// The reported stop was a mistake.
    pub(crate) fn take_back_pause(&mut self, at: usize) {
        let it = self.supports[at];
        let (Some(toewijzing), Some(begin), false) = (it.nummer, it.started, it.over) else {
            return;
        };
        self.report(at, self.world.today, C::VerwijderStop { toewijzing, begin });
        self.supports[at].stopped = false;
    }

    /// Delivery goes on after a pause.
    pub(crate) fn restart(&mut self, at: usize) {
        let it = self.supports[at];
        let today = self.world.today;
        let (Some(toewijzing), false) = (it.nummer, it.over) else { return };
        if it.tot.is_some_and(|tot| today > tot) {
            return;
        }
        self.report(at, today, C::MeldStart { toewijzing });
        self.supports[at].started = Some(today);
        self.supports[at].stopped = false;
        if let Some((first, _)) = it.pause {
            self.supports[at].pause = Some((first, plus(today, -1)));
        }
    }

    /// Delivery ended for good on a day; a start after that day is taken back.
    pub(crate) fn stop_delivery(&mut self, at: usize, last: Date, reden: StopReden) {
        let it = self.supports[at];
        let (Some(toewijzing), Some(begin)) = (it.nummer, it.started) else { return };
        let today = self.world.today;
        if begin > last {
            return self.report(at, today, C::VerwijderStart { toewijzing, begin });
        }
        let paused_on = it.pause.map(|(first, _)| plus(first, -1)).filter(|_| it.stopped);
        if it.stopped && paused_on.is_none_or(|day| last < day) {
            return;
        }
        self.report(at, last, C::MeldStop { toewijzing, begin, reden });
        self.supports[at].stopped = true;
    }
}
