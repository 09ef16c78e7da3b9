//! One debit against its allocation: TR304, TR307, TR308, TR321, TR322, TR338-TR341, TR369, TR384,
//! TR387-TR389.

use domain::{Maand, Periode};

use crate::iwmo::{
    keten::{
        bedrag::{past_bij, vergelijkbaar},
        controle::declaratie::{Lopend, Regel, met},
        geschiedenis::Keten,
        partij::Partijen,
        rekening::Ingediend,
        toewijzing::Versie,
    },
    regel::bevinding::Melder,
};

pub(super) fn check(
    m: &mut Melder,
    keten: &Keten,
    partijen: &Partijen,
    lopend: &Lopend,
    it: &Regel<'_>,
) {
    let (waar, line) = (it.waar, &it.line);
    let known = keten.versie(&line.toewijzing).filter(|it| it.aanbieder == partijen.aanbieder);
    let Some(versie) = known else {
        m.fout("TR338", met(waar, "ToewijzingNummer"), "");
        return;
    };
    let own = versie.bsn == line.bsn;
    m.eis(own, "TR304", waar, "de toewijzing is van een andere cliënt");
    m.eis(!versie.verwijderd, "TR384", met(waar, "ToewijzingNummer"), "");
    if versie.verwijderd || !own {
        return;
    }
    product(m, it, versie);
    periode(m, it, versie);
    let again = keten.rekening.onder(&line.toewijzing).any(|(key, old)| {
        let open = !keten.rekening.is_gecrediteerd(key) && !lopend.is_gecrediteerd(key);
        !old.is_credit() && old.zelfde(line) && open
    });
    m.eis(!again, "TR389", waar, "");
    omvang(m, keten, lopend, it, versie);
}

fn product(m: &mut Melder, it: &Regel<'_>, versie: &Versie) {
    let (waar, line) = (it.waar, &it.line);
    if let Some(categorie) = versie.categorie {
        let found = format!("toegewezen is {categorie}");
        m.eis(line.categorie == categorie, "TR339", met(waar, "ProductCategorie"), &found);
    }
    if let Some(code) = &versie.code {
        let found = format!("toegewezen is {code}");
        m.eis(line.code == *code, "TR340", met(waar, "ProductCode"), &found);
    }
    if let Some(omvang) = versie.omvang {
        let fits = past_bij(line.eenheid, omvang.eenheid);
        let found = format!("toegewezen is eenheid {}", omvang.eenheid.code());
        m.eis(fits, "TR341", met(waar, "Eenheid"), &found);
    }
}

fn periode(m: &mut Melder, it: &Regel<'_>, versie: &Versie) {
    let (van, tot) = it.line.periode;
    let waar = (it.waar.0, it.prestatie.product_periode.regel, "ProductPeriode");
    let begin = versie.van;
    m.eis(van >= begin, "TR307", waar, &format!("de toewijzing gaat in op {begin}"));
    if let Some(end) = versie.tot {
        m.eis(tot <= end, "TR308", waar, &format!("de toewijzing eindigt op {end}"));
    }
    let maand = Maand::van_dag(van);
    let first = maand.eerste_dag().max(begin);
    let last = versie.tot.map_or(maand.laatste_dag(), |it| it.min(maand.laatste_dag()));
    m.eis(van <= first, "TR387", waar, &format!("begin op {first}"));
    m.eis(tot >= last, "TR388", waar, &format!("eindig op {last}"));
}

/// The limits per period and over the term, and the budget, with what was billed before.
fn omvang(m: &mut Melder, keten: &Keten, lopend: &Lopend, it: &Regel<'_>, versie: &Versie) {
    let line = &it.line;
    let (total, period) = lopend.stand(keten, line);
    let (total, period) = (total.plus(line.telt()), period.plus(line.telt()));
    if let Some(budget) = versie.budget.and_then(|it| i64::try_from(it).ok()) {
        let found = format!("dit komt op {} van {budget} eurocent", total.bedrag);
        m.eis(total.bedrag <= budget, "TR369", met(it.waar, "IngediendBedrag"), &found);
    }
    let fits = |it: &domain::Omvang| past_bij(line.eenheid, it.eenheid);
    let Some(eenheid) = versie.omvang.filter(fits).map(|it| it.eenheid) else { return };
    let Some(grens) = versie.begrenzing() else { return };
    let in_kleinste = |most: u64| i64::try_from(vergelijkbaar(most, eenheid)).unwrap_or(i64::MAX);
    let waar = met(it.waar, "GeleverdVolume");
    if let Some(most) = in_periode(line, &grens).filter(|it| period.volume > in_kleinste(*it)) {
        m.fout("TR321", waar, &format!("in deze periode mag {most}"));
    }
    let over = grens.maximum_over_looptijd().filter(|it| total.volume > in_kleinste(*it));
    if let Some(most) = over {
        m.fout("TR322", waar, &format!("over de hele looptijd mag {most}"));
    }
}

fn in_periode(line: &Ingediend, grens: &crate::iwmo::keten::maximum::Toegewezen) -> Option<u64> {
    grens.maximum_in(Periode::new(line.periode.0, Some(line.periode.1))?)
}
