//! One allocation of a dossier as a `ToegewezenProduct`, if it belongs in the message.

use domain::{
    Frequentie, Omvang, Productkeuze,
    toewijzing::{Hoeveelheid, RedenWijziging, Toewijzing, Toewijzingstatus},
};
use jiff::{
    ToSpan,
    civil::{Time, time},
};

use crate::{
    Problem,
    iwmo::{
        bericht::{Waarde, basis, wmo301::ToegewezenProduct},
        opstellen::{Aanleiding, Opdracht, Verandering, blijft_buiten},
    },
};

/// The product, when it holds now or later, or differs from what the provider accepted last; with
/// what changed, if anything did.
///
/// Refuses what may not change under one number: product, start, unit, frequency, and volume unless
/// the frequency is "in total"; and a longer term after the end has passed (OP033x1, OP380).
pub(super) fn product(
    toewijzing: &Toewijzing,
    last: Option<&ToegewezenProduct>,
    opdracht: &Opdracht<'_>,
) -> Result<Option<(ToegewezenProduct, Option<Verandering>)>, Problem> {
    let removed = !toewijzing.telt();
    let end = toewijzing.opdracht.geldig.tot_en_met();
    let runs = !removed && end.is_none_or(|it| it >= opdracht.nu.0);
    let mut now = as_it_is(toewijzing);
    now.referentie_aanbieder = referentie(toewijzing, opdracht);
    let Some(last) = last else {
        // What was removed before anybody accepted it was never sent and never will be.
        if removed || opdracht.sinds.is_some_and(|it| blijft_buiten(toewijzing, it)) {
            return Ok(None);
        }
        besloten(&mut now, None, opdracht);
        return Ok(Some((now, Some(Verandering::Nieuw))));
    };
    let changed = last.einddatum != now.einddatum
        || last.omvang != now.omvang
        || last.budget != now.budget
        || removed != is_removal(last);
    if let Some(what) = forbidden(last, &now, opdracht) {
        let text = format!(
            "bij toewijzing {} verandert {what}; beëindig hem en geef een nieuw nummer (OP033x1)",
            toewijzing.nummer.0
        );
        return Err(Problem::fout("WMO301", "OP033x1", text).in_element("ToegewezenProduct"));
    }
    if !changed && !runs {
        return Ok(None);
    }
    if !changed {
        now.toewijzingsdatum = last.toewijzingsdatum.clone();
        now.toewijzingstijd = last.toewijzingstijd.clone();
        return Ok(Some((now, None)));
    }
    besloten(&mut now, Some(last), opdracht);
    let reden = reden(toewijzing.status);
    now.reden_wijziging = Waarde::van(reden.code());
    let change = if removed { Verandering::Verwijderd } else { Verandering::Gewijzigd(reden) };
    Ok(Some((now, Some(change))))
}

/// Sets the moment of the decision: of what was decided today the time is known, and a version comes
/// after the one before it, or the receiver would pass it over (OP080).
fn besloten(
    now: &mut ToegewezenProduct,
    last: Option<&ToegewezenProduct>,
    opdracht: &Opdracht<'_>,
) {
    let (vandaag, tijd) = opdracht.nu;
    let Some(day) = now.toewijzingsdatum.waarde() else { return };
    let own = day.to_datetime(if day == vandaag { tijd } else { Time::midnight() });
    let before = last.and_then(|it| {
        Some(it.toewijzingsdatum.waarde()?.to_datetime(it.toewijzingstijd.waarde()?))
    });
    let after = before.and_then(|it| it.checked_add(1.second()).ok());
    let moment = after.map_or(own, |it| own.max(it));
    now.toewijzingsdatum = Waarde::van(moment.date());
    let whole_seconds = time(moment.hour(), moment.minute(), moment.second(), 0);
    now.toewijzingstijd = Waarde::van(whole_seconds);
}

