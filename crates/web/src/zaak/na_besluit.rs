//! Steps after a decision: sending, objection and appeal, and what follows a grant.

use domain::{
    DossierCommand as C, Vervolgstap as V, VoorzieningId, Zaakstap as S,
    bezwaar::{Beroepuitkomst, Bezwaaruitkomst},
    vervolg::{Afschaalreden, Afschaling, Bestemming, Heronderzoekuitkomst},
    voorziening::{BeschikteVoorziening, Herkomst},
};

use super::{Bij, Stap, TOELICHTING, Tekst};
use crate::{
    brieven::versturen,
    datum,
    formulier::{Optie, Soort, Veld},
    invoer::Lezer,
    namen::periode,
    register::formulieren::{gekozen, opties},
};

/// The forms.
pub(super) static STAPPEN: [Stap; 11] = [
    Stap {
        naam: "besluit-verzenden",
        titel: "Leg vast dat het besluit is verzonden",
        lead: "De dag erna begint de bezwaartermijn van zes weken (Awb, art. 6:7 en 6:8).",
        knop: "Leg de verzending vast",
        velden: sent_fields,
        begin: |bij| {
            let mut waarden = last_decision(bij);
            waarden.push((versturen::VELD, versturen::EIGEN.to_owned()));
            waarden
        },
        lees: |bij, lezer, _| {
            let besluit = decision(bij, lezer);
            let known = [versturen::EIGEN, versturen::ANDERS];
            lezer.keuze(versturen::VELD, "welke brief is verzonden", |it| {
                known.contains(&it).then_some(())
            })?;
            bij.zet(S::BesluitVerzonden { besluit: besluit? })
        },
        proef: |bij| {
            let open = bij.zaak.beschikkingen.iter().any(|it| it.rechtsgang.verzonden.is_none());
            let besluit = last(bij).filter(|_| open)?;
            bij.zet(S::BesluitVerzonden { besluit })
        },
        tekst: None,
    },
    Stap {
        naam: "bezwaar",
        titel: "Leg een bezwaar vast",
        lead: "De dag is die waarop het bezwaar is ontvangen (Awb, art. 6:4).",
        knop: "Leg het bezwaar vast",
        velden: decisions,
        begin: last_decision,
        lees: |bij, lezer, _| bij.zet(S::BezwaarOntvangen { besluit: decision(bij, lezer)? }),
        proef: |bij| bij.zet(S::BezwaarOntvangen { besluit: last(bij)? }),
        tekst: Some(Tekst { soort: "bezwaar", label: "Gronden van het bezwaar", verplicht: false }),
    },
    Stap {
        naam: "bezwaar-beslissen",
        titel: "Leg de beslissing op het bezwaar vast",
        lead: "Het college beslist binnen zes weken na de bezwaartermijn (Awb, art. 7:10).",
        knop: "Leg de beslissing vast",
        velden: |bij| {
            let mut velden = decisions(bij);
            let all = opties(Bezwaaruitkomst::ALLE, Bezwaaruitkomst::naam);
            velden.push(Veld::keuze("uitkomst", "Beslissing", all));
            velden
        },
        begin: last_decision,
        lees: |bij, lezer, _| {
            let besluit = decision(bij, lezer);
            let uitkomst = lezer.keuze("uitkomst", "een beslissing", |it| {
                gekozen(Bezwaaruitkomst::ALLE, Bezwaaruitkomst::naam, it)
            });
            bij.zet(S::BezwaarBeslist { besluit: besluit?, uitkomst: uitkomst? })
        },
        proef: |bij| {
            let uitkomst = Bezwaaruitkomst::Ongegrond;
            let objected = bij.zaak.beschikkingen.iter().any(|it| it.rechtsgang.bezwaar.is_some());
            bij.zet(S::BezwaarBeslist { besluit: last(bij).filter(|_| objected)?, uitkomst })
        },
        tekst: Some(Tekst { soort: "motivering", label: "Motivering", verplicht: false }),
    },
    Stap {
        naam: "beroep",
        titel: "Leg een beroep vast",
        lead: "De cliënt ging naar de rechter (Awb, art. 8:1).",
        knop: "Leg het beroep vast",
        velden: decisions,
        begin: last_decision,
        lees: |bij, lezer, _| bij.zet(S::BeroepIngesteld { besluit: decision(bij, lezer)? }),
        proef: |bij| {
            let done = |it: &domain::besluit::Beschikking| it.rechtsgang.bezwaar_beslist.is_some();
            let decided = bij.zaak.beschikkingen.iter().any(done);
            bij.zet(S::BeroepIngesteld { besluit: last(bij).filter(|_| decided)? })
        },
        tekst: None,
    },
    Stap {
        naam: "beroep-uitspraak",
        titel: "Leg de uitspraak in beroep vast",
        lead: "De rechtbank deed uitspraak (Awb, art. 8:70).",
        knop: "Leg de uitspraak vast",
        velden: |bij| {
            let mut velden = decisions(bij);
            let all = opties(Beroepuitkomst::ALLE, Beroepuitkomst::naam);
            velden.push(Veld::keuze("uitkomst", "Uitspraak", all));
            velden
        },
        begin: last_decision,
        lees: |bij, lezer, _| {
            let besluit = decision(bij, lezer);
            let uitkomst = lezer.keuze("uitkomst", "een uitspraak", |it| {
                gekozen(Beroepuitkomst::ALLE, Beroepuitkomst::naam, it)
            });
            bij.zet(S::BeroepBeslist { besluit: besluit?, uitkomst: uitkomst? })
        },
        proef: |bij| {
            let uitkomst = Beroepuitkomst::Ongegrond;
            let appealed = bij.zaak.beschikkingen.iter().any(|it| it.rechtsgang.beroep.is_some());
            bij.zet(S::BeroepBeslist { besluit: last(bij).filter(|_| appealed)?, uitkomst })
        },
        tekst: TOELICHTING,
    },
    Stap {
        naam: "doelen",
        titel: "Leg de doelen vast",
        lead: "Wat de doelen zijn, staat in de tekst; het logboek kent alleen het aantal.",
        knop: "Leg de doelen vast",
        velden: |bij| {
            with_provision(bij, Veld::new("aantal", "Hoeveel doelen?", Soort::Cijfers(2)))
        },
        begin: first_provision,
        lees: |bij, lezer, _| {
            let id = provision(bij, lezer);
            let aantal = small(lezer, "aantal", "het aantal doelen");
            follow(id?, V::DoelenVastgesteld { aantal: aantal? })
        },
        proef: |bij| follow(provisions(bij).first()?.id, V::DoelenVastgesteld { aantal: 1 }),
        tekst: Some(Tekst { soort: "doelen", label: "De doelen", verplicht: false }),
    },
    Stap {
        naam: "evaluatie-plannen",
        titel: "Plan een evaluatie",
        lead: "Op de geplande dag staat de evaluatie in de werkvoorraad.",
        knop: "Plan",
        velden: |bij| with_provision(bij, Veld::datum("gepland", "Evaluatie op")),
        begin: first_provision,
        lees: |bij, lezer, _| {
            let id = provision(bij, lezer);
            let op = lezer.datum("gepland", "de dag van de evaluatie");
            follow(id?, V::EvaluatieGepland { op: op? })
        },
        proef: |bij| {
            let op = bij.gebruiker.vandaag;
            follow(provisions(bij).first()?.id, V::EvaluatieGepland { op })
        },
        tekst: None,
    },
    Stap {
        naam: "evaluatie",
        titel: "Leg de evaluatie vast",
        lead: "Hoeveel van de afgesproken doelen zijn behaald?",
        knop: "Leg de evaluatie vast",
        velden: |bij| with_provision(bij, Veld::new("behaald", "Behaald", Soort::Cijfers(2))),
        begin: first_provision,
        lees: |bij, lezer, _| {
            let id = provision(bij, lezer);
            let behaald = small(lezer, "behaald", "het aantal behaalde doelen");
            follow(id?, V::Geevalueerd { behaald: behaald? })
        },
        proef: |bij| follow(provisions(bij).first()?.id, V::Geevalueerd { behaald: 0 }),
        tekst: Some(Tekst {
            soort: "evaluatie",
            label: "Verslag van de evaluatie",
            verplicht: false,
        }),
    },
    Stap {
        naam: "heronderzoek-plannen",
        titel: "Plan een heronderzoek",
        lead: "Het college onderzoekt periodiek of een besluit nog past (Wmo 2015, art. 2.3.9).",
        knop: "Plan",
        velden: |bij| with_provision(bij, Veld::datum("gepland", "Heronderzoek op")),
        begin: first_provision,
        lees: |bij, lezer, _| {
            let id = provision(bij, lezer);
            let op = lezer.datum("gepland", "de dag van het heronderzoek");
            follow(id?, V::HeronderzoekGepland { op: op? })
        },
        proef: |bij| {
            let op = bij.gebruiker.vandaag;
            follow(provisions(bij).first()?.id, V::HeronderzoekGepland { op })
        },
        tekst: None,
    },
    Stap {
        naam: "heronderzoek",
        titel: "Leg het heronderzoek vast",
        lead: "Past het besluit nog bij de cliënt (Wmo 2015, art. 2.3.9)?",
        knop: "Leg het heronderzoek vast",
        velden: |bij| {
            let all = opties(Heronderzoekuitkomst::ALLE, Heronderzoekuitkomst::naam);
            with_provision(bij, Veld::keuze("uitkomst", "Uitkomst", all))
        },
        begin: first_provision,
        lees: |bij, lezer, _| {
            let id = provision(bij, lezer);
            let uitkomst = lezer.keuze("uitkomst", "een uitkomst", |it| {
                gekozen(Heronderzoekuitkomst::ALLE, Heronderzoekuitkomst::naam, it)
            });
            follow(id?, V::Heronderzocht(uitkomst?))
        },
        proef: |bij| {
            let outcome = V::Heronderzocht(Heronderzoekuitkomst::Ongewijzigd);
            follow(provisions(bij).first()?.id, outcome)
        },
        tekst: TOELICHTING,
    },
    Stap {
        naam: "afschalen",
        titel: "Leg vast dat de hulp is afgeschaald",
        lead: "Waar gaat de cliënt heen, en waarom?",
        knop: "Leg vast",
        velden: |bij| {
            let naar = Veld::keuze("naar", "Naar", opties(Bestemming::ALLE, Bestemming::naam));
            let why = opties(Afschaalreden::ALLE, Afschaalreden::naam);
            let mut velden = with_provision(bij, naar);
            velden.push(Veld::keuze("reden", "Waarom?", why));
            velden
        },
        begin: first_provision,
        lees: |bij, lezer, _| {
            let id = provision(bij, lezer);
            let naar = lezer.keuze("naar", "waar de cliënt heen gaat", |it| {
                gekozen(Bestemming::ALLE, Bestemming::naam, it)
            });
            let reden = lezer.keuze("reden", "een reden", |it| {
                gekozen(Afschaalreden::ALLE, Afschaalreden::naam, it)
            });
            follow(id?, V::Afgeschaald(Afschaling { naar: naar?, reden: reden? }))
        },
        proef: |bij| {
            let (naar, reden) = (Bestemming::LichterMaatwerk, Afschaalreden::DoelBereikt);
            follow(provisions(bij).first()?.id, V::Afgeschaald(Afschaling { naar, reden }))
        },
        tekst: TOELICHTING,
    },
];

