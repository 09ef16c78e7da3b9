//! Types to the bytes of a message: UTF-8 without byte order mark, lines that end with CRLF. OP192.

use crate::iwmo::bericht::{
    Berichtsoort,
    klasse::{Klasse, Ruimte, Veld},
};

const BASIS: &str = "http://www.istandaarden.nl/iwmo/3_2/basisschema/schema";

/// A message in the making.
pub(crate) struct Schrijver {
    text: String,
    diepte: usize,
    voorvoegsel: &'static str,
}

impl Schrijver {
    /// Writes a whole message.
    pub(crate) fn bericht<K: Klasse>(soort: Berichtsoort, bericht: &K) -> Vec<u8> {
        let mut it = Schrijver { text: String::new(), diepte: 1, voorvoegsel: soort.voorvoegsel() };
        it.text.push_str("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n");
        let (naam, ruimte) = (it.voorvoegsel, soort.naamruimte());
        it.text.push_str(&format!(
            "<{naam}:Bericht xmlns:iwmo=\"{BASIS}\" xmlns:{naam}=\"{ruimte}\">\r\n"
        ));
        bericht.schrijf_velden(&mut it);
        it.text.push_str(&format!("</{naam}:Bericht>\r\n"));
        it.text.into_bytes()
    }

    /// Writes an element with a value.
    pub(crate) fn waarde(&mut self, veld: &Veld, tekst: &str) {
        self.inspringen();
        self.naam("<", veld);
        escape(tekst, &mut self.text);
        self.naam("</", veld);
        self.text.push_str("\r\n");
    }

    /// Writes an element with elements in it.
    pub(crate) fn klasse<K: Klasse>(&mut self, veld: &Veld, klasse: &K) {
        self.open(veld);
        klasse.schrijf_velden(self);
        self.sluit(veld);
    }

    pub(crate) fn open(&mut self, veld: &Veld) {
        self.inspringen();
        self.naam("<", veld);
        self.text.push_str("\r\n");
        self.diepte += 1;
    }

    pub(crate) fn sluit(&mut self, veld: &Veld) {
        self.diepte -= 1;
        self.inspringen();
        self.naam("</", veld);
        self.text.push_str("\r\n");
    }

    fn inspringen(&mut self) {
        for _ in 0..self.diepte {
            self.text.push('\t');
        }
    }

    fn naam(&mut self, begin: &str, veld: &Veld) {
        let ruimte = if veld.ruimte == Ruimte::Basis { "iwmo" } else { self.voorvoegsel };
        for part in [begin, ruimte, ":", veld.naam, ">"] {
            self.text.push_str(part);
        }
    }
}

/// Writes a text so that reading gives the same; what XML cannot hold is left out.
pub(crate) fn escape(text: &str, out: &mut String) {
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\r' => out.push_str("&#13;"),
            '\n' => out.push_str("\r\n"),
            '\t' => out.push('\t'),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
            letter => out.push(letter),
        }
    }
}
