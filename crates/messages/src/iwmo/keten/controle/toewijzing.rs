//! A new 301 against earlier ones: TR332, TR379, TR385, OP033x1.

use domain::Frequentie;

use crate::iwmo::{
    bericht::wmo301::{Client, ToegewezenProduct},
    keten::{geschiedenis::Keten, partij::Partijen, rekening::Prestatiestand, toewijzing::Versie},
    regel::bevinding::{Melder, Plek, lijn},
};

pub(super) fn check(m: &mut Melder, keten: &Keten, partijen: &Partijen, client: &Client) {
    let bsn = client.bsn.tekst();
    for (at, it) in client.toegewezen_producten.iter().enumerate() {
        let plek = Plek::Product(at);
        let Some(new) = Versie::lees(usize::MAX, &bsn, &partijen.aanbieder, it) else { continue };
        referentie(m, keten, plek, it, &new);
        let Some(nummer) = it.toewijzing_nummer.waarde() else { continue };
        let key = (partijen.gemeente.clone(), nummer);
        let waar = (plek, lijn(&it.toewijzing_nummer, it.regel), "ToewijzingNummer");
        if let Some(old) = keten.versie(&key) {
            let own = old.bsn == new.bsn && old.aanbieder == new.aanbieder;
            m.eis(own, "TR332", waar, "dit nummer is van een andere cliënt of aanbieder");
            if let Some(what) = forbidden(old, &new).filter(|_| own) {
                let found = format!("{what} wijzigt; beëindig deze en geef een nieuw nummer");
                m.fout("OP033x1", (plek, it.regel, "ToegewezenProduct"), &found);
            }
        }
        if new.verwijderd {
            let granted = keten.rekening.onder(&key).any(|(key, it)| {
                let counts = it.stand == Prestatiestand::Toegekend && !it.is_credit();
                counts && !keten.rekening.is_gecrediteerd(key)
            });
            m.eis(!granted, "TR385", (plek, it.regel, "RedenWijziging"), "");
        }
    }
}

fn referentie(
    m: &mut Melder,
    keten: &Keten,
    plek: Plek,
    product: &ToegewezenProduct,
    new: &Versie,
) {
    let Some(referentie) = &new.referentie else { return };
    let known = keten.verzoek(&new.aanbieder, referentie);
    let regel = lijn(&product.referentie_aanbieder, product.regel);
    let waar = (plek, regel, "ReferentieAanbieder");
    let own = known.is_some_and(|it| it.bsn == new.bsn);
    m.eis(own, "TR379", waar, "er is geen verzoek met deze referentie voor deze cliënt");
}

/// What changed that may not change under one number. OP033x1.
fn forbidden(old: &Versie, new: &Versie) -> Option<&'static str> {
    if old.van != new.van {
        return Some("de ingangsdatum");
    }
    if (old.categorie, &old.code) != (new.categorie, &new.code) {
        return Some("het product");
    }
    if old.budget.is_some() != new.budget.is_some() {
        return Some("omvang of budget");
    }
    match (old.omvang, new.omvang) {
        (Some(old), Some(new))
            if (old.eenheid, old.frequentie) != (new.eenheid, new.frequentie) =>
        {
            Some("de eenheid of frequentie")
        }
        (Some(old), Some(new))
            if old.volume != new.volume && new.frequentie != Frequentie::Totaal =>
        {
            Some("het volume")
        }
        (None, Some(_)) | (Some(_), None) => Some("omvang of budget"),
        _ => None,
    }
}
