//! One series out of a table: one region, one kind, one measure, all periods.

use std::fmt;

use domain::{Gemeentecode, Maand};

use crate::{
    Problem,
    cbs::{Cbsperiode, Cijferstatus, Dimensie, Dimensiewaarde, Getal, Maat, ReferenceTable},
};

/// One series, with everything that must be said beside its figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reeks {
    /// The table it comes from, such as `83262NED`.
    pub tabel: String,
    /// The title of the table.
    pub titel: String,
    /// Where.
    pub regio: Regio,
    /// The title of the region.
    pub regio_naam: String,
    /// Of which kind, with what CBS says about it.
    pub soort: Dimensiewaarde,
    /// What is measured, with definition and unit.
    pub maat: Maat,
    /// The figures, in the order of the table.
    pub punten: Vec<Punt>,
}

/// One figure of a series.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Punt {
    /// Of which period.
    pub periode: Cbsperiode,
    /// How final.
    pub status: Cijferstatus,
    /// The figure; `None` when it is missing, secret or unreliable.
    pub waarde: Option<Getal>,
}

/// A region of a table.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Regio {
    /// The whole country.
    Nederland,
    /// A municipality.
    Gemeente(Gemeentecode),
    /// Another region, by its key.
    Anders(String),
}

impl Regio {
    /// The region with this key of StatLine: `NL01`, `GM0518` or another.
    pub fn from_sleutel(sleutel: &str) -> Regio {
        let sleutel = sleutel.trim();
        if sleutel == "NL01" {
            return Regio::Nederland;
        }
        let code = sleutel.strip_prefix("GM").and_then(|it| it.parse().ok());
        code.map_or_else(|| Regio::Anders(sleutel.to_owned()), Regio::Gemeente)
    }

    /// The key of StatLine.
    pub fn sleutel(&self) -> String {
        match self {
            Regio::Nederland => "NL01".to_owned(),
            Regio::Gemeente(code) => format!("GM{code}"),
            Regio::Anders(sleutel) => sleutel.clone(),
        }
    }
}

impl fmt::Display for Regio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.sleutel())
    }
}

impl Reeks {
    /// The figure of a period.
    pub fn op(&self, periode: Cbsperiode) -> Option<Getal> {
        self.punten.iter().find(|it| it.periode == periode)?.waarde
    }

    /// The figures of whole years, oldest first.
    pub fn jaren(&self) -> impl Iterator<Item = (i16, &Punt)> {
        self.punten.iter().filter_map(|it| match it.periode {
            Cbsperiode::Jaar(jaar) => Some((jaar, it)),
            _ => None,
        })
    }

    /// The figure that covers a month, of the shortest period that does.
    pub fn in_maand(&self, maand: Maand) -> Option<&Punt> {
        let covering = self.punten.iter().filter(|it| {
            let dagen = it.periode.dagen();
            dagen.bevat(maand.eerste_dag()) && dagen.bevat(maand.laatste_dag())
        });
        covering.min_by_key(|it| it.periode.dagen().dagen())
    }
}

