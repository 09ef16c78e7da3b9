//! What the tests of the simulation share.

use domain::{Cbsgroep, Dossier, DossierEvent, Entry, Event, Happened, Productkeuze, State};
use jiff::civil::Date;
use simulation::{Municipality, Parameters, simulate};

/// A municipality of this size, up to and including this day.
pub(crate) fn municipality(seed: u64, inwoners: u32, tot: Date) -> Municipality {
    let parameters = Parameters { seed, inwoners, tot, ..Parameters::default() };
    simulate(&parameters, &mut |_, _| {})
}

/// The state that a simulated log leads to.
pub(crate) fn state(made: &Municipality) -> State {
    let mut state = State::default();
    for (sequence, (happened, recorded)) in (1..).zip(&made.entries) {
        let version = state.version(happened.event.stream()) + 1;
        let (recorded, happened) = (*recorded, happened.clone());
        state.apply(&Entry { sequence, version, recorded, happened });
    }
    state
}

/// What happened in dossiers.
pub(crate) fn in_dossiers(made: &Municipality) -> impl Iterator<Item = (&Happened, &DossierEvent)> {
    made.entries.iter().filter_map(|(happened, _)| match &happened.event {
        Event::Dossier(_, event) => Some((happened, event)),
        Event::Register(_) => None,
    })
}

/// Whether a product belongs to a group of Statistics Netherlands.
pub(crate) fn is_of(product: Productkeuze, groep: Cbsgroep) -> bool {
    product.categorie().is_some_and(|it| it.cbsgroep() == groep)
}

/// How many clients have a provision of a group on a day.
pub(crate) fn clients(state: &State, groep: Cbsgroep, op: Date) -> usize {
    let has = |dossier: &&Dossier| {
        dossier.voorzieningen_op(op).any(|it| is_of(it.voorziening.product, groep))
    };
    state.dossiers.values().filter(has).count()
}
