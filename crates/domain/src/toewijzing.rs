//! The `toewijzing`: the order to a provider to deliver. iWmo 3.2, message 301.

use jiff::civil::Date;

use crate::{
    AanbiederId, Bedrag, Dossier, DossierEvent, Frequentie, Omvang, Periode, Productkeuze, Refusal,
    State, ToewijzingNummer, VoorzieningId,
};

/// What is ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Opdracht {
    /// The provision it carries out, if known.
    pub voorziening: Option<VoorzieningId>,
    /// Who delivers.
    pub aanbieder: AanbiederId,
    /// The product.
    pub product: Productkeuze,
    /// How much, or a budget.
    pub hoeveelheid: Hoeveelheid,
    /// From when to when.
    pub geldig: Periode,
}

/// How much is ordered: a volume, a budget, or what the provider finds needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Hoeveelheid {
    /// A volume of a unit per some time.
    Omvang(Omvang),
    /// An amount for the whole term.
    Budget(Bedrag),
    /// Neither; only without a product code.
    Open,
}

/// An allocation as it stands after all that happened to it, with its delivery.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Toewijzing {
    /// Its number.
    pub nummer: ToewijzingNummer,
    /// What is ordered, with end and quantity as they are now.
    pub opdracht: Opdracht,
    /// The day this version was decided. iWmo `Toewijzingsdatum`.
    pub toegewezen_op: Date,
    /// Whether it stands.
    pub status: Toewijzingstatus,
    /// What the provider reported.
    pub levering: crate::levering::Levering,
}

impl Toewijzing {
    /// Whether it counts; a removed one was never sent.
    pub fn telt(&self) -> bool {
        self.status != Toewijzingstatus::Verwijderd
    }
}

/// Whether an allocation stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Toewijzingstatus {
    /// As first given.
    Verstrekt,
    /// Changed, last for this reason.
    Gewijzigd(RedenWijziging),
    /// Should never have been sent: end equals start and reason 13. iWmo OP033x1.
    Verwijderd,
}

/// Why an allocation changed. iWmo list WMO002.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RedenWijziging {
    /// `02`: the client died.
    Overleden,
    /// `03`: new agreements in the contract.
    Contractwijziging,
    /// `04`: extended after reassessment.
    Verlenging,
    /// `05`: shortened, other product or volume after reassessment.
    Verkorting,
    /// `06`: to another domain, such as Wlz or Zvw.
    AnderDomein,
    /// `07`: moved to another municipality.
    Verhuizing,
    /// `08`: changed to a personal budget.
    Leveringsvorm,
    /// `09`: another provider.
    AndereAanbieder,
    /// `10`: another way of funding.
    Bekostiging,
    /// `11`: municipalities merged.
    Herindeling,
    /// `12`: asked for by the provider.
    DoorAanbieder,
    /// `13`: sent by mistake.
    Verwijderd,
    /// `14`: repair of a slip.
    AdministratieveCorrectie,
}

impl RedenWijziging {
    /// Every reason, in the order of the list.
    pub const ALLE: [RedenWijziging; 13] = [
        RedenWijziging::Overleden,
        RedenWijziging::Contractwijziging,
        RedenWijziging::Verlenging,
        RedenWijziging::Verkorting,
        RedenWijziging::AnderDomein,
        RedenWijziging::Verhuizing,
        RedenWijziging::Leveringsvorm,
        RedenWijziging::AndereAanbieder,
        RedenWijziging::Bekostiging,
        RedenWijziging::Herindeling,
        RedenWijziging::DoorAanbieder,
        RedenWijziging::Verwijderd,
        RedenWijziging::AdministratieveCorrectie,
    ];

    /// The published code.
    pub const fn code(self) -> &'static str {
        match self {
            RedenWijziging::Overleden => "02",
            RedenWijziging::Contractwijziging => "03",
            RedenWijziging::Verlenging => "04",
            RedenWijziging::Verkorting => "05",
            RedenWijziging::AnderDomein => "06",
            RedenWijziging::Verhuizing => "07",
            RedenWijziging::Leveringsvorm => "08",
            RedenWijziging::AndereAanbieder => "09",
            RedenWijziging::Bekostiging => "10",
            RedenWijziging::Herindeling => "11",
            RedenWijziging::DoorAanbieder => "12",
            RedenWijziging::Verwijderd => "13",
            RedenWijziging::AdministratieveCorrectie => "14",
        }
    }

    /// The reason with this published code.
    pub fn from_code(code: &str) -> Option<RedenWijziging> {
        RedenWijziging::ALLE.into_iter().find(|it| it.code() == code)
    }
}

