//! The `onderzoek` (enquiry into need) after a melding. Wmo 2015, art. 2.3.2.
//!
//! <https://wetten.overheid.nl/BWBR0035362/#Artikel2.3.2>

use jiff::civil::Date;

use crate::{
    Actor, Dossier, DossierEvent, Functie, Omstandigheid, Refusal, TeamId, ZaakId,
    intake::not_before, termijn,
};

/// Where a case stands with respect to its enquiry.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Onderzoek {
    /// No enquiry was started.
    #[default]
    Geen,
    /// Running.
    Lopend {
        /// The day it started.
        sinds: Date,
        /// The team that does it; the desk has none.
        team: Option<TeamId>,
    },
    /// Finished.
    Afgerond {
        /// The day it started.
        sinds: Date,
        /// The team that did it.
        team: Option<TeamId>,
        /// The day it ended.
        op: Date,
        /// Who ended it.
        door: Actor,
    },
}

impl Onderzoek {
    /// The team that does or did it.
    pub fn team(&self) -> Option<TeamId> {
        match self {
            Onderzoek::Geen => None,
            Onderzoek::Lopend { team, .. } | Onderzoek::Afgerond { team, .. } => *team,
        }
    }
}

/// How many weeks the enquiry may take, from the melding. Wmo 2015, art. 2.3.2 lid 1.
pub const TERMIJN_WEKEN: u8 = 6;

/// The last day on which an enquiry into this melding is still in time.
pub fn uiterste_dag(melding: Date) -> Date {
    termijn::uiterste_dag(melding, TERMIJN_WEKEN, 0)
}

/// Starts the enquiry.
pub(crate) fn start(
    dossier: &Dossier,
    id: ZaakId,
    team: Option<TeamId>,
    bij: &Omstandigheid,
) -> Result<Vec<DossierEvent>, Refusal> {
    may_investigate(bij)?;
    let zaak = dossier.open_zaak(id)?;
    if zaak.onderzoek != Onderzoek::Geen {
        return Err(Refusal::AlGedaan("de start van het onderzoek"));
    }
    if zaak.intake.is_some_and(|it| it.uitkomst.afgerond()) {
        return Err(Refusal::AlGedaan("de afronding bij de intake"));
    }
    not_before(bij.on, "de melding", zaak.melding.op)?;
    Ok(vec![DossierEvent::OnderzoekGestart { zaak: id, team }])
}

/// Ends the enquiry.
pub(crate) fn rond_af(
    dossier: &Dossier,
    id: ZaakId,
    bij: &Omstandigheid,
) -> Result<Vec<DossierEvent>, Refusal> {
    may_investigate(bij)?;
    match dossier.open_zaak(id)?.onderzoek {
        Onderzoek::Geen => Err(Refusal::Ontbreekt {
            stap: "de start van het onderzoek",
            artikel: "Wmo 2015, art. 2.3.2 lid 1",
        }),
        Onderzoek::Lopend { sinds, .. } => {
            not_before(bij.on, "de start van het onderzoek", sinds)?;
            Ok(vec![DossierEvent::OnderzoekAfgerond { zaak: id }])
        }
        Onderzoek::Afgerond { .. } => Err(Refusal::AlGedaan("de afronding van het onderzoek")),
    }
}

/// Sends the report, or a new version of it. Art. 2.3.2 lid 8.
pub(crate) fn verzend_verslag(
    dossier: &Dossier,
    id: ZaakId,
    bij: &Omstandigheid,
) -> Result<Vec<DossierEvent>, Refusal> {
    may_investigate(bij)?;
    let zaak = dossier.open_zaak(id)?;
    let Onderzoek::Afgerond { op, .. } = zaak.onderzoek else {
        return Err(Refusal::Ontbreekt {
            stap: "de afronding van het onderzoek",
            artikel: "Wmo 2015, art. 2.3.2 lid 8",
        });
    };
    not_before(bij.on, "de afronding van het onderzoek", op)?;
    let versie = zaak.verslag.map_or(1, |it| it.versie + 1);
    Ok(vec![DossierEvent::VerslagVerzonden { zaak: id, versie }])
}

/// Receives the aanvraag: after the enquiry, or once its six weeks have passed. Art. 2.3.2 lid 9.
pub(crate) fn ontvang_aanvraag(
    dossier: &Dossier,
    id: ZaakId,
    bij: &Omstandigheid,
) -> Result<Vec<DossierEvent>, Refusal> {
    let zaak = dossier.open_zaak(id)?;
    if zaak.aanvraag.is_some() {
        return Err(Refusal::AlGedaan("de ontvangst van de aanvraag"));
    }
    let onderzocht = matches!(zaak.onderzoek, Onderzoek::Afgerond { op, .. } if op <= bij.on);
    if !onderzocht && bij.on <= uiterste_dag(zaak.melding.op) {
        return Err(Refusal::Ontbreekt {
            stap: "de afronding van het onderzoek",
            artikel: "Wmo 2015, art. 2.3.2 lid 9",
        });
    }
    Ok(vec![DossierEvent::AanvraagOntvangen { zaak: id }])
}

pub(crate) fn may_investigate(bij: &Omstandigheid) -> Result<(), Refusal> {
    match bij.actor.hoedanigheid() {
        Some(it) if !mag_onderzoeken(it.functie) => Err(Refusal::FunctieMagNiet {
            functie: Some(it.functie),
            handeling: "een onderzoek doen",
        }),
        _ => Ok(()),
    }
}

const fn mag_onderzoeken(functie: Functie) -> bool {
    matches!(
        functie,
        Functie::Consulent
            | Functie::Wijkcoach
            | Functie::Wijkverpleegkundige
            | Functie::Welzijnsmedewerker
    )
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn six_weeks_after_a_monday_is_a_monday() {
        assert_eq!(uiterste_dag(date(2025, 1, 6)), date(2025, 2, 17));
    }

    #[test]
    fn an_end_at_a_holiday_runs_on() {
        // Six weeks after 10 March 2025 is Easter Monday, 21 April 2025.
        assert_eq!(uiterste_dag(date(2025, 3, 10)), date(2025, 4, 22));
    }
}
