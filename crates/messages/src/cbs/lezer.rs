//! The files of a StatLine table to a [`ReferenceTable`].

use std::collections::{BTreeMap, HashMap};

use csv::StringRecord;

use crate::{
    Problem,
    cbs::{
        Cbsperiode, Cijferstatus, Dimensie, Dimensiewaarde, Maat, Peilperiode, ReferenceTable, Rij,
    },
};

/// Reads the files of one table, by name; a folder before the name does not matter.
///
/// A reference table is right as a whole or not read: anything wrong comes back as a list.
pub fn read(files: &BTreeMap<String, Vec<u8>>) -> Result<ReferenceTable, Vec<Problem>> {
    let mut lezer = Lezer { files, problems: Vec::new() };
    let table = lezer.table();
    match table {
        Some(table) if lezer.problems.is_empty() => Ok(table),
        _ => Err(lezer.problems),
    }
}

struct Lezer<'f> {
    files: &'f BTreeMap<String, Vec<u8>>,
    problems: Vec<Problem>,
}

/// A CSV file in memory.
struct Csv {
    name: String,
    columns: HashMap<String, usize>,
    rows: Vec<(u64, StringRecord)>,
}

impl Csv {
    fn get<'r>(&self, row: &'r StringRecord, column: &str) -> &'r str {
        self.columns.get(column).and_then(|at| row.get(*at)).unwrap_or_default().trim()
    }
}

