//! The kernel: running spells and people per cell and month, from columns of first and last days.
//!
//! Nothing is counted per month. Each spell adds one where it starts and takes one away where it
//! ends (a difference array), and a running sum gives every month at once; so eleven years cost as
//! much as one month. People are counted by merging their spells within a cell into episodes
//! first. Work is cut at borders between clients, so that each thread keeps its own arrays.

use std::ops::Range;

use rayon::prelude::*;

use crate::Venster;

/// Spells as columns of equal length.
#[derive(Debug, Clone, Copy)]
pub struct Kolommen<'a> {
    /// Whose it is. Sorted, the columns are counted as they lie; otherwise they are grouped first.
    pub client: &'a [u32],
    /// The first day.
    pub van: &'a [i32],
    /// The last day, included; [`crate::OPEN`] without one.
    pub tot: &'a [i32],
}

impl Kolommen<'_> {
    /// How many spells.
    pub fn len(&self) -> usize {
        self.client.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.client.is_empty()
    }

    /// Whether the spells of a client lie together in order of client.
    pub fn gesorteerd(&self) -> bool {
        self.client.par_windows(2).with_min_len(1 << 16).all(|it| it[0] <= it[1])
    }
}

/// When something counts in a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Telling {
    /// When it runs on the last day of the month.
    LaatsteDag,
    /// When it runs on any day of the month.
    ElkeDag,
}

/// What came in and went out per cell and month; what is there follows from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stromen {
    slots: usize,
    erin: Vec<u32>,
    eruit: Vec<u32>,
}

impl Stromen {
    fn new(cellen: usize, maanden: usize) -> Stromen {
        // Before, the months, after, and one more for what ends after the last slot.
        let slots = maanden + 3;
        Stromen { slots, erin: vec![0; cellen * slots], eruit: vec![0; cellen * slots] }
    }

    #[inline]
    fn add(&mut self, cel: u16, (van, tot): (usize, usize)) {
        let row = usize::from(cel) * self.slots;
        self.erin[row + van] += 1;
        self.eruit[row + tot] += 1;
    }

    fn plus(mut self, other: &Stromen) -> Stromen {
        for (ours, theirs) in [(&mut self.erin, &other.erin), (&mut self.eruit, &other.eruit)] {
            ours.iter_mut().zip(theirs).for_each(|(a, b)| *a += b);
        }
        self
    }

    /// How many started in each month.
    pub fn instroom(&self, cel: usize) -> &[u32] {
        &self.erin[cel * self.slots + 1..(cel + 1) * self.slots - 2]
    }

    /// How many are no longer there in each month and were in the month before, or came since.
    pub fn uitstroom(&self, cel: usize) -> &[u32] {
        &self.eruit[cel * self.slots + 1..(cel + 1) * self.slots - 2]
    }

    /// How many are there in each month.
    pub fn stand(&self, cel: usize) -> Vec<u32> {
        let row = cel * self.slots;
        let mut there = self.erin[row] - self.eruit[row];
        let flows = self.instroom(cel).iter().zip(self.uitstroom(cel));
        flows
            .map(|(erin, eruit)| {
                there = there + erin - eruit;
                there
            })
            .collect()
    }
}

/// Counts every spell; a spell of which `cel` knows no cell does not count.
///
/// # Panics
///
/// When a cell is not below `cellen`, or the columns differ in length.
pub fn tel_spells(
    kolommen: Kolommen<'_>,
    cel: impl Fn(usize) -> Option<u16> + Sync,
    cellen: usize,
    venster: &Venster,
    telling: Telling,
) -> Stromen {
    let count = |range: Range<usize>| {
        let mut out = Stromen::new(cellen, venster.aantal());
        for i in range {
            let (van, tot) = (kolommen.van[i], kolommen.tot[i]);
            if let Some(cel) = cel(i)
                && van <= tot
            {
                out.add(cel, slots(venster, telling, van, tot));
            }
        }
        out
    };
    in_parallel(even_ranges(kolommen.len()), cellen, venster, count)
}

