//! `wijkpeil iwmo answer`: the answer to a request of a provider, put ready: in enquiry or rejected
//! with message 319, granted with message 301 from the log.

use std::{
    collections::{BTreeMap, BTreeSet},
    process::ExitCode,
};

use anyhow::bail;
use domain::{AanbiederId, AgbCode, ClientId, Gemeentecode, ToewijzingNummer};
use messages::iwmo::{
    Bericht, Berichtsoort,
    keten::verzoek::{Besluit, Verzoek},
    opstellen::{Antwoord319, Honorering, antwoord},
    regel::catalogus,
    verkeer::keur,
};
use store::Live;
use traffic::{Boek, Uitkomst, Waarom, identificatie, is_afgeschermd, sinds, stel_op, zet_klaar};

use super::start;
use crate::{clock, opdracht::IwmoAnswer, plek::Plek, scherm::println};

/// Puts the answer ready.
pub(super) async fn run(plek: &Plek, vraag: &IwmoAnswer) -> anyhow::Result<ExitCode> {
    let live = start(plek).await?;
    let boek = Boek::lees(live.store()).await?;
    let zaak = Zaak::find(&live, &boek, vraag)?;
    if is_afgeschermd(&live, &[zaak.client].into(), clock::today()) {
        bail!("de cliënt is afgeschermd: er gaat niets uit (OP003)");
    }
    let bericht = match &vraag.afwijzen {
        _ if vraag.honoreren => zaak.grant(&live, vraag).await?,
        Some(reden) => zaak.say(&boek, Besluit::Afgewezen, Some(reden))?,
        None => zaak.say(&boek, Besluit::InOnderzoek, None)?,
    };
    let (store, bytes) = (live.store(), bericht.schrijf());
    if !zet_klaar(store, &bericht, &bytes, &[zaak.client], clock::now()).await? {
        bail!("dit antwoord ligt al klaar");
    }
    let own = &bericht.kop().bericht_identificatie.identificatie;
    println(&format!(
        "{} {} ligt klaar; verstuur met `wijkpeil iwmo send`.",
        bericht.soort(),
        own.tekst()
    ));
    Ok(ExitCode::SUCCESS)
}

/// A request that waits for an answer.
struct Zaak {
    client: ClientId,
    aanbieder: AanbiederId,
    agb: AgbCode,
    gemeente: Gemeentecode,
    referentie: String,
    soort: Berichtsoort,
}

impl Zaak {
    fn find(live: &Live, boek: &Boek, vraag: &IwmoAnswer) -> anyhow::Result<Zaak> {
        let referentie = vraag.referentie.as_str();
        let open = |it: &Verzoek| it.is_open();
        let all = boek.keten().verzoeken().filter(|(_, own, _)| *own == referentie);
        let mut found: Vec<(&str, &Verzoek)> = all.map(|(agb, _, it)| (agb, it)).collect();
        if let Some(agb) = vraag.aanbieder {
            found.retain(|(own, _)| *own == agb.as_str());
        }
        if found.iter().filter(|(_, it)| open(it)).count() == 1 {
            found.retain(|(_, it)| open(it));
        }
        let [(agb, verzoek)] = found.as_slice() else {
            match found.len() {
                0 => bail!("er is geen verzoek ontvangen met referentie {referentie}"),
                _ => {
                    bail!("meer aanbieders gebruiken referentie {referentie}; kies met --aanbieder")
                }
            }
        };
        let besluit = match (&vraag.afwijzen, vraag.honoreren) {
            (_, true) => Besluit::Gehonoreerd,
            (Some(_), _) => Besluit::Afgewezen,
            (None, _) => Besluit::InOnderzoek,
        };
        if let Some(code) = verzoek.bezwaar(besluit) {
            let rule = catalogus::regel(code).map_or("", |it| it.tekst);
            bail!("verzoek {referentie} kan dit antwoord niet meer krijgen: {rule} ({code})");
        }
        let clienten = boek.clienten_van_verzoek(verzoek);
        let Some(client) = clienten.into_iter().next() else {
            bail!("de cliënt van verzoek {referentie} is hier niet bekend");
        };
        live.with(|world| {
            let register = &world.state.register;
            let Some(gemeente) = register.gemeente.as_ref() else {
                bail!("de gemeente staat nog niet in het register");
            };
            let mut all = register.aanbieders.values();
            let known = all.find(|it| it.agb.is_some_and(|it| it.as_str() == *agb));
            let Some((id, agb)) = known.and_then(|it| Some((it.id, it.agb?))) else {
                bail!("AGB-code {agb} staat bij geen aanbieder in het register");
            };
            Ok(Zaak {
                client,
                aanbieder: id,
                agb,
                gemeente: gemeente.code,
                referentie: referentie.to_owned(),
                soort: verzoek.soort,
            })
        })
    }

    /// Message 319.
    fn say(&self, boek: &Boek, besluit: Besluit, reden: Option<&str>) -> anyhow::Result<Bericht> {
        let key = identificatie();
        let bericht = Bericht::from(antwoord(&Antwoord319 {
            gemeente: self.gemeente,
            agb: self.agb,
            identificatie: &key,
            dagtekening: clock::today(),
            referentie: &self.referentie,
            besluit,
            reden,
        }));
        let mut problems = match keur("WMO319", &bericht.schrijf(), &BTreeSet::new()) {
            Ok(_) => Vec::new(),
            Err(problems) => problems,
        };
        problems.extend(boek.keten().controleer(&bericht).iter().map(|it| it.problem("WMO319")));
        if let Some(problem) = problems.first() {
            bail!("{problem}");
        }
        Ok(bericht)
    }

    /// Message 301 with the reference.
    async fn grant(&self, live: &Live, vraag: &IwmoAnswer) -> anyhow::Result<Bericht> {
        let honorering = match (self.soort, vraag.toewijzing.as_slice()) {
            (Berichtsoort::Wmo317, []) => Honorering::Wijziging(self.referentie.clone()),
            (Berichtsoort::Wmo317, _) => {
                bail!(
                    "een verzoek om wijziging wordt als geheel gehonoreerd: laat --toewijzing weg"
                )
            }
            (_, [nummer]) => {
                let nummer = ToewijzingNummer(*nummer);
                let owner = live.with(|world| world.state.client_van_toewijzing(nummer));
                if owner != Some(self.client) {
                    bail!("toewijzing {} is niet van deze cliënt", nummer.0);
                }
                Honorering::Aanvraag(BTreeMap::from([(nummer, self.referentie.clone())]))
            }
            (_, []) => bail!("noem met --toewijzing het nummer waarmee u dit verzoek honoreert"),
            (_, _) => bail!("één verzoek wordt met één toewijzing gehonoreerd"),
        };
        let who = (self.client, self.aanbieder);
        let why = Waarom::Honoreren(honorering);
        match stel_op(live, who, &why, sinds(live).await?, &clock::moment()).await? {
            Uitkomst::Versturen(it) => {
                it.regels().iter().for_each(|it| println(&format!("  {it}")));
                Ok(it.als_bericht())
            }
            Uitkomst::Niets => {
                bail!("bij deze aanbieder loopt niets; leg eerst de toewijzing vast")
            }
            Uitkomst::Tegengehouden(problems) => {
                let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
                bail!("het bericht kan niet uit:\n{}", lines.join("\n"))
            }
            Uitkomst::Afgekeurd(it) => {
                bail!("WMO301 {} met dezelfde inhoud is al afgekeurd", it.identificatie)
            }
            Uitkomst::Verzoek(_) | Uitkomst::Afgeschermd => {
                bail!("over deze cliënt kan nu niets uit")
            }
        }
    }
}
