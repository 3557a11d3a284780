//! The audit log: an act leaves a row, rows are chained, and whoever changes one is found.

use futures::future::join_all;
use handover::kernel::{
    Tx,
    audit::{self, Head, Verified},
    policy::System,
    sql,
};
use sea_orm::Value as Bound;
use serde_json::{Value, json};

use crate::{
    contract::need_of,
    support::{Binary, PASSWORD, TestApp},
    world::{Kind, World, named},
};

async fn verified(app: &TestApp) -> Verified {
    audit::verify(app.env().db(), app.env().seal(), None).await.unwrap()
}

/// What `audit verify` says after a statement that nobody should run. Nothing of it stays.
async fn after(app: &TestApp, statement: &str, values: Vec<Bound>) -> Verified {
    let tx: Tx = app.env().begin().await.unwrap();
    let touched = sql::run(tx.db(), statement, values).await.unwrap();
    assert!(touched > 0, "{statement}");
    let found = audit::verify(tx.db(), app.env().seal(), None).await.unwrap();
    tx.rollback().await.unwrap();
    found
}

fn place(found: &Verified) -> String {
    let words = found.broken.clone().expect("a break");
    words.split_whitespace().nth(1).unwrap().to_owned()
}

#[tokio::test]
async fn every_byte_that_is_flipped_and_every_row_that_is_removed_or_moved_is_found_and_named() {
    let app = TestApp::new().await;
    app.person("bob").await;
    app.operator_acts("bob", 6).await;
    assert_eq!(verified(&app).await.tail, 12, "a moment later");
    assert_eq!(app.chains().await, 12);
    let whole = verified(&app).await;
    assert_eq!((whole.head.seq, &whole.broken, whole.tail), (12, &None, 0));

    for seq in [1_i64, 5, 12] {
        // Each column, with one letter of it changed.
        for change in [
            "action = action || 'x'",
            "detail = replace(detail, 'turn', 'tern')",
            "at = at + 1",
            "subject_kind = 'ORDER'",
            "actor_id = subject_id",
            "subject_id = id",
        ] {
            let found = after(&app, &format!("UPDATE audit SET {change} WHERE seq = $1"), vec![seq.into()]).await;
            assert_eq!(place(&found), seq.to_string(), "{change}: {found:?}");
        }
        let other_id = uuid::Uuid::now_v7();
        let found = after(&app, "UPDATE audit SET id = $2 WHERE seq = $1", vec![seq.into(), other_id.into()]).await;
        assert_eq!(place(&found), seq.to_string());
        let removed = after(&app, "DELETE FROM audit WHERE seq = $1", vec![seq.into()]).await;
        assert_eq!(place(&removed), seq.to_string(), "{removed:?}");
    }
    app.close().await;
}

#[tokio::test]
async fn every_bit_of_a_link_counts_and_rows_cannot_change_places() {
    let app = TestApp::new().await;
    app.person("bob").await;
    app.operator_acts("bob", 3).await;
    app.chains().await;
    let link = verified(&app).await.head.chain;
    for at in 0..link.len() {
        let mut flipped = link.clone();
        flipped[at] ^= 1 << (at % 8);
        let found = after(&app, "UPDATE audit SET chain = $1 WHERE seq = 6", vec![flipped.into()]).await;
        assert_eq!(place(&found), "6", "byte {at}");
    }
    // Two rows change places, with their links and without.
    let swap = "UPDATE audit SET seq = CASE seq WHEN 2 THEN -3 ELSE -2 END WHERE seq IN (2, 3)";
    let tx = app.env().begin().await.unwrap();
    sql::run(tx.db(), swap, vec![]).await.unwrap();
    sql::run(tx.db(), "UPDATE audit SET seq = -seq WHERE seq < 0", vec![])
        .await
        .unwrap();
    let found = audit::verify(tx.db(), app.env().seal(), None).await.unwrap();
    tx.rollback().await.unwrap();
    assert_eq!(place(&found), "2", "{found:?}");
    // The end is cut off; then the head is turned back too, and only who noted it finds that.
    let cut = "DELETE FROM audit WHERE seq > 4";
    assert_eq!(place(&after(&app, cut, vec![]).await), "5");
    let noted = verified(&app).await.head;
    let tx = app.env().begin().await.unwrap();
    let fourth = sql::one(tx.db(), "SELECT chain FROM audit WHERE seq = 4", vec![])
        .await
        .unwrap()
        .unwrap();
    let fourth = Head {
        seq: 4,
        chain: fourth.try_get("", "chain").unwrap(),
    };
    sql::run(tx.db(), cut, vec![]).await.unwrap();
    let back = "UPDATE meta SET value = $1 WHERE name = 'audit_head'";
    sql::run(tx.db(), back, vec![fourth.to_string().into()]).await.unwrap();
    let blind = audit::verify(tx.db(), app.env().seal(), None).await.unwrap();
    let seeing = audit::verify(tx.db(), app.env().seal(), Some(&noted)).await.unwrap();
    let older = audit::verify(tx.db(), app.env().seal(), Some(&fourth)).await.unwrap();
    tx.rollback().await.unwrap();
    assert_eq!((blind.broken, older.broken), (None, None));
    assert!(seeing.broken.unwrap().contains("number 6"));
    app.close().await;
}

