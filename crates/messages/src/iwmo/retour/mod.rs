//! What goes back for a message that came in: the return, or the answer to a bill. iWmo, "Retour".
//!
//! | what was found | return 302..320 | answer 325 |
//! | --- | --- | --- |
//! | the form is wrong (level 1) | none; the transport refuses it | none |
//! | a rule within the message (level 2) | header with 0001 | header with 0001 |
//! | the header, against the world (level 3-4) | header with its code | header with its code |
//! | a class, against the world (level 3-4) | the whole client back | per billed line |
//! | nothing | header without codes | 0200, and 8001 for the bill |

mod antwoord;
mod uitslag;
mod vakken;

pub use uitslag::{Afkeuring, Uitslag, is_afkeuring, uitslag};

use jiff::civil::Date;

use crate::{
    Ernst,
    iwmo::{
        bericht::{
            Bericht, Berichtsoort, Header, RetourCodes, RetourHeader, Waarde, basis::XsdVersie,
            codelijst::RetourCode,
        },
        regel::{Bevinding, Plek},
    },
};
use vakken::Vak;

/// The schemas with which Wijkpeil makes messages.
pub const XSD_VERSIE: &str = "1.0.0";
/// The set of checks within a message that Wijkpeil does, which are those of this version.
pub const XSLT_VERSIE: &str = "1.0.0";

const AFGEKEURD: &str = "0001";
const GEEN_OPMERKING: &str = "0200";
const NIET_BEOORDEELD: &str = "0233";
const VOLLEDIG: &str = "8001";

/// What is told of the return itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Retourkop<'a> {
    /// The sender's own key of the return, of at most 12 characters.
    pub identificatie: &'a str,
    /// The day it is sent.
    pub dagtekening: Date,
}

/// The message that goes back for one of which the form is right; none for what is a return itself.
///
/// `bevindingen` is all that the rules found in it. Warnings do not reject. When the client itself is
/// wrong, what lies in it counts as not judged (0233); else what has no code of its own gets 0200.
pub fn retour(
    bericht: &Bericht,
    bevindingen: &[Bevinding],
    kop: &Retourkop<'_>,
) -> Option<Bericht> {
    let oordeel = Oordeel::new(bevindingen);
    let soort = bericht.soort().retour()?;
    Some(match bericht {
        Bericht::Wmo301(it) => {
            let (header, inhoud) = op_client(&it.header, soort, &it.client, &oordeel, kop);
            crate::iwmo::bericht::Wmo302 { regel: it.regel, header, client: inhoud }.into()
        }
        Bericht::Wmo305(it) => {
            let (header, inhoud) = op_client(&it.header, soort, &it.client, &oordeel, kop);
            crate::iwmo::bericht::Wmo306 { regel: it.regel, header, client: inhoud }.into()
        }
        Bericht::Wmo307(it) => {
            let (header, inhoud) = op_client(&it.header, soort, &it.client, &oordeel, kop);
            crate::iwmo::bericht::Wmo308 { regel: it.regel, header, client: inhoud }.into()
        }
        Bericht::Wmo315(it) => {
            let (header, inhoud) = op_client(&it.header, soort, &it.client, &oordeel, kop);
            crate::iwmo::bericht::Wmo316 { regel: it.regel, header, client: inhoud }.into()
        }
        Bericht::Wmo317(it) => {
            let (header, inhoud) = op_client(&it.header, soort, &it.client, &oordeel, kop);
            crate::iwmo::bericht::Wmo318 { regel: it.regel, header, client: inhoud }.into()
        }
        Bericht::Wmo319(it) => {
            let (header, inhoud) = op_client(&it.header, soort, &it.antwoord, &oordeel, kop);
            crate::iwmo::bericht::Wmo320 { regel: it.regel, header, antwoord: inhoud }.into()
        }
        Bericht::Wmo323(it) => antwoord::antwoord(it, &oordeel, kop).into(),
        _ => return None,
    })
}

/// The findings that reject something.
pub(crate) struct Oordeel<'a> {
    fouten: Vec<&'a Bevinding>,
}

