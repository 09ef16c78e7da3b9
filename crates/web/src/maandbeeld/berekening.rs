//! The figures of the page, asked of the indicators.

use indicators::{Cel, Cijfer, Dimensie, Maand, Vraag, Waarde, indicator, reeks};
use reports::{Grafiek, Kolom, Lijn, Streep, Tabel, nl};

use super::keuze::Keuze;

/// The figures of a month, with those of the time before to set them against.
pub(crate) struct Berekening {
    /// The clients of every month from the first one on.
    pub(crate) clienten: Vec<Cijfer>,
    /// Each tile's figures of this month and the twelve before.
    pub(crate) tegels: Vec<Vec<Cijfer>>,
    /// The commitment of every month of the year so far.
    pub(crate) dit_jaar: Vec<Cijfer>,
    /// The clients per team or per wijk.
    pub(crate) delen: Vec<Cijfer>,
    /// The tables per kind.
    pub(crate) soorten: Vec<Tabel>,
    soort_cijfers: Vec<Cijfer>,
    breuken: Vec<(jiff::civil::Date, String)>,
    maand: Maand,
    per: Dimensie,
}

/// The indicators of the tiles, in order.
pub(crate) const TEGELS: [&str; 8] = [
    "clienten",
    "nieuwe_clienten",
    "instroom",
    "uitstroom",
    "meldingen",
    "afgerond_bij_intake",
    "onderzoek_op_tijd",
    "verplichting",
];

/// How many months of a part are drawn.
const KLEIN_MAANDEN: i32 = 36;

impl Berekening {
    pub(crate) fn of(keuze: &Keuze) -> Berekening {
        let (maand, bron) = (keuze.maand, &keuze.bron);
        let first = bron.feiten.eerste_maand().unwrap_or(maand).min(maand);
        let first = first.max(maand.plus(-12 * 20));
        let ask = |naam: &str, per: Dimensie, van: Maand| -> Vec<Cijfer> {
            let Some(it) = indicator(naam) else { return Vec::new() };
            let vraag = question(keuze, per);
            reeks(it, &bron.feiten, &bron.register, &vraag, van, maand)
        };
        let per = if keuze.filter.team.is_some() { Dimensie::Wijk } else { Dimensie::Team };
        let year = Maand::new(maand.jaar(), 1).unwrap_or(maand);
        let before = maand.plus(-12).max(first);
        let mut soorten = Vec::new();
        let mut soort_cijfers = Vec::new();
        for (dimensie, titel) in [
            (Dimensie::Cbsgroep, "Cliënten per soort ondersteuning"),
            (Dimensie::Product, "Cliënten per product"),
        ] {
            let now = ask("clienten", dimensie, before);
            soorten.push(kinds(titel, &now, before, maand));
            soort_cijfers
                .extend(now.into_iter().filter(|it| it.maand == maand || it.maand == before));
        }
        Berekening {
            clienten: ask("clienten", Dimensie::Geen, first),
            tegels: TEGELS.iter().map(|it| ask(it, Dimensie::Geen, before)).collect(),
            dit_jaar: ask("verplichting", Dimensie::Geen, year),
            delen: ask("clienten", per, maand.plus(1 - KLEIN_MAANDEN).max(first)),
            soorten,
            soort_cijfers,
            breuken: bron
                .register
                .reeksbreuken
                .iter()
                .map(|it| (it.op, it.soort.naam().into()))
                .collect(),
            maand,
            per,
        }
    }

    /// The parts that are drawn small: heading and dimension.
    pub(crate) fn verdeling(&self) -> (&'static str, Dimensie) {
        match self.per {
            Dimensie::Wijk => ("Per wijk", Dimensie::Wijk),
            _ => ("Per team", Dimensie::Team),
        }
    }

    /// The large chart.
    pub(crate) fn grafiek(&self) -> Grafiek {
        let mut grafiek = reports::cijfers_grafiek(&self.clienten, &self.breuken);
        let value = |it: Option<&Cijfer>| it.and_then(|it| it.waarde.getal()).unwrap_or(0.0);
        let (first, last) = (value(self.clienten.first()), value(self.clienten.last()));
        grafiek.titel = format!("Van {} naar {} cliënten", nl::getal(first, 0), nl::getal(last, 0));
        grafiek
    }

