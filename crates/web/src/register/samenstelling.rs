//! `/register/teams/{team}/samenstelling`: members by employer, function and affiliation on a day.

use std::collections::{BTreeMap, BTreeSet};

use axum::{
    extract::{Path, State},
    response::Response,
};
use domain::{AanbiederId, Functie, MedewerkerId, Register, TeamId, Werkgever};
use jiff::civil::Date;
use reports::{Kolom, Tabel};

use super::{
    page,
    teams::{Lid, members, op},
};
use crate::{
    datum,
    fout::{Fout, toon},
    gebruiker::Gebruiker,
    invoer::Zoekdeel,
    maandbeeld::download,
    namen::Namen,
    overzicht::{Cel, Dagkeuze, Lijst, Sectie, Verwijzing},
    staat::Web,
    tekst::opsomming,
};

/// `GET /register/teams/{team}/samenstelling`
pub(crate) async fn pagina(
    State(web): State<Web>,
    gebruiker: Gebruiker,
    Path(team): Path<String>,
    Zoekdeel(waarden): Zoekdeel,
) -> Result<Response, Fout> {
    let register = web.register();
    let team = find(&register, &team)?;
    let op = op(&waarden, gebruiker.vandaag);
    let names = web.store().staff_names().await?;
    let namen = Namen { register: &register, medewerkers: &names };
    let held = members(&register, team, op);
    let kop = format!("Samenstelling van {}", namen.team(team));
    let tied = held.iter().filter(|(_, it)| it.aanbieder().is_some()).count();
    let lead = format!(
        "Op {}: {} medewerkers, van wie {tied} in dienst van of verbonden aan een aanbieder.",
        datum::lang(op),
        held.len(),
    );
    let path = format!("/register/teams/{}", team.0);
    let mut pagina = page(&web, &gebruiker, &kop, &lead, &waarden);
    pagina.kruimels.push(Verwijzing::new("Teams", "/register/teams"));
    pagina.kruimels.push(Verwijzing::new(namen.team(team), &path));
    pagina.dag = Some(Dagkeuze::new(format!("{path}/samenstelling"), op));
    pagina.secties = vec![
        Sectie::new("Werkgever en functie", crossing(&held, &namen))
            .lead("Hoeveel medewerkers er per werkgever en functie zijn."),
        Sectie::new("Wie er in het team zit", list(&register, &held, &namen, op)).actie(
            true,
            "Download als CSV",
            format!("{path}/samenstelling.csv?op={}", datum::kort(op)),
        ),
    ];
    toon(&pagina)
}

/// `GET /register/teams/{team}/samenstelling.csv`
pub(crate) async fn csv(
    State(web): State<Web>,
    gebruiker: Gebruiker,
    Path(team): Path<String>,
    Zoekdeel(waarden): Zoekdeel,
) -> Result<Response, Fout> {
    let register = web.register();
    let team = find(&register, &team)?;
    let op = op(&waarden, gebruiker.vandaag);
    let names = web.store().staff_names().await?;
    let namen = Namen { register: &register, medewerkers: &names };
    let columns = [
        "op",
        "team",
        "medewerker",
        "naam",
        "functie",
        "achtergrond",
        "werkgever",
        "verbonden_aan",
    ];
    let row = |(id, it): &Lid<'_>| {
        let cells = [
            op.to_string(),
            namen.team(team),
            id.0.to_string(),
            namen.medewerker(*id),
            it.functie.naam().to_owned(),
            it.achtergrond.naam().to_owned(),
            namen.werkgever(it.werkgever),
            it.aanbieder().map_or_else(String::new, |it| namen.aanbieder(it)),
        ];
        cells.into_iter().map(|it| reports::Cel::tekst(&it)).collect()
    };
    let tabel = Tabel {
        kolommen: columns.into_iter().map(Kolom::links).collect(),
        rijen: members(&register, team, op).iter().map(row).collect(),
        ..Tabel::default()
    };
    let name = reports::bestandsnaam(&["samenstelling", &namen.team(team)], op, "csv");
    Ok(download(&name, "text/csv; charset=utf-8", reports::csv::tabel(&tabel)))
}

fn find(register: &Register, team: &str) -> Result<TeamId, Fout> {
    let id = team.parse().map(TeamId).map_err(|_| Fout::NietGevonden)?;
    if register.teams.contains_key(&id) { Ok(id) } else { Err(Fout::NietGevonden) }
}

/// Employer and affiliation down, function across, with totals.
fn crossing(held: &[Lid<'_>], namen: &Namen<'_>) -> Lijst {
    let functies: BTreeSet<Functie> = held.iter().map(|(_, it)| it.functie).collect();
    let mut rows: BTreeMap<(Werkgever, Option<AanbiederId>), BTreeMap<Functie, usize>> =
        BTreeMap::new();
    for (_, it) in held {
        let row = rows.entry((it.werkgever, it.aanbieder())).or_default();
        *row.entry(it.functie).or_default() += 1;
    }
    let mut columns = vec!["In dienst van".to_owned(), "Verbonden aan".to_owned()];
    columns.extend(functies.iter().map(|it| format!("{}#", it.naam())));
    columns.push("samen#".to_owned());
    let columns: Vec<&str> = columns.iter().map(String::as_str).collect();
    let mut lijst = Lijst::new(&columns);
    for ((werkgever, tied), counts) in &rows {
        let mut row: Vec<Cel> = vec![
            namen.werkgever(*werkgever).into(),
            tied.map_or_else(|| "niemand".to_owned(), |it| namen.aanbieder(it)).into(),
        ];
        let number = |it: &Functie| counts.get(it).copied().unwrap_or(0).to_string().into();
        row.extend(functies.iter().map(number));
        row.push(counts.values().sum::<usize>().to_string().into());
        lijst.rij(row);
    }
    if rows.len() > 1 {
        let mut row: Vec<Cel> = vec!["samen".into(), "".into()];
        for functie in &functies {
            let all = held.iter().filter(|(_, it)| it.functie == *functie).count();
            row.push(all.to_string().into());
        }
        row.push(held.len().to_string().into());
        lijst.rij(row);
    }
    lijst
}

fn list(register: &Register, held: &[Lid<'_>], namen: &Namen<'_>, op: Date) -> Lijst {
    let mut lijst = Lijst::new(&[
        "Medewerker",
        "Functie",
        "Neemt waar als",
        "Achtergrond",
        "In dienst van",
        "Verbonden aan",
    ]);
    for (id, it) in held {
        let affiliated = it.aanbieder().map(|it| namen.aanbieder(it));
        lijst.rij(vec![
            Cel::link(namen.medewerker(*id), format!("/register/medewerkers/{}", id.0)),
            it.functie.naam().into(),
            stands_in(register, *id, op).into(),
            it.achtergrond.naam().into(),
            namen.werkgever(it.werkgever).into(),
            affiliated.unwrap_or_else(|| "niemand".to_owned()).into(),
        ]);
    }
    lijst
}

fn stands_in(register: &Register, id: MedewerkerId, op: Date) -> String {
    let others = register.hoedanigheden(id, op).into_iter().skip(1);
    let names: Vec<String> = others.map(|it| it.functie.naam().to_owned()).collect();
    if names.is_empty() { "niets".to_owned() } else { opsomming(&names) }
}
