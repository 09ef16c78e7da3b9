//! The register: the municipality as it was on any day, and who may do what in it.

use std::collections::BTreeMap;

use jiff::{ToSpan, civil::Date};

use crate::{
    AanbiederId, AgbCode, AlgemeneVoorzieningId, Bedrag, ContractId, Eenheid, Hoedanigheid,
    Leeftijdsgroep, MandaatId, MedewerkerId, OverlegId, Periode, PilotId, Product, ProductCode,
    RegisterEvent, TeamId, WijkId,
    algemeen::AlgemeneVoorziening,
    briefgegevens::Briefgegevens,
    cta::Overleg,
    inrichting,
    instelling::Instellingen,
    kader::Kader,
    mandaat::Mandaat,
    medewerker::{Aanstelling, Medewerker},
    organisatie::{Aanbieder, Contract, Gemeente, Pilot, Reeksbreuk, Team, Wijk},
    scholing::{Scholing, Scholingseis},
    waarneming::Waarneming,
};

/// What is known of the municipality, with history.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Register {
    /// The municipality, once set.
    pub gemeente: Option<Gemeente>,
    /// The wijken.
    pub wijken: BTreeMap<WijkId, Wijk>,
    /// Inhabitants on 1 January per wijk, year and age group.
    pub inwoners: BTreeMap<(WijkId, i16, Leeftijdsgroep), u32>,
    /// The teams.
    pub teams: BTreeMap<TeamId, Team>,
    /// Which wijken a team serves, from each day on, oldest first.
    pub werkgebieden: BTreeMap<TeamId, Vec<(Date, Vec<WijkId>)>>,
    /// The staff.
    pub medewerkers: BTreeMap<MedewerkerId, Medewerker>,
    /// The mandates.
    pub mandaten: BTreeMap<MandaatId, Mandaat>,
    /// The providers.
    pub aanbieders: BTreeMap<AanbiederId, Aanbieder>,
    /// The contracts.
    pub contracten: BTreeMap<ContractId, Contract>,
    /// The products.
    pub producten: BTreeMap<ProductCode, Product>,
    /// The tariffs per provider and product, oldest first.
    pub tarieven: BTreeMap<(AanbiederId, ProductCode), Vec<Tarief>>,
    /// The general provisions.
    pub algemene_voorzieningen: BTreeMap<AlgemeneVoorzieningId, AlgemeneVoorziening>,
    /// Their waiting times in weeks, as measured, oldest first.
    pub wachttijden: BTreeMap<AlgemeneVoorzieningId, Vec<(Date, u16)>>,
    /// Their places, as counted, oldest first.
    pub capaciteit: BTreeMap<AlgemeneVoorzieningId, Vec<(Date, u32)>>,
    /// The municipality's choices.
    pub instellingen: Instellingen,
    /// The versions of the framework, each from the day on which it came into force, oldest first.
    pub kaders: Vec<(Date, Kader)>,
    /// What a team has to grant in a year.
    pub budgetten: BTreeMap<(TeamId, i16), Bedrag>,
    /// Who stands in for a function.
    pub waarnemingen: Vec<Waarneming>,
    /// The meetings of the CTA-overleg.
    pub overleggen: BTreeMap<OverlegId, Overleg>,
    /// Which members were there, per meeting of which a list was kept.
    pub presentie: BTreeMap<OverlegId, Vec<MedewerkerId>>,
    /// What functions have to be trained in.
    pub scholingseisen: Vec<Scholingseis>,
    /// The trainings that were followed, in order of recording.
    pub scholingen: Vec<Scholing>,
    /// What letters say about the municipality, from each day on, oldest first.
    pub briefgegevens: Vec<(Date, Briefgegevens)>,
    /// The pilots.
    pub pilots: BTreeMap<PilotId, Pilot>,
    /// The breaks in the series, oldest first.
    pub reeksbreuken: Vec<Reeksbreuk>,
}

/// The price of a unit of a product from a provider, during some time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Tarief {
    /// The provider.
    pub aanbieder: AanbiederId,
    /// The product.
    pub product: ProductCode,
    /// The unit that is priced.
    pub eenheid: Eenheid,
    /// The price of one unit.
    pub bedrag: Bedrag,
    /// When it holds.
    pub geldig: Periode,
}

impl Tarief {
    /// The price of one of another unit, where that can be told. iWmo TR341: minutes and hours.
    pub fn per_eenheid(&self, eenheid: Eenheid) -> Option<Bedrag> {
        match (self.eenheid, eenheid) {
            (own, asked) if own == asked => Some(self.bedrag),
            (Eenheid::Uur, Eenheid::Minuut) => Some(self.bedrag.times(1, 60)),
            (Eenheid::Minuut, Eenheid::Uur) => Some(self.bedrag.times(60, 1)),
            _ => None,
        }
    }
}

/// What was so on a day.
impl Register {
    /// The appointment somebody held.
    pub fn aanstelling(&self, medewerker: MedewerkerId, op: Date) -> Option<&Aanstelling> {
        let held = &self.medewerkers.get(&medewerker)?.aanstellingen;
        held.iter().rev().find(|(geldig, _)| geldig.bevat(op)).map(|(_, it)| it)
    }

