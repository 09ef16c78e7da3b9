//! Substitution, the meetings of the CTA-overleg and the budgets of the teams.

use axum::{extract::State, response::Response};

use super::{invul_toegang::substitution_key, page};
use crate::{
    datum,
    fout::{Fout, toon},
    gebruiker::Gebruiker,
    invoer::Zoekdeel,
    namen::{Namen, periode},
    overzicht::{Cel, Lijst, Sectie},
    rechten::Actie,
    staat::Web,
    tekst::{in_query, opsomming},
};

/// `GET /register/waarnemingen`
pub(crate) async fn waarnemingen(
    State(web): State<Web>,
    gebruiker: Gebruiker,
    Zoekdeel(waarden): Zoekdeel,
) -> Result<Response, Fout> {
    let register = web.register();
    let names = web.store().staff_names().await?;
    let namen = Namen { register: &register, medewerkers: &names };
    let (may, op) = (gebruiker.mag(Actie::RegisterWijzigen), gebruiker.vandaag);
    let columns = ["Medewerker", "Eigen functie", "Neemt waar als", "Wanneer", ""];
    let (mut now, mut past) = (Lijst::new(&columns), Lijst::new(&columns));
    let mut all = register.waarnemingen.clone();
    all.sort_by_key(|it| std::cmp::Reverse(it.geldig.van()));
    for it in &all {
        let day = op.clamp(it.geldig.van(), it.geldig.einde());
        let own = register.aanstelling(it.medewerker, day);
        let change = format!("/register/wijzig/waarneming?id={}", in_query(&substitution_key(it)));
        let runs = it.geldig.einde() >= op;
        let row = vec![
            Cel::link(
                namen.medewerker(it.medewerker),
                format!("/register/medewerkers/{}", it.medewerker.0),
            ),
            own.map_or("geen aanstelling", |it| it.functie.naam()).into(),
            it.functie.naam().into(),
            periode(it.geldig).into(),
            if may && runs { Cel::link("Wijzig", change) } else { "".into() },
        ];
        if runs { now.rij(row) } else { past.rij(row) }
    }
    let lead = "Wie tijdelijk ook in een andere functie werkt. Na het inloggen kiest zo iemand in \
                welke functie; de dag na de laatste dag kan dat niet meer.";
    let mut pagina = page(&web, &gebruiker, "Waarnemingen", lead, &waarden);
    pagina.secties = vec![
        Sectie::new("Geldt nu of gaat nog in", now).actie(
            may,
            "Leg een waarneming vast",
            "/register/wijzig/waarneming",
        ),
        Sectie::new("Afgelopen", past),
    ];
    toon(&pagina)
}

/// `GET /register/overleggen`
pub(crate) async fn overleggen(
    State(web): State<Web>,
    gebruiker: Gebruiker,
    Zoekdeel(waarden): Zoekdeel,
) -> Result<Response, Fout> {
    let register = web.register();
    let names = web.store().staff_names().await?;
    let namen = Namen { register: &register, medewerkers: &names };
    let (may, op) = (gebruiker.mag(Actie::RegisterWijzigen), gebruiker.vandaag);
    let columns = ["Overleg", "Datum", "Voorzitter", "Leden", ""];
    let (mut ahead, mut past) = (Lijst::new(&columns), Lijst::new(&columns));
    let mut all: Vec<_> = register.overleggen.values().collect();
    all.sort_by_key(|it| (it.op, it.id));
    for it in all {
        let member = |(who, what): &(domain::MedewerkerId, domain::cta::Discipline)| {
            format!("{} ({})", namen.medewerker(*who), what.naam())
        };
        let leden: Vec<String> = it.leden.iter().map(member).collect();
        let row = vec![
            format!("overleg {}", it.id.0).into(),
            datum::kort(it.op).into(),
            namen.medewerker(it.voorzitter).into(),
            opsomming(&leden).into(),
            if may {
                Cel::link("Wijzig", format!("/register/wijzig/overleg?id={}", it.id.0))
            } else {
                "".into()
            },
        ];
        if it.op >= op { ahead.rij(row) } else { past.rij(row) }
    }
    past.rijen.reverse();
    let lead = "Het overleg dat voorstellen beoordeelt voordat er een besluit is. Welke zaken \
                erheen gaan, staat bij de instellingen.";
    let mut pagina = page(&web, &gebruiker, "CTA-overleggen", lead, &waarden);
    pagina.secties = vec![
        Sectie::new("Gepland", ahead).actie(may, "Plan een overleg", "/register/wijzig/overleg"),
        Sectie::new("Geweest, laatste bovenaan", past),
    ];
    toon(&pagina)
}

/// `GET /register/budgetten`
pub(crate) async fn budgetten(
    State(web): State<Web>,
    gebruiker: Gebruiker,
    Zoekdeel(waarden): Zoekdeel,
) -> Result<Response, Fout> {
    let register = web.register();
    let none = std::collections::BTreeMap::new();
    let namen = Namen { register: &register, medewerkers: &none };
    let mut all: Vec<_> = register.budgetten.iter().collect();
    all.sort_by_key(|((team, jaar), _)| (std::cmp::Reverse(*jaar), *team));
    let mut lijst = Lijst::new(&["Team", "Jaar#", "Budget#"]);
    for ((team, jaar), bedrag) in all {
        lijst.rij(vec![
            Cel::link(namen.team(*team), format!("/register/teams/{}", team.0)),
            jaar.to_string().into(),
            bedrag.to_string().into(),
        ]);
    }
    let may = gebruiker.mag(Actie::RegisterWijzigen);
    let lead = "Wat een team in een jaar kan toekennen. Elk voorstel laat zien wat er daarvan al \
                is vastgelegd.";
    let mut pagina = page(&web, &gebruiker, "Budgetten", lead, &waarden);
    pagina.secties.push(
        Sectie::new("Budget per team en jaar", lijst)
            .actie(may, "Stel een budget vast", "/register/wijzig/budget")
            .actie(gebruiker.mag(Actie::BudgetZien), "Wat is er al vastgelegd?", "/budget"),
    );
    toon(&pagina)
}
