//! Forms about the access: substitution, meetings, training, budgets and places.

use domain::{
    AlgemeneVoorzieningId, Functie, MedewerkerId, OverlegId, Periode, RegisterEvent as E,
    cta::{Discipline, Overleg},
    inrichting::Inrichting as I,
    scholing::{Scholing, Scholingseis, Scholingsonderwerp},
    waarneming::Waarneming,
};
use jiff::civil::Date;

use super::{
    formulieren::{Bij, Formuliersoort, Verzoek, gekozen, opties, vanaf, volgende},
    invul_mensen::{member, staff},
};
use crate::{
    datum,
    formulier::{Optie, Soort, Veld},
    invoer::{Lezer, Waarden},
    tekst::sleutel,
};

/// The forms.
pub(super) static FORMULIEREN: [Formuliersoort; 6] = [
    Formuliersoort {
        naam: "waarneming",
        titel: "Leg een waarneming vast",
        lead: "Iemand werkt tijdelijk ook in een andere functie, met de rechten en het mandaat van \
               die functie (Awb, art. 10:3). Na de laatste dag vervalt dat vanzelf. Dezelfde \
               medewerker, functie en eerste dag: de nieuwe laatste dag vervangt de vorige.",
        knop: "Sla op",
        terug: "/register/waarnemingen",
        velden: |bij| {
            vec![
                Veld::keuze("id", "Medewerker", staff(bij)),
                Veld::keuze("functie", "Neemt waar als", opties(Functie::ALLE, Functie::naam)),
                vanaf("Eerste dag"),
                Veld::datum("tot", "Laatste dag"),
            ]
        },
        begin: substitution_now,
        lees: read_substitution,
    },
    Formuliersoort {
        naam: "overleg",
        titel: "Plan een CTA-overleg",
        lead: "Wie er met welke deskundigheid aan tafel zit. Een overleg oordeelt met ten minste \
               twee leden.",
        knop: "Sla op",
        terug: "/register/overleggen",
        velden: meeting_fields,
        begin: meeting_now,
        lees: read_meeting,
    },
    Formuliersoort {
        naam: "scholingseis",
        titel: "Leg vast welke kennis een functie vraagt",
        lead: "Wie in deze functie werkt, volgt deze scholing en herhaalt die op tijd.",
        knop: "Sla op",
        terug: "/register/scholing",
        velden: |_| {
            vec![
                Veld::keuze("functie", "Functie", opties(Functie::ALLE, Functie::naam)),
                subject(),
                Veld::new("maanden", "Hoeveel maanden telt de scholing?", Soort::Cijfers(3))
                    .uitleg("Leeg betekent dat zij altijd blijft tellen")
                    .mag_leeg(),
            ]
        },
        begin: |_, _| Waarden::default(),
        lees: read_demand,
    },
    Formuliersoort {
        naam: "scholing",
        titel: "Leg een gevolgde scholing vast",
        lead: "Tot wanneer de scholing telt, volgt uit wat de functie vraagt.",
        knop: "Sla op",
        terug: "/register/scholing",
        velden: |bij| {
            vec![Veld::keuze("id", "Medewerker", staff(bij)), subject(), vanaf("Afgerond op")]
        },
        begin: |_, _| Waarden::default(),
        lees: read_training,
    },
    Formuliersoort {
        naam: "budget",
        titel: "Stel het budget van een team vast",
        lead: "Wat een team in een kalenderjaar kan toekennen. Een nieuw bedrag vervangt het \
               vorige van dat jaar.",
        knop: "Sla op",
        terug: "/register/budgetten",
        velden: |bij| {
            vec![
                Veld::keuze("id", "Team", bij.teams()),
                Veld::new("jaar", "Jaar", Soort::Cijfers(4)),
                Veld::regel("bedrag", "Budget in euro", 14).uitleg("Zoals 1.250.000"),
            ]
        },
        begin: |bij, _| [("jaar", bij.vandaag.year().to_string())].into_iter().collect(),
        lees: read_budget,
    },
    Formuliersoort {
        naam: "capaciteit",
        titel: "Leg het aantal plaatsen vast",
        lead: "Hoeveel plaatsen een algemene voorziening heeft.",
        knop: "Sla op",
        terug: "/register/algemeen",
        velden: |bij| {
            let all = bij.register.algemene_voorzieningen.values();
            let all = all.map(|it| Optie::new(it.id.0.to_string(), &it.naam)).collect();
            vec![
                Veld::keuze("id", "Algemene voorziening", all),
                Veld::new("plaatsen", "Aantal plaatsen", Soort::Cijfers(6)),
                vanaf("Geteld op"),
            ]
        },
        begin: |_, _| Waarden::default(),
        lees: read_places,
    },
];

/// How many members a meeting can have.
const LEDEN: [(&str, &str); 8] = [
    ("lid1", "discipline1"),
    ("lid2", "discipline2"),
    ("lid3", "discipline3"),
    ("lid4", "discipline4"),
    ("lid5", "discipline5"),
    ("lid6", "discipline6"),
    ("lid7", "discipline7"),
    ("lid8", "discipline8"),
];

