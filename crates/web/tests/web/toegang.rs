//! How the access is arranged, in the browser: settings, substitution, training, budget, places.

use axum::http::StatusCode;
use domain::{
    Functie, MandaatId, MedewerkerId, Periode, RegisterEvent as E, TeamId,
    instelling::Toegangsvorm,
    mandaat::{Mandaat, Werkgeverseis},
    product::{Product, Variant},
    register::Tarief,
    triage::{Criterium, Route, advies_op},
};
use jiff::civil::{Date, date};

use crate::{
    klein::{AANBIEDER, BEGIN, Klein, euro},
    proef::run,
};

const BEHEERDER: u32 = 2;
const TODAY: Date = date(2018, 2, 15);

/// Sends a form of the register; it is saved.
async fn save(klein: &Klein, cookie: &str, form: &str, fields: &[(&str, &str)]) {
    let answer = klein.post(cookie, &format!("/register/wijzig/{form}"), fields).await;
    assert!(answer.header("location").ends_with("opgeslagen=ja"), "{form}: {}", answer.text());
}

/// Sends a form of the register; it is refused with these words.
async fn refuse(klein: &Klein, cookie: &str, (form, fields): (&str, &[(&str, &str)]), words: &str) {
    let answer = klein.post(cookie, &format!("/register/wijzig/{form}"), fields).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{form}");
    assert!(answer.text().contains(words), "{form}: {words}: {}", answer.text());
}

/// Makes every choice, from the first of March.
async fn choose_everything(klein: &Klein, cookie: &str) {
    let van = ("van", "01-03-2018");
    for (form, fields) in [
        ("instelling-toegangsvorm", &[("vorm", "een-loket-naast-de-teams"), van][..]),
        ("instelling-vier-ogen", &[("aan", "nee"), van]),
        ("instelling-eigen-aanbieder", &[("aan", "nee"), van]),
        ("instelling-triage", &[("aantal", "1"), van]),
        ("instelling-criteria", &[("criteria", "schulden-of-onzeker-inkomen"), van]),
        ("instelling-terugkeer", &[("maanden", "12"), van]),
        ("instelling-spoed", &[("dagen", "1"), van]),
        (
            "instelling-cta",
            &[
                ("aan", "ja"),
                ("waarde", "10.000"),
                ("aanleiding", "tijdelijk"),
                ("promille", "50"),
                ("zaad", "7"),
                ("dagen", "10"),
                van,
            ],
        ),
        (
            "instelling-heronderzoek",
            &[("aan", "ja"), ("maanden", "24"), ("eerder", "12"), ("grond", "pgb"), van],
        ),
    ] {
        save(klein, cookie, form, fields).await;
    }
}

#[test]
fn a_choice_holds_from_its_day_and_what_held_before_is_kept() {
    run(async {
        let klein = Klein::new().await;
        let cookie = klein.sign_in(BEHEERDER).await;
        let settings = "/register/instellingen";
        let page = klein.get(&cookie, settings).await.text();
        assert_eq!(page.matches("niet gekozen, dit is de standaard").count(), 9, "{page}");
        choose_everything(&klein, &cookie).await;
        let all = klein.register().instellingen;
        let later = date(2018, 3, 1);
        assert_eq!(all.toegangsvorm(TODAY), Toegangsvorm::Een);
        assert_eq!(all.toegangsvorm(later), Toegangsvorm::Gesplitst);
        assert_eq!((all.vier_ogen(TODAY), all.vier_ogen(later)), (true, false));
        assert_eq!(all.eigen_aanbieder_uitgesloten(later), !all.eigen_aanbieder_uitgesloten(TODAY));
        assert_eq!((all.terugkeer_maanden(TODAY), all.terugkeer_maanden(later)), (6, 12));
        assert_eq!((all.spoed_dagen(TODAY), all.spoed_dagen(later)), (2, 1));
        let review = all.cta(later).unwrap();
        assert_eq!((review.vanaf_waarde, review.zaad), (Some(euro(10_000)), 7));
        assert!(review.tijdelijk && !review.boven_norm && all.cta(TODAY).is_none());
        assert!(all.heronderzoek(later).unwrap().pgb);
        let psychiatry = [Criterium::Psychiatrie, Criterium::Veiligheid];
        assert_eq!(advies_op(&all, &psychiatry, TODAY), Route::Team);
        assert_eq!(advies_op(&all, &psychiatry, later), Route::Loket, "these no longer count");
        assert_eq!(advies_op(&all, &[Criterium::Schulden], later), Route::Team);
        let page = klein.get(&cookie, settings).await.text();
        assert!(page.contains("01-03-2018, gaat nog in"));
        assert_eq!(page.matches("niet gekozen, dit is de standaard").count(), 9);
        klein.set("2018-03-01T09:00:00Z");
        let cookie = klein.sign_in(BEHEERDER).await;
        let page = klein.get(&cookie, settings).await.text();
        assert!(!page.contains("gaat nog in") && !page.contains("dit is de standaard"));
        for words in ["een loket naast de teams", "12 maanden", "binnen 12 maanden bij een Pgb"] {
            assert!(page.contains(words), "{words}");
        }
    });
}

