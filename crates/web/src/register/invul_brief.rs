//! The form for what every letter says about the municipality.

use domain::{RegisterEvent as E, briefgegevens::Briefgegevens, inrichting::Inrichting};

use super::formulieren::{Formuliersoort, Verzoek, vanaf};
use crate::formulier::{Soort, Veld};

/// The forms.
pub(super) static FORMULIEREN: [Formuliersoort; 1] = [Formuliersoort {
    naam: "brieven",
    titel: "Wijzig wat in brieven staat",
    lead: "Dit staat in elke brief aan een cliënt. Zonder adres kan een cliënt geen bezwaar sturen; \
           daarom maakt Wijkpeil zonder deze gegevens geen brief.",
    knop: "Sla op",
    terug: "/register",
    velden: |_| {
        vec![
            Veld::regel("adres", "Postadres", 40).uitleg("Straat en nummer, of postbus"),
            Veld::regel("plaats", "Postcode en plaats", 40),
            Veld::regel("telefoon", "Telefoonnummer voor vragen", 20),
            Veld::new("email", "E-mailadres voor vragen", Soort::Regel(40)).mag_leeg(),
            Veld::regel("clientondersteuning", "Gratis cliëntondersteuning", 60)
                .uitleg("Wie het geeft en hoe de cliënt die bereikt (Wmo 2015, art. 2.2.4)"),
            vanaf("In brieven vanaf"),
        ]
    },
    begin: |bij, _| {
        let known = bij.register.briefgegevens(bij.vandaag).into_iter();
        known
            .flat_map(|it| {
                [
                    ("adres", it.adres.clone()),
                    ("plaats", it.plaats.clone()),
                    ("telefoon", it.telefoon.clone()),
                    ("email", it.email.clone()),
                    ("clientondersteuning", it.clientondersteuning.clone()),
                ]
            })
            .collect()
    },
    lees: |_, lezer, _| {
        let adres = lezer.tekst("adres", "een postadres", 100);
        let plaats = lezer.tekst("plaats", "een postcode en plaats", 100);
        let telefoon = lezer.tekst("telefoon", "een telefoonnummer", 40);
        let email = lezer.mogelijke_tekst("email", 100);
        let clientondersteuning =
            lezer.tekst("clientondersteuning", "wie cliëntondersteuning geeft", 300);
        let van = lezer.datum("van", "de eerste dag");
        let it = Briefgegevens {
            adres: adres?,
            plaats: plaats?,
            telefoon: telefoon?,
            email: email?,
            clientondersteuning: clientondersteuning?,
        };
        let event = E::ToegangIngericht(Inrichting::BriefgegevensVastgesteld(it));
        Some(Verzoek::one(van?, event))
    },
}];
