//! Wijken and teams: who lives where, who serves whom, and who is in a team on a day.

use std::collections::BTreeMap;

use axum::{
    extract::{Path, State},
    response::Response,
};
use domain::{Functie, Register, TeamId, Werkgever};
use jiff::civil::Date;

use super::page;
use crate::{
    datum,
    fout::{Fout, toon},
    gebruiker::Gebruiker,
    invoer::{Waarden, Zoekdeel},
    namen::Namen,
    overzicht::{Cel, Lijst, Sectie, Verwijzing},
    rechten::Actie,
    staat::Web,
    tekst::opsomming,
};

/// The day asked for, or today; and whether the day could be read.
pub(crate) fn op(waarden: &Waarden, vandaag: Date) -> Date {
    datum::lees(waarden.get("op")).unwrap_or(vandaag)
}

/// `GET /register/wijken`
pub(crate) async fn wijken(
    State(web): State<Web>,
    gebruiker: Gebruiker,
    Zoekdeel(waarden): Zoekdeel,
) -> Result<Response, Fout> {
    let register = web.register();
    let mut years: Vec<i16> = register.inwoners.keys().map(|(_, jaar, _)| *jaar).collect();
    years.sort_unstable();
    years.dedup();
    let shown: Vec<i16> =
        years.into_iter().rev().take(3).collect::<Vec<_>>().into_iter().rev().collect();
    let heads: Vec<String> = shown.iter().map(|it| format!("1-1-{it}#")).collect();
    let mut columns = vec!["Wijk", "Team vandaag"];
    columns.extend(heads.iter().map(String::as_str));
    let mut lijst = Lijst::new(&columns);
    for wijk in register.wijken.values() {
        let team = register.team_van_wijk(wijk.id, gebruiker.vandaag);
        let team = team.and_then(|it| register.teams.get(&it));
        let mut row: Vec<Cel> = vec![
            wijk.naam.clone().into(),
            team.map_or_else(|| "geen".into(), |it| it.naam.clone()).into(),
        ];
        for jaar in &shown {
            let number = register.inwoners(&[wijk.id], &[], *jaar);
            row.push(number.map_or("onbekend".into(), |it| reports::nl::aantal(it.into()).into()));
        }
        lijst.rij(row);
    }
    let may = gebruiker.mag(Actie::RegisterWijzigen);
    let lead = "Inwoners op 1 januari, alle leeftijden; zij zijn de noemer van cijfers per 1.000 \
                inwoners.";
    let mut pagina = page(&web, &gebruiker, "Wijken", lead, &waarden);
    pagina.secties.push(
        Sectie::new("Wijken en inwoners", lijst)
            .actie(may, "Leg een wijk vast", "/register/wijzig/wijk")
            .actie(may, "Leg inwoners vast", "/register/wijzig/inwoners"),
    );
    toon(&pagina)
}

/// `GET /register/teams`
pub(crate) async fn teams(
    State(web): State<Web>,
    gebruiker: Gebruiker,
    Zoekdeel(waarden): Zoekdeel,
) -> Result<Response, Fout> {
    let register = web.register();
    let op = op(&waarden, gebruiker.vandaag);
    let mut lijst = Lijst::new(&["Team", "Wijken", "Medewerkers#", "Waarvan bij een aanbieder#"]);
    for team in register.teams.values() {
        let members = members(&register, team.id, op);
        let by_provider = members.iter().filter(|(_, it)| it.aanbieder().is_some()).count();
        lijst.rij(vec![
            Cel::link(&team.naam, format!("/register/teams/{}?op={}", team.id.0, datum::kort(op))),
            area(&register, team.id, op).into(),
            members.len().to_string().into(),
            by_provider.to_string().into(),
        ]);
    }
    let may = gebruiker.mag(Actie::RegisterWijzigen);
    let lead = format!("Zoals het was op {}.", datum::lang(op));
    let mut pagina = page(&web, &gebruiker, "Teams", &lead, &waarden);
    pagina.secties.push(
        Sectie::new("Teams", lijst).actie(may, "Leg een team vast", "/register/wijzig/team").actie(
            may,
            "Wijzig een werkgebied",
            "/register/wijzig/werkgebied",
        ),
    );
    pagina.dag = Some(crate::overzicht::Dagkeuze::new("/register/teams", op));
    toon(&pagina)
}

