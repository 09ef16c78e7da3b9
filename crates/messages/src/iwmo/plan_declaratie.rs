//! What a `Prestatie` asks: to write down a billed line under an allocation that is known.

use domain::{Actor, DossierCommand, declaratie};

use crate::{
    iwmo::{
        code,
        plan::Maker,
        plan_toewijzing::of_another,
        vertaal::Partijen,
        vertaal::declaratie::{Declaratie, Prestatie},
    },
    kenmerk,
};

/// Plans one line of message 323. Nothing is made up for a bill: client and allocation must be known.
pub(super) fn plan(
    maker: &mut Maker<'_>,
    header: &Partijen,
    declaratie: &Declaratie,
    prestatie: &Prestatie,
) {
    let nummer = prestatie.toewijzingnummer;
    if of_another(maker, nummer) {
        return;
    }
    let Some(dossier) = maker.dossier else {
        let text = "deze cliënt heeft hier geen dossier; de prestatie gaat niet in";
        maker.refuse(code::DECLARATIE_CLIENT, text);
        return;
    };
    if dossier.toewijzing(nummer).is_none() {
        let text = format!("toewijzing {} is niet bekend; de prestatie gaat niet in", nummer.0);
        maker.refuse(code::DECLARATIE_TOEWIJZING, text);
        return;
    }
    let agb = header.aanbieder;
    let key = |referentie: &str| kenmerk(&["wmo323", agb.as_str(), referentie]);
    let command = DossierCommand::Declareer(declaratie::Prestatie {
        toewijzing: nummer,
        periode: prestatie.product_periode,
        volume: prestatie.geleverd_volume,
        eenheid: prestatie.eenheid,
        bedrag: prestatie.ingediend_bedrag,
        referentie: key(&prestatie.referentienummer),
        crediteert: prestatie.vorig_referentienummer.as_deref().map(key),
    });
    let actor = Actor::Aanbieder(maker.aanbieder(agb, header.dagtekening));
    maker.ask(declaratie.declaratie_dagtekening, actor, command);
}