/// Orders delivery. The same order under the same number changes nothing.
pub(crate) fn verstrek(
    state: &State,
    dossier: &Dossier,
    nummer: ToewijzingNummer,
    opdracht: Opdracht,
) -> Result<Vec<DossierEvent>, Refusal> {
    if !state.register.aanbieders.contains_key(&opdracht.aanbieder) {
        return Err(Refusal::NietInRegister("de aanbieder"));
    }
    if let Some(id) = opdracht.voorziening
        && !dossier.voorziening(id).is_some_and(|it| it.telt())
    {
        return Err(Refusal::VoorzieningOnbekend(id));
    }
    let known = dossier.toewijzing(nummer);
    match known {
        Some(it) if it.opdracht == opdracht => Ok(Vec::new()),
        Some(_) => Err(Refusal::ToewijzingBestaatAl(nummer)),
        None if state.client_van_toewijzing(nummer).is_some() => {
            Err(Refusal::ToewijzingBestaatAl(nummer))
        }
        None => Ok(vec![DossierEvent::ToewijzingVerstrekt { nummer, opdracht }]),
    }
}

/// Changes an order in what may change under one number. iWmo OP033x1.
///
/// The end may move, the volume only with frequency "total", the budget where there is one, and an
/// open quantity may become known; reason 13 removes the order and sets its end to its start.
pub(crate) fn wijzig(
    dossier: &Dossier,
    nummer: ToewijzingNummer,
    reden: RedenWijziging,
    (tot_en_met, omvang, budget): (Option<Date>, Option<Omvang>, Option<Bedrag>),
) -> Result<Vec<DossierEvent>, Refusal> {
    let known = dossier.toewijzing(nummer).ok_or(Refusal::ToewijzingOnbekend(nummer))?;
    if !known.telt() {
        return match reden {
            RedenWijziging::Verwijderd => Ok(Vec::new()),
            _ => Err(Refusal::ToewijzingVerwijderd(nummer)),
        };
    }
    let van = known.opdracht.geldig.van();
    if tot_en_met.is_some_and(|it| it < van) {
        return Err(Refusal::EindeVoorBegin);
    }
    if reden == RedenWijziging::Verwijderd && tot_en_met != Some(van) {
        return Err(Refusal::NieuwNummerNodig(
            "verwijderen met een andere einddatum dan het begin",
        ));
    }
    let hoeveelheid = match (known.opdracht.hoeveelheid, omvang, budget) {
        (oud, None, None) => oud,
        (Hoeveelheid::Omvang(oud), Some(nieuw), None) if oud == nieuw => Hoeveelheid::Omvang(oud),
        (Hoeveelheid::Omvang(oud), Some(nieuw), None)
            if oud.frequentie == Frequentie::Totaal && with_volume(oud, nieuw) == nieuw =>
        {
            Hoeveelheid::Omvang(nieuw)
        }
        (Hoeveelheid::Budget(_), None, Some(nieuw)) => Hoeveelheid::Budget(nieuw),
        // An order that is known from a start report only learns its quantity later.
        (Hoeveelheid::Open, Some(nieuw), None) => Hoeveelheid::Omvang(nieuw),
        (Hoeveelheid::Open, None, Some(nieuw)) => Hoeveelheid::Budget(nieuw),
        _ => return Err(Refusal::NieuwNummerNodig("een andere omvang")),
    };
    let same_end = known.opdracht.geldig.tot_en_met() == tot_en_met;
    if same_end
        && hoeveelheid == known.opdracht.hoeveelheid
        && known.status == Toewijzingstatus::Gewijzigd(reden)
    {
        return Ok(Vec::new());
    }
    Ok(vec![DossierEvent::ToewijzingGewijzigd { nummer, reden, tot_en_met, omvang, budget }])
}

fn with_volume(oud: Omvang, nieuw: Omvang) -> Omvang {
    Omvang { volume: nieuw.volume, ..oud }
}