/// `GET /register/teams/{team}`: members x employer x function on a day.
pub(crate) async fn team(
    State(web): State<Web>,
    gebruiker: Gebruiker,
    Path(team): Path<String>,
    Zoekdeel(waarden): Zoekdeel,
) -> Result<Response, Fout> {
    let register = web.register();
    let id = team.parse().map(TeamId).map_err(|_| Fout::NietGevonden)?;
    let team = register.teams.get(&id).ok_or(Fout::NietGevonden)?;
    let op = op(&waarden, gebruiker.vandaag);
    let names = web.store().staff_names().await?;
    let namen = Namen { register: &register, medewerkers: &names };
    let held = members(&register, id, op);
    let mut counts: BTreeMap<(String, Functie), usize> = BTreeMap::new();
    let mut lijst = Lijst::new(&["Medewerker", "Functie", "Werkgever", "Verbonden aan"]);
    for (medewerker, it) in &held {
        let werkgever = namen.werkgever(it.werkgever);
        *counts.entry((werkgever.clone(), it.functie)).or_default() += 1;
        let affiliated = match it.werkgever {
            Werkgever::Aanbieder(_) => None,
            _ => it.verbonden_aan,
        };
        lijst.rij(vec![
            Cel::link(
                namen.medewerker(*medewerker),
                format!("/register/medewerkers/{}", medewerker.0),
            ),
            it.functie.naam().into(),
            werkgever.into(),
            affiliated.map_or_else(|| "niemand".to_owned(), |it| namen.aanbieder(it)).into(),
        ]);
    }
    let mut totals = Lijst::new(&["Werkgever", "Functie", "Aantal#"]);
    for ((werkgever, functie), aantal) in counts {
        totals.rij(vec![werkgever.into(), functie.naam().into(), aantal.to_string().into()]);
    }
    let mut areas = Lijst::new(&["Sinds", "Wijken"]);
    for (sinds, wijken) in register.werkgebieden.get(&id).into_iter().flatten().rev() {
        let wijken: Vec<String> = wijken.iter().map(|it| namen.wijk(*it)).collect();
        areas.rij(vec![datum::kort(*sinds).into(), opsomming(&wijken).into()]);
    }
    let may = gebruiker.mag(Actie::RegisterWijzigen);
    let lead = format!("{} medewerkers op {}.", held.len(), datum::lang(op));
    let mut pagina = page(&web, &gebruiker, &team.naam, &lead, &waarden);
    pagina.kruimels.push(Verwijzing::new("Teams", "/register/teams"));
    pagina.dag = Some(crate::overzicht::Dagkeuze::new(format!("/register/teams/{}", id.0), op));
    pagina.secties = vec![
        Sectie::new("Samenstelling", totals)
            .lead("Aantal medewerkers per werkgever en functie op deze dag.")
            .actie(
                true,
                "Bekijk ook de verbondenheid, en download",
                format!("/register/teams/{}/samenstelling?op={}", id.0, datum::kort(op)),
            ),
        Sectie::new("Medewerkers", lijst),
        Sectie::new("Werkgebied", areas)
            .actie(may, "Wijzig de naam", format!("/register/wijzig/team?id={}", id.0))
            .actie(
                may,
                "Wijzig het werkgebied",
                format!("/register/wijzig/werkgebied?id={}", id.0),
            ),
    ];
    toon(&pagina)
}

/// A member with the appointment held.
pub(super) type Lid<'a> = (domain::MedewerkerId, &'a domain::medewerker::Aanstelling);

/// Who was in a team on a day.
pub(super) fn members(register: &Register, team: TeamId, op: Date) -> Vec<Lid<'_>> {
    let held = |id: &domain::MedewerkerId| Some((*id, register.aanstelling(*id, op)?));
    let all = register.medewerkers.keys().filter_map(held);
    all.filter(|(_, it)| it.team == Some(team)).collect()
}

fn area(register: &Register, team: TeamId, op: Date) -> String {
    let wijken = register.werkgebied(team, op).iter();
    let names: Vec<String> =
        wijken.filter_map(|it| register.wijken.get(it)).map(|it| it.naam.clone()).collect();
    if names.is_empty() { "geen wijken".to_owned() } else { opsomming(&names) }
}
