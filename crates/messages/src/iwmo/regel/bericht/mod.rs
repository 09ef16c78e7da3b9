//! The checks within one message: level 2. One pass over the classes, nothing from outside.

mod aanspraak;
mod adres;
mod declaratie;
mod herhaling;
pub(crate) mod overlap;
mod persoon;
mod prestatie;
mod regie;
mod sleutel;
pub(crate) mod toewijzing;
mod verzoek;

use jiff::civil::Date;

use crate::iwmo::{
    bericht::Bericht,
    regel::bevinding::{Bevinding, Melder},
};

/// Everything in a message that breaks a rule by itself.
///
/// A return has no rules of its own: what is in it was judged in the message it comes back for.
pub fn binnen_bericht(bericht: &Bericht) -> Vec<Bevinding> {
    let mut melder = Melder::default();
    let m = &mut melder;
    let dagtekening = bericht.kop().bericht_identificatie.dagtekening.waarde();
    // Without a day of sending the rules about days have nothing to compare with.
    let op = dagtekening.unwrap_or(Date::MAX);
    match bericht {
        Bericht::Wmo301(it) => toewijzing::check(m, &it.client, op),
        Bericht::Wmo305(it) => regie::check_305(m, &it.client, op),
        Bericht::Wmo307(it) => regie::check_307(m, &it.client, op),
        Bericht::Wmo315(it) => verzoek::check_315(m, &it.client, op),
        Bericht::Wmo317(it) => verzoek::check_317(m, &it.client, op),
        Bericht::Wmo319(it) => verzoek::check_319(m, &it.antwoord),
        Bericht::Wmo323(it) => declaratie::check_323(m, &it.declaratie, op),
        Bericht::Wmo325(it) => {
            if let Some(antwoord) = &it.declaratie_antwoord {
                declaratie::check_325(m, antwoord, op);
            }
        }
        Bericht::Wmo302(_)
        | Bericht::Wmo306(_)
        | Bericht::Wmo308(_)
        | Bericht::Wmo316(_)
        | Bericht::Wmo318(_)
        | Bericht::Wmo320(_) => {}
    }
    melder.klaar()
}
