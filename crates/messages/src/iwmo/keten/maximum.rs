//! How much may be billed at most under an allocation: per period and over its whole term.
//!
//! iWmo 3.2: IV076-IV079 and TR321/TR322. Both limits hold at once; the limits of the periods add up
//! to more than the one of the term, and that is meant so. These counts check a bill. A budget
//! counts days instead: [`domain::kosten`].

use domain::{Eenheid, Frequentie, Maand, Omvang, Periode, Productcategorie};
use jiff::{ToSpan, civil::Date, civil::Weekday};

/// What was allocated, as far as it limits what may be billed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Toegewezen {
    /// The volume of a unit per some time.
    pub omvang: Omvang,
    /// The category; help in the household (01) counts six weeks in any period.
    pub categorie: Option<Productcategorie>,
    /// The term of the allocation.
    pub geldig: Periode,
}

/// Whether a unit is one of output (pieces of output, euros) or of effort.
///
/// The contract decides (OP261); in a message the unit is all there is.
pub const fn is_output(eenheid: Eenheid) -> bool {
    matches!(eenheid, Eenheid::StuksOutput | Eenheid::Euro)
}

impl Toegewezen {
    /// The most that may be billed over this `ProductPeriode`; `None` where there is no limit.
    ///
    /// A volume in total has no limit per period, and an open end none over the term. A month of
    /// output that is broken has the volume of the month: what less was agreed is in the contract
    /// (IV078). Times that ended with release 3.0 (four weeks, a year) have no published count.
    pub fn maximum_in(&self, periode: Periode) -> Option<u64> {
        let per = u64::from(self.omvang.volume);
        self.teleenheden_in(periode).map(|times| per * times)
    }

    /// How many weeks, months or days this `ProductPeriode` counts for.
    pub fn teleenheden_in(&self, periode: Periode) -> Option<u64> {
        let end = periode.tot_en_met()?;
        match self.omvang.frequentie {
            Frequentie::Dag => count(periode.dagen()?),
            Frequentie::Week if is_output(self.omvang.eenheid) => Some(self.zondagen(periode)),
            Frequentie::Week if self.categorie == Some(Productcategorie::HUISHOUDEN) => Some(6),
            Frequentie::Week => Some(iso_weken(periode.van(), end)),
            Frequentie::Maand => Some(1),
            Frequentie::Totaal | Frequentie::VierWeken | Frequentie::Jaar => None,
        }
    }

    /// The most that may be billed over the whole term; `None` where there is no limit.
    pub fn maximum_over_looptijd(&self) -> Option<u64> {
        let per = u64::from(self.omvang.volume);
        self.teleenheden_over_looptijd().map(|times| per * times)
    }

    /// How many weeks, months or days the whole term counts for; a volume in total counts once.
    pub fn teleenheden_over_looptijd(&self) -> Option<u64> {
        if self.omvang.frequentie == Frequentie::Totaal {
            return Some(1);
        }
        let (van, end) = (self.geldig.van(), self.geldig.tot_en_met()?);
        match self.omvang.frequentie {
            Frequentie::Dag => count(self.geldig.dagen()?),
            Frequentie::Week if is_output(self.omvang.eenheid) => Some(self.zondagen(self.geldig)),
            Frequentie::Week => Some(iso_weken(van, end)),
            Frequentie::Maand => {
                count(i64::from(Maand::van_dag(end).index() - Maand::van_dag(van).index() + 1))
            }
            Frequentie::Totaal | Frequentie::VierWeken | Frequentie::Jaar => None,
        }
    }

    /// Output per week: a week belongs to the month of its Sunday, and the last, broken week to the
    /// period of the last Sunday. A term without any Sunday counts for one week in its last period.
    fn zondagen(&self, periode: Periode) -> u64 {
        let end = periode.einde();
        let Some(last_day) = self.geldig.tot_en_met() else {
            return sundays(periode.van(), end);
        };
        if sundays(self.geldig.van(), last_day) == 0 {
            return u64::from(periode.bevat(last_day));
        }
        let own = sundays(periode.van(), end);
        let back = i64::from(last_day.weekday().to_sunday_zero_offset());
        let last_sunday = last_day.saturating_sub(back.days());
        let broken = last_day.weekday() != Weekday::Sunday;
        own + u64::from(broken && periode.bevat(last_sunday))
    }
}

