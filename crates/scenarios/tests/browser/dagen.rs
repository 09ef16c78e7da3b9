//! A working day of each role: one case from melding to sent decision, each step by who takes it,
//! and what a role may not do refused in words.

use std::collections::BTreeMap;

use thirtyfour::prelude::*;

use crate::{Outcome, chromium::Chromium, website::Website};

/// Puts values in the form of a page; gives the names that have no field.
const FILL: &str = r"
    const given = arguments[0], missing = [];
    const form = document.querySelector('main form.invullen');
    for (const [name, value] of Object.entries(given)) {
        const fields = [...form.elements].filter(it => it.name === name);
        if (!fields.length) missing.push(name);
        for (const it of fields)
            if (it.type === 'radio' || it.type === 'checkbox')
                it.checked = value.split('|').includes(it.value);
            else it.value = value;
    }
    return missing;";

/// Answers every question of the framework with the first answer, and a motivation.
const WALK: &str = r"
    for (const question of document.querySelectorAll('main form fieldset')) {
        question.querySelector('input[type=radio]').click();
        question.querySelector('textarea').value = 'Nagevraagd in het gesprek.';
    }";

/// A decision that nobody without a mandate can take.
const DECISION: &[(&str, &str)] =
    &[("uitkomst", "buiten-behandeling"), ("tekst", "Wij nemen dit niet in behandeling.")];

/// One case, and who works on it in which browser.
struct Dag<'a> {
    chromium: &'a Chromium,
    site: &'a Website,
    zaak: String,
    dossier: String,
}

/// Every role through its day, in the order of the case.
pub(crate) async fn every_role_works_its_day(chromium: &Chromium, site: &Website) -> Outcome {
    let dag = an_intaker_filters(chromium, site).await?;
    a_consulent_investigates(&dag).await?;
    who_works_for_a_provider_only_advises(&dag).await?;
    a_nurse_works_for_the_own_team(&dag).await?;
    a_consulent_reports(&dag).await?;
    a_consulent_proposes(&dag).await?;
    the_review_judges(&dag).await?;
    the_mandated_decides(&dag).await?;
    a_consulent_sends_the_decision(&dag).await?;
    a_team_manager_divides_the_work(&dag).await?;
    a_beheerder_sees_no_case(&dag).await
}

async fn an_intaker_filters<'a>(
    chromium: &'a Chromium,
    site: &'a Website,
) -> Result<Dag<'a>, Box<dyn std::error::Error + Send + Sync>> {
    chromium.forget_everything().await?;
    site.log_in_as(chromium, "intaker").await?;
    chromium.look(&site.url("/meldingen/nieuw")).await?;
    fill(
        chromium,
        &[
            ("achternaam", "Proefdag"),
            ("geboortedatum", "12-03-1947"),
            ("wijk", "1"),
            ("kanaal", "telefoon"),
            ("melder", "client"),
            ("spoed", "nee"),
            ("hulpvraag", "Ik kom de dag niet meer door zonder hulp."),
        ],
    )
    .await?;
    chromium.press("main form.invullen button:not([name])").await?;
    let dossier = chromium.driver.current_url().await?.path().to_owned();
    let step = chromium.driver.find(By::Css("main a[href*='/stappen/']")).await?;
    let step = step.attr("href").await?.unwrap_or_default();
    let zaak = step.split('/').nth(2).unwrap_or_default().to_owned();
    let dag = Dag { chromium, site, zaak, dossier };
    dag.takes("ontvangst", &[("clientondersteuning", "ja"), ("persoonlijk_plan", "ja")]).await?;
    dag.takes("triage", &[("criteria", "psychiatrie-of-verslaving")]).await?;
    chromium.look(&dag.step("intake")).await?;
    chromium.picture("stap").await?;
    dag.takes("intake", &[("uitkomst", "loket")]).await?;
    for step in ["voorstel", "besluit"] {
        dag.is_refused(step, "de intake heeft geen van beide (Wmo 2015, artikel 2.3.2").await?;
    }
    Ok(dag)
}

