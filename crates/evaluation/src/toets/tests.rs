use domain::{
    Actor, ClientId, DossierEvent, Entry, Event, Happened, Kenmerk, Leeftijdsgroep, Leveringsvorm,
    Periode, Productcategorie, Productkeuze, RegisterEvent, State, Voorziening, VoorzieningId,
    WijkId, actor::Systeemdeel, organisatie::Wijk, voorziening::Herkomst,
};
use expect_test::{Expect, expect};
use indicators::{Feiten, Maand};
use jiff::{Timestamp, civil::date};

use super::*;

fn happened(log: &mut Vec<Entry>, on: Date, event: Event) {
    let happened = Happened { on, actor: Actor::Systeem(Systeemdeel::Import), event };
    let sequence = u64::try_from(log.len()).unwrap() + 1;
    log.push(Entry { sequence, version: 1, recorded: Timestamp::UNIX_EPOCH, happened });
}

/// So many clients of a category from one day up to another.
fn clients(log: &mut Vec<Entry>, n: u64, categorie: u8, (van, tot): (Date, Option<Date>)) {
    for _ in 0..n {
        let client = ClientId(u64::try_from(log.len()).unwrap());
        let categorie = Productcategorie::new(categorie).unwrap();
        let voorziening = Voorziening {
            product: Productkeuze::Aspecifiek { categorie },
            vorm: Leveringsvorm::Zin { aanbieder: None },
            omvang: None,
            geldig: Periode::new(van, tot).unwrap(),
            tijdelijk: None,
        };
        let event = DossierEvent::VoorzieningOvergenomen {
            id: VoorzieningId(1),
            voorziening,
            team: None,
            herkomst: Herkomst::VorigSysteem(Kenmerk(client.0)),
        };
        happened(log, van, Event::Dossier(client, event));
    }
}

/// The municipality of the letter: 349 clients in January 2015, 502 in December 2017, of whom 40
/// and 120 with dagbesteding; and some with help in the household, which is another group.
fn letter(inwoners: [u32; 2]) -> State {
    let mut log = Vec::new();
    let wijk = WijkId(1);
    let register = |log: &mut Vec<Entry>, event| {
        happened(log, date(2015, 1, 1), Event::Register(event));
    };
    register(&mut log, RegisterEvent::WijkVastgesteld(Wijk { id: wijk, naam: "Wijk".into() }));
    for (jaar, aantal) in [2015, 2017].into_iter().zip(inwoners) {
        for groep in Leeftijdsgroep::ALLE {
            let aantal = if groep == Leeftijdsgroep::Tot30 { aantal } else { 0 };
            register(&mut log, RegisterEvent::InwonersGeteld { wijk, jaar, groep, aantal });
        }
    }
    let start = date(2015, 1, 1);
    clients(&mut log, 309, 2, (start, None));
    clients(&mut log, 40, 7, (start, None));
    clients(&mut log, 900, 1, (start, None));
    clients(&mut log, 50, 10, (date(2016, 2, 1), Some(date(2017, 12, 30))));
    clients(&mut log, 73, 10, (date(2017, 3, 1), None));
    clients(&mut log, 80, 7, (date(2017, 12, 31), None));
    State::fold(&log)
}

fn month(text: &str) -> Maand {
    text.parse().unwrap()
}

fn ask(state: &State, van: &str, tot: &str) -> Toets {
    let feiten = Feiten::van(state);
    toets(&feiten, &state.register, month(van), month(tot), date(2018, 6, 1))
}

fn check(state: &State, (van, tot): (&str, &str), expected: Expect) {
    let text = match ask(state, van, tot).uitslag {
        Err(it) => format!("{} {}\n", it.reden, it.nodig),
        Ok(it) => {
            let mut out = format!("{}\n", it.samenvatting);
            for it in it.vergelijkingen {
                out += &format!("{}: {}. {}\n", it.groep.naam, it.oordeel.naam(), it.toelichting);
            }
            out
        }
    };
    expected.assert_eq(&text);
}

