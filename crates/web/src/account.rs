//! `/account`: the own account, and another password for it.

use axum::{extract::State, response::Response};
use domain::scholing::achterstand;

use crate::{
    formulier::{Formulier, Soort, Veld},
    fout::{Fout, toon, toon_fouten},
    gebruiker::Gebruiker,
    invoer::{Formulierdeel, Lezer, Veldfout, Waarden},
    namen::Namen,
    overzicht::{Lijst, Overzicht, Sectie},
    register::scholing::why,
    staat::Web,
};

/// The fewest characters of a password.
pub(crate) const WACHTWOORD_TEKENS: usize = 12;

/// `GET /account`
pub(crate) async fn account(
    State(web): State<Web>,
    gebruiker: Gebruiker,
) -> Result<Response, Fout> {
    toon(&page(&web, &gebruiker, Vec::new(), None).await?)
}

/// `POST /account`: another password; every other session of the account ends.
pub(crate) async fn wijzig(
    State(web): State<Web>,
    gebruiker: Gebruiker,
    Formulierdeel(waarden): Formulierdeel,
) -> Result<Response, Fout> {
    if !web.limieten.mag_proberen(&gebruiker.account, None) {
        return Err(Fout::TeVaak);
    }
    let mut lezer = Lezer::new(&waarden);
    let old = lezer.tekst("oud", "uw huidige wachtwoord", 500);
    let new = new_password(&mut lezer, &waarden);
    let (old, new) = match lezer.klaar(old.zip(new)) {
        Ok(it) => it,
        Err(fouten) => return toon_fouten(&page(&web, &gebruiker, fouten, None).await?),
    };
    if web.store().check_password(&gebruiker.account, &old).await?.is_none() {
        let tekst = "Dit is niet uw huidige wachtwoord.".to_owned();
        let fouten = vec![Veldfout { veld: "oud".to_owned(), tekst }];
        return toon_fouten(&page(&web, &gebruiker, fouten, None).await?);
    }
    web.store().set_password(&gebruiker.account, &new).await?;
    let done = "Uw wachtwoord is gewijzigd. U bent overal uitgelogd; log opnieuw in.".to_owned();
    toon(&page(&web, &gebruiker, Vec::new(), Some(done)).await?)
}

/// Reads a new password, typed twice.
pub(crate) fn new_password(lezer: &mut Lezer<'_>, waarden: &Waarden) -> Option<String> {
    let (new, again) = (waarden.get("nieuw"), waarden.get("nogmaals"));
    if new.chars().count() < WACHTWOORD_TEKENS || new.len() > 500 {
        lezer.fout(
            "nieuw",
            format!("Kies een wachtwoord van ten minste {WACHTWOORD_TEKENS} tekens."),
        );
        return None;
    }
    if new != again {
        lezer.fout("nogmaals", "De twee wachtwoorden zijn niet gelijk.");
        return None;
    }
    Some(new.to_owned())
}

/// The fields for a new password.
pub(crate) fn password_fields() -> [Veld; 2] {
    let hint =
        format!("Ten minste {WACHTWOORD_TEKENS} tekens; een zin van een paar woorden is goed");
    [
        Veld::new("nieuw", "Nieuw wachtwoord", Soort::Wachtwoord)
            .uitleg(&hint)
            .aanvullen("new-password"),
        Veld::new("nogmaals", "Nieuw wachtwoord nogmaals", Soort::Wachtwoord)
            .aanvullen("new-password"),
    ]
}

async fn page(
    web: &Web,
    gebruiker: &Gebruiker,
    fouten: Vec<Veldfout>,
    gedaan: Option<String>,
) -> Result<Overzicht, Fout> {
    let names = web.store().staff_names().await?;
    let register = web.register();
    let namen = Namen { register: &register, medewerkers: &names };
    let wie = gebruiker.hoedanigheid;
    let mut lijst = Lijst::new(&["Gegeven", "Wat wij weten"]);
    lijst.rij(vec!["Naam".into(), namen.medewerker(wie.medewerker).into()]);
    lijst.rij(vec!["Gebruikersnaam".into(), gebruiker.account.clone().into()]);
    lijst.rij(vec!["Functie waarin u nu werkt".into(), wie.functie.naam().into()]);
    for it in register.hoedanigheden(wie.medewerker, gebruiker.vandaag) {
        if it.functie != wie.functie {
            lijst.rij(vec!["U werkt ook als".into(), it.functie.naam().into()]);
        }
    }
    lijst.rij(vec!["Werkgever".into(), namen.werkgever(wie.werkgever).into()]);
    let team = wie.team.map_or_else(|| "geen team".to_owned(), |it| namen.team(it));
    lijst.rij(vec!["Team".into(), team.into()]);
    let kader = web.kader("Uw account", Some(gebruiker), "/account");
    let mut pagina = Overzicht::new(
        kader,
        "Uw functie en team komen uit het register. Klopt er iets niet? Vraag de functioneel \
         beheerder om uw aanstelling aan te passen.",
    );
    pagina.gedaan = gedaan;
    let old =
        Veld::new("oud", "Huidig wachtwoord", Soort::Wachtwoord).aanvullen("current-password");
    let velden = [old].into_iter().chain(password_fields()).collect();
    let mut wachtwoord = Sectie::new("Ander wachtwoord", Lijst::default());
    wachtwoord.formulier = Some(Formulier::new(
        "/account",
        "Wijzig het wachtwoord",
        velden,
        &Waarden::default(),
        fouten,
    ));
    let mut training = Lijst::new(&["Onderwerp", "Waarom"]);
    for it in achterstand(&register, gebruiker.vandaag) {
        if it.medewerker == wie.medewerker {
            training.rij(vec![it.onderwerp.naam().into(), why(&it).into()]);
        }
    }
    let mut scholing = Sectie::new("Scholing die u nog moet volgen", training);
    scholing.leeg = "U bent bij.";
    let who = Sectie::new("Wie u bent", lijst).actie(
        gebruiker.wisselt,
        "Wissel van functie",
        "/functie?terug=/account",
    );
    pagina.secties = vec![who, scholing, wachtwoord];
    Ok(pagina)
}
