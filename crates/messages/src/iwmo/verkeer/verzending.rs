//! What may leave: only a right message of the municipality, and nothing about somebody who is
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
        verkeer::{Envelop, Partij, envelop::Soort},
        vertaal,
    },
};

/// The message, when it may leave: right in form and by the rules, of the municipality, and not about
/// anybody who is threatened.
pub fn keur(file: &str, bytes: &[u8], bedreigd: &BTreeSet<Bsn>) -> Result<Bericht, Vec<Problem>> {
    let (bericht, mut problems) = bericht::lees(file, bytes);
    if let Some(bericht) = &bericht {
        let found = binnen_bericht(bericht);
        let wrong = found.iter().filter(|it| it.ernst == Ernst::Fout);
        problems.extend(wrong.map(|it| it.problem(file)));
        problems.extend(forbidden(file, bericht, bedreigd));
    }
    match bericht {
        Some(bericht) if problems.is_empty() => Ok(bericht),
        _ => Err(problems),
    }
}

/// The envelope around a message: the same bytes for the same key and moment, in Dutch time.
///
/// `None` when the message does not say between whom it goes.
pub fn envelop(
    bericht: &Bericht,
    bytes: &[u8],
    referentienummer: &str,
    tijdstip: DateTime,
) -> Option<Envelop> {
    let partijen = vertaal::partijen(bericht)?;
    let soort = if bericht.soort().is_retour() { Soort::Du01 } else { Soort::Di01 };
    let partij = |organisatie: &str, applicatie: &str| Partij {
        organisatie: organisatie.to_owned(),
        applicatie: applicatie.to_owned(),
    };
    Some(Envelop {
        soort,
        zender: partij(partijen.gemeente.as_str(), "Wijkpeil"),
        ontvanger: partij(partijen.aanbieder.as_str(), "GGk"),
        referentienummer: referentienummer.to_owned(),
        kruisreferentie: None,
        tijdstip: Some(tijdstip),
        functie: bericht.soort().naam().to_owned(),
        inhoud: Some(bytes.to_vec()),
        fout: None,
    })
}

fn forbidden(file: &str, bericht: &Bericht, bedreigd: &BTreeSet<Bsn>) -> Vec<Problem> {
    let refuse = |text: String| Problem::fout(file, code::VERZENDING, text);
    let mut problems = Vec::new();
    if !bericht.soort().van_gemeente() {
        let text = format!(
            "{} is een bericht van de aanbieder; een gemeente verstuurt het niet",
            bericht.soort()
        );
        problems.push(refuse(text));
    }
    if is_bedreigd(bericht, bedreigd) {
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
