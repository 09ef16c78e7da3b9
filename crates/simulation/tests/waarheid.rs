//! What was put in can be found back in the log.

#![expect(dead_code, reason = "each test file uses a part of what the tests share")]

mod common;

use std::collections::{BTreeMap, BTreeSet};

use common::{in_dossiers, is_of, municipality, state};
use domain::{
    AanbiederId, Bedrag, Cbsgroep, DossierEvent as E, Functie, Leveringsvorm, Maand, MedewerkerId,
    State, Voorziening, Werkgever, ZaakId, kosten,
    melding::{Kanaal, Melder},
    onderzoek,
    onderzoek::Onderzoek,
    voorziening::TijdelijkeGrond,
};
use jiff::civil::{Date, date};
use simulation::{Municipality, Parameters};

fn share(part: u32, whole: u32) -> f64 {
    f64::from(part) / f64::from(whole)
}

#[track_caller]
fn check(what: &str, value: f64, low: f64, high: f64) {
    assert!((low..=high).contains(&value), "{what}: {value:.3}, not {low} to {high}");
}

/// The grants of a group on a new request: the day, who decided, and what.
fn first_grants(
    made: &Municipality,
    groep: Cbsgroep,
) -> Vec<(Date, domain::Hoedanigheid, Voorziening)> {
    let mut renewals: BTreeSet<ZaakId> = BTreeSet::new();
    let mut grants = Vec::new();
    for (happened, event) in in_dossiers(made) {
        match event {
            // A renewal comes by letter from the municipality itself.
            E::MeldingOntvangen { zaak, melding }
                if melding.kanaal == Kanaal::Brief && melding.melder == Melder::Gemeente =>
            {
                renewals.insert(*zaak);
            }
            E::BeschikkingAfgegeven { zaak, voorzieningen, .. } if !renewals.contains(zaak) => {
                let who = happened.actor.hoedanigheid().expect("a person decides");
                let own = voorzieningen.iter().map(|(_, it)| (happened.on, *who, *it));
                grants.extend(own.filter(|(_, _, it)| is_of(it.product, groep)));
            }
            _ => {}
        }
    }
    grants
}

/// The Mantel-Haenszel odds ratio of choosing a provider, by those of it against others.
fn own_provider_odds(
    grants: &[(Date, domain::Hoedanigheid, Voorziening)],
    affiliated: &BTreeMap<MedewerkerId, AanbiederId>,
) -> f64 {
    let providers: BTreeSet<AanbiederId> = affiliated.values().copied().collect();
    let (mut numerator, mut denominator) = (0.0, 0.0);
    for provider in providers {
        let mut cells = [[0.0; 2]; 2];
        for (_, who, it) in grants {
            let Some(chosen) = it.vorm.aanbieder() else { continue };
            let own = affiliated.get(&who.medewerker) == Some(&provider);
            cells[usize::from(own)][usize::from(chosen == provider)] += 1.0;
        }
        let [[other_other, other_chosen], [own_other, own_chosen]] = cells;
        let total = other_other + other_chosen + own_other + own_chosen;
        numerator += own_chosen * other_other / total;
        denominator += own_other * other_chosen / total;
    }
    numerator / denominator
}

#[test]
fn people_of_a_provider_choose_it_more_often_until_the_insourcing() {
    let made = municipality(2, 84_000, date(2022, 6, 30));
    let insourcing = Parameters::default().insourcing_op;
    let grants = first_grants(&made, Cbsgroep::OndersteuningThuis);
    let (before, after): (Vec<_>, Vec<_>) =
        grants.into_iter().partition(|(on, ..)| *on < insourcing);
    let coaches = before.iter().filter_map(|(_, who, _)| match who.werkgever {
        Werkgever::Aanbieder(id) if who.functie == Functie::Wijkcoach => Some((who.medewerker, id)),
        _ => None,
    });
    let affiliated: BTreeMap<MedewerkerId, AanbiederId> = coaches.collect();
    check("odds ratio before", own_provider_odds(&before, &affiliated), 1.9, 3.3);
    check("odds ratio after", own_provider_odds(&after, &affiliated), 0.7, 1.4);
    let employed = after.iter().filter(|(_, who, _)| {
        who.functie == Functie::Wijkcoach && who.werkgever != Werkgever::Gemeente
    });
    assert_eq!(employed.count(), 0);
}

