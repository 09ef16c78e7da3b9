//! The published groups with which a municipality's growth may be compared.
//!
//! Van Eijkel, R., Gerritsen, S. & Vermeulen, W. (2019). *De wijkteambenadering nader bekeken. Het
//! effect van de inzet van wijkteams op Wmo-zorggebruik*. Centraal Planbureau, Den Haag.
//! Standard errors, estimator and number of municipalities are not known here and not given.

use domain::Maand;

/// A published group of municipalities with its growth.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Vergelijkingsgroep {
    /// What it is called.
    pub naam: &'static str,
    /// The growth as published, 0.26 for +26%.
    pub groei: f64,
    /// How far rounding may have moved the growth.
    pub afronding: f64,
    /// Clients per 1,000 inhabitants in the first and the last month, where published.
    pub per_duizend: Option<(f64, f64)>,
    /// Where it was read.
    pub bron: &'static str,
    /// Which municipalities it holds.
    pub definitie: &'static str,
    /// Whether its municipalities have provider staff in their teams; `None` for a mixed group.
    pub aanbieders_in_team: Option<bool>,
    /// Whether its municipalities have teams.
    pub wijkteams: bool,
}

/// The groups of the CPB study, clients ondersteuning thuis, January 2015 to December 2017.
pub const CPB: &[Vergelijkingsgroep] = &[
    Vergelijkingsgroep {
        naam: "gemeenten zonder wijkteam",
        groei: 0.26,
        afronding: 0.005,
        per_duizend: Some((8.0, 10.1)),
        bron: "een krant die het CPB aanhaalt; het rapport zelf is hiervoor niet gelezen",
        definitie: "gemeenten met alleen een Wmo-loket",
        aanbieders_in_team: None,
        wijkteams: false,
    },
    Vergelijkingsgroep {
        naam: "gemeenten met wijkteams, alle",
        groei: 0.38,
        afronding: 0.005,
        per_duizend: None,
        bron: "een krant die het CPB aanhaalt; het rapport zelf is hiervoor niet gelezen",
        definitie: "gemeenten die wijkteams inzetten, met of zonder medewerkers van zorgaanbieders",
        aanbieders_in_team: None,
        wijkteams: true,
    },
    Vergelijkingsgroep {
        naam: "gemeenten met wijkteams zonder zorgaanbieders",
        groei: 0.29,
        afronding: 0.005,
        per_duizend: Some((9.1, 11.7)),
        bron: "de tekst van het CPB-rapport (januari 2019)",
        definitie: "wijkteams zonder medewerkers in dienst van een tweedelijns zorgaanbieder; wie \
                    van een aanbieder overging in dienst van gemeente of team telt als zonder",
        aanbieders_in_team: Some(false),
        wijkteams: true,
    },
    Vergelijkingsgroep {
        naam: "gemeenten met wijkteams met zorgaanbieders",
        groei: 0.59,
        afronding: 0.005,
        per_duizend: Some((9.3, 14.8)),
        bron: "de tekst van het CPB-rapport (januari 2019)",
        definitie: "wijkteams met medewerkers in dienst van een tweedelijns zorgaanbieder, ook als \
                    die niet formeel beslissen",
        aanbieders_in_team: Some(true),
        wijkteams: true,
    },
];

/// The first and the last month for which the groups were published.
pub fn cpb_venster() -> (Maand, Maand) {
    let month = |jaar, maand| Maand::new(jaar, maand).expect("a month of the calendar");
    (month(2015, 1), month(2017, 12))
}
