//! How far a message came: a state per hop, moved on by what comes back.

use std::fmt::Write as _;

use sha2::{Digest, Sha256};

use crate::iwmo::{
    bericht::{Bericht, Berichtsoort},
    retour::{Uitslag, uitslag},
    verkeer::Foutbericht,
};

/// A message that was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Zending {
    /// The key of its envelope.
    pub referentienummer: String,
    /// Which kind of message.
    pub soort: Berichtsoort,
    /// The sender's own key of the message, which its return repeats.
    pub identificatie: String,
    /// The SHA-256 of the message.
    pub vingerafdruk: [u8; 32],
    /// How far it came.
    pub status: Status,
    /// How often it was sent.
    pub pogingen: u32,
}

/// How far a message came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Status {
    /// It left.
    Verzonden,
    /// The exchange has it.
    Bevestigd,
    /// A hop refused it: the other side never saw it.
    Geweigerd(Foutbericht),
    /// The other side accepted it.
    Aanvaard,
    /// The other side rejected it: it counts as never sent (OP286).
    Afgekeurd,
}

/// What happens to a message under way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Gebeurtenis {
    /// A hop says it has it.
    Bevestiging,
    /// A hop refuses it.
    Weigering(Foutbericht),
    /// Its return came.
    Retour(Uitslag),
    /// It is sent again.
    OpnieuwVerzonden,
}

impl Zending {
    /// A message that just left.
    pub fn new(referentienummer: &str, bericht: &Bericht, bytes: &[u8]) -> Zending {
        Zending {
            referentienummer: referentienummer.to_owned(),
            soort: bericht.soort(),
            identificatie: bericht.kop().bericht_identificatie.identificatie.tekst().into_owned(),
            vingerafdruk: Sha256::digest(bytes).into(),
            status: Status::Verzonden,
            pogingen: 1,
        }
    }

    /// The fingerprint in hexadecimal.
    pub fn vingerafdruk_hex(&self) -> String {
        self.vingerafdruk.iter().fold(String::new(), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
    }

    /// Whether it may be sent again: the same bytes, as long as nobody answered.
    pub const fn mag_opnieuw(&self) -> bool {
        matches!(self.status, Status::Verzonden | Status::Geweigerd(_))
    }

    /// Whether this message is the return of it.
    pub fn is_retour_van(&self, bericht: &Bericht) -> bool {
        let own = |identificatie: &str| identificatie == self.identificatie;
        let same = match bericht {
            Bericht::Wmo325(it) => own(&it.header.declaratie_identificatie.identificatie.tekst()),
            _ => own(&bericht.kop().bericht_identificatie.identificatie.tekst()),
        };
        same && self.soort.retour() == Some(bericht.soort())
    }

    /// Moves it on; what comes too late or does not fit changes nothing and gives false.
    pub fn verwerk(&mut self, gebeurtenis: Gebeurtenis) -> bool {
        let next = match (&self.status, gebeurtenis) {
            (Status::Verzonden, Gebeurtenis::Bevestiging) => Status::Bevestigd,
            (Status::Verzonden | Status::Bevestigd, Gebeurtenis::Weigering(fout)) => {
                Status::Geweigerd(fout)
            }
            (Status::Verzonden | Status::Bevestigd, Gebeurtenis::Retour(uitslag)) => {
                match uitslag {
                    Uitslag::Aanvaard => Status::Aanvaard,
                    Uitslag::Afgekeurd(_) => Status::Afgekeurd,
                }
            }
            (Status::Verzonden | Status::Geweigerd(_), Gebeurtenis::OpnieuwVerzonden) => {
                self.pogingen += 1;
                Status::Verzonden
            }
            _ => return false,
        };
        self.status = next;
        true
    }

    /// Moves it on with the return that came; false when it is another message's.
    pub fn ontvang_retour(&mut self, bericht: &Bericht) -> bool {
        match uitslag(bericht) {
            Some(uitslag) if self.is_retour_van(bericht) => {
                self.verwerk(Gebeurtenis::Retour(uitslag))
            }
            _ => false,
        }
    }
}
