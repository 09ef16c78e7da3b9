//! Forms for the municipality's choices, each with the day from which it holds.

use domain::{
    RegisterEvent as E,
    inrichting::Inrichting,
    instelling::{CtaRegels, Heronderzoekregels, Instelling, Toegangsvorm},
    triage::Criterium,
};

use super::{
    formulieren::{Bij, Formuliersoort, Verzoek, gekozen, opties, vanaf},
    instellingen::{TERUG, vorm},
};
use crate::{
    formulier::{Optie, Soort, Veld},
    invoer::{Lezer, Waarden},
    tekst::sleutel,
};

const KNOP: &str = "Sla op";

/// The forms.
pub(super) static FORMULIEREN: [Formuliersoort; 9] = [
    Formuliersoort {
        naam: "instelling-toegangsvorm",
        titel: "Kies de vorm van de toegang",
        lead: "Eén toegang voor elke vraag, of een loket voor eenvoudige vragen naast de teams.",
        knop: KNOP,
        terug: TERUG,
        velden: |_| vec![Veld::keuze("vorm", "Vorm", opties(VORMEN, vorm)), vanaf("Vanaf")],
        begin: |bij, _| {
            let now = bij.register.instellingen.toegangsvorm(bij.vandaag);
            [("vorm", sleutel(vorm(now)))].into_iter().collect()
        },
        lees: |_, lezer, _| {
            let it = lezer.keuze("vorm", "een vorm", |it| gekozen(VORMEN, vorm, it));
            choose(lezer, it.map(Instelling::Toegangsvorm))
        },
    },
    Formuliersoort {
        naam: "instelling-vier-ogen",
        titel: "Kies of vier ogen verplicht zijn",
        lead: "Met vier ogen besluit nooit degene die het voorstel deed.",
        knop: KNOP,
        terug: TERUG,
        velden: |_| vec![yes_no("aan", "Zijn vier ogen verplicht?"), vanaf("Vanaf")],
        begin: |bij, _| {
            let now = bij.register.instellingen.vier_ogen(bij.vandaag);
            [("aan", if now { "ja" } else { "nee" })].into_iter().collect()
        },
        lees: |_, lezer, _| {
            let it = read_yes_no(lezer, "aan");
            choose(lezer, it.map(Instelling::VierOgen))
        },
    },
    Formuliersoort {
        naam: "instelling-eigen-aanbieder",
        titel: "Kies of de eigen aanbieder is uitgesloten",
        lead: "Wie voor een aanbieder werkt of daarvan is gedetacheerd, kan dan in de eigen zaken \
               niet die aanbieder laten leveren, behalve met een vastgelegde uitzondering.",
        knop: KNOP,
        terug: TERUG,
        velden: |_| vec![yes_no("aan", "Is de eigen aanbieder uitgesloten?"), vanaf("Vanaf")],
        begin: |bij, _| {
            let now = bij.register.instellingen.eigen_aanbieder_uitgesloten(bij.vandaag);
            [("aan", if now { "ja" } else { "nee" })].into_iter().collect()
        },
        lees: |_, lezer, _| {
            let it = read_yes_no(lezer, "aan");
            choose(lezer, it.map(Instelling::EigenAanbiederUitgesloten))
        },
    },
    Formuliersoort {
        naam: "instelling-triage",
        titel: "Kies vanaf wanneer een vraag complex is",
        lead: "Vanaf dit aantal criteria gaat een melding naar een team, daaronder naar het loket.",
        knop: KNOP,
        terug: TERUG,
        velden: |_| vec![Veld::new("aantal", "Aantal criteria", Soort::Cijfers(2)), vanaf("Vanaf")],
        begin: |bij, _| {
            let now = bij.register.instellingen.triage_drempel(bij.vandaag);
            [("aantal", now.to_string())].into_iter().collect()
        },
        lees: |_, lezer, _| {
            let it = small(lezer, "aantal", "het aantal criteria", 1, 8);
            choose(lezer, it.map(Instelling::TriageDrempel))
        },
    },
    Formuliersoort {
        naam: "instelling-criteria",
        titel: "Kies welke criteria een vraag complex maken",
        lead: "Alleen wat is aangevinkt, telt mee bij de keuze tussen loket en team.",
        knop: KNOP,
        terug: TERUG,
        velden: |_| {
            let all = opties(Criterium::ALLE, Criterium::naam);
            vec![Veld::new("criteria", "Criteria die tellen", Soort::Vinkjes(all)), vanaf("Vanaf")]
        },
        begin: |bij, _| {
            let counts =
                |it: &Criterium| bij.register.instellingen.criterium_telt(*it, bij.vandaag);
            let all = Criterium::ALLE.into_iter().filter(counts);
            all.map(|it| ("criteria", sleutel(it.naam()))).collect()
        },
        lees: read_criteria,
    },
    Formuliersoort {
        naam: "instelling-terugkeer",
        titel: "Kies wat een terugkeer is",
        lead: "Een nieuwe melding binnen dit aantal maanden telt als terugkeer.",
        knop: KNOP,
        terug: TERUG,
        velden: |_| vec![Veld::new("maanden", "Maanden", Soort::Cijfers(2)), vanaf("Vanaf")],
        begin: |bij, _| {
            let now = bij.register.instellingen.terugkeer_maanden(bij.vandaag);
            [("maanden", now.to_string())].into_iter().collect()
        },
        lees: |_, lezer, _| {
            let it = small(lezer, "maanden", "het aantal maanden", 1, 60);
            choose(lezer, it.map(Instelling::TerugkeerMaanden))
        },
    },
    Formuliersoort {
        naam: "instelling-spoed",
        titel: "Kies de termijn bij spoed",
        lead: "Bij spoed beslist het college onverwijld (Wmo 2015, art. 2.3.3). Dit is het aantal \
               dagen dat u daar hoogstens voor neemt.",
        knop: KNOP,
        terug: TERUG,
        velden: |_| vec![Veld::new("dagen", "Dagen", Soort::Cijfers(2)), vanaf("Vanaf")],
        begin: |bij, _| {
            let now = bij.register.instellingen.spoed_dagen(bij.vandaag);
            [("dagen", now.to_string())].into_iter().collect()
        },
        lees: |_, lezer, _| {
            let it = small(lezer, "dagen", "het aantal dagen", 0, 14);
            choose(lezer, it.map(Instelling::SpoedDagen))
        },
    },
    Formuliersoort {
        naam: "instelling-cta",
        titel: "Kies welke zaken naar het CTA-overleg gaan",
        lead: "Het oordeel van het overleg is nodig voordat het besluit de deur uit gaat. Met het \
               zaad is de steekproef door iedereen na te rekenen.",
        knop: KNOP,
        terug: TERUG,
        velden: |_| review_fields(),
        begin: review_now,
        lees: read_review,
    },
    Formuliersoort {
        naam: "instelling-heronderzoek",
        titel: "Kies wanneer er een heronderzoek is",
        lead: "Het college kijkt op tijd of een besluit nog klopt (Wmo 2015, art. 2.3.9). Eerder \
               kijken kan alleen op grond van de voorziening zelf, nooit van de persoon.",
        knop: KNOP,
        terug: TERUG,
        velden: |_| recheck_fields(),
        begin: recheck_now,
        lees: read_recheck,
    },
];

