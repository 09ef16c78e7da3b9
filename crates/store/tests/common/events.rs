//! An example of every event and of every value that an event can hold.
//!
//! The order is that of the golden files: what is new comes at the end.

use domain::{
    AanbiederId, Actor, AlgemeneVoorzieningId, Bedrag, ClientId, Clientgegevens, ContractId,
    DossierEvent as D, Eenheid, Event, Frequentie, Functie, Hoedanigheid, Huishouden, Kenmerk,
    Leeftijdsgroep, Leveringsvorm, MandaatId, MedewerkerId, Omvang, Periode, PilotId, Product,
    Productcategorie, Productkeuze, RegisterEvent as R, Systeemdeel, TeamId, ToewijzingNummer,
    Voorziening, VoorzieningId, Werkgever, WijkId, ZaakId,
    algemeen::AlgemeneVoorziening,
    besluit::{Afwijzingsgrond, Uitkomst},
    declaratie::Prestatie,
    intake::IntakeUitkomst,
    levering::StopReden,
    mandaat::{Mandaat, Werkgeverseis},
    medewerker::{Aanstelling, Achtergrond},
    melding::{Kanaal, Melder, Melding},
    organisatie::{
        Aanbieder, Breuksoort, Contract, Gemeente, Pilot, Pilotsoort, Reeksbreuk, Team, Wijk,
    },
    product::Variant,
    register::Tarief,
    sluiting::Sluitreden,
    termijn::Opschortingsgrond,
    toewijzing::{Hoeveelheid, Opdracht, RedenWijziging},
    voorziening::{EindeReden, Herkomst, TijdelijkeGrond},
};
use jiff::civil::{Date, date};

#[path = "access_events.rs"]
mod access_events;

const DAY: Date = date(2017, 12, 31);
const ZAAK: ZaakId = ZaakId { jaar: 2017, volgnummer: 412 };

/// Every example, with who did it.
pub(crate) fn every_event() -> Vec<(Actor, Event)> {
    let register = register().into_iter().map(Event::Register);
    let dossier = dossier().into_iter().map(|it| Event::Dossier(ClientId(u64::MAX), it));
    let actors = actors();
    let access = access_events::every_event(&grants());
    let events: Vec<Event> = register.chain(dossier).chain(access).collect();
    events.into_iter().enumerate().map(|(n, it)| (actors[n % actors.len()], it)).collect()
}

/// Whether every variant has an example: one that is added does not compile until it has a number.
pub(crate) fn missing_kinds() -> Vec<usize> {
    let seen: Vec<usize> = every_event().iter().map(|(_, it)| number(it)).collect();
    (0..18 + 22 + access_events::KINDS).filter(|it| !seen.contains(it)).collect()
}

fn number(event: &Event) -> usize {
    match event {
        Event::Register(event) => match event {
            R::GemeenteVastgesteld(_) => 0,
            R::WijkVastgesteld(_) => 1,
            R::InwonersGeteld { .. } => 2,
            R::TeamIngesteld(_) => 3,
            R::WerkgebiedVastgesteld { .. } => 4,
            R::MedewerkerAangesteld { .. } => 5,
            R::MedewerkerVertrokken { .. } => 6,
            R::MandaatVerleend(_) => 7,
            R::MandaatIngetrokken { .. } => 8,
            R::AanbiederVastgesteld(_) => 9,
            R::ContractGesloten(_) => 10,
            R::ContractBeeindigd { .. } => 11,
            R::ProductVastgesteld(_) => 12,
            R::TariefVastgesteld(_) => 13,
            R::AlgemeneVoorzieningIngesteld(_) => 14,
            R::WachttijdGemeten { .. } => 15,
            R::PilotGestart(_) => 16,
            R::ReeksbreukGemarkeerd(_) => 17,
            R::ToegangIngericht(it) => 40 + access_events::arranged(it),
        },
        Event::Dossier(_, D::StapGezet { stap, .. }) => 40 + access_events::step(stap),
        Event::Dossier(_, D::VervolgGezet { stap, .. }) => 40 + access_events::follow_up(stap),
        Event::Dossier(_, D::AfschermingVastgesteld { .. }) => 40,
        Event::Dossier(_, event) => 18 + dossier_number(event),
    }
}

