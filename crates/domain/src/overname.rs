//! The history of a case, taken over from the system used before.
//!
//! What is decided in the past is a fact and not a request: it was decided by the staff, with the
//! mandates and at the tariffs of its own day, of which this program saw nothing. So the order of
//! days and the names in the register are checked; function, mandate and tariff are not.

use jiff::civil::Date;

use crate::{
    Actor, Dossier, DossierEvent, Omstandigheid, Refusal, Register, State, Systeemdeel, TeamId,
    Zaak, ZaakId,
    besluit::Uitkomst,
    dossier::Stap,
    intake::{IntakeUitkomst, not_before},
    melding::{Kanaal, Melder, Melding},
    onderzoek::Onderzoek,
    sluiting::Sluitreden,
    termijn::{Opschorting, Opschortingsgrond},
};

/// A case as another system knew it; a step without a record was not done or not kept.
///
/// What its decisions granted is taken over by `NeemVoorzieningOver`, with the team that decided:
/// here a decision is its outcome only, so that no provision is counted twice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ZaakHistorie {
    /// Its number.
    pub zaak: ZaakId,
    /// The request: how it came in, from whom and whether it was urgent.
    pub melding: Gedaan<(Kanaal, Melder, bool)>,
    /// The end of the intake.
    pub intake: Option<Gedaan<IntakeUitkomst>>,
    /// The start of the enquiry, by this team.
    pub onderzoek_gestart: Option<Gedaan<Option<TeamId>>>,
    /// The end of the enquiry.
    pub onderzoek_afgerond: Option<Gedaan<()>>,
    /// The report to the client.
    pub verslag: Option<Gedaan<()>>,
    /// The aanvraag.
    pub aanvraag: Option<Gedaan<()>>,
    /// The times the term stood still, oldest first.
    pub opschortingen: Vec<Opschorting>,
    /// The decisions, oldest first.
    pub besluiten: Vec<Gedaan<Uitkomst>>,
    /// The end of the case.
    pub sluiting: Option<Gedaan<Sluitreden>>,
}

/// A step of the past.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Gedaan<T> {
    /// The day it was done.
    pub op: Date,
    /// Who did it, in the capacity of that day, as far as known.
    pub door: Actor,
    /// What it came to.
    pub wat: T,
}

/// Takes over the steps that are not known yet, each on its own day; only the import may ask it.
pub(crate) fn neem_over(
    state: &State,
    dossier: &Dossier,
    historie: &ZaakHistorie,
    bij: &Omstandigheid,
) -> Result<Vec<Stap>, Refusal> {
    if bij.actor != Actor::Systeem(Systeemdeel::Import) {
        let functie = bij.actor.hoedanigheid().map(|it| it.functie);
        let handeling = "een zaak uit een vorig systeem overnemen";
        return Err(Refusal::FunctieMagNiet { functie, handeling });
    }
    let known = dossier.zaak(historie.zaak);
    if known.is_none() && state.client_van_zaak(historie.zaak).is_some() {
        return Err(Refusal::ZaakBestaatAl(historie.zaak));
    }
    names_exist(&state.register, historie)?;
    let mut stappen = opening(state, dossier, known, historie);
    stappen.extend(voorbereiding(known, historie));
    stappen.extend(beslissing(known, historie));
    for (op, ..) in &stappen {
        not_before(*op, "de melding", historie.melding.op)?;
        if *op > bij.today {
            return Err(Refusal::InDeToekomst(*op));
        }
    }
    if let (Some(start), Some(eind)) = (historie.onderzoek_gestart, historie.onderzoek_afgerond) {
        not_before(eind.op, "de start van het onderzoek", start.op)?;
    }
    stappen.sort_by_key(|(op, ..)| *op);
    Ok(stappen)
}

fn names_exist(register: &Register, historie: &ZaakHistorie) -> Result<(), Refusal> {
    let started_by = historie.onderzoek_gestart.and_then(|it| it.wat);
    let (sent_to, general) = match historie.intake.map(|it| it.wat) {
        Some(IntakeUitkomst::NaarTeam(team)) => (Some(team), None),
        Some(IntakeUitkomst::AlgemeneVoorziening(id)) => (None, Some(id)),
        _ => (None, None),
    };
    if started_by.into_iter().chain(sent_to).any(|it| !register.teams.contains_key(&it)) {
        return Err(Refusal::NietInRegister("het team"));
    }
    if general.is_some_and(|it| !register.algemene_voorzieningen.contains_key(&it)) {
        return Err(Refusal::NietInRegister("de algemene voorziening"));
    }
    Ok(())
}

