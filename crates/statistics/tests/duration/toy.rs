//! Own toy data against lifelines and hand computation; see `reference/duration.py`.

use expect_test::expect;
use statistics::duration::aalen_johansen::{self, aalen_johansen};
use statistics::duration::cox::{Cox, Options, Ties, cox};
use statistics::duration::gray::gray;
use statistics::duration::kaplan_meier::{self, kaplan_meier};
use statistics::duration::log_rank::log_rank;
use statistics::duration::observations::Durations;
use statistics::duration::proportional_hazards::{Clock, proportional_hazards};
use statistics::figures::Estimate as _;

pub(crate) fn toy() -> Durations {
    Durations {
        entry: vec![0., 0., 0., 1., 0., 2., 0., 0., 3., 0., 1., 0.],
        time: vec![2., 3., 3., 4., 5., 5., 6., 6., 7., 8., 9., 10.],
        cause: vec![1, 1, 2, 0, 1, 2, 1, 1, 0, 2, 1, 0],
        group: Vec::new(),
    }
}

fn letters(text: &str) -> Vec<String> {
    text.chars().map(String::from).collect()
}

fn covariates() -> [(String, Vec<f64>); 2] {
    let z = vec![0.5, 1.5, -0.2, 0.3, 0.9, 1.1, -0.4, 0.0, 0.7, 0.2, -1.0, 0.6];
    [("x".to_owned(), vec![1., 0., 1., 2., 0., 1., 3., 1., 0., 2., 1., 0.]), ("z".to_owned(), z)]
}

/// lifelines iterates to 1e-12; both sides then agree in all but rounding.
const TOLERANCE: f64 = 1e-7;

fn check(name: &str, found: f64, expected: f64) {
    assert!((found - expected).abs() < TOLERANCE, "{name}: {found}, expected {expected}");
}

fn check_model(name: &str, model: &Cox, estimates: [f64; 2], errors: [f64; 2], likelihood: f64) {
    for (it, (estimate, error)) in model.coefficients.iter().zip(estimates.iter().zip(errors)) {
        check(&format!("{name} {}", it.name), it.estimate, *estimate);
        check(&format!("{name} se {}", it.name), it.standard_error, error);
    }
    check(name, model.log_likelihood.1, likelihood);
}

#[test]
fn kaplan_meier_agrees_with_lifelines() {
    let it = kaplan_meier(&toy(), &kaplan_meier::Options::default()).unwrap();
    for (time, expected) in [(3.0, 0.72), (6.0, 0.36), (9.0, 0.12)] {
        check("km", it.curves[0].survival_at(time), expected);
    }
}

#[test]
fn incidence_agrees_with_a_numerical_jackknife() {
    let options = aalen_johansen::Options { times: vec![5.0, 9.0], ..Default::default() };
    let figures = aalen_johansen(&toy(), &options).unwrap().figures();
    for (key, estimate, error) in [
        ("cif1_t5", 0.28, 0.134_536_705_028_183_27),
        ("cif1_t9", 0.58, 0.154_677_487_050_886_27),
        ("cif2_t5", 0.18, 0.113_688_719_756_925_85),
        ("cif2_t9", 0.30, 0.144_924_549_334_498_25),
    ] {
        check(key, figures.get(key).unwrap(), estimate);
        check(key, figures.get(&format!("se_{key}")).unwrap(), error);
    }
}

#[test]
fn cox_agrees_with_lifelines() {
    let late = toy();
    let plain = Durations { entry: Vec::new(), ..toy() };
    let fit =
        |durations: &Durations, options: Options| cox(durations, &covariates(), &options).unwrap();
    let estimates = [0.411_348_568_671_546_8, 0.737_613_464_351_435_6];
    let likelihood = -15.688_061_705_119_669;
    check_model(
        "efron",
        &fit(&plain, Options::default()),
        estimates,
        [0.423_814_660_984_224_2, 0.708_568_738_201_295_7],
        likelihood,
    );
    check_model(
        "delayed entry",
        &fit(&late, Options::default()),
        [0.386_673_559_981_291_8, 0.760_437_009_108_815_5],
        [0.427_621_175_557_988_9, 0.708_438_803_028_487_2],
        -15.301_081_568_706_298,
    );
    check_model(
        "strata",
        &fit(&plain, Options { strata: letters("aababbababab"), ..Options::default() }),
        [0.440_462_907_333_932_1, 1.020_908_988_269_484],
        [0.480_140_274_391_632_1, 0.928_078_168_599_142_8],
        -10.336_578_696_505_917,
    );
}

