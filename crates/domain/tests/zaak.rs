//! A case from melding to besluit: what is asked, and what comes of it.

#![expect(clippy::unwrap_used, reason = "a helper of a test may fail the test")]

use domain::{
    AanbiederId, Actor, Bedrag, ClientId, Clientgegevens, Command, DossierCommand as C, Eenheid,
    Entry, Frequentie, Functie, Hoedanigheid, Huishouden, Leveringsvorm, MandaatId, MedewerkerId,
    Omstandigheid, Omvang, Periode, Product, Productcategorie, Productkeuze, RegisterEvent as R,
    State, TeamId, Voorziening, Werkgever, WijkId, ZaakId, Zaakstap,
    besluit::{Afwijzingsgrond, Uitkomst},
    decide,
    gesprek::Identiteitsdocument,
    inrichting::Inrichting,
    instelling::Instelling,
    intake::IntakeUitkomst,
    mandaat::{Mandaat, Werkgeverseis},
    melding::{Kanaal, Melder},
    organisatie::{Aanbieder, Contract, Team, Wijk},
    product::Variant,
    register::Tarief,
    sluiting::Sluitreden,
    termijn::Opschortingsgrond,
};
use expect_test::{Expect, expect};
use jiff::{Timestamp, civil::Date};

const CLIENT: ClientId = ClientId(1);
const ZAAK: ZaakId = ZaakId { jaar: 2025, volgnummer: 1 };

