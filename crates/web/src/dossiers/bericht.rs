//! `/dossiers/{client}/toewijzing/{toewijzing}/bericht`: message 301 of an allocation, in words and
//! as a file.

use axum::{
    extract::{Path, State},
    response::Response,
};
use domain::{Dossier, ToewijzingNummer, persoon::Persoonsgegevens, toewijzing::Toewijzing};
use messages::{
    Problem,
    iwmo::{
        bericht::{Bericht, Wmo301, wmo301::ToegewezenProduct},
        codelijst,
        opstellen::{Aanleiding, Opdracht, opstellen, stapeling},
        regel::{self, Omgeving},
    },
};
use store::Person;

use super::{dossier_for, lees, log, pad};
use crate::{
    datum,
    fout::{Fout, toon},
    gebruiker::Gebruiker,
    maandbeeld::download,
    overzicht::{Cel, Lijst, Overzicht, Sectie, Verwijzing},
    staat::Web,
};

/// A message in the making: itself, or what stands in the way.
type Gemaakt = Result<Option<Wmo301>, Vec<Problem>>;

/// What is asked for.
struct Vraag {
    dossier: Dossier,
    toewijzing: Toewijzing,
    gemaakt: Gemaakt,
}

/// `GET /dossiers/{client}/toewijzing/{toewijzing}/bericht`
pub(crate) async fn voorbeeld(
    State(web): State<Web>,
    gebruiker: Gebruiker,
    Path((client, toewijzing)): Path<(String, String)>,
) -> Result<Response, Fout> {
    let vraag =
        make(&web, &gebruiker, &client, &toewijzing, "bericht aan aanbieder bekeken").await?;
    let register = web.register();
    let nummer = vraag.toewijzing.nummer.0;
    let aanbieder = register.aanbieders.get(&vraag.toewijzing.opdracht.aanbieder);
    let naam = aanbieder.map_or("de aanbieder", |it| &it.naam);
    let kader =
        web.kader(&format!("Bericht bij toewijzing {nummer}"), Some(&gebruiker), "/dossiers");
    let lead = format!(
        "Dit gaat naar {naam}: alles wat deze cliënt daar nu of later heeft. Er is nog niets \
         verstuurd."
    );
    let mut pagina = Overzicht::new(kader, &lead);
    let own = pad(vraag.dossier.client);
    pagina.kruimels =
        vec![Verwijzing::new("Dossiers", "/dossiers"), Verwijzing::new("Dossier", own.clone())];
    let mut problems = stapeling(&vraag.dossier);
    match vraag.gemaakt {
        Err(found) => problems.extend(found),
        Ok(None) => {
            pagina.lead = format!("Voor {naam} loopt niets meer; er is geen bericht nodig.")
        }
        Ok(Some(bericht)) => {
            pagina.secties.push(products(&bericht));
            let bericht = Bericht::from(bericht);
            let omgeving = Omgeving { vandaag: gebruiker.vandaag, register: Some(&register) };
            let mut found = regel::binnen_bericht(&bericht);
            found.extend(regel::buiten(&bericht, &omgeving));
            problems.extend(found.iter().map(|it| it.problem("bericht")));
            let file = format!("{own}/toewijzing/{nummer}/bericht.xml");
            pagina.acties.push(Verwijzing::new("Download het bericht (WMO301)", file));
        }
    }
    if !problems.is_empty() {
        pagina.secties.push(faults(&problems));
    }
    toon(&pagina)
}

/// `GET /dossiers/{client}/toewijzing/{toewijzing}/bericht.xml`
pub(crate) async fn xml(
    State(web): State<Web>,
    gebruiker: Gebruiker,
    Path((client, toewijzing)): Path<(String, String)>,
) -> Result<Response, Fout> {
    let action = "bericht aan aanbieder gedownload";
    let vraag = make(&web, &gebruiker, &client, &toewijzing, action).await?;
    let Ok(Some(bericht)) = vraag.gemaakt else { return Err(Fout::NietGevonden) };
    let name = format!("WMO301-{}.xml", vraag.toewijzing.nummer.0);
    Ok(download(&name, "application/xml", Bericht::from(bericht).schrijf()))
}

