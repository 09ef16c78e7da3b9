//! The framework for judging need (`beoordelingskader`) as a TOML file.
//!
//! A framework is data of the municipality. In this form it can be read in a text editor, laid
//! before the council, kept under version control and compared:
//!
//! ```toml
//! versie = 1
//! naam = "Beoordelingskader Wijkerveen"
//!
//! [[stap]]
//! soort = "eigen kracht"
//!
//! [[stap.vraag]]
//! nummer = 1
//! tekst = "Kan de inwoner dit zelf oplossen?"
//! toelichting = "Denk aan anders organiseren of oefenen."
//! artikel = "Wmo 2015, art. 2.3.5 lid 3"
//! afweging = true
//! bij_ja = "dekt eigen kracht"
//! bij_nee = "verder"
//!
//! [[norm]]
//! product = "10A37"
//! van = 1
//! tot = 4
//! per = "week"
//! bron = "Eigen ervaring van de teams"
//!
//! [[voorbeeld]]
//! naam = "Kan het zelf"
//! ja = [1]
//! verwacht = "gedekt eigen kracht"
//! ```
//!
//! [`lees`] gives a framework or everything that is wrong with the file, each with its line, its
//! key and what is expected; [`schrijf`] writes it back in a fixed order.

mod lezer;
mod plek;
mod schrijver;
mod woorden;

pub use lezer::lees;
pub use schrijver::schrijf;

/// The code of every problem of a framework file.
pub const CODE: &str = "kader";
