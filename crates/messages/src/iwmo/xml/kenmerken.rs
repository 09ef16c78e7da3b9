//! Attributes: those that bind namespaces are kept, others are only listed.

use std::borrow::Cow;

use crate::iwmo::{
    code,
    xml::{Bron, Gelezen, MAX_ATTRIBUTES},
};

/// How many namespaces a file may name.
const MAX_RUIMTEN: usize = 200;

impl<'a> Bron<'a> {
    /// Reads attributes and the end of the tag.
    pub(super) fn attributes(&mut self, element: &str, regel: u32) -> Gelezen<()> {
        let mut names: Vec<&str> = Vec::new();
        loop {
            let rest = &self.source[self.at..];
            let trimmed = rest.trim_ascii_start();
            let spaced = trimmed.len() < rest.len();
            self.at += rest.len() - trimmed.len();
            match trimmed.as_bytes() {
                [b'>', ..] => {
                    self.at += 1;
                    return Ok(());
                }
                [b'/', b'>', ..] => {
                    self.at += 2;
                    self.empty = true;
                    return Ok(());
                }
                [] => {
                    let why = "het bestand houdt op voordat elk element is gesloten";
                    return Err(self.malformed(why));
                }
                _ if !spaced => return Err(self.malformed("de opmaak klopt hier niet")),
                _ => {}
            }
            if names.len() >= MAX_ATTRIBUTES {
                let text = format!("een element heeft meer dan {MAX_ATTRIBUTES} attributen");
                return Err(self.problem(code::ATTRIBUTEN, text));
            }
            let (name, _) = self.name()?;
            if names.contains(&name) {
                return Err(self.malformed("een attribuut staat er twee keer"));
            }
            names.push(name);
            let value = self.attribute_value()?;
            self.keep(name, value, element, regel)?;
        }
    }

    fn attribute_value(&mut self) -> Gelezen<Cow<'a, str>> {
        let rest = self.source[self.at..].trim_ascii_start();
        let value = rest.strip_prefix('=').map(str::trim_ascii_start);
        let quote = value.and_then(|it| it.chars().next()).filter(|it| matches!(it, '"' | '\''));
        let (Some(value), Some(quote)) = (value, quote) else {
            return Err(self.malformed("een attribuut klopt niet"));
        };
        let Some((value, after)) = value[1..].split_once(quote) else {
            return Err(self.malformed("een attribuut wordt niet gesloten"));
        };
        if value.contains('<') {
            return Err(self.malformed("een attribuut klopt niet"));
        }
        let special = value.contains('&') || value.bytes().any(|it| it < b' ');
        let value = match special {
            true => Cow::Owned(self.decoded(value)?),
            false => Cow::Borrowed(value),
        };
        self.at = self.source.len() - after.len();
        Ok(value)
    }

    /// Binds a namespace, or lists the attribute.
    fn keep(
        &mut self,
        name: &'a str,
        value: Cow<'a, str>,
        element: &str,
        regel: u32,
    ) -> Gelezen<()> {
        let prefix = match name.split_once(':') {
            Some(("xmlns", prefix)) => prefix,
            Some(("xml" | "xsi", _)) => return Ok(()),
            None if name == "xmlns" => "",
            _ => {
                let text = "de standaard heeft hier geen attributen; dit wordt niet gelezen";
                self.list(regel, element, code::ATTRIBUUT, text.to_owned());
                return Ok(());
            }
        };
        if value.is_empty() && !prefix.is_empty() {
            return Err(self.malformed("een voorvoegsel van een naamruimte klopt niet"));
        }
        let known = self.ruimten.iter().position(|it| *it == value);
        let ruimte = known.unwrap_or(self.ruimten.len());
        if known.is_none() {
            if ruimte >= MAX_RUIMTEN {
                let text = format!("het bestand noemt meer dan {MAX_RUIMTEN} naamruimten");
                return Err(self.problem(code::OMVANG, text));
            }
            self.ruimten.push(value);
        }
        self.bindings.push((prefix, ruimte));
        Ok(())
    }
}
