//! The line chart: what is meant in colour, the rest in grey, every line named where it ends.

use indicators::Maand;
use jiff::civil::Date;

use super::{
    Formaat, at, kleur,
    labels::{Flag, flags, folded, spread},
    name_of,
    scale::{Values, month_ticks},
    text_width,
};
use crate::{Grafiek, Lijn, Streep, html::escape, nl};

/// How many lines to compare with get a name; more would only be noise.
const NAMED: usize = 8;

/// The chart as an SVG element, with a title and a description for who does not see it.
pub fn lijngrafiek(grafiek: &Grafiek, formaat: Formaat) -> String {
    let sheet = Sheet::of(formaat);
    let scaled = in_handy_units(grafiek);
    let (height, drawing) = match Plot::new(&scaled, &sheet) {
        Some(plot) => (sheet.height, plot.draw()),
        None => (EMPTY, nothing(&sheet)),
    };
    let kind = if formaat == Formaat::Breed { "b" } else { "s" };
    let id = name_of(kind, &[&grafiek.titel, &grafiek.ondertitel, &grafiek.beschrijving]);
    format!(
        "<svg class=\"grafiek\" viewBox=\"0 0 {} {}\" role=\"img\" aria-labelledby=\"{id}t {id}d\" \
         font-size=\"{}\"><title id=\"{id}t\">{}</title><desc id=\"{id}d\">{}</desc>{drawing}</svg>",
        at(sheet.width),
        at(height),
        at(sheet.letter),
        escape(&grafiek.titel),
        escape(&grafiek.beschrijving),
    )
}

/// How high a picture without a line is.
const EMPTY: f64 = 64.0;

fn nothing(sheet: &Sheet) -> String {
    let (x, y) = (at(sheet.width / 2.0), at(EMPTY / 2.0));
    let colour = kleur::TEKST;
    format!(
        "<text x=\"{x}\" y=\"{y}\" text-anchor=\"middle\" fill=\"{colour}\">Geen cijfers in deze \
         periode</text>"
    )
}

/// The chart with large amounts of euros in thousands or millions; its table keeps the euros.
fn in_handy_units(grafiek: &Grafiek) -> Grafiek {
    let mut scaled = grafiek.clone();
    let largest = grafiek.lijnen.iter().flat_map(known).map(|point| point.1.abs());
    let largest = largest.fold(0.0, f64::max);
    let (factor, unit) = match grafiek.eenheid.as_str() {
        "euro" if largest >= 1e6 => (1e6, "miljoen euro"),
        "euro" if largest >= 1e4 => (1e3, "duizend euro"),
        _ => return scaled,
    };
    unit.clone_into(&mut scaled.eenheid);
    let points = scaled.lijnen.iter_mut().flat_map(|line| &mut line.punten);
    points.for_each(|point| point.1 = (point.1 / factor * 100.0).round() / 100.0);
    scaled
}

/// The paper that is drawn on.
struct Sheet {
    width: f64,
    height: f64,
    letter: f64,
    widest_label: f64,
    label_lines: usize,
    steps: f64,
    months: i32,
}

impl Sheet {
    fn of(formaat: Formaat) -> Sheet {
        match formaat {
            Formaat::Breed => Sheet {
                width: 760.0,
                height: 300.0,
                letter: 13.0,
                widest_label: 165.0,
                label_lines: 2,
                steps: 5.0,
                months: 8,
            },
            Formaat::Smal => Sheet {
                width: 360.0,
                height: 340.0,
                letter: 15.0,
                widest_label: 100.0,
                label_lines: 3,
                steps: 4.0,
                months: 3,
            },
        }
    }

    fn line_height(&self) -> f64 {
        self.letter * 1.25
    }
}

/// The name of a line, beside its end.
struct Label {
    lines: Vec<String>,
    main: bool,
    end: (Maand, f64),
}

impl Label {
    fn new(grafiek: &Grafiek, line: &Lijn, sheet: &Sheet, most_lines: usize) -> Option<Label> {
        let end = known(line).last()?;
        let name = if line.hoofd {
            format!("{} {}", line.naam, figure(grafiek, end.1, grafiek.decimalen()))
        } else {
            line.naam.clone()
        };
        let size = sheet.letter * weight(line.hoofd);
        // The line that is meant keeps its whole name.
        let most_lines = if line.hoofd { sheet.label_lines } else { most_lines };
        let lines = folded(&name, size, sheet.widest_label, most_lines);
        Some(Label { lines, main: line.hoofd, end })
    }

