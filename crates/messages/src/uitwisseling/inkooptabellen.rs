//! The rows of what was bought: providers, contracts, products and tariffs.

use domain::{AgbCode, Bedrag, Eenheid, Periode, Product, ProductCode, product::Variant};

use super::{rij::Rij, waarden};

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct AanbiederRij {
    pub(super) sleutel: String,
    pub(super) naam: String,
    pub(super) agb: Option<AgbCode>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ContractRij {
    pub(super) sleutel: String,
    pub(super) aanbieder: String,
    pub(super) geldig: Periode,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct TariefRij {
    pub(super) aanbieder: String,
    pub(super) product: ProductCode,
    pub(super) eenheid: Eenheid,
    pub(super) bedrag: Bedrag,
    pub(super) geldig: Periode,
}

pub(super) fn aanbieder(rij: &mut Rij<'_>) -> Option<AanbiederRij> {
    let (sleutel, naam, agb) = (rij.moet("aanbieder"), rij.moet("naam"), rij.vorm("agb"));
    Some(AanbiederRij { sleutel: sleutel?, naam: naam?, agb })
}

pub(super) fn contract(rij: &mut Rij<'_>) -> Option<ContractRij> {
    let (sleutel, aanbieder) = (rij.moet("contract"), rij.moet("aanbieder"));
    let geldig = rij.periode("van", "tot");
    Some(ContractRij { sleutel: sleutel?, aanbieder: aanbieder?, geldig: geldig? })
}

pub(super) fn product(rij: &mut Rij<'_>) -> Option<Product> {
    let code = rij.moet("product").and_then(|_| rij.vorm("product"));
    let categorie = rij.moet("categorie").and_then(|_| rij.vorm("categorie"));
    let naam = rij.moet("naam");
    let eenheid = rij.keuze_moet("eenheid", &waarden::eenheid());
    let variant = rij.keuze("variant", &waarden::variant());
    let output = matches!(eenheid, Some(Eenheid::StuksOutput | Eenheid::Euro));
    // Without a column the unit tells, as in a message. iWmo OP261.
    let variant = variant.unwrap_or(if output {
        Variant::Outputgericht
    } else {
        Variant::Inspanningsgericht
    });
    let groep = rij.tekst("groep");
    Some(Product {
        code: code?,
        categorie: categorie?,
        naam: naam?,
        eenheid: eenheid?,
        variant,
        groep,
    })
}

pub(super) fn tarief(rij: &mut Rij<'_>) -> Option<TariefRij> {
    let aanbieder = rij.moet("aanbieder");
    let product = rij.moet("product").and_then(|_| rij.vorm("product"));
    let eenheid = rij.keuze_moet("eenheid", &waarden::eenheid());
    let bedrag = rij.moet("bedrag").and_then(|_| rij.bedrag("bedrag"));
    if bedrag.is_some_and(|it| it.0 < 0) {
        rij.fout("bedrag", "bedrag", "een tarief is niet negatief");
    }
    let geldig = rij.periode("van", "tot");
    Some(TariefRij {
        aanbieder: aanbieder?,
        product: product?,
        eenheid: eenheid?,
        bedrag: bedrag?,
        geldig: geldig?,
    })
}
