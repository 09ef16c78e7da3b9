//! Advice and decision as two records: the proposal, who may decide on it, and what follows.

use domain::{
    Actor, DossierCommand as C, Functie, Hoedanigheid, MedewerkerId, Zaak, Zaakstap,
    besluit::Uitkomst,
    cta::{self, CtaAanmelding},
    kader::Normafwijking,
    sluiting::Sluitreden,
    vervolg::{Afschaalreden, Afschaling, Bestemming},
    voorstel::{Afwijkgrond, GedaanVoorstel, Uitzonderingsgrond, Voorstel, fits_norm},
};
use jiff::civil::Date;

use crate::{
    agenda::{Task, plus},
    sim::{Sim, Support},
    staff::{capacity, sign},
};

/// A proposal that waits for its review or its decision.
#[derive(Debug, Clone)]
pub(crate) struct Pending {
    pub(crate) who: MedewerkerId,
    pub(crate) uitkomst: Uitkomst,
    pub(crate) granted: Vec<Support>,
    /// Whether it came back from the review once.
    pub(crate) returned: bool,
}

impl Pending {
    fn voorstel(&self, normafwijking: Option<Normafwijking>) -> Voorstel {
        let voorzieningen = self.granted.iter().map(Support::voorziening).collect();
        Voorstel { uitkomst: self.uitkomst, voorzieningen, normafwijking }
    }
}