/// Counts people: the spells of one client within a cell, with a gap of at most `gat_dagen` days
/// between them, are one episode. A gap over the last day of a month always ends it.
///
/// With [`Telling::ElkeDag`] somebody who is there in two months in a row never left, so gaps play
/// no part. Columns that are not sorted by client are grouped first, which takes some memory and a
/// few times as long.
///
/// # Panics
///
/// When a cell is not below `cellen`, or the columns differ in length.
pub fn tel_clienten(
    kolommen: Kolommen<'_>,
    cel: impl Fn(usize) -> Option<u16> + Sync,
    cellen: usize,
    venster: &Venster,
    (telling, gat_dagen): (Telling, u16),
) -> Stromen {
    let rule = Rule { venster, telling, most: i32::from(gat_dagen) + 1 };
    if !kolommen.gesorteerd() {
        return tel_clienten_ongesorteerd(kolommen, cel, cellen, rule);
    }
    let count = |range: Range<usize>| {
        let mut out = Stromen::new(cellen, venster.aantal());
        let mut own = Vec::with_capacity(64);
        let (client, mut at) = (kolommen.client, range.start);
        while at < range.end {
            let first = at;
            while at < range.end && client[at] == client[first] {
                if let Some(cel) = cel(at)
                    && let Some(stretch) = rule.before(kolommen.van[at], kolommen.tot[at])
                {
                    own.push(packed(cel, stretch));
                }
                at += 1;
            }
            rule.count(&mut own, &mut out);
            own.clear();
        }
        out
    };
    in_parallel(ranges_by_client(kolommen.client), cellen, venster, count)
}

/// How a spell becomes a stretch, and stretches become an episode.
#[derive(Clone, Copy)]
struct Rule<'a> {
    venster: &'a Venster,
    telling: Telling,
    /// The largest difference between a last day and the next first day within an episode.
    most: i32,
}

impl Rule<'_> {
    /// The stretch to merge: in days, or in months where any day of a month counts.
    #[inline]
    fn before(&self, van: i32, tot: i32) -> Option<(i32, i32)> {
        match self.telling {
            _ if van > tot => None,
            Telling::LaatsteDag => Some((van, tot)),
            Telling::ElkeDag => {
                let (van, tot) = slots(self.venster, self.telling, van, tot);
                Some((small(van), small(tot)))
            }
        }
    }

    /// The slots between which a merged stretch counts.
    #[inline]
    fn after(&self, van: i32, tot: i32) -> (usize, usize) {
        match self.telling {
            Telling::LaatsteDag => slots(self.venster, self.telling, van, tot),
            Telling::ElkeDag => (large(van), large(tot)),
        }
    }

    /// Whether what starts then goes on with what ended there.
    ///
    /// Somebody without support on the last day of a month is not in its stock, however short the
    /// gap; so such a gap ends the episode, and stock stays the count of that one day.
    #[inline]
    fn joins(&self, tot: i32, van: i32) -> bool {
        let gap = van.saturating_sub(tot);
        match self.telling {
            Telling::ElkeDag => gap <= 0,
            Telling::LaatsteDag => {
                gap <= 1 || gap <= self.most && self.venster.slot(tot + 1) == self.venster.slot(van)
            }
        }
    }

    /// Adds the episodes of the packed stretches of one client.
    #[inline]
    fn count(&self, own: &mut [u64], out: &mut Stromen) {
        own.sort_unstable();
        let Some((first, rest)) = own.split_first() else { return };
        let (mut cel, mut van, mut tot) = (cell(*first), first_of(*first), last_of(*first));
        for next in rest {
            let (next_cel, next_van, next_tot) = (cell(*next), first_of(*next), last_of(*next));
            if next_cel == cel && self.joins(tot, next_van) {
                tot = tot.max(next_tot);
            } else {
                out.add(cel, self.after(van, tot));
                (cel, van, tot) = (next_cel, next_van, next_tot);
            }
        }
        out.add(cel, self.after(van, tot));
    }
}

