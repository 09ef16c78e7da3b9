//! `wijkpeil verify`: proves that the log is whole, or names the first entry that is not.

use std::process::ExitCode;

use anyhow::Context;
use store::Head;

use crate::{
    opdracht::Verify,
    plek::Plek,
    scherm::{aantal, println},
    voortgang,
};

/// Checks the chain, and that a head noted earlier is still in it.
pub(crate) async fn run(plek: &Plek, vraag: &Verify) -> anyhow::Result<ExitCode> {
    let store = plek.open_bestaand().await?;
    let bar = voortgang::balk("Keten controleren", store.head().await?.sequence);
    let outcome = match &vraag.stand {
        None => store.verify(&voortgang::volg(&bar)).await,
        Some(text) => {
            let stand = head(text).context(
                "de stand is een volgnummer, een dubbele punt en 64 hexadecimale tekens",
            )?;
            store.verify_against(&stand, &voortgang::volg(&bar)).await
        }
    };
    bar.finish_and_clear();
    let verified = outcome?;
    println(&format!("Het logboek is heel: {} gebeurtenissen.", aantal(verified.entries)));
    println(&format!("Stand: {}", in_woorden(&verified.head)));
    println("Bewaar deze stand elders; `verify --stand` toont dan ook een afgeknipt einde.");
    Ok(ExitCode::SUCCESS)
}

/// A head as it can be noted down: `1234:9f86...`.
fn in_woorden(head: &Head) -> String {
    let hash: String = head.hash.iter().map(|it| format!("{it:02x}")).collect();
    format!("{}:{hash}", head.sequence)
}

/// A head as it was noted down.
fn head(text: &str) -> Option<Head> {
    let (sequence, hex) = text.trim().split_once(':')?;
    let digits = hex.len() == 64 && hex.bytes().all(|it| it.is_ascii_hexdigit());
    let bytes: Option<Vec<u8>> = digits
        .then(|| (0..32).map(|at| u8::from_str_radix(&hex[2 * at..2 * at + 2], 16).ok()).collect())
        .flatten();
    Some(Head { sequence: sequence.parse().ok()?, hash: bytes?.try_into().ok()? })
}
