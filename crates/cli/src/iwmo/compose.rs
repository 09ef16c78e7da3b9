//! Message 301 per client and provider, from the log: told in words, or put ready.

use std::collections::BTreeSet;

use domain::{AanbiederId, ClientId, State};
use jiff::civil::Date;
use messages::{Problem, iwmo::opstellen::blijft_buiten};
use store::Live;
use traffic::{
    Afkeuring301, Boek, Moment, Uitkomst, Voorstel, Waarom, begin, relaties, sinds, stel_op,
    zet_klaar,
};

use super::{berichten, send::Gedaan};
use crate::{
    clock,
    opdracht::IwmoSend,
    scherm::{aantal, println},
    voortgang,
};

/// Composes everything that has news; puts it ready unless this is a preview.
pub(super) async fn compose(
    live: &Live,
    vraag: &IwmoSend,
    preview: bool,
) -> anyhow::Result<Gedaan> {
    let noted = sinds(live).await?;
    let from = vraag.since.or(noted);
    let moment = clock::moment();
    let ronde = Ronde {
        live,
        moment: &moment,
        from: from.unwrap_or(moment.vandaag),
        repeat: &vraag.repeat,
        boek: Boek::lees(live.store()).await?,
    };
    let mut found = ronde.look().await?;
    // Without a beginning everything that runs would go to everybody at once.
    let first = from.is_none() && !found.versturen.is_empty() && !preview;
    if first {
        println(&format!(
            "{} over toewijzingen gaan nog niet mee: dit is de eerste keer. Bekijk ze met \
             --preview en kies met --since vanaf welke dag Wijkpeil ze verstuurt.",
            berichten(found.versturen.len())
        ));
        found.versturen.clear();
        found.done.refused += 1;
    }
    found.toon(live, preview);
    if from.is_some() || preview {
        tell_outside(live, &ronde);
    }
    if preview {
        return Ok(found.done);
    }
    if let Some(date) = vraag.since {
        begin(live, date).await?;
    }
    for (client, _, it) in &found.versturen {
        let bericht = it.als_bericht();
        let bytes = bericht.schrijf();
        zet_klaar(live.store(), &bericht, &bytes, &[*client], clock::now()).await?;
    }
    Ok(found.done)
}

struct Ronde<'a> {
    live: &'a Live,
    moment: &'a Moment,
    from: Date,
    /// Allocations of which a rejected message goes again.
    repeat: &'a [u32],
    boek: Boek,
}

/// What was found, per client and provider.
#[derive(Default)]
struct Gevonden {
    versturen: Vec<(ClientId, AanbiederId, Box<Voorstel>)>,
    afgekeurd: Vec<(ClientId, AanbiederId, Afkeuring301)>,
    verzoeken: Vec<(ClientId, AanbiederId, Vec<String>)>,
    tegengehouden: Vec<(ClientId, AanbiederId, Vec<Problem>)>,
    done: Gedaan,
}

impl Ronde<'_> {
    async fn look(&self) -> anyhow::Result<Gevonden> {
        let all = self.live.with(|world| self.worth_a_look(&world.state));
        let bar = voortgang::balk("Toewijzingen bekijken", all.len() as u64);
        let mut found = Gevonden::default();
        let mut shielded = BTreeSet::new();
        for (client, aanbieder) in all {
            bar.inc(1);
            let why = self.why(client, aanbieder);
            let who = (client, aanbieder);
            match stel_op(self.live, who, &why, Some(self.from), self.moment).await? {
                Uitkomst::Niets => {}
                Uitkomst::Versturen(it) => found.versturen.push((client, aanbieder, it)),
                Uitkomst::Afgekeurd(it) => found.afgekeurd.push((client, aanbieder, it)),
                Uitkomst::Verzoek(it) => found.verzoeken.push((client, aanbieder, it)),
                Uitkomst::Tegengehouden(it) => found.tegengehouden.push((client, aanbieder, it)),
                Uitkomst::Afgeschermd => {
                    shielded.insert(client);
                }
            }
        }
        bar.finish_and_clear();
        found.done.afgeschermd = shielded.len();
        found.done.refused = found.tegengehouden.len() + found.verzoeken.len();
        Ok(found)
    }

    fn why(&self, client: ClientId, aanbieder: AanbiederId) -> Waarom {
        let again = self.live.with(|world| {
            let dossier = world.state.dossiers.get(&client);
            let own = dossier.into_iter().flat_map(|it| &it.toewijzingen);
            let mut own = own.filter(|it| it.opdracht.aanbieder == aanbieder);
            own.any(|it| self.repeat.contains(&it.nummer.0))
        });
        if again { Waarom::Opnieuw } else { Waarom::Nieuws }
    }

    /// Leaves out who has nothing to send for sure: nothing was ever sent and all is over, or the
    /// messages tell of everything as it is.
    fn worth_a_look(&self, state: &State) -> Vec<(ClientId, AanbiederId)> {
        let Some(gemeente) = state.register.gemeente.as_ref() else { return Vec::new() };
        let news = |client: ClientId, aanbieder: AanbiederId| {
            let dossier = state.dossiers.get(&client)?;
            let mut own = dossier.toewijzingen.iter();
            own.find(|it| {
                let of_this = it.opdracht.aanbieder == aanbieder;
                let told = self.boek.keten().toewijzing(gemeente.code.as_str(), it.nummer.0);
                of_this && !told.is_some_and(|told| told.zegt(it)) && {
                    let never = told.is_none();
                    !(never && (blijft_buiten(it, self.from) || !it.telt()))
                }
            })
        };
        let all = relaties(state).into_iter();
        all.filter(|(client, aanbieder)| news(*client, *aanbieder).is_some()).collect()
    }
}