#[test]
fn the_intaker_settles_a_quarter_and_never_decides() {
    let made = municipality(1, 84_000, date(2022, 6, 30));
    let mut counts: BTreeMap<(bool, bool), u32> = BTreeMap::new();
    let mut pilot = BTreeSet::new();
    for (happened, event) in in_dossiers(&made) {
        let functie = happened.actor.hoedanigheid().map(|it| it.functie);
        match event {
            E::MeldingOntvangen { zaak, melding } if melding.pilot.is_some() => {
                pilot.insert(*zaak);
            }
            E::IntakeAfgerond { zaak, uitkomst } => {
                assert_eq!(functie == Some(Functie::Intaker), pilot.contains(zaak), "{zaak}");
                *counts.entry((pilot.contains(zaak), uitkomst.afgerond())).or_default() += 1;
            }
            E::BeschikkingAfgegeven { .. } => assert_ne!(functie, Some(Functie::Intaker)),
            _ => {}
        }
    }
    let settled =
        |pilot| share(counts[&(pilot, true)], counts[&(pilot, true)] + counts[&(pilot, false)]);
    check("settled in the pilot", settled(true), 0.20, 0.30);
    check("settled elsewhere", settled(false), 0.06, 0.10);
}

#[test]
fn a_welzijnsmedewerker_decides_until_the_mandate_ends() {
    let made = municipality(1, 42_000, date(2019, 12, 31));
    let by_welzijn = |happened: &domain::Happened| {
        happened.actor.hoedanigheid().is_some_and(|it| it.functie == Functie::Welzijnsmedewerker)
    };
    let decided: Vec<Date> = in_dossiers(&made)
        .filter(|(_, event)| matches!(event, E::BeschikkingAfgegeven { .. }))
        .filter(|(happened, _)| by_welzijn(happened))
        .map(|(happened, _)| happened.on)
        .collect();
    let last = Parameters::default().welzijn_mandaat_tot;
    assert!(decided.len() > 50, "{}", decided.len());
    assert!(decided.iter().all(|on| *on <= last));
    let still_investigates = in_dossiers(&made)
        .filter(|(_, event)| matches!(event, E::OnderzoekAfgerond { .. }))
        .any(|(happened, _)| by_welzijn(happened) && happened.on > last);
    assert!(still_investigates);
}

#[test]
fn most_enquiries_end_in_time_and_teams_differ() {
    let state = state(&municipality(1, 42_000, date(2018, 12, 31)));
    let mut teams: BTreeMap<Option<domain::TeamId>, (u32, u32)> = BTreeMap::new();
    for zaak in state.dossiers.values().flat_map(|it| &it.zaken) {
        if let Onderzoek::Afgerond { team, op, .. } = zaak.onderzoek {
            let count = teams.entry(team).or_default();
            count.0 += u32::from(op <= onderzoek::uiterste_dag(zaak.melding.op));
            count.1 += 1;
        }
    }
    let shares: Vec<f64> = teams.values().map(|(part, whole)| share(*part, *whole)).collect();
    for it in &shares {
        check("share in time", *it, 0.82, 0.97);
    }
    let spread = shares.iter().fold(0.0, |most: f64, it| most.max((it - shares[0]).abs()));
    check("difference between teams", spread, 0.02, 0.15);
}

#[test]
fn one_provider_grows_fast() {
    let made = municipality(1, 63_000, date(2024, 12, 31));
    let state = state(&made);
    let found = state.register.aanbieders.values().find(|it| it.naam == made.truth.groeier.0);
    let grower = found.unwrap().id;
    let share_in = |jaar: i16| {
        let in_year = |on: &Date| on.year() == jaar;
        let (mut own, mut all) = (0, 0);
        for (_, _, it) in
            first_grants(&made, Cbsgroep::OndersteuningThuis).iter().filter(|(on, ..)| in_year(on))
        {
            all += u32::from(it.vorm.aanbieder().is_some());
            own += u32::from(it.vorm.aanbieder() == Some(grower));
        }
        share(own, all)
    };
    check("share in 2017", share_in(2017), 0.001, 0.03);
    check("share in 2024", share_in(2024), 0.07, 0.25);
}

#[test]
fn grants_are_shaped_as_the_settings_say() {
    let made = municipality(1, 42_000, date(2022, 12, 31));
    let granted = in_dossiers(&made).filter_map(|(_, event)| match event {
        E::BeschikkingAfgegeven { voorzieningen, .. } => Some(voorzieningen),
        _ => None,
    });
    let (mut pgb, mut all, mut bridged, mut urgent) = (0, 0, 0, 0);
    for (_, it) in granted.flatten() {
        all += 1;
        pgb += u32::from(matches!(it.vorm, Leveringsvorm::Pgb { .. }));
        if let Some(ground) = it.tijdelijk {
            assert!(it.geldig.tot_en_met().is_some(), "a bridge has an end");
            bridged += u32::from(ground == TijdelijkeGrond::WachtlijstAlgemeneVoorziening);
            urgent += u32::from(ground == TijdelijkeGrond::Spoed);
        }
    }
    check("share of Pgb", share(pgb, all), 0.07, 0.12);
    assert!(bridged > 50 && urgent > 30, "{bridged} bridged, {urgent} urgent");
    let outreach = in_dossiers(&made).filter(|(_, event)| {
        matches!(event, E::MeldingOntvangen { melding, .. } if melding.kanaal == Kanaal::Outreach)
    });
    assert!(outreach.count() > 30);
}