fn dossier_number(event: &D) -> usize {
    match event {
        D::GegevensVastgesteld(_) => 0,
        D::MeldingOntvangen { .. } => 1,
        D::IntakeAfgerond { .. } => 2,
        D::OnderzoekGestart { .. } => 3,
        D::OnderzoekAfgerond { .. } => 4,
        D::VerslagVerzonden { .. } => 5,
        D::AanvraagOntvangen { .. } => 6,
        D::TermijnOpgeschort { .. } => 7,
        D::TermijnHervat { .. } => 8,
        D::BeschikkingAfgegeven { .. } => 9,
        D::VoorzieningOvergenomen { .. } => 10,
        D::VoorzieningGecorrigeerd { .. } => 11,
        D::VoorzieningBeeindigd { .. } => 12,
        D::VoorzieningVervallen { .. } => 13,
        D::ToewijzingVerstrekt { .. } => 14,
        D::ToewijzingGewijzigd { .. } => 15,
        D::LeveringGestart { .. } => 16,
        D::LeveringStartVerwijderd { .. } => 17,
        D::LeveringGestopt { .. } => 18,
        D::LeveringStopVerwijderd { .. } => 19,
        D::PrestatieGedeclareerd(_) => 20,
        D::ZaakGesloten { .. } => 21,
        D::StapGezet { .. } | D::VervolgGezet { .. } | D::AfschermingVastgesteld { .. } => {
            unreachable!("numbered with the steps of the access")
        }
    }
}

fn actors() -> Vec<Actor> {
    let mut actors = vec![
        Actor::Systeem(Systeemdeel::Import),
        Actor::Systeem(Systeemdeel::Inrichting),
        Actor::Aanbieder(AanbiederId(7)),
    ];
    actors.extend(Functie::ALLE.iter().zip(employers().into_iter().cycle()).map(
        |(functie, werkgever)| {
            Actor::Medewerker(Hoedanigheid {
                medewerker: MedewerkerId(31),
                functie: *functie,
                werkgever,
                verbonden_aan: (werkgever == Werkgever::Overig).then_some(AanbiederId(9)),
                team: (werkgever == Werkgever::Gemeente).then_some(TeamId(2)),
            })
        },
    ));
    actors
}

fn employers() -> [Werkgever; 4] {
    [
        Werkgever::Gemeente,
        Werkgever::Aanbieder(AanbiederId(7)),
        Werkgever::Welzijnsorganisatie,
        Werkgever::Overig,
    ]
}

fn period() -> Periode {
    Periode::new(date(2017, 1, 1), Some(DAY)).expect("a year has an end after its start")
}

fn category(number: u8) -> Productcategorie {
    Productcategorie::new(number).expect("a number of the list")
}

fn code<T: std::str::FromStr<Err: std::fmt::Debug>>(text: &str) -> T {
    text.parse().expect("a code of the right form")
}

fn register() -> Vec<R> {
    let mut events = vec![
        R::GemeenteVastgesteld(Gemeente { code: code("0296"), naam: "Wijchen \"à\"".to_owned() }),
        R::WijkVastgesteld(Wijk { id: WijkId(1), naam: "Centrum".to_owned() }),
        R::TeamIngesteld(Team { id: TeamId(2), naam: "Team Noord".to_owned() }),
        R::WerkgebiedVastgesteld { team: TeamId(2), wijken: vec![WijkId(1), WijkId(u16::MAX)] },
        R::MedewerkerVertrokken { medewerker: MedewerkerId(31) },
        R::MandaatIngetrokken { mandaat: MandaatId(4) },
        R::ContractGesloten(Contract {
            id: ContractId(5),
            aanbieder: AanbiederId(7),
            geldig: Periode::vanaf(date(2015, 1, 1)),
        }),
        R::ContractBeeindigd { contract: ContractId(5) },
        R::WachttijdGemeten { voorziening: AlgemeneVoorzieningId(6), weken: 14 },
        R::AlgemeneVoorzieningIngesteld(AlgemeneVoorziening {
            id: AlgemeneVoorzieningId(6),
            naam: "Inloop".to_owned(),
            wijken: vec![],
        }),
        R::PilotGestart(Pilot {
            id: PilotId(1),
            soort: Pilotsoort::Intaker,
            wijken: vec![WijkId(1)],
            geldig: period(),
        }),
    ];
    events.extend(Leeftijdsgroep::ALLE.map(|groep| R::InwonersGeteld {
        wijk: WijkId(1),
        jaar: 2017,
        groep,
        aantal: 1_234,
    }));
    events.extend([None, Some(code("42420001"))].map(|agb| {
        R::AanbiederVastgesteld(Aanbieder { id: AanbiederId(7), naam: "Zorg & Co".to_owned(), agb })
    }));
    events.extend(
        Breuksoort::ALLE
            .map(|soort| R::ReeksbreukGemarkeerd(Reeksbreuk { op: date(2019, 1, 1), soort })),
    );
    events.extend(appointments());
    events.extend(products());
    events
}

