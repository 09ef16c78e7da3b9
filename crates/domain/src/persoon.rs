//! Who somebody is. Never part of an event: it lies in `store` under the person's own key.

use jiff::civil::Date;

use crate::Bsn;

/// What identifies a client, as messages bring it and the persons store keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Persoonsgegevens {
    /// The BSN; somebody without one gets no messages.
    pub bsn: Option<Bsn>,
    /// First names or initials.
    pub voornamen: String,
    /// What stands between initials and surname, such as `van der`.
    pub voorvoegsel: String,
    /// The surname.
    pub achternaam: String,
    /// The day of birth.
    pub geboortedatum: Option<Date>,
    /// Street, number and addition.
    pub straat_en_nummer: String,
    /// The postcode.
    pub postcode: String,
    /// The place.
    pub plaats: String,
}

impl Persoonsgegevens {
    /// The name as on a letter.
    pub fn naam(&self) -> String {
        let parts = [&self.voornamen, &self.voorvoegsel, &self.achternaam];
        let parts: Vec<&str> =
            parts.into_iter().map(|it| it.trim()).filter(|it| !it.is_empty()).collect();
        parts.join(" ")
    }
}