impl ReferenceTable {
    /// One series. Every dimension that is not named is taken at its total.
    ///
    /// `regio` is a key of StatLine (`NL01`, `GM0518`) or the four digits of a municipality. `soort`
    /// is the key or the title of a value of one of the other dimensions, `maat` the key or the title
    /// of a measure. What is not found comes back as a [`Problem`] that names what there is.
    pub fn series(&self, regio: &str, soort: &str, maat: &str) -> Result<Reeks, Problem> {
        let (measure, maat) = find(&self.maten, |it| [&it.sleutel, &it.titel], maat)
            .ok_or_else(|| self.missing("maat", maat, &self.maten, |it| &it.sleutel))?;
        let mut place: Vec<Option<usize>> = self.dimensies.iter().map(Dimensie::totaal).collect();
        let mut region = (Regio::Nederland, "Nederland".to_owned());
        if let Some(at) = self.dimensies.iter().position(|it| it.regionaal) {
            let gemeente = format!("GM{}", regio.trim());
            let values = &self.dimensies[at].waarden;
            let found = values.iter().position(|it| it.sleutel == regio.trim());
            let found = found.or_else(|| values.iter().position(|it| it.sleutel == gemeente));
            let found =
                found.ok_or_else(|| self.missing("regio", regio, values, |it| &it.sleutel))?;
            place[at] = Some(found);
            let value = &values[found];
            region = (Regio::from_sleutel(&value.sleutel), value.titel.clone());
        }
        let ordinary = || self.dimensies.iter().enumerate().filter(|(_, it)| !it.regionaal);
        let (at, found, value) = ordinary()
            .find_map(|(at, it)| {
                let (found, value) = find(&it.waarden, |it| [&it.sleutel, &it.titel], soort)?;
                Some((at, found, value))
            })
            .ok_or_else(|| {
                let all: Vec<_> = ordinary().flat_map(|(_, it)| it.waarden.clone()).collect();
                self.missing("soort", soort, &all, |it| &it.titel)
            })?;
        place[at] = Some(found);
        let place = self.complete(&place)?;
        let punten = self.points(&place, measure, maat.decimalen);
        if punten.is_empty() {
            let text = format!("de bestanden hebben geen cijfers van {} in {regio}", value.titel);
            return Err(Problem::fout(&self.identifier, "CBS12", text));
        }
        Ok(Reeks {
            tabel: self.identifier.clone(),
            titel: self.titel.clone(),
            regio: region.0,
            regio_naam: region.1,
            soort: value.clone(),
            maat: maat.clone(),
            punten,
        })
    }

    fn points(&self, place: &[usize], measure: usize, decimalen: u8) -> Vec<Punt> {
        let rows = self.rijen.iter().filter(|it| it.plaats == place);
        let mut rows: Vec<_> = rows.collect();
        rows.sort_by_key(|it| it.periode);
        rows.into_iter()
            .map(|it| {
                let periode = &self.perioden[it.periode];
                let waarde = it.cijfers[measure].map(|waarde| Getal { waarde, decimalen });
                Punt { periode: periode.periode, status: periode.status, waarde }
            })
            .collect()
    }

    /// A place in each dimension; one without a total has to be chosen.
    fn complete(&self, place: &[Option<usize>]) -> Result<Vec<usize>, Problem> {
        let chosen = self.dimensies.iter().zip(place).map(|(dimensie, at)| {
            at.ok_or_else(|| {
                let text = format!("{} heeft geen totaal; kies een waarde", dimensie.titel);
                Problem::fout(&self.identifier, "CBS11", text)
            })
        });
        chosen.collect()
    }

    fn missing<T>(
        &self,
        what: &str,
        asked: &str,
        present: &[T],
        name: impl Fn(&T) -> &String,
    ) -> Problem {
        let some: Vec<&str> = present.iter().take(12).map(|it| name(it).as_str()).collect();
        let more = if present.len() > some.len() { ", ..." } else { "" };
        let text =
            format!("{what} \"{asked}\" staat niet in de tabel; wel: {}{more}", some.join(", "));
        Problem::fout(&self.identifier, "CBS10", text)
    }
}

impl Dimensie {
    /// Where its total stands: the value whose key CBS starts with a `T`.
    fn totaal(&self) -> Option<usize> {
        if self.waarden.len() == 1 {
            return Some(0);
        }
        let is_total = |it: &Dimensiewaarde| {
            let rest = it.sleutel.strip_prefix('T').unwrap_or_default();
            !rest.is_empty() && rest.bytes().all(|it| it.is_ascii_digit())
        };
        self.waarden.iter().position(is_total)
    }
}

fn find<'t, T>(
    all: &'t [T],
    names: impl Fn(&T) -> [&String; 2],
    asked: &str,
) -> Option<(usize, &'t T)> {
    all.iter().enumerate().find(|(_, it)| names(it).iter().any(|name| name.trim() == asked.trim()))
}
