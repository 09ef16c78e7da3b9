//! How long a cold start takes, without and with the cache, and how much memory the state needs.
//!
//! Baseline in the same run: reading the contents of the same rows with a bare `SELECT` and
//! throwing them away.
//!
//! `cargo run --release -p store --example bench_start [-- ENTRIES]`

#![expect(clippy::print_stdout, reason = "figures are the output of a benchmark")]

use std::{
    error::Error,
    fs,
    path::Path,
    time::{Duration, Instant},
};

use domain::{
    AanbiederId, Actor, Bedrag, ClientId, Clientgegevens, DossierEvent as D, Eenheid, Event,
    Frequentie, Functie, Happened, Hoedanigheid, Huishouden, Kenmerk, Leveringsvorm, Maand,
    MedewerkerId, Omvang, Periode, Productcategorie, Productkeuze, Systeemdeel, TeamId,
    ToewijzingNummer, Voorziening, VoorzieningId, Werkgever, WijkId, ZaakId,
    besluit::Uitkomst,
    declaratie::Prestatie,
    melding::{Kanaal, Melder, Melding},
    toewijzing::{Hoeveelheid, Opdracht},
};
use jiff::{Timestamp, ToSpan, civil::date};
use sqlx::{Row, SqlitePool, sqlite::SqliteConnectOptions};
use store::{Live, MasterKey, Place, Store};

/// How many entries the dossier of one client has here.
const PER_CLIENT: u32 = 40;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let entries: u32 = std::env::args().nth(1).map_or(Ok(1_000_000), |it| it.parse())?;
    let folder = tempfile::tempdir()?;
    let place = Place::Sqlite(folder.path().join("gegevens"));
    let store = Store::open(&place, MasterKey::from_text(&"5a".repeat(32))?).await?;
    let since = Instant::now();
    fill(&store, entries).await?;
    let took = since.elapsed();
    println!(
        "{entries} gebeurtenissen geschreven in {:.1} s ({:.0}/s)",
        took.as_secs_f64(),
        f64::from(entries) / took.as_secs_f64()
    );
    let file = place.file().ok_or("SQLite has a file")?;
    println!("database: {} MB", fs::metadata(&file)?.len() / 1_000_000);

    // The first read warms the page cache for all that follow.
    bare(&file).await?;
    let base = bare(&file).await?;
    println!("kale SELECT van de inhoud: {:.2} s", base.as_secs_f64());
    let cache = folder.path().join("cache");
    let (cold, live) = start(&store, None).await?;
    tell("koude start zonder cache", cold, base)?;
    drop(live);
    let (writing, live) = start(&store, Some(&cache)).await?;
    tell("koude start die de cache schrijft", writing, base)?;
    println!("cache: {} MB", fs::metadata(&cache)?.len() / 1_000_000);
    drop(live);
    let (cached, live) = start(&store, Some(&cache)).await?;
    tell("koude start met cache", cached, base)?;
    assert_eq!(live.with(|world| world.entries.len()), usize::try_from(entries)?);
    let since = Instant::now();
    let proven = store.verify(&|_, _| ()).await?;
    println!("keten bewezen: {} in {:.2} s", proven.entries, since.elapsed().as_secs_f64());
    Ok(())
}

async fn start(store: &Store, cache: Option<&Path>) -> Result<(Duration, Live), store::StoreError> {
    let since = Instant::now();
    let live = Live::start(store.clone(), cache.map(Path::to_path_buf), &|_, _| ()).await?;
    Ok((since.elapsed(), live))
}

fn tell(what: &str, took: Duration, base: Duration) -> std::io::Result<()> {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let memory = |name: &str| {
        let line = status.lines().find(|it| it.starts_with(name)).unwrap_or_default();
        let kib = line.split_whitespace().nth(1).and_then(|it| it.parse::<u64>().ok());
        kib.unwrap_or(0) / 1_000
    };
    println!(
        "{what}: {:.2} s, {:.2} maal de kale SELECT; geheugen {} MB (hoogste {} MB)",
        took.as_secs_f64(),
        took.as_secs_f64() / base.as_secs_f64(),
        memory("VmRSS"),
        memory("VmHWM")
    );
    Ok(())
}

