//! Fields that more than one step asks for, and the provision that is proposed or granted.

use domain::{
    AanbiederId, Eenheid, Frequentie, Leveringsvorm, Omvang, Periode, Productkeuze, Voorziening,
    besluit::{Afwijzingsgrond, Uitkomst},
    voorziening::TijdelijkeGrond,
};

use super::Bij;
use crate::{
    datum,
    formulier::{Optie, Soort, Veld},
    invoer::{Lezer, Waarden},
    register::formulieren::{gekozen, opties},
    tekst::sleutel,
};

const VORMEN: [(&str, &str); 2] = [("zin", "in natura, door een aanbieder"), ("pgb", "Pgb")];
const TIJDELIJK: [(TijdelijkeGrond, &str); 2] = [
    (TijdelijkeGrond::WachtlijstAlgemeneVoorziening, "wachtlijst van een algemene voorziening"),
    (TijdelijkeGrond::Spoed, "spoed"),
];
/// Two frequencies are only in old data.
const FREQUENTIES: [Frequentie; 4] =
    [Frequentie::Dag, Frequentie::Week, Frequentie::Maand, Frequentie::Totaal];

/// Yes or no.
pub(super) fn ja_nee(naam: &'static str, label: &str) -> Veld {
    Veld::keuze(naam, label, vec![Optie::new("ja", "ja"), Optie::new("nee", "nee")])
}

pub(super) fn lees_ja_nee(lezer: &mut Lezer<'_>, veld: &str) -> Option<bool> {
    lezer.keuze(veld, "ja of nee", |it| match it {
        "ja" => Some(true),
        "nee" => Some(false),
        _ => None,
    })
}

/// The key of something with a name, as it stands in a form.
pub(super) fn waarde(naam: &'static str) -> String {
    sleutel(naam)
}

const UITKOMSTEN: [&str; 5] = [
    Uitkomst::Toegekend.naam(),
    Uitkomst::GedeeltelijkToegekend.naam(),
    Uitkomst::Afgewezen(Afwijzingsgrond::EigenKracht).naam(),
    Uitkomst::BuitenBehandeling.naam(),
    Uitkomst::Ingetrokken.naam(),
];

/// The outcome and what goes with it.
pub(super) fn uitkomst_velden(bij: &Bij<'_>) -> Vec<Veld> {
    let outcomes = UITKOMSTEN.iter().map(|it| Optie::new(waarde(it), *it)).collect();
    let grounds = opties(Afwijzingsgrond::ALLE, Afwijzingsgrond::naam);
    let mut velden = vec![
        Veld::keuze("uitkomst", "Uitkomst", outcomes),
        Veld::keuze("grond", "Grond om af te wijzen", grounds)
            .uitleg("Alleen bij afwijzen; in de volgorde van de wet")
            .mag_leeg(),
    ];
    velden.extend(voorziening_velden(bij));
    velden
}

/// What is granted; everything may be left empty where nothing is granted.
fn voorziening_velden(bij: &Bij<'_>) -> Vec<Veld> {
    let register = bij.register();
    let products = register.producten.values();
    let products =
        products.map(|it| Optie::new(it.code.to_string(), format!("{} ({})", it.naam, it.code)));
    let day = bij.gebruiker.vandaag;
    let providers = register.aanbieders.values().filter(|it| register.gecontracteerd(it.id, day));
    let providers = providers.map(|it| Optie::new(it.id.0.to_string(), &it.naam)).collect();
    let units = Eenheid::ALLE.into_iter().filter(|it| *it != Eenheid::Euro);
    let units = units.map(|it| Optie::new(it.code(), it.naam(2))).collect();
    let per = FREQUENTIES.map(|it| Optie::new(it.code(), it.naam())).into();
    let forms = VORMEN.map(|(key, naam)| Optie::new(key, naam)).into();
    let bridge = TIJDELIJK.map(|(_, naam)| Optie::new(waarde(naam), naam)).into();
    vec![
        Veld::new("product", "Product", Soort::Lijst(products.collect())).mag_leeg(),
        Veld::keuze("vorm", "Hoe wordt het geleverd?", forms).mag_leeg(),
        Veld::new("aanbieder", "Aanbieder", Soort::Lijst(providers))
            .uitleg("Bij hulp in natura; alleen wie vandaag een contract heeft")
            .mag_leeg(),
        Veld::new("volume", "Omvang", Soort::Cijfers(6)).uitleg("Bijvoorbeeld 3").mag_leeg(),
        Veld::new("eenheid", "Eenheid", Soort::Lijst(units)).mag_leeg(),
        Veld::new("frequentie", "Per", Soort::Lijst(per)).mag_leeg(),
        Veld::new("jaarbedrag", "Pgb per vol jaar", Soort::Cijfers(12))
            .uitleg("Alleen bij een Pgb, zoals 12.400,00")
            .mag_leeg(),
        Veld::datum("van", "Eerste dag").mag_leeg(),
        Veld::datum("tot", "Laatste dag").mag_leeg(),
        Veld::new("tijdelijk", "Tijdelijk, omdat", Soort::Lijst(bridge)).mag_leeg(),
    ]
}

