//! Numbers in Dutch sentences.

/// `value` with `digits` decimals and a decimal comma.
pub(crate) fn decimal(value: f64, digits: usize) -> String {
    let text = format!("{value:.digits$}").replace('.', ",");
    // A rounded zero has no sign.
    match text.strip_prefix('-') {
        Some(rest) if rest.chars().all(|it| it == '0' || it == ',') => rest.to_owned(),
        _ => text,
    }
}

/// A share as a percentage: `95%`, `99,8%`.
pub(crate) fn percent(share: f64) -> String {
    let text = decimal(100.0 * share, 1);
    format!("{}%", text.strip_suffix(",0").unwrap_or(&text))
}

#[test]
fn numbers_are_written_with_a_comma() {
    assert_eq!((decimal(1.25, 2).as_str(), decimal(-0.001, 1).as_str()), ("1,25", "0,0"));
    assert_eq!((percent(0.95).as_str(), percent(0.998).as_str()), ("95%", "99,8%"));
}
