//! `wijkpeil iwmo send` and `iwmo receive`: messages out of and into folders.
//!
//! In the outbox lie messages that are ready; each becomes an envelope in its folder `envelop`, for
//! the program that carries it to the exchange. `zendingen.csv` tells how far each came. What was
//! sent or received is kept under the client's key, and the plain file goes.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::{Context, bail};
use domain::{Bsn, ClientId};
use jiff::tz::TimeZone;
use messages::{
    Ernst, Problem,
    iwmo::{
        Bericht,
        regel::{Bevinding, Omgeving, binnen_bericht, buiten},
        retour::{Retourkop, retour},
        verkeer::{
            Envelop, Gebeurtenis, Ontvangst, Verzending, Vraag, Zending, bsns, ontvangst,
            schrijf_lijst, verzending, vingerafdruk,
        },
    },
};
use store::{Live, Store};

use crate::{
    clock,
    import::{Bestand, Soort, Verslag, lees_berichten},
    opdracht::{IwmoReceive, IwmoSend},
    plek::Plek,
    scherm::println,
    voortgang,
};

const LIJST: &str = "zendingen.csv";

/// Puts every message that may leave into an envelope.
pub(super) async fn send(plek: &Plek, vraag: &IwmoSend) -> anyhow::Result<ExitCode> {
    let store = plek.open_bestaand().await?;
    let bedreigd = threatened(vraag.bedreigd.as_deref())?;
    let mut lijst = Lijst::lees(&vraag.outbox)?;
    if let Some(referentie) = &vraag.resend {
        lijst.again(referentie)?;
        println(&format!("{referentie} ligt opnieuw klaar in {}.", lijst.envelopes().display()));
        return Ok(ExitCode::SUCCESS);
    }
    let (mut sent, mut refused) = (0_usize, 0_usize);
    for file in messages_in(&vraag.outbox)? {
        let (name, bytes) = (name_of(&file), fs::read(&file)?);
        let print = vingerafdruk(&bytes);
        let referentienummer = uuid();
        let plan = verzending(&Vraag {
            file: &name,
            bytes: &bytes,
            eerder_verzonden: lijst.has(&print) || store.has_message(&print).await?,
            bedreigd: &bedreigd,
            referentienummer: &referentienummer,
            nu: clock::now().to_zoned(TimeZone::get("Europe/Amsterdam")?).datetime(),
        });
        match plan {
            Verzending::Verstuur(envelop, zending) => {
                lijst.add(&envelop, zending)?;
                keep(&store, &bytes, &name).await?;
                fs::remove_file(&file)?;
                sent += 1;
            }
            Verzending::Dubbel => {
                println(&format!("{name}: is al verzonden; dit bestand gaat niet nog eens uit"));
                refused += 1;
            }
            Verzending::Geweigerd(problems) => {
                show(&problems);
                refused += 1;
            }
        }
    }
    println(&format!("{sent} berichten klaargezet, {refused} niet."));
    Ok(if refused == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Takes in what lies in the inbox, and makes what goes back.
pub(super) async fn receive(plek: &Plek, vraag: &IwmoReceive) -> anyhow::Result<ExitCode> {
    let store = plek.open_bestaand().await?;
    let bar = voortgang::balk("Logboek lezen", 1);
    let live = Live::start(store, Some(plek.cache()), &voortgang::volg(&bar)).await?;
    bar.finish_and_clear();
    let mut post = Post {
        lijst: Lijst::lees(&vraag.outbox)?,
        outbox: &vraag.outbox,
        inbox: &vraag.inbox,
        live,
        verslag: Verslag::new(false),
    };
    for file in messages_in(&vraag.inbox)? {
        post.take(&file).await?;
    }
    Ok(post.verslag.toon())
}

/// An inbox with the outbox for what goes back.
struct Post<'a> {
    lijst: Lijst,
    outbox: &'a Path,
    inbox: &'a Path,
    live: Live,
    verslag: Verslag,
}

impl Post<'_> {
    async fn take(&mut self, file: &Path) -> anyhow::Result<()> {
        let (name, bytes) = (name_of(file), fs::read(file)?);
        let kept = match ontvangst(&name, &bytes) {
            Ontvangst::Bevestiging(about) => self.hop(&name, &about, Gebeurtenis::Bevestiging)?,
            Ontvangst::Weigering(about, fout) => {
                let text = format!("{about} is geweigerd: {} {}", fout.code, fout.omschrijving);
                self.verslag.meld([Problem::fout(&name, "ENV04", text)]);
                self.hop(&name, &about, Gebeurtenis::Weigering(fout))?
            }
            Ontvangst::Ongeldig { problems, weigering } => {
                self.verslag.meld(problems);
                if let Some(mut envelop) = weigering {
                    envelop.referentienummer = uuid();
                    self.lijst.put(&envelop.referentienummer, &envelop.schrijf())?;
                }
                false
            }
            Ontvangst::Bericht { bericht, inhoud, .. } => {
                self.message(&name, &bericht, &inhoud).await?
            }
        };
        if kept {
            fs::remove_file(file)?;
            return Ok(());
        }
        let aside = self.inbox.join("niet_verwerkt");
        fs::create_dir_all(&aside)?;
        Ok(fs::rename(file, aside.join(&name))?)
    }

    /// A word of a hop; whether it was about something that was sent from here.
    fn hop(&mut self, name: &str, about: &str, event: Gebeurtenis) -> anyhow::Result<bool> {
        let known = self.lijst.zendingen.iter_mut().find(|it| it.referentienummer == about);
        let Some(zending) = known else {
            let text = format!("er is van hier niets verzonden met referentienummer {about}");
            self.verslag.meld([Problem::waarschuwing(name, "ENV05", text)]);
            return Ok(false);
        };
        zending.verwerk(event);
        self.lijst.schrijf()?;
        Ok(true)
    }

    /// Takes in a message; whether it is kept, so that the plain file may go.
    async fn message(
        &mut self,
        name: &str,
        bericht: &Bericht,
        bytes: &[u8],
    ) -> anyhow::Result<bool> {
        let store = self.live.store();
        if store.has_message(&vingerafdruk(bytes)).await? {
            self.verslag.zeg(format!("{name}: is al eerder ontvangen."));
            return Ok(true);
        }
        if bericht.soort().is_retour() {
            let mut sent = self.lijst.zendingen.iter_mut();
            if !sent.any(|it| it.ontvang_retour(bericht)) {
                let text = "hier is geen bericht verzonden waar deze retour bij hoort";
                self.verslag.meld([Problem::waarschuwing(name, "ENV05", text)]);
            }
            self.lijst.schrijf()?;
            return keep(self.live.store(), bytes, name).await;
        }
        let found = self.check(bericht);
        self.verslag.meld(found.iter().map(|it| it.problem(name)));
        self.answer(bericht, &found)?;
        let right = found.iter().all(|it| it.ernst != Ernst::Fout);
        let in_dossier = matches!(
            bericht,
            Bericht::Wmo301(_) | Bericht::Wmo305(_) | Bericht::Wmo307(_) | Bericht::Wmo323(_)
        );
        if right && in_dossier {
            let (naam, bytes) = (name.to_owned(), bytes.to_vec());
            let file = Bestand { naam, bytes, soort: Soort::Bericht };
            lees_berichten(&self.live, &[file], &mut self.verslag).await?;
        }
        keep(self.live.store(), bytes, name).await
    }

    /// Within the message, and against date, municipalities, products and tariffs.
    fn check(&self, bericht: &Bericht) -> Vec<Bevinding> {
        let mut found = binnen_bericht(bericht);
        let vandaag = clock::today();
        found.extend(self.live.with(|world| {
            buiten(bericht, &Omgeving { vandaag, register: Some(&world.state.register) })
        }));
        found
    }

    /// Puts the return or the answer into the outbox.
    fn answer(&self, bericht: &Bericht, found: &[Bevinding]) -> anyhow::Result<()> {
        let key: String = uuid().chars().filter(|it| *it != '-').take(12).collect();
        let kop = Retourkop { identificatie: &key, dagtekening: clock::today() };
        if bericht.soort().van_gemeente() {
            return Ok(());
        }
        if let Some(back) = retour(bericht, found, &kop) {
            let file = self.outbox.join(format!("{}_{key}.xml", back.soort()));
            write(&file, &back.schrijf())?;
        }
        Ok(())
    }
}

