//! What is asked of the dossiers: who somebody is, the coarse facts and the cases.

use std::collections::HashMap;

use domain::{
    Actor, Clientgegevens, Dossier, DossierCommand, Systeemdeel, ToewijzingNummer,
    intake::IntakeUitkomst,
    overname::{Gedaan, ZaakHistorie},
    persoon::Persoonsgegevens,
    termijn::Opschorting,
};
use jiff::civil::Date;

use super::{IMPORT, Planner, Plek};
use crate::{
    Wie,
    uitwisseling::{
        Uitwisseling,
        clienttabellen::{ClientRij, ClientgegevensRij},
        lezer::Gelezen,
        ondersteuningtabellen::{DeclaratieRij, LeveringRij, ToewijzingRij, VoorzieningRij},
        waarden::Intakesoort,
        zaaktabellen::{BesluitRij, IntakeDeel, OpschortingRij, ZaakRij},
    },
};

/// All rows about one client.
#[derive(Default)]
pub(super) struct Bundel<'u> {
    client: Option<&'u Gelezen<ClientRij>>,
    gegevens: Vec<&'u Gelezen<ClientgegevensRij>>,
    zaken: Vec<&'u Gelezen<ZaakRij>>,
    pub(super) voorzieningen: Vec<&'u Gelezen<VoorzieningRij>>,
    pub(super) toewijzingen: Vec<&'u Gelezen<ToewijzingRij>>,
}

/// The rows that hang under a case or an allocation.
#[derive(Default)]
pub(super) struct Onderliggend<'u> {
    besluiten: HashMap<&'u str, Vec<&'u Gelezen<BesluitRij>>>,
    opschortingen: HashMap<&'u str, Vec<&'u Gelezen<OpschortingRij>>>,
    pub(super) leveringen: HashMap<ToewijzingNummer, Vec<&'u Gelezen<LeveringRij>>>,
    pub(super) declaraties: HashMap<ToewijzingNummer, Vec<&'u Gelezen<DeclaratieRij>>>,
}

impl<'p> Planner<'p> {
    pub(super) fn dossiers(&mut self) {
        let (keys, bundles) = bundels(self.u);
        let under = self.onderliggend();
        for key in keys {
            let Some(bundel) = bundles.get(key) else { continue };
            let Some(wie) = self.wie(key, bundel) else { continue };
            let known = (self.client_van)(&wie).and_then(|it| self.state.dossiers.get(&it));
            self.gegevens(&wie, bundel, known);
            for row in &bundel.zaken {
                self.zaak(&wie, row, &under);
            }
            self.ondersteuning(&wie, bundel, &under, known);
        }
    }

