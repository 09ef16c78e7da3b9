//! A `zaak`: one route from melding to besluit.
//!
//! Each step is an enum or an optional record of its own, because the law allows them in more than
//! one order: in an emergency the decision comes before the enquiry (art. 2.3.3), and after six
//! weeks an aanvraag may come without one (art. 2.3.2 lid 9). [`Zaak::fase`] sums them up.

use jiff::civil::Date;

use crate::{
    AanbiederId, Actor, MedewerkerId, ZaakId,
    besluit::Beschikking,
    cta::CtaBehandeling,
    gesprek::Onderzoeksstappen,
    intake::Intake,
    kaderdoorloop::GedaneDoorloop,
    melding::OntvangenMelding,
    onderzoek::Onderzoek,
    ontvangst::Ontvangst,
    sluiting::Sluiting,
    termijn::Opschorting,
    triage::Triage,
    voorstel::{GedaanVoorstel, Uitzonderingsgrond},
};

/// One route from melding to besluit, as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Zaak {
    /// Its number.
    pub id: ZaakId,
    /// The request that opened it.
    pub melding: OntvangenMelding,
    /// The confirmation, and what the client handed in.
    pub ontvangst: Ontvangst,
    /// Who has the case; nobody while it lies on the pile of the team.
    pub behandelaar: Option<MedewerkerId>,
    /// The judgement of its complexity.
    pub triage: Option<Triage>,
    /// The intake, once it ended.
    pub intake: Option<Intake>,
    /// The enquiry.
    pub onderzoek: Onderzoek,
    /// What was done in the enquiry.
    pub stappen: Onderzoeksstappen,
    /// The last walk through the framework.
    pub kader: Option<GedaneDoorloop>,
    /// The report sent to the client, last version. Wmo 2015, art. 2.3.2 lid 8.
    pub verslag: Option<Verslag>,
    /// The day the aanvraag was received. Wmo 2015, art. 2.3.2 lid 9.
    pub aanvraag: Option<Date>,
    /// The proposals, oldest first; the last one stands.
    pub voorstellen: Vec<GedaanVoorstel>,
    /// The providers that may deliver although they would be excluded, and who allowed it.
    pub uitzonderingen: Vec<(AanbiederId, Uitzonderingsgrond, Date, Actor)>,
    /// The review.
    pub cta: CtaBehandeling,
    /// The times the term for the decision stood still. Awb, art. 4:15.
    pub opschortingen: Vec<Opschorting>,
    /// The decisions, oldest first; more than one after an emergency or a correction.
    pub beschikkingen: Vec<Beschikking>,
    /// The end.
    pub sluiting: Option<Sluiting>,
}

/// A report of the enquiry that was sent to the client.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verslag {
    /// The day it was sent.
    pub verzonden_op: Date,
    /// Its version, from 1.
    pub versie: u16,
    /// Who sent it.
    pub door: Actor,
}

/// Where a case stands, in one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fase {
    /// Asked; nothing was done yet.
    Gemeld,
    /// Passed on by the intake; the enquiry is still to start.
    NaIntake,
    /// The enquiry runs.
    InOnderzoek,
    /// The enquiry ended; the report is still to be sent.
    Onderzocht,
    /// The report was sent; no aanvraag yet.
    VerslagVerzonden,
    /// Applied for; no decision yet.
    Aangevraagd,
    /// Decided.
    Besloten,
    /// Closed.
    Gesloten,
}

impl Fase {
    /// Every phase, in order.
    pub const ALLE: [Fase; 8] = [
        Fase::Gemeld,
        Fase::NaIntake,
        Fase::InOnderzoek,
        Fase::Onderzocht,
        Fase::VerslagVerzonden,
        Fase::Aangevraagd,
        Fase::Besloten,
        Fase::Gesloten,
    ];

    /// The words in a list.
    pub const fn naam(self) -> &'static str {
        match self {
            Fase::Gemeld => "gemeld",
            Fase::NaIntake => "na intake",
            Fase::InOnderzoek => "in onderzoek",
            Fase::Onderzocht => "onderzoek afgerond",
            Fase::VerslagVerzonden => "verslag verzonden",
            Fase::Aangevraagd => "aanvraag ontvangen",
            Fase::Besloten => "besloten",
            Fase::Gesloten => "gesloten",
        }
    }
}

impl Zaak {
    pub(crate) fn new(id: ZaakId, melding: OntvangenMelding) -> Zaak {
        Zaak {
            id,
            melding,
            ontvangst: Ontvangst::default(),
            behandelaar: None,
            triage: None,
            intake: None,
            onderzoek: Onderzoek::Geen,
            stappen: Onderzoeksstappen::default(),
            kader: None,
            verslag: None,
            aanvraag: None,
            voorstellen: Vec::new(),
            uitzonderingen: Vec::new(),
            cta: CtaBehandeling::default(),
            opschortingen: Vec::new(),
            beschikkingen: Vec::new(),
            sluiting: None,
        }
    }

    /// Where the case stands.
    pub fn fase(&self) -> Fase {
        if self.sluiting.is_some() {
            return Fase::Gesloten;
        }
        if self.is_besloten() {
            return Fase::Besloten;
        }
        match (&self.onderzoek, self.aanvraag, self.verslag, self.intake) {
            (_, Some(_), _, _) => Fase::Aangevraagd,
            (_, None, Some(_), _) => Fase::VerslagVerzonden,
            (Onderzoek::Afgerond { .. }, ..) => Fase::Onderzocht,
            (Onderzoek::Lopend { .. }, ..) => Fase::InOnderzoek,
            (Onderzoek::Geen, None, None, Some(_)) => Fase::NaIntake,
            (Onderzoek::Geen, None, None, None) => Fase::Gemeld,
        }
    }

    /// Whether what was asked is decided. A decision in an emergency leaves the enquiry open, and
    /// the aanvraag that follows is decided on its own. Wmo 2015, art. 2.3.3 and 2.3.5 lid 2.
    fn is_besloten(&self) -> bool {
        let first_day = match (self.melding.melding.spoed, self.aanvraag) {
            (false, _) => Date::MIN,
            (true, Some(aanvraag)) => aanvraag,
            (true, None) => return false,
        };
        self.beschikkingen.iter().any(|it| it.op >= first_day)
    }

    /// The proposal that stands.
    pub fn voorstel(&self) -> Option<&GedaanVoorstel> {
        self.voorstellen.last()
    }

    /// The last day for what is due now: the enquiry, or the decision; `None` when nothing is due.
    pub fn uiterste_dag(&self) -> Option<Date> {
        match self.fase() {
            Fase::Gemeld | Fase::NaIntake | Fase::InOnderzoek => {
                Some(crate::onderzoek::uiterste_dag(self.melding.op))
            }
            Fase::Aangevraagd => self.aanvraag.map(|op| {
                let days = self.opschortingen.iter().map(Opschorting::dagen).sum();
                crate::besluit::uiterste_dag(op, days)
            }),
            Fase::Onderzocht | Fase::VerslagVerzonden | Fase::Besloten | Fase::Gesloten => None,
        }
    }
}
