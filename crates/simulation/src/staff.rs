//! The staff of the access: who works where, employed by whom, and what is true about each.

use std::collections::BTreeMap;

use domain::{
    Actor, Bedrag, Functie, Hoedanigheid, MandaatId, MedewerkerId, Periode, RegisterEvent,
    Werkgever,
    mandaat::{Mandaat, Werkgeverseis},
    medewerker::{Aanstelling, Achtergrond},
};
use jiff::{
    ToSpan,
    civil::{Date, date},
};

use crate::{
    draw::Draw,
    parameters::{BEGIN, Parameters},
    place::Place,
    providers::{LEVERANCIERS_VAN_COACHES, Offer, WIJKVERPLEGING},
    world::World,
};

/// Everybody who works or worked for the access.
#[derive(Default)]
pub(crate) struct Staff {
    pub(crate) members: Vec<Member>,
    /// Those who work here now, per function and team.
    present: BTreeMap<(Functie, Option<usize>), Vec<MedewerkerId>>,
}

/// Somebody who works or worked for the access, with what is true about them.
pub(crate) struct Member {
    pub(crate) id: MedewerkerId,
    pub(crate) functie: Functie,
    pub(crate) achtergrond: Achtergrond,
    /// The place of the team in the list of teams.
    pub(crate) team: Option<usize>,
    /// The provider that employs or employed them, by its place in the list.
    pub(crate) provider: Option<usize>,
    /// The extra chance that they grant a request.
    pub(crate) effect_toekenning: f64,
    pub(crate) employed: bool,
}

/// What the staff is hired for.
#[derive(Clone, Copy)]
pub(crate) struct Setting<'a> {
    pub(crate) parameters: &'a Parameters,
    pub(crate) place: &'a Place,
    pub(crate) offer: &'a Offer,
}

/// One seat: a function with a background, a team and a provider that fills it.
#[derive(Clone, Copy)]
struct Seat {
    functie: Functie,
    achtergrond: Achtergrond,
    team: Option<usize>,
    provider: Option<usize>,
}

impl Staff {
    /// Hires everybody of the first day and gives the mandates.
    pub(crate) fn establish(setting: Setting<'_>, world: &mut World, draw: &mut Draw) -> Staff {
        let mut staff = Staff::default();
        let size = usize::try_from(setting.parameters.inwoners / 42_000).unwrap_or(1).max(1);
        for seat in office_seats(size) {
            staff.hire(seat, BEGIN, setting, world, draw);
        }
        let per_team =
            usize::try_from(setting.parameters.inwoners).unwrap_or(0) / setting.place.teams.len();
        let scale = (per_team / 10_500).max(1);
        for team in 0..setting.place.teams.len() {
            for seat in team_seats(team, scale) {
                staff.hire(seat, BEGIN, setting, world, draw);
            }
        }
        staff.balance(setting.place.teams.len());
        for mandaat in mandaten(setting.parameters) {
            world.write(mandaat.geldig.van(), RegisterEvent::MandaatVerleend(mandaat));
        }
        staff
    }

    /// Lets the effects of those who start together cancel out within each team and the office.
    fn balance(&mut self, teams: usize) {
        for team in (0..teams).map(Some).chain([None]) {
            let mut own: Vec<&mut Member> =
                self.members.iter_mut().filter(|it| it.team == team).collect();
            let count = f64::from(u32::try_from(own.len()).expect("a few thousand at most"));
            let mean = own.iter().map(|it| it.effect_toekenning).sum::<f64>() / count;
            for it in &mut own {
                it.effect_toekenning -= mean;
            }
        }
    }

    /// Hires the intakers of the pilot.
    pub(crate) fn hire_intakers(
        &mut self,
        setting: Setting<'_>,
        world: &mut World,
        draw: &mut Draw,
    ) {
        let size = usize::try_from(setting.parameters.inwoners / 42_000).unwrap_or(1).max(1);
        for _ in 0..size * 2 {
            let seat = office(Functie::Intaker, Achtergrond::Welzijn);
            self.hire(seat, world.today, setting, world, draw);
        }
    }

