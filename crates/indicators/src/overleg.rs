//! What the CTA-overleg does: how often it agrees, what it changes, how long it takes, and how far
//! a colleague who did not see a proposal comes to the same outcome.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    Bedrag, Eenheid, Frequentie, Periode, Register, State, Voorziening, Zaak,
    besluit::Uitkomst,
    cta::{Aanleiding, CtaOordeel, CtaUitkomst, uiterste_dag},
    kosten,
    voorstel::GedaanVoorstel,
};
use jiff::civil::{Date, date};
use statistics::comparison::kappa::{Kappa, Weight, cohen};

/// Below so many cases a share or an agreement says nothing.
pub const WEINIG: u32 = 10;

/// How many outcomes are told apart.
const UITKOMSTEN: usize = 5;

/// What the meeting did within some time.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Overlegcijfers {
    /// How often it judged.
    pub beoordeeld: u32,
    /// How many of those a rule of the municipality brought.
    pub verplicht: u32,
    /// How many of those were drawn.
    pub steekproef: u32,
    /// How many of those the team brought in.
    pub ingebracht: u32,
    /// How often it agreed.
    pub akkoord: u32,
    /// How often it advised something else.
    pub gewijzigd: u32,
    /// How often it sent the proposal back.
    pub terug: u32,
    /// What its changes did, together.
    pub verschil: Verschil,
    /// The days from proposal to judgement, ascending.
    pub dagen: Vec<i32>,
    /// How many judgements came after their last day.
    pub te_laat: u32,
    /// How many proposals a colleague judged blind.
    pub blind: u32,
    /// How far proposal and blind judgement agree on the outcome, with at least ten of them.
    pub kappa: Option<Kappa>,
}

/// What changes between two lists of provisions.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Verschil {
    /// The value over the whole term, of what has a price.
    pub bedrag: Bedrag,
    /// How many lists have no price, and are not in the amount.
    pub zonder_prijs: u32,
    /// The volume per week in hundredths, per unit.
    pub per_week: BTreeMap<Eenheid, i64>,
}

impl Overlegcijfers {
    /// The middle of the days from proposal to judgement; the lower of two middles.
    pub fn mediaan_dagen(&self) -> Option<i32> {
        self.dagen.get(self.dagen.len().checked_sub(1)? / 2).copied()
    }
}

impl Verschil {
    fn add(&mut self, other: &Verschil) {
        self.bedrag += other.bedrag;
        self.zonder_prijs += other.zonder_prijs;
        for (eenheid, volume) in &other.per_week {
            *self.per_week.entry(*eenheid).or_default() += volume;
        }
    }
}

/// What a judgement changed; nothing where it agreed or sent back.
pub fn verschil(register: &Register, voorstel: &GedaanVoorstel, oordeel: &CtaOordeel) -> Verschil {
    let CtaUitkomst::Gewijzigd { voorzieningen, .. } = &oordeel.uitkomst else {
        return Verschil::default();
    };
    let (before, after) = (&voorstel.voorstel.voorzieningen, voorzieningen);
    let mut per_week = BTreeMap::new();
    for (list, sign) in [(before, -1), (after, 1)] {
        for (eenheid, volume) in list.iter().filter_map(weekly) {
            *per_week.entry(eenheid).or_default() += sign * volume;
        }
    }
    per_week.retain(|_, volume| *volume != 0);
    match (value(register, before), value(register, after)) {
        (Some(before), Some(after)) => {
            Verschil { bedrag: after - before, zonder_prijs: 0, per_week }
        }
        _ => Verschil { bedrag: Bedrag::NUL, zonder_prijs: 1, per_week },
    }
}

/// The figures of each quarter in which something was judged, oldest first.
pub fn kwartalen(state: &State) -> Vec<(Periode, Overlegcijfers)> {
    let cta = state.dossiers.values().flat_map(|it| &it.zaken).map(|it| &it.cta);
    let days = cta.flat_map(|it| {
        let judged = it.oordelen.iter().map(|(op, ..)| *op);
        judged.chain(it.tweede.iter().map(|(op, ..)| *op))
    });
    let quarters: BTreeSet<Date> = days.map(first_of_quarter).collect();
    let whole = |van: Date| {
        let end = van.saturating_add(jiff::Span::new().months(3)).yesterday().ok();
        Some(Periode::new(van, end)?).map(|it| (it, cijfers(state, it)))
    };
    quarters.into_iter().filter_map(whole).collect()
}

