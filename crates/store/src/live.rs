//! The folded log in memory, kept up to date with the database, where commands are carried out.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, PoisonError, RwLock, RwLockWriteGuard, Weak},
    time::Duration,
};

use domain::{Command, Entry, Happened, Omstandigheid, State, Stream};
use jiff::Timestamp;
use rayon::prelude::*;
use tokio::{sync::mpsc, task::JoinHandle, time::MissedTickBehavior};

use crate::{
    AppendError, ExecuteError, Progress, SeenError, Store, StoreError, World, cache, database::Row,
    log,
};

/// How many entries are read from the database at a time.
const PAGE: usize = 20_000;

/// From how many entries on reading them again costs more than writing the cache.
const WORTH_CACHING: u64 = 10_000;

/// How often a list of commands is decided again because others wrote meanwhile.
const TRIES: u32 = 50;

/// The state in memory. A clone shares it.
#[derive(Clone)]
pub struct Live(Arc<Inner>);

struct Inner {
    store: Store,
    world: RwLock<World>,
    /// Commands of one process take turns: each is decided on what the one before led to.
    turn: tokio::sync::Mutex<()>,
    cache: Option<PathBuf>,
}

impl Live {
    /// Folds the log: from the cache file as far as that is right, the rest from the database.
    ///
    /// A cache file that is absent, damaged, from another log or another version only costs time.
    pub async fn start(
        store: Store,
        cache: Option<PathBuf>,
        progress: Progress<'_>,
    ) -> Result<Live, StoreError> {
        let world = match &cache {
            Some(path) => from_cache(&store, path).await?,
            None => World::default(),
        };
        let cached = world.state.sequence;
        let world = read_rest(&store, world, progress).await?;
        let fresh = world.state.sequence - cached;
        let turn = tokio::sync::Mutex::new(());
        let live = Live(Arc::new(Inner { store, world: RwLock::new(world), turn, cache }));
        if fresh >= WORTH_CACHING
            && let Err(error) = live.write_cache().await
        {
            tracing::warn!(%error, "het cachebestand is niet geschreven");
        }
        Ok(live)
    }

