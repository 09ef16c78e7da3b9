//! The flags of `wijkpeil estimate`: one row each, from which help, checks and errors follow.

/// One flag.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Vlag {
    /// Without the two dashes.
    pub(super) naam: &'static str,
    pub(super) soort: Soort,
    /// A Dutch line.
    pub(super) uitleg: &'static str,
    /// A value for the example in an error.
    pub(super) voorbeeld: &'static str,
}

/// What belongs behind a flag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Soort {
    /// The name of a column.
    Kolom,
    /// The names of columns; the flag may come again.
    Kolommen,
    /// A number.
    Getal,
    /// One of these words.
    Keuze(&'static [&'static str]),
    /// A path.
    Bestand,
    /// A text, such as the name of a unit.
    Tekst,
    /// Texts; the flag may come again.
    Teksten,
    /// Nothing: it is on or off.
    Aan,
}

impl Vlag {
    pub(super) const fn new(
        naam: &'static str,
        soort: Soort,
        voorbeeld: &'static str,
        uitleg: &'static str,
    ) -> Self {
        Self { naam, soort, uitleg, voorbeeld }
    }

    pub(super) const fn kolom(
        naam: &'static str,
        voorbeeld: &'static str,
        uitleg: &'static str,
    ) -> Self {
        Self::new(naam, Soort::Kolom, voorbeeld, uitleg)
    }

    pub(super) const fn getal(
        naam: &'static str,
        voorbeeld: &'static str,
        uitleg: &'static str,
    ) -> Self {
        Self::new(naam, Soort::Getal, voorbeeld, uitleg)
    }

    pub(super) const fn keuze(
        naam: &'static str,
        words: &'static [&'static str],
        uitleg: &'static str,
    ) -> Self {
        Self::new(naam, Soort::Keuze(words), words[0], uitleg)
    }

    /// As it is typed, with a value.
    pub(super) fn example(&self) -> String {
        match self.soort {
            Soort::Aan => format!("--{}", self.naam),
            _ => format!("--{} {}", self.naam, self.voorbeeld),
        }
    }

    /// The word for its value in the help.
    pub(super) fn waarde(&self) -> &'static str {
        match self.soort {
            Soort::Kolom | Soort::Kolommen => "KOLOM",
            Soort::Getal => "GETAL",
            Soort::Keuze(_) => "KEUZE",
            Soort::Bestand => "BESTAND",
            Soort::Tekst | Soort::Teksten => "TEKST",
            Soort::Aan => "",
        }
    }
}

/// Every flag, in the order of the help.
pub(super) fn all() -> impl Iterator<Item = &'static Vlag> {
    ALLE.iter().chain(super::vlag_meer::MEER)
}

/// The flags of difference-in-differences, and those that more groups have.
const ALLE: &[Vlag] = &[
    UNIT,
    PERIOD,
    FIRST_TREATED,
    OUTCOME,
    COVARIATE,
    TREATMENT,
    EXPOSURE,
    FIXED_EFFECT,
    WEIGHT,
    CLUSTER,
    CONTROL,
    ESTIMATOR,
    BASE,
    SAMPLING,
    ADJUSTMENT,
    ANTICIPATION,
    LEADS,
    LEAVE_ONE_OUT,
    REFERENCE,
    FIRST,
    LAST,
    EFFECTS,
    PLACEBOS,
    DIRECTION,
    VARIANCE,
    LAGS,
    STATISTIC,
    HYPOTHESIS,
    UNRESTRICTED,
    EXACT,
    DRAWS,
    DRAW_WEIGHTS,
    SEED,
    LEVEL,
    MISSING,
];

// Columns.
pub(super) const UNIT: Vlag = Vlag::kolom("unit", "team", "Eenheid, zoals een team of gemeente");
pub(super) const PERIOD: Vlag = Vlag::kolom("period", "jaar", "Periode, een geheel getal");
pub(super) const FIRST_TREATED: Vlag =
    Vlag::kolom("first-treated", "start", "Eerste behandelde periode; 0 of leeg is nooit");
pub(super) const OUTCOME: Vlag = Vlag::kolom("outcome", "uitgaven", "Uitkomst");
pub(super) const COVARIATE: Vlag =
    Vlag::new("covariate", Soort::Kolommen, "aandeel_75plus", "Covariaat; mag vaker");
pub(super) const TREATMENT: Vlag =
    Vlag::kolom("treatment", "behandeld", "Behandeling per rij, 0 of 1 (of een hoeveelheid)");
pub(super) const EXPOSURE: Vlag =
    Vlag::kolom("exposure", "inwoners", "Waar het aantal evenredig mee is, zoals inwoners");
pub(super) const FIXED_EFFECT: Vlag =
    Vlag::new("fixed-effect", Soort::Kolommen, "team", "Vast effect per waarde; mag vaker");
