//! The form in which events are written, and every form in which they ever were.
//!
//! `domain` types are not serialisable: the forms here are the store's own, so that a change in the
//! domain cannot change what lies on disk. Each conversion names every field and variant, both
//! ways; a new one in `domain` does not compile until it is given a form here.
//!
//! A variant or optional field may be added to the newest version as long as what was written
//! before still reads the same. Any other change makes a new version: copy `v1` to `v2`, change it
//! there, raise [`FORMAT`], let [`write()`] use it, add its arm to [`read()`], and commit the golden
//! file that its test asks for. `v1` and `golden/v1.jsonl` stay as they are, for ever.

pub(crate) mod v1;

use std::borrow::Cow;

use domain::{Actor, Event, Stream};

/// The version that is written.
pub const FORMAT: u16 = 1;

/// An actor and an event in their stored form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The stable Dutch name of what happened.
    pub kind: String,
    /// Who did it, as JSON.
    pub actor: String,
    /// What happened, as JSON.
    pub payload: String,
}

/// The stored form, in the newest version.
pub fn write(actor: &Actor, event: &Event) -> Written {
    v1::write(actor, event)
}

/// Reads what was written in any version; the error says in Dutch what is wrong.
pub fn read(
    format: i64,
    stream: Stream,
    written: &Written,
) -> Result<(Actor, Event), Cow<'static, str>> {
    match format {
        1 => v1::read(stream, written),
        _ => Err(format!("formaat {format} is onbekend; deze versie kent 1 t/m {FORMAT}").into()),
    }
}
