//! The `beschikking`: the written decision on an aanvraag. Wmo 2015, art. 2.3.5 lid 2.

use jiff::civil::Date;

use crate::{
    Actor, Bedrag, Dossier, DossierEvent, Functie, Leveringsvorm, Omstandigheid, Refusal, State,
    Voorziening, VoorzieningId, Zaak, ZaakId, Zaakstap, bezwaar::Rechtsgang, cta,
    intake::not_before, kosten, refusal::StepRefusal, termijn, voorstel, voorstel::Afwijkgrond,
};

/// A decision with the day it was given and who took it, in which capacity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Beschikking {
    /// The day it was given.
    pub op: Date,
    /// What was decided.
    pub uitkomst: Uitkomst,
    /// What was granted.
    pub voorzieningen: Vec<VoorzieningId>,
    /// Who decided.
    pub door: Actor,
    /// Why it differs from the advice, where it does.
    pub afwijking: Option<Afwijkgrond>,
    /// What became of it after it was taken.
    pub rechtsgang: Rechtsgang,
}

/// What was decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Uitkomst {
    /// Granted as asked.
    Toegekend,
    /// Granted in part.
    GedeeltelijkToegekend,
    /// Refused.
    Afgewezen(Afwijzingsgrond),
    /// Not dealt with for want of data. Awb, art. 4:5.
    BuitenBehandeling,
    /// The client withdrew the aanvraag before a decision on what was asked.
    Ingetrokken,
}

impl Uitkomst {
    /// Whether something was granted.
    pub const fn kent_toe(self) -> bool {
        matches!(self, Uitkomst::Toegekend | Uitkomst::GedeeltelijkToegekend)
    }

    /// The words in a letter or table.
    pub const fn naam(self) -> &'static str {
        match self {
            Uitkomst::Toegekend => "toegekend",
            Uitkomst::GedeeltelijkToegekend => "gedeeltelijk toegekend",
            Uitkomst::Afgewezen(_) => "afgewezen",
            Uitkomst::BuitenBehandeling => "buiten behandeling gesteld",
            Uitkomst::Ingetrokken => "ingetrokken door de cliënt",
        }
    }
}

/// Why support was refused, in the order in which the law asks. Wmo 2015, art. 2.3.5 lid 3 and 6.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Afwijzingsgrond {
    /// The client can manage.
    EigenKracht,
    /// Ordinary goods of a shop are enough.
    AlgemeenGebruikelijk,
    /// Housemates can be expected to help.
    GebruikelijkeHulp,
    /// Informal carers or the network help.
    MantelzorgOfNetwerk,
    /// A general provision is enough.
    AlgemeneVoorziening,
    /// Another law provides: Wlz, Zvw, Jeugdwet or Participatiewet.
    AndereWet,
    /// The client does not live in the municipality. Wmo 2015, art. 2.3.5 lid 1.
    GeenIngezetene,
}

impl Afwijzingsgrond {
    /// Every ground, in the order of the law.
    pub const ALLE: [Afwijzingsgrond; 7] = [
        Afwijzingsgrond::EigenKracht,
        Afwijzingsgrond::AlgemeenGebruikelijk,
        Afwijzingsgrond::GebruikelijkeHulp,
        Afwijzingsgrond::MantelzorgOfNetwerk,
        Afwijzingsgrond::AlgemeneVoorziening,
        Afwijzingsgrond::AndereWet,
        Afwijzingsgrond::GeenIngezetene,
    ];

    /// The words in a letter or table.
    pub const fn naam(self) -> &'static str {
        match self {
            Afwijzingsgrond::EigenKracht => "eigen kracht",
            Afwijzingsgrond::AlgemeenGebruikelijk => "algemeen gebruikelijke voorziening",
            Afwijzingsgrond::GebruikelijkeHulp => "gebruikelijke hulp",
            Afwijzingsgrond::MantelzorgOfNetwerk => "mantelzorg of netwerk",
            Afwijzingsgrond::AlgemeneVoorziening => "algemene voorziening",
            Afwijzingsgrond::AndereWet => "andere wet",
            Afwijzingsgrond::GeenIngezetene => "geen ingezetene",
        }
    }
}

/// How many weeks a decision may take, from the aanvraag. Wmo 2015, art. 2.3.5 lid 2.
pub const TERMIJN_WEKEN: u8 = 2;

/// The last day on which a decision on an aanvraag of this day is still in time.
///
/// `opgeschort_dagen` are the days during which the term stood still. Awb, art. 4:15.
pub fn uiterste_dag(aanvraag: Date, opgeschort_dagen: u32) -> Date {
    termijn::uiterste_dag(aanvraag, TERMIJN_WEKEN, opgeschort_dagen)
}