const VORMEN: [Toegangsvorm; 2] = [Toegangsvorm::Een, Toegangsvorm::Gesplitst];

fn choose(lezer: &mut Lezer<'_>, instelling: Option<Instelling>) -> Option<Verzoek> {
    let van = lezer.datum("van", "de eerste dag");
    let it = Inrichting::InstellingGekozen(instelling?);
    Some(Verzoek::one(van?, E::ToegangIngericht(it)))
}

fn yes_no(naam: &'static str, label: &str) -> Veld {
    Veld::keuze(naam, label, vec![Optie::new("ja", "ja"), Optie::new("nee", "nee")])
}

fn read_yes_no(lezer: &mut Lezer<'_>, veld: &str) -> Option<bool> {
    lezer.keuze(veld, "ja of nee", |it| match it {
        "ja" => Some(true),
        "nee" => Some(false),
        _ => None,
    })
}

fn small(lezer: &mut Lezer<'_>, veld: &str, wat: &str, van: u8, tot: u8) -> Option<u8> {
    lezer.getal(veld, wat, van.into(), tot.into()).and_then(|it| u8::try_from(it).ok())
}

/// Writes down only the criteria that change on that day.
fn read_criteria(bij: &Bij<'_>, lezer: &mut Lezer<'_>, waarden: &Waarden) -> Option<Verzoek> {
    let ticked = waarden.alle("criteria");
    if ticked.is_empty() {
        lezer.fout("criteria", "Kies ten minste één criterium.");
    }
    let on = lezer.datum("van", "de eerste dag")?;
    let event = |criterium: Criterium| {
        let telt = ticked.contains(&sleutel(criterium.naam()).as_str());
        let changes = bij.register.instellingen.criterium_telt(criterium, on) != telt;
        let it = Instelling::CriteriumTelt { criterium, telt };
        changes.then_some(E::ToegangIngericht(Inrichting::InstellingGekozen(it)))
    };
    let events = Criterium::ALLE.into_iter().filter_map(event).collect();
    Some(Verzoek { on, events, naam: None })
}

