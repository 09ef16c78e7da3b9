//! A small municipality to count in, written as the log would hold it.

use domain::{
    Actor, Bedrag, ClientId, Clientgegevens, DossierEvent, Eenheid, Entry, Event, Frequentie,
    Happened, Huishouden, Kenmerk, Leeftijdsgroep, Leveringsvorm, Omvang, Periode, Product,
    Productkeuze, RegisterEvent, State, TeamId, Voorziening, VoorzieningId, WijkId,
    actor::Systeemdeel,
    organisatie::{Aanbieder, Team, Wijk},
    product::Variant,
    register::Tarief,
    voorziening::Herkomst,
};
use indicators::{AanbiederId, ProductCode};
use jiff::{Timestamp, civil::Date, tz::TimeZone};

#[derive(Default)]
pub(crate) struct Log(Vec<Entry>);

impl Log {
    /// Two teams, three wijken, two providers and three products, of which one has no tariff.
    pub(crate) fn gemeente() -> Log {
        let mut log = Log::default();
        let start = day("2015-01-01");
        for (id, naam) in [(1, "Centrum"), (2, "Noord"), (3, "Zuid")] {
            let naam = naam.to_owned();
            log.register(start, RegisterEvent::WijkVastgesteld(Wijk { id: WijkId(id), naam }));
            for jaar in 2015..=2018 {
                for groep in Leeftijdsgroep::ALLE {
                    let wijk = WijkId(id);
                    let aantal = u32::from(id) * 1000;
                    let counted = RegisterEvent::InwonersGeteld { wijk, jaar, groep, aantal };
                    log.register(start, counted);
                }
            }
        }
        for (id, naam, wijken) in [(1, "Team Centrum", vec![1]), (2, "Team Buiten", vec![2, 3])] {
            let (naam, team) = (naam.to_owned(), TeamId(id));
            log.register(start, RegisterEvent::TeamIngesteld(Team { id: team, naam }));
            let wijken = wijken.into_iter().map(WijkId).collect();
            log.register(start, RegisterEvent::WerkgebiedVastgesteld { team, wijken });
        }
        for (id, naam) in [(1, "De Brug"), (2, "Thuis")] {
            let it = Aanbieder { id: AanbiederId(id), naam: naam.to_owned(), agb: None };
            log.register(start, RegisterEvent::AanbiederVastgesteld(it));
        }
        for (code, naam, groep) in PRODUCTEN {
            let it = Product {
                code: code.parse().unwrap(),
                categorie: code[..2].parse().unwrap(),
                naam: naam.to_owned(),
                eenheid: Eenheid::Uur,
                variant: Variant::Inspanningsgericht,
                groep: groep.to_owned(),
            };
            log.register(start, RegisterEvent::ProductVastgesteld(it));
        }
        log.tarief("02A03", 5000);
        log.tarief("01A01", 2800);
        log
    }

    pub(crate) fn tarief(&mut self, code: &str, cents: i64) {
        for aanbieder in [AanbiederId(1), AanbiederId(2)] {
            let it = Tarief {
                aanbieder,
                product: code.parse().unwrap(),
                eenheid: Eenheid::Uur,
                bedrag: Bedrag(cents),
                geldig: Periode::vanaf(day("2015-01-01")),
            };
            self.register(day("2015-01-01"), RegisterEvent::TariefVastgesteld(it));
        }
    }

    pub(crate) fn register(&mut self, on: Date, event: RegisterEvent) {
        self.add(on, on, Event::Register(event));
    }

    pub(crate) fn dossier(&mut self, client: u64, on: Date, event: DossierEvent) {
        self.add(on, on, Event::Dossier(ClientId(client), event));
    }

    /// Where somebody lives, and the year of birth, from a day on.
    pub(crate) fn gegevens(&mut self, client: u64, on: Date, wijk: u16, geboortejaar: i16) {
        let it = Clientgegevens {
            geboortejaar: Some(geboortejaar),
            wijk: Some(WijkId(wijk)),
            huishouden: Huishouden::Alleenstaand,
        };
        self.dossier(client, on, DossierEvent::GegevensVastgesteld(it));
    }

    pub(crate) fn voorziening(&mut self, client: u64, it: V) {
        self.voorziening_laat(client, it, it.van);
    }

    /// A provision that was written down on a later day than it started.
    pub(crate) fn voorziening_laat(&mut self, client: u64, it: V, recorded: Date) {
        let id = VoorzieningId(u32::try_from(self.0.len()).unwrap() + 1);
        let event = DossierEvent::VoorzieningOvergenomen {
            id,
            voorziening: it.voorziening(),
            team: it.team.map(TeamId),
            herkomst: Herkomst::VorigSysteem(Kenmerk(u64::from(id.0))),
        };
        self.add(it.van, recorded, Event::Dossier(ClientId(client), event));
    }

    pub(crate) fn add(&mut self, on: Date, recorded: Date, event: Event) {
        let sequence = u64::try_from(self.0.len()).unwrap() + 1;
        let recorded = recorded.to_zoned(TimeZone::UTC).unwrap().timestamp();
        let happened = Happened { on, actor: Actor::Systeem(Systeemdeel::Import), event };
        self.0.push(Entry { sequence, version: 1, recorded, happened });
    }

    pub(crate) fn state(&self) -> State {
        State::fold(&self.0)
    }

    /// What was known at the end of a day.
    pub(crate) fn state_on(&self, day: Date) -> State {
        let end = day.tomorrow().unwrap().to_zoned(TimeZone::UTC).unwrap().timestamp();
        let known = |it: Timestamp| it < end;
        State::fold(self.0.iter().filter(|it| known(it.recorded)))
    }
}

pub(crate) const PRODUCTEN: [(&str, &str, &str); 3] = [
    ("02A03", "Begeleiding individueel", "Begeleiding"),
    ("07A01", "Dagbesteding ouderen", "Dagbesteding"),
    ("01A01", "Huishoudelijke hulp", "Huishouden"),
];

/// A provision in a few words.
#[derive(Debug, Clone, Copy)]
pub(crate) struct V {
    pub(crate) product: &'static str,
    pub(crate) van: Date,
    pub(crate) tot: Option<Date>,
    pub(crate) team: Option<u16>,
    pub(crate) pgb: bool,
    pub(crate) aanbieder: u32,
}

impl V {
    pub(crate) fn new(product: &'static str, van: &str, tot: &str) -> V {
        let tot = (!tot.is_empty()).then(|| day(tot));
        V { product, van: day(van), tot, team: Some(1), pgb: false, aanbieder: 1 }
    }

    fn voorziening(&self) -> Voorziening {
        let code: ProductCode = self.product.parse().unwrap();
        let omvang = Omvang { volume: 10, eenheid: Eenheid::Uur, frequentie: Frequentie::Maand };
        let vorm = if self.pgb {
            Leveringsvorm::Pgb { jaarbedrag: Bedrag::euro(3650) }
        } else {
            Leveringsvorm::Zin { aanbieder: Some(AanbiederId(self.aanbieder)) }
        };
        Voorziening {
            product: Productkeuze::Specifiek {
                categorie: self.product[..2].parse().unwrap(),
                code,
            },
            vorm,
            omvang: (!self.pgb).then_some(omvang),
            geldig: Periode::new(self.van, self.tot).unwrap(),
            tijdelijk: None,
        }
    }
}

pub(crate) fn day(text: &str) -> Date {
    text.parse().unwrap()
}
