//! Forms about the municipality: wijken, inhabitants, teams, pilots, breaks and what is for all.

use domain::{
    AlgemeneVoorzieningId, Gemeentecode, Leeftijdsgroep, Periode, PilotId, RegisterEvent as E,
    TeamId, WijkId,
    algemeen::AlgemeneVoorziening,
    organisatie::{Breuksoort, Gemeente, Pilot, Pilotsoort, Reeksbreuk, Team, Wijk},
};

use super::formulieren::{Bij, Formuliersoort, Verzoek, gekozen, opties, vanaf, volgende};
use crate::{
    formulier::{Soort, Veld},
    invoer::{Lezer, Waarden},
};

/// The forms.
pub(super) static FORMULIEREN: [Formuliersoort; 9] = [
    Formuliersoort {
        naam: "gemeente",
        titel: "Wijzig de gemeente",
        lead: "De naam staat boven rapporten; de code in berichten.",
        knop: "Sla op",
        terug: "/register",
        velden: |_| {
            vec![
                Veld::regel("naam", "Naam", 30),
                Veld::new("code", "Gemeentecode", Soort::Cijfers(4))
                    .uitleg("Vier cijfers, zoals 0296"),
            ]
        },
        begin: |bij, _| {
            let known = bij.register.gemeente.iter();
            known
                .flat_map(|it| [("naam", it.naam.clone()), ("code", it.code.to_string())])
                .collect()
        },
        lees: |bij, lezer, _| {
            let naam = lezer.tekst("naam", "een naam", 100);
            let code = lezer.vorm::<Gemeentecode>("code");
            let gemeente = Gemeente { code: code?, naam: naam? };
            Some(Verzoek::one(bij.vandaag, E::GemeenteVastgesteld(gemeente)))
        },
    },
    Formuliersoort {
        naam: "wijk",
        titel: "Leg een wijk vast",
        lead: "Een wijk blijft dezelfde als de naam verandert.",
        knop: "Sla op",
        terug: "/register/wijken",
        velden: |bij| {
            vec![
                Veld::keuze("id", "Welke wijk", bij.wijken())
                    .uitleg("Laat leeg voor een nieuwe wijk")
                    .mag_leeg(),
                Veld::regel("naam", "Naam", 30),
            ]
        },
        begin: |bij, id| {
            let known = bij.wijk(id).and_then(|it| bij.register.wijken.get(&it));
            known.into_iter().map(|it| ("naam", it.naam.clone())).collect()
        },
        lees: read_wijk,
    },
    Formuliersoort {
        naam: "inwoners",
        titel: "Leg inwoners vast",
        lead: "Het aantal inwoners op 1 januari, per leeftijdsgroep; uit de BRP of van het CBS.",
        knop: "Sla op",
        terug: "/register/wijken",
        velden: inwoners_fields,
        begin: |bij, _| [("jaar", bij.vandaag.year().to_string())].into_iter().collect(),
        lees: read_inwoners,
    },
    Formuliersoort {
        naam: "team",
        titel: "Leg een team vast",
        lead: "Een team blijft hetzelfde als de naam verandert. Het werkgebied legt u apart vast.",
        knop: "Sla op",
        terug: "/register/teams",
        velden: |bij| {
            vec![
                Veld::keuze("id", "Welk team", bij.teams())
                    .uitleg("Laat leeg voor een nieuw team")
                    .mag_leeg(),
                Veld::regel("naam", "Naam", 30),
            ]
        },
        begin: |bij, id| {
            let known = bij.team(id).and_then(|it| bij.register.teams.get(&it));
            known.into_iter().map(|it| ("naam", it.naam.clone())).collect()
        },
        lees: read_team,
    },
    Formuliersoort {
        naam: "werkgebied",
        titel: "Wijzig een werkgebied",
        lead: "De wijken die een team vanaf een dag bedient, en geen andere.",
        knop: "Sla op",
        terug: "/register/teams",
        velden: |bij| {
            vec![
                Veld::keuze("id", "Team", bij.teams()),
                Veld::new("wijken", "Wijken", Soort::Vinkjes(bij.wijken())).mag_leeg(),
                vanaf("Vanaf"),
            ]
        },
        begin: |bij, id| {
            let team = bij.team(id);
            let wijken = team.map_or(&[][..], |it| bij.register.werkgebied(it, bij.vandaag));
            wijken.iter().map(|it| ("wijken", it.0.to_string())).collect()
        },
        lees: |bij, lezer, waarden| {
            let team = lezer.keuze("id", "een team", |it| bij.team(it));
            let van = lezer.datum("van", "de eerste dag");
            let wijken = bij.wijken_van(waarden);
            Some(Verzoek::one(van?, E::WerkgebiedVastgesteld { team: team?, wijken }))
        },
    },
    Formuliersoort {
        naam: "algemene-voorziening",
        titel: "Leg een algemene voorziening vast",
        lead: "Open voor iedereen, zonder onderzoek en zonder beschikking.",
        knop: "Sla op",
        terug: "/register/algemeen",
        velden: |bij| {
            vec![
                Veld::regel("naam", "Naam", 40),
                Veld::new("wijken", "Wijken", Soort::Vinkjes(bij.wijken()))
                    .uitleg("Kies niets als de voorziening overal is")
                    .mag_leeg(),
            ]
        },
        begin: |_, _| Waarden::default(),
        lees: read_algemeen,
    },
    Formuliersoort {
        naam: "wachttijd",
        titel: "Leg een wachttijd vast",
        lead: "Hoe lang iemand nu wacht op een algemene voorziening.",
        knop: "Sla op",
        terug: "/register/algemeen",
        velden: wachttijd_fields,
        begin: |_, _| Waarden::default(),
        lees: read_wachttijd,
    },
    Formuliersoort {
        naam: "pilot",
        titel: "Leg een pilot vast",
        lead: "Meldingen in deze wijken krijgen in deze tijd het kenmerk van de pilot.",
        knop: "Sla op",
        terug: "/register/pilots",
        velden: |bij| {
            vec![
                Veld::new("wijken", "Wijken", Soort::Vinkjes(bij.wijken()))
                    .uitleg("De pilot: een intaker filtert meldingen voor het team"),
                vanaf("Eerste dag"),
                Veld::datum("tot", "Laatste dag").mag_leeg(),
            ]
        },
        begin: |_, _| Waarden::default(),
        lees: read_pilot,
    },
    Formuliersoort {
        naam: "reeksbreuk",
        titel: "Markeer een reeksbreuk",
        lead: "Elke soort breuk staat er één keer in; een nieuwe dag vervangt de vorige.",
        knop: "Sla op",
        terug: "/register/pilots",
        velden: |_| {
            vec![
                Veld::keuze(
                    "soort",
                    "Wat er veranderde",
                    opties(Breuksoort::ALLE, Breuksoort::naam),
                ),
                vanaf("Eerste dag van de nieuwe betekenis"),
            ]
        },
        begin: |_, _| Waarden::default(),
        lees: |bij, lezer, _| {
            let soort = lezer.keuze("soort", "wat er veranderde", |it| {
                gekozen(Breuksoort::ALLE, Breuksoort::naam, it)
            });
            let op = lezer.datum("van", "de eerste dag");
            let event = E::ReeksbreukGemarkeerd(Reeksbreuk { op: op?, soort: soort? });
            Some(Verzoek::one(bij.vandaag, event))
        },
    },
];