    /// Lets some leave today and others come tomorrow, each seat with a small chance per month.
    pub(crate) fn turn_over(&mut self, setting: Setting<'_>, world: &mut World, draw: &mut Draw) {
        const PER_MONTH: f64 = 0.006;
        for at in 0..self.members.len() {
            let it = &self.members[at];
            if !it.employed || !draw.chance(PER_MONTH) {
                continue;
            }
            let (functie, achtergrond) = (it.functie, it.achtergrond);
            let seat = Seat { functie, achtergrond, team: it.team, provider: it.provider };
            let medewerker = it.id;
            self.members[at].employed = false;
            if let Some(present) = self.present.get_mut(&(functie, seat.team)) {
                present.retain(|it| *it != medewerker);
            }
            world.write(world.today, RegisterEvent::MedewerkerVertrokken { medewerker });
            let tomorrow = world.today.saturating_add(1.day());
            self.hire(seat, tomorrow, setting, world, draw);
        }
    }

    /// Appoints everybody whom a provider employs anew, employed by the municipality.
    pub(crate) fn insource(&self, setting: Setting<'_>, world: &mut World) {
        let on = setting.parameters.insourcing_op;
        for it in &self.members {
            if it.employed && it.functie == Functie::Wijkcoach && it.provider.is_some() {
                let aanstelling = aanstelling(it, on, setting);
                let medewerker = it.id;
                world.write(on, RegisterEvent::MedewerkerAangesteld { medewerker, aanstelling });
            }
        }
    }

    /// Somebody with this function, of this team or of the office.
    pub(crate) fn somebody(
        &self,
        functie: Functie,
        team: Option<usize>,
        draw: &mut Draw,
    ) -> MedewerkerId {
        draw.pick(self.those(functie, team))
    }

    /// Somebody who may investigate for this team, or for the desk.
    pub(crate) fn investigator(
        &self,
        team: Option<usize>,
        elderly: bool,
        draw: &mut Draw,
    ) -> MedewerkerId {
        let functions = [
            (Functie::Wijkcoach, 3.0),
            (Functie::Consulent, 3.0),
            (Functie::Wijkverpleegkundige, if elderly { 4.0 } else { 0.5 }),
            (Functie::Welzijnsmedewerker, 2.0),
        ];
        let weights = functions.map(|(functie, weight)| {
            let present = self.those(functie, team).len();
            weight * f64::from(u32::try_from(present).expect("a few thousand at most"))
        });
        let (functie, _) = functions[draw.weighted(&weights)];
        draw.pick(self.those(functie, team))
    }

    fn those(&self, functie: Functie, team: Option<usize>) -> &[MedewerkerId] {
        self.present.get(&(functie, team)).map_or(&[], Vec::as_slice)
    }

    pub(crate) fn member(&self, id: MedewerkerId) -> &Member {
        &self.members[usize::try_from(id.0).expect("a small number") - 1]
    }

    fn hire(
        &mut self,
        seat: Seat,
        on: Date,
        setting: Setting<'_>,
        world: &mut World,
        draw: &mut Draw,
    ) {
        let number = u32::try_from(self.members.len() + 1).expect("a few thousand at most");
        let member = Member {
            id: MedewerkerId(number),
            functie: seat.functie,
            achtergrond: seat.achtergrond,
            team: seat.team,
            provider: seat.provider,
            effect_toekenning: draw.between(-0.08, 0.08),
            employed: true,
        };
        let aanstelling = aanstelling(&member, on, setting);
        let medewerker = member.id;
        world.write(on, RegisterEvent::MedewerkerAangesteld { medewerker, aanstelling });
        self.present.entry((member.functie, member.team)).or_default().push(medewerker);
        self.members.push(member);
    }
}

/// The capacity of somebody on a day, if they worked here then.
pub(crate) fn capacity(world: &World, id: MedewerkerId, on: Date) -> Option<Hoedanigheid> {
    world.state.register.hoedanigheid(id, on)
}

/// Who signs for something of this day: the day moves to today for somebody who came later.
pub(crate) fn sign(world: &World, id: MedewerkerId, on: Date) -> (Date, Actor) {
    match capacity(world, id, on) {
        Some(it) => (on, Actor::Medewerker(it)),
        None => {
            let today = capacity(world, id, world.today).expect("only those employed are asked");
            (world.today, Actor::Medewerker(today))
        }
    }
}

