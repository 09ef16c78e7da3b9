//! How the access is arranged over the years: choices, framework, budgets, training, substitution.

use std::collections::BTreeMap;

use domain::{
    AlgemeneVoorzieningId, Bedrag, Functie, Periode, RegisterEvent, TeamId,
    inrichting::Inrichting,
    instelling::{CtaRegels, Heronderzoekregels, Instelling, Toegangsvorm},
    kosten, scholing,
    scholing::{Scholing, Scholingseis, Scholingsonderwerp},
    triage::Criterium,
    waarneming::Waarneming,
};
use jiff::civil::{Date, date};

use crate::{agenda::plus, framework, sim::Sim};

/// The day on which the second version of the framework comes into force.
const SECOND_VERSION: Date = date(2021, 1, 1);

impl Sim<'_> {
    /// What is arranged today.
    pub(crate) fn arrange(&mut self) {
        let (today, parameters) = (self.world.today, self.parameters);
        if today == parameters.kader_op {
            self.begin_framework();
        }
        if today == parameters.cta_op {
            self.arrange_one(Inrichting::InstellingGekozen(Instelling::Cta(Some(self.rules()))));
        }
        if today == parameters.vier_ogen_op {
            for it in [Instelling::VierOgen(true), Instelling::EigenAanbiederUitgesloten(true)] {
                self.arrange_one(Inrichting::InstellingGekozen(it));
            }
        }
        if today <= parameters.kader_op {
            return;
        }
        if today == SECOND_VERSION {
            let kader = Box::new(framework::second_version());
            self.arrange_one(Inrichting::KaderVastgesteld(kader));
        }
        match (today.month(), today.day()) {
            (4 | 10, 1) => self.train(),
            (2, 1) => self.count_places(),
            (6, 15) => self.substitute_in_summer(),
            (12, 1) => self.set_budgets(),
            _ => {}
        }
    }

    fn arrange_one(&mut self, it: Inrichting) {
        self.world.write(self.world.today, RegisterEvent::ToegangIngericht(it));
    }

    fn begin_framework(&mut self) {
        for it in [
            Instelling::Toegangsvorm(Toegangsvorm::Gesplitst),
            Instelling::TriageDrempel(2),
            Instelling::TerugkeerMaanden(6),
            Instelling::SpoedDagen(2),
            // Which law provides is found out at the desk as well.
            Instelling::CriteriumTelt { criterium: Criterium::WetgrensOnduidelijk, telt: false },
            Instelling::Heronderzoek(Some(HERONDERZOEK)),
        ] {
            self.arrange_one(Inrichting::InstellingGekozen(it));
        }
        let kader = Box::new(framework::beoordelingskader());
        self.arrange_one(Inrichting::KaderVastgesteld(kader));
        for (functie, onderwerp, maanden) in SCHOLING {
            let eis = Scholingseis { functie, onderwerp, maanden };
            self.arrange_one(Inrichting::ScholingVereist(eis));
        }
        self.count_places();
        self.train();
    }

    /// Which cases go to the CTA-overleg.
    fn rules(&self) -> CtaRegels {
        CtaRegels {
            vanaf_waarde: Some(Bedrag::euro(30_000)),
            boven_norm: true,
            tijdelijk: true,
            grensgeval: true,
            verbonden: true,
            steekproef_promille: 50,
            zaad: self.parameters.seed,
            dagen: 14,
        }
    }

    /// Counts the places of the general provisions, by the inhabitants.
    fn count_places(&mut self) {
        for (voorziening, per_duizend) in (1..).map(AlgemeneVoorzieningId).zip(PLAATSEN) {
            let about = self.parameters.inwoners / 1000 * per_duizend;
            let more = u32::try_from(self.draws.work.days(0, 5)).expect("a few places");
            let plaatsen = about + more;
            self.arrange_one(Inrichting::CapaciteitVastgesteld { voorziening, plaatsen });
        }
    }

    /// Trains most of those whose knowledge is due within half a year.
    fn train(&mut self) {
        const COMES: f64 = 0.85;
        let today = self.world.today;
        for due in scholing::achterstand(&self.world.state.register, plus(today, 183)) {
            if self.draws.work.chance(COMES) {
                let (medewerker, onderwerp) = (due.medewerker, due.onderwerp);
                let followed = Scholing { medewerker, onderwerp, op: today };
                self.arrange_one(Inrichting::ScholingGevolgd(followed));
            }
        }
    }

    /// Somebody of the office stands in for the deciders during some weeks of the summer.
    fn substitute_in_summer(&mut self) {
        let medewerker = self.staff.somebody(Functie::Consulent, None, &mut self.draws.work);
        let jaar = self.world.today.year();
        let geldig = Periode::new(date(jaar, 7, 15), Some(date(jaar, 8, 9)));
        let geldig = geldig.expect("August follows July");
        let it = Waarneming { medewerker, functie: Functie::Beslisser, geldig };
        self.arrange_one(Inrichting::WaarnemingIngesteld(it));
    }

    /// A team may grant in the next year what runs in this one, and three in a hundred more.
    fn set_budgets(&mut self) {
        let jaar = self.world.today.year();
        let venster = Periode::new(date(jaar, 1, 1), Some(date(jaar, 12, 31)));
        let venster = venster.expect("December follows January");
        let state = &self.world.state;
        let mut committed: BTreeMap<TeamId, Bedrag> = BTreeMap::new();
        for it in state.dossiers.values().flat_map(|it| &it.voorzieningen) {
            if let (Some(team), true) = (it.team, it.telt()) {
                let amount =
                    kosten::voorziening_in_periode(&state.register, &it.voorziening, venster);
                *committed.entry(team).or_default() += amount.unwrap_or_default();
            }
        }
        for (team, amount) in committed {
            const THOUSAND_EURO: i64 = 100_000;
            let bedrag = Bedrag(amount.0 * 103 / 100 / THOUSAND_EURO * THOUSAND_EURO);
            self.arrange_one(Inrichting::BudgetVastgesteld { team, jaar: jaar + 1, bedrag });
        }
    }
}

/// When grants are reviewed.
const HERONDERZOEK: Heronderzoekregels = Heronderzoekregels {
    maanden: 24,
    eerder_maanden: 12,
    pgb: true,
    boven_norm: true,
    zonder_doelen: false,
    vanaf_waarde: Some(Bedrag::euro(30_000)),
};

/// The places of each general provision, per thousand inhabitants.
const PLAATSEN: [u32; 4] = [2, 3, 1, 4];

/// Who has to know what, and for how many months a training counts.
const SCHOLING: [(Functie, Scholingsonderwerp, Option<u16>); 9] = [
    (Functie::KccMedewerker, Scholingsonderwerp::Gespreksvoering, None),
    (Functie::Intaker, Scholingsonderwerp::VoorliggendVeld, Some(12)),
    (Functie::Consulent, Scholingsonderwerp::Beoordelingskader, Some(24)),
    (Functie::Consulent, Scholingsonderwerp::Wmo, Some(36)),
    (Functie::Wijkcoach, Scholingsonderwerp::Beoordelingskader, Some(24)),
    (Functie::Wijkcoach, Scholingsonderwerp::Meldcode, Some(24)),
    (Functie::Wijkverpleegkundige, Scholingsonderwerp::WlzEnZvw, Some(24)),
    (Functie::Welzijnsmedewerker, Scholingsonderwerp::Beoordelingskader, Some(24)),
    (Functie::CtaLid, Scholingsonderwerp::Privacy, Some(24)),
];
