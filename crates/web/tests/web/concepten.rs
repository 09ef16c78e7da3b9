//! What somebody types is not lost: drafts, a session that ends, and two people at once.

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use domain::{ClientId, Functie, Stream};
use jiff::{SignedDuration, Timestamp};

use crate::{
    beoordelingskader::version_one,
    proef::{Antwoord, NU, PROEF, Proef, WACHTWOORD, percent, run},
    stappen::{new_case, path, taken, version},
};

const TEKST: &str = "Mevrouw wil \"graag\" thuis blijven & vergeet\nhaar medicijnen.";

/// Sends a form with a cookie of one's own.
async fn send(cookie: &str, path: &str, fields: &[(&str, &str)], by_itself: bool) -> Antwoord {
    let body: Vec<String> =
        fields.iter().map(|(naam, waarde)| format!("{naam}={}", percent(waarde))).collect();
    let mut request = Request::post(path)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(header::COOKIE, cookie);
    if by_itself {
        request = request.header("x-concept", "ja");
    }
    PROEF.send(request.body(Body::from(body.join("&"))).unwrap()).await
}

/// The cookie of a session that ended an hour ago.
async fn ended(functie: Functie) -> String {
    let begin: Timestamp = NU.parse().unwrap();
    let begin = begin - SignedDuration::from_hours(10);
    let store = PROEF.live.store();
    let session = store.create_session(Proef::account(functie), begin, 9).await.unwrap();
    format!("wijkpeil={}", session.token)
}

/// The value of a hidden field.
fn hidden(page: &str, naam: &str) -> String {
    let mark = format!("name=\"{naam}\" value=\"");
    page.split(&mark).nth(1).unwrap_or_default().split('"').next().unwrap().to_owned()
}

fn client(dossier: &str) -> ClientId {
    ClientId(u64::from_str_radix(dossier.trim_start_matches("/dossiers/"), 16).unwrap())
}

async fn drafts(dossier: &str) -> usize {
    let texts = PROEF.live.store().texts(client(dossier)).await.unwrap();
    texts.iter().filter(|it| it.kind == "concept").count()
}

#[test]
fn a_form_that_was_sent_after_the_session_ended_comes_back_to_who_typed_it() {
    run(async {
        let (zaak, dossier) = new_case("Afgelopen").await;
        taken(Functie::Wijkcoach, &zaak, "start-onderzoek", &[("team", "loket")]).await;
        taken(Functie::Wijkcoach, &zaak, "onderzoek-afronden", &[]).await;
        let form = path(&zaak, "verslag");
        let seen = version(Functie::Wijkcoach, &zaak, "verslag").await;
        let typed = [("op", "15-02-2018"), ("versie", seen.as_str()), ("tekst", TEKST)];
        let login = send(&ended(Functie::Wijkcoach).await, &form, &typed, false).await;
        assert_eq!(login.status, StatusCode::UNAUTHORIZED);
        let page = login.text();
        assert!(page.contains("Uw sessie is afgelopen"), "{page}");
        assert!(!page.contains("medicijnen"), "what was typed is sealed");
        let kept = hidden(&page, "bewaard");
        let sign_in = async |functie: Functie, wachtwoord: &str| {
            let naam = Proef::account(functie);
            let fields = [("naam", naam), ("wachtwoord", wachtwoord), ("bewaard", kept.as_str())];
            PROEF.post_anonymous("/inloggen", &fields).await
        };
        let wrong = sign_in(Functie::Wijkcoach, "een vergissing").await;
        assert_eq!(hidden(&wrong.text(), "bewaard"), kept, "a slip does not lose it");
        let other = sign_in(Functie::Beslisser, WACHTWOORD).await;
        assert_eq!(other.header("location"), "/", "{}", other.text());
        let back = sign_in(Functie::Wijkcoach, WACHTWOORD).await;
        assert_eq!(back.status, StatusCode::OK);
        let cookie = back.header("set-cookie").split(';').next().unwrap().to_owned();
        let page = back.text();
        assert!(page.contains(&format!("<form method=\"post\" action=\"{form}\">")), "{page}");
        let again: Vec<(&str, String)> = ["op", "versie", "tekst", "doe"]
            .map(|naam| (naam, hidden(&page, naam)))
            .map(|(naam, it)| (naam, it.replace("&#38;", "&").replace("&#34;", "\"")))
            .into();
        assert_eq!(again[2].1, TEKST);
        let again: Vec<(&str, &str)> = again.iter().map(|(it, v)| (*it, v.as_str())).collect();
        let shown = send(&cookie, &form, &again, false).await;
        assert_eq!(shown.status, StatusCode::OK, "{}", shown.text());
        for part in ["U bent weer ingelogd", "thuis blijven", "medicijnen", "15-02-2018"] {
            assert!(shown.text().contains(part), "{part}: {}", shown.text());
        }
        assert_eq!(version(Functie::Wijkcoach, &zaak, "verslag").await, seen, "nothing was done");
        let sent = send(&cookie, &form, &again[..3], false).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text());
        assert!(PROEF.get(Functie::Wijkcoach, &dossier).await.text().contains("medicijnen"));
        assert_eq!(drafts(&dossier).await, 0);
    });
}

