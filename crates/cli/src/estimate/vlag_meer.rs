//! The flags of the groups beside difference-in-differences.

use super::vlag::{Soort, Vlag};

/// These flags, in the order of the help.
pub(super) const MEER: &[Vlag] = &[
    TREATED_UNIT,
    START,
    DONOR,
    PREDICTOR,
    IMPORTANCE,
    STARTS,
    INFERENCE,
    LAMBDA,
    ERRORS,
    ORDER,
    SEASON,
    HARMONICS,
    ESTIMATE,
    SE,
    P_VALUE,
    VCOV,
    PRE,
    POST,
    TARGET,
    SMOOTHNESS,
    RELATIVE,
    SLOPE,
    TREATED,
    POWER,
    EFFECT,
    CRITICAL,
    LOWER,
    UPPER,
    DF,
    COUNT,
    SIZE,
    EXPECTED,
    AGAINST,
    GROUP,
    OUTER_GROUP,
    STRATUM,
    FACTOR,
    FAMILY,
    POINTS,
    LIKELIHOOD,
    SCALE,
    TRIM,
    TRIM_SHARE,
    FDR,
    RATER,
    WEIGHTING,
    PRICE,
    ENTRY,
    TIME,
    STATUS,
    EVENT,
    CAUSE,
    TIMES,
    LANDMARK,
    VARIANCE_FORMULA,
    TIES,
    ROBUST,
    BASELINE,
    MEAN,
    SIGMA,
    RUN,
    TREND,
    K,
    H,
    LIMIT,
    MODEL,
    PARAMETER,
    LEVELS,
    HORIZON,
    RATE,
    RATE_TREND,
    PRICE_INDEX,
];

// Few treated units.
pub(super) const TREATED_UNIT: Vlag = Vlag::new(
    "treated-unit",
    Soort::Teksten,
    "Noord",
    "Behandelde eenheid, met --start; mag vaker",
);
pub(super) const START: Vlag = Vlag::new(
    "start",
    Soort::Tekst,
    "2020",
    "Eerste behandelde periode, zoals 2020, 2020-03 of 2020-K2",
);
pub(super) const DONOR: Vlag = Vlag::new(
    "donor",
    Soort::Teksten,
    "Zuid",
    "Eenheid om mee te vergelijken; mag vaker [anders: alle die nooit behandeld zijn]",
);
pub(super) const PREDICTOR: Vlag = Vlag::new(
    "predictor",
    Soort::Teksten,
    "inkomen:2015-2019",
    "Kolom om op te lijken, gemiddeld over deze periodes, ook als NAAM=KOLOM:2019; mag vaker",
);
pub(super) const IMPORTANCE: Vlag = Vlag::keuze(
    "importance",
    &["search", "equal"],
    "Gewicht van de kenmerken: gezocht of gelijk [anders: search]",
);
pub(super) const STARTS: Vlag =
    Vlag::getal("starts", "8", "Aantal keer dat het zoeken opnieuw begint [anders: 8]");
pub(super) const INFERENCE: Vlag = Vlag::keuze(
    "inference",
    &["none", "placebo-all", "placebo", "jackknife", "bootstrap", "leave-one-out", "conformal"],
    "Hoe de onzekerheid wordt bepaald",
);
pub(super) const LAMBDA: Vlag = Vlag::getal("lambda", "0.1", "Straf (ridge), of gewicht (EWMA)");
pub(super) const ERRORS: Vlag = Vlag::keuze(
    "errors",
    &["newey-west", "autoregressive"],
    "Samenhang van de fouten in de tijd [anders: newey-west]",
);
pub(super) const ORDER: Vlag = Vlag::getal("order", "1", "Orde bij autoregressive [anders: 1]");
pub(super) const SEASON: Vlag = Vlag::getal("season", "12", "Aantal periodes in een seizoen");
pub(super) const HARMONICS: Vlag =
    Vlag::getal("harmonics", "2", "Aantal golven in het seizoen [anders: 1]");

