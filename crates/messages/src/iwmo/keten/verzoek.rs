//! A request of a provider (315, 317) as a state machine: received, in enquiry once, answered.
//!
//! It is answered with a 301 or a 319 within five working days; "in enquiry" gives eight weeks from
//! the day of the request. iWmo OP274, OP344, OP346, TR355-TR374.

use domain::termijn::plus_werkdagen;
use jiff::{ToSpan, civil::Date};

use crate::iwmo::bericht::Berichtsoort;

/// A request with its answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verzoek {
    pub(super) bericht: usize,
    /// Message 315 or 317.
    pub soort: Berichtsoort,
    /// The BSN of the client.
    pub bsn: Box<str>,
    /// The day it was sent.
    pub dagtekening: Date,
    /// The answers, oldest first.
    pub antwoorden: Vec<Antwoord>,
}

/// One answer to a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Antwoord {
    pub(super) bericht: usize,
    /// The day it was sent.
    pub op: Date,
    /// What was answered.
    pub wat: Besluit,
}

/// What was answered to a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Besluit {
    /// Not decided yet: in enquiry.
    InOnderzoek,
    /// Rejected.
    Afgewezen,
    /// Granted with an allocation.
    Gehonoreerd,
}

/// How a request stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verzoekstand {
    /// No answer yet.
    Ontvangen,
    /// In enquiry since this day.
    InOnderzoek(Date),
    /// Rejected on this day.
    Afgewezen(Date),
    /// Granted on this day.
    Gehonoreerd(Date),
}

impl Verzoek {
    /// How it stands now.
    pub fn stand(&self) -> Verzoekstand {
        match self.antwoorden.last() {
            None => Verzoekstand::Ontvangen,
            Some(Antwoord { op, wat: Besluit::InOnderzoek, .. }) => Verzoekstand::InOnderzoek(*op),
            Some(Antwoord { op, wat: Besluit::Afgewezen, .. }) => Verzoekstand::Afgewezen(*op),
            Some(Antwoord { op, wat: Besluit::Gehonoreerd, .. }) => Verzoekstand::Gehonoreerd(*op),
        }
    }

    /// Whether an answer is still due.
    pub fn is_open(&self) -> bool {
        matches!(self.stand(), Verzoekstand::Ontvangen | Verzoekstand::InOnderzoek(_))
    }

    /// The last day for the answer that is due; `None` once it was decided.
    pub fn uiterlijk(&self) -> Option<Date> {
        match self.stand() {
            Verzoekstand::Ontvangen => Some(plus_werkdagen(self.dagtekening, 5)),
            Verzoekstand::InOnderzoek(_) => Some(self.dagtekening.saturating_add(8.weeks())),
            Verzoekstand::Afgewezen(_) | Verzoekstand::Gehonoreerd(_) => None,
        }
    }

    /// Which rule an answer with a 319 breaks, given the answers before.
    pub fn bezwaar(&self, wat: Besluit) -> Option<&'static str> {
        match (self.stand(), wat) {
            (Verzoekstand::Gehonoreerd(_), _) => Some("TR359"),
            (Verzoekstand::Afgewezen(_), _) => Some("TR365"),
            (Verzoekstand::InOnderzoek(_), Besluit::InOnderzoek) => Some("TR360"),
            (Verzoekstand::InOnderzoek(_) | Verzoekstand::Ontvangen, _) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_request_is_in_enquiry_once_and_then_decided() {
        use Besluit::{Afgewezen, Gehonoreerd, InOnderzoek};
        let sent = date(2025, 4, 17);
        // Good Friday, Easter and King's Day are no working days; eight weeks are calendar weeks.
        let (first, enquiry) = (Some(date(2025, 4, 28)), Some(date(2025, 6, 12)));
        for (before, next, broken, until) in [
            (&[][..], InOnderzoek, None, first),
            (&[], Afgewezen, None, first),
            (&[InOnderzoek], InOnderzoek, Some("TR360"), enquiry),
            (&[InOnderzoek], Afgewezen, None, enquiry),
            (&[InOnderzoek, Afgewezen], Afgewezen, Some("TR365"), None),
            (&[Gehonoreerd], Afgewezen, Some("TR359"), None),
        ] {
            let antwoorden =
                before.iter().map(|wat| Antwoord { bericht: 0, op: sent, wat: *wat }).collect();
            let (soort, bsn) = (Berichtsoort::Wmo317, "999900006".into());
            let verzoek = Verzoek { bericht: 0, soort, bsn, dagtekening: sent, antwoorden };
            assert_eq!(verzoek.bezwaar(next), broken, "{before:?}, then {next:?}");
            assert_eq!(verzoek.uiterlijk(), until, "{before:?}");
            assert_eq!(verzoek.is_open(), until.is_some(), "{before:?}");
        }
    }
}
