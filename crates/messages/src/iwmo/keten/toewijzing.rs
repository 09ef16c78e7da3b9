//! An allocation as messages tell of it: every version, the newest of which counts.

use domain::{
    Eenheid, Frequentie, Omvang, Periode, Productcategorie,
    toewijzing::{Hoeveelheid, Toewijzing},
};
use jiff::civil::{Date, DateTime};

use crate::iwmo::{
    bericht::{basis, wmo301::ToegewezenProduct},
    keten::maximum::Toegewezen,
    regel::bericht::{overlap::Aanspraakperiode, toewijzing::is_verwijderd},
};

/// One version of an allocation, as a 301 gave it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Versie {
    pub(super) bericht: usize,
    /// The BSN of the client.
    pub bsn: Box<str>,
    /// The AGB code of the provider.
    pub aanbieder: Box<str>,
    /// The category, if one is fixed.
    pub categorie: Option<&'static str>,
    /// The product code, if one is fixed.
    pub code: Option<Box<str>>,
    /// When this version was decided; the latest counts, whatever came first. OP080.
    pub besloten: DateTime,
    /// The first day.
    pub van: Date,
    /// The last day, if there is one.
    pub tot: Option<Date>,
    /// Whether it was taken back, so that it counts as never sent.
    pub verwijderd: bool,
    /// The volume, if there is one.
    pub omvang: Option<Omvang>,
    /// The budget in eurocents, if there is one.
    pub budget: Option<u64>,
    /// The reference of the request that it grants.
    pub referentie: Option<Box<str>>,
}

impl Versie {
    /// From a class that was read; `None` when number, days or quantity could not be.
    pub(super) fn lees(
        bericht: usize,
        bsn: &str,
        aanbieder: &str,
        product: &ToegewezenProduct,
    ) -> Option<Versie> {
        let p = product;
        let besloten = p.toewijzingsdatum.waarde()?.to_datetime(p.toewijzingstijd.waarde()?);
        let omvang = match &p.omvang {
            Some(it) => Some(omvang(it)?),
            None => None,
        };
        Some(Versie {
            bericht,
            bsn: bsn.into(),
            aanbieder: aanbieder.into(),
            categorie: p.product.as_ref().and_then(|it| it.categorie.waarde()),
            code: p.product.as_ref().and_then(|it| it.code.waarde()),
            besloten,
            van: p.ingangsdatum.waarde()?,
            tot: p.einddatum.waarde(),
            verwijderd: is_verwijderd(p),
            omvang,
            budget: p.budget.waarde(),
            referentie: p.referentie_aanbieder.waarde(),
        })
    }

    /// Whether it holds on this day or later.
    pub fn is_actueel(&self, op: Date) -> bool {
        !self.verwijderd && self.tot.is_none_or(|it| it >= op)
    }

    /// Whether it tells of an allocation just as the dossier has it.
    pub fn zegt(&self, it: &Toewijzing) -> bool {
        let (omvang, budget) = hoeveelheid(it);
        let geldig = it.opdracht.geldig;
        (self.van, self.tot) == (geldig.van(), geldig.tot_en_met())
            && (self.omvang, self.budget) == (omvang, budget)
            && self.verwijderd != it.telt()
    }

    /// What limits a bill; `None` without a volume or with days the wrong way round.
    pub fn begrenzing(&self) -> Option<Toegewezen> {
        let categorie = self.categorie.and_then(|it| it.parse::<Productcategorie>().ok());
        let geldig = Periode::new(self.van, self.tot)?;
        Some(Toegewezen { omvang: self.omvang?, categorie, geldig })
    }

    pub(super) fn aanspraak(&self, van: Date, tot: Option<Date>) -> Aanspraakperiode<'_> {
        Aanspraakperiode { categorie: self.categorie, code: self.code.as_deref(), van, tot }
    }
}

/// Volume and budget of an allocation in a dossier.
pub(super) fn hoeveelheid(it: &Toewijzing) -> (Option<Omvang>, Option<u64>) {
    match it.opdracht.hoeveelheid {
        Hoeveelheid::Omvang(omvang) => (Some(omvang), None),
        Hoeveelheid::Budget(it) => (None, u64::try_from(it.0).ok()),
        Hoeveelheid::Open => (None, None),
    }
}

/// A volume as our own type.
pub(super) fn omvang(omvang: &basis::Omvang) -> Option<Omvang> {
    Some(Omvang {
        volume: omvang.volume.waarde()?,
        eenheid: Eenheid::from_code(omvang.eenheid.waarde()?)?,
        frequentie: Frequentie::from_code(omvang.frequentie.waarde()?)?,
    })
}
