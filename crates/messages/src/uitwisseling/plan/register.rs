//! What is asked of the register, so that it knows the municipality of the exchange.

use std::collections::BTreeMap;

use domain::{
    AanbiederId, MedewerkerId, Periode, ProductCode, RegisterEvent as E, TeamId, Werkgever, WijkId,
    algemeen::AlgemeneVoorziening,
    mandaat::Mandaat,
    medewerker::Aanstelling,
    organisatie::{Aanbieder, Contract, Gemeente, Pilot, Team, Wijk},
    register::Tarief,
};
use jiff::{ToSpan, civil::Date};

use super::{Planner, Plek};
use crate::{
    Bron,
    uitwisseling::{lezer::Gelezen, registertabellen::MedewerkerRij, waarden::Werkgeversoort},
};

impl Planner<'_> {
    pub(super) fn register(&mut self) {
        self.place();
        self.teams();
        self.purchase();
        self.tarieven();
        self.medewerkers();
        self.mandaten();
        self.pilots();
    }

    fn place(&mut self) {
        let (u, today) = (self.u, self.vandaag);
        for row in &u.gemeente {
            let gemeente = Gemeente { code: row.rij.code, naam: row.rij.naam.clone() };
            let event = E::GemeenteVastgesteld(gemeente);
            self.vraag_register(today, event, u.plek("gemeente", row.regel));
        }
        for row in &u.wijken {
            let Some(id) = self.sleutels.wijk(&row.rij.sleutel) else { continue };
            let event = E::WijkVastgesteld(Wijk { id, naam: row.rij.naam.clone() });
            self.vraag_register(today, event, u.plek("wijken", row.regel));
        }
        for row in &u.inwoners {
            let plek = Plek { tabel: "inwoners", regel: row.regel, kolom: "wijk" };
            let it = &row.rij;
            let Some(wijk) = self.known_wijk(&it.wijk, plek) else { continue };
            let Ok(on) = Date::new(it.jaar, 1, 1) else { continue };
            let event =
                E::InwonersGeteld { wijk, jaar: it.jaar, groep: it.groep, aantal: it.aantal };
            self.vraag_register(on, event, u.plek("inwoners", row.regel));
        }
    }

    fn teams(&mut self) {
        let (u, today) = (self.u, self.vandaag);
        for row in &u.teams {
            let Some(id) = self.sleutels.team(&row.rij.sleutel) else { continue };
            let event = E::TeamIngesteld(Team { id, naam: row.rij.naam.clone() });
            self.vraag_register(today, event, u.plek("teams", row.regel));
        }
        let mut areas: BTreeMap<(Date, TeamId), (Vec<WijkId>, u64)> = BTreeMap::new();
        for row in &u.werkgebieden {
            let plek = Plek { tabel: "werkgebieden", regel: row.regel, kolom: "team" };
            let Some(team) = self.known_team(Some(&row.rij.team), plek) else { continue };
            let Some(wijk) = self.known_wijk(&row.rij.wijk, plek.kolom("wijk")) else { continue };
            let area = areas.entry((row.rij.vanaf, team)).or_insert((Vec::new(), row.regel));
            area.0.push(wijk);
        }
        for ((on, team), (wijken, regel)) in areas {
            let event = E::WerkgebiedVastgesteld { team, wijken };
            self.vraag_register(on, event, u.plek("werkgebieden", regel));
        }
        for row in &u.algemene_voorzieningen {
            let it = &row.rij;
            let plek = Plek { tabel: "algemene_voorzieningen", regel: row.regel, kolom: "wijken" };
            let Some(id) = self.sleutels.algemene_voorziening(&it.sleutel) else { continue };
            let wijken = it.wijken.iter().filter_map(|it| self.known_wijk(it, plek)).collect();
            let naam = it.naam.clone();
            let event = E::AlgemeneVoorzieningIngesteld(AlgemeneVoorziening { id, naam, wijken });
            self.vraag_register(today, event, u.plek("algemene_voorzieningen", row.regel));
        }
        for row in &u.wachttijden {
            let it = &row.rij;
            let tabel = "wachttijden";
            let plek = Plek { tabel, regel: row.regel, kolom: "algemene_voorziening" };
            let found = self.sleutels.algemene_voorziening(&it.algemene_voorziening);
            let what = "algemene voorziening";
            let Some(voorziening) = self.known(found, what, &it.algemene_voorziening, plek) else {
                continue;
            };
            let event = E::WachttijdGemeten { voorziening, weken: it.weken };
            self.vraag_register(it.op, event, u.plek(tabel, row.regel));
        }
    }

    fn purchase(&mut self) {
        let (u, today) = (self.u, self.vandaag);
        for row in &u.aanbieders {
            let it = &row.rij;
            let Some(id) = self.sleutels.aanbieder(&it.sleutel) else { continue };
            let aanbieder = Aanbieder { id, naam: it.naam.clone(), agb: it.agb };
            let event = E::AanbiederVastgesteld(aanbieder);
            self.vraag_register(today, event, u.plek("aanbieders", row.regel));
        }
        for row in &u.contracten {
            let it = &row.rij;
            let plek = Plek { tabel: "contracten", regel: row.regel, kolom: "aanbieder" };
            let Some(id) = self.sleutels.contract(&it.sleutel) else { continue };
            let Some(aanbieder) = self.known_aanbieder(&it.aanbieder, plek) else { continue };
            let event = E::ContractGesloten(Contract { id, aanbieder, geldig: it.geldig });
            self.vraag_register(it.geldig.van(), event, u.plek("contracten", row.regel));
        }
        for row in &u.producten {
            let event = E::ProductVastgesteld(row.rij.clone());
            self.vraag_register(today, event, u.plek("producten", row.regel));
        }
    }

    /// A tariff runs until the next one, so that reading it again says nothing new.
    fn tarieven(&mut self) {
        let u = self.u;
        let mut agreed: BTreeMap<(AanbiederId, ProductCode), Vec<(Tarief, u64)>> = BTreeMap::new();
        for row in &u.tarieven {
            let it = &row.rij;
            let plek = Plek { tabel: "tarieven", regel: row.regel, kolom: "aanbieder" };
            let Some(aanbieder) = self.known_aanbieder(&it.aanbieder, plek) else { continue };
            if !self.register.producten.contains_key(&it.product) {
                let text = format!("product {} staat niet in producten", it.product);
                self.fout(plek.kolom("product"), "verwijzing", text);
                continue;
            }
            let tarief = Tarief {
                aanbieder,
                product: it.product,
                eenheid: it.eenheid,
                bedrag: it.bedrag,
                geldig: it.geldig,
            };
            agreed.entry((aanbieder, it.product)).or_default().push((tarief, row.regel));
        }
        for mut list in agreed.into_values() {
            list.sort_by_key(|(it, _)| it.geldig.van());
            for at in 0..list.len() {
                let next = list.get(at + 1).map(|(it, _)| it.geldig.van());
                let (mut tarief, regel) = list[at];
                tarief.geldig = until_next(tarief.geldig, next);
                let event = E::TariefVastgesteld(tarief);
                self.vraag_register(tarief.geldig.van(), event, u.plek("tarieven", regel));
            }
        }
    }

    fn medewerkers(&mut self) {
        let u = self.u;
        let mut staff: BTreeMap<MedewerkerId, Vec<(Periode, Aanstelling, u64)>> = BTreeMap::new();
        for row in &u.medewerkers {
            let Some(id) = self.sleutels.medewerker(&row.rij.medewerker) else { continue };
            if !row.rij.naam.is_empty() {
                self.personeel.insert(id, row.rij.naam.clone());
            }
            let Some(aanstelling) = self.aanstelling(row) else { continue };
            staff.entry(id).or_default().push((row.rij.geldig, aanstelling, row.regel));
        }
        for (id, mut held) in staff {
            held.sort_by_key(|(geldig, ..)| geldig.van());
            let starts: Vec<Date> = held.iter().skip(1).map(|(geldig, ..)| geldig.van()).collect();
            for (at, (geldig, ..)) in held.iter_mut().enumerate() {
                *geldig = until_next(*geldig, starts.get(at).copied());
            }
            self.appoint(id, &held);
        }
    }

    /// Asks for the appointments, unless the register has exactly these.
    fn appoint(&mut self, medewerker: MedewerkerId, held: &[(Periode, Aanstelling, u64)]) {
        let known = self.register.medewerkers.get(&medewerker);
        let same = known.is_some_and(|it| {
            let asked = held.iter().map(|(geldig, aanstelling, _)| (*geldig, *aanstelling));
            it.aanstellingen.iter().copied().eq(asked)
        });
        if same {
            return;
        }
        for (at, (geldig, aanstelling, regel)) in held.iter().enumerate() {
            let bron: Bron = self.u.plek("medewerkers", *regel);
            let event = E::MedewerkerAangesteld { medewerker, aanstelling: *aanstelling };
            self.vraag_register(geldig.van(), event, bron.clone());
            let next = held.get(at + 1).map(|(geldig, ..)| geldig.van());
            if let Some(last) = geldig.tot_en_met()
                && next.is_none_or(|it| it > last.saturating_add(1.day()))
            {
                self.vraag_register(last, E::MedewerkerVertrokken { medewerker }, bron);
            }
        }
    }

    fn aanstelling(&mut self, row: &Gelezen<MedewerkerRij>) -> Option<Aanstelling> {
        let it = &row.rij;
        let plek = Plek { tabel: "medewerkers", regel: row.regel, kolom: "aanbieder" };
        let werkgever = match it.werkgever {
            Werkgeversoort::Gemeente => Werkgever::Gemeente,
            Werkgeversoort::Welzijnsorganisatie => Werkgever::Welzijnsorganisatie,
            Werkgeversoort::Overig => Werkgever::Overig,
            Werkgeversoort::Aanbieder => {
                let sleutel = it.aanbieder.as_deref()?;
                Werkgever::Aanbieder(self.known_aanbieder(sleutel, plek)?)
            }
        };
        let verbonden_aan = match it.verbonden_aan.as_deref() {
            Some(sleutel) => Some(self.known_aanbieder(sleutel, plek.kolom("verbonden_aan"))?),
            None => None,
        };
        let team = match it.team.as_deref() {
            Some(sleutel) => Some(self.known_team(Some(sleutel), plek.kolom("team"))?),
            None => None,
        };
        let (functie, achtergrond) = (it.functie, it.achtergrond);
        Some(Aanstelling { functie, achtergrond, werkgever, verbonden_aan, team })
    }

    fn mandaten(&mut self) {
        let u = self.u;
        for row in &u.mandaten {
            let it = &row.rij;
            let Some(id) = self.sleutels.mandaat(&it.sleutel) else { continue };
            let (functie, voor, tot, geldig) = (it.functie, it.voor, it.tot, it.geldig);
            let event = E::MandaatVerleend(Mandaat { id, functie, voor, tot, geldig });
            self.vraag_register(geldig.van(), event, u.plek("mandaten", row.regel));
        }
    }

    fn pilots(&mut self) {
        let u = self.u;
        for row in &u.pilots {
            let it = &row.rij;
            let plek = Plek { tabel: "pilots", regel: row.regel, kolom: "wijken" };
            let Some(id) = self.sleutels.pilot(&it.sleutel) else { continue };
            let wijken = it.wijken.iter().filter_map(|it| self.known_wijk(it, plek)).collect();
            let pilot = Pilot { id, soort: it.soort, wijken, geldig: it.geldig };
            let event = E::PilotGestart(pilot);
            self.vraag_register(it.geldig.van(), event, u.plek("pilots", row.regel));
        }
        for row in &u.reeksbreuken {
            let event = E::ReeksbreukGemarkeerd(row.rij);
            self.vraag_register(row.rij.op, event, u.plek("reeksbreuken", row.regel));
        }
    }

    fn known_wijk(&mut self, sleutel: &str, plek: Plek) -> Option<WijkId> {
        let found = self.sleutels.wijk(sleutel);
        self.known(found, "wijk", sleutel, plek)
    }

    pub(super) fn known_team(&mut self, sleutel: Option<&str>, plek: Plek) -> Option<TeamId> {
        let sleutel = sleutel?;
        let found = self.sleutels.team(sleutel);
        self.known(found, "team", sleutel, plek)
    }

    pub(super) fn known_aanbieder(&mut self, sleutel: &str, plek: Plek) -> Option<AanbiederId> {
        let found = self.sleutels.aanbieder(sleutel);
        self.known(found, "aanbieder", sleutel, plek)
    }

    fn known<T>(&mut self, found: Option<T>, what: &str, key: &str, plek: Plek) -> Option<T> {
        if found.is_none() {
            let text =
                format!("{what} ‘{key}’ staat niet in de uitwisseling en niet in het register");
            self.fout(plek, "verwijzing", text);
        }
        found
    }
}

/// A period that ends at the latest on the day before the next one starts.
fn until_next(geldig: Periode, next: Option<Date>) -> Periode {
    let Some(next) = next.filter(|it| *it <= geldig.einde()) else { return geldig };
    geldig.met_einde(Some(next.saturating_sub(1.day()))).unwrap_or(geldig)
}
