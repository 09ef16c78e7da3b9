//! The public types of `domain` and their variants, as the source declares them.

use syn::{Attribute, Expr, Ident, Lit, Meta, Visibility};

use super::{
    super::workspace::Workspace,
    wording::{first_sentence, source},
};

const DOMAIN: &str = "crates/domain/src";

/// A type or a variant that deserves a row.
#[derive(Debug)]
pub(super) struct Item {
    /// `Type` or `Type::Variant`.
    pub(super) term: String,
    /// The first sentence of its documentation.
    pub(super) gloss: String,
    /// The law, standard or practice the word comes from; empty when the documentation is silent.
    pub(super) source: String,
}

/// Every item in order of file and line, and the files that cannot be read.
pub(super) fn items(workspace: &Workspace) -> (Vec<Item>, Vec<String>) {
    let (mut items, mut problems) = (Vec::new(), Vec::new());
    for path in workspace.under(DOMAIN).filter(|it| it.ends_with(".rs")) {
        match syn::parse_file(workspace.text(path)) {
            Ok(file) => {
                let about = About { stem: stem(path), source: source(&docs(&file.attrs)) };
                about.collect(&file.items, &mut items);
            }
            Err(error) => problems.push(format!("{path} is not Rust: {error}")),
        }
    }
    (items, problems)
}

/// What the file says about the type it is named for.
struct About<'a> {
    stem: &'a str,
    source: String,
}

impl About<'_> {
    fn collect(&self, from: &[syn::Item], items: &mut Vec<Item>) {
        for item in from {
            match item {
                syn::Item::Struct(it) => self.add_type(&it.vis, &it.ident, &it.attrs, items),
                syn::Item::Union(it) => self.add_type(&it.vis, &it.ident, &it.attrs, items),
                syn::Item::Type(it) => self.add_type(&it.vis, &it.ident, &it.attrs, items),
                syn::Item::Trait(it) => self.add_type(&it.vis, &it.ident, &it.attrs, items),
                syn::Item::Enum(it) if is_public(&it.vis) => {
                    self.add_type(&it.vis, &it.ident, &it.attrs, items);
                    let of_type = items.last().map(|it| it.source.clone()).unwrap_or_default();
                    items.extend(it.variants.iter().map(|variant| {
                        let term = format!("{}::{}", it.ident, variant.ident);
                        described(term, &docs(&variant.attrs), &of_type)
                    }));
                }
                syn::Item::Mod(it) if !is_for_tests(&it.attrs) => {
                    let inner = it.content.as_ref().map(|(_, items)| items.as_slice());
                    self.collect(inner.unwrap_or_default(), items);
                }
                _ => {}
            }
        }
    }

    fn add_type(&self, vis: &Visibility, name: &Ident, attrs: &[Attribute], to: &mut Vec<Item>) {
        if is_public(vis) {
            let name = name.to_string();
            let is_namesake = name.eq_ignore_ascii_case(&self.stem.replace('_', ""));
            let of_file = if is_namesake { self.source.as_str() } else { "" };
            to.push(described(name, &docs(attrs), of_file));
        }
    }
}

/// An item whose source is its own, or else that of what it belongs to.
fn described(term: String, docs: &str, inherited: &str) -> Item {
    let own = source(docs);
    let source = if own.is_empty() { inherited.to_owned() } else { own };
    Item { term, gloss: first_sentence(docs), source }
}

fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.strip_suffix(".rs").unwrap_or(name)
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

fn is_for_tests(attributes: &[Attribute]) -> bool {
    let of_cfg = attributes.iter().filter(|it| it.path().is_ident("cfg"));
    of_cfg.into_iter().any(|it| it.parse_args::<syn::Path>().is_ok_and(|it| it.is_ident("test")))
}

/// The documentation of an item, line by line.
fn docs(attributes: &[Attribute]) -> String {
    let lines = attributes.iter().filter_map(|attribute| {
        let Meta::NameValue(pair) = &attribute.meta else { return None };
        let Expr::Lit(value) = &pair.value else { return None };
        match &value.lit {
            Lit::Str(text) if pair.path.is_ident("doc") => Some(text.value().trim().to_owned()),
            _ => None,
        }
    });
    lines.collect::<Vec<_>>().join("\n")
}