/// The request, under the pilot that ran where the client lived.
fn opening(
    state: &State,
    dossier: &Dossier,
    known: Option<&Zaak>,
    historie: &ZaakHistorie,
) -> Vec<Stap> {
    if known.is_some() {
        return Vec::new();
    }
    let Gedaan { op, door, wat: (kanaal, melder, spoed) } = historie.melding;
    let wijk = dossier.gegevens_op(op).and_then(|it| it.wijk);
    let pilot = wijk.and_then(|it| state.register.pilot(it, op)).map(|it| it.id);
    let melding = Melding { kanaal, melder, spoed, pilot };
    vec![(op, door, DossierEvent::MeldingOntvangen { zaak: historie.zaak, melding })]
}

/// Intake, enquiry, report and aanvraag, as far as new.
fn voorbereiding(known: Option<&Zaak>, historie: &ZaakHistorie) -> Vec<Stap> {
    let zaak = historie.zaak;
    let started = known.is_some_and(|it| it.onderzoek != Onderzoek::Geen);
    let ended = known.is_some_and(|it| matches!(it.onderzoek, Onderzoek::Afgerond { .. }));
    let mut stappen = Vec::new();
    if let Some(it) = historie.intake.filter(|_| known.is_none_or(|it| it.intake.is_none())) {
        let event = DossierEvent::IntakeAfgerond { zaak, uitkomst: it.wat };
        stappen.push((it.op, it.door, event));
    }
    if let Some(it) = historie.onderzoek_gestart.filter(|_| !started) {
        stappen.push((it.op, it.door, DossierEvent::OnderzoekGestart { zaak, team: it.wat }));
    }
    if let Some(it) = historie.onderzoek_afgerond.filter(|_| !ended) {
        stappen.push((it.op, it.door, DossierEvent::OnderzoekAfgerond { zaak }));
    }
    if let Some(it) = historie.verslag.filter(|_| known.is_none_or(|it| it.verslag.is_none())) {
        stappen.push((it.op, it.door, DossierEvent::VerslagVerzonden { zaak, versie: 1 }));
    }
    if let Some(it) = historie.aanvraag.filter(|_| known.is_none_or(|it| it.aanvraag.is_none())) {
        stappen.push((it.op, it.door, DossierEvent::AanvraagOntvangen { zaak }));
    }
    stappen
}

/// The times the term stood still, the decisions and the end, as far as new.
fn beslissing(known: Option<&Zaak>, historie: &ZaakHistorie) -> Vec<Stap> {
    let zaak = historie.zaak;
    let door = Actor::Systeem(Systeemdeel::Import);
    let mut stappen = Vec::new();
    for it in &historie.opschortingen {
        let (sinds, tot_en_met, grond) = parts(it);
        let before = known.and_then(|it| it.opschortingen.iter().map(parts).find(|k| k.0 == sinds));
        if before.is_none() {
            stappen.push((sinds, door, DossierEvent::TermijnOpgeschort { zaak, grond }));
        }
        if let Some(op) = tot_en_met.filter(|_| before.is_none_or(|it| it.1.is_none())) {
            stappen.push((op, door, DossierEvent::TermijnHervat { zaak }));
        }
    }
    for it in &historie.besluiten {
        let same = |known: &Zaak| {
            known.beschikkingen.iter().any(|k| k.op == it.op && k.uitkomst == it.wat)
        };
        if !known.is_some_and(same) {
            let voorzieningen = Vec::new();
            let event =
                DossierEvent::BeschikkingAfgegeven { zaak, uitkomst: it.wat, voorzieningen };
            stappen.push((it.op, it.door, event));
        }
    }
    if let Some(it) = historie.sluiting.filter(|_| known.is_none_or(|it| it.sluiting.is_none())) {
        stappen.push((it.op, it.door, DossierEvent::ZaakGesloten { zaak, reden: it.wat }));
    }
    stappen
}

