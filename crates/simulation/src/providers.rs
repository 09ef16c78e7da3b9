//! The providers: forty made-up organisations with contracts, tariffs, shares and use rates.

use domain::{
    AanbiederId, Bedrag, ContractId, Maand, Periode, RegisterEvent,
    organisatie::{Aanbieder, Contract},
    register::Tarief,
};
use jiff::civil::{Date, date};

use crate::{
    agenda::plus,
    draw::Draw,
    parameters::{BEGIN, Parameters},
    products::CATALOGUS,
    world::World,
};

/// The providers, with what is true about them.
pub(crate) struct Offer {
    pub(crate) providers: Vec<Provider>,
}

/// A provider, with what is true about it.
pub(crate) struct Provider {
    pub(crate) id: AanbiederId,
    pub(crate) naam: &'static str,
    pub(crate) producten: &'static [usize],
    /// How likely it is to be chosen, against the others with the product.
    pub(crate) gewicht: f64,
    /// How much of what was ordered it delivers.
    pub(crate) verzilvering: f64,
    /// What it asks more or less than the catalogue's price, as a factor.
    opslag: f64,
    /// Whether it bills hours in minutes.
    pub(crate) in_minuten: bool,
    /// The working day of the month on which it bills.
    pub(crate) declareert_op: i8,
    /// From when to when it takes new clients.
    van: Date,
    tot: Option<Date>,
    /// The supports it delivers, by their place in the list of all.
    pub(crate) caseload: Vec<usize>,
    /// The months of supports that it still has to bill.
    pub(crate) overdue: Vec<(usize, Maand)>,
    /// The last month that it billed.
    pub(crate) billed: Option<Maand>,
}

/// The provider that grows fast, by its place in the list.
pub(crate) const GROEIER: usize = 9;

/// The providers that employ staff of the teams, by their place in the list.
pub(crate) const LEVERANCIERS_VAN_COACHES: [usize; 3] = [0, 1, 2];

/// The provider that seconds district nurses, by its place in the list.
pub(crate) const WIJKVERPLEGING: usize = 5;

/// The provider whose contract ends early, and the one that comes later.
const STOPPER: usize = 15;
const NIEUWKOMER: usize = 18;

impl Offer {
    pub(crate) fn new(draw: &mut Draw) -> Offer {
        let providers = ORGANISATIES.iter().enumerate().map(|(at, &(naam, producten))| Provider {
            id: AanbiederId(u32::try_from(at + 1).expect("forty at most")),
            naam,
            producten,
            gewicht: if at == GROEIER { 0.4 } else { gewicht(at) * draw.between(0.8, 1.2) },
            verzilvering: draw.between(0.80, 0.95),
            opslag: draw.between(0.94, 1.06),
            in_minuten: producten.contains(&0) && draw.chance(0.4),
            declareert_op: i8::try_from(draw.days(3, 15)).expect("a day of the month"),
            van: if at == NIEUWKOMER { date(2017, 1, 1) } else { BEGIN },
            tot: (at == STOPPER).then_some(date(2018, 6, 30)),
            caseload: Vec::new(),
            overdue: Vec::new(),
            billed: None,
        });
        Offer { providers: providers.collect() }
    }

    /// The chance of each provider to be chosen for a product on a day, by somebody of `own`.
    pub(crate) fn weights(
        &self,
        product: usize,
        op: Date,
        own: Option<usize>,
        parameters: &Parameters,
    ) -> Vec<f64> {
        let weight = |(at, it): (usize, &Provider)| {
            let takes = it.producten.contains(&product)
                && it.van <= op
                && it.tot.is_none_or(|last| op <= last);
            if !takes {
                return 0.0;
            }
            let own = if own == Some(at) { parameters.eigen_aanbieder_factor } else { 1.0 };
            let grown = if at == GROEIER { groei(op.year(), parameters) } else { 1.0 };
            it.gewicht * own * grown
        };
        self.providers.iter().enumerate().map(weight).collect()
    }

    /// Whether a provider takes clients on a day.
    pub(crate) fn takes(&self, provider: usize, op: Date) -> bool {
        let it = &self.providers[provider];
        it.van <= op && it.tot.is_none_or(|last| op <= last)
    }

    /// The tariff of a provider for a product in a year.
    pub(crate) fn prijs(&self, provider: usize, product: usize, jaar: i16) -> Bedrag {
        Bedrag(CATALOGUS[product].prijs(jaar, self.providers[provider].opslag))
    }

    /// Writes products, providers, contracts and the tariffs of the first year into the register.
    pub(crate) fn establish(&self, world: &mut World) {
        for it in &CATALOGUS {
            world.write(BEGIN, RegisterEvent::ProductVastgesteld(it.product(BEGIN.year())));
        }
        for (at, it) in self.providers.iter().enumerate() {
            let agb = Some(format!("424200{:02}", at + 1).parse().expect("eight digits"));
            let aanbieder = Aanbieder { id: it.id, naam: it.naam.to_owned(), agb };
            world.write(BEGIN, RegisterEvent::AanbiederVastgesteld(aanbieder));
            if it.van == BEGIN {
                self.contract(world, at, 1, BEGIN, Some(date(2018, 12, 31)));
            }
        }
        self.agree(world, BEGIN.year());
    }

    /// Writes what changes with a new year: tariffs and names of products.
    pub(crate) fn new_year(&self, world: &mut World, jaar: i16) {
        let on = date(jaar, 1, 1);
        if jaar == 2023 {
            for it in CATALOGUS.iter().filter(|it| it.is_hernoemd()) {
                world.write(on, RegisterEvent::ProductVastgesteld(it.product(jaar)));
            }
        }
        self.agree(world, jaar);
    }

