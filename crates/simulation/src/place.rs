//! The place: wijken with their inhabitants, and the teams that serve them.

use domain::{
    Leeftijdsgroep, RegisterEvent, TeamId, WijkId,
    briefgegevens::Briefgegevens,
    inrichting::Inrichting,
    instelling::Instelling,
    organisatie::{Gemeente, Team, Wijk},
};

use crate::{
    draw::{Draw, whole_u32},
    parameters::{BEGIN, Parameters},
    world::World,
};

/// The name of the made-up municipality.
pub(crate) const GEMEENTE: &str = "Wijkerveen";

/// The wijken and the teams.
pub(crate) struct Place {
    pub(crate) wijken: Vec<Buurt>,
    pub(crate) teams: Vec<Ploeg>,
    /// The two wijken of the pilot.
    pub(crate) pilot: [usize; 2],
}

/// A wijk with what is true about it.
pub(crate) struct Buurt {
    pub(crate) id: WijkId,
    pub(crate) naam: &'static str,
    /// The team that serves it.
    pub(crate) team: usize,
    /// How many requests its inhabitants make, as a factor.
    pub(crate) vraag_factor: f64,
    inwoners: f64,
    vergrijzing: f64,
}

/// A team with what is true about it.
pub(crate) struct Ploeg {
    pub(crate) id: TeamId,
    pub(crate) naam: &'static str,
    /// The extra chance that it grants a request.
    pub(crate) effect_toekenning: f64,
    /// The share of its enquiries that end after the legal term.
    pub(crate) aandeel_te_laat: f64,
}

/// What letters of the made-up municipality say; nobody answers there.
fn letterhead() -> Briefgegevens {
    Briefgegevens {
        adres: "Postbus 1".to_owned(),
        plaats: format!("9999 ZZ {GEMEENTE}"),
        telefoon: "14 0999".to_owned(),
        email: "wmo@wijkerveen.example".to_owned(),
        clientondersteuning: format!("Steunpunt {GEMEENTE}, telefoon 0999 - 99 99 99"),
    }
}

impl Place {
    pub(crate) fn new(parameters: &Parameters, draw: &mut Draw) -> Place {
        let count = usize::try_from(parameters.inwoners / 5000).unwrap_or(40).clamp(4, 40);
        let team_count = count / 2;
        let effects = around(0.0, 0.06, team_count, draw);
        let teams = (0..team_count).map(|at| Ploeg {
            id: TeamId(number(at)),
            naam: TEAMNAMEN[at],
            effect_toekenning: effects[at],
            aandeel_te_laat: draw.between(0.05, 0.15),
        });
        let teams = teams.collect();
        let sizes = around(1.0, 0.3, count, draw);
        let factors = around(1.0, 0.25, count, draw);
        let ageing = around(1.0, 0.25, count, draw);
        let mean = f64::from(parameters.inwoners) / f64::from(number(count) - 1);
        let wijken = (0..count).map(|at| Buurt {
            id: WijkId(number(at)),
            naam: WIJKNAMEN[at],
            team: at * team_count / count,
            vraag_factor: factors[at],
            inwoners: mean * sizes[at],
            vergrijzing: ageing[at],
        });
        Place { wijken: wijken.collect(), teams, pilot: [1, count / 2 + 1] }
    }

    /// The inhabitants of a wijk and age group on 1 January of a year.
    pub(crate) fn inwoners(&self, wijk: usize, groep: usize, jaar: i16) -> u32 {
        let it = &self.wijken[wijk];
        let years = f64::from(jaar - BEGIN.year());
        let aged = if groep >= 4 { it.vergrijzing } else { 1.0 };
        let young = if groep == 0 {
            AANDEEL[0] + (1.0 - it.vergrijzing) * (AANDEEL[4] + AANDEEL[5])
        } else {
            AANDEEL[groep] * aged
        };
        whole_u32(it.inwoners * young * (1.0 + GROEI_PER_JAAR[groep] * years))
    }

