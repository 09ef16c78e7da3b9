//! Which crate may use which kind of outside library.

use super::{manifest::manifests, workspace::Workspace};

/// A kind of library that must stay in its room.
struct Wall {
    what: &'static str,
    /// Names of libraries; a star at the end stands for any ending.
    libraries: &'static [&'static str],
    /// The crates that may use them.
    inside: &'static [&'static str],
    /// The crates whose tests may use them besides.
    tests_inside: &'static [&'static str],
}

const WALLS: &[Wall] = &[
    Wall {
        what: "SQL",
        libraries: &["sqlx*", "rusqlite", "libsqlite3-sys", "tokio-postgres", "diesel*", "sea-*"],
        inside: &["store"],
        tests_inside: &[],
    },
    Wall {
        what: "the HTTP framework",
        libraries: &["axum*", "tower-http", "hyper*"],
        inside: &["web", "cli"],
        tests_inside: &["scenarios"],
    },
    Wall {
        what: "the typesetter",
        libraries: &["typst*", "textris*"],
        inside: &["reports"],
        tests_inside: &[],
    },
    Wall {
        what: "XML",
        libraries: &["quick-xml", "fastxml", "uppsala", "roxmltree", "xmltree"],
        inside: &["messages"],
        tests_inside: &["scenarios"],
    },
];

/// Libraries outside their walls.
pub(super) fn problems(workspace: &Workspace) -> Vec<String> {
    let mut problems = Vec::new();
    for manifest in manifests(workspace) {
        let name = manifest.name.as_str();
        for dependency in &manifest.dependencies {
            for wall in WALLS.iter().filter(|it| it.holds(&dependency.name)) {
                let in_tests = dependency.dev && wall.tests_inside.contains(&name);
                if !in_tests && !wall.inside.contains(&name) {
                    problems.push(format!(
                        "{}: {} is {}, which belongs in {}",
                        manifest.folder,
                        dependency.name,
                        wall.what,
                        wall.inside.join(", ")
                    ));
                }
            }
        }
    }
    problems
}

impl Wall {
    fn holds(&self, library: &str) -> bool {
        self.libraries.iter().any(|it| match it.strip_suffix('*') {
            Some(start) => library.starts_with(start),
            None => library == *it,
        })
    }
}

#[test]
fn a_library_outside_its_wall_is_refused() {
    let cases: &[(&str, &str, &[&str])] = &[
        ("store", "dependencies.sqlx = '1'", &[]),
        ("cli", "dependencies.axum-extra = '1'", &[]),
        ("scenarios", "dev-dependencies.quick-xml = '1'", &[]),
        (
            "web",
            "dependencies.sqlx-postgres = '1'",
            &["crates/x: sqlx-postgres is SQL, which belongs in store"],
        ),
        (
            "scenarios",
            "dependencies.quick-xml = '1'",
            &["crates/x: quick-xml is XML, which belongs in messages"],
        ),
        (
            "domain",
            "dev-dependencies.tower-http = '1'",
            &["crates/x: tower-http is the HTTP framework, which belongs in web, cli"],
        ),
        (
            "web",
            "dependencies.letters = { package = 'typst-pdf', version = '1' }",
            &["crates/x: typst-pdf is the typesetter, which belongs in reports"],
        ),
    ];
    for (name, line, expected) in cases {
        let manifest = format!("package.name = '{name}'\n{line}\n");
        let files = [("crates/x/Cargo.toml", manifest.as_str())];
        super::sandbox::check(problems, "walls", &files, expected);
    }
}
