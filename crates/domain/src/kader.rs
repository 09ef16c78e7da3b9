//! The `beoordelingskader`: the municipality's framework for judging what support is needed.
//!
//! A framework is dated data, never code: steps in the order of the law (Wmo 2015, art. 2.3.5
//! lid 3), boundary tests with other laws, questions with their article and explanation, and norm
//! volumes. Walking it through gives a trace that a client and an objection committee can read.
//! Nothing is refused automatically: a conclusion is a proposal, and where the framework leaves
//! room the trace says so.

use std::collections::BTreeMap;

use crate::{Frequentie, KaderId, Omvang, ProductCode, VraagId, besluit::Afwijzingsgrond};

/// One version of the framework.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kader {
    /// Its version, from 1.
    pub id: KaderId,
    /// Its name.
    pub naam: String,
    /// Its steps, in the order in which they are walked.
    pub stappen: Vec<Kaderstap>,
    /// Its norm volumes.
    pub normen: Vec<Norm>,
    /// Cases with the conclusion that the framework has to give.
    pub voorbeelden: Vec<Voorbeeld>,
}

/// One step of a framework.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kaderstap {
    /// Which step of the law it is.
    pub soort: Stapsoort,
    /// What is asked.
    pub vragen: Vec<Vraag>,
}

/// A step of the judgement. Wmo 2015, art. 2.3.5 lid 3 and 6; CRvB 21 March 2018.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stapsoort {
    /// What the client asks for.
    Hulpvraag,
    /// Which limits or problems there are.
    Beperkingen,
    /// Which support is needed, in nature and size.
    Ondersteuningsbehoefte,
    /// What the client can do.
    EigenKracht,
    /// What ordinary goods of a shop can do.
    AlgemeenGebruikelijk,
    /// What housemates can be expected to do.
    GebruikelijkeHulp,
    /// What informal carers do.
    Mantelzorg,
    /// What the social network can do.
    Netwerk,
    /// What a general provision can do.
    AlgemeneVoorziening,
    /// Whether another law provides.
    Grens(Wet),
    /// What is left for maatwerk.
    Maatwerk,
}

impl Stapsoort {
    /// Every step, in the order of the law.
    pub const ALLE: [Stapsoort; 14] = [
        Stapsoort::Hulpvraag,
        Stapsoort::Beperkingen,
        Stapsoort::Ondersteuningsbehoefte,
        Stapsoort::EigenKracht,
        Stapsoort::AlgemeenGebruikelijk,
        Stapsoort::GebruikelijkeHulp,
        Stapsoort::Mantelzorg,
        Stapsoort::Netwerk,
        Stapsoort::AlgemeneVoorziening,
        Stapsoort::Grens(Wet::Wlz),
        Stapsoort::Grens(Wet::Zvw),
        Stapsoort::Grens(Wet::Jeugdwet),
        Stapsoort::Grens(Wet::Participatiewet),
        Stapsoort::Maatwerk,
    ];

    /// The words above the step.
    pub const fn naam(self) -> &'static str {
        match self {
            Stapsoort::Hulpvraag => "hulpvraag",
            Stapsoort::Beperkingen => "beperkingen",
            Stapsoort::Ondersteuningsbehoefte => "ondersteuningsbehoefte",
            Stapsoort::EigenKracht => "eigen kracht",
            Stapsoort::AlgemeenGebruikelijk => "algemeen gebruikelijk",
            Stapsoort::GebruikelijkeHulp => "gebruikelijke hulp",
            Stapsoort::Mantelzorg => "mantelzorg",
            Stapsoort::Netwerk => "sociaal netwerk",
            Stapsoort::AlgemeneVoorziening => "algemene voorziening",
            Stapsoort::Grens(wet) => wet.naam(),
            Stapsoort::Maatwerk => "maatwerk",
        }
    }

    /// The place in the order of the law.
    fn plaats(self) -> usize {
        Self::ALLE.iter().position(|it| *it == self).unwrap_or(Self::ALLE.len())
    }
}

