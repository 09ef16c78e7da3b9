//! `/dossiers/{client}/berichten/{bericht}`: a message about a client in words, and its lines on the
//! timeline.

use std::collections::{BTreeSet, HashMap};

use axum::{
    extract::{Path, State},
    response::Response,
};
use domain::{ClientId, Register};
use jiff::civil::Date;
use messages::iwmo::{
    Bericht, Berichtsoort, bericht, codelijst,
    keten::{Keten, Partijen, Retour},
    leesbaar::leesbaar as in_words,
    verkeer::bsns,
};
use store::{Kept, Message, Person};

use super::{dossier_for, lees, log, pad, tijdlijn::Gebeurtenis};
use crate::{
    datum,
    fout::{Fout, toon},
    gebruiker::Gebruiker,
    maandbeeld::download,
    overzicht::{Lijst, Overzicht, Sectie, Verwijzing},
    rechten::Actie,
    staat::Web,
};

/// A kept message that could be read.
struct Gelezen {
    /// What it is called in an address; says nothing of what is in it.
    id: String,
    message: Message,
    bericht: Bericht,
}

/// The messages of a client with what became of them.
pub(crate) struct Berichten {
    alle: Vec<Gelezen>,
    keten: Keten,
    /// How far came what went out from here, by kind and own key.
    zendingen: HashMap<(String, String), String>,
}

impl Berichten {
    /// Those that are kept about a client, oldest first; what is still to leave among them.
    pub(crate) async fn van(web: &Web, client: ClientId) -> Result<Berichten, Fout> {
        let mut alle = Vec::new();
        for Kept { print, message, .. } in web.store().kept_messages(&[client].into()).await? {
            let id = print.iter().map(|it| format!("{it:02x}")).collect();
            let (bericht, _) = bericht::lees(&message.name, &message.bytes);
            alle.extend(bericht.map(|bericht| Gelezen { id, message, bericht }));
        }
        let mut keten = Keten::new();
        alle.iter().for_each(|it| keten.volg(&it.bericht));
        let sendings = web.store().sendings().await?.into_iter();
        let zendingen = sendings.map(|it| ((it.kind, it.own_key), it.status)).collect();
        Ok(Berichten { alle, keten, zendingen })
    }

    /// The lines on the timeline, each with its day.
    pub(crate) fn regels(
        &self,
        client: ClientId,
        register: &Register,
        afgeschermd: bool,
    ) -> Vec<(Date, Gebeurtenis)> {
        let line = |it: &Gelezen| {
            let soort = it.bericht.soort();
            let op = self.dag(it);
            let regel = Gebeurtenis {
                kop: format!("{}: {}", soort.naam(), onderwerp(soort)),
                details: vec![zin(&self.stand(it))],
                dag: datum::lang(op),
                wie: richting(&it.bericht, register),
                laat: None,
                pad: (!afgeschermd).then(|| format!("{}/berichten/{}", pad(client), it.id)),
            };
            (op, regel)
        };
        self.alle.iter().map(line).collect()
    }

    /// The day it was made, or kept where it does not say.
    fn dag(&self, it: &Gelezen) -> Date {
        let own = match retourdag(&it.bericht) {
            Some(day) => Some(day),
            None => it.bericht.kop().bericht_identificatie.dagtekening.waarde(),
        };
        own.unwrap_or_else(|| datum::dag(it.message.moment))
    }

    /// What became of a message.
    fn stand(&self, it: &Gelezen) -> String {
        let soort = it.bericht.soort();
        let own = it.bericht.kop().bericht_identificatie.identificatie.tekst().into_owned();
        let way = self.zendingen.get(&(soort.naam().to_owned(), own)).map(String::as_str);
        match way {
            Some("klaar") => return "staat klaar voor de volgende verzending".to_owned(),
            Some("geweigerd") => return "geweigerd door het knooppunt; niet aangekomen".to_owned(),
            _ => {}
        }
        let first = soort.heen().unwrap_or(soort);
        let Some(retour) = self.retour(first, &it.bericht) else {
            return match (soort.is_retour(), soort.van_gemeente()) {
                (true, _) => "hoort bij een bericht dat hier niet is bewaard".to_owned(),
                (false, true) => "verstuurd, nog geen antwoord".to_owned(),
                (false, false) => "ontvangen, nog niet beantwoord".to_owned(),
            };
        };
        verdict(retour)
    }

