//! What a provider billed so far: every line with what became of it.

use std::collections::{HashMap, HashSet};

use domain::{Eenheid, Kenmerk};
use jiff::civil::Date;

use crate::iwmo::{bericht::wmo323::Prestatie, keten::partij::Partijen};

/// A billed line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ingediend {
    pub(super) bericht: usize,
    /// The allocation: the municipality and the number.
    pub toewijzing: (Box<str>, u32),
    /// The BSN of the client.
    pub bsn: Box<str>,
    /// The category.
    pub categorie: &'static str,
    /// The product code.
    pub code: Box<str>,
    /// First and last day of the `ProductPeriode`.
    pub periode: (Date, Date),
    /// How much was delivered.
    pub volume: u32,
    /// Of what.
    pub eenheid: Eenheid,
    /// What is asked in eurocents; negative for a credit.
    pub bedrag: i64,
    /// The line that it takes back.
    pub vorig: Option<Kenmerk>,
    /// What became of it.
    pub stand: Prestatiestand,
}

/// What became of a billed line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Prestatiestand {
    /// Not answered yet.
    Ingediend,
    /// Granted.
    Toegekend,
    /// Rejected: it never counts.
    Afgewezen,
}

/// All billed lines, by the fingerprint of their reference.
#[derive(Debug, Clone, Default)]
pub(super) struct Rekening {
    pub(super) regels: HashMap<Kenmerk, Ingediend>,
    per_toewijzing: HashMap<(Box<str>, u32), Vec<Kenmerk>>,
    gecrediteerd: HashSet<Kenmerk>,
}

/// What was billed under one allocation, net of credits, in the smallest unit of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Stand {
    /// The volume; hours count as minutes.
    pub volume: i64,
    /// The amount in eurocents.
    pub bedrag: i64,
}

impl Ingediend {
    /// From a class that was read; `None` when a part of it could not be.
    pub(super) fn lees(
        bericht: usize,
        partijen: &Partijen,
        bsn: &str,
        it: &Prestatie,
    ) -> Option<(Kenmerk, Ingediend)> {
        let referentie = &it.product_referentie;
        let cents = i64::try_from(it.ingediend_bedrag.bedrag.waarde()?).ok()?;
        let credit = it.ingediend_bedrag.debet_credit.is("C");
        let key = partijen.prestatie(referentie.referentie_nummer.get()?);
        let periode =
            (it.product_periode.begindatum.waarde()?, it.product_periode.einddatum.waarde()?);
        let line = Ingediend {
            bericht,
            toewijzing: (partijen.gemeente.clone(), it.toewijzing_nummer.waarde()?),
            bsn: bsn.into(),
            categorie: it.product_categorie.waarde()?,
            code: it.product_code.waarde()?,
            periode,
            volume: it.geleverd_volume.waarde()?,
            eenheid: Eenheid::from_code(it.eenheid.waarde()?)?,
            bedrag: if credit { -cents } else { cents },
            vorig: referentie.vorig_referentie_nummer.get().map(|it| partijen.prestatie(it)),
            stand: Prestatiestand::Ingediend,
        };
        Some((key, line))
    }

    /// Whether it takes an earlier line back.
    pub fn is_credit(&self) -> bool {
        self.vorig.is_some()
    }

    /// What it adds to the sums; a credit takes off.
    pub fn telt(&self) -> Stand {
        let volume = super::vergelijkbaar(u64::from(self.volume), self.eenheid);
        let volume = i64::try_from(volume).unwrap_or(i64::MAX);
        Stand { volume: if self.is_credit() { -volume } else { volume }, bedrag: self.bedrag }
    }

    /// Whether it bills the same thing: allocation, product and period.
    pub(super) fn zelfde(&self, ander: &Ingediend) -> bool {
        self.toewijzing == ander.toewijzing
            && self.periode == ander.periode
            && (self.categorie, &self.code) == (ander.categorie, &ander.code)
    }
}

impl Stand {
    pub(super) fn plus(self, ander: Stand) -> Stand {
        Stand {
            volume: self.volume.saturating_add(ander.volume),
            bedrag: self.bedrag.saturating_add(ander.bedrag),
        }
    }
}

impl Rekening {
    pub(super) fn neem(&mut self, key: Kenmerk, line: Ingediend) {
        if let Some(vorig) = line.vorig {
            self.gecrediteerd.insert(vorig);
        }
        self.per_toewijzing.entry(line.toewijzing.clone()).or_default().push(key);
        self.regels.insert(key, line);
    }

    /// Takes the answer in for a line; a rejected credit leaves what it took back as it was.
    pub(super) fn beantwoord(&mut self, key: Kenmerk, stand: Prestatiestand) {
        let Some(line) = self.regels.get_mut(&key) else { return };
        line.stand = stand;
        if let (Some(vorig), Prestatiestand::Afgewezen) = (line.vorig, stand) {
            self.gecrediteerd.remove(&vorig);
        }
    }

    pub(super) fn is_gecrediteerd(&self, key: Kenmerk) -> bool {
        self.gecrediteerd.contains(&key)
    }

    /// The lines under an allocation that count: all but the rejected ones.
    pub(super) fn onder<'r>(
        &'r self,
        toewijzing: &(Box<str>, u32),
    ) -> impl Iterator<Item = (Kenmerk, &'r Ingediend)> {
        let keys = self.per_toewijzing.get(toewijzing).map_or(&[][..], Vec::as_slice);
        let lines = keys.iter().filter_map(|it| Some((*it, self.regels.get(it)?)));
        lines.filter(|(_, it)| it.stand != Prestatiestand::Afgewezen)
    }

    /// The lines of one message.
    pub(super) fn van_bericht(&self, bericht: usize) -> Vec<Kenmerk> {
        let own = self.regels.iter().filter(|(_, it)| it.bericht == bericht);
        own.map(|(key, _)| *key).collect()
    }
}
