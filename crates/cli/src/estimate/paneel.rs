//! The columns of the common layout: unit, period, first treated period, outcome.

use std::collections::HashMap;

use anyhow::bail;
use statistics::panel::{Columns, Panel};

use super::{
    tabel::Tabel,
    vlag::{CLUSTER, COVARIATE, FIRST_TREATED, OUTCOME, PERIOD, TREATMENT, UNIT, WEIGHT},
    vraag::Vraag,
};

/// The panel that the flags point at.
pub(super) fn panel(vraag: &Vraag, tabel: &Tabel) -> anyhow::Result<Panel> {
    Panel::new(columns(vraag, tabel)?).map_err(|fault| tabel.fault(fault).into())
}

/// Its columns, before they are checked.
pub(super) fn columns(vraag: &Vraag, tabel: &Tabel) -> anyhow::Result<Columns> {
    let covariate = |it: &String| Ok((it.clone(), tabel.numbers(it)?));
    Ok(Columns {
        unit: tabel.texts(vraag.need(&UNIT)?)?,
        period: tabel.wholes(vraag.need(&PERIOD)?)?,
        first_treated: first_treated(vraag, tabel)?,
        outcome: tabel.numbers(vraag.need(&OUTCOME)?)?,
        covariates: vraag.texts(&COVARIATE).iter().map(covariate).collect::<anyhow::Result<_>>()?,
        cluster: vraag.text(&CLUSTER).map(|it| tabel.texts(it)).transpose()?.unwrap_or_default(),
        weight: vraag.text(&WEIGHT).map(|it| tabel.numbers(it)).transpose()?.unwrap_or_default(),
    })
}

/// The column with the first treated period, or the first period in which the unit is treated.
fn first_treated(vraag: &Vraag, tabel: &Tabel) -> anyhow::Result<Vec<Option<i64>>> {
    if let Some(column) = vraag.text(&FIRST_TREATED) {
        return tabel.starts(column);
    }
    let Some(column) = vraag.text(&TREATMENT) else { return Ok(vec![None; tabel.len()]) };
    let (unit, period) = (tabel.texts(vraag.need(&UNIT)?)?, tabel.wholes(vraag.need(&PERIOD)?)?);
    let treated = tabel.flags(column)?;
    let mut first: HashMap<&str, i64> = HashMap::new();
    for row in (0..unit.len()).filter(|row| treated[*row]) {
        let known = first.entry(&unit[row]).or_insert(period[row]);
        *known = period[row].min(*known);
    }
    let first: Vec<Option<i64>> = unit.iter().map(|it| first.get(it.as_str()).copied()).collect();
    let stops = |row: &usize| !treated[*row] && first[*row].is_some_and(|it| it < period[*row]);
    if let Some(row) = (0..unit.len()).find(stops) {
        bail!(
            "eenheid `{}` is in periode {} niet meer behandeld (kolom `{column}`); deze methode \
             vraagt dat wie start blijft. Voor aan en uit is er chaisemartin-dhaultfoeuille",
            unit[row],
            period[row]
        );
    }
    Ok(first)
}

/// Texts as codes counted from 0, in the order in which they occur.
pub(super) fn codes(texts: &[String]) -> Vec<u32> {
    let mut known: HashMap<&str, u32> = HashMap::new();
    let mut next = 0;
    let code = |text| {
        *known.entry(text).or_insert_with(|| {
            next += 1;
            next - 1
        })
    };
    texts.iter().map(String::as_str).map(code).collect()
}

/// Periods as codes counted from 0, in order of time.
pub(super) fn period_codes(periods: &[i64]) -> Vec<u32> {
    let mut order = periods.to_vec();
    order.sort_unstable();
    order.dedup();
    let code = |it: &i64| u32::try_from(order.partition_point(|other| other < it));
    periods.iter().map(|it| code(it).unwrap_or(u32::MAX)).collect()
}
