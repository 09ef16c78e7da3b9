//! The small chart: one line without axes, for many side by side.

use super::{at, kleur, name_of, scale::Values, text_width};
use crate::{Lijn, html::escape, nl};

const WIDTH: f64 = 230.0;
const LEFT: f64 = 5.0;
const TOP: f64 = 10.0;
const BOTTOM: f64 = 76.0;
const LETTER: f64 = 13.0;

/// The line as a small SVG element between its first and last month, with its last figure.
///
/// With a `schaal` (lowest and highest value) several small charts can be compared by height;
/// without, each has its own.
pub fn klein(lijn: &Lijn, eenheid: &str, decimalen: u8, schaal: Option<(f64, f64)>) -> String {
    let points: Vec<_> = lijn.punten.iter().filter(|point| point.1.is_finite()).collect();
    let name = escape(&lijn.naam);
    let (Some(first), Some(last)) = (points.first(), points.last()) else {
        return format!(
            "<svg class=\"grafiek klein\" viewBox=\"0 0 230 96\" role=\"img\" aria-label=\"{name}: geen \
             cijfers\" font-size=\"13\"><text x=\"5\" y=\"50\" fill=\"{}\">Geen cijfers</text></svg>",
            kleur::TEKST
        );
    };
    let figure = |value: f64| {
        let text = nl::getal(value, decimalen);
        if eenheid == "%" { text + " %" } else { text }
    };
    let end = figure(last.1);
    let right = WIDTH - text_width(&end, LETTER) * 1.14 - 14.0;
    let (low, high) = schaal.filter(|(low, high)| high > low).unwrap_or_else(|| {
        let axis = Values::new(points.iter().map(|point| point.1), 3.0);
        (axis.low(), axis.high())
    });
    let months = f64::from((last.0.index() - first.0.index()).max(1));
    let x = |index: i32| LEFT + f64::from(index - first.0.index()) / months * (right - LEFT);
    let y = |value: f64| BOTTOM - ((value - low) / (high - low)).clamp(0.0, 1.0) * (BOTTOM - TOP);
    let coordinates: Vec<String> =
        points.iter().map(|(m, v)| format!("{},{}", at(x(m.index())), at(y(*v)))).collect();
    let (end_x, end_y) = (x(last.0.index()), y(last.1));
    let unit = if eenheid == "%" { String::new() } else { format!(" {}", escape(eenheid)) };
    format!(
        "<svg class=\"grafiek klein\" viewBox=\"0 0 230 96\" role=\"img\" aria-labelledby=\"{id}\" \
         font-size=\"{LETTER}\"><title id=\"{id}\">{name}: van {} in {} naar {end}{unit} in {}</title>\
         <path d=\"M{LEFT} {BOTTOM}H{right}\" stroke=\"{grid}\"/>\
         <polyline points=\"{points}\" fill=\"none\" stroke=\"{accent}\" stroke-width=\"2\" \
         stroke-linejoin=\"round\"/><circle cx=\"{end_x}\" cy=\"{end_y}\" r=\"3\" fill=\"{accent}\"/>\
         <text x=\"{label_x}\" y=\"{label_y}\" fill=\"{accent}\" font-weight=\"600\">{end}</text>\
         <text x=\"{LEFT}\" y=\"92\" fill=\"{text}\">{van}</text>\
         <text x=\"{right}\" y=\"92\" text-anchor=\"end\" fill=\"{text}\">{tot}</text></svg>",
        figure(first.1),
        nl::maand(first.0),
        nl::maand(last.0),
        id = name_of("k", &[&lijn.naam, &coordinates.concat()]),
        right = at(right),
        grid = kleur::ANDER,
        accent = kleur::ACCENT,
        points = coordinates.join(" "),
        end_x = at(end_x),
        end_y = at(end_y),
        label_x = at(end_x + 8.0),
        label_y = at(end_y + LETTER * 0.35),
        text = kleur::TEKST,
        van = nl::maand_kort(first.0),
        tot = if first.0 == last.0 { String::new() } else { nl::maand_kort(last.0) },
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::voorbeeld;

    #[test]
    fn a_small_chart_tells_its_ends_in_words() {
        let line = voorbeeld::grafiek().lijnen.remove(0);
        let svg = klein(&line, "cliënten", 0, None);
        assert!(
            svg.contains("Wijkerveen: van 349 in januari 2015 naar 502 cliënten in december 2017")
        );
        assert!(klein(&Lijn::default(), "", 0, None).contains("geen cijfers"));
        let single = Lijn { punten: vec![(voorbeeld::maand("2017-01"), 5.0)], ..line };
        assert!(!klein(&single, "%", 1, Some((5.0, 5.0))).contains("NaN"));
    }
}
