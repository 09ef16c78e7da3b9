//! Objection and appeal, linked to the decision they are about. Awb, ch. 6 to 8.

use jiff::civil::Date;

use crate::{
    Dossier, Omstandigheid, Refusal, Zaak, ZaakId, besluit::Beschikking, intake::not_before,
    ontvangst::of_the_access, refusal::StepRefusal, stap::Zaakstap, termijn,
};

/// How many weeks a client has to object. Awb, art. 6:7.
pub const TERMIJN_WEKEN: u8 = 6;

/// How many weeks the college has to decide on an objection, without a committee. Awb, art. 7:10.
pub const BESLISTERMIJN_WEKEN: u8 = 6;

/// How the college decided on an objection. Awb, art. 7:11.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Bezwaaruitkomst {
    /// Founded: another decision follows.
    Gegrond,
    /// Founded in part.
    DeelsGegrond,
    /// Unfounded.
    Ongegrond,
    /// Not dealt with: too late, or without a ground.
    NietOntvankelijk,
    /// Withdrawn by the client.
    Ingetrokken,
}

impl Bezwaaruitkomst {
    /// Every outcome.
    pub const ALLE: [Bezwaaruitkomst; 5] = [
        Bezwaaruitkomst::Gegrond,
        Bezwaaruitkomst::DeelsGegrond,
        Bezwaaruitkomst::Ongegrond,
        Bezwaaruitkomst::NietOntvankelijk,
        Bezwaaruitkomst::Ingetrokken,
    ];

    /// The words in a table.
    pub const fn naam(self) -> &'static str {
        match self {
            Bezwaaruitkomst::Gegrond => "gegrond",
            Bezwaaruitkomst::DeelsGegrond => "deels gegrond",
            Bezwaaruitkomst::Ongegrond => "ongegrond",
            Bezwaaruitkomst::NietOntvankelijk => "niet-ontvankelijk",
            Bezwaaruitkomst::Ingetrokken => "ingetrokken",
        }
    }
}

/// How the court decided. Awb, art. 8:70.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Beroepuitkomst {
    /// Founded.
    Gegrond,
    /// Unfounded.
    Ongegrond,
    /// Not dealt with.
    NietOntvankelijk,
    /// Withdrawn.
    Ingetrokken,
}

impl Beroepuitkomst {
    /// Every outcome.
    pub const ALLE: [Beroepuitkomst; 4] = [
        Beroepuitkomst::Gegrond,
        Beroepuitkomst::Ongegrond,
        Beroepuitkomst::NietOntvankelijk,
        Beroepuitkomst::Ingetrokken,
    ];

    /// The words in a table.
    pub const fn naam(self) -> &'static str {
        match self {
            Beroepuitkomst::Gegrond => "gegrond",
            Beroepuitkomst::Ongegrond => "ongegrond",
            Beroepuitkomst::NietOntvankelijk => "niet-ontvankelijk",
            Beroepuitkomst::Ingetrokken => "ingetrokken",
        }
    }
}

/// What became of a decision after it was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Rechtsgang {
    /// The day it was sent. Awb, art. 3:41.
    pub verzonden: Option<Date>,
    /// The day an objection was received.
    pub bezwaar: Option<Date>,
    /// How and when it was decided.
    pub bezwaar_beslist: Option<(Date, Bezwaaruitkomst)>,
    /// The day the client went to court.
    pub beroep: Option<Date>,
    /// How and when the court decided.
    pub beroep_beslist: Option<(Date, Beroepuitkomst)>,
}

impl Rechtsgang {
    /// The last day on which an objection is in time. Awb, art. 6:7 and 6:8.
    pub fn bezwaar_tot_en_met(&self) -> Option<Date> {
        self.verzonden.map(|op| termijn::uiterste_dag(op, TERMIJN_WEKEN, 0))
    }

    /// The last day to decide on an objection, from the end of its term. Awb, art. 7:10 lid 1.
    pub fn beslissen_tot_en_met(&self) -> Option<Date> {
        let end = self.bezwaar_tot_en_met().filter(|_| self.bezwaar.is_some())?;
        Some(termijn::uiterste_dag(end, BESLISTERMIJN_WEKEN, 0))
    }

