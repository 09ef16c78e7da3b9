//! The code lists of which the standard fixes the values: an element holds one of these, as it stands.

use std::borrow::Cow;

use crate::iwmo::bericht::{Berichtsoort, Gegevenstype};

/// Makes a type of the standard that has a list of codes.
macro_rules! codelijst {
    ($(#[$doc:meta])* $naam:ident $($code:literal)+) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub struct $naam;

        impl $naam {
            /// The codes, in order.
            pub const CODES: &'static [&'static str] = &[$($code),+];
        }

        impl Gegevenstype for $naam {
            type Inhoud = &'static str;

            const TOONBAAR: bool = true;

            fn lees(tekst: &str, _: Berichtsoort) -> Option<&'static str> {
                $naam::CODES.iter().find(|it| **it == tekst).copied()
            }

            fn schrijf(inhoud: &&'static str) -> Cow<'static, str> {
                Cow::Borrowed(inhoud)
            }

            fn verwacht(_: Berichtsoort) -> String {
                expected($naam::CODES)
            }
        }
    };
}

/// What is expected, without the whole of a long list.
fn expected(codes: &[&str]) -> String {
    if codes.len() > 30 {
        return format!("een code van de lijst, zoals {}", codes[0]);
    }
    format!("een van de codes {}", codes.join(", "))
}

codelijst! {
    /// How a home without a usual address is named. List NUM061.
    AanduidingWoonadres
        "AB" "BY" "TO" "WW"
}

codelijst! {
    /// Which address it is. List COD757.
    AdresSoort
        "01" "02" "03" "04"
}

codelijst! {
    /// Which way of communicating somebody needs. List COD747.
    Communicatievorm
        "1" "2" "3"
}

codelijst! {
    /// Which part of a day of birth may be used. List COD170.
    DatumGebruik
        "1" "2" "3"
}

codelijst! {
    /// Whether an amount is owed or taken back. List COD043.
    DebetCredit
        "C" "D"
}

codelijst! {
    /// Of what there is a volume. List WJ756.
    Eenheid
        "01" "04" "14" "16" "82" "83" "84"
}

codelijst! {
    /// Per what time there is a volume. List WMO757.
    Frequentie
        "1" "2" "4" "6"
}

codelijst! {
    /// The sex of a person. List COD046.
    Geslacht
        "0" "1" "2"
}

codelijst! {
    /// Yes or no. List COD260.
    JaNee
        "1" "2"
}

codelijst! {
    /// The legal situation of a client. List WJ232.
    JuridischeStatus
        "01" "02" "03" "04" "05" "11" "12"
}

codelijst! {
    /// A country. List COD032.
    LandCode
        "AD" "AE" "AF" "AG" "AI" "AL" "AM" "AO" "AQ" "AR" "AS" "AT" "AU" "AW" "AX" "AZ" "BA"
        "BB" "BD" "BE" "BF" "BG" "BH" "BI" "BJ" "BL" "BM" "BN" "BO" "BQ" "BR" "BS" "BT" "BV"
        "BW" "BY" "BZ" "CA" "CC" "CD" "CF" "CG" "CH" "CI" "CK" "CL" "CM" "CN" "CO" "CR" "CU"
        "CV" "CW" "CX" "CY" "CZ" "DE" "DJ" "DK" "DM" "DO" "DZ" "EC" "EE" "EG" "EH" "ER" "ES"
        "ET" "FI" "FJ" "FK" "FM" "FO" "FR" "GA" "GB" "GD" "GE" "GF" "GG" "GH" "GI" "GL" "GM"
        "GN" "GP" "GQ" "GR" "GS" "GT" "GU" "GW" "GY" "HK" "HM" "HN" "HR" "HT" "HU" "ID" "IE"
        "IL" "IM" "IN" "IO" "IQ" "IR" "IS" "IT" "JE" "JM" "JO" "JP" "KE" "KG" "KH" "KI" "KM"
        "KN" "KP" "KR" "KW" "KY" "KZ" "LA" "LB" "LC" "LI" "LK" "LR" "LS" "LT" "LU" "LV" "LY"
        "MA" "MC" "MD" "ME" "MF" "MG" "MH" "MK" "ML" "MM" "MN" "MO" "MP" "MQ" "MR" "MS" "MT"
        "MU" "MV" "MW" "MX" "MY" "MZ" "NA" "NC" "NE" "NF" "NG" "NI" "NL" "NO" "NP" "NR" "NU"
        "NZ" "OM" "PA" "PE" "PF" "PG" "PH" "PK" "PL" "PM" "PN" "PR" "PS" "PT" "PW" "PY" "QA"
        "RE" "RO" "RS" "RU" "RW" "SA" "SB" "SC" "SD" "SE" "SG" "SH" "SI" "SJ" "SK" "SL" "SM"
        "SN" "SO" "SR" "SS" "ST" "SV" "SX" "SY" "SZ" "TC" "TD" "TF" "TG" "TH" "TJ" "TK" "TL"
        "TM" "TN" "TO" "TR" "TT" "TV" "TW" "TZ" "UA" "UG" "UM" "US" "UY" "UZ" "VA" "VC" "VE"
        "VG" "VI" "VN" "VU" "WF" "WS" "YE" "YT" "ZA" "ZM" "ZW"
}

