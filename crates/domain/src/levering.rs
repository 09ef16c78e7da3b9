//! The `levering`: real start and stop of delivery, as the provider reports. iWmo 305 and 307.

use jiff::civil::Date;

use crate::{Dossier, DossierEvent, Refusal, ToewijzingNummer, toewijzing::Toewijzing};

/// What the provider reported about delivery under one allocation.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Levering {
    /// No start was reported.
    #[default]
    NietGestart,
    /// Started and going on.
    Gestart {
        /// The stretches that ended before, oldest first.
        eerder: Vec<Leverperiode>,
        /// The first day of the present stretch.
        sinds: Date,
    },
    /// Stopped, for good or for a while.
    Gestopt {
        /// Every stretch, oldest first; the last one holds the reason of this stop.
        perioden: Vec<Leverperiode>,
    },
}

/// A stretch of delivery that ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Leverperiode {
    /// The first day of real delivery.
    pub van: Date,
    /// The last day of real delivery.
    pub tot_en_met: Date,
    /// Why it ended.
    pub reden: StopReden,
}

impl Levering {
    /// The first day on which anything was delivered.
    pub fn eerste_dag(&self) -> Option<Date> {
        match self {
            Levering::NietGestart => None,
            Levering::Gestart { eerder, sinds } => {
                Some(eerder.first().map_or(*sinds, |it| it.van.min(*sinds)))
            }
            Levering::Gestopt { perioden } => perioden.first().map(|it| it.van),
        }
    }

    /// The start of the stretch that goes on.
    pub fn lopend_sinds(&self) -> Option<Date> {
        match self {
            Levering::Gestart { sinds, .. } => Some(*sinds),
            Levering::NietGestart | Levering::Gestopt { .. } => None,
        }
    }

    /// The stretches that ended, oldest first.
    pub fn geeindigd(&self) -> &[Leverperiode] {
        match self {
            Levering::NietGestart => &[],
            Levering::Gestart { eerder, .. } => eerder,
            Levering::Gestopt { perioden } => perioden,
        }
    }
}

/// Folds the four things that messages report into the state of delivery. Cannot fail.
impl Levering {
    pub(crate) fn start(&mut self, op: Date) {
        *self = match std::mem::take(self) {
            Levering::NietGestart => Levering::Gestart { eerder: Vec::new(), sinds: op },
            Levering::Gestart { eerder, .. } => Levering::Gestart { eerder, sinds: op },
            Levering::Gestopt { perioden } => Levering::Gestart { eerder: perioden, sinds: op },
        };
    }

    pub(crate) fn stop(&mut self, periode: Leverperiode) {
        let mut perioden = match std::mem::take(self) {
            Levering::NietGestart => Vec::new(),
            Levering::Gestart { eerder, .. } => eerder,
            Levering::Gestopt { perioden } => perioden,
        };
        // A definitive stop may follow a temporary one over the same stretch. iWmo TR413-TR415.
        perioden.retain(|it| it.van != periode.van);
        perioden.push(periode);
        perioden.sort();
        *self = Levering::Gestopt { perioden };
    }

    pub(crate) fn verwijder_start(&mut self, begin: Date) {
        *self = match std::mem::take(self) {
            Levering::Gestart { eerder, sinds } if sinds == begin => Levering::geeindigde(eerder),
            Levering::Gestart { mut eerder, sinds } => {
                eerder.retain(|it| it.van != begin);
                Levering::Gestart { eerder, sinds }
            }
            Levering::Gestopt { mut perioden } => {
                perioden.retain(|it| it.van != begin);
                Levering::geeindigde(perioden)
            }
            Levering::NietGestart => Levering::NietGestart,
        };
    }

    pub(crate) fn verwijder_stop(&mut self, begin: Date) {
        *self = match std::mem::take(self) {
            Levering::Gestopt { mut perioden } => {
                let found = perioden.iter().position(|it| it.van == begin);
                match found.map(|at| perioden.remove(at)) {
                    Some(it) => Levering::Gestart { eerder: perioden, sinds: it.van },
                    None => Levering::geeindigde(perioden),
                }
            }
            Levering::Gestart { mut eerder, sinds } => {
                eerder.retain(|it| it.van != begin);
                Levering::Gestart { eerder, sinds }
            }
            Levering::NietGestart => Levering::NietGestart,
        };
    }

    fn geeindigde(perioden: Vec<Leverperiode>) -> Levering {
        if perioden.is_empty() { Levering::NietGestart } else { Levering::Gestopt { perioden } }
    }
}

/// Why delivery stopped. iWmo list WMO588.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StopReden {
    /// `02`: the client died.
    Overlijden,
    /// `19`: delivered as planned.
    VolgensPlan,
    /// `20`: for a while.
    Tijdelijk,
    /// `21`: ended by the client.
    DoorClient,
    /// `22`: ended by the provider.
    DoorAanbieder,
    /// `23`: ended early in agreement.
    InOverleg,
    /// `31`: moved to another municipality.
    Verhuizing,
    /// `36`: at the initiative of the municipality.
    DoorGemeente,
    /// `37`: because of a request for change.
    Wijzigingsverzoek,
    /// `38`: another provider.
    AndereAanbieder,
    /// `39`: to another domain, such as Wlz or Zvw.
    AnderDomein,
}

