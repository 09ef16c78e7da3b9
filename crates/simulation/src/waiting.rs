//! The general provisions and how long people wait for them.

use domain::{AlgemeneVoorzieningId, RegisterEvent, algemeen::AlgemeneVoorziening};

use crate::{
    draw::{Draw, whole},
    parameters::BEGIN,
    world::World,
};

/// The waiting times of the general provisions, in weeks, as last measured.
pub(crate) struct Waiting {
    weken: [u16; 4],
}

/// Social work, whose waiting list is bridged with a temporary indication.
const MAATSCHAPPELIJK_WERK: usize = 0;

const NAMEN: [&str; 4] =
    ["Maatschappelijk werk", "Ontmoetingscentrum De Huiskamer", "Maatjesproject", "Klussendienst"];

/// The waiting time that is expected in each year from 2015 on, in weeks.
const VERWACHT: [[f64; 11]; 4] = [
    [3.0, 5.0, 9.0, 12.0, 14.0, 15.0, 18.0, 16.0, 11.0, 8.0, 6.0],
    [0.0, 0.0, 1.0, 1.0, 1.0, 0.0, 2.0, 1.0, 1.0, 1.0, 1.0],
    [4.0, 4.0, 5.0, 6.0, 6.0, 8.0, 9.0, 8.0, 7.0, 7.0, 6.0],
    [1.0, 1.0, 2.0, 2.0, 2.0, 3.0, 3.0, 2.0, 2.0, 2.0, 2.0],
];

impl Waiting {
    /// Writes the general provisions into the register.
    pub(crate) fn establish(world: &mut World) -> Waiting {
        for (id, naam) in keys().zip(NAMEN) {
            let it = AlgemeneVoorziening { id, naam: naam.to_owned(), wijken: Vec::new() };
            world.write(BEGIN, RegisterEvent::AlgemeneVoorzieningIngesteld(it));
        }
        Waiting { weken: [0; 4] }
    }

    /// Measures every waiting time.
    pub(crate) fn measure(&mut self, world: &mut World, draw: &mut Draw) {
        let year = usize::try_from(world.today.year() - BEGIN.year()).unwrap_or(0).min(10);
        for (at, voorziening) in keys().enumerate() {
            let weken = whole(VERWACHT[at][year] + draw.between(-2.0, 2.0)).max(0);
            self.weken[at] = u16::try_from(weken).expect("a few weeks");
            let weken = self.weken[at];
            world.write(world.today, RegisterEvent::WachttijdGemeten { voorziening, weken });
        }
    }

    /// How many weeks somebody waits for social work.
    pub(crate) fn maatschappelijk_werk(&self) -> u16 {
        self.weken[MAATSCHAPPELIJK_WERK]
    }
}

/// One of the general provisions.
pub(crate) fn some_provision(draw: &mut Draw) -> AlgemeneVoorzieningId {
    let keys: Vec<AlgemeneVoorzieningId> = keys().collect();
    draw.pick(&keys)
}

fn keys() -> impl Iterator<Item = AlgemeneVoorzieningId> {
    (1..=4).map(AlgemeneVoorzieningId)
}