/// The number of the last decision.
fn last(bij: &Bij<'_>) -> Option<u16> {
    u16::try_from(bij.zaak.beschikkingen.len()).ok().filter(|it| *it > 0)
}

fn decisions(bij: &Bij<'_>) -> Vec<Veld> {
    let all = bij.zaak.beschikkingen.iter().enumerate().map(|(at, it)| {
        let naam = format!("{} op {}", it.uitkomst.naam(), datum::lang(it.op));
        Optie::new((at + 1).to_string(), naam)
    });
    vec![Veld::new("besluit", "Welk besluit?", Soort::Lijst(all.collect()))]
}

/// Which decision, and which letter of it left.
fn sent_fields(bij: &Bij<'_>) -> Vec<Veld> {
    let letters = vec![
        Optie::new(versturen::EIGEN, "de brief uit Wijkpeil; die wordt bewaard zoals hij nu is"),
        Optie::new(versturen::ANDERS, "een brief uit een ander systeem"),
    ];
    let mut velden = decisions(bij);
    velden.push(Veld::keuze(versturen::VELD, "Welke brief is verzonden?", letters));
    velden
}

fn last_decision(bij: &Bij<'_>) -> Vec<(&'static str, String)> {
    last(bij).map(|it| ("besluit", it.to_string())).into_iter().collect()
}

