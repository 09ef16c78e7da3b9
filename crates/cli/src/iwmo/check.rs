//! `wijkpeil iwmo check`: every problem with file, line, element, rule and return code.

use std::{
    fs::{self, File},
    io::Read,
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::Context;
use messages::{
    Ernst, Problem,
    iwmo::{
        MAX_BYTES,
        controle::{Bronregels, controleer},
        keten::Keten,
        regel::{self, Omgeving},
    },
};

use crate::{
    clock,
    opdracht::{IwmoCheck, Lijstvorm},
    scherm::{aantal, println},
};

/// Checks every file; failure when anything is wrong.
pub(super) fn run(vraag: &IwmoCheck) -> anyhow::Result<ExitCode> {
    let omgeving = Omgeving { vandaag: clock::today(), register: None };
    let mut keten = vraag.keten.then(Keten::new);
    let (mut files, mut all) = (0_usize, Vec::new());
    for path in berichten(&vraag.paden)? {
        let name = path.display().to_string();
        let bytes = read(&path).with_context(|| format!("{name} is niet te lezen"))?;
        let found = controleer(&name, &bytes, &omgeving, keten.as_ref());
        if let (Some(keten), Some(bericht), true) = (&mut keten, &found.bericht, found.is_goed()) {
            keten.volg(bericht);
        }
        if vraag.format == Lijstvorm::Text {
            let lines = Bronregels::new(&bytes);
            found.problems.iter().for_each(|it| println(&text(it, &lines)));
        }
        files += 1;
        all.extend(found.problems);
    }
    let wrong = all.iter().filter(|it| it.ernst == Ernst::Fout).count();
    match vraag.format {
        Lijstvorm::Text => println(&samenvatting(files, wrong, all.len() - wrong)),
        Lijstvorm::Json => {
            let list: Vec<serde_json::Value> = all.iter().map(json).collect();
            println(&serde_json::to_string_pretty(&list)?);
        }
    }
    Ok(if wrong == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The files behind the paths; of a folder its `.xml` files, in order of name.
fn berichten(paden: &[PathBuf]) -> anyhow::Result<Vec<PathBuf>> {
    let mut all = Vec::new();
    for pad in paden {
        let shown = pad.display();
        anyhow::ensure!(pad.try_exists().unwrap_or(false), "{shown} bestaat niet");
        if !pad.is_dir() {
            all.push(pad.clone());
            continue;
        }
        let mut own = Vec::new();
        for entry in fs::read_dir(pad).with_context(|| format!("{shown} is niet te lezen"))? {
            let path = entry?.path();
            if path.extension().is_some_and(|it| it.eq_ignore_ascii_case("xml")) && path.is_file() {
                own.push(path);
            }
        }
        anyhow::ensure!(!own.is_empty(), "in {shown} staan geen .xml-bestanden");
        own.sort();
        all.extend(own);
    }
    Ok(all)
}

/// Reads a file, and of one that is too large just enough to see that.
fn read(path: &Path) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let most = u64::try_from(MAX_BYTES).unwrap_or(u64::MAX).saturating_add(1);
    File::open(path)?.take(most).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// As a compiler says it: what, where, and the line with the part pointed out.
fn text(problem: &Problem, lines: &Bronregels<'_>) -> String {
    let ernst = match problem.ernst {
        Ernst::Fout => "fout",
        Ernst::Waarschuwing => "let op",
    };
    let retour = retourcode(problem).map_or(String::new(), |it| format!(" (retourcode {it})"));
    let mut out = format!("{ernst}[{}]{retour}: {}\n", problem.code, problem.text);
    let line = problem.line.map_or(String::new(), |it| format!(":{it}"));
    let element = problem.element.as_deref().map_or(String::new(), |it| format!(": {it}"));
    out.push_str(&format!("  --> {}{line}{element}\n", problem.file));
    if let (Some(number), Some(it)) = (problem.line, lines.fragment(problem)) {
        let number = number.to_string();
        let (margin, before) = (" ".repeat(number.len()), " ".repeat(it.van));
        let caret = "^".repeat(it.lengte);
        out.push_str(&format!("{margin} |\n{number} | {}\n{margin} | {before}{caret}\n", it.tekst));
    }
    out
}

fn retourcode(problem: &Problem) -> Option<&'static str> {
    regel::regel(problem.code).and_then(|it| it.retourcode)
}

fn json(problem: &Problem) -> serde_json::Value {
    let niveau = regel::regel(problem.code).map_or(Some(1), |it| it.niveau);
    serde_json::json!({
        "bestand": problem.file,
        "regel": problem.line,
        "element": problem.element.as_deref(),
        "code": problem.code,
        "retourcode": retourcode(problem),
        "niveau": niveau,
        "ernst": if problem.ernst == Ernst::Fout { "fout" } else { "let op" },
        "tekst": problem.text,
    })
}

fn samenvatting(files: usize, wrong: usize, look: usize) -> String {
    let count = |many: usize, one: &str, more: &str| match many {
        0 => format!("geen {more}"),
        1 => format!("1 {one}"),
        many => format!("{} {more}", aantal(many)),
    };
    let look = match look {
        0 => String::new(),
        1 => " en 1 aandachtspunt".to_owned(),
        many => format!(" en {} aandachtspunten", aantal(many)),
    };
    format!("{}: {}{look}", count(files, "bericht", "berichten"), count(wrong, "fout", "fouten"))
}
