//! Reads the shared reference results and says where an estimator differs from them.
//!
//! ```ignore
//! let Some(it) = reference("twfe__mpdta") else { return };
//! let figures = estimate(&it.data.panel("treated", &[])).figures();
//! it.compare(&figures, &[("se_", Rel(1e-6)), ("", Abs(1e-8))]);
//! ```
#![expect(clippy::unwrap_used, reason = "a broken reference file must stop the test")]

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use statistics::figures::Figures;
use statistics::panel::{Columns, Panel};

use self::Tolerance::{Abs, Rel};

/// How far a number may be off.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Tolerance {
    /// Absolute difference.
    Abs(f64),
    /// Relative to the expected number.
    Rel(f64),
}

/// One reference file: its data and what each implementation found.
#[derive(Debug)]
pub(crate) struct Reference {
    /// Name of the file without `.json`.
    pub(crate) id: String,
    /// The data set.
    pub(crate) data: Table,
    primary: String,
    results: HashMap<String, Vec<(String, f64)>>,
}

/// Reference `id`, or nothing (with a notice) where the shared folder is absent.
pub(crate) fn reference(id: &str) -> Option<Reference> {
    let path = shared(&format!("stats/reference/{id}.json"))?;
    let json: serde_json::Value =
        serde_json::from_reader(std::fs::File::open(path).unwrap()).unwrap();
    let numbers = |it: &serde_json::Value| -> Vec<(String, f64)> {
        let all = it["results"].as_object().unwrap().iter();
        all.filter_map(|(key, value)| Some((key.clone(), value.as_f64()?))).collect()
    };
    let results = json["implementations"].as_array().unwrap().iter();
    Some(Reference {
        id: id.to_owned(),
        data: match json["dataset"].as_str().unwrap() {
            // A result that needs no data, such as a run length.
            "-" => Table { names: Vec::new(), rows: Vec::new() },
            path => data(path)?,
        },
        primary: json["primary"].as_str().unwrap().to_owned(),
        results: results.map(|it| (it["impl"].as_str().unwrap().to_owned(), numbers(it))).collect(),
    })
}

/// A data set of the shared folder, `stats/data/` not included: `synth_open/stag_het.csv`.
pub(crate) fn data(path: &str) -> Option<Table> {
    shared(&format!("stats/data/{path}")).map(|path| Table::read(&path))
}

/// A file of the shared folder, or nothing (with a notice) where it is absent.
pub(crate) fn shared(path: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared").join(path);
    if !path.exists() {
        eprintln!("OVERGESLAGEN: ../shared heeft geen {}", path.file_name()?.display());
        return None;
    }
    Some(path)
}

impl Reference {
    /// What implementation `name` found.
    pub(crate) fn of(&self, name: &str) -> &[(String, f64)] {
        &self.results[name]
    }

    /// What the primary implementation found.
    pub(crate) fn expected(&self) -> &[(String, f64)] {
        self.of(&self.primary)
    }

    /// Fails when a key of the primary implementation is missing or out of tolerance.
    ///
    /// The first rule whose text occurs at the start of the key holds.
    pub(crate) fn compare(&self, figures: &Figures, rules: &[(&str, Tolerance)]) {
        check(&self.id, self.expected(), figures, rules);
    }
}

/// Fails with every key of `expected` that `figures` lacks or has out of tolerance; prints the
/// largest differences (estimates; standard errors) for the table in `docs/`.
pub(crate) fn check(
    id: &str,
    expected: &[(String, f64)],
    figures: &Figures,
    rules: &[(&str, Tolerance)],
) {
    let problems = problems(expected, figures, rules);
    assert!(problems.is_empty(), "{id}:\n  {}", problems.join("\n  "));
    let largest = |standard_errors: bool| {
        let keys = expected.iter().filter(|(key, _)| key.starts_with("se_") == standard_errors);
        keys.map(|(key, it)| (it - figures.get(key).unwrap_or(*it)).abs()).fold(0.0, f64::max)
    };
    eprintln!("{id}: largest difference {:.1e}; {:.1e}", largest(false), largest(true));
}

fn problems(
    expected: &[(String, f64)],
    figures: &Figures,
    rules: &[(&str, Tolerance)],
) -> Vec<String> {
    let mut problems = Vec::new();
    for (key, expected) in expected {
        let rule = rules.iter().find(|(start, _)| key.starts_with(start)).map(|(_, it)| *it);
        let room = match rule {
            Some(Abs(room)) => room,
            Some(Rel(room)) => room * expected.abs(),
            None => 0.0,
        };
        match figures.get(key) {
            None => problems.push(format!("{key}: missing, expected {expected}")),
            Some(found) if (found - expected).abs() <= room => {}
            Some(found) => {
                problems.push(format!("{key}: {found}, expected {expected} +- {room:e}"))
            }
        }
    }
    problems
}

