//! What was granted, ordered, delivered and billed as tables.

use domain::ClientId;
use domain::{
    Leveringsvorm, Productkeuze,
    levering::{Levering, Leverperiode, StopReden},
    toewijzing::{Hoeveelheid, Toewijzing, Toewijzingstatus},
    voorziening::{BeschikteVoorziening, Herkomst, Voorzieningstatus},
};
use jiff::civil::Date;

use super::{Export, medewerker, schrijver::Schrijver};
use crate::uitwisseling::waarden::{self, woord};

impl Export<'_> {
    pub(super) fn voorzieningen(&self, out: &mut Schrijver<'_>) {
        for dossier in self.dossiers() {
            for it in dossier.voorzieningen.iter().filter(|it| it.telt()) {
                out.getal("voorziening", self.voorzieningsleutel(dossier.client, it));
                out.getal("client", dossier.client.0).datum("besluitdatum", Some(it.besloten_op));
                if let Some(team) = it.team {
                    out.getal("team", team.0);
                }
                out.getal("medewerker", medewerker(&it.door));
                voorziening(it, out);
                out.rij();
            }
        }
    }

    pub(super) fn toewijzingen(&self, out: &mut Schrijver<'_>) {
        let inline = !self.heeft_tabel("leveringen");
        for dossier in self.dossiers() {
            for it in dossier.toewijzingen.iter().filter(|it| it.telt()) {
                out.getal("toewijzing", it.nummer.0).getal("client", dossier.client.0);
                let granted = it.opdracht.voorziening.and_then(|id| dossier.voorziening(id));
                if let Some(granted) = granted.filter(|it| it.telt()) {
                    let key = self.voorzieningsleutel(dossier.client, granted);
                    out.getal("voorziening", key);
                }
                toewijzing(it, out);
                if let Some((start, stop)) = stretches(&it.levering).pop().filter(|_| inline) {
                    levering(start, stop, out);
                }
                out.rij();
            }
        }
    }

    pub(super) fn leveringen(&self, out: &mut Schrijver<'_>) {
        let all = self.dossiers().into_iter().flat_map(|it| &it.toewijzingen);
        for it in all.filter(|it| it.telt()) {
            for (start, stop) in stretches(&it.levering) {
                out.getal("toewijzing", it.nummer.0);
                levering(start, stop, out);
                out.rij();
            }
        }
    }

    pub(super) fn declaraties(&self, out: &mut Schrijver<'_>) {
        for dossier in self.dossiers() {
            for it in &dossier.prestaties {
                if !dossier.toewijzing(it.toewijzing).is_some_and(Toewijzing::telt) {
                    continue;
                }
                out.getal("declaratie", self.sleutel(it.referentie));
                out.getal("toewijzing", it.toewijzing.0).periode(&it.periode);
                out.hoeveelheid(it.volume, it.eenheid).bedrag("bedrag", Some(it.bedrag));
                if let Some(original) = it.crediteert {
                    out.getal("crediteert", self.sleutel(original));
                }
                out.rij();
            }
        }
    }

    fn voorzieningsleutel(&self, client: ClientId, it: &BeschikteVoorziening) -> String {
        match it.herkomst.kenmerk() {
            Some(kenmerk) => self.sleutel(kenmerk),
            None => format!("V{}-{}", client.0, it.id.0),
        }
    }
}

fn voorziening(it: &BeschikteVoorziening, out: &mut Schrijver<'_>) {
    let granted = &it.voorziening;
    product(granted.product, out);
    out.tekst("leveringsvorm", granted.vorm.naam());
    match granted.vorm {
        Leveringsvorm::Zin { aanbieder: Some(id) } => {
            out.getal("aanbieder", id.0);
        }
        Leveringsvorm::Zin { aanbieder: None } => {}
        Leveringsvorm::Pgb { jaarbedrag } => {
            out.bedrag("jaarbedrag", Some(jaarbedrag));
        }
    }
    out.omvang(granted.omvang).periode(&granted.geldig);
    if let Voorzieningstatus::Beeindigd(reden) = it.status {
        out.tekst("einde_reden", reden.naam());
    }
    if let Some(grond) = &granted.tijdelijk {
        out.tekst("tijdelijk", woord(&waarden::tijdelijk(), grond));
    }
    let herkomst = match it.herkomst {
        Herkomst::Besluit(zaak) => {
            out.getal("zaak", zaak);
            "besluit"
        }
        Herkomst::VorigSysteem(_) => "vorig systeem",
        Herkomst::Overgangsrecht(_) => "overgangsrecht",
        Herkomst::Bericht(_) => "bericht",
    };
    out.tekst("herkomst", herkomst);
}

fn toewijzing(it: &Toewijzing, out: &mut Schrijver<'_>) {
    out.datum("datum", Some(it.toegewezen_op)).getal("aanbieder", it.opdracht.aanbieder.0);
    product(it.opdracht.product, out);
    match it.opdracht.hoeveelheid {
        Hoeveelheid::Omvang(omvang) => out.omvang(Some(omvang)),
        Hoeveelheid::Budget(budget) => out.bedrag("budget", Some(budget)),
        Hoeveelheid::Open => out,
    };
    out.periode(&it.opdracht.geldig);
    if let Toewijzingstatus::Gewijzigd(reden) = it.status {
        out.tekst("reden_wijziging", reden.code());
    }
}

fn product(keuze: Productkeuze, out: &mut Schrijver<'_>) {
    out.tekst("product", keuze.code().as_ref().map_or("", |it| it.as_str()));
    out.getal("categorie", keuze.categorie().map(|it| it.to_string()).unwrap_or_default());
}

type Stop = Option<(Date, StopReden)>;

/// Every stretch of delivery, oldest first.
fn stretches(levering: &Levering) -> Vec<(Date, Stop)> {
    let ended = |it: &Leverperiode| (it.van, Some((it.tot_en_met, it.reden)));
    let mut all: Vec<(Date, Stop)> = levering.geeindigd().iter().map(ended).collect();
    all.extend(levering.lopend_sinds().map(|it| (it, None)));
    all
}

fn levering(start: Date, stop: Stop, out: &mut Schrijver<'_>) {
    out.datum("start", Some(start)).datum("stop", stop.map(|it| it.0));
    if let Some((_, reden)) = stop {
        out.tekst("stopreden", reden.naam());
    }
}
