//! The proposal: the advice on which a decision rests, with its price and its norm.
//!
//! Advice and decision are two records. Somebody who works for a provider advises only, and that
//! provider does not deliver in the case unless somebody with a mandate allows it.

use jiff::civil::Date;

use crate::{
    AanbiederId, Actor, Bedrag, Dossier, Leveringsvorm, Omstandigheid, Refusal, State, Voorziening,
    Zaak, ZaakId, besluit,
    besluit::Uitkomst,
    kader::{Conclusie, Normafwijking},
    kosten,
    onderzoek::{self, Onderzoek},
    refusal::StepRefusal,
};

/// What is proposed.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Voorstel {
    /// The outcome that is advised.
    pub uitkomst: Uitkomst,
    /// What is proposed to grant.
    pub voorzieningen: Vec<Voorziening>,
    /// Why a volume lies outside the norm, where one does.
    pub normafwijking: Option<Normafwijking>,
}

/// A proposal with the day and who made it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GedaanVoorstel {
    /// The day.
    pub op: Date,
    /// What is proposed.
    pub voorstel: Voorstel,
    /// Who proposes.
    pub door: Actor,
}

/// Why a provider that would be excluded may deliver after all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Uitzonderingsgrond {
    /// No other provider can deliver this.
    EnigeAanbieder,
    /// The client asks for it, knowing of the tie.
    WensVanClient,
    /// The provider delivers to this client already.
    Continuiteit,
}

impl Uitzonderingsgrond {
    /// Every ground.
    pub const ALLE: [Uitzonderingsgrond; 3] = [
        Uitzonderingsgrond::EnigeAanbieder,
        Uitzonderingsgrond::WensVanClient,
        Uitzonderingsgrond::Continuiteit,
    ];

    /// The words on a form.
    pub const fn naam(self) -> &'static str {
        match self {
            Uitzonderingsgrond::EnigeAanbieder => "geen andere aanbieder kan dit leveren",
            Uitzonderingsgrond::WensVanClient => "wens van de cliënt",
            Uitzonderingsgrond::Continuiteit => "levert al aan deze cliënt",
        }
    }
}

/// Why a decision differs from the advice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Afwijkgrond {
    /// The framework leads elsewhere.
    Kader,
    /// The volume is not shown to be needed.
    OmvangNietOnderbouwd,
    /// Something lighter or general is enough.
    LichterAlternatief,
    /// More is needed than was advised.
    MeerNodig,
    /// The facts changed after the advice.
    NieuweFeiten,
    /// Another reason, written down outside the log.
    Anders,
}

impl Afwijkgrond {
    /// Every ground.
    pub const ALLE: [Afwijkgrond; 6] = [
        Afwijkgrond::Kader,
        Afwijkgrond::OmvangNietOnderbouwd,
        Afwijkgrond::LichterAlternatief,
        Afwijkgrond::MeerNodig,
        Afwijkgrond::NieuweFeiten,
        Afwijkgrond::Anders,
    ];

    /// The words on a form.
    pub const fn naam(self) -> &'static str {
        match self {
            Afwijkgrond::Kader => "het beoordelingskader leidt tot iets anders",
            Afwijkgrond::OmvangNietOnderbouwd => "de omvang is niet onderbouwd",
            Afwijkgrond::LichterAlternatief => "iets lichters of algemeens is genoeg",
            Afwijkgrond::MeerNodig => "er is meer nodig",
            Afwijkgrond::NieuweFeiten => "nieuwe feiten",
            Afwijkgrond::Anders => "anders, zie de toelichting",
        }
    }
}

