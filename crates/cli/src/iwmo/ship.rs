//! What is ready leaves: each in its envelope, once.

use messages::iwmo::verkeer::{Foutbericht, Gebeurtenis};
use store::Live;
use traffic::{ingepakt, is_afgeschermd, verplaats, zendingen};

use super::{
    folder::Outbox,
    post::{Adres, Antwoord},
};
use crate::{clock, scherm::println, voortgang};

/// Where messages go.
pub(super) enum Weg<'a> {
    /// Into a folder, for a program that carries them.
    Map(&'a Outbox),
    /// To an address.
    Post(&'a Adres),
}

/// What became of everything that was ready.
#[derive(Debug, Default)]
pub(super) struct Verscheept {
    /// What left.
    pub(super) weg: usize,
    /// What did not arrive, or was refused.
    pub(super) mislukt: usize,
    /// What is about somebody who is shielded.
    pub(super) afgeschermd: usize,
}

impl Weg<'_> {
    /// What happened to a message that left, in a word.
    pub(super) fn naam(&self) -> &'static str {
        match self {
            Weg::Map(_) => "klaargezet",
            Weg::Post(_) => "verzonden",
        }
    }
}

/// Sends everything that is ready. When nobody answers the rest waits for the next time.
pub(super) async fn ship(live: &Live, weg: &Weg<'_>) -> anyhow::Result<Verscheept> {
    let all = zendingen(live.store()).await?;
    let ready: Vec<_> = all.into_iter().filter(|it| it.zending.status.gaat_mee()).collect();
    let bar = voortgang::balk("Berichten versturen", ready.len() as u64);
    let mut done = Verscheept::default();
    for (at, mut it) in ready.iter().cloned().enumerate() {
        bar.inc(1);
        let Some((kept, _, envelop)) = ingepakt(live.store(), &it).await? else { continue };
        if is_afgeschermd(live, &kept.clients, clock::today()) {
            done.afgeschermd += 1;
            continue;
        }
        let key = it.zending.referentienummer.clone();
        let bytes = envelop.schrijf();
        match weg {
            Weg::Map(outbox) => {
                outbox.prepare(&key, &bytes)?;
                if verplaats(live.store(), &mut it, Gebeurtenis::Verstuurd).await? {
                    outbox.release(&key)?;
                    done.weg += 1;
                } else {
                    outbox.withdraw(&key)?;
                }
            }
            Weg::Post(adres) => {
                let answer = adres.post(&key, bytes).await;
                let what = format!("{} {}", it.zending.soort, it.zending.identificatie);
                let stop = answer.is_onbereikbaar();
                match answer {
                    Antwoord::Bevestigd => {
                        // The way back is a hop of its own: what left and was received at once.
                        verplaats(live.store(), &mut it, Gebeurtenis::Verstuurd).await?;
                        verplaats(live.store(), &mut it, Gebeurtenis::Bevestiging).await?;
                        done.weg += 1;
                    }
                    Antwoord::Geweigerd(fout) => {
                        println(&told(&what, "is geweigerd", &fout));
                        verplaats(live.store(), &mut it, Gebeurtenis::Weigering(fout)).await?;
                        done.mislukt += 1;
                    }
                    Antwoord::Mislukt(fout) | Antwoord::Onbereikbaar(fout) => {
                        println(&told(&what, "is niet aangekomen", &fout));
                        verplaats(live.store(), &mut it, Gebeurtenis::Onbereikbaar(fout)).await?;
                        done.mislukt += 1;
                    }
                }
                let left = ready.len() - at - 1;
                if stop && left > 0 {
                    println(&format!("De andere {left} wachten tot de volgende keer."));
                    done.mislukt += left;
                    break;
                }
            }
        }
    }
    bar.finish_and_clear();
    Ok(done)
}

fn told(what: &str, happened: &str, fout: &Foutbericht) -> String {
    format!("{what} {happened}: {} ({})", fout.omschrijving, fout.code)
}
