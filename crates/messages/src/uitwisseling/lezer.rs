//! Reads a table row by row from a stream of bytes, whatever its separator and encoding.

use std::io::{BufRead, BufReader, Read};

use csv::ByteRecord;

use super::{
    koppeling::{Codering, Tabelkoppeling},
    regels::Regels,
    rij::{Plek, Rij},
};
use crate::Problem;

/// A row that was understood, with the line on which it starts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Gelezen<T> {
    pub(super) regel: u64,
    pub(super) rij: T,
}

/// How many problems of one file are listed; the rest is counted.
const HOOGSTENS: usize = 1000;

/// Reads all rows; what is wrong with the file or a row goes to the problems, the rest comes back.
pub(super) fn lees<T>(
    koppeling: &Tabelkoppeling,
    bytes: Box<dyn Read>,
    problems: &mut Vec<Problem>,
    row: fn(&mut Rij<'_>) -> Option<T>,
) -> Vec<Gelezen<T>> {
    let mut file = Bestand { koppeling, codering: koppeling.vorm.codering, warned: false };
    let mut own = Vec::new();
    let rows = file.lees(bytes, &mut own, row).unwrap_or_else(|problem| {
        own.push(*problem);
        Vec::new()
    });
    let more = own.len().saturating_sub(HOOGSTENS);
    own.truncate(HOOGSTENS);
    problems.append(&mut own);
    if more > 0 {
        let text = format!("dit bestand heeft nog {more} andere meldingen, die hier niet staan");
        problems.push(Problem::fout(&koppeling.bestand, "meer_meldingen", text));
    }
    rows
}

struct Bestand<'a> {
    koppeling: &'a Tabelkoppeling,
    codering: Codering,
    /// Whether the encoding was called wrong already.
    warned: bool,
}

