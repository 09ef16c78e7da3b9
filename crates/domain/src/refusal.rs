//! Why something is refused: a value, in Dutch, with the article where the law says no.

use std::fmt;

use jiff::civil::Date;

pub use crate::refusal_step::StepRefusal;
use crate::{Bedrag, Functie, ToewijzingNummer, VoorzieningId, ZaakId};

/// Why a command is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// The day lies after today.
    InDeToekomst(Date),
    /// The day lies before the step it follows.
    TeVroeg {
        /// The day given.
        op: Date,
        /// What it may not precede.
        stap: &'static str,
        /// The day of that step.
        niet_voor: Date,
    },
    /// The case is not in this dossier.
    ZaakOnbekend(ZaakId),
    /// Another case has this number.
    ZaakBestaatAl(ZaakId),
    /// The case is closed.
    ZaakGesloten(ZaakId),
    /// The step was done already.
    AlGedaan(&'static str),
    /// A step that must come first was not done.
    Ontbreekt {
        /// What is missing.
        stap: &'static str,
        /// The article that asks for it.
        artikel: &'static str,
    },
    /// The function may not do this.
    FunctieMagNiet {
        /// Which function.
        functie: Option<Functie>,
        /// What it may not do.
        handeling: &'static str,
    },
    /// No mandate names this function on this day. Awb, art. 10:3.
    GeenMandaat(Functie),
    /// The mandate does not reach this value.
    BovenMandaat {
        /// The value of the order over its whole term.
        waarde: Bedrag,
        /// The highest value of the mandate.
        tot: Bedrag,
    },
    /// A step of the access, for a reason of its own.
    Stap(StepRefusal),
    /// A grant needs a provision, a refusal has none.
    VoorzieningenPassenNiet,
    /// No tariff is known, so the price cannot be shown.
    GeenTarief,
    /// The provision is not in this dossier.
    VoorzieningOnbekend(VoorzieningId),
    /// The allocation is not in this dossier.
    ToewijzingOnbekend(ToewijzingNummer),
    /// Another allocation has this number.
    ToewijzingBestaatAl(ToewijzingNummer),
    /// The allocation was removed.
    ToewijzingVerwijderd(ToewijzingNummer),
    /// A change that needs a new number.
    NieuwNummerNodig(&'static str),
    /// The last day lies before the first.
    EindeVoorBegin,
    /// The register does not know something that is named.
    NietInRegister(&'static str),
    /// No stretch of delivery starts on this day.
    LeveringOnbekend(Date),
    /// Delivery is going on already.
    LeveringLoopt(Date),
    /// A credit takes back a line that is not there.
    PrestatieOnbekend,
    /// The line that is taken back was taken back already.
    AlGecrediteerd,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refusal::InDeToekomst(op) => {
                write!(f, "{op} ligt in de toekomst; vul een dag in tot en met vandaag")
            }
            Refusal::TeVroeg { op, stap, niet_voor } => {
                write!(f, "{op} ligt voor {stap} van {niet_voor}; vul die dag of een latere in")
            }
            Refusal::ZaakOnbekend(zaak) => write!(f, "zaak {zaak} hoort niet bij dit dossier"),
            Refusal::ZaakBestaatAl(zaak) => write!(f, "zaaknummer {zaak} is al gebruikt"),
            Refusal::ZaakGesloten(zaak) => write!(f, "zaak {zaak} is gesloten"),
            Refusal::AlGedaan(stap) => write!(f, "{stap} is al gedaan"),
            Refusal::Ontbreekt { stap, artikel } => {
                write!(f, "{stap} ontbreekt nog ({artikel})")
            }
            Refusal::FunctieMagNiet { functie: Some(functie), handeling } => {
                write!(f, "een {} mag dit niet: {handeling}", functie.naam())
            }
            Refusal::FunctieMagNiet { functie: None, handeling } => {
                write!(f, "alleen een medewerker mag dit: {handeling}")
            }
            Refusal::GeenMandaat(functie) => write!(
                f,
                "een {} heeft op deze dag geen mandaat om te besluiten (Awb, art. 10:3)",
                functie.naam()
            ),
            Refusal::BovenMandaat { waarde, tot } => {
                write!(f, "de opdracht kost {waarde}; het mandaat gaat tot {tot}")
            }
            Refusal::Stap(it) => it.fmt(f),
            Refusal::VoorzieningenPassenNiet => f.write_str(
                "bij een toekenning hoort een voorziening, bij een andere uitkomst hoort er geen",
            ),
            Refusal::GeenTarief => {
                f.write_str("er is op de ingangsdatum geen tarief afgesproken met deze aanbieder")
            }
            Refusal::VoorzieningOnbekend(id) => {
                write!(f, "voorziening {} hoort niet bij dit dossier", id.0)
            }
            Refusal::ToewijzingOnbekend(it) => {
                write!(f, "toewijzing {} hoort niet bij dit dossier", it.0)
            }
            Refusal::ToewijzingBestaatAl(it) => {
                write!(f, "toewijzingnummer {} is al gebruikt voor iets anders", it.0)
            }
            Refusal::ToewijzingVerwijderd(it) => write!(f, "toewijzing {} is verwijderd", it.0),
            Refusal::NieuwNummerNodig(wat) => {
                write!(f, "{wat} kan alleen met een nieuw toewijzingnummer (iWmo OP033x1)")
            }
            Refusal::EindeVoorBegin => f.write_str("de einddatum ligt voor de ingangsdatum"),
            Refusal::NietInRegister(wat) => write!(f, "{wat} staat niet in het register"),
            Refusal::LeveringOnbekend(op) => {
                write!(f, "er is geen levering bekend die op {op} begon")
            }
            Refusal::LeveringLoopt(sinds) => write!(f, "de levering loopt al sinds {sinds}"),
            Refusal::PrestatieOnbekend => {
                f.write_str("de credit verwijst naar een prestatie die niet bekend is")
            }
            Refusal::AlGecrediteerd => f.write_str("deze prestatie is al gecrediteerd"),
        }
    }
}

impl std::error::Error for Refusal {}
