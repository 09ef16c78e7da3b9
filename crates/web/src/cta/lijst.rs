//! `GET /cta`: the meetings, what comes first first, and what is on no agenda yet.

use axum::{extract::State, response::Response};
use domain::{
    MedewerkerId,
    agenda::{Agendapunt, te_agenderen, tellingen},
    cta::Overleg,
};
use jiff::civil::Date;
use std::collections::BTreeMap;

use super::{pad, redenen, termijn};
use crate::{
    datum,
    fout::{Fout, toon},
    gebruiker::Gebruiker,
    invoer::Zoekdeel,
    namen::Namen,
    overzicht::{Cel, Lijst, Overzicht, Sectie, Verwijzing},
    rechten::Actie,
    staat::Web,
};

/// How many earlier meetings are shown at first.
const EERDERE: usize = 20;

/// `GET /cta`
pub(crate) async fn lijst(
    State(web): State<Web>,
    gebruiker: Gebruiker,
    Zoekdeel(vraag): Zoekdeel,
) -> Result<Response, Fout> {
    let vandaag = gebruiker.vandaag;
    let medewerkers = web.store().staff_names().await?;
    let register = web.register();
    let namen = Namen { register: &register, medewerkers: &medewerkers };
    let (counts, waiting) =
        web.live().with(|world| (tellingen(&world.state), te_agenderen(&world.state, vandaag)));
    let mut ahead: Vec<&Overleg> =
        register.overleggen.values().filter(|it| it.op >= vandaag).collect();
    let mut past: Vec<&Overleg> =
        register.overleggen.values().filter(|it| it.op < vandaag).collect();
    ahead.sort_by_key(|it| (it.op, it.id));
    past.sort_by_key(|it| std::cmp::Reverse((it.op, it.id)));
    let all = past.len();
    if vraag.get("alle") != "ja" {
        past.truncate(EERDERE);
    }
    let lead = "Het CTA-overleg toetst voorstellen voordat een besluit de deur uit gaat. U ziet \
                hier zaaknummers en redenen; een zaak opent u vanaf de agenda.";
    let mut pagina = Overzicht::new(web.kader("CTA-overleg", Some(&gebruiker), "/cta"), lead);
    if gebruiker.mag(Actie::MaandbeeldZien) {
        pagina.acties.push(Verwijzing::new("Wat het overleg oplevert", "/cta/cijfers"));
    }
    let mut komend = Sectie::new("Komende overleggen", table(&ahead, &counts, &namen, &gebruiker));
    komend.leeg =
        "Er is geen overleg gepland. De functioneel beheerder plant het bij het register.";
    let mut eerder = Sectie::new("Eerdere overleggen", table(&past, &counts, &namen, &gebruiker))
        .actie(past.len() < all, &format!("Toon alle {all}"), "/cta?alle=ja");
    eerder.leeg = "Er is nog geen overleg geweest.";
    let mut open = Sectie::new("Nog niet op een agenda", due(&waiting, vandaag));
    open.leeg = "Alle zaken die naar het overleg moeten, staan op een agenda.";
    pagina.secties = vec![komend, open, eerder];
    toon(&pagina)
}

/// Cases that wait for an agenda, what is due first first.
pub(super) fn due(waiting: &[Agendapunt], vandaag: Date) -> Lijst {
    let mut lijst = Lijst::new(&["Zaak", "Waarom", "Uiterlijk", "Nog"]);
    for it in waiting {
        let (day, left) = termijn(it, vandaag);
        lijst.rij(vec![
            it.zaak.to_string().into(),
            redenen(&it.aanleidingen).into(),
            day.into(),
            left.into(),
        ]);
    }
    lijst
}

fn table(
    meetings: &[&Overleg],
    counts: &BTreeMap<domain::OverlegId, (usize, usize)>,
    namen: &Namen<'_>,
    gebruiker: &Gebruiker,
) -> Lijst {
    let own: MedewerkerId = gebruiker.hoedanigheid.medewerker;
    let mut lijst = Lijst::new(&["Dag", "Voorzitter", "Disciplines", "U", "Zaken#", "Beoordeeld#"]);
    for it in meetings {
        let (cases, judged) = counts.get(&it.id).copied().unwrap_or_default();
        let mut disciplines: Vec<&str> = it.leden.iter().map(|(_, it)| it.naam()).collect();
        disciplines.sort_unstable();
        disciplines.dedup();
        lijst.rij(vec![
            Cel::link(datum::lang(it.op), pad(it.id)),
            namen.medewerker(it.voorzitter).into(),
            disciplines.join(", ").into(),
            if it.is_lid(own) { "lid" } else { "geen lid" }.into(),
            cases.to_string().into(),
            judged.to_string().into(),
        ]);
    }
    lijst
}
