//! What an exchange would do, in words: for a dry run.

use std::fmt;

use domain::{
    AanbiederId, Clientgegevens, DossierCommand, Leveringsvorm, Omvang, Periode, Productkeuze,
    Register, State, TeamId, Voorziening,
    overname::ZaakHistorie,
    toewijzing::{Hoeveelheid, Opdracht},
};
use jiff::civil::Date;

use super::{Datumvorm, Plan, Uitwisseling};
use crate::{Ernst, Inkomende, Problem, Wie};

/// Counts per table, what is wrong, and the first dossiers in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overzicht {
    /// The rows understood per table, with the file.
    pub tabellen: Vec<(&'static str, String, usize)>,
    /// How many changes are asked of the register.
    pub register: usize,
    /// How many clients are named.
    pub clienten: usize,
    /// What was wrong or worth a look.
    pub problems: Vec<Problem>,
    /// The first dossiers: who, and what happened in order of days.
    pub dossiers: Vec<(String, Vec<String>)>,
}

/// How many dossiers are told.
const EERSTE: usize = 3;

impl Overzicht {
    /// The overview of an exchange and its plan; `state` gives names to what the register knows.
    pub fn van(uitwisseling: &Uitwisseling, plan: &Plan, state: &State) -> Overzicht {
        let tabellen = uitwisseling.aantallen().into_iter();
        let tabellen = tabellen
            .map(|(naam, aantal)| (naam, uitwisseling.bestand(naam).to_owned(), aantal))
            .collect();
        let mut register = state.register.clone();
        let mut changes = 0;
        let mut dossiers: Vec<(&Wie, Vec<(Date, String)>)> = Vec::new();
        let mut clienten = 0;
        let mut last: Option<&Wie> = None;
        for it in &plan.intake.commands {
            match &it.command {
                Inkomende::Register(event) => {
                    register.apply(it.on, event);
                    changes += 1;
                }
                Inkomende::Dossier(command) => {
                    if last != Some(&it.wie) {
                        last = Some(&it.wie);
                        clienten += 1;
                        if dossiers.len() < EERSTE {
                            dossiers.push((&it.wie, Vec::new()));
                        }
                    }
                    if clienten <= EERSTE
                        && let Some((_, lines)) = dossiers.last_mut()
                    {
                        lines.extend(words(&register, it.on, command));
                    }
                }
            }
        }
        let told = dossiers.into_iter().map(|(wie, mut lines)| {
            lines.sort_by_key(|(on, _)| *on);
            let lines = lines.into_iter();
            (name(wie), lines.map(|(on, text)| format!("{}: {text}", dag(on))).collect())
        });
        Overzicht {
            tabellen,
            register: changes,
            clienten,
            problems: plan.intake.problems.clone(),
            dossiers: told.collect(),
        }
    }
}

impl fmt::Display for Overzicht {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "Gelezen rijen")?;
        for (naam, bestand, aantal) in &self.tabellen {
            writeln!(f, "  {naam:<24}{aantal:>9}  {bestand}")?;
        }
        writeln!(f, "Wijzigingen in het register: {}", self.register)?;
        writeln!(f, "Cliënten: {}", self.clienten)?;
        let wrong = self.problems.iter().filter(|it| it.ernst == Ernst::Fout).count();
        let noted = self.problems.len() - wrong;
        writeln!(f, "Fouten: {wrong} (niet overgenomen), let op: {noted} (wel overgenomen)")?;
        for problem in &self.problems {
            writeln!(f, "  {problem}")?;
        }
        for (wie, lines) in &self.dossiers {
            writeln!(f, "{wie}")?;
            for line in lines {
                writeln!(f, "  {line}")?;
            }
        }
        Ok(())
    }
}

fn name(wie: &Wie) -> String {
    match wie {
        Wie::Register => "Register".to_owned(),
        Wie::Bsn(bsn) => format!("Cliënt met BSN {}", bsn.masked()),
        Wie::Sleutel(sleutel) => format!("Cliënt {sleutel}"),
    }
}

/// What a command says, with its day; a case has several days.
fn words(register: &Register, on: Date, command: &DossierCommand) -> Vec<(Date, String)> {
    let text = match command {
        DossierCommand::NeemZaakOver(it) => return case(it),
        DossierCommand::StelGegevensVast(it) => facts(register, it),
        DossierCommand::NeemVoorzieningOver { voorziening, team, .. } => {
            grant(register, voorziening, *team)
        }
        DossierCommand::BeeindigVoorziening { reden, .. } => {
            format!("voorziening beëindigd: {}", reden.naam())
        }
        DossierCommand::VerstrekToewijzing { nummer, opdracht } => {
            format!("toewijzing {} {}", nummer.0, order(register, opdracht))
        }
        DossierCommand::WijzigToewijzing { nummer, reden, .. } => {
            format!("toewijzing {} gewijzigd (reden {})", nummer.0, reden.code())
        }
        DossierCommand::MeldStart { toewijzing } => {
            format!("levering gestart, toewijzing {}", toewijzing.0)
        }
        DossierCommand::MeldStop { toewijzing, reden, .. } => {
            format!("levering gestopt, toewijzing {}: {}", toewijzing.0, reden.naam())
        }
        DossierCommand::Declareer(it) => {
            format!("gedeclareerd {}, toewijzing {}", it.bedrag, it.toewijzing.0)
        }
        _ => return Vec::new(),
    };
    vec![(on, text)]
}

