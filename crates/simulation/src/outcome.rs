//! How a case will end: what the investigator finds.

use domain::{Functie, besluit::Afwijzingsgrond, medewerker::Achtergrond};

use crate::{
    needs::{Kind, Need},
    sim::{Case, Sim},
};

/// How a case will end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Not known before the enquiry.
    Unknown,
    Granted,
    GrantedInPart,
    /// Granted for so many weeks, because of the waiting list of a general provision.
    Bridged(u16),
    Refused(Afwijzingsgrond),
    NoApplication,
    Withdrawn,
    Unprocessed,
}

impl Sim<'_> {
    /// What the investigator of a case finds.
    pub(crate) fn find_outcome(&mut self, case: &Case) -> Outcome {
        let probability = self.grant_probability(case);
        let weeks = self.waiting.maatschappelijk_werk();
        let draw = &mut self.draws.outcome;
        if draw.chance(probability) {
            return if draw.chance(0.1) { Outcome::GrantedInPart } else { Outcome::Granted };
        }
        let bridge = case.need == Need::ZelfstandigLeven && case.renews.is_none() && weeks >= 8;
        if bridge && draw.chance(0.3) {
            return Outcome::Bridged(weeks);
        }
        match draw.weighted(&[0.40, 0.16, 0.39, 0.05]) {
            0 => Outcome::NoApplication,
            1 => Outcome::Withdrawn,
            2 => {
                let at = draw.weighted(&[0.24, 0.12, 0.2, 0.14, 0.16, 0.12, 0.02]);
                Outcome::Refused(Afwijzingsgrond::ALLE[at])
            }
            _ => Outcome::Unprocessed,
        }
    }

    /// The chance of a grant: the need, the team and who investigates, employed by whom.
    fn grant_probability(&self, case: &Case) -> f64 {
        if case.renews.is_some() {
            return 0.97;
        }
        let mut probability = case.need.toekenkans();
        if let Some(id) = case.investigator {
            let member = self.staff.member(id);
            probability += member.effect_toekenning;
            if case.need.kind() == Kind::OndersteuningThuis {
                probability += self.place.teams[case.team].effect_toekenning;
                probability += match member.achtergrond {
                    Achtergrond::Ambtelijk => 0.0,
                    _ => self.parameters.effect_achtergrond_zorg,
                };
                let outside = member.functie == Functie::Wijkcoach
                    && member.provider.is_some()
                    && self.world.today < self.parameters.insourcing_op;
                if outside {
                    probability += self.parameters.effect_werkgever_aanbieder;
                }
            }
        }
        probability.clamp(0.05, 0.97)
    }
}
