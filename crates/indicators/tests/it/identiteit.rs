//! Stand = previous stand + instroom - uitstroom, in every cell, and each of them is what a count
//! by hand, person by person and day by day, gives.

use std::collections::{BTreeMap, BTreeSet};

use crate::gemeente::{Log, PRODUCTEN, V, day};
use domain::{Dossier, Leeftijdsgroep, Maand, State};
use indicators::{
    Cijfer, Dimensie, Feiten, Filter, Vorm, Vraag, bereken,
    catalogus::{CLIENTEN, INSTROOM, UITSTROOM},
    reeks,
};
use jiff::{ToSpan, civil::Date};
use proptest::prelude::*;

const VAN: &str = "2015-02";
const TOT: &str = "2016-12";

/// One person: two moves, a year of birth and some provisions.
#[derive(Debug, Clone)]
struct Persoon {
    geboortejaar: i16,
    wijken: Vec<(u16, u16)>,
    voorzieningen: Vec<(usize, u16, u16, bool, u16)>,
}

fn persoon() -> impl Strategy<Value = Persoon> {
    let wijken = prop::collection::vec((0..800u16, 1..=3u16), 1..3);
    let voorziening = (0..3usize, 0..760u16, 0..300u16, any::<bool>(), 0..3u16);
    let voorzieningen = prop::collection::vec(voorziening, 0..7);
    (1930..1988i16, wijken, voorzieningen).prop_map(|(geboortejaar, wijken, voorzieningen)| {
        Persoon { geboortejaar, wijken, voorzieningen }
    })
}

fn log(personen: &[Persoon]) -> Log {
    let mut log = Log::gemeente();
    let start = day("2014-12-01");
    for (client, persoon) in (1..).zip(personen) {
        for (offset, wijk) in &persoon.wijken {
            let on = start.saturating_add(i32::from(*offset).days());
            log.gegevens(client, on, *wijk, persoon.geboortejaar);
        }
        for (product, offset, length, pgb, team) in &persoon.voorzieningen {
            let van = start.saturating_add(i32::from(*offset).days());
            // A short length stands for one of a few days, so that gaps meet the limit often.
            let tot = van.saturating_add(i32::from(*length % 40).days());
            let tot = if *length > 280 { None } else { Some(tot) };
            let it = V {
                product: PRODUCTEN[*product].0,
                van,
                tot,
                team: (*team > 0).then_some(*team),
                pgb: *pgb,
                aanbieder: 1 + u32::from(*length % 2),
            };
            log.voorziening(client, it);
        }
    }
    log
}

pub(crate) const PER: [Dimensie; 9] = [
    Dimensie::Geen,
    Dimensie::Team,
    Dimensie::Wijk,
    Dimensie::Product,
    Dimensie::Cbsgroep,
    Dimensie::Zorgsoort,
    Dimensie::Aanbieder,
    Dimensie::Leveringsvorm,
    Dimensie::Leeftijdsgroep,
];

pub(crate) type Cells = BTreeMap<(String, Maand), u64>;

fn cells(it: Vec<Cijfer>) -> Cells {
    it.into_iter().map(|it| ((it.cel.sleutel, it.maand), it.n)).collect()
}

pub(crate) fn check_identity(state: &State, per: Dimensie, filter: &Filter, gat: u16) -> Cells {
    stock_and_inflow(state, per, filter, gat).0
}

fn stock_and_inflow(state: &State, per: Dimensie, filter: &Filter, gat: u16) -> (Cells, Cells) {
    let feiten = Feiten::van(state);
    let (van, tot): (Maand, Maand) = (VAN.parse().unwrap(), TOT.parse().unwrap());
    let vraag = Vraag {
        per,
        filter: filter.clone(),
        episode_gat_dagen: gat,
        ..Vraag::new(tot, day("2018-01-01"))
    };
    let ask = |it| cells(reeks(it, &feiten, &state.register, &vraag, van.vorige(), tot));
    let (stand, erin, eruit) = (ask(&CLIENTEN), ask(&INSTROOM), ask(&UITSTROOM));
    let keys: BTreeSet<&String> = [&stand, &erin, &eruit]
        .into_iter()
        .flat_map(|it| it.keys().map(|(cell, _)| cell))
        .collect();
    for key in keys {
        for maand in van.tot_en_met(tot) {
            let at = |of: &Cells, maand| of.get(&(key.clone(), maand)).copied().unwrap_or(0);
            let (before, now) = (at(&stand, maand.vorige()), at(&stand, maand));
            let expected = before + at(&erin, maand) - at(&eruit, maand);
            assert_eq!(now, expected, "{per} {key} in {maand}, gap {gat}");
        }
        // The answer about one month is the month's part of the answer about many.
        let maand = van.plus(7);
        let one = bereken(&CLIENTEN, &feiten, &state.register, &Vraag { maand, ..vraag.clone() });
        let one = cells(one).get(&(key.clone(), maand)).copied().unwrap_or(0);
        assert_eq!(one, stand.get(&(key.clone(), maand)).copied().unwrap_or(0), "{per} {key}");
    }
    (stand, erin)
}

