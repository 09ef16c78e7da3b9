//! Which knowledge is asked of whom, and who has it until when.

use jiff::{ToSpan, civil::Date};

use crate::{Functie, MedewerkerId, Register};

/// A subject in which staff is trained.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scholingsonderwerp {
    /// The Wmo 2015 and its case law.
    Wmo,
    /// The framework for judging need.
    Beoordelingskader,
    /// The offer of general provisions.
    VoorliggendVeld,
    /// The boundary with Wlz and Zvw.
    WlzEnZvw,
    /// Privacy in the social domain.
    Privacy,
    /// Domestic violence and child abuse: the reporting code.
    Meldcode,
    /// Conversation with the client.
    Gespreksvoering,
}

impl Scholingsonderwerp {
    /// Every subject.
    pub const ALLE: [Scholingsonderwerp; 7] = [
        Scholingsonderwerp::Wmo,
        Scholingsonderwerp::Beoordelingskader,
        Scholingsonderwerp::VoorliggendVeld,
        Scholingsonderwerp::WlzEnZvw,
        Scholingsonderwerp::Privacy,
        Scholingsonderwerp::Meldcode,
        Scholingsonderwerp::Gespreksvoering,
    ];

    /// The words in a table.
    pub const fn naam(self) -> &'static str {
        match self {
            Scholingsonderwerp::Wmo => "Wmo 2015 en rechtspraak",
            Scholingsonderwerp::Beoordelingskader => "beoordelingskader",
            Scholingsonderwerp::VoorliggendVeld => "voorliggend veld",
            Scholingsonderwerp::WlzEnZvw => "grens met Wlz en Zvw",
            Scholingsonderwerp::Privacy => "privacy",
            Scholingsonderwerp::Meldcode => "meldcode",
            Scholingsonderwerp::Gespreksvoering => "gespreksvoering",
        }
    }
}

/// What a function has to be trained in, and how long that lasts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Scholingseis {
    /// The function.
    pub functie: Functie,
    /// The subject.
    pub onderwerp: Scholingsonderwerp,
    /// How many months a training counts; none for always.
    pub maanden: Option<u16>,
}

/// A training that somebody followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Scholing {
    /// Who.
    pub medewerker: MedewerkerId,
    /// In what.
    pub onderwerp: Scholingsonderwerp,
    /// When it was finished.
    pub op: Date,
}

/// What somebody still has to be trained in on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Scholingsachterstand {
    /// Who.
    pub medewerker: MedewerkerId,
    /// In what.
    pub onderwerp: Scholingsonderwerp,
    /// Until when the last training counted; none where there was none.
    pub verlopen_op: Option<Date>,
}

/// Who in service on a day misses a training that the function asks for.
pub fn achterstand(register: &Register, op: Date) -> Vec<Scholingsachterstand> {
    let mut found = Vec::new();
    for medewerker in register.medewerkers.keys() {
        let Some(held) = register.aanstelling(*medewerker, op) else { continue };
        for eis in register.scholingseisen.iter().filter(|it| it.functie == held.functie) {
            let last = register
                .scholingen
                .iter()
                .filter(|it| it.medewerker == *medewerker && it.onderwerp == eis.onderwerp)
                .filter(|it| it.op <= op)
                .map(|it| it.op)
                .max();
            let until = match (last, eis.maanden) {
                (None, _) => None,
                (Some(_), None) => continue,
                (Some(last), Some(months)) => Some(last.saturating_add(i32::from(months).months())),
            };
            if until.is_none_or(|it| it < op) {
                found.push(Scholingsachterstand {
                    medewerker: *medewerker,
                    onderwerp: eis.onderwerp,
                    verlopen_op: until,
                });
            }
        }
    }
    found.sort();
    found
}
