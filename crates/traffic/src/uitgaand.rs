//! Messages on their way out: put ready once, and moved on by what each hop says.

use domain::ClientId;
use jiff::Timestamp;
use messages::iwmo::Bericht;
use store::{Sending, Store, StoreError};

use crate::uuid;

/// Keeps a message under the keys of its clients and puts it ready to leave; false when a message
/// with these bytes is kept already: then it left, is ready, or came in.
pub async fn zet_klaar(
    store: &Store,
    bericht: &Bericht,
    bytes: &[u8],
    clienten: &[ClientId],
    nu: Timestamp,
) -> Result<bool, StoreError> {
    let soort = bericht.soort();
    let own_key = bericht.kop().bericht_identificatie.identificatie.tekst().into_owned();
    let name = format!("{soort}_{own_key}.xml");
    let sending = Sending {
        reference: uuid(),
        kind: soort.naam().to_owned(),
        own_key,
        moment: nu,
        status: "klaar".to_owned(),
        fault: None,
        attempts: 0,
    };
    store.queue_message(bytes, &name, clienten, &sending).await
}
