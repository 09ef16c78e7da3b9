//! Message 301 from the log for one client at one provider, against everything that went before.

use domain::{
    AanbiederId, AgbCode, ClientId, Dossier, Gemeentecode, Register, State, ToewijzingNummer,
    persoon::Persoonsgegevens,
};
use jiff::civil::Date;
use messages::{
    Ernst, Problem,
    iwmo::{
        Bericht, bericht,
        bericht::Wmo301,
        codelijst,
        keten::{Bekend, Keten, verzoek::Verzoekstand},
        opstellen::{
            Aanleiding, Honorering, Opdracht, Opgesteld, Verandering, Verzonden, honorering,
            samenstellen, stapeling, woorden,
        },
        regel::{self, Bevinding, Omgeving},
    },
};
use store::{Live, Person, StoreError};

use crate::{Moment, uuid};

/// Under this key the store notes the day on which sending from here began.
const SINDS: &str = "iwmo.sinds";

/// What is to be sent about a client to a provider.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Uitkomst {
    /// Nothing: the provider knows everything.
    Niets,
    /// This message.
    Versturen(Box<Voorstel>),
    /// The provider rejected just this; something must change first.
    Afgekeurd(Afkeuring301),
    /// These requests of the provider are open, and what changed is not what they ask: answer first.
    Verzoek(Vec<String>),
    /// The client is shielded: nothing leaves. iWmo OP003.
    Afgeschermd,
    /// Something stands in the way.
    Tegengehouden(Vec<Problem>),
}

/// A message that may leave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Voorstel {
    /// The message.
    pub bericht: Wmo301,
    /// What changed since the provider accepted it last.
    pub veranderd: Vec<(ToewijzingNummer, Verandering)>,
    /// The references of requests that it answers.
    pub referenties: Vec<String>,
    /// What is worth a look.
    pub signalen: Vec<Problem>,
}

/// A rejection that still stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Afkeuring301 {
    /// The key of the message that was rejected.
    pub identificatie: String,
    /// The day of the rejection.
    pub sinds: Date,
    /// Each return code with what it means and what to do.
    pub codes: Vec<(&'static str, &'static str, &'static str)>,
}

/// Why a message is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Waarom {
    /// Because the log has news; a request that asks just this is answered with it.
    Nieuws,
    /// To grant this request, whatever it asks.
    Honoreren(Honorering),
    /// Because somebody wants what was rejected to go again.
    Opnieuw,
}

impl Voorstel {
    /// The message as a value of any kind.
    pub fn als_bericht(&self) -> Bericht {
        Bericht::from(self.bericht.clone())
    }

    /// What is in it, a line per allocation, in Dutch words.
    pub fn regels(&self) -> Vec<String> {
        let products = self.bericht.client.toegewezen_producten.iter();
        let line = |it| {
            let changed = self
                .veranderd
                .iter()
                .find(|(nummer, _)| bericht::Waarde::van(nummer.0) == bericht_nummer(it));
            woorden::regel(it, changed.map(|(_, what)| *what))
        };
        products.map(line).collect()
    }
}

fn bericht_nummer(
    it: &bericht::wmo301::ToegewezenProduct,
) -> bericht::Waarde<bericht::gegevenstype::Nummer> {
    it.toewijzing_nummer.clone()
}

/// The day on which sending from here began; none before the first time.
pub async fn sinds(live: &Live) -> Result<Option<Date>, StoreError> {
    let noted = live.store().meta(SINDS).await?;
    Ok(noted.and_then(|it| it.parse().ok()))
}

/// Notes the day on which sending from here began.
pub async fn begin(live: &Live, sinds: Date) -> Result<(), StoreError> {
    live.store().set_meta(SINDS, &sinds.to_string()).await
}

/// What is to be sent about a client to a provider; writes nothing.
///
/// `sinds` is the day on which sending from here began. Asked again after the message was put ready
/// it answers that there is nothing.
pub async fn stel_op(
    live: &Live,
    (client, aanbieder): (ClientId, AanbiederId),
    waarom: &Waarom,
    sinds: Option<Date>,
    moment: &Moment,
) -> Result<Uitkomst, StoreError> {
    let (dossier, register) = live
        .with(|world| (world.state.dossiers.get(&client).cloned(), world.state.register.clone()));
    let Some(dossier) = dossier else { return Ok(Uitkomst::Niets) };
    if !dossier.toewijzingen.iter().any(|it| it.opdracht.aanbieder == aanbieder) {
        return Ok(Uitkomst::Niets);
    }
    if dossier.afgeschermd_op(moment.vandaag) {
        return Ok(Uitkomst::Afgeschermd);
    }
    let persoon = match live.store().person(client).await? {
        Person::Known(it) => it,
        Person::Erased => return Ok(Uitkomst::Niets),
        Person::Unknown => {
            return Ok(refuse("van deze cliënt is geen naam of BSN bekend; vul die eerst aan"));
        }
    };
    let wie = match Partij::new(&register, aanbieder) {
        Ok(wie) => wie,
        Err(text) => return Ok(refuse(&text)),
    };
    let mut berichten = Vec::new();
    for it in live.store().kept_messages(&[client].into()).await? {
        berichten.extend(bericht::lees(&it.message.name, &it.message.bytes).0);
    }
    let maker = Maker { dossier: &dossier, persoon: &persoon, register: &register, wie, sinds };
    Ok(maker.make(&berichten, waarom, moment))
}