    /// Writes municipality, wijken and teams into the register.
    pub(crate) fn establish(&self, world: &mut World) {
        let code = "9999".parse().expect("four digits");
        let gemeente = Gemeente { code, naam: GEMEENTE.to_owned() };
        world.write(BEGIN, RegisterEvent::GemeenteVastgesteld(gemeente));
        let letters = Inrichting::BriefgegevensVastgesteld(letterhead());
        world.write(BEGIN, RegisterEvent::ToegangIngericht(letters));
        // In 2015 the team decides by itself, and its own provider may deliver.
        for choice in [Instelling::VierOgen(false), Instelling::EigenAanbiederUitgesloten(false)] {
            let choice = Inrichting::InstellingGekozen(choice);
            world.write(BEGIN, RegisterEvent::ToegangIngericht(choice));
        }
        for it in &self.wijken {
            let wijk = Wijk { id: it.id, naam: it.naam.to_owned() };
            world.write(BEGIN, RegisterEvent::WijkVastgesteld(wijk));
        }
        self.count(world, BEGIN.year());
        for (at, it) in self.teams.iter().enumerate() {
            let team = Team { id: it.id, naam: it.naam.to_owned() };
            world.write(BEGIN, RegisterEvent::TeamIngesteld(team));
            let served = self.wijken.iter().filter(|wijk| wijk.team == at);
            let wijken = served.map(|wijk| wijk.id).collect();
            world.write(BEGIN, RegisterEvent::WerkgebiedVastgesteld { team: it.id, wijken });
        }
    }

    /// Writes the inhabitants on 1 January of a year into the register.
    pub(crate) fn count(&self, world: &mut World, jaar: i16) {
        let on = jiff::civil::date(jaar, 1, 1);
        for (at, it) in self.wijken.iter().enumerate() {
            for (groep_at, groep) in Leeftijdsgroep::ALLE.into_iter().enumerate() {
                let aantal = self.inwoners(at, groep_at, jaar);
                let wijk = it.id;
                world.write(on, RegisterEvent::InwonersGeteld { wijk, jaar, groep, aantal });
            }
        }
    }
}

/// Values that differ at most about so much from a middle, which is exactly their mean: chance
/// decides which of them is high, not how the municipality as a whole does.
fn around(middle: f64, width: f64, count: usize, draw: &mut Draw) -> Vec<f64> {
    let drawn: Vec<f64> = (0..count).map(|_| draw.between(-width, width)).collect();
    let mean = drawn.iter().sum::<f64>() / f64::from(number(count) - 1);
    drawn.into_iter().map(|it| middle + it - mean).collect()
}

/// The key of the thing at this place in a list: counted from 1.
fn number(at: usize) -> u16 {
    u16::try_from(at + 1).expect("a few dozen at most")
}

/// Share of inhabitants per age group in 2015, youngest first.
const AANDEEL: [f64; 6] = [0.33, 0.18, 0.22, 0.185, 0.06, 0.025];

/// Growth per age group, as a share of the inhabitants of 2015 per year: slow ageing.
const GROEI_PER_JAAR: [f64; 6] = [-0.004, -0.001, -0.006, 0.010, 0.026, 0.020];

const TEAMNAMEN: [&str; 20] = [
    "Noord",
    "Oost",
    "Zuid",
    "Centrum",
    "West",
    "Noordoost",
    "Zuidoost",
    "Zuidwest",
    "Noordwest",
    "Binnenstad",
    "Rivierkant",
    "Heidezoom",
    "Stationskwartier",
    "Haven",
    "Bosrand",
    "Veenkant",
    "Nieuwland",
    "Oudeland",
    "Singels",
    "Polder",
];

const WIJKNAMEN: [&str; 40] = [
    "Dorpshart",
    "Molenwiek",
    "Zwaluwnest",
    "Buitenveld",
    "Veenrijk",
    "Lindekwartier",
    "Eikenoord",
    "Waterkers",
    "Hoge Akkers",
    "Lage Akkers",
    "Turfhoek",
    "Kastanjelaan",
    "Ooievaarsdal",
    "Rietlanden",
    "Meerkoet",
    "Bremhof",
    "Wilgenpas",
    "Korenbloem",
    "Klaproos",
    "Boterbloem",
    "Zilverberk",
    "Gouden Regen",
    "Vlasakker",
    "Haverkamp",
    "Roggeveld",
    "Gerstland",
    "Boekweit",
    "Karperwijk",
    "Snoekenhof",
    "Baarsveld",
    "Leeuwerik",
    "Merelpark",
    "Lijsterbes",
    "Koolmees",
    "Winterkoning",
    "Grutto",
    "Kievitsheide",
    "Wulpenveld",
    "Scholekster",
    "Tureluur",
];
