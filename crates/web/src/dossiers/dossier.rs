//! `GET /dossiers/{client}`: one dossier, after a line in the access log.

use std::collections::BTreeMap;

use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use domain::{
    Bedrag, Dossier, MedewerkerId, Register, Stream,
    levering::Levering,
    toewijzing::{Toewijzing, Toewijzingstatus},
    voorziening::{BeschikteVoorziening, Voorzieningstatus},
    zaak::Fase,
};
use jiff::civil::Date;
use store::{Person, Text};

use super::{
    bericht::{Berichtstand, berichtstand},
    berichten::Berichten,
    dossier_for, kosten, lees, log, pad, stand,
    stand::Termijn,
    teams,
    tijdlijn::{Groep, blinde_zaken, tijdlijn},
};
use crate::{
    brieven, datum,
    fout::{Fout, toon},
    gebruiker::Gebruiker,
    kader::Kader,
    namen::{Namen, hoeveelheid, omvang, periode},
    overzicht::Verwijzing,
    rechten::Actie,
    staat::Web,
    tekst::opsomming,
    zaak::{self, Bij, aanbod::Aanbod},
};

#[derive(Template)]
#[template(path = "dossier.html")]
struct Dossierpagina {
    kader: Kader,
    persoon: Persoonsbalk,
    kop: String,
    lead: String,
    gedaan: Option<String>,
    termijnen: Vec<(String, Termijn)>,
    zaken: Vec<Zaakregel>,
    voorzieningen: Vec<Voorzieningregel>,
    per_maand: Option<Bedrag>,
    zonder_prijs: usize,
    toewijzingen: Vec<Toewijzingregel>,
    versturen: Vec<Verwijzing>,
    tijdlijn: Vec<Groep>,
    inzage: Option<String>,
    mag_herinneren: bool,
}

/// Who it is about.
pub(crate) struct Persoonsbalk {
    pub(crate) naam: String,
    pub(crate) delen: Vec<String>,
}

struct Zaakregel {
    nummer: String,
    fase: &'static str,
    open: bool,
    stappen: String,
    team: String,
    behandelaar: String,
    aanbod: Aanbod,
    brieven: Vec<Verwijzing>,
}

struct Voorzieningregel {
    product: String,
    omvang: String,
    vorm: String,
    periode: String,
    status: String,
    vervallen: bool,
    per_maand: String,
}

struct Toewijzingregel {
    nummer: u32,
    aanbieder: String,
    wat: String,
    periode: String,
    levering: String,
    verwijderd: bool,
    /// The message of it, for who may make one: how it stands, and where it is.
    bericht: Option<Verwijzing>,
}

/// `GET /dossiers/{client}`
pub(crate) async fn dossier(
    State(web): State<Web>,
    gebruiker: Gebruiker,
    Path(client): Path<String>,
    crate::invoer::Zoekdeel(waarden): crate::invoer::Zoekdeel,
) -> Result<Response, Fout> {
    let client = lees(&client)?;
    let dossier = dossier_for(&web, &gebruiker, client)?;
    log(&web, &gebruiker, &[client], "dossier geopend").await?;
    let person = web.store().person(client).await?;
    let entries = web.store().read_stream(Stream::Dossier(client)).await?;
    let texts = web.store().texts(client).await?;
    let berichten = Berichten::van(&web, client).await?;
    let uitgaand = berichtstand(&web, &gebruiker, &dossier).await?;
    let medewerkers = web.store().staff_names().await?;
    let register = web.register();
    let namen = Namen { register: &register, medewerkers: &medewerkers };
    let vandaag = gebruiker.vandaag;
    let running: Vec<&BeschikteVoorziening> = dossier.voorzieningen_op(vandaag).collect();
    let prices: Vec<Option<Bedrag>> =
        running.iter().map(|it| kosten::per_month(&register, &it.voorziening, vandaag)).collect();
    let known: Vec<Bedrag> = prices.iter().copied().flatten().collect();
    let kop = stand::message(&dossier.zaken, running.len(), vandaag);
    let persoon = person_bar(&person, &dossier, &namen, vandaag);
    let zaken = web.live().with(|world| {
        let cases = dossier.zaken.iter().rev();
        let bij = |zaak| Bij {
            state: &world.state,
            dossier: &dossier,
            zaak,
            medewerkers: &medewerkers,
            gebruiker: &gebruiker,
        };
        cases.map(|it| zaak_line(&bij(it), &namen)).collect()
    });
    let blind = web.live().with(|world| blinde_zaken(&world.state, &dossier, &gebruiker));
    toon(&Dossierpagina {
        kader: web.kader(&format!("Dossier {}", persoon.naam), Some(&gebruiker), "/dossiers"),
        persoon,
        kop,
        lead: lead(&dossier, &texts),
        gedaan: done(&waarden),
        termijnen: terms(&dossier, vandaag),
        zaken,
        zonder_prijs: running.len() - known.len(),
        per_maand: (!known.is_empty()).then(|| known.into_iter().sum()),
        voorzieningen: provisions(&dossier, &register, &medewerkers, vandaag),
        toewijzingen: orders(&dossier, &namen, gebruiker.mag(Actie::BerichtMaken), &uitgaand),
        versturen: uitgaand.knoppen,
        tijdlijn: tijdlijn(
            &entries,
            &namen,
            &texts,
            berichten.regels(client, &register, dossier.afgeschermd_op(vandaag)),
            &blind,
        ),
        mag_herinneren: gebruiker.mag(Actie::WerkvoorraadZien),
        inzage: gebruiker.mag(Actie::InzageZien).then(|| format!("{}/inzage", pad(client))),
    })
}

