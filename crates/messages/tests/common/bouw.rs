//! Messages from an outline: a line is an element, deeper lines lie in it, a word after it is its
//! value. What stands in front of every message is added, and a case may change some lines.

use std::path::PathBuf;

/// The classes whose elements lie in the namespace of the shared types.
const BASIS: [&str; 22] = [
    "BerichtIdentificatie",
    "XsdVersie",
    "DeclaratieIdentificatie",
    "XsdVersieDeclaratie",
    "XsdVersieRetour",
    "Geboortedatum",
    "Naam",
    "Geslachtsnaam",
    "Partnernaam",
    "Communicatie",
    "Adres",
    "Huis",
    "Telefoon",
    "Telefoon01",
    "Periode",
    "Product",
    "Omvang",
    "IngediendBedrag",
    "TotaalBedrag",
    "ProductReferentie",
    "Verwijzer",
    "ProductPeriode",
];

/// The message with this name, changed: `A 1 -> B 2` puts a line in the place of the first such
/// line, `A 1 ->` takes it away with what lies in it, `A 1 +> B; >C 2` puts lines after it,
/// `dubbel A` doubles it with what lies in it, and `laatste` in front looks from the end.
pub(crate) fn bericht(naam: &str, wijzigingen: &[&str]) -> Vec<u8> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/data/iwmo/regels");
    let body = std::fs::read_to_string(folder.join(format!("{naam}.txt"))).expect("an outline");
    let text = header(naam) + &body;
    let mut lines: Vec<(usize, String)> = text
        .lines()
        .map(|it| ((it.len() - it.trim_start().len()) / 2, it.trim().to_owned()))
        .collect();
    for it in wijzigingen {
        change(&mut lines, it);
    }
    xml(&naam[..3], &lines).into_bytes()
}

fn header(naam: &str) -> String {
    let (code, dag) = match naam {
        "301" => ("414", "2025-03-01"),
        "302" => ("415", "2025-03-01"),
        "305" => ("418", "2025-03-07"),
        "307" => ("420", "2025-07-01"),
        "315" => ("444", "2025-03-20"),
        "317" => ("480", "2025-03-20"),
        "319" => ("482", "2025-03-25"),
        "323" => ("484", "2025-05-05"),
        "323c" => ("484", "2025-06-04"),
        _ => ("485", "2025-05-12"),
    };
    let (from, to) = match code {
        "414" | "415" | "482" | "485" => ("0296", "42420001"),
        _ => ("42420001", "0296"),
    };
    let versions = "    BasisschemaXsdVersie 1.0.0\n    BerichtXsdVersie 1.0.0\n";
    let own = if naam == "302" { "301" } else { naam };
    let answer = if code == "415" {
        format!(
            "  IdentificatieRetour R302\n  DagtekeningRetour 2025-03-04\n  XsdVersieRetour\n{versions}  \
             RetourCodes\n    RetourCode 0001\n"
        )
    } else if code == "485" {
        format!(
            "  DeclaratieIdentificatie\n    Identificatie B323\n    Dagtekening 2025-05-05\n  \
             XsdVersieDeclaratie\n{versions}  RetourCodes\n    RetourCode 0200\n"
        )
    } else {
        String::new()
    };
    format!(
        "Header\n  BerichtCode {code}\n  BerichtVersie 3\n  BerichtSubversie 2\n  Afzender {from}\n  \
         Ontvanger {to}\n  BerichtIdentificatie\n    Identificatie B{own}\n    Dagtekening {dag}\n  \
         XsdVersie\n{versions}{answer}"
    )
}

fn change(lines: &mut Vec<(usize, String)>, wijziging: &str) {
    let (last, text) = match wijziging.strip_prefix("laatste ") {
        Some(rest) => (true, rest),
        None => (false, wijziging),
    };
    let (dubbel, text) = match text.strip_prefix("dubbel ") {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (find, op, new) = match (text.split_once("+>"), text.split_once("->")) {
        (Some((find, new)), _) => (find.trim(), "+", new.trim()),
        (None, Some((find, new))) => (find.trim(), "-", new.trim()),
        (None, None) => (text, "", ""),
    };
    let mut found = lines.iter().enumerate().filter(|(_, it)| it.1 == find).map(|(at, _)| at);
    let at = if last { found.next_back() } else { found.next() };
    let at = at.unwrap_or_else(|| panic!("no line {find} for {wijziging}"));
    let depth = lines[at].0;
    let end = lines[at + 1..].iter().position(|it| it.0 <= depth);
    let end = end.map_or(lines.len(), |it| at + 1 + it);
    let parse = |new: &str| -> Vec<(usize, String)> {
        let each = new.split(';').map(str::trim);
        each.map(|it| (depth + it.len() - it.trim_start_matches('>').len(), it.replace('>', "")))
            .collect()
    };
    match (dubbel, op) {
        (true, _) => {
            let copy: Vec<(usize, String)> = lines[at..end].to_vec();
            lines.splice(end..end, copy);
        }
        (false, "+") => {
            lines.splice(end..end, parse(new));
        }
        (false, _) if new.is_empty() => {
            lines.drain(at..end);
        }
        (false, _) => new.clone_into(&mut lines[at].1),
    }
}

fn xml(soort: &str, lines: &[(usize, String)]) -> String {
    let naam = format!("wmo{soort}");
    let standard = "http://www.istandaarden.nl/iwmo/3_2";
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<{naam}:Bericht \
         xmlns:iwmo=\"{standard}/basisschema/schema\" xmlns:{naam}=\"{standard}/{naam}/schema\">\n"
    );
    let mut open: Vec<String> = Vec::new();
    for (at, (depth, line)) in lines.iter().enumerate() {
        while open.len() > *depth {
            out.push_str(&format!("</{}>\n", open.pop().expect("an open element")));
        }
        let (element, value) = line.split_once(' ').unwrap_or((line, ""));
        let parent = open.last().map_or("", |it| it.split_once(':').map_or("", |it| it.1));
        let total = parent.starts_with("Totaal") || parent == "DeclaratiePeriode";
        let space = if BASIS.contains(&parent) || total { "iwmo" } else { &naam };
        let deeper = lines.get(at + 1).is_some_and(|it| it.0 > *depth);
        if deeper {
            out.push_str(&format!("<{space}:{element}>\n"));
            open.push(format!("{space}:{element}"));
        } else {
            out.push_str(&format!("<{space}:{element}>{value}</{space}:{element}>\n"));
        }
    }
    while let Some(element) = open.pop() {
        out.push_str(&format!("</{element}>\n"));
    }
    out + &format!("</{naam}:Bericht>\n")
}
