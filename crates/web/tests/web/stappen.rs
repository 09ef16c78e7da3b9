//! A case through its forms: who may do what, refusals, drafts and two people at once.

use axum::http::StatusCode;
use domain::{AanbiederId, Functie, ProductCode};

use crate::{
    beoordelingskader::version_one,
    proef::{Antwoord, PROEF, run},
};

const VERSLAG: &str = "Mevrouw kookt zelf, maar vergeet de tijd van haar medicijnen.";

/// A new case, by its number and the address of its dossier.
pub(crate) async fn new_case(achternaam: &str) -> (String, String) {
    case_at(achternaam, "Dorpsstraat 12", "client").await
}

/// A new case of somebody who lives somewhere, or nowhere known.
pub(crate) async fn case_at(achternaam: &str, straat: &str, melder: &str) -> (String, String) {
    let fields = [
        ("op", "12-02-2018"),
        ("achternaam", achternaam),
        ("straat", straat),
        ("postcode", "9999 ab"),
        ("plaats", "Wijkerveen"),
        ("geboortedatum", "12-03-1947"),
        ("wijk", "1"),
        ("kanaal", "telefoon"),
        ("melder", melder),
        ("spoed", "nee"),
        ("hulpvraag", "Hulp bij de dag."),
    ];
    let answer = PROEF.post(Functie::Consulent, "/meldingen/nieuw", &fields).await;
    let to = answer.header("location").to_owned();
    let address = to.split('?').next().unwrap().to_owned();
    let client = u64::from_str_radix(address.trim_start_matches("/dossiers/"), 16).unwrap();
    (PROEF.zaak_of(domain::ClientId(client)), address)
}

pub(crate) fn path(zaak: &str, stap: &str) -> String {
    format!("/zaken/{zaak}/stappen/{stap}")
}

/// The version that a form was opened with.
pub(crate) async fn version(functie: Functie, zaak: &str, stap: &str) -> String {
    let page = PROEF.get(functie, &path(zaak, stap)).await;
    assert_eq!(page.status, StatusCode::OK, "{stap}: {}", page.text());
    let text = page.text();
    let after = text.split("name=\"versie\" value=\"").nth(1).unwrap();
    after.split('"').next().unwrap().to_owned()
}

/// Opens a form and sends it.
pub(crate) async fn step(
    functie: Functie,
    zaak: &str,
    stap: &str,
    fields: &[(&str, &str)],
) -> Antwoord {
    let seen = version(functie, zaak, stap).await;
    let mut all = vec![("op", "15-02-2018"), ("versie", seen.as_str())];
    all.extend(fields);
    PROEF.post(functie, &path(zaak, stap), &all).await
}

pub(crate) async fn taken(functie: Functie, zaak: &str, stap: &str, fields: &[(&str, &str)]) {
    let answer = step(functie, zaak, stap, fields).await;
    let to = answer.header("location").to_owned();
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{stap}: {}", answer.text());
    assert!(to.ends_with(&format!("?gedaan={stap}")), "{stap} -> {to}");
    let page = PROEF.get(functie, &to).await.text();
    assert!(page.contains("Vastgelegd: “"), "{stap}");
}

/// A provider with a price for a product, with its unit.
pub(crate) fn priced() -> (AanbiederId, ProductCode, &'static str) {
    let day = jiff::civil::date(2018, 3, 1);
    PROEF.live.with(|world| {
        let register = &world.state.register;
        let found = register.tarieven.keys().find_map(|(aanbieder, product)| {
            let tarief = register.tarief(*aanbieder, *product, day)?;
            let known = register.gecontracteerd(*aanbieder, day);
            known.then(|| (*aanbieder, *product, tarief.eenheid.code()))
        });
        found.expect("somebody delivers something")
    })
}

