//! What objections, appeals and the review teach about the steps of the framework.

use domain::{
    bezwaar::{Beroepuitkomst, Bezwaaruitkomst},
    kader::Stapsoort,
    kaderles::{self, Kaderles, Lesbron},
};
use store::World;

use super::{versies::pad_stap, woorden};
use crate::{
    datum, dossiers,
    gebruiker::Gebruiker,
    overzicht::{Cel, Lijst, Sectie},
    rechten::Actie,
    tekst::opsomming,
};

/// The lessons per step, then one by one; a case is only linked for who may see its dossier.
pub(super) fn lessen(world: &World, gebruiker: &Gebruiker) -> Vec<Sectie> {
    let all = kaderles::lessen(&world.state);
    let mut steps = Lijst::new(&[
        "Stap",
        "Bezwaar gegrond#",
        "Bezwaar anders#",
        "Beroep gegrond#",
        "Beroep anders#",
        "Lessen van het CTA-overleg#",
    ]);
    for stap in Stapsoort::ALLE {
        let here: Vec<&Kaderles> = all.iter().filter(|it| it.stap == stap).collect();
        if here.is_empty() {
            continue;
        }
        let counts = counted(&here).map(|(_, count)| Cel::from(count.to_string()));
        let row = std::iter::once(Cel::from(woorden::stap(stap))).chain(counts);
        steps.rij(row.collect());
    }
    let mut per_step = Sectie::new("Lessen uit bezwaar, beroep en CTA-overleg", steps).lead(
        "Welke stap van het kader een beslissing op bezwaar, een uitspraak of een les van het \
         CTA-overleg raakt. Bij een afwijzing is dat de stap van de grond, bij een toekenning de \
         stap maatwerk.",
    );
    per_step.leeg = "Er zijn nog geen lessen. Dat is geen fout.";
    let mut found = vec![per_step];
    if !all.is_empty() && gebruiker.mag(Actie::DossierLezen) {
        found.push(one_by_one(world, gebruiker, &all));
    }
    found
}

/// How many lessons are shown one by one.
const HOOGSTENS: usize = 50;

fn one_by_one(world: &World, gebruiker: &Gebruiker, all: &[Kaderles]) -> Sectie {
    let mut lijst = Lijst::new(&["Dag", "Les", "Stap", "Vraag", "Kader", "Zaak"]);
    let register = &world.state.register;
    let mine = all.iter().filter(|it| {
        let dossier = world.state.dossiers.get(&it.client);
        dossier.is_some_and(|it| gebruiker.ziet(&dossiers::teams(it, register, gebruiker.vandaag)))
    });
    for it in mine.take(HOOGSTENS) {
        let version = it.kader.map_or_else(
            || Cel::from("niet doorlopen"),
            |id| Cel::link(format!("versie {}", id.0), pad_stap(id, it.stap)),
        );
        lijst.rij(vec![
            datum::kort(it.op).into(),
            told(it.bron).into(),
            woorden::stap(it.stap).into(),
            it.vraag.map_or_else(String::new, |it| format!("vraag {}", it.0)).into(),
            version,
            Cel::link("Hoe is beoordeeld", format!("/zaken/{}/kader/spoor", it.zaak)),
        ]);
    }
    let head = format!("Ten hoogste {HOOGSTENS}, nieuwste bovenaan, uit dossiers die u mag zien.");
    Sectie::new("De lessen een voor een", lijst).lead(head)
}

/// The lessons of one step in a sentence; empty when there are none.
pub(super) fn samen(here: &[&Kaderles]) -> String {
    let parts: Vec<String> = counted(here)
        .into_iter()
        .filter(|(_, count)| *count > 0)
        .map(|(naam, count)| format!("{count} keer {naam}"))
        .collect();
    if parts.is_empty() {
        return String::new();
    }
    format!("Geleerd bij deze stap: {}.", opsomming(&parts))
}

/// How many of each kind.
fn counted(here: &[&Kaderles]) -> [(&'static str, usize); 5] {
    let count = |fits: fn(&Lesbron) -> bool| here.iter().filter(|it| fits(&it.bron)).count();
    let won = |it: &Lesbron| {
        use Bezwaaruitkomst::{DeelsGegrond, Gegrond};
        matches!(it, Lesbron::Bezwaar(Gegrond | DeelsGegrond))
    };
    let lost = |it: &Lesbron| {
        use Bezwaaruitkomst::{DeelsGegrond, Gegrond};
        matches!(it, Lesbron::Bezwaar(it) if !matches!(it, Gegrond | DeelsGegrond))
    };
    [
        ("bezwaar gegrond of deels gegrond", count(won)),
        ("bezwaar ongegrond of niet-ontvankelijk", count(lost)),
        ("beroep gegrond", count(|it| matches!(it, Lesbron::Beroep(Beroepuitkomst::Gegrond)))),
        (
            "beroep ongegrond of niet-ontvankelijk",
            count(|it| matches!(it, Lesbron::Beroep(it) if *it != Beroepuitkomst::Gegrond)),
        ),
        ("les van het CTA-overleg", count(|it| matches!(it, Lesbron::Cta))),
    ]
}

fn told(bron: Lesbron) -> String {
    match bron {
        Lesbron::Bezwaar(it) => format!("bezwaar {}", it.naam()),
        Lesbron::Beroep(it) => format!("beroep {}", it.naam()),
        Lesbron::Cta => "les van het CTA-overleg".to_owned(),
    }
}
