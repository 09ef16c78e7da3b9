//! Everything that can be asked, recorded, chosen and arranged does happen in the municipality.

#![expect(dead_code, reason = "each test file uses a part of what the tests share")]

mod common;

use common::municipality;
use domain::Event;
use jiff::civil::date;

/// An enum on a page of the domain, and where its variants stand in the text of an event.
struct Words {
    page: &'static str,
    name: &'static str,
    /// What the event is.
    event: &'static str,
    /// What stands right before the variant.
    before: &'static str,
    at_least: usize,
}

impl Words {
    const fn of(
        page: &'static str,
        name: &'static str,
        (event, before): (&'static str, &'static str),
        at_least: usize,
    ) -> Words {
        Words { page, name, event, before, at_least }
    }

    /// The names of the variants, read from the page on which they stand.
    fn variants(&self) -> Vec<&'static str> {
        let head = format!("pub enum {} {{", self.name);
        let inside = self.page.lines().skip_while(|it| *it != head).skip(1);
        let own = inside.take_while(|it| *it != "}").filter(|it| {
            it.starts_with("    ") && it.as_bytes().get(4).is_some_and(u8::is_ascii_uppercase)
        });
        let names: Vec<&str> =
            own.filter_map(|it| it.trim().split(['(', ' ', ',']).next()).collect();
        assert!(names.len() >= self.at_least, "{} on its page: {names:?}", self.name);
        names
    }
}

const EVENT: &str = include_str!("../../domain/src/event.rs");
const STAP: &str = include_str!("../../domain/src/stap.rs");
const VERVOLG: &str = include_str!("../../domain/src/vervolg.rs");
const INRICHTING: &str = include_str!("../../domain/src/inrichting.rs");
const INSTELLING: &str = include_str!("../../domain/src/instelling.rs");
const INTAKE: &str = include_str!("../../domain/src/intake.rs");
const CTA: &str = include_str!("../../domain/src/cta.rs");
const BESLUIT: &str = include_str!("../../domain/src/besluit.rs");
const BEZWAAR: &str = include_str!("../../domain/src/bezwaar.rs");
const VOORSTEL: &str = include_str!("../../domain/src/voorstel.rs");

const WORDS: [Words; 16] = [
    Words::of(EVENT, "RegisterEvent", ("Register(", "Register("), 19),
    Words::of(EVENT, "DossierEvent", ("Dossier(", "Dossier("), 23),
    Words::of(STAP, "Zaakstap", ("StapGezet", "stap: "), 20),
    Words::of(VERVOLG, "Vervolgstap", ("VervolgGezet", "stap: "), 6),
    Words::of(VERVOLG, "Heronderzoekuitkomst", ("Heronderzocht(", "Heronderzocht("), 4),
    Words::of(VERVOLG, "Bestemming", ("Afgeschaald(", "naar: "), 5),
    Words::of(INRICHTING, "Inrichting", ("ToegangIngericht", "ToegangIngericht("), 8),
    Words::of(INSTELLING, "Instelling", ("InstellingGekozen", "InstellingGekozen("), 7),
    Words::of(INTAKE, "IntakeUitkomst", ("IntakeAfgerond", "uitkomst: "), 6),
    Words::of(CTA, "CtaUitkomst", ("CtaBeoordeeld", "uitkomst: "), 3),
    Words::of(CTA, "Aanleiding", ("CtaAangemeld", ""), 7),
    Words::of(BESLUIT, "Uitkomst", ("BeschikkingAfgegeven", "uitkomst: "), 5),
    Words::of(BESLUIT, "Afwijzingsgrond", ("BeschikkingAfgegeven", "Afgewezen("), 7),
    Words::of(BEZWAAR, "Bezwaaruitkomst", ("BezwaarBeslist", "uitkomst: "), 5),
    Words::of(BEZWAAR, "Beroepuitkomst", ("BeroepBeslist", "uitkomst: "), 4),
    Words::of(VOORSTEL, "Uitzonderingsgrond", ("AanbiederToegestaan", "grond: "), 3),
];

/// What does not happen here, each with the reason.
const NOT_HERE: [(&str, &str, &str); 3] = [
    ("Aanleiding", "Ingebracht", "a team brings a case in by its own choice, not by a trigger"),
    ("Uitkomst", "Ingetrokken", "who withdraws here does so before the aanvraag"),
    ("Uitzonderingsgrond", "EnigeAanbieder", "every product has more than one provider"),
];

