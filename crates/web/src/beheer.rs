//! `/beheer/accounts`: who can log in.

use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use domain::MedewerkerId;
use store::StoreError;

use crate::{
    account::{new_password, password_fields},
    formulier::{Formulier, Optie, Veld},
    fout::{Fout, toon, toon_fouten},
    gebruiker::Gebruiker,
    invoer::{Formulierdeel, Lezer, Veldfout, Waarden, Zoekdeel},
    namen::Namen,
    overzicht::{Cel, Invullen, Lijst, Overzicht, Sectie, Verwijzing},
    staat::Web,
};

/// `GET /beheer/accounts`
pub(crate) async fn accounts(
    State(web): State<Web>,
    gebruiker: Gebruiker,
    Zoekdeel(waarden): Zoekdeel,
) -> Result<Response, Fout> {
    let names = web.store().staff_names().await?;
    let register = web.register();
    let namen = Namen { register: &register, medewerkers: &names };
    let mut lijst = Lijst::new(&["Gebruikersnaam", "Medewerker", "Functie vandaag", "Toegang", ""]);
    for it in web.store().accounts().await? {
        let held = register.aanstelling(it.medewerker, gebruiker.vandaag);
        let toegang: Cel = match (it.blocked, held) {
            (true, _) => Cel::LetOp("geblokkeerd".to_owned()),
            (false, None) => Cel::LetOp("geen aanstelling".to_owned()),
            (false, Some(_)) => "ja".into(),
        };
        let change = if it.blocked { "Deblokkeer" } else { "Blokkeer" };
        let path = format!("/beheer/accounts/blokkeren?naam={}", crate::tekst::in_query(&it.name));
        let own = it.name == gebruiker.account;
        lijst.rij(vec![
            it.name.into(),
            namen.medewerker(it.medewerker).into(),
            held.map_or("geen", |it| it.functie.naam()).into(),
            toegang,
            if own { "dit bent u".into() } else { Cel::link(change, path) },
        ]);
    }
    let kader = web.kader("Accounts", Some(&gebruiker), "/beheer/accounts");
    let mut pagina = Overzicht::new(
        kader,
        "Een account hoort bij een medewerker. Wat iemand mag, volgt uit de aanstelling van \
         vandaag in het register.",
    );
    pagina.gedaan = match waarden.get("gedaan") {
        "gemaakt" => Some("Het account is gemaakt.".to_owned()),
        "gewijzigd" => Some("Het account is gewijzigd; open sessies zijn beëindigd.".to_owned()),
        _ => None,
    };
    pagina.acties.push(Verwijzing::new("Maak een account", "/beheer/accounts/nieuw"));
    pagina.secties.push(Sectie::new("Wie kan inloggen", lijst));
    toon(&pagina)
}

/// `GET /beheer/accounts/nieuw`
pub(crate) async fn nieuw(State(web): State<Web>, gebruiker: Gebruiker) -> Result<Response, Fout> {
    toon(&new_page(&web, &gebruiker, &Waarden::default(), Vec::new()).await?)
}

/// `POST /beheer/accounts/nieuw`
pub(crate) async fn maak(
    State(web): State<Web>,
    gebruiker: Gebruiker,
    Formulierdeel(waarden): Formulierdeel,
) -> Result<Response, Fout> {
    let known = web.register().medewerkers;
    let mut lezer = Lezer::new(&waarden);
    let naam = lezer.tekst("naam", "een gebruikersnaam", 60);
    let medewerker = lezer.keuze("medewerker", "een medewerker", |it| {
        it.parse().ok().map(MedewerkerId).filter(|it| known.contains_key(it))
    });
    let wachtwoord = new_password(&mut lezer, &waarden);
    let read = lezer.klaar(naam.zip(medewerker).zip(wachtwoord));
    let ((naam, medewerker), wachtwoord) = match read {
        Ok(it) => it,
        Err(fouten) => return toon_fouten(&new_page(&web, &gebruiker, &waarden, fouten).await?),
    };
    match web.store().create_account(&naam, &wachtwoord, medewerker).await {
        Ok(()) => Ok(Redirect::to("/beheer/accounts?gedaan=gemaakt").into_response()),
        Err(error @ (StoreError::AccountExists(_) | StoreError::Password { .. })) => {
            let tekst = crate::invoer::zin(&error.to_string());
            let fouten = vec![Veldfout { veld: "naam".to_owned(), tekst }];
            toon_fouten(&new_page(&web, &gebruiker, &waarden, fouten).await?)
        }
        Err(error) => Err(error.into()),
    }
}