/// From the confirmation to the aanvraag, each step by who takes it.
pub(crate) async fn enquiry(zaak: &str) {
    use Functie::{Consulent, Intaker};
    let plan = [("clientondersteuning", "ja"), ("persoonlijk_plan", "ja")];
    taken(Intaker, zaak, "ontvangst", &plan).await;
    taken(Intaker, zaak, "triage", &[("criteria", "psychiatrie-of-verslaving")]).await;
    taken(Intaker, zaak, "intake", &[("uitkomst", "loket")]).await;
    taken(Consulent, zaak, "start-onderzoek", &[("team", "loket")]).await;
    taken(Consulent, zaak, "identiteit", &[("document", "paspoort")]).await;
    let talk = [
        ("wijze", "huisbezoek"),
        ("mantelzorger", "ja"),
        ("clientondersteuner", "nee"),
        ("tekst", "Ik wil graag thuis blijven."),
    ];
    taken(Consulent, zaak, "gesprek", &talk).await;
    taken(Consulent, zaak, "onderwerp", &[("onderwerp", "c")]).await;
    taken(Consulent, zaak, "onderzoek-afronden", &[]).await;
    taken(Consulent, zaak, "verslag", &[("tekst", VERSLAG)]).await;
    taken(Consulent, zaak, "reactie", &[("reactie", "akkoord")]).await;
    taken(Consulent, zaak, "aanvraag", &[]).await;
    taken(Consulent, zaak, "opschorten", &[("grond", "overmacht")]).await;
    taken(Consulent, zaak, "hervatten", &[]).await;
}

/// Answers every question of the framework in force.
pub(crate) async fn walk(zaak: &str) {
    version_one().await;
    let day = jiff::civil::date(2018, 2, 15);
    let ids: Vec<u32> = PROEF.live.with(|world| {
        let kader = world.state.register.kader_op(day).unwrap();
        kader.vragen().map(|(_, it)| u32::from(it.id.0)).collect()
    });
    let names: Vec<(String, String)> =
        ids.iter().map(|id| (format!("v{id}"), format!("m{id}"))).collect();
    let answers =
        names.iter().flat_map(|(v, m)| [(v.as_str(), "nee"), (m.as_str(), "Nagevraagd.")]);
    let fields: Vec<(&str, &str)> = answers.collect();
    let form = format!("/zaken/{zaak}/kader");
    let answer = PROEF.post(Functie::Consulent, &form, &fields).await;
    assert_eq!(answer.header("location"), format!("{form}/spoor"), "{}", answer.text());
}

