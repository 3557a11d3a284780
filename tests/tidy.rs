//! The rules of the house that no compiler checks, held by reading the sources: who may name whom, what may stand where, how long a thing
//! may be. `docs/ARCHITECTURE.md` says why; `tests/tidy/edges.rs` has the table of rooms.
//!
//! Each finding is told as `file:line: rule`. A rule is changed here, in the open, and never dodged.
#![allow(missing_docs, reason = "the names of the tests say what they hold")]

#[path = "tidy/edges.rs"]
mod edges;
#[path = "tidy/names.rs"]
mod names;
#[path = "tidy/proofs.rs"]
mod proofs;
#[path = "tidy/samples.rs"]
mod samples;
#[path = "tidy/shape.rs"]
mod shape;
#[path = "tidy/source.rs"]
mod source;
#[path = "tidy/syntax.rs"]
mod syntax;
#[path = "tidy/words.rs"]
mod words;

use source::{Finding, Source};

/// Holds one rule over all Rust sources.
fn hold(rule: fn(&Source) -> Vec<Finding>) {
    report(source::rust().iter().flat_map(rule).collect());
}

fn report(findings: Vec<Finding>) {
    let told: Vec<String> = findings.iter().map(ToString::to_string).collect();
    assert!(
        told.is_empty(),
        "{} against the rules of the house:\n{}",
        told.len(),
        told.join("\n")
    );
}

#[test]
fn every_proof_that_is_named_exists() {
    let wrong = proofs::in_the_table();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn modules_name_only_what_they_may() {
    hold(edges::between_rooms);
}

#[test]
fn libraries_stay_in_their_rooms() {
    hold(edges::to_libraries);
}

#[test]
fn sea_orm_is_imported_by_name() {
    hold(syntax::no_glob_of_sea_orm);
}

#[test]
fn only_the_clock_tells_the_time() {
    hold(syntax::no_other_clock);
    hold(syntax::no_clock_in_sql);
}

#[test]
fn only_the_ledger_writes_money() {
    hold(syntax::no_other_ledger);
}

#[test]
fn transactions_begin_in_use_cases() {
    hold(syntax::no_other_transaction);
}

#[test]
fn nothing_is_left_to_do() {
    hold(syntax::no_loose_ends);
}

#[test]
fn every_allow_says_why() {
    hold(shape::allow_has_reason);
}

#[test]
fn functions_are_short() {
    hold(shape::short_functions);
}

#[test]
fn files_are_short_and_well_named() {
    report(source::written_by_hand().iter().flat_map(shape::short_well_named).collect());
}

#[test]
fn the_repository_does_not_speak_of_the_machine_it_was_written_on() {
    report(source::all_text().iter().flat_map(words::no_workplace).collect());
}
