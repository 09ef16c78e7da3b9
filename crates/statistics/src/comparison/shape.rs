//! What the columns of a comparison must satisfy before anything is computed.

use crate::fault::Fault;

/// The level of an interval lies between 0 and 1.
pub(super) fn check_level(level: f64) -> Result<(), Fault> {
    if level > 0.0 && level < 1.0 {
        return Ok(());
    }
    Err(Fault::argument("betrouwbaarheid", "een getal tussen 0 en 1, bijvoorbeeld 0,95", level))
}

/// The column has `expected` values.
pub(super) fn check_length(column: &str, expected: usize, found: usize) -> Result<(), Fault> {
    if expected == found {
        return Ok(());
    }
    Err(Fault::Length { column: column.to_owned(), expected, found })
}

/// Every value is a finite number.
pub(super) fn check_finite(column: &str, values: &[f64]) -> Result<(), Fault> {
    match values.iter().position(|it| !it.is_finite()) {
        None => Ok(()),
        Some(row) => {
            Err(Fault::NotFinite { column: column.to_owned(), row: row + 1, value: values[row] })
        }
    }
}

/// Every value is a finite number of zero or more.
pub(super) fn check_not_negative(column: &str, values: &[f64]) -> Result<(), Fault> {
    check_finite(column, values)?;
    match values.iter().find(|it| **it < 0.0) {
        None => Ok(()),
        Some(value) => Err(Fault::argument(column, "0 of meer", value)),
    }
}

/// Every value is a finite number above zero.
pub(super) fn check_positive(column: &str, values: &[f64]) -> Result<(), Fault> {
    check_finite(column, values)?;
    match values.iter().find(|it| **it <= 0.0) {
        None => Ok(()),
        Some(value) => Err(Fault::argument(column, "meer dan 0", value)),
    }
}

/// There is at least one row.
pub(super) fn check_rows(of: &str, rows: usize) -> Result<(), Fault> {
    if rows > 0 {
        return Ok(());
    }
    Err(Fault::Empty { of: of.to_owned() })
}
