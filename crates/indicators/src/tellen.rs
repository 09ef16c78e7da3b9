//! What several indicators do alike: counting pieces and events per cell and month.

use statistics::{comparison::proportion::wilson, quantile};

use crate::{
    Dimensie, Mediaan, Waarde,
    bereken::{Bron, Punt},
    feiten::{Gebeurtenis, Stukken},
    spells::{Stromen, Telling, tel_clienten, tel_spells},
};

/// By what provisions can be split.
pub(crate) const PER_VOORZIENING: &[Dimensie] = &[
    Dimensie::Geen,
    Dimensie::Team,
    Dimensie::Wijk,
    Dimensie::Product,
    Dimensie::Cbsgroep,
    Dimensie::Zorgsoort,
    Dimensie::Aanbieder,
    Dimensie::Leveringsvorm,
    Dimensie::Leeftijdsgroep,
];

/// By what the steps of a case can be split.
pub(crate) const PER_ZAAK: &[Dimensie] =
    &[Dimensie::Geen, Dimensie::Team, Dimensie::Wijk, Dimensie::Leeftijdsgroep];

impl Bron<'_> {
    /// How many cells the answer has.
    pub(crate) fn cellen(&self) -> usize {
        self.feiten.cellen(self.per)
    }

    /// The episodes of people with a provision.
    pub(crate) fn clienten(&self) -> Stromen {
        let stukken = &self.feiten.voorzieningen;
        let rule = (Telling::LaatsteDag, self.gat_dagen);
        tel_clienten(stukken.kolommen(), self.cel(stukken), self.cellen(), self.venster, rule)
    }

    /// The pieces that run on the last day of each month.
    pub(crate) fn stukken(&self, stukken: &Stukken) -> Stromen {
        let (cel, telling) = (self.cel(stukken), Telling::LaatsteDag);
        tel_spells(stukken.kolommen(), cel, self.cellen(), self.venster, telling)
    }

    /// The events asked for, per cell and month.
    pub(crate) fn gebeurtenissen<'b>(
        &self,
        all: &'b [Gebeurtenis],
    ) -> Vec<Vec<Vec<&'b Gebeurtenis>>> {
        let mut cells = vec![vec![Vec::new(); self.venster.aantal()]; self.cellen()];
        for it in all {
            if let Some(month) = self.venster.maand(it.dag)
                && self.zeef.laat_door(&it.kenmerken)
            {
                cells[usize::from(it.kenmerken.code(self.per))][month].push(it);
            }
        }
        cells
    }

    /// How many of the events fall in each cell and month.
    pub(crate) fn aantallen(&self, all: &[Gebeurtenis]) -> Vec<Vec<Punt>> {
        self.per_maand(all, |it| Punt::aantal(it.len() as u64))
    }

    /// The share of the events that are `goed`.
    pub(crate) fn aandelen(&self, all: &[Gebeurtenis], geen: &'static str) -> Vec<Vec<Punt>> {
        self.per_maand(all, |it| {
            let n = it.len() as u64;
            let goed = it.iter().filter(|it| it.goed).count() as u64;
            let waarde = wilson(goed, n).map_or(Waarde::Onbekend(geen), Waarde::Aandeel);
            Punt { waarde, n, noot: None }
        })
    }

    /// The share of all events of the month that are `goed` and lie in the cell, so that the cells
    /// add up to the share of the whole.
    pub(crate) fn delen_van_alles(
        &self,
        all: &[Gebeurtenis],
        geen: &'static str,
    ) -> Vec<Vec<Punt>> {
        let cells = self.gebeurtenissen(all);
        let whole = |month: usize| cells.iter().map(|it| it[month].len() as u64).sum();
        let share = |(month, own): (usize, &Vec<&Gebeurtenis>)| {
            let n: u64 = whole(month);
            let goed = own.iter().filter(|it| it.goed).count() as u64;
            let waarde = wilson(goed, n).map_or(Waarde::Onbekend(geen), Waarde::Aandeel);
            Punt { waarde, n, noot: None }
        };
        // What has no kind is in the whole, but is no part of its own.
        let unknown = || Punt { waarde: Waarde::Onbekend(geen), n: 0, noot: None };
        let rest = (0..self.venster.aantal()).map(|_| unknown()).collect();
        let parts = cells.iter().skip(1).map(|it| it.iter().enumerate().map(share).collect());
        std::iter::once(rest).chain(parts).collect()
    }

    /// The median of `dagen` of the events of each cell and month.
    pub(crate) fn medianen(&self, all: &[Gebeurtenis], geen: &'static str) -> Vec<Vec<Punt>> {
        self.per_maand(all, |it| {
            let days = it.iter().map(|it| f64::from(it.dagen)).collect();
            let waarde = match quantile::median(days) {
                Some(it) => Waarde::Dagen(Mediaan { mediaan: it.estimate, interval: it.interval }),
                None => Waarde::Onbekend(geen),
            };
            Punt { waarde, n: it.len() as u64, noot: None }
        })
    }

    /// A value from the events of each cell and month.
    pub(crate) fn per_maand(
        &self,
        all: &[Gebeurtenis],
        value: impl Fn(&[&Gebeurtenis]) -> Punt,
    ) -> Vec<Vec<Punt>> {
        let cells = self.gebeurtenissen(all);
        cells.iter().map(|months| months.iter().map(|it| value(it)).collect()).collect()
    }

    fn cel<'b>(&'b self, stukken: &'b Stukken) -> impl Fn(usize) -> Option<u16> + Sync + 'b {
        let kenmerken = &stukken.kenmerken[..];
        move |at| {
            let it = &kenmerken[at];
            self.zeef.laat_door(it).then(|| it.code(self.per))
        }
    }
}

/// One view on what came in, went out and is there.
pub(crate) fn punten(stromen: &Stromen, cellen: usize, view: View) -> Vec<Vec<Punt>> {
    let to_points = |it: &[u32]| it.iter().map(|it| Punt::aantal(u64::from(*it))).collect();
    (0..cellen)
        .map(|cel| match view {
            View::Stand => to_points(&stromen.stand(cel)),
            View::Instroom => to_points(stromen.instroom(cel)),
            View::Uitstroom => to_points(stromen.uitstroom(cel)),
        })
        .collect()
}

/// What is asked of flows.
#[derive(Debug, Clone, Copy)]
pub(crate) enum View {
    /// What is there.
    Stand,
    /// What came in.
    Instroom,
    /// What went out.
    Uitstroom,
}