/// R `survival` stops Newton at 1e-9 of the log likelihood, so the last digits differ.
#[test]
fn robust_errors_with_ties_agree_with_survival() {
    let plain = Durations { entry: Vec::new(), ..toy() };
    let fit = |durations: &Durations, ties, cluster: &str| {
        let options =
            Options { ties, cluster: letters(cluster), robust: true, ..Options::default() };
        let it = cox(durations, &covariates(), &options).unwrap();
        [it.coefficients[0].standard_error, it.coefficients[1].standard_error]
    };
    let pairs = "ppqqrrssttuu";
    for (name, found, expected) in [
        ("rows", fit(&plain, Ties::Efron, ""), [0.265_602_084_459, 0.414_264_969_039]),
        ("clusters", fit(&plain, Ties::Efron, pairs), [0.286_028_181_568, 0.429_182_996_057]),
        ("late", fit(&toy(), Ties::Efron, ""), [0.266_359_990_745, 0.406_504_078_643]),
        ("Breslow", fit(&toy(), Ties::Breslow, pairs), [0.291_382_025_563, 0.400_869_323_234]),
    ] {
        check(name, found[0], expected[0]);
        check(name, found[1], expected[1]);
    }
}

#[test]
fn the_test_of_proportional_hazards_agrees_with_lifelines() {
    let plain = Durations { entry: Vec::new(), ..toy() };
    let model = cox(&plain, &covariates(), &Options::default()).unwrap();
    for (clock, expected) in [
        (Clock::Identity, [0.474_089_651_844_408_54, 0.504_818_857_268_630_4]),
        (Clock::Log, [0.550_184_333_360_774_3, 0.180_810_386_359_802_82]),
    ] {
        let found = proportional_hazards(&model, clock).unwrap();
        for (it, expected) in found.tests.iter().zip(expected) {
            check(&format!("{clock:?} {}", it.0), it.1, expected);
        }
    }
}

#[test]
fn the_log_rank_test_agrees_with_lifelines() {
    let group = letters("cdecdecdecde");
    let it = log_rank(&Durations { entry: Vec::new(), group, ..toy() }).unwrap();
    check("chi", it.chi_squared, 0.928_263_422_008_303_4);
    check("p", it.p, 0.628_680_744_841_554_8);
    assert_eq!(it.df, 2);
}

