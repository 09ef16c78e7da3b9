//! Difference-in-differences: methods for treatment that starts, or switches, at some moment.

mod saturated;
mod staggered;
mod switching;

use statistics::did::{
    bacon::bacon, event_study, sun_abraham::sun_abraham, twfe_weights::twfe_weights,
    two_by_two::two_by_two,
};

use super::{
    methode::Methode,
    paneel::panel,
    regression::ols_options,
    tabel::Tabel,
    uitvoer::Uitkomst,
    vlag::{
        ADJUSTMENT, ANTICIPATION, BASE, CLUSTER, CONTROL, COVARIATE, DIRECTION, DRAW_WEIGHTS,
        DRAWS, EFFECTS, ESTIMATOR, EXPOSURE, FIRST, FIRST_TREATED, LAGS, LAST, LEADS,
        LEAVE_ONE_OUT, LEVEL, OUTCOME, PERIOD, PLACEBOS, REFERENCE, SAMPLING, TREATMENT, UNIT,
        VARIANCE, Vlag, WEIGHT,
    },
    vraag::Vraag,
};

/// What a staggered panel needs.
const PANEL: &[&Vlag] = &[&UNIT, &PERIOD, &FIRST_TREATED, &OUTCOME];

/// What Callaway and Sant'Anna can be told.
const GROUP_TIME: &[&Vlag] = &[
    &COVARIATE,
    &CONTROL,
    &ESTIMATOR,
    &BASE,
    &SAMPLING,
    &ANTICIPATION,
    &WEIGHT,
    &CLUSTER,
    &DRAWS,
    &DRAW_WEIGHTS,
    &LEVEL,
];

pub(super) const METHODEN: &[Methode] = &[
    Methode {
        naam: "two-by-two",
        ook: &["did"],
        wat: "één start: verandering van de behandelden min die van de anderen",
        bron: "Card en Krueger 1994",
        nodig: PANEL,
        mag: &[&WEIGHT, &CLUSTER, &VARIANCE, &LAGS, &LEVEL],
        run: run_two_by_two,
    },
    Methode {
        naam: "event-study",
        ook: &[],
        wat: "effect per afstand tot de start, met vaste effecten",
        bron: "Freyaldenhoven e.a. 2021",
        nodig: PANEL,
        mag: &[&REFERENCE, &FIRST, &LAST, &COVARIATE, &WEIGHT, &CLUSTER, &VARIANCE, &LAGS, &LEVEL],
        run: run_event_study,
    },
    Methode {
        naam: "goodman-bacon",
        ook: &["bacon"],
        wat: "uit welke vergelijkingen twee vaste effecten bestaan",
        bron: "Goodman-Bacon 2021",
        nodig: PANEL,
        mag: &[],
        run: |vraag, tabel| Ok(Uitkomst::new(tabel.len(), &bacon(&panel(vraag, tabel)?)?)),
    },
    Methode {
        naam: "twfe-weights",
        ook: &[],
        wat: "gewicht van elk effect in twee vaste effecten, ook onder nul",
        bron: "De Chaisemartin en D'Haultfoeuille 2020",
        nodig: PANEL,
        mag: &[],
        run: |vraag, tabel| Ok(Uitkomst::new(tabel.len(), &twfe_weights(&panel(vraag, tabel)?)?)),
    },
    Methode {
        naam: "callaway-santanna",
        ook: &["cs"],
        wat: "effect per cohort en periode, en gemiddelden daarvan",
        bron: "Callaway en Sant'Anna 2021",
        nodig: PANEL,
        mag: GROUP_TIME,
        run: staggered::run_callaway_santanna,
    },
    Methode {
        naam: "sun-abraham",
        ook: &["sunab"],
        wat: "effect per afstand tot de start, zuiver per cohort gewogen",
        bron: "Sun en Abraham 2021",
        nodig: PANEL,
        mag: &[&WEIGHT, &CLUSTER, &VARIANCE, &LAGS, &LEVEL],
        run: run_sun_abraham,
    },
    Methode {
        naam: "imputation",
        ook: &["bjs"],
        wat: "wat er zonder behandeling geweest was, per rij geschat",
        bron: "Borusyak, Jaravel en Spiess 2024",
        nodig: PANEL,
        mag: &[
            &COVARIATE,
            &ADJUSTMENT,
            &ANTICIPATION,
            &LEADS,
            &LEAVE_ONE_OUT,
            &WEIGHT,
            &CLUSTER,
            &LEVEL,
        ],
        run: staggered::run_imputation,
    },
    Methode {
        naam: "two-stage",
        ook: &["did2s"],
        wat: "eerst de onbehandelde rijen, dan wat er overblijft",
        bron: "Gardner 2022",
        nodig: PANEL,
        mag: &[&COVARIATE, &ADJUSTMENT, &ANTICIPATION, &WEIGHT, &CLUSTER, &LEVEL],
        run: staggered::run_two_stage,
    },
    Methode {
        naam: "etwfe",
        ook: &[],
        wat: "vaste effecten met een effect per cohort en periode",
        bron: "Wooldridge 2021",
        nodig: PANEL,
        mag: &[&COVARIATE, &CONTROL, &ANTICIPATION, &WEIGHT, &CLUSTER, &LEVEL],
        run: saturated::run_etwfe,
    },
    Methode {
        naam: "etwfe-poisson",
        ook: &[],
        wat: "hetzelfde voor aantallen",
        bron: "Wooldridge 2023",
        nodig: PANEL,
        mag: &[&EXPOSURE, &COVARIATE, &CONTROL, &ANTICIPATION, &WEIGHT, &CLUSTER, &LEVEL],
        run: saturated::run_etwfe_poisson,
    },
    Methode {
        naam: "chaisemartin-dhaultfoeuille",
        ook: &["dcdh", "did-multiplegt"],
        wat: "behandeling die aan en uit gaat, of in hoeveelheden komt",
        bron: "De Chaisemartin en D'Haultfoeuille 2024",
        nodig: &[&UNIT, &PERIOD, &TREATMENT, &OUTCOME],
        mag: &[&EFFECTS, &PLACEBOS, &DIRECTION, &CLUSTER, &LEVEL],
        run: switching::run,
    },
    Methode {
        naam: "compare",
        ook: &[],
        wat: "twee vaste effecten naast schatters die tegen spreiding in de start kunnen",
        bron: "Roth e.a. 2023",
        nodig: PANEL,
        mag: GROUP_TIME,
        run: staggered::run_compare,
    },
];

fn run_two_by_two(vraag: &Vraag, tabel: &Tabel) -> anyhow::Result<Uitkomst> {
    let found = two_by_two(&panel(vraag, tabel)?, &ols_options(vraag)?)?;
    Ok(Uitkomst::new(tabel.len(), &found))
}

fn run_event_study(vraag: &Vraag, tabel: &Tabel) -> anyhow::Result<Uitkomst> {
    let options = event_study::Options {
        reference: vraag.whole(&REFERENCE)?.unwrap_or(-1),
        first: vraag.whole(&FIRST)?,
        last: vraag.whole(&LAST)?,
        regression: ols_options(vraag)?,
    };
    let found = event_study::event_study(&panel(vraag, tabel)?, &options)?;
    Ok(Uitkomst::new(tabel.len(), &found))
}

fn run_sun_abraham(vraag: &Vraag, tabel: &Tabel) -> anyhow::Result<Uitkomst> {
    let found = sun_abraham(&panel(vraag, tabel)?, &ols_options(vraag)?)?;
    Ok(Uitkomst::new(tabel.len(), &found))
}