    /// Every figure of the page once, in the order of the page.
    pub(crate) fn alle_cijfers(&self) -> Vec<Cijfer> {
        let mut all: Vec<Cijfer> = Vec::new();
        all.extend(self.tegels.iter().flatten().filter(|it| it.maand == self.maand).cloned());
        let rest = self.clienten.iter().filter(|it| it.maand != self.maand);
        all.extend(rest.cloned());
        all.extend(self.dit_jaar.iter().filter(|it| it.maand != self.maand).cloned());
        all.extend(self.delen.iter().cloned());
        all.extend(self.soort_cijfers.iter().cloned());
        all
    }

    /// The same as sheets.
    pub(crate) fn bladen(&self) -> Vec<Tabel> {
        let sheet = |titel: &str, figures: &[Cijfer]| {
            let mut tabel = reports::cijfers_tabel(figures);
            tabel.titel = titel.to_owned();
            tabel
        };
        let tiles: Vec<Cijfer> =
            self.tegels.iter().flatten().filter(|it| it.maand == self.maand).cloned().collect();
        let mut sheets = vec![
            sheet("Deze maand", &tiles),
            sheet("Cliënten per maand", &self.clienten),
            sheet("Verplichting dit jaar", &self.dit_jaar),
            sheet(self.verdeling().0, &self.delen),
        ];
        sheets.extend(self.soorten.iter().cloned());
        sheets
    }
}

fn question(keuze: &Keuze, per: Dimensie) -> Vraag {
    let filter = keuze.filter.clone();
    Vraag { per, filter, ..Vraag::new(keuze.maand, keuze.bron.peildatum) }
}

/// The lines per part: the cell, the line, and what it says.
pub(crate) fn kleine_reeksen(berekening: &Berekening) -> Vec<(Cel, Lijn, String)> {
    let mut parts: Vec<(Cel, Vec<&Cijfer>)> = Vec::new();
    for it in &berekening.delen {
        match parts.iter_mut().find(|(cel, _)| *cel == it.cel) {
            Some((_, figures)) => figures.push(it),
            None => parts.push((it.cel.clone(), vec![it])),
        }
    }
    let line = |(cel, figures): (Cel, Vec<&Cijfer>)| {
        let punten: Vec<(Maand, f64)> =
            figures.iter().filter_map(|it| Some((it.maand, it.waarde.getal()?))).collect();
        let sentence = match (punten.first(), punten.last()) {
            (Some((since, from)), Some((_, to))) => format!(
                "{} cliënten, {} in {}",
                nl::getal(*to, 0),
                change(*from, *to),
                since.naam()
            ),
            _ => "geen cijfers".to_owned(),
        };
        let naam = cel.naam.clone();
        (cel, Lijn { naam, punten, hoofd: true, streep: Streep::Doorgetrokken }, sentence)
    };
    // A part that never had a client has nothing to draw.
    parts.retain(|(_, figures)| figures.iter().any(|it| it.n > 0));
    parts.into_iter().map(line).collect()
}

/// A difference between two counts in words.
pub(crate) fn change(van: f64, naar: f64) -> String {
    let difference = naar - van;
    if difference.abs() < 0.5 {
        return "evenveel als".to_owned();
    }
    let word = if difference > 0.0 { "meer" } else { "minder" };
    format!("{} {word} dan", nl::getal(difference.abs(), 0))
}

fn kinds(titel: &str, figures: &[Cijfer], before: Maand, maand: Maand) -> Tabel {
    let count = |it: &Cijfer| match it.waarde {
        Waarde::Aantal(n) => reports::Cel::aantal(n),
        _ => reports::Cel::Leeg,
    };
    let rows = figures.iter().filter(|it| it.maand == maand).map(|now| {
        let then = figures.iter().find(|it| it.maand == before && it.cel == now.cel);
        let growth = then.and_then(|then| {
            let (then, now) = (then.waarde.getal()?, now.waarde.getal()?);
            (then >= SMALLEST_BASE).then(|| reports::Cel::tekst(nl::groei(now / then - 1.0)))
        });
        let growth = growth.unwrap_or_else(|| reports::Cel::tekst("te klein"));
        vec![
            reports::Cel::tekst(&now.cel.naam),
            then.map_or(reports::Cel::Leeg, count),
            count(now),
            growth,
        ]
    });
    Tabel {
        titel: format!("{titel}, laatste dag van de maand"),
        kolommen: vec![
            Kolom::links("Soort"),
            Kolom::rechts(nl::maand_kort(before)),
            Kolom::rechts(nl::maand_kort(maand)),
            Kolom::rechts("groei"),
        ],
        rijen: rows.collect(),
        noten: vec![
            "Wie meer dan één soort heeft, telt bij elke soort mee; de regels tellen dus niet op."
                .to_owned(),
        ],
    }
}

/// Below this a growth says nothing.
const SMALLEST_BASE: f64 = 10.0;
