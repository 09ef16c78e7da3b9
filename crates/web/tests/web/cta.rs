//! The CTA-overleg: the agenda, who sees what on which ground, judging blind, and the figures.

use std::sync::{
    LazyLock,
    atomic::{AtomicU32, Ordering},
};

use axum::http::StatusCode;
use domain::{
    Actor, Bedrag, ClientId, Clientgegevens, Command, DossierCommand as C, Functie, Huishouden,
    Leveringsvorm, Omstandigheid, Omvang, OverlegId, Periode, ProductCode, Productkeuze,
    RegisterEvent, Systeemdeel, Voorziening, WijkId, ZaakId, Zaakstap as S,
    besluit::Uitkomst,
    cta::{Aanleiding, CtaAanmelding, Discipline, Overleg, lot},
    gesprek::{Identiteitsdocument, Onderwerp},
    inrichting::Inrichting,
    instelling::{CtaRegels, Instelling},
    melding::{Kanaal, Melder},
    persoon::Persoonsgegevens,
    voorstel::Voorstel,
};
use jiff::{Timestamp, civil::date};

use crate::{
    paginas::check,
    proef::{Antwoord, NU, Proef, run},
};

/// What everybody in the meeting knows.
const REGELS: CtaRegels = CtaRegels {
    vanaf_waarde: Some(Bedrag::euro(2_000)),
    boven_norm: true,
    tijdelijk: true,
    grensgeval: true,
    verbonden: true,
    steekproef_promille: 1000,
    zaad: 4711,
    dagen: 10,
};

const DAG: jiff::civil::Date = date(2018, 2, 15);

/// An installation in which every case goes to the meeting, with four meetings today.
static PROEF: LazyLock<Proef> = LazyLock::new(|| {
    let proef = Proef::own();
    std::thread::spawn(move || {
        run(async {
            arrange(&proef, Inrichting::InstellingGekozen(Instelling::Cta(Some(REGELS)))).await;
            for id in 1..=4 {
                let leden = [
                    (Functie::CtaLid, Discipline::Wmo),
                    (Functie::Beslisser, Discipline::Kwaliteit),
                    (Functie::Wijkverpleegkundige, Discipline::Verpleging),
                    (Functie::Consulent, Discipline::Welzijn),
                ];
                let leden: Vec<_> =
                    leden.map(|(who, it)| (proef.medewerker_of(who), it)).into_iter().collect();
                let voorzitter = leden[0].0;
                let planned = Overleg { id: OverlegId(id), op: DAG, leden, voorzitter };
                arrange(&proef, Inrichting::OverlegGepland(planned)).await;
            }
        });
        proef
    })
    .join()
    .unwrap()
});

async fn arrange(proef: &Proef, it: Inrichting) {
    let actor = Actor::Systeem(Systeemdeel::Inrichting);
    let bij = Omstandigheid { on: date(2018, 1, 2), today: DAG, actor };
    let command = Command::Register(RegisterEvent::ToegangIngericht(it));
    proef.live.execute(&[(command, bij)], now()).await.unwrap();
}

fn now() -> Timestamp {
    NU.parse().unwrap()
}

/// A provision with a price that runs from March: so many hours a week until the last day.
fn support(hours: u32, until: jiff::civil::Date) -> Voorziening {
    let (aanbieder, code, eenheid) = PROEF.live.with(|world| {
        let register = &world.state.register;
        let mut found = register.tarieven.keys().filter_map(|(aanbieder, product)| {
            let tarief = register.tarief(*aanbieder, *product, date(2018, 3, 1))?;
            let known = register.gecontracteerd(*aanbieder, date(2018, 3, 1));
            known.then_some((*aanbieder, *product, tarief.eenheid))
        });
        found.next().expect("somebody delivers something")
    });
    let categorie = PROEF.live.with(|it| it.state.register.producten[&code].categorie);
    let frequentie = domain::Frequentie::Week;
    Voorziening {
        product: Productkeuze::Specifiek { categorie, code },
        vorm: Leveringsvorm::Zin { aanbieder: Some(aanbieder) },
        omvang: Some(Omvang { volume: hours, eenheid, frequentie }),
        geldig: Periode::new(date(2018, 3, 1), Some(until)).unwrap(),
        tijdelijk: None,
    }
}

