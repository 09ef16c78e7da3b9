//! What is expected of the other side and of ourselves, by when; and what was rejected.

use domain::termijn::plus_werkdagen;
use jiff::civil::Date;

use crate::iwmo::{
    bericht::Berichtsoort,
    codelijst,
    keten::{
        geschiedenis::{Keten, Leversleutel, Verzonden},
        levering::Leverstand,
        partij::Partijen,
        toewijzing::Versie,
    },
};

/// Something that is to come, with the last day for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verwachting {
    /// What is to come.
    pub wat: Watverwacht,
    /// Between whom.
    pub partijen: Partijen,
    /// The last day.
    pub uiterlijk: Date,
    /// The place in the history of the message that it follows from; none for delivery.
    pub bericht: Option<usize>,
}

/// What is to come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Watverwacht {
    /// The return or answer to a message. OP090, OP090x4.
    Retour {
        /// The kind of the message that went.
        van: Berichtsoort,
        /// Its key.
        identificatie: Box<str>,
    },
    /// The answer to a request. OP274, OP346.
    Antwoord {
        /// The provider's reference.
        referentie: Box<str>,
    },
    /// The report of a start. OP271.
    Start {
        /// The number of the allocation.
        toewijzing: u32,
    },
    /// The report of a stop: every start is followed by one. OP272, OP288.
    Stop {
        /// The number of the allocation.
        toewijzing: u32,
    },
}

/// A message, or a part of it, that came back rejected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Afkeuring<'a> {
    /// The message that went.
    pub bericht: &'a Verzonden,
    /// The class that carries the code.
    pub klasse: &'static str,
    /// The return code.
    pub code: &'static str,
    /// What it means, in Dutch.
    pub betekenis: &'static str,
    /// What to do about it, in Dutch; empty where nothing.
    pub advies: &'static str,
}

impl Verwachting {
    /// Whether it should have come already.
    pub fn is_te_laat(&self, vandaag: Date) -> bool {
        self.uiterlijk < vandaag
    }

    /// What is to come, in words.
    pub fn tekst(&self) -> String {
        match &self.wat {
            Watverwacht::Retour { van: Berichtsoort::Wmo323, identificatie } => {
                format!("een antwoord op declaratie {identificatie} (WMO325)")
            }
            Watverwacht::Retour { van, identificatie } => {
                format!("een retour op {van} {identificatie}")
            }
            Watverwacht::Antwoord { referentie } => {
                format!("een antwoord op verzoek {referentie} (WMO301 of WMO319)")
            }
            Watverwacht::Start { toewijzing } => {
                format!("een start op toewijzing {toewijzing} (WMO305)")
            }
            Watverwacht::Stop { toewijzing } => {
                format!("een stop op toewijzing {toewijzing} (WMO307)")
            }
        }
    }
}

impl Keten {
    /// Everything that is still to come, the most urgent first.
    ///
    /// A start or stop that stays out is a signal only: it never holds up a payment (OP364).
    pub fn verwachtingen(&self) -> Vec<Verwachting> {
        let mut all: Vec<Verwachting> = self.retouren().collect();
        for (aanbieder, referentie, verzoek) in self.verzoeken() {
            let Some(uiterlijk) = verzoek.uiterlijk() else { continue };
            let gemeente = self.berichten[verzoek.bericht].partijen.gemeente.clone();
            let partijen = Partijen { gemeente, aanbieder: aanbieder.into() };
            let wat = Watverwacht::Antwoord { referentie: referentie.into() };
            let bericht = Some(verzoek.bericht);
            all.push(Verwachting { wat, partijen, uiterlijk, bericht });
        }
        for (gemeente, nummer, versie) in self.toewijzingen().filter(|(.., it)| !it.verwijderd) {
            all.extend(self.levering_van(gemeente, nummer, versie));
        }
        all.sort_by_key(|it| it.uiterlijk);
        all
    }

    /// Every rejection that came back, newest first.
    pub fn afkeuringen(&self) -> Vec<Afkeuring<'_>> {
        let mut all = Vec::new();
        for bericht in self.berichten.iter().rev() {
            for (klasse, code) in bericht.retour.iter().flat_map(|it| &it.codes) {
                let known = codelijst::retourcode(code);
                all.push(Afkeuring {
                    bericht,
                    klasse,
                    code,
                    betekenis: known.map_or("onbekende code", |it| it.betekenis),
                    advies: known.map_or("", |it| it.advies),
                });
            }
        }
        all
    }

    fn retouren(&self) -> impl Iterator<Item = Verwachting> {
        let open = self.berichten.iter().filter(|it| it.retour.is_none());
        open.filter(|it| it.soort.retour().is_some()).map(|it| {
            let days = if it.soort == Berichtsoort::Wmo323 { 10 } else { 3 };
            let wat =
                Watverwacht::Retour { van: it.soort, identificatie: it.identificatie.clone() };
            let uiterlijk = plus_werkdagen(it.dagtekening, days);
            let bericht = Some(it.nummer);
            Verwachting { wat, partijen: it.partijen.clone(), uiterlijk, bericht }
        })
    }

    fn levering_van(&self, gemeente: &str, nummer: u32, versie: &Versie) -> Option<Verwachting> {
        let partijen = Partijen { gemeente: gemeente.into(), aanbieder: versie.aanbieder.clone() };
        let sleutel = Leversleutel {
            partijen: partijen.clone(),
            bsn: versie.bsn.clone(),
            nummer: Some(nummer),
            product: (None, None),
        };
        // An allocation in hindsight was only known from the day it was sent.
        let sent = self.berichten.get(versie.bericht).map(|it| it.dagtekening);
        let known = sent.map_or(versie.van, |it| it.max(versie.van));
        let (wat, from) = match (self.levering(&sleutel).stand(), versie.tot) {
            (Leverstand::NietGestart, _) => (Watverwacht::Start { toewijzing: nummer }, known),
            (Leverstand::Gestart { .. } | Leverstand::TijdelijkGestopt { .. }, Some(end)) => {
                (Watverwacht::Stop { toewijzing: nummer }, end)
            }
            _ => return None,
        };
        let uiterlijk = plus_werkdagen(from, 5);
        Some(Verwachting { wat, partijen, uiterlijk, bericht: None })
    }
}
