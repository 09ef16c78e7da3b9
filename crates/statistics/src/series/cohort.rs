//! Clients and cost ahead as population times use times price, and what each of them adds.
//!
//! An identity with assumptions, not an estimate: the population comes from a published forecast,
//! use and price go on with a yearly change that the user gives. The split holds the other factors
//! at their start for the population, and at their end for what follows (population first, then
//! use, then price), so that the parts sum to the whole change.

use crate::fault::Fault;
use crate::figures::{Estimate, Figures, Warning};

/// A group of residents with its use and price in the first year.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// Name, for instance an age group.
    pub name: String,
    /// Residents in each year.
    pub population: Vec<f64>,
    /// Share that uses the support in the first year.
    pub rate: f64,
    /// Yearly change of that share: 0.01 is one percent (not point) more each year.
    pub rate_trend: f64,
    /// Price a client a year in the first year.
    pub price: f64,
    /// Yearly change of the price.
    pub price_index: f64,
}

/// One year ahead.
#[derive(Debug, Clone, PartialEq)]
pub struct Year {
    /// The year.
    pub year: i64,
    /// Clients.
    pub clients: f64,
    /// Cost.
    pub cost: f64,
    /// Clients if only the population changed.
    pub clients_demography_only: f64,
    /// Clients by group.
    pub by_group: Vec<f64>,
}

/// The forecast with its decomposition.
#[derive(Debug, Clone, PartialEq)]
pub struct CohortForecast {
    /// Years, the first is the start.
    pub years: Vec<Year>,
    /// Names of the groups.
    pub groups: Vec<String>,
    /// Change of clients by the last year: by population, by use.
    pub clients_effect: (f64, f64),
    /// Change of cost by the last year: by population, by use, by price.
    pub cost_effect: (f64, f64, f64),
    warnings: Vec<Warning>,
}

/// Multiplies out population, use and price over `years`.
///
/// ```
/// use statistics::series::cohort::{Group, cohort_forecast};
/// let old = Group {
///     name: "85+".to_owned(),
///     population: vec![100.0, 110.0],
///     rate: 0.2,
///     rate_trend: 0.0,
///     price: 3000.0,
///     price_index: 0.02,
/// };
/// let it = cohort_forecast(&[2025, 2026], &[old]).unwrap();
/// assert!((it.years[1].clients - 22.0).abs() < 1e-9);
/// assert!((it.years[1].cost - 67_320.0).abs() < 1e-6);
/// ```
///
/// # Errors
///
/// No years or groups, years that do not run on by one, a population of another length, a share
/// outside 0-1, or a number below 0 or not finite.
pub fn cohort_forecast(years: &[i64], groups: &[Group]) -> Result<CohortForecast, Fault> {
    check(years, groups)?;
    let grown = |base: f64, change: f64, at: usize| {
        base * (1.0 + change).powi(i32::try_from(at).unwrap_or(i32::MAX))
    };
    let clients = |it: &Group, at: usize| it.population[at] * grown(it.rate, it.rate_trend, at);
    let year = |(at, &year): (usize, &i64)| {
        let by_group: Vec<f64> = groups.iter().map(|it| clients(it, at)).collect();
        let price = |it: &Group| grown(it.price, it.price_index, at);
        Year {
            year,
            clients: by_group.iter().sum(),
            cost: groups.iter().zip(&by_group).map(|(it, clients)| clients * price(it)).sum(),
            clients_demography_only: groups.iter().map(|it| it.population[at] * it.rate).sum(),
            by_group,
        }
    };
    let forecast: Vec<Year> = years.iter().enumerate().map(year).collect();
    let (first, last, end) = (&forecast[0], &forecast[forecast.len() - 1], years.len() - 1);
    let population: f64 = last.clients_demography_only - first.clients_demography_only;
    let at_first_price: f64 = groups.iter().map(|it| clients(it, end) * it.price).sum();
    let moved = |it: &Group| (it.population[end] - it.population[0]) * it.rate * it.price;
    let by_population: f64 = groups.iter().map(moved).sum();
    let cost_effect =
        (by_population, at_first_price - first.cost - by_population, last.cost - at_first_price);
    Ok(CohortForecast {
        clients_effect: (population, last.clients - first.clients - population),
        cost_effect,
        groups: groups.iter().map(|it| it.name.clone()).collect(),
        warnings: warnings(groups, end),
        years: forecast,
    })
}

