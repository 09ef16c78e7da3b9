//! `/iwmo/koppeling`: whether messages may come in over HTTP, and the token for who brings them.

use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use store::AccessEntry;

use super::ontvangst::KOPPELING;
use crate::{
    datum,
    formulier::Formulier,
    fout::{Fout, toon},
    gebruiker::Gebruiker,
    invoer::{Formulierdeel, Waarden, Zoekdeel},
    overzicht::{Lijst, Overzicht, Sectie},
    staat::Web,
};

/// `GET /iwmo/koppeling`
pub(crate) async fn pagina(
    State(web): State<Web>,
    gebruiker: Gebruiker,
    Zoekdeel(waarden): Zoekdeel,
) -> Result<Response, Fout> {
    let gedaan = (waarden.get("gedaan") == "uit")
        .then(|| "De ontvangst over HTTP staat uit; het token werkt niet meer.".to_owned());
    toon(&page(&web, &gebruiker, gedaan).await?)
}

/// `POST /iwmo/koppeling`: makes a token, which is shown this once, or takes it away.
pub(crate) async fn wijzig(
    State(web): State<Web>,
    gebruiker: Gebruiker,
    Formulierdeel(waarden): Formulierdeel,
) -> Result<Response, Fout> {
    match waarden.get("doe") {
        "uit" => {
            log(&web, &gebruiker, "token voor ontvangst van berichten ingetrokken").await?;
            web.store().withdraw_token(KOPPELING).await?;
            Ok(Redirect::to("/iwmo/koppeling?gedaan=uit").into_response())
        }
        "" => {
            log(&web, &gebruiker, "token voor ontvangst van berichten gemaakt").await?;
            let token = web.store().create_token(KOPPELING, web.nu()).await?;
            let gedaan = format!(
                "Dit is het token. Het is alleen nu te zien; geef het aan wie de koppeling \
                 inricht: {token}"
            );
            toon(&page(&web, &gebruiker, Some(gedaan)).await?)
        }
        _ => Err(Fout::Onleesbaar),
    }
}

async fn page(web: &Web, gebruiker: &Gebruiker, gedaan: Option<String>) -> Result<Overzicht, Fout> {
    let since = web.store().token_since(KOPPELING).await?;
    let kader = web.kader("Berichten ontvangen over HTTP", Some(gebruiker), "/iwmo/koppeling");
    let lead = match since {
        None => "De ontvangst staat uit. Berichten komen alleen binnen via een map.".to_owned(),
        Some(it) => format!("De ontvangst staat aan, met een token van {}.", datum::moment(it)),
    };
    let mut pagina = Overzicht::new(kader, &lead);
    pagina.gedaan = gedaan;
    let (knop, meer) = match since {
        None => ("Zet aan en maak een token", Vec::new()),
        Some(_) => ("Maak een nieuw token", vec![("uit", "Zet uit en trek het token in")]),
    };
    let none = Waarden::default();
    let mut formulier = Formulier::new("/iwmo/koppeling", knop, Vec::new(), &none, Vec::new());
    formulier.meer = meer;
    let mut sectie = Sectie::new("Token", Lijst::default()).lead(
        "Met het token mag een programma berichten brengen, en verder niets. Wijkpeil bewaart \
         alleen een afdruk ervan. Met een nieuw token vervalt het oude.",
    );
    sectie.formulier = Some(formulier);
    pagina.secties.push(sectie);
    pagina.secties.push(how());
    Ok(pagina)
}

fn how() -> Sectie {
    let mut lijst = Lijst::new(&["Onderdeel", "Waarde"]);
    for (what, value) in [
        ("Adres", "POST /iwmo/ontvangst"),
        ("Kop", "Authorization: Bearer, met het token erachter"),
        ("Inhoud", "een StUF-GGK-envelop (Di01 of Du01) met het bericht in base64"),
        ("Antwoord", "Bv03 als het bericht binnen is, anders Fo01 met de reden"),
    ] {
        lijst.rij(vec![what.into(), value.into()]);
    }
    Sectie::new("Voor wie de koppeling inricht", lijst)
}

async fn log(web: &Web, gebruiker: &Gebruiker, handeling: &str) -> Result<(), Fout> {
    let entry = AccessEntry {
        moment: web.nu(),
        account: gebruiker.account.clone(),
        medewerker: gebruiker.hoedanigheid.medewerker,
        client: None,
        action: handeling.to_owned(),
        ground: format!("beheer van het berichtenverkeer als {}", gebruiker.functie().naam()),
    };
    Ok(web.store().log_access(&entry).await?)
}
