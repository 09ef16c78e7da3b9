//! The checks of the access: returns, norm, CTA-overleg and steps down, counted by hand.

use domain::{
    AanbiederId, AlgemeneVoorzieningId, DossierEvent as E, Eenheid, Frequentie, KaderId,
    Leveringsvorm, MedewerkerId, Omvang, OverlegId, Periode, Productkeuze, RegisterEvent as R,
    TeamId, Vervolgstap, Voorziening, ZaakId, Zaakstap,
    besluit::{Afwijzingsgrond, Uitkomst},
    cta::{CtaOordeel, CtaUitkomst},
    inrichting::Inrichting,
    instelling::Instelling,
    intake::IntakeUitkomst,
    kader::{Kader, Norm},
    melding::{Kanaal, Melder, Melding},
    vervolg::{Afschaalreden, Afschaling, Bestemming},
    voorstel::Voorstel,
};
use expect_test::expect;
use indicators::{Dimensie, Feiten, Vraag, bereken, indicator};

use crate::{
    cijfers::{check, lines, maand},
    gemeente::{Log, V, day},
};

const fn zaak(client: u32) -> ZaakId {
    ZaakId { jaar: 2016, volgnummer: client }
}

fn support(product: &str, hours: u32, tot: &str) -> Voorziening {
    Voorziening {
        product: Productkeuze::Specifiek {
            categorie: product[..2].parse().unwrap(),
            code: product.parse().unwrap(),
        },
        vorm: Leveringsvorm::Zin { aanbieder: Some(AanbiederId(1)) },
        omvang: Some(Omvang { volume: hours, eenheid: Eenheid::Uur, frequentie: Frequentie::Week }),
        geldig: Periode::new(day("2016-04-01"), Some(day(tot))).unwrap(),
        tijdelijk: None,
    }
}

fn ask_for_help(log: &mut Log, client: u32, volgnummer: u32, on: &str, melder: Melder) {
    let kanaal = if melder == Melder::Gemeente { Kanaal::Brief } else { Kanaal::Balie };
    let melding = Melding { kanaal, melder, spoed: false, pilot: None };
    let event = E::MeldingOntvangen { zaak: zaak(volgnummer), melding };
    log.dossier(u64::from(client), day(on), event);
}

fn step(log: &mut Log, client: u32, on: &str, stap: Zaakstap) {
    log.dossier(u64::from(client), day(on), E::StapGezet { zaak: zaak(client), stap });
}

fn propose(log: &mut Log, client: u32, on: &str, it: Voorziening) {
    let (uitkomst, voorzieningen) = (Uitkomst::Toegekend, vec![it]);
    let voorstel = Voorstel { uitkomst, voorzieningen, normafwijking: None };
    step(log, client, on, Zaakstap::VoorstelGedaan(Box::new(voorstel)));
}

fn judge(log: &mut Log, client: u32, on: &str, uitkomst: CtaUitkomst) {
    let deelnemers = vec![MedewerkerId(1), MedewerkerId(2)];
    let (overleg, verschoond) = (OverlegId(1), Vec::new());
    let oordeel = CtaOordeel { overleg, uitkomst, deelnemers, verschoond, les: None };
    step(log, client, on, Zaakstap::CtaBeoordeeld(Box::new(oordeel)));
}

fn decide(log: &mut Log, client: u32, on: &str) {
    let (uitkomst, voorzieningen) = (Uitkomst::Toegekend, Vec::new());
    let event = E::BeschikkingAfgegeven { zaak: zaak(client), uitkomst, voorzieningen };
    log.dossier(u64::from(client), day(on), event);
}

fn other(it: Voorziening) -> CtaUitkomst {
    CtaUitkomst::Gewijzigd { uitkomst: Uitkomst::Toegekend, voorzieningen: vec![it] }
}

/// Three months count as a return; the norm for guidance is one to four hours a week.
fn municipality() -> Log {
    let mut log = Log::gemeente();
    let norm = Norm {
        product: "02A03".parse().unwrap(),
        van: 1,
        tot: 4,
        frequentie: Frequentie::Week,
        bron: String::new(),
    };
    let kader = Kader {
        id: KaderId(1),
        naam: "Kader".into(),
        stappen: Vec::new(),
        normen: vec![norm],
        voorbeelden: Vec::new(),
    };
    for it in [
        Inrichting::InstellingGekozen(Instelling::TerugkeerMaanden(3)),
        Inrichting::KaderVastgesteld(Box::new(kader)),
    ] {
        log.register(day("2016-01-01"), R::ToegangIngericht(it));
    }
    log
}

