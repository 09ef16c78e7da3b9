//! Who may open a case of an agenda, and on which ground: what is not on it stays closed.

use domain::{
    Dossier, State, Zaak,
    agenda::{Agendapunt, agenda, belang, blind_oordeel_verwacht},
    cta::Overleg,
};
use store::AccessEntry;

use super::redenen;
use crate::{datum, fout::Fout, gebruiker::Gebruiker, staat::Web};

const KOP: &str = "U mag deze zaak in dit overleg niet zien";

/// A case that somebody may see in a meeting.
pub(super) struct Toegelaten<'a> {
    pub(super) overleg: &'a Overleg,
    pub(super) punt: Agendapunt,
    pub(super) dossier: &'a Dossier,
    pub(super) zaak: &'a Zaak,
    /// Whether the proposal stays hidden, because this user may have to judge without it.
    pub(super) blind: bool,
    /// The numbers before and after it on the agenda.
    pub(super) buren: (Option<domain::ZaakId>, Option<domain::ZaakId>),
}

/// Lets in who sits in the meeting, was there, and has no interest in the case.
pub(super) fn open<'a>(
    state: &'a State,
    gebruiker: &Gebruiker,
    overleg: &str,
    zaak: &str,
) -> Result<Toegelaten<'a>, Fout> {
    let overleg = super::find(&state.register, overleg)?;
    let number: domain::ZaakId = zaak.parse().map_err(|_| Fout::NietGevonden)?;
    let wie = gebruiker.hoedanigheid.medewerker;
    let closed = |tekst: &str| Err(Fout::Gesloten(KOP, tekst.to_owned()));
    if !overleg.is_lid(wie) {
        return closed(
            "U bent geen lid van dit overleg. Alleen de leden zien de zaken op de agenda (Wmo \
             2015, art. 5.1.1 lid 1).",
        );
    }
    if state.register.presentie.get(&overleg.id).is_some_and(|it| !it.contains(&wie)) {
        return closed(
            "U staat niet op de presentielijst van dit overleg. Wie er niet bij is, heeft de \
             gegevens niet nodig (Wmo 2015, art. 5.1.1 lid 1).",
        );
    }
    let points = agenda(state, overleg.id);
    let Some(at) = points.iter().position(|it| it.zaak == number) else {
        return closed(
            "Deze zaak staat niet op de agenda van dit overleg (Wmo 2015, art. 5.1.1 lid 1).",
        );
    };
    let buren = (
        at.checked_sub(1).and_then(|it| points.get(it)).map(|it| it.zaak),
        points.get(at + 1).map(|it| it.zaak),
    );
    let punt = points[at].clone();
    let dossier = state.dossiers.get(&punt.client).ok_or(Fout::NietGevonden)?;
    let zaak = dossier.zaak(number).ok_or(Fout::NietGevonden)?;
    if let Some(interest) = belang(state, zaak, wie, gebruiker.vandaag) {
        return closed(&format!(
            "U doet niet mee aan deze zaak: u {} (Awb, art. 2:4).",
            interest.naam()
        ));
    }
    let blind = blind_oordeel_verwacht(state, zaak, &gebruiker.hoedanigheid, gebruiker.vandaag);
    Ok(Toegelaten { overleg, punt, dossier, zaak, blind, buren })
}

/// For what the case is opened, each with its article.
pub(super) fn gronden(punt: &Agendapunt) -> Vec<String> {
    punt.aanleidingen
        .iter()
        .map(|it| format!("{}: {}", super::redenen(&[*it]), it.grond()))
        .collect()
}

/// Writes down who looks at which case, in which meeting and on which ground.
pub(super) async fn log(
    web: &Web,
    gebruiker: &Gebruiker,
    (dag, punt): (jiff::civil::Date, &Agendapunt),
    handeling: &str,
) -> Result<(), Fout> {
    let grounds: Vec<&str> = punt.aanleidingen.iter().map(|it| it.grond()).collect();
    let entry = AccessEntry {
        moment: web.nu(),
        account: gebruiker.account.clone(),
        medewerker: gebruiker.hoedanigheid.medewerker,
        client: Some(punt.client),
        action: handeling.to_owned(),
        ground: format!(
            "CTA-overleg van {}, wegens {}: {}; Wmo 2015, art. 5.1.1 lid 1",
            datum::lang(dag),
            redenen(&punt.aanleidingen),
            grounds.join("; "),
        ),
    };
    Ok(web.store().log_access(&entry).await?)
}
