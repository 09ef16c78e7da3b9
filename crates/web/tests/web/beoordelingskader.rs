//! The framework: only a right one goes into force, and walking it leaves a trace to read.

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use domain::{Dossier, Functie, Stream, Zaak, ZaakId, zaak::Fase};
use tokio::sync::OnceCell;

use crate::proef::{Antwoord, PROEF, percent, run};

const BEHEERDER: Functie = Functie::FunctioneelBeheerder;
const GRENS: &str = "----wijkpeil";

/// The framework of the example; what it says was first put in force by this.
fn example() -> String {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/wijkerveen/kader.toml");
    std::fs::read_to_string(path).unwrap()
}

async fn check_text(text: &str, as_file: bool) -> Antwoord {
    let part = |head: &str, text: &str| {
        format!("--{GRENS}\r\nContent-Disposition: form-data; {head}\r\n\r\n{text}\r\n")
    };
    let body = if as_file {
        part("name=\"tekst\"", "") + &part("name=\"bestand\"; filename=\"kader.toml\"", text)
    } else {
        part("name=\"tekst\"", text) + &part("name=\"bestand\"; filename=\"\"", "")
    };
    let request = Request::post("/register/kader/nieuw")
        .header(header::CONTENT_TYPE, format!("multipart/form-data; boundary={GRENS}"))
        .header(header::COOKIE, PROEF.cookie(BEHEERDER));
    PROEF.send(request.body(Body::from(format!("{body}--{GRENS}--\r\n"))).unwrap()).await
}

async fn put_in_force(text: &str, vanaf: &str) -> Antwoord {
    let fields = [("tekst", text), ("vanaf", vanaf)];
    PROEF.post(BEHEERDER, "/register/kader/vaststellen", &fields).await
}

/// Version 1 is in force from 1 February 2018 on; several tests need it.
pub(crate) async fn version_one() {
    static DONE: OnceCell<()> = OnceCell::const_new();
    DONE.get_or_init(|| async {
        let answer = put_in_force(&example(), "01-02-2018").await;
        assert_eq!(answer.header("location"), "/register/kader?opgeslagen=ja", "{}", answer.text());
    })
    .await;
}

fn events() -> usize {
    let of_kader = |it: &domain::Entry| format!("{:?}", it.happened.event).contains("KaderVast");
    PROEF.live.with(|it| it.entries.iter().filter(|it| of_kader(it)).count())
}

#[test]
fn every_version_can_be_read_compared_and_taken_away() {
    run(async {
        version_one().await;
        let list = PROEF.get(Functie::Consulent, "/register/kader").await.text();
        for part in ["Nu geldt versie 1", "01-02-2018", "/register/kader/1/kader.toml"] {
            assert!(list.contains(part), "{part} in {list}");
        }
        assert!(!list.contains("Breng een nieuwe versie in"), "only for who keeps the register");
        let one = PROEF.get(Functie::Consulent, "/register/kader/1").await.text();
        for part in ["Grens met de Wlz", "eigen afweging", "art. 2.3.5 lid 6", "Eenzame weduwnaar"]
        {
            assert!(one.contains(part), "{part}");
        }
        let file = PROEF.get(Functie::Griffier, "/register/kader/1/kader.toml").await;
        let read = |text: &str| messages::kader::lees("kader.toml", text);
        assert_eq!(read(&file.text()), read(&example()));
        let gone = PROEF.get(Functie::Consulent, "/register/kader/99").await;
        assert_eq!(gone.status, StatusCode::NOT_FOUND);
    });
}

