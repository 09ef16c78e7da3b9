//! The folded state as flat columns: what the indicators count.
//!
//! A provision or allocation is cut where its client moves to another wijk or comes into another
//! age group, so that every piece lies in one cell of every [`Dimensie`]. What was withdrawn as a
//! mistake (`Vervallen`, `Verwijderd`) is left out.

mod bouw;
mod proces;

use std::collections::HashMap;

use domain::{
    AanbiederId, Cbsgroep, Leeftijdsgroep, Maand, State, TeamId, Voorziening, WijkId,
    vervolg::Bestemming,
};

use crate::{
    Afrondreden, Dimensie, Oordeelsoort, Sleutel, Uitkomstsoort, Vorm,
    cel::{Kenmerken, Woordenboek},
    dag::datum,
    spells::Kolommen,
};

/// Everything that is counted, in columns.
#[derive(Debug, Clone, Default)]
pub struct Feiten {
    /// Pieces of provisions, by client and first day.
    pub(crate) voorzieningen: Stukken,
    /// Pieces of allocations, by client and first day.
    pub(crate) toewijzingen: Stukken,
    /// What each provision is; a piece points into it.
    pub(crate) inhoud: Vec<Voorziening>,
    /// First days of support after twelve months without, one per provision that starts then.
    pub(crate) nieuw: Vec<Gebeurtenis>,
    /// Requests.
    pub(crate) meldingen: Vec<Gebeurtenis>,
    /// Ended intakes; `goed` when settled there.
    pub(crate) intakes: Vec<Gebeurtenis>,
    /// Ended enquiries; `dagen` since the request, `goed` when in time.
    pub(crate) onderzoeken: Vec<Gebeurtenis>,
    /// Requests that the intake settled; `goed` when the client came back within `dagen`.
    pub(crate) terugkeer: Vec<Gebeurtenis>,
    /// Proposals with a norm to hold them against; `goed` when above it.
    pub(crate) voorstellen: Vec<Gebeurtenis>,
    /// Judgements of the CTA-overleg.
    pub(crate) oordelen: Vec<Oordeel>,
    /// Steps down after a grant.
    pub(crate) afschalingen: Vec<Gebeurtenis>,
    /// Decisions; `goed` when the CTA-overleg judged the case before.
    pub(crate) beschikkingen: Vec<Gebeurtenis>,
    /// Provisions that were decided, on the day of the decision.
    pub(crate) indicaties: Vec<Gebeurtenis>,
    pub(crate) codes: Codes,
}

/// Pieces of something that lasts, as columns.
#[derive(Debug, Clone, Default)]
pub(crate) struct Stukken {
    pub(crate) client: Vec<u32>,
    pub(crate) van: Vec<i32>,
    pub(crate) tot: Vec<i32>,
    pub(crate) kenmerken: Vec<Kenmerken>,
    /// The place in [`Feiten::inhoud`], for provisions.
    pub(crate) inhoud: Vec<u32>,
}

impl Stukken {
    pub(crate) fn kolommen(&self) -> Kolommen<'_> {
        Kolommen { client: &self.client, van: &self.van, tot: &self.tot }
    }
}

/// Something that happened on a day.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Gebeurtenis {
    pub(crate) dag: i32,
    pub(crate) client: u32,
    pub(crate) dagen: i32,
    pub(crate) goed: bool,
    pub(crate) kenmerken: Kenmerken,
}

/// A judgement of the CTA-overleg: when, with the days since the proposal, and what it changed.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Oordeel {
    pub(crate) wanneer: Gebeurtenis,
    /// What the order became worth more, in eurocents; for a change of which the price is known.
    pub(crate) eurocent: Option<i64>,
    /// Whether a change was to less; for a change in volumes that can be compared.
    pub(crate) omvang_lager: Option<bool>,
}

/// What the codes in the columns stand for.
#[derive(Debug, Clone, Default)]
pub(crate) struct Codes {
    pub(crate) teams: Woordenboek<TeamId>,
    pub(crate) wijken: Woordenboek<WijkId>,
    pub(crate) producten: Woordenboek<Sleutel>,
    pub(crate) zorgsoorten: Woordenboek<String>,
    pub(crate) aanbieders: Woordenboek<AanbiederId>,
    /// The group of each product, by the text of its key.
    pub(crate) groepen: HashMap<String, String>,
}

