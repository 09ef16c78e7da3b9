//! A small municipality with an account per function, served without a network.

use std::{
    collections::BTreeMap,
    path::PathBuf,
    sync::{Arc, LazyLock},
};

use axum::{
    Router,
    body::Body,
    http::{HeaderMap, Request, StatusCode, header},
};
use domain::{ClientId, Functie, TeamId};
use jiff::Timestamp;
use simulation::{Municipality, Parameters};
use store::{Live, MasterKey, Place, Store};
use tokio::runtime::Runtime;
use tower::ServiceExt;
use web::{App, Config};

/// The moment at which every test happens: a Thursday morning in February 2018.
pub(crate) const NU: &str = "2018-02-15T09:30:00Z";

/// The password of every account.
pub(crate) const WACHTWOORD: &str = "vier woorden op een rij";

/// The intaker, whom the made-up municipality does not have yet.
const INTAKER: domain::MedewerkerId = domain::MedewerkerId(90_000);

static MUNICIPALITY: LazyLock<Municipality> = LazyLock::new(|| {
    let tot = jiff::civil::date(2018, 2, 14);
    let parameters = Parameters { inwoners: 6_000, tot, ..Parameters::default() };
    simulation::simulate(&parameters, &mut |_, _| {})
});

static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| Runtime::new().unwrap());

/// One installation for all tests that do not change who may log in.
///
/// A test asks for it from within the runtime, so another thread waits for it to be made.
pub(crate) static PROEF: LazyLock<Proef> =
    LazyLock::new(|| std::thread::spawn(|| RUNTIME.block_on(Proef::filled())).join().unwrap());

/// An installation.
pub(crate) struct Proef {
    pub(crate) router: Router,
    pub(crate) live: Live,
    sessions: BTreeMap<Functie, String>,
    _folder: tempfile::TempDir,
}

/// A clock that a test sets.
pub(crate) type Klok = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// What came back.
pub(crate) struct Antwoord {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) bytes: Vec<u8>,
}

impl Antwoord {
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |it| it.to_str().unwrap())
    }
}

/// Runs a test in the one runtime that the connections of all tests live in.
pub(crate) fn run<T>(test: impl Future<Output = T>) -> T {
    RUNTIME.block_on(test)
}

impl Proef {
    /// Without anything in it.
    pub(crate) async fn empty(theme: Option<PathBuf>) -> Proef {
        Proef::at(theme, Arc::new(|| NU.parse().unwrap())).await
    }

    /// Without anything in it, by this clock.
    pub(crate) async fn at(theme: Option<PathBuf>, clock: Klok) -> Proef {
        let folder = tempfile::tempdir().unwrap();
        let key = MasterKey::from_text(&"ab".repeat(32)).unwrap();
        let store = Store::open(&Place::Sqlite(folder.path().into()), key).await.unwrap();
        let live = Live::start(store, None, &|_, _| {}).await.unwrap();
        let app = App {
            live: live.clone(),
            clock,
            config: Config { data: folder.path().into(), theme, demo: true, https: false },
        };
        let sessions = BTreeMap::new();
        Proef { router: web::router(app), live, sessions, _folder: folder }
    }

    /// One of its own, for tests that change what holds for every case.
    pub(crate) fn own() -> Proef {
        std::thread::spawn(|| RUNTIME.block_on(Proef::filled())).join().unwrap()
    }

    pub(crate) async fn filled() -> Proef {
        let mut proef = Proef::empty(None).await;
        let store = proef.live.store().clone();
        store.append_at(&MUNICIPALITY.entries).await.unwrap();
        store.put_persons(&MUNICIPALITY.persons).await.unwrap();
        for (id, name) in &MUNICIPALITY.staff {
            store.put_staff_name(*id, name).await.unwrap();
        }
        let now: Timestamp = NU.parse().unwrap();
        for it in &MUNICIPALITY.accounts {
            store.create_account(&it.name, WACHTWOORD, it.medewerker).await.unwrap();
            let session = store.create_session(&it.name, now, 8).await.unwrap();
            proef.sessions.insert(it.functie, session.token);
        }
        proef.live.refresh().await.unwrap();
        proef.appoint_intaker(now).await;
        proef
    }

    /// The pilot with intakers starts later than the day of the tests: one is there already.
    async fn appoint_intaker(&mut self, now: Timestamp) {
        let on = jiff::civil::date(2018, 1, 2);
        let aanstelling = domain::medewerker::Aanstelling {
            functie: Functie::Intaker,
            achtergrond: domain::medewerker::Achtergrond::Ambtelijk,
            werkgever: domain::Werkgever::Gemeente,
            verbonden_aan: None,
            team: None,
        };
        let event =
            domain::RegisterEvent::MedewerkerAangesteld { medewerker: INTAKER, aanstelling };
        let actor = domain::Actor::Systeem(domain::Systeemdeel::Inrichting);
        let bij = domain::Omstandigheid { on, today: jiff::civil::date(2018, 2, 15), actor };
        self.live.execute(&[(domain::Command::Register(event), bij)], now).await.unwrap();
        let store = self.live.store().clone();
        store.put_staff_name(INTAKER, "Ina Intake").await.unwrap();
        store.create_account("intaker", WACHTWOORD, INTAKER).await.unwrap();
        let session = store.create_session("intaker", now, 8).await.unwrap();
        self.sessions.insert(Functie::Intaker, session.token);
    }

