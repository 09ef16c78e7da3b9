//! What `WMO305` and `WMO307` share: which allocation a start or stop is about.

use domain::{Periode, Productkeuze, ToewijzingNummer, levering::StopReden};
use jiff::civil::Date;

use crate::{
    Problem,
    iwmo::{
        bericht::{
            Regel, Waarde,
            basis::Product,
            codelijst::{RedenBeeindiging, StatusAanlevering},
            gegevenstype::{Datum, Nummer},
            wmo305, wmo307,
        },
        vertaal::{
            client::{self, Client},
            waarde::{self, mogelijk, mogelijke_groep},
        },
    },
};

/// Which starts or stops are reported of whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leveringen {
    /// The client.
    pub client: Client,
    /// The reports; one that could not be read is left out.
    pub producten: Vec<GemeldProduct>,
}

/// One `StartProduct` or `StopProduct`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GemeldProduct {
    /// The line on which it starts.
    pub regel: u64,
    /// The number of the allocation; not needed where nothing is allocated one by one.
    pub toewijzingnummer: Option<ToewijzingNummer>,
    /// The product; `Generiek` when none is named.
    pub product: Productkeuze,
    /// The first day of the allocation, as the provider knows it.
    pub toewijzing_ingangsdatum: Option<Date>,
    /// The first day of delivery.
    pub begindatum: Date,
    /// Last day and reason, when it is a stop.
    pub stop: Option<Stop>,
    /// Whether an earlier report is taken back. List COD467, value 3.
    pub verwijderen: bool,
}

/// The end of delivery.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Stop {
    /// The last day of delivery.
    pub einddatum: Date,
    /// Why.
    pub reden_beeindiging: StopReden,
}

/// Puts the client of message 305 in our own words.
pub(super) fn vertaal_305(
    file: &str,
    client: &wmo305::Client,
    problems: &mut Vec<Problem>,
) -> Option<Leveringen> {
    let wie = (client.regel, &client.bsn);
    let who = client::van_aanbieder(file, wie, &client.geboortedatum, &client.naam, problems)?;
    let mut producten = Vec::new();
    for it in &client.start_producten {
        let gemeld = Gemeld {
            regel: it.regel,
            toewijzing_nummer: &it.toewijzing_nummer,
            product: it.product.as_ref(),
            toewijzing_ingangsdatum: &it.toewijzing_ingangsdatum,
            begindatum: &it.begindatum,
            stop: None,
            status_aanlevering: &it.status_aanlevering,
        };
        producten.extend(gemeld_product(file, &gemeld, problems));
    }
    Some(Leveringen { client: who, producten })
}

/// Puts the client of message 307 in our own words.
pub(super) fn vertaal_307(
    file: &str,
    client: &wmo307::Client,
    problems: &mut Vec<Problem>,
) -> Option<Leveringen> {
    let wie = (client.regel, &client.bsn);
    let who = client::van_aanbieder(file, wie, &client.geboortedatum, &client.naam, problems)?;
    let mut producten = Vec::new();
    for it in &client.stop_producten {
        let gemeld = Gemeld {
            regel: it.regel,
            toewijzing_nummer: &it.toewijzing_nummer,
            product: it.product.as_ref(),
            toewijzing_ingangsdatum: &it.toewijzing_ingangsdatum,
            begindatum: &it.begindatum,
            stop: Some((&it.einddatum, &it.reden_beeindiging)),
            status_aanlevering: &it.status_aanlevering,
        };
        producten.extend(gemeld_product(file, &gemeld, problems));
    }
    Some(Leveringen { client: who, producten })
}

/// What a `StartProduct` and a `StopProduct` share.
struct Gemeld<'a> {
    regel: Regel,
    toewijzing_nummer: &'a Waarde<Nummer>,
    product: Option<&'a Product>,
    toewijzing_ingangsdatum: &'a Waarde<Datum>,
    begindatum: &'a Waarde<Datum>,
    stop: Option<(&'a Waarde<Datum>, &'a Waarde<RedenBeeindiging>)>,
    status_aanlevering: &'a Waarde<StatusAanlevering>,
}

fn gemeld_product(
    file: &str,
    it: &Gemeld<'_>,
    problems: &mut Vec<Problem>,
) -> Option<GemeldProduct> {
    if it.regel.is_onvolledig() {
        return None;
    }
    let mut refuse = |naam: &str, regel: u64, code, text: &str| {
        let text = format!("{text}; deze melding gaat niet in");
        problems.push(Problem::fout(file, code, text).on_line(regel).in_element(naam));
    };
    let status = it.status_aanlevering.waarde()?;
    if status != "1" && status != "3" {
        let regel = it.status_aanlevering.op_regel();
        refuse("StatusAanlevering", regel, "CS058", "de status is 1 (nieuw) of 3 (verwijderen)");
        return None;
    }
    let begindatum = it.begindatum.waarde()?;
    let stop = match it.stop {
        None => None,
        Some((einddatum, reden)) => {
            let regel = einddatum.op_regel();
            let einddatum = einddatum.waarde()?;
            if Periode::new(begindatum, Some(einddatum)).is_none() {
                refuse("Einddatum", regel, "TR018", "de stop ligt voor de start");
                return None;
            }
            Some(Stop { einddatum, reden_beeindiging: StopReden::from_code(reden.get()?)? })
        }
    };
    let product = mogelijke_groep(it.product, waarde::product)?;
    Some(GemeldProduct {
        regel: u64::from(it.regel.nummer()),
        toewijzingnummer: mogelijk(it.toewijzing_nummer)?.map(ToewijzingNummer),
        product: product.unwrap_or(Productkeuze::Generiek),
        toewijzing_ingangsdatum: mogelijk(it.toewijzing_ingangsdatum)?,
        begindatum,
        stop,
        verwijderen: status == "3",
    })
}
