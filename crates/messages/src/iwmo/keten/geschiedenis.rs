//! Everything that messages said so far between municipalities and providers, folded into one view.
//!
//! Feed it every message that was sent or accepted, in the order in which they came; a return that
//! rejects a message undoes it, since a rejected message counts as never sent (OP286). The order of
//! arrival of versions of an allocation says nothing: the moment of decision does (OP080).

use std::collections::{BTreeMap, HashMap};

use jiff::civil::Date;

use crate::iwmo::{
    bericht::{
        Bericht, Berichtsoort, RetourCodes, wmo301, wmo305, wmo307, wmo315, wmo317, wmo319, wmo323,
    },
    keten::{
        levering::{Levering, Melding, Productsleutel},
        partij::Partijen,
        rekening::{Ingediend, Prestatiestand, Rekening, Stand},
        toewijzing::Versie,
        verzoek::{Antwoord, Besluit, Verzoek},
    },
    retour::is_afkeuring,
};

/// The history of messages.
#[derive(Debug, Clone, Default)]
pub struct Keten {
    pub(super) berichten: Vec<Verzonden>,
    ids: HashMap<(Berichtsoort, Box<str>, Box<str>), usize>,
    toewijzingen: BTreeMap<(Box<str>, u32), Vec<Versie>>,
    pub(super) clienten: HashMap<(Partijen, Box<str>), Vec<u32>>,
    pub(super) leveringen: BTreeMap<Leversleutel, Vec<(usize, Melding)>>,
    pub(super) rekening: Rekening,
    pub(super) declaraties: HashMap<(Box<str>, Box<str>), Declaratie>,
    pub(super) verzoeken: BTreeMap<(Box<str>, Box<str>), Verzoek>,
}

/// A message that went over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verzonden {
    /// Its place among all messages, from 0.
    pub nummer: usize,
    /// Its kind.
    pub soort: Berichtsoort,
    /// Between whom.
    pub partijen: Partijen,
    /// The sender's own key.
    pub identificatie: Box<str>,
    /// The day it was sent.
    pub dagtekening: Date,
    /// What came back.
    pub retour: Option<Retour>,
}

/// What came back for a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Retour {
    /// The day it was sent.
    pub op: Date,
    /// The codes that are not "nothing to say", with the class they stand on.
    pub codes: Vec<(&'static str, &'static str)>,
    /// Whether the message counts.
    pub aangenomen: bool,
}

/// Under what delivery is reported: an allocation, or without a number the product. IV096.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Leversleutel {
    /// Between whom.
    pub partijen: Partijen,
    /// The BSN of the client.
    pub bsn: Box<str>,
    /// The number of the allocation, if one is named.
    pub nummer: Option<u32>,
    /// The product, only where no number is named.
    pub product: Productsleutel,
}

/// A bill as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Declaratie {
    pub(super) bericht: usize,
    pub(super) partijen: Partijen,
    pub(super) periode: Option<(Date, Date)>,
    pub(super) xsd: (Box<str>, Box<str>),
}

impl Keten {
    /// A history without messages.
    pub fn new() -> Keten {
        Keten::default()
    }

    /// Every message, in the order in which they were taken in.
    pub fn berichten(&self) -> &[Verzonden] {
        &self.berichten
    }

    /// Takes in a message that was sent or accepted.
    pub fn volg(&mut self, bericht: &Bericht) {
        let kop = bericht.kop();
        let identificatie = &kop.bericht_identificatie;
        let (Some(own), Some(dagtekening)) =
            (identificatie.identificatie.get(), identificatie.dagtekening.waarde())
        else {
            return;
        };
        if let Some(heen) = bericht.soort().heen().filter(|it| *it != Berichtsoort::Wmo323) {
            self.retour(heen, &kop.afzender.tekst(), own, &Retour::van(bericht, dagtekening));
            return;
        }
        let nr = self.berichten.len();
        let key = (bericht.soort(), kop.afzender.tekst().into(), own.clone());
        self.ids.insert(key, nr);
        self.berichten.push(Verzonden {
            nummer: nr,
            soort: bericht.soort(),
            partijen: Partijen::van(bericht),
            identificatie: own.clone(),
            dagtekening,
            retour: None,
        });
        self.inhoud(nr, bericht, dagtekening);
    }

