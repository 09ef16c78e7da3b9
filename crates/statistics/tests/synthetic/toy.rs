//! A small panel from a formula, the same as in `reference/synthetic.py`.

use statistics::panel::{Columns, Panel};

/// Twelve units in 2000-2025; `u0` is treated from 2020 on with the given effect.
pub(crate) fn panel(effect: f64) -> Panel {
    panel_with(effect, 1)
}

/// The same with the first `treated` units treated.
pub(crate) fn panel_with(effect: f64, treated: usize) -> Panel {
    let mut columns = Columns::default();
    for unit in 0..12_usize {
        for time in 0..26_i32 {
            let (i, t) = (unit as f64, f64::from(time));
            let own = 10.0 + 1.7 * (1.3 * i).sin() + (0.2 + 0.1 * (2.1 * i).cos()) * t;
            let wave = 0.5 * (0.9 * i * t + 0.4 * i).sin() + 0.3 * (1.1 * t).cos();
            let gain = if unit < treated && time >= 20 { effect } else { 0.0 };
            columns.unit.push(format!("u{unit}"));
            columns.period.push(2000 + i64::from(time));
            columns.first_treated.push((unit < treated).then_some(2020));
            columns.outcome.push(own + wave + gain);
        }
    }
    Panel::new(columns).expect("the formula has finite values")
}
