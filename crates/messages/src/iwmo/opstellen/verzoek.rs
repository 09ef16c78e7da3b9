//! A request of a provider (315, 317) against the allocations in a dossier: is this what was asked?

use std::collections::BTreeMap;

use domain::{AanbiederId, Dossier, ToewijzingNummer, toewijzing::Toewijzing};
use jiff::{ToSpan, civil::Date};

use crate::iwmo::{
    bericht::{
        Bericht, Waarde, basis,
        gegevenstype::{Budget, Datum},
        wmo301::ToegewezenProduct,
        wmo315, wmo317,
    },
    opstellen::{Aanleiding, Verzonden, laatste_versies, product::as_it_is},
};

/// What of a request stands in the dossier, so that message 301 answers it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Honorering {
    /// The whole request for change with this reference.
    Wijziging(String),
    /// Of a request for allocation these allocations, each with the reference it answers.
    Aanvraag(BTreeMap<ToewijzingNummer, String>),
}

impl Honorering {
    /// Why the message is sent.
    pub fn aanleiding(&self) -> Aanleiding<'_> {
        match self {
            Honorering::Wijziging(referentie) => Aanleiding::Wijziging(referentie),
            Honorering::Aanvraag(per_product) => Aanleiding::Aanvraag(per_product),
        }
    }

    /// The references that are answered.
    pub fn referenties(&self) -> Vec<&str> {
        match self {
            Honorering::Wijziging(it) => vec![it],
            Honorering::Aanvraag(it) => it.values().map(String::as_str).collect(),
        }
    }
}

/// Whether the allocations at this provider are what a request asks for, to the letter.
///
/// A request for change counts only as a whole; of a request for allocation each product counts by
/// itself, and only a number that the provider does not know yet can be the answer.
pub fn honorering(
    verzoek: &Bericht,
    dossier: &Dossier,
    aanbieder: AanbiederId,
    verzonden: &[Verzonden<'_>],
) -> Option<Honorering> {
    let known = laatste_versies(verzonden);
    let own = dossier.toewijzingen.iter();
    let own = own.filter(|it| it.telt() && it.opdracht.aanbieder == aanbieder);
    let stand = Stand { now: own.map(|it| (it, as_it_is(it))).collect(), known };
    match verzoek {
        Bericht::Wmo315(it) => {
            let mut granted = BTreeMap::new();
            for asked in &it.client.aangevraagde_producten {
                let referentie = asked.referentie_aanbieder.get();
                let found = stand.nieuw(&aanvraag(asked), &granted);
                granted.extend(found.zip(referentie).map(|(nr, it)| (nr, it.to_string())));
            }
            (!granted.is_empty()).then_some(Honorering::Aanvraag(granted))
        }
        Bericht::Wmo317(it) => {
            let verzoek = &it.client.verzoek;
            let referentie = verzoek.referentie_aanbieder.get()?.to_string();
            stand.is_zoals(verzoek).then_some(Honorering::Wijziging(referentie))
        }
        _ => None,
    }
}

/// A product as a request wants it.
struct Gevraagd<'a> {
    product: Option<&'a basis::Product>,
    van: Option<Date>,
    tot: &'a Waarde<Datum>,
    omvang: Option<&'a basis::Omvang>,
    budget: &'a Waarde<Budget>,
}

fn aanvraag(it: &wmo315::AangevraagdProduct) -> Gevraagd<'_> {
    Gevraagd {
        product: it.product.as_ref(),
        van: it.toewijzing_ingangsdatum.waarde(),
        tot: &it.toewijzing_einddatum,
        omvang: it.omvang.as_ref(),
        budget: &it.budget,
    }
}

fn nieuw(it: &wmo317::NieuwProduct) -> Gevraagd<'_> {
    Gevraagd {
        product: it.product.as_ref(),
        van: it.gewenste_ingangsdatum.waarde(),
        tot: &it.einddatum,
        omvang: it.omvang.as_ref(),
        budget: &it.budget,
    }
}

impl Gevraagd<'_> {
    fn is(&self, it: &ToegewezenProduct) -> bool {
        self.product == it.product.as_ref() && self.van == it.ingangsdatum.waarde() && self.past(it)
    }

    /// Whether end and quantity are those that were asked for.
    fn past(&self, it: &ToegewezenProduct) -> bool {
        *self.tot == it.einddatum && self.omvang == it.omvang.as_ref() && *self.budget == it.budget
    }
}

/// The allocations at a provider as they are, and as the provider knows them.
struct Stand<'a> {
    now: Vec<(&'a Toewijzing, ToegewezenProduct)>,
    known: BTreeMap<u32, &'a ToegewezenProduct>,
}

impl Stand<'_> {
    /// An allocation that the provider does not know, just as asked, that answers nothing yet.
    fn nieuw<T>(
        &self,
        asked: &Gevraagd<'_>,
        used: &BTreeMap<ToewijzingNummer, T>,
    ) -> Option<ToewijzingNummer> {
        let free = |nummer: ToewijzingNummer| {
            !self.known.contains_key(&nummer.0) && !used.contains_key(&nummer)
        };
        let mut found = self.now.iter().filter(|(it, made)| free(it.nummer) && asked.is(made));
        found.next().map(|(it, _)| it.nummer)
    }

    fn is_zoals(&self, verzoek: &wmo317::Verzoek) -> bool {
        let mut used: BTreeMap<ToewijzingNummer, ()> = BTreeMap::new();
        let same = verzoek.ongewijzigde_producten.iter().all(|it| {
            let nummer = it.toewijzing_nummer.waarde();
            nummer.is_some_and(|it| self.is_ongewijzigd(it))
        });
        let changed =
            verzoek.te_wijzigen_producten.iter().all(|it| self.is_gewijzigd(it, &mut used));
        let new = verzoek.nieuwe_producten.iter().all(|it| {
            let found = self.nieuw(&nieuw(it), &used);
            used.extend(found.map(|it| (it, ())));
            found.is_some()
        });
        same && changed && new
    }

    fn van(&self, nummer: u32) -> Option<(&ToegewezenProduct, &ToegewezenProduct)> {
        let now = self.now.iter().find(|(it, _)| it.nummer.0 == nummer)?;
        Some((&now.1, self.known.get(&nummer)?))
    }

    fn is_ongewijzigd(&self, nummer: u32) -> bool {
        self.van(nummer).is_some_and(|(now, known)| {
            let what = |it: &ToegewezenProduct| {
                (it.einddatum.clone(), it.omvang.clone(), it.budget.clone())
            };
            what(now) == what(known)
        })
    }

    /// Changed under its own number, or ended and followed by a new one.
    fn is_gewijzigd(
        &self,
        asked: &wmo317::TeWijzigenProduct,
        used: &mut BTreeMap<ToewijzingNummer, ()>,
    ) -> bool {
        let found = asked.toewijzing_nummer.waarde().and_then(|it| self.van(it));
        let (Some((now, known)), Some(van)) = (found, asked.gewenste_ingangsdatum.waarde()) else {
            return false;
        };
        let wanted = Gevraagd {
            product: known.product.as_ref(),
            van: Some(van),
            tot: &asked.einddatum,
            omvang: asked.omvang.as_ref(),
            budget: &asked.budget,
        };
        if wanted.past(now) && now.ingangsdatum.waarde().is_some_and(|it| it <= van) {
            return true;
        }
        let before = van.checked_sub(1.day()).ok();
        let followed = self.nieuw(&wanted, used);
        used.extend(followed.map(|it| (it, ())));
        now.einddatum.waarde() == before && followed.is_some()
    }
}
