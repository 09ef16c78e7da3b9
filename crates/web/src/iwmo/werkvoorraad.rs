//! `/iwmo/werkvoorraad`: messages that came back rejected, and what is expected of whom by when.
//!
//! Nothing of it is stored: it follows from the messages that are kept and from the dossiers. Who
//! sees no persons sees the same list by provider, without client or allocation.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use askama::Template;
use axum::{extract::State, response::Response};
use domain::{ClientId, State as Stand, ToewijzingNummer};
use jiff::civil::Date;
use messages::iwmo::{
    Berichtsoort,
    keten::{Partijen, Watverwacht},
};
use reports::{Kolom, Tabel};
use store::{AccessEntry, Person};
use traffic::{Afgekeurd, Verwacht, Werkvoorraad};

use crate::{
    datum,
    dossiers::{self, berichten},
    formulier::Optie,
    fout::{Fout, toon},
    gebruiker::Gebruiker,
    invoer::{Waarden, Zoekdeel},
    kader::Kader,
    maandbeeld::download,
    overzicht::Verwijzing,
    rechten::{self, Actie, Zicht},
    staat::Web,
    tekst::in_query,
};

/// How many rows are on a page.
const PER_PAGINA: usize = 50;

/// How many clients of one row are named.
const GENOEMD: usize = 3;

#[derive(Template)]
#[template(path = "iwmo-werkvoorraad.html")]
struct Pagina {
    kader: Kader,
    kop: String,
    tegels: Vec<Tegel>,
    soorten: Vec<Optie>,
    aanbieders: Vec<Optie>,
    te_laat: bool,
    gekozen: Vec<Verwijzing>,
    personen: bool,
    rijen: Vec<Rij>,
    totaal: usize,
    van: usize,
    vorige: Option<String>,
    volgende: Option<String>,
    csv: String,
    leeg: &'static str,
}

struct Tegel {
    naam: &'static str,
    aantal: usize,
    pad: String,
    huidig: bool,
}

struct Rij {
    wat: String,
    code: &'static str,
    betekenis: &'static str,
    doen: String,
    dag: String,
    nog: String,
    klasse: &'static str,
    aanbieder: String,
    clienten: Vec<(String, String)>,
    meer: usize,
    toewijzingen: Vec<Verwijzing>,
}

/// What kind of row it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Soort {
    Afgekeurd,
    VanOns,
    VanAanbieder,
}

impl Soort {
    const ALLE: [Soort; 3] = [Soort::Afgekeurd, Soort::VanOns, Soort::VanAanbieder];

    const fn sleutel(self) -> &'static str {
        match self {
            Soort::Afgekeurd => "afgekeurd",
            Soort::VanOns => "wij",
            Soort::VanAanbieder => "aanbieder",
        }
    }

    const fn naam(self) -> &'static str {
        match self {
            Soort::Afgekeurd => "Afgekeurd",
            Soort::VanOns => "Wij zijn aan zet",
            Soort::VanAanbieder => "Aanbieder is aan zet",
        }
    }
}

/// One row before names are looked up.
struct Regel {
    soort: Soort,
    wat: String,
    code: &'static str,
    betekenis: &'static str,
    doen: String,
    /// Since when, or by when.
    dag: Date,
    te_laat: bool,
    agb: String,
    aanbieder: String,
    clienten: BTreeSet<ClientId>,
    toewijzingen: Vec<ToewijzingNummer>,
}

impl Regel {
    /// Late, rejected, or still to come.
    fn rang(&self) -> u8 {
        match (self.te_laat, self.soort) {
            (true, _) => 0,
            (false, Soort::Afgekeurd) => 1,
            (false, _) => 2,
        }
    }
}

/// What the list is cut down to.
#[derive(Debug, Clone, Default)]
struct Keuze {
    soort: Option<Soort>,
    aanbieder: String,
    te_laat: bool,
}