/// Another law that may provide instead.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Wet {
    /// Wet langdurige zorg: the college may refuse. Wmo 2015, art. 2.3.5 lid 6.
    Wlz,
    /// Zorgverzekeringswet.
    Zvw,
    /// Jeugdwet.
    Jeugdwet,
    /// Participatiewet.
    Participatiewet,
}

impl Wet {
    /// Every law.
    pub const ALLE: [Wet; 4] = [Wet::Wlz, Wet::Zvw, Wet::Jeugdwet, Wet::Participatiewet];

    /// Its short name.
    pub const fn naam(self) -> &'static str {
        match self {
            Wet::Wlz => "Wlz",
            Wet::Zvw => "Zvw",
            Wet::Jeugdwet => "Jeugdwet",
            Wet::Participatiewet => "Participatiewet",
        }
    }
}

/// One question of a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vraag {
    /// Its key, the same in every version that asks it.
    pub id: VraagId,
    /// What is asked.
    pub tekst: String,
    /// What the one who asks has to know.
    pub toelichting: String,
    /// The article or rule it rests on.
    pub artikel: String,
    /// Whether the answer is a judgement of the one who asks, not a fact.
    pub afweging: bool,
    /// What follows from yes.
    pub bij_ja: Gevolg,
    /// What follows from no.
    pub bij_nee: Gevolg,
}

/// What follows from an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Gevolg {
    /// Nothing: go on to the next question.
    Verder,
    /// This meets a part of the need; the rest goes on.
    Deels,
    /// This meets the whole need: a ground on which support may be refused.
    Dekt(Afwijzingsgrond),
    /// Another law may provide: to be found out before a decision.
    Grens(Wet),
}

/// An answer to a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Antwoord {
    /// Yes.
    Ja,
    /// No.
    Nee,
    /// The question does not fit this client.
    NietVanToepassing,
}

impl Antwoord {
    /// Every answer.
    pub const ALLE: [Antwoord; 3] = [Antwoord::Ja, Antwoord::Nee, Antwoord::NietVanToepassing];

    /// The word on a form.
    pub const fn naam(self) -> &'static str {
        match self {
            Antwoord::Ja => "ja",
            Antwoord::Nee => "nee",
            Antwoord::NietVanToepassing => "niet van toepassing",
        }
    }
}

/// A norm volume for a product: guidance, from which one may deviate with a reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Norm {
    /// The product.
    pub product: ProductCode,
    /// The volume that is usual at least.
    pub van: u32,
    /// The volume that is usual at most.
    pub tot: u32,
    /// Per which time.
    pub frequentie: Frequentie,
    /// Where the norm comes from.
    pub bron: String,
}

/// Why more or less than the norm is proposed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Normafwijking {
    /// The problems are heavier than the norm assumes.
    ZwaardereProblematiek,
    /// Somebody in the household needs more.
    Huishouden,
    /// There is no network where the norm assumes one.
    GeenNetwerk,
    /// Other help goes beside it.
    AndereHulp,
    /// A step up to or down from other support.
    Overgang,
    /// Another reason, written down outside the log.
    Anders,
}

impl Normafwijking {
    /// Every reason.
    pub const ALLE: [Normafwijking; 6] = [
        Normafwijking::ZwaardereProblematiek,
        Normafwijking::Huishouden,
        Normafwijking::GeenNetwerk,
        Normafwijking::AndereHulp,
        Normafwijking::Overgang,
        Normafwijking::Anders,
    ];

    /// The words on a form.
    pub const fn naam(self) -> &'static str {
        match self {
            Normafwijking::ZwaardereProblematiek => "zwaardere problematiek",
            Normafwijking::Huishouden => "samenstelling van het huishouden",
            Normafwijking::GeenNetwerk => "geen netwerk",
            Normafwijking::AndereHulp => "andere hulp ernaast",
            Normafwijking::Overgang => "op- of afschalen",
            Normafwijking::Anders => "anders",
        }
    }
}

/// A case with the conclusion that the framework has to give.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Voorbeeld {
    /// What the case is about.
    pub naam: String,
    /// Its answers.
    pub antwoorden: Vec<(VraagId, Antwoord)>,
    /// The conclusion.
    pub verwacht: Conclusie,
}

