//! Requests against allocations and earlier requests: TR304, TR347, TR349-TR351, TR357, TR361,
//! TR373-TR375, TR411, TR412.

use std::collections::BTreeSet;

use domain::Frequentie;
use jiff::civil::Date;

use crate::iwmo::{
    bericht::{Regel, wmo315, wmo317},
    keten::{geschiedenis::Keten, partij::Partijen, toewijzing::Versie},
    regel::{
        bericht::overlap::{Aanspraakperiode, overlappend},
        bevinding::{Melder, Plek, lijn},
    },
};

pub(super) fn check_315(
    m: &mut Melder,
    keten: &Keten,
    partijen: &Partijen,
    client: &wmo315::Client,
) {
    for (at, it) in client.aangevraagde_producten.iter().enumerate() {
        let known = it.referentie_aanbieder.get();
        let known = known.and_then(|it| keten.verzoek(&partijen.aanbieder, it));
        let regel = lijn(&it.referentie_aanbieder, it.regel);
        m.eis(known.is_none(), "TR347", (Plek::Product(at), regel, "ReferentieAanbieder"), "");
    }
    een_tegelijk(
        m,
        keten,
        partijen,
        &client.bsn.tekst(),
        (Plek::Client(0), client.regel, "Client"),
    );
}

pub(super) fn check_317(
    m: &mut Melder,
    keten: &Keten,
    partijen: &Partijen,
    client: &wmo317::Client,
    op: Date,
) {
    let v = &client.verzoek;
    let bsn = client.bsn.tekst();
    let own = keten.clienten.get(&(partijen.clone(), bsn.as_ref().into()));
    let waar = (Plek::Client(0), lijn(&client.bsn, client.regel), "Bsn");
    m.eis(own.is_some(), "TR304", waar, "");
    let at_request = (Plek::Verzoek, lijn(&v.referentie_aanbieder, v.regel), "ReferentieAanbieder");
    let known = v.referentie_aanbieder.get();
    let known = known.and_then(|it| keten.verzoek(&partijen.aanbieder, it));
    m.eis(known.is_none(), "TR347", at_request, "");
    een_tegelijk(m, keten, partijen, &bsn, (Plek::Verzoek, v.regel, "Verzoek"));
    let actueel: BTreeSet<u32> = own
        .into_iter()
        .flatten()
        .copied()
        .filter(|it| keten.toewijzing(&partijen.gemeente, *it).is_some_and(|it| it.is_actueel(op)))
        .collect();
    noemt_alles(m, v, &actueel);
    let mut perioden = Perioden::default();
    for (at, it) in v.ongewijzigde_producten.iter().enumerate() {
        let (plek, regel) = (Plek::Ongewijzigd(at), lijn(&it.toewijzing_nummer, it.regel));
        let versie = it.toewijzing_nummer.waarde().filter(|it| actueel.contains(it));
        let versie = versie.and_then(|it| keten.toewijzing(&partijen.gemeente, it));
        m.eis(versie.is_some(), "TR350", (plek, regel, "ToewijzingNummer"), "");
        if let Some(it) = versie {
            perioden.add(plek, regel, it.aanspraak(it.van, it.tot));
        }
    }
    for (at, it) in v.te_wijzigen_producten.iter().enumerate() {
        let (plek, regel) = (Plek::TeWijzigen(at), lijn(&it.toewijzing_nummer, it.regel));
        let versie = it.toewijzing_nummer.waarde().filter(|it| actueel.contains(it));
        let versie = versie.and_then(|it| keten.toewijzing(&partijen.gemeente, it));
        m.eis(versie.is_some(), "TR351", (plek, regel, "ToewijzingNummer"), "");
        let (Some(versie), Some(van)) = (versie, it.gewenste_ingangsdatum.waarde()) else {
            continue;
        };
        perioden.add(plek, regel, versie.aanspraak(van, it.einddatum.waarde()));
        te_wijzigen(m, plek, it, versie, op);
    }
    for (at, it) in v.nieuwe_producten.iter().enumerate() {
        let Some(van) = it.gewenste_ingangsdatum.waarde() else { continue };
        let periode = Aanspraakperiode::van(it.product.as_ref(), van, it.einddatum.waarde());
        perioden.add(Plek::Nieuw(at), it.regel, periode);
    }
    for found in overlappend(&perioden.perioden) {
        let (plek, regel) = perioden.waar[found];
        m.fout("TR361", (plek, regel, "Verzoek"), "");
    }
}

