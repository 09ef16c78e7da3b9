//! Charts as SVG: drawn on the server, readable without a script, in the colours of the stylesheet.

mod klein;
mod labels;
mod lijngrafiek;
mod scale;

pub use klein::klein;
pub use lijngrafiek::lijngrafiek;

/// For which place a chart is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Formaat {
    /// 760 wide and 300 high: for a page on a screen or on paper.
    Breed,
    /// 360 wide: fewer ticks and larger letters, for a narrow screen.
    Smal,
}

/// The colours, each with what it is without a stylesheet.
mod kleur {
    pub(super) const ACCENT: &str = "var(--accent, #0b5f66)";
    pub(super) const ANDER: &str = "var(--lijn-sterk, #6f7d82)";
    pub(super) const RASTER: &str = "var(--raster, #e4e9e6)";
    pub(super) const TEKST: &str = "var(--inkt-zacht, #50616b)";
    pub(super) const BREUK: &str = "var(--aandacht, #8a4b00)";
    pub(super) const VLAK: &str = "var(--vlak, #ffffff)";
}

/// A number as a coordinate: one decimal, as short as it can be.
fn at(value: f64) -> String {
    let text = format!("{value:.1}");
    let text = text.strip_suffix(".0").unwrap_or(&text);
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

/// How wide the text is about, in letters of this size.
fn text_width(text: &str, size: f64) -> f64 {
    let share = |letter: char| match letter {
        'i' | 'j' | 'l' | 't' | 'f' | 'r' | '.' | ',' | ' ' | '\'' | '|' | '(' | ')' => 0.38,
        'm' | 'w' | 'M' | 'W' | '%' | '@' => 0.95,
        'A'..='Z' => 0.72,
        _ => 0.62,
    };
    text.chars().map(share).sum::<f64>() * size
}

/// The text cut off with an ellipsis when it is wider than this.
fn shortened(text: &str, size: f64, at_most: f64) -> String {
    if text_width(text, size) <= at_most {
        return text.to_owned();
    }
    let mut short = text.to_owned();
    while short.pop().is_some() && text_width(&short, size) + size > at_most {}
    short.trim_end().to_owned() + "…"
}

/// A name for elements of this chart, the same for the same chart and no other on the page.
fn name_of(kind: &str, parts: &[&str]) -> String {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for byte in parts.iter().flat_map(|part| part.bytes().chain([0])) {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3);
    }
    format!("{kind}{hash:016x}")
}
