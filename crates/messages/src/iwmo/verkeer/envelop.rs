//! The StUF-GGK envelope 2.1: a message from one organisation to another, or the answer of a hop.
//!
//! Written are `ggk0210-Di01` (a first message), `ggk0210-Du01` (what comes back), `Bv03` (received)
//! and `Fo01` (refused). Reading looks for the names of StUF only, not for where exactly they lie.

use jiff::civil::DateTime;

use crate::{
    Problem,
    iwmo::{
        bericht::schrijver::escape,
        code,
        verkeer::base64,
        xml::{Bron, Deel},
    },
};

const STUF: &str = "http://www.egem.nl/StUF/StUF0301";
const GGK: &str = "http://www.stufstandaarden.nl/koppelvlak/ggk0210";

/// What an envelope is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Soort {
    /// `Di01`: a first message.
    Di01,
    /// `Du01`: what comes back for one.
    Du01,
    /// `Bv03`: a hop received the envelope.
    Bv03,
    /// `Fo01`: a hop refuses the envelope.
    Fo01,
}

impl Soort {
    /// Every kind.
    pub const ALLE: [Soort; 4] = [Soort::Di01, Soort::Du01, Soort::Bv03, Soort::Fo01];

    /// The `berichtcode` of StUF.
    pub const fn code(self) -> &'static str {
        match self {
            Soort::Di01 => "Di01",
            Soort::Du01 => "Du01",
            Soort::Bv03 => "Bv03",
            Soort::Fo01 => "Fo01",
        }
    }

    const fn element(self) -> &'static str {
        match self {
            Soort::Di01 => "ggk:ggk0210-Di01",
            Soort::Du01 => "ggk:ggk0210-Du01",
            Soort::Bv03 => "StUF:Bv03Bericht",
            Soort::Fo01 => "StUF:Fo01Bericht",
        }
    }
}

/// A sender or receiver of an envelope.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Partij {
    /// The code of the municipality or provider.
    pub organisatie: String,
    /// The name of the program, such as `GGk`.
    pub applicatie: String,
}

/// Why a hop refuses an envelope.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Foutbericht {
    /// The code, such as `IB014`.
    pub code: String,
    /// What the hop says of it.
    pub omschrijving: String,
}

/// A message in its envelope, or the answer of a hop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Envelop {
    /// What it is for.
    pub soort: Soort,
    /// Who sends it.
    pub zender: Partij,
    /// Who gets it.
    pub ontvanger: Partij,
    /// The key of the envelope: a UUID of version 4.
    pub referentienummer: String,
    /// The key of the envelope that this one answers.
    pub kruisreferentie: Option<String>,
    /// The moment of sending, in Dutch time.
    pub tijdstip: Option<DateTime>,
    /// The kind of message in it, such as `WMO301`.
    pub functie: String,
    /// The message, byte for byte.
    pub inhoud: Option<Vec<u8>>,
    /// Why it is refused.
    pub fout: Option<Foutbericht>,
}

impl Envelop {
    /// The bytes of the envelope.
    pub fn schrijf(&self) -> Vec<u8> {
        let root = self.soort.element();
        let mut text = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n\
             <{root} xmlns:StUF=\"{STUF}\" xmlns:ggk=\"{GGK}\">\r\n"
        );
        let mut stuur = String::new();
        add(&mut stuur, "StUF:berichtcode", self.soort.code());
        for (naam, partij) in [("zender", &self.zender), ("ontvanger", &self.ontvanger)] {
            let mut in_it = String::new();
            add(&mut in_it, "StUF:organisatie", &partij.organisatie);
            add(&mut in_it, "StUF:applicatie", &partij.applicatie);
            around(&mut stuur, &format!("StUF:{naam}"), &in_it);
        }
        add(&mut stuur, "StUF:referentienummer", &self.referentienummer);
        if let Some(moment) = self.tijdstip {
            add(&mut stuur, "StUF:tijdstipBericht", &moment.strftime("%Y%m%d%H%M%S").to_string());
        }
        if let Some(first) = &self.kruisreferentie {
            add(&mut stuur, "StUF:crossRefnummer", first);
        }
        if !self.functie.is_empty() {
            add(&mut stuur, "StUF:functie", &self.functie);
        }
        around(&mut text, "StUF:stuurgegevens", &stuur);
        if let Some(inhoud) = &self.inhoud {
            let mut parameters = String::new();
            for (naam, value) in [
                ("applicatieVersie", "0001"),
                ("applicatieSubversie", "0000"),
                ("functieVersie", "0003"),
                ("functieSubversie", "0002"),
            ] {
                add(&mut parameters, &format!("ggk:{naam}"), value);
            }
            around(&mut text, "ggk:parameters", &parameters);
            let mut bericht = String::new();
            add(&mut bericht, "ggk:xmlBestand", &base64::encode(inhoud));
            around(&mut text, "ggk:bericht", &bericht);
        }
        if let Some(fout) = &self.fout {
            let mut body = String::new();
            add(&mut body, "StUF:code", &fout.code);
            add(&mut body, "StUF:plek", "client");
            add(&mut body, "StUF:omschrijving", &fout.omschrijving);
            around(&mut text, "StUF:body", &body);
        }
        text.push_str(&format!("</{root}>\r\n"));
        text.into_bytes()
    }

    /// Reads an envelope; a SOAP envelope around it is looked through.
    pub fn lees(file: &str, bytes: &[u8]) -> Result<Envelop, Problem> {
        let mut bron = Bron::envelop(file, bytes)?;
        let mut found = Gevonden::default();
        let mut path: Vec<&str> = Vec::new();
        let mut text = String::new();
        loop {
            match bron.volgende()? {
                Deel::Open(open) => {
                    path.push(open.naam);
                    text.clear();
                }
                Deel::Tekst(more) => text.push_str(&more),
                Deel::Sluit => {
                    found.take(&path, &mut text);
                    path.pop();
                }
                Deel::Einde => break,
            }
        }
        found.envelop(file)
    }
}

