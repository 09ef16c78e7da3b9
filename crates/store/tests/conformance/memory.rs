//! The state in memory: commands, other processes, the cache and the past.

use std::{
    fs,
    time::{Duration, Instant},
};

use domain::{
    Actor, ClientId, Clientgegevens, Command, DossierCommand, Functie, Happened, Hoedanigheid,
    Huishouden, MedewerkerId, Omstandigheid, Refusal, RegisterEvent, Stream, Werkgever, WijkId,
    ZaakId,
    melding::{Kanaal, Melder},
    organisatie::Wijk,
};
use jiff::{Timestamp, civil::date};
use store::{ExecuteError, Live, SeenError, Store};

use crate::{at, events::every_event, filled, quiet, server::Server, wijk};

fn circumstances() -> Omstandigheid {
    let actor = Actor::Medewerker(Hoedanigheid {
        medewerker: MedewerkerId(4),
        functie: Functie::FunctioneelBeheerder,
        werkgever: Werkgever::Gemeente,
        verbonden_aan: None,
        team: None,
    });
    Omstandigheid { on: date(2017, 12, 31), today: date(2017, 12, 31), actor }
}

fn consulent() -> Omstandigheid {
    let Actor::Medewerker(wie) = circumstances().actor else { unreachable!() };
    let actor = Actor::Medewerker(Hoedanigheid { functie: Functie::Consulent, ..wie });
    Omstandigheid { actor, ..circumstances() }
}

fn name_wijk(id: u16, naam: &str) -> (Command, Omstandigheid) {
    let wijk = Wijk { id: WijkId(id), naam: naam.to_owned() };
    (Command::Register(RegisterEvent::WijkVastgesteld(wijk)), circumstances())
}

fn live_in(client: u64, wijk: u16) -> (Command, Omstandigheid) {
    let gegevens = Clientgegevens {
        geboortejaar: Some(1940),
        wijk: Some(WijkId(wijk)),
        huishouden: Huishouden::Alleenstaand,
    };
    let command = DossierCommand::StelGegevensVast(gegevens);
    (Command::Dossier(ClientId(client), command), consulent())
}

fn ask(client: u64, volgnummer: u32) -> (Command, Omstandigheid) {
    let command = DossierCommand::OntvangMelding {
        zaak: ZaakId { jaar: 2017, volgnummer },
        kanaal: Kanaal::Balie,
        melder: Melder::Client,
        spoed: false,
    };
    (Command::Dossier(ClientId(client), command), consulent())
}

async fn live(store: Store) -> Live {
    Live::start(store, None, &quiet).await.unwrap()
}

pub(crate) async fn commands_are_carried_out_all_or_none(server: &Server) {
    let fresh = server.fresh();
    let live = live(fresh.open().await).await;
    let both = [name_wijk(1, "Centrum"), live_in(7, 1), ask(7, 1)];
    let entries = live.execute(&both, at(0)).await.unwrap();
    assert_eq!(entries.iter().map(|it| it.version).collect::<Vec<_>>(), [1, 1, 2]);
    assert_eq!(live.with(|world| world.entries.clone()), entries);
    assert!(live.with(|world| world.state.dossiers.contains_key(&ClientId(7))));

    let wrong = [name_wijk(2, "Noord"), live_in(8, 3), live_in(9, 1)];
    let refused = live.execute(&wrong, at(1)).await;
    let told = Refusal::NietInRegister("de wijk");
    match refused {
        Err(ExecuteError::Refused { index: 1, refusal }) => assert_eq!(refusal, told),
        other => panic!("{other:?}"),
    }
    assert_eq!(live.store().head().await.unwrap().sequence, 3, "nothing of the list");
    assert_eq!(live.with(|world| world.state.sequence), 3);
    assert_eq!(live.execute(&[live_in(7, 1)], at(1)).await.unwrap(), [], "nothing new");
}

