//! The confirmation of a melding, with what the law says must be pointed out.
//! Wmo 2015, art. 2.3.2 lid 1 to 3.

use domain::{melding::Melder, onderzoek, ontvangst};
use jiff::civil::Date;
use reports::brief::Brief;

use super::{bron::Bron, geen::GeenBrief, woorden};
use crate::datum;

/// The letter, as of a day.
pub(super) fn brief(bron: &Bron<'_>) -> Result<Brief, GeenBrief> {
    let zaak = bron.zaak;
    let sent = zaak.ontvangst.bevestiging;
    let op = sent.map_or(bron.vandaag, |it| it.op);
    let door = sent.map_or(bron.lezer, |it| it.door);
    let mut brief = bron.begin(op, "Wij hebben uw melding ontvangen", &door)?;
    received(&mut brief, bron);
    brief.kop("Wat doen wij nu?");
    brief.alinea(format!(
        "Wij onderzoeken samen met u welke ondersteuning u nodig heeft. Dat doen wij zo snel als \
         kan, en uiterlijk op {}. Dat is zes weken na uw melding (Wmo 2015, artikel 2.3.2, eerste \
         lid). Wij maken daarvoor een afspraak met u. Houd dan een geldig identiteitsbewijs klaar \
         (Wmo 2015, artikel 2.3.4).",
        datum::lang(onderzoek::uiterste_dag(zaak.melding.op))
    ));
    if zaak.melding.melding.spoed {
        brief.alinea(
            "Uw situatie kan niet wachten. Daarom beslissen wij eerst, en zo snel mogelijk, over \
             tijdelijke ondersteuning (Wmo 2015, artikel 2.3.3).",
        );
    }
    plan(&mut brief, op, ontvangst::plan_uiterste_dag(zaak.melding.op));
    woorden::ondersteuning(&mut brief, bron)?;
    brief.kop("Een melding is nog geen aanvraag");
    brief.alinea(
        "Na het onderzoek krijgt u een verslag. Daarmee kunt u ondersteuning aanvragen. Is het \
         onderzoek na zes weken niet klaar? Dan mag u meteen een aanvraag doen (Wmo 2015, artikel \
         2.3.2, negende lid). Op een aanvraag beslissen wij binnen twee weken (artikel 2.3.5, \
         tweede lid).",
    );
    woorden::vragen(&mut brief, bron)?;
    Ok(brief)
}

fn received(brief: &mut Brief, bron: &Bron<'_>) {
    let melding = &bron.zaak.melding;
    let who = match melding.melding.melder {
        Melder::Client => "heeft u bij ons gemeld dat u ondersteuning nodig heeft".to_owned(),
        other => format!(
            "kregen wij de melding dat u ondersteuning nodig heeft. Die melding is voor u gedaan \
             door: {}",
            other.naam()
        ),
    };
    brief.alinea(format!("Op {} {who}.", datum::lang(melding.op)));
    if !bron.hulpvraag().is_empty() {
        brief.alinea("Dit hebben wij opgeschreven:");
        brief.getypt(bron.hulpvraag());
    }
}

/// The personal plan, within seven days. Wmo 2015, art. 2.3.2 lid 2 and 5.
fn plan(brief: &mut Brief, op: Date, tot: Date) {
    brief.kop("U kunt zelf een plan maken");
    let until = if op <= tot {
        format!("U kunt het plan inleveren tot en met {}", datum::lang(tot))
    } else {
        format!("Dat kon tot en met {}", datum::lang(tot))
    };
    let late = if op <= tot { "" } else { " Heeft u nu alsnog een plan? Neem dan contact op." };
    brief.alinea(format!(
        "In een persoonlijk plan schrijft u zelf wat u nodig heeft en wie u daarbij kan helpen. \
         {until}: zeven dagen na de melding (Wmo 2015, artikel 2.3.2, tweede lid).{late} Wij \
         gebruiken uw plan bij het onderzoek (vijfde lid). Een plan hoeft niet."
    ));
}
