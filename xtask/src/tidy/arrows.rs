//! Which crate may use which: the table of rooms, as code.

use super::{manifest::manifests, workspace::Workspace};

/// A crate with the crates of this workspace that it may use.
struct Room {
    name: &'static str,
    /// What its code may use.
    uses: &'static [&'static str],
    /// What its tests and benchmarks may use besides.
    tests_use: &'static [&'static str],
}

const BEHIND_WEB: &[&str] = &[
    "domain",
    "statistics",
    "indicators",
    "evaluation",
    "simulation",
    "messages",
    "reports",
    "store",
    "traffic",
];
const BEHIND_CLI: &[&str] = &[
    "domain",
    "statistics",
    "indicators",
    "evaluation",
    "simulation",
    "messages",
    "reports",
    "store",
    "traffic",
    "web",
];
const BEHIND_SCENARIOS: &[&str] = &[
    "domain",
    "statistics",
    "indicators",
    "evaluation",
    "simulation",
    "messages",
    "reports",
    "store",
    "traffic",
    "web",
    "xtask",
];

/// An arrow missing here is a design question: answer it in an ADR first.
///
/// Tests may borrow the made-up municipality, because its truth is known.
const ROOMS: &[Room] = &[
    Room { name: "domain", uses: &[], tests_use: &[] },
    Room { name: "statistics", uses: &[], tests_use: &[] },
    Room { name: "indicators", uses: &["domain", "statistics"], tests_use: &["simulation"] },
    Room {
        name: "evaluation",
        uses: &["domain", "statistics", "indicators"],
        tests_use: &["simulation"],
    },
    Room { name: "simulation", uses: &["domain"], tests_use: &[] },
    Room { name: "messages", uses: &["domain"], tests_use: &["simulation"] },
    Room { name: "reports", uses: &["indicators", "evaluation"], tests_use: &[] },
    Room { name: "store", uses: &["domain"], tests_use: &["simulation"] },
    Room { name: "traffic", uses: &["domain", "messages", "store"], tests_use: &["simulation"] },
    Room { name: "web", uses: BEHIND_WEB, tests_use: &[] },
    Room { name: "cli", uses: BEHIND_CLI, tests_use: &[] },
    Room { name: "scenarios", uses: &[], tests_use: BEHIND_SCENARIOS },
    Room { name: "xtask", uses: &[], tests_use: &[] },
];

/// Arrows between crates that the table does not have.
pub(super) fn problems(workspace: &Workspace) -> Vec<String> {
    let mut problems = Vec::new();
    for manifest in manifests(workspace) {
        let folder = &manifest.folder;
        let Some(room) = ROOMS.iter().find(|it| it.name == manifest.name) else {
            problems
                .push(format!("{folder}: give this crate its arrows in xtask/src/tidy/arrows.rs"));
            continue;
        };
        for dependency in manifest.dependencies.iter().filter(|it| is_room(&it.name)) {
            let name = dependency.name.as_str();
            let in_tests = dependency.dev && room.tests_use.contains(&name);
            if !in_tests && !room.uses.contains(&name) {
                let what = if dependency.dev { "the tests of " } else { "" };
                problems.push(format!("{folder}: {what}{} may not use {name}", room.name));
            }
        }
    }
    problems
}

fn is_room(name: &str) -> bool {
    ROOMS.iter().any(|it| it.name == name)
}

#[cfg(test)]
mod tests {
    use super::{super::sandbox, *};

    #[test]
    fn an_arrow_that_is_not_in_the_table_is_refused() {
        let cases: &[(&str, &str, &[&str])] = &[
            ("indicators", "dependencies.domain.workspace = true", &[]),
            ("indicators", "dev-dependencies.simulation.workspace = true", &[]),
            ("scenarios", "dev-dependencies.store.workspace = true", &[]),
            (
                "indicators",
                "dependencies.simulation.workspace = true",
                &["crates/x: indicators may not use simulation"],
            ),
            (
                "domain",
                "build-dependencies.statistics.path = '../statistics'",
                &["crates/x: domain may not use statistics"],
            ),
            (
                "reports",
                "dependencies.law = { package = 'domain', path = '../domain' }",
                &["crates/x: reports may not use domain"],
            ),
            (
                "statistics",
                "dev-dependencies.simulation.workspace = true",
                &["crates/x: the tests of statistics may not use simulation"],
            ),
            (
                "scenarios",
                "dependencies.store.workspace = true",
                &["crates/x: scenarios may not use store"],
            ),
            ("cellar", "", &["crates/x: give this crate its arrows in xtask/src/tidy/arrows.rs"]),
        ];
        for (name, line, expected) in cases {
            let manifest = format!("package.name = '{name}'\n{line}\n");
            sandbox::check(problems, "arrows", &[("crates/x/Cargo.toml", &manifest)], expected);
        }
    }

    #[test]
    fn the_arrows_point_one_way() {
        // A room may only use rooms above it in the table, so no circle can be allowed.
        for (place, room) in ROOMS.iter().enumerate() {
            let above: Vec<&str> = ROOMS[..place].iter().map(|it| it.name).collect();
            for used in room.uses {
                assert!(above.contains(used), "{} uses {used}, which stands below it", room.name);
            }
        }
    }
}
