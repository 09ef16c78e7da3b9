//! Why a step of the access is refused, beside what holds for every command.

use std::fmt;

use crate::{AanbiederId, KaderId, MedewerkerId, Refusal, VraagId, triage::Route};

/// Why a step of the access is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StepRefusal {
    /// The client is under threat: this does not leave. iWmo OP003.
    Afgeschermd(&'static str),
    /// The advice of the triage does not follow from its criteria.
    TriageKloptNiet {
        /// From how many criteria a request goes to a team.
        drempel: u8,
    },
    /// A request goes elsewhere than its criteria lead, without a reason.
    TriageAfwijking {
        /// Where they lead.
        advies: Route,
    },
    /// Another version of the framework is in force.
    AnderKader {
        /// The version of the answers.
        gegeven: KaderId,
        /// The version in force.
        geldig: KaderId,
    },
    /// The framework does not ask this.
    VraagOnbekend(VraagId),
    /// The framework itself is wrong, in these Dutch words.
    KaderKloptNiet(String),
    /// The provider to which the one who acts is affiliated may not deliver in this case.
    EigenAanbieder(AanbiederId),
    /// A volume lies outside the norm, without a reason.
    BuitenNorm,
    /// A grant that is only a bridge has no last day.
    TijdelijkZonderEinde,
    /// Who proposed may not decide or judge.
    EigenVoorstel,
    /// A decision differs from the advice, without a ground.
    AfwijkingZonderGrond,
    /// A reason to differ from the advice is given with the decision, not by itself.
    HoortBijBesluit,
    /// Somebody is not a member of the meeting.
    GeenLid(MedewerkerId),
    /// Somebody was not there.
    NietAanwezig(MedewerkerId),
    /// Somebody has an interest in the case and takes no part.
    MoetZichVerschonen(MedewerkerId),
    /// The case has no decision with this number.
    BesluitOnbekend(u16),
    /// More goals were reached than there are.
    MeerDanDoelen {
        /// How many were reached.
        behaald: u8,
        /// How many there are.
        aantal: u8,
    },
}

impl fmt::Display for StepRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            StepRefusal::Afgeschermd(wat) => {
                write!(f, "de cliënt is afgeschermd: {wat} gaat niet de deur uit (iWmo OP003)")
            }
            StepRefusal::TriageKloptNiet { drempel } => write!(
                f,
                "het advies past niet bij de criteria: vanaf {drempel} criteria gaat een melding \
                 naar een team"
            ),
            StepRefusal::TriageAfwijking { advies } => {
                write!(
                    f,
                    "de criteria leiden naar {}; kies een reden om af te wijken",
                    advies.naam()
                )
            }
            StepRefusal::AnderKader { gegeven, geldig } => write!(
                f,
                "versie {} van het beoordelingskader geldt niet op deze dag, versie {} wel",
                gegeven.0, geldig.0
            ),
            StepRefusal::VraagOnbekend(vraag) => {
                write!(f, "het beoordelingskader heeft geen vraag {}", vraag.0)
            }
            StepRefusal::KaderKloptNiet(gebreken) => {
                write!(f, "het beoordelingskader kan niet ingaan: {gebreken}")
            }
            StepRefusal::EigenAanbieder(_) => f.write_str(
                "u bent verbonden aan deze aanbieder; kies een andere of laat een uitzondering \
                 vastleggen",
            ),
            StepRefusal::BuitenNorm => f.write_str("de omvang ligt buiten de norm; kies een reden"),
            StepRefusal::TijdelijkZonderEinde => {
                f.write_str("een tijdelijke indicatie heeft een einddatum")
            }
            StepRefusal::EigenVoorstel => {
                f.write_str("wie het voorstel deed, besluit er niet over; vraag een collega")
            }
            StepRefusal::AfwijkingZonderGrond => {
                f.write_str("het besluit wijkt af van het advies; kies een grond")
            }
            StepRefusal::HoortBijBesluit => {
                f.write_str("geef de reden om af te wijken bij het besluit zelf")
            }
            StepRefusal::GeenLid(wie) => out(f, *wie, "is geen lid van dit CTA-overleg"),
            StepRefusal::NietAanwezig(wie) => {
                out(f, *wie, "staat niet op de presentielijst van dit overleg; werk die eerst bij")
            }
            StepRefusal::MoetZichVerschonen(wie) => out(
                f,
                *wie,
                "heeft een belang bij deze zaak en doet niet mee aan het oordeel (Awb, art. 2:4)",
            ),
            StepRefusal::BesluitOnbekend(nummer) => {
                write!(f, "er is geen besluit {nummer}")
            }
            StepRefusal::MeerDanDoelen { behaald, aantal } => {
                write!(f, "{behaald} doelen behaald, terwijl er {aantal} zijn afgesproken")
            }
        }
    }
}

/// Why somebody takes no part in a review.
fn out(f: &mut fmt::Formatter<'_>, wie: MedewerkerId, waarom: &str) -> fmt::Result {
    write!(f, "medewerker {} {waarom}", wie.0)
}

impl From<StepRefusal> for Refusal {
    fn from(it: StepRefusal) -> Refusal {
        Refusal::Stap(it)
    }
}