async fn make(
    web: &Web,
    gebruiker: &Gebruiker,
    client: &str,
    toewijzing: &str,
    action: &str,
) -> Result<Vraag, Fout> {
    let client = lees(client)?;
    let dossier = dossier_for(web, gebruiker, client)?;
    let nummer = toewijzing.parse().map(ToewijzingNummer).map_err(|_| Fout::NietGevonden)?;
    let toewijzing = dossier.toewijzing(nummer).ok_or(Fout::NietGevonden)?.clone();
    log(web, gebruiker, &[client], action).await?;
    let refuse = |text: &str| Err(vec![Problem::fout("WMO301", "BERICHT", text)]);
    let gemaakt = match web.store().person(client).await? {
        // No message about somebody who is threatened. iWmo OP003.
        _ if dossier.afgeschermd_op(gebruiker.vandaag) => {
            refuse("deze cliënt is afgeschermd; er gaat geen bericht uit (OP003)")
        }
        Person::Known(person) => compose(web, &dossier, &person, &toewijzing),
        Person::Erased => {
            refuse("de persoonsgegevens zijn vernietigd; er kan geen bericht meer uit")
        }
        Person::Unknown => refuse("van deze cliënt is geen naam of BSN bekend; vul die eerst aan"),
    };
    Ok(Vraag { dossier, toewijzing, gemaakt })
}

fn compose(
    web: &Web,
    dossier: &Dossier,
    person: &Persoonsgegevens,
    toewijzing: &Toewijzing,
) -> Gemaakt {
    let register = web.register();
    let aanbieder = toewijzing.opdracht.aanbieder;
    let refuse = |text: &str| Err(vec![Problem::fout("WMO301", "BERICHT", text)]);
    let Some(gemeente) = register.gemeente.as_ref() else {
        return refuse("de gemeente staat nog niet in het register");
    };
    let Some(agb) = register.aanbieders.get(&aanbieder).and_then(|it| it.agb) else {
        return refuse("de aanbieder heeft geen AGB-code in het register");
    };
    let moment = datum::lokaal(web.nu());
    // Seconds since 1970 are short enough and come once.
    let identificatie = format!("T{}", web.nu().as_second());
    let opdracht = Opdracht {
        gemeente: gemeente.code,
        aanbieder,
        agb,
        identificatie: &identificatie,
        nu: (moment.date(), moment.time()),
        verzonden: &[],
        aanleiding: Aanleiding::Gemeente,
        sinds: None,
    };
    opstellen(dossier, person, &opdracht)
}

fn products(bericht: &Wmo301) -> Sectie {
    let mut lijst = Lijst::new(&["Toewijzing", "Product", "Hoeveel", "Van", "Tot en met", "Reden"]);
    for it in &bericht.client.toegewezen_producten {
        let day = |it: Option<jiff::civil::Date>, none: &str| {
            it.map_or_else(|| none.to_owned(), datum::kort)
        };
        lijst.rij(vec![
            it.toewijzing_nummer.tekst().into_owned().into(),
            product(it).into(),
            hoeveel(it).into(),
            day(it.ingangsdatum.waarde(), "").into(),
            day(it.einddatum.waarde(), "geen einde").into(),
            meaning("WMO002", &it.reden_wijziging.tekst()).into(),
        ]);
    }
    let kop = &bericht.header;
    let head = format!(
        "Van gemeente {} aan AGB-code {}, over BSN dat eindigt op {}.",
        kop.afzender.tekst(),
        kop.ontvanger.tekst(),
        bericht.client.bsn.tekst().get(5..).unwrap_or_default(),
    );
    Sectie::new("Wat erin staat", lijst).lead(head)
}

fn product(it: &ToegewezenProduct) -> String {
    let Some(product) = &it.product else { return "naar keuze van de aanbieder".to_owned() };
    let naam = meaning("WMO020", &product.categorie.tekst());
    match product.code.get() {
        Some(code) => format!("{naam} ({code})"),
        None => naam,
    }
}

fn hoeveel(it: &ToegewezenProduct) -> String {
    match (&it.omvang, it.budget.waarde().and_then(|it| i64::try_from(it).ok())) {
        (Some(omvang), _) => {
            let (eenheid, per) = (omvang.eenheid.tekst(), omvang.frequentie.tekst());
            let (eenheid, per) = (meaning("WJ756", &eenheid), meaning("WMO757", &per));
            format!("{} {}, {}", omvang.volume.tekst(), eenheid.to_lowercase(), per.to_lowercase())
        }
        (None, Some(cents)) => format!("budget van {}", domain::Bedrag(cents)),
        (None, None) => "wat nodig is".to_owned(),
    }
}

/// What a code of a list means; nothing for a code that is not there.
fn meaning(lijst: &str, code: &str) -> String {
    let known = codelijst::lijst(lijst).and_then(|it| it.waarde(code));
    known.map_or_else(String::new, |it| it.betekenis.to_owned())
}

fn faults(problems: &[Problem]) -> Sectie {
    let mut lijst = Lijst::new(&["Code", "Onderdeel", "Wat er wordt verwacht"]);
    for it in problems {
        let element = it.element.as_deref().unwrap_or_default().to_owned();
        lijst.rij(vec![Cel::LetOp(it.code.to_owned()), element.into(), it.text.clone().into()]);
    }
    Sectie::new("Wat eerst aandacht vraagt", lijst)
}
