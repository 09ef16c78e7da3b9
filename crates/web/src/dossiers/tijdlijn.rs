//! What happened in a dossier, in sentences: one for every kind of event.

use domain::{
    Bedrag, Dossier, DossierEvent, Entry, Event, Leveringsvorm, State, Voorziening, Zaak, ZaakId,
    Zaakstap,
    agenda::blind_oordeel_verwacht,
    besluit::Uitkomst,
    intake::IntakeUitkomst,
    periode::days_between,
    toewijzing::RedenWijziging,
    voorziening::{Herkomst, TijdelijkeGrond},
};

use super::stappen;
use jiff::civil::Date;
use store::Text;

use crate::{
    datum,
    gebruiker::Gebruiker,
    namen::{Namen, hoeveelheid, omvang, periode},
};

/// One line of the timeline.
pub(crate) struct Gebeurtenis {
    pub(crate) kop: String,
    pub(crate) details: Vec<String>,
    pub(crate) dag: String,
    pub(crate) wie: String,
    pub(crate) laat: Option<String>,
    /// Where it can be read whole, for a message.
    pub(crate) pad: Option<String>,
}

/// One dot on the timeline: one event, or a run of bills folded together.
pub(crate) struct Groep {
    pub(crate) kop: Option<String>,
    pub(crate) regels: Vec<Gebeurtenis>,
}

/// From how many bills in a row on they are folded.
const VOUWEN_VANAF: usize = 3;

/// The timeline, newest first; bills that follow each other are folded together.
///
/// Messages come in at the day they were made.
/// What is said about the proposal of a case in `blind` is left out, with its text.
pub(crate) fn tijdlijn(
    entries: &[Entry],
    namen: &Namen<'_>,
    texts: &[Text],
    berichten: Vec<(Date, Gebeurtenis)>,
    blind: &[ZaakId],
) -> Vec<Groep> {
    let mut newest: Vec<&Entry> = entries.iter().rev().collect();
    newest.sort_by_key(|it| std::cmp::Reverse(it.happened.on));
    let mut groups: Vec<(Date, Groep)> = Vec::new();
    for run in newest.chunk_by(|a, b| bill(a).is_some() && bill(b).is_some()) {
        let tell = |it: &&Entry| {
            let mut told = vertel(it, namen, blind)?;
            if !hidden(it, blind) {
                told.details.extend(written(it, texts));
            }
            Some(told)
        };
        if run.len() < VOUWEN_VANAF {
            let one = |it: &&Entry| Some((it.happened.on, Groep::van(tell(it)?)));
            groups.extend(run.iter().filter_map(one));
        } else if let Some(first) = run.first() {
            let regels: Vec<Gebeurtenis> = run.iter().filter_map(tell).collect();
            let sum: Bedrag = run.iter().filter_map(|it| bill(it)).sum();
            let kop = format!("{} declaraties, samen {sum}", run.len());
            groups.push((first.happened.on, Groep { kop: Some(kop), regels }));
        }
    }
    groups.extend(berichten.into_iter().map(|(op, it)| (op, Groep::van(it))));
    groups.sort_by_key(|(op, _)| std::cmp::Reverse(*op));
    groups.into_iter().map(|(_, it)| it).collect()
}

impl Groep {
    fn van(one: Gebeurtenis) -> Groep {
        Groep { kop: None, regels: vec![one] }
    }
}

/// What entries of the log say, in their own order.
pub(crate) fn gebeurtenissen(
    entries: &[Entry],
    namen: &Namen<'_>,
    blind: &[ZaakId],
) -> Vec<Gebeurtenis> {
    entries.iter().filter_map(|it| vertel(it, namen, blind)).collect()
}

/// The cases in which somebody must not see the proposal yet.
pub(crate) fn blinde_zaken(state: &State, dossier: &Dossier, gebruiker: &Gebruiker) -> Vec<ZaakId> {
    let (wie, op) = (&gebruiker.hoedanigheid, gebruiker.vandaag);
    let blind = |it: &&Zaak| blind_oordeel_verwacht(state, it, wie, op);
    dossier.zaken.iter().filter(blind).map(|it| it.id).collect()
}

