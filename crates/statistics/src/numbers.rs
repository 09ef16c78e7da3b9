//! A panel from numbers that are already in memory, without a text per row.

use crate::fault::Fault;
use crate::panel::{Columns, Panel};

/// Columns of equal length, one row per unit and period.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Numbers<'a> {
    /// Unit of each row.
    pub unit: &'a [i64],
    /// Period of each row.
    pub period: &'a [i64],
    /// First treated period of the row's unit; 0 or less when it is never treated.
    pub first_treated: &'a [i64],
    /// Outcome.
    pub outcome: &'a [f64],
}

impl Panel {
    /// A panel without covariates, weights or clusters, as [`Panel::new`] but much faster when the
    /// rows come in order of unit and period.
    ///
    /// # Errors
    ///
    /// As [`Panel::new`].
    ///
    /// ```
    /// use statistics::numbers::Numbers;
    /// use statistics::panel::Panel;
    /// let panel = Panel::from_numbers(&Numbers {
    ///     unit: &[7, 7, 8, 8],
    ///     period: &[1, 2, 1, 2],
    ///     first_treated: &[2, 2, 0, 0],
    ///     outcome: &[1.0, 3.0, 1.0, 1.0],
    /// })?;
    /// assert_eq!(panel.cohort, [Some(2), None]);
    /// # Ok::<(), statistics::fault::Fault>(())
    /// ```
    pub fn from_numbers(numbers: &Numbers<'_>) -> Result<Self, Fault> {
        if numbers.in_order() { Ok(numbers.sorted()) } else { Self::new(numbers.columns()) }
    }
}

impl Numbers<'_> {
    /// Whether the rows are sound and ascend by unit and then by period.
    fn in_order(&self) -> bool {
        let rows = self.unit.len();
        let lengths = [self.period.len(), self.first_treated.len(), self.outcome.len()];
        rows > 0
            && lengths == [rows; 3]
            && self.outcome.iter().all(|it| it.is_finite())
            && (1..rows).all(|row| self.follows(row))
    }

    fn follows(&self, row: usize) -> bool {
        let (unit, before) = (self.unit[row], self.unit[row - 1]);
        let same_start = self.first_treated[row].max(0) == self.first_treated[row - 1].max(0);
        unit > before || unit == before && self.period[row] > self.period[row - 1] && same_start
    }

    fn sorted(&self) -> Panel {
        let mut periods: Vec<i64> = Vec::new();
        for (row, period) in self.period.iter().enumerate() {
            // Balanced panels repeat their first rows.
            let expected = periods.get(row % periods.len().max(1));
            if expected != Some(period) && !periods.contains(period) {
                periods.push(*period);
            }
        }
        periods.sort_unstable();
        let (mut units, mut cohort) = (Vec::new(), Vec::new());
        let mut unit: Vec<u32> = Vec::with_capacity(self.unit.len());
        let mut period: Vec<u32> = Vec::with_capacity(self.unit.len());
        let mut code = 0;
        for (row, own) in self.unit.iter().enumerate() {
            if row == 0 || *own != self.unit[row - 1] {
                code = u32::try_from(units.len()).expect("fewer than four billion units");
                units.push(own.to_string());
                cohort.push(Some(self.first_treated[row]).filter(|it| *it > 0));
            }
            unit.push(code);
            // Mostly the period after that of the row before.
            let guess = period.last().map_or(0, |it| *it as usize + 1);
            let found = match periods.get(guess) {
                Some(it) if *it == self.period[row] => guess,
                _ => periods.partition_point(|it| *it < self.period[row]),
            };
            period.push(u32::try_from(found).expect("fewer than four billion periods"));
        }
        Panel {
            clusters: units.clone(),
            units,
            periods,
            cohort,
            cluster: unit.clone(),
            unit,
            period,
            outcome: self.outcome.to_vec(),
            covariates: Vec::new(),
            weight: Vec::new(),
        }
    }

    fn columns(&self) -> Columns {
        Columns {
            unit: self.unit.iter().map(i64::to_string).collect(),
            period: self.period.to_vec(),
            first_treated: self
                .first_treated
                .iter()
                .map(|it| Some(*it).filter(|it| *it > 0))
                .collect(),
            outcome: self.outcome.to_vec(),
            ..Columns::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equals_the_panel_made_of_texts() {
        let check = |unit: &[i64], period: &[i64], first: &[i64]| {
            let outcome: Vec<f64> = (0..unit.len()).map(|it| it as f64).collect();
            let own = Numbers { unit, period, first_treated: first, outcome: &outcome };
            assert_eq!(Panel::from_numbers(&own), Panel::new(own.columns()));
        };
        check(&[1, 1, 2, 2], &[4, 5, 4, 5], &[5, 5, 0, 0]);
        check(&[1, 1, 2], &[4, 9, 7], &[5, 5, -1]);
        check(&[2, 1, 1], &[4, 9, 7], &[0, 5, 5]);
        check(&[1, 1, 1], &[4, 9, 9], &[0, 0, 0]);
        check(&[1, 1], &[4, 9], &[0, 5]);
        check(&[], &[], &[]);
    }
}
