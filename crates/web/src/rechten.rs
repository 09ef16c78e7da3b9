//! Who may do what: one table of function x action. What is not in it is refused.

use domain::Functie;

/// Something a signed-in user can do, as coarse as rights are given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Actie {
    /// See the figures of the month.
    MaandbeeldZien,
    /// Take those figures away as a file.
    CijfersDownloaden,
    /// See the answer to the council's question.
    ToetsZien,
    /// See the list of cases.
    DossiersZien,
    /// Search a person by BSN or name.
    DossierZoeken,
    /// Open a dossier; this is written in the access log.
    DossierLezen,
    /// See who opened a dossier.
    InzageZien,
    /// Register a request for support.
    MeldingVastleggen,
    /// Walk the framework through for a case.
    KaderDoorlopen,
    /// See what is to be done, by whom and by when.
    WerkvoorraadZien,
    /// Take a step in a case; the domain says which.
    StappenZetten,
    /// Propose or decide on support.
    Indiceren,
    /// Prepare and attend the CTA-overleg; which cases somebody sees follows from its agenda.
    CtaBijwonen,
    /// Check a message against the standard; nothing of it is kept.
    BerichtenControleren,
    /// Make the message of an allocation; it holds the whole BSN.
    BerichtMaken,
    /// See what came back rejected, and what is expected of whom.
    BerichtenVolgen,
    /// Let messages come in over HTTP, or no longer.
    KoppelingBeheren,
    /// See the register of teams, staff, providers and products.
    RegisterZien,
    /// Change the register.
    RegisterWijzigen,
    /// See which training is due, of the own team or of everybody.
    ScholingZien,
    /// See what a team has granted against its budget.
    BudgetZien,
    /// Make and block accounts.
    AccountsBeheren,
}

impl Actie {
    /// Every action.
    pub const ALLE: [Actie; 22] = [
        Actie::MaandbeeldZien,
        Actie::CijfersDownloaden,
        Actie::ToetsZien,
        Actie::DossiersZien,
        Actie::DossierZoeken,
        Actie::DossierLezen,
        Actie::InzageZien,
        Actie::MeldingVastleggen,
        Actie::KaderDoorlopen,
        Actie::WerkvoorraadZien,
        Actie::StappenZetten,
        Actie::Indiceren,
        Actie::CtaBijwonen,
        Actie::BerichtenControleren,
        Actie::BerichtMaken,
        Actie::BerichtenVolgen,
        Actie::KoppelingBeheren,
        Actie::RegisterZien,
        Actie::RegisterWijzigen,
        Actie::ScholingZien,
        Actie::BudgetZien,
        Actie::AccountsBeheren,
    ];

    /// What it is, after the words "u mag niet".
    pub const fn omschrijving(self) -> &'static str {
        match self {
            Actie::MaandbeeldZien => "het maandbeeld bekijken",
            Actie::CijfersDownloaden => "cijfers downloaden",
            Actie::ToetsZien => "de toets bekijken",
            Actie::DossiersZien => "de lijst met dossiers bekijken",
            Actie::DossierZoeken => "een persoon zoeken",
            Actie::DossierLezen => "dit dossier openen",
            Actie::InzageZien => "zien wie een dossier bekeek",
            Actie::MeldingVastleggen => "een melding vastleggen",
            Actie::KaderDoorlopen => "het beoordelingskader doorlopen",
            Actie::WerkvoorraadZien => "de werkvoorraad bekijken",
            Actie::StappenZetten => "een stap in een zaak zetten",
            Actie::Indiceren => "ondersteuning voorstellen of toekennen",
            Actie::CtaBijwonen => "het CTA-overleg voorbereiden of bijwonen",
            Actie::BerichtenControleren => "een bericht controleren",
            Actie::BerichtMaken => "een bericht aan een aanbieder maken",
            Actie::BerichtenVolgen => "de werkvoorraad van berichten bekijken",
            Actie::KoppelingBeheren => "het ontvangen van berichten over HTTP regelen",
            Actie::RegisterZien => "het register bekijken",
            Actie::RegisterWijzigen => "het register wijzigen",
            Actie::ScholingZien => "de scholing van medewerkers bekijken",
            Actie::BudgetZien => "het budget van een team bekijken",
            Actie::AccountsBeheren => "accounts beheren",
        }
    }
}