#[test]
fn a_choice_that_cannot_be_is_refused_and_kept_on_the_form() {
    run(async {
        let klein = Klein::new().await;
        let cookie = klein.sign_in(BEHEERDER).await;
        let van = ("van", "01-03-2018");
        for (form, fields, words) in [
            ("instelling-triage", &[("aantal", "9"), van][..], "van 1 tot en met 8"),
            ("instelling-criteria", &[van], "Kies ten minste één criterium."),
            ("instelling-vier-ogen", &[van], "Kies ja of nee."),
            (
                "instelling-heronderzoek",
                &[("aan", "ja"), ("maanden", "12"), ("eerder", "24"), van],
                "Met een grond is het heronderzoek eerder, niet later.",
            ),
            (
                "waarneming",
                &[("id", "1"), ("functie", "consulent"), van, ("tot", "31-03-2018")],
                "Deze medewerker heeft deze functie al.",
            ),
            (
                "waarneming",
                &[("id", "1"), ("functie", "beslisser"), van, ("tot", "")],
                "Vul de laatste dag in",
            ),
            (
                "waarneming",
                &[("id", "1"), ("functie", "beslisser"), van, ("tot", "01-02-2018")],
                "De laatste dag ligt voor de eerste.",
            ),
            (
                "scholing",
                &[("id", "1"), ("onderwerp", "privacy"), ("van", "16-02-2018")],
                "ligt in de toekomst",
            ),
            ("budget", &[("id", "1"), ("jaar", "2018"), ("bedrag", "veel")], "als bedrag in euro"),
        ] {
            refuse(&klein, &cookie, (form, fields), words).await;
        }
        let consulent = klein.sign_in(3).await;
        let answer = klein.post(&consulent, "/register/wijzig/budget", &[("id", "1")]).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "only who keeps the register");
    });
}

#[test]
fn a_meeting_without_its_chair_or_with_somebody_twice_is_refused() {
    run(async {
        let klein = Klein::new().await;
        let cookie = klein.sign_in(BEHEERDER).await;
        for (form, fields, words) in [
            (
                "overleg",
                &[
                    ("op", "01-03-2018"),
                    ("voorzitter", "3"),
                    ("lid1", "1"),
                    ("discipline1", "wmo"),
                    ("lid2", "1"),
                    ("discipline2", "welzijn"),
                ],
                "Deze medewerker staat er al bij.",
            ),
            (
                "overleg",
                &[
                    ("op", "01-03-2018"),
                    ("voorzitter", "3"),
                    ("lid1", "1"),
                    ("discipline1", "wmo"),
                    ("lid2", "4"),
                    ("discipline2", "verpleging"),
                ],
                "Zet de voorzitter ook bij de leden",
            ),
        ] {
            refuse(&klein, &cookie, (form, fields), words).await;
        }
    });
}

#[test]
fn a_substitution_and_a_meeting_are_planned_and_changed() {
    run(async {
        let klein = Klein::new().await;
        let cookie = klein.sign_in(BEHEERDER).await;
        let base = [("id", "4"), ("functie", "beslisser"), ("van", "01-02-2018")];
        let with = |tot| [base[0], base[1], base[2], ("tot", tot)];
        save(&klein, &cookie, "waarneming", &with("31-03-2018")).await;
        save(&klein, &cookie, "waarneming", &with("28-02-2018")).await;
        let held = klein.register().hoedanigheden(MedewerkerId(4), date(2018, 2, 28));
        assert_eq!(held.len(), 2);
        let after = klein.register().hoedanigheden(MedewerkerId(4), date(2018, 3, 1));
        assert_eq!(after.len(), 1, "the new last day took the place of the old one");
        let page = klein.get(&cookie, "/register/waarnemingen").await.text();
        assert!(page.contains("01-02-2018 t/m 28-02-2018") && page.contains("Proef 4"));
        let change = "/register/wijzig/waarneming?id=4.beslisser.01-02-2018";
        assert!(page.contains(change), "{page}");
        let form = klein.get(&cookie, change).await.text();
        assert!(form.contains("value=\"28-02-2018\""), "the form starts with what is known");

        let meeting = [
            ("op", "01-03-2018"),
            ("voorzitter", "3"),
            ("lid1", "3"),
            ("discipline1", "kwaliteit"),
            ("lid2", "4"),
            ("discipline2", "verpleging"),
            ("lid3", ""),
        ];
        save(&klein, &cookie, "overleg", &meeting).await;
        let mut moved = meeting.to_vec();
        moved[0] = ("op", "08-03-2018");
        moved.push(("id", "1"));
        save(&klein, &cookie, "overleg", &moved).await;
        let page = klein.get(&cookie, "/register/overleggen").await.text();
        assert_eq!(klein.register().overleggen.len(), 1, "moved, not planned twice");
        assert!(page.contains("08-03-2018"));
        assert!(page.contains("Proef 3 (kwaliteit) en Proef 4 (verpleging)"), "{page}");
    });
}

