//! One suite for both databases: whatever holds on SQLite holds on PostgreSQL.

#![expect(clippy::unwrap_used, reason = "a helper of a test may fail the test")]
#![expect(clippy::cognitive_complexity, reason = "each assertion counts as a branch")]

mod accounts;
mod backups;
mod chain;
#[expect(dead_code, reason = "that no event is missing is looked at by another test")]
#[path = "../common/events.rs"]
mod events;
mod log;
mod memory;
mod persons;
#[path = "../common/server.rs"]
mod server;

use std::path::Path;

use domain::{
    Actor, ClientId, Clientgegevens, DossierEvent, Event, Happened, Huishouden, RegisterEvent,
    Systeemdeel, WijkId, organisatie::Wijk,
};
use jiff::{Timestamp, civil::date};
use server::Server;
use store::{Live, Place, Store};

/// Every case, by name: a test each on SQLite, and one test on one server of PostgreSQL.
macro_rules! suite {
    ($($room:ident: $($case:ident),+;)+) => {
        mod on_sqlite {
            $($(
                #[tokio::test(flavor = "multi_thread")]
                async fn $case() {
                    super::$room::$case(&super::Server::Sqlite).await;
                }
            )+)+
        }

        #[tokio::test(flavor = "multi_thread")]
        async fn on_postgres() {
            let Some(server) = Server::postgres() else { return };
            $($(
                eprintln!("{}", stringify!($case));
                $room::$case(&server).await;
            )+)+
        }
    };
}

suite! {
    log: what_is_appended_is_read_back,
        a_stream_that_moved_on_refuses,
        of_two_writers_exactly_one_wins_and_nothing_is_lost,
        the_database_refuses_to_change_the_log,
        a_bulk_append_keeps_its_own_moments,
        an_unreadable_entry_is_named,
        an_older_place_gets_what_came_after_it,
        another_key_is_refused,
        small_facts_are_kept;
    chain: every_changed_column_is_found,
        a_removed_swapped_or_cut_entry_is_found,
        a_thousand_random_changes_are_all_found;
    persons: a_person_is_found_and_read,
        a_bsn_belongs_to_one_client,
        an_erased_client_is_gone_for_ever,
        nothing_personal_lies_open_on_disk,
        texts_are_kept_under_the_key_of_their_client,
        a_draft_is_thrown_away,
        a_message_is_kept_once_and_goes_with_any_of_its_clients,
        a_message_leaves_once_and_what_is_said_of_it_goes_with_it,
        names_of_staff_are_kept,
        texts_of_a_kind_are_found_and_thrown_away,
        what_staff_keep_for_themselves_is_sealed;
    accounts: only_the_right_password_opens_an_account,
        a_session_ends_when_unused_and_in_any_case,
        what_was_typed_opens_for_its_own_account_only,
        a_setup_code_works_once,
        a_token_opens_until_another_takes_its_place,
        who_looked_is_written_down_for_good;
    backups: a_backup_made_while_others_write_is_whole,
        a_backup_moves_between_databases_with_everything,
        a_damaged_backup_is_refused_and_leaves_nothing,
        a_place_with_data_is_not_overwritten;
    memory: commands_are_carried_out_all_or_none,
        two_processes_see_each_other_within_a_second,
        two_processes_never_decide_on_old_news,
        of_two_who_looked_at_the_same_exactly_one_writes,
        the_cache_may_be_deleted_cut_or_damaged,
        a_long_read_leaves_a_cache_that_is_used,
        every_event_survives_log_and_cache,
        the_state_can_be_seen_as_it_was_known;
}

/// A wijk got a name.
fn wijk(id: u16, naam: &str) -> Happened {
    let event = RegisterEvent::WijkVastgesteld(Wijk { id: WijkId(id), naam: naam.to_owned() });
    happened(Event::Register(event))
}

/// Something coarse was learnt about a client.
fn born(client: u64, year: i16) -> Happened {
    let gegevens = Clientgegevens {
        geboortejaar: Some(year),
        wijk: Some(WijkId(1)),
        huishouden: Huishouden::Paar,
    };
    let event = DossierEvent::GegevensVastgesteld(gegevens);
    happened(Event::Dossier(ClientId(client), event))
}

fn happened(event: Event) -> Happened {
    Happened { on: date(2017, 12, 31), actor: Actor::Systeem(Systeemdeel::Import), event }
}

/// That many seconds after some moment.
fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_500_000_000 + second).unwrap()
}

/// A log of that many entries in the register and three dossiers.
async fn filled(store: &Store, entries: u64) {
    let news: Vec<(Happened, Timestamp)> = (0..entries)
        .map(|n| {
            let year = i16::try_from(1920 + n % 80).unwrap();
            let happened =
                if n % 4 == 0 { wijk(1, &format!("Wijk {n}")) } else { born(n % 4, year) };
            (happened, at(n.cast_signed()))
        })
        .collect();
    store.append_at(&news).await.unwrap();
}

fn quiet(_: u64, _: u64) {}

/// Only has to compile: a server moves these from thread to thread.
#[expect(dead_code, reason = "it is the types that are looked at")]
fn sendable(store: &Store, live: &Live, place: &Place) {
    fn send<T: Send>(_: T) {}
    let path = Path::new("kopie");
    send(live.execute(&[], Timestamp::MAX));
    send(Live::start(store.clone(), None, &quiet));
    send(store.verify(&quiet));
    send(store.backup(path, &quiet));
    send(Store::restore(path, place, server::key(), &quiet));
    send(store.search_persons("", 1));
    send(store.check_password("", ""));
}
