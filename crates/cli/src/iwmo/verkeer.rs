//! `wijkpeil iwmo send` and `iwmo receive`: messages out of and into folders.
//!
//! In the outbox lie messages that are ready; each becomes an envelope in its folder `envelop`, for
//! the program that carries it to the exchange. `zendingen.csv` tells how far each came. What was
//! sent or received is kept under the client's key, and the plain file goes.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::{Context, bail};
use jiff::tz::TimeZone;
use messages::{
    Problem,
    iwmo::{
        Bericht,
        verkeer::{
            Gebeurtenis, Ontvangst, Status, Verzending, Vraag, ontvangst, verzending, vingerafdruk,
        },
    },
};
use store::Live;
use traffic::{bekijk, is_afgeschermd, keep, neem_in, uuid};

use super::zendingen::{Lijst, schrijf};
use crate::{
    clock,
    import::Verslag,
    opdracht::{IwmoReceive, IwmoSend, IwmoStatus},
    plek::Plek,
    scherm::{aantal, println},
    voortgang,
};

/// The folder in the inbox for what cannot be used.
const APART: &str = "niet_verwerkt";

/// Puts every message that may leave into an envelope.
pub(super) async fn send(plek: &Plek, vraag: &IwmoSend) -> anyhow::Result<ExitCode> {
    let live = start(plek).await?;
    let mut lijst = Lijst::lees(&vraag.outbox)?;
    lijst.herstel()?;
    if let Some(referentie) = &vraag.resend {
        if let Some(bericht) = lijst.bericht(referentie)?
            && is_afgeschermd(&live, &bericht, clock::today()).await?
        {
            bail!("{referentie} gaat niet opnieuw uit: de cliënt is afgeschermd");
        }
        lijst.again(referentie)?;
        println(&format!("{referentie} ligt opnieuw klaar in {}.", lijst.envelopes().display()));
        return Ok(ExitCode::SUCCESS);
    }
    let mut uit = Uitgang { live, lijst, sent: 0, refused: 0, afgeschermd: 0 };
    for file in messages_in(&vraag.outbox)? {
        uit.offer(&file).await?;
    }
    Ok(uit.toon())
}

/// Shows how far everything came that was sent from an outbox.
pub(super) fn status(vraag: &IwmoStatus) -> anyhow::Result<ExitCode> {
    let lijst = Lijst::lees(&vraag.outbox)?;
    for it in &lijst.zendingen {
        let times = if it.pogingen > 1 { format!(", {} keer", it.pogingen) } else { String::new() };
        let why = match &it.status {
            Status::Geweigerd(fout) => format!(": {} {}", fout.code, fout.omschrijving),
            _ => String::new(),
        };
        let (own, status) = (&it.identificatie, it.status.naam());
        println(&format!("{}  {} {own}  {status}{times}{why}", it.referentienummer, it.soort));
    }
    let mut per_status: BTreeMap<&str, usize> = BTreeMap::new();
    for it in &lijst.zendingen {
        *per_status.entry(it.status.naam()).or_default() += 1;
    }
    let counts: Vec<String> =
        per_status.iter().map(|(naam, many)| format!("{} {naam}", aantal(*many))).collect();
    println(&match counts.is_empty() {
        true => "Er is nog niets verzonden.".to_owned(),
        false => format!("Samen: {}.", counts.join(", ")),
    });
    Ok(ExitCode::SUCCESS)
}

/// Takes in what lies in the inbox, and makes what goes back.
pub(super) async fn receive(plek: &Plek, vraag: &IwmoReceive) -> anyhow::Result<ExitCode> {
    let live = start(plek).await?;
    let mut post = Post {
        lijst: Lijst::lees(&vraag.outbox)?,
        outbox: &vraag.outbox,
        inbox: &vraag.inbox,
        live,
        afgeschermd: 0,
        verslag: Verslag::new(false),
    };
    for file in messages_in(&vraag.inbox)? {
        post.take(&file).await?;
    }
    if post.afgeschermd > 0 {
        let line = "over een afgeschermde cliënt: daar is geen retour of antwoord op gemaakt.";
        post.verslag.zeg(format!("{} {line}", berichten(post.afgeschermd)));
    }
    Ok(post.verslag.toon())
}

async fn start(plek: &Plek) -> anyhow::Result<Live> {
    let store = plek.open_bestaand().await?;
    let bar = voortgang::balk("Logboek lezen", 1);
    let live = Live::start(store, Some(plek.cache()), &voortgang::volg(&bar)).await?;
    bar.finish_and_clear();
    Ok(live)
}

/// An outbox, with what became of the messages in it.
struct Uitgang {
    live: Live,
    lijst: Lijst,
    sent: usize,
    refused: usize,
    afgeschermd: usize,
}

impl Uitgang {
    async fn offer(&mut self, file: &Path) -> anyhow::Result<()> {
        let (name, bytes) = (name_of(file), fs::read(file)?);
        let (bericht, _) = messages::iwmo::bericht::lees(&name, &bytes);
        if let Some(bericht) = &bericht
            && is_afgeschermd(&self.live, bericht, clock::today()).await?
        {
            self.afgeschermd += 1;
            return Ok(());
        }
        let store = self.live.store();
        let print = vingerafdruk(&bytes);
        let referentienummer = uuid();
        let plan = verzending(&Vraag {
            file: &name,
            bytes: &bytes,
            eerder_verzonden: self.lijst.has(&print) || store.has_message(&print).await?,
            bedreigd: &BTreeSet::new(),
            referentienummer: &referentienummer,
            nu: clock::now().to_zoned(TimeZone::get("Europe/Amsterdam")?).datetime(),
        });
        match plan {
            Verzending::Verstuur(envelop, zending) => {
                self.lijst.add(&envelop, zending)?;
                keep(store, &bytes, &name, clock::now()).await?;
                fs::remove_file(file)?;
                self.sent += 1;
            }
            Verzending::Dubbel => {
                println(&format!("{name}: is al verzonden; dit bestand gaat niet nog eens uit"));
                if self.lijst.has(&print) {
                    keep(store, &bytes, &name, clock::now()).await?;
                    fs::remove_file(file)?;
                }
                self.refused += 1;
            }
            Verzending::Geweigerd(problems) => {
                show(&problems);
                self.refused += 1;
            }
        }
        Ok(())
    }

