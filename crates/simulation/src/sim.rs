//! The run: everything that lives during a simulation, and the days one by one.

use std::collections::BTreeMap;

use domain::{
    ClientId, Huishouden, Omvang, Periode, RegisterEvent, ToewijzingNummer, Voorziening,
    VoorzieningId, WijkId, ZaakId,
    feestdag::is_werkdag,
    organisatie::{Breuksoort, Pilot, Pilotsoort, Reeksbreuk},
    voorziening::{EindeReden, Leveringsvorm, TijdelijkeGrond},
};
use jiff::civil::{Date, date};

use crate::{
    agenda::{Agenda, Task, plus},
    demand::Demand,
    draw::Draws,
    needs::Need,
    outcome::Outcome,
    parameters::{BEGIN, Parameters},
    place::Place,
    products::CATALOGUS,
    proposal::Pending,
    providers::Offer,
    review::Meetings,
    staff::{MANDAAT_WELZIJN, Setting, Staff},
    waiting::Waiting,
    world::World,
};

/// Everything that lives during a simulation.
pub(crate) struct Sim<'a> {
    pub(crate) parameters: &'a Parameters,
    pub(crate) world: World,
    pub(crate) draws: Draws,
    pub(crate) agenda: Agenda,
    pub(crate) place: Place,
    pub(crate) offer: Offer,
    pub(crate) staff: Staff,
    pub(crate) demand: Demand,
    pub(crate) waiting: Waiting,
    pub(crate) clients: Vec<Client>,
    pub(crate) cases: Vec<Case>,
    pub(crate) supports: Vec<Support>,
    pub(crate) meetings: Meetings,
    /// What was proposed and not yet decided, per case.
    pub(crate) pending: BTreeMap<usize, Pending>,
    /// How many outside keys were given out.
    pub(crate) keys: u64,
    /// How many came over in January 2015, per kind of need.
    pub(crate) taken_over: [i64; 3],
}

/// Somebody who asked for support.
pub(crate) struct Client {
    pub(crate) id: ClientId,
    pub(crate) geboortejaar: i16,
    pub(crate) huishouden: Huishouden,
    pub(crate) wijk: usize,
    /// The case that is open, by its place in the list.
    pub(crate) open_case: Option<usize>,
    pub(crate) supports: Vec<usize>,
    /// Why and when the client leaves.
    pub(crate) leaves: (Date, EindeReden),
    pub(crate) left: bool,
}

/// A case from melding to sluiting.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Case {
    pub(crate) client: usize,
    pub(crate) id: ZaakId,
    pub(crate) need: Need,
    pub(crate) team: usize,
    /// Whether the desk handles it instead of the team.
    pub(crate) desk: bool,
    pub(crate) spoed: bool,
    pub(crate) melding: Date,
    pub(crate) investigator: Option<domain::MedewerkerId>,
    pub(crate) outcome: Outcome,
    /// The support that is to be renewed, by its place in the list.
    pub(crate) renews: Option<usize>,
    pub(crate) suspended: bool,
    pub(crate) open: bool,
}

/// A granted provision with its order and its delivery.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Support {
    pub(crate) client: usize,
    pub(crate) id: VoorzieningId,
    pub(crate) need: Need,
    pub(crate) product: usize,
    /// The provider, by its place in the list; none for a Pgb.
    pub(crate) provider: Option<usize>,
    pub(crate) vorm: Leveringsvorm,
    pub(crate) omvang: Omvang,
    pub(crate) van: Date,
    pub(crate) tot: Option<Date>,
    pub(crate) tijdelijk: Option<TijdelijkeGrond>,
    /// The last day on which it is needed.
    pub(crate) needed_until: Date,
    pub(crate) nummer: Option<ToewijzingNummer>,
    /// The first day of delivery.
    pub(crate) first_started: Option<Date>,
    /// The first day of the last stretch of delivery.
    pub(crate) started: Option<Date>,
    /// The first and last day of the last pause.
    pub(crate) pause: Option<(Date, Date)>,
    /// Whether it ended or was withdrawn.
    pub(crate) over: bool,
    /// Whether the last stretch of delivery was stopped.
    pub(crate) stopped: bool,
}

