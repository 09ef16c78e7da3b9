//! Which grants are due for a review, and by when. Wmo 2015, art. 2.3.9.
//!
//! By the municipality's rules on facts of the grant; nothing here is a judgement of a person.

use jiff::{ToSpan, civil::Date};

use crate::{
    ClientId, Leveringsvorm, State, TeamId, VoorzieningId, ZaakId,
    instelling::Heronderzoekregels,
    kosten,
    voorstel::fits_norm,
    voorziening::{BeschikteVoorziening, Herkomst},
};

/// Why a grant is reviewed earlier than others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Heronderzoekgrond {
    /// It is a personal budget.
    Pgb,
    /// Its volume lies outside the norm.
    BovenNorm,
    /// No goals were agreed.
    ZonderDoelen,
    /// It is worth much.
    Waarde,
}

impl Heronderzoekgrond {
    /// Every ground.
    pub const ALLE: [Heronderzoekgrond; 4] = [
        Heronderzoekgrond::Pgb,
        Heronderzoekgrond::BovenNorm,
        Heronderzoekgrond::ZonderDoelen,
        Heronderzoekgrond::Waarde,
    ];

    /// The words in a table.
    pub const fn naam(self) -> &'static str {
        match self {
            Heronderzoekgrond::Pgb => "Pgb",
            Heronderzoekgrond::BovenNorm => "omvang buiten de norm",
            Heronderzoekgrond::ZonderDoelen => "geen doelen afgesproken",
            Heronderzoekgrond::Waarde => "hoge waarde",
        }
    }
}

/// A grant whose review is still to be planned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TePlannen {
    /// For whom.
    pub client: ClientId,
    /// Which grant.
    pub voorziening: VoorzieningId,
    /// The case it was granted in; none for a grant that was taken over.
    pub zaak: Option<ZaakId>,
    /// The team that has it.
    pub team: Option<TeamId>,
    /// The day of the decision or of the last review.
    pub sinds: Date,
    /// The last day for the review by the municipality's rules.
    pub uiterlijk: Date,
    /// Why it is reviewed earlier than others; empty where it is not.
    pub gronden: Vec<Heronderzoekgrond>,
}

/// The running grants without a planned review, what is due first first; none without rules.
///
/// A grant that ends before its review would be due is left out: a new request follows then.
pub fn te_plannen(state: &State, op: Date) -> Vec<TePlannen> {
    let Some(regels) = state.register.instellingen.heronderzoek(op) else { return Vec::new() };
    let mut found = Vec::new();
    for dossier in state.dossiers.values() {
        let running = dossier.voorzieningen_op(op).filter(|it| it.vervolg.heronderzoek.is_none());
        for it in running {
            let gronden = grounds(state, it, &regels, op);
            let months = if gronden.is_empty() { regels.maanden } else { regels.eerder_maanden };
            let last = it.vervolg.heronderzoeken.last().map(|(day, _)| *day);
            let sinds = last.unwrap_or(it.besloten_op);
            let uiterlijk = sinds.saturating_add(i32::from(months).months());
            if it.voorziening.geldig.einde() < uiterlijk {
                continue;
            }
            found.push(TePlannen {
                client: dossier.client,
                voorziening: it.id,
                zaak: match it.herkomst {
                    Herkomst::Besluit(zaak) => Some(zaak),
                    _ => None,
                },
                team: it.team,
                sinds,
                uiterlijk,
                gronden,
            });
        }
    }
    found.sort_by_key(|it| (it.uiterlijk, it.voorziening));
    found
}

fn grounds(
    state: &State,
    it: &BeschikteVoorziening,
    regels: &Heronderzoekregels,
    op: Date,
) -> Vec<Heronderzoekgrond> {
    let value = || kosten::waarde_over_looptijd(&state.register, &it.voorziening);
    let high = regels.vanaf_waarde.is_some_and(|from| value().is_some_and(|it| it >= from));
    let outside = || !fits_norm(state, &it.voorziening, op);
    [
        (
            regels.pgb && matches!(it.voorziening.vorm, Leveringsvorm::Pgb { .. }),
            Heronderzoekgrond::Pgb,
        ),
        (regels.boven_norm && outside(), Heronderzoekgrond::BovenNorm),
        (regels.zonder_doelen && it.vervolg.doelen.is_none(), Heronderzoekgrond::ZonderDoelen),
        (high, Heronderzoekgrond::Waarde),
    ]
    .into_iter()
    .filter_map(|(holds, ground)| holds.then_some(ground))
    .collect()
}
