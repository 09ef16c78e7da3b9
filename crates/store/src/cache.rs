//! The cache file: the decoded log in a compact form. It may be deleted at any time.
//!
//! It names the version of the program, the last entry and its hash, and carries a checksum of
//! each of its parts. Whatever does not fit in any way is as good as absent.

use std::{fs, io::Write, path::Path};

use domain::{ClientId, Entry, Event, Happened};
use jiff::Timestamp;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{
    StoreError, World,
    crypt::sha256,
    place::sync_folder,
    stored::v1::{Actor, Dag, DossierEvent, RegisterEvent, Shape},
};

const MAGIC: &[u8; 8] = b"wijkpl-1";

/// Another program may have other shapes: it reads the log.
const PROGRAM: &str = env!("CARGO_PKG_VERSION");

/// How many entries are written and read as one part.
const CHUNK: usize = 8_192;

/// How many parts are decoded before they are folded.
const AT_ONCE: usize = 16;

/// A cache file that is whole; whether it belongs to the log is still to be seen.
pub(crate) struct Cached {
    pub(crate) sequence: u64,
    pub(crate) hash: [u8; 32],
    bytes: Vec<u8>,
    parts: Vec<Part>,
    /// Where the first part starts.
    start: usize,
}

#[derive(Serialize, Deserialize)]
struct Header {
    program: String,
    sequence: u64,
    hash: [u8; 32],
    parts: Vec<Part>,
}

#[derive(Serialize, Deserialize)]
struct Part {
    length: u64,
    checksum: [u8; 32],
}

#[derive(Serialize, Deserialize)]
struct CachedEntry {
    version: u32,
    recorded: (i64, i32),
    on: Dag,
    actor: Actor,
    event: CachedEvent,
}

#[derive(Serialize, Deserialize)]
enum CachedEvent {
    Register(RegisterEvent),
    Dossier(u64, DossierEvent),
}

/// The parts of the file: the entries from the first on.
pub(crate) fn encode(entries: &[Entry]) -> Vec<Vec<u8>> {
    entries
        .par_chunks(CHUNK)
        .map(|some| {
            let shapes: Vec<CachedEntry> = some.iter().map(CachedEntry::new).collect();
            postcard::to_allocvec(&shapes).expect("stored shapes cannot fail to write")
        })
        .collect()
}

/// Writes the file beside its place and moves it there.
pub(crate) fn write(
    path: &Path,
    sequence: u64,
    hash: [u8; 32],
    parts: &[Vec<u8>],
) -> Result<(), StoreError> {
    let header = Header {
        program: PROGRAM.to_owned(),
        sequence,
        hash,
        parts: parts
            .par_iter()
            .map(|it| Part { length: it.len() as u64, checksum: sha256(it) })
            .collect(),
    };
    let header = postcard::to_allocvec(&header).expect("the header cannot fail to write");
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut temp = tempfile::Builder::new()
        .prefix(".cache-")
        .tempfile_in(folder)
        .map_err(StoreError::file(path))?;
    let mut put = |bytes: &[u8]| temp.write_all(bytes).map_err(StoreError::file(path));
    put(MAGIC)?;
    put(&(header.len() as u64).to_le_bytes())?;
    put(&sha256(&header))?;
    put(&header)?;
    for part in parts {
        put(part)?;
    }
    temp.as_file().sync_all().map_err(StoreError::file(path))?;
    temp.persist(path).map_err(|error| StoreError::file(path)(error.error))?;
    sync_folder(path)
}

/// Reads the file and its header; `None` when it is of no use.
pub(crate) fn read(path: &Path) -> Option<Cached> {
    let bytes = fs::read(path).ok()?;
    let (magic, rest) = bytes.split_first_chunk::<8>()?;
    let (length, rest) = rest.split_first_chunk::<8>()?;
    let (checksum, rest) = rest.split_first_chunk::<32>()?;
    let length = usize::try_from(u64::from_le_bytes(*length)).ok()?;
    let header = rest.get(..length)?;
    if magic != MAGIC || sha256(header) != *checksum {
        return None;
    }
    let header: Header = postcard::from_bytes(header).ok()?;
    if header.program != PROGRAM {
        return None;
    }
    let start = MAGIC.len() + 8 + 32 + length;
    Some(Cached { sequence: header.sequence, hash: header.hash, parts: header.parts, bytes, start })
}

impl Cached {
    /// The log that it holds, folded; `None` when a part is damaged or missing.
    pub(crate) fn world(self) -> Option<World> {
        let mut slices = Vec::with_capacity(self.parts.len());
        let mut rest = self.bytes.get(self.start..)?;
        for part in &self.parts {
            let (slice, after) = rest.split_at_checked(usize::try_from(part.length).ok()?)?;
            slices.push((slice, part.checksum));
            rest = after;
        }
        let mut world = World::default();
        // The most a whole file can hold, whatever its header says.
        world.entries.reserve(slices.len().saturating_mul(CHUNK));
        let mut groups = slices.chunks(AT_ONCE);
        let mut ready = groups.next().map_or(Some(Vec::new()), decode)?;
        loop {
            let group = groups.next();
            // One core folds what was decoded while the others decode what follows.
            let (decoded, ()) =
                rayon::join(|| group.map(decode), || fold(&mut world, std::mem::take(&mut ready)));
            match decoded {
                Some(decoded) => ready = decoded?,
                None => break,
            }
        }
        (rest.is_empty() && world.state.sequence == self.sequence).then_some(world)
    }
}

fn decode(group: &[(&[u8], [u8; 32])]) -> Option<Vec<Vec<CachedEntry>>> {
    group
        .par_iter()
        .map(|(bytes, checksum)| {
            if sha256(bytes) != *checksum {
                return None;
            }
            postcard::from_bytes(bytes).ok()
        })
        .collect()
}

fn fold(world: &mut World, parts: Vec<Vec<CachedEntry>>) {
    for shape in parts.into_iter().flatten() {
        let sequence = world.state.sequence + 1;
        let Some(entry) = shape.entry(sequence) else { return };
        world.state.apply(&entry);
        world.entries.push(entry);
    }
}

impl CachedEntry {
    fn new(entry: &Entry) -> CachedEntry {
        let Happened { on, actor, event } = &entry.happened;
        CachedEntry {
            version: entry.version,
            recorded: (entry.recorded.as_second(), entry.recorded.subsec_nanosecond()),
            on: Dag(*on),
            actor: Actor::store(actor),
            event: match event {
                Event::Register(event) => CachedEvent::Register(RegisterEvent::store(event)),
                Event::Dossier(client, event) => {
                    CachedEvent::Dossier(client.0, DossierEvent::store(event))
                }
            },
        }
    }

    fn entry(self, sequence: u64) -> Option<Entry> {
        let (second, nanosecond) = self.recorded;
        let event = match self.event {
            CachedEvent::Register(event) => Event::Register(event.restore()),
            CachedEvent::Dossier(client, event) => {
                Event::Dossier(ClientId(client), event.restore())
            }
        };
        let happened = Happened { on: self.on.0, actor: self.actor.restore(), event };
        let recorded = Timestamp::new(second, nanosecond).ok()?;
        Some(Entry { sequence, version: self.version, recorded, happened })
    }
}
