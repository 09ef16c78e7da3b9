//! What is to be sent to a provider: only news, never what was just rejected, and with the reference
//! of a request that it grants.

mod common;

use common::{Proef, eigen};
use domain::{
    AanbiederId, Dossier, Eenheid, Frequentie, Omvang, ToewijzingNummer,
    persoon::Persoonsgegevens,
    toewijzing::{Hoeveelheid, RedenWijziging, Toewijzingstatus},
};
use expect_test::expect;
use jiff::civil::{Date, Time, date, time};
use messages::iwmo::{
    bericht::{
        Bericht, Waarde, Wmo301, Wmo315, Wmo317, basis,
        wmo315::AangevraagdProduct,
        wmo317::{NieuwProduct, OngewijzigdProduct, TeWijzigenProduct},
    },
    opstellen::{
        Aanleiding, Honorering, Opdracht, Opgesteld, Uitkomst, Verzonden, honorering, samenstellen,
    },
};

const AANBIEDER: AanbiederId = AanbiederId(1);

/// The dossier after these own messages went in.
fn dossier(names: &[&str]) -> Dossier {
    let mut proef = Proef::default();
    proef.neem_in(&eigen(names));
    proef.state.dossiers.into_values().next().expect("a dossier")
}

fn persoon() -> Persoonsgegevens {
    Persoonsgegevens {
        bsn: "999900031".parse().ok(),
        achternaam: "Iep".to_owned(),
        geboortedatum: Some(date(1941, 3, 2)),
        ..Persoonsgegevens::default()
    }
}

/// What is asked, and under which circumstances.
#[derive(Clone, Copy)]
struct Vraag<'a> {
    nu: (Date, Time),
    verzonden: &'a [Verzonden<'a>],
    aanleiding: Aanleiding<'a>,
    sinds: Option<Date>,
}

impl Default for Vraag<'_> {
    fn default() -> Self {
        let nu = (date(2024, 6, 1), time(10, 30, 0, 0));
        Vraag { nu, verzonden: &[], aanleiding: Aanleiding::Gemeente, sinds: None }
    }
}

impl<'a> Vraag<'a> {
    fn ask(&self, dossier: &Dossier, persoon: &Persoonsgegevens) -> Uitkomst<'a> {
        let opdracht = Opdracht {
            gemeente: "0141".parse().expect("a code"),
            aanbieder: AANBIEDER,
            agb: "99000001".parse().expect("a code"),
            identificatie: "M1",
            nu: self.nu,
            verzonden: self.verzonden,
            aanleiding: self.aanleiding,
            sinds: self.sinds,
        };
        samenstellen(dossier, persoon, &opdracht).expect("allowed changes")
    }

    fn message(&self, dossier: &Dossier) -> Opgesteld {
        match self.ask(dossier, &persoon()) {
            Uitkomst::Versturen(it) => *it,
            other => panic!("a message: {other:?}"),
        }
    }
}

fn sent(bericht: &Wmo301) -> Verzonden<'_> {
    Verzonden { bericht, afgekeurd: false }
}

fn rejected(bericht: &Wmo301) -> Verzonden<'_> {
    Verzonden { bericht, afgekeurd: true }
}

