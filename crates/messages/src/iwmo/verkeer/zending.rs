//! How far a message came: a state per hop, moved on by what comes back.

use sha2::{Digest, Sha256};

use crate::iwmo::{
    bericht::{Bericht, Berichtsoort},
    retour::{Uitslag, uitslag},
    verkeer::Foutbericht,
};

/// A message on its way out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Zending {
    /// The key of its envelope.
    pub referentienummer: String,
    /// Which kind of message.
    pub soort: Berichtsoort,
    /// The sender's own key of the message, which its return repeats.
    pub identificatie: String,
    /// How far it came.
    pub status: Status,
    /// How often it left.
    pub pogingen: u32,
}

/// How far a message came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Status {
    /// It is ready to leave.
    Klaar,
    /// It left, but nobody said to have it: it goes again in the same envelope.
    Mislukt(Foutbericht),
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
    /// It leaves.
    Verstuurd,
    /// It left and nobody answered, or the answer made no sense.
    Onbereikbaar(Foutbericht),
    /// A hop says it has it.
    Bevestiging,
    /// A hop refuses it.
    Weigering(Foutbericht),
    /// Its return came.
    Retour(Uitslag),
    /// It is put ready again.
    Opnieuw,
}

impl Status {
    /// The word in a list.
    pub const fn naam(&self) -> &'static str {
        match self {
            Status::Klaar => "klaar",
            Status::Mislukt(_) => "mislukt",
            Status::Verzonden => "verzonden",
            Status::Bevestigd => "bevestigd",
            Status::Geweigerd(_) => "geweigerd",
            Status::Aanvaard => "aanvaard",
            Status::Afgekeurd => "afgekeurd",
        }
    }

    /// The status with this word, and what was said of it.
    pub fn lees(naam: &str, fout: Foutbericht) -> Option<Status> {
        Some(match naam {
            "klaar" => Status::Klaar,
            "mislukt" => Status::Mislukt(fout),
            "verzonden" => Status::Verzonden,
            "bevestigd" => Status::Bevestigd,
            "geweigerd" => Status::Geweigerd(fout),
            "aanvaard" => Status::Aanvaard,
            "afgekeurd" => Status::Afgekeurd,
            _ => return None,
        })
    }

    /// What was said of it, when it was refused or not delivered.
    pub const fn fout(&self) -> Option<&Foutbericht> {
        match self {
            Status::Mislukt(fout) | Status::Geweigerd(fout) => Some(fout),
            _ => None,
        }
    }

    /// Whether it is to leave.
    pub const fn gaat_mee(&self) -> bool {
        matches!(self, Status::Klaar | Status::Mislukt(_))
    }
}

/// The fingerprint of a message: its SHA-256.
pub fn vingerafdruk(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

impl Zending {
    /// A message that is ready to leave.
    pub fn new(referentienummer: &str, bericht: &Bericht) -> Zending {
        Zending {
            referentienummer: referentienummer.to_owned(),
            soort: bericht.soort(),
            identificatie: bericht.kop().bericht_identificatie.identificatie.tekst().into_owned(),
            status: Status::Klaar,
            pogingen: 0,
        }
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
        let ready = self.status.gaat_mee();
        let under_way = ready || matches!(self.status, Status::Verzonden | Status::Bevestigd);
        let next = match (&self.status, gebeurtenis) {
            (_, Gebeurtenis::Verstuurd) if ready => Status::Verzonden,
            (_, Gebeurtenis::Onbereikbaar(fout)) if ready => Status::Mislukt(fout),
            (Status::Mislukt(_) | Status::Verzonden, Gebeurtenis::Bevestiging) => Status::Bevestigd,
            (_, Gebeurtenis::Weigering(fout)) if under_way => Status::Geweigerd(fout),
            (_, Gebeurtenis::Retour(Uitslag::Aanvaard)) if under_way => Status::Aanvaard,
            (_, Gebeurtenis::Retour(Uitslag::Afgekeurd(_))) if under_way => Status::Afgekeurd,
            (Status::Verzonden | Status::Geweigerd(_), Gebeurtenis::Opnieuw) => Status::Klaar,
            _ => return false,
        };
        self.pogingen += u32::from(ready && !matches!(next, Status::Aanvaard | Status::Afgekeurd));
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
