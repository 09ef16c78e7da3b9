//! One row of a table: every cell read strictly, every mistake listed at its row and column.

use std::{fmt::Display, str::FromStr};

use domain::{Bedrag, Bsn, Eenheid, Frequentie, Omvang, Periode, bsn::BsnFout};
use jiff::civil::Date;

use super::{
    getal::honderdsten,
    koppeling::Tabelkoppeling,
    waarden::{self, Woorden},
};
use crate::Problem;

/// Where one of our columns stands in a file, if it is there.
pub(super) struct Plek {
    pub(super) kolom: &'static str,
    pub(super) veld: Option<usize>,
}

/// One row of a table.
pub(super) struct Rij<'r> {
    koppeling: &'r Tabelkoppeling,
    kop: &'r [String],
    plekken: &'r [Plek],
    velden: &'r [String],
    regel: u64,
    problems: &'r mut Vec<Problem>,
    goed: bool,
}

/// An end that systems write for "no end".
const EINDE_DER_TIJDEN: i16 = 9999;

impl<'r> Rij<'r> {
    pub(super) fn new(
        koppeling: &'r Tabelkoppeling,
        kop: &'r [String],
        plekken: &'r [Plek],
        velden: &'r [String],
        regel: u64,
        problems: &'r mut Vec<Problem>,
    ) -> Rij<'r> {
        Rij { koppeling, kop, plekken, velden, regel, problems, goed: true }
    }

    /// Whether nothing was wrong that makes the row useless.
    pub(super) fn goed(&self) -> bool {
        self.goed
    }

    /// What stands in the column, in our words where the mapping has them; empty when absent.
    pub(super) fn tekst(&self, kolom: &'static str) -> String {
        let raw = self.raw(kolom);
        let ours = self.koppeling.waarden.get(kolom).and_then(|it| it.get(&raw.to_lowercase()));
        ours.map_or(raw, |(_, it)| it.as_str()).to_owned()
    }

    /// The same; `None` when it is empty.
    pub(super) fn mag(&self, kolom: &'static str) -> Option<String> {
        Some(self.tekst(kolom)).filter(|it| !it.is_empty())
    }

    /// The same; an empty cell is a mistake.
    pub(super) fn moet(&mut self, kolom: &'static str) -> Option<String> {
        let found = self.mag(kolom);
        if found.is_none() {
            self.fout(kolom, "leeg", "deze cel is leeg; hier hoort een waarde te staan");
        }
        found
    }

    /// A day.
    pub(super) fn datum(&mut self, kolom: &'static str) -> Option<Date> {
        let text = self.mag(kolom)?;
        let vorm = self.koppeling.vorm.datumvorm;
        let found = vorm
            .lees(&text)
            .filter(|it| (1850..=2200).contains(&it.year()) || it.year() == EINDE_DER_TIJDEN);
        if found.is_none() {
            let text = format!("‘{text}’ is geen datum; verwacht {vorm}, zoals {}", example(vorm));
            self.fout(kolom, "datum", text);
        }
        found
    }

    /// A day that must be there.
    pub(super) fn datum_moet(&mut self, kolom: &'static str) -> Option<Date> {
        self.moet(kolom)?;
        self.datum(kolom)
    }

    /// The days from one column up to and including the other; 31-12-9999 is no end.
    pub(super) fn periode(&mut self, van: &'static str, tot: &'static str) -> Option<Periode> {
        let start = self.datum_moet(van);
        let end = self.datum(tot).filter(|it| it.year() != EINDE_DER_TIJDEN);
        let periode = Periode::new(start?, end);
        if periode.is_none() {
            let vorm = self.koppeling.vorm.datumvorm;
            let start = start.map(|it| vorm.schrijf(it)).unwrap_or_default();
            let text = format!("het einde ligt voor het begin ({start})");
            self.fout(tot, "einde_voor_begin", text);
        }
        periode
    }

    /// A whole number.
    pub(super) fn geheel<T: FromStr>(&mut self, kolom: &'static str) -> Option<T> {
        let text = self.mag(kolom)?;
        let digits = text.bytes().all(|it| it.is_ascii_digit());
        let found = text.parse().ok().filter(|_| digits);
        if found.is_none() {
            let text = format!("‘{text}’ is geen geheel getal dat hier past");
            self.fout(kolom, "geheel_getal", text);
        }
        found
    }

    /// An amount of money.
    pub(super) fn bedrag(&mut self, kolom: &'static str) -> Option<Bedrag> {
        self.hundredths(kolom, "bedrag", "1.234,56", "1,234.56").map(Bedrag)
    }

    /// One of these words.
    pub(super) fn keuze<T: Copy>(
        &mut self,
        kolom: &'static str,
        woorden: &Woorden<T>,
    ) -> Option<T> {
        let text = self.mag(kolom)?;
        let wanted = text.to_lowercase();
        let found = woorden.iter().find(|(naam, _)| naam.to_lowercase() == wanted);
        if found.is_none() {
            let names: Vec<&str> = woorden.iter().map(|(naam, _)| *naam).collect();
            let text = format!(
                "‘{text}’ is niet bekend; verwacht een van: {}; of zet uw eigen code in \
                 [waarden.{kolom}] van de koppeling",
                names.join(", ")
            );
            self.fout(kolom, "onbekende_code", text);
        }
        found.map(|(_, it)| *it)
    }

    /// One of these words; an empty cell is a mistake.
    pub(super) fn keuze_moet<T: Copy>(
        &mut self,
        kolom: &'static str,
        woorden: &Woorden<T>,
    ) -> Option<T> {
        self.moet(kolom)?;
        self.keuze(kolom, woorden)
    }

    /// Something with its own form, such as an AGB code.
    pub(super) fn vorm<T: FromStr<Err = &'static str>>(
        &mut self,
        kolom: &'static str,
    ) -> Option<T> {
        let text = self.mag(kolom)?;
        match text.parse() {
            Ok(it) => Some(it),
            Err(expected) => {
                self.fout(kolom, "vorm", format!("‘{text}’ klopt niet: {expected}"));
                None
            }
        }
    }

    /// A BSN; eight digits most likely lost their leading zero in a spreadsheet.
    ///
    /// The number itself is never repeated in a problem.
    pub(super) fn bsn(&mut self, kolom: &'static str) -> Option<Bsn> {
        let text: String = self.raw(kolom).chars().filter(|it| !matches!(it, '.' | ' ')).collect();
        if text.is_empty() {
            return None;
        }
        let short = text.len() == 8 && text.bytes().all(|it| it.is_ascii_digit());
        let full = if short { format!("0{text}") } else { text };
        match full.parse() {
            Ok(bsn) => {
                if short {
                    let text = "dit BSN heeft acht cijfers; de voorloopnul is waarschijnlijk \
                                weggevallen en is aangevuld";
                    self.let_op(kolom, "bsn_voorloopnul", text);
                }
                Some(bsn)
            }
            Err(fout) => {
                let code = match fout {
                    BsnFout::GeenNegenCijfers => "bsn_lengte",
                    BsnFout::AlleenNullen | BsnFout::ElfproefFaalt => "bsn_elfproef",
                };
                self.fout(kolom, code, fout.to_string());
                None
            }
        }
    }

    /// A number of units; part of an hour becomes minutes, euros become cents.
    pub(super) fn hoeveelheid(&mut self, eenheid: Option<Eenheid>) -> Option<(u32, Eenheid)> {
        let volume = self.hundredths("volume", "getal", "2,5", "2.5")?;
        let Some(eenheid) = eenheid else {
            self.fout("eenheid", "leeg", "er staat een volume zonder eenheid");
            return None;
        };
        let (volume, eenheid) = match eenheid {
            Eenheid::Euro => (volume, eenheid),
            Eenheid::Uur if volume % 100 != 0 => {
                if volume * 60 % 100 != 0 {
                    let text = "dit deel van een uur is afgerond op hele minuten";
                    self.let_op("volume", "afgerond", text);
                }
                ((volume * 60 + 50) / 100, Eenheid::Minuut)
            }
            _ if volume % 100 != 0 => {
                let text = "alleen uren en euro's mogen cijfers achter de komma hebben";
                self.fout("volume", "geheel_getal", text);
                return None;
            }
            _ => (volume / 100, eenheid),
        };
        let volume = u32::try_from(volume).ok();
        if volume.is_none() {
            self.fout("volume", "getal", "een hoeveelheid is niet negatief en niet zo groot");
        }
        Some((volume?, eenheid))
    }

    /// Volume, unit and frequency; `None` when there is no volume.
    pub(super) fn omvang(&mut self) -> Option<Omvang> {
        let eenheid = self.keuze("eenheid", &waarden::eenheid());
        let frequentie = self.keuze("frequentie", &waarden::frequentie());
        self.mag("volume")?;
        let (volume, eenheid) = self.hoeveelheid(eenheid)?;
        if frequentie.is_none() && self.mag("frequentie").is_none() {
            self.fout("frequentie", "leeg", "er staat een volume zonder frequentie");
        }
        let frequentie: Frequentie = frequentie?;
        Some(Omvang { volume, eenheid, frequentie })
    }

    /// Names separated by `|` or by commas.
    pub(super) fn lijst(&self, kolom: &'static str) -> Vec<String> {
        let text = self.tekst(kolom);
        let parts = text.split(['|', ',']).map(|it| it.trim().to_owned());
        parts.filter(|it| !it.is_empty()).collect()
    }

    /// Something that makes the row useless.
    pub(super) fn fout(
        &mut self,
        kolom: &'static str,
        code: &'static str,
        text: impl Into<String>,
    ) {
        self.goed = false;
        let problem = Problem::fout(&self.koppeling.bestand, code, text).on_line(self.regel);
        let problem = problem.in_column(self.heading(kolom));
        self.problems.push(problem);
    }

    /// Something worth a look; the row stays.
    pub(super) fn let_op(&mut self, kolom: &'static str, code: &'static str, text: impl Display) {
        let problem = Problem::waarschuwing(&self.koppeling.bestand, code, text.to_string());
        let problem = problem.on_line(self.regel).in_column(self.heading(kolom));
        self.problems.push(problem);
    }

    fn hundredths(
        &mut self,
        kolom: &'static str,
        code: &'static str,
        komma: &str,
        punt: &str,
    ) -> Option<i64> {
        let text = self.mag(kolom)?;
        let teken = self.koppeling.vorm.decimaalteken;
        let found = honderdsten(&text, teken);
        if found.is_none() {
            let example = if teken.teken() == ',' { komma } else { punt };
            let text = format!("‘{text}’ is geen {code}; verwacht een {code} zoals {example}");
            self.fout(kolom, code, text);
        }
        found
    }

    fn raw(&self, kolom: &'static str) -> &str {
        let plek = self.plekken.iter().find(|it| it.kolom == kolom).and_then(|it| it.veld);
        let found = plek.and_then(|it| self.velden.get(it)).map(String::as_str);
        let fixed = self.koppeling.vast.get(kolom).map(String::as_str);
        let text = found.filter(|it| !it.is_empty()).or(fixed).unwrap_or("");
        // Our own export puts a quote before what a spreadsheet would run as a formula.
        match text.strip_prefix('\'') {
            Some(rest) if rest.starts_with(['=', '+', '-', '@']) => rest,
            _ => text,
        }
    }

    fn heading(&self, kolom: &'static str) -> &str {
        let plek = self.plekken.iter().find(|it| it.kolom == kolom).and_then(|it| it.veld);
        plek.and_then(|it| self.kop.get(it)).map_or(kolom, String::as_str)
    }
}

fn example(vorm: super::Datumvorm) -> String {
    vorm.schrijf(jiff::civil::date(2017, 12, 31))
}
