//! The `Header` of every message: which kind, from whom, to whom, when.

use crate::iwmo::bericht::{
    RetourCodes, Waarde,
    basis::{BerichtIdentificatie, XsdVersie},
    gegevenstype::{
        Afzender, BerichtCode, BerichtSubversie, BerichtVersie, Datum, IdentificatieBericht,
        Ontvanger, Versie,
    },
    klasse::klasse,
};

klasse! {
    /// The header of a first message: 301, 305, 307, 315, 317, 319 or 323.
    Bericht "Header" Header {
        Een bericht_code "BerichtCode" Waarde<BerichtCode>,
        Een bericht_versie "BerichtVersie" Waarde<BerichtVersie>,
        Een bericht_subversie "BerichtSubversie" Waarde<BerichtSubversie>,
        Een afzender "Afzender" Waarde<Afzender>,
        Een ontvanger "Ontvanger" Waarde<Ontvanger>,
        Een bericht_identificatie "BerichtIdentificatie" BerichtIdentificatie,
        Een xsd_versie "XsdVersie" XsdVersie,
    }
}

klasse! {
    /// The header of a return: that of the first message, and of the return itself.
    Bericht "Header" RetourHeader {
        Een bericht_code "BerichtCode" Waarde<BerichtCode>,
        Een bericht_versie "BerichtVersie" Waarde<BerichtVersie>,
        Een bericht_subversie "BerichtSubversie" Waarde<BerichtSubversie>,
        Een afzender "Afzender" Waarde<Afzender>,
        Een ontvanger "Ontvanger" Waarde<Ontvanger>,
        Een bericht_identificatie "BerichtIdentificatie" BerichtIdentificatie,
        Een xsd_versie "XsdVersie" XsdVersie,
        Een identificatie_retour "IdentificatieRetour" Waarde<IdentificatieBericht>,
        Een dagtekening_retour "DagtekeningRetour" Waarde<Datum>,
        Mag xslt_versie "XsltVersie" Waarde<Versie>,
        Een xsd_versie_retour "XsdVersieRetour" XsdVersie,
        Mag retour_codes "RetourCodes" RetourCodes,
    }
}

klasse! {
    /// The header of the answer to a bill.
    Bericht "Header" AntwoordHeader {
        Een bericht_code "BerichtCode" Waarde<BerichtCode>,
        Een bericht_versie "BerichtVersie" Waarde<BerichtVersie>,
        Een bericht_subversie "BerichtSubversie" Waarde<BerichtSubversie>,
        Een afzender "Afzender" Waarde<Afzender>,
        Een ontvanger "Ontvanger" Waarde<Ontvanger>,
        Een bericht_identificatie "BerichtIdentificatie" BerichtIdentificatie,
        Een xsd_versie "XsdVersie" XsdVersie,
        Een declaratie_identificatie "DeclaratieIdentificatie" BerichtIdentificatie,
        Mag xslt_versie "XsltVersie" Waarde<Versie>,
        Een xsd_versie_declaratie "XsdVersieDeclaratie" XsdVersie,
        Een retour_codes "RetourCodes" RetourCodes,
    }
}

/// What every header has: [`Header`], [`RetourHeader`] and [`AntwoordHeader`] read alike.
#[derive(Debug, Clone, Copy)]
pub struct Kop<'a> {
    /// The kind of message.
    pub bericht_code: &'a Waarde<BerichtCode>,
    /// The release of the standard.
    pub bericht_versie: &'a Waarde<BerichtVersie>,
    /// The release within the release.
    pub bericht_subversie: &'a Waarde<BerichtSubversie>,
    /// Whose name stands under the message; a return repeats that of the first message.
    pub afzender: &'a Waarde<Afzender>,
    /// To whom the message went; a return repeats that of the first message.
    pub ontvanger: &'a Waarde<Ontvanger>,
    /// Key and day of the message; a return repeats those of the first message.
    pub bericht_identificatie: &'a BerichtIdentificatie,
    /// The schemas that the message was made with.
    pub xsd_versie: &'a XsdVersie,
}

macro_rules! kop {
    ($($header:ident)+) => {
        $(impl $header {
            /// What every header has.
            pub const fn kop(&self) -> Kop<'_> {
                Kop {
                    bericht_code: &self.bericht_code,
                    bericht_versie: &self.bericht_versie,
                    bericht_subversie: &self.bericht_subversie,
                    afzender: &self.afzender,
                    ontvanger: &self.ontvanger,
                    bericht_identificatie: &self.bericht_identificatie,
                    xsd_versie: &self.xsd_versie,
                }
            }
        })+
    };
}

kop!(Header RetourHeader AntwoordHeader);
