//! `WMO301`: the municipality tells a provider what it may deliver to one client.

use domain::toewijzing::{Hoeveelheid, RedenWijziging};
use domain::{Bedrag, Eenheid, Frequentie, Omvang, Periode, Productkeuze, ToewijzingNummer};
use jiff::civil::{Date, Time, date};

use crate::{
    Problem,
    iwmo::{
        basis::{self, CONTACT, GEBOORTEDATUM, OMVANG, PRODUCT, VOLLEDIGE_NAAM},
        boom::Element,
        client::{self, Client},
        header,
        vorm::{Veld, Waarde, datum, tijd},
    },
};

/// What is allocated to whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Toewijzingen {
    /// The client.
    pub client: Client,
    /// The products; one that could not be read is left out.
    pub toegewezen_producten: Vec<ToegewezenProduct>,
}

/// One product that is allocated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToegewezenProduct {
    /// The line on which it starts.
    pub regel: u64,
    /// The number of the allocation.
    pub toewijzingnummer: ToewijzingNummer,
    /// The request it answers.
    pub referentie_aanbieder: Option<String>,
    /// The product.
    pub product: Productkeuze,
    /// The day this version was decided.
    pub toewijzingsdatum: Date,
    /// The time this version was decided.
    pub toewijzingstijd: Time,
    /// From `Ingangsdatum` to `Einddatum`.
    pub geldig: Periode,
    /// Why it changed.
    pub reden_wijziging: Option<RedenWijziging>,
    /// How much.
    pub hoeveelheid: Hoeveelheid,
}

const RELATIE: &[Veld] = &[
    Veld::een("Nummer", Waarde::Tekst(20)),
    Veld::een("Volgorde", Waarde::Getal(99)).mag(),
    Veld::een(
        "Soort",
        Waarde::Code(&[
            "03", "04", "05", "06", "07", "08", "09", "10", "11", "12", "13", "14", "15", "16",
            "17", "18", "19", "20", "21", "22", "23", "24", "25",
        ]),
    ),
    Veld::groep("Geboortedatum", GEBOORTEDATUM).mag(),
    Veld::een("Geslacht", Waarde::Code(&["0", "1", "2"])).mag(),
    Veld::groep("Naam", VOLLEDIGE_NAAM),
    Veld::groep("Contact", CONTACT),
];

const TOEGEWEZEN_PRODUCT: &[Veld] = &[
    Veld::een("ToewijzingNummer", basis::NUMMER),
    Veld::een("ReferentieAanbieder", Waarde::Tekst(36)).mag(),
    Veld::groep("Product", PRODUCT).mag(),
    Veld::een("Toewijzingsdatum", Waarde::Datum),
    Veld::een("Toewijzingstijd", Waarde::Tijd),
    Veld::een("Ingangsdatum", Waarde::Datum),
    Veld::een("Einddatum", Waarde::Datum).mag(),
    Veld::een(
        "RedenWijziging",
        Waarde::Code(&[
            "01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "11", "12", "13", "14",
        ]),
    )
    .mag(),
    Veld::groep("Omvang", OMVANG).mag(),
    Veld::een("Budget", basis::BEDRAG).mag(),
    Veld::een("Commentaar", Waarde::Tekst(100_000)).mag(),
];

const COMMUNICATIE: &[Veld] = &[
    Veld::een("Vorm", Waarde::Code(&["1", "2", "3"])).basis(),
    Veld::een("Taal", Waarde::Tekst(25)).basis().mag(),
];

const CLIENT: &[Veld] = &[
    Veld::een("Bsn", Waarde::Cijfers(9)),
    Veld::groep("Geboortedatum", GEBOORTEDATUM),
    Veld::een("Geslacht", Waarde::Code(&["0", "1", "2"])),
    Veld::groep("Naam", VOLLEDIGE_NAAM),
    Veld::groep("Communicatie", COMMUNICATIE).mag(),
    Veld::een("JuridischeStatus", Waarde::Code(&["01", "02", "03", "04", "05", "11", "12"])).mag(),
    Veld::een("WettelijkeVertegenwoordiging", Waarde::Code(&["06", "07", "08", "09", "10"])).mag(),
    Veld::een("Commentaar", Waarde::Tekst(100_000)).mag(),
    Veld::groep("Relaties", &[Veld::groep("Relatie", RELATIE).vaker()]).mag(),
    Veld::groep("Contactgegevens", &[Veld::groep("Contact", CONTACT).vaker()]),
    Veld::groep(
        "ToegewezenProducten",
        &[Veld::groep("ToegewezenProduct", TOEGEWEZEN_PRODUCT).vaker()],
    ),
];

