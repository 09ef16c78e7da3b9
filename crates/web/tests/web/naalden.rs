//! Needles in every text field of every form: none of them is ever in the log of a dossier.
//!
//! The forms are found by following the links of the pages, so that a new form takes part by itself.
//! Each form is sent as it stands, as a draft, and with each kind of value in the fields that are no
//! text. Whether it is accepted does not matter; what it leaves behind does.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use axum::http::StatusCode;
use domain::{Event, Functie, Happened, RegisterEvent, inrichting::Inrichting, zaak::Fase};

use simulation::{Parameters, simulate};

use crate::{
    proef::{PROEF, Proef, run},
    stappen::{enquiry, new_case, walk},
};

const NAALD: &str = "Naaldwerk";

/// A form of a page: where it goes, and its fields.
#[derive(Debug)]
struct Form {
    action: String,
    draft: bool,
    /// The fields with a value of their own: hidden, chosen or ticked.
    fixed: Vec<(String, String)>,
    /// The fields in which somebody types a day or a number.
    number: Vec<String>,
    /// The fields in which somebody types what they like.
    text: Vec<String>,
}

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    tag.split(&format!(" {name}=\"")).nth(1)?.split('"').next()
}

/// The forms of a page that write something.
fn forms(page: &str) -> Vec<Form> {
    let parts = page.split("<form").skip(1).filter_map(|it| it.split("</form>").next());
    parts.filter(|it| it.contains("method=\"post\"")).filter_map(read).collect()
}

fn read(html: &str) -> Option<Form> {
    let action = attribute(html.split('>').next()?, "action")?.replace("&#38;", "&");
    let draft = html.contains("name=\"doe\" value=\"concept\"");
    let mut form = Form { action, draft, fixed: Vec::new(), number: Vec::new(), text: Vec::new() };
    let mut chosen: BTreeMap<&str, &str> = BTreeMap::new();
    for tag in html.split('<').skip(1) {
        let Some(name) = attribute(tag, "name") else {
            continue;
        };
        let value = attribute(tag, "value").unwrap_or_default();
        let kind = attribute(tag, "type").unwrap_or("text");
        if tag.starts_with("textarea") {
            form.text.push(name.to_owned());
        } else if tag.starts_with("select") {
            let options = html.split(tag).nth(1)?.split("</select>").next()?;
            let mut values = options.split("<option").skip(1);
            let some = values.find_map(|it| attribute(it, "value").filter(|it| !it.is_empty()));
            chosen.insert(name, some.unwrap_or_default());
        } else if tag.starts_with("input") && ["radio", "checkbox", "hidden"].contains(&kind) {
            chosen.entry(name).or_insert(value);
        } else if tag.starts_with("input") && kind == "text" {
            let number = tag.contains("inputmode=\"numeric\"");
            let list = if number { &mut form.number } else { &mut form.text };
            list.push(name.to_owned());
        }
    }
    form.fixed = chosen.into_iter().map(|(name, it)| (name.to_owned(), it.to_owned())).collect();
    Some(form)
}

/// The pages that a page links to and that may hold a form, each kind of page once.
fn links(page: &str) -> Vec<String> {
    let found = page.split("href=\"").skip(1).filter_map(|it| it.split('"').next());
    let wanted = |it: &&str| {
        let starts =
            ["/register", "/zaken", "/beheer", "/meldingen", "/cta", "/account", "/dossiers"];
        let file = [".csv", ".pdf", ".toml", ".xml", ".xlsx"].iter().any(|end| it.contains(end));
        starts.iter().any(|start| it.starts_with(start)) && !file
    };
    found.filter(wanted).map(|it| it.replace("&#38;", "&").replace("&amp;", "&")).collect()
}

/// What a page is, without which row it is about.
fn kind(path: &str) -> String {
    let bare = path.split(['?', '#']).next().unwrap_or(path);
    bare.chars().filter(|it| !it.is_ascii_digit()).collect()
}

/// Dossiers in each phase, and one with a grant.
fn starts(proef: &Proef) -> Vec<String> {
    let mut found: BTreeMap<(Fase, bool), u64> = BTreeMap::new();
    proef.live.with(|world| {
        for dossier in world.state.dossiers.values() {
            let Some(last) = dossier.zaken.last() else { continue };
            let it =
                found.entry((last.fase(), dossier.voorzieningen.is_empty())).or_insert(u64::MAX);
            *it = dossier.client.0.min(*it);
        }
    });
    let dossiers = found.values().map(|it| format!("/dossiers/{it:x}"));
    let others =
        ["/register", "/beheer/accounts", "/meldingen/nieuw", "/dossiers/zoeken", "/account"];
    dossiers.chain(others.map(str::to_owned)).collect()
}

/// Sends a form in several ways; tells how often it was accepted.
async fn send(proef: &Proef, functie: Functie, form: &Form, sent: &mut Sent) {
    let values = |number: &str, draft: bool| -> Vec<(String, String)> {
        let mut all = form.fixed.clone();
        all.extend(form.number.iter().map(|name| (name.clone(), number.to_owned())));
        all.extend(form.text.iter().map(|name| (name.clone(), format!("{NAALD} {name}"))));
        if draft {
            all.push(("doe".into(), "concept".into()));
        }
        all
    };
    let mut ways = vec![values("15-02-2018", false), values("1", false), values("", false)];
    if form.draft {
        ways.insert(0, values("15-02-2018", true));
    }
    for fields in ways {
        let fields: Vec<(&str, &str)> =
            fields.iter().map(|(name, it)| (name.as_str(), it.as_str())).collect();
        let answer = proef.post(functie, &form.action, &fields).await;
        assert!(!answer.status.is_server_error(), "{} {fields:?}", form.action);
        sent.accepted += usize::from(answer.status == StatusCode::SEE_OTHER);
    }
    sent.fields.extend(form.text.iter().map(|it| (kind(&form.action), it.clone())));
}

