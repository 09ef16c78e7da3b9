//! What may be written into the register: names that exist, and no change without a difference.

use crate::{
    MedewerkerId, Omstandigheid, Refusal, Register, RegisterEvent, Werkgever, inrichting,
    inrichting::Inrichting,
};

/// Answers a register command: the event itself, nothing when it is known already, or a refusal.
pub(crate) fn decide(
    register: &Register,
    event: &RegisterEvent,
    bij: &Omstandigheid,
) -> Result<Vec<RegisterEvent>, Refusal> {
    names_exist(register, event)?;
    if let Some(held_on) = meets_later(register, event).filter(|it| *it > bij.today) {
        return Err(Refusal::InDeToekomst(held_on));
    }
    if let Some(hoedanigheid) = bij.actor.hoedanigheid()
        && hoedanigheid.functie != crate::Functie::FunctioneelBeheerder
        && !keeps_own_list(register, event, hoedanigheid.medewerker)
    {
        return Err(Refusal::FunctieMagNiet {
            functie: Some(hoedanigheid.functie),
            handeling: "het register wijzigen",
        });
    }
    let mut after = register.clone();
    after.apply(bij.on, event);
    Ok(if after == *register { Vec::new() } else { vec![event.clone()] })
}

/// The day of the meeting of which somebody writes down who was there.
fn meets_later(register: &Register, event: &RegisterEvent) -> Option<jiff::civil::Date> {
    let RegisterEvent::ToegangIngericht(Inrichting::PresentieVastgelegd { overleg, .. }) = event
    else {
        return None;
    };
    register.overleggen.get(overleg).map(|it| it.op)
}

fn keeps_own_list(register: &Register, event: &RegisterEvent, wie: MedewerkerId) -> bool {
    let RegisterEvent::ToegangIngericht(it) = event else { return false };
    inrichting::is_own_list(register, it, wie)
}

/// Whether everything the event names is in the register.
fn names_exist(register: &Register, event: &RegisterEvent) -> Result<(), Refusal> {
    use RegisterEvent as E;
    let known = |found: bool, wat| if found { Ok(()) } else { Err(Refusal::NietInRegister(wat)) };
    match event {
        E::InwonersGeteld { wijk, .. } => known(register.wijken.contains_key(wijk), "de wijk"),
        E::WerkgebiedVastgesteld { team, wijken } => {
            known(register.teams.contains_key(team), "het team")?;
            known(wijken.iter().all(|it| register.wijken.contains_key(it)), "een van de wijken")
        }
        E::MedewerkerAangesteld { aanstelling, .. } => {
            let team = aanstelling.team.is_none_or(|it| register.teams.contains_key(&it));
            known(team, "het team")?;
            let by_provider = match aanstelling.werkgever {
                Werkgever::Aanbieder(id) => register.aanbieders.contains_key(&id),
                _ => true,
            };
            let affiliated =
                aanstelling.verbonden_aan.is_none_or(|it| register.aanbieders.contains_key(&it));
            known(by_provider && affiliated, "de aanbieder")
        }
        E::MedewerkerVertrokken { medewerker } => {
            known(register.medewerkers.contains_key(medewerker), "de medewerker")
        }
        E::MandaatIngetrokken { mandaat } => {
            known(register.mandaten.contains_key(mandaat), "het mandaat")
        }
        E::ContractGesloten(it) => {
            known(register.aanbieders.contains_key(&it.aanbieder), "de aanbieder")
        }
        E::ContractBeeindigd { contract } => {
            known(register.contracten.contains_key(contract), "het contract")
        }
        E::TariefVastgesteld(it) => {
            known(register.aanbieders.contains_key(&it.aanbieder), "de aanbieder")?;
            known(register.producten.contains_key(&it.product), "het product")
        }
        E::WachttijdGemeten { voorziening, .. } => known(
            register.algemene_voorzieningen.contains_key(voorziening),
            "de algemene voorziening",
        ),
        E::ToegangIngericht(it) => inrichting::names_exist(register, it),
        E::PilotGestart(it) => {
            let all = it.wijken.iter().all(|wijk| register.wijken.contains_key(wijk));
            known(all, "een van de wijken")
        }
        E::GemeenteVastgesteld(_)
        | E::WijkVastgesteld(_)
        | E::TeamIngesteld(_)
        | E::MandaatVerleend(_)
        | E::AanbiederVastgesteld(_)
        | E::ProductVastgesteld(_)
        | E::AlgemeneVoorzieningIngesteld(_)
        | E::ReeksbreukGemarkeerd(_) => Ok(()),
    }
}
