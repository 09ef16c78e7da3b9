//! The note to the council: does the finding of the CPB hold here, in the order in which a council
//! reads it, with what is known filled in and what only the municipality knows left open.

mod aanbevelingen;
mod bevindingen;
mod bijlagen;
mod groei;

use evaluation::{Oordeel, Toets, Uitslag};

use crate::{Blok, Report, nl};

/// The comparison with the CPB study as a note to the council.
pub fn toetsnota(toets: &Toets) -> Report {
    let mut reikwijdte = toets.reikwijdte.clone();
    reikwijdte.push(format!("peildatum {}", nl::datum(toets.peildatum)));
    reikwijdte.push(toets.status.naam().to_owned());
    let mut blokken = opening(toets);
    blokken.extend(conclusion_of_the_study());
    blokken.push(kop("Zijn de bevindingen van toepassing op onze situatie?"));
    match &toets.uitslag {
        Ok(uitslag) => {
            blokken.push(alinea(&uitslag.samenvatting));
            blokken.extend(groei::blokken(toets, uitslag));
            blokken.extend(warnings(toets));
            blokken.extend(bevindingen::blokken(uitslag));
        }
        Err(refusal) => {
            blokken.push(Blok::Waarschuwing {
                titel: refusal.reden.clone(),
                tekst: refusal.nodig.clone(),
            });
            blokken.extend(warnings(toets));
        }
    }
    blokken.push(Blok::Tussenkop("Wat deze cijfers niet kunnen zeggen".to_owned()));
    blokken.push(Blok::Lijst(toets.niet_te_zeggen.clone()));
    blokken.extend(now(toets));
    blokken.extend(aanbevelingen::blokken());
    blokken.extend(closing());
    blokken.extend(bijlagen::blokken(toets));
    Report {
        titel: message(toets),
        onderschrift: format!(
            "Informatienota voor de gemeenteraad: cliënten met ondersteuning thuis, {}, naast de \
             groepen die het CPB publiceerde.",
            nl::periode(toets.van, toets.tot)
        ),
        reikwijdte,
        blokken,
    }
}

/// Only the comparison, for who does not write to a council: figures, warnings and limits.
pub fn toetsrapport(toets: &Toets) -> Report {
    let note = toetsnota(toets);
    let mut blokken = match &toets.uitslag {
        Ok(uitslag) => {
            let mut blokken = vec![alinea(&uitslag.samenvatting)];
            blokken.extend(groei::blokken(toets, uitslag));
            blokken
        }
        Err(refusal) => {
            vec![Blok::Waarschuwing { titel: refusal.reden.clone(), tekst: refusal.nodig.clone() }]
        }
    };
    blokken.extend(warnings(toets));
    blokken.push(kop("Wat deze cijfers niet kunnen zeggen"));
    blokken.push(Blok::Lijst(toets.niet_te_zeggen.clone()));
    blokken.extend(bijlagen::blokken(toets));
    let onderschrift = note.onderschrift.replace("Informatienota voor de gemeenteraad: c", "C");
    Report { onderschrift, blokken, ..note }
}

/// The answer in a sentence, without more certainty than there is.
fn message(toets: &Toets) -> String {
    let Ok(uitslag) = &toets.uitslag else {
        return "Of de bevinding van het CPB hier geldt, is met deze cijfers niet te zeggen"
            .to_owned();
    };
    let own = &uitslag.clienten;
    let growth = own.groei.map_or_else(String::new, |it| format!(" ({})", nl::groei(it.estimate)));
    let counts = format!(
        "Van {} naar {} cliënten met ondersteuning thuis{growth}",
        crate::Cel::aantal(own.eerste.aantal).als_tekst(),
        crate::Cel::aantal(own.laatste.aantal).als_tekst(),
    );
    format!("{counts}; {}", verdict(uitslag))
}

fn verdict(uitslag: &Uitslag) -> String {
    let judged = |oordeel: Oordeel| {
        let these = uitslag.vergelijkingen.iter().filter(move |it| it.oordeel == oordeel);
        these.map(|it| it.groep.naam.replace(", alle", " (alle)")).collect::<Vec<String>>()
    };
    match (judged(Oordeel::PastBij).as_slice(), judged(Oordeel::PastNietBij).as_slice()) {
        ([], []) => "een oordeel is niet te geven".to_owned(),
        ([], _) => "dat past bij geen van de groepen van het CPB".to_owned(),
        (_, []) => "dat past bij alle groepen van het CPB".to_owned(),
        (fits, _) => format!("dat past bij {}", fits.join(" en bij ")),
    }
}

