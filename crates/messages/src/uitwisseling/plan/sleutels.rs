//! Which of our keys belongs to a key of another system.
//!
//! What the register knows under the same name is the same thing. Otherwise a number stays that
//! number, and any other key gets the next free number, in the order of the file; the next time the
//! name tells.

use std::collections::{HashMap, HashSet};

use domain::{
    AanbiederId, AlgemeneVoorzieningId, ContractId, MandaatId, MedewerkerId, PilotId, Register,
    TeamId, WijkId,
};

use super::Uitwisseling;
use crate::kenmerk;

/// Our key for each outside key.
pub(super) struct Sleutels {
    wijken: Lijst,
    teams: Lijst,
    aanbieders: Lijst,
    algemene_voorzieningen: Lijst,
    contracten: Lijst,
    mandaten: Lijst,
    pilots: Lijst,
    bron: String,
}

type Lijst = HashMap<String, u32>;

/// Something with a key, a name and perhaps a second name, such as an AGB code.
struct Genoemd {
    sleutel: String,
    namen: Vec<String>,
}

impl Sleutels {
    pub(super) fn van(register: &Register, u: &Uitwisseling) -> Sleutels {
        let wijken = assign(
            register.wijken.values().map(|it| known(it.id.0, [&it.naam])),
            u.wijken.iter().map(|it| named(&it.rij.sleutel, [&it.rij.naam])),
            u16::MAX.into(),
        );
        let teams = assign(
            register.teams.values().map(|it| known(it.id.0, [&it.naam])),
            u.teams.iter().map(|it| named(&it.rij.sleutel, [&it.rij.naam])),
            u16::MAX.into(),
        );
        let agb = |it: Option<domain::AgbCode>| it.map(|it| it.to_string()).unwrap_or_default();
        let aanbieders = assign(
            register.aanbieders.values().map(|it| known(it.id.0, [&agb(it.agb), &it.naam])),
            u.aanbieders.iter().map(|it| named(&it.rij.sleutel, [&agb(it.rij.agb), &it.rij.naam])),
            u32::MAX,
        );
        let algemene_voorzieningen = assign(
            register.algemene_voorzieningen.values().map(|it| known(it.id.0, [&it.naam])),
            u.algemene_voorzieningen.iter().map(|it| named(&it.rij.sleutel, [&it.rij.naam])),
            u16::MAX.into(),
        );
        let mut sleutels = Sleutels {
            wijken,
            teams,
            aanbieders,
            algemene_voorzieningen,
            contracten: Lijst::new(),
            mandaten: Lijst::new(),
            pilots: Lijst::new(),
            bron: u.bron.clone(),
        };
        sleutels.agreements(register, u);
        sleutels
    }

    /// Contracts, mandates and pilots have no name: what they say is their name.
    fn agreements(&mut self, register: &Register, u: &Uitwisseling) {
        self.contracten = assign(
            register
                .contracten
                .values()
                .map(|it| known(it.id.0, [&format!("{}/{}", it.aanbieder.0, it.geldig.van())])),
            u.contracten.iter().map(|it| {
                let aanbieder = self.aanbieder(&it.rij.aanbieder).map_or(0, |it| it.0);
                let name = format!("{aanbieder}/{}", it.rij.geldig.van());
                named(&it.rij.sleutel, [&name])
            }),
            u32::MAX,
        );
        self.mandaten = assign(
            register.mandaten.values().map(|it| {
                known(it.id.0, [&format!("{:?}", (it.functie, it.voor, it.tot, it.geldig.van()))])
            }),
            u.mandaten.iter().map(|it| {
                let r = &it.rij;
                named(&r.sleutel, [&format!("{:?}", (r.functie, r.voor, r.tot, r.geldig.van()))])
            }),
            u16::MAX.into(),
        );
        self.pilots = assign(
            register
                .pilots
                .values()
                .map(|it| known(it.id.0, [&format!("{:?}", (it.soort, it.geldig.van()))])),
            u.pilots.iter().map(|it| {
                named(&it.rij.sleutel, [&format!("{:?}", (it.rij.soort, it.rij.geldig.van()))])
            }),
            u16::MAX.into(),
        );
    }

    pub(super) fn wijk(&self, sleutel: &str) -> Option<WijkId> {
        small(&self.wijken, sleutel).map(WijkId)
    }

    pub(super) fn team(&self, sleutel: &str) -> Option<TeamId> {
        small(&self.teams, sleutel).map(TeamId)
    }

    pub(super) fn aanbieder(&self, sleutel: &str) -> Option<AanbiederId> {
        find(&self.aanbieders, sleutel).map(AanbiederId)
    }

