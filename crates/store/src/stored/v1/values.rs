//! The stored shapes of keys, days, codes, amounts and the small lists of the law.

use std::{
    fmt::{self, Display},
    marker::PhantomData,
    str::FromStr,
};

use jiff::civil::Date;
use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{Error, Visitor},
};

use super::shape::Shape;

newtype! {
    ClientId: u64,
    WijkId: u16,
    TeamId: u16,
    MedewerkerId: u32,
    MandaatId: u16,
    AanbiederId: u32,
    ContractId: u32,
    AlgemeneVoorzieningId: u16,
    PilotId: u16,
    KaderId: u16,
    VraagId: u16,
    OverlegId: u32,
    VoorzieningId: u32,
    ToewijzingNummer: u32,
    Kenmerk: u64,
    Bedrag: i64,
}

/// A day: `"2017-12-31"` in JSON, its three numbers in a binary form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Dag(pub(crate) Date);

impl Shape<Date> for Dag {
    fn store(value: &Date) -> Self {
        Dag(*value)
    }

    fn restore(self) -> Date {
        self.0
    }
}

impl Serialize for Dag {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            serializer.collect_str(&self.0)
        } else {
            (self.0.year(), self.0.month(), self.0.day()).serialize(serializer)
        }
    }
}

impl<'de> Deserialize<'de> for Dag {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            deserializer.deserialize_str(Parsed(PhantomData)).map(Dag)
        } else {
            let (year, month, day) = Deserialize::deserialize(deserializer)?;
            Date::new(year, month, day).map(Dag).map_err(D::Error::custom)
        }
    }
}

/// A value that writes and reads itself as text, such as a code.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Code<T>(T);

impl<T: Copy> Shape<T> for Code<T> {
    fn store(value: &T) -> Self {
        Code(*value)
    }

    fn restore(self) -> T {
        self.0
    }
}

impl<T: Display> Serialize for Code<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl<'de, T: FromStr<Err: Display>> Deserialize<'de> for Code<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(Parsed(PhantomData)).map(Code)
    }
}

/// Reads a text into a value without keeping the text.
struct Parsed<T>(PhantomData<T>);

impl<T: FromStr<Err: Display>> Visitor<'_> for Parsed<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("een tekst")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        text.parse().map_err(E::custom)
    }
}

/// A period with both ends included.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Uiteinden", into = "Uiteinden")]
pub(crate) struct Periode(domain::Periode);

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Uiteinden {
    van: Dag,
    tot_en_met: Option<Dag>,
}

impl From<Periode> for Uiteinden {
    fn from(Periode(it): Periode) -> Self {
        Uiteinden { van: Dag(it.van()), tot_en_met: it.tot_en_met().map(Dag) }
    }
}

impl TryFrom<Uiteinden> for Periode {
    type Error = &'static str;

    fn try_from(it: Uiteinden) -> Result<Self, Self::Error> {
        domain::Periode::new(it.van.0, it.tot_en_met.map(|it| it.0))
            .map(Periode)
            .ok_or("een periode eindigt voor haar begin")
    }
}

impl Shape<domain::Periode> for Periode {
    fn store(value: &domain::Periode) -> Self {
        Periode(*value)
    }

    fn restore(self) -> domain::Periode {
        self.0
    }
}

shape_struct!(Zaak = domain::ZaakId { jaar: i16, volgnummer: u32 });

shape_enum!(
    Leeftijdsgroep =
        domain::Leeftijdsgroep { Tot30, Van30Tot45, Van45Tot60, Van60Tot75, Van75Tot85, Vanaf85 }
);

shape_enum!(Huishouden = domain::Huishouden { Alleenstaand, Paar, EenOuder, Onbekend });

shape_struct!(Clientgegevens = domain::Clientgegevens {
    geboortejaar: Option<i16>,
    wijk: Option<u16>,
    huishouden: Huishouden,
});

shape_enum!(
    Eenheid = domain::Eenheid { Minuut, Uur, Etmaal, Dagdeel, StuksOutput, Euro, StuksInspanning }
);

shape_enum!(Frequentie = domain::Frequentie { Dag, Week, VierWeken, Maand, Jaar, Totaal });

shape_struct!(Omvang = domain::Omvang { volume: u32, eenheid: Eenheid, frequentie: Frequentie });

shape_enum!(Productkeuze = domain::Productkeuze {
    Specifiek { categorie: Code<domain::Productcategorie>, code: Code<domain::ProductCode> },
    Aspecifiek { categorie: Code<domain::Productcategorie> },
    Generiek,
});

shape_enum!(Leveringsvorm = domain::Leveringsvorm {
    Zin { aanbieder: Option<u32> },
    Pgb { jaarbedrag: i64 },
});

shape_enum!(
    TijdelijkeGrond = domain::voorziening::TijdelijkeGrond { WachtlijstAlgemeneVoorziening, Spoed }
);

shape_struct!(Voorziening = domain::Voorziening {
    product: Productkeuze,
    vorm: Leveringsvorm,
    omvang: Option<Omvang>,
    geldig: Periode,
    tijdelijk: Option<TijdelijkeGrond>,
});
