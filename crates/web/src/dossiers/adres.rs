//! `/dossiers/{client}/adres`: the address to which letters go; it lies outside the log.

use axum::{
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use domain::{ClientId, persoon::Persoonsgegevens};
use store::Person;

use super::{dossier_for, lees, log, pad};
use crate::{
    formulier::{Formulier, Veld},
    fout::{Fout, toon, toon_fouten},
    gebruiker::Gebruiker,
    invoer::{Formulierdeel, Lezer, Veldfout, Waarden},
    overzicht::{Invullen, Verwijzing},
    staat::Web,
};

/// `GET /dossiers/{client}/adres`
pub(crate) async fn formulier(
    State(web): State<Web>,
    gebruiker: Gebruiker,
    Path(client): Path<String>,
) -> Result<Response, Fout> {
    let (client, person) = open(&web, &gebruiker, &client).await?;
    log(&web, &gebruiker, &[client], "adres bekeken").await?;
    let waarden: Waarden = [
        ("straat", person.straat_en_nummer),
        ("postcode", person.postcode),
        ("plaats", person.plaats),
    ]
    .into_iter()
    .collect();
    toon(&page(&web, &gebruiker, client, &waarden, Vec::new()))
}

/// `POST /dossiers/{client}/adres`
pub(crate) async fn bewaar(
    State(web): State<Web>,
    gebruiker: Gebruiker,
    Path(client): Path<String>,
    Formulierdeel(waarden): Formulierdeel,
) -> Result<Response, Fout> {
    let (client, mut person) = open(&web, &gebruiker, &client).await?;
    let mut lezer = Lezer::new(&waarden);
    let straat = lezer.tekst("straat", "een straat en huisnummer", 100);
    let postcode = lezer.tekst("postcode", "een postcode", 10);
    let plaats = lezer.tekst("plaats", "een plaats", 100);
    let read = straat.zip(postcode).zip(plaats);
    let ((straat, postcode), plaats) = match lezer.klaar(read) {
        Ok(it) => it,
        Err(fouten) => {
            return toon_fouten(&page(&web, &gebruiker, client, &waarden, fouten));
        }
    };
    person.straat_en_nummer = straat;
    person.postcode = postcode.to_uppercase();
    person.plaats = plaats;
    log(&web, &gebruiker, &[client], "adres gewijzigd").await?;
    web.store().put_person(client, &person).await?;
    Ok(Redirect::to(&pad(client)).into_response())
}

/// The person, if the user may see the dossier and where this client lives is not to be hidden.
async fn open(
    web: &Web,
    gebruiker: &Gebruiker,
    client: &str,
) -> Result<(ClientId, Persoonsgegevens), Fout> {
    let client = lees(client)?;
    let dossier = dossier_for(web, gebruiker, client)?;
    if dossier.afgeschermd_op(gebruiker.vandaag) {
        return Err(Fout::Afgeschermd);
    }
    match web.store().person(client).await? {
        Person::Known(person) => Ok((client, person)),
        Person::Erased | Person::Unknown => Err(Fout::NietGevonden),
    }
}

fn page(
    web: &Web,
    gebruiker: &Gebruiker,
    client: ClientId,
    waarden: &Waarden,
    fouten: Vec<Veldfout>,
) -> Invullen {
    let own = pad(client);
    let velden = vec![
        Veld::regel("straat", "Straat en huisnummer", 40),
        Veld::regel("postcode", "Postcode", 7),
        Veld::regel("plaats", "Plaats", 30),
    ];
    let kop = "Wijzig het adres".to_owned();
    Invullen {
        kader: web.kader(&kop, Some(gebruiker), "/dossiers"),
        kop,
        lead: "Hierheen gaan de brieven. Een brief die al verzonden is, verandert niet.".to_owned(),
        kruimels: vec![
            Verwijzing::new("Dossiers", "/dossiers"),
            Verwijzing::new("Dossier", own.clone()),
        ],
        formulier: Formulier::new(format!("{own}/adres"), "Sla op", velden, waarden, fouten)
            .terug(own),
    }
}