pub(super) const WEIGHT: Vlag = Vlag::kolom("weight", "inwoners", "Gewicht van de rij");
pub(super) const CLUSTER: Vlag =
    Vlag::kolom("cluster", "regio", "Cluster van de standaardfouten [anders: de eenheid]");

// Choices.
pub(super) const CONTROL: Vlag = Vlag::keuze(
    "control",
    &["never", "notyet"],
    "Vergelijk met nooit (never) of nog niet (notyet) behandelde eenheden [anders: never]",
);
pub(super) const ESTIMATOR: Vlag = Vlag::keuze(
    "estimator",
    &["dr", "ipw", "reg"],
    "Gebruik van covariaten: dubbel robuust, gewogen of met regressie [anders: dr]",
);
pub(super) const BASE: Vlag = Vlag::keuze(
    "base",
    &["varying", "universal"],
    "Basis vóór de start: de periode ervoor, of één voor alle [anders: varying]",
);
pub(super) const SAMPLING: Vlag = Vlag::keuze(
    "sampling",
    &["panel", "complete", "cross-sections"],
    "Vaste eenheden, alleen volledige, of per periode andere [anders: panel]",
);
pub(super) const ADJUSTMENT: Vlag = Vlag::keuze(
    "adjustment",
    &["linear", "by-period"],
    "Covariaten: één coëfficiënt, of een per periode [anders: linear]",
);
pub(super) const DIRECTION: Vlag = Vlag::keuze(
    "direction",
    &["both", "up", "down"],
    "Alle wisselingen, alleen omhoog of alleen omlaag [anders: both]",
);
pub(super) const VARIANCE: Vlag = Vlag::keuze(
    "variance",
    &["cluster", "jackknife", "classical", "hc1", "hc2", "hc3", "driscoll-kraay"],
    "Standaardfouten [anders: per cluster, en zonder cluster hc1]",
);
pub(super) const STATISTIC: Vlag = Vlag::keuze(
    "statistic",
    &["coefficient", "t"],
    "Wat tussen toewijzingen wordt vergeleken [anders: coefficient]",
);
pub(super) const DRAW_WEIGHTS: Vlag = Vlag::keuze(
    "draw-weights",
    &["rademacher", "mammen", "webb"],
    "Verdeling van de trekkingen [anders: rademacher]",
);
pub(super) const MISSING: Vlag = Vlag::keuze(
    "missing",
    &["refuse", "drop"],
    "Lege cellen: weigeren, of de rij weglaten met een melding [anders: refuse]",
);

// Switches.
pub(super) const LEAVE_ONE_OUT: Vlag = Vlag::new(
    "leave-one-out",
    Soort::Aan,
    "",
    "Laat elk cluster weg uit het gemiddelde waarmee het wordt vergeleken",
);
pub(super) const UNRESTRICTED: Vlag =
    Vlag::new("unrestricted", Soort::Aan, "", "Trek zonder de hypothese op te leggen (WCU)");

// Numbers.
pub(super) const LEADS: Vlag =
    Vlag::getal("leads", "3", "Laatste zoveel periodes vóór de start in de toets [anders: alle]");
pub(super) const REFERENCE: Vlag =
    Vlag::getal("reference", "-1", "Afstand tot de start die 0 is [anders: -1]");
pub(super) const FIRST: Vlag =
    Vlag::getal("first", "-5", "Eerste afstand tot de start; eerdere gaan samen");
pub(super) const LAST: Vlag =
    Vlag::getal("last", "5", "Laatste afstand tot de start; latere gaan samen");
pub(super) const EFFECTS: Vlag =
    Vlag::getal("effects", "3", "Aantal effecten na de wisseling [anders: alle]");
pub(super) const PLACEBOS: Vlag =
    Vlag::getal("placebos", "2", "Aantal placebo's vóór de wisseling [anders: alle]");
pub(super) const LAGS: Vlag = Vlag::getal("lags", "2", "Periodes waarover fouten samenhangen");
pub(super) const HYPOTHESIS: Vlag =
    Vlag::getal("hypothesis", "0", "Waarde die wordt getoetst [anders: 0]");
pub(super) const EXACT: Vlag =
    Vlag::getal("exact", "1000000", "Tot zoveel toewijzingen worden ze alle geprobeerd");
pub(super) const ANTICIPATION: Vlag =
    Vlag::getal("anticipation", "1", "Periodes vóór de start waarin het effect er al kan zijn");
pub(super) const DRAWS: Vlag = Vlag::getal("draws", "999", "Aantal trekkingen van het toeval");
pub(super) const SEED: Vlag =
    Vlag::getal("seed", "1", "Beginwaarde van het toeval: dezelfde waarde geeft dezelfde uitkomst");
pub(super) const LEVEL: Vlag =
    Vlag::getal("level", "0.95", "Betrouwbaarheid van de intervallen [anders: 0.95]");