    fn retour(&self, first: Berichtsoort, bericht: &Bericht) -> Option<&Retour> {
        let id = match bericht {
            Bericht::Wmo325(it) => it.header.declaratie_identificatie.identificatie.tekst(),
            other => other.kop().bericht_identificatie.identificatie.tekst(),
        };
        let partijen = Partijen::van(bericht);
        let mut all = self.keten.berichten().iter().rev();
        let same =
            all.find(|it| it.soort == first && *it.identificatie == *id && it.partijen == partijen);
        same?.retour.as_ref()
    }
}

/// What came back, in words.
fn verdict(retour: &Retour) -> String {
    let mut codes: Vec<&str> = retour.codes.iter().map(|(_, code)| *code).collect();
    codes.sort_unstable();
    codes.dedup();
    let told: Vec<String> = codes
        .iter()
        .map(|code| match codelijst::retourcode(code) {
            Some(known) => format!("{code} ({})", known.betekenis),
            None => (*code).to_owned(),
        })
        .collect();
    let op = datum::lang(retour.op);
    match (retour.aangenomen, told.is_empty()) {
        (true, true) => format!("goedgekeurd op {op}"),
        (true, false) => format!("deels afgekeurd op {op}: {}", told.join("; ")),
        (false, true) => format!("afgekeurd op {op}"),
        (false, false) => format!("afgekeurd op {op}: {}", told.join("; ")),
    }
}

fn zin(words: &str) -> String {
    crate::invoer::zin(words)
}

/// What a kind of message is about.
pub(crate) const fn onderwerp(soort: Berichtsoort) -> &'static str {
    use Berichtsoort as B;
    match soort {
        B::Wmo301 => "toewijzing aan de aanbieder",
        B::Wmo302 => "antwoord op de toewijzing",
        B::Wmo305 => "start van de levering",
        B::Wmo306 => "antwoord op de startmelding",
        B::Wmo307 => "einde van de levering",
        B::Wmo308 => "antwoord op de stopmelding",
        B::Wmo315 => "verzoek om een toewijzing",
        B::Wmo316 => "ontvangst van het verzoek",
        B::Wmo317 => "verzoek om een wijziging",
        B::Wmo318 => "ontvangst van het wijzigingsverzoek",
        B::Wmo319 => "besluit op een verzoek",
        B::Wmo320 => "antwoord op het besluit",
        B::Wmo323 => "declaratie",
        B::Wmo325 => "antwoord op de declaratie",
    }
}

/// From whom to whom.
fn richting(bericht: &Bericht, register: &Register) -> String {
    let naam = aanbieder(register, &Partijen::van(bericht));
    if bericht.soort().van_gemeente() {
        format!("van de gemeente aan {naam}")
    } else {
        format!("van {naam} aan de gemeente")
    }
}

/// The name of the provider of a message, or its code.
pub(crate) fn aanbieder(register: &Register, partijen: &Partijen) -> String {
    let known = register
        .aanbieders
        .values()
        .find(|it| it.agb.is_some_and(|agb| agb.as_str() == &*partijen.aanbieder));
    known.map_or_else(|| format!("AGB-code {}", partijen.aanbieder), |it| it.naam.clone())
}

fn retourdag(bericht: &Bericht) -> Option<Date> {
    let header = match bericht {
        Bericht::Wmo302(it) => &it.header,
        Bericht::Wmo306(it) => &it.header,
        Bericht::Wmo308(it) => &it.header,
        Bericht::Wmo316(it) => &it.header,
        Bericht::Wmo318(it) => &it.header,
        Bericht::Wmo320(it) => &it.header,
        _ => return None,
    };
    header.dagtekening_retour.waarde()
}

/// A message that may be seen.
struct Gevraagd {
    client: ClientId,
    berichten: Berichten,
    at: usize,
    /// Whether others are named in it too.
    anderen: bool,
}