/// Client 1 comes back on the last day that counts, client 2 a day later, client 3 only gets a
/// letter of the municipality, client 4 is passed on.
fn settled() -> Log {
    let mut log = municipality();
    for (client, uitkomst) in (1..).zip([
        IntakeUitkomst::Advies,
        IntakeUitkomst::Informatie,
        IntakeUitkomst::AlgemeneVoorziening(AlgemeneVoorzieningId(1)),
        IntakeUitkomst::NaarTeam(TeamId(2)),
    ]) {
        log.gegevens(u64::from(client), day("2015-01-01"), 1, 1950);
        ask_for_help(&mut log, client, client, "2016-02-01", Melder::Client);
        let event = E::IntakeAfgerond { zaak: zaak(client), uitkomst };
        log.dossier(u64::from(client), day("2016-02-02"), event);
    }
    ask_for_help(&mut log, 1, 11, "2016-05-02", Melder::Client);
    ask_for_help(&mut log, 2, 12, "2016-05-03", Melder::Client);
    ask_for_help(&mut log, 3, 13, "2016-03-01", Melder::Gemeente);
    log
}

#[test]
fn the_reasons_of_the_intake_add_up_to_the_share_it_settled() {
    let log = settled();
    check(
        &log,
        ("afgerond_bij_intake", "2016-02", Dimensie::Geen),
        expect![[r#"
        Totaal: 0.750 (0.301-0.954) | n=4
    "#]],
    );
    check(
        &log,
        ("afgerond_bij_intake", "2016-02", Dimensie::Reden),
        expect![[r#"
        informatie: 0.250 (0.046-0.699) | n=4
        advies: 0.250 (0.046-0.699) | n=4
        eigen kracht: 0.000 (0.000-0.490) | n=4
        algemene voorziening: 0.250 (0.046-0.699) | n=4
    "#]],
    );
}

#[test]
fn a_return_counts_within_the_months_that_the_municipality_chose() {
    let log = settled();
    check(
        &log,
        ("terugkeer_na_intake", "2016-02", Dimensie::Geen),
        expect![[r#"
        Totaal: 0.333 (0.061-0.792) | n=3
    "#]],
    );
    check(
        &log,
        ("terugkeer_na_intake", "2016-02", Dimensie::Reden),
        expect![[r#"
        informatie: 0.000 (0.000-0.793) | n=1
        advies: 1.000 (0.207-1.000) | n=1
        eigen kracht: ? geen melding afgerond bij de intake in deze maand | n=0
        algemene voorziening: 0.000 (0.000-0.793) | n=1
    "#]],
    );
    // The last day on which somebody could still come back is 2 May 2016.
    let state = log.state();
    for (peildatum, known) in [("2016-05-02", false), ("2016-05-03", true)] {
        let vraag = Vraag::new(maand("2016-02"), day(peildatum));
        let it = indicator("terugkeer_na_intake").unwrap();
        let found = bereken(it, &Feiten::van(&state), &state.register, &vraag);
        assert_eq!(found[0].waarde.getal().is_some(), known, "{}", lines(&found));
    }
}

/// Client 4 is agreed to after a week; client 5 goes back once and gets an hour less; client 6 gets
/// an hour more; client 7 is refused by the meeting; client 8 is decided on without it.
fn reviewed() -> Log {
    let mut log = municipality();
    for client in 4..=8 {
        log.gegevens(u64::from(client), day("2015-01-01"), 1, 1950);
        ask_for_help(&mut log, client, client, "2016-02-01", Melder::Client);
    }
    let guidance = |hours| support("02A03", hours, "2016-06-30");
    propose(&mut log, 4, "2016-03-02", guidance(3));
    judge(&mut log, 4, "2016-03-09", CtaUitkomst::Akkoord);
    decide(&mut log, 4, "2016-03-10");
    propose(&mut log, 5, "2016-03-02", guidance(6));
    judge(&mut log, 5, "2016-03-04", CtaUitkomst::Terug);
    propose(&mut log, 5, "2016-03-07", guidance(5));
    // 13 weeks at 50.00.
    judge(&mut log, 5, "2016-03-17", other(guidance(4)));
    decide(&mut log, 5, "2016-03-18");
    // Four weeks at 50.00.
    let short = |hours| support("02A03", hours, "2016-04-28");
    propose(&mut log, 6, "2016-03-02", short(2));
    judge(&mut log, 6, "2016-03-07", other(short(3)));
    decide(&mut log, 6, "2016-03-20");
    // No norm and no tariff.
    propose(&mut log, 7, "2016-03-02", support("07A01", 9, "2016-06-30"));
    let uitkomst = Uitkomst::Afgewezen(Afwijzingsgrond::EigenKracht);
    judge(&mut log, 7, "2016-03-08", CtaUitkomst::Gewijzigd { uitkomst, voorzieningen: vec![] });
    decide(&mut log, 8, "2016-03-21");
    log
}

#[test]
fn the_review_is_measured_in_reach_outcome_volume_money_and_days() {
    let log = reviewed();
    check(
        &log,
        ("voorstellen_boven_norm", "2016-03", Dimensie::Geen),
        expect![[r#"
        Totaal: 0.500 (0.150-0.850) | n=4
    "#]],
    );
    check(
        &log,
        ("cta_getoetst", "2016-03", Dimensie::Geen),
        expect![[r#"
        Totaal: 0.750 (0.301-0.954) | n=4
    "#]],
    );
    check(
        &log,
        ("cta_oordelen", "2016-03", Dimensie::Oordeel),
        expect![[r#"
        akkoord: 1 | n=1
        gewijzigd: 3 | n=3
        terug: 1 | n=1
    "#]],
    );
    check(
        &log,
        ("cta_bijgestuurd", "2016-03", Dimensie::Team),
        expect![[r#"
        Team Centrum: 0.800 (0.376-0.964) | n=5
        Team Buiten: ? geen oordeel van het CTA-overleg in deze maand | n=0
    "#]],
    );
    check(
        &log,
        ("cta_omvang_lager", "2016-03", Dimensie::Geen),
        expect![[r#"
        Totaal: 0.667 (0.208-0.939) | n=3
    "#]],
    );
    check(
        &log,
        ("cta_verschil_waarde", "2016-03", Dimensie::Geen),
        expect![[r#"
        Totaal: € -450,00 | n=2 Van 1 wijziging is de prijs niet bekend. Die zit niet in dit bedrag.
    "#]],
    );
    check(
        &log,
        ("cta_doorlooptijd", "2016-03", Dimensie::Geen),
        expect![[r#"
        Totaal: 6 dagen None | n=5
    "#]],
    );
    check(
        &log,
        ("cta_doorlooptijd", "2016-04", Dimensie::Geen),
        expect![[r#"
        Totaal: ? geen oordeel van het CTA-overleg in deze maand | n=0
    "#]],
    );
}

#[test]
fn steps_down_are_counted_by_where_they_lead() {
    let mut log = municipality();
    log.gegevens(1, day("2015-01-01"), 2, 1950);
    log.voorziening(1, V::new("02A03", "2015-06-01", ""));
    log.voorziening(1, V::new("01A01", "2015-06-01", ""));
    let ids: Vec<_> = log.state().dossiers.values().next().unwrap().voorzieningen.clone();
    for (at, on, naar) in [
        (0, "2016-03-01", Bestemming::LichterMaatwerk),
        (0, "2016-03-31", Bestemming::Wlz),
        (1, "2016-03-31", Bestemming::Wlz),
        (1, "2016-04-01", Bestemming::EigenKracht),
    ] {
        let step = Afschaling { naar, reden: Afschaalreden::AndereWet };
        let (voorziening, stap) = (ids[at].id, Vervolgstap::Afgeschaald(step));
        log.dossier(1, day(on), E::VervolgGezet { voorziening, stap });
    }
    check(
        &log,
        ("afschalingen", "2016-03", Dimensie::Bestemming),
        expect![[r#"
        lichter maatwerk: 1 | n=1
        algemene voorziening: 0 | n=0
        eigen kracht of netwerk: 0 | n=0
        Wlz: 2 | n=2
        Zvw: 0 | n=0
    "#]],
    );
    check(
        &log,
        ("afschalingen", "2016-03", Dimensie::Zorgsoort),
        expect![[r#"
        Begeleiding: 2 | n=2 | 0.0556 per 1.000 van 36000 op 2016-01-01
        Huishouden: 1 | n=1 | 0.0278 per 1.000 van 36000 op 2016-01-01
    "#]],
    );
}