async fn a_consulent_investigates(dag: &Dag<'_>) -> Outcome {
    dag.is_now("consulent").await?;
    dag.chromium.look(&dag.site.url("/werkvoorraad?wie=alle")).await?;
    dag.chromium.picture("werkvoorraad").await?;
    dag.chromium.look(&dag.site.url(&dag.dossier)).await?;
    dag.takes("start-onderzoek", &[("team", "loket")]).await?;
    dag.takes("identiteit", &[("document", "paspoort")]).await?;
    let talk = [
        ("wijze", "huisbezoek"),
        ("mantelzorger", "nee"),
        ("clientondersteuner", "nee"),
        ("tekst", "Ik wil graag thuis blijven."),
    ];
    dag.takes("gesprek", &talk).await?;
    for letter in ["a", "b", "c", "d", "e"] {
        dag.takes("onderwerp", &[("onderwerp", letter)]).await?;
    }
    Ok(())
}

/// The framework, the report to the client and what she says of it.
async fn a_consulent_reports(dag: &Dag<'_>) -> Outcome {
    dag.is_now("consulent").await?;
    dag.chromium.look(&dag.site.url(&format!("/zaken/{}/kader", dag.zaak))).await?;
    dag.chromium.driver.execute(WALK, Vec::new()).await?;
    dag.chromium.picture("kader").await?;
    dag.chromium.press("main form.invullen button:not([name])").await?;
    let words = dag.chromium.words().await?;
    assert!(words.contains("Nagevraagd in het gesprek."), "the trace:\n{words}");
    dag.takes("onderzoek-afronden", &[]).await?;
    dag.takes("verslag", &[("tekst", "Mevrouw kookt zelf en vergeet haar medicijnen.")]).await?;
    dag.takes("reactie", &[("reactie", "akkoord")]).await?;
    dag.takes("aanvraag", &[]).await
}

/// A welzijnsmedewerker takes part in the enquiry of the own team, and never decides.
async fn who_works_for_a_provider_only_advises(dag: &Dag<'_>) -> Outcome {
    dag.is_now("welzijnsmedewerker").await?;
    for letter in ["f", "g"] {
        dag.takes("onderwerp", &[("onderwerp", letter)]).await?;
    }
    let words = dag.tries("besluit", DECISION).await?;
    assert!(words.contains("Awb, art"), "no mandate:\n{words}");
    Ok(())
}

/// A seconded nurse sees the cases of the own team only, and advises there.
async fn a_nurse_works_for_the_own_team(dag: &Dag<'_>) -> Outcome {
    dag.is_now("wijkverpleegkundige").await?;
    dag.chromium.look(&dag.site.url(&dag.dossier)).await?;
    let words = dag.chromium.words().await?;
    assert!(words.contains("Wmo 2015, artikel 5.1.1"), "another team:\n{words}");
    dag.chromium.look(&dag.site.url("/werkvoorraad?wie=team")).await?;
    let first = dag.chromium.driver.find(By::Css("tbody td a[href^='/dossiers/']")).await?;
    let zaak = first.text().await?;
    let dossier = first.attr("href").await?.unwrap_or_default();
    let own = Dag { zaak, dossier, chromium: dag.chromium, site: dag.site };
    own.chromium.look(&own.site.url(&own.dossier)).await?;
    let words = own.chromium.words().await?;
    assert!(words.contains(&own.zaak), "a case of the own team:\n{words}");
    let words = own.tries("besluit", DECISION).await?;
    assert!(words.contains("Awb, art"), "no mandate:\n{words}");
    Ok(())
}

