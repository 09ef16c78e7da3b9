//! Durations as they are observed: from when, until when, and how it ended.

use crate::fault::Fault;

/// When each subject came under observation, when that ended, and why. One row per subject.
///
/// A subject is at risk at `t` when `entry < t <= time`. Whoever was already in care when the
/// register began has an `entry` above 0 (delayed entry, left truncation); leaving that out makes
/// support look longer than it is.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Durations {
    /// Start of the observation, in the unit of `time`; empty means from the start for everyone.
    pub entry: Vec<f64>,
    /// End of the observation.
    pub time: Vec<f64>,
    /// How it ended: 0 is censored (still running), any other number is a cause.
    pub cause: Vec<u32>,
    /// Group of each subject; empty means one group.
    pub group: Vec<String>,
}

/// Name of the single group where no groups were given.
pub(crate) const ALL: &str = "all";

impl Durations {
    /// Checks lengths, numbers and order.
    ///
    /// # Errors
    ///
    /// No rows, columns of different length, a number that is not finite, an end before 0, an
    /// entry that is not before the end (with its row).
    pub fn check(&self) -> Result<(), Fault> {
        let rows = self.time.len();
        if rows == 0 {
            return Err(Fault::Empty { of: String::new() });
        }
        for (column, found, optional) in [
            ("einde", self.cause.len(), false),
            ("begin", self.entry.len(), true),
            ("groep", self.group.len(), true),
        ] {
            if found != rows && !(optional && found == 0) {
                return Err(Fault::Length { column: column.to_owned(), expected: rows, found });
            }
        }
        for (column, values) in [("duur", &self.time), ("begin", &self.entry)] {
            if let Some(row) = values.iter().position(|it| !it.is_finite()) {
                let value = values[row];
                return Err(Fault::NotFinite { column: column.to_owned(), row: row + 1, value });
            }
        }
        if let Some(row) = self.time.iter().position(|it| *it < 0.0) {
            let what = format!("duur in rij {}", row + 1);
            return Err(Fault::argument(what, "0 of meer", self.time[row]));
        }
        match self.entry.iter().zip(&self.time).position(|(entry, time)| entry >= time) {
            Some(row) => Err(Fault::argument(
                format!("begin in rij {}", row + 1),
                format!("een begin voor het einde ({})", self.time[row]),
                self.entry[row],
            )),
            None => Ok(()),
        }
    }

    /// Only what is seen after `landmark`: who left before is out, who came before enters then.
    ///
    /// The answer with delayed entry where the first risk sets hold too few subjects.
    #[must_use]
    pub fn from_landmark(&self, landmark: f64) -> Self {
        let rows = (0..self.time.len()).filter(|&row| self.time[row] > landmark);
        let rows: Vec<usize> = rows.collect();
        Self {
            entry: rows.iter().map(|&row| self.entry_of(row).max(landmark)).collect(),
            time: rows.iter().map(|&row| self.time[row]).collect(),
            cause: rows.iter().map(|&row| self.cause[row]).collect(),
            group: if self.group.is_empty() {
                Vec::new()
            } else {
                rows.iter().map(|&row| self.group[row].clone()).collect()
            },
        }
    }

    /// Causes that occur, ascending.
    pub fn causes(&self) -> Vec<u32> {
        let mut causes: Vec<u32> = self.cause.iter().copied().filter(|it| *it > 0).collect();
        causes.sort_unstable();
        causes.dedup();
        causes
    }

    pub(crate) fn entry_of(&self, row: usize) -> f64 {
        self.entry.get(row).copied().unwrap_or(f64::NEG_INFINITY)
    }

    /// Groups in alphabetical order (numbers as text), each with its rows.
    pub(crate) fn groups(&self) -> Vec<(String, Vec<usize>)> {
        if self.group.is_empty() {
            return vec![(ALL.to_owned(), (0..self.time.len()).collect())];
        }
        let mut groups: std::collections::BTreeMap<&str, Vec<usize>> =
            std::collections::BTreeMap::new();
        for (row, group) in self.group.iter().enumerate() {
            groups.entry(group).or_default().push(row);
        }
        groups.into_iter().map(|(name, rows)| (name.to_owned(), rows)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrong_durations_are_named_with_their_row() {
        let check = |entry: &[f64], time: &[f64], cause: &[u32], expected: &str| {
            let it = Durations {
                entry: entry.to_vec(),
                time: time.to_vec(),
                cause: cause.to_vec(),
                group: Vec::new(),
            };
            assert_eq!(it.check().unwrap_err().to_string(), expected);
        };
        check(&[], &[], &[], "Er zijn geen waarnemingen.");
        check(&[], &[1.0, 2.0], &[1], "De kolom ‘einde’ heeft 1 waarden; verwacht werden er 2.");
        check(&[], &[-1.0], &[1], "‘duur in rij 1’ is -1; verwacht wordt 0 of meer.");
        check(
            &[0.0, 2.0],
            &[1.0, 2.0],
            &[1, 1],
            "‘begin in rij 2’ is 2; verwacht wordt een begin voor het einde (2).",
        );
    }

    #[test]
    fn from_a_landmark_only_who_is_still_there_counts() {
        let it = Durations {
            entry: vec![0.0, 3.0, 0.0],
            time: vec![1.0, 5.0, 4.0],
            cause: vec![1, 0, 2],
            group: Vec::new(),
        };
        let later = it.from_landmark(2.0);
        assert_eq!((later.entry, later.time), (vec![3.0, 2.0], vec![5.0, 4.0]));
    }
}
