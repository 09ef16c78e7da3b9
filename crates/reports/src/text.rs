//! Documents and tables for a terminal.

use crate::{Blok, Cel, Report, Tabel};

const WIDTH: usize = 100;
const WIDEST_CELL: [usize; 4] = [48, 36, 26, 18];

/// The document as plain text, wrapped at 100 characters.
pub fn report(report: &Report) -> String {
    let mut out = underlined(&report.titel, '=');
    if !report.onderschrift.is_empty() {
        out.push_str(&paragraph(&report.onderschrift, ""));
    }
    if !report.reikwijdte.is_empty() {
        out.push_str(&paragraph(&format!("[{}]", report.reikwijdte.join("] [")), ""));
    }
    for block in &report.blokken {
        out.push('\n');
        out.push_str(&blok(block));
    }
    out
}

/// The table in columns, figures to the right, with a title above and notes below.
///
/// Words wrap within their cell, narrower as the table is wider.
pub fn tabel(tabel: &Tabel) -> String {
    let title = if tabel.titel.is_empty() { String::new() } else { paragraph(&tabel.titel, "") };
    let laid_out = WIDEST_CELL.map(|widest| columns(tabel, widest));
    let fits = |text: &&String| text.lines().all(|line| width(line) <= WIDTH);
    let best = laid_out.iter().find(fits).unwrap_or(&laid_out[laid_out.len() - 1]);
    let notes: String = tabel.noten.iter().map(|note| paragraph(note, "  ")).collect();
    title + best + &notes
}

/// The rows under their headings, with words wrapped at this width.
fn columns(table: &Tabel, widest: usize) -> String {
    let heading: Vec<Vec<String>> =
        table.kolommen.iter().map(|column| wrap(&printable(&column.naam), widest)).collect();
    let rows: Vec<Vec<Vec<String>>> = table
        .rijen
        .iter()
        .map(|row| table.cells(row).map(|(_, cell)| lines(cell, widest)).collect())
        .collect();
    let widths: Vec<usize> = (0..heading.len())
        .map(|at| {
            let cells = rows.iter().chain([&heading]).flat_map(|row| &row[at]);
            cells.map(|line| width(line)).max().unwrap_or(0)
        })
        .collect();
    let rules: Vec<String> = widths.iter().map(|width| "-".repeat(*width)).collect();
    let mut out = line(table, &heading, &widths) + &rules.join("  ") + "\n";
    rows.iter().for_each(|row| out.push_str(&line(table, row, &widths)));
    if rows.is_empty() {
        out.push_str("(geen rijen)\n");
    }
    out
}

/// Words in lines; a figure stays whole.
fn lines(cell: &Cel, widest: usize) -> Vec<String> {
    match cell {
        Cel::Tekst(text) => wrap(&printable(text), widest),
        Cel::Leeg => vec!["-".to_owned()],
        figure => vec![figure.als_tekst()],
    }
}

fn blok(block: &Blok) -> String {
    match block {
        Blok::Kop(text) => underlined(text, '-'),
        Blok::Tussenkop(text) => paragraph(text, ""),
        Blok::Alinea(text) => paragraph(text, ""),
        Blok::Lijst(points) => points.iter().map(|point| hanging("- ", point)).collect(),
        Blok::Waarschuwing { titel, tekst } => hanging("! ", titel) + &paragraph(tekst, "  "),
        Blok::InTeVullen(what) => hanging("> ", &format!("In te vullen door de gemeente: {what}")),
        Blok::Tabel(table) => tabel(table),
        Blok::Grafiek(chart) => {
            let intro = [&chart.titel, &chart.ondertitel, &chart.beschrijving];
            let words: String =
                intro.iter().filter(|t| !t.is_empty()).map(|t| paragraph(t, "")).collect();
            words + &tabel(&Tabel { titel: String::new(), ..chart.als_tabel() })
        }
        Blok::Kenmerken(pairs) => {
            let widest = pairs.iter().map(|(name, _)| width(name)).max().unwrap_or(0);
            pairs
                .iter()
                .map(|(name, value)| format!("{}  {value}\n", pad(name, widest, false)))
                .collect()
        }
    }
}

