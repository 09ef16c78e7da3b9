//! `/cta/{overleg}/zaken/{zaak}`: one case as the meeting needs it, and its judgement.
//!
//! In a drawn case the first of the meeting to open it judges blind; the proposal comes after.

use std::collections::BTreeMap;

use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::{ClientId, Command, Functie, MedewerkerId, Stream, agenda::belang, cta::CtaUitkomst};
use store::{ExecuteError, SeenError};

use super::{
    pad, pad_zaak,
    toegang::{self, Toegelaten, gronden},
    verhaal::{self, Teksten, Voorsteldeel},
};
use crate::{
    beoordelingskader::woorden,
    datum,
    formulier::{Formulier, Optie, Soort, Veld},
    fout::{Fout, toon, toon_fouten},
    gebruiker::Gebruiker,
    hervat,
    invoer::{Formulierdeel, Lezer, Veldfout, Waarden, Zoekdeel, zin},
    kader::Kader,
    overzicht::Verwijzing,
    staat::Web,
    zaak::{
        self as stappen, Bij, Stap,
        gezamenlijk::{ERBIJ, meer_rijen, rijen, wil_erbij},
        pagina::field,
        versie::gewijzigd,
    },
};

/// How long the considerations may be.
const LENGTE: usize = 20_000;

#[derive(Template)]
#[template(path = "cta-zaak.html")]
struct Zaakpagina {
    kader: Kader,
    kruimels: Vec<Verwijzing>,
    kop: String,
    lead: String,
    gedaan: Option<String>,
    let_op: Option<String>,
    gronden: Vec<String>,
    hulpvraag: Option<String>,
    onderwerpen: Vec<(&'static str, String)>,
    conclusie: Option<String>,
    voorstel: Option<Voorsteldeel>,
    oordeel: Vec<String>,
    formulier: Option<Formulier>,
    formulier_kop: &'static str,
    formulier_lead: &'static str,
    verder: Vec<Verwijzing>,
}

/// What a page is asked for.
struct Vraag<'a> {
    web: &'a Web,
    gebruiker: &'a Gebruiker,
    overleg: &'a str,
    zaak: &'a str,
}

/// What is filled in and what is said of it.
#[derive(Default)]
struct Ingevuld {
    waarden: Waarden,
    fouten: Vec<Veldfout>,
    gedaan: Option<String>,
    let_op: Option<String>,
}

/// `GET /cta/{overleg}/zaken/{zaak}`
pub(crate) async fn zaak(
    State(web): State<Web>,
    gebruiker: Gebruiker,
    Path((overleg, zaak)): Path<(String, String)>,
    Zoekdeel(waarden): Zoekdeel,
) -> Result<Response, Fout> {
    let vraag = Vraag { web: &web, gebruiker: &gebruiker, overleg: &overleg, zaak: &zaak };
    let gedaan = (waarden.get("gedaan") == "tweede-oordeel")
        .then(|| "Uw oordeel is vastgelegd. Nu ziet u ook het voorstel.".to_owned());
    toon(&vraag.page(Ingevuld { gedaan, ..Ingevuld::default() }).await?)
}

