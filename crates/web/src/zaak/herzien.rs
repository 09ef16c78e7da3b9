//! The step that ends a provision early, with its effect on the orders. Wmo 2015, art. 2.3.10.

use domain::{
    Command, Dossier, DossierCommand as C, Omstandigheid, VoorzieningId,
    toewijzing::RedenWijziging, voorziening::EindeReden,
};
use jiff::civil::Date;

use super::{
    Bij, Stap, Tekst,
    na_besluit::{first_provision, provision, provisions, with_provision},
};
use crate::{
    formulier::Veld,
    register::formulieren::{gekozen, opties},
};

/// The forms.
pub(super) static STAPPEN: [Stap; 1] = [Stap {
    naam: "herzien",
    titel: "Trek een voorziening in of laat haar eerder stoppen",
    lead: "U besluit namens het college, binnen uw mandaat (Wmo 2015, art. 2.3.10; Awb, art. 10:3). \
           Toewijzingen aan de aanbieder stoppen op dezelfde dag.",
    knop: "Neem het besluit",
    velden: |bij| {
        let why = opties(EindeReden::ALLE, EindeReden::naam);
        let mut velden = with_provision(bij, Veld::datum("per", "Laatste dag"));
        velden.push(Veld::keuze("reden", "Waarom?", why));
        velden
    },
    begin: first_provision,
    lees: |bij, lezer, _| {
        let id = provision(bij, lezer);
        let per = lezer.datum("per", "de laatste dag");
        let reden =
            lezer.keuze("reden", "een reden", |it| gekozen(EindeReden::ALLE, EindeReden::naam, it));
        Some(C::BeeindigVoorziening { id: id?, per: per?, reden: reden? })
    },
    proef: |bij| {
        let wie = &bij.gebruiker.hoedanigheid;
        let per = bij.gebruiker.vandaag;
        bij.register().mandaten_van(wie, per).next()?;
        let it = provisions(bij).into_iter().find(|it| it.voorziening.geldig.van() <= per)?;
        Some(C::BeeindigVoorziening { id: it.id, per, reden: EindeReden::Ingetrokken })
    },
    tekst: Some(Tekst { soort: "motivering", label: "Motivering", verplicht: true }),
}];

/// A command with what follows from it: the orders of a provision end with the provision.
pub(super) fn gevolgen(
    bij: &Bij<'_>,
    (command, when): (Command, Omstandigheid),
) -> Vec<(Command, Omstandigheid)> {
    let mut all = vec![(command, when)];
    if let Command::Dossier(client, C::BeeindigVoorziening { id, per, reden }) = all[0].0 {
        let orders = orders(bij.dossier, (id, per, reden));
        all.extend(orders.into_iter().map(|it| (Command::Dossier(client, it), when)));
    }
    all
}

/// The orders that run past the last day; one that never began is removed. iWmo OP033x1.
fn orders(dossier: &Dossier, (id, per, reden): (VoorzieningId, Date, EindeReden)) -> Vec<C> {
    let running = dossier.toewijzingen.iter().filter(|it| {
        it.telt() && it.opdracht.voorziening == Some(id) && it.opdracht.geldig.einde() > per
    });
    running
        .map(|it| {
            let van = it.opdracht.geldig.van();
            let (reden, end) =
                if van > per { (RedenWijziging::Verwijderd, van) } else { (change(reden), per) };
            C::WijzigToewijzing {
                nummer: it.nummer,
                reden,
                tot_en_met: Some(end),
                omvang: None,
                budget: None,
            }
        })
        .collect()
}

/// The reason of change that goes with a reason of ending. iWmo list WMO002.
const fn change(reden: EindeReden) -> RedenWijziging {
    match reden {
        EindeReden::Overlijden => RedenWijziging::Overleden,
        EindeReden::Verhuizing => RedenWijziging::Verhuizing,
        EindeReden::NaarWlz | EindeReden::NaarZvw | EindeReden::NaarAlgemeneVoorziening => {
            RedenWijziging::AnderDomein
        }
        EindeReden::DoelBereikt
        | EindeReden::Vervangen
        | EindeReden::OpVerzoek
        | EindeReden::Ingetrokken => RedenWijziging::Verkorting,
    }
}
