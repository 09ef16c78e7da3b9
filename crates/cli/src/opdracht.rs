//! The words on the command line, with their Dutch help.

use std::{ffi::OsString, path::PathBuf, process::ExitCode};

use clap::{Args, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum, builder::Styles};
use domain::{AgbCode, Maand, ZaakId};
use jiff::civil::Date;

use crate::{estimate, fouten};

/// Everything that was asked.
#[derive(Debug, Parser)]
#[command(
    name = "wijkpeil",
    version,
    about = "Toegang tot Wmo-ondersteuning: uitvoeren, sturen, onderzoeken en verantwoorden",
    after_help = "Zonder opdracht maakt wijkpeil een demogemeente als er nog geen gegevens zijn, \
                  en start het op http://127.0.0.1:8080.",
    help_template = SJABLOON,
    subcommand_help_heading = "Opdrachten",
    subcommand_value_name = "OPDRACHT",
    next_help_heading = "Opties",
    disable_help_flag = true,
    disable_version_flag = true,
    disable_help_subcommand = true,
    styles = Styles::plain(),
)]
pub(crate) struct Woorden {
    #[command(subcommand)]
    pub(crate) opdracht: Option<Opdracht>,
    #[command(flatten)]
    pub(crate) luisteren: Luisteren,
    /// Map voor de gegevens [anders: de gegevensmap van de gebruiker]
    #[arg(
        long,
        global = true,
        display_order = 900,
        value_name = "MAP",
        env = "WIJKPEIL_DATA",
        hide_env = true
    )]
    pub(crate) data: Option<PathBuf>,
    /// PostgreSQL-database als postgres://... [anders: SQLite in de map]
    #[arg(
        long,
        global = true,
        display_order = 901,
        value_name = "URL",
        env = "WIJKPEIL_DATABASE",
        hide_env = true
    )]
    pub(crate) database: Option<String>,
    /// Toon deze hulp
    #[arg(short = 'h', long = "help", global = true, display_order = 902, action = clap::ArgAction::Help)]
    hulp: Option<bool>,
    /// Toon de versie
    #[arg(short = 'V', long = "version", display_order = 903, action = clap::ArgAction::Version)]
    versie: Option<bool>,
}

/// What can be asked.
#[derive(Debug, Subcommand)]
pub(crate) enum Opdracht {
    /// Start de website, ook zonder gegevens (dan maakt u de eerste beheerder aan)
    #[command(help_template = SJABLOON)]
    Serve(Luisteren),
    /// Maak een verzonnen gemeente met bekende uitkomsten
    #[command(help_template = SJABLOON)]
    Demo(Demo),
    /// Lees iWmo-berichten, CSV-bestanden of een CBS-tabel in
    #[command(help_template = SJABLOON)]
    Import(Import),
    /// Controleer een iWmo-bericht of zoek een code op; daar zijn geen gegevens voor nodig
    #[command(
        help_template = SJABLOON,
        subcommand_help_heading = "Opdrachten",
        subcommand_value_name = "OPDRACHT",
        disable_help_subcommand = true
    )]
    Iwmo(Iwmo),
    /// Toon de cijfers van een maand
    #[command(help_template = SJABLOON)]
    Maand(MaandVraag),
    /// Leg de eigen groei naast het CPB-onderzoek
    #[command(help_template = SJABLOON)]
    Toets(Toets),
    /// Schat met een methode uit de literatuur op een CSV-bestand; zonder eigen gegevens
    #[command(help_template = SJABLOON)]
    Estimate(estimate::Vraag),
    /// Schrijf alles weg als CSV-bestanden met hun mapping
    #[command(help_template = SJABLOON)]
    Export(Export),
    /// Controleer dat het logboek heel is
    #[command(help_template = SJABLOON)]
    Verify(Verify),
    /// Maak een reservekopie, ook terwijl de website draait
    #[command(help_template = SJABLOON)]
    Backup(Backup),
    /// Zet een reservekopie terug op een lege plek
    #[command(help_template = SJABLOON)]
    Restore(Restore),
    /// Maak een persoon voorgoed onleesbaar (Wmo 2015, art. 5.3.5)
    #[command(help_template = SJABLOON)]
    Erase(Erase),
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Opties")]
pub(crate) struct Luisteren {
    /// Poort waarop de website luistert
    #[arg(
        long,
        default_value_t = 8080,
        value_name = "POORT",
        hide_default_value = true,
        help = "Poort waarop de website luistert [anders: 8080]"
    )]
    pub(crate) port: u16,
    /// De website staat achter een server met TLS: gebruik alleen veilige cookies
    #[arg(long)]
    pub(crate) https: bool,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Opties")]
