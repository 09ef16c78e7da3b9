//! Randomisation inference: how often a random assignment gives an effect as large as this one.
//!
//! Fisher's test with the observed assignment among the others (Young 2019,
//! doi 10.1093/qje/qjy029). It needs no clusters and no large numbers, only that the treated could
//! as well have been other units. With few treated units prefer the t-statistic (MacKinnon and
//! Webb 2020, doi 10.1016/j.jeconom.2020.04.024).

use rand::seq::SliceRandom as _;
use rayon::prelude::*;

use crate::fault::Fault;
use crate::figures::{Estimate, Figures, Warning};
use crate::panel::Panel;
use crate::random::generator;

/// What is compared between assignments.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Statistic {
    /// Difference of the mean change.
    #[default]
    Coefficient,
    /// That difference over its standard error, which may differ between the groups.
    T,
}

/// How many assignments.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// What is compared.
    pub statistic: Statistic,
    /// Every assignment is tried when there are at most this many.
    pub exact: u64,
    /// Number of random assignments otherwise, the observed one not counted.
    pub draws: u64,
    /// Seed of the random assignments.
    pub seed: u64,
}

impl Default for Options {
    fn default() -> Self {
        Self { statistic: Statistic::Coefficient, exact: 1_000_000, draws: 9_999, seed: 1 }
    }
}

/// Result of the test.
#[derive(Debug, Clone, PartialEq)]
pub struct Randomisation {
    /// The statistic of the observed assignment.
    pub statistic: f64,
    /// Number of assignments, the observed one included.
    pub assignments: u64,
    /// Whether these are all.
    pub exact: bool,
    /// Share of assignments with an absolute statistic at least as large.
    pub p: f64,
    /// Share of assignments with a statistic at most as large.
    pub p_less: f64,
    /// Number of treated units.
    pub treated: usize,
    /// Number of units.
    pub units: usize,
    /// What limits the result.
    pub warnings: Vec<Warning>,
}

/// Tests the change of the treated against that of the others, one number per unit.
///
/// ```
/// use statistics::regression::randomisation::randomisation;
/// let changes = [5.0, 1.0, 2.0, 0.0];
/// let test = randomisation(&changes, &[true, false, false, false], &Default::default())?;
/// assert_eq!((test.statistic, test.p), (4.0, 0.25));
/// # Ok::<(), statistics::fault::Fault>(())
/// ```
///
/// # Errors
///
/// Nobody or everybody is treated, or a change that is not finite.
pub fn randomisation(
    changes: &[f64],
    treated: &[bool],
    options: &Options,
) -> Result<Randomisation, Fault> {
    if changes.len() != treated.len() {
        let column = "behandeld".to_owned();
        return Err(Fault::Length { column, expected: changes.len(), found: treated.len() });
    }
    if let Some(row) = changes.iter().position(|it| !it.is_finite()) {
        let column = "verandering".to_owned();
        return Err(Fault::NotFinite { column, row: row + 1, value: changes[row] });
    }
    let chosen: Vec<usize> = (0..treated.len()).filter(|it| treated[*it]).collect();
    let (units, size) = (changes.len(), chosen.len());
    if size == 0 || size == units {
        return Err(Fault::not_identified(
            "Niemand of iedereen is behandeld: er is geen andere toewijzing om mee te vergelijken.",
        ));
    }
    let groups = Groups::new(changes, options.statistic);
    let observed = groups.statistic(&chosen);
    let room = 1e-9 * observed.abs();
    let hit =
        |it: f64| [u64::from(it.abs() >= observed.abs() - room), u64::from(it <= observed + room)];
    let add = |a: [u64; 2], b: [u64; 2]| [a[0] + b[0], a[1] + b[1]];
    let all = combinations(units, size).filter(|it| *it <= options.exact);
    let (assignments, hits) = match all {
        Some(all) => (all, enumerate(units, size, |it| hit(groups.statistic(it)))),
        None => {
            let drawn = (0..options.draws).into_par_iter().map_init(
                || (0..units).collect::<Vec<usize>>(),
                |order, draw| {
                    order.iter_mut().enumerate().for_each(|(at, it)| *it = at);
                    let mut random = generator(options.seed, draw);
                    let (own, _) = order.partial_shuffle(&mut random, size);
                    hit(groups.statistic(own))
                },
            );
            (options.draws + 1, add(drawn.reduce(|| [0, 0], add), [1, 1]))
        }
    };
    let share = |it: u64| it as f64 / assignments as f64;
    let (p, p_less) = (share(hits[0]), share(hits[1]));
    let mut warnings = Vec::new();
    if assignments < 20 {
        let text = format!(
            "Er zijn maar {assignments} toewijzingen: een p-waarde onder 0,05 bestaat hier niet."
        );
        warnings.push(Warning::new("few-assignments", text));
    }
    let exact = all.is_some();
    Ok(Randomisation {
        statistic: observed,
        treated: size,
        assignments,
        exact,
        p,
        p_less,
        units,
        warnings,
    })
}

