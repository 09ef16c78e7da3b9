//! `/zaken/{zaak}/herinneringen`: a day and a few words about a case, outside the log.
//!
//! The words lie under the key of the client and go when the client is erased. On its day a
//! reminder is a task of whoever set it, or of who has the case once that person left.

use axum::{
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    ClientId, MedewerkerId, State as Toestand, ZaakId,
    werkvoorraad::{Taak, Taaksoort},
};
use jiff::civil::Date;
use store::Text;

use crate::{
    datum,
    dossiers::{self, dossier_for},
    formulier::{Formulier, Optie, Soort, Veld},
    fout::{Fout, toon, toon_fouten},
    gebruiker::Gebruiker,
    invoer::{Formulierdeel, Lezer, Veldfout, Waarden, Zoekdeel},
    namen::Namen,
    overzicht::{Lijst, Overzicht, Sectie, Verwijzing},
    staat::Web,
};

/// Under which kind the words are kept.
const SOORT: &str = "herinnering";
/// How long they can be.
const LENGTE: usize = 200;

/// What the key of a reminder says; nothing of it is personal to the client.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Herinnering {
    zaak: ZaakId,
    op: Date,
    door: MedewerkerId,
}

impl Herinnering {
    fn parse(key: &str) -> Option<Herinnering> {
        let mut parts = key.split('.');
        let zaak = parts.next()?.parse().ok()?;
        let op = parts.next()?.parse().ok()?;
        let door = MedewerkerId(parts.next()?.parse().ok()?);
        Some(Herinnering { zaak, op, door })
    }

    /// The key, with something that keeps two reminders of one day apart.
    fn key(self, moment: i64) -> String {
        format!("{}.{}.{}.{moment}", self.zaak, self.op, self.door.0)
    }
}

/// The reminders whose day has come, as tasks; of one case, day and person there is one task.
pub(crate) async fn taken(web: &Web, vandaag: Date) -> Result<Vec<Taak>, Fout> {
    let keys = web.store().text_keys(SOORT).await?;
    let mut found = web.live().with(|world| {
        let due = keys.iter().filter_map(|(client, key)| {
            let it = Herinnering::parse(key).filter(|it| it.op <= vandaag)?;
            task(&world.state, *client, it, vandaag)
        });
        due.collect::<Vec<Taak>>()
    });
    found.dedup();
    Ok(found)
}

fn task(state: &Toestand, client: ClientId, it: Herinnering, vandaag: Date) -> Option<Taak> {
    let zaak = state.dossiers.get(&client)?.zaak(it.zaak)?;
    let in_service = state.register.aanstelling(it.door, vandaag).is_some();
    Some(Taak {
        client,
        zaak: Some(it.zaak),
        soort: Taaksoort::Herinnering,
        uiterlijk: Some(it.op),
        wacht: None,
        behandelaar: if in_service { Some(it.door) } else { zaak.behandelaar },
        team: zaak.onderzoek.team(),
    })
}

/// The words of the reminders behind a task.
pub(crate) async fn woorden(web: &Web, taak: &Taak) -> Result<String, Fout> {
    let all = of_case(web, taak.client, taak.zaak).await?;
    let due = all.iter().filter(|(it, _)| Some(it.op) == taak.uiterlijk);
    let words: Vec<&str> = due.map(|(_, text)| text.text.as_str()).collect();
    Ok(words.join("; "))
}

async fn of_case(
    web: &Web,
    client: ClientId,
    zaak: Option<ZaakId>,
) -> Result<Vec<(Herinnering, Text)>, Fout> {
    let texts = web.store().texts(client).await?.into_iter().filter(|it| it.kind == SOORT);
    let read = texts.filter_map(|it| Some((Herinnering::parse(&it.key)?, it)));
    let mut found: Vec<_> = read.filter(|(it, _)| Some(it.zaak) == zaak).collect();
    found.sort_by_key(|(it, _)| it.op);
    Ok(found)
}

/// The address of the reminders of a case.
pub(crate) fn pad(zaak: ZaakId) -> String {
    format!("/zaken/{zaak}/herinneringen")
}

/// `GET /zaken/{zaak}/herinneringen`
pub(crate) async fn pagina(
    State(web): State<Web>,
    gebruiker: Gebruiker,
    Path(zaak): Path<String>,
    Zoekdeel(waarden): Zoekdeel,
) -> Result<Response, Fout> {
    let (client, zaak) = find(&web, &gebruiker, &zaak)?;
    dossiers::log(&web, &gebruiker, &[client], "herinneringen bekeken").await?;
    let mut page = page(&web, &gebruiker, (client, zaak), (&Waarden::default(), vec![])).await?;
    page.gedaan = match waarden.get("gedaan") {
        "gezet" => Some("De herinnering is gezet.".to_owned()),
        "klaar" => Some("Wat klaar is, is weggehaald.".to_owned()),
        _ => None,
    };
    toon(&page)
}

