//! The settings in the code and the table of them that operators read are one.

use std::path::{Path, PathBuf};

use handover::config::Config;

const BEGIN: &str = "<!-- settings: made from src/config, `make docs` writes them -->\n";
const END: &str = "<!-- end of settings -->";

fn root() -> PathBuf {
    // Cargo says at run time where the sources are; the binary may have been built elsewhere.
    std::env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from)
}

/// One setting, as its doc comment describes it.
struct Described {
    path: String,
    meaning: String,
    name: String,
    limits: String,
}

/// Every setting below a struct, in the order of the code.
fn described(file: &Path, of: &str, path: &str) -> Vec<Described> {
    let code = syn::parse_file(&std::fs::read_to_string(file).unwrap()).unwrap();
    let found = code.items.into_iter().find_map(|item| match item {
        syn::Item::Struct(item) if item.ident == of => Some(item),
        _ => None,
    });
    let mut all = Vec::new();
    for field in found.unwrap_or_else(|| panic!("no struct {of} in {}", file.display())).fields {
        let name = field.ident.as_ref().unwrap().to_string();
        let doc = doc_of(&field.attrs);
        let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
        if let Some((meaning, rest)) = doc.split_once(" `HANDOVER_") {
            let (variable, limits) = rest.split_once('`').unwrap();
            all.push(Described {
                path,
                meaning: meaning.to_owned(),
                name: format!("HANDOVER_{variable}"),
                limits: limits.trim_start_matches(", ").trim_end_matches('.').to_owned(),
            });
        } else {
            let inner = root().join(format!("src/config/{name}.rs"));
            let syn::Type::Path(group) = &field.ty else {
                panic!("{path} is no setting and no group of them")
            };
            all.extend(described(&inner, &group.path.segments.last().unwrap().ident.to_string(), &path));
        }
    }
    all
}

fn doc_of(attributes: &[syn::Attribute]) -> String {
    let lines = attributes.iter().filter_map(|attribute| match &attribute.meta {
        syn::Meta::NameValue(pair) if pair.path.is_ident("doc") => match &pair.value {
            syn::Expr::Lit(syn::ExprLit {
                lit: syn::Lit::Str(text), ..
            }) => Some(text.value().trim().to_owned()),
            _ => None,
        },
        _ => None,
    });
    lines.collect::<Vec<_>>().join(" ")
}

fn all() -> Vec<Described> {
    described(&root().join("src/config.rs"), "Config", "")
}

#[test]
fn every_setting_says_its_name_and_its_default() {
    let in_force: std::collections::BTreeMap<_, _> = Config::default().in_force().into_iter().collect();
    let all = all();
    assert_eq!(
        all.len(),
        in_force.len(),
        "settings without a description, or descriptions without a setting"
    );
    for setting in all {
        let name = format!("HANDOVER_{}", setting.path.replace('.', "__").to_uppercase());
        assert_eq!(setting.name, name, "{}", setting.path);
        let told = format!("default {}", in_force[&name].as_deref().unwrap_or_default());
        assert!(setting.limits.contains(&told), "{name}: `{told}` is not in `{}`", setting.limits);
    }
}

#[test]
fn the_table_in_the_operators_handbook_is_made_from_the_code() {
    let mut table = String::from("| variable | meaning | limits and default |\n|---|---|---|\n");
    for setting in all() {
        let cell = |text: &str| text.replace('|', "\\|");
        table += &format!("| `{}` | {} | {} |\n", setting.name, cell(&setting.meaning), cell(&setting.limits));
    }
    let path = root().join("docs/OPERATIONS.md");
    let text = std::fs::read_to_string(&path).unwrap();
    let (before, rest) = text.split_once(BEGIN).expect("the mark before the table");
    let (written, after) = rest.split_once(END).expect("the mark after the table");
    if std::env::var_os("HANDOVER_TEST_WRITE").is_some() {
        std::fs::write(&path, format!("{before}{BEGIN}{table}{END}{after}")).unwrap();
    } else {
        assert_eq!(written, table, "run `make docs`");
    }
}
