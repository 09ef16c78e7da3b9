//! One billed line: CD060, CD087, CS100, CS325, CS337, CS339, TR134, TR137.

use domain::Maand;
use jiff::civil::{Date, date};

use crate::iwmo::{
    bericht::{
        basis::{BedragMetDc, GeslotenPeriode},
        wmo323::Prestatie,
    },
    regel::bevinding::{Melder, Plek, lijn},
};

/// The first day that may be billed. CS100.
const EERSTE_DAG: Date = date(2021, 1, 1);

pub(super) fn check(m: &mut Melder, plek: Plek, it: &Prestatie, op: Date) {
    let credit = it.ingediend_bedrag.debet_credit.is("C");
    let referentie = &it.product_referentie;
    let vorig = &referentie.vorig_referentie_nummer;
    let waar = (plek, lijn(vorig, referentie.regel), "VorigReferentieNummer");
    m.eis(credit == vorig.is_aanwezig(), "CD060", waar, "");
    let euro = it.eenheid.is("83");
    let waar = (plek, lijn(&it.product_tarief, it.regel), "ProductTarief");
    m.eis(euro != it.product_tarief.is_aanwezig(), "CD087", waar, "");
    let bedrag = &it.ingediend_bedrag;
    nul_is_debet(m, plek, bedrag);
    if let (true, Some(volume), Some(asked)) =
        (euro, it.geleverd_volume.waarde(), bedrag.bedrag.waarde())
    {
        let waar = (plek, lijn(&bedrag.bedrag, bedrag.regel), "Bedrag");
        m.eis(u64::from(volume) == asked, "CS339", waar, &format!("{asked} is niet {volume}"));
    }
    periode(m, (plek, "ProductPeriode"), &it.product_periode, op);
    if let Some((van, tot)) = dagen(&it.product_periode) {
        let same = Maand::van_dag(van) == Maand::van_dag(tot);
        m.eis(same, "CS337", (plek, it.product_periode.regel, "ProductPeriode"), "");
    }
}

/// Both days of a period, if they are there.
pub(super) fn dagen(periode: &GeslotenPeriode) -> Option<(Date, Date)> {
    Some((periode.begindatum.waarde()?, periode.einddatum.waarde()?))
}

/// A period that is over on the day of sending, the right way round, from 2021 on.
pub(super) fn periode(
    m: &mut Melder,
    (plek, element): (Plek, &'static str),
    periode: &GeslotenPeriode,
    op: Date,
) {
    let Some((van, tot)) = dagen(periode) else { return };
    let waar = (plek, periode.regel, element);
    m.eis(van >= EERSTE_DAG && tot >= EERSTE_DAG, "CS100", waar, "");
    m.eis(van <= op, "TR134", waar, &format!("de periode begint op {van}"));
    if van > tot {
        m.fout("TR137", waar, &format!("{tot} ligt voor {van}"));
    } else {
        m.eis(tot <= op, "TR137", waar, &format!("de periode loopt tot en met {tot}"));
    }
}

fn nul_is_debet(m: &mut Melder, plek: Plek, bedrag: &BedragMetDc) {
    let wrong = bedrag.bedrag.waarde() == Some(0) && bedrag.debet_credit.is("C");
    m.eis(!wrong, "CS325", (plek, bedrag.regel, "DebetCredit"), "");
}
