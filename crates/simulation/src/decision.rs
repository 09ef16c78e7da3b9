//! The decision: who may take it, which provider delivers, how much and for how long.

use domain::{
    Bedrag, DossierCommand as C, Functie, Hoedanigheid, Leeftijdsgroep, MedewerkerId, Omvang,
    VoorzieningId,
    besluit::Uitkomst,
    kosten,
    sluiting::Sluitreden,
    voorziening::{Herkomst, Leveringsvorm, TijdelijkeGrond},
};
use jiff::{ToSpan, civil::Date};

use crate::{
    agenda::{Task, plus},
    draw::whole_u32,
    needs::{Kind, Need},
    outcome::Outcome,
    parameters::BEGIN,
    products::{CATALOGUS, OZL_LICHT, VERVOER},
    providers::{GROEIER, LEVERANCIERS_VAN_COACHES, WIJKVERPLEGING},
    sim::{Case, Sim, Support},
    staff::{capacity, sign},
};

/// Days that help in an emergency lasts.
const SPOED_DAGEN: i64 = 62;

impl Sim<'_> {
    /// Decides at once, before the enquiry. Wmo 2015, art. 2.3.3.
    pub(crate) fn decide_at_once(&mut self, at: usize) {
        let case = self.cases[at];
        if !case.open || case.need.kind() == Kind::Hulpmiddel {
            return;
        }
        let today = self.world.today;
        let who = self.staff.somebody(Functie::Consulent, None, &mut self.draws.process);
        let tot = Some(plus(today, SPOED_DAGEN));
        let product = self.pick_product(case.need);
        let support = self.propose(&case, product, today, tot, Some(TijdelijkeGrond::Spoed), None);
        self.propose_at_once(at, Uitkomst::Toegekend, &support);
        self.decide_by(at, who, today, Uitkomst::Toegekend, vec![support]);
    }

    /// Decides on an aanvraag.
    pub(crate) fn give_decision(&mut self, at: usize) {
        let case = self.cases[at];
        if !case.open {
            return;
        }
        let who = self.still_here(&case);
        let late = self.recorded_late(self.last_step(&case));
        let on = if self.has_framework(self.world.today) { self.world.today } else { late };
        let uitkomst = match case.outcome {
            Outcome::Granted | Outcome::Bridged(_) => Uitkomst::Toegekend,
            Outcome::GrantedInPart => Uitkomst::GedeeltelijkToegekend,
            Outcome::Refused(grond) => Uitkomst::Afgewezen(grond),
            _ => Uitkomst::BuitenBehandeling,
        };
        let granted =
            if uitkomst.kent_toe() { self.plan_grant(&case, who, on) } else { Vec::new() };
        if self.has_framework(self.world.today) {
            return self.propose_decision(at, who, uitkomst, granted);
        }
        self.decide_by(at, who, on, uitkomst, granted);
        let day = plus(self.world.today, self.draws.process.days(0, 6));
        self.agenda.plan_workday(day, Task::Close(at, Sluitreden::Besloten));
    }

    /// The last day before which this case cannot be decided.
    fn last_step(&self, case: &Case) -> Date {
        let zaak = self.world.state.dossiers[&self.clients[case.client].id].zaak(case.id);
        let zaak = zaak.expect("an open case is in its dossier");
        let resumed = zaak.opschortingen.last().map(|it| match it {
            domain::termijn::Opschorting::Lopend { sinds, .. } => *sinds,
            domain::termijn::Opschorting::Voorbij { tot_en_met, .. } => *tot_en_met,
        });
        let report = zaak.verslag.map_or(zaak.melding.op, |it| it.verzonden_op);
        report.max(zaak.aanvraag.unwrap_or(BEGIN)).max(resumed.unwrap_or(BEGIN))
    }

    /// What is granted: the support itself and, for some, the transport to it.
    fn plan_grant(&mut self, case: &Case, who: MedewerkerId, on: Date) -> Vec<Support> {
        if let Some(old) = case.renews {
            return vec![self.renewed(old)];
        }
        let own = self.own_provider(who, on);
        let van = plus(on, self.draws.choice.days(0, 14));
        if let Outcome::Bridged(weeks) = case.outcome {
            let tot = Some(plus(van, i64::from(weeks) * 7));
            let ground = Some(TijdelijkeGrond::WachtlijstAlgemeneVoorziening);
            return vec![self.propose(case, OZL_LICHT, van, tot, ground, own)];
        }
        let product = self.pick_product(case.need);
        let tot = self.pick_end(product, van);
        let first = self.propose(case, product, van, tot, None, own);
        let mut granted = vec![first];
        if first.provider.is_some() && self.draws.choice.chance(case.need.vervoerkans()) {
            let ride = self.propose(case, VERVOER, van, tot, None, None);
            granted.push(Support { needed_until: first.needed_until, ..ride });
        }
        granted
    }

    /// A support as the one before it, from the day after its end or a few days later.
    fn renewed(&mut self, old: usize) -> Support {
        let it = self.supports[old];
        let draw = &mut self.draws.course;
        let gap = if draw.chance(0.75) { 0 } else { draw.days(1, 3) };
        let van = plus(it.tot.expect("only what ends is renewed"), 1 + gap);
        let volume = match draw.weighted(&[0.76, 0.14, 0.10]) {
            0 => it.omvang.volume,
            1 => it.omvang.volume + 1,
            _ => it.omvang.volume.max(2) - 1,
        };
        let volume =
            if it.provider == Some(GROEIER) { volume.max(it.omvang.volume) } else { volume };
        let tot = self.pick_end(it.product, van);
        let mut next = Support {
            omvang: Omvang { volume, ..it.omvang },
            van,
            tot,
            nummer: None,
            first_started: None,
            started: None,
            pause: None,
            over: false,
            stopped: false,
            ..it
        };
        if let Some(provider) = it.provider
            && (!self.offer.takes(provider, van) || self.draws.choice.chance(0.03))
        {
            self.choose_provider(&mut next, None);
        }
        self.price(&mut next);
        next
    }

    /// Takes the decision, by the investigator or by somebody with a mandate that reaches.
    fn decide_by(
        &mut self,
        at: usize,
        who: MedewerkerId,
        on: Date,
        uitkomst: Uitkomst,
        mut granted: Vec<Support>,
    ) {
        let case = self.cases[at];
        let mut who = who;
        if !self.may_decide(who, on, &granted) {
            who = self.staff.somebody(Functie::Beslisser, None, &mut self.draws.process);
            for it in &mut granted {
                // Somebody else decides and has no own provider to prefer.
                let chosen = it.provider.is_some() && case.renews.is_none();
                if chosen && !self.has_framework(on) {
                    self.choose_provider(it, None);
                    self.price(it);
                }
            }
        }
        let (on, actor) = sign(&self.world, who, on);
        let first = self.supports.len();
        self.record_decision(at, (on, actor), (uitkomst, None), granted);
        if self.has_framework(on) {
            self.follow_up(at, who, first);
        }
    }

    pub(crate) fn may_decide(&self, who: MedewerkerId, on: Date, granted: &[Support]) -> bool {
        let register = &self.world.state.register;
        let Some(wie) = capacity(&self.world, who, on) else { return false };
        let mut waarde = Bedrag::NUL;
        for it in granted {
            waarde += kosten::waarde_over_looptijd(register, &it.voorziening())
                .expect("every provider has a tariff for its products");
        }
        let reaches = |wie: &Hoedanigheid| register.mandaten_van(wie, on).any(|it| it.dekt(waarde));
        reaches(&wie)
    }

    /// The provider in whose interest somebody could be thought to act on a day.
    pub(crate) fn own_provider(&self, who: MedewerkerId, on: Date) -> Option<usize> {
        let affiliated = capacity(&self.world, who, on)?.verbonden_aan?;
        let candidates = LEVERANCIERS_VAN_COACHES.into_iter().chain([WIJKVERPLEGING]);
        candidates.into_iter().find(|at| self.offer.providers[*at].id == affiliated)
    }

    fn pick_product(&mut self, need: Need) -> usize {
        let options = need.producten();
        let weights: Vec<f64> = options.iter().map(|(_, weight)| *weight).collect();
        options[self.draws.choice.weighted(&weights)].0
    }

    fn pick_end(&mut self, product: usize, van: Date) -> Option<Date> {
        let terms = CATALOGUS[product].looptijd;
        if terms.is_empty() {
            return None;
        }
        let weights: Vec<f64> = terms.iter().map(|(_, weight)| *weight).collect();
        let months = terms[self.draws.course.weighted(&weights)].0;
        Some(van.saturating_add(months.months()).saturating_sub(1.day()))
    }

    /// A support for a case: how much, by whom, as ZIN or Pgb, and how long it is needed.
    fn propose(
        &mut self,
        case: &Case,
        product: usize,
        van: Date,
        tot: Option<Date>,
        tijdelijk: Option<TijdelijkeGrond>,
        own: Option<usize>,
    ) -> Support {
        let mut it = self.blank(case.client, case.need, product, van, tot);
        it.tijdelijk = tijdelijk;
        let pgb = tijdelijk.is_none()
            && product != VERVOER
            && case.need != Need::Woning
            && self.draws.choice.chance(self.parameters.aandeel_pgb);
        if !pgb {
            self.choose_provider(&mut it, own);
        }
        self.price(&mut it);
        let months = self.need_months(&it);
        it.needed_until = match (tijdelijk, tot) {
            (Some(_), Some(tot)) => tot,
            _ => plus(van, months * 30 + self.draws.course.days(0, 29)),
        };
        it
    }

    /// A support that is not yet granted nor priced.
    fn blank(
        &mut self,
        client: usize,
        need: Need,
        product: usize,
        van: Date,
        tot: Option<Date>,
    ) -> Support {
        let row = &CATALOGUS[product];
        let volume = self.draws.choice.days(row.volume.0, row.volume.1);
        let volume = u32::try_from(volume).expect("a small volume");
        let omvang = Omvang { volume, eenheid: row.eenheid, frequentie: row.frequentie };
        Support {
            client,
            id: VoorzieningId(0),
            need,
            product,
            provider: None,
            vorm: Leveringsvorm::Zin { aanbieder: None },
            omvang,
            van,
            tot,
            tijdelijk: None,
            needed_until: van,
            nummer: None,
            first_started: None,
            started: None,
            pause: None,
            over: false,
            stopped: false,
        }
    }

    pub(crate) fn choose_provider(&mut self, it: &mut Support, own: Option<usize>) {
        let weights = self.offer.weights(it.product, it.van, own, self.parameters);
        let chosen = self.draws.choice.weighted(&weights);
        if chosen == GROEIER && it.provider != Some(GROEIER) && it.tijdelijk.is_none() {
            let more = f64::from(it.omvang.volume) * self.heavier(it.van);
            it.omvang.volume = whole_u32(more);
        }
        it.provider = Some(chosen);
    }

    /// How much heavier the growing provider's clients are on a day.
    fn heavier(&self, op: Date) -> f64 {
        let grows = op.year() >= self.parameters.groeier_vanaf;
        if grows { self.parameters.groeier_zwaarte_factor } else { 1.0 }
    }

    /// The form of delivery that follows from the provider; a Pgb costs three quarters of ZIN.
    pub(crate) fn price(&mut self, it: &mut Support) {
        it.vorm = match it.provider {
            Some(at) => Leveringsvorm::Zin { aanbieder: Some(self.offer.providers[at].id) },
            None => {
                let weights = self.offer.weights(it.product, it.van, None, self.parameters);
                let some = weights.iter().position(|it| *it > 0.0).expect("a provider");
                let prijs = self.offer.prijs(some, it.product, it.van.year());
                let times = match it.omvang.frequentie {
                    domain::Frequentie::Week => 52,
                    domain::Frequentie::Maand => 12,
                    _ => 1,
                };
                let per_jaar = Bedrag(prijs.0 * i64::from(it.omvang.volume) * times);
                Leveringsvorm::Pgb { jaarbedrag: per_jaar.times(3, 4) }
            }
        };
    }

    fn need_months(&mut self, it: &Support) -> i64 {
        let mut probability = it.need.kind().eindkans(self.parameters);
        if it.provider == Some(GROEIER) {
            probability /= self.heavier(it.van);
        }
        self.draws.course.months(probability)
    }

    /// Writes down a support of before 2015, with its order and its delivery.
    pub(crate) fn take_over_support(&mut self, client: usize, need: Need) {
        let kind = need.kind();
        let need = if need == Need::Woning { Need::Scootmobiel } else { need };
        let product = self.pick_product(need);
        let draw = &mut self.draws.course;
        let tot = match kind {
            // Rights under the AWBZ ended within the year. Wmo 2015, art. 8.1 to 8.4.
            Kind::OndersteuningThuis => Some(plus(BEGIN, draw.days(90, 364))),
            Kind::Huishouden => Some(plus(BEGIN, draw.days(120, 5 * 365))),
            Kind::Hulpmiddel => None,
        };
        let mut it = self.blank(client, need, product, BEGIN, tot);
        if !self.draws.choice.chance(self.parameters.aandeel_pgb) {
            self.choose_provider(&mut it, None);
        }
        self.price(&mut it);
        let months = self.need_months(&it);
        it.needed_until = plus(BEGIN, months * 30 + self.draws.course.days(0, 29));
        let kenmerk = self.outside_key();
        let herkomst = match kind {
            Kind::OndersteuningThuis => Herkomst::Overgangsrecht(kenmerk),
            _ => Herkomst::VorigSysteem(kenmerk),
        };
        let team = self.place.wijken[self.clients[client].wijk].team;
        let team = (kind == Kind::OndersteuningThuis).then(|| self.place.teams[team].id);
        let voorziening = it.voorziening();
        let id = self.clients[client].id;
        let actor = domain::Actor::Systeem(domain::Systeemdeel::Import);
        let command = C::NeemVoorzieningOver { voorziening, team, herkomst };
        self.world.ask(self.world.today, actor, id, command);
        let id = self.world.state.dossiers[&id].voorzieningen.last().map(|it| it.id);
        self.begin_support(Support { id: id.expect("it was just taken over"), ..it });
    }

    /// Whether a client is 75 or older this year.
    pub(crate) fn is_elderly(&self, client: usize) -> bool {
        let age = self.world.today.year() - self.clients[client].geboortejaar;
        Leeftijdsgroep::van_leeftijd(age) >= Leeftijdsgroep::Van75Tot85
    }
}