    fn inhoud(&mut self, nr: usize, bericht: &Bericht, op: Date) {
        let partijen = Partijen::van(bericht);
        match bericht {
            Bericht::Wmo301(it) => self.neem_toewijzingen(nr, partijen, &it.client, op),
            Bericht::Wmo305(_) | Bericht::Wmo307(_) => {
                for (_, sleutel, melding) in meldingen(bericht) {
                    self.leveringen.entry(sleutel).or_default().push((nr, melding));
                }
            }
            Bericht::Wmo315(_) | Bericht::Wmo317(_) => {
                for (referentie, bsn) in verzoeken(bericht) {
                    let (soort, antwoorden) = (bericht.soort(), Vec::new());
                    let verzoek = Verzoek { bericht: nr, soort, bsn, dagtekening: op, antwoorden };
                    self.verzoeken.insert((partijen.aanbieder.clone(), referentie), verzoek);
                }
            }
            Bericht::Wmo319(it) => self.neem_antwoord(nr, &partijen, &it.antwoord, op),
            Bericht::Wmo323(it) => self.neem_declaratie(nr, partijen, it),
            Bericht::Wmo325(it) => self.beantwoord(nr, &partijen, it),
            _ => {}
        }
    }

    fn neem_toewijzingen(
        &mut self,
        nr: usize,
        partijen: Partijen,
        client: &wmo301::Client,
        op: Date,
    ) {
        let bsn = client.bsn.tekst();
        for product in &client.toegewezen_producten {
            let Some(nummer) = product.toewijzing_nummer.waarde() else { continue };
            let Some(versie) = Versie::lees(nr, &bsn, &partijen.aanbieder, product) else {
                continue;
            };
            if let Some(referentie) = &versie.referentie {
                let answer = Antwoord { bericht: nr, op, wat: Besluit::Gehonoreerd };
                self.antwoord_op(&partijen.aanbieder, referentie, answer);
            }
            self.neem_versie((partijen.clone(), nummer), versie);
        }
    }

    pub(super) fn neem_versie(&mut self, (partijen, nummer): (Partijen, u32), versie: Versie) {
        let bsn = versie.bsn.clone();
        let key = (partijen.gemeente.clone(), nummer);
        self.toewijzingen.entry(key).or_default().push(versie);
        let own = self.clienten.entry((partijen, bsn)).or_default();
        if !own.contains(&nummer) {
            own.push(nummer);
        }
    }

    fn neem_antwoord(
        &mut self,
        nr: usize,
        partijen: &Partijen,
        antwoord: &wmo319::Antwoord,
        op: Date,
    ) {
        let Some(wat) = besluit(antwoord) else { return };
        if let Some(referentie) = antwoord.referentie_aanbieder.get() {
            let answer = Antwoord { bericht: nr, op, wat };
            self.antwoord_op(&partijen.aanbieder, referentie, answer);
        }
    }

    fn antwoord_op(&mut self, aanbieder: &str, referentie: &str, answer: Antwoord) {
        let key = (aanbieder.into(), referentie.into());
        if let Some(verzoek) = self.verzoeken.get_mut(&key) {
            verzoek.antwoorden.push(answer);
        }
    }

    fn neem_declaratie(&mut self, nr: usize, partijen: Partijen, bericht: &wmo323::Wmo323) {
        let declaratie = &bericht.declaratie;
        for client in &declaratie.clienten {
            let bsn = client.bsn.tekst();
            let lines = client.prestaties.iter();
            for (key, line) in lines.filter_map(|it| Ingediend::lees(nr, &partijen, &bsn, it)) {
                self.rekening.neem(key, line);
            }
        }
        let Some(nummer) = declaratie.declaratie_nummer.waarde() else { return };
        let periode = &declaratie.declaratie_periode;
        let periode = periode.begindatum.waarde().zip(periode.einddatum.waarde());
        let xsd = &bericht.header.xsd_versie;
        let xsd = (&xsd.basisschema_xsd_versie, &xsd.bericht_xsd_versie);
        let xsd = (xsd.0.tekst().into(), xsd.1.tekst().into());
        let key = (partijen.aanbieder.clone(), nummer);
        self.declaraties.insert(key, Declaratie { bericht: nr, partijen, periode, xsd });
    }

