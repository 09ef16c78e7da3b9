//! Everything that can be measured: one file per indicator, with its Dutch text beside it.
//!
//! To add one: write `catalogus/naam.rs` and `catalogus/naam.md` after the example of another, and
//! list it here.

mod afgerond_bij_intake;
mod afschalingen;
mod beschikkingen;
mod clienten;
mod cta_bijgestuurd;
mod cta_doorlooptijd;
mod cta_getoetst;
mod cta_omvang_lager;
mod cta_oordelen;
mod cta_verschil_waarde;
mod doorlooptijd_onderzoek;
mod indicaties;
mod instroom;
mod meldingen;
mod nieuwe_clienten;
mod onderzoek_op_tijd;
mod terugkeer_na_intake;
mod toewijzingen;
mod uitstroom;
mod verplichting;
mod voorstellen_boven_norm;
mod voorzieningen;

pub use self::{
    afgerond_bij_intake::AFGEROND_BIJ_INTAKE, afschalingen::AFSCHALINGEN,
    beschikkingen::BESCHIKKINGEN, clienten::CLIENTEN, cta_bijgestuurd::CTA_BIJGESTUURD,
    cta_doorlooptijd::CTA_DOORLOOPTIJD, cta_getoetst::CTA_GETOETST,
    cta_omvang_lager::CTA_OMVANG_LAGER, cta_oordelen::CTA_OORDELEN,
    cta_verschil_waarde::CTA_VERSCHIL_WAARDE, doorlooptijd_onderzoek::DOORLOOPTIJD_ONDERZOEK,
    indicaties::INDICATIES, instroom::INSTROOM, meldingen::MELDINGEN,
    nieuwe_clienten::NIEUWE_CLIENTEN, onderzoek_op_tijd::ONDERZOEK_OP_TIJD,
    terugkeer_na_intake::TERUGKEER_NA_INTAKE, toewijzingen::TOEWIJZINGEN, uitstroom::UITSTROOM,
    verplichting::VERPLICHTING, voorstellen_boven_norm::VOORSTELLEN_BOVEN_NORM,
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
    &TERUGKEER_NA_INTAKE,
    &DOORLOOPTIJD_ONDERZOEK,
    &ONDERZOEK_OP_TIJD,
    &VOORSTELLEN_BOVEN_NORM,
    &CTA_GETOETST,
    &CTA_OORDELEN,
    &CTA_BIJGESTUURD,
    &CTA_OMVANG_LAGER,
    &CTA_VERSCHIL_WAARDE,
    &CTA_DOORLOOPTIJD,
    &BESCHIKKINGEN,
    &INDICATIES,
    &AFSCHALINGEN,
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
