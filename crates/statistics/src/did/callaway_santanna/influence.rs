//! The influence functions of all effects at once, as linear maps of one vector per unit.

use rayon::prelude::*;

use crate::did::bands::{Bootstrap, Rows, multiplier_sums, streams};
use crate::panel::Panel;

use super::design::Design;

/// Rows whose cross products are summed together, whatever the number of threads.
const CHUNK: usize = 4096;

/// A linear map of the vectors in [`Influence`]: positions with their factor.
pub(super) type Loading = Vec<(usize, f64)>;

/// One vector per independent unit (or cluster); the influence of the unit on an estimate is the
/// inner product with the estimate's [`Loading`].
///
/// Without covariates the vector holds the unit's own outcomes, so that 10 periods and any number
/// of effects cost 11 numbers per unit. The vectors are kept in blocks: a unit has zeros outside
/// its own block.
#[derive(Debug, Clone)]
pub(super) struct Influence {
    blocks: Vec<Block>,
    width: usize,
    /// Position of each group's weight, for the estimation of the shares of the groups.
    pub(super) share: Vec<usize>,
}

#[derive(Debug, Clone)]
struct Block {
    start: usize,
    rows: Rows,
    /// Sum of the outer products of the rows, row-major.
    products: Vec<f64>,
}

impl Influence {
    pub(super) fn new(blocks: Vec<(usize, Rows)>, share: Vec<usize>) -> Self {
        let width = blocks.iter().map(|(start, rows)| start + rows.width).max().unwrap_or(0);
        let block = |(start, rows): (usize, Rows)| Block { start, products: products(&rows), rows };
        Self { blocks: blocks.into_iter().map(block).collect(), width, share }
    }

    /// Covariance of the estimates with these loadings.
    pub(super) fn covariance(&self, a: &Loading, b: &Loading) -> f64 {
        self.blocks.iter().map(|block| block.form(a, b)).sum()
    }

    /// Draws of each estimate's error: one vector of `bootstrap.draws` per loading.
    pub(super) fn draws(&self, loadings: &[&Loading], bootstrap: Bootstrap) -> Vec<Vec<f64>> {
        let mut sums = vec![0.0; bootstrap.draws * self.width];
        let mut stream = 0;
        for block in &self.blocks {
            let width = block.rows.width;
            let own = multiplier_sums(&block.rows, bootstrap, stream);
            stream += streams(block.rows.len());
            for (all, own) in sums.chunks_exact_mut(self.width).zip(own.chunks_exact(width)) {
                all[block.start..block.start + width].copy_from_slice(own);
            }
        }
        let draw = |sum: &[f64], loading: &Loading| -> f64 {
            loading.iter().map(|(at, factor)| factor * sum[*at]).sum()
        };
        loadings
            .par_iter()
            .map(|loading| sums.chunks_exact(self.width).map(|sum| draw(sum, loading)).collect())
            .collect()
    }
}

impl Block {
    fn form(&self, a: &Loading, b: &Loading) -> f64 {
        let width = self.rows.width;
        let own = self.start..self.start + width;
        let mut sum = 0.0;
        for (row, left) in a.iter().filter(|(at, _)| own.contains(at)) {
            let products = &self.products[(row - self.start) * width..][..width];
            let inner = b.iter().filter(|(at, _)| own.contains(at));
            let inner: f64 = inner.map(|(at, right)| products[at - self.start] * right).sum();
            sum += left * inner;
        }
        sum
    }
}

fn products(rows: &Rows) -> Vec<f64> {
    let width = rows.width;
    let parts: Vec<Vec<f64>> = rows
        .values
        .par_chunks(CHUNK * width.max(1))
        .map(|values| {
            let mut sum = vec![0.0; width * width];
            for row in values.chunks_exact(width) {
                for (a, left) in row.iter().enumerate() {
                    let terms = sum[a * width..=a * width + a].iter_mut().zip(row);
                    terms.for_each(|(sum, right)| *sum += left * right);
                }
            }
            sum
        })
        .collect();
    let mut sum = vec![0.0; width * width];
    for part in &parts {
        sum.iter_mut().zip(part).for_each(|(sum, part)| *sum += part);
    }
    for a in 0..width {
        for b in 0..a {
            sum[b * width + a] = sum[a * width + b];
        }
    }
    sum
}

/// Independent units: which one each unit of the design belongs to, when that is not itself.
#[derive(Debug, Clone)]
pub(super) struct Clusters {
    /// Cluster of each row of the panel.
    pub(super) of_row: Vec<u32>,
    /// Number of clusters that take part.
    pub(super) count: usize,
}

impl Clusters {
    /// The clusters of the rows that take part, in dense codes; nothing when each is one unit.
    ///
    /// `rows` are the rows that take part.
    pub(super) fn new(panel: &Panel, design: &Design) -> Option<Self> {
        if panel.cluster == panel.unit {
            return None;
        }
        let mut used = vec![false; panel.units.len()];
        for unit in design.groups.iter().flat_map(|it| &it.units) {
            used[*unit] = true;
        }
        let mut codes: Vec<Option<u32>> = vec![None; panel.clusters.len()];
        let mut count = 0;
        let mut of_row = vec![u32::MAX; panel.rows()];
        for (row, cluster) in panel.cluster.iter().enumerate() {
            let within = (panel.period[row] as usize) < design.periods.len();
            if used[panel.unit[row] as usize] && within {
                of_row[row] = *codes[*cluster as usize].get_or_insert_with(|| {
                    count += 1;
                    count - 1
                });
            }
        }
        Some(Self { of_row, count: count as usize })
    }
}
