//! What is asked in the stories, by its words.

use domain::{
    AanbiederId, DossierCommand as C, Eenheid, Frequentie, KaderId, Leveringsvorm, MedewerkerId,
    Omvang, OverlegId, Periode, Productcategorie, Productkeuze, TeamId, Vervolgstap, Voorziening,
    VoorzieningId, VraagId, Zaakstap as S,
    besluit::Uitkomst,
    bezwaar::Bezwaaruitkomst,
    cta::{Aanleiding, CtaAanmelding, CtaOordeel, CtaUitkomst, TweedeOordeel},
    gesprek::{Gesprek, Gesprekswijze, Identiteitsdocument, Onderwerp, Reactie},
    intake::IntakeUitkomst,
    kader::{Antwoord, Normafwijking, Stapsoort},
    kaderdoorloop::Doorloop,
    melding::{Kanaal, Melder},
    sluiting::Sluitreden,
    termijn::Opschortingsgrond,
    triage::{Afwijkreden, Criterium, Route, Triage},
    vervolg::{Afschaalreden, Afschaling, Bestemming},
    voorstel::{Afwijkgrond, Uitzonderingsgrond, Voorstel},
};
use jiff::civil::Date;

use crate::ZAAK;

pub(crate) fn support(hours: u32, on: Date) -> Voorziening {
    Voorziening {
        product: Productkeuze::Specifiek {
            categorie: Productcategorie::BEGELEIDING,
            code: "02A03".parse().unwrap(),
        },
        vorm: Leveringsvorm::Zin { aanbieder: Some(AanbiederId(1)) },
        omvang: Some(Omvang { volume: hours, eenheid: Eenheid::Uur, frequentie: Frequentie::Week }),
        geldig: Periode::new(on, Some("2026-07-31".parse().unwrap())).unwrap(),
        tijdelijk: None,
    }
}

/// What is granted in every story runs from the same day, so that advice and decision can be equal.
pub(crate) fn granted(hours: u32) -> Voorziening {
    support(hours, "2026-02-01".parse().unwrap())
}

pub(crate) fn command(what: &str, on: Date) -> C {
    let step = |stap| C::ZetStap { zaak: ZAAK, stap };
    let decision = |hours, afwijking| C::GeefBeschikking {
        zaak: ZAAK,
        uitkomst: Uitkomst::Toegekend,
        voorzieningen: vec![granted(hours)],
        afwijking,
    };
    match what {
        "melding" | "spoedmelding" => C::OntvangMelding {
            zaak: ZAAK,
            kanaal: Kanaal::Telefoon,
            melder: Melder::Huisarts,
            spoed: what == "spoedmelding",
        },
        "naar team" => {
            C::RondIntakeAf { zaak: ZAAK, uitkomst: IntakeUitkomst::NaarTeam(TeamId(1)) }
        }
        "naar loket" => C::RondIntakeAf { zaak: ZAAK, uitkomst: IntakeUitkomst::NaarLoket },
        "start onderzoek" => C::StartOnderzoek { zaak: ZAAK, team: Some(TeamId(1)) },
        "rond onderzoek af" => C::RondOnderzoekAf { zaak: ZAAK },
        "verslag" => C::VerzendVerslag { zaak: ZAAK },
        "aanvraag" => C::OntvangAanvraag { zaak: ZAAK },
        "scherm af" => C::SchermAf { afgeschermd: true },
        "sluit" => C::SluitZaak { zaak: ZAAK, reden: Sluitreden::Besloten },
        "schort op" => C::SchortTermijnOp { zaak: ZAAK, grond: Opschortingsgrond::Overmacht },
        "besluit 3 uur" => decision(3, None),
        "besluit 5 uur" => decision(5, None),
        "besluit 5 uur met grond" => decision(5, Some(Afwijkgrond::MeerNodig)),
        "doelen" => follow_up(Vervolgstap::DoelenVastgesteld { aantal: 2 }),
        "evalueer" => follow_up(Vervolgstap::Geevalueerd { behaald: 1 }),
        "plan evaluatie" => follow_up(Vervolgstap::EvaluatieGepland {
            op: on.saturating_add(jiff::Span::new().days(90)),
        }),
        "afschalen" => follow_up(Vervolgstap::Afgeschaald(Afschaling {
            naar: Bestemming::AlgemeneVoorziening,
            reden: Afschaalreden::DoelBereikt,
        })),
        other => step(case_step(other)),
    }
}

