//! `/cta/cijfers`: what the meetings did per quarter, and how far colleagues agree.

use axum::{extract::State, response::Response};
use domain::Periode;
use indicators::overleg::{Overlegcijfers, WEINIG, cijfers, kwartalen};
use reports::{Cel as Waarde, Kolom, Tabel, nl};
use statistics::comparison::kappa::Kappa;

use super::volumes;
use crate::{
    fout::{Fout, toon},
    gebruiker::Gebruiker,
    maandbeeld::download,
    overzicht::{Lijst, Overzicht, Sectie, Verwijzing},
    rechten::Actie,
    staat::Web,
};

const LEAD: &str = "Wat het CTA-overleg deed met de voorstellen: hoe vaak het akkoord was, wat het \
                    wijzigde in omvang en geld, en hoe lang dat duurde.";

/// `GET /cta/cijfers`
pub(crate) async fn pagina(State(web): State<Web>, gebruiker: Gebruiker) -> Result<Response, Fout> {
    let (rows, all) = figures(&web);
    let mut pagina =
        Overzicht::new(web.kader("Wat het CTA-overleg oplevert", Some(&gebruiker), "/cta"), LEAD);
    if gebruiker.mag(Actie::CtaBijwonen) {
        pagina.kruimels = vec![Verwijzing::new("CTA-overleg", "/cta")];
    }
    if gebruiker.mag(Actie::CijfersDownloaden) && !rows.is_empty() {
        pagina.acties.push(Verwijzing::new("Alle cijfers als CSV", "/cta/cijfers.csv"));
    }
    let named: Vec<(String, &Overlegcijfers)> = rows
        .iter()
        .map(|(it, figures)| (kwartaal(*it), figures))
        .chain(all.as_ref().map(|it| ("alle kwartalen".to_owned(), it)))
        .collect();
    let mut judged = Sectie::new("Oordelen", judgements(&named)).lead(format!(
        "Een zaak telt mee op de dag van het oordeel; een zaak die terugging en opnieuw kwam, telt \
         twee keer. Bij minder dan {WEINIG} oordelen staat er geen aandeel: dat zegt te weinig.",
    ));
    judged.leeg = "Het overleg heeft nog niets beoordeeld.";
    let mut changed = Sectie::new("Wat er veranderde, en hoe lang het duurde", changes(&named)).lead(
        "Geld is de waarde over de hele looptijd van wat is geadviseerd, min die van het voorstel; \
         zonder einddatum telt een jaar. Omvang is per week.",
    );
    changed.leeg = judged.leeg;
    let mut agreed = Sectie::new("Overeenstemming met een blind tweede oordeel", agreement(&named))
        .lead(format!(
            "Een collega oordeelt zonder het voorstel te zien. Kappa vergelijkt de uitkomst \
             (toekennen, deels, afwijzen, buiten behandeling, ingetrokken) met die van het \
             voorstel: 1 is volledig gelijk, 0 is wat toeval geeft. Onder {WEINIG} gevallen staat \
             er geen kappa (Cohen 1960).",
        ));
    agreed.leeg = "Er is nog geen blind oordeel gegeven.";
    pagina.secties = vec![judged, changed, agreed];
    toon(&pagina)
}

/// `GET /cta/cijfers.csv`
pub(crate) async fn csv(State(web): State<Web>, gebruiker: Gebruiker) -> Result<Response, Fout> {
    let bytes = reports::csv::tabel(&tabel(&figures(&web).0));
    let name = reports::bestandsnaam(&["cta-overleg"], gebruiker.vandaag, "csv");
    Ok(download(&name, "text/csv; charset=utf-8", bytes))
}

/// The figures per quarter, latest first, and of all quarters together.
fn figures(web: &Web) -> (Vec<(Periode, Overlegcijfers)>, Option<Overlegcijfers>) {
    web.live().with(|world| {
        let mut rows = kwartalen(&world.state);
        let whole = rows
            .first()
            .zip(rows.last())
            .and_then(|((first, _), (last, _))| Periode::new(first.van(), last.tot_en_met()));
        let all = whole.filter(|_| rows.len() > 1).map(|it| cijfers(&world.state, it));
        rows.reverse();
        (rows, all)
    })
}

/// A quarter in words: `1e kwartaal 2018`.
fn kwartaal(it: Periode) -> String {
    format!("{}e kwartaal {}", nummer(it), it.van().year())
}

fn nummer(it: Periode) -> i8 {
    (it.van().month() + 2) / 3
}

