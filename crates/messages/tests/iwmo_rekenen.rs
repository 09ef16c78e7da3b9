//! The published examples of the most that may be billed, row by row.

mod common;

use common::gedeeld;
use domain::{Eenheid, Frequentie, Omvang, Periode, Productcategorie};
use messages::iwmo::keten::{Toegewezen, is_output};

/// The columns of `rekenvoorbeelden.csv`, as far as they are used.
#[derive(Debug)]
struct Voorbeeld {
    toegewezen: Toegewezen,
    periode: Periode,
    output: bool,
    in_periode: (Option<u64>, Option<u64>),
    over_looptijd: (Option<u64>, Option<u64>),
    afwijkend: bool,
    in_bron: Option<u64>,
}

#[expect(
    clippy::unwrap_used,
    reason = "the file is our own table; a wrong cell must stop the test"
)]
fn voorbeeld(cells: &csv::StringRecord) -> Voorbeeld {
    let getal = |at: usize| cells[at].parse::<u64>().ok();
    let dag = |at: usize| cells[at].parse::<jiff::civil::Date>().unwrap();
    let periode = |van, tot| Periode::new(dag(van), Some(dag(tot))).unwrap();
    let omvang = Omvang {
        volume: cells[3].parse().unwrap(),
        eenheid: Eenheid::from_code(&cells[4]).unwrap(),
        frequentie: Frequentie::from_code(&cells[5]).unwrap(),
    };
    let categorie = cells[2].parse::<Productcategorie>().ok();
    Voorbeeld {
        toegewezen: Toegewezen { omvang, categorie, geldig: periode(6, 7) },
        periode: periode(8, 9),
        output: &cells[1] == "output",
        in_periode: (getal(10), getal(11)),
        over_looptijd: (getal(12), getal(13)),
        afwijkend: &cells[16] == "AFWIJKEND",
        in_bron: getal(15),
    }
}

#[test]
fn every_published_example_reproduces() {
    let Some(folder) = gedeeld("iwmo") else { return };
    let mut reader = csv::Reader::from_path(folder.join("rekenvoorbeelden.csv")).unwrap();
    let (mut rows, mut odd) = (0, 0);
    for row in reader.records() {
        let row = row.unwrap();
        let v = voorbeeld(&row);
        let (given, periode) = (v.toegewezen, v.periode);
        assert_eq!(is_output(given.omvang.eenheid), v.output, "{row:?}");
        assert_eq!(given.teleenheden_over_looptijd(), v.over_looptijd.0, "{row:?}");
        assert_eq!(given.maximum_over_looptijd(), v.over_looptijd.1, "{row:?}");
        assert_eq!(given.teleenheden_in(periode), v.in_periode.0, "{row:?}");
        if given.omvang.frequentie == Frequentie::Totaal {
            assert_eq!(given.maximum_in(periode), None, "no limit per period: {row:?}");
        } else {
            assert_eq!(given.maximum_in(periode), v.in_periode.1, "{row:?}");
        }
        if let Some(source) = v.in_bron {
            assert_eq!(given.maximum_in(periode) == Some(source), !v.afwijkend, "{row:?}");
        }
        rows += 1;
        odd += usize::from(v.afwijkend);
    }
    // The one that differs is a slip in the source: it counts October from the 7th on.
    assert_eq!((rows, odd), (55, 1));
}
