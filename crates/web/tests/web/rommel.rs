//! Nasty values in every field: an answer, never a failure.

use domain::Functie;

use crate::proef::{PROEF, percent, run};

/// Things that no form asks for.
const ROMMEL: [&str; 59] = [
    "",
    " ",
    "0",
    "-1",
    "1",
    "00",
    "+1",
    "1e9",
    "NaN",
    "inf",
    "0x10",
    "9999999999999999999999999999999999999999",
    "65535",
    "65536",
    "4294967296",
    "18446744073709551616",
    "-0",
    "1.5",
    "1,5",
    "null",
    "undefined",
    "true",
    "ja",
    "2017",
    "2017-1",
    "2017-13",
    "0000-01",
    "9999-12",
    "-2017-01",
    "2017-12-31",
    "31-02-2017",
    "29-02-2100",
    "01-01-0001",
    "31-12-9999",
    "0-0-0",
    "--",
    "'",
    "\"",
    "';DROP TABLE gebeurtenis;--",
    "<script>alert(1)</script>",
    "\"><b>x",
    "{{7*7}}",
    "%",
    "%00",
    "\0",
    "\r\nSet-Cookie: a=b",
    "\u{202e}abc",
    "é",
    "🏠",
    "a\u{301}",
    "\u{feff}",
    "../../etc/passwd",
    "..",
    "//",
    "\\",
    "?",
    "&a=b",
    "#",
    "=cmd|' /C calc'!A0",
];

/// Sixty of them, one very long.
fn nasty() -> Vec<String> {
    let long = "x".repeat(20_000);
    ROMMEL.into_iter().map(str::to_owned).chain([long]).collect()
}

#[test]
fn no_query_value_breaks_a_page() {
    run(async {
        for (functie, path, fields) in [
            (
                Functie::Controller,
                "/maandbeeld",
                &["maand", "team", "wijk", "soort", "product", "aanbieder", "vorm"][..],
            ),
            (Functie::Controller, "/maandbeeld", &["peildatum"]),
            (Functie::Controller, "/maandtabel", &["maand"]),
            (Functie::Controller, "/toets", &["van", "tot"]),
            (
                Functie::Consulent,
                "/dossiers",
                &["fase", "team", "wijk", "te_laat", "met_voorziening", "pagina"],
            ),
            (Functie::Controller, "/register/teams", &["op", "opgeslagen"]),
            (Functie::Controller, "/register/kader", &["opgeslagen"]),
            (Functie::Controller, "/register/teams/1", &["op"]),
            (Functie::Controller, "/register/medewerkers", &["op"]),
            (Functie::FunctioneelBeheerder, "/register/wijzig/team", &["id"]),
            (Functie::FunctioneelBeheerder, "/register/wijzig/product", &["id"]),
            (Functie::FunctioneelBeheerder, "/beheer/accounts/blokkeren", &["naam"]),
            (Functie::Consulent, "/inloggen", &["terug"]),
        ] {
            for field in fields {
                for value in nasty() {
                    let asked = format!("{path}?{field}={}", percent(&value));
                    let answer = PROEF.get(functie, &asked).await;
                    assert!(!answer.status.is_server_error(), "{path} {field}={value:.60}");
                    let echoed = answer.text().contains("<script>alert");
                    assert!(!echoed, "{path} {field} is not escaped");
                }
            }
        }
    });
}

#[test]
fn no_form_value_breaks_a_page() {
    run(async {
        for (functie, path, fields) in [
            (
                Functie::Consulent,
                "/meldingen/nieuw",
                &["op", "bsn", "achternaam", "geboortedatum", "wijk", "kanaal", "hulpvraag"][..],
            ),
            (Functie::Consulent, "/dossiers/zoeken", &["bsn", "achternaam", "geboortedatum"]),
            (Functie::FunctioneelBeheerder, "/register/wijzig/tarief", &["id", "bedrag", "van"]),
            (Functie::FunctioneelBeheerder, "/register/wijzig/inwoners", &["jaar", "groep0"]),
            (Functie::FunctioneelBeheerder, "/register/wijzig/werkgebied", &["wijken", "van"]),
            (Functie::FunctioneelBeheerder, "/register/wijzig/product", &["code", "naam"]),
            (Functie::FunctioneelBeheerder, "/register/kader/vaststellen", &["tekst", "vanaf"]),
            (Functie::FunctioneelBeheerder, "/beheer/accounts/nieuw", &["medewerker", "nieuw"]),
        ] {
            for field in fields {
                for value in nasty() {
                    let answer = PROEF.post(functie, path, &[(field, &value)]).await;
                    assert!(!answer.status.is_server_error(), "{path} {field}={value:.60}");
                    let echoed = answer.text().contains("<script>alert");
                    assert!(!echoed, "{path} {field} is not escaped");
                }
            }
        }
    });
}

#[test]
fn a_path_that_is_no_number_is_not_found() {
    run(async {
        for value in nasty() {
            for start in [
                "/dossiers/",
                "/register/teams/",
                "/indicatoren/",
                "/register/wijzig/",
                "/register/kader/",
                "/zaken/",
            ] {
                let asked = format!("{start}{}", percent(&value));
                let functie = Functie::Consulent;
                let answer = PROEF.get(functie, &asked).await;
                assert!(!answer.status.is_server_error(), "{start}{value:.60}");
            }
        }
    });
}