/// What was just written down.
fn done(waarden: &crate::invoer::Waarden) -> Option<String> {
    if waarden.get("nieuw") == "ja" {
        return Some("De melding is vastgelegd.".to_owned());
    }
    let stap = zaak::alle().find(|it| it.naam == waarden.get("gedaan"))?;
    Some(match waarden.get("niets") {
        "ja" => "Dit stond al zo in het dossier; er is niets gewijzigd.".to_owned(),
        _ => format!("Vastgelegd: “{}”.", stap.titel),
    })
}

/// The bar with who it is about; an erased person has no name any more.
pub(crate) fn person_bar(
    person: &Person,
    dossier: &Dossier,
    namen: &Namen<'_>,
    vandaag: Date,
) -> Persoonsbalk {
    let mut delen = Vec::new();
    let naam = match person {
        Person::Known(it) => {
            if let Some(born) = it.geboortedatum {
                let age = datum::leeftijd(born, vandaag);
                delen.push(format!("geboren {} ({age})", datum::kort(born)));
            }
            delen.extend(it.bsn.map(|it| format!("BSN {}", it.masked())));
            it.naam()
        }
        Person::Erased => {
            delen.push("de persoonsgegevens zijn vernietigd".to_owned());
            "Gewist".to_owned()
        }
        Person::Unknown => "Naam niet bekend".to_owned(),
    };
    delen.extend(dossier.zaken.last().map(|it| format!("zaak {}", it.id)));
    let wijk = dossier.gegevens_op(vandaag).and_then(|it| it.wijk);
    delen.extend(wijk.map(|it| format!("wijk {}", namen.wijk(it))));
    let own: Vec<String> =
        teams(dossier, namen.register, vandaag).into_iter().map(|it| namen.team(it)).collect();
    delen.extend((!own.is_empty()).then(|| opsomming(&own)));
    Persoonsbalk { naam, delen }
}

fn lead(dossier: &Dossier, texts: &[Text]) -> String {
    match dossier.zaken.last() {
        Some(it) => {
            let number = it.id.to_string();
            let asked = texts.iter().find(|it| it.kind == "hulpvraag" && it.key == number);
            let asked = asked.map_or_else(String::new, |it| format!(" Hulpvraag: “{}”", it.text));
            format!(
                "Laatst gemeld op {} via {}, door {}.{asked}",
                datum::lang(it.melding.op),
                it.melding.melding.kanaal.naam(),
                it.melding.melding.melder.naam()
            )
        }
        None => "Er is geen melding vastgelegd; het dossier komt uit een ander systeem.".to_owned(),
    }
}

fn terms(dossier: &Dossier, vandaag: Date) -> Vec<(String, Termijn)> {
    let due = |it: &domain::Zaak| Some((it.id.to_string(), Termijn::of(it, vandaag)?));
    dossier.zaken.iter().filter_map(due).collect()
}

