//! `/register/kader`: the framework in force, every version, and each as a file.

use axum::{
    extract::{Path, State},
    response::Response,
};
use domain::{
    KaderId, Register,
    kader::{Gevolg, Kader, Kaderstap, Stapsoort},
    kaderles::Kaderles,
};
use jiff::civil::Date;

use super::{lessen, versie, woorden};
use crate::{
    datum,
    fout::{Fout, toon},
    gebruiker::Gebruiker,
    invoer::{Waarden, Zoekdeel},
    maandbeeld::download,
    overzicht::{Cel, Lijst, Overzicht, Sectie, Verwijzing},
    rechten::Actie,
    register::page,
    staat::Web,
    tekst::sleutel,
};

/// `GET /register/kader`
pub(crate) async fn versies(
    State(web): State<Web>,
    gebruiker: Gebruiker,
    Zoekdeel(waarden): Zoekdeel,
) -> Result<Response, Fout> {
    let register = web.register();
    let lead = match register.kader_op(gebruiker.vandaag) {
        Some(it) => format!("Nu geldt versie {}: {}.", it.id.0, it.naam),
        None => "Er geldt nog geen beoordelingskader. Een functioneel beheerder brengt het in."
            .to_owned(),
    };
    let mut pagina = page(&web, &gebruiker, "Beoordelingskader", &lead, &waarden);
    let list = Sectie::new("Versies, nieuwste bovenaan", version_list(&register, &gebruiker));
    pagina.secties.push(
        list.lead(
            "Een zaak houdt de versie waarmee zij is doorlopen, ook als er later een nieuwe ingaat.",
        )
        .actie(
            gebruiker.mag(Actie::RegisterWijzigen),
            "Breng een nieuwe versie in",
            "/register/kader/nieuw",
        ),
    );
    let lessons = web.live().with(|world| lessen::lessen(world, &gebruiker));
    pagina.secties.extend(lessons);
    toon(&pagina)
}

fn version_list(register: &Register, gebruiker: &Gebruiker) -> Lijst {
    let mut lijst =
        Lijst::new(&["Versie", "Naam", "Geldt vanaf", "Stand", "Vragen#", "Normen#", "Bestand"]);
    let now = register.kader_op(gebruiker.vandaag).map(|it| it.id);
    for (sinds, it) in register.kaders.iter().rev() {
        let state = match (*sinds > gebruiker.vandaag, now == Some(it.id)) {
            (true, _) => "gaat nog in",
            (false, true) => "geldt nu",
            (false, false) => "gold eerder",
        };
        lijst.rij(vec![
            Cel::link(format!("Versie {}", it.id.0), format!("/register/kader/{}", it.id.0)),
            it.naam.clone().into(),
            datum::kort(*sinds).into(),
            state.into(),
            it.vragen().count().to_string().into(),
            it.normen.len().to_string().into(),
            Cel::link("Als TOML", format!("/register/kader/{}/kader.toml", it.id.0)),
        ]);
    }
    lijst
}

/// `GET /register/kader/{versie}`
pub(crate) async fn een(
    State(web): State<Web>,
    gebruiker: Gebruiker,
    Path(nummer): Path<String>,
) -> Result<Response, Fout> {
    let register = web.register();
    let (sinds, kader) = find(&register, &nummer)?;
    let lead = format!("{}. Geldt vanaf {}.", kader.naam, datum::lang(sinds));
    let title = format!("Beoordelingskader versie {}", kader.id.0);
    let mut pagina = page(&web, &gebruiker, &title, &lead, &Waarden::default());
    pagina.kruimels.push(Verwijzing::new("Beoordelingskader", "/register/kader"));
    pagina
        .acties
        .push(Verwijzing::new("Download als TOML", format!("/register/kader/{nummer}/kader.toml")));
    let lessons = web.live().with(|world| domain::kaderles::lessen(&world.state));
    show(&mut pagina, kader, &register, &lessons);
    if let Some((_, before)) = register.kaders.iter().rev().find(|(day, _)| *day < sinds) {
        let kop = format!("Verschil met versie {}", before.id.0);
        let mut section = Sectie::new(kop, woorden::verschillen(before, kader));
        section.leeg = "Er is geen verschil in vragen of normen.";
        pagina.secties.insert(0, section);
    }
    toon(&pagina)
}