/// The triggers of the review that can be ticked, with their keys.
const AANLEIDINGEN: [(&str, &str); 4] = [
    ("boven-norm", "de omvang ligt buiten de norm"),
    ("tijdelijk", "de indicatie is tijdelijk"),
    ("grensgeval", "een andere wet gaat mogelijk voor"),
    ("verbonden", "de indiener werkt voor een aanbieder"),
];

fn review_fields() -> Vec<Veld> {
    let triggers = AANLEIDINGEN.map(|(key, naam)| Optie::new(key, naam)).into();
    vec![
        yes_no("aan", "Beoordeelt een CTA-overleg zaken?"),
        Veld::regel("waarde", "Vanaf welke waarde van de opdracht, in euro", 12)
            .uitleg("Over de hele looptijd; leeg betekent dat de waarde geen aanleiding is")
            .mag_leeg(),
        Veld::new("aanleiding", "Ook als", Soort::Vinkjes(triggers)).mag_leeg(),
        Veld::new("promille", "Steekproef: hoeveel van de duizend andere zaken", Soort::Cijfers(4)),
        Veld::new("zaad", "Zaad van de steekproef", Soort::Cijfers(9))
            .uitleg("Een getal naar keuze; een ander zaad trekt andere zaken"),
        Veld::new("dagen", "Binnen hoeveel dagen is het oordeel er", Soort::Cijfers(2)),
        vanaf("Vanaf"),
    ]
}

fn review_now(bij: &Bij<'_>, _: &str) -> Waarden {
    let Some(now) = bij.register.instellingen.cta(bij.vandaag) else {
        let zaad = bij.vandaag.year().to_string();
        return [("aan", "ja"), ("promille", "50"), ("zaad", &zaad), ("dagen", "10")]
            .into_iter()
            .collect();
    };
    let on = [now.boven_norm, now.tijdelijk, now.grensgeval, now.verbonden];
    let ticked = AANLEIDINGEN.iter().zip(on).filter(|(_, on)| *on);
    [
        ("aan", "ja".to_owned()),
        ("waarde", now.vanaf_waarde.map_or_else(String::new, euros)),
        ("promille", now.steekproef_promille.to_string()),
        ("zaad", now.zaad.to_string()),
        ("dagen", now.dagen.to_string()),
    ]
    .into_iter()
    .chain(ticked.map(|((key, _), _)| ("aanleiding", (*key).to_owned())))
    .collect()
}

