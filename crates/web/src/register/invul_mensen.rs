//! Forms about people: appointments, departures and mandates.

use domain::{
    Functie, MandaatId, MedewerkerId, RegisterEvent as E, Werkgever,
    mandaat::{Mandaat, Werkgeverseis},
    medewerker::{Aanstelling, Achtergrond},
};

use super::{
    formulieren::{Bij, Formuliersoort, Verzoek, gekozen, opties, vanaf, volgende},
    invul_gemeente::periode,
    mensen::eis,
};
use crate::{
    formulier::{Optie, Veld},
    invoer::{Lezer, Waarden},
    tekst::sleutel,
};

/// The forms.
pub(super) static FORMULIEREN: [Formuliersoort; 5] = [
    Formuliersoort {
        naam: "medewerker",
        titel: "Stel een nieuwe medewerker aan",
        lead: "De naam ligt buiten het logboek en kan later worden gewist.",
        knop: "Stel aan",
        terug: "/register/medewerkers",
        velden: |bij| {
            let naam = Veld::regel("naam", "Naam", 30);
            [naam].into_iter().chain(appointment_fields(bij)).collect()
        },
        begin: |_, _| Waarden::default(),
        lees: |bij, lezer, _| {
            let naam = lezer.tekst("naam", "een naam", 100);
            let aanstelling = read_appointment(bij, lezer);
            let van = lezer.datum("van", "de eerste dag");
            let last = bij.register.medewerkers.keys().next_back();
            let medewerker = MedewerkerId(volgende(last, |it| it.0));
            let event = E::MedewerkerAangesteld { medewerker, aanstelling: aanstelling? };
            Some(Verzoek { on: van?, events: vec![event], naam: Some((medewerker, naam?)) })
        },
    },
    Formuliersoort {
        naam: "aanstelling",
        titel: "Leg een aanstelling vast",
        lead: "De nieuwe aanstelling volgt op de vorige; wat eerder gold, blijft bewaard.",
        knop: "Sla op",
        terug: "/register/medewerkers",
        velden: |bij| {
            let wie = Veld::keuze("id", "Medewerker", staff(bij));
            [wie].into_iter().chain(appointment_fields(bij)).collect()
        },
        begin: appointment_now,
        lees: |bij, lezer, _| {
            let medewerker = lezer.keuze("id", "een medewerker", |it| member(bij, it));
            let aanstelling = read_appointment(bij, lezer);
            let van = lezer.datum("van", "de eerste dag");
            let (medewerker, aanstelling) = (medewerker?, aanstelling?);
            Some(Verzoek::one(van?, E::MedewerkerAangesteld { medewerker, aanstelling }))
        },
    },
    Formuliersoort {
        naam: "vertrek",
        titel: "Leg een vertrek vast",
        lead: "Na deze dag kan de medewerker niet meer bij gegevens.",
        knop: "Sla op",
        terug: "/register/medewerkers",
        velden: |bij| vec![Veld::keuze("id", "Medewerker", staff(bij)), vanaf("Laatste dag")],
        begin: |_, _| Waarden::default(),
        lees: |bij, lezer, _| {
            let medewerker = lezer.keuze("id", "een medewerker", |it| member(bij, it));
            let van = lezer.datum("van", "de laatste dag");
            Some(Verzoek::one(van?, E::MedewerkerVertrokken { medewerker: medewerker? }))
        },
    },
    Formuliersoort {
        naam: "mandaat",
        titel: "Verleen een mandaat",
        lead: "Wie namens het college mag besluiten, tot welke waarde van de hele opdracht.",
        knop: "Verleen",
        terug: "/register/mandaten",
        velden: |_| {
            vec![
                Veld::keuze("functie", "Functie", opties(Functie::ALLE, Functie::naam)),
                Veld::keuze("voor", "Voor wie", opties(EISEN, eis)),
                Veld::regel("bedrag", "Hoogste waarde in euro", 12)
                    .uitleg("Van één opdracht over de hele looptijd; leeg betekent onbeperkt")
                    .mag_leeg(),
                vanaf("Eerste dag"),
                Veld::datum("tot", "Laatste dag").mag_leeg(),
            ]
        },
        begin: |_, _| [("voor", sleutel(eis(Werkgeverseis::AlleenGemeente)))].into_iter().collect(),
        lees: read_mandaat,
    },
    Formuliersoort {
        naam: "mandaat-intrekken",
        titel: "Trek een mandaat in",
        lead: "Het mandaat geldt tot en met deze dag; besluiten van daarvoor blijven geldig.",
        knop: "Trek in",
        terug: "/register/mandaten",
        velden: |bij| vec![Veld::keuze("id", "Mandaat", mandates(bij)), vanaf("Laatste dag")],
        begin: |_, _| Waarden::default(),
        lees: |bij, lezer, _| {
            let known = &bij.register.mandaten;
            let mandaat = lezer.keuze("id", "een mandaat", |it| {
                it.parse().ok().map(MandaatId).filter(|it| known.contains_key(it))
            });
            let van = lezer.datum("van", "de laatste dag");
            Some(Verzoek::one(van?, E::MandaatIngetrokken { mandaat: mandaat? }))
        },
    },
];

const EISEN: [Werkgeverseis; 2] = [Werkgeverseis::AlleenGemeente, Werkgeverseis::Iedereen];