    /// The answer to a bill: only what is rejected is named, all else is granted.
    fn beantwoord(&mut self, nr: usize, partijen: &Partijen, bericht: &wmo323::Wmo325) {
        let heen = &bericht.header.declaratie_identificatie.identificatie;
        let at = self.bericht_nummer(Berichtsoort::Wmo323, &partijen.aanbieder, &heen.tekst());
        let Some(at) = at else { return };
        let codes = refusals("Header", &bericht.header.retour_codes);
        let (mut codes, rejected) = match &bericht.declaratie_antwoord {
            None => (codes, true),
            Some(it) => {
                let own = refusals("Declaratie", &it.retour_codes);
                let whole = !codes.is_empty() || !own.is_empty();
                ([codes, own].concat(), whole)
            }
        };
        for key in self.rekening.van_bericht(at) {
            let stand =
                if rejected { Prestatiestand::Afgewezen } else { Prestatiestand::Toegekend };
            self.rekening.beantwoord(key, stand);
        }
        let clienten = bericht.declaratie_antwoord.iter().flat_map(|it| &it.clienten);
        for it in clienten.clone() {
            codes.extend(refusals("Client", &it.retour_codes));
        }
        for it in clienten.flat_map(|it| &it.prestaties) {
            codes.extend(refusals("Prestatie", &it.retour_codes));
            if let Some(referentie) = it.product_referentie.referentie_nummer.get() {
                let key = partijen.prestatie(referentie);
                self.rekening.beantwoord(key, Prestatiestand::Afgewezen);
            }
        }
        let op = self.berichten[nr].dagtekening;
        self.berichten[at].retour = Some(Retour { op, codes, aangenomen: !rejected });
    }

    fn retour(&mut self, heen: Berichtsoort, afzender: &str, id: &str, retour: &Retour) {
        let Some(at) = self.bericht_nummer(heen, afzender, id) else { return };
        self.berichten[at].retour = Some(retour.clone());
        if retour.aangenomen {
            return;
        }
        for versions in self.toewijzingen.values_mut() {
            versions.retain(|it| it.bericht != at);
        }
        for meldingen in self.leveringen.values_mut() {
            meldingen.retain(|(it, _)| *it != at);
        }
        self.verzoeken.retain(|_, it| it.bericht != at);
        for it in self.verzoeken.values_mut() {
            it.antwoorden.retain(|it| it.bericht != at);
        }
    }
}

/// What is asked of the history.
impl Keten {
    /// The message with this key of this sender.
    pub(super) fn bericht_nummer(
        &self,
        soort: Berichtsoort,
        afzender: &str,
        id: &str,
    ) -> Option<usize> {
        self.ids.get(&(soort, afzender.into(), id.into())).copied()
    }

    /// The message that this return or answer is about, if it was taken in.
    pub fn heen(&self, bericht: &Bericht) -> Option<&Verzonden> {
        let kop = bericht.kop();
        let own = kop.bericht_identificatie.identificatie.tekst();
        let at = match bericht {
            Bericht::Wmo319(it) => {
                let aanbieder = Partijen::van(bericht).aanbieder;
                self.verzoek(&aanbieder, &it.antwoord.referentie_aanbieder.tekst())?.bericht
            }
            Bericht::Wmo325(it) => {
                let own = it.header.declaratie_identificatie.identificatie.tekst();
                let aanbieder = Partijen::van(bericht).aanbieder;
                self.bericht_nummer(Berichtsoort::Wmo323, &aanbieder, &own)?
            }
            _ => self.bericht_nummer(bericht.soort().heen()?, &kop.afzender.tekst(), &own)?,
        };
        self.berichten.get(at)
    }

    /// A message that was taken in, by kind, sender and key.
    pub fn bericht(&self, bericht: &Bericht) -> Option<&Verzonden> {
        let kop = bericht.kop();
        let own = kop.bericht_identificatie.identificatie.tekst();
        let at = self.bericht_nummer(bericht.soort(), &kop.afzender.tekst(), &own)?;
        self.berichten.get(at)
    }

    /// The message behind a request.
    pub fn bericht_van(&self, verzoek: &Verzoek) -> Option<&Verzonden> {
        self.berichten.get(verzoek.bericht)
    }

    /// The message that last told of an allocation; none when none did.
    pub fn bericht_van_versie(&self, versie: &Versie) -> Option<&Verzonden> {
        self.berichten.get(versie.bericht)
    }