#[test]
fn a_wrong_framework_is_refused_with_its_lines_and_stays_in_the_field() {
    run(async {
        version_one().await;
        let before = events();
        let second = example().replace("versie = 1\n", "versie = 9\n");
        let line = 1 + second.lines().position(|it| it == "soort = \"hulpvraag\"").unwrap();
        for (text, expected) in [
            (" \n".to_owned(), "Plak een kader of kies een bestand.".to_owned()),
            (
                second.replace("soort = \"hulpvraag\"", "soort = \"vraag\""),
                format!("<a href=\"#tekst\">Regel {line}, soort: soort hoort een van deze"),
            ),
            (example(), "versie: versie 1 is er al; gebruik".to_owned()),
            (
                second.replace("verwacht = \"onvolledig\"", "verwacht = \"maatwerk\""),
                "Dit kader kan nog niet ingaan".to_owned(),
            ),
            ("x".repeat(70_000), "te groot".to_owned()),
        ] {
            for as_file in [false, true] {
                let answer = check_text(&text, as_file).await;
                let page = answer.text();
                assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{expected}");
                // The empty file counts as chosen: it is no framework either.
                let empty_file = as_file && text.trim().is_empty();
                assert!(page.contains(&expected) || empty_file, "{expected} in {page}");
                assert!(!page.contains("/register/kader/vaststellen"), "{expected}");
            }
            let sent = put_in_force(&text, "01-03-2018").await;
            assert_ne!(sent.status, StatusCode::SEE_OTHER, "{expected}");
        }
        let wrong = second.replace("tekst = \"Woont", "tekst = 3 # \"Woont");
        assert!(check_text(&wrong, false).await.text().contains("# &#34;Woont"), "what was typed");
        assert_eq!(events(), before, "nothing was kept");
    });
}

#[test]
fn a_new_version_shows_its_difference_and_goes_in_on_a_later_day() {
    run(async {
        version_one().await;
        let text = example()
            .replace("versie = 1\n", "versie = 2\n")
            .replace("Woont de inwoner in Wijkerveen?", "Staat de inwoner hier ingeschreven?")
            .replace("van = 3\ntot = 8", "van = 3\ntot = 7");
        let answer = check_text(&text, false).await;
        let page = answer.text();
        assert_eq!(answer.status, StatusCode::OK, "{page}");
        for part in [
            "Verschil met versie 1",
            "gewijzigd: tekst",
            "Staat de inwoner hier ingeschreven?",
            "Norm 10A39",
            "3 tot en met 7 per week",
            "Alle 12 voorbeelden komen uit zoals verwacht.",
            "Laat versie 2 ingaan",
        ] {
            assert!(page.contains(part), "{part} in {page}");
        }
        for (day, expected) in [
            ("14-02-2018", "gaat vandaag in of later"),
            ("31-02-2018", "Deze datum bestaat niet."),
            ("", "Vul de dag waarop het kader ingaat in"),
        ] {
            let answer = put_in_force(&text, day).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{day}");
            assert!(answer.text().contains(expected), "{expected} in {}", answer.text());
        }
        let answer = put_in_force(&text, "01-04-2018").await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
        let twice = put_in_force(&text, "01-05-2018").await.text();
        assert!(twice.contains("staat al klaar voor 01-04-2018"), "{twice}");
        let list = PROEF.get(BEHEERDER, "/register/kader").await.text();
        assert!(list.contains("gaat nog in") && list.contains("Nu geldt versie 1"), "{list}");
        let two = PROEF.get(BEHEERDER, "/register/kader/2").await.text();
        assert!(two.contains("Verschil met versie 1"), "{two}");
    });
}

/// An open case that is being investigated, apart from the others.
fn open_case(skip: usize) -> (Dossier, ZaakId) {
    let running = |it: &&Zaak| it.fase() == Fase::InOnderzoek;
    PROEF.live.with(|world| {
        let cases = world.state.dossiers.values().filter_map(|dossier| {
            let zaak = dossier.zaken.iter().find(running)?;
            Some((dossier.clone(), zaak.id))
        });
        let mut cases: Vec<_> = cases.collect();
        cases.sort_by_key(|(_, zaak)| *zaak);
        cases.into_iter().nth(skip).unwrap()
    })
}

