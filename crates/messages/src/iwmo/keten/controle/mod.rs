//! The checks against earlier messages: level 3.

mod antwoord;
mod declaratie;
mod levering;
mod prestatie;
mod toewijzing;
mod verzoek;

use crate::iwmo::{
    bericht::{Bericht, Berichtsoort},
    keten::{geschiedenis::Keten, partij::Partijen},
    regel::bevinding::{Bevinding, Melder, Plek, lijn},
};

impl Keten {
    /// Everything in a message that does not fit what was said before.
    ///
    /// The message itself is not taken in; call [`Keten::volg`] when it was accepted. Returns fit by
    /// their header alone.
    pub fn controleer(&self, bericht: &Bericht) -> Vec<Bevinding> {
        let mut melder = Melder::default();
        let m = &mut melder;
        let partijen = Partijen::van(bericht);
        if bericht.soort().heen().is_none_or(|it| it == Berichtsoort::Wmo323) {
            self.is_nieuw(m, bericht);
        }
        let sent = bericht.kop().bericht_identificatie.dagtekening.waarde();
        match (bericht, sent) {
            (Bericht::Wmo301(it), _) => toewijzing::check(m, self, &partijen, &it.client),
            (Bericht::Wmo305(_) | Bericht::Wmo307(_), _) => levering::check(m, self, bericht),
            (Bericht::Wmo315(it), _) => verzoek::check_315(m, self, &partijen, &it.client),
            (Bericht::Wmo317(it), Some(op)) => {
                verzoek::check_317(m, self, &partijen, &it.client, op);
            }
            (Bericht::Wmo319(it), _) => antwoord::check_319(m, self, &partijen, &it.antwoord),
            (Bericht::Wmo323(it), _) => declaratie::check(m, self, &partijen, &it.declaratie),
            (Bericht::Wmo325(it), _) => antwoord::check_325(m, self, &partijen, it),
            _ => {}
        }
        melder.klaar()
    }

    fn is_nieuw(&self, m: &mut Melder, bericht: &Bericht) {
        let kop = bericht.kop();
        let own = &kop.bericht_identificatie;
        let id = own.identificatie.tekst();
        let known = self.bericht_nummer(bericht.soort(), &kop.afzender.tekst(), &id);
        let waar = (Plek::Kop, lijn(&own.identificatie, own.regel), "Identificatie");
        m.eis(known.is_none(), "TR056", waar, "");
    }
}
