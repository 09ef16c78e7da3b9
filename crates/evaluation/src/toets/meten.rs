//! Takes the own figures from the indicators.

use domain::{Cbsgroep, Maand, Periode, Productcategorie};
use indicators::{
    Cijfer, Feiten, Filter, Indicator, Register, Vraag, bereken,
    catalogus::{CLIENTEN, INDICATIES, VOORZIENINGEN},
    reeks,
};
use jiff::civil::Date;
use statistics::comparison::growth;

use super::{Groei, Jaarstroom, Meting, Samenstelling};

pub(super) struct Meter<'a> {
    pub(super) feiten: &'a Feiten,
    pub(super) register: &'a Register,
    pub(super) van: Maand,
    pub(super) tot: Maand,
    pub(super) peildatum: Date,
}

impl Meter<'_> {
    pub(super) fn clienten(&self) -> Groei {
        self.growth("cliënten ondersteuning thuis", &CLIENTEN, group())
    }

    /// Only where there is dagbesteding to leave out.
    pub(super) fn zonder_dagbesteding(&self) -> Option<Groei> {
        let only = Filter { categorie: Some(Productcategorie::DAGBESTEDING), ..group() };
        let there = [self.van, self.tot].into_iter().any(|it| self.ask(&CLIENTEN, &only, it).n > 0);
        let filter = Filter { zonder_categorie: Some(Productcategorie::DAGBESTEDING), ..group() };
        let naam = "cliënten ondersteuning thuis zonder dagbesteding";
        there.then(|| self.growth(naam, &CLIENTEN, filter))
    }

    pub(super) fn indicaties(&self) -> Groei {
        self.growth("lopende voorzieningen ondersteuning thuis", &VOORZIENINGEN, group())
    }

    pub(super) fn toekenningen(&self) -> Vec<Jaarstroom> {
        let years = self.van.jaar()..=self.tot.jaar();
        let whole = years.filter_map(|jaar| {
            let (first, last) = (Maand::new(jaar, 1)?, Maand::new(jaar, 12)?);
            (self.van <= first && last <= self.tot).then_some((jaar, first, last))
        });
        let granted = |(jaar, first, last)| {
            let vraag = self.question(group(), last);
            let all = reeks(&INDICATIES, self.feiten, self.register, &vraag, first, last);
            Jaarstroom { jaar, aantal: all.iter().map(|it| it.n).sum() }
        };
        whole.map(granted).collect()
    }

    /// Staff of a provider count, also when they do not decide themselves.
    pub(super) fn samenstelling(&self) -> Samenstelling {
        let window = Periode::new(self.van.eerste_dag(), Some(self.tot.laatste_dag()));
        let in_team = self.register.medewerkers.values().filter_map(|it| {
            let held = it.aanstellingen.iter().filter(|(geldig, it)| {
                it.team.is_some() && window.is_some_and(|window| geldig.overlapt(&window))
            });
            let held: Vec<bool> = held.map(|(_, it)| it.aanbieder().is_some()).collect();
            (!held.is_empty()).then(|| held.contains(&true))
        });
        let members: Vec<bool> = in_team.collect();
        Samenstelling {
            leden: members.len(),
            verbonden_aan_aanbieder: members.iter().filter(|it| **it).count(),
        }
    }

    fn growth(&self, naam: &'static str, of: &'static Indicator, filter: Filter) -> Groei {
        let [eerste, laatste] = [self.van, self.tot].map(|it| self.ask(of, &filter, it));
        let per_duizend = eerste.per_duizend.zip(laatste.per_duizend);
        let chips = laatste.reikwijdte.chips();
        Groei {
            naam,
            groei: growth::of_counts(eerste.n, laatste.n),
            groei_per_duizend: per_duizend.and_then(|(before, after)| {
                let rate = |n, inwoners| (n, f64::from(inwoners));
                growth::of_rates(rate(eerste.n, before.inwoners), rate(laatste.n, after.inwoners))
            }),
            eerste: measurement(&eerste),
            laatste: measurement(&laatste),
            reikwijdte: chips,
        }
    }

    fn ask(&self, of: &'static Indicator, filter: &Filter, maand: Maand) -> Cijfer {
        let vraag = self.question(filter.clone(), maand);
        let mut total = bereken(of, self.feiten, self.register, &vraag);
        total.pop().expect("a total has one cell")
    }

    fn question(&self, filter: Filter, maand: Maand) -> Vraag {
        Vraag { filter, ..Vraag::new(maand, self.peildatum) }
    }
}

fn group() -> Filter {
    Filter { cbsgroep: Some(Cbsgroep::OndersteuningThuis), ..Filter::default() }
}

fn measurement(it: &Cijfer) -> Meting {
    Meting { maand: it.maand, aantal: it.n, per_duizend: it.per_duizend }
}
