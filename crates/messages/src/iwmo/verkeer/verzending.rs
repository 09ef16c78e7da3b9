//! What may leave: only a right message of the municipality, once, and nothing about somebody who is
//! threatened.

use std::collections::BTreeSet;

use domain::Bsn;
use jiff::civil::DateTime;

use crate::{
    Ernst, Problem,
    iwmo::{
        bericht::{self, Bericht},
        code,
        regel::binnen_bericht,
        verkeer::{Envelop, Partij, Zending, envelop::Soort},
        vertaal,
    },
};

/// A message that somebody wants to send.
#[derive(Debug, Clone, Copy)]
pub struct Vraag<'a> {
    /// The file, as the user named it.
    pub file: &'a str,
    /// Its bytes.
    pub bytes: &'a [u8],
    /// Whether a message with these bytes was sent before.
    pub eerder_verzonden: bool,
    /// Clients about whom nothing may leave, since they are threatened.
    pub bedreigd: &'a BTreeSet<Bsn>,
    /// A new UUID of version 4 for the envelope.
    pub referentienummer: &'a str,
    /// The moment of sending, in Dutch time.
    pub nu: DateTime,
}

/// What is to be done with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verzending {
    /// Send this envelope, and keep the message as it is.
    Verstuur(Box<Envelop>, Zending),
    /// It was sent before: never twice.
    Dubbel,
    /// It may not leave.
    Geweigerd(Vec<Problem>),
}

/// Decides whether a message may leave.
pub fn verzending(vraag: &Vraag<'_>) -> Verzending {
    if vraag.eerder_verzonden {
        return Verzending::Dubbel;
    }
    let (bericht, mut problems) = bericht::lees(vraag.file, vraag.bytes);
    if let Some(bericht) = &bericht {
        let found = binnen_bericht(bericht);
        let wrong = found.iter().filter(|it| it.ernst == Ernst::Fout);
        problems.extend(wrong.map(|it| it.problem(vraag.file)));
        problems.extend(forbidden(vraag, bericht));
    }
    let partijen = bericht.as_ref().and_then(vertaal::partijen);
    let (Some(bericht), Some(partijen), true) = (bericht, partijen, problems.is_empty()) else {
        return Verzending::Geweigerd(problems);
    };
    let soort = if bericht.soort().is_retour() { Soort::Du01 } else { Soort::Di01 };
    let partij = |organisatie: &str, applicatie: &str| Partij {
        organisatie: organisatie.to_owned(),
        applicatie: applicatie.to_owned(),
    };
    let envelop = Envelop {
        soort,
        zender: partij(partijen.gemeente.as_str(), "Wijkpeil"),
        ontvanger: partij(partijen.aanbieder.as_str(), "GGk"),
        referentienummer: vraag.referentienummer.to_owned(),
        kruisreferentie: None,
        tijdstip: Some(vraag.nu),
        functie: bericht.soort().naam().to_owned(),
        inhoud: Some(vraag.bytes.to_vec()),
        fout: None,
    };
    let zending = Zending::new(vraag.referentienummer, &bericht, vraag.bytes);
    Verzending::Verstuur(Box::new(envelop), zending)
}

fn forbidden(vraag: &Vraag<'_>, bericht: &Bericht) -> Vec<Problem> {
    let refuse = |text: String| Problem::fout(vraag.file, code::VERZENDING, text);
    let mut problems = Vec::new();
    if !bericht.soort().van_gemeente() {
        let text = format!(
            "{} is een bericht van de aanbieder; een gemeente verstuurt het niet",
            bericht.soort()
        );
        problems.push(refuse(text));
    }
    if is_bedreigd(bericht, vraag.bedreigd) {
        let text = "over deze cliënt mag niets de deur uit: zijn adres is geheim".to_owned();
        problems.push(refuse(text));
    }
    problems
}

/// Whether a message is about somebody who is threatened.
pub fn is_bedreigd(bericht: &Bericht, bedreigd: &BTreeSet<Bsn>) -> bool {
    bsns(bericht).into_iter().any(|it| it.parse().is_ok_and(|it: Bsn| bedreigd.contains(&it)))
}

/// Everybody a message is about, as it stands there.
pub fn bsns(bericht: &Bericht) -> Vec<&str> {
    let one = match bericht {
        Bericht::Wmo301(it) => Some(&it.client.bsn),
        Bericht::Wmo302(it) => it.client.as_ref().map(|it| &it.bsn),
        Bericht::Wmo305(it) => Some(&it.client.bsn),
        Bericht::Wmo306(it) => it.client.as_ref().map(|it| &it.bsn),
        Bericht::Wmo307(it) => Some(&it.client.bsn),
        Bericht::Wmo308(it) => it.client.as_ref().map(|it| &it.bsn),
        Bericht::Wmo315(it) => Some(&it.client.bsn),
        Bericht::Wmo316(it) => it.client.as_ref().map(|it| &it.bsn),
        Bericht::Wmo317(it) => Some(&it.client.bsn),
        Bericht::Wmo318(it) => it.client.as_ref().map(|it| &it.bsn),
        Bericht::Wmo319(_) | Bericht::Wmo320(_) => None,
        Bericht::Wmo323(it) => {
            let all = it.declaratie.clienten.iter();
            return all.filter_map(|it| it.bsn.get()).map(|it| &**it).collect();
        }
        Bericht::Wmo325(it) => {
            let all = it.declaratie_antwoord.iter().flat_map(|it| &it.clienten);
            return all.filter_map(|it| it.bsn.get()).map(|it| &**it).collect();
        }
    };
    one.and_then(|it| it.get()).map(|it| &**it).into_iter().collect()
}