/// The form of the message.
pub(crate) const VORM: &[Veld] = &[
    Veld::groep("Header", &const { header::van_gemeente(&["414"]) }),
    Veld::groep("Client", CLIENT),
];

/// Reads a message that was checked.
pub(crate) fn read(
    file: &str,
    root: &Element<'_>,
    problems: &mut Vec<Problem>,
) -> Option<Toewijzingen> {
    let element = root.kind("Client")?;
    let client = client::read(file, element, problems)?;
    let producten = element.kind("ToegewezenProducten");
    let producten = producten.into_iter().flat_map(|it| it.alle("ToegewezenProduct"));
    let toegewezen_producten =
        producten.filter_map(|it| toegewezen_product(file, it, problems)).collect();
    Some(Toewijzingen { client, toegewezen_producten })
}

fn toegewezen_product(
    file: &str,
    element: &Element<'_>,
    problems: &mut Vec<Problem>,
) -> Option<ToegewezenProduct> {
    let mut refuse = |naam: &str, code, text: &str| {
        let regel = element.kind(naam).map_or(element.regel, |it| it.regel);
        let text = format!("{text}; dit product gaat niet in");
        problems.push(Problem::fout(file, code, text).on_line(regel).in_element(naam));
    };
    let ingangsdatum = element.verplicht("Ingangsdatum", datum)?;
    let einddatum = element.mogelijk("Einddatum", datum)?;
    let Some(geldig) = Periode::new(ingangsdatum, einddatum) else {
        refuse("Einddatum", "CS003", "de einddatum ligt voor de ingangsdatum");
        return None;
    };
    let product = element.mogelijke_groep("Product", basis::product)?;
    let omvang = element.mogelijke_groep("Omvang", basis::omvang)?;
    let budget = element.mogelijk("Budget", basis::bedrag)?;
    if let Some((code, text)) = hoeveelheid_fout(product, omvang, budget, einddatum) {
        refuse("Omvang", code, text);
        return None;
    }
    let reden = element.mogelijk("RedenWijziging", |it| Some(it.to_owned()))?;
    let reden_wijziging = match reden.as_deref() {
        None => None,
        Some("01") => {
            refuse("RedenWijziging", "CS336", "reden 01 is vervallen; gebruik 13 of 14");
            return None;
        }
        Some(code) => Some(RedenWijziging::from_code(code)?),
    };
    if reden_wijziging == Some(RedenWijziging::Verwijderd) && einddatum != Some(ingangsdatum) {
        let text = "bij reden 13 is de einddatum gelijk aan de ingangsdatum";
        refuse("RedenWijziging", "CS335", text);
        return None;
    }
    Some(ToegewezenProduct {
        regel: element.regel,
        toewijzingnummer: ToewijzingNummer(element.verplicht("ToewijzingNummer", basis::volume)?),
        referentie_aanbieder: element.mogelijk("ReferentieAanbieder", |it| Some(it.to_owned()))?,
        product: product.unwrap_or(Productkeuze::Generiek),
        toewijzingsdatum: element.verplicht("Toewijzingsdatum", datum)?,
        toewijzingstijd: element.verplicht("Toewijzingstijd", tijd)?,
        geldig,
        reden_wijziging,
        hoeveelheid: match (omvang, budget) {
            (Some(omvang), _) => Hoeveelheid::Omvang(omvang),
            (None, Some(budget)) => Hoeveelheid::Budget(budget),
            (None, None) => Hoeveelheid::Open,
        },
    })
}

/// The rules without which it is not clear how much is allocated.
fn hoeveelheid_fout(
    product: Option<Productkeuze>,
    omvang: Option<Omvang>,
    budget: Option<Bedrag>,
    einddatum: Option<Date>,
) -> Option<(&'static str, &'static str)> {
    let code = product.and_then(|it| it.code());
    match omvang {
        None if code.is_some() => Some(("CD041", "bij een productcode hoort een omvang")),
        // Until 2021 a category alone could have a volume.
        Some(_) if code.is_none() && einddatum.is_none_or(|it| it > date(2020, 12, 31)) => {
            Some(("CD080", "zonder productcode hoort er geen omvang"))
        }
        Some(_) if budget.is_some() => {
            Some(("CD041", "een omvang en een budget sluiten elkaar uit"))
        }
        Some(it) if it.frequentie == Frequentie::Dag && !per_dag(it.eenheid) => {
            Some(("CS338", "deze eenheid kan niet per dag worden toegewezen"))
        }
        _ => None,
    }
}

fn per_dag(eenheid: Eenheid) -> bool {
    matches!(eenheid, Eenheid::Minuut | Eenheid::Uur | Eenheid::StuksOutput)
}
