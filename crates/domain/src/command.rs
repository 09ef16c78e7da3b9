//! Everything that can be asked, on one page.

use jiff::civil::Date;

use crate::{
    Actor, Bedrag, ClientId, Clientgegevens, Omvang, RegisterEvent, TeamId, ToewijzingNummer,
    Vervolgstap, Voorziening, VoorzieningId, ZaakId, Zaakstap,
    besluit::Uitkomst,
    declaratie::Prestatie,
    intake::IntakeUitkomst,
    levering::StopReden,
    melding::{Kanaal, Melder},
    overname::ZaakHistorie,
    sluiting::Sluitreden,
    termijn::Opschortingsgrond,
    toewijzing::{Opdracht, RedenWijziging},
    voorstel::Afwijkgrond,
    voorziening::{EindeReden, Herkomst},
};

/// Something asked of the register or of a dossier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// Write this into the register: a register command is the event it asks for.
    Register(RegisterEvent),
    /// Do this in the dossier of a client.
    Dossier(ClientId, DossierCommand),
}

/// Under which circumstances something is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Omstandigheid {
    /// The day it happened.
    pub on: Date,
    /// The day on which it is asked; nothing can happen after it.
    pub today: Date,
    /// Who asks.
    pub actor: Actor,
}

/// Something asked of a dossier. What may not be done is refused, with the ground.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DossierCommand {
    /// Write down the coarse facts that hold from this day on.
    StelGegevensVast(Clientgegevens),
    /// Shield a client under threat, or no longer.
    SchermAf {
        /// Whether the client is shielded from this day on.
        afgeschermd: bool,
    },
    /// Open a case for a request for support.
    OntvangMelding {
        /// A number that no case has yet.
        zaak: ZaakId,
        /// How it came in.
        kanaal: Kanaal,
        /// Who made it.
        melder: Melder,
        /// Whether a decision is needed at once.
        spoed: bool,
    },
    /// End the intake.
    RondIntakeAf {
        /// The case.
        zaak: ZaakId,
        /// How.
        uitkomst: IntakeUitkomst,
    },
    /// Start the enquiry.
    StartOnderzoek {
        /// The case.
        zaak: ZaakId,
        /// The team that does it; none for the desk.
        team: Option<TeamId>,
    },
    /// End the enquiry.
    RondOnderzoekAf {
        /// The case.
        zaak: ZaakId,
    },
    /// Send the report, or a new version of it.
    VerzendVerslag {
        /// The case.
        zaak: ZaakId,
    },
    /// Receive the aanvraag.
    OntvangAanvraag {
        /// The case.
        zaak: ZaakId,
    },
    /// Take a step that is recorded as it is asked.
    ZetStap {
        /// The case.
        zaak: ZaakId,
        /// The step.
        stap: Zaakstap,
    },
    /// Let the term for the decision stand still.
    SchortTermijnOp {
        /// The case.
        zaak: ZaakId,
        /// Why.
        grond: Opschortingsgrond,
    },
    /// Let the term run on.
    HervatTermijn {
        /// The case.
        zaak: ZaakId,
    },
    /// Decide.
    GeefBeschikking {
        /// The case.
        zaak: ZaakId,
        /// What.
        uitkomst: Uitkomst,
        /// What is granted.
        voorzieningen: Vec<Voorziening>,
        /// Why it differs from the advice, where it does.
        afwijking: Option<Afwijkgrond>,
    },
    /// Take over what another system knows of a case; what is known already changes nothing.
    NeemZaakOver(Box<ZaakHistorie>),
    /// Take over a provision decided elsewhere or earlier; a known one changes nothing.
    NeemVoorzieningOver {
        /// What was granted.
        voorziening: Voorziening,
        /// The team that decided, if known.
        team: Option<TeamId>,
        /// Where it comes from.
        herkomst: Herkomst,
    },
    /// Describe a provision anew.
    CorrigeerVoorziening {
        /// Which.
        id: VoorzieningId,
        /// What it is.
        voorziening: Voorziening,
    },
    /// End a provision.
    BeeindigVoorziening {
        /// Which.
        id: VoorzieningId,
        /// Its last day.
        per: Date,
        /// Why.
        reden: EindeReden,
    },
    /// Withdraw a provision that was a mistake.
    LaatVoorzieningVervallen {
        /// Which.
        id: VoorzieningId,
    },
    /// Take a step after a grant that is recorded as it is asked.
    ZetVervolg {
        /// Which provision.
        voorziening: VoorzieningId,
        /// The step.
        stap: Vervolgstap,
    },
    /// Order delivery; the same order again changes nothing.
    VerstrekToewijzing {
        /// A number that no allocation has yet.
        nummer: ToewijzingNummer,
        /// What is ordered.
        opdracht: Opdracht,
    },
    /// Change an order in what may change under one number.
    WijzigToewijzing {
        /// Which.
        nummer: ToewijzingNummer,
        /// Why.
        reden: RedenWijziging,
        /// The last day it gets.
        tot_en_met: Option<Date>,
        /// The volume it gets.
        omvang: Option<Omvang>,
        /// The budget it gets.
        budget: Option<Bedrag>,
    },
    /// Write down that delivery started on this day; a known start changes nothing.
    MeldStart {
        /// Under which allocation.
        toewijzing: ToewijzingNummer,
    },
    /// Take back a reported start.
    VerwijderStart {
        /// Under which allocation.
        toewijzing: ToewijzingNummer,
        /// The start that was reported.
        begin: Date,
    },
    /// Write down that this was the last day of delivery; a known stop changes nothing.
    MeldStop {
        /// Under which allocation.
        toewijzing: ToewijzingNummer,
        /// The start of the stretch that ends.
        begin: Date,
        /// Why.
        reden: StopReden,
    },
    /// Take back a reported stop.
    VerwijderStop {
        /// Under which allocation.
        toewijzing: ToewijzingNummer,
        /// The start of the stretch.
        begin: Date,
    },
    /// Write down a billed line; a known one changes nothing.
    Declareer(Prestatie),
    /// Close the case.
    SluitZaak {
        /// The case.
        zaak: ZaakId,
        /// Why.
        reden: Sluitreden,
    },
}
