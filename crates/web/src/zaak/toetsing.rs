//! Steps of the review: exception for a provider, agenda, judgement, blind second judgement.

use domain::{
    AanbiederId, MedewerkerId, OverlegId, Zaakstap as S,
    besluit::Uitkomst,
    cta::{Aanleiding, CtaAanmelding, CtaOordeel, CtaUitkomst, TweedeOordeel, aanleidingen},
    kader::Stapsoort,
    voorstel::Uitzonderingsgrond,
};

use super::{
    Bij, Stap, TOELICHTING, Tekst,
    gezamenlijk::{lees_uitkomst, uitkomst_velden, waarde},
};
use crate::{
    datum,
    formulier::{Optie, Soort, Veld},
    invoer::{Lezer, Waarden},
    register::formulieren::{gekozen, opties},
};

/// The forms.
pub(super) static STAPPEN: [Stap; 4] = [
    Stap {
        naam: "aanbieder-toestaan",
        titel: "Sta een aanbieder toe die anders is uitgesloten",
        lead: "Wie voor een aanbieder werkt, stelt die niet voor. Iemand met mandaat kan dat in \
               deze zaak toch toestaan.",
        knop: "Sta toe",
        velden: |bij| {
            let all = bij.register().aanbieders.values();
            let all = all.map(|it| Optie::new(it.id.0.to_string(), &it.naam)).collect();
            let grounds = opties(Uitzonderingsgrond::ALLE, Uitzonderingsgrond::naam);
            vec![
                Veld::new("aanbieder", "Aanbieder", Soort::Lijst(all)),
                Veld::keuze("grond", "Waarom?", grounds),
            ]
        },
        begin: |_| Vec::new(),
        lees: |bij, lezer, _| {
            let known = &bij.register().aanbieders;
            let aanbieder = lezer.keuze("aanbieder", "een aanbieder", |it| {
                it.parse().ok().map(AanbiederId).filter(|it| known.contains_key(it))
            });
            let grond = lezer.keuze("grond", "een grond", |it| {
                gekozen(Uitzonderingsgrond::ALLE, Uitzonderingsgrond::naam, it)
            });
            bij.zet(S::AanbiederToegestaan { aanbieder: aanbieder?, grond: grond? })
        },
        proef: |bij| {
            let aanbieder = *bij.register().aanbieders.keys().next()?;
            let grond = Uitzonderingsgrond::EnigeAanbieder;
            bij.zet(S::AanbiederToegestaan { aanbieder, grond })
        },
        tekst: TOELICHTING,
    },
    Stap {
        naam: "cta-aanmelden",
        titel: "Meld de zaak aan voor het CTA-overleg",
        lead: "De aanleidingen die uit de regels van de gemeente volgen, zijn al aangevinkt.",
        knop: "Meld aan",
        velden: |bij| {
            let reasons = opties(Aanleiding::ALLE, Aanleiding::naam);
            vec![
                Veld::new("overleg", "Overleg", Soort::Lijst(meetings(bij)))
                    .uitleg("Mag leeg als de dag nog niet bekend is")
                    .mag_leeg(),
                Veld::new("aanleiding", "Aanleiding", Soort::Vinkjes(reasons)),
            ]
        },
        begin: |bij| {
            let due = aanleidingen(bij.state, bij.zaak, bij.gebruiker.vandaag);
            due.into_iter().map(|it| ("aanleiding", waarde(it.naam()))).collect()
        },
        lees: |bij, lezer, waarden| {
            let overleg = lezer.mogelijke_keuze("overleg", "een overleg", |it| meeting(bij, it));
            let ticked = waarden.alle("aanleiding");
            let aanleidingen: Vec<_> = Aanleiding::ALLE
                .into_iter()
                .filter(|it| ticked.contains(&waarde(it.naam()).as_str()))
                .collect();
            if aanleidingen.is_empty() {
                lezer.fout("aanleiding", "Kies ten minste één aanleiding.");
            }
            bij.zet(S::CtaAangemeld(CtaAanmelding { overleg: overleg?, aanleidingen }))
        },
        proef: |bij| {
            let aanleidingen = vec![Aanleiding::Ingebracht];
            bij.zet(S::CtaAangemeld(CtaAanmelding { overleg: None, aanleidingen }))
        },
        tekst: TOELICHTING,
    },
    Stap {
        naam: "cta-oordeel",
        titel: "Leg het oordeel van het CTA-overleg vast",
        lead: "Wie het voorstel deed of voor de aanbieder werkt, doet niet mee aan het oordeel.",
        knop: "Leg het oordeel vast",
        velden: judgement_fields,
        begin: |bij| {
            let known = bij.zaak.cta.aanmelding.as_ref().and_then(|(_, it)| it.overleg);
            let last = known.or_else(|| bij.register().overleggen.keys().next_back().copied());
            last.map(|it| ("overleg", it.0.to_string())).into_iter().collect()
        },
        lees: read_judgement,
        proef: |bij| {
            let overleg = bij.register().overleggen.values().next_back()?;
            let deelnemers = overleg.leden.iter().take(2).map(|(lid, _)| *lid).collect();
            bij.zet(S::CtaBeoordeeld(Box::new(CtaOordeel {
                overleg: overleg.id,
                uitkomst: CtaUitkomst::Akkoord,
                deelnemers,
                verschoond: Vec::new(),
                les: None,
            })))
        },
        tekst: Some(Tekst { soort: "cta", label: "Overwegingen en les", verplicht: false }),
    },
    Stap {
        naam: "tweede-oordeel",
        titel: "Geef een tweede oordeel",
        lead: "U oordeelt zonder het voorstel te zien: vul in wat u zelf zou adviseren.",
        knop: "Leg het oordeel vast",
        velden: uitkomst_velden,
        begin: |_| Vec::new(),
        lees: |bij, lezer, waarden| {
            let (uitkomst, voorzieningen) = lees_uitkomst(bij, lezer, waarden)?;
            bij.zet(S::TweedeOordeelGegeven(Box::new(TweedeOordeel { uitkomst, voorzieningen })))
        },
        proef: |bij| {
            let uitkomst = Uitkomst::BuitenBehandeling;
            let voorzieningen = Vec::new();
            bij.zet(S::TweedeOordeelGegeven(Box::new(TweedeOordeel { uitkomst, voorzieningen })))
        },
        tekst: TOELICHTING,
    },
];

