//! From tables to commands: pure, so that a dry run and the real thing plan the same.
//!
//! A besluit of the past is history, not a decision to be taken now. So a case comes over as a
//! whole by [`DossierCommand::NeemZaakOver`], with the outcome of its decisions; what was granted
//! comes over by [`DossierCommand::NeemVoorzieningOver`], which keeps the team that decided and
//! recognises the provision when it comes again. Nothing is counted twice.

mod dossier;
mod ondersteuning;
mod register;
mod sleutels;

use std::collections::BTreeMap;

use domain::{
    Actor, ClientId, DossierCommand, MedewerkerId, Register, RegisterEvent, State, Systeemdeel,
    WijkId,
};
use jiff::civil::Date;

use super::Uitwisseling;
use crate::{Bron, Inkomend, Inkomende, Intake, Problem, Wie, kenmerk};
pub use dossier::genoemden;
pub(super) use ondersteuning::LETTERLIJK;
use sleutels::Sleutels;

/// What an exchange asks, and who is in it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Plan {
    /// The commands in the order in which they must be done, the persons and the problems.
    pub intake: Intake,
    /// The names of the staff; they lie with the persons, outside the log.
    pub personeel: Vec<(MedewerkerId, String)>,
}

/// Plans what must be asked so that the state knows what the exchange says.
///
/// `client_van` tells which client somebody is, if known. What refers to nothing in the exchange or
/// in the register is listed with the problems of the reading. Asked twice, nothing changes.
pub fn plan(
    state: &State,
    uitwisseling: &Uitwisseling,
    vandaag: Date,
    client_van: &dyn Fn(&Wie) -> Option<ClientId>,
) -> Plan {
    let mut planner = Planner {
        state,
        u: uitwisseling,
        vandaag,
        client_van,
        sleutels: Sleutels::van(&state.register, uitwisseling),
        register: state.register.clone(),
        intake: Intake::default(),
        personeel: BTreeMap::new(),
    };
    planner.intake.problems.clone_from(&uitwisseling.problems);
    planner.register();
    planner.dossiers();
    let Planner { intake, personeel, .. } = planner;
    Plan { intake, personeel: personeel.into_iter().collect() }
}

/// The client with a key of another system, as in [`Wie::Sleutel`].
///
/// The same key gives the same client, so that nothing has to be kept beside the log.
pub fn client_van_sleutel(sleutel: &str) -> ClientId {
    ClientId(kenmerk(&["client", sleutel]).0)
}

struct Planner<'p> {
    state: &'p State,
    u: &'p Uitwisseling,
    vandaag: Date,
    client_van: &'p dyn Fn(&Wie) -> Option<ClientId>,
    sleutels: Sleutels,
    /// The register with what is planned folded in.
    register: Register,
    intake: Intake,
    personeel: BTreeMap<MedewerkerId, String>,
}

const IMPORT: Actor = Actor::Systeem(Systeemdeel::Import);

impl Planner<'_> {
    /// Asks for a change of the register, unless it says nothing new.
    fn vraag_register(&mut self, on: Date, event: RegisterEvent, bron: Bron) {
        let mut after = self.register.clone();
        after.apply(on, &event);
        if after == self.register {
            return;
        }
        self.register = after;
        let command = Inkomende::Register(event);
        let wie = Wie::Register;
        self.intake.commands.push(Inkomend { wie, command, on, actor: IMPORT, bron });
    }

    fn vraag(&mut self, wie: &Wie, command: DossierCommand, on: Date, actor: Actor, bron: &Bron) {
        self.intake.commands.push(Inkomend {
            wie: wie.clone(),
            command: Inkomende::Dossier(command),
            on,
            actor,
            bron: bron.clone(),
        });
    }

    /// Who did something: the person in the capacity of that day, if the exchange tells.
    fn door(&mut self, medewerker: Option<&str>, op: Date, plek: Plek) -> Actor {
        let door = self.vermoedelijk(medewerker, op);
        if let (Some(sleutel), IMPORT) = (medewerker, door) {
            let text = format!(
                "medewerker ‘{sleutel}’ had op die dag geen aanstelling; overgenomen zonder \
                 medewerker"
            );
            self.let_op(plek, "verwijzing", text);
        }
        door
    }

    /// The same, where it does not matter when somebody else must have done it.
    fn vermoedelijk(&self, medewerker: Option<&str>, op: Date) -> Actor {
        let found = medewerker.and_then(|it| self.sleutels.medewerker(it));
        let capacity = found.and_then(|it| self.register.hoedanigheid(it, op));
        capacity.map_or(IMPORT, Actor::Medewerker)
    }

    /// The wijk with this key or name; somebody may live outside the municipality.
    fn wijk(&mut self, sleutel: Option<&str>, plek: Plek) -> Option<WijkId> {
        let sleutel = sleutel?;
        let found = self.sleutels.wijk(sleutel);
        if found.is_none() {
            let text = format!("wijk ‘{sleutel}’ is niet bekend; overgenomen zonder wijk");
            self.let_op(plek, "verwijzing", text);
        }
        found
    }

    fn fout(&mut self, plek: Plek, code: &'static str, text: impl Into<String>) {
        let problem = plek.at(self.u, Problem::fout("", code, text));
        self.intake.problems.push(problem);
    }

    fn let_op(&mut self, plek: Plek, code: &'static str, text: impl Into<String>) {
        let problem = plek.at(self.u, Problem::waarschuwing("", code, text));
        self.intake.problems.push(problem);
    }
}

/// A cell of the exchange.
#[derive(Debug, Clone, Copy)]
struct Plek {
    tabel: &'static str,
    regel: u64,
    kolom: &'static str,
}

impl Plek {
    fn at(self, u: &Uitwisseling, problem: Problem) -> Problem {
        let bron = u.plek(self.tabel, self.regel);
        problem.at(&bron).in_column(u.kop(self.tabel, self.kolom))
    }

    /// Another cell of the same row.
    const fn kolom(self, kolom: &'static str) -> Plek {
        Plek { kolom, ..self }
    }
}
