//! Tables as a workbook with typed cells.

use jiff::civil::Date;
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

use crate::{Cel, Kolom, Report, Tabel};

const HEADING: u32 = 2;

/// The tables as a workbook with a sheet each; the same tables and day give the same bytes.
///
/// # Errors
///
/// When a table has more rows, columns or letters in a cell than a sheet can hold.
pub fn werkmap(tabellen: &[Tabel], gemaakt: Date) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&excel_date(gemaakt)?));
    let mut taken = Vec::new();
    for table in tabellen {
        let name = sheet_name(&table.titel, &taken);
        let sheet = workbook.add_worksheet();
        sheet.set_name(&name)?;
        taken.push(name);
        fill(sheet, table)?;
    }
    if tabellen.is_empty() {
        workbook.add_worksheet().set_name("Leeg")?;
    }
    workbook.save_to_buffer()
}

/// The tables of a document as a workbook.
///
/// # Errors
///
/// As [`werkmap`].
pub fn report(report: &Report, gemaakt: Date) -> Result<Vec<u8>, XlsxError> {
    let tables: Vec<Tabel> = report.tabellen().cloned().collect();
    werkmap(&tables, gemaakt)
}

fn fill(sheet: &mut Worksheet, table: &Tabel) -> Result<(), XlsxError> {
    let bold = Format::new().set_bold();
    sheet.write_string_with_format(0, 0, &table.titel, &bold.clone().set_font_size(14))?;
    for (column, kolom) in (0_u16..).zip(&table.kolommen) {
        let heading = bold.clone().set_border_bottom(FormatBorder::Medium).set_text_wrap();
        let heading = if kolom.rechts { heading.set_align(FormatAlign::Right) } else { heading };
        sheet.write_string_with_format(HEADING, column, &kolom.naam, &heading)?;
        sheet.set_column_width(column, column_width(table, usize::from(column), kolom))?;
    }
    let mut row = HEADING + 1;
    for cells in &table.rijen {
        for (column, (_, cell)) in (0_u16..).zip(table.cells(cells)) {
            write(sheet, row, column, cell)?;
        }
        row += 1;
    }
    for note in &table.noten {
        row += 1;
        sheet.write_string_with_format(row, 0, note, &Format::new().set_italic())?;
    }
    sheet.set_freeze_panes(HEADING + 1, 0)?;
    sheet.set_repeat_rows(HEADING, HEADING)?;
    sheet.set_landscape().set_print_fit_to_pages(1, 0);
    sheet.set_paper_size(9).set_footer("&L&A&R&P van &N");
    Ok(())
}

/// Writes a cell with its type. Words are always written as words: a sheet never runs them.
fn write(sheet: &mut Worksheet, row: u32, column: u16, cell: &Cel) -> Result<(), XlsxError> {
    let (number, format) = match cell {
        Cel::Leeg => return Ok(()),
        Cel::Tekst(text) => {
            sheet.write_string(row, column, text)?;
            return Ok(());
        }
        Cel::Maand(month) => return date(sheet, row, column, month.eerste_dag(), "mmm yyyy"),
        Cel::Datum(day) => return date(sheet, row, column, *day, "dd-mm-yyyy"),
        Cel::Aantal(count) => (*count as f64, "#,##0".to_owned()),
        Cel::Getal { waarde, decimalen: 0 } => (*waarde, "#,##0".to_owned()),
        Cel::Getal { waarde, decimalen } => {
            (*waarde, format!("#,##0.{}", "0".repeat(usize::from(*decimalen))))
        }
        Cel::Percentage(share) => (*share, "0.0%".to_owned()),
        Cel::Bedrag(amount) => (amount.0 as f64 / 100.0, "[$€-413] #,##0.00".to_owned()),
    };
    if number.is_finite() {
        sheet.write_number_with_format(
            row,
            column,
            number,
            &Format::new().set_num_format(format),
        )?;
    }
    Ok(())
}

fn date(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    day: Date,
    format: &str,
) -> Result<(), XlsxError> {
    let format = Format::new().set_num_format(format).set_align(FormatAlign::Right);
    match excel_date(day) {
        Ok(value) => sheet.write_datetime_with_format(row, column, value, &format)?,
        // A sheet counts days from 1900; an earlier day is still shown, as words.
        Err(_) => sheet.write_string_with_format(row, column, crate::nl::datum(day), &format)?,
    };
    Ok(())
}

fn excel_date(day: Date) -> Result<ExcelDateTime, XlsxError> {
    let (year, month) = (day.year().unsigned_abs(), day.month().unsigned_abs());
    ExcelDateTime::from_ymd(year, month, day.day().unsigned_abs())
}

