//! The checks against the world outside messages: level 4. Date, municipalities, products, tariffs.

use domain::{AanbiederId, Bedrag, Eenheid, Register};
use jiff::civil::{Date, date};

use crate::iwmo::{
    bericht::{
        Bericht, Regel, Waarde,
        basis::Product,
        codelijst::ProductCategorie,
        gegevenstype,
        wmo323::{Client, Prestatie},
    },
    codelijst,
    keten::prestatiebedrag,
    regel::bevinding::{Bevinding, Melder, Plek, Waar, lijn},
};

/// What is known outside messages.
#[derive(Debug, Clone, Copy)]
pub struct Omgeving<'a> {
    /// The day on which the message is judged.
    pub vandaag: Date,
    /// Products, contracts and tariffs; without it only date and municipality are checked.
    pub register: Option<&'a Register>,
}

/// The division of municipalities that is known is the one from this day on.
const INDELING_SINDS: Date = date(2026, 1, 1);

/// Everything in a message that does not fit what is known outside messages.
pub fn buiten(bericht: &Bericht, omgeving: &Omgeving<'_>) -> Vec<Bevinding> {
    let mut melder = Melder::default();
    let m = &mut melder;
    let heen = bericht.soort().heen().is_none() || matches!(bericht, Bericht::Wmo325(_));
    if !heen {
        return Vec::new();
    }
    kop(m, bericht, omgeving);
    if let Some(register) = omgeving.register {
        producten(m, bericht, register);
        if let Bericht::Wmo323(it) = bericht {
            tarieven(m, &it.declaratie.clienten, &bericht.kop().afzender.tekst(), register);
        }
    }
    melder.klaar()
}

/// The code of a made-up municipality, as in the demo; the CBS gives it to none.
const VERZONNEN: &str = "9999";

fn kop(m: &mut Melder, bericht: &Bericht, omgeving: &Omgeving<'_>) {
    let kop = bericht.kop();
    let sent = &kop.bericht_identificatie.dagtekening;
    let waar = (Plek::Kop, lijn(sent, kop.bericht_identificatie.regel), "Dagtekening");
    if let Some(day) = sent.waarde() {
        m.eis(day <= omgeving.vandaag, "TR135", waar, &format!("hier staat {day}"));
    }
    let (code, regel, element) = if bericht.soort().gemeente_is_afzender() {
        (kop.afzender.get(), kop.afzender.regel, "Afzender")
    } else {
        (kop.ontvanger.get(), kop.ontvanger.regel, "Ontvanger")
    };
    let Some(code) = code.filter(|it| codelijst::gemeente(it).is_none()) else { return };
    let waar = (Plek::Kop, regel, element);
    let found = format!("{code} staat er niet in per 1 januari 2026");
    let own = omgeving.register.and_then(|it| it.gemeente.as_ref()).map(|it| it.code);
    let made_up = &**code == VERZONNEN && own.is_some_and(|it| it.as_str() == VERZONNEN);
    if made_up || sent.waarde().is_some_and(|it| it < INDELING_SINDS) {
        // The list has no history: before 2026 the code may have been right.
        m.let_op("TR378", waar, &found);
    } else {
        m.fout("TR378", waar, &found);
    }
}

/// Every product code with its category, wherever it stands.
fn producten(m: &mut Melder, bericht: &Bericht, register: &Register) {
    for (plek, it) in met_product(bericht) {
        product(m, (plek, lijn(&it.code, it.regel), "Code"), &it.categorie, &it.code, register);
    }
    if let Bericht::Wmo323(bericht) = bericht {
        for (plek, it) in prestaties(&bericht.declaratie.clienten) {
            let waar = (plek, lijn(&it.product_code, it.regel), "ProductCode");
            product(m, waar, &it.product_categorie, &it.product_code, register);
        }
    }
}

