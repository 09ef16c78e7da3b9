//! Messages on their way out: put ready once, and moved on by what each hop says.

use domain::ClientId;
use jiff::Timestamp;
use messages::iwmo::{
    Bericht, Berichtsoort, bericht,
    retour::uitslag,
    verkeer::{Envelop, Foutbericht, Gebeurtenis, Status, Zending, envelop},
};
use store::{Kept, Sending, Store, StoreError};

use crate::{lokaal, uuid};

/// A message on its way out, with when it was put ready.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Uitgaand {
    /// How far it came.
    pub zending: Zending,
    /// When it was put ready.
    pub moment: Timestamp,
}

/// Keeps a message under the keys of its clients and puts it ready to leave; false when a message
/// with these bytes is kept already: then it left, is ready, or came in.
pub async fn zet_klaar(
    store: &Store,
    bericht: &Bericht,
    bytes: &[u8],
    clienten: &[ClientId],
    nu: Timestamp,
) -> Result<bool, StoreError> {
    let sending = nieuw(bericht, nu);
    store.queue_message(bytes, &naam(bericht), clienten, &sending).await
}

/// Everything that was ever put ready, oldest first.
pub async fn zendingen(store: &Store) -> Result<Vec<Uitgaand>, StoreError> {
    let all = store.sendings().await?;
    Ok(all.into_iter().filter_map(Uitgaand::lees).collect())
}

/// Moves a message on; false when the event comes too late, or somebody else moved it meanwhile.
pub async fn verplaats(
    store: &Store,
    it: &mut Uitgaand,
    gebeurtenis: Gebeurtenis,
) -> Result<bool, StoreError> {
    let mut next = it.zending.clone();
    if !next.verwerk(gebeurtenis) {
        return Ok(false);
    }
    let moved = store.move_sending(it.zending.status.naam(), &next_row(&next, it.moment)).await?;
    if moved {
        it.zending = next;
    }
    Ok(moved)
}

/// A message with the envelope around it, the same bytes each time; none once a client of it was
/// erased.
pub async fn ingepakt(
    store: &Store,
    it: &Uitgaand,
) -> Result<Option<(Kept, Bericht, Envelop)>, StoreError> {
    let key = &it.zending.referentienummer;
    let Some(kept) = store.sent_message(key).await? else { return Ok(None) };
    let (Some(bericht), _) = bericht::lees(&kept.message.name, &kept.message.bytes) else {
        return Ok(None);
    };
    let around = envelop(&bericht, &kept.message.bytes, key, lokaal(it.moment));
    Ok(around.map(|envelop| (kept, bericht, envelop)))
}

/// What a hop says of the envelope with this key; false when nothing left in it from here.
pub async fn hop(
    store: &Store,
    referentienummer: &str,
    gebeurtenis: Gebeurtenis,
) -> Result<bool, StoreError> {
    let mut all = zendingen(store).await?;
    let known = all.iter_mut().find(|it| it.zending.referentienummer == referentienummer);
    let Some(it) = known else { return Ok(false) };
    verplaats(store, it, gebeurtenis).await?;
    Ok(true)
}

/// Moves on the message that this return is about; false when nothing from here waits for it.
pub async fn ontvang_retour(store: &Store, bericht: &Bericht) -> Result<bool, StoreError> {
    let Some(uitslag) = uitslag(bericht) else { return Ok(false) };
    for mut it in zendingen(store).await? {
        if it.zending.is_retour_van(bericht) {
            return verplaats(store, &mut it, Gebeurtenis::Retour(uitslag)).await;
        }
    }
    Ok(false)
}

/// The row of a message that is put ready now.
pub(crate) fn nieuw(bericht: &Bericht, nu: Timestamp) -> Sending {
    next_row(&Zending::new(&uuid(), bericht), nu)
}

/// The name of its file.
pub(crate) fn naam(bericht: &Bericht) -> String {
    let own = bericht.kop().bericht_identificatie.identificatie.tekst();
    format!("{}_{own}.xml", bericht.soort())
}

impl Uitgaand {
    fn lees(row: Sending) -> Option<Uitgaand> {
        let (code, omschrijving) = row.fault.unwrap_or_default();
        let zending = Zending {
            referentienummer: row.reference,
            soort: Berichtsoort::ALLE.into_iter().find(|it| it.naam() == row.kind)?,
            identificatie: row.own_key,
            status: Status::lees(&row.status, Foutbericht { code, omschrijving })?,
            pogingen: row.attempts,
        };
        Some(Uitgaand { zending, moment: row.moment })
    }
}

fn next_row(it: &Zending, moment: Timestamp) -> Sending {
    Sending {
        reference: it.referentienummer.clone(),
        kind: it.soort.naam().to_owned(),
        own_key: it.identificatie.clone(),
        moment,
        status: it.status.naam().to_owned(),
        fault: it.status.fout().map(|it| (it.code.clone(), it.omschrijving.clone())),
        attempts: it.pogingen,
    }
}
