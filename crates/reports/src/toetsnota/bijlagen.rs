//! The annexes: what was counted, where the groups come from, and where the series breaks.

use evaluation::{CPB, Toets};

use crate::{Blok, Cel, Kolom, Tabel, nl};

pub(super) fn blokken(toets: &Toets) -> Vec<Blok> {
    let mut blokken = vec![
        Blok::Kop("Bijlagen".to_owned()),
        Blok::Tussenkop("Wat is geteld".to_owned()),
        Blok::Lijst(counted(toets)),
        Blok::Tabel(groups()),
        Blok::Tussenkop("Breuken in de reeks".to_owned()),
    ];
    blokken.push(if toets.breuken.is_empty() {
        Blok::Alinea("Binnen deze periode zijn geen breuken vastgelegd.".to_owned())
    } else {
        let day = |(day, what): &(jiff::civil::Date, &str)| format!("{}: {what}", nl::datum(*day));
        Blok::Lijst(toets.breuken.iter().map(day).collect())
    });
    blokken.push(Blok::Tussenkop("Bron".to_owned()));
    blokken.push(Blok::Alinea(
        "Van Eijkel, R., Gerritsen, S. en Vermeulen, W. (2019). De wijkteambenadering nader bekeken. \
         Het effect van de inzet van wijkteams op Wmo-zorggebruik. Den Haag: Centraal Planbureau."
            .to_owned(),
    ));
    blokken
}

fn counted(toets: &Toets) -> Vec<String> {
    let Ok(uitslag) = &toets.uitslag else { return toets.reikwijdte.clone() };
    let all =
        [Some(&uitslag.clienten), uitslag.zonder_dagbesteding.as_ref(), Some(&uitslag.indicaties)];
    all.into_iter()
        .flatten()
        .map(|it| format!("{}: {}", it.naam, it.reikwijdte.join("; ")))
        .collect()
}

fn groups() -> Tabel {
    let columns = ["Groep", "Welke gemeenten", "Waar gelezen"].map(Kolom::links);
    Tabel {
        titel: "De groepen van het CPB: definitie en vindplaats".to_owned(),
        kolommen: columns.to_vec(),
        rijen: CPB
            .iter()
            .map(|it| vec![Cel::tekst(it.naam), Cel::tekst(it.definitie), Cel::tekst(it.bron)])
            .collect(),
        noten: Vec::new(),
    }
}
