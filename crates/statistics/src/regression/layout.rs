//! How rows lie in groups: the order in which fixed effects are taken out.

use std::borrow::Cow;
use std::ops::Range;

use crate::fault::Fault;

/// Rows in the order of the effect with the most levels, cut in chunks for the threads.
#[derive(Debug, Clone)]
pub(super) struct Layout<'a> {
    /// Position of the effect by which the rows are ordered.
    pub(super) main: usize,
    /// Row of each place in the order; `None` when the rows lie in order already.
    pub(super) order: Option<Vec<u32>>,
    /// First place of each group, and the number of rows at the end.
    pub(super) starts: Vec<u32>,
    /// The other effects.
    pub(super) others: Vec<Other<'a>>,
    /// Number of levels of the other effects together.
    pub(super) size: usize,
    /// Groups that one thread takes at a time.
    pub(super) chunks: Vec<Range<usize>>,
}

/// Codes of an effect in the order of the layout.
#[derive(Debug, Clone)]
pub(super) struct Other<'a> {
    /// Position of the effect in the design.
    pub(super) effect: usize,
    /// Where its levels start in the joint vector of coefficients.
    pub(super) offset: usize,
    /// Levels in the joint vector, without the offset, by place.
    pub(super) codes: Cow<'a, [u32]>,
}

impl<'a> Layout<'a> {
    /// Orders the rows by the effect with the most levels.
    ///
    /// # Errors
    ///
    /// More rows than four billion.
    pub(super) fn new(effects: &[&'a [u32]]) -> Result<Self, Fault> {
        let rows = effects[0].len();
        if u32::try_from(rows).is_err() {
            return Err(Fault::argument("aantal rijen", "minder dan vier miljard", rows));
        }
        let levels: Vec<usize> = effects.iter().map(|codes| levels(codes)).collect();
        let main = (0..effects.len()).rev().max_by_key(|it| levels[*it]).unwrap_or(0);
        let starts = starts(effects[main], levels[main]);
        let order = (!effects[main].is_sorted()).then(|| order(effects[main], &starts));
        let mut others = Vec::new();
        let mut size = 0;
        for (effect, codes) in effects.iter().enumerate().filter(|it| it.0 != main) {
            let codes = match &order {
                None => Cow::Borrowed(*codes),
                Some(order) => order.iter().map(|row| codes[*row as usize]).collect(),
            };
            others.push(Other { effect, offset: size, codes });
            size += levels[effect];
        }
        let chunks = chunks(&starts, rows, size);
        Ok(Self { main, order, starts, others, size, chunks })
    }

    /// Places of group `group`.
    pub(super) fn places(&self, group: usize) -> Range<usize> {
        self.starts[group] as usize..self.starts[group + 1] as usize
    }

    /// Number of groups of the main effect, the empty ones too.
    pub(super) fn groups(&self) -> usize {
        self.starts.len() - 1
    }

    /// `values` in the order of the layout.
    pub(super) fn ordered<'v>(&self, values: &'v [f64]) -> Cow<'v, [f64]> {
        match &self.order {
            None => Cow::Borrowed(values),
            Some(order) => order.iter().map(|row| values[*row as usize]).collect(),
        }
    }

    /// Runs `work` on `values`, which it sees in the order of the layout.
    pub(super) fn in_order<T>(&self, values: &mut [f64], work: impl FnOnce(&mut [f64]) -> T) -> T {
        let Some(order) = &self.order else { return work(values) };
        let mut ordered = self.ordered(values).into_owned();
        let result = work(&mut ordered);
        for (row, value) in order.iter().zip(ordered) {
            values[*row as usize] = value;
        }
        result
    }
}

/// One more than the largest code.
pub(super) fn levels(codes: &[u32]) -> usize {
    codes.iter().max().map_or(0, |it| *it as usize + 1)
}

fn starts(codes: &[u32], levels: usize) -> Vec<u32> {
    let mut starts = vec![0_u32; levels + 1];
    for code in codes {
        starts[*code as usize + 1] += 1;
    }
    for level in 0..levels {
        starts[level + 1] += starts[level];
    }
    starts
}

/// Rows grouped by `codes`, in order of row within a group (a counting sort).
fn order(codes: &[u32], starts: &[u32]) -> Vec<u32> {
    let mut next = starts.to_vec();
    let mut order = vec![0; codes.len()];
    for (row, code) in (0_u32..).zip(codes) {
        let place = &mut next[*code as usize];
        order[*place as usize] = row;
        *place += 1;
    }
    order
}

/// Cuts the groups in chunks of at least 32,768 rows; the more levels there are to add up per
/// chunk, the fewer chunks. The cut depends on the data only, so the sums do too.
fn chunks(starts: &[u32], rows: usize, size: usize) -> Vec<Range<usize>> {
    let most = (2 * rows / size.max(1)).clamp(4, 64);
    let aim = (rows / most).max(32_768);
    let (mut chunks, mut first) = (Vec::new(), 0);
    for group in 1..starts.len() {
        if (starts[group] - starts[first]) as usize >= aim || group + 1 == starts.len() {
            chunks.push(first..group);
            first = group;
        }
    }
    chunks
}
