//! What a return that came in says: accepted, or rejected where and with which codes.

use crate::iwmo::{
    bericht::{Bericht, RetourCodes, wmo323::DeclaratieAntwoord},
    regel::Plek,
    retour::{GEEN_OPMERKING, NIET_BEOORDEELD, VOLLEDIG, Vakken},
};

/// What came of a message that was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Uitslag {
    /// All of it was accepted.
    Aanvaard,
    /// The message counts as never sent (OP286); of a bill only these lines are rejected.
    Afgekeurd(Vec<Afkeuring>),
}

/// One class that was rejected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Afkeuring {
    /// The class; `Kop` for the message as a whole.
    pub plek: Plek,
    /// The code of list WJ001.
    pub retourcode: &'static str,
}

/// What a return says; none for a message that is no return.
pub fn uitslag(bericht: &Bericht) -> Option<Uitslag> {
    let mut found = Vec::new();
    let mut bericht = bericht.clone();
    match &mut bericht {
        Bericht::Wmo302(it) => {
            add(&mut found, Plek::Kop, &it.header.retour_codes);
            add_all(&mut found, it.client.as_mut());
        }
        Bericht::Wmo306(it) => {
            add(&mut found, Plek::Kop, &it.header.retour_codes);
            add_all(&mut found, it.client.as_mut());
        }
        Bericht::Wmo308(it) => {
            add(&mut found, Plek::Kop, &it.header.retour_codes);
            add_all(&mut found, it.client.as_mut());
        }
        Bericht::Wmo316(it) => {
            add(&mut found, Plek::Kop, &it.header.retour_codes);
            add_all(&mut found, it.client.as_mut());
        }
        Bericht::Wmo318(it) => {
            add(&mut found, Plek::Kop, &it.header.retour_codes);
            add_all(&mut found, it.client.as_mut());
        }
        Bericht::Wmo320(it) => {
            add(&mut found, Plek::Kop, &it.header.retour_codes);
            add_all(&mut found, it.antwoord.as_mut());
        }
        Bericht::Wmo325(it) => {
            add(&mut found, Plek::Kop, &it.header.retour_codes);
            add_bill(&mut found, it.declaratie_antwoord.as_ref());
        }
        _ => return None,
    }
    Some(if found.is_empty() { Uitslag::Aanvaard } else { Uitslag::Afgekeurd(found) })
}

fn add_all<K: Vakken>(found: &mut Vec<Afkeuring>, inhoud: Option<&mut K>) {
    for (plek, codes) in inhoud.into_iter().flat_map(Vakken::vakken) {
        add(found, plek.unwrap_or(K::GEHEEL), codes);
    }
}

fn add_bill(found: &mut Vec<Afkeuring>, antwoord: Option<&DeclaratieAntwoord>) {
    let Some(antwoord) = antwoord else { return };
    add(found, Plek::Declaratie, &antwoord.retour_codes);
    for (client, it) in antwoord.clienten.iter().enumerate() {
        add(found, Plek::Client(client), &it.retour_codes);
        for (prestatie, it) in it.prestaties.iter().enumerate() {
            add(found, Plek::Prestatie { client, prestatie }, &it.retour_codes);
        }
    }
}

/// Whether a return code says that something is wrong.
pub fn is_afkeuring(code: &str) -> bool {
    ![GEEN_OPMERKING, NIET_BEOORDEELD, VOLLEDIG].contains(&code)
}

fn add(found: &mut Vec<Afkeuring>, plek: Plek, codes: &RetourCodes) {
    let wrong = codes.iter().filter_map(|it| it.waarde());
    let wrong = wrong.filter(|it| is_afkeuring(it));
    found.extend(wrong.map(|retourcode| Afkeuring { plek, retourcode }));
}