/// Whether an entry tells of a proposal, or a judgement of it, that must not be seen yet.
fn hidden(entry: &Entry, blind: &[ZaakId]) -> bool {
    match &entry.happened.event {
        Event::Dossier(_, DossierEvent::StapGezet { zaak, stap }) => {
            let proposal = matches!(
                stap,
                Zaakstap::VoorstelGedaan(_)
                    | Zaakstap::CtaBeoordeeld(_)
                    | Zaakstap::TweedeOordeelGegeven(_)
            );
            proposal && blind.contains(zaak)
        }
        _ => false,
    }
}

/// The texts that were written down with an entry: their key ends in its number.
fn written(entry: &Entry, texts: &[Text]) -> Vec<String> {
    let number = entry.version.to_string();
    let here = |it: &&Text| {
        it.kind != "concept" && it.key.rsplit_once('.').is_some_and(|(_, last)| last == number)
    };
    let label = |kind: &str| crate::invoer::zin(&kind.replace('-', " "));
    let line = |it: &Text| format!("{} “{}”", label(&it.kind).replace('.', ":"), it.text);
    texts.iter().filter(here).map(line).collect()
}

fn bill(entry: &Entry) -> Option<Bedrag> {
    match &entry.happened.event {
        Event::Dossier(_, DossierEvent::PrestatieGedeclareerd(it)) => Some(it.bedrag),
        _ => None,
    }
}

/// After how many days a recording is late enough to be told.
const LAAT_NA_DAGEN: i64 = 3;

/// Tells what one entry of the log says; `None` for what is not about a dossier.
fn vertel(entry: &Entry, namen: &Namen<'_>, blind: &[ZaakId]) -> Option<Gebeurtenis> {
    let Event::Dossier(_, event) = &entry.happened.event else { return None };
    let (kop, details) = if hidden(entry, blind) {
        let shown = "Er is een voorstel. U ziet het nadat u zelf een tweede oordeel gaf";
        (shown.to_owned(), Vec::new())
    } else {
        sentence(event, namen)
    };
    let recorded = datum::dag(entry.recorded);
    let late = days_between(entry.happened.on, recorded) > LAAT_NA_DAGEN;
    Some(Gebeurtenis {
        kop,
        details,
        dag: datum::lang(entry.happened.on),
        wie: namen.actor(&entry.happened.actor),
        laat: late.then(|| format!("pas vastgelegd op {}", datum::lang(recorded))),
        pad: None,
    })
}

pub(super) type Verhaal = (String, Vec<String>);

fn plain(kop: impl Into<String>) -> Verhaal {
    (kop.into(), Vec::new())
}

fn sentence(event: &DossierEvent, namen: &Namen<'_>) -> Verhaal {
    use DossierEvent as E;
    match event {
        E::GegevensVastgesteld(_)
        | E::MeldingOntvangen { .. }
        | E::IntakeAfgerond { .. }
        | E::OnderzoekGestart { .. }
        | E::OnderzoekAfgerond { .. }
        | E::VerslagVerzonden { .. }
        | E::AanvraagOntvangen { .. }
        | E::AfschermingVastgesteld { .. }
        | E::TermijnOpgeschort { .. }
        | E::TermijnHervat { .. }
        | E::BeschikkingAfgegeven { .. }
        | E::ZaakGesloten { .. } => step(event, namen),
        E::VoorzieningOvergenomen { voorziening, team, herkomst, .. } => {
            let mut details = vec![provision(voorziening, namen), origin(herkomst)];
            details.extend(team.map(|it| format!("besloten door {}", namen.team(it))));
            ("Voorziening overgenomen".to_owned(), details)
        }
        E::StapGezet { zaak, stap } => stappen::vertel(*zaak, stap, namen),
        E::VervolgGezet { voorziening, stap } => stappen::vervolg(*voorziening, *stap),
        E::VoorzieningGecorrigeerd { id, voorziening } => {
            (format!("Voorziening {} verbeterd", id.0), vec![provision(voorziening, namen)])
        }
        E::VoorzieningBeeindigd { id, per, reden } => plain(format!(
            "Voorziening {} eindigt op {}: {}",
            id.0,
            datum::lang(*per),
            reden.naam()
        )),
        E::VoorzieningVervallen { id } => {
            plain(format!("Voorziening {} vervallen: was een vergissing", id.0))
        }
        E::ToewijzingVerstrekt { .. }
        | E::ToewijzingGewijzigd { .. }
        | E::LeveringGestart { .. }
        | E::LeveringStartVerwijderd { .. }
        | E::LeveringGestopt { .. }
        | E::LeveringStopVerwijderd { .. }
        | E::PrestatieGedeclareerd(_) => order(event, namen),
    }
}

