//! The pages in a real Chromium: each role through its own task, by keyboard, wide and narrow.
//!
//! `WIJKPEIL_SCHERMBEELDEN=1` writes the pictures of the manual into `docs/handleiding/beeld`.

mod chromium;
mod dagen;
mod website;

use std::path::PathBuf;

use chromium::{Chromium, Venster};
use thirtyfour::prelude::*;
use website::Website;

type Outcome = Result<(), Box<dyn std::error::Error + Send + Sync>>;

/// One browser and one municipality for all stories: starting them costs more than the stories.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn browser_stories() -> Outcome {
    let Some(chromium) = Chromium::start().await? else { return Ok(()) };
    let site = Website::start().await;
    let outcome = tell(&chromium, &site).await;
    chromium.stop().await;
    outcome
}

async fn tell(chromium: &Chromium, site: &Website) -> Outcome {
    somebody_without_account_sees_only_the_door(chromium, site).await?;
    a_controller_reads_the_month(chromium, site).await?;
    a_controller_answers_the_council_and_sees_no_dossiers(chromium, site).await?;
    a_consulent_finds_a_dossier_by_bsn(chromium, site).await?;
    who_looked_is_written_down(chromium).await?;
    a_consulent_registers_a_melding(chromium, site).await?;
    a_beheerder_keeps_the_register(chromium, site).await?;
    dagen::every_role_works_its_day(chromium, site).await?;
    no_page_scrolls_sideways_or_lacks_a_heading(chromium, site).await
}

async fn somebody_without_account_sees_only_the_door(
    chromium: &Chromium,
    site: &Website,
) -> Outcome {
    let page = &chromium.driver;
    chromium.forget_everything().await?;
    chromium.look(&site.url("/dossiers")).await?;
    assert!(page.current_url().await?.path().starts_with("/inloggen"), "to the door");
    chromium.picture("inloggen").await?;
    site.log_in(chromium, "controller", "not the password").await?;
    let words = chromium.words().await?;
    assert!(words.contains("wachtwoord"), "says what is wrong:\n{words}");
    Ok(())
}

async fn a_controller_reads_the_month(chromium: &Chromium, site: &Website) -> Outcome {
    let page = &chromium.driver;
    chromium.forget_everything().await?;
    site.log_in_as(chromium, "controller").await?;
    chromium.look(&site.url("/maandbeeld?maand=2017-12")).await?;
    chromium.picture("maandbeeld").await?;
    let tiles = page.find_all(By::Css(".tegels .cijfer")).await?;
    assert!(tiles.len() >= 5, "{} tiles", tiles.len());
    let charts = page.find_all(By::Css("svg[role=img]")).await?;
    assert!(!charts.is_empty(), "a chart");
    let csv = page.find(By::Css("a[href*='cijfers.csv']")).await?;
    assert!(csv.attr("href").await?.is_some_and(|it| it.contains("maand=2017-12")));

    // From a figure to its definition, by keyboard.
    chromium.press(".tegels a").await?;
    let words = chromium.words().await?;
    assert!(words.contains("Teller") || words.contains("Telt"), "a definition:\n{words}");
    Ok(())
}

async fn a_controller_answers_the_council_and_sees_no_dossiers(
    chromium: &Chromium,
    site: &Website,
) -> Outcome {
    chromium.look(&site.url("/maandtabel?maand=2017-12")).await?;
    chromium.picture("maandtabel").await?;
    chromium.look(&site.url("/toets")).await?;
    chromium.picture("toets").await?;
    let words = chromium.words().await?;
    assert!(words.contains("349") && words.contains("502"), "the question of the council");

    chromium.look(&site.url("/dossiers")).await?;
    let words = chromium.words().await?;
    assert!(words.contains("hoort niet bij uw functie"), "a controller sees no dossiers:\n{words}");
    Ok(())
}

async fn a_consulent_finds_a_dossier_by_bsn(chromium: &Chromium, site: &Website) -> Outcome {
    let page = &chromium.driver;
    chromium.forget_everything().await?;
    site.log_in_as(chromium, "consulent").await?;
    chromium.look(&site.url("/dossiers")).await?;
    chromium.picture("dossiers").await?;
    chromium.look(&site.url("/dossiers/zoeken")).await?;
    page.find(By::Css("input[name=bsn]")).await?.send_keys(site.bsn()).await?;
    chromium.enter(&page.find(By::Css("input[name=bsn]")).await?).await?;
    assert!(!page.current_url().await?.as_str().contains(site.bsn()), "no BSN in the address");
    chromium.press("main a[href^='/dossiers/']:not([href$='zoeken'])").await?;
    chromium.picture("dossier").await?;
    a_dossier_shows_no_bsn(chromium, site).await
}

