//! Asks an indicator, and puts with each number what must travel with it.

use std::{fmt, sync::Arc};

use domain::{Leeftijdsgroep, Maand, Register, WijkId};
use jiff::civil::{Date, date};

use crate::{
    Cel, Cijfer, Dimensie, Eenheid, Feiten, Filter, PerDuizend, Reikwijdte, Sleutel, Soort, Status,
    Venster, Vraag, Waarde, filter::Zeef,
};

/// Something that can be measured, as the catalogue describes it.
pub struct Indicator {
    /// The word on the command line, in addresses and files.
    pub naam: &'static str,
    /// The version of the definition; another definition is another version.
    pub versie: u16,
    /// The words above a table.
    pub titel: &'static str,
    /// In what it is measured.
    pub eenheid: Eenheid,
    /// Of a moment or of a month.
    pub soort: Soort,
    /// What is counted.
    pub telt: &'static str,
    /// The definition for the user, in Markdown.
    pub toelichting: &'static str,
    /// By what it can be split and filtered.
    pub dimensies: &'static [Dimensie],
    pub(crate) reken: fn(&Bron<'_>) -> Vec<Vec<Punt>>,
}

impl Indicator {
    /// Why a question cannot be answered, if it cannot.
    pub fn weigering(&self, vraag: &Vraag) -> Option<String> {
        let wrong = |it: &Dimensie| *it != Dimensie::Geen && !self.dimensies.contains(it);
        let per = Some(vraag.per).filter(wrong).map(|it| ("uitgesplitst", it));
        let filter = || vraag.filter.dimensies().into_iter().find(wrong).map(|it| ("gekozen", it));
        per.or_else(filter).map(|(how, it)| {
            let can = self.dimensies.iter().filter(|it| **it != Dimensie::Geen);
            let can: Vec<&str> = can.map(|it| it.naam()).collect();
            format!(
                "'{}' kan niet worden {how} per {}; wel per {}",
                self.naam,
                it.naam(),
                can.join(", ")
            )
        })
    }
}

impl fmt::Debug for Indicator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Indicator({} v{})", self.naam, self.versie)
    }
}

impl PartialEq for Indicator {
    fn eq(&self, other: &Indicator) -> bool {
        (self.naam, self.versie) == (other.naam, other.versie)
    }
}

/// What an indicator computes from.
pub(crate) struct Bron<'a> {
    pub(crate) feiten: &'a Feiten,
    pub(crate) register: &'a Register,
    pub(crate) venster: &'a Venster,
    pub(crate) per: Dimensie,
    pub(crate) zeef: Zeef,
    pub(crate) gat_dagen: u16,
    pub(crate) peildatum: Date,
}

/// A value before everything that must travel with it.
#[derive(Debug, Clone)]
pub(crate) struct Punt {
    pub(crate) waarde: Waarde,
    pub(crate) n: u64,
    pub(crate) noot: Option<String>,
}

impl Punt {
    pub(crate) fn aantal(n: u64) -> Punt {
        Punt { waarde: Waarde::Aantal(n), n, noot: None }
    }
}

/// The figures of one month, one per cell, in order of cell.
pub fn bereken(
    indicator: &'static Indicator,
    feiten: &Feiten,
    register: &Register,
    vraag: &Vraag,
) -> Vec<Cijfer> {
    reeks(indicator, feiten, register, vraag, vraag.maand, vraag.maand)
}

/// The figures of a run of months: month by month, within a month cell by cell.
///
/// Every cell that holds something in any month is there in every month. Empty when `tot` lies
/// before `van`. A question that cannot be answered ([`Indicator::weigering`]) gives
/// [`Waarde::Onbekend`].
pub fn reeks(
    indicator: &'static Indicator,
    feiten: &Feiten,
    register: &Register,
    vraag: &Vraag,
    van: Maand,
    tot: Maand,
) -> Vec<Cijfer> {
    let Some(venster) = Venster::new(van, tot) else { return Vec::new() };
    let zeef = Zeef::new(&vraag.filter, feiten);
    let kader = Kader::new(indicator, register, vraag);
    if indicator.weigering(vraag).is_some() {
        let totaal = kader.cel(&Sleutel::Totaal, Dimensie::Geen);
        let punt = Punt { waarde: Waarde::Onbekend(NIET_SPLITSBAAR), n: 0, noot: None };
        let months = venster.maanden();
        return months.map(|maand| kader.cijfer(maand, &totaal, punt.clone(), None)).collect();
    }
    let bron = Bron {
        feiten,
        register,
        venster: &venster,
        per: vraag.per,
        zeef: zeef.clone(),
        gat_dagen: vraag.episode_gat_dagen,
        peildatum: vraag.peildatum,
    };
    let rows = (indicator.reken)(&bron);
    let mut cells: Vec<(Sleutel, Vec<Punt>)> = (0..)
        .zip(rows)
        .filter(|(code, points)| shown(vraag.per, *code, points, &zeef))
        .map(|(code, points)| (feiten.sleutel(vraag.per, code), points))
        .collect();
    cells.sort_by(|a, b| a.0.cmp(&b.0));
    kader.cijfers(&venster, cells)
}