    /// The functions that have an account.
    pub(crate) fn functies(&self) -> Vec<Functie> {
        self.sessions.keys().copied().collect()
    }

    pub(crate) fn cookie(&self, functie: Functie) -> String {
        format!("wijkpeil={}", self.sessions[&functie])
    }

    /// The name of the account of a function.
    pub(crate) fn account(functie: Functie) -> &'static str {
        if functie == Functie::Intaker {
            return "intaker";
        }
        let found = MUNICIPALITY.accounts.iter().find(|it| it.functie == functie);
        &found.expect("the simulation has every function").name
    }

    pub(crate) async fn send(&self, request: Request<Body>) -> Antwoord {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap().to_vec();
        Antwoord { status: parts.status, headers: parts.headers, bytes }
    }

    /// Reads a page as somebody.
    pub(crate) async fn get(&self, functie: Functie, path: &str) -> Antwoord {
        let request = Request::get(path).header(header::COOKIE, self.cookie(functie));
        self.send(request.body(Body::empty()).unwrap()).await
    }

    /// Sends a form as somebody.
    pub(crate) async fn post(
        &self,
        functie: Functie,
        path: &str,
        fields: &[(&str, &str)],
    ) -> Antwoord {
        let request = form(path, fields).header(header::COOKIE, self.cookie(functie));
        self.send(request.body(encode(fields)).unwrap()).await
    }

    /// Sends a form as nobody.
    pub(crate) async fn post_anonymous(&self, path: &str, fields: &[(&str, &str)]) -> Antwoord {
        self.send(form(path, fields).body(encode(fields)).unwrap()).await
    }

    /// A client of a team, with a wijk that the team serves.
    pub(crate) fn client_of(&self, team: Option<TeamId>) -> ClientId {
        let today = jiff::civil::date(2018, 2, 15);
        let in_team = |wijk: domain::WijkId, state: &domain::State| {
            team.is_none_or(|it| state.register.team_van_wijk(wijk, today) == Some(it))
        };
        self.live.with(|world| {
            let mut found: Vec<ClientId> = world
                .state
                .dossiers
                .values()
                .filter(|it| !it.zaken.is_empty() && !it.voorzieningen.is_empty())
                .filter(|it| !it.toewijzingen.is_empty())
                .filter(|it| {
                    let wijk = it.gegevens_op(today).and_then(|it| it.wijk);
                    wijk.is_some_and(|it| in_team(it, &world.state))
                })
                .map(|it| it.client)
                .collect();
            found.sort();
            *found.first().expect("the team has clients")
        })
    }

    /// The number of the last allocation of a client.
    pub(crate) fn toewijzing_of(&self, client: ClientId) -> u32 {
        let number = |it: &domain::Dossier| it.toewijzingen.last().map(|it| it.nummer.0);
        let found = self.live.with(|world| world.state.dossiers.get(&client).and_then(number));
        found.expect("the client has an allocation")
    }

    /// The number of the last case of a client.
    pub(crate) fn zaak_of(&self, client: ClientId) -> String {
        let last = |world: &store::World| Some(world.state.dossiers.get(&client)?.zaken.last()?.id);
        self.live.with(last).expect("the client has a case").to_string()
    }

    /// Who has the account of a function.
    pub(crate) fn medewerker_of(&self, functie: Functie) -> domain::MedewerkerId {
        let found = MUNICIPALITY.accounts.iter().find(|it| it.functie == functie);
        found.expect("the simulation has every function").medewerker
    }

    /// The team of the account of a function.
    pub(crate) fn team_of(&self, functie: Functie) -> Option<TeamId> {
        let found = MUNICIPALITY.accounts.iter().find(|it| it.functie == functie)?;
        let today = jiff::civil::date(2018, 2, 15);
        self.live.with(|it| it.state.register.aanstelling(found.medewerker, today)?.team)
    }
}

pub(crate) fn form(path: &str, _: &[(&str, &str)]) -> axum::http::request::Builder {
    Request::post(path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
}

pub(crate) fn encode(fields: &[(&str, &str)]) -> Body {
    let pairs: Vec<String> =
        fields.iter().map(|(name, value)| format!("{name}={}", percent(value))).collect();
    Body::from(pairs.join("&"))
}

/// Every byte but letters and digits, escaped.
pub(crate) fn percent(value: &str) -> String {
    let byte = |it: u8| match it {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' => char::from(it).to_string(),
        other => format!("%{other:02X}"),
    };
    value.bytes().map(byte).collect()
}
