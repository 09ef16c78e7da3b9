//! `wijkpeil iwmo send`: what the log has news of and what lies in a folder is put ready, and what
//! is ready leaves: as an envelope in a folder, or over HTTP.

use std::{collections::BTreeSet, fs, path::Path, process::ExitCode};

use anyhow::bail;
use messages::iwmo::verkeer::{Gebeurtenis, keur, vingerafdruk};
use store::Live;
use traffic::{Boek, clienten, is_afgeschermd, verplaats, zendingen, zet_klaar};

use super::{
    berichten, compose,
    folder::{Outbox, name_of},
    post::Adres,
    ship::{Weg, ship},
    start,
};
use crate::{
    clock,
    opdracht::IwmoSend,
    plek::Plek,
    scherm::{aantal, println},
};

/// Puts ready and sends.
pub(super) async fn run(plek: &Plek, vraag: &IwmoSend) -> anyhow::Result<ExitCode> {
    if vraag.outbox.is_none() && vraag.naar.is_none() && !vraag.preview {
        bail!("kies waar de berichten heen gaan: --outbox MAP, --naar URL, of eerst --preview");
    }
    let outbox = vraag.outbox.as_deref().map(Outbox::open).transpose()?;
    let adres = vraag.naar.as_deref().map(|it| Adres::new(it, vraag)).transpose()?;
    let live = start(plek).await?;
    if vraag.preview {
        return preview(&live, vraag, outbox.as_ref()).await;
    }
    if let Some(outbox) = &outbox {
        outbox.repair(&zendingen(live.store()).await?)?;
    }
    let mut done = Gedaan::default();
    if let Some(referentie) = &vraag.resend {
        again(&live, referentie).await?;
    } else {
        let mut boek = Boek::new();
        for file in
            outbox.iter().map(Outbox::messages).collect::<anyhow::Result<Vec<_>>>()?.concat()
        {
            offer(&live, &mut boek, &file, &mut done).await?;
        }
        done.neem(compose::compose(&live, vraag, false).await?);
    }
    let weg = match (&adres, &outbox) {
        (Some(adres), _) => Weg::Post(adres),
        (None, Some(outbox)) => Weg::Map(outbox),
        (None, None) => return Ok(ExitCode::SUCCESS),
    };
    let sent = ship(&live, &weg).await?;
    done.afgeschermd += sent.afgeschermd;
    done.refused += sent.mislukt;
    println(&format!("{} {}, {} niet.", berichten(sent.weg), weg.naam(), aantal(done.refused)));
    if done.afgeschermd > 0 {
        let many = berichten(done.afgeschermd);
        println(&format!(
            "{many} over een afgeschermde cliënt: dat blijft liggen en gaat niet uit."
        ));
    }
    Ok(if done.refused == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// What became of what was offered.
#[derive(Debug, Default)]
pub(super) struct Gedaan {
    /// What could not be put ready or sent.
    pub(super) refused: usize,
    /// What is about somebody who is shielded.
    pub(super) afgeschermd: usize,
}

impl Gedaan {
    fn neem(&mut self, other: Gedaan) {
        self.refused += other.refused;
        self.afgeschermd += other.afgeschermd;
    }
}

/// Puts a message of a folder ready; its plain file goes once it is kept.
async fn offer(live: &Live, boek: &mut Boek, file: &Path, done: &mut Gedaan) -> anyhow::Result<()> {
    let (name, bytes, store) = (name_of(file), fs::read(file)?, live.store());
    if store.has_message(&vingerafdruk(&bytes)).await? {
        println(&format!("{name}: is al verzonden; dit bestand gaat niet nog eens uit"));
        done.refused += 1;
        return Ok(());
    }
    let bericht = match keur(&name, &bytes, &BTreeSet::new()) {
        Ok(bericht) => bericht,
        Err(problems) => {
            problems.iter().for_each(|it| println(&it.to_string()));
            done.refused += 1;
            return Ok(());
        }
    };
    let about = clienten(store, boek, &bericht).await?;
    if about.is_empty() {
        println(&format!("{name}: gaat over niemand die hier bekend is; het gaat niet uit"));
        done.refused += 1;
    } else if is_afgeschermd(live, &about, clock::today()) {
        done.afgeschermd += 1;
    } else {
        let about: Vec<_> = about.into_iter().collect();
        zet_klaar(store, &bericht, &bytes, &about, clock::now()).await?;
        fs::remove_file(file)?;
    }
    Ok(())
}

/// Puts an envelope ready again, with the bytes it had.
async fn again(live: &Live, referentie: &str) -> anyhow::Result<()> {
    let mut all = zendingen(live.store()).await?;
    let Some(it) = all.iter_mut().find(|it| it.zending.referentienummer == referentie) else {
        bail!("er is niets verzonden met referentienummer {referentie}");
    };
    if let Some(kept) = live.store().sent_message(referentie).await?
        && is_afgeschermd(live, &kept.clients, clock::today())
    {
        bail!("{referentie} gaat niet opnieuw uit: de cliënt is afgeschermd");
    }
    let status = it.zending.status.naam();
    if !it.zending.status.gaat_mee() && !verplaats(live.store(), it, Gebeurtenis::Opnieuw).await? {
        bail!("{referentie} is al {status}; opnieuw verzenden kan niet meer");
    }
    Ok(())
}

/// Tells what would leave, and changes nothing.
async fn preview(
    live: &Live,
    vraag: &IwmoSend,
    outbox: Option<&Outbox>,
) -> anyhow::Result<ExitCode> {
    let ready = zendingen(live.store()).await?;
    let ready = ready.iter().filter(|it| it.zending.status.gaat_mee());
    for it in ready {
        let (soort, own) = (it.zending.soort, &it.zending.identificatie);
        println(&format!("{soort} {own} ligt klaar ({})", it.zending.status.naam()));
    }
    for file in outbox.map(Outbox::messages).transpose()?.into_iter().flatten() {
        println(&format!("{} ligt in de map", name_of(&file)));
    }
    compose::compose(live, vraag, true).await?;
    println("Er is niets verstuurd en niets veranderd.");
    Ok(ExitCode::SUCCESS)
}