fn met_product(bericht: &Bericht) -> Vec<(Plek, &Product)> {
    let products: Vec<Option<&Product>> = match bericht {
        Bericht::Wmo301(it) => {
            it.client.toegewezen_producten.iter().map(|it| it.product.as_ref()).collect()
        }
        Bericht::Wmo305(it) => {
            it.client.start_producten.iter().map(|it| it.product.as_ref()).collect()
        }
        Bericht::Wmo307(it) => {
            it.client.stop_producten.iter().map(|it| it.product.as_ref()).collect()
        }
        Bericht::Wmo315(it) => {
            it.client.aangevraagde_producten.iter().map(|it| it.product.as_ref()).collect()
        }
        Bericht::Wmo317(it) => {
            it.client.verzoek.nieuwe_producten.iter().map(|it| it.product.as_ref()).collect()
        }
        _ => Vec::new(),
    };
    let plek = |at| match bericht {
        Bericht::Wmo317(_) => Plek::Nieuw(at),
        _ => Plek::Product(at),
    };
    let numbered = products.into_iter().enumerate();
    numbered.filter_map(|(at, it)| it.map(|it| (plek(at), it))).collect()
}

fn prestaties(clienten: &[Client]) -> impl Iterator<Item = (Plek, &Prestatie)> {
    clienten.iter().enumerate().flat_map(|(client, it)| {
        let lines = it.prestaties.iter().enumerate();
        lines.map(move |(prestatie, it)| (Plek::Prestatie { client, prestatie }, it))
    })
}

fn product(
    m: &mut Melder,
    waar: Waar,
    categorie: &Waarde<ProductCategorie>,
    code: &Waarde<gegevenstype::ProductCode>,
    register: &Register,
) {
    let (Some(categorie), Some(code)) = (categorie.waarde(), code.get()) else { return };
    let known = code.parse().ok().and_then(|it| register.producten.get(&it));
    match known {
        Some(it) if it.categorie.to_string() != categorie => {
            let found = format!("{code} is van categorie {}, niet {categorie}", it.categorie);
            m.fout("TR381", waar, &found);
        }
        Some(_) => {}
        None if register.producten.is_empty() => {}
        None => m.let_op("TR381", waar, &format!("{code} staat niet in het register")),
    }
}

fn tarieven(m: &mut Melder, clienten: &[Client], agb: &str, register: &Register) {
    let aanbieder = agb.parse().ok().and_then(|it| register.aanbieder_met_agb(it));
    let Some(aanbieder) = aanbieder else {
        let waar = (Plek::Declaratie, Regel::default(), "Declaratie");
        m.let_op("TR418", waar, "de aanbieder staat niet in het register, dus er is geen tarief");
        return;
    };
    for (plek, it) in prestaties(clienten) {
        if !it.eenheid.is("83") {
            tarief(m, plek, it, aanbieder.id, register);
        }
    }
}

/// The tariff and the amount of one line. No tariff found means no.
fn tarief(
    m: &mut Melder,
    plek: Plek,
    it: &Prestatie,
    aanbieder: AanbiederId,
    register: &Register,
) -> Option<()> {
    let code: domain::ProductCode = it.product_code.get()?.parse().ok()?;
    let eenheid = Eenheid::from_code(it.eenheid.waarde()?)?;
    let van = it.product_periode.begindatum.waarde()?;
    let at_tarief = (plek, lijn(&it.product_tarief, it.regel), "ProductTarief");
    let agreed = register.tarief(aanbieder, code, van);
    let Some(tarief) = agreed.filter(|it| it.per_eenheid(eenheid).is_some()) else {
        let found = format!("het register heeft voor {code} geen tarief in deze eenheid op {van}");
        m.fout("TR418", at_tarief, &found);
        return None;
    };
    let (per, shown) = (tarief.per_eenheid(eenheid)?, cents(&it.product_tarief)?);
    if shown != per {
        m.fout("TR418", at_tarief, &format!("{shown} is niet het contracttarief {per}"));
    }
    let volume = u64::from(it.geleverd_volume.waarde()?);
    let asked = cents(&it.ingediend_bedrag.bedrag)?;
    let right = prestatiebedrag(volume, eenheid, tarief.eenheid, tarief.bedrag)?;
    let regel = lijn(&it.ingediend_bedrag.bedrag, it.ingediend_bedrag.regel);
    let found = format!("{asked} is niet {right}");
    m.eis(asked == right, "TR346", (plek, regel, "Bedrag"), &found);
    Some(())
}

fn cents(waarde: &Waarde<gegevenstype::Bedrag>) -> Option<Bedrag> {
    waarde.waarde().and_then(|it| i64::try_from(it).ok()).map(Bedrag)
}
