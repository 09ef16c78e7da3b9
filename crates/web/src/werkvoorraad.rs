//! `/werkvoorraad`: what is to be done, by whom and by when; nothing of it is stored.

pub(crate) mod heronderzoek;
mod keuze;
pub(crate) mod weergave;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    ClientId, Command, DossierCommand, Functie, MedewerkerId, ZaakId, Zaakstap,
    werkvoorraad::{Taak, Taaksoort, Urgentie, Wachtreden, belasting, taken},
};
use jiff::civil::Date;
use store::{ExecuteError, Person};

use self::keuze::{Keuze, Tegel, Wie};
use crate::{
    datum,
    dossiers::{self, dossier_for},
    formulier::Optie,
    fout::{Fout, toon, toon_fouten},
    gebruiker::Gebruiker,
    invoer::{Formulierdeel, Waarden, Zoekdeel, zin},
    kader::Kader,
    namen::Namen,
    overzicht::Verwijzing,
    rechten::Actie,
    staat::Web,
    tekst::sleutel,
    zaak::{self, behandelaars, herinnering},
};

/// How many tasks are on a page.
const PER_PAGINA: usize = 50;

#[derive(Template)]
#[template(path = "werkvoorraad.html")]
struct Werkvoorraad {
    kader: Kader,
    kop: String,
    gedaan: Option<String>,
    fouten: Vec<String>,
    tegels: Vec<Tegelregel>,
    wie: Vec<Optie>,
    soorten: Vec<Optie>,
    tegel: String,
    gekozen: Vec<Verwijzing>,
    verborgen: Vec<(&'static str, String)>,
    rijen: Vec<Rij>,
    totaal: usize,
    van: usize,
    vorige: Option<String>,
    volgende: Option<String>,
    beleg: Vec<Optie>,
    belasting: Vec<(String, usize, usize)>,
    leeg: String,
    weergaven: Vec<Verwijzing>,
    weergave_naam: String,
}

struct Tegelregel {
    naam: &'static str,
    aantal: usize,
    pad: String,
    huidig: bool,
}

struct Rij {
    zaak: Option<ZaakId>,
    dossier: String,
    taak: &'static str,
    /// The words of a reminder.
    uitleg: String,
    stap: Option<String>,
    naam: String,
    dag: String,
    nog: String,
    klasse: &'static str,
    wacht: &'static str,
    behandelaar: String,
    team: String,
}

/// `GET /werkvoorraad`
pub(crate) async fn pagina(
    State(web): State<Web>,
    gebruiker: Gebruiker,
    Zoekdeel(waarden): Zoekdeel,
) -> Result<Response, Fout> {
    let gedaan = match waarden.get("belegd").parse::<usize>() {
        Ok(1) => Some("1 zaak is belegd.".to_owned()),
        Ok(n) => Some(format!("{n} zaken zijn belegd.")),
        Err(_) => match waarden.get("weergave") {
            "bewaard" => Some("De weergave is bewaard. Zij staat boven de lijst.".to_owned()),
            "weg" => Some("De weergave is verwijderd.".to_owned()),
            _ => None,
        },
    };
    let mut page = page(&web, &gebruiker, &waarden).await?;
    page.gedaan = gedaan;
    toon(&page)
}

/// `POST /werkvoorraad`: gives the ticked cases to somebody.
pub(crate) async fn beleg(
    State(web): State<Web>,
    gebruiker: Gebruiker,
    Formulierdeel(waarden): Formulierdeel,
) -> Result<Response, Fout> {
    let zaken: BTreeSet<ZaakId> = waarden
        .alle("zaak")
        .into_iter()
        .filter_map(|it| it.parse().ok())
        .take(PER_PAGINA)
        .collect();
    let naar = match waarden.get("medewerker") {
        "team" => Some(None),
        it => it.parse().ok().map(MedewerkerId).map(Some),
    };
    let mut fouten = Vec::new();
    if zaken.is_empty() {
        fouten.push("Vink ten minste één zaak aan.".to_owned());
    }
    let Some(medewerker) = naar else {
        fouten.push("Kies bij wie u de zaken belegt.".to_owned());
        return refused(&web, &gebruiker, &waarden, fouten).await;
    };
    let mut done = 0;
    for zaak in zaken {
        match assign(&web, &gebruiker, zaak, medewerker).await? {
            None => done += 1,
            Some(reason) => fouten.push(format!("Zaak {zaak} is niet belegd: {reason}")),
        }
    }
    if !fouten.is_empty() {
        return refused(&web, &gebruiker, &waarden, fouten).await;
    }
    let keuze = Keuze::read(&waarden);
    Ok(Redirect::to(&keuze.path_with(&[("belegd", &done.to_string())])).into_response())
}

/// Gives one case to somebody; the reason where that is refused.
async fn assign(
    web: &Web,
    gebruiker: &Gebruiker,
    zaak: ZaakId,
    medewerker: Option<MedewerkerId>,
) -> Result<Option<String>, Fout> {
    let client = web.live().with(|it| it.state.client_van_zaak(zaak));
    let Some(client) = client else { return Ok(Some("deze zaak bestaat niet.".to_owned())) };
    if dossier_for(web, gebruiker, client).is_err() {
        return Ok(Some("dit dossier hoort bij een ander team.".to_owned()));
    }
    dossiers::log(web, gebruiker, &[client], "zaak belegd").await?;
    let command = DossierCommand::ZetStap { zaak, stap: Zaakstap::Belegd { medewerker } };
    let circumstances = gebruiker.omstandigheid(gebruiker.vandaag);
    let asked = [(Command::Dossier(client, command), circumstances)];
    match web.live().execute(&asked, web.nu()).await {
        Ok(_) => Ok(None),
        Err(ExecuteError::Refused { refusal, .. }) => Ok(Some(zin(&refusal.to_string()))),
        Err(ExecuteError::Store(error)) => Err(error.into()),
    }
}

async fn refused(
    web: &Web,
    gebruiker: &Gebruiker,
    waarden: &Waarden,
    fouten: Vec<String>,
) -> Result<Response, Fout> {
    let mut page = page(web, gebruiker, waarden).await?;
    page.fouten = fouten;
    toon_fouten(&page)
}

async fn page(web: &Web, gebruiker: &Gebruiker, waarden: &Waarden) -> Result<Werkvoorraad, Fout> {
    let vandaag = gebruiker.vandaag;
    let reminders = herinnering::taken(web, vandaag).await?;
    let all = visible(web, gebruiker, reminders);
    let keuze = Keuze::read(waarden).met_standaard(gebruiker, &all);
    let scope: Vec<&Taak> = all.iter().filter(|it| keuze.in_scope(it, gebruiker)).collect();
    let shown: Vec<&Taak> = scope
        .iter()
        .copied()
        .filter(|it| keuze.tegel.is_none_or(|tegel| tegel.takes(it, vandaag)))
        .collect();
    let totaal = shown.len();
    let pages = totaal.div_ceil(PER_PAGINA).max(1);
    let number = waarden.get("pagina").parse::<usize>().unwrap_or(1).clamp(1, pages);
    let from = (number - 1) * PER_PAGINA;
    let on_page: Vec<&Taak> = shown.iter().copied().skip(from).take(PER_PAGINA).collect();
    let medewerkers = web.store().staff_names().await?;
    let register = web.register();
    let namen = Namen { register: &register, medewerkers: &medewerkers };
    let eigen_team = keuze.wie != Some(Wie::Alle) && gebruiker.team().is_some();
    let may_assign = gebruiker.mag(Actie::StappenZetten)
        && !matches!(gebruiker.functie(), Functie::CtaLid | Functie::Beslisser);
    let rijen = rows(web, gebruiker, on_page, &namen).await?;
    let page = |n: usize| keuze.path_with(&[("pagina", &n.to_string())]);
    Ok(Werkvoorraad {
        kader: web.kader("Werkvoorraad", Some(gebruiker), "/werkvoorraad"),
        kop: headline(&scope, &keuze, vandaag),
        gedaan: None,
        fouten: Vec::new(),
        tegels: tiles(&scope, &keuze, vandaag),
        wie: keuze.wie_opties(gebruiker),
        soorten: keuze.soort_opties(&all),
        tegel: keuze.tegel.map_or("", Tegel::sleutel).to_owned(),
        gekozen: keuze.gekozen(),
        verborgen: keuze.verborgen(),
        rijen,
        totaal,
        van: from + 1,
        vorige: (number > 1).then(|| page(number - 1)),
        volgende: (number < pages).then(|| page(number + 1)),
        beleg: if may_assign {
            behandelaars(&register, &namen, gebruiker, eigen_team)
        } else {
            Vec::new()
        },
        belasting: load(gebruiker, &all, &namen),
        leeg: keuze.leeg(),
        weergaven: weergave::lees(web, gebruiker.hoedanigheid.medewerker).await?,
        weergave_naam: waarden.get("naam").to_owned(),
    })
}

/// The tasks in dossiers that the user may see, what is due first first.
fn visible(web: &Web, gebruiker: &Gebruiker, reminders: Vec<Taak>) -> Vec<Taak> {
    web.live().with(|world| {
        let state = &world.state;
        let mut known: HashMap<ClientId, bool> = HashMap::new();
        let mut may_see = |client: ClientId| {
            *known.entry(client).or_insert_with(|| {
                gebruiker.ziet(&[])
                    || state.dossiers.get(&client).is_some_and(|it| {
                        gebruiker.ziet(&dossiers::teams(it, &state.register, gebruiker.vandaag))
                    })
            })
        };
        let mut all = taken(state, gebruiker.vandaag);
        if !reminders.is_empty() {
            all.extend(reminders);
            all.sort_by_key(Taak::volgorde);
        }
        all.retain(|it| may_see(it.client));
        all
    })
}

fn headline(scope: &[&Taak], keuze: &Keuze, vandaag: Date) -> String {
    let late = scope.iter().filter(|it| it.urgentie(vandaag) == Urgentie::TeLaat).count();
    let whose = keuze.wie.unwrap_or(Wie::Alle).zin();
    match (scope.len(), late) {
        (0, _) => format!("Er is nu niets te doen {whose}"),
        (1, 0) => format!("1 taak {whose}, op tijd"),
        (1, _) => format!("1 taak {whose}, te laat"),
        (n, 0) => format!("{n} taken {whose}, geen daarvan te laat"),
        (n, late) => format!("{n} taken {whose}, {late} te laat"),
    }
}

fn tiles(scope: &[&Taak], keuze: &Keuze, vandaag: Date) -> Vec<Tegelregel> {
    let one = |tegel: Tegel| Tegelregel {
        naam: tegel.naam(),
        aantal: scope.iter().filter(|it| tegel.takes(it, vandaag)).count(),
        pad: Keuze { tegel: Some(tegel), ..keuze.clone() }.path_with(&[]),
        huidig: keuze.tegel == Some(tegel),
    };
    Tegel::ALLE.into_iter().map(one).collect()
}

/// How much everybody of the team has, for who leads it.
fn load(gebruiker: &Gebruiker, all: &[Taak], namen: &Namen<'_>) -> Vec<(String, usize, usize)> {
    if gebruiker.functie() != Functie::Teammanager {
        return Vec::new();
    }
    let late: Vec<Taak> = all
        .iter()
        .filter(|it| it.urgentie(gebruiker.vandaag) == Urgentie::TeLaat)
        .cloned()
        .collect();
    let (load, late) = (belasting(all), belasting(&late));
    let mut rows: Vec<(String, usize, usize)> = load
        .into_iter()
        .map(|(who, n)| (namen.medewerker(who), n, late.get(&who).copied().unwrap_or(0)))
        .collect();
    let nobody = |it: &&Taak| it.behandelaar.is_none();
    let unassigned = all.iter().filter(nobody).count();
    rows.sort_by_key(|(_, n, _)| std::cmp::Reverse(*n));
    if unassigned > 0 {
        let late = all.iter().filter(nobody);
        let late = late.filter(|it| it.urgentie(gebruiker.vandaag) == Urgentie::TeLaat).count();
        rows.push(("nog niet belegd".to_owned(), unassigned, late));
    }
    rows
}

async fn rows(
    web: &Web,
    gebruiker: &Gebruiker,
    shown: Vec<&Taak>,
    namen: &Namen<'_>,
) -> Result<Vec<Rij>, Fout> {
    let clients: Vec<ClientId> =
        shown.iter().map(|it| it.client).collect::<BTreeSet<_>>().into_iter().collect();
    dossiers::log(web, gebruiker, &clients, "naam in de werkvoorraad").await?;
    let persons: BTreeMap<ClientId, Person> =
        web.store().persons(&clients).await?.into_iter().collect();
    let vandaag = gebruiker.vandaag;
    let mut words: HashMap<(ClientId, Option<ZaakId>, Option<Date>), String> = HashMap::new();
    for it in shown.iter().filter(|it| it.soort == Taaksoort::Herinnering) {
        words.insert((it.client, it.zaak, it.uiterlijk), herinnering::woorden(web, it).await?);
    }
    let unprepared = unprepared(web, vandaag, &shown);
    let row = |it: &Taak| Rij {
        uitleg: match it.soort {
            Taaksoort::Herinnering => {
                words.get(&(it.client, it.zaak, it.uiterlijk)).cloned().unwrap_or_default()
            }
            _ => String::new(),
        },
        zaak: it.zaak,
        dossier: dossiers::pad(it.client),
        taak: it.soort.naam(),
        stap: it.zaak.and_then(|zaak| {
            let first = it.soort == Taaksoort::Spoedbesluit && unprepared.contains(&zaak);
            link(gebruiker, zaak, if first { Taaksoort::Voorstel } else { it.soort })
        }),
        naam: match persons.get(&it.client) {
            Some(Person::Known(person)) => person.naam(),
            Some(Person::Erased) => "gewist".to_owned(),
            Some(Person::Unknown) | None => "naam niet bekend".to_owned(),
        },
        dag: it.uiterlijk.map_or_else(|| "geen uiterste dag".to_owned(), datum::lang),
        nog: it.uiterlijk.map_or_else(String::new, |day| over(day, vandaag)),
        klasse: match it.urgentie(vandaag) {
            Urgentie::TeLaat => "te-laat",
            Urgentie::DezeWeek => "let-op",
            Urgentie::Later => "",
        },
        wacht: match it.wacht {
            Some(Wachtreden::Client) => "wacht op cliënt",
            Some(Wachtreden::Cta) => "wacht op CTA",
            None => "",
        },
        behandelaar: it
            .behandelaar
            .map_or_else(|| "niemand".to_owned(), |who| namen.medewerker(who)),
        team: it.team.map_or_else(|| "loket".to_owned(), |team| namen.team(team)),
    };
    Ok(shown.into_iter().map(row).collect())
}

/// The emergencies in which a colleague has to propose before somebody decides.
fn unprepared(web: &Web, op: Date, shown: &[&Taak]) -> BTreeSet<ZaakId> {
    web.live().with(|world| {
        let state = &world.state;
        let four_eyes = state.register.instellingen.vier_ogen(op);
        let urgent = shown.iter().filter(|it| four_eyes && it.soort == Taaksoort::Spoedbesluit);
        let proposed = |it: &Taak| {
            let zaak = state.dossiers.get(&it.client).zip(it.zaak);
            zaak.and_then(|(it, zaak)| it.zaak(zaak)).is_some_and(|it| it.voorstel().is_some())
        };
        urgent.filter(|it| !proposed(it)).filter_map(|it| it.zaak).collect()
    })
}

/// How far off a day is: `vandaag`, `over 3 dagen`, `2 dagen te laat`.
fn over(uiterlijk: Date, vandaag: Date) -> String {
    let words = datum::nog(uiterlijk, vandaag);
    words.strip_prefix("nog ").map_or(words.clone(), |it| format!("over {it}"))
}

/// The form by which a task is done, for who may do it.
fn link(gebruiker: &Gebruiker, zaak: ZaakId, soort: Taaksoort) -> Option<String> {
    if soort == Taaksoort::CtaOordeel {
        return gebruiker.mag(Actie::CtaBijwonen).then(|| "/cta".to_owned());
    }
    let naam = match soort {
        Taaksoort::Spoedbesluit | Taaksoort::Besluit => "besluit",
        Taaksoort::Ontvangstbevestiging => "ontvangst",
        Taaksoort::Intake => "intake",
        Taaksoort::StartOnderzoek => "start-onderzoek",
        Taaksoort::Onderzoek => "onderzoek-afronden",
        Taaksoort::Verslag => "verslag",
        Taaksoort::Aanvraag => "aanvraag",
        Taaksoort::Voorstel => "voorstel",
        Taaksoort::CtaOordeel => "cta-oordeel",
        Taaksoort::Verzending => "besluit-verzenden",
        Taaksoort::Bezwaar => "bezwaar-beslissen",
        Taaksoort::Evaluatie => "evaluatie",
        Taaksoort::Heronderzoek => "heronderzoek",
        Taaksoort::Herinnering => return Some(herinnering::pad(zaak)),
    };
    let stap = zaak::alle().find(|it| it.naam == naam)?;
    gebruiker.mag(stap.actie()).then(|| zaak::pad(zaak, naam))
}

/// The key of a kind of task in an address.
fn soort_sleutel(soort: Taaksoort) -> String {
    sleutel(soort.naam())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_due_day_is_told_from_today() {
        let today = date(2018, 2, 15);
        for (due, words) in [
            (date(2018, 2, 15), "vandaag"),
            (date(2018, 2, 16), "morgen"),
            (date(2018, 2, 18), "over 3 dagen"),
            (date(2018, 2, 13), "2 dagen te laat"),
        ] {
            assert_eq!(over(due, today), words);
        }
    }
}
