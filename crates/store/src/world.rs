//! The log and what it folds into, in memory.

use domain::{Entry, State};
use jiff::Timestamp;

/// Everything that is known, with everything that happened.
#[derive(Debug, Default)]
pub struct World {
    /// The log, folded.
    pub state: State,
    /// The log, oldest first.
    pub entries: Vec<Entry>,
}

impl World {
    /// The state as it was known at a moment: folded from what was recorded up to then.
    pub fn state_as_known(&self, until: Timestamp) -> State {
        State::fold(self.entries.iter().filter(|it| it.recorded <= until))
    }

    /// Folds in what follows; what was folded in before is passed over.
    pub(crate) fn take_in(&mut self, entries: Vec<Entry>) {
        for entry in entries {
            if entry.sequence == self.state.sequence + 1 {
                self.state.apply(&entry);
                self.entries.push(entry);
            }
        }
    }
}
