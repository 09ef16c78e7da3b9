//! Documents as HTML: a page of its own, or a part of one.

use crate::{Blok, Cel, Grafiek, Report, STIJL, Tabel, svg};

/// The document as a page that needs nothing else: its stylesheet is in it.
pub fn document(report: &Report) -> String {
    format!(
        "<!doctype html>\n<html lang=\"nl\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{title}</title>\n<style>\n{STIJL}\n\
         @page {{ @top-left {{ content: {heading}; font: 9pt sans-serif; color: #50616b; }} }}\n</style>\n\
         </head>\n<body>\n<main id=\"inhoud\" class=\"document\">\n{body}</main>\n</body>\n</html>\n",
        title = escape(&report.titel),
        heading = css_string(&report.titel),
        body = fragment(report),
    )
}

/// The document from its `h1` on, for within a page.
pub fn fragment(report: &Report) -> String {
    let mut html = format!("<h1>{}</h1>\n", escape(&report.titel));
    if !report.onderschrift.is_empty() {
        html.push_str(&format!("<p class=\"lead\">{}</p>\n", escape(&report.onderschrift)));
    }
    html.push_str(&chips(&report.reikwijdte));
    for block in &report.blokken {
        html.push_str(&blok(block));
    }
    html
}

/// The chips that tell the scope; nothing when there are none.
pub fn chips(chips: &[String]) -> String {
    if chips.is_empty() {
        return String::new();
    }
    let mut html = "<ul class=\"reikwijdte\" aria-label=\"Wat is geteld\">".to_owned();
    for chip in chips {
        let class = if chip.contains("voorlopig") { " class=\"voorlopig\"" } else { "" };
        html.push_str(&format!("<li{class}>{}</li>", escape(chip)));
    }
    html + "</ul>\n"
}

/// A table with caption and scopes, in a frame that scrolls when it is too wide.
pub fn tabel(tabel: &Tabel) -> String {
    let caption = escape(&tabel.titel);
    let mut html = format!(
        "<div class=\"tabel\" role=\"region\" aria-label=\"{caption}\" tabindex=\"0\"><table>\
         <caption><span>{caption}</span></caption>\n<thead><tr>"
    );
    for column in &tabel.kolommen {
        let class = if column.rechts { " class=\"n\"" } else { "" };
        html.push_str(&format!("<th scope=\"col\"{class}>{}</th>", escape(&column.naam)));
    }
    html.push_str("</tr></thead>\n<tbody>\n");
    for row in &tabel.rijen {
        html.push_str(&rij(tabel, row));
    }
    if tabel.rijen.is_empty() {
        let columns = tabel.kolommen.len().max(1);
        html.push_str(&format!("<tr><td colspan=\"{columns}\">Er zijn geen rijen.</td></tr>\n"));
    }
    html.push_str("</tbody></table></div>\n");
    for note in &tabel.noten {
        html.push_str(&format!("<p class=\"noot\">{}</p>\n", escape(note)));
    }
    html
}

/// A chart drawn for wide and for narrow places, followed by its figures in a table.
pub fn grafiek(grafiek: &Grafiek) -> String {
    format!(
        "<figure class=\"grafiek-blok\"><figcaption><h3>{}</h3>{}</figcaption>\n{}\
         <details><summary>Cijfers in een tabel</summary>\n{}</details></figure>\n",
        escape(&grafiek.titel),
        paragraph("noot", &grafiek.ondertitel),
        tekening(grafiek),
        tabel(&grafiek.als_tabel()),
    )
}

/// Only the drawing of a chart, wide and narrow; the stylesheet shows the one that fits.
pub fn tekening(grafiek: &Grafiek) -> String {
    format!(
        "<div class=\"grafiek-breed\">{}</div>\n<div class=\"grafiek-smal\">{}</div>\n",
        svg::lijngrafiek(grafiek, svg::Formaat::Breed),
        svg::lijngrafiek(grafiek, svg::Formaat::Smal),
    )
}

/// The text with the five characters that mean something in HTML made harmless.
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            // Control characters may not stand in XML, and an SVG is XML.
            '\n' | '\t' => escaped.push(letter),
            control if control.is_control() => escaped.push(' '),
            other => escaped.push(other),
        }
    }
    escaped
}

fn blok(block: &Blok) -> String {
    match block {
        Blok::Kop(text) => format!("<h2>{}</h2>\n", escape(text)),
        Blok::Tussenkop(text) => format!("<h3>{}</h3>\n", escape(text)),
        Blok::Alinea(text) => paragraph("", text),
        Blok::Lijst(points) => {
            let items: String =
                points.iter().map(|point| format!("<li>{}</li>", escape(point))).collect();
            format!("<ul>{items}</ul>\n")
        }
        Blok::Waarschuwing { titel, tekst } => format!(
            "<div class=\"waarschuwing\" role=\"note\"><p class=\"titel\">{}</p>{}</div>\n",
            escape(titel),
            paragraph("", tekst)
        ),
        Blok::InTeVullen(what) => format!(
            "<p class=\"in-te-vullen\"><b>In te vullen door de gemeente:</b> {}</p>\n",
            escape(what)
        ),
        Blok::Tabel(table) => tabel(table),
        Blok::Grafiek(chart) => grafiek(chart),
        Blok::Kenmerken(pairs) => kenmerken(pairs),
    }
}

