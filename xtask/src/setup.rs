//! Installs what the tests need, through Debian's apt.

use std::process::Command;

use crate::programs::{find, output, succeeds, succeeds_silently};

/// A Debian package that some tests need.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Package {
    /// The name apt knows it by.
    pub name: &'static str,
    /// A program that is there exactly when the package is.
    pub program: &'static str,
    /// Which tests are skipped without it, in Dutch.
    pub skipped: &'static str,
}

/// What the tests need beside Rust.
pub const PACKAGES: &[Package] = &[
    Package {
        name: "postgresql",
        program: "initdb",
        skipped: "de tests van het logboek op PostgreSQL",
    },
    Package {
        name: "chromium",
        program: "chromium",
        skipped: "de tests in de browser en de schermafbeeldingen",
    },
    Package {
        name: "chromium-driver",
        program: "chromedriver",
        skipped: "de tests in de browser en de schermafbeeldingen",
    },
    Package {
        name: "libxml2-utils",
        program: "xmllint",
        skipped: "de controle van iWmo-berichten tegen hun schema",
    },
    Package {
        name: "poppler-utils",
        program: "pdftotext",
        skipped: "het teruglezen van brieven uit hun PDF",
    },
];

/// Installs what is missing; returns what is still missing afterwards.
pub fn run() -> Vec<Package> {
    install(PACKAGES, |it| find(it.program).is_some())
}

/// Installs those of the packages that are missing; returns what is still missing afterwards.
pub fn install(packages: &[Package], is_there: fn(&Package) -> bool) -> Vec<Package> {
    let before = missing(packages, is_there);
    if before.is_empty() {
        eprintln!("Alles is er.");
        return before;
    }
    let names: Vec<&str> = before.iter().map(|it| it.name).collect();
    match apt() {
        Some(apt) => {
            eprintln!("Installeren met apt: {}", names.join(" "));
            // An old package list names files that the mirror no longer has.
            if !succeeds(Command::new(apt[0]).args(&apt[1..]).arg("update")) {
                eprintln!("De pakketlijst is niet bijgewerkt; installeren met de oude lijst.");
            }
            let flags = ["install", "--yes", "--no-install-recommends"];
            succeeds(Command::new(apt[0]).args(&apt[1..]).args(flags).args(&names));
        }
        None => eprintln!(
            "Installeren mag hier niet: dat kan alleen als root of met sudo zonder wachtwoord, op \
             een systeem met apt.\nInstalleer zelf: sudo apt-get install {}",
            names.join(" ")
        ),
    }
    let after = missing(packages, is_there);
    for package in &after {
        eprintln!("{}", notice(package));
    }
    after
}

/// What is skipped because of one missing package, as one Dutch line.
pub fn notice(package: &Package) -> String {
    format!("OVERGESLAGEN: {} ({} ontbreekt)", package.skipped, package.name)
}

fn missing(packages: &[Package], is_there: fn(&Package) -> bool) -> Vec<Package> {
    packages.iter().filter(|it| !is_there(it)).copied().collect()
}

/// The words that start apt with the right to install; `None` when there is no such right.
fn apt() -> Option<&'static [&'static str]> {
    const ROOT: &[&str] = &["env", "DEBIAN_FRONTEND=noninteractive", "apt-get"];
    const SUDO: &[&str] = &["sudo", "-n", "env", "DEBIAN_FRONTEND=noninteractive", "apt-get"];
    find("apt-get")?;
    if output(Command::new("id").arg("-u")).as_deref() == Some("0") {
        Some(ROOT)
    } else {
        succeeds_silently(Command::new("sudo").args(["-n", "true"])).then_some(SUDO)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_not_there_is_missing() {
        let missing = missing(PACKAGES, |it| it.program != "xmllint");
        let names: Vec<&str> = missing.iter().map(|it| it.name).collect();
        assert_eq!(names, ["libxml2-utils"]);
    }

    #[test]
    fn a_notice_says_which_tests_are_skipped_and_why() {
        assert_eq!(
            notice(&PACKAGES[0]),
            "OVERGESLAGEN: de tests van het logboek op PostgreSQL (postgresql ontbreekt)"
        );
    }
}
