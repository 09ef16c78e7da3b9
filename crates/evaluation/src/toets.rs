//! Does the finding hold here: own growth beside the published groups, as description.

mod meten;
mod woorden;

use domain::Maand;
use indicators::{Feiten, PerDuizend, Register, Status};
use jiff::civil::Date;
use statistics::comparison::growth::Growth;

use crate::{CPB, Vergelijkingsgroep, maatstaf, vergelijkingsgroep::cpb_venster};

/// Own growth beside the published groups, with what must be said with it.
#[derive(Debug, Clone, PartialEq)]
pub struct Toets {
    /// The first month.
    pub van: Maand,
    /// The last month.
    pub tot: Maand,
    /// As known on this day.
    pub peildatum: Date,
    /// Whether late records may still change the last month.
    pub status: Status,
    /// What is compared, as short words.
    pub reikwijdte: Vec<String>,
    /// What was found, or why nothing is told.
    pub uitslag: Result<Uitslag, Weigering>,
    /// What must not be misread.
    pub waarschuwingen: Vec<Waarschuwing>,
    /// What one municipality's figures cannot tell.
    pub niet_te_zeggen: Vec<String>,
    /// The days within the window on which figures change meaning.
    pub breuken: Vec<(Date, &'static str)>,
}

/// What was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Uitslag {
    /// Clients ondersteuning thuis: the outcome of the study.
    pub clienten: Groei,
    /// The same without dagbesteding, which is a general provision elsewhere.
    pub zonder_dagbesteding: Option<Groei>,
    /// Provisions ondersteuning thuis that run.
    pub indicaties: Groei,
    /// Provisions ondersteuning thuis granted per full calendar year in the window.
    pub toekenningen: Vec<Jaarstroom>,
    /// Who sat in the teams during the window.
    pub samenstelling: Samenstelling,
    /// Own growth beside each published group.
    pub vergelijkingen: Vec<Vergelijking>,
    /// The answer in one or two sentences.
    pub samenvatting: String,
}

/// A growth between two months, of one thing in one scope.
#[derive(Debug, Clone, PartialEq)]
pub struct Groei {
    /// What grows.
    pub naam: &'static str,
    /// The first month.
    pub eerste: Meting,
    /// The last month.
    pub laatste: Meting,
    /// The growth of the number with its interval; `None` from or to nothing.
    pub groei: Option<Growth>,
    /// The growth per 1,000 inhabitants, where both numbers of inhabitants are known.
    pub groei_per_duizend: Option<Growth>,
    /// The scope, as short words.
    pub reikwijdte: Vec<String>,
}

impl Groei {
    /// The growth to compare: per 1,000 inhabitants as the study has it, else of the number.
    pub fn te_vergelijken(&self) -> Option<Growth> {
        self.groei_per_duizend.or(self.groei)
    }
}

/// A number on the last day of a month.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Meting {
    /// The month.
    pub maand: Maand,
    /// The number.
    pub aantal: u64,
    /// Per thousand inhabitants, where known.
    pub per_duizend: Option<PerDuizend>,
}

/// What was granted in a calendar year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Jaarstroom {
    /// The year.
    pub jaar: i16,
    /// How many provisions were granted.
    pub aantal: u64,
}

/// Who sat in the teams at some time during the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Samenstelling {
    /// How many people had a place in a team.
    pub leden: usize,
    /// How many of them were employed by, or affiliated to, a provider.
    pub verbonden_aan_aanbieder: usize,
}

/// Own growth beside one published group.
#[derive(Debug, Clone, PartialEq)]
pub struct Vergelijking {
    /// The group.
    pub groep: Vergelijkingsgroep,
    /// Whether this group is, by definition, most like this municipality.
    pub meest_gelijkend: bool,
    /// The two beside each other, in named measures.
    pub maatstaven: Vec<Maatstaf>,
    /// Whether own growth fits the group's.
    pub oordeel: Oordeel,
    /// The judgement in words.
    pub toelichting: String,
}

/// A named measure of a difference.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Maatstaf {
    /// Its name, which always goes with the value.
    pub naam: &'static str,
    /// The value.
    pub waarde: f64,
    /// In what: `procentpunt` and `procent` as share (0.12 for 12), else the unit itself.
    pub eenheid: &'static str,
}

/// Whether own growth fits a published one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Oordeel {
    /// The published growth lies within the interval of the own growth.
    PastBij,
    /// It lies outside.
    PastNietBij,
    /// There is too little, or not the same, to judge by.
    NietTeZeggen,
}

impl Oordeel {
    /// The words.
    pub const fn naam(self) -> &'static str {
        match self {
            Oordeel::PastBij => "past bij",
            Oordeel::PastNietBij => "past niet bij",
            Oordeel::NietTeZeggen => "niet te zeggen",
        }
    }
}

