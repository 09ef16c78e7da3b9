//! About whom a message is, and whether anything about them may leave.

use std::collections::BTreeSet;

use domain::{Bsn, ClientId};
use jiff::civil::Date;
use messages::iwmo::{Bericht, verkeer::bsns};
use store::{Live, Store, StoreError};

use crate::Boek;

/// The clients a message is about, as far as they are known: those it names, or for one that names
/// nobody those of the message that it answers.
pub async fn clienten(
    store: &Store,
    boek: &mut Boek,
    bericht: &Bericht,
) -> Result<BTreeSet<ClientId>, StoreError> {
    let about = bsns(bericht);
    if about.is_empty() {
        boek.ververs(store).await?;
        return Ok(boek.clienten_van(bericht));
    }
    let mut found = BTreeSet::new();
    for bsn in about.iter().filter_map(|it| it.parse::<Bsn>().ok()) {
        found.extend(store.find_bsn(bsn).await?);
    }
    Ok(found)
}

/// Whether one of these clients is shielded on this day. iWmo OP003.
pub fn is_afgeschermd(live: &Live, clienten: &BTreeSet<ClientId>, vandaag: Date) -> bool {
    live.with(|world| {
        let dossiers = clienten.iter().filter_map(|it| world.state.dossiers.get(it));
        dossiers.into_iter().any(|it| it.afgeschermd_op(vandaag))
    })
}
