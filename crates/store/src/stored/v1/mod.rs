//! The first form: JSON with the Dutch names of the domain.
//!
//! What happened is an object with one key, the kind, such as
//! `{"voorziening_vervallen":{"id":3}}`; the client is named by the stream, not by the contents.

#[macro_use]
mod shape;
mod actor;
mod dossier;
mod inrichting;
mod register;
mod stap;
mod values;

use std::borrow::Cow;

use domain::{Event, Stream};
use serde::{Serialize, de::DeserializeOwned};

use super::Written;
pub(crate) use actor::Actor;
pub(crate) use dossier::DossierEvent;
pub(crate) use register::RegisterEvent;
pub(crate) use shape::Shape;
pub(crate) use values::Dag;

pub(super) fn write(actor: &domain::Actor, event: &Event) -> Written {
    let payload = match event {
        Event::Register(event) => json(&RegisterEvent::store(event)),
        Event::Dossier(_, event) => json(&DossierEvent::store(event)),
    };
    let kind = kind_of(&payload).to_owned();
    Written { kind, actor: json(&Actor::store(actor)), payload }
}

pub(super) fn read(
    stream: Stream,
    written: &Written,
) -> Result<(domain::Actor, Event), Cow<'static, str>> {
    if kind_of(&written.payload) != written.kind {
        return Err("de soort past niet bij de inhoud".into());
    }
    let actor = parse::<Actor>(&written.actor)?.restore();
    let event = match stream {
        Stream::Register => Event::Register(parse::<RegisterEvent>(&written.payload)?.restore()),
        Stream::Dossier(client) => {
            Event::Dossier(client, parse::<DossierEvent>(&written.payload)?.restore())
        }
    };
    Ok((actor, event))
}

/// The one key of the object: what stands between the first two quotes.
fn kind_of(payload: &str) -> &str {
    payload.split('"').nth(1).unwrap_or_default()
}

fn json<T: Serialize>(value: &T) -> String {
    serde_json::to_string(value).expect("stored shapes have text keys and cannot fail to write")
}

fn parse<T: DeserializeOwned>(text: &str) -> Result<T, Cow<'static, str>> {
    serde_json::from_str(text).map_err(|error| format!("onbekende vorm: {error}").into())
}
