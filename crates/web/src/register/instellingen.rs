//! `/register/instellingen`: the municipality's choices, what they mean and since when they hold.

use axum::{extract::State, response::Response};
use domain::{
    instelling::{CtaRegels, Heronderzoekregels, Instelling as I, Instellingen, Toegangsvorm},
    triage::Criterium,
};
use jiff::civil::Date;

use super::page;
use crate::{
    datum,
    fout::{Fout, toon},
    gebruiker::Gebruiker,
    invoer::Zoekdeel,
    overzicht::{Cel, Lijst, Sectie},
    rechten::Actie,
    staat::Web,
    tekst::opsomming,
};

/// The page that the forms go back to.
pub(super) const TERUG: &str = "/register/instellingen";

/// One choice, in words.
struct Soort {
    /// The name of its form.
    formulier: &'static str,
    titel: &'static str,
    betekenis: &'static str,
    is: fn(&I) -> bool,
    nu: fn(&Instellingen, Date) -> String,
}

/// Every choice.
static SOORTEN: [Soort; 9] = [
    Soort {
        formulier: "instelling-toegangsvorm",
        titel: "Vorm van de toegang",
        betekenis: "Of er één toegang is, of een loket naast de teams.",
        is: |it| matches!(it, I::Toegangsvorm(_)),
        nu: |all, op| woorden(&I::Toegangsvorm(all.toegangsvorm(op))),
    },
    Soort {
        formulier: "instelling-vier-ogen",
        titel: "Vier ogen",
        betekenis: "Of degene die het voorstel deed, niet zelf mag besluiten.",
        is: |it| matches!(it, I::VierOgen(_)),
        nu: |all, op| woorden(&I::VierOgen(all.vier_ogen(op))),
    },
    Soort {
        formulier: "instelling-eigen-aanbieder",
        titel: "Eigen aanbieder uitgesloten",
        betekenis: "Of de aanbieder waaraan een medewerker is verbonden, in diens zaken niet mag \
                    leveren.",
        is: |it| matches!(it, I::EigenAanbiederUitgesloten(_)),
        nu: |all, op| woorden(&I::EigenAanbiederUitgesloten(all.eigen_aanbieder_uitgesloten(op))),
    },
    Soort {
        formulier: "instelling-triage",
        titel: "Drempel voor een complexe vraag",
        betekenis: "Vanaf hoeveel criteria een melding naar een team gaat.",
        is: |it| matches!(it, I::TriageDrempel(_)),
        nu: |all, op| woorden(&I::TriageDrempel(all.triage_drempel(op))),
    },
    Soort {
        formulier: "instelling-criteria",
        titel: "Criteria voor een complexe vraag",
        betekenis: "Wat meetelt bij de keuze tussen loket en team.",
        is: |it| matches!(it, I::CriteriumTelt { .. }),
        nu: |all, op| {
            let counts = Criterium::ALLE.into_iter().filter(|it| all.criterium_telt(*it, op));
            let names: Vec<String> = counts.map(|it| it.naam().to_owned()).collect();
            if names.len() == Criterium::ALLE.len() {
                format!("alle {}: {}", names.len(), opsomming(&names))
            } else {
                opsomming(&names)
            }
        },
    },
    Soort {
        formulier: "instelling-terugkeer",
        titel: "Terugkeer",
        betekenis: "Binnen hoeveel maanden een nieuwe melding als terugkeer telt.",
        is: |it| matches!(it, I::TerugkeerMaanden(_)),
        nu: |all, op| woorden(&I::TerugkeerMaanden(all.terugkeer_maanden(op))),
    },
    Soort {
        formulier: "instelling-spoed",
        titel: "Termijn bij spoed",
        betekenis: "Binnen hoeveel dagen een besluit bij spoed er is (Wmo 2015, art. 2.3.3).",
        is: |it| matches!(it, I::SpoedDagen(_)),
        nu: |all, op| woorden(&I::SpoedDagen(all.spoed_dagen(op))),
    },
    Soort {
        formulier: "instelling-cta",
        titel: "CTA-overleg",
        betekenis: "Welke zaken het overleg beoordeelt voordat er een besluit is.",
        is: |it| matches!(it, I::Cta(_)),
        nu: |all, op| woorden(&I::Cta(all.cta(op))),
    },
    Soort {
        formulier: "instelling-heronderzoek",
        titel: "Heronderzoek",
        betekenis: "Wanneer wordt gekeken of een besluit nog klopt (Wmo 2015, art. 2.3.9).",
        is: |it| matches!(it, I::Heronderzoek(_)),
        nu: |all, op| woorden(&I::Heronderzoek(all.heronderzoek(op))),
    },
];

/// `GET /register/instellingen`
pub(crate) async fn instellingen(
    State(web): State<Web>,
    gebruiker: Gebruiker,
    Zoekdeel(waarden): Zoekdeel,
) -> Result<Response, Fout> {
    let all = web.register().instellingen;
    let (may, op) = (gebruiker.mag(Actie::RegisterWijzigen), gebruiker.vandaag);
    let mut now = Lijst::new(&["Instelling", "Wat het betekent", "Nu", "Sinds"]);
    for it in &SOORTEN {
        let path = format!("/register/wijzig/{}", it.formulier);
        let chosen = all.alle().iter().rev().find(|(day, held)| *day <= op && (it.is)(held));
        now.rij(vec![
            if may { Cel::link(it.titel, path) } else { it.titel.into() },
            it.betekenis.into(),
            (it.nu)(&all, op).into(),
            chosen
                .map_or_else(
                    || "niet gekozen, dit is de standaard".to_owned(),
                    |(day, _)| datum::kort(*day),
                )
                .into(),
        ]);
    }
    let mut history = Lijst::new(&["Vanaf", "Instelling", "Keuze"]);
    for (day, it) in all.alle().iter().rev() {
        let titel = SOORTEN.iter().find(|soort| (soort.is)(it)).map_or("", |it| it.titel);
        let when = datum::kort(*day);
        history.rij(vec![
            if *day > op { Cel::LetOp(format!("{when}, gaat nog in")) } else { when.into() },
            titel.into(),
            woorden(it).into(),
        ]);
    }
    let lead = "De keuzes van de gemeente over haar toegang. Elke keuze geldt vanaf een dag; wat \
                eerder gold, blijft gelden voor wat toen is gebeurd.";
    let mut pagina = page(&web, &gebruiker, "Instellingen", lead, &waarden);
    let sectie = Sectie::new("Wat nu geldt", now);
    pagina.secties = vec![
        if may { sectie.lead("Klik op een instelling om haar te wijzigen.") } else { sectie },
        Sectie::new("Geschiedenis, nieuwste bovenaan", history),
    ];
    toon(&pagina)
}

