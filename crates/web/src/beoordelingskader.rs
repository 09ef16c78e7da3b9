//! The framework for judging need: its versions, putting one in force, and walking it for a case.

pub(crate) mod invoeren;
mod lessen;
pub(crate) mod lopen;
pub(crate) mod spoor;
pub(crate) mod versies;
pub(crate) mod woorden;

pub(crate) use woorden::stap as naam_van_stap;

use domain::{
    ClientId, Dossier, Register, VraagId, ZaakId, kader::Kader, kaderdoorloop::GedaneDoorloop,
};
use jiff::civil::Date;
use store::Text;

use crate::{dossiers::dossier_for, fout::Fout, gebruiker::Gebruiker, staat::Web};

/// Under which kind the motivation of an answer is kept.
const SOORT: &str = "kader";

/// A version with the first day on which it holds.
fn versie(register: &Register, nummer: u16) -> Option<(Date, &Kader)> {
    let found = register.kaders.iter().rev().find(|(_, it)| it.id.0 == nummer);
    found.map(|(sinds, it)| (*sinds, it))
}

/// Under which key the motivation of an answer is kept.
fn sleutel(zaak: ZaakId, vraag: VraagId) -> String {
    format!("{zaak}/{}", vraag.0)
}

/// The motivation of an answer; empty when there is none.
pub(crate) fn motivering_van(texts: &[Text], zaak: ZaakId, vraag: VraagId) -> &str {
    let key = sleutel(zaak, vraag);
    let found = texts.iter().find(|it| it.kind == SOORT && it.key == key);
    found.map_or("", |it| it.text.as_str())
}

/// The version of a walk: the one with its number that was in force on its day.
pub(crate) fn gelopen<'a>(register: &'a Register, done: &GedaneDoorloop) -> Option<&'a Kader> {
    let number = done.doorloop.kader;
    let on_day = register.kader_op(done.op).filter(|it| it.id == number);
    on_day.or_else(|| versie(register, number.0).map(|(_, it)| it))
}

/// The case an address names, with its dossier, if the user may see it.
pub(crate) fn zaak_for(
    web: &Web,
    gebruiker: &Gebruiker,
    deel: &str,
) -> Result<(ClientId, Dossier, ZaakId), Fout> {
    let zaak: ZaakId = deel.parse().map_err(|_| Fout::NietGevonden)?;
    let client = web.live().with(|world| world.state.client_van_zaak(zaak));
    let client = client.ok_or(Fout::NietGevonden)?;
    Ok((client, dossier_for(web, gebruiker, client)?, zaak))
}
