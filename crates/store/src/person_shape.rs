//! The stored shape of who somebody is, before it is sealed.

use domain::persoon::Persoonsgegevens;
use serde::{Deserialize, Serialize};
use zeroize::{Zeroize, Zeroizing};

use crate::{StoreError, stored::v1::Dag};

const WHAT: &str = "een persoonsgegeven";

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Stored {
    bsn: Option<String>,
    voornamen: String,
    voorvoegsel: String,
    achternaam: String,
    geboortedatum: Option<Dag>,
    straat_en_nummer: String,
    postcode: String,
    plaats: String,
}

/// Wipes what was only needed on the way to or from the sealed form.
impl Drop for Stored {
    fn drop(&mut self) {
        self.bsn.zeroize();
        for text in [
            &mut self.voornamen,
            &mut self.voorvoegsel,
            &mut self.achternaam,
            &mut self.straat_en_nummer,
            &mut self.postcode,
            &mut self.plaats,
        ] {
            text.zeroize();
        }
    }
}

/// A version byte, then JSON.
pub(crate) fn write(person: &Persoonsgegevens) -> Zeroizing<Vec<u8>> {
    let Persoonsgegevens {
        bsn,
        voornamen,
        voorvoegsel,
        achternaam,
        geboortedatum,
        straat_en_nummer,
        postcode,
        plaats,
    } = person;
    let stored = Stored {
        bsn: bsn.map(|it| it.as_str().to_owned()),
        voornamen: voornamen.clone(),
        voorvoegsel: voorvoegsel.clone(),
        achternaam: achternaam.clone(),
        geboortedatum: geboortedatum.map(Dag),
        straat_en_nummer: straat_en_nummer.clone(),
        postcode: postcode.clone(),
        plaats: plaats.clone(),
    };
    let mut bytes = Zeroizing::new(Vec::with_capacity(512));
    bytes.push(1);
    serde_json::to_writer(&mut *bytes, &stored).expect("this shape cannot fail to write");
    bytes
}

/// Reads every version ever written. The error shows nothing of the contents.
pub(crate) fn read(bytes: &[u8]) -> Result<Persoonsgegevens, StoreError> {
    let damaged = || StoreError::Sealed { what: WHAT };
    let Some((1, json)) = bytes.split_first() else { return Err(damaged()) };
    let mut stored: Stored = serde_json::from_slice(json).map_err(|_| damaged())?;
    let bsn = stored.bsn.as_deref().map(str::parse).transpose().map_err(|_| damaged())?;
    Ok(Persoonsgegevens {
        bsn,
        voornamen: std::mem::take(&mut stored.voornamen),
        voorvoegsel: std::mem::take(&mut stored.voorvoegsel),
        achternaam: std::mem::take(&mut stored.achternaam),
        geboortedatum: stored.geboortedatum.map(|it| it.0),
        straat_en_nummer: std::mem::take(&mut stored.straat_en_nummer),
        postcode: std::mem::take(&mut stored.postcode),
        plaats: std::mem::take(&mut stored.plaats),
    })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_person_reads_as_written_and_damage_shows_nothing() {
        let person = Persoonsgegevens {
            bsn: Some("999900018".parse().unwrap()),
            voornamen: "A.".to_owned(),
            voorvoegsel: "van der".to_owned(),
            achternaam: "Proef".to_owned(),
            geboortedatum: Some(date(1940, 2, 29)),
            straat_en_nummer: "Kerkstraat 1 a".to_owned(),
            postcode: "6600 AA".to_owned(),
            plaats: "Wijchen".to_owned(),
        };
        assert_eq!(read(&write(&person)).unwrap(), person);
        assert_eq!(
            read(&write(&Persoonsgegevens::default())).unwrap(),
            Persoonsgegevens::default()
        );
        for wrong in [&b""[..], b"\x02{}", b"\x01{\"achternaam\":\"Proef\"}"] {
            let error = read(wrong).unwrap_err().to_string();
            assert!(!error.contains("Proef"), "{error}");
        }
    }
}