/// A CSV file in memory.
#[derive(Debug, Clone)]
pub(crate) struct Table {
    names: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Table {
    /// Reads a file with a header.
    pub(crate) fn read(path: &Path) -> Self {
        Self::from_reader(csv::Reader::from_path(path).unwrap())
    }

    fn from_reader<R: std::io::Read>(mut reader: csv::Reader<R>) -> Self {
        let own = |it: csv::StringRecord| it.iter().map(str::to_owned).collect::<Vec<_>>();
        let names = own(reader.headers().unwrap().clone());
        Self { names, rows: reader.records().map(|it| own(it.unwrap())).collect() }
    }

    /// The text of a column.
    pub(crate) fn texts(&self, column: &str) -> Vec<String> {
        let at = self.names.iter().position(|name| name == column);
        let at = at.unwrap_or_else(|| panic!("no column {column} in {:?}", self.names));
        self.rows.iter().map(|row| row[at].clone()).collect()
    }

    /// Whether there is such a column.
    pub(crate) fn has(&self, column: &str) -> bool {
        self.names.iter().any(|name| name == column)
    }

    /// The numbers of a column; an empty cell or `NA` is missing.
    pub(crate) fn optional(&self, column: &str) -> Vec<Option<f64>> {
        let number = |it: &String| match it.as_str() {
            "" | "NA" | "NaN" => None,
            _ => Some(it.parse().unwrap_or_else(|_| panic!("{column}: {it} is not a number"))),
        };
        self.texts(column).iter().map(number).collect()
    }

    /// The numbers of a column that has no missing ones.
    pub(crate) fn numbers(&self, column: &str) -> Vec<f64> {
        self.optional(column).into_iter().map(|it| it.expect("no missing number")).collect()
    }

    /// The whole numbers of a column.
    pub(crate) fn integers(&self, column: &str) -> Vec<i64> {
        #[expect(clippy::cast_possible_truncation, reason = "identifiers and years")]
        self.numbers(column).into_iter().map(|it| it as i64).collect()
    }

    /// The rows for which `keep` holds; it gets the text of `column`.
    pub(crate) fn filter(&self, column: &str, keep: impl Fn(&str) -> bool) -> Self {
        let kept = self.texts(column).into_iter().zip(&self.rows);
        Self {
            names: self.names.clone(),
            rows: kept.filter(|(it, _)| keep(it)).map(|(_, row)| row.clone()).collect(),
        }
    }

    /// The common layout (`unit`, `period`, `first_treat` with 0 for never, `y`) as columns; where
    /// `first_treat` is absent it is the first period of the unit with `treated` 1.
    pub(crate) fn columns(&self, covariates: &[&str]) -> Columns {
        let (unit, period) = (self.texts("unit"), self.integers("period"));
        let first_treated = if self.has("first_treat") {
            let first = self.integers("first_treat").into_iter();
            first.map(|it| (it > 0).then_some(it)).collect()
        } else {
            let mut first: HashMap<&str, i64> = HashMap::new();
            for (row, treated) in self.numbers("treated").into_iter().enumerate() {
                if treated > 0.0 {
                    let known = first.entry(&unit[row]).or_insert(period[row]);
                    *known = period[row].min(*known);
                }
            }
            unit.iter().map(|it| first.get(it.as_str()).copied()).collect()
        };
        let covariate = |it: &&str| ((*it).to_owned(), self.numbers(it));
        Columns {
            first_treated,
            outcome: self.numbers("y"),
            covariates: covariates.iter().map(covariate).collect(),
            unit,
            period,
            ..Columns::default()
        }
    }

    /// [`Table::columns`] as a panel.
    pub(crate) fn panel(&self, covariates: &[&str]) -> Panel {
        Panel::new(self.columns(covariates)).unwrap()
    }
}

/// Uses every part of this file, so that no test binary has dead code.
#[test]
fn a_reference_is_read_and_compared() {
    let text = "unit,period,treated,y,x\na,1,0,2.5,1\na,2,1,3,\nb,1,0,1,NA\n";
    let table = Table::from_reader(csv::Reader::from_reader(text.as_bytes()));
    assert_eq!(table.optional("x"), [Some(1.0), None, None]);
    let panel = table.filter("unit", |it| it == "a").panel(&["treated"]);
    assert_eq!((panel.cohort, panel.outcome), (vec![Some(2)], vec![2.5, 3.0]));

    let mut figures = Figures::new();
    figures.add_with_se("a", 1.0, 0.5);
    let expected = [("a", 1.1), ("se_a", 0.5), ("b", 0.0)].map(|(it, n)| (it.to_owned(), n));
    assert_eq!(
        problems(&expected, &figures, &[("se_", Rel(0.0)), ("", Abs(1e-2))]),
        ["a: 1, expected 1.1 +- 1e-2", "b: missing, expected 0"]
    );
    check("own", &expected[1..2], &figures, &[]);

    assert!(data("no such file").is_none());
    if let Some(it) = reference("twfe__mpdta") {
        assert_eq!((it.data.numbers("y").len(), it.of("r_fixest").len()), (2500, 11));
        let own = it.expected().iter().fold(Figures::new(), |mut own, (key, value)| {
            own.add(key, *value);
            own
        });
        it.compare(&own, &[]);
    }
}
