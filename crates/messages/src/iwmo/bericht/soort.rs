//! The fourteen kinds of messages of iWmo 3.2, under their published names.

use std::fmt;

/// A kind of message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Berichtsoort {
    /// `301`: the municipality allocates.
    Wmo301,
    /// `302`: the provider returns a 301.
    Wmo302,
    /// `305`: the provider reports a start.
    Wmo305,
    /// `306`: the municipality returns a 305.
    Wmo306,
    /// `307`: the provider reports a stop.
    Wmo307,
    /// `308`: the municipality returns a 307.
    Wmo308,
    /// `315`: the provider asks for an allocation.
    Wmo315,
    /// `316`: the municipality returns a 315.
    Wmo316,
    /// `317`: the provider asks for a change.
    Wmo317,
    /// `318`: the municipality returns a 317.
    Wmo318,
    /// `319`: the municipality answers a request.
    Wmo319,
    /// `320`: the provider returns a 319.
    Wmo320,
    /// `323`: the provider bills.
    Wmo323,
    /// `325`: the municipality answers a bill.
    Wmo325,
}

use Berichtsoort::{
    Wmo301, Wmo302, Wmo305, Wmo306, Wmo307, Wmo308, Wmo315, Wmo316, Wmo317, Wmo318, Wmo319, Wmo320,
    Wmo323, Wmo325,
};

impl Berichtsoort {
    /// Every kind, by number.
    pub const ALLE: [Berichtsoort; 14] = [
        Wmo301, Wmo302, Wmo305, Wmo306, Wmo307, Wmo308, Wmo315, Wmo316, Wmo317, Wmo318, Wmo319,
        Wmo320, Wmo323, Wmo325,
    ];

    /// The published name.
    pub const fn naam(self) -> &'static str {
        self.gegevens().0
    }

    /// The name in a namespace, which is the prefix that the writer uses too.
    pub const fn voorvoegsel(self) -> &'static str {
        self.gegevens().1
    }

    /// The `BerichtCode`. List COD002.
    pub const fn code(self) -> &'static str {
        self.gegevens().2
    }

    const fn gegevens(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Wmo301 => ("WMO301", "wmo301", "414"),
            Wmo302 => ("WMO302", "wmo302", "415"),
            Wmo305 => ("WMO305", "wmo305", "418"),
            Wmo306 => ("WMO306", "wmo306", "419"),
            Wmo307 => ("WMO307", "wmo307", "420"),
            Wmo308 => ("WMO308", "wmo308", "421"),
            Wmo315 => ("WMO315", "wmo315", "444"),
            Wmo316 => ("WMO316", "wmo316", "445"),
            Wmo317 => ("WMO317", "wmo317", "480"),
            Wmo318 => ("WMO318", "wmo318", "481"),
            Wmo319 => ("WMO319", "wmo319", "482"),
            Wmo320 => ("WMO320", "wmo320", "483"),
            Wmo323 => ("WMO323", "wmo323", "484"),
            Wmo325 => ("WMO325", "wmo325", "485"),
        }
    }

    /// The namespace of the message.
    pub fn naamruimte(self) -> String {
        format!("http://www.istandaarden.nl/iwmo/3_2/{}/schema", self.voorvoegsel())
    }

    /// The kind with this name in a namespace, such as `wmo301`.
    pub fn from_naamruimte(naam: &str) -> Option<Berichtsoort> {
        Berichtsoort::ALLE.into_iter().find(|it| it.voorvoegsel() == naam)
    }

    /// Whether the `Afzender` in the header is the municipality; a return repeats the first message.
    pub const fn gemeente_is_afzender(self) -> bool {
        matches!(self, Wmo301 | Wmo302 | Wmo319 | Wmo320 | Wmo325)
    }

    /// Whether the municipality is the one who sends it.
    pub const fn van_gemeente(self) -> bool {
        matches!(self, Wmo301 | Wmo306 | Wmo308 | Wmo316 | Wmo318 | Wmo319 | Wmo325)
    }

    /// The message that comes back: a return, or the answer to a bill.
    pub const fn retour(self) -> Option<Berichtsoort> {
        Some(match self {
            Wmo301 => Wmo302,
            Wmo305 => Wmo306,
            Wmo307 => Wmo308,
            Wmo315 => Wmo316,
            Wmo317 => Wmo318,
            Wmo319 => Wmo320,
            Wmo323 => Wmo325,
            _ => return None,
        })
    }

    /// The message that this one comes back for.
    pub fn heen(self) -> Option<Berichtsoort> {
        Berichtsoort::ALLE.into_iter().find(|it| it.retour() == Some(self))
    }

    /// Whether it comes back for another message, so that its classes carry return codes.
    pub const fn is_retour(self) -> bool {
        self.retour().is_none()
    }
}

impl fmt::Display for Berichtsoort {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.naam())
    }
}
