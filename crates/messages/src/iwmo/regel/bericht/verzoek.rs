//! Requests and answers, messages 315, 317 and 319: TR101, TR352, TR353, TR380, TR383, TR386, TR410,
//! CD043, CD066-CD068, CD085, CD086.

use jiff::civil::Date;

use crate::iwmo::{
    bericht::{
        wmo315::{self, AangevraagdProduct},
        wmo317::{self, NieuwProduct, TeWijzigenProduct},
        wmo319::Antwoord,
    },
    regel::{
        bericht::{
            aanspraak::{self, Aanspraak},
            overlap::{Aanspraakperiode, overlappend},
            persoon,
            sleutel::Sleutels,
        },
        bevinding::{Melder, Plek, lijn},
    },
};

pub(super) fn check_315(m: &mut Melder, client: &wmo315::Client, op: Date) {
    let plek = Plek::Client(0);
    persoon::bsn(m, plek, client.regel, &client.bsn);
    persoon::geboortedatum(m, plek, &client.geboortedatum, op);
    let mut referenties = Sleutels::new();
    let (mut at, mut perioden) = (Vec::new(), Vec::new());
    for (index, it) in client.aangevraagde_producten.iter().enumerate() {
        let plek = Plek::Product(index);
        if let Some(referentie) = it.referentie_aanbieder.get()
            && !referenties.neem(referentie)
        {
            let waar = (plek, lijn(&it.referentie_aanbieder, it.regel), "ReferentieAanbieder");
            m.fout("TR101", waar, "deze sleutel staat er al");
            m.fout("TR383", waar, "");
        }
        aangevraagd(m, plek, it);
        if let Some(van) = it.toewijzing_ingangsdatum.waarde() {
            at.push(index);
            let tot = it.toewijzing_einddatum.waarde();
            perioden.push(Aanspraakperiode::van(it.product.as_ref(), van, tot));
        }
    }
    for found in overlappend(&perioden) {
        let regel = client.aangevraagde_producten[at[found]].regel;
        m.fout("TR386", (Plek::Product(at[found]), regel, "AangevraagdProduct"), "");
    }
}

fn aangevraagd(m: &mut Melder, plek: Plek, it: &AangevraagdProduct) {
    let begin = &it.beschikking_ingangsdatum;
    let right = begin.is_aanwezig() == it.beschikking_nummer.is_aanwezig();
    m.eis(right, "CD043", (plek, lijn(begin, it.regel), "BeschikkingIngangsdatum"), "");
    let verwijzer = &it.verwijzer;
    let (naam, code) = (verwijzer.naam.is_aanwezig(), verwijzer.zorgverlener_code.is_aanwezig());
    let at_naam = (plek, lijn(&verwijzer.naam, verwijzer.regel), "Naam");
    match verwijzer.type_verwijzer.waarde() {
        Some("02" | "03" | "04" | "05") => {
            m.eis(!(code && naam), "CD066", at_naam, "");
            m.eis(code || naam, "CD067", at_naam, "");
        }
        Some(_) => {
            let regel = lijn(&verwijzer.zorgverlener_code, verwijzer.regel);
            m.eis(!code, "CD068", (plek, regel, "ZorgverlenerCode"), "");
        }
        None => {}
    }
    let aanspraak = Aanspraak {
        plek,
        regel: it.regel,
        product: Some(it.product.as_ref()),
        omvang: it.omvang.as_ref(),
        budget: &it.budget,
        van: &it.toewijzing_ingangsdatum,
        tot: (&it.toewijzing_einddatum, "ToewijzingEinddatum"),
        zonder_code: "CD095",
        per_dag: "CS343",
    };
    aanspraak::check(m, &aanspraak);
}

