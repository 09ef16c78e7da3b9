//! Saved views, reminders, emergencies and questions that are answered at once.

use axum::http::StatusCode;
use domain::{ClientId, Functie, intake::IntakeUitkomst};

use crate::{
    klein::Klein,
    proef::{PROEF, run},
};

/// A melding by somebody; gives the client and the number of the case.
async fn report(klein: &Klein, cookie: &str, more: &[(&str, &str)]) -> (ClientId, String) {
    let mut fields = vec![
        ("op", "12-02-2018"),
        ("achternaam", "Proefpersoon"),
        ("geboortedatum", "12-03-1947"),
        ("wijk", "1"),
        ("kanaal", "outreach"),
        ("melder", "gemeente"),
        ("hulpvraag", "Hulp bij de dag."),
    ];
    fields.extend(more);
    let answer = klein.post(cookie, "/meldingen/nieuw", &fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    klein.proef.live.with(|world| {
        let entry = world.entries.last().unwrap();
        let domain::Stream::Dossier(client) = entry.happened.event.stream() else { panic!() };
        (client, world.state.dossiers[&client].zaken.last().unwrap().id.to_string())
    })
}

async fn consulent(klein: &Klein) -> String {
    format!("{}; wijkpeil-functie=consulent", klein.sign_in(1).await)
}

#[test]
fn a_view_is_kept_under_its_name_for_one_person_and_outside_the_log() {
    run(async {
        let klein = Klein::new().await;
        let cookie = consulent(&klein).await;
        let entries = klein.proef.live.with(|it| it.entries.len());
        let path = "/werkvoorraad/weergaven";
        let view = [("naam", "Vaart <maken>"), ("wie", "team"), ("tegel", "te-laat")];
        let answer = klein.post(&cookie, path, &view).await;
        let to = "/werkvoorraad?wie=team&tegel=te-laat&weergave=bewaard";
        assert_eq!(answer.header("location"), to, "{}", answer.text());
        let page = klein.get(&cookie, "/werkvoorraad").await.text();
        let link = "<a href=\"/werkvoorraad?wie=team&#38;tegel=te-laat\">Vaart &#60;maken&#62;</a>";
        assert!(page.contains(link), "{page}");
        let again = [("naam", "Vaart <maken>"), ("wie", "alle"), ("soort", "intake-doen")];
        klein.post(&cookie, path, &again).await;
        let page = klein.get(&cookie, "/werkvoorraad").await.text();
        assert!(page.contains("/werkvoorraad?wie=alle&#38;soort=intake-doen"));
        assert!(!page.contains("tegel=te-laat\">Vaart"), "the same name: in place of the old one");
        let other = klein.sign_in(3).await;
        assert!(!klein.get(&other, "/werkvoorraad").await.text().contains("Vaart"));
        let nameless = klein.post(&cookie, path, &[("naam", " "), ("wie", "team")]).await;
        assert_eq!(nameless.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(nameless.text().contains("Geef de weergave een naam."));
        for number in 2..=20 {
            let name = format!("weergave {number}");
            klein.post(&cookie, path, &[("naam", &name)]).await;
        }
        let full = klein.post(&cookie, path, &[("naam", "te veel")]).await;
        assert!(full.text().contains("U heeft al 20 weergaven."));
        klein.post(&cookie, path, &[("verwijder", "Vaart <maken>")]).await;
        assert!(!klein.get(&cookie, "/werkvoorraad").await.text().contains("Vaart"));
        assert_eq!(klein.proef.live.with(|it| it.entries.len()), entries);
    });
}

#[test]
fn a_reminder_is_a_task_on_its_day_for_who_set_it() {
    run(async {
        let klein = Klein::new().await;
        let cookie = consulent(&klein).await;
        let (client, zaak) = report(&klein, &cookie, &[("spoed", "nee")]).await;
        let path = format!("/zaken/{zaak}/herinneringen");
        let dossier = format!("/dossiers/{:x}", client.0);
        assert!(klein.get(&cookie, &dossier).await.text().contains(&path));
        let past = klein.post(&cookie, &path, &[("op", "14-02-2018"), ("tekst", "Te laat")]).await;
        assert_eq!(past.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(past.text().contains("Kies vandaag of een dag die nog komt."));
        assert!(past.text().contains("value=\"Te laat\""), "what was typed stays");
        let fields = [("op", "20-02-2018"), ("tekst", "Bel huisarts Zandbergen terug")];
        let answer = klein.post(&cookie, &path, &fields).await;
        assert_eq!(answer.header("location"), format!("{path}?gedaan=gezet"));
        let list = "/werkvoorraad?wie=ik";
        assert!(!klein.get(&cookie, list).await.text().contains("Zandbergen"), "not before");
        klein.set("2018-02-20T08:00:00Z");
        let cookie = klein.sign_in(1).await;
        let page = klein.get(&cookie, list).await.text();
        assert!(page.contains("herinnering") && page.contains("Zandbergen"), "{page}");
        let manager = klein.sign_in(3).await;
        assert!(!klein.get(&manager, list).await.text().contains("Zandbergen"));
        assert!(klein.get(&manager, &path).await.text().contains("Proef 1"), "of the own team");
        let stranger = klein.sign_in(5).await;
        assert_eq!(klein.get(&stranger, &path).await.status, StatusCode::FORBIDDEN);

        let logged = klein.proef.live.with(|it| format!("{:?}", it.entries));
        assert!(!logged.contains("Zandbergen"), "the words are not in the log");
        let seen = klein.proef.live.store().accesses(client).await.unwrap();
        assert!(seen.iter().any(|it| it.action == "herinneringen bekeken"));

        let page = klein.get(&cookie, &path).await.text();
        let key = page.split("name=\"klaar\" value=\"").nth(1).unwrap().split('"').next().unwrap();
        let done = klein.post(&cookie, &path, &[("doe", "klaar"), ("klaar", key)]).await;
        assert_eq!(done.header("location"), format!("{path}?gedaan=klaar"));
        assert!(!klein.get(&cookie, list).await.text().contains("Zandbergen"));
    });
}

#[test]
fn reminders_go_when_the_client_is_erased() {
    run(async {
        let klein = Klein::new().await;
        let cookie = consulent(&klein).await;
        let (client, zaak) = report(&klein, &cookie, &[("spoed", "nee")]).await;
        let path = format!("/zaken/{zaak}/herinneringen");
        klein.post(&cookie, &path, &[("op", "15-02-2018"), ("tekst", "Vandaag nog")]).await;
        let list = "/werkvoorraad?wie=ik&soort=herinnering";
        assert!(klein.get(&cookie, list).await.text().contains("Vandaag nog"));
        klein.proef.live.store().erase(client).await.unwrap();
        assert!(!klein.get(&cookie, list).await.text().contains("Vandaag nog"));
    });
}

#[test]
fn an_emergency_is_on_top_and_a_question_answered_at_once_counts_as_an_intake() {
    run(async {
        let klein = Klein::new().await;
        let cookie = consulent(&klein).await;
        report(&klein, &cookie, &[("spoed", "nee"), ("op", "02-01-2018")]).await;
        let urgent = [("spoed", "ja")];
        report(&klein, &cookie, &urgent).await;
        let page = klein.get(&cookie, "/werkvoorraad?wie=alle").await.text();
        let body = page.split("<tbody>").nth(1).unwrap();
        let first = body.split("<th scope=\"row\">").nth(1).unwrap();
        let first = first.split("</th>").next().unwrap();
        assert!(first.contains("spoedbesluit nemen"), "{first}");
        assert!(first.contains("/stappen/voorstel\""), "four eyes: somebody proposes first");

        let kcc = klein.sign_in(6).await;
        let form = klein.get(&kcc, "/meldingen/nieuw").await.text();
        assert!(form.contains("Is de vraag meteen beantwoord?"));
        let (client, _) = report(&klein, &kcc, &[("spoed", "nee"), ("antwoord", "advies")]).await;
        let intake = klein.proef.live.with(|it| it.state.dossiers[&client].zaken[0].intake);
        let intake = intake.expect("it is settled");
        assert_eq!(intake.uitkomst, IntakeUitkomst::Advies);
        assert_eq!(intake.door.hoedanigheid().map(|it| it.functie), Some(Functie::KccMedewerker));

        let nurse = klein.sign_in(4).await;
        let form = klein.get(&nurse, "/meldingen/nieuw").await.text();
        assert!(!form.contains("meteen beantwoord"), "not for who does no intake");
        let before = klein.proef.live.with(|it| it.entries.len());
        let fields = [
            ("op", "12-02-2018"),
            ("achternaam", "Proefpersoon"),
            ("geboortedatum", "12-03-1947"),
            ("wijk", "1"),
            ("kanaal", "balie"),
            ("melder", "client"),
            ("spoed", "nee"),
            ("hulpvraag", "Hulp."),
            ("antwoord", "advies"),
        ];
        let refused = klein.post(&nurse, "/meldingen/nieuw", &fields).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.text().contains("een intake afronden"), "{}", refused.text());
        let after = klein.proef.live.with(|it| it.entries.len());
        assert_eq!(after, before, "all or nothing");
    });
}

#[test]
fn a_pilot_that_is_written_down_marks_the_cases_that_follow() {
    run(async {
        let klein = Klein::new().await;
        let keeper = klein.sign_in(2).await;
        let fields = [("wijken", "1"), ("van", "01-02-2018"), ("tot", "31-12-2018")];
        let answer = klein.post(&keeper, "/register/wijzig/pilot", &fields).await;
        assert!(answer.header("location").ends_with("opgeslagen=ja"), "{}", answer.text());
        let cookie = consulent(&klein).await;
        let (client, _) = report(&klein, &cookie, &[("spoed", "nee")]).await;
        let path = format!("/dossiers/{:x}", client.0);
        let page = klein.get(&cookie, &path).await.text();
        assert!(page.contains("valt onder een pilot") && page.contains("via outreach"), "{page}");
        let inside = klein.get(&cookie, "/dossiers?pilot=ja").await.text();
        assert!(inside.contains("Proefpersoon"));
        let outside = klein.get(&cookie, "/dossiers?pilot=nee").await.text();
        assert!(!outside.contains("Proefpersoon"));
        let channel = klein.get(&cookie, "/dossiers?kanaal=outreach").await.text();
        assert!(channel.contains("Proefpersoon"));
        let channel = klein.get(&cookie, "/dossiers?kanaal=telefoon").await.text();
        assert!(!channel.contains("Proefpersoon"));
    });
}

#[test]
fn grants_that_are_due_for_a_review_are_listed_by_ground() {
    run(async {
        let path = "/werkvoorraad/heronderzoek";
        let fields = [
            ("aan", "ja"),
            ("maanden", "6"),
            ("eerder", "3"),
            ("grond", "zonder-doelen"),
            ("van", "01-01-2018"),
        ];
        let form = "/register/wijzig/instelling-heronderzoek";
        let saved = PROEF.post(Functie::FunctioneelBeheerder, form, &fields).await;
        assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text());
        let page = PROEF.get(Functie::Consulent, path).await.text();
        assert!(page.contains("geen doelen afgesproken") && page.contains("te laat"), "{page}");
        assert!(page.contains("/stappen/heronderzoek-plannen\">Plan</a>"));
        let own = PROEF.get(Functie::Teammanager, path).await.text();
        let count = |page: &str| -> usize {
            let words = page.split(" voorzieningen</h2>").next().unwrap();
            words.rsplit('>').next().unwrap().parse().unwrap()
        };
        assert!(count(&own) < count(&page), "a manager sees the own team");
        let none = PROEF.get(Functie::Consulent, &format!("{path}?grond=pgb")).await.text();
        assert!(none.contains("0 voorzieningen: Pgb"), "{none}");
    });
}