fn add(out: &mut String, naam: &str, value: &str) {
    out.push_str(&format!("<{naam}>"));
    escape(value, out);
    out.push_str(&format!("</{naam}>\r\n"));
}

fn around(out: &mut String, naam: &str, inside: &str) {
    out.push_str(&format!("<{naam}>\r\n{inside}</{naam}>\r\n"));
}

/// What was found while reading.
#[derive(Default)]
struct Gevonden {
    berichtcode: String,
    zender: Partij,
    ontvanger: Partij,
    referentienummer: String,
    kruisreferentie: Option<String>,
    tijdstip: Option<DateTime>,
    functie: String,
    payload: Option<String>,
    fout: Foutbericht,
}

impl Gevonden {
    /// Keeps the text of the element that closes.
    fn take(&mut self, path: &[&str], text: &mut String) {
        let [.., parent, naam] = path else { return };
        let value = || text.trim().to_owned();
        match (*parent, *naam) {
            ("stuurgegevens", "berichtcode") => self.berichtcode = value(),
            ("zender", "organisatie") => self.zender.organisatie = value(),
            ("zender", "applicatie") => self.zender.applicatie = value(),
            ("ontvanger", "organisatie") => self.ontvanger.organisatie = value(),
            ("ontvanger", "applicatie") => self.ontvanger.applicatie = value(),
            (_, "referentienummer") => self.referentienummer = value(),
            (_, "crossRefnummer") => self.kruisreferentie = Some(value()),
            (_, "tijdstipBericht") => self.tijdstip = moment(text.trim()),
            ("stuurgegevens", "functie") => self.functie = value(),
            ("body", "code") => self.fout.code = value(),
            ("body", "omschrijving" | "details") if self.fout.omschrijving.is_empty() => {
                self.fout.omschrijving = value();
            }
            (_, "xmlBestand") => self.payload = Some(std::mem::take(text)),
            _ => {}
        }
        text.clear();
    }

    fn envelop(self, file: &str) -> Result<Envelop, Problem> {
        let refuse = |text: &str| Problem::fout(file, code::ENVELOP, text);
        let soort = Soort::ALLE.into_iter().find(|it| it.code() == self.berichtcode);
        let Some(soort) = soort else {
            return Err(refuse(
                "dit is geen StUF-envelop met berichtcode Di01, Du01, Bv03 of Fo01",
            ));
        };
        if self.referentienummer.is_empty() {
            return Err(refuse("de envelop heeft geen referentienummer"));
        }
        let inhoud = match self.payload.map(|it| base64::decode(&it)) {
            None => None,
            Some(Some(bytes)) => Some(bytes),
            Some(None) => return Err(refuse("de inhoud van de envelop is geen base64")),
        };
        if matches!(soort, Soort::Di01 | Soort::Du01) && inhoud.is_none() {
            return Err(refuse("de envelop is leeg; er hoort een bericht in"));
        }
        Ok(Envelop {
            soort,
            zender: self.zender,
            ontvanger: self.ontvanger,
            referentienummer: self.referentienummer,
            kruisreferentie: self.kruisreferentie,
            tijdstip: self.tijdstip,
            functie: self.functie,
            inhoud,
            fout: (soort == Soort::Fo01).then_some(self.fout),
        })
    }
}

/// A moment as `20250131093000`, with or without parts of a second.
fn moment(text: &str) -> Option<DateTime> {
    DateTime::strptime("%Y%m%d%H%M%S", text.get(..14)?).ok()
}
