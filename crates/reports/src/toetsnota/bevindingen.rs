//! The explanations that the study gives, each with what is known here and what is not.

use evaluation::Uitslag;

use crate::Blok;

struct Bevinding {
    titel: &'static str,
    uitleg: &'static str,
    hier: fn(&Uitslag) -> String,
    open: &'static str,
}

const BEVINDINGEN: [Bevinding; 5] = [
    Bevinding {
        titel: "1. Wie uit de zorg of het welzijn komt, denkt eerder aan zorg",
        uitleg: "Het CPB ziet dat de achtergrond van wie de indicatie stelt ertoe doet.",
        hier: members,
        open: "welke achtergrond de medewerkers hadden en wie van hen indicaties stelde.",
    },
    Bevinding {
        titel: "2. Wie bij de gemeente werkt, verwijst minder snel door",
        uitleg: "Mogelijk weegt een medewerker van de gemeente ook de kosten mee.",
        hier: |uitslag| {
            let Some((own, all)) = employed(uitslag) else { return NOBODY.to_owned() };
            format!(
                "Van de {all} teamleden waren er {own} niet aan een zorgaanbieder verbonden. Of zij \
                 anders verwezen, is te zien in de vergelijking per team."
            )
        },
        open: "wie er besliste over een indicatie, en in wiens dienst.",
    },
    Bevinding {
        titel: "3. Wie de wijk in gaat, vindt verborgen hulpvragen",
        uitleg: "Een team dat erop uit gaat, bereikt mensen die zich niet bij een loket melden.",
        hier: |_| {
            "Van elke melding wordt vastgelegd langs welke weg zij kwam, ook als het team haar zelf \
             vond. Uit de groei alleen is dit niet af te leiden."
                .to_owned()
        },
        open: "of de teams er in deze periode op uit gingen.",
    },
    Bevinding {
        titel: "4. Wie integraal werkt, schaalt eerder op om erger te voorkomen",
        uitleg: "Dan is meer hulp nu bedoeld om zwaardere hulp later te voorkomen.",
        hier: |_| {
            "Niet te zeggen uit deze cijfers: zij laten zien hoeveel mensen hulp kregen, niet wat \
             daarmee is voorkomen."
                .to_owned()
        },
        open: "hoe de teams met andere domeinen samenwerkten.",
    },
    Bevinding {
        titel: "5. Afschalen naar Wlz en Zvw gebeurt niet stelselmatig",
        uitleg: "Ondersteuning loopt dan door waar een andere wet aan de beurt is.",
        hier: |_| {
            "De reden waarom een voorziening eindigt, wordt vastgelegd, met de Wlz en de Zvw apart. De \
             standen hierboven zeggen daar niets over."
                .to_owned()
        },
        open: "welke afspraken er waren over afschalen.",
    },
];

const NOBODY: &str = "Wie er in de teams zat, is over deze periode niet vastgelegd.";

pub(super) fn blokken(uitslag: &Uitslag) -> Vec<Blok> {
    BEVINDINGEN
        .iter()
        .flat_map(|it| {
            [
                Blok::Tussenkop(it.titel.to_owned()),
                Blok::Alinea(format!("{} {}", it.uitleg, (it.hier)(uitslag))),
                Blok::InTeVullen(it.open.to_owned()),
            ]
        })
        .collect()
}

fn members(uitslag: &Uitslag) -> String {
    let it = uitslag.samenstelling;
    if it.leden == 0 {
        return NOBODY.to_owned();
    }
    let group = if it.verbonden_aan_aanbieder > 0 { "met" } else { "zonder" };
    format!(
        "In deze periode hadden {} mensen een plaats in een team; {} van hen waren in dienst van of \
         verbonden aan een zorgaanbieder. Daarmee hoort de gemeente bij de teams {group} \
         zorgaanbieders.",
        it.leden, it.verbonden_aan_aanbieder
    )
}

/// How many members had no tie with a provider, of how many; `None` when nobody is known.
fn employed(uitslag: &Uitslag) -> Option<(usize, usize)> {
    let it = uitslag.samenstelling;
    (it.leden > 0).then(|| (it.leden.saturating_sub(it.verbonden_aan_aanbieder), it.leden))
}
