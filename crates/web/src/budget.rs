//! `/budget`: what the teams have granted against their budget, per calendar year.

use axum::{extract::State, response::Response};
use domain::{
    Bedrag, TeamId,
    verplichting::{Budgetregel, budgetregel},
};

use crate::{
    fout::{Fout, toon},
    gebruiker::Gebruiker,
    overzicht::{Cel, Lijst, Overzicht, Sectie},
    rechten::{Zicht, zicht},
    staat::Web,
};

/// `GET /budget`
pub(crate) async fn budget(State(web): State<Web>, gebruiker: Gebruiker) -> Result<Response, Fout> {
    let this = gebruiker.vandaag.year();
    let years = [this, this + 1, this - 1];
    let own_only = zicht(gebruiker.functie()) == Zicht::EigenTeam;
    let lines = web.live().with(|world| {
        let teams = world.state.register.teams.values();
        let teams = teams.filter(|it| !own_only || gebruiker.team() == Some(it.id));
        let teams: Vec<(TeamId, String)> = teams.map(|it| (it.id, it.naam.clone())).collect();
        years.map(|jaar| {
            let line = |(id, naam): &(TeamId, String)| {
                (naam.clone(), budgetregel(&world.state, *id, jaar))
            };
            (jaar, teams.iter().map(line).collect::<Vec<_>>())
        })
    });
    let kader = web.kader("Budget", Some(&gebruiker), "/budget");
    let lead = "Wat er is toegekend, telt in het jaar waarin het wordt geleverd, tegen de tarieven \
                die dan gelden. Het is vastgelegd, nog niet betaald.";
    let mut pagina = Overzicht::new(kader, lead);
    pagina.secties = lines.into_iter().map(|(jaar, lines)| year(jaar, &lines)).collect();
    toon(&pagina)
}

fn year(jaar: i16, lines: &[(String, Budgetregel)]) -> Sectie {
    let columns =
        ["Team", "Budget#", "Vastgelegd#", "Deel van het budget#", "Nog vrij#", "Zonder prijs#"];
    let mut lijst = Lijst::new(&columns);
    for (naam, it) in lines {
        lijst.rij(vec![
            naam.clone().into(),
            it.budget.map_or_else(|| "niet vastgesteld".to_owned(), |it| it.to_string()).into(),
            it.vastgelegd.to_string().into(),
            share(it).into(),
            free(it),
            it.zonder_prijs.to_string().into(),
        ]);
    }
    let mut sectie = Sectie::new(jaar.to_string(), lijst);
    sectie.leeg = "U hoort bij geen team. De functioneel beheerder kan dat nakijken.";
    if lines.iter().any(|(_, it)| it.zonder_prijs > 0) {
        sectie = sectie.lead(
            "Van voorzieningen zonder tarief is de prijs niet bekend; die tellen niet mee in wat \
             is vastgelegd.",
        );
    }
    sectie
}

fn share(it: &Budgetregel) -> String {
    match it.budget {
        Some(Bedrag(total)) if total > 0 => {
            let tenths = (it.vastgelegd.0 * 1_000 + total / 2) / total;
            format!("{},{} %", tenths / 10, tenths % 10)
        }
        _ => "onbekend".to_owned(),
    }
}

fn free(it: &Budgetregel) -> Cel {
    match it.budget.map(|budget| budget - it.vastgelegd) {
        None => "onbekend".into(),
        Some(left) if left < Bedrag::NUL => Cel::LetOp(format!("{} boven het budget", -left)),
        Some(left) => left.to_string().into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_budget_line_says_what_is_left_or_what_is_missing() {
        for (budget, granted, part, left) in [
            (Some(100_000), 25_050, "25,1 %", "€ 749,50"),
            (Some(100_000), 130_000, "130,0 %", "€ 300,00 boven het budget"),
            (Some(0), 1, "onbekend", "€ 0,01 boven het budget"),
            (None, 500, "onbekend", "onbekend"),
        ] {
            let it = Budgetregel {
                budget: budget.map(Bedrag),
                vastgelegd: Bedrag(granted),
                zonder_prijs: 0,
            };
            let words = match free(&it) {
                Cel::Tekst(it) | Cel::LetOp(it) => it,
                Cel::Link(it) => it.naam,
            };
            assert_eq!((share(&it).as_str(), words.as_str()), (part, left), "{budget:?}");
        }
    }
}
