//! The rules of the architecture hold, also for who only runs `cargo test`.

use std::path::Path;

#[test]
fn the_workspace_is_tidy() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let problems = xtask::tidy::problems(&root);
    assert!(problems.is_empty(), "to solve:\n{}\n", problems.join("\n"));
}