/// How many allocations stay out, since they were over before sending began.
fn tell_outside(live: &Live, ronde: &Ronde<'_>) {
    let outside = live.with(|world| {
        let Some(gemeente) = world.state.register.gemeente.as_ref() else { return 0 };
        let all = world.state.dossiers.values().flat_map(|it| &it.toewijzingen);
        let own = all.filter(|it| blijft_buiten(it, ronde.from));
        let code = gemeente.code.as_str();
        own.filter(|it| ronde.boek.keten().toewijzing(code, it.nummer.0).is_none()).count()
    });
    if outside > 0 {
        let what = if outside == 1 { "toewijzing was" } else { "toewijzingen waren" };
        println(&format!(
            "{} {what} vóór {} al afgelopen en nooit vanuit Wijkpeil verstuurd: die blijven buiten \
             de berichten.",
            aantal(outside),
            day(ronde.from)
        ));
    }
}

impl Gevonden {
    fn toon(&self, live: &Live, preview: bool) {
        for (client, aanbieder, it) in &self.versturen {
            if preview {
                println(&format!("WMO301 aan {}:", name(live, *aanbieder)));
                it.regels().iter().for_each(|it| println(&format!("  {it}")));
            }
            for it in &it.signalen {
                println(&format!("  {it} ({})", which(live, *client, *aanbieder)));
            }
        }
        for (client, aanbieder, it) in &self.afgekeurd {
            let which = which(live, *client, *aanbieder);
            println(&format!(
                "{which}: WMO301 {} is op {} afgekeurd en sindsdien is er niets veranderd; het gaat \
                 niet nog eens uit",
                it.identificatie,
                day(it.sinds)
            ));
            for (code, meaning, advice) in &it.codes {
                println(&format!("  {code}: {meaning} {advice}"));
            }
        }
        for (client, aanbieder, open) in &self.verzoeken {
            let which = which(live, *client, *aanbieder);
            println(&format!(
                "{which}: verzoek {} van de aanbieder wacht op antwoord, en dit is niet wat er is \
                 gevraagd; beantwoord het eerst met `wijkpeil iwmo answer`",
                open.join(", ")
            ));
        }
        for (client, aanbieder, problems) in &self.tegengehouden {
            println(&format!("{}: het bericht kan niet uit", which(live, *client, *aanbieder)));
            problems.iter().for_each(|it| println(&format!("  {it}")));
        }
        if preview {
            println(&format!("{} over toewijzingen.", berichten(self.versturen.len())));
        }
    }
}

/// A provider by name.
pub(super) fn name(live: &Live, aanbieder: AanbiederId) -> String {
    live.with(|world| {
        let known = world.state.register.aanbieders.get(&aanbieder);
        known.map_or_else(|| "een onbekende aanbieder".to_owned(), |it| it.naam.clone())
    })
}

/// Which message it is about, without naming a person.
fn which(live: &Live, client: ClientId, aanbieder: AanbiederId) -> String {
    let numbers = live.with(|world| {
        let dossier = world.state.dossiers.get(&client);
        let own = dossier.into_iter().flat_map(|it| &it.toewijzingen);
        let own = own.filter(|it| it.opdracht.aanbieder == aanbieder);
        own.map(|it| it.nummer.0.to_string()).collect::<Vec<_>>()
    });
    format!("toewijzing {} bij {}", numbers.join(", "), name(live, aanbieder))
}

/// A day as `05-02-2024`.
pub(super) fn day(it: Date) -> String {
    format!("{:02}-{:02}-{:04}", it.day(), it.month(), it.year())
}
