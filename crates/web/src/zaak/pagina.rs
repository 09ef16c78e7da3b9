//! `/zaken/{zaak}/stappen/{stap}`: one step of a case: shown, calculated, drafted or taken.

use std::collections::BTreeMap;

use askama::Template;
use axum::{
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    ClientId, Command, Entry, MedewerkerId, Refusal, Stream, ZaakId, refusal::StepRefusal,
};
use store::{ExecuteError, Person, SeenError};

use super::{
    Bij, Stap, alle,
    berekening::{Berekening, bereken},
    concept, gezamenlijk,
    gezamenlijk::{meer_rijen, rijen},
    herzien, pad, versie,
};
use crate::{
    beveiliging::MetSchrift,
    brieven::versturen,
    datum,
    dossiers::{
        self,
        dossier::{Persoonsbalk, person_bar},
        dossier_for,
    },
    formulier::{Formulier, Soort, Veld},
    fout::{Fout, toon, toon_fouten},
    gebruiker::Gebruiker,
    hervat,
    invoer::{Formulierdeel, Lezer, Veldfout, Waarden, zin},
    kader::Kader,
    overzicht::Verwijzing,
    rechten::Actie,
    staat::Web,
};

/// How long a text may be.
const LENGTE: usize = 20_000;

#[derive(Template)]
#[template(path = "stap.html")]
struct Stappagina {
    kader: Kader,
    persoon: Persoonsbalk,
    kruimels: Vec<Verwijzing>,
    kop: String,
    lead: String,
    let_op: Option<String>,
    gedaan: Option<String>,
    berekening: Option<Berekening>,
    formulier: Formulier,
}

/// What a step is about, before the state is looked at.
struct Geval {
    client: ClientId,
    zaak: ZaakId,
    stap: &'static Stap,
    person: Person,
    medewerkers: BTreeMap<MedewerkerId, String>,
}

/// What became of a step that was asked for.
enum Afloop {
    /// It was taken; this is where it leads.
    Gezet(Response),
    /// A colleague was first.
    Gewijzigd,
    /// It cannot be taken.
    Kanniet(Veldfout),
}

/// What is said above the form.
#[derive(Default)]
struct Melding {
    let_op: Option<String>,
    gedaan: Option<String>,
    berekening: Option<Berekening>,
}

impl Melding {
    fn gedaan(tekst: &str) -> Melding {
        Melding { gedaan: Some(tekst.to_owned()), ..Melding::default() }
    }
}

/// A page that keeps drafts may load the script for it.
fn with_script(bewaart: bool, mut answer: Response) -> Response {
    if bewaart {
        answer.extensions_mut().insert(MetSchrift);
    }
    answer
}

/// `GET /zaken/{zaak}/stappen/{stap}`
pub(crate) async fn stap(
    State(web): State<Web>,
    gebruiker: Gebruiker,
    Path((zaak, stap)): Path<(String, String)>,
) -> Result<Response, Fout> {
    show(&web, &gebruiker, (&zaak, &stap), Actie::StappenZetten).await
}

/// `POST /zaken/{zaak}/stappen/{stap}`
pub(crate) async fn zet_stap(
    State(web): State<Web>,
    gebruiker: Gebruiker,
    Path((zaak, stap)): Path<(String, String)>,
    headers: HeaderMap,
    Formulierdeel(waarden): Formulierdeel,
) -> Result<Response, Fout> {
    take(&web, &gebruiker, (&zaak, &stap), Actie::StappenZetten, waarden, alone(&headers)).await
}

/// `GET /zaken/{zaak}/stappen/voorstel`
pub(crate) async fn voorstel(
    State(web): State<Web>,
    gebruiker: Gebruiker,
    Path(zaak): Path<String>,
) -> Result<Response, Fout> {
    show(&web, &gebruiker, (&zaak, "voorstel"), Actie::Indiceren).await
}

/// `POST /zaken/{zaak}/stappen/voorstel`
pub(crate) async fn doe_voorstel(
    State(web): State<Web>,
    gebruiker: Gebruiker,
    Path(zaak): Path<String>,
    headers: HeaderMap,
    Formulierdeel(waarden): Formulierdeel,
) -> Result<Response, Fout> {
    take(&web, &gebruiker, (&zaak, "voorstel"), Actie::Indiceren, waarden, alone(&headers)).await
}

