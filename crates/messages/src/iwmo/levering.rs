//! What `WMO305` and `WMO307` share: which allocation a start or stop is about.

use domain::{Periode, Productkeuze, ToewijzingNummer, levering::StopReden};
use jiff::civil::Date;

use crate::{
    Problem,
    iwmo::{
        basis::{self, GEBOORTEDATUM, PRODUCT, STATUS_AANLEVERING, VERKORTE_NAAM},
        boom::Element,
        client::{self, Client},
        header,
        vorm::{Veld, Waarde, datum},
    },
};

/// Which starts or stops are reported of whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leveringen {
    /// The client.
    pub client: Client,
    /// The reports; one that could not be read is left out.
    pub producten: Vec<GemeldProduct>,
}

/// One `StartProduct` or `StopProduct`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GemeldProduct {
    /// The line on which it starts.
    pub regel: u64,
    /// The number of the allocation; not needed where nothing is allocated one by one.
    pub toewijzingnummer: Option<ToewijzingNummer>,
    /// The product; `Generiek` when none is named.
    pub product: Productkeuze,
    /// The first day of the allocation, as the provider knows it.
    pub toewijzing_ingangsdatum: Option<Date>,
    /// The first day of delivery.
    pub begindatum: Date,
    /// Last day and reason, when it is a stop.
    pub stop: Option<Stop>,
    /// Whether an earlier report is taken back. List COD467, value 3.
    pub verwijderen: bool,
}

/// The end of delivery.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Stop {
    /// The last day of delivery.
    pub einddatum: Date,
    /// Why.
    pub reden_beeindiging: StopReden,
}

const START_PRODUCT: &[Veld] = &[
    Veld::een("ToewijzingNummer", basis::NUMMER).mag(),
    Veld::groep("Product", PRODUCT).mag(),
    Veld::een("ToewijzingIngangsdatum", Waarde::Datum).mag(),
    Veld::een("Begindatum", Waarde::Datum),
    Veld::een("StatusAanlevering", STATUS_AANLEVERING),
];

const STOP_PRODUCT: &[Veld] = &[
    Veld::een("ToewijzingNummer", basis::NUMMER).mag(),
    Veld::groep("Product", PRODUCT).mag(),
    Veld::een("ToewijzingIngangsdatum", Waarde::Datum).mag(),
    Veld::een("Begindatum", Waarde::Datum),
    Veld::een(
        "RedenBeeindiging",
        Waarde::Code(&["02", "19", "20", "21", "22", "23", "31", "36", "37", "38", "39"]),
    ),
    Veld::een("Einddatum", Waarde::Datum),
    Veld::een("StatusAanlevering", STATUS_AANLEVERING),
];

const CLIENT_305: &[Veld] = &client_met(Veld::groep(
    "StartProducten",
    &[Veld::groep("StartProduct", START_PRODUCT).vaker()],
));
const CLIENT_307: &[Veld] =
    &client_met(Veld::groep("StopProducten", &[Veld::groep("StopProduct", STOP_PRODUCT).vaker()]));

const fn client_met(producten: Veld) -> [Veld; 5] {
    [
        Veld::een("Bsn", Waarde::Cijfers(9)),
        Veld::groep("Geboortedatum", GEBOORTEDATUM),
        Veld::een("Geslacht", Waarde::Code(&["0", "1", "2"])),
        Veld::groep("Naam", VERKORTE_NAAM),
        producten,
    ]
}

/// The form of message 305.
pub(crate) const VORM_305: &[Veld] = &[
    Veld::groep("Header", &const { header::van_aanbieder(&["418"]) }),
    Veld::groep("Client", CLIENT_305),
];

/// The form of message 307.
pub(crate) const VORM_307: &[Veld] = &[
    Veld::groep("Header", &const { header::van_aanbieder(&["420"]) }),
    Veld::groep("Client", CLIENT_307),
];

/// Reads a message that was checked: `groep` holds a list of `naam`.
pub(crate) fn read(
    file: &str,
    root: &Element<'_>,
    (groep, naam): (&str, &str),
    problems: &mut Vec<Problem>,
) -> Option<Leveringen> {
    let element = root.kind("Client")?;
    let client = client::read(file, element, problems)?;
    let producten = element.kind(groep).into_iter().flat_map(|it| it.alle(naam));
    let producten = producten.filter_map(|it| gemeld_product(file, it, problems)).collect();
    Some(Leveringen { client, producten })
}

fn gemeld_product(
    file: &str,
    element: &Element<'_>,
    problems: &mut Vec<Problem>,
) -> Option<GemeldProduct> {
    let mut refuse = |naam: &str, code, text: &str| {
        let regel = element.kind(naam).map_or(element.regel, |it| it.regel);
        let text = format!("{text}; deze melding gaat niet in");
        problems.push(Problem::fout(file, code, text).on_line(regel).in_element(naam));
    };
    let status = element.verplicht("StatusAanlevering", |it| Some(it.to_owned()))?;
    if status != "1" && status != "3" {
        refuse("StatusAanlevering", "CS058", "de status is 1 (nieuw) of 3 (verwijderen)");
        return None;
    }
    let begindatum = element.verplicht("Begindatum", datum)?;
    let stop = match element.mogelijk("Einddatum", datum)? {
        None if element.naam == "StopProduct" => return None,
        None => None,
        Some(einddatum) if Periode::new(begindatum, Some(einddatum)).is_none() => {
            refuse("Einddatum", "TR018", "de stop ligt voor de start");
            return None;
        }
        Some(einddatum) => Some(Stop {
            einddatum,
            reden_beeindiging: element.verplicht("RedenBeeindiging", StopReden::from_code)?,
        }),
    };
    let product = element.mogelijke_groep("Product", basis::product)?;
    let nummer = element.mogelijk("ToewijzingNummer", basis::volume)?;
    Some(GemeldProduct {
        regel: element.regel,
        toewijzingnummer: nummer.map(ToewijzingNummer),
        product: product.unwrap_or(Productkeuze::Generiek),
        toewijzing_ingangsdatum: element.mogelijk("ToewijzingIngangsdatum", datum)?,
        begindatum,
        stop,
        verwijderen: status == "3",
    })
}