fn read_review(_: &Bij<'_>, lezer: &mut Lezer<'_>, waarden: &Waarden) -> Option<Verzoek> {
    if !read_yes_no(lezer, "aan")? {
        return choose(lezer, Some(Instelling::Cta(None)));
    }
    let ticked = waarden.alle("aanleiding");
    let vanaf_waarde = lezer.mogelijk_bedrag("waarde", "de waarde");
    let promille = lezer.getal("promille", "de steekproef", 0, 1000);
    let zaad = lezer.getal("zaad", "het zaad", 0, 999_999_999);
    let dagen = small(lezer, "dagen", "het aantal dagen", 1, 60);
    let read = (|| {
        Some(Instelling::Cta(Some(CtaRegels {
            vanaf_waarde: vanaf_waarde?,
            boven_norm: ticked.contains(&"boven-norm"),
            tijdelijk: ticked.contains(&"tijdelijk"),
            grensgeval: ticked.contains(&"grensgeval"),
            verbonden: ticked.contains(&"verbonden"),
            steekproef_promille: u16::try_from(promille?).ok()?,
            zaad: zaad?.into(),
            dagen: dagen?,
        })))
    })();
    choose(lezer, read)
}

/// The grounds for an earlier review that can be ticked, with their keys.
const GRONDEN: [(&str, &str); 3] = [
    ("pgb", "het is een Pgb"),
    ("boven-norm", "de omvang ligt buiten de norm"),
    ("zonder-doelen", "er zijn geen doelen afgesproken"),
];

fn recheck_fields() -> Vec<Veld> {
    let grounds = GRONDEN.map(|(key, naam)| Optie::new(key, naam)).into();
    vec![
        yes_no("aan", "Zijn er regels voor heronderzoek?"),
        Veld::new(
            "maanden",
            "Binnen hoeveel maanden na besluit of vorig heronderzoek",
            Soort::Cijfers(2),
        ),
        Veld::new("eerder", "Binnen hoeveel maanden als er een grond is", Soort::Cijfers(2)),
        Veld::new("grond", "Eerder, als", Soort::Vinkjes(grounds)).mag_leeg(),
        Veld::regel("waarde", "Eerder vanaf welke waarde van de voorziening, in euro", 12)
            .uitleg("Over de hele looptijd; leeg betekent dat de waarde geen grond is")
            .mag_leeg(),
        vanaf("Vanaf"),
    ]
}

fn recheck_now(bij: &Bij<'_>, _: &str) -> Waarden {
    let Some(now) = bij.register.instellingen.heronderzoek(bij.vandaag) else {
        return [("aan", "ja"), ("maanden", "24"), ("eerder", "12")].into_iter().collect();
    };
    let on = [now.pgb, now.boven_norm, now.zonder_doelen];
    let ticked = GRONDEN.iter().zip(on).filter(|(_, on)| *on);
    [
        ("aan", "ja".to_owned()),
        ("maanden", now.maanden.to_string()),
        ("eerder", now.eerder_maanden.to_string()),
        ("waarde", now.vanaf_waarde.map_or_else(String::new, euros)),
    ]
    .into_iter()
    .chain(ticked.map(|((key, _), _)| ("grond", (*key).to_owned())))
    .collect()
}

fn read_recheck(_: &Bij<'_>, lezer: &mut Lezer<'_>, waarden: &Waarden) -> Option<Verzoek> {
    if !read_yes_no(lezer, "aan")? {
        return choose(lezer, Some(Instelling::Heronderzoek(None)));
    }
    let ticked = waarden.alle("grond");
    let maanden = small(lezer, "maanden", "het aantal maanden", 1, 120);
    let eerder = small(lezer, "eerder", "het aantal maanden", 1, 120);
    let vanaf_waarde = lezer.mogelijk_bedrag("waarde", "de waarde");
    if let (Some(all), Some(some)) = (maanden, eerder)
        && some > all
    {
        lezer.fout("eerder", "Met een grond is het heronderzoek eerder, niet later.");
    }
    let read = (|| {
        Some(Instelling::Heronderzoek(Some(Heronderzoekregels {
            maanden: maanden?,
            eerder_maanden: eerder?,
            pgb: ticked.contains(&"pgb"),
            boven_norm: ticked.contains(&"boven-norm"),
            zonder_doelen: ticked.contains(&"zonder-doelen"),
            vanaf_waarde: vanaf_waarde?,
        })))
    })();
    choose(lezer, read)
}

/// An amount as it is typed.
fn euros(it: domain::Bedrag) -> String {
    format!("{},{:02}", it.0 / 100, it.0 % 100)
}
