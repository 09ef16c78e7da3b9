//! The table of methods: what each is called, where it comes from and which flags it takes.

use anyhow::{anyhow, bail};

use super::{
    did, duur, geloof, ontleding, reeks, regression, synthetisch,
    tabel::{Tabel, nearest},
    uitvoer::Uitkomst,
    vergelijking,
    vlag::{FIRST_TREATED, MISSING, SEED, TREATMENT, Vlag},
    vraag::Vraag,
};

/// One method; every group's file has a list of these.
pub(super) struct Methode {
    /// In kebab-case, as in the literature.
    pub(super) naam: &'static str,
    /// Other names that are understood.
    pub(super) ook: &'static [&'static str],
    /// A Dutch line.
    pub(super) wat: &'static str,
    /// The paper.
    pub(super) bron: &'static str,
    /// Flags that it cannot do without.
    pub(super) nodig: &'static [&'static Vlag],
    /// Flags that it takes as well.
    pub(super) mag: &'static [&'static Vlag],
    /// Does it.
    pub(super) run: fn(&Vraag, &Tabel) -> anyhow::Result<Uitkomst>,
}

/// The groups with their heading.
const GROEPEN: &[(&str, &[Methode])] = &[
    ("Regressie", regression::METHODEN),
    ("Verschil-in-verschillen", did::METHODEN),
    ("Weinig behandelde eenheden", synthetisch::METHODEN),
    ("Geloofwaardigheid", geloof::METHODEN),
    ("Vergelijking", vergelijking::METHODEN),
    ("Overeenstemming en ontleding", ontleding::METHODEN),
    ("Duur", duur::METHODEN),
    ("Reeksen", reeks::METHODEN),
];

/// The method with this name.
pub(super) fn find(naam: &str) -> anyhow::Result<&'static Methode> {
    let known = |it: &&Methode| it.naam == naam || it.ook.contains(&naam);
    all().find(known).ok_or_else(|| {
        let names = all().flat_map(|it| [it.naam].into_iter().chain(it.ook.iter().copied()));
        let hint = nearest(naam, names).map(|it| format!("; bedoelt u {it}?")).unwrap_or_default();
        anyhow!(
            "`{naam}` is geen bekende methode{hint}\n  `wijkpeil estimate --list` toont de methoden"
        )
    })
}

/// All methods by group, a line each.
pub(super) fn list() -> String {
    let width = all().map(|it| it.naam.len()).max().unwrap_or(0);
    let group = |(heading, methods): &(&str, &[Methode])| {
        let line = |it: &Methode| format!("\n  {:width$}  {} ({})", it.naam, it.wat, it.bron);
        format!("{heading}{}", methods.iter().map(line).collect::<String>())
    };
    let groups: Vec<String> = GROEPEN.iter().map(group).collect();
    format!(
        "{}\n\nWat een methode nodig heeft: wijkpeil estimate METHODE --list",
        groups.join("\n\n")
    )
}

impl Methode {
    /// What the method is and which flags it takes.
    pub(super) fn explain(&self) -> String {
        let width = self.nodig.iter().chain(self.mag).map(|it| it.naam.len()).max().unwrap_or(0);
        let lines = |heading: &str, all: &[&Vlag]| {
            let line = |it: &&Vlag| format!("\n  --{:width$}  {}", it.naam, it.uitleg);
            match all {
                [] => String::new(),
                _ => format!("\n\n{heading}{}", all.iter().map(line).collect::<String>()),
            }
        };
        format!(
            "{}: {}\n{}{}{}\n\nBijvoorbeeld: {}",
            self.naam,
            self.wat,
            self.bron,
            lines("Nodig", self.nodig),
            lines("Mag", self.mag),
            self.example()
        )
    }

    /// A whole command.
    pub(super) fn example(&self) -> String {
        let flags: String = self.nodig.iter().map(|it| format!(" {}", it.example())).collect();
        format!("wijkpeil estimate {} gegevens.csv{flags}", self.naam)
    }

    /// Refuses when a flag is missing or means nothing here.
    pub(super) fn check(&self, vraag: &Vraag) -> anyhow::Result<()> {
        // When a unit starts can also be read from what it gets in each period.
        let path = |it: &Vlag| it.naam == FIRST_TREATED.naam && vraag.has(&TREATMENT);
        if let Some(it) = self.nodig.iter().find(|it| !vraag.has(it) && !path(it)) {
            bail!(
                "de methode {} vraagt --{} ({})\n  bijvoorbeeld: {}",
                self.naam,
                it.naam,
                it.uitleg,
                self.example()
            );
        }
        let known = |vlag: &Vlag| {
            let mut all = self.nodig.iter().chain(self.mag).chain([&&MISSING, &&SEED]);
            all.any(|it| it.naam == vlag.naam || path(it) && vlag.naam == TREATMENT.naam)
        };
        match vraag.given().find(|it| !known(it)) {
            None => Ok(()),
            Some(it) => bail!(
                "--{} betekent niets bij de methode {}\n  `wijkpeil estimate {} --list` toont wat \
                 zij vraagt",
                it.naam,
                self.naam,
                self.naam
            ),
        }
    }
}

fn all() -> impl Iterator<Item = &'static Methode> {
    GROEPEN.iter().flat_map(|(_, methods)| methods.iter())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_there_once_and_every_flag_has_its_place() {
        let names: Vec<&str> =
            all().flat_map(|it| [it.naam].into_iter().chain(it.ook.iter().copied())).collect();
        for name in &names {
            assert_eq!(names.iter().filter(|it| *it == name).count(), 1, "{name}");
        }
        for it in all() {
            let flags: Vec<&str> = it.nodig.iter().chain(it.mag).map(|it| it.naam).collect();
            for flag in &flags {
                assert_eq!(flags.iter().filter(|it| *it == flag).count(), 1, "{} {flag}", it.naam);
                assert!(super::super::vlag::all().any(|it| it.naam == *flag), "{flag}");
            }
        }
    }
}
