//! Steps from the melding to the start of the enquiry, and those of the whole case.

use domain::{
    AlgemeneVoorzieningId, DossierCommand as C, MedewerkerId, TeamId, Zaakstap as S,
    algemeen::AlgemeneVoorziening,
    intake::IntakeUitkomst,
    sluiting::Sluitreden,
    triage::{Afwijkreden, Criterium, Triage, advies_op},
};

use super::{
    Bij, Stap, TOELICHTING, Tekst, behandelaars,
    gezamenlijk::{ja_nee, lees_ja_nee, waarde},
};
use crate::{
    formulier::{Optie, Soort, Veld},
    invoer::{Lezer, Waarden},
    register::formulieren::{gekozen, opties},
};

/// The forms.
pub(super) static STAPPEN: [Stap; 8] = [
    Stap {
        naam: "ontvangst",
        titel: "Bevestig de ontvangst",
        lead: "De bevestiging wijst op gratis cliëntondersteuning en op het persoonlijk plan \
               (Wmo 2015, art. 2.3.2 lid 1 tot en met 3).",
        knop: "Leg de bevestiging vast",
        velden: |_| {
            vec![
                ja_nee("clientondersteuning", "Gewezen op gratis cliëntondersteuning?"),
                ja_nee("persoonlijk_plan", "Gewezen op het persoonlijk plan?"),
            ]
        },
        begin: |_| {
            vec![("clientondersteuning", "ja".to_owned()), ("persoonlijk_plan", "ja".to_owned())]
        },
        lees: |bij, lezer, _| {
            let support = lees_ja_nee(lezer, "clientondersteuning");
            let plan = lees_ja_nee(lezer, "persoonlijk_plan");
            let (clientondersteuning, persoonlijk_plan) = (support?, plan?);
            bij.zet(S::OntvangstBevestigd { clientondersteuning, persoonlijk_plan })
        },
        proef: |bij| {
            bij.zet(S::OntvangstBevestigd { clientondersteuning: true, persoonlijk_plan: true })
        },
        tekst: None,
    },
    Stap {
        naam: "persoonlijk-plan",
        titel: "Leg vast dat er een persoonlijk plan is",
        lead: "De cliënt heeft na de melding zeven dagen om een plan in te leveren.",
        knop: "Leg het plan vast",
        velden: |_| Vec::new(),
        begin: |_| Vec::new(),
        lees: |bij, _, _| bij.zet(S::PersoonlijkPlanOntvangen),
        proef: |bij| {
            let open = bij.zaak.ontvangst.persoonlijk_plan.is_none();
            bij.zet(S::PersoonlijkPlanOntvangen).filter(|_| open)
        },
        tekst: Some(Tekst {
            soort: "persoonlijk-plan",
            label: "Wat er in het plan staat",
            verplicht: false,
        }),
    },
    Stap {
        naam: "triage",
        titel: "Bepaal of de vraag complex is",
        lead: "Vink aan wat speelt; het advies loket of team volgt uit het aantal. Kies een reden \
               als de melding ergens anders heen gaat.",
        knop: "Leg de triage vast",
        velden: |bij| {
            let criteria = opties(counting(bij), Criterium::naam);
            let why = opties(Afwijkreden::ALLE, Afwijkreden::naam);
            vec![
                Veld::new("criteria", "Wat speelt er?", Soort::Vinkjes(criteria)).mag_leeg(),
                Veld::keuze("afwijking", "Afwijken van het advies, omdat", why).mag_leeg(),
            ]
        },
        begin: |bij| {
            let known = bij.zaak.triage.iter();
            let ticked =
                known.flat_map(|it| &it.criteria).map(|it| ("criteria", waarde(it.naam())));
            let why = bij.zaak.triage.as_ref().and_then(|it| it.afwijking);
            ticked.chain(why.map(|it| ("afwijking", waarde(it.naam())))).collect()
        },
        lees: read_triage,
        proef: |bij| {
            let advies = advies_op(&bij.register().instellingen, &[], bij.gebruiker.vandaag);
            bij.zet(S::Getrieerd(Triage { criteria: Vec::new(), advies, afwijking: None }))
        },
        tekst: TOELICHTING,
    },
    Stap {
        naam: "beleg",
        titel: "Beleg de zaak",
        lead: "Wie de zaak heeft, ziet haar in de eigen werkvoorraad.",
        knop: "Beleg",
        velden: |bij| {
            let staff = behandelaars(bij.register(), &bij.namen(), bij.gebruiker, false);
            let staff =
                [Optie::new("team", "niemand, terug naar het team")].into_iter().chain(staff);
            vec![Veld::new("medewerker", "Bij wie?", Soort::Lijst(staff.collect()))]
        },
        begin: |bij| {
            let now = bij.zaak.behandelaar.unwrap_or(bij.gebruiker.hoedanigheid.medewerker);
            vec![("medewerker", now.0.to_string())]
        },
        lees: |bij, lezer, _| {
            let medewerker = lezer.keuze("medewerker", "een medewerker", |it| match it {
                "team" => Some(None),
                it => it.parse().ok().map(MedewerkerId).map(Some),
            });
            bij.zet(S::Belegd { medewerker: medewerker? })
        },
        proef: |bij| bij.zet(S::Belegd { medewerker: None }),
        tekst: None,
    },
    Stap {
        naam: "intake",
        titel: "Rond de intake af",
        lead: "De intake handelt de vraag af of geeft haar door. Zij kent nooit ondersteuning toe.",
        knop: "Rond af",
        velden: intake_fields,
        begin: |_| Vec::new(),
        lees: read_intake,
        proef: |bij| {
            let uitkomst = IntakeUitkomst::Informatie;
            Some(C::RondIntakeAf { zaak: bij.zaak.id, uitkomst })
        },
        tekst: TOELICHTING,
    },
    Stap {
        naam: "start-onderzoek",
        titel: "Start het onderzoek",
        lead: "Het onderzoek is binnen zes weken na de melding klaar (Wmo 2015, art. 2.3.2 lid 1).",
        knop: "Start",
        velden: |bij| {
            let teams = [Optie::new("loket", "het loket")].into_iter().chain(bij.teams());
            vec![Veld::new("team", "Wie doet het onderzoek?", Soort::Lijst(teams.collect()))]
        },
        begin: |bij| {
            let passed = match bij.zaak.intake.map(|it| it.uitkomst) {
                Some(IntakeUitkomst::NaarTeam(team)) => Some(team),
                Some(IntakeUitkomst::NaarLoket) => None,
                _ => bij.gebruiker.team(),
            };
            vec![("team", passed.map_or_else(|| "loket".to_owned(), |it| it.0.to_string()))]
        },
        lees: |bij, lezer, _| {
            let team = lezer.keuze("team", "een team, of het loket", |it| match it {
                "loket" => Some(None),
                it => team(bij, it).map(Some),
            });
            Some(C::StartOnderzoek { zaak: bij.zaak.id, team: team? })
        },
        proef: |bij| Some(C::StartOnderzoek { zaak: bij.zaak.id, team: None }),
        tekst: None,
    },
    Stap {
        naam: "afscherming",
        titel: "Scherm de cliënt af",
        lead: "Van een afgeschermde cliënt gaat geen brief of bericht de deur uit (iWmo OP003).",
        knop: "Leg vast",
        velden: |_| vec![ja_nee("afgeschermd", "Is de cliënt afgeschermd vanaf deze dag?")],
        begin: |bij| {
            let now = bij.dossier.afgeschermd_op(bij.gebruiker.vandaag);
            vec![("afgeschermd", if now { "ja" } else { "nee" }.to_owned())]
        },
        lees: |_, lezer, _| {
            let afgeschermd = lees_ja_nee(lezer, "afgeschermd")?;
            Some(C::SchermAf { afgeschermd })
        },
        proef: |bij| {
            let open = bij.zaak.sluiting.is_none();
            open.then_some(C::SchermAf { afgeschermd: true })
        },
        tekst: TOELICHTING,
    },
    Stap {
        naam: "sluiten",
        titel: "Sluit de zaak",
        lead: "Een gesloten zaak gaat niet meer open; op een bezwaar kan nog wel worden beslist.",
        knop: "Sluit de zaak",
        velden: |_| {
            vec![Veld::keuze("reden", "Waarom?", opties(Sluitreden::ALLE, Sluitreden::naam))]
        },
        begin: |_| Vec::new(),
        lees: |bij, lezer, _| {
            let reden = lezer
                .keuze("reden", "een reden", |it| gekozen(Sluitreden::ALLE, Sluitreden::naam, it));
            Some(C::SluitZaak { zaak: bij.zaak.id, reden: reden? })
        },
        proef: |bij| {
            let reden = Sluitreden::IngetrokkenDoorClient;
            Some(C::SluitZaak { zaak: bij.zaak.id, reden })
        },
        tekst: TOELICHTING,
    },
];

