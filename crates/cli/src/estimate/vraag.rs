//! What was asked: a method, a file and flags, read by the table of flags.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    str::FromStr,
};

use anyhow::{anyhow, bail};
use clap::{Arg, ArgAction, ArgMatches, Command, builder::PossibleValuesParser, value_parser};

use super::{
    methode::Methode,
    vlag::{self, Soort, Vlag},
};

/// The words behind `wijkpeil estimate`.
#[derive(Debug, Clone)]
pub(crate) struct Vraag {
    methode: Option<String>,
    file: Option<PathBuf>,
    list: bool,
    format: String,
    vlaggen: BTreeMap<&'static str, Vec<String>>,
}

impl Vraag {
    /// The name of the method.
    pub(super) fn methode(&self) -> Option<&str> {
        self.methode.as_deref()
    }

    /// Whether the methods must be shown instead.
    pub(super) fn list(&self) -> bool {
        self.list
    }

    /// The form of the answer: `text`, `json` or `csv`.
    pub(super) fn format(&self) -> &str {
        &self.format
    }

    /// The file with the columns.
    pub(super) fn file(&self, methode: &Methode) -> anyhow::Result<&Path> {
        self.file
            .as_deref()
            .ok_or_else(|| anyhow!("er ontbreekt een bestand; bijvoorbeeld: {}", methode.example()))
    }

    /// Whether the flag was given.
    pub(super) fn has(&self, vlag: &Vlag) -> bool {
        self.vlaggen.contains_key(vlag.naam)
    }

    /// The value of a flag that may be absent.
    pub(super) fn text(&self, vlag: &Vlag) -> Option<&str> {
        self.texts(vlag).first().map(String::as_str)
    }

    /// All values of a flag that may come again.
    pub(super) fn texts(&self, vlag: &Vlag) -> &[String] {
        self.vlaggen.get(vlag.naam).map_or(&[], Vec::as_slice)
    }

    /// The value of a flag that the method needs.
    pub(super) fn need(&self, vlag: &Vlag) -> anyhow::Result<&str> {
        self.text(vlag).ok_or_else(|| {
            anyhow!("er ontbreekt --{}; bijvoorbeeld: {}", vlag.naam, vlag.example())
        })
    }

    /// A number, such as `0.95`.
    pub(super) fn number(&self, vlag: &Vlag) -> anyhow::Result<Option<f64>> {
        let found: Option<f64> = self.parsed(vlag, "een getal")?;
        match found {
            Some(it) if !it.is_finite() => bail!("bij --{} hoort een getal", vlag.naam),
            it => Ok(it),
        }
    }

    /// A whole number of 0 or more.
    pub(super) fn count<T: FromStr>(&self, vlag: &Vlag) -> anyhow::Result<Option<T>> {
        self.parsed(vlag, "een geheel getal van 0 of meer")
    }

    /// A whole number, also below 0.
    pub(super) fn whole(&self, vlag: &Vlag) -> anyhow::Result<Option<i64>> {
        self.parsed(vlag, "een geheel getal")
    }

    /// The coverage of intervals: 0.95 unless another is asked.
    pub(super) fn level(&self) -> anyhow::Result<f64> {
        Ok(self.number(&vlag::LEVEL)?.unwrap_or(0.95))
    }

    /// The seed of a method that draws: 1 unless another is asked.
    pub(super) fn seed(&self) -> anyhow::Result<u64> {
        Ok(self.count(&vlag::SEED)?.unwrap_or(1))
    }

    /// Flags that were given.
    pub(super) fn given(&self) -> impl Iterator<Item = &'static Vlag> {
        vlag::all().filter(|it| self.has(it))
    }

    fn parsed<T: FromStr>(&self, vlag: &Vlag, expected: &str) -> anyhow::Result<Option<T>> {
        let Some(text) = self.text(vlag) else { return Ok(None) };
        let wrong = || {
            let (naam, example) = (vlag.naam, vlag.example());
            anyhow!("`{text}` past niet bij --{naam}: kies {expected}; bijvoorbeeld: {example}")
        };
        text.parse().map(Some).map_err(|_| wrong())
    }
}

impl clap::Args for Vraag {
    fn augment_args(command: Command) -> Command {
        let command = command
            .override_usage("wijkpeil estimate METHODE BESTAND [OPTIES]")
            .next_help_heading("Argumenten")
            .arg(
                Arg::new("method")
                    .display_order(0)
                    .value_name("METHODE")
                    .help("Methode; zie --list"),
            )
            .arg(
                Arg::new("file")
                    .display_order(1)
                    .value_name("BESTAND")
                    .value_parser(value_parser!(PathBuf))
                    .help("CSV-bestand met een kopregel"),
            )
            .next_help_heading("Opties")
            .arg(
                Arg::new("list")
                    .display_order(10)
                    .long("list")
                    .action(ArgAction::SetTrue)
                    .help("Toon de methoden, of wat een methode nodig heeft"),
            )
            .arg(
                Arg::new("format")
                    .display_order(11)
                    .long("format")
                    .value_name("VORM")
                    .value_parser(PossibleValuesParser::new(["text", "json", "csv"]))
                    .default_value("text")
                    .hide_default_value(true)
                    .hide_possible_values(true)
                    .help("Vorm: text, json of csv"),
            );
        command.args(vlag::all().enumerate().map(|(at, it)| argument(it).display_order(20 + at)))
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl clap::FromArgMatches for Vraag {
    fn from_arg_matches(found: &ArgMatches) -> Result<Self, clap::Error> {
        let values = |it: &'static Vlag| -> Option<(&'static str, Vec<String>)> {
            if it.soort == Soort::Aan {
                return found.get_flag(it.naam).then(|| (it.naam, Vec::new()));
            }
            let values = found.get_many::<String>(it.naam)?;
            Some((it.naam, values.cloned().collect()))
        };
        Ok(Self {
            methode: found.get_one::<String>("method").cloned(),
            file: found.get_one::<PathBuf>("file").cloned(),
            list: found.get_flag("list"),
            format: found.get_one::<String>("format").cloned().unwrap_or_default(),
            vlaggen: vlag::all().filter_map(values).collect(),
        })
    }

    fn update_from_arg_matches(&mut self, found: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(found)?;
        Ok(())
    }
}

fn argument(vlag: &Vlag) -> Arg {
    let argument = Arg::new(vlag.naam).long(vlag.naam).help(vlag.uitleg);
    let action = match vlag.soort {
        Soort::Aan => return argument.action(ArgAction::SetTrue),
        Soort::Kolommen | Soort::Teksten => ArgAction::Append,
        _ => ArgAction::Set,
    };
    let argument = argument.action(action).value_name(vlag.waarde()).allow_hyphen_values(
        // A number below 0 is a value, not a flag.
        matches!(vlag.soort, Soort::Getal),
    );
    match vlag.soort {
        Soort::Keuze(words) => {
            argument.value_parser(PossibleValuesParser::new(words)).hide_possible_values(true)
        }
        _ => argument,
    }
}
