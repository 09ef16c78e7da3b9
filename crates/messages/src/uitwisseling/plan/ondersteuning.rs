//! What is asked of the dossiers about support: granted, ordered, delivered and billed.

use std::collections::HashMap;

use domain::{
    Dossier, DossierCommand, Kenmerk, Leveringsvorm, Productkeuze, TeamId, Voorziening,
    VoorzieningId,
    declaratie::Prestatie,
    toewijzing::{Hoeveelheid, Opdracht, RedenWijziging, Toewijzing},
    voorziening::Herkomst,
};

use super::{
    IMPORT, Planner, Plek,
    dossier::{Bundel, Onderliggend},
};
use crate::{
    Wie, kenmerk,
    uitwisseling::{
        lezer::Gelezen,
        ondersteuningtabellen::{
            DeclaratieRij, Leverdeel, Productcellen, ToewijzingRij, VoorzieningRij, Vormcellen,
        },
        waarden::Herkomstsoort,
        zaaktabellen::zaaknummer,
    },
};

/// The keys that the provisions of a client have or will get.
struct Nummers<'d> {
    known: Option<&'d Dossier>,
    next: u32,
    by_key: HashMap<String, VoorzieningId>,
}

impl Planner<'_> {
    pub(super) fn ondersteuning(
        &mut self,
        wie: &Wie,
        bundel: &Bundel<'_>,
        under: &Onderliggend<'_>,
        known: Option<&Dossier>,
    ) {
        let last = known.and_then(|it| it.voorzieningen.iter().map(|it| it.id.0).max());
        let next = last.unwrap_or(0) + 1;
        let mut nummers = Nummers { known, next, by_key: HashMap::new() };
        for row in &bundel.voorzieningen {
            self.voorziening(wie, row, &mut nummers);
        }
        for row in &bundel.toewijzingen {
            let nummer = row.rij.nummer;
            if self.toewijzing(wie, row, &nummers).is_none() {
                continue;
            }
            let mut leveringen: Vec<(Leverdeel, &str, u64)> =
                row.rij.levering.iter().map(|it| (*it, "toewijzingen", row.regel)).collect();
            for row in under.leveringen.get(&nummer).into_iter().flatten() {
                leveringen.push((row.rij.levering, "leveringen", row.regel));
            }
            leveringen.sort_by_key(|(it, ..)| it.start);
            for (it, tabel, regel) in leveringen {
                let bron = self.u.plek(tabel, regel);
                let start = DossierCommand::MeldStart { toewijzing: nummer };
                self.vraag(wie, start, it.start, IMPORT, &bron);
                if let Some((op, reden)) = it.stop {
                    let begin = it.start;
                    let stop = DossierCommand::MeldStop { toewijzing: nummer, begin, reden };
                    self.vraag(wie, stop, op, IMPORT, &bron);
                }
            }
            let mut lines: Vec<_> = under.declaraties.get(&nummer).cloned().unwrap_or_default();
            // A credit needs its original.
            lines.sort_by_key(|it| it.rij.crediteert.is_some());
            for row in lines {
                self.declaratie(wie, row);
            }
        }
    }

    fn voorziening(
        &mut self,
        wie: &Wie,
        row: &Gelezen<VoorzieningRij>,
        nummers: &mut Nummers<'_>,
    ) -> Option<()> {
        let it = &row.rij;
        let plek = Plek { tabel: "voorzieningen", regel: row.regel, kolom: "product" };
        let product = self.product(it.product, plek)?;
        let vorm = match &it.vorm {
            Vormcellen::Pgb { jaarbedrag } => Leveringsvorm::Pgb { jaarbedrag: *jaarbedrag },
            Vormcellen::Zin { aanbieder: None } => Leveringsvorm::Zin { aanbieder: None },
            Vormcellen::Zin { aanbieder: Some(key) } => {
                let aanbieder = Some(self.known_aanbieder(key, plek.kolom("aanbieder"))?);
                Leveringsvorm::Zin { aanbieder }
            }
        };
        let voorziening = Voorziening {
            product,
            vorm,
            omvang: it.omvang,
            geldig: it.geldig,
            tijdelijk: it.tijdelijk,
        };
        let on = it.besluitdatum.unwrap_or(it.geldig.van().min(self.vandaag));
        let team = self.optional_team(it.team.as_deref(), plek.kolom("team"));
        let door = self.door(it.medewerker.as_deref(), on, plek.kolom("medewerker"));
        let own = self.own_key("voorziening", &it.sleutel);
        let herkomst = match it.herkomst {
            Herkomstsoort::VorigSysteem => Herkomst::VorigSysteem(own),
            Herkomstsoort::Overgangsrecht => Herkomst::Overgangsrecht(own),
            Herkomstsoort::Bericht => Herkomst::Bericht(own),
        };
        let bron = self.u.plek("voorzieningen", row.regel);
        let zaak = it.zaak.as_deref().and_then(|key| zaaknummer(key, on)).map(Herkomst::Besluit);
        if let Some(id) = zaak.and_then(|it| nummers.decided_here(it, &voorziening)) {
            nummers.by_key.insert(it.sleutel.clone(), id);
            return Some(());
        }
        let id = nummers.take(own);
        nummers.by_key.insert(it.sleutel.clone(), id);
        let command = DossierCommand::NeemVoorzieningOver { voorziening, team, herkomst };
        self.vraag(wie, command, on, door, &bron);
        if let (Some(reden), Some(per)) = (it.einde_reden, it.geldig.tot_en_met()) {
            let command = DossierCommand::BeeindigVoorziening { id, per, reden };
            self.vraag(wie, command, per.min(self.vandaag).max(on), IMPORT, &bron);
        }
        Some(())
    }

    fn toewijzing(
        &mut self,
        wie: &Wie,
        row: &Gelezen<ToewijzingRij>,
        nummers: &Nummers<'_>,
    ) -> Option<()> {
        let it = &row.rij;
        let plek = Plek { tabel: "toewijzingen", regel: row.regel, kolom: "aanbieder" };
        let aanbieder = self.known_aanbieder(&it.aanbieder, plek)?;
        let product = self.product(it.product, plek.kolom("product"))?;
        let voorziening = it.voorziening.as_ref().and_then(|key| {
            let found = nummers.by_key.get(key).copied();
            if found.is_none() {
                let text = format!(
                    "voorziening ‘{key}’ is van deze cliënt niet bekend; overgenomen zonder die \
                     verwijzing"
                );
                self.let_op(plek.kolom("voorziening"), "verwijzing", text);
            }
            found
        });
        let known = nummers.known.and_then(|dossier| dossier.toewijzing(it.nummer));
        if known.is_none() && it.reden_wijziging == Some(RedenWijziging::Verwijderd) {
            return None; // It was never sent, so there is nothing to take over.
        }
        let (hoeveelheid, geldig) = (it.hoeveelheid, it.geldig);
        let opdracht = Opdracht { voorziening, aanbieder, product, hoeveelheid, geldig };
        let on = it.datum.unwrap_or(it.geldig.van().min(self.vandaag));
        let bron = self.u.plek("toewijzingen", row.regel);
        let nummer = it.nummer;
        if known.is_none_or(|it| !only_changed(it, &opdracht)) {
            let command = DossierCommand::VerstrekToewijzing { nummer, opdracht };
            self.vraag(wie, command, on, IMPORT, &bron);
        }
        let changed = known.is_some_and(|it| only_changed(it, &opdracht));
        let reden = it.reden_wijziging;
        if let Some(reden) = reden.or(changed.then_some(RedenWijziging::AdministratieveCorrectie)) {
            let (omvang, budget) = match (known, hoeveelheid) {
                (Some(old), new) if old.opdracht.hoeveelheid == new => (None, None),
                (None, _) | (_, Hoeveelheid::Open) => (None, None),
                (Some(_), Hoeveelheid::Omvang(it)) => (Some(it), None),
                (Some(_), Hoeveelheid::Budget(it)) => (None, Some(it)),
            };
            let tot_en_met = geldig.tot_en_met();
            let command =
                DossierCommand::WijzigToewijzing { nummer, reden, tot_en_met, omvang, budget };
            self.vraag(wie, command, on, IMPORT, &bron);
        }
        Some(())
    }

    fn declaratie(&mut self, wie: &Wie, row: &Gelezen<DeclaratieRij>) {
        let it = &row.rij;
        let prestatie = Prestatie {
            toewijzing: it.toewijzing,
            periode: it.periode,
            volume: it.volume,
            eenheid: it.eenheid,
            bedrag: it.bedrag,
            referentie: self.own_key("declaratie", &it.sleutel),
            crediteert: it.crediteert.as_deref().map(|key| self.own_key("declaratie", key)),
        };
        let on = it.periode.einde().min(self.vandaag);
        let bron = self.u.plek("declaraties", row.regel);
        self.vraag(wie, DossierCommand::Declareer(prestatie), on, IMPORT, &bron);
    }

    /// The product; where only the code is given the catalogue tells its category.
    fn product(&mut self, cellen: Productcellen, plek: Plek) -> Option<Productkeuze> {
        let Productcellen { code, categorie } = cellen;
        let Some(code) = code else {
            return Some(match categorie {
                Some(categorie) => Productkeuze::Aspecifiek { categorie },
                None => Productkeuze::Generiek,
            });
        };
        let listed = self.register.producten.get(&code).map(|it| it.categorie);
        let Some(categorie) = categorie.or(listed) else {
            let text = format!("product {code} staat niet in producten");
            self.fout(plek, "verwijzing", text);
            return None;
        };
        Some(Productkeuze::Specifiek { categorie, code })
    }

    /// The team; what has an unknown team is taken over without it.
    pub(super) fn optional_team(&mut self, sleutel: Option<&str>, plek: Plek) -> Option<TeamId> {
        let sleutel = sleutel?;
        let found = self.sleutels.team(sleutel);
        if found.is_none() {
            let text = format!("team ‘{sleutel}’ is niet bekend; overgenomen zonder team");
            self.let_op(plek, "verwijzing", text);
        }
        found
    }

    /// The fingerprint of an outside key; our own export may hold one as such.
    fn own_key(&self, soort: &str, sleutel: &str) -> Kenmerk {
        let literal = sleutel.strip_prefix(LETTERLIJK).filter(|it| it.len() == 16);
        match literal.and_then(|it| u64::from_str_radix(it, 16).ok()) {
            Some(it) => Kenmerk(it),
            None => kenmerk(&[&self.u.bron, soort, sleutel]),
        }
    }
}

