//! Forms about buying: providers, contracts, products and tariffs.

use domain::{
    AanbiederId, AgbCode, ContractId, Eenheid, ProductCode, Productcategorie, RegisterEvent as E,
    organisatie::{Aanbieder, Contract},
    product::{Product, Variant},
    register::Tarief,
};

use super::{
    formulieren::{Bij, Formuliersoort, Verzoek, gekozen, opties, vanaf, volgende},
    invul_gemeente::periode,
};
use crate::{
    formulier::{Optie, Soort, Veld},
    invoer::{Lezer, Waarden},
    tekst::sleutel,
};

/// The forms.
pub(super) static FORMULIEREN: [Formuliersoort; 5] = [
    Formuliersoort {
        naam: "aanbieder",
        titel: "Leg een aanbieder vast",
        lead: "Een aanbieder blijft dezelfde als naam of AGB-code verandert.",
        knop: "Sla op",
        terug: "/register/aanbieders",
        velden: |bij| {
            vec![
                Veld::keuze("id", "Welke aanbieder", bij.aanbieders())
                    .uitleg("Laat leeg voor een nieuwe aanbieder")
                    .mag_leeg(),
                Veld::regel("naam", "Naam", 40),
                Veld::new("agb", "AGB-code", Soort::Cijfers(8))
                    .uitleg("Acht cijfers; zonder code krijgt de aanbieder geen berichten")
                    .mag_leeg(),
            ]
        },
        begin: |bij, id| {
            let known = bij.aanbieder(id).and_then(|it| bij.register.aanbieders.get(&it));
            let agb = |it: &Aanbieder| it.agb.map_or_else(String::new, |it| it.to_string());
            known.into_iter().flat_map(|it| [("naam", it.naam.clone()), ("agb", agb(it))]).collect()
        },
        lees: read_aanbieder,
    },
    Formuliersoort {
        naam: "contract",
        titel: "Sluit een contract",
        lead: "Zonder contract kan een besluit geen opdracht aan deze aanbieder geven.",
        knop: "Sla op",
        terug: "/register/aanbieders",
        velden: |bij| {
            vec![
                Veld::keuze("id", "Aanbieder", bij.aanbieders()),
                vanaf("Eerste dag"),
                Veld::datum("tot", "Laatste dag").mag_leeg(),
            ]
        },
        begin: |_, _| Waarden::default(),
        lees: |bij, lezer, _| {
            let aanbieder = lezer.keuze("id", "een aanbieder", |it| bij.aanbieder(it));
            let geldig = periode(lezer);
            let id = ContractId(volgende(bij.register.contracten.keys().next_back(), |it| it.0));
            let contract = Contract { id, aanbieder: aanbieder?, geldig: geldig? };
            Some(Verzoek::one(bij.vandaag, E::ContractGesloten(contract)))
        },
    },
    Formuliersoort {
        naam: "contract-einde",
        titel: "Beëindig een contract",
        lead: "Lopende opdrachten blijven staan; nieuwe kunnen na deze dag niet meer.",
        knop: "Beëindig",
        terug: "/register/aanbieders",
        velden: |bij| vec![Veld::keuze("id", "Contract", contracts(bij)), vanaf("Laatste dag")],
        begin: |_, _| Waarden::default(),
        lees: |bij, lezer, _| {
            let known = &bij.register.contracten;
            let contract = lezer.keuze("id", "een contract", |it| {
                it.parse().ok().map(ContractId).filter(|it| known.contains_key(it))
            });
            let van = lezer.datum("van", "de laatste dag");
            Some(Verzoek::one(van?, E::ContractBeeindigd { contract: contract? }))
        },
    },
    Formuliersoort {
        naam: "product",
        titel: "Leg een product vast",
        lead: "Een product met een bestaande code wordt opnieuw beschreven.",
        knop: "Sla op",
        terug: "/register/producten",
        velden: product_fields,
        begin: product_now,
        lees: read_product,
    },
    Formuliersoort {
        naam: "tarief",
        titel: "Spreek een tarief af",
        lead: "Een nieuw tarief sluit het vorige af op de dag ervoor.",
        knop: "Sla op",
        terug: "/register/aanbieders",
        velden: |bij| {
            vec![
                Veld::keuze("id", "Aanbieder", bij.aanbieders()),
                Veld::keuze("product", "Product", bij.producten()),
                Veld::regel("bedrag", "Tarief in euro", 10)
                    .uitleg("De prijs van één eenheid van het product, zoals 58,20"),
                vanaf("Eerste dag"),
                Veld::datum("tot", "Laatste dag").mag_leeg(),
            ]
        },
        begin: |_, _| Waarden::default(),
        lees: read_tarief,
    },
];

