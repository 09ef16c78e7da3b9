//! Answers against what they answer: 319 on requests (TR355, TR359, TR360, TR365), 325 on bills
//! (TR337, TR366, TR367, TR371, TR376).

use crate::iwmo::{
    bericht::{Berichtsoort, wmo319, wmo323},
    keten::{
        geschiedenis::{Keten, besluit},
        partij::Partijen,
        rekening::Ingediend,
    },
    regel::bevinding::{Melder, Plek, lijn},
};

pub(super) fn check_319(
    m: &mut Melder,
    keten: &Keten,
    partijen: &Partijen,
    antwoord: &wmo319::Antwoord,
) {
    let referentie = &antwoord.referentie_aanbieder;
    let waar = (Plek::Antwoord, lijn(referentie, antwoord.regel), "ReferentieAanbieder");
    let Some(verzoek) = keten.verzoek(&partijen.aanbieder, &referentie.tekst()) else {
        m.fout("TR355", waar, "");
        return;
    };
    if let Some(code) = besluit(antwoord).and_then(|it| verzoek.bezwaar(it)) {
        m.fout(code, waar, "");
    }
}

pub(super) fn check_325(
    m: &mut Melder,
    keten: &Keten,
    partijen: &Partijen,
    bericht: &wmo323::Wmo325,
) {
    let heen = &bericht.header.declaratie_identificatie;
    let id = heen.identificatie.tekst();
    let known = keten.bericht_nummer(Berichtsoort::Wmo323, &partijen.aanbieder, &id);
    m.eis(known.is_some(), "TR337", (Plek::Kop, heen.regel, "DeclaratieIdentificatie"), "");
    let Some(antwoord) = &bericht.declaratie_antwoord else { return };
    let nummer = &antwoord.declaratie_nummer;
    let waar = (Plek::Declaratie, lijn(nummer, antwoord.regel), "DeclaratieNummer");
    let key = (partijen.aanbieder.clone(), nummer.tekst().into());
    let declaratie =
        keten.declaraties.get(&key).filter(|it| known.is_none_or(|at| it.bericht == at));
    match declaratie {
        None => m.fout("TR376", waar, ""),
        Some(it) => {
            let xsd = &bericht.header.xsd_versie_declaratie;
            let found = (xsd.basisschema_xsd_versie.tekst(), xsd.bericht_xsd_versie.tekst());
            let same = *it.xsd.0 == *found.0 && *it.xsd.1 == *found.1;
            m.eis(same, "TR371", (Plek::Kop, xsd.regel, "XsdVersieDeclaratie"), "");
        }
    }
    for (client, it) in antwoord.clienten.iter().enumerate() {
        let bsn = it.bsn.tekst();
        for (prestatie, it) in it.prestaties.iter().enumerate() {
            let waar = (Plek::Prestatie { client, prestatie }, it.regel, "Prestatie");
            let Some((key, answered)) = Ingediend::lees(0, partijen, &bsn, it) else { continue };
            match keten.rekening.regels.get(&key) {
                None => m.fout("TR366", waar, ""),
                Some(asked) => m.eis(is_same(asked, &answered), "TR367", waar, ""),
            }
        }
    }
}

fn is_same(asked: &Ingediend, answered: &Ingediend) -> bool {
    let amount = |it: &Ingediend| (it.volume, it.eenheid, it.bedrag, it.vorig);
    asked.zelfde(answered) && asked.bsn == answered.bsn && amount(asked) == amount(answered)
}
