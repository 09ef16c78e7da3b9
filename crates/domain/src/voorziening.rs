//! The `maatwerkvoorziening` that was granted: what, how much, how delivered, from when to when.

use jiff::civil::Date;

use crate::{
    AanbiederId, Actor, Bedrag, Dossier, DossierEvent, Kenmerk, Omstandigheid, Omvang, Periode,
    Productkeuze, Refusal, State, TeamId, VoorzieningId, ZaakId, besluit, vervolg::Vervolg,
};

/// What was granted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Voorziening {
    /// The product.
    pub product: Productkeuze,
    /// How it is delivered.
    pub vorm: Leveringsvorm,
    /// How much; absent where a budget is granted.
    pub omvang: Option<Omvang>,
    /// From when to when.
    pub geldig: Periode,
    /// Why it is only a bridge to something else, if it is.
    pub tijdelijk: Option<TijdelijkeGrond>,
}

/// How support is delivered. Wmo 2015, art. 2.3.6.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Leveringsvorm {
    /// In kind, by a provider under contract.
    Zin {
        /// The provider, once chosen.
        aanbieder: Option<AanbiederId>,
    },
    /// A personal budget, paid by the SVB.
    Pgb {
        /// The budget for a full year.
        jaarbedrag: Bedrag,
    },
}

impl Leveringsvorm {
    /// The provider, if support in kind has one.
    pub const fn aanbieder(self) -> Option<AanbiederId> {
        match self {
            Leveringsvorm::Zin { aanbieder } => aanbieder,
            Leveringsvorm::Pgb { .. } => None,
        }
    }

    /// The word in a table.
    pub const fn naam(self) -> &'static str {
        match self {
            Leveringsvorm::Zin { .. } => "ZIN",
            Leveringsvorm::Pgb { .. } => "Pgb",
        }
    }
}

/// Why a grant is only a bridge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TijdelijkeGrond {
    /// A general provision would do, but has a waiting list.
    WachtlijstAlgemeneVoorziening,
    /// Help could not wait for the enquiry. Wmo 2015, art. 2.3.3.
    Spoed,
}

/// A granted provision in a dossier, as it stands after all that happened to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BeschikteVoorziening {
    /// Its key within the dossier.
    pub id: VoorzieningId,
    /// What was granted, with the end as it is now.
    pub voorziening: Voorziening,
    /// The day it was decided or taken over.
    pub besloten_op: Date,
    /// The team that decided.
    pub team: Option<TeamId>,
    /// Who decided, or who wrote it down when it was taken over.
    pub door: Actor,
    /// Where it comes from.
    pub herkomst: Herkomst,
    /// Whether and how it ended.
    pub status: Voorzieningstatus,
    /// What was agreed and done since.
    pub vervolg: Vervolg,
}

impl BeschikteVoorziening {
    /// Whether it counts; one that was granted by mistake never existed.
    pub fn telt(&self) -> bool {
        self.status != Voorzieningstatus::Vervallen
    }
}

/// Where a provision in a dossier comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Herkomst {
    /// Decided in this case.
    Besluit(ZaakId),
    /// A right under the former law, taken over in 2015. Wmo 2015, art. 8.1 to 8.4.
    Overgangsrecht(Kenmerk),
    /// Read from the system used before.
    VorigSysteem(Kenmerk),
    /// Implied by an allocation in a message.
    Bericht(Kenmerk),
}

impl Herkomst {
    /// The fingerprint of the outside key, where it was taken over.
    pub const fn kenmerk(self) -> Option<Kenmerk> {
        match self {
            Herkomst::Besluit(_) => None,
            Herkomst::Overgangsrecht(kenmerk)
            | Herkomst::VorigSysteem(kenmerk)
            | Herkomst::Bericht(kenmerk) => Some(kenmerk),
        }
    }
}

/// Whether and how a provision ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Voorzieningstatus {
    /// Runs until its last day.
    Loopt,
    /// Ended before its last day, for this reason; the last day was moved.
    Beeindigd(EindeReden),
    /// Was a mistake and never counts.
    Vervallen,
}