fn judgements(rows: &[(String, &Overlegcijfers)]) -> Lijst {
    let mut lijst = Lijst::new(&[
        "Kwartaal",
        "Beoordeeld#",
        "Verplicht#",
        "Steekproef#",
        "Ingebracht#",
        "Akkoord#",
        "Gewijzigd#",
        "Terug#",
        "Aandeel akkoord#",
    ]);
    for (naam, it) in rows.iter().filter(|(_, it)| it.beoordeeld > 0) {
        let share = if it.beoordeeld < WEINIG {
            format!("te weinig ({})", it.beoordeeld)
        } else {
            format!("{}%", nl::getal(share(it.akkoord, it.beoordeeld) * 100.0, 0))
        };
        let counts = [
            it.beoordeeld,
            it.verplicht,
            it.steekproef,
            it.ingebracht,
            it.akkoord,
            it.gewijzigd,
            it.terug,
        ];
        let mut row = vec![naam.clone().into()];
        row.extend(counts.map(|it| it.to_string().into()));
        row.push(share.into());
        lijst.rij(row);
    }
    lijst
}

fn share(part: u32, whole: u32) -> f64 {
    f64::from(part) / f64::from(whole.max(1))
}

fn changes(rows: &[(String, &Overlegcijfers)]) -> Lijst {
    let mut lijst = Lijst::new(&[
        "Kwartaal",
        "Gewijzigd#",
        "Verschil in geld#",
        "Zonder prijs#",
        "Verschil in omvang",
        "Dagen tot het oordeel (middelste)#",
        "Te laat#",
    ]);
    for (naam, it) in rows.iter().filter(|(_, it)| it.beoordeeld > 0) {
        let volume = volumes(&it.verschil);
        lijst.rij(vec![
            naam.clone().into(),
            it.gewijzigd.to_string().into(),
            it.verschil.bedrag.to_string().into(),
            it.verschil.zonder_prijs.to_string().into(),
            if volume.is_empty() { "geen".to_owned() } else { volume.join("; ") }.into(),
            it.mediaan_dagen().map_or_else(String::new, |it| it.to_string()).into(),
            it.te_laat.to_string().into(),
        ]);
    }
    lijst
}

fn agreement(rows: &[(String, &Overlegcijfers)]) -> Lijst {
    let mut lijst = Lijst::new(&["Kwartaal", "Blind beoordeeld#", "Zelfde uitkomst#", "Kappa"]);
    for (naam, it) in rows.iter().filter(|(_, it)| it.blind > 0) {
        let (same, kappa) = match &it.kappa {
            Some(it) => (format!("{}%", nl::getal(it.observed * 100.0, 0)), kappa_words(it)),
            None if it.blind < WEINIG => {
                (String::new(), format!("te weinig gevallen ({})", it.blind))
            }
            None => (String::new(), "niet te bepalen: iedereen kiest hetzelfde".to_owned()),
        };
        lijst.rij(vec![
            naam.clone().into(),
            it.blind.to_string().into(),
            same.into(),
            kappa.into(),
        ]);
    }
    lijst
}

/// The kappa with its interval and its count.
fn kappa_words(it: &Kappa) -> String {
    let interval = it.interval.map_or_else(String::new, |(low, high)| {
        format!(" (95%-interval {} tot {})", nl::getal(low, 2), nl::getal(high, 2))
    });
    format!("{}{interval}, n = {}", nl::getal(it.kappa, 2), it.subjects)
}

/// The same figures for a spreadsheet: a row per quarter, empty where there is too little.
fn tabel(rows: &[(Periode, Overlegcijfers)]) -> Tabel {
    let names = [
        "jaar",
        "kwartaal",
        "beoordeeld",
        "verplicht",
        "steekproef",
        "ingebracht",
        "akkoord",
        "gewijzigd",
        "terug",
        "verschil_bedrag",
        "zonder_prijs",
        "verschil_omvang",
        "mediaan_dagen",
        "te_laat",
        "blind_beoordeeld",
        "kappa",
        "kappa_laag",
        "kappa_hoog",
    ];
    let decimal =
        |it: Option<f64>| it.map_or(Waarde::Leeg, |waarde| Waarde::Getal { waarde, decimalen: 3 });
    let row = |(quarter, it): &(Periode, Overlegcijfers)| {
        let count = |it: u32| Waarde::Aantal(it.into());
        let kappa = it.kappa.as_ref();
        let interval = kappa.and_then(|it| it.interval);
        vec![
            Waarde::Aantal(quarter.van().year().into()),
            Waarde::Aantal(nummer(*quarter).into()),
            count(it.beoordeeld),
            count(it.verplicht),
            count(it.steekproef),
            count(it.ingebracht),
            count(it.akkoord),
            count(it.gewijzigd),
            count(it.terug),
            Waarde::Bedrag(it.verschil.bedrag),
            count(it.verschil.zonder_prijs),
            Waarde::Tekst(volumes(&it.verschil).join("; ")),
            it.mediaan_dagen().map_or(Waarde::Leeg, |it| Waarde::Aantal(it.into())),
            count(it.te_laat),
            count(it.blind),
            decimal(kappa.map(|it| it.kappa)),
            decimal(interval.map(|it| it.0)),
            decimal(interval.map(|it| it.1)),
        ]
    };
    Tabel {
        kolommen: names.map(Kolom::links).into(),
        rijen: rows.iter().map(row).collect(),
        ..Tabel::default()
    }
}
