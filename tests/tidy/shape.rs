//! How long a thing may be, and what it may be called.

use syn::{ImplItemFn, ItemFn, Signature, TraitItemFn, spanned::Spanned, visit::Visit};

use super::source::{Finding, Source};

const LINES_A_FILE: usize = 400;
const LINES_A_FUNCTION: usize = 60;

/// Names that say nothing about what is inside.
const EMPTY_NAMES: [&str; 4] = ["services.rs", "utils.rs", "helpers.rs", "mod.rs"];

/// A file is read in one go and is named by what it does.
pub fn short_well_named(source: &Source) -> Vec<Finding> {
    let mut found = Vec::new();
    let lines = source.text.lines().count();
    if lines > LINES_A_FILE {
        found.push(source.finding(lines, format!("{lines} lines; a file has at most {LINES_A_FILE}")));
    }
    let name = source.path.rsplit('/').next().unwrap_or_default();
    if EMPTY_NAMES.contains(&name) {
        found.push(source.finding(1, format!("`{name}` says nothing; name the file by what it does")));
    }
    found
}

/// A function is seen at a glance.
pub fn short_functions(source: &Source) -> Vec<Finding> {
    let mut walk = Functions::default();
    walk.visit_file(&source.syntax());
    let long = walk.0.into_iter().filter(|(_, _, lines)| *lines > LINES_A_FUNCTION);
    let told = |(name, line, lines)| {
        source.finding(
            line,
            format!("`{name}` has {lines} lines; a function has at most {LINES_A_FUNCTION}"),
        )
    };
    long.map(told).collect()
}

/// An exception from a lint says why, in the attribute's own `reason`.
pub fn allow_has_reason(source: &Source) -> Vec<Finding> {
    // By text, not by syntax: attributes inside macros count too. Put together here, or this file would find itself.
    let openings = ["allow", "expect"]
        .into_iter()
        .flat_map(|kind| [format!("#[{kind}("), format!("#![{kind}(")]);
    let mut found = Vec::new();
    for opening in openings {
        for (at, _) in source.text.match_indices(&opening) {
            let attribute = source.text[at..].split(']').next().unwrap_or_default();
            if !attribute.contains("reason = \"") {
                let line = source.text[..at].matches('\n').count() + 1;
                found.push(source.finding(line, format!("`{attribute}]` without a reason")));
            }
        }
    }
    found
}

/// Name, first line and number of lines of each function.
#[derive(Default)]
struct Functions(Vec<(String, usize, usize)>);

impl Functions {
    fn add(&mut self, signature: &Signature, whole: proc_macro2::Span) {
        let first = signature.span().start().line;
        self.0.push((signature.ident.to_string(), first, whole.end().line + 1 - first));
    }
}

impl<'ast> Visit<'ast> for Functions {
    fn visit_item_fn(&mut self, item: &'ast ItemFn) {
        self.add(&item.sig, item.span());
        syn::visit::visit_item_fn(self, item);
    }

    fn visit_impl_item_fn(&mut self, item: &'ast ImplItemFn) {
        self.add(&item.sig, item.span());
        syn::visit::visit_impl_item_fn(self, item);
    }

    fn visit_trait_item_fn(&mut self, item: &'ast TraitItemFn) {
        self.add(&item.sig, item.span());
        syn::visit::visit_trait_item_fn(self, item);
    }
}