/// Finding 12: one early event with one subject in view takes the whole curve down.
#[test]
fn a_tiny_first_risk_set_gives_a_warning_and_a_landmark_answers_it() {
    let count = 30_u32;
    let durations = Durations {
        entry: (0..count).map(|it| if it == 0 { 0.0 } else { 2.0 }).collect(),
        time: (0..count).map(|it| if it == 0 { 1.0 } else { 3.0 + f64::from(it) }).collect(),
        cause: vec![1; 30],
        group: Vec::new(),
    };
    let it = kaplan_meier(&durations, &kaplan_meier::Options::default()).unwrap();
    assert_eq!(it.curves[0].survival_at(10.0), 0.0);
    expect![[r#"
        Groep ‘all’: op 1 waren nog maar 1 van de 30 mensen in beeld; de curve valt daar op 0 en zegt dan niets over wie later begon. Reken vanaf een ijkmoment van 1 of later."#]]
    .assert_eq(&it.warnings()[0].text);
    let options = kaplan_meier::Options { landmark: Some(1.0), ..Default::default() };
    let it = kaplan_meier(&durations, &options).unwrap();
    assert!(it.warnings().is_empty());
    assert!(it.curves[0].survival_at(10.0) > 0.7);
}

#[test]
fn results_speak_dutch() {
    let group = letters("cdecdecdecde");
    let durations = Durations { entry: Vec::new(), group, ..toy() };
    let times = vec![5.0];
    let options = aalen_johansen::Options { times, ..Default::default() };
    let text = [
        kaplan_meier(&durations, &kaplan_meier::Options::default()).unwrap().summary(),
        aalen_johansen(&toy(), &options).unwrap().summary(),
        log_rank(&durations).unwrap().summary(),
        gray(&durations).unwrap().summary(),
        cox(&toy(), &covariates(), &Options::default()).unwrap().summary(),
    ];
    expect![[r#"
        Groep ‘c’: 4 mensen, 3 keer een einde; mediaan 6.00 (95%-interval 2.00 tot 8.00).
        Groep ‘d’: 4 mensen, 4 keer een einde; mediaan 5.50 (95%-interval 3.00 tot 9.00).
        Groep ‘e’: 4 mensen, 2 keer een einde; mediaan 7.50 (95%-interval 3.00 tot ?).
        Groep ‘all’, uitgang 1: 6 van 12 mensen.
          na 5: 28.0% (95%-interval 10.2% tot 63.3%)
        Groep ‘all’, uitgang 2: 3 van 12 mensen.
          na 5: 18.0% (95%-interval 4.9% tot 54.2%)
        Log-rangtoets: chi-kwadraat 0.93 met 2 vrijheidsgraden, p = 0.6287.
        Groep ‘c’: 4 mensen, 3 keer een einde; verwacht bij gelijke snelheid 2.4.
        Groep ‘d’: 4 mensen, 4 keer een einde; verwacht bij gelijke snelheid 3.3.
        Groep ‘e’: 4 mensen, 2 keer een einde; verwacht bij gelijke snelheid 3.3.
        Uitgang 1: chi-kwadraat 5.81 met 2 vrijheidsgraden, p = 0.0547 (12 mensen).
        Uitgang 2: chi-kwadraat 2.95 met 2 vrijheidsgraden, p = 0.2292 (12 mensen).
        12 mensen, 9 keer een einde.
        ‘x’: het tempo van uitstroom is 1.472 keer zo hoog per eenheid (interval 0.637 tot 3.403, p = 0.3659).
        ‘z’: het tempo van uitstroom is 2.139 keer zo hoog per eenheid (interval 0.534 tot 8.576, p = 0.2831)."#]].assert_eq(&text.join("\n"));
}

#[test]
fn what_cannot_be_told_is_refused() {
    let late = Durations { group: letters("aabbaabbaabb"), ..toy() };
    let nobody = Durations { cause: vec![0; 12], ..late.clone() };
    let constant = [("x".to_owned(), vec![1.0; 12])];
    let split = [("x".to_owned(), toy().cause.iter().map(|it| f64::from(*it > 0)).collect())];
    let faults = [
        gray(&late).unwrap_err(),
        log_rank(&toy()).unwrap_err(),
        log_rank(&nobody).unwrap_err(),
        cox(&nobody, &covariates(), &Options::default()).unwrap_err(),
        cox(&toy(), &constant, &Options::default()).unwrap_err(),
        cox(&toy(), &split, &Options::default()).unwrap_err(),
    ];
    expect![[r#"
        Gray's toets kan niet overweg met mensen die al in zorg waren toen de waarneming begon. Neem alleen wie vanaf het begin in beeld is, of vergelijk de aandelen met hun interval (Aalen-Johansen).
        ‘aantal groepen’ is 1; verwacht wordt 2 of meer.
        Er is geen einde op een moment waarop meer dan één groep in beeld is; de groepen zijn niet te vergelijken.
        Niemand heeft een einde: er is niets te verklaren.
        Geen van de kenmerken verschilt tussen mensen die tegelijk in beeld zijn; er is geen effect te schatten.
        Een coëfficiënt loopt naar oneindig: in een groep eindigt niemand, of eindigt iedereen als eerste. Voeg groepen samen of laat het kenmerk weg."#]].assert_eq(&faults.map(|it| it.to_string()).join("\n"));
}
