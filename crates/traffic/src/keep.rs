//! Messages kept under the keys of whom they are about.

use domain::{Bsn, ClientId};
use jiff::{Timestamp, civil::Date};
use messages::iwmo::{Bericht, verkeer::bsns};
use store::{Live, Store, StoreError, World};

/// Keeps a message under the keys of whom it is about; false when none of them is known here.
pub async fn keep(
    store: &Store,
    bytes: &[u8],
    name: &str,
    nu: Timestamp,
) -> Result<bool, StoreError> {
    let (bericht, _) = messages::iwmo::bericht::lees(name, bytes);
    let about = bericht.as_ref().map(bsns).unwrap_or_default();
    let clients = clients(store, &about).await?;
    // A return that only says "right" names nobody.
    if clients.is_empty() && !about.is_empty() {
        return Ok(false);
    }
    store.put_message(bytes, name, &clients, nu).await?;
    Ok(true)
}

/// Whether a message is about a client who is shielded on this day. iWmo OP003.
pub async fn is_afgeschermd(
    live: &Live,
    bericht: &Bericht,
    vandaag: Date,
) -> Result<bool, StoreError> {
    for client in clients(live.store(), &bsns(bericht)).await? {
        let dossier = |world: &World| {
            world.state.dossiers.get(&client).is_some_and(|it| it.afgeschermd_op(vandaag))
        };
        if live.with(dossier) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The clients with these BSNs, as far as they are known.
pub(crate) async fn clients(store: &Store, bsns: &[&str]) -> Result<Vec<ClientId>, StoreError> {
    let mut found = Vec::new();
    for bsn in bsns.iter().filter_map(|it| it.parse::<Bsn>().ok()) {
        found.extend(store.find_bsn(bsn).await?);
    }
    Ok(found)
}
