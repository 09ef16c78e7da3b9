//! `GET /dossiers/{client}/inzage`: who looked at a dossier. NEN 7513.

use axum::{
    extract::{Path, State},
    response::Response,
};

use super::{dossier_for, lees, log, pad};
use crate::{
    datum,
    fout::{Fout, toon},
    gebruiker::Gebruiker,
    overzicht::{Lijst, Overzicht, Sectie, Verwijzing},
    staat::Web,
};

/// `GET /dossiers/{client}/inzage`
pub(crate) async fn inzage(
    State(web): State<Web>,
    gebruiker: Gebruiker,
    Path(client): Path<String>,
) -> Result<Response, Fout> {
    let client = lees(&client)?;
    dossier_for(&web, &gebruiker, client)?;
    log(&web, &gebruiker, &[client], "inzage bekeken").await?;
    let mut accesses = web.store().accesses(client).await?;
    accesses.sort_by_key(|it| std::cmp::Reverse(it.moment));
    let names = web.store().staff_names().await?;
    let mut lijst = Lijst::new(&["Wanneer", "Wie", "Account", "Wat", "Waarom"]);
    for it in accesses {
        let who = names.get(&it.medewerker).cloned();
        lijst.rij(vec![
            datum::moment(it.moment).into(),
            who.unwrap_or_else(|| format!("medewerker {}", it.medewerker.0)).into(),
            it.account.into(),
            it.action.into(),
            it.ground.into(),
        ]);
    }
    let kader = web.kader("Wie heeft dit dossier bekeken?", Some(&gebruiker), "/dossiers");
    let lead = "Elke keer dat iemand gegevens uit dit dossier ziet, komt er een regel bij. Ook u \
                staat er nu bij.";
    let mut pagina = Overzicht::new(kader, lead);
    pagina.kruimels =
        vec![Verwijzing::new("Dossiers", "/dossiers"), Verwijzing::new("Dossier", pad(client))];
    pagina.secties.push(Sectie::new("Inzage, laatste bovenaan", lijst));
    toon(&pagina)
}