/// Before a fingerprint that is written out in our own export.
pub(in crate::uitwisseling) const LETTERLIJK: &str = "kenmerk:";

impl Nummers<'_> {
    /// The key of a provision that was decided in this very system.
    fn decided_here(&self, herkomst: Herkomst, asked: &Voorziening) -> Option<VoorzieningId> {
        let found = self.known?.voorzieningen.iter().find(|it| {
            it.herkomst == herkomst
                && it.voorziening.product == asked.product
                && it.voorziening.geldig.van() == asked.geldig.van()
        });
        found.map(|it| it.id)
    }

    /// The key it has, or the next one.
    fn take(&mut self, own: Kenmerk) -> VoorzieningId {
        let known = self
            .known
            .and_then(|it| it.voorzieningen.iter().find(|it| it.herkomst.kenmerk() == Some(own)));
        known.map(|it| it.id).unwrap_or_else(|| {
            let id = VoorzieningId(self.next);
            self.next += 1;
            id
        })
    }
}

/// Whether this is a known order with another end, volume or budget.
fn only_changed(known: &Toewijzing, asked: &Opdracht) -> bool {
    let (old, new) = (&known.opdracht, asked);
    old != new
        && old.voorziening == new.voorziening
        && old.aanbieder == new.aanbieder
        && old.product == new.product
        && old.geldig.van() == new.geldig.van()
}