impl Keuze {
    fn read(waarden: &Waarden) -> Keuze {
        Keuze {
            soort: Soort::ALLE.into_iter().find(|it| it.sleutel() == waarden.get("soort")),
            aanbieder: waarden.get("aanbieder").to_owned(),
            te_laat: waarden.get("te_laat") == "ja",
        }
    }

    fn takes(&self, it: &Regel) -> bool {
        self.soort.is_none_or(|soort| soort == it.soort)
            && (self.aanbieder.is_empty() || self.aanbieder == it.agb)
            && (!self.te_laat || it.te_laat)
    }

    /// The address with this choice.
    fn path(&self, begin: &str, pagina: usize) -> String {
        let parts = [
            ("soort", self.soort.map_or("", Soort::sleutel).to_owned()),
            ("aanbieder", self.aanbieder.clone()),
            ("te_laat", if self.te_laat { "ja".to_owned() } else { String::new() }),
            ("pagina", if pagina > 1 { pagina.to_string() } else { String::new() }),
        ];
        let kept = parts.iter().filter(|(_, value)| !value.is_empty());
        let query: Vec<String> =
            kept.map(|(name, value)| format!("{name}={}", in_query(value))).collect();
        if query.is_empty() { begin.to_owned() } else { format!("{begin}?{}", query.join("&")) }
    }

    fn page(&self, pagina: usize) -> String {
        self.path("/iwmo/werkvoorraad", pagina)
    }

    /// What was chosen, each with the address without it.
    fn gekozen(&self, aanbieders: &BTreeMap<String, String>) -> Vec<Verwijzing> {
        let mut chosen = Vec::new();
        if let Some(soort) = self.soort {
            let without = Keuze { soort: None, ..self.clone() };
            chosen.push(Verwijzing::new(soort.naam().to_lowercase(), without.page(1)));
        }
        if !self.aanbieder.is_empty() {
            let without = Keuze { aanbieder: String::new(), ..self.clone() };
            let naam = aanbieders.get(&self.aanbieder).cloned();
            chosen.push(Verwijzing::new(
                naam.unwrap_or_else(|| format!("AGB-code {}", self.aanbieder)),
                without.page(1),
            ));
        }
        if self.te_laat {
            let without = Keuze { te_laat: false, ..self.clone() };
            chosen.push(Verwijzing::new("te laat", without.page(1)));
        }
        chosen
    }
}

/// `GET /iwmo/werkvoorraad`
pub(crate) async fn pagina(
    State(web): State<Web>,
    gebruiker: Gebruiker,
    Zoekdeel(waarden): Zoekdeel,
) -> Result<Response, Fout> {
    let keuze = Keuze::read(&waarden);
    let all = visible(&web, &gebruiker).await?;
    let shown: Vec<&Regel> = all.iter().filter(|it| keuze.takes(it)).collect();
    let totaal = shown.len();
    let pages = totaal.div_ceil(PER_PAGINA).max(1);
    let number = waarden.get("pagina").parse::<usize>().unwrap_or(1).clamp(1, pages);
    let from = (number - 1) * PER_PAGINA;
    let on_page: Vec<&Regel> = shown.iter().copied().skip(from).take(PER_PAGINA).collect();
    let providers: BTreeMap<String, String> =
        all.iter().map(|it| (it.agb.clone(), it.aanbieder.clone())).collect();
    let soorten = Soort::ALLE.into_iter().map(|it| Optie {
        gekozen: keuze.soort == Some(it),
        ..Optie::new(it.sleutel(), it.naam().to_lowercase())
    });
    let aanbieders = providers
        .iter()
        .map(|(agb, naam)| Optie { gekozen: keuze.aanbieder == *agb, ..Optie::new(agb, naam) });
    toon(&Pagina {
        kader: web.kader("Werkvoorraad van berichten", Some(&gebruiker), "/iwmo/werkvoorraad"),
        kop: headline(&all),
        tegels: tiles(&all, &keuze),
        soorten: soorten.collect(),
        aanbieders: aanbieders.collect(),
        te_laat: keuze.te_laat,
        gekozen: keuze.gekozen(&providers),
        personen: sees_persons(&gebruiker),
        rijen: rows(&web, &gebruiker, on_page).await?,
        totaal,
        van: from + 1,
        vorige: (number > 1).then(|| keuze.page(number - 1)),
        volgende: (number < pages).then(|| keuze.page(number + 1)),
        csv: keuze.path("/iwmo/werkvoorraad/lijst.csv", 1),
        leeg: if all.is_empty() {
            "Geen bericht is afgekeurd en er wordt niets verwacht. Dat is geen fout."
        } else {
            "Haal een filter weg om meer te zien."
        },
    })
}

