//! The monthly report: the table of the year so far, with its message and its limits.

use indicators::{Maand, Maandtabel, Niveau, Rij};

use crate::{Blok, Cel, Grafiek, Kolom, Lijn, Report, Streep, Tabel, nl};

/// The monthly table as a document: message, chart, stock, grants, and what must be known with it.
pub fn maandrapport(maandtabel: &Maandtabel) -> Report {
    let mut blokken = Vec::new();
    if let Some(chart) = grafiek(maandtabel) {
        blokken.push(Blok::Grafiek(chart));
    }
    blokken.push(Blok::Kop("Cliënten en voorzieningen".to_owned()));
    blokken.push(Blok::Tabel(tabel(
        maandtabel,
        &maandtabel.standen,
        "Stand op de laatste dag van de maand",
    )));
    blokken.push(Blok::Kop("Toekenningen".to_owned()));
    blokken.push(Blok::Tabel(tabel(
        maandtabel,
        &maandtabel.toekenningen,
        "Toegekend sinds 1 januari, opgeteld",
    )));
    blokken.push(Blok::Kop("Bij deze cijfers".to_owned()));
    blokken.push(Blok::Lijst(maandtabel.noten.clone()));
    blokken.push(Blok::InTeVullen(
        "wat de stijging of daling verklaart, en wat er gebeurt.".to_owned(),
    ));
    Report {
        titel: message(maandtabel),
        onderschrift: format!(
            "Cliënten en voorzieningen per soort en leveringsvorm, {}.",
            period(maandtabel)
        ),
        reikwijdte: vec![
            "stand: laatste dag van de maand".to_owned(),
            "toekenningen: sinds 1 januari".to_owned(),
            format!("peildatum {}", nl::datum(maandtabel.peildatum)),
            maandtabel.status.naam().to_owned(),
        ],
        blokken,
    }
}

/// What happened to the total, in a sentence.
fn message(maandtabel: &Maandtabel) -> String {
    let Some((row, first, last)) = total(maandtabel).and_then(|row| {
        let (first, last) = (row.waarden.first()?, row.waarden.last()?);
        Some((row, *first, *last))
    }) else {
        return format!("Over {} zijn er geen cijfers", period(maandtabel));
    };
    let (from, to) = (count(first), count(last));
    let months = (maandtabel.maanden.first(), maandtabel.maanden.last());
    let change = match (first.cmp(&last), months) {
        (_, (Some(january), Some(month))) if january == month => {
            format!("Eind {} waren er {to} {}", nl::maand(*month), row.telt)
        }
        (std::cmp::Ordering::Equal, _) => {
            format!("Het aantal {} bleef dit jaar {to}", row.telt)
        }
        (order, (_, month)) => {
            let verb = if order.is_lt() { "steeg" } else { "daalde" };
            let until =
                month.map_or_else(String::new, |month| format!(" eind {}", nl::maand(*month)));
            format!("Het aantal {} {verb} van {from} eind januari naar {to}{until}", row.telt)
        }
    };
    match row.prognose {
        Some(expected) => format!(
            "{change}; voor december verwachten we {} ({} tot {})",
            count(expected.waarde),
            count(expected.laag),
            count(expected.hoog)
        ),
        None => change,
    }
}

fn tabel(maandtabel: &Maandtabel, rows: &[Rij], what: &str) -> Tabel {
    let forecast = rows.iter().any(|row| row.prognose.is_some());
    let mut kolommen = vec![Kolom::links("Soort"), Kolom::links("Telt")];
    kolommen.extend(maandtabel.maanden.iter().map(|month| Kolom::rechts(nl::maand_kort(*month))));
    if forecast {
        kolommen.push(Kolom::rechts("Prognose jaar"));
        kolommen.push(Kolom::rechts("Ondergrens 95 %"));
        kolommen.push(Kolom::rechts("Bovengrens 95 %"));
    }
    let row = |row: &Rij| {
        let mut cells = vec![Cel::Tekst(name(row)), Cel::tekst(row.telt)];
        cells.extend(row.waarden.iter().map(|value| Cel::aantal(*value)));
        if let (true, Some(expected)) = (forecast, row.prognose) {
            let ends = [expected.waarde, expected.laag, expected.hoog];
            cells.extend(ends.map(Cel::aantal));
        }
        cells
    };
    Tabel {
        titel: format!("{what}, {}", period(maandtabel)),
        kolommen,
        rijen: worth_a_line(rows).into_iter().map(row).collect(),
        noten: Vec::new(),
    }
}

/// The rows without the products of a group that has only one: they would say the same twice.
fn worth_a_line(rows: &[Rij]) -> Vec<&Rij> {
    let mut kept = Vec::new();
    for group in rows.chunk_by(|_, next| next.niveau == Niveau::Product) {
        let products = group.iter().filter(|row| row.niveau == Niveau::Product);
        let names: std::collections::BTreeSet<&str> =
            products.map(|row| row.sleutel.as_str()).collect();
        let several = names.len() > 1;
        kept.extend(group.iter().filter(|row| several || row.niveau != Niveau::Product));
    }
    kept
}

fn name(row: &Rij) -> String {
    let form = row.vorm.map_or_else(String::new, |form| format!(", {}", form.naam()));
    match row.niveau {
        Niveau::Totaal => row.naam.clone() + &form,
        Niveau::Groep => row.naam.clone() + &form,
        Niveau::Product => format!("waarvan {}{form}", row.naam),
    }
}

