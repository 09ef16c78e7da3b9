//! How far a message came: a state per hop, moved on by what comes back.

use std::fmt::Write as _;

use sha2::{Digest, Sha256};

use crate::{
    Problem,
    iwmo::{
        bericht::{Bericht, Berichtsoort},
        code,
        retour::{Uitslag, uitslag},
        verkeer::Foutbericht,
    },
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

impl Status {
    /// The word in a list.
    pub const fn naam(&self) -> &'static str {
        match self {
            Status::Verzonden => "verzonden",
            Status::Bevestigd => "bevestigd",
            Status::Geweigerd(_) => "geweigerd",
            Status::Aanvaard => "aanvaard",
            Status::Afgekeurd => "afgekeurd",
        }
    }
}

/// The fingerprint of a message: its SHA-256.
pub fn vingerafdruk(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

/// A list of sends as a table; it holds nothing about a person.
pub fn schrijf_lijst(zendingen: &[Zending]) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().delimiter(b';').from_writer(Vec::new());
    let head = [
        "referentienummer",
        "bericht",
        "identificatie",
        "vingerafdruk",
        "status",
        "foutcode",
        "omschrijving",
        "pogingen",
    ];
    let mut rows = vec![head.map(str::to_owned)];
    for it in zendingen {
        let (code, uitleg) = match &it.status {
            Status::Geweigerd(fout) => (fout.code.clone(), fout.omschrijving.clone()),
            _ => (String::new(), String::new()),
        };
        rows.push([
            it.referentienummer.clone(),
            it.soort.naam().to_owned(),
            it.identificatie.clone(),
            it.vingerafdruk_hex(),
            it.status.naam().to_owned(),
            code,
            uitleg,
            it.pogingen.to_string(),
        ]);
    }
    for row in rows {
        // Writing into memory does not fail.
        let _ = writer.write_record(row);
    }
    writer.into_inner().unwrap_or_default()
}

fn from_hex(text: &str) -> Option<[u8; 32]> {
    let mut bytes = [0; 32];
    if text.len() != 64 {
        return None;
    }
    for (at, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(text.get(2 * at..2 * at + 2)?, 16).ok()?;
    }
    Some(bytes)
}

impl Zending {
    /// A message that just left.
    pub fn new(referentienummer: &str, bericht: &Bericht, bytes: &[u8]) -> Zending {
        Zending {
            referentienummer: referentienummer.to_owned(),
            soort: bericht.soort(),
            identificatie: bericht.kop().bericht_identificatie.identificatie.tekst().into_owned(),
            vingerafdruk: vingerafdruk(bytes),
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

    /// The sends of a list as [`schrijf_lijst`] wrote it.
    pub fn lees_lijst(file: &str, bytes: &[u8]) -> Result<Vec<Zending>, Problem> {
        let mut reader = csv::ReaderBuilder::new().delimiter(b';').from_reader(bytes);
        let mut zendingen = Vec::new();
        for (at, row) in reader.records().enumerate() {
            let zending = row.ok().and_then(|it| Zending::from_row(&it));
            let refuse = || {
                let text = "deze regel van de lijst van zendingen is niet te lezen";
                Problem::fout(file, code::ZENDINGEN, text).on_line(at as u64 + 2)
            };
            zendingen.push(zending.ok_or_else(refuse)?);
        }
        Ok(zendingen)
    }

    fn from_row(row: &csv::StringRecord) -> Option<Zending> {
        let fields: Vec<&str> = row.iter().collect();
        let [referentie, soort, identificatie, print, status, fout, uitleg, pogingen] = fields[..]
        else {
            return None;
        };
        let fout = || Foutbericht { code: fout.to_owned(), omschrijving: uitleg.to_owned() };
        Some(Zending {
            referentienummer: referentie.to_owned(),
            soort: Berichtsoort::ALLE.into_iter().find(|it| it.naam() == soort)?,
            identificatie: identificatie.to_owned(),
            vingerafdruk: from_hex(print)?,
            status: match status {
                "verzonden" => Status::Verzonden,
                "bevestigd" => Status::Bevestigd,
                "geweigerd" => Status::Geweigerd(fout()),
                "aanvaard" => Status::Aanvaard,
                "afgekeurd" => Status::Afgekeurd,
                _ => return None,
            },
            pogingen: pogingen.parse().ok()?,
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