fn check(years: &[i64], groups: &[Group]) -> Result<(), Fault> {
    if years.is_empty() || groups.is_empty() {
        return Err(Fault::Empty { of: String::new() });
    }
    if let Some(pair) = years.windows(2).find(|it| it[1] != it[0].saturating_add(1)) {
        return Err(Fault::argument("jaar", format!("{} na {}", pair[0] + 1, pair[0]), pair[1]));
    }
    for group in groups {
        let name = &group.name;
        if group.population.len() != years.len() {
            let (expected, found) = (years.len(), group.population.len());
            let column = format!("bevolking van {name}");
            return Err(Fault::Length { column, expected, found });
        }
        let sound = |it: &f64| it.is_finite() && *it >= 0.0;
        if let Some(value) = group.population.iter().find(|it| !sound(it)) {
            let what = format!("bevolking van {name}");
            return Err(Fault::argument(what, "een getal van 0 of meer", value));
        }
        if !(0.0..=1.0).contains(&group.rate) {
            let what = format!("gebruik van {name}");
            return Err(Fault::argument(what, "een aandeel van 0 tot 1", group.rate));
        }
        if !sound(&group.price) {
            let what = format!("prijs van {name}");
            return Err(Fault::argument(what, "een bedrag van 0 of meer", group.price));
        }
        for change in [group.rate_trend, group.price_index] {
            if !(change > -1.0 && change < 1.0) {
                let what = format!("verandering per jaar van {name}");
                return Err(Fault::argument(what, "een getal tussen -1 en 1", change));
            }
        }
    }
    Ok(())
}

fn warnings(groups: &[Group], end: usize) -> Vec<Warning> {
    let years = i32::try_from(end).unwrap_or(i32::MAX);
    let mut warnings = vec![Warning::new(
        "no-interval",
        "Dit is een doorrekening van aannames en heeft geen interval; reken ook een lage en een \
         hoge variant door.",
    )];
    for group in groups.iter().filter(|it| it.rate * (1.0 + it.rate_trend).powi(years) > 1.0) {
        warnings.push(Warning::new(
            "rate-above-one",
            format!("In groep ‘{}’ gebruikt aan het eind meer dan iedereen de steun.", group.name),
        ));
    }
    warnings
}

impl Estimate for CohortForecast {
    fn figures(&self) -> Figures {
        let mut figures = Figures::new();
        for it in &self.years {
            let year = it.year;
            figures.add(format!("clients_{year}"), it.clients);
            figures.add(format!("cost_{year}"), it.cost);
            figures.add(format!("clients_demography_only_{year}"), it.clients_demography_only);
            for (group, clients) in self.groups.iter().zip(&it.by_group) {
                figures.add(format!("clients_{}_{year}", group.replace('+', "plus")), *clients);
            }
        }
        let last = self.years.last().map_or(0, |it| it.year);
        figures.add(format!("effect_population_{last}"), self.clients_effect.0);
        figures.add(format!("effect_rate_{last}"), self.clients_effect.1);
        figures.add(format!("cost_effect_population_{last}"), self.cost_effect.0);
        figures.add(format!("cost_effect_rate_{last}"), self.cost_effect.1);
        figures.add(format!("cost_effect_price_{last}"), self.cost_effect.2);
        figures
    }

    fn summary(&self) -> String {
        let (Some(first), Some(last)) = (self.years.first(), self.years.last()) else {
            return String::new();
        };
        format!(
            "Van {:.0} cliënten in {} naar {:.0} in {}: {:+.0} door de bevolking en {:+.0} door \
             het gebruik. De kosten gaan van {:.0} naar {:.0}: {:+.0} door de bevolking, {:+.0} \
             door het gebruik en {:+.0} door de prijs.",
            first.clients,
            first.year,
            last.clients,
            last.year,
            self.clients_effect.0,
            self.clients_effect.1,
            first.cost,
            last.cost,
            self.cost_effect.0,
            self.cost_effect.1,
            self.cost_effect.2
        )
    }

    fn warnings(&self) -> &[Warning] {
        &self.warnings
    }
}
