//! Billing: each provider bills per month what it delivered, sometimes late, sometimes wrongly.

use domain::{
    Bedrag, DossierCommand as C, Eenheid, Frequentie, Kenmerk, Maand, Periode,
    declaratie::Prestatie, feestdag::is_werkdag,
};
use jiff::civil::Date;

use crate::{
    draw::whole_u32,
    sim::{Sim, Support},
};

impl Sim<'_> {
    /// Lets every provider whose day it is bill the month before.
    pub(crate) fn bill(&mut self) {
        let today = self.world.today;
        let nth = (1..=today.day())
            .filter(|day| today.with().day(*day).build().is_ok_and(is_werkdag))
            .fold(0_i8, |days, _| days + 1);
        let maand = Maand::van_dag(today).vorige();
        if maand.jaar() < 2015 {
            return;
        }
        for provider in 0..self.offer.providers.len() {
            if self.offer.providers[provider].declareert_op == nth {
                self.bill_month(provider, maand);
            }
        }
    }

    /// Bills what was overdue and the month; a few supports are forgotten until the next time.
    fn bill_month(&mut self, provider: usize, maand: Maand) {
        const FORGOTTEN: f64 = 0.02;
        self.offer.providers[provider].billed = Some(maand);
        for (at, maand) in std::mem::take(&mut self.offer.providers[provider].overdue) {
            self.bill_support(at, provider, maand);
        }
        let mut caseload = std::mem::take(&mut self.offer.providers[provider].caseload);
        for at in caseload.iter().copied() {
            if self.draws.billing.chance(FORGOTTEN) {
                self.offer.providers[provider].overdue.push((at, maand));
            } else {
                self.bill_support(at, provider, maand);
            }
        }
        let first = maand.eerste_dag();
        caseload.retain(|at| {
            let it = &self.supports[*at];
            !(it.over && it.tot.is_none_or(|tot| tot < first))
        });
        self.offer.providers[provider].caseload = caseload;
    }

    /// Takes a support into the bills; months that were billed before its start was known follow.
    pub(crate) fn take_into_bills(&mut self, at: usize, provider: usize, started: Date) {
        let row = &mut self.offer.providers[provider];
        row.caseload.push(at);
        if let Some(billed) = row.billed {
            let missed = Maand::van_dag(started).tot_en_met(billed);
            row.overdue.extend(missed.map(|maand| (at, maand)));
        }
    }

    fn bill_support(&mut self, at: usize, provider: usize, maand: Maand) {
        let it = self.supports[at];
        let (Some(toewijzing), Some(geldig)) = (it.nummer, Periode::new(it.van, it.tot)) else {
            return;
        };
        let Some(periode) = geldig.doorsnede(&maand.periode()) else { return };
        let Some((volume, eenheid)) = self.delivered(&it, provider, periode) else { return };
        let prijs = self.offer.prijs(provider, it.product, periode.van().year());
        let bedrag = match eenheid {
            Eenheid::Minuut => prijs.times(i64::from(volume), 60),
            _ => Bedrag(prijs.0 * i64::from(volume)),
        };
        let referentie = reference(toewijzing, maand, 0);
        let prestatie = Prestatie {
            toewijzing,
            periode,
            volume,
            eenheid,
            bedrag,
            referentie,
            crediteert: None,
        };
        self.report(at, self.world.today, C::Declareer(prestatie));
        if self.draws.billing.chance(0.008) {
            self.credit(at, &prestatie, maand);
        }
    }

    /// Takes a line back in full and, for most, bills it anew with another volume.
    fn credit(&mut self, at: usize, wrong: &Prestatie, maand: Maand) {
        let credit = Prestatie {
            bedrag: -wrong.bedrag,
            referentie: reference(wrong.toewijzing, maand, 1),
            crediteert: Some(wrong.referentie),
            ..*wrong
        };
        self.report(at, self.world.today, C::Declareer(credit));
        if wrong.volume > 1 && self.draws.billing.chance(0.8) {
            let volume = wrong.volume - wrong.volume.div_ceil(4);
            let corrected = Prestatie {
                volume,
                bedrag: wrong.bedrag.times(i64::from(volume), i64::from(wrong.volume)),
                referentie: reference(wrong.toewijzing, maand, 2),
                crediteert: None,
                ..*wrong
            };
            self.report(at, self.world.today, C::Declareer(corrected));
        }
    }

    /// What was delivered within a period, in the unit in which the provider bills.
    fn delivered(
        &mut self,
        it: &Support,
        provider: usize,
        periode: Periode,
    ) -> Option<(u32, Eenheid)> {
        let days = days_shared(periode, it.first_started?, it.tot);
        let paused = it.pause.map_or(0, |(first, last)| days_shared(periode, first, Some(last)));
        let days = f64::from(days) - f64::from(paused.min(days));
        if days <= 0.0 {
            return None;
        }
        let row = &self.offer.providers[provider];
        let used = row.verzilvering * self.draws.billing.between(0.92, 1.06);
        let volume = f64::from(it.omvang.volume);
        let month = f64::from(i16::from(Maand::van_dag(periode.van()).laatste_dag().day()));
        let units = match it.omvang.frequentie {
            Frequentie::Week => volume * days / 7.0 * used,
            Frequentie::Maand if it.omvang.eenheid == Eenheid::StuksOutput => volume,
            Frequentie::Maand => volume * days / month * used,
            _ if periode.bevat(it.first_started?) => volume,
            _ => 0.0,
        };
        let (units, eenheid) = match it.omvang.eenheid {
            Eenheid::Uur if row.in_minuten => (units * 60.0, Eenheid::Minuut),
            other => (units, other),
        };
        let volume = whole_u32(units);
        (volume > 0).then_some((volume, eenheid))
    }
}

/// The days from one day up to and including another that lie in a period.
fn days_shared(periode: Periode, from: Date, until: Option<Date>) -> u16 {
    let shared = Periode::new(from, until).and_then(|it| it.doorsnede(&periode));
    let days = shared.and_then(|it| it.dagen()).unwrap_or(0);
    u16::try_from(days).unwrap_or(0)
}

/// The reference of a line: the order, the month and whether it is the line, its credit or the new.
fn reference(nummer: domain::ToewijzingNummer, maand: Maand, which: u64) -> Kenmerk {
    let month = u64::try_from(maand.index()).unwrap_or(0);
    Kenmerk((u64::from(nummer.0) * 100_000 + month) * 4 + which)
}
