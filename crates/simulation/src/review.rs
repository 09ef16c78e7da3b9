//! The CTA-overleg: a meeting each week, its members, and how it judges what is laid before it.

use domain::{
    Actor, DossierCommand as C, Functie, MedewerkerId, OverlegId, RegisterEvent, Voorziening,
    Zaakstap,
    besluit::{Afwijzingsgrond, Uitkomst},
    cta::{CtaOordeel, CtaUitkomst, Discipline, Overleg, TweedeOordeel, must_recuse},
    inrichting::Inrichting,
    kader::Stapsoort,
    termijn::werkdag_op_of_na,
};
use jiff::civil::{Date, Weekday};

use crate::{
    agenda::{Task, plus},
    proposal::Pending,
    sim::{Sim, Support},
    staff::capacity,
};

/// The meetings that are planned and not yet held, oldest first.
#[derive(Default)]
pub(crate) struct Meetings {
    planned: Vec<(Date, OverlegId)>,
    last: u32,
}

impl Meetings {
    /// The first meeting on or after a day.
    pub(crate) fn first_from(&self, op: Date) -> Option<(Date, OverlegId)> {
        self.planned.iter().copied().find(|(day, _)| *day >= op)
    }
}

/// How the meeting changes a proposal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Change {
    Less,
    More,
    Refuse,
}

