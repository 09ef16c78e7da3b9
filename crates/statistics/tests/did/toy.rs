//! Own staggered data of 40 units in 9 periods, and what Python found in it: `reference/`.

use std::path::Path;

use statistics::did::treatment_path::{PathColumns, TreatmentPaths};
use statistics::panel::{Columns, Panel};

use crate::common::Table;

fn file(name: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("reference").join(name)
}

/// The data with `outcome`, covariates, and a cluster other than the unit.
pub(crate) fn panel(outcome: &str, covariates: &[&str], cluster: Option<&str>) -> Panel {
    let table = Table::read(&file("did_imputation.csv"));
    let mut columns = table.columns(covariates);
    columns.outcome = table.numbers(outcome);
    if let Some(cluster) = cluster {
        columns.cluster = table.texts(cluster);
    }
    Panel::new(columns).expect("own data are sound")
}

/// Own data of 60 units in 10 periods whose treatment goes on and off.
pub(crate) fn paths(treatment: &str, cluster: &str) -> TreatmentPaths {
    let table = Table::read(&file("chaisemartin_dhaultfoeuille.csv"));
    TreatmentPaths::new(PathColumns {
        unit: table.texts("unit"),
        period: table.integers("period"),
        treatment: table.numbers(treatment),
        outcome: table.numbers("y"),
        cluster: table.texts(cluster),
    })
    .expect("own data are sound")
}

/// The data without every seventeenth row.
pub(crate) fn panel_with_gaps() -> Panel {
    panel_with(|columns| {
        let kept: Vec<usize> = (0..columns.unit.len()).filter(|row| row % 17 != 5).collect();
        columns.unit = kept.iter().map(|row| columns.unit[*row].clone()).collect();
        columns.period = kept.iter().map(|row| columns.period[*row]).collect();
        columns.first_treated = kept.iter().map(|row| columns.first_treated[*row]).collect();
        columns.outcome = kept.iter().map(|row| columns.outcome[*row]).collect();
    })
}

/// The data with a change.
pub(crate) fn panel_with(change: impl Fn(&mut Columns)) -> Panel {
    let mut columns = Table::read(&file("did_imputation.csv")).columns(&[]);
    change(&mut columns);
    Panel::new(columns).expect("own data are sound")
}

/// What Python found under `section`, in its order.
pub(crate) fn expected(section: &str) -> Vec<(String, f64)> {
    expected_in("did_imputation_expected.csv", section)
}

/// What Python found under `section` of `name`, in its order.
pub(crate) fn expected_in(name: &str, section: &str) -> Vec<(String, f64)> {
    let table = Table::read(&file(name));
    let keys = table.texts("section").into_iter().zip(table.texts("key"));
    let all: Vec<(String, f64)> = keys
        .zip(table.numbers("value"))
        .filter(|((it, _), _)| it == section)
        .map(|((_, key), value)| (key, value))
        .collect();
    assert!(!all.is_empty(), "nothing expected under {section}");
    all
}
