//! `/zaken/{zaak}/kader/spoor`: the trace, for the client and an objection committee to read.

use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use domain::{
    ZaakId,
    kader::{Conclusie, Kader as Versie, Kaderstap, Spoor, Vraag},
};
use store::Text;

use super::{gelopen, motivering_van, woorden, zaak_for};
use crate::{
    datum,
    dossiers::{
        self,
        dossier::{Persoonsbalk, person_bar},
    },
    fout::{Fout, toon},
    gebruiker::Gebruiker,
    kader::Kader,
    namen::Namen,
    overzicht::{Overzicht, Verwijzing},
    rechten::Actie,
    staat::Web,
};

#[derive(Template)]
#[template(path = "kader-spoor.html")]
struct Pagina {
    kader: Kader,
    persoon: Persoonsbalk,
    kruimels: Vec<Verwijzing>,
    kop: String,
    lead: String,
    conclusie: String,
    uitleg: Vec<String>,
    stappen: Vec<Stapdeel>,
    wijzig: Option<String>,
    versie: Verwijzing,
    afgeschermd: bool,
}

struct Stapdeel {
    naam: String,
    regels: Vec<Regel>,
}

struct Regel {
    nummer: u16,
    vraag: String,
    artikel: String,
    antwoord: &'static str,
    gevolg: String,
    afweging: bool,
    motivering: String,
    open: bool,
}

/// `GET /zaken/{zaak}/kader/spoor`
pub(crate) async fn spoor(
    State(web): State<Web>,
    gebruiker: Gebruiker,
    Path(deel): Path<String>,
) -> Result<Response, Fout> {
    let (client, dossier, zaak) = zaak_for(&web, &gebruiker, &deel)?;
    dossiers::log(&web, &gebruiker, &[client], "spoor van het kader bekeken").await?;
    let register = web.register();
    let done = dossier.zaak(zaak).and_then(|it| it.kader.as_ref());
    let found = done.and_then(|it| Some((it, gelopen(&register, it)?)));
    let edit = format!("/zaken/{zaak}/kader");
    let may = gebruiker.mag(Actie::KaderDoorlopen);
    let kruimels = vec![
        Verwijzing::new("Dossiers", "/dossiers"),
        Verwijzing::new("Dossier", dossiers::pad(client)),
    ];
    let kop = format!("Hoe wij zaak {zaak} beoordelen");
    let kader = web.kader(&kop, Some(&gebruiker), "/dossiers");
    let Some((done, version)) = found else {
        let lead = "Het beoordelingskader is voor deze zaak nog niet doorlopen.";
        let mut pagina = Overzicht::new(kader, lead);
        pagina.kruimels = kruimels;
        pagina.acties.extend(may.then(|| Verwijzing::new("Doorloop het kader", edit)));
        return toon(&pagina);
    };
    let texts = web.store().texts(client).await?;
    let medewerkers = web.store().staff_names().await?;
    let namen = Namen { register: &register, medewerkers: &medewerkers };
    let person = web.store().person(client).await?;
    let trace = version.doorloop(&done.doorloop.antwoorden);
    toon(&Pagina {
        kader,
        persoon: person_bar(&person, &dossier, &namen, gebruiker.vandaag),
        kruimels,
        kop,
        lead: format!("Doorlopen op {} door {}.", datum::lang(done.op), namen.actor(&done.door)),
        conclusie: woorden::conclusie(trace.conclusie),
        uitleg: explained(&trace, version, zaak, &texts),
        stappen: version.stappen.iter().map(|it| step(it, &trace, zaak, &texts)).collect(),
        wijzig: may.then_some(edit),
        afgeschermd: dossier.afgeschermd_op(gebruiker.vandaag),
        versie: Verwijzing::new(
            format!("{}, versie {}", version.naam, version.id.0),
            format!("/register/kader/{}", version.id.0),
        ),
    })
}

fn explained(trace: &Spoor, version: &Versie, zaak: ZaakId, texts: &[Text]) -> Vec<String> {
    let mut lines = Vec::new();
    match trace.conclusie {
        Conclusie::Onvolledig | Conclusie::Maatwerk => {}
        Conclusie::Gedekt(_) | Conclusie::Grensgeval(_) => {
            let names = |id| version.vraag(id).map_or_else(String::new, |it| it.tekst.clone());
            let ground = trace.regels.iter().find(|it| fits(trace.conclusie, it.gevolg));
            lines
                .extend(ground.map(|it| {
                    format!("Dat volgt uit vraag {}: “{}”", it.vraag.0, names(it.vraag))
                }));
        }
    }
    match trace.open.len() {
        0 => {}
        1 => lines.push("Er staat nog 1 vraag open.".to_owned()),
        open => lines.push(format!("Er staan nog {open} vragen open.")),
    }
    let bare = trace.regels.iter().filter(|it| it.afweging);
    let bare = bare.filter(|it| motivering_van(texts, zaak, it.vraag).is_empty()).count();
    match bare {
        0 => {}
        1 => lines.push("Bij 1 eigen afweging staat nog niet waarom.".to_owned()),
        many => lines.push(format!("Bij {many} eigen afwegingen staat nog niet waarom.")),
    }
    lines
        .push("Dit is een voorstel. Het college besluit, en kan met een reden anders doen.".into());
    lines
}

fn fits(conclusie: Conclusie, gevolg: domain::kader::Gevolg) -> bool {
    use domain::kader::Gevolg;
    match (conclusie, gevolg) {
        (Conclusie::Gedekt(a), Gevolg::Dekt(b)) => a == b,
        (Conclusie::Grensgeval(a), Gevolg::Grens(b)) => a == b,
        _ => false,
    }
}

fn step(stap: &Kaderstap, trace: &Spoor, zaak: ZaakId, texts: &[Text]) -> Stapdeel {
    let regels = stap.vragen.iter().map(|it| line(it, trace, motivering_van(texts, zaak, it.id)));
    Stapdeel { naam: woorden::stap(stap.soort), regels: regels.collect() }
}

fn line(vraag: &Vraag, trace: &Spoor, reason: &str) -> Regel {
    let given = trace.regels.iter().find(|it| it.vraag == vraag.id);
    Regel {
        nummer: vraag.id.0,
        vraag: vraag.tekst.clone(),
        artikel: vraag.artikel.clone(),
        antwoord: given.map_or("nog open", |it| it.antwoord.naam()),
        gevolg: given.map_or_else(String::new, |it| woorden::gevolg(it.gevolg)),
        afweging: vraag.afweging,
        motivering: reason.to_owned(),
        open: given.is_none(),
    }
}
