//! Start and stop of delivery as a state machine, folded from what was reported.
//!
//! Not started, started, stopped for a while, started again, stopped for good. A temporary stop (20)
//! is followed by a new start, or by one definitive stop on the same start. iWmo TR019-TR074, TR326,
//! TR382, TR413-TR415.

use jiff::civil::Date;

/// The product of a report, as far as it is named.
pub type Productsleutel = (Option<&'static str>, Option<Box<str>>);

/// One report of a start or a stop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Melding {
    /// The product it names.
    pub product: Productsleutel,
    /// The first day of delivery.
    pub begin: Date,
    /// Reason and last day, for a stop.
    pub stop: Option<(&'static str, Date)>,
    /// Whether it takes an earlier report back.
    pub verwijderen: bool,
}

/// A stretch of delivery under one allocation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leverperiode {
    /// The product that was reported.
    pub product: Productsleutel,
    /// The first day.
    pub begin: Date,
    /// The stops on it, in the order in which they came; at most a temporary and a definitive one.
    pub stops: Vec<(&'static str, Date)>,
}

/// All delivery under one allocation.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Levering {
    /// The stretches, by the order of their starts.
    pub perioden: Vec<Leverperiode>,
}

/// How delivery stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Leverstand {
    /// No start was reported.
    NietGestart,
    /// Going on.
    Gestart {
        /// Since when.
        sinds: Date,
    },
    /// Stopped for a while: a start or a definitive stop follows.
    TijdelijkGestopt {
        /// The last day.
        op: Date,
    },
    /// Stopped for good; a new start may follow.
    Gestopt {
        /// The last day.
        op: Date,
    },
}

const TIJDELIJK: &str = "20";

impl Levering {
    /// Folds in a report that was found right.
    pub fn neem(&mut self, melding: &Melding) {
        let own = |it: &Leverperiode| it.product == melding.product && it.begin == melding.begin;
        let at = self.perioden.iter().position(own);
        match (at, melding.stop, melding.verwijderen) {
            (Some(at), None, true) => {
                self.perioden.remove(at);
            }
            (Some(at), Some(stop), true) => self.perioden[at].stops.retain(|it| *it != stop),
            (Some(at), Some(stop), false) => self.perioden[at].stops.push(stop),
            (None, None, false) => {
                let (product, begin) = (melding.product.clone(), melding.begin);
                self.perioden.push(Leverperiode { product, begin, stops: Vec::new() });
                self.perioden.sort_by_key(|it| it.begin);
            }
            _ => {}
        }
    }

    /// How delivery stands now.
    pub fn stand(&self) -> Leverstand {
        let Some(last) = self.perioden.last() else { return Leverstand::NietGestart };
        match last.stops.last() {
            None => Leverstand::Gestart { sinds: last.begin },
            Some((TIJDELIJK, op)) => Leverstand::TijdelijkGestopt { op: *op },
            Some((_, op)) => Leverstand::Gestopt { op: *op },
        }
    }

    /// Which rules a report breaks, given what was reported before.
    pub fn bezwaren(&self, melding: &Melding) -> Vec<&'static str> {
        let own = |it: &&Leverperiode| it.product == melding.product && it.begin == melding.begin;
        let known = self.perioden.iter().find(own);
        match (melding.stop, melding.verwijderen) {
            (None, true) => match known {
                None => vec!["TR063"],
                Some(it) if !it.stops.is_empty() => vec!["TR071"],
                Some(_) => Vec::new(),
            },
            (None, false) if known.is_some() => vec!["TR074"],
            (None, false) => {
                let running = matches!(self.stand(), Leverstand::Gestart { .. });
                if running { vec!["TR326"] } else { Vec::new() }
            }
            (Some(stop), true) => match known {
                Some(it) if it.stops.contains(&stop) => Vec::new(),
                _ => vec!["TR063"],
            },
            (Some(stop), false) => self.bezwaren_tegen_stop(known, stop),
        }
    }

    fn bezwaren_tegen_stop(
        &self,
        known: Option<&Leverperiode>,
        (reden, einde): (&'static str, Date),
    ) -> Vec<&'static str> {
        let Some(known) = known else { return vec!["TR382"] };
        if known.stops.contains(&(reden, einde)) {
            return vec!["TR074"];
        }
        let mut broken = Vec::new();
        // Only the last start is current. OP155.
        if self.perioden.last().is_some_and(|it| it.begin != known.begin) {
            broken.push("TR382");
        }
        if known.stops.iter().any(|(it, _)| *it != TIJDELIJK) {
            broken.push("TR415");
        } else if reden == TIJDELIJK && !known.stops.is_empty() {
            broken.push("TR413");
        }
        if known.stops.iter().any(|(_, it)| *it > einde) {
            broken.push("TR414");
        }
        broken
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn melding(text: &str) -> Melding {
        let parts: Vec<&str> = text.split(' ').collect();
        let day = |it: &str| date(2025, 4, it.parse().expect("a day of April"));
        let reden = |it: &str| match it {
            "20" => "20",
            _ => "19",
        };
        let stop = parts.get(2).map(|it| (reden(it), day(parts[3])));
        let verwijderen = parts[0] == "weg";
        Melding { product: (Some("02"), None), begin: day(parts[1]), stop, verwijderen }
    }

    /// What was reported before, what is reported now, and the rules it breaks.
    #[test]
    fn each_report_is_held_against_the_state_of_delivery() {
        for (before, now, broken) in [
            (&[][..], "meld 3", &[][..]),
            (&["meld 3"], "meld 3", &["TR074"]),
            (&["meld 3"], "meld 5", &["TR326"]),
            (&["meld 3", "meld 3 19 9"], "meld 10", &[]),
            (&["meld 3", "meld 3 20 9"], "meld 10", &[]),
            (&[], "weg 3", &["TR063"]),
            (&["meld 3"], "weg 3", &[]),
            (&["meld 3", "meld 3 19 9"], "weg 3", &["TR071"]),
            (&["meld 3", "weg 3"], "meld 3", &[]),
            (&[], "meld 3 19 9", &["TR382"]),
            (&["meld 3"], "meld 4 19 9", &["TR382"]),
            (&["meld 3"], "meld 3 19 9", &[]),
            (&["meld 3", "meld 3 19 9"], "meld 3 19 9", &["TR074"]),
            (&["meld 3", "meld 3 19 9"], "meld 3 19 12", &["TR415"]),
            (&["meld 3", "meld 3 20 9"], "meld 3 20 12", &["TR413"]),
            (&["meld 3", "meld 3 20 9"], "meld 3 19 12", &[]),
            (&["meld 3", "meld 3 20 9"], "meld 3 19 9", &[]),
            (&["meld 3", "meld 3 20 9"], "meld 3 19 8", &["TR414"]),
            (&["meld 3", "meld 3 20 9", "meld 10"], "meld 3 19 12", &["TR382"]),
            (&["meld 3", "meld 3 19 9"], "weg 3 19 9", &[]),
            (&["meld 3"], "weg 3 19 9", &["TR063"]),
        ] {
            let mut levering = Levering::default();
            for it in before {
                levering.neem(&melding(it));
            }
            assert_eq!(levering.bezwaren(&melding(now)), broken, "{before:?}, then {now}");
        }
    }
}
