//! `GET /dossiers`: the cases, by due date.

use askama::Template;
use axum::{extract::State, response::Response};
use domain::{ClientId, Dossier, TeamId, WijkId, Zaak, ZaakId, melding::Kanaal, zaak::Fase};
use jiff::civil::Date;
use store::Person;

use super::{log, pad, stand::Termijn};
use crate::{
    formulier::Optie,
    fout::{Fout, toon},
    gebruiker::Gebruiker,
    invoer::{Waarden, Zoekdeel},
    kader::Kader,
    namen::Namen,
    overzicht::Verwijzing,
    rechten::Actie,
    register::formulieren::{gekozen, opties},
    staat::Web,
    tekst::{in_query, sleutel},
};

/// How many cases a page shows.
const PER_PAGINA: usize = 25;

#[derive(Template)]
#[template(path = "dossiers.html")]
struct Dossierlijst {
    kader: Kader,
    kop: String,
    lead: String,
    fasen: Vec<Optie>,
    teams: Vec<Optie>,
    wijken: Vec<Optie>,
    kanalen: Vec<Optie>,
    pilots: Vec<Optie>,
    te_laat: bool,
    met_voorziening: bool,
    gekozen: Vec<Verwijzing>,
    rijen: Vec<Rij>,
    van: usize,
    totaal: usize,
    vorige: Option<String>,
    volgende: Option<String>,
    mag_melden: bool,
}

struct Rij {
    zaak: ZaakId,
    pad: String,
    naam: String,
    fase: &'static str,
    team: String,
    wijk: String,
    termijn: Option<Termijn>,
    gemeld: String,
    voorzieningen: usize,
}

/// What the list is cut down to.
#[derive(Default)]
struct Filter {
    fase: Fasekeuze,
    team: Option<TeamId>,
    wijk: Option<WijkId>,
    /// How the request came in.
    kanaal: Option<Kanaal>,
    /// Whether it is handled under a pilot.
    pilot: Option<bool>,
    te_laat: bool,
    met_voorziening: bool,
}

#[derive(Default, PartialEq, Eq, Clone, Copy)]
enum Fasekeuze {
    #[default]
    Open,
    Alle,
    Een(Fase),
}

impl Filter {
    fn read(waarden: &Waarden) -> Filter {
        let fase = waarden.get("fase");
        let one = Fase::ALLE.into_iter().find(|it| sleutel(it.naam()) == fase);
        Filter {
            fase: match one {
                Some(it) => Fasekeuze::Een(it),
                None if fase == "alle" => Fasekeuze::Alle,
                None => Fasekeuze::Open,
            },
            team: waarden.get("team").parse().ok().map(TeamId),
            wijk: waarden.get("wijk").parse().ok().map(WijkId),
            kanaal: gekozen(Kanaal::ALLE, Kanaal::naam, waarden.get("kanaal")),
            pilot: match waarden.get("pilot") {
                "ja" => Some(true),
                "nee" => Some(false),
                _ => None,
            },
            te_laat: waarden.get("te_laat") == "ja",
            met_voorziening: waarden.get("met_voorziening") == "ja",
        }
    }

    fn takes(&self, zaak: &Zaak, team: Option<TeamId>, wijk: Option<WijkId>, op: Date) -> bool {
        let fase = zaak.fase();
        let by_fase = match self.fase {
            Fasekeuze::Open => !matches!(fase, Fase::Besloten | Fase::Gesloten),
            Fasekeuze::Alle => true,
            Fasekeuze::Een(it) => it == fase,
        };
        let melding = zaak.melding.melding;
        by_fase
            && self.kanaal.is_none_or(|it| it == melding.kanaal)
            && self.pilot.is_none_or(|it| it == melding.pilot.is_some())
            && self.team.is_none_or(|it| team == Some(it))
            && self.wijk.is_none_or(|it| wijk == Some(it))
            && (!self.te_laat || zaak.uiterste_dag().is_some_and(|it| it < op))
    }

    fn fase_sleutel(&self) -> String {
        match self.fase {
            Fasekeuze::Open => String::new(),
            Fasekeuze::Alle => "alle".to_owned(),
            Fasekeuze::Een(it) => sleutel(it.naam()),
        }
    }

    fn kanaal_sleutel(&self) -> String {
        self.kanaal.map_or_else(String::new, |it| sleutel(it.naam()))
    }