#[test]
fn a_draft_kept_by_itself_says_when_and_never_reaches_a_log() {
    run(async {
        let (zaak, dossier) = new_case("Vanzelf").await;
        let form = path(&zaak, "gesprek");
        let before = PROEF.live.with(|world| world.entries.len());
        let typed = [
            ("op", "15-02-2018"),
            ("wijze", "huisbezoek"),
            ("tekst", "GEHEIM CONCEPT"),
            ("doe", "concept"),
        ];
        let cookie = PROEF.cookie(Functie::Consulent);
        let kept = send(&cookie, &form, &typed, true).await;
        assert_eq!(
            (kept.status, kept.text().as_str()),
            (StatusCode::OK, "Concept bewaard om 10:30")
        );
        let out = send(&ended(Functie::Consulent).await, &form, &typed, true).await;
        assert_eq!(out.status, StatusCode::UNAUTHORIZED);
        let again = PROEF.get(Functie::Consulent, &form).await.text();
        assert!(again.contains("GEHEIM CONCEPT"), "{again}");
        assert!(again.contains("value=\"huisbezoek\" checked"), "every field is kept: {again}");
        assert!(PROEF.live.with(|world| world.entries.len()) >= before);
        let log = PROEF.live.with(|world| format!("{:?}", world.entries));
        let looked = PROEF.live.store().accesses(client(&dossier)).await.unwrap();
        assert!(!log.contains("GEHEIM") && !format!("{looked:?}").contains("GEHEIM"));
        assert_eq!(drafts(&dossier).await, 1);
        let empty = [("op", "15-02-2018"), ("tekst", " "), ("doe", "concept")];
        send(&cookie, &form, &empty, true).await;
        assert_eq!(drafts(&dossier).await, 0, "a draft of nothing is none");
    });
}

#[test]
fn drafts_go_when_their_step_is_taken_and_all_of_them_when_the_case_is_closed() {
    run(async {
        let (zaak, dossier) = new_case("Opruimen").await;
        let draft = |tekst: &'static str| [("tekst", tekst), ("doe", "concept")];
        let steps = [(Functie::Consulent, "intake"), (Functie::Wijkcoach, "verslag")];
        for (functie, stap) in steps {
            PROEF.post(functie, &path(&zaak, stap), &draft("Half.")).await;
        }
        PROEF.post(Functie::Consulent, &path(&zaak, "sluiten"), &draft("Ook half.")).await;
        let kept = drafts(&dossier).await;
        assert!(kept >= 2, "{kept}");
        taken(Functie::Consulent, &zaak, "sluiten", &[("reden", "ingetrokken-door-de-client")])
            .await;
        assert_eq!(drafts(&dossier).await, 0);
    });
}

/// Both see the same form and send it at the same moment, five times over.
#[test]
fn of_two_who_send_at_once_one_is_told_and_neither_loses_anything() {
    run(async {
        let (zaak, dossier) = new_case("Gelijktijdig").await;
        taken(Functie::Consulent, &zaak, "start-onderzoek", &[("team", "loket")]).await;
        let form = path(&zaak, "gesprek");
        let stream = Stream::Dossier(client(&dossier));
        for round in 0..5 {
            let seen = version(Functie::Consulent, &zaak, "gesprek").await;
            let texts = [format!("Ronde {round} links"), format!("Ronde {round} rechts")];
            let fields = texts.each_ref().map(|tekst| {
                [
                    ("op", "15-02-2018"),
                    ("versie", seen.as_str()),
                    ("wijze", "op-kantoor"),
                    ("mantelzorger", "nee"),
                    ("clientondersteuner", "ja"),
                    ("tekst", tekst.as_str()),
                ]
            });
            let (left, right) = tokio::join!(
                PROEF.post(Functie::Consulent, &form, &fields[0]),
                PROEF.post(Functie::Wijkcoach, &form, &fields[1])
            );
            let mut answers = [(left, &texts[0]), (right, &texts[1])];
            answers.sort_by_key(|(it, _)| it.status);
            let [(done, _), (told, theirs)] = answers;
            assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
            assert_eq!(told.status, StatusCode::CONFLICT, "{}", told.text());
            assert!(
                told.text().contains(theirs.as_str()) && told.text().contains("gewijzigd nadat")
            );
            let now = PROEF.live.with(|world| world.state.version(stream));
            assert_eq!(now, seen.parse::<u32>().unwrap() + 1, "one of both was written");
        }
    });
}

