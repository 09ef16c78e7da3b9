//! What follows a decision: sending, bezwaar and beroep, goals, evaluation and heronderzoek.

use domain::{
    DossierCommand as C, Functie, MedewerkerId, Vervolgstap, VoorzieningId, Zaakstap,
    besluit::Uitkomst,
    bezwaar::{Beroepuitkomst, Bezwaaruitkomst},
    vervolg::{Afschaalreden, Afschaling, Bestemming, Heronderzoekuitkomst},
};

use crate::{
    agenda::{Task, plus},
    needs::Kind,
    sim::Sim,
    staff::sign,
};

impl Sim<'_> {
    /// Plans what follows the last decision of a case, and agrees on goals for what it granted.
    pub(crate) fn follow_up(&mut self, at: usize, who: MedewerkerId, first: usize) {
        let number = u16::try_from(self.zaak(at).beschikkingen.len()).expect("a few decisions");
        let day = plus(self.world.today, self.draws.work.days(0, 3));
        self.agenda.plan_workday(day, Task::SendDecision(at, number));
        for support in first..self.supports.len() {
            self.plan_looks(support, who);
        }
    }

    /// Goals with a day to look at them for support at home, a heronderzoek for what runs long.
    fn plan_looks(&mut self, at: usize, who: MedewerkerId) {
        const LONG: i64 = 600;
        let (it, today) = (self.supports[at], self.world.today);
        if it.tijdelijk.is_some() {
            return;
        }
        if it.need.kind() == Kind::OndersteuningThuis {
            let draw = &mut self.draws.work;
            let aantal = u8::try_from(draw.days(1, 4)).expect("a few goals");
            let op = plus(it.van.max(today), draw.days(150, 200));
            self.follow(it.client, it.id, who, Vervolgstap::DoelenVastgesteld { aantal });
            self.follow(it.client, it.id, who, Vervolgstap::EvaluatieGepland { op });
            self.agenda.plan_workday(op, Task::Evaluate(at));
        }
        if it.tot.is_none_or(|tot| tot > plus(it.van, LONG)) {
            let op = plus(it.van.max(today), self.draws.work.days(330, 400));
            self.follow(it.client, it.id, who, Vervolgstap::HeronderzoekGepland { op });
            self.agenda.plan_workday(op, Task::Reassess(at));
        }
    }

    /// Takes a step after a grant.
    pub(crate) fn follow(
        &mut self,
        client: usize,
        voorziening: VoorzieningId,
        who: MedewerkerId,
        stap: Vervolgstap,
    ) {
        let (on, actor) = sign(&self.world, who, self.world.today);
        self.world.ask(on, actor, self.clients[client].id, C::ZetVervolg { voorziening, stap });
    }

    /// Looks at the goals.
    pub(crate) fn evaluate(&mut self, at: usize) {
        let it = self.supports[at];
        let dossier = &self.world.state.dossiers[&self.clients[it.client].id];
        let goals = dossier.voorziening(it.id).filter(|it| it.telt());
        let Some(aantal) = goals.and_then(|it| it.vervolg.doelen) else { return };
        if !it.over {
            let draw = &mut self.draws.work;
            let behaald = u8::try_from(draw.days(0, i64::from(aantal))).expect("a few goals");
            let who = self.staff.somebody(Functie::Consulent, None, &mut self.draws.work);
            self.follow(it.client, it.id, who, Vervolgstap::Geevalueerd { behaald });
        }
    }

    /// Reviews a grant. Where less will do, the next decision grants less.
    pub(crate) fn reassess(&mut self, at: usize) {
        let it = self.supports[at];
        if it.over {
            return;
        }
        let who = self.staff.somebody(Functie::Consulent, None, &mut self.draws.work);
        let ends_soon = it.needed_until <= plus(self.world.today, 60);
        let uitkomst = match self.draws.work.weighted(&[0.84, 0.1, 0.06]) {
            _ if ends_soon => Heronderzoekuitkomst::Beeindigen,
            0 => Heronderzoekuitkomst::Ongewijzigd,
            1 => Heronderzoekuitkomst::Afschalen,
            _ => Heronderzoekuitkomst::NieuweMelding,
        };
        self.follow(it.client, it.id, who, Vervolgstap::Heronderzocht(uitkomst));
        if uitkomst == Heronderzoekuitkomst::Afschalen {
            let (naar, reden) = (Bestemming::LichterMaatwerk, Afschaalreden::MeerZelfstandig);
            let step = Vervolgstap::Afgeschaald(Afschaling { naar, reden });
            self.follow(it.client, it.id, who, step);
        }
    }

    /// Sends a decision; some clients object.
    pub(crate) fn send_decision(&mut self, at: usize, besluit: u16) {
        let client = self.clients[self.cases[at].client].id;
        if self.world.state.dossiers[&client].afgeschermd_op(self.world.today) {
            return;
        }
        self.at_desk(at, Functie::Consulent, Zaakstap::BesluitVerzonden { besluit });
        let decided = self.zaak(at).beschikkingen.get(usize::from(besluit) - 1);
        let objects = match decided.map(|it| it.uitkomst) {
            Some(Uitkomst::Afgewezen(_)) => 0.08,
            Some(Uitkomst::GedeeltelijkToegekend | Uitkomst::BuitenBehandeling) => 0.05,
            _ => 0.008,
        };
        let draw = &mut self.draws.work;
        if draw.chance(objects) {
            let day = plus(self.world.today, draw.days(5, 41));
            self.agenda.plan_workday(day, Task::Object(at, besluit));
        }
    }

    /// A client objects.
    pub(crate) fn object(&mut self, at: usize, besluit: u16) {
        if self.clients[self.cases[at].client].left {
            return;
        }
        self.at_desk(at, Functie::KccMedewerker, Zaakstap::BezwaarOntvangen { besluit });
        let day = plus(self.world.today, self.draws.work.days(40, 110));
        self.agenda.plan_workday(day, Task::AnswerObjection(at, besluit));
    }

    /// The college decides on an objection; some go to court.
    pub(crate) fn answer_objection(&mut self, at: usize, besluit: u16) {
        const TO_COURT: f64 = 0.3;
        let weights = [0.13, 0.1, 0.45, 0.07, 0.25];
        let uitkomst = Bezwaaruitkomst::ALLE[self.draws.work.weighted(&weights)];
        self.at_desk(at, Functie::Beslisser, Zaakstap::BezwaarBeslist { besluit, uitkomst });
        let draw = &mut self.draws.work;
        if uitkomst == Bezwaaruitkomst::Ongegrond && draw.chance(TO_COURT) {
            let day = plus(self.world.today, draw.days(10, 41));
            self.agenda.plan_workday(day, Task::Appeal(at, besluit));
        }
    }

    /// A client goes to court.
    pub(crate) fn appeal(&mut self, at: usize, besluit: u16) {
        self.at_desk(at, Functie::Beslisser, Zaakstap::BeroepIngesteld { besluit });
        let day = plus(self.world.today, self.draws.work.days(150, 400));
        self.agenda.plan_workday(day, Task::Ruling(at, besluit));
    }

    /// The court decides.
    pub(crate) fn ruling(&mut self, at: usize, besluit: u16) {
        let weights = [0.2, 0.45, 0.2, 0.15];
        let uitkomst = Beroepuitkomst::ALLE[self.draws.work.weighted(&weights)];
        self.at_desk(at, Functie::Beslisser, Zaakstap::BeroepBeslist { besluit, uitkomst });
    }

    /// Somebody of the office takes a step in a case.
    fn at_desk(&mut self, at: usize, functie: Functie, stap: Zaakstap) {
        let who = self.staff.somebody(functie, None, &mut self.draws.work);
        self.note(at, who, stap);
    }
}
