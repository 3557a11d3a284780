//! `docs/PROOF.md` says which test shows what; here it is held that each of those tests exists, and that no row is forgotten.

use std::{collections::BTreeSet, fs};

/// The table of proofs.
const TABLE: &str = "docs/PROOF.md";

/// The rows that there must be.
fn rows() -> BTreeSet<String> {
    let figures = [("M", 12), ("T", 8), ("A", 14)];
    let mut rows: BTreeSet<String> = figures
        .iter()
        .flat_map(|(letter, last)| (1..=*last).map(move |number| format!("{letter}{number}")))
        .collect();
    rows.extend((1..=56).map(|number: u32| number.to_string()));
    rows.extend(["20a", "20b", "20c", "27a", "27b"].map(str::to_owned));
    rows
}

/// What a row names in backticks.
fn named(line: &str) -> impl Iterator<Item = &str> {
    line.split('`').skip(1).step_by(2)
}

/// Whether a test is there: `module::name` of the suite, `src/….rs::name`, `file.mjs: "title"` of the clients and browsers; or a bench, `bench/….rs`.
fn exists(test: &str) -> bool {
    if test.starts_with("bench/") {
        return fs::exists(test).unwrap_or_default();
    }
    if let Some((file, title)) = test.split_once(": ") {
        let title = title.trim_matches('"');
        return ["tests/clients", "tests/browser"]
            .iter()
            .any(|folder| fs::read_to_string(format!("{folder}/{file}")).is_ok_and(|text| text.contains(title)));
    }
    let Some((place, name)) = test.rsplit_once("::") else {
        return false;
    };
    let file = if place.starts_with("src/") {
        place.to_owned()
    } else {
        format!("tests/suite/{place}.rs")
    };
    fs::read_to_string(file).is_ok_and(|text| text.contains(&format!("fn {name}(")))
}

/// What is wrong with the table.
pub fn in_the_table() -> Vec<String> {
    let text = fs::read_to_string(TABLE).unwrap_or_default();
    let lines = text.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| #"));
    let (mut seen, mut wrong) = (BTreeSet::new(), Vec::new());
    for line in lines {
        let row = line.split('|').nth(1).unwrap_or_default().trim();
        seen.insert(row.to_owned());
        let tests: Vec<&str> = named(line)
            .filter(|word| ["::", ".mjs", "bench/"].iter().any(|mark| word.contains(mark)))
            .collect();
        if tests.is_empty() && !line.contains("Not yet") {
            wrong.push(format!("{TABLE}: {row} names no test and does not say \"Not yet\""));
        }
        wrong.extend(
            tests
                .into_iter()
                .filter(|test| !exists(test))
                .map(|test| format!("{TABLE}: {row}: there is no {test}")),
        );
    }
    wrong.extend(rows().difference(&seen).map(|row| format!("{TABLE}: {row} is missing")));
    wrong
}