/// A case that was proposed by the consulent; with a meeting it is on its agenda at once.
async fn proposed(it: Voorziening, meeting: Option<(u32, Aanleiding)>) -> (ClientId, ZaakId) {
    static NEXT: AtomicU32 = AtomicU32::new(1);
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    let (client, zaak) =
        (ClientId(70_000 + u64::from(number)), ZaakId { jaar: 2018, volgnummer: 90_000 + number });
    let held = PROEF.live.with(|world| {
        let who = PROEF.medewerker_of(Functie::Consulent);
        world.state.register.hoedanigheid(who, DAG).unwrap()
    });
    let bij = Omstandigheid { on: DAG, today: DAG, actor: Actor::Medewerker(held) };
    let step = |stap| C::ZetStap { zaak, stap };
    let voorstel =
        Voorstel { uitkomst: Uitkomst::Toegekend, voorzieningen: vec![it], normafwijking: None };
    let mut asked = vec![
        C::StelGegevensVast(Clientgegevens {
            geboortejaar: Some(1947),
            wijk: Some(WijkId(1)),
            huishouden: Huishouden::Alleenstaand,
        }),
        C::OntvangMelding { zaak, kanaal: Kanaal::Balie, melder: Melder::Client, spoed: false },
        C::StartOnderzoek { zaak, team: None },
        step(S::IdentiteitVastgesteld(Identiteitsdocument::Paspoort)),
        step(S::OnderwerpOnderzocht(Onderwerp::Behoeften)),
        step(S::OnderwerpOnderzocht(Onderwerp::EigenBijdrage)),
        C::RondOnderzoekAf { zaak },
        C::VerzendVerslag { zaak },
        C::OntvangAanvraag { zaak },
        step(S::VoorstelGedaan(Box::new(voorstel))),
    ];
    asked.extend(meeting.map(|(id, reason)| {
        let overleg = Some(OverlegId(id));
        step(S::CtaAangemeld(CtaAanmelding { overleg, aanleidingen: vec![reason] }))
    }));
    let asked: Vec<_> = asked.into_iter().map(|it| (Command::Dossier(client, it), bij)).collect();
    let entries = PROEF.live.execute(&asked, now()).await.unwrap();
    let store = PROEF.live.store();
    let person = Persoonsgegevens {
        bsn: None,
        achternaam: "Geheimenaam".to_owned(),
        ..Persoonsgegevens::default()
    };
    store.put_person(client, &person).await.unwrap();
    let version = |at: usize| format!("{zaak}.{}", entries[at].version);
    for (kind, key, text) in [
        ("hulpvraag", zaak.to_string(), "Graag hulp bij de dag."),
        ("bevinding", version(4), "Vergeet te eten."),
        ("bevinding", version(5), "Betaalt de eigen bijdrage."),
        ("verslag", version(7), "Het hele verslag."),
        ("motivering", version(9), "Omdat het anders misgaat."),
    ] {
        store.put_text(client, kind, &key, text, now()).await.unwrap();
    }
    (client, zaak)
}

async fn get(functie: Functie, path: &str) -> Antwoord {
    PROEF.get(functie, path).await
}

fn page_of(meeting: u32, zaak: ZaakId) -> String {
    format!("/cta/{meeting}/zaken/{zaak}")
}

fn big() -> Voorziening {
    support(10, date(2018, 8, 31))
}

fn small() -> Voorziening {
    support(1, date(2018, 3, 14))
}

fn version_on(page: &str) -> String {
    let after = page.split("name=\"versie\" value=\"").nth(1).unwrap();
    after.split('"').next().unwrap().to_owned()
}

#[test]
fn what_must_be_reviewed_goes_on_the_agenda_with_its_reason_and_its_lot() {
    run(async {
        let (_, dear) = proposed(big(), None).await;
        let (_, drawn) = proposed(small(), None).await;
        let list = get(Functie::CtaLid, "/cta").await.text();
        let begin = get(Functie::CtaLid, "/").await;
        assert_eq!(begin.header("location"), "/cta");
        assert!(list.contains("Nog niet op een agenda") && list.contains(&dear.to_string()));
        let put = PROEF.post(Functie::CtaLid, "/cta/1/agenda", &[]).await;
        assert!(
            put.header("location").starts_with("/cta/1?gedaan=agenda&zaken="),
            "{}",
            put.text()
        );
        let page = get(Functie::CtaLid, put.header("location")).await.text();
        let number = lot(&REGELS, drawn).to_string();
        for part in [
            "staan nu op de agenda",
            &format!("href=\"{}\"", page_of(1, dear)),
            "waarde van de opdracht",
            "Het zaad is 4711, vastgelegd bij de regels die gelden vanaf 2 januari 2018.",
            &format!("{drawn}</th><td class=\"n\">{number}</td><td>ja</td><td>de steekproef"),
            "deed zelf het voorstel",
            "25-02-2018",
            "nog 10 dagen",
        ] {
            assert!(page.contains(part), "{part}: {page}");
        }
        assert!(!page.contains("Geheimenaam"));
        for path in ["/cta", "/cta/1", "/cta/cijfers", &page_of(1, dear), &page_of(1, drawn)] {
            let page = get(Functie::CtaLid, path).await;
            assert_eq!(page.status, StatusCode::OK, "{path}");
            check(path, &page.text());
        }
        let own = get(Functie::Consulent, "/cta/1").await.text();
        assert!(!own.contains(&page_of(1, dear)), "who proposed does not open it here");
        let again = get(Functie::CtaLid, "/cta").await.text();
        assert!(!again.contains(&dear.to_string()));
    });
}