impl Lezer<'_> {
    fn table(&mut self) -> Option<ReferenceTable> {
        let infos = self.csv("TableInfos.csv", &["Identifier", "Title"])?;
        let (_, info) = infos.rows.first().or_else(|| {
            self.list(&infos.name, None, "CBS02", "de tabel heeft geen beschrijving");
            None
        })?;
        let columns = ["Type", "Key", "Title", "Description", "Unit", "Decimals"];
        let properties = self.csv("DataProperties.csv", &columns)?;
        let mut dimensies = Vec::new();
        let mut maten = Vec::new();
        let mut time = None;
        for (_, row) in &properties.rows {
            let get = |column| properties.get(row, column).to_owned();
            let sleutel = get("Key");
            match properties.get(row, "Type") {
                "TimeDimension" => time = Some(sleutel),
                kind @ ("Dimension" | "GeoDimension" | "GeoDetail") => {
                    let waarden = self.values(&sleutel)?;
                    let regionaal = kind != "Dimension";
                    dimensies.push(Dimensie { sleutel, titel: get("Title"), regionaal, waarden });
                }
                "Topic" => maten.push(Maat {
                    sleutel,
                    titel: get("Title"),
                    definitie: get("Description"),
                    eenheid: get("Unit"),
                    decimalen: get("Decimals").parse().unwrap_or(0).min(9),
                }),
                _ => {}
            }
        }
        let time = time.or_else(|| {
            self.list(&properties.name, None, "CBS02", "de tabel heeft geen perioden");
            None
        })?;
        let (period_keys, perioden) = self.perioden(&time)?;
        let rijen = self.rijen(&dimensies, (&time, &period_keys), &maten)?;
        Some(ReferenceTable {
            identifier: infos.get(info, "Identifier").to_owned(),
            titel: infos.get(info, "Title").to_owned(),
            toelichting: infos.get(info, "ShortDescription").to_owned(),
            periode: infos.get(info, "Period").to_owned(),
            gewijzigd: infos.get(info, "Modified").to_owned(),
            dimensies,
            perioden,
            maten,
            rijen,
        })
    }

    /// What the keys of a dimension mean.
    fn values(&mut self, dimension: &str) -> Option<Vec<Dimensiewaarde>> {
        let csv = self.csv(&format!("{dimension}.csv"), &["Key", "Title"])?;
        let values = csv.rows.iter().map(|(_, row)| Dimensiewaarde {
            sleutel: csv.get(row, "Key").to_owned(),
            titel: csv.get(row, "Title").to_owned(),
            toelichting: csv.get(row, "Description").to_owned(),
        });
        Some(values.collect())
    }

    /// The keys of the periods, and what they mean.
    fn perioden(&mut self, dimension: &str) -> Option<(Vec<String>, Vec<Peilperiode>)> {
        let csv = self.csv(&format!("{dimension}.csv"), &["Key", "Title", "Status"])?;
        let mut keys = Vec::new();
        let mut perioden = Vec::new();
        for (line, row) in &csv.rows {
            let key = csv.get(row, "Key");
            let Some(periode) = Cbsperiode::from_sleutel(key) else {
                let text = format!("periode {key} is geen jaar, halfjaar, kwartaal of maand");
                self.list(&csv.name, Some((*line, "Key")), "CBS05", &text);
                continue;
            };
            let titel = csv.get(row, "Title").to_owned();
            let status = match csv.get(row, "Status") {
                "Definitief" => Cijferstatus::Definitief,
                "Voorlopig" => Cijferstatus::Voorlopig,
                "NaderVoorlopig" | "Nader voorlopig" => Cijferstatus::NaderVoorlopig,
                _ => Cijferstatus::Onbekend,
            };
            keys.push(key.to_owned());
            perioden.push(Peilperiode { periode, titel, status });
        }
        Some((keys, perioden))
    }

    /// The figures.
    fn rijen(
        &mut self,
        dimensies: &[Dimensie],
        (time, period_keys): (&str, &[String]),
        maten: &[Maat],
    ) -> Option<Vec<Rij>> {
        let columns = dimensies.iter().map(|it| it.sleutel.as_str()).chain([time]);
        let columns: Vec<&str> =
            columns.chain(maten.iter().map(|it| it.sleutel.as_str())).collect();
        let csv = self.csv("data.csv", &columns)?;
        let places: Vec<HashMap<&str, usize>> = dimensies
            .iter()
            .map(|it| it.waarden.iter().enumerate().map(|(at, it)| (&*it.sleutel, at)).collect())
            .collect();
        let periods: HashMap<&str, usize> =
            period_keys.iter().enumerate().map(|(at, it)| (it.as_str(), at)).collect();
        let mut rijen = Vec::with_capacity(csv.rows.len());
        for (line, row) in &csv.rows {
            let mut place = |known: &HashMap<&str, usize>, column: &str| {
                let key = csv.get(row, column);
                let found = known.get(key).copied();
                if found.is_none() {
                    let text = format!("sleutel {key} staat niet in {column}.csv");
                    self.list(&csv.name, Some((*line, column)), "CBS03", &text);
                }
                found
            };
            let plaats: Option<Vec<usize>> = dimensies
                .iter()
                .zip(&places)
                .map(|(it, known)| place(known, &it.sleutel))
                .collect();
            let periode = place(&periods, time);
            let cijfers: Option<Vec<Option<i64>>> =
                maten.iter().map(|maat| self.cijfer(&csv, (*line, row), maat)).collect();
            if let (Some(plaats), Some(periode), Some(cijfers)) = (plaats, periode, cijfers) {
                rijen.push(Rij { plaats, periode, cijfers });
            }
        }
        Some(rijen)
    }

    /// A figure; `Some(None)` when CBS gives none, `None` when it is no figure.
    fn cijfer(
        &mut self,
        csv: &Csv,
        (line, row): (u64, &StringRecord),
        maat: &Maat,
    ) -> Option<Option<i64>> {
        let text = csv.get(row, &maat.sleutel);
        // A blank or a point: missing, secret or unreliable. A dash or a cross: not possible.
        if matches!(text, "" | "." | "x" | "-" | "null") {
            return Some(None);
        }
        let read = scaled(text, maat.decimalen);
        if read.is_none() {
            let text = format!("\"{text}\" is geen getal met {} decimalen", maat.decimalen);
            self.list(&csv.name, Some((line, &maat.sleutel)), "CBS04", &text);
        }
        read.map(Some)
    }

    /// A file with these columns.
    fn csv(&mut self, name: &str, columns: &[&str]) -> Option<Csv> {
        let wanted = |file: &&String| file.rsplit(['/', '\\']).next() == Some(name);
        let Some(file) = self.files.keys().find(wanted) else {
            let text = format!("het bestand {name} van de tabel ontbreekt");
            self.list(name, None, "CBS01", &text);
            return None;
        };
        let bytes = &self.files[file];
        let bytes = bytes.strip_prefix(&[0xEF, 0xBB, 0xBF]).unwrap_or(bytes);
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(bytes);
        let broken = |lezer: &mut Self, error: &csv::Error| {
            let line = error.position().map(|it| (it.line(), ""));
            lezer.list(file, line, "CBS02", "het bestand is geen CSV in UTF-8 met komma's");
        };
        let headers = match reader.headers() {
            Ok(it) => it.clone(),
            Err(error) => {
                broken(self, &error);
                return None;
            }
        };
        let headers = headers.iter().enumerate().map(|(at, it)| (it.trim().to_owned(), at));
        let headers: HashMap<String, usize> = headers.collect();
        if let Some(column) = columns.iter().find(|it| !headers.contains_key(**it)) {
            let text = format!("de kolom {column} ontbreekt");
            self.list(file, Some((1, column)), "CBS02", &text);
            return None;
        }
        let mut rows = Vec::new();
        for row in reader.into_records() {
            match row {
                Ok(row) => rows.push((row.position().map_or(0, csv::Position::line), row)),
                Err(error) => {
                    broken(self, &error);
                    return None;
                }
            }
        }
        Some(Csv { name: file.clone(), columns: headers, rows })
    }

    fn list(&mut self, file: &str, at: Option<(u64, &str)>, code: &'static str, text: &str) {
        let mut problem = Problem::fout(file, code, text);
        if let Some((line, column)) = at {
            problem = problem.on_line(line);
            if !column.is_empty() {
                problem = problem.in_column(column);
            }
        }
        self.problems.push(problem);
    }
}

/// A number with a decimal point as a whole number of its smallest decimals.
fn scaled(text: &str, decimalen: u8) -> Option<i64> {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let decimals = usize::from(decimalen);
    let fraction = fraction.trim_end_matches('0');
    let form = !whole.is_empty()
        && fraction.len() <= decimals
        && whole.bytes().chain(fraction.bytes()).all(|it| it.is_ascii_digit());
    if !form {
        return None;
    }
    let number: i64 = format!("{whole}{fraction:0<decimals$}").parse().ok()?;
    Some(sign * number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_keeps_its_decimals() {
        for (text, decimalen, expected) in [
            ("57", 0, Some(57)),
            ("57", 1, Some(570)),
            ("12.5", 1, Some(125)),
            ("-0.25", 2, Some(-25)),
            ("57.0", 0, Some(57)),
            ("12.5", 0, None),
            ("1e5", 0, None),
            ("", 0, None),
            ("99999999999999999999", 0, None),
        ] {
            assert_eq!(scaled(text, decimalen), expected, "{text} {decimalen}");
        }
    }
}
