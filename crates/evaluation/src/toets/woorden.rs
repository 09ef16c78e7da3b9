//! The words of the answer, for a council: careful, and the same every time.

use domain::Maand;
use indicators::datum_tekst;
use statistics::comparison::growth::Growth;

use super::{Groei, KLEINSTE_AANTAL, Oordeel, Vergelijking, Waarschuwing, Weigering};
use crate::{Vergelijkingsgroep, vergelijkingsgroep::cpb_venster};

pub(super) fn scope(van: Maand, tot: Maand) -> Vec<String> {
    let day = |it: Maand| datum_tekst(it.laatste_dag());
    vec![
        format!("stand op {} en op {}", day(van), day(tot)),
        "cliënten: personen, ieder één keer".into(),
        "CBS-groep Ondersteuning thuis: productcategorie 02, 03, 04, 06, 07, 09 en 10".into(),
        "alleen maatwerkvoorzieningen, ZIN en Pgb".into(),
        "per 1.000 inwoners: inwoners op 1 januari van hetzelfde jaar".into(),
    ]
}

pub(super) fn no_stock(maand: Maand) -> Weigering {
    let naam = maand.naam();
    Weigering {
        reden: format!(
            "Op de laatste dag van {naam} is geen enkele cliënt ondersteuning thuis bekend."
        ),
        nodig:
            "Kies een venster waarin de registratie loopt, of lees de voorzieningen uit die tijd \
                in."
            .into(),
    }
}

pub(super) fn warnings(van: Maand, tot: Maand) -> Vec<Waarschuwing> {
    let mut all = vec![
        Waarschuwing {
            titel: "De 14 % van het CPB is een effect en geen groei",
            tekst: "De gepubliceerde 14 % is wat wijkteams volgens het CPB extra gaven, vergeleken met \
                    gemeenten zonder wijkteam. Het is niet de landelijke groei. Een eigen groei mag er \
                    niet naast worden gezet; vergelijk die met de groei van de groepen hieronder."
                .into(),
        },
        Waarschuwing {
            titel: "Dagbesteding voor ouderen telt hier mee",
            tekst: "Waar dagbesteding voor ouderen een maatwerkvoorziening is, telt zij mee; in \
                    gemeenten waar zij een algemene voorziening is niet. Daarom staat de groei er ook \
                    zonder dagbesteding (productcategorie 07). Dat laat ook dagbesteding van jongere \
                    mensen weg."
                .into(),
        },
        Waarschuwing {
            titel: "Wat het interval zegt",
            tekst: "De aantallen zijn geteld en niet geschat. Het interval (95 %) zegt hoe ver twee \
                    losse tellingen van deze omvang door toeval uiteen kunnen lopen (verhouding van \
                    twee Poisson-aantallen). Veel cliënten zitten in beide tellingen; het interval is \
                    daardoor eerder te ruim dan te krap. Over de oorzaak zegt het niets."
                .into(),
        },
    ];
    let published = cpb_venster();
    if (van, tot) != published {
        all.push(Waarschuwing {
            titel: "Een ander venster dan dat van het CPB",
            tekst: format!(
                "De groepen zijn gepubliceerd over {} tot en met {}. Voor een ander venster is geen \
                 oordeel te geven.",
                published.0.naam(),
                published.1.naam()
            ),
        });
    }
    all
}

pub(super) fn cannot_tell() -> Vec<String> {
    [
        "Of de wijkteams de groei hebben veroorzaakt: één gemeente heeft geen vergelijkingsgroep. \
         Daarvoor zijn gemeenten of wijken nodig die eerst gelijk op gingen en op een ander moment \
         veranderden.",
        "Of meer cliënten te veel cliënten zijn: teams kunnen mensen hebben gevonden die eerder geen \
         hulp vroegen.",
        "Wat het elders scheelt of kost: in de Wlz, de Zvw, de jeugdhulp, de bijstand of bij schulden.",
        "Of mensen er beter van werden.",
        "Of cliënten meer of minder uren kregen: hier zijn mensen geteld.",
        "Hoe zeker de cijfers van het CPB zelf zijn: foutmarges en aantallen gemeenten zijn hier niet \
         bekend.",
    ]
    .map(str::to_owned)
    .into()
}

pub(super) fn verdict(
    oordeel: Oordeel,
    own: Option<Growth>,
    groep: &Vergelijkingsgroep,
    few: bool,
    venster: (Maand, Maand),
) -> String {
    let Some(own) = own else {
        return "Er is geen groei te berekenen: een van beide aantallen is nul.".into();
    };
    let range = format!("{} tot {}", percent(own.low), percent(own.high));
    let other = percent(groep.groei);
    match oordeel {
        Oordeel::PastBij => format!(
            "{other} ligt binnen het interval van de eigen groei ({range}). De eigen groei is met \
             deze groep te verenigen; dat bewijst niet dat de oorzaak dezelfde is."
        ),
        Oordeel::PastNietBij => format!(
            "{other} ligt buiten het interval van de eigen groei ({range}). Toeval alleen verklaart \
             het verschil met deze groep niet goed."
        ),
        Oordeel::NietTeZeggen if venster != cpb_venster() => {
            "Deze groep is over een ander venster gepubliceerd.".into()
        }
        Oordeel::NietTeZeggen if few => format!(
            "Met minder dan {KLEINSTE_AANTAL} cliënten in een van beide maanden is het interval niet \
             betrouwbaar."
        ),
        Oordeel::NietTeZeggen => "Er zijn te weinig gegevens.".into(),
    }
}

pub(super) fn summary(own: &Groei, all: &[Vergelijking]) -> String {
    let Some(growth) = own.te_vergelijken() else {
        return "Er is geen groei te berekenen.".into();
    };
    let basis = if own.groei_per_duizend.is_some() { "per 1.000 inwoners" } else { "in aantal" };
    let grew = format!(
        "Het aantal {} ging van {} naar {}; dat is {} {basis} (95 %-interval {} tot {}).",
        own.naam,
        own.eerste.aantal,
        own.laatste.aantal,
        percent(growth.estimate),
        percent(growth.low),
        percent(growth.high)
    );
    let names = |oordeel| {
        let these = all.iter().filter(|it| it.oordeel == oordeel);
        let names: Vec<String> =
            these.map(|it| format!("{} ({})", it.groep.naam, percent(it.groep.groei))).collect();
        names
    };
    let (fits, fits_not) = (names(Oordeel::PastBij), names(Oordeel::PastNietBij));
    let judged = match (fits.len(), fits_not.len()) {
        (0, 0) => "Over de gepubliceerde groepen is geen oordeel te geven.".into(),
        (_, 0) => {
            "Dat past bij alle gepubliceerde groepen: deze aantallen kunnen niet uitmaken op \
                   welke groep de gemeente lijkt."
                .into()
        }
        (0, _) => "Dat past bij geen van de gepubliceerde groepen.".into(),
        _ => format!("Dat past bij {}, en niet bij {}.", fits.join(" en "), fits_not.join(" en ")),
    };
    format!("{grew} {judged}")
}

/// `+26,3 %`, as in a letter.
fn percent(share: f64) -> String {
    format!("{:+.1} %", share * 100.0).replace('.', ",")
}