/// `POST /cta/{overleg}/zaken/{zaak}`
pub(crate) async fn oordeel(
    State(web): State<Web>,
    gebruiker: Gebruiker,
    Path((overleg, zaak)): Path<(String, String)>,
    Formulierdeel(mut waarden): Formulierdeel,
) -> Result<Response, Fout> {
    let vraag = Vraag { web: &web, gebruiker: &gebruiker, overleg: &overleg, zaak: &zaak };
    if wil_erbij(&mut waarden) {
        return toon(&vraag.page(Ingevuld { waarden, ..Ingevuld::default() }).await?);
    }
    if hervat::gevraagd(&waarden) {
        let gedaan = Some(hervat::GEDAAN.to_owned());
        return toon(&vraag.page(Ingevuld { waarden, gedaan, ..Ingevuld::default() }).await?);
    }
    let medewerkers = web.store().staff_names().await?;
    let asked = vraag.read(&medewerkers, &waarden)?;
    let seen = waarden.get("versie").parse().unwrap_or(0);
    let stream = Stream::Dossier(asked.client);
    let fouten = match asked.command {
        Err(fouten) => fouten,
        Ok(command) => {
            let bij = gebruiker.omstandigheid(gebruiker.vandaag);
            match web.live().execute_when(&[(stream, seen)], &[(command, bij)], web.nu()).await {
                Ok(entries) => {
                    return vraag.done(asked.client, asked.stap, &entries, &waarden).await;
                }
                Err(SeenError::Changed(_)) => {
                    return vraag.changed(asked.client, seen, waarden).await;
                }
                Err(SeenError::Execute(ExecuteError::Refused { refusal, .. })) => {
                    let tekst = zin(&format!("Dit kan niet: {refusal}"));
                    vec![Veldfout { veld: field(&refusal).to_owned(), tekst }]
                }
                Err(SeenError::Execute(ExecuteError::Store(error))) => return Err(error.into()),
            }
        }
    };
    toon_fouten(&vraag.page(Ingevuld { waarden, fouten, ..Ingevuld::default() }).await?)
}

/// What a form asks for.
struct Gevraagd {
    client: ClientId,
    stap: &'static Stap,
    command: Result<Command, Vec<Veldfout>>,
}