#[test]
fn a_page_may_load_our_own_script_only_and_only_where_it_keeps_drafts() {
    run(async {
        let (zaak, dossier) = new_case("Schrift").await;
        for (page, scripted) in [
            (path(&zaak, "verslag"), true),
            (path(&zaak, "start-onderzoek"), false),
            (dossier, false),
            ("/werkvoorraad".to_owned(), false),
        ] {
            let answer = PROEF.get(Functie::Consulent, &page).await;
            let policy = answer.header("content-security-policy").to_owned();
            assert_eq!(policy.contains("script-src 'self'"), scripted, "{page}: {policy}");
            assert!(policy.starts_with("default-src 'none'"), "{policy}");
            for loose in ["unsafe", "*", "http:", "https:", "blob:"] {
                assert!(!policy.contains(loose), "{policy}");
            }
            let text = answer.text();
            let tags: Vec<&str> =
                text.match_indices("<script").map(|(at, _)| &text[at..]).collect();
            assert_eq!(tags.len(), usize::from(scripted), "{page}");
            for tag in tags {
                assert!(tag.starts_with("<script src=\"/static/concept.js\" defer></script>"));
            }
            for inline in [" onclick=", " onload=", " onsubmit=", "javascript:", " style="] {
                assert!(!text.contains(inline), "{page} {inline}");
            }
        }
        let script = PROEF.get(Functie::Consulent, "/static/concept.js").await;
        assert_eq!(script.header("content-type"), "text/javascript; charset=utf-8");
        for risky in ["eval(", "new Function", "innerHTML", "document.write", "import("] {
            assert!(!script.text().contains(risky), "{risky}");
        }
    });
}

#[test]
fn every_form_that_comes_back_shows_what_was_typed_and_does_nothing() {
    run(async {
        version_one().await;
        let (zaak, dossier) = new_case("Terug").await;
        let walk = format!("/zaken/{zaak}/kader");
        let before =
            PROEF.live.with(|world| world.state.version(Stream::Dossier(client(&dossier))));
        for (functie, form, fields, kept) in [
            (
                Functie::Consulent,
                "/meldingen/nieuw",
                [("achternaam", "Van Teruggekomen"), ("hulpvraag", "Hulp bij koken.")],
                ["Van Teruggekomen", "Hulp bij koken."],
            ),
            (
                Functie::Consulent,
                walk.as_str(),
                [("v1", "ja"), ("m3", "Koken lukt niet.")],
                ["name=\"v1\" value=\"ja\" checked", "Koken lukt niet."],
            ),
            (
                Functie::FunctioneelBeheerder,
                "/register/wijzig/wijk",
                [("naam", "Nieuwe Wijk"), ("id", "")],
                ["Nieuwe Wijk", "name=\"id\""],
            ),
        ] {
            let all = [&fields[..], &[("doe", "hervat")]].concat();
            let shown = PROEF.post(functie, form, &all).await;
            assert_eq!(shown.status, StatusCode::OK, "{form}: {}", shown.text());
            for part in kept {
                assert!(shown.text().contains(part), "{form} {part}: {}", shown.text());
            }
        }
        let after = PROEF.live.with(|world| world.state.version(Stream::Dossier(client(&dossier))));
        assert_eq!(before, after);
        assert!(
            PROEF.live.with(|it| {
                it.state.register.wijken.values().all(|it| it.naam != "Nieuwe Wijk")
            })
        );
    });
}

/// The framework is walked on a version of the dossier as well.
#[test]
fn a_walk_on_an_old_dossier_is_told_what_changed_and_keeps_its_reasons() {
    run(async {
        version_one().await;
        let (zaak, _) = new_case("Oud").await;
        taken(Functie::Consulent, &zaak, "start-onderzoek", &[("team", "loket")]).await;
        let walk = format!("/zaken/{zaak}/kader");
        let page = PROEF.get(Functie::Wijkcoach, &walk).await.text();
        let seen = hidden(&page, "gezien");
        taken(Functie::Consulent, &zaak, "identiteit", &[("document", "paspoort")]).await;
        let mine = [("gezien", seen.as_str()), ("v1", "ja"), ("m3", "Mijn motivering.")];
        let told = PROEF.post(Functie::Wijkcoach, &walk, &mine).await;
        assert_eq!(told.status, StatusCode::CONFLICT, "{}", told.text());
        let page = told.text();
        assert!(page.contains("Identiteit gezien: paspoort") && page.contains("Mijn motivering."));
        let news = hidden(&page, "gezien");
        let again = [("gezien", news.as_str()), mine[1], mine[2]];
        let kept = PROEF.post(Functie::Wijkcoach, &walk, &again).await;
        assert_eq!(kept.header("location"), format!("{walk}?opgeslagen=ja"), "{}", kept.text());
    });
}
