//! What the repository does not say.

use super::source::{Finding, Source};

/// No path of the machine somebody wrote on, and no package registry but the one each tool takes by itself.
pub fn no_workplace(source: &Source) -> Vec<Finding> {
    // In halves, or this file would find itself.
    let paths = [
        concat!("/wo", "rk/"),
        concat!("/ro", "ot/"),
        concat!("/Us", "ers/"),
        concat!("/tmp/", "brief"),
    ];
    let registry = |line: &str| source.path.ends_with("package-lock.json") && line.contains("\"resolved\": \"http");
    let mut found = Vec::new();
    for (at, line) in source.text.lines().enumerate() {
        if let Some(path) = paths.iter().find(|path| line.contains(**path)) {
            found.push(source.finding(at + 1, format!("`{path}` is somebody's own machine")));
        }
        if registry(line) {
            found.push(source.finding(at + 1, "the lock file names a registry; see the `.npmrc` beside it"));
        }
    }
    found
}
