//! The message of the page in a sentence, made from the figures.

use indicators::Cijfer;
use reports::nl;

use super::{berekening::Berekening, keuze::Keuze};
use crate::datum;

/// From how small a growth on a sentence calls it a growth.
const STABIEL: f64 = 0.015;

/// The heading: what happened, not what is shown.
pub(crate) fn kop(keuze: &Keuze, berekening: &Berekening) -> String {
    let Some(last) = berekening.clienten.last() else {
        return format!("Geen cijfers over {}", keuze.maand.naam());
    };
    let Some(now) = last.waarde.getal() else {
        return format!("Geen cijfers over {}", keuze.maand.naam());
    };
    let clients = format!("{} {}", nl::getal(now, 0), word(now));
    let year_ago = berekening.clienten.iter().find(|it| it.maand == keuze.maand.plus(-12));
    match year_ago.and_then(|it| it.waarde.getal()) {
        Some(then) if then >= 20.0 => growth(&clients, now / then - 1.0),
        Some(then) => {
            format!(
                "{clients} met ondersteuning; een jaar eerder waren het er {}",
                nl::getal(then, 0)
            )
        }
        None => format!("In {} kregen {clients} ondersteuning", keuze.maand.naam()),
    }
}

fn growth(clients: &str, share: f64) -> String {
    let percent = nl::procent(share.abs(), 0).replace(" %", " procent");
    if share > STABIEL {
        format!("In een jaar groeide het aantal cliënten met {percent}, naar {clients}")
    } else if share < -STABIEL {
        format!("In een jaar daalde het aantal cliënten met {percent}, naar {clients}")
    } else {
        format!("Het aantal cliënten is in een jaar vrijwel gelijk gebleven: {clients}")
    }
    .replace("naar 1 cliënten", "naar 1 cliënt")
}

fn word(n: f64) -> &'static str {
    if (n - 1.0).abs() < 0.5 { "cliënt" } else { "cliënten" }
}

/// The line under it: the statistic.
pub(crate) fn lead(keuze: &Keuze, berekening: &Berekening) -> String {
    let per = berekening.clienten.last().and_then(|it| it.per_duizend);
    let per = per.map_or_else(String::new, |it| {
        format!(" Dat is {} per 1.000 inwoners op {}.", nl::getal(it.waarde, 1), datum::kort(it.op))
    });
    format!(
        "Cliënten met een maatwerkvoorziening op {}.{per}",
        datum::lang(keuze.maand.laatste_dag())
    )
}

/// The scope of the figures in short words.
pub(crate) fn chips(keuze: &Keuze, berekening: &Berekening) -> Vec<String> {
    let mut chips =
        berekening.clienten.last().map_or_else(Vec::new, |it: &Cijfer| it.reikwijdte.chips());
    chips.push(format!("peildatum {}", datum::kort(keuze.bron.peildatum)));
    chips
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_heading_says_what_happened() {
        for (share, start) in [
            (0.438, "In een jaar groeide het aantal cliënten met 44 procent, naar 502"),
            (-0.1, "In een jaar daalde het aantal cliënten met 10 procent, naar 502"),
            (0.01, "Het aantal cliënten is in een jaar vrijwel gelijk gebleven: 502"),
        ] {
            let said = growth("502 cliënten", share);
            assert!(said.starts_with(start), "{said}");
        }
    }
}
