//! The answer to a bill: message 325, with the rejected lines only.

use std::collections::BTreeMap;

use crate::iwmo::{
    bericht::{
        AntwoordHeader, Berichtsoort, Waarde, Wmo323, Wmo325,
        basis::{BedragMetDc, BerichtIdentificatie, TotaalBedragMetDc},
        wmo323::{Client, DeclaratieAntwoord},
    },
    regel::Plek,
    retour::{
        GEEN_OPMERKING, NIET_BEOORDEELD, Oordeel, Retourkop, VOLLEDIG, XSLT_VERSIE, codes,
        xsd_versie,
    },
};

/// Answers a bill. A line is granted whole or rejected whole; TR342 makes the sums agree.
pub(super) fn antwoord(bericht: &Wmo323, oordeel: &Oordeel<'_>, kop: &Retourkop<'_>) -> Wmo325 {
    let mut header = header(bericht, kop);
    if oordeel.is_technisch() {
        header.xslt_versie = Waarde::van(XSLT_VERSIE);
    }
    if let Some(found) = oordeel.alleen_kop() {
        header.retour_codes = codes(&found);
        return Wmo325 { header, ..Wmo325::default() };
    }
    header.retour_codes = codes(&[GEEN_OPMERKING]);
    let declaratie = &bericht.declaratie;
    let totaal = signed_total(&declaratie.totaal_ingediend_bedrag);
    let on_bill = oordeel.op(Plek::Declaratie);
    let (clienten, toegekend, found) = if on_bill.is_empty() {
        let (clienten, rejected) = rejected(bericht, oordeel);
        let found = if clienten.is_empty() { VOLLEDIG } else { GEEN_OPMERKING };
        (clienten, totaal - rejected, vec![found])
    } else {
        (Vec::new(), 0, on_bill)
    };
    let antwoord = DeclaratieAntwoord {
        declaratie_nummer: declaratie.declaratie_nummer.clone(),
        totaal_ingediend_bedrag: declaratie.totaal_ingediend_bedrag.clone(),
        totaal_toegekend_bedrag: total(toegekend),
        clienten,
        retour_codes: codes(&found),
        ..DeclaratieAntwoord::default()
    };
    Wmo325 { header, declaratie_antwoord: Some(antwoord), ..Wmo325::default() }
}

/// The clients with a rejected line, and what those lines ask together.
fn rejected(bericht: &Wmo323, oordeel: &Oordeel<'_>) -> (Vec<Client>, i64) {
    let mut lines: BTreeMap<usize, BTreeMap<usize, Vec<&'static str>>> = BTreeMap::new();
    for fout in &oordeel.fouten {
        match fout.plek {
            Plek::Prestatie { client, prestatie } => {
                let line = lines.entry(client).or_default().entry(prestatie).or_default();
                *line = oordeel.op(fout.plek);
            }
            Plek::Client(client) => {
                lines.entry(client).or_default();
            }
            _ => {}
        }
    }
    let mut amount = 0;
    let mut clienten = Vec::new();
    for (at, lines) in lines {
        let Some(client) = bericht.declaratie.clienten.get(at) else { continue };
        let on_client = oordeel.op(Plek::Client(at));
        let mut back = Client { prestaties: Vec::new(), ..client.clone() };
        for (at, prestatie) in client.prestaties.iter().enumerate() {
            let found = match lines.get(&at) {
                Some(found) => codes(found),
                // With a wrong client all lines are rejected.
                None if !on_client.is_empty() => codes(&[NIET_BEOORDEELD]),
                None => continue,
            };
            amount += signed(&prestatie.ingediend_bedrag);
            let mut prestatie = prestatie.clone();
            prestatie.retour_codes = found;
            back.prestaties.push(prestatie);
        }
        back.retour_codes =
            if on_client.is_empty() { codes(&[GEEN_OPMERKING]) } else { codes(&on_client) };
        clienten.push(back);
    }
    (clienten, amount)
}

fn signed(bedrag: &BedragMetDc) -> i64 {
    sign(bedrag.bedrag.waarde(), bedrag.debet_credit.is("C"))
}

fn signed_total(bedrag: &TotaalBedragMetDc) -> i64 {
    sign(bedrag.totaal_bedrag.waarde(), bedrag.debet_credit.is("C"))
}

fn sign(bedrag: Option<u64>, credit: bool) -> i64 {
    let bedrag = bedrag.and_then(|it| i64::try_from(it).ok()).unwrap_or(0);
    if credit { -bedrag } else { bedrag }
}

/// A negative total is a positive number with C; zero is always D. Rule CS325.
fn total(bedrag: i64) -> TotaalBedragMetDc {
    TotaalBedragMetDc {
        totaal_bedrag: Waarde::van(bedrag.unsigned_abs()),
        debet_credit: Waarde::van(if bedrag < 0 { "C" } else { "D" }),
        ..TotaalBedragMetDc::default()
    }
}

fn header(bericht: &Wmo323, kop: &Retourkop<'_>) -> AntwoordHeader {
    let first = &bericht.header;
    AntwoordHeader {
        bericht_code: Waarde::van(Berichtsoort::Wmo325.code()),
        bericht_versie: first.bericht_versie.clone(),
        bericht_subversie: first.bericht_subversie.clone(),
        afzender: first.ontvanger.waarde().into(),
        ontvanger: first.afzender.waarde().into(),
        bericht_identificatie: BerichtIdentificatie {
            identificatie: Waarde::van(kop.identificatie),
            dagtekening: Waarde::van(kop.dagtekening),
            ..BerichtIdentificatie::default()
        },
        xsd_versie: xsd_versie(),
        declaratie_identificatie: first.bericht_identificatie.clone(),
        xsd_versie_declaratie: first.xsd_versie.clone(),
        ..AntwoordHeader::default()
    }
}
