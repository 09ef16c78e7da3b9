//! The course of a support: order, correction, renewal, end.

use domain::{
    Actor, DossierCommand as C, Functie, Omvang,
    levering::StopReden,
    toewijzing::{Hoeveelheid, Opdracht, RedenWijziging},
    voorziening::{EindeReden, Herkomst},
};
use jiff::civil::Date;

use crate::{
    agenda::{Task, plus},
    needs::EINDEREDENEN,
    parameters::BEGIN,
    products::CATALOGUS,
    sim::{Sim, Support},
    staff::sign,
};

impl Sim<'_> {
    /// Starts the course of a support that was just granted or taken over.
    pub(crate) fn begin_support(&mut self, it: Support) {
        let at = self.supports.len();
        let today = self.world.today;
        self.supports.push(it);
        self.clients[it.client].supports.push(at);
        self.plan_end(at);
        if it.provider.is_none() {
            return;
        }
        let draw = &mut self.draws.delivery;
        let ordered = plus(today, draw.days(0, 4));
        self.agenda.plan_workday(ordered, Task::Order(at));
        let slip = draw.weighted(&[0.965, 0.02, 0.008, 0.007]);
        let week_later = plus(ordered, draw.days(4, 7));
        match slip {
            1 => self.agenda.plan_workday(week_later, Task::Correct(at)),
            2 => return self.agenda.plan_workday(week_later, Task::Withdraw(at)),
            3 => self.agenda.plan_workday(plus(ordered, draw.days(30, 200)), Task::Extend(at)),
            _ => {}
        }
        let taken_over = it.van < today && it.van.year() == 2015 && today.month() == 1;
        let first = it.van.max(plus(ordered, if taken_over { 0 } else { 10 }));
        let delay = if taken_over { 0 } else { draw.days(0, 18) };
        self.agenda.plan_workday(plus(first, delay + 1), Task::Start(at));
    }

    /// Plans how it ends: early because it is not needed any more, at its end, or by a renewal.
    fn plan_end(&mut self, at: usize) {
        const EARLY: f64 = 0.65;
        const BEFORE_THE_END: i64 = -63;
        let it = self.supports[at];
        let today = self.world.today;
        match it.tot {
            Some(tot) if it.needed_until >= tot => {
                let lives_on = it.tijdelijk.is_none() && CATALOGUS[it.product].looptijd[0].0 > 3;
                if lives_on && it.needed_until > tot {
                    let start = plus(tot, BEFORE_THE_END).max(plus(today, 1));
                    self.agenda.plan_workday(start, Task::Renew(at));
                }
                self.agenda.plan_workday(plus(tot, 1).max(today), Task::Expire(at));
            }
            Some(tot) if !self.draws.course.chance(EARLY) => {
                self.agenda.plan_workday(plus(tot, 1).max(today), Task::Expire(at));
            }
            _ => {
                let delay = self.draws.lateness.days(-10, 21).max(0);
                let known = plus(it.needed_until, delay).max(plus(today, 1));
                self.agenda.plan_workday(known, Task::EndSupport(at));
            }
        }
    }

    /// Opens the case for a renewal, when the client has no other case open.
    pub(crate) fn renew(&mut self, at: usize) {
        let it = self.supports[at];
        if it.over || self.clients[it.client].left {
            return;
        }
        if self.clients[it.client].open_case.is_some() {
            let later = plus(self.world.today, 7);
            if it.tot.is_some_and(|tot| later < plus(tot, 120)) {
                self.agenda.plan_workday(later, Task::Renew(at));
            }
            return;
        }
        self.open_renewal(at);
    }

    /// Orders delivery from the provider.
    pub(crate) fn order(&mut self, at: usize) {
        let it = self.supports[at];
        let (Some(provider), false) = (it.provider, it.over) else { return };
        let voorziening = it.voorziening();
        let nummer = self.world.state.next_toewijzing();
        let opdracht = Opdracht {
            voorziening: Some(it.id),
            aanbieder: self.offer.providers[provider].id,
            product: voorziening.product,
            hoeveelheid: Hoeveelheid::Omvang(it.omvang),
            geldig: voorziening.geldig,
        };
        self.office(it.client, self.world.today, C::VerstrekToewijzing { nummer, opdracht });
        self.supports[at].nummer = Some(nummer);
    }

    /// Repairs a volume that was written down wrongly: the order is removed and given anew.
    pub(crate) fn correct(&mut self, at: usize) {
        let it = self.supports[at];
        if it.over || it.started.is_some() || it.nummer.is_none() {
            return;
        }
        let volume = it.omvang.volume + 1;
        self.supports[at].omvang = Omvang { volume, ..it.omvang };
        let voorziening = self.supports[at].voorziening();
        let today = self.world.today;
        self.office(it.client, today, C::CorrigeerVoorziening { id: it.id, voorziening });
        self.remove_order(at);
        self.order(at);
    }

    /// Withdraws a support that was granted by mistake.
    pub(crate) fn withdraw(&mut self, at: usize) {
        let it = self.supports[at];
        if it.over || it.started.is_some() {
            return;
        }
        self.remove_order(at);
        self.office(it.client, self.world.today, C::LaatVoorzieningVervallen { id: it.id });
        self.supports[at].over = true;
    }

    fn remove_order(&mut self, at: usize) {
        let it = self.supports[at];
        if let Some(nummer) = it.nummer {
            let reden = RedenWijziging::Verwijderd;
            let tot_en_met = Some(it.van);
            let command =
                C::WijzigToewijzing { nummer, reden, tot_en_met, omvang: None, budget: None };
            self.office(it.client, self.world.today, command);
            self.supports[at].nummer = None;
        }
    }

    /// Repairs the end of an order that was written down wrongly: it runs two weeks longer.
    pub(crate) fn extend(&mut self, at: usize) {
        let it = self.supports[at];
        let (Some(tot), Some(nummer), false) = (it.tot, it.nummer, it.over) else { return };
        if tot <= plus(self.world.today, 70) {
            // Its renewal is under way.
            return;
        }
        let per = plus(tot, 14);
        let voorziening = Support { tot: Some(per), ..it }.voorziening();
        let today = self.world.today;
        self.office(it.client, today, C::CorrigeerVoorziening { id: it.id, voorziening });
        let reden = RedenWijziging::AdministratieveCorrectie;
        let tot_en_met = Some(per);
        let command = C::WijzigToewijzing { nummer, reden, tot_en_met, omvang: None, budget: None };
        self.office(it.client, today, command);
        self.supports[at].tot = Some(per);
    }

    /// A support is not needed any more.
    pub(crate) fn end_support(&mut self, at: usize) {
        let it = self.supports[at];
        if it.over || it.tot.is_some_and(|tot| tot <= it.needed_until) {
            return;
        }
        let older = self.is_elderly(it.client);
        let weights: Vec<f64> =
            EINDEREDENEN.iter().map(|row| if older { row.2 } else { row.1 }).collect();
        let reden = EINDEREDENEN[self.draws.course.weighted(&weights)].0;
        self.end(at, it.needed_until, reden);
    }

    /// Ends a support on a day: the provision, its order and its delivery.
    fn end(&mut self, at: usize, per: Date, reden: EindeReden) {
        let it = self.supports[at];
        if per < it.van {
            self.supports[at].over = true;
            self.remove_order(at);
            self.office(it.client, self.world.today, C::LaatVoorzieningVervallen { id: it.id });
            return;
        }
        let decided = self.recorded_late(per.min(self.world.today)).max(self.granted_on(&it));
        self.step_down(it.client, it.id, decided, reden);
        self.office(it.client, decided, C::BeeindigVoorziening { id: it.id, per, reden });
        self.supports[at].tot = Some(per);
        self.supports[at].over = true;
        if let Some(nummer) = it.nummer {
            let command = C::WijzigToewijzing {
                nummer,
                reden: change(reden),
                tot_en_met: Some(per),
                omvang: None,
                budget: None,
            };
            self.office(it.client, self.world.today, command);
            self.stop_delivery(at, per, stop(reden));
        }
    }

    /// The day of the decision that granted it; long ago where it was taken over.
    fn granted_on(&self, it: &Support) -> Date {
        let dossier = &self.world.state.dossiers[&self.clients[it.client].id];
        match dossier.voorziening(it.id) {
            Some(known) if matches!(known.herkomst, Herkomst::Besluit(_)) => known.besloten_op,
            _ => BEGIN,
        }
    }

    /// A support reached its last day.
    pub(crate) fn expire(&mut self, at: usize) {
        let it = self.supports[at];
        let Some(tot) = it.tot else { return };
        if it.over {
            return;
        }
        if tot >= self.world.today {
            // The end was moved after this was planned.
            return self.agenda.plan_workday(plus(tot, 1), Task::Expire(at));
        }
        self.supports[at].over = true;
        self.stop_delivery(at, tot, StopReden::VolgensPlan);
    }

    /// A client died or moved to another municipality.
    pub(crate) fn leave(&mut self, client: usize) {
        if self.clients[client].left {
            return;
        }
        self.clients[client].left = true;
        self.close_for_leaving(client);
        let (per, reden) = self.clients[client].leaves;
        for at in self.clients[client].supports.clone() {
            let it = self.supports[at];
            if !it.over && it.tot.is_none_or(|tot| per < tot) {
                self.end(at, per, reden);
            }
        }
    }

    /// Somebody of the office writes something down.
    pub(crate) fn office(&mut self, client: usize, on: Date, command: C) {
        let who = self.staff.somebody(Functie::Consulent, None, &mut self.draws.process);
        let (on, actor) = sign(&self.world, who, on);
        self.world.ask(on, actor, self.clients[client].id, command);
    }

    /// A provider reports something.
    pub(crate) fn report(&mut self, at: usize, on: Date, command: C) {
        let it = &self.supports[at];
        let provider = it.provider.expect("only a provider reports");
        let actor = Actor::Aanbieder(self.offer.providers[provider].id);
        self.world.ask(on, actor, self.clients[it.client].id, command);
    }
}

/// The reason of change of an order that goes with a reason of ending.
fn change(reden: EindeReden) -> RedenWijziging {
    match reden {
        EindeReden::Overlijden => RedenWijziging::Overleden,
        EindeReden::Verhuizing => RedenWijziging::Verhuizing,
        EindeReden::NaarWlz | EindeReden::NaarZvw => RedenWijziging::AnderDomein,
        _ => RedenWijziging::Verkorting,
    }
}

/// The reason of stopping delivery that goes with a reason of ending.
fn stop(reden: EindeReden) -> StopReden {
    match reden {
        EindeReden::Overlijden => StopReden::Overlijden,
        EindeReden::Verhuizing => StopReden::Verhuizing,
        EindeReden::NaarWlz | EindeReden::NaarZvw => StopReden::AnderDomein,
        EindeReden::OpVerzoek => StopReden::DoorClient,
        EindeReden::Ingetrokken => StopReden::DoorGemeente,
        _ => StopReden::InOverleg,
    }
}