fn meetings(bij: &Bij<'_>) -> Vec<Optie> {
    let all = bij.register().overleggen.values().rev();
    all.map(|it| Optie::new(it.id.0.to_string(), format!("overleg van {}", datum::lang(it.op))))
        .collect()
}

fn meeting(bij: &Bij<'_>, tekst: &str) -> Option<OverlegId> {
    bij.register().overleggen.keys().find(|it| it.0.to_string() == tekst).copied()
}

/// Everybody who sits in a meeting, by name.
fn members(bij: &Bij<'_>) -> Vec<Optie> {
    let all = bij.register().overleggen.values().flat_map(|it| &it.leden);
    let ids: std::collections::BTreeSet<MedewerkerId> = all.map(|(lid, _)| *lid).collect();
    ids.into_iter().map(|it| Optie::new(it.0.to_string(), bij.namen().medewerker(it))).collect()
}

fn judgement_fields(bij: &Bij<'_>) -> Vec<Veld> {
    let outcomes = [("akkoord", "akkoord"), ("gewijzigd", "gewijzigd"), ("terug", "terug")];
    let outcomes = outcomes.map(|(key, naam)| Optie::new(key, naam)).into();
    let lessons = opties(Stapsoort::ALLE, Stapsoort::naam);
    let mut velden = vec![
        Veld::new("overleg", "Overleg", Soort::Lijst(meetings(bij))),
        Veld::new("oordeel", "Oordeel", Soort::Rondjes(outcomes)),
        Veld::new("deelnemers", "Wie deed mee?", Soort::Vinkjes(members(bij))),
        Veld::new(
            "verschoond",
            "Wie verliet het overleg bij deze zaak?",
            Soort::Vinkjes(members(bij)),
        )
        .mag_leeg(),
        Veld::new("les", "Les over stap", Soort::Lijst(lessons)).mag_leeg(),
    ];
    let mut changed = uitkomst_velden(bij);
    if let Some(first) = changed.first_mut() {
        first.label = "Geadviseerde uitkomst".to_owned();
        first.uitleg = "Alleen bij een gewijzigd oordeel, met wat hieronder volgt".to_owned();
    }
    velden.extend(changed.into_iter().map(Veld::mag_leeg));
    velden
}

fn ticked(waarden: &Waarden, veld: &str) -> Vec<MedewerkerId> {
    waarden.alle(veld).into_iter().filter_map(|it| it.parse().ok().map(MedewerkerId)).collect()
}

fn read_judgement(
    bij: &Bij<'_>,
    lezer: &mut Lezer<'_>,
    waarden: &Waarden,
) -> Option<domain::DossierCommand> {
    let overleg = lezer.keuze("overleg", "een overleg", |it| meeting(bij, it));
    let les = lezer
        .mogelijke_keuze("les", "een stap", |it| gekozen(Stapsoort::ALLE, Stapsoort::naam, it));
    let uitkomst = match waarden.get("oordeel") {
        "akkoord" => CtaUitkomst::Akkoord,
        "terug" => CtaUitkomst::Terug,
        "gewijzigd" => {
            let (uitkomst, voorzieningen) = lees_uitkomst(bij, lezer, waarden)?;
            CtaUitkomst::Gewijzigd { uitkomst, voorzieningen }
        }
        _ => {
            lezer.fout("oordeel", "Kies een oordeel.");
            return None;
        }
    };
    bij.zet(S::CtaBeoordeeld(Box::new(CtaOordeel {
        overleg: overleg?,
        uitkomst,
        deelnemers: ticked(waarden, "deelnemers"),
        verschoond: ticked(waarden, "verschoond"),
        les: les?,
    })))
}
