//! A bill against allocations and earlier bills: TR304, TR314, TR318, TR323, TR333, TR389, TR390.

use std::collections::{HashMap, HashSet};

use domain::{Kenmerk, Maand};
use jiff::civil::Date;

use crate::iwmo::{
    bericht::wmo323::{Client, Declaratie},
    keten::{
        controle::prestatie,
        geschiedenis::Keten,
        partij::Partijen,
        rekening::{Ingediend, Prestatiestand, Stand},
    },
    regel::bevinding::{Melder, Plek, Waar, lijn},
};

/// A line of the bill that is judged, with where it stands.
#[derive(Debug)]
pub(super) struct Regel<'a> {
    pub(super) waar: Waar,
    pub(super) key: Kenmerk,
    pub(super) line: Ingediend,
    pub(super) prestatie: &'a crate::iwmo::bericht::wmo323::Prestatie,
}

/// An allocation in a `ProductPeriode`.
type Periodesleutel = ((Box<str>, u32), (Date, Date));

/// What counts so far: what was billed before, and what of this bill was found right.
#[derive(Debug, Default)]
pub(super) struct Lopend {
    totaal: HashMap<(Box<str>, u32), Stand>,
    periode: HashMap<Periodesleutel, Stand>,
    gecrediteerd: HashSet<Kenmerk>,
}

/// Judges credits before debits, so that what is taken back makes room. OP366.
pub(super) fn check(m: &mut Melder, keten: &Keten, partijen: &Partijen, declaratie: &Declaratie) {
    nummer_en_periode(m, keten, partijen, declaratie);
    let mut lines = Vec::new();
    for (client, it) in declaratie.clienten.iter().enumerate() {
        let bsn = it.bsn.tekst();
        let known = keten.clienten.contains_key(&(partijen.clone(), bsn.as_ref().into()));
        let waar = (Plek::Client(client), lijn(&it.bsn, it.regel), "Bsn");
        m.eis(known, "TR304", waar, "");
        lines.extend(regels(partijen, client, it, &bsn));
    }
    lines.sort_by_key(|it| !it.line.is_credit());
    let mut lopend = Lopend::default();
    for it in &lines {
        let before = m.aantal();
        let known = keten.rekening.regels.contains_key(&it.key);
        m.eis(!known, "TR314", met(it.waar, "ReferentieNummer"), "");
        if it.line.is_credit() {
            credit(m, keten, &lopend, it);
        } else {
            prestatie::check(m, keten, partijen, &lopend, it);
        }
        if m.aantal() == before {
            lopend.neem(&it.line);
        }
    }
}

fn regels<'a>(partijen: &Partijen, client: usize, it: &'a Client, bsn: &str) -> Vec<Regel<'a>> {
    let numbered = it.prestaties.iter().enumerate();
    numbered
        .filter_map(|(at, prestatie)| {
            let (key, line) = Ingediend::lees(usize::MAX, partijen, bsn, prestatie)?;
            let plek = Plek::Prestatie { client, prestatie: at };
            Some(Regel { waar: (plek, prestatie.regel, "Prestatie"), key, line, prestatie })
        })
        .collect()
}

/// The same place with another element.
pub(super) fn met((plek, regel, _): Waar, element: &'static str) -> Waar {
    (plek, regel, element)
}

fn nummer_en_periode(m: &mut Melder, keten: &Keten, partijen: &Partijen, declaratie: &Declaratie) {
    let nummer = &declaratie.declaratie_nummer;
    let key = (partijen.aanbieder.clone(), nummer.tekst().into());
    let waar = (Plek::Declaratie, lijn(nummer, declaratie.regel), "DeclaratieNummer");
    m.eis(!keten.declaraties.contains_key(&key), "TR333", waar, "");
    let Some(own) = declaratie.declaratie_periode.begindatum.waarde().map(Maand::van_dag) else {
        return;
    };
    let earlier = keten.declaraties.values().filter(|it| it.partijen == *partijen);
    let last = earlier.filter_map(|it| it.periode.map(|(van, _)| Maand::van_dag(van))).max();
    let Some(last) = last else { return };
    let waar = (Plek::Declaratie, declaratie.declaratie_periode.regel, "DeclaratiePeriode");
    if own < last {
        let found = format!("{} is al gedeclareerd", last.naam());
        m.fout("TR318", waar, &found);
    } else if own > last.volgende() {
        // A month without delivery needs no bill, and only the provider knows.
        let found = format!("de vorige is {}; mag als daarna niets is geleverd", last.naam());
        m.let_op("TR318", waar, &found);
    }
}

fn credit(m: &mut Melder, keten: &Keten, lopend: &Lopend, it: &Regel<'_>) {
    let Some(vorig) = it.line.vorig else { return };
    let waar = met(it.waar, "VorigReferentieNummer");
    let original = keten.rekening.regels.get(&vorig);
    let right = original.is_some_and(|old| {
        let copy = (old.volume, old.eenheid, -old.bedrag);
        let granted = old.stand == Prestatiestand::Toegekend && !old.is_credit();
        granted && old.zelfde(&it.line) && copy == (it.line.volume, it.line.eenheid, it.line.bedrag)
    });
    let again = keten.rekening.is_gecrediteerd(vorig) || lopend.gecrediteerd.contains(&vorig);
    if again {
        m.fout("TR390", waar, "");
    } else {
        m.eis(right, "TR323", waar, "");
    }
}

impl Lopend {
    /// What counts under the allocation of a line, and of that in the same period.
    pub(super) fn stand(&self, keten: &Keten, line: &Ingediend) -> (Stand, Stand) {
        let before = keten.rekening.onder(&line.toewijzing);
        let (mut total, mut period) = (Stand::default(), Stand::default());
        for (_, it) in before {
            total = total.plus(it.telt());
            if it.periode == line.periode {
                period = period.plus(it.telt());
            }
        }
        let own = self.totaal.get(&line.toewijzing).copied().unwrap_or_default();
        let key = (line.toewijzing.clone(), line.periode);
        let own_period = self.periode.get(&key).copied().unwrap_or_default();
        (total.plus(own), period.plus(own_period))
    }

    /// Whether a line was taken back in this bill.
    pub(super) fn is_gecrediteerd(&self, key: Kenmerk) -> bool {
        self.gecrediteerd.contains(&key)
    }

    fn neem(&mut self, line: &Ingediend) {
        let total = self.totaal.entry(line.toewijzing.clone()).or_default();
        *total = total.plus(line.telt());
        let period = self.periode.entry((line.toewijzing.clone(), line.periode)).or_default();
        *period = period.plus(line.telt());
        self.gecrediteerd.extend(line.vorig);
    }
}