async fn a_consulent_proposes(dag: &Dag<'_>) -> Outcome {
    dag.is_now("consulent").await?;
    dag.chromium.look(&dag.step("voorstel")).await?;
    let support = dag.site.ondersteuning();
    let mut values: Vec<(&str, &str)> =
        support.iter().map(|(name, value)| (*name, value.as_str())).collect();
    values.push(("normafwijking", "anders"));
    values.push(("tekst", "Een uur per week is genoeg."));
    fill(dag.chromium, &values).await?;
    dag.chromium.press("main form.invullen button[value=bereken]").await?;
    let words = dag.chromium.words().await?;
    assert!(words.contains("Wat dit kost") && words.contains('€'), "the price:\n{words}");
    dag.chromium.picture("voorstel").await?;
    dag.takes("voorstel", &values).await?;
    let meeting = dag.site.overleg();
    dag.takes("cta-aanmelden", &[("overleg", meeting), ("aanleiding", "ingebracht-door-het-team")])
        .await
}

/// A member of the review judges; who decides cannot go before it.
async fn the_review_judges(dag: &Dag<'_>) -> Outcome {
    dag.is_now("beslisser").await?;
    let words = dag.tries("besluit", &[("tekst", "Akkoord met het advies.")]).await?;
    assert!(words.contains("CTA"), "the review comes first:\n{words}");
    dag.is_now("cta-lid").await?;
    dag.chromium.look(&dag.site.url("/cta")).await?;
    let agenda = format!("/cta/{}", dag.site.overleg());
    dag.chromium.look(&dag.site.url(&agenda)).await?;
    dag.chromium.picture("cta").await?;
    dag.chromium.look(&dag.site.url(&dag.dossier)).await?;
    let words = dag.chromium.words().await?;
    assert!(words.contains("hoort niet bij uw functie"), "the dossier stays closed:\n{words}");
    dag.chromium.look(&dag.site.url(&format!("{agenda}/zaken/{}", dag.zaak))).await?;
    dag.chromium.picture("cta-zaak").await?;
    let words = dag.chromium.words().await?;
    assert!(words.contains("Waarom u deze zaak ziet"), "the ground:\n{words}");
    assert!(!words.contains("Proefdag"), "no name:\n{words}");
    who_was_there_agrees(dag).await
}

/// Those who were there are ticked already.
async fn who_was_there_agrees(dag: &Dag<'_>) -> Outcome {
    fill(dag.chromium, &[("oordeel", "akkoord")]).await?;
    dag.chromium.press("main form.invullen button:not([name])").await?;
    let words = dag.chromium.words().await?;
    assert!(words.contains("Het oordeel is vastgelegd"), "the judgement is told:\n{words}");
    Ok(())
}

async fn the_mandated_decides(dag: &Dag<'_>) -> Outcome {
    dag.is_now("consulent").await?;
    let words = dag.tries("besluit", &[("tekst", "Ik besluit zelf.")]).await?;
    assert!(
        words.contains("Awb") || words.contains("mandaat"),
        "no decision of one's own:\n{words}"
    );
    dag.is_now("beslisser").await?;
    dag.takes("besluit", &[("tekst", "Akkoord met het advies.")]).await?;
    let words = dag.chromium.words().await?;
    assert!(words.contains("oegekend"), "the decision is told:\n{words}");
    dag.chromium.picture("zaak").await
}

async fn a_consulent_sends_the_decision(dag: &Dag<'_>) -> Outcome {
    dag.is_now("consulent").await?;
    let words = dag.tries("besluit-verzenden", &[("besluit", "1"), ("brief", "wijkpeil")]).await?;
    assert!(words.contains("ontbreekt het adres"), "no letter without an address:\n{words}");
    dag.chromium.look(&dag.site.url(&format!("{}/adres", dag.dossier))).await?;
    let address = [("straat", "Kade 3"), ("postcode", "9999 ZZ"), ("plaats", "Wijkerveen")];
    fill(dag.chromium, &address).await?;
    dag.chromium.press("main form.invullen button:not([name])").await?;
    dag.takes("besluit-verzenden", &[("besluit", "1"), ("brief", "wijkpeil")]).await?;
    dag.chromium.look(&dag.site.url(&format!("/zaken/{}/brieven/besluit-1", dag.zaak))).await?;
    dag.chromium.picture("brief").await?;
    let words = dag.chromium.words().await?;
    assert!(words.contains("Kade 3") && words.contains("bezwaar"), "the letter:\n{words}");
    dag.takes("doelen", &[("voorziening", "1"), ("aantal", "2")]).await
}