fn read_wijk(bij: &Bij<'_>, lezer: &mut Lezer<'_>, _: &Waarden) -> Option<Verzoek> {
    let known = lezer.mogelijke_keuze("id", "een wijk of geen", |it| bij.wijk(it));
    let naam = lezer.tekst("naam", "een naam", 60);
    let next = volgende(bij.register.wijken.keys().next_back(), |it| it.0.into());
    let id = known?.or_else(|| u16::try_from(next).ok().map(WijkId))?;
    Some(Verzoek::one(bij.vandaag, E::WijkVastgesteld(Wijk { id, naam: naam? })))
}

fn read_team(bij: &Bij<'_>, lezer: &mut Lezer<'_>, _: &Waarden) -> Option<Verzoek> {
    let known = lezer.mogelijke_keuze("id", "een team of geen", |it| bij.team(it));
    let naam = lezer.tekst("naam", "een naam", 60);
    let next = volgende(bij.register.teams.keys().next_back(), |it| it.0.into());
    let id = known?.or_else(|| u16::try_from(next).ok().map(TeamId))?;
    Some(Verzoek::one(bij.vandaag, E::TeamIngesteld(Team { id, naam: naam? })))
}

/// The fields of the age groups, youngest first.
const GROEPEN: [&str; 6] = ["groep0", "groep1", "groep2", "groep3", "groep4", "groep5"];

