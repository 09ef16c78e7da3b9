//! Who is compared with whom, and over which periods.

use std::collections::BTreeMap;

use super::{BasePeriod, Control, Options, Sampling};
use crate::fault::Fault;
use crate::figures::Warning;
use crate::panel::Panel;

/// The units that take part, in groups, and the comparisons to make.
#[derive(Debug, Clone)]
pub(super) struct Design {
    /// Periods used, ascending.
    pub(super) periods: Vec<i64>,
    pub(super) groups: Vec<Group>,
    pub(super) cells: Vec<Cell>,
    pub(super) warnings: Vec<Warning>,
}

/// Units with the same first treated period.
#[derive(Debug, Clone)]
pub(super) struct Group {
    /// First treated period; `None` for never (within the periods of the data).
    pub(super) first: Option<i64>,
    /// Whether it gets effects of its own.
    pub(super) estimated: bool,
    /// Its units, ascending.
    pub(super) units: Vec<usize>,
}

/// One group-time effect: group, period, base period and the groups to compare with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cell {
    pub(super) group: usize,
    /// Position of the period.
    pub(super) period: usize,
    /// Position of the base period; equal to `period` for the reference of a universal base.
    pub(super) base: usize,
    pub(super) controls: Vec<usize>,
}

impl Cell {
    /// The earlier and the later of the two periods.
    pub(super) fn span(&self) -> (usize, usize) {
        (self.period.min(self.base), self.period.max(self.base))
    }

    /// Whether the effect is 0 by construction.
    pub(super) fn reference(&self) -> bool {
        self.period == self.base
    }
}

impl Design {
    pub(super) fn new(panel: &Panel, options: &Options) -> Result<Self, Fault> {
        let mut warnings = Vec::new();
        let anticipation = i64::from(options.anticipation);
        let complete = complete_units(panel, options, &mut warnings)?;
        let (first, last) = ends(&panel.periods)?;
        let early = |group: i64| group <= first.saturating_add(anticipation);
        let mut by_first: BTreeMap<Option<i64>, Vec<usize>> = BTreeMap::new();
        let mut already = 0;
        for unit in complete {
            match panel.cohort[unit] {
                Some(group) if early(group) => already += 1,
                Some(group) if group > last.saturating_add(anticipation) => {
                    by_first.entry(None).or_default().push(unit);
                }
                group => by_first.entry(group).or_default().push(unit),
            }
        }
        warn_already(already, first, &mut warnings);
        let periods = usable_periods(panel, options, &by_first, &mut warnings)?;
        let groups = groups(by_first, &periods);
        let mut design = Self { periods, groups, cells: Vec::new(), warnings };
        design.add_cells(options);
        design.check()?;
        Ok(design)
    }

    /// Number of units that take part.
    pub(super) fn units(&self) -> usize {
        self.groups.iter().map(|it| it.units.len()).sum()
    }

    fn add_cells(&mut self, options: &Options) {
        let anticipation = i64::from(options.anticipation);
        let universal = options.base == BasePeriod::Universal;
        let mut without = 0;
        for (group, it) in self.groups.iter().enumerate() {
            let Some(first) = it.first.filter(|_| it.estimated) else { continue };
            let clean = |period: &i64| period.saturating_add(anticipation) < first;
            let Some(last_clean) = self.periods.iter().rposition(clean) else { continue };
            for period in usize::from(!universal)..self.periods.len() {
                let post = self.periods[period] >= first;
                let base = if post || universal { last_clean } else { period - 1 };
                let controls = self.controls(group, period.max(base), options);
                if controls.is_empty() {
                    without += 1;
                } else {
                    self.cells.push(Cell { group, period, base, controls });
                }
            }
        }
        if without > 0 {
            self.warnings.push(Warning::new(
                "no-comparison",
                format!("{without} cohort-periodes hebben geen vergelijkingsgroep en ontbreken."),
            ));
        }
    }

    /// The groups that are not treated up to and including the period, anticipation included.
    fn controls(&self, own: usize, until: usize, options: &Options) -> Vec<usize> {
        let limit = self.periods[until].saturating_add(i64::from(options.anticipation));
        let allowed = |(group, it): &(usize, &Group)| match it.first {
            None => true,
            Some(first) => options.control == Control::NotYet && first > limit && *group != own,
        };
        self.groups.iter().enumerate().filter(allowed).map(|(group, _)| group).collect()
    }