/// How many ISO weeks the days from `van` to `tot_en_met` touch; New Year splits no week.
pub fn iso_weken(van: Date, tot_en_met: Date) -> u64 {
    let monday = |day: Date| {
        let back = i64::from(day.weekday().to_monday_zero_offset());
        day.saturating_sub(back.days())
    };
    let days = domain::periode::days_between(monday(van), monday(tot_en_met));
    u64::try_from(days / 7 + 1).unwrap_or(0)
}

fn sundays(van: Date, tot_en_met: Date) -> u64 {
    let ahead = (7 - i64::from(van.weekday().to_sunday_zero_offset())) % 7;
    let first = van.saturating_add(ahead.days());
    let days = domain::periode::days_between(first, tot_en_met);
    if days < 0 { 0 } else { u64::try_from(days / 7 + 1).unwrap_or(0) }
}

fn count(number: i64) -> Option<u64> {
    u64::try_from(number).ok()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn p(van: Date, tot: Date) -> Periode {
        Periode::new(van, Some(tot)).unwrap()
    }

    /// Worked by hand with a calendar; the published examples are in `tests/iwmo_rekenen.rs`.
    #[test]
    fn each_unit_and_time_has_its_own_count() {
        use Eenheid::{Euro, StuksOutput, Uur};
        use Frequentie::{Dag, Maand as PerMaand, Totaal, Week};
        let half = p(date(2025, 1, 15), date(2025, 3, 14));
        let cases = [
            ("effort per week", Uur, Week, 2, half, p(date(2025, 1, 15), date(2025, 1, 31)), 3, 9),
            ("a full month", Uur, Week, 2, half, p(date(2025, 2, 1), date(2025, 2, 28)), 5, 9),
            ("household help", Uur, Week, 1, half, p(date(2025, 2, 1), date(2025, 2, 28)), 6, 9),
            ("output per week", Euro, Week, 1, half, p(date(2025, 2, 1), date(2025, 2, 28)), 4, 9),
            ("the broken end", Euro, Week, 2, half, p(date(2025, 3, 1), date(2025, 3, 14)), 3, 9),
            ("per day", Uur, Dag, 2, half, p(date(2025, 1, 15), date(2025, 1, 31)), 17, 59),
            ("per month", Uur, PerMaand, 2, half, p(date(2025, 1, 15), date(2025, 1, 31)), 1, 3),
            (
                "pieces",
                StuksOutput,
                PerMaand,
                2,
                half,
                p(date(2025, 2, 1), date(2025, 2, 28)),
                1,
                3,
            ),
        ];
        for (what, eenheid, frequentie, categorie, geldig, periode, in_periode, over) in cases {
            let omvang = Omvang { volume: 10, eenheid, frequentie };
            let categorie = Productcategorie::new(categorie);
            let given = Toegewezen { omvang, categorie, geldig };
            assert_eq!(given.maximum_in(periode), Some(10 * in_periode), "{what}");
            assert_eq!(given.maximum_over_looptijd(), Some(10 * over), "{what}, term");
        }
        let omvang = Omvang { volume: 80, eenheid: Uur, frequentie: Totaal };
        let given = Toegewezen { omvang, categorie: None, geldig: Periode::vanaf(half.van()) };
        assert_eq!(given.maximum_in(half), None);
        assert_eq!(given.maximum_over_looptijd(), Some(80));
    }

    #[test]
    fn output_from_monday_to_saturday_counts_for_one_week_at_its_end() {
        let geldig = p(date(2025, 7, 28), date(2025, 8, 2));
        let omvang = Omvang { volume: 1, eenheid: Eenheid::Euro, frequentie: Frequentie::Week };
        let given = Toegewezen { omvang, categorie: None, geldig };
        assert_eq!(given.maximum_in(p(date(2025, 7, 28), date(2025, 7, 31))), Some(0));
        assert_eq!(given.maximum_in(p(date(2025, 8, 1), date(2025, 8, 2))), Some(1));
        assert_eq!(given.maximum_over_looptijd(), Some(1));
    }
}
