//! The access as a municipality arranges it: framework, proposal, authority, review, objection.

#![expect(clippy::unwrap_used, reason = "a helper of a test may fail the test")]

mod agenda;
mod gemeente;
mod keuzes;
mod opdrachten;
mod register;

use domain::{
    Actor, ClientId, Command, Entry, Functie, Hoedanigheid, Omstandigheid, State, VraagId, ZaakId,
    besluit::Afwijzingsgrond,
    decide,
    instelling::CtaRegels,
    kader::{Antwoord, Conclusie, Wet},
    werkvoorraad,
};
use expect_test::{Expect, expect};
use gemeente::{colleague, framework, mandate_everybody, municipality, person, review};
use jiff::{Timestamp, civil::Date};
use opdrachten::command;

const CLIENT: ClientId = ClientId(1);
const ZAAK: ZaakId = ZaakId { jaar: 2026, volgnummer: 1 };

/// What is done up to the aanvraag by a careful team.
const TO_THE_AANVRAAG: &str = "
    2026-01-05 kcc        melding
    2026-01-05 kcc        bevestig
    2026-01-07 intaker    naar team
    2026-01-08 consulent  start onderzoek
    2026-01-12 consulent  gesprek
    2026-01-12 consulent  identiteit
    2026-01-12 consulent  kader maatwerk
    2026-01-14 consulent  rond onderzoek af
    2026-01-15 consulent  verslag
    2026-01-20 consulent  akkoord
    2026-01-21 consulent  aanvraag
    ";

