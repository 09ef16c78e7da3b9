//! The law's nouns and the decisions made about them: no clock, no disk, no network.
//!
//! Read [`event`] first: it lists everything that can happen. [`command`] lists everything that can
//! be asked. [`decide`] answers a command with events or a [`Refusal`]; [`State::apply`] folds an
//! event into the state and cannot fail. Each legal step has one module with its rule and article.

pub mod actor;
pub mod agb;
pub mod agenda;
pub mod algemeen;
pub mod bedrag;
pub mod besluit;
pub mod bezwaar;
pub mod briefgegevens;
pub mod bsn;
pub mod client;
pub mod command;
pub mod cta;
pub mod declaratie;
pub mod dossier;
pub mod event;
pub mod feestdag;
pub mod gemeentecode;
pub mod gesprek;
pub mod heronderzoek;
pub mod id;
pub mod inrichting;
pub mod instelling;
pub mod intake;
pub mod kader;
pub mod kaderdoorloop;
pub mod kaderles;
pub mod kosten;
pub mod levering;
pub mod mandaat;
pub mod medewerker;
pub mod melding;
pub mod omvang;
pub mod onderzoek;
pub mod ontvangst;
pub mod organisatie;
pub mod overname;
pub mod periode;
pub mod persoon;
pub mod product;
pub mod refusal;
mod refusal_step;
pub mod register;
mod register_regels;
pub mod scholing;
pub mod sluiting;
pub mod stap;
mod stapregels;
pub mod state;
pub mod termijn;
pub mod toewijzing;
pub mod triage;
pub mod verplichting;
pub mod vervolg;
pub mod voorstel;
pub mod voorziening;
pub mod waarneming;
pub mod werkvoorraad;
pub mod zaak;

pub use actor::{Actor, Functie, Hoedanigheid, Systeemdeel, Werkgever};
pub use agb::AgbCode;
pub use bedrag::Bedrag;
pub use bsn::Bsn;
pub use client::{Clientgegevens, Huishouden, Leeftijdsgroep};
pub use command::{Command, DossierCommand, Omstandigheid};
pub use dossier::Dossier;
pub use event::{DossierEvent, Entry, Event, Happened, RegisterEvent, Stream};
pub use gemeentecode::Gemeentecode;
pub use id::{
    AanbiederId, AlgemeneVoorzieningId, ClientId, ContractId, KaderId, Kenmerk, MandaatId,
    MedewerkerId, OverlegId, PilotId, TeamId, ToewijzingNummer, VoorzieningId, VraagId, WijkId,
    ZaakId,
};
pub use omvang::{Eenheid, Frequentie, Omvang};
pub use periode::{Maand, Periode};
pub use product::{Cbsgroep, Product, ProductCode, Productcategorie, Productkeuze};
pub use refusal::Refusal;
pub use register::Register;
pub use stap::Zaakstap;
pub use state::{State, decide};
pub use vervolg::Vervolgstap;
pub use voorziening::{Leveringsvorm, Voorziening};
pub use zaak::Zaak;