#[test]
fn the_ordinary_route_ends_in_a_grant() {
    check(
        "
        2025-01-06 kcc        melding
        2025-01-08 intaker    naar team
        2025-01-10 consulent  start onderzoek
        2025-01-20 consulent  identiteit
        2025-02-03 consulent  rond onderzoek af
        2025-02-04 consulent  verslag
        2025-02-10 consulent  aanvraag
        2025-02-12 consulent  ken toe 3 uur
        2025-02-12 consulent  sluit besloten
        ",
        expect![[r#"
            gemeld, uiterlijk 2025-02-17
            na intake, uiterlijk 2025-02-17
            in onderzoek, uiterlijk 2025-02-17
            in onderzoek, uiterlijk 2025-02-17
            onderzoek afgerond
            verslag verzonden
            aanvraag ontvangen, uiterlijk 2025-02-24
            besloten
            gesloten
        "#]],
    );
}

#[test]
fn an_intaker_filters_but_cannot_indicate() {
    check(
        "
        2025-01-06 kcc        melding
        2025-01-08 intaker    start onderzoek
        2025-01-08 intaker    informatie
        2025-01-09 consulent  start onderzoek
        2025-01-09 intaker    sluit intake
        2025-01-09 intaker    ken toe 3 uur
        ",
        expect![[r#"
            gemeld, uiterlijk 2025-02-17
            geweigerd: een intaker mag dit niet: een onderzoek doen
            na intake, uiterlijk 2025-02-17
            geweigerd: de afronding bij de intake is al gedaan
            gesloten
            geweigerd: zaak 2025-00001 is gesloten
        "#]],
    );
    check(
        "
        2025-01-06 kcc        spoedmelding
        2025-01-06 intaker    ken toe 3 uur
        ",
        expect![[r#"
            gemeld, uiterlijk 2025-02-17
            geweigerd: een intaker mag dit niet: indiceren
        "#]],
    );
}

#[test]
fn nothing_is_decided_without_report_and_application_unless_help_cannot_wait() {
    check(
        "
        2025-01-06 kcc        melding
        2025-01-06 consulent  ken toe 3 uur
        2025-01-06 consulent  aanvraag
        2025-02-18 consulent  aanvraag
        2025-02-18 consulent  ken toe 3 uur
        ",
        expect![[r#"
            gemeld, uiterlijk 2025-02-17
            geweigerd: het verslag aan de cliënt ontbreekt nog (Wmo 2015, art. 2.3.2 lid 8)
            geweigerd: de afronding van het onderzoek ontbreekt nog (Wmo 2015, art. 2.3.2 lid 9)
            aanvraag ontvangen, uiterlijk 2025-03-04
            geweigerd: het verslag aan de cliënt ontbreekt nog (Wmo 2015, art. 2.3.2 lid 8)
        "#]],
    );
    check(
        "
        2025-01-06 kcc        spoedmelding
        2025-01-06 consulent  ken toe 3 uur
        2025-01-07 consulent  start onderzoek
        ",
        expect![[r#"
            gemeld, uiterlijk 2025-02-17
            gemeld, uiterlijk 2025-02-17
            in onderzoek, uiterlijk 2025-02-17
        "#]],
    );
}

#[test]
fn a_mandate_names_function_employer_and_value() {
    const UP_TO_THE_DECISION: &str = "
        2025-01-06 kcc        melding
        2025-01-10 consulent  start onderzoek
        2025-02-03 consulent  rond onderzoek af
        2025-02-04 consulent  verslag
        2025-02-10 consulent  aanvraag
        ";
    check(
        &format!(
            "{UP_TO_THE_DECISION}
        2025-02-12 consulent  ken toe 3 uur
        2025-02-12 consulent  identiteit
        2025-02-12 welzijn    ken toe 3 uur
        2025-02-12 aanbieder  ken toe 3 uur
        2025-02-12 consulent  ken toe 90 uur
        2025-02-12 consulent  ken toe 0 stuks
        2025-02-12 consulent  wijs af
        "
        ),
        expect![[r#"
            gemeld, uiterlijk 2025-02-17
            in onderzoek, uiterlijk 2025-02-17
            onderzoek afgerond
            verslag verzonden
            aanvraag ontvangen, uiterlijk 2025-02-24
            geweigerd: de vaststelling van de identiteit ontbreekt nog (Wmo 2015, art. 2.3.4)
            aanvraag ontvangen, uiterlijk 2025-02-24
            geweigerd: een welzijnsmedewerker heeft op deze dag geen mandaat om te besluiten (Awb, art. 10:3)
            geweigerd: een consulent heeft op deze dag geen mandaat om te besluiten (Awb, art. 10:3)
            geweigerd: de opdracht kost € 117.000,00; het mandaat gaat tot € 10.000,00
            geweigerd: er is op de ingangsdatum geen tarief afgesproken met deze aanbieder
            besloten
        "#]],
    );
}

#[test]
fn a_term_that_stands_still_moves_the_last_day() {
    check(
        "
        2025-01-06 kcc        melding
        2025-01-10 consulent  start onderzoek
        2025-02-03 consulent  rond onderzoek af
        2025-02-04 consulent  verslag
        2025-02-10 consulent  aanvraag
        2025-02-09 consulent  schort op
        2025-02-11 consulent  schort op
        2025-02-12 consulent  schort op
        2025-02-21 consulent  hervat
        2025-02-24 consulent  hervat
        ",
        expect![[r#"
            gemeld, uiterlijk 2025-02-17
            in onderzoek, uiterlijk 2025-02-17
            onderzoek afgerond
            verslag verzonden
            aanvraag ontvangen, uiterlijk 2025-02-24
            geweigerd: 2025-02-09 ligt voor de aanvraag van 2025-02-10; vul die dag of een latere in
            aanvraag ontvangen, uiterlijk 2025-02-24
            geweigerd: de opschorting is al gedaan
            aanvraag ontvangen, uiterlijk 2025-03-06
            geweigerd: een lopende opschorting ontbreekt nog (Awb, art. 4:15)
        "#]],
    );
}

#[test]
fn the_order_of_days_is_kept_and_nothing_lies_ahead() {
    check(
        "
        2025-01-06 kcc        melding
        2025-01-05 consulent  start onderzoek
        2026-01-01 consulent  start onderzoek
        2025-01-10 kcc        melding
        2025-01-10 griffier   melding
        ",
        expect![[r#"
            gemeld, uiterlijk 2025-02-17
            geweigerd: 2025-01-05 ligt voor de melding van 2025-01-06; vul die dag of een latere in
            geweigerd: 2026-01-01 ligt in de toekomst; vul een dag in tot en met vandaag
            geweigerd: zaaknummer 2025-00001 is al gebruikt
            geweigerd: een griffier mag dit niet: een melding vastleggen
        "#]],
    );
}

/// The only place that knows the API: a line is a day, who asks and what.
#[track_caller]
fn check(story: &str, expected: Expect) {
    let mut state = municipality();
    let mut seen = String::new();
    for line in story.lines().map(str::trim).filter(|it| !it.is_empty()) {
        let (day, rest) = line.split_once(' ').expect("a day");
        let (who, what) = rest.trim().split_once(' ').expect("who");
        let on: Date = day.parse().expect("a day");
        let bij = Omstandigheid { on, today: "2025-12-31".parse().unwrap(), actor: actor(who) };
        match ask(&mut state, &Command::Dossier(CLIENT, command(what.trim(), on)), &bij) {
            Err(refusal) => seen += &format!("geweigerd: {refusal}\n"),
            Ok(()) => {
                let dossier = state.dossier(CLIENT);
                let zaak = dossier.zaak(ZAAK).expect("the case");
                let term = zaak.uiterste_dag().map(|it| format!(", uiterlijk {it}"));
                seen += &format!("{}{}\n", zaak.fase().naam(), term.unwrap_or_default());
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

fn command(what: &str, on: Date) -> C {
    let zaak = ZAAK;
    let (kanaal, melder) = (Kanaal::Telefoon, Melder::Client);
    let hours = |volume| Omvang { volume, eenheid: Eenheid::Uur, frequentie: Frequentie::Week };
    let grant = |omvang| C::GeefBeschikking {
        zaak,
        uitkomst: Uitkomst::Toegekend,
        voorzieningen: vec![Voorziening {
            product: Productkeuze::Specifiek {
                categorie: Productcategorie::BEGELEIDING,
                code: "02A03".parse().unwrap(),
            },
            vorm: Leveringsvorm::Zin { aanbieder: Some(AanbiederId(1)) },
            omvang: Some(omvang),
            geldig: Periode::new(on, Some(on.saturating_add(jiff::Span::new().days(181)))).unwrap(),
            tijdelijk: None,
        }],
        afwijking: None,
    };
    match what {
        "melding" => C::OntvangMelding { zaak, kanaal, melder, spoed: false },
        "spoedmelding" => C::OntvangMelding { zaak, kanaal, melder, spoed: true },
        "informatie" => C::RondIntakeAf { zaak, uitkomst: IntakeUitkomst::Informatie },
        "naar team" => C::RondIntakeAf { zaak, uitkomst: IntakeUitkomst::NaarTeam(TeamId(1)) },
        "start onderzoek" => C::StartOnderzoek { zaak, team: Some(TeamId(1)) },
        "rond onderzoek af" => C::RondOnderzoekAf { zaak },
        "verslag" => C::VerzendVerslag { zaak },
        "aanvraag" => C::OntvangAanvraag { zaak },
        "schort op" => C::SchortTermijnOp { zaak, grond: Opschortingsgrond::GegevensGevraagd },
        "hervat" => C::HervatTermijn { zaak },
        "ken toe 3 uur" => grant(hours(3)),
        "ken toe 90 uur" => grant(hours(90)),
        "ken toe 0 stuks" => grant(Omvang { eenheid: Eenheid::StuksOutput, ..hours(0) }),
        "wijs af" => C::GeefBeschikking {
            zaak,
            uitkomst: Uitkomst::Afgewezen(Afwijzingsgrond::EigenKracht),
            voorzieningen: Vec::new(),
            afwijking: None,
        },
        "identiteit" => C::ZetStap {
            zaak,
            stap: Zaakstap::IdentiteitVastgesteld(Identiteitsdocument::Paspoort),
        },
        "sluit intake" => C::SluitZaak { zaak, reden: Sluitreden::AfgerondBijIntake },
        "sluit besloten" => C::SluitZaak { zaak, reden: Sluitreden::Besloten },
        other => panic!("unknown command: {other}"),
    }
}

fn actor(who: &str) -> Actor {
    let (functie, werkgever) = match who {
        "kcc" => (Functie::KccMedewerker, Werkgever::Gemeente),
        "intaker" => (Functie::Intaker, Werkgever::Gemeente),
        "consulent" => (Functie::Consulent, Werkgever::Gemeente),
        "aanbieder" => (Functie::Consulent, Werkgever::Aanbieder(AanbiederId(1))),
        "welzijn" => (Functie::Welzijnsmedewerker, Werkgever::Welzijnsorganisatie),
        "griffier" => (Functie::Griffier, Werkgever::Gemeente),
        other => panic!("unknown person: {other}"),
    };
    Actor::Medewerker(Hoedanigheid {
        medewerker: MedewerkerId(1),
        functie,
        werkgever,
        verbonden_aan: None,
        team: Some(TeamId(1)),
    })
}

fn municipality() -> State {
    let always = Periode::vanaf("2015-01-01".parse().unwrap());
    let on = always.van();
    let code = "02A03".parse().unwrap();
    let bedrag = Bedrag::euro(50);
    let (aanbieder, eenheid) = (AanbiederId(1), Eenheid::Uur);
    let news = [
        R::WijkVastgesteld(Wijk { id: WijkId(1), naam: "Dorpskern".into() }),
        R::TeamIngesteld(Team { id: TeamId(1), naam: "Noord".into() }),
        R::AanbiederVastgesteld(Aanbieder { id: aanbieder, naam: "De Brug".into(), agb: None }),
        R::ContractGesloten(Contract { id: domain::ContractId(1), aanbieder, geldig: always }),
        R::ProductVastgesteld(Product {
            code,
            categorie: Productcategorie::BEGELEIDING,
            naam: "Begeleiding licht".into(),
            eenheid,
            variant: Variant::Inspanningsgericht,
            groep: "OZL".into(),
        }),
        R::TariefVastgesteld(Tarief { aanbieder, product: code, eenheid, bedrag, geldig: always }),
        R::ToegangIngericht(Inrichting::InstellingGekozen(Instelling::VierOgen(false))),
        R::MandaatVerleend(Mandaat {
            id: MandaatId(1),
            functie: Functie::Consulent,
            voor: Werkgeverseis::AlleenGemeente,
            tot: Some(Bedrag::euro(10_000)),
            geldig: always,
        }),
    ];
    let mut state = State::default();
    let actor = Actor::Systeem(domain::Systeemdeel::Inrichting);
    let bij = Omstandigheid { on, today: on, actor };
    for event in news {
        ask(&mut state, &Command::Register(event), &bij).expect("a register of known names");
    }
    let gegevens = Clientgegevens {
        geboortejaar: Some(1947),
        wijk: Some(WijkId(1)),
        huishouden: Huishouden::Alleenstaand,
    };
    ask(&mut state, &Command::Dossier(CLIENT, C::StelGegevensVast(gegevens)), &bij).unwrap();
    assert!(
        matches!(decide(&state, &Command::Dossier(CLIENT, C::StelGegevensVast(gegevens)), &bij), Ok(it) if it.is_empty())
    );
    state
}