/// `GET /register/kader/{versie}/kader.toml`
pub(crate) async fn bestand(
    State(web): State<Web>,
    Path(nummer): Path<String>,
) -> Result<Response, Fout> {
    let register = web.register();
    let (sinds, kader) = find(&register, &nummer)?;
    let name = reports::bestandsnaam(&["kader", "versie", &nummer], sinds, "toml");
    let text = messages::kader::schrijf(kader);
    Ok(download(&name, "application/toml; charset=utf-8", text.into_bytes()))
}

fn find<'a>(register: &'a Register, nummer: &str) -> Result<(Date, &'a Kader), Fout> {
    let number = nummer.parse().map_err(|_| Fout::NietGevonden)?;
    versie(register, number).ok_or(Fout::NietGevonden)
}

fn show(pagina: &mut Overzicht, kader: &Kader, register: &Register, lessons: &[Kaderles]) {
    pagina.secties.extend(kader.stappen.iter().map(|it| step(it, lessons)));
    pagina.secties.push(norms(kader, register));
    let trial = Sectie::new("Voorbeelden", woorden::proef(kader));
    pagina.secties.push(trial.lead("Wat het kader zegt over verzonnen zaken."));
}

/// The place of a step on the page of a version.
fn anker(soort: Stapsoort) -> String {
    format!("stap-{}", sleutel(soort.naam()))
}

/// The address of a step in a version.
pub(crate) fn pad_stap(versie: KaderId, soort: Stapsoort) -> String {
    format!("/register/kader/{}#{}", versie.0, anker(soort))
}

fn step(stap: &Kaderstap, lessons: &[Kaderles]) -> Sectie {
    let mut lijst = Lijst::new(&[
        "Vraag",
        "Wat wordt gevraagd",
        "Toelichting",
        "Artikel",
        "Wat volgt",
        "Soort",
    ]);
    for it in &stap.vragen {
        let follows: Vec<String> = [("ja", it.bij_ja), ("nee", it.bij_nee)]
            .into_iter()
            .filter(|(_, gevolg)| *gevolg != Gevolg::Verder)
            .map(|(answer, gevolg)| format!("bij {answer}: {}", woorden::gevolg(gevolg)))
            .collect();
        lijst.rij(vec![
            it.id.0.to_string().into(),
            it.tekst.clone().into(),
            it.toelichting.clone().into(),
            it.artikel.clone().into(),
            if follows.is_empty() { "verder".into() } else { follows.join("; ").into() },
            if it.afweging { Cel::LetOp("eigen afweging".to_owned()) } else { "feit".into() },
        ]);
    }
    let here: Vec<&Kaderles> = lessons.iter().filter(|it| it.stap == stap.soort).collect();
    Sectie::new(woorden::stap(stap.soort), lijst)
        .anker(anker(stap.soort))
        .lead(lessen::samen(&here))
}

/// The norm volumes, with the names of the products.
pub(super) fn norms(kader: &Kader, register: &Register) -> Sectie {
    let mut lijst = Lijst::new(&["Product", "Naam", "Van#", "Tot en met#", "Per", "Bron"]);
    for it in &kader.normen {
        let name: Cel = match register.producten.get(&it.product) {
            Some(known) => known.naam.clone().into(),
            None => Cel::LetOp("niet in de catalogus".to_owned()),
        };
        lijst.rij(vec![
            it.product.to_string().into(),
            name,
            it.van.to_string().into(),
            it.tot.to_string().into(),
            it.frequentie.naam().into(),
            it.bron.clone().into(),
        ]);
    }
    Sectie::new("Normen", lijst).lead("Een richtlijn. Afwijken mag, met een reden.")
}
