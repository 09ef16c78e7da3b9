//! A message cut into steps: one product, one report of delivery or one billed line at a time.

use std::collections::BTreeSet;

use domain::{Bsn, levering::StopReden};

use crate::{
    Bron,
    iwmo::{
        Inhoud, Vertaling,
        vertaal::Client,
        vertaal::declaratie::{Declaratie, Prestatie},
        vertaal::levering::GemeldProduct,
        vertaal::toewijzing::ToegewezenProduct,
    },
};

/// One step of a message, which goes in or not as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stap<'a> {
    /// The message it is part of.
    pub bericht: &'a Vertaling,
    /// What it says.
    pub wat: Wat<'a>,
}

/// What a step says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wat<'a> {
    /// This is allocated to the client.
    Toewijzing(&'a Client, &'a ToegewezenProduct),
    /// Delivery to the client started or stopped.
    Melding(&'a Client, &'a GemeldProduct),
    /// This line is billed.
    Prestatie(&'a Declaratie, &'a Prestatie),
}

impl Stap<'_> {
    /// The person it is about.
    pub fn bsn(&self) -> Bsn {
        match self.wat {
            Wat::Toewijzing(client, _) | Wat::Melding(client, _) => client.bsn,
            Wat::Prestatie(_, prestatie) => prestatie.bsn,
        }
    }

    /// Whether a dossier is opened for somebody who has none: not for a bill or for a removal.
    pub fn opent_dossier(&self) -> bool {
        match self.wat {
            Wat::Toewijzing(..) => true,
            Wat::Melding(_, it) => !it.verwijderen && it.toewijzingnummer.is_some(),
            Wat::Prestatie(..) => false,
        }
    }

    /// Where it was read.
    pub fn bron(&self) -> Bron {
        let (regel, element) = match self.wat {
            Wat::Toewijzing(_, it) => (it.regel, "ToegewezenProduct"),
            Wat::Melding(_, it) if it.stop.is_some() => (it.regel, "StopProduct"),
            Wat::Melding(_, it) => (it.regel, "StartProduct"),
            Wat::Prestatie(_, it) => (it.regel, "Prestatie"),
        };
        let (file, line) = (self.bericht.file.clone(), Some(regel));
        Bron { file, line, element: Some(element.to_owned()) }
    }
}

impl Vertaling {
    /// The steps, in the order in which they must be taken.
    ///
    /// What is taken back goes first, a stop for a while before a stop for good (iWmo TR413-TR415),
    /// and a credit before a debit (OP366).
    pub fn stappen(&self) -> Vec<Stap<'_>> {
        let stap = |wat| Stap { bericht: self, wat };
        match &self.inhoud {
            Inhoud::Wmo301(it) => {
                let producten = it.toegewezen_producten.iter();
                producten.map(|product| stap(Wat::Toewijzing(&it.client, product))).collect()
            }
            Inhoud::Wmo305(it) | Inhoud::Wmo307(it) => {
                let mut producten: Vec<&GemeldProduct> = it.producten.iter().collect();
                producten.sort_by_key(|it| {
                    let last = it.stop.map_or(it.begindatum, |stop| stop.einddatum);
                    let for_good =
                        it.stop.is_some_and(|stop| stop.reden_beeindiging != StopReden::Tijdelijk);
                    (!it.verwijderen, last, for_good)
                });
                producten.into_iter().map(|one| stap(Wat::Melding(&it.client, one))).collect()
            }
            Inhoud::Wmo323(it) => {
                let mut prestaties: Vec<&Prestatie> = it.prestaties.iter().collect();
                prestaties.sort_by_key(|it| it.vorig_referentienummer.is_none());
                prestaties.into_iter().map(|one| stap(Wat::Prestatie(it, one))).collect()
            }
        }
    }

    /// The client, of a message about one.
    pub fn client(&self) -> Option<&Client> {
        match &self.inhoud {
            Inhoud::Wmo301(it) => Some(&it.client),
            Inhoud::Wmo305(it) | Inhoud::Wmo307(it) => Some(&it.client),
            Inhoud::Wmo323(_) => None,
        }
    }

    /// Everybody it is about.
    pub fn bsns(&self) -> BTreeSet<Bsn> {
        match &self.inhoud {
            Inhoud::Wmo323(it) => it.prestaties.iter().map(|it| it.bsn).collect(),
            _ => self.client().map(|it| it.bsn).into_iter().collect(),
        }
    }
}
