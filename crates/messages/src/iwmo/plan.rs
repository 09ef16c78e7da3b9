//! What one step of a message asks, given the register and the dossiers as they are. Pure.

use domain::{
    AanbiederId, Actor, AgbCode, ClientId, Clientgegevens, Dossier, DossierCommand, RegisterEvent,
    State, VoorzieningId, actor::Systeemdeel, client::Huishouden, organisatie::Aanbieder,
};
use jiff::civil::Date;

use crate::{
    Bron, Inkomend, Inkomende, Problem, Wie,
    iwmo::{Stap, Wat, plan_declaratie, plan_levering, plan_toewijzing, vertaal::Client},
};

/// What a step asks, and what is to be said about it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Plan {
    /// The commands, in order; when one is refused, the rest of the step makes no sense.
    pub commands: Vec<Inkomend>,
    /// What was wrong, or worth a look.
    pub problems: Vec<Problem>,
}

/// Tells what a step asks on this state of things. `client` is the dossier of the person, if any.
///
/// What is known already asks nothing, so that a message may come twice. A provider that is not in
/// the register is written into it under its AGB code.
pub fn plan(state: &State, client: Option<ClientId>, stap: &Stap<'_>) -> Plan {
    let mut maker = Maker {
        state,
        client,
        dossier: client.and_then(|it| state.dossiers.get(&it)),
        wie: Wie::Bsn(stap.bsn()),
        bron: stap.bron(),
        plan: Plan::default(),
    };
    let header = &stap.bericht.partijen;
    match stap.wat {
        Wat::Toewijzing(client, product) => {
            plan_toewijzing::plan(&mut maker, header, client, product);
        }
        Wat::Melding(client, melding) => plan_levering::plan(&mut maker, header, client, melding),
        Wat::Prestatie(declaratie, prestatie) => {
            plan_declaratie::plan(&mut maker, header, declaratie, prestatie);
        }
    }
    maker.plan
}

/// The program as the one who writes down what a message implies.
pub(super) const IMPORT: Actor = Actor::Systeem(Systeemdeel::Import);

/// A plan in the making.
pub(super) struct Maker<'s> {
    pub(super) state: &'s State,
    pub(super) client: Option<ClientId>,
    /// The dossier, if anything happened in it.
    pub(super) dossier: Option<&'s Dossier>,
    wie: Wie,
    bron: Bron,
    plan: Plan,
}

impl Maker<'_> {
    /// Asks something of the dossier.
    pub(super) fn ask(&mut self, on: Date, actor: Actor, command: DossierCommand) {
        let (wie, bron) = (self.wie.clone(), self.bron.clone());
        let command = Inkomende::Dossier(command);
        self.plan.commands.push(Inkomend { wie, command, on, actor, bron });
    }

    /// Lists something that goes in and is worth a look.
    pub(super) fn warn(&mut self, code: &'static str, text: impl Into<String>) {
        self.plan.problems.push(Problem::waarschuwing("", code, text).at(&self.bron));
    }

    /// Lists something that does not go in.
    pub(super) fn refuse(&mut self, code: &'static str, text: impl Into<String>) {
        self.plan.problems.push(Problem::fout("", code, text).at(&self.bron));
    }

    /// The provider with this code; one that is not known is written into the register.
    pub(super) fn aanbieder(&mut self, agb: AgbCode, on: Date) -> AanbiederId {
        let aanbieders = &self.state.register.aanbieders;
        if let Some(known) = self.state.register.aanbieder_met_agb(agb) {
            return known.id;
        }
        let id = AanbiederId(aanbieders.keys().next_back().map_or(1, |it| it.0 + 1));
        let naam = format!("AGB {agb}");
        let event = RegisterEvent::AanbiederVastgesteld(Aanbieder { id, naam, agb: Some(agb) });
        self.plan.commands.push(Inkomend {
            wie: Wie::Register,
            command: Inkomende::Register(event),
            on,
            actor: IMPORT,
            bron: self.bron.clone(),
        });
        id
    }

    /// Writes down the year of birth of somebody of whom no facts are known yet.
    pub(super) fn gegevens(&mut self, client: &Client, on: Date) {
        if self.dossier.is_some_and(|it| !it.gegevens.is_empty()) {
            return;
        }
        let Some(geboortejaar) = client.geboortejaar() else { return };
        let huishouden = Huishouden::Onbekend;
        let gegevens = Clientgegevens { geboortejaar: Some(geboortejaar), wijk: None, huishouden };
        self.ask(on, IMPORT, DossierCommand::StelGegevensVast(gegevens));
    }

    /// The key that the next provision in the dossier gets.
    pub(super) fn next_voorziening(&self) -> VoorzieningId {
        let known = self.dossier.map_or(&[][..], |it| &it.voorzieningen);
        VoorzieningId(known.iter().map(|it| it.id.0).max().unwrap_or(0) + 1)
    }
}
