//! `WMO323`: a provider bills what it delivered to many clients.

use domain::{Bedrag, Bsn, Eenheid, Periode, ToewijzingNummer};
use jiff::civil::Date;

use crate::{
    Problem,
    iwmo::{
        basis::{self, BEDRAG_MET_DC, GESLOTEN_PERIODE, TOTAAL_MET_DC},
        boom::Element,
        client, header,
        vorm::{Veld, Waarde, datum},
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

const REFERENTIE: &[Veld] = &[
    Veld::een("ReferentieNummer", Waarde::Tekst(20)).basis(),
    Veld::een("VorigReferentieNummer", Waarde::Tekst(20)).basis().mag(),
];

const PRESTATIE: &[Veld] = &[
    Veld::groep("ProductReferentie", REFERENTIE),
    Veld::een("ToewijzingNummer", basis::NUMMER),
    Veld::een("ProductCategorie", basis::CATEGORIE),
    Veld::een("ProductCode", Waarde::Productcode),
    Veld::groep("ProductPeriode", GESLOTEN_PERIODE),
    Veld::een("GeleverdVolume", basis::VOLUME),
    Veld::een("Eenheid", basis::EENHEID),
    Veld::een("ProductTarief", basis::BEDRAG).mag(),
    Veld::groep("IngediendBedrag", BEDRAG_MET_DC),
];

const CLIENT: &[Veld] = &[
    Veld::een("Bsn", Waarde::Cijfers(9)),
    Veld::groep("Prestaties", &[Veld::groep("Prestatie", PRESTATIE).vaker()]),
];

const DECLARATIE: &[Veld] = &[
    Veld::een("DeclaratieNummer", Waarde::LettersCijfers(12)),
    Veld::groep("DeclaratiePeriode", GESLOTEN_PERIODE),
    Veld::een("DeclaratieDagtekening", Waarde::Datum),
    Veld::groep("TotaalIngediendBedrag", TOTAAL_MET_DC),
    Veld::groep("Clienten", &[Veld::groep("Client", CLIENT).vaker()]),
];

/// The form of the message.
pub(crate) const VORM: &[Veld] = &[
    Veld::groep("Header", &const { header::van_aanbieder(&["484"]) }),
    Veld::groep("Declaratie", DECLARATIE),
];

/// Reads a message that was checked.
pub(crate) fn read(
    file: &str,
    root: &Element<'_>,
    problems: &mut Vec<Problem>,
) -> Option<Declaratie> {
    let element = root.kind("Declaratie")?;
    let declaratie_dagtekening = element.verplicht("DeclaratieDagtekening", datum)?;
    let totaal = element.kind("TotaalIngediendBedrag");
    let mut prestaties = Vec::new();
    for client in element.kind("Clienten").into_iter().flat_map(|it| it.alle("Client")) {
        let Some(bsn) = client::bsn(file, client, problems) else { continue };
        for it in client.kind("Prestaties").into_iter().flat_map(|it| it.alle("Prestatie")) {
            prestaties.extend(prestatie(file, bsn, it, problems));
        }
    }
    Some(Declaratie {
        declaratienummer: element.tekst_van("DeclaratieNummer"),
        declaratie_dagtekening,
        totaal_ingediend_bedrag: totaal.and_then(|it| basis::bedrag_met_dc(it, "TotaalBedrag")),
        prestaties,
    })
}

fn prestatie(
    file: &str,
    bsn: Bsn,
    element: &Element<'_>,
    problems: &mut Vec<Problem>,
) -> Option<Prestatie> {
    let mut refuse = |at: &Element<'_>, code, text: &str| {
        let text = format!("{text}; deze prestatie gaat niet in");
        problems.push(Problem::fout(file, code, text).on_line(at.regel).in_element(&at.naam));
    };
    let referentie = element.kind("ProductReferentie")?;
    let vorig = referentie.mogelijk("VorigReferentieNummer", |it| Some(it.to_owned()))?;
    let ingediend_bedrag = basis::bedrag_met_dc(element.kind("IngediendBedrag")?, "Bedrag")?;
    let credit = element.kind("IngediendBedrag")?.tekst_van("DebetCredit") == "C";
    if credit != vorig.is_some() {
        let text = "bij een credit hoort het vorige referentienummer, bij een debet niet";
        refuse(referentie, "CD060", text);
        return None;
    }
    let product_periode = element.kind("ProductPeriode")?;
    let begin_en_einde =
        product_periode.kind("Begindatum").is_some() && product_periode.kind("Einddatum").is_some();
    let periode = basis::periode(product_periode);
    if periode.is_none() && begin_en_einde {
        refuse(product_periode, "TR137", "het einde van de periode ligt voor het begin");
    }
    Some(Prestatie {
        regel: element.regel,
        bsn,
        referentienummer: referentie.verplicht("ReferentieNummer", |it| Some(it.to_owned()))?,
        vorig_referentienummer: vorig,
        toewijzingnummer: ToewijzingNummer(element.verplicht("ToewijzingNummer", basis::volume)?),
        product_periode: periode?,
        geleverd_volume: element.verplicht("GeleverdVolume", basis::volume)?,
        eenheid: element.verplicht("Eenheid", Eenheid::from_code)?,
        ingediend_bedrag,
    })
}