#[test]
fn renewals_follow_at_once_or_after_a_gap_of_a_few_days() {
    let state = state(&municipality(1, 42_000, date(2018, 12, 31)));
    let mut gaps: BTreeMap<i32, u32> = BTreeMap::new();
    for dossier in state.dossiers.values() {
        let own: Vec<&Voorziening> =
            dossier.voorzieningen.iter().map(|it| &it.voorziening).collect();
        for (one, next) in own.iter().flat_map(|one| own.iter().map(move |next| (one, next))) {
            let same = one.product == next.product && one.vorm == next.vorm;
            if let (true, Some(last)) = (same, one.geldig.tot_en_met()) {
                let gap = (next.geldig.van() - last).get_days() - 1;
                if (0..=10).contains(&gap) {
                    *gaps.entry(gap).or_default() += 1;
                }
            }
        }
    }
    let all: u32 = gaps.values().sum();
    let some: u32 = (1..=3).filter_map(|gap| gaps.get(&gap)).sum();
    assert!(all > 500, "{gaps:?}");
    check("share with a gap of one to three days", share(some, all), 0.18, 0.32);
}

#[test]
fn what_is_billed_is_most_of_what_was_ordered() {
    let state = state(&municipality(1, 42_000, date(2018, 12, 31)));
    let year = Maand::new(2017, 1).unwrap().periode();
    let year = domain::Periode::new(year.van(), Some(date(2017, 12, 31))).unwrap();
    let (mut ordered, mut billed) = (Bedrag::NUL, Bedrag::NUL);
    for dossier in state.dossiers.values() {
        for it in dossier.voorzieningen.iter().filter(|it| it.telt()) {
            if it.voorziening.vorm.aanbieder().is_some() {
                ordered += cost(&state, &it.voorziening, year);
            }
        }
        billed += dossier
            .prestaties
            .iter()
            .filter(|it| it.periode.van().year() == 2017)
            .map(|it| it.bedrag)
            .sum();
    }
    let ratio = |it: Bedrag| f64::from(u32::try_from(it.0 / 100).unwrap());
    check("billed of ordered", ratio(billed) / ratio(ordered), 0.70, 0.92);
}

fn cost(state: &State, it: &Voorziening, venster: domain::Periode) -> Bedrag {
    kosten::voorziening_in_periode(&state.register, it, venster).expect("a tariff")
}

#[test]
fn the_tariff_of_2019_and_covid_show_in_the_flow() {
    let made = municipality(1, 63_000, date(2020, 12, 31));
    let asked = |from: Date, until: Date| {
        let own = in_dossiers(&made).filter(|(happened, event)| {
            let within = happened.on >= from && happened.on <= until;
            within && matches!(event, E::IntakeAfgerond { .. })
        });
        u32::try_from(own.count()).unwrap()
    };
    let spring = |jaar: i16| asked(date(jaar, 4, 1), date(jaar, 6, 30));
    check("spring of 2020 against 2019", share(spring(2020), spring(2019)), 0.5, 0.75);
    let household = first_grants(&made, Cbsgroep::HulpBijHetHuishouden);
    let year = |jaar: i16| {
        let own = household.iter().filter(|(on, ..)| on.year() == jaar && on.month() >= 3);
        u32::try_from(own.count()).unwrap()
    };
    check("household help in 2019 against 2017", share(year(2019), year(2017)), 1.1, 2.0);
}

#[test]
fn the_truth_is_a_file_with_every_part() {
    let truth = municipality(1, 5000, date(2015, 3, 31)).truth.to_toml();
    for part in [
        "[instellingen]",
        "seed = 1",
        "tot = 2015-03-31",
        "eigen_aanbieder_factor = 2.5000",
        "\"2015-01\" = 41.5",
        "[[verwachte_meldingen]]",
        "[pilot]",
        "[insourcing]",
        "[groeier]",
        "[[wijk]]",
        "[[team]]",
        "[[aanbieder]]",
        "[[medewerker]]",
    ] {
        assert!(truth.contains(part), "{part} is missing in\n{truth}");
    }
}
