//! The requests: who asks for what on a day, and the people who come over in January 2015.

use domain::{
    ClientId, Clientgegevens, DossierCommand, Huishouden,
    feestdag::is_werkdag,
    melding::{Kanaal, Melder},
    voorziening::EindeReden,
};
use jiff::civil::{Date, date};

use crate::{
    agenda::{Task, plus},
    draw::{Draw, whole},
    needs::{Kind, Need},
    parameters::{BEGIN, Parameters},
    place::Place,
    sim::{Client, Sim},
    staff::sign,
};

/// How many requests a year brings, per wijk, age group and need.
#[derive(Default)]
pub(crate) struct Demand {
    jaar: i16,
    cells: Vec<Cell>,
    /// The sum of the requests per year of each cell and those before it.
    up_to: Vec<f64>,
}

#[derive(Clone, Copy)]
struct Cell {
    wijk: usize,
    groep: usize,
    need: Need,
}

/// The factor above which no day comes; days below it are thinned.
fn highest_factor(parameters: &Parameters) -> f64 {
    let corona = parameters.corona_factor.max(1.0);
    parameters.abonnementstarief_factor.max(1.0) * corona
}

/// Requests come in on working days; a year has about this many.
const WERKDAGEN_PER_JAAR: f64 = 253.0;

impl Demand {
    fn renew(&mut self, jaar: i16, place: &Place, parameters: &Parameters) {
        *self = Demand { jaar, cells: Vec::new(), up_to: Vec::new() };
        let growth = 1.0 + parameters.vraaggroei_per_jaar * f64::from(jaar - BEGIN.year());
        let mut total = 0.0;
        for wijk in 0..place.wijken.len() {
            for groep in 0..6 {
                let inwoners = f64::from(place.inwoners(wijk, groep, jaar)) / 1000.0;
                for need in Need::ALLE {
                    let rate = need.per_duizend()[groep] * need.kind().intensiteit(parameters);
                    total += inwoners * rate * growth * place.wijken[wijk].vraag_factor;
                    self.cells.push(Cell { wijk, groep, need });
                    self.up_to.push(total);
                }
            }
        }
    }

    /// The requests that are expected in a year, per kind and before the breaks in the series.
    pub(crate) fn expected(jaar: i16, place: &Place, parameters: &Parameters) -> [f64; 3] {
        let mut demand = Demand::default();
        demand.renew(jaar, place, parameters);
        let mut before = 0.0;
        let mut totals = [0.0; 3];
        for (cell, up_to) in demand.cells.iter().zip(&demand.up_to) {
            totals[cell.need.kind() as usize] += up_to - before;
            before = *up_to;
        }
        totals
    }

    fn per_jaar(&self) -> f64 {
        self.up_to.last().copied().unwrap_or(0.0)
    }

    fn pick(&self, draw: &mut Draw) -> Cell {
        let at = draw.unit() * self.per_jaar();
        let found = self.up_to.partition_point(|it| *it <= at);
        self.cells[found.min(self.cells.len() - 1)]
    }

    /// Somebody with one of some needs, drawn from the people as they are.
    fn pick_kind(&self, kind: Kind, draw: &mut Draw) -> Cell {
        loop {
            let cell = self.pick(draw);
            if cell.need.kind() == kind {
                return cell;
            }
        }
    }
}

/// How much the day raises or lowers the requests of a kind.
pub(crate) fn day_factor(kind: Kind, op: Date, parameters: &Parameters) -> f64 {
    let tariff = if kind == Kind::Huishouden && op >= date(2019, 1, 1) {
        parameters.abonnementstarief_factor
    } else {
        1.0
    };
    let after = f64::midpoint(1.0, parameters.corona_factor);
    let corona = if op < date(2020, 3, 15) || op >= date(2021, 7, 1) {
        1.0
    } else if op <= date(2020, 6, 30) {
        parameters.corona_factor
    } else {
        after
    };
    tariff * corona
}