    pub(crate) fn apply(&mut self, on: Date, stap: &Zaakstap) {
        match *stap {
            Zaakstap::BesluitVerzonden { .. } => self.verzonden = Some(on),
            Zaakstap::BezwaarOntvangen { .. } => self.bezwaar = Some(on),
            Zaakstap::BezwaarBeslist { uitkomst, .. } => {
                self.bezwaar_beslist = Some((on, uitkomst))
            }
            Zaakstap::BeroepIngesteld { .. } => self.beroep = Some(on),
            Zaakstap::BeroepBeslist { uitkomst, .. } => self.beroep_beslist = Some((on, uitkomst)),
            _ => {}
        }
    }
}

/// The decision that a step is about, from 1.
pub(crate) const fn besluit_van(stap: &Zaakstap) -> Option<u16> {
    match stap {
        Zaakstap::BesluitVerzonden { besluit }
        | Zaakstap::BezwaarOntvangen { besluit }
        | Zaakstap::BezwaarBeslist { besluit, .. }
        | Zaakstap::BeroepIngesteld { besluit }
        | Zaakstap::BeroepBeslist { besluit, .. } => Some(*besluit),
        _ => None,
    }
}

/// Lets a step after a decision through; a closed case may still be objected to.
pub(crate) fn leg_vast(
    dossier: &Dossier,
    id: ZaakId,
    stap: &Zaakstap,
    bij: &Omstandigheid,
) -> Result<bool, Refusal> {
    if !matches!(bij.actor.hoedanigheid(), Some(it) if it.functie == crate::Functie::Beslisser) {
        of_the_access(bij, "een besluit verzenden of een bezwaar vastleggen")?;
    }
    let zaak = dossier.zaak(id).ok_or(Refusal::ZaakOnbekend(id))?;
    let beschikking = named(zaak, stap)?;
    let gang = beschikking.rechtsgang;
    let after = |wat: &'static str, known: Option<Date>, artikel| match known {
        Some(day) => not_before(bij.on, wat, day),
        None => Err(Refusal::Ontbreekt { stap: wat, artikel }),
    };
    match stap {
        Zaakstap::BesluitVerzonden { .. } => {
            if dossier.afgeschermd_op(bij.on) {
                return Err(StepRefusal::Afgeschermd("een brief").into());
            }
            not_before(bij.on, "het besluit", beschikking.op)?;
            once(gang.verzonden.is_some(), "de verzending van het besluit")
        }
        Zaakstap::BezwaarOntvangen { .. } => {
            not_before(bij.on, "het besluit", beschikking.op)?;
            once(gang.bezwaar.is_some(), "de ontvangst van het bezwaar")
        }
        Zaakstap::BezwaarBeslist { .. } => {
            after("het bezwaar", gang.bezwaar, "Awb, art. 7:10")?;
            once(gang.bezwaar_beslist.is_some(), "de beslissing op het bezwaar")
        }
        Zaakstap::BeroepIngesteld { .. } => {
            let decided = gang.bezwaar_beslist.map(|(day, _)| day);
            after("de beslissing op het bezwaar", decided, "Awb, art. 7:1")?;
            once(gang.beroep.is_some(), "het beroep")
        }
        _ => {
            after("het beroep", gang.beroep, "Awb, art. 8:70")?;
            once(gang.beroep_beslist.is_some(), "de uitspraak in beroep")
        }
    }
}

fn named<'a>(zaak: &'a Zaak, stap: &Zaakstap) -> Result<&'a Beschikking, Refusal> {
    let number = besluit_van(stap).unwrap_or(0);
    usize::from(number)
        .checked_sub(1)
        .and_then(|it| zaak.beschikkingen.get(it))
        .ok_or(StepRefusal::BesluitOnbekend(number).into())
}

fn once(done: bool, wat: &'static str) -> Result<bool, Refusal> {
    if done { Err(Refusal::AlGedaan(wat)) } else { Ok(true) }
}
