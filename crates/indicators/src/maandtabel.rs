//! The monthly table: the year so far month by month, and where it is heading.
//!
//! Rows per group and product and per form of delivery, people first and provisions under them;
//! a second block adds up what was granted since January.

use domain::{Maand, Register};
use jiff::civil::Date;
use statistics::forecast;

use crate::{
    Cijfer, Dimensie, Feiten, Filter, Indicator, Status, Vorm, Vraag,
    catalogus::{CLIENTEN, INDICATIES, VOORZIENINGEN},
    datum_tekst, reeks,
};

/// The table of the months of a year up to one month.
#[derive(Debug, Clone, PartialEq)]
pub struct Maandtabel {
    /// January up to and including the month asked for.
    pub maanden: Vec<Maand>,
    /// What is there on the last day of each month.
    pub standen: Vec<Rij>,
    /// What was granted since the first of January, added up.
    pub toekenningen: Vec<Rij>,
    /// Whether late records may still change the last month.
    pub status: Status,
    /// As known on this day.
    pub peildatum: Date,
    /// What must be said with the table.
    pub noten: Vec<String>,
}

/// One row of the table.
#[derive(Debug, Clone, PartialEq)]
pub struct Rij {
    /// How deep the row lies.
    pub niveau: Niveau,
    /// The key of the group or product.
    pub sleutel: String,
    /// The words before the row.
    pub naam: String,
    /// The form of delivery; `None` for both together.
    pub vorm: Option<Vorm>,
    /// What is counted: `cliënten` or `voorzieningen`.
    pub telt: &'static str,
    /// The value of each month.
    pub waarden: Vec<u64>,
    /// The expected value in December; absent in December and with too little history.
    pub prognose: Option<Prognose>,
}

/// How deep a row lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Niveau {
    /// Everything.
    Totaal,
    /// A group of products.
    Groep,
    /// A product within the group before it.
    Product,
}

/// An expected value with the interval in which it lies in 95 of 100 years like this.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Prognose {
    /// What is expected.
    pub waarde: u64,
    /// The lower end.
    pub laag: u64,
    /// The upper end.
    pub hoog: u64,
}

/// How many months the forecast looks back at most.
const TERUG: i32 = 36;
/// How many months it needs at least.
const NODIG: usize = 12;

/// The monthly table up to and including `tot`, as known on `peildatum`.
pub fn maandtabel(feiten: &Feiten, register: &Register, tot: Maand, peildatum: Date) -> Maandtabel {
    let januari = Maand::new(tot.jaar(), 1).expect("every year has a January");
    let first = feiten.eerste_maand().unwrap_or(januari).max(tot.plus(1 - TERUG));
    let maker = Maker { feiten, register, peildatum, van: first.min(januari), januari, tot };
    Maandtabel {
        maanden: januari.tot_en_met(tot).collect(),
        standen: maker.block(&[&CLIENTEN, &VOORZIENINGEN], |it| maker.stock(it)),
        toekenningen: maker.block(&[&INDICATIES], |it| maker.added_up(it)),
        status: Status::van(tot, peildatum),
        peildatum,
        noten: notes(register, maker.van, tot, peildatum),
    }
}

struct Maker<'a> {
    feiten: &'a Feiten,
    register: &'a Register,
    peildatum: Date,
    /// The first month of the history.
    van: Maand,
    januari: Maand,
    tot: Maand,
}