pub(super) fn as_it_is(toewijzing: &Toewijzing) -> ToegewezenProduct {
    let opdracht = &toewijzing.opdracht;
    let (omvang, budget) = match opdracht.hoeveelheid {
        Hoeveelheid::Omvang(it) => (Some(omvang(it)), None),
        Hoeveelheid::Budget(it) => (None, u64::try_from(it.0).ok()),
        Hoeveelheid::Open => (None, None),
    };
    ToegewezenProduct {
        toewijzing_nummer: Waarde::van(toewijzing.nummer.0),
        product: keuze(&opdracht.product),
        toewijzingsdatum: Waarde::van(toewijzing.toegewezen_op),
        ingangsdatum: Waarde::van(opdracht.geldig.van()),
        einddatum: opdracht.geldig.tot_en_met().into(),
        omvang,
        budget: budget.into(),
        ..ToegewezenProduct::default()
    }
}

fn omvang(omvang: Omvang) -> basis::Omvang {
    basis::Omvang {
        volume: Waarde::van(omvang.volume),
        eenheid: Waarde::van(omvang.eenheid.code()),
        frequentie: Waarde::van(omvang.frequentie.code()),
        ..basis::Omvang::default()
    }
}

fn keuze(product: &Productkeuze) -> Option<basis::Product> {
    let categorie = product.categorie()?.to_string();
    Some(basis::Product {
        categorie: Waarde::lees(&categorie, crate::iwmo::Berichtsoort::Wmo301),
        code: product.code().map(|it| Box::from(it.as_str())).into(),
        ..basis::Product::default()
    })
}

fn is_removal(product: &ToegewezenProduct) -> bool {
    product.reden_wijziging.is("13") && product.einddatum == product.ingangsdatum
}

fn reden(status: Toewijzingstatus) -> RedenWijziging {
    match status {
        Toewijzingstatus::Gewijzigd(reden) => reden,
        Toewijzingstatus::Verwijderd => RedenWijziging::Verwijderd,
        Toewijzingstatus::Verstrekt => RedenWijziging::AdministratieveCorrectie,
    }
}

/// What may not change under one number, if it does.
fn forbidden(
    last: &ToegewezenProduct,
    now: &ToegewezenProduct,
    opdracht: &Opdracht<'_>,
) -> Option<&'static str> {
    if last.product != now.product {
        return Some("het product");
    }
    if last.ingangsdatum != now.ingangsdatum {
        return Some("de ingangsdatum");
    }
    let total = Frequentie::Totaal.code();
    let same_kind = |a: &basis::Omvang, b: &basis::Omvang| {
        let only_volume = a.eenheid == b.eenheid && a.frequentie == b.frequentie;
        a == b || (only_volume && b.frequentie.is(total))
    };
    match (&last.omvang, &now.omvang) {
        (Some(a), Some(b)) if !same_kind(a, b) => return Some("de omvang"),
        (Some(_), None) => return Some("de omvang"),
        // An allocation without code had no volume; then the quantity became known.
        (None, Some(_)) if last.budget.is_aanwezig() => return Some("de omvang"),
        _ => {}
    }
    let ended = last.einddatum.waarde().is_some_and(|it| it < opdracht.nu.0);
    let longer = match (last.einddatum.waarde(), now.einddatum.waarde()) {
        (Some(a), Some(b)) => b > a,
        (Some(_), None) => true,
        (None, _) => false,
    };
    (ended && longer).then_some("de einddatum nadat de toewijzing is afgelopen")
}

fn referentie(
    toewijzing: &Toewijzing,
    opdracht: &Opdracht<'_>,
) -> Waarde<crate::iwmo::bericht::gegevenstype::Referentie> {
    let text = match opdracht.aanleiding {
        Aanleiding::Gemeente => None,
        Aanleiding::Wijziging(referentie) => Some(referentie),
        Aanleiding::Aanvraag(per_product) => {
            per_product.get(&toewijzing.nummer).map(String::as_str)
        }
    };
    text.map(Box::from).into()
}