/// Everybody of the staff, by name.
pub(super) fn staff(bij: &Bij<'_>) -> Vec<Optie> {
    let namen = bij.namen();
    let mut all: Vec<Optie> = bij
        .register
        .medewerkers
        .keys()
        .map(|it| Optie::new(it.0.to_string(), namen.medewerker(*it)))
        .collect();
    all.sort_by(|a, b| a.naam.cmp(&b.naam));
    all
}

/// The member of staff with this number.
pub(super) fn member(bij: &Bij<'_>, tekst: &str) -> Option<MedewerkerId> {
    let id = tekst.parse().ok().map(MedewerkerId)?;
    bij.register.medewerkers.contains_key(&id).then_some(id)
}

fn mandates(bij: &Bij<'_>) -> Vec<Optie> {
    let label = |it: &Mandaat| {
        let limit = it.tot.map_or_else(|| "onbeperkt".to_owned(), |it| format!("tot {it}"));
        format!("{}, {limit}, {}", it.functie.naam(), eis(it.voor))
    };
    let all = bij.register.mandaten.values();
    all.map(|it| Optie::new(it.id.0.to_string(), label(it))).collect()
}

fn appointment_fields(bij: &Bij<'_>) -> [Veld; 6] {
    let providers = bij.aanbieders().into_iter();
    let employers = [
        Optie::new("gemeente", "de gemeente"),
        Optie::new("welzijn", "een welzijnsorganisatie"),
        Optie::new("overig", "een andere organisatie"),
    ];
    let employers = employers.into_iter().chain(providers).collect();
    [
        Veld::keuze("functie", "Functie", opties(Functie::ALLE, Functie::naam)),
        Veld::keuze("achtergrond", "Achtergrond", opties(Achtergrond::ALLE, Achtergrond::naam)),
        Veld::keuze("werkgever", "In dienst van", employers),
        Veld::keuze("verbonden", "Ook verbonden aan aanbieder", bij.aanbieders())
            .uitleg("Bijvoorbeeld bij een detachering")
            .mag_leeg(),
        Veld::keuze("team", "Team", bij.teams()).mag_leeg(),
        vanaf("Eerste dag"),
    ]
}

fn appointment_now(bij: &Bij<'_>, id: &str) -> Waarden {
    let Some(held) = member(bij, id).and_then(|it| bij.register.aanstelling(it, bij.vandaag))
    else {
        return Waarden::default();
    };
    let employer = match held.werkgever {
        Werkgever::Gemeente => "gemeente".to_owned(),
        Werkgever::Welzijnsorganisatie => "welzijn".to_owned(),
        Werkgever::Overig => "overig".to_owned(),
        Werkgever::Aanbieder(id) => id.0.to_string(),
    };
    [
        ("functie", sleutel(held.functie.naam())),
        ("achtergrond", sleutel(held.achtergrond.naam())),
        ("werkgever", employer),
        ("verbonden", held.verbonden_aan.map_or_else(String::new, |it| it.0.to_string())),
        ("team", held.team.map_or_else(String::new, |it| it.0.to_string())),
    ]
    .into_iter()
    .collect()
}

fn read_appointment(bij: &Bij<'_>, lezer: &mut Lezer<'_>) -> Option<Aanstelling> {
    let functie =
        lezer.keuze("functie", "een functie", |it| gekozen(Functie::ALLE, Functie::naam, it));
    let achtergrond = lezer.keuze("achtergrond", "een achtergrond", |it| {
        gekozen(Achtergrond::ALLE, Achtergrond::naam, it)
    });
    let werkgever = lezer.keuze("werkgever", "een werkgever", |it| match it {
        "gemeente" => Some(Werkgever::Gemeente),
        "welzijn" => Some(Werkgever::Welzijnsorganisatie),
        "overig" => Some(Werkgever::Overig),
        other => bij.aanbieder(other).map(Werkgever::Aanbieder),
    });
    let verbonden_aan =
        lezer.mogelijke_keuze("verbonden", "een aanbieder of geen", |it| bij.aanbieder(it));
    let team = lezer.mogelijke_keuze("team", "een team of geen", |it| bij.team(it));
    Some(Aanstelling {
        functie: functie?,
        achtergrond: achtergrond?,
        werkgever: werkgever?,
        verbonden_aan: verbonden_aan?,
        team: team?,
    })
}

fn read_mandaat(bij: &Bij<'_>, lezer: &mut Lezer<'_>, _: &Waarden) -> Option<Verzoek> {
    let functie =
        lezer.keuze("functie", "een functie", |it| gekozen(Functie::ALLE, Functie::naam, it));
    let voor = lezer.keuze("voor", "voor wie", |it| gekozen(EISEN, eis, it));
    let tot = lezer.mogelijk_bedrag("bedrag", "de hoogste waarde");
    let geldig = periode(lezer);
    let next = volgende(bij.register.mandaten.keys().next_back(), |it| it.0.into());
    let id = MandaatId(u16::try_from(next).ok()?);
    let mandaat = Mandaat { id, functie: functie?, voor: voor?, tot: tot?, geldig: geldig? };
    Some(Verzoek::one(mandaat.geldig.van(), E::MandaatVerleend(mandaat)))
}