impl Codes {
    /// The group of a product, by the text of its key.
    pub(crate) fn groep_van(&self, product: &str) -> &str {
        self.groepen.get(product).map_or("onbekend", String::as_str)
    }
}

impl Feiten {
    /// Flattens what is known.
    pub fn van(state: &State) -> Feiten {
        bouw::van(state)
    }

    /// The month in which the first provision starts or the first request came in.
    pub fn eerste_maand(&self) -> Option<Maand> {
        let spell = self.voorzieningen.van.iter().min();
        let melding = self.meldingen.iter().map(|it| &it.dag).min();
        spell.into_iter().chain(melding).min().map(|it| Maand::van_dag(datum(*it)))
    }

    /// How many provisions are known.
    pub fn aantal_voorzieningen(&self) -> usize {
        self.inhoud.len()
    }

    /// How many cells a dimension has, with the one for unknown.
    pub(crate) fn cellen(&self, per: Dimensie) -> usize {
        match per {
            Dimensie::Geen => 1,
            Dimensie::Team => self.codes.teams.codes(),
            Dimensie::Wijk => self.codes.wijken.codes(),
            Dimensie::Product => self.codes.producten.codes(),
            Dimensie::Cbsgroep => Cbsgroep::ALLE.len() + 1,
            Dimensie::Zorgsoort => self.codes.zorgsoorten.codes(),
            Dimensie::Aanbieder => self.codes.aanbieders.codes(),
            Dimensie::Leveringsvorm => Vorm::ALLE.len() + 1,
            Dimensie::Leeftijdsgroep => Leeftijdsgroep::ALLE.len() + 1,
            Dimensie::Uitkomst => Uitkomstsoort::ALLE.len() + 1,
            Dimensie::Reden => Afrondreden::ALLE.len() + 1,
            Dimensie::Oordeel => Oordeelsoort::ALLE.len() + 1,
            Dimensie::Bestemming => Bestemming::ALLE.len() + 1,
        }
    }

    /// What a code of a dimension stands for.
    pub(crate) fn sleutel(&self, per: Dimensie, code: u16) -> Sleutel {
        fn nth<T: Copy>(list: &[T], code: u16) -> Option<T> {
            list.get(usize::from(code).checked_sub(1)?).copied()
        }
        let codes = &self.codes;
        let known = match per {
            Dimensie::Geen => Some(Sleutel::Totaal),
            Dimensie::Team => codes.teams.waarde(code).copied().map(Sleutel::Team),
            Dimensie::Wijk => codes.wijken.waarde(code).copied().map(Sleutel::Wijk),
            Dimensie::Product => codes.producten.waarde(code).cloned(),
            Dimensie::Cbsgroep => nth(&Cbsgroep::ALLE, code).map(Sleutel::Cbsgroep),
            Dimensie::Zorgsoort => codes.zorgsoorten.waarde(code).cloned().map(Sleutel::Zorgsoort),
            Dimensie::Aanbieder => codes.aanbieders.waarde(code).copied().map(Sleutel::Aanbieder),
            Dimensie::Leveringsvorm => nth(&Vorm::ALLE, code).map(Sleutel::Leveringsvorm),
            Dimensie::Leeftijdsgroep => {
                nth(&Leeftijdsgroep::ALLE, code).map(Sleutel::Leeftijdsgroep)
            }
            Dimensie::Uitkomst => nth(&Uitkomstsoort::ALLE, code).map(Sleutel::Uitkomst),
            Dimensie::Reden => nth(&Afrondreden::ALLE, code).map(Sleutel::Reden),
            Dimensie::Oordeel => nth(&Oordeelsoort::ALLE, code).map(Sleutel::Oordeel),
            Dimensie::Bestemming => nth(&Bestemming::ALLE, code).map(Sleutel::Bestemming),
        };
        known.unwrap_or(Sleutel::Onbekend)
    }
}
