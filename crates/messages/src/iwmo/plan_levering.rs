//! What a `StartProduct` or `StopProduct` asks: delivery starts, stops, or was reported wrongly.

use domain::{
    AanbiederId, Actor, DossierCommand, Periode, ToewijzingNummer,
    levering::Levering,
    toewijzing::{Hoeveelheid, Opdracht},
};
use jiff::civil::Date;

use crate::iwmo::{
    code,
    plan::Maker,
    plan_toewijzing::{Nieuw, of_another},
    vertaal::Client,
    vertaal::Partijen,
    vertaal::levering::GemeldProduct,
};

/// Plans one report of message 305 or 307.
///
/// A provider may report on an allocation that is not known here, for instance because the 301 was
/// never read. Then provision and allocation are made from what the report says, with a warning.
pub(super) fn plan(
    maker: &mut Maker<'_>,
    header: &Partijen,
    client: &Client,
    melding: &GemeldProduct,
) {
    let Some(nummer) = melding.toewijzingnummer else {
        let text = "zonder toewijzingnummer is niet te zien bij welke toewijzing dit hoort";
        maker.refuse(code::TOEWIJZING_GEEN_NUMMER, text);
        return;
    };
    if of_another(maker, nummer) {
        return;
    }
    if melding.verwijderen {
        plan_removal(maker, header, melding, nummer);
        return;
    }
    let aanbieder = maker.aanbieder(header.aanbieder, header.dagtekening);
    match maker.dossier.and_then(|it| it.toewijzing(nummer)) {
        None => create(maker, header, client, melding, (nummer, aanbieder)),
        Some(known) if known.opdracht.aanbieder != aanbieder => {
            let text = format!("toewijzing {} is aan een andere aanbieder gegeven", nummer.0);
            maker.warn(code::TOEWIJZING_ANDERE_AANBIEDER, text);
        }
        Some(_) => {}
    }
    let actor = Actor::Aanbieder(aanbieder);
    let begin = melding.begindatum;
    let start = DossierCommand::MeldStart { toewijzing: nummer };
    match melding.stop {
        None => maker.ask(begin, actor, start),
        Some(stop) => {
            if !knows_start(levering(maker, nummer), begin) {
                maker.ask(begin, actor, start);
            }
            let reden = stop.reden_beeindiging;
            let command = DossierCommand::MeldStop { toewijzing: nummer, begin, reden };
            maker.ask(stop.einddatum, actor, command);
        }
    }
}

fn levering<'s>(maker: &Maker<'s>, nummer: ToewijzingNummer) -> Option<&'s Levering> {
    maker.dossier.and_then(|it| it.toewijzing(nummer)).map(|it| &it.levering)
}

fn knows_start(levering: Option<&Levering>, begin: Date) -> bool {
    levering.is_some_and(|it| it.lopend_sinds() == Some(begin)) || knows_stop(levering, begin)
}

fn knows_stop(levering: Option<&Levering>, begin: Date) -> bool {
    levering.is_some_and(|it| it.geeindigd().iter().any(|it| it.van == begin))
}

/// Takes back a report. One that is not known, or was taken back before, asks nothing.
fn plan_removal(
    maker: &mut Maker<'_>,
    header: &Partijen,
    melding: &GemeldProduct,
    toewijzing: ToewijzingNummer,
) {
    let begin = melding.begindatum;
    let known = levering(maker, toewijzing);
    let (known, what) = match melding.stop {
        None => (knows_start(known, begin), "start"),
        Some(_) => (knows_stop(known, begin), "stop"),
    };
    if !known {
        let text =
            format!("de {what} van de levering vanaf {begin} is niet bekend of al verwijderd");
        maker.warn(code::LEVERING_ONBEKEND, text);
        return;
    }
    let actor = Actor::Aanbieder(maker.aanbieder(header.aanbieder, header.dagtekening));
    let command = match melding.stop {
        None => DossierCommand::VerwijderStart { toewijzing, begin },
        Some(_) => DossierCommand::VerwijderStop { toewijzing, begin },
    };
    maker.ask(header.dagtekening, actor, command);
}

/// Makes provision and allocation from what the report says.
fn create(
    maker: &mut Maker<'_>,
    header: &Partijen,
    client: &Client,
    melding: &GemeldProduct,
    (nummer, aanbieder): (ToewijzingNummer, AanbiederId),
) {
    let text = format!(
        "toewijzing {} was niet bekend en is aangelegd met wat deze melding zegt, zonder omvang",
        nummer.0
    );
    maker.warn(code::TOEWIJZING_NIEUW, text);
    let on = melding.toewijzing_ingangsdatum.unwrap_or(melding.begindatum);
    let on = on.min(melding.begindatum);
    maker.gegevens(client, on);
    let opdracht = Opdracht {
        voorziening: None,
        aanbieder,
        product: melding.product,
        hoeveelheid: Hoeveelheid::Open,
        geldig: Periode::vanaf(on),
    };
    Nieuw { gemeente: header.gemeente, nummer, aanbieder, on }.plan(maker, opdracht);
}