fn team(bij: &Bij<'_>, tekst: &str) -> Option<TeamId> {
    tekst.parse().ok().map(TeamId).filter(|it| bij.register().teams.contains_key(it))
}

/// The criteria that count by the municipality's choices of today.
fn counting(bij: &Bij<'_>) -> Vec<Criterium> {
    let all = &bij.register().instellingen;
    let counts = |it: &Criterium| all.criterium_telt(*it, bij.gebruiker.vandaag);
    Criterium::ALLE.into_iter().filter(counts).collect()
}

/// The advice follows from the criteria and is not asked.
fn read_triage(
    bij: &Bij<'_>,
    lezer: &mut Lezer<'_>,
    waarden: &Waarden,
) -> Option<domain::DossierCommand> {
    let ticked = waarden.alle("criteria");
    let criteria: Vec<Criterium> = counting(bij)
        .into_iter()
        .filter(|it| ticked.contains(&waarde(it.naam()).as_str()))
        .collect();
    let afwijking = lezer.mogelijke_keuze("afwijking", "een reden", |it| {
        gekozen(Afwijkreden::ALLE, Afwijkreden::naam, it)
    });
    let advies = advies_op(&bij.register().instellingen, &criteria, bij.gebruiker.vandaag);
    bij.zet(S::Getrieerd(Triage { criteria, advies, afwijking: afwijking? }))
}

