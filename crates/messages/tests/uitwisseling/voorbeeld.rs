//! The example of the repository: an export in the form of another suite, with its mapping file.

use std::{
    collections::{BTreeMap, HashMap},
    fs,
    io::Read,
    path::{Path, PathBuf},
};

use domain::{ClientId, State};
use expect_test::expect;
use jiff::civil::date;
use messages::{
    Wie,
    uitwisseling::{Koppeling, Namen, Overzicht, Uitwisseling, export_met, genoemden, plan},
};

use super::{import, lees, municipality, rondreis};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/wijkerveen")
}

fn mapping() -> Koppeling {
    let text = fs::read_to_string(folder().join("mapping.toml")).expect("the mapping");
    Koppeling::from_toml("mapping.toml", &text).expect("a good mapping")
}

fn example() -> Uitwisseling {
    Uitwisseling::lees(&mapping(), &mut |naam| {
        let file = fs::File::open(folder().join(naam))?;
        Ok(Some(Box::new(file) as Box<dyn Read>))
    })
}

/// The clients as a persons store would number them.
fn clients(uitwisseling: &Uitwisseling) -> HashMap<domain::Bsn, ClientId> {
    let bsns = genoemden(uitwisseling).into_iter().filter_map(|wie| match wie {
        Wie::Bsn(bsn) => Some(bsn),
        Wie::Sleutel(_) | Wie::Register => None,
    });
    bsns.zip((1..).map(ClientId)).collect()
}

#[test]
fn the_example_is_read_without_a_problem_and_only_once() {
    let uitwisseling = example();
    let persons = clients(&uitwisseling);
    let mut state = State::default();
    let today = date(2018, 1, 1);
    import(&mut state, &uitwisseling, today, &persons);
    assert_eq!(import(&mut state, &uitwisseling, today, &persons), 0);

    let sums = state.dossiers.values().fold([0; 4], |[cases, grants, orders, bills], it| {
        let (granted, ordered) = (it.voorzieningen.len(), it.toewijzingen.len());
        [cases + it.zaken.len(), grants + granted, orders + ordered, bills + it.prestaties.len()]
    });
    let rows: BTreeMap<_, _> = uitwisseling.aantallen().into_iter().collect();
    let names = ["zaken", "voorzieningen", "toewijzingen", "declaraties"];
    assert_eq!(sums, names.map(|it| rows[it]), "every row came over");
    assert!((100..=400).contains(&state.dossiers.len()), "a few hundred clients at most");
}

#[test]
fn a_municipality_written_in_that_form_gives_the_same_figures() {
    let koppeling = mapping();
    let (made, before) = municipality(1500, date(2017, 12, 31));
    let personen: HashMap<_, _> = made.persons.iter().cloned().collect();
    let personeel: BTreeMap<_, _> = made.staff.iter().cloned().collect();
    let namen = Namen { personen: &personen, personeel: &personeel };
    let files = export_met(&koppeling, &before, Some(&namen));
    let uitwisseling = lees(&koppeling, &files);
    let mut after = State::default();
    import(&mut after, &uitwisseling, date(2018, 1, 1), &clients(&uitwisseling));
    assert_eq!(rondreis::stock(&after), rondreis::stock(&before));
    assert_eq!(rondreis::declaraties(&after), rondreis::declaraties(&before));
    assert_eq!(rondreis::figures(&after), rondreis::figures(&before));
    assert_eq!(after.register.tarieven, before.register.tarieven);
    assert_eq!(after.register.medewerkers, before.register.medewerkers);
}

#[test]
fn a_dry_run_tells_counts_and_the_first_dossiers() {
    let uitwisseling = example();
    let state = State::default();
    let plan = plan(&state, &uitwisseling, date(2018, 1, 1), &|_| None);
    let text = Overzicht::van(&uitwisseling, &plan, &state).to_string();
    let head: Vec<&str> = text.lines().take(34).collect();
    expect![[r#"
        Gelezen rijen
          gemeente                        1  Instelling.csv
          wijken                          4  Wijken.csv
          inwoners                       72  Bevolking.csv
          teams                           2  Teams.csv
          werkgebieden                    4  Teamgebied.csv
          algemene_voorzieningen          4  Collectief aanbod.csv
          aanbieders                     40  Leveranciers.csv
          contracten                     40  Contracten.csv
          producten                      14  Producten.csv
          tarieven                      309  Tarieven.csv
          medewerkers                    48  Formatie.csv
          mandaten                        6  Mandaten.csv
          clienten                      170  Clienten.csv
          zaken                         153  Zaken.csv
          besluiten                     121  Besluiten.csv
          voorzieningen                 186  Indicaties.csv
          toewijzingen                  173  Opdrachten.csv
          declaraties                  2618  Facturen.csv
        Wijzigingen in het register: 552
        Cliënten: 170
        Fouten: 0 (niet overgenomen), let op: 0 (wel overgenomen)
        Cliënt met BSN •••••0006
          01-01-2015: geboortejaar 1918, wijk Molenwiek, huishouden paar
          02-01-2015: voorziening Dagbesteding ouderen, 6 dagdelen per week, ZIN bij Ouderensociëteit Avondzon, 01-01-2015 t/m 01-06-2015, team Noord
          06-01-2015: toewijzing 2 aan Ouderensociëteit Avondzon: Dagbesteding ouderen, 6 dagdelen per week, 01-01-2015 t/m 01-06-2015
          07-01-2015: levering gestart, toewijzing 2
          31-01-2015: gedeclareerd € 554,40, toewijzing 2
          28-02-2015: gedeclareerd € 646,80, toewijzing 2
          30-03-2015: melding 2015-00014 via brief door gemeente
          31-03-2015: gedeclareerd € 646,80, toewijzing 2
          07-04-2015: onderzoek gestart
          30-04-2015: gedeclareerd € 616,00, toewijzing 2
          07-05-2015: onderzoek afgerond"#]].assert_eq(&head.join("\n"));
}
