//! The steps of a case and what follows a grant, in sentences for the timeline.

use domain::{
    Bedrag, Vervolgstap, Voorziening, VoorzieningId, ZaakId, Zaakstap,
    cta::{CtaOordeel, CtaUitkomst},
    kosten,
    voorstel::Voorstel,
};

use super::tijdlijn::{Verhaal, provision};
use crate::{datum, namen::Namen};

/// Tells a step of a case.
pub(super) fn vertel(zaak: ZaakId, stap: &Zaakstap, namen: &Namen<'_>) -> Verhaal {
    use Zaakstap as S;
    let plain = |kop: String| (format!("{kop}, zaak {zaak}"), Vec::new());
    match stap {
        S::OntvangstBevestigd { clientondersteuning, persoonlijk_plan } => {
            let told = [
                clientondersteuning.then_some("gewezen op gratis cliëntondersteuning"),
                persoonlijk_plan.then_some("gewezen op het persoonlijk plan"),
            ];
            let details = told.into_iter().flatten().map(str::to_owned).collect();
            (format!("Ontvangst van de melding bevestigd, zaak {zaak}"), details)
        }
        S::PersoonlijkPlanOntvangen => plain("Persoonlijk plan ontvangen".to_owned()),
        S::Getrieerd(it) => {
            let mut details: Vec<String> =
                it.criteria.iter().map(|it| it.naam().to_owned()).collect();
            details.extend(it.afwijking.map(|it| format!("afgeweken: {}", it.naam())));
            (format!("Triage: advies {}, zaak {zaak}", it.advies.naam()), details)
        }
        S::Belegd { medewerker: Some(who) } => {
            plain(format!("Zaak belegd bij {}", namen.medewerker(*who)))
        }
        S::Belegd { medewerker: None } => plain("Zaak terug naar het team".to_owned()),
        S::IdentiteitVastgesteld(it) => plain(format!("Identiteit gezien: {}", it.naam())),
        S::GesprekGevoerd(it) => {
            let present = [
                it.mantelzorger.then_some("met de mantelzorger"),
                it.clientondersteuner.then_some("met de cliëntondersteuner"),
            ];
            let details = present.into_iter().flatten().map(str::to_owned).collect();
            (format!("Gesprek gevoerd: {}, zaak {zaak}", it.wijze.naam()), details)
        }
        S::OnderwerpOnderzocht(it) => plain(format!("Onderzocht: {} ({})", it.naam(), it.letter())),
        S::KaderDoorlopen(it) => plain(format!(
            "Beoordelingskader versie {} doorlopen, {} vragen beantwoord",
            it.kader.0,
            it.antwoorden.len()
        )),
        S::ReactieOntvangen(it) => plain(format!("Reactie op het verslag: {}", it.naam())),
        S::VoorstelGedaan(it) => proposal(zaak, it, namen),
        S::AanbiederToegestaan { aanbieder, grond } => plain(format!(
            "Uitzondering: {} mag leveren, want {}",
            namen.aanbieder(*aanbieder),
            grond.naam()
        )),
        S::VanAdviesAfgeweken(grond) => {
            plain(format!("Besluit wijkt af van het advies: {}", grond.naam()))
        }
        S::CtaAangemeld(_) | S::CtaBeoordeeld(_) | S::TweedeOordeelGegeven(_) => {
            review(zaak, stap, namen)
        }
        S::BesluitVerzonden { .. }
        | S::BezwaarOntvangen { .. }
        | S::BezwaarBeslist { .. }
        | S::BeroepIngesteld { .. }
        | S::BeroepBeslist { .. } => plain(after_decision(stap)),
    }
}