// Credibility.
pub(super) const ESTIMATE: Vlag = Vlag::kolom("estimate", "betahat", "Schatting");
pub(super) const SE: Vlag = Vlag::kolom("se", "standaardfout", "Standaardfout van de schatting");
pub(super) const P_VALUE: Vlag = Vlag::kolom("p-value", "p", "Overschrijdingskans");
pub(super) const VCOV: Vlag = Vlag::new(
    "vcov",
    Soort::Bestand,
    "vcov.csv",
    "CSV met de covarianties van de schattingen, in de volgorde van de rijen",
);
pub(super) const PRE: Vlag = Vlag::getal("pre", "5", "Aantal periodes vóór de start");
pub(super) const POST: Vlag = Vlag::getal("post", "2", "Aantal periodes vanaf de start");
pub(super) const TARGET: Vlag = Vlag::new(
    "target",
    Soort::Tekst,
    "average",
    "Effect waarover het gaat: first, average, of gewichten zoals 0.5,0.5 [anders: first]",
);
pub(super) const SMOOTHNESS: Vlag = Vlag::new(
    "smoothness",
    Soort::Tekst,
    "0,0.01",
    "Grenzen M aan de knik van het verschil in trend",
);
pub(super) const RELATIVE: Vlag = Vlag::new(
    "relative",
    Soort::Tekst,
    "0.5,1,2",
    "Grenzen Mbar, als veelvoud van de grootste stap ervoor [anders: 0.5,1,1.5,2]",
);
pub(super) const SLOPE: Vlag =
    Vlag::getal("slope", "0.1", "Verschil in trend per periode waarnaar wordt gevraagd");
pub(super) const TREATED: Vlag = Vlag::getal("treated", "2", "Aantal behandelde eenheden");
pub(super) const POWER: Vlag =
    Vlag::getal("power", "0.8", "Kans om het effect te zien [anders: 0.8]");
pub(super) const EFFECT: Vlag =
    Vlag::new("effect", Soort::Tekst, "0.1,0.2", "Effecten waarvan de kans wordt getoond");
pub(super) const CRITICAL: Vlag = Vlag::keuze(
    "critical",
    &["randomisation", "t"],
    "Wanneer een schatting opvalt: door te loten, of een t-toets [anders: randomisation]",
);
pub(super) const LOWER: Vlag = Vlag::getal("lower", "-0.14", "Ondergrens van wat er niet toe doet");
pub(super) const UPPER: Vlag = Vlag::getal("upper", "0.14", "Bovengrens van wat er niet toe doet");
pub(super) const DF: Vlag = Vlag::getal("df", "340", "Vrijheidsgraden [anders: oneindig]");

// Comparison.
pub(super) const COUNT: Vlag = Vlag::kolom("count", "cliënten", "Aantal gevallen");
pub(super) const SIZE: Vlag = Vlag::kolom("size", "aanvragen", "Aantal waaruit de gevallen komen");
pub(super) const EXPECTED: Vlag = Vlag::kolom("expected", "verwacht", "Verwacht aantal gevallen");
pub(super) const AGAINST: Vlag =
    Vlag::new("against", Soort::Tekst, "Noord", "Eenheid waarmee de andere worden vergeleken");
pub(super) const GROUP: Vlag = Vlag::kolom("group", "team", "Groep");
pub(super) const OUTER_GROUP: Vlag =
    Vlag::kolom("outer-group", "regio", "Groep waarin de groepen liggen");
pub(super) const STRATUM: Vlag =
    Vlag::new("stratum", Soort::Kolommen, "leeftijdsgroep", "Laag; mag vaker");
pub(super) const FACTOR: Vlag = Vlag::new(
    "factor",
    Soort::Kolommen,
    "leeftijdsgroep",
    "Kenmerk met categorieën; de eerste is de vergelijking; mag vaker",
);
pub(super) const FAMILY: Vlag =
    Vlag::keuze("family", &["linear", "binomial", "poisson"], "Verdeling van de uitkomst");
pub(super) const POINTS: Vlag =
    Vlag::getal("points", "25", "Aantal punten van de kwadratuur; 1 is Laplace [anders: 1]");
pub(super) const LIKELIHOOD: Vlag = Vlag::keuze(
    "likelihood",
    &["reml", "ml"],
    "Aannemelijkheid van een lineair model [anders: reml]",
);
pub(super) const SCALE: Vlag = Vlag::keuze(
    "scale",
    &["log", "root", "arcsine"],
    "Schaal van de trechter [anders: root, en bij --size arcsine]",
);
pub(super) const TRIM: Vlag = Vlag::keuze(
    "trim",
    &["winsorise", "truncate", "none"],
    "Wat er met uitersten gebeurt bij het schatten van de spreiding [anders: winsorise]",
);
pub(super) const TRIM_SHARE: Vlag =
    Vlag::getal("trim-share", "0.1", "Deel aan elke kant dat een uiterste is [anders: 0.1]");
pub(super) const FDR: Vlag =
    Vlag::getal("fdr", "0.05", "Verwacht deel valse meldingen [anders: 0.05]");