fn parts(opschorting: &Opschorting) -> (Date, Option<Date>, Opschortingsgrond) {
    match *opschorting {
        Opschorting::Lopend { sinds, grond } => (sinds, None, grond),
        Opschorting::Voorbij { sinds, tot_en_met, grond } => (sinds, Some(tot_en_met), grond),
    }
}

#[cfg(test)]
mod tests {
    use jiff::{Timestamp, civil::date};

    use super::*;
    use crate::{ClientId, Command, DossierCommand, Entry, decide};

    const IMPORT: Actor = Actor::Systeem(Systeemdeel::Import);
    const CLIENT: ClientId = ClientId(7);

    fn done<T>(op: Date, wat: T) -> Gedaan<T> {
        Gedaan { op, door: IMPORT, wat }
    }

    fn historie() -> ZaakHistorie {
        ZaakHistorie {
            zaak: ZaakId { jaar: 2016, volgnummer: 12 },
            melding: done(date(2016, 3, 1), (Kanaal::Telefoon, Melder::Client, false)),
            intake: None,
            onderzoek_gestart: Some(done(date(2016, 3, 4), None)),
            onderzoek_afgerond: None,
            verslag: None,
            aanvraag: None,
            opschortingen: Vec::new(),
            besluiten: Vec::new(),
            sluiting: None,
        }
    }

    fn ask(state: &State, historie: ZaakHistorie, actor: Actor) -> Result<Vec<Entry>, Refusal> {
        let command = DossierCommand::NeemZaakOver(Box::new(historie));
        let bij = Omstandigheid { on: date(2025, 1, 1), today: date(2025, 1, 1), actor };
        let news = decide(state, &Command::Dossier(CLIENT, command), &bij)?;
        let entry = |(version, happened)| Entry {
            sequence: u64::from(version),
            version,
            recorded: Timestamp::UNIX_EPOCH,
            happened,
        };
        Ok((1..).zip(news).map(entry).collect())
    }

    #[test]
    fn a_case_comes_over_with_its_own_days_and_only_once() {
        let mut state = State::default();
        let first = ask(&state, historie(), IMPORT).unwrap();
        let days: Vec<Date> = first.iter().map(|it| it.happened.on).collect();
        assert_eq!(days, [date(2016, 3, 1), date(2016, 3, 4)]);
        first.iter().for_each(|it| state.apply(it));
        assert_eq!(ask(&state, historie(), IMPORT), Ok(Vec::new()));

        let later = ZaakHistorie {
            onderzoek_afgerond: Some(done(date(2016, 4, 1), ())),
            besluiten: vec![done(date(2016, 4, 20), Uitkomst::Toegekend)],
            ..historie()
        };
        let news = ask(&state, later.clone(), IMPORT).unwrap();
        assert_eq!(news.len(), 2, "only the steps that are new");
        news.iter().for_each(|it| state.apply(it));
        assert_eq!(ask(&state, later, IMPORT), Ok(Vec::new()));
        let zaak = &state.dossiers[&CLIENT].zaken[0];
        assert_eq!(zaak.beschikkingen[0].op, date(2016, 4, 20));
    }

    #[test]
    fn a_history_that_cannot_be_is_refused() {
        let state = State::default();
        let early = done(date(2016, 2, 1), ());
        let ahead = done(date(2025, 1, 2), ());
        let team = done(date(2016, 3, 4), Some(TeamId(9)));
        for (what, historie, refusal) in [
            (
                "a step before the melding",
                ZaakHistorie { verslag: Some(early), ..historie() },
                Refusal::TeVroeg { op: early.op, stap: "de melding", niet_voor: date(2016, 3, 1) },
            ),
            (
                "a step in the future",
                ZaakHistorie { aanvraag: Some(ahead), ..historie() },
                Refusal::InDeToekomst(ahead.op),
            ),
            (
                "a team nobody knows",
                ZaakHistorie { onderzoek_gestart: Some(team), ..historie() },
                Refusal::NietInRegister("het team"),
            ),
        ] {
            assert_eq!(ask(&state, historie, IMPORT), Err(refusal), "{what}");
        }
        let set_up = Actor::Systeem(Systeemdeel::Inrichting);
        assert!(ask(&state, historie(), set_up).is_err(), "only the import takes over");
    }
}