/// The products of a request with where they stand.
#[derive(Debug, Default)]
struct Perioden<'a> {
    waar: Vec<(Plek, Regel)>,
    perioden: Vec<Aanspraakperiode<'a>>,
}

impl<'a> Perioden<'a> {
    fn add(&mut self, plek: Plek, regel: Regel, periode: Aanspraakperiode<'a>) {
        self.waar.push((plek, regel));
        self.perioden.push(periode);
    }
}

/// One open request per client and provider. TR374.
fn een_tegelijk(
    m: &mut Melder,
    keten: &Keten,
    partijen: &Partijen,
    bsn: &str,
    waar: (Plek, Regel, &'static str),
) {
    let open = keten.verzoeken.iter().any(|((aanbieder, _), it)| {
        let same = *aanbieder == partijen.aanbieder && &*it.bsn == bsn && it.is_open();
        same && keten.berichten[it.bericht].partijen == *partijen
    });
    m.eis(!open, "TR374", waar, "");
}

/// Every current allocation is named. TR349.
fn noemt_alles(m: &mut Melder, v: &wmo317::Verzoek, actueel: &BTreeSet<u32>) {
    let same = v.ongewijzigde_producten.iter().filter_map(|it| it.toewijzing_nummer.waarde());
    let other = v.te_wijzigen_producten.iter().filter_map(|it| it.toewijzing_nummer.waarde());
    let named: BTreeSet<u32> = same.chain(other).collect();
    let missing: Vec<String> = actueel.difference(&named).map(u32::to_string).collect();
    let found = format!("toewijzing {} staat er niet in", missing.join(", "));
    m.eis(missing.is_empty(), "TR349", (Plek::Verzoek, v.regel, "Verzoek"), &found);
}

fn te_wijzigen(
    m: &mut Melder,
    plek: Plek,
    it: &wmo317::TeWijzigenProduct,
    versie: &Versie,
    op: Date,
) {
    let Some(van) = it.gewenste_ingangsdatum.waarde() else { return };
    let regel = lijn(&it.gewenste_ingangsdatum, it.regel);
    let waar = (plek, regel, "GewensteIngangsdatum");
    let begin = format!("de toewijzing gaat in op {}", versie.van);
    m.eis(van > op || van == versie.van, "TR357", waar, &begin);
    let total = versie.omvang.filter(|it| it.frequentie == Frequentie::Totaal);
    let volume = it.omvang.as_ref().and_then(|it| it.volume.waarde());
    let other_total = total.is_some_and(|it| volume.is_some_and(|volume| volume != it.volume));
    let budget = it.budget.waarde();
    let other_budget = versie.budget.is_some() && budget.is_some() && budget != versie.budget;
    let moved = (other_total || other_budget) && van != versie.van;
    m.eis(!moved, "TR373", waar, &begin);
    let at_omvang = (plek, it.omvang.as_ref().map_or(it.regel, |it| it.regel), "Omvang");
    let ended_before_2021 = it.einddatum.waarde().is_some_and(|it| it.year() < 2021);
    match (&versie.categorie, &versie.code, it.omvang.is_some()) {
        (_, Some(_), false) => m.fout("TR411", at_omvang, ""),
        (None, None, true) if !ended_before_2021 => m.fout("TR375", at_omvang, ""),
        (Some(_), None, true) if !ended_before_2021 => m.fout("TR412", at_omvang, ""),
        _ => {}
    }
}
