//! `/zaken/{zaak}/brieven/{soort}`: a letter on a page, and as a PDF when the address ends so.

use std::collections::BTreeMap;

use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use domain::{Actor, ClientId, Dossier, Entry, MedewerkerId, Stream, ZaakId};
use reports::brief::Brief;
use store::{Person, Text};

use super::{
    Briefsoort, besluit, bewaard::Bewaard, bron::Bron, geen::GeenBrief, herziening, ontvangst, pad,
    soorten, verslag,
};
use crate::{
    beoordelingskader::zaak_for,
    dossiers::{
        self,
        dossier::{Persoonsbalk, person_bar},
        dossier_for,
    },
    fout::{Fout, toon},
    gebruiker::Gebruiker,
    invoer::{Zoekdeel, zin},
    kader::Kader,
    maandbeeld::download,
    namen::Namen,
    overzicht::{Overzicht, Verwijzing},
    rechten::Actie,
    staat::Web,
    tekst::EigenHtml,
};

#[derive(Template)]
#[template(path = "brief.html")]
struct Pagina {
    kader: Kader,
    persoon: Persoonsbalk,
    kruimels: Vec<Verwijzing>,
    stand: &'static str,
    pdf: String,
    adres: Option<String>,
    anders: Option<Verwijzing>,
    brief: EigenHtml,
}

/// `GET /zaken/{zaak}/brieven/{soort}`, with `.pdf` behind it for the file.
pub(crate) async fn brief(
    State(web): State<Web>,
    gebruiker: Gebruiker,
    Path((zaak, naam)): Path<(String, String)>,
    Zoekdeel(vraag): Zoekdeel,
) -> Result<Response, Fout> {
    let (naam, as_file) = match naam.strip_suffix(".pdf") {
        Some(naam) => (naam, true),
        None => (naam.as_str(), false),
    };
    let soort: Briefsoort = naam.parse().map_err(|()| Fout::NietGevonden)?;
    let (client, dossier, id) = zaak_for(&web, &gebruiker, &zaak)?;
    let known = dossier.zaak(id).is_some_and(|it| soorten(&dossier, it).contains(&soort));
    if !known {
        return Err(Fout::NietGevonden);
    }
    let action = if as_file { "brief gedownload" } else { "brief bekeken" };
    dossiers::log(&web, &gebruiker, &[client], &format!("{action}: {soort}")).await?;
    let aanvraag = Aanvraag::open(&web, &gebruiker, client).await?;
    let composed = aanvraag.compose(&web, &gebruiker, (id, soort))?;
    if let Err(no @ (GeenBrief::Afgeschermd | GeenBrief::Vernietigd)) = composed {
        return refused(&web, &gebruiker, (client, soort), &no);
    }
    // What was sent is shown, unless somebody asks what the letter would say now.
    let now = vraag.get("nu") == "ja";
    let kept = Bewaard::find(&aanvraag.texts, id, soort);
    let was_sent = kept.is_some();
    let (letter, stand) = match chosen(kept, composed, now)? {
        Ok(it) => it,
        Err(no) => return refused(&web, &gebruiker, (client, soort), &no),
    };
    if as_file {
        let parts = ["zaak", &id.to_string(), &soort.to_string()];
        let name = reports::bestandsnaam(&parts, gebruiker.vandaag, "pdf");
        return Ok(download(&name, "application/pdf", letter.pdf));
    }
    let register = web.register();
    let namen = Namen { register: &register, medewerkers: &aanvraag.medewerkers };
    let title = format!("{}, zaak {id}", soort.naam());
    toon(&Pagina {
        kader: web.kader(&title, Some(&gebruiker), "/dossiers"),
        persoon: person_bar(&aanvraag.person, &dossier, &namen, gebruiker.vandaag),
        kruimels: crumbs(client),
        stand,
        adres: gebruiker
            .mag(Actie::StappenZetten)
            .then(|| format!("{}/adres", dossiers::pad(client))),
        pdf: format!("{}.pdf{}", pad(id, soort), if now { "?nu=ja" } else { "" }),
        anders: was_sent.then(|| match now {
            true => Verwijzing::new("Bekijk wat is verzonden", pad(id, soort)),
            false => {
                let path = format!("{}?nu=ja", pad(id, soort));
                Verwijzing::new("Bekijk de brief met wat nu in het dossier staat", path)
            }
        }),
        brief: EigenHtml(letter.html),
    })
}