impl StopReden {
    /// Every reason, in the order of the list.
    pub const ALLE: [StopReden; 11] = [
        StopReden::Overlijden,
        StopReden::VolgensPlan,
        StopReden::Tijdelijk,
        StopReden::DoorClient,
        StopReden::DoorAanbieder,
        StopReden::InOverleg,
        StopReden::Verhuizing,
        StopReden::DoorGemeente,
        StopReden::Wijzigingsverzoek,
        StopReden::AndereAanbieder,
        StopReden::AnderDomein,
    ];

    /// The published code.
    pub const fn code(self) -> &'static str {
        match self {
            StopReden::Overlijden => "02",
            StopReden::VolgensPlan => "19",
            StopReden::Tijdelijk => "20",
            StopReden::DoorClient => "21",
            StopReden::DoorAanbieder => "22",
            StopReden::InOverleg => "23",
            StopReden::Verhuizing => "31",
            StopReden::DoorGemeente => "36",
            StopReden::Wijzigingsverzoek => "37",
            StopReden::AndereAanbieder => "38",
            StopReden::AnderDomein => "39",
        }
    }

    /// The reason with this published code.
    pub fn from_code(code: &str) -> Option<StopReden> {
        StopReden::ALLE.into_iter().find(|it| it.code() == code)
    }

    /// The words on a timeline.
    pub const fn naam(self) -> &'static str {
        match self {
            StopReden::Overlijden => "overlijden",
            StopReden::VolgensPlan => "volgens plan",
            StopReden::Tijdelijk => "tijdelijk",
            StopReden::DoorClient => "door de cliënt",
            StopReden::DoorAanbieder => "door de aanbieder",
            StopReden::InOverleg => "in overleg",
            StopReden::Verhuizing => "verhuizing",
            StopReden::DoorGemeente => "door de gemeente",
            StopReden::Wijzigingsverzoek => "wijzigingsverzoek",
            StopReden::AndereAanbieder => "andere aanbieder",
            StopReden::AnderDomein => "naar ander domein",
        }
    }
}

/// Writes down a reported start. One start at a time per allocation. iWmo TR326.
pub(crate) fn meld_start(
    dossier: &Dossier,
    nummer: ToewijzingNummer,
    op: Date,
) -> Result<Vec<DossierEvent>, Refusal> {
    let levering = &standing(dossier, nummer)?.levering;
    let known = levering.geeindigd().iter().any(|it| it.van == op);
    match levering.lopend_sinds() {
        Some(sinds) if sinds == op => Ok(Vec::new()),
        _ if known => Ok(Vec::new()),
        Some(sinds) => Err(Refusal::LeveringLoopt(sinds)),
        None => Ok(vec![DossierEvent::LeveringGestart { toewijzing: nummer }]),
    }
}

/// Takes back a reported start.
pub(crate) fn verwijder_gemelde_start(
    dossier: &Dossier,
    nummer: ToewijzingNummer,
    begin: Date,
) -> Result<Vec<DossierEvent>, Refusal> {
    let levering = &standing(dossier, nummer)?.levering;
    let ended = levering.geeindigd().iter().any(|it| it.van == begin);
    if levering.lopend_sinds() == Some(begin) || ended {
        return Ok(vec![DossierEvent::LeveringStartVerwijderd { toewijzing: nummer, begin }]);
    }
    Err(Refusal::LeveringOnbekend(begin))
}

/// Writes down a reported stop; a definitive one may follow a temporary one. iWmo TR413-TR415.
pub(crate) fn meld_stop(
    dossier: &Dossier,
    nummer: ToewijzingNummer,
    begin: Date,
    reden: StopReden,
    op: Date,
) -> Result<Vec<DossierEvent>, Refusal> {
    if op < begin {
        return Err(Refusal::EindeVoorBegin);
    }
    let levering = &standing(dossier, nummer)?.levering;
    let event = DossierEvent::LeveringGestopt { toewijzing: nummer, begin, reden };
    let ended = levering.geeindigd().iter().find(|it| it.van == begin);
    match ended {
        _ if levering.lopend_sinds() == Some(begin) => Ok(vec![event]),
        // A temporary stop that a definitive one has replaced is known too.
        Some(it) if it.tot_en_met == op && (it.reden == reden || reden == StopReden::Tijdelijk) => {
            Ok(Vec::new())
        }
        Some(it) if it.reden == StopReden::Tijdelijk && op >= it.tot_en_met => Ok(vec![event]),
        Some(_) => Err(Refusal::AlGedaan("de stop van deze levering")),
        None => Err(Refusal::LeveringOnbekend(begin)),
    }
}

/// Takes back a reported stop.
pub(crate) fn verwijder_gemelde_stop(
    dossier: &Dossier,
    nummer: ToewijzingNummer,
    begin: Date,
) -> Result<Vec<DossierEvent>, Refusal> {
    let levering = &standing(dossier, nummer)?.levering;
    if levering.geeindigd().iter().any(|it| it.van == begin) {
        return Ok(vec![DossierEvent::LeveringStopVerwijderd { toewijzing: nummer, begin }]);
    }
    Err(Refusal::LeveringOnbekend(begin))
}

fn standing(dossier: &Dossier, nummer: ToewijzingNummer) -> Result<&Toewijzing, Refusal> {
    let found = dossier.toewijzing(nummer).ok_or(Refusal::ToewijzingOnbekend(nummer))?;
    if found.telt() { Ok(found) } else { Err(Refusal::ToewijzingVerwijderd(nummer)) }
}
