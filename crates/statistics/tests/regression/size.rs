//! How often a true null is rejected at 5%: own panels with errors that remember (AR(1) 0.8).
//!
//! Many clusters, half of them treated: every clustered test holds its 5%. Twenty-four clusters of
//! which six treated: the errors per cluster reject somewhat too often, the bootstrap and the
//! randomisation test hold; errors that ignore the dependence reject ten times too often.

use rand::RngExt as _;
use statistics::panel::{Columns, Panel};
use statistics::random::generator;

use crate::inference::p_values;

const REPLICATIONS: u64 = 300;

/// A panel of 16 periods without effect, treated from period 8 on.
fn null_panel(units: u32, treated: u32, replication: u64) -> Panel {
    let mut random = generator(20_190_101, replication);
    let mut normal = move || (0..12).map(|_| random.random::<f64>()).sum::<f64>() - 6.0;
    let mut columns = Columns::default();
    for unit in 0..units {
        let mut error = normal() / 0.6;
        for period in 0..16 {
            columns.unit.push(unit.to_string());
            columns.period.push(period);
            columns.first_treated.push((unit < treated).then_some(8));
            columns.outcome.push(error);
            error = 0.8 * error + normal();
        }
    }
    Panel::new(columns).expect("a panel")
}

/// Rejection rates of iid, HC1, CRV1 normal, CRV1 t, CRV3, bootstrap, randomisation.
fn rates(units: u32, treated: u32) -> [f64; 7] {
    let mut rates = [0.0; 7];
    for replication in 0..REPLICATIONS {
        let p = p_values(&null_panel(units, treated, replication));
        rates.iter_mut().zip(p).for_each(|(rate, p)| *rate += f64::from(u8::from(p < 0.05)));
    }
    rates.map(|it| it / REPLICATIONS as f64)
}

#[test]
fn clustered_tests_hold_their_size_and_the_others_do_not() {
    // The standard error of a rate near 5% is 1.3 points.
    for (units, treated) in [(24, 6), (60, 30)] {
        let [iid, hc1, _, crv1, crv3, bootstrap, randomisation] = rates(units, treated);
        let all = format!("{units}: {iid} {hc1} {crv1} {crv3} {bootstrap} {randomisation}");
        eprintln!("{all}");
        assert!(iid > 0.25 && hc1 > 0.25, "{all}");
        assert!((0.02..0.12).contains(&crv1), "{all}");
        for rate in [crv3, bootstrap, randomisation] {
            assert!((0.01..0.09).contains(&rate), "{all}");
        }
    }
}
