//! A panel: units, periods, an outcome, when each unit was first treated, and what else is known.

use std::collections::HashMap;

use crate::fault::Fault;

/// Periods lie within this distance of zero, so that their differences can be computed.
const FARTHEST_PERIOD: u64 = 1_000_000_000_000;

/// Values lie within this distance of zero, so that products of four of them stay finite.
const LARGEST_VALUE: f64 = 1e70;

/// Columns of equal length, one row per unit and period (or per observation).
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Columns {
    /// Unit of each row, as the user writes it.
    pub unit: Vec<String>,
    /// Period of each row, for instance a year.
    pub period: Vec<i64>,
    /// First treated period of the row's unit; `None` when it is never treated.
    pub first_treated: Vec<Option<i64>>,
    /// Outcome.
    pub outcome: Vec<f64>,
    /// Covariates by name, in the order asked.
    pub covariates: Vec<(String, Vec<f64>)>,
    /// Cluster of each row; empty means that the unit is the cluster.
    pub cluster: Vec<String>,
    /// Weight of each row; empty means 1 everywhere.
    pub weight: Vec<f64>,
}

/// Checked columns in dense codes, sorted by unit and then by period.
///
/// One row per unit and period at most; the panel may have gaps, [`Panel::balanced`] tells.
#[derive(Debug, Clone, PartialEq)]
pub struct Panel {
    /// Names of the units; `unit` is a position in it.
    pub units: Vec<String>,
    /// Periods that occur, ascending; `period` is a position in it.
    pub periods: Vec<i64>,
    /// First treated period (as a value, not a position) of each unit.
    pub cohort: Vec<Option<i64>>,
    /// Names of the clusters.
    pub clusters: Vec<String>,
    /// Cluster of each unit's rows, a position in `clusters`, by row.
    pub cluster: Vec<u32>,
    /// Unit of each row.
    pub unit: Vec<u32>,
    /// Period of each row.
    pub period: Vec<u32>,
    /// Outcome of each row.
    pub outcome: Vec<f64>,
    /// Covariates by name.
    pub covariates: Vec<(String, Vec<f64>)>,
    /// Weight of each row; empty means 1 everywhere.
    pub weight: Vec<f64>,
}

impl Panel {
    /// Checks the columns and sorts them.
    ///
    /// # Errors
    ///
    /// No rows, columns of different length, a value that is not finite, a unit twice in one
    /// period, a unit with two first treated periods, a weight below zero, a period beyond 1e12,
    /// a value beyond 1e70.
    pub fn new(columns: Columns) -> Result<Self, Fault> {
        check_columns(&columns)?;
        let (units, unit) = codes(&columns.unit);
        let (periods, period) = period_codes(&columns.period);
        let cohort = cohorts(&columns, &units, &unit)?;
        let mut order: Vec<usize> = (0..unit.len()).collect();
        order.sort_by_key(|&row| (unit[row], period[row], row));
        for pair in order.windows(2) {
            let (a, b) = (pair[0], pair[1]);
            if unit[a] == unit[b] && period[a] == period[b] {
                return Err(Fault::Duplicate {
                    unit: columns.unit[a].clone(),
                    period: columns.period[a],
                    first: a + 1,
                    second: b + 1,
                });
            }
        }
        let (clusters, cluster) = if columns.cluster.is_empty() {
            (units.clone(), unit.clone())
        } else {
            codes(&columns.cluster)
        };
        let sorted = |values: &[f64]| order.iter().map(|&row| values[row]).collect::<Vec<_>>();
        Ok(Self {
            cohort,
            cluster: order.iter().map(|&row| cluster[row]).collect(),
            unit: order.iter().map(|&row| unit[row]).collect(),
            period: order.iter().map(|&row| period[row]).collect(),
            outcome: sorted(&columns.outcome),
            covariates: columns
                .covariates
                .iter()
                .map(|(name, values)| (name.clone(), sorted(values)))
                .collect(),
            weight: if columns.weight.is_empty() { Vec::new() } else { sorted(&columns.weight) },
            units,
            periods,
            clusters,
        })
    }

