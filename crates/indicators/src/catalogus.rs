//! Everything that can be measured: one file per indicator, with its Dutch text beside it.
//!
//! To add one: write `catalogus/naam.rs` and `catalogus/naam.md` after the example of another, and
//! list it here.

mod afgerond_bij_intake;
mod beschikkingen;
mod clienten;
mod doorlooptijd_onderzoek;
mod indicaties;
mod instroom;
mod meldingen;
mod nieuwe_clienten;
mod onderzoek_op_tijd;
mod toewijzingen;
mod uitstroom;
mod verplichting;
mod voorzieningen;

pub use self::{
    afgerond_bij_intake::AFGEROND_BIJ_INTAKE, beschikkingen::BESCHIKKINGEN, clienten::CLIENTEN,
    doorlooptijd_onderzoek::DOORLOOPTIJD_ONDERZOEK, indicaties::INDICATIES, instroom::INSTROOM,
    meldingen::MELDINGEN, nieuwe_clienten::NIEUWE_CLIENTEN, onderzoek_op_tijd::ONDERZOEK_OP_TIJD,
    toewijzingen::TOEWIJZINGEN, uitstroom::UITSTROOM, verplichting::VERPLICHTING,
    voorzieningen::VOORZIENINGEN,
};
use crate::Indicator;

/// Every indicator, in the order in which a reader meets them.
pub static CATALOGUS: &[&Indicator] = &[
    &CLIENTEN,
    &INSTROOM,
    &UITSTROOM,
    &NIEUWE_CLIENTEN,
    &VOORZIENINGEN,
    &TOEWIJZINGEN,
    &MELDINGEN,
    &AFGEROND_BIJ_INTAKE,
    &DOORLOOPTIJD_ONDERZOEK,
    &ONDERZOEK_OP_TIJD,
    &BESCHIKKINGEN,
    &INDICATIES,
    &VERPLICHTING,
];

/// The indicator with this name.
pub fn indicator(naam: &str) -> Option<&'static Indicator> {
    CATALOGUS.iter().copied().find(|it| it.naam == naam)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A figure is only as good as the text that says what it counts.
    #[test]
    fn every_indicator_says_what_it_counts() {
        for it in CATALOGUS {
            assert_eq!(indicator(it.naam), Some(*it), "two indicators are called {}", it.naam);
            assert!(it.toelichting.starts_with(&format!("# {}\n", it.titel)), "{}", it.naam);
            for part in ["**Teller**", "**Noemer**", "**Bron**", "**Let op**"] {
                assert!(it.toelichting.contains(part), "{} misses {part}", it.naam);
            }
        }
    }
}
