//! The parts of a file to the types, with what departs from the form listed: level 1 of the checks.

use std::borrow::Cow;

use crate::{
    Problem,
    iwmo::{
        MAX_PROBLEMS,
        bericht::{
            Berichtsoort, Gegevenstype, Regel, Waarde,
            klasse::{Klasse, Plicht, Ruimte, Veld},
            wmo323,
        },
        code,
        xml::{Bron, Deel, MAX_TEXT, Open},
    },
};

pub(crate) use crate::iwmo::xml::Gelezen;

/// Takes the clients of a bill one by one.
pub(crate) type Afnemer<'s> = &'s mut dyn FnMut(wmo323::Client);

/// A message that is being read.
pub(crate) struct Lezer<'a, 's> {
    bron: Bron<'a>,
    soort: Berichtsoort,
    /// The namespace of the message, and that of the shared types once it was met.
    ruimten: (usize, Option<usize>),
    afnemer: Option<Afnemer<'s>>,
}

/// How far the elements of a class were read.
#[derive(Default)]
struct Voortgang {
    seen: u32,
    next: usize,
    /// Whether an element lay in another namespace, so that it was not kept.
    onvolledig: bool,
}

/// What the first element says of a message.
pub(crate) struct Begin<'a> {
    pub(crate) lezer: Bron<'a>,
    pub(crate) soort: Berichtsoort,
    pub(crate) open: Open<'a>,
}

const STANDARD: &str = "http://www.istandaarden.nl/iwmo/";

/// Reads up to the first element, which tells which message it is.
pub(crate) fn begin<'a>(file: &'a str, bytes: &'a [u8]) -> Gelezen<Begin<'a>> {
    let mut lezer = Bron::new(file, bytes)?;
    let Deel::Open(open) = lezer.volgende()? else { return Err(no_message(&mut lezer)) };
    let parts = lezer.naamruimte(open.ruimte).strip_prefix(STANDARD);
    let parts = parts.and_then(|it| it.strip_suffix("/schema")).and_then(|it| it.split_once('/'));
    let Some((release, bericht)) = parts else { return Err(no_message(&mut lezer)) };
    let short = |it: &str| it.chars().take(12).collect::<String>();
    if release != "3_2" {
        let release = short(&release.replace('_', "."));
        let text = format!("dit bericht is van release {release}; Wijkpeil leest iWmo 3.2");
        return Err(lezer.problem(code::RELEASE, text));
    }
    let Some(soort) = Berichtsoort::from_naamruimte(bericht) else {
        let naam = short(&bericht.to_uppercase());
        let text = format!("{naam} is geen bericht van iWmo 3.2");
        return Err(lezer.problem(code::BERICHTSOORT, text));
    };
    if open.naam != "Bericht" {
        let text = "het eerste element van een bericht heet Bericht";
        return Err(lezer.problem(code::GEEN_BERICHT, text));
    }
    Ok(Begin { lezer, soort, open })
}

fn no_message(bron: &mut Bron<'_>) -> Problem {
    let text = "dit is geen iWmo-bericht: het eerste element hoort in de naamruimte \
                http://www.istandaarden.nl/iwmo/3_2/wmo.../schema";
    bron.problem(code::GEEN_BERICHT, text)
}

impl<'a, 's> Lezer<'a, 's> {
    pub(crate) fn new(begin: Begin<'a>, afnemer: Option<Afnemer<'s>>) -> Lezer<'a, 's> {
        let ruimten = (begin.open.ruimte, None);
        Lezer { bron: begin.lezer, soort: begin.soort, ruimten, afnemer }
    }

    /// Reads the whole message; its first element was opened.
    pub(crate) fn bericht<K: Klasse>(&mut self, open: &Open<'_>) -> Gelezen<K> {
        let mut bericht = K::default();
        self.klasse(&mut bericht, open)?;
        match self.bron.volgende()? {
            Deel::Einde => Ok(bericht),
            _ => Err(self.bron.problem(code::WELGEVORMD, "na het bericht staat nog iets")),
        }
    }

