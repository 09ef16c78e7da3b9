//! What the meeting needs to know of a case: the question, some topics, the proposal, its price.

use std::collections::BTreeSet;

use domain::{
    DossierEvent, Entry, Event, Voorziening, ZaakId, Zaakstap,
    agenda::{Agendapunt, onderwerpen},
    cta::{CtaOordeel, CtaUitkomst},
    gesprek::Onderwerp,
};
use store::Text;

use super::verschil;
use crate::{
    namen::{Namen, omvang, periode},
    zaak::{
        Bij,
        berekening::{Berekening, bereken},
    },
};

/// The proposal as the meeting sees it.
pub(super) struct Voorsteldeel {
    pub(super) uitkomst: &'static str,
    pub(super) regels: Vec<String>,
    pub(super) normafwijking: Option<&'static str>,
    pub(super) motivering: Option<String>,
    pub(super) berekening: Option<Berekening>,
}

impl Voorsteldeel {
    pub(super) fn of(bij: &Bij<'_>, punt: &Agendapunt, motivering: Option<String>) -> Voorsteldeel {
        let voorstel = &punt.voorstel.voorstel;
        let priced = !voorstel.voorzieningen.is_empty();
        Voorsteldeel {
            uitkomst: voorstel.uitkomst.naam(),
            regels: regels(&voorstel.voorzieningen, &bij.namen()),
            normafwijking: voorstel.normafwijking.map(|it| it.naam()),
            motivering,
            berekening: priced.then(|| bereken(bij, &voorstel.voorzieningen)),
        }
    }
}

/// How the meeting judged, in sentences.
pub(super) fn oordeel(oordeel: &CtaOordeel, punt: &Agendapunt, namen: &Namen<'_>) -> Vec<String> {
    let mut told = vec![format!("Het overleg oordeelde: {}.", oordeel.uitkomst.naam())];
    if let CtaUitkomst::Gewijzigd { uitkomst, voorzieningen } = &oordeel.uitkomst {
        told.push(format!("Geadviseerd: {}.", uitkomst.naam()));
        told.extend(regels(voorzieningen, namen));
        let changed = indicators::overleg::verschil(namen.register, &punt.voorstel, oordeel);
        told.push(format!("Verschil met het voorstel: {}.", verschil(&changed)));
    }
    let names: Vec<String> = oordeel.deelnemers.iter().map(|it| namen.medewerker(*it)).collect();
    told.push(format!("Deelnemers: {}.", names.join(", ")));
    told
}

/// Provisions in words.
fn regels(voorzieningen: &[Voorziening], namen: &Namen<'_>) -> Vec<String> {
    let line = |it: &Voorziening| {
        let mut parts = vec![namen.product(&it.product)];
        parts.extend(it.omvang.map(omvang));
        let provider = it.vorm.aanbieder().map(|it| namen.aanbieder(it));
        parts.push(provider.unwrap_or_else(|| it.vorm.naam().to_owned()));
        parts.push(periode(it.geldig));
        parts.join(", ")
    };
    voorzieningen.iter().map(line).collect()
}

/// The texts of a case that the meeting needs.
#[derive(Default)]
pub(super) struct Teksten {
    pub(super) hulpvraag: Option<String>,
    pub(super) onderwerpen: Vec<(&'static str, String)>,
    pub(super) motivering: Option<String>,
}

impl Teksten {
    /// The question in the client's words, what was found on the topics, why it is proposed.
    pub(super) fn of(punt: &Agendapunt, entries: &[Entry], texts: &[Text]) -> Teksten {
        let needed: BTreeSet<Onderwerp> = onderwerpen(&punt.aanleidingen);
        let text = |soort: &str, key: &str| {
            let found = texts.iter().find(|it| it.kind == soort && it.key == key);
            found.map(|it| it.text.clone()).filter(|it| !it.is_empty())
        };
        let mut found =
            Teksten { hulpvraag: text("hulpvraag", &punt.zaak.to_string()), ..Teksten::default() };
        for (version, stap) in steps(entries, punt.zaak) {
            let key = format!("{}.{version}", punt.zaak);
            match stap {
                Zaakstap::OnderwerpOnderzocht(it) if needed.contains(it) => {
                    let told = text("bevinding", &key);
                    let told = told.unwrap_or_else(|| "Onderzocht, zonder toelichting.".to_owned());
                    found.onderwerpen.push((it.naam(), told));
                }
                Zaakstap::VoorstelGedaan(it) if **it == punt.voorstel.voorstel => {
                    found.motivering = text("motivering", &key);
                }
                _ => {}
            }
        }
        found
    }
}

fn steps(entries: &[Entry], asked: ZaakId) -> impl Iterator<Item = (u32, &Zaakstap)> {
    entries.iter().filter_map(move |it| match &it.happened.event {
        Event::Dossier(_, DossierEvent::StapGezet { zaak, stap }) if *zaak == asked => {
            Some((it.version, stap))
        }
        _ => None,
    })
}
