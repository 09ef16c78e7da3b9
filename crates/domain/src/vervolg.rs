//! What follows a grant: goals, evaluation, the periodic review and scaling down.
//!
//! The review of Wmo 2015, art. 2.3.9 has no term of six weeks: lid 1 of art. 2.3.2 is not among
//! the parts that hold for it.

use jiff::civil::Date;

use crate::{
    Actor, Dossier, DossierEvent, Omstandigheid, Refusal, VoorzieningId, onderzoek,
    refusal::StepRefusal, voorziening::Herkomst,
};

/// One step after a grant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Vervolgstap {
    /// Goals were agreed; what they are lies outside the log.
    DoelenVastgesteld {
        /// How many.
        aantal: u8,
    },
    /// The goals will be looked at on this day.
    EvaluatieGepland {
        /// The day.
        op: Date,
    },
    /// The goals were looked at.
    Geevalueerd {
        /// How many were reached.
        behaald: u8,
    },
    /// The decision will be reviewed on this day. Wmo 2015, art. 2.3.9.
    HeronderzoekGepland {
        /// The day.
        op: Date,
    },
    /// The decision was reviewed. Wmo 2015, art. 2.3.9.
    Heronderzocht(Heronderzoekuitkomst),
    /// Support went down to something lighter or to another law.
    Afgeschaald(Afschaling),
}

/// What a review led to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Heronderzoekuitkomst {
    /// The decision stands.
    Ongewijzigd,
    /// Less will do.
    Afschalen,
    /// It can end.
    Beeindigen,
    /// More or other is needed: a new request follows.
    NieuweMelding,
}

impl Heronderzoekuitkomst {
    /// Every outcome.
    pub const ALLE: [Heronderzoekuitkomst; 4] = [
        Heronderzoekuitkomst::Ongewijzigd,
        Heronderzoekuitkomst::Afschalen,
        Heronderzoekuitkomst::Beeindigen,
        Heronderzoekuitkomst::NieuweMelding,
    ];

    /// The words on a form.
    pub const fn naam(self) -> &'static str {
        match self {
            Heronderzoekuitkomst::Ongewijzigd => "ongewijzigd",
            Heronderzoekuitkomst::Afschalen => "afschalen",
            Heronderzoekuitkomst::Beeindigen => "beëindigen",
            Heronderzoekuitkomst::NieuweMelding => "nieuwe melding",
        }
    }
}

/// A step down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Afschaling {
    /// Where to.
    pub naar: Bestemming,
    /// Why.
    pub reden: Afschaalreden,
}

/// Where a step down leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Bestemming {
    /// Less of the same or a lighter product.
    LichterMaatwerk,
    /// A general provision.
    AlgemeneVoorziening,
    /// Own strength or the network.
    EigenKracht,
    /// Wet langdurige zorg.
    Wlz,
    /// Zorgverzekeringswet.
    Zvw,
}

impl Bestemming {
    /// Every destination.
    pub const ALLE: [Bestemming; 5] = [
        Bestemming::LichterMaatwerk,
        Bestemming::AlgemeneVoorziening,
        Bestemming::EigenKracht,
        Bestemming::Wlz,
        Bestemming::Zvw,
    ];

    /// The words in a table.
    pub const fn naam(self) -> &'static str {
        match self {
            Bestemming::LichterMaatwerk => "lichter maatwerk",
            Bestemming::AlgemeneVoorziening => "algemene voorziening",
            Bestemming::EigenKracht => "eigen kracht of netwerk",
            Bestemming::Wlz => "Wlz",
            Bestemming::Zvw => "Zvw",
        }
    }
}

/// Why support goes down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Afschaalreden {
    /// The goals were reached.
    DoelBereikt,
    /// The client can do more.
    MeerZelfstandig,
    /// The network took over.
    NetwerkVersterkt,
    /// Lighter help became available.
    AanbodBeschikbaar,
    /// Another law fits better.
    AndereWet,
}

impl Afschaalreden {
    /// Every reason.
    pub const ALLE: [Afschaalreden; 5] = [
        Afschaalreden::DoelBereikt,
        Afschaalreden::MeerZelfstandig,
        Afschaalreden::NetwerkVersterkt,
        Afschaalreden::AanbodBeschikbaar,
        Afschaalreden::AndereWet,
    ];

