//! What the register answers about a day: knowledge that is due, bands, places and capacities.

use domain::{
    AanbiederId, Actor, AlgemeneVoorzieningId, Bedrag, Command, Eenheid, Functie, MandaatId,
    MedewerkerId, Omstandigheid, Periode, RegisterEvent as R, State, Systeemdeel,
    algemeen::AlgemeneVoorziening,
    inrichting::Inrichting as I,
    register::Tarief,
    scholing::{Scholing, Scholingseis, Scholingsonderwerp, achterstand},
    verplichting::ingehaalde_banden,
    waarneming::Waarneming,
};
use jiff::civil::Date;

use crate::{ask, gemeente::municipality};

fn day(text: &str) -> Date {
    text.parse().expect("a day")
}

fn register(state: &mut State, on: &str, event: R) {
    let actor = Actor::Systeem(Systeemdeel::Inrichting);
    let bij = Omstandigheid { on: day(on), today: day(on), actor };
    ask(state, &Command::Register(event), &bij).expect("names that are known");
}

fn leaves(state: &mut State, on: &str, number: u32) {
    register(state, on, R::MedewerkerVertrokken { medewerker: MedewerkerId(number) });
}

/// Two colleagues are left: the first was trained twice, the second never.
#[test]
fn knowledge_is_due_from_the_day_after_it_ran_out() {
    let mut state = municipality();
    for number in 3..=9 {
        leaves(&mut state, "2026-01-06", number);
    }
    let needs = |functie, onderwerp, maanden| {
        R::ToegangIngericht(I::ScholingVereist(Scholingseis { functie, onderwerp, maanden }))
    };
    let (wmo, privacy) = (Scholingsonderwerp::Wmo, Scholingsonderwerp::Privacy);
    register(&mut state, "2026-01-07", needs(Functie::Consulent, wmo, Some(12)));
    register(&mut state, "2026-01-07", needs(Functie::Consulent, privacy, None));
    register(&mut state, "2026-01-07", needs(Functie::Intaker, privacy, None));
    for (op, onderwerp) in [("2026-02-10", wmo), ("2026-02-10", privacy), ("2027-06-01", wmo)] {
        let it = Scholing { medewerker: MedewerkerId(1), onderwerp, op: day(op) };
        register(&mut state, op, R::ToegangIngericht(I::ScholingGevolgd(it)));
    }
    for (op, expected) in [
        ("2026-02-09", "1 Wmo nooit, 1 Privacy nooit, 2 Wmo nooit, 2 Privacy nooit"),
        ("2026-02-10", "2 Wmo nooit, 2 Privacy nooit"),
        ("2027-02-10", "2 Wmo nooit, 2 Privacy nooit"),
        ("2027-02-11", "1 Wmo 2027-02-10, 2 Wmo nooit, 2 Privacy nooit"),
        ("2027-06-01", "2 Wmo nooit, 2 Privacy nooit"),
        ("2028-06-02", "1 Wmo 2028-06-01, 2 Wmo nooit, 2 Privacy nooit"),
        ("2014-12-31", ""),
    ] {
        let due: Vec<String> = achterstand(&state.register, day(op))
            .iter()
            .map(|it| {
                let until = it.verlopen_op.map_or("nooit".to_owned(), |it| it.to_string());
                format!("{} {:?} {until}", it.medewerker.0, it.onderwerp)
            })
            .collect();
        assert_eq!(due.join(", "), expected, "on {op}");
    }
}

/// The consulent decides up to 10,000 since 2015, when an hour cost 50; the decider has no limit.
#[test]
fn a_band_is_overtaken_from_the_day_of_the_tariff_that_rose_too_far() {
    let mut state = municipality();
    let tariff = |euro, van: &str| {
        R::TariefVastgesteld(Tarief {
            aanbieder: AanbiederId(1),
            product: "02A03".parse().expect("a code"),
            eenheid: Eenheid::Uur,
            bedrag: Bedrag::euro(euro),
            geldig: Periode::vanaf(day(van)),
        })
    };
    register(&mut state, "2020-01-01", tariff(55, "2020-01-01"));
    register(&mut state, "2026-01-01", tariff(60, "2026-01-01"));
    register(&mut state, "2026-12-31", R::MandaatIngetrokken { mandaat: MandaatId(1) });
    for (op, procent, expected) in [
        ("2019-12-31", 1, None),
        ("2020-01-01", 10, Some((5000, 5500))),
        ("2025-12-31", 20, None),
        ("2026-01-01", 20, Some((5000, 6000))),
        ("2026-01-01", 21, None),
        ("2027-01-01", 20, None),
    ] {
        let found = ingehaalde_banden(&state.register, day(op), procent);
        let cents: Vec<(i64, i64)> = found.iter().map(|it| (it.toen.0, it.nu.0)).collect();
        assert_eq!(cents, Vec::from_iter(expected), "on {op}, {procent} percent");
        for it in found {
            assert_eq!((it.mandaat, it.tot), (MandaatId(1), Bedrag::euro(10_000)));
        }
    }
}

#[test]
fn the_places_of_a_general_provision_are_those_last_counted() {
    let mut state = municipality();
    let id = AlgemeneVoorzieningId(7);
    let it = AlgemeneVoorziening { id, naam: "De Huiskamer".into(), wijken: Vec::new() };
    register(&mut state, "2026-01-01", R::AlgemeneVoorzieningIngesteld(it));
    for (on, plaatsen) in [("2026-02-01", 12), ("2026-06-01", 0), ("2026-09-01", 20)] {
        let counted = I::CapaciteitVastgesteld { voorziening: id, plaatsen };
        register(&mut state, on, R::ToegangIngericht(counted));
    }
    for (op, expected) in [
        ("2026-01-31", None),
        ("2026-02-01", Some(12)),
        ("2026-05-31", Some(12)),
        ("2026-06-01", Some(0)),
        ("2030-01-01", Some(20)),
    ] {
        assert_eq!(state.register.plaatsen(id, day(op)), expected, "on {op}");
    }
    assert_eq!(state.register.plaatsen(AlgemeneVoorzieningId(8), day("2030-01-01")), None);
}

/// A consulent stands in for the decider during two weeks, and leaves a month later.
#[test]
fn who_stands_in_has_two_capacities_until_the_last_day() {
    let mut state = municipality();
    let geldig = Periode::new(day("2026-07-06"), Some(day("2026-07-19"))).expect("two weeks");
    let it = Waarneming { medewerker: MedewerkerId(5), functie: Functie::Beslisser, geldig };
    register(&mut state, "2026-07-01", R::ToegangIngericht(I::WaarnemingIngesteld(it)));
    leaves(&mut state, "2026-08-20", 5);
    let (own, both) = (vec![Functie::Consulent], vec![Functie::Consulent, Functie::Beslisser]);
    for (who, op, expected) in [
        (5, "2026-07-05", &own),
        (5, "2026-07-06", &both),
        (5, "2026-07-19", &both),
        (5, "2026-07-20", &own),
        (5, "2026-08-21", &Vec::new()),
        (4, "2026-07-10", &own),
    ] {
        let held = state.register.hoedanigheden(MedewerkerId(who), day(op));
        let functions: Vec<Functie> = held.iter().map(|it| it.functie).collect();
        assert_eq!(&functions, expected, "{who} on {op}");
        assert!(held.iter().all(|it| it.medewerker == MedewerkerId(who)));
    }
}
