//! Orders, delivery and bills: what a provider reports, and what reporting it again does.

#![expect(clippy::unwrap_used, reason = "a helper of a test may fail the test")]

use domain::{
    AanbiederId, Actor, Bedrag, ClientId, Command, DossierCommand as C, Eenheid, Entry, Frequentie,
    Kenmerk, Omstandigheid, Omvang, Periode, Productcategorie, Productkeuze, RegisterEvent, State,
    Systeemdeel, ToewijzingNummer, decide,
    declaratie::Prestatie,
    levering::StopReden,
    organisatie::Aanbieder,
    toewijzing::{Hoeveelheid, Opdracht, RedenWijziging},
};
use expect_test::{Expect, expect};
use jiff::{
    Timestamp,
    civil::{Date, date},
};

const CLIENT: ClientId = ClientId(7);
const NUMMER: ToewijzingNummer = ToewijzingNummer(101);

#[test]
fn delivery_starts_pauses_and_stops_and_hearing_it_twice_changes_nothing() {
    let start = C::MeldStart { toewijzing: NUMMER };
    let stop = |reden| C::MeldStop { toewijzing: NUMMER, begin: date(2025, 1, 10), reden };
    check(
        &[
            (date(2025, 1, 10), start.clone()),
            (date(2025, 1, 10), start.clone()),
            (date(2025, 1, 12), start),
            (date(2025, 2, 1), stop(StopReden::Tijdelijk)),
            (date(2025, 2, 1), stop(StopReden::Tijdelijk)),
            (date(2025, 2, 1), stop(StopReden::VolgensPlan)),
            (date(2025, 2, 1), stop(StopReden::Tijdelijk)),
            (date(2025, 3, 1), stop(StopReden::VolgensPlan)),
        ],
        expect![[r#"
            1 gebeurtenis
            niets nieuws
            geweigerd: de levering loopt al sinds 2025-01-10
            1 gebeurtenis
            niets nieuws
            1 gebeurtenis
            niets nieuws
            geweigerd: de stop van deze levering is al gedaan
        "#]],
    );
}

#[test]
fn a_mistaken_start_and_stop_can_be_taken_back() {
    let (toewijzing, begin) = (NUMMER, date(2025, 1, 10));
    check(
        &[
            (begin, C::VerwijderStart { toewijzing, begin }),
            (begin, C::MeldStart { toewijzing }),
            (date(2025, 2, 1), C::MeldStop { toewijzing, begin, reden: StopReden::InOverleg }),
            (date(2025, 2, 2), C::VerwijderStop { toewijzing, begin }),
            (date(2025, 2, 2), C::VerwijderStart { toewijzing, begin }),
            (date(2025, 1, 15), C::MeldStart { toewijzing }),
        ],
        expect![[r#"
            geweigerd: er is geen levering bekend die op 2025-01-10 begon
            1 gebeurtenis
            1 gebeurtenis
            1 gebeurtenis
            1 gebeurtenis
            1 gebeurtenis
        "#]],
    );
}

#[test]
fn under_one_number_only_the_end_may_change_and_reason_13_removes() {
    let nummer = NUMMER;
    let change = |reden, tot_en_met, volume: Option<u32>| C::WijzigToewijzing {
        nummer,
        reden,
        tot_en_met,
        omvang: volume.map(hours),
        budget: None,
    };
    let june = Some(date(2025, 6, 30));
    let first = Some(date(2025, 1, 1));
    check(
        &[
            (date(2025, 3, 1), change(RedenWijziging::Verkorting, june, None)),
            (date(2025, 3, 1), change(RedenWijziging::Verkorting, june, None)),
            (date(2025, 3, 1), change(RedenWijziging::Verlenging, june, Some(9))),
            (date(2025, 3, 1), change(RedenWijziging::Verkorting, Some(date(2024, 1, 1)), None)),
            (date(2025, 3, 1), change(RedenWijziging::Verwijderd, june, None)),
            (date(2025, 3, 1), change(RedenWijziging::Verwijderd, first, None)),
            (date(2025, 3, 1), change(RedenWijziging::Verwijderd, first, None)),
            (date(2025, 3, 2), C::MeldStart { toewijzing: nummer }),
        ],
        expect![[r#"
            1 gebeurtenis
            niets nieuws
            geweigerd: een andere omvang kan alleen met een nieuw toewijzingnummer (iWmo OP033x1)
            geweigerd: de einddatum ligt voor de ingangsdatum
            geweigerd: verwijderen met een andere einddatum dan het begin kan alleen met een nieuw toewijzingnummer (iWmo OP033x1)
            1 gebeurtenis
            niets nieuws
            geweigerd: toewijzing 101 is verwijderd
        "#]],
    );
}

#[test]
fn a_bill_is_known_by_its_reference_and_a_credit_needs_its_original() {
    let line = |referentie, bedrag, crediteert: Option<u64>| {
        C::Declareer(Prestatie {
            toewijzing: NUMMER,
            periode: Periode::new(date(2025, 1, 1), Some(date(2025, 1, 31))).unwrap(),
            volume: 12,
            eenheid: Eenheid::Uur,
            bedrag: Bedrag(bedrag),
            referentie: Kenmerk(referentie),
            crediteert: crediteert.map(Kenmerk),
        })
    };
    let day = date(2025, 2, 10);
    check(
        &[
            (day, line(1, 60_000, None)),
            (day, line(1, 60_000, None)),
            (day, line(2, -60_000, Some(9))),
            (day, line(2, -60_000, Some(1))),
            (day, line(3, -60_000, Some(1))),
        ],
        expect![[r#"
            1 gebeurtenis
            niets nieuws
            geweigerd: de credit verwijst naar een prestatie die niet bekend is
            1 gebeurtenis
            geweigerd: deze prestatie is al gecrediteerd
        "#]],
    );
}

#[track_caller]
fn check(asked: &[(Date, C)], expected: Expect) {
    let mut state = State::default();
    let aanbieder = AanbiederId(1);
    let known = Aanbieder { id: aanbieder, naam: "De Brug".into(), agb: None };
    ask(
        &mut state,
        &Command::Register(RegisterEvent::AanbiederVastgesteld(known)),
        date(2025, 1, 1),
    )
    .expect("a provider");
    let opdracht = Opdracht {
        voorziening: None,
        aanbieder,
        product: Productkeuze::Aspecifiek { categorie: Productcategorie::BEGELEIDING },
        hoeveelheid: Hoeveelheid::Omvang(hours(3)),
        geldig: Periode::new(date(2025, 1, 1), Some(date(2025, 12, 31))).unwrap(),
    };
    let order = C::VerstrekToewijzing { nummer: NUMMER, opdracht };
    ask(&mut state, &Command::Dossier(CLIENT, order), date(2025, 1, 1)).expect("an order");
    let seen: String = asked
        .iter()
        .map(|(on, it)| match ask(&mut state, &Command::Dossier(CLIENT, it.clone()), *on) {
            Err(refusal) => format!("geweigerd: {refusal}\n"),
            Ok(0) => "niets nieuws\n".to_owned(),
            Ok(1) => "1 gebeurtenis\n".to_owned(),
            Ok(n) => format!("{n} gebeurtenissen\n"),
        })
        .collect();
    expected.assert_eq(&seen);
}

fn ask(state: &mut State, command: &Command, on: Date) -> Result<usize, domain::Refusal> {
    let actor = Actor::Systeem(Systeemdeel::Import);
    let news = decide(state, command, &Omstandigheid { on, today: date(2025, 12, 31), actor })?;
    let count = news.len();
    for happened in news {
        let version = state.version(happened.event.stream()) + 1;
        let recorded = Timestamp::UNIX_EPOCH;
        state.apply(&Entry { sequence: state.sequence + 1, version, recorded, happened });
    }
    Ok(count)
}

fn hours(volume: u32) -> Omvang {
    Omvang { volume, eenheid: Eenheid::Uur, frequentie: Frequentie::Week }
}
