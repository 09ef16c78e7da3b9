//! What the made-up municipality must show: the planted signals are found.
#![expect(clippy::unwrap_used, reason = "a failing fit must stop the test")]

use statistics::comparison::counts::Family;
use statistics::comparison::funnel::{Options, Scale, Trim, Unit, funnel};
use statistics::comparison::generalised_mixed::{Level, Options as Mixed, fit};

use super::growth::providers;
use super::mixed::referrals;
use super::standardisation::teams;
use crate::common::{data, shared};

fn truth() -> Option<serde_json::Value> {
    let file = std::fs::File::open(shared("stats/data/synth_open/truth.json")?).unwrap();
    Some(serde_json::from_reader::<_, serde_json::Value>(file).unwrap()["datasets"].take())
}

#[test]
fn the_planted_teams_head_the_list() {
    let (Some(truth), Some(table)) = (truth(), data("synth_open/teams_clients.csv")) else {
        return;
    };
    let (ratios, _) = teams(&table);
    let units: Vec<Unit> = ratios
        .groups
        .iter()
        .map(|it| Unit { name: it.group.clone(), numerator: it.observed, denominator: it.expected })
        .collect();
    let mut planted: Vec<String> = Vec::new();
    let high = truth["teams_clients"]["outlier_teams_high"].as_array().unwrap().iter();
    planted.extend(high.map(ToString::to_string));
    planted.push(truth["teams_clients"]["outlier_team_low"].to_string());
    planted.sort_unstable();
    for (scale, trim) in [(Scale::Log, Trim::Truncate(0.1)), (Scale::Root, Trim::Winsorise(0.1))] {
        let it = funnel(&units, Options { scale, trim, level: 0.998 }).unwrap();
        let mut order: Vec<_> = it.units.iter().collect();
        order.sort_by(|a, b| b.z_adjusted.abs().total_cmp(&a.z_adjusted.abs()));
        let mut top: Vec<&str> = order[..3].iter().map(|it| it.unit.name.as_str()).collect();
        top.sort_unstable();
        assert_eq!(top, planted, "{scale:?}");
        let others = it.outside().iter().filter(|it| !planted.contains(&(**it).to_owned())).count();
        assert!(others <= 1, "{scale:?}: {:?}", it.outside());
    }
}

#[test]
fn shrunken_shares_of_consultants_are_nearer_the_truth() {
    let (Some(truth), Some(table)) = (truth(), data("synth_open/consultants.csv")) else { return };
    let counts = referrals(&table);
    let level = Level { name: "consultant".into(), group: table.texts("consultant") };
    let model = fit(Family::Binomial, &counts, &level, None, Mixed::default()).unwrap();
    let shares = &truth["consultants"]["true_p"];
    let (mut raw, mut shrunken) = (0.0, 0.0);
    for (row, (name, mode, _)) in model.levels[0].groups.iter().enumerate() {
        let share = shares[name].as_f64().unwrap();
        let logit = model.coefficients[0] + mode;
        raw += (counts.count[row] / counts.size[row] - share).powi(2);
        shrunken += (1.0 / (1.0 + (-logit).exp()) - share).powi(2);
    }
    let n = counts.count.len() as f64;
    eprintln!("mean squared error: raw {:.4}, shrunken {:.4}", raw / n, shrunken / n);
    assert!(shrunken < 0.5 * raw, "raw {raw}, shrunken {shrunken}");
}

#[test]
fn the_planted_providers_grow_fastest() {
    let (Some(truth), Some(table)) = (truth(), data("synth_open/providers_growth.csv")) else {
        return;
    };
    let growth = providers(&table);
    let mut top: Vec<i64> =
        growth.fastest()[..3].iter().map(|it| it.unit.parse().unwrap()).collect();
    top.sort_unstable();
    assert_eq!(serde_json::json!(top), truth["providers_growth"]["planted"]);
}
