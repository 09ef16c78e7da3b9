//! What stops an estimator: the data do not identify what was asked, or the question is wrong.

/// Why there is no estimate. The text is Dutch, for the researcher who asked.
///
/// An estimator returns a fault where another program would return NaN. Something that does not
/// stop the estimate but limits it is a [`crate::figures::Warning`] in the result.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Fault {
    /// There is nothing to estimate from.
    #[error("Er zijn geen waarnemingen{}.", within(.of))]
    Empty {
        /// What has no observations, or empty for the whole data set.
        of: String,
    },
    /// Two columns that belong together differ in length.
    #[error("De kolom ‘{column}’ heeft {found} waarden; verwacht werden er {expected}.")]
    Length {
        /// The column.
        column: String,
        /// Number of values that the first column has.
        expected: usize,
        /// Number of values that this column has.
        found: usize,
    },
    /// A value that is not a finite number.
    #[error("De kolom ‘{column}’ heeft in rij {row} geen eindig getal (gevonden: {value}).")]
    NotFinite {
        /// The column.
        column: String,
        /// Row of the data, the first is 1.
        row: usize,
        /// What stands there.
        value: f64,
    },
    /// The same unit and period twice.
    #[error(
        "Eenheid ‘{unit}’ komt in periode {period} twee keer voor (rij {first} en rij {second})."
    )]
    Duplicate {
        /// The unit.
        unit: String,
        /// The period.
        period: i64,
        /// First row, counted from 1.
        first: usize,
        /// Second row, counted from 1.
        second: usize,
    },
    /// A unit misses a period and the method needs a balanced panel.
    #[error(
        "Eenheid ‘{unit}’ heeft geen waarneming in periode {period}; deze methode vraagt een volledig panel."
    )]
    Gap {
        /// The unit.
        unit: String,
        /// The period.
        period: i64,
    },
    /// An argument outside its range.
    #[error("‘{what}’ is {found}; verwacht wordt {expected}.")]
    Argument {
        /// The argument.
        what: String,
        /// What is allowed.
        expected: String,
        /// What was given.
        found: String,
    },
    /// The data cannot tell what was asked, however many rows there are.
    #[error("{why}")]
    NotIdentified {
        /// One or more Dutch sentences: why, and what would help.
        why: String,
    },
    /// An iteration did not reach its tolerance.
    #[error("{method} is na {iterations} stappen niet tot een oplossing gekomen.")]
    NotConverged {
        /// What was iterated.
        method: String,
        /// Number of iterations done.
        iterations: usize,
    },
}

impl Fault {
    /// The data cannot tell; `why` is a whole Dutch sentence.
    pub fn not_identified(why: impl Into<String>) -> Self {
        Self::NotIdentified { why: why.into() }
    }

    /// Argument `what` is `found` where `expected` is asked.
    pub fn argument(
        what: impl Into<String>,
        expected: impl Into<String>,
        found: impl ToString,
    ) -> Self {
        Self::Argument { what: what.into(), expected: expected.into(), found: found.to_string() }
    }
}

fn within(of: &str) -> String {
    if of.is_empty() { String::new() } else { format!(" in {of}") }
}