/// One row of a table, over as many lines as its highest cell has.
fn line(table: &Tabel, cells: &[Vec<String>], widths: &[usize]) -> String {
    let height = cells.iter().map(Vec::len).max().unwrap_or(1);
    let mut out = String::new();
    for at in 0..height {
        let parts: Vec<String> = cells
            .iter()
            .zip(&table.kolommen)
            .zip(widths)
            .map(|((cell, column), width)| {
                pad(cell.get(at).map_or("", String::as_str), *width, column.rechts)
            })
            .collect();
        out.push_str(parts.join("  ").trim_end());
        out.push('\n');
    }
    out
}

/// The text without characters that would move the cursor of a terminal.
fn printable(text: &str) -> String {
    text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect()
}

fn underlined(text: &str, with: char) -> String {
    let lines = wrap(&printable(text), WIDTH);
    let widest = lines.iter().map(|line| width(line)).max().unwrap_or(0);
    format!("{}\n{}\n", lines.join("\n"), with.to_string().repeat(widest))
}

fn paragraph(text: &str, indent: &str) -> String {
    let lines = wrap(&printable(text), WIDTH - indent.len());
    lines.iter().map(|line| format!("{indent}{line}\n")).collect()
}

fn hanging(mark: &str, text: &str) -> String {
    let indent = " ".repeat(mark.len());
    paragraph(text, &indent).replacen(&indent, mark, 1)
}

/// The text in lines of at most this width, broken between words; a longer word stays whole.
fn wrap(text: &str, at_most: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let last = lines.last_mut().expect("there is always a line");
        if word.starts_with('%') && !last.is_empty() {
            // A figure keeps its percent sign.
            last.push(' ');
            last.push_str(word);
        } else if last.is_empty() {
            last.push_str(word);
        } else if width(last) + 1 + width(word) <= at_most {
            last.push(' ');
            last.push_str(word);
        } else {
            lines.push(word.to_owned());
        }
    }
    lines
}

fn pad(text: &str, to: usize, right: bool) -> String {
    let space = " ".repeat(to.saturating_sub(width(text)));
    if right { space + text } else { text.to_owned() + &space }
}

/// How many columns the text takes: a character each, and none for a combining accent.
fn width(text: &str) -> usize {
    text.chars()
        .filter(|letter| !matches!(letter, '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200d}'))
        .count()
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;
    use crate::voorbeeld;

    #[test]
    fn figures_stand_under_each_other() {
        expect![[r#"
            Soorten & maten
            Wat                    Aantal    Getal  Aandeel      Kosten     Maand         Dag
            ---------------------  ------  -------  -------  ----------  --------  ----------
            Begeleiding <zwaar>     1.234  1.234,5   43,8 %  € 1.234,56  dec 2017  05-01-2018
            Dagbesteding; "licht"      -5        -        -           -         -           -
              Een inwoner kan meer dan één soort hebben.
        "#]]
        .assert_eq(&tabel(&voorbeeld::tabel()));
    }

    #[test]
    fn a_document_fits_a_terminal() {
        let mut document = voorbeeld::report();
        document.blokken.push(Blok::Alinea("woord ".repeat(60) + "\u{1b}[2J"));
        let shown = report(&document);
        assert!(!shown.contains('\u{1b}'), "an escape sequence reached the terminal");
        let tables = shown.lines().filter(|line| line.starts_with("Maand") || line.contains("  "));
        let prose = shown.lines().filter(|line| !line.contains("  "));
        assert!(tables.count() > 0);
        prose.for_each(|line| assert!(width(line) <= WIDTH, "{line}"));
    }

    #[test]
    fn words_wrap_without_being_lost() {
        let lines = wrap("één twee drie vier", 9);
        assert_eq!(lines, ["één twee", "drie vier"]);
        assert_eq!(wrap("", 9), [""]);
        assert_eq!(wrap("een groei 59 %", 9), ["een groei", "59 %"]);
    }
}
