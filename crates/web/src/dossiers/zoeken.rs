//! `/dossiers/zoeken`: a person by BSN, or by surname and birth date. Never in an address.

use axum::{extract::State, response::Response};
use domain::{Bsn, ClientId, persoon::Persoonsgegevens};
use store::Person;

use super::{log, pad, teams};
use crate::{
    datum,
    formulier::{Formulier, Soort, Veld},
    fout::{Fout, toon, toon_fouten},
    gebruiker::Gebruiker,
    invoer::{Formulierdeel, Lezer, Veldfout, Waarden, zin},
    overzicht::{Cel, Lijst, Overzicht, Sectie, Verwijzing},
    staat::Web,
};

/// How many persons a search shows at most.
const HOOGSTENS: usize = 20;

/// `GET /dossiers/zoeken`
pub(crate) async fn formulier(
    State(web): State<Web>,
    gebruiker: Gebruiker,
) -> Result<Response, Fout> {
    toon(&page(&web, &gebruiker, &Waarden::default(), Vec::new()))
}

/// `POST /dossiers/zoeken`
pub(crate) async fn zoek(
    State(web): State<Web>,
    gebruiker: Gebruiker,
    Formulierdeel(waarden): Formulierdeel,
) -> Result<Response, Fout> {
    let vraag = match read(&waarden) {
        Ok(it) => it,
        Err(fouten) => return toon_fouten(&page(&web, &gebruiker, &waarden, fouten)),
    };
    let found = search(&web, &vraag).await?;
    let (own, others) = by_sight(&web, &gebruiker, found);
    let clients: Vec<ClientId> = own.iter().map(|(client, _)| *client).collect();
    log(&web, &gebruiker, &clients, "gevonden bij zoeken").await?;
    let mut lijst = Lijst::new(&["Naam", "Geboren", "BSN", "Plaats"]);
    for (client, person) in own {
        lijst.rij(vec![
            Cel::link(person.naam(), pad(client)),
            person.geboortedatum.map_or_else(String::new, datum::kort).into(),
            person.bsn.map_or_else(String::new, |it| it.masked()).into(),
            person.plaats.into(),
        ]);
    }
    let mut pagina = page(&web, &gebruiker, &waarden, Vec::new());
    let mut sectie = Sectie::new("Gevonden", lijst);
    sectie.leeg = "Niemand gevonden. Controleer het BSN of de schrijfwijze van de naam.";
    if others > 0 {
        sectie.lead = format!("{others} gevonden bij een ander team; die ziet u hier niet.");
    }
    pagina.secties.insert(0, sectie);
    toon(&pagina)
}

enum Vraag {
    Bsn(Bsn),
    Naam(String),
}

fn read(waarden: &Waarden) -> Result<Vraag, Vec<Veldfout>> {
    let mut lezer = Lezer::new(waarden);
    let bsn = waarden.get("bsn").replace([' ', '.'], "");
    if !bsn.is_empty() {
        let bsn = match bsn.parse::<Bsn>() {
            Ok(it) => Some(Vraag::Bsn(it)),
            Err(fout) => {
                lezer.fout("bsn", zin(&fout.to_string()));
                None
            }
        };
        return lezer.klaar(bsn);
    }
    let naam = lezer.mogelijke_tekst("achternaam", 100);
    if naam.as_deref().is_some_and(|it| it.chars().count() < 2) {
        lezer.fout("bsn", "Vul een BSN in, of een achternaam van ten minste twee letters.");
    }
    let born = lezer.mogelijke_datum("geboortedatum");
    let text = naam.zip(born).map(|(naam, born)| match born {
        Some(born) => format!("{naam} {}", datum::kort(born)),
        None => naam,
    });
    lezer.klaar(text.map(Vraag::Naam))
}

async fn search(web: &Web, vraag: &Vraag) -> Result<Vec<(ClientId, Persoonsgegevens)>, Fout> {
    match vraag {
        Vraag::Bsn(bsn) => {
            let Some(client) = web.store().find_bsn(*bsn).await? else { return Ok(Vec::new()) };
            Ok(match web.store().person(client).await? {
                Person::Known(person) => vec![(client, person)],
                Person::Erased | Person::Unknown => Vec::new(),
            })
        }
        Vraag::Naam(text) => Ok(web.store().search_persons(text, HOOGSTENS).await?),
    }
}

/// Those this user may see, and how many others there are.
fn by_sight(
    web: &Web,
    gebruiker: &Gebruiker,
    found: Vec<(ClientId, Persoonsgegevens)>,
) -> (Vec<(ClientId, Persoonsgegevens)>, usize) {
    let total = found.len();
    let own: Vec<_> = web.live().with(|world| {
        let visible = |client: &ClientId| {
            let dossier = world.state.dossiers.get(client);
            let teams = dossier.map(|it| teams(it, &world.state.register, gebruiker.vandaag));
            gebruiker.ziet(&teams.unwrap_or_default())
        };
        found.into_iter().filter(|(client, _)| visible(client)).collect()
    });
    let others = total - own.len();
    (own, others)
}

fn page(web: &Web, gebruiker: &Gebruiker, waarden: &Waarden, fouten: Vec<Veldfout>) -> Overzicht {
    let kader = web.kader("Zoek een persoon", Some(gebruiker), "/dossiers");
    let lead = "Zoek op BSN, of op achternaam. Een geboortedatum erbij maakt het zoeken preciezer.";
    let mut pagina = Overzicht::new(kader, lead);
    pagina.kruimels = vec![Verwijzing::new("Dossiers", "/dossiers")];
    let velden = vec![
        Veld::new("bsn", "BSN", Soort::Cijfers(9)).uitleg("Negen cijfers").mag_leeg(),
        Veld::regel("achternaam", "Achternaam", 30).mag_leeg(),
        Veld::datum("geboortedatum", "Geboortedatum").mag_leeg(),
    ];
    let mut sectie = Sectie::new("Zoeken", Lijst::default());
    sectie.formulier = Some(Formulier::new("/dossiers/zoeken", "Zoek", velden, waarden, fouten));
    pagina.secties.push(sectie);
    pagina
}