fn aanstelling(it: &Member, on: Date, setting: Setting<'_>) -> Aanstelling {
    let provider = it.provider.map(|at| setting.offer.providers[at].id);
    let werkgever = match (it.functie, provider) {
        (Functie::Welzijnsmedewerker, _) => Werkgever::Welzijnsorganisatie,
        (Functie::Wijkcoach, _) if on >= setting.parameters.insourcing_op => Werkgever::Gemeente,
        (_, Some(id)) => Werkgever::Aanbieder(id),
        (_, None) => Werkgever::Gemeente,
    };
    let verbonden_aan = match werkgever {
        Werkgever::Aanbieder(id) => Some(id),
        _ => None,
    };
    let team = it.team.map(|at| setting.place.teams[at].id);
    Aanstelling { functie: it.functie, achtergrond: it.achtergrond, werkgever, verbonden_aan, team }
}

fn office(functie: Functie, achtergrond: Achtergrond) -> Seat {
    Seat { functie, achtergrond, team: None, provider: None }
}

/// The seats outside the teams, for so many times 42 000 inhabitants.
fn office_seats(size: usize) -> Vec<Seat> {
    let once = [
        (Functie::Contractmanager, 1),
        (Functie::Controller, 1),
        (Functie::Beleidsonderzoeker, 1),
        (Functie::Griffier, 1),
        (Functie::FunctioneelBeheerder, 1),
        (Functie::KccMedewerker, 4 * size),
        (Functie::Consulent, 4 * size),
        (Functie::CtaLid, 3 * size),
        (Functie::Beslisser, 2 * size),
    ];
    let seats = once.into_iter().flat_map(|(functie, count)| {
        std::iter::repeat_n(office(functie, Achtergrond::Ambtelijk), count)
    });
    seats.collect()
}

/// The seats of one team, for so many times 10 500 inhabitants.
fn team_seats(team: usize, scale: usize) -> Vec<Seat> {
    let seat =
        |functie, achtergrond, provider| Seat { functie, achtergrond, team: Some(team), provider };
    let mut seats = vec![seat(Functie::Teammanager, Achtergrond::Ambtelijk, None)];
    for _ in 0..scale {
        let coaches = LEVERANCIERS_VAN_COACHES;
        let coach = |achtergrond, provider| seat(Functie::Wijkcoach, achtergrond, provider);
        seats.extend([
            coach(Achtergrond::Zorg, Some(coaches[team % 3])),
            coach(Achtergrond::Zorg, Some(coaches[(team + 1) % 3])),
            coach(Achtergrond::MaatschappelijkWerk, Some(coaches[(team + 2) % 3])),
            coach(Achtergrond::Zorg, Some(coaches[team % 3])),
            coach(Achtergrond::MaatschappelijkWerk, None),
            seat(Functie::Consulent, Achtergrond::Ambtelijk, None),
            seat(Functie::Consulent, Achtergrond::Zorg, None),
            seat(Functie::Wijkverpleegkundige, Achtergrond::Verpleegkundig, Some(WIJKVERPLEGING)),
            seat(Functie::Welzijnsmedewerker, Achtergrond::Welzijn, None),
        ]);
    }
    seats
}

/// The mandate of the welzijnsmedewerker, the last of the rows.
pub(crate) const MANDAAT_WELZIJN: MandaatId = MandaatId(6);

/// Who may decide, up to what value, from when to when.
fn mandaten(parameters: &Parameters) -> Vec<Mandaat> {
    let until = Some(parameters.insourcing_op.saturating_sub(1.day()));
    let nursing = Some(date(2018, 12, 31));
    let rows = [
        (Functie::Beslisser, Werkgeverseis::AlleenGemeente, None, BEGIN, None),
        (Functie::Consulent, Werkgeverseis::AlleenGemeente, Some(40_000), BEGIN, None),
        (Functie::Wijkcoach, Werkgeverseis::Iedereen, Some(25_000), BEGIN, until),
        (
            Functie::Wijkcoach,
            Werkgeverseis::AlleenGemeente,
            Some(30_000),
            parameters.insourcing_op,
            None,
        ),
        (Functie::Wijkverpleegkundige, Werkgeverseis::Iedereen, Some(15_000), BEGIN, nursing),
        // Withdrawn when its time has come.
        (Functie::Welzijnsmedewerker, Werkgeverseis::Iedereen, Some(10_000), BEGIN, None),
    ];
    let numbered = rows.into_iter().zip(1..);
    let mandaat = |((functie, voor, euro, van, tot), id)| Mandaat {
        id: MandaatId(id),
        functie,
        voor,
        tot: Option::<i64>::map(euro, Bedrag::euro),
        geldig: Periode::new(van, tot).expect("a mandate ends after it starts"),
    };
    numbered.map(mandaat).collect()
}
