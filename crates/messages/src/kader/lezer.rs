//! Reads a framework from TOML.

use std::collections::BTreeMap;

use domain::{
    Frequentie, KaderId, ProductCode, VraagId,
    kader::{Antwoord, Conclusie, Gevolg, Kader, Kaderstap, Norm, Stapsoort, Voorbeeld, Vraag},
};
use toml::de::DeTable;

use super::plek::{Klachten, Plek};
use crate::Problem;

/// How long a name, a question or an article may be.
const REGEL: usize = 500;
/// How long an explanation may be.
const TOELICHTING: usize = 4_000;

/// Reads a framework; `bestand` is its name, for the problems.
///
/// What is read keeps the law's order of steps, asks each question once and only answers its own
/// questions in the examples. Whether the examples come out is asked of [`Kader::proef`].
///
/// # Errors
///
/// Everything that is wrong with it, each with its line, its key and what is expected.
pub fn lees(bestand: &str, tekst: &str) -> Result<Kader, Vec<Problem>> {
    let text = tekst.trim_start_matches('\u{feff}').replace("\r\n", "\n");
    let mut klachten = Klachten::new(bestand, &text);
    let read = match DeTable::parse(&text) {
        Ok(root) => {
            let root = Plek { tabel: root.get_ref(), begin: 0, naam: "het kader" };
            framework(&mut klachten, root)
        }
        Err(error) => {
            let begin = error.span().map_or(0, |it| it.start);
            let text = format!("dit is geen geldige TOML ({})", error.message());
            klachten.fout(begin, "TOML", text);
            None
        }
    };
    match read {
        Some(it) if klachten.problems.is_empty() => Ok(it),
        _ => {
            let mut problems = klachten.problems;
            problems.sort_by_key(|it| it.line);
            Err(problems)
        }
    }
}

fn framework(klachten: &mut Klachten<'_>, root: Plek<'_>) -> Option<Kader> {
    root.alleen(klachten, &["versie", "naam", "stap", "norm", "voorbeeld"]);
    let id = root.getal(klachten, "versie", "het nummer van deze versie").map(KaderId);
    let naam = root.tekst(klachten, "naam", "hoe het kader heet", REGEL);
    // Also the numbers of questions that could not be read: an example may answer them.
    let mut asked = BTreeMap::new();
    let stappen = steps(klachten, root, &mut asked);
    let normen = norms(klachten, root);
    let given = root.lijst(klachten, "voorbeeld", "[[voorbeeld]]");
    let voorbeelden = given.into_iter().filter_map(|it| example(klachten, it, &asked)).collect();
    Some(Kader { id: id?, naam: naam?, stappen, normen, voorbeelden })
}

/// How often each question is asked.
type Gevraagd = BTreeMap<VraagId, usize>;

fn steps(klachten: &mut Klachten<'_>, root: Plek<'_>, asked: &mut Gevraagd) -> Vec<Kaderstap> {
    let given = root.lijst(klachten, "stap", "[[stap]]");
    if given.is_empty() {
        klachten.fout(root.begin_van("stap"), "stap", "het kader heeft nog geen [[stap]]");
    }
    let mut steps: Vec<Kaderstap> = Vec::new();
    for plek in given {
        plek.alleen(klachten, &["soort", "vraag"]);
        let soort = plek.woord::<Stapsoort>(klachten, "soort", None);
        let place = |it: Stapsoort| Stapsoort::ALLE.iter().position(|known| *known == it);
        if let (Some(soort), Some(before)) = (soort, steps.last().map(|it| it.soort))
            && place(soort) <= place(before)
        {
            let text = "de stappen staan in de volgorde van de wet (art. 2.3.5 lid 3), elke stap \
                        één keer";
            klachten.fout(plek.begin_van("soort"), "soort", text);
        }
        let questions = plek.lijst(klachten, "vraag", "[[stap.vraag]]");
        if questions.is_empty() {
            klachten.fout(plek.begin, "vraag", "deze stap heeft nog geen [[stap.vraag]]");
        }
        let vragen: Vec<Vraag> =
            questions.into_iter().filter_map(|it| question(klachten, it, asked)).collect();
        steps.extend(soort.map(|soort| Kaderstap { soort, vragen }));
    }
    steps
}

