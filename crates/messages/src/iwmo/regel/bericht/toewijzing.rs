//! What the municipality allocates, message 301: TR061, TR101, TR134, TR302, CD007, CS335, CS336.

use jiff::civil::Date;

use crate::iwmo::{
    bericht::wmo301::{Client, ToegewezenProduct},
    regel::{
        bericht::{
            aanspraak::{self, Aanspraak},
            adres,
            overlap::{Aanspraakperiode, overlappend},
            persoon,
            sleutel::Sleutels,
        },
        bevinding::{Melder, Plek, lijn},
    },
};

pub(super) fn check(m: &mut Melder, client: &Client, op: Date) {
    let plek = Plek::Client(0);
    persoon::bsn(m, plek, client.regel, &client.bsn);
    persoon::geboortedatum(m, plek, &client.geboortedatum, op);
    persoon::naam(m, plek, &client.naam);
    if let Some(it) = &client.communicatie {
        let right = it.vorm.is("1") == it.taal.is_aanwezig();
        m.eis(right, "CD007", (plek, lijn(&it.taal, it.regel), "Taal"), "");
    }
    contacten(m, client);
    relaties(m, client, op);
    let mut nummers = Sleutels::new();
    for (at, product) in client.toegewezen_producten.iter().enumerate() {
        let plek = Plek::Product(at);
        let waar = (plek, lijn(&product.toewijzing_nummer, product.regel), "ToewijzingNummer");
        if let Some(nummer) = product.toewijzing_nummer.waarde() {
            nummers.eis_nieuw(m, nummer, waar);
        }
        toegewezen(m, plek, product, op);
    }
    stapeling(m, client);
}

fn contacten(m: &mut Melder, client: &Client) {
    let mut soorten = Sleutels::new();
    for (at, contact) in client.contactgegevens.iter().enumerate() {
        let plek = Plek::Contact(at);
        if let Some(soort) = contact.soort.waarde() {
            soorten.eis_nieuw(m, soort, (plek, lijn(&contact.soort, contact.regel), "Soort"));
        }
        adres::contact(m, plek, contact);
    }
    let lives = |soort| matches!(soort, Some("01" | "02" | "03"));
    let any = client.contactgegevens.iter().any(|it| lives(it.soort.waarde()));
    m.eis(any, "TR061", (Plek::Client(0), client.regel, "Contactgegevens"), "");
}

fn relaties(m: &mut Melder, client: &Client, op: Date) {
    let mut nummers = Sleutels::new();
    for (at, relatie) in client.relaties.iter().enumerate() {
        let plek = Plek::Relatie(at);
        if let Some(nummer) = relatie.nummer.get() {
            let waar = (plek, lijn(&relatie.nummer, relatie.regel), "Nummer");
            nummers.eis_nieuw(m, nummer.clone(), waar);
        }
        if let Some(geboren) = &relatie.geboortedatum {
            persoon::geboortedatum(m, plek, geboren, op);
        }
        persoon::naam(m, plek, &relatie.naam);
        adres::contact(m, plek, &relatie.contact);
    }
}

fn toegewezen(m: &mut Melder, plek: Plek, product: &ToegewezenProduct, op: Date) {
    let p = product;
    if let Some(day) = p.toewijzingsdatum.waarde() {
        let waar = (plek, lijn(&p.toewijzingsdatum, p.regel), "Toewijzingsdatum");
        m.eis(day <= op, "TR134", waar, "de toewijzingsdatum ligt erna");
    }
    let waar = (plek, lijn(&p.reden_wijziging, p.regel), "RedenWijziging");
    if p.reden_wijziging.is("13") {
        let same = p.einddatum.is_aanwezig() && p.einddatum.get() == p.ingangsdatum.get();
        m.eis(same, "CS335", waar, "");
    }
    m.eis(!p.reden_wijziging.is("01"), "CS336", waar, "");
    let aanspraak = Aanspraak {
        plek,
        regel: p.regel,
        product: Some(p.product.as_ref()),
        omvang: p.omvang.as_ref(),
        budget: &p.budget,
        van: &p.ingangsdatum,
        tot: (&p.einddatum, "Einddatum"),
        zonder_code: "CD080",
        per_dag: "CS338",
    };
    aanspraak::check(m, &aanspraak);
}

/// Whether an allocation was taken back: it counts as never sent. Reason 01 did so before 2022.
pub(crate) fn is_verwijderd(product: &ToegewezenProduct) -> bool {
    let reden = product.reden_wijziging.waarde();
    matches!(reden, Some("13" | "01"))
        && product.einddatum.is_aanwezig()
        && product.einddatum.get() == product.ingangsdatum.get()
}

fn stapeling(m: &mut Melder, client: &Client) {
    let (mut at, mut perioden) = (Vec::new(), Vec::new());
    for (index, it) in client.toegewezen_producten.iter().enumerate() {
        let Some(van) = it.ingangsdatum.waarde().filter(|_| !is_verwijderd(it)) else { continue };
        at.push(index);
        perioden.push(Aanspraakperiode::van(it.product.as_ref(), van, it.einddatum.waarde()));
    }
    for found in overlappend(&perioden) {
        let product = &client.toegewezen_producten[at[found]];
        m.fout("TR302", (Plek::Product(at[found]), product.regel, "ToegewezenProduct"), "");
    }
}
