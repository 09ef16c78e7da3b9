//! The look of a municipality: one stylesheet beside the data, in NL Design System tokens.

use sha2::{Digest, Sha256};

use crate::staat::Config;

/// A stylesheet with the class it hangs on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Thema {
    pub(crate) css: String,
    pub(crate) klasse: String,
    pub(crate) etag: String,
}

impl Thema {
    /// The theme that was set, or `thema.css` in the data folder.
    pub(crate) fn find(config: &Config) -> Option<Thema> {
        let path = config.theme.clone().unwrap_or_else(|| config.data.join("thema.css"));
        let css = match std::fs::read_to_string(&path) {
            Ok(it) => it,
            Err(error) => {
                if config.theme.is_some() {
                    tracing::warn!(%error, "the theme cannot be read; the own look is used");
                }
                return None;
            }
        };
        Some(Thema { klasse: class_in(&css), etag: etag(&css), css })
    }
}

/// The first class that ends in `-theme`; such a file sets its tokens on that class.
fn class_in(css: &str) -> String {
    let word = |it: char| !(it.is_ascii_alphanumeric() || it == '-' || it == '_');
    css.split('.')
        .skip(1)
        .filter_map(|it| it.split(word).next())
        .find(|it| it.ends_with("-theme") && it.len() > "-theme".len())
        .unwrap_or("eigen-theme")
        .to_owned()
}

/// The fingerprint of a file, for a browser to ask whether it changed.
pub(crate) fn etag(text: &str) -> String {
    let digest = Sha256::digest(text);
    let hex: String = digest.iter().take(8).map(|it| format!("{it:02x}")).collect();
    format!("\"{hex}\"")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_class_is_read_from_the_first_selector() {
        for (css, class) in [
            (".voorbeeld-theme { --utrecht-link-color: red }", "voorbeeld-theme"),
            ("/* v1.0 */ :root{} .a{} .dorp-aan-zee-theme{}", "dorp-aan-zee-theme"),
            (":root { --utrecht-link-color: red }", "eigen-theme"),
            ("", "eigen-theme"),
        ] {
            assert_eq!(class_in(css), class, "{css}");
        }
    }
}