fn decision(bij: &Bij<'_>, lezer: &mut Lezer<'_>) -> Option<u16> {
    let count = last(bij).unwrap_or(0);
    lezer.keuze("besluit", "een besluit", |it| {
        it.parse::<u16>().ok().filter(|it| (1..=count).contains(it))
    })
}

/// The provisions of this case, or taken over without one, that hold today or later.
pub(super) fn provisions<'a>(bij: &'a Bij<'_>) -> Vec<&'a BeschikteVoorziening> {
    let elsewhere = |it: &Herkomst| matches!(it, Herkomst::Besluit(zaak) if *zaak != bij.zaak.id);
    let all = bij.dossier.voorzieningen.iter();
    let all = all.filter(|it| it.telt() && !elsewhere(&it.herkomst));
    all.filter(|it| it.voorziening.geldig.einde() >= bij.gebruiker.vandaag).collect()
}

/// Which provision it is about, and one more question.
pub(super) fn with_provision(bij: &Bij<'_>, veld: Veld) -> Vec<Veld> {
    let namen = bij.namen();
    let all = provisions(bij).into_iter().map(|it| {
        let product = namen.product(&it.voorziening.product);
        let naam = format!("{product}, {}", periode(it.voorziening.geldig));
        Optie::new(it.id.0.to_string(), naam)
    });
    vec![Veld::new("voorziening", "Voorziening", Soort::Lijst(all.collect())), veld]
}

pub(super) fn first_provision(bij: &Bij<'_>) -> Vec<(&'static str, String)> {
    let first = provisions(bij).first().map(|it| it.id.0.to_string());
    first.map(|it| ("voorziening", it)).into_iter().collect()
}

pub(super) fn provision(bij: &Bij<'_>, lezer: &mut Lezer<'_>) -> Option<VoorzieningId> {
    let known = provisions(bij);
    lezer.keuze("voorziening", "een voorziening", |it| {
        known.iter().map(|it| it.id).find(|id| id.0.to_string() == it)
    })
}

fn small(lezer: &mut Lezer<'_>, veld: &str, wat: &str) -> Option<u8> {
    u8::try_from(lezer.getal(veld, wat, 0, 99)?).ok()
}

fn follow(voorziening: VoorzieningId, stap: V) -> Option<domain::DossierCommand> {
    Some(C::ZetVervolg { voorziening, stap })
}
