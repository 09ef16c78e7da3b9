//! A headless Chromium of its own, driven by chromedriver, gone when the test ends.

use std::{
    io::Write,
    net::TcpListener,
    process::{Child, Command, Stdio},
    time::Duration,
};

use serde_json::json;
use thirtyfour::prelude::*;

use crate::pictures;

const BROWSER: &str = "/usr/bin/chromium";
const DRIVER: &str = "/usr/bin/chromedriver";

/// A browser with the process that drives it.
pub(crate) struct Chromium {
    pub(crate) driver: WebDriver,
    _process: Process,
    _profile: tempfile::TempDir,
}

/// A process that ends with the test, also when the test fails.
struct Process(Child);

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The size of the window in CSS pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Venster {
    breed: u32,
    hoog: u32,
}

impl Venster {
    pub(crate) const BREED: Venster = Venster { breed: 1280, hoog: 900 };
    pub(crate) const SMAL: Venster = Venster { breed: 360, hoog: 740 };
    pub(crate) const SMALST: Venster = Venster { breed: 320, hoog: 640 };
}

impl Chromium {
    /// Starts the browser; `None`, with a word about it, where it is not installed.
    pub(crate) async fn start() -> Result<Option<Chromium>, Box<dyn std::error::Error + Send + Sync>>
    {
        if [BROWSER, DRIVER].iter().any(|it| !std::path::Path::new(it).exists()) {
            let line = "OVERGESLAGEN: geen chromium en chromium-driver, dus geen browsertests\n";
            std::io::stderr().write_all(line.as_bytes())?;
            return Ok(None);
        }
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let process = Command::new(DRIVER)
            .args([format!("--port={port}"), "--log-level=SEVERE".into()])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .map(Process)?;
        let profile = tempfile::tempdir()?;
        let mut capabilities = DesiredCapabilities::chrome();
        capabilities.set_binary(BROWSER)?;
        for word in [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--hide-scrollbars",
            "--lang=nl",
        ] {
            capabilities.add_arg(word)?;
        }
        capabilities.add_arg(&format!("--user-data-dir={}", profile.path().display()))?;
        let url = format!("http://127.0.0.1:{port}");
        let mut tries = 0;
        let driver = loop {
            match WebDriver::new(&url, capabilities.clone()).await {
                Ok(it) => break it,
                Err(_) if tries < 50 => {
                    tries += 1;
                    tokio::time::sleep(Duration::from_millis(200)).await;
                }
                Err(error) => return Err(error.into()),
            }
        };
        let chromium = Chromium { driver, _process: process, _profile: profile };
        chromium.resize(Venster::BREED).await?;
        Ok(Some(chromium))
    }

    /// Ends browser and driver.
    pub(crate) async fn stop(self) {
        let _ = self.driver.quit().await;
    }

    /// Sets the size of the page; a window cannot be as narrow as a telephone.
    pub(crate) async fn resize(&self, venster: Venster) -> WebDriverResult<()> {
        let size = json!({
            "width": venster.breed, "height": venster.hoog, "deviceScaleFactor": 1, "mobile": false,
        });
        self.driver.cdp().send_raw("Emulation.setDeviceMetricsOverride", size).await?;
        Ok(())
    }

    /// Opens a page.
    pub(crate) async fn look(&self, url: &str) -> WebDriverResult<()> {
        self.driver.goto(url).await?;
        self.settle().await
    }

    /// Waits until the page is there.
    pub(crate) async fn settle(&self) -> WebDriverResult<()> {
        for _ in 0..100 {
            let state = self.driver.execute("return document.readyState", Vec::new()).await?;
            if state.json() == "complete" {
                break;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        Ok(())
    }

    /// Presses Enter on a link or a button, as somebody without a mouse does.
    pub(crate) async fn press(&self, what: &str) -> WebDriverResult<()> {
        let found = self.driver.find(By::Css(what)).await?;
        found.focus().await?;
        self.enter(&found).await
    }

    /// Presses Enter in a field, and waits for the page that comes of it.
    pub(crate) async fn enter(&self, field: &WebElement) -> WebDriverResult<()> {
        const MARK: &str = "document.documentElement.dataset.vorige = 'ja'";
        const ARRIVED: &str = "return document.readyState === 'complete' \
                               && !document.documentElement.dataset.vorige";
        self.driver.execute(MARK, Vec::new()).await?;
        field.send_keys(Key::Enter).await?;
        for _ in 0..200 {
            // While the page changes there may be no document to ask.
            let told = self.driver.execute(ARRIVED, Vec::new()).await;
            if told.is_ok_and(|it| it.json() == true) {
                return Ok(());
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("Enter led to no other page");
    }

    /// Everything that can be read on the page.
    pub(crate) async fn words(&self) -> WebDriverResult<String> {
        self.driver.find(By::Tag("body")).await?.text().await
    }

    /// Logs out by forgetting every cookie.
    pub(crate) async fn forget_everything(&self) -> WebDriverResult<()> {
        self.driver.delete_all_cookies().await
    }

    /// What is wrong with the page in this window: it must fit, and have one heading and a skip link.
    pub(crate) async fn check_page(&self, what: &str) -> WebDriverResult<Vec<String>> {
        const SCRIPT: &str = r"
            const root = document.documentElement, wrong = [];
            if (root.scrollWidth > root.clientWidth + 1)
                wrong.push('scrolls sideways: ' + root.scrollWidth + ' > ' + root.clientWidth);
            if (document.querySelectorAll('h1').length !== 1) wrong.push('not one h1');
            if (root.lang !== 'nl') wrong.push('not lang=nl');
            if (!document.querySelector('a[href^=\'#\']')) wrong.push('no skip link');
            for (const field of document.querySelectorAll('input:not([type=hidden]), select, textarea'))
                if (!field.labels || field.labels.length === 0) wrong.push('no label: ' + field.name);
            for (const it of document.querySelectorAll('img:not([alt]), svg[role=img]:not(:has(title))'))
                wrong.push('no text for a picture');
            const ids = [...document.querySelectorAll('[id]')].map(it => it.id);
            for (const id of new Set(ids.filter((it, at) => ids.indexOf(it) !== at)))
                wrong.push('id twice: ' + id);
            return wrong;";
        let found = self.driver.execute(SCRIPT, Vec::new()).await?;
        let found: Vec<String> = found.convert()?;
        Ok(found.into_iter().map(|it| format!("{what}: {it}")).collect())
    }

    /// Takes the page's picture, wide and narrow, where the manual wants it.
    pub(crate) async fn picture(
        &self,
        naam: &str,
    ) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        let Some(folder) = pictures() else { return Ok(()) };
        std::fs::create_dir_all(&folder)?;
        for (venster, breed) in [(Venster::SMAL, 360), (Venster::BREED, 1280)] {
            self.resize(venster).await?;
            self.settle().await?;
            let script = "return Math.min(document.documentElement.scrollHeight, 2600)";
            let hoog: u32 = self.driver.execute(script, Vec::new()).await?.convert()?;
            self.resize(Venster { hoog, ..venster }).await?;
            let bytes = self.driver.screenshot_as_png().await?;
            std::fs::write(folder.join(format!("{naam}-{breed}.png")), bytes)?;
        }
        self.resize(Venster::BREED).await?;
        Ok(())
    }
}
