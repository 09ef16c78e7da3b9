//! The kernel against a count by hand, and against published counts of the same question.

use std::{collections::BTreeSet, fs, path::Path};

use domain::Maand;
use indicators::{
    OPEN, Venster, dag, datum,
    spells::{Kolommen, Stromen, Telling, tel_clienten, tel_spells},
};
use jiff::civil::Date;

struct Spells {
    client: Vec<u32>,
    cel: Vec<u16>,
    van: Vec<i32>,
    tot: Vec<i32>,
}

impl Spells {
    fn kolommen(&self) -> Kolommen<'_> {
        Kolommen { client: &self.client, van: &self.van, tot: &self.tot }
    }

    /// Spells from a small generator of its own, so that the same come every time.
    fn generated(n: u32, clients: u32) -> Spells {
        let mut seed: u64 = 20_150_101;
        let mut next = |below: u32| {
            seed = seed
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            u32::try_from((seed >> 33) % u64::from(below)).unwrap()
        };
        let mut it = Spells { client: vec![], cel: vec![], van: vec![], tot: vec![] };
        for _ in 0..n {
            it.client.push(next(clients));
            it.cel.push(u16::try_from(next(4)).unwrap());
            let van = dag("2014-11-01".parse().unwrap()) + i32::try_from(next(600)).unwrap();
            it.van.push(van);
            let length = i32::try_from(next(90)).unwrap();
            it.tot.push(if length == 89 { OPEN } else { van + length });
        }
        it
    }

    fn sorted(&self) -> Spells {
        let mut order: Vec<usize> = (0..self.client.len()).collect();
        order.sort_by_key(|it| self.client[*it]);
        let pick = |from: &[i32]| order.iter().map(|it| from[*it]).collect();
        Spells {
            client: order.iter().map(|it| self.client[*it]).collect(),
            cel: order.iter().map(|it| self.cel[*it]).collect(),
            van: pick(&self.van),
            tot: pick(&self.tot),
        }
    }
}

fn venster(van: &str, tot: &str) -> Venster {
    Venster::new(van.parse().unwrap(), tot.parse().unwrap()).unwrap()
}

/// Spells and people per cell and month, by looking at every spell in every month.
fn by_hand(it: &Spells, venster: &Venster, telling: Telling, cellen: usize) -> Vec<[u32; 2]> {
    let mut out = Vec::new();
    for cel in 0..cellen {
        for maand in venster.maanden() {
            let last = dag(maand.laatste_dag());
            let first = if telling == Telling::ElkeDag { dag(maand.eerste_dag()) } else { last };
            let runs = (0..it.client.len()).filter(|at| {
                usize::from(it.cel[*at]) == cel && it.van[*at] <= last && it.tot[*at] >= first
            });
            let clients: Vec<u32> = runs.map(|at| it.client[at]).collect();
            let unique: BTreeSet<&u32> = clients.iter().collect();
            out.push([clients.len(), unique.len()].map(|it| u32::try_from(it).unwrap()));
        }
    }
    out
}

fn stands(cellen: usize, spells: &Stromen, clients: &Stromen) -> Vec<[u32; 2]> {
    let per_cell = (0..cellen).map(|it| (spells.stand(it), clients.stand(it)));
    per_cell.flat_map(|(a, b)| a.into_iter().zip(b).map(<[u32; 2]>::from)).collect()
}

fn count(it: &Spells, venster: &Venster, telling: Telling, cellen: usize) -> Vec<[u32; 2]> {
    let cel = |at: usize| Some(it.cel[at]);
    let spells = tel_spells(it.kolommen(), cel, cellen, venster, telling);
    // Without a gap an episode ends on the day its last spell ends.
    let clients = tel_clienten(it.kolommen(), cel, cellen, venster, (telling, 0));
    stands(cellen, &spells, &clients)
}

#[test]
fn the_kernel_counts_as_one_counts_by_hand() {
    let venster = venster("2015-01", "2015-12");
    for (n, clients) in [(0, 1), (3_000, 400), (3_000, 2_900)] {
        let mixed = Spells::generated(n, clients);
        let sorted = mixed.sorted();
        for telling in [Telling::LaatsteDag, Telling::ElkeDag] {
            let expected = by_hand(&mixed, &venster, telling, 4);
            assert_eq!(count(&sorted, &venster, telling, 4), expected, "{n} sorted {telling:?}");
            assert_eq!(count(&mixed, &venster, telling, 4), expected, "{n} mixed {telling:?}");
            let mut sparse = Spells::generated(n, clients);
            sparse.client.iter_mut().for_each(|it| *it = it.wrapping_mul(2_654_435_761));
            assert_eq!(count(&sparse, &venster, telling, 4), expected, "{n} sparse {telling:?}");
        }
    }
}

