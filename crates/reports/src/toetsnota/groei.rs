//! The own growth beside the published groups, in a chart and in tables.

use evaluation::{
    Groei, Growth, Maatstaf, Meting, Toets, Uitslag, Vergelijking, Vergelijkingsgroep,
};

use crate::{Blok, Cel, Grafiek, Kolom, Lijn, Streep, Tabel, nl};

pub(super) fn blokken(toets: &Toets, uitslag: &Uitslag) -> Vec<Blok> {
    let mut blokken: Vec<Blok> = grafiek(toets, uitslag).map(Blok::Grafiek).into_iter().collect();
    blokken.push(Blok::Tabel(own(toets, uitslag)));
    blokken.push(Blok::Tabel(beside(uitslag)));
    blokken.push(Blok::Lijst(
        uitslag
            .vergelijkingen
            .iter()
            .map(|it| format!("{}: {}. {}", it.groep.naam, it.oordeel.naam(), it.toelichting))
            .collect(),
    ));
    blokken.push(Blok::Tabel(measures(uitslag)));
    if !uitslag.toekenningen.is_empty() {
        blokken.push(Blok::Tabel(grants(uitslag)));
    }
    blokken
}

/// Own growth and that of the groups, from nothing in the first month.
fn grafiek(toets: &Toets, uitslag: &Uitslag) -> Option<Grafiek> {
    let own = uitslag.clienten.te_vergelijken()?;
    let line = |naam: String, growth: f64, hoofd, streep| Lijn {
        naam,
        punten: vec![(toets.van, 0.0), (toets.tot, (growth * 1000.0).round() / 10.0)],
        hoofd,
        streep,
    };
    let groups = uitslag.vergelijkingen.iter().map(|it| {
        let streep = if it.groep.wijkteams { Streep::Gestreept } else { Streep::Gestippeld };
        let growth = it.groep.groei;
        line(format!("{} {}", short_name(&it.groep), short(growth)), growth, false, streep)
    });
    let main = line("eigen groei".to_owned(), own.estimate, true, Streep::Doorgetrokken);
    let per = if uitslag.clienten.groei_per_duizend.is_some() {
        "per 1.000 inwoners"
    } else {
        "in aantal"
    };
    Some(Grafiek {
        titel: format!("De eigen groei was {} {per}", nl::groei(own.estimate)),
        ondertitel: format!(
            "Groei van het aantal cliënten met ondersteuning thuis sinds {}. Gemeten zijn alleen het \
             begin en het eind; de lijn ertussen is getrokken.",
            nl::maand(toets.van)
        ),
        beschrijving: format!(
            "Eigen groei {}; {}.",
            nl::groei(own.estimate),
            uitslag
                .vergelijkingen
                .iter()
                .map(|it| format!("{} {}", it.groep.naam, short(it.groep.groei)))
                .collect::<Vec<String>>()
                .join(", ")
        ),
        lijnen: std::iter::once(main).chain(groups).collect(),
        breuken: toets.breuken.iter().map(|(day, what)| (*day, (*what).to_owned())).collect(),
        eenheid: "%".to_owned(),
    })
}

fn own(toets: &Toets, uitslag: &Uitslag) -> Tabel {
    let all =
        [Some(&uitslag.clienten), uitslag.zonder_dagbesteding.as_ref(), Some(&uitslag.indicaties)];
    Tabel {
        titel: "Eigen groei, stand op de laatste dag van de maand".to_owned(),
        kolommen: vec![
            Kolom::links("Wat groeit"),
            Kolom::links("Gemeten in"),
            Kolom::rechts(nl::maand_kort(toets.van)),
            Kolom::rechts(nl::maand_kort(toets.tot)),
            Kolom::rechts("Groei"),
            Kolom::rechts("95 %-interval"),
        ],
        rijen: all.into_iter().flatten().flat_map(rows).collect(),
        noten: Vec::new(),
    }
}

/// The growth of the number and, where inhabitants are known, per 1,000 of them.
fn rows(it: &Groei) -> Vec<Vec<Cel>> {
    let row = |what: &str, from: Cel, to: Cel, growth: Option<Growth>| {
        vec![
            Cel::tekst(it.naam),
            Cel::tekst(what),
            from,
            to,
            growth.map_or(Cel::Leeg, |it| Cel::Percentage(it.estimate)),
            growth.map_or(Cel::Leeg, |it| Cel::Tekst(between(it.low, it.high))),
        ]
    };
    let count = |it: &Meting| Cel::aantal(it.aantal);
    let rate = |it: &Meting| {
        it.per_duizend.map_or(Cel::Leeg, |rate| Cel::Getal { waarde: rate.waarde, decimalen: 1 })
    };
    let mut rows = vec![row("aantal", count(&it.eerste), count(&it.laatste), it.groei)];
    if let Some(growth) = it.groei_per_duizend {
        rows.push(row("per 1.000 inwoners", rate(&it.eerste), rate(&it.laatste), Some(growth)));
    }
    rows
}