    pub(super) fn algemene_voorziening(&self, sleutel: &str) -> Option<AlgemeneVoorzieningId> {
        small(&self.algemene_voorzieningen, sleutel).map(AlgemeneVoorzieningId)
    }

    pub(super) fn contract(&self, sleutel: &str) -> Option<ContractId> {
        find(&self.contracten, sleutel).map(ContractId)
    }

    pub(super) fn mandaat(&self, sleutel: &str) -> Option<MandaatId> {
        small(&self.mandaten, sleutel).map(MandaatId)
    }

    pub(super) fn pilot(&self, sleutel: &str) -> Option<PilotId> {
        small(&self.pilots, sleutel).map(PilotId)
    }

    /// A number stays that number; any other key gives a fingerprint, as names are not known here.
    pub(super) fn medewerker(&self, sleutel: &str) -> Option<MedewerkerId> {
        let number = sleutel.parse().ok().filter(|it| *it <= i32::MAX.unsigned_abs());
        let fingerprint = || {
            let full = kenmerk(&[&self.bron, "medewerker", &fold(sleutel)]).0;
            u32::try_from(full >> 32).ok()
        };
        number.or_else(fingerprint).map(MedewerkerId)
    }
}

fn known<const N: usize>(id: impl Into<u32>, namen: [&String; N]) -> Genoemd {
    let id: u32 = id.into();
    named(&id.to_string(), namen)
}

fn named<const N: usize>(sleutel: &str, namen: [&String; N]) -> Genoemd {
    let namen = namen.into_iter().map(|it| fold(it)).filter(|it| !it.is_empty());
    Genoemd { sleutel: fold(sleutel), namen: namen.collect() }
}

/// Gives every row one of our keys, and finds each under its outside key and its names.
fn assign(
    register: impl Iterator<Item = Genoemd>,
    rows: impl Iterator<Item = Genoemd>,
    most: u32,
) -> Lijst {
    let mut lijst = Lijst::new();
    let mut by_name: HashMap<String, u32> = HashMap::new();
    let mut taken: HashSet<u32> = HashSet::new();
    for it in register {
        let Ok(id) = it.sleutel.parse() else { continue };
        taken.insert(id);
        lijst.insert(it.sleutel, id);
        for naam in it.namen {
            lijst.entry(naam.clone()).or_insert(id);
            by_name.entry(naam).or_insert(id);
        }
    }
    let rows: Vec<Genoemd> = rows.collect();
    let mut claimed: HashSet<u32> = HashSet::new();
    let mut ids: Vec<Option<u32>> = vec![None; rows.len()];
    for (row, id) in rows.iter().zip(&mut ids) {
        let same = row.namen.iter().find_map(|it| by_name.get(it).copied());
        *id = same.filter(|it| claimed.insert(*it));
    }
    for (row, id) in rows.iter().zip(&mut ids) {
        let number = row.sleutel.parse().ok().filter(|it| *it <= most);
        *id = id.or_else(|| number.filter(|it| claimed.insert(*it)));
    }
    taken.extend(&claimed);
    let mut next = taken.into_iter().max().unwrap_or(0);
    for (row, id) in rows.iter().zip(ids) {
        let id = id.or_else(|| {
            next = next.checked_add(1)?;
            Some(next)
        });
        let Some(id) = id.filter(|it| *it <= most) else { continue };
        lijst.insert(row.sleutel.clone(), id);
    }
    // A name finds its row too, unless it is the key of another.
    let keys: HashSet<&String> = rows.iter().map(|it| &it.sleutel).collect();
    for row in &rows {
        let Some(id) = lijst.get(&row.sleutel).copied() else { continue };
        for naam in row.namen.iter().filter(|it| !keys.contains(it)) {
            lijst.insert(naam.clone(), id);
        }
    }
    lijst
}

fn find(lijst: &Lijst, sleutel: &str) -> Option<u32> {
    lijst.get(&fold(sleutel)).copied()
}

fn small(lijst: &Lijst, sleutel: &str) -> Option<u16> {
    find(lijst, sleutel).and_then(|it| u16::try_from(it).ok())
}

fn fold(text: &str) -> String {
    text.trim().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn it(sleutel: &str, naam: &str) -> Genoemd {
        named(sleutel, [&naam.to_owned()])
    }

    #[test]
    fn a_name_tells_first_then_a_number_then_the_order() {
        let register = [it("1", "Noord"), it("2", "Zuid")];
        let rows = [it("1", "Zuid"), it("7", "West"), it("t-oost", "Oost")];
        let lijst = assign(register.into_iter(), rows.into_iter(), u16::MAX.into());
        for (key, id) in [("1", 2), ("zuid", 2), ("noord", 1), ("7", 7), ("west", 7), ("t-oost", 8)]
        {
            assert_eq!(lijst.get(key), Some(&id), "{key}");
        }
    }
}