fn inwoners_fields(bij: &Bij<'_>) -> Vec<Veld> {
    let mut velden = vec![
        Veld::keuze("wijk", "Wijk", bij.wijken()),
        Veld::new("jaar", "Op 1 januari van", Soort::Cijfers(4)),
    ];
    velden.extend(
        Leeftijdsgroep::ALLE
            .into_iter()
            .zip(GROEPEN)
            .map(|(groep, naam)| Veld::new(naam, groep.naam(), Soort::Cijfers(6))),
    );
    velden
}

fn read_inwoners(bij: &Bij<'_>, lezer: &mut Lezer<'_>, _: &Waarden) -> Option<Verzoek> {
    let wijk = lezer.keuze("wijk", "een wijk", |it| bij.wijk(it));
    let jaar = lezer.getal("jaar", "een jaar", 2000, 2100);
    let counts: Vec<Option<u32>> =
        GROEPEN.iter().map(|it| lezer.getal(it, "het aantal inwoners", 0, 999_999)).collect();
    let (wijk, jaar) = (wijk?, i16::try_from(jaar?).ok()?);
    let events = Leeftijdsgroep::ALLE
        .into_iter()
        .zip(counts)
        .map(|(groep, aantal)| Some(E::InwonersGeteld { wijk, jaar, groep, aantal: aantal? }))
        .collect::<Option<Vec<_>>>()?;
    Some(Verzoek { on: bij.vandaag, events, naam: None })
}

fn read_algemeen(bij: &Bij<'_>, lezer: &mut Lezer<'_>, waarden: &Waarden) -> Option<Verzoek> {
    let naam = lezer.tekst("naam", "een naam", 80);
    let last = bij.register.algemene_voorzieningen.keys().next_back();
    let id = AlgemeneVoorzieningId(u16::try_from(volgende(last, |it| it.0.into())).ok()?);
    let it = AlgemeneVoorziening { id, naam: naam?, wijken: bij.wijken_van(waarden) };
    Some(Verzoek::one(bij.vandaag, E::AlgemeneVoorzieningIngesteld(it)))
}

fn wachttijd_fields(bij: &Bij<'_>) -> Vec<Veld> {
    let all = bij.register.algemene_voorzieningen.values();
    let all = all.map(|it| crate::formulier::Optie::new(it.id.0.to_string(), &it.naam)).collect();
    vec![
        Veld::keuze("id", "Algemene voorziening", all),
        Veld::new("weken", "Wachttijd in weken", Soort::Cijfers(3)),
        vanaf("Gemeten op"),
    ]
}

fn read_wachttijd(bij: &Bij<'_>, lezer: &mut Lezer<'_>, _: &Waarden) -> Option<Verzoek> {
    let known = &bij.register.algemene_voorzieningen;
    let voorziening = lezer.keuze("id", "een voorziening", |it| {
        it.parse().ok().map(AlgemeneVoorzieningId).filter(|it| known.contains_key(it))
    });
    let weken = lezer.getal("weken", "het aantal weken", 0, 520);
    let van = lezer.datum("van", "de dag van de meting");
    let weken = u16::try_from(weken?).ok()?;
    Some(Verzoek::one(van?, E::WachttijdGemeten { voorziening: voorziening?, weken }))
}

fn read_pilot(bij: &Bij<'_>, lezer: &mut Lezer<'_>, waarden: &Waarden) -> Option<Verzoek> {
    let wijken = bij.wijken_van(waarden);
    if wijken.is_empty() {
        lezer.fout("wijken", "Kies ten minste één wijk.");
    }
    let geldig = periode(lezer);
    let next = volgende(bij.register.pilots.keys().next_back(), |it| it.0.into());
    let id = PilotId(u16::try_from(next).ok()?);
    let pilot = Pilot { id, soort: Pilotsoort::Intaker, wijken, geldig: geldig? };
    Some(Verzoek::one(bij.vandaag, E::PilotGestart(pilot)))
}

/// Reads a first and a last day; the last may be empty and may not lie before the first.
pub(super) fn periode(lezer: &mut Lezer<'_>) -> Option<Periode> {
    let van = lezer.datum("van", "de eerste dag");
    let tot = lezer.mogelijke_datum("tot");
    let (van, tot) = (van?, tot?);
    let geldig = Periode::new(van, tot);
    if geldig.is_none() {
        lezer.fout("tot", "De laatste dag ligt voor de eerste.");
    }
    geldig
}