/// Tells what follows a grant.
pub(super) fn vervolg(id: VoorzieningId, stap: Vervolgstap) -> Verhaal {
    use Vervolgstap as V;
    let kop = match stap {
        V::DoelenVastgesteld { aantal: 1 } => "Eén doel afgesproken".to_owned(),
        V::DoelenVastgesteld { aantal } => format!("{aantal} doelen afgesproken"),
        V::EvaluatieGepland { op } => format!("Evaluatie gepland op {}", datum::lang(op)),
        V::Geevalueerd { behaald: 1 } => "Geëvalueerd: één doel behaald".to_owned(),
        V::Geevalueerd { behaald } => format!("Geëvalueerd: {behaald} doelen behaald"),
        V::HeronderzoekGepland { op } => format!("Heronderzoek gepland op {}", datum::lang(op)),
        V::Heronderzocht(it) => format!("Heronderzoek gedaan: {}", it.naam()),
        V::Afgeschaald(it) => {
            format!("Afgeschaald naar {}: {}", it.naar.naam(), it.reden.naam())
        }
    };
    (format!("{kop}, voorziening {}", id.0), Vec::new())
}

fn proposal(zaak: ZaakId, it: &Voorstel, namen: &Namen<'_>) -> Verhaal {
    let mut details = granted(&it.voorzieningen, namen);
    details.extend(it.normafwijking.map(|it| format!("buiten de norm: {}", it.naam())));
    (format!("Voorstel: {}, zaak {zaak}", it.uitkomst.naam()), details)
}

/// What is proposed or advised, with its price over the whole term where that is known.
fn granted(voorzieningen: &[Voorziening], namen: &Namen<'_>) -> Vec<String> {
    let price = |it: &Voorziening| kosten::waarde_over_looptijd(namen.register, it);
    voorzieningen
        .iter()
        .map(|it| match price(it) {
            Some(amount) if amount != Bedrag::NUL => {
                format!("{}, samen {amount}", provision(it, namen))
            }
            _ => provision(it, namen),
        })
        .collect()
}

fn review(zaak: ZaakId, stap: &Zaakstap, namen: &Namen<'_>) -> Verhaal {
    match stap {
        Zaakstap::CtaAangemeld(it) => {
            let details = it.aanleidingen.iter().map(|it| it.naam().to_owned()).collect();
            (format!("Aangemeld voor het CTA-overleg, zaak {zaak}"), details)
        }
        Zaakstap::CtaBeoordeeld(it) => {
            (format!("CTA-overleg: {}, zaak {zaak}", it.uitkomst.naam()), judgement(it, namen))
        }
        Zaakstap::TweedeOordeelGegeven(it) => {
            let kop = format!("Tweede oordeel: {}, zaak {zaak}", it.uitkomst.naam());
            (kop, granted(&it.voorzieningen, namen))
        }
        _ => (String::new(), Vec::new()),
    }
}

fn judgement(it: &CtaOordeel, namen: &Namen<'_>) -> Vec<String> {
    let mut details = match &it.uitkomst {
        CtaUitkomst::Gewijzigd { voorzieningen, .. } => granted(voorzieningen, namen),
        CtaUitkomst::Akkoord | CtaUitkomst::Terug => Vec::new(),
    };
    let names: Vec<String> = it.deelnemers.iter().map(|it| namen.medewerker(*it)).collect();
    details.push(format!("deelnemers: {}", names.join(", ")));
    if !it.verschoond.is_empty() {
        let names: Vec<String> = it.verschoond.iter().map(|it| namen.medewerker(*it)).collect();
        details.push(format!("niet meegedaan wegens een belang: {}", names.join(", ")));
    }
    details.extend(it.les.map(|it| format!("les voor het kader, stap {}", it.naam())));
    details
}

fn after_decision(stap: &Zaakstap) -> String {
    match stap {
        Zaakstap::BesluitVerzonden { besluit } => format!("Besluit {besluit} verzonden"),
        Zaakstap::BezwaarOntvangen { besluit } => {
            format!("Bezwaar ontvangen tegen besluit {besluit}")
        }
        Zaakstap::BezwaarBeslist { besluit, uitkomst } => {
            format!("Beslist op het bezwaar tegen besluit {besluit}: {}", uitkomst.naam())
        }
        Zaakstap::BeroepIngesteld { besluit } => format!("Beroep ingesteld over besluit {besluit}"),
        Zaakstap::BeroepBeslist { besluit, uitkomst } => {
            format!("Uitspraak in beroep over besluit {besluit}: {}", uitkomst.naam())
        }
        _ => String::new(),
    }
}