    /// The words on a form.
    pub const fn naam(self) -> &'static str {
        match self {
            Afschaalreden::DoelBereikt => "doelen bereikt",
            Afschaalreden::MeerZelfstandig => "cliënt kan meer zelf",
            Afschaalreden::NetwerkVersterkt => "netwerk neemt over",
            Afschaalreden::AanbodBeschikbaar => "lichtere hulp is beschikbaar",
            Afschaalreden::AndereWet => "een andere wet past beter",
        }
    }
}

/// What was agreed and done after a grant.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Vervolg {
    /// How many goals were agreed.
    pub doelen: Option<u8>,
    /// The day planned to look at them; none once that was done.
    pub evaluatie: Option<Date>,
    /// The looks at the goals: the day and how many were reached.
    pub evaluaties: Vec<(Date, u8)>,
    /// The day planned for a review; none once that was done.
    pub heronderzoek: Option<Date>,
    /// The reviews, oldest first.
    pub heronderzoeken: Vec<(Date, Heronderzoekuitkomst)>,
    /// The steps down, oldest first, with who took them.
    pub afschalingen: Vec<(Date, Afschaling, Actor)>,
}

impl Vervolg {
    pub(crate) fn apply(&mut self, on: Date, actor: Actor, stap: Vervolgstap) {
        match stap {
            Vervolgstap::DoelenVastgesteld { aantal } => self.doelen = Some(aantal),
            Vervolgstap::EvaluatieGepland { op } => self.evaluatie = Some(op),
            Vervolgstap::Geevalueerd { behaald } => {
                self.evaluatie = None;
                self.evaluaties.push((on, behaald));
            }
            Vervolgstap::HeronderzoekGepland { op } => self.heronderzoek = Some(op),
            Vervolgstap::Heronderzocht(uitkomst) => {
                self.heronderzoek = None;
                self.heronderzoeken.push((on, uitkomst));
            }
            Vervolgstap::Afgeschaald(it) => self.afschalingen.push((on, it, actor)),
        }
    }
}

/// Takes a step after a grant, if it may be taken and says something new.
pub(crate) fn zet(
    dossier: &Dossier,
    voorziening: VoorzieningId,
    stap: Vervolgstap,
    bij: &Omstandigheid,
) -> Result<Vec<DossierEvent>, Refusal> {
    let new = leg_vast(dossier, voorziening, stap, bij)?;
    let event = DossierEvent::VervolgGezet { voorziening, stap };
    Ok(new.then_some(event).into_iter().collect())
}

/// Lets a step after a grant through: by somebody who may investigate, about a grant that counts.
fn leg_vast(
    dossier: &Dossier,
    id: VoorzieningId,
    stap: Vervolgstap,
    bij: &Omstandigheid,
) -> Result<bool, Refusal> {
    onderzoek::may_investigate(bij)?;
    let known =
        dossier.voorziening(id).filter(|it| it.telt()).ok_or(Refusal::VoorzieningOnbekend(id))?;
    let decided = match known.herkomst {
        Herkomst::Besluit(_) => Some(known.besloten_op),
        _ => None,
    };
    if let Some(day) = decided {
        crate::intake::not_before(bij.on, "het besluit", day)?;
    }
    match stap {
        Vervolgstap::EvaluatieGepland { op } | Vervolgstap::HeronderzoekGepland { op }
            if op < bij.on =>
        {
            Err(Refusal::TeVroeg { op, stap: "de dag van vandaag", niet_voor: bij.on })
        }
        Vervolgstap::Geevalueerd { behaald } => match known.vervolg.doelen {
            None => {
                Err(Refusal::Ontbreekt { stap: "de doelen", artikel: "Wmo 2015, art. 2.3.2 lid 4" })
            }
            Some(aantal) if behaald > aantal => {
                Err(StepRefusal::MeerDanDoelen { behaald, aantal }.into())
            }
            Some(_) => Ok(true),
        },
        Vervolgstap::EvaluatieGepland { op } => Ok(known.vervolg.evaluatie != Some(op)),
        Vervolgstap::HeronderzoekGepland { op } => Ok(known.vervolg.heronderzoek != Some(op)),
        _ => Ok(true),
    }
}
