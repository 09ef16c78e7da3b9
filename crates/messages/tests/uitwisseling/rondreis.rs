//! What goes out comes in again and says the same.

use std::collections::{BTreeMap, HashMap};

use domain::{
    Actor, ClientId, Dossier, Maand, State, Systeemdeel, Zaak, ZaakId, besluit::Uitkomst,
    onderzoek::Onderzoek,
};
use jiff::civil::date;
use messages::uitwisseling::{Koppeling, Namen, export};

use super::{import, lees, municipality};

/// Clients per month, team, product and form.
pub(super) fn stock(state: &State) -> BTreeMap<String, usize> {
    let last = Maand::van_dag(date(2021, 6, 30));
    let mut stock = BTreeMap::new();
    for maand in Maand::van_dag(date(2015, 1, 1)).tot_en_met(last) {
        for dossier in state.dossiers.values() {
            let mut cells: Vec<String> = dossier
                .voorzieningen_op(maand.laatste_dag())
                .map(|it| {
                    let (what, vorm) = (it.voorziening.product, it.voorziening.vorm.naam());
                    format!("{maand} {:?} {what:?} {vorm}", it.team)
                })
                .collect();
            cells.sort();
            cells.dedup();
            for cel in cells {
                *stock.entry(cel).or_insert(0) += 1;
            }
        }
    }
    stock
}

/// Every allocation with its delivery and the provision it carries out, by number.
pub(super) fn toewijzingen(state: &State) -> BTreeMap<u32, String> {
    let row = |dossier: &Dossier, it: &domain::toewijzing::Toewijzing| {
        let granted = it.opdracht.voorziening.and_then(|id| dossier.voorziening(id));
        let granted = granted.filter(|it| it.telt()).map(|it| it.voorziening);
        let mut it = it.clone();
        it.opdracht.voorziening = None;
        (it.nummer.0, format!("{it:?} {granted:?}"))
    };
    let all = state.dossiers.values();
    all.flat_map(|dossier| {
        dossier.toewijzingen.iter().filter(|it| it.telt()).map(|it| row(dossier, it))
    })
    .collect()
}

/// What was billed per month and product: lines, volume and cents.
pub(super) fn declaraties(state: &State) -> BTreeMap<String, (usize, u64, i64)> {
    let mut sums = BTreeMap::new();
    for dossier in state.dossiers.values() {
        for it in &dossier.prestaties {
            if let Some(toewijzing) = dossier.toewijzing(it.toewijzing).filter(|it| it.telt()) {
                let maand = Maand::van_dag(it.periode.van());
                let key = format!("{maand} {:?}", toewijzing.opdracht.product);
                let sum = sums.entry(key).or_insert((0, 0, 0));
                *sum = (sum.0 + 1, sum.1 + u64::from(it.volume), sum.2 + it.bedrag.0);
            }
        }
    }
    sums
}

/// Every case, without what an export does not tell: who sent the report and who closed it.
pub(super) fn zaken(state: &State) -> BTreeMap<ZaakId, Zaak> {
    let import = Actor::Systeem(Systeemdeel::Import);
    let mut zaken = BTreeMap::new();
    for zaak in state.dossiers.values().flat_map(|it| &it.zaken) {
        let mut zaak = zaak.clone();
        // The files tell the route of a case, not the smaller steps within it.
        zaak.ontvangst = domain::ontvangst::Ontvangst::default();
        zaak.stappen = domain::gesprek::Onderzoeksstappen::default();
        (zaak.behandelaar, zaak.triage, zaak.kader) = (None, None, None);
        (zaak.voorstellen, zaak.uitzonderingen) = (Vec::new(), Vec::new());
        zaak.cta = domain::cta::CtaBehandeling::default();
        zaak.verslag =
            zaak.verslag.map(|it| domain::zaak::Verslag { versie: 1, door: import, ..it });
        zaak.sluiting = zaak.sluiting.map(|it| domain::sluiting::Sluiting { door: import, ..it });
        for it in &mut zaak.beschikkingen {
            it.voorzieningen.clear();
            it.afwijking = None;
            // Who stood in for another comes back in the own function.
            if let Actor::Medewerker(held) = &mut it.door {
                held.functie = domain::Functie::Beslisser;
            }
            it.rechtsgang = domain::bezwaar::Rechtsgang::default();
        }
        zaken.insert(zaak.id, zaak);
    }
    zaken
}

