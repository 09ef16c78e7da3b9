//! The website of the demo municipality, served from a folder of its own.

use std::{sync::Arc, time::Duration};

use jiff::Timestamp;
use simulation::Parameters;
use store::{Live, MasterKey, Place, Store};
use thirtyfour::prelude::*;

use crate::chromium::Chromium;

const PASSWORD: &str = "een lang genoeg wachtwoord";

/// A website that listens.
pub(crate) struct Website {
    port: u16,
    bsn: String,
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
        let app = web::App { live, clock: Arc::new(move || now), config };
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let port = listener.local_addr().expect("a port").port();
        tokio::spawn(web::serve(app, listener, std::future::pending::<()>()));
        Website { port, bsn, _folder: folder }
    }

    /// The address of a page.
    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    /// The BSN of somebody who is in the municipality.
    pub(crate) fn bsn(&self) -> &str {
        &self.bsn
    }

    /// Logs in with the right password.
    pub(crate) async fn log_in_as(
        &self,
        chromium: &Chromium,
        account: &str,
    ) -> WebDriverResult<()> {
        self.log_in(chromium, account, PASSWORD).await?;
        let url = chromium.driver.current_url().await?;
        assert!(!url.path().starts_with("/inloggen"), "{account} is let in");
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
