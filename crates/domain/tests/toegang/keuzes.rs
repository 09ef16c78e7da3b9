//! What the municipality's choices do: substitution, criteria, emergencies, reviews, pilots.

use domain::{
    Actor, Bedrag, Command, DossierCommand as C, Functie, MedewerkerId, Omstandigheid, Periode,
    PilotId, RegisterEvent as R, State, Systeemdeel, Vervolgstap, WijkId, ZaakId,
    heronderzoek::{Heronderzoekgrond as Grond, te_plannen},
    inrichting::Inrichting,
    instelling::{Heronderzoekregels, Instelling},
    melding::{Kanaal, Melder},
    organisatie::{Pilot, Pilotsoort},
    triage::{Criterium, Route, advies_op},
    vervolg::Heronderzoekuitkomst,
    waarneming::Waarneming,
    werkvoorraad::{Taak, Taaksoort, taken},
};
use expect_test::expect;
use jiff::civil::{Date, date};

use crate::{
    CLIENT, ZAAK, ask, check,
    gemeente::{municipality, person},
    opdrachten::{command, follow_up},
    prepare,
};

fn arrange(state: &mut State, on: Date, it: Inrichting) {
    tell(state, on, R::ToegangIngericht(it));
}

fn tell(state: &mut State, on: Date, event: R) {
    let bij = Omstandigheid { on, today: on, actor: Actor::Systeem(Systeemdeel::Inrichting) };
    ask(state, &Command::Register(event), &bij).expect("a register of known names");
}

fn by(who: &str, on: Date) -> Omstandigheid {
    Omstandigheid { on, today: on, actor: Actor::Medewerker(person(who)) }
}

#[test]
fn somebody_stands_in_until_the_last_day_and_each_function_counts_once() {
    let mut state = municipality();
    let stand_in = |functie, van: Date, tot| {
        Inrichting::WaarnemingIngesteld(Waarneming {
            medewerker: MedewerkerId(1),
            functie,
            geldig: Periode::new(van, Some(tot)).unwrap(),
        })
    };
    let (first, last) = (date(2026, 2, 2), date(2026, 2, 6));
    let since = date(2026, 1, 2);
    arrange(&mut state, since, stand_in(Functie::Beslisser, first, last));
    arrange(&mut state, since, stand_in(Functie::Beslisser, date(2026, 2, 4), last));
    arrange(&mut state, since, stand_in(Functie::Consulent, first, last));
    arrange(&mut state, since, stand_in(Functie::Teammanager, last, last));
    for (day, held) in [
        (date(2026, 2, 1), "consulent"),
        (first, "consulent, beslisser"),
        (date(2026, 2, 5), "consulent, beslisser"),
        (last, "consulent, beslisser, teammanager"),
        (date(2026, 2, 7), "consulent"),
    ] {
        let all = state.register.hoedanigheden(MedewerkerId(1), day);
        let names: Vec<&str> = all.iter().map(|it| it.functie.naam()).collect();
        assert_eq!(names.join(", "), held, "{day}");
        assert!(all.iter().all(|it| it.team == all[0].team), "in the own team");
    }
    tell(&mut state, date(2026, 2, 3), R::MedewerkerVertrokken { medewerker: MedewerkerId(1) });
    let gone = state.register.hoedanigheden(MedewerkerId(1), date(2026, 2, 4));
    assert_eq!(gone, [], "who has left stands in for nobody");
}

