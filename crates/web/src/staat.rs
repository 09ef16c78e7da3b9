//! What every page can reach: the state, the clock, the configuration and what is kept warm.

use std::{
    path::PathBuf,
    sync::{Arc, atomic::AtomicBool},
};

use domain::Register;
use jiff::{Timestamp, civil::Date};
use store::{Live, Store};

use crate::{
    bron::Bronnen, datum, fout::Fout, gebruiker::Gebruiker, kader::Kader, limiet::Limieten,
    thema::Thema,
};

/// What the pages are made from.
#[derive(Clone)]
pub struct App {
    /// The state in memory, over the store.
    pub live: Live,
    /// The clock; only the binary knows the real one.
    pub clock: Arc<dyn Fn() -> Timestamp + Send + Sync>,
    /// What can be set.
    pub config: Config,
}

/// What can be set.
#[derive(Debug, Clone, Default)]
pub struct Config {
    /// The folder with the data.
    pub data: PathBuf,
    /// The theme of the municipality; without it `thema.css` in the data folder, if there.
    pub theme: Option<PathBuf>,
    /// Whether these are made-up data, which every page then says.
    pub demo: bool,
    /// Whether browsers reach the program by https, through a proxy that sets `X-Forwarded-For`.
    pub https: bool,
}

/// The state of the router.
#[derive(Clone)]
pub(crate) struct Web(Arc<Binnen>);

pub(crate) struct Binnen {
    pub(crate) app: App,
    pub(crate) limieten: Limieten,
    pub(crate) bronnen: Bronnen,
    pub(crate) thema: Option<Thema>,
    pub(crate) ingericht: AtomicBool,
    /// Messages that come in or are put ready take turns.
    pub(crate) verkeer: tokio::sync::Mutex<()>,
    /// What messages said so far.
    pub(crate) boek: tokio::sync::Mutex<traffic::Boek>,
}

impl std::ops::Deref for Web {
    type Target = Binnen;
    fn deref(&self) -> &Binnen {
        &self.0
    }
}

impl Web {
    pub(crate) fn new(app: App) -> Web {
        let thema = Thema::find(&app.config);
        Web(Arc::new(Binnen {
            app,
            limieten: Limieten::default(),
            bronnen: Bronnen::default(),
            thema,
            ingericht: AtomicBool::new(false),
            verkeer: tokio::sync::Mutex::default(),
            boek: tokio::sync::Mutex::new(traffic::Boek::new()),
        }))
    }

    pub(crate) fn nu(&self) -> Timestamp {
        (self.app.clock)()
    }

    /// Today in the Netherlands.
    pub(crate) fn vandaag(&self) -> Date {
        datum::dag(self.nu())
    }

    pub(crate) fn store(&self) -> &Store {
        self.app.live.store()
    }

    pub(crate) fn live(&self) -> &Live {
        &self.app.live
    }

    /// The register as it is now.
    pub(crate) fn register(&self) -> Register {
        self.live().with(|world| world.state.register.clone())
    }

    /// The frame of a page.
    pub(crate) fn kader(&self, titel: &str, wie: Option<&Gebruiker>, pad: &str) -> Kader {
        let klasse = self.thema.as_ref().map(|it| it.klasse.clone());
        Kader::new(titel, klasse, wie, pad, self.app.config.demo)
    }

    /// Whether there is an account; without one the installation is still to be set up.
    pub(crate) async fn is_ingericht(&self) -> Result<bool, Fout> {
        use std::sync::atomic::Ordering::Relaxed;
        if self.ingericht.load(Relaxed) {
            return Ok(true);
        }
        let found = !self.store().accounts().await?.is_empty();
        self.ingericht.store(found, Relaxed);
        Ok(found)
    }
}
