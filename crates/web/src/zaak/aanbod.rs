//! Which steps somebody may take in a case now, and what is missing for the others.

use domain::{DossierCommand, Refusal, Zaakstap, kaderdoorloop::Doorloop, refusal::StepRefusal};

use super::{Bij, Stap, alle, pad};
use crate::{invoer::zin, overzicht::Verwijzing, rechten::Actie};

/// The steps of one case, for one user.
#[derive(Default)]
pub(crate) struct Aanbod {
    /// What can be done now, in the order of a case.
    pub(crate) nu: Vec<Verwijzing>,
    /// What cannot be done yet, with what is missing.
    pub(crate) later: Vec<(&'static str, String)>,
}

/// Whether a step can be taken.
pub(crate) enum Stand {
    /// Now.
    Nu,
    /// Once this was done.
    Later(Refusal),
    /// Not by this user, or not any more.
    Niet,
}

impl Aanbod {
    pub(crate) fn of(bij: &Bij<'_>) -> Aanbod {
        let mut aanbod = Aanbod::default();
        for stap in alle().filter(|it| bij.gebruiker.mag(it.actie())) {
            match stand(bij, stap) {
                Stand::Nu => {
                    aanbod.nu.push(Verwijzing::new(stap.titel, pad(bij.zaak.id, stap.naam)));
                }
                Stand::Later(refusal) => {
                    aanbod.later.push((stap.titel, zin(&refusal.to_string())));
                }
                Stand::Niet => {}
            }
            if stap.naam == "onderwerp" && may_walk(bij) {
                let path = format!("/zaken/{}/kader", bij.zaak.id);
                aanbod.nu.push(Verwijzing::new("Doorloop het beoordelingskader", path));
            }
        }
        aanbod
    }
}

/// Whether the framework, which has pages of its own, can be walked through now.
fn may_walk(bij: &Bij<'_>) -> bool {
    let Some(kader) = bij.register().kader_op(bij.gebruiker.vandaag) else { return false };
    let doorloop = Doorloop { kader: kader.id, antwoorden: Vec::new() };
    let command = bij.zet(Zaakstap::KaderDoorlopen(doorloop));
    bij.gebruiker.mag(Actie::KaderDoorlopen) && command.is_some_and(|it| bij.antwoord(it).is_ok())
}

/// Whether a step can be taken: what the domain says of the plainest form of it.
pub(crate) fn stand(bij: &Bij<'_>, stap: &Stap) -> Stand {
    let Some(command) = (stap.proef)(bij) else { return Stand::Niet };
    let closed = bij.zaak.sluiting.is_some();
    if closed
        && !matches!(command, DossierCommand::ZetStap { .. } | DossierCommand::ZetVervolg { .. })
    {
        return Stand::Niet;
    }
    match bij.antwoord(command) {
        Ok(()) => Stand::Nu,
        Err(it @ Refusal::Ontbreekt { .. }) if !closed => Stand::Later(it),
        Err(
            Refusal::Ontbreekt { .. }
            | Refusal::FunctieMagNiet { .. }
            | Refusal::GeenMandaat(_)
            | Refusal::ZaakGesloten(_)
            | Refusal::AlGedaan(_)
            | Refusal::Stap(StepRefusal::EigenVoorstel | StepRefusal::Afgeschermd(_)),
        ) => Stand::Niet,
        // What is refused in the plainest form may be right in another.
        Err(_) => Stand::Nu,
    }
}
