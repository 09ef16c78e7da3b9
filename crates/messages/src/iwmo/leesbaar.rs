//! A message in words: every element with its value, codes with what they mean.
//!
//! Made from the message as it is written, so that nothing in it is left out but the versions of the
//! schemas. A BSN is told by its last three digits only.

use jiff::civil::Date;

use crate::iwmo::{
    bericht::Bericht,
    codelijst,
    xml::{Bron, Deel},
};

/// A part of a message: one client, one product, one line of a bill.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Vak {
    /// What it is, in words.
    pub naam: String,
    /// What it says: a name and a value, both in words.
    pub velden: Vec<(String, String)>,
}

/// The parts of a message in its own order.
///
/// With `bsns`, what is about other clients is left out: a bill names many.
pub fn leesbaar(bericht: &Bericht, bsns: Option<&[&str]>) -> Vec<Vak> {
    let bytes = bericht.schrijf();
    let Ok(mut bron) = Bron::new("bericht", &bytes) else { return Vec::new() };
    let mut lezing = Lezing::default();
    loop {
        match bron.volgende() {
            Ok(Deel::Open(open)) => lezing.open(open.naam),
            Ok(Deel::Tekst(more)) => lezing.tekst.push_str(&more),
            Ok(Deel::Sluit) => lezing.sluit(bsns),
            Ok(Deel::Einde) | Err(_) => break,
        }
    }
    lezing.klaar
}

/// Classes that are a part of their own; the others are told within the part they lie in.
const VAKKEN: [&str; 16] = [
    "Header",
    "Client",
    "Relatie",
    "Contact",
    "ToegewezenProduct",
    "StartProduct",
    "StopProduct",
    "AangevraagdProduct",
    "Verzoek",
    "OngewijzigdProduct",
    "TeWijzigenProduct",
    "NieuwProduct",
    "Antwoord",
    "Declaratie",
    "DeclaratieAntwoord",
    "Prestatie",
];

/// Elements that only say how the message was made.
const TECHNISCH: [&str; 6] = [
    "BerichtVersie",
    "BerichtSubversie",
    "BasisschemaXsdVersie",
    "BerichtXsdVersie",
    "XsltVersie",
    "BerichtCode",
];

#[derive(Default)]
struct Lezing {
    /// The names of the open elements.
    pad: Vec<String>,
    /// Whether the element that was opened last has elements in it.
    blad: bool,
    tekst: String,
    /// The parts that are open, with their depth and place among all.
    open: Vec<(usize, usize)>,
    /// For the client that is open: where it starts, and whether it is one of those asked for.
    client: Option<(usize, bool)>,
    klaar: Vec<Vak>,
}

impl Lezing {
    fn open(&mut self, naam: &str) {
        self.pad.push(naam.to_owned());
        self.blad = true;
        self.tekst.clear();
        let is_contact = naam == "Contact" && self.in_relatie();
        if VAKKEN.contains(&naam) && !is_contact {
            if naam == "Client" {
                self.client = Some((self.klaar.len(), false));
            }
            self.open.push((self.pad.len(), self.klaar.len()));
            self.klaar.push(Vak { naam: woorden(naam), velden: Vec::new() });
        }
    }

    fn in_relatie(&self) -> bool {
        self.pad.iter().any(|it| it == "Relatie")
    }

    fn sluit(&mut self, bsns: Option<&[&str]>) {
        let depth = self.pad.len();
        let Some(naam) = self.pad.pop() else { return };
        if std::mem::take(&mut self.blad) {
            let tekst = std::mem::take(&mut self.tekst);
            let tekst = tekst.trim();
            if naam == "Bsn" && bsns.is_none_or(|it| it.contains(&tekst)) {
                self.client = self.client.map(|(at, _)| (at, true));
            }
            if !tekst.is_empty() && !TECHNISCH.contains(&naam.as_str()) {
                self.zeg(&naam, tekst);
            }
        }
        if self.open.last().is_some_and(|(at, _)| *at == depth) {
            self.open.pop();
        }
        if naam == "Client"
            && let Some((at, false)) = self.client.take()
            && bsns.is_some()
        {
            self.klaar.truncate(at);
        }
    }

    /// Tells a value in the part that is open, under the names between them.
    fn zeg(&mut self, naam: &str, tekst: &str) {
        let Some((depth, at)) = self.open.last().copied() else { return };
        let parent = self.pad.last().map_or("", String::as_str);
        let value = waarde(parent, naam, tekst);
        let own = woorden(naam);
        let around = self.pad.iter().skip(depth).next_back();
        let around = around.filter(|it| !["BerichtIdentificatie", "RetourCodes"].contains(&&***it));
        let label = match around.map(|it| woorden(it)) {
            // `Geboortedatum` says it already where the value lies in `Datum`.
            Some(it) if it.to_lowercase().ends_with(&own.to_lowercase()) => it,
            Some(it) => format!("{it}: {}", own.to_lowercase()),
            None => own,
        };
        if let Some(vak) = self.klaar.get_mut(at) {
            vak.velden.push((label, value));
        }
    }
}