#[test]
fn a_case_is_opened_on_its_ground_and_shows_only_what_is_needed() {
    run(async {
        let (client, zaak) = proposed(big(), Some((2, Aanleiding::BovenNorm))).await;
        let path = page_of(2, zaak);
        let page = get(Functie::CtaLid, &path).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.text());
        let text = page.text();
        for part in [
            "Graag hulp bij de dag.",
            "Vergeet te eten.",
            "Omdat het anders misgaat.",
            "begrotingsjaar 2018",
            "toets van de omvang (Wmo 2015, art. 2.3.5 lid 3)",
        ] {
            assert!(text.contains(part), "{part}: {text}");
        }
        for part in ["Geheimenaam", "BSN 9", "Het hele verslag.", "eigen bijdrage"] {
            assert!(!text.contains(part), "{part}");
        }
        let accesses = PROEF.live.store().accesses(client).await.unwrap();
        assert_eq!(accesses.len(), 1);
        assert_eq!(accesses[0].action, "zaak geopend in het CTA-overleg");
        for part in ["15 februari 2018", "omvang buiten de norm", "art. 2.3.5 lid 3", "art. 5.1.1"]
        {
            assert!(accesses[0].ground.contains(part), "{}", accesses[0].ground);
        }
        let elsewhere = page_of(3, zaak);
        for (functie, path, words) in [
            (Functie::Consulent, &path, "u deed zelf het voorstel (Awb, art. 2:4)"),
            (Functie::Wijkcoach, &path, "U bent geen lid van dit overleg"),
            (Functie::CtaLid, &elsewhere, "staat niet op de agenda van dit overleg"),
        ] {
            let closed = get(functie, path).await;
            assert_eq!(closed.status, StatusCode::FORBIDDEN, "{words}");
            assert!(closed.text().contains(words), "{words}: {}", closed.text());
            assert!(!closed.text().contains("Graag hulp"));
        }
        let dossier = get(Functie::CtaLid, &format!("/dossiers/{:x}", client.0)).await;
        assert_eq!(dossier.status, StatusCode::FORBIDDEN, "the dossier stays closed");
        assert_eq!(PROEF.live.store().accesses(client).await.unwrap().len(), 1);
    });
}

#[test]
fn a_drawn_proposal_comes_after_the_blind_judgement_of_one_colleague() {
    run(async {
        let (_, zaak) = proposed(small(), Some((3, Aanleiding::Steekproef))).await;
        let path = page_of(3, zaak);
        let page = get(Functie::CtaLid, &path).await.text();
        for hidden in ["Voorstel: ", "Omdat het anders misgaat.", "begrotingsjaar"] {
            assert!(!page.contains(hidden), "{hidden}: {page}");
        }
        assert!(page.contains("Vergeet te eten.") && page.contains("Geef een tweede oordeel"));
        let version = version_on(&page);
        let blind = [
            ("stap", "tweede-oordeel"),
            ("versie", version.as_str()),
            ("uitkomst", "afgewezen"),
            ("grond", "eigen-kracht"),
        ];
        let wrong = PROEF.post(Functie::CtaLid, &path, &blind[..2]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.text().contains("<a href=\"#uitkomst\">Kies een uitkomst.</a>"));
        let given = PROEF.post(Functie::CtaLid, &path, &blind).await;
        assert_eq!(given.header("location"), format!("{path}?gedaan=tweede-oordeel"));
        let page = get(Functie::Beslisser, &path).await.text();
        assert!(
            page.contains("Voorstel: toegekend") && page.contains("Omdat het anders"),
            "{page}"
        );
        let late = PROEF.post(Functie::CtaLid, &path, &blind).await;
        assert_ne!(late.status, StatusCode::SEE_OTHER, "the form has changed");
        let figures = get(Functie::CtaLid, "/cta/cijfers").await.text();
        assert!(figures.contains("te weinig gevallen ("), "{figures}");
    });
}

