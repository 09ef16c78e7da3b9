//! Reported starts and stops, messages 305 and 307: TR018, TR101, TR134, CS058.

use jiff::civil::Date;

use crate::iwmo::{
    bericht::{
        Regel, Waarde, basis::Product, codelijst::StatusAanlevering, gegevenstype::Datum, wmo305,
        wmo307,
    },
    regel::{
        bericht::{persoon, sleutel::Sleutels},
        bevinding::{Melder, Plek, lijn},
    },
};

pub(super) fn check_305(m: &mut Melder, client: &wmo305::Client, op: Date) {
    let plek = Plek::Client(0);
    persoon::bsn(m, plek, client.regel, &client.bsn);
    persoon::geboortedatum(m, plek, &client.geboortedatum, op);
    let mut sleutels = Sleutels::new();
    for (at, it) in client.start_producten.iter().enumerate() {
        let plek = Plek::Product(at);
        let sleutel =
            (it.toewijzing_nummer.waarde(), product(it.product.as_ref()), it.begindatum.waarde());
        sleutels.eis_nieuw(m, sleutel, (plek, it.regel, "StartProduct"));
        status(m, plek, it.regel, &it.status_aanlevering);
        niet_na(m, plek, it.regel, (&it.begindatum, "Begindatum"), op);
    }
}

pub(super) fn check_307(m: &mut Melder, client: &wmo307::Client, op: Date) {
    let plek = Plek::Client(0);
    persoon::bsn(m, plek, client.regel, &client.bsn);
    persoon::geboortedatum(m, plek, &client.geboortedatum, op);
    let mut sleutels = Sleutels::new();
    for (at, it) in client.stop_producten.iter().enumerate() {
        let plek = Plek::Product(at);
        let dagen = (it.begindatum.waarde(), it.einddatum.waarde());
        let reden = it.reden_beeindiging.waarde();
        let sleutel = (it.toewijzing_nummer.waarde(), product(it.product.as_ref()), dagen, reden);
        sleutels.eis_nieuw(m, sleutel, (plek, it.regel, "StopProduct"));
        status(m, plek, it.regel, &it.status_aanlevering);
        niet_na(m, plek, it.regel, (&it.einddatum, "Einddatum"), op);
        if let (Some(van), Some(tot)) = dagen {
            let waar = (plek, lijn(&it.einddatum, it.regel), "Einddatum");
            m.eis(van <= tot, "TR018", waar, &format!("{tot} ligt voor {van}"));
        }
    }
}

fn product(product: Option<&Product>) -> (Option<&'static str>, Option<&str>) {
    let categorie = product.and_then(|it| it.categorie.waarde());
    (categorie, product.and_then(|it| it.code.get()).map(|it| &**it))
}

fn status(m: &mut Melder, plek: Plek, klasse: Regel, status: &Waarde<StatusAanlevering>) {
    if let Some(code) = status.waarde() {
        let waar = (plek, lijn(status, klasse), "StatusAanlevering");
        m.eis(matches!(code, "1" | "3"), "CS058", waar, &format!("hier staat {code}"));
    }
}

fn niet_na(
    m: &mut Melder,
    plek: Plek,
    klasse: Regel,
    (day, element): (&Waarde<Datum>, &'static str),
    op: Date,
) {
    if let Some(date) = day.waarde() {
        m.eis(
            date <= op,
            "TR134",
            (plek, lijn(day, klasse), element),
            &format!("hier staat {date}"),
        );
    }
}
