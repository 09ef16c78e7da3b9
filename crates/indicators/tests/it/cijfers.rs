//! What each indicator counts, on dossiers small enough to count by hand.

use domain::{
    DossierEvent, Maand, TeamId, WijkId, ZaakId,
    besluit::{Afwijzingsgrond, Uitkomst},
    intake::IntakeUitkomst,
    melding::{Kanaal, Melder, Melding},
    organisatie::{Breuksoort, Reeksbreuk},
};
use expect_test::{Expect, expect};
use indicators::{
    CATALOGUS, Cijfer, Dimensie, Feiten, Filter, Maandtabel, Status, Vraag, Waarde, bereken,
    indicator, maandtabel,
};

use crate::gemeente::{Log, V, day};

pub(crate) fn maand(text: &str) -> Maand {
    text.parse().unwrap()
}

fn ask(log: &Log, naam: &str, van: &str, per: Dimensie, filter: Filter) -> Vec<Cijfer> {
    let state = log.state();
    let vraag = Vraag { per, filter, ..Vraag::new(maand(van), day("2018-01-15")) };
    bereken(indicator(naam).unwrap(), &Feiten::van(&state), &state.register, &vraag)
}

/// One line per cell: name, value with interval, count and rate.
pub(crate) fn lines(all: &[Cijfer]) -> String {
    let line = |it: &Cijfer| {
        let value = match &it.waarde {
            Waarde::Aantal(n) => n.to_string(),
            Waarde::Aandeel(p) => format!("{:.3} ({:.3}-{:.3})", p.estimate, p.low, p.high),
            Waarde::Dagen(d) => format!("{} dagen {:?}", d.mediaan, d.interval),
            Waarde::Bedrag(b) => b.to_string(),
            Waarde::Onbekend(why) => format!("? {why}"),
        };
        let rate = it.per_duizend.map_or(String::new(), |it| {
            format!(" | {:.4} per 1.000 van {} op {}", it.waarde, it.inwoners, it.op)
        });
        format!("{}: {value} | n={}{rate} {}\n", it.cel.naam, it.n, it.noten.join(" "))
    };
    all.iter().map(|it| line(it).replace(" \n", "\n")).collect()
}

pub(crate) fn check(log: &Log, (naam, van, per): (&str, &str, Dimensie), expected: Expect) {
    expected.assert_eq(&lines(&ask(log, naam, van, per, Filter::default())));
}

/// Client 1 moves on 10 March 2016; client 2 has two provisions; client 3 a mistake.
fn three_clients() -> Log {
    let mut log = Log::gemeente();
    log.gegevens(1, day("2015-01-01"), 1, 1950);
    log.gegevens(1, day("2016-03-10"), 2, 1950);
    log.voorziening(1, V::new("02A03", "2015-06-01", "2016-12-31"));
    log.gegevens(2, day("2015-01-01"), 3, 1987);
    log.voorziening(2, V { aanbieder: 2, ..V::new("01A01", "2016-03-01", "2016-03-30") });
    log.voorziening(2, V { pgb: true, team: None, ..V::new("02A03", "2016-03-01", "") });
    log.gegevens(3, day("2015-01-01"), 1, 1940);
    log.voorziening(3, V::new("02A03", "2016-01-01", ""));
    let mistake =
        log.state().dossiers.values().find(|it| it.client.0 == 3).unwrap().voorzieningen[0].id;
    log.dossier(3, day("2016-02-01"), DossierEvent::VoorzieningVervallen { id: mistake });
    log
}

