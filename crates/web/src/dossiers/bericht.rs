//! `/dossiers/{client}/toewijzing/{toewijzing}/bericht`: message 301 of an allocation, in words and
//! as a file.

use std::collections::{BTreeMap, BTreeSet};

use axum::{
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use domain::{Dossier, Stream, ToewijzingNummer, toewijzing::Toewijzing};
use messages::{Problem, iwmo::opstellen::woorden};
use traffic::{Afkeuring301, Moment, Uitkomst, Voorstel, Waarom, sinds, stel_op, zet_klaar};

use super::{dossier_for, lees, log, pad};
use crate::{
    datum,
    formulier::{Formulier, Veld},
    fout::{Fout, toon, toon_fouten},
    gebruiker::Gebruiker,
    invoer::{Formulierdeel, Waarden, Zoekdeel},
    maandbeeld::download,
    overzicht::{Cel, Lijst, Overzicht, Sectie, Verwijzing},
    rechten::Actie,
    staat::Web,
};

/// What is asked for.
struct Vraag {
    dossier: Dossier,
    toewijzing: Toewijzing,
    stand: Uitkomst,
    /// How often the dossier was changed: who sends must have seen the last change.
    versie: u32,
}

/// What of a dossier the providers do not know yet.
#[derive(Default)]
pub(super) struct Berichtstand {
    /// What the link of an allocation says.
    pub(super) woorden: BTreeMap<ToewijzingNummer, &'static str>,
    /// A button per provider to whom something can leave.
    pub(super) knoppen: Vec<Verwijzing>,
}

/// How the messages of a dossier stand, for who may send them.
pub(super) async fn berichtstand(
    web: &Web,
    gebruiker: &Gebruiker,
    dossier: &Dossier,
) -> Result<Berichtstand, Fout> {
    let mut found = Berichtstand::default();
    if !gebruiker.mag(Actie::BerichtMaken) {
        return Ok(found);
    }
    let all = &dossier.toewijzingen;
    let providers: BTreeSet<_> = all.iter().map(|it| it.opdracht.aanbieder).collect();
    let register = web.register();
    let moment = Moment { nu: web.nu(), vandaag: gebruiker.vandaag };
    let since = sinds(web.live()).await?;
    for aanbieder in providers {
        let own = all.iter().filter(|it| it.opdracht.aanbieder == aanbieder).map(|it| it.nummer);
        let about = (dossier.client, aanbieder);
        match stel_op(web.live(), about, &Waarom::Nieuws, since, &moment).await? {
            Uitkomst::Versturen(nieuw) => {
                let changed = nieuw.veranderd.iter().map(|(nummer, _)| *nummer);
                found.woorden.extend(changed.map(|it| (it, "Nog te versturen")));
                let naam = register.aanbieders.get(&aanbieder).map_or("", |it| it.naam.as_str());
                found.knoppen.extend(own.clone().next_back().map(|nummer| {
                    let pad = format!("{}/toewijzing/{}/bericht", pad(dossier.client), nummer.0);
                    Verwijzing::new(format!("Bekijk en verstuur aan {naam}"), pad)
                }));
            }
            Uitkomst::Afgekeurd(_) => found.woorden.extend(own.map(|it| (it, "Afgekeurd"))),
            Uitkomst::Verzoek(_) => found.woorden.extend(own.map(|it| (it, "Eerst antwoorden"))),
            Uitkomst::Tegengehouden(_) => {
                found.woorden.extend(own.map(|it| (it, "Kan nog niet uit")));
            }
            Uitkomst::Niets | Uitkomst::Afgeschermd => {}
        }
    }
    Ok(found)
}

/// `GET /dossiers/{client}/toewijzing/{toewijzing}/bericht`
pub(crate) async fn voorbeeld(
    State(web): State<Web>,
    gebruiker: Gebruiker,
    Path((client, toewijzing)): Path<(String, String)>,
    Zoekdeel(waarden): Zoekdeel,
) -> Result<Response, Fout> {
    let vraag =
        make(&web, &gebruiker, &client, &toewijzing, "bericht aan aanbieder bekeken").await?;
    let mut pagina = page(&web, &gebruiker, &vraag);
    pagina.gedaan = match waarden.get("verstuurd") {
        "ja" => Some("Het bericht staat klaar en gaat met de volgende verzending mee.".to_owned()),
        "al" => Some("Dit bericht stond al klaar; er gaat niets dubbel uit.".to_owned()),
        _ => None,
    };
    toon(&pagina)
}

/// `POST /dossiers/{client}/toewijzing/{toewijzing}/bericht`: puts the message ready to leave, once.
pub(crate) async fn verstuur(
    State(web): State<Web>,
    gebruiker: Gebruiker,
    Path((client, toewijzing)): Path<(String, String)>,
    Formulierdeel(waarden): Formulierdeel,
) -> Result<Response, Fout> {
    // One at a time: of two clicks, the second finds what the first put ready.
    let _turn = web.verkeer.lock().await;
    let action = "bericht aan aanbieder klaargezet";
    let vraag = make(&web, &gebruiker, &client, &toewijzing, action).await?;
    if vraag.dossier.afgeschermd_op(gebruiker.vandaag) {
        return Err(Fout::Afgeschermd);
    }
    let own = path(&vraag);
    let done = |word: &str| Ok(Redirect::to(&format!("{own}?verstuurd={word}")).into_response());
    let mut pagina = page(&web, &gebruiker, &vraag);
    let nieuw = match vraag.stand {
        Uitkomst::Niets => return done("al"),
        Uitkomst::Versturen(nieuw) => nieuw,
        _ => return toon_fouten(&pagina),
    };
    if waarden.get("versie") != vraag.versie.to_string() {
        pagina.lead = "Het dossier is intussen gewijzigd. Dit is het bericht zoals het nu wordt; \
                       kijk het na en verstuur het dan."
            .to_owned();
        return toon_fouten(&pagina);
    }
    let bericht = nieuw.als_bericht();
    let clients = [vraag.dossier.client];
    let new = zet_klaar(web.store(), &bericht, &bericht.schrijf(), &clients, web.nu()).await?;
    done(if new { "ja" } else { "al" })
}

/// `GET /dossiers/{client}/toewijzing/{toewijzing}/bericht.xml`
pub(crate) async fn xml(
    State(web): State<Web>,
    gebruiker: Gebruiker,
    Path((client, toewijzing)): Path<(String, String)>,
) -> Result<Response, Fout> {
    let action = "bericht aan aanbieder gedownload";
    let vraag = make(&web, &gebruiker, &client, &toewijzing, action).await?;
    if vraag.dossier.afgeschermd_op(gebruiker.vandaag) {
        return Err(Fout::Afgeschermd);
    }
    let Uitkomst::Versturen(nieuw) = vraag.stand else { return Err(Fout::NietGevonden) };
    let name = format!("WMO301-{}.xml", vraag.toewijzing.nummer.0);
    Ok(download(&name, "application/xml", nieuw.als_bericht().schrijf()))
}

fn path(vraag: &Vraag) -> String {
    format!("{}/toewijzing/{}/bericht", pad(vraag.dossier.client), vraag.toewijzing.nummer.0)
}

fn page(web: &Web, gebruiker: &Gebruiker, vraag: &Vraag) -> Overzicht {
    let register = web.register();
    let nummer = vraag.toewijzing.nummer.0;
    let aanbieder = register.aanbieders.get(&vraag.toewijzing.opdracht.aanbieder);
    let naam = aanbieder.map_or("de aanbieder", |it| &it.naam);
    let kader =
        web.kader(&format!("Bericht bij toewijzing {nummer}"), Some(gebruiker), "/dossiers");
    let mut pagina = Overzicht::new(kader, "");
    let own = pad(vraag.dossier.client);
    pagina.kruimels =
        vec![Verwijzing::new("Dossiers", "/dossiers"), Verwijzing::new("Dossier", own)];
    let mut problems = Vec::new();
    match &vraag.stand {
        Uitkomst::Tegengehouden(found) => {
            pagina.lead = format!("Er kan nu geen bericht naar {naam}.");
            problems.extend(found.iter().cloned());
        }
        Uitkomst::Afgeschermd => {
            pagina.lead = "Deze cliënt is afgeschermd; er gaat geen bericht uit (iWmo, regel \
                           OP003; AVG, art. 32)."
                .to_owned();
        }
        Uitkomst::Niets => {
            pagina.lead = format!(
                "Er is niets nieuws voor {naam}. Wat verstuurd is, staat op de tijdlijn van het \
                 dossier."
            );
        }
        Uitkomst::Verzoek(open) => {
            pagina.lead = format!(
                "{naam} heeft een verzoek gedaan waar nog geen antwoord op is: {}. Wat nu in het \
                 dossier staat, is niet wat er is gevraagd. Beantwoord eerst het verzoek.",
                open.join(", ")
            );
        }
        Uitkomst::Afgekeurd(it) => {
            pagina.lead = format!(
                "{naam} keurde precies dit bericht af op {}. Opnieuw versturen verandert niets: \
                 pas eerst aan wat er niet klopt.",
                datum::lang(it.sinds)
            );
            pagina.secties.push(rejected(it));
        }
        Uitkomst::Versturen(nieuw) => {
            pagina.lead = format!(
                "Dit gaat naar {naam}: alles wat deze cliënt daar nu of later heeft. Er is nog \
                 niets verstuurd."
            );
            pagina.secties.push(products(nieuw));
            problems.extend(nieuw.signalen.iter().cloned());
            let file = format!("{}.xml", path(vraag));
            pagina.acties.push(Verwijzing::new("Download het bericht (WMO301)", file));
            pagina.secties.push(send_form(vraag, naam));
        }
    }
    if !problems.is_empty() {
        pagina.secties.push(faults(&problems));
    }
    pagina
}

fn send_form(vraag: &Vraag, naam: &str) -> Sectie {
    let mut waarden = Waarden::default();
    waarden.standaard("versie", vraag.versie.to_string());
    let velden = vec![Veld::verborgen("versie")];
    let mut sectie = Sectie::new("Versturen", Lijst::default()).lead(
        "Het bericht wordt bewaard zoals het nu is en gaat met de volgende verzending mee. Twee \
         keer klikken verstuurt het één keer.",
    );
    let knop = format!("Verstuur aan {naam}");
    sectie.formulier = Some(Formulier::new(path(vraag), &knop, velden, &waarden, Vec::new()));
    sectie
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
    let versie = web.live().with(|it| it.state.version(Stream::Dossier(client)));
    log(web, gebruiker, &[client], action).await?;
    let nu = web.nu();
    let moment = Moment { nu, vandaag: gebruiker.vandaag };
    let live = web.live();
    let about = (client, toewijzing.opdracht.aanbieder);
    let since = sinds(live).await?;
    let stand = stel_op(live, about, &Waarom::Nieuws, since, &moment).await?;
    Ok(Vraag { dossier, toewijzing, stand, versie })
}

/// The codes with which a message came back.
fn rejected(it: &Afkeuring301) -> Sectie {
    let mut lijst = Lijst::new(&["Retourcode", "Wat het betekent", "Wat te doen"]);
    for (code, betekenis, advies) in &it.codes {
        lijst.rij(vec![Cel::LetOp((*code).to_owned()), (*betekenis).into(), (*advies).into()]);
    }
    Sectie::new(format!("Waarom bericht {} is afgekeurd", it.identificatie), lijst)
}

fn products(nieuw: &Voorstel) -> Sectie {
    let kolommen = ["Toewijzing", "Product", "Hoeveel", "Van", "Tot en met", "Wat er nieuw aan is"];
    let mut lijst = Lijst::new(&kolommen);
    for it in &nieuw.bericht.client.toegewezen_producten {
        let day = |it: Option<jiff::civil::Date>, none: &str| {
            it.map_or_else(|| none.to_owned(), datum::kort)
        };
        let nummer = it.toewijzing_nummer.waarde();
        let mut changed = nieuw.veranderd.iter();
        let changed = changed.find(|(own, _)| Some(own.0) == nummer).map(|(_, what)| *what);
        lijst.rij(vec![
            it.toewijzing_nummer.tekst().into_owned().into(),
            woorden::product(it).into(),
            woorden::hoeveel(it).into(),
            day(it.ingangsdatum.waarde(), "").into(),
            day(it.einddatum.waarde(), "geen einde").into(),
            woorden::verandering(changed).into(),
        ]);
    }
    let kop = &nieuw.bericht.header;
    let mut head = format!(
        "Van gemeente {} aan AGB-code {}, over BSN dat eindigt op {}.",
        kop.afzender.tekst(),
        kop.ontvanger.tekst(),
        nieuw.bericht.client.bsn.tekst().get(5..).unwrap_or_default(),
    );
    if !nieuw.referenties.is_empty() {
        head.push_str(&format!(" Het antwoordt op verzoek {}.", nieuw.referenties.join(", ")));
    }
    Sectie::new("Wat erin staat", lijst).lead(head)
}

fn faults(problems: &[Problem]) -> Sectie {
    let mut lijst = Lijst::new(&["Code", "Onderdeel", "Wat er wordt verwacht"]);
    for it in problems {
        let element = it.element.as_deref().unwrap_or_default().to_owned();
        lijst.rij(vec![Cel::LetOp(it.code.to_owned()), element.into(), it.text.clone().into()]);
    }
    Sectie::new("Wat eerst aandacht vraagt", lijst)
}
