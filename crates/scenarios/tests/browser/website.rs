//! The website of the demo municipality, served from a folder of its own.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
    time::Duration,
};

use domain::{Functie, Register};
use jiff::{Timestamp, ToSpan, civil::Date};
use simulation::Parameters;
use store::{Live, MasterKey, Place, Store};
use thirtyfour::prelude::*;

use crate::chromium::Chromium;

const PASSWORD: &str = "een lang genoeg wachtwoord";

/// A website that listens.
pub(crate) struct Website {
    port: u16,
    bsn: String,
    ondersteuning: Vec<(&'static str, String)>,
    overleg: String,
    /// Who signed in before; signing in over and over looks like guessing a password.
    sessions: Mutex<BTreeMap<String, Vec<Cookie>>>,
    _folder: tempfile::TempDir,
}

impl Website {
    /// Makes the municipality, an account per role, and serves them.
    pub(crate) async fn start() -> Website {
        let folder = tempfile::tempdir().expect("a folder");
        let key = MasterKey::from_file_or_create(&folder.path().join("sleutel")).expect("a key");
        let place = Place::Sqlite(folder.path().to_owned());
        let store = Store::open(&place, key).await.expect("a store");
        let parameters = Parameters::default();
        let gemeente = simulation::simulate(&parameters, &mut |_, _| {});
        for part in gemeente.entries.chunks(20_000) {
            store.append_at(part).await.expect("the log");
        }
        store.put_persons(&gemeente.persons).await.expect("the persons");
        for (medewerker, naam) in &gemeente.staff {
            store.put_staff_name(*medewerker, naam).await.expect("the staff");
        }
        for it in &gemeente.accounts {
            store.create_account(&it.name, PASSWORD, it.medewerker).await.expect("an account");
        }
        let mut known = gemeente.persons.iter().filter_map(|(_, it)| it.bsn);
        let bsn = known.next_back().expect("somebody with a BSN").as_str().to_owned();
        let live = Live::start(store, None, &|_, _| {}).await.expect("the state");
        // The last day of the municipality is today, so that its staff is in service.
        let now = parameters.tot.to_zoned(jiff::tz::TimeZone::UTC).expect("a day").timestamp();
        let now: Timestamp = now + Duration::from_secs(12 * 3600);
        let config =
            web::Config { data: folder.path().to_owned(), demo: true, ..Default::default() };
        let ondersteuning = live.with(|world| ondersteuning(&world.state.register, parameters.tot));
        let member = gemeente.accounts.iter().find(|it| it.functie == Functie::CtaLid);
        let member = member.expect("a member of the review").medewerker;
        let overleg = live.with(|world| {
            let meetings = world.state.register.overleggen.values();
            let latest = meetings.filter(|it| it.is_lid(member)).max_by_key(|it| it.op);
            latest.expect("a meeting").id.0.to_string()
        });
        let app = web::App { live, clock: Arc::new(move || now), config };
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let port = listener.local_addr().expect("a port").port();
        tokio::spawn(web::serve(app, listener, std::future::pending::<()>()));
        Website { port, bsn, ondersteuning, overleg, sessions: Mutex::default(), _folder: folder }
    }

    /// The address of a page.
    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    /// The BSN of somebody who is in the municipality.
    pub(crate) fn bsn(&self) -> &str {
        &self.bsn
    }

    /// Support that somebody is contracted for, as the fields of a proposal.
    pub(crate) fn ondersteuning(&self) -> &[(&'static str, String)] {
        &self.ondersteuning
    }

    /// The last meeting in which the member of the review sits.
    pub(crate) fn overleg(&self) -> &str {
        &self.overleg
    }

    /// Logs in with the right password, or goes on where this account was.
    pub(crate) async fn log_in_as(
        &self,
        chromium: &Chromium,
        account: &str,
    ) -> WebDriverResult<()> {
        let known = self.sessions.lock().expect("no panic before").get(account).cloned();
        if let Some(cookies) = known {
            chromium.look(&self.url("/inloggen")).await?;
            for it in cookies {
                chromium.driver.add_cookie(it).await?;
            }
            return chromium.look(&self.url("/")).await;
        }
        self.log_in(chromium, account, PASSWORD).await?;
        let url = chromium.driver.current_url().await?;
        assert!(!url.path().starts_with("/inloggen"), "{account} is let in");
        let cookies = chromium.driver.get_all_cookies().await?;
        self.sessions.lock().expect("no panic before").insert(account.to_owned(), cookies);
        Ok(())
    }

    /// Fills in the form at the door, by keyboard.
    pub(crate) async fn log_in(
        &self,
        chromium: &Chromium,
        account: &str,
        password: &str,
    ) -> WebDriverResult<()> {
        chromium.look(&self.url("/inloggen")).await?;
        let name = chromium.driver.find(By::Css("form input:not([type=hidden])")).await?;
        name.send_keys(account).await?;
        let secret = chromium.driver.find(By::Css("input[type=password]")).await?;
        secret.send_keys(password).await?;
        chromium.enter(&secret).await
    }
}

/// Something with a price from the day after `today`, for a quarter.
fn ondersteuning(register: &Register, today: Date) -> Vec<(&'static str, String)> {
    let (van, tot) = (today.saturating_add(1.day()), today.saturating_add(90.days()));
    let mut priced = register.tarieven.keys().filter_map(|(aanbieder, product)| {
        let tarief = register.tarief(*aanbieder, *product, van)?;
        register.gecontracteerd(*aanbieder, van).then_some((aanbieder, product, tarief.eenheid))
    });
    let (aanbieder, product, eenheid) = priced.next().expect("somebody delivers something");
    let day = |it: Date| it.strftime("%d-%m-%Y").to_string();
    vec![
        ("uitkomst", "toegekend".to_owned()),
        ("product", product.to_string()),
        ("vorm", "zin".to_owned()),
        ("aanbieder", aanbieder.0.to_string()),
        ("volume", "1".to_owned()),
        ("eenheid", eenheid.code().to_owned()),
        ("frequentie", "2".to_owned()),
        ("van", day(van)),
        ("tot", day(tot)),
    ]
}