/// The figures of judgements within some time.
pub fn cijfers(state: &State, venster: Periode) -> Overlegcijfers {
    let mut found = Overlegcijfers::default();
    let mut agreement = vec![vec![0; UITKOMSTEN]; UITKOMSTEN];
    for zaak in state.dossiers.values().flat_map(|it| &it.zaken) {
        for (op, oordeel, about) in &zaak.cta.oordelen {
            if venster.bevat(*op) {
                found.count(state, zaak, (*op, oordeel, about));
            }
        }
        // Of each proposal the first blind judgement counts, so that no case counts twice.
        let mut known: Vec<&GedaanVoorstel> = Vec::new();
        for (op, it, _, about) in &zaak.cta.tweede {
            if known.contains(&about) {
                continue;
            }
            known.push(about);
            if venster.bevat(*op) {
                found.blind += 1;
                agreement[category(about.voorstel.uitkomst)][category(it.uitkomst)] += 1;
            }
        }
    }
    found.dagen.sort_unstable();
    found.kappa =
        (found.blind >= WEINIG).then(|| cohen(&agreement, Weight::Nominal, 0.95).ok()).flatten();
    found
}

impl Overlegcijfers {
    fn count(
        &mut self,
        state: &State,
        zaak: &Zaak,
        (op, oordeel, about): (Date, &CtaOordeel, &GedaanVoorstel),
    ) {
        self.beoordeeld += 1;
        let reasons =
            zaak.cta.aanmelding.as_ref().map_or(&[][..], |(_, it)| it.aanleidingen.as_slice());
        if reasons.contains(&Aanleiding::Steekproef) {
            self.steekproef += 1;
        } else if reasons.iter().all(|it| *it == Aanleiding::Ingebracht) {
            self.ingebracht += 1;
        } else {
            self.verplicht += 1;
        }
        match oordeel.uitkomst {
            CtaUitkomst::Akkoord => self.akkoord += 1,
            CtaUitkomst::Gewijzigd { .. } => self.gewijzigd += 1,
            CtaUitkomst::Terug => self.terug += 1,
        }
        self.verschil.add(&verschil(&state.register, about, oordeel));
        self.dagen.push((op - about.op).get_days());
        let rules = state.register.instellingen.cta(about.op);
        self.te_laat += u32::from(rules.is_some_and(|it| op > uiterste_dag(&it, about.op)));
    }
}

/// What a list is worth over its whole term; `None` where a price is missing.
fn value(register: &Register, list: &[Voorziening]) -> Option<Bedrag> {
    list.iter().map(|it| kosten::waarde_over_looptijd(register, it)).sum()
}

/// The volume of a provision per week, in hundredths.
fn weekly(it: &Voorziening) -> Option<(Eenheid, i64)> {
    let omvang = it.omvang?;
    let hundredths = i64::from(omvang.volume) * 100;
    let volume = match omvang.frequentie {
        Frequentie::Dag => hundredths * 7,
        Frequentie::Week => hundredths,
        Frequentie::VierWeken => hundredths / 4,
        Frequentie::Maand => hundredths * 12 * 7 / 365,
        Frequentie::Jaar => hundredths * 7 / 365,
        Frequentie::Totaal => hundredths * 7 / it.geldig.dagen()?.max(7),
    };
    Some((omvang.eenheid, volume))
}

fn first_of_quarter(day: Date) -> Date {
    date(day.year(), (day.month() - 1) / 3 * 3 + 1, 1)
}

const fn category(uitkomst: Uitkomst) -> usize {
    match uitkomst {
        Uitkomst::Toegekend => 0,
        Uitkomst::GedeeltelijkToegekend => 1,
        Uitkomst::Afgewezen(_) => 2,
        Uitkomst::BuitenBehandeling => 3,
        Uitkomst::Ingetrokken => 4,
    }
}
