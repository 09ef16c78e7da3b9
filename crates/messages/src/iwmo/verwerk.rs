//! All messages on a state in memory, step by step: what would be written, and what is refused.

use std::cmp::Reverse;

use domain::{Bsn, ClientId, Command, Happened, Omstandigheid, State, persoon::Persoonsgegevens};
use jiff::{Timestamp, civil::Date};

use crate::{
    Problem,
    iwmo::{Berichtsoort, Inhoud, Vertaling, code, plan},
};

/// What came of some messages.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Verwerkt {
    /// The commands that led to something, in order, to be decided again when they are written.
    pub commands: Vec<(Command, Omstandigheid)>,
    /// What they led to.
    pub happened: Vec<Happened>,
    /// Who the persons are, for the persons store.
    pub personen: Vec<Gevonden>,
    /// What was refused or is worth a look.
    pub problems: Vec<Problem>,
}

/// What a message says about who a client is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gevonden {
    /// The client.
    pub client: ClientId,
    /// Who it is.
    pub persoon: Persoonsgegevens,
    /// Whether the municipality says so; what a provider says only fills in what is not known.
    pub leidend: bool,
}

/// Goes through all steps of all messages and folds what follows from them into the state.
///
/// `find` gives the client of a BSN; when its second argument is `true` and nobody has the BSN, it
/// gives a key for a new one. A step stops at the first command that is refused; the other steps go
/// on. Nothing is written: that is for the caller, with [`Verwerkt::commands`]. Call [`sort`] first.
pub fn verwerk(
    state: &mut State,
    berichten: &[Vertaling],
    find: &mut dyn FnMut(Bsn, bool) -> Option<ClientId>,
    today: Date,
    recorded: Timestamp,
) -> Verwerkt {
    let mut done = Verwerkt::default();
    for bericht in berichten {
        done.problems.extend(other_gemeente(state, bericht));
        for stap in bericht.stappen() {
            let client = find(stap.bsn(), stap.opent_dossier());
            let plan = plan(state, client, &stap);
            done.problems.extend(plan.problems);
            for inkomend in plan.commands {
                match inkomend.try_on(state, client, today, recorded) {
                    Ok(news) if news.is_empty() => {}
                    Ok(news) => {
                        let command = inkomend.command(client);
                        let bij = inkomend.omstandigheid(today);
                        done.commands.extend(command.map(|it| (it, bij)));
                        done.happened.extend(news);
                    }
                    Err(problem) => {
                        done.problems.push(problem);
                        break;
                    }
                }
            }
        }
        done.personen.extend(gevonden(state, bericht, find));
    }
    done
}

/// Puts messages in an order in which each finds what it builds on.
///
/// Allocations go first, by the moment they were decided (iWmo OP080); then starts and stops by the
/// day they were sent; then bills.
pub fn sort(berichten: &mut [Vertaling]) {
    berichten.sort_by_cached_key(|it| {
        let phase = match &it.inhoud {
            Inhoud::Wmo301(_) => 0,
            Inhoud::Wmo305(_) | Inhoud::Wmo307(_) => 1,
            Inhoud::Wmo323(_) => 2,
        };
        let decided = match &it.inhoud {
            Inhoud::Wmo301(it) => it
                .toegewezen_producten
                .iter()
                .map(|it| it.toewijzingsdatum.to_datetime(it.toewijzingstijd))
                .max(),
            _ => None,
        };
        // A bill that takes back lines needs those lines first.
        let credits = match &it.inhoud {
            Inhoud::Wmo323(it) => it.prestaties.iter().any(|it| it.ingediend_bedrag.0 < 0),
            _ => false,
        };
        let header = (it.partijen.dagtekening, credits, it.partijen.soort);
        (phase, Reverse(decided.is_none()), decided, header, it.file.clone())
    });
}

/// What the persons store gets, given what it has: nothing that is known gets lost.
pub fn samen(known: Option<&Persoonsgegevens>, found: &Gevonden) -> Persoonsgegevens {
    let Some(known) = known else { return found.persoon.clone() };
    let (first, second) =
        if found.leidend { (&found.persoon, known) } else { (known, &found.persoon) };
    let text = |first: &String, second: &String| {
        if first.is_empty() { second.clone() } else { first.clone() }
    };
    // A surname and what precedes it belong together.
    let named = if first.achternaam.is_empty() { second } else { first };
    let housed = if first.straat_en_nummer.is_empty() { second } else { first };
    Persoonsgegevens {
        bsn: first.bsn.or(second.bsn),
        voornamen: text(&first.voornamen, &second.voornamen),
        voorvoegsel: named.voorvoegsel.clone(),
        achternaam: named.achternaam.clone(),
        geboortedatum: first.geboortedatum.or(second.geboortedatum),
        straat_en_nummer: housed.straat_en_nummer.clone(),
        postcode: housed.postcode.clone(),
        plaats: housed.plaats.clone(),
    }
}

/// Who a message is about, when it led to a dossier.
fn gevonden(
    state: &State,
    bericht: &Vertaling,
    find: &mut dyn FnMut(Bsn, bool) -> Option<ClientId>,
) -> Option<Gevonden> {
    let persoon = bericht.client()?;
    let client = find(persoon.bsn, false)?;
    let leidend = bericht.partijen.soort == Berichtsoort::Wmo301;
    let known = state.dossiers.contains_key(&client);
    known.then(|| Gevonden { client, persoon: persoon.persoon(), leidend })
}

fn other_gemeente(state: &State, bericht: &Vertaling) -> Option<Problem> {
    let own = state.register.gemeente.as_ref()?;
    let code = bericht.partijen.gemeente;
    (own.code != code).then(|| {
        let text =
            format!("dit bericht is van gemeente {code}, niet van {} ({})", own.naam, own.code);
        Problem::waarschuwing(&bericht.file, code::ANDERE_GEMEENTE, text).in_element("Header")
    })
}
