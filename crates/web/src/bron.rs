//! The facts that figures are computed from, kept per day of knowledge until the log grows.

use std::sync::{Arc, Mutex, PoisonError};

use domain::Register;
use indicators::{Feiten, Maand};
use jiff::civil::Date;

use crate::{datum, fout::Fout, staat::Web};

/// How many days of knowledge are kept at once.
const BEWAARD: usize = 3;

/// The facts as known at the end of a day.
pub(crate) struct Bron {
    pub(crate) feiten: Feiten,
    pub(crate) register: Register,
    pub(crate) peildatum: Date,
    /// The last month that is complete and of which something was recorded.
    pub(crate) laatste: Option<Maand>,
    sequence: u64,
}

/// What is kept, newest first.
#[derive(Default)]
pub(crate) struct Bronnen {
    kept: Mutex<Vec<Arc<Bron>>>,
    making: tokio::sync::Mutex<()>,
}

impl Bronnen {
    fn find(&self, sequence: u64, peildatum: Date) -> Option<Arc<Bron>> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.iter().find(|it| it.sequence == sequence && it.peildatum == peildatum).cloned()
    }

    fn keep(&self, bron: Arc<Bron>) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|it| it.peildatum != bron.peildatum);
        kept.insert(0, bron);
        kept.truncate(BEWAARD);
    }
}

impl Web {
    /// The facts as known at the end of a day; of today and later, everything.
    pub(crate) async fn bron(&self, peildatum: Date) -> Result<Arc<Bron>, Fout> {
        let sequence = self.live().with(|world| world.state.sequence);
        if let Some(found) = self.bronnen.find(sequence, peildatum) {
            return Ok(found);
        }
        // One at a time: whoever waited finds it made.
        let _turn = self.bronnen.making.lock().await;
        let sequence = self.live().with(|world| world.state.sequence);
        if let Some(found) = self.bronnen.find(sequence, peildatum) {
            return Ok(found);
        }
        let web = self.clone();
        let bron = tokio::task::spawn_blocking(move || Arc::new(make(&web, peildatum))).await?;
        self.bronnen.keep(bron.clone());
        Ok(bron)
    }
}

fn make(web: &Web, peildatum: Date) -> Bron {
    let today = web.vandaag();
    web.live().with(|world| {
        let recorded = world.entries.last().map(|it| Maand::van_dag(datum::dag(it.recorded)));
        let laatste = recorded.map(|it| it.min(Maand::van_dag(peildatum.min(today)).vorige()));
        let sequence = world.state.sequence;
        let bron = |state: &domain::State| Bron {
            feiten: Feiten::van(state),
            register: state.register.clone(),
            peildatum,
            laatste,
            sequence,
        };
        if peildatum >= today {
            bron(&world.state)
        } else {
            bron(&world.state_as_known(datum::einde_van(peildatum)))
        }
    })
}