    /// Number of rows.
    pub fn rows(&self) -> usize {
        self.outcome.len()
    }

    /// Whether every unit has every period.
    pub fn balanced(&self) -> bool {
        self.rows() == self.units.len() * self.periods.len()
    }

    /// The first gap as a fault, or nothing when the panel is balanced.
    ///
    /// # Errors
    ///
    /// The first unit (in order of the data) that misses a period.
    pub fn require_balanced(&self) -> Result<(), Fault> {
        if self.balanced() {
            return Ok(());
        }
        let periods = self.periods.len();
        let mut seen = vec![false; self.units.len() * periods];
        for (unit, period) in self.unit.iter().zip(&self.period) {
            seen[*unit as usize * periods + *period as usize] = true;
        }
        let gap = seen.iter().position(|it| !it).unwrap_or(0);
        Err(Fault::Gap {
            unit: self.units[gap / periods].clone(),
            period: self.periods[gap % periods],
        })
    }

    /// Whether the row is of a unit that has been treated in that period.
    pub fn treated(&self, row: usize) -> bool {
        self.cohort[self.unit[row] as usize]
            .is_some_and(|first| self.periods[self.period[row] as usize] >= first)
    }

    /// Cohorts that occur (first treated periods), ascending, without the never treated.
    pub fn cohorts(&self) -> Vec<i64> {
        let mut all: Vec<i64> = self.cohort.iter().flatten().copied().collect();
        all.sort_unstable();
        all.dedup();
        all
    }
}

fn check_columns(columns: &Columns) -> Result<(), Fault> {
    let rows = columns.unit.len();
    if rows == 0 {
        return Err(Fault::Empty { of: String::new() });
    }
    let length = |column: &str, found: usize| {
        if found == rows {
            Ok(())
        } else {
            Err(Fault::Length { column: column.to_owned(), expected: rows, found })
        }
    };
    length("periode", columns.period.len())?;
    length("eerste behandelperiode", columns.first_treated.len())?;
    if !columns.cluster.is_empty() {
        length("cluster", columns.cluster.len())?;
    }
    let weight = ("gewicht".to_owned(), columns.weight.clone());
    let outcome = [("uitkomst".to_owned(), columns.outcome.clone())];
    let weight = if columns.weight.is_empty() { None } else { Some(&weight) };
    for (name, values) in outcome.iter().chain(&columns.covariates).chain(weight) {
        length(name, values.len())?;
        if let Some(row) = values.iter().position(|value| !value.is_finite()) {
            let value = values[row];
            return Err(Fault::NotFinite { column: name.clone(), row: row + 1, value });
        }
        if let Some(value) = values.iter().find(|value| value.abs() > LARGEST_VALUE) {
            let expected = format!("een getal van hooguit {LARGEST_VALUE:e}");
            return Err(Fault::argument(name.clone(), expected, format!("{value:e}")));
        }
    }
    let far = |it: &&i64| it.unsigned_abs() > FARTHEST_PERIOD;
    let starts = columns.first_treated.iter().flatten();
    if let Some(period) = columns.period.iter().chain(starts).find(far) {
        let expected = format!("een geheel getal tot {FARTHEST_PERIOD}");
        return Err(Fault::argument("periode", expected, period));
    }
    match columns.weight.iter().find(|weight| **weight < 0.0) {
        Some(weight) => Err(Fault::argument("gewicht", "0 of meer", weight)),
        None => Ok(()),
    }
}

fn codes(values: &[String]) -> (Vec<String>, Vec<u32>) {
    let mut names: Vec<String> = Vec::new();
    let mut known: HashMap<&str, u32> = HashMap::new();
    let mut coded = Vec::with_capacity(values.len());
    for value in values {
        let next = u32::try_from(names.len()).expect("fewer than four billion units");
        let code = *known.entry(value).or_insert(next);
        if code == next {
            names.push(value.clone());
        }
        coded.push(code);
    }
    (names, coded)
}

