//! `/zaken/{zaak}/kader`: the framework is walked through for one case. Half of it may be kept.

use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    ClientId, Command, Dossier, DossierCommand, Stream, VraagId, ZaakId, Zaakstap,
    kader::{Antwoord, Gevolg, Kader as Versie, Vraag},
    kaderdoorloop::{Doorloop, GedaneDoorloop},
};
use store::{ExecuteError, SeenError, Text};

use super::{SOORT, motivering_van, sleutel, versies, woorden, zaak_for};
use crate::{
    dossiers::{
        self,
        dossier::{Persoonsbalk, person_bar},
    },
    formulier::Optie,
    fout::{Fout, toon, toon_fouten},
    gebruiker::Gebruiker,
    hervat,
    invoer::{Formulierdeel, Veldfout, Waarden, Zoekdeel, zin},
    kader::Kader,
    namen::Namen,
    overzicht::{Cel, Overzicht, Sectie, Verwijzing},
    staat::Web,
    zaak::versie::gewijzigd,
};

/// How long a motivation may be.
const LENGTE: usize = 4_000;

#[derive(Template)]
#[template(path = "kader-lopen.html")]
struct Pagina {
    kader: Kader,
    persoon: Persoonsbalk,
    kruimels: Vec<Verwijzing>,
    kop: String,
    lead: String,
    gedaan: Option<String>,
    let_op: Option<String>,
    fouten: Vec<Veldfout>,
    naar: String,
    spoor: Option<String>,
    versie: u16,
    gezien: u32,
    stappen: Vec<Stapdeel>,
    sectie: Sectie,
}

struct Stapdeel {
    naam: String,
    vragen: Vec<Vraagdeel>,
}

struct Vraagdeel {
    nummer: u16,
    tekst: String,
    toelichting: String,
    artikel: String,
    afweging: bool,
    gevolgen: Vec<String>,
    opties: Vec<Optie>,
    motivering: String,
    fout: Option<String>,
}

/// What a page about a case is made from.
struct Bij {
    client: ClientId,
    dossier: Dossier,
    zaak: ZaakId,
    texts: Vec<Text>,
}

impl Bij {
    async fn read(web: &Web, gebruiker: &Gebruiker, deel: &str) -> Result<Bij, Fout> {
        let (client, dossier, zaak) = zaak_for(web, gebruiker, deel)?;
        let texts = web.store().texts(client).await?;
        Ok(Bij { client, dossier, zaak, texts })
    }

    /// The last walk of this case.
    fn gedaan(&self) -> Option<&GedaneDoorloop> {
        self.dossier.zaak(self.zaak)?.kader.as_ref()
    }

    /// The version of the dossier that was on the screen.
    fn gezien(&self, waarden: &Waarden) -> u32 {
        waarden.get("gezien").parse().unwrap_or(self.dossier.version)
    }

    fn pad(&self) -> String {
        format!("/zaken/{}/kader", self.zaak)
    }

    /// The fields as they were kept.
    fn waarden(&self, versie: &Versie) -> Waarden {
        let known = self.gedaan().map_or(&[][..], |it| it.doorloop.antwoorden.as_slice());
        let answers = known
            .iter()
            .map(|(vraag, it)| (format!("v{}", vraag.0), woorden::antwoord(*it).to_owned()));
        let reasons = versie.vragen().map(|(_, it)| {
            let text = motivering_van(&self.texts, self.zaak, it.id);
            (format!("m{}", it.id.0), text.to_owned())
        });
        answers.chain(reasons).collect()
    }
}

/// `GET /zaken/{zaak}/kader`
pub(crate) async fn formulier(
    State(web): State<Web>,
    gebruiker: Gebruiker,
    Path(zaak): Path<String>,
    Zoekdeel(vraag): Zoekdeel,
) -> Result<Response, Fout> {
    let bij = Bij::read(&web, &gebruiker, &zaak).await?;
    dossiers::log(&web, &gebruiker, &[bij.client], "beoordelingskader geopend").await?;
    let register = web.register();
    let Some(versie) = register.kader_op(gebruiker.vandaag) else {
        return toon(&without(&web, &gebruiker, &bij));
    };
    let waarden = bij.waarden(versie);
    let mut shown = page(&web, &gebruiker, &bij, (versie, &waarden), Vec::new()).await?;
    shown.gedaan = (vraag.get("opgeslagen") == "ja").then(|| {
        let antwoorden = bij.gedaan().map_or(&[][..], |it| it.doorloop.antwoorden.as_slice());
        let spoor = versie.doorloop(antwoorden);
        match spoor.open.len() {
            0 => "Bewaard. Alle vragen zijn beantwoord.".to_owned(),
            1 => "Bewaard. Er staat nog 1 vraag open.".to_owned(),
            open => format!("Bewaard. Er staan nog {open} vragen open."),
        }
    });
    toon(&shown)
}