    /// Signs contracts well before they hold, and ends the one of the provider that stops.
    pub(crate) fn contracts(&self, world: &mut World) {
        const ROUND_TWO: Date = date(2019, 1, 1);
        let today = world.today;
        for (at, it) in self.providers.iter().enumerate() {
            if it.van > BEGIN && today == plus(it.van, -120) {
                self.contract(world, at, 1, it.van, Some(plus(ROUND_TWO, -1)));
            }
            if it.tot.is_none() && today == plus(ROUND_TWO, -120) {
                self.contract(world, at, 2, ROUND_TWO, None);
            }
        }
        for (at, it) in self.providers.iter().enumerate() {
            if it.tot == Some(world.today) {
                let contract = contract_id(at, 1);
                world.write(world.today, RegisterEvent::ContractBeeindigd { contract });
            }
        }
    }

    fn agree(&self, world: &mut World, jaar: i16) {
        let geldig = Periode::vanaf(date(jaar, 1, 1));
        for (at, it) in self.providers.iter().enumerate() {
            for product in it.producten.iter().copied() {
                let tarief = Tarief {
                    aanbieder: it.id,
                    product: CATALOGUS[product].code(),
                    eenheid: CATALOGUS[product].eenheid,
                    bedrag: self.prijs(at, product, jaar),
                    geldig,
                };
                world.write(geldig.van(), RegisterEvent::TariefVastgesteld(tarief));
            }
        }
    }

    fn contract(&self, world: &mut World, at: usize, round: u32, van: Date, tot: Option<Date>) {
        let geldig = Periode::new(van, tot).expect("a contract ends after it starts");
        let (id, aanbieder) = (contract_id(at, round), self.providers[at].id);
        world.write(van, RegisterEvent::ContractGesloten(Contract { id, aanbieder, geldig }));
    }
}

/// The growing provider's chance in a year, as a factor on its chance before.
pub(crate) fn groei(jaar: i16, parameters: &Parameters) -> f64 {
    let years = (jaar - parameters.groeier_vanaf + 1).max(0);
    (0..years).fold(1.0, |grown, _| grown * parameters.groeier_factor_per_jaar).min(10.0)
}

fn contract_id(at: usize, round: u32) -> ContractId {
    ContractId(u32::try_from(at + 1).expect("forty at most") * 10 + round)
}

/// The first in the list are the biggest.
fn gewicht(at: usize) -> f64 {
    let rank = f64::from(u32::try_from(at).expect("forty at most"));
    10.0 / (rank + 3.0)
}

const LEVEN: &[usize] = &[0, 1, 2, 3];
const LICHT: &[usize] = &[0, 1];
const ALLES: &[usize] = &[0, 1, 2, 3, 4, 5];
const DEELNAME: &[usize] = &[4, 5];
const OUDEREN: &[usize] = &[0, 1, 6, 7];
const DAG_OUDEREN: &[usize] = &[6];
const VERBLIJF: &[usize] = &[6, 7];
const RIJDEN: &[usize] = &[8];
const POETSEN: &[usize] = &[9, 10];
const MIDDELEN: &[usize] = &[11, 12];
const BOUWEN: &[usize] = &[13];

const ORGANISATIES: [(&str, &[usize]); 40] = [
    ("Stichting Lindekring", ALLES),
    ("Veenstede Ondersteuning", ALLES),
    ("De Brede Beuk", ALLES),
    ("Stap voor Stap Begeleiding", LEVEN),
    ("Zorggroep Het Veer", OUDEREN),
    ("Thuiskompas Wijkverpleging", OUDEREN),
    ("Boerderij De Vlashof", DEELNAME),
    ("Samenspel Noordhoek", LEVEN),
    ("Atelier De Werkbank", DEELNAME),
    ("Nieuw Perspectief Wijkerveen", LICHT),
    ("Kracht & Koers", LEVEN),
    ("Ouderensociëteit Avondzon", DAG_OUDEREN),
    ("De Schutse", LEVEN),
    ("Zorgboerderij Hooiland", DEELNAME),
    ("Dagcentrum De Wilg", DAG_OUDEREN),
    ("Richting Zelf", LICHT),
    ("Buurtanker", LICHT),
    ("Autismepunt De Brug", LEVEN),
    ("Thuisbasis Coaching", LICHT),
    ("Rustpunt Logeerhuis", VERBLIJF),
    ("Zorghotel De Kade", VERBLIJF),
    ("Helder Begeleid", LICHT),
    ("De Tussenstap", LEVEN),
    ("Handreiking Wonen", LEVEN),
    ("Glanspunt Thuishulp", POETSEN),
    ("Huis op Orde", POETSEN),
    ("Veenstede Thuis", POETSEN),
    ("De Frisse Wind", POETSEN),
    ("Hulpkring Wijkerveen", POETSEN),
    ("Schoon & Zeker", POETSEN),
    ("Tweede Thuis Service", POETSEN),
    ("Stofvrij Samen", POETSEN),
    ("Bezem & Co", POETSEN),
    ("Regiotaxi De Pendel", RIJDEN),
    ("Van Deur tot Deur", RIJDEN),
    ("Busje Komt Vervoer", RIJDEN),
    ("Mobiel Verder Hulpmiddelen", MIDDELEN),
    ("Welzijnstechniek Oost", MIDDELEN),
    ("Drempelvrij Bouw", BOUWEN),
    ("Aanpassing & Advies", BOUWEN),
];
