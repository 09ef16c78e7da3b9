//! `wijkpeil iwmo status`: how far everything came, what was rejected and what is expected by when.

use std::{collections::BTreeMap, process::ExitCode};

use domain::ToewijzingNummer;
use store::Live;
use traffic::{Afgekeurd, Boek, Verwacht, zendingen};

use super::{compose::day, start};
use crate::{
    clock,
    opdracht::IwmoStatus,
    plek::Plek,
    scherm::{aantal, println},
};

/// Shows it all; names nobody.
pub(super) async fn run(plek: &Plek, vraag: &IwmoStatus) -> anyhow::Result<ExitCode> {
    let live = start(plek).await?;
    sent(&live, vraag.open).await?;
    let boek = Boek::lees(live.store()).await?;
    let today = clock::today();
    let work = live.with(|world| boek.werkvoorraad(&world.state, today));
    if !work.afkeuringen.is_empty() {
        println("\nAfgekeurd en sindsdien niet opnieuw verzonden:");
        work.afkeuringen.iter().for_each(|it| println(&rejected(&live, it)));
    }
    let (ours, theirs): (Vec<_>, Vec<_>) = work.verwachtingen.iter().partition(|it| it.van_ons);
    for (who, what) in [("\nVan ons verwacht:", ours), ("\nVan aanbieders verwacht:", theirs)] {
        let late = |it: &Verwacht| it.verwachting.is_te_laat(today);
        if what.is_empty() {
            continue;
        }
        println(who);
        what.iter().filter(|it| !vraag.late || late(it)).copied().for_each(|it| {
            let word = if late(it) { "te laat" } else { "uiterlijk" };
            println(&format!(
                "  {word} {}: {}",
                day(it.verwachting.uiterlijk),
                expected(&live, it)
            ));
        });
        let many = what.iter().filter(|it| late(it)).count();
        println(&format!("  Samen {}, waarvan {} te laat.", aantal(what.len()), aantal(many)));
    }
    Ok(ExitCode::SUCCESS)
}

/// What left, and how far each came.
async fn sent(live: &Live, open: bool) -> anyhow::Result<()> {
    let all = zendingen(live.store()).await?;
    let mut per_status: BTreeMap<&str, usize> = BTreeMap::new();
    for it in all.iter().map(|it| &it.zending) {
        *per_status.entry(it.status.naam()).or_default() += 1;
        if open && matches!(it.status.naam(), "aanvaard" | "bevestigd") {
            continue;
        }
        let times = if it.pogingen > 1 { format!(", {} keer", it.pogingen) } else { String::new() };
        let why = it
            .status
            .fout()
            .map_or(String::new(), |fout| format!(": {} {}", fout.code, fout.omschrijving));
        let (own, status) = (&it.identificatie, it.status.naam());
        println(&format!("{}  {} {own}  {status}{times}{why}", it.referentienummer, it.soort));
    }
    let counts: Vec<String> =
        per_status.iter().map(|(naam, many)| format!("{} {naam}", aantal(*many))).collect();
    println(&match counts.is_empty() {
        true => "Er is nog niets verzonden.".to_owned(),
        false => format!("Samen: {}.", counts.join(", ")),
    });
    Ok(())
}

fn rejected(live: &Live, it: &Afgekeurd) -> String {
    let whose = if it.van_ons { "aan" } else { "van" };
    let about = numbers(&it.toewijzingen);
    format!(
        "  {} {} {whose} {}{about}, op {} bij {} {}: {} {}",
        it.soort,
        it.identificatie,
        provider(live, &it.partijen.aanbieder),
        day(it.sinds),
        it.klasse,
        it.code,
        it.betekenis,
        it.advies
    )
}

fn expected(live: &Live, it: &Verwacht) -> String {
    let verwachting = &it.verwachting;
    let whose = if it.van_ons { "aan" } else { "van" };
    format!("{}, {whose} {}", verwachting.tekst(), provider(live, &verwachting.partijen.aanbieder))
}

fn numbers(toewijzingen: &[ToewijzingNummer]) -> String {
    let all: Vec<String> = toewijzingen.iter().map(|it| it.0.to_string()).collect();
    if all.is_empty() { String::new() } else { format!(" (toewijzing {})", all.join(", ")) }
}

/// A provider by name, else by its AGB code.
fn provider(live: &Live, agb: &str) -> String {
    live.with(|world| {
        let mut all = world.state.register.aanbieders.values();
        let known = all.find(|it| it.agb.is_some_and(|it| it.as_str() == agb));
        known.map_or_else(|| format!("AGB {agb}"), |it| it.naam.clone())
    })
}