impl Sim<'_> {
    /// The requests of a working day.
    pub(crate) fn receive_requests(&mut self) {
        let today = self.world.today;
        self.prepare_demand(today.year());
        let highest = highest_factor(self.parameters);
        let expected = self.demand.per_jaar() / WERKDAGEN_PER_JAAR * highest;
        for _ in 0..self.draws.demand.count(expected) {
            let cell = self.demand.pick(&mut self.draws.demand);
            let factor = day_factor(cell.need.kind(), today, self.parameters) / highest;
            if self.draws.demand.chance(factor) {
                let client = self.who_asks(cell);
                self.open_new_case(client, cell.need);
            }
        }
    }

    /// The people with a provision of before 2015 come over during January.
    pub(crate) fn take_over(&mut self) {
        let today = self.world.today;
        if !is_werkdag(today) {
            return;
        }
        self.prepare_demand(today.year());
        let left = (today.day()..=31)
            .filter(|day| is_werkdag(date(2015, 1, *day)))
            .fold(0_i64, |days, _| days + 1);
        let share =
            |per_duizend: f64| whole(f64::from(self.parameters.inwoners) * per_duizend / 1000.0);
        let totals = [
            (Kind::OndersteuningThuis, share(self.parameters.overgang_per_duizend)),
            (Kind::Huishouden, share(self.parameters.huishouden_start_per_duizend)),
            (Kind::Hulpmiddel, share(self.parameters.hulpmiddel_start_per_duizend)),
        ];
        for (at, (kind, total)) in totals.into_iter().enumerate() {
            let now = (total - self.taken_over[at] + left - 1) / left;
            self.taken_over[at] += now;
            for _ in 0..now {
                let cell = self.demand.pick_kind(kind, &mut self.draws.demand);
                let client = self.new_client(cell.wijk, cell.groep, BEGIN);
                self.take_over_support(client, cell.need);
            }
        }
    }

    fn prepare_demand(&mut self, jaar: i16) {
        if self.demand.jaar != jaar {
            self.demand.renew(jaar, &self.place, self.parameters);
        }
    }

    /// Somebody known who has no open case, or somebody new.
    fn who_asks(&mut self, cell: Cell) -> usize {
        const KNOWN: f64 = 0.18;
        if !self.clients.is_empty() && self.draws.people.chance(KNOWN) {
            for _ in 0..8 {
                let at = self.draws.people.below(self.clients.len());
                let it = &self.clients[at];
                let same_need = |support: &usize| {
                    let support = &self.supports[*support];
                    !support.over && support.need == cell.need
                };
                let age =
                    domain::Leeftijdsgroep::van_leeftijd(self.world.today.year() - it.geboortejaar);
                let free = !it.left && it.open_case.is_none() && age as usize == cell.groep;
                if free && !it.supports.iter().any(same_need) {
                    return at;
                }
            }
        }
        self.new_client(cell.wijk, cell.groep, self.world.today)
    }

    /// Makes somebody and writes down the coarse facts.
    fn new_client(&mut self, wijk: usize, groep: usize, on: Date) -> usize {
        const AGES: [(i64, i64); 6] = [(18, 29), (30, 44), (45, 59), (60, 74), (75, 84), (85, 97)];
        let draw = &mut self.draws.people;
        let age = draw.days(AGES[groep].0, AGES[groep].1);
        let geboortejaar = on.year() - i16::try_from(age).expect("an age");
        let alone = [0.5, 0.45, 0.45, 0.45, 0.6, 0.8][groep];
        let parent = [0.15, 0.2, 0.12, 0.02, 0.0, 0.0][groep];
        let weights = [alone, 0.97 - alone - parent, parent, 0.03];
        let huishouden = Huishouden::ALLE[draw.weighted(&weights)];
        let leaves = departure(age, on, draw);
        let id = ClientId(u64::try_from(self.clients.len() + 1).expect("a count"));
        let at = self.clients.len();
        self.clients.push(Client {
            id,
            geboortejaar,
            huishouden,
            wijk,
            open_case: None,
            supports: Vec::new(),
            leaves,
            left: false,
        });
        let lag = if leaves.1 == EindeReden::Overlijden { (1, 9) } else { (1, 25) };
        let known = plus(leaves.0, self.draws.lateness.days(lag.0, lag.1));
        self.agenda.plan_workday(known, Task::Leave(at));
        if self.draws.people.chance(0.06) {
            let moves = plus(self.world.today, self.draws.people.days(60, 1500));
            self.agenda.plan_workday(moves, Task::MoveHouse(at));
        }
        self.state_facts(at, on);
        at
    }

    /// Writes down the coarse facts about a client.
    fn state_facts(&mut self, client: usize, on: Date) {
        let it = &self.clients[client];
        let gegevens = Clientgegevens {
            geboortejaar: Some(it.geboortejaar),
            wijk: Some(self.place.wijken[it.wijk].id),
            huishouden: it.huishouden,
        };
        let id = it.id;
        let desk = domain::Functie::KccMedewerker;
        let who = self.staff.somebody(desk, None, &mut self.draws.process);
        let (on, actor) = sign(&self.world, who, on);
        self.world.ask(on, actor, id, DossierCommand::StelGegevensVast(gegevens));
    }

    /// A client moves to another wijk of the municipality.
    pub(crate) fn move_house(&mut self, client: usize) {
        if !self.clients[client].left {
            self.clients[client].wijk = self.draws.people.below(self.place.wijken.len());
            self.state_facts(client, self.world.today);
        }
    }
}

/// How and by whom a new request comes in.
pub(crate) fn channel(draw: &mut Draw) -> (Kanaal, Melder) {
    let kanaal = Kanaal::ALLE[draw.weighted(&[0.46, 0.14, 0.32, 0.08])];
    let melder =
        Melder::ALLE[draw.weighted(&[0.42, 0.2, 0.13, 0.08, 0.01, 0.03, 0.06, 0.03, 0.04])];
    (kanaal, melder)
}

/// When and why somebody of this age leaves the municipality: by death or by moving house.
fn departure(age: i64, on: Date, draw: &mut Draw) -> (Date, EindeReden) {
    let death_per_month = match age {
        ..45 => 0.0004,
        45..60 => 0.001,
        60..75 => 0.0025,
        75..85 => 0.006,
        _ => 0.013,
    };
    let move_per_month = if age < 45 { 0.003 } else { 0.001 };
    let (death, moving) = (draw.months(death_per_month), draw.months(move_per_month));
    let days = death.min(moving) * 30 + draw.days(0, 29);
    let why = if death <= moving { EindeReden::Overlijden } else { EindeReden::Verhuizing };
    (plus(on, days), why)
}