/// The letter to show, with a sentence on what it is.
fn chosen(
    kept: Option<Bewaard>,
    composed: Result<Brief, GeenBrief>,
    now: bool,
) -> Result<Result<(Bewaard, &'static str), GeenBrief>, Fout> {
    let was_sent = kept.is_some();
    Ok(match (kept.filter(|_| !now), composed) {
        (Some(kept), _) => Ok((kept, "Deze brief is verzonden. Dit is wat de cliënt kreeg.")),
        (None, Ok(brief)) => {
            let stand = if was_sent {
                "Zo zou deze brief er nu uitzien. Verzonden is een eerdere versie."
            } else {
                "Dit is een voorbeeld: van deze brief is geen verzonden versie bewaard. Hij \
                 verandert mee met het dossier."
            };
            Ok((Bewaard::of(&brief)?, stand))
        }
        (None, Err(no)) => Err(no),
    })
}

fn crumbs(client: ClientId) -> Vec<Verwijzing> {
    vec![
        Verwijzing::new("Dossiers", "/dossiers"),
        Verwijzing::new("Dossier", dossiers::pad(client)),
    ]
}

/// The page that says why there is no letter.
fn refused(
    web: &Web,
    gebruiker: &Gebruiker,
    (client, soort): (ClientId, Briefsoort),
    no: &GeenBrief,
) -> Result<Response, Fout> {
    let kader = web.kader("Deze brief kan niet worden gemaakt", Some(gebruiker), "/dossiers");
    let lead = format!("{}: {}", soort.naam(), zin(&no.to_string()));
    let mut pagina = Overzicht::new(kader, &lead);
    pagina.kruimels = crumbs(client);
    let address = matches!(no, GeenBrief::OnbekendAdres(_)) && gebruiker.mag(Actie::StappenZetten);
    let path = format!("{}/adres", dossiers::pad(client));
    pagina.acties.extend(address.then(|| Verwijzing::new("Wijzig het adres", path)));
    let mut answer = toon(&pagina)?;
    *answer.status_mut() = match no.is_weigering() {
        true => StatusCode::FORBIDDEN,
        false => StatusCode::UNPROCESSABLE_ENTITY,
    };
    Ok(answer)
}

/// What was read of a client, to compose a letter from.
pub(super) struct Aanvraag {
    person: Person,
    texts: Vec<Text>,
    entries: Vec<Entry>,
    medewerkers: BTreeMap<MedewerkerId, String>,
    dossier: Dossier,
}

impl Aanvraag {
    pub(super) async fn open(
        web: &Web,
        gebruiker: &Gebruiker,
        client: ClientId,
    ) -> Result<Aanvraag, Fout> {
        Ok(Aanvraag {
            person: web.store().person(client).await?,
            texts: web.store().texts(client).await?,
            entries: web.store().read_stream(Stream::Dossier(client)).await?,
            medewerkers: web.store().staff_names().await?,
            dossier: dossier_for(web, gebruiker, client)?,
        })
    }

    /// The letter, or why there is none.
    pub(super) fn compose(
        &self,
        web: &Web,
        gebruiker: &Gebruiker,
        (zaak, soort): (ZaakId, Briefsoort),
    ) -> Result<Result<Brief, GeenBrief>, Fout> {
        let register = web.register();
        let zaak = self.dossier.zaak(zaak).ok_or(Fout::NietGevonden)?;
        let bron = Bron {
            register: &register,
            medewerkers: &self.medewerkers,
            dossier: &self.dossier,
            zaak,
            person: &self.person,
            texts: &self.texts,
            entries: &self.entries,
            vandaag: gebruiker.vandaag,
            lezer: Actor::Medewerker(gebruiker.hoedanigheid),
        };
        Ok(match soort {
            Briefsoort::Ontvangst => ontvangst::brief(&bron),
            Briefsoort::Verslag => verslag::brief(&bron),
            Briefsoort::Besluit(nummer) => besluit::brief(&bron, nummer),
            Briefsoort::Herziening(id) => herziening::brief(&bron, id),
        })
    }
}
