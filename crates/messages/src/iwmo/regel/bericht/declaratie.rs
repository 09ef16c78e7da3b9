//! Bills and their answers, messages 323 and 325: CS340, CS325, TR101, TR319, TR335, TR342, TR358.

use domain::Maand;
use jiff::{ToSpan, civil::Date};

use crate::iwmo::{
    bericht::{
        basis::TotaalBedragMetDc,
        wmo323::{Client, Declaratie, DeclaratieAntwoord, Prestatie},
    },
    regel::{
        bericht::{herhaling, persoon, prestatie, sleutel::Sleutels},
        bevinding::{Melder, Plek, lijn},
    },
};

pub(super) fn check_323(m: &mut Melder, declaratie: &Declaratie, op: Date) {
    let plek = Plek::Declaratie;
    let periode = &declaratie.declaratie_periode;
    prestatie::periode(m, (plek, "DeclaratiePeriode"), periode, op);
    let dagen = prestatie::dagen(periode);
    if let Some((van, tot)) = dagen {
        let maand = Maand::van_dag(van);
        let whole = van == maand.eerste_dag() && tot == maand.laatste_dag();
        m.eis(whole, "CS340", (plek, periode.regel, "DeclaratiePeriode"), "");
    }
    let oldest =
        declaratie.declaratie_dagtekening.waarde().map(|it| it.saturating_sub(60.months()));
    let each = |m: &mut Melder, plek: Plek, it: &Prestatie| {
        let Some((_, end)) = prestatie::dagen(&it.product_periode) else { return };
        let waar = (plek, it.product_periode.regel, "ProductPeriode");
        m.eis(oldest.is_none_or(|it| it <= end), "TR335", waar, "");
        m.eis(dagen.is_none_or(|(_, last)| end <= last), "TR319", waar, "");
    };
    clienten(m, &declaratie.clienten, op, &each);
    herhaling::check(m, &declaratie.clienten);
    let totaal = &declaratie.totaal_ingediend_bedrag;
    nul_is_debet(m, totaal);
    if let (Some(asked), Some(sum)) = (bedrag(totaal), som(&declaratie.clienten)) {
        let waar = (plek, lijn(&totaal.totaal_bedrag, totaal.regel), "TotaalBedrag");
        m.eis(asked == sum, "TR358", waar, &format!("hier staat {asked}, de som is {sum}"));
    }
}

pub(super) fn check_325(m: &mut Melder, antwoord: &DeclaratieAntwoord, op: Date) {
    clienten(m, &antwoord.clienten, op, &|_, _, _| {});
    let (asked, granted) = (&antwoord.totaal_ingediend_bedrag, &antwoord.totaal_toegekend_bedrag);
    nul_is_debet(m, asked);
    nul_is_debet(m, granted);
    let rejected = som(&antwoord.clienten);
    let (Some(asked), Some(sum), Some(rejected)) = (bedrag(asked), bedrag(granted), rejected)
    else {
        return;
    };
    let refused = |it: &str| !matches!(it, "8001" | "0200" | "0233");
    let whole = antwoord.retour_codes.iter().any(|it| it.waarde().is_some_and(refused));
    let right = if whole { sum == 0 } else { asked - sum == rejected };
    let waar = (Plek::Declaratie, granted.regel, "TotaalToegekendBedrag");
    let found = format!("ingediend {asked}, toegekend {sum}, afgewezen {rejected}");
    m.eis(right, "TR342", waar, &found);
}

/// The clients and their lines; `each` looks at what needs the bill around them.
fn clienten(
    m: &mut Melder,
    clienten: &[Client],
    op: Date,
    each: &dyn Fn(&mut Melder, Plek, &Prestatie),
) {
    let mut bsns = Sleutels::new();
    for (client, it) in clienten.iter().enumerate() {
        let plek = Plek::Client(client);
        persoon::bsn(m, plek, it.regel, &it.bsn);
        if let Some(bsn) = it.bsn.get() {
            bsns.eis_nieuw(m, bsn, (plek, lijn(&it.bsn, it.regel), "Bsn"));
        }
        let mut referenties = Sleutels::new();
        for (at, line) in it.prestaties.iter().enumerate() {
            let plek = Plek::Prestatie { client, prestatie: at };
            let own = &line.product_referentie;
            let sleutel = (own.referentie_nummer.get(), own.vorig_referentie_nummer.get());
            referenties.eis_nieuw(m, sleutel, (plek, own.regel, "ProductReferentie"));
            prestatie::check(m, plek, line, op);
            each(m, plek, line);
        }
    }
}

fn nul_is_debet(m: &mut Melder, bedrag: &TotaalBedragMetDc) {
    let wrong = bedrag.totaal_bedrag.waarde() == Some(0) && bedrag.debet_credit.is("C");
    m.eis(!wrong, "CS325", (Plek::Declaratie, bedrag.regel, "DebetCredit"), "");
}

/// An amount in cents, negative for a credit.
fn bedrag(bedrag: &TotaalBedragMetDc) -> Option<i64> {
    let cents = i64::try_from(bedrag.totaal_bedrag.waarde()?).ok()?;
    Some(if bedrag.debet_credit.is("C") { -cents } else { cents })
}

/// The sum of all lines; `None` when one of them could not be read.
fn som(clienten: &[Client]) -> Option<i64> {
    let mut sum = 0_i64;
    for it in clienten.iter().flat_map(|it| &it.prestaties) {
        let cents = i64::try_from(it.ingediend_bedrag.bedrag.waarde()?).ok()?;
        let signed = if it.ingediend_bedrag.debet_credit.is("C") { -cents } else { cents };
        sum = sum.checked_add(signed)?;
    }
    Some(sum)
}
