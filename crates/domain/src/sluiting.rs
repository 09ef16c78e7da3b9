//! The end of a case.

use jiff::civil::Date;

use crate::{Actor, Dossier, DossierEvent, Omstandigheid, Refusal, ZaakId, intake::not_before};

/// When and why a case was closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sluiting {
    /// The day.
    pub op: Date,
    /// Why.
    pub reden: Sluitreden,
    /// Who closed it.
    pub door: Actor,
}

/// Why a case was closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sluitreden {
    /// Settled at the intake.
    AfgerondBijIntake,
    /// After the enquiry nothing was asked for.
    GeenAanvraag,
    /// The client withdrew.
    IngetrokkenDoorClient,
    /// Decided and carried out.
    Besloten,
    /// The client died.
    Overlijden,
    /// The client moved away.
    Verhuizing,
}

impl Sluitreden {
    /// Every reason.
    pub const ALLE: [Sluitreden; 6] = [
        Sluitreden::AfgerondBijIntake,
        Sluitreden::GeenAanvraag,
        Sluitreden::IngetrokkenDoorClient,
        Sluitreden::Besloten,
        Sluitreden::Overlijden,
        Sluitreden::Verhuizing,
    ];

    /// The words on a timeline.
    pub const fn naam(self) -> &'static str {
        match self {
            Sluitreden::AfgerondBijIntake => "afgerond bij de intake",
            Sluitreden::GeenAanvraag => "geen aanvraag na het onderzoek",
            Sluitreden::IngetrokkenDoorClient => "ingetrokken door de cliënt",
            Sluitreden::Besloten => "besloten",
            Sluitreden::Overlijden => "overlijden",
            Sluitreden::Verhuizing => "verhuizing",
        }
    }
}

/// Closes a case.
pub(crate) fn sluit(
    dossier: &Dossier,
    id: ZaakId,
    reden: Sluitreden,
    bij: &Omstandigheid,
) -> Result<Vec<DossierEvent>, Refusal> {
    let zaak = dossier.open_zaak(id)?;
    not_before(bij.on, "de melding", zaak.melding.op)?;
    match reden {
        Sluitreden::AfgerondBijIntake if !zaak.intake.is_some_and(|it| it.uitkomst.afgerond()) => {
            Err(Refusal::Ontbreekt {
                stap: "de afronding bij de intake",
                artikel: "Wmo 2015, art. 2.3.2",
            })
        }
        Sluitreden::Besloten if zaak.beschikkingen.is_empty() => Err(Refusal::Ontbreekt {
            stap: "de beschikking",
            artikel: "Wmo 2015, art. 2.3.5 lid 2",
        }),
        _ => Ok(vec![DossierEvent::ZaakGesloten { zaak: id, reden }]),
    }
}