/// Why a provision ended early.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EindeReden {
    /// The client died.
    Overlijden,
    /// The client moved to another municipality.
    Verhuizing,
    /// The Wet langdurige zorg took over.
    NaarWlz,
    /// The Zorgverzekeringswet took over.
    NaarZvw,
    /// A general provision took over.
    NaarAlgemeneVoorziening,
    /// Not needed any more: the client manages.
    DoelBereikt,
    /// Another provision replaced it.
    Vervangen,
    /// The client ended it.
    OpVerzoek,
    /// Withdrawn by the municipality. Wmo 2015, art. 2.3.10.
    Ingetrokken,
}

impl EindeReden {
    /// Every reason.
    pub const ALLE: [EindeReden; 9] = [
        EindeReden::Overlijden,
        EindeReden::Verhuizing,
        EindeReden::NaarWlz,
        EindeReden::NaarZvw,
        EindeReden::NaarAlgemeneVoorziening,
        EindeReden::DoelBereikt,
        EindeReden::Vervangen,
        EindeReden::OpVerzoek,
        EindeReden::Ingetrokken,
    ];

    /// The words in a table.
    pub const fn naam(self) -> &'static str {
        match self {
            EindeReden::Overlijden => "overlijden",
            EindeReden::Verhuizing => "verhuizing",
            EindeReden::NaarWlz => "naar Wlz",
            EindeReden::NaarZvw => "naar Zvw",
            EindeReden::NaarAlgemeneVoorziening => "naar algemene voorziening",
            EindeReden::DoelBereikt => "doel bereikt",
            EindeReden::Vervangen => "vervangen",
            EindeReden::OpVerzoek => "op verzoek van de cliënt",
            EindeReden::Ingetrokken => "ingetrokken",
        }
    }
}

/// Takes over a provision decided elsewhere; known by its fingerprint, it is brought up to date.
pub(crate) fn neem_over(
    dossier: &Dossier,
    voorziening: Voorziening,
    team: Option<TeamId>,
    herkomst: Herkomst,
) -> Result<Vec<DossierEvent>, Refusal> {
    let kenmerk = herkomst.kenmerk();
    let known = dossier
        .voorzieningen
        .iter()
        .find(|it| kenmerk.is_some() && it.herkomst.kenmerk() == kenmerk);
    Ok(match known {
        None => {
            let id = dossier.next_voorziening();
            vec![DossierEvent::VoorzieningOvergenomen { id, voorziening, team, herkomst }]
        }
        Some(it) if it.voorziening == voorziening => Vec::new(),
        Some(it) => vec![DossierEvent::VoorzieningGecorrigeerd { id: it.id, voorziening }],
    })
}

/// Describes a provision anew, if that says something new.
pub(crate) fn corrigeer(
    dossier: &Dossier,
    id: VoorzieningId,
    voorziening: Voorziening,
) -> Result<Vec<DossierEvent>, Refusal> {
    let known = standing(dossier, id)?;
    if known.voorziening == voorziening {
        return Ok(Vec::new());
    }
    Ok(vec![DossierEvent::VoorzieningGecorrigeerd { id, voorziening }])
}

/// Ends a provision; of the staff only who has a mandate. Wmo 2015, art. 2.3.10; Awb, art. 10:3.
pub(crate) fn beeindig(
    state: &State,
    dossier: &Dossier,
    (id, per, reden): (VoorzieningId, Date, EindeReden),
    bij: &Omstandigheid,
) -> Result<Vec<DossierEvent>, Refusal> {
    if bij.actor.hoedanigheid().is_some() {
        besluit::mandated(state, &bij.actor, Bedrag::NUL, bij.on)?;
    }
    let known = standing(dossier, id)?;
    if per < known.voorziening.geldig.van() {
        return Err(Refusal::EindeVoorBegin);
    }
    let same = known.voorziening.geldig.tot_en_met() == Some(per);
    if same && known.status == Voorzieningstatus::Beeindigd(reden) {
        return Ok(Vec::new());
    }
    Ok(vec![DossierEvent::VoorzieningBeeindigd { id, per, reden }])
}

/// Withdraws a provision that was a mistake.
pub(crate) fn laat_vervallen(
    dossier: &Dossier,
    id: VoorzieningId,
) -> Result<Vec<DossierEvent>, Refusal> {
    standing(dossier, id)?;
    Ok(vec![DossierEvent::VoorzieningVervallen { id }])
}

fn standing(dossier: &Dossier, id: VoorzieningId) -> Result<&BeschikteVoorziening, Refusal> {
    dossier.voorziening(id).filter(|it| it.telt()).ok_or(Refusal::VoorzieningOnbekend(id))
}
