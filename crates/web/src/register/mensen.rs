//! Staff and mandates: who was appointed as what, and who may decide up to what value.

use axum::{
    extract::{Path, State},
    response::Response,
};
use domain::{MedewerkerId, Register, mandaat::Werkgeverseis, verplichting::ingehaalde_banden};
use jiff::civil::Date;

use super::{page, teams::op};
use crate::{
    datum,
    fout::{Fout, toon},
    gebruiker::Gebruiker,
    invoer::Zoekdeel,
    namen::{Namen, periode},
    overzicht::{Cel, Dagkeuze, Lijst, Sectie, Verwijzing},
    rechten::Actie,
    staat::Web,
};

/// `GET /register/medewerkers`
pub(crate) async fn medewerkers(
    State(web): State<Web>,
    gebruiker: Gebruiker,
    Zoekdeel(waarden): Zoekdeel,
) -> Result<Response, Fout> {
    let register = web.register();
    let names = web.store().staff_names().await?;
    let namen = Namen { register: &register, medewerkers: &names };
    let op = op(&waarden, gebruiker.vandaag);
    let mut lijst = Lijst::new(&["Medewerker", "Functie", "Team", "Werkgever", "Sinds"]);
    let mut left = Lijst::new(&["Medewerker", "Laatste functie", "Laatste dag"]);
    for it in register.medewerkers.values() {
        let link = Cel::link(namen.medewerker(it.id), format!("/register/medewerkers/{}", it.id.0));
        let held = it.aanstellingen.iter().rev().find(|(geldig, _)| geldig.bevat(op));
        match (held, it.aanstellingen.last()) {
            (Some((geldig, held)), _) => lijst.rij(vec![
                link,
                held.functie.naam().into(),
                held.team.map_or_else(|| "geen team".to_owned(), |it| namen.team(it)).into(),
                namen.werkgever(held.werkgever).into(),
                datum::kort(geldig.van()).into(),
            ]),
            (None, Some((geldig, last))) => left.rij(vec![
                link,
                last.functie.naam().into(),
                geldig.tot_en_met().map_or_else(|| "nog niet begonnen".into(), datum::kort).into(),
            ]),
            (None, None) => {}
        }
    }
    let may = gebruiker.mag(Actie::RegisterWijzigen);
    let lead = format!("Zoals het was op {}.", datum::lang(op));
    let mut pagina = page(&web, &gebruiker, "Medewerkers", &lead, &waarden);
    pagina.dag = Some(Dagkeuze::new("/register/medewerkers", op));
    pagina.secties = vec![
        Sectie::new("In functie", lijst).actie(
            may,
            "Stel een nieuwe medewerker aan",
            "/register/wijzig/medewerker",
        ),
        Sectie::new("Niet in functie op deze dag", left),
    ];
    toon(&pagina)
}

/// `GET /register/medewerkers/{medewerker}`
pub(crate) async fn medewerker(
    State(web): State<Web>,
    gebruiker: Gebruiker,
    Path(id): Path<String>,
    Zoekdeel(waarden): Zoekdeel,
) -> Result<Response, Fout> {
    let register = web.register();
    let id = id.parse().map(MedewerkerId).map_err(|_| Fout::NietGevonden)?;
    let medewerker = register.medewerkers.get(&id).ok_or(Fout::NietGevonden)?;
    let names = web.store().staff_names().await?;
    let namen = Namen { register: &register, medewerkers: &names };
    let mut lijst =
        Lijst::new(&["Wanneer", "Functie", "Achtergrond", "Werkgever", "Verbonden aan", "Team"]);
    for (geldig, it) in medewerker.aanstellingen.iter().rev() {
        let affiliated = it.aanbieder();
        lijst.rij(vec![
            periode(*geldig).into(),
            it.functie.naam().into(),
            it.achtergrond.naam().into(),
            namen.werkgever(it.werkgever).into(),
            affiliated.map_or_else(|| "niemand".to_owned(), |it| namen.aanbieder(it)).into(),
            it.team.map_or_else(|| "geen team".to_owned(), |it| namen.team(it)).into(),
        ]);
    }
    let may = gebruiker.mag(Actie::RegisterWijzigen);
    let lead = "Elke aanstelling met begin en einde. Bij een besluit blijft de aanstelling van die \
                dag bewaard.";
    let mut pagina = page(&web, &gebruiker, &namen.medewerker(id), lead, &waarden);
    pagina.kruimels.push(Verwijzing::new("Medewerkers", "/register/medewerkers"));
    pagina.secties = vec![
        Sectie::new("Aanstellingen, nieuwste bovenaan", lijst)
            .actie(
                may,
                "Leg een aanstelling vast",
                format!("/register/wijzig/aanstelling?id={}", id.0),
            )
            .actie(may, "Leg het vertrek vast", format!("/register/wijzig/vertrek?id={}", id.0)),
    ];
    toon(&pagina)
}