#[test]
fn training_that_is_due_is_told_per_team_and_person_and_ends_when_it_is_followed() {
    run(async {
        let klein = Klein::new().await;
        let cookie = klein.sign_in(BEHEERDER).await;
        let asked = [("functie", "consulent"), ("onderwerp", "privacy"), ("maanden", "24")];
        save(&klein, &cookie, "scholingseis", &asked).await;
        for functie in ["teammanager", "wijkverpleegkundige"] {
            let asked = [("functie", functie), ("onderwerp", "meldcode"), ("maanden", "")];
            save(&klein, &cookie, "scholingseis", &asked).await;
        }
        let followed = [("id", "1"), ("onderwerp", "privacy"), ("van", "01-02-2016")];
        save(&klein, &cookie, "scholing", &followed).await;
        let page = klein.get(&cookie, "/register/scholing").await.text();
        assert!(page.contains("telde tot en met 01-02-2018"), "{page}");
        assert_eq!(page.matches("nog niet gevolgd").count(), 3, "two managers and a nurse");
        let then = klein.get(&cookie, "/register/scholing?op=31-01-2018").await.text();
        assert!(!then.contains("telde tot en met"));
        let manager = klein.sign_in(3).await;
        let own = klein.get(&manager, "/register/scholing").await.text();
        assert_eq!(own.matches("nog niet gevolgd").count(), 2, "not of the other team: {own}");
        assert!(!own.contains("Proef 5"));
        let account = klein.get(&manager, "/account").await.text();
        assert!(account.contains("meldcode"), "everybody sees their own");
        let followed = [("id", "1"), ("onderwerp", "privacy"), ("van", "14-02-2018")];
        save(&klein, &cookie, "scholing", &followed).await;
        let page = klein.get(&cookie, "/register/scholing").await.text();
        assert!(!page.contains("telde tot en met") && page.contains("14-02-2020"));
        let nurse = klein.sign_in(4).await;
        assert_eq!(klein.get(&nurse, "/register/scholing").await.status, StatusCode::FORBIDDEN);
    });
}

