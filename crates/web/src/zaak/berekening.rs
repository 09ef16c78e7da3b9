//! What a proposal costs, its norm and the budget of the team, before anything is saved.

use domain::{
    Bedrag, Periode, Refusal, Voorziening, kosten, verplichting::budgetregel, voorstel::fits_norm,
};
use jiff::{ToSpan, civil::Date};

use super::Bij;
use crate::{invoer::zin, namen::omvang};

/// A calculation to show beside the form.
pub(crate) struct Berekening {
    /// The amounts, in words and euros.
    pub(crate) bedragen: Vec<(String, String)>,
    /// What more is to be said of it.
    pub(crate) zinnen: Vec<String>,
    /// Why there is no price; without a price there is no proposal.
    pub(crate) geen_prijs: Option<String>,
}

/// Calculates provisions together: per week, per month, this budget year, the whole term.
pub(crate) fn bereken(bij: &Bij<'_>, voorzieningen: &[Voorziening]) -> Berekening {
    let register = bij.register();
    let first = voorzieningen.iter().map(|it| it.geldig.van()).min();
    let jaar = first.unwrap_or(bij.gebruiker.vandaag).year();
    let sum = |price: &dyn Fn(&Voorziening) -> Option<Bedrag>| -> Option<Bedrag> {
        voorzieningen.iter().map(price).sum()
    };
    // Each from its own first day.
    let part = |until: &dyn Fn(Date) -> Date| {
        sum(&|it| {
            let van = it.geldig.van();
            kosten::voorziening_in_periode(register, it, Periode::new(van, Some(until(van)))?)
        })
    };
    let year = Periode::new(jiff::civil::date(jaar, 1, 1), Some(jiff::civil::date(jaar, 12, 31)));
    let this_year = sum(&|it| kosten::voorziening_in_periode(register, it, year?));
    let whole = sum(&|it| kosten::waarde_over_looptijd(register, it));
    let (Some(this_year), Some(whole)) = (this_year, whole) else {
        let reason = zin(&Refusal::GeenTarief.to_string());
        let reason = format!("{reason} Zonder tarief is er geen voorstel mogelijk.");
        return Berekening { bedragen: Vec::new(), zinnen: Vec::new(), geen_prijs: Some(reason) };
    };
    let week = part(&|van| van.saturating_add(6.days()));
    let month = part(&|van| van.saturating_add(1.month()).saturating_sub(1.day()));
    let term = if voorzieningen.iter().all(|it| it.geldig.tot_en_met().is_some()) {
        "hele looptijd"
    } else {
        "hele looptijd (zonder einddatum: eerste jaar)"
    };
    let row = |naam: String, bedrag: Option<Bedrag>| {
        (naam, bedrag.map_or_else(|| "niet bekend".to_owned(), |it| it.to_string()))
    };
    let bedragen = vec![
        row("eerste week".to_owned(), week),
        row("eerste maand".to_owned(), month),
        row(format!("begrotingsjaar {jaar}"), Some(this_year)),
        row(term.to_owned(), Some(whole)),
    ];
    let mut zinnen: Vec<String> = match voorzieningen {
        [one] => vec![norm(bij, one)],
        more => more
            .iter()
            .map(|it| format!("{}: {}", bij.namen().product(&it.product), norm(bij, it)))
            .collect(),
    };
    zinnen.extend(budget(bij, jaar, this_year));
    Berekening { bedragen, zinnen, geen_prijs: None }
}

/// The norm of the framework in force, and whether the volume lies within it.
fn norm(bij: &Bij<'_>, voorziening: &Voorziening) -> String {
    let day = bij.gebruiker.vandaag;
    let norm = voorziening
        .product
        .code()
        .and_then(|code| bij.register().kader_op(day).and_then(|it| it.norm(code)));
    let Some(norm) = norm else { return "Voor dit product is geen norm vastgesteld.".to_owned() };
    let usual =
        format!("De norm is {} tot en met {} {}", norm.van, norm.tot, norm.frequentie.naam());
    match voorziening.omvang {
        Some(it) if fits_norm(bij.state, voorziening, day) => {
            format!("{usual}; {} past daarbij.", omvang(it))
        }
        Some(it) => format!("{usual}; {} ligt daarbuiten. Kies een reden.", omvang(it)),
        None => format!("{usual}."),
    }
}

/// The budget line of the team that would grant it.
fn budget(bij: &Bij<'_>, jaar: i16, erbij: Bedrag) -> Option<String> {
    let team = bij.zaak.onderzoek.team().or(bij.gebruiker.team())?;
    let regel = budgetregel(bij.state, team, jaar);
    let naam = bij.namen().team(team);
    let after = regel.vastgelegd + erbij;
    let mut words = match regel.budget {
        Some(it) if after <= it => format!(
            "{naam} heeft in {jaar} een budget van {it}. Vastgelegd is {}; met dit voorstel \
             {after}, en dan is er nog {} over.",
            regel.vastgelegd,
            it - after
        ),
        Some(it) => format!(
            "{naam} heeft in {jaar} een budget van {it}. Vastgelegd is {}; met dit voorstel \
             {after}, en dat is {} te veel.",
            regel.vastgelegd,
            after - it
        ),
        None => format!(
            "Voor {naam} is in {jaar} geen budget vastgesteld. Vastgelegd is {}.",
            regel.vastgelegd
        ),
    };
    if regel.zonder_prijs > 0 {
        words.push_str(&format!(" {} voorzieningen hebben geen prijs.", regel.zonder_prijs));
    }
    Some(words)
}
