//! What comes in from outside, in our own words: what is asked, about whom, on which day, by whom.

use domain::{
    Actor, Bsn, ClientId, Command, DossierCommand, Event, Happened, Omstandigheid, RegisterEvent,
    State, decide,
};
use domain::{Entry, persoon::Persoonsgegevens};
use jiff::{Timestamp, civil::Date};

use crate::{Problem, refusal_problem};

/// Something asked by outside input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inkomend {
    /// About whom.
    pub wie: Wie,
    /// What is asked.
    pub command: Inkomende,
    /// The day it happened.
    pub on: Date,
    /// Who did it.
    pub actor: Actor,
    /// Where it was read.
    pub bron: Bron,
}

/// About whom something is, as outside input says it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Wie {
    /// About nobody: about the register.
    Register,
    /// The person with this BSN.
    Bsn(Bsn),
    /// The person with this key in the other system.
    Sleutel(String),
}

/// What is asked, before it is known which client it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Inkomende {
    /// Write this into the register.
    Register(RegisterEvent),
    /// Do this in the dossier of the client.
    Dossier(DossierCommand),
}

/// Where something was read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Bron {
    /// The file, as the user named it.
    pub file: String,
    /// The line, counted from 1.
    pub line: Option<u64>,
    /// The element of a message.
    pub element: Option<String>,
}

/// All that one or more files ask, and what was wrong with them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Intake {
    /// What is asked, in the order in which it must be done.
    pub commands: Vec<Inkomend>,
    /// Who the persons are.
    pub personen: Vec<(Wie, Persoonsgegevens)>,
    /// What was wrong.
    pub problems: Vec<Problem>,
}

impl Inkomend {
    /// The command to decide, once it is known which client it is about.
    ///
    /// `None` when it needs a client and there is none.
    pub fn command(&self, client: Option<ClientId>) -> Option<Command> {
        match &self.command {
            Inkomende::Register(event) => Some(Command::Register(event.clone())),
            Inkomende::Dossier(command) => Some(Command::Dossier(client?, command.clone())),
        }
    }

    /// Under which circumstances it is asked.
    pub fn omstandigheid(&self, today: Date) -> Omstandigheid {
        Omstandigheid { on: self.on, today, actor: self.actor }
    }

    /// Decides it on this state and folds what follows from it in, without writing anything.
    ///
    /// `recorded` stands for the moment of writing. What is refused comes back as a [`Problem`] at
    /// the place where it was read, and leaves the state as it was.
    pub fn try_on(
        &self,
        state: &mut State,
        client: Option<ClientId>,
        today: Date,
        recorded: Timestamp,
    ) -> Result<Vec<Happened>, Problem> {
        let Some(command) = self.command(client) else {
            return Err(Problem::fout("", "CLIENT", "deze cliënt is niet bekend").at(&self.bron));
        };
        let news = decide(state, &command, &self.omstandigheid(today))
            .map_err(|refusal| refusal_problem(&self.bron, &refusal))?;
        for happened in &news {
            fold(state, happened, recorded);
        }
        Ok(news)
    }
}

fn fold(state: &mut State, happened: &Happened, recorded: Timestamp) {
    let stream = Event::stream(&happened.event);
    state.apply(&Entry {
        sequence: state.sequence + 1,
        version: state.version(stream) + 1,
        recorded,
        happened: happened.clone(),
    });
}
