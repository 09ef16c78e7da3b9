//! `/werkvoorraad/heronderzoek`: which grants are due for a review, by the municipality's rules.

use std::collections::BTreeMap;

use axum::{extract::State, response::Response};
use domain::{
    ClientId, Omvang, Productkeuze,
    heronderzoek::{Heronderzoekgrond, TePlannen, te_plannen},
};
use store::Person;

use crate::{
    datum, dossiers,
    fout::{Fout, toon},
    gebruiker::Gebruiker,
    invoer::Zoekdeel,
    namen::{Namen, omvang},
    overzicht::{Cel, Lijst, Overzicht, Sectie, Verwijzing},
    rechten::Actie,
    staat::Web,
    tekst::{opsomming, sleutel},
    zaak,
};

/// How many grants are on a page.
const PER_PAGINA: usize = 50;

/// A grant to plan a review for, with what it is.
struct Regel {
    it: TePlannen,
    product: Productkeuze,
    omvang: Option<Omvang>,
}

/// `GET /werkvoorraad/heronderzoek`
pub(crate) async fn pagina(
    State(web): State<Web>,
    gebruiker: Gebruiker,
    Zoekdeel(waarden): Zoekdeel,
) -> Result<Response, Fout> {
    let all = visible(&web, &gebruiker);
    let ground =
        Heronderzoekgrond::ALLE.into_iter().find(|it| sleutel(it.naam()) == waarden.get("grond"));
    let chosen = |it: &&Regel| ground.is_none_or(|ground| it.it.gronden.contains(&ground));
    let shown: Vec<&Regel> = all.iter().filter(chosen).collect();
    let pages = shown.len().div_ceil(PER_PAGINA).max(1);
    let number = waarden.get("pagina").parse::<usize>().unwrap_or(1).clamp(1, pages);
    let on_page: Vec<&Regel> =
        shown.iter().copied().skip((number - 1) * PER_PAGINA).take(PER_PAGINA).collect();
    let kader = web.kader("Heronderzoek plannen", Some(&gebruiker), "/werkvoorraad");
    let rules = web.register().instellingen.heronderzoek(gebruiker.vandaag);
    let mut pagina = Overzicht::new(kader, if rules.is_some() { LEAD } else { GEEN_REGELS });
    pagina.kruimels.push(Verwijzing::new("Werkvoorraad", "/werkvoorraad"));
    let kop = match ground {
        Some(it) => format!("{} voorzieningen: {}", shown.len(), it.naam()),
        None => format!("{} voorzieningen", shown.len()),
    };
    let mut sectie = Sectie::new(kop, table(&web, &gebruiker, &on_page).await?);
    sectie.leeg = "Van geen enkele voorziening moet nog een heronderzoek worden gepland.";
    let address =
        |key: &str, page: usize| format!("/werkvoorraad/heronderzoek?grond={key}&pagina={page}");
    for it in Heronderzoekgrond::ALLE {
        let count = all.iter().filter(|one| one.it.gronden.contains(&it)).count();
        let naam = format!("Alleen: {} ({count})", it.naam());
        sectie = sectie.actie(count > 0, &naam, address(&sleutel(it.naam()), 1));
    }
    let key = ground.map_or_else(String::new, |it| sleutel(it.naam()));
    pagina.secties.push(
        sectie
            .actie(ground.is_some(), "Alle voorzieningen", "/werkvoorraad/heronderzoek")
            .actie(number > 1, "Vorige bladzijde", address(&key, number - 1))
            .actie(number < pages, "Volgende bladzijde", address(&key, number + 1)),
    );
    toon(&pagina)
}

const LEAD: &str = "Lopende voorzieningen zonder gepland heronderzoek (Wmo 2015, art. 2.3.9), op \
                    volgorde van de uiterste dag. Waarom iets eerder aan de beurt is, hangt af van \
                    de voorziening, nooit van de persoon.";
const GEEN_REGELS: &str = "De gemeente heeft nog niet gekozen wanneer er een heronderzoek is (Wmo \
                           2015, art. 2.3.9). De functioneel beheerder legt dat vast bij de \
                           instellingen in het register.";

/// The grants in dossiers that the user may see.
fn visible(web: &Web, gebruiker: &Gebruiker) -> Vec<Regel> {
    web.live().with(|world| {
        let state = &world.state;
        let line = |it: TePlannen| {
            let dossier = state.dossiers.get(&it.client)?;
            let seen = gebruiker.ziet(&[])
                || gebruiker.ziet(&dossiers::teams(dossier, &state.register, gebruiker.vandaag));
            let granted = dossier.voorziening(it.voorziening).filter(|_| seen)?.voorziening;
            // What was taken over has no case of its own: it is planned from the last one.
            let zaak = it.zaak.or_else(|| dossier.zaken.last().map(|it| it.id));
            let it = TePlannen { zaak, ..it };
            Some(Regel { it, product: granted.product, omvang: granted.omvang })
        };
        te_plannen(state, gebruiker.vandaag).into_iter().filter_map(line).collect()
    })
}

async fn table(web: &Web, gebruiker: &Gebruiker, shown: &[&Regel]) -> Result<Lijst, Fout> {
    let mut clients: Vec<ClientId> = shown.iter().map(|it| it.it.client).collect();
    clients.sort_unstable();
    clients.dedup();
    dossiers::log(web, gebruiker, &clients, "naam bij heronderzoek plannen").await?;
    let persons: BTreeMap<ClientId, Person> =
        web.store().persons(&clients).await?.into_iter().collect();
    let register = web.register();
    let none = BTreeMap::new();
    let namen = Namen { register: &register, medewerkers: &none };
    let columns = [
        "Cliënt",
        "Voorziening",
        "Team",
        "Besluit of vorig heronderzoek",
        "Uiterlijk",
        "Eerder om",
        "",
    ];
    let mut lijst = Lijst::new(&columns);
    for Regel { it, product, omvang: how_much } in shown {
        let naam = match persons.get(&it.client) {
            Some(Person::Known(person)) => person.naam(),
            Some(Person::Erased) => "gewist".to_owned(),
            Some(Person::Unknown) | None => "naam niet bekend".to_owned(),
        };
        let what = how_much.map_or_else(String::new, |it| format!(", {}", omvang(it)));
        let due = datum::kort(it.uiterlijk);
        let late = it.uiterlijk < gebruiker.vandaag;
        let grounds: Vec<String> = it.gronden.iter().map(|it| it.naam().to_owned()).collect();
        let plan = it.zaak.filter(|_| gebruiker.mag(Actie::StappenZetten));
        lijst.rij(vec![
            Cel::link(naam, dossiers::pad(it.client)),
            format!("{}{what}", namen.product(product)).into(),
            it.team.map_or_else(|| "geen team".to_owned(), |it| namen.team(it)).into(),
            datum::kort(it.sinds).into(),
            if late { Cel::LetOp(format!("{due}, te laat")) } else { due.into() },
            opsomming(&grounds).into(),
            plan.map_or_else(
                || "".into(),
                |zaak| Cel::link("Plan", zaak::pad(zaak, "heronderzoek-plannen")),
            ),
        ]);
    }
    Ok(lijst)
}
