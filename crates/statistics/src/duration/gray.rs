//! Gray's test: do the groups differ in how many leave by one way out?
//!
//! Gray, R. J. (1988). A class of K-sample tests for comparing the cumulative incidence of a
//! competing risk. *Annals of Statistics* 16(3), 1141-1154.
//! <https://doi.org/10.1214/aos/1176350951>. Weight 1 (rho = 0). Without delayed entry only: the
//! test's risk sets keep those who left by another way, which delayed entry leaves undefined.

use faer::Mat;

use super::log_rank::quadratic;
use super::observations::Durations;
use super::risk::RiskTable;
use crate::distribution::chi_squared_p;
use crate::fault::Fault;
use crate::figures::{Estimate, Figures, Warning};

/// The test for one cause.
#[derive(Debug, Clone, PartialEq)]
pub struct CauseTest {
    /// The cause.
    pub cause: u32,
    /// The test statistic.
    pub chi_squared: f64,
    /// Degrees of freedom.
    pub df: usize,
    /// p-value.
    pub p: f64,
}

/// The tests for all causes.
#[derive(Debug, Clone, PartialEq)]
pub struct Gray {
    /// One test per cause that occurs.
    pub tests: Vec<CauseTest>,
    /// Number of subjects.
    pub subjects: usize,
    warnings: Vec<Warning>,
}

/// Tests for every cause whether its cumulative incidence is the same in all groups.
///
/// # Errors
///
/// Faulty columns, delayed entry, fewer than two groups, or groups that no event can compare.
pub fn gray(durations: &Durations) -> Result<Gray, Fault> {
    durations.check()?;
    if durations.entry.iter().any(|it| *it > 0.0) {
        return Err(Fault::not_identified(
            "Gray's toets kan niet overweg met mensen die al in zorg waren toen de waarneming \
             begon. Neem alleen wie vanaf het begin in beeld is, of vergelijk de aandelen met \
             hun interval (Aalen-Johansen).",
        ));
    }
    let groups = durations.groups();
    if groups.len() < 2 {
        return Err(Fault::argument("aantal groepen", "2 of meer", groups.len()));
    }
    let causes = durations.causes();
    if causes.is_empty() {
        return Err(Fault::not_identified("Niemand heeft een einde: er valt niets te toetsen."));
    }
    let test = |&cause: &u32| -> Result<CauseTest, Fault> {
        let others = causes.iter().copied().filter(|it| *it != cause);
        let order: Vec<u32> = std::iter::once(cause).chain(others).collect();
        let all: Vec<usize> = (0..durations.time.len()).collect();
        let pooled = RiskTable::new(durations, &all, &order);
        let tables: Vec<RiskTable> =
            groups.iter().map(|(_, rows)| RiskTable::new(durations, rows, &order)).collect();
        let (score, variance) = score(&pooled, &tables);
        let (chi_squared, df) = quadratic(&score, &variance)?;
        Ok(CauseTest { cause, chi_squared, df, p: chi_squared_p(chi_squared, df as f64) })
    };
    Ok(Gray {
        tests: causes.iter().map(test).collect::<Result<_, _>>()?,
        subjects: durations.time.len(),
        warnings: Vec::new(),
    })
}

/// One group just before and just after a time.
#[derive(Debug, Clone, Copy)]
struct State {
    at_risk: f64,
    /// Survival before and after.
    before: f64,
    after: f64,
    /// Cumulative incidence of the cause before and after.
    share_before: f64,
    share_after: f64,
    own: f64,
    others: f64,
}

/// What one step adds to the variance: for each group a weight, a factor and, for events of the
/// cause, the column of `a`.
struct Term {
    group: usize,
    weight: f64,
    factor: f64,
    /// Column `group` of `a` (zero for events of another cause).
    direct: Vec<f64>,
    /// Column `group` of the running integral `c` at this time.
    running: Vec<f64>,
}