#[tokio::test]
async fn one_chainer_works_at_a_time_while_acts_go_on() {
    let app = TestApp::new().await;
    let twin = app.twin(|_| {}).await;
    let names: Vec<String> = (0..8).map(|number| format!("person{number}")).collect();
    join_all(names.iter().map(|name| app.person(name))).await;
    let acting = join_all(names.iter().map(|name| app.operator_acts(name, 5)));
    let chaining = async {
        for _ in 0..30 {
            let both = futures::join!(audit::chain(app.env(), System::new()), audit::chain(&twin.env, System::new()));
            both.0.unwrap();
            both.1.unwrap();
            tokio::task::yield_now().await;
        }
    };
    futures::join!(acting, chaining);
    while verified(&app).await.tail > 0 {
        app.chains().await;
    }
    let whole = verified(&app).await;
    assert_eq!((whole.head.seq, whole.broken), (80, None));
    twin.stop().await;
    app.close().await;
}

#[tokio::test]
async fn an_operator_verifies_the_chain_and_notes_its_newest_link() {
    let folder = tempfile::tempdir().unwrap();
    let run = |words: &[&str]| Binary::run(folder.path(), &[], words, &format!("{PASSWORD}\n"));
    assert!(run(&["admin", "create", "ada", "ada@example.com"]).status.success());
    assert!(run(&["admin", "revoke", "ada"]).status.success());
    let told = run(&["audit", "verify"]);
    assert!(
        told.status.success() && told.out.contains("0 rows hold, 1 are not chained yet"),
        "{} {}",
        told.out,
        told.err
    );
    let wrong = run(&["audit", "verify", "--knows", "1:00ff"]);
    assert!(
        !wrong.status.success() && wrong.out.contains("is not in the chain"),
        "{} {}",
        wrong.out,
        wrong.err
    );
}

/// Acts that this world's admin can do at once, so that no change lets them slip away unseen. The stories of each domain see the others.
const SEEN: [&str; 13] = [
    "announcementCreate",
    "announcementRetract",
    "bankDifferenceRelease",
    "moneyDecisionClaim",
    "moneyDecisionRelease",
    "withdrawalClaim",
    "withdrawalRelease",
    "listingApprove",
    "listingReject",
    "listingReviewClaim",
    "listingReviewRelease",
    "withdrawalApprove",
    "withdrawalReject",
];

#[tokio::test]
async fn every_act_of_an_admin_leaves_a_row() {
    let app = TestApp::new().await;
    let world = World::new(&app).await;
    let ada = world.ada.id().await;
    let (mut without, mut seen) = (Vec::new(), Vec::new());
    for mutation in world.roots("Mutation") {
        let call = mutation.name.node.as_str();
        let Some(argument) = mutation.arguments.first() else { continue };
        // No verification waits in this world, and giving back what one never took is no act; `identity_manual` has both.
        if need_of(&mutation).as_deref() != Some("ADMIN") || call == "identityReviewRelease" {
            continue;
        }
        let kind = named(&argument.node.ty.node).to_owned();
        let mut input = world.good(call, &kind).await;
        prepare(&world, call, &mut input).await;
        let before = app.acts_of(ada).await;
        let answer = world.mutate(&world.ada, call, &kind, input).await;
        // What was refused was no act.
        if answer["data"][call]["userErrors"] == json!([]) {
            seen.push(call.to_owned());
            if app.acts_of(ada).await == before {
                without.push(format!("{call}: {answer}"));
            }
        }
    }
    assert!(without.is_empty(), "done and not on record:\n{}", without.join("\n"));
    let unseen: Vec<_> = SEEN.iter().filter(|call| !seen.iter().any(|seen| seen == *call)).collect();
    assert!(unseen.is_empty(), "not done any more: {unseen:?}");
    app.close().await;
}

/// What a call needs beside a good input.
async fn prepare(world: &World<'_>, call: &str, input: &mut Value) {
    match call {
        "withdrawalRelease" | "moneyDecisionRelease" | "bankDifferenceRelease" => {
            let claim = call.replace("Release", "Claim");
            let kind = format!("{}{}Input", claim[..1].to_uppercase(), &claim[1..]);
            let taken = json!({ "id": input["id"] });
            world.mutate(&world.ada, &claim, &kind, taken).await;
        }
        "listingReviewRelease" => {
            let claim = json!({ "id": input["id"] });
            world
                .mutate(&world.ada, "listingReviewClaim", "ListingReviewClaimInput", claim)
                .await;
        }
        // What already is as it is asked for is no act.
        "gameUpdate" => input["change"]["nameEn"] = json!("Another name"),
        // Another call may have decided on the one that waited.
        "listingApprove" | "listingReject" => {
            let made = world.sam.creates(&world.sam.draft("8.00").await).await;
            input["id"] = made["listing"]["id"].clone();
        }
        "withdrawalApprove" | "withdrawalReject" | "withdrawalClaim" => {
            world.sam.has("6000.00").await;
            input["id"] = world.sam.withdraws("5500.00", &world.things[&Kind::PayoutAccount]).await;
        }
        _ => {}
    }
}