fn read_aanbieder(bij: &Bij<'_>, lezer: &mut Lezer<'_>, waarden: &Waarden) -> Option<Verzoek> {
    let known = lezer.mogelijke_keuze("id", "een aanbieder of geen", |it| bij.aanbieder(it));
    let naam = lezer.tekst("naam", "een naam", 100);
    let agb = if waarden.get("agb").is_empty() {
        Some(None)
    } else {
        lezer.vorm::<AgbCode>("agb").map(Some)
    };
    let next = volgende(bij.register.aanbieders.keys().next_back(), |it| it.0);
    let id = known?.unwrap_or(AanbiederId(next));
    let in_use = |it: AgbCode| bij.register.aanbieder_met_agb(it).is_some_and(|it| it.id != id);
    if agb.flatten().is_some_and(in_use) {
        lezer.fout("agb", "Deze AGB-code is van een andere aanbieder.");
    }
    Some(Verzoek::one(
        bij.vandaag,
        E::AanbiederVastgesteld(Aanbieder { id, naam: naam?, agb: agb? }),
    ))
}

fn contracts(bij: &Bij<'_>) -> Vec<Optie> {
    let namen = bij.namen();
    let label = |it: &Contract| {
        format!("{}, {}", namen.aanbieder(it.aanbieder), crate::namen::periode(it.geldig))
    };
    let all = bij.register.contracten.values();
    all.map(|it| Optie::new(it.id.0.to_string(), label(it))).collect()
}

fn product_fields(_: &Bij<'_>) -> Vec<Veld> {
    let categories = Productcategorie::alle()
        .map(|it| Optie::new(it.to_string(), format!("{it} {}", it.naam())))
        .collect();
    let units = Eenheid::ALLE.into_iter().map(|it| Optie::new(it.code(), it.naam(1))).collect();
    vec![
        Veld::regel("code", "Code", 5).uitleg("Vijf letters of cijfers, zoals 02A03"),
        Veld::regel("naam", "Naam", 40),
        Veld::keuze("categorie", "Categorie", categories),
        Veld::regel("groep", "Eigen groep", 20).uitleg("Zoals OMD of OZL"),
        Veld::keuze("eenheid", "Eenheid", units),
        Veld::keuze("variant", "Hoe het wordt betaald", opties(Variant::ALLE, Variant::naam)),
    ]
}

fn product_now(bij: &Bij<'_>, id: &str) -> Waarden {
    let known = bij.product(id).and_then(|it| bij.register.producten.get(&it));
    let fields = |it: &Product| {
        [
            ("code", it.code.to_string()),
            ("naam", it.naam.clone()),
            ("categorie", it.categorie.to_string()),
            ("groep", it.groep.clone()),
            ("eenheid", it.eenheid.code().to_owned()),
            ("variant", sleutel(it.variant.naam())),
        ]
    };
    known.into_iter().flat_map(fields).collect()
}

fn read_product(bij: &Bij<'_>, lezer: &mut Lezer<'_>, _: &Waarden) -> Option<Verzoek> {
    let code = lezer.vorm::<ProductCode>("code");
    let naam = lezer.tekst("naam", "een naam", 100);
    let categorie = lezer.keuze("categorie", "een categorie", |it| it.parse().ok());
    let groep = lezer.tekst("groep", "een groep", 30);
    let eenheid = lezer.keuze("eenheid", "een eenheid", Eenheid::from_code);
    let variant = lezer
        .keuze("variant", "hoe het wordt betaald", |it| gekozen(Variant::ALLE, Variant::naam, it));
    let product = Product {
        code: code?,
        categorie: categorie?,
        naam: naam?,
        eenheid: eenheid?,
        variant: variant?,
        groep: groep?,
    };
    Some(Verzoek::one(bij.vandaag, E::ProductVastgesteld(product)))
}

fn read_tarief(bij: &Bij<'_>, lezer: &mut Lezer<'_>, _: &Waarden) -> Option<Verzoek> {
    let aanbieder = lezer.keuze("id", "een aanbieder", |it| bij.aanbieder(it));
    let product = lezer.keuze("product", "een product", |it| bij.product(it));
    let bedrag = lezer.bedrag("bedrag", "het tarief");
    let geldig = periode(lezer);
    let product = product?;
    let eenheid = bij.register.producten.get(&product)?.eenheid;
    let tarief =
        Tarief { aanbieder: aanbieder?, product, eenheid, bedrag: bedrag?, geldig: geldig? };
    Some(Verzoek::one(tarief.geldig.van(), E::TariefVastgesteld(tarief)))
}