/// The scores of all groups and their covariance (section 3 of the paper, notation `a`, `c`).
fn score(pooled: &RiskTable, tables: &[RiskTable]) -> (Vec<f64>, Mat<f64>) {
    let count = tables.len();
    let mut scores = vec![0.0; count];
    let mut running = Mat::<f64>::zeros(count, count);
    let mut terms: Vec<Term> = Vec::new();
    let mut position = vec![0; count];
    let start = State {
        at_risk: 0.0,
        before: 1.0,
        after: 1.0,
        share_before: 0.0,
        share_after: 0.0,
        own: 0.0,
        others: 0.0,
    };
    let mut states = vec![start; count];
    let mut share = 0.0;
    for step in &pooled.steps {
        for (group, table) in tables.iter().enumerate() {
            advance(&mut states[group], table, &mut position[group], step.time);
        }
        let active: Vec<usize> = (0..count).filter(|&it| states[it].at_risk > 0.0).collect();
        let weight = |it: usize| states[it].at_risk / states[it].before;
        let total: f64 = active.iter().map(|&it| weight(it)).sum();
        let own: f64 = active.iter().map(|&it| states[it].own).sum();
        let share_after = share + own / total;
        let mut a = Mat::<f64>::zeros(count, count);
        for &i in &active {
            for &j in &active {
                let same = if i == j { 1.0 } else { 0.0 };
                a[(i, j)] = weight(i) * (same - weight(j) / total);
                running[(i, j)] += a[(i, j)] * own / (total * (1.0 - share));
            }
        }
        add_scores(&mut scores, &states, &active, own);
        let column = |it: &Mat<f64>, k: usize| (0..count).map(|i| it[(i, k)]).collect::<Vec<_>>();
        for &k in &active {
            for (direct, weight, factor) in variance_weights(&states[k], own, total, share_after) {
                let direct = if direct { column(&a, k) } else { vec![0.0; count] };
                terms.push(Term { group: k, weight, factor, direct, running: column(&running, k) });
            }
        }
        share = share_after;
    }
    (scores, covariance(&terms, &running, count))
}

fn add_scores(scores: &mut [f64], states: &[State], active: &[usize], own: f64) {
    let exposed = |it: usize| {
        let state = &states[it];
        state.at_risk * (1.0 - state.share_before) / state.before
    };
    let total: f64 = active.iter().map(|&it| exposed(it)).sum();
    for &it in active {
        scores[it] += states[it].own - own * exposed(it) / total;
    }
}

/// Whether the direct part counts, the weight and the factor of the group's terms at one time.
fn variance_weights(
    state: &State,
    own: f64,
    total: f64,
    share_after: f64,
) -> impl Iterator<Item = (bool, f64, f64)> {
    let still = if state.after > 0.0 { (1.0 - share_after) / state.after } else { 0.0 };
    let of_cause = (own > 0.0).then(|| {
        let ties = if own > 1.0 { 1.0 - (own - 1.0) / (total * state.before - 1.0) } else { 1.0 };
        (true, ties * state.before * own / (total * state.at_risk), 1.0 - still)
    });
    let of_others = (state.others > 0.0 && state.after > 0.0).then(|| {
        let others = state.others;
        let ties = if others > 1.0 { 1.0 - (others - 1.0) / (state.at_risk - 1.0) } else { 1.0 };
        (false, ties * (state.before / state.at_risk).powi(2) * others, -still)
    });
    of_cause.into_iter().chain(of_others)
}

fn covariance(terms: &[Term], end: &Mat<f64>, count: usize) -> Mat<f64> {
    let mut variance = Mat::<f64>::zeros(count, count);
    let mut influence = vec![0.0; count];
    for term in terms {
        for (i, it) in influence.iter_mut().enumerate() {
            *it = term.direct[i] + term.factor * (end[(i, term.group)] - term.running[i]);
        }
        for i in 0..count {
            for j in 0..count {
                variance[(i, j)] += influence[i] * influence[j] * term.weight;
            }
        }
    }
    variance
}

fn advance(state: &mut State, table: &RiskTable, position: &mut usize, time: f64) {
    state.before = state.after;
    state.share_before = state.share_after;
    state.at_risk = table.at_risk(time) as f64;
    (state.own, state.others) = (0.0, 0.0);
    let Some(step) = table.steps.get(*position).filter(|it| it.time == time) else { return };
    *position += 1;
    state.own = step.events[0];
    state.others = step.events[1..].iter().sum();
    let n = step.at_risk;
    state.after = state.before * (n - state.own - state.others) / n;
    state.share_after = state.share_before + state.before * state.own / n;
}

impl Estimate for Gray {
    fn figures(&self) -> Figures {
        let mut figures = Figures::new();
        for it in &self.tests {
            figures.add(format!("gray_chisq_cause{}", it.cause), it.chi_squared);
            figures.add(format!("gray_df_cause{}", it.cause), it.df as f64);
            figures.add(format!("gray_p_cause{}", it.cause), it.p);
        }
        figures
    }

    fn summary(&self) -> String {
        let line = |it: &CauseTest| {
            format!(
                "Uitgang {}: chi-kwadraat {:.2} met {} vrijheidsgraden, p = {:.4} ({} mensen).",
                it.cause, it.chi_squared, it.df, it.p, self.subjects
            )
        };
        self.tests.iter().map(line).collect::<Vec<_>>().join("\n")
    }

    fn warnings(&self) -> &[Warning] {
        &self.warnings
    }
}
