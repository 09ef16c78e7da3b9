//! Invented people: names from our own lists, addresses that do not exist, fictitious BSNs.

use domain::{Bsn, ClientId, MedewerkerId, persoon::Persoonsgegevens};
use jiff::civil::date;

use crate::{draw::Draw, place::GEMEENTE, sim::Client, staff::Staff};

/// Who the clients are. BSNs come from the range that nobody has, as long as it lasts.
pub(crate) fn persons(clients: &[Client], draw: &mut Draw) -> Vec<(ClientId, Persoonsgegevens)> {
    let mut numbers = fictitious_bsns();
    let person = |it: &Client| {
        let (voorvoegsel, achternaam) = draw.pick(&ACHTERNAMEN);
        let month = i8::try_from(draw.days(1, 12)).expect("a month");
        let day = i8::try_from(draw.days(1, 28)).expect("a day of every month");
        let street = STRATEN[(it.wijk * 5 + draw.below(5)) % STRATEN.len()];
        let letters = [LETTERS[it.wijk % LETTERS.len()], draw.pick(&LETTERS)];
        let persoon = Persoonsgegevens {
            bsn: numbers.next(),
            voornamen: draw.pick(&VOORNAMEN).to_owned(),
            voorvoegsel: voorvoegsel.to_owned(),
            achternaam: achternaam.to_owned(),
            geboortedatum: Some(date(it.geboortejaar, month, day)),
            straat_en_nummer: format!("{street} {}", draw.days(1, 180)),
            postcode: format!("9999{}{}", letters[0], letters[1]),
            plaats: GEMEENTE.to_owned(),
        };
        (it.id, persoon)
    };
    clients.iter().map(person).collect()
}

/// The names of the staff.
pub(crate) fn staff_names(staff: &Staff, draw: &mut Draw) -> Vec<(MedewerkerId, String)> {
    let name = |id| {
        let (voorvoegsel, achternaam) = draw.pick(&ACHTERNAMEN);
        let voornaam = draw.pick(&VOORNAMEN);
        let parts = [voornaam, voorvoegsel, achternaam];
        let parts: Vec<&str> = parts.into_iter().filter(|it| !it.is_empty()).collect();
        (id, parts.join(" "))
    };
    staff.members.iter().map(|it| it.id).map(name).collect()
}

/// The numbers 9999xxxxx that pass the elfproef.
fn fictitious_bsns() -> impl Iterator<Item = Bsn> {
    (999_900_000_u32..=999_999_999).filter_map(|it| it.to_string().parse().ok())
}

/// Two letters after the digits of a postcode; some are never used.
const LETTERS: [char; 20] = [
    'A', 'B', 'C', 'D', 'E', 'G', 'H', 'J', 'K', 'L', 'M', 'N', 'P', 'R', 'T', 'V', 'W', 'X', 'Y',
    'Z',
];

const VOORNAMEN: [&str; 64] = [
    "Johanna",
    "Maria",
    "Cornelia",
    "Anna",
    "Hendrik",
    "Jan",
    "Willem",
    "Pieter",
    "Gerrit",
    "Dirk",
    "Elisabeth",
    "Wilhelmina",
    "Margaretha",
    "Petra",
    "Ingrid",
    "Yvonne",
    "Monique",
    "Esther",
    "Sandra",
    "Linda",
    "Bianca",
    "Mieke",
    "Truus",
    "Riet",
    "Greet",
    "Fatima",
    "Aicha",
    "Yasmin",
    "Samira",
    "Mohamed",
    "Ahmed",
    "Youssef",
    "Mehmet",
    "Emine",
    "Ayse",
    "Kees",
    "Henk",
    "Piet",
    "Koos",
    "Theo",
    "Ton",
    "Frans",
    "Harm",
    "Sjoerd",
    "Bert",
    "Wim",
    "Rob",
    "Peter",
    "Marcel",
    "Dennis",
    "Jeroen",
    "Bas",
    "Thijs",
    "Lotte",
    "Sanne",
    "Femke",
    "Iris",
    "Daan",
    "Sem",
    "Milan",
    "Chantal",
    "Ramon",
    "Shanti",
    "Winston",
];

const ACHTERNAMEN: [(&str, &str); 64] = [
    ("de", "Jong"),
    ("", "Jansen"),
    ("de", "Vries"),
    ("van den", "Berg"),
    ("", "Bakker"),
    ("van", "Dijk"),
    ("", "Visser"),
    ("", "Smit"),
    ("", "Meijer"),
    ("de", "Boer"),
    ("", "Mulder"),
    ("de", "Groot"),
    ("", "Bos"),
    ("", "Vos"),
    ("", "Peters"),
    ("", "Hendriks"),
    ("van", "Leeuwen"),
    ("", "Dekker"),
    ("", "Brouwer"),
    ("de", "Wit"),
    ("", "Dijkstra"),
    ("", "Smits"),
    ("de", "Graaf"),
    ("van der", "Meer"),
    ("van der", "Linden"),
    ("", "Kok"),
    ("", "Jacobs"),
    ("de", "Haan"),
    ("", "Vermeulen"),
    ("van den", "Heuvel"),
    ("van der", "Veen"),
    ("van den", "Broek"),
    ("de", "Bruijn"),
    ("de", "Bruin"),
    ("van der", "Heijden"),
    ("", "Schouten"),
    ("van", "Beek"),
    ("", "Willems"),
    ("van", "Vliet"),
    ("van de", "Ven"),
    ("", "Hoekstra"),
    ("", "Maas"),
    ("", "Verhoeven"),
    ("", "Koster"),
    ("van", "Dam"),
    ("", "Prins"),
    ("", "Blom"),
    ("", "Huisman"),
    ("", "Peeters"),
    ("de", "Jonge"),
    ("", "Kuipers"),
    ("", "Veenstra"),
    ("", "Kramer"),
    ("van", "Wijk"),
    ("", "Postma"),
    ("", "Yilmaz"),
    ("", "Kaya"),
    ("", "El Amrani"),
    ("", "Bouzid"),
    ("", "Ramdin"),
    ("", "Tromp"),
    ("", "Zandstra"),
    ("", "Scholten"),
    ("ter", "Horst"),
];

const STRATEN: [&str; 36] = [
    "Lindelaan",
    "Beukenpad",
    "Eikenhof",
    "Molenweg",
    "Kerkstraat",
    "Schoolstraat",
    "Dorpsstraat",
    "Veenweg",
    "Turfkade",
    "Havenkade",
    "Stationsweg",
    "Parklaan",
    "Zonnebloemhof",
    "Tulpstraat",
    "Merelhof",
    "Vinkenlaan",
    "Reigerpad",
    "Zwaluwstraat",
    "Weidezicht",
    "Korenstraat",
    "Haverpad",
    "Brink",
    "Markt",
    "Achterweg",
    "Singel",
    "Waterpad",
    "Rietkraag",
    "Wilgenlaan",
    "Kastanjehof",
    "Essenlaan",
    "Berkenpad",
    "Heideweg",
    "Bosrand",
    "Akkerpad",
    "Hooiweg",
    "Sluisweg",
];
