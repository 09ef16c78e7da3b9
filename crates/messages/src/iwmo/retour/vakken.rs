//! Where in each message return codes stand.

use crate::iwmo::{
    bericht::{RetourCodes, wmo301, wmo305, wmo307, wmo315, wmo317, wmo319},
    regel::Plek,
    retour::Vakken,
};

/// A class that carries return codes; `None` for one that rules do not name on its own.
pub(super) type Vak<'a> = (Option<Plek>, &'a mut RetourCodes);

/// The classes of a list.
macro_rules! lijst {
    ($lijst:expr, $plek:path) => {
        $lijst.iter_mut().enumerate().map(|(at, it)| (Some($plek(at)), &mut it.retour_codes))
    };
}

impl Vakken for wmo301::Client {
    fn vakken(&mut self) -> Vec<Vak<'_>> {
        let mut vakken: Vec<Vak<'_>> = vec![(Some(Plek::Client(0)), &mut self.retour_codes)];
        for (at, relatie) in self.relaties.iter_mut().enumerate() {
            vakken.push((Some(Plek::Relatie(at)), &mut relatie.retour_codes));
            vakken.push((None, &mut relatie.contact.retour_codes));
        }
        vakken.extend(lijst!(self.contactgegevens, Plek::Contact));
        vakken.extend(lijst!(self.toegewezen_producten, Plek::Product));
        vakken
    }
}

impl Vakken for wmo305::Client {
    fn vakken(&mut self) -> Vec<Vak<'_>> {
        let whole: Vak<'_> = (Some(Plek::Client(0)), &mut self.retour_codes);
        let parts = lijst!(self.start_producten, Plek::Product);
        std::iter::once(whole).chain(parts).collect()
    }
}

impl Vakken for wmo307::Client {
    fn vakken(&mut self) -> Vec<Vak<'_>> {
        let whole: Vak<'_> = (Some(Plek::Client(0)), &mut self.retour_codes);
        let parts = lijst!(self.stop_producten, Plek::Product);
        std::iter::once(whole).chain(parts).collect()
    }
}

impl Vakken for wmo315::Client {
    fn vakken(&mut self) -> Vec<Vak<'_>> {
        let whole: Vak<'_> = (Some(Plek::Client(0)), &mut self.retour_codes);
        let parts = lijst!(self.aangevraagde_producten, Plek::Product);
        std::iter::once(whole).chain(parts).collect()
    }
}

impl Vakken for wmo317::Client {
    fn vakken(&mut self) -> Vec<Vak<'_>> {
        let verzoek = &mut self.verzoek;
        let mut vakken: Vec<Vak<'_>> = vec![
            (Some(Plek::Client(0)), &mut self.retour_codes),
            (Some(Plek::Verzoek), &mut verzoek.retour_codes),
        ];
        vakken.extend(lijst!(verzoek.ongewijzigde_producten, Plek::Ongewijzigd));
        vakken.extend(lijst!(verzoek.te_wijzigen_producten, Plek::TeWijzigen));
        vakken.extend(lijst!(verzoek.nieuwe_producten, Plek::Nieuw));
        vakken
    }
}

impl Vakken for wmo319::Antwoord {
    const GEHEEL: Plek = Plek::Antwoord;

    fn vakken(&mut self) -> Vec<Vak<'_>> {
        vec![(Some(Plek::Antwoord), &mut self.retour_codes)]
    }
}