impl Vraag<'_> {
    /// Looks at the case in the state as it is now, if the user may see it.
    fn look<T>(
        &self,
        medewerkers: &BTreeMap<MedewerkerId, String>,
        see: impl FnOnce(&Toegelaten<'_>, &Bij<'_>) -> T,
    ) -> Result<T, Fout> {
        self.web.live().with(|world| {
            let state = &world.state;
            let found = toegang::open(state, self.gebruiker, self.overleg, self.zaak)?;
            let bij = Bij {
                state,
                dossier: found.dossier,
                zaak: found.zaak,
                medewerkers,
                gebruiker: self.gebruiker,
            };
            Ok(see(&found, &bij))
        })
    }

    /// Reads the form: the blind judgement where one is due, the judgement of the meeting otherwise.
    fn read(
        &self,
        medewerkers: &BTreeMap<MedewerkerId, String>,
        waarden: &Waarden,
    ) -> Result<Gevraagd, Fout> {
        self.look(medewerkers, |found, bij| {
            let stap = step(found);
            let mut complete = waarden.clone();
            complete.vervang("overleg", found.overleg.id.0.to_string());
            let out = recused(found, bij).map(|it| ("verschoond", it.0.to_string()));
            complete.neem_over(out.collect());
            let mut lezer = Lezer::new(&complete);
            let read = (stap.lees)(bij, &mut lezer, &complete);
            let _ = lezer.mogelijke_tekst("tekst", LENGTE);
            // The proposal of a colleague may have come between: then this is not the form shown.
            if waarden.get("stap") != stap.naam {
                lezer.fout("", "Het formulier is veranderd. Kijk het na en verstuur opnieuw.");
            }
            let client = found.punt.client;
            let command = lezer.klaar(read).map(|it| Command::Dossier(client, it));
            Gevraagd { client, stap, command }
        })
    }

    async fn done(
        &self,
        client: ClientId,
        stap: &Stap,
        entries: &[domain::Entry],
        waarden: &Waarden,
    ) -> Result<Response, Fout> {
        let (web, text) = (self.web, waarden.get("tekst"));
        if let (Some(kind), Some(entry)) = (stap.tekst, entries.first())
            && !text.is_empty()
        {
            let key = format!("{}.{}", self.zaak, entry.version);
            web.store().put_text(client, kind.soort, &key, text, web.nu()).await?;
        }
        let medewerkers = BTreeMap::new();
        let place = self.look(&medewerkers, |found, _| {
            (found.overleg.op, found.punt.clone(), found.overleg.id, found.zaak.id)
        })?;
        let action = format!("stap gezet in het CTA-overleg: {}", stap.naam);
        toegang::log(web, self.gebruiker, (place.0, &place.1), &action).await?;
        let to = if stap.naam == TWEEDE {
            format!("{}?gedaan={TWEEDE}", pad_zaak(place.2, place.3))
        } else {
            format!("{}?gedaan=oordeel", pad(place.2))
        };
        Ok(Redirect::to(&to).into_response())
    }

    /// The form again, with what a colleague wrote meanwhile.
    async fn changed(
        &self,
        client: ClientId,
        seen: u32,
        mut waarden: Waarden,
    ) -> Result<Response, Fout> {
        let now = self.web.live().with(|it| it.state.version(Stream::Dossier(client)));
        let let_op = gewijzigd(self.web, self.gebruiker, client, (seen, now)).await?;
        waarden.vervang("versie", now.to_string());
        let page = self.page(Ingevuld { waarden, let_op, ..Ingevuld::default() }).await?;
        let mut answer = toon(&page)?;
        *answer.status_mut() = StatusCode::CONFLICT;
        Ok(answer)
    }

    /// The page, after a line in the access log with the ground.
    async fn page(&self, ingevuld: Ingevuld) -> Result<Zaakpagina, Fout> {
        let web = self.web;
        let medewerkers = web.store().staff_names().await?;
        let (dag, punt) =
            self.look(&medewerkers, |found, _| (found.overleg.op, found.punt.clone()))?;
        toegang::log(web, self.gebruiker, (dag, &punt), "zaak geopend in het CTA-overleg").await?;
        let entries = web.store().read_stream(Stream::Dossier(punt.client)).await?;
        let texts = web.store().texts(punt.client).await?;
        let teksten = Teksten::of(&punt, &entries, &texts);
        self.look(&medewerkers, |found, bij| self.draw(found, bij, teksten, ingevuld))
    }

    fn draw(
        &self,
        found: &Toegelaten<'_>,
        bij: &Bij<'_>,
        teksten: Teksten,
        ingevuld: Ingevuld,
    ) -> Zaakpagina {
        let kop = format!("Zaak {}", found.zaak.id);
        let judged = found.punt.oordeel.as_ref();
        let may = self.gebruiker.functie() == Functie::CtaLid;
        let open = judged.is_none_or(|(_, it)| it.uitkomst == CtaUitkomst::Terug)
            && found.zaak.sluiting.is_none()
            && (found.blind || may);
        let stap = step(found);
        let Ingevuld { waarden, fouten, gedaan, let_op } = ingevuld;
        Zaakpagina {
            kader: self.web.kader(&kop, Some(self.gebruiker), "/cta"),
            kruimels: vec![
                Verwijzing::new("CTA-overleg", "/cta"),
                Verwijzing::new(datum::lang(found.overleg.op), pad(found.overleg.id)),
            ],
            kop,
            lead: lead(found, self.gebruiker),
            gedaan,
            let_op,
            gronden: gronden(&found.punt),
            hulpvraag: teksten.hulpvraag,
            onderwerpen: teksten.onderwerpen,
            conclusie: conclusion(bij),
            voorstel: (!found.blind)
                .then(|| Voorsteldeel::of(bij, &found.punt, teksten.motivering)),
            oordeel: judged
                .map_or_else(Vec::new, |(_, it)| verhaal::oordeel(it, &found.punt, &bij.namen())),
            formulier: open.then(|| form(found, bij, stap, waarden, fouten)),
            formulier_kop: stap.titel,
            formulier_lead: stap.lead,
            verder: further(found),
        }
    }
}

const TWEEDE: &str = "tweede-oordeel";