fn opening(toets: &Toets) -> Vec<Blok> {
    let open = || "in te vullen door de gemeente".to_owned();
    vec![
        Blok::Kenmerken(vec![
            ("Portefeuillehouder".to_owned(), open()),
            ("Zaaknummer".to_owned(), open()),
            ("Datum van de nota".to_owned(), open()),
            ("Periode".to_owned(), nl::periode(toets.van, toets.tot)),
            ("Stand van de registratie".to_owned(), nl::datum_lang(toets.peildatum)),
            ("Status van de cijfers".to_owned(), toets.status.naam().to_owned()),
        ]),
        kop("Onderwerp"),
        alinea(
            "Gelden de bevindingen van het Centraal Planbureau over wijkteams ook in onze gemeente?",
        ),
        kop("Aanleiding"),
        Blok::InTeVullen("de motie, toezegging of vraag, met nummer en datum.".to_owned()),
        kop("Gewenst resultaat"),
        alinea(
            "De raad weet hoe het gebruik van ondersteuning thuis zich ontwikkelde, met welke groepen \
             gemeenten dat te vergelijken is, en wat uit de cijfers niet is af te leiden.",
        ),
        kop("Vraagstelling van de motie"),
        Blok::Lijst(vec![
            "Zijn de bevindingen van het onderzoek op onze gemeente van toepassing?".to_owned(),
            "Is het zinvol de aanbevelingen over te nemen?".to_owned(),
        ]),
        Blok::InTeVullen("de letterlijke vragen, als die anders luiden.".to_owned()),
    ]
}

fn conclusion_of_the_study() -> Vec<Blok> {
    vec![
        kop("Hoofdconclusie van het rapport"),
        alinea(
            "Het CPB vergeleek gemeenten met wijkteams met gemeenten die alleen een Wmo-loket hadden, \
             van januari 2015 tot en met december 2017. Gemeten is het aantal cliënten met individuele \
             begeleiding of dagbesteding per 1.000 inwoners. De conclusie: wijkteams gaven 14 % meer \
             cliënten dan er zonder wijkteam waren geweest. Het verschil was het grootst waar \
             medewerkers van zorgaanbieders in het team zaten.",
        ),
        alinea(
            "Het onderzoek gaat alleen over begeleiding uit de Wmo. Het zegt niets over jeugdhulp, \
             participatie en schulden, en niets over wat de hulp opleverde of elders scheelde. Meer \
             verwijzen kan ook gewenst zijn; dat zegt het CPB zelf.",
        ),
    ]
}

fn warnings(toets: &Toets) -> impl Iterator<Item = Blok> {
    toets
        .waarschuwingen
        .iter()
        .map(|it| Blok::Waarschuwing { titel: it.titel.to_owned(), tekst: it.tekst.clone() })
}

fn now(toets: &Toets) -> Vec<Blok> {
    vec![
        kop("Vergelijking met de situatie nu"),
        alinea(&format!(
            "De vergelijking hierboven eindigt in {}. Wat sindsdien is veranderd, staat in de \
             maandrapportage: aantallen, instroom en uitstroom per team, doorlooptijden en kosten.",
            nl::maand(toets.tot)
        )),
        Blok::InTeVullen(
            "wat er in de inrichting van de toegang is veranderd, wanneer, en waarom.".to_owned(),
        ),
    ]
}

fn closing() -> Vec<Blok> {
    vec![
        kop("Blijvend informeren"),
        alinea(
            "De cijfers in deze nota zijn met dezelfde definities elke maand opnieuw te maken. Zo kan de \
             raad volgen of de ontwikkeling doorzet.",
        ),
        Blok::InTeVullen("hoe vaak en langs welke weg de raad bericht krijgt.".to_owned()),
        kop("Geheimhouding"),
        alinea(
            "De nota bevat alleen aantallen voor de hele gemeente en geen gegevens over personen.",
        ),
        Blok::InTeVullen("of geheimhouding geldt, en op welke grond.".to_owned()),
    ]
}

fn kop(text: &str) -> Blok {
    Blok::Kop(text.to_owned())
}

fn alinea(text: &str) -> Blok {
    Blok::Alinea(text.to_owned())
}

#[cfg(test)]
mod tests;
