//! Forms: what is wrong is told at once, what was typed stays, what the domain refuses is shown.

use axum::http::StatusCode;
use domain::Functie;

use crate::proef::{PROEF, run};

const BEHEERDER: Functie = Functie::FunctioneelBeheerder;

#[test]
fn faults_are_summed_up_with_links_and_the_values_stay() {
    run(async {
        let fields = [("id", "1"), ("bedrag", "veel"), ("van", "31-02-2018"), ("tot", "")];
        let answer = PROEF.post(BEHEERDER, "/register/wijzig/tarief", &fields).await;
        let page = answer.text();
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.contains("Er zijn nog 3 dingen niet goed"), "{page}");
        for part in [
            "<a href=\"#product\">Kies een product.</a>",
            "<a href=\"#bedrag\">Vul het tarief in als bedrag in euro, zoals 58,20.</a>",
            "<a href=\"#van\">Deze datum bestaat niet.</a>",
            "value=\"veel\"",
            "value=\"31-02-2018\"",
            "aria-invalid=\"true\"",
            "aria-describedby=\"bedrag-uitleg bedrag-fout\"",
        ] {
            assert!(page.contains(part), "{part}");
        }
    });
}

#[test]
fn what_is_saved_is_in_the_register_and_in_the_log() {
    run(async {
        let fields = [("id", ""), ("naam", "Zuiderpolder")];
        let answer = PROEF.post(BEHEERDER, "/register/wijzig/wijk", &fields).await;
        assert_eq!(answer.header("location"), "/register/wijken?opgeslagen=ja");
        let logged = PROEF.live.with(|world| {
            let name = |it: &domain::Entry| format!("{:?}", it.happened.event);
            world.entries.iter().filter(|it| name(it).contains("Zuiderpolder")).count()
        });
        assert_eq!(logged, 1);
        let page = PROEF.get(Functie::Controller, "/register/wijken").await.text();
        assert!(page.contains("Zuiderpolder"));
    });
}

#[test]
fn an_appointment_gives_somebody_a_place_and_a_departure_ends_it() {
    run(async {
        let fields = [
            ("naam", "Testa Persoon"),
            ("functie", "consulent"),
            ("achtergrond", "ambtelijk"),
            ("werkgever", "gemeente"),
            ("verbonden", ""),
            ("team", "1"),
            ("van", "01-02-2018"),
        ];
        let answer = PROEF.post(BEHEERDER, "/register/wijzig/medewerker", &fields).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
        let page = PROEF.get(BEHEERDER, "/register/teams/1").await.text();
        assert!(page.contains("Testa Persoon"));
        let id = PROEF.live.with(|it| it.state.register.medewerkers.keys().next_back().copied());
        let id = id.unwrap().0.to_string();
        let fields = [("id", id.as_str()), ("van", "10-02-2018")];
        let answer = PROEF.post(BEHEERDER, "/register/wijzig/vertrek", &fields).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER);
        let page = PROEF.get(BEHEERDER, "/register/teams/1").await.text();
        assert!(!page.contains("Testa Persoon"));
        let then = PROEF.get(BEHEERDER, "/register/teams/1?op=09-02-2018").await.text();
        assert!(then.contains("Testa Persoon"));
    });
}

#[test]
fn a_melding_opens_a_case_and_known_people_are_not_asked_again() {
    run(async {
        let bsn = unused_bsn().await;
        let first = [
            ("op", "12-02-2018"),
            ("bsn", bsn.as_str()),
            ("achternaam", "Proefpersoon"),
            ("geboortedatum", "12-03-1947"),
            ("wijk", "1"),
            ("kanaal", "telefoon"),
            ("melder", "huisarts"),
            ("spoed", "nee"),
            ("hulpvraag", "Hulp bij de dag."),
        ];
        let answer = PROEF.post(Functie::Consulent, "/meldingen/nieuw", &first).await;
        let to = answer.header("location").to_owned();
        assert!(to.starts_with("/dossiers/"), "{} {to} {}", answer.status, answer.text());
        let page = PROEF.get(Functie::Consulent, &to).await.text();
        assert!(page.contains("Proefpersoon") && page.contains("Hulp bij de dag."));
        assert!(page.contains("26 maart 2018"), "six weeks after the melding");
        let again: Vec<_> = first
            .into_iter()
            .filter(|(name, _)| !["achternaam", "geboortedatum"].contains(name))
            .collect();
        let answer = PROEF.post(Functie::Consulent, "/meldingen/nieuw", &again).await;
        assert_eq!(answer.header("location"), to, "{}", answer.text());
    });
}

/// A number from the range of made-up persons that nobody in the simulation has.
async fn unused_bsn() -> String {
    for number in (999_900_000..999_999_999).rev() {
        let text = number.to_string();
        if let Ok(bsn) = text.parse::<domain::Bsn>()
            && PROEF.live.store().find_bsn(bsn).await.unwrap().is_none()
        {
            return text;
        }
    }
    panic!("every made-up number is in use")
}

#[test]
fn a_refusal_of_the_domain_is_shown_and_nothing_is_lost() {
    run(async {
        let fields = [
            ("op", "16-02-2018"),
            ("achternaam", "Toekomst"),
            ("geboortedatum", "12-03-1947"),
            ("wijk", "1"),
            ("kanaal", "balie"),
            ("melder", "client"),
            ("spoed", "nee"),
            ("hulpvraag", "Morgen pas."),
        ];
        let answer = PROEF.post(Functie::Wijkcoach, "/meldingen/nieuw", &fields).await;
        let page = answer.text();
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.contains("ligt in de toekomst"), "{page}");
        assert!(page.contains("value=\"Toekomst\"") && page.contains("Morgen pas."));
    });
}