    fn onderliggend(&mut self) -> Onderliggend<'p> {
        let u = self.u;
        let mut under = Onderliggend::default();
        for row in &u.besluiten {
            under.besluiten.entry(&row.rij.zaak).or_default().push(row);
        }
        for row in &u.opschortingen {
            under.opschortingen.entry(&row.rij.zaak).or_default().push(row);
        }
        let known: std::collections::HashSet<ToewijzingNummer> =
            u.toewijzingen.iter().map(|it| it.rij.nummer).collect();
        let text = "deze toewijzing staat niet in de tabel toewijzingen";
        for row in &u.leveringen {
            if known.contains(&row.rij.toewijzing) {
                under.leveringen.entry(row.rij.toewijzing).or_default().push(row);
            } else {
                let plek = Plek { tabel: "leveringen", regel: row.regel, kolom: "toewijzing" };
                self.fout(plek, "verwijzing", text);
            }
        }
        for row in &u.declaraties {
            if known.contains(&row.rij.toewijzing) {
                under.declaraties.entry(row.rij.toewijzing).or_default().push(row);
            } else {
                let plek = Plek { tabel: "declaraties", regel: row.regel, kolom: "toewijzing" };
                self.fout(plek, "verwijzing", text);
            }
        }
        under
    }

    /// Who the client is: by BSN where there is one, else by the key of the other system.
    fn wie(&mut self, key: &str, bundel: &Bundel<'_>) -> Option<Wie> {
        let wie = wie_is(self.u, key, bundel.client);
        match bundel.client {
            Some(row) if row.rij.persoon != Persoonsgegevens::default() => {
                self.intake.personen.push((wie.clone(), row.rij.persoon.clone()));
            }
            Some(_) => {}
            None if (self.client_van)(&wie).is_none() => {
                let plek = bundel.first();
                let text = "deze cliënt is nog niet bekend en er is geen tabel clienten";
                self.fout(plek, "verwijzing", text);
                return None;
            }
            None => {}
        }
        Some(wie)
    }

    /// The coarse facts: with their own days where the exchange has them.
    fn gegevens(&mut self, wie: &Wie, bundel: &Bundel<'_>, known: Option<&Dossier>) {
        let last = known.and_then(|it| it.gegevens.last()).map(|(_, it)| *it);
        let geboortejaar = match bundel.client {
            Some(row) => row.rij.geboortejaar,
            None => last.and_then(|it| it.geboortejaar),
        };
        let mut rows: Vec<_> = bundel.gegevens.clone();
        rows.sort_by_key(|it| it.rij.vanaf);
        for row in rows {
            let plek = Plek { tabel: "clientgegevens", regel: row.regel, kolom: "wijk" };
            let wijk = self.wijk(row.rij.wijk.as_deref(), plek);
            let gegevens = Clientgegevens { geboortejaar, wijk, huishouden: row.rij.huishouden };
            self.stel_vast(wie, gegevens, row.rij.vanaf, plek);
        }
        let Some(row) =
            bundel.client.filter(|it| bundel.gegevens.is_empty() || it.rij.vanaf.is_some())
        else {
            return;
        };
        let plek = Plek { tabel: "clienten", regel: row.regel, kolom: "wijk" };
        let wijk = self.wijk(row.rij.wijk.as_deref(), plek);
        let gegevens = Clientgegevens { geboortejaar, wijk, huishouden: row.rij.huishouden };
        let on = match (row.rij.vanaf, last) {
            (Some(vanaf), _) => vanaf,
            (None, Some(last)) if last == gegevens => return,
            (None, Some(_)) => self.vandaag,
            (None, None) => bundel.first_day().unwrap_or(self.vandaag).min(self.vandaag),
        };
        self.stel_vast(wie, gegevens, on, plek);
    }

    fn stel_vast(&mut self, wie: &Wie, gegevens: Clientgegevens, on: Date, plek: Plek) {
        let bron = self.u.plek(plek.tabel, plek.regel);
        self.vraag(wie, DossierCommand::StelGegevensVast(gegevens), on, IMPORT, &bron);
    }

    /// A case comes over as a whole.
    fn zaak(&mut self, wie: &Wie, row: &Gelezen<ZaakRij>, under: &Onderliggend<'_>) {
        let it = &row.rij;
        let plek = Plek { tabel: "zaken", regel: row.regel, kolom: "zaak" };
        let by_desk = plek.kolom("melding_medewerker");
        let melding = Gedaan {
            op: it.melding,
            door: self.door(it.melding_medewerker.as_deref(), it.melding, by_desk),
            wat: (it.kanaal, it.melder, it.spoed),
        };
        let intake = match &it.intake {
            Some(intake) => match self.intake(intake, plek) {
                Some(done) => Some(done),
                None => return,
            },
            None => None,
        };
        let investigator = it.onderzoek_medewerker.as_deref();
        // One column tells who investigated; the start and the report may be somebody else's.
        let likely = |op| Gedaan { op, door: self.vermoedelijk(investigator, op), wat: () };
        let (started, verslag) = (it.onderzoek_start.map(likely), it.verslag.map(likely));
        let by = plek.kolom("onderzoek_medewerker");
        let onderzoek_afgerond = it.onderzoek_einde.map(|op| {
            let door = self.door(investigator, op, by);
            Gedaan { op, door, wat: () }
        });
        let aanvraag = it.aanvraag.map(|op| Gedaan { op, door: IMPORT, wat: () });
        let team = self.optional_team(it.onderzoek_team.as_deref(), plek.kolom("onderzoek_team"));
        let onderzoek_gestart = started.map(|it| Gedaan { op: it.op, door: it.door, wat: team });
        let besluiten = self.besluiten(row, under);
        let mut opschortingen: Vec<_> = under
            .opschortingen
            .get(it.sleutel.as_str())
            .map_or_else(Vec::new, |rows| rows.iter().map(|it| it.rij.opschorting).collect());
        opschortingen.sort_by_key(stood_still);
        let sluiting = it.sluiting.map(|(op, wat)| Gedaan { op, door: IMPORT, wat });
        let historie = ZaakHistorie {
            zaak: it.zaak,
            melding,
            intake,
            onderzoek_gestart,
            onderzoek_afgerond,
            verslag,
            aanvraag,
            opschortingen,
            besluiten,
            sluiting,
        };
        let command = DossierCommand::NeemZaakOver(Box::new(historie));
        let bron = self.u.plek("zaken", row.regel);
        self.vraag(wie, command, it.melding, Actor::Systeem(Systeemdeel::Import), &bron);
    }

    fn intake(&mut self, intake: &IntakeDeel, plek: Plek) -> Option<Gedaan<IntakeUitkomst>> {
        let wat = match intake.soort {
            Intakesoort::Informatie => IntakeUitkomst::Informatie,
            Intakesoort::Advies => IntakeUitkomst::Advies,
            Intakesoort::EigenKracht => IntakeUitkomst::EigenKracht,
            Intakesoort::NaarLoket => IntakeUitkomst::NaarLoket,
            Intakesoort::NaarTeam => {
                let team = self.known_team(intake.team.as_deref(), plek.kolom("intake_team"))?;
                IntakeUitkomst::NaarTeam(team)
            }
            Intakesoort::AlgemeneVoorziening => {
                let key = intake.algemene_voorziening.as_deref()?;
                let Some(it) = self.sleutels.algemene_voorziening(key) else {
                    let text = format!("algemene voorziening ‘{key}’ is niet bekend");
                    self.fout(plek.kolom("algemene_voorziening"), "verwijzing", text);
                    return None;
                };
                IntakeUitkomst::AlgemeneVoorziening(it)
            }
        };
        let by = plek.kolom("intake_medewerker");
        let door = self.door(intake.medewerker.as_deref(), intake.op, by);
        Some(Gedaan { op: intake.op, door, wat })
    }

    /// The decisions in the row of the case and in the table of decisions, oldest first.
    fn besluiten(
        &mut self,
        row: &Gelezen<ZaakRij>,
        under: &Onderliggend<'_>,
    ) -> Vec<Gedaan<domain::besluit::Uitkomst>> {
        let inline = row.rij.besluit.iter().map(|it| ("zaken", row.regel, it));
        let own = under.besluiten.get(row.rij.sleutel.as_str()).into_iter().flatten();
        let own = own.map(|it| ("besluiten", it.regel, &it.rij.besluit));
        let mut besluiten: Vec<_> = inline
            .chain(own)
            .map(|(tabel, regel, it)| {
                let plek = Plek { tabel, regel, kolom: "besluit_medewerker" };
                let door = self.door(it.medewerker.as_deref(), it.op, plek);
                Gedaan { op: it.op, door, wat: it.uitkomst }
            })
            .collect();
        besluiten.sort_by_key(|it| it.op);
        besluiten
    }
}

