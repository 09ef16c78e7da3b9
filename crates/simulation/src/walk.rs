//! The enquiry as it is written down: triage, conversation, topics and the walk by the framework.
//!
//! Everything here draws from a stream of its own, and begins with the framework.

use domain::{
    DossierCommand as C, MedewerkerId, VraagId, Zaakstap,
    besluit::Afwijzingsgrond as Grond,
    gesprek::{Gesprek, Gesprekswijze, Onderwerp, Reactie},
    kader::Antwoord,
    kaderdoorloop::Doorloop,
    triage::{self, Afwijkreden, Criterium, Route, Triage},
};
use jiff::civil::{Date, date};

use crate::{
    agenda::Task,
    needs::Need,
    outcome::Outcome,
    sim::{Case, Sim},
    staff::capacity,
};

impl Sim<'_> {
    /// Whether the framework is in force, and the way of working that came with it.
    pub(crate) fn has_framework(&self, op: Date) -> bool {
        op >= self.parameters.kader_op
    }

    /// Takes a step of a case today.
    pub(crate) fn note(&mut self, at: usize, who: MedewerkerId, stap: Zaakstap) {
        let zaak = self.cases[at].id;
        self.step(at, who, self.world.today, C::ZetStap { zaak, stap });
    }

    /// Who works on a case now: the investigator, or a colleague when that one left.
    pub(crate) fn handler(&mut self, case: &Case) -> MedewerkerId {
        match case.investigator {
            Some(id) if capacity(&self.world, id, self.world.today).is_some() => id,
            _ => {
                let team = (!case.desk).then_some(case.team);
                let elderly = case.need == Need::DagbestedingOuderen;
                self.staff.investigator(team, elderly, &mut self.draws.work)
            }
        }
    }

    /// Judges the complexity of a request and takes in a personal plan, before the intake ends.
    pub(crate) fn judge_complexity(
        &mut self,
        at: usize,
        who: MedewerkerId,
        on: Date,
        passed: bool,
    ) {
        const PLAN: f64 = 0.05;
        if !self.has_framework(on) {
            return;
        }
        let case = self.cases[at];
        let draw = &mut self.draws.work;
        if draw.chance(PLAN) {
            let stap = Zaakstap::PersoonlijkPlanOntvangen;
            self.step(at, who, on, C::ZetStap { zaak: case.id, stap });
        }
        let draw = &mut self.draws.work;
        let weights = match (passed, case.desk) {
            (false, _) => [0.7, 0.25, 0.05, 0.0],
            (true, true) => [0.5, 0.42, 0.08, 0.0],
            (true, false) => [0.03, 0.12, 0.5, 0.35],
        };
        let mut criteria: Vec<Criterium> = Vec::new();
        for _ in 0..draw.weighted(&weights) {
            let it = draw.pick(&Criterium::ALLE);
            if !criteria.contains(&it) {
                criteria.push(it);
            }
        }
        criteria.sort();
        let advies = triage::advies_op(&self.world.state.register.instellingen, &criteria, on);
        let route = if case.desk { Route::Loket } else { Route::Team };
        let draw = &mut self.draws.work;
        let afwijking = (passed && advies != route).then(|| draw.pick(&Afwijkreden::ALLE));
        let stap = Zaakstap::Getrieerd(Triage { criteria, advies, afwijking });
        self.step(at, who, on, C::ZetStap { zaak: case.id, stap });
    }

    /// Gives a case to somebody and plans the conversation, halfway through the enquiry.
    pub(crate) fn assign(&mut self, at: usize, who: MedewerkerId) {
        if self.has_framework(self.world.today) {
            self.note(at, who, Zaakstap::Belegd { medewerker: Some(who) });
        }
    }

    /// Plans the conversation halfway through an enquiry that ends on a day.
    pub(crate) fn plan_talk(&mut self, at: usize, end: Date) {
        let today = self.world.today;
        if self.has_framework(today) {
            let days = i64::from((end - today).get_days().max(0)) / 2;
            self.agenda.plan_workday(crate::agenda::plus(today, days), Task::Talk(at));
        }
    }

    /// Speaks with the client about the seven topics of the law.
    pub(crate) fn talk(&mut self, at: usize) {
        let case = self.cases[at];
        if !case.open {
            return;
        }
        let who = self.handler(&case);
        let today = self.world.today;
        let draw = &mut self.draws.work;
        let distance = today >= date(2020, 3, 15) && today < date(2020, 7, 1);
        let weights = if distance { [0.0, 0.02, 0.7, 0.28] } else { [0.72, 0.15, 0.1, 0.03] };
        let gesprek = Gesprek {
            wijze: Gesprekswijze::ALLE[draw.weighted(&weights)],
            mantelzorger: draw.chance(0.25),
            clientondersteuner: draw.chance(0.08),
        };
        self.note(at, who, Zaakstap::GesprekGevoerd(gesprek));
        for onderwerp in Onderwerp::ALLE {
            self.note(at, who, Zaakstap::OnderwerpOnderzocht(onderwerp));
        }
    }

    /// Takes in how the client reacts to the report.
    pub(crate) fn hear_reaction(&mut self, at: usize) {
        let case = self.cases[at];
        let reported = self.world.state.dossiers[&self.clients[case.client].id]
            .zaak(case.id)
            .is_some_and(|it| it.verslag.is_some());
        if self.has_framework(self.world.today) && reported {
            let who = self.handler(&case);
            let reactie = Reactie::ALLE[self.draws.work.weighted(&[0.8, 0.15, 0.05])];
            self.note(at, who, Zaakstap::ReactieOntvangen(reactie));
        }
    }

    /// Walks the framework through, with the answers that lead to what the enquiry found.
    pub(crate) fn walk(&mut self, at: usize, who: MedewerkerId) {
        const DOUBT: f64 = 0.04;
        let case = self.cases[at];
        let Some(kader) = self.world.state.register.kader_op(self.world.today) else { return };
        let (id, questions): (_, Vec<VraagId>) =
            (kader.id, kader.vragen().map(|(_, it)| it.id).collect());
        let (outcome, draw) = (self.cases[at].outcome, &mut self.draws.work);
        let mut yes = GEWOON.to_vec();
        match outcome {
            Outcome::Refused(grond) => yes.extend(covering(grond)),
            Outcome::NoApplication => yes.push(7),
            Outcome::Bridged(_) => yes.extend([16, 22]),
            _ => {
                yes.extend([22, 23]);
                yes.extend([8, 11, 13, 16].into_iter().filter(|_| draw.chance(0.2)));
                if draw.chance(DOUBT) {
                    yes.push(draw.pick(&[17, 18, 19]));
                }
            }
        }
        if outcome == Outcome::Refused(Grond::GeenIngezetene) {
            yes.retain(|it| *it != INGEZETENE);
        }
        let alone = self.clients[case.client].huishouden == domain::Huishouden::Alleenstaand;
        let answer = |it: VraagId| match it.0 {
            nummer if yes.contains(&nummer) => Antwoord::Ja,
            10 | 11 if alone => Antwoord::NietVanToepassing,
            _ => Antwoord::Nee,
        };
        let antwoorden = questions.into_iter().map(|it| (it, answer(it))).collect();
        self.note(at, who, Zaakstap::KaderDoorlopen(Doorloop { kader: id, antwoorden }));
    }
}

/// The questions that are answered with yes as a matter of course.
const GEWOON: [u16; 5] = [1, INGEZETENE, 3, 5, 6];

/// Whether the client lives in the municipality.
const INGEZETENE: u16 = 2;

/// The question that covers the whole need on this ground, or that points at another law.
fn covering(grond: Grond) -> Option<u16> {
    match grond {
        Grond::EigenKracht => Some(7),
        Grond::AlgemeenGebruikelijk => Some(9),
        Grond::GebruikelijkeHulp => Some(10),
        Grond::MantelzorgOfNetwerk => Some(12),
        Grond::AlgemeneVoorziening => Some(15),
        Grond::AndereWet => Some(18),
        Grond::GeenIngezetene => None,
    }
}
