//! The process of the access as the municipality uses it: framework, proposal, review, four eyes.

#![expect(dead_code, reason = "each test file uses a part of what the tests share")]

mod common;

use std::collections::{BTreeMap, BTreeSet};

use common::{municipality, state};
use domain::{
    Bedrag, State, Voorziening, Zaak, Zaakstap,
    cta::{Aanleiding, CtaUitkomst},
    kader::Conclusie,
    kosten,
    voorstel::GedaanVoorstel,
};
use jiff::civil::{Date, date};
use simulation::Parameters;

fn share(part: usize, whole: usize) -> f64 {
    let number = |it: usize| f64::from(u32::try_from(it).unwrap_or(u32::MAX));
    number(part) / number(whole)
}

#[track_caller]
fn check(what: &str, value: f64, low: f64, high: f64) {
    assert!((low..=high).contains(&value), "{what}: {value:.3}, not {low} to {high}");
}

fn six_years() -> State {
    state(&municipality(1, 42_000, date(2024, 12, 31)))
}

fn cases(state: &State) -> impl Iterator<Item = &Zaak> {
    state.dossiers.values().flat_map(|it| &it.zaken)
}

fn value(state: &State, all: &[Voorziening]) -> Bedrag {
    all.iter().map(|it| kosten::waarde_over_looptijd(&state.register, it).unwrap_or_default()).sum()
}

#[test]
fn advice_and_decision_are_two_records_of_two_people() {
    let state = six_years();
    let Parameters { kader_op, vier_ogen_op, .. } = Parameters::default();
    let (mut alone, mut decided) = (0, 0);
    for zaak in cases(&state) {
        for besluit in &zaak.beschikkingen {
            let before = zaak.voorstellen.iter().rev().find(|it| it.op <= besluit.op);
            let Some(GedaanVoorstel { door, .. }) = before else {
                let old = besluit.op < kader_op;
                let spoed = zaak.melding.melding.spoed && besluit.op < vier_ogen_op;
                assert!(old || spoed, "{} was decided on without a proposal", zaak.id);
                continue;
            };
            let person = |it: &domain::Actor| it.hoedanigheid().map(|it| it.medewerker);
            let same = person(door) == person(&besluit.door);
            assert!(!same || besluit.op < vier_ogen_op, "{} on {}", zaak.id, besluit.op);
            alone += usize::from(same);
            decided += 1;
        }
    }
    assert!(alone > 50 && decided > 3000, "{alone} of {decided} by one person");
}

#[test]
fn the_framework_is_walked_to_the_end_and_leads_to_what_was_decided() {
    let state = six_years();
    let mut conclusions: BTreeMap<&str, usize> = BTreeMap::new();
    let mut versions = BTreeSet::new();
    // In an emergency the decision comes before the enquiry.
    let asked_first = |it: &&Zaak| !it.beschikkingen.is_empty() && !it.melding.melding.spoed;
    for zaak in cases(&state).filter(asked_first) {
        let Some(walk) = &zaak.kader else { continue };
        let kader = state.register.kaders.iter().find(|(_, it)| it.id == walk.doorloop.kader);
        let found = kader.unwrap().1.doorloop(&walk.doorloop.antwoorden).conclusie;
        assert_ne!(found, Conclusie::Onvolledig, "{}", zaak.id);
        *conclusions.entry(found.naam()).or_default() += 1;
        versions.insert(walk.doorloop.kader);
        let granted = zaak.beschikkingen.last().is_some_and(|it| it.uitkomst.kent_toe());
        assert!(!granted || !matches!(found, Conclusie::Gedekt(_)), "{} {found:?}", zaak.id);
    }
    assert_eq!(versions.len(), 2, "both versions are used");
    assert_eq!(conclusions.len(), 3, "{conclusions:?}");
}

#[test]
fn the_review_sees_what_it_must_and_changes_what_was_put_in() {
    let state = six_years();
    let parameters = Parameters::default();
    let (mut reviewed, mut all) = (0, 0);
    let (mut judged, mut changed, mut back) = (0, 0, 0);
    let mut reasons: BTreeSet<Aanleiding> = BTreeSet::new();
    let (mut before, mut after) = (Bedrag::NUL, Bedrag::NUL);
    let mut slow = 0;
    for zaak in cases(&state) {
        let last = zaak.beschikkingen.last().map(|it| it.op);
        if last.is_some_and(|it| it > parameters.cta_op) {
            all += 1;
            reviewed += usize::from(!zaak.cta.oordelen.is_empty());
        }
        reasons.extend(zaak.cta.aanmelding.iter().flat_map(|(_, it)| &it.aanleidingen));
        for (on, oordeel, about) in &zaak.cta.oordelen {
            if !about.voorstel.uitkomst.kent_toe() {
                continue;
            }
            judged += 1;
            slow += usize::from((*on - about.op).get_days() > 14);
            match &oordeel.uitkomst {
                CtaUitkomst::Gewijzigd { voorzieningen, .. } => {
                    changed += 1;
                    before += value(&state, &about.voorstel.voorzieningen);
                    after += value(&state, voorzieningen);
                }
                CtaUitkomst::Terug => back += 1,
                CtaUitkomst::Akkoord => {}
            }
        }
    }
    check("share of cases reviewed", share(reviewed, all), 0.15, 0.5);
    check("changed", share(changed, judged), 0.1, parameters.cta_aandeel_gewijzigd + 0.03);
    check("sent back", share(back, judged), 0.06, parameters.cta_aandeel_terug + 0.03);
    assert!(after < before, "{after:?} after {before:?}");
    assert_eq!(reasons.len(), Aanleiding::ALLE.len() - 1, "{reasons:?}");
    assert_eq!(slow, 0, "judged after the term");
}

#[test]
fn the_new_way_of_working_begins_on_its_day() {
    let made = municipality(1, 42_000, date(2019, 12, 31));
    let Parameters { kader_op, cta_op, vier_ogen_op, .. } = Parameters::default();
    let mut first: BTreeMap<&str, Date> = BTreeMap::new();
    for (happened, event) in common::in_dossiers(&made) {
        let domain::DossierEvent::StapGezet { stap, .. } = event else { continue };
        let kind = match stap {
            Zaakstap::KaderDoorlopen(_) => "walk",
            Zaakstap::VoorstelGedaan(_) => "proposal",
            Zaakstap::CtaBeoordeeld(_) => "review",
            Zaakstap::AanbiederToegestaan { .. } => "exception",
            _ => continue,
        };
        first.entry(kind).or_insert(happened.on);
    }
    for (kind, from) in [
        ("walk", kader_op),
        ("proposal", kader_op),
        ("review", cta_op),
        ("exception", vier_ogen_op),
    ] {
        let on = first[kind];
        assert!(on >= from && (on - from).get_days() < 180, "{kind} on {on}");
    }
}
