//! The recommendations of the study, each with the figure that helps to answer it.

use crate::Blok;

const AANBEVELINGEN: [(&str, &str); 6] = [
    (
        "1. Eenvoudige vragen via een loket, ingewikkelde via het team",
        "Te volgen aan het aandeel meldingen dat bij de intake is afgerond.",
    ),
    (
        "2. Minder invloed van zorgaanbieders in het team",
        "Te volgen aan wie besliste: bij elk besluit staat de functie, het team en de werkgever van die dag.",
    ),
    (
        "3. Meer kennis, en de prijs zichtbaar",
        "Bij elk voorstel staat wat het per week, per jaar en over de hele looptijd kost, naast de \
         richtlijn en de algemene voorzieningen met hun wachttijd.",
    ),
    (
        "4. Het team adviseert, de gemeente beslist",
        "Het mandaat ligt vast per functie en bedrag; een besluit boven het mandaat wordt niet \
         aangenomen.",
    ),
    (
        "5. Vergelijk teams, aanbieders en consulenten",
        "De cijfers per team en aanbieder staan in het maandbeeld, met het aantal waarop zij rusten.",
    ),
    (
        "6. Kies een passende bekostiging",
        "De verplichtingen per product en leveringsvorm laten zien wat een andere keuze raakt. Welke \
         keuze past, is uit de cijfers niet af te leiden.",
    ),
];

pub(super) fn blokken() -> Vec<Blok> {
    let one = |(titel, figure): (&str, &str)| {
        [
            Blok::Tussenkop(titel.to_owned()),
            Blok::Alinea(figure.to_owned()),
            Blok::InTeVullen("de reactie van het college.".to_owned()),
        ]
    };
    std::iter::once(Blok::Kop("Is het zinvol de aanbevelingen over te nemen?".to_owned()))
        .chain(AANBEVELINGEN.into_iter().flat_map(one))
        .collect()
}