    const fn pilot_sleutel(&self) -> &'static str {
        match self.pilot {
            Some(true) => "ja",
            Some(false) => "nee",
            None => "",
        }
    }

    /// The address with this filter, without one of its parts.
    fn path(&self, zonder: &str, pagina: usize) -> String {
        let parts = [
            ("fase", self.fase_sleutel()),
            ("team", self.team.map_or_else(String::new, |it| it.0.to_string())),
            ("wijk", self.wijk.map_or_else(String::new, |it| it.0.to_string())),
            ("kanaal", self.kanaal_sleutel()),
            ("pilot", self.pilot_sleutel().to_owned()),
            ("te_laat", if self.te_laat { "ja".to_owned() } else { String::new() }),
            ("met_voorziening", if self.met_voorziening { "ja".into() } else { String::new() }),
            ("pagina", if pagina > 1 { pagina.to_string() } else { String::new() }),
        ];
        let kept = parts.iter().filter(|(name, value)| !value.is_empty() && *name != zonder);
        let query: Vec<String> =
            kept.map(|(name, value)| format!("{name}={}", in_query(value))).collect();
        if query.is_empty() {
            "/dossiers".to_owned()
        } else {
            format!("/dossiers?{}", query.join("&"))
        }
    }

    fn chosen(&self, namen: &Namen<'_>) -> Vec<Verwijzing> {
        let mut chosen = Vec::new();
        match self.fase {
            Fasekeuze::Open => {}
            Fasekeuze::Alle => chosen.push(("alle fasen".to_owned(), "fase")),
            Fasekeuze::Een(it) => chosen.push((it.naam().to_owned(), "fase")),
        }
        chosen.extend(self.team.map(|it| (namen.team(it), "team")));
        chosen.extend(self.wijk.map(|it| (namen.wijk(it), "wijk")));
        chosen.extend(self.kanaal.map(|it| (format!("via {}", it.naam()), "kanaal")));
        chosen.extend(self.pilot.map(|it| {
            (if it { "onder een pilot" } else { "niet onder een pilot" }.to_owned(), "pilot")
        }));
        chosen.extend(self.te_laat.then(|| ("te laat".to_owned(), "te_laat")));
        let with = ("met lopende voorziening".to_owned(), "met_voorziening");
        chosen.extend(self.met_voorziening.then_some(with));
        chosen.into_iter().map(|(name, part)| Verwijzing::new(name, self.path(part, 1))).collect()
    }
}

/// One case before names are looked up.
struct Treffer {
    client: ClientId,
    zaak: ZaakId,
    uiterste: Option<Date>,
    gemeld: Date,
    team: Option<TeamId>,
    wijk: Option<WijkId>,
}

/// `GET /dossiers`
pub(crate) async fn lijst(
    State(web): State<Web>,
    gebruiker: Gebruiker,
    Zoekdeel(waarden): Zoekdeel,
) -> Result<Response, Fout> {
    let filter = Filter::read(&waarden);
    let mut treffers = find(&web, &gebruiker, &filter);
    treffers.sort_by_key(|it| (it.uiterste.unwrap_or(Date::MAX), it.gemeld, it.zaak));
    let totaal = treffers.len();
    let te_laat = treffers.iter().filter(|it| it.uiterste.is_some_and(|it| it < gebruiker.vandaag));
    let kop = headline(totaal, te_laat.count(), filter.fase);
    let pages = totaal.div_ceil(PER_PAGINA).max(1);
    let pagina = waarden.get("pagina").parse::<usize>().unwrap_or(1).clamp(1, pages);
    let from = (pagina - 1) * PER_PAGINA;
    let shown: Vec<Treffer> = treffers.into_iter().skip(from).take(PER_PAGINA).collect();
    let rijen = rows(&web, &gebruiker, shown).await?;
    let register = web.register();
    let none = std::collections::BTreeMap::new();
    let namen = Namen { register: &register, medewerkers: &none };
    let fase_now = filter.fase_sleutel();
    let fasen = [Optie::new("", "open zaken"), Optie::new("alle", "alle fasen")].into_iter();
    let fasen =
        fasen.chain(Fase::ALLE.into_iter().map(|it| Optie::new(sleutel(it.naam()), it.naam())));
    let chosen = |opties: Vec<Optie>, now: &str| -> Vec<Optie> {
        opties.into_iter().map(|it| Optie { gekozen: it.waarde == now, ..it }).collect()
    };
    let teams = register.teams.values().map(|it| Optie::new(it.id.0.to_string(), &it.naam));
    let wijken = register.wijken.values().map(|it| Optie::new(it.id.0.to_string(), &it.naam));
    let team_now = filter.team.map_or_else(String::new, |it| it.0.to_string());
    let wijk_now = filter.wijk.map_or_else(String::new, |it| it.0.to_string());
    toon(&Dossierlijst {
        kader: web.kader("Dossiers", Some(&gebruiker), "/dossiers"),
        kop,
        lead: "Zaken op volgorde van de uiterste dag volgens de wet.".to_owned(),
        fasen: chosen(fasen.collect(), &fase_now),
        teams: chosen(teams.collect(), &team_now),
        wijken: chosen(wijken.collect(), &wijk_now),
        kanalen: chosen(opties(Kanaal::ALLE, Kanaal::naam), &filter.kanaal_sleutel()),
        pilots: chosen(
            vec![Optie::new("ja", "onder een pilot"), Optie::new("nee", "niet onder een pilot")],
            filter.pilot_sleutel(),
        ),
        te_laat: filter.te_laat,
        met_voorziening: filter.met_voorziening,
        gekozen: filter.chosen(&namen),
        rijen,
        van: from + 1,
        totaal,
        vorige: (pagina > 1).then(|| filter.path("", pagina - 1)),
        volgende: (pagina < pages).then(|| filter.path("", pagina + 1)),
        mag_melden: gebruiker.mag(Actie::MeldingVastleggen),
    })
}