fn zaak_line(bij: &Bij<'_>, namen: &Namen<'_>) -> Zaakregel {
    let zaak = bij.zaak;
    Zaakregel {
        aanbod: Aanbod::of(bij),
        brieven: letters(bij),
        behandelaar: zaak
            .behandelaar
            .map_or_else(String::new, |it| format!("belegd bij {}", namen.medewerker(it))),
        nummer: zaak.id.to_string(),
        fase: zaak.fase().naam(),
        open: !matches!(zaak.fase(), Fase::Besloten | Fase::Gesloten),
        stappen: stand::steps(zaak),
        team: zaak.onderzoek.team().map_or_else(String::new, |it| namen.team(it)),
    }
}

/// The letters of a case; of a shielded client there are none. iWmo OP003.
fn letters(bij: &Bij<'_>) -> Vec<Verwijzing> {
    if bij.dossier.afgeschermd_op(bij.gebruiker.vandaag) {
        return Vec::new();
    }
    let link = |it: brieven::Briefsoort| Verwijzing::new(it.naam(), brieven::pad(bij.zaak.id, it));
    brieven::soorten(bij.dossier, bij.zaak).into_iter().map(link).collect()
}

fn provisions(
    dossier: &Dossier,
    register: &Register,
    medewerkers: &BTreeMap<MedewerkerId, String>,
    vandaag: Date,
) -> Vec<Voorzieningregel> {
    let namen = Namen { register, medewerkers };
    let line = |it: &BeschikteVoorziening| {
        let geldig = it.voorziening.geldig;
        let price = kosten::per_month(register, &it.voorziening, vandaag);
        let status = match it.status {
            Voorzieningstatus::Vervallen => "vervallen".to_owned(),
            Voorzieningstatus::Beeindigd(reden) => format!("beëindigd: {}", reden.naam()),
            Voorzieningstatus::Loopt if geldig.van() > vandaag => "gaat nog in".to_owned(),
            Voorzieningstatus::Loopt if geldig.bevat(vandaag) => "loopt".to_owned(),
            Voorzieningstatus::Loopt => "afgelopen".to_owned(),
        };
        let provider = it.voorziening.vorm.aanbieder().map(|it| namen.aanbieder(it));
        Voorzieningregel {
            product: namen.product(&it.voorziening.product),
            omvang: it.voorziening.omvang.map_or_else(String::new, omvang),
            vorm: provider.unwrap_or_else(|| it.voorziening.vorm.naam().to_owned()),
            periode: periode(geldig),
            status,
            vervallen: !it.telt(),
            per_maand: price.map_or_else(|| "geen tarief".to_owned(), |it| it.to_string()),
        }
    };
    let mut sorted: Vec<&BeschikteVoorziening> = dossier.voorzieningen.iter().collect();
    sorted.sort_by_key(|it| std::cmp::Reverse(it.voorziening.geldig.van()));
    sorted.into_iter().map(line).collect()
}

fn orders(
    dossier: &Dossier,
    namen: &Namen<'_>,
    messages: bool,
    uitgaand: &Berichtstand,
) -> Vec<Toewijzingregel> {
    let own = pad(dossier.client);
    let line = |it: &Toewijzing| {
        let link = messages.then(|| {
            let words = uitgaand.woorden.get(&it.nummer).copied().unwrap_or("Bekijk");
            Verwijzing::new(words, format!("{own}/toewijzing/{}/bericht", it.nummer.0))
        });
        order_line(it, namen, link)
    };
    dossier.toewijzingen.iter().rev().map(line).collect()
}

fn order_line(it: &Toewijzing, namen: &Namen<'_>, bericht: Option<Verwijzing>) -> Toewijzingregel {
    let levering = match &it.levering {
        Levering::NietGestart => "nog niet gestart".to_owned(),
        Levering::Gestart { sinds, .. } => format!("gestart op {}", datum::kort(*sinds)),
        Levering::Gestopt { perioden } => perioden.last().map_or_else(String::new, |last| {
            format!("gestopt na {}: {}", datum::kort(last.tot_en_met), last.reden.naam())
        }),
    };
    let what = namen.product(&it.opdracht.product);
    Toewijzingregel {
        nummer: it.nummer.0,
        aanbieder: namen.aanbieder(it.opdracht.aanbieder),
        wat: format!("{what}, {}", hoeveelheid(it.opdracht.hoeveelheid)),
        periode: periode(it.opdracht.geldig),
        levering,
        verwijderd: it.status == Toewijzingstatus::Verwijderd,
        bericht,
    }
}