/// Reads the contents of every row and throws them away.
async fn bare(file: &Path) -> Result<Duration, Box<dyn Error>> {
    let pool = SqlitePool::connect_with(SqliteConnectOptions::new().filename(file)).await?;
    let since = Instant::now();
    let (mut after, mut bytes) = (0, 0);
    loop {
        let sql = "SELECT volgnummer, inhoud FROM logboek WHERE volgnummer > $1 \
                   ORDER BY volgnummer LIMIT 20000";
        let rows = sqlx::query(sql).bind(after).fetch_all(&pool).await?;
        let Some(last) = rows.last() else { break };
        after = last.try_get::<i64, _>(0)?;
        for row in &rows {
            bytes += row.try_get::<&str, _>(1)?.len();
        }
    }
    let took = since.elapsed();
    assert!(bytes > 0);
    pool.close().await;
    Ok(took)
}

async fn fill(store: &Store, entries: u32) -> Result<(), store::StoreError> {
    let start = Timestamp::UNIX_EPOCH;
    let mut batch = Vec::with_capacity(100_000);
    for n in 0..entries {
        // Forty clients at a time, so that the streams lie through each other as in earnest.
        let (client, step) = (n / (40 * PER_CLIENT) * 40 + n % 40, n / 40 % PER_CLIENT);
        batch.push((happened(client, step), start + i64::from(n).seconds()));
        if batch.len() == 100_000 || n + 1 == entries {
            store.append_at(&batch).await?;
            batch.clear();
        }
    }
    Ok(())
}

fn happened(client: u32, step: u32) -> Happened {
    let on = date(2015, 1, 1).saturating_add(i64::from(step * 30).days());
    let actor = if step < 10 {
        Actor::Medewerker(Hoedanigheid {
            medewerker: MedewerkerId(client % 60),
            functie: Functie::Consulent,
            werkgever: Werkgever::Gemeente,
            verbonden_aan: None,
            team: Some(TeamId(1)),
        })
    } else {
        Actor::Systeem(Systeemdeel::Import)
    };
    let event = event(client, step);
    Happened { on, actor, event: Event::Dossier(ClientId(u64::from(client) + 1), event) }
}

/// A dossier in which somebody asks, gets support, and is billed for month by month.
fn event(client: u32, step: u32) -> D {
    let zaak = ZaakId { jaar: 2015, volgnummer: client + 1 };
    let toewijzing = ToewijzingNummer(client + 1);
    let product = Productkeuze::Aspecifiek { categorie: Productcategorie::BEGELEIDING };
    let omvang = Omvang { volume: 3, eenheid: Eenheid::Uur, frequentie: Frequentie::Week };
    let geldig = Periode::vanaf(date(2015, 4, 1));
    let aanbieder = AanbiederId(client % 40);
    match step {
        0 => D::GegevensVastgesteld(Clientgegevens {
            geboortejaar: Some(1940),
            wijk: Some(WijkId(1)),
            huishouden: Huishouden::Alleenstaand,
        }),
        1 => {
            let (kanaal, melder) = (Kanaal::Telefoon, Melder::Client);
            let melding = Melding { kanaal, melder, spoed: false, pilot: None };
            D::MeldingOntvangen { zaak, melding }
        }
        2 => D::OnderzoekGestart { zaak, team: Some(TeamId(1)) },
        3 => D::OnderzoekAfgerond { zaak },
        4 => D::VerslagVerzonden { zaak, versie: 1 },
        5 => D::AanvraagOntvangen { zaak },
        6 => {
            let vorm = Leveringsvorm::Zin { aanbieder: Some(aanbieder) };
            let omvang = Some(omvang);
            let granted = Voorziening { product, vorm, omvang, geldig, tijdelijk: None };
            let uitkomst = Uitkomst::Toegekend;
            let voorzieningen = vec![(VoorzieningId(1), granted)];
            D::BeschikkingAfgegeven { zaak, uitkomst, voorzieningen }
        }
        7 => {
            let voorziening = Some(VoorzieningId(1));
            let hoeveelheid = Hoeveelheid::Omvang(omvang);
            let opdracht = Opdracht { voorziening, aanbieder, product, hoeveelheid, geldig };
            D::ToewijzingVerstrekt { nummer: toewijzing, opdracht }
        }
        8 => D::LeveringGestart { toewijzing },
        _ => {
            let first = Maand::new(2015, 1).expect("a month of a year");
            D::PrestatieGedeclareerd(Prestatie {
                toewijzing,
                periode: first.plus(i32::try_from(step).unwrap_or(0)).periode(),
                volume: 780,
                eenheid: Eenheid::Minuut,
                bedrag: Bedrag(72_150),
                referentie: Kenmerk(u64::from(client) << 8 | u64::from(step)),
                crediteert: None,
            })
        }
    }
}