/// Tests a panel with one start: the change of each unit is its mean from the start on less its
/// mean before.
///
/// # Errors
///
/// Not exactly one start, or a unit without a period before or after it.
pub fn randomisation_of_panel(panel: &Panel, options: &Options) -> Result<Randomisation, Fault> {
    let [start] = panel.cohorts()[..] else {
        let found = format!("{} startmomenten", panel.cohorts().len());
        return Err(Fault::argument("start van de behandeling", "één moment", found));
    };
    let mut sums = vec![[(0.0, 0_u32); 2]; panel.units.len()];
    for row in 0..panel.rows() {
        let after = usize::from(panel.periods[panel.period[row] as usize] >= start);
        let cell = &mut sums[panel.unit[row] as usize][after];
        *cell = (cell.0 + panel.outcome[row], cell.1 + 1);
    }
    let mut changes = Vec::with_capacity(sums.len());
    for (unit, [before, after]) in sums.into_iter().enumerate() {
        if before.1 == 0 || after.1 == 0 {
            let when = if before.1 == 0 { "vóór" } else { "vanaf" };
            return Err(Fault::not_identified(format!(
                "Eenheid ‘{}’ heeft geen waarneming {when} de start ({start}).",
                panel.units[unit]
            )));
        }
        changes.push(after.0 / f64::from(after.1) - before.0 / f64::from(before.1));
    }
    let treated: Vec<bool> = panel.cohort.iter().map(Option::is_some).collect();
    randomisation(&changes, &treated, options)
}

struct Groups<'a> {
    changes: &'a [f64],
    sum: f64,
    square: f64,
    kind: Statistic,
}

impl<'a> Groups<'a> {
    fn new(changes: &'a [f64], kind: Statistic) -> Self {
        let square = changes.iter().map(|it| it * it).sum();
        Self { changes, sum: changes.iter().sum(), square, kind }
    }

    fn statistic(&self, chosen: &[usize]) -> f64 {
        let (mut sum, mut square) = (0.0, 0.0);
        for at in chosen {
            let it = self.changes[*at];
            sum += it;
            square += it * it;
        }
        let (own, all) = (chosen.len() as f64, self.changes.len() as f64);
        let other = all - own;
        let difference = sum / own - (self.sum - sum) / other;
        if self.kind == Statistic::Coefficient {
            return difference;
        }
        let left = (square - sum * sum / own).max(0.0) / (own * own);
        let rest = self.sum - sum;
        let right = ((self.square - square) - rest * rest / other).max(0.0) / (other * other);
        let error = (left + right).sqrt();
        if error > 0.0 { difference / error } else { difference.signum() * f64::MAX }
    }
}

/// Number of ways to choose `size` of `units`, when it fits.
fn combinations(units: usize, size: usize) -> Option<u64> {
    let mut count: u128 = 1;
    for step in 0..size.min(units - size) as u128 {
        count = count.checked_mul(units as u128 - step)? / (step + 1);
        if count > u128::from(u64::MAX) {
            return None;
        }
    }
    u64::try_from(count).ok()
}

/// Adds up `count` over all ways to choose `size` of `units`.
fn enumerate(units: usize, size: usize, count: impl Fn(&[usize]) -> [u64; 2] + Sync) -> [u64; 2] {
    let from = |first: usize| {
        let mut chosen: Vec<usize> = (first..first + size).collect();
        let mut total = [0, 0];
        loop {
            let hit = count(&chosen);
            total = [total[0] + hit[0], total[1] + hit[1]];
            // The last position that can still move up; the first one stays.
            let Some(at) = (1..size).rev().find(|at| chosen[*at] < units - size + at) else {
                return total;
            };
            chosen[at] += 1;
            for next in at + 1..size {
                chosen[next] = chosen[next - 1] + 1;
            }
        }
    };
    (0..=units - size)
        .into_par_iter()
        .map(from)
        .reduce(|| [0, 0], |a, b| [a[0] + b[0], a[1] + b[1]])
}

impl Estimate for Randomisation {
    fn figures(&self) -> Figures {
        let mut figures = Figures::new();
        figures.add("stat", self.statistic);
        figures.add("n_assignments", self.assignments as f64);
        figures.add("p_two_sided", self.p);
        figures.add("p_one_sided_less", self.p_less);
        figures
    }

    fn summary(&self) -> String {
        let which = if self.exact { "alle" } else { "willekeurige" };
        format!(
            "Randomisatietoets met {} van de {} eenheden behandeld: toetsgrootheid {:.4}; bij een \
             aandeel {:.4} van {} {which} toewijzingen is die minstens zo groot (p).",
            self.treated, self.units, self.statistic, self.p, self.assignments
        )
    }

    fn warnings(&self) -> &[Warning] {
        &self.warnings
    }
}