    fn width(&self, sheet: &Sheet) -> f64 {
        let size = sheet.letter * weight(self.main);
        self.lines.iter().map(|line| text_width(line, size)).fold(0.0, f64::max)
    }

    fn height(&self, sheet: &Sheet) -> f64 {
        self.lines.iter().map(|_| sheet.line_height()).sum()
    }
}

/// How much wider words are when they are bold.
fn weight(bold: bool) -> f64 {
    if bold { 1.14 } else { 1.0 }
}

/// A chart with its places worked out.
struct Plot<'a> {
    grafiek: &'a Grafiek,
    sheet: &'a Sheet,
    values: Values,
    first: Maand,
    last: Maand,
    labels: Vec<Label>,
    unnamed: usize,
    flags: Vec<Flag>,
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
}

impl<'a> Plot<'a> {
    /// The chart on this sheet; `None` when there is no point to draw.
    fn new(grafiek: &'a Grafiek, sheet: &'a Sheet) -> Option<Plot<'a>> {
        let points = || grafiek.lijnen.iter().flat_map(known);
        let first = points().map(|point| point.0).min()?;
        let last = points().map(|point| point.0).max()?;
        let values = Values::new(points().map(|point| point.1), sheet.steps);
        let (labels, unnamed) = labels(grafiek, sheet);
        let widest_tick = values
            .ticks
            .iter()
            .map(|tick| text_width(&figure(grafiek, *tick, values.decimals), sheet.letter))
            .fold(0.0, f64::max);
        let at_the_end = labels.iter().filter(|label| label.main || label.end.0 == last);
        let widest_label = at_the_end.map(|label| label.width(sheet)).fold(0.0, f64::max);
        let mut plot = Plot {
            grafiek,
            sheet,
            values,
            first,
            last,
            labels,
            unnamed,
            flags: Vec::new(),
            left: widest_tick + 10.0,
            right: sheet.width - widest_label - 14.0,
            top: sheet.line_height() + 16.0,
            bottom: sheet.height - sheet.line_height() - 10.0,
        };
        plot.place_breaks();
        Some(plot)
    }

    /// Gives every break within the months a place, and as many rows above the lines as they need.
    fn place_breaks(&mut self) {
        let shown = |day: &Date| {
            let month = Maand::van_dag(*day);
            self.first < month && month <= self.last
        };
        let lines: Vec<(f64, String)> = self
            .grafiek
            .breuken
            .iter()
            .filter(|(day, _)| shown(day))
            .map(|(day, what)| (self.x_of_day(*day), what.clone()))
            .collect();
        self.flags = flags(&lines, self.sheet.letter, self.left, self.sheet.width);
        let rows = self.flags.iter().map(|flag| flag.row + 1).max().unwrap_or(0);
        self.top += (0..rows).map(|_| self.sheet.line_height()).sum::<f64>();
    }

    fn draw(&self) -> String {
        [self.grid(), self.months(), self.breaks(), self.lines(), self.names()].concat()
    }

    fn x(&self, month: Maand) -> f64 {
        self.x_of_index(f64::from(month.index()))
    }

    /// A day lies between the end of the month before it and that of its own.
    fn x_of_day(&self, day: Date) -> f64 {
        let within = f64::from(day.day() - 1) / f64::from(day.days_in_month());
        self.x_of_index(f64::from(Maand::van_dag(day).index()) + within - 0.5)
    }

    fn x_of_index(&self, index: f64) -> f64 {
        let (first, last) = (f64::from(self.first.index()), f64::from(self.last.index()));
        if self.first == self.last {
            return (self.left + self.right) / 2.0;
        }
        self.left + (index - first) / (last - first) * (self.right - self.left)
    }

    fn y(&self, value: f64) -> f64 {
        let share = (value - self.values.low()) / (self.values.high() - self.values.low());
        self.bottom - share * (self.bottom - self.top)
    }

    /// The light lines with their figures, and above them what is counted and where the axis starts.
    fn grid(&self) -> String {
        let mut out = String::new();
        for tick in &self.values.ticks {
            let y = self.y(*tick);
            out.push_str(&format!(
                "<path d=\"M{} {y}H{}\" stroke=\"{}\"/><text x=\"{}\" y=\"{}\" text-anchor=\"end\" \
                 fill=\"{}\">{}</text>",
                at(self.left),
                at(self.right),
                kleur::RASTER,
                at(self.left - 8.0),
                at(y + self.sheet.letter * 0.34),
                kleur::TEKST,
                escape(&figure(self.grafiek, *tick, self.values.decimals)),
                y = at(y),
            ));
        }
        let unit = if self.grafiek.eenheid == "%" { "" } else { self.grafiek.eenheid.as_str() };
        let low = self.values.low();
        let base = if low > 0.0 {
            format!("schaal begint bij {}", figure(self.grafiek, low, self.values.decimals))
        } else {
            String::new()
        };
        let unnamed = match self.unnamed {
            0 => String::new(),
            more => format!("{more} zonder naam"),
        };
        let parts = [unit, &base, &unnamed];
        let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        let text = super::shortened(&parts.join("; "), self.sheet.letter, self.sheet.width);
        if !text.is_empty() {
            out.push_str(&format!(
                "<text x=\"0\" y=\"{}\" fill=\"{}\">{}</text>",
                at(self.sheet.letter),
                kleur::TEKST,
                escape(&text)
            ));
        }
        out
    }

    fn months(&self) -> String {
        let mut out = String::new();
        for (month, name) in month_ticks(self.first, self.last, self.sheet.months) {
            let x = self.x(month);
            let half = text_width(&name, self.sheet.letter) / 2.0;
            out.push_str(&format!(
                "<path d=\"M{} {}v5\" stroke=\"{}\"/><text x=\"{}\" y=\"{}\" text-anchor=\"middle\" \
                 fill=\"{}\">{name}</text>",
                at(x),
                at(self.bottom),
                kleur::ANDER,
                at(x.clamp(half, self.sheet.width - half)),
                at(self.bottom + self.sheet.line_height() + 4.0),
                kleur::TEKST,
            ));
        }
        out
    }

    /// The days on which the series changes meaning: lines first, so that no line lies over a label.
    fn breaks(&self) -> String {
        let row = |flag: &Flag| (0..flag.row + 2).map(|_| self.sheet.line_height()).sum::<f64>();
        let line = |flag: &Flag| {
            let above = if flag.covers_its_line() { -4.0 } else { self.sheet.letter };
            format!(
                "<path d=\"M{} {}V{}\" stroke=\"{}\" stroke-dasharray=\"3 4\"/>",
                at(flag.x),
                at(row(flag) - above),
                at(self.bottom),
                kleur::BREUK,
            )
        };
        let name = |flag: &Flag| word(flag.from, row(flag), &flag.text, kleur::BREUK, "400");
        self.flags.iter().map(line).chain(self.flags.iter().map(name)).collect()
    }

    /// The lines: those to compare with first, so that the one that is meant lies on top.
    fn lines(&self) -> String {
        let (main, other): (Vec<&Lijn>, Vec<&Lijn>) =
            self.grafiek.lijnen.iter().partition(|line| line.hoofd);
        other.into_iter().chain(main).map(|line| self.line(line)).collect()
    }

    fn line(&self, line: &Lijn) -> String {
        let (colour, width) =
            if line.hoofd { (kleur::ACCENT, "2.5") } else { (kleur::ANDER, "1.5") };
        let dashes = match line.streep {
            Streep::Doorgetrokken => "",
            Streep::Gestreept => " stroke-dasharray=\"7 4\"",
            Streep::Gestippeld => " stroke-dasharray=\"2 4\"",
        };
        let mut out = String::new();
        for part in line.punten.split(|point| !point.1.is_finite()) {
            let points: Vec<String> =
                part.iter().map(|&(m, v)| format!("{},{}", at(self.x(m)), at(self.y(v)))).collect();
            out.push_str(&match points.as_slice() {
                [] => continue,
                [_] => self.dot(part[0], colour),
                points => format!(
                    "<polyline points=\"{}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"{width}\" \
                     stroke-linejoin=\"round\"{dashes}/>",
                    points.join(" ")
                ),
            });
        }
        if line.hoofd {
            out.push_str(&self.ends(line));
        }
        out
    }

    /// Dots at both ends of the line that is meant, and the figure at its start unless that is zero.
    fn ends(&self, line: &Lijn) -> String {
        let points: Vec<(Maand, f64)> = known(line).collect();
        let (Some(&first), Some(&last)) = (points.first(), points.last()) else {
            return String::new();
        };
        let mut out = self.dot(last, kleur::ACCENT);
        if first.0 != last.0 {
            let soon = points.iter().take(6).next_back().map_or(first.1, |point| point.1);
            let row = self.sheet.line_height();
            let (above, under) = (self.y(first.1) - self.top, self.bottom - self.y(first.1));
            let below = (soon > first.1 && under > row * 1.4) || above < row * 0.5;
            let dy = if below { row + 2.0 } else { -self.sheet.letter * 0.7 };
            let value = figure(self.grafiek, first.1, self.grafiek.decimalen());
            let (x, y) = (self.x(first.0) + 6.0, self.y(first.1) + dy);
            out.push_str(&self.dot(first, kleur::ACCENT));
            if first.1 != 0.0 {
                out.push_str(&word(x, y, &value, kleur::ACCENT, "600"));
            }
        }
        out
    }

    fn dot(&self, (month, value): (Maand, f64), colour: &str) -> String {
        let (x, y) = (at(self.x(month)), at(self.y(value)));
        format!("<circle cx=\"{x}\" cy=\"{y}\" r=\"4\" fill=\"{colour}\"/>")
    }

    /// The names of the lines: beside their ends where there is room, else all to the right.
    fn names(&self) -> String {
        let has_room = |label: &&Label| {
            self.x(label.end.0) + 10.0 + label.width(self.sheet) <= self.right - 10.0
        };
        let (inside, outside): (Vec<&Label>, Vec<&Label>) = self.labels.iter().partition(has_room);
        let mut months: Vec<Maand> = inside.iter().map(|label| label.end.0).collect();
        months.sort_unstable();
        months.dedup();
        let mut out = self.column(&outside, self.right + 12.0);
        for month in months {
            let here: Vec<&Label> =
                inside.iter().filter(|label| label.end.0 == month).copied().collect();
            out.push_str(&self.column(&here, self.x(month) + 10.0));
        }
        out
    }

    /// Names under each other, moved apart, each tied to its line when it lies elsewhere.
    fn column(&self, labels: &[&Label], left: f64) -> String {
        let row = self.sheet.line_height();
        let wanted: Vec<f64> = labels.iter().map(|label| self.y(label.end.1)).collect();
        let heights: Vec<f64> = labels.iter().map(|label| label.height(self.sheet)).collect();
        let placed = spread(&wanted, &heights, self.top - row, self.bottom + row / 2.0);
        let mut out = String::new();
        for ((label, middle), height) in labels.iter().zip(placed).zip(heights) {
            let (x, y) = (self.x(label.end.0), self.y(label.end.1));
            if (middle - y).abs() > row / 2.0 || left - x > 14.0 {
                out.push_str(&format!(
                    "<path d=\"M{} {}L{} {}\" stroke=\"{}\" stroke-width=\"0.75\" fill=\"none\"/>",
                    at(x + 4.0),
                    at(y),
                    at(left - 3.0),
                    at(middle),
                    kleur::ANDER,
                ));
            }
            let mut baseline = middle - height / 2.0 + self.sheet.letter;
            let (colour, weight) =
                if label.main { (kleur::ACCENT, "600") } else { (kleur::TEKST, "400") };
            for line in &label.lines {
                out.push_str(&word(left, baseline, line, colour, weight));
                baseline += row;
            }
        }
        out
    }
}