#[test]
fn who_is_there_judges_and_the_change_is_counted() {
    run(async {
        let (_, zaak) = proposed(big(), Some((4, Aanleiding::Waarde))).await;
        let path = page_of(4, zaak);
        let ids = [Functie::CtaLid, Functie::Beslisser, Functie::Consulent]
            .map(|it| PROEF.medewerker_of(it).0.to_string());
        let there = ids.each_ref().map(|it| ("aanwezig", it.as_str()));
        let other = PROEF.post(Functie::Wijkcoach, "/cta/4/presentie", &there).await;
        assert_eq!(other.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(other.text().contains("wijkcoach mag dit niet"), "{}", other.text());
        let kept = PROEF.post(Functie::CtaLid, "/cta/4/presentie", &there).await;
        assert_eq!(kept.header("location"), "/cta/4?gedaan=presentie");
        let absent = get(Functie::Wijkverpleegkundige, &path).await;
        assert!(absent.text().contains("U staat niet op de presentielijst"));
        let form = get(Functie::CtaLid, &path).await.text();
        let name =
            |functie| format!("name=\"deelnemers\" value=\"{}\"", PROEF.medewerker_of(functie).0);
        assert!(form.contains(&format!("{} checked", name(Functie::Beslisser))), "{form}");
        assert!(!form.contains(&name(Functie::Consulent)), "who proposed cannot be ticked");
        let version = version_on(&form);
        let (code, aanbieder, eenheid) = words(&big());
        let judged = |deelnemers: [usize; 2], volume: &'static str| {
            vec![
                ("stap", "cta-oordeel"),
                ("versie", version.as_str()),
                ("oordeel", "gewijzigd"),
                ("deelnemers", ids[deelnemers[0]].as_str()),
                ("deelnemers", ids[deelnemers[1]].as_str()),
                ("les", "sociaal-netwerk"),
                ("uitkomst", "toegekend"),
                ("product", code.as_str()),
                ("vorm", "zin"),
                ("aanbieder", aanbieder.as_str()),
                ("volume", volume),
                ("eenheid", eenheid),
                ("frequentie", "2"),
                ("van", "01-03-2018"),
                ("tot", "31-08-2018"),
                ("tekst", "Het netwerk kan meer doen."),
            ]
        };
        let out = PROEF.post(Functie::CtaLid, &path, &judged([0, 2], "8")).await;
        assert_eq!(out.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(out.text().contains("<a href=\"#deelnemers\">Dit kan niet"), "{}", out.text());
        let done = PROEF.post(Functie::CtaLid, &path, &judged([0, 1], "8")).await;
        assert_eq!(done.header("location"), "/cta/4?gedaan=oordeel", "{}", done.text());
        let page = get(Functie::CtaLid, "/cta/4").await.text();
        for part in ["gewijzigd op 15-02-2018", "€ -", "-2 ", "per week", "sociaal netwerk"] {
            assert!(page.contains(part), "{part}: {page}");
        }
        let stale = PROEF.post(Functie::CtaLid, &path, &judged([0, 1], "6")).await;
        assert_eq!(stale.status, StatusCode::CONFLICT, "{}", stale.text());
        figures().await;
    });
}

async fn figures() {
    let page = get(Functie::Controller, "/cta/cijfers").await;
    assert_eq!(page.status, StatusCode::OK);
    let text = page.text();
    assert!(text.contains("1e kwartaal 2018") && text.contains("te weinig (1)"), "{text}");
    assert_eq!(get(Functie::Controller, "/cta").await.status, StatusCode::FORBIDDEN);
    let csv = get(Functie::Controller, "/cta/cijfers.csv").await;
    let text = csv.text();
    let mut lines = text.trim_start_matches('\u{feff}').lines();
    assert!(lines.next().unwrap().starts_with("jaar;kwartaal;beoordeeld;verplicht;steekproef"));
    assert!(lines.next().unwrap().starts_with("2018;1;1;1;0;0;0;1;0;-"), "{text}");
    assert_eq!(get(Functie::CtaLid, "/cta/cijfers.csv").await.status, StatusCode::FORBIDDEN);
}

/// The product, the provider and the unit of a provision, as they stand in a form.
fn words(it: &Voorziening) -> (String, String, &'static str) {
    let code: ProductCode = it.product.code().unwrap();
    let aanbieder = it.vorm.aanbieder().unwrap();
    (code.to_string(), aanbieder.0.to_string(), it.omvang.unwrap().eenheid.code())
}
