//! A letter as a tagged PDF: PDF/A-2a to keep, PDF/UA-1 to be read aloud.
//!
//! The fonts are opened for each letter: a set that is kept also keeps every word it ever shaped,
//! and those are words about clients.

use std::fmt;

use textris_pdf::{
    Color,
    build::{Text, Textris, bold, text},
    fonts::{FaceSource, Fonts},
    model::SectionContent,
    theme::{BoxStyle, ColumnWidth, ColumnWidths, HeadingSpacing, TableStyle, Theme},
};

use super::{Brief, Deel, tekens::printable};
use crate::nl;

static REGULAR: &[u8] = include_bytes!("../../fonts/NotoSans-Regular.ttf");
static BOLD: &[u8] = include_bytes!("../../fonts/NotoSans-Bold.ttf");

/// A letter that could not be set: the programmer's fault, since any text can be set.
#[derive(Debug)]
pub struct Zetfout(String);

impl fmt::Display for Zetfout {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "de brief kon niet worden opgemaakt: {}", self.0)
    }
}

impl std::error::Error for Zetfout {}

/// The letter as the bytes of a PDF file; the same letter gives the same bytes.
pub fn pdf(brief: &Brief) -> Result<Vec<u8>, Zetfout> {
    let fonts = fonts()?;
    let set = Zetter { fonts: &fonts };
    let mut doc = Textris::with_theme(theme());
    doc.title(set.line(&brief.onderwerp)).language("nl");
    doc.created_at(brief.datum.map_or(0, seconds));
    let marks = brief.kenmerken.first().map_or_else(String::new, |(_, value)| value.clone());
    let marks = set.line(&marks);
    doc.footer_left(SectionContent::Text(marks));
    doc.footer_right(SectionContent::page_counter(|page, total| {
        text(format!("Bladzijde {page} van {total}"))
    }));
    set.head(&mut doc, brief);
    for it in &brief.delen {
        set.part(&mut doc, it);
    }
    doc.spacer(10.0);
    doc.paragraph(set.lines(&brief.ondertekening));
    doc.render(&fonts).map_err(|it| Zetfout(it.to_string()))
}

/// The fonts of a letter; there is no slanted face, and nothing is set in one.
pub(super) fn fonts() -> Result<Fonts, Zetfout> {
    let face = FaceSource::new;
    let (regular, heavy) = ((face)(REGULAR), (face)(BOLD));
    Fonts::from_faces(regular, heavy, face(REGULAR), face(BOLD), face(REGULAR))
        .ok_or_else(|| Zetfout("een lettertype is onleesbaar".to_owned()))
}

/// The look of a letter: 11 points, wide margins, space for the window of an envelope.
fn theme() -> Theme {
    let mut theme = Theme::default();
    theme.page.margin_x = 68.0;
    theme.page.margin_y = 62.0;
    theme.font_size.body = 11.0;
    theme.font_size.chrome = 9.0;
    theme.font_size.h1 = 15.0;
    theme.font_size.h2 = 12.5;
    theme.spacing.block = 8.0;
    theme.spacing.line_height = 1.4;
    theme.spacing.heading_above = HeadingSpacing::uniform(16.0);
    theme.spacing.heading_below = HeadingSpacing::uniform(5.0);
    theme.palette.muted = Color::new(0x50, 0x50, 0x50);
    theme
}

/// Midnight of a day, counted from 1970.
fn seconds(day: jiff::civil::Date) -> i64 {
    let epoch = jiff::civil::date(1970, 1, 1);
    epoch.until(day).map_or(0, |it| i64::from(it.get_days()) * 86_400)
}

/// Puts the parts of a letter into a document.
struct Zetter<'a> {
    fonts: &'a Fonts,
}

impl Zetter<'_> {
    /// A text on one line.
    fn line(&self, words: &str) -> String {
        printable(self.fonts, words).replace('\n', " ")
    }

    /// Lines under each other.
    fn lines<T: AsRef<str>>(&self, lines: impl IntoIterator<Item = T>) -> Text {
        let mut out = Text::new();
        for (at, line) in lines.into_iter().enumerate() {
            out = if at > 0 { out.line_break() } else { out };
            out = out.normal(self.line(line.as_ref()));
        }
        out
    }

    fn head(&self, doc: &mut Textris, brief: &Brief) {
        doc.paragraph(bold(self.line(&brief.afzender.naam)));
        doc.paragraph(self.lines(&brief.afzender.regels));
        doc.spacer(26.0);
        doc.paragraph(self.lines(&brief.geadresseerde));
        doc.spacer(26.0);
        let day = brief.datum.map(|it| ("Datum".to_owned(), nl::datum_lang(it)));
        let marks: Vec<(String, String)> =
            day.into_iter().chain(brief.kenmerken.iter().cloned()).collect();
        self.pairs(doc, &marks);
        doc.h1(self.line(&brief.onderwerp));
        doc.paragraph(self.line(&brief.aanhef));
    }

    fn part(&self, doc: &mut Textris, deel: &Deel) {
        match deel {
            Deel::Kop(words) => {
                doc.h2(self.line(words));
            }
            Deel::Alinea(words) => {
                doc.paragraph(self.lines(words.lines()));
            }
            Deel::Lijst(points) => {
                doc.bullet_list(points.iter().map(|it| self.line(it)));
            }
            Deel::Gegevens(rows) => self.pairs(doc, rows),
            Deel::Tabel { kop, rijen } => {
                let style = TableStyle {
                    header_italic: false,
                    striped: false,
                    font_size: Some(10.0),
                    ..TableStyle::data()
                };
                let heads = kop.iter().map(|it| bold(self.line(it)));
                let cells = |row: &Vec<String>| row.iter().map(|it| self.line(it)).collect();
                let rows: Vec<Vec<String>> = rijen.iter().map(cells).collect();
                doc.table_styled(&style, heads, rows);
            }
            Deel::LetOp(words) => {
                let style = BoxStyle { padding_x: 10.0, padding_y: 8.0, ..BoxStyle::callout() };
                let words = self.line(words);
                doc.boxed_styled(&style, |inner| {
                    inner.paragraph(words);
                });
            }
            Deel::Strook { uitleg, vakjes, regels } => self.strip(doc, uitleg, vakjes, regels),
        }
    }

    /// Names in a narrow column with their values beside them.
    fn pairs(&self, doc: &mut Textris, rows: &[(String, String)]) {
        let widths = [ColumnWidth::Absolute(130.0), ColumnWidth::Fraction(1)];
        let style = TableStyle { columns: ColumnWidths::custom(widths), ..TableStyle::label() };
        let cells = |(name, value): &(String, String)| [self.line(name), self.line(value)];
        let rows: Vec<[String; 2]> = rows.iter().map(cells).collect();
        if !rows.is_empty() {
            doc.table_styled(&style, ["", ""], rows);
        }
    }

    fn strip(&self, doc: &mut Textris, uitleg: &str, vakjes: &[String], regels: &[String]) {
        doc.paragraph(self.line(uitleg));
        doc.task_list(vakjes.iter().map(|it| (false, self.line(it))));
        doc.label_table_with(|table| {
            for it in regels {
                table.fill_in(self.line(it));
            }
        });
    }
}
