//! What an onderzoek consists of: conversation, topics, identity and the client's reaction.
//!
//! Wmo 2015, art. 2.3.2 lid 1, 4 and 8, and art. 2.3.4.

use jiff::civil::Date;

use crate::{
    Actor, Dossier, Omstandigheid, Refusal, Zaak, ZaakId,
    intake::not_before,
    onderzoek::{self, Onderzoek},
    stap::Zaakstap,
};

/// A conversation with the client.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Gesprek {
    /// How it was held.
    pub wijze: Gesprekswijze,
    /// Whether an informal carer took part.
    pub mantelzorger: bool,
    /// Whether a client supporter took part.
    pub clientondersteuner: bool,
}

/// How a conversation was held.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Gesprekswijze {
    /// At the client's home.
    Huisbezoek,
    /// At the office.
    Kantoor,
    /// By telephone.
    Telefonisch,
    /// By video.
    Videobellen,
}

impl Gesprekswijze {
    /// Every way.
    pub const ALLE: [Gesprekswijze; 4] = [
        Gesprekswijze::Huisbezoek,
        Gesprekswijze::Kantoor,
        Gesprekswijze::Telefonisch,
        Gesprekswijze::Videobellen,
    ];

    /// The word on a form.
    pub const fn naam(self) -> &'static str {
        match self {
            Gesprekswijze::Huisbezoek => "huisbezoek",
            Gesprekswijze::Kantoor => "op kantoor",
            Gesprekswijze::Telefonisch => "telefonisch",
            Gesprekswijze::Videobellen => "videobellen",
        }
    }
}

/// A document on which an identity was seen; no copy is kept. Wmo 2015, art. 2.3.4.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Identiteitsdocument {
    /// A passport.
    Paspoort,
    /// An identity card.
    Identiteitskaart,
    /// A document of a foreign national.
    Vreemdelingendocument,
    /// A driving licence.
    Rijbewijs,
}

impl Identiteitsdocument {
    /// Every document. Wet op de identificatieplicht, art. 1.
    pub const ALLE: [Identiteitsdocument; 4] = [
        Identiteitsdocument::Paspoort,
        Identiteitsdocument::Identiteitskaart,
        Identiteitsdocument::Vreemdelingendocument,
        Identiteitsdocument::Rijbewijs,
    ];

    /// The word on a form.
    pub const fn naam(self) -> &'static str {
        match self {
            Identiteitsdocument::Paspoort => "paspoort",
            Identiteitsdocument::Identiteitskaart => "identiteitskaart",
            Identiteitsdocument::Vreemdelingendocument => "vreemdelingendocument",
            Identiteitsdocument::Rijbewijs => "rijbewijs",
        }
    }
}

/// A topic that every enquiry looks into. Wmo 2015, art. 2.3.2 lid 4, a to g.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Onderwerp {
    /// Needs, person and preferences (a).
    Behoeften,
    /// Own strength or customary help (b).
    EigenKracht,
    /// Informal care and the social network (c).
    MantelzorgEnNetwerk,
    /// What the informal carer needs (d).
    OndersteuningMantelzorger,
    /// General provisions and work in return (e).
    AlgemeneVoorzieningen,
    /// Cooperation with care, youth help, education, work and income (f).
    AndereVoorzieningen,
    /// Contributions that will be due (g).
    EigenBijdrage,
}

impl Onderwerp {
    /// Every topic, in the order of the law.
    pub const ALLE: [Onderwerp; 7] = [
        Onderwerp::Behoeften,
        Onderwerp::EigenKracht,
        Onderwerp::MantelzorgEnNetwerk,
        Onderwerp::OndersteuningMantelzorger,
        Onderwerp::AlgemeneVoorzieningen,
        Onderwerp::AndereVoorzieningen,
        Onderwerp::EigenBijdrage,
    ];

    /// The letter under which the law lists it.
    pub const fn letter(self) -> char {
        match self {
            Onderwerp::Behoeften => 'a',
            Onderwerp::EigenKracht => 'b',
            Onderwerp::MantelzorgEnNetwerk => 'c',
            Onderwerp::OndersteuningMantelzorger => 'd',
            Onderwerp::AlgemeneVoorzieningen => 'e',
            Onderwerp::AndereVoorzieningen => 'f',
            Onderwerp::EigenBijdrage => 'g',
        }
    }

