//! The `declaratie`: what a provider bills per allocation and month. iWmo 3.2, message 323.

use crate::{Bedrag, Dossier, DossierEvent, Eenheid, Kenmerk, Periode, Refusal, ToewijzingNummer};

/// One billed line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Prestatie {
    /// The allocation it is billed under.
    pub toewijzing: ToewijzingNummer,
    /// The month, cut to the allocation. iWmo `ProductPeriode`.
    pub periode: Periode,
    /// How much was delivered.
    pub volume: u32,
    /// Of what.
    pub eenheid: Eenheid,
    /// What is asked; negative for a credit.
    pub bedrag: Bedrag,
    /// The fingerprint of the provider's own reference.
    pub referentie: Kenmerk,
    /// The fingerprint of the line that this credit takes back.
    pub crediteert: Option<Kenmerk>,
}

/// Writes down a billed line. A line is known by its reference; a credit needs its original.
pub(crate) fn declareer(
    dossier: &Dossier,
    prestatie: Prestatie,
) -> Result<Vec<DossierEvent>, Refusal> {
    let nummer = prestatie.toewijzing;
    dossier.toewijzing(nummer).ok_or(Refusal::ToewijzingOnbekend(nummer))?;
    if dossier.prestaties.iter().any(|it| it.referentie == prestatie.referentie) {
        return Ok(Vec::new());
    }
    if let Some(original) = prestatie.crediteert {
        if dossier.prestaties.iter().any(|it| it.crediteert == Some(original)) {
            return Err(Refusal::AlGecrediteerd);
        }
        if !dossier.prestaties.iter().any(|it| it.referentie == original) {
            return Err(Refusal::PrestatieOnbekend);
        }
    }
    Ok(vec![DossierEvent::PrestatieGedeclareerd(prestatie)])
}