/// Which lines get a name, and how many do not: of many to compare with, the highest and lowest.
///
/// Names take fewer lines first, and are left out next, until all fit under each other.
fn labels(grafiek: &Grafiek, sheet: &Sheet) -> (Vec<Label>, usize) {
    let named = |most_lines: usize, most: usize| {
        let label = |line: &Lijn| Label::new(grafiek, line, sheet, most_lines);
        let all = grafiek.lijnen.iter().filter_map(label);
        let (main, mut other): (Vec<Label>, Vec<Label>) = all.partition(|label| label.main);
        let unnamed = other.len().saturating_sub(most);
        if unnamed > 0 {
            other.sort_by(|a, b| b.end.1.total_cmp(&a.end.1));
            other.drain(most.div_ceil(2)..most.div_ceil(2) + unnamed);
        }
        (main.into_iter().chain(other).collect::<Vec<Label>>(), unnamed)
    };
    let room = sheet.height * 0.7;
    let fits = |(labels, _): &(Vec<Label>, usize)| {
        labels.iter().map(|label| label.height(sheet)).sum::<f64>() <= room
    };
    let fewer_lines = (2..=sheet.label_lines).rev().map(|lines| named(lines, NAMED));
    let fewer_names = (0..NAMED).rev().map(|most| named(2, most));
    fewer_lines.chain(fewer_names).find(fits).unwrap_or_else(|| named(1, 0))
}