pub(super) fn check_317(m: &mut Melder, client: &wmo317::Client, op: Date) {
    persoon::bsn(m, Plek::Client(0), client.regel, &client.bsn);
    let v = &client.verzoek;
    let waar = (Plek::Verzoek, v.regel, "Verzoek");
    let (blijft, anders) = (&v.ongewijzigde_producten, &v.te_wijzigen_producten);
    m.eis(!blijft.is_empty() || !anders.is_empty(), "TR352", waar, "");
    m.eis(!anders.is_empty() || !v.nieuwe_producten.is_empty(), "TR353", waar, "");
    let mut nummers = Sleutels::new();
    for (at, it) in blijft.iter().enumerate() {
        if let Some(nummer) = it.toewijzing_nummer.waarde() {
            let regel = lijn(&it.toewijzing_nummer, it.regel);
            nummers.eis_nieuw(m, nummer, (Plek::Ongewijzigd(at), regel, "ToewijzingNummer"));
        }
    }
    let mut nummers = Sleutels::new();
    for (at, it) in anders.iter().enumerate() {
        let plek = Plek::TeWijzigen(at);
        if let Some(nummer) = it.toewijzing_nummer.waarde() {
            let regel = lijn(&it.toewijzing_nummer, it.regel);
            nummers.eis_nieuw(m, nummer, (plek, regel, "ToewijzingNummer"));
        }
        aanspraak::check(m, &te_wijzigen(plek, it));
    }
    nieuwe(m, &v.nieuwe_producten, op);
}

fn nieuwe(m: &mut Melder, nieuwe: &[NieuwProduct], op: Date) {
    let mut sleutels = Sleutels::new();
    let (mut at, mut perioden) = (Vec::new(), Vec::new());
    for (index, it) in nieuwe.iter().enumerate() {
        let plek = Plek::Nieuw(index);
        aanspraak::check(m, &nieuw(plek, it));
        let Some(van) = it.gewenste_ingangsdatum.waarde() else { continue };
        if op != Date::MAX {
            let regel = lijn(&it.gewenste_ingangsdatum, it.regel);
            m.eis(van > op, "TR380", (plek, regel, "GewensteIngangsdatum"), "");
        }
        let periode = Aanspraakperiode::van(it.product.as_ref(), van, it.einddatum.waarde());
        let sleutel = (periode.categorie, periode.code, van);
        sleutels.eis_nieuw(m, sleutel, (plek, it.regel, "NieuwProduct"));
        at.push(index);
        perioden.push(periode);
    }
    for found in overlappend(&perioden) {
        let regel = nieuwe[at[found]].regel;
        m.fout("TR410", (Plek::Nieuw(at[found]), regel, "NieuwProduct"), "");
    }
}

fn te_wijzigen(plek: Plek, it: &TeWijzigenProduct) -> Aanspraak<'_> {
    Aanspraak {
        plek,
        regel: it.regel,
        product: None,
        omvang: it.omvang.as_ref(),
        budget: &it.budget,
        van: &it.gewenste_ingangsdatum,
        tot: (&it.einddatum, "Einddatum"),
        zonder_code: "CD096",
        per_dag: "CS338",
    }
}

fn nieuw(plek: Plek, it: &NieuwProduct) -> Aanspraak<'_> {
    Aanspraak {
        plek,
        regel: it.regel,
        product: Some(it.product.as_ref()),
        omvang: it.omvang.as_ref(),
        budget: &it.budget,
        van: &it.gewenste_ingangsdatum,
        tot: (&it.einddatum, "Einddatum"),
        zonder_code: "CD096",
        per_dag: "CS338",
    }
}

pub(super) fn check_319(m: &mut Melder, antwoord: &Antwoord) {
    let reden = &antwoord.reden_afwijzing_verzoek;
    let waar = (Plek::Antwoord, lijn(reden, antwoord.regel), "RedenAfwijzingVerzoek");
    match antwoord.verzoek_antwoord.waarde() {
        Some("1") => m.eis(reden.is_aanwezig(), "CD085", waar, ""),
        Some("2") => m.eis(!reden.is_aanwezig(), "CD086", waar, ""),
        _ => {}
    }
}
