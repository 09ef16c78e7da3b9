//! Names of groups as dense codes, in the order in which they first occur.

use std::collections::HashMap;

/// The names, and for each row its position among them.
pub(super) fn codes(values: &[String]) -> (Vec<String>, Vec<usize>) {
    let mut names: Vec<String> = Vec::new();
    let mut known: HashMap<&str, usize> = HashMap::new();
    let mut coded = Vec::with_capacity(values.len());
    for value in values {
        let code = *known.entry(value).or_insert(names.len());
        if code == names.len() {
            names.push(value.clone());
        }
        coded.push(code);
    }
    (names, coded)
}