/// `GET /register/mandaten`
pub(crate) async fn mandaten(
    State(web): State<Web>,
    gebruiker: Gebruiker,
    Zoekdeel(waarden): Zoekdeel,
) -> Result<Response, Fout> {
    let register = web.register();
    let may = gebruiker.mag(Actie::RegisterWijzigen);
    let mut lijst = Lijst::new(&["Functie", "Voor wie", "Tot welk bedrag#", "Geldig", ""]);
    for it in register.mandaten.values() {
        let runs = it.geldig.einde() >= gebruiker.vandaag;
        lijst.rij(vec![
            it.functie.naam().into(),
            eis(it.voor).into(),
            it.tot.map_or_else(|| "onbeperkt".to_owned(), |it| it.to_string()).into(),
            periode(it.geldig).into(),
            if may && runs {
                Cel::link("Trek in", format!("/register/wijzig/mandaat-intrekken?id={}", it.id.0))
            } else {
                "".into()
            },
        ]);
    }
    let lead = "Wie namens het college mag besluiten over maatwerk, tot welke waarde van de hele \
                opdracht (Awb, art. 10:3). Zonder mandaat besluit niemand.";
    let mut pagina = page(&web, &gebruiker, "Mandaten", lead, &waarden);
    pagina.secties = vec![
        Sectie::new("Mandaten", lijst).actie(
            may,
            "Verleen een mandaat",
            "/register/wijzig/mandaat",
        ),
        overtaken(&register, gebruiker.vandaag),
    ];
    toon(&pagina)
}

/// From which rise of a tariff a mandate asks for another look.
const STIJGING_PROCENT: u16 = 10;

/// The mandates whose limit stayed while tariffs rose: the same euros buy less support.
fn overtaken(register: &Register, op: Date) -> Sectie {
    let none = std::collections::BTreeMap::new();
    let namen = Namen { register, medewerkers: &none };
    let columns =
        ["Mandaat", "Tot#", "Product", "Aanbieder", "Tarief toen#", "Tarief nu#", "Sinds"];
    let mut lijst = Lijst::new(&columns);
    for it in ingehaalde_banden(register, op, STIJGING_PROCENT) {
        let mandaat = register.mandaten.get(&it.mandaat);
        let product = register.producten.get(&it.product);
        lijst.rij(vec![
            mandaat.map_or("", |it| it.functie.naam()).into(),
            it.tot.to_string().into(),
            product.map_or_else(|| it.product.to_string(), |it| it.naam.clone()).into(),
            namen.aanbieder(it.aanbieder).into(),
            it.toen.to_string().into(),
            it.nu.to_string().into(),
            datum::kort(it.sinds).into(),
        ]);
    }
    let mut sectie = Sectie::new("Grenzen die door tarieven zijn ingehaald", lijst).lead(format!(
        "Mandaten met een grens die gelijk bleef terwijl een tarief met ten minste \
         {STIJGING_PROCENT} procent steeg sinds het mandaat begon. Bij elk mandaat staat het \
         tarief dat het meest steeg."
    ));
    sectie.leeg = "Geen enkele grens is ingehaald.";
    sectie
}

/// Whose employees, in words.
pub(crate) const fn eis(it: Werkgeverseis) -> &'static str {
    match it {
        Werkgeverseis::Iedereen => "iedereen met deze functie",
        Werkgeverseis::AlleenGemeente => "alleen in dienst van de gemeente",
    }
}
