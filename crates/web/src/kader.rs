//! The frame around every page: title, menu, who is signed in, theme.

use crate::{gebruiker::Gebruiker, rechten::Actie};

/// What the frame shows.
pub(crate) struct Kader {
    pub(crate) titel: String,
    pub(crate) thema: Option<String>,
    pub(crate) menu: Vec<Menupunt>,
    pub(crate) wie: Option<Wie>,
    pub(crate) demo: bool,
}

/// One line of the menu.
pub(crate) struct Menupunt {
    pub(crate) naam: &'static str,
    pub(crate) pad: &'static str,
    pub(crate) huidig: bool,
}

/// Who is signed in.
pub(crate) struct Wie {
    pub(crate) account: String,
    pub(crate) functie: &'static str,
    /// Whether there is another function to choose.
    pub(crate) wisselt: bool,
}

/// The menu; what somebody may not do is not in it.
const MENU: [(&str, &str, Actie); 13] = [
    ("Werkvoorraad", "/werkvoorraad", Actie::WerkvoorraadZien),
    ("Dossiers", "/dossiers", Actie::DossiersZien),
    ("CTA-overleg", "/cta", Actie::CtaBijwonen),
    ("Melding", "/meldingen/nieuw", Actie::MeldingVastleggen),
    ("Maandbeeld", "/maandbeeld", Actie::MaandbeeldZien),
    ("Maandtabel", "/maandtabel", Actie::MaandbeeldZien),
    ("Budget", "/budget", Actie::BudgetZien),
    ("Toets", "/toets", Actie::ToetsZien),
    ("iWmo-controle", "/iwmo/controle", Actie::BerichtenControleren),
    ("Berichten", "/iwmo/werkvoorraad", Actie::BerichtenVolgen),
    ("Koppeling", "/iwmo/koppeling", Actie::KoppelingBeheren),
    ("Register", "/register", Actie::RegisterZien),
    ("Accounts", "/beheer/accounts", Actie::AccountsBeheren),
];

impl Kader {
    pub(crate) fn new(
        titel: &str,
        thema: Option<String>,
        wie: Option<&Gebruiker>,
        pad: &str,
        demo: bool,
    ) -> Kader {
        let may = |actie: Actie| wie.is_some_and(|it| it.mag(actie));
        let menu = MENU
            .into_iter()
            .filter(|(_, _, actie)| may(*actie))
            .map(|(naam, doel, _)| Menupunt { naam, pad: doel, huidig: pad.starts_with(doel) })
            .collect();
        let wie = wie.map(|it| Wie {
            account: it.account.clone(),
            functie: it.functie().naam(),
            wisselt: it.wisselt,
        });
        Kader { titel: titel.to_owned(), thema, menu, wie, demo }
    }
}