/// Lays the spells of each client together and counts them.
fn tel_clienten_ongesorteerd(
    kolommen: Kolommen<'_>,
    cel: impl Fn(usize) -> Option<u16> + Sync,
    cellen: usize,
    rule: Rule<'_>,
) -> Stromen {
    let client = kolommen.client;
    let highest = client.iter().copied().max().unwrap_or(0);
    if highest as usize > 4 * client.len() + 1_000 {
        let dense = renumbered(client);
        let kolommen = Kolommen { client: &dense, ..kolommen };
        return tel_clienten_ongesorteerd(kolommen, cel, cellen, rule);
    }
    let stretch = |at: usize| {
        let stretch = rule.before(kolommen.van[at], kolommen.tot[at])?;
        Some(packed(cel(at)?, stretch))
    };
    let parts = Parts::new(client.len(), highest);
    let ranges = even_ranges(client.len());
    let empty = || Stromen::new(cellen, rule.venster.aantal());
    // Not all at once: what is laid apart takes twelve bytes per spell.
    let waves = client.len() / 12_000_000 + 1;
    let per_wave = parts.aantal.div_ceil(waves);
    (0..waves).fold(empty(), |sum, wave| {
        let first = wave * per_wave;
        let apart: Vec<Vec<Part>> = ranges
            .par_iter()
            .map(|range| parts.lay_apart(client, range.clone(), first..first + per_wave, stretch))
            .collect();
        let counted = (0..per_wave)
            .into_par_iter()
            .map(|at| apart.iter().map(|it| &it[at]).collect::<Vec<_>>())
            .fold(empty, |mut out, own| {
                parts.count(&own, rule, &mut out);
                out
            })
            .reduce(empty, |a, b| a.plus(&b));
        sum.plus(&counted)
    })
}

/// How clients are laid apart: those with the same upper bits together.
#[derive(Clone, Copy)]
struct Parts {
    aantal: usize,
    shift: u32,
}

/// Spells of some clients, out of one range of rows.
#[derive(Clone, Default)]
struct Part {
    client: Vec<u32>,
    packed: Vec<u64>,
}

impl Parts {
    /// Parts of so few clients that counting them stays within the processor's own memory.
    fn new(spells: usize, highest: u32) -> Parts {
        let wanted = (spells / 250_000 + 1).next_power_of_two();
        let bits = u32::BITS - highest.leading_zeros();
        let shift = bits.saturating_sub(wanted.trailing_zeros());
        Parts { aantal: (highest >> shift) as usize + 1, shift }
    }

    fn lay_apart(
        self,
        client: &[u32],
        rows: Range<usize>,
        wanted: Range<usize>,
        stretch: impl Fn(usize) -> Option<u64>,
    ) -> Vec<Part> {
        let part = |client: u32| ((client >> self.shift) as usize).wrapping_sub(wanted.start);
        let mut sizes = vec![0; wanted.len()];
        for it in &client[rows.clone()] {
            if let Some(size) = sizes.get_mut(part(*it)) {
                *size += 1;
            }
        }
        let room = |n: usize| Part { client: Vec::with_capacity(n), packed: Vec::with_capacity(n) };
        let mut parts: Vec<Part> = sizes.into_iter().map(room).collect();
        for at in rows {
            if let Some(part) = parts.get_mut(part(client[at]))
                && let Some(packed) = stretch(at)
            {
                part.client.push(client[at]);
                part.packed.push(packed);
            }
        }
        parts
    }