    /// The capacity in which somebody acted.
    pub fn hoedanigheid(&self, medewerker: MedewerkerId, op: Date) -> Option<Hoedanigheid> {
        self.aanstelling(medewerker, op).map(|it| it.hoedanigheid(medewerker))
    }

    /// The wijken a team served.
    pub fn werkgebied(&self, team: TeamId, op: Date) -> &[WijkId] {
        let areas = self.werkgebieden.get(&team).map_or(&[][..], Vec::as_slice);
        areas.iter().rev().find(|(sinds, _)| *sinds <= op).map_or(&[], |(_, it)| it)
    }

    /// The team that served a wijk.
    pub fn team_van_wijk(&self, wijk: WijkId, op: Date) -> Option<TeamId> {
        self.teams.keys().copied().find(|team| self.werkgebied(*team, op).contains(&wijk))
    }

    /// The tariff of a provider for a product.
    pub fn tarief(&self, aanbieder: AanbiederId, code: ProductCode, op: Date) -> Option<&Tarief> {
        let agreed = self.tarieven.get(&(aanbieder, code))?;
        agreed.iter().rev().find(|it| it.geldig.bevat(op))
    }

    /// Whether a provider was under contract.
    pub fn gecontracteerd(&self, aanbieder: AanbiederId, op: Date) -> bool {
        self.contracten.values().any(|it| it.aanbieder == aanbieder && it.geldig.bevat(op))
    }

    /// The provider with this AGB code.
    pub fn aanbieder_met_agb(&self, agb: AgbCode) -> Option<&Aanbieder> {
        self.aanbieders.values().find(|it| it.agb == Some(agb))
    }

    /// The mandates somebody in this capacity could use.
    pub fn mandaten_van(&self, wie: &Hoedanigheid, op: Date) -> impl Iterator<Item = &Mandaat> {
        self.mandaten.values().filter(move |it| it.geldt_voor(wie, op))
    }

    /// The version of the framework in force.
    pub fn kader_op(&self, op: Date) -> Option<&Kader> {
        self.kaders.iter().rev().find(|(sinds, _)| *sinds <= op).map(|(_, it)| it)
    }

    /// What a letter of this day says about the municipality.
    pub fn briefgegevens(&self, op: Date) -> Option<&Briefgegevens> {
        self.briefgegevens.iter().rev().find(|(sinds, _)| *sinds <= op).map(|(_, it)| it)
    }

    /// The capacities in which somebody may act: the appointment, then each substitution, once.
    pub fn hoedanigheden(&self, medewerker: MedewerkerId, op: Date) -> Vec<Hoedanigheid> {
        let Some(own) = self.hoedanigheid(medewerker, op) else { return Vec::new() };
        let mut all = vec![own];
        for it in self.waarnemingen.iter().filter(|it| it.geldt_voor(medewerker, op)) {
            if all.iter().all(|known| known.functie != it.functie) {
                all.push(Hoedanigheid { functie: it.functie, ..own });
            }
        }
        all
    }

    /// The places of a general provision, as last counted.
    pub fn plaatsen(&self, voorziening: AlgemeneVoorzieningId, op: Date) -> Option<u32> {
        let counted = self.capaciteit.get(&voorziening)?;
        counted.iter().rev().find(|(sinds, _)| *sinds <= op).map(|(_, it)| *it)
    }

    /// The pilot that ran in a wijk.
    pub fn pilot(&self, wijk: WijkId, op: Date) -> Option<&Pilot> {
        self.pilots.values().find(|it| it.geldig.bevat(op) && it.wijken.contains(&wijk))
    }

    /// The waiting time of a general provision, as last measured.
    pub fn wachttijd_weken(&self, voorziening: AlgemeneVoorzieningId, op: Date) -> Option<u16> {
        let measured = self.wachttijden.get(&voorziening)?;
        measured.iter().rev().find(|(sinds, _)| *sinds <= op).map(|(_, weken)| *weken)
    }

    /// The inhabitants of some wijken and age groups on 1 January; `None` when any is unknown.
    ///
    /// An empty list means all of them.
    pub fn inwoners(
        &self,
        wijken: &[WijkId],
        groepen: &[Leeftijdsgroep],
        jaar: i16,
    ) -> Option<u32> {
        let mut total = 0;
        for wijk in self.wijken.keys().filter(|it| wijken.is_empty() || wijken.contains(it)) {
            for groep in Leeftijdsgroep::ALLE {
                if groepen.is_empty() || groepen.contains(&groep) {
                    total += self.inwoners.get(&(*wijk, jaar, groep))?;
                }
            }
        }
        (!self.wijken.is_empty()).then_some(total)
    }
}

