//! The `melding`: a request for support in any form, by or for anyone. Wmo 2015, art. 2.3.2 lid 1.

use jiff::civil::Date;

use crate::{
    Actor, Clientgegevens, Dossier, DossierEvent, Functie, Omstandigheid, PilotId, Refusal, State,
    ZaakId,
};

/// What is known of a request for support; the client's words lie outside the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Melding {
    /// How it came in.
    pub kanaal: Kanaal,
    /// Who made it.
    pub melder: Melder,
    /// Whether a decision is needed at once. Wmo 2015, art. 2.3.3.
    pub spoed: bool,
    /// The pilot under which it is handled.
    pub pilot: Option<PilotId>,
}

/// A request with the day it was received and who wrote it down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OntvangenMelding {
    /// The day of receipt; the six weeks run from here.
    pub op: Date,
    /// What is known of it.
    pub melding: Melding,
    /// Who registered it.
    pub door: Actor,
}

/// How a request came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kanaal {
    /// By telephone.
    Telefoon,
    /// At the counter.
    Balie,
    /// By e-mail or web form.
    Digitaal,
    /// By letter.
    Brief,
    /// Found by the team itself, going out into the wijk.
    Outreach,
}

impl Kanaal {
    /// Every channel.
    pub const ALLE: [Kanaal; 5] =
        [Kanaal::Telefoon, Kanaal::Balie, Kanaal::Digitaal, Kanaal::Brief, Kanaal::Outreach];

    /// The word a civil servant uses.
    pub const fn naam(self) -> &'static str {
        match self {
            Kanaal::Telefoon => "telefoon",
            Kanaal::Balie => "balie",
            Kanaal::Digitaal => "digitaal",
            Kanaal::Brief => "brief",
            Kanaal::Outreach => "outreach",
        }
    }
}

/// Who made a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Melder {
    /// The client.
    Client,
    /// Family, friends or neighbours.
    Netwerk,
    /// The general practitioner.
    Huisarts,
    /// A hospital.
    Ziekenhuis,
    /// A school.
    School,
    /// The police.
    Politie,
    /// A provider of support.
    Aanbieder,
    /// The municipality itself: contact centre, team or another department.
    Gemeente,
    /// Somebody else.
    Overig,
}

impl Melder {
    /// Every source.
    pub const ALLE: [Melder; 9] = [
        Melder::Client,
        Melder::Netwerk,
        Melder::Huisarts,
        Melder::Ziekenhuis,
        Melder::School,
        Melder::Politie,
        Melder::Aanbieder,
        Melder::Gemeente,
        Melder::Overig,
    ];

    /// The word a civil servant uses.
    pub const fn naam(self) -> &'static str {
        match self {
            Melder::Client => "cliënt",
            Melder::Netwerk => "familie of netwerk",
            Melder::Huisarts => "huisarts",
            Melder::Ziekenhuis => "ziekenhuis",
            Melder::School => "school",
            Melder::Politie => "politie",
            Melder::Aanbieder => "aanbieder",
            Melder::Gemeente => "gemeente",
            Melder::Overig => "overig",
        }
    }
}

/// Writes down the coarse facts about the client, if they say something new.
pub(crate) fn stel_gegevens_vast(
    state: &State,
    dossier: &Dossier,
    gegevens: Clientgegevens,
    bij: &Omstandigheid,
) -> Result<Vec<DossierEvent>, Refusal> {
    if gegevens.wijk.is_some_and(|wijk| !state.register.wijken.contains_key(&wijk)) {
        return Err(Refusal::NietInRegister("de wijk"));
    }
    let known = dossier.gegevens.iter().rev().find(|(sinds, _)| *sinds <= bij.on);
    if known.is_some_and(|(_, it)| *it == gegevens) {
        return Ok(Vec::new());
    }
    Ok(vec![DossierEvent::GegevensVastgesteld(gegevens)])
}

/// Opens a case. Anyone of the access may write down a request, for anyone. Art. 2.3.2 lid 1.
pub(crate) fn ontvang(
    state: &State,
    dossier: &Dossier,
    zaak: ZaakId,
    (kanaal, melder, spoed): (Kanaal, Melder, bool),
    bij: &Omstandigheid,
) -> Result<Vec<DossierEvent>, Refusal> {
    if let Some(hoedanigheid) = bij.actor.hoedanigheid()
        && !mag_melding_vastleggen(hoedanigheid.functie)
    {
        let functie = Some(hoedanigheid.functie);
        return Err(Refusal::FunctieMagNiet { functie, handeling: "een melding vastleggen" });
    }
    if state.client_van_zaak(zaak).is_some() {
        return Err(Refusal::ZaakBestaatAl(zaak));
    }
    let wijk = dossier.gegevens_op(bij.on).and_then(|it| it.wijk);
    let pilot = wijk.and_then(|it| state.register.pilot(it, bij.on)).map(|it| it.id);
    let melding = Melding { kanaal, melder, spoed, pilot };
    Ok(vec![DossierEvent::MeldingOntvangen { zaak, melding }])
}

const fn mag_melding_vastleggen(functie: Functie) -> bool {
    matches!(
        functie,
        Functie::KccMedewerker
            | Functie::Intaker
            | Functie::Consulent
            | Functie::Wijkcoach
            | Functie::Wijkverpleegkundige
            | Functie::Welzijnsmedewerker
            | Functie::Teammanager
    )
}