/// `POST /zaken/{zaak}/herinneringen`: sets one, or takes away what is done.
pub(crate) async fn wijzig(
    State(web): State<Web>,
    gebruiker: Gebruiker,
    Path(zaak): Path<String>,
    Formulierdeel(waarden): Formulierdeel,
) -> Result<Response, Fout> {
    let (client, zaak) = find(&web, &gebruiker, &zaak)?;
    if waarden.get("doe") == "klaar" {
        let ticked = waarden.alle("klaar");
        for (_, text) in of_case(&web, client, Some(zaak)).await? {
            if ticked.contains(&text.key.as_str()) {
                web.store().delete_text(client, SOORT, &text.key).await?;
            }
        }
        dossiers::log(&web, &gebruiker, &[client], "herinnering klaar").await?;
        return Ok(Redirect::to(&format!("{}?gedaan=klaar", pad(zaak))).into_response());
    }
    let mut lezer = Lezer::new(&waarden);
    let op = lezer.datum("op", "de dag");
    let tekst = lezer.tekst("tekst", "waaraan u herinnerd wilt worden", LENGTE);
    if op.is_some_and(|it| it < gebruiker.vandaag) {
        lezer.fout("op", "Kies vandaag of een dag die nog komt.");
    }
    let (op, tekst) = match lezer.klaar(op.zip(tekst)) {
        Ok(it) => it,
        Err(fouten) => {
            return toon_fouten(&page(&web, &gebruiker, (client, zaak), (&waarden, fouten)).await?);
        }
    };
    let it = Herinnering { zaak, op, door: gebruiker.hoedanigheid.medewerker };
    let key = it.key(web.nu().as_microsecond());
    web.store().put_text(client, SOORT, &key, &tekst, web.nu()).await?;
    dossiers::log(&web, &gebruiker, &[client], "herinnering gezet").await?;
    Ok(Redirect::to(&format!("{}?gedaan=gezet", pad(zaak))).into_response())
}

fn find(web: &Web, gebruiker: &Gebruiker, zaak: &str) -> Result<(ClientId, ZaakId), Fout> {
    let zaak: ZaakId = zaak.parse().map_err(|_| Fout::NietGevonden)?;
    let client = web.live().with(|it| it.state.client_van_zaak(zaak)).ok_or(Fout::NietGevonden)?;
    dossier_for(web, gebruiker, client)?;
    Ok((client, zaak))
}

async fn page(
    web: &Web,
    gebruiker: &Gebruiker,
    (client, zaak): (ClientId, ZaakId),
    (waarden, fouten): (&Waarden, Vec<Veldfout>),
) -> Result<Overzicht, Fout> {
    let names = web.store().staff_names().await?;
    let register = web.register();
    let namen = Namen { register: &register, medewerkers: &names };
    let all = of_case(web, client, Some(zaak)).await?;
    let option = |(it, text): &(Herinnering, Text)| {
        let who = namen.medewerker(it.door);
        Optie::new(&text.key, format!("{}: {} ({who})", datum::kort(it.op), text.text))
    };
    let opties: Vec<Optie> = all.iter().map(option).collect();
    let kader = web.kader(&format!("Herinneringen bij zaak {zaak}"), Some(gebruiker), "/dossiers");
    let lead = "Op de dag zelf staat de herinnering in uw werkvoorraad. Wie het dossier mag openen, \
                ziet haar hier ook.";
    let mut pagina = Overzicht::new(kader, lead);
    pagina.kruimels = vec![
        Verwijzing::new("Dossiers", "/dossiers"),
        Verwijzing::new("Dossier", dossiers::pad(client)),
    ];
    let velden = vec![
        Veld::datum("op", "Op welke dag?"),
        Veld::regel("tekst", "Waaraan?", 60)
            .uitleg("Een paar woorden, zoals: bel de huisarts terug"),
    ];
    let mut nieuw = Sectie::new("Zet een herinnering", Lijst::default());
    nieuw.formulier = Some(Formulier::new(pad(zaak), "Zet", velden, waarden, fouten));
    let mut open = Sectie::new("Wat er staat", Lijst::default());
    if !opties.is_empty() {
        let velden = vec![
            Veld::new("klaar", "Vink aan wat klaar is", Soort::Vinkjes(opties)),
            Veld::verborgen("doe"),
        ];
        let doe = [("doe", "klaar")].into_iter().collect();
        open.formulier = Some(Formulier::new(pad(zaak), "Haal weg", velden, &doe, Vec::new()));
    }
    pagina.secties = vec![nieuw, open];
    Ok(pagina)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_says_which_case_day_and_person() {
        let it = Herinnering {
            zaak: ZaakId { jaar: 2018, volgnummer: 12 },
            op: jiff::civil::date(2018, 2, 20),
            door: MedewerkerId(7),
        };
        assert_eq!(it.key(99), "2018-00012.2018-02-20.7.99");
        assert_eq!(Herinnering::parse(&it.key(99)), Some(it));
        for damaged in ["", "2018-00012", "x.2018-02-20.7.1", "2018-00012.gisteren.7.1"] {
            assert_eq!(Herinnering::parse(damaged), None, "{damaged}");
        }
    }
}