fn beside(uitslag: &Uitslag) -> Tabel {
    let row = |it: &Vergelijking| {
        let levels = it.groep.per_duizend;
        let level = |value: Option<f64>| {
            value.map_or(Cel::Leeg, |waarde| Cel::Getal { waarde, decimalen: 1 })
        };
        vec![
            Cel::tekst(it.groep.naam),
            level(levels.map(|it| it.0)),
            level(levels.map(|it| it.1)),
            Cel::Tekst(short(it.groep.groei)),
            Cel::tekst(it.oordeel.naam()),
            Cel::tekst(if it.meest_gelijkend { "ja" } else { "nee" }),
        ]
    };
    Tabel {
        titel: "De groepen die het CPB publiceerde, januari 2015 tot en met december 2017"
            .to_owned(),
        kolommen: vec![
            Kolom::links("Groep"),
            Kolom::rechts("Per 1.000, begin"),
            Kolom::rechts("Per 1.000, eind"),
            Kolom::rechts("Groei"),
            Kolom::links("De eigen groei"),
            Kolom::links("Lijkt naar indeling het meest op ons"),
        ],
        rijen: uitslag.vergelijkingen.iter().map(row).collect(),
        noten: vec!["De indeling volgt uit wie er in de teams zat, niet uit de groei.".to_owned()],
    }
}

/// Every measure of the difference with its name: none of them is simply "the effect".
fn measures(uitslag: &Uitslag) -> Tabel {
    let rows = uitslag.vergelijkingen.iter().flat_map(|it| {
        it.maatstaven.iter().map(|measure| {
            vec![Cel::tekst(it.groep.naam), Cel::tekst(measure.naam), Cel::Tekst(value(measure))]
        })
    });
    Tabel {
        titel: "Het verschil met elke groep, in maatstaven met een naam".to_owned(),
        kolommen: vec![Kolom::links("Groep"), Kolom::links("Maatstaf"), Kolom::rechts("Waarde")],
        rijen: rows.collect(),
        noten: vec!["Geen van deze maatstaven is een effect van wijkteams.".to_owned()],
    }
}

fn grants(uitslag: &Uitslag) -> Tabel {
    let row =
        |it: &evaluation::Jaarstroom| vec![Cel::Tekst(it.jaar.to_string()), Cel::aantal(it.aantal)];
    Tabel {
        titel: "Toegekende voorzieningen ondersteuning thuis per kalenderjaar".to_owned(),
        kolommen: vec![Kolom::links("Jaar"), Kolom::rechts("Toegekend")],
        rijen: uitslag.toekenningen.iter().map(row).collect(),
        noten: vec![
            "Dit is een stroom: alles wat in het jaar is toegekend, ook herindicaties. Leg het niet \
             naast de standen hierboven."
                .to_owned(),
        ],
    }
}

fn value(measure: &Maatstaf) -> String {
    let signed = |text: String| if measure.waarde > 0.0 { format!("+{text}") } else { text };
    match measure.eenheid {
        "procentpunt" => signed(format!("{} procentpunt", nl::getal(measure.waarde * 100.0, 1))),
        "procent" => nl::groei(measure.waarde),
        "log" => signed(nl::getal(measure.waarde, 3)),
        unit => signed(format!("{} {unit}", nl::getal(measure.waarde, 2))),
    }
}

fn between(low: f64, high: f64) -> String {
    format!("{} tot {}", nl::groei(low), nl::groei(high))
}

/// A name that fits beside a line.
fn short_name(groep: &Vergelijkingsgroep) -> &'static str {
    match (groep.wijkteams, groep.aanbieders_in_team) {
        (false, _) => "zonder team",
        (true, None) => "alle teams",
        (true, Some(true)) => "met aanbieders",
        (true, Some(false)) => "zonder aanbieders",
    }
}

/// A published growth, in whole percents as it was published.
fn short(growth: f64) -> String {
    let sign = if growth > 0.0 { "+" } else { "" };
    format!("{sign}{}", nl::procent(growth, 0))
}
