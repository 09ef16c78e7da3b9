//! What came in: a message to keep and to answer, a word of a hop, or nothing that can be used.

use crate::{
    Problem,
    iwmo::{
        bericht::{self, Bericht},
        code,
        verkeer::{Envelop, Foutbericht, envelop::Soort},
    },
};

/// What a file that came in is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ontvangst {
    /// A message, with its bytes as they came and the envelope around it, if any.
    Bericht {
        /// The message.
        bericht: Box<Bericht>,
        /// Its bytes, to be kept as they are.
        inhoud: Vec<u8>,
        /// The key of its envelope.
        referentienummer: Option<String>,
    },
    /// A hop has the envelope with this key.
    Bevestiging(String),
    /// A hop refuses the envelope with this key.
    Weigering(String, Foutbericht),
    /// A message with a wrong form: the transport refuses it, there is no return (level 1).
    Ongeldig {
        /// What is wrong with it.
        problems: Vec<Problem>,
        /// The refusal to send back, without key and moment, when it came in an envelope.
        weigering: Option<Box<Envelop>>,
    },
}

/// Understands a file that came in: an envelope, or a message without one.
pub fn ontvangst(file: &str, bytes: &[u8]) -> Ontvangst {
    let bare = bericht::lees(file, bytes);
    if !bare.1.iter().any(|it| it.code == code::GEEN_BERICHT || it.code == code::GROOTTE) {
        return message(bare, bytes.to_vec(), None);
    }
    let envelop = match Envelop::lees(file, bytes) {
        Ok(envelop) => envelop,
        Err(problem) => return Ontvangst::Ongeldig { problems: vec![problem], weigering: None },
    };
    let about = envelop.kruisreferentie.clone().unwrap_or_default();
    match (envelop.soort, envelop.fout.clone(), envelop.inhoud.clone()) {
        (Soort::Bv03, ..) => Ontvangst::Bevestiging(about),
        (Soort::Fo01, fout, _) => Ontvangst::Weigering(about, fout.unwrap_or_default()),
        (Soort::Di01 | Soort::Du01, _, inhoud) => {
            let inhoud = inhoud.unwrap_or_default();
            message(bericht::lees(file, &inhoud), inhoud, Some(&envelop))
        }
    }
}

fn message(
    (bericht, problems): (Option<Bericht>, Vec<Problem>),
    inhoud: Vec<u8>,
    envelop: Option<&Envelop>,
) -> Ontvangst {
    match bericht {
        Some(bericht) if problems.is_empty() => {
            let referentienummer = envelop.map(|it| it.referentienummer.clone());
            Ontvangst::Bericht { bericht: Box::new(bericht), inhoud, referentienummer }
        }
        _ => {
            let weigering = envelop.map(|it| Box::new(refusal(it)));
            Ontvangst::Ongeldig { problems, weigering }
        }
    }
}

/// The refusal of an envelope with a message that does not have the form of its schema.
fn refusal(envelop: &Envelop) -> Envelop {
    let fout = Foutbericht {
        code: "IB014".to_owned(),
        omschrijving: "Het bericht voldoet niet aan het schema.".to_owned(),
    };
    Envelop {
        soort: Soort::Fo01,
        zender: envelop.ontvanger.clone(),
        ontvanger: envelop.zender.clone(),
        referentienummer: String::new(),
        kruisreferentie: Some(envelop.referentienummer.clone()),
        tijdstip: None,
        functie: envelop.functie.clone(),
        inhoud: None,
        fout: Some(fout),
    }
}
