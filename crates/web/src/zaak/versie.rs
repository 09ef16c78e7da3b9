//! Two people in one dossier: what a colleague wrote since a form was opened, in sentences.

use domain::{ClientId, Stream};

use crate::{
    dossiers::tijdlijn::{blinde_zaken, gebeurtenissen},
    fout::Fout,
    gebruiker::Gebruiker,
    namen::Namen,
    staat::Web,
};

/// What changed after the version a form was opened with; `None` when nothing did.
pub(crate) async fn gewijzigd(
    web: &Web,
    gebruiker: &Gebruiker,
    client: ClientId,
    (gezien, nu): (u32, u32),
) -> Result<Option<String>, Fout> {
    if gezien == nu {
        return Ok(None);
    }
    let entries = web.store().read_stream(Stream::Dossier(client)).await?;
    let medewerkers = web.store().staff_names().await?;
    let register = web.register();
    let namen = Namen { register: &register, medewerkers: &medewerkers };
    let news: Vec<_> = entries.into_iter().filter(|it| it.version > gezien).collect();
    let blind = web.live().with(|world| {
        let dossier = world.state.dossiers.get(&client);
        dossier.map_or_else(Vec::new, |it| blinde_zaken(&world.state, it, gebruiker))
    });
    let told: Vec<String> = gebeurtenissen(&news, &namen, &blind)
        .into_iter()
        .map(|it| format!("{} ({}, {})", it.kop, it.dag, it.wie))
        .collect();
    Ok(Some(format!(
        "Het dossier is gewijzigd nadat u dit formulier opende: {}. Er is nog niets van u \
         vastgelegd en uw invoer staat er nog. Kijk of die nog klopt en verstuur opnieuw.",
        told.join("; ")
    )))
}