    /// What was wrong.
    pub(crate) fn into_problems(self) -> Vec<Problem> {
        self.bron.problems
    }

    /// Gives a client of a bill to who takes them one by one, if anybody does.
    pub(crate) fn geef_door(&mut self, client: wmo323::Client) -> Option<wmo323::Client> {
        match &mut self.afnemer {
            Some(afnemer) => {
                afnemer(client);
                None
            }
            None => Some(client),
        }
    }

    /// Reads the elements of a class up to its end.
    pub(crate) fn klasse<K: Klasse>(&mut self, klasse: &mut K, open: &Open<'_>) -> Gelezen<()> {
        let mut voortgang = Voortgang::default();
        while let Some(kind) = self.kind(open)? {
            match self.plaats(K::VELDEN, &mut voortgang, open, &kind)? {
                Some(at) => klasse.lees_veld(at, self, &kind)?,
                None => self.skip()?,
            }
        }
        let regel = Regel::new(open.regel);
        klasse.op(if voortgang.onvolledig { regel.onvolledig() } else { regel });
        self.missing(K::VELDEN, &voortgang, open);
        Ok(())
    }

    /// Reads the elements with this name up to the end of the one around them.
    pub(crate) fn lijst(
        &mut self,
        naam: &'static str,
        open: &Open<'_>,
        mut lees: impl FnMut(&mut Self, &Open<'_>) -> Gelezen<()>,
    ) -> Gelezen<()> {
        let velden = [Veld { naam, ruimte: Ruimte::Bericht, plicht: Plicht::Een }];
        let mut any = false;
        while let Some(kind) = self.kind(open)? {
            let mut voortgang = Voortgang::default();
            match self.plaats(&velden, &mut voortgang, open, &kind)? {
                Some(_) => {
                    any = true;
                    lees(self, &kind)?;
                }
                None => self.skip()?,
            }
        }
        if !any {
            let text = format!("{naam} ontbreekt in {}", open.naam);
            self.bron.list(open.regel, naam, code::ONTBREEKT, text);
        }
        Ok(())
    }

    /// Reads a value up to the end of its element.
    pub(crate) fn waarde<T: Gegevenstype>(&mut self, open: &Open<'_>) -> Gelezen<Waarde<T>> {
        let regel = Regel::new(open.regel);
        let Some(tekst) = self.tekst(open)? else { return Ok(Waarde::fout("", regel)) };
        let mut waarde = Waarde::<T>::lees(&tekst, self.soort);
        waarde.regel = regel;
        if waarde.is_fout() {
            let found = if T::TOONBAAR && tekst.len() <= 20 {
                format!(", niet \"{tekst}\"")
            } else {
                String::new()
            };
            let text = format!("hier hoort {}{found}", T::verwacht(self.soort));
            self.bron.list(open.regel, open.naam, code::WAARDE, text);
        }
        Ok(waarde)
    }

    /// The text of an element; none when elements lie in it.
    fn tekst(&mut self, open: &Open<'_>) -> Gelezen<Option<Cow<'a, str>>> {
        let mut tekst = Cow::Borrowed("");
        let mut elements = false;
        loop {
            match self.bron.volgende()? {
                Deel::Tekst(more) if tekst.is_empty() => tekst = more,
                Deel::Tekst(more) => tekst.to_mut().push_str(&more),
                Deel::Open(_) => {
                    if !elements {
                        let text = "hier hoort een waarde zonder elementen erin".to_owned();
                        self.bron.list(open.regel, open.naam, code::INHOUD, text);
                    }
                    elements = true;
                    self.skip()?;
                }
                Deel::Sluit | Deel::Einde => return Ok((!elements).then_some(tekst)),
            }
            if tekst.len() > MAX_TEXT {
                return Err(self.bron.too_long());
            }
        }
    }

    /// The next element within this one; none at its end.
    fn kind(&mut self, open: &Open<'_>) -> Gelezen<Option<Open<'a>>> {
        loop {
            match self.bron.volgende()? {
                Deel::Open(kind) => return Ok(Some(kind)),
                Deel::Sluit | Deel::Einde => return Ok(None),
                Deel::Tekst(text) if text.trim_ascii().is_empty() => {}
                Deel::Tekst(_) => {
                    let text = format!("in {} horen elementen, geen losse tekst", open.naam);
                    self.bron.list(open.regel, open.naam, code::INHOUD, text);
                }
            }
            self.not_too_many()?;
        }
    }

    /// Which element of the class this is; none for one that may not be read.
    fn plaats(
        &mut self,
        velden: &[Veld],
        voortgang: &mut Voortgang,
        parent: &Open<'_>,
        kind: &Open<'_>,
    ) -> Gelezen<Option<usize>> {
        let expected = voortgang.next;
        let at = match velden.get(expected) {
            Some(veld) if veld.naam == kind.naam => Some(expected),
            _ => velden.iter().position(|it| it.naam == kind.naam),
        };
        let at = at.filter(|at| self.may_be(velden[*at].plicht));
        let list =
            |lezer: &mut Self, code, text| lezer.bron.list(kind.regel, kind.naam, code, text);
        let Some(at) = at else {
            list(self, code::ONBEKEND, format!("{} hoort niet in {}", kind.naam, parent.naam));
            self.not_too_many()?;
            return Ok(None);
        };
        let bit = 1 << at;
        if self.ruimte(kind.ruimte) != velden[at].ruimte {
            let text = format!("{} ligt in een andere naamruimte dan hoort", kind.naam);
            list(self, code::NAAMRUIMTE, text);
            voortgang.seen |= bit;
            voortgang.onvolledig = true;
            return Ok(None);
        }
        if voortgang.seen & bit != 0 {
            let text = format!("{} mag maar een keer in {}", kind.naam, parent.naam);
            list(self, code::DUBBEL, text);
            self.not_too_many()?;
            return Ok(None);
        }
        if at < expected {
            let text = format!("{} hoort voor {}", kind.naam, velden[expected - 1].naam);
            list(self, code::VOLGORDE, text);
        }
        voortgang.seen |= bit;
        voortgang.next = expected.max(at + 1);
        Ok(Some(at))
    }

    fn may_be(&self, plicht: Plicht) -> bool {
        plicht != Plicht::Retour || self.soort.is_retour()
    }

    /// Lists the elements that should be in a class and are not.
    fn missing(&mut self, velden: &[Veld], voortgang: &Voortgang, open: &Open<'_>) {
        for (at, veld) in velden.iter().enumerate() {
            let must = veld.plicht != Plicht::Mag && self.may_be(veld.plicht);
            if must && voortgang.seen & (1 << at) == 0 {
                let text = format!("{} ontbreekt in {}", veld.naam, open.naam);
                self.bron.list(open.regel, veld.naam, code::ONTBREEKT, text);
            }
        }
    }

    fn ruimte(&mut self, ruimte: usize) -> Ruimte {
        if ruimte == self.ruimten.0 {
            return Ruimte::Bericht;
        }
        if Some(ruimte) == self.ruimten.1 {
            return Ruimte::Basis;
        }
        let naam = self.bron.naamruimte(ruimte).strip_prefix(STANDARD);
        if naam == Some("3_2/basisschema/schema") {
            self.ruimten.1 = Some(ruimte);
            return Ruimte::Basis;
        }
        Ruimte::Anders
    }

    /// Reads up to the end of the element that was opened last, and forgets it.
    fn skip(&mut self) -> Gelezen<()> {
        let mut depth = 1_usize;
        while depth > 0 {
            match self.bron.volgende()? {
                Deel::Open(_) => depth += 1,
                Deel::Sluit | Deel::Einde => depth -= 1,
                Deel::Tekst(_) => {}
            }
        }
        Ok(())
    }

    fn not_too_many(&mut self) -> Gelezen<()> {
        if self.bron.problems.len() < MAX_PROBLEMS {
            return Ok(());
        }
        let text = format!("meer dan {MAX_PROBLEMS} fouten; er gaat niets van dit bericht in");
        Err(self.bron.problem(code::OMVANG, text))
    }
}