/// Enough rows to be cut over threads and into parts.
#[test]
fn sorted_and_unsorted_columns_give_the_same_counts() {
    let venster = venster("2015-01", "2016-12");
    let mixed = Spells::generated(600_000, 150_000);
    let sorted = mixed.sorted();
    for telling in [Telling::LaatsteDag, Telling::ElkeDag] {
        let (a, b) = (count(&sorted, &venster, telling, 4), count(&mixed, &venster, telling, 4));
        assert_eq!(a, b, "{telling:?}");
        assert!(a.iter().all(|[spells, clients]| clients <= spells && *clients > 0));
    }
}

#[test]
fn a_spell_that_ends_before_it_starts_counts_nowhere() {
    let wrong = Spells { client: vec![1], cel: vec![0], van: vec![6000], tot: vec![5999] };
    let venster = venster("2015-01", "2020-12");
    for telling in [Telling::LaatsteDag, Telling::ElkeDag] {
        assert!(count(&wrong, &venster, telling, 1).iter().all(|it| *it == [0, 0]));
    }
    assert_eq!(datum(5999).to_string(), "2016-06-04");
}

/// A public set with the counts that other programs made of it.
#[test]
fn published_counts_come_out_exactly() {
    let folder =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/stats/data/synth_open");
    let Ok(text) = fs::read_to_string(folder.join("spells.csv")) else {
        eprintln!("OVERGESLAGEN: {} is er niet", folder.display());
        return;
    };
    let mut rows: Vec<(u32, u16, i32, i32)> = Vec::new();
    for line in text.lines().skip(1) {
        let field: Vec<&str> = line.split(',').collect();
        let day = |it: &str| it.parse::<Date>().map_or(OPEN, dag);
        let (client, team) = (field[1].parse().unwrap(), field[2].parse().unwrap());
        rows.push((client, team, day(field[4]), day(field[5])));
    }
    rows.sort_unstable();
    let it = Spells {
        client: rows.iter().map(|it| it.0).collect(),
        cel: rows.iter().map(|it| it.1).collect(),
        van: rows.iter().map(|it| it.2).collect(),
        tot: rows.iter().map(|it| it.3).collect(),
    };
    let months: Vec<Maand> = expected(&folder, "spells_expected_month.csv")
        .iter()
        .map(|it| it[0].parse().unwrap())
        .collect();
    let venster = Venster::new(months[0], months[months.len() - 1]).unwrap();
    check_months(&it, &venster, &folder);
    check_teams(&it, &venster, &folder);
}

fn check_months(it: &Spells, venster: &Venster, folder: &Path) {
    let all = |telling| {
        let spells = tel_spells(it.kolommen(), |_| Some(0), 1, venster, telling);
        let clients = tel_clienten(it.kolommen(), |_| Some(0), 1, venster, (telling, 0));
        (stands(1, &spells, &clients), spells.instroom(0).to_vec())
    };
    let ((any, started), (last, _)) = (all(Telling::ElkeDag), all(Telling::LaatsteDag));
    for (at, row) in expected(folder, "spells_expected_month.csv").iter().enumerate() {
        let ours = [any[at][0], last[at][0], started[at], any[at][1], last[at][1]];
        let theirs = [1, 2, 3, 5, 6].map(|it| row[it].parse::<u32>().unwrap());
        assert_eq!(ours, theirs, "{}", row[0]);
    }
}

fn check_teams(it: &Spells, venster: &Venster, folder: &Path) {
    let rows = expected(folder, "spells_expected_team_month.csv");
    let teams = usize::from(*it.cel.iter().max().unwrap()) + 1;
    let ours = count(it, venster, Telling::ElkeDag, teams);
    for row in rows {
        let maand: Maand = row[0].parse().unwrap();
        let at = venster.maanden().position(|it| it == maand).unwrap();
        let team: usize = row[1].parse().unwrap();
        let theirs = [2, 3].map(|it| row[it].parse::<u32>().unwrap());
        assert_eq!(ours[team * venster.aantal() + at], theirs, "team {team} in {maand}");
    }
}

fn expected(folder: &Path, name: &str) -> Vec<Vec<String>> {
    let text = fs::read_to_string(folder.join(name)).unwrap();
    text.lines().skip(1).map(|it| it.split(',').map(str::to_owned).collect()).collect()
}