impl Support {
    /// Lets it start on a later day, for as long as it was to run.
    pub(crate) fn start_from(&mut self, day: Date) {
        if day > self.van {
            let days = i64::from((day - self.van).get_days());
            self.tot = self.tot.map(|it| plus(it, days));
            self.needed_until = plus(self.needed_until, days);
            self.van = day;
        }
    }

    /// What the register of provisions says of it.
    pub(crate) fn voorziening(&self) -> Voorziening {
        Voorziening {
            product: CATALOGUS[self.product].keuze(),
            vorm: self.vorm,
            omvang: Some(self.omvang),
            geldig: Periode::new(self.van, self.tot).expect("it ends after it starts"),
            tijdelijk: self.tijdelijk,
        }
    }
}

impl<'a> Sim<'a> {
    /// The municipality on its first morning, with its register filled.
    pub(crate) fn new(parameters: &'a Parameters) -> Sim<'a> {
        let mut draws = Draws::new(parameters.seed);
        let mut world = World::new(BEGIN);
        let place = Place::new(parameters, &mut draws.place);
        let offer = Offer::new(&mut draws.offer);
        place.establish(&mut world);
        offer.establish(&mut world);
        let setting = Setting { parameters, place: &place, offer: &offer };
        let staff = Staff::establish(setting, &mut world, &mut draws.staff);
        let waiting = Waiting::establish(&mut world);
        mark(&mut world, BEGIN, Breuksoort::OvergangAwbz);
        Sim {
            parameters,
            world,
            draws,
            agenda: Agenda::new(parameters.tot),
            place,
            offer,
            staff,
            demand: Demand::default(),
            waiting,
            clients: Vec::new(),
            cases: Vec::new(),
            supports: Vec::new(),
            meetings: Meetings::default(),
            pending: BTreeMap::new(),
            keys: 0,
            taken_over: [0; 3],
        }
    }

    /// Lives through today: what the calendar brings, what was planned, what people ask.
    pub(crate) fn live_today(&mut self) {
        let today = self.world.today;
        self.calendar();
        if today.year() == BEGIN.year() && today.month() == 1 {
            self.take_over();
        }
        if is_werkdag(today) {
            self.bill();
            self.receive_requests();
        }
        while let Some(tasks) = self.agenda.take(today) {
            for task in tasks {
                self.perform(task);
            }
        }
        if today == today.last_of_month() {
            let setting =
                Setting { parameters: self.parameters, place: &self.place, offer: &self.offer };
            self.staff.turn_over(setting, &mut self.world, &mut self.draws.staff);
        }
    }

    fn perform(&mut self, task: Task) {
        match task {
            Task::Emergency(case) => self.decide_at_once(case),
            Task::Intake(case) => self.finish_intake(case),
            Task::StartEnquiry(case) => self.start_enquiry(case),
            Task::EndEnquiry(case) => self.end_enquiry(case),
            Task::SendReport(case) => self.send_report(case),
            Task::SendReportAgain(case) => self.send_report_again(case),
            Task::Apply(case) => self.receive_application(case),
            Task::Suspend(case) => self.suspend(case),
            Task::Resume(case) => self.resume(case),
            Task::Decide(case) => self.give_decision(case),
            Task::Close(case, reden) => self.close(case, reden),
            Task::Order(it) => self.order(it),
            Task::Correct(it) => self.correct(it),
            Task::Withdraw(it) => self.withdraw(it),
            Task::Extend(it) => self.extend(it),
            Task::Start(it) => self.start_delivery(it),
            Task::MoveStart(it) => self.move_start(it),
            Task::Pause(it) => self.pause(it),
            Task::TakeBackPause(it) => self.take_back_pause(it),
            Task::Restart(it) => self.restart(it),
            Task::EndSupport(it) => self.end_support(it),
            Task::Expire(it) => self.expire(it),
            Task::Renew(it) => self.renew(it),
            Task::Leave(client) => self.leave(client),
            Task::MoveHouse(client) => self.move_house(client),
            Task::Talk(case) => self.talk(case),
            Task::Review(case) => self.review(case),
            Task::Repropose(case) => self.propose_again(case),
            Task::Conclude(case) => self.conclude(case),
            Task::SendDecision(case, besluit) => self.send_decision(case, besluit),
            Task::Object(case, besluit) => self.object(case, besluit),
            Task::AnswerObjection(case, besluit) => self.answer_objection(case, besluit),
            Task::Appeal(case, besluit) => self.appeal(case, besluit),
            Task::Ruling(case, besluit) => self.ruling(case, besluit),
            Task::Evaluate(it) => self.evaluate(it),
            Task::Reassess(it) => self.reassess(it),
        }
    }

    /// What the calendar brings: a new year, the insourcing, the pilot, breaks in the series.
    fn calendar(&mut self) {
        let today = self.world.today;
        if today.month() == 1 && today.day() == 1 && today != BEGIN {
            self.offer.new_year(&mut self.world, today.year());
        }
        if today.month() == 2 && today.day() == 1 && today.year() > BEGIN.year() {
            self.place.count(&mut self.world, today.year());
        }
        if today.month() % 3 == 1 && today.day() == 5 {
            self.waiting.measure(&mut self.world, &mut self.draws.waiting);
        }
        self.offer.contracts(&mut self.world);
        self.arrange();
        self.plan_meeting();
        self.open_meeting();
        let insourcing = self.parameters.insourcing_op;
        let pilot = self.parameters.pilot_op;
        if today == plus(insourcing, -14) {
            let setting =
                Setting { parameters: self.parameters, place: &self.place, offer: &self.offer };
            self.staff.insource(setting, &mut self.world);
            mark(&mut self.world, insourcing, Breuksoort::TeamsInDienst);
        }
        let welzijn = self.parameters.welzijn_mandaat_tot;
        if today == plus(welzijn, -30) {
            let mandaat = MANDAAT_WELZIJN;
            self.world.write(welzijn, RegisterEvent::MandaatIngetrokken { mandaat });
        }
        if today == plus(pilot, -14) {
            self.prepare_pilot();
        }
        for (op, soort) in [
            (date(2019, 1, 1), Breuksoort::Abonnementstarief),
            (date(2020, 3, 15), Breuksoort::Corona),
            (date(2022, 4, 1), Breuksoort::NieuweIwmo),
            (date(2023, 1, 1), Breuksoort::Hernoeming),
        ] {
            if today == op {
                mark(&mut self.world, op, soort);
            }
        }
    }

    fn prepare_pilot(&mut self) {
        let op = self.parameters.pilot_op;
        let setting =
            Setting { parameters: self.parameters, place: &self.place, offer: &self.offer };
        self.staff.hire_intakers(setting, &mut self.world, &mut self.draws.staff);
        let wijken: Vec<WijkId> =
            self.place.pilot.iter().map(|at| self.place.wijken[*at].id).collect();
        let id = domain::PilotId(1);
        let geldig = Periode::vanaf(op);
        let pilot = Pilot { id, soort: Pilotsoort::Intaker, wijken, geldig };
        self.world.write(op, RegisterEvent::PilotGestart(pilot));
    }

    /// The day on which something of today happened: now and then earlier, never before a day.
    pub(crate) fn recorded_late(&mut self, not_before: Date) -> Date {
        let today = self.world.today;
        let draw = &mut self.draws.lateness;
        if !draw.chance(self.parameters.aandeel_laat_vastgelegd) {
            return today;
        }
        plus(today, -draw.days(1, 14)).max(not_before)
    }

    /// How many days after the fact a provider's message comes in.
    pub(crate) fn message_delay(&mut self) -> i64 {
        let draw = &mut self.draws.lateness;
        if draw.chance(self.parameters.aandeel_laat_bericht) {
            draw.days(10, 45)
        } else {
            draw.days(0, 5)
        }
    }

    /// A key that some other system gave.
    pub(crate) fn outside_key(&mut self) -> domain::Kenmerk {
        self.keys += 1;
        domain::Kenmerk(7_000_000_000_000 + self.keys)
    }
}

fn mark(world: &mut World, op: Date, soort: Breuksoort) {
    world.write(op, RegisterEvent::ReeksbreukGemarkeerd(Reeksbreuk { op, soort }));
}
