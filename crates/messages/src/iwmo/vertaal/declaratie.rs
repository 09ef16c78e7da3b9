//! `WMO323`: a provider bills what it delivered to many clients.

use domain::{Bedrag, Bsn, Eenheid, Periode, ToewijzingNummer};
use jiff::civil::Date;

use crate::{
    Problem,
    iwmo::{
        bericht::{Regel, wmo323},
        vertaal::waarde::{self, mogelijk},
    },
};

/// What is billed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Declaratie {
    /// The provider's own number of the bill.
    pub declaratienummer: String,
    /// The day the bill was signed.
    pub declaratie_dagtekening: Date,
    /// The total that is asked; negative for a credit.
    pub totaal_ingediend_bedrag: Option<Bedrag>,
    /// The lines; one that could not be read is left out.
    pub prestaties: Vec<Prestatie>,
}

/// One billed line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prestatie {
    /// The line of the file on which it starts.
    pub regel: u64,
    /// The client.
    pub bsn: Bsn,
    /// The provider's own number of the line.
    pub referentienummer: String,
    /// The line that this credit takes back.
    pub vorig_referentienummer: Option<String>,
    /// The number of the allocation.
    pub toewijzingnummer: ToewijzingNummer,
    /// The month, cut to the allocation.
    pub product_periode: Periode,
    /// How much was delivered.
    pub geleverd_volume: u32,
    /// Of what.
    pub eenheid: Eenheid,
    /// What is asked; negative for a credit.
    pub ingediend_bedrag: Bedrag,
}

/// Puts a bill in our own words.
pub(super) fn vertaal(
    file: &str,
    it: &wmo323::Declaratie,
    problems: &mut Vec<Problem>,
) -> Option<Declaratie> {
    let totaal = &it.totaal_ingediend_bedrag;
    let mut prestaties = Vec::new();
    for client in &it.clienten {
        let Some(bsn) = waarde::bsn(file, &client.bsn, problems) else { continue };
        for it in &client.prestaties {
            prestaties.extend(prestatie(file, bsn, it, problems));
        }
    }
    let amount = totaal.totaal_bedrag.waarde().zip(totaal.debet_credit.waarde());
    Some(Declaratie {
        declaratienummer: it.declaratie_nummer.tekst().into_owned(),
        declaratie_dagtekening: it.declaratie_dagtekening.waarde()?,
        totaal_ingediend_bedrag: amount.and_then(|(it, code)| waarde::bedrag(it, code)),
        prestaties,
    })
}

fn prestatie(
    file: &str,
    bsn: Bsn,
    it: &wmo323::Prestatie,
    problems: &mut Vec<Problem>,
) -> Option<Prestatie> {
    if it.regel.is_onvolledig() {
        return None;
    }
    let mut refuse = |naam: &str, regel: Regel, code, text: &str| {
        let text = format!("{text}; deze prestatie gaat niet in");
        let problem = Problem::fout(file, code, text).on_line(u64::from(regel.nummer()));
        problems.push(problem.in_element(naam));
    };
    let referentie = &it.product_referentie;
    let vorig = mogelijk(&referentie.vorig_referentie_nummer)?;
    let debet_credit = it.ingediend_bedrag.debet_credit.waarde()?;
    let ingediend_bedrag = waarde::bedrag(it.ingediend_bedrag.bedrag.waarde()?, debet_credit)?;
    if (debet_credit == "C") != vorig.is_some() {
        let text = "bij een credit hoort het vorige referentienummer, bij een debet niet";
        refuse("ProductReferentie", referentie.regel, "CD060", text);
        return None;
    }
    let product_periode = waarde::periode(&it.product_periode);
    let begin_en_einde = &it.product_periode;
    let begin_en_einde =
        begin_en_einde.begindatum.get().is_some() && begin_en_einde.einddatum.get().is_some();
    if product_periode.is_none() && begin_en_einde {
        let text = "het einde van de periode ligt voor het begin";
        refuse("ProductPeriode", it.product_periode.regel, "TR137", text);
    }
    Some(Prestatie {
        regel: u64::from(it.regel.nummer()),
        bsn,
        referentienummer: referentie.referentie_nummer.get()?.to_string(),
        vorig_referentienummer: vorig.map(String::from),
        toewijzingnummer: waarde::nummer(&it.toewijzing_nummer)?,
        product_periode: product_periode?,
        geleverd_volume: it.geleverd_volume.waarde()?,
        eenheid: Eenheid::from_code(it.eenheid.get()?)?,
        ingediend_bedrag,
    })
}