impl Sim<'_> {
    /// Proposes what the enquiry led to, and lays it before the review or the decider.
    pub(crate) fn propose_decision(
        &mut self,
        at: usize,
        who: MedewerkerId,
        uitkomst: Uitkomst,
        granted: Vec<Support>,
    ) {
        let mut pending = Pending { who, uitkomst, granted, returned: false };
        if self.zaak(at).kader.is_none() {
            self.walk(at, who);
        }
        self.keep_apart(at, &mut pending);
        let meeting = self.meetings.first_from(plus(self.world.today, 1));
        if let Some((day, _)) = meeting
            && self.would_be_reviewed(at, &pending)
            && self.cases[at].renews.is_none()
        {
            // What is reviewed first cannot start before.
            for it in &mut pending.granted {
                it.start_from(plus(day, 1));
            }
            self.price_all(&mut pending.granted);
        }
        self.lay_before(at, pending);
    }

    /// Writes the proposal down; it goes to the review where that is asked, else to a decider.
    pub(crate) fn lay_before(&mut self, at: usize, pending: Pending) {
        self.write_proposal(at, &pending);
        let (today, who) = (self.world.today, pending.who);
        let mut reasons = cta::aanleidingen(&self.world.state, self.zaak(at), today);
        if let (true, Some((_, known))) = (reasons.is_empty(), &self.zaak(at).cta.aanmelding) {
            // What came back once goes to the meeting again.
            reasons.clone_from(&known.aanleidingen);
        }
        self.pending.insert(at, pending);
        match self.meetings.first_from(plus(today, 1)) {
            Some((day, overleg)) if !reasons.is_empty() => {
                let aanmelding = CtaAanmelding { overleg: Some(overleg), aanleidingen: reasons };
                self.note(at, who, Zaakstap::CtaAangemeld(aanmelding));
                self.agenda.plan(day, Task::Review(at));
            }
            _ => self.conclude(at),
        }
    }

    /// Proposes help in an emergency, which a colleague decides on at once.
    pub(crate) fn propose_at_once(&mut self, at: usize, uitkomst: Uitkomst, it: &Support) {
        if self.world.state.register.instellingen.vier_ogen(self.world.today) {
            let team = Some(self.cases[at].team);
            let who = self.staff.somebody(Functie::Wijkcoach, team, &mut self.draws.work);
            let pending = Pending { who, uitkomst, granted: vec![*it], returned: false };
            self.write_proposal(at, &pending);
        }
    }

    fn write_proposal(&mut self, at: usize, pending: &Pending) {
        let today = self.world.today;
        let outside = pending
            .granted
            .iter()
            .any(|it| !fits_norm(&self.world.state, &it.voorziening(), today));
        let draw = &mut self.draws.work;
        let deviation = outside.then(|| draw.pick(&Normafwijking::ALLE));
        let voorstel = Box::new(pending.voorstel(deviation));
        self.note(at, pending.who, Zaakstap::VoorstelGedaan(voorstel));
    }

    /// Whether the proposal would go to the review, before it is written down.
    fn would_be_reviewed(&self, at: usize, pending: &Pending) -> bool {
        let today = self.world.today;
        let mut zaak = self.zaak(at).clone();
        let (_, door) = sign(&self.world, pending.who, today);
        let voorstel = pending.voorstel(None);
        zaak.voorstellen.push(GedaanVoorstel { op: today, voorstel, door });
        !cta::aanleidingen(&self.world.state, &zaak, today).is_empty()
    }

    /// The provider somebody is affiliated to does not deliver in that person's case, unless
    /// somebody with a mandate allows it.
    pub(crate) fn keep_apart(&mut self, at: usize, pending: &mut Pending) {
        const WISH: f64 = 0.3;
        let (today, case) = (self.world.today, self.cases[at]);
        if !self.may_decide(pending.who, today, &pending.granted) && case.renews.is_none() {
            // Somebody else decides, who has no own provider to prefer.
            self.choose_anew(&mut pending.granted, None);
        }
        let excluded = self.world.state.register.instellingen.eigen_aanbieder_uitgesloten(today);
        let Some(own) = self.own_provider(pending.who, today).filter(|_| excluded) else { return };
        if !pending.granted.iter().any(|it| it.provider == Some(own)) {
            return;
        }
        let grond = if case.renews.is_some() {
            Uitzonderingsgrond::Continuiteit
        } else if self.draws.work.chance(WISH) {
            Uitzonderingsgrond::WensVanClient
        } else {
            return self.choose_anew(&mut pending.granted, Some(own));
        };
        let decider = self.staff.somebody(Functie::Beslisser, None, &mut self.draws.work);
        let aanbieder = self.offer.providers[own].id;
        self.note(at, decider, Zaakstap::AanbiederToegestaan { aanbieder, grond });
    }

    /// Chooses another provider than this one; for none, chooses each of them once more.
    fn choose_anew(&mut self, granted: &mut [Support], not: Option<usize>) {
        let chosen = |it: &&mut Support| {
            it.provider.is_some() && not.is_none_or(|at| it.provider == Some(at))
        };
        for it in granted.iter_mut().filter(chosen) {
            self.choose_provider(it, None);
            while not.is_some() && it.provider == not {
                self.choose_provider(it, None);
            }
        }
        self.price_all(granted);
    }

    pub(crate) fn price_all(&mut self, granted: &mut [Support]) {
        for it in granted {
            self.price(it);
        }
    }

    /// Decides on a proposal that may leave.
    pub(crate) fn conclude(&mut self, at: usize) {
        const DEVIATES: f64 = 0.03;
        let Some(mut pending) = self.pending.remove(&at) else { return };
        if !self.cases[at].open {
            return;
        }
        let today = self.world.today;
        let mut afwijking = None;
        if let Some(first) = pending.granted.first_mut()
            && first.omvang.volume > 1
            && self.draws.work.chance(DEVIATES)
        {
            first.omvang.volume -= 1;
            let grounds = [Afwijkgrond::OmvangNietOnderbouwd, Afwijkgrond::LichterAlternatief];
            afwijking = Some(self.draws.work.pick(&grounds));
            self.price_all(&mut pending.granted);
        }
        let case = self.cases[at];
        let who = self.handler(&case);
        self.note_lighter(at, who, &pending);
        let actor = self.decider(at, &pending);
        let first = self.supports.len();
        self.record_decision(at, (today, actor), (pending.uitkomst, afwijking), pending.granted);
        self.follow_up(at, who, first);
        let day = plus(today, self.draws.process.days(0, 6));
        self.agenda.plan_workday(day, Task::Close(at, Sluitreden::Besloten));
    }

    /// A renewal with less than before is a step down.
    fn note_lighter(&mut self, at: usize, who: MedewerkerId, pending: &Pending) {
        let case = self.cases[at];
        let (Some(old), Some(next)) = (case.renews, pending.granted.first()) else { return };
        let old = self.supports[old];
        if next.omvang.volume < old.omvang.volume {
            let (naar, reden) = (Bestemming::LichterMaatwerk, Afschaalreden::MeerZelfstandig);
            let step = domain::Vervolgstap::Afgeschaald(Afschaling { naar, reden });
            self.follow(case.client, old.id, who, step);
        }
    }

    /// Who decides: the proposer where that may be, else a colleague or somebody above.
    fn decider(&mut self, at: usize, pending: &Pending) -> Actor {
        let (today, case) = (self.world.today, self.cases[at]);
        let four_eyes = self.world.state.register.instellingen.vier_ogen(today);
        if !four_eyes && self.may_decide(pending.who, today, &pending.granted) {
            return sign(&self.world, pending.who, today).1;
        }
        if four_eyes {
            let team = (!case.desk).then_some(case.team);
            let colleague = self.staff.somebody(Functie::Consulent, team, &mut self.draws.work);
            if colleague != pending.who && self.may_decide(colleague, today, &pending.granted) {
                return sign(&self.world, colleague, today).1;
            }
        }
        self.substitute(pending.who, today).map_or_else(
            || {
                let who = self.staff.somebody(Functie::Beslisser, None, &mut self.draws.work);
                sign(&self.world, who, today).1
            },
            Actor::Medewerker,
        )
    }

    /// Somebody who stands in for the decider today, and did not propose.
    fn substitute(&self, proposer: MedewerkerId, op: Date) -> Option<Hoedanigheid> {
        let register = &self.world.state.register;
        let stands_in = register.waarnemingen.iter().rev().filter(|it| it.geldig.bevat(op));
        stands_in.map(|it| it.medewerker).filter(|it| *it != proposer).find_map(|it| {
            capacity(&self.world, it, op)?;
            let roles = register.hoedanigheden(it, op);
            roles.into_iter().find(|role| role.functie == Functie::Beslisser)
        })
    }

    /// The case as the log knows it.
    pub(crate) fn zaak(&self, at: usize) -> &Zaak {
        let case = &self.cases[at];
        let dossier = &self.world.state.dossiers[&self.clients[case.client].id];
        dossier.zaak(case.id).expect("a case is in the dossier of its client")
    }

    /// Writes the decision down and lets what was granted begin.
    pub(crate) fn record_decision(
        &mut self,
        at: usize,
        (on, actor): (Date, Actor),
        (uitkomst, afwijking): (Uitkomst, Option<Afwijkgrond>),
        granted: Vec<Support>,
    ) {
        let zaak = self.cases[at].id;
        let voorzieningen = granted.iter().map(Support::voorziening).collect();
        let command = C::GeefBeschikking { zaak, uitkomst, voorzieningen, afwijking };
        self.world.ask(on, actor, self.clients[self.cases[at].client].id, command);
        let last = self.zaak(at).beschikkingen.last();
        let ids = last.map_or(Vec::new(), |it| it.voorzieningen.clone());
        for (id, it) in ids.into_iter().zip(granted) {
            self.begin_support(Support { id, ..it });
        }
    }
}