type Counts = BTreeMap<String, u64>;

/// Person by person, day by day: who has support on the last day, and who starts in the month.
fn by_hand(state: &State, per: Dimensie, gat: u16, maand: Maand) -> (Counts, Counts) {
    let (mut stock, mut inflow) = (Counts::new(), Counts::new());
    for dossier in state.dossiers.values() {
        for (key, days) in days_with_support(dossier, per) {
            let there = |op: Date| {
                let before = days.range(..=op).next_back();
                let Some((a, b)) = before.zip(days.range(op..).next()) else { return false };
                let mut gap = a.series(1.day()).skip(1).take_while(|it| it < b);
                let short = (*b - *a).get_days() - 1 <= i32::from(gat);
                short && !gap.any(|it| it == it.last_of_month())
            };
            let last = maand.laatste_dag();
            *stock.entry(key.clone()).or_default() += u64::from(days.contains(&last));
            let month = maand.eerste_dag().series(1.day()).take_while(|it| *it <= last);
            let starts = month.filter(|it| there(*it) && !there(it.yesterday().unwrap()));
            *inflow.entry(key).or_default() += starts.count() as u64;
        }
    }
    (nonzero(stock), nonzero(inflow))
}

fn days_with_support(dossier: &Dossier, per: Dimensie) -> BTreeMap<String, BTreeSet<Date>> {
    let mut days: BTreeMap<String, BTreeSet<Date>> = BTreeMap::new();
    let (first, last) = (day("2014-11-01"), day("2017-06-01"));
    for op in first.series(1.day()).take_while(|it| *it <= last) {
        for it in dossier.voorzieningen_op(op) {
            let facts = dossier.gegevens_op(op).unwrap();
            let key = match per {
                Dimensie::Geen => "totaal".to_owned(),
                Dimensie::Wijk => facts.wijk.unwrap().0.to_string(),
                Dimensie::Team => it.team.map_or("onbekend".into(), |it| it.0.to_string()),
                Dimensie::Product => it.voorziening.product.code().unwrap().to_string(),
                Dimensie::Leeftijdsgroep => group_key(facts.leeftijdsgroep(op).unwrap()),
                _ => unreachable!("not counted by hand"),
            };
            days.entry(key).or_default().insert(op);
        }
    }
    days
}

fn nonzero(mut counts: Counts) -> Counts {
    counts.retain(|_, n| *n > 0);
    counts
}

fn of_month(cells: &Cells, maand: Maand) -> Counts {
    let own = cells.iter().filter(|((_, of), _)| *of == maand);
    nonzero(own.map(|((key, _), n)| (key.clone(), *n)).collect())
}

fn group_key(groep: Leeftijdsgroep) -> String {
    groep.naam().replace(' ', "_")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn stock_follows_from_flows_in_every_cell(
        personen in prop::collection::vec(persoon(), 1..25),
        gat in 0..40u16,
    ) {
        let state = log(&personen).state();
        for per in PER {
            check_identity(&state, per, &Filter::default(), gat);
        }
        let chosen = Filter { vorm: Some(Vorm::Zin), wijk: Some(domain::WijkId(2)), ..Filter::default() };
        check_identity(&state, Dimensie::Team, &chosen, gat);
    }

    #[test]
    fn stock_and_inflow_are_what_a_count_by_hand_gives(
        personen in prop::collection::vec(persoon(), 1..6),
        gat in 0..10u16,
    ) {
        let state = log(&personen).state();
        for per in [
            Dimensie::Geen,
            Dimensie::Wijk,
            Dimensie::Team,
            Dimensie::Product,
            Dimensie::Leeftijdsgroep,
        ] {
            let (stock, inflow) = stock_and_inflow(&state, per, &Filter::default(), gat);
            for maand in ["2015-06", "2016-01", "2016-12"] {
                let maand: Maand = maand.parse().unwrap();
                let ours = (of_month(&stock, maand), of_month(&inflow, maand));
                prop_assert_eq!(ours, by_hand(&state, per, gat, maand), "{} in {}", per, maand);
            }
        }
    }
}
