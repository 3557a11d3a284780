//! Every name a file writes: in `use` trees, in paths, and in the tokens of macros, which have no syntax tree of their own.

use proc_macro2::{TokenStream, TokenTree};
use syn::{Attribute, ItemFn, ItemMod, Macro, UseTree, spanned::Spanned, visit::Visit};

use super::source::Source;

/// One name as written, made absolute.
pub struct Name {
    /// Its parts; of our own names without the leading `crate`. A glob ends with `*`, a macro with `!`.
    pub path: Vec<String>,
    /// Whether it begins in the server's own crate.
    pub is_own: bool,
    /// Whether it stands in test code.
    pub in_test: bool,
    /// Where.
    pub line: usize,
}

impl Name {
    /// The room of the server it leads to.
    pub fn room(&self) -> Option<&str> {
        self.path.first().filter(|_| self.is_own).map(String::as_str)
    }

    /// As one would write it.
    pub fn text(&self) -> String {
        let own = if self.is_own { "crate::" } else { "" };
        format!("{own}{}", self.path.join("::"))
    }

    /// Whether it ends with these parts.
    pub fn ends_with(&self, parts: &[&str]) -> bool {
        self.path.len() >= parts.len()
            && self.path[self.path.len() - parts.len()..]
                .iter()
                .zip(parts)
                .all(|(ours, theirs)| ours == theirs)
    }
}

/// All names in a file.
pub fn of(source: &Source) -> Vec<Name> {
    let mut walk = Walk {
        module: module_of(&source.path),
        in_main: source.path == "src/main.rs",
        in_test: false,
        found: Vec::new(),
    };
    walk.visit_file(&source.syntax());
    walk.found
}

/// `["order", "place"]` for `src/order/place.rs`.
fn module_of(path: &str) -> Vec<String> {
    let inner = path.strip_prefix("src/").unwrap_or(path);
    let inner = inner.strip_suffix(".rs").unwrap_or(inner);
    inner
        .split('/')
        .filter(|part| !matches!(*part, "lib" | "main"))
        .map(str::to_owned)
        .collect()
}

struct Walk {
    module: Vec<String>,
    in_main: bool,
    in_test: bool,
    found: Vec<Name>,
}

impl Walk {
    fn record(&mut self, parts: &[String], line: usize) {
        let Some((is_own, path)) = self.absolute(parts) else { return };
        self.found.push(Name {
            path,
            is_own,
            in_test: self.in_test,
            line,
        });
    }

    /// `None` when more `super`s are written than there are parents.
    fn absolute(&self, parts: &[String]) -> Option<(bool, Vec<String>)> {
        let supers = parts.iter().take_while(|part| *part == "super").count();
        let (base, rest) = match parts.first()?.as_str() {
            "crate" => (&[][..], &parts[1..]),
            "handover" if self.in_main => (&[][..], &parts[1..]),
            "self" => (&self.module[..], &parts[1..]),
            "super" => (&self.module[..self.module.len().checked_sub(supers)?], &parts[supers..]),
            _ => return Some((false, parts.to_vec())),
        };
        Some((true, [base, rest].concat()))
    }

    fn use_tree(&mut self, tree: &UseTree, before: &[String]) {
        let with = |part: String| [before, &[part]].concat();
        match tree {
            UseTree::Path(path) => self.use_tree(&path.tree, &with(path.ident.to_string())),
            UseTree::Name(name) => self.record(&with(name.ident.to_string()), name.span().start().line),
            UseTree::Rename(name) => self.record(&with(name.ident.to_string()), name.span().start().line),
            UseTree::Glob(glob) => self.record(&with("*".to_owned()), glob.span().start().line),
            UseTree::Group(group) => group.items.iter().for_each(|item| self.use_tree(item, before)),
        }
    }

    /// Names in tokens: identifiers joined by `::`, macros by their `!`.
    fn tokens(&mut self, tokens: TokenStream) {
        let mut parts: Vec<String> = Vec::new();
        let (mut line, mut colons) = (0, 0);
        for token in tokens {
            match token {
                TokenTree::Punct(punct) if punct.as_char() == ':' => colons += 1,
                TokenTree::Punct(punct) if punct.as_char() == '!' && !parts.is_empty() => {
                    if let Some(last) = parts.last_mut() {
                        last.push('!');
                    }
                }
                TokenTree::Ident(ident) => {
                    if colons != 2 {
                        self.record(&std::mem::take(&mut parts), line);
                    }
                    (line, colons) = (ident.span().start().line, 0);
                    parts.push(ident.to_string());
                }
                other => {
                    self.record(&std::mem::take(&mut parts), line);
                    colons = 0;
                    if let TokenTree::Group(group) = other {
                        self.tokens(group.stream());
                    }
                }
            }
        }
        self.record(&parts, line);
    }

    fn within(&mut self, attributes: &[Attribute], inside: impl FnOnce(&mut Self)) {
        let before = self.in_test;
        self.in_test |= is_test(attributes);
        inside(self);
        self.in_test = before;
    }
}

impl<'ast> Visit<'ast> for Walk {
    fn visit_item_mod(&mut self, item: &'ast ItemMod) {
        self.within(&item.attrs, |walk| {
            walk.module.push(item.ident.to_string());
            syn::visit::visit_item_mod(walk, item);
            walk.module.pop();
        });
    }

    fn visit_item_fn(&mut self, item: &'ast ItemFn) {
        self.within(&item.attrs, |walk| syn::visit::visit_item_fn(walk, item));
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        self.within(&item.attrs, |walk| walk.use_tree(&item.tree, &[]));
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let parts: Vec<String> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        self.record(&parts, path.span().start().line);
        syn::visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, call: &'ast Macro) {
        let mut parts: Vec<String> = call.path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        if let Some(last) = parts.last_mut() {
            last.push('!');
        }
        self.record(&parts, call.path.span().start().line);
        self.tokens(call.tokens.clone());
    }
}

/// Whether what carries these attributes is built for tests only.
pub fn is_test(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        let path = attribute.path();
        let is_cfg_test = path.is_ident("cfg") && attribute.parse_args::<syn::Ident>().is_ok_and(|what| what == "test");
        is_cfg_test || path.segments.last().is_some_and(|last| last.ident == "test")
    })
}
