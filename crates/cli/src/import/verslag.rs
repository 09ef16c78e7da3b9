//! What an import did and what was wrong, for the screen.

use std::process::ExitCode;

use messages::{Ernst, Problem};

use crate::scherm::{aantal, println};

/// What is to be said at the end.
#[derive(Debug, Default)]
pub(crate) struct Verslag {
    pub(super) dry_run: bool,
    lines: Vec<String>,
    problems: Vec<Problem>,
    pub(super) gebeurtenissen: usize,
}

impl Verslag {
    /// An empty account of an import, or of a trial of one.
    pub(crate) fn new(dry_run: bool) -> Verslag {
        Verslag { dry_run, ..Verslag::default() }
    }

    /// Whether there is nothing to say yet.
    pub(super) fn is_leeg(&self) -> bool {
        self.lines.is_empty() && self.problems.is_empty()
    }

    /// Something that was read.
    pub(crate) fn zeg(&mut self, line: String) {
        self.lines.push(line);
    }

    /// Something that was wrong or is worth a look.
    pub(crate) fn meld(&mut self, problems: impl IntoIterator<Item = Problem>) {
        self.problems.extend(problems);
    }

    /// Takes over what came of messages.
    pub(crate) fn neem(&mut self, inname: traffic::Inname) {
        self.gebeurtenissen += inname.gebeurtenissen;
        self.meld(inname.problems);
    }

    /// Shows it; success only when nothing was left out.
    pub(crate) fn toon(mut self) -> ExitCode {
        self.problems.sort_by(|one, two| (&one.file, one.line).cmp(&(&two.file, two.line)));
        for line in &self.lines {
            println(line);
        }
        for problem in &self.problems {
            println(&problem.to_string());
        }
        let left_out = self.problems.iter().filter(|it| it.ernst == Ernst::Fout).count();
        let news = aantal(self.gebeurtenissen);
        println(&match (self.dry_run, self.gebeurtenissen) {
            (_, 0) => "Er is niets nieuws.".to_owned(),
            (true, _) => {
                format!("Er zouden {news} gebeurtenissen bij komen; er is niets veranderd.")
            }
            (false, 1) => "Er is 1 gebeurtenis vastgelegd.".to_owned(),
            (false, _) => format!("Er zijn {news} gebeurtenissen vastgelegd."),
        });
        match left_out {
            0 => ExitCode::SUCCESS,
            1 => {
                println("Eén onderdeel is niet ingelezen; zie de lijst hierboven.");
                ExitCode::FAILURE
            }
            more => {
                let more = aantal(more);
                println(&format!("{more} onderdelen zijn niet ingelezen; zie de lijst hierboven."));
                ExitCode::FAILURE
            }
        }
    }
}