/// Folds what happened into what is known. Cannot fail.
impl Register {
    /// Folds in one event of this day.
    pub fn apply(&mut self, on: Date, event: &RegisterEvent) {
        use RegisterEvent as E;
        match event {
            E::GemeenteVastgesteld(it) => self.gemeente = Some(it.clone()),
            E::WijkVastgesteld(it) => put(&mut self.wijken, it.id, it),
            E::InwonersGeteld { wijk, jaar, groep, aantal } => {
                self.inwoners.insert((*wijk, *jaar, *groep), *aantal);
            }
            E::TeamIngesteld(it) => put(&mut self.teams, it.id, it),
            E::WerkgebiedVastgesteld { team, wijken } => {
                let areas = self.werkgebieden.entry(*team).or_default();
                insert_by_day(areas, on, wijken.clone());
            }
            E::MedewerkerAangesteld { medewerker, aanstelling } => {
                self.appoint(*medewerker, on, *aanstelling);
            }
            E::MedewerkerVertrokken { medewerker } => {
                if let Some(it) = self.medewerkers.get_mut(medewerker) {
                    end_appointments(&mut it.aanstellingen, on);
                }
            }
            E::MandaatVerleend(it) => put(&mut self.mandaten, it.id, it),
            E::MandaatIngetrokken { mandaat } => {
                if let Some(it) = self.mandaten.get_mut(mandaat) {
                    it.geldig = it.geldig.met_einde(Some(on)).unwrap_or(it.geldig);
                }
            }
            E::AanbiederVastgesteld(it) => put(&mut self.aanbieders, it.id, it),
            E::ContractGesloten(it) => put(&mut self.contracten, it.id, it),
            E::ContractBeeindigd { contract } => {
                if let Some(it) = self.contracten.get_mut(contract) {
                    it.geldig = it.geldig.met_einde(Some(on)).unwrap_or(it.geldig);
                }
            }
            E::ProductVastgesteld(it) => put(&mut self.producten, it.code, it),
            E::TariefVastgesteld(it) => self.agree(*it),
            E::AlgemeneVoorzieningIngesteld(it) => {
                put(&mut self.algemene_voorzieningen, it.id, it);
            }
            E::WachttijdGemeten { voorziening, weken } => {
                insert_by_day(self.wachttijden.entry(*voorziening).or_default(), on, *weken);
            }
            E::ToegangIngericht(it) => inrichting::apply(self, on, it),
            E::PilotGestart(it) => put(&mut self.pilots, it.id, it),
            E::ReeksbreukGemarkeerd(it) => {
                self.reeksbreuken.retain(|known| known.soort != it.soort);
                self.reeksbreuken.push(*it);
                self.reeksbreuken.sort();
            }
        }
    }

    /// The new appointment replaces the one of that day and ends with the next known one.
    fn appoint(&mut self, id: MedewerkerId, on: Date, aanstelling: Aanstelling) {
        let medewerker = self
            .medewerkers
            .entry(id)
            .or_insert_with(|| Medewerker { id, aanstellingen: Vec::new() });
        let held = &mut medewerker.aanstellingen;
        let next = held.iter().map(|(geldig, _)| geldig.van()).filter(|it| *it > on).min();
        held.retain(|(geldig, _)| geldig.van() != on);
        if let Some((geldig, _)) = held.iter_mut().find(|(geldig, _)| geldig.bevat(on)) {
            *geldig = geldig.met_einde(Some(day_before(on))).unwrap_or(*geldig);
        }
        let geldig = Periode::new(on, next.map(day_before)).unwrap_or(Periode::vanaf(on));
        held.push((geldig, aanstelling));
        held.sort_by_key(|(geldig, _)| geldig.van());
    }

    /// A new tariff cuts off the one that ran into it.
    fn agree(&mut self, tarief: Tarief) {
        let agreed = self.tarieven.entry((tarief.aanbieder, tarief.product)).or_default();
        let van = tarief.geldig.van();
        agreed.retain(|it| it.geldig.van() != van);
        if let Some(it) = agreed.iter_mut().find(|it| it.geldig.bevat(van)) {
            it.geldig = it.geldig.met_einde(Some(day_before(van))).unwrap_or(it.geldig);
        }
        agreed.push(tarief);
        agreed.sort_by_key(|it| it.geldig.van());
    }
}

pub(crate) fn put<K: Ord, V: Clone>(map: &mut BTreeMap<K, V>, key: K, value: &V) {
    map.insert(key, value.clone());
}

pub(crate) fn insert_by_day<T>(history: &mut Vec<(Date, T)>, on: Date, value: T) {
    history.retain(|(day, _)| *day != on);
    let at = history.partition_point(|(day, _)| *day < on);
    history.insert(at, (on, value));
}

fn end_appointments(held: &mut Vec<(Periode, Aanstelling)>, on: Date) {
    held.retain(|(geldig, _)| geldig.van() <= on);
    if let Some((geldig, _)) = held.last_mut()
        && geldig.einde() > on
    {
        *geldig = geldig.met_einde(Some(on)).unwrap_or(*geldig);
    }
}

fn day_before(day: Date) -> Date {
    day.saturating_sub(1.day())
}
