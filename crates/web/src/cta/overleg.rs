//! `/cta/{overleg}`: one meeting: its agenda, who is there, who keeps out, the draw and the lessons.

use std::collections::BTreeMap;

use axum::{
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    Command, DossierCommand, MedewerkerId, RegisterEvent, ZaakId, Zaakstap,
    agenda::{Agendapunt, agenda, belang, te_agenderen},
    cta::{Aanleiding, CtaAanmelding, Overleg, lot},
    inrichting::Inrichting,
    instelling::{CtaRegels, Instelling},
    kader::Stapsoort,
};
use jiff::civil::Date;
use store::ExecuteError;

use super::{find, lijst, pad, pad_zaak, redenen, termijn, verschil};
use crate::{
    beoordelingskader::versies::pad_stap,
    datum,
    formulier::{Formulier, Optie, Soort, Veld},
    fout::{Fout, toon, toon_fouten},
    gebruiker::Gebruiker,
    invoer::{Formulierdeel, Veldfout, Waarden, Zoekdeel, zin},
    namen::Namen,
    overzicht::{Cel, Lijst, Overzicht, Sectie, Verwijzing},
    staat::Web,
};

/// What the page of a meeting is made from.
struct Stand {
    overleg: Overleg,
    punten: Vec<Agendapunt>,
    wachtend: Vec<Agendapunt>,
    aanwezig: Option<Vec<MedewerkerId>>,
    /// Who keeps out of which case, and why.
    verschoond: BTreeMap<ZaakId, Vec<(MedewerkerId, &'static str)>>,
    /// The rules of the review with the day from which they hold.
    regels: Option<(Date, CtaRegels)>,
}

/// `GET /cta/{overleg}`
pub(crate) async fn overleg(
    State(web): State<Web>,
    gebruiker: Gebruiker,
    Path(deel): Path<String>,
    Zoekdeel(vraag): Zoekdeel,
) -> Result<Response, Fout> {
    let stand = Stand::of(&web, &gebruiker, &deel)?;
    let mut pagina = page(&web, &gebruiker, &stand, Vec::new()).await?;
    pagina.gedaan = match (vraag.get("gedaan"), vraag.get("zaken").parse::<usize>()) {
        ("presentie", _) => Some("De presentie is vastgelegd.".to_owned()),
        ("oordeel", _) => Some("Het oordeel is vastgelegd.".to_owned()),
        ("agenda", Ok(1)) => Some("1 zaak staat nu op de agenda.".to_owned()),
        ("agenda", Ok(n)) => Some(format!("{n} zaken staan nu op de agenda.")),
        _ => None,
    };
    toon(&pagina)
}

/// `POST /cta/{overleg}/presentie`: who was there.
pub(crate) async fn presentie(
    State(web): State<Web>,
    gebruiker: Gebruiker,
    Path(deel): Path<String>,
    Formulierdeel(waarden): Formulierdeel,
) -> Result<Response, Fout> {
    let stand = Stand::of(&web, &gebruiker, &deel)?;
    let overleg = stand.overleg.id;
    let ticked = waarden.alle("aanwezig").into_iter();
    let aanwezig = ticked.filter_map(|it| it.parse().ok().map(MedewerkerId)).collect();
    let list = Inrichting::PresentieVastgelegd { overleg, aanwezig };
    let command = Command::Register(RegisterEvent::ToegangIngericht(list));
    let asked = [(command, gebruiker.omstandigheid(gebruiker.vandaag))];
    match web.live().execute(&asked, web.nu()).await {
        Ok(_) => Ok(Redirect::to(&format!("{}?gedaan=presentie", pad(overleg))).into_response()),
        Err(ExecuteError::Refused { refusal, .. }) => {
            let tekst = zin(&format!("Dit kan niet: {refusal}"));
            let fouten = vec![Veldfout { veld: "aanwezig".to_owned(), tekst }];
            toon_fouten(&page(&web, &gebruiker, &stand, fouten).await?)
        }
        Err(ExecuteError::Store(error)) => Err(error.into()),
    }
}

/// `POST /cta/{overleg}/agenda`: puts every case that waits on this agenda, drawn ones too.
pub(crate) async fn agendeer(
    State(web): State<Web>,
    gebruiker: Gebruiker,
    Path(deel): Path<String>,
) -> Result<Response, Fout> {
    let stand = Stand::of(&web, &gebruiker, &deel)?;
    let overleg = stand.overleg.id;
    let mut fouten = Vec::new();
    let mut done = 0_usize;
    for it in &stand.wachtend {
        let aanleidingen = it.aanleidingen.clone();
        let brought = CtaAanmelding { overleg: Some(overleg), aanleidingen };
        let stap = Zaakstap::CtaAangemeld(brought);
        let command = Command::Dossier(it.client, DossierCommand::ZetStap { zaak: it.zaak, stap });
        let asked = [(command, gebruiker.omstandigheid(gebruiker.vandaag))];
        match web.live().execute(&asked, web.nu()).await {
            Ok(entries) => done += entries.len(),
            Err(ExecuteError::Refused { refusal, .. }) => {
                let reason = zin(&refusal.to_string());
                let tekst = format!("Zaak {} staat er niet op: {reason}", it.zaak);
                fouten.push(Veldfout { veld: String::new(), tekst });
            }
            Err(ExecuteError::Store(error)) => return Err(error.into()),
        }
    }
    if fouten.is_empty() {
        let to = format!("{}?gedaan=agenda&zaken={done}", pad(overleg));
        return Ok(Redirect::to(&to).into_response());
    }
    let stand = Stand::of(&web, &gebruiker, &deel)?;
    toon_fouten(&page(&web, &gebruiker, &stand, fouten).await?)
}

impl Stand {
    fn of(web: &Web, gebruiker: &Gebruiker, deel: &str) -> Result<Stand, Fout> {
        let vandaag = gebruiker.vandaag;
        web.live().with(|world| {
            let state = &world.state;
            let overleg = find(&state.register, deel)?.clone();
            let punten = agenda(state, overleg.id);
            let mut verschoond: BTreeMap<ZaakId, Vec<(MedewerkerId, &'static str)>> =
                BTreeMap::new();
            for it in &punten {
                let zaak = state.dossiers.get(&it.client).and_then(|known| known.zaak(it.zaak));
                let Some(zaak) = zaak else { continue };
                let out = overleg.leden.iter().filter_map(|(lid, _)| {
                    belang(state, zaak, *lid, vandaag).map(|why| (*lid, why.naam()))
                });
                verschoond.insert(it.zaak, out.collect());
            }
            let day = overleg.op.min(vandaag);
            let mut chosen = state.register.instellingen.alle().iter().rev();
            let regels = chosen.find_map(|(from, it)| match it {
                Instelling::Cta(rules) if *from <= day => Some((*from, *rules)),
                _ => None,
            });
            Ok(Stand {
                punten,
                wachtend: if overleg.op >= vandaag {
                    te_agenderen(state, vandaag)
                } else {
                    Vec::new()
                },
                aanwezig: state.register.presentie.get(&overleg.id).cloned(),
                verschoond,
                regels: regels.and_then(|(from, rules)| Some((from, rules?))),
                overleg,
            })
        })
    }

    fn is_out(&self, zaak: ZaakId, wie: MedewerkerId) -> bool {
        self.verschoond.get(&zaak).is_some_and(|it| it.iter().any(|(who, _)| *who == wie))
    }
}

async fn page(
    web: &Web,
    gebruiker: &Gebruiker,
    stand: &Stand,
    fouten: Vec<Veldfout>,
) -> Result<Overzicht, Fout> {
    let medewerkers = web.store().staff_names().await?;
    let register = web.register();
    let namen = Namen { register: &register, medewerkers: &medewerkers };
    let overleg = &stand.overleg;
    let kop = format!("CTA-overleg van {}", datum::lang(overleg.op));
    let judged = stand.punten.iter().filter(|it| it.oordeel.is_some()).count();
    let lead = format!(
        "Voorzitter is {}. Op de agenda staan {} zaken; {judged} daarvan zijn beoordeeld. Kies \
         een zaaknummer om de zaak te openen.",
        namen.medewerker(overleg.voorzitter),
        stand.punten.len(),
    );
    let mut pagina = Overzicht::new(web.kader(&kop, Some(gebruiker), "/cta"), &lead);
    pagina.kruimels = vec![Verwijzing::new("CTA-overleg", "/cta")];
    let (of_list, of_agenda): (Vec<_>, Vec<_>) =
        fouten.into_iter().partition(|it| it.veld == "aanwezig");
    let mut points = Sectie::new("Agenda", table(stand, gebruiker, &namen));
    points.leeg = "Er staat nog geen zaak op deze agenda.";
    pagina.secties = vec![points, list_section(stand, gebruiker, &namen, of_list)];
    if overleg.op >= gebruiker.vandaag {
        pagina.secties.push(waiting_section(stand, gebruiker, of_agenda));
    }
    pagina.secties.push(draw_section(stand));
    pagina.secties.push(lessons(stand, &namen));
    Ok(pagina)
}

fn table(stand: &Stand, gebruiker: &Gebruiker, namen: &Namen<'_>) -> Lijst {
    let own = gebruiker.hoedanigheid.medewerker;
    let mut lijst = Lijst::new(&[
        "Zaak",
        "Waarom",
        "Uiterlijk",
        "Nog",
        "Doet niet mee",
        "Oordeel",
        "Verschil met het voorstel",
    ]);
    for it in &stand.punten {
        let (day, left) = termijn(it, gebruiker.vandaag);
        let out = stand.verschoond.get(&it.zaak).map_or(&[][..], Vec::as_slice);
        let out: Vec<String> =
            out.iter().map(|(who, why)| format!("{} {why}", namen.medewerker(*who))).collect();
        let number = it.zaak.to_string();
        let opens = stand.overleg.is_lid(own) && !stand.is_out(it.zaak, own);
        let (judgement, change) = match &it.oordeel {
            Some((op, judged)) => (
                format!("{} op {}", judged.uitkomst.naam(), datum::kort(*op)),
                verschil(&indicators::overleg::verschil(namen.register, &it.voorstel, judged)),
            ),
            None => ("nog niet".to_owned(), String::new()),
        };
        lijst.rij(vec![
            if opens {
                Cel::link(number, pad_zaak(stand.overleg.id, it.zaak))
            } else {
                number.into()
            },
            redenen(&it.aanleidingen).into(),
            day.into(),
            if it.oordeel.is_some() { String::new() } else { left }.into(),
            out.join("; ").into(),
            judgement.into(),
            change.into(),
        ]);
    }
    lijst
}

/// Who sits in the meeting, and who was there.
fn list_section(
    stand: &Stand,
    gebruiker: &Gebruiker,
    namen: &Namen<'_>,
    fouten: Vec<Veldfout>,
) -> Sectie {
    let overleg = &stand.overleg;
    let mut lijst = Lijst::new(&["Lid", "Discipline", "Aanwezig"]);
    for (lid, discipline) in &overleg.leden {
        let there = match &stand.aanwezig {
            None => "niet vastgelegd",
            Some(it) if it.contains(lid) => "ja",
            Some(_) => "nee",
        };
        let name = namen.medewerker(*lid);
        lijst.rij(vec![name.into(), discipline.naam().into(), there.into()]);
    }
    let mut section = Sectie::new("Leden en presentie", lijst);
    let own = overleg.is_lid(gebruiker.hoedanigheid.medewerker);
    if own && overleg.op <= gebruiker.vandaag || !fouten.is_empty() {
        let everybody = overleg.leden.iter().map(|(lid, _)| *lid).collect();
        let there = stand.aanwezig.clone().unwrap_or(everybody);
        let waarden: Waarden = there.iter().map(|it| ("aanwezig", it.0.to_string())).collect();
        let options = overleg.leden.iter();
        let options =
            options.map(|(lid, _)| Optie::new(lid.0.to_string(), namen.medewerker(*lid))).collect();
        let veld = Veld::new("aanwezig", "Wie is er?", Soort::Vinkjes(options));
        let path = format!("{}/presentie", pad(overleg.id));
        let form = Formulier::new(path, "Leg de presentie vast", vec![veld], &waarden, fouten);
        section.formulier = Some(form);
    }
    section.lead(
        "Wie niet op de presentielijst staat, oordeelt niet mee en ziet de zaken niet. Wie het \
         voorstel deed of voor de aanbieder werkt, doet bij die zaak niet mee (Awb, art. 2:4).",
    )
}

/// What waits for an agenda, with one button.
fn waiting_section(stand: &Stand, gebruiker: &Gebruiker, fouten: Vec<Veldfout>) -> Sectie {
    let mut section = Sectie::new(
        "Nog niet op een agenda",
        lijst::due(&stand.wachtend, gebruiker.vandaag),
    )
    .lead(
        "De zaken die volgens de regels van de gemeente naar het overleg gaan, en de steekproef.",
    );
    section.leeg = "Er wacht geen zaak op een agenda.";
    if !stand.wachtend.is_empty() || !fouten.is_empty() {
        section.formulier = Some(Formulier::new(
            format!("{}/agenda", pad(stand.overleg.id)),
            "Zet deze zaken op de agenda",
            Vec::new(),
            &Waarden::default(),
            fouten,
        ));
    }
    section
}

/// The draw, so that anybody can do it again.
fn draw_section(stand: &Stand) -> Sectie {
    let mut lijst = Lijst::new(&["Zaak", "Lot#", "Getrokken", "Naar het overleg wegens"]);
    let Some((from, rules)) = &stand.regels else {
        let mut section = Sectie::new("De steekproef", lijst);
        section.leeg = "De gemeente koos voor deze dag geen regels voor het CTA-overleg.";
        return section;
    };
    let share = u64::from(rules.steekproef_promille);
    for it in stand.punten.iter().chain(&stand.wachtend) {
        let number = lot(rules, it.zaak);
        lijst.rij(vec![
            it.zaak.to_string().into(),
            number.to_string().into(),
            if number < share { "ja" } else { "nee" }.into(),
            if it.aanleidingen == [Aanleiding::Steekproef] {
                "de steekproef".into()
            } else {
                redenen(&it.aanleidingen).into()
            },
        ]);
    }
    let mut section = Sectie::new("De steekproef", lijst).lead(format!(
        "Het zaad is {}, vastgelegd bij de regels die gelden vanaf {}. Van elke 1.000 zaken \
         zonder andere reden gaan er {share} naar het overleg: die met een lot onder {share}. Het \
         lot is SplitMix64 van zaad en zaaknummer, modulo 1.000; iedereen kan de trekking \
         overdoen.",
        rules.zaad,
        datum::lang(*from),
    ));
    section.leeg = "Er is nog niets om te trekken.";
    section
}

/// What was learnt, per step of the framework that was in force.
fn lessons(stand: &Stand, namen: &Namen<'_>) -> Sectie {
    let mut found: BTreeMap<Stapsoort, Vec<String>> = BTreeMap::new();
    for it in &stand.punten {
        if let Some((_, judged)) = &it.oordeel
            && let Some(les) = judged.les
        {
            found.entry(les).or_default().push(it.zaak.to_string());
        }
    }
    let kader = namen.register.kader_op(stand.overleg.op).map(|it| it.id);
    let mut lijst = Lijst::new(&["Stap van het kader", "Lessen#", "Zaken"]);
    for (soort, zaken) in found {
        let step: Cel = match kader {
            Some(versie) => Cel::link(soort.naam(), pad_stap(versie, soort)),
            None => soort.naam().into(),
        };
        lijst.rij(vec![step, zaken.len().to_string().into(), zaken.join(", ").into()]);
    }
    let mut section = Sectie::new("Lessen voor het beoordelingskader", lijst);
    section.leeg = "Bij de zaken van dit overleg is geen les vastgelegd.";
    section
}
