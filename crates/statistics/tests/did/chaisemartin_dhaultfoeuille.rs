//! Switching on and off against moderndid 0.2.0, and against the definition written out.

use statistics::did::chaisemartin_dhaultfoeuille::{Direction, Options, estimate};
use statistics::figures::Estimate as _;

use crate::common::Tolerance::{Abs, Rel};
use crate::common::check;
use crate::toy;

/// `reference/chaisemartin_dhaultfoeuille.py`: both sides sum the same terms in double precision.
#[test]
fn agrees_with_moderndid_and_with_the_definition_written_out() {
    for (section, treatment, cluster, direction) in [
        ("moderndid_up", "treatment", "unit", Direction::Up),
        ("moderndid_down", "treatment", "unit", Direction::Down),
        ("up", "treatment", "unit", Direction::Up),
        ("down", "treatment", "unit", Direction::Down),
        ("both", "treatment", "unit", Direction::Both),
        ("amount", "amount", "unit", Direction::Both),
        ("region", "treatment", "region", Direction::Both),
    ] {
        let options = Options { direction, ..Options::default() };
        let found = estimate(&toy::paths(treatment, cluster), &options).unwrap();
        let expected = toy::expected_in("chaisemartin_dhaultfoeuille_expected.csv", section);
        let rules = [("se_", Rel(1e-9)), ("placebo_chi2", Rel(1e-7)), ("", Abs(1e-9))];
        check(section, &expected, &found.figures(), &rules);
        assert!(found.summary().contains("wisselaars"), "{section}");
    }
}

#[test]
fn fewer_horizons_are_the_first_ones() {
    let paths = toy::paths("treatment", "unit");
    let all = estimate(&paths, &Options::default()).unwrap();
    let options = Options { effects: Some(2), placebos: Some(0), ..Options::default() };
    let some = estimate(&paths, &options).unwrap();
    assert_eq!(some.effects, all.effects[..2]);
    assert!(some.placebos.is_empty() && some.placebo_test.is_none());
    assert_eq!(paths.switchers(), (32, 16));
}