impl Maker<'_> {
    /// The total, then per group and form the group and its products.
    fn block(
        &self,
        measures: &[&'static Indicator],
        finish: impl Fn(&[u64]) -> (Vec<u64>, Option<Prognose>),
    ) -> Vec<Rij> {
        let rows = |per, vorm| {
            let all = measures.iter().map(|it| self.rows(it, per, vorm, &finish));
            interleave(all.collect())
        };
        let mut out = rows(Dimensie::Geen, None);
        let by_form = |per| Vorm::ALLE.map(|vorm| rows(per, Some(vorm)));
        let (groups, products) = (by_form(Dimensie::Zorgsoort), by_form(Dimensie::Product));
        let mut names: Vec<&str> = groups.iter().flatten().map(|it| it.sleutel.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        for name in names {
            for (groups, products) in groups.iter().zip(&products) {
                out.extend(groups.iter().filter(|it| it.sleutel == name).cloned());
                let own = |it: &&Rij| self.feiten.codes.groep_van(&it.sleutel) == name;
                out.extend(products.iter().filter(own).cloned());
            }
        }
        out
    }

    /// The rows of one measure, one per cell.
    fn rows(
        &self,
        indicator: &'static Indicator,
        per: Dimensie,
        vorm: Option<Vorm>,
        finish: impl Fn(&[u64]) -> (Vec<u64>, Option<Prognose>),
    ) -> Vec<Rij> {
        let filter = Filter { vorm, ..Filter::default() };
        let vraag = Vraag { per, filter, ..Vraag::new(self.tot, self.peildatum) };
        let all = reeks(indicator, self.feiten, self.register, &vraag, self.van, self.tot);
        let months = self.van.tot_en_met(self.tot).count();
        let cells = all.len() / months;
        let row = |cell: usize| {
            let own: Vec<&Cijfer> = all.iter().skip(cell).step_by(cells).collect();
            let values: Vec<u64> = own.iter().map(|it| it.n).collect();
            let (waarden, prognose) = finish(&values);
            let cel = own[0].cel.clone();
            let niveau = match per {
                Dimensie::Geen => Niveau::Totaal,
                Dimensie::Zorgsoort => Niveau::Groep,
                _ => Niveau::Product,
            };
            let (sleutel, naam, telt) = (cel.sleutel, cel.naam, indicator.telt);
            Rij { niveau, sleutel, naam, vorm, telt, waarden, prognose }
        };
        let rows = (0..cells).map(row);
        rows.filter(|it| niveau_always(it.niveau) || it.waarden.iter().any(|n| *n > 0)).collect()
    }

    /// The months of the year as they are, and where they are heading.
    fn stock(&self, history: &[u64]) -> (Vec<u64>, Option<Prognose>) {
        // A product that came later has no history before its first client.
        let known = history.iter().position(|it| *it > 0).map_or(&[][..], |at| &history[at..]);
        let steps = u32::try_from(12 - self.tot.nummer()).unwrap_or(0);
        let values: Vec<f64> = known.iter().map(|it| *it as f64).collect();
        let forecast = Some(values).filter(|it| it.len() >= NODIG);
        let forecast = forecast.and_then(|it| forecast::drift(&it, steps)).map(|it| Prognose {
            waarde: whole(it.estimate),
            laag: whole(it.low),
            hoog: whole(it.high),
        });
        (self.of_year(history).to_vec(), forecast)
    }

    /// The months of the year, each with those before it.
    fn added_up(&self, history: &[u64]) -> (Vec<u64>, Option<Prognose>) {
        let mut sum = 0;
        let sums = self.of_year(history).iter().map(|it| {
            sum += it;
            sum
        });
        (sums.collect(), None)
    }

    fn of_year<'a>(&self, history: &'a [u64]) -> &'a [u64] {
        let months = self.januari.tot_en_met(self.tot).count();
        &history[history.len() - months..]
    }
}

const fn niveau_always(niveau: Niveau) -> bool {
    matches!(niveau, Niveau::Totaal)
}

/// Puts the rows of each measure of one cell under each other.
fn interleave(measures: Vec<Vec<Rij>>) -> Vec<Rij> {
    let mut measures = measures.into_iter();
    let Some(first) = measures.next() else { return Vec::new() };
    let mut rest: Vec<Vec<Rij>> = measures.collect();
    let mut out = Vec::new();
    for row in first {
        let key = row.sleutel.clone();
        out.push(row);
        for rows in &mut rest {
            let at = rows.iter().position(|it| it.sleutel == key);
            out.extend(at.map(|at| rows.remove(at)));
        }
    }
    out
}

#[expect(clippy::cast_possible_truncation, reason = "rounded, and far below 2^53")]
#[expect(clippy::cast_sign_loss, reason = "at least zero")]
fn whole(it: f64) -> u64 {
    it.round().max(0.0) as u64
}

fn notes(register: &Register, van: Maand, tot: Maand, peildatum: Date) -> Vec<String> {
    let mut notes = vec![
        "Standen op de laatste dag van de maand. Eén inwoner kan meer voorzieningen hebben, ook in \
         meer groepen: cliënten per groep tellen niet op tot het totaal."
            .to_owned(),
        format!(
            "Prognose jaar: de stand die in december wordt verwacht als de gemiddelde verandering \
             per maand sinds {} doorgaat, met de grenzen waartussen zij in 95 van de 100 gevallen \
             ligt. Zonder {NODIG} maanden geschiedenis is er geen prognose.",
            van.naam()
        ),
        "Toekenningen: voorzieningen die sinds 1 januari met een besluit zijn toegekend, opgeteld. \
         Een herindicatie telt mee."
            .to_owned(),
    ];
    let breaks = register
        .reeksbreuken
        .iter()
        .filter(|it| van.eerste_dag() < it.op && it.op <= tot.laatste_dag());
    notes.extend(breaks.map(|it| {
        let (op, naam) = (datum_tekst(it.op), it.soort.naam());
        format!("Breuk in de reeks op {op}: {naam}. De prognose kijkt over deze breuk heen.")
    }));
    if Status::van(tot, peildatum) == Status::Voorlopig {
        let op = datum_tekst(peildatum);
        notes.push(format!(
            "Voorlopige cijfers, zoals bekend op {op}: late registraties kunnen ze nog veranderen."
        ));
    }
    notes
}
