//! What a letter is composed from: the case, the person, the texts and the log of the dossier.

use std::collections::BTreeMap;

use domain::{
    Actor, Dossier, DossierEvent, Entry, Event, MedewerkerId, Register, Zaak, ZaakId,
    briefgegevens::Briefgegevens, persoon::Persoonsgegevens,
};
use jiff::civil::Date;
use reports::brief::{Afzender, Brief};
use store::{Person, Text};

use super::geen::GeenBrief;
use crate::namen::Namen;

/// What a letter can draw on.
pub(super) struct Bron<'a> {
    pub(super) register: &'a Register,
    pub(super) medewerkers: &'a BTreeMap<MedewerkerId, String>,
    pub(super) dossier: &'a Dossier,
    pub(super) zaak: &'a Zaak,
    pub(super) person: &'a Person,
    pub(super) texts: &'a [Text],
    pub(super) entries: &'a [Entry],
    /// The day on the letter while it is not sent.
    pub(super) vandaag: Date,
    /// Who looks; signs what nobody signed yet.
    pub(super) lezer: Actor,
}

impl<'a> Bron<'a> {
    pub(super) fn namen(&self) -> Namen<'_> {
        Namen { register: self.register, medewerkers: self.medewerkers }
    }

    /// What letters of today say about the municipality.
    pub(super) fn gemeente(&self) -> Result<(&'a str, &'a Briefgegevens), GeenBrief> {
        let naam = self.register.gemeente.as_ref().map(|it| it.naam.as_str());
        let gegevens = self.register.briefgegevens(self.vandaag);
        naam.zip(gegevens).ok_or(GeenBrief::GeenBriefgegevens)
    }

    /// A letter with its head and its end; what is between is still to be said.
    pub(super) fn begin(
        &self,
        op: Date,
        onderwerp: &str,
        door: &Actor,
    ) -> Result<Brief, GeenBrief> {
        // Nobody knows where somebody lives who is under threat. iWmo OP003.
        if self.dossier.afgeschermd_op(self.vandaag) || self.dossier.afgeschermd_op(op) {
            return Err(GeenBrief::Afgeschermd);
        }
        let person = self.addressee()?;
        let (gemeente, gegevens) = self.gemeente()?;
        let mut regels =
            vec![gegevens.adres.clone(), gegevens.plaats.clone(), gegevens.telefoon.clone()];
        regels.extend((!gegevens.email.is_empty()).then(|| gegevens.email.clone()));
        let post = format!("{}  {}", person.postcode.trim(), person.plaats.trim());
        Ok(Brief {
            afzender: Afzender { naam: format!("Gemeente {gemeente}"), regels },
            geadresseerde: vec![person.naam(), person.straat_en_nummer.trim().to_owned(), post],
            datum: Some(op),
            kenmerken: vec![("Ons kenmerk".to_owned(), format!("Zaak {}", self.zaak.id))],
            onderwerp: onderwerp.to_owned(),
            aanhef: salutation(person),
            delen: Vec::new(),
            ondertekening: self.signed(gemeente, door),
        })
    }

    fn addressee(&self) -> Result<&Persoonsgegevens, GeenBrief> {
        let person = match self.person {
            Person::Known(person) => person,
            Person::Erased => return Err(GeenBrief::Vernietigd),
            Person::Unknown => return Err(GeenBrief::OnbekendAdres("de naam")),
        };
        for (value, wat) in [
            (&person.achternaam, "de achternaam"),
            (&person.straat_en_nummer, "het adres: straat en nummer"),
            (&person.postcode, "het adres: de postcode"),
            (&person.plaats, "het adres: de plaats"),
        ] {
            if value.trim().is_empty() {
                return Err(GeenBrief::OnbekendAdres(wat));
            }
        }
        Ok(person)
    }

    /// The closing lines: in the name of the college, by whom, as what. Awb, art. 10:10.
    fn signed(&self, gemeente: &str, door: &Actor) -> Vec<String> {
        let mut lines = vec![
            "Met vriendelijke groet,".to_owned(),
            format!("namens het college van burgemeester en wethouders van {gemeente},"),
            String::new(),
        ];
        if let Some(wie) = door.hoedanigheid().or(self.lezer.hoedanigheid()) {
            lines.push(self.namen().medewerker(wie.medewerker));
            lines.push(wie.functie.naam().to_owned());
        }
        lines
    }

    /// What the client asked for, in the words of the melding.
    pub(super) fn hulpvraag(&self) -> &str {
        let key = self.zaak.id.to_string();
        self.text("hulpvraag", &key)
    }

    /// The last entry of this case that fits.
    pub(super) fn last(&self, fits: impl Fn(ZaakId, &DossierEvent) -> bool) -> Option<&'a Entry> {
        self.entries
            .iter()
            .rev()
            .find(|it| dossier_event(it).is_some_and(|it| fits(self.zaak.id, it)))
    }

    /// The text of a kind that was written down with an entry; empty when there is none.
    pub(super) fn written(&self, kind: &str, entry: &Entry) -> &str {
        self.text(kind, &format!("{}.{}", self.zaak.id, entry.version))
    }

    fn text(&self, kind: &str, key: &str) -> &str {
        let found = self.texts.iter().find(|it| it.kind == kind && it.key == key);
        found.map_or("", |it| it.text.trim())
    }
}

/// What an entry says of a dossier.
pub(super) fn dossier_event(entry: &Entry) -> Option<&DossierEvent> {
    match &entry.happened.event {
        Event::Dossier(_, event) => Some(event),
        Event::Register(_) => None,
    }
}

/// The sex of a client is not kept, so both are named.
fn salutation(person: &Persoonsgegevens) -> String {
    let mut naam = [&person.voorvoegsel, &person.achternaam].map(|it| it.trim()).join(" ");
    naam = naam.trim().to_owned();
    let mut letters = naam.chars();
    let capital = letters.next().map_or_else(String::new, |it| it.to_uppercase().collect());
    format!("Geachte heer of mevrouw {capital}{},", letters.as_str())
}
