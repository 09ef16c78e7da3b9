//! How much support: a volume of a unit per some time. iWmo `Omvang`.

/// A volume of a unit per some time, such as three hours a week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Omvang {
    /// How many units.
    pub volume: u32,
    /// Of what.
    pub eenheid: Eenheid,
    /// Per what.
    pub frequentie: Frequentie,
}

/// What is counted. iWmo list WJ756.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Eenheid {
    /// `01`: a minute.
    Minuut,
    /// `04`: an hour.
    Uur,
    /// `14`: a day and night.
    Etmaal,
    /// `16`: a part of a day, four hours.
    Dagdeel,
    /// `82`: a piece of output.
    StuksOutput,
    /// `83`: euros; the volume is in eurocents.
    Euro,
    /// `84`: a piece of effort.
    StuksInspanning,
}

impl Eenheid {
    /// Every unit, in the order of the list.
    pub const ALLE: [Eenheid; 7] = [
        Eenheid::Minuut,
        Eenheid::Uur,
        Eenheid::Etmaal,
        Eenheid::Dagdeel,
        Eenheid::StuksOutput,
        Eenheid::Euro,
        Eenheid::StuksInspanning,
    ];

    /// The published code.
    pub const fn code(self) -> &'static str {
        match self {
            Eenheid::Minuut => "01",
            Eenheid::Uur => "04",
            Eenheid::Etmaal => "14",
            Eenheid::Dagdeel => "16",
            Eenheid::StuksOutput => "82",
            Eenheid::Euro => "83",
            Eenheid::StuksInspanning => "84",
        }
    }

    /// The unit with this published code.
    pub fn from_code(code: &str) -> Option<Eenheid> {
        Eenheid::ALLE.into_iter().find(|it| it.code() == code)
    }

    /// The word in a sentence, singular or plural.
    pub const fn naam(self, volume: u32) -> &'static str {
        match (self, volume == 1) {
            (Eenheid::Minuut, true) => "minuut",
            (Eenheid::Minuut, false) => "minuten",
            (Eenheid::Uur, _) => "uur",
            (Eenheid::Etmaal, true) => "etmaal",
            (Eenheid::Etmaal, false) => "etmalen",
            (Eenheid::Dagdeel, true) => "dagdeel",
            (Eenheid::Dagdeel, false) => "dagdelen",
            (Eenheid::StuksOutput | Eenheid::StuksInspanning, true) => "stuk",
            (Eenheid::StuksOutput | Eenheid::StuksInspanning, false) => "stuks",
            (Eenheid::Euro, _) => "eurocent",
        }
    }
}

/// Per what a volume is meant. iWmo list WMO757, with the two values that ended with release 3.0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Frequentie {
    /// `1`: per day.
    Dag,
    /// `2`: per week.
    Week,
    /// `3`: per four weeks; only in old data.
    VierWeken,
    /// `4`: per month.
    Maand,
    /// `5`: per year; only in old data.
    Jaar,
    /// `6`: in total, over the whole term.
    Totaal,
}

impl Frequentie {
    /// Every frequency, in the order of the list.
    pub const ALLE: [Frequentie; 6] = [
        Frequentie::Dag,
        Frequentie::Week,
        Frequentie::VierWeken,
        Frequentie::Maand,
        Frequentie::Jaar,
        Frequentie::Totaal,
    ];

    /// The published code.
    pub const fn code(self) -> &'static str {
        match self {
            Frequentie::Dag => "1",
            Frequentie::Week => "2",
            Frequentie::VierWeken => "3",
            Frequentie::Maand => "4",
            Frequentie::Jaar => "5",
            Frequentie::Totaal => "6",
        }
    }

    /// The frequency with this published code.
    pub fn from_code(code: &str) -> Option<Frequentie> {
        Frequentie::ALLE.into_iter().find(|it| it.code() == code)
    }

    /// The words after a volume.
    pub const fn naam(self) -> &'static str {
        match self {
            Frequentie::Dag => "per dag",
            Frequentie::Week => "per week",
            Frequentie::VierWeken => "per vier weken",
            Frequentie::Maand => "per maand",
            Frequentie::Jaar => "per jaar",
            Frequentie::Totaal => "in totaal",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_read_as_they_are_written() {
        for eenheid in Eenheid::ALLE {
            assert_eq!(Eenheid::from_code(eenheid.code()), Some(eenheid));
        }
        for frequentie in Frequentie::ALLE {
            assert_eq!(Frequentie::from_code(frequentie.code()), Some(frequentie));
        }
        assert_eq!(Eenheid::from_code("99"), None);
    }
}
