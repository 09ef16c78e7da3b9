//! Small pieces of text: addresses, fragments of HTML and simple markdown.

use std::fmt::{self, Write as _};

/// HTML that this program made itself and that is not escaped again.
#[derive(Debug, Clone, Default)]
pub(crate) struct EigenHtml(pub(crate) String);

impl fmt::Display for EigenHtml {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl askama::filters::HtmlSafe for EigenHtml {}

/// A value as it stands behind `=` in an address.
pub(crate) fn in_query(waarde: &str) -> String {
    let mut out = String::with_capacity(waarde.len());
    for byte in waarde.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' | b'/' => {
                out.push(char::from(byte));
            }
            _ => {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    out
}

/// A word for an address: small letters and hyphens.
pub(crate) fn sleutel(naam: &str) -> String {
    let simple = naam.to_lowercase().replace(['ë', 'é'], "e").replace('ï', "i");
    let words = simple.split(|it: char| !it.is_ascii_alphanumeric());
    words.filter(|it| !it.is_empty()).collect::<Vec<_>>().join("-")
}

/// A list in a sentence: `a, b en c`.
pub(crate) fn opsomming(delen: &[String]) -> String {
    match delen {
        [] => String::new(),
        [one] => one.clone(),
        [head @ .., last] => format!("{} en {last}", head.join(", ")),
    }
}

/// Headings, paragraphs, lists, bold, code and plain addresses; all else stays text.
pub(crate) fn markdown(bron: &str) -> EigenHtml {
    let mut out = String::new();
    for blok in bron.replace('\r', "").split("\n\n").map(str::trim).filter(|it| !it.is_empty()) {
        let lines: Vec<&str> = blok.lines().map(str::trim).collect();
        if let Some(heading) = lines[0].strip_prefix('#') {
            let words = heading.trim_start_matches('#').trim();
            let _ = write!(out, "<h2>{}</h2>", inline(words));
            if lines.len() > 1 {
                let _ = write!(out, "<p>{}</p>", inline(&lines[1..].join(" ")));
            }
        } else if lines.iter().any(|it| is_item(it)) {
            list(&mut out, &lines);
        } else {
            let _ = write!(out, "<p>{}</p>", inline(&lines.join(" ")));
        }
    }
    EigenHtml(out)
}

fn is_item(line: &str) -> bool {
    line.starts_with("- ") || line.starts_with("* ")
}

fn list(out: &mut String, lines: &[&str]) {
    let first = lines.iter().position(|it| is_item(it)).unwrap_or(0);
    if first > 0 {
        let _ = write!(out, "<p>{}</p>", inline(&lines[..first].join(" ")));
    }
    let mut items: Vec<String> = Vec::new();
    for line in &lines[first..] {
        match (is_item(line), items.last_mut()) {
            (false, Some(last)) => {
                last.push(' ');
                last.push_str(line);
            }
            _ => items.push(line.get(2..).unwrap_or_default().to_owned()),
        }
    }
    out.push_str("<ul>");
    for item in items {
        let _ = write!(out, "<li>{}</li>", inline(&item));
    }
    out.push_str("</ul>");
}

fn inline(words: &str) -> String {
    let escaped = escape(words);
    let bold = pairs(&escaped, "**", "strong");
    pairs(&bold, "`", "code")
}

fn pairs(text: &str, mark: &str, element: &str) -> String {
    let parts: Vec<&str> = text.split(mark).collect();
    if parts.len().is_multiple_of(2) {
        return text.to_owned();
    }
    let mut out = String::new();
    for (at, part) in parts.into_iter().enumerate() {
        if at % 2 == 1 {
            let _ = write!(out, "<{element}>{part}</{element}>");
        } else {
            out.push_str(part);
        }
    }
    out
}

/// Text as it stands in HTML.
pub(crate) fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markdown_is_simple_and_safe() {
        let source =
            "# Wat\n\nEen **sterk** woord en <b>niets</b>.\n\nTelt:\n- **een**\n  twee\n- drie";
        let html = markdown(source).0;
        assert_eq!(
            html,
            "<h2>Wat</h2><p>Een <strong>sterk</strong> woord en &lt;b&gt;niets&lt;/b&gt;.</p>\
             <p>Telt:</p><ul><li><strong>een</strong> twee</li><li>drie</li></ul>"
        );
    }

    #[test]
    fn words_become_parts_of_an_address() {
        assert_eq!(sleutel("Cliënten, stand (31-12)"), "clienten-stand-31-12");
        assert_eq!(in_query("/a?b=c&d=é"), "/a%3Fb%3Dc%26d%3D%C3%A9");
        assert_eq!(opsomming(&["a".into(), "b".into(), "c".into()]), "a, b en c");
    }
}
