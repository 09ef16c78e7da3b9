//! What can be checked between tables without knowing the register: double keys and references.

use std::{
    collections::{HashMap, HashSet},
    hash::Hash,
    mem::take,
};

use super::{Uitwisseling, lezer::Gelezen};
use crate::Problem;

/// Leaves out double rows and rows about a client or case that is not there, and says so.
pub(super) fn controleer(it: &mut Uitwisseling) {
    doubles_in_register(it);
    doubles_in_dossiers(it);
    references(it);
}

/// A table and one of its columns.
type Kolom = (&'static str, &'static str);

/// The rows of a table.
type Rijen<T> = fn(&mut Uitwisseling) -> &mut Vec<Gelezen<T>>;

fn doubles_in_register(it: &mut Uitwisseling) {
    unique(it, ("wijken", "wijk"), |it| &mut it.wijken, |row| row.sleutel.clone());
    unique(it, ("teams", "team"), |it| &mut it.teams, |row| row.sleutel.clone());
    unique(it, ("aanbieders", "aanbieder"), |it| &mut it.aanbieders, |row| row.sleutel.clone());
    unique(it, ("contracten", "contract"), |it| &mut it.contracten, |row| row.sleutel.clone());
    unique(it, ("producten", "product"), |it| &mut it.producten, |row| row.code);
    unique(it, ("mandaten", "mandaat"), |it| &mut it.mandaten, |row| row.sleutel.clone());
    unique(
        it,
        ("tarieven", "van"),
        |it| &mut it.tarieven,
        |row| (row.aanbieder.clone(), row.product, row.geldig.van()),
    );
    unique(
        it,
        ("medewerkers", "van"),
        |it| &mut it.medewerkers,
        |row| (row.medewerker.clone(), row.geldig.van()),
    );
    unique(
        it,
        ("inwoners", "wijk"),
        |it| &mut it.inwoners,
        |row| (row.wijk.clone(), row.jaar, row.groep),
    );
}

fn doubles_in_dossiers(it: &mut Uitwisseling) {
    unique(it, ("clienten", "client"), |it| &mut it.clienten, |row| row.client.clone());
    unique(
        it,
        ("clienten", "bsn"),
        |it| &mut it.clienten,
        |row| row.persoon.bsn.ok_or(row.client.clone()),
    );
    unique(
        it,
        ("clientgegevens", "vanaf"),
        |it| &mut it.clientgegevens,
        |row| (row.client.clone(), row.vanaf),
    );
    unique(it, ("zaken", "zaak"), |it| &mut it.zaken, |row| row.zaak);
    unique(
        it,
        ("voorzieningen", "voorziening"),
        |it| &mut it.voorzieningen,
        |row| row.sleutel.clone(),
    );
    unique(it, ("toewijzingen", "toewijzing"), |it| &mut it.toewijzingen, |row| row.nummer);
    unique(it, ("declaraties", "declaratie"), |it| &mut it.declaraties, |row| row.sleutel.clone());
}

fn references(it: &mut Uitwisseling) {
    if it.gelezen.contains_key("clienten") {
        let known: HashSet<String> = it.clienten.iter().map(|row| row.rij.client.clone()).collect();
        let there = ("de cliënt", "clienten", &known);
        exist(it, ("clientgegevens", "client"), there, |it| &mut it.clientgegevens, |r| &r.client);
        exist(it, ("zaken", "client"), there, |it| &mut it.zaken, |row| &row.client);
        exist(it, ("voorzieningen", "client"), there, |it| &mut it.voorzieningen, |r| &r.client);
        exist(it, ("toewijzingen", "client"), there, |it| &mut it.toewijzingen, |r| &r.client);
    }
    let known: HashSet<String> = it.zaken.iter().map(|row| row.rij.sleutel.clone()).collect();
    let there = ("de zaak", "zaken", &known);
    exist(it, ("besluiten", "zaak"), there, |it| &mut it.besluiten, |row| &row.zaak);
    exist(it, ("opschortingen", "zaak"), there, |it| &mut it.opschortingen, |row| &row.zaak);
}

/// Keeps the first row of each key.
fn unique<T, K: Hash + Eq>(
    it: &mut Uitwisseling,
    at: Kolom,
    rijen: Rijen<T>,
    key: impl Fn(&T) -> K,
) {
    let mut rows = take(rijen(it));
    let mut seen: HashMap<K, u64> = HashMap::with_capacity(rows.len());
    rows.retain(|row| match seen.get(&key(&row.rij)) {
        None => {
            seen.insert(key(&row.rij), row.regel);
            true
        }
        Some(first) => {
            let text = format!("dit staat ook al op regel {first}; de eerste rij is gelezen");
            wrong(it, at, row.regel, "dubbel", text);
            false
        }
    });
    *rijen(it) = rows;
}

/// Keeps the rows that refer to something known in another table.
fn exist<T>(
    it: &mut Uitwisseling,
    at: Kolom,
    (what, other, known): (&str, &str, &HashSet<String>),
    rijen: Rijen<T>,
    key: fn(&T) -> &String,
) {
    let mut rows = take(rijen(it));
    rows.retain(|row| {
        let found = known.contains(key(&row.rij));
        if !found {
            let file = match it.bestand(other) {
                "" => format!("de tabel {other}, die ontbreekt"),
                file => file.to_owned(),
            };
            // The key of a client may be a BSN and is not repeated.
            let text = format!("{what} van deze rij staat niet in {file}");
            wrong(it, at, row.regel, "verwijzing", text);
        }
        found
    });
    *rijen(it) = rows;
}

fn wrong(it: &mut Uitwisseling, at: Kolom, regel: u64, code: &'static str, text: String) {
    let (tabel, kolom) = at;
    let problem = Problem::fout(it.bestand(tabel), code, text).on_line(regel);
    let problem = problem.in_column(it.kop(tabel, kolom));
    it.problems.push(problem);
}
