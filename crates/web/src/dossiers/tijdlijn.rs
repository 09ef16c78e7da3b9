//! What happened in a dossier, in sentences: one for every kind of event.

use domain::{
    DossierEvent, Entry, Event, Leveringsvorm, Voorziening,
    besluit::Uitkomst,
    intake::IntakeUitkomst,
    periode::days_between,
    toewijzing::RedenWijziging,
    voorziening::{Herkomst, TijdelijkeGrond},
};

use crate::{
    datum,
    namen::{Namen, hoeveelheid, omvang, periode},
};

/// One line of the timeline.
pub(crate) struct Gebeurtenis {
    pub(crate) kop: String,
    pub(crate) details: Vec<String>,
    pub(crate) dag: String,
    pub(crate) wie: String,
    pub(crate) laat: Option<String>,
}

/// After how many days a recording is late enough to be told.
const LAAT_NA_DAGEN: i64 = 3;

/// Tells what one entry of the log says; `None` for what is not about a dossier.
pub(crate) fn vertel(entry: &Entry, namen: &Namen<'_>) -> Option<Gebeurtenis> {
    let Event::Dossier(_, event) = &entry.happened.event else { return None };
    let (kop, details) = sentence(event, namen);
    let recorded = datum::dag(entry.recorded);
    let late = days_between(entry.happened.on, recorded) > LAAT_NA_DAGEN;
    Some(Gebeurtenis {
        kop,
        details,
        dag: datum::lang(entry.happened.on),
        wie: namen.actor(&entry.happened.actor),
        laat: late.then(|| format!("pas vastgelegd op {}", datum::lang(recorded))),
    })
}

type Verhaal = (String, Vec<String>);

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
        | E::TermijnOpgeschort { .. }
        | E::TermijnHervat { .. }
        | E::BeschikkingAfgegeven { .. }
        | E::ZaakGesloten { .. } => step(event, namen),
        E::VoorzieningOvergenomen { voorziening, team, herkomst, .. } => {
            let mut details = vec![provision(voorziening, namen), origin(herkomst)];
            details.extend(team.map(|it| format!("besloten door {}", namen.team(it))));
            ("Voorziening overgenomen".to_owned(), details)
        }
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