/// What was sent from an outbox, and how far it came.
struct Lijst {
    outbox: PathBuf,
    zendingen: Vec<Zending>,
}

impl Lijst {
    fn lees(outbox: &Path) -> anyhow::Result<Lijst> {
        if !outbox.is_dir() {
            bail!("de map {} is er niet; maak hem eerst", outbox.display());
        }
        let file = outbox.join(LIJST);
        let zendingen = match fs::read(&file) {
            Ok(bytes) => {
                Zending::lees_lijst(LIJST, &bytes).map_err(|it| anyhow::anyhow!("{it}"))?
            }
            Err(_) if !file.exists() => Vec::new(),
            Err(error) => return Err(error.into()),
        };
        Ok(Lijst { outbox: outbox.to_owned(), zendingen })
    }

    fn envelopes(&self) -> PathBuf {
        self.outbox.join("envelop")
    }

    fn has(&self, print: &[u8; 32]) -> bool {
        self.zendingen.iter().any(|it| it.vingerafdruk == *print)
    }

    /// The list first: what stands in it is never sent twice.
    fn add(&mut self, envelop: &Envelop, zending: Zending) -> anyhow::Result<()> {
        self.zendingen.push(zending);
        self.schrijf()?;
        self.put(&envelop.referentienummer, &envelop.schrijf())
    }

