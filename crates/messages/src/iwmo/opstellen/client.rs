//! Who the message is about, from what the persons store keeps.

use domain::persoon::Persoonsgegevens;
use jiff::civil::date;

use crate::{
    Problem,
    iwmo::bericht::{
        Waarde,
        basis::{Achternaam, Adres, Contact, Geboortedatum, Huis, VolledigeNaam},
        wmo301::Client,
    },
};

/// The client, without products. Who has no BSN or surname gets no message.
pub(super) fn client(persoon: &Persoonsgegevens) -> Result<Client, Problem> {
    let missing = |what: &str, element: &'static str| {
        let text = format!("van deze cliënt is geen {what} bekend; vul die eerst aan");
        Problem::fout("WMO301", "CLIENT", text).in_element(element)
    };
    let Some(bsn) = persoon.bsn else { return Err(missing("BSN", "Bsn")) };
    let Some(achternaam) = filled(&persoon.achternaam, 200) else {
        return Err(missing("achternaam", "Achternaam"));
    };
    let naam = VolledigeNaam {
        geslachtsnaam: Achternaam {
            achternaam: Waarde::van(achternaam),
            voorvoegsel: filled(&persoon.voorvoegsel, 10).into(),
            ..Achternaam::default()
        },
        voornamen: filled(&persoon.voornamen, 200).into(),
        naam_gebruik: Waarde::van("1"),
        ..VolledigeNaam::default()
    };
    Ok(Client {
        bsn: Waarde::van(bsn.as_str()),
        geboortedatum: geboortedatum(persoon),
        // The sex is not kept: nothing here needs it.
        geslacht: Waarde::van("0"),
        naam,
        contactgegevens: vec![contact(persoon)],
        ..Client::default()
    })
}

/// A day that is not known is 1900-01-01 of which nothing may be used. Rule TR002.
fn geboortedatum(persoon: &Persoonsgegevens) -> Geboortedatum {
    let unknown = persoon.geboortedatum.is_none().then_some("3");
    Geboortedatum {
        datum: Waarde::van(persoon.geboortedatum.unwrap_or(date(1900, 1, 1))),
        datum_gebruik: unknown.into(),
        ..Geboortedatum::default()
    }
}

fn contact(persoon: &Persoonsgegevens) -> Contact {
    let (straat, huis) = split(&persoon.straat_en_nummer);
    let postcode: String = persoon.postcode.chars().filter(|it| !it.is_whitespace()).collect();
    let postcode = filled(&postcode.to_uppercase(), 8);
    let adres = Adres {
        huis,
        land_code: postcode.is_some().then_some("NL").into(),
        postcode: postcode.into(),
        straatnaam: filled(straat, 24).into(),
        plaatsnaam: filled(&persoon.plaats, 80).into(),
        ..Adres::default()
    };
    Contact { soort: Waarde::van("01"), adres: Some(adres), ..Contact::default() }
}

/// Cuts `Lindelaan 7b-2` into a street and a house.
fn split(text: &str) -> (&str, Option<Huis>) {
    let text = text.trim();
    let is_number = |it: &str| it.starts_with(|letter: char| letter.is_ascii_digit());
    let Some(at) = text
        .char_indices()
        .filter(|(_, it)| *it == ' ')
        .map(|(at, _)| at + 1)
        .rfind(|at| is_number(&text[*at..]))
    else {
        return (text, None);
    };
    let (straat, huis) = (text[..at].trim_end(), &text[at..]);
    let digits = huis.bytes().take_while(u8::is_ascii_digit).count();
    let (number, rest) = huis.split_at(digits);
    let rest = rest.trim();
    let letter = rest.chars().next().filter(char::is_ascii_alphabetic);
    let toevoeging = if letter.is_some() { &rest[1..] } else { rest };
    let toevoeging = toevoeging.trim_start_matches(['-', ' ']);
    let Ok(number) = number.parse::<u32>() else { return (text, None) };
    let huis = Huis {
        huisnummer: Waarde::van(number),
        huisletter: letter.map(|it| it.to_string().into_boxed_str()).into(),
        huisnummer_toevoeging: filled(toevoeging, 4).into(),
        ..Huis::default()
    };
    (straat, Some(huis))
}

/// A text cut to what the standard has room for; none when it is blank.
fn filled(text: &str, most: usize) -> Option<Box<str>> {
    let line: String = text.trim().chars().filter(|it| !it.is_control()).take(most).collect();
    (!line.is_empty()).then(|| line.into_boxed_str())
}
