//! Values of the standard in our own types. `None` means: what lies around it is left out.

use domain::{
    Bedrag, Bsn, Eenheid, Frequentie, Omvang, Periode, Productcategorie, Productkeuze,
    ToewijzingNummer,
};

use crate::{
    Problem,
    iwmo::bericht::{
        Gegevenstype, Waarde,
        basis::{self, GeslotenPeriode},
        gegevenstype::{BurgerServicenummer, Nummer},
    },
};

/// A value that may be left out; when it is there it must be right.
pub(super) fn mogelijk<T: Gegevenstype>(waarde: &Waarde<T>) -> Option<Option<T::Inhoud>> {
    if waarde.is_fout() { None } else { Some(waarde.waarde()) }
}

/// A group that may be left out; when it is there it must be right.
pub(super) fn mogelijke_groep<K, T>(
    groep: Option<&K>,
    vertaal: impl Fn(&K) -> Option<T>,
) -> Option<Option<T>> {
    groep.map_or(Some(None), |it| vertaal(it).map(Some))
}

/// A product.
pub(super) fn product(product: &basis::Product) -> Option<Productkeuze> {
    let categorie: Productcategorie = product.categorie.get()?.parse().ok()?;
    Some(match mogelijk(&product.code)? {
        Some(code) => Productkeuze::Specifiek { categorie, code: code.parse().ok()? },
        None => Productkeuze::Aspecifiek { categorie },
    })
}

/// A quantity.
pub(super) fn omvang(omvang: &basis::Omvang) -> Option<Omvang> {
    Some(Omvang {
        volume: omvang.volume.waarde()?,
        eenheid: Eenheid::from_code(omvang.eenheid.get()?)?,
        frequentie: Frequentie::from_code(omvang.frequentie.get()?)?,
    })
}

/// An amount in eurocents; a credit is negative.
pub(super) fn bedrag(eurocent: u64, debet_credit: &str) -> Option<Bedrag> {
    let bedrag = Bedrag(i64::try_from(eurocent).ok()?);
    Some(if debet_credit == "C" { -bedrag } else { bedrag })
}

/// A period with both ends; `None` too when the end lies before the start.
pub(super) fn periode(periode: &GeslotenPeriode) -> Option<Periode> {
    Periode::new(periode.begindatum.waarde()?, Some(periode.einddatum.waarde()?))
}

/// The number of an allocation.
pub(super) fn nummer(nummer: &Waarde<Nummer>) -> Option<ToewijzingNummer> {
    nummer.waarde().map(ToewijzingNummer)
}

/// A BSN that passes the elfproef. Rule CS002; nine zeros are refused too.
pub(super) fn bsn(
    file: &str,
    bsn: &Waarde<BurgerServicenummer>,
    problems: &mut Vec<Problem>,
) -> Option<Bsn> {
    let refuse = |why| {
        let text = format!("{why}; van deze cliënt gaat niets in");
        Problem::fout(file, "CS002", text).on_line(bsn.op_regel()).in_element("Bsn")
    };
    bsn.get()?.parse().map_err(|why: domain::bsn::BsnFout| problems.push(refuse(why))).ok()
}