/// The name of an element as words: `ToewijzingNummer` is `Toewijzing nummer`.
fn woorden(naam: &str) -> String {
    let known = [
        ("Header", "Van wie aan wie"),
        ("Client", "Cliënt"),
        ("ToegewezenProduct", "Toegewezen product"),
        ("StartProduct", "Start van levering"),
        ("StopProduct", "Einde van levering"),
        ("Prestatie", "Gedeclareerde prestatie"),
        ("DeclaratieAntwoord", "Antwoord op de declaratie"),
        ("Bsn", "BSN"),
        ("RedenBeeindiging", "Reden van beëindiging"),
        ("ToewijzingNummer", "Toewijzingsnummer"),
        ("DebetCredit", "Debet of credit"),
        ("TeWijzigenProduct", "Te wijzigen product"),
    ];
    if let Some((_, words)) = known.into_iter().find(|(it, _)| *it == naam) {
        return words.to_owned();
    }
    let mut words = String::new();
    for (at, letter) in naam.chars().enumerate() {
        if at > 0 && letter.is_uppercase() {
            words.push(' ');
            words.extend(letter.to_lowercase());
        } else {
            words.push(letter);
        }
    }
    words
}

/// A value in words: a code with its meaning, a date as people write it, an amount in euros.
fn waarde(parent: &str, naam: &str, tekst: &str) -> String {
    if naam == "Bsn" {
        return format!("eindigt op {}", tekst.get(tekst.len().saturating_sub(3)..).unwrap_or(""));
    }
    if let Ok(day) = tekst.parse::<Date>() {
        return format!("{:02}-{:02}-{:04}", day.day(), day.month(), day.year());
    }
    if ["Bedrag", "TotaalBedrag", "Budget", "ProductTarief"].contains(&naam)
        && let Ok(cents) = tekst.parse::<i64>()
    {
        return domain::Bedrag(cents).to_string();
    }
    match betekenis(parent, naam, tekst) {
        Some(meaning) => format!("{meaning} ({tekst})"),
        None => tekst.to_owned(),
    }
}

/// What a code means, where the element holds one.
fn betekenis(parent: &str, naam: &str, code: &str) -> Option<&'static str> {
    let naam = if naam == "ProductCategorie" { "Categorie" } else { naam };
    let path = format!("{parent}.{naam}");
    let own = |it: &&codelijst::Codelijst| it.element == path || it.element == naam;
    if ["Afzender", "Ontvanger"].contains(&naam) {
        return codelijst::gemeente(code);
    }
    let lijst = codelijst::lijsten().iter().find(own)?;
    lijst.waarde(code).map(|it| it.betekenis)
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;

    fn told(name: &str, bsns: Option<&[&str]>) -> String {
        let path = format!("{}/tests/data/iwmo/{name}", env!("CARGO_MANIFEST_DIR"));
        let bytes = std::fs::read(path).expect("an own message");
        let bericht = crate::iwmo::bericht::lees(name, &bytes).0.expect("a message");
        let mut out = String::new();
        for vak in leesbaar(&bericht, bsns) {
            let _ = writeln!(out, "{}", vak.naam);
            for (naam, waarde) in vak.velden {
                let _ = writeln!(out, "  {naam} = {waarde}");
            }
        }
        out
    }

    #[test]
    fn a_message_is_told_in_words_with_what_codes_mean() {
        expect_test::expect![[r#"
            Van wie aan wie
              Afzender = 99000001
              Ontvanger = 9999
              Identificatie = L-1
              Dagtekening = 10-02-2024
            Cliënt
              BSN = eindigt op 031
              Geboortedatum = 09-03-1941
              Geslacht = Vrouwelijk (2)
              Geslachtsnaam: achternaam = Iep
              Geslachtsnaam: voorvoegsel = van der
              Naam: voornamen = Fenna
            Start van levering
              Toewijzingsnummer = 501
              Product: categorie = Begeleiding (02)
              Product: code = 02V01
              Toewijzing ingangsdatum = 05-02-2024
              Begindatum = 07-02-2024
              Status aanlevering = Eerste aanlevering (1)
        "#]]
        .assert_eq(&told("3_start.xml", None));
    }

    #[test]
    fn of_a_bill_only_the_own_client_is_told() {
        let all = told("6_declaratie.xml", None);
        assert!(all.contains("Gedeclareerde prestatie"), "{all}");
        let none = told("6_declaratie.xml", Some(&["999900006"]));
        assert!(!none.contains("Gedeclareerde prestatie") && none.contains("Declaratie"), "{none}");
        let one = told("6_declaratie.xml", Some(&["999900031"]));
        for (line, is_own) in [("= R1", true), ("= R2", true), ("= R3", false)] {
            assert!(all.contains(line));
            assert_eq!(one.contains(line), is_own, "{one}");
        }
    }
}
