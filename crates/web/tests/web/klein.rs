//! A handful of people in one team, in a fresh store, by a clock that the test sets.

use std::sync::{Arc, Mutex};

use axum::{
    body::Body,
    http::{Request, header},
};
use domain::{
    Actor, Bedrag, Command, Functie, MedewerkerId, Omstandigheid, Periode, RegisterEvent as E,
    Systeemdeel, TeamId, Werkgever, WijkId,
    inrichting::Inrichting,
    medewerker::{Aanstelling, Achtergrond},
    organisatie::{Aanbieder, Team, Wijk},
    waarneming::Waarneming,
};
use jiff::{
    Timestamp,
    civil::{Date, date},
};

use crate::proef::{Antwoord, Proef, WACHTWOORD, encode, form};

/// Since when everybody is there.
pub(crate) const BEGIN: Date = date(2018, 1, 1);
/// The last day on which the consulent stands in for the team manager.
pub(crate) const LAATSTE_DAG: Date = date(2018, 2, 15);
/// A provider to which somebody of the team is affiliated.
pub(crate) const AANBIEDER: domain::AanbiederId = domain::AanbiederId(1);

/// The installation.
pub(crate) struct Klein {
    pub(crate) proef: Proef,
    clock: Arc<Mutex<Timestamp>>,
}

impl Klein {
    pub(crate) async fn new() -> Klein {
        let clock = Arc::new(Mutex::new("2018-02-15T09:30:00Z".parse().unwrap()));
        let read = clock.clone();
        let proef = Proef::at(None, Arc::new(move || *read.lock().unwrap())).await;
        let klein = Klein { proef, clock };
        klein.furnish().await;
        klein
    }

    /// A municipality with two teams, of which one has people.
    async fn furnish(&self) {
        for (id, naam) in [(1, "Noord"), (2, "Zuid")] {
            self.tell(E::WijkVastgesteld(Wijk { id: WijkId(id), naam: format!("Wijk {naam}") }))
                .await;
            self.tell(E::TeamIngesteld(Team { id: TeamId(id), naam: naam.to_owned() })).await;
            let wijken = vec![WijkId(id)];
            self.tell(E::WerkgebiedVastgesteld { team: TeamId(id), wijken }).await;
        }
        let naam = "Thuiszorg Proef".to_owned();
        self.tell(E::AanbiederVastgesteld(Aanbieder { id: AANBIEDER, naam, agb: None })).await;
        for (id, functie, team) in [
            (1, Functie::Consulent, Some(1)),
            (2, Functie::FunctioneelBeheerder, None),
            (3, Functie::Teammanager, Some(1)),
            (4, Functie::Wijkverpleegkundige, Some(1)),
            (5, Functie::Teammanager, Some(2)),
            (6, Functie::KccMedewerker, None),
        ] {
            let nurse = functie == Functie::Wijkverpleegkundige;
            let aanstelling = Aanstelling {
                functie,
                achtergrond: Achtergrond::Ambtelijk,
                werkgever: Werkgever::Gemeente,
                verbonden_aan: nurse.then_some(AANBIEDER),
                team: team.map(TeamId),
            };
            let medewerker = MedewerkerId(id);
            self.tell(E::MedewerkerAangesteld { medewerker, aanstelling }).await;
            let store = self.proef.live.store();
            store.put_staff_name(medewerker, &format!("Proef {id}")).await.unwrap();
            store.create_account(&format!("proef{id}"), WACHTWOORD, medewerker).await.unwrap();
        }
        let it = Waarneming {
            medewerker: MedewerkerId(1),
            functie: Functie::Teammanager,
            geldig: Periode::new(BEGIN, Some(LAATSTE_DAG)).unwrap(),
        };
        self.tell(E::ToegangIngericht(Inrichting::WaarnemingIngesteld(it))).await;
    }

    /// Writes something into the register, since the first day.
    pub(crate) async fn tell(&self, event: E) {
        self.tell_on(BEGIN, event).await;
    }

    /// Writes something into the register that holds from a day.
    pub(crate) async fn tell_on(&self, on: Date, event: E) {
        let actor = Actor::Systeem(Systeemdeel::Inrichting);
        let bij = Omstandigheid { on, today: date(2018, 2, 15), actor };
        let now = *self.clock.lock().unwrap();
        self.proef.live.execute(&[(Command::Register(event), bij)], now).await.unwrap();
    }

    /// Moves the clock.
    pub(crate) fn set(&self, moment: &str) {
        *self.clock.lock().unwrap() = moment.parse().unwrap();
    }

    /// Signs somebody in; gives the cookie.
    pub(crate) async fn sign_in(&self, id: u32) -> String {
        let account = format!("proef{id}");
        let now = *self.clock.lock().unwrap();
        let session = self.proef.live.store().create_session(&account, now, 8).await.unwrap();
        format!("wijkpeil={}", session.token)
    }

    pub(crate) async fn get(&self, cookie: &str, path: &str) -> Antwoord {
        let request = Request::get(path).header(header::COOKIE, cookie);
        self.proef.send(request.body(Body::empty()).unwrap()).await
    }

    pub(crate) async fn post(&self, cookie: &str, path: &str, fields: &[(&str, &str)]) -> Antwoord {
        let request = form(path, fields).header(header::COOKIE, cookie);
        self.proef.send(request.body(encode(fields)).unwrap()).await
    }

    /// What the register says.
    pub(crate) fn register(&self) -> domain::Register {
        self.proef.live.with(|it| it.state.register.clone())
    }

    /// In which function the last event was recorded.
    pub(crate) fn last_function(&self) -> Option<Functie> {
        self.proef.live.with(|world| {
            world.entries.last().and_then(|it| Some(it.happened.actor.hoedanigheid()?.functie))
        })
    }
}

/// An amount in whole euros.
pub(crate) fn euro(it: i64) -> Bedrag {
    Bedrag::euro(it)
}