#[test]
fn only_news_goes_and_what_was_rejected_is_not_repeated() {
    let first_state = dossier(&["1_toewijzing.xml"]);
    let state = dossier(&["1_toewijzing.xml", "2_gewijzigd.xml"]);
    let plain = Vraag::default();
    let first = plain.message(&first_state).bericht;
    let first_sent = [sent(&first)];
    let second = Vraag { verzonden: &first_sent, ..plain }.message(&state).bericht;
    let all = [sent(&first), sent(&second)];
    let (once, twice) = ([rejected(&first)], [sent(&first), rejected(&second)]);
    let moved = Persoonsgegevens { achternaam: "Berk".to_owned(), ..persoon() };
    let next = (date(2024, 6, 2), Time::midnight());
    let ended = (date(2026, 1, 1), Time::midnight());
    let same = persoon();
    let mut found = String::new();
    for (what, dossier, persoon, vraag) in [
        ("eerste keer", &first_state, &same, plain),
        ("nog eens", &first_state, &same, Vraag { verzonden: &first_sent, ..plain }),
        ("veranderd", &state, &same, Vraag { verzonden: &first_sent, ..plain }),
        ("alles bekend", &state, &same, Vraag { verzonden: &all, ..plain }),
        ("eerste afgekeurd", &first_state, &same, Vraag { verzonden: &once, ..plain }),
        ("afgekeurd", &state, &same, Vraag { verzonden: &twice, ..plain }),
        ("andere dag", &state, &same, Vraag { verzonden: &twice, nu: next, ..plain }),
        ("andere naam", &state, &moved, Vraag { verzonden: &twice, ..plain }),
        ("begonnen", &state, &same, Vraag { sinds: Some(date(2024, 6, 15)), ..plain }),
        (
            "later begonnen",
            &state,
            &same,
            Vraag { sinds: Some(date(2025, 1, 1)), nu: ended, ..plain },
        ),
    ] {
        let outcome = match vraag.ask(dossier, persoon) {
            Uitkomst::Niets => "niets".to_owned(),
            Uitkomst::Afgekeurd(it) => {
                format!("afgekeurd: {}", it.client.toegewezen_producten.len())
            }
            Uitkomst::Versturen(it) => {
                let many = it.bericht.client.toegewezen_producten.len();
                let change =
                    |(nummer, what): &(ToewijzingNummer, _)| format!("{} {what:?}", nummer.0);
                let changes: Vec<String> = it.veranderd.iter().map(change).collect();
                format!("{many} producten: {}", changes.join(", "))
            }
        };
        found.push_str(&format!("{what}: {outcome}\n"));
    }
    expect![[r#"
        eerste keer: 3 producten: 501 Nieuw, 502 Nieuw, 503 Nieuw
        nog eens: niets
        veranderd: 4 producten: 501 Gewijzigd(Verkorting), 502 Gewijzigd(Verlenging), 503 Verwijderd, 504 Nieuw
        alles bekend: niets
        eerste afgekeurd: afgekeurd: 3
        afgekeurd: afgekeurd: 4
        andere dag: afgekeurd: 4
        andere naam: 4 producten: 501 Gewijzigd(Verkorting), 502 Gewijzigd(Verlenging), 503 Verwijderd, 504 Nieuw
        begonnen: 2 producten: 502 Nieuw, 504 Nieuw
        later begonnen: 1 producten: 502 Nieuw
    "#]].assert_eq(&found);
}

#[test]
fn a_later_version_has_a_later_moment() {
    let mut state = dossier(&["1_toewijzing.xml"]);
    let today = date(2024, 6, 1);
    let first_day = state.toewijzingen[0].toegewezen_op;
    for (what, decided, sent_at, now, expected) in [
        ("same day", today, time(9, 0, 0, 0), (today, time(15, 0, 0, 7)), today.at(15, 0, 0, 0)),
        (
            "a day later",
            today,
            time(9, 0, 0, 0),
            (date(2024, 6, 2), Time::midnight()),
            today.at(9, 0, 1, 0),
        ),
        (
            "dated back",
            first_day,
            time(9, 0, 0, 0),
            (today, time(15, 0, 0, 0)),
            today.at(9, 0, 1, 0),
        ),
    ] {
        let mut first = Vraag::default().message(&dossier(&["1_toewijzing.xml"])).bericht;
        for it in &mut first.client.toegewezen_producten {
            it.toewijzingsdatum = Waarde::van(today);
            it.toewijzingstijd = Waarde::van(sent_at);
        }
        state.toewijzingen[0].opdracht.geldig =
            state.toewijzingen[0].opdracht.geldig.met_einde(Some(date(2024, 9, 1))).unwrap();
        state.toewijzingen[0].status = Toewijzingstatus::Gewijzigd(RedenWijziging::Verkorting);
        state.toewijzingen[0].toegewezen_op = decided;
        let known = [sent(&first)];
        let made = Vraag { nu: now, verzonden: &known, ..Vraag::default() }.message(&state);
        let products = &made.bericht.client.toegewezen_producten;
        let moment = |at: usize| {
            let it = &products[at];
            it.toewijzingsdatum.waarde().unwrap().to_datetime(it.toewijzingstijd.waarde().unwrap())
        };
        assert_eq!(moment(0), expected, "{what}");
        assert_eq!(moment(1), today.to_datetime(sent_at), "{what}: unchanged keeps its moment");
    }
}

fn uren(volume: u32) -> basis::Omvang {
    basis::Omvang {
        volume: Waarde::van(volume),
        eenheid: Waarde::van("04"),
        frequentie: Waarde::van("2"),
        ..basis::Omvang::default()
    }
}

fn begeleiding() -> Option<basis::Product> {
    Some(basis::Product {
        categorie: Waarde::van("02"),
        code: Waarde::van("02V01"),
        ..basis::Product::default()
    })
}

#[test]
fn a_request_for_allocation_is_granted_per_product() {
    let state = dossier(&["1_toewijzing.xml"]);
    let asked = |referentie: &str, volume| AangevraagdProduct {
        referentie_aanbieder: Waarde::van(referentie),
        product: begeleiding(),
        toewijzing_ingangsdatum: Waarde::van(date(2024, 2, 5)),
        toewijzing_einddatum: Waarde::van(date(2024, 12, 29)),
        omvang: Some(uren(volume)),
        ..AangevraagdProduct::default()
    };
    let mut verzoek = Wmo315::default();
    verzoek.client.aangevraagde_producten = vec![asked("R-1", 9), asked("R-2", 3), asked("R-3", 3)];
    let verzoek = Bericht::from(verzoek);
    let granted = honorering(&verzoek, &state, AANBIEDER, &[]).unwrap();
    assert_eq!(granted.referenties(), ["R-2"], "one number answers one product");
    let vraag = Vraag { aanleiding: granted.aanleiding(), ..Vraag::default() };
    let made = vraag.message(&state).bericht;
    let references: Vec<String> = made
        .client
        .toegewezen_producten
        .iter()
        .map(|it| it.referentie_aanbieder.tekst().into_owned())
        .collect();
    assert_eq!(references, ["R-2", "", ""], "others stay without");
    let known = [sent(&made)];
    assert_eq!(honorering(&verzoek, &state, AANBIEDER, &known), None, "known is no answer");
}

#[test]
fn a_request_for_change_is_granted_as_a_whole() {
    let old = dossier(&["1_toewijzing.xml"]);
    let first = Vraag::default().message(&old).bericht;
    let known = [sent(&first)];
    let van = date(2024, 6, 3);
    let mut verzoek = Wmo317::default();
    let inside = &mut verzoek.client.verzoek;
    inside.referentie_aanbieder = Waarde::van("W-1");
    inside.te_wijzigen_producten = vec![TeWijzigenProduct {
        toewijzing_nummer: Waarde::van(501_u32),
        gewenste_ingangsdatum: Waarde::van(van),
        einddatum: Waarde::van(date(2024, 12, 29)),
        omvang: Some(uren(5)),
        ..TeWijzigenProduct::default()
    }];
    for nummer in [502_u32, 503] {
        let toewijzing_nummer = Waarde::van(nummer);
        let same = OngewijzigdProduct { toewijzing_nummer, ..OngewijzigdProduct::default() };
        inside.ongewijzigde_producten.push(same);
    }
    let verzoek = Bericht::from(verzoek);
    let with = |change: fn(&mut Dossier)| {
        let mut state = dossier(&["1_toewijzing.xml", "2_gewijzigd.xml"]);
        for (now, before) in state.toewijzingen.iter_mut().zip(&old.toewijzingen).skip(1) {
            *now = before.clone();
        }
        change(&mut state);
        honorering(&verzoek, &state, AANBIEDER, &known)
    };
    let granted = Some(Honorering::Wijziging("W-1".to_owned()));
    assert_eq!(with(|_| {}), granted, "501 ended, 504 instead");
    let other_volume = |it: &mut Dossier| {
        let (eenheid, frequentie) = (Eenheid::Uur, Frequentie::Week);
        it.toewijzingen[3].opdracht.hoeveelheid =
            Hoeveelheid::Omvang(Omvang { volume: 4, eenheid, frequentie });
    };
    assert_eq!(with(other_volume), None);
    assert_eq!(with(|it| it.toewijzingen[1].opdracht.hoeveelheid = Hoeveelheid::Open), None);
    assert_eq!(with(|it| it.toewijzingen[2].status = Toewijzingstatus::Verwijderd), None);
    assert_eq!(honorering(&verzoek, &old, AANBIEDER, &known), None, "nothing was done yet");

    let mut extra = Wmo317::default();
    extra.client.verzoek.referentie_aanbieder = Waarde::van("W-2");
    extra.client.verzoek.nieuwe_producten = vec![NieuwProduct {
        product: begeleiding(),
        gewenste_ingangsdatum: Waarde::van(van),
        einddatum: Waarde::van(date(2024, 12, 29)),
        omvang: Some(uren(5)),
        ..NieuwProduct::default()
    }];
    let extra = Bericht::from(extra);
    let state = dossier(&["1_toewijzing.xml", "2_gewijzigd.xml"]);
    let answer = honorering(&extra, &state, AANBIEDER, &known);
    assert_eq!(answer.map(|it| it.referenties().join(" ")), Some("W-2".to_owned()));
}
