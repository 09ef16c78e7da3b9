//! Why there is no letter.

use std::fmt;

use domain::refusal::StepRefusal;

/// Why a letter cannot be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum GeenBrief {
    /// The client is under threat. iWmo OP003.
    Afgeschermd,
    /// The person was erased.
    Vernietigd,
    /// There is no name or no address; what is missing.
    OnbekendAdres(&'static str),
    /// The municipality did not say what stands in letters.
    GeenBriefgegevens,
    /// Nothing tells why it was decided so. Awb, art. 3:46.
    GeenMotivering,
    /// There is nothing to write about.
    Niets,
}

impl GeenBrief {
    /// Whether the law forbids it, so that nothing can be filled in.
    pub(crate) const fn is_weigering(&self) -> bool {
        matches!(self, GeenBrief::Afgeschermd)
    }
}

impl fmt::Display for GeenBrief {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            GeenBrief::Afgeschermd => StepRefusal::Afgeschermd("een brief").fmt(f),
            GeenBrief::Vernietigd => f.write_str(
                "de persoonsgegevens zijn vernietigd; er is niemand meer om aan te schrijven",
            ),
            GeenBrief::OnbekendAdres(wat) => {
                write!(f, "van deze cliënt ontbreekt {wat}; vul dat eerst aan")
            }
            GeenBrief::GeenBriefgegevens => f.write_str(
                "in het register staat niet wat er over de gemeente in een brief hoort; een \
                 functioneel beheerder vult dat in bij Register, Wijzig wat in brieven staat",
            ),
            GeenBrief::GeenMotivering => f.write_str(
                "bij dit besluit staat geen motivering, en zonder motivering mag het niet weg \
                 (Awb, art. 3:46)",
            ),
            GeenBrief::Niets => f.write_str("er is voor deze zaak geen brief van deze soort"),
        }
    }
}
