//! `/register/scholing`: which knowledge is asked, who has it, and what is due.

use std::collections::BTreeMap;

use axum::{extract::State, response::Response};
use domain::{
    MedewerkerId, Register, TeamId,
    scholing::{Scholing, Scholingsachterstand, achterstand},
};
use jiff::{ToSpan, civil::Date};

use super::{page, teams::op};
use crate::{
    datum,
    fout::{Fout, toon},
    gebruiker::Gebruiker,
    invoer::Zoekdeel,
    namen::Namen,
    overzicht::{Cel, Dagkeuze, Lijst, Sectie},
    rechten::Actie,
    staat::Web,
};

/// `GET /register/scholing`
pub(crate) async fn scholing(
    State(web): State<Web>,
    gebruiker: Gebruiker,
    Zoekdeel(waarden): Zoekdeel,
) -> Result<Response, Fout> {
    let register = web.register();
    let names = web.store().staff_names().await?;
    let namen = Namen { register: &register, medewerkers: &names };
    let op = op(&waarden, gebruiker.vandaag);
    let keeps = gebruiker.mag(Actie::RegisterWijzigen);
    let team_of = |who: MedewerkerId| register.aanstelling(who, op).and_then(|it| it.team);
    // Who leads a team sees the own team; who keeps the register sees everybody.
    let visible = |who: MedewerkerId| {
        keeps || (gebruiker.team().is_some() && team_of(who) == gebruiker.team())
    };
    let due: Vec<Scholingsachterstand> =
        achterstand(&register, op).into_iter().filter(|it| visible(it.medewerker)).collect();
    let staff: Vec<MedewerkerId> = register
        .medewerkers
        .keys()
        .copied()
        .filter(|it| register.aanstelling(*it, op).is_some() && visible(*it))
        .collect();
    let lead = format!("Zoals het was op {}.", datum::lang(op));
    let mut pagina = page(&web, &gebruiker, "Scholing", &lead, &waarden);
    pagina.dag = Some(Dagkeuze::new("/register/scholing", op));
    pagina.secties = vec![
        Sectie::new("Per team", per_team(&register, &namen, (&staff, &due), op)),
        Sectie::new("Wie nog scholing moet volgen", per_person(&register, &namen, &due, op)),
        Sectie::new("Wat een functie vraagt", demands(&register)).actie(
            keeps,
            "Leg vast wat een functie vraagt",
            "/register/wijzig/scholingseis",
        ),
        Sectie::new(
            "Gevolgde scholing, laatste bovenaan",
            followed(&register, &namen, &visible, op),
        )
        .actie(keeps, "Leg een gevolgde scholing vast", "/register/wijzig/scholing"),
    ];
    toon(&pagina)
}

fn team_name(namen: &Namen<'_>, team: Option<TeamId>) -> String {
    team.map_or_else(|| "geen team".to_owned(), |it| namen.team(it))
}

fn per_team(
    register: &Register,
    namen: &Namen<'_>,
    (staff, due): (&[MedewerkerId], &[Scholingsachterstand]),
    op: Date,
) -> Lijst {
    let team_of = |who: MedewerkerId| register.aanstelling(who, op).and_then(|it| it.team);
    let mut teams: BTreeMap<Option<TeamId>, (usize, usize, usize)> = BTreeMap::new();
    for who in staff {
        let own = due.iter().filter(|it| it.medewerker == *who).count();
        let (members, behind, open) = teams.entry(team_of(*who)).or_default();
        *members += 1;
        *behind += usize::from(own > 0);
        *open += own;
    }
    let mut lijst =
        Lijst::new(&["Team", "Medewerkers#", "Waarvan met achterstand#", "Scholingen te volgen#"]);
    for (team, (members, behind, open)) in teams {
        lijst.rij(vec![
            team_name(namen, team).into(),
            members.to_string().into(),
            behind.to_string().into(),
            open.to_string().into(),
        ]);
    }
    lijst
}

fn per_person(
    register: &Register,
    namen: &Namen<'_>,
    due: &[Scholingsachterstand],
    op: Date,
) -> Lijst {
    let mut lijst = Lijst::new(&["Medewerker", "Team", "Functie", "Onderwerp", "Waarom"]);
    for it in due {
        let held = register.aanstelling(it.medewerker, op);
        lijst.rij(vec![
            Cel::link(
                namen.medewerker(it.medewerker),
                format!("/register/medewerkers/{}", it.medewerker.0),
            ),
            team_name(namen, held.and_then(|it| it.team)).into(),
            held.map_or("", |it| it.functie.naam()).into(),
            it.onderwerp.naam().into(),
            Cel::LetOp(why(it)),
        ]);
    }
    lijst
}

/// Why a training is due, in words.
pub(crate) fn why(it: &Scholingsachterstand) -> String {
    match it.verlopen_op {
        None => "nog niet gevolgd".to_owned(),
        Some(day) => format!("telde tot en met {}", datum::kort(day)),
    }
}

fn demands(register: &Register) -> Lijst {
    let mut all = register.scholingseisen.clone();
    all.sort_by_key(|it| (it.functie, it.onderwerp));
    let mut lijst = Lijst::new(&["Functie", "Onderwerp", "Hoe lang de scholing telt"]);
    for it in all {
        let how_long = match it.maanden {
            None => "altijd".to_owned(),
            Some(1) => "1 maand".to_owned(),
            Some(it) => format!("{it} maanden"),
        };
        lijst.rij(vec![it.functie.naam().into(), it.onderwerp.naam().into(), how_long.into()]);
    }
    lijst
}

fn followed(
    register: &Register,
    namen: &Namen<'_>,
    visible: &dyn Fn(MedewerkerId) -> bool,
    op: Date,
) -> Lijst {
    let shown = |it: &&Scholing| it.op <= op && visible(it.medewerker);
    let mut all: Vec<Scholing> = register.scholingen.iter().filter(shown).copied().collect();
    all.sort_by_key(|it| std::cmp::Reverse(it.op));
    let mut lijst = Lijst::new(&["Medewerker", "Onderwerp", "Afgerond op", "Telt tot en met"]);
    for it in all {
        lijst.rij(vec![
            namen.medewerker(it.medewerker).into(),
            it.onderwerp.naam().into(),
            datum::kort(it.op).into(),
            counts_until(register, &it, op).into(),
        ]);
    }
    lijst
}

/// Until when a training counts, by what the function of that day asks.
pub(crate) fn counts_until(register: &Register, it: &Scholing, op: Date) -> String {
    let functie = register.aanstelling(it.medewerker, op).map(|it| it.functie);
    let asked = register
        .scholingseisen
        .iter()
        .find(|eis| Some(eis.functie) == functie && eis.onderwerp == it.onderwerp);
    match asked.map(|it| it.maanden) {
        None => "de functie vraagt dit niet".to_owned(),
        Some(None) => "altijd".to_owned(),
        Some(Some(months)) => datum::kort(it.op.saturating_add(i32::from(months).months())),
    }
}