#[test]
fn a_walk_may_be_kept_half_way_and_ends_in_a_trace() {
    run(async {
        version_one().await;
        let (dossier, zaak) = open_case(0);
        let (form, trace) = (format!("/zaken/{zaak}/kader"), format!("/zaken/{zaak}/kader/spoor"));
        let page = PROEF.get(Functie::Consulent, &form).await;
        assert_eq!(page.status, StatusCode::OK);
        for part in ["Woont de inwoner in Wijkerveen?", "eigen afweging", "name=\"v23\"", "10A37"] {
            assert!(page.text().contains(part), "{part}");
        }
        let none = PROEF.get(Functie::Beslisser, &trace).await.text();
        assert!(none.contains("nog niet doorlopen"), "{none}");
        let half = [("v1", "ja"), ("v3", "ja"), ("m3", "Koken lukt <niet> meer.")];
        let answer = PROEF.post(Functie::Consulent, &form, &half).await;
        assert_eq!(answer.header("location"), format!("{form}?opgeslagen=ja"), "{}", answer.text());
        let page = PROEF.get(Functie::Consulent, answer.header("location")).await.text();
        assert!(page.contains("Er staan nog 21 vragen open."), "{page}");
        assert!(page.contains("id=\"v3-1\" name=\"v3\" value=\"ja\" checked"), "{page}");
        let read = PROEF.get(Functie::Beslisser, &trace).await.text();
        assert!(read.contains("Nog niet alle vragen zijn beantwoord."), "{read}");

        let numbers: Vec<String> = (1..=23).map(|it| format!("v{it}")).collect();
        let positive = ["v1", "v2", "v3", "v5", "v6", "v18", "v22"];
        let mut all: Vec<(&str, &str)> = numbers
            .iter()
            .map(|it| (it.as_str(), if positive.contains(&it.as_str()) { "ja" } else { "nee" }))
            .collect();
        all.push(("m3", "Koken lukt <niet> meer."));
        all.push(("m18", "Dwaalt 's nachts."));
        let answer = PROEF.post(Functie::Consulent, &form, &all).await;
        assert_eq!(answer.header("location"), trace, "{}", answer.text());
        let read = PROEF.get(Functie::Beslisser, &trace).await.text();
        for part in [
            "De Wlz gaat mogelijk voor.",
            "Dat volgt uit vraag 18",
            "versie 1",
            "15 februari 2018",
            "Koken lukt &#60;niet&#62; meer.",
            "Dwaalt &#39;s nachts.",
            "Dit is een voorstel.",
            "consulent",
        ] {
            assert!(read.contains(part), "{part} in {read}");
        }
        assert!(!read.contains("Pas de antwoorden aan"), "a reader does not change it");
        let entries =
            PROEF.live.store().read_stream(Stream::Dossier(dossier.client)).await.unwrap();
        let log = format!("{entries:?}");
        assert!(log.contains("KaderDoorlopen") && !log.contains("Koken"), "no text in the log");
        assert_eq!(
            read.contains("Deze cliënt is afgeschermd."),
            dossier.afgeschermd_op(jiff::civil::date(2018, 2, 15))
        );
        let seen = PROEF.live.store().accesses(dossier.client).await.unwrap();
        assert!(seen.iter().any(|it| it.action == "spoor van het kader bekeken"));
    });
}

#[test]
fn a_wrong_answer_or_another_version_is_told_and_nothing_is_lost() {
    run(async {
        version_one().await;
        let (_, zaak) = open_case(1);
        let form = format!("/zaken/{zaak}/kader");
        let long = "a".repeat(4_001);
        for (fields, expected) in [
            (vec![("v1", "misschien")], "<a href=\"#v1\">Vraag 1: kies ja, nee of n.v.t.</a>"),
            (vec![("m2", long.as_str())], "<a href=\"#m2\">Vraag 2: gebruik hoogstens 4000 tekens"),
            (vec![("versie", "7"), ("v1", "ja")], "versie 7 van het beoordelingskader geldt niet"),
        ] {
            let mut fields = fields;
            fields.push(("m5", "Dit blijft staan."));
            let answer = PROEF.post(Functie::Wijkcoach, &form, &fields).await;
            let page = answer.text();
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{expected}");
            assert!(page.contains(expected), "{expected} in {page}");
            assert!(page.contains("Dit blijft staan."), "{expected}");
        }
        let trace = PROEF.get(Functie::Wijkcoach, &format!("{form}/spoor")).await.text();
        assert!(trace.contains("nog niet doorlopen"), "{trace}");
        for path in ["/zaken/1999-00001/kader", "/zaken/x/kader", "/zaken/1999-00001/kader/spoor"] {
            let answer = PROEF.get(Functie::Wijkcoach, path).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        }
        let odd = PROEF.get(Functie::Wijkcoach, &format!("/zaken/{}/kader", percent("'\"<"))).await;
        assert_eq!(odd.status, StatusCode::NOT_FOUND);
    });
}