fn appointments() -> Vec<R> {
    let mut events: Vec<R> = Functie::ALLE
        .iter()
        .zip(Achtergrond::ALLE.iter().cycle())
        .zip(employers().into_iter().cycle())
        .map(|((functie, achtergrond), werkgever)| R::MedewerkerAangesteld {
            medewerker: MedewerkerId(31),
            aanstelling: Aanstelling {
                functie: *functie,
                achtergrond: *achtergrond,
                werkgever,
                verbonden_aan: Some(AanbiederId(9)),
                team: None,
            },
        })
        .collect();
    let mandates = [
        (Werkgeverseis::Iedereen, None, Periode::vanaf(DAY)),
        (Werkgeverseis::AlleenGemeente, Some(Bedrag(500_000)), period()),
    ];
    events.extend(mandates.map(|(voor, tot, geldig)| {
        R::MandaatVerleend(Mandaat {
            id: MandaatId(4),
            functie: Functie::Consulent,
            voor,
            tot,
            geldig,
        })
    }));
    events
}

fn products() -> Vec<R> {
    let variants = Variant::ALLE.into_iter().cycle();
    let mut events: Vec<R> = Productcategorie::alle()
        .zip(Eenheid::ALLE.into_iter().cycle())
        .zip(variants)
        .map(|((categorie, eenheid), variant)| {
            R::ProductVastgesteld(Product {
                code: code("02A03"),
                categorie,
                naam: "Begeleiding".to_owned(),
                eenheid,
                variant,
                groep: "OMD".to_owned(),
            })
        })
        .collect();
    events.push(R::TariefVastgesteld(Tarief {
        aanbieder: AanbiederId(7),
        product: code("02A03"),
        eenheid: Eenheid::Uur,
        bedrag: Bedrag(5_550),
        geldig: period(),
    }));
    events
}

fn dossier() -> Vec<D> {
    let mut events = vec![
        D::OnderzoekGestart { zaak: ZAAK, team: Some(TeamId(2)) },
        D::OnderzoekGestart { zaak: ZAAK, team: None },
        D::OnderzoekAfgerond { zaak: ZAAK },
        D::VerslagVerzonden { zaak: ZAAK, versie: 2 },
        D::AanvraagOntvangen { zaak: ZAAK },
        D::TermijnHervat { zaak: ZAAK },
        D::VoorzieningVervallen { id: VoorzieningId(3) },
        D::LeveringGestart { toewijzing: ToewijzingNummer(88) },
        D::LeveringStartVerwijderd { toewijzing: ToewijzingNummer(88), begin: DAY },
        D::LeveringStopVerwijderd { toewijzing: ToewijzingNummer(88), begin: DAY },
    ];
    events.extend(Huishouden::ALLE.map(|huishouden| {
        let known = huishouden != Huishouden::Onbekend;
        D::GegevensVastgesteld(Clientgegevens {
            geboortejaar: known.then_some(1938),
            wijk: known.then_some(WijkId(1)),
            huishouden,
        })
    }));
    events.extend(requests());
    events.extend(decisions());
    events.extend(provisions());
    events.extend(orders());
    events
}

fn requests() -> Vec<D> {
    let mut events: Vec<D> = Melder::ALLE
        .into_iter()
        .zip(Kanaal::ALLE.into_iter().cycle())
        .map(|(melder, kanaal)| {
            let spoed = melder == Melder::Huisarts;
            let pilot = spoed.then_some(PilotId(1));
            let melding = Melding { kanaal, melder, spoed, pilot };
            D::MeldingOntvangen { zaak: ZAAK, melding }
        })
        .collect();
    let intakes = [
        IntakeUitkomst::Informatie,
        IntakeUitkomst::Advies,
        IntakeUitkomst::EigenKracht,
        IntakeUitkomst::AlgemeneVoorziening(AlgemeneVoorzieningId(6)),
        IntakeUitkomst::NaarLoket,
        IntakeUitkomst::NaarTeam(TeamId(2)),
    ];
    events.extend(intakes.map(|uitkomst| D::IntakeAfgerond { zaak: ZAAK, uitkomst }));
    events.extend(Opschortingsgrond::ALLE.map(|grond| D::TermijnOpgeschort { zaak: ZAAK, grond }));
    events.extend(Sluitreden::ALLE.map(|reden| D::ZaakGesloten { zaak: ZAAK, reden }));
    events
}