/// What the framework concludes; a proposal, never a decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Conclusie {
    /// Not every question has an answer yet.
    Onvolledig,
    /// Something else meets the whole need.
    Gedekt(Afwijzingsgrond),
    /// Another law may provide.
    Grensgeval(Wet),
    /// A need is left that only maatwerk meets.
    Maatwerk,
}

impl Conclusie {
    /// The words under a trace.
    pub const fn naam(self) -> &'static str {
        match self {
            Conclusie::Onvolledig => "nog niet alle vragen zijn beantwoord",
            Conclusie::Gedekt(_) => "de behoefte is op een andere manier gedekt",
            Conclusie::Grensgeval(_) => "een andere wet gaat mogelijk voor",
            Conclusie::Maatwerk => "er blijft een behoefte over voor maatwerk",
        }
    }
}

/// What was answered, and what followed, question by question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spoor {
    /// The questions with an answer, in the order of the framework.
    pub regels: Vec<Spoorregel>,
    /// The questions that are still open.
    pub open: Vec<VraagId>,
    /// The conclusion.
    pub conclusie: Conclusie,
}

/// One question of a trace.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spoorregel {
    /// The step it belongs to.
    pub stap: Stapsoort,
    /// The question.
    pub vraag: VraagId,
    /// The answer.
    pub antwoord: Antwoord,
    /// What followed.
    pub gevolg: Gevolg,
    /// Whether it was a judgement.
    pub afweging: bool,
}

/// One difference between two versions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verschil {
    /// A question is new.
    Toegevoegd(VraagId),
    /// A question is gone.
    Vervallen(VraagId),
    /// A question has other words, another article or another consequence.
    Gewijzigd(VraagId),
    /// A question moved to another place in the order.
    Verplaatst(VraagId),
    /// A norm is new, gone or other.
    Norm(ProductCode),
}

impl Kader {
    /// Every question with its step, in order.
    pub fn vragen(&self) -> impl Iterator<Item = (Stapsoort, &Vraag)> {
        self.stappen.iter().flat_map(|stap| stap.vragen.iter().map(move |it| (stap.soort, it)))
    }

    /// The question with this key.
    pub fn vraag(&self, id: VraagId) -> Option<&Vraag> {
        self.vragen().find(|(_, it)| it.id == id).map(|(_, it)| it)
    }

    /// The norm for a product.
    pub fn norm(&self, product: ProductCode) -> Option<&Norm> {
        self.normen.iter().find(|it| it.product == product)
    }

    /// Walks the framework through with these answers.
    ///
    /// The first ground that meets the whole need is the conclusion, because the law asks them in
    /// this order; after it a question about another law still counts, so that it is not missed.
    pub fn doorloop(&self, antwoorden: &[(VraagId, Antwoord)]) -> Spoor {
        let given: BTreeMap<VraagId, Antwoord> = antwoorden.iter().copied().collect();
        let mut spoor =
            Spoor { regels: Vec::new(), open: Vec::new(), conclusie: Conclusie::Maatwerk };
        for (stap, vraag) in self.vragen() {
            match given.get(&vraag.id) {
                None => spoor.open.push(vraag.id),
                Some(antwoord) => spoor.regels.push(Spoorregel {
                    stap,
                    vraag: vraag.id,
                    antwoord: *antwoord,
                    gevolg: vraag.gevolg(*antwoord),
                    afweging: vraag.afweging,
                }),
            }
        }
        spoor.conclusie = spoor.concludeer();
        spoor
    }

    /// The examples whose conclusion differs from what they expect, with what was found.
    pub fn proef(&self) -> Vec<(&Voorbeeld, Conclusie)> {
        let found = |it: &Voorbeeld| self.doorloop(&it.antwoorden).conclusie;
        self.voorbeelden
            .iter()
            .map(|it| (it, found(it)))
            .filter(|(it, found)| it.verwacht != *found)
            .collect()
    }

