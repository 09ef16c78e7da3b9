//! `WMO301`: the municipality tells a provider what it may deliver to one client.

use domain::toewijzing::{Hoeveelheid, RedenWijziging};
use domain::{Bedrag, Eenheid, Frequentie, Omvang, Periode, Productkeuze, ToewijzingNummer};
use jiff::civil::{Date, Time, date};

use crate::{
    Problem,
    iwmo::{
        bericht::{Regel, wmo301},
        vertaal::{
            client::{self, Client},
            waarde::{self, mogelijk, mogelijke_groep},
        },
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

/// Puts the client of an allocation in our own words.
pub(super) fn vertaal(
    file: &str,
    client: &wmo301::Client,
    problems: &mut Vec<Problem>,
) -> Option<Toewijzingen> {
    let who = client::van_gemeente(file, client, problems)?;
    let producten = client.toegewezen_producten.iter();
    let toegewezen_producten =
        producten.filter_map(|it| toegewezen_product(file, it, problems)).collect();
    Some(Toewijzingen { client: who, toegewezen_producten })
}

fn toegewezen_product(
    file: &str,
    it: &wmo301::ToegewezenProduct,
    problems: &mut Vec<Problem>,
) -> Option<ToegewezenProduct> {
    if it.regel.is_onvolledig() {
        return None;
    }
    let mut refuse = |naam: &str, regel: Regel, code, text: &str| {
        let regel = if regel.nummer() == 0 { it.regel } else { regel };
        let text = format!("{text}; dit product gaat niet in");
        let problem = Problem::fout(file, code, text).on_line(u64::from(regel.nummer()));
        problems.push(problem.in_element(naam));
    };
    let ingangsdatum = it.ingangsdatum.waarde()?;
    let einddatum = mogelijk(&it.einddatum)?;
    let Some(geldig) = Periode::new(ingangsdatum, einddatum) else {
        let text = "de einddatum ligt voor de ingangsdatum";
        refuse("Einddatum", it.einddatum.regel, "CS003", text);
        return None;
    };
    let product = mogelijke_groep(it.product.as_ref(), waarde::product)?;
    let omvang = mogelijke_groep(it.omvang.as_ref(), waarde::omvang)?;
    let budget = mogelijk(&it.budget)?.and_then(|it| waarde::bedrag(it, "D"));
    if let Some((code, text)) = hoeveelheid_fout(product, omvang, budget, einddatum) {
        let regel = it.omvang.as_ref().map_or(it.regel, |it| it.regel);
        refuse("Omvang", regel, code, text);
        return None;
    }
    let reden_wijziging = match mogelijk(&it.reden_wijziging)? {
        None => None,
        Some("01") => {
            let text = "reden 01 is vervallen; gebruik 13 of 14";
            refuse("RedenWijziging", it.reden_wijziging.regel, "CS336", text);
            return None;
        }
        Some(code) => Some(RedenWijziging::from_code(code)?),
    };
    if reden_wijziging == Some(RedenWijziging::Verwijderd) && einddatum != Some(ingangsdatum) {
        let text = "bij reden 13 is de einddatum gelijk aan de ingangsdatum";
        refuse("RedenWijziging", it.reden_wijziging.regel, "CS335", text);
        return None;
    }
    Some(ToegewezenProduct {
        regel: u64::from(it.regel.nummer()),
        toewijzingnummer: waarde::nummer(&it.toewijzing_nummer)?,
        referentie_aanbieder: mogelijk(&it.referentie_aanbieder)?.map(String::from),
        product: product.unwrap_or(Productkeuze::Generiek),
        toewijzingsdatum: it.toewijzingsdatum.waarde()?,
        toewijzingstijd: it.toewijzingstijd.waarde()?,
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