fn known(line: &Lijn) -> impl Iterator<Item = (Maand, f64)> {
    line.punten.iter().copied().filter(|point| point.1.is_finite())
}

fn figure(grafiek: &Grafiek, value: f64, decimals: u8) -> String {
    let text = nl::getal(value, decimals);
    if grafiek.eenheid == "%" { text + " %" } else { text }
}

/// A word in the picture, with an edge of the background so that lines do not run through it.
fn word(x: f64, y: f64, text: &str, colour: &str, weight: &str) -> String {
    format!(
        "<text x=\"{}\" y=\"{}\" fill=\"{colour}\" font-weight=\"{weight}\" stroke=\"{}\" \
         stroke-width=\"4\" stroke-linejoin=\"round\" paint-order=\"stroke\">{}</text>",
        at(x),
        at(y),
        kleur::VLAK,
        escape(text)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::voorbeeld;

    fn chart(lines: Vec<Vec<f64>>) -> Grafiek {
        let month = voorbeeld::maand("2017-01");
        let points = |values: Vec<f64>| {
            (0..).map(|n| month.plus(n)).zip(values).collect::<Vec<(Maand, f64)>>()
        };
        let line = |(at, values): (usize, Vec<f64>)| Lijn {
            naam: format!("Team {at}"),
            punten: points(values),
            hoofd: at == 0,
            streep: Streep::Doorgetrokken,
        };
        let lijnen = lines.into_iter().enumerate().map(line).collect();
        Grafiek { titel: "Per team".to_owned(), lijnen, ..Grafiek::default() }
    }

    /// Draws both forms and checks what holds for every picture.
    fn check(grafiek: &Grafiek) -> [String; 2] {
        [Formaat::Breed, Formaat::Smal].map(|formaat| {
            let svg = lijngrafiek(grafiek, formaat);
            assert!(!svg.contains("NaN") && !svg.contains("inf"), "{svg}");
            assert!(
                svg.contains("<title") && svg.contains("<desc") && svg.contains("role=\"img\"")
            );
            assert!(!svg.contains("rotate"), "text is horizontal");
            assert!(svg.matches(kleur::RASTER).count() <= 10, "at most ten grid lines");
            svg
        })
    }

    #[test]
    fn odd_series_are_drawn_too() {
        for (lines, expected) in [
            (vec![], "Geen cijfers in deze periode"),
            (vec![vec![]], "Geen cijfers in deze periode"),
            (vec![vec![f64::NAN]], "Geen cijfers in deze periode"),
            (vec![vec![5.0]], "<circle"),
            (vec![vec![5.0, 5.0, 5.0]], "<polyline"),
            (vec![vec![0.0, 0.0]], "<polyline"),
            (vec![vec![-5.0, 5.0]], "<polyline"),
            (vec![vec![1.0, 2.0, f64::NAN, 4.0]], "<circle"),
        ] {
            for svg in check(&chart(lines.clone())) {
                assert!(svg.contains(expected), "{lines:?}: {svg}");
            }
        }
    }

    #[test]
    fn of_many_lines_only_the_ends_are_named() {
        let lines = (0..20_u8).map(|n| vec![1.0, f64::from(n)]).collect();
        let [wide, narrow] = check(&chart(lines));
        assert!(wide.contains("zonder naam"));
        assert!(
            wide.contains(">Team 19<") && wide.contains(">Team 1<") && !wide.contains(">Team 10<")
        );
        assert_eq!(narrow.matches("<polyline").count(), 20);
    }

    #[test]
    fn a_base_other_than_zero_is_said() {
        let [wide, narrow] = check(&voorbeeld::grafiek());
        for svg in [&wide, &narrow] {
            assert!(svg.contains("cliënten; schaal begint bij 300"), "{svg}");
            assert!(svg.contains("teams in gemeentelijke dienst"));
            assert!(svg.contains(">349<") && svg.contains("502<"));
        }
        assert!(!check(&chart(vec![vec![0.0, 9.0]]))[0].contains("schaal"));
    }
}