/// The register without how the municipality arranged its access: the files do not carry that.
fn chain_register(state: &State) -> domain::Register {
    domain::Register {
        instellingen: domain::instelling::Instellingen::default(),
        capaciteit: BTreeMap::new(),
        kaders: Vec::new(),
        budgetten: BTreeMap::new(),
        waarnemingen: Vec::new(),
        overleggen: BTreeMap::new(),
        presentie: BTreeMap::new(),
        scholingseisen: Vec::new(),
        scholingen: Vec::new(),
        briefgegevens: Vec::new(),
        ..state.register.clone()
    }
}

/// Meldingen per month, besluiten per outcome, and the days from melding to the end of the enquiry.
pub(super) fn figures(state: &State) -> BTreeMap<String, (usize, i64)> {
    let mut figures = BTreeMap::new();
    let mut count = |key: String, days: i64| {
        let sum = figures.entry(key).or_insert((0, 0));
        *sum = (sum.0 + 1, sum.1 + days);
    };
    for zaak in state.dossiers.values().flat_map(|it| &it.zaken) {
        count(format!("melding {}", Maand::van_dag(zaak.melding.op)), 0);
        for it in &zaak.beschikkingen {
            let ground = match it.uitkomst {
                Uitkomst::Afgewezen(grond) => grond.naam(),
                _ => "",
            };
            count(format!("besluit {} {ground}", it.uitkomst.naam()), 0);
        }
        if let Onderzoek::Afgerond { op, .. } = zaak.onderzoek {
            let days = domain::periode::days_between(zaak.melding.op, op);
            count(format!("doorlooptijd {}", Maand::van_dag(op)), days);
        }
    }
    figures
}

#[test]
fn an_export_read_into_an_empty_state_gives_the_same_figures() {
    let (municipality, before) = municipality(3000, date(2021, 6, 30));
    let today = date(2021, 7, 1);
    let files = export(&before, None);
    let mapping = files.iter().find(|(naam, _)| naam == "mapping.toml").unwrap();
    let mapping = String::from_utf8(mapping.1.clone()).unwrap();
    let koppeling = Koppeling::from_toml("mapping.toml", &mapping).unwrap();
    let uitwisseling = lees(&koppeling, &files);
    assert_eq!(uitwisseling.problems, []);

    let nobody = HashMap::new();
    let mut after = State::default();
    let events = import(&mut after, &uitwisseling, today, &nobody);
    assert!(events > 1000, "{events} events came over");
    assert_eq!(chain_register(&after), chain_register(&before));
    assert_eq!(stock(&after), stock(&before));
    assert_eq!(toewijzingen(&after), toewijzingen(&before));
    assert_eq!(declaraties(&after), declaraties(&before));
    assert_eq!(figures(&after), figures(&before));
    assert_eq!(zaken(&after), zaken(&before));
    assert_eq!(import(&mut after, &uitwisseling, today, &nobody), 0, "twice changes nothing");

    // The same export with BSNs, read where it came from, changes nothing either.
    let personen: HashMap<ClientId, _> = municipality.persons.iter().cloned().collect();
    let personeel: BTreeMap<_, _> = municipality.staff.iter().cloned().collect();
    let namen = Namen { personen: &personen, personeel: &personeel };
    let by_bsn: HashMap<_, _> =
        personen.iter().filter_map(|(client, it)| Some((it.bsn?, *client))).collect();
    let own = lees(&Koppeling::eigen(), &export(&before, Some(&namen)));
    assert_eq!(own.problems, []);
    let mut again = before.clone();
    assert_eq!(import(&mut again, &own, today, &by_bsn), 0, "what is known stays as it is");
}

#[test]
fn an_export_without_names_holds_no_name_and_no_bsn() {
    let (municipality, state) = municipality(1000, date(2016, 12, 31));
    let text: String = export(&state, None)
        .into_iter()
        .map(|(_, bytes)| String::from_utf8(bytes).unwrap())
        .collect();
    for (_, it) in &municipality.persons {
        let bsn = it.bsn.as_ref().map_or("-no bsn-", |it| it.as_str());
        assert!(!text.contains(bsn));
    }
    for (_, naam) in &municipality.staff {
        assert!(!text.contains(naam.as_str()), "{naam}");
    }
    let clienten = text.split("client;bsn;").nth(1).unwrap();
    assert!(clienten.lines().nth(1).unwrap().contains(";;;;;"), "only a key and a year");
}
