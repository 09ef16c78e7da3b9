//! The keys by which things are named in the log: numbers without meaning, never a BSN.

use std::{fmt, str::FromStr};

/// One person who asks for or has support, under a pseudonym.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClientId(pub u64);

/// A wijk (neighbourhood) of the municipality.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WijkId(pub u16);

/// A team of the access.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TeamId(pub u16);

/// Somebody who works for the access, whoever employs them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MedewerkerId(pub u32);

/// A mandate that was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MandaatId(pub u16);

/// A provider, whatever AGB codes it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AanbiederId(pub u32);

/// A contract with a provider.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ContractId(pub u32);

/// A general provision, open to all without a decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AlgemeneVoorzieningId(pub u16);

/// A trial in some wijken during some time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PilotId(pub u16);

/// One granted provision within a dossier, counted from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VoorzieningId(pub u32);

/// The number of an allocation, unique within the municipality. iWmo `ToewijzingNummer`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ToewijzingNummer(pub u32);

/// A version of the framework for judging need, from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KaderId(pub u16);

/// A question of the framework, the same in every version that asks it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VraagId(pub u16);

/// A meeting of the CTA-overleg.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OverlegId(pub u32);

/// A fingerprint of a key that somebody else gave, so that the same thing is recognised again.
///
/// The outside key itself may hold anything and therefore never enters the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Kenmerk(pub u64);

/// One route from melding to besluit, shown as `2017-00412`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ZaakId {
    /// The year in which the case was opened.
    pub jaar: i16,
    /// The number within that year, from 1.
    pub volgnummer: u32,
}

impl fmt::Display for ZaakId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:05}", self.jaar, self.volgnummer)
    }
}

impl FromStr for ZaakId {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const EXPECTED: &str = "een zaaknummer ziet eruit als 2017-00412";
        let (jaar, volgnummer) = text.trim().split_once('-').ok_or(EXPECTED)?;
        Ok(ZaakId {
            jaar: jaar.parse().map_err(|_| EXPECTED)?,
            volgnummer: volgnummer.parse().map_err(|_| EXPECTED)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_case_number_reads_as_it_is_written() {
        let zaak = ZaakId { jaar: 2017, volgnummer: 412 };
        assert_eq!(zaak.to_string(), "2017-00412");
        assert_eq!("2017-00412".parse(), Ok(zaak));
        assert!("2017/412".parse::<ZaakId>().is_err());
    }
}