impl Sim<'_> {
    /// Plans, each Monday, the meeting of the Thursday of the week after it.
    pub(crate) fn plan_meeting(&mut self) {
        let today = self.world.today;
        if today.weekday() != Weekday::Monday || today < plus(self.parameters.cta_op, -14) {
            return;
        }
        let draw = &mut self.draws.work;
        let mut leden: Vec<(MedewerkerId, Discipline)> = Vec::new();
        let team = draw.below(self.place.teams.len());
        for (functie, team, discipline) in [
            (Functie::CtaLid, None, Discipline::Wmo),
            (Functie::CtaLid, None, Discipline::Kwaliteit),
            (Functie::CtaLid, None, Discipline::Inkomen),
            (Functie::Wijkverpleegkundige, Some(team), Discipline::Verpleging),
            (Functie::Welzijnsmedewerker, Some(team), Discipline::Welzijn),
        ] {
            let who = self.staff.somebody(functie, team, draw);
            if !leden.iter().any(|(known, _)| *known == who) {
                leden.push((who, discipline));
            }
        }
        let (op, voorzitter) = (werkdag_op_of_na(plus(today, 10)), leden[0].0);
        self.meetings.last += 1;
        let id = OverlegId(self.meetings.last);
        self.meetings.planned.retain(|(day, _)| *day >= today);
        self.meetings.planned.push((op, id));
        let overleg = Overleg { id, op, leden, voorzitter };
        let planned = Inrichting::OverlegGepland(overleg);
        self.world.write(today, RegisterEvent::ToegangIngericht(planned));
    }

    /// Writes down, on the day of a meeting, who of its members is there.
    pub(crate) fn open_meeting(&mut self) {
        const COMES: f64 = 0.93;
        let today = self.world.today;
        let planned = self.meetings.first_from(today).filter(|(day, _)| *day == today);
        let Some((_, id)) = planned else { return };
        let Some(overleg) = self.world.state.register.overleggen.get(&id) else { return };
        let mut aanwezig = Vec::new();
        for (lid, _) in &overleg.leden {
            let works = capacity(&self.world, *lid, today).map(|it| it.functie);
            let comes = works == Some(Functie::CtaLid) || self.draws.work.chance(COMES);
            if works.is_some() && comes {
                aanwezig.push(*lid);
            }
        }
        let list = Inrichting::PresentieVastgelegd { overleg: id, aanwezig };
        self.world.write(today, RegisterEvent::ToegangIngericht(list));
    }

    /// Judges a proposal in the meeting of today.
    pub(crate) fn review(&mut self, at: usize) {
        if !self.cases[at].open {
            self.pending.remove(&at);
            return;
        }
        let Some(pending) = self.pending.get(&at).cloned() else { return };
        let today = self.world.today;
        let Some((_, overleg)) = self.meetings.first_from(today) else { return };
        let (deelnemers, verschoond) = self.who_take_part(at, overleg);
        let Some(actor) = self.who_writes(&deelnemers) else {
            return self.move_to_next(at);
        };
        self.judge_blind(at, &pending);
        let (uitkomst, next) = self.judge(pending);
        let returned = uitkomst == CtaUitkomst::Terug;
        let les = self.lesson(&uitkomst);
        let oordeel = CtaOordeel { overleg, uitkomst, deelnemers, verschoond, les };
        let (zaak, client) = (self.cases[at].id, self.clients[self.cases[at].client].id);
        let stap = Zaakstap::CtaBeoordeeld(Box::new(oordeel));
        self.world.ask(today, actor, client, C::ZetStap { zaak, stap });
        self.pending.insert(at, next);
        let draw = &mut self.draws.work;
        let (days, task) = if returned {
            (draw.days(2, 6), Task::Repropose(at))
        } else {
            (draw.days(0, 3), Task::Conclude(at))
        };
        self.agenda.plan_workday(plus(today, days), task);
    }

    /// Makes the proposal that came back anew.
    pub(crate) fn propose_again(&mut self, at: usize) {
        let Some(mut pending) = self.pending.remove(&at) else { return };
        if !self.cases[at].open {
            return;
        }
        let case = self.cases[at];
        if capacity(&self.world, pending.who, self.world.today).is_none() {
            pending.who = self.handler(&case);
            self.keep_apart(at, &mut pending);
        }
        for it in &mut pending.granted {
            if case.renews.is_none() {
                it.start_from(plus(it.van.max(self.world.today), 7));
            } else if it.omvang.volume > 1 {
                it.omvang.volume -= 1;
            } else {
                it.omvang.volume += 1;
            }
        }
        self.price_all(&mut pending.granted);
        self.lay_before(at, Pending { returned: true, ..pending });
    }

    /// The members of a meeting who take part in a case, and those who leave for it.
    fn who_take_part(
        &self,
        at: usize,
        overleg: OverlegId,
    ) -> (Vec<MedewerkerId>, Vec<MedewerkerId>) {
        let (state, today) = (&self.world.state, self.world.today);
        let here = state.register.presentie.get(&overleg).map_or(&[][..], Vec::as_slice);
        let (out, stay) =
            here.iter().partition(|it| must_recuse(state, self.zaak(at), **it, today));
        (stay, out)
    }

    /// The member who writes the judgement down; none where too few take part.
    fn who_writes(&self, deelnemers: &[MedewerkerId]) -> Option<Actor> {
        let roles = deelnemers.iter().filter_map(|it| capacity(&self.world, *it, self.world.today));
        let writer = roles.into_iter().find(|it| it.functie == Functie::CtaLid)?;
        (deelnemers.len() > 1).then_some(Actor::Medewerker(writer))
    }

    fn move_to_next(&mut self, at: usize) {
        let Some((day, overleg)) = self.meetings.first_from(plus(self.world.today, 1)) else {
            return;
        };
        let known = self.zaak(at).cta.aanmelding.clone();
        if let Some((_, mut aanmelding)) = known {
            aanmelding.overleg = Some(overleg);
            let case = self.cases[at];
            let who = self.handler(&case);
            self.note(at, who, Zaakstap::CtaAangemeld(aanmelding));
        }
        self.agenda.plan(day, Task::Review(at));
    }

    /// What the meeting makes of a proposal.
    fn judge(&mut self, pending: Pending) -> (CtaUitkomst, Pending) {
        let (back, changed) =
            (self.parameters.cta_aandeel_terug, self.parameters.cta_aandeel_gewijzigd);
        let draw = &mut self.draws.work;
        let back = if pending.returned { 0.0 } else { back };
        if pending.granted.is_empty() {
            return (CtaUitkomst::Akkoord, pending);
        }
        match draw.weighted(&[1.0 - back - changed, back, changed]) {
            0 => (CtaUitkomst::Akkoord, pending),
            1 => (CtaUitkomst::Terug, pending),
            _ => {
                let change = match draw.weighted(&[0.82, 0.08, 0.10]) {
                    0 => Change::Less,
                    1 => Change::More,
                    _ => Change::Refuse,
                };
                self.change(pending, change)
            }
        }
    }

    fn change(&mut self, mut pending: Pending, change: Change) -> (CtaUitkomst, Pending) {
        let volume = pending.granted[0].omvang.volume;
        match change {
            Change::Refuse => {
                pending.granted.clear();
                pending.uitkomst = Uitkomst::Afgewezen(Afwijzingsgrond::AlgemeneVoorziening);
            }
            Change::More => pending.granted[0].omvang.volume += 1,
            _ if volume == 1 => return (CtaUitkomst::Akkoord, pending),
            _ => pending.granted[0].omvang.volume -= volume.div_ceil(4),
        }
        self.price_all(&mut pending.granted);
        let voorzieningen = pending.granted.iter().map(Support::voorziening).collect();
        let uitkomst = pending.uitkomst;
        (CtaUitkomst::Gewijzigd { uitkomst, voorzieningen }, pending)
    }

    /// A colleague judges some cases without seeing the proposal.
    fn judge_blind(&mut self, at: usize, pending: &Pending) {
        const DRAWN: f64 = 0.2;
        const AGREES: f64 = 0.8;
        let case = self.cases[at];
        let team = (!case.desk).then_some(case.team);
        let draw = &mut self.draws.work;
        if !draw.chance(DRAWN) || !self.zaak(at).cta.tweede.is_empty() {
            return;
        }
        let who = self.staff.somebody(Functie::Consulent, team, &mut self.draws.work);
        if who == pending.who {
            return;
        }
        let agrees = self.draws.work.chance(AGREES);
        let proposed = || pending.granted.iter().map(Support::voorziening);
        let (uitkomst, voorzieningen): (Uitkomst, Vec<Voorziening>) = if agrees {
            (pending.uitkomst, proposed().collect())
        } else if pending.granted.is_empty() {
            (Uitkomst::Afgewezen(Afwijzingsgrond::MantelzorgOfNetwerk), Vec::new())
        } else if self.draws.work.chance(0.5) {
            (Uitkomst::Afgewezen(Afwijzingsgrond::EigenKracht), Vec::new())
        } else {
            (Uitkomst::GedeeltelijkToegekend, proposed().take(1).collect())
        };
        let oordeel = Box::new(TweedeOordeel { uitkomst, voorzieningen });
        self.note(at, who, Zaakstap::TweedeOordeelGegeven(oordeel));
    }

    fn lesson(&mut self, uitkomst: &CtaUitkomst) -> Option<Stapsoort> {
        let often = if *uitkomst == CtaUitkomst::Akkoord { 0.04 } else { 0.3 };
        let steps = [
            Stapsoort::Ondersteuningsbehoefte,
            Stapsoort::EigenKracht,
            Stapsoort::AlgemeneVoorziening,
            Stapsoort::Maatwerk,
        ];
        let draw = &mut self.draws.work;
        draw.chance(often).then(|| draw.pick(&steps))
    }
}