fn period_codes(values: &[i64]) -> (Vec<i64>, Vec<u32>) {
    let mut periods = values.to_vec();
    periods.sort_unstable();
    periods.dedup();
    let code = |value: &i64| {
        let position = periods.binary_search(value).expect("every period is in the list");
        u32::try_from(position).expect("fewer than four billion periods")
    };
    let coded = values.iter().map(code).collect();
    (periods, coded)
}

fn cohorts(columns: &Columns, units: &[String], unit: &[u32]) -> Result<Vec<Option<i64>>, Fault> {
    let mut cohort: Vec<Option<Option<i64>>> = vec![None; units.len()];
    for (row, code) in unit.iter().enumerate() {
        let first = columns.first_treated[row];
        match cohort[*code as usize].replace(first) {
            Some(before) if before != first => {
                return Err(Fault::not_identified(format!(
                    "Eenheid ‘{}’ heeft in rij {} een andere eerste behandelperiode ({}) dan in \
                     een eerdere rij ({}).",
                    columns.unit[row],
                    row + 1,
                    shown(first),
                    shown(before)
                )));
            }
            _ => {}
        }
    }
    Ok(cohort.into_iter().map(Option::flatten).collect())
}

fn shown(first: Option<i64>) -> String {
    first.map_or_else(|| "nooit".to_owned(), |period| period.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns(rows: &[(&str, i64, Option<i64>, f64)]) -> Columns {
        Columns {
            unit: rows.iter().map(|it| it.0.to_owned()).collect(),
            period: rows.iter().map(|it| it.1).collect(),
            first_treated: rows.iter().map(|it| it.2).collect(),
            outcome: rows.iter().map(|it| it.3).collect(),
            ..Columns::default()
        }
    }

    #[test]
    fn a_panel_is_sorted_and_coded() {
        let panel = Panel::new(columns(&[
            ("b", 2020, None, 1.0),
            ("a", 2021, Some(2021), 2.0),
            ("b", 2019, None, 3.0),
        ]))
        .unwrap();
        assert_eq!(panel.units, ["b", "a"]);
        assert_eq!(panel.outcome, [3.0, 1.0, 2.0]);
        assert_eq!(panel.cohorts(), [2021]);
        assert!(panel.treated(2) && !panel.treated(1));
        assert_eq!(
            panel.require_balanced().unwrap_err().to_string(),
            "Eenheid ‘b’ heeft geen waarneming in periode 2021; deze methode vraagt een volledig \
             panel."
        );
    }

    #[test]
    fn wrong_columns_are_named_with_their_row() {
        let check = |rows: &[(&str, i64, Option<i64>, f64)], expected: &str| {
            assert_eq!(Panel::new(columns(rows)).unwrap_err().to_string(), expected);
        };
        check(&[], "Er zijn geen waarnemingen.");
        check(
            &[("a", i64::MAX, None, 1.0)],
            "‘periode’ is 9223372036854775807; verwacht wordt een geheel getal tot 1000000000000.",
        );
        check(
            &[("a", 1, None, f64::NAN)],
            "De kolom ‘uitkomst’ heeft in rij 1 geen eindig getal (gevonden: NaN).",
        );
        check(
            &[("a", 1, None, 1.0), ("a", 1, None, 2.0)],
            "Eenheid ‘a’ komt in periode 1 twee keer voor (rij 1 en rij 2).",
        );
        check(
            &[("a", 1, None, 1.0), ("a", 2, Some(2), 2.0)],
            "Eenheid ‘a’ heeft in rij 2 een andere eerste behandelperiode (2) dan in een eerdere \
             rij (nooit).",
        );
    }
}
