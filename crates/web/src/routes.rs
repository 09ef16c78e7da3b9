//! Every route with the right it asks for: one table, from which the router is built.

use axum::{
    extract::DefaultBodyLimit,
    handler::Handler,
    response::Redirect,
    routing::{MethodRouter, get, post},
};

use crate::{
    account, beheer,
    beoordelingskader::{invoeren, lopen, spoor, versies},
    brieven::pagina as brief,
    budget, cta,
    dossiers::{adres, bericht, berichten, dossier, inzage, lijst, zoeken},
    functie,
    gebruiker::Gebruiker,
    hervat, indicatoren, inrichten,
    iwmo::{self, koppeling, ontvangst, werkvoorraad as berichtenvoorraad},
    maandbeeld, maandtabel, melding,
    rechten::Actie,
    register::{
        self, aanbieders, formulieren, instellingen, mensen, overig, samenstelling, scholing,
        teams, toegang,
    },
    sessie,
    staat::Web,
    statisch, toets,
    werkvoorraad::{self, heronderzoek, weergave},
    zaak::{herinnering, pagina as stap},
};

/// Who gets past the guard of a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Toegang {
    /// Everybody, also before the installation was set up.
    Altijd,
    /// Everybody, once there is an account.
    Open,
    /// Everybody, as long as there is no account.
    Inrichten,
    /// Whoever shows the token of the exchange, as long as there is one; no account, no cookie.
    Koppeling,
    /// Whoever is signed in, also before a function was chosen.
    Kiest,
    /// Whoever is signed in and works in a function.
    Ingelogd,
    /// Whoever's function may do this.
    Recht(Actie),
}

/// The method of a route; nothing is changed by reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Methode {
    /// Reads.
    Get,
    /// Changes, or searches for a person.
    Post,
}

/// One line of the table.
pub(crate) struct Route {
    pub(crate) pad: &'static str,
    pub(crate) methode: Methode,
    pub(crate) toegang: Toegang,
    pub(crate) handler: MethodRouter<Web>,
}

/// Path, method and access of every route, for a test that tries them all.
pub fn overzicht() -> Vec<(&'static str, Methode, Toegang)> {
    tabel().into_iter().map(|it| (it.pad, it.methode, it.toegang)).collect()
}

/// The table.
pub(crate) fn tabel() -> Vec<Route> {
    let mut routes = general();
    routes.extend(figures());
    routes.extend(dossiers());
    routes.extend(kader());
    routes.extend(cases());
    routes.extend(cta());
    routes.extend(messages());
    routes.extend(keeping());
    routes
}

fn general() -> Vec<Route> {
    use Toegang::{Altijd, Ingelogd, Inrichten, Kiest, Open};
    let sign_in = doe("/inloggen", Open, sessie::log_in);
    // It may carry the form that was being sent when the session ended.
    let handler = sign_in.handler.layer(DefaultBodyLimit::max(hervat::MEEGENOMEN_BYTES));
    let sign_in = Route { handler, ..sign_in };
    vec![
        lees("/gezond", Altijd, statisch::gezond),
        lees("/stijl.css", Altijd, statisch::stijl),
        lees("/thema.css", Altijd, statisch::thema),
        lees("/icoon.svg", Altijd, statisch::icoon),
        lees("/static/concept.js", Altijd, statisch::concept),
        lees("/inrichten", Inrichten, inrichten::formulier),
        doe("/inrichten", Inrichten, inrichten::richt_in),
        lees("/inloggen", Open, sessie::inloggen),
        sign_in,
        doe("/uitloggen", Open, sessie::log_uit),
        lees("/functie", Kiest, functie::vraag),
        doe("/functie", Kiest, functie::kies),
        lees("/", Ingelogd, begin),
        lees("/account", Ingelogd, account::account),
        doe("/account", Ingelogd, account::wijzig),
    ]
}

fn figures() -> Vec<Route> {
    use Actie::{CijfersDownloaden, MaandbeeldZien, ToetsZien};
    vec![
        lees("/maandbeeld", mag(MaandbeeldZien), maandbeeld::pagina),
        lees("/maandbeeld/cijfers.csv", mag(CijfersDownloaden), maandbeeld::csv),
        lees("/maandbeeld/cijfers.xlsx", mag(CijfersDownloaden), maandbeeld::xlsx),
        lees("/maandtabel", mag(MaandbeeldZien), maandtabel::pagina),
        lees("/maandtabel/tabel.csv", mag(CijfersDownloaden), maandtabel::csv),
        lees("/maandtabel/tabel.xlsx", mag(CijfersDownloaden), maandtabel::xlsx),
        lees("/maandtabel/tabel.html", mag(CijfersDownloaden), maandtabel::html),
        lees("/indicatoren", mag(MaandbeeldZien), indicatoren::alle),
        lees("/indicatoren/{naam}", mag(MaandbeeldZien), indicatoren::een),
        lees("/toets", mag(ToetsZien), toets::pagina),
        lees("/toets/nota.html", mag(CijfersDownloaden), toets::html),
        lees("/toets/nota.json", mag(CijfersDownloaden), toets::json),
    ]
}