/// The fields of one provision.
const RIJVELDEN: [&str; 10] = [
    "product",
    "vorm",
    "aanbieder",
    "volume",
    "eenheid",
    "frequentie",
    "jaarbedrag",
    "van",
    "tot",
    "tijdelijk",
];

/// How many provisions one form can hold.
const MEESTE: usize = 9;

/// The field that counts the provisions on a form.
pub(crate) const AANTAL: &str = "aantal";

/// What a form is sent for to get room for one more.
pub(crate) const ERBIJ: (&str, &str) = ("erbij", "Nog een voorziening");

/// How many provisions a form has room for.
pub(crate) fn rijen(waarden: &Waarden) -> usize {
    waarden.get(AANTAL).parse().unwrap_or(1).clamp(1, MEESTE)
}

/// Whether one more was asked for; then there is room for it.
pub(crate) fn wil_erbij(waarden: &mut Waarden) -> bool {
    let asked = waarden.get("doe") == ERBIJ.0;
    if asked {
        let room = (rijen(waarden) + 1).min(MEESTE);
        waarden.vervang(AANTAL, room.to_string());
    }
    asked
}

/// Puts the fields of the other provisions behind those of the first; `false` where the form has
/// none.
pub(crate) fn meer_rijen(bij: &Bij<'_>, velden: &mut Vec<Veld>, rijen: usize) -> bool {
    let last = RIJVELDEN[RIJVELDEN.len() - 1];
    let Some(at) = velden.iter().position(|it| it.naam == last) else { return false };
    let more = (2..=rijen).flat_map(|rij| {
        voorziening_velden(bij).into_iter().map(move |mut veld| {
            veld.naam = rijnaam(&veld.naam, rij).into();
            veld.label = format!("{} (voorziening {rij})", veld.label);
            veld
        })
    });
    let more: Vec<Veld> = more.collect();
    velden.splice(at + 1..at + 1, more);
    velden.push(Veld::verborgen(AANTAL));
    true
}

/// What the fields of the other provisions start with.
pub(crate) fn begin_rijen(uitkomst: Uitkomst, voorzieningen: &[Voorziening]) -> Waarden {
    let mut pairs = vec![(AANTAL.to_owned(), voorzieningen.len().to_string())];
    for (rij, it) in (2..).zip(voorzieningen.iter().skip(1)) {
        let fields = begin_met(uitkomst, Some(it)).into_iter();
        let fields = fields.filter(|(naam, _)| RIJVELDEN.contains(naam));
        pairs.extend(fields.map(|(naam, waarde)| (rijnaam(naam, rij), waarde)));
    }
    pairs.into_iter().collect()
}

/// The name of a field of one of the provisions, counted from 1.
fn rijnaam(veld: &str, rij: usize) -> String {
    if rij == 1 { veld.to_owned() } else { format!("{veld}-{rij}") }
}

/// What the fields start with, from what was proposed.
pub(super) fn begin_met(
    uitkomst: Uitkomst,
    voorziening: Option<&Voorziening>,
) -> Vec<(&'static str, String)> {
    let mut waarden = vec![("uitkomst", waarde(uitkomst.naam()))];
    if let Uitkomst::Afgewezen(grond) = uitkomst {
        waarden.push(("grond", waarde(grond.naam())));
    }
    let Some(it) = voorziening else { return waarden };
    waarden.extend(it.product.code().map(|code| ("product", code.to_string())));
    match it.vorm {
        Leveringsvorm::Zin { aanbieder } => {
            waarden.push(("vorm", "zin".to_owned()));
            waarden.extend(aanbieder.map(|id| ("aanbieder", id.0.to_string())));
        }
        Leveringsvorm::Pgb { jaarbedrag } => {
            waarden.push(("vorm", "pgb".to_owned()));
            let amount = format!("{},{:02}", jaarbedrag.0 / 100, jaarbedrag.0 % 100);
            waarden.push(("jaarbedrag", amount));
        }
    }
    if let Some(omvang) = it.omvang {
        waarden.push(("volume", omvang.volume.to_string()));
        waarden.push(("eenheid", omvang.eenheid.code().to_owned()));
        waarden.push(("frequentie", omvang.frequentie.code().to_owned()));
    }
    waarden.push(("van", datum::kort(it.geldig.van())));
    waarden.extend(it.geldig.tot_en_met().map(|end| ("tot", datum::kort(end))));
    let ground = it.tijdelijk.and_then(|it| TIJDELIJK.into_iter().find(|(known, _)| *known == it));
    waarden.extend(ground.map(|(_, naam)| ("tijdelijk", waarde(naam))));
    waarden
}

