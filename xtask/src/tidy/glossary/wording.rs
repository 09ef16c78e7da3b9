//! From a doc comment to the words of a glossary row.

/// The names under which a doc comment cites what a word comes from; longer before shorter.
const SOURCES: &[&str] = &[
    "Uitvoeringsbesluit Wmo 2015",
    "Uitvoeringsregeling Wmo 2015",
    "Wmo 2015",
    "Awb",
    "Algemene termijnenwet",
    "Wlz",
    "Zvw",
    "Jeugdwet",
    "Gemeentewet",
    "Participatiewet",
    "iWmo",
    "AGB",
    "CBS",
    "AVG",
    "BRP",
];

/// A full stop after one of these does not end a sentence.
const ABBREVIATIONS: &[&str] =
    &["art", "artt", "bijv", "nr", "e.g", "i.e", "vs", "etc", "o.a", "jo"];

/// What may stand between the numbers of a citation: `2.3.5 lid 3 and 6`.
const BETWEEN_NUMBERS: &[&str] = &["lid", "and", "en", "to", "tot", "sub", "onder"];

/// The first sentence, without its full stop, fit for a cell of a table.
pub(super) fn first_sentence(docs: &str) -> String {
    sentences(docs).first().map(|it| cell(it)).unwrap_or_default()
}

/// The citation in a doc comment: a sentence that opens with the name of a source, or else the
/// article that it mentions, or else practice; empty when there is none.
pub(super) fn source(docs: &str) -> String {
    let sentences = sentences(docs);
    let cited = sentences.iter().find(|it| SOURCES.iter().any(|name| opens_with(it, name)));
    if let Some(cited) = cited {
        return cell(&article(cited).unwrap_or_else(|| cited.clone()));
    }
    if let Some(article) = sentences.iter().find_map(|it| article(it)) {
        return cell(&article);
    }
    let has = |word: &str| docs.contains(word);
    let known = [("iWmo", has("iWmo")), ("praktijk", has("praktijk") || has("practice"))];
    known.iter().find(|(_, said)| *said).map(|(word, _)| (*word).to_owned()).unwrap_or_default()
}

/// Whether a sentence is the citation itself: `Awb, art. 4:15`, `iWmo list WJ756` or `iWmo 305`.
fn opens_with(sentence: &str, name: &str) -> bool {
    let Some(rest) = sentence.strip_prefix(name) else { return false };
    let rest = rest.trim_start_matches([',', ' ']);
    let is_word = ["art", "list", "`"].iter().any(|it| rest.starts_with(it));
    let is_code = rest.chars().take(2).all(|it| it.is_ascii_uppercase())
        || rest.starts_with(|it: char| it.is_ascii_digit());
    is_word || is_code
}

/// The article a sentence mentions, with the law where it stands next to it.
fn article(sentence: &str) -> Option<String> {
    let (before, after) = ["artikel ", "art. "].iter().find_map(|it| sentence.split_once(it))?;
    let mut number: Vec<&str> = Vec::new();
    for word in after.split_whitespace() {
        let bare = word.trim_matches([',', '.', ';', ')', ']']);
        let is_number = bare.starts_with(|first: char| first.is_ascii_digit());
        if !is_number && !BETWEEN_NUMBERS.contains(&bare) {
            break;
        }
        number.push(bare);
        if word.ends_with([',', ';', ')', ']']) {
            break;
        }
    }
    while number.last().is_some_and(|it| BETWEEN_NUMBERS.contains(it)) {
        number.pop();
    }
    let before = before.trim().trim_end_matches(',');
    let law = SOURCES.iter().find(|it| before.ends_with(**it));
    let law = law.map(|it| format!("{it}, ")).unwrap_or_default();
    (!number.is_empty()).then(|| format!("{law}art. {}", number.join(" ")))
}

/// The sentences of the first paragraph and of those after it, on one line each.
fn sentences(docs: &str) -> Vec<String> {
    let mut found = Vec::new();
    for paragraph in docs.split("\n\n") {
        let mut sentence = String::new();
        for word in paragraph.split_whitespace() {
            if !sentence.is_empty() {
                sentence.push(' ');
            }
            sentence.push_str(word);
            if ends_sentence(word) {
                found.push(sentence.trim_end_matches('.').to_owned());
                sentence.clear();
            }
        }
        if !sentence.is_empty() {
            found.push(sentence);
        }
    }
    found
}

fn ends_sentence(word: &str) -> bool {
    word.strip_suffix('.').is_some_and(|it| !ABBREVIATIONS.contains(&it.trim_start_matches('(')))
}

/// Links and bars would break the table: `[text](address)` and [`Name`] keep only their words.
fn cell(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, linked)) = rest.split_once('[') {
        let Some((words, after)) = linked.split_once(']') else { break };
        plain.push_str(before);
        plain.push_str(words);
        let address = after.strip_prefix('(').and_then(|it| it.split_once(')'));
        rest = address.map_or(after, |(_, after)| after);
    }
    plain.push_str(rest);
    plain.replace('|', "/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_doc_comment_becomes_a_gloss_and_a_source() {
        let cases = [
            ("How it came in.", "How it came in", ""),
            (
                "A request for\nsupport. Wmo 2015, art. 2.3.2 lid 1.\n\nMore.",
                "A request for support",
                "Wmo 2015, art. 2.3.2 lid 1",
            ),
            (
                "A ground. Wmo 2015, art. 2.3.5 lid 3 and 6.",
                "A ground",
                "Wmo 2015, art. 2.3.5 lid 3 and 6",
            ),
            ("Anybody. Wmo 2015, art. 2.6.3 leaves it open.", "Anybody", "Wmo 2015, art. 2.6.3"),
            ("What is counted. iWmo list WJ756.", "What is counted", "iWmo list WJ756"),
            ("A volume. iWmo `Omvang`.", "A volume", "iWmo `Omvang`"),
            (
                "A month (Uitvoeringsregeling Wmo 2015, art. 2f).",
                "A month (Uitvoeringsregeling Wmo 2015, art. 2f)",
                "Uitvoeringsregeling Wmo 2015, art. 2f",
            ),
            ("A code. iWmo RS035. More.", "A code", "iWmo RS035"),
            ("A mistake. iWmo 305, status 3.", "A mistake", "iWmo 305, status 3"),
            ("A start. iWmo messages differ.", "A start", "iWmo"),
            (
                "The clock stops (Awb, art. 4:15), see [`Termijn`].",
                "The clock stops (Awb, art. 4:15), see `Termijn`",
                "Awb, art. 4:15",
            ),
            (
                "See art. 2.3.5 lid 2 for the term.",
                "See art. 2.3.5 lid 2 for the term",
                "art. 2.3.5 lid 2",
            ),
            ("[The law](https://wetten.nl/1) says so", "The law says so", ""),
            ("A desk; a word of practice.", "A desk; a word of practice", "praktijk"),
            ("The code a | b of an iWmo message.", "The code a / b of an iWmo message", "iWmo"),
            ("", "", ""),
        ];
        for (docs, gloss, cited) in cases {
            assert_eq!((first_sentence(docs).as_str(), source(docs).as_str()), (gloss, cited));
        }
    }
}
