//! Starts and stops against allocations and earlier reports: TR019 and the rules of
//! [`crate::iwmo::keten::levering`].

use std::collections::BTreeMap;

use crate::iwmo::{
    bericht::{Bericht, Regel},
    keten::{
        geschiedenis::{Keten, Leversleutel, meldingen},
        levering::Levering,
    },
    regel::bevinding::{Melder, Plek},
};

/// Takes removals first and temporary stops before definitive ones, whatever their order in the
/// message: what is removed makes room for what is reported anew.
pub(super) fn check(m: &mut Melder, keten: &Keten, bericht: &Bericht) {
    let mut own = meldingen(bericht);
    own.sort_by_key(|(_, _, it)| {
        (!it.verwijderen, it.stop.is_some_and(|(reden, _)| reden != "20"))
    });
    let mut known: BTreeMap<Leversleutel, Levering> = BTreeMap::new();
    for (at, sleutel, melding) in own {
        let element = if melding.stop.is_some() { "StopProduct" } else { "StartProduct" };
        let waar = (Plek::Product(at), regel(bericht, at), element);
        if let Some(nummer) = sleutel.nummer {
            let versie = keten.toewijzing(&sleutel.partijen.gemeente, nummer);
            let own = versie.is_some_and(|it| {
                let product = (it.categorie, &it.code) == (melding.product.0, &melding.product.1);
                let whose = it.bsn == sleutel.bsn && it.aanbieder == sleutel.partijen.aanbieder;
                product && whose && !it.verwijderd
            });
            m.eis(own, "TR019", waar, "");
        }
        let levering = known.entry(sleutel.clone()).or_insert_with(|| keten.levering(&sleutel));
        let broken = levering.bezwaren(&melding);
        for code in &broken {
            m.fout(code, waar, "");
        }
        if broken.is_empty() {
            levering.neem(&melding);
        }
    }
}

fn regel(bericht: &Bericht, at: usize) -> Regel {
    match bericht {
        Bericht::Wmo305(it) => it.client.start_producten[at].regel,
        Bericht::Wmo307(it) => it.client.stop_producten[at].regel,
        _ => Regel::default(),
    }
}
