//! How a case stands, in words, and by when something is due.

use domain::{Zaak, besluit::Uitkomst, zaak::Fase};
use jiff::civil::Date;

use crate::datum;

/// A day by which something is due, with how far off it is.
pub(crate) struct Termijn {
    pub(crate) dag: String,
    pub(crate) nog: String,
    pub(crate) artikel: &'static str,
    pub(crate) klasse: &'static str,
}

/// From how many days before the end a term asks for attention.
const LET_OP_DAGEN: i64 = 7;

impl Termijn {
    pub(crate) fn of(zaak: &Zaak, vandaag: Date) -> Option<Termijn> {
        let uiterste = zaak.uiterste_dag()?;
        let artikel = match zaak.fase() {
            Fase::Aangevraagd => "beschikking, Wmo 2015, art. 2.3.5 lid 2",
            _ => "onderzoek, Wmo 2015, art. 2.3.2 lid 1",
        };
        let klasse = match domain::periode::days_between(vandaag, uiterste) {
            days if days < 0 => "te-laat",
            days if days <= LET_OP_DAGEN => "let-op",
            _ => "",
        };
        let (dag, nog) = (datum::lang(uiterste), datum::nog(uiterste, vandaag));
        Some(Termijn { dag, nog, artikel, klasse })
    }
}

/// The message of a dossier, as a sentence.
pub(crate) fn message(zaken: &[Zaak], lopend: usize, vandaag: Date) -> String {
    let provisions = match lopend {
        0 => "er loopt geen voorziening".to_owned(),
        1 => "er loopt 1 voorziening".to_owned(),
        n => format!("er lopen {n} voorzieningen"),
    };
    let open = zaken.iter().filter(|it| it.fase() != Fase::Gesloten).max_by_key(|it| it.melding.op);
    let Some(zaak) = open else { return format!("Geen open zaak; {provisions}") };
    let late = zaak.uiterste_dag().is_some_and(|it| it < vandaag);
    let due = |what: &str| match zaak.uiterste_dag() {
        Some(day) if late => format!("; {what} had op {} klaar moeten zijn", datum::lang(day)),
        Some(day) => format!("; {what} moet uiterlijk {} klaar zijn", datum::lang(day)),
        None => String::new(),
    };
    match zaak.fase() {
        Fase::Gemeld => format!("De melding wacht op de intake{}", due("het onderzoek")),
        Fase::NaIntake => format!("Het onderzoek moet nog beginnen{}", due("het")),
        Fase::InOnderzoek => format!("Het onderzoek loopt{}", due("het")),
        Fase::Onderzocht => "Het onderzoek is klaar; het verslag moet nog weg".to_owned(),
        Fase::VerslagVerzonden => "Het verslag is verzonden; er is nog geen aanvraag".to_owned(),
        Fase::Aangevraagd => format!("De aanvraag wacht op een besluit{}", due("de beschikking")),
        Fase::Besloten => {
            let last = zaak.beschikkingen.last().map_or("besloten", |it| it.uitkomst.naam());
            format!("De aanvraag is {last}; {provisions}")
        }
        Fase::Gesloten => format!("Geen open zaak; {provisions}"),
    }
}

/// The steps of a case that were taken, newest last.
pub(crate) fn steps(zaak: &Zaak) -> String {
    let mut steps = vec![format!("gemeld {}", datum::kort(zaak.melding.op))];
    if let Some(it) = zaak.intake {
        steps.push(format!("intake {}", datum::kort(it.op)));
    }
    match &zaak.onderzoek {
        domain::onderzoek::Onderzoek::Geen => {}
        domain::onderzoek::Onderzoek::Lopend { sinds, .. } => {
            steps.push(format!("onderzoek sinds {}", datum::kort(*sinds)));
        }
        domain::onderzoek::Onderzoek::Afgerond { op, .. } => {
            steps.push(format!("onderzocht {}", datum::kort(*op)));
        }
    }
    if let Some(op) = zaak.aanvraag {
        steps.push(format!("aanvraag {}", datum::kort(op)));
    }
    for it in &zaak.beschikkingen {
        let ground = match it.uitkomst {
            Uitkomst::Afgewezen(grond) => format!(" ({})", grond.naam()),
            _ => String::new(),
        };
        steps.push(format!("{}{ground} {}", it.uitkomst.naam(), datum::kort(it.op)));
    }
    if let Some(it) = zaak.sluiting {
        steps.push(format!("gesloten {}: {}", datum::kort(it.op), it.reden.naam()));
    }
    steps.join(" · ")
}
