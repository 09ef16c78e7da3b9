//! Axes: round numbers on a value axis, whole months or years on a time axis.

use indicators::Maand;

/// A value axis between two round numbers.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Values {
    /// The round numbers, from low to high; the first and last are the ends of the axis.
    pub(super) ticks: Vec<f64>,
    /// How many decimals the ticks need.
    pub(super) decimals: u8,
}

impl Values {
    /// An axis for these values with about this many steps.
    ///
    /// It starts at zero unless the values vary much less than they are high; a series that hardly
    /// varies starts at zero too, so that chance does not look like a change.
    pub(super) fn new(values: impl Iterator<Item = f64>, steps: f64) -> Values {
        let (low, high) = values
            .fold((f64::MAX, f64::MIN), |(low, high), value| (low.min(value), high.max(value)));
        let spread = high - low;
        let from_zero = low >= 0.0 && (low < high / 2.0 || spread < high / 20.0);
        let low = if from_zero { 0.0 } else { low };
        let high = if high < 0.0 && -high < spread { 0.0 } else { high };
        let high = if high > low { high } else { low + 1.0 };
        let step = round_step((high - low) / steps);
        let mut tick = (low / step).floor();
        let mut ticks = vec![tick * step];
        while tick * step < high - step * 1e-9 && ticks.len() < 11 {
            tick += 1.0;
            ticks.push(tick * step);
        }
        let whole = |factor: f64| (step * factor).fract().abs() < 1e-9;
        let decimals = if whole(1.0) {
            0
        } else if whole(10.0) {
            1
        } else {
            2
        };
        Values { ticks, decimals }
    }

    /// The lower end.
    pub(super) fn low(&self) -> f64 {
        self.ticks[0]
    }

    /// The upper end.
    pub(super) fn high(&self) -> f64 {
        *self.ticks.last().expect("an axis has ticks")
    }
}

/// The first of 1, 2, 2½ and 5 times a power of ten that is not smaller.
fn round_step(raw: f64) -> f64 {
    let power = 10_f64.powf(raw.log10().floor());
    let factors: &[f64] = if power >= 10.0 { &[1.0, 2.0, 2.5, 5.0] } else { &[1.0, 2.0, 5.0] };
    let fits = factors.iter().map(|factor| factor * power).find(|step| *step >= raw * 0.999_999);
    fits.unwrap_or(power * 10.0)
}

/// The months to name on a time axis, at most this many, each with its name.
pub(super) fn month_ticks(first: Maand, last: Maand, at_most: i32) -> Vec<(Maand, String)> {
    let span = last.index() - first.index();
    let step =
        [1, 2, 3, 6, 12, 24, 60, 120].into_iter().find(|step| span / step < at_most).unwrap_or(600);
    // From two years on the years say enough.
    let step = if span >= 24 { step.max(12) } else { step };
    let mut year = None;
    let mut ticks = Vec::new();
    for month in first.tot_en_met(last).filter(|month| month.index() % step == 0) {
        let name = if step >= 12 {
            month.jaar().to_string()
        } else if year.replace(month.jaar()) == Some(month.jaar()) {
            crate::nl::afkorting(month).to_owned()
        } else {
            crate::nl::maand_kort(month)
        };
        ticks.push((month, name));
    }
    if ticks.is_empty() {
        ticks.push((first, crate::nl::maand_kort(first)));
    }
    ticks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_value_axis_has_round_ends_around_the_values() {
        for (values, expected) in [
            (&[349.0, 502.0][..], &[300.0, 350.0, 400.0, 450.0, 500.0, 550.0][..]),
            (&[0.0, 21.0], &[0.0, 5.0, 10.0, 15.0, 20.0, 25.0]),
            (&[500.0, 503.0], &[0.0, 200.0, 400.0, 600.0]),
            (&[7.0], &[0.0, 2.0, 4.0, 6.0, 8.0]),
            (&[0.0], &[0.0, 0.2, 0.4, 0.6, 0.8, 1.0]),
            (&[-3.0, 4.0], &[-4.0, -2.0, 0.0, 2.0, 4.0]),
        ] {
            let axis = Values::new(values.iter().copied(), 5.0);
            assert_eq!(axis.ticks.len(), expected.len(), "{:?}", axis.ticks);
            let same = |(a, b): (&f64, &f64)| (a - b).abs() < 1e-9;
            assert!(axis.ticks.iter().zip(expected).all(same), "{:?}", axis.ticks);
        }
    }

    #[test]
    fn no_value_falls_off_its_axis() {
        for low in [-5e6, -12.3, 0.0, 0.001, 9.0, 1e6] {
            for spread in [0.0, 0.004, 1.0, 17.0, 1e5] {
                let axis = Values::new([low, low + spread].into_iter(), 5.0);
                assert!(
                    axis.low() <= low && axis.high() >= low + spread,
                    "{low} {spread}: {axis:?}"
                );
                assert!(axis.ticks.len() <= 10, "{axis:?}");
            }
        }
    }

    #[test]
    fn the_time_axis_names_few_months() {
        let month = |text: &str| text.parse::<Maand>().unwrap();
        for (first, last, expected) in [
            ("2015-01", "2017-12", "2015, 2016, 2017"),
            ("2017-01", "2017-12", "jan 2017, mrt, mei, jul, sep, nov"),
            ("2017-11", "2018-02", "nov 2017, dec, jan 2018, feb"),
            ("2017-05", "2017-05", "mei 2017"),
            ("1980-01", "2017-01", "1980, 1985, 1990, 1995, 2000, 2005, 2010, 2015"),
        ] {
            let ticks = month_ticks(month(first), month(last), 8);
            let names: Vec<String> = ticks.into_iter().map(|tick| tick.1).collect();
            assert_eq!(names.join(", "), expected);
        }
    }
}
