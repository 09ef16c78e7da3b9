//! Steps of a case that are recorded as they are asked, on one page.
//!
//! The command and the event are the same words here; the rule that lets a step through lives with
//! the noun it is about. What a client said, a motivation or a concept is text and lies outside
//! the log; a step only says that it was done, and its coarse outcome.

use crate::{
    AanbiederId, MedewerkerId,
    bezwaar::{Beroepuitkomst, Bezwaaruitkomst},
    cta::{CtaAanmelding, CtaOordeel, TweedeOordeel},
    gesprek::{Gesprek, Identiteitsdocument, Onderwerp, Reactie},
    kaderdoorloop::Doorloop,
    triage::Triage,
    voorstel::{Afwijkgrond, Uitzonderingsgrond, Voorstel},
};

/// One step of a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Zaakstap {
    /// Receipt was confirmed in writing, with what the law says must be pointed out.
    OntvangstBevestigd {
        /// Free client support was pointed out. Wmo 2015, art. 2.3.2 lid 3.
        clientondersteuning: bool,
        /// The personal plan was pointed out. Wmo 2015, art. 2.3.2 lid 2.
        persoonlijk_plan: bool,
    },
    /// The client handed in a personal plan. Wmo 2015, art. 2.3.2 lid 2.
    PersoonlijkPlanOntvangen,
    /// The complexity was judged.
    Getrieerd(Triage),
    /// Somebody took the case, or it went back to the pile of the team.
    Belegd {
        /// Who has it.
        medewerker: Option<MedewerkerId>,
    },
    /// The identity was seen on a document. Wmo 2015, art. 2.3.4.
    IdentiteitVastgesteld(Identiteitsdocument),
    /// A conversation was held. Wmo 2015, art. 2.3.2 lid 1.
    GesprekGevoerd(Gesprek),
    /// A topic was investigated. Wmo 2015, art. 2.3.2 lid 4.
    OnderwerpOnderzocht(Onderwerp),
    /// The framework was walked through.
    KaderDoorlopen(Doorloop),
    /// The client reacted to the report. Wmo 2015, art. 2.3.2 lid 8.
    ReactieOntvangen(Reactie),
    /// Support was proposed, with its price: the advice on which a decision rests.
    VoorstelGedaan(Box<Voorstel>),
    /// A provider that would be excluded may deliver after all.
    AanbiederToegestaan {
        /// Which.
        aanbieder: AanbiederId,
        /// Why.
        grond: Uitzonderingsgrond,
    },
    /// The case was put on the agenda of the CTA-overleg.
    CtaAangemeld(CtaAanmelding),
    /// The CTA-overleg gave its judgement.
    CtaBeoordeeld(Box<CtaOordeel>),
    /// A colleague judged the case without seeing the proposal.
    TweedeOordeelGegeven(Box<TweedeOordeel>),
    /// The decision differs from the advice; only ever recorded with the decision itself.
    VanAdviesAfgeweken(Afwijkgrond),
    /// A decision was sent; the term for bezwaar starts the next day. Awb, art. 3:41 and 6:8.
    BesluitVerzonden {
        /// Which decision of the case, from 1.
        besluit: u16,
    },
    /// The client objected. Awb, art. 6:4.
    BezwaarOntvangen {
        /// To which decision, from 1.
        besluit: u16,
    },
    /// The college decided on the objection. Awb, art. 7:11.
    BezwaarBeslist {
        /// About which decision, from 1.
        besluit: u16,
        /// How.
        uitkomst: Bezwaaruitkomst,
    },
    /// The client went to court. Awb, art. 8:1.
    BeroepIngesteld {
        /// About which decision, from 1.
        besluit: u16,
    },
    /// The court decided. Awb, art. 8:70.
    BeroepBeslist {
        /// About which decision, from 1.
        besluit: u16,
        /// How.
        uitkomst: Beroepuitkomst,
    },
}