fn facts(register: &Register, it: &Clientgegevens) -> String {
    let wijk = it.wijk.and_then(|it| register.wijken.get(&it)).map(|it| it.naam.as_str());
    let jaar = it.geboortejaar.map_or("onbekend".to_owned(), |it| it.to_string());
    let (wijk, huishouden) = (wijk.unwrap_or("onbekend"), it.huishouden.naam());
    format!("geboortejaar {jaar}, wijk {wijk}, huishouden {huishouden}")
}

fn grant(register: &Register, it: &Voorziening, team: Option<TeamId>) -> String {
    let team = team.and_then(|it| register.teams.get(&it)).map(|it| it.naam.as_str());
    let vorm = match it.vorm {
        Leveringsvorm::Pgb { jaarbedrag } => format!("Pgb van {jaarbedrag} per jaar"),
        Leveringsvorm::Zin { aanbieder: None } => "ZIN, aanbieder nog te kiezen".to_owned(),
        Leveringsvorm::Zin { aanbieder: Some(id) } => format!("ZIN bij {}", provider(register, id)),
    };
    format!(
        "voorziening {}{}, {vorm}, {}, team {}",
        product(register, it.product),
        it.omvang.map(volume).unwrap_or_default(),
        term(it.geldig),
        team.unwrap_or("onbekend")
    )
}

fn order(register: &Register, it: &Opdracht) -> String {
    let much = match it.hoeveelheid {
        Hoeveelheid::Omvang(it) => volume(it),
        Hoeveelheid::Budget(it) => format!(", budget {it}"),
        Hoeveelheid::Open => String::new(),
    };
    let (aanbieder, product) = (provider(register, it.aanbieder), product(register, it.product));
    format!("aan {aanbieder}: {product}{much}, {}", term(it.geldig))
}

fn provider(register: &Register, id: AanbiederId) -> &str {
    register.aanbieders.get(&id).map_or("onbekende aanbieder", |it| it.naam.as_str())
}

fn case(it: &ZaakHistorie) -> Vec<(Date, String)> {
    let (kanaal, melder, _) = it.melding.wat;
    let melding = format!("melding {} via {} door {}", it.zaak, kanaal.naam(), melder.naam());
    let mut lines = vec![(it.melding.op, melding)];
    let mut add = |op: Option<Date>, text: String| lines.extend(op.map(|op| (op, text)));
    let intake = it.intake.map(|it| it.wat.naam()).unwrap_or_default();
    add(it.intake.map(|it| it.op), format!("intake: {intake}"));
    add(it.onderzoek_gestart.map(|it| it.op), "onderzoek gestart".to_owned());
    add(it.onderzoek_afgerond.map(|it| it.op), "onderzoek afgerond".to_owned());
    add(it.verslag.map(|it| it.op), "verslag verzonden".to_owned());
    add(it.aanvraag.map(|it| it.op), "aanvraag ontvangen".to_owned());
    for besluit in &it.besluiten {
        add(Some(besluit.op), format!("besluit: {}", besluit.wat.naam()));
    }
    let sluiting = it.sluiting.map(|it| it.wat.naam()).unwrap_or_default();
    add(it.sluiting.map(|it| it.op), format!("zaak gesloten: {sluiting}"));
    lines
}

fn product(register: &Register, keuze: Productkeuze) -> String {
    let named = keuze.code().and_then(|it| register.producten.get(&it)).map(|it| it.naam.clone());
    let category = || keuze.categorie().map(|it| it.naam().to_owned());
    named.or_else(category).unwrap_or_else(|| "zonder vast product".to_owned())
}

fn volume(it: Omvang) -> String {
    format!(", {} {} {}", it.volume, it.eenheid.naam(it.volume), it.frequentie.naam())
}

fn term(geldig: Periode) -> String {
    match geldig.tot_en_met() {
        Some(end) => format!("{} t/m {}", dag(geldig.van()), dag(end)),
        None => format!("vanaf {}", dag(geldig.van())),
    }
}

fn dag(op: Date) -> String {
    Datumvorm::DagMaandJaar.schrijf(op)
}
