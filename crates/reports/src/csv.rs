//! Tables as CSV that a Dutch spreadsheet opens without questions.

use crate::{Cel, Kolom, Report, Tabel, nl};

/// The table as CSV: `;`, decimal comma, UTF-8 with BOM, CRLF, and no cell that runs as a formula.
pub fn tabel(tabel: &Tabel) -> Vec<u8> {
    let mut writer = ::csv::WriterBuilder::new()
        .delimiter(b';')
        .terminator(::csv::Terminator::CRLF)
        .from_writer("\u{feff}".as_bytes().to_vec());
    let heading: Vec<String> = tabel.kolommen.iter().map(|column| harmless(&column.naam)).collect();
    writer.write_record(&heading).expect("memory takes every record");
    for row in &tabel.rijen {
        let cells: Vec<String> = tabel.cells(row).map(|(_, cell)| field(cell)).collect();
        writer.write_record(&cells).expect("every record has one field per column");
    }
    writer.into_inner().expect("memory takes every record")
}

/// All tables of a document as one: a first column names the table, columns of one name are one.
pub fn report(report: &Report) -> Vec<u8> {
    let mut all = Tabel { kolommen: vec![Kolom::links("Tabel")], ..Tabel::default() };
    for table in report.tabellen() {
        for column in &table.kolommen {
            if all.kolommen[1..].iter().all(|known| known.naam != column.naam) {
                all.kolommen.push(column.clone());
            }
        }
    }
    for table in report.tabellen() {
        for row in &table.rijen {
            let named: Vec<(&Kolom, &Cel)> = table.cells(row).collect();
            let cell = |column: &Kolom| {
                let found = named.iter().find(|(known, _)| known.naam == column.naam);
                found.map_or(Cel::Leeg, |(_, cell)| (*cell).clone())
            };
            let cells = all.kolommen[1..].iter().map(cell);
            all.rijen.push(std::iter::once(Cel::tekst(&table.titel)).chain(cells).collect());
        }
    }
    tabel(&all)
}

fn field(cell: &Cel) -> String {
    match cell {
        Cel::Tekst(text) => harmless(text),
        Cel::Aantal(count) => count.to_string(),
        Cel::Getal { waarde, .. } if !waarde.is_finite() => String::new(),
        Cel::Getal { waarde, decimalen } => nl::getal(*waarde, *decimalen).replace('.', ""),
        Cel::Percentage(share) if !share.is_finite() => String::new(),
        Cel::Percentage(share) => nl::getal(share * 100.0, 1).replace('.', "") + "%",
        Cel::Bedrag(amount) => nl::bedrag(*amount).replace(['€', ' ', '.'], ""),
        Cel::Maand(month) => month.to_string(),
        Cel::Datum(day) => nl::datum(*day),
        Cel::Leeg => String::new(),
    }
}

/// The text with an apostrophe before it when a spreadsheet could run it.
fn harmless(text: &str) -> String {
    let first = text.trim_start_matches(' ').chars().next();
    let runs = matches!(
        first,
        Some('=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '＝' | '＋' | '－' | '＠')
    );
    if runs && !is_number(text) { format!("'{text}") } else { text.to_owned() }
}

/// Whether the text is a sign followed by digits with separators, perhaps a percentage.
fn is_number(text: &str) -> bool {
    let text = text.trim();
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let digits = digits.strip_suffix('%').unwrap_or(digits).trim_end();
    digits.starts_with(|first: char| first.is_ascii_digit())
        && digits.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b','))
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;
    use crate::voorbeeld;

    #[test]
    fn a_table_opens_in_a_dutch_spreadsheet() {
        let bytes = tabel(&voorbeeld::tabel());
        assert!(bytes.starts_with(b"\xEF\xBB\xBFWat;"), "no byte order mark");
        let text = String::from_utf8(bytes).unwrap();
        assert_eq!(text.matches("\r\n").count(), text.matches('\n').count());
        expect![[r#"
            Wat;Aantal;Getal;Aandeel;Kosten;Maand;Dag
            Begeleiding <zwaar>;1234;1234,5;43,8%;1234,56;2017-12;05-01-2018
            "Dagbesteding; ""licht""";-5;;;;;
        "#]]
        .assert_eq(&text.trim_start_matches('\u{feff}').replace("\r\n", "\n"));
    }

    #[test]
    fn the_tables_of_a_document_share_their_columns() {
        let text = report(&crate::maandrapport(&voorbeeld::maandtabel()));
        expect![[r#"
            Tabel;Soort;Telt;jan 2019;feb 2019;mrt 2019;Prognose jaar;Ondergrens 95 %;Bovengrens 95 %
            Stand op de laatste dag van de maand, januari t/m maart 2019;Totaal;cliënten;1331;1342;1349;1380;1310;1450
            Stand op de laatste dag van de maand, januari t/m maart 2019;Totaal;voorzieningen;1487;1501;1516;;;
            Stand op de laatste dag van de maand, januari t/m maart 2019;Begeleiding, ZIN;cliënten;393;394;401;430;401;459
            Toegekend sinds 1 januari, opgeteld, januari t/m maart 2019;Totaal;indicaties;61;118;187;;;
        "#]].assert_eq(
            &String::from_utf8(text).unwrap().trim_start_matches('\u{feff}').replace("\r\n", "\n"),
        );
    }

    #[test]
    fn only_what_could_run_is_neutralised() {
        for (text, safe) in [
            ("=1+1", "'=1+1"),
            ("+31 6", "'+31 6"),
            ("-5", "-5"),
            ("-1.234,5", "-1.234,5"),
            ("+43,8 %", "+43,8 %"),
            ("-1+cmd", "'-1+cmd"),
            ("-", "'-"),
            ("@SOM(A1)", "'@SOM(A1)"),
            ("\t=1", "'\t=1"),
            ("\r=1", "'\r=1"),
            (" =1", "' =1"),
            ("+,", "'+,"),
            ("Team Noord", "Team Noord"),
            ("", ""),
        ] {
            assert_eq!(harmless(text), safe);
        }
    }
}
