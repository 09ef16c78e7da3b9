//! The state of everything: the log folded, and the one place where commands are decided.

use std::collections::{BTreeMap, HashMap};

use crate::{
    ClientId, Command, Dossier, Entry, Event, Happened, Omstandigheid, Refusal, Register,
    ToewijzingNummer, ZaakId, dossier, register_regels,
};

/// Everything that is known, as a pure function of the log.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct State {
    /// The municipality.
    pub register: Register,
    /// The dossiers.
    pub dossiers: HashMap<ClientId, Dossier>,
    /// How many events the register's stream has.
    pub register_version: u32,
    /// The place in the log of the last event folded in; 0 for none.
    pub sequence: u64,
    toewijzingen: HashMap<ToewijzingNummer, ClientId>,
    zaken: HashMap<ZaakId, ClientId>,
    last_zaak: BTreeMap<i16, u32>,
    last_toewijzing: u32,
}

impl State {
    /// The log folded from the start.
    pub fn fold<'a>(log: impl IntoIterator<Item = &'a Entry>) -> State {
        let mut state = State::default();
        for entry in log {
            state.apply(entry);
        }
        state
    }

    /// Folds in one entry. Cannot fail: what has happened cannot be refused.
    pub fn apply(&mut self, entry: &Entry) {
        self.sequence = entry.sequence;
        let Happened { on, actor, event } = &entry.happened;
        match event {
            Event::Register(event) => {
                self.register_version = entry.version;
                self.register.apply(*on, event);
            }
            Event::Dossier(client, event) => {
                self.index(*client, event);
                let dossier = self.dossiers.entry(*client).or_insert_with(|| Dossier::new(*client));
                dossier.version = entry.version;
                dossier.apply(*on, *actor, event);
            }
        }
    }

    /// The dossier of a client, or an empty one.
    pub fn dossier(&self, client: ClientId) -> Dossier {
        self.dossiers.get(&client).cloned().unwrap_or_else(|| Dossier::new(client))
    }

    /// The version of a stream: how many events it has.
    pub fn version(&self, stream: crate::Stream) -> u32 {
        match stream {
            crate::Stream::Register => self.register_version,
            crate::Stream::Dossier(client) => self.dossiers.get(&client).map_or(0, |it| it.version),
        }
    }

    /// The client an allocation is for.
    pub fn client_van_toewijzing(&self, nummer: ToewijzingNummer) -> Option<ClientId> {
        self.toewijzingen.get(&nummer).copied()
    }

    /// The client a case is about.
    pub fn client_van_zaak(&self, zaak: ZaakId) -> Option<ClientId> {
        self.zaken.get(&zaak).copied()
    }

    /// A case number that was not used yet in this year.
    pub fn next_zaak(&self, jaar: i16) -> ZaakId {
        ZaakId { jaar, volgnummer: self.last_zaak.get(&jaar).copied().unwrap_or(0) + 1 }
    }

    /// An allocation number that was not used yet.
    pub fn next_toewijzing(&self) -> ToewijzingNummer {
        ToewijzingNummer(self.last_toewijzing + 1)
    }

    fn index(&mut self, client: ClientId, event: &crate::DossierEvent) {
        match event {
            crate::DossierEvent::MeldingOntvangen { zaak, .. } => {
                self.zaken.insert(*zaak, client);
                let last = self.last_zaak.entry(zaak.jaar).or_default();
                *last = zaak.volgnummer.max(*last);
            }
            crate::DossierEvent::ToewijzingVerstrekt { nummer, .. } => {
                self.toewijzingen.insert(*nummer, client);
                self.last_toewijzing = nummer.0.max(self.last_toewijzing);
            }
            _ => {}
        }
    }
}

/// Answers a command: the events it leads to, possibly none, or the ground on which it is refused.
pub fn decide(
    state: &State,
    command: &Command,
    bij: &Omstandigheid,
) -> Result<Vec<Happened>, Refusal> {
    if bij.on > bij.today && !may_lie_ahead(command) {
        return Err(Refusal::InDeToekomst(bij.on));
    }
    let happened = |event| Happened { on: bij.on, actor: bij.actor, event };
    match command {
        Command::Register(event) => {
            let news = register_regels::decide(&state.register, event, bij)?;
            Ok(news.into_iter().map(|it| happened(Event::Register(it))).collect())
        }
        Command::Dossier(client, command) => {
            let known = state.dossiers.get(client);
            let empty;
            let dossier = match known {
                Some(it) => it,
                None => {
                    empty = Dossier::new(*client);
                    &empty
                }
            };
            let news = dossier::decide(state, dossier, command, bij)?;
            let at = |(on, actor, it)| Happened { on, actor, event: Event::Dossier(*client, it) };
            Ok(news.into_iter().map(at).collect())
        }
    }
}

/// The register may be told today what holds from a later day on.
fn may_lie_ahead(command: &Command) -> bool {
    matches!(command, Command::Register(_))
}