pub(crate) fn follow_up(stap: Vervolgstap) -> C {
    C::ZetVervolg { voorziening: VoorzieningId(1), stap }
}

pub(crate) fn case_step(what: &str) -> S {
    let walk = |kader, answers: &[(u16, Antwoord)]| {
        let antwoorden = answers.iter().map(|(id, it)| (VraagId(*id), *it)).collect();
        S::KaderDoorlopen(Doorloop { kader: KaderId(kader), antwoorden })
    };
    let none = [(1, Antwoord::Nee), (2, Antwoord::Nee), (3, Antwoord::Nee)];
    let triage = |criteria: &[Criterium], advies, afwijking| {
        S::Getrieerd(Triage { criteria: criteria.to_vec(), advies, afwijking })
    };
    let complex = [Criterium::Schulden, Criterium::Veiligheid];
    match what {
        "bevestig" => S::OntvangstBevestigd { clientondersteuning: true, persoonlijk_plan: true },
        "gesprek" => S::GesprekGevoerd(Gesprek {
            wijze: Gesprekswijze::Huisbezoek,
            mantelzorger: false,
            clientondersteuner: false,
        }),
        "onderwerp" => S::OnderwerpOnderzocht(Onderwerp::Behoeften),
        "identiteit" => S::IdentiteitVastgesteld(Identiteitsdocument::Paspoort),
        "akkoord" => S::ReactieOntvangen(Reactie::Akkoord),
        "kader maatwerk" => walk(2, &none),
        "kader oud" => walk(1, &none),
        "kader half" => walk(2, &none[..1]),
        "kader onbekend" => walk(2, &[(99, Antwoord::Ja)]),
        "triage fout" => triage(&complex, Route::Loket, None),
        "triage complex" => triage(&complex, Route::Team, None),
        "triage complex met reden" => triage(&complex, Route::Team, Some(Afwijkreden::Bekend)),
        "laat aanbieder toe" => S::AanbiederToegestaan {
            aanbieder: AanbiederId(1),
            grond: Uitzonderingsgrond::EnigeAanbieder,
        },
        "verzend" => S::BesluitVerzonden { besluit: 1 },
        "bezwaar" => S::BezwaarOntvangen { besluit: 1 },
        "bezwaar gegrond" => S::BezwaarBeslist { besluit: 1, uitkomst: Bezwaaruitkomst::Gegrond },
        "aanmelden" => S::CtaAangemeld(CtaAanmelding {
            overleg: Some(OverlegId(1)),
            aanleidingen: vec![Aanleiding::Ingebracht],
        }),
        "tweede oordeel" => S::TweedeOordeelGegeven(Box::new(TweedeOordeel {
            uitkomst: Uitkomst::Toegekend,
            voorzieningen: vec![granted(2)],
        })),
        "oordeel alleen" => judgement(CtaUitkomst::Akkoord, &[6]),
        "oordeel met indiener" => judgement(CtaUitkomst::Akkoord, &[1, 6]),
        "oordeel terug" => judgement(CtaUitkomst::Terug, &[6, 7]),
        "oordeel gewijzigd" => judgement(
            CtaUitkomst::Gewijzigd {
                uitkomst: Uitkomst::Toegekend,
                voorzieningen: vec![granted(3)],
            },
            &[6, 7],
        ),
        other => proposal(other),
    }
}

pub(crate) fn proposal(what: &str) -> S {
    let (hours, normafwijking) = match what {
        "stel voor 3 uur" => (3, None),
        "stel voor 5 uur" => (5, Some(Normafwijking::GeenNetwerk)),
        "stel voor 9 uur" => (9, None),
        "stel voor 9 uur met reden" => (9, Some(Normafwijking::ZwaardereProblematiek)),
        other => panic!("unknown command: {other}"),
    };
    S::VoorstelGedaan(Box::new(Voorstel {
        uitkomst: Uitkomst::Toegekend,
        voorzieningen: vec![granted(hours)],
        normafwijking,
    }))
}

pub(crate) fn judgement(uitkomst: CtaUitkomst, who: &[u32]) -> S {
    S::CtaBeoordeeld(Box::new(CtaOordeel {
        overleg: OverlegId(1),
        uitkomst,
        deelnemers: who.iter().map(|it| MedewerkerId(*it)).collect(),
        verschoond: Vec::new(),
        les: Some(Stapsoort::Netwerk),
    }))
}
