//! What is to be done about messages: rejections, and what should come from whom by when.

use std::collections::{BTreeSet, HashMap, HashSet};

use domain::{
    ClientId, Dossier, State, ToewijzingNummer,
    levering::{Levering, StopReden},
    termijn::plus_werkdagen,
    toewijzing::Toewijzing,
};
use jiff::{ToSpan, civil::Date};
use messages::iwmo::{
    Berichtsoort, codelijst,
    keten::{Partijen, Verwachting, Watverwacht},
};

use crate::boek::{Boek, Herkomst};

/// How far ahead a start or stop is asked after.
const VOORUIT_DAGEN: i32 = 31;

/// How long after its end a start or stop of an allocation is still asked after, where no message
/// told of it: an older history may never have known.
const TERUG_DAGEN: i32 = 92;

/// Everything that is to be done about messages.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Werkvoorraad {
    /// What was rejected and not sent again since, newest first.
    pub afkeuringen: Vec<Afgekeurd>,
    /// What is still to come, the most urgent first.
    pub verwachtingen: Vec<Verwacht>,
}

/// A rejection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Afgekeurd {
    /// About whom the message is.
    pub clienten: BTreeSet<ClientId>,
    /// The allocations that it names.
    pub toewijzingen: Vec<ToewijzingNummer>,
    /// Between whom it went.
    pub partijen: Partijen,
    /// Which kind of message was rejected.
    pub soort: Berichtsoort,
    /// Its key.
    pub identificatie: Box<str>,
    /// Whether it was ours; else it was the provider's and we rejected it.
    pub van_ons: bool,
    /// The day of the rejection.
    pub sinds: Date,
    /// The class that carries the code.
    pub klasse: &'static str,
    /// The return code.
    pub code: &'static str,
    /// What it means, in Dutch.
    pub betekenis: &'static str,
    /// What to do about it, in Dutch; empty where nothing.
    pub advies: &'static str,
}

/// Something that is to come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verwacht {
    /// About whom.
    pub clienten: BTreeSet<ClientId>,
    /// The allocation, if it is about one.
    pub toewijzing: Option<ToewijzingNummer>,
    /// Whether it is to come from us; else from the provider.
    pub van_ons: bool,
    /// What, between whom, and by when.
    pub verwachting: Verwachting,
}

impl Boek {
    /// Everything that is to be done about messages on this day.
    pub fn werkvoorraad(&self, state: &State, vandaag: Date) -> Werkvoorraad {
        let mut afkeuringen = self.afgekeurd();
        afkeuringen.extend(self.afgewezen_prestaties(state));
        afkeuringen.sort_by_key(|it| std::cmp::Reverse(it.sinds));
        let mut verwachtingen: Vec<Verwacht> =
            self.keten().verwachtingen().into_iter().filter_map(|it| self.verwacht(it)).collect();
        self.add_levering(state, vandaag, &mut verwachtingen);
        verwachtingen.sort_by_key(|it| (it.verwachting.uiterlijk, it.toewijzing));
        Werkvoorraad { afkeuringen, verwachtingen }
    }

    /// Rejected messages other than bills, unless something of the kind went after it.
    fn afgekeurd(&self) -> Vec<Afgekeurd> {
        let newest = self.newest();
        let mut found = Vec::new();
        for it in self.keten().afkeuringen() {
            let bericht = it.bericht;
            let (Some(herkomst), Some(retour)) =
                (self.herkomst.get(&bericht.nummer), &bericht.retour)
            else {
                continue;
            };
            let later = |key| newest.get(&key).is_some_and(|it| *it > bericht.nummer);
            let of_bill = bericht.soort == Berichtsoort::Wmo323;
            if of_bill || keys(bericht.soort, &bericht.partijen, herkomst).into_iter().all(later) {
                continue;
            }
            found.push(Afgekeurd {
                clienten: herkomst.clienten.clone(),
                toewijzingen: herkomst.toewijzingen.clone(),
                partijen: bericht.partijen.clone(),
                soort: bericht.soort,
                identificatie: bericht.identificatie.clone(),
                van_ons: bericht.soort.van_gemeente(),
                sinds: retour.op,
                klasse: it.klasse,
                code: it.code,
                betekenis: it.betekenis,
                advies: it.advies,
            });
        }
        found
    }

    /// Of bills each line that was rejected, with the client of its own allocation.
    fn afgewezen_prestaties(&self, state: &State) -> Vec<Afgekeurd> {
        let mut found = Vec::new();
        for it in &self.afgewezen {
            let Some(bericht) = self.keten().berichten().get(it.bericht) else { continue };
            let client = it.toewijzing.and_then(|it| state.client_van_toewijzing(it));
            let all = || self.herkomst.get(&it.bericht).map(|it| it.clienten.clone());
            let known = codelijst::retourcode(it.code);
            found.push(Afgekeurd {
                clienten: client.map_or_else(|| all().unwrap_or_default(), |it| [it].into()),
                toewijzingen: it.toewijzing.into_iter().collect(),
                partijen: bericht.partijen.clone(),
                soort: bericht.soort,
                identificatie: bericht.identificatie.clone(),
                van_ons: false,
                sinds: it.op,
                klasse: it.klasse,
                code: it.code,
                betekenis: known.map_or("onbekende code", |it| it.betekenis),
                advies: known.map_or("", |it| it.advies),
            });
        }
        found
    }