/// `GET /zaken/{zaak}/stappen/besluit`
pub(crate) async fn besluit(
    State(web): State<Web>,
    gebruiker: Gebruiker,
    Path(zaak): Path<String>,
) -> Result<Response, Fout> {
    show(&web, &gebruiker, (&zaak, "besluit"), Actie::Indiceren).await
}

/// `POST /zaken/{zaak}/stappen/besluit`
pub(crate) async fn neem_besluit(
    State(web): State<Web>,
    gebruiker: Gebruiker,
    Path(zaak): Path<String>,
    headers: HeaderMap,
    Formulierdeel(waarden): Formulierdeel,
) -> Result<Response, Fout> {
    take(&web, &gebruiker, (&zaak, "besluit"), Actie::Indiceren, waarden, alone(&headers)).await
}

/// Whether the page keeps a draft by itself.
fn alone(headers: &HeaderMap) -> bool {
    headers.contains_key(hervat::CONCEPT)
}

async fn open(
    web: &Web,
    gebruiker: &Gebruiker,
    (zaak, naam): (&str, &str),
    actie: Actie,
) -> Result<Geval, Fout> {
    let stap = alle().find(|it| it.naam == naam && it.actie() == actie);
    let stap = stap.ok_or(Fout::NietGevonden)?;
    let zaak: ZaakId = zaak.parse().map_err(|_| Fout::NietGevonden)?;
    let client = web.live().with(|it| it.state.client_van_zaak(zaak)).ok_or(Fout::NietGevonden)?;
    dossier_for(web, gebruiker, client)?;
    let person = web.store().person(client).await?;
    let medewerkers = web.store().staff_names().await?;
    Ok(Geval { client, zaak, stap, person, medewerkers })
}

async fn show(
    web: &Web,
    gebruiker: &Gebruiker,
    adres: (&str, &str),
    actie: Actie,
) -> Result<Response, Fout> {
    let geval = open(web, gebruiker, adres, actie).await?;
    let action = format!("stap geopend: {}", geval.stap.naam);
    dossiers::log(web, gebruiker, &[geval.client], &action).await?;
    let draft = concept::lees(web, gebruiker, geval.client, (geval.zaak, geval.stap)).await?;
    let (waarden, refusal) = geval.met(web, gebruiker, |bij| {
        let mut waarden: Waarden = (geval.stap.begin)(bij).into_iter().collect();
        if let Some(it) = bij.zaak.voorstel().filter(|_| geval.stap.rekent()) {
            let (uitkomst, lijst) = (it.voorstel.uitkomst, &it.voorstel.voorzieningen);
            waarden.neem_over(gezamenlijk::begin_rijen(uitkomst, lijst));
        }
        waarden.standaard("op", datum::kort(gebruiker.vandaag));
        waarden.standaard("versie", bij.dossier.version.to_string());
        let no = (geval.stap.proef)(bij).and_then(|it| bij.antwoord(it).err());
        (waarden, no.filter(stands_in_the_way))
    })?;
    let mut waarden = waarden;
    let mut melding = Melding {
        let_op: refusal.map(|it| zin(&format!("Dit kan nu niet: {it}"))),
        ..Melding::default()
    };
    if let Some(draft) = draft {
        waarden.neem_over(draft);
        melding.gedaan = Some("Uw concept staat klaar in het formulier.".to_owned());
    }
    geval.show(web, gebruiker, &waarden, melding)
}

/// Whether the step cannot be taken in any form, so that it is said before somebody types.
fn stands_in_the_way(refusal: &Refusal) -> bool {
    matches!(
        refusal,
        Refusal::Ontbreekt { .. }
            | Refusal::FunctieMagNiet { .. }
            | Refusal::GeenMandaat(_)
            | Refusal::ZaakGesloten(_)
            | Refusal::AlGedaan(_)
            | Refusal::Stap(StepRefusal::EigenVoorstel | StepRefusal::Afgeschermd(_))
    )
}

