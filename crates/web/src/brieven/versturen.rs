//! A step that says that a letter was sent keeps that letter, as it is at that moment.

use domain::{ClientId, Command, DossierCommand, Zaakstap};

use super::{Briefsoort, bewaard::Bewaard, geen::GeenBrief, pagina::Aanvraag};
use crate::{
    fout::Fout,
    gebruiker::Gebruiker,
    invoer::{Veldfout, Waarden, zin},
    staat::Web,
};

/// In the form of sending a decision: which letter left.
pub(crate) const VELD: &str = "brief";
/// The letter that this program composes.
pub(crate) const EIGEN: &str = "wijkpeil";
/// A letter from elsewhere, of which no copy is kept here.
pub(crate) const ANDERS: &str = "anders";

/// The letter that goes with a command.
fn soort(command: &DossierCommand) -> Option<Briefsoort> {
    match command {
        DossierCommand::ZetStap { stap: Zaakstap::OntvangstBevestigd { .. }, .. } => {
            Some(Briefsoort::Ontvangst)
        }
        DossierCommand::ZetStap { stap: Zaakstap::BesluitVerzonden { besluit }, .. } => {
            Some(Briefsoort::Besluit(*besluit))
        }
        DossierCommand::VerzendVerslag { .. } => Some(Briefsoort::Verslag),
        DossierCommand::BeeindigVoorziening { id, .. } => Some(Briefsoort::Herziening(*id)),
        _ => None,
    }
}

/// Which letter a step sends, if it sends one of ours.
pub(crate) fn gaat_mee(command: &Command, waarden: &Waarden) -> Option<Briefsoort> {
    let Command::Dossier(_, command) = command else { return None };
    soort(command).filter(|_| waarden.get(VELD) != ANDERS)
}

/// What stands in the way of the letter of a decision, before it is said to be sent.
pub(crate) async fn controleer(
    web: &Web,
    gebruiker: &Gebruiker,
    (client, zaak): (ClientId, domain::ZaakId),
    soort: Option<Briefsoort>,
) -> Result<Option<Veldfout>, Fout> {
    let Some(soort @ Briefsoort::Besluit(_)) = soort else { return Ok(None) };
    let aanvraag = Aanvraag::open(web, gebruiker, client).await?;
    // A shielded client is refused by the domain itself, with its ground.
    let no = aanvraag.compose(web, gebruiker, (zaak, soort))?.err();
    Ok(no.filter(|it| *it != GeenBrief::Afgeschermd).map(|it| Veldfout {
        veld: VELD.to_owned(),
        tekst: zin(&format!("Deze brief kan niet worden gemaakt: {it}")),
    }))
}

/// Keeps the letter of a step that was just taken; where there can be none, none is kept.
pub(crate) async fn bewaar(
    web: &Web,
    gebruiker: &Gebruiker,
    (client, zaak): (ClientId, domain::ZaakId),
    soort: Option<Briefsoort>,
) -> Result<(), Fout> {
    let Some(soort) = soort else { return Ok(()) };
    let aanvraag = Aanvraag::open(web, gebruiker, client).await?;
    if let Ok(brief) = aanvraag.compose(web, gebruiker, (zaak, soort))? {
        Bewaard::of(&brief)?.keep(web, client, (zaak, soort)).await?;
    }
    Ok(())
}
