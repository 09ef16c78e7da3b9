//! How somebody can be reached: TR006, CD005, CD009, CD025, CD034, CS003, CS089.

use crate::iwmo::{
    bericht::basis::{Adres, Contact},
    regel::bevinding::{Melder, Plek, lijn},
};

/// One contact of a client or a relation.
pub(super) fn contact(m: &mut Melder, plek: Plek, contact: &Contact) {
    let soort = contact.soort.waarde();
    let adres = contact.adres.as_ref();
    let at_home = adres.is_some_and(|it| it.huis.is_some() && it.postcode.is_aanwezig());
    let reachable = contact.telefoon.is_some() || at_home;
    m.eis(reachable, "TR006", (plek, contact.regel, "Contact"), "");
    if let Some(periode) = &contact.periode {
        let waar = (plek, periode.regel, "Periode");
        m.eis(soort == Some("04"), "CD009", waar, "");
        if let (Some(van), Some(tot)) = (periode.begindatum.waarde(), periode.einddatum.waarde()) {
            m.eis(van <= tot, "CS003", waar, &format!("{tot} ligt voor {van}"));
        }
    }
    if let Some(adres) = adres {
        check(m, plek, adres, soort);
    }
}

fn check(m: &mut Melder, plek: Plek, adres: &Adres, soort: Option<&str>) {
    let (postcode, land) = (&adres.postcode, &adres.land_code);
    let at_postcode = (plek, lijn(postcode, adres.regel), "Postcode");
    let at_land = (plek, lijn(land, adres.regel), "LandCode");
    if postcode.is_aanwezig() != land.is_aanwezig() {
        let found = if postcode.is_aanwezig() {
            "er is een postcode zonder land"
        } else {
            "er is een land zonder postcode"
        };
        m.fout("CD005", at_land, found);
    }
    if matches!(soort, Some("01" | "03")) {
        m.eis(postcode.is_aanwezig(), "CD034", at_postcode, "");
    }
    if land.is("NL") {
        let huis = adres.huis.as_ref().is_some_and(|it| it.huisnummer.is_aanwezig());
        m.eis(huis, "CD025", (plek, adres.regel, "Huisnummer"), "");
        if let Some(text) = postcode.get() {
            m.eis(is_dutch(text), "CS089", at_postcode, "");
        }
    }
}

/// Four digits without a zero in front and two capitals; the published check lets small letters
/// through, which other systems then do not find.
fn is_dutch(postcode: &str) -> bool {
    let bytes = postcode.as_bytes();
    bytes.len() == 6
        && bytes[0] != b'0'
        && bytes[..4].iter().all(u8::is_ascii_digit)
        && bytes[4..].iter().all(u8::is_ascii_uppercase)
}

#[cfg(test)]
mod tests {
    use super::is_dutch;

    #[test]
    fn a_dutch_postcode_is_four_digits_and_two_capitals() {
        for (text, right) in [
            ("1234AB", true),
            ("9999XX", true),
            ("1234 AB", false),
            ("0123AB", false),
            ("1234ab", false),
            ("12345A", false),
            ("1234é", false),
        ] {
            assert_eq!(is_dutch(text), right, "{text}");
        }
    }
}