/// Why somebody does not see a person's data.
pub(crate) const PERSOONSGEGEVENS: &str = "Grond: persoonsgegevens gaan alleen naar wie ze voor zijn taak nodig heeft (Wmo 2015, artikel \
     5.1.1; AVG, artikel 5 lid 1 onder c).";

impl Actie {
    /// On what ground it is kept to some functions, with its article.
    pub(crate) const fn grond(self) -> &'static str {
        match self {
            Actie::Indiceren => {
                "Grond: voorstellen doet wie het onderzoek doet, besluiten wie daarvoor een mandaat \
                 van het college heeft; de intake heeft geen van beide (Wmo 2015, artikel 2.3.2 en \
                 2.3.5; Awb, artikel 10:3)."
            }
            Actie::BerichtMaken => {
                "Grond: in een bericht staat het hele BSN (Wmo 2015, artikel 5.2.9)."
            }
            Actie::RegisterWijzigen | Actie::AccountsBeheren => {
                "Grond: wie inrichting en rechten beheert, is iemand anders dan wie ermee werkt (AVG, \
                 artikel 32)."
            }
            Actie::MaandbeeldZien | Actie::CijfersDownloaden | Actie::ToetsZien => {
                "Grond: de gemeente heeft dit niet bij uw taken gelegd (AVG, artikel 32)."
            }
            _ => PERSOONSGEGEVENS,
        }
    }
}

/// Whose dossiers somebody may see.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Zicht {
    /// Nobody's: no identifiable data.
    Geen,
    /// Those of the own team.
    EigenTeam,
    /// Everybody's.
    Alle,
}

/// The rights of one function.
#[derive(Debug, Clone, Copy)]
pub struct Rechten {
    /// The function.
    pub functie: Functie,
    /// Whose dossiers.
    pub zicht: Zicht,
    /// What.
    pub acties: &'static [Actie],
}

use Actie as A;

const CIJFERS: &[Actie] = &[A::MaandbeeldZien, A::CijfersDownloaden, A::ToetsZien, A::RegisterZien];
/// Who steers contracts and bills handles messages too.
const CIJFERS_EN_BERICHTEN: &[Actie] = &[
    A::MaandbeeldZien,
    A::CijfersDownloaden,
    A::ToetsZien,
    A::BerichtenControleren,
    A::BerichtenVolgen,
    A::RegisterZien,
    A::BudgetZien,
];
/// The intake works cases and never grants.
const INTAKE: &[Actie] = &[
    A::MaandbeeldZien,
    A::DossiersZien,
    A::DossierZoeken,
    A::DossierLezen,
    A::InzageZien,
    A::MeldingVastleggen,
    A::WerkvoorraadZien,
    A::StappenZetten,
    A::RegisterZien,
];
/// Who investigates also walks the framework through. Wmo 2015, art. 2.3.2.
const ONDERZOEK: &[Actie] = &[
    A::MaandbeeldZien,
    A::DossiersZien,
    A::DossierZoeken,
    A::DossierLezen,
    A::InzageZien,
    A::MeldingVastleggen,
    A::KaderDoorlopen,
    A::WerkvoorraadZien,
    A::StappenZetten,
    A::Indiceren,
    A::CtaBijwonen,
    A::RegisterZien,
];
/// Who may grant may order too.
const ONDERZOEK_EN_OPDRACHT: &[Actie] = &[
    A::MaandbeeldZien,
    A::DossiersZien,
    A::DossierZoeken,
    A::DossierLezen,
    A::InzageZien,
    A::MeldingVastleggen,
    A::KaderDoorlopen,
    A::WerkvoorraadZien,
    A::StappenZetten,
    A::Indiceren,
    A::CtaBijwonen,
    A::BerichtMaken,
    A::BerichtenVolgen,
    A::RegisterZien,
];
const BEOORDELING: &[Actie] = &[
    A::MaandbeeldZien,
    A::DossiersZien,
    A::DossierZoeken,
    A::DossierLezen,
    A::InzageZien,
    A::WerkvoorraadZien,
    A::StappenZetten,
    A::Indiceren,
    A::CtaBijwonen,
    A::RegisterZien,
];

