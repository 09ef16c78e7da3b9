//! The agenda of a meeting: what is on it, who was there, and who must not see a proposal yet.

use domain::{
    Actor, Command, DossierCommand, MedewerkerId, Omstandigheid, OverlegId, RegisterEvent, State,
    Zaakstap,
    agenda::{agenda, belang, blind_oordeel_verwacht, te_agenderen},
    cta::{Aanleiding, CtaAanmelding, getrokken, lot},
    inrichting::Inrichting,
    instelling::{CtaRegels, Instelling},
};
use expect_test::{Expect, expect};
use jiff::civil::Date;

use crate::{
    CLIENT, TO_THE_AANVRAAG, ZAAK, ask,
    gemeente::{municipality, person, review},
    opdrachten::command,
};

#[test]
fn a_case_goes_from_due_to_the_agenda_and_back_when_it_was_passed_over() {
    check(
        "
    2026-01-22 consulent  stel voor 5 uur
    2026-01-22 consulent  aanmelden
    2026-01-27 consulent  niets
    2026-01-26 cta        oordeel terug
    2026-01-27 consulent  stel voor 3 uur
    ",
        expect![[r#"
            stel voor 5 uur: te agenderen [omvang buiten de norm] voor 2026-02-01; agenda -
            aanmelden: te agenderen -; agenda ingebracht door het team
            niets: te agenderen [omvang buiten de norm, ingebracht door het team] voor 2026-02-01; agenda ingebracht door het team
            oordeel terug: te agenderen [omvang buiten de norm, ingebracht door het team] voor 2026-02-01; agenda terug
            stel voor 3 uur: te agenderen [ingebracht door het team] voor 2026-02-06; agenda terug
        "#]],
    );
}

#[test]
fn only_who_was_there_judges_and_only_members_keep_the_list() {
    check(
        "
    2026-01-22 consulent  stel voor 5 uur
    2026-01-22 consulent  aanmelden
    2026-01-25 cta        aanwezig 6
    2026-01-26 wijkcoach  aanwezig 6
    2026-01-26 cta        aanwezig 6 9
    2026-01-26 cta        aanwezig 6
    2026-01-26 cta        oordeel gewijzigd
    2026-01-26 consulent  aanwezig 6 7
    2026-01-26 cta        oordeel gewijzigd
    ",
        expect![[r#"
            stel voor 5 uur: te agenderen [omvang buiten de norm] voor 2026-02-01; agenda -
            aanmelden: te agenderen -; agenda ingebracht door het team
            aanwezig 6: GEWEIGERD 2026-01-26 ligt in de toekomst; vul een dag in tot en met vandaag
            aanwezig 6: GEWEIGERD een wijkcoach mag dit niet: het register wijzigen
            aanwezig 6 9: GEWEIGERD medewerker 9 is geen lid van dit CTA-overleg
            aanwezig 6: te agenderen -; agenda ingebracht door het team
            oordeel gewijzigd: GEWEIGERD medewerker 7 staat niet op de presentielijst van dit overleg; werk die eerst bij
            aanwezig 6 7: te agenderen -; agenda ingebracht door het team
            oordeel gewijzigd: te agenderen -; agenda gewijzigd
        "#]],
    );
}

/// Member 6 may have to judge blind, until a colleague did; the proposer keeps out of the case.
#[test]
fn a_drawn_proposal_is_hidden_from_the_meeting_until_somebody_judged_it_blind() {
    let mut state = prepared();
    let all = CtaRegels { steekproef_promille: 1000, ..review() };
    arrange(&mut state, Inrichting::InstellingGekozen(Instelling::Cta(Some(all))));
    let on: Date = "2026-01-22".parse().unwrap();
    let hidden = |state: &State, who: &str| {
        let zaak = state.dossiers[&CLIENT].zaak(ZAAK).unwrap();
        blind_oordeel_verwacht(state, zaak, &person(who), on)
    };
    step(&mut state, "consulent", on, command("stel voor 3 uur", on)).unwrap();
    assert!(hidden(&state, "cta") && !hidden(&state, "wijkcoach"), "no meeting is known yet");
    let reasons = te_agenderen(&state, on).remove(0).aanleidingen;
    assert_eq!(reasons, [Aanleiding::Steekproef]);
    let brought = CtaAanmelding { overleg: Some(OverlegId(1)), aanleidingen: reasons };
    let brought = DossierCommand::ZetStap { zaak: ZAAK, stap: Zaakstap::CtaAangemeld(brought) };
    step(&mut state, "cta", on, brought).unwrap();
    assert!(hidden(&state, "cta") && !hidden(&state, "consulent") && !hidden(&state, "kcc"));
    let zaak = state.dossiers[&CLIENT].zaak(ZAAK).unwrap();
    let out = [1, 6, 7].map(|it| belang(&state, zaak, MedewerkerId(it), on).map(|it| it.naam()));
    assert_eq!(out, [Some("deed zelf het voorstel"), None, None]);
    step(&mut state, "wijkcoach", on, command("tweede oordeel", on)).unwrap();
    assert!(!hidden(&state, "cta"));
    let later: Date = "2026-01-26".parse().unwrap();
    step(&mut state, "cta", later, command("oordeel gewijzigd", later)).unwrap();
    let late = step(&mut state, "beslisser", later, command("tweede oordeel", later));
    assert_eq!(late.unwrap_err().to_string(), "het oordeel van het CTA-overleg is al gedaan");
}

/// SplitMix64 by hand in Python: `(z ^ z >> 31) % 1000` of seed 1 and these cases.
#[test]
fn anybody_can_draw_the_lots_again() {
    for (number, expected) in LOTS {
        let zaak = domain::ZaakId { jaar: 2026, volgnummer: number };
        assert_eq!(lot(&review(), zaak), expected, "{zaak}");
        let just = u16::try_from(expected).unwrap();
        for (steekproef_promille, drawn) in [(just, false), (just + 1, true)] {
            let rules = CtaRegels { steekproef_promille, ..review() };
            assert_eq!(getrokken(&rules, zaak), drawn, "{zaak}");
        }
    }
}

const LOTS: [(u32, u64); 3] = [(1, 681), (2, 264), (412, 65)];

fn check(story: &str, expected: Expect) {
    let mut state = prepared();
    let mut seen = String::new();
    for line in story.lines().map(str::trim).filter(|it| !it.is_empty()) {
        let (day, rest) = line.split_once(' ').expect("a day");
        let (who, what) = rest.trim().split_once(' ').expect("who");
        let (on, what): (Date, &str) = (day.parse().expect("a day"), what.trim());
        let done = match what.strip_prefix("aanwezig ") {
            Some(who_was) => present(&mut state, who, on, who_was),
            None if what == "niets" => Ok(()),
            None => step(&mut state, who, on, command(what, on)),
        };
        seen += &match done {
            Err(refusal) => format!("{what}: GEWEIGERD {refusal}\n"),
            Ok(()) => format!("{what}: {}\n", told(&state, on)),
        };
    }
    expected.assert_eq(&seen);
}

fn told(state: &State, on: Date) -> String {
    let reasons = |of: &[Aanleiding]| of.iter().map(|it| it.naam()).collect::<Vec<_>>().join(", ");
    let due: Vec<String> = te_agenderen(state, on)
        .iter()
        .map(|it| format!("[{}] voor {}", reasons(&it.aanleidingen), it.uiterlijk.unwrap()))
        .collect();
    let on_it: Vec<String> = agenda(state, OverlegId(1))
        .iter()
        .map(|it| match &it.oordeel {
            Some((_, it)) => it.uitkomst.naam().to_owned(),
            None => reasons(&it.aanleidingen),
        })
        .collect();
    let or_none = |of: Vec<String>| if of.is_empty() { "-".to_owned() } else { of.join("; ") };
    format!("te agenderen {}; agenda {}", or_none(due), or_none(on_it))
}

fn prepared() -> State {
    let mut state = municipality();
    for line in TO_THE_AANVRAAG.lines().map(str::trim).filter(|it| !it.is_empty()) {
        let (day, rest) = line.split_once(' ').expect("a day");
        let (who, what) = rest.trim().split_once(' ').expect("who");
        let on: Date = day.parse().expect("a day");
        step(&mut state, who, on, command(what.trim(), on)).expect("the careful route");
    }
    state
}

fn step(
    state: &mut State,
    who: &str,
    on: Date,
    command: DossierCommand,
) -> Result<(), domain::Refusal> {
    let bij = Omstandigheid { on, today: on, actor: Actor::Medewerker(person(who)) };
    ask(state, &Command::Dossier(CLIENT, command), &bij)
}

fn present(state: &mut State, who: &str, on: Date, numbers: &str) -> Result<(), domain::Refusal> {
    let aanwezig = numbers.split(' ').map(|it| MedewerkerId(it.parse().expect("a number")));
    let list =
        Inrichting::PresentieVastgelegd { overleg: OverlegId(1), aanwezig: aanwezig.collect() };
    let bij = Omstandigheid { on, today: on, actor: Actor::Medewerker(person(who)) };
    ask(state, &Command::Register(RegisterEvent::ToegangIngericht(list)), &bij)
}

fn arrange(state: &mut State, it: Inrichting) {
    let on: Date = "2026-01-01".parse().unwrap();
    let actor = Actor::Systeem(domain::Systeemdeel::Inrichting);
    let bij = Omstandigheid { on, today: on, actor };
    ask(state, &Command::Register(RegisterEvent::ToegangIngericht(it)), &bij).unwrap();
}