    fn check(&mut self) -> Result<(), Fault> {
        if self.cells.iter().all(Cell::reference) {
            return Err(Fault::not_identified(
                "Geen enkele cohort heeft een periode vóór de start, een periode daarna en een \
                 vergelijkingsgroep; er is dus geen effect te schatten.",
            ));
        }
        let few: Vec<String> = self
            .groups
            .iter()
            .filter(|it| it.estimated && it.units.len() < 5)
            .filter_map(|it| Some(format!("{} ({})", it.first?, it.units.len())))
            .collect();
        if !few.is_empty() {
            self.warnings.push(Warning::new(
                "small-cohort",
                format!(
                    "Een cohort met minder dan 5 eenheden heeft een te smalle standaardfout; \
                     cohort (eenheden): {}.",
                    few.join(", ")
                ),
            ));
        }
        Ok(())
    }
}

fn ends(periods: &[i64]) -> Result<(i64, i64), Fault> {
    match periods {
        [first, .., last] => Ok((*first, *last)),
        _ => Err(Fault::not_identified(
            "Er is maar één periode; een verandering vraagt er ten minste twee.",
        )),
    }
}

fn complete_units(
    panel: &Panel,
    options: &Options,
    warnings: &mut Vec<Warning>,
) -> Result<Vec<usize>, Fault> {
    let all = panel.units.len();
    if options.sampling == Sampling::Panel {
        panel.require_balanced()?;
    }
    if options.sampling != Sampling::CompleteUnits {
        return Ok((0..all).collect());
    }
    let mut rows = vec![0_usize; all];
    panel.unit.iter().for_each(|unit| rows[*unit as usize] += 1);
    let complete: Vec<usize> = (0..all).filter(|unit| rows[*unit] == panel.periods.len()).collect();
    if complete.len() < all {
        warnings.push(Warning::new(
            "incomplete-units",
            format!(
                "{} van de {all} eenheden missen een periode en zijn weggelaten.",
                all - complete.len()
            ),
        ));
    }
    Ok(complete)
}

fn warn_already(already: usize, first: i64, warnings: &mut Vec<Warning>) {
    if already > 0 {
        warnings.push(Warning::new(
            "already-treated",
            format!(
                "{already} eenheden waren in de eerste periode ({first}) al behandeld of hebben \
                 geen onbehandelde periode; zij zijn weggelaten, want van hen is er geen meting \
                 van vóór de start."
            ),
        ));
    }
}

/// All periods, or without never treated units those before the last cohort starts.
fn usable_periods(
    panel: &Panel,
    options: &Options,
    groups: &BTreeMap<Option<i64>, Vec<usize>>,
    warnings: &mut Vec<Warning>,
) -> Result<Vec<i64>, Fault> {
    let Some(last) = groups.keys().flatten().max() else {
        return Err(Fault::not_identified(
            "Er zijn geen eenheden die tijdens de waargenomen periodes worden behandeld.",
        ));
    };
    if groups.contains_key(&None) {
        return Ok(panel.periods.clone());
    }
    if options.control == Control::Never {
        return Err(Fault::not_identified(
            "Elke eenheid wordt op enig moment behandeld: een vergelijking met nooit behandelde \
             eenheden (‘never’) kan niet. Vergelijk met de nog niet behandelde eenheden \
             (‘notyet’).",
        ));
    }
    let until = last.saturating_sub(i64::from(options.anticipation));
    let periods: Vec<i64> = panel.periods.iter().copied().filter(|it| *it < until).collect();
    if periods.len() < 2 || groups.len() < 2 {
        return Err(Fault::not_identified(format!(
            "Niemand blijft onbehandeld en vóór de laatste start ({last}) zijn er geen twee \
             periodes met een eerdere cohort om te vergelijken."
        )));
    }
    warnings.push(Warning::new(
        "no-never-treated",
        format!(
            "Niemand blijft onbehandeld: alleen de periodes vóór de laatste start ({last}) tellen \
             mee, en die cohort dient alleen als vergelijking."
        ),
    ));
    Ok(periods)
}

fn groups(by_first: BTreeMap<Option<i64>, Vec<usize>>, periods: &[i64]) -> Vec<Group> {
    let last = periods.last().copied().unwrap_or(i64::MIN);
    by_first
        .into_iter()
        .map(|(first, units)| Group { estimated: first.is_some_and(|it| it <= last), first, units })
        .collect()
}
