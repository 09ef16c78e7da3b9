//! The words and codes that a column may hold, with what they mean.

use domain::{
    Eenheid, Frequentie, Functie, Huishouden, Leeftijdsgroep,
    besluit::Afwijzingsgrond,
    levering::StopReden,
    mandaat::Werkgeverseis,
    medewerker::Achtergrond,
    melding::{Kanaal, Melder},
    organisatie::{Breuksoort, Pilotsoort},
    product::Variant,
    sluiting::Sluitreden,
    termijn::Opschortingsgrond,
    toewijzing::RedenWijziging,
    voorziening::{EindeReden, TijdelijkeGrond},
};

/// The words of a column; the first word of a meaning is the one that is written.
pub(super) type Woorden<T> = Vec<(&'static str, T)>;

/// The word that is written for a meaning.
pub(super) fn woord<T: PartialEq>(woorden: &Woorden<T>, waarde: &T) -> &'static str {
    woorden.iter().find(|(_, it)| it == waarde).map_or("", |(naam, _)| naam)
}

pub(super) fn functie() -> Woorden<Functie> {
    named(Functie::ALLE, Functie::naam)
}

pub(super) fn achtergrond() -> Woorden<Achtergrond> {
    named(Achtergrond::ALLE, Achtergrond::naam)
}

pub(super) fn leeftijdsgroep() -> Woorden<Leeftijdsgroep> {
    named(Leeftijdsgroep::ALLE, Leeftijdsgroep::naam)
}

pub(super) fn huishouden() -> Woorden<Huishouden> {
    named(Huishouden::ALLE, Huishouden::naam)
}

pub(super) fn variant() -> Woorden<Variant> {
    named(Variant::ALLE, Variant::naam)
}

pub(super) fn breuksoort() -> Woorden<Breuksoort> {
    named(Breuksoort::ALLE, Breuksoort::naam)
}

pub(super) fn kanaal() -> Woorden<Kanaal> {
    named(Kanaal::ALLE, Kanaal::naam)
}

pub(super) fn melder() -> Woorden<Melder> {
    let mut woorden = named(Melder::ALLE, Melder::naam);
    woorden.push(("client", Melder::Client));
    woorden
}

pub(super) fn afwijzingsgrond() -> Woorden<Afwijzingsgrond> {
    named(Afwijzingsgrond::ALLE, Afwijzingsgrond::naam)
}

pub(super) fn sluitreden() -> Woorden<Sluitreden> {
    named(Sluitreden::ALLE, Sluitreden::naam)
}

pub(super) fn opschortingsgrond() -> Woorden<Opschortingsgrond> {
    named(Opschortingsgrond::ALLE, Opschortingsgrond::naam)
}

pub(super) fn einde_reden() -> Woorden<EindeReden> {
    named(EindeReden::ALLE, EindeReden::naam)
}

pub(super) fn stopreden() -> Woorden<StopReden> {
    let mut woorden = named(StopReden::ALLE, StopReden::naam);
    woorden.extend(named(StopReden::ALLE, StopReden::code));
    woorden
}

pub(super) fn reden_wijziging() -> Woorden<RedenWijziging> {
    named(RedenWijziging::ALLE, RedenWijziging::code)
}

pub(super) fn frequentie() -> Woorden<Frequentie> {
    let mut woorden = named(Frequentie::ALLE, Frequentie::naam);
    woorden.extend(named(Frequentie::ALLE, Frequentie::code));
    woorden
}

pub(super) fn eenheid() -> Woorden<Eenheid> {
    let mut woorden = vec![
        ("minuut", Eenheid::Minuut),
        ("uur", Eenheid::Uur),
        ("etmaal", Eenheid::Etmaal),
        ("dagdeel", Eenheid::Dagdeel),
        ("stuks output", Eenheid::StuksOutput),
        ("euro", Eenheid::Euro),
        ("stuks inspanning", Eenheid::StuksInspanning),
        ("minuten", Eenheid::Minuut),
        ("uren", Eenheid::Uur),
        ("etmalen", Eenheid::Etmaal),
        ("dagdelen", Eenheid::Dagdeel),
    ];
    woorden.extend(named(Eenheid::ALLE, Eenheid::code));
    woorden
}

