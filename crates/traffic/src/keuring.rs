//! The rules over messages that come in, against the messages and dossiers that are there.

use std::collections::{BTreeSet, HashMap, HashSet};

use domain::{Bsn, ClientId, Gemeentecode, Kenmerk, State};
use messages::{
    Problem,
    iwmo::{
        Beoordeling, Bericht, Vertaling, Weigering, beoordeel,
        keten::{Bekend, Keten},
        regel::{Bevinding, Omgeving},
    },
};
use store::{Live, StoreError};

use crate::Moment;

/// A message that was read.
pub(crate) struct Gelezen<'a> {
    pub(crate) bericht: Bericht,
    /// Whether its form is right; with errors of form the rules are not tried.
    pub(crate) formed: bool,
    pub(crate) bytes: &'a [u8],
}

/// A message in the order in which all came.
enum Plaats<'a> {
    /// One that came before and is not offered again.
    Eerder(&'a Bericht),
    /// One of those that are offered now, by the name of its file.
    Nu(&'a str),
}

/// Lists what the rules find, and leaves of the messages what the standard accepts.
///
/// A message that is kept already is judged in the place where it came; the others after those.
pub(crate) async fn keur(
    live: &Live,
    berichten: Vec<Vertaling>,
    gelezen: &HashMap<&str, Gelezen<'_>>,
    clients: &HashMap<Bsn, ClientId>,
    (moment, problems): (&Moment, &mut Vec<Problem>),
) -> Result<Vec<Vertaling>, StoreError> {
    let about: BTreeSet<ClientId> = clients.values().copied().collect();
    let mut kept = Vec::new();
    for it in live.store().kept_messages(&about).await? {
        let (bericht, _) = messages::iwmo::bericht::lees(&it.message.name, &it.message.bytes);
        kept.extend(bericht.map(|bericht| (bericht, it.message.bytes)));
    }
    let offered: HashMap<&[u8], &str> = berichten
        .iter()
        .filter_map(|it| Some((gelezen.get(it.file.as_str())?.bytes, it.file.as_str())))
        .collect();
    let mut order: Vec<Plaats<'_>> = kept
        .iter()
        .map(|(bericht, bytes)| match offered.get(bytes.as_slice()) {
            Some(name) => Plaats::Nu(name),
            None => Plaats::Eerder(bericht),
        })
        .collect();
    let placed: HashSet<&str> = order.iter().filter_map(Plaats::naam).collect();
    let new: Vec<&str> =
        berichten.iter().map(|it| &*it.file).filter(|it| !placed.contains(it)).collect();
    order.extend(new.into_iter().map(Plaats::Nu));
    let gemeente = berichten.first().map(|it| it.partijen.gemeente);
    let judged = live.with(|world| {
        let register = &world.state.register;
        // A register without products has no tariffs to hold a bill against either.
        let known = (!register.producten.is_empty()).then_some(register);
        let omgeving = Omgeving { vandaag: moment.vandaag, register: known };
        judge(&world.state, (gemeente, &omgeving), &order, gelezen, clients)
    });
    let mut refused: HashMap<String, Weigering> = HashMap::new();
    for (name, it) in judged {
        problems.extend(it.bevindingen.iter().map(|it| problem(name, it)));
        refused.insert(name.to_owned(), it.weigering);
    }
    let left = |it: Vertaling| match refused.get(&it.file) {
        Some(weigering) => weigering.laat_over(it),
        None => Some(it),
    };
    Ok(berichten.into_iter().filter_map(left).collect())
}

impl<'a> Plaats<'a> {
    fn naam(&self) -> Option<&'a str> {
        match self {
            Plaats::Eerder(_) => None,
            Plaats::Nu(name) => Some(name),
        }
    }
}

fn judge<'a>(
    state: &State,
    (gemeente, omgeving): (Option<Gemeentecode>, &Omgeving<'_>),
    order: &[Plaats<'a>],
    gelezen: &HashMap<&str, Gelezen<'_>>,
    clients: &HashMap<Bsn, ClientId>,
) -> Vec<(&'a str, Beoordeling)> {
    let register = &state.register;
    let gemeente = register.gemeente.as_ref().map(|it| it.code).or(gemeente);
    let dossiers: Vec<Bekend<'_>> = clients
        .iter()
        .filter_map(|(bsn, client)| {
            let (gemeente, dossier) = (gemeente?, state.dossiers.get(client)?);
            Some(Bekend { gemeente, bsn: *bsn, dossier, register })
        })
        .collect();
    let granted: HashSet<Kenmerk> =
        dossiers.iter().flat_map(|it| &it.dossier.prestaties).map(|it| it.referentie).collect();
    let all = order.iter().filter_map(|it| match it {
        Plaats::Eerder(bericht) => Some(*bericht),
        Plaats::Nu(name) => gelezen.get(name).map(|it| &it.bericht),
    });
    let mut keten = Keten::begin(all, dossiers);
    let mut judged = Vec::new();
    for it in order {
        match it {
            Plaats::Eerder(bericht) => {
                keten.volg(bericht);
                keten.beslis(bericht, |_, key| granted.contains(&key));
            }
            Plaats::Nu(name) => match gelezen.get(name) {
                Some(it) if it.formed => {
                    judged.push((*name, beoordeel(&mut keten, &it.bericht, omgeving)));
                }
                Some(it) => {
                    keten.volg(&it.bericht);
                    keten.beslis(&it.bericht, |_, _| true);
                }
                None => {}
            },
        }
    }
    judged
}

/// A finding for the account of the import, with the return code that goes with it.
fn problem(name: &str, it: &Bevinding) -> Problem {
    let mut problem = it.problem(name);
    if let Some(code) = it.retourcode() {
        problem.text.push_str(&format!(" (retourcode {code})"));
    }
    problem
}
