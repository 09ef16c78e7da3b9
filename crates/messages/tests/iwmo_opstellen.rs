//! Message 301 from the log: the whole state of one client at one provider.

mod common;

use common::{Proef, eigen, xmllint};
use domain::{AanbiederId, Dossier, persoon::Persoonsgegevens};
use expect_test::expect;
use jiff::civil::{Date, Time, date, time};
use messages::{
    Ernst,
    iwmo::{
        bericht::{self, Bericht, Wmo301},
        opstellen::{Aanleiding, Opdracht, Verzonden, opstellen, stapeling},
        regel::binnen_bericht,
    },
};

/// The dossier after these own messages went in.
fn dossier(names: &[&str]) -> Dossier {
    let mut proef = Proef::default();
    proef.neem_in(&eigen(names));
    proef.state.dossiers.into_values().next().expect("a dossier")
}

fn persoon() -> Persoonsgegevens {
    Persoonsgegevens {
        bsn: "999900031".parse().ok(),
        voornamen: "Fenna".to_owned(),
        voorvoegsel: "van der".to_owned(),
        achternaam: "Iep".to_owned(),
        geboortedatum: Some(date(1941, 3, 2)),
        straat_en_nummer: "Lindelaan 7b-2".to_owned(),
        postcode: "7600 aa".to_owned(),
        plaats: "Almelo".to_owned(),
    }
}