/// `POST /zaken/{zaak}/kader`
pub(crate) async fn bewaar(
    State(web): State<Web>,
    gebruiker: Gebruiker,
    Path(zaak): Path<String>,
    Formulierdeel(mut waarden): Formulierdeel,
) -> Result<Response, Fout> {
    let bij = Bij::read(&web, &gebruiker, &zaak).await?;
    let register = web.register();
    let Some(versie) = register.kader_op(gebruiker.vandaag) else {
        return toon_fouten(&without(&web, &gebruiker, &bij));
    };
    if hervat::gevraagd(&waarden) {
        let mut shown = page(&web, &gebruiker, &bij, (versie, &waarden), Vec::new()).await?;
        shown.gedaan = Some(hervat::GEDAAN.to_owned());
        return toon(&shown);
    }
    let seen = bij.gezien(&waarden);
    let fouten = match read(versie, &waarden) {
        Err(fouten) => fouten,
        Ok(doorloop) => {
            let complete = versie.doorloop(&doorloop.antwoorden).open.is_empty();
            let stap = Zaakstap::KaderDoorlopen(doorloop);
            let command = DossierCommand::ZetStap { zaak: bij.zaak, stap };
            let asked = [(
                Command::Dossier(bij.client, command),
                gebruiker.omstandigheid(gebruiker.vandaag),
            )];
            let looked_at = [(Stream::Dossier(bij.client), seen)];
            match web.live().execute_when(&looked_at, &asked, web.nu()).await {
                Ok(_) => {
                    keep_reasons(&web, &bij, versie, &waarden).await?;
                    dossiers::log(&web, &gebruiker, &[bij.client], "beoordelingskader doorlopen")
                        .await?;
                    let path = if complete { "/spoor" } else { "?opgeslagen=ja" };
                    return Ok(Redirect::to(&format!("{}{path}", bij.pad())).into_response());
                }
                Err(SeenError::Changed(stream)) => {
                    let now = web.live().with(|world| world.state.version(stream));
                    waarden.vervang("gezien", now.to_string());
                    let mut shown =
                        page(&web, &gebruiker, &bij, (versie, &waarden), Vec::new()).await?;
                    shown.let_op = gewijzigd(&web, &gebruiker, bij.client, (seen, now)).await?;
                    let mut answer = toon(&shown)?;
                    *answer.status_mut() = StatusCode::CONFLICT;
                    return Ok(answer);
                }
                Err(SeenError::Execute(ExecuteError::Refused { refusal, .. })) => {
                    let tekst = zin(&format!("Dit kan niet: {refusal}"));
                    vec![Veldfout { veld: String::new(), tekst }]
                }
                Err(SeenError::Execute(ExecuteError::Store(error))) => return Err(error.into()),
            }
        }
    };
    toon_fouten(&page(&web, &gebruiker, &bij, (versie, &waarden), fouten).await?)
}

/// The answers; a question without one stays open.
fn read(versie: &Versie, waarden: &Waarden) -> Result<Doorloop, Vec<Veldfout>> {
    let mut fouten = Vec::new();
    let mut antwoorden: Vec<(VraagId, Antwoord)> = Vec::new();
    for (_, vraag) in versie.vragen() {
        let (field, reason) = (format!("v{}", vraag.id.0), format!("m{}", vraag.id.0));
        let given = waarden.get(&field);
        match Antwoord::ALLE.into_iter().find(|it| woorden::antwoord(*it) == given) {
            Some(it) => antwoorden.push((vraag.id, it)),
            None if given.is_empty() => {}
            None => {
                let tekst = format!("Vraag {}: kies ja, nee of n.v.t.", vraag.id.0);
                fouten.push(Veldfout { veld: field, tekst });
            }
        }
        if waarden.get(&reason).chars().count() > LENGTE {
            let number = vraag.id.0;
            let tekst =
                format!("Vraag {number}: gebruik hoogstens {LENGTE} tekens voor de motivering.");
            fouten.push(Veldfout { veld: reason, tekst });
        }
    }
    // The version that was on the screen: when another came into force, the domain says so.
    let kader = waarden.get("versie").parse().map_or(versie.id, domain::KaderId);
    if fouten.is_empty() { Ok(Doorloop { kader, antwoorden }) } else { Err(fouten) }
}

