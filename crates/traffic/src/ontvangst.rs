//! A message that came in: judged first, so that what goes back is safe before it is taken in.

use domain::ClientId;
use messages::{
    Ernst,
    iwmo::{
        Bericht,
        regel::{Bevinding, Omgeving, binnen_bericht, buiten},
        retour::{Retourkop, retour},
        verkeer::{bsns, vingerafdruk},
    },
};
use store::{ExecuteError, Live, StoreError};

use crate::{
    Moment,
    keep::{clients, is_afgeschermd, keep},
    take_in::{Bestand, Inname, lees_in},
};

/// What was found in a message that came in, before anything is done with it.
#[derive(Debug, Clone)]
pub struct Bekeken {
    /// Whether it came in before: then nothing is to be done.
    pub eerder: bool,
    /// Whether it is about a client who is shielded: nothing goes back. iWmo OP003.
    pub afgeschermd: bool,
    /// Whether it names clients of whom none is known here.
    pub onbekend: bool,
    /// About whom it is.
    pub clients: Vec<ClientId>,
    /// What the rules find in it.
    pub bevindingen: Vec<Bevinding>,
    /// What goes back, with the name of its file: the same when it is made again.
    pub terug: Option<(String, Bericht)>,
}

/// Looks at a message that came in; writes nothing.
pub async fn bekijk(
    live: &Live,
    bericht: &Bericht,
    bytes: &[u8],
    moment: &Moment,
) -> Result<Bekeken, StoreError> {
    let about = bsns(bericht);
    let clients = clients(live.store(), &about).await?;
    let mut bekeken = Bekeken {
        eerder: live.store().has_message(&vingerafdruk(bytes)).await?,
        afgeschermd: false,
        onbekend: clients.is_empty() && !about.is_empty(),
        clients,
        bevindingen: Vec::new(),
        terug: None,
    };
    if bekeken.eerder || bericht.soort().is_retour() {
        return Ok(bekeken);
    }
    bekeken.bevindingen = check(live, bericht, moment);
    bekeken.afgeschermd = is_afgeschermd(live, bericht, moment.vandaag).await?;
    if !bekeken.afgeschermd {
        bekeken.terug = answer(bericht, bytes, &bekeken.bevindingen, moment);
    }
    Ok(bekeken)
}

/// Takes a message in that was looked at: into the dossier where it belongs there, and kept as it
/// is; in what comes back `bewaard` is false when nobody it names is known here.
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
    let right = bekeken.bevindingen.iter().all(|it| it.ernst != Ernst::Fout);
    let in_dossier = matches!(
        bericht,
        Bericht::Wmo301(_) | Bericht::Wmo305(_) | Bericht::Wmo307(_) | Bericht::Wmo323(_)
    );
    if right && in_dossier {
        let file = Bestand { naam, bytes };
        inname = lees_in(live, &[file], false, moment, &|_, _| {}).await?;
    }
    inname.bewaard = keep(live.store(), bytes, naam, moment.nu).await?;
    Ok(inname)
}

/// Within the message, and against date, municipalities, products and tariffs.
fn check(live: &Live, bericht: &Bericht, moment: &Moment) -> Vec<Bevinding> {
    let mut found = binnen_bericht(bericht);
    let vandaag = moment.vandaag;
    found.extend(live.with(|world| {
        buiten(bericht, &Omgeving { vandaag, register: Some(&world.state.register) })
    }));
    found
}

/// The return or the answer, under a key that follows from the message.
fn answer(
    bericht: &Bericht,
    bytes: &[u8],
    found: &[Bevinding],
    moment: &Moment,
) -> Option<(String, Bericht)> {
    if bericht.soort().van_gemeente() {
        return None;
    }
    let print = vingerafdruk(bytes);
    let key: String = print.iter().take(6).map(|it| format!("{it:02X}")).collect();
    let kop = Retourkop { identificatie: &key, dagtekening: moment.vandaag };
    let back = retour(bericht, found, &kop)?;
    Some((format!("{}_{key}.xml", back.soort()), back))
}