fn intake_fields(bij: &Bij<'_>) -> Vec<Veld> {
    let outcomes = [
        ("informatie", "informatie gegeven"),
        ("advies", "advies gegeven"),
        ("eigen-kracht", "eigen kracht"),
        ("algemeen", "algemene voorziening"),
        ("loket", "door naar het loket"),
        ("team", "door naar een team"),
    ];
    let general = bij.register().algemene_voorzieningen.values();
    let general = general.map(|it| Optie::new(it.id.0.to_string(), offer(bij, it))).collect();
    vec![
        Veld::new(
            "uitkomst",
            "Uitkomst",
            Soort::Rondjes(outcomes.map(|(key, naam)| Optie::new(key, naam)).into()),
        ),
        Veld::new("voorziening", "Algemene voorziening", Soort::Lijst(general))
            .uitleg("Alleen bij die uitkomst")
            .mag_leeg(),
        Veld::new("team", "Team", Soort::Lijst(bij.teams()))
            .uitleg("Alleen bij die uitkomst")
            .mag_leeg(),
    ]
}

/// A general provision with the waiting time and places of today.
fn offer(bij: &Bij<'_>, it: &AlgemeneVoorziening) -> String {
    let (register, op) = (bij.register(), bij.gebruiker.vandaag);
    let wait = register.wachttijd_weken(it.id, op).map(|it| match it {
        0 => "geen wachttijd".to_owned(),
        1 => "wachttijd 1 week".to_owned(),
        it => format!("wachttijd {it} weken"),
    });
    let places = register.plaatsen(it.id, op).map(|it| format!("{it} plaatsen"));
    let known: Vec<String> = wait.into_iter().chain(places).collect();
    if known.is_empty() { it.naam.clone() } else { format!("{} ({})", it.naam, known.join(", ")) }
}

fn read_intake(
    bij: &Bij<'_>,
    lezer: &mut Lezer<'_>,
    waarden: &Waarden,
) -> Option<domain::DossierCommand> {
    let uitkomst = match waarden.get("uitkomst") {
        "informatie" => IntakeUitkomst::Informatie,
        "advies" => IntakeUitkomst::Advies,
        "eigen-kracht" => IntakeUitkomst::EigenKracht,
        "loket" => IntakeUitkomst::NaarLoket,
        "algemeen" => {
            let known = &bij.register().algemene_voorzieningen;
            let id = lezer.keuze("voorziening", "een algemene voorziening", |it| {
                it.parse().ok().map(AlgemeneVoorzieningId).filter(|it| known.contains_key(it))
            });
            IntakeUitkomst::AlgemeneVoorziening(id?)
        }
        "team" => IntakeUitkomst::NaarTeam(lezer.keuze("team", "een team", |it| team(bij, it))?),
        _ => {
            lezer.fout("uitkomst", "Kies een uitkomst.");
            return None;
        }
    };
    Some(C::RondIntakeAf { zaak: bij.zaak.id, uitkomst })
}