pub(crate) struct Demo {
    /// Beginwaarde van het toeval: dezelfde waarde geeft dezelfde gemeente
    #[arg(long, value_name = "GETAL")]
    pub(crate) seed: Option<u64>,
    /// Aantal inwoners, 1.000 tot 1.000.000 [anders: 42.000]
    #[arg(long, value_name = "AANTAL", value_parser = clap::value_parser!(u32).range(1_000..=1_000_000))]
    pub(crate) inwoners: Option<u32>,
    /// Laatste dag, jjjj-mm-dd [anders: vandaag]
    #[arg(long, value_name = "DATUM", value_parser = dag)]
    pub(crate) until: Option<Date>,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Opties")]
pub(crate) struct Import {
    /// Bestanden, mappen of zip-bestanden
    #[arg(required = true, value_name = "PAD")]
    pub(crate) paden: Vec<PathBuf>,
    /// Mapping van de kolommen, een TOML-bestand [anders: mapping.toml naast de bestanden]
    #[arg(long, value_name = "BESTAND")]
    pub(crate) mapping: Option<PathBuf>,
    /// Toon wat er zou gebeuren, en verander niets
    #[arg(long)]
    pub(crate) dry_run: bool,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Opties")]
pub(crate) struct Iwmo {
    #[command(subcommand)]
    pub(crate) opdracht: IwmoOpdracht,
}

/// What can be asked about messages.
#[derive(Debug, Subcommand)]
pub(crate) enum IwmoOpdracht {
    /// Controleer berichten op vorm en regels, als een compiler
    #[command(help_template = SJABLOON)]
    Check(IwmoCheck),
    /// Leg een regel, retourcode of code uit een codelijst uit
    #[command(help_template = SJABLOON)]
    Explain(IwmoExplain),
    /// Verstuur wat nieuw is over toewijzingen, en wat klaarligt, elk in een envelop
    #[command(help_template = SJABLOON)]
    Send(IwmoSend),
    /// Neem berichten uit een map aan, en maak wat terug moet
    #[command(help_template = SJABLOON)]
    Receive(IwmoReceive),
    /// Beantwoord een verzoek van een aanbieder
    #[command(help_template = SJABLOON)]
    Answer(IwmoAnswer),
    /// Toon hoe ver elk bericht kwam, wat is afgekeurd en wat nog moet komen
    #[command(help_template = SJABLOON)]
    Status(IwmoStatus),
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Opties")]
pub(crate) struct IwmoSend {
    /// Map met losse berichten; de enveloppen komen in de map envelop daarin
    #[arg(long, value_name = "MAP")]
    pub(crate) outbox: Option<PathBuf>,
    /// Adres waar de enveloppen heen gaan, met https [anders: naar de map]
    #[arg(long, value_name = "URL")]
    pub(crate) naar: Option<String>,
    /// Toon in woorden wat er uit zou gaan, en verander niets
    #[arg(long, conflicts_with = "resend")]
    pub(crate) preview: bool,
    /// Vanaf deze dag verstuurt Wijkpeil, jjjj-mm-dd: wat eerder afliep, blijft buiten [eerste keer verplicht]
    #[arg(long, value_name = "DATUM", value_parser = dag)]
    pub(crate) since: Option<Date>,
    /// Verstuur een afgekeurd bericht over deze toewijzing nog eens, al is er niets veranderd
    #[arg(long, value_name = "NUMMER")]
    pub(crate) repeat: Vec<u32>,
    /// Verstuur de envelop met dit referentienummer opnieuw
    #[arg(long, value_name = "NUMMER")]
    pub(crate) resend: Option<String>,
    /// Certificaten (PEM) waarmee de ontvanger zich bewijst [anders: de bekende]
    #[arg(long, value_name = "BESTAND", requires = "naar")]
    pub(crate) tls_ca: Option<PathBuf>,
    /// Eigen certificaat met privésleutel (PEM), voor een ontvanger die daarom vraagt
    #[arg(long, value_name = "BESTAND", requires = "naar")]
    pub(crate) tls_cert: Option<PathBuf>,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Opties")]
pub(crate) struct IwmoReceive {
    /// Map met wat binnenkwam: enveloppen of berichten
    #[arg(long, value_name = "MAP")]
    pub(crate) inbox: PathBuf,
    /// Map waar een weigering van een verkeerde envelop in komt, in de map envelop daarin
    #[arg(long, value_name = "MAP")]
    pub(crate) outbox: PathBuf,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Opties")]
#[command(group = clap::ArgGroup::new("antwoord").required(true))]
pub(crate) struct IwmoAnswer {
    /// Referentie van het verzoek (315 of 317)
    #[arg(value_name = "REFERENTIE")]
    pub(crate) referentie: String,
    /// AGB-code van de aanbieder, als meer aanbieders deze referentie gebruiken
    #[arg(long, value_name = "AGB", value_parser = agb)]
    pub(crate) aanbieder: Option<AgbCode>,
    /// Het verzoek is in onderzoek (één keer; geeft acht weken)
    #[arg(long, group = "antwoord")]
    pub(crate) onderzoek: bool,
    /// Het verzoek is afgewezen om deze reden, een code uit lijst WJ759
    #[arg(long, value_name = "CODE", group = "antwoord")]
    pub(crate) afwijzen: Option<String>,
    /// Het verzoek is gehonoreerd: het antwoord is de toewijzing (WMO301) uit het dossier
    #[arg(long, group = "antwoord")]
    pub(crate) honoreren: bool,
    /// De toewijzing waarmee een verzoek om toewijzing (315) is gehonoreerd
    #[arg(long, value_name = "NUMMER", requires = "honoreren")]
    pub(crate) toewijzing: Vec<u32>,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Opties")]
pub(crate) struct IwmoStatus {
    /// Laat weg wat is aangekomen
    #[arg(long)]
    pub(crate) open: bool,
    /// Toon van wat nog moet komen alleen wat te laat is
    #[arg(long)]
    pub(crate) late: bool,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Opties")]
pub(crate) struct IwmoCheck {
    /// Berichten, of mappen met berichten
    #[arg(required = true, value_name = "BESTAND")]
    pub(crate) paden: Vec<PathBuf>,
    /// Controleer elk bericht ook tegen de berichten ervoor, in deze volgorde
    #[arg(long)]
    pub(crate) keten: bool,
    /// Vorm: text of json
    #[arg(long, value_enum, default_value_t = Lijstvorm::Text, value_name = "VORM", hide_default_value = true, hide_possible_values = true)]
    pub(crate) format: Lijstvorm,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Opties")]
pub(crate) struct IwmoExplain {
    /// Een code zoals TR302, 9321 of 04; of een codelijst zoals WJ756
    #[arg(value_name = "CODE")]
    pub(crate) code: String,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Opties")]
pub(crate) struct MaandVraag {
    /// De maand, zoals 2017-12
    #[arg(long, value_name = "MAAND", value_parser = maand)]
    pub(crate) maand: Maand,
    /// Eén indicator [anders: de maandtabel]
    #[arg(long, value_name = "NAAM")]
    pub(crate) indicator: Option<String>,
    /// Uitsplitsing, zoals team, wijk, product, uitkomst, reden, oordeel of bestemming
    #[arg(long, value_name = "SOORT", requires = "indicator")]
    pub(crate) per: Option<String>,
    /// Zoals bekend op deze dag, jjjj-mm-dd [anders: vandaag]
    #[arg(long, value_name = "DATUM", value_parser = dag)]
    pub(crate) peildatum: Option<Date>,
    /// Vorm: text, csv, xlsx of json
    #[arg(long, value_enum, default_value_t = Vorm::Text, value_name = "VORM", hide_default_value = true, hide_possible_values = true)]
    pub(crate) format: Vorm,
    /// Schrijf naar dit bestand [anders: naar het scherm]
    #[arg(long, short = 'o', value_name = "BESTAND")]
    pub(crate) output: Option<PathBuf>,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Opties")]
pub(crate) struct Toets {
    /// Eerste maand [anders: 2015-01]
    #[arg(long, value_name = "MAAND", value_parser = maand, default_value = "2015-01", hide_default_value = true)]
    pub(crate) van: Maand,
    /// Laatste maand [anders: 2017-12]
    #[arg(long, value_name = "MAAND", value_parser = maand, default_value = "2017-12", hide_default_value = true)]
    pub(crate) tot: Maand,
    /// Zoals bekend op deze dag, jjjj-mm-dd [anders: vandaag]
    #[arg(long, value_name = "DATUM", value_parser = dag)]
    pub(crate) peildatum: Option<Date>,
    /// Vorm: text, json of html (de nota aan de raad)
    #[arg(long, value_enum, default_value_t = Notavorm::Text, value_name = "VORM", hide_default_value = true, hide_possible_values = true)]
    pub(crate) format: Notavorm,
    /// Schrijf naar dit bestand [anders: naar het scherm]
    #[arg(long, short = 'o', value_name = "BESTAND")]
    pub(crate) output: Option<PathBuf>,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Opties")]
pub(crate) struct Export {
    /// Map waarin de bestanden komen
    #[arg(value_name = "MAP")]
    pub(crate) naar: PathBuf,
    /// Met namen, adressen en BSN [anders: alleen eigen sleutels]
    #[arg(long)]
    pub(crate) met_personen: bool,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Opties")]
pub(crate) struct Verify {
    /// Vergelijk met een eerder genoteerde stand, zoals `verify` die toont (VOLGNUMMER:WAARDE)
    #[arg(long, value_name = "STAND")]
    pub(crate) stand: Option<String>,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Opties")]
pub(crate) struct Backup {
    /// Bestand waarin de reservekopie komt
    #[arg(value_name = "BESTAND")]
    pub(crate) naar: PathBuf,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Opties")]
pub(crate) struct Restore {
    /// Bestand met de reservekopie
    #[arg(value_name = "BESTAND")]
    pub(crate) van: PathBuf,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Opties")]
pub(crate) struct Erase {
    /// Een zaaknummer van de cliënt, zoals 2017-00412
    #[arg(value_name = "ZAAK", value_parser = zaak)]
    pub(crate) zaak: ZaakId,
    /// Doe het ook echt; het is niet terug te draaien
    #[arg(long)]
    pub(crate) confirm: bool,
}

/// The form of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Vorm {
    Text,
    Csv,
    Xlsx,
    Json,
}

/// The form of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Lijstvorm {
    Text,
    Json,
}

/// The form of a note.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Notavorm {
    Text,
    Json,
    Html,
}

const SJABLOON: &str = "\
{before-help}{about-with-newline}
Gebruik: {usage}

{all-args}{after-help}
";

/// Reads the words; help and mistakes are shown here and end the program.
pub(crate) fn lees(woorden: impl IntoIterator<Item = OsString>) -> Result<Woorden, ExitCode> {
    let matches = Woorden::command().try_get_matches_from(woorden);
    matches
        .and_then(|it| Woorden::from_arg_matches(&it))
        .map_err(|error| fouten::meld_woorden(&error))
}

fn dag(text: &str) -> Result<Date, String> {
    text.parse().map_err(|_| "een dag ziet eruit als 2017-12-31".to_owned())
}

fn maand(text: &str) -> Result<Maand, String> {
    text.parse().map_err(|expected: &str| expected.to_owned())
}

fn agb(text: &str) -> Result<AgbCode, String> {
    text.parse().map_err(|_| "een AGB-code heeft acht cijfers".to_owned())
}

fn zaak(text: &str) -> Result<ZaakId, String> {
    text.parse().map_err(|expected: &str| expected.to_owned())
}
