//! Messages from the log. Message 301: what holds now or later for one client at one provider, and what
//! changed since the provider last accepted a message. iWmo OP087, OP033x1, OP257, OP286, OP380.

mod antwoord;
mod client;
mod product;
mod signaal;
mod verzoek;
pub mod woorden;

pub use antwoord::{Antwoord319, antwoord};
pub use signaal::stapeling;
pub use verzoek::{Honorering, honorering};

use std::collections::BTreeMap;

use domain::{
    AanbiederId, AgbCode, Dossier, Gemeentecode, ToewijzingNummer,
    persoon::Persoonsgegevens,
    toewijzing::{RedenWijziging, Toewijzing},
};
use jiff::civil::{Date, Time};

use crate::{
    Problem,
    iwmo::{
        bericht::{
            Berichtsoort, Header, Waarde, Wmo301,
            basis::BerichtIdentificatie,
            wmo301::{Client, ToegewezenProduct},
        },
        retour::xsd_versie,
    },
};

/// A 301 that was sent before, to the same provider about the same client.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verzonden<'a> {
    /// What was sent.
    pub bericht: &'a Wmo301,
    /// Whether it came back with a 302 that rejects it: then it counts as never sent (OP286).
    pub afgekeurd: bool,
}

/// Why the message is sent, which decides the `ReferentieAanbieder`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aanleiding<'a> {
    /// The municipality changed something by itself: no reference (TR379).
    Gemeente,
    /// A request for change (317) is granted: its reference on every product.
    Wijziging(&'a str),
    /// A request for allocation (315) is granted: per product the reference it answers.
    Aanvraag(&'a BTreeMap<ToewijzingNummer, String>),
}

/// From whom to whom, when, and after what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Opdracht<'a> {
    /// The municipality that is legally responsible.
    pub gemeente: Gemeentecode,
    /// The provider, in the register.
    pub aanbieder: AanbiederId,
    /// The provider, in messages.
    pub agb: AgbCode,
    /// The sender's own key of the message, of at most 12 characters.
    pub identificatie: &'a str,
    /// The day and time of making it; what changed today was decided then.
    pub nu: (Date, Time),
    /// Everything sent before, oldest first.
    pub verzonden: &'a [Verzonden<'a>],
    /// Why it is sent.
    pub aanleiding: Aanleiding<'a>,
    /// The day on which sending from here began: what was decided and over before it, and never
    /// sent, belongs to whatever sent messages then.
    pub sinds: Option<Date>,
}

/// What is to be sent to a provider about a client.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Uitkomst<'a> {
    /// Nothing: the provider knows everything, or nothing holds any more.
    Niets,
    /// This message.
    Versturen(Box<Opgesteld>),
    /// The provider rejected just this: repeating it changes nothing.
    Afgekeurd(&'a Wmo301),
}

/// A message with what is new in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opgesteld {
    /// The message.
    pub bericht: Wmo301,
    /// What changed since the provider accepted it last, in the order of the message.
    pub veranderd: Vec<(ToewijzingNummer, Verandering)>,
}

/// What became of an allocation since the provider accepted it last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verandering {
    /// It is new to the provider.
    Nieuw,
    /// It changed for this reason.
    Gewijzigd(RedenWijziging),
    /// It should never have been sent.
    Verwijderd,
}

/// What is to be sent, if anything.
///
/// A message that would say just what the provider rejected last is not made again, whatever its
/// moment: first something must change in the allocation, the person or the register.
pub fn samenstellen<'a>(
    dossier: &Dossier,
    persoon: &Persoonsgegevens,
    opdracht: &Opdracht<'a>,
) -> Result<Uitkomst<'a>, Vec<Problem>> {
    let Some(made) = stel_op(dossier, persoon, opdracht)? else { return Ok(Uitkomst::Niets) };
    if made.veranderd.is_empty() && opdracht.aanleiding == Aanleiding::Gemeente {
        return Ok(Uitkomst::Niets);
    }
    let last = opdracht.verzonden.last().filter(|it| it.afgekeurd);
    if let Some(last) = last.filter(|it| zegt_hetzelfde(it.bericht, &made.bericht)) {
        return Ok(Uitkomst::Afgekeurd(last.bericht));
    }
    Ok(Uitkomst::Versturen(Box::new(made)))
}

