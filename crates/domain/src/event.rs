//! Everything that can happen, on one page.
//!
//! Events are facts: never changed or removed; a mistake is corrected by a new event. They hold no
//! name of a person, no address, no BSN and no free text. Organisations, teams and products are
//! named in the register; persons lie in `store`, outside the log.

use jiff::{Timestamp, civil::Date};

use crate::{
    Actor, AlgemeneVoorzieningId, Bedrag, ClientId, Clientgegevens, ContractId, Leeftijdsgroep,
    MandaatId, MedewerkerId, Omvang, Product, TeamId, ToewijzingNummer, Vervolgstap, Voorziening,
    VoorzieningId, WijkId, ZaakId, Zaakstap,
    algemeen::AlgemeneVoorziening,
    besluit::Uitkomst,
    declaratie::Prestatie,
    inrichting::Inrichting,
    intake::IntakeUitkomst,
    levering::StopReden,
    mandaat::Mandaat,
    medewerker::Aanstelling,
    melding::Melding,
    organisatie::{Aanbieder, Contract, Gemeente, Pilot, Reeksbreuk, Team, Wijk},
    register::Tarief,
    sluiting::Sluitreden,
    termijn::Opschortingsgrond,
    toewijzing::{Opdracht, RedenWijziging},
    voorziening::{EindeReden, Herkomst},
};

/// What happened, when it happened, when it was recorded and who did it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its place in the log, from 1.
    pub sequence: u64,
    /// Its place in its stream, from 1.
    pub version: u32,
    /// The moment it was recorded.
    pub recorded: Timestamp,
    /// What happened, when and by whom.
    pub happened: Happened,
}

/// What happened, the day it happened and who did it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Happened {
    /// The day it happened, not the day it was typed in.
    pub on: Date,
    /// Who did it, in which role, employed by whom, in which team.
    pub actor: Actor,
    /// What happened.
    pub event: Event,
}

/// What the log is cut into, so that two people can write at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stream {
    /// The municipality's register.
    Register,
    /// The dossier of one client.
    Dossier(ClientId),
}

/// Something in the register or in a dossier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// Something in the register.
    Register(RegisterEvent),
    /// Something in the dossier of a client.
    Dossier(ClientId, DossierEvent),
}

impl Event {
    /// The stream it belongs to.
    pub const fn stream(&self) -> Stream {
        match self {
            Event::Register(_) => Stream::Register,
            Event::Dossier(client, _) => Stream::Dossier(*client),
        }
    }
}

/// What can happen to the register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RegisterEvent {
    /// The municipality got this code and name.
    GemeenteVastgesteld(Gemeente),
    /// A wijk got this name.
    WijkVastgesteld(Wijk),
    /// Inhabitants were counted on 1 January of a year.
    InwonersGeteld {
        /// Where.
        wijk: WijkId,
        /// On 1 January of this year.
        jaar: i16,
        /// Of which age.
        groep: Leeftijdsgroep,
        /// How many.
        aantal: u32,
    },
    /// A team started or got another name.
    TeamIngesteld(Team),
    /// A team serves these wijken from this day on, and no others.
    WerkgebiedVastgesteld {
        /// The team.
        team: TeamId,
        /// What it serves.
        wijken: Vec<WijkId>,
    },
    /// Somebody holds this appointment from this day on.
    MedewerkerAangesteld {
        /// Who.
        medewerker: MedewerkerId,
        /// As what.
        aanstelling: Aanstelling,
    },
    /// Somebody left; this is the last day.
    MedewerkerVertrokken {
        /// Who.
        medewerker: MedewerkerId,
    },
    /// A mandate was given. Awb, art. 10:3.
    MandaatVerleend(Mandaat),
    /// A mandate was withdrawn; this is the last day it holds. Awb, art. 10:8.
    MandaatIngetrokken {
        /// Which.
        mandaat: MandaatId,
    },
    /// A provider got this name and AGB code.
    AanbiederVastgesteld(Aanbieder),
    /// A contract with a provider was signed or its term changed.
    ContractGesloten(Contract),
    /// A contract ended early; this is the last day.
    ContractBeeindigd {
        /// Which.
        contract: ContractId,
    },
    /// A product came into the catalogue or was described anew.
    ProductVastgesteld(Product),
    /// A tariff was agreed.
    TariefVastgesteld(Tarief),
    /// A general provision is offered.
    AlgemeneVoorzieningIngesteld(AlgemeneVoorziening),
    /// The waiting time of a general provision was measured.
    WachttijdGemeten {
        /// Which.
        voorziening: AlgemeneVoorzieningId,
        /// How long, in weeks.
        weken: u16,
    },
    /// Something of the access itself was arranged.
    ToegangIngericht(Inrichting),
    /// A pilot was decided.
    PilotGestart(Pilot),
    /// A break in the series of figures is to be marked.
    ReeksbreukGemarkeerd(Reeksbreuk),
}