fn dossiers() -> Vec<Route> {
    use Actie::{
        DossierLezen, DossierZoeken, DossiersZien, InzageZien, MeldingVastleggen, StappenZetten,
    };
    vec![
        lees("/dossiers", mag(DossiersZien), lijst::lijst),
        lees("/dossiers/zoeken", mag(DossierZoeken), zoeken::formulier),
        doe("/dossiers/zoeken", mag(DossierZoeken), zoeken::zoek),
        lees("/dossiers/{client}", mag(DossierLezen), dossier::dossier),
        lees("/dossiers/{client}/adres", mag(StappenZetten), adres::formulier),
        doe("/dossiers/{client}/adres", mag(StappenZetten), adres::bewaar),
        lees("/dossiers/{client}/inzage", mag(InzageZien), inzage::inzage),
        lees("/meldingen/nieuw", mag(MeldingVastleggen), melding::formulier),
        doe("/meldingen/nieuw", mag(MeldingVastleggen), melding::leg_vast),
    ]
}

fn kader() -> Vec<Route> {
    use Actie::{DossierLezen, KaderDoorlopen, RegisterWijzigen, RegisterZien};
    vec![
        lees("/register/kader", mag(RegisterZien), versies::versies),
        lees("/register/kader/nieuw", mag(RegisterWijzigen), invoeren::formulier),
        doe("/register/kader/nieuw", mag(RegisterWijzigen), invoeren::controleer),
        doe("/register/kader/vaststellen", mag(RegisterWijzigen), invoeren::stel_vast),
        lees("/register/kader/{versie}", mag(RegisterZien), versies::een),
        lees("/register/kader/{versie}/kader.toml", mag(RegisterZien), versies::bestand),
        lees("/zaken/{zaak}/kader", mag(KaderDoorlopen), lopen::formulier),
        doe("/zaken/{zaak}/kader", mag(KaderDoorlopen), lopen::bewaar),
        lees("/zaken/{zaak}/kader/spoor", mag(DossierLezen), spoor::spoor),
    ]
}

fn cases() -> Vec<Route> {
    use Actie::{DossierLezen, Indiceren, StappenZetten, WerkvoorraadZien};
    vec![
        lees("/werkvoorraad", mag(WerkvoorraadZien), werkvoorraad::pagina),
        doe("/werkvoorraad", mag(StappenZetten), werkvoorraad::beleg),
        doe("/werkvoorraad/weergaven", mag(WerkvoorraadZien), weergave::wijzig),
        lees("/werkvoorraad/heronderzoek", mag(WerkvoorraadZien), heronderzoek::pagina),
        lees("/zaken/{zaak}/herinneringen", mag(WerkvoorraadZien), herinnering::pagina),
        doe("/zaken/{zaak}/herinneringen", mag(WerkvoorraadZien), herinnering::wijzig),
        lees("/zaken/{zaak}/brieven/{soort}", mag(DossierLezen), brief::brief),
        lees("/zaken/{zaak}/stappen/{stap}", mag(StappenZetten), stap::stap),
        doe("/zaken/{zaak}/stappen/{stap}", mag(StappenZetten), stap::zet_stap),
        lees("/zaken/{zaak}/stappen/voorstel", mag(Indiceren), stap::voorstel),
        doe("/zaken/{zaak}/stappen/voorstel", mag(Indiceren), stap::doe_voorstel),
        lees("/zaken/{zaak}/stappen/besluit", mag(Indiceren), stap::besluit),
        doe("/zaken/{zaak}/stappen/besluit", mag(Indiceren), stap::neem_besluit),
    ]
}

fn cta() -> Vec<Route> {
    use Actie::{CijfersDownloaden, CtaBijwonen, MaandbeeldZien};
    vec![
        lees("/cta", mag(CtaBijwonen), cta::lijst::lijst),
        lees("/cta/cijfers", mag(MaandbeeldZien), cta::cijfers::pagina),
        lees("/cta/cijfers.csv", mag(CijfersDownloaden), cta::cijfers::csv),
        lees("/cta/{overleg}", mag(CtaBijwonen), cta::overleg::overleg),
        doe("/cta/{overleg}/presentie", mag(CtaBijwonen), cta::overleg::presentie),
        doe("/cta/{overleg}/agenda", mag(CtaBijwonen), cta::overleg::agendeer),
        lees("/cta/{overleg}/zaken/{zaak}", mag(CtaBijwonen), cta::zaak::zaak),
        doe("/cta/{overleg}/zaken/{zaak}", mag(CtaBijwonen), cta::zaak::oordeel),
    ]
}

