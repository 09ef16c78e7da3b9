//! Ways to set one growth beside another. Each has a name, because they differ.
//!
//! None of them is an effect: for that, the two must have been going the same way before.

/// The difference of two growths, in percentage points (0.12 for 12).
pub fn verschil_in_procentpunt(eigen: f64, ander: f64) -> f64 {
    eigen - ander
}

/// How much larger one growth factor is than the other (0.093 for 9.3%).
pub fn verhouding_van_groeifactoren(eigen: f64, ander: f64) -> f64 {
    (1.0 + eigen) / (1.0 + ander) - 1.0
}

/// The difference in change of level, in the unit of the levels.
pub fn verschil_in_niveau((voor, na): (f64, f64), (ander_voor, ander_na): (f64, f64)) -> f64 {
    (na - voor) - (ander_na - ander_voor)
}

/// The difference in change of the natural logarithm.
pub fn verschil_in_logaritme(eigen: f64, ander: f64) -> f64 {
    (1.0 + eigen).ln() - (1.0 + ander).ln()
}

/// The share of a group with which two parts with these levels grow together by `samen`.
///
/// `None` when no share does.
pub fn aandeel_in_mengsel(zonder: (f64, f64), met: (f64, f64), samen: f64) -> Option<f64> {
    let factor = 1.0 + samen;
    let short = factor * zonder.0 - zonder.1;
    let gain = (met.1 - zonder.1) - factor * (met.0 - zonder.0);
    Some(short / gain).filter(|it| (0.0..=1.0).contains(it))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::CPB;

    fn close(what: &str, ours: f64, expected: f64, tolerance: f64) {
        assert!((ours - expected).abs() < tolerance, "{what}: {ours}, expected {expected}");
    }

    fn levels(at: usize) -> (f64, f64) {
        CPB[at].per_duizend.unwrap()
    }

    const ZONDER_TEAM: usize = 0;
    const TEAMS: usize = 1;
    const ZONDER_AANBIEDER: usize = 2;
    const MET_AANBIEDER: usize = 3;

    /// Every published growth follows from the published levels, within its rounding.
    #[test]
    fn levels_give_the_published_growth() {
        for (at, exact) in
            [(ZONDER_TEAM, 0.2625), (ZONDER_AANBIEDER, 0.286), (MET_AANBIEDER, 0.591)]
        {
            let (before, after) = levels(at);
            close(CPB[at].naam, after / before - 1.0, exact, 0.0005);
            close(CPB[at].naam, after / before - 1.0, CPB[at].groei, CPB[at].afronding);
        }
        close("the letter", 502.0 / 349.0 - 1.0, 0.4384, 0.0001);
    }

    #[test]
    fn three_in_ten_team_municipalities_have_provider_staff() {
        let (zonder, met) = (levels(ZONDER_AANBIEDER), levels(MET_AANBIEDER));
        let share = |it: f64| aandeel_in_mengsel(zonder, met, it).unwrap();
        close("share", share(CPB[TEAMS].groei), 0.304, 0.0005);
        assert_eq!(aandeel_in_mengsel(zonder, met, 0.9), None);

        // The published figures are rounded; the share lies where any of their roundings puts it.
        let (mut low, mut high) = (f64::MAX, f64::MIN);
        for corner in 0..32_u8 {
            let off = |bit: u8, half: f64| if corner >> bit & 1 == 0 { -half } else { half };
            let zonder = (zonder.0 + off(0, 0.05), zonder.1 + off(1, 0.05));
            let met = (met.0 + off(2, 0.05), met.1 + off(3, 0.05));
            let samen = CPB[TEAMS].groei + off(4, CPB[TEAMS].afronding);
            let share = aandeel_in_mengsel(zonder, met, samen).unwrap();
            (low, high) = (share.min(low), share.max(high));
        }
        close("lowest", low, 0.25, 0.005);
        close("highest", high, 0.36, 0.005);
    }

    /// The published means allow each of these; none of them is the published 14%.
    #[test]
    fn one_contrast_has_many_measures() {
        let (zonder, teams) = (CPB[ZONDER_TEAM].groei, CPB[TEAMS].groei);
        close("percentage points", verschil_in_procentpunt(teams, zonder), 0.12, 1e-9);
        close("ratio", verhouding_van_groeifactoren(teams, zonder), 0.095, 0.0005);
        // From the exact growth of the group without teams, +26.25%.
        close("ratio", verhouding_van_groeifactoren(teams, 0.2625), 0.093, 0.0005);

        let control = levels(ZONDER_TEAM);
        close("without", verschil_in_niveau(levels(ZONDER_AANBIEDER), control), 0.5, 1e-9);
        close("with", verschil_in_niveau(levels(MET_AANBIEDER), control), 3.4, 1e-9);
        let (a, b) = (levels(ZONDER_AANBIEDER), levels(MET_AANBIEDER));
        let share = aandeel_in_mengsel(a, b, teams).unwrap();
        let mix = |a: f64, b: f64| a + share * (b - a);
        let all = (mix(a.0, b.0), mix(a.1, b.1));
        close("all teams", verschil_in_niveau(all, control), 1.38, 0.005);

        let growth = |(before, after): (f64, f64)| after / before - 1.0;
        close("log without", verschil_in_logaritme(growth(a), growth(control)), 0.018, 0.0005);
        close("log with", verschil_in_logaritme(growth(b), growth(control)), 0.232, 0.0005);
    }
}