/// The message with everything that holds or changed, also when the provider knows all of it.
///
/// `Ok(None)` when nothing holds any more and nothing changed. What may not change under one number
/// is refused: end it and give a new number.
pub fn opstellen(
    dossier: &Dossier,
    persoon: &Persoonsgegevens,
    opdracht: &Opdracht<'_>,
) -> Result<Option<Wmo301>, Vec<Problem>> {
    Ok(stel_op(dossier, persoon, opdracht)?.map(|it| it.bericht))
}

fn stel_op(
    dossier: &Dossier,
    persoon: &Persoonsgegevens,
    opdracht: &Opdracht<'_>,
) -> Result<Option<Opgesteld>, Vec<Problem>> {
    let mut problems = Vec::new();
    let known = laatste_versies(opdracht.verzonden);
    let (mut producten, mut veranderd) = (Vec::new(), Vec::new());
    for toewijzing in &dossier.toewijzingen {
        if toewijzing.opdracht.aanbieder != opdracht.aanbieder {
            continue;
        }
        let last = known.get(&toewijzing.nummer.0).copied();
        match product::product(toewijzing, last, opdracht) {
            Ok(None) => {}
            Ok(Some((product, change))) => {
                producten.push(product);
                veranderd.extend(change.map(|it| (toewijzing.nummer, it)));
            }
            Err(problem) => problems.push(problem),
        }
    }
    if producten.is_empty() && problems.is_empty() {
        return Ok(None);
    }
    let client = client::client(persoon).map_err(|it| problems.push(it)).ok();
    let Some(client) = client.filter(|_| problems.is_empty()) else { return Err(problems) };
    let client = Client { toegewezen_producten: producten, ..client };
    let bericht = Wmo301 { header: header(opdracht), client, ..Wmo301::default() };
    Ok(Some(Opgesteld { bericht, veranderd }))
}

/// Whether two messages say the same to the same provider, apart from when it was decided and said.
fn zegt_hetzelfde(one: &Wmo301, other: &Wmo301) -> bool {
    let plain = |it: &Wmo301| {
        let mut client = it.client.clone();
        for product in &mut client.toegewezen_producten {
            product.toewijzingsdatum = Waarde::afwezig();
            product.toewijzingstijd = Waarde::afwezig();
        }
        (it.header.afzender.clone(), it.header.ontvanger.clone(), client)
    };
    plain(one) == plain(other)
}

/// The last version of each number that the provider received and did not reject: the newest
/// decision counts, not the order of arrival (OP080).
fn laatste_versies<'a>(verzonden: &[Verzonden<'a>]) -> BTreeMap<u32, &'a ToegewezenProduct> {
    let mut last: BTreeMap<u32, &ToegewezenProduct> = BTreeMap::new();
    let moment =
        |it: &ToegewezenProduct| (it.toewijzingsdatum.waarde(), it.toewijzingstijd.waarde());
    for one in verzonden.iter().filter(|it| !it.afgekeurd) {
        for product in &one.bericht.client.toegewezen_producten {
            let Some(nummer) = product.toewijzing_nummer.waarde() else { continue };
            let newer = last.get(&nummer).is_none_or(|it| moment(it) <= moment(product));
            if newer {
                last.insert(nummer, product);
            }
        }
    }
    last
}

/// Whether an allocation that was never sent stays out, since it was over before sending began.
pub fn blijft_buiten(toewijzing: &Toewijzing, sinds: Date) -> bool {
    let end = toewijzing.opdracht.geldig.tot_en_met();
    toewijzing.telt() && toewijzing.toegewezen_op < sinds && end.is_some_and(|it| it < sinds)
}

fn header(opdracht: &Opdracht<'_>) -> Header {
    Header {
        bericht_code: Waarde::van(Berichtsoort::Wmo301.code()),
        bericht_versie: Waarde::van("3"),
        bericht_subversie: Waarde::van("2"),
        afzender: Waarde::van(opdracht.gemeente.as_str()),
        ontvanger: Waarde::van(opdracht.agb.as_str()),
        bericht_identificatie: BerichtIdentificatie {
            identificatie: Waarde::van(opdracht.identificatie),
            dagtekening: Waarde::van(opdracht.nu.0),
            ..BerichtIdentificatie::default()
        },
        xsd_versie: xsd_versie(),
        ..Header::default()
    }
}