    /// The place of the newest message per key.
    fn newest(&self) -> HashMap<Sleutel<'_>, usize> {
        let mut newest = HashMap::new();
        for bericht in self.keten().berichten() {
            let Some(herkomst) = self.herkomst.get(&bericht.nummer) else { continue };
            for key in keys(bericht.soort, &bericht.partijen, herkomst) {
                newest.insert(key, bericht.nummer);
            }
        }
        newest
    }

    /// Of what messages let expect: returns on what left from here, and answers to requests. A
    /// return of ours is made when the message is taken in; delivery is known from the dossiers.
    fn verwacht(&self, verwachting: Verwachting) -> Option<Verwacht> {
        let herkomst = self.herkomst.get(&verwachting.bericht?)?;
        let van_ons = match &verwachting.wat {
            Watverwacht::Retour { .. } if herkomst.verzonden => false,
            Watverwacht::Antwoord { .. } => true,
            _ => return None,
        };
        let clienten = herkomst.clienten.clone();
        let one = match herkomst.toewijzingen.as_slice() {
            [one] => Some(*one),
            _ => None,
        };
        Some(Verwacht { clienten, toewijzing: one, van_ons, verwachting })
    }

    /// Starts and stops, from the dossiers: they are right wherever the report came from.
    fn add_levering(&self, state: &State, vandaag: Date, found: &mut Vec<Verwacht>) {
        let Some(gemeente) = state.register.gemeente.as_ref() else { return };
        let gemeente: Box<str> = gemeente.code.as_str().into();
        let never_sent = self.never_sent();
        let dossiers = state.dossiers.values();
        for (dossier, it) in dossiers.flat_map(|it| it.toewijzingen.iter().map(move |t| (it, t))) {
            let aanbieder = state.register.aanbieders.get(&it.opdracht.aanbieder);
            let Some(agb) = aanbieder.and_then(|it| it.agb) else { continue };
            if !it.telt() || never_sent.contains(&it.nummer) {
                continue;
            }
            let partijen = Partijen { gemeente: gemeente.clone(), aanbieder: agb.as_str().into() };
            found.extend(self.levering_van(dossier, it, partijen, vandaag));
        }
    }

    /// The allocations that were only ever in messages that came back rejected.
    fn never_sent(&self) -> HashSet<ToewijzingNummer> {
        let rejected = self.keten().berichten().iter().filter(|it| {
            let aangenomen = it.retour.as_ref().is_none_or(|it| it.aangenomen);
            it.soort == Berichtsoort::Wmo301 && !aangenomen
        });
        let numbers = rejected.filter_map(|it| {
            let herkomst = self.herkomst.get(&it.nummer)?;
            Some(herkomst.toewijzingen.iter().map(|nummer| (*nummer, &*it.partijen.gemeente)))
        });
        let unknown = numbers
            .flatten()
            .filter(|(nummer, gemeente)| self.keten().toewijzing(gemeente, nummer.0).is_none());
        unknown.map(|(nummer, _)| nummer).collect()
    }

    fn levering_van(
        &self,
        dossier: &Dossier,
        it: &Toewijzing,
        partijen: Partijen,
        vandaag: Date,
    ) -> Option<Verwacht> {
        let geldig = it.opdracht.geldig;
        let told = self.keten().toewijzing(&partijen.gemeente, it.nummer.0);
        let bericht = told.and_then(|it| self.keten().bericht_van_versie(it));
        let horizon = vandaag.saturating_add(VOORUIT_DAGEN.days());
        let too_old = vandaag.saturating_sub(TERUG_DAGEN.days());
        if told.is_none() && geldig.tot_en_met().is_some_and(|it| it < too_old) {
            return None;
        }
        // An allocation in hindsight was only known from the day it was sent.
        let sent = bericht.map_or(it.toegewezen_op, |it| it.dagtekening);
        let toewijzing = it.nummer.0;
        let (wat, from) = match (&it.levering, geldig.tot_en_met()) {
            (Levering::NietGestart, _) => {
                (Watverwacht::Start { toewijzing }, sent.max(geldig.van()))
            }
            (Levering::Gestart { .. }, Some(end)) => (Watverwacht::Stop { toewijzing }, end),
            (Levering::Gestopt { perioden }, Some(end)) => {
                let last = perioden.last()?;
                (last.reden == StopReden::Tijdelijk).then_some(())?;
                (Watverwacht::Stop { toewijzing }, end)
            }
            _ => return None,
        };
        if from > horizon {
            return None;
        }
        let uiterlijk = plus_werkdagen(from, 5);
        let verwachting = Verwachting { wat, partijen, uiterlijk, bericht: None };
        let clienten = [dossier.client].into();
        Some(Verwacht { clienten, toewijzing: Some(it.nummer), van_ons: false, verwachting })
    }
}

/// What a message is about, so that a later one can take its place: a message with the whole state
/// takes the place of any, a report that of one about the same allocation.
type Sleutel<'a> = (Berichtsoort, &'a Partijen, Option<ClientId>, Option<ToewijzingNummer>);

fn keys<'a>(soort: Berichtsoort, partijen: &'a Partijen, herkomst: &Herkomst) -> Vec<Sleutel<'a>> {
    let report = matches!(soort, Berichtsoort::Wmo305 | Berichtsoort::Wmo307);
    let numbers: Vec<Option<ToewijzingNummer>> = match herkomst.toewijzingen.as_slice() {
        some if report && !some.is_empty() => some.iter().copied().map(Some).collect(),
        _ => vec![None],
    };
    let mut keys = Vec::new();
    for client in &herkomst.clienten {
        keys.extend(numbers.iter().map(|it| (soort, partijen, Some(*client), *it)));
    }
    keys
}
