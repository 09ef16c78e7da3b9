//! The world: the state, the log that led to it and the day it is.

use domain::{
    Actor, Command, DossierCommand, Entry, Happened, Omstandigheid, RegisterEvent, State,
    Systeemdeel, decide,
};
use jiff::{Timestamp, civil::Date, tz::TimeZone};

/// The state, the log and the day; nothing changes but by a command that the domain accepts.
pub(crate) struct World {
    pub(crate) state: State,
    pub(crate) log: Vec<(Happened, Timestamp)>,
    pub(crate) today: Date,
    recorded_today: i64,
}

impl World {
    pub(crate) fn new(today: Date) -> World {
        World { state: State::default(), log: Vec::new(), today, recorded_today: 0 }
    }

    /// Lets the next day begin.
    pub(crate) fn next_day(&mut self) {
        self.today = self.today.tomorrow().expect("a day long before the last one");
        self.recorded_today = 0;
    }

    /// Asks something of the dossier of a client; returns whether anything happened.
    pub(crate) fn ask(
        &mut self,
        on: Date,
        actor: Actor,
        client: domain::ClientId,
        command: DossierCommand,
    ) -> bool {
        self.execute(on, actor, &Command::Dossier(client, command))
    }

    /// Writes something into the register.
    pub(crate) fn write(&mut self, on: Date, event: RegisterEvent) {
        let actor = Actor::Systeem(Systeemdeel::Inrichting);
        self.execute(on, actor, &Command::Register(event));
    }

    /// Decides, applies and records.
    ///
    /// # Panics
    ///
    /// When the domain refuses: the simulation only asks what may be done.
    fn execute(&mut self, on: Date, actor: Actor, command: &Command) -> bool {
        let bij = Omstandigheid { on, today: self.today, actor };
        let news = match decide(&self.state, command, &bij) {
            Ok(news) => news,
            Err(refusal) => panic!("refused on {}: {refusal}\n{command:?}\n{bij:?}", self.today),
        };
        let happened_any = !news.is_empty();
        for happened in news {
            let version = self.state.version(happened.event.stream()) + 1;
            let recorded = self.moment();
            let sequence = self.state.sequence + 1;
            let entry = Entry { sequence, version, recorded, happened };
            self.state.apply(&entry);
            self.log.push((entry.happened, recorded));
        }
        happened_any
    }

    /// The next moment of the office day: one entry per quarter of a second from eight o'clock on.
    fn moment(&mut self) -> Timestamp {
        const FIRST: i64 = 8 * 60 * 60;
        const LAST: i64 = 22 * 60 * 60;
        let second = (FIRST + self.recorded_today / 4).min(LAST);
        self.recorded_today += 1;
        let midnight = TimeZone::UTC
            .to_timestamp(self.today.at(0, 0, 0, 0))
            .expect("a day long before the last one");
        Timestamp::from_second(midnight.as_second() + second).expect("a moment of that day")
    }
}
