//! What people ask for: how often per age group, for how long, and which products meet it.

use domain::voorziening::EindeReden;

use crate::parameters::Parameters;

/// What somebody asks support for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Need {
    ZelfstandigLeven,
    Deelname,
    DagbestedingOuderen,
    Verblijf,
    Huishouden,
    Rolstoel,
    Scootmobiel,
    Woning,
}

/// The kind of support, with its own intensity and duration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    OndersteuningThuis,
    Huishouden,
    Hulpmiddel,
}

impl Need {
    pub(crate) const ALLE: [Need; 8] = [
        Need::ZelfstandigLeven,
        Need::Deelname,
        Need::DagbestedingOuderen,
        Need::Verblijf,
        Need::Huishouden,
        Need::Rolstoel,
        Need::Scootmobiel,
        Need::Woning,
    ];

    pub(crate) const fn kind(self) -> Kind {
        match self {
            Need::ZelfstandigLeven
            | Need::Deelname
            | Need::DagbestedingOuderen
            | Need::Verblijf => Kind::OndersteuningThuis,
            Need::Huishouden => Kind::Huishouden,
            Need::Rolstoel | Need::Scootmobiel | Need::Woning => Kind::Hulpmiddel,
        }
    }

    /// Requests per 1000 inhabitants of each age group per year, youngest first.
    pub(crate) const fn per_duizend(self) -> [f64; 6] {
        match self {
            Need::ZelfstandigLeven => [5.0, 9.0, 9.0, 4.0, 3.0, 3.0],
            Need::Deelname => [1.2, 1.8, 2.0, 1.0, 0.5, 0.3],
            Need::DagbestedingOuderen => [0.0, 0.0, 0.1, 1.5, 9.0, 14.0],
            Need::Verblijf => [0.1, 0.1, 0.1, 0.1, 0.5, 0.5],
            Need::Huishouden => [0.2, 0.8, 1.8, 6.0, 36.0, 60.0],
            Need::Rolstoel => [0.1, 0.2, 0.5, 1.5, 5.0, 9.0],
            Need::Scootmobiel => [0.05, 0.2, 0.8, 2.5, 8.0, 7.0],
            Need::Woning => [0.1, 0.2, 0.4, 1.0, 4.0, 5.0],
        }
    }

    /// The chance that a request is granted, before the effects of team and investigator.
    pub(crate) const fn toekenkans(self) -> f64 {
        match self.kind() {
            Kind::OndersteuningThuis => 0.60,
            Kind::Huishouden => 0.76,
            Kind::Hulpmiddel => 0.74,
        }
    }

    /// The products that meet it, with how likely each is.
    pub(crate) const fn producten(self) -> &'static [(usize, f64)] {
        match self {
            Need::ZelfstandigLeven => &[(0, 0.46), (1, 0.31), (2, 0.15), (3, 0.08)],
            Need::Deelname => &[(4, 0.65), (5, 0.35)],
            Need::DagbestedingOuderen => &[(6, 1.0)],
            Need::Verblijf => &[(7, 1.0)],
            Need::Huishouden => &[(9, 0.85), (10, 0.15)],
            Need::Rolstoel => &[(11, 1.0)],
            Need::Scootmobiel => &[(12, 1.0)],
            Need::Woning => &[(13, 1.0)],
        }
    }

    /// The chance that transport comes with it.
    pub(crate) const fn vervoerkans(self) -> f64 {
        match self {
            Need::Deelname => 0.3,
            Need::DagbestedingOuderen => 0.55,
            _ => 0.0,
        }
    }
}

impl Kind {
    /// The chance that the need ends, per month.
    pub(crate) const fn eindkans(self, parameters: &Parameters) -> f64 {
        match self {
            Kind::OndersteuningThuis => parameters.eindkans_ondersteuning_thuis,
            Kind::Huishouden => parameters.eindkans_huishouden,
            Kind::Hulpmiddel => parameters.eindkans_hulpmiddel,
        }
    }

    /// The factor on the number of requests.
    pub(crate) const fn intensiteit(self, parameters: &Parameters) -> f64 {
        match self {
            Kind::OndersteuningThuis => parameters.intensiteit_ondersteuning_thuis,
            Kind::Huishouden => parameters.intensiteit_huishouden,
            Kind::Hulpmiddel => parameters.intensiteit_hulpmiddel,
        }
    }
}

/// Why a need ends while the client stays, with how likely each is: younger and older clients.
pub(crate) const EINDEREDENEN: [(EindeReden, f64, f64); 6] = [
    (EindeReden::DoelBereikt, 0.52, 0.22),
    (EindeReden::OpVerzoek, 0.22, 0.28),
    (EindeReden::NaarAlgemeneVoorziening, 0.13, 0.08),
    (EindeReden::NaarWlz, 0.06, 0.33),
    (EindeReden::NaarZvw, 0.04, 0.07),
    (EindeReden::Ingetrokken, 0.03, 0.02),
];