/// Something that must not be misread.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waarschuwing {
    /// In a few words.
    pub titel: &'static str,
    /// In full.
    pub tekst: String,
}

/// Why nothing is told, and what would be needed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Weigering {
    /// Why.
    pub reden: String,
    /// What would be needed.
    pub nodig: String,
}

/// Sets the own growth from `van` to `tot` beside the groups that the CPB published.
pub fn toets(
    feiten: &Feiten,
    register: &Register,
    van: Maand,
    tot: Maand,
    peildatum: Date,
) -> Toets {
    let in_window = |it: &Date| van.eerste_dag() <= *it && *it <= tot.laatste_dag();
    let breuken = register.reeksbreuken.iter().filter(|it| in_window(&it.op));
    let meter = meten::Meter { feiten, register, van, tot, peildatum };
    Toets {
        van,
        tot,
        peildatum,
        status: Status::van(tot, peildatum),
        reikwijdte: woorden::scope(van, tot),
        uitslag: uitslag(&meter),
        waarschuwingen: woorden::warnings(van, tot),
        niet_te_zeggen: woorden::cannot_tell(),
        breuken: breuken.map(|it| (it.op, it.soort.naam())).collect(),
    }
}

fn uitslag(meter: &meten::Meter<'_>) -> Result<Uitslag, Weigering> {
    let (van, tot) = (meter.van, meter.tot);
    if van >= tot {
        return Err(Weigering {
            reden: format!("De eerste maand ({van}) ligt niet voor de laatste ({tot})."),
            nodig: "Kies een eerste maand die voor de laatste ligt.".into(),
        });
    }
    let clienten = meter.clienten();
    for it in [clienten.eerste, clienten.laatste] {
        if it.aantal == 0 {
            return Err(woorden::no_stock(it.maand));
        }
    }
    let samenstelling = meter.samenstelling();
    let vergelijkingen: Vec<Vergelijking> =
        CPB.iter().map(|groep| compare(&clienten, *groep, samenstelling, (van, tot))).collect();
    Ok(Uitslag {
        samenvatting: woorden::summary(&clienten, &vergelijkingen),
        zonder_dagbesteding: meter.zonder_dagbesteding(),
        indicaties: meter.indicaties(),
        toekenningen: meter.toekenningen(),
        clienten,
        samenstelling,
        vergelijkingen,
    })
}

/// Below this number the interval of a growth is not to be relied on.
const KLEINSTE_AANTAL: u64 = 20;

fn compare(
    eigen: &Groei,
    groep: Vergelijkingsgroep,
    samenstelling: Samenstelling,
    venster: (Maand, Maand),
) -> Vergelijking {
    let growth = eigen.te_vergelijken();
    let few = eigen.eerste.aantal.min(eigen.laatste.aantal) < KLEINSTE_AANTAL;
    let oordeel = match growth {
        Some(it) if venster == cpb_venster() && !few => {
            let near =
                it.low - groep.afronding <= groep.groei && groep.groei <= it.high + groep.afronding;
            if near { Oordeel::PastBij } else { Oordeel::PastNietBij }
        }
        _ => Oordeel::NietTeZeggen,
    };
    let with_providers = samenstelling.verbonden_aan_aanbieder > 0;
    Vergelijking {
        groep,
        meest_gelijkend: samenstelling.leden > 0
            && groep.aanbieders_in_team == Some(with_providers),
        maatstaven: growth.map_or_else(Vec::new, |it| measures(eigen, it, &groep)),
        oordeel,
        toelichting: woorden::verdict(oordeel, growth, &groep, few, venster),
    }
}

fn measures(eigen: &Groei, own: Growth, groep: &Vergelijkingsgroep) -> Vec<Maatstaf> {
    let (own, other) = (own.estimate, groep.groei);
    let mut all = vec![
        Maatstaf {
            naam: "verschil in groei",
            waarde: maatstaf::verschil_in_procentpunt(own, other),
            eenheid: "procentpunt",
        },
        Maatstaf {
            naam: "verhouding van de groeifactoren, min één",
            waarde: maatstaf::verhouding_van_groeifactoren(own, other),
            eenheid: "procent",
        },
        Maatstaf {
            naam: "verschil in logaritmische groei",
            waarde: maatstaf::verschil_in_logaritme(own, other),
            eenheid: "log",
        },
    ];
    if let (Some(before), Some(after), Some(levels)) =
        (eigen.eerste.per_duizend, eigen.laatste.per_duizend, groep.per_duizend)
    {
        let waarde = maatstaf::verschil_in_niveau((before.waarde, after.waarde), levels);
        let naam = "verschil in verandering van niveau";
        all.push(Maatstaf { naam, waarde, eenheid: "cliënten per 1.000 inwoners" });
    }
    all
}

#[cfg(test)]
mod tests;