    fn toon(&self) -> ExitCode {
        println(&format!("{} klaargezet, {} niet.", berichten(self.sent), self.refused));
        if self.afgeschermd > 0 {
            let many = berichten(self.afgeschermd);
            println(&format!(
                "{many} over een afgeschermde cliënt: dat blijft liggen en gaat niet uit."
            ));
        }
        if self.refused == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
    }
}

fn berichten(many: usize) -> String {
    match many {
        1 => "1 bericht".to_owned(),
        many => format!("{} berichten", aantal(many)),
    }
}

/// An inbox with the outbox for what goes back.
struct Post<'a> {
    lijst: Lijst,
    outbox: &'a Path,
    inbox: &'a Path,
    live: Live,
    afgeschermd: usize,
    verslag: Verslag,
}

impl Post<'_> {
    async fn take(&mut self, file: &Path) -> anyhow::Result<()> {
        let (name, bytes) = (name_of(file), fs::read(file)?);
        let reason = match ontvangst(&name, &bytes) {
            Ontvangst::Bevestiging(about) => self.hop(&about, Gebeurtenis::Bevestiging)?,
            Ontvangst::Weigering(about, fout) => {
                let text = format!("{about} is geweigerd: {} {}", fout.code, fout.omschrijving);
                self.verslag.meld([Problem::fout(&name, "ENV04", text)]);
                self.hop(&about, Gebeurtenis::Weigering(fout))?
            }
            Ontvangst::Ongeldig { problems, weigering } => {
                let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
                self.verslag.meld(problems);
                if let Some(mut envelop) = weigering {
                    envelop.referentienummer = uuid();
                    self.lijst.put(&envelop.referentienummer, &envelop.schrijf())?;
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
        schrijf(&to.with_extension("reden.txt"), format!("{reason}\n").as_bytes())?;
        fs::rename(file, &to)?;
        self.verslag.zeg(format!("{name}: staat met de reden in {}.", folder.display()));
        Ok(())
    }

    /// A word of a hop; the reason when it is about nothing that was sent from here.
    fn hop(&mut self, about: &str, event: Gebeurtenis) -> anyhow::Result<Option<String>> {
        let known = self.lijst.zendingen.iter_mut().find(|it| it.referentienummer == about);
        let Some(zending) = known else {
            return Ok(Some(format!(
                "er is van hier niets verzonden met referentienummer {about}"
            )));
        };
        zending.verwerk(event);
        self.lijst.schrijf()?;
        Ok(None)
    }

    /// Takes in a message; the reason when it is not kept, so that the plain file must stay.
    async fn message(
        &mut self,
        name: &str,
        bericht: &Bericht,
        bytes: &[u8],
    ) -> anyhow::Result<Option<String>> {
        let moment = clock::moment();
        let bekeken = bekijk(&self.live, bericht, bytes, &moment).await?;
        if bekeken.eerder {
            self.verslag.zeg(format!("{name}: is al eerder ontvangen."));
            return Ok(None);
        }
        if bericht.soort().is_retour() {
            let mut sent = self.lijst.zendingen.iter_mut();
            if !sent.any(|it| it.ontvang_retour(bericht)) {
                let text = "hier is geen bericht verzonden waar deze retour bij hoort";
                self.verslag.meld([Problem::waarschuwing(name, "ENV05", text)]);
            }
            self.lijst.schrijf()?;
        }
        self.verslag.meld(bekeken.bevindingen.iter().map(|it| it.problem(name)));
        if bekeken.afgeschermd {
            self.afgeschermd += 1;
        }
        // Into the outbox before the message is kept: after a stop in between the same is made again.
        if let Some((file, back)) = &bekeken.terug {
            schrijf(&self.outbox.join(file), &back.schrijf())?;
        }
        let mut done = neem_in(&self.live, name, bericht, bytes, &bekeken, &moment).await?;
        if done.gelezen > 0 {
            self.verslag.zeg(format!("{} van 1 berichten gelezen.", aantal(done.gelezen)));
        }
        let unknown = "de cliënt in dit bericht is hier niet bekend";
        let reason = (!done.bewaard).then(|| unknown.to_owned());
        self.verslag.neem(std::mem::take(&mut done));
        Ok(reason)
    }
}

/// The files of a folder that may be messages, in order of name.
fn messages_in(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder)
        .with_context(|| format!("de map {} is niet te lezen", folder.display()))?;
    let mut files = Vec::new();
    for entry in entries {
        let path = entry?.path();
        let xml = path.extension().is_some_and(|it| it.eq_ignore_ascii_case("xml"));
        if xml && path.is_file() {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

fn name_of(file: &Path) -> String {
    file.file_name().map_or(String::new(), |it| it.to_string_lossy().into_owned())
}

fn show(problems: &[Problem]) {
    for problem in problems {
        println(&problem.to_string());
    }
}