#[test]
fn a_case_goes_from_melding_to_decision_through_its_forms() {
    use Functie::{Beslisser, Consulent};
    run(async {
        let (zaak, dossier) = new_case("Doorloop").await;
        enquiry(&zaak).await;
        let (aanbieder, product, eenheid) = priced();
        let (aanbieder, product) = (aanbieder.0.to_string(), product.to_string());
        walk(&zaak).await;
        let grant = [
            ("normafwijking", "anders"),
            ("uitkomst", "toegekend"),
            ("product", product.as_str()),
            ("vorm", "zin"),
            ("aanbieder", aanbieder.as_str()),
            ("volume", "1"),
            ("eenheid", eenheid),
            ("frequentie", "2"),
            ("van", "01-03-2018"),
            ("tot", "31-08-2018"),
            ("tekst", "Een uur per week is genoeg."),
        ];
        taken(Consulent, &zaak, "voorstel", &grant).await;
        let other = step(
            Beslisser,
            &zaak,
            "besluit",
            &[&grant[..5], &[("volume", "2")], &grant[6..]].concat(),
        )
        .await;
        assert_eq!(other.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(other.text().contains("<a href=\"#afwijking\">Dit kan niet: het besluit wijkt af"));
        taken(Beslisser, &zaak, "besluit", &grant).await;
        let sent = [("besluit", "1"), ("brief", "wijkpeil")];
        taken(Consulent, &zaak, "besluit-verzenden", &sent).await;
        taken(Consulent, &zaak, "bezwaar", &[("besluit", "1")]).await;
        let ids = PROEF.get(Consulent, &path(&zaak, "doelen")).await.text();
        assert!(ids.contains("<option value=\"1\" selected"), "{ids}");
        taken(Consulent, &zaak, "doelen", &[("voorziening", "1"), ("aantal", "2")]).await;
        taken(Consulent, &zaak, "sluiten", &[("reden", "besloten")]).await;
        let page = PROEF.get(Consulent, &dossier).await.text();
        for part in ["gesloten 15-02-2018", VERSLAG, "Ik wil graag thuis blijven."] {
            assert!(page.contains(part), "{part}");
        }
        let log = PROEF.live.with(|world| format!("{:?}", world.entries));
        assert!(
            !log.contains("medicijnen") && !log.contains("graag thuis"),
            "a text is in the log"
        );
    });
}

#[test]
fn the_page_of_a_dossier_offers_what_this_user_may_do_now() {
    run(async {
        let (zaak, dossier) = new_case("Aanbod").await;
        for (functie, offered, not_offered) in [
            (Functie::Intaker, "intake", "start-onderzoek"),
            (Functie::Consulent, "start-onderzoek", "gesprek"),
            (Functie::Teammanager, "beleg", "intake"),
        ] {
            let page = PROEF.get(functie, &dossier).await;
            if page.status == StatusCode::FORBIDDEN {
                continue;
            }
            let page = page.text();
            let link = |stap: &str| format!("href=\"{}\"", path(&zaak, stap));
            assert!(page.contains(&link(offered)), "{} {offered}", functie.naam());
            assert!(!page.contains(&link(not_offered)), "{} {not_offered}", functie.naam());
        }
        let page = PROEF.get(Functie::Consulent, &dossier).await.text();
        assert!(page.contains("De start van het onderzoek ontbreekt nog (Wmo 2015"), "{page}");
        let page = PROEF.get(Functie::Intaker, &dossier).await.text();
        assert!(!page.contains("/stappen/besluit") && !page.contains("/stappen/voorstel"));
    });
}

#[test]
fn a_refusal_is_shown_in_dutch_and_the_values_stay() {
    run(async {
        let (zaak, _) = new_case("Weigering").await;
        for (functie, stap, fields, words) in [
            (Functie::Intaker, "start-onderzoek", vec![("team", "loket")], "intaker mag dit niet"),
            (Functie::Consulent, "verslag", vec![("tekst", "Bewaar mij.")], "ontbreekt nog"),
            (Functie::Beslisser, "beleg", vec![("medewerker", "team")], "beslisser mag dit niet"),
        ] {
            let answer = step(functie, &zaak, stap, &fields).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{stap}");
            let page = answer.text();
            assert!(page.contains("Dit kan niet: ") && page.contains(words), "{stap}: {page}");
            assert!(stap != "verslag" || page.contains("Bewaar mij."), "{page}");
        }
        let answer = step(Functie::Consulent, &zaak, "verslag", &[]).await.text();
        assert!(answer.contains("<a href=\"#tekst\">Vul verslag van het onderzoek in.</a>"));
        let early = [("op", "01-02-2018"), ("versie", "0"), ("team", "loket")];
        let seen = version(Functie::Consulent, &zaak, "start-onderzoek").await;
        let early = [early[0], ("versie", &seen), early[2]];
        let page = PROEF.post(Functie::Consulent, &path(&zaak, "start-onderzoek"), &early).await;
        assert!(
            page.text().contains("<a href=\"#op\">Dit kan niet: 2018-02-01 ligt voor de melding")
        );
    });
}

#[test]
fn a_draft_is_kept_for_its_writer_until_the_step_is_taken() {
    run(async {
        let (zaak, dossier) = new_case("Concept").await;
        let draft =
            [("op", "15-02-2018"), ("doe", "concept"), ("tekst", "Half verslag over de dag")];
        let saved = PROEF.post(Functie::Wijkcoach, &path(&zaak, "verslag"), &draft).await;
        assert_eq!(saved.status, StatusCode::OK, "{}", saved.text());
        assert!(saved.text().contains("Concept bewaard om 10:30. U kunt later verder schrijven."));
        let again = PROEF.get(Functie::Wijkcoach, &path(&zaak, "verslag")).await.text();
        assert!(again.contains("Half verslag over de dag"));
        let other = PROEF.get(Functie::Consulent, &path(&zaak, "verslag")).await.text();
        assert!(!other.contains("Half verslag"), "a draft of somebody else");
        let page = PROEF.get(Functie::Wijkcoach, &dossier).await.text();
        assert!(!page.contains("Half verslag"), "a draft is not in the dossier");
        taken(Functie::Wijkcoach, &zaak, "start-onderzoek", &[("team", "loket")]).await;
        taken(Functie::Wijkcoach, &zaak, "onderzoek-afronden", &[]).await;
        taken(Functie::Wijkcoach, &zaak, "verslag", &[("tekst", "Heel verslag")]).await;
        let after = PROEF.get(Functie::Wijkcoach, &path(&zaak, "verslag")).await.text();
        assert!(!after.contains("Half verslag") && !after.contains("Heel verslag"), "{after}");
    });
}

#[test]
fn two_people_in_one_case_lose_nothing() {
    run(async {
        let (zaak, _) = new_case("Tegelijk").await;
        taken(Functie::Consulent, &zaak, "start-onderzoek", &[("team", "loket")]).await;
        let seen = version(Functie::Wijkcoach, &zaak, "gesprek").await;
        taken(Functie::Consulent, &zaak, "identiteit", &[("document", "rijbewijs")]).await;
        let mine = [
            ("op", "15-02-2018"),
            ("versie", seen.as_str()),
            ("wijze", "op-kantoor"),
            ("mantelzorger", "nee"),
            ("clientondersteuner", "ja"),
            ("tekst", "Wat ik net had getypt."),
        ];
        let answer = PROEF.post(Functie::Wijkcoach, &path(&zaak, "gesprek"), &mine).await;
        let page = answer.text();
        assert_eq!(answer.status, StatusCode::CONFLICT, "{page}");
        assert!(page.contains("Identiteit gezien: rijbewijs"), "{page}");
        assert!(page.contains("Wat ik net had getypt."));
        let news = page.split("name=\"versie\" value=\"").nth(1).unwrap();
        let news = news.split('"').next().unwrap();
        let again = [mine[0], ("versie", news), mine[2], mine[3], mine[4], mine[5]];
        let answer = PROEF.post(Functie::Wijkcoach, &path(&zaak, "gesprek"), &again).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    });
}

#[test]
fn a_proposal_shows_its_price_before_it_is_saved_and_needs_one() {
    run(async {
        let (zaak, _) = new_case("Bereken").await;
        let (aanbieder, product, eenheid) = priced();
        let (aanbieder, product) = (aanbieder.0.to_string(), product.to_string());
        for (unit, words) in [(eenheid, "begrotingsjaar 2018"), ("14", "geen tarief")] {
            let fields = [
                ("doe", "bereken"),
                ("product", product.as_str()),
                ("vorm", "zin"),
                ("aanbieder", aanbieder.as_str()),
                ("volume", "2"),
                ("eenheid", unit),
                ("frequentie", "2"),
                ("van", "01-03-2018"),
                ("tot", "31-08-2018"),
            ];
            let answer = PROEF.post(Functie::Consulent, &path(&zaak, "voorstel"), &fields).await;
            assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
            assert!(answer.text().contains(words), "{words}: {}", answer.text());
        }
        let fields = [("doe", "bereken"), ("vorm", "zin")];
        let answer = PROEF.post(Functie::Consulent, &path(&zaak, "voorstel"), &fields).await;
        assert!(answer.text().contains("<a href=\"#product\">Kies een product.</a>"));
        let mine = PROEF.live.with(|world| {
            let id = zaak.parse().unwrap();
            let client = world.state.client_van_zaak(id).unwrap();
            world.state.dossiers[&client].zaak(id).unwrap().voorstellen.len()
        });
        assert_eq!(mine, 0, "a calculation saves nothing");
    });
}