impl Gevraagd {
    fn gelezen(&self) -> &Gelezen {
        &self.berichten.alle[self.at]
    }
}

async fn find(
    web: &Web,
    gebruiker: &Gebruiker,
    (client, bericht): (&str, &str),
    handeling: &str,
) -> Result<Gevraagd, Fout> {
    let client = lees(client)?;
    let dossier = dossier_for(web, gebruiker, client)?;
    if dossier.afgeschermd_op(gebruiker.vandaag) {
        return Err(Fout::Afgeschermd);
    }
    let berichten = Berichten::van(web, client).await?;
    let at = berichten.alle.iter().position(|it| it.id == bericht);
    let at = at.ok_or(Fout::NietGevonden)?;
    log(web, gebruiker, &[client], handeling).await?;
    let named: BTreeSet<&str> = bsns(&berichten.alle[at].bericht).into_iter().collect();
    let anderen = named.len() > 1;
    Ok(Gevraagd { client, berichten, at, anderen })
}

/// `GET /dossiers/{client}/berichten/{bericht}`
pub(crate) async fn leesbaar(
    State(web): State<Web>,
    gebruiker: Gebruiker,
    Path((client, bericht)): Path<(String, String)>,
) -> Result<Response, Fout> {
    let vraag = find(&web, &gebruiker, (&client, &bericht), "bericht bekeken").await?;
    let gelezen = vraag.gelezen();
    let soort = gelezen.bericht.soort();
    let register = web.register();
    let own = pad(vraag.client);
    let titel = format!("{}: {}", soort.naam(), onderwerp(soort));
    let kader = web.kader(&titel, Some(&gebruiker), "/dossiers");
    let lead = format!(
        "{}, {}. {}",
        zin(&richting(&gelezen.bericht, &register)).trim_end_matches('.'),
        datum::lang(vraag.berichten.dag(gelezen)),
        zin(&vraag.berichten.stand(gelezen)),
    );
    let mut pagina = Overzicht::new(kader, &lead);
    pagina.kruimels =
        vec![Verwijzing::new("Dossiers", "/dossiers"), Verwijzing::new("Dossier", own.clone())];
    let mine = own_bsn(&web, vraag.client).await?;
    let mine: Vec<&str> = mine.iter().map(String::as_str).collect();
    for vak in in_words(&gelezen.bericht, vraag.anderen.then_some(&mine)) {
        let mut lijst = Lijst::new(&["Onderdeel", "Inhoud"]);
        for (naam, waarde) in vak.velden {
            lijst.rij(vec![naam.into(), waarde.into()]);
        }
        pagina.secties.push(Sectie::new(vak.naam, lijst));
    }
    if vraag.anderen {
        pagina.lead.push_str(
            " In dit bericht staan ook andere cliënten; hier ziet u alleen wat over deze gaat.",
        );
    } else if gebruiker.mag(Actie::BerichtMaken) {
        let file = format!("{own}/berichten/{}/bericht.xml", gelezen.id);
        pagina.acties.push(Verwijzing::new("Download het bericht", file));
    }
    toon(&pagina)
}

/// `GET /dossiers/{client}/berichten/{bericht}/bericht.xml`: the bytes as they came.
pub(crate) async fn bestand(
    State(web): State<Web>,
    gebruiker: Gebruiker,
    Path((client, bericht)): Path<(String, String)>,
) -> Result<Response, Fout> {
    let vraag = find(&web, &gebruiker, (&client, &bericht), "bericht gedownload").await?;
    if vraag.anderen {
        // The file holds what is about others too.
        return Err(Fout::NietGevonden);
    }
    let gelezen = vraag.gelezen();
    let name = format!("{}.xml", gelezen.bericht.soort());
    Ok(download(&name, "application/xml", gelezen.message.bytes.clone()))
}

/// The BSN of a client, if it is known.
async fn own_bsn(web: &Web, client: ClientId) -> Result<Option<String>, Fout> {
    Ok(match web.store().person(client).await? {
        Person::Known(person) => person.bsn.map(|it| it.as_str().to_owned()),
        Person::Erased | Person::Unknown => None,
    })
}