fn column_width(table: &Tabel, at: usize, column: &Kolom) -> f64 {
    let letters = |text: &str| u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
    let cells = table.rijen.iter().filter_map(|row| row.get(at));
    let widest = cells.map(|cell| letters(&cell.als_tekst())).max().unwrap_or(0);
    f64::from((widest.max(letters(&column.naam).min(24)) + 2).clamp(10, 60))
}

/// A name that a workbook accepts and that no other sheet has.
fn sheet_name(title: &str, taken: &[String]) -> String {
    let clean: String =
        title.chars().filter(|c| !c.is_control() && !"[]:*?/\\".contains(*c)).collect();
    let clean = clean.trim_matches([' ', '\'']);
    let free = |name: &str| {
        let name = name.to_lowercase();
        !name.is_empty()
            && name != "history"
            && taken.iter().all(|other| other.to_lowercase() != name)
    };
    let base = if clean.is_empty() { "Tabel" } else { clean };
    let numbered = |n: usize| {
        let suffix = if n == 1 { String::new() } else { format!(" ({n})") };
        shortened(base, 31 - suffix.len()) + &suffix
    };
    (1..).map(numbered).find(|name| free(name)).expect("some number is free")
}

/// At most this many UTF-16 units, as a sheet counts its name.
fn shortened(text: &str, at_most: usize) -> String {
    let mut units = 0;
    let fits = |letter: &char| {
        units += letter.len_utf16();
        units <= at_most
    };
    text.chars().take_while(fits).collect::<String>().trim_end_matches([' ', '\'']).to_owned()
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Read};

    use jiff::civil::date;

    use super::*;
    use crate::voorbeeld;

    fn part(bytes: &[u8], name: &str) -> String {
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a zip");
        let mut text = String::new();
        archive.by_name(name).expect(name).read_to_string(&mut text).unwrap();
        text
    }

    #[test]
    fn cells_keep_their_type() {
        let bytes = werkmap(&[voorbeeld::tabel()], date(2018, 1, 15)).unwrap();
        let sheet = part(&bytes, "xl/worksheets/sheet1.xml");
        for value in
            ["<v>1234</v>", "<v>0.4384</v>", "<v>1234.56</v>", "<v>43070</v>", "<v>43105</v>"]
        {
            assert!(sheet.contains(value), "{value} not in {sheet}");
        }
        assert!(sheet.contains("<pane ySplit=\"3\""), "the heading is not frozen");
        let styles = part(&bytes, "xl/styles.xml");
        for format in ["0.0%", "dd-mm-yyyy", "mmm yyyy", "[$€-413] #,##0.00"] {
            assert!(styles.contains(format), "{format} not in {styles}");
        }
        let words = part(&bytes, "xl/sharedStrings.xml");
        assert!(
            words.contains("Begeleiding &lt;zwaar&gt;") && words.contains("meer dan één soort")
        );
    }

    #[test]
    fn words_never_become_a_formula() {
        let table = Tabel {
            titel: "=HYPERLINK(\"x\")".to_owned(),
            kolommen: vec![Kolom::links("=A1")],
            rijen: vec![vec![Cel::tekst("=1+1")], vec![Cel::tekst("@SOM(A1)")]],
            noten: vec!["=2".to_owned()],
        };
        let bytes = werkmap(&[table], date(2018, 1, 15)).unwrap();
        assert!(!part(&bytes, "xl/worksheets/sheet1.xml").contains("<f>"));
        assert!(part(&bytes, "xl/sharedStrings.xml").contains("=1+1"));
    }

    #[test]
    fn the_same_tables_give_the_same_bytes() {
        let make =
            || werkmap(&[voorbeeld::tabel(), voorbeeld::tabel()], date(2018, 1, 15)).unwrap();
        assert_eq!(make(), make());
        assert!(part(&make(), "docProps/core.xml").contains("2018-01-15T00:00:00Z"));
    }

    #[test]
    fn a_sheet_name_is_valid_and_its_own() {
        let taken = ["Cliënten".to_owned(), "Tabel".to_owned()];
        for (title, expected) in [
            ("Cliënten", "Cliënten (2)"),
            ("CLIËNTEN", "CLIËNTEN (2)"),
            ("per wijk/buurt: [2017]?", "per wijkbuurt 2017"),
            ("'", "Tabel (2)"),
            ("History", "History (2)"),
            ("Cliënten per soort ondersteuning, laatste dag", "Cliënten per soort ondersteunin"),
        ] {
            assert_eq!(sheet_name(title, &taken), expected);
        }
    }
}
