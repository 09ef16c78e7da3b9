//! Persons: sealed under a key per client, found by a blind index on the BSN.

use std::{collections::HashMap, sync::Arc};

use domain::{Bsn, ClientId, persoon::Persoonsgegevens};
use jiff::civil::Date;
use rayon::prelude::*;

use crate::{
    Store, StoreError,
    chain::client_key,
    crypt::{Keys, SealKey},
    database::{Row, Tx, Value},
    person_shape,
};

/// How many persons are opened at a time.
const PAGE: usize = 2_000;

/// What is known of who a client is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Person {
    /// Known.
    Known(Persoonsgegevens),
    /// The key was destroyed: nobody can read it any more.
    Erased,
    /// Never written down.
    Unknown,
}

impl Store {
    /// Writes down who a client is, in place of what was known.
    pub async fn put_person(
        &self,
        client: ClientId,
        person: &Persoonsgegevens,
    ) -> Result<(), StoreError> {
        let mut tx = self.database.write().await?;
        put(&mut tx, &self.keys, client, person).await?;
        Ok(tx.commit().await?)
    }

    /// Writes down many in one transaction: all or none.
    pub async fn put_persons(
        &self,
        persons: &[(ClientId, Persoonsgegevens)],
    ) -> Result<(), StoreError> {
        let mut tx = self.database.write().await?;
        for (client, person) in persons {
            put(&mut tx, &self.keys, *client, person).await?;
        }
        Ok(tx.commit().await?)
    }

    /// Who a client is.
    pub async fn person(&self, client: ClientId) -> Result<Person, StoreError> {
        let found = self.persons(&[client]).await?;
        Ok(found.into_values().next().unwrap_or(Person::Unknown))
    }

    /// Who these clients are; each gets an answer.
    pub async fn persons(
        &self,
        clients: &[ClientId],
    ) -> Result<HashMap<ClientId, Person>, StoreError> {
        let mut found: HashMap<ClientId, Person> =
            clients.iter().map(|it| (*it, Person::Unknown)).collect();
        for some in clients.chunks(PAGE) {
            let values = some.iter().map(|it| client_key(*it).into()).collect();
            let select = "SELECT s.client, s.verpakt, p.verzegeld FROM sleutel s \
                          LEFT JOIN persoon p ON p.client = s.client WHERE s.client IN";
            let rows = self.database.rows_in(select, values).await?;
            found.extend(open_all(&self.keys, rows).await?);
        }
        Ok(found)
    }

    /// The client with this BSN.
    pub async fn find_bsn(&self, bsn: Bsn) -> Result<Option<ClientId>, StoreError> {
        let index = self.keys.blind("bsn", bsn.as_str().as_bytes());
        let sql = "SELECT client FROM persoon WHERE bsn_index = $1";
        let row = self.database.row(sql, vec![index.into()]).await?;
        Ok(row.map(|it| it.int(0)).transpose()?.map(from_key))
    }

    /// The persons whose surname holds every word, and who were born on the day (dd-mm-jjjj), if
    /// the text names one; whatever their case. Opens every person until enough are found.
    pub async fn search_persons(
        &self,
        text: &str,
        at_most: usize,
    ) -> Result<Vec<(ClientId, Persoonsgegevens)>, StoreError> {
        let sought = Sought::new(text);
        let mut found = Vec::new();
        let mut after = i64::MIN;
        while !sought.is_empty() && found.len() < at_most {
            let sql = "SELECT s.client, s.verpakt, p.verzegeld FROM persoon p \
                       JOIN sleutel s ON s.client = p.client \
                       WHERE p.client > $1 ORDER BY p.client LIMIT $2";
            let limit = i64::try_from(PAGE).unwrap_or(i64::MAX);
            let rows = self.database.rows(sql, vec![after.into(), limit.into()]).await?;
            let Some(last) = rows.last() else { break };
            after = last.int(0)?;
            let mut opened = open_all(&self.keys, rows).await?;
            opened.sort_by_key(|(client, _)| client_key(*client));
            found.extend(opened.into_iter().filter_map(|(client, person)| match person {
                Person::Known(person) if sought.fits(&person) => Some((client, person)),
                _ => None,
            }));
        }
        found.truncate(at_most);
        Ok(found)
    }
}