#[test]
fn an_emergency_is_decided_at_once_and_made_regular_later() {
    check(
        "
    2026-01-05 kcc        spoedmelding
    2026-01-05 intaker    besluit 3 uur
    2026-01-05 beslisser  besluit 3 uur
    2026-01-05 consulent  stel voor 3 uur
    2026-01-06 beslisser  besluit 3 uur
    2026-01-07 intaker    naar team
    2026-01-08 consulent  start onderzoek
    2026-01-12 consulent  gesprek
    2026-01-12 consulent  identiteit
    2026-01-12 consulent  kader maatwerk
    2026-01-14 consulent  rond onderzoek af
    2026-01-15 consulent  verslag
    2026-01-20 consulent  akkoord
    2026-01-21 consulent  aanvraag
    2026-01-22 consulent  stel voor 3 uur
    2026-01-23 beslisser  besluit 3 uur
    ",
        expect![[r#"
            spoedmelding: spoedbesluit nemen voor 2026-01-07; ontvangst bevestigen voor 2026-01-12; intake doen voor 2026-02-16
            besluit 3 uur: GEWEIGERD een intaker mag dit niet: indiceren
            besluit 3 uur: GEWEIGERD het voorstel van een collega ontbreekt nog (instelling vier ogen van de gemeente)
            stel voor 3 uur: spoedbesluit nemen voor 2026-01-07; ontvangst bevestigen voor 2026-01-12; intake doen voor 2026-02-16
            besluit 3 uur: ontvangst bevestigen voor 2026-01-12; intake doen voor 2026-02-16
            naar team: ontvangst bevestigen voor 2026-01-12; onderzoek starten voor 2026-02-16
            start onderzoek: onderzoek afronden voor 2026-02-16
            gesprek: onderzoek afronden voor 2026-02-16
            identiteit: onderzoek afronden voor 2026-02-16
            kader maatwerk: onderzoek afronden voor 2026-02-16
            rond onderzoek af: verslag sturen voor 2026-02-16
            verslag: aanvraag ontvangen
            akkoord: aanvraag ontvangen
            aanvraag: besluiten voor 2026-02-04
            stel voor 3 uur: besluiten voor 2026-02-04
            besluit 3 uur: besluit verzenden
        "#]],
    );
}

#[test]
fn an_emergency_comes_before_what_is_late() {
    let task = |soort, uiterlijk| Taak {
        client: CLIENT,
        zaak: Some(ZAAK),
        soort,
        uiterlijk,
        wacht: None,
        behandelaar: None,
        team: None,
    };
    let mut all = [
        task(Taaksoort::Aanvraag, None),
        task(Taaksoort::Onderzoek, Some(date(2025, 11, 3))),
        task(Taaksoort::Spoedbesluit, Some(date(2026, 1, 7))),
        task(Taaksoort::Besluit, Some(date(2025, 12, 1))),
    ];
    all.sort_by_key(Taak::volgorde);
    let kinds = all.map(|it| it.soort);
    let expected =
        [Taaksoort::Spoedbesluit, Taaksoort::Onderzoek, Taaksoort::Besluit, Taaksoort::Aanvraag];
    assert_eq!(kinds, expected);
}

#[test]
fn only_criteria_that_count_make_a_request_complex() {
    let mut state = municipality();
    let later = date(2026, 7, 1);
    let choice = |criterium, telt| {
        Inrichting::InstellingGekozen(Instelling::CriteriumTelt { criterium, telt })
    };
    arrange(&mut state, later, choice(Criterium::Schulden, false));
    arrange(&mut state, later, choice(Criterium::Veiligheid, true));
    let all = &state.register.instellingen;
    assert_eq!(all.alle().iter().filter(|(day, _)| *day == later).count(), 2, "side by side");
    let asked = [Criterium::Schulden, Criterium::Veiligheid];
    let before = date(2026, 6, 30);
    assert_eq!(advies_op(all, &asked, before), Route::Team);
    assert_eq!(advies_op(all, &asked, later), Route::Loket, "one of two, and two are needed");
    arrange(&mut state, date(2026, 1, 2), choice(Criterium::Schulden, false));
    arrange(&mut state, date(2026, 1, 2), choice(Criterium::Veiligheid, false));
    let bij = by("kcc", date(2026, 1, 5));
    ask(&mut state, &Command::Dossier(CLIENT, command("melding", bij.on)), &bij).unwrap();
    let triage = Command::Dossier(CLIENT, command("triage complex", bij.on));
    let refusal = ask(&mut state, &triage, &bij).unwrap_err().to_string();
    assert!(refusal.contains("criteria"), "{refusal}");
}

/// Rules by which only these grounds make a review earlier.
fn rules(pgb: bool, zonder_doelen: bool, vanaf_waarde: Option<Bedrag>) -> Heronderzoekregels {
    Heronderzoekregels {
        maanden: 5,
        eerder_maanden: 2,
        pgb,
        boven_norm: false,
        zonder_doelen,
        vanaf_waarde,
    }
}

#[test]
fn a_review_is_due_by_rules_on_the_grant_alone() {
    let decided = date(2026, 1, 23);
    // The grant is worth 3 x 50 euros a week from February up to and including July.
    for (regels, due, gronden) in [
        (rules(false, false, None), date(2026, 6, 23), vec![]),
        (rules(true, false, None), date(2026, 6, 23), vec![]),
        (rules(false, true, None), date(2026, 3, 23), vec![Grond::ZonderDoelen]),
        (rules(false, false, Some(Bedrag::euro(1_000))), date(2026, 3, 23), vec![Grond::Waarde]),
        (rules(false, false, Some(Bedrag::euro(9_000))), date(2026, 6, 23), vec![]),
    ] {
        let mut state = municipality();
        prepare(&mut state, false);
        let decision = Command::Dossier(CLIENT, command("besluit 3 uur", decided));
        ask(&mut state, &decision, &by("beslisser", decided)).unwrap();
        let day = date(2026, 2, 10);
        assert_eq!(te_plannen(&state, day), [], "no rules, no list");
        let chosen = Instelling::Heronderzoek(Some(regels));
        arrange(&mut state, decided, Inrichting::InstellingGekozen(chosen));
        let found = te_plannen(&state, day);
        assert_eq!(found.len(), 1, "{regels:?}");
        assert_eq!((found[0].uiterlijk, &found[0].gronden), (due, &gronden), "{regels:?}");
        assert_eq!((found[0].zaak, found[0].sinds), (Some(ZAAK), decided));
        let bij = by("consulent", day);
        let plan = follow_up(Vervolgstap::HeronderzoekGepland { op: date(2026, 3, 2) });
        ask(&mut state, &Command::Dossier(CLIENT, plan), &bij).unwrap();
        assert_eq!(te_plannen(&state, day), [], "it is planned");
        let task = |it: &Taak| it.soort == Taaksoort::Heronderzoek;
        assert!(taken(&state, day).iter().any(task), "and stands in the work list");
        let review = follow_up(Vervolgstap::Heronderzocht(Heronderzoekuitkomst::Ongewijzigd));
        ask(&mut state, &Command::Dossier(CLIENT, review), &by("consulent", date(2026, 3, 2)))
            .unwrap();
        let again = te_plannen(&state, date(2026, 3, 3));
        let ends_first = again.is_empty() && gronden.is_empty();
        assert!(ends_first || again[0].sinds == date(2026, 3, 2), "counted from the last review");
        assert_eq!(te_plannen(&state, date(2026, 8, 1)), [], "a grant that ended is not reviewed");
    }
}

#[test]
fn a_pilot_marks_the_cases_of_its_wijken_and_days() {
    let mut state = municipality();
    let (first, last) = (date(2026, 2, 1), date(2026, 2, 28));
    let pilot = Pilot {
        id: PilotId(1),
        soort: Pilotsoort::Intaker,
        wijken: vec![WijkId(1)],
        geldig: Periode::new(first, Some(last)).unwrap(),
    };
    tell(&mut state, date(2026, 1, 5), R::PilotGestart(pilot));
    for (volgnummer, day, kanaal, marked) in [
        (1, date(2026, 1, 31), Kanaal::Telefoon, false),
        (2, first, Kanaal::Outreach, true),
        (3, last, Kanaal::Balie, true),
        (4, date(2026, 3, 1), Kanaal::Telefoon, false),
    ] {
        let zaak = ZaakId { jaar: 2026, volgnummer };
        let melding = C::OntvangMelding { zaak, kanaal, melder: Melder::Gemeente, spoed: false };
        ask(&mut state, &Command::Dossier(CLIENT, melding), &by("kcc", day)).unwrap();
        let kept = state.dossiers[&CLIENT].zaak(zaak).unwrap().melding.melding;
        assert_eq!(kept.pilot.is_some(), marked, "{day}");
        assert_eq!(kept.kanaal, kanaal, "where it came from is kept apart from who asked");
    }
}
