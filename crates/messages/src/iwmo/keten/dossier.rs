//! What dossiers know of allocations, delivery and bills, where no message tells of it.

use domain::{
    AgbCode, Bsn, Dossier, Gemeentecode, Kenmerk, Productkeuze, Register, declaratie::Prestatie,
    toewijzing::Toewijzing,
};

use crate::iwmo::{
    bericht::{Bericht, Regel},
    codelijst,
    keten::{
        geschiedenis::{Keten, Leversleutel, meldingen},
        levering::{Melding, Productsleutel},
        partij::Partijen,
        rekening::{Ingediend, Prestatiestand},
        toewijzing::{Versie, hoeveelheid},
    },
};

/// The number of the message behind what no message told.
pub(super) const GEEN_BERICHT: usize = usize::MAX;

/// A client in the words of messages.
#[derive(Debug, Clone, Copy)]
pub struct Bekend<'a> {
    /// The municipality.
    pub gemeente: Gemeentecode,
    /// The client.
    pub bsn: Bsn,
    /// What is known of the client.
    pub dossier: &'a Dossier,
    /// Whose AGB codes the providers have.
    pub register: &'a Register,
}

impl Keten {
    /// What dossiers know and none of these messages tells: where a history of them begins.
    pub fn begin<'a>(
        berichten: impl IntoIterator<Item = &'a Bericht>,
        bekend: impl IntoIterator<Item = Bekend<'a>>,
    ) -> Keten {
        let (mut gedekt, mut keten) = (Keten::new(), Keten::new());
        berichten.into_iter().for_each(|it| gedekt.volg(it));
        bekend.into_iter().for_each(|it| keten.vul_aan(&gedekt, &it));
        keten
    }

    /// Takes in what a dossier knows and no message in `gedekt` tells.
    fn vul_aan(&mut self, gedekt: &Keten, bekend: &Bekend<'_>) {
        for it in &bekend.dossier.toewijzingen {
            let aanbieder = bekend.register.aanbieders.get(&it.opdracht.aanbieder);
            let Some(agb) = aanbieder.and_then(|it| it.agb) else { continue };
            self.vul_toewijzing(gedekt, bekend, it, agb);
        }
    }

    /// Settles the lines of a bill that nobody answered yet: granted, or rejected.
    pub fn beslis(&mut self, bericht: &Bericht, toegekend: impl Fn(Regel, Kenmerk) -> bool) {
        let Bericht::Wmo323(it) = bericht else { return };
        let partijen = Partijen::van(bericht);
        for line in it.declaratie.clienten.iter().flat_map(|it| &it.prestaties) {
            let Some(own) = line.product_referentie.referentie_nummer.get() else { continue };
            let key = partijen.prestatie(own);
            let known = self.rekening.regels.get(&key);
            if known.is_some_and(|it| it.stand == Prestatiestand::Ingediend) {
                let granted = toegekend(line.regel, key);
                let stand =
                    if granted { Prestatiestand::Toegekend } else { Prestatiestand::Afgewezen };
                self.rekening.beantwoord(key, stand);
            }
        }
    }

    /// Takes the allocations that a report names, and nobody knew, for given.
    pub(crate) fn leid_af(&mut self, bericht: &Bericht) {
        for (_, sleutel, melding) in meldingen(bericht) {
            let Some(nummer) = sleutel.nummer.filter(|_| !melding.verwijderen) else { continue };
            let Leversleutel { partijen, bsn, .. } = sleutel;
            if self.toewijzing(&partijen.gemeente, nummer).is_some() {
                continue;
            }
            let (categorie, code) = melding.product;
            self.neem_versie(
                (partijen.clone(), nummer),
                Versie {
                    bericht: GEEN_BERICHT,
                    bsn,
                    aanbieder: partijen.aanbieder,
                    categorie,
                    code,
                    besloten: melding.begin.into(),
                    van: melding.begin,
                    tot: None,
                    verwijderd: false,
                    omvang: None,
                    budget: None,
                    referentie: None,
                },
            );
        }
    }

    fn vul_toewijzing(
        &mut self,
        gedekt: &Keten,
        bekend: &Bekend<'_>,
        it: &Toewijzing,
        agb: AgbCode,
    ) {
        let partijen =
            Partijen { gemeente: bekend.gemeente.as_str().into(), aanbieder: agb.as_str().into() };
        let (nummer, bsn): (u32, Box<str>) = (it.nummer.0, bekend.bsn.as_str().into());
        let product = productsleutel(&it.opdracht.product);
        if gedekt.toewijzing(&partijen.gemeente, nummer).is_none() {
            let versie = versie(it, &bsn, &partijen, product.clone());
            self.neem_versie((partijen.clone(), nummer), versie);
        }
        let sleutel = Leversleutel {
            partijen: partijen.clone(),
            bsn: bsn.clone(),
            nummer: Some(nummer),
            product: (None, None),
        };
        if !gedekt.leveringen.contains_key(&sleutel) {
            let reports = meldingen_van(it, &product).map(|it| (GEEN_BERICHT, it));
            self.leveringen.entry(sleutel).or_default().extend(reports);
        }
        let own = bekend.dossier.prestaties.iter().filter(|line| line.toewijzing == it.nummer);
        for line in own.filter(|it| !gedekt.rekening.regels.contains_key(&it.referentie)) {
            let known = ingediend(line, &partijen, &bsn, &product);
            self.rekening.neem(line.referentie, known);
        }
    }
}

