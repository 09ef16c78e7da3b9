//! Which noun lets a step of a case through, and how a step changes what is known.

use jiff::civil::Date;

use crate::{
    Actor, Dossier, DossierEvent, Omstandigheid, Refusal, State, Zaak, ZaakId, Zaakstap, bezwaar,
    cta, gesprek, kaderdoorloop,
    kaderdoorloop::GedaneDoorloop,
    ontvangst::{self, Bevestiging},
    refusal::StepRefusal,
    triage, voorstel,
    voorstel::GedaanVoorstel,
};

/// Takes a step, if it may be taken and says something new.
pub(crate) fn zet(
    state: &State,
    dossier: &Dossier,
    zaak: ZaakId,
    stap: &Zaakstap,
    bij: &Omstandigheid,
) -> Result<Vec<DossierEvent>, Refusal> {
    let new = leg_vast(state, dossier, zaak, stap, bij)?;
    let event = || DossierEvent::StapGezet { zaak, stap: stap.clone() };
    Ok(new.then(event).into_iter().collect())
}

fn leg_vast(
    state: &State,
    dossier: &Dossier,
    id: ZaakId,
    stap: &Zaakstap,
    bij: &Omstandigheid,
) -> Result<bool, Refusal> {
    use Zaakstap as S;
    match stap {
        S::OntvangstBevestigd { .. } | S::PersoonlijkPlanOntvangen | S::Belegd { .. } => {
            ontvangst::leg_vast(state, dossier, id, stap, bij)
        }
        S::Getrieerd(it) => triage::leg_vast(state, dossier, id, it, bij),
        S::IdentiteitVastgesteld(_)
        | S::GesprekGevoerd(_)
        | S::OnderwerpOnderzocht(_)
        | S::ReactieOntvangen(_) => gesprek::leg_vast(dossier, id, stap, bij),
        S::KaderDoorlopen(it) => kaderdoorloop::leg_vast(state, dossier, id, it, bij),
        S::VoorstelGedaan(it) => voorstel::leg_vast(state, dossier, id, it, bij),
        S::AanbiederToegestaan { aanbieder, .. } => {
            voorstel::sta_aanbieder_toe(state, dossier, id, *aanbieder, bij)
        }
        S::CtaAangemeld(it) => cta::meld_aan(state, dossier, id, it, bij),
        S::CtaBeoordeeld(it) => cta::beoordeel(state, dossier, id, it, bij),
        S::TweedeOordeelGegeven(it) => cta::oordeel_blind(dossier, id, it, bij),
        S::VanAdviesAfgeweken(_) => Err(StepRefusal::HoortBijBesluit.into()),
        S::BesluitVerzonden { .. }
        | S::BezwaarOntvangen { .. }
        | S::BezwaarBeslist { .. }
        | S::BeroepIngesteld { .. }
        | S::BeroepBeslist { .. } => bezwaar::leg_vast(dossier, id, stap, bij),
    }
}

/// Folds a step into the case. Cannot fail.
pub(crate) fn apply(zaak: &mut Zaak, on: Date, door: Actor, stap: &Zaakstap) {
    use Zaakstap as S;
    match stap {
        S::OntvangstBevestigd { clientondersteuning, persoonlijk_plan } => {
            zaak.ontvangst.bevestiging = Some(Bevestiging {
                op: on,
                clientondersteuning: *clientondersteuning,
                persoonlijk_plan: *persoonlijk_plan,
                door,
            });
        }
        S::PersoonlijkPlanOntvangen => zaak.ontvangst.persoonlijk_plan = Some(on),
        S::Getrieerd(it) => zaak.triage = Some(it.clone()),
        S::Belegd { medewerker } => zaak.behandelaar = *medewerker,
        S::IdentiteitVastgesteld(it) => zaak.stappen.identiteit = Some((on, *it, door)),
        S::GesprekGevoerd(it) => zaak.stappen.gesprekken.push((on, *it, door)),
        S::OnderwerpOnderzocht(it) => zaak.stappen.onderwerpen.push((on, *it)),
        S::ReactieOntvangen(it) => zaak.stappen.reactie = Some((on, *it)),
        S::KaderDoorlopen(it) => {
            zaak.kader = Some(GedaneDoorloop { op: on, doorloop: it.clone(), door });
        }
        S::VoorstelGedaan(it) => {
            let voorstel = it.as_ref().clone();
            zaak.voorstellen.push(GedaanVoorstel { op: on, voorstel, door });
        }
        S::AanbiederToegestaan { aanbieder, grond } => {
            zaak.uitzonderingen.push((*aanbieder, *grond, on, door));
        }
        S::VanAdviesAfgeweken(grond) => {
            if let Some(it) = zaak.beschikkingen.last_mut() {
                it.afwijking = Some(*grond);
            }
        }
        S::CtaAangemeld(_) | S::CtaBeoordeeld(_) | S::TweedeOordeelGegeven(_) => {
            apply_review(zaak, on, door, stap);
        }
        S::BesluitVerzonden { .. }
        | S::BezwaarOntvangen { .. }
        | S::BezwaarBeslist { .. }
        | S::BeroepIngesteld { .. }
        | S::BeroepBeslist { .. } => {
            let number = usize::from(bezwaar::besluit_van(stap).unwrap_or(0));
            let decided = number.checked_sub(1).and_then(|it| zaak.beschikkingen.get_mut(it));
            if let Some(it) = decided {
                it.rechtsgang.apply(on, stap);
            }
        }
    }
}

fn apply_review(zaak: &mut Zaak, on: Date, door: Actor, stap: &Zaakstap) {
    let about = zaak.voorstellen.last().cloned();
    match (stap, about) {
        (Zaakstap::CtaAangemeld(it), _) => zaak.cta.aanmelding = Some((on, it.clone())),
        (Zaakstap::CtaBeoordeeld(it), Some(about)) => {
            zaak.cta.oordelen.push((on, it.as_ref().clone(), about));
        }
        (Zaakstap::TweedeOordeelGegeven(it), Some(about)) => {
            zaak.cta.tweede.push((on, it.as_ref().clone(), door, about));
        }
        _ => {}
    }
}
