//! What is said on the screen.

use std::io::Write;

/// Writes a line to standard output; a closed pipe is no reason to stop.
pub(crate) fn println(line: &str) {
    let _ = writeln!(std::io::stdout(), "{line}");
}

/// A count as it stands in a Dutch sentence: `1.234`.
pub(crate) fn aantal(count: impl TryInto<i64>) -> String {
    reports::nl::aantal(count.try_into().unwrap_or(i64::MAX))
}