    /// The allocation as it stands.
    pub fn toewijzing(&self, gemeente: &str, nummer: u32) -> Option<&Versie> {
        self.versie(&(gemeente.into(), nummer))
    }

    pub(super) fn versie(&self, key: &(Box<str>, u32)) -> Option<&Versie> {
        self.toewijzingen.get(key)?.iter().max_by_key(|it| (it.besloten, it.bericht))
    }

    /// Every allocation as it stands, with its municipality and number.
    pub fn toewijzingen(&self) -> impl Iterator<Item = (&str, u32, &Versie)> {
        let keys = self.toewijzingen.keys();
        keys.filter_map(|key| Some((&*key.0, key.1, self.versie(key)?)))
    }

    /// Delivery under one key, folded from the reports.
    pub fn levering(&self, sleutel: &Leversleutel) -> Levering {
        let mut levering = Levering::default();
        for (_, melding) in self.leveringen.get(sleutel).into_iter().flatten() {
            levering.neem(melding);
        }
        levering
    }

    /// What was billed under an allocation and not rejected, net of credits.
    pub fn stand(&self, gemeente: &str, nummer: u32) -> Stand {
        let key = (gemeente.into(), nummer);
        let lines = self.rekening.onder(&key);
        lines.fold(Stand::default(), |sum, (_, it)| sum.plus(it.telt()))
    }

    /// A request by its provider and reference.
    pub fn verzoek(&self, aanbieder: &str, referentie: &str) -> Option<&Verzoek> {
        self.verzoeken.get(&(aanbieder.into(), referentie.into()))
    }

    /// Every request, with its provider and reference.
    pub fn verzoeken(&self) -> impl Iterator<Item = (&str, &str, &Verzoek)> {
        self.verzoeken.iter().map(|((aanbieder, it), verzoek)| (&**aanbieder, &**it, verzoek))
    }
}

impl Retour {
    /// What a return says; a class of the client in it means that the message is rejected.
    fn van(bericht: &Bericht, op: Date) -> Retour {
        let (header, whole) = match bericht {
            Bericht::Wmo302(it) => (&it.header, it.client.is_some()),
            Bericht::Wmo306(it) => (&it.header, it.client.is_some()),
            Bericht::Wmo308(it) => (&it.header, it.client.is_some()),
            Bericht::Wmo316(it) => (&it.header, it.client.is_some()),
            Bericht::Wmo318(it) => (&it.header, it.client.is_some()),
            Bericht::Wmo320(it) => (&it.header, it.antwoord.is_some()),
            _ => return Retour { op, codes: Vec::new(), aangenomen: true },
        };
        let mut codes = refusals("Header", &header.retour_codes);
        codes.extend(codes_van(bericht));
        let op = header.dagtekening_retour.waarde().unwrap_or(op);
        let aangenomen = codes.is_empty() && !whole;
        Retour { op, codes, aangenomen }
    }
}

/// The codes on the classes of a return, with the name of the class.
fn codes_van(bericht: &Bericht) -> Vec<(&'static str, &'static str)> {
    let mut found = Vec::new();
    let mut add = |klasse, codes: &RetourCodes| found.extend(refusals(klasse, codes));
    match bericht {
        Bericht::Wmo302(wmo301::Wmo302 { client: Some(it), .. }) => {
            add("Client", &it.retour_codes);
            let products = it.toegewezen_producten.iter();
            products.for_each(|it| add("ToegewezenProduct", &it.retour_codes));
            it.relaties.iter().for_each(|it| add("Relatie", &it.retour_codes));
            it.contactgegevens.iter().for_each(|it| add("Contact", &it.retour_codes));
        }
        Bericht::Wmo306(wmo305::Wmo306 { client: Some(it), .. }) => {
            add("Client", &it.retour_codes);
            it.start_producten.iter().for_each(|it| add("StartProduct", &it.retour_codes));
        }
        Bericht::Wmo308(wmo307::Wmo308 { client: Some(it), .. }) => {
            add("Client", &it.retour_codes);
            it.stop_producten.iter().for_each(|it| add("StopProduct", &it.retour_codes));
        }
        Bericht::Wmo316(wmo315::Wmo316 { client: Some(it), .. }) => {
            add("Client", &it.retour_codes);
            let products = it.aangevraagde_producten.iter();
            products.for_each(|it| add("AangevraagdProduct", &it.retour_codes));
        }
        Bericht::Wmo318(wmo317::Wmo318 { client: Some(it), .. }) => {
            add("Client", &it.retour_codes);
            let verzoek = &it.verzoek;
            add("Verzoek", &verzoek.retour_codes);
            let same = verzoek.ongewijzigde_producten.iter();
            same.for_each(|it| add("OngewijzigdProduct", &it.retour_codes));
            let other = verzoek.te_wijzigen_producten.iter();
            other.for_each(|it| add("TeWijzigenProduct", &it.retour_codes));
            let new = verzoek.nieuwe_producten.iter();
            new.for_each(|it| add("NieuwProduct", &it.retour_codes));
        }
        Bericht::Wmo320(wmo319::Wmo320 { antwoord: Some(it), .. }) => {
            add("Antwoord", &it.retour_codes);
        }
        _ => {}
    }
    found
}