codelijst! {
    /// Which name somebody goes by. List COD700.
    NaamGebruik
        "1" "2" "3" "4" "5" "6"
}

codelijst! {
    /// A category of products. List WMO020.
    ProductCategorie
        "01" "02" "03" "04" "05" "06" "07" "08" "09" "10" "11" "12" "13" "14" "15" "16" "17"
        "18"
}

codelijst! {
    /// Why a request is rejected. List WJ759.
    RedenAfwijzingVerzoek
        "1" "2" "3" "4" "5" "6" "7" "8" "9"
}

codelijst! {
    /// Why delivery stopped. List WMO588.
    RedenBeeindiging
        "02" "19" "20" "21" "22" "23" "31" "36" "37" "38" "39"
}

codelijst! {
    /// Why a change is asked. List WJ758.
    RedenVerzoek
        "1" "2"
}

codelijst! {
    /// Why an allocation changed. List WMO002.
    RedenWijziging
        "01" "02" "03" "04" "05" "06" "07" "08" "09" "10" "11" "12" "13" "14"
}

codelijst! {
    /// What was found wrong. List WJ001.
    RetourCode
        "0001" "0200" "0233" "0611" "8001" "8017" "8021" "8187" "8214" "8848" "9019" "9056"
        "9063" "9069" "9071" "9074" "9307" "9308" "9319" "9321" "9322" "9326" "9332" "9333"
        "9338" "9339" "9340" "9341" "9346" "9347" "9349" "9350" "9351" "9355" "9357" "9359"
        "9360" "9361" "9365" "9366" "9367" "9369" "9373" "9374" "9375" "9379" "9384" "9385"
        "9387" "9388" "9389" "9390" "9411" "9412" "9413" "9414" "9415" "S300" "S329"
}

codelijst! {
    /// What somebody is to a client. List COD472.
    SoortRelatie
        "03" "04" "05" "06" "07" "08" "09" "10" "11" "12" "13" "14" "15" "16" "17" "18" "19"
        "20" "21" "22" "23" "24" "25"
}

codelijst! {
    /// Whether a report is new, changed, removed or the same. List COD467.
    StatusAanlevering
        "1" "2" "3" "9"
}

codelijst! {
    /// Who referred a client. List COD327.
    TypeVerwijzer
        "01" "02" "03" "04" "05" "06" "08"
}

codelijst! {
    /// Whether a request is granted. List WJ760.
    VerzoekAntwoord
        "1" "2"
}

codelijst! {
    /// Who represents a client by law. List WJ003.
    WettelijkeVertegenwoordiging
        "06" "07" "08" "09" "10"
}