impl Bestand<'_> {
    fn lees<T>(
        &mut self,
        bytes: Box<dyn Read>,
        problems: &mut Vec<Problem>,
        row: fn(&mut Rij<'_>) -> Option<T>,
    ) -> Result<Vec<Gelezen<T>>, Box<Problem>> {
        let mut bytes = BufReader::with_capacity(1 << 16, bytes);
        self.skip_mark(&mut bytes)?;
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(self.koppeling.vorm.scheiding)
            .from_reader(Regels::new(bytes));
        let mut record = ByteRecord::new();
        if !reader.read_byte_record(&mut record).map_err(|it| Box::new(self.unreadable(&it)))? {
            let text = "het bestand is leeg; verwacht een kopregel met kolomnamen";
            return Err(Box::new(self.problem("leeg_bestand", text)));
        }
        let kop = self.decode(&record, 1, problems);
        let plekken = self.columns(&kop)?;
        let mut rows = Vec::new();
        let mut any = false;
        loop {
            let before = reader.position().line();
            match reader.read_byte_record(&mut record) {
                Ok(false) => break,
                Ok(true) => {}
                Err(error) => {
                    problems.push(self.unreadable(&error).on_line(before));
                    break;
                }
            }
            if record.iter().all(|it| it.trim_ascii().is_empty()) {
                continue;
            }
            any = true;
            // Empty lines before the row count to its position, a cell that is never closed has
            // no line end of its own: the later of the two is right.
            let within = record.as_slice().iter().filter(|it| **it == b'\n').count() as u64;
            let regel = reader.position().line().saturating_sub(within + 1);
            let regel = regel.max(record.position().map_or(before, csv::Position::line));
            if record.len() != kop.len() {
                problems.push(self.wrong_width(&record, kop.len(), regel, within));
                continue;
            }
            let velden = self.decode(&record, regel, problems);
            let mut rij = Rij::new(self.koppeling, &kop, &plekken, &velden, regel, problems);
            let read = row(&mut rij);
            if let (Some(it), true) = (read, rij.goed()) {
                rows.push(Gelezen { regel, rij: it });
            }
        }
        if !any {
            let text = "het bestand heeft wel een kopregel, maar geen rijen";
            let file = &self.koppeling.bestand;
            problems.push(Problem::waarschuwing(file, "geen_rijen", text));
        }
        Ok(rows)
    }

    /// Skips a byte order mark; what it says of the encoding is certain.
    fn skip_mark(&mut self, bytes: &mut impl BufRead) -> Result<(), Box<Problem>> {
        let start = bytes.fill_buf().map_err(|error| {
            Box::new(self.problem("leesfout", format!("het bestand is niet te lezen: {error}")))
        })?;
        if start.starts_with(b"\xff\xfe") || start.starts_with(b"\xfe\xff") {
            let text = "het bestand is UTF-16; bewaar het als CSV in UTF-8 of Windows-1252";
            return Err(Box::new(self.problem("codering", text)));
        }
        if start.starts_with(b"\xef\xbb\xbf") {
            bytes.consume(3);
            self.codering = Codering::Utf8;
        }
        Ok(())
    }

    fn decode(
        &mut self,
        record: &ByteRecord,
        regel: u64,
        problems: &mut Vec<Problem>,
    ) -> Vec<String> {
        record.iter().map(|it| self.text(it, regel, problems)).collect()
    }

    /// The field as text; a field in the other encoding is read as such and said once.
    fn text(&mut self, field: &[u8], regel: u64, problems: &mut Vec<Problem>) -> String {
        if field.is_ascii() {
            return String::from_utf8_lossy(field).trim().to_owned();
        }
        let as_utf8 = std::str::from_utf8(field);
        let (found, stated) = match as_utf8 {
            Ok(_) => (Codering::Utf8, self.codering),
            Err(_) => (Codering::Windows1252, self.codering),
        };
        if found != stated && !self.warned {
            self.warned = true;
            let (is, name) = match found {
                Codering::Utf8 => ("UTF-8", "utf-8"),
                Codering::Windows1252 => ("Windows-1252", "windows-1252"),
            };
            let text = format!(
                "de letters zijn hier geschreven als {is}, anders dan de koppeling zegt; zo zijn ze \
                 gelezen. Zet codering = \"{name}\" in de koppeling als namen zo kloppen"
            );
            let file = &self.koppeling.bestand;
            problems.push(Problem::waarschuwing(file, "codering", text).on_line(regel));
        }
        match as_utf8 {
            Ok(text) => text.trim().to_owned(),
            Err(_) => encoding_rs::WINDOWS_1252.decode(field).0.trim().to_owned(),
        }
    }

    /// Where each of our columns stands in the file.
    fn columns(&self, kop: &[String]) -> Result<Vec<Plek>, Box<Problem>> {
        let mut missing = Vec::new();
        let mut plekken = Vec::new();
        for kolom in self.koppeling.tabel.kolommen {
            let asked = self.koppeling.kolommen.get(kolom.naam);
            let heading = asked.map_or(kolom.naam, String::as_str);
            let found = kop.iter().position(|it| it.eq_ignore_ascii_case(heading.trim()));
            let fixed = self.koppeling.vast.contains_key(kolom.naam);
            if found.is_none() && !fixed && (kolom.verplicht || asked.is_some()) {
                missing.push(format!("‘{heading}’ ({})", kolom.naam));
            }
            plekken.push(Plek { kolom: kolom.naam, veld: found });
        }
        if missing.is_empty() {
            return Ok(plekken);
        }
        let found: Vec<String> = kop.iter().map(|it| format!("‘{it}’")).collect();
        let mut text =
            format!("kolom {} ontbreekt; de kop heeft: {}", missing.join(", "), found.join(", "));
        if let ([single], name) = (kop, self.koppeling.vorm.scheiding_naam())
            && let Some(other) = [';', ',', '\t'].into_iter().find(|it| single.contains(*it))
        {
            let other = if other == '\t' { "tab".to_owned() } else { other.to_string() };
            text.push_str(&format!(
                ". Staat scheiding goed? Nu \"{name}\", in de kop staat \"{other}\""
            ));
        }
        Err(Box::new(self.problem("kolom_ontbreekt", text).on_line(1)))
    }

    /// A row with more or fewer cells than the head; `within` line ends lie inside its cells.
    fn wrong_width(&self, record: &ByteRecord, kop: usize, regel: u64, within: u64) -> Problem {
        let velden = if record.len() == 1 { "veld" } else { "velden" };
        let mut text = format!("deze rij heeft {} {velden}, de kop heeft er {kop}", record.len());
        if within > 0 {
            text.push_str(&format!(
                "; de rij loopt door tot regel {}: er ontbreekt wellicht een aanhalingsteken",
                regel + within - u64::from(record.as_slice().ends_with(b"\n"))
            ));
        } else {
            let name = self.koppeling.vorm.scheiding_naam();
            text.push_str(&format!(
                "; zet een veld met een \"{name}\" erin tussen aanhalingstekens"
            ));
        }
        self.problem("aantal_velden", text).on_line(regel)
    }

    fn unreadable(&self, error: &csv::Error) -> Problem {
        self.problem("leesfout", format!("het bestand is hier niet te lezen: {error}"))
    }

    fn problem(&self, code: &'static str, text: impl Into<String>) -> Problem {
        Problem::fout(&self.koppeling.bestand, code, text)
    }
}