async fn take(
    web: &Web,
    gebruiker: &Gebruiker,
    adres: (&str, &str),
    actie: Actie,
    mut waarden: Waarden,
    by_itself: bool,
) -> Result<Response, Fout> {
    let geval = open(web, gebruiker, adres, actie).await?;
    if gezamenlijk::wil_erbij(&mut waarden) {
        return geval.show(web, gebruiker, &waarden, Melding::default());
    }
    let text = waarden.get("tekst").to_owned();
    if text.chars().count() > LENGTE {
        let faults = vec![fault("tekst", format!("Gebruik hoogstens {LENGTE} tekens."))];
        return geval.show_faults(web, gebruiker, &waarden, faults);
    }
    let place = (geval.zaak, geval.stap);
    match waarden.get("doe") {
        "concept" if geval.stap.tekst.is_some() => {
            concept::bewaar(web, gebruiker, geval.client, place, &waarden).await?;
            let kept = concept::bewaard_om(web);
            if by_itself {
                return Ok(kept.into_response());
            }
            let melding = Melding::gedaan(&format!("{kept}. U kunt later verder schrijven."));
            return geval.show(web, gebruiker, &waarden, melding);
        }
        _ if hervat::gevraagd(&waarden) => {
            concept::bewaar(web, gebruiker, geval.client, place, &waarden).await?;
            return geval.show(web, gebruiker, &waarden, Melding::gedaan(hervat::GEDAAN));
        }
        "bereken" if geval.stap.rekent() => return geval.calculated(web, gebruiker, &waarden),
        _ => {}
    }
    let seen = waarden.get("versie").parse().unwrap_or(0);
    if geval.met(web, gebruiker, |bij| bij.dossier.version)? != seen {
        return geval.changed(web, gebruiker, waarden, seen).await;
    }
    let faults = match geval.read(web, gebruiker, &waarden)? {
        Err(faults) => faults,
        Ok(command) => {
            // Whatever happens next, what was written is not lost.
            if !text.is_empty() && geval.stap.tekst.is_some() {
                concept::bewaar(web, gebruiker, geval.client, place, &waarden).await?;
            }
            match geval.carry_out(web, gebruiker, command, (&waarden, seen)).await? {
                Afloop::Gezet(done) => return Ok(done),
                Afloop::Gewijzigd => return geval.changed(web, gebruiker, waarden, seen).await,
                Afloop::Kanniet(fault) => vec![fault],
            }
        }
    };
    geval.show_faults(web, gebruiker, &waarden, faults)
}

fn fault(veld: &str, tekst: String) -> Veldfout {
    Veldfout { veld: veld.to_owned(), tekst }
}

/// The field that a refusal is about.
pub(crate) fn field(refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::InDeToekomst(_) | Refusal::TeVroeg { .. } => "op",
        Refusal::GeenTarief | Refusal::Stap(StepRefusal::EigenAanbieder(_)) => "aanbieder",
        Refusal::Stap(StepRefusal::BuitenNorm) => "normafwijking",
        Refusal::Stap(StepRefusal::AfwijkingZonderGrond) => "afwijking",
        Refusal::Stap(StepRefusal::TijdelijkZonderEinde) => "tot",
        Refusal::Stap(StepRefusal::GeenLid(_) | StepRefusal::MoetZichVerschonen(_)) => "deelnemers",
        Refusal::Stap(StepRefusal::MeerDanDoelen { .. }) => "behaald",
        _ => "",
    }
}

