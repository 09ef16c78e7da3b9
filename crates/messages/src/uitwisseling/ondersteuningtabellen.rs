//! The rows about support: what was granted, ordered, delivered and billed.

use domain::{
    Bedrag, Eenheid, Maand, Omvang, Periode, ProductCode, Productcategorie, ToewijzingNummer,
    levering::StopReden,
    toewijzing::{Hoeveelheid, RedenWijziging},
    voorziening::{EindeReden, TijdelijkeGrond},
};
use jiff::civil::Date;

use super::{
    rij::Rij,
    waarden::{self, Herkomstsoort, Vormsoort},
};

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct VoorzieningRij {
    pub(super) sleutel: String,
    pub(super) client: String,
    pub(super) zaak: Option<String>,
    pub(super) besluitdatum: Option<Date>,
    pub(super) team: Option<String>,
    pub(super) medewerker: Option<String>,
    pub(super) product: Productcellen,
    pub(super) vorm: Vormcellen,
    pub(super) omvang: Option<Omvang>,
    pub(super) geldig: Periode,
    pub(super) einde_reden: Option<EindeReden>,
    pub(super) tijdelijk: Option<TijdelijkeGrond>,
    pub(super) herkomst: Herkomstsoort,
}

/// What a row says of the product; the category may follow from the catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Productcellen {
    pub(super) code: Option<ProductCode>,
    pub(super) categorie: Option<Productcategorie>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Vormcellen {
    Zin { aanbieder: Option<String> },
    Pgb { jaarbedrag: Bedrag },
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ToewijzingRij {
    pub(super) nummer: ToewijzingNummer,
    pub(super) client: String,
    pub(super) voorziening: Option<String>,
    pub(super) datum: Option<Date>,
    pub(super) aanbieder: String,
    pub(super) product: Productcellen,
    pub(super) hoeveelheid: Hoeveelheid,
    pub(super) geldig: Periode,
    pub(super) reden_wijziging: Option<RedenWijziging>,
    pub(super) levering: Option<Leverdeel>,
}

/// A stretch of delivery.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Leverdeel {
    pub(super) start: Date,
    pub(super) stop: Option<(Date, StopReden)>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct LeveringRij {
    pub(super) toewijzing: ToewijzingNummer,
    pub(super) levering: Leverdeel,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct DeclaratieRij {
    pub(super) sleutel: String,
    pub(super) toewijzing: ToewijzingNummer,
    pub(super) periode: Periode,
    pub(super) volume: u32,
    pub(super) eenheid: Eenheid,
    pub(super) bedrag: Bedrag,
    pub(super) crediteert: Option<String>,
}

pub(super) fn voorziening(rij: &mut Rij<'_>) -> Option<VoorzieningRij> {
    let (sleutel, client) = (rij.moet("voorziening"), rij.moet("client"));
    let besluitdatum = rij.datum("besluitdatum");
    let product = product(rij);
    let vorm = match rij.keuze_moet("leveringsvorm", &waarden::leveringsvorm()) {
        Some(Vormsoort::Zin) => Some(Vormcellen::Zin { aanbieder: rij.mag("aanbieder") }),
        Some(Vormsoort::Pgb) => {
            rij.moet("jaarbedrag");
            rij.bedrag("jaarbedrag").map(|jaarbedrag| Vormcellen::Pgb { jaarbedrag })
        }
        None => None,
    };
    let omvang = rij.omvang();
    let geldig = rij.periode("van", "tot");
    let einde_reden = rij.keuze("einde_reden", &waarden::einde_reden());
    let tijdelijk = rij.keuze("tijdelijk", &waarden::tijdelijk());
    let herkomst = rij.keuze("herkomst", &waarden::herkomst());
    Some(VoorzieningRij {
        sleutel: sleutel?,
        client: client?,
        zaak: rij.mag("zaak"),
        besluitdatum,
        team: rij.mag("team"),
        medewerker: rij.mag("medewerker"),
        product,
        vorm: vorm?,
        omvang,
        geldig: geldig?,
        einde_reden,
        tijdelijk,
        herkomst: herkomst.unwrap_or(Herkomstsoort::VorigSysteem),
    })
}

pub(super) fn toewijzing(rij: &mut Rij<'_>) -> Option<ToewijzingRij> {
    let nummer = nummer(rij);
    let (client, aanbieder) = (rij.moet("client"), rij.moet("aanbieder"));
    let datum = rij.datum("datum");
    let product = product(rij);
    let hoeveelheid = match (rij.omvang(), rij.bedrag("budget")) {
        (Some(omvang), None) => Hoeveelheid::Omvang(omvang),
        (None, Some(budget)) => Hoeveelheid::Budget(budget),
        (None, None) => Hoeveelheid::Open,
        (Some(_), Some(_)) => {
            let text = "een toewijzing heeft een omvang of een budget, niet allebei";
            rij.fout("budget", "omvang_en_budget", text);
            return None;
        }
    };
    let geldig = rij.periode("van", "tot");
    let reden_wijziging = rij.keuze("reden_wijziging", &waarden::reden_wijziging());
    let levering = match rij.mag("start").or(rij.mag("stop")) {
        Some(_) => levering(rij),
        None => None,
    };
    Some(ToewijzingRij {
        nummer: nummer?,
        client: client?,
        voorziening: rij.mag("voorziening"),
        datum,
        aanbieder: aanbieder?,
        product,
        hoeveelheid,
        geldig: geldig?,
        reden_wijziging,
        levering,
    })
}

pub(super) fn levering_rij(rij: &mut Rij<'_>) -> Option<LeveringRij> {
    let toewijzing = nummer(rij);
    let levering = levering(rij);
    Some(LeveringRij { toewijzing: toewijzing?, levering: levering? })
}

pub(super) fn declaratie(rij: &mut Rij<'_>) -> Option<DeclaratieRij> {
    let (sleutel, toewijzing) = (rij.moet("declaratie"), nummer(rij));
    let periode = if rij.mag("van").is_some() {
        rij.periode("van", "tot").filter(|it| it.tot_en_met().is_some())
    } else {
        rij.moet("maand").and_then(|_| rij.vorm::<Maand>("maand")).map(Maand::periode)
    };
    if periode.is_none() && rij.goed() {
        rij.fout("tot", "leeg", "een declaratie heeft een einddatum");
    }
    let eenheid = rij.keuze("eenheid", &waarden::eenheid());
    let volume = rij.moet("volume").and_then(|_| rij.hoeveelheid(eenheid));
    let bedrag = rij.moet("bedrag").and_then(|_| rij.bedrag("bedrag"));
    let (volume, eenheid) = volume?;
    Some(DeclaratieRij {
        sleutel: sleutel?,
        toewijzing: toewijzing?,
        periode: periode?,
        volume,
        eenheid,
        bedrag: bedrag?,
        crediteert: rij.mag("crediteert"),
    })
}

fn nummer(rij: &mut Rij<'_>) -> Option<ToewijzingNummer> {
    rij.moet("toewijzing")?;
    rij.geheel("toewijzing").map(ToewijzingNummer)
}

fn product(rij: &mut Rij<'_>) -> Productcellen {
    let (code, categorie) = (rij.vorm("product"), rij.vorm("categorie"));
    Productcellen { code, categorie }
}

fn levering(rij: &mut Rij<'_>) -> Option<Leverdeel> {
    let geleverd = rij.periode("start", "stop");
    let reden = rij.keuze("stopreden", &waarden::stopreden()).unwrap_or(StopReden::VolgensPlan);
    let geleverd = geleverd?;
    let stop = geleverd.tot_en_met().map(|it| (it, reden));
    Some(Leverdeel { start: geleverd.van(), stop })
}