/// `GET /beheer/accounts/blokkeren`: asks before it is done.
pub(crate) async fn vraag_blokkeren(
    State(web): State<Web>,
    gebruiker: Gebruiker,
    Zoekdeel(waarden): Zoekdeel,
) -> Result<Response, Fout> {
    let account = find(&web, waarden.get("naam")).await?;
    let change = if account.blocked { "Deblokkeer" } else { "Blokkeer" };
    let titel = format!("{change} het account {}?", account.name);
    let lead = if account.blocked {
        "Wie bij dit account hoort, kan daarna weer inloggen."
    } else {
        "Wie bij dit account hoort, wordt nu uitgelogd en kan niet meer inloggen."
    };
    let velden = vec![Veld::verborgen("naam")];
    toon(&Invullen {
        kader: web.kader(&titel, Some(&gebruiker), "/beheer/accounts"),
        kop: titel,
        lead: lead.to_owned(),
        kruimels: vec![Verwijzing::new("Accounts", "/beheer/accounts")],
        formulier: Formulier::new(
            "/beheer/accounts/blokkeren",
            change,
            velden,
            &waarden,
            Vec::new(),
        )
        .terug("/beheer/accounts"),
    })
}

/// `POST /beheer/accounts/blokkeren`: blocks an account, or lets it in again.
pub(crate) async fn blokkeer(
    State(web): State<Web>,
    gebruiker: Gebruiker,
    Formulierdeel(waarden): Formulierdeel,
) -> Result<Response, Fout> {
    let account = find(&web, waarden.get("naam")).await?;
    if account.name == gebruiker.account {
        // Whoever blocks themselves could leave the installation without a keeper.
        return Err(Fout::Onleesbaar);
    }
    web.store().set_blocked(&account.name, !account.blocked).await?;
    Ok(Redirect::to("/beheer/accounts?gedaan=gewijzigd").into_response())
}

async fn find(web: &Web, naam: &str) -> Result<store::Account, Fout> {
    let accounts = web.store().accounts().await?;
    accounts.into_iter().find(|it| it.name == naam).ok_or(Fout::NietGevonden)
}

async fn new_page(
    web: &Web,
    gebruiker: &Gebruiker,
    waarden: &Waarden,
    fouten: Vec<Veldfout>,
) -> Result<Invullen, Fout> {
    let names = web.store().staff_names().await?;
    let register = web.register();
    let namen = Namen { register: &register, medewerkers: &names };
    let mut opties: Vec<Optie> = register
        .medewerkers
        .keys()
        .filter_map(|it| {
            let held = register.aanstelling(*it, gebruiker.vandaag)?;
            let label = format!("{}, {}", namen.medewerker(*it), held.functie.naam());
            Some(Optie::new(it.0.to_string(), label))
        })
        .collect();
    opties.sort_by(|a, b| a.naam.cmp(&b.naam));
    let first = [
        Veld::keuze("medewerker", "Medewerker", opties)
            .uitleg("Staat iemand er niet bij? Leg dan eerst de aanstelling vast in het register."),
        Veld::regel("naam", "Gebruikersnaam", 30),
    ];
    let velden = first.into_iter().chain(password_fields()).collect();
    let formulier =
        Formulier::new("/beheer/accounts/nieuw", "Maak het account", velden, waarden, fouten)
            .terug("/beheer/accounts");
    Ok(Invullen {
        kader: web.kader("Maak een account", Some(gebruiker), "/beheer/accounts"),
        kop: "Maak een account".to_owned(),
        lead: "Geef het wachtwoord persoonlijk door; de medewerker kan het zelf wijzigen."
            .to_owned(),
        kruimels: vec![Verwijzing::new("Accounts", "/beheer/accounts")],
        formulier,
    })
}