fn make(
    dossier: &Dossier,
    op: (Date, Time),
    verzonden: &[Verzonden<'_>],
    aanleiding: Aanleiding<'_>,
) -> Result<Option<Wmo301>, String> {
    let opdracht = Opdracht {
        gemeente: "0141".parse().expect("a code"),
        aanbieder: AanbiederId(1),
        agb: "99000001".parse().expect("a code"),
        identificatie: "M1",
        nu: op,
        verzonden,
        aanleiding,
        sinds: None,
    };
    opstellen(dossier, &persoon(), &opdracht).map_err(|it| common::lijst(&it))
}

/// The products of a message, a line each.
fn lines(bericht: Option<&Wmo301>) -> String {
    let Some(bericht) = bericht else { return "niets\n".to_owned() };
    let line = |it: &bericht::wmo301::ToegewezenProduct| {
        format!(
            "{:?} {:?} t/m {:?} besloten {:?} {:?} reden {:?} referentie {:?}\n",
            it.toewijzing_nummer,
            it.ingangsdatum,
            it.einddatum,
            it.toewijzingsdatum,
            it.toewijzingstijd,
            it.reden_wijziging,
            it.referentie_aanbieder,
        )
    };
    bericht.client.toegewezen_producten.iter().map(line).collect()
}

#[test]
fn everything_that_holds_or_changed_goes_and_what_is_over_drops_out() {
    let first_state = dossier(&["1_toewijzing.xml"]);
    let later_state = dossier(&["1_toewijzing.xml", "2_gewijzigd.xml"]);
    let early = (date(2024, 2, 1), time(9, 0, 0, 0));
    let later = (date(2024, 6, 1), time(10, 30, 0, 0));
    let (over, long_over) = (date(2024, 8, 1), date(2026, 1, 1));
    let none = Aanleiding::Gemeente;
    let first = make(&first_state, early, &[], none).unwrap().unwrap();
    let sent = [Verzonden { bericht: &first, afgekeurd: false }];
    let rejected = [Verzonden { bericht: &first, afgekeurd: true }];
    let second = make(&later_state, later, &sent, none).unwrap().unwrap();
    let both = [sent[0], Verzonden { bericht: &second, afgekeurd: false }];
    let mut found = format!("eerste\n{}", lines(Some(&first)));
    for (what, op, sent, aanleiding) in [
        ("gewijzigd", later, &sent[..], none),
        ("na afkeuring", later, &rejected[..], none),
        ("nog eens", (over, Time::midnight()), &both[..], none),
        ("alles voorbij", (long_over, Time::midnight()), &both[..], none),
        ("na een verzoek", later, &sent[..], Aanleiding::Wijziging("V-9")),
    ] {
        let made = make(&later_state, op, sent, aanleiding).unwrap();
        found.push_str(&format!("{what}\n{}", lines(made.as_ref())));
    }
    expect![[r#"
        eerste
        501 2024-02-05 t/m 2024-12-29 besloten 2024-01-15 00:00:00 reden - referentie -
        502 2024-02-05 t/m 2024-12-29 besloten 2024-01-15 00:00:00 reden - referentie -
        503 2024-02-05 t/m - besloten 2024-01-15 00:00:00 reden - referentie -
        gewijzigd
        501 2024-02-05 t/m 2024-06-02 besloten 2024-05-20 00:00:00 reden "05" referentie -
        502 2024-02-05 t/m 2025-06-29 besloten 2024-05-20 00:00:00 reden "04" referentie -
        503 2024-02-05 t/m 2024-02-05 besloten 2024-05-20 00:00:00 reden "13" referentie -
        504 2024-06-03 t/m 2024-12-29 besloten 2024-05-20 00:00:00 reden - referentie -
        na afkeuring
        501 2024-02-05 t/m 2024-06-02 besloten 2024-05-20 00:00:00 reden - referentie -
        502 2024-02-05 t/m 2025-06-29 besloten 2024-05-20 00:00:00 reden - referentie -
        504 2024-06-03 t/m 2024-12-29 besloten 2024-05-20 00:00:00 reden - referentie -
        nog eens
        502 2024-02-05 t/m 2025-06-29 besloten 2024-05-20 00:00:00 reden - referentie -
        504 2024-06-03 t/m 2024-12-29 besloten 2024-05-20 00:00:00 reden - referentie -
        alles voorbij
        niets
        na een verzoek
        501 2024-02-05 t/m 2024-06-02 besloten 2024-05-20 00:00:00 reden "05" referentie "V-9"
        502 2024-02-05 t/m 2025-06-29 besloten 2024-05-20 00:00:00 reden "04" referentie "V-9"
        503 2024-02-05 t/m 2024-02-05 besloten 2024-05-20 00:00:00 reden "13" referentie "V-9"
        504 2024-06-03 t/m 2024-12-29 besloten 2024-05-20 00:00:00 reden - referentie "V-9"
    "#]]
    .assert_eq(&found);
    is_right([first, second]);
}

/// Whether messages keep the rules and the schema.
#[expect(clippy::unwrap_used, reason = "a test helper")]
fn is_right(messages: [Wmo301; 2]) {
    let files = messages.map(|it| Bericht::from(it).schrijf());
    let files: Vec<_> = files.into_iter().zip(["a.xml", "b.xml"]).collect();
    for (bytes, name) in &files {
        let (again, problems) = bericht::lees(name, bytes);
        assert!(problems.is_empty(), "{}", common::lijst(&problems));
        let broken = binnen_bericht(&again.unwrap());
        let broken: Vec<_> = broken.iter().filter(|it| it.ernst == Ernst::Fout).collect();
        assert!(broken.is_empty(), "{broken:?}");
    }
    let files: Vec<_> = files.into_iter().map(|(bytes, name)| (name.to_owned(), bytes)).collect();
    for (name, valid) in xmllint(&files).unwrap_or_default() {
        assert!(valid, "{name} does not validate");
    }
}

#[test]
fn what_may_not_change_under_one_number_is_refused() {
    let state = dossier(&["1_toewijzing.xml"]);
    let op = (date(2025, 2, 1), Time::midnight());
    let first = make(&state, op, &[], Aanleiding::Gemeente).unwrap().unwrap();
    let mut found = String::new();
    for (what, change) in [
        ("start", (|it| it.ingangsdatum = bericht::Waarde::van(date(2024, 1, 1))) as Change),
        ("product", |it| it.product = None),
        ("volume", |it| it.omvang.as_mut().expect("omvang").volume = bericht::Waarde::van(9_u32)),
        ("einde voorbij", |it| it.einddatum = bericht::Waarde::van(date(2024, 3, 1))),
    ] {
        let mut sent = first.clone();
        change(&mut sent.client.toegewezen_producten[0]);
        let sent = [Verzonden { bericht: &sent, afgekeurd: false }];
        let refused = make(&state, op, &sent, Aanleiding::Gemeente).unwrap_err();
        found.push_str(&format!("{what}: {refused}"));
    }
    expect![[r#"
        start: WMO301, ToegewezenProduct: fout OP033x1: bij toewijzing 501 verandert de ingangsdatum; beëindig hem en geef een nieuw nummer (OP033x1)
        product: WMO301, ToegewezenProduct: fout OP033x1: bij toewijzing 501 verandert het product; beëindig hem en geef een nieuw nummer (OP033x1)
        volume: WMO301, ToegewezenProduct: fout OP033x1: bij toewijzing 501 verandert de omvang; beëindig hem en geef een nieuw nummer (OP033x1)
        einde voorbij: WMO301, ToegewezenProduct: fout OP033x1: bij toewijzing 501 verandert de einddatum nadat de toewijzing is afgelopen; beëindig hem en geef een nieuw nummer (OP033x1)
    "#]].assert_eq(&found);
}

type Change = fn(&mut bericht::wmo301::ToegewezenProduct);

#[test]
fn overlap_at_two_providers_is_a_signal() {
    let mut state = dossier(&["1_toewijzing.xml"]);
    assert!(stapeling(&state).is_empty());
    let mut copy = state.toewijzingen[0].clone();
    copy.nummer = domain::ToewijzingNummer(777);
    copy.opdracht.aanbieder = AanbiederId(2);
    state.toewijzingen.push(copy);
    expect![[r#"
        WMO301, ToegewezenProduct: let op STAPEL: toewijzing 501 en 777 zijn van twee aanbieders en overlappen elkaar in tijd en product; ga na of dat zo bedoeld is
    "#]].assert_eq(&common::lijst(&stapeling(&state)));
}