const NIET_SPLITSBAAR: &str = "dit cijfer kan niet zo worden uitgesplitst of gekozen";

fn shown(per: Dimensie, code: u16, points: &[Punt], zeef: &Zeef) -> bool {
    let something = points.iter().any(|it| it.n > 0 || it.noot.is_some());
    let own_row = per == Dimensie::Geen || (per.gesloten() && code > 0 && zeef.kan(per, code));
    own_row || something
}

/// What all figures of one answer share.
struct Kader<'a> {
    indicator: &'static Indicator,
    register: &'a Register,
    vraag: &'a Vraag,
    producten: Option<Arc<str>>,
    keuze: Arc<[String]>,
}

impl<'a> Kader<'a> {
    fn new(indicator: &'static Indicator, register: &'a Register, vraag: &'a Vraag) -> Self {
        let by_product = indicator.dimensies.contains(&Dimensie::Product);
        let producten = by_product.then(|| vraag.filter.producten(register).into());
        let keuze = vraag.filter.overig(register).into();
        Kader { indicator, register, vraag, producten, keuze }
    }

    fn cel(&self, sleutel: &Sleutel, dimensie: Dimensie) -> Cel {
        let naam = match (dimensie, sleutel) {
            // The desk has no team, and who came over from the AWBZ was decided by none.
            (Dimensie::Team, Sleutel::Onbekend) => "Geen team (loket, overgenomen)".to_owned(),
            (Dimensie::Aanbieder, Sleutel::Onbekend) => "Geen aanbieder (Pgb)".to_owned(),
            _ => sleutel.naam(self.register),
        };
        Cel { dimensie, sleutel: sleutel.tekst(), naam }
    }

    fn cijfers(&self, venster: &Venster, cells: Vec<(Sleutel, Vec<Punt>)>) -> Vec<Cijfer> {
        let mut out = Vec::with_capacity(cells.len() * venster.aantal());
        let mut cells: Vec<_> = cells
            .into_iter()
            .map(|(it, points)| (self.cel(&it, self.vraag.per), it, points.into_iter()))
            .collect();
        for maand in venster.maanden() {
            for (cel, sleutel, points) in &mut cells {
                let Some(punt) = points.next() else { continue };
                let per_duizend = self.per_duizend(sleutel, maand, &punt.waarde);
                out.push(self.cijfer(maand, cel, punt, per_duizend));
            }
        }
        out
    }

    fn cijfer(&self, maand: Maand, cel: &Cel, it: Punt, per_duizend: Option<PerDuizend>) -> Cijfer {
        Cijfer {
            indicator: self.indicator,
            maand,
            cel: cel.clone(),
            waarde: it.waarde,
            n: it.n,
            per_duizend,
            peildatum: self.vraag.peildatum,
            reikwijdte: Reikwijdte {
                soort: self.indicator.soort,
                telt: self.indicator.telt,
                maand,
                producten: self.producten.clone(),
                keuze: self.keuze.clone(),
                status: Status::van(maand, self.vraag.peildatum),
            },
            noten: it.noot.into_iter().collect(),
        }
    }

    /// Per thousand of the inhabitants on 1 January of the year, where they were counted.
    fn per_duizend(&self, cel: &Sleutel, maand: Maand, waarde: &Waarde) -> Option<PerDuizend> {
        let Waarde::Aantal(aantal) = waarde else { return None };
        let (wijken, groepen) = inhabitants(cel, &self.vraag.filter, self.register, maand)?;
        let inwoners = self.register.inwoners(&wijken, &groepen, maand.jaar())?;
        let waarde = *aantal as f64 * 1000.0 / f64::from(inwoners);
        let op = date(maand.jaar(), 1, 1);
        (inwoners > 0).then_some(PerDuizend { waarde, inwoners, op })
    }
}

/// The wijken and age groups whose inhabitants a cell is to be set against; empty lists mean all.
fn inhabitants(
    cel: &Sleutel,
    filter: &Filter,
    register: &Register,
    maand: Maand,
) -> Option<(Vec<WijkId>, Vec<Leeftijdsgroep>)> {
    let (mut team, mut wijk, mut groep) = (filter.team, filter.wijk, filter.leeftijdsgroep);
    match cel {
        Sleutel::Team(it) => team = Some(*it),
        Sleutel::Wijk(it) => wijk = Some(*it),
        Sleutel::Leeftijdsgroep(it) => groep = Some(*it),
        Sleutel::Totaal
        | Sleutel::Product(_)
        | Sleutel::Categorie(_)
        | Sleutel::Cbsgroep(_)
        | Sleutel::Zorgsoort(_) => {}
        // A part of one provider's or one form's clients has no population of its own.
        _ => return None,
    }
    let wijken = match (team, wijk) {
        // A team may decide for somebody outside the wijken it serves.
        (Some(_), Some(_)) => return None,
        (Some(team), None) => {
            let area = register.werkgebied(team, maand.laatste_dag());
            (!area.is_empty()).then(|| area.to_vec())?
        }
        (None, wijk) => wijk.into_iter().collect(),
    };
    Some((wijken, groep.into_iter().collect()))
}
