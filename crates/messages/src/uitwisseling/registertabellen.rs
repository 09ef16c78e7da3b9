//! The rows of the register: municipality, wijken, teams, staff, mandates, pilots.

use domain::{
    Bedrag, Functie, Gemeentecode, Leeftijdsgroep, Periode,
    mandaat::Werkgeverseis,
    medewerker::Achtergrond,
    organisatie::{Breuksoort, Pilotsoort, Reeksbreuk},
};
use jiff::civil::Date;

use super::{
    rij::Rij,
    waarden::{self, Werkgeversoort},
};

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct GemeenteRij {
    pub(super) code: Gemeentecode,
    pub(super) naam: String,
}

/// A key with its name: a wijk or a team.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NaamRij {
    pub(super) sleutel: String,
    pub(super) naam: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct InwonersRij {
    pub(super) wijk: String,
    pub(super) jaar: i16,
    pub(super) groep: Leeftijdsgroep,
    pub(super) aantal: u32,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct WerkgebiedRij {
    pub(super) team: String,
    pub(super) wijk: String,
    pub(super) vanaf: Date,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct AlgemeneRij {
    pub(super) sleutel: String,
    pub(super) naam: String,
    pub(super) wijken: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct WachttijdRij {
    pub(super) algemene_voorziening: String,
    pub(super) op: Date,
    pub(super) weken: u16,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct MedewerkerRij {
    pub(super) medewerker: String,
    pub(super) naam: String,
    pub(super) functie: Functie,
    pub(super) achtergrond: Achtergrond,
    pub(super) werkgever: Werkgeversoort,
    /// The provider that employs, when one does.
    pub(super) aanbieder: Option<String>,
    pub(super) verbonden_aan: Option<String>,
    pub(super) team: Option<String>,
    pub(super) geldig: Periode,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct MandaatRij {
    pub(super) sleutel: String,
    pub(super) functie: Functie,
    pub(super) voor: Werkgeverseis,
    pub(super) tot: Option<Bedrag>,
    pub(super) geldig: Periode,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PilotRij {
    pub(super) sleutel: String,
    pub(super) soort: Pilotsoort,
    pub(super) wijken: Vec<String>,
    pub(super) geldig: Periode,
}

pub(super) fn gemeente(rij: &mut Rij<'_>) -> Option<GemeenteRij> {
    let (code, naam) = (rij.moet("gemeentecode"), rij.moet("naam"));
    code?;
    Some(GemeenteRij { code: rij.vorm("gemeentecode")?, naam: naam? })
}

pub(super) fn wijk(rij: &mut Rij<'_>) -> Option<NaamRij> {
    let (sleutel, naam) = (rij.moet("wijk"), rij.moet("naam"));
    Some(NaamRij { sleutel: sleutel?, naam: naam? })
}

pub(super) fn inwoners(rij: &mut Rij<'_>) -> Option<InwonersRij> {
    let (wijk, jaar) = (rij.moet("wijk"), rij.moet("jaar").and_then(|_| rij.geheel("jaar")));
    let groep = rij.keuze_moet("leeftijdsgroep", &waarden::leeftijdsgroep());
    let aantal = rij.moet("aantal").and_then(|_| rij.geheel("aantal"));
    Some(InwonersRij { wijk: wijk?, jaar: jaar?, groep: groep?, aantal: aantal? })
}

pub(super) fn team(rij: &mut Rij<'_>) -> Option<NaamRij> {
    let (sleutel, naam) = (rij.moet("team"), rij.moet("naam"));
    Some(NaamRij { sleutel: sleutel?, naam: naam? })
}

pub(super) fn werkgebied(rij: &mut Rij<'_>) -> Option<WerkgebiedRij> {
    let (team, wijk, vanaf) = (rij.moet("team"), rij.moet("wijk"), rij.datum_moet("vanaf"));
    Some(WerkgebiedRij { team: team?, wijk: wijk?, vanaf: vanaf? })
}

pub(super) fn algemene_voorziening(rij: &mut Rij<'_>) -> Option<AlgemeneRij> {
    let (sleutel, naam) = (rij.moet("algemene_voorziening"), rij.moet("naam"));
    Some(AlgemeneRij { sleutel: sleutel?, naam: naam?, wijken: rij.lijst("wijken") })
}

pub(super) fn wachttijd(rij: &mut Rij<'_>) -> Option<WachttijdRij> {
    let (algemene_voorziening, op) = (rij.moet("algemene_voorziening"), rij.datum_moet("datum"));
    let weken = rij.moet("weken").and_then(|_| rij.geheel("weken"));
    Some(WachttijdRij { algemene_voorziening: algemene_voorziening?, op: op?, weken: weken? })
}

pub(super) fn medewerker(rij: &mut Rij<'_>) -> Option<MedewerkerRij> {
    let medewerker = rij.moet("medewerker");
    let functie = rij.keuze_moet("functie", &waarden::functie());
    let achtergrond = rij.keuze("achtergrond", &waarden::achtergrond());
    let werkgever = rij.keuze("werkgever", &waarden::werkgever());
    let aanbieder = rij.mag("aanbieder");
    if werkgever == Some(Werkgeversoort::Aanbieder) && aanbieder.is_none() {
        rij.fout("aanbieder", "leeg", "de werkgever is een aanbieder; welke staat hier niet");
    }
    let geldig = rij.periode("van", "tot");
    Some(MedewerkerRij {
        medewerker: medewerker?,
        naam: rij.tekst("naam"),
        functie: functie?,
        achtergrond: achtergrond.unwrap_or(Achtergrond::Overig),
        werkgever: werkgever.unwrap_or(Werkgeversoort::Gemeente),
        aanbieder,
        verbonden_aan: rij.mag("verbonden_aan"),
        team: rij.mag("team"),
        geldig: geldig?,
    })
}

pub(super) fn mandaat(rij: &mut Rij<'_>) -> Option<MandaatRij> {
    let sleutel = rij.moet("mandaat");
    let functie = rij.keuze_moet("functie", &waarden::functie());
    let voor = rij.keuze("voor", &waarden::werkgeverseis()).unwrap_or(Werkgeverseis::Iedereen);
    let tot = rij.bedrag("bedrag");
    let geldig = rij.periode("van", "tot");
    Some(MandaatRij { sleutel: sleutel?, functie: functie?, voor, tot, geldig: geldig? })
}

pub(super) fn pilot(rij: &mut Rij<'_>) -> Option<PilotRij> {
    let sleutel = rij.moet("pilot");
    let soort = rij.keuze_moet("soort", &waarden::pilotsoort());
    let wijken = rij.lijst("wijken");
    let geldig = rij.periode("van", "tot");
    Some(PilotRij { sleutel: sleutel?, soort: soort?, wijken, geldig: geldig? })
}

pub(super) fn reeksbreuk(rij: &mut Rij<'_>) -> Option<Reeksbreuk> {
    let op = rij.datum_moet("datum");
    let soort: Option<Breuksoort> = rij.keuze_moet("soort", &waarden::breuksoort());
    Some(Reeksbreuk { op: op?, soort: soort? })
}