/// The total of people; `None` in a year without figures.
fn total(maandtabel: &Maandtabel) -> Option<&Rij> {
    maandtabel.standen.iter().find(|row| row.niveau == Niveau::Totaal)
}

fn grafiek(maandtabel: &Maandtabel) -> Option<Grafiek> {
    let row = total(maandtabel).filter(|row| row.waarden.len() > 1)?;
    let points = |row: &Rij| {
        let values = row.waarden.iter().map(|value| *value as f64);
        maandtabel.maanden.iter().copied().zip(values).collect::<Vec<(Maand, f64)>>()
    };
    let others = maandtabel.standen.iter().filter(|other| {
        other.niveau == Niveau::Groep
            && other.telt == row.telt
            && other.waarden.iter().any(|n| *n > 0)
    });
    let other = |row: &Rij| Lijn {
        naam: name(row),
        punten: points(row),
        hoofd: false,
        streep: Streep::Doorgetrokken,
    };
    let main = Lijn { naam: row.naam.clone(), hoofd: true, ..other(row) };
    Some(Grafiek {
        titel: format!("Aantal {} per soort", row.telt),
        ondertitel: format!("Stand op de laatste dag van de maand, {}", period(maandtabel)),
        beschrijving: format!(
            "Het totaal gaat van {} naar {}; de andere lijnen zijn de soorten.",
            row.waarden.first().map_or_else(String::new, |value| count(*value)),
            row.waarden.last().map_or_else(String::new, |value| count(*value)),
        ),
        lijnen: std::iter::once(main).chain(others.map(other)).collect(),
        breuken: Vec::new(),
        eenheid: row.telt.to_owned(),
    })
}

fn period(maandtabel: &Maandtabel) -> String {
    match (maandtabel.maanden.first(), maandtabel.maanden.last()) {
        (Some(first), Some(last)) => nl::periode(*first, *last),
        _ => "een periode zonder maanden".to_owned(),
    }
}

fn count(value: u64) -> String {
    Cel::aantal(value).als_tekst()
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;
    use crate::{text, voorbeeld};

    #[test]
    fn the_report_opens_with_its_message() {
        expect![[r#"
            Het aantal cliënten steeg van 1.331 eind januari naar 1.349 eind maart 2019; voor december
            verwachten we 1.380 (1.310 tot 1.450)
            ==========================================================================================
            Cliënten en voorzieningen per soort en leveringsvorm, januari t/m maart 2019.
            [stand: laatste dag van de maand] [toekenningen: sinds 1 januari] [peildatum 10-04-2019] [voorlopig]

            Aantal cliënten per soort
            Stand op de laatste dag van de maand, januari t/m maart 2019
            Het totaal gaat van 1.331 naar 1.349; de andere lijnen zijn de soorten.
            Maand     Totaal  Begeleiding, ZIN
            --------  ------  ----------------
            jan 2019   1.331               393
            feb 2019   1.342               394
            mrt 2019   1.349               401
              Eenheid: cliënten.

            Cliënten en voorzieningen
            -------------------------

            Stand op de laatste dag van de maand, januari t/m maart 2019
            Soort             Telt           jan 2019  feb 2019  mrt 2019  Prognose jaar  Ondergrens 95 %  Bovengrens 95 %
            ----------------  -------------  --------  --------  --------  -------------  ---------------  ---------------
            Totaal            cliënten          1.331     1.342     1.349          1.380            1.310            1.450
            Totaal            voorzieningen     1.487     1.501     1.516              -                -                -
            Begeleiding, ZIN  cliënten            393       394       401            430              401              459

            Toekenningen
            ------------

            Toegekend sinds 1 januari, opgeteld, januari t/m maart 2019
            Soort   Telt        jan 2019  feb 2019  mrt 2019
            ------  ----------  --------  --------  --------
            Totaal  indicaties        61       118       187

            Bij deze cijfers
            ----------------

            - Eén inwoner kan meer voorzieningen hebben.

            > In te vullen door de gemeente: wat de stijging of daling verklaart, en wat er gebeurt.
        "#]].assert_eq(&text::report(&maandrapport(&voorbeeld::maandtabel())));
    }

    #[test]
    fn a_year_that_just_started_has_no_change_yet() {
        let mut table = voorbeeld::maandtabel();
        table.maanden.truncate(1);
        table.standen.iter_mut().for_each(|row| row.waarden.truncate(1));
        table.standen[0].prognose = None;
        assert_eq!(maandrapport(&table).titel, "Eind januari 2019 waren er 1.331 cliënten");
        table.standen.clear();
        assert_eq!(maandrapport(&table).titel, "Over januari 2019 zijn er geen cijfers");
    }

    #[test]
    fn a_group_of_one_product_gets_no_line_for_that_product() {
        let mut table = voorbeeld::maandtabel();
        let product = table.standen.iter().find(|it| it.niveau == Niveau::Product).cloned();
        let product = product.expect("a product in the example");
        assert_eq!(worth_a_line(&table.standen).len(), table.standen.len() - 1);
        table.standen.push(Rij { sleutel: "ander".into(), ..product });
        assert_eq!(worth_a_line(&table.standen).len(), table.standen.len());
    }
}