#[derive(Debug, Default)]
struct Sent {
    accepted: usize,
    fields: BTreeSet<(String, String)>,
}

/// Follows the links and sends every form that is met.
async fn fill_everything(proef: &Proef, functie: Functie, sent: &mut Sent) {
    /// These end the sitting itself.
    const NOT: [&str; 3] = ["/uitloggen", "/beheer/accounts/blokkeren", "/register/wijzig/vertrek"];
    let mut queue: VecDeque<String> = starts(proef).into();
    let mut seen: BTreeSet<String> = BTreeSet::new();
    let mut pages = 0;
    while let Some(path) = queue.pop_front() {
        let step = path.contains("/stappen/") || path.starts_with("/dossiers/");
        let unseen = seen.insert(if step { path.clone() } else { kind(&path) });
        if !unseen || pages == 100 {
            continue;
        }
        let page = proef.get(functie, &path).await;
        if page.status != StatusCode::OK {
            continue;
        }
        pages += 1;
        let text = page.text();
        queue.extend(links(&text));
        for form in forms(&text) {
            if !NOT.iter().any(|it| form.action.starts_with(it)) {
                send(proef, functie, &form, sent).await;
            }
        }
    }
}

/// What is stored of an event.
fn written(happened: &Happened) -> String {
    let it = store::stored::write(&happened.actor, &happened.event);
    format!("{} {} {}", it.kind, it.actor, it.payload)
}

/// Whether a text is in an event; organisations and questions are named in the register.
fn tells(happened: &Happened, needles: &[&str]) -> bool {
    let named = matches!(
        &happened.event,
        Event::Register(
            RegisterEvent::GemeenteVastgesteld(_)
                | RegisterEvent::WijkVastgesteld(_)
                | RegisterEvent::TeamIngesteld(_)
                | RegisterEvent::AanbiederVastgesteld(_)
                | RegisterEvent::ProductVastgesteld(_)
                | RegisterEvent::AlgemeneVoorzieningIngesteld(_)
                | RegisterEvent::ToegangIngericht(
                    Inrichting::KaderVastgesteld(_) | Inrichting::BriefgegevensVastgesteld(_)
                )
        )
    );
    !named && needles.iter().any(|it| written(happened).contains(it))
}

#[test]
fn no_text_that_somebody_types_is_in_the_log() {
    use Functie::{
        Beslisser, Consulent, CtaLid, FunctioneelBeheerder, Intaker, KccMedewerker, Teammanager,
    };
    run(async {
        let proef = Proef::filled().await;
        let mut sent = Sent::default();
        for functie in [
            KccMedewerker,
            Intaker,
            Consulent,
            Teammanager,
            CtaLid,
            Beslisser,
            FunctioneelBeheerder,
        ] {
            fill_everything(&proef, functie, &mut sent).await;
        }
        let (accepted, fields) = (sent.accepted, sent.fields.len());
        assert!(accepted > 15 && fields > 15, "{accepted} accepted, {:#?}", sent.fields);
        let (told, named) = proef.live.with(|world| {
            let found = world.entries.iter().find(|it| tells(&it.happened, &[NAALD]));
            let named = world.entries.iter().filter(|it| written(&it.happened).contains(NAALD));
            (found.map(|it| format!("{it:?}")), named.count())
        });
        assert_eq!(told, None);
        // The forms were taken and the scan finds a needle: names of organisations are in the log.
        assert!(named > 2, "{named} names in the register");
    });
}

#[test]
fn nothing_of_a_whole_case_is_in_the_log_but_its_steps() {
    let typed = [NAALD, "Hulp bij de dag", "medicijnen", "graag thuis", "Nagevraagd"];
    run(async {
        let (zaak, dossier) = new_case(NAALD).await;
        enquiry(&zaak).await;
        walk(&zaak).await;
        let page = PROEF.get(Functie::Consulent, &dossier).await.text();
        for words in &typed[..4] {
            assert!(page.contains(words), "{words} was kept");
        }
        let told = PROEF.live.with(|world| {
            let found = world.entries.iter().find(|it| tells(&it.happened, &typed));
            found.map(|it| format!("{it:?}"))
        });
        assert_eq!(told, None);
    });
}

/// Seven years of a municipality: what is stored of a dossier are codes, days, numbers and a short
/// list of words of the law, none of which is a name.
#[test]
fn the_words_in_the_dossiers_of_a_municipality_are_few_and_no_names() {
    let tot = jiff::civil::date(2021, 12, 31);
    let parameters = Parameters { inwoners: 6_000, tot, ..Parameters::default() };
    let made = simulate(&parameters, &mut |_, _| {});
    let mut words: BTreeSet<String> = BTreeSet::new();
    for (happened, _) in &made.entries {
        if let Event::Dossier(..) = happened.event {
            let text = written(happened);
            let quoted = text.split('"').skip(1).step_by(2);
            let free = quoted.filter(|it| !it.contains(|c: char| c.is_ascii_digit()));
            words.extend(free.map(str::to_owned));
        }
    }
    assert!((50..400).contains(&words.len()), "{} words: {words:#?}", words.len());
    let spaced = words.iter().find(|it| it.contains(' '));
    assert_eq!(spaced, None);
    let names = made.persons.iter().flat_map(|(_, it)| [it.naam(), it.achternaam.clone()]);
    let told =
        names.chain(made.staff.iter().map(|(_, it)| it.clone())).find(|it| words.contains(it));
    assert_eq!(told, None);
}
