//! `/meldingen/nieuw`: a request for support is written down. Wmo 2015, art. 2.3.2 lid 1.

use std::hash::{BuildHasher, RandomState};

use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    Bsn, ClientId, Clientgegevens, Command, DossierCommand, Huishouden, Refusal, Register, WijkId,
    ZaakId,
    intake::{IntakeUitkomst, mag_intake_doen},
    melding::{Kanaal, Melder},
    persoon::Persoonsgegevens,
};
use jiff::civil::Date;
use store::{ExecuteError, Person};

use crate::{
    datum,
    dossiers::{self, pad},
    formulier::{Formulier, Optie, Soort, Veld},
    fout::{Fout, toon, toon_fouten},
    gebruiker::Gebruiker,
    hervat,
    invoer::{Formulierdeel, Lezer, Veldfout, Waarden, Zoekdeel, zin},
    overzicht::{Lijst, Overzicht, Sectie},
    rechten::Actie,
    register::formulieren::{gekozen, opties},
    staat::Web,
};

/// How often a case number is tried anew when a colleague was first.
const POGINGEN: u8 = 5;

/// What was filled in.
struct Ingevuld {
    op: Date,
    bsn: Option<Bsn>,
    persoon: Persoonsgegevens,
    wijk: Option<WijkId>,
    huishouden: Huishouden,
    kanaal: Kanaal,
    melder: Melder,
    spoed: bool,
    hulpvraag: String,
    /// With what it was answered at once, if it was.
    antwoord: Option<IntakeUitkomst>,
}

/// `GET /meldingen/nieuw`
pub(crate) async fn formulier(
    State(web): State<Web>,
    gebruiker: Gebruiker,
    Zoekdeel(vraag): Zoekdeel,
) -> Result<Response, Fout> {
    let mut waarden = Waarden::default();
    waarden.standaard("op", datum::kort(gebruiker.vandaag));
    waarden.standaard("spoed", "nee");
    let mut pagina = page(&web, &gebruiker, &waarden, Vec::new());
    let saved = vraag.get("vastgelegd").parse::<ZaakId>().ok();
    pagina.gedaan = saved.map(|it| format!("De melding is vastgelegd als zaak {it}."));
    toon(&pagina)
}

/// `POST /meldingen/nieuw`
pub(crate) async fn leg_vast(
    State(web): State<Web>,
    gebruiker: Gebruiker,
    Formulierdeel(waarden): Formulierdeel,
) -> Result<Response, Fout> {
    if hervat::gevraagd(&waarden) {
        return toon(&page(&web, &gebruiker, &waarden, Vec::new()));
    }
    let known = match waarden.get("bsn").replace([' ', '.'], "").parse::<Bsn>() {
        Ok(bsn) => web.store().find_bsn(bsn).await?,
        Err(_) => None,
    };
    let ingevuld = match read(&web, &waarden, known.is_some()) {
        Ok(it) => it,
        Err(fouten) => return toon_fouten(&page(&web, &gebruiker, &waarden, fouten)),
    };
    let client = match known {
        Some(it) => it,
        None => {
            let client = new_client(&web);
            web.store().put_person(client, &ingevuld.persoon).await?;
            client
        }
    };
    let zaak = match receive(&web, &gebruiker, client, &ingevuld).await? {
        Ok(it) => it,
        Err(refusal) => {
            let tekst = zin(&format!("Dit kan niet: {refusal}"));
            let fouten = vec![Veldfout { veld: String::new(), tekst }];
            return toon_fouten(&page(&web, &gebruiker, &waarden, fouten));
        }
    };
    let store = web.store();
    store.put_text(client, "hulpvraag", &zaak.to_string(), &ingevuld.hulpvraag, web.nu()).await?;
    dossiers::log(&web, &gebruiker, &[client], "melding vastgelegd").await?;
    let visible = gebruiker.mag(Actie::DossierLezen)
        && dossiers::dossier_for(&web, &gebruiker, client).is_ok();
    let naar = if visible {
        format!("{}?nieuw=ja", pad(client))
    } else {
        format!("/meldingen/nieuw?vastgelegd={zaak}")
    };
    Ok(Redirect::to(&naar).into_response())
}