    fn put(&self, referentienummer: &str, bytes: &[u8]) -> anyhow::Result<()> {
        fs::create_dir_all(self.envelopes())?;
        write(&self.envelopes().join(format!("{referentienummer}.xml")), bytes)
    }

    /// Puts an envelope ready again, with the bytes it had.
    fn again(&mut self, referentienummer: &str) -> anyhow::Result<()> {
        let known = self.zendingen.iter_mut().find(|it| it.referentienummer == referentienummer);
        let Some(zending) = known else {
            bail!("er is niets verzonden met referentienummer {referentienummer}");
        };
        let file = self.outbox.join("envelop").join(format!("{referentienummer}.xml"));
        let bytes = fs::read(&file).with_context(|| format!("{} is weg", file.display()))?;
        let status = zending.status.naam();
        if !zending.verwerk(Gebeurtenis::OpnieuwVerzonden) {
            bail!("{referentienummer} is al {status}; opnieuw verzenden kan niet meer");
        }
        self.schrijf()?;
        self.put(referentienummer, &bytes)
    }

    fn schrijf(&self) -> anyhow::Result<()> {
        write(&self.outbox.join(LIJST), &schrijf_lijst(&self.zendingen))
    }
}

/// Keeps a message under the keys of whom it is about; false when none of them is known here.
async fn keep(store: &Store, bytes: &[u8], name: &str) -> anyhow::Result<bool> {
    let (bericht, _) = messages::iwmo::bericht::lees(name, bytes);
    let mut clients: Vec<ClientId> = Vec::new();
    let about = bericht.as_ref().map(bsns).unwrap_or_default();
    for bsn in about.iter().filter_map(|it| it.parse::<Bsn>().ok()) {
        clients.extend(store.find_bsn(bsn).await?);
    }
    if clients.is_empty() {
        return Ok(about.is_empty());
    }
    store.put_message(bytes, name, &clients, clock::now()).await?;
    Ok(true)
}

/// The BSNs in a file, one a line.
fn threatened(file: Option<&Path>) -> anyhow::Result<BTreeSet<Bsn>> {
    let Some(file) = file else { return Ok(BTreeSet::new()) };
    let text =
        fs::read_to_string(file).with_context(|| format!("{} is niet te lezen", file.display()))?;
    let lines = text.lines().map(str::trim).filter(|it| !it.is_empty());
    let parse = |(at, line): (usize, &str)| {
        line.parse().map_err(|why| anyhow::anyhow!("{}, regel {}: {why}", file.display(), at + 1))
    };
    lines.enumerate().map(parse).collect()
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

/// Writes a file whole or not at all.
fn write(file: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let half = file.with_extension("half");
    fs::write(&half, bytes).with_context(|| format!("{} is niet te schrijven", half.display()))?;
    Ok(fs::rename(&half, file)?)
}

fn name_of(file: &Path) -> String {
    file.file_name().map_or(String::new(), |it| it.to_string_lossy().into_owned())
}

fn show(problems: &[Problem]) {
    for problem in problems {
        println(&problem.to_string());
    }
}

/// A UUID of version 4. RFC 9562.
fn uuid() -> String {
    use rand::RngExt as _;
    let mut rng = rand::rng();
    let bits: u128 = (u128::from(rng.random::<u64>()) << 64) | u128::from(rng.random::<u64>());
    let bits = (bits & !(0xF000 << 64) & !(0xC000 << 48)) | (0x4000 << 64) | (0x8000 << 48);
    let text = format!("{bits:032x}");
    [&text[..8], &text[8..12], &text[12..16], &text[16..20], &text[20..]].join("-")
}