/// The steps of a case.
fn step(event: &DossierEvent, namen: &Namen<'_>) -> Verhaal {
    use DossierEvent as E;
    match event {
        E::GegevensVastgesteld(it) => {
            let year = it.geboortejaar.map(|it| format!("geboortejaar {it}"));
            let wijk = it.wijk.map(|it| format!("wijk {}", namen.wijk(it)));
            let huishouden = format!("huishouden: {}", it.huishouden.naam());
            let details = year.into_iter().chain(wijk).chain([huishouden]).collect();
            ("Gegevens vastgelegd".to_owned(), details)
        }
        E::MeldingOntvangen { zaak, melding } => {
            let spoed = if melding.spoed { "Spoedmelding" } else { "Melding" };
            let from = format!("via {}, door {}", melding.kanaal.naam(), melding.melder.naam());
            let pilot = melding.pilot.map(|_| "valt onder een pilot".to_owned());
            let details = [from].into_iter().chain(pilot).collect();
            (format!("{spoed} ontvangen, zaak {zaak}"), details)
        }
        E::IntakeAfgerond { zaak, uitkomst } => {
            let to = match uitkomst {
                IntakeUitkomst::NaarTeam(team) => format!("door naar {}", namen.team(*team)),
                IntakeUitkomst::AlgemeneVoorziening(id) => {
                    let known = namen.register.algemene_voorzieningen.get(id);
                    let name = known.map_or("algemene voorziening", |it| it.naam.as_str());
                    format!("afgerond met {name}")
                }
                other if other.afgerond() => format!("afgerond met {}", other.naam()),
                other => other.naam().to_owned(),
            };
            plain(format!("Intake van zaak {zaak}: {to}"))
        }
        E::AfschermingVastgesteld { afgeschermd: true } => {
            plain("Cliënt afgeschermd: er gaat geen brief, bericht of export uit")
        }
        E::AfschermingVastgesteld { afgeschermd: false } => plain("Afscherming opgeheven"),
        E::OnderzoekGestart { zaak, team } => {
            let by = team.map_or_else(|| "het loket".to_owned(), |it| namen.team(it));
            plain(format!("Onderzoek gestart door {by}, zaak {zaak}"))
        }
        E::OnderzoekAfgerond { zaak } => plain(format!("Onderzoek afgerond, zaak {zaak}")),
        E::VerslagVerzonden { zaak, versie } => {
            plain(format!("Verslag verzonden, versie {versie}, zaak {zaak}"))
        }
        E::AanvraagOntvangen { zaak } => plain(format!("Aanvraag ontvangen, zaak {zaak}")),
        E::TermijnOpgeschort { zaak, grond } => {
            plain(format!("Beslistermijn staat stil: {}, zaak {zaak}", grond.naam()))
        }
        E::TermijnHervat { zaak } => plain(format!("Beslistermijn loopt weer, zaak {zaak}")),
        E::BeschikkingAfgegeven { zaak, uitkomst, voorzieningen } => {
            let ground = match uitkomst {
                Uitkomst::Afgewezen(grond) => format!(" op grond van {}", grond.naam()),
                _ => String::new(),
            };
            let granted = voorzieningen.iter().map(|(_, it)| provision(it, namen)).collect();
            (format!("Beschikking: {}{ground}, zaak {zaak}", uitkomst.naam()), granted)
        }
        E::ZaakGesloten { zaak, reden } => plain(format!("Zaak {zaak} gesloten: {}", reden.naam())),
        _ => plain(""),
    }
}