fn refuse(text: &str) -> Uitkomst {
    Uitkomst::Tegengehouden(vec![Problem::fout("WMO301", "BERICHT", text)])
}

/// The municipality and a provider, as messages name them.
#[derive(Debug, Clone, Copy)]
struct Partij {
    gemeente: Gemeentecode,
    aanbieder: AanbiederId,
    agb: AgbCode,
}

impl Partij {
    fn new(register: &Register, aanbieder: AanbiederId) -> Result<Partij, String> {
        let Some(gemeente) = register.gemeente.as_ref() else {
            return Err("de gemeente staat nog niet in het register".to_owned());
        };
        let Some(known) = register.aanbieders.get(&aanbieder) else {
            return Err("de aanbieder staat niet in het register".to_owned());
        };
        let Some(agb) = known.agb else {
            return Err(format!("{} heeft geen AGB-code in het register", known.naam));
        };
        Ok(Partij { gemeente: gemeente.code, aanbieder, agb })
    }
}

struct Maker<'a> {
    dossier: &'a Dossier,
    persoon: &'a Persoonsgegevens,
    register: &'a Register,
    wie: Partij,
    sinds: Option<Date>,
}

impl Maker<'_> {
    fn make(&self, berichten: &[Bericht], waarom: &Waarom, moment: &Moment) -> Uitkomst {
        let keten = self.keten(berichten);
        let sent = self.sent(berichten, &keten);
        let (asked, open) = self.requests(berichten, &keten, &sent);
        let granted = match waarom {
            Waarom::Honoreren(it) => Some(it),
            Waarom::Nieuws | Waarom::Opnieuw => asked.as_ref(),
        };
        let local = moment.lokaal();
        let key = identificatie();
        let opdracht = Opdracht {
            gemeente: self.wie.gemeente,
            aanbieder: self.wie.aanbieder,
            agb: self.wie.agb,
            identificatie: &key,
            nu: (local.date(), local.time()),
            verzonden: &sent,
            aanleiding: granted.map_or(Aanleiding::Gemeente, Honorering::aanleiding),
            sinds: self.sinds,
        };
        use messages::iwmo::opstellen::Uitkomst as Gemaakt;
        let made = match samenstellen(self.dossier, self.persoon, &opdracht) {
            Err(problems) => return Uitkomst::Tegengehouden(problems),
            Ok(Gemaakt::Niets) => return Uitkomst::Niets,
            Ok(Gemaakt::Afgekeurd(last)) if *waarom != Waarom::Opnieuw => {
                return rejection(&keten, last);
            }
            Ok(Gemaakt::Afgekeurd(last)) => again(last, &opdracht),
            Ok(Gemaakt::Versturen(made)) => *made,
        };
        if granted.is_none() && !open.is_empty() {
            return Uitkomst::Verzoek(open);
        }
        self.judge(made, granted, &keten, moment)
    }

    /// What messages said so far; what only the dossier knows where no message tells of it.
    fn keten(&self, berichten: &[Bericht]) -> Keten {
        let bekend = self.persoon.bsn.map(|bsn| Bekend {
            gemeente: self.wie.gemeente,
            bsn,
            dossier: self.dossier,
            register: self.register,
        });
        let mut keten = Keten::begin(berichten, bekend);
        berichten.iter().for_each(|it| keten.volg(it));
        keten
    }

    /// The 301s to this provider, oldest first, and which of them were rejected.
    fn sent<'a>(&self, berichten: &'a [Bericht], keten: &Keten) -> Vec<Verzonden<'a>> {
        let (gemeente, agb) = (self.wie.gemeente.as_str(), self.wie.agb.as_str());
        let own = berichten.iter().filter_map(|it| match it {
            Bericht::Wmo301(own) if it.kop().afzender.is(gemeente) => Some((it, own)),
            _ => None,
        });
        let own = own.filter(|(it, _)| it.kop().ontvanger.is(agb));
        own.map(|(it, own)| {
            let answer = keten.bericht(it).and_then(|it| it.retour.as_ref());
            let afgekeurd = answer.is_some_and(|it| !it.aangenomen);
            Verzonden { bericht: own, afgekeurd }
        })
        .collect()
    }

    /// The request that the dossier grants, and the open ones that nobody answered at all.
    fn requests(
        &self,
        berichten: &[Bericht],
        keten: &Keten,
        sent: &[Verzonden<'_>],
    ) -> (Option<Honorering>, Vec<String>) {
        let (mut granted, mut open) = (None, Vec::new());
        for (aanbieder, referentie, verzoek) in keten.verzoeken() {
            if aanbieder != self.wie.agb.as_str() || !verzoek.is_open() {
                continue;
            }
            if verzoek.stand() == Verzoekstand::Ontvangen {
                open.push(referentie.to_owned());
            }
            let asked = keten.bericht_van(verzoek);
            let asked = asked.and_then(|asked| {
                berichten.iter().find(|it| keten.bericht(it).is_some_and(|it| it == asked))
            });
            let found = asked
                .and_then(|it| honorering(it, self.dossier, self.wie.aanbieder, sent))
                .filter(|it| it.referenties().contains(&referentie));
            granted = granted.or(found);
        }
        (granted, open)
    }

    /// Holds a message against the rules of all levels.
    fn judge(
        &self,
        made: Opgesteld,
        granted: Option<&Honorering>,
        keten: &Keten,
        moment: &Moment,
    ) -> Uitkomst {
        let bericht = Bericht::from(made.bericht.clone());
        let register = (!self.register.producten.is_empty()).then_some(self.register);
        let omgeving = Omgeving { vandaag: moment.vandaag, register };
        let mut found = regel::binnen_bericht(&bericht);
        found.extend(keten.controleer(&bericht));
        found.extend(regel::buiten(&bericht, &omgeving));
        let problem = |it: &Bevinding| it.problem("WMO301");
        let (wrong, worth): (Vec<_>, Vec<_>) =
            found.iter().map(problem).partition(|it| it.ernst == Ernst::Fout);
        if !wrong.is_empty() {
            return Uitkomst::Tegengehouden(wrong);
        }
        let mut signalen = stapeling(self.dossier);
        signalen.extend(worth);
        let referenties = granted.map(Honorering::referenties).unwrap_or_default();
        Uitkomst::Versturen(Box::new(Voorstel {
            bericht: made.bericht,
            veranderd: made.veranderd,
            referenties: referenties.into_iter().map(str::to_owned).collect(),
            signalen,
        }))
    }
}

