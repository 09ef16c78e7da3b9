//! The decision that a provision ends earlier than was granted. Wmo 2015, art. 2.3.10.

use domain::{
    DossierEvent, VoorzieningId, bezwaar, termijn,
    voorziening::{EindeReden, Voorzieningstatus},
};
use reports::brief::{Brief, Deel};

use super::{
    bron::{Bron, dossier_event},
    geen::GeenBrief,
    woorden,
};
use crate::datum;

/// The letter about one provision.
pub(super) fn brief(bron: &Bron<'_>, id: VoorzieningId) -> Result<Brief, GeenBrief> {
    let known = bron.dossier.voorziening(id).ok_or(GeenBrief::Niets)?;
    let Voorzieningstatus::Beeindigd(reden) = known.status else { return Err(GeenBrief::Niets) };
    let ended = bron.entries.iter().rev().find_map(|entry| match dossier_event(entry) {
        Some(DossierEvent::VoorzieningBeeindigd { id: it, per, .. }) if *it == id => {
            Some((entry, *per))
        }
        _ => None,
    });
    let (entry, per) = ended.ok_or(GeenBrief::Niets)?;
    let text = bron.written("motivering", entry);
    if reden == EindeReden::Ingetrokken && text.is_empty() {
        return Err(GeenBrief::GeenMotivering);
    }
    let (op, door) = (entry.happened.on, entry.happened.actor);
    let mut brief = bron.begin(op, "Besluit: uw ondersteuning stopt eerder", &door)?;
    let product = bron.namen().product(&known.voorziening.product);
    brief.alinea(format!(
        "Op {} hebben wij besloten dat deze ondersteuning stopt. De laatste dag is {} ({}).",
        datum::lang(op),
        datum::lang(per),
        article(reden)
    ));
    let van = datum::lang(known.voorziening.geldig.van());
    let rows =
        [("Ondersteuning", product), ("Begonnen op", van), ("Laatste dag", datum::lang(per))];
    brief.deel(Deel::Gegevens(rows.map(|(naam, it)| (naam.to_owned(), it)).to_vec()));
    brief.kop("Waarom wij dit besluiten");
    brief.alinea(why(reden));
    brief.getypt(text);
    brief.kop("Wat betekent dit voor u?");
    brief.alinea(
        "De aanbieder krijgt van ons bericht dat de hulp stopt. Heeft u een pgb? Dan hoort de Sociale \
         Verzekeringsbank (SVB) het van ons. Heeft u daarna weer ondersteuning nodig? Doe dan een \
         nieuwe melding.",
    );
    let tot = termijn::uiterste_dag(op, bezwaar::TERMIJN_WEKEN, 0);
    woorden::bezwaar(&mut brief, bron, tot)?;
    woorden::ondersteuning(&mut brief, bron)?;
    woorden::vragen(&mut brief, bron)?;
    Ok(brief)
}

/// The article it rests on: what is no longer needed is also for art. 2.3.10 lid 1 b.
const fn article(reden: EindeReden) -> &'static str {
    match reden {
        EindeReden::Verhuizing => "Wmo 2015, artikelen 2.3.5, eerste lid, en 2.3.10",
        EindeReden::NaarWlz => "Wmo 2015, artikelen 2.3.5, zesde lid, en 2.3.10",
        _ => "Wmo 2015, artikel 2.3.10",
    }
}

const fn why(reden: EindeReden) -> &'static str {
    match reden {
        EindeReden::Overlijden => "De cliënt is overleden.",
        EindeReden::Verhuizing => {
            "U bent verhuisd naar een andere gemeente. Die gemeente beslist over uw ondersteuning. \
             Doe daar een nieuwe melding."
        }
        EindeReden::NaarWlz => "U krijgt nu zorg vanuit de Wet langdurige zorg (Wlz).",
        EindeReden::NaarZvw => "U krijgt nu zorg vanuit uw zorgverzekering (Zvw).",
        EindeReden::NaarAlgemeneVoorziening => {
            "U kunt nu terecht bij een algemene voorziening. Daarvoor heeft u ons besluit niet nodig."
        }
        EindeReden::DoelBereikt => {
            "Het doel is bereikt: u heeft deze ondersteuning niet meer nodig."
        }
        EindeReden::Vervangen => "U krijgt er andere ondersteuning voor in de plaats.",
        EindeReden::OpVerzoek => "U heeft ons gevraagd om de ondersteuning te stoppen.",
        EindeReden::Ingetrokken => "Wij trekken ons eerdere besluit in. Hieronder leest u waarom.",
    }
}
