//! Writes one table: separator, encoding, amounts and days as the mapping tells.

use domain::{Bedrag, Eenheid, Omvang, Periode};
use jiff::civil::Date;

use crate::uitwisseling::{
    getal::schrijf_honderdsten,
    koppeling::{Codering, Tabelkoppeling},
    waarden,
};

/// A table being written; set the cells of a row, then end the row.
pub(super) struct Schrijver<'k> {
    koppeling: &'k Tabelkoppeling,
    kolommen: Vec<&'static str>,
    cellen: Vec<String>,
    text: String,
    rijen: usize,
}

impl<'k> Schrijver<'k> {
    /// Starts with the head; `genoemd` keeps to the columns that the mapping names.
    pub(super) fn new(koppeling: &'k Tabelkoppeling, genoemd: bool) -> Schrijver<'k> {
        let named = |it: &str| !genoemd || koppeling.kolommen.contains_key(it);
        let kolommen: Vec<&'static str> =
            koppeling.tabel.kolommen.iter().map(|it| it.naam).filter(|it| named(it)).collect();
        let cellen = vec![String::new(); kolommen.len()];
        let mut it = Schrijver { koppeling, kolommen, cellen, text: String::new(), rijen: 0 };
        let heading = |it: &&str| koppeling.kolommen.get(*it).cloned().unwrap_or((*it).to_owned());
        let headings: Vec<String> = it.kolommen.iter().map(heading).collect();
        it.line(&headings);
        it
    }

    /// Sets a cell to a text, or to their code for it.
    pub(super) fn tekst(&mut self, kolom: &'static str, text: &str) -> &mut Self {
        let codes = self.koppeling.waarden.get(kolom);
        let their = codes
            .and_then(|it| it.values().find(|(_, our)| our.to_lowercase() == text.to_lowercase()));
        let text = their.map_or(text, |(their, _)| their.as_str());
        // A spreadsheet would run a text that starts like this.
        let safe = if text.starts_with(['=', '+', '-', '@']) {
            format!("'{text}")
        } else {
            text.to_owned()
        };
        self.set(kolom, safe)
    }

    pub(super) fn getal(&mut self, kolom: &'static str, getal: impl ToString) -> &mut Self {
        self.set(kolom, getal.to_string())
    }

    pub(super) fn datum(&mut self, kolom: &'static str, dag: Option<Date>) -> &mut Self {
        let vorm = self.koppeling.vorm.datumvorm;
        self.set(kolom, dag.map(|it| vorm.schrijf(it)).unwrap_or_default())
    }

    pub(super) fn periode(&mut self, geldig: &Periode) -> &mut Self {
        self.datum("van", Some(geldig.van())).datum("tot", geldig.tot_en_met())
    }

    pub(super) fn bedrag(&mut self, kolom: &'static str, bedrag: Option<Bedrag>) -> &mut Self {
        let teken = self.koppeling.vorm.decimaalteken;
        self.set(kolom, bedrag.map(|it| schrijf_honderdsten(it.0, teken)).unwrap_or_default())
    }

    pub(super) fn hoeveelheid(&mut self, volume: u32, eenheid: Eenheid) -> &mut Self {
        let teken = self.koppeling.vorm.decimaalteken;
        let volume = match eenheid {
            Eenheid::Euro => schrijf_honderdsten(volume.into(), teken),
            _ => volume.to_string(),
        };
        self.getal("volume", volume);
        self.tekst("eenheid", waarden::woord(&waarden::eenheid(), &eenheid))
    }

    pub(super) fn omvang(&mut self, omvang: Option<Omvang>) -> &mut Self {
        let Some(it) = omvang else { return self };
        self.hoeveelheid(it.volume, it.eenheid);
        self.tekst("frequentie", waarden::woord(&waarden::frequentie(), &it.frequentie))
    }

    /// Ends the row.
    pub(super) fn rij(&mut self) {
        let cellen = std::mem::take(&mut self.cellen);
        self.line(&cellen);
        self.cellen = vec![String::new(); self.kolommen.len()];
        self.rijen += 1;
    }

    pub(super) fn rijen(&self) -> usize {
        self.rijen
    }

    pub(super) fn bytes(self) -> Vec<u8> {
        match self.koppeling.vorm.codering {
            Codering::Utf8 => [b"\xef\xbb\xbf", self.text.as_bytes()].concat(),
            Codering::Windows1252 => {
                // What the encoding lacks becomes a question mark, not an entity of another format.
                let known = |it: char| {
                    let mut bytes = [0; 4];
                    let (_, _, lost) = encoding_rs::WINDOWS_1252.encode(it.encode_utf8(&mut bytes));
                    if lost { '?' } else { it }
                };
                let text: String = self.text.chars().map(known).collect();
                encoding_rs::WINDOWS_1252.encode(&text).0.into_owned()
            }
        }
    }

    fn set(&mut self, kolom: &'static str, text: String) -> &mut Self {
        if let Some(at) = self.kolommen.iter().position(|it| *it == kolom) {
            self.cellen[at] = text;
        }
        self
    }

    fn line(&mut self, cellen: &[String]) {
        let separator = char::from(self.koppeling.vorm.scheiding);
        for (at, cel) in cellen.iter().enumerate() {
            if at > 0 {
                self.text.push(separator);
            }
            if cel.contains([separator, '"', '\n', '\r']) {
                self.text.push('"');
                self.text.push_str(&cel.replace('"', "\"\""));
                self.text.push('"');
            } else {
                self.text.push_str(cel);
            }
        }
        self.text.push_str("\r\n");
    }
}