/// Orders, delivery and bills.
fn order(event: &DossierEvent, namen: &Namen<'_>) -> Verhaal {
    use DossierEvent as E;
    match event {
        E::ToewijzingVerstrekt { nummer, opdracht } => (
            format!("Toewijzing {} aan {}", nummer.0, namen.aanbieder(opdracht.aanbieder)),
            vec![format!(
                "{}, {}, {}",
                namen.product(&opdracht.product),
                hoeveelheid(opdracht.hoeveelheid),
                periode(opdracht.geldig)
            )],
        ),
        E::ToewijzingGewijzigd { nummer, reden, tot_en_met, omvang: volume, budget } => {
            let end = tot_en_met.map(|it| format!("loopt nu tot en met {}", datum::lang(it)));
            let volume = volume.map(|it| format!("omvang nu {}", omvang(it)));
            let budget = budget.map(|it| format!("budget nu {it}"));
            let details = end.into_iter().chain(volume).chain(budget).collect();
            (format!("Toewijzing {} gewijzigd: {}", nummer.0, why_changed(*reden)), details)
        }
        E::LeveringGestart { toewijzing } => {
            plain(format!("Levering gestart, toewijzing {}", toewijzing.0))
        }
        E::LeveringStartVerwijderd { toewijzing, begin } => plain(format!(
            "Startmelding van {} ingetrokken, toewijzing {}",
            datum::lang(*begin),
            toewijzing.0
        )),
        E::LeveringGestopt { toewijzing, begin, reden } => (
            format!("Levering gestopt: {}, toewijzing {}", reden.naam(), toewijzing.0),
            vec![format!("geleverd sinds {}", datum::lang(*begin))],
        ),
        E::LeveringStopVerwijderd { toewijzing, begin } => plain(format!(
            "Stopmelding van de levering sinds {} ingetrokken, toewijzing {}",
            datum::lang(*begin),
            toewijzing.0
        )),
        E::PrestatieGedeclareerd(it) => {
            let what = if it.crediteert.is_some() { "Gecrediteerd" } else { "Gedeclareerd" };
            let volume = format!("{} {}", it.volume, it.eenheid.naam(it.volume));
            let details = vec![format!("{volume}, {}", periode(it.periode))];
            (format!("{what}: {}, toewijzing {}", it.bedrag, it.toewijzing.0), details)
        }
        _ => plain(""),
    }
}

/// Why an allocation changed, in words. iWmo list WMO002.
const fn why_changed(reden: RedenWijziging) -> &'static str {
    match reden {
        RedenWijziging::Overleden => "cliënt overleden",
        RedenWijziging::Contractwijziging => "nieuwe afspraken in het contract",
        RedenWijziging::Verlenging => "verlengd na herbeoordeling",
        RedenWijziging::Verkorting => "verkort of aangepast na herbeoordeling",
        RedenWijziging::AnderDomein => "naar een ander domein",
        RedenWijziging::Verhuizing => "verhuisd naar een andere gemeente",
        RedenWijziging::Leveringsvorm => "andere leveringsvorm",
        RedenWijziging::AndereAanbieder => "andere aanbieder",
        RedenWijziging::Bekostiging => "andere bekostiging",
        RedenWijziging::Herindeling => "gemeentelijke herindeling",
        RedenWijziging::DoorAanbieder => "op verzoek van de aanbieder",
        RedenWijziging::Verwijderd => "verwijderd, was een vergissing",
        RedenWijziging::AdministratieveCorrectie => "administratieve correctie",
    }
}

/// What was granted, in one line.
pub(crate) fn provision(it: &Voorziening, namen: &Namen<'_>) -> String {
    let mut parts = vec![namen.product(&it.product)];
    parts.extend(it.omvang.map(omvang));
    parts.push(match it.vorm {
        Leveringsvorm::Zin { aanbieder: Some(id) } => format!("ZIN door {}", namen.aanbieder(id)),
        Leveringsvorm::Zin { aanbieder: None } => "ZIN, aanbieder nog te kiezen".to_owned(),
        Leveringsvorm::Pgb { jaarbedrag } => format!("Pgb van {jaarbedrag} per jaar"),
    });
    parts.push(periode(it.geldig));
    parts.extend(it.tijdelijk.map(|it| match it {
        TijdelijkeGrond::WachtlijstAlgemeneVoorziening => {
            "tijdelijk, wegens wachtlijst bij een algemene voorziening".to_owned()
        }
        TijdelijkeGrond::Spoed => "tijdelijk, wegens spoed".to_owned(),
    }));
    parts.join(", ")
}

