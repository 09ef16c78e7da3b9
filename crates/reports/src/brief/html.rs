//! A letter as a part of a page, from its `h1` on.

use super::{Brief, Deel};
use crate::{html::escape, nl};

/// The letter as an `article`; its subject is the only `h1`.
pub fn html(brief: &Brief) -> String {
    let sender = [&brief.afzender.naam].into_iter().chain(&brief.afzender.regels);
    let mut out = format!(
        "<article class=\"brief\">\n<p class=\"brief-afzender\">{}</p>\n\
         <p class=\"brief-adres\">{}</p>\n",
        lines(sender),
        lines(&brief.geadresseerde)
    );
    let day = brief.datum.map(|it| ("Datum".to_owned(), nl::datum_lang(it)));
    let marks: Vec<(String, String)> =
        day.into_iter().chain(brief.kenmerken.iter().cloned()).collect();
    out.push_str(&pairs(&marks));
    out.push_str(&format!("<h1>{}</h1>\n", escape(&brief.onderwerp)));
    out.push_str(&format!("<p>{}</p>\n", escape(&brief.aanhef)));
    for it in &brief.delen {
        out.push_str(&deel(it));
    }
    out.push_str(&format!("<p>{}</p>\n</article>\n", lines(&brief.ondertekening)));
    out
}

fn deel(deel: &Deel) -> String {
    match deel {
        Deel::Kop(text) => format!("<h2>{}</h2>\n", escape(text)),
        Deel::Alinea(text) => format!("<p>{}</p>\n", lines(text.lines())),
        Deel::Lijst(points) => {
            let items: String =
                points.iter().map(|it| format!("<li>{}</li>", escape(it))).collect();
            format!("<ul>{items}</ul>\n")
        }
        Deel::Gegevens(rows) => pairs(rows),
        Deel::Tabel { kop, rijen } => table(kop, rijen),
        Deel::LetOp(text) => {
            format!("<div class=\"waarschuwing\" role=\"note\"><p>{}</p></div>\n", escape(text))
        }
        Deel::Strook { uitleg, vakjes, regels } => {
            let boxes = vakjes.iter().map(|it| format!("<li>☐ {}</li>", escape(it)));
            let label = |it: &String| if it.is_empty() { it.clone() } else { format!("{it}: ") };
            let lines =
                regels.iter().map(|it| format!("<p>{}______________</p>", escape(&label(it))));
            format!(
                "<div class=\"brief-strook\"><p>{}</p><ul class=\"vakjes\">{}</ul>{}</div>\n",
                escape(uitleg),
                boxes.collect::<String>(),
                lines.collect::<String>()
            )
        }
    }
}

fn table(kop: &[String], rijen: &[Vec<String>]) -> String {
    let heads: String =
        kop.iter().map(|it| format!("<th scope=\"col\">{}</th>", escape(it))).collect();
    let row = |cells: &Vec<String>| {
        let cells = cells.iter().map(|it| format!("<td>{}</td>", escape(it)));
        format!("<tr>{}</tr>", cells.collect::<String>())
    };
    let rows: String = rijen.iter().map(row).collect();
    let label = escape(&kop.join(", "));
    format!(
        "<div class=\"tabel\" role=\"region\" tabindex=\"0\" aria-label=\"{label}\"><table><thead>\
         <tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>\n"
    )
}

fn pairs(rows: &[(String, String)]) -> String {
    if rows.is_empty() {
        return String::new();
    }
    let items = rows.iter().map(|(name, value)| {
        format!("<div><dt>{}</dt><dd>{}</dd></div>", escape(name), escape(value))
    });
    format!("<dl class=\"kenmerken\">{}</dl>\n", items.collect::<String>())
}

/// Lines under each other.
fn lines<T: AsRef<str>>(lines: impl IntoIterator<Item = T>) -> String {
    lines.into_iter().map(|it| escape(it.as_ref())).collect::<Vec<_>>().join("<br>")
}