    /// Looks at the state. Short: nobody's news is folded in meanwhile.
    pub fn with<T>(&self, look: impl FnOnce(&World) -> T) -> T {
        look(&self.0.world.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Folds in what others wrote; gives the last sequence.
    pub async fn refresh(&self) -> Result<u64, StoreError> {
        loop {
            let after = self.with(|world| world.state.sequence);
            let entries = self.0.store.read_after(after, PAGE).await?;
            let last = entries.len() < PAGE;
            self.world_mut().take_in(entries);
            if last {
                return Ok(self.with(|world| world.state.sequence));
            }
        }
    }

    /// Refreshes by itself until this state is dropped or the task is aborted.
    pub fn spawn_refresh(&self, every: Duration) -> JoinHandle<()> {
        let inner: Weak<Inner> = Arc::downgrade(&self.0);
        tokio::spawn(async move {
            let mut ticks = tokio::time::interval(every);
            ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
            let mut failing = false;
            loop {
                ticks.tick().await;
                let Some(inner) = inner.upgrade() else { return };
                let result = Live(inner).refresh().await;
                if let Err(error) = &result
                    && !failing
                {
                    tracing::warn!(%error, "het logboek kan nu niet worden gelezen");
                }
                failing = result.is_err();
            }
        })
    }

    /// Carries out a list of commands: all in one transaction, or none.
    ///
    /// Each is decided on a state that includes what the earlier ones led to. The append holds only
    /// if nothing at all was written since that state: when others were first, their news is folded
    /// in and everything is decided again. So no decision rests on an old register either.
    pub async fn execute(
        &self,
        commands: &[(Command, Omstandigheid)],
        recorded: Timestamp,
    ) -> Result<Vec<Entry>, ExecuteError> {
        self.execute_when(&[], commands, recorded).await.map_err(|error| match error {
            SeenError::Execute(error) => error,
            SeenError::Changed(_) => StoreError::Busy.into(),
        })
    }

    /// As [`Live::execute`], and only if every stream still has the version that was looked at.
    ///
    /// The versions are compared on the state that the commands are decided on, and the append
    /// holds only if nothing was written since that state: nobody comes in between.
    pub async fn execute_when(
        &self,
        seen: &[(Stream, u32)],
        commands: &[(Command, Omstandigheid)],
        recorded: Timestamp,
    ) -> Result<Vec<Entry>, SeenError> {
        let _turn = self.0.turn.lock().await;
        for _ in 0..TRIES {
            let plan = self.with(|world| {
                let moved = |it: &&(Stream, u32)| world.state.version(it.0) != it.1;
                match seen.iter().find(moved) {
                    Some((stream, _)) => Err(SeenError::Changed(*stream)),
                    None => Ok(plan(&world.state, commands, recorded)?),
                }
            })?;
            if plan.news.is_empty() {
                return Ok(Vec::new());
            }
            let append =
                self.0.store.append_when(Some(plan.after), &plan.expected, &plan.news, recorded);
            match append.await {
                Ok(entries) => {
                    self.world_mut().take_in(entries.clone());
                    return Ok(entries);
                }
                Err(AppendError::Conflict(_)) => self.refresh().await?,
                Err(AppendError::Store(error)) => return Err(error.into()),
            };
        }
        Err(StoreError::Busy.into())
    }

    /// The store underneath.
    pub fn store(&self) -> &Store {
        &self.0.store
    }

    /// Writes the cache file, if there is to be one; whole or not at all.
    pub async fn write_cache(&self) -> Result<(), StoreError> {
        let Some(path) = self.0.cache.clone() else { return Ok(()) };
        let sequence = self.with(|world| world.state.sequence);
        let Some(hash) = self.0.store.hash_at(sequence).await? else { return Ok(()) };
        let live = self.clone();
        tokio::task::spawn_blocking(move || {
            let chunks = live.with(|world| {
                let count = usize::try_from(sequence).unwrap_or(usize::MAX);
                cache::encode(&world.entries[..count.min(world.entries.len())])
            });
            cache::write(&path, sequence, hash, &chunks)
        })
        .await?
    }

    fn world_mut(&self) -> RwLockWriteGuard<'_, World> {
        self.0.world.write().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What a list of commands leads to.
struct Plan {
    after: u64,
    expected: Vec<(Stream, u32)>,
    news: Vec<Happened>,
}

/// Decides the list. The state is only copied when a later command has to see an earlier one.
fn plan(
    state: &State,
    commands: &[(Command, Omstandigheid)],
    recorded: Timestamp,
) -> Result<Plan, ExecuteError> {
    let mut plan = Plan { after: state.sequence, expected: Vec::new(), news: Vec::new() };
    let mut ahead: Option<State> = None;
    for (index, (command, circumstances)) in commands.iter().enumerate() {
        let known = ahead.as_ref().unwrap_or(state);
        let news = domain::decide(known, command, circumstances)
            .map_err(|refusal| ExecuteError::Refused { index, refusal })?;
        for happened in &news {
            let stream = happened.event.stream();
            if !plan.expected.iter().any(|(it, _)| *it == stream) {
                plan.expected.push((stream, state.version(stream)));
            }
        }
        if index + 1 < commands.len() && !news.is_empty() {
            let ahead = ahead.get_or_insert_with(|| state.clone());
            for happened in &news {
                let version = ahead.version(happened.event.stream()) + 1;
                let sequence = ahead.sequence + 1;
                ahead.apply(&Entry { sequence, version, recorded, happened: happened.clone() });
            }
        }
        plan.news.extend(news);
    }
    Ok(plan)
}

/// What the cache file holds, if it belongs to this log.
async fn from_cache(store: &Store, path: &Path) -> Result<World, StoreError> {
    let path = path.to_path_buf();
    let read = tokio::task::spawn_blocking(move || cache::read(&path)).await?;
    let Some(cached) = read else { return Ok(World::default()) };
    if store.hash_at(cached.sequence).await? != Some(cached.hash) {
        return Ok(World::default());
    }
    let world = tokio::task::spawn_blocking(move || cached.world()).await?;
    Ok(world.unwrap_or_default())
}

/// Reads what the world does not hold yet: the database reads ahead while the cores decode.
async fn read_rest(
    store: &Store,
    mut world: World,
    progress: Progress<'_>,
) -> Result<World, StoreError> {
    let total = store.head().await?.sequence;
    let mut after = world.state.sequence;
    progress(after, total);
    let (sender, mut pages) = mpsc::channel::<Vec<Row>>(2);
    let folding = tokio::task::spawn_blocking(move || {
        world.entries.reserve(usize::try_from(total.saturating_sub(after)).unwrap_or(0));
        while let Some(rows) = pages.blocking_recv() {
            let entries: Result<Vec<Entry>, _> = rows.par_iter().map(log::decode_row).collect();
            world.take_in(entries?);
        }
        Ok::<World, StoreError>(world)
    });
    loop {
        let rows = store.rows_after(after, PAGE).await?;
        let last = rows.len() < PAGE;
        if let Some(row) = rows.last() {
            after = row.int(0)?.unsigned_abs();
        }
        // A closed channel means that folding failed: it tells why below.
        if sender.send(rows).await.is_err() || last {
            break;
        }
        progress(after, total.max(after));
    }
    drop(sender);
    let world = folding.await??;
    progress(world.state.sequence, total.max(world.state.sequence));
    Ok(world)
}