fn question(klachten: &mut Klachten<'_>, plek: Plek<'_>, asked: &mut Gevraagd) -> Option<Vraag> {
    let known =
        ["nummer", "tekst", "toelichting", "artikel", "afweging", "bij_ja", "bij_nee"].as_slice();
    plek.alleen(klachten, known);
    let id = plek.getal(klachten, "nummer", "een nummer dat de vraag in elke versie houdt");
    let id = id.map(VraagId);
    if let Some(id) = id {
        let times = asked.entry(id).or_default();
        *times += 1;
        if *times > 1 {
            let text = format!("vraag {} is er al; geef deze vraag een eigen nummer", id.0);
            klachten.fout(plek.begin_van("nummer"), "nummer", text);
        }
    }
    let tekst = plek.tekst(klachten, "tekst", "de vraag zelf", REGEL);
    let toelichting = plek.mogelijke_tekst(klachten, "toelichting", TOELICHTING);
    let artikel = plek.tekst(klachten, "artikel", "het artikel waarop de vraag rust", REGEL);
    let afweging = plek.ja_of_nee(klachten, "afweging");
    let bij_ja = plek.woord(klachten, "bij_ja", Some(Gevolg::Verder));
    let bij_nee = plek.woord(klachten, "bij_nee", Some(Gevolg::Verder));
    Some(Vraag {
        id: id?,
        tekst: tekst?,
        toelichting: toelichting.unwrap_or_default(),
        artikel: artikel?,
        afweging: afweging?,
        bij_ja: bij_ja?,
        bij_nee: bij_nee?,
    })
}

fn norms(klachten: &mut Klachten<'_>, root: Plek<'_>) -> Vec<Norm> {
    let mut norms: Vec<Norm> = Vec::new();
    for plek in root.lijst(klachten, "norm", "[[norm]]") {
        let Some(norm) = norm(klachten, plek) else { continue };
        if norms.iter().any(|it| it.product == norm.product) {
            let text = format!("voor {} is er al een norm", norm.product);
            klachten.fout(plek.begin_van("product"), "product", text);
        }
        norms.push(norm);
    }
    norms
}

fn norm(klachten: &mut Klachten<'_>, plek: Plek<'_>) -> Option<Norm> {
    plek.alleen(klachten, &["product", "van", "tot", "per", "bron"]);
    let code = plek.tekst(klachten, "product", "een productcode", 20);
    let product = code.and_then(|it| match it.parse::<ProductCode>() {
        Ok(it) => Some(it),
        Err(expected) => {
            klachten.fout(plek.begin_van("product"), "product", expected);
            None
        }
    });
    let van: Option<u32> = plek.getal(klachten, "van", "hoeveel gewoonlijk het minst is");
    let tot: Option<u32> = plek.getal(klachten, "tot", "hoeveel gewoonlijk het meest is");
    if van.zip(tot).is_some_and(|(van, tot)| van > tot) {
        klachten.fout(plek.begin_van("van"), "van", "van hoort niet hoger te zijn dan tot");
    }
    let frequentie = plek.woord::<Frequentie>(klachten, "per", None);
    let bron = plek.tekst(klachten, "bron", "waar de norm vandaan komt", REGEL);
    Some(Norm { product: product?, van: van?, tot: tot?, frequentie: frequentie?, bron: bron? })
}

fn example(klachten: &mut Klachten<'_>, plek: Plek<'_>, asked: &Gevraagd) -> Option<Voorbeeld> {
    let keys = [
        ("ja", Antwoord::Ja),
        ("nee", Antwoord::Nee),
        ("niet_van_toepassing", Antwoord::NietVanToepassing),
    ];
    plek.alleen(klachten, &["naam", "ja", "nee", "niet_van_toepassing", "verwacht"]);
    let naam = plek.tekst(klachten, "naam", "waar het voorbeeld over gaat", REGEL);
    let mut answers: BTreeMap<VraagId, Antwoord> = BTreeMap::new();
    for (key, antwoord) in keys {
        let wanted = "de nummers van de vragen met dit antwoord";
        for (number, begin) in plek.getallen(klachten, key, wanted) {
            let id = VraagId(number);
            if !asked.contains_key(&id) {
                klachten.fout(begin, key, format!("het kader heeft geen vraag {number}"));
            }
            if answers.insert(id, antwoord).is_some() {
                let text = format!("vraag {number} heeft in dit voorbeeld al een antwoord");
                klachten.fout(begin, key, text);
            }
        }
    }
    let verwacht = plek.woord::<Conclusie>(klachten, "verwacht", None);
    let antwoorden = answers.into_iter().collect();
    Some(Voorbeeld { naam: naam?, antwoorden, verwacht: verwacht? })
}
