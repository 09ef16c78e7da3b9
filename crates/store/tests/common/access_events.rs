//! An example of every step of the access and of every value that a step can hold.

use domain::{
    AanbiederId, AlgemeneVoorzieningId, Bedrag, ClientId, DossierEvent as D, Event, Frequentie,
    Functie, KaderId, MedewerkerId, OverlegId, Periode, RegisterEvent as R, TeamId, Vervolgstap,
    Voorziening, VoorzieningId, VraagId, ZaakId, Zaakstap,
    besluit::{Afwijzingsgrond, Uitkomst},
    bezwaar::{Beroepuitkomst, Bezwaaruitkomst},
    briefgegevens::Briefgegevens,
    cta::{Aanleiding, CtaAanmelding, CtaOordeel, CtaUitkomst, Discipline, Overleg, TweedeOordeel},
    gesprek::{Gesprek, Gesprekswijze, Identiteitsdocument, Onderwerp, Reactie},
    inrichting::Inrichting,
    instelling::{CtaRegels, Heronderzoekregels, Instelling, Toegangsvorm},
    kader::{
        Antwoord, Conclusie, Gevolg, Kader, Kaderstap, Norm, Normafwijking, Stapsoort, Voorbeeld,
        Vraag, Wet,
    },
    kaderdoorloop::Doorloop,
    scholing::{Scholing, Scholingseis, Scholingsonderwerp},
    triage::{Afwijkreden, Criterium, Route, Triage},
    vervolg::{Afschaalreden, Afschaling, Bestemming, Heronderzoekuitkomst},
    voorstel::{Afwijkgrond, Uitzonderingsgrond, Voorstel},
    waarneming::Waarneming,
};
use jiff::civil::{Date, date};

const DAY: Date = date(2026, 11, 20);
const ZAAK: ZaakId = ZaakId { jaar: 2026, volgnummer: 7 };

/// How many kinds there are here.
pub(super) const KINDS: usize = 1 + 8 + 20 + 6 + 2;

/// Every example.
pub(super) fn every_event(grants: &[Voorziening]) -> Vec<Event> {
    let dossier = |it| Event::Dossier(ClientId(8), it);
    let shielded = [true, false].map(|afgeschermd| D::AfschermingVastgesteld { afgeschermd });
    let arranged = arrangements().into_iter().map(|it| Event::Register(R::ToegangIngericht(it)));
    let steps = steps(grants).into_iter().map(|stap| D::StapGezet { zaak: ZAAK, stap });
    let voorziening = VoorzieningId(2);
    let follow_ups = follow_ups().into_iter().map(|stap| D::VervolgGezet { voorziening, stap });
    shielded
        .into_iter()
        .map(dossier)
        .chain(arranged)
        .chain(steps.map(dossier))
        .chain(follow_ups.map(dossier))
        .chain([presence()])
        .chain(later_choices())
        .chain([letterhead()])
        .collect()
}

/// Who was there, which came after the golden file was first written.
fn presence() -> Event {
    let aanwezig = vec![MedewerkerId(1), MedewerkerId(3)];
    let list = Inrichting::PresentieVastgelegd { overleg: OverlegId(4), aanwezig };
    Event::Register(R::ToegangIngericht(list))
}

/// What letters say of the municipality, which came still later.
fn letterhead() -> Event {
    let letters = Inrichting::BriefgegevensVastgesteld(Briefgegevens {
        adres: "Postbus 1".to_owned(),
        plaats: "1234 AB \"Öord\"".to_owned(),
        telefoon: "14 0999".to_owned(),
        email: String::new(),
        clientondersteuning: "MEE, 0999-1".to_owned(),
    });
    Event::Register(R::ToegangIngericht(letters))
}

/// The number of an arrangement.
pub(super) fn arranged(it: &Inrichting) -> usize {
    1 + match it {
        Inrichting::CapaciteitVastgesteld { .. } => 0,
        Inrichting::InstellingGekozen(_) => 1,
        Inrichting::KaderVastgesteld(_) => 2,
        Inrichting::BudgetVastgesteld { .. } => 3,
        Inrichting::WaarnemingIngesteld(_) => 4,
        Inrichting::OverlegGepland(_) => 5,
        Inrichting::ScholingVereist(_) => 6,
        Inrichting::ScholingGevolgd(_) => 7,
        Inrichting::PresentieVastgelegd { .. } => 34,
        Inrichting::BriefgegevensVastgesteld(_) => 35,
    }
}

