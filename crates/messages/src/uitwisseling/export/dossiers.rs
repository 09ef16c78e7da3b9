//! Clients and cases as tables.

use domain::{
    Zaak,
    besluit::{Beschikking, Uitkomst},
    intake::IntakeUitkomst,
    onderzoek::Onderzoek,
    termijn::Opschorting,
};

use super::{Export, medewerker, schrijver::Schrijver};
use crate::uitwisseling::waarden::{self, woord};

impl Export<'_> {
    pub(super) fn clienten(&self, out: &mut Schrijver<'_>) {
        for dossier in self.dossiers() {
            let last = dossier.gegevens.last().map(|(_, it)| it);
            out.getal("client", dossier.client.0);
            if let Some(jaar) = last.and_then(|it| it.geboortejaar) {
                out.getal("geboortejaar", jaar);
            }
            if !self.heeft_tabel("clientgegevens")
                && let Some(it) = last
            {
                out.getal("wijk", it.wijk.map(|it| it.0.to_string()).unwrap_or_default());
                out.tekst("huishouden", it.huishouden.naam());
            }
            if let Some(it) = self.namen.and_then(|it| it.personen.get(&dossier.client)) {
                out.getal("bsn", it.bsn.as_ref().map_or("", |it| it.as_str()));
                out.tekst("voornamen", &it.voornamen).tekst("voorvoegsel", &it.voorvoegsel);
                out.tekst("achternaam", &it.achternaam).datum("geboortedatum", it.geboortedatum);
                out.tekst("straat_en_nummer", &it.straat_en_nummer);
                out.tekst("postcode", &it.postcode).tekst("plaats", &it.plaats);
            }
            out.rij();
        }
    }

    pub(super) fn clientgegevens(&self, out: &mut Schrijver<'_>) {
        for dossier in self.dossiers() {
            for (vanaf, it) in &dossier.gegevens {
                out.getal("client", dossier.client.0).datum("vanaf", Some(*vanaf));
                out.getal("wijk", it.wijk.map(|it| it.0.to_string()).unwrap_or_default());
                out.tekst("huishouden", it.huishouden.naam()).rij();
            }
        }
    }

    pub(super) fn zaken(&self, out: &mut Schrijver<'_>) {
        let inline = !self.heeft_tabel("besluiten");
        for dossier in self.dossiers() {
            for zaak in &dossier.zaken {
                out.getal("zaak", zaak.id).getal("client", dossier.client.0);
                steps(zaak, out);
                if let Some(it) = zaak.beschikkingen.first().filter(|_| inline) {
                    besluit(it, out);
                }
                if let Some(it) = zaak.sluiting {
                    out.datum("gesloten", Some(it.op)).tekst("sluitreden", it.reden.naam());
                }
                out.rij();
            }
        }
    }

    pub(super) fn besluiten(&self, out: &mut Schrijver<'_>) {
        for zaak in self.dossiers().into_iter().flat_map(|it| &it.zaken) {
            for it in &zaak.beschikkingen {
                out.getal("zaak", zaak.id);
                besluit(it, out);
                out.rij();
            }
        }
    }

    pub(super) fn opschortingen(&self, out: &mut Schrijver<'_>) {
        for zaak in self.dossiers().into_iter().flat_map(|it| &it.zaken) {
            for it in &zaak.opschortingen {
                let (sinds, tot_en_met, grond) = match *it {
                    Opschorting::Lopend { sinds, grond } => (sinds, None, grond),
                    Opschorting::Voorbij { sinds, tot_en_met, grond } => {
                        (sinds, Some(tot_en_met), grond)
                    }
                };
                out.getal("zaak", zaak.id).datum("opgeschort", Some(sinds));
                out.tekst("grond", grond.naam()).datum("hervat", tot_en_met).rij();
            }
        }
    }
}

/// Melding, intake, enquiry, report and aanvraag.
fn steps(zaak: &Zaak, out: &mut Schrijver<'_>) {
    let melding = &zaak.melding;
    out.datum("melding", Some(melding.op)).tekst("kanaal", melding.melding.kanaal.naam());
    out.tekst("melder", melding.melding.melder.naam());
    out.tekst("spoed", woord(&waarden::ja_nee(), &melding.melding.spoed));
    if let Some(pilot) = melding.melding.pilot {
        out.getal("pilot", pilot.0);
    }
    out.getal("melding_medewerker", medewerker(&melding.door));
    if let Some(it) = &zaak.intake {
        out.datum("intake", Some(it.op)).tekst("intake_uitkomst", it.uitkomst.naam());
        out.getal("intake_medewerker", medewerker(&it.door));
        match it.uitkomst {
            IntakeUitkomst::AlgemeneVoorziening(id) => {
                out.getal("algemene_voorziening", id.0);
            }
            IntakeUitkomst::NaarTeam(team) => {
                out.getal("intake_team", team.0);
            }
            _ => {}
        }
    }
    match &zaak.onderzoek {
        Onderzoek::Geen => {}
        Onderzoek::Lopend { sinds, .. } => {
            out.datum("onderzoek_start", Some(*sinds));
        }
        Onderzoek::Afgerond { sinds, op, door, .. } => {
            out.datum("onderzoek_start", Some(*sinds)).datum("onderzoek_einde", Some(*op));
            out.getal("onderzoek_medewerker", medewerker(door));
        }
    }
    if let Some(team) = zaak.onderzoek.team() {
        out.getal("onderzoek_team", team.0);
    }
    out.datum("verslag", zaak.verslag.map(|it| it.verzonden_op)).datum("aanvraag", zaak.aanvraag);
}

fn besluit(it: &Beschikking, out: &mut Schrijver<'_>) {
    out.datum("besluitdatum", Some(it.op)).tekst("uitkomst", it.uitkomst.naam());
    if let Uitkomst::Afgewezen(grond) = it.uitkomst {
        out.tekst("afwijzingsgrond", grond.naam());
    }
    out.getal("besluit_medewerker", medewerker(&it.door));
}