fn decisions() -> Vec<D> {
    let mut outcomes =
        vec![Uitkomst::Toegekend, Uitkomst::GedeeltelijkToegekend, Uitkomst::BuitenBehandeling];
    outcomes.extend(Afwijzingsgrond::ALLE.map(Uitkomst::Afgewezen));
    outcomes
        .into_iter()
        .map(|uitkomst| {
            let granted = if uitkomst.kent_toe() { grants() } else { Vec::new() };
            let voorzieningen = (1..).map(VoorzieningId).zip(granted).collect();
            D::BeschikkingAfgegeven { zaak: ZAAK, uitkomst, voorzieningen }
        })
        .collect()
}

fn grants() -> Vec<Voorziening> {
    let products = [
        Productkeuze::Specifiek { categorie: category(2), code: code("02A03") },
        Productkeuze::Aspecifiek { categorie: category(10) },
        Productkeuze::Generiek,
    ];
    let forms = [
        Leveringsvorm::Zin { aanbieder: Some(AanbiederId(7)) },
        Leveringsvorm::Zin { aanbieder: None },
        Leveringsvorm::Pgb { jaarbedrag: Bedrag(1_200_000) },
    ];
    let bridges =
        [None, Some(TijdelijkeGrond::WachtlijstAlgemeneVoorziening), Some(TijdelijkeGrond::Spoed)];
    Frequentie::ALLE
        .into_iter()
        .enumerate()
        .map(|(n, frequentie)| Voorziening {
            product: products[n % 3],
            vorm: forms[n % 3],
            omvang: (n % 3 < 2).then_some(Omvang {
                volume: 180,
                eenheid: Eenheid::Minuut,
                frequentie,
            }),
            geldig: if n < 3 { period() } else { Periode::vanaf(DAY) },
            tijdelijk: bridges[n % 3],
        })
        .collect()
}

fn provisions() -> Vec<D> {
    let id = VoorzieningId(3);
    let voorziening = grants()[0];
    let origins = [
        Herkomst::Besluit(ZAAK),
        Herkomst::Overgangsrecht(Kenmerk(1)),
        Herkomst::VorigSysteem(Kenmerk(2)),
        Herkomst::Bericht(Kenmerk(u64::MAX / 2)),
    ];
    let mut events: Vec<D> = origins
        .into_iter()
        .map(|herkomst| D::VoorzieningOvergenomen {
            id,
            voorziening,
            team: Some(TeamId(2)),
            herkomst,
        })
        .collect();
    events.push(D::VoorzieningGecorrigeerd { id, voorziening });
    events.extend(EindeReden::ALLE.map(|reden| D::VoorzieningBeeindigd { id, per: DAY, reden }));
    events
}

fn orders() -> Vec<D> {
    let nummer = ToewijzingNummer(88);
    let omvang = Omvang { volume: 3, eenheid: Eenheid::Uur, frequentie: Frequentie::Week };
    let quantities =
        [Hoeveelheid::Omvang(omvang), Hoeveelheid::Budget(Bedrag(99)), Hoeveelheid::Open];
    let mut events: Vec<D> = quantities
        .into_iter()
        .map(|hoeveelheid| D::ToewijzingVerstrekt {
            nummer,
            opdracht: Opdracht {
                voorziening: (hoeveelheid == Hoeveelheid::Open).then_some(VoorzieningId(3)),
                aanbieder: AanbiederId(7),
                product: Productkeuze::Generiek,
                hoeveelheid,
                geldig: period(),
            },
        })
        .collect();
    events.extend(RedenWijziging::ALLE.map(|reden| D::ToewijzingGewijzigd {
        nummer,
        reden,
        tot_en_met: (reden != RedenWijziging::Overleden).then_some(DAY),
        omvang: (reden == RedenWijziging::Verkorting).then_some(omvang),
        budget: (reden == RedenWijziging::Bekostiging).then_some(Bedrag(1)),
    }));
    events.extend(StopReden::ALLE.map(|reden| D::LeveringGestopt {
        toewijzing: nummer,
        begin: DAY,
        reden,
    }));
    events.extend([None, Some(Kenmerk(12))].map(|crediteert| {
        D::PrestatieGedeclareerd(Prestatie {
            toewijzing: nummer,
            periode: period(),
            volume: 600,
            eenheid: Eenheid::Minuut,
            bedrag: Bedrag(if crediteert.is_some() { -55_500 } else { 55_500 }),
            referentie: Kenmerk(13),
            crediteert,
        })
    }));
    events
}
