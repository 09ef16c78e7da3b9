//! iWmo messages into the log, with a bar while they are written.

use store::Live;
use traffic::{Wijze, lees_in as take_in};

use super::{bestanden::Bestand, verslag::Verslag};
use crate::{clock, scherm::aantal, voortgang};

/// Reads the messages and writes what they led to, unless it is a dry run.
pub(super) async fn lees_in(
    live: &Live,
    files: &[Bestand],
    verslag: &mut Verslag,
) -> anyhow::Result<()> {
    let named: Vec<traffic::Bestand<'_>> =
        files.iter().map(|it| traffic::Bestand { naam: &it.naam, bytes: &it.bytes }).collect();
    let wijze = if verslag.dry_run { Wijze::Proef } else { Wijze::Bewaren };
    let bar = voortgang::balk("Berichten vastleggen", 0);
    let volg = voortgang::volg(&bar);
    let done = take_in(live, &named, wijze, &clock::moment(), &volg).await?;
    bar.finish_and_clear();
    verslag.zeg(format!("{} van {} berichten gelezen.", aantal(done.gelezen), aantal(files.len())));
    verslag.neem(done);
    Ok(())
}
