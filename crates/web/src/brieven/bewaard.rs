//! The copy of a letter that was sent: kept under the key of the client, never composed anew.

use domain::{ClientId, ZaakId};
use reports::brief::{self, Brief};
use store::Text;

use super::Briefsoort;
use crate::{fout::Fout, staat::Web};

const PAGINA: &str = "brief-pagina";
const BESTAND: &str = "brief-pdf";

/// A letter as it was sent.
pub(super) struct Bewaard {
    /// As a part of a page.
    pub(super) html: String,
    /// As a file.
    pub(super) pdf: Vec<u8>,
}

impl Bewaard {
    /// The letter in both forms.
    pub(super) fn of(brief: &Brief) -> Result<Bewaard, Fout> {
        let pdf = brief::pdf(brief).map_err(|it| Fout::Storing(it.to_string()))?;
        Ok(Bewaard { html: brief::html(brief), pdf })
    }

    /// What was kept, if both forms are there.
    pub(super) fn find(texts: &[Text], zaak: ZaakId, soort: Briefsoort) -> Option<Bewaard> {
        let key = key(zaak, soort);
        let find = |kind| texts.iter().find(|it| it.kind == kind && it.key == key);
        let (page, file) = find(PAGINA).zip(find(BESTAND))?;
        Some(Bewaard { html: page.text.clone(), pdf: bytes(&file.text)? })
    }

    /// Keeps it in place of an earlier one: a new version of a report is a new letter.
    pub(super) async fn keep(
        &self,
        web: &Web,
        client: ClientId,
        (zaak, soort): (ZaakId, Briefsoort),
    ) -> Result<(), Fout> {
        let key = key(zaak, soort);
        web.store().put_text(client, PAGINA, &key, &self.html, web.nu()).await?;
        web.store().put_text(client, BESTAND, &key, &text(&self.pdf), web.nu()).await?;
        Ok(())
    }
}

fn key(zaak: ZaakId, soort: Briefsoort) -> String {
    format!("{zaak}/{soort}")
}

/// Bytes as a text: each as the character with its number.
fn text(bytes: &[u8]) -> String {
    bytes.iter().map(|it| char::from(*it)).collect()
}

fn bytes(text: &str) -> Option<Vec<u8>> {
    text.chars().map(|it| u8::try_from(it).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_comes_back() {
        let all: Vec<u8> = (0..=255).collect();
        assert_eq!(bytes(&text(&all)), Some(all));
        assert_eq!(bytes("€"), None);
    }
}