/// The outcome with what is granted; a refusal has its ground.
pub(super) fn lees_uitkomst(
    bij: &Bij<'_>,
    lezer: &mut Lezer<'_>,
    waarden: &Waarden,
) -> Option<(Uitkomst, Vec<Voorziening>)> {
    let grond = || gekozen(Afwijzingsgrond::ALLE, Afwijzingsgrond::naam, waarden.get("grond"));
    let place = UITKOMSTEN.iter().position(|it| waarde(it) == waarden.get("uitkomst"));
    let uitkomst = match place {
        Some(0) => Uitkomst::Toegekend,
        Some(1) => Uitkomst::GedeeltelijkToegekend,
        Some(2) => match grond() {
            Some(grond) => Uitkomst::Afgewezen(grond),
            None => {
                lezer.fout("grond", "Kies een grond om af te wijzen.");
                return None;
            }
        },
        Some(3) => Uitkomst::BuitenBehandeling,
        Some(_) => Uitkomst::Ingetrokken,
        None => {
            lezer.fout("uitkomst", "Kies een uitkomst.");
            return None;
        }
    };
    if !uitkomst.kent_toe() {
        return Some((uitkomst, Vec::new()));
    }
    Some((uitkomst, lees_voorzieningen(bij, lezer, waarden)?))
}

/// The provisions that were filled in; a row after the first that is left empty is none.
pub(super) fn lees_voorzieningen(
    bij: &Bij<'_>,
    lezer: &mut Lezer<'_>,
    waarden: &Waarden,
) -> Option<Vec<Voorziening>> {
    let mut found = vec![lees_voorziening(bij, lezer, waarden)];
    for rij in 2..=rijen(waarden) {
        let own: Waarden =
            RIJVELDEN.into_iter().map(|it| (it, waarden.get(&rijnaam(it, rij)))).collect();
        if RIJVELDEN.into_iter().all(|it| own.get(it).is_empty()) {
            continue;
        }
        let mut of_row = Lezer::new(&own);
        let read = lees_voorziening(bij, &mut of_row, &own);
        found.push(match of_row.klaar(read) {
            Ok(it) => Some(it),
            Err(faults) => {
                for it in faults {
                    let tekst = format!("Voorziening {rij}: {}", it.tekst);
                    lezer.fout(&rijnaam(&it.veld, rij), tekst);
                }
                None
            }
        });
    }
    found.into_iter().collect()
}

/// The provision that was filled in first.
fn lees_voorziening(
    bij: &Bij<'_>,
    lezer: &mut Lezer<'_>,
    waarden: &Waarden,
) -> Option<Voorziening> {
    let register = bij.register();
    let product = lezer.keuze("product", "een product", |it| {
        it.parse().ok().and_then(|code| register.producten.get(&code))
    });
    let vorm = lees_vorm(bij, lezer, waarden);
    let omvang = lees_omvang(lezer, waarden, matches!(vorm, Some(Leveringsvorm::Pgb { .. })));
    let van = lezer.datum("van", "de eerste dag");
    let tot = lezer.mogelijke_datum("tot");
    let tijdelijk = lezer.mogelijke_keuze("tijdelijk", "waarom het tijdelijk is", |it| {
        TIJDELIJK.into_iter().find(|(_, naam)| waarde(naam) == it).map(|(ground, _)| ground)
    });
    let (van, tot) = (van?, tot?);
    let Some(geldig) = Periode::new(van, tot) else {
        lezer.fout("tot", "De laatste dag ligt voor de eerste; vul een latere in.");
        return None;
    };
    let product = product?;
    let product = Productkeuze::Specifiek { categorie: product.categorie, code: product.code };
    Some(Voorziening { product, vorm: vorm?, omvang: omvang?, geldig, tijdelijk: tijdelijk? })
}

fn lees_vorm(bij: &Bij<'_>, lezer: &mut Lezer<'_>, waarden: &Waarden) -> Option<Leveringsvorm> {
    match waarden.get("vorm") {
        "zin" => {
            let known = &bij.register().aanbieders;
            let aanbieder = lezer.keuze("aanbieder", "een aanbieder", |it| {
                it.parse().ok().map(AanbiederId).filter(|it| known.contains_key(it))
            });
            Some(Leveringsvorm::Zin { aanbieder: Some(aanbieder?) })
        }
        "pgb" => {
            let jaarbedrag = lezer.bedrag("jaarbedrag", "het Pgb per vol jaar")?;
            Some(Leveringsvorm::Pgb { jaarbedrag })
        }
        _ => {
            lezer.fout("vorm", "Kies hoe het wordt geleverd.");
            None
        }
    }
}

/// A volume; a personal budget may go without.
fn lees_omvang(lezer: &mut Lezer<'_>, waarden: &Waarden, pgb: bool) -> Option<Option<Omvang>> {
    if pgb && waarden.get("volume").is_empty() {
        return Some(None);
    }
    let volume = lezer.getal("volume", "de omvang", 1, 100_000);
    let eenheid = lezer.keuze("eenheid", "een eenheid", Eenheid::from_code);
    let frequentie = lezer.keuze("frequentie", "per welke tijd", |it| {
        FREQUENTIES.into_iter().find(|known| known.code() == it)
    });
    Some(Some(Omvang { volume: volume?, eenheid: eenheid?, frequentie: frequentie? }))
}
