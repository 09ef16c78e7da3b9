//! One word for one thing: `GLOSSARY.md` has a row for every public type and variant of `domain`.

mod items;
mod wording;

use std::collections::BTreeMap;

use self::items::{Item, items};
use super::workspace::Workspace;

const GLOSSARY: &str = "GLOSSARY.md";

/// Rows that are missing, rows that explain nothing, and rows about what is no longer there.
pub(super) fn problems(workspace: &Workspace) -> Vec<String> {
    let (items, mut problems) = items(workspace);
    if !problems.is_empty() {
        return problems;
    }
    let rows = rows(workspace.text(GLOSSARY));
    let missing = items.iter().filter(|it| !rows.contains_key(it.term.as_str()));
    problems.extend(missing.map(|it| format!("{GLOSSARY} lacks the row {}", row(it))));
    for (term, gloss) in &rows {
        if gloss.is_empty() {
            problems.push(format!("{GLOSSARY} does not explain `{term}`"));
        }
        if !items.iter().any(|it| it.term == *term) {
            problems.push(format!("{GLOSSARY} explains `{term}`, which `domain` does not have"));
        }
    }
    problems
}

/// The rows that are missing, ready to paste, with what the documentation of the item says.
pub(super) fn missing_rows(workspace: &Workspace) -> Vec<String> {
    let rows = rows(workspace.text(GLOSSARY));
    let (items, _) = items(workspace);
    items.iter().filter(|it| !rows.contains_key(it.term.as_str())).map(row).collect()
}

fn row(item: &Item) -> String {
    format!("| `{}` | {} | {} |", item.term, item.gloss, item.source)
}

/// The gloss of each term that stands between backticks; other words need no type.
fn rows(glossary: &str) -> BTreeMap<&str, &str> {
    let rows = glossary.lines().filter_map(|line| {
        let mut cells = line.trim().strip_prefix('|')?.split('|').map(str::trim);
        let term = cells.next()?.strip_prefix('`')?.strip_suffix('`')?;
        Some((term, cells.next().unwrap_or_default()))
    });
    rows.collect()
}

#[cfg(test)]
mod tests {
    use super::{super::sandbox, *};

    const DOMAIN: &str = "\
        //! Requests for support.\n\
        /// A request for support. Wmo 2015, art. 2.3.2 lid 1.\n\
        pub struct Melding;\n\
        /// How it came in.\n\
        pub enum Kanaal {\n\
        /// By telephone, or\n/// by a call back. More of this.\n\
        Telefoon,\n\
        /// At the counter.\n\
        Balie }\n\
        pub(crate) struct Hidden;\n\
        #[cfg(test)] mod tests { pub struct Helper; }\n";

    #[test]
    fn every_type_and_variant_needs_a_row() {
        let glossary = "\
            | term | gloss | bron |\n| --- | --- | --- |\n\
            | wijk | A neighbourhood. | praktijk |\n\
            | `Kanaal` | | |\n\
            | `Kanaal::Balie` | At the counter. | |\n\
            | `Loket` | The desk. | |\n";
        let files = [(GLOSSARY, glossary), ("crates/domain/src/melding.rs", DOMAIN)];
        let expected = [
            "GLOSSARY.md lacks the row | `Melding` | A request for support | Wmo 2015, art. 2.3.2 lid 1 |",
            "GLOSSARY.md lacks the row | `Kanaal::Telefoon` | By telephone, or by a call back |  |",
            "GLOSSARY.md does not explain `Kanaal`",
            "GLOSSARY.md explains `Loket`, which `domain` does not have",
        ];
        sandbox::check(problems, "glossary", &files, &expected);
    }

    #[test]
    fn the_printed_rows_make_the_glossary_complete() {
        let domain = ("crates/domain/src/melding.rs", DOMAIN);
        let before = sandbox::Sandbox::new("glossary-before", &[domain]);
        let rows = missing_rows(&Workspace::read(before.path())).join("\n");
        sandbox::check(problems, "glossary-after", &[domain, (GLOSSARY, &rows)], &[]);
    }

    #[test]
    fn a_file_that_cannot_be_read_hides_nothing() {
        let files = [("crates/domain/src/bad.rs", "pub struct;")];
        let expected = ["crates/domain/src/bad.rs is not Rust: expected identifier"];
        sandbox::check(problems, "glossary-bad", &files, &expected);
    }
}