impl Geval {
    /// Looks at the state as it is now.
    fn met<T>(
        &self,
        web: &Web,
        gebruiker: &Gebruiker,
        look: impl FnOnce(&Bij<'_>) -> T,
    ) -> Result<T, Fout> {
        web.live().with(|world| {
            let state = &world.state;
            let dossier = state.dossiers.get(&self.client).ok_or(Fout::NietGevonden)?;
            let zaak = dossier.zaak(self.zaak).ok_or(Fout::NietGevonden)?;
            let medewerkers = &self.medewerkers;
            Ok(look(&Bij { state, dossier, zaak, medewerkers, gebruiker }))
        })
    }

    /// Reads the form into the command it asks for.
    fn read(
        &self,
        web: &Web,
        gebruiker: &Gebruiker,
        waarden: &Waarden,
    ) -> Result<Result<(Command, domain::Omstandigheid), Vec<Veldfout>>, Fout> {
        self.met(web, gebruiker, |bij| {
            let mut lezer = Lezer::new(waarden);
            let op = lezer.datum("op", "de dag waarop het gebeurde");
            let command = (self.stap.lees)(bij, &mut lezer, waarden);
            if let Some(it) = self.stap.tekst.filter(|it| it.verplicht) {
                let _ = lezer.tekst("tekst", &it.label.to_lowercase(), LENGTE);
            }
            let command = lezer.klaar(command.zip(op))?;
            let command_of = Command::Dossier(self.client, command.0);
            Ok((command_of, gebruiker.omstandigheid(command.1)))
        })
    }

    /// Shows what is filled in with its price; nothing is saved.
    fn calculated(
        &self,
        web: &Web,
        gebruiker: &Gebruiker,
        waarden: &Waarden,
    ) -> Result<Response, Fout> {
        let read = self.met(web, gebruiker, |bij| {
            let mut lezer = Lezer::new(waarden);
            let found = gezamenlijk::lees_voorzieningen(bij, &mut lezer, waarden);
            lezer.klaar(found).map(|it| bereken(bij, &it))
        })?;
        match read {
            Ok(it) => {
                let melding = Melding { berekening: Some(it), ..Melding::default() };
                self.show(web, gebruiker, waarden, melding)
            }
            Err(faults) => self.show_faults(web, gebruiker, waarden, faults),
        }
    }

    /// Takes the step with what follows from it, and keeps the letter that leaves with it.
    async fn carry_out(
        &self,
        web: &Web,
        gebruiker: &Gebruiker,
        command: (Command, domain::Omstandigheid),
        (waarden, seen): (&Waarden, u32),
    ) -> Result<Afloop, Fout> {
        let letter = versturen::gaat_mee(&command.0, waarden);
        let whose = (self.client, self.zaak);
        if let Some(fault) = versturen::controleer(web, gebruiker, whose, letter).await? {
            return Ok(Afloop::Kanniet(fault));
        }
        let commands = self.met(web, gebruiker, |bij| herzien::gevolgen(bij, command))?;
        let looked_at = [(Stream::Dossier(self.client), seen)];
        match web.live().execute_when(&looked_at, &commands, web.nu()).await {
            Ok(entries) => {
                let done = self.done(web, gebruiker, &entries, waarden.get("tekst")).await?;
                versturen::bewaar(web, gebruiker, whose, letter).await?;
                Ok(Afloop::Gezet(done))
            }
            Err(SeenError::Changed(_)) => Ok(Afloop::Gewijzigd),
            Err(SeenError::Execute(ExecuteError::Refused { refusal, .. })) => {
                let words = zin(&format!("Dit kan niet: {refusal}"));
                Ok(Afloop::Kanniet(fault(field(&refusal), words)))
            }
            Err(SeenError::Execute(ExecuteError::Store(error))) => Err(error.into()),
        }
    }

    /// Shows the form again with what a colleague wrote meanwhile.
    async fn changed(
        &self,
        web: &Web,
        gebruiker: &Gebruiker,
        mut waarden: Waarden,
        seen: u32,
    ) -> Result<Response, Fout> {
        let now = self.met(web, gebruiker, |bij| bij.dossier.version)?;
        let let_op = versie::gewijzigd(web, gebruiker, self.client, (seen, now)).await?;
        waarden.vervang("versie", now.to_string());
        let mut answer =
            self.show(web, gebruiker, &waarden, Melding { let_op, ..Melding::default() })?;
        *answer.status_mut() = StatusCode::CONFLICT;
        Ok(answer)
    }

    fn show(
        &self,
        web: &Web,
        gebruiker: &Gebruiker,
        waarden: &Waarden,
        melding: Melding,
    ) -> Result<Response, Fout> {
        let page = self.page(web, gebruiker, waarden, Vec::new(), melding)?;
        Ok(with_script(page.formulier.bewaart, toon(&page)?))
    }

    fn show_faults(
        &self,
        web: &Web,
        gebruiker: &Gebruiker,
        waarden: &Waarden,
        faults: Vec<Veldfout>,
    ) -> Result<Response, Fout> {
        let page = self.page(web, gebruiker, waarden, faults, Melding::default())?;
        Ok(with_script(page.formulier.bewaart, toon_fouten(&page)?))
    }

    /// Keeps the text with the event it belongs to, and goes back to the dossier.
    async fn done(
        &self,
        web: &Web,
        gebruiker: &Gebruiker,
        entries: &[Entry],
        text: &str,
    ) -> Result<Response, Fout> {
        if let (Some(kind), Some(entry)) = (self.stap.tekst, entries.first())
            && !text.is_empty()
        {
            let key = format!("{}.{}", self.zaak, entry.version);
            web.store().put_text(self.client, kind.soort, &key, text, web.nu()).await?;
        }
        concept::gooi_weg(web, gebruiker, self.client, (self.zaak, self.stap)).await?;
        if self.met(web, gebruiker, |bij| bij.zaak.sluiting.is_some())? {
            concept::ruim_op(web, self.client, self.zaak).await?;
        }
        let action = format!("stap gezet: {}", self.stap.naam);
        dossiers::log(web, gebruiker, &[self.client], &action).await?;
        let nothing = if entries.is_empty() { "&niets=ja" } else { "" };
        let to = format!("{}?gedaan={}{nothing}", dossiers::pad(self.client), self.stap.naam);
        Ok(Redirect::to(&to).into_response())
    }

    fn page(
        &self,
        web: &Web,
        gebruiker: &Gebruiker,
        waarden: &Waarden,
        mut fouten: Vec<Veldfout>,
        melding: Melding,
    ) -> Result<Stappagina, Fout> {
        let back = dossiers::pad(self.client);
        let (velden, persoon, more) = self.met(web, gebruiker, |bij| {
            let persoon = person_bar(&self.person, bij.dossier, &bij.namen(), gebruiker.vandaag);
            let mut velden = self.fields(bij);
            let more = meer_rijen(bij, &mut velden, rijen(waarden));
            (velden, persoon, more)
        })?;
        for it in &mut fouten {
            if !velden.iter().any(|veld| veld.naam == it.veld) {
                it.veld = String::new();
            }
        }
        let path = pad(self.zaak, self.stap.naam);
        let mut formulier =
            Formulier::new(path, self.stap.knop, velden, waarden, fouten).terug(back.clone());
        if more {
            formulier.meer.push(gezamenlijk::ERBIJ);
        }
        if self.stap.rekent() {
            formulier.meer.push(("bereken", "Bereken"));
        }
        if self.stap.tekst.is_some() {
            formulier.meer.push(("concept", "Bewaar concept"));
            formulier.bewaart = true;
        }
        Ok(Stappagina {
            kader: web.kader(self.stap.titel, Some(gebruiker), "/dossiers"),
            persoon,
            kruimels: vec![
                Verwijzing::new("Dossiers", "/dossiers"),
                Verwijzing::new(format!("Zaak {}", self.zaak), back),
            ],
            kop: self.stap.titel.to_owned(),
            lead: self.stap.lead.to_owned(),
            let_op: melding.let_op,
            gedaan: melding.gedaan,
            berekening: melding.berekening,
            formulier,
        })
    }

    /// The day, the fields of the step, its text, and the version that was seen.
    fn fields(&self, bij: &Bij<'_>) -> Vec<Veld> {
        let mut velden = vec![Veld::datum("op", "Gebeurd op")];
        velden.extend((self.stap.velden)(bij));
        if let Some(it) = self.stap.tekst {
            let veld = Veld::new("tekst", it.label, Soort::Tekst);
            velden.push(if it.verplicht { veld } else { veld.mag_leeg() });
        }
        velden.push(Veld::verborgen("versie"));
        velden
    }
}
