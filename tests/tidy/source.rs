//! The files that the rules read.

use std::{
    fmt,
    path::{Path, PathBuf},
};

use walkdir::{DirEntry, WalkDir};

/// One file of the repository.
pub struct Source {
    /// From the repository's root, with `/` between the parts.
    pub path: String,
    /// All of it.
    pub text: String,
}

/// One breach of a rule.
pub struct Finding {
    path: String,
    line: usize,
    rule: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "{}:{}: {}", self.path, self.line, self.rule)
    }
}

impl Source {
    /// A finding in this file.
    pub fn finding(&self, line: usize, rule: impl Into<String>) -> Finding {
        Finding {
            path: self.path.clone(),
            line,
            rule: rule.into(),
        }
    }

    /// Whether the server itself is built from this file.
    pub fn is_server(&self) -> bool {
        self.path.starts_with("src/")
    }

    /// The room of the server this file belongs to: `order` for `src/order.rs` and for all below `src/order/`.
    pub fn room(&self) -> Option<&str> {
        let first = self.path.strip_prefix("src/")?.split('/').next()?;
        Some(first.strip_suffix(".rs").unwrap_or(first))
    }

    /// The syntax tree; a file that does not parse fails the test.
    pub fn syntax(&self) -> syn::File {
        syn::parse_file(&self.text).unwrap_or_else(|error| panic!("{}: {error}", self.path))
    }
}

/// All Rust that we wrote.
pub fn rust() -> Vec<Source> {
    written_by_hand()
        .into_iter()
        .filter(|source| source.path.ends_with(".rs"))
        .collect()
}

/// Rust and web sources, without what a generator wrote.
pub fn written_by_hand() -> Vec<Source> {
    const ROOMS: [&str; 5] = ["src/", "entity/", "migration/", "tests/", "web/src/"];
    const KINDS: [&str; 8] = [".rs", ".ts", ".tsx", ".mjs", ".js", ".css", ".sh", ".sql"];
    let ours = |path: &str| {
        let made = path.starts_with("web/src/gql/");
        !made && ROOMS.iter().any(|room| path.starts_with(room)) && KINDS.iter().any(|kind| path.ends_with(kind))
    };
    all_text().into_iter().filter(|source| ours(&source.path)).collect()
}

/// Every text file of the repository that git would keep.
pub fn all_text() -> Vec<Source> {
    // Cargo says at run time where the sources are; the binary may have been built elsewhere.
    let root = std::env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    let kept = |entry: &DirEntry| !is_built(&relative(&root, entry.path()));
    WalkDir::new(&root)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(kept)
        .filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_file())
        .filter_map(|entry| read(&root, entry.into_path()))
        .collect()
}

fn read(root: &Path, path: PathBuf) -> Option<Source> {
    let text = std::fs::read_to_string(&path).ok()?;
    Some(Source {
        path: relative(root, &path),
        text,
    })
}

fn relative(root: &Path, path: &Path) -> String {
    let path = path.strip_prefix(root).unwrap_or(path);
    path.to_string_lossy().replace('\\', "/")
}

/// What `.gitignore` names, and git itself.
fn is_built(path: &str) -> bool {
    matches!(path, ".git" | "target" | "data" | ".run" | "web/dist") || path.ends_with("node_modules")
}