    /// The words above a task.
    pub const fn naam(self) -> &'static str {
        match self {
            Onderwerp::Behoeften => "behoeften en voorkeuren",
            Onderwerp::EigenKracht => "eigen kracht en gebruikelijke hulp",
            Onderwerp::MantelzorgEnNetwerk => "mantelzorg en sociaal netwerk",
            Onderwerp::OndersteuningMantelzorger => "ondersteuning van de mantelzorger",
            Onderwerp::AlgemeneVoorzieningen => "algemene voorzieningen",
            Onderwerp::AndereVoorzieningen => "zorg, jeugdhulp, onderwijs, werk en inkomen",
            Onderwerp::EigenBijdrage => "eigen bijdrage",
        }
    }
}

/// How the client reacted to the report; what was said lies outside the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reactie {
    /// The client agrees.
    Akkoord,
    /// The client agrees, with remarks.
    MetOpmerkingen,
    /// The client does not agree.
    NietAkkoord,
}

impl Reactie {
    /// Every reaction.
    pub const ALLE: [Reactie; 3] =
        [Reactie::Akkoord, Reactie::MetOpmerkingen, Reactie::NietAkkoord];

    /// The words on a form.
    pub const fn naam(self) -> &'static str {
        match self {
            Reactie::Akkoord => "akkoord",
            Reactie::MetOpmerkingen => "akkoord met opmerkingen",
            Reactie::NietAkkoord => "niet akkoord",
        }
    }
}

/// What was done in an enquiry, with the day and who did it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Onderzoeksstappen {
    /// The identity that was seen.
    pub identiteit: Option<(Date, Identiteitsdocument, Actor)>,
    /// The conversations, oldest first.
    pub gesprekken: Vec<(Date, Gesprek, Actor)>,
    /// The topics that were investigated, in the order in which that was done.
    pub onderwerpen: Vec<(Date, Onderwerp)>,
    /// The reaction to the report.
    pub reactie: Option<(Date, Reactie)>,
}

impl Onderzoeksstappen {
    /// The topics that are still open, in the order of the law.
    pub fn open(&self) -> Vec<Onderwerp> {
        let done = |it: &Onderwerp| self.onderwerpen.iter().any(|(_, known)| known == it);
        Onderwerp::ALLE.into_iter().filter(|it| !done(it)).collect()
    }
}

/// Lets a step of the enquiry through: by somebody who may investigate, in an enquiry that runs.
pub(crate) fn leg_vast(
    dossier: &Dossier,
    id: ZaakId,
    stap: &Zaakstap,
    bij: &Omstandigheid,
) -> Result<bool, Refusal> {
    onderzoek::may_investigate(bij)?;
    let zaak = dossier.open_zaak(id)?;
    match stap {
        Zaakstap::ReactieOntvangen(_) => {
            let Some(verslag) = zaak.verslag else {
                let artikel = "Wmo 2015, art. 2.3.2 lid 8";
                return Err(Refusal::Ontbreekt { stap: "het verslag aan de cliënt", artikel });
            };
            not_before(bij.on, "het verslag", verslag.verzonden_op)?;
            Ok(true)
        }
        // In an emergency the identity is seen before there is an enquiry.
        Zaakstap::IdentiteitVastgesteld(_) if zaak.melding.melding.spoed => Ok(true),
        Zaakstap::OnderwerpOnderzocht(it) => {
            running(zaak, bij)?;
            let known = zaak.stappen.onderwerpen.iter().any(|(_, known)| known == it);
            Ok(!known)
        }
        _ => running(zaak, bij).map(|()| true),
    }
}

fn running(zaak: &Zaak, bij: &Omstandigheid) -> Result<(), Refusal> {
    match zaak.onderzoek {
        Onderzoek::Geen => Err(Refusal::Ontbreekt {
            stap: "de start van het onderzoek",
            artikel: "Wmo 2015, art. 2.3.2 lid 1",
        }),
        Onderzoek::Lopend { sinds, .. } | Onderzoek::Afgerond { sinds, .. } => {
            not_before(bij.on, "de start van het onderzoek", sinds)
        }
    }
}