    /// Sorts the spells of a part by client, by counting how many each has.
    fn count(self, own: &[&Part], rule: Rule<'_>, out: &mut Stromen) {
        let width = 1 << self.shift;
        let place = |client: u32| client as usize & (width - 1);
        let mut ends = vec![0_u32; width];
        own.iter().flat_map(|it| &it.client).for_each(|it| ends[place(*it)] += 1);
        ends.iter_mut().fold(0, |sum, it| {
            *it += sum;
            *it
        });
        let mut rows = vec![0_u64; ends.last().map_or(0, |it| *it as usize)];
        // Filled from the back; each end thereby becomes a start.
        for (client, packed) in own.iter().flat_map(|it| it.client.iter().zip(&it.packed)) {
            let at = &mut ends[place(*client)];
            *at -= 1;
            rows[*at as usize] = *packed;
        }
        let last = rows.len();
        let starts = ends.iter().map(|it| *it as usize);
        let next = starts.clone().skip(1).chain([last]);
        for (from, to) in starts.zip(next) {
            rule.count(&mut rows[from..to], out);
        }
    }
}

/// Clients numbered from 0 without holes.
fn renumbered(client: &[u32]) -> Vec<u32> {
    let mut known = client.to_vec();
    known.sort_unstable();
    known.dedup();
    let number = |it: &u32| known.partition_point(|known| known < it);
    client.iter().map(|it| u32::try_from(number(it)).unwrap_or(u32::MAX)).collect()
}

#[inline]
fn slots(venster: &Venster, telling: Telling, van: i32, tot: i32) -> (usize, usize) {
    let end = match telling {
        // Gone in the first month of which it does not see the last day.
        Telling::LaatsteDag => venster.slot(tot.saturating_add(1)),
        Telling::ElkeDag => venster.slot(tot) + 1,
    };
    (venster.slot(van), end)
}

/// A cell, a first and a last day in one number that sorts in that order.
#[inline]
fn packed(cel: u16, (van, tot): (i32, i32)) -> u64 {
    u64::from(cel) << 48 | pack(van) << 24 | pack(tot)
}

const HALF: i32 = 1 << 23;

/// A day in 24 bits: every possible date fits; no end becomes the largest number.
#[inline]
fn pack(day: i32) -> u64 {
    u64::from(day.clamp(-HALF, HALF - 1).wrapping_add(HALF).unsigned_abs())
}

#[inline]
fn unpack(bits: u64) -> i32 {
    (bits & 0xff_ffff) as i32 - HALF
}

#[inline]
fn first_of(packed: u64) -> i32 {
    unpack(packed >> 24)
}

#[inline]
fn last_of(packed: u64) -> i32 {
    unpack(packed)
}

#[inline]
fn cell(packed: u64) -> u16 {
    (packed >> 48) as u16
}

/// A slot as a day; slots are at most 65,003.
#[inline]
fn small(slot: usize) -> i32 {
    i32::try_from(slot).unwrap_or(i32::MAX)
}

#[inline]
fn large(slot: i32) -> usize {
    usize::try_from(slot).unwrap_or(0)
}

fn in_parallel(
    ranges: Vec<Range<usize>>,
    cellen: usize,
    venster: &Venster,
    count: impl Fn(Range<usize>) -> Stromen + Sync + Send,
) -> Stromen {
    let empty = || Stromen::new(cellen, venster.aantal());
    if let [only] = &ranges[..] {
        return count(only.clone());
    }
    ranges.into_par_iter().map(count).reduce(empty, |a, b| a.plus(&b))
}

/// Few large ranges: each has arrays of its own.
fn even_ranges(len: usize) -> Vec<Range<usize>> {
    let parts = if len < 50_000 { 1 } else { rayon::current_num_threads() * 2 };
    (0..parts).map(|it| it * len / parts..(it + 1) * len / parts).collect()
}

fn ranges_by_client(client: &[u32]) -> Vec<Range<usize>> {
    let border = |mut at: usize| {
        while at > 0 && at < client.len() && client[at - 1] == client[at] {
            at += 1;
        }
        at
    };
    let ranges = even_ranges(client.len());
    ranges.into_iter().map(|it| border(it.start)..border(it.end)).collect()
}