/// What is looked for: words of a surname, a day of birth, or both.
struct Sought {
    words: Vec<String>,
    born: Option<Date>,
}

impl Sought {
    fn new(text: &str) -> Sought {
        let mut sought = Sought { words: Vec::new(), born: None };
        for word in text.split_whitespace() {
            match Date::strptime("%d-%m-%Y", word) {
                Ok(day) => sought.born = Some(day),
                Err(_) => sought.words.push(word.to_lowercase()),
            }
        }
        sought
    }

    fn is_empty(&self) -> bool {
        self.words.is_empty() && self.born.is_none()
    }

    fn fits(&self, person: &Persoonsgegevens) -> bool {
        let name = format!("{} {}", person.voorvoegsel, person.achternaam).to_lowercase();
        let born = self.born.is_none_or(|day| person.geboortedatum == Some(day));
        born && self.words.iter().all(|word| name.contains(word))
    }
}

/// The data key of a client, made when there is none; refuses when the client was erased.
pub(crate) async fn data_key(
    tx: &mut Tx,
    keys: &Keys,
    client: ClientId,
) -> Result<SealKey, StoreError> {
    let owner = client.0.to_string();
    let sql = "SELECT verpakt FROM sleutel WHERE client = $1";
    match tx.row(sql, vec![client_key(client).into()]).await? {
        Some(row) => match row.maybe_bytes(0)? {
            Some(wrapped) => keys.unwrap_data_key(&owner, &wrapped),
            None => Err(StoreError::Erased(client)),
        },
        None => {
            let (key, wrapped) = keys.new_data_key(&owner)?;
            let sql = "INSERT INTO sleutel (client, verpakt) VALUES ($1, $2)";
            tx.execute(sql, vec![client_key(client).into(), wrapped.into()]).await?;
            Ok(key)
        }
    }
}

/// The client with this stored key.
pub(crate) fn from_key(key: i64) -> ClientId {
    ClientId(key.cast_unsigned())
}

async fn put(
    tx: &mut Tx,
    keys: &Keys,
    client: ClientId,
    person: &Persoonsgegevens,
) -> Result<(), StoreError> {
    let key = data_key(tx, keys, client).await?;
    let index = person.bsn.map(|it| keys.blind("bsn", it.as_str().as_bytes()));
    if let Some(index) = &index {
        let sql = "SELECT client FROM persoon WHERE bsn_index = $1 AND client <> $2";
        let values = vec![index.clone().into(), client_key(client).into()];
        if let Some(other) = tx.row(sql, values).await? {
            return Err(StoreError::BsnInUse(from_key(other.int(0)?)));
        }
    }
    let sealed =
        key.seal(&place(client).each_ref().map(|it| &**it), &person_shape::write(person))?;
    let sql = "INSERT INTO persoon (client, bsn_index, verzegeld) VALUES ($1, $2, $3) \
               ON CONFLICT (client) DO UPDATE \
               SET bsn_index = excluded.bsn_index, verzegeld = excluded.verzegeld";
    let values = vec![client_key(client).into(), Value::Bytes(index), sealed.into()];
    tx.execute(sql, values).await?;
    Ok(())
}

fn place(client: ClientId) -> [String; 3] {
    ["persoon".to_owned(), client.0.to_string(), "gegevens".to_owned()]
}

/// Opens rows of client, wrapped key and sealed person, on all cores.
async fn open_all(keys: &Arc<Keys>, rows: Vec<Row>) -> Result<Vec<(ClientId, Person)>, StoreError> {
    let keys = Arc::clone(keys);
    tokio::task::spawn_blocking(move || rows.par_iter().map(|it| open(&keys, it)).collect()).await?
}

fn open(keys: &Keys, row: &Row) -> Result<(ClientId, Person), StoreError> {
    let client = from_key(row.int(0)?);
    let person = match (row.maybe_bytes(1)?, row.maybe_bytes(2)?) {
        (None, _) => Person::Erased,
        (Some(_), None) => Person::Unknown,
        (Some(wrapped), Some(sealed)) => {
            let key = keys.unwrap_data_key(&client.0.to_string(), &wrapped)?;
            let place = place(client);
            let place = place.each_ref().map(|it| &**it);
            let plain = key.open(&place, &sealed, "een persoonsgegeven")?;
            Person::Known(person_shape::read(&plain)?)
        }
    };
    Ok((client, person))
}