/// The rows per client, in the order in which clients are first named.
fn bundels<'u>(u: &'u Uitwisseling) -> (Vec<&'u str>, HashMap<&'u str, Bundel<'u>>) {
    let mut keys = Vec::new();
    let mut bundles: HashMap<&str, Bundel<'_>> = HashMap::new();
    let mut of = |key: &'u str, add: &mut dyn FnMut(&mut Bundel<'u>)| {
        add(bundles.entry(key).or_insert_with(|| {
            keys.push(key);
            Bundel::default()
        }));
    };
    for row in &u.clienten {
        of(&row.rij.client, &mut |it| it.client = Some(row));
    }
    for row in &u.clientgegevens {
        of(&row.rij.client, &mut |it| it.gegevens.push(row));
    }
    for row in &u.zaken {
        of(&row.rij.client, &mut |it| it.zaken.push(row));
    }
    for row in &u.voorzieningen {
        of(&row.rij.client, &mut |it| it.voorzieningen.push(row));
    }
    for row in &u.toewijzingen {
        of(&row.rij.client, &mut |it| it.toewijzingen.push(row));
    }
    (keys, bundles)
}

/// Everybody whom an exchange names, once, in the order in which they are planned.
///
/// The caller looks them up before it plans: by BSN in the persons store, by outside key with
/// [`client_van_sleutel`](super::client_van_sleutel).
pub fn genoemden(uitwisseling: &Uitwisseling) -> Vec<Wie> {
    let (keys, bundles) = bundels(uitwisseling);
    let client = |key: &str| bundles.get(key).and_then(|it| it.client);
    keys.into_iter().map(|key| wie_is(uitwisseling, key, client(key))).collect()
}

fn wie_is(u: &Uitwisseling, key: &str, client: Option<&Gelezen<ClientRij>>) -> Wie {
    let bsn = client.map_or_else(|| key.parse().ok(), |it| it.rij.persoon.bsn);
    bsn.map_or_else(|| Wie::Sleutel(format!("{}/{key}", u.bron)), Wie::Bsn)
}

impl Bundel<'_> {
    /// The first row that names the client.
    fn first(&self) -> Plek {
        let rows = [
            ("clientgegevens", self.gegevens.first().map(|it| it.regel)),
            ("zaken", self.zaken.first().map(|it| it.regel)),
            ("voorzieningen", self.voorzieningen.first().map(|it| it.regel)),
            ("toewijzingen", self.toewijzingen.first().map(|it| it.regel)),
        ];
        let found = rows.into_iter().find_map(|(tabel, regel)| regel.map(|it| (tabel, it)));
        let (tabel, regel) = found.unwrap_or(("clienten", 1));
        Plek { tabel, regel, kolom: "client" }
    }

    /// The first day on which anything is known of the client.
    fn first_day(&self) -> Option<Date> {
        let zaken = self.zaken.iter().map(|it| it.rij.melding);
        let granted = self.voorzieningen.iter().map(|it| it.rij.geldig.van());
        let ordered = self.toewijzingen.iter().map(|it| it.rij.geldig.van());
        zaken.chain(granted).chain(ordered).min()
    }
}

fn stood_still(opschorting: &Opschorting) -> Date {
    match opschorting {
        Opschorting::Lopend { sinds, .. } | Opschorting::Voorbij { sinds, .. } => *sinds,
    }
}
