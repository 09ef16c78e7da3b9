//! Steps of the access that change no figure of the letters: confirmation, shielding, steps down.
//!
//! They draw from a stream of their own, so that they leave every other choice as it was.

use domain::{
    Actor, DossierCommand as C, Functie, Vervolgstap, VoorzieningId, ZaakId, Zaakstap,
    vervolg::{Afschaalreden, Afschaling, Bestemming},
    voorziening::EindeReden,
};
use jiff::civil::Date;

use crate::{sim::Sim, staff::sign};

/// One client in so many is under threat.
const SHIELDED_ONE_IN: usize = 600;

impl Sim<'_> {
    /// Confirms a request in writing, unless the client is under threat.
    pub(crate) fn confirm(&mut self, client: usize, zaak: ZaakId, actor: Actor, on: Date) {
        let id = self.clients[client].id;
        let first = self.world.state.dossiers.get(&id).is_some_and(|it| it.zaken.len() == 1);
        if first && self.draws.access.below(SHIELDED_ONE_IN) == 0 {
            self.world.ask(on, actor, id, C::SchermAf { afgeschermd: true });
        }
        let shielded = self.world.state.dossiers.get(&id).is_some_and(|it| it.afgeschermd_op(on));
        if !shielded {
            let stap =
                Zaakstap::OntvangstBevestigd { clientondersteuning: true, persoonlijk_plan: true };
            self.world.ask(on, actor, id, C::ZetStap { zaak, stap });
        }
    }

    /// Writes down a step down, where a support ends because something lighter will do.
    pub(crate) fn step_down(
        &mut self,
        client: usize,
        voorziening: VoorzieningId,
        on: Date,
        reden: EindeReden,
    ) {
        let Some(step) = where_to(reden) else { return };
        let who = self.staff.somebody(Functie::Consulent, None, &mut self.draws.access);
        let (on, actor) = sign(&self.world, who, on);
        let stap = Vervolgstap::Afgeschaald(step);
        self.world.ask(on, actor, self.clients[client].id, C::ZetVervolg { voorziening, stap });
    }
}

fn where_to(reden: EindeReden) -> Option<Afschaling> {
    let (naar, reden) = match reden {
        EindeReden::NaarAlgemeneVoorziening => {
            (Bestemming::AlgemeneVoorziening, Afschaalreden::AanbodBeschikbaar)
        }
        EindeReden::DoelBereikt => (Bestemming::EigenKracht, Afschaalreden::DoelBereikt),
        EindeReden::NaarWlz => (Bestemming::Wlz, Afschaalreden::AndereWet),
        EindeReden::NaarZvw => (Bestemming::Zvw, Afschaalreden::AndereWet),
        _ => return None,
    };
    Some(Afschaling { naar, reden })
}