/// `GET /iwmo/werkvoorraad/lijst.csv`: the same rows, without names and BSN.
pub(crate) async fn csv(
    State(web): State<Web>,
    gebruiker: Gebruiker,
    Zoekdeel(waarden): Zoekdeel,
) -> Result<Response, Fout> {
    let keuze = Keuze::read(&waarden);
    let all = visible(&web, &gebruiker).await?;
    let entry = AccessEntry {
        moment: web.nu(),
        account: gebruiker.account.clone(),
        medewerker: gebruiker.hoedanigheid.medewerker,
        client: None,
        action: "werkvoorraad van berichten gedownload".to_owned(),
        ground: format!("uitvoering van de Wmo 2015 als {}", gebruiker.functie().naam()),
    };
    web.store().log_access(&entry).await?;
    let shown: Vec<&Regel> = all.iter().filter(|it| keuze.takes(it)).collect();
    let bytes = reports::csv::tabel(&table(&shown, sees_persons(&gebruiker)));
    Ok(download("werkvoorraad-berichten.csv", "text/csv; charset=utf-8", bytes))
}

/// The rows that the user may see: what is late first, then what was rejected, then what is to come.
async fn visible(web: &Web, gebruiker: &Gebruiker) -> Result<Vec<Regel>, Fout> {
    let mut boek = web.boek.lock().await;
    boek.ververs(web.store()).await?;
    let vandaag = gebruiker.vandaag;
    let mut all = web.live().with(|world| {
        let state = &world.state;
        let Werkvoorraad { afkeuringen, verwachtingen } = boek.werkvoorraad(state, vandaag);
        let naam = |partijen: &Partijen| berichten::aanbieder(&state.register, partijen);
        let rejected = afkeuringen.into_iter().map(|it| {
            let naam = naam(&it.partijen);
            of_rejection(it, naam)
        });
        let expected = verwachtingen.into_iter().map(|it| {
            let naam = naam(&it.verwachting.partijen);
            of_expectation(it, naam, vandaag)
        });
        let mut known: HashMap<ClientId, bool> = HashMap::new();
        let own = |it: Regel| narrow(it, state, gebruiker, &mut known);
        rejected.chain(expected).filter_map(own).collect::<Vec<Regel>>()
    });
    all.sort_by(|one, other| {
        let rank = one.rang().cmp(&other.rang());
        // What was rejected last comes first; of the rest what is due first.
        rank.then_with(|| match one.rang() {
            1 => other.dag.cmp(&one.dag),
            _ => one.dag.cmp(&other.dag),
        })
    });
    Ok(all)
}

/// A row without the clients of other teams; none when nobody is left.
fn narrow(
    mut regel: Regel,
    state: &Stand,
    gebruiker: &Gebruiker,
    known: &mut HashMap<ClientId, bool>,
) -> Option<Regel> {
    if rechten::zicht(gebruiker.functie()) != Zicht::EigenTeam {
        return Some(regel);
    }
    regel.clienten.retain(|client| {
        *known.entry(*client).or_insert_with(|| {
            state.dossiers.get(client).is_some_and(|it| {
                gebruiker.ziet(&dossiers::teams(it, &state.register, gebruiker.vandaag))
            })
        })
    });
    (!regel.clienten.is_empty()).then_some(regel)
}