fn subject() -> Veld {
    let all = opties(Scholingsonderwerp::ALLE, Scholingsonderwerp::naam);
    Veld::keuze("onderwerp", "Onderwerp", all)
}

/// The key of a substitution in an address.
pub(super) fn substitution_key(it: &Waarneming) -> String {
    let functie = sleutel(it.functie.naam());
    format!("{}.{functie}.{}", it.medewerker.0, datum::kort(it.geldig.van()))
}

fn substitution_now(bij: &Bij<'_>, id: &str) -> Waarden {
    let known = bij.register.waarnemingen.iter().find(|it| substitution_key(it) == id);
    let Some(it) = known else { return Waarden::default() };
    [
        ("id", it.medewerker.0.to_string()),
        ("functie", sleutel(it.functie.naam())),
        ("van", datum::kort(it.geldig.van())),
        ("tot", it.geldig.tot_en_met().map_or_else(String::new, datum::kort)),
    ]
    .into_iter()
    .collect()
}

fn read_substitution(bij: &Bij<'_>, lezer: &mut Lezer<'_>, _: &Waarden) -> Option<Verzoek> {
    let medewerker = lezer.keuze("id", "een medewerker", |it| member(bij, it));
    let functie =
        lezer.keuze("functie", "een functie", |it| gekozen(Functie::ALLE, Functie::naam, it));
    let van = lezer.datum("van", "de eerste dag");
    let tot = lezer.datum("tot", "de laatste dag");
    let (medewerker, functie, van, tot) = (medewerker?, functie?, van?, tot?);
    let own = bij.register.aanstelling(medewerker, van);
    if own.is_none() {
        lezer.fout("id", "Deze medewerker heeft op de eerste dag geen aanstelling.");
    }
    if own.is_some_and(|it| it.functie == functie) {
        lezer.fout("functie", "Deze medewerker heeft deze functie al.");
    }
    let geldig = Periode::new(van, Some(tot));
    if geldig.is_none() {
        lezer.fout("tot", "De laatste dag ligt voor de eerste.");
    }
    let waarneming = Waarneming { medewerker, functie, geldig: geldig? };
    Some(Verzoek::one(van, E::ToegangIngericht(I::WaarnemingIngesteld(waarneming))))
}

fn meeting_fields(bij: &Bij<'_>) -> Vec<Veld> {
    let meetings = bij.register.overleggen.values();
    let meetings = meetings.map(|it| {
        Optie::new(it.id.0.to_string(), format!("overleg {} op {}", it.id.0, datum::kort(it.op)))
    });
    let mut velden = vec![
        Veld::keuze("id", "Welk overleg", meetings.collect())
            .uitleg("Laat leeg voor een nieuw overleg")
            .mag_leeg(),
        Veld::datum("op", "Datum"),
        Veld::new("voorzitter", "Voorzitter", Soort::Lijst(staff(bij)))
            .uitleg("De voorzitter staat ook hieronder als lid"),
    ];
    for (at, (lid, discipline)) in LEDEN.into_iter().enumerate() {
        let number = at + 1;
        let who = Veld::new(lid, &format!("Lid {number}"), Soort::Lijst(staff(bij)));
        let what = Veld::new(
            discipline,
            &format!("Deskundigheid van lid {number}"),
            Soort::Lijst(opties(Discipline::ALLE, Discipline::naam)),
        );
        // A meeting has at least two members.
        velden.extend(if at < 2 { [who, what] } else { [who.mag_leeg(), what.mag_leeg()] });
    }
    velden
}

fn meeting_now(bij: &Bij<'_>, id: &str) -> Waarden {
    let id = id.parse().ok().map(OverlegId);
    let Some(it) = id.and_then(|it| bij.register.overleggen.get(&it)) else {
        return Waarden::default();
    };
    let mut waarden = vec![
        ("id", it.id.0.to_string()),
        ("op", datum::kort(it.op)),
        ("voorzitter", it.voorzitter.0.to_string()),
    ];
    for ((lid, discipline), (who, what)) in LEDEN.into_iter().zip(&it.leden) {
        waarden.push((lid, who.0.to_string()));
        waarden.push((discipline, sleutel(what.naam())));
    }
    waarden.into_iter().collect()
}

