//! `wijkpeil demo`: a made-up municipality with known truth.

use std::{collections::BTreeMap, fs, process::ExitCode};

use anyhow::{Context, bail};
use domain::Functie;
use simulation::{Municipality, Parameters};
use store::Store;

use crate::{
    clock,
    opdracht::Demo,
    plek::{DEMO, DEMO_BEZIG, Plek},
    scherm::println,
    voortgang,
};

/// How many events go into the log in one transaction.
const STAP: usize = 5_000;

/// The meta key under which the password of the demo accounts lies.
pub(crate) const WACHTWOORD: &str = "demo_wachtwoord";

/// Makes the municipality where there are no data yet.
pub(crate) async fn run(plek: &Plek, vraag: &Demo) -> anyhow::Result<ExitCode> {
    let store = plek.open().await?;
    if store.head().await?.sequence > 0 {
        bail!("er staan al gegevens ({}); kies een lege map met --data", plek.in_woorden());
    }
    let mut parameters = tot_vandaag();
    if let Some(it) = vraag.seed {
        parameters.seed = it;
    }
    if let Some(it) = vraag.inwoners {
        parameters.inwoners = it;
    }
    if let Some(it) = vraag.until {
        if it < simulation::BEGIN {
            bail!("de laatste dag ligt voor {}; kies een latere met --until", simulation::BEGIN);
        }
        parameters.tot = it;
    }
    maak(plek, &store, &parameters).await?;
    println(&format!("De demogemeente staat klaar: {}.", plek.in_woorden()));
    println("Start de website met `wijkpeil serve`.");
    Ok(ExitCode::SUCCESS)
}

/// The settings of a municipality that lives until today, so that its open cases are of today.
pub(crate) fn tot_vandaag() -> Parameters {
    Parameters { tot: clock::today().max(simulation::BEGIN), ..Parameters::default() }
}

/// Simulates and writes everything; the truth goes into a file of its own.
pub(crate) async fn maak(
    plek: &Plek,
    store: &Store,
    parameters: &Parameters,
) -> anyhow::Result<()> {
    // Until it is whole nobody may take it for a municipality.
    store.set_meta(DEMO, DEMO_BEZIG).await?;
    let bar = voortgang::balk("Gemeente verzinnen", 1);
    let mut follow = |now: jiff::civil::Date, end: jiff::civil::Date| {
        let start = simulation::BEGIN;
        bar.set_length(days(start, end));
        bar.set_position(days(start, now));
    };
    let gemeente = simulation::simulate(parameters, &mut follow);
    bar.finish_and_clear();

    let bar = voortgang::balk("Logboek schrijven", gemeente.entries.len() as u64);
    for part in gemeente.entries.chunks(STAP) {
        store.append_at(part).await?;
        bar.inc(part.len() as u64);
    }
    bar.finish_and_clear();
    let bar = voortgang::balk("Personen versleutelen", gemeente.persons.len() as u64);
    for part in gemeente.persons.chunks(STAP) {
        store.put_persons(part).await?;
        bar.inc(part.len() as u64);
    }
    bar.finish_and_clear();
    for (medewerker, naam) in &gemeente.staff {
        store.put_staff_name(*medewerker, naam).await?;
    }
    make_accounts(store, &gemeente).await?;
    let waarheid = plek.map.join("demo-waarheid.toml");
    fs::write(&waarheid, gemeente.truth.to_toml())
        .with_context(|| format!("{} is niet te schrijven", waarheid.display()))?;
    Ok(store.set_meta(DEMO, "ja").await?)
}

/// The demo accounts with their function, and the one password they share.
pub(crate) async fn accounts(store: &Store) -> anyhow::Result<Option<(Vec<String>, String)>> {
    let Some(wachtwoord) = store.meta(WACHTWOORD).await? else { return Ok(None) };
    let names = store.accounts().await?.into_iter().map(|it| it.name);
    let demo: BTreeMap<String, ()> = Functie::ALLE.map(|it| (account_name(it), ())).into();
    Ok(Some((names.filter(|it| demo.contains_key(it)).collect(), wachtwoord)))
}

async fn make_accounts(store: &Store, gemeente: &Municipality) -> anyhow::Result<()> {
    let wachtwoord = format!("demo-{}", random_letters(8));
    let bar = voortgang::balk("Demo-accounts maken", gemeente.accounts.len() as u64);
    for it in &gemeente.accounts {
        store.create_account(&it.name, &wachtwoord, it.medewerker).await?;
        bar.inc(1);
    }
    bar.finish_and_clear();
    store.set_meta(WACHTWOORD, &wachtwoord).await?;
    Ok(())
}

/// The name of the demo account of a function: `functioneel-beheerder`.
fn account_name(functie: Functie) -> String {
    functie.naam().to_lowercase().replace(' ', "-")
}

/// Letters that cannot be mistaken for one another.
pub(crate) fn random_letters(aantal: usize) -> String {
    use rand::RngExt as _;
    const LETTERS: &[u8] = b"abcdefghjkmnpqrstuvwxyz23456789";
    let mut random = rand::rng();
    (0..aantal).map(|_| char::from(LETTERS[random.random_range(0..LETTERS.len())])).collect()
}

fn days(from: jiff::civil::Date, until: jiff::civil::Date) -> u64 {
    u64::try_from(domain::periode::days_between(from, until)).unwrap_or(0)
}