#[test]
fn a_team_is_shown_by_employer_function_and_affiliation_on_any_day() {
    run(async {
        let klein = Klein::new().await;
        let cookie = klein.sign_in(BEHEERDER).await;
        let gone = E::MedewerkerVertrokken { medewerker: MedewerkerId(4) };
        klein.tell_on(date(2018, 1, 31), gone).await;
        let path = "/register/teams/1/samenstelling";
        let then = klein.get(&cookie, &format!("{path}?op=31-01-2018")).await.text();
        assert!(then.contains("3 medewerkers, van wie 1"), "{then}");
        assert!(then.contains("Thuiszorg Proef") && then.contains("teammanager"));
        let now = klein.get(&cookie, path).await.text();
        assert!(now.contains("2 medewerkers, van wie 0") && !now.contains("Thuiszorg Proef"));
        let csv = klein.get(&cookie, &format!("{path}.csv?op=31-01-2018")).await;
        assert!(csv.header("content-disposition").contains("samenstelling-noord"));
        let text = csv.text();
        expect_test::expect![[r#"
            op;team;medewerker;naam;functie;achtergrond;werkgever;verbonden_aan
            2018-01-31;Noord;1;Proef 1;consulent;ambtelijk;de gemeente;
            2018-01-31;Noord;3;Proef 3;teammanager;ambtelijk;de gemeente;
            2018-01-31;Noord;4;Proef 4;wijkverpleegkundige;ambtelijk;de gemeente;Thuiszorg Proef
        "#]]
        .assert_eq(&text.trim_start_matches('\u{feff}').replace("\r\n", "\n"));
    });
}

#[test]
fn a_budget_is_shown_to_who_leads_the_team_and_to_the_controller() {
    run(async {
        let klein = Klein::new().await;
        let cookie = klein.sign_in(BEHEERDER).await;
        let fields = [("id", "1"), ("jaar", "2018"), ("bedrag", "250.000")];
        save(&klein, &cookie, "budget", &fields).await;
        assert_eq!(klein.register().budgetten.get(&(TeamId(1), 2018)), Some(&euro(250_000)));
        assert!(klein.get(&cookie, "/register/budgetten").await.text().contains("€ 250.000,00"));
        assert_eq!(klein.get(&cookie, "/budget").await.status, StatusCode::FORBIDDEN);
        let own = klein.get(&klein.sign_in(3).await, "/budget").await.text();
        assert!(own.contains("€ 250.000,00") && own.contains("0,0 %") && !own.contains("Zuid"));
        let other = klein.get(&klein.sign_in(5).await, "/budget").await.text();
        assert!(other.contains("Zuid") && other.contains("niet vastgesteld"));
        assert!(!other.contains("€ 250.000,00"), "not of another team");
    });
}

#[test]
fn places_and_waiting_times_are_shown_per_wijk() {
    run(async {
        let klein = Klein::new().await;
        let cookie = klein.sign_in(BEHEERDER).await;
        let fields = [("naam", "Inloop de Brug"), ("wijken", "2")];
        save(&klein, &cookie, "algemene-voorziening", &fields).await;
        let fields = [("id", "1"), ("plaatsen", "24"), ("van", "01-02-2018")];
        save(&klein, &cookie, "capaciteit", &fields).await;
        let fields = [("id", "1"), ("weken", "8"), ("van", "01-02-2018")];
        save(&klein, &cookie, "wachttijd", &fields).await;
        let page = klein.get(&cookie, "/register/algemeen").await.text();
        let (_, wijk) = page.split_once("Per wijk").unwrap();
        assert!(wijk.contains("Wijk Zuid") && !wijk.contains("Wijk Noord"), "{wijk}");
        assert!(wijk.contains("24") && wijk.contains("8 weken"));
    });
}

#[test]
fn a_limit_that_tariffs_have_overtaken_is_told_with_tariff_and_day() {
    run(async {
        let klein = Klein::new().await;
        let product = Product {
            code: "02A03".parse().unwrap(),
            categorie: "02".parse().unwrap(),
            naam: "Begeleiding proef".to_owned(),
            eenheid: domain::Eenheid::Uur,
            variant: Variant::Inspanningsgericht,
            groep: "OZL".to_owned(),
        };
        klein.tell(E::ProductVastgesteld(product.clone())).await;
        let mandaat = Mandaat {
            id: MandaatId(1),
            functie: Functie::Consulent,
            voor: Werkgeverseis::AlleenGemeente,
            tot: Some(euro(5_000)),
            geldig: Periode::vanaf(BEGIN),
        };
        klein.tell(E::MandaatVerleend(mandaat)).await;
        let tariff = |van: Date, bedrag| {
            E::TariefVastgesteld(Tarief {
                aanbieder: AANBIEDER,
                product: product.code,
                eenheid: product.eenheid,
                bedrag,
                geldig: Periode::vanaf(van),
            })
        };
        klein.tell(tariff(BEGIN, euro(50))).await;
        klein.tell(tariff(date(2018, 2, 1), euro(54))).await;
        let cookie = klein.sign_in(BEHEERDER).await;
        let page = klein.get(&cookie, "/register/mandaten").await.text();
        assert!(page.contains("Geen enkele grens is ingehaald."), "eight percent is not ten");
        klein.tell(tariff(date(2018, 2, 10), euro(55))).await;
        let page = klein.get(&cookie, "/register/mandaten").await.text();
        for words in ["€ 5.000,00", "€ 50,00", "€ 55,00", "10-02-2018", "Begeleiding proef"] {
            assert!(page.contains(words), "{words}: {page}");
        }
    });
}

#[test]
fn the_pages_of_an_empty_access_say_kindly_that_there_is_nothing() {
    run(async {
        let klein = Klein::new().await;
        let cookie = klein.sign_in(BEHEERDER).await;
        for path in ["/register/overleggen", "/register/budgetten", "/register/scholing"] {
            let page = klein.get(&cookie, path).await;
            assert_eq!(page.status, StatusCode::OK, "{path}");
            assert!(page.text().contains("Hier staat nog niets. Dat is geen fout."), "{path}");
        }
    });
}
