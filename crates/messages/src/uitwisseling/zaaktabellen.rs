//! The rows about cases: melding, intake, onderzoek, aanvraag, besluit and end.

use domain::{
    ZaakId,
    besluit::{Afwijzingsgrond, Uitkomst},
    melding::{Kanaal, Melder},
    sluiting::Sluitreden,
    termijn::Opschorting,
};
use jiff::civil::Date;

use super::{
    rij::Rij,
    waarden::{self, Intakesoort, Uitkomstsoort},
};

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ZaakRij {
    /// The other system's own number.
    pub(super) sleutel: String,
    pub(super) zaak: ZaakId,
    pub(super) client: String,
    pub(super) melding: Date,
    pub(super) kanaal: Kanaal,
    pub(super) melder: Melder,
    pub(super) spoed: bool,
    pub(super) melding_medewerker: Option<String>,
    pub(super) intake: Option<IntakeDeel>,
    pub(super) onderzoek_start: Option<Date>,
    pub(super) onderzoek_team: Option<String>,
    pub(super) onderzoek_einde: Option<Date>,
    pub(super) onderzoek_medewerker: Option<String>,
    pub(super) verslag: Option<Date>,
    pub(super) aanvraag: Option<Date>,
    pub(super) besluit: Option<BesluitDeel>,
    pub(super) sluiting: Option<(Date, Sluitreden)>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct IntakeDeel {
    pub(super) op: Date,
    pub(super) soort: Intakesoort,
    pub(super) algemene_voorziening: Option<String>,
    pub(super) team: Option<String>,
    pub(super) medewerker: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct BesluitDeel {
    pub(super) op: Date,
    pub(super) uitkomst: Uitkomst,
    pub(super) medewerker: Option<String>,
}

/// A decision in a table of its own, with the case it belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct BesluitRij {
    pub(super) zaak: String,
    pub(super) besluit: BesluitDeel,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct OpschortingRij {
    pub(super) zaak: String,
    pub(super) opschorting: Opschorting,
}

pub(super) fn zaak(rij: &mut Rij<'_>) -> Option<ZaakRij> {
    let (sleutel, client) = (rij.moet("zaak"), rij.moet("client"));
    let melding = rij.datum_moet("melding");
    let zaak = sleutel.as_deref().zip(melding).and_then(|(it, op)| number(rij, it, op));
    let kanaal = rij.keuze("kanaal", &waarden::kanaal()).unwrap_or(Kanaal::Digitaal);
    let melder = rij.keuze("melder", &waarden::melder()).unwrap_or(Melder::Overig);
    let spoed = rij.keuze("spoed", &waarden::ja_nee()).unwrap_or(false);
    let intake = intake(rij);
    let onderzoek_start = rij.datum("onderzoek_start");
    let onderzoek_einde = rij.datum("onderzoek_einde");
    let (verslag, aanvraag) = (rij.datum("verslag"), rij.datum("aanvraag"));
    let besluit = match rij.mag("besluitdatum").or(rij.mag("uitkomst")) {
        Some(_) => besluit(rij),
        None => None,
    };
    let gesloten = rij.datum("gesloten");
    let reden = rij.keuze("sluitreden", &waarden::sluitreden());
    let reden = reden.unwrap_or(default_end(intake.is_some(), besluit.is_some()));
    if let (Some(start), Some(eind)) = (onderzoek_start, onderzoek_einde)
        && eind < start
    {
        let text = "het onderzoek eindigt voordat het begint";
        rij.fout("onderzoek_einde", "einde_voor_begin", text);
    }
    for (kolom, dag) in [
        ("intake", intake.as_ref().map(|it| it.op)),
        ("onderzoek_start", onderzoek_start),
        ("onderzoek_einde", onderzoek_einde),
        ("verslag", verslag),
        ("aanvraag", aanvraag),
        ("besluitdatum", besluit.as_ref().map(|it| it.op)),
        ("gesloten", gesloten),
    ] {
        if let (Some(dag), Some(melding)) = (dag, melding)
            && dag < melding
        {
            rij.fout(kolom, "voor_melding", "deze dag ligt voor de melding");
        }
    }
    Some(ZaakRij {
        sleutel: sleutel?,
        zaak: zaak?,
        client: client?,
        melding: melding?,
        kanaal,
        melder,
        spoed,
        melding_medewerker: rij.mag("melding_medewerker"),
        intake,
        onderzoek_start,
        onderzoek_team: rij.mag("onderzoek_team"),
        onderzoek_einde,
        onderzoek_medewerker: rij.mag("onderzoek_medewerker"),
        verslag,
        aanvraag,
        besluit,
        sluiting: gesloten.map(|it| (it, reden)),
    })
}

pub(super) fn besluit_rij(rij: &mut Rij<'_>) -> Option<BesluitRij> {
    let zaak = rij.moet("zaak");
    let besluit = besluit(rij);
    Some(BesluitRij { zaak: zaak?, besluit: besluit? })
}

pub(super) fn opschorting(rij: &mut Rij<'_>) -> Option<OpschortingRij> {
    let zaak = rij.moet("zaak");
    let grond = rij.keuze_moet("grond", &waarden::opschortingsgrond());
    let (sinds, hervat) = (rij.datum_moet("opgeschort"), rij.datum("hervat"));
    if let (Some(sinds), Some(hervat)) = (sinds, hervat)
        && hervat < sinds
    {
        rij.fout("hervat", "einde_voor_begin", "de termijn loopt door voordat hij stilstond");
    }
    let (sinds, grond) = (sinds?, grond?);
    let opschorting = match hervat {
        None => Opschorting::Lopend { sinds, grond },
        Some(tot_en_met) => Opschorting::Voorbij { sinds, tot_en_met, grond },
    };
    Some(OpschortingRij { zaak: zaak?, opschorting })
}

/// The number of a case from the number of another system: a year and a number within it.
pub(super) fn zaaknummer(text: &str, melding: Date) -> Option<ZaakId> {
    let groups: Vec<&str> =
        text.split(|it: char| !it.is_ascii_digit()).filter(|it| !it.is_empty()).collect();
    let year = |it: &str| it.parse::<i16>().ok().filter(|it| (1990..=2100).contains(it));
    let (jaar, rest) = match *groups {
        [first, second] if first.len() == 4 => (year(first)?, second),
        [only] if only.len() > 6 && year(only.get(..4)?).is_some() => {
            (year(only.get(..4)?)?, only.get(4..)?)
        }
        [only] => (melding.year(), only),
        _ => return None,
    };
    let volgnummer = rest.parse().ok().filter(|it| *it > 0)?;
    Some(ZaakId { jaar, volgnummer })
}

fn number(rij: &mut Rij<'_>, text: &str, melding: Date) -> Option<ZaakId> {
    let found = zaaknummer(text, melding);
    if found.is_none() {
        let text = format!(
            "‘{text}’ is geen zaaknummer; verwacht een jaar en een nummer, zoals 2017-00412, of \
             alleen een nummer"
        );
        rij.fout("zaak", "zaaknummer", text);
    }
    found
}

fn intake(rij: &mut Rij<'_>) -> Option<IntakeDeel> {
    let soort = rij.keuze("intake_uitkomst", &waarden::intake());
    let op = rij.datum("intake");
    let (algemene_voorziening, team) = (rij.mag("algemene_voorziening"), rij.mag("intake_team"));
    match soort {
        Some(Intakesoort::AlgemeneVoorziening) if algemene_voorziening.is_none() => {
            rij.fout("algemene_voorziening", "leeg", "welke algemene voorziening staat er niet");
        }
        Some(Intakesoort::NaarTeam) if team.is_none() => {
            rij.fout("intake_team", "leeg", "naar welk team staat er niet");
        }
        None if op.is_some() && rij.mag("intake_uitkomst").is_none() => {
            rij.fout("intake_uitkomst", "leeg", "er is een intake zonder uitkomst");
        }
        Some(_) if op.is_none() && rij.mag("intake").is_none() => {
            rij.fout("intake", "leeg", "er is een uitkomst van de intake zonder datum");
        }
        _ => {}
    }
    let medewerker = rij.mag("intake_medewerker");
    Some(IntakeDeel { op: op?, soort: soort?, algemene_voorziening, team, medewerker })
}

fn besluit(rij: &mut Rij<'_>) -> Option<BesluitDeel> {
    let op = rij.datum_moet("besluitdatum");
    let soort = rij.keuze_moet("uitkomst", &waarden::uitkomst());
    let grond = rij.keuze("afwijzingsgrond", &waarden::afwijzingsgrond());
    let uitkomst = match soort? {
        Uitkomstsoort::Toegekend => Uitkomst::Toegekend,
        Uitkomstsoort::GedeeltelijkToegekend => Uitkomst::GedeeltelijkToegekend,
        Uitkomstsoort::BuitenBehandeling => Uitkomst::BuitenBehandeling,
        Uitkomstsoort::Ingetrokken => Uitkomst::Ingetrokken,
        Uitkomstsoort::Afgewezen => {
            if grond.is_none() && rij.mag("afwijzingsgrond").is_none() {
                let text = "de grond van de afwijzing ontbreekt; gelezen als eigen kracht";
                rij.let_op("afwijzingsgrond", "leeg", text);
            }
            Uitkomst::Afgewezen(grond.unwrap_or(Afwijzingsgrond::EigenKracht))
        }
    };
    Some(BesluitDeel { op: op?, uitkomst, medewerker: rij.mag("besluit_medewerker") })
}

/// The reason of an end that another system does not tell.
const fn default_end(intake: bool, besluit: bool) -> Sluitreden {
    match (besluit, intake) {
        (true, _) => Sluitreden::Besloten,
        (false, true) => Sluitreden::AfgerondBijIntake,
        (false, false) => Sluitreden::GeenAanvraag,
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_case_number_of_another_system_becomes_ours() {
        for (text, expected) in [
            ("2017-00412", Some((2017, 412))),
            ("Z2017/412", Some((2017, 412))),
            ("WMO.2017.000412", Some((2017, 412))),
            ("201700412", Some((2017, 412))),
            ("10482", Some((2018, 10_482))),
            ("W-10482", Some((2018, 10_482))),
            ("2017-0", None),
            ("onbekend", None),
            ("1-2-3", None),
        ] {
            let expected = expected.map(|(jaar, volgnummer)| ZaakId { jaar, volgnummer });
            assert_eq!(zaaknummer(text, date(2018, 5, 1)), expected, "{text}");
        }
    }
}
