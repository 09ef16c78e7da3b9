//! iWmo, release 3.2: the messages by which municipalities and providers of support work together.
//!
//! [`read`] takes the bytes of one message to its meaning in the standard's own names; what is wrong
//! is listed with line, element and [`code`]. A product that cannot be read does not stop its
//! neighbours; a wrong BSN leaves out the client; a wrong header leaves out the message.
//! [`Bericht::stappen`] cuts a message into steps, [`plan()`] tells what one step asks of the register
//! and the dossiers as they are, and [`verwerk()`] goes through all steps of all messages on a state
//! in memory.
//!
//! The form of a message is data ([`wmo301`], [`levering`], [`wmo323`]): names, order, number and
//! kinds of values, after the published schemas of release 3.2 and the rules that carry a code.

mod basis;
pub mod bericht;
mod boom;
pub mod client;
pub mod code;
pub mod codelijst;
pub mod header;
pub mod keten;
pub mod levering;
pub mod plan;
mod plan_declaratie;
mod plan_levering;
mod plan_toewijzing;
pub mod regel;
pub mod stap;
pub mod verwerk;
mod vorm;
pub mod wmo301;
pub mod wmo323;
mod xml;

pub use header::{Berichtsoort, Header};
pub use plan::{Plan, plan};
pub use stap::{Stap, Wat};
pub use verwerk::{Gevonden, Verwerkt, samen, sort, verwerk};
pub use xml::MAX_BYTES;

use crate::Problem;

/// How many problems of one file are listed; with more, nothing of it goes in.
pub const MAX_PROBLEMS: usize = 5_000;

/// One message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bericht {
    /// The file, as the user named it.
    pub file: String,
    /// From whom to whom, and when.
    pub header: Header,
    /// What it says.
    pub inhoud: Inhoud,
}

/// What a message says, per kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Inhoud {
    /// What is allocated.
    Wmo301(wmo301::Toewijzingen),
    /// Which deliveries started.
    Wmo305(levering::Leveringen),
    /// Which deliveries stopped.
    Wmo307(levering::Leveringen),
    /// What is billed.
    Wmo323(wmo323::Declaratie),
}

/// Reads one message: what was understood, and what was wrong.
///
/// Never panics, whatever the bytes are; hostile input is refused with a problem.
pub fn read(file: &str, bytes: &[u8]) -> (Option<Bericht>, Vec<Problem>) {
    let mut problems = Vec::new();
    match understand(file, bytes, &mut problems) {
        Ok(bericht) => (bericht, problems),
        Err(problem) => {
            problems.push(problem);
            (None, problems)
        }
    }
}

fn understand(
    file: &str,
    bytes: &[u8],
    problems: &mut Vec<Problem>,
) -> Result<Option<Bericht>, Problem> {
    let mut document = boom::parse(file, bytes, problems)?;
    let root = &mut document.root;
    let refuse = |regel, naam: &str, code, text| {
        Problem::fout(file, code, text).on_line(regel).in_element(naam)
    };
    if document.release != "3_2" {
        let release = document.release.replace('_', ".");
        let release: String = release.chars().take(12).collect();
        let text = format!("dit bericht is van release {release}; Wijkpeil leest iWmo 3.2");
        return Err(refuse(root.regel, &root.naam, code::RELEASE, text));
    }
    let Some(soort) = Berichtsoort::from_naamruimte(&document.bericht) else {
        let naam: String = document.bericht.to_uppercase().chars().take(12).collect();
        let text = format!("Wijkpeil leest WMO301, WMO305, WMO307 en WMO323, niet {naam}");
        return Err(refuse(root.regel, &root.naam, code::BERICHTSOORT, text));
    };
    if root.naam != "Bericht" {
        let text = "het eerste element van een bericht heet Bericht".to_owned();
        return Err(refuse(root.regel, &root.naam, code::GEEN_BERICHT, text));
    }
    vorm::check(file, root, vorm_van(soort), problems);
    if problems.len() >= MAX_PROBLEMS {
        let text = format!("meer dan {MAX_PROBLEMS} fouten; er gaat niets van dit bericht in");
        return Err(refuse(root.regel, &root.naam, code::OMVANG, text));
    }
    let root = &document.root;
    let Some(header) = root.kind("Header").and_then(|it| header::read(soort, it)) else {
        return Ok(None);
    };
    let inhoud = inhoud(file, soort, root, problems);
    Ok(inhoud.map(|inhoud| Bericht { file: file.to_owned(), header, inhoud }))
}

const fn vorm_van(soort: Berichtsoort) -> &'static [vorm::Veld] {
    match soort {
        Berichtsoort::Wmo301 => wmo301::VORM,
        Berichtsoort::Wmo305 => levering::VORM_305,
        Berichtsoort::Wmo307 => levering::VORM_307,
        Berichtsoort::Wmo323 => wmo323::VORM,
    }
}

fn inhoud(
    file: &str,
    soort: Berichtsoort,
    root: &boom::Element<'_>,
    problems: &mut Vec<Problem>,
) -> Option<Inhoud> {
    Some(match soort {
        Berichtsoort::Wmo301 => Inhoud::Wmo301(wmo301::read(file, root, problems)?),
        Berichtsoort::Wmo305 => {
            let names = ("StartProducten", "StartProduct");
            Inhoud::Wmo305(levering::read(file, root, names, problems)?)
        }
        Berichtsoort::Wmo307 => {
            let names = ("StopProducten", "StopProduct");
            Inhoud::Wmo307(levering::read(file, root, names, problems)?)
        }
        Berichtsoort::Wmo323 => Inhoud::Wmo323(wmo323::read(file, root, problems)?),
    })
}