pub(crate) async fn two_processes_see_each_other_within_a_second(server: &Server) {
    let fresh = server.fresh();
    let one = live(fresh.open().await).await;
    let two = live(fresh.open().await).await;
    let refreshing =
        [one.clone(), two.clone()].map(|it| it.spawn_refresh(Duration::from_millis(200)));
    for (round, (writer, reader)) in [(&one, &two), (&two, &one)].into_iter().enumerate() {
        let name = format!("Wijk {round}");
        let entries = writer.execute(&[name_wijk(1, &name)], at(0)).await.unwrap();
        let since = Instant::now();
        while reader.with(|world| world.state.sequence) < entries[0].sequence {
            assert!(since.elapsed() < Duration::from_secs(1), "seen within a second");
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        let seen = reader.with(|world| world.state.register.wijken[&WijkId(1)].naam.clone());
        assert_eq!(seen, name);
    }
    refreshing.iter().for_each(tokio::task::JoinHandle::abort);
}

/// Both open the same case number at once: whoever comes second is refused, not written.
pub(crate) async fn two_processes_never_decide_on_old_news(server: &Server) {
    let fresh = server.fresh();
    let one = live(fresh.open().await).await;
    one.execute(&[name_wijk(1, "Centrum")], at(0)).await.unwrap();
    let two = live(fresh.open().await).await;
    for number in 1..=10 {
        let (mine, theirs) = ([ask(1, number)], [ask(2, number)]);
        let (a, b) = tokio::join!(one.execute(&mine, at(1)), two.execute(&theirs, at(1)));
        let refused = [&a, &b].map(|it| match it {
            Ok(entries) => {
                assert_eq!(entries.len(), 1);
                false
            }
            Err(ExecuteError::Refused { refusal, .. }) => {
                assert!(matches!(refusal, Refusal::ZaakBestaatAl(_)), "{refusal}");
                true
            }
            Err(error) => panic!("{error}"),
        });
        assert_ne!(refused[0], refused[1], "exactly one opens case {number}");
    }
    one.refresh().await.unwrap();
    two.refresh().await.unwrap();
    assert_eq!(one.with(|it| it.state.clone()), two.with(|it| it.state.clone()));
    assert_eq!(one.with(|it| it.entries.len()), 11);
}

/// Two people have the same form open and send it at the same moment, ten times.
pub(crate) async fn of_two_who_looked_at_the_same_exactly_one_writes(server: &Server) {
    let fresh = server.fresh();
    let one = live(fresh.open().await).await;
    one.execute(&[name_wijk(1, "Centrum")], at(0)).await.unwrap();
    let two = live(fresh.open().await).await;
    let stream = Stream::Dossier(ClientId(1));
    for number in 1..=10 {
        let seen = [(stream, number - 1)];
        let (mine, theirs) = ([ask(1, 2 * number)], [ask(1, 2 * number + 1)]);
        let (a, b) = tokio::join!(
            one.execute_when(&seen, &mine, at(1)),
            two.execute_when(&seen, &theirs, at(1))
        );
        let wrote = [&a, &b].map(|it| match it {
            Ok(entries) => entries.len() == 1,
            Err(SeenError::Changed(changed)) if *changed == stream => false,
            other => panic!("{other:?}"),
        });
        assert_ne!(wrote[0], wrote[1], "{number}");
        let version = one.store().read_stream(stream).await.unwrap().len();
        assert_eq!(version, usize::try_from(number).unwrap(), "nobody wrote over anybody");
    }
    let old = one.execute_when(&[(stream, 3)], &[live_in(1, 9)], at(2)).await;
    assert!(matches!(old, Err(SeenError::Changed(_))), "what changed is told before a refusal");
}

pub(crate) async fn the_cache_may_be_deleted_cut_or_damaged(server: &Server) {
    let fresh = server.fresh();
    let store = fresh.open().await;
    filled(&store, 300).await;
    let path = fresh.folder.path().join("cache");
    let start = async || Live::start(store.clone(), Some(path.clone()), &quiet).await.unwrap();
    let plain = live(store.clone()).await;
    let same = async |why: &str| {
        let other = start().await;
        assert!(
            plain.with(|a| other.with(|b| a.state == b.state && a.entries == b.entries)),
            "{why}"
        );
        other
    };
    same("no cache yet").await.write_cache().await.unwrap();
    let whole = fs::read(&path).unwrap();
    same("from the cache").await;
    for at in (0..whole.len()).step_by(whole.len() / 60) {
        let mut damaged = whole.clone();
        damaged[at] ^= 0x10;
        fs::write(&path, damaged).unwrap();
        same(&format!("byte {at} flipped")).await;
        fs::write(&path, &whole[..at]).unwrap();
        same(&format!("cut at {at}")).await;
    }
    fs::write(&path, &whole).unwrap();
    store.append_at(&[(wijk(9, "Later"), at(20_000))]).await.unwrap();
    plain.refresh().await.unwrap();
    same("older than the log").await;
    let other = server.fresh();
    let elsewhere = other.open().await;
    let news: Vec<_> = (0..301).map(|n| (wijk(1, "Elders"), at(n))).collect();
    elsewhere.append_at(&news).await.unwrap();
    let read = Live::start(elsewhere, Some(path.clone()), &quiet).await.unwrap();
    let names = read.with(|it| it.state.register.wijken.len());
    assert_eq!(names, 1, "another log with as many entries: the hash tells");
}

pub(crate) async fn a_long_read_leaves_a_cache_that_is_used(server: &Server) {
    let fresh = server.fresh();
    let store = fresh.open().await;
    filled(&store, 10_500).await;
    let path = fresh.folder.path().join("cache");
    let start = async || Live::start(store.clone(), Some(path.clone()), &quiet).await.unwrap();
    let first = start().await;
    assert!(path.exists());
    // What the log says now cannot be read: only the cache can.
    let raw = fresh.raw().await;
    raw.unguard().await;
    raw.execute("UPDATE logboek SET formaat = 77 WHERE volgnummer < 10000").await.unwrap();
    let second = start().await;
    assert!(first.with(|a| second.with(|b| a.state == b.state && a.entries == b.entries)));
}

pub(crate) async fn every_event_survives_log_and_cache(server: &Server) {
    let fresh = server.fresh();
    let store = fresh.open().await;
    let news: Vec<Happened> = every_event()
        .into_iter()
        .map(|(actor, event)| Happened { on: date(2017, 12, 31), actor, event })
        .collect();
    let recorded = Timestamp::new(1_500_000_000, 123_456_789).unwrap();
    let all: Vec<_> = news.iter().map(|it| (it.clone(), recorded)).collect();
    store.append_at(&all).await.unwrap();
    let path = fresh.folder.path().join("cache");
    let first = Live::start(store.clone(), Some(path.clone()), &quiet).await.unwrap();
    first.with(|world| {
        for (entry, happened) in world.entries.iter().zip(&news) {
            assert_eq!((&entry.happened, entry.recorded), (happened, recorded));
        }
        assert_eq!(world.entries.len(), news.len());
    });
    first.write_cache().await.unwrap();
    let raw = fresh.raw().await;
    raw.unguard().await;
    raw.execute("UPDATE logboek SET formaat = 77").await.unwrap();
    let second = Live::start(store, Some(path), &quiet).await.unwrap();
    assert!(first.with(|a| second.with(|b| a.state == b.state && a.entries == b.entries)));
}

pub(crate) async fn the_state_can_be_seen_as_it_was_known(server: &Server) {
    let fresh = server.fresh();
    let live = live(fresh.open().await).await;
    for (second, name) in [(0, "Oud"), (10, "Nieuw")] {
        live.execute(&[name_wijk(1, name)], at(second)).await.unwrap();
    }
    for (second, expected) in [(-1, None), (0, Some("Oud")), (9, Some("Oud")), (10, Some("Nieuw"))]
    {
        let known = live.with(|world| world.state_as_known(at(second)));
        let seen = known.register.wijken.get(&WijkId(1)).map(|it| it.naam.clone());
        assert_eq!(seen.as_deref(), expected, "{second}");
    }
}