/// Decides, in the name of the college. Art. 2.3.5, or art. 2.3.3 in an emergency.
///
/// Only a person with a mandate decides, never an intaker; the report and the aanvraag come first
/// unless it is an emergency; support in kind needs a contract and a tariff.
pub(crate) fn geef(
    state: &State,
    dossier: &Dossier,
    id: ZaakId,
    (uitkomst, voorzieningen, afwijking): (Uitkomst, &[Voorziening], Option<Afwijkgrond>),
    bij: &Omstandigheid,
) -> Result<Vec<DossierEvent>, Refusal> {
    let zaak = dossier.open_zaak(id)?;
    prepared(zaak, uitkomst, bij)?;
    if uitkomst.kent_toe() == voorzieningen.is_empty() {
        return Err(Refusal::VoorzieningenPassenNiet);
    }
    let mut waarde = Bedrag::NUL;
    for it in voorzieningen {
        deliverable(state, it)?;
        voorstel::bridge_has_an_end(it)?;
        waarde += kosten::waarde_over_looptijd(&state.register, it).ok_or(Refusal::GeenTarief)?;
        if let Some(own) = voorstel::own_provider(state, zaak, it, bij) {
            return Err(StepRefusal::EigenAanbieder(own).into());
        }
    }
    mandated(state, &bij.actor, waarde, bij.on)?;
    advised(state, zaak, (uitkomst, voorzieningen, afwijking), bij)?;
    let first = dossier.next_voorziening().0;
    let voorzieningen = (first..).map(VoorzieningId).zip(voorzieningen.iter().copied()).collect();
    let deviates =
        |grond| DossierEvent::StapGezet { zaak: id, stap: Zaakstap::VanAdviesAfgeweken(grond) };
    let decision = DossierEvent::BeschikkingAfgegeven { zaak: id, uitkomst, voorzieningen };
    Ok(core::iter::once(decision).chain(afwijking.map(deviates)).collect())
}

/// Identity, report and aanvraag come first, unless it is an emergency. Art. 2.3.3 to 2.3.5.
fn prepared(zaak: &Zaak, uitkomst: Uitkomst, bij: &Omstandigheid) -> Result<(), Refusal> {
    if zaak.melding.melding.spoed && zaak.beschikkingen.is_empty() {
        not_before(bij.on, "de melding", zaak.melding.op)?;
    } else {
        let Some(verslag) = zaak.verslag else {
            let artikel = "Wmo 2015, art. 2.3.2 lid 8";
            return Err(Refusal::Ontbreekt { stap: "het verslag aan de cliënt", artikel });
        };
        not_before(bij.on, "het verslag", verslag.verzonden_op)?;
        let Some(aanvraag) = zaak.aanvraag else {
            let artikel = "Wmo 2015, art. 2.3.5 lid 2";
            return Err(Refusal::Ontbreekt { stap: "de aanvraag", artikel });
        };
        not_before(bij.on, "de aanvraag", aanvraag)?;
        if zaak.stappen.identiteit.is_none() && uitkomst.kent_toe() {
            let artikel = "Wmo 2015, art. 2.3.4";
            return Err(Refusal::Ontbreekt { stap: "de vaststelling van de identiteit", artikel });
        }
    }
    Ok(())
}

/// The decision follows the advice or says why not; who advised does not decide, where so chosen.
fn advised(
    state: &State,
    zaak: &Zaak,
    (uitkomst, voorzieningen, afwijking): (Uitkomst, &[Voorziening], Option<Afwijkgrond>),
    bij: &Omstandigheid,
) -> Result<(), Refusal> {
    let four_eyes = state.register.instellingen.vier_ogen(bij.on);
    match zaak.voorstel() {
        None if four_eyes && uitkomst != Uitkomst::Ingetrokken => {
            let artikel = "instelling vier ogen van de gemeente";
            return Err(Refusal::Ontbreekt { stap: "het voorstel van een collega", artikel });
        }
        Some(it) if four_eyes && cta::same_person(&it.door, &bij.actor) => {
            return Err(StepRefusal::EigenVoorstel.into());
        }
        _ => {}
    }
    if uitkomst != Uitkomst::Ingetrokken {
        cta::reviewed(state, zaak, bij.on)?;
    }
    match cta::advies(zaak) {
        Some(advies) if advies != (uitkomst, voorzieningen) && afwijking.is_none() => {
            Err(StepRefusal::AfwijkingZonderGrond.into())
        }
        _ => Ok(()),
    }
}
/// Support in kind needs a provider under contract on its first day.
pub(crate) fn deliverable(state: &State, voorziening: &Voorziening) -> Result<(), Refusal> {
    match voorziening.vorm {
        Leveringsvorm::Pgb { .. } => Ok(()),
        Leveringsvorm::Zin { aanbieder: None } => Err(Refusal::NietInRegister("de aanbieder")),
        Leveringsvorm::Zin { aanbieder: Some(it) } => {
            let contracted = state.register.gecontracteerd(it, voorziening.geldig.van());
            if contracted {
                Ok(())
            } else {
                Err(Refusal::NietInRegister("een contract met de aanbieder"))
            }
        }
    }
}

/// Refuse by default: a mandate must name the function, and reach the value. Awb, art. 10:3.
pub(crate) fn mandated(
    state: &State,
    actor: &Actor,
    waarde: Bedrag,
    op: Date,
) -> Result<(), Refusal> {
    let Some(wie) = actor.hoedanigheid() else {
        return Err(Refusal::FunctieMagNiet { functie: None, handeling: "besluiten" });
    };
    if wie.functie == Functie::Intaker {
        let functie = Some(wie.functie);
        return Err(Refusal::FunctieMagNiet { functie, handeling: "indiceren" });
    }
    let limits: Vec<Option<Bedrag>> =
        state.register.mandaten_van(wie, op).map(|it| it.tot).collect();
    if limits.iter().any(|it| it.is_none_or(|limit| waarde <= limit)) {
        return Ok(());
    }
    match limits.into_iter().flatten().max() {
        Some(tot) => Err(Refusal::BovenMandaat { waarde, tot }),
        None => Err(Refusal::GeenMandaat(wie.functie)),
    }
}