#[test]
fn the_letter_gets_its_answer_in_careful_words() {
    check(
        &letter([41_000, 41_000]),
        ("2015-01", "2017-12"),
        expect![[r#"
        Het aantal cliënten ondersteuning thuis ging van 349 naar 502; dat is +43,8 % per 1.000 inwoners (95 %-interval +25,5 % tot +64,9 %). Dat past bij alle gepubliceerde groepen: deze aantallen kunnen niet uitmaken op welke groep de gemeente lijkt.
        gemeenten zonder wijkteam: past bij. +26,0 % ligt binnen het interval van de eigen groei (+25,5 % tot +64,9 %). De eigen groei is met deze groep te verenigen; dat bewijst niet dat de oorzaak dezelfde is.
        gemeenten met wijkteams, alle: past bij. +38,0 % ligt binnen het interval van de eigen groei (+25,5 % tot +64,9 %). De eigen groei is met deze groep te verenigen; dat bewijst niet dat de oorzaak dezelfde is.
        gemeenten met wijkteams zonder zorgaanbieders: past bij. +29,0 % ligt binnen het interval van de eigen groei (+25,5 % tot +64,9 %). De eigen groei is met deze groep te verenigen; dat bewijst niet dat de oorzaak dezelfde is.
        gemeenten met wijkteams met zorgaanbieders: past bij. +59,0 % ligt binnen het interval van de eigen groei (+25,5 % tot +64,9 %). De eigen groei is met deze groep te verenigen; dat bewijst niet dat de oorzaak dezelfde is.
    "#]],
    );
}

#[test]
fn another_window_gets_no_verdict() {
    check(
        &letter([41_000, 41_000]),
        ("2016-03", "2017-12"),
        expect![[r#"
        Het aantal cliënten ondersteuning thuis ging van 399 naar 502; dat is +25,8 % in aantal (95 %-interval +10,3 % tot +43,5 %). Over de gepubliceerde groepen is geen oordeel te geven.
        gemeenten zonder wijkteam: niet te zeggen. Deze groep is over een ander venster gepubliceerd.
        gemeenten met wijkteams, alle: niet te zeggen. Deze groep is over een ander venster gepubliceerd.
        gemeenten met wijkteams zonder zorgaanbieders: niet te zeggen. Deze groep is over een ander venster gepubliceerd.
        gemeenten met wijkteams met zorgaanbieders: niet te zeggen. Deze groep is over een ander venster gepubliceerd.
    "#]],
    );
}

#[test]
fn nothing_is_told_where_there_is_nothing_to_tell() {
    let state = letter([41_000, 41_000]);
    check(
        &state,
        ("2014-01", "2017-12"),
        expect![[r#"
        Op de laatste dag van januari 2014 is geen enkele cliënt ondersteuning thuis bekend. Kies een venster waarin de registratie loopt, of lees de voorzieningen uit die tijd in.
    "#]],
    );
    check(
        &state,
        ("2017-12", "2015-01"),
        expect![[r#"
        De eerste maand (2017-12) ligt niet voor de laatste (2015-01). Kies een eerste maand die voor de laatste ligt.
    "#]],
    );
    check(
        &state,
        ("2017-12", "2017-12"),
        expect![[r#"
        De eerste maand (2017-12) ligt niet voor de laatste (2017-12). Kies een eerste maand die voor de laatste ligt.
    "#]],
    );
    check(
        &State::default(),
        ("2015-01", "2017-12"),
        expect![[r#"
        Op de laatste dag van januari 2015 is geen enkele cliënt ondersteuning thuis bekend. Kies een venster waarin de registratie loopt, of lees de voorzieningen uit die tijd in.
    "#]],
    );
}

fn close(what: &str, ours: f64, expected: f64) {
    assert!((ours - expected).abs() < 0.0005, "{what}: {ours}, expected {expected}");
}

#[test]
fn growth_is_told_of_people_of_provisions_and_per_inhabitant() {
    let it = ask(&letter([40_000, 42_000]), "2015-01", "2017-12").uitslag.unwrap();
    assert_eq!((it.clienten.eerste.aantal, it.clienten.laatste.aantal), (349, 502));
    close("clients", it.clienten.groei.unwrap().estimate, 0.4384);
    close("low", it.clienten.groei.unwrap().low, 0.2547);
    close("high", it.clienten.groei.unwrap().high, 0.6489);
    // 8.725 per 1,000 becomes 11.952.
    close("per 1,000", it.clienten.groei_per_duizend.unwrap().estimate, 0.3699);
    assert_eq!((it.indicaties.eerste.aantal, it.indicaties.laatste.aantal), (349, 502));
    let without = it.zonder_dagbesteding.unwrap();
    assert_eq!((without.eerste.aantal, without.laatste.aantal), (309, 382));
    let per_year: Vec<(i16, u64)> = it.toekenningen.iter().map(|it| (it.jaar, it.aantal)).collect();
    assert_eq!(per_year, [(2015, 349), (2016, 50), (2017, 153)]);
}

/// Own growth per 1,000: 8.725 to 11.952, so a factor 1.3699, against 1.26 (8.0 to 10.1).
#[test]
fn each_measure_of_a_difference_has_its_name() {
    let it = ask(&letter([40_000, 42_000]), "2015-01", "2017-12").uitslag.unwrap();
    let measures = &it.vergelijkingen[0].maatstaven;
    for (at, naam, waarde) in [
        (0, "verschil in groei", 0.1099),
        (1, "verhouding van de groeifactoren, min één", 0.0872),
        (2, "verschil in logaritmische groei", 0.0836),
        (3, "verschil in verandering van niveau", 1.1274),
    ] {
        assert_eq!(measures[at].naam, naam);
        close(naam, measures[at].waarde, waarde);
    }
    assert_eq!(it.vergelijkingen[1].maatstaven.len(), 3, "no published levels, no level measure");
}

/// Nobody may take the published 14% for a growth.
#[test]
fn the_fourteen_percent_is_always_warned_of() {
    for state in [letter([41_000, 41_000]), State::default()] {
        let it = ask(&state, "2015-01", "2017-12");
        assert!(it.waarschuwingen[0].titel.contains("14 %"));
        assert!(it.waarschuwingen[0].titel.contains("effect en geen groei"));
        assert!(CPB.iter().all(|it| (it.groei - 0.14).abs() > 0.1), "14% is no comparator");
    }
}