pub(super) fn werkgeverseis() -> Woorden<Werkgeverseis> {
    vec![("iedereen", Werkgeverseis::Iedereen), ("alleen gemeente", Werkgeverseis::AlleenGemeente)]
}

pub(super) fn pilotsoort() -> Woorden<Pilotsoort> {
    vec![("intaker", Pilotsoort::Intaker)]
}

pub(super) fn tijdelijk() -> Woorden<TijdelijkeGrond> {
    vec![
        ("wachtlijst", TijdelijkeGrond::WachtlijstAlgemeneVoorziening),
        ("spoed", TijdelijkeGrond::Spoed),
    ]
}

pub(super) fn ja_nee() -> Woorden<bool> {
    vec![("ja", true), ("nee", false), ("j", true), ("n", false), ("1", true), ("0", false)]
}

/// Who employs somebody; which provider is in another column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Werkgeversoort {
    Gemeente,
    Aanbieder,
    Welzijnsorganisatie,
    Overig,
}

pub(super) fn werkgever() -> Woorden<Werkgeversoort> {
    vec![
        ("gemeente", Werkgeversoort::Gemeente),
        ("aanbieder", Werkgeversoort::Aanbieder),
        ("welzijnsorganisatie", Werkgeversoort::Welzijnsorganisatie),
        ("overig", Werkgeversoort::Overig),
    ]
}

/// What was decided; the ground of a refusal is in another column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Uitkomstsoort {
    Toegekend,
    GedeeltelijkToegekend,
    Afgewezen,
    BuitenBehandeling,
    Ingetrokken,
}

pub(super) fn uitkomst() -> Woorden<Uitkomstsoort> {
    vec![
        ("toegekend", Uitkomstsoort::Toegekend),
        ("gedeeltelijk toegekend", Uitkomstsoort::GedeeltelijkToegekend),
        ("afgewezen", Uitkomstsoort::Afgewezen),
        ("buiten behandeling gesteld", Uitkomstsoort::BuitenBehandeling),
        ("ingetrokken door de cliënt", Uitkomstsoort::Ingetrokken),
    ]
}

/// How an intake ended; the general provision or team is in another column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Intakesoort {
    Informatie,
    Advies,
    EigenKracht,
    AlgemeneVoorziening,
    NaarLoket,
    NaarTeam,
}

pub(super) fn intake() -> Woorden<Intakesoort> {
    vec![
        ("informatie", Intakesoort::Informatie),
        ("advies", Intakesoort::Advies),
        ("eigen kracht", Intakesoort::EigenKracht),
        ("algemene voorziening", Intakesoort::AlgemeneVoorziening),
        ("door naar loket", Intakesoort::NaarLoket),
        ("door naar team", Intakesoort::NaarTeam),
    ]
}

/// In kind or as a personal budget.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Vormsoort {
    Zin,
    Pgb,
}

pub(super) fn leveringsvorm() -> Woorden<Vormsoort> {
    vec![("ZIN", Vormsoort::Zin), ("Pgb", Vormsoort::Pgb)]
}

/// From which kind of record a provision comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Herkomstsoort {
    VorigSysteem,
    Overgangsrecht,
    Bericht,
}

pub(super) fn herkomst() -> Woorden<Herkomstsoort> {
    vec![
        ("vorig systeem", Herkomstsoort::VorigSysteem),
        ("overgangsrecht", Herkomstsoort::Overgangsrecht),
        ("bericht", Herkomstsoort::Bericht),
        ("besluit", Herkomstsoort::VorigSysteem),
    ]
}

fn named<T: Copy, const N: usize>(alle: [T; N], naam: fn(T) -> &'static str) -> Woorden<T> {
    alle.into_iter().map(|it| (naam(it), it)).collect()
}
