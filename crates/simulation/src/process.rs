//! A case step by step: melding, intake, onderzoek, verslag, aanvraag, opschorting, sluiting.

use domain::{
    Actor, DossierCommand as C, Functie, MedewerkerId, Zaakstap,
    gesprek::Identiteitsdocument,
    intake::IntakeUitkomst,
    melding::{Kanaal, Melder},
    onderzoek,
    sluiting::Sluitreden,
    termijn::{Opschortingsgrond, werkdag_op_of_na},
    voorziening::EindeReden,
};
use jiff::civil::{Date, date};

use crate::{
    agenda::{Task, plus},
    demand::channel,
    needs::{Kind, Need},
    outcome::Outcome,
    sim::{Case, Sim},
    staff::{capacity, sign},
    waiting::some_provision,
};

impl Sim<'_> {
    /// A new request of a client comes in.
    pub(crate) fn open_new_case(&mut self, client: usize, need: Need) {
        let team = self.place.wijken[self.clients[client].wijk].team;
        let draw = &mut self.draws.process;
        let desk = draw.chance(if need.kind() == Kind::OndersteuningThuis { 0.0 } else { 0.7 });
        let outreach = !desk
            && self.world.today.year() >= 2018
            && draw.chance(self.parameters.aandeel_outreach);
        let spoed = !outreach && draw.chance(self.parameters.aandeel_spoed);
        let (kanaal, melder) =
            if outreach { (Kanaal::Outreach, Melder::Gemeente) } else { channel(draw) };
        let who = if outreach {
            self.staff.somebody(Functie::Wijkcoach, Some(team), draw)
        } else {
            self.staff.somebody(Functie::KccMedewerker, None, draw)
        };
        let on = if spoed { self.world.today } else { self.recorded_late(date(2015, 1, 1)) };
        let case = self.open_case(client, need, desk, who, on, (kanaal, melder, spoed), None);
        let today = self.world.today;
        if spoed {
            self.agenda.plan_workday(today, Task::Emergency(case));
        }
        let draw = &mut self.draws.process;
        let task = if outreach { Task::StartEnquiry(case) } else { Task::Intake(case) };
        self.agenda.plan_workday(plus(today, draw.days(1, 6)), task);
    }

    /// A case opens to renew a support that is nearly over.
    pub(crate) fn open_renewal(&mut self, support: usize) {
        let it = self.supports[support];
        let team = self.place.wijken[self.clients[it.client].wijk].team;
        let draw = &mut self.draws.process;
        let desk = draw.chance(if it.need.kind() == Kind::OndersteuningThuis { 0.0 } else { 0.7 });
        let at = (!desk).then_some(team);
        let who = self.staff.somebody(Functie::Consulent, at, draw);
        let on = self.world.today;
        let how = (Kanaal::Brief, Melder::Gemeente, false);
        let case = self.open_case(it.client, it.need, desk, who, on, how, Some(support));
        let start = plus(on, self.draws.process.days(1, 7));
        self.agenda.plan_workday(start, Task::StartEnquiry(case));
    }

    #[expect(clippy::too_many_arguments, reason = "all that a melding says")]
    fn open_case(
        &mut self,
        client: usize,
        need: Need,
        desk: bool,
        who: MedewerkerId,
        on: Date,
        (kanaal, melder, spoed): (Kanaal, Melder, bool),
        renews: Option<usize>,
    ) -> usize {
        let (on, actor) = sign(&self.world, who, on);
        let id = self.world.state.next_zaak(on.year());
        let melding = C::OntvangMelding { zaak: id, kanaal, melder, spoed };
        self.world.ask(on, actor, self.clients[client].id, melding);
        self.confirm(client, id, actor, on);
        let at = self.cases.len();
        self.clients[client].open_case = Some(at);
        self.cases.push(Case {
            client,
            id,
            need,
            team: self.place.wijken[self.clients[client].wijk].team,
            desk,
            spoed,
            melding: on,
            investigator: None,
            outcome: Outcome::Unknown,
            renews,
            suspended: false,
            open: true,
        });
        at
    }

    /// Settles a request at the intake or passes it on.
    pub(crate) fn finish_intake(&mut self, at: usize) {
        let case = self.cases[at];
        if !case.open {
            return;
        }
        let wijk = self.clients[case.client].wijk;
        let pilot = self.place.pilot.contains(&wijk) && case.melding >= self.parameters.pilot_op;
        let draw = &mut self.draws.process;
        let settled = draw.chance(if pilot {
            self.parameters.aandeel_afgerond_pilot
        } else {
            self.parameters.aandeel_afgerond_elders
        });
        let functie = match pilot {
            true => Functie::Intaker,
            false if draw.chance(0.6) => Functie::KccMedewerker,
            false => Functie::Consulent,
        };
        let who = self.staff.somebody(functie, None, draw);
        let uitkomst = if settled && !case.spoed {
            match draw.weighted(&[0.3, 0.3, 0.2, 0.2]) {
                0 => IntakeUitkomst::Informatie,
                1 => IntakeUitkomst::Advies,
                2 => IntakeUitkomst::EigenKracht,
                _ => IntakeUitkomst::AlgemeneVoorziening(some_provision(draw)),
            }
        } else if case.desk {
            IntakeUitkomst::NaarLoket
        } else {
            IntakeUitkomst::NaarTeam(self.place.teams[case.team].id)
        };
        let on = self.recorded_late(case.melding);
        self.judge_complexity(at, who, on, !uitkomst.afgerond());
        self.step(at, who, on, C::RondIntakeAf { zaak: case.id, uitkomst });
        if uitkomst.afgerond() {
            self.close(at, Sluitreden::AfgerondBijIntake);
        } else {
            let start = plus(self.world.today, self.draws.process.days(2, 9));
            self.agenda.plan_workday(start, Task::StartEnquiry(at));
        }
    }

    /// Starts the enquiry and plans its end: in time, or after the legal term.
    pub(crate) fn start_enquiry(&mut self, at: usize) {
        let case = self.cases[at];
        if !case.open {
            return;
        }
        let who = self.investigator(&case);
        self.cases[at].investigator = Some(who);
        let team = (!case.desk).then(|| self.place.teams[case.team].id);
        let today = self.world.today;
        self.assign(at, who);
        self.step(at, who, today, C::StartOnderzoek { zaak: case.id, team });
        let draw = &mut self.draws.process;
        let late = if case.desk { 0.07 } else { self.place.teams[case.team].aandeel_te_laat };
        // The teams plan without the days that a royal decree adds to the term.
        let last = werkdag_op_of_na(plus(case.melding, i64::from(onderzoek::TERMIJN_WEKEN) * 7));
        let end = if draw.chance(late) {
            plus(last, draw.days(1, 35))
        } else {
            let chosen = plus(case.melding, draw.days(17, 38)).max(today);
            if werkdag_op_of_na(chosen) <= last { chosen } else { last.max(today) }
        };
        self.plan_talk(at, end);
        self.agenda.plan_workday(end, Task::EndEnquiry(at));
    }

    /// Ends the enquiry; now it is known how the case will end.
    pub(crate) fn end_enquiry(&mut self, at: usize) {
        let mut case = self.cases[at];
        if !case.open {
            return;
        }
        let who = self.still_here(&case);
        case.investigator = Some(who);
        self.cases[at].investigator = Some(who);
        let stap = Zaakstap::IdentiteitVastgesteld(Identiteitsdocument::Identiteitskaart);
        self.step(at, who, self.world.today, C::ZetStap { zaak: case.id, stap });
        self.step(at, who, self.world.today, C::RondOnderzoekAf { zaak: case.id });
        self.cases[at].outcome = self.find_outcome(&case);
        self.walk(at, who);
        let day = plus(self.world.today, self.draws.process.days(0, 4));
        self.agenda.plan_workday(day, Task::SendReport(at));
    }

    /// Sends the report; a few clients ask for a new version of it.
    pub(crate) fn send_report(&mut self, at: usize) {
        self.send(at);
        if self.draws.process.chance(0.04) {
            let day = plus(self.world.today, self.draws.process.days(2, 8));
            self.agenda.plan_workday(day, Task::SendReportAgain(at));
        } else {
            self.after_report(at);
        }
    }

    /// Sends a new version of the report.
    pub(crate) fn send_report_again(&mut self, at: usize) {
        self.send(at);
        self.after_report(at);
    }

    fn send(&mut self, at: usize) {
        let case = self.cases[at];
        if case.open {
            let who = self.still_here(&case);
            self.step(at, who, self.world.today, C::VerzendVerslag { zaak: case.id });
        }
    }

    fn after_report(&mut self, at: usize) {
        let draw = &mut self.draws.process;
        let (day, task) = match self.cases[at].outcome {
            Outcome::NoApplication => (draw.days(7, 25), Task::Close(at, Sluitreden::GeenAanvraag)),
            Outcome::Withdrawn => {
                (draw.days(2, 15), Task::Close(at, Sluitreden::IngetrokkenDoorClient))
            }
            _ => (draw.days(1, 8), Task::Apply(at)),
        };
        self.agenda.plan_workday(plus(self.world.today, day), task);
    }

    /// Receives the aanvraag; for some, data are missing.
    pub(crate) fn receive_application(&mut self, at: usize) {
        let case = self.cases[at];
        if !case.open {
            return;
        }
        let who = self.still_here(&case);
        self.hear_reaction(at);
        self.step(at, who, self.world.today, C::OntvangAanvraag { zaak: case.id });
        let draw = &mut self.draws.process;
        let incomplete = case.outcome == Outcome::Unprocessed || draw.chance(0.05);
        let (days, task) = if incomplete {
            (draw.days(1, 4), Task::Suspend(at))
        } else if draw.chance(0.06) {
            (draw.days(15, 40), Task::Decide(at))
        } else {
            (draw.days(1, 11), Task::Decide(at))
        };
        self.agenda.plan_workday(plus(self.world.today, days), task);
    }

    /// Asks for data: the term stands still.
    pub(crate) fn suspend(&mut self, at: usize) {
        let case = self.cases[at];
        if !case.open {
            return;
        }
        let draw = &mut self.draws.process;
        let grond = Opschortingsgrond::ALLE[draw.weighted(&[0.7, 0.12, 0.12, 0.06])];
        let back = plus(self.world.today, draw.days(7, 24));
        let who = self.still_here(&case);
        self.step(at, who, self.world.today, C::SchortTermijnOp { zaak: case.id, grond });
        self.cases[at].suspended = true;
        self.agenda.plan_workday(back, Task::Resume(at));
    }

    /// The data came in, or the time for it is over.
    pub(crate) fn resume(&mut self, at: usize) {
        let case = self.cases[at];
        if !case.open {
            return;
        }
        let who = self.still_here(&case);
        self.step(at, who, self.world.today, C::HervatTermijn { zaak: case.id });
        self.cases[at].suspended = false;
        let day = plus(self.world.today, self.draws.process.days(1, 5));
        self.agenda.plan_workday(day, Task::Decide(at));
    }

    /// Closes a case.
    pub(crate) fn close(&mut self, at: usize, reden: Sluitreden) {
        let case = self.cases[at];
        if !case.open {
            return;
        }
        self.cases[at].open = false;
        self.clients[case.client].open_case = None;
        let who = self.still_here(&case);
        self.step(at, who, self.world.today, C::SluitZaak { zaak: case.id, reden });
    }

    /// A case of a client who died or moved away closes.
    pub(crate) fn close_for_leaving(&mut self, client: usize) {
        if let Some(at) = self.clients[client].open_case {
            let reden = match self.clients[client].leaves.1 {
                EindeReden::Overlijden => Sluitreden::Overlijden,
                _ => Sluitreden::Verhuizing,
            };
            self.close(at, reden);
        }
    }

    /// Somebody takes a step in a case.
    pub(crate) fn step(&mut self, at: usize, who: MedewerkerId, on: Date, command: C) -> Actor {
        let (on, actor) = sign(&self.world, who, on);
        self.world.ask(on, actor, self.clients[self.cases[at].client].id, command);
        actor
    }

    fn investigator(&mut self, case: &Case) -> MedewerkerId {
        let team = (!case.desk).then_some(case.team);
        let elderly = case.need == Need::DagbestedingOuderen;
        self.staff.investigator(team, elderly, &mut self.draws.process)
    }

    /// The investigator of a case, or somebody else when they left.
    pub(crate) fn still_here(&mut self, case: &Case) -> MedewerkerId {
        match case.investigator {
            Some(id) if capacity(&self.world, id, self.world.today).is_some() => id,
            _ => self.investigator(case),
        }
    }
}