pub(super) const RATER: Vlag = Vlag::new(
    "rater",
    Soort::Kolommen,
    "beoordelaar_1",
    "Oordelen van een beoordelaar; minstens twee keer",
);
pub(super) const WEIGHTING: Vlag = Vlag::keuze(
    "weighting",
    &["nominal", "linear", "quadratic"],
    "Hoe zwaar een verschil telt [anders: nominal]",
);
pub(super) const PRICE: Vlag = Vlag::kolom("price", "tarief", "Prijs per eenheid");

// Duration.
pub(super) const ENTRY: Vlag =
    Vlag::kolom("entry", "vanaf", "Tijd waarop iemand in beeld kwam [anders: het begin]");
pub(super) const TIME: Vlag = Vlag::kolom("time", "maanden", "Tijd tot het einde");
pub(super) const STATUS: Vlag =
    Vlag::kolom("status", "einde", "Hoe het eindigde: 0 is nog bezig, elk ander getal een reden");
pub(super) const EVENT: Vlag =
    Vlag::getal("event", "2", "Alleen deze waarde van --status is een einde; de rest is nog bezig");
pub(super) const CAUSE: Vlag = Vlag::getal("cause", "1", "Reden die telt [anders: elke]");
pub(super) const TIMES: Vlag =
    Vlag::new("times", Soort::Tekst, "6,12,24", "Tijden waarop de cijfers worden getoond");
pub(super) const LANDMARK: Vlag =
    Vlag::getal("landmark", "3", "Alleen wat na deze tijd gebeurt telt mee");
pub(super) const VARIANCE_FORMULA: Vlag = Vlag::keuze(
    "variance-formula",
    &["jackknife", "aalen"],
    "Formule van de standaardfout [anders: jackknife]",
);
pub(super) const TIES: Vlag = Vlag::keuze(
    "ties",
    &["efron", "breslow"],
    "Wat er gebeurt bij eindes op hetzelfde moment [anders: efron]",
);
pub(super) const ROBUST: Vlag =
    Vlag::new("robust", Soort::Aan, "", "Robuuste standaardfouten, ook zonder clusters");

// Series.
pub(super) const BASELINE: Vlag =
    Vlag::getal("baseline", "24", "Aantal eerste punten waarop de grenzen rusten [anders: alle]");
pub(super) const MEAN: Vlag = Vlag::getal("mean", "120", "Gemiddelde, als het al bekend is");
pub(super) const SIGMA: Vlag = Vlag::getal("sigma", "8.5", "Spreiding, als die al bekend is");
pub(super) const RUN: Vlag =
    Vlag::getal("run", "8", "Punten aan één kant die een signaal zijn [anders: 8]");
pub(super) const TREND: Vlag =
    Vlag::getal("trend", "7", "Punten op rij omhoog of omlaag die een signaal zijn [anders: 7]");
pub(super) const K: Vlag =
    Vlag::getal("k", "0.5", "Halve verschuiving die moet opvallen, in spreidingen [anders: 0.5]");
pub(super) const H: Vlag = Vlag::getal("h", "5", "Som die een signaal is [anders: 5]");
pub(super) const LIMIT: Vlag =
    Vlag::getal("limit", "2.814", "Grenzen, in spreidingen van het gemiddelde [anders: 2.814]");
pub(super) const MODEL: Vlag =
    Vlag::new("model", Soort::Tekst, "AAA", "ETS-model, of auto [anders: auto]");
pub(super) const PARAMETER: Vlag = Vlag::new(
    "parameter",
    Soort::Teksten,
    "alpha=0.3",
    "Gegeven parameter of beginwaarde (alpha, beta, gamma, phi, init_l, init_b, init_s1, ...); \
     mag vaker",
);
pub(super) const LEVELS: Vlag = Vlag::new(
    "levels",
    Soort::Tekst,
    "0.8,0.95",
    "Betrouwbaarheid van de intervallen vooruit [anders: 0.8,0.95]",
);
pub(super) const HORIZON: Vlag =
    Vlag::getal("horizon", "12", "Aantal stappen vooruit, of het einde van het gemiddelde");
pub(super) const RATE: Vlag = Vlag::kolom("rate", "gebruik", "Deel dat gebruikmaakt, in het begin");
pub(super) const RATE_TREND: Vlag =
    Vlag::kolom("rate-trend", "trend", "Verandering van dat deel per jaar; 0.01 is 1%");
pub(super) const PRICE_INDEX: Vlag =
    Vlag::kolom("price-index", "index", "Verandering van de prijs per jaar; 0.03 is 3%");