/// The number of a step of a case.
pub(super) fn step(it: &Zaakstap) -> usize {
    9 + match it {
        Zaakstap::OntvangstBevestigd { .. } => 0,
        Zaakstap::PersoonlijkPlanOntvangen => 1,
        Zaakstap::Getrieerd(_) => 2,
        Zaakstap::Belegd { .. } => 3,
        Zaakstap::IdentiteitVastgesteld(_) => 4,
        Zaakstap::GesprekGevoerd(_) => 5,
        Zaakstap::OnderwerpOnderzocht(_) => 6,
        Zaakstap::KaderDoorlopen(_) => 7,
        Zaakstap::ReactieOntvangen(_) => 8,
        Zaakstap::VoorstelGedaan(_) => 9,
        Zaakstap::AanbiederToegestaan { .. } => 10,
        Zaakstap::CtaAangemeld(_) => 11,
        Zaakstap::CtaBeoordeeld(_) => 12,
        Zaakstap::TweedeOordeelGegeven(_) => 13,
        Zaakstap::VanAdviesAfgeweken(_) => 14,
        Zaakstap::BesluitVerzonden { .. } => 15,
        Zaakstap::BezwaarOntvangen { .. } => 16,
        Zaakstap::BezwaarBeslist { .. } => 17,
        Zaakstap::BeroepIngesteld { .. } => 18,
        Zaakstap::BeroepBeslist { .. } => 19,
    }
}

/// The number of a step after a grant.
pub(super) fn follow_up(it: &Vervolgstap) -> usize {
    29 + match it {
        Vervolgstap::DoelenVastgesteld { .. } => 0,
        Vervolgstap::EvaluatieGepland { .. } => 1,
        Vervolgstap::Geevalueerd { .. } => 2,
        Vervolgstap::HeronderzoekGepland { .. } => 3,
        Vervolgstap::Heronderzocht(_) => 4,
        Vervolgstap::Afgeschaald(_) => 5,
    }
}

/// Choices that came after the golden file was first written.
fn later_choices() -> impl Iterator<Item = Event> {
    let regels = Heronderzoekregels {
        maanden: 24,
        eerder_maanden: 12,
        pgb: true,
        boven_norm: true,
        zonder_doelen: false,
        vanaf_waarde: Some(Bedrag(2_500_000)),
    };
    [
        Instelling::CriteriumTelt { criterium: Criterium::Schulden, telt: false },
        Instelling::Heronderzoek(Some(regels)),
        Instelling::Heronderzoek(None),
    ]
    .into_iter()
    .map(|it| Event::Register(R::ToegangIngericht(Inrichting::InstellingGekozen(it))))
}