async fn a_dossier_shows_no_bsn(chromium: &Chromium, site: &Website) -> Outcome {
    let page = &chromium.driver;
    assert_eq!(page.find_all(By::Css("h1")).await?.len(), 1);
    let words = chromium.words().await?;
    assert!(words.contains("•••••"), "the BSN is masked:\n{words}");
    let source = page.source().await?;
    assert!(!source.contains(site.bsn()), "no BSN in the source of the page");
    Ok(())
}

/// The page of the dossier that is open tells who opened it.
async fn who_looked_is_written_down(chromium: &Chromium) -> Outcome {
    let address = chromium.driver.current_url().await?;
    chromium.look(&format!("{}/inzage", address.as_str().trim_end_matches('/'))).await?;
    let words = chromium.words().await?;
    assert!(words.to_lowercase().contains("consulent"), "who looked:\n{words}");
    Ok(())
}

/// First nothing, which is told field by field; then enough, without asking who it is again.
async fn a_consulent_registers_a_melding(chromium: &Chromium, site: &Website) -> Outcome {
    let page = &chromium.driver;
    chromium.look(&site.url("/meldingen/nieuw")).await?;
    page.find(By::Css("input[name=bsn]")).await?.send_keys(site.bsn()).await?;
    chromium.press("main form button").await?;
    chromium.picture("melding").await?;
    let told = page.find_all(By::Css(".foutenlijst a[href^='#']")).await?.len();
    assert!(told >= 3, "{told} mistakes, each with a link to its field");
    let kept = page.find(By::Css("input[name=bsn]")).await?.prop("value").await?;
    assert_eq!(kept.as_deref(), Some(site.bsn()), "what was typed stays");
    who_is_known_is_not_asked_again(chromium).await
}

async fn who_is_known_is_not_asked_again(chromium: &Chromium) -> Outcome {
    let page = &chromium.driver;
    let day = page.find(By::Css("input[name=op]")).await?;
    day.clear().await?;
    day.send_keys("30-12-2025").await?;
    page.find(By::Css("select[name=wijk]")).await?.send_keys(Key::Down + "").await?;
    const CHOOSE: &str = r"
        for (const name of ['kanaal', 'melder', 'spoed']) {
            const radio = document.querySelector('input[type=radio][name=' + name + ']');
            const list = document.querySelector('select[name=' + name + ']');
            if (radio) radio.click(); else list.selectedIndex = 1;
        }";
    page.execute(CHOOSE, Vec::new()).await?;
    let words = "Overdag alleen kom ik de deur niet meer uit";
    page.find(By::Css("textarea[name=hulpvraag]")).await?.send_keys(words).await?;
    chromium.press("main form button").await?;
    let told = chromium.words().await?;
    assert!(told.contains("Melding ontvangen") && told.contains("30 december 2025"), "{told}");
    Ok(())
}

async fn a_beheerder_keeps_the_register(chromium: &Chromium, site: &Website) -> Outcome {
    chromium.forget_everything().await?;
    site.log_in_as(chromium, "functioneel-beheerder").await?;
    chromium.look(&site.url("/register")).await?;
    chromium.picture("register").await?;
    let words = chromium.words().await?;
    assert!(words.contains("Teams") && words.contains("Mandaten"), "{words}");
    Ok(())
}

/// Every page of every role at 1280, 360 and 320 pixels.
async fn no_page_scrolls_sideways_or_lacks_a_heading(
    chromium: &Chromium,
    site: &Website,
) -> Outcome {
    let mut wrong = Vec::new();
    for (account, paths) in [
        (
            "controller",
            &[
                "/maandbeeld?maand=2017-12",
                "/maandtabel",
                "/toets",
                "/indicatoren",
                "/iwmo/controle",
            ][..],
        ),
        ("consulent", &["/dossiers", "/register", "/account", "/werkvoorraad?wie=alle"][..]),
        ("functioneel-beheerder", &["/register/kader", "/register/kader/nieuw"][..]),
    ] {
        chromium.forget_everything().await?;
        site.log_in_as(chromium, account).await?;
        for path in paths {
            for venster in [Venster::BREED, Venster::SMAL, Venster::SMALST] {
                chromium.resize(venster).await?;
                chromium.look(&site.url(path)).await?;
                wrong.extend(chromium.check_page(&format!("{path} at {venster:?}")).await?);
            }
        }
    }
    chromium.resize(Venster::BREED).await?;
    assert_eq!(wrong, Vec::<String>::new());
    Ok(())
}

/// Where the pictures of the manual go, if they are asked for.
fn pictures() -> Option<PathBuf> {
    std::env::var_os("WIJKPEIL_SCHERMBEELDEN")?;
    Some(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../docs/handleiding/beeld"))
}