/// A form of the access, in words.
pub(super) const fn vorm(it: Toegangsvorm) -> &'static str {
    match it {
        Toegangsvorm::Een => "één toegang voor elke vraag",
        Toegangsvorm::Gesplitst => "een loket naast de teams",
    }
}

/// A choice, in words.
fn woorden(it: &I) -> String {
    match it {
        I::Toegangsvorm(it) => vorm(*it).to_owned(),
        I::VierOgen(true) => "verplicht: wie voorstelt, besluit niet".to_owned(),
        I::VierOgen(false) => "niet verplicht".to_owned(),
        I::EigenAanbiederUitgesloten(true) => "ja, behalve met een uitzondering".to_owned(),
        I::EigenAanbiederUitgesloten(false) => "nee".to_owned(),
        I::TriageDrempel(1) => "vanaf 1 criterium".to_owned(),
        I::TriageDrempel(it) => format!("vanaf {it} criteria"),
        I::TerugkeerMaanden(it) => months(*it),
        I::SpoedDagen(1) => "1 dag".to_owned(),
        I::SpoedDagen(it) => format!("{it} dagen"),
        I::Cta(None) => "er is geen overleg".to_owned(),
        I::Cta(Some(it)) => review(it),
        I::CriteriumTelt { criterium, telt } => {
            format!("{}: {}", criterium.naam(), if *telt { "telt mee" } else { "telt niet mee" })
        }
        I::Heronderzoek(None) => "geen regels".to_owned(),
        I::Heronderzoek(Some(it)) => recheck(it),
    }
}

fn months(it: u8) -> String {
    if it == 1 { "1 maand".to_owned() } else { format!("{it} maanden") }
}

fn review(it: &CtaRegels) -> String {
    let triggers: Vec<String> = [
        it.vanaf_waarde.map(|it| format!("opdrachten vanaf {it}")),
        it.boven_norm.then(|| "een omvang buiten de norm".to_owned()),
        it.tijdelijk.then(|| "tijdelijke indicaties".to_owned()),
        it.grensgeval.then(|| "grensgevallen met een andere wet".to_owned()),
        it.verbonden.then(|| "indieners die voor een aanbieder werken".to_owned()),
        (it.steekproef_promille > 0).then(|| {
            format!(
                "een steekproef van {} op de duizend (zaad {})",
                it.steekproef_promille, it.zaad
            )
        }),
    ]
    .into_iter()
    .flatten()
    .collect();
    let which = if triggers.is_empty() {
        "alleen wat het team zelf inbrengt".to_owned()
    } else {
        opsomming(&triggers)
    };
    format!("{which}; oordeel binnen {} dagen", it.dagen)
}

fn recheck(it: &Heronderzoekregels) -> String {
    let grounds: Vec<String> = [
        it.pgb.then(|| "een Pgb".to_owned()),
        it.boven_norm.then(|| "een omvang buiten de norm".to_owned()),
        it.zonder_doelen.then(|| "een voorziening zonder doelen".to_owned()),
        it.vanaf_waarde.map(|it| format!("een waarde vanaf {it}")),
    ]
    .into_iter()
    .flatten()
    .collect();
    let all = format!("binnen {}", months(it.maanden));
    if grounds.is_empty() {
        return all;
    }
    format!("{all}; binnen {} bij {}", months(it.eerder_maanden), opsomming(&grounds))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_choice_has_one_line_and_one_form() {
        let forms: Vec<&str> = super::super::formulieren::alle().map(|it| it.naam).collect();
        for it in &SOORTEN {
            assert!(forms.contains(&it.formulier), "{}", it.formulier);
        }
        let of_settings = forms.iter().filter(|it| it.starts_with("instelling-")).count();
        assert_eq!(of_settings, SOORTEN.len());
        let example = I::CriteriumTelt { criterium: Criterium::Schulden, telt: false };
        assert_eq!(SOORTEN.iter().filter(|it| (it.is)(&example)).count(), 1);
        assert_eq!(woorden(&example), "schulden of onzeker inkomen: telt niet mee");
    }

    #[test]
    fn what_goes_to_the_review_is_told_in_full() {
        let regels = CtaRegels {
            vanaf_waarde: Some(domain::Bedrag::euro(10_000)),
            boven_norm: true,
            tijdelijk: false,
            grensgeval: false,
            verbonden: false,
            steekproef_promille: 50,
            zaad: 2018,
            dagen: 10,
        };
        expect_test::expect![[
            "opdrachten vanaf € 10.000,00, een omvang buiten de norm en een steekproef van 50 op \
             de duizend (zaad 2018); oordeel binnen 10 dagen"
        ]]
        .assert_eq(&woorden(&I::Cta(Some(regels))));
    }
}