fn messages() -> Vec<Route> {
    use Actie::{
        BerichtMaken, BerichtenControleren, BerichtenVolgen, DossierLezen, KoppelingBeheren,
    };
    let controleer = doe("/iwmo/controle", mag(BerichtenControleren), iwmo::controleer);
    // A message is larger than a form.
    let handler = controleer.handler.layer(DefaultBodyLimit::max(iwmo::MAX_BYTES));
    let ontvang = doe("/iwmo/ontvangst", Toegang::Koppeling, ontvangst::ontvang);
    let receiver = ontvang.handler.layer(DefaultBodyLimit::max(ontvangst::MAX_BYTES));
    vec![
        lees("/iwmo/controle", mag(BerichtenControleren), iwmo::formulier),
        Route { handler, ..controleer },
        Route { handler: receiver, ..ontvang },
        lees("/iwmo/koppeling", mag(KoppelingBeheren), koppeling::pagina),
        doe("/iwmo/koppeling", mag(KoppelingBeheren), koppeling::wijzig),
        lees("/iwmo/werkvoorraad", mag(BerichtenVolgen), berichtenvoorraad::pagina),
        lees("/iwmo/werkvoorraad/lijst.csv", mag(BerichtenVolgen), berichtenvoorraad::csv),
        lees("/dossiers/{client}/berichten/{bericht}", mag(DossierLezen), berichten::leesbaar),
        lees(
            "/dossiers/{client}/berichten/{bericht}/bericht.xml",
            mag(BerichtMaken),
            berichten::bestand,
        ),
        doe(
            "/dossiers/{client}/toewijzing/{toewijzing}/bericht",
            mag(BerichtMaken),
            bericht::verstuur,
        ),
        lees(
            "/dossiers/{client}/toewijzing/{toewijzing}/bericht",
            mag(BerichtMaken),
            bericht::voorbeeld,
        ),
        lees(
            "/dossiers/{client}/toewijzing/{toewijzing}/bericht.xml",
            mag(BerichtMaken),
            bericht::xml,
        ),
    ]
}

fn keeping() -> Vec<Route> {
    use Actie::{AccountsBeheren, BudgetZien, RegisterWijzigen, RegisterZien, ScholingZien};
    vec![
        lees("/register", mag(RegisterZien), register::begin),
        lees("/register/wijken", mag(RegisterZien), teams::wijken),
        lees("/register/teams", mag(RegisterZien), teams::teams),
        lees("/register/teams/{team}", mag(RegisterZien), teams::team),
        lees("/register/medewerkers", mag(RegisterZien), mensen::medewerkers),
        lees("/register/medewerkers/{medewerker}", mag(RegisterZien), mensen::medewerker),
        lees("/register/mandaten", mag(RegisterZien), mensen::mandaten),
        lees("/register/aanbieders", mag(RegisterZien), aanbieders::aanbieders),
        lees("/register/aanbieders/{aanbieder}", mag(RegisterZien), aanbieders::aanbieder),
        lees("/register/producten", mag(RegisterZien), aanbieders::producten),
        lees("/register/algemeen", mag(RegisterZien), overig::algemeen),
        lees("/register/pilots", mag(RegisterZien), overig::pilots),
        lees("/register/instellingen", mag(RegisterZien), instellingen::instellingen),
        lees("/register/waarnemingen", mag(RegisterZien), toegang::waarnemingen),
        lees("/register/overleggen", mag(RegisterZien), toegang::overleggen),
        lees("/register/budgetten", mag(RegisterZien), toegang::budgetten),
        lees("/register/teams/{team}/samenstelling", mag(RegisterZien), samenstelling::pagina),
        lees("/register/teams/{team}/samenstelling.csv", mag(RegisterZien), samenstelling::csv),
        lees("/register/scholing", mag(ScholingZien), scholing::scholing),
        lees("/budget", mag(BudgetZien), budget::budget),
        lees("/register/wijzig/{formulier}", mag(RegisterWijzigen), formulieren::toon_formulier),
        doe("/register/wijzig/{formulier}", mag(RegisterWijzigen), formulieren::verwerk),
        lees("/beheer/accounts", mag(AccountsBeheren), beheer::accounts),
        lees("/beheer/accounts/nieuw", mag(AccountsBeheren), beheer::nieuw),
        doe("/beheer/accounts/nieuw", mag(AccountsBeheren), beheer::maak),
        lees("/beheer/accounts/blokkeren", mag(AccountsBeheren), beheer::vraag_blokkeren),
        doe("/beheer/accounts/blokkeren", mag(AccountsBeheren), beheer::blokkeer),
    ]
}

/// `GET /`: the page to begin with, by function.
async fn begin(gebruiker: Gebruiker) -> Redirect {
    Redirect::to(gebruiker.begin())
}

const fn mag(actie: Actie) -> Toegang {
    Toegang::Recht(actie)
}

fn lees<H, T>(pad: &'static str, toegang: Toegang, handler: H) -> Route
where
    H: Handler<T, Web>,
    T: 'static,
{
    Route { pad, methode: Methode::Get, toegang, handler: get(handler) }
}

fn doe<H, T>(pad: &'static str, toegang: Toegang, handler: H) -> Route
where
    H: Handler<T, Web>,
    T: 'static,
{
    Route { pad, methode: Methode::Post, toegang, handler: post(handler) }
}