    /// What differs in a later version.
    pub fn verschil(&self, later: &Kader) -> Vec<Verschil> {
        let mut differences = Vec::new();
        let order = |it: &Kader| -> Vec<VraagId> { it.vragen().map(|(_, it)| it.id).collect() };
        let (before, after) = (order(self), order(later));
        for (_, vraag) in later.vragen() {
            match self.vraag(vraag.id) {
                None => differences.push(Verschil::Toegevoegd(vraag.id)),
                Some(known) if known != vraag => differences.push(Verschil::Gewijzigd(vraag.id)),
                Some(_) => {}
            }
        }
        let gone = before.iter().filter(|it| !after.contains(it));
        differences.extend(gone.map(|it| Verschil::Vervallen(*it)));
        let shared = |one: &[VraagId], other: &[VraagId]| -> Vec<VraagId> {
            one.iter().filter(|it| other.contains(it)).copied().collect()
        };
        let moved = shared(&before, &after).into_iter().zip(shared(&after, &before));
        differences.extend(
            moved.filter(|(old, new)| old != new).map(|(_, new)| Verschil::Verplaatst(new)),
        );
        let norms = self.normen.iter().chain(&later.normen).map(|it| it.product);
        let mut norms: Vec<ProductCode> =
            norms.filter(|it| self.norm(*it) != later.norm(*it)).collect();
        norms.sort_unstable();
        norms.dedup();
        differences.extend(norms.into_iter().map(Verschil::Norm));
        differences
    }

    /// What is wrong with the framework itself, in Dutch; empty when it can go into force.
    pub fn gebreken(&self) -> Vec<String> {
        let mut found = Vec::new();
        let order: Vec<usize> = self.stappen.iter().map(|it| it.soort.plaats()).collect();
        if !order.is_sorted() {
            found.push("de stappen staan niet in de volgorde van de wet (art. 2.3.5 lid 3)".into());
        }
        let mut seen: BTreeMap<VraagId, usize> = BTreeMap::new();
        for (_, vraag) in self.vragen() {
            *seen.entry(vraag.id).or_default() += 1;
        }
        if seen.is_empty() {
            found.push("het kader heeft geen vragen".into());
        }
        for (id, _) in seen.iter().filter(|(_, times)| **times > 1) {
            found.push(format!("vraag {} komt meer dan één keer voor", id.0));
        }
        for it in &self.normen {
            if it.van > it.tot {
                found.push(format!("de norm voor {} loopt van hoog naar laag", it.product));
            }
        }
        for (voorbeeld, conclusie) in self.proef() {
            found.push(format!(
                "voorbeeld ‘{}’: verwacht was dat {}, gevonden is dat {}",
                voorbeeld.naam,
                voorbeeld.verwacht.naam(),
                conclusie.naam()
            ));
        }
        found
    }
}

impl Vraag {
    /// What follows from an answer.
    pub const fn gevolg(&self, antwoord: Antwoord) -> Gevolg {
        match antwoord {
            Antwoord::Ja => self.bij_ja,
            Antwoord::Nee => self.bij_nee,
            Antwoord::NietVanToepassing => Gevolg::Verder,
        }
    }
}

impl Norm {
    /// Whether a volume lies within the norm; another time than the norm's is not compared.
    pub fn past(&self, omvang: &Omvang) -> bool {
        self.frequentie != omvang.frequentie || (self.van..=self.tot).contains(&omvang.volume)
    }
}

impl Spoor {
    fn concludeer(&self) -> Conclusie {
        let covered = self.regels.iter().find_map(|it| match it.gevolg {
            Gevolg::Dekt(grond) => Some(Conclusie::Gedekt(grond)),
            _ => None,
        });
        let boundary = self.regels.iter().find_map(|it| match it.gevolg {
            Gevolg::Grens(wet) => Some(Conclusie::Grensgeval(wet)),
            _ => None,
        });
        let left = if self.open.is_empty() { Conclusie::Maatwerk } else { Conclusie::Onvolledig };
        covered.or(boundary).unwrap_or(left)
    }
}
