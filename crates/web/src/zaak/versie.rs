//! Two people in one dossier: what a colleague wrote since a form was opened, in sentences.

use domain::{ClientId, Stream, ZaakId};

use crate::{dossiers::tijdlijn::gebeurtenissen, fout::Fout, namen::Namen, staat::Web};

/// What changed after the version a form was opened with; `None` when nothing did.
pub(crate) async fn gewijzigd(
    web: &Web,
    client: ClientId,
    (gezien, nu): (u32, u32),
    blind: &[ZaakId],
) -> Result<Option<String>, Fout> {
    if gezien == nu {
        return Ok(None);
    }
    let entries = web.store().read_stream(Stream::Dossier(client)).await?;
    let medewerkers = web.store().staff_names().await?;
    let register = web.register();
    let namen = Namen { register: &register, medewerkers: &medewerkers };
    let news: Vec<_> = entries.into_iter().filter(|it| it.version > gezien).collect();
    let told: Vec<String> = gebeurtenissen(&news, &namen, blind)
        .into_iter()
        .map(|it| format!("{} ({}, {})", it.kop, it.dag, it.wie))
        .collect();
    Ok(Some(format!(
        "Het dossier is gewijzigd nadat u dit formulier opende: {}. Er is nog niets van u \
         vastgelegd en uw invoer staat er nog. Kijk of die nog klopt en verstuur opnieuw.",
        told.join("; ")
    )))
}
