//! Places for labels, so that no two lie over each other.

use super::text_width;

/// Middles for labels of these heights, as near to what they want as can be, without overlap.
///
/// The labels keep the order of what they want. When all together do not fit, they go over the lower
/// end, which the caller prevents by leaving labels out.
pub(super) fn spread(wanted: &[f64], heights: &[f64], top: f64, bottom: f64) -> Vec<f64> {
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by(|&a, &b| wanted[a].total_cmp(&wanted[b]));
    let mut placed = wanted.to_vec();
    let mut free_from = top;
    for &at in &order {
        placed[at] = placed[at].max(free_from + heights[at] / 2.0);
        free_from = placed[at] + heights[at] / 2.0;
    }
    let mut free_until = bottom;
    for &at in order.iter().rev() {
        placed[at] = placed[at].min(free_until - heights[at] / 2.0);
        free_until = placed[at] - heights[at] / 2.0;
    }
    let overshoot = top - free_until;
    if overshoot > 0.0 {
        placed.iter_mut().for_each(|middle| *middle += overshoot);
    }
    placed
}

/// A label at a vertical line, in a row of its own when the rows above it are taken.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Flag {
    /// Where the line stands.
    pub(super) x: f64,
    /// Where the label starts.
    pub(super) from: f64,
    /// Where the label ends.
    pub(super) until: f64,
    /// In which row the label lies, from above.
    pub(super) row: usize,
    /// The label, shortened when it is wider than the picture.
    pub(super) text: String,
}

impl Flag {
    /// A label to the right of the line, else to the left, else over it.
    fn new(x: f64, text: &str, size: f64, left: f64, right: f64) -> Flag {
        let text = super::shortened(text, size, right - left);
        let width = text_width(&text, size);
        let from = if x + GAP + width <= right {
            x + GAP
        } else if x - GAP - width >= left {
            x - GAP - width
        } else {
            (right - width).max(left)
        };
        Flag { x, from, until: from + width, row: 0, text }
    }

    /// Whether the label lies over its own line, which then starts below it.
    pub(super) fn covers_its_line(&self) -> bool {
        self.covers(self.x)
    }

    fn covers(&self, x: f64) -> bool {
        self.from < x && x < self.until
    }

    /// Whether two labels overlap, or the line of one runs through the label of the other.
    fn clashes(&self, other: &Flag) -> bool {
        let overlap = self.from < other.until + GAP && other.from < self.until + GAP;
        (self.row == other.row && overlap)
            || (self.row < other.row && other.covers(self.x))
            || (other.row < self.row && self.covers(other.x))
    }
}

/// Rows for labels at vertical lines between two ends; no label lies over another.
///
/// Nor does a line run through a label, except when two lines close together have labels that are too
/// wide for either side.
pub(super) fn flags(lines: &[(f64, String)], size: f64, left: f64, right: f64) -> Vec<Flag> {
    let flag = |(x, text): &(f64, String)| Flag::new(*x, text, size, left, right);
    let mut waiting: Vec<Flag> = lines.iter().map(flag).collect();
    // Those to the left from the right, then those to the right from the left: so the lines of later
    // ones start below the labels of earlier ones.
    waiting.sort_by(|a, b| {
        let to_left = |flag: &Flag| flag.from < flag.x;
        let key = |flag: &Flag| if to_left(flag) { -flag.x } else { flag.x };
        to_left(b).cmp(&to_left(a)).then(key(a).total_cmp(&key(b)))
    });
    let mut placed: Vec<Flag> = Vec::new();
    for mut flag in waiting {
        let last = placed.len();
        while flag.row < last && placed.iter().any(|other| flag.clashes(other)) {
            flag.row += 1;
        }
        placed.push(flag);
    }
    placed
}

const GAP: f64 = 5.0;

/// The text over as few lines as fit in this width, at most this many; a longer rest is cut off.
///
/// A figure stays with its percent sign.
pub(super) fn folded(text: &str, size: f64, at_most: f64, most_lines: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut rest = text.trim();
    while lines.len() + 1 < most_lines && text_width(rest, size) > at_most {
        let spaces = rest.match_indices(' ').map(|(at, _)| at);
        let mut breaks = spaces.filter(|at| !rest[at + 1..].starts_with('%'));
        let Some(at) = breaks.rfind(|&at| text_width(&rest[..at], size) <= at_most) else { break };
        lines.push(rest[..at].to_owned());
        rest = rest[at..].trim_start();
    }
    lines.push(super::shortened(rest, size, at_most));
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_move_apart_and_stay_inside() {
        for (wanted, expected) in [
            (&[10.0, 50.0][..], &[10.0, 50.0][..]),
            (&[50.0, 50.0], &[50.0, 60.0]),
            (&[98.0, 97.0], &[95.0, 85.0]),
            (&[0.0, 3.0, 4.0], &[5.0, 15.0, 25.0]),
            (&[], &[]),
        ] {
            let heights = vec![10.0; wanted.len()];
            assert_eq!(spread(wanted, &heights, 0.0, 100.0), expected);
        }
    }

    #[test]
    fn labels_of_breaks_never_lie_over_each_other() {
        let line = |x: f64| (x, "abonnementstarief".to_owned());
        for xs in [&[10.0, 20.0, 30.0][..], &[370.0, 380.0, 390.0], &[10.0, 200.0, 210.0, 395.0]] {
            let lines: Vec<(f64, String)> = xs.iter().copied().map(line).collect();
            let placed = flags(&lines, 13.0, 0.0, 400.0);
            for (at, a) in placed.iter().enumerate() {
                for b in &placed[at + 1..] {
                    assert!(!a.clashes(b), "{a:?} {b:?}");
                }
            }
        }
    }

    #[test]
    fn a_label_that_fits_on_neither_side_lies_over_its_line() {
        let flag = Flag::new(60.0, "teams in gemeentelijke dienst", 10.0, 0.0, 200.0);
        assert!(flag.covers_its_line() && flag.until <= 200.0, "{flag:?}");
        assert!(!Flag::new(10.0, "corona", 10.0, 0.0, 200.0).covers_its_line());
        assert!(!Flag::new(190.0, "corona", 10.0, 0.0, 200.0).covers_its_line());
    }

    #[test]
    fn a_long_name_folds_between_its_words() {
        for (text, width, lines, expected) in [
            ("zonder team", 200.0, 2, &["zonder team"][..]),
            ("zonder team +26 %", 70.0, 2, &["zonder team", "+26 %"]),
            ("met aanbieders +59 %", 70.0, 3, &["met", "aanbieders", "+59 %"]),
            ("met aanbieders +59 %", 110.0, 2, &["met aanbieders", "+59 %"]),
            ("Onafscheidelijk", 60.0, 3, &["Onafsche…"]),
        ] {
            assert_eq!(folded(text, 10.0, width, lines), expected);
        }
    }
}