#[test]
fn people_are_counted_once_per_cell_and_where_they_live() {
    let log = three_clients();
    check(
        &log,
        ("clienten", "2016-03", Dimensie::Geen),
        expect![[r#"
        Totaal: 2 | n=2 | 0.0556 per 1.000 van 36000 op 2016-01-01
    "#]],
    );
    check(
        &log,
        ("clienten", "2016-03", Dimensie::Wijk),
        expect![[r#"
        Centrum: 0 | n=0 | 0.0000 per 1.000 van 6000 op 2016-01-01
        Noord: 1 | n=1 | 0.0833 per 1.000 van 12000 op 2016-01-01
        Zuid: 1 | n=1 | 0.0556 per 1.000 van 18000 op 2016-01-01
    "#]],
    );
    check(
        &log,
        ("instroom", "2016-03", Dimensie::Wijk),
        expect![[r#"
        Centrum: 0 | n=0 | 0.0000 per 1.000 van 6000 op 2016-01-01
        Noord: 1 | n=1 | 0.0833 per 1.000 van 12000 op 2016-01-01
        Zuid: 1 | n=1 | 0.0556 per 1.000 van 18000 op 2016-01-01
    "#]],
    );
}

#[test]
fn who_leaves_a_cell_flows_out_of_it() {
    let log = three_clients();
    check(
        &log,
        ("uitstroom", "2016-03", Dimensie::Wijk),
        expect![[r#"
        Centrum: 1 | n=1 | 0.1667 per 1.000 van 6000 op 2016-01-01
        Noord: 0 | n=0 | 0.0000 per 1.000 van 12000 op 2016-01-01
        Zuid: 0 | n=0 | 0.0000 per 1.000 van 18000 op 2016-01-01
    "#]],
    );
    check(
        &log,
        ("uitstroom", "2016-03", Dimensie::Zorgsoort),
        expect![[r#"
        Huishouden: 1 | n=1 | 0.0278 per 1.000 van 36000 op 2016-01-01
    "#]],
    );
}

#[test]
fn a_cell_nobody_knows_of_is_shown_only_when_somebody_is_in_it() {
    let log = three_clients();
    check(
        &log,
        ("clienten", "2016-12", Dimensie::Team),
        expect![[r#"
            Team Centrum: 1 | n=1 | 0.1667 per 1.000 van 6000 op 2016-01-01
            Team Buiten: 0 | n=0 | 0.0000 per 1.000 van 30000 op 2016-01-01
            Geen team (loket, overgenomen): 1 | n=1
        "#]],
    );
    check(
        &log,
        ("clienten", "2017-01", Dimensie::Leeftijdsgroep),
        expect![[r#"
        jonger dan 30: 0 | n=0 | 0.0000 per 1.000 van 6000 op 2017-01-01
        30 tot 45: 1 | n=1 | 0.1667 per 1.000 van 6000 op 2017-01-01
        45 tot 60: 0 | n=0 | 0.0000 per 1.000 van 6000 op 2017-01-01
        60 tot 75: 0 | n=0 | 0.0000 per 1.000 van 6000 op 2017-01-01
        75 tot 85: 0 | n=0 | 0.0000 per 1.000 van 6000 op 2017-01-01
        85 of ouder: 0 | n=0 | 0.0000 per 1.000 van 6000 op 2017-01-01
    "#]],
    );
    check(
        &log,
        ("voorzieningen", "2016-03", Dimensie::Aanbieder),
        expect![[r#"
            De Brug: 1 | n=1
            Geen aanbieder (Pgb): 1 | n=1
        "#]],
    );
    check(
        &log,
        ("indicaties", "2016-03", Dimensie::Product),
        expect![[r#"
        Huishoudelijke hulp: 1 | n=1 | 0.0278 per 1.000 van 36000 op 2016-01-01
        Begeleiding individueel: 1 | n=1 | 0.0278 per 1.000 van 36000 op 2016-01-01
    "#]],
    );
}

#[test]
fn somebody_is_new_after_twelve_months_without_support() {
    let mut log = Log::gemeente();
    for (van, tot) in [
        ("2015-01-10", "2015-03-31"),
        ("2016-03-31", "2016-03-31"), // there was support on 31 March the year before
        ("2017-04-01", "2017-05-31"), // the first day after twelve months
        ("2017-04-01", "2017-06-30"), // a second provision of the same day
        ("2017-07-01", "2017-08-31"),
    ] {
        log.voorziening(1, V::new("02A03", van, tot));
    }
    let news = |van| ask(&log, "nieuwe_clienten", van, Dimensie::Geen, Filter::default())[0].n;
    let months = ["2015-01", "2016-03", "2017-04", "2017-07"];
    assert_eq!(months.map(news), [1, 0, 1, 0]);
}

#[test]
fn what_is_owed_is_volume_times_tariff_and_a_missing_price_is_told() {
    let mut log = Log::gemeente();
    log.gegevens(1, day("2015-01-01"), 1, 1950);
    log.gegevens(1, day("2016-04-16"), 2, 1950);
    // 10 hours a month at 50.00, whole month, but moved on the 16th.
    log.voorziening(1, V::new("02A03", "2016-01-01", "2016-12-31"));
    // 10 hours a month at 28.00 for half of April.
    log.voorziening(2, V::new("01A01", "2016-04-01", "2016-04-15"));
    // 3,650.00 a year for 30 of 366 days.
    log.voorziening(3, V { pgb: true, ..V::new("02A03", "2016-01-01", "") });
    // No tariff agreed.
    log.voorziening(4, V::new("07A01", "2016-01-01", ""));
    check(
        &log,
        ("verplichting", "2016-04", Dimensie::Geen),
        expect![[r#"
            Totaal: € 939,18 | n=3 Van 1 lopende voorziening of deel daarvan is tarief of omvang niet bekend. Die kosten zitten niet in dit bedrag.
        "#]],
    );
    check(
        &log,
        ("verplichting", "2016-04", Dimensie::Zorgsoort),
        expect![[r#"
            Begeleiding: € 799,18 | n=2
            Dagbesteding: ? van geen enkele lopende voorziening is de prijs bekend | n=0 Van 1 lopende voorziening of deel daarvan is tarief of omvang niet bekend. Die kosten zitten niet in dit bedrag.
            Huishouden: € 140,00 | n=1
        "#]],
    );
    check(
        &log,
        ("verplichting", "2016-04", Dimensie::Wijk),
        expect![[r#"
            Centrum: € 250,00 | n=0
            Noord: € 250,00 | n=1
            Zuid: € 0,00 | n=0
            Onbekend: € 439,18 | n=2 Van 1 lopende voorziening of deel daarvan is tarief of omvang niet bekend. Die kosten zitten niet in dit bedrag.
        "#]],
    );
}

/// Case 1 is settled at intake, 2 in time, 3 a day too late and refused, 4 still runs.
fn four_cases() -> Log {
    let mut log = Log::gemeente();
    let uitkomsten = [
        Some(IntakeUitkomst::Advies),
        Some(IntakeUitkomst::NaarTeam(TeamId(2))),
        None,
        Some(IntakeUitkomst::NaarLoket),
    ];
    for (client, uitkomst) in (1..).zip(uitkomsten) {
        let zaak = ZaakId { jaar: 2016, volgnummer: client };
        let client = u64::from(client);
        log.gegevens(client, day("2015-01-01"), 1, 1950);
        let melding =
            Melding { kanaal: Kanaal::Balie, melder: Melder::Client, spoed: false, pilot: None };
        log.dossier(client, day("2016-02-01"), DossierEvent::MeldingOntvangen { zaak, melding });
        if let Some(uitkomst) = uitkomst {
            log.dossier(client, day("2016-02-02"), DossierEvent::IntakeAfgerond { zaak, uitkomst });
        }
        // Six weeks after Monday 1 February is Monday 14 March.
        let (ended, uitkomst) = match client {
            2 => ("2016-03-14", Uitkomst::Toegekend),
            3 => ("2016-03-15", Uitkomst::Afgewezen(Afwijzingsgrond::EigenKracht)),
            _ => continue,
        };
        let team = (client == 3).then_some(TeamId(1));
        log.dossier(client, day("2016-02-10"), DossierEvent::OnderzoekGestart { zaak, team });
        log.dossier(client, day(ended), DossierEvent::OnderzoekAfgerond { zaak });
        let voorzieningen = Vec::new();
        let besluit = DossierEvent::BeschikkingAfgegeven { zaak, uitkomst, voorzieningen };
        log.dossier(client, day("2016-03-20"), besluit);
    }
    log
}

#[test]
fn the_steps_of_a_case_are_counted_in_the_month_they_happen() {
    let log = four_cases();
    check(
        &log,
        ("meldingen", "2016-02", Dimensie::Team),
        expect![[r#"
        Team Centrum: 3 | n=3 | 0.5000 per 1.000 van 6000 op 2016-01-01
        Team Buiten: 1 | n=1 | 0.0333 per 1.000 van 30000 op 2016-01-01
    "#]],
    );
    check(
        &log,
        ("afgerond_bij_intake", "2016-02", Dimensie::Geen),
        expect![[r#"
        Totaal: 0.333 (0.061-0.792) | n=3
    "#]],
    );
    check(
        &log,
        ("afgerond_bij_intake", "2016-03", Dimensie::Geen),
        expect![[r#"
        Totaal: ? geen intake afgerond in deze maand | n=0
    "#]],
    );
    check(
        &log,
        ("onderzoek_op_tijd", "2016-03", Dimensie::Team),
        expect![[r#"
        Team Centrum: 0.000 (0.000-0.793) | n=1
        Team Buiten: 1.000 (0.207-1.000) | n=1
    "#]],
    );
    check(
        &log,
        ("doorlooptijd_onderzoek", "2016-03", Dimensie::Geen),
        expect![[r#"
        Totaal: 42.5 dagen None | n=2
    "#]],
    );
    check(
        &log,
        ("beschikkingen", "2016-03", Dimensie::Uitkomst),
        expect![[r#"
        toegekend: 1 | n=1
        gedeeltelijk toegekend: 0 | n=0
        afgewezen: 1 | n=1
        buiten behandeling gesteld: 0 | n=0
        ingetrokken door de cliënt: 0 | n=0
    "#]],
    );
}

#[test]
fn a_figure_says_what_it_covers() {
    let log = three_clients();
    let filter = Filter {
        cbsgroep: Some(domain::Cbsgroep::OndersteuningThuis),
        wijk: Some(WijkId(2)),
        ..Filter::default()
    };
    let chips = |naam, filter: &Filter| {
        ask(&log, naam, "2017-12", Dimensie::Geen, filter.clone())[0].reikwijdte.chips().join(" · ")
    };
    expect!["stand op 31-12-2017 · cliënten · Ondersteuning thuis · Noord · voorlopig"]
        .assert_eq(&chips("clienten", &filter));
    expect!["in december 2017 · meldingen · voorlopig"]
        .assert_eq(&chips("meldingen", &Filter::default()));
}

#[test]
fn what_cannot_be_split_is_refused_and_not_counted_as_nothing() {
    let log = four_cases();
    let filter = Filter { product: "02A03".parse().ok(), ..Filter::default() };
    for (naam, per, filter) in [
        ("meldingen", Dimensie::Aanbieder, Filter::default()),
        ("meldingen", Dimensie::Geen, filter),
        ("clienten", Dimensie::Uitkomst, Filter::default()),
    ] {
        let all = ask(&log, naam, "2016-02", per, filter);
        assert!(matches!(all[..], [Cijfer { waarde: Waarde::Onbekend(_), .. }]), "{all:?}");
    }
    let vraag =
        Vraag { per: Dimensie::Aanbieder, ..Vraag::new(maand("2016-02"), day("2018-01-15")) };
    let refusal = indicator("meldingen").unwrap().weigering(&vraag).unwrap();
    expect![
        "'meldingen' kan niet worden uitgesplitst per aanbieder; wel per team, wijk, leeftijdsgroep"
    ]
    .assert_eq(&refusal);
}

/// The same month, asked on two days: a provision written down late was not known at first.
#[test]
fn as_known_on_an_earlier_day_gives_the_figures_of_then() {
    let mut log = Log::gemeente();
    log.voorziening(1, V::new("02A03", "2016-01-01", ""));
    log.voorziening_laat(2, V::new("02A03", "2016-01-15", ""), day("2016-04-20"));
    let on = |peildatum: &str| {
        let state = log.state_on(day(peildatum));
        let vraag = Vraag::new(maand("2016-01"), day(peildatum));
        let clienten = indicator("clienten").unwrap();
        let it = bereken(clienten, &Feiten::van(&state), &state.register, &vraag).remove(0);
        (it.n, it.reikwijdte.status)
    };
    assert_eq!(on("2016-02-01"), (1, Status::Voorlopig));
    assert_eq!(on("2016-04-19"), (1, Status::Voorlopig));
    assert_eq!(on("2016-05-01"), (2, Status::Definitief));
}

#[test]
fn every_indicator_answers_about_an_empty_log() {
    let log = Log::default();
    for it in CATALOGUS {
        for per in it.dimensies {
            let all = ask(&log, it.naam, "2016-02", *per, Filter::default());
            assert!(all.iter().all(|it| it.n == 0 && it.per_duizend.is_none()), "{all:?}");
        }
        assert_eq!(ask(&log, it.naam, "2016-02", Dimensie::Geen, Filter::default()).len(), 1);
    }
}

fn table(it: &Maandtabel) -> String {
    let mut out = String::new();
    for (title, rows) in [("standen", &it.standen), ("toekenningen", &it.toekenningen)] {
        out += &format!("{title}\n");
        for row in rows {
            let vorm = row.vorm.map_or("", |it| it.naam());
            let forecast = row
                .prognose
                .map_or(String::new(), |it| format!(" -> {} ({}-{})", it.waarde, it.laag, it.hoog));
            let (niveau, naam, telt) = (row.niveau, &row.naam, row.telt);
            out += &format!("{niveau:?} {naam} {vorm} {telt} {:?}{forecast}\n", row.waarden);
        }
    }
    out + &it.noten.join("\n")
}

/// One client comes every month of 2015 and 2016, and every other month one more.
#[test]
fn the_monthly_table_has_people_and_under_them_provisions() {
    let mut log = Log::gemeente();
    let break_ = Reeksbreuk { op: day("2016-01-01"), soort: Breuksoort::Hernoeming };
    log.register(day("2016-01-01"), domain::RegisterEvent::ReeksbreukGemarkeerd(break_));
    let mut client = 0;
    for month in maand("2015-01").tot_en_met(maand("2016-09")) {
        let start = month.eerste_dag().to_string();
        client += 1;
        log.voorziening(client, V::new("02A03", &start, ""));
        if month.nummer() % 2 == 0 {
            client += 1;
            log.voorziening(client, V { pgb: true, ..V::new("02A03", &start, "") });
            log.voorziening(client, V::new("01A01", &start, ""));
        }
    }
    let state = log.state();
    let feiten = Feiten::van(&state);
    let it = maandtabel(&feiten, &state.register, maand("2016-04"), day("2016-05-10"));
    expect![[r#"
        standen
        Totaal Totaal  cliënten [19, 21, 22, 24] -> 36 (33-40)
        Totaal Totaal  voorzieningen [25, 28, 29, 32] -> 49 (41-56)
        Groep Begeleiding ZIN cliënten [13, 14, 15, 16] -> 24 (24-24)
        Groep Begeleiding ZIN voorzieningen [13, 14, 15, 16] -> 24 (24-24)
        Product Begeleiding individueel ZIN cliënten [13, 14, 15, 16] -> 24 (24-24)
        Product Begeleiding individueel ZIN voorzieningen [13, 14, 15, 16] -> 24 (24-24)
        Groep Begeleiding Pgb cliënten [6, 7, 7, 8] -> 12 (8-16)
        Groep Begeleiding Pgb voorzieningen [6, 7, 7, 8] -> 12 (8-16)
        Product Begeleiding individueel Pgb cliënten [6, 7, 7, 8] -> 12 (8-16)
        Product Begeleiding individueel Pgb voorzieningen [6, 7, 7, 8] -> 12 (8-16)
        Groep Huishouden ZIN cliënten [6, 7, 7, 8] -> 12 (8-16)
        Groep Huishouden ZIN voorzieningen [6, 7, 7, 8] -> 12 (8-16)
        Product Huishoudelijke hulp ZIN cliënten [6, 7, 7, 8] -> 12 (8-16)
        Product Huishoudelijke hulp ZIN voorzieningen [6, 7, 7, 8] -> 12 (8-16)
        toekenningen
        Totaal Totaal  voorzieningen [1, 4, 5, 8]
        Groep Begeleiding ZIN voorzieningen [1, 2, 3, 4]
        Product Begeleiding individueel ZIN voorzieningen [1, 2, 3, 4]
        Groep Begeleiding Pgb voorzieningen [0, 1, 1, 2]
        Product Begeleiding individueel Pgb voorzieningen [0, 1, 1, 2]
        Groep Huishouden ZIN voorzieningen [0, 1, 1, 2]
        Product Huishoudelijke hulp ZIN voorzieningen [0, 1, 1, 2]
        Standen op de laatste dag van de maand. Eén inwoner kan meer voorzieningen hebben, ook in meer groepen: cliënten per groep tellen niet op tot het totaal.
        Prognose jaar: de stand die in december wordt verwacht als de gemiddelde verandering per maand sinds januari 2015 doorgaat, met de grenzen waartussen zij in 95 van de 100 gevallen ligt. Zonder 12 maanden geschiedenis is er geen prognose.
        Toekenningen: voorzieningen die sinds 1 januari met een besluit zijn toegekend, opgeteld. Een herindicatie telt mee.
        Breuk in de reeks op 01-01-2016: andere productnamen. De prognose kijkt over deze breuk heen.
        Voorlopige cijfers, zoals bekend op 10-05-2016: late registraties kunnen ze nog veranderen."#]].assert_eq(&table(&it));
    let december = maandtabel(&feiten, &state.register, maand("2016-12"), day("2017-05-10"));
    assert!(december.standen.iter().all(|it| it.prognose.is_none()), "the year is over");
    let early = maandtabel(&feiten, &state.register, maand("2015-06"), day("2017-05-10"));
    assert!(early.standen.iter().all(|it| it.prognose.is_none()), "six months are too few");
}