fn arrangements() -> Vec<Inrichting> {
    let regels = CtaRegels {
        vanaf_waarde: Some(Bedrag(1_000_000)),
        boven_norm: true,
        tijdelijk: true,
        grensgeval: false,
        verbonden: true,
        steekproef_promille: 50,
        zaad: u64::MAX,
        dagen: 10,
    };
    let choices = [
        Instelling::Toegangsvorm(Toegangsvorm::Een),
        Instelling::Toegangsvorm(Toegangsvorm::Gesplitst),
        Instelling::VierOgen(false),
        Instelling::EigenAanbiederUitgesloten(true),
        Instelling::TriageDrempel(3),
        Instelling::TerugkeerMaanden(12),
        Instelling::SpoedDagen(2),
        Instelling::Cta(Some(regels)),
        Instelling::Cta(None),
    ];
    let geldig = Periode::new(DAY, Some(date(2027, 1, 31))).expect("a first day before a last");
    let medewerker = MedewerkerId(3);
    let mut all = vec![Inrichting::CapaciteitVastgesteld {
        voorziening: AlgemeneVoorzieningId(2),
        plaatsen: 24,
    }];
    all.extend(choices.map(Inrichting::InstellingGekozen));
    all.push(Inrichting::KaderVastgesteld(Box::new(framework())));
    all.push(Inrichting::BudgetVastgesteld {
        team: TeamId(1),
        jaar: 2027,
        bedrag: Bedrag(125_000_000),
    });
    all.push(Inrichting::WaarnemingIngesteld(Waarneming {
        medewerker,
        functie: Functie::Beslisser,
        geldig,
    }));
    all.push(Inrichting::OverlegGepland(Overleg {
        id: OverlegId(4),
        op: DAY,
        leden: (1..).map(MedewerkerId).zip(Discipline::ALLE).collect(),
        voorzitter: MedewerkerId(1),
    }));
    for onderwerp in Scholingsonderwerp::ALLE {
        let functie = Functie::Consulent;
        all.push(Inrichting::ScholingVereist(Scholingseis {
            functie,
            onderwerp,
            maanden: Some(24),
        }));
        all.push(Inrichting::ScholingGevolgd(Scholing { medewerker, onderwerp, op: DAY }));
    }
    all
}

fn framework() -> Kader {
    let effects = [
        Gevolg::Verder,
        Gevolg::Deels,
        Gevolg::Dekt(Afwijzingsgrond::EigenKracht),
        Gevolg::Grens(Wet::Wlz),
    ];
    let question = |number: u16, bij_ja| Vraag {
        id: VraagId(number),
        tekst: "Kan de cliënt dit zelf?".to_owned(),
        toelichting: "Vraag door.".to_owned(),
        artikel: "Wmo 2015, art. 2.3.5 lid 3".to_owned(),
        afweging: number.is_multiple_of(2),
        bij_ja,
        bij_nee: Gevolg::Verder,
    };
    let step = |(number, soort): (u16, Stapsoort)| Kaderstap {
        soort,
        vragen: vec![question(number, effects[usize::from(number) % effects.len()])],
    };
    let outcomes = [
        Conclusie::Onvolledig,
        Conclusie::Gedekt(Afwijzingsgrond::EigenKracht),
        Conclusie::Grensgeval(Wet::Wlz),
        Conclusie::Maatwerk,
    ];
    let answers = (1..).map(VraagId).zip(Antwoord::ALLE).collect::<Vec<_>>();
    Kader {
        id: KaderId(2),
        naam: "Kader 2026".to_owned(),
        stappen: (1..).zip(Stapsoort::ALLE).map(step).collect(),
        normen: vec![Norm {
            product: "02A03".parse().expect("a product code"),
            van: 1,
            tot: 4,
            frequentie: Frequentie::Week,
            bron: "beleidsregels".to_owned(),
        }],
        voorbeelden: outcomes
            .map(|verwacht| Voorbeeld {
                naam: "alleenstaande".to_owned(),
                antwoorden: answers.clone(),
                verwacht,
            })
            .to_vec(),
    }
}