async fn receive(
    web: &Web,
    gebruiker: &Gebruiker,
    client: ClientId,
    it: &Ingevuld,
) -> Result<Result<ZaakId, Refusal>, Fout> {
    let born = match web.store().person(client).await? {
        Person::Known(person) => person.geboortedatum,
        Person::Erased | Person::Unknown => None,
    };
    let bij = gebruiker.omstandigheid(it.op);
    for _ in 0..POGINGEN {
        let zaak = web.live().with(|world| world.state.next_zaak(it.op.year()));
        let gegevens = Clientgegevens {
            geboortejaar: born.map(Date::year),
            wijk: it.wijk,
            huishouden: it.huishouden,
        };
        let melding = DossierCommand::OntvangMelding {
            zaak,
            kanaal: it.kanaal,
            melder: it.melder,
            spoed: it.spoed,
        };
        let mut commands = vec![
            (Command::Dossier(client, DossierCommand::StelGegevensVast(gegevens)), bij),
            (Command::Dossier(client, melding), bij),
        ];
        if let Some(uitkomst) = it.antwoord {
            let intake = DossierCommand::RondIntakeAf { zaak, uitkomst };
            commands.push((Command::Dossier(client, intake), bij));
        }
        match web.live().execute(&commands, web.nu()).await {
            Ok(_) => return Ok(Ok(zaak)),
            Err(ExecuteError::Refused { refusal: Refusal::ZaakBestaatAl(_), .. }) => {
                web.live().refresh().await?;
            }
            Err(ExecuteError::Refused { refusal, .. }) => return Ok(Err(refusal)),
            Err(ExecuteError::Store(error)) => return Err(error.into()),
        }
    }
    Err(Fout::Storing("no case number stayed free".to_owned()))
}

/// A number without meaning that no client has.
fn new_client(web: &Web) -> ClientId {
    loop {
        // 53 bits, so that no reader of the number rounds it.
        let client = ClientId(RandomState::new().hash_one(web.nu().as_nanosecond()) >> 11);
        if !web.live().with(|world| world.state.dossiers.contains_key(&client)) {
            return client;
        }
    }
}

fn read(web: &Web, waarden: &Waarden, known: bool) -> Result<Ingevuld, Vec<Veldfout>> {
    let register = web.register();
    let mut lezer = Lezer::new(waarden);
    let op = lezer.datum("op", "de dag van ontvangst");
    let (bsn, persoon) = read_person(&mut lezer, waarden, known);
    let wijk = lezer.keuze("wijk", "een wijk, of buiten de gemeente", |it| match it {
        "buiten" => Some(None),
        it => {
            let wijk = it.parse().ok().map(WijkId)?;
            register.wijken.contains_key(&wijk).then_some(Some(wijk))
        }
    });
    let huishouden = lezer.mogelijke_keuze("huishouden", "een soort huishouden", |it| {
        gekozen(Huishouden::ALLE, Huishouden::naam, it)
    });
    let kanaal = lezer
        .keuze("kanaal", "hoe de melding binnenkwam", |it| gekozen(Kanaal::ALLE, Kanaal::naam, it));
    let melder = lezer.keuze("melder", "wie meldt", |it| gekozen(Melder::ALLE, Melder::naam, it));
    let spoed = lezer.keuze("spoed", "of er spoed is", |it| match it {
        "ja" => Some(true),
        "nee" => Some(false),
        _ => None,
    });
    let hulpvraag = lezer.tekst("hulpvraag", "de hulpvraag", 4000);
    let antwoord = lezer.mogelijke_keuze("antwoord", "waarmee de vraag is beantwoord", |it| {
        answers(&register).into_iter().find(|(key, _, _)| key == it).map(|(_, _, it)| it)
    });
    let read = (|| {
        Some(Ingevuld {
            op: op?,
            bsn: bsn?,
            persoon: persoon?,
            wijk: wijk?,
            huishouden: huishouden?.unwrap_or(Huishouden::Onbekend),
            kanaal: kanaal?,
            melder: melder?,
            spoed: spoed?,
            hulpvraag: hulpvraag?,
            antwoord: antwoord?,
        })
    })();
    lezer.klaar(read.map(|mut it| {
        it.persoon.bsn = it.bsn;
        it
    }))
}

/// Who it is about; of somebody whose BSN is known nothing is asked again.
fn read_person(
    lezer: &mut Lezer<'_>,
    waarden: &Waarden,
    known: bool,
) -> (Option<Option<Bsn>>, Option<Persoonsgegevens>) {
    let digits = waarden.get("bsn").replace([' ', '.'], "");
    let bsn = if digits.is_empty() {
        Some(None)
    } else {
        match digits.parse::<Bsn>() {
            Ok(it) => Some(Some(it)),
            Err(fout) => {
                lezer.fout("bsn", zin(&fout.to_string()));
                None
            }
        }
    };
    if known {
        return (bsn, Some(Persoonsgegevens::default()));
    }
    let voornamen = lezer.mogelijke_tekst("voornamen", 100);
    let voorvoegsel = lezer.mogelijke_tekst("voorvoegsel", 20);
    let achternaam = lezer.tekst("achternaam", "een achternaam", 100);
    let born = lezer.datum("geboortedatum", "de geboortedatum");
    let straat = lezer.mogelijke_tekst("straat", 100);
    let postcode = lezer.mogelijke_tekst("postcode", 7);
    let plaats = lezer.mogelijke_tekst("plaats", 100);
    let persoon = (|| {
        Some(Persoonsgegevens {
            bsn: None,
            voornamen: voornamen?,
            voorvoegsel: voorvoegsel?,
            achternaam: achternaam?,
            geboortedatum: Some(born?),
            straat_en_nummer: straat?,
            postcode: postcode?.to_uppercase(),
            plaats: plaats?,
        })
    })();
    (bsn, persoon)
}