fn kenmerken(pairs: &[(String, String)]) -> String {
    let items: String = pairs
        .iter()
        .map(|(name, value)| {
            format!("<div><dt>{}</dt><dd>{}</dd></div>", escape(name), escape(value))
        })
        .collect();
    format!("<dl class=\"kenmerken\">{items}</dl>\n")
}

fn rij(table: &Tabel, row: &[Cel]) -> String {
    let mut html = "<tr>".to_owned();
    for (at, (column, cell)) in table.cells(row).enumerate() {
        let class = if column.rechts { " class=\"n\"" } else { "" };
        let names_the_row =
            at == 0 && matches!(cell, Cel::Tekst(_) | Cel::Maand(_) | Cel::Datum(_));
        let text = match cell {
            Cel::Leeg => "<span class=\"leeg\">–</span>".to_owned(),
            other => escape(&other.als_tekst()),
        };
        html.push_str(&if names_the_row {
            format!("<th scope=\"row\"{class}>{text}</th>")
        } else {
            format!("<td{class}>{text}</td>")
        });
    }
    html + "</tr>\n"
}

fn paragraph(class: &str, text: &str) -> String {
    match (text.is_empty(), class.is_empty()) {
        (true, _) => String::new(),
        (false, true) => format!("<p>{}</p>\n", escape(text)),
        (false, false) => format!("<p class=\"{class}\">{}</p>\n", escape(text)),
    }
}

/// The text as a string of a stylesheet that stands in a page.
fn css_string(text: &str) -> String {
    let mut string = "\"".to_owned();
    for letter in text.chars() {
        match letter {
            '"' | '\\' | '<' | '>' | '&' => string.push_str(&format!("\\{:x} ", u32::from(letter))),
            control if control.is_control() => string.push(' '),
            other => string.push(other),
        }
    }
    string + "\""
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;
    use crate::voorbeeld;

    #[test]
    fn a_table_names_itself_its_columns_and_its_rows() {
        expect![[r#"
            <div class="tabel" role="region" aria-label="Soorten &amp; maten" tabindex="0"><table><caption><span>Soorten &amp; maten</span></caption>
            <thead><tr><th scope="col">Wat</th><th scope="col" class="n">Aantal</th><th scope="col" class="n">Getal</th><th scope="col" class="n">Aandeel</th><th scope="col" class="n">Kosten</th><th scope="col" class="n">Maand</th><th scope="col" class="n">Dag</th></tr></thead>
            <tbody>
            <tr><th scope="row">Begeleiding &lt;zwaar&gt;</th><td class="n">1.234</td><td class="n">1.234,5</td><td class="n">43,8 %</td><td class="n">€ 1.234,56</td><td class="n">dec 2017</td><td class="n">05-01-2018</td></tr>
            <tr><th scope="row">Dagbesteding; &quot;licht&quot;</th><td class="n">-5</td><td class="n"><span class="leeg">–</span></td><td class="n"><span class="leeg">–</span></td><td class="n"><span class="leeg">–</span></td><td class="n"><span class="leeg">–</span></td><td class="n"><span class="leeg">–</span></td></tr>
            </tbody></table></div>
            <p class="noot">Een inwoner kan meer dan één soort hebben.</p>
        "#]]
        .assert_eq(&tabel(&voorbeeld::tabel()));
    }

    #[test]
    fn no_word_breaks_out_of_a_document() {
        let page = document(&voorbeeld::report());
        assert_eq!(page.matches("</style>").count(), 1, "a word closed the stylesheet");
        assert_eq!(page.matches("<h1>").count(), 1);
        assert!(
            page.contains(r#"\3c script\3e alert('x')\3c /script\3e \22 "#),
            "the print heading"
        );
        let body = page.split_once("</style>").expect("a stylesheet").1;
        for dangerous in ["<script", "\" onload=\"x", "alert('"] {
            assert!(!body.contains(dangerous), "{dangerous} came through");
        }
        balanced(body).unwrap_or_else(|problem| panic!("{problem}"));
    }

    #[test]
    fn every_chart_is_followed_by_its_table() {
        let html = grafiek(&voorbeeld::grafiek());
        let (drawing, figures) = html.split_once("<details>").expect("figures under the chart");
        assert_eq!(drawing.matches("role=\"img\"").count(), 2, "one drawing wide, one narrow");
        assert_eq!(figures.matches("<th scope=\"row\">").count(), 36);
        assert!(figures.contains("Breuk in de reeks op 01-01-2017"));
    }

    /// Checks that every tag that is opened is closed, in order.
    pub(crate) fn balanced(html: &str) -> Result<(), String> {
        const VOID: [&str; 4] = ["meta", "br", "!doctype", "link"];
        let mut open: Vec<&str> = vec!["html", "head"];
        for part in html.split('<').skip(1) {
            let (tag, _) = part.split_once('>').ok_or_else(|| format!("no end of tag: {part}"))?;
            let name = tag.trim_start_matches('/').split([' ', '/']).next().unwrap_or_default();
            if tag.starts_with('/') {
                let last = open.pop();
                if last != Some(name) {
                    return Err(format!("</{name}> closes {last:?}"));
                }
            } else if !VOID.contains(&name) && !tag.ends_with('/') {
                open.push(name);
            }
        }
        if open.is_empty() { Ok(()) } else { Err(format!("left open: {open:?}")) }
    }
}