/// Why the last message was rejected.
fn rejection(keten: &Keten, last: &Wmo301) -> Uitkomst {
    let found = keten.bericht(&Bericht::from(last.clone()));
    let retour = found.and_then(|it| it.retour.as_ref());
    let explain = |code| {
        let known = codelijst::retourcode(code);
        (code, known.map_or("onbekende code", |it| it.betekenis), known.map_or("", |it| it.advies))
    };
    let mut codes: Vec<_> =
        retour.iter().flat_map(|it| &it.codes).map(|(_, code)| explain(code)).collect();
    codes.dedup();
    Uitkomst::Afgekeurd(Afkeuring301 {
        identificatie: last.header.bericht_identificatie.identificatie.tekst().into_owned(),
        sinds: retour.map_or(Date::ZERO, |it| it.op),
        codes,
    })
}

/// The same message under a new key.
fn again(last: &Wmo301, opdracht: &Opdracht<'_>) -> Opgesteld {
    let mut bericht = last.clone();
    let own = &mut bericht.header.bericht_identificatie;
    own.identificatie = bericht::Waarde::van(opdracht.identificatie);
    own.dagtekening = bericht::Waarde::van(opdracht.nu.0);
    Opgesteld { bericht, veranderd: Vec::new() }
}

/// Every client with every provider that has an allocation, in a fixed order.
pub fn relaties(state: &State) -> Vec<(ClientId, AanbiederId)> {
    let mut found: Vec<(ClientId, AanbiederId)> = state
        .dossiers
        .values()
        .flat_map(|it| it.toewijzingen.iter().map(|t| (it.client, t.opdracht.aanbieder)))
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// A key that no other message of ours has, of at most 12 characters.
pub fn identificatie() -> String {
    let text = uuid().replace('-', "").to_uppercase();
    format!("W{}", &text[..11])
}
