//! The proposal and the decision: what may lead to a grant, with its price.

use domain::{
    DossierCommand as C, Zaakstap as S,
    besluit::Uitkomst,
    kader::Normafwijking,
    voorstel::{Afwijkgrond, Voorstel},
};

use super::{
    Bij, Stap, Tekst,
    gezamenlijk::{begin_met, lees_uitkomst, uitkomst_velden, waarde},
};
use crate::{
    formulier::Veld,
    invoer::{Lezer, Waarden},
    register::formulieren::{gekozen, opties},
};

/// The forms.
pub(super) static STAPPEN: [Stap; 2] = [
    Stap {
        naam: "voorstel",
        titel: "Doe een voorstel",
        lead: "Het voorstel is het advies waarop een besluit rust. Met Bereken ziet u wat het \
               kost; er wordt dan nog niets opgeslagen.",
        knop: "Leg het voorstel vast",
        velden: |bij| {
            let mut velden = uitkomst_velden(bij);
            let why = opties(Normafwijking::ALLE, Normafwijking::naam);
            velden.push(
                Veld::keuze("normafwijking", "Afwijken van de norm, omdat", why)
                    .uitleg("Alleen als de omvang buiten de norm ligt")
                    .mag_leeg(),
            );
            velden
        },
        begin: |bij| {
            let Some(it) = bij.voorstel() else { return Vec::new() };
            let mut waarden = begin_met(it.uitkomst, it.voorzieningen.first());
            waarden.extend(it.normafwijking.map(|it| ("normafwijking", waarde(it.naam()))));
            waarden
        },
        lees: read_proposal,
        proef: |bij| {
            bij.zet(S::VoorstelGedaan(Box::new(Voorstel {
                uitkomst: Uitkomst::BuitenBehandeling,
                voorzieningen: Vec::new(),
                normafwijking: None,
            })))
        },
        tekst: Some(Tekst { soort: "motivering", label: "Motivering", verplicht: true }),
    },
    Stap {
        naam: "besluit",
        titel: "Neem een besluit",
        lead: "U besluit namens het college, binnen uw mandaat (Awb, art. 10:3). Het formulier \
               begint met het voorstel; wijkt u af, kies dan een grond.",
        knop: "Neem het besluit",
        velden: |bij| {
            let mut velden = uitkomst_velden(bij);
            let why = opties(Afwijkgrond::ALLE, Afwijkgrond::naam);
            velden.push(
                Veld::keuze("afwijking", "Afwijken van het advies, omdat", why)
                    .uitleg("Alleen als het besluit anders is dan het advies")
                    .mag_leeg(),
            );
            velden
        },
        begin: |bij| {
            let proposed = bij.voorstel();
            proposed.map_or_else(Vec::new, |it| begin_met(it.uitkomst, it.voorzieningen.first()))
        },
        lees: read_decision,
        proef: |bij| {
            let wie = &bij.gebruiker.hoedanigheid;
            bij.register().mandaten_van(wie, bij.gebruiker.vandaag).next()?;
            Some(C::GeefBeschikking {
                zaak: bij.zaak.id,
                uitkomst: Uitkomst::BuitenBehandeling,
                voorzieningen: Vec::new(),
                afwijking: Some(Afwijkgrond::Anders),
            })
        },
        tekst: Some(Tekst { soort: "motivering", label: "Motivering", verplicht: true }),
    },
];

fn read_proposal(
    bij: &Bij<'_>,
    lezer: &mut Lezer<'_>,
    waarden: &Waarden,
) -> Option<domain::DossierCommand> {
    let read = lees_uitkomst(bij, lezer, waarden);
    let why = lezer.mogelijke_keuze("normafwijking", "een reden", |it| {
        gekozen(Normafwijking::ALLE, Normafwijking::naam, it)
    });
    let ((uitkomst, voorzieningen), normafwijking) = (read?, why?);
    bij.zet(S::VoorstelGedaan(Box::new(Voorstel { uitkomst, voorzieningen, normafwijking })))
}

fn read_decision(
    bij: &Bij<'_>,
    lezer: &mut Lezer<'_>,
    waarden: &Waarden,
) -> Option<domain::DossierCommand> {
    let read = lees_uitkomst(bij, lezer, waarden);
    let why = lezer.mogelijke_keuze("afwijking", "een grond", |it| {
        gekozen(Afwijkgrond::ALLE, Afwijkgrond::naam, it)
    });
    let ((uitkomst, voorzieningen), afwijking) = (read?, why?);
    Some(C::GeefBeschikking { zaak: bij.zaak.id, uitkomst, voorzieningen, afwijking })
}
