//! Between whom a message goes, and the keys that follow from it.

use domain::Kenmerk;

use crate::{iwmo::bericht::Bericht, kenmerk};

/// The municipality and the provider of a message.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Partijen {
    /// The CBS code of the municipality.
    pub gemeente: Box<str>,
    /// The AGB code of the provider.
    pub aanbieder: Box<str>,
}

impl Partijen {
    /// Those of a message; a return repeats those of the first message.
    pub fn van(bericht: &Bericht) -> Partijen {
        let kop = bericht.kop();
        let (from, to) = (kop.afzender.tekst(), kop.ontvanger.tekst());
        let (gemeente, aanbieder) =
            if bericht.soort().gemeente_is_afzender() { (from, to) } else { (to, from) };
        Partijen { gemeente: gemeente.into(), aanbieder: aanbieder.into() }
    }

    /// The fingerprint under which a billed line of this provider is known.
    pub fn prestatie(&self, referentie: &str) -> Kenmerk {
        kenmerk(&["wmo323", &self.aanbieder, referentie])
    }
}