#[test]
fn everything_that_can_happen_does_happen() {
    let made = municipality(1, 42_000, date(2025, 12, 31));
    let mut missing: Vec<(&Words, &str)> = Vec::new();
    for words in &WORDS {
        missing.extend(words.variants().into_iter().map(|it| (words, it)));
    }
    for (happened, _) in &made.entries {
        let text = match &happened.event {
            Event::Register(event) => format!("Register({event:?}"),
            Event::Dossier(_, event) => format!("Dossier({event:?}"),
        };
        missing.retain(|(words, kind)| {
            !text.contains(words.event) || !holds(&text, &format!("{}{kind}", words.before))
        });
    }
    let missing: Vec<(&str, &str)> = missing.iter().map(|(words, it)| (words.name, *it)).collect();
    let excused: Vec<(&str, &str)> = NOT_HERE.iter().map(|(name, it, _)| (*name, *it)).collect();
    assert_eq!(missing, excused);
}

/// Whether a text holds these words and not only the beginning of longer ones.
fn holds(text: &str, words: &str) -> bool {
    text.match_indices(words).any(|(at, _)| {
        let after = text[at + words.len()..].chars().next();
        after.is_none_or(|it| !it.is_alphanumeric())
    })
}

/// Each command with the event by which one sees that it was asked; `None` with the reason.
const COMMANDS: [(&str, Result<&str, &str>); 26] = [
    ("StelGegevensVast", Ok("GegevensVastgesteld")),
    ("SchermAf", Ok("AfschermingVastgesteld")),
    ("OntvangMelding", Ok("MeldingOntvangen")),
    ("RondIntakeAf", Ok("IntakeAfgerond")),
    ("StartOnderzoek", Ok("OnderzoekGestart")),
    ("RondOnderzoekAf", Ok("OnderzoekAfgerond")),
    ("VerzendVerslag", Ok("VerslagVerzonden")),
    ("OntvangAanvraag", Ok("AanvraagOntvangen")),
    ("ZetStap", Ok("StapGezet")),
    ("SchortTermijnOp", Ok("TermijnOpgeschort")),
    ("HervatTermijn", Ok("TermijnHervat")),
    ("GeefBeschikking", Ok("BeschikkingAfgegeven")),
    ("NeemZaakOver", Err("comes from the file of another system, never from the access itself")),
    ("NeemVoorzieningOver", Ok("VoorzieningOvergenomen")),
    ("CorrigeerVoorziening", Ok("VoorzieningGecorrigeerd")),
    ("BeeindigVoorziening", Ok("VoorzieningBeeindigd")),
    ("LaatVoorzieningVervallen", Ok("VoorzieningVervallen")),
    ("ZetVervolg", Ok("VervolgGezet")),
    ("VerstrekToewijzing", Ok("ToewijzingVerstrekt")),
    ("WijzigToewijzing", Ok("ToewijzingGewijzigd")),
    ("MeldStart", Ok("LeveringGestart")),
    ("VerwijderStart", Ok("LeveringStartVerwijderd")),
    ("MeldStop", Ok("LeveringGestopt")),
    ("VerwijderStop", Ok("LeveringStopVerwijderd")),
    ("Declareer", Ok("PrestatieGedeclareerd")),
    ("SluitZaak", Ok("ZaakGesloten")),
];

/// With the test above it, every command is asked: a new one needs its event here, or a reason.
#[test]
fn every_command_has_the_event_by_which_it_is_seen() {
    let page = include_str!("../../domain/src/command.rs");
    let commands = Words::of(page, "DossierCommand", ("", ""), 26).variants();
    let known: Vec<&str> = COMMANDS.iter().map(|(command, _)| *command).collect();
    assert_eq!(commands, known);
    let events = Words::of(EVENT, "DossierEvent", ("", ""), 23).variants();
    for event in COMMANDS.iter().filter_map(|(_, it)| it.ok()) {
        assert!(events.contains(&event), "{event}");
    }
    let seen: Vec<&str> = COMMANDS.iter().filter_map(|(_, it)| it.ok()).collect();
    for event in events {
        assert!(seen.contains(&event), "no command leads to {event}");
    }
}
