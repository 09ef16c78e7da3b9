//! The letters of a case: which there are, what they say, and the copy that is kept once sent.
//!
//! A letter is composed when somebody looks, from the log and the texts outside it. Once a step
//! says that it was sent, the letter of that moment is kept under the key of the client.

mod besluit;
mod bewaard;
mod bron;
mod geen;
mod herziening;
mod motivering;
mod ontvangst;
pub(crate) mod pagina;
mod verslag;
pub(crate) mod versturen;
mod woorden;

use std::{fmt, str::FromStr};

use domain::{
    Dossier, VoorzieningId, Zaak,
    onderzoek::Onderzoek,
    voorziening::{EindeReden, Herkomst, Voorzieningstatus},
};

/// Which letter of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Briefsoort {
    /// The confirmation of the melding. Wmo 2015, art. 2.3.2 lid 1.
    Ontvangst,
    /// The report of the enquiry. Wmo 2015, art. 2.3.2 lid 8.
    Verslag,
    /// A decision of the case, from 1. Wmo 2015, art. 2.3.5.
    Besluit(u16),
    /// The decision that a provision ends earlier. Wmo 2015, art. 2.3.10.
    Herziening(VoorzieningId),
}

impl Briefsoort {
    /// The words of a link.
    pub(crate) fn naam(self) -> String {
        match self {
            Briefsoort::Ontvangst => "Ontvangstbevestiging".to_owned(),
            Briefsoort::Verslag => "Verslag van het onderzoek".to_owned(),
            Briefsoort::Besluit(nummer) => format!("Besluit {nummer}"),
            Briefsoort::Herziening(id) => format!("Besluit over voorziening {}", id.0),
        }
    }
}

impl fmt::Display for Briefsoort {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Briefsoort::Ontvangst => f.write_str("ontvangst"),
            Briefsoort::Verslag => f.write_str("verslag"),
            Briefsoort::Besluit(nummer) => write!(f, "besluit-{nummer}"),
            Briefsoort::Herziening(id) => write!(f, "herziening-{}", id.0),
        }
    }
}

impl FromStr for Briefsoort {
    type Err = ();

    fn from_str(text: &str) -> Result<Briefsoort, ()> {
        let found = match text.split_once('-') {
            None if text == "ontvangst" => Briefsoort::Ontvangst,
            None if text == "verslag" => Briefsoort::Verslag,
            Some(("besluit", number)) => Briefsoort::Besluit(number.parse().map_err(|_| ())?),
            Some(("herziening", id)) => {
                Briefsoort::Herziening(VoorzieningId(id.parse().map_err(|_| ())?))
            }
            _ => return Err(()),
        };
        // One letter has one address.
        if found.to_string() == text { Ok(found) } else { Err(()) }
    }
}

/// The letters that a case has, in the order of the case.
pub(crate) fn soorten(dossier: &Dossier, zaak: &Zaak) -> Vec<Briefsoort> {
    let mut found = vec![Briefsoort::Ontvangst];
    if zaak.verslag.is_some() && matches!(zaak.onderzoek, Onderzoek::Afgerond { .. }) {
        found.push(Briefsoort::Verslag);
    }
    let decisions = (1..).take(zaak.beschikkingen.len());
    found.extend(decisions.map(Briefsoort::Besluit));
    // What was taken over without a case is told of in the last one.
    let last = dossier.zaken.last().is_some_and(|it| it.id == zaak.id);
    let here = |it: &Herkomst| match it {
        Herkomst::Besluit(id) => *id == zaak.id,
        _ => last,
    };
    let ended = dossier.voorzieningen.iter().filter(|it| here(&it.herkomst));
    let ended = ended.filter(|it| match it.status {
        Voorzieningstatus::Beeindigd(reden) => reden != EindeReden::Overlijden,
        Voorzieningstatus::Loopt | Voorzieningstatus::Vervallen => false,
    });
    found.extend(ended.map(|it| Briefsoort::Herziening(it.id)));
    found
}

/// The address of a letter.
pub(crate) fn pad(zaak: domain::ZaakId, soort: Briefsoort) -> String {
    format!("/zaken/{zaak}/brieven/{soort}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_has_one_address() {
        for (text, soort) in [
            ("ontvangst", Some(Briefsoort::Ontvangst)),
            ("verslag", Some(Briefsoort::Verslag)),
            ("besluit-2", Some(Briefsoort::Besluit(2))),
            ("herziening-7", Some(Briefsoort::Herziening(VoorzieningId(7)))),
            ("besluit-02", None),
            ("besluit-", None),
            ("besluit--1", None),
            ("besluit", None),
            ("../ontvangst", None),
        ] {
            assert_eq!(text.parse().ok(), soort, "{text}");
        }
    }
}