impl<'a> Oordeel<'a> {
    fn new(bevindingen: &'a [Bevinding]) -> Oordeel<'a> {
        Oordeel { fouten: bevindingen.iter().filter(|it| it.ernst == Ernst::Fout).collect() }
    }

    /// Whether a rule within the message is broken.
    fn is_technisch(&self) -> bool {
        self.fouten.iter().any(|it| it.niveau() <= 2)
    }

    /// The codes of one class, each once.
    fn op(&self, plek: Plek) -> Vec<&'static str> {
        let mut codes = Vec::new();
        for fout in self.fouten.iter().filter(|it| it.plek == plek) {
            let code = fout.retourcode().unwrap_or(AFGEKEURD);
            if !codes.contains(&code) {
                codes.push(code);
            }
        }
        codes
    }

    /// The codes with which only a header goes back, if so.
    fn alleen_kop(&self) -> Option<Vec<&'static str>> {
        if self.is_technisch() {
            return Some(vec![AFGEKEURD]);
        }
        let codes = self.op(Plek::Kop);
        (!codes.is_empty()).then_some(codes)
    }
}

/// The header of the return, and the client with codes when it goes back too.
fn op_client<K: Clone + Vakken>(
    header: &Header,
    soort: Berichtsoort,
    inhoud: &K,
    oordeel: &Oordeel<'_>,
    kop: &Retourkop<'_>,
) -> (RetourHeader, Option<K>) {
    let mut back = retour_header(header, soort, kop);
    if oordeel.is_technisch() {
        back.xslt_versie = Waarde::van(XSLT_VERSIE);
    }
    if let Some(found) = oordeel.alleen_kop() {
        back.retour_codes = codes(&found);
        return (back, None);
    }
    if oordeel.fouten.is_empty() {
        return (back, None);
    }
    back.retour_codes = codes(&[GEEN_OPMERKING]);
    let mut inhoud = inhoud.clone();
    let whole = K::GEHEEL;
    let judged = oordeel.op(whole).is_empty();
    let mut placed = 0;
    for (vak, retour_codes) in inhoud.vakken() {
        let found = vak.map_or_else(Vec::new, |plek| oordeel.op(plek));
        placed += found.len();
        *retour_codes = match found.is_empty() {
            false => codes(&found),
            true if judged || vak == Some(whole) => codes(&[GEEN_OPMERKING]),
            true => codes(&[NIET_BEOORDEELD]),
        };
    }
    if placed == 0 {
        // A finding on a class that carries no codes is told at the whole.
        let found: Vec<_> = oordeel.fouten.iter().filter_map(|it| it.retourcode()).collect();
        if let Some((_, retour_codes)) = inhoud.vakken().into_iter().find(|it| it.0 == Some(whole))
        {
            *retour_codes = codes(&found);
        }
    }
    (back, Some(inhoud))
}

/// The classes of a message that carry return codes.
trait Vakken {
    /// The class around all others.
    const GEHEEL: Plek = Plek::Client(0);

    /// Every class, with the place under which rules know it.
    fn vakken(&mut self) -> Vec<Vak<'_>>;
}

fn retour_header(header: &Header, soort: Berichtsoort, kop: &Retourkop<'_>) -> RetourHeader {
    RetourHeader {
        regel: header.regel,
        bericht_code: Waarde::van(soort.code()),
        bericht_versie: header.bericht_versie.clone(),
        bericht_subversie: header.bericht_subversie.clone(),
        afzender: header.afzender.clone(),
        ontvanger: header.ontvanger.clone(),
        bericht_identificatie: header.bericht_identificatie.clone(),
        xsd_versie: header.xsd_versie.clone(),
        identificatie_retour: Waarde::van(kop.identificatie),
        dagtekening_retour: Waarde::van(kop.dagtekening),
        xslt_versie: Waarde::afwezig(),
        xsd_versie_retour: xsd_versie(),
        retour_codes: Vec::new(),
    }
}

/// The versions of the schemas with which Wijkpeil makes messages.
pub(crate) fn xsd_versie() -> XsdVersie {
    XsdVersie {
        basisschema_xsd_versie: Waarde::van(XSD_VERSIE),
        bericht_xsd_versie: Waarde::van(XSD_VERSIE),
        ..XsdVersie::default()
    }
}

fn codes(codes: &[&'static str]) -> RetourCodes {
    codes.iter().map(|it| Waarde::<RetourCode>::van(*it)).collect()
}