fn read_meeting(bij: &Bij<'_>, lezer: &mut Lezer<'_>, waarden: &Waarden) -> Option<Verzoek> {
    let known = lezer.mogelijke_keuze("id", "een overleg of geen", |it| {
        it.parse().ok().map(OverlegId).filter(|it| bij.register.overleggen.contains_key(it))
    });
    let op = lezer.datum("op", "de datum van het overleg");
    let voorzitter = lezer.keuze("voorzitter", "een voorzitter", |it| member(bij, it));
    let leden = read_members(bij, lezer, waarden);
    if let (Some(voorzitter), Some(leden)) = (voorzitter, &leden)
        && !leden.iter().any(|(it, _)| *it == voorzitter)
    {
        lezer.fout("voorzitter", "Zet de voorzitter ook bij de leden, met een deskundigheid.");
    }
    let next = OverlegId(volgende(bij.register.overleggen.keys().next_back(), |it| it.0));
    let id = known?.unwrap_or(next);
    let overleg = Overleg { id, op: op?, leden: leden?, voorzitter: voorzitter? };
    Some(Verzoek::one(bij.vandaag, E::ToegangIngericht(I::OverlegGepland(overleg))))
}

/// Every member with a discipline; a row with only one of the two is told.
fn read_members(
    bij: &Bij<'_>,
    lezer: &mut Lezer<'_>,
    waarden: &Waarden,
) -> Option<Vec<(MedewerkerId, Discipline)>> {
    let mut leden: Vec<(MedewerkerId, Discipline)> = Vec::new();
    let mut whole = true;
    for (at, (lid, discipline)) in LEDEN.into_iter().enumerate() {
        if at >= 2 && waarden.get(lid).is_empty() && waarden.get(discipline).is_empty() {
            continue;
        }
        let who = lezer.keuze(lid, "een lid", |it| member(bij, it));
        let what = lezer.keuze(discipline, "een deskundigheid", |it| {
            gekozen(Discipline::ALLE, Discipline::naam, it)
        });
        match who.zip(what) {
            Some((who, _)) if leden.iter().any(|(it, _)| *it == who) => {
                lezer.fout(lid, "Deze medewerker staat er al bij.");
                whole = false;
            }
            Some(it) => leden.push(it),
            None => whole = false,
        }
    }
    whole.then_some(leden)
}

fn read_demand(bij: &Bij<'_>, lezer: &mut Lezer<'_>, waarden: &Waarden) -> Option<Verzoek> {
    let functie =
        lezer.keuze("functie", "een functie", |it| gekozen(Functie::ALLE, Functie::naam, it));
    let onderwerp = read_subject(lezer);
    let maanden = if waarden.get("maanden").is_empty() {
        Some(None)
    } else {
        lezer.getal("maanden", "het aantal maanden", 1, 240).map(Some)
    };
    let maanden = maanden?.and_then(|it| u16::try_from(it).ok());
    let eis = Scholingseis { functie: functie?, onderwerp: onderwerp?, maanden };
    Some(Verzoek::one(bij.vandaag, E::ToegangIngericht(I::ScholingVereist(eis))))
}

fn read_training(bij: &Bij<'_>, lezer: &mut Lezer<'_>, _: &Waarden) -> Option<Verzoek> {
    let medewerker = lezer.keuze("id", "een medewerker", |it| member(bij, it));
    let onderwerp = read_subject(lezer);
    let op: Option<Date> = lezer.datum("van", "de dag waarop de scholing is afgerond");
    if op.is_some_and(|it| it > bij.vandaag) {
        lezer.fout("van", "Deze dag ligt in de toekomst: leg de scholing vast als zij klaar is.");
    }
    let scholing = Scholing { medewerker: medewerker?, onderwerp: onderwerp?, op: op? };
    Some(Verzoek::one(scholing.op, E::ToegangIngericht(I::ScholingGevolgd(scholing))))
}

fn read_subject(lezer: &mut Lezer<'_>) -> Option<Scholingsonderwerp> {
    lezer.keuze("onderwerp", "een onderwerp", |it| {
        gekozen(Scholingsonderwerp::ALLE, Scholingsonderwerp::naam, it)
    })
}

fn read_budget(bij: &Bij<'_>, lezer: &mut Lezer<'_>, _: &Waarden) -> Option<Verzoek> {
    let team = lezer.keuze("id", "een team", |it| bij.team(it));
    let jaar = lezer.getal("jaar", "een jaar", 2015, 2100);
    let bedrag = lezer.bedrag("bedrag", "het budget");
    let jaar = i16::try_from(jaar?).ok()?;
    let it = I::BudgetVastgesteld { team: team?, jaar, bedrag: bedrag? };
    Some(Verzoek::one(bij.vandaag, E::ToegangIngericht(it)))
}

fn read_places(bij: &Bij<'_>, lezer: &mut Lezer<'_>, _: &Waarden) -> Option<Verzoek> {
    let known = &bij.register.algemene_voorzieningen;
    let voorziening = lezer.keuze("id", "een voorziening", |it| {
        it.parse().ok().map(AlgemeneVoorzieningId).filter(|it| known.contains_key(it))
    });
    let plaatsen = lezer.getal("plaatsen", "het aantal plaatsen", 0, 100_000);
    let van = lezer.datum("van", "de dag van de telling");
    let it = I::CapaciteitVastgesteld { voorziening: voorziening?, plaatsen: plaatsen? };
    Some(Verzoek::one(van?, E::ToegangIngericht(it)))
}
