//! Own staggered data of 40 units in 9 periods, and what Python found in it: `reference/`.

use std::path::Path;

use statistics::panel::Panel;

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

/// The data without every seventeenth row.
pub(crate) fn panel_with_gaps() -> Panel {
    let mut columns = Table::read(&file("did_imputation.csv")).columns(&[]);
    let kept: Vec<usize> = (0..columns.unit.len()).filter(|row| row % 17 != 5).collect();
    columns.unit = kept.iter().map(|row| columns.unit[*row].clone()).collect();
    columns.period = kept.iter().map(|row| columns.period[*row]).collect();
    columns.first_treated = kept.iter().map(|row| columns.first_treated[*row]).collect();
    columns.outcome = kept.iter().map(|row| columns.outcome[*row]).collect();
    Panel::new(columns).expect("own data are sound")
}

/// What Python found under `section`, in its order.
pub(crate) fn expected(section: &str) -> Vec<(String, f64)> {
    let table = Table::read(&file("did_imputation_expected.csv"));
    let keys = table.texts("section").into_iter().zip(table.texts("key"));
    let all: Vec<(String, f64)> = keys
        .zip(table.numbers("value"))
        .filter(|((it, _), _)| it == section)
        .map(|((_, key), value)| (key, value))
        .collect();
    assert!(!all.is_empty(), "nothing expected under {section}");
    all
}
