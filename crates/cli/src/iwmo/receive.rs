//! `wijkpeil iwmo receive`: what lies in a folder is judged, taken in, kept and answered.

use std::{
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

use messages::{
    Problem,
    iwmo::{
        Bericht,
        verkeer::{Gebeurtenis, Ontvangst, ontvangst},
    },
};
use store::Live;
use traffic::{Boek, bekijk, hop, neem_in, ontvang_retour, uuid};

use super::{
    berichten,
    folder::{Outbox, messages_in, name_of, write},
    start,
};
use crate::{clock, import::Verslag, opdracht::IwmoReceive, plek::Plek, scherm::aantal};

/// The folder in the inbox for what cannot be used.
const APART: &str = "niet_verwerkt";

/// Takes in what lies in the inbox, and puts ready what goes back.
pub(super) async fn run(plek: &Plek, vraag: &IwmoReceive) -> anyhow::Result<ExitCode> {
    let outbox = Outbox::open(&vraag.outbox)?;
    let live = start(plek).await?;
    let mut post = Post {
        outbox,
        inbox: &vraag.inbox,
        live,
        boek: Boek::new(),
        afgeschermd: 0,
        terug: 0,
        verslag: Verslag::new(false),
    };
    for file in messages_in(&vraag.inbox)? {
        post.take(&file).await?;
    }
    if post.afgeschermd > 0 {
        let line = "over een afgeschermde cliënt: daar is geen retour of antwoord op gemaakt.";
        post.verslag.zeg(format!("{} {line}", berichten(post.afgeschermd)));
    }
    if post.terug > 0 {
        let line = "klaar om terug te gaan; verstuur met `wijkpeil iwmo send`.";
        post.verslag.zeg(format!("{} {line}", berichten(post.terug)));
    }
    Ok(post.verslag.toon())
}

/// An inbox.
struct Post<'a> {
    outbox: Outbox,
    inbox: &'a Path,
    live: Live,
    boek: Boek,
    afgeschermd: usize,
    terug: usize,
    verslag: Verslag,
}

impl Post<'_> {
    async fn take(&mut self, file: &Path) -> anyhow::Result<()> {
        let (name, bytes) = (name_of(file), fs::read(file)?);
        let reason = match ontvangst(&name, &bytes) {
            Ontvangst::Bevestiging(about) => self.hop(&about, Gebeurtenis::Bevestiging).await?,
            Ontvangst::Weigering(about, fout) => {
                let text = format!("{about} is geweigerd: {} {}", fout.code, fout.omschrijving);
                self.verslag.meld([Problem::fout(&name, "ENV04", text)]);
                self.hop(&about, Gebeurtenis::Weigering(fout)).await?
            }
            Ontvangst::Ongeldig { problems, weigering } => {
                let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
                self.verslag.meld(problems);
                if let Some(mut envelop) = weigering {
                    envelop.referentienummer = uuid();
                    self.outbox.prepare(&envelop.referentienummer, &envelop.schrijf())?;
                    self.outbox.release(&envelop.referentienummer)?;
                }
                Some(lines.join("\n"))
            }
            Ontvangst::Bericht { bericht, inhoud, .. } => {
                self.message(&name, &bericht, &inhoud).await?
            }
        };
        match reason {
            None => Ok(fs::remove_file(file)?),
            Some(reason) => self.aside(file, &name, &reason),
        }
    }

    /// Moves what cannot be used to a folder of its own, with the reason beside it.
    fn aside(&mut self, file: &Path, name: &str, reason: &str) -> anyhow::Result<()> {
        let folder = self.inbox.join(APART);
        fs::create_dir_all(&folder)?;
        // Another file may have had this name.
        let free = |it: &PathBuf| !it.exists();
        let first = folder.join(name);
        let mut others = (2_u32..).map(|it| folder.join(format!("{it}-{name}")));
        let to = if free(&first) { first } else { others.find(free).unwrap_or(first) };
        write(&to.with_extension("reden.txt"), format!("{reason}\n").as_bytes())?;
        fs::rename(file, &to)?;
        self.verslag.zeg(format!("{name}: staat met de reden in {}.", folder.display()));
        Ok(())
    }

    /// A word of a hop; the reason when it is about nothing that was sent from here.
    async fn hop(&mut self, about: &str, event: Gebeurtenis) -> anyhow::Result<Option<String>> {
        let known = hop(self.live.store(), about, event).await?;
        let unknown = || format!("er is van hier niets verzonden met referentienummer {about}");
        Ok((!known).then(unknown))
    }

    /// Takes in a message; the reason when it is not kept, so that the plain file must stay.
    async fn message(
        &mut self,
        name: &str,
        bericht: &Bericht,
        bytes: &[u8],
    ) -> anyhow::Result<Option<String>> {
        let moment = clock::moment();
        let bekeken = bekijk(&self.live, &mut self.boek, bericht, bytes, &moment).await?;
        if bekeken.eerder {
            self.verslag.zeg(format!("{name}: is al eerder ontvangen."));
            return Ok(None);
        }
        let retour = bericht.soort().is_retour();
        if retour && !ontvang_retour(self.live.store(), bericht).await? {
            let text = "hier is geen bericht verzonden waar deze retour bij hoort";
            self.verslag.meld([Problem::waarschuwing(name, "ENV05", text)]);
        }
        self.verslag.meld(bekeken.bevindingen.iter().map(|it| it.problem(name)));
        let mut done = neem_in(&self.live, name, bericht, bytes, &bekeken, &moment).await?;
        if done.gelezen > 0 {
            self.verslag.zeg(format!("{} van 1 berichten gelezen.", aantal(done.gelezen)));
        }
        if done.bewaard {
            self.afgeschermd += usize::from(bekeken.afgeschermd && !retour);
            self.terug += usize::from(bekeken.terug.is_some());
        }
        let unknown = match messages::iwmo::verkeer::bsns(bericht).is_empty() {
            true => "hier is geen bericht bekend waar dit bij hoort",
            false => "de cliënt in dit bericht is hier niet bekend",
        };
        let reason = (!done.bewaard).then(|| unknown.to_owned());
        self.verslag.neem(std::mem::take(&mut done));
        Ok(reason)
    }
}
