//! The municipality of the stories: people, framework, mandates and choices.

use domain::{
    AanbiederId, Actor, Bedrag, Clientgegevens, Command, DossierCommand as C, Eenheid, Frequentie,
    Functie, Hoedanigheid, Huishouden, KaderId, MandaatId, MedewerkerId, Omstandigheid, OverlegId,
    Periode, Product, Productcategorie, RegisterEvent as R, State, TeamId, VraagId, Werkgever,
    WijkId,
    besluit::Afwijzingsgrond,
    cta::{Discipline, Overleg},
    inrichting::Inrichting,
    instelling::{CtaRegels, Instelling},
    kader::{
        Antwoord, Conclusie, Gevolg, Kader, Kaderstap, Norm, Stapsoort, Voorbeeld, Vraag, Wet,
    },
    mandaat::{Mandaat, Werkgeverseis},
    medewerker::{Aanstelling, Achtergrond},
    organisatie::{Aanbieder, Contract, Team, Wijk},
    product::Variant,
    register::Tarief,
};
use jiff::civil::Date;

use crate::{CLIENT, ask};

pub(crate) fn colleague(number: u32) -> Hoedanigheid {
    Hoedanigheid {
        medewerker: MedewerkerId(number),
        functie: Functie::Consulent,
        werkgever: Werkgever::Gemeente,
        verbonden_aan: None,
        team: Some(TeamId(1)),
    }
}

pub(crate) fn person(who: &str) -> Hoedanigheid {
    let (number, functie) = match who {
        "consulent" => (1, Functie::Consulent),
        "kcc" => (2, Functie::KccMedewerker),
        "intaker" => (3, Functie::Intaker),
        "beslisser" => (4, Functie::Beslisser),
        "wijkcoach" => (5, Functie::Wijkcoach),
        "cta" => (6, Functie::CtaLid),
        "verbonden" => {
            return Hoedanigheid {
                functie: Functie::Wijkverpleegkundige,
                werkgever: Werkgever::Aanbieder(AanbiederId(1)),
                verbonden_aan: Some(AanbiederId(1)),
                ..colleague(9)
            };
        }
        other => panic!("unknown person: {other}"),
    };
    Hoedanigheid { functie, ..colleague(number) }
}

pub(crate) fn review() -> CtaRegels {
    CtaRegels {
        vanaf_waarde: None,
        boven_norm: true,
        tijdelijk: true,
        grensgeval: true,
        verbonden: true,
        steekproef_promille: 0,
        zaad: 1,
        dagen: 10,
    }
}

pub(crate) fn framework(version: u16) -> Kader {
    let step = |soort, id: u16, bij_ja| Kaderstap {
        soort,
        vragen: vec![Vraag {
            id: VraagId(id),
            tekst: format!("Vraag {id}?"),
            toelichting: String::new(),
            artikel: "Wmo 2015, art. 2.3.5 lid 3".into(),
            afweging: id == 1,
            bij_ja,
            bij_nee: Gevolg::Verder,
        }],
    };
    Kader {
        id: KaderId(version),
        naam: format!("Kader {version}"),
        stappen: vec![
            step(Stapsoort::EigenKracht, 1, Gevolg::Dekt(Afwijzingsgrond::EigenKracht)),
            step(Stapsoort::Netwerk, 2, Gevolg::Dekt(Afwijzingsgrond::MantelzorgOfNetwerk)),
            step(Stapsoort::Grens(Wet::Wlz), 3, Gevolg::Grens(Wet::Wlz)),
        ],
        normen: vec![Norm {
            product: "02A03".parse().unwrap(),
            van: 1,
            tot: 4,
            frequentie: Frequentie::Week,
            bron: "beleidsregels".into(),
        }],
        voorbeelden: vec![Voorbeeld {
            naam: "redt het zelf".into(),
            antwoorden: vec![(VraagId(1), Antwoord::Ja)],
            verwacht: Conclusie::Gedekt(Afwijzingsgrond::EigenKracht),
        }],
    }
}

pub(crate) fn mandate_everybody(state: &mut State) {
    let on: Date = "2026-01-01".parse().unwrap();
    let actor = Actor::Systeem(domain::Systeemdeel::Inrichting);
    let bij = Omstandigheid { on, today: on, actor };
    for (id, functie) in (10..).zip(Functie::ALLE) {
        let mandaat = Mandaat {
            id: MandaatId(id),
            functie,
            voor: Werkgeverseis::Iedereen,
            tot: None,
            geldig: Periode::vanaf(on),
        };
        ask(state, &Command::Register(R::MandaatVerleend(mandaat)), &bij).expect("a mandate");
    }
}

pub(crate) fn municipality() -> State {
    let always = Periode::vanaf("2015-01-01".parse().unwrap());
    let on = always.van();
    let code = "02A03".parse().unwrap();
    let bedrag = Bedrag::euro(50);
    let (aanbieder, eenheid) = (AanbiederId(1), Eenheid::Uur);
    let mandate = |id, functie, tot| {
        R::MandaatVerleend(Mandaat {
            id: MandaatId(id),
            functie,
            voor: Werkgeverseis::AlleenGemeente,
            tot,
            geldig: always,
        })
    };
    let mut news = vec![
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
        mandate(1, Functie::Consulent, Some(Bedrag::euro(10_000))),
        mandate(2, Functie::Beslisser, None),
    ];
    news.extend((1..=9).map(|number| R::MedewerkerAangesteld {
        medewerker: MedewerkerId(number),
        aanstelling: Aanstelling {
            functie: Functie::Consulent,
            achtergrond: Achtergrond::Ambtelijk,
            werkgever: Werkgever::Gemeente,
            verbonden_aan: None,
            team: Some(TeamId(1)),
        },
    }));
    news.extend(arrangements().into_iter().map(R::ToegangIngericht));
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
    let bij = Omstandigheid { on: "2026-01-05".parse().unwrap(), ..bij };
    let bij = Omstandigheid { today: bij.on, ..bij };
    ask(&mut state, &Command::Dossier(CLIENT, C::StelGegevensVast(gegevens)), &bij).unwrap();
    state
}

fn arrangements() -> [Inrichting; 3] {
    let leden = [(1, Discipline::Wmo), (6, Discipline::Kwaliteit), (7, Discipline::Welzijn)];
    [
        Inrichting::KaderVastgesteld(Box::new(framework(2))),
        Inrichting::InstellingGekozen(Instelling::Cta(Some(review()))),
        Inrichting::OverlegGepland(Overleg {
            id: OverlegId(1),
            op: "2026-01-26".parse().unwrap(),
            leden: leden.map(|(number, it)| (MedewerkerId(number), it)).to_vec(),
            voorzitter: MedewerkerId(6),
        }),
    ]
}