/// What answers a question at once, with a key: the contact then counts as any other intake.
fn answers(register: &Register) -> Vec<(String, String, IntakeUitkomst)> {
    let plain = [
        ("informatie", "informatie gegeven", IntakeUitkomst::Informatie),
        ("advies", "advies gegeven", IntakeUitkomst::Advies),
        ("eigen-kracht", "de vrager kan zelf verder", IntakeUitkomst::EigenKracht),
    ];
    let plain = plain.map(|(key, naam, it)| (key.to_owned(), naam.to_owned(), it));
    let general = register.algemene_voorzieningen.values().map(|it| {
        let uitkomst = IntakeUitkomst::AlgemeneVoorziening(it.id);
        (format!("algemeen-{}", it.id.0), format!("verwezen naar: {}", it.naam), uitkomst)
    });
    plain.into_iter().chain(general).collect()
}

/// The fields; seven must be filled in, of somebody known only five.
fn fields(web: &Web, gebruiker: &Gebruiker) -> Vec<Veld> {
    let register = web.register();
    let wijken = register.wijken.values();
    let wijken = wijken.map(|it| Optie::new(it.id.0.to_string(), &it.naam));
    let wijken = wijken.chain([Optie::new("buiten", "buiten de gemeente of onbekend")]).collect();
    let spoed = vec![Optie::new("nee", "nee"), Optie::new("ja", "ja, dit kan niet wachten")];
    let mut velden = vec![
        Veld::datum("op", "Ontvangen op")
            .uitleg("De zes weken van het onderzoek lopen vanaf deze dag"),
        Veld::new("bsn", "BSN", Soort::Cijfers(9))
            .uitleg("Kennen wij dit BSN al, dan hoeft u naam en adres niet in te vullen")
            .mag_leeg(),
        Veld::regel("voornamen", "Voorletters of voornamen", 20).mag_leeg(),
        Veld::regel("voorvoegsel", "Tussenvoegsel", 8).mag_leeg(),
        Veld::regel("achternaam", "Achternaam", 30),
        Veld::datum("geboortedatum", "Geboortedatum"),
        Veld::regel("straat", "Straat en huisnummer", 40).mag_leeg(),
        Veld::regel("postcode", "Postcode", 7).mag_leeg(),
        Veld::regel("plaats", "Plaats", 30).mag_leeg(),
        Veld::new("wijk", "Wijk", Soort::Lijst(wijken)),
        Veld::keuze("huishouden", "Huishouden", opties(Huishouden::ALLE, Huishouden::naam))
            .mag_leeg(),
        Veld::keuze("kanaal", "Hoe kwam de melding binnen?", opties(Kanaal::ALLE, Kanaal::naam)),
        Veld::keuze("melder", "Wie meldt?", opties(Melder::ALLE, Melder::naam)),
        Veld::keuze("spoed", "Is er spoed?", spoed),
        Veld::new("hulpvraag", "Hulpvraag, in de woorden van de melder", Soort::Tekst),
    ];
    if mag_intake_doen(gebruiker.functie()) {
        let answers = answers(&register).into_iter().map(|(key, naam, _)| Optie::new(key, naam));
        velden.push(
            Veld::new(
                "antwoord",
                "Is de vraag meteen beantwoord?",
                Soort::Lijst(answers.collect()),
            )
            .uitleg("Dan is de intake meteen klaar en volgt er geen onderzoek")
            .mag_leeg(),
        );
    }
    velden
}

fn page(web: &Web, gebruiker: &Gebruiker, waarden: &Waarden, fouten: Vec<Veldfout>) -> Overzicht {
    let kader = web.kader("Leg een melding vast", Some(gebruiker), "/meldingen/nieuw");
    let mut pagina = Overzicht::new(
        kader,
        "Iedereen mag zich melden, voor zichzelf of voor een ander. Een melding is nog geen \
         aanvraag.",
    );
    let mut sectie = Sectie::new("De melding", Lijst::default());
    let velden = fields(web, gebruiker);
    sectie.formulier =
        Some(Formulier::new("/meldingen/nieuw", "Leg vast", velden, waarden, fouten));
    pagina.secties.push(sectie);
    pagina
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Social workers spend too much of their time on filling in forms.
    #[test]
    fn a_melding_asks_for_at_most_twelve_things() {
        let values = Waarden::default();
        let mut lezer = Lezer::new(&values);
        let (bsn, persoon) = read_person(&mut lezer, &values, false);
        assert_eq!((bsn, persoon), (Some(None), None));
        let required = lezer.klaar::<()>(None).unwrap_err().len();
        assert!(required + 5 <= 12, "{required}");
    }
}