fn of_rejection(it: Afgekeurd, aanbieder: String) -> Regel {
    let from = if it.van_ons { "van ons" } else { "van de aanbieder" };
    Regel {
        soort: Soort::Afgekeurd,
        wat: format!("{} {from} afgekeurd, kenmerk {}", it.soort, it.identificatie),
        code: it.code,
        betekenis: it.betekenis,
        doen: if it.advies.is_empty() {
            "Bekijk het bericht.".to_owned()
        } else {
            it.advies.into()
        },
        dag: it.sinds,
        te_laat: false,
        agb: it.partijen.aanbieder.to_string(),
        aanbieder,
        clienten: it.clienten,
        toewijzingen: it.toewijzingen,
    }
}

fn of_expectation(it: Verwacht, aanbieder: String, vandaag: Date) -> Regel {
    let te_laat = it.verwachting.is_te_laat(vandaag);
    let doen = match (it.van_ons, te_laat) {
        (true, _) => "Verstuur het; dit is aan ons.",
        (false, true) => "Vraag de aanbieder waar het blijft.",
        (false, false) => "Wacht af; dit is aan de aanbieder.",
    };
    Regel {
        soort: if it.van_ons { Soort::VanOns } else { Soort::VanAanbieder },
        wat: wat(&it.verwachting.wat).to_owned(),
        code: "",
        betekenis: "",
        doen: doen.to_owned(),
        dag: it.verwachting.uiterlijk,
        te_laat,
        agb: it.verwachting.partijen.aanbieder.to_string(),
        aanbieder,
        clienten: it.clienten,
        toewijzingen: it.toewijzing.into_iter().collect(),
    }
}

/// What is to come, without the number of an allocation: that stands in a column of its own, for who
/// may see it.
const fn wat(it: &Watverwacht) -> &'static str {
    match it {
        Watverwacht::Retour { van, .. } => match van {
            Berichtsoort::Wmo301 => "Antwoord op de toewijzing (WMO302)",
            Berichtsoort::Wmo305 => "Antwoord op de startmelding (WMO306)",
            Berichtsoort::Wmo307 => "Antwoord op de stopmelding (WMO308)",
            Berichtsoort::Wmo315 => "Ontvangst van het verzoek (WMO316)",
            Berichtsoort::Wmo317 => "Ontvangst van het wijzigingsverzoek (WMO318)",
            Berichtsoort::Wmo319 => "Antwoord op het besluit (WMO320)",
            Berichtsoort::Wmo323 => "Antwoord op de declaratie (WMO325)",
            _ => "Antwoord op een bericht",
        },
        Watverwacht::Antwoord { .. } => "Besluit op een verzoek (WMO301 of WMO319)",
        Watverwacht::Start { .. } => "Start van de levering (WMO305)",
        Watverwacht::Stop { .. } => "Einde van de levering (WMO307)",
    }
}

fn sees_persons(gebruiker: &Gebruiker) -> bool {
    gebruiker.mag(Actie::DossierLezen)
}

fn headline(all: &[Regel]) -> String {
    let late = all.iter().filter(|it| it.te_laat).count();
    let rejected = all.iter().filter(|it| it.soort == Soort::Afgekeurd).count();
    if all.is_empty() {
        return "Er is niets afgekeurd en niets te verwachten".to_owned();
    }
    let rejected = match rejected {
        0 => "Niets is afgekeurd".to_owned(),
        1 => "1 onderdeel is afgekeurd".to_owned(),
        n => format!("{n} onderdelen zijn afgekeurd"),
    };
    match late {
        0 => format!("{rejected}, niets is te laat"),
        1 => format!("{rejected}, 1 bericht is te laat"),
        n => format!("{rejected}, {n} berichten zijn te laat"),
    }
}