/// What can happen in the dossier of a client, in the order the law expects it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DossierEvent {
    /// These coarse facts hold from this day on.
    GegevensVastgesteld(Clientgegevens),
    /// The client is under threat, or no longer: no letter, message or export leaves. iWmo OP003.
    AfschermingVastgesteld {
        /// Whether the client is shielded from this day on.
        afgeschermd: bool,
    },
    /// A request for support was received; six weeks start. Wmo 2015, art. 2.3.2 lid 1.
    MeldingOntvangen {
        /// The case it opens.
        zaak: ZaakId,
        /// What is known of it.
        melding: Melding,
    },
    /// The intake ended.
    IntakeAfgerond {
        /// The case.
        zaak: ZaakId,
        /// How.
        uitkomst: IntakeUitkomst,
    },
    /// The enquiry started. Wmo 2015, art. 2.3.2 lid 1.
    OnderzoekGestart {
        /// The case.
        zaak: ZaakId,
        /// The team that does it.
        team: Option<TeamId>,
    },
    /// The enquiry ended. Wmo 2015, art. 2.3.2 lid 4.
    OnderzoekAfgerond {
        /// The case.
        zaak: ZaakId,
    },
    /// The report went to the client. Wmo 2015, art. 2.3.2 lid 8.
    VerslagVerzonden {
        /// The case.
        zaak: ZaakId,
        /// The version, from 1.
        versie: u16,
    },
    /// The aanvraag was received; two weeks start. Wmo 2015, art. 2.3.5 lid 2.
    AanvraagOntvangen {
        /// The case.
        zaak: ZaakId,
    },
    /// A step that is recorded as it was asked.
    StapGezet {
        /// The case.
        zaak: ZaakId,
        /// The step.
        stap: Zaakstap,
    },
    /// The term for the decision stands still from the next day. Awb, art. 4:15.
    TermijnOpgeschort {
        /// The case.
        zaak: ZaakId,
        /// Why.
        grond: Opschortingsgrond,
    },
    /// The term runs on; this is the last day it stood still.
    TermijnHervat {
        /// The case.
        zaak: ZaakId,
    },
    /// The college decided. Wmo 2015, art. 2.3.5.
    BeschikkingAfgegeven {
        /// The case.
        zaak: ZaakId,
        /// What was decided.
        uitkomst: Uitkomst,
        /// What was granted.
        voorzieningen: Vec<(VoorzieningId, Voorziening)>,
    },
    /// A provision decided elsewhere or earlier was taken over.
    VoorzieningOvergenomen {
        /// Its key here.
        id: VoorzieningId,
        /// What was granted.
        voorziening: Voorziening,
        /// The team that decided, if known.
        team: Option<TeamId>,
        /// Where it comes from.
        herkomst: Herkomst,
    },
    /// A provision was described wrongly; this is what it is.
    VoorzieningGecorrigeerd {
        /// Which.
        id: VoorzieningId,
        /// What it is.
        voorziening: Voorziening,
    },
    /// A provision ends early or, for good reason, later. Wmo 2015, art. 2.3.10.
    VoorzieningBeeindigd {
        /// Which.
        id: VoorzieningId,
        /// Its last day.
        per: Date,
        /// Why.
        reden: EindeReden,
    },
    /// A provision was a mistake and never counts.
    VoorzieningVervallen {
        /// Which.
        id: VoorzieningId,
    },
    /// A step after a grant that is recorded as it was asked.
    VervolgGezet {
        /// Which provision.
        voorziening: VoorzieningId,
        /// The step.
        stap: Vervolgstap,
    },
    /// A provider was told to deliver. iWmo 301.
    ToewijzingVerstrekt {
        /// Its number.
        nummer: ToewijzingNummer,
        /// What is ordered.
        opdracht: Opdracht,
    },
    /// An allocation changed in what may change under one number. iWmo OP033x1.
    ToewijzingGewijzigd {
        /// Its number.
        nummer: ToewijzingNummer,
        /// Why; 13 removes it.
        reden: RedenWijziging,
        /// The last day it now has.
        tot_en_met: Option<Date>,
        /// The volume it now has; only with frequency 6.
        omvang: Option<Omvang>,
        /// The budget it now has.
        budget: Option<Bedrag>,
    },
    /// Delivery started on this day. iWmo 305.
    LeveringGestart {
        /// Under which allocation.
        toewijzing: ToewijzingNummer,
    },
    /// A reported start was a mistake. iWmo 305, status 3.
    LeveringStartVerwijderd {
        /// Under which allocation.
        toewijzing: ToewijzingNummer,
        /// The start that was reported.
        begin: Date,
    },
    /// Delivery stopped; this was the last day. iWmo 307.
    LeveringGestopt {
        /// Under which allocation.
        toewijzing: ToewijzingNummer,
        /// The start of the stretch that ended.
        begin: Date,
        /// Why.
        reden: StopReden,
    },
    /// A reported stop was a mistake. iWmo 307, status 3.
    LeveringStopVerwijderd {
        /// Under which allocation.
        toewijzing: ToewijzingNummer,
        /// The start of the stretch.
        begin: Date,
    },
    /// A provider billed. iWmo 323.
    PrestatieGedeclareerd(Prestatie),
    /// The case was closed.
    ZaakGesloten {
        /// The case.
        zaak: ZaakId,
        /// Why.
        reden: Sluitreden,
    },
}

impl Stream {
    /// The client whose dossier it is.
    pub const fn client(self) -> Option<ClientId> {
        match self {
            Stream::Register => None,
            Stream::Dossier(client) => Some(client),
        }
    }
}