/// The table. Those who steer or account see figures and no persons; those who keep the register
/// see neither dossiers nor figures. Wmo 2015, art. 5.1.1 and 5.3.6.
pub const TABEL: [Rechten; 14] = [
    Rechten {
        functie: Functie::KccMedewerker,
        zicht: Zicht::Geen,
        acties: &[A::MeldingVastleggen, A::RegisterZien],
    },
    Rechten { functie: Functie::Intaker, zicht: Zicht::Alle, acties: INTAKE },
    Rechten { functie: Functie::Consulent, zicht: Zicht::Alle, acties: ONDERZOEK_EN_OPDRACHT },
    Rechten { functie: Functie::Wijkcoach, zicht: Zicht::Alle, acties: ONDERZOEK_EN_OPDRACHT },
    Rechten { functie: Functie::Wijkverpleegkundige, zicht: Zicht::EigenTeam, acties: ONDERZOEK },
    Rechten { functie: Functie::Welzijnsmedewerker, zicht: Zicht::EigenTeam, acties: ONDERZOEK },
    // Who reviews sees of a case what the meeting needs, on its agenda, and no dossier.
    Rechten {
        functie: Functie::CtaLid,
        zicht: Zicht::Geen,
        acties: &[A::MaandbeeldZien, A::CtaBijwonen, A::RegisterZien],
    },
    Rechten { functie: Functie::Beslisser, zicht: Zicht::Alle, acties: BEOORDELING },
    Rechten {
        functie: Functie::Teammanager,
        zicht: Zicht::EigenTeam,
        acties: &[
            A::MaandbeeldZien,
            A::CijfersDownloaden,
            A::ToetsZien,
            A::DossiersZien,
            A::DossierZoeken,
            A::DossierLezen,
            A::InzageZien,
            A::MeldingVastleggen,
            A::WerkvoorraadZien,
            A::StappenZetten,
            A::Indiceren,
            A::CtaBijwonen,
            A::BerichtenVolgen,
            A::RegisterZien,
            A::ScholingZien,
            A::BudgetZien,
        ],
    },
    Rechten { functie: Functie::Contractmanager, zicht: Zicht::Geen, acties: CIJFERS_EN_BERICHTEN },
    Rechten { functie: Functie::Controller, zicht: Zicht::Geen, acties: CIJFERS_EN_BERICHTEN },
    Rechten { functie: Functie::Beleidsonderzoeker, zicht: Zicht::Geen, acties: CIJFERS },
    Rechten { functie: Functie::Griffier, zicht: Zicht::Geen, acties: CIJFERS },
    Rechten {
        functie: Functie::FunctioneelBeheerder,
        zicht: Zicht::Geen,
        acties: &[
            A::BerichtenControleren,
            A::KoppelingBeheren,
            A::RegisterZien,
            A::RegisterWijzigen,
            A::ScholingZien,
            A::AccountsBeheren,
        ],
    },
];

fn rechten(functie: Functie) -> Option<&'static Rechten> {
    TABEL.iter().find(|it| it.functie == functie)
}

/// Whether a function may do something.
pub fn mag(functie: Functie, actie: Actie) -> bool {
    rechten(functie).is_some_and(|it| it.acties.contains(&actie))
}

/// Whose dossiers a function may see.
pub fn zicht(functie: Functie) -> Zicht {
    rechten(functie).map_or(Zicht::Geen, |it| it.zicht)
}

/// The functions that may do something, in the order of the access.
pub fn wie_mag(actie: Actie) -> Vec<Functie> {
    Functie::ALLE.into_iter().filter(|it| mag(*it, actie)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_function_has_exactly_one_row() {
        for functie in Functie::ALLE {
            let rows = TABEL.iter().filter(|it| it.functie == functie).count();
            assert_eq!(rows, 1, "{}", functie.naam());
        }
    }

    #[test]
    fn who_sees_no_dossiers_cannot_reach_a_person() {
        for it in TABEL.iter().filter(|it| it.zicht == Zicht::Geen) {
            for actie in
                [A::DossiersZien, A::DossierZoeken, A::DossierLezen, A::InzageZien, A::BerichtMaken]
            {
                assert!(!mag(it.functie, actie), "{} {actie:?}", it.functie.naam());
            }
        }
        for functie in [
            Functie::CtaLid,
            Functie::Controller,
            Functie::Beleidsonderzoeker,
            Functie::Griffier,
            Functie::Contractmanager,
            Functie::FunctioneelBeheerder,
        ] {
            assert_eq!(zicht(functie), Zicht::Geen, "{}", functie.naam());
        }
    }

    #[test]
    fn every_action_has_somebody() {
        for actie in Actie::ALLE {
            assert!(!wie_mag(actie).is_empty(), "{actie:?}");
        }
    }
}