async fn keep_reasons(
    web: &Web,
    bij: &Bij,
    versie: &Versie,
    waarden: &Waarden,
) -> Result<(), Fout> {
    for (_, vraag) in versie.vragen() {
        let given = waarden.get(&format!("m{}", vraag.id.0));
        if given != motivering_van(&bij.texts, bij.zaak, vraag.id) {
            let key = sleutel(bij.zaak, vraag.id);
            web.store().put_text(bij.client, SOORT, &key, given, web.nu()).await?;
        }
    }
    Ok(())
}

/// The page when there is no framework.
fn without(web: &Web, gebruiker: &Gebruiker, bij: &Bij) -> Overzicht {
    let kader = web.kader("Beoordelingskader", Some(gebruiker), "/dossiers");
    let lead = "Er geldt nog geen beoordelingskader. Een functioneel beheerder brengt het in bij \
                het register.";
    let mut pagina = Overzicht::new(kader, lead);
    pagina.kruimels = crumbs(bij);
    pagina
}

fn crumbs(bij: &Bij) -> Vec<Verwijzing> {
    vec![
        Verwijzing::new("Dossiers", "/dossiers"),
        Verwijzing::new("Dossier", dossiers::pad(bij.client)),
    ]
}

async fn page(
    web: &Web,
    gebruiker: &Gebruiker,
    bij: &Bij,
    (versie, waarden): (&Versie, &Waarden),
    fouten: Vec<Veldfout>,
) -> Result<Pagina, Fout> {
    let register = web.register();
    let medewerkers = web.store().staff_names().await?;
    let namen = Namen { register: &register, medewerkers: &medewerkers };
    let person = web.store().person(bij.client).await?;
    let kop = format!("Beoordelingskader, zaak {}", bij.zaak);
    let other = bij.gedaan().map(|it| it.doorloop.kader).filter(|it| *it != versie.id);
    let stappen = versie
        .stappen
        .iter()
        .map(|stap| Stapdeel {
            naam: woorden::stap(stap.soort),
            vragen: stap.vragen.iter().map(|it| question(it, waarden, &fouten)).collect(),
        })
        .collect();
    Ok(Pagina {
        kader: web.kader(&kop, Some(gebruiker), "/dossiers"),
        persoon: person_bar(&person, &bij.dossier, &namen, gebruiker.vandaag),
        kruimels: crumbs(bij),
        kop,
        lead: format!(
            "{}, versie {}. U mag tussentijds bewaren. Het kader geeft een voorstel; er wordt \
             niets vanzelf afgewezen.",
            versie.naam, versie.id.0
        ),
        gedaan: None,
        let_op: other.map(|it| {
            format!(
                "Deze zaak is eerder doorlopen met versie {}. De antwoorden op dezelfde vragen \
                 staan er al; kijk ze na.",
                it.0
            )
        }),
        fouten,
        naar: bij.pad(),
        spoor: bij.gedaan().map(|_| format!("{}/spoor", bij.pad())),
        versie: versie.id.0,
        gezien: bij.gezien(waarden),
        stappen,
        sectie: versies::norms(versie, &register),
    })
}

fn question(vraag: &Vraag, waarden: &Waarden, fouten: &[Veldfout]) -> Vraagdeel {
    let number = vraag.id.0;
    let (field, reason) = (format!("v{number}"), format!("m{number}"));
    let chosen = waarden.get(&field);
    let opties = Antwoord::ALLE
        .into_iter()
        .map(|it| {
            let word = woorden::antwoord(it);
            Optie { gekozen: chosen == word, ..Optie::new(word, it.naam()) }
        })
        .collect();
    let gevolgen = [("ja", vraag.bij_ja), ("nee", vraag.bij_nee)]
        .into_iter()
        .filter(|(_, gevolg)| *gevolg != Gevolg::Verder)
        .map(|(answer, gevolg)| format!("Bij {answer}: {}.", woorden::gevolg(gevolg)))
        .collect();
    let wrong = fouten.iter().find(|it| it.veld == field || it.veld == reason);
    Vraagdeel {
        nummer: number,
        tekst: vraag.tekst.clone(),
        toelichting: vraag.toelichting.clone(),
        artikel: vraag.artikel.clone(),
        afweging: vraag.afweging,
        gevolgen,
        opties,
        motivering: waarden.get(&reason).to_owned(),
        fout: wrong.map(|it| it.tekst.clone()),
    }
}