#[test]
fn the_whole_route_leaves_a_task_at_every_step() {
    check(
        &format!(
            "{TO_THE_AANVRAAG}
    2026-01-22 consulent  stel voor 3 uur
    2026-01-23 consulent  besluit 3 uur
    2026-01-23 beslisser  besluit 3 uur
    2026-01-26 beslisser  verzend
    2026-02-10 kcc        bezwaar
    2026-03-20 beslisser  bezwaar gegrond
    "
        ),
        expect![[r#"
            melding: ontvangst bevestigen voor 2026-01-12; intake doen voor 2026-02-16
            bevestig: intake doen voor 2026-02-16
            naar team: onderzoek starten voor 2026-02-16
            start onderzoek: onderzoek afronden voor 2026-02-16
            gesprek: onderzoek afronden voor 2026-02-16
            identiteit: onderzoek afronden voor 2026-02-16
            kader maatwerk: onderzoek afronden voor 2026-02-16
            rond onderzoek af: verslag sturen voor 2026-02-16
            verslag: aanvraag ontvangen
            akkoord: aanvraag ontvangen
            aanvraag: voorstel doen voor 2026-02-04
            stel voor 3 uur: besluiten voor 2026-02-04
            besluit 3 uur: GEWEIGERD wie het voorstel deed, besluit er niet over; vraag een collega
            besluit 3 uur: besluit verzenden
            verzend: 
            bezwaar: op bezwaar beslissen voor 2026-04-20
            bezwaar gegrond: 
        "#]],
    );
}

#[test]
fn the_framework_in_force_is_walked_before_a_proposal() {
    check(
        "
    2026-01-05 kcc        melding
    2026-01-08 consulent  kader maatwerk
    2026-01-08 consulent  start onderzoek
    2026-01-09 consulent  kader oud
    2026-01-09 consulent  kader half
    2026-01-14 consulent  rond onderzoek af
    2026-01-15 consulent  stel voor 3 uur
    2026-01-15 consulent  kader onbekend
    2026-01-15 consulent  kader maatwerk
    2026-01-16 consulent  stel voor 9 uur
    2026-01-16 consulent  stel voor 9 uur met reden
    ",
        expect![[r#"
            melding: ontvangst bevestigen voor 2026-01-12; intake doen voor 2026-02-16
            kader maatwerk: GEWEIGERD de start van het onderzoek ontbreekt nog (Wmo 2015, art. 2.3.2 lid 1)
            start onderzoek: onderzoek afronden voor 2026-02-16
            kader oud: GEWEIGERD versie 1 van het beoordelingskader geldt niet op deze dag, versie 2 wel
            kader half: onderzoek afronden voor 2026-02-16
            rond onderzoek af: verslag sturen voor 2026-02-16
            stel voor 3 uur: GEWEIGERD een volledig doorlopen beoordelingskader ontbreekt nog (Wmo 2015, art. 2.3.5 lid 3)
            kader onbekend: GEWEIGERD het beoordelingskader heeft geen vraag 99
            kader maatwerk: verslag sturen voor 2026-02-16
            stel voor 9 uur: GEWEIGERD de omvang ligt buiten de norm; kies een reden
            stel voor 9 uur met reden: verslag sturen voor 2026-02-16
        "#]],
    );
}

#[test]
fn who_is_tied_to_a_provider_advises_and_that_provider_is_excluded() {
    check(
        &format!(
            "{TO_THE_AANVRAAG}
    2026-01-22 verbonden  stel voor 3 uur
    2026-01-22 consulent  laat aanbieder toe
    2026-01-22 verbonden  stel voor 3 uur
    2026-01-23 verbonden  besluit 3 uur
    "
        ),
        expect![[r#"
            melding: ontvangst bevestigen voor 2026-01-12; intake doen voor 2026-02-16
            bevestig: intake doen voor 2026-02-16
            naar team: onderzoek starten voor 2026-02-16
            start onderzoek: onderzoek afronden voor 2026-02-16
            gesprek: onderzoek afronden voor 2026-02-16
            identiteit: onderzoek afronden voor 2026-02-16
            kader maatwerk: onderzoek afronden voor 2026-02-16
            rond onderzoek af: verslag sturen voor 2026-02-16
            verslag: aanvraag ontvangen
            akkoord: aanvraag ontvangen
            aanvraag: voorstel doen voor 2026-02-04
            stel voor 3 uur: GEWEIGERD u bent verbonden aan deze aanbieder; kies een andere of laat een uitzondering vastleggen
            laat aanbieder toe: voorstel doen voor 2026-02-04
            stel voor 3 uur: CTA-oordeel geven voor 2026-02-04
            besluit 3 uur: GEWEIGERD een wijkverpleegkundige heeft op deze dag geen mandaat om te besluiten (Awb, art. 10:3)
        "#]],
    );
}

#[test]
fn the_review_comes_before_the_decision_and_a_deviation_needs_a_ground() {
    check(
        &format!(
            "{TO_THE_AANVRAAG}
    2026-01-22 consulent  stel voor 5 uur
    2026-01-22 beslisser  besluit 5 uur
    2026-01-22 consulent  tweede oordeel
    2026-01-22 wijkcoach  tweede oordeel
    2026-01-26 cta        oordeel met indiener
    2026-01-26 cta        oordeel alleen
    2026-01-26 wijkcoach  oordeel gewijzigd
    2026-01-26 cta        oordeel terug
    2026-01-26 beslisser  besluit 5 uur
    2026-01-26 cta        oordeel gewijzigd
    2026-01-27 beslisser  besluit 5 uur
    2026-01-27 beslisser  besluit 5 uur met grond
    "
        ),
        expect![[r#"
            melding: ontvangst bevestigen voor 2026-01-12; intake doen voor 2026-02-16
            bevestig: intake doen voor 2026-02-16
            naar team: onderzoek starten voor 2026-02-16
            start onderzoek: onderzoek afronden voor 2026-02-16
            gesprek: onderzoek afronden voor 2026-02-16
            identiteit: onderzoek afronden voor 2026-02-16
            kader maatwerk: onderzoek afronden voor 2026-02-16
            rond onderzoek af: verslag sturen voor 2026-02-16
            verslag: aanvraag ontvangen
            akkoord: aanvraag ontvangen
            aanvraag: voorstel doen voor 2026-02-04
            stel voor 5 uur: CTA-oordeel geven voor 2026-02-04
            besluit 5 uur: GEWEIGERD het oordeel van het CTA-overleg over dit voorstel ontbreekt nog (instelling CTA-overleg van de gemeente)
            tweede oordeel: GEWEIGERD wie het voorstel deed, besluit er niet over; vraag een collega
            tweede oordeel: CTA-oordeel geven voor 2026-02-04
            oordeel met indiener: GEWEIGERD medewerker 1 heeft een belang bij deze zaak en doet niet mee aan het oordeel (Awb, art. 2:4)
            oordeel alleen: GEWEIGERD een tweede deelnemer ontbreekt nog (CTA-overleg)
            oordeel gewijzigd: GEWEIGERD een wijkcoach mag dit niet: een CTA-oordeel vastleggen
            oordeel terug: CTA-oordeel geven voor 2026-02-04
            besluit 5 uur: GEWEIGERD het oordeel van het CTA-overleg over dit voorstel ontbreekt nog (instelling CTA-overleg van de gemeente)
            oordeel gewijzigd: besluiten voor 2026-02-04
            besluit 5 uur: GEWEIGERD het besluit wijkt af van het advies; kies een grond
            besluit 5 uur met grond: besluit verzenden
        "#]],
    );
}

#[test]
fn help_in_an_emergency_does_not_wait_for_the_review() {
    check(
        "
    2026-01-05 kcc        spoedmelding
    2026-01-05 consulent  stel voor 5 uur
    2026-01-05 consulent  besluit 5 uur
    2026-01-05 beslisser  besluit 5 uur
    ",
        expect![[r#"
            spoedmelding: spoedbesluit nemen voor 2026-01-07; ontvangst bevestigen voor 2026-01-12; intake doen voor 2026-02-16
            stel voor 5 uur: spoedbesluit nemen voor 2026-01-07; ontvangst bevestigen voor 2026-01-12; intake doen voor 2026-02-16
            besluit 5 uur: GEWEIGERD wie het voorstel deed, besluit er niet over; vraag een collega
            besluit 5 uur: ontvangst bevestigen voor 2026-01-12; intake doen voor 2026-02-16
        "#]],
    );
}

#[test]
fn a_request_goes_where_its_criteria_lead_or_says_why_not() {
    check(
        "
    2026-01-05 kcc        melding
    2026-01-06 intaker    triage fout
    2026-01-06 intaker    triage complex
    2026-01-06 intaker    naar loket
    2026-01-06 intaker    triage complex met reden
    2026-01-06 intaker    naar loket
    ",
        expect![[r#"
            melding: ontvangst bevestigen voor 2026-01-12; intake doen voor 2026-02-16
            triage fout: GEWEIGERD het advies past niet bij de criteria: vanaf 2 criteria gaat een melding naar een team
            triage complex: ontvangst bevestigen voor 2026-01-12; intake doen voor 2026-02-16
            naar loket: GEWEIGERD de criteria leiden naar team; kies een reden om af te wijken
            triage complex met reden: ontvangst bevestigen voor 2026-01-12; intake doen voor 2026-02-16
            naar loket: ontvangst bevestigen voor 2026-01-12; onderzoek starten voor 2026-02-16
        "#]],
    );
}

#[test]
fn nothing_leaves_for_a_client_under_threat() {
    check(
        "
    2026-01-05 kcc        melding
    2026-01-05 kcc        scherm af
    2026-01-05 kcc        bevestig
    ",
        expect![[r#"
            melding: ontvangst bevestigen voor 2026-01-12; intake doen voor 2026-02-16
            scherm af: intake doen voor 2026-02-16
            bevestig: GEWEIGERD de cliënt is afgeschermd: een brief gaat niet de deur uit (iWmo OP003)
        "#]],
    );
}

#[test]
fn after_the_grant_goals_and_steps_down_are_kept() {
    check(
        &format!(
            "{TO_THE_AANVRAAG}
    2026-01-22 consulent  stel voor 3 uur
    2026-01-23 beslisser  besluit 3 uur
    2026-01-23 beslisser  verzend
    2026-01-26 consulent  evalueer
    2026-01-26 consulent  doelen
    2026-01-26 consulent  plan evaluatie
    2026-01-26 intaker    afschalen
    2026-04-01 consulent  afschalen
    "
        ),
        expect![[r#"
            melding: ontvangst bevestigen voor 2026-01-12; intake doen voor 2026-02-16
            bevestig: intake doen voor 2026-02-16
            naar team: onderzoek starten voor 2026-02-16
            start onderzoek: onderzoek afronden voor 2026-02-16
            gesprek: onderzoek afronden voor 2026-02-16
            identiteit: onderzoek afronden voor 2026-02-16
            kader maatwerk: onderzoek afronden voor 2026-02-16
            rond onderzoek af: verslag sturen voor 2026-02-16
            verslag: aanvraag ontvangen
            akkoord: aanvraag ontvangen
            aanvraag: voorstel doen voor 2026-02-04
            stel voor 3 uur: besluiten voor 2026-02-04
            besluit 3 uur: besluit verzenden
            verzend: 
            evalueer: GEWEIGERD de doelen ontbreekt nog (Wmo 2015, art. 2.3.2 lid 4)
            doelen: 
            plan evaluatie: 
            afschalen: GEWEIGERD een intaker mag dit niet: een onderzoek doen
            afschalen: doelen evalueren voor 2026-04-26
        "#]],
    );
}

/// The rule of Almelo, over every function and every command: who may grant is never an intaker.
#[test]
fn no_command_lets_an_intaker_grant() {
    let days = "2026-01-23".parse().unwrap();
    let mut granted: Vec<Functie> = Vec::new();
    for functie in Functie::ALLE {
        for (what, spoed) in EVERY_COMMAND.iter().flat_map(|it| [(*it, false), (*it, true)]) {
            let mut state = municipality();
            // A mandate for everybody, so that only the function itself can stop it.
            mandate_everybody(&mut state);
            prepare(&mut state, spoed);
            let wie = Hoedanigheid { functie, ..colleague(8) };
            let bij = Omstandigheid { on: days, today: days, actor: Actor::Medewerker(wie) };
            let before = state.dossier(CLIENT).voorzieningen.len();
            let _ = ask(&mut state, &Command::Dossier(CLIENT, command(what, days)), &bij);
            if state.dossier(CLIENT).voorzieningen.len() > before {
                granted.push(functie);
            }
        }
    }
    granted.dedup();
    let all_but_the_intaker: Vec<Functie> =
        Functie::ALLE.into_iter().filter(|it| *it != Functie::Intaker).collect();
    assert_eq!(granted, all_but_the_intaker);
}

#[test]
fn the_framework_concludes_in_the_order_of_the_law() {
    let kader = framework(2);
    for (answers, expected) in [
        (vec![(1, Antwoord::Nee), (2, Antwoord::Nee), (3, Antwoord::Nee)], Conclusie::Maatwerk),
        (vec![(1, Antwoord::Nee), (2, Antwoord::Nee)], Conclusie::Onvolledig),
        (
            vec![(1, Antwoord::Ja), (2, Antwoord::Ja), (3, Antwoord::Ja)],
            Conclusie::Gedekt(Afwijzingsgrond::EigenKracht),
        ),
        (
            vec![(1, Antwoord::Nee), (2, Antwoord::NietVanToepassing), (3, Antwoord::Ja)],
            Conclusie::Grensgeval(Wet::Wlz),
        ),
    ] {
        let answers: Vec<(VraagId, Antwoord)> =
            answers.into_iter().map(|(id, it)| (VraagId(id), it)).collect();
        assert_eq!(kader.doorloop(&answers).conclusie, expected, "{answers:?}");
    }
}

#[test]
fn a_framework_that_fails_its_own_examples_does_not_come_into_force() {
    let mut wrong = framework(3);
    wrong.voorbeelden[0].verwacht = Conclusie::Grensgeval(Wet::Zvw);
    wrong.stappen.reverse();
    let faults = wrong.gebreken();
    expect![[r#"
        [
            "de stappen staan niet in de volgorde van de wet (art. 2.3.5 lid 3)",
            "voorbeeld ‘redt het zelf’: verwacht was dat een andere wet gaat mogelijk voor, gevonden is dat de behoefte is op een andere manier gedekt",
        ]
    "#]].assert_debug_eq(&faults);
    let mut later = framework(3);
    later.stappen[1].vragen[0].tekst = "Anders gevraagd?".into();
    later.stappen[2].vragen[0].id = VraagId(9);
    later.normen[0].tot = 5;
    expect![[r#"
        [
            Gewijzigd(
                VraagId(
                    2,
                ),
            ),
            Toegevoegd(
                VraagId(
                    9,
                ),
            ),
            Vervallen(
                VraagId(
                    3,
                ),
            ),
            Norm(
                ProductCode(
                    [
                        48,
                        50,
                        65,
                        48,
                        51,
                    ],
                ),
            ),
        ]
    "#]]
    .assert_debug_eq(&framework(2).verschil(&later));
}

#[test]
fn the_draw_is_the_share_that_was_asked_for() {
    let regels = CtaRegels { steekproef_promille: 50, zaad: 7, ..review() };
    let drawn = (1..=20_000)
        .filter(|volgnummer| {
            domain::cta::getrokken(&regels, ZaakId { jaar: 2026, volgnummer: *volgnummer })
        })
        .count();
    // 5% of 20,000 with a standard deviation of 31.
    assert!((900..1100).contains(&drawn), "{drawn}");
}

const EVERY_COMMAND: [&str; 20] = [
    "bevestig",
    "gesprek",
    "identiteit",
    "kader maatwerk",
    "start onderzoek",
    "rond onderzoek af",
    "verslag",
    "akkoord",
    "aanvraag",
    "stel voor 3 uur",
    "laat aanbieder toe",
    "besluit 3 uur",
    "besluit 5 uur met grond",
    "oordeel gewijzigd",
    "tweede oordeel",
    "afschalen",
    "naar team",
    "triage complex",
    "scherm af",
    "sluit",
];

#[track_caller]
fn check(story: &str, expected: Expect) {
    let mut state = municipality();
    let mut seen = String::new();
    for line in story.lines().map(str::trim).filter(|it| !it.is_empty()) {
        let (day, rest) = line.split_once(' ').expect("a day");
        let (who, what) = rest.trim().split_once(' ').expect("who");
        let on: Date = day.parse().expect("a day");
        let bij = Omstandigheid { on, today: on, actor: Actor::Medewerker(person(who)) };
        let what = what.trim();
        match ask(&mut state, &Command::Dossier(CLIENT, command(what, on)), &bij) {
            Err(refusal) => seen += &format!("{what}: GEWEIGERD {refusal}\n"),
            Ok(()) => {
                let tasks: Vec<String> = werkvoorraad::taken(&state, on)
                    .iter()
                    .map(|it| {
                        let day = it.uiterlijk.map(|it| format!(" voor {it}"));
                        format!("{}{}", it.soort.naam(), day.unwrap_or_default())
                    })
                    .collect();
                seen += &format!("{what}: {}\n", tasks.join("; "));
            }
        }
    }
    expected.assert_eq(&seen);
}

fn ask(state: &mut State, command: &Command, bij: &Omstandigheid) -> Result<(), domain::Refusal> {
    for happened in decide(state, command, bij)? {
        let version = state.version(happened.event.stream()) + 1;
        let recorded = Timestamp::UNIX_EPOCH;
        state.apply(&Entry { sequence: state.sequence + 1, version, recorded, happened });
    }
    Ok(())
}

fn prepare(state: &mut State, spoed: bool) {
    for line in TO_THE_AANVRAAG.lines().map(str::trim).filter(|it| !it.is_empty()) {
        let (day, rest) = line.split_once(' ').expect("a day");
        let (who, what) = rest.trim().split_once(' ').expect("who");
        let on: Date = day.parse().expect("a day");
        let bij = Omstandigheid { on, today: on, actor: Actor::Medewerker(person(who)) };
        let asked = if spoed && what.trim() == "melding" { "spoedmelding" } else { what.trim() };
        ask(state, &Command::Dossier(CLIENT, command(asked, on)), &bij).expect("the careful route");
    }
    let on: Date = "2026-01-22".parse().unwrap();
    let bij = Omstandigheid { on, today: on, actor: Actor::Medewerker(person("consulent")) };
    ask(state, &Command::Dossier(CLIENT, command("stel voor 3 uur", on)), &bij)
        .expect("a proposal");
}