/// The form that is due: blind first.
fn step(found: &Toegelaten<'_>) -> &'static Stap {
    let naam = if found.blind { TWEEDE } else { "cta-oordeel" };
    stappen::alle().find(|it| it.naam == naam).expect("both judgements are steps of a case")
}

fn lead(found: &Toegelaten<'_>, gebruiker: &Gebruiker) -> String {
    let proposed = datum::lang(found.punt.voorstel.op);
    match found.punt.uiterlijk {
        Some(day) if found.punt.oordeel.is_none() => format!(
            "Voorgesteld op {proposed}. Het overleg oordeelt uiterlijk op {}: {}.",
            datum::lang(day),
            datum::nog(day, gebruiker.vandaag)
        ),
        _ => format!("Voorgesteld op {proposed}."),
    }
}

/// What the framework said, in one sentence.
fn conclusion(bij: &Bij<'_>) -> Option<String> {
    let done = bij.zaak.kader.as_ref()?;
    let kaders = &bij.register().kaders;
    let (_, kader) = kaders.iter().find(|(_, it)| it.id == done.doorloop.kader)?;
    Some(woorden::conclusie(kader.doorloop(&done.doorloop.antwoorden).conclusie))
}

/// Who of the meeting keeps out of this case.
fn recused<'a>(
    found: &'a Toegelaten<'_>,
    bij: &'a Bij<'_>,
) -> impl Iterator<Item = MedewerkerId> + 'a {
    let members = found.overleg.leden.iter().map(|(lid, _)| *lid);
    members.filter(|it| belang(bij.state, bij.zaak, *it, bij.gebruiker.vandaag).is_some())
}

fn further(found: &Toegelaten<'_>) -> Vec<Verwijzing> {
    let (before, after) = found.buren;
    let link = |naam: &str, it: domain::ZaakId| {
        Verwijzing::new(format!("{naam}: {it}"), pad_zaak(found.overleg.id, it))
    };
    let back = Verwijzing::new("Terug naar de agenda", pad(found.overleg.id));
    let before = before.map(|it| link("Vorige zaak", it));
    let after = after.map(|it| link("Volgende zaak", it));
    after.into_iter().chain(before).chain([back]).collect()
}

fn form(
    found: &Toegelaten<'_>,
    bij: &Bij<'_>,
    stap: &Stap,
    mut waarden: Waarden,
    mut fouten: Vec<Veldfout>,
) -> Formulier {
    let overleg = found.overleg;
    let out: Vec<MedewerkerId> = recused(found, bij).collect();
    let present = bij.register().presentie.get(&overleg.id);
    let takes_part =
        |it: &MedewerkerId| !out.contains(it) && present.is_none_or(|present| present.contains(it));
    let members: Vec<MedewerkerId> =
        overleg.leden.iter().map(|(lid, _)| *lid).filter(takes_part).collect();
    if waarden.get("stap").is_empty() {
        let all = members.iter().map(|it| ("deelnemers", it.0.to_string()));
        waarden.neem_over(all.collect());
        waarden.standaard("versie", bij.dossier.version.to_string());
    }
    waarden.vervang("stap", stap.naam);
    let mut velden = (stap.velden)(bij);
    velden.retain(|it| !matches!(it.naam.as_ref(), "overleg" | "verschoond"));
    for it in velden.iter_mut().filter(|it| it.naam == "deelnemers") {
        let options = members.iter();
        let options =
            options.map(|it| Optie::new(it.0.to_string(), bij.namen().medewerker(*it))).collect();
        it.soort = Soort::Vinkjes(options);
        "Wie een belang heeft of er niet is, staat er niet bij".clone_into(&mut it.uitleg);
    }
    let more = meer_rijen(bij, &mut velden, rijen(&waarden));
    if let Some(it) = stap.tekst {
        velden.push(Veld::new("tekst", it.label, Soort::Tekst).mag_leeg());
    }
    velden.extend([Veld::verborgen("versie"), Veld::verborgen("stap")]);
    for it in &mut fouten {
        if !velden.iter().any(|veld| veld.naam == it.veld) {
            it.veld = String::new();
        }
    }
    let path = pad_zaak(overleg.id, found.zaak.id);
    let mut form = Formulier::new(path, stap.knop, velden, &waarden, fouten);
    if more {
        form.meer.push(ERBIJ);
    }
    form
}