fn steps(grants: &[Voorziening]) -> Vec<Zaakstap> {
    let mut all = vec![
        Zaakstap::OntvangstBevestigd { clientondersteuning: true, persoonlijk_plan: false },
        Zaakstap::PersoonlijkPlanOntvangen,
        Zaakstap::Getrieerd(Triage {
            criteria: Criterium::ALLE.to_vec(),
            advies: Route::Team,
            afwijking: None,
        }),
        Zaakstap::Belegd { medewerker: Some(MedewerkerId(3)) },
        Zaakstap::Belegd { medewerker: None },
        Zaakstap::KaderDoorlopen(Doorloop {
            kader: KaderId(2),
            antwoorden: (1..).map(VraagId).zip(Antwoord::ALLE).collect(),
        }),
    ];
    all.extend(Afwijkreden::ALLE.map(|it| {
        Zaakstap::Getrieerd(Triage {
            criteria: Vec::new(),
            advies: Route::Loket,
            afwijking: Some(it),
        })
    }));
    all.extend(Identiteitsdocument::ALLE.map(Zaakstap::IdentiteitVastgesteld));
    all.extend(Gesprekswijze::ALLE.map(|wijze| {
        let clientondersteuner = wijze == Gesprekswijze::Kantoor;
        Zaakstap::GesprekGevoerd(Gesprek { wijze, mantelzorger: true, clientondersteuner })
    }));
    all.extend(Onderwerp::ALLE.map(Zaakstap::OnderwerpOnderzocht));
    all.extend(Reactie::ALLE.map(Zaakstap::ReactieOntvangen));
    all.extend(Normafwijking::ALLE.map(|it| {
        Zaakstap::VoorstelGedaan(Box::new(Voorstel {
            uitkomst: Uitkomst::Toegekend,
            voorzieningen: grants[..1].to_vec(),
            normafwijking: Some(it),
        }))
    }));
    all.push(Zaakstap::VoorstelGedaan(Box::new(Voorstel {
        uitkomst: Uitkomst::Ingetrokken,
        voorzieningen: Vec::new(),
        normafwijking: None,
    })));
    let aanbieder = AanbiederId(7);
    all.extend(
        Uitzonderingsgrond::ALLE.map(|grond| Zaakstap::AanbiederToegestaan { aanbieder, grond }),
    );
    all.extend(Afwijkgrond::ALLE.map(Zaakstap::VanAdviesAfgeweken));
    all.extend(reviews(grants));
    all.extend(after_decision());
    all
}

fn reviews(grants: &[Voorziening]) -> Vec<Zaakstap> {
    let voorzieningen = grants[..2].to_vec();
    let outcomes = [
        CtaUitkomst::Akkoord,
        CtaUitkomst::Gewijzigd {
            uitkomst: Uitkomst::GedeeltelijkToegekend,
            voorzieningen: voorzieningen.clone(),
        },
        CtaUitkomst::Terug,
    ];
    let mut all = vec![
        Zaakstap::CtaAangemeld(CtaAanmelding {
            overleg: Some(OverlegId(4)),
            aanleidingen: Aanleiding::ALLE.to_vec(),
        }),
        Zaakstap::TweedeOordeelGegeven(Box::new(TweedeOordeel {
            uitkomst: Uitkomst::Toegekend,
            voorzieningen,
        })),
    ];
    for (uitkomst, les) in
        outcomes.into_iter().zip([None, Some(Stapsoort::Netwerk), Some(Stapsoort::Grens(Wet::Zvw))])
    {
        all.push(Zaakstap::CtaBeoordeeld(Box::new(CtaOordeel {
            overleg: OverlegId(4),
            uitkomst,
            deelnemers: vec![MedewerkerId(1), MedewerkerId(2)],
            verschoond: vec![MedewerkerId(3)],
            les,
        })));
    }
    all
}

fn after_decision() -> Vec<Zaakstap> {
    let besluit = 1;
    let mut all = vec![
        Zaakstap::BesluitVerzonden { besluit },
        Zaakstap::BezwaarOntvangen { besluit },
        Zaakstap::BeroepIngesteld { besluit },
    ];
    all.extend(
        Bezwaaruitkomst::ALLE.map(|uitkomst| Zaakstap::BezwaarBeslist { besluit, uitkomst }),
    );
    all.extend(Beroepuitkomst::ALLE.map(|uitkomst| Zaakstap::BeroepBeslist { besluit, uitkomst }));
    all
}

fn follow_ups() -> Vec<Vervolgstap> {
    let mut all = vec![
        Vervolgstap::DoelenVastgesteld { aantal: 3 },
        Vervolgstap::EvaluatieGepland { op: DAY },
        Vervolgstap::Geevalueerd { behaald: 2 },
        Vervolgstap::HeronderzoekGepland { op: DAY },
    ];
    all.extend(Heronderzoekuitkomst::ALLE.map(Vervolgstap::Heronderzocht));
    all.extend(
        Bestemming::ALLE
            .into_iter()
            .zip(Afschaalreden::ALLE)
            .map(|(naar, reden)| Vervolgstap::Afgeschaald(Afschaling { naar, reden })),
    );
    all
}
