//! A message that came in: judged first, so that what goes back is safe before it is taken in.

use std::collections::{BTreeSet, HashSet};

use domain::{Bsn, ClientId, Kenmerk};
use messages::{
    Problem,
    iwmo::{
        Beoordeling, Bericht, Weigering, beoordeel, bericht,
        keten::{Bekend, Keten},
        regel::{Bevinding, Omgeving},
        retour::{Retourkop, retour},
        verkeer::{bsns, vingerafdruk},
        vertaal,
    },
};
use store::{ExecuteError, Live, StoreError};

use crate::{
    Boek, Moment,
    keep::{clienten, is_afgeschermd},
    take_in::{Bestand, Inname, Wijze, lees_in},
    uitgaand,
};

/// What was found in a message that came in, before anything is done with it.
#[derive(Debug, Clone)]
pub struct Bekeken {
    /// Whether it came in before: then nothing is to be done.
    pub eerder: bool,
    /// Whether it is about a client who is shielded: nothing goes back. iWmo OP003.
    pub afgeschermd: bool,
    /// Whether nobody it is about is known here.
    pub onbekend: bool,
    /// About whom it is.
    pub clients: Vec<ClientId>,
    /// What the rules find in it.
    pub bevindingen: Vec<Bevinding>,
    /// What of it is not taken over.
    pub weigering: Weigering,
    /// What goes back: the same when it is made again on the same day.
    pub terug: Option<Bericht>,
}

/// Looks at a message that came in; writes nothing.
///
/// `boek` is brought up to date when a message names nobody.
pub async fn bekijk(
    live: &Live,
    boek: &mut Boek,
    bericht: &Bericht,
    bytes: &[u8],
    moment: &Moment,
) -> Result<Bekeken, StoreError> {
    let clients = clienten(live.store(), boek, bericht).await?;
    let mut bekeken = Bekeken {
        eerder: live.store().has_message(&vingerafdruk(bytes)).await?,
        afgeschermd: is_afgeschermd(live, &clients, moment.vandaag),
        onbekend: clients.is_empty(),
        clients: clients.iter().copied().collect(),
        bevindingen: Vec::new(),
        weigering: Weigering::Niets,
        terug: None,
    };
    if bekeken.eerder || bericht.soort().is_retour() {
        return Ok(bekeken);
    }
    let judged = check(live, &clients, bericht, moment).await?;
    (bekeken.bevindingen, bekeken.weigering) = (judged.bevindingen, judged.weigering);
    if !bekeken.afgeschermd {
        bekeken.terug = answer(bericht, bytes, &bekeken.bevindingen, moment);
    }
    Ok(bekeken)
}

/// Takes a message in that was looked at: into the dossier where it belongs there, kept as it is
/// under the keys of its clients, and what goes back put ready with it.
///
/// In what comes back `bewaard` is false when nobody it is about is known here: then it is not kept,
/// and nothing goes back.
pub async fn neem_in(
    live: &Live,
    naam: &str,
    bericht: &Bericht,
    bytes: &[u8],
    bekeken: &Bekeken,
    moment: &Moment,
) -> Result<Inname, ExecuteError> {
    let mut inname = Inname::default();
    if bekeken.eerder {
        return Ok(inname);
    }
    let store = live.store();
    let mut clients = bekeken.clients.clone();
    let in_dossier = matches!(
        bericht,
        Bericht::Wmo301(_) | Bericht::Wmo305(_) | Bericht::Wmo307(_) | Bericht::Wmo323(_)
    );
    if in_dossier && bekeken.weigering != Weigering::Alles {
        let file = Bestand { naam, bytes };
        inname = lees_in(live, &[file], Wijze::Vastleggen, moment, &|_, _| {}).await?;
        // What the rules find was told already.
        for found in &bekeken.bevindingen {
            let told = found.problem(naam);
            let same = |it: &Problem| (it.code, it.line) == (told.code, told.line);
            inname.problems.retain(|it| !same(it));
        }
        // It may have opened a dossier.
        for bsn in bsns(bericht).iter().filter_map(|it| it.parse::<Bsn>().ok()) {
            clients.extend(store.find_bsn(bsn).await?);
        }
    }
    inname.bewaard = !clients.is_empty();
    if !inname.bewaard {
        return Ok(inname);
    }
    match &bekeken.terug {
        None => {
            store.put_message(bytes, naam, &clients, moment.nu).await?;
        }
        Some(back) => {
            let sending = uitgaand::nieuw(back, moment.nu);
            let name = uitgaand::naam(back);
            let answer = back.schrijf();
            let answer = (answer.as_slice(), name.as_str());
            store.put_answered_message((bytes, naam), &clients, answer, &sending).await?;
        }
    }
    Ok(inname)
}

/// By the rules of all levels, against what was said before and what the dossiers know.
async fn check(
    live: &Live,
    clients: &BTreeSet<ClientId>,
    bericht: &Bericht,
    moment: &Moment,
) -> Result<Beoordeling, StoreError> {
    let mut known: Vec<(Bsn, ClientId)> = Vec::new();
    for bsn in bsns(bericht).iter().filter_map(|it| it.parse::<Bsn>().ok()) {
        known.extend(live.store().find_bsn(bsn).await?.map(|it| (bsn, it)));
    }
    let mut earlier = Vec::new();
    for it in live.store().kept_messages(clients).await? {
        earlier.extend(bericht::lees(&it.message.name, &it.message.bytes).0);
    }
    Ok(live.with(|world| {
        let register = &world.state.register;
        let own = register.gemeente.as_ref().map(|it| it.code);
        let gemeente = own.or_else(|| vertaal::partijen(bericht).map(|it| it.gemeente));
        let dossiers: Vec<Bekend<'_>> = known
            .iter()
            .filter_map(|(bsn, client)| {
                let dossier = world.state.dossiers.get(client)?;
                Some(Bekend { gemeente: gemeente?, bsn: *bsn, dossier, register })
            })
            .collect();
        let granted: HashSet<Kenmerk> =
            dossiers.iter().flat_map(|it| &it.dossier.prestaties).map(|it| it.referentie).collect();
        let mut keten = Keten::begin(&earlier, dossiers);
        for it in &earlier {
            keten.volg(it);
            keten.beslis(it, |_, key| granted.contains(&key));
        }
        // A register without products has no tariffs to hold a bill against either.
        let register = (!register.producten.is_empty()).then_some(register);
        beoordeel(&mut keten, bericht, &Omgeving { vandaag: moment.vandaag, register })
    }))
}

/// The return or the answer, under a key that follows from the message.
fn answer(
    bericht: &Bericht,
    bytes: &[u8],
    found: &[Bevinding],
    moment: &Moment,
) -> Option<Bericht> {
    if bericht.soort().van_gemeente() {
        return None;
    }
    let print = vingerafdruk(bytes);
    let key: String = print.iter().take(6).map(|it| format!("{it:02X}")).collect();
    let kop = Retourkop { identificatie: &key, dagtekening: moment.vandaag };
    retour(bericht, found, &kop)
}
