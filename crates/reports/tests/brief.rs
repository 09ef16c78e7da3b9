//! Letters as files: what the data say is in the PDF, in order, whatever somebody typed.

#![expect(clippy::unwrap_used, reason = "a helper of a test fails where the test would")]

use std::process::Command;

use jiff::civil::date;
use reports::brief::{Afzender, Brief, Deel, html, pdf};

fn letter() -> Brief {
    let words = |it: &[&str]| it.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>();
    let mut brief = Brief {
        afzender: Afzender {
            naam: "Gemeente Wijkerveen".into(),
            regels: words(&["Postbus 1", "9999 ZZ Wijkerveen"]),
        },
        geadresseerde: words(&["Zoë Şahin-Wiśniewski", "Dorpsstraat 1 <a>", "9999 AA  Wijkerveen"]),
        datum: Some(date(2018, 2, 15)),
        kenmerken: vec![("Ons kenmerk".into(), "Zaak 2018-00001".into())],
        onderwerp: "Besluit: u krijgt ondersteuning".into(),
        aanhef: "Geachte heer of mevrouw Şahin-Wiśniewski,".into(),
        delen: Vec::new(),
        ondertekening: words(&["Met vriendelijke groet,", "Ada Beslisser", "beslisser"]),
    };
    brief.kop("Wat u krijgt");
    brief.deel(Deel::Tabel {
        kop: words(&["Ondersteuning", "Hoeveel"]),
        rijen: vec![words(&["Begeleiding", "3 uur per week"])],
    });
    brief.deel(Deel::Lijst(words(&["uw naam;", "de datum."])));
    brief.deel(Deel::LetOp("Bewaar deze brief.".into()));
    brief.deel(Deel::Strook {
        uitleg: "Stuur terug.".into(),
        vakjes: words(&["Ik ben het eens."]),
        regels: words(&["Handtekening"]),
    });
    brief
}

/// The text of a PDF; `None` without the program that reads it.
fn text_of(bytes: &[u8]) -> Option<String> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("brief.pdf");
    std::fs::write(&file, bytes).unwrap();
    let Ok(out) = Command::new("pdftotext").arg("-layout").arg(&file).arg("-").output() else {
        eprintln!("OVERGESLAGEN: pdftotext ontbreekt (cargo xtask setup)");
        return None;
    };
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    Some(String::from_utf8(out.stdout).unwrap())
}

#[test]
fn a_letter_says_on_paper_what_its_data_say() {
    let brief = letter();
    let bytes = pdf(&brief).unwrap();
    assert_eq!(bytes, pdf(&brief).unwrap(), "the same letter gives the same bytes");
    let raw = String::from_utf8_lossy(&bytes);
    for part in ["/Lang(nl)", "/StructTreeRoot", "/MarkInfo"] {
        assert!(raw.contains(part), "{part}");
    }
    let Some(text) = text_of(&bytes) else { return };
    let mut rest = text.as_str();
    for part in [
        "Gemeente Wijkerveen",
        "Zoë Şahin-Wiśniewski",
        "Dorpsstraat 1 <a>",
        "15 februari 2018",
        "Zaak 2018-00001",
        "Besluit: u krijgt ondersteuning",
        "Geachte heer",
        "Wat u krijgt",
        "Begeleiding",
        "3 uur per week",
        "de datum.",
        "Bewaar deze brief.",
        "Ik ben het eens.",
        "Handtekening",
        "Ada Beslisser",
        "Bladzijde 1 van 1",
    ] {
        let at = rest.find(part);
        rest = &rest[at.unwrap_or_else(|| panic!("{part} not in {rest}"))..];
    }
}

#[test]
fn a_long_text_goes_on_over_pages_and_loses_nothing() {
    let mut brief = letter();
    let paragraphs: Vec<String> = (1..=120)
        .map(|it| format!("Alinea nummer {it}. {}", "Zij kookt zelf. ".repeat(30)))
        .collect();
    brief.getypt(&paragraphs.join("\n\n"));
    brief.alinea("w".repeat(5_000));
    let Some(text) = text_of(&pdf(&brief).unwrap()) else { return };
    for it in 1..=120 {
        assert!(text.contains(&format!("Alinea nummer {it}.")), "paragraph {it}");
    }
    assert!(text.contains("Bladzijde 12 van "), "{}", text.matches("Bladzijde").count());
    assert!(text.matches('w').count() >= 5_000, "a word wider than the page");
    assert!(text.trim_end().ends_with(|it: char| it.is_ascii_digit()), "it ends with the counter");
}

#[test]
fn no_character_stops_a_letter_or_gets_out_of_the_page() {
    for typed in [
        "😀 \u{202E}om \u{0}\u{7}\u{FEFF}\u{E000} 中文 العربية",
        "<script>alert(1)</script> &amp; \"quoted\" {{ x }} **vet** # kop",
        "Zoe\u{308} n\u{303} \u{301}\u{301}",
        "\u{FFFD}\u{FFFE}\u{10FFFF}",
        "",
    ] {
        let mut brief = letter();
        brief.onderwerp = format!("Over {typed}");
        brief.aanhef = typed.to_owned();
        brief.geadresseerde = vec![typed.to_owned()];
        brief.getypt(typed);
        brief.deel(Deel::Lijst(vec![typed.to_owned()]));
        brief.deel(Deel::Gegevens(vec![(typed.to_owned(), typed.to_owned())]));
        let bytes = pdf(&brief).unwrap_or_else(|it| panic!("{typed:?}: {it}"));
        assert!(bytes.starts_with(b"%PDF-1.7"), "{typed:?}");
        let page = html(&brief);
        assert_eq!(page.matches("<h1>").count(), 1);
        assert!(!page.contains("<script"), "{page}");
    }
}
