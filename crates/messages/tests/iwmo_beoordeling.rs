//! What of a message is taken over, on a history of messages and on one of dossiers alone.

#[path = "common/bouw.rs"]
mod bouw;

use bouw::bericht;
use domain::{ClientId, State};
use jiff::civil::{Date, date};
use messages::{
    Ernst,
    iwmo::{
        self, Bericht, Weigering, beoordeel,
        keten::{Bekend, Keten},
        regel::Omgeving,
    },
};

const VANDAAG: Date = date(2025, 12, 1);

fn lees(naam: &str, wijzigingen: &[&str]) -> Bericht {
    let (read, problems) = iwmo::bericht::lees(naam, &bericht(naam, wijzigingen));
    assert!(problems.is_empty(), "{naam}: {problems:?}");
    read.expect("an own message")
}

fn judge(keten: &mut Keten, bericht: &Bericht) -> (Vec<&'static str>, Weigering) {
    let omgeving = Omgeving { vandaag: VANDAAG, register: None };
    let it = beoordeel(keten, bericht, &omgeving);
    let wrong = it.bevindingen.iter().filter(|it| it.ernst == Ernst::Fout);
    (wrong.map(|it| it.code).collect(), it.weigering)
}

/// The state after some messages went in, with the history that the dossiers alone tell.
fn from_dossiers(namen: &[&str], look: impl FnOnce(Keten)) {
    let mut state = State::default();
    let mut berichten = Vec::new();
    for naam in namen {
        let (it, problems) = iwmo::read(naam, &bericht(naam, &[]));
        assert!(problems.is_empty(), "{naam}: {problems:?}");
        berichten.extend(it);
    }
    let bsn = *berichten[0].bsns().first().expect("a client");
    let gemeente = berichten[0].partijen.gemeente;
    let mut find = |it, _| (it == bsn).then_some(ClientId(1));
    let now = "2025-12-01T09:00:00Z".parse().expect("a moment");
    let done = iwmo::verwerk(&mut state, &berichten, &mut find, VANDAAG, now);
    assert!(!done.happened.is_empty(), "{:?}", done.problems);
    let dossier = &state.dossiers[&ClientId(1)];
    let bekend = Bekend { gemeente, bsn, dossier, register: &state.register };
    look(Keten::begin([], [bekend]));
}

#[test]
fn a_history_of_messages_tells_what_stays_out() {
    let mut keten = Keten::new();
    for naam in ["301", "305", "323"] {
        assert_eq!(judge(&mut keten, &lees(naam, &[])), (vec![], Weigering::Niets), "{naam}");
    }
    let (codes, weigering) = judge(&mut keten, &lees("305", &[]));
    assert!(codes.contains(&"TR056"), "{codes:?}");
    assert_eq!(weigering, Weigering::Alles);
    // Nobody answered the bill, so what was taken over of it counts as granted.
    assert_eq!(judge(&mut keten, &lees("323c", &[])), (vec![], Weigering::Niets));
}

#[test]
fn a_bill_without_its_allocation_stays_out_line_by_line() {
    let mut keten = Keten::new();
    let (codes, weigering) = judge(&mut keten, &lees("323", &[]));
    assert!(codes.contains(&"TR304"), "{codes:?}");
    assert!(matches!(weigering, Weigering::Prestaties(lines) if !lines.is_empty()), "{codes:?}");
}

#[test]
fn a_start_of_which_nobody_knows_the_allocation_goes_in() {
    let mut keten = Keten::new();
    assert_eq!(judge(&mut keten, &lees("305", &[])), (vec![], Weigering::Niets));
    assert_eq!(keten.toewijzingen().count(), 1, "from now on the allocation is known");
}

#[test]
fn dossiers_tell_what_no_message_tells() {
    from_dossiers(&["301", "305", "323"], |mut keten| {
        assert_eq!(keten.toewijzingen().count(), 2);
        let (codes, weigering) = judge(&mut keten, &lees("305", &[]));
        assert!(!codes.is_empty(), "the start is known");
        assert_eq!(weigering, Weigering::Alles);
        assert_eq!(judge(&mut keten, &lees("323c", &[])), (vec![], Weigering::Niets));
    });
    from_dossiers(&["301"], |mut keten| {
        assert_eq!(judge(&mut keten, &lees("305", &[])), (vec![], Weigering::Niets));
    });
}