fn tiles(all: &[Regel], keuze: &Keuze) -> Vec<Tegel> {
    let late = Keuze { te_laat: true, ..Keuze::default() };
    let one = |naam, other: Keuze, huidig| Tegel {
        naam,
        aantal: all.iter().filter(|it| other.takes(it)).count(),
        pad: other.page(1),
        huidig,
    };
    let kinds = Soort::ALLE.into_iter().map(|it| {
        let other = Keuze { soort: Some(it), ..Keuze::default() };
        one(it.naam(), other, keuze.soort == Some(it))
    });
    [one("Te laat", late, keuze.te_laat)].into_iter().chain(kinds).collect()
}

async fn rows(web: &Web, gebruiker: &Gebruiker, shown: Vec<&Regel>) -> Result<Vec<Rij>, Fout> {
    let named = sees_persons(gebruiker);
    let mut clients: BTreeSet<ClientId> = BTreeSet::new();
    if named {
        clients.extend(shown.iter().flat_map(|it| it.clienten.iter().take(GENOEMD)));
    }
    let clients: Vec<ClientId> = clients.into_iter().collect();
    dossiers::log(web, gebruiker, &clients, "naam in de werkvoorraad van berichten").await?;
    let persons: BTreeMap<ClientId, Person> =
        web.store().persons(&clients).await?.into_iter().collect();
    let naam = |client: &ClientId| match persons.get(client) {
        Some(Person::Known(person)) => person.naam(),
        Some(Person::Erased) => "gewist".to_owned(),
        Some(Person::Unknown) | None => "naam niet bekend".to_owned(),
    };
    let link = |it: &Regel, nummer: &ToewijzingNummer| {
        let client = it.clienten.first().filter(|_| gebruiker.mag(Actie::BerichtMaken));
        let pad = client.map_or_else(String::new, |client| {
            format!("{}/toewijzing/{}/bericht", dossiers::pad(*client), nummer.0)
        });
        Verwijzing::new(nummer.0.to_string(), pad)
    };
    let row = |it: &Regel| {
        let told = it.clienten.iter().take(GENOEMD);
        Rij {
            wat: it.wat.clone(),
            code: it.code,
            betekenis: it.betekenis,
            doen: it.doen.clone(),
            dag: datum::lang(it.dag),
            nog: match it.soort {
                Soort::Afgekeurd => "sinds die dag".to_owned(),
                _ => datum::nog(it.dag, gebruiker.vandaag),
            },
            klasse: if it.te_laat { "te-laat" } else { "" },
            aanbieder: it.aanbieder.clone(),
            clienten: told.map(|client| (naam(client), dossiers::pad(*client))).collect(),
            meer: it.clienten.len().saturating_sub(GENOEMD),
            toewijzingen: it.toewijzingen.iter().map(|nummer| link(it, nummer)).collect(),
        }
    };
    Ok(shown.into_iter().map(row).collect())
}

/// The rows as a table; allocations only for who may open dossiers.
fn table(shown: &[&Regel], personen: bool) -> Tabel {
    let mut names =
        vec!["soort", "wat", "retourcode", "betekenis", "wat_te_doen", "dag", "te_laat", "agb"];
    names.push("aanbieder");
    if personen {
        names.push("toewijzingen");
    }
    let row = |it: &&Regel| {
        let mut cells: Vec<reports::Cel> = [
            it.soort.naam(),
            &it.wat,
            it.code,
            it.betekenis,
            &it.doen,
            &datum::kort(it.dag),
            if it.te_laat { "ja" } else { "nee" },
            &it.agb,
            &it.aanbieder,
        ]
        .into_iter()
        .map(|it| reports::Cel::Tekst(it.to_owned()))
        .collect();
        if personen {
            let numbers: Vec<String> = it.toewijzingen.iter().map(|it| it.0.to_string()).collect();
            cells.push(reports::Cel::Tekst(numbers.join(" ")));
        }
        cells
    };
    let kolommen = names.into_iter().map(|it| Kolom { naam: it.to_owned(), rechts: false });
    Tabel {
        titel: "Werkvoorraad van berichten".to_owned(),
        kolommen: kolommen.collect(),
        rijen: shown.iter().map(row).collect(),
        noten: Vec::new(),
    }
}
