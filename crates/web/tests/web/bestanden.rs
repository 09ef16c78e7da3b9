//! Files to take away: their bytes, their names, and that they hold what the filter shows.

use domain::Functie;

use crate::proef::{PROEF, run};

#[test]
fn the_figures_can_be_taken_away_as_the_filter_shows_them() {
    run(async {
        let all = PROEF.get(Functie::Controller, "/maandbeeld/cijfers.csv?maand=2017-12").await;
        assert_eq!(all.header("content-type"), "text/csv; charset=utf-8");
        assert!(all.header("content-disposition").contains("maandbeeld"));
        assert!(all.bytes.starts_with("\u{feff}".as_bytes()), "a BOM");
        let text = all.text();
        assert!(text.contains(';') && text.contains("\r\n"));
        let path = "/maandbeeld/cijfers.csv?maand=2017-12&team=1";
        let of_team = PROEF.get(Functie::Controller, path).await;
        let (name, of_all) =
            (of_team.header("content-disposition"), all.header("content-disposition"));
        assert!(name.len() > of_all.len(), "{name} names the team");
        let clients = |text: &str| -> u32 {
            text.lines().nth(1).unwrap().split(';').nth(2).unwrap().parse().unwrap()
        };
        assert!(clients(&of_team.text()) < clients(&text));
    });
}

#[test]
fn every_download_is_what_it_says_it_is() {
    run(async {
        for (path, kind, start) in [
            ("/maandbeeld/cijfers.xlsx", "spreadsheetml", &b"PK\x03\x04"[..]),
            ("/maandtabel/tabel.xlsx", "spreadsheetml", b"PK\x03\x04"),
            ("/maandtabel/tabel.csv", "text/csv", "\u{feff}".as_bytes()),
            ("/maandtabel/tabel.html", "text/html", b"<!doctype html>"),
            ("/toets/nota.html", "text/html", b"<!doctype html>"),
            ("/toets/nota.json", "application/json", b"{"),
        ] {
            let answer = PROEF.get(Functie::Beleidsonderzoeker, path).await;
            assert!(answer.header("content-type").contains(kind), "{path}");
            assert!(answer.header("content-disposition").starts_with("attachment"), "{path}");
            assert!(answer.bytes.starts_with(start), "{path}");
        }
    });
}
