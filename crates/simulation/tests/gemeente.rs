//! The made-up municipality looks like the one in the letters, and is the same every time.

mod common;

use std::collections::{BTreeMap, BTreeSet};

use common::{clients, in_dossiers, municipality, state};
use domain::{Cbsgroep, Functie, Stream};
use expect_test::expect;
use jiff::{civil::date, tz::TimeZone};
use sha2::{Digest, Sha256};
use simulation::{Municipality, Parameters, simulate};

fn stocks(seed: u64, inwoners: u32) -> [usize; 3] {
    let state = state(&municipality(seed, inwoners, date(2017, 12, 31)));
    [
        clients(&state, Cbsgroep::OndersteuningThuis, date(2015, 1, 31)),
        clients(&state, Cbsgroep::OndersteuningThuis, date(2017, 12, 31)),
        clients(&state, Cbsgroep::HulpBijHetHuishouden, date(2017, 12, 31)),
    ]
}

#[test]
fn the_default_seed_gives_the_figures_of_the_letter() {
    let made = simulate(&Parameters::default(), &mut |_, _| {});
    let state = state(&made);
    let group = Cbsgroep::OndersteuningThuis;
    assert_eq!(clients(&state, group, date(2015, 1, 31)), 349);
    assert_eq!(clients(&state, group, date(2017, 12, 31)), 502);
}

#[test]
fn every_seed_comes_near_the_figures_of_the_letter() {
    for seed in 1..=5 {
        let [first, last, household] = stocks(seed, 42_000);
        assert!((335..=363).contains(&first), "seed {seed}: {first} in January 2015");
        assert!((452..=552).contains(&last), "seed {seed}: {last} in December 2017");
        assert!((800..=1000).contains(&household), "seed {seed}: {household} with household help");
    }
}

#[test]
fn the_stock_grows_with_the_inhabitants() {
    for inwoners in [10_500, 126_000] {
        let scale = f64::from(inwoners) / 42_000.0;
        let [first, last, _] = stocks(1, inwoners).map(|it| f64::from(u32::try_from(it).unwrap()));
        assert!((first / scale - 349.0).abs() < 20.0, "{first} of {inwoners}");
        assert!((last / scale - 502.0).abs() < 90.0, "{last} of {inwoners}");
    }
}

#[test]
fn no_size_and_no_last_day_leads_to_a_refusal() {
    for (inwoners, tot) in [
        (1, date(2016, 6, 30)),
        (100, date(2019, 6, 30)),
        (1000, date(2026, 12, 31)),
        (42_000, date(2015, 1, 1)),
        (42_000, date(2014, 1, 1)),
    ] {
        let made = municipality(3, inwoners, tot);
        assert!(made.entries.len() > 100, "{inwoners} until {tot}");
    }
}

fn fingerprint(made: &Municipality) -> String {
    let mut hash = Sha256::new();
    for entry in &made.entries {
        hash.update(format!("{entry:?}\n"));
    }
    for (client, it) in &made.persons {
        let bsn = it.bsn.map(|it| it.as_str().to_owned());
        hash.update(format!("{client:?} {bsn:?} {it:?}\n"));
    }
    hash.update(format!("{:?} {:?} {}", made.staff, made.accounts, made.truth.to_toml()));
    hash.finalize().iter().map(|it| format!("{it:02x}")).collect()
}

#[test]
fn the_same_seed_gives_the_same_bytes() {
    let run = |seed| fingerprint(&municipality(seed, 12_000, date(2017, 6, 30)));
    assert_eq!(run(7), run(7));
    assert_ne!(run(7), run(8));
}

#[test]
fn the_head_counts_of_a_small_municipality_stay_what_they_are() {
    let made = municipality(1, 12_000, date(2016, 12, 31));
    let mut kinds: BTreeMap<String, u32> = BTreeMap::new();
    for (_, event) in in_dossiers(&made) {
        let text = format!("{event:?}");
        let kind = text.split([' ', '(']).next().unwrap();
        *kinds.entry(kind.to_owned()).or_default() += 1;
    }
    let lines: Vec<String> = kinds.iter().map(|(kind, count)| format!("{kind} {count}")).collect();
    expect![[r#"
        AanvraagOntvangen 551
        BeschikkingAfgegeven 554
        GegevensVastgesteld 867
        IntakeAfgerond 445
        LeveringGestart 888
        LeveringGestopt 447
        LeveringStartVerwijderd 6
        MeldingOntvangen 687
        OnderzoekAfgerond 624
        OnderzoekGestart 647
        PrestatieGedeclareerd 10209
        StapGezet 1311
        TermijnHervat 27
        TermijnOpgeschort 27
        ToewijzingGewijzigd 201
        ToewijzingVerstrekt 882
        VerslagVerzonden 647
        VervolgGezet 86
        VoorzieningBeeindigd 200
        VoorzieningGecorrigeerd 19
        VoorzieningOvergenomen 465
        VoorzieningVervallen 11
        ZaakGesloten 651"#]]
    .assert_eq(&lines.join("\n"));
}

#[test]
fn the_log_is_recorded_in_order_and_some_of_it_late() {
    let made = municipality(1, 20_000, date(2018, 12, 31));
    let mut late = 0;
    let mut last = made.entries[0].1;
    for (happened, recorded) in &made.entries {
        assert!(last <= *recorded, "{recorded} after {last}");
        last = *recorded;
        let day = recorded.to_zoned(TimeZone::UTC).date();
        if happened.event.stream() != Stream::Register {
            assert!(happened.on <= day, "{happened:?} was recorded on {day}");
            late += u32::from((day - happened.on).get_days() >= 7);
        }
    }
    assert!(late > 200, "only {late} entries came a week late or more");
}

#[test]
fn each_function_has_an_account_of_somebody_who_works_here() {
    let made = municipality(1, 5000, date(2020, 12, 31));
    let functions: Vec<Functie> = made.accounts.iter().map(|it| it.functie).collect();
    assert_eq!(functions, Functie::ALLE);
    let state = state(&made);
    for it in &made.accounts {
        let held = state.register.aanstelling(it.medewerker, date(2020, 12, 31)).unwrap();
        assert_eq!(held.functie, it.functie, "{}", it.name);
        assert!(made.staff.iter().any(|(id, _)| *id == it.medewerker), "{}", it.name);
    }
    let names: Vec<&str> = made.accounts.iter().map(|it| it.name.as_str()).collect();
    assert!(names.contains(&"functioneel-beheerder") && names.contains(&"intaker"), "{names:?}");
}

#[test]
fn the_people_are_invented_and_have_fictitious_numbers() {
    let made = municipality(1, 42_000, date(2016, 12, 31));
    let mut seen = BTreeSet::new();
    for (client, it) in &made.persons {
        let bsn = it.bsn.expect("the range lasts for this many");
        assert!(bsn.as_str().starts_with("9999"), "{client:?}");
        assert!(seen.insert(bsn), "{client:?} shares a number");
        assert!(it.postcode.starts_with("9999") && it.plaats == "Wijkerveen", "{it:?}");
    }
    let state = state(&made);
    assert_eq!(state.dossiers.len(), made.persons.len());
    for (client, it) in &made.persons {
        let known = state.dossiers[client].gegevens[0].1.geboortejaar;
        assert_eq!(known, it.geboortedatum.map(jiff::civil::Date::year), "{client:?}");
    }
}
