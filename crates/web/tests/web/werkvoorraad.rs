//! The work list: filters, tiles, bulk assignment, load.

use axum::http::StatusCode;
use domain::{Functie, werkvoorraad::taken};

use crate::proef::{PROEF, run};

#[test]
fn tiles_count_what_their_list_shows() {
    run(async {
        let page = PROEF.get(Functie::Consulent, "/werkvoorraad?wie=alle").await.text();
        for tegel in ["te-laat", "deze-week", "client", "cta"] {
            let address = format!("/werkvoorraad?wie=alle&#38;tegel={tegel}");
            let after = page.split(&address).nth(1).unwrap_or_else(|| panic!("{address}: {page}"));
            let count = after.split('>').nth(1).unwrap().split('<').next().unwrap();
            let count: usize = count.parse().unwrap();
            let list = format!("/werkvoorraad?wie=alle&tegel={tegel}");
            let shown = PROEF.get(Functie::Consulent, &list).await.text();
            let words = format!("van {count}</span>");
            let right = if count == 0 {
                shown.contains("Er staat niets in deze werkvoorraad")
            } else {
                shown.contains(&words)
            };
            assert!(right, "{tegel}: {count}");
        }
    });
}

#[test]
fn ticked_cases_go_to_somebody_and_show_in_the_own_list() {
    run(async {
        let day = jiff::civil::date(2018, 2, 15);
        let cases: Vec<String> = PROEF.live.with(|world| {
            let all = taken(&world.state, day).into_iter().filter(|it| it.zaak.is_some());
            let open = all.filter(|it| it.soort == domain::werkvoorraad::Taaksoort::Aanvraag);
            open.take(2).filter_map(|it| it.zaak.map(|it| it.to_string())).collect()
        });
        assert_eq!(cases.len(), 2);
        let account = PROEF.medewerker_of(Functie::Wijkcoach).0.to_string();
        let fields =
            [("zaak", cases[0].as_str()), ("zaak", &cases[1]), ("medewerker", account.as_str())];
        let answer = PROEF.post(Functie::Consulent, "/werkvoorraad", &fields).await;
        assert_eq!(answer.header("location"), "/werkvoorraad?belegd=2", "{}", answer.text());
        let mine = PROEF.get(Functie::Wijkcoach, "/werkvoorraad?wie=ik").await.text();
        for it in &cases {
            assert!(mine.contains(it.as_str()), "{it}");
        }
        let refused = PROEF.post(Functie::Beslisser, "/werkvoorraad", &fields).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.text().contains("beslisser mag dit niet"));
        let nothing = PROEF.post(Functie::Consulent, "/werkvoorraad", &[]).await;
        assert!(nothing.text().contains("Vink ten minste één zaak aan."));
    });
}

#[test]
fn a_manager_sees_the_load_of_the_own_team_only() {
    run(async {
        let page = PROEF.get(Functie::Teammanager, "/werkvoorraad?wie=team").await.text();
        assert!(page.contains("Belasting per medewerker") && page.contains("nog niet belegd"));
        let page = PROEF.get(Functie::Consulent, "/werkvoorraad?wie=alle").await.text();
        assert!(!page.contains("Belasting per medewerker"));
        let begin = PROEF.get(Functie::Intaker, "/").await;
        assert_eq!(begin.header("location"), "/werkvoorraad");
    });
}
