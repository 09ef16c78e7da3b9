//! What of a message is taken over: the rules of all levels, against what was said before.
//!
//! As a return would: a rule within the message, or a wrong header or client, keeps all of it out; a
//! billed line that is wrong keeps out only itself.

use std::collections::BTreeSet;

use crate::{
    Ernst,
    iwmo::{
        Inhoud, Vertaling,
        bericht::{Bericht, Regel},
        keten::{Keten, meldingen},
        regel::{self, Bevinding, Omgeving, Plek},
    },
};

/// What the rules say of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Beoordeling {
    /// What was found.
    pub bevindingen: Vec<Bevinding>,
    /// What stays out.
    pub weigering: Weigering,
}

/// What of a message is not taken over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Weigering {
    /// Nothing stays out.
    Niets,
    /// Nothing of it is taken over.
    Alles,
    /// These billed lines of a 323, by where they stand in the file.
    Prestaties(BTreeSet<u64>),
}

/// Judges a message on what was said before, and takes in what is accepted of it.
///
/// A start or stop on an allocation that nobody knows here is only worth a look, and so is the
/// reference of a request: the history may begin later, and requests do not go into dossiers.
pub fn beoordeel(keten: &mut Keten, bericht: &Bericht, omgeving: &Omgeving<'_>) -> Beoordeling {
    let mut earlier = keten.controleer(bericht);
    soften(keten, bericht, &mut earlier);
    let mut bevindingen = regel::binnen_bericht(bericht);
    bevindingen.extend(earlier);
    bevindingen.extend(regel::buiten(bericht, omgeving));
    let weigering = refused(bericht, &bevindingen);
    if weigering != Weigering::Alles {
        keten.volg(bericht);
        keten.leid_af(bericht);
        keten.beslis(bericht, |regel, _| !weigering.treft(regel));
    }
    Beoordeling { bevindingen, weigering }
}

impl Weigering {
    /// Whether the billed line on this line of the file stays out.
    fn treft(&self, regel: Regel) -> bool {
        match self {
            Weigering::Niets => false,
            Weigering::Alles => true,
            Weigering::Prestaties(lines) => lines.contains(&u64::from(regel.nummer())),
        }
    }

    /// What is left of a message; nothing when all of it stays out.
    pub fn laat_over(&self, mut vertaling: Vertaling) -> Option<Vertaling> {
        match (self, &mut vertaling.inhoud) {
            (Weigering::Alles, _) => return None,
            (Weigering::Prestaties(lines), Inhoud::Wmo323(it)) => {
                it.prestaties.retain(|it| !lines.contains(&it.regel));
            }
            _ => {}
        }
        Some(vertaling)
    }
}

fn refused(bericht: &Bericht, found: &[Bevinding]) -> Weigering {
    let mut lines = BTreeSet::new();
    for it in found.iter().filter(|it| it.ernst == Ernst::Fout) {
        let Bericht::Wmo323(bill) = bericht else { return Weigering::Alles };
        if it.niveau() <= 2 {
            return Weigering::Alles;
        }
        let clienten = &bill.declaratie.clienten;
        let own = match it.plek {
            Plek::Client(at) => clienten.get(at).map_or(&[][..], |it| &it.prestaties),
            Plek::Prestatie { client, prestatie } => {
                let lines = clienten.get(client).map(|it| &it.prestaties);
                lines.and_then(|it| it.get(prestatie..=prestatie)).unwrap_or_default()
            }
            _ => return Weigering::Alles,
        };
        lines.extend(own.iter().map(|it| u64::from(it.regel.nummer())));
    }
    if lines.is_empty() { Weigering::Niets } else { Weigering::Prestaties(lines) }
}

/// What cannot be told without all that was ever said.
fn soften(keten: &Keten, bericht: &Bericht, found: &mut [Bevinding]) {
    let unknown: BTreeSet<usize> = meldingen(bericht)
        .into_iter()
        .filter(|(_, sleutel, _)| {
            let known = |nummer| keten.toewijzing(&sleutel.partijen.gemeente, nummer).is_some();
            sleutel.nummer.is_some_and(|it| !known(it))
        })
        .map(|(at, ..)| at)
        .collect();
    for it in found.iter_mut() {
        let of_unknown = matches!(it.plek, Plek::Product(at) if unknown.contains(&at));
        if of_unknown || it.code == "TR379" {
            it.ernst = Ernst::Waarschuwing;
        }
    }
}
