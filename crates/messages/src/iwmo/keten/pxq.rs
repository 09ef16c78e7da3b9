//! Price times quantity per allocation: what may be billed, what is promised, expected and spent.
//!
//! The four amounts answer four questions and are never added up with each other:
//! `plafond` what may be billed at most (the counts of the standard), `verplichting` what a budget
//! year owes (days, since the counts of the standard overstate a month by up to two weeks),
//! `verwacht` what of it will be billed by experience, `realisatie` what was granted, by the month
//! it was delivered in and not by the day a bill came.

use std::fmt;

use domain::{Bedrag, Eenheid, Frequentie, Maand, Periode, kosten};

use crate::iwmo::keten::{bedrag::prestatiebedrag, maximum::Toegewezen};

/// An allocation with its price.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Geprijsd {
    /// What was allocated.
    pub toegewezen: Toegewezen,
    /// The price of one unit of the allocation; one cent for euros.
    pub tarief: Bedrag,
}

/// The amounts of one allocation in one budget year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct PrijsMaalHoeveelheid {
    /// What may be billed at most over the whole term; `None` without an end.
    pub plafond: Option<Bedrag>,
    /// What the year owes when all is delivered.
    pub verplichting: Bedrag,
    /// What of it is expected to be billed.
    pub verwacht: Bedrag,
    /// What was granted for months of this year.
    pub realisatie: Bedrag,
    /// What is still expected for the months that are not closed.
    pub nog_te_verwachten: Bedrag,
}

/// The share of what was promised that is billed in the end, from months that are closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Verzilvering {
    toegekend: i64,
    verplicht: i64,
}

impl Verzilvering {
    /// All that was promised is billed.
    pub const VOLLEDIG: Verzilvering = Verzilvering { toegekend: 1, verplicht: 1 };

    /// From pairs of what was granted and what was promised; `None` when nothing was promised.
    pub fn uit(paren: impl IntoIterator<Item = (Bedrag, Bedrag)>) -> Option<Verzilvering> {
        let (mut toegekend, mut verplicht) = (0_i64, 0_i64);
        for (granted, promised) in paren {
            toegekend = toegekend.checked_add(granted.0)?;
            verplicht = verplicht.checked_add(promised.0)?;
        }
        (verplicht > 0).then_some(Verzilvering { toegekend: toegekend.max(0), verplicht })
    }

    fn van(self, bedrag: Bedrag) -> Bedrag {
        bedrag.times(self.toegekend, self.verplicht)
    }
}

/// As a percentage with one decimal: `80,0 %`.
impl fmt::Display for Verzilvering {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let tenths = Bedrag(1000).times(self.toegekend, self.verplicht).0;
        write!(f, "{},{} %", tenths / 10, tenths % 10)
    }
}

impl Geprijsd {
    /// What may be billed at most over the whole term; `None` without an end.
    pub fn plafond(&self) -> Option<Bedrag> {
        let omvang = self.toegewezen.omvang;
        let volume = self.toegewezen.maximum_over_looptijd()?;
        let tarief = self.tarief;
        prestatiebedrag(volume, omvang.eenheid, omvang.eenheid, tarief)
    }

    /// What these days owe when all is delivered; an open end runs on to the last of them.
    pub fn verplichting(&self, venster: Periode) -> Bedrag {
        let Toegewezen { omvang, geldig, .. } = self.toegewezen;
        let tarief = if omvang.eenheid == Eenheid::Euro { Bedrag(1) } else { self.tarief };
        if omvang.frequentie == Frequentie::Totaal && geldig.tot_en_met().is_none() {
            // A total without an end cannot be spread; all of it may fall in these days.
            return Bedrag(tarief.0.saturating_mul(i64::from(omvang.volume)));
        }
        kosten::omvang_in_periode(omvang, tarief, geldig, venster)
    }

    /// The amounts of a budget year.
    ///
    /// `toegekend` are the granted lines, with the month they were delivered in, credits negative;
    /// `afgesloten` is the last month of which no more bills are expected.
    pub fn in_jaar(
        &self,
        jaar: i16,
        graad: Verzilvering,
        toegekend: &[(Maand, Bedrag)],
        afgesloten: Option<Maand>,
    ) -> Option<PrijsMaalHoeveelheid> {
        let (first, last) = (Maand::new(jaar, 1)?, Maand::new(jaar, 12)?);
        let year = Periode::new(first.eerste_dag(), Some(last.laatste_dag()))?;
        let open = afgesloten.map_or(first, Maand::volgende).max(first);
        let spent = |van: Maand| -> Bedrag {
            toegekend.iter().filter(|(it, _)| (van..=last).contains(it)).map(|(_, it)| *it).sum()
        };
        let verplichting = self.verplichting(year);
        let rest = Periode::new(open.eerste_dag(), Some(last.laatste_dag()));
        let rest = rest.map_or(Bedrag::NUL, |it| graad.van(self.verplichting(it)));
        let nog = if open > last { Bedrag::NUL } else { rest - spent(open) };
        Some(PrijsMaalHoeveelheid {
            plafond: self.plafond(),
            verplichting,
            verwacht: graad.van(verplichting),
            realisatie: spent(first),
            nog_te_verwachten: nog.max(Bedrag::NUL),
        })
    }
}

#[cfg(test)]
mod tests {
    use domain::Omvang;
    use jiff::civil::date;

    use super::*;

    fn three_hours_a_week(tot: Option<jiff::civil::Date>) -> Geprijsd {
        let omvang = Omvang { volume: 3, eenheid: Eenheid::Uur, frequentie: Frequentie::Week };
        let geldig = Periode::new(date(2025, 1, 1), tot).unwrap();
        let toegewezen = Toegewezen { omvang, categorie: None, geldig };
        Geprijsd { toegewezen, tarief: Bedrag(5000) }
    }

    /// Worked by hand: 365 days / 7 x 3 hours x 50 euro, 53 ISO weeks touched.
    #[test]
    fn a_year_of_three_hours_a_week() {
        let given = three_hours_a_week(Some(date(2025, 12, 31)));
        let maand = |it| Maand::new(2025, it).unwrap();
        let spent = [(maand(1), Bedrag(60_000)), (maand(2), Bedrag(50_000))];
        let graad = Verzilvering::uit([(Bedrag(80), Bedrag(100))]).unwrap();
        assert_eq!(graad.to_string(), "80,0 %");
        let found = given.in_jaar(2025, graad, &spent, Some(maand(2))).unwrap();
        assert_eq!(found.plafond, Some(Bedrag(53 * 3 * 5000)));
        assert_eq!(found.verplichting, Bedrag(782_143));
        assert_eq!(found.verwacht, Bedrag(625_714));
        assert_eq!(found.realisatie, Bedrag(110_000));
        // 306 days from March on: 655,714 x 80 %.
        assert_eq!(found.nog_te_verwachten, Bedrag(524_571));
    }

    #[test]
    fn an_open_end_has_no_ceiling_and_runs_to_the_end_of_the_year() {
        let found =
            three_hours_a_week(None).in_jaar(2026, Verzilvering::VOLLEDIG, &[], None).unwrap();
        assert_eq!(found.plafond, None);
        assert_eq!(found.verplichting, Bedrag(782_143));
        assert_eq!(found.nog_te_verwachten, found.verwacht);
        assert_eq!(Verzilvering::uit([(Bedrag(1), Bedrag::NUL)]), None);
    }
}