/// The codes that say that something is wrong.
fn refusals(klasse: &'static str, codes: &RetourCodes) -> Vec<(&'static str, &'static str)> {
    let wrong = codes.iter().filter_map(|it| it.waarde());
    wrong.filter(|it| is_afkeuring(it)).map(|it| (klasse, it)).collect()
}

/// The decision in a 319.
pub(super) fn besluit(antwoord: &wmo319::Antwoord) -> Option<Besluit> {
    match antwoord.verzoek_antwoord.waarde()? {
        "1" => Some(Besluit::Afgewezen),
        "2" => Some(Besluit::InOnderzoek),
        _ => None,
    }
}

/// The references of a request, with the BSN of the client: one per product of a 315, one of a 317.
pub(super) fn verzoeken(bericht: &Bericht) -> Vec<(Box<str>, Box<str>)> {
    match bericht {
        Bericht::Wmo315(it) => {
            let bsn: Box<str> = it.client.bsn.tekst().into();
            let products = it.client.aangevraagde_producten.iter();
            let found = products.filter_map(|it| it.referentie_aanbieder.waarde());
            found.map(|it| (it, bsn.clone())).collect()
        }
        Bericht::Wmo317(it) => {
            let bsn: Box<str> = it.client.bsn.tekst().into();
            let found = it.client.verzoek.referentie_aanbieder.waarde();
            found.map(|it| (it, bsn)).into_iter().collect()
        }
        _ => Vec::new(),
    }
}

/// The reports of a 305 or 307 with their place, in the order of the message.
pub(crate) fn meldingen(bericht: &Bericht) -> Vec<(usize, Leversleutel, Melding)> {
    let partijen = Partijen::van(bericht);
    let make = |at: usize, bsn: &str, nummer: Option<u32>, melding: Melding| {
        let product = if nummer.is_none() { melding.product.clone() } else { (None, None) };
        let partijen = partijen.clone();
        (at, Leversleutel { partijen, bsn: bsn.into(), nummer, product }, melding)
    };
    let product = |it: &Option<crate::iwmo::bericht::basis::Product>| -> Productsleutel {
        it.as_ref().map_or((None, None), |it| (it.categorie.waarde(), it.code.waarde()))
    };
    let mut found = Vec::new();
    match bericht {
        Bericht::Wmo305(bericht) => {
            let bsn = bericht.client.bsn.tekst();
            for (at, it) in bericht.client.start_producten.iter().enumerate() {
                let Some(begin) = it.begindatum.waarde() else { continue };
                let (product, verwijderen) = (product(&it.product), it.status_aanlevering.is("3"));
                let melding = Melding { product, begin, stop: None, verwijderen };
                found.push(make(at, &bsn, it.toewijzing_nummer.waarde(), melding));
            }
        }
        Bericht::Wmo307(bericht) => {
            let bsn = bericht.client.bsn.tekst();
            for (at, it) in bericht.client.stop_producten.iter().enumerate() {
                let stop = it.reden_beeindiging.waarde().zip(it.einddatum.waarde());
                let (Some(begin), Some(stop)) = (it.begindatum.waarde(), stop) else { continue };
                let (product, verwijderen) = (product(&it.product), it.status_aanlevering.is("3"));
                let melding = Melding { product, begin, stop: Some(stop), verwijderen };
                found.push(make(at, &bsn, it.toewijzing_nummer.waarde(), melding));
            }
        }
        _ => {}
    }
    found
}