async fn a_team_manager_divides_the_work(dag: &Dag<'_>) -> Outcome {
    dag.is_now("teammanager").await?;
    dag.chromium.look(&dag.site.url("/werkvoorraad")).await?;
    let words = dag.chromium.words().await?;
    assert!(words.contains("Belasting per medewerker"), "{words}");
    let boxes = dag.chromium.driver.find_all(By::Css("input[name=zaak]")).await?;
    for it in boxes.iter().take(2) {
        it.click().await?;
    }
    let list = dag.chromium.driver.find(By::Css("select[name=medewerker]")).await?;
    list.send_keys(Key::Down + Key::Down + Key::Down).await?;
    dag.chromium.press("form[action='/werkvoorraad'] .knoppen button").await?;
    let words = dag.chromium.words().await?;
    assert!(words.contains("belegd"), "two cases at once:\n{words}");
    Ok(())
}

async fn a_beheerder_sees_no_case(dag: &Dag<'_>) -> Outcome {
    dag.is_now("functioneel-beheerder").await?;
    dag.chromium.look(&dag.site.url("/register/kader")).await?;
    dag.chromium.picture("kader-versies").await?;
    dag.chromium.look(&dag.site.url(&dag.dossier)).await?;
    let words = dag.chromium.words().await?;
    assert!(words.contains("hoort niet bij uw functie"), "{words}");
    Ok(())
}

impl Dag<'_> {
    fn step(&self, step: &str) -> String {
        self.site.url(&format!("/zaken/{}/stappen/{step}", self.zaak))
    }

    async fn is_now(&self, account: &str) -> Outcome {
        self.chromium.forget_everything().await?;
        self.site.log_in_as(self.chromium, account).await?;
        Ok(())
    }

    /// Fills in a step and sends it; what the page then says.
    async fn tries(&self, step: &str, values: &[(&str, &str)]) -> WebDriverResult<String> {
        self.chromium.look(&self.step(step)).await?;
        if self.chromium.driver.find_all(By::Css("main form.invullen")).await?.is_empty() {
            return self.chromium.words().await;
        }
        fill(self.chromium, values).await?;
        self.chromium.press("main form.invullen button:not([name])").await?;
        self.chromium.words().await
    }

    async fn takes(&self, step: &str, values: &[(&str, &str)]) -> Outcome {
        let words = self.tries(step, values).await?;
        assert!(words.contains("Vastgelegd: "), "{step} is taken:\n{words}");
        Ok(())
    }

    async fn is_refused(&self, step: &str, ground: &str) -> Outcome {
        self.chromium.look(&self.step(step)).await?;
        let words = self.chromium.words().await?;
        assert!(words.contains(ground), "{step} is refused with its ground:\n{words}");
        Ok(())
    }
}

/// Fills in the form of the page that is open.
async fn fill(chromium: &Chromium, values: &[(&str, &str)]) -> WebDriverResult<()> {
    let given: BTreeMap<&str, &str> = values.iter().copied().collect();
    let given = serde_json::to_value(given).expect("words");
    let missing = chromium.driver.execute(FILL, vec![given]).await?;
    let missing: Vec<String> = missing.convert()?;
    let path = chromium.driver.current_url().await?;
    assert_eq!(missing, Vec::<String>::new(), "fields of {}", path.path());
    Ok(())
}