fn versie(it: &Toewijzing, bsn: &str, partijen: &Partijen, product: Productsleutel) -> Versie {
    let (omvang, budget) = hoeveelheid(it);
    Versie {
        bericht: GEEN_BERICHT,
        bsn: bsn.into(),
        aanbieder: partijen.aanbieder.clone(),
        categorie: product.0,
        code: product.1,
        besloten: it.toegewezen_op.into(),
        van: it.opdracht.geldig.van(),
        tot: it.opdracht.geldig.tot_en_met(),
        verwijderd: !it.telt(),
        omvang,
        budget,
        referentie: None,
    }
}

fn productsleutel(product: &Productkeuze) -> Productsleutel {
    let lijst = codelijst::lijst("WMO020");
    let categorie = product.categorie().map(|it| it.to_string());
    let categorie = categorie.and_then(|it| lijst?.waarde(&it)).map(|it| it.code);
    (categorie, product.code().map(|it| it.as_str().into()))
}

fn meldingen_van<'a>(
    it: &'a Toewijzing,
    product: &'a Productsleutel,
) -> impl Iterator<Item = Melding> + 'a {
    let report =
        |begin, stop| Melding { product: product.clone(), begin, stop, verwijderen: false };
    let ended = it.levering.geeindigd().iter().flat_map(move |it| {
        [report(it.van, None), report(it.van, Some((it.reden.code(), it.tot_en_met)))]
    });
    ended.chain(it.levering.lopend_sinds().map(move |it| report(it, None)))
}

fn ingediend(
    line: &Prestatie,
    partijen: &Partijen,
    bsn: &str,
    (categorie, code): &Productsleutel,
) -> Ingediend {
    let periode = (line.periode.van(), line.periode.tot_en_met().unwrap_or(line.periode.van()));
    Ingediend {
        bericht: GEEN_BERICHT,
        toewijzing: (partijen.gemeente.clone(), line.toewijzing.0),
        bsn: bsn.into(),
        categorie: categorie.unwrap_or_default(),
        code: code.clone().unwrap_or_default(),
        periode,
        volume: line.volume,
        eenheid: line.eenheid,
        bedrag: line.bedrag.0,
        vorig: line.crediteert,
        stand: Prestatiestand::Toegekend,
    }
}