/// Lets a proposal through: by somebody who may investigate, after the enquiry, with its price.
pub(crate) fn leg_vast(
    state: &State,
    dossier: &Dossier,
    id: ZaakId,
    voorstel: &Voorstel,
    bij: &Omstandigheid,
) -> Result<bool, Refusal> {
    onderzoek::may_investigate(bij)?;
    let zaak = dossier.open_zaak(id)?;
    if !matches!(zaak.onderzoek, Onderzoek::Afgerond { .. }) && !zaak.melding.melding.spoed {
        return Err(Refusal::Ontbreekt {
            stap: "de afronding van het onderzoek",
            artikel: "Wmo 2015, art. 2.3.2 lid 4",
        });
    }
    walked(state, zaak, bij)?;
    if voorstel.uitkomst.kent_toe() == voorstel.voorzieningen.is_empty() {
        return Err(Refusal::VoorzieningenPassenNiet);
    }
    for it in &voorstel.voorzieningen {
        besluit::deliverable(state, it)?;
        bridge_has_an_end(it)?;
        kosten::waarde_over_looptijd(&state.register, it).ok_or(Refusal::GeenTarief)?;
        if let Some(own) = own_provider(state, zaak, it, bij) {
            return Err(StepRefusal::EigenAanbieder(own).into());
        }
        if voorstel.normafwijking.is_none() && !fits_norm(state, it, bij.on) {
            return Err(StepRefusal::BuitenNorm.into());
        }
    }
    Ok(zaak.voorstel().map(|it| &it.voorstel) != Some(voorstel))
}

/// Allows a provider that would be excluded; only who may decide on the case itself.
pub(crate) fn sta_aanbieder_toe(
    state: &State,
    dossier: &Dossier,
    id: ZaakId,
    aanbieder: AanbiederId,
    bij: &Omstandigheid,
) -> Result<bool, Refusal> {
    let zaak = dossier.open_zaak(id)?;
    if !state.register.aanbieders.contains_key(&aanbieder) {
        return Err(Refusal::NietInRegister("de aanbieder"));
    }
    besluit::mandated(state, &bij.actor, Bedrag::NUL, bij.on)?;
    Ok(!zaak.uitzonderingen.iter().any(|(known, ..)| *known == aanbieder))
}

/// Where a framework is in force, it is walked through before anything is proposed.
fn walked(state: &State, zaak: &Zaak, bij: &Omstandigheid) -> Result<(), Refusal> {
    if state.register.kader_op(bij.on).is_none() || zaak.melding.melding.spoed {
        return Ok(());
    }
    let conclusion = zaak.kader.as_ref().and_then(|it| {
        let kader = state.register.kaders.iter().find(|(_, known)| known.id == it.doorloop.kader);
        kader.map(|(_, known)| known.doorloop(&it.doorloop.antwoorden).conclusie)
    });
    match conclusion {
        None | Some(Conclusie::Onvolledig) => Err(Refusal::Ontbreekt {
            stap: "een volledig doorlopen beoordelingskader",
            artikel: "Wmo 2015, art. 2.3.5 lid 3",
        }),
        Some(_) => Ok(()),
    }
}

/// A grant that is only a bridge has a last day.
pub(crate) fn bridge_has_an_end(voorziening: &Voorziening) -> Result<(), Refusal> {
    if voorziening.tijdelijk.is_some() && voorziening.geldig.tot_en_met().is_none() {
        return Err(StepRefusal::TijdelijkZonderEinde.into());
    }
    Ok(())
}

/// The provider of a provision, where the one who acts is affiliated to it and it was not allowed.
pub(crate) fn own_provider(
    state: &State,
    zaak: &Zaak,
    voorziening: &Voorziening,
    bij: &Omstandigheid,
) -> Option<AanbiederId> {
    let own = bij.actor.hoedanigheid()?.verbonden_aan?;
    let Leveringsvorm::Zin { aanbieder: Some(chosen) } = voorziening.vorm else { return None };
    let allowed = zaak.uitzonderingen.iter().any(|(known, ..)| *known == own);
    let excluded = state.register.instellingen.eigen_aanbieder_uitgesloten(bij.on);
    (excluded && own == chosen && !allowed).then_some(own)
}

/// Whether the volume lies within the norm of the framework in force; no norm fits everything.
pub fn fits_norm(state: &State, voorziening: &Voorziening, op: Date) -> bool {
    let norm = voorziening
        .product
        .code()
        .and_then(|code| state.register.kader_op(op).and_then(|it| it.norm(code)));
    match (norm, voorziening.omvang) {
        (Some(norm), Some(omvang)) => norm.past(&omvang),
        _ => true,
    }
}