fn origin(herkomst: &Herkomst) -> String {
    match herkomst {
        Herkomst::Besluit(zaak) => format!("besloten in zaak {zaak}"),
        Herkomst::Overgangsrecht(_) => "overgangsrecht uit de AWBZ".to_owned(),
        Herkomst::VorigSysteem(_) => "uit het vorige systeem".to_owned(),
        Herkomst::Bericht(_) => "afgeleid uit een bericht".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use domain::{
        AanbiederId, Eenheid, Frequentie, Kenmerk, Omvang, Periode, Productcategorie, Productkeuze,
        Register, TeamId, ToewijzingNummer, VoorzieningId, WijkId, ZaakId,
        declaratie::Prestatie,
        levering::StopReden,
        melding::{Kanaal, Melder, Melding},
        sluiting::Sluitreden,
        termijn::Opschortingsgrond,
        toewijzing::{Hoeveelheid, Opdracht},
        voorziening::EindeReden,
    };
    use jiff::civil::date;

    use super::*;

    const ZAAK: ZaakId = ZaakId { jaar: 2017, volgnummer: 412 };
    const NUMMER: ToewijzingNummer = ToewijzingNummer(7);

    fn steps() -> Vec<DossierEvent> {
        use DossierEvent as E;
        let melding = Melding {
            kanaal: Kanaal::Telefoon,
            melder: Melder::Huisarts,
            spoed: true,
            pilot: None,
        };
        let gegevens = domain::Clientgegevens {
            geboortejaar: Some(1947),
            wijk: Some(WijkId(1)),
            huishouden: domain::Huishouden::Paar,
        };
        vec![
            E::GegevensVastgesteld(gegevens),
            E::MeldingOntvangen { zaak: ZAAK, melding },
            E::IntakeAfgerond { zaak: ZAAK, uitkomst: IntakeUitkomst::NaarTeam(TeamId(1)) },
            E::OnderzoekGestart { zaak: ZAAK, team: None },
            E::OnderzoekAfgerond { zaak: ZAAK },
            E::VerslagVerzonden { zaak: ZAAK, versie: 2 },
            E::AanvraagOntvangen { zaak: ZAAK },
            E::TermijnOpgeschort { zaak: ZAAK, grond: Opschortingsgrond::Overmacht },
            E::TermijnHervat { zaak: ZAAK },
            E::BeschikkingAfgegeven {
                zaak: ZAAK,
                uitkomst: Uitkomst::Toegekend,
                voorzieningen: vec![(VoorzieningId(1), granted())],
            },
            E::ZaakGesloten { zaak: ZAAK, reden: Sluitreden::Besloten },
        ]
    }

    fn granted() -> Voorziening {
        Voorziening {
            product: Productkeuze::Aspecifiek { categorie: Productcategorie::DAGBESTEDING },
            vorm: Leveringsvorm::Zin { aanbieder: Some(AanbiederId(3)) },
            omvang: Some(Omvang {
                volume: 4,
                eenheid: Eenheid::Dagdeel,
                frequentie: Frequentie::Week,
            }),
            geldig: Periode::new(date(2017, 12, 1), Some(date(2018, 5, 31))).unwrap(),
            tijdelijk: None,
        }
    }

    fn orders() -> Vec<DossierEvent> {
        use DossierEvent as E;
        let begin = date(2017, 12, 4);
        let id = VoorzieningId(1);
        let opdracht = Opdracht {
            voorziening: Some(id),
            aanbieder: AanbiederId(3),
            product: Productkeuze::Generiek,
            hoeveelheid: Hoeveelheid::Budget(Bedrag::euro(900)),
            geldig: Periode::vanaf(begin),
        };
        let prestatie = Prestatie {
            toewijzing: NUMMER,
            periode: Periode::vanaf(begin),
            volume: 16,
            eenheid: Eenheid::Uur,
            bedrag: Bedrag::euro(-5),
            referentie: Kenmerk(1),
            crediteert: Some(Kenmerk(2)),
        };
        let herkomst = Herkomst::Overgangsrecht(Kenmerk(3));
        let reden = RedenWijziging::Verlenging;
        vec![
            E::VoorzieningOvergenomen { id, voorziening: granted(), team: None, herkomst },
            E::VoorzieningGecorrigeerd { id, voorziening: granted() },
            E::VoorzieningBeeindigd { id, per: begin, reden: EindeReden::NaarWlz },
            E::VoorzieningVervallen { id },
            E::ToewijzingVerstrekt { nummer: NUMMER, opdracht },
            E::ToewijzingGewijzigd {
                nummer: NUMMER,
                reden,
                tot_en_met: Some(begin),
                omvang: None,
                budget: None,
            },
            E::LeveringGestart { toewijzing: NUMMER },
            E::LeveringStartVerwijderd { toewijzing: NUMMER, begin },
            E::LeveringGestopt { toewijzing: NUMMER, begin, reden: StopReden::Tijdelijk },
            E::LeveringStopVerwijderd { toewijzing: NUMMER, begin },
            E::PrestatieGedeclareerd(prestatie),
        ]
    }

    #[test]
    fn every_kind_of_event_has_a_sentence() {
        let (register, medewerkers) = (Register::default(), BTreeMap::new());
        let namen = Namen { register: &register, medewerkers: &medewerkers };
        let told: Vec<String> = steps()
            .iter()
            .chain(&orders())
            .map(|it| {
                let (kop, details) = sentence(it, &namen);
                [kop].into_iter().chain(details).collect::<Vec<_>>().join("\n  ")
            })
            .collect();
        expect_test::expect![[r#"
            Gegevens vastgelegd
              geboortejaar 1947
              wijk wijk 1
              huishouden: paar
            Spoedmelding ontvangen, zaak 2017-00412
              via telefoon, door huisarts
            Intake van zaak 2017-00412: door naar team 1
            Onderzoek gestart door het loket, zaak 2017-00412
            Onderzoek afgerond, zaak 2017-00412
            Verslag verzonden, versie 2, zaak 2017-00412
            Aanvraag ontvangen, zaak 2017-00412
            Beslistermijn staat stil: overmacht, zaak 2017-00412
            Beslistermijn loopt weer, zaak 2017-00412
            Beschikking: toegekend, zaak 2017-00412
              Dagbesteding, 4 dagdelen per week, ZIN door aanbieder 3, 01-12-2017 t/m 31-05-2018
            Zaak 2017-00412 gesloten: besloten
            Voorziening overgenomen
              Dagbesteding, 4 dagdelen per week, ZIN door aanbieder 3, 01-12-2017 t/m 31-05-2018
              overgangsrecht uit de AWBZ
            Voorziening 1 verbeterd
              Dagbesteding, 4 dagdelen per week, ZIN door aanbieder 3, 01-12-2017 t/m 31-05-2018
            Voorziening 1 eindigt op 4 december 2017: naar Wlz
            Voorziening 1 vervallen: was een vergissing
            Toewijzing 7 aan aanbieder 3
              budget, product naar keuze van de aanbieder, budget van € 900,00, vanaf 04-12-2017
            Toewijzing 7 gewijzigd: verlengd na herbeoordeling
              loopt nu tot en met 4 december 2017
            Levering gestart, toewijzing 7
            Startmelding van 4 december 2017 ingetrokken, toewijzing 7
            Levering gestopt: tijdelijk, toewijzing 7
              geleverd sinds 4 december 2017
            Stopmelding van de levering sinds 4 december 2017 ingetrokken, toewijzing 7
            Gecrediteerd: € -5,00, toewijzing 7
              16 uur, vanaf 04-12-2017"#]]
        .assert_eq(&told.join("\n"));
    }
}
