//! Lines that come twice in one bill: TR314, TR315, TR316, TR416.

use std::collections::{HashMap, HashSet};

use crate::iwmo::{
    bericht::{
        Regel,
        wmo323::{Client, Prestatie},
    },
    regel::bevinding::{Melder, Plek, lijn},
};

/// Goes over all lines once. A reference is unique over clients too, which the published check of
/// this level leaves to the receiver.
pub(super) fn check(m: &mut Melder, clienten: &[Client]) {
    let lines: usize = clienten.iter().map(|it| it.prestaties.len()).sum();
    let mut referenties: HashMap<&str, bool> = HashMap::with_capacity(lines);
    let mut vorige: HashMap<&str, (Plek, Regel)> = HashMap::new();
    let mut debets = HashSet::with_capacity(lines);
    for (client, it) in clienten.iter().enumerate() {
        for (prestatie, it) in it.prestaties.iter().enumerate() {
            let plek = Plek::Prestatie { client, prestatie };
            let credit = it.ingediend_bedrag.debet_credit.is("C");
            let referentie = &it.product_referentie;
            if let Some(text) = referentie.referentie_nummer.get() {
                let regel = lijn(&referentie.referentie_nummer, referentie.regel);
                let new = referenties.insert(text, !credit).is_none();
                m.eis(new, "TR314", (plek, regel, "ReferentieNummer"), "dit nummer staat er al");
            }
            if let Some(text) = referentie.vorig_referentie_nummer.get() {
                let regel = lijn(&referentie.vorig_referentie_nummer, referentie.regel);
                let new = vorige.insert(text, (plek, regel)).is_none();
                m.eis(new, "TR315", (plek, regel, "VorigReferentieNummer"), "");
            }
            if !credit {
                let new = sleutel(it).is_none_or(|it| debets.insert(it));
                m.eis(new, "TR416", (plek, it.regel, "Prestatie"), "");
            }
        }
    }
    for (text, (plek, regel)) in vorige {
        let here = referenties.get(text) == Some(&true);
        m.eis(!here, "TR316", (plek, regel, "VorigReferentieNummer"), "");
    }
}

type Sleutel<'a> = (u32, &'static str, &'a str, jiff::civil::Date, jiff::civil::Date);

/// What may be billed once: allocation, product and period.
fn sleutel(it: &Prestatie) -> Option<Sleutel<'_>> {
    let (van, tot) = super::prestatie::dagen(&it.product_periode)?;
    let nummer = it.toewijzing_nummer.waarde()?;
    Some((nummer, it.product_categorie.waarde()?, it.product_code.get()?, van, tot))
}