fn headline(totaal: usize, te_laat: usize, fase: Fasekeuze) -> String {
    let what = if fase == Fasekeuze::Open { "open zaken" } else { "zaken" };
    let one = if fase == Fasekeuze::Open { "open zaak" } else { "zaak" };
    let number = |n: usize| reports::nl::aantal(i64::try_from(n).unwrap_or(i64::MAX));
    match (totaal, te_laat) {
        (0, _) => format!("Geen {what} in deze selectie"),
        (1, 0) => format!("1 {one}, op tijd"),
        (1, _) => format!("1 {one}, te laat"),
        (n, 0) => format!("{} {what}, geen daarvan te laat", number(n)),
        (n, late) => format!("{} {what}, {} te laat", number(n), number(late)),
    }
}

fn find(web: &Web, gebruiker: &Gebruiker, filter: &Filter) -> Vec<Treffer> {
    let op = gebruiker.vandaag;
    web.live().with(|world| {
        let state = &world.state;
        let of_wijk: std::collections::BTreeMap<WijkId, TeamId> = state
            .register
            .wijken
            .keys()
            .filter_map(|it| Some((*it, state.register.team_van_wijk(*it, op)?)))
            .collect();
        let mut found = Vec::new();
        for dossier in state.dossiers.values().filter(|it| !it.zaken.is_empty()) {
            if filter.met_voorziening && dossier.voorzieningen_op(op).next().is_none() {
                continue;
            }
            let wijk = dossier.gegevens_op(op).and_then(|it| it.wijk);
            let home = wijk.and_then(|it| of_wijk.get(&it).copied());
            if may_see(gebruiker, dossier, home) {
                collect(dossier, (wijk, home), filter, op, &mut found);
            }
        }
        found
    })
}

fn may_see(gebruiker: &Gebruiker, dossier: &Dossier, home: Option<TeamId>) -> bool {
    if gebruiker.ziet(&[]) {
        return true;
    }
    let of_zaken = dossier.zaken.iter().filter_map(|it| it.onderzoek.team());
    let of_voorzieningen = dossier.voorzieningen_op(gebruiker.vandaag).filter_map(|it| it.team);
    let teams: Vec<TeamId> = home.into_iter().chain(of_zaken).chain(of_voorzieningen).collect();
    gebruiker.ziet(&teams)
}

fn collect(
    dossier: &Dossier,
    (wijk, home): (Option<WijkId>, Option<TeamId>),
    filter: &Filter,
    op: Date,
    found: &mut Vec<Treffer>,
) {
    for zaak in &dossier.zaken {
        let team = zaak.onderzoek.team().or(home);
        if filter.takes(zaak, team, wijk, op) {
            found.push(Treffer {
                client: dossier.client,
                zaak: zaak.id,
                uiterste: zaak.uiterste_dag(),
                gemeld: zaak.melding.op,
                team,
                wijk,
            });
        }
    }
}

async fn rows(web: &Web, gebruiker: &Gebruiker, shown: Vec<Treffer>) -> Result<Vec<Rij>, Fout> {
    let clients: Vec<ClientId> = shown.iter().map(|it| it.client).collect();
    log(web, gebruiker, &clients, "naam in de lijst met zaken").await?;
    let persons = web.store().persons(&clients).await?;
    let op = gebruiker.vandaag;
    let none = std::collections::BTreeMap::new();
    Ok(web.live().with(|world| {
        let namen = Namen { register: &world.state.register, medewerkers: &none };
        let row = |it: Treffer| {
            let dossier = world.state.dossiers.get(&it.client)?;
            let zaak = dossier.zaak(it.zaak)?;
            Some(Rij {
                zaak: it.zaak,
                pad: pad(it.client),
                naam: match persons.get(&it.client) {
                    Some(Person::Known(person)) => person.naam(),
                    Some(Person::Erased) => "gewist".to_owned(),
                    Some(Person::Unknown) | None => "naam niet bekend".to_owned(),
                },
                fase: zaak.fase().naam(),
                team: it.team.map_or_else(|| "loket".to_owned(), |it| namen.team(it)),
                wijk: it.wijk.map_or_else(|| "onbekend".to_owned(), |it| namen.wijk(it)),
                termijn: Termijn::of(zaak, op),
                gemeld: crate::datum::kort(it.gemeld),
                voorzieningen: dossier.voorzieningen_op(op).count(),
            })
        };
        shown.into_iter().filter_map(row).collect()
    }))
}
