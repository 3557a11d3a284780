//! Secrets at rest: bound to their place, and their keys exchanged while people work.

use std::collections::BTreeSet;

use entity::{idempotency_key, value::UserId};
use futures::future::join_all;
use handover::{
    app::sealed_columns,
    infra::seal::{FILE, add_key},
    kernel::{
        Claim,
        policy::System,
        rewrap::{SealedColumn, rewrap},
        sql,
    },
};
use sea_orm::{DbBackend, EntityTrait, FromQueryResult};
use serde_json::json;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::support::{Binary, Person, TestApp, account::fresh_id_number};

/// Columns of bytes that are not under the server's keys: hashes and fingerprints, files under a key of their order, links of the audit chain.
const OTHERS: [&str; 12] = [
    "account_prints.print",
    "audit.chain",
    "complaints.digest",
    "credentials.sealed",
    "evidence.digest",
    "hand_backs.sealed",
    "idempotency_keys.input_hash",
    "identities.number_index",
    "images.sha256",
    "payout_accounts.number_index",
    "recovery_codes.hash",
    "refresh_tokens.hash",
];

#[derive(FromQueryResult)]
struct Name {
    name: String,
}

/// A column of bytes holds a sealed value that `keys rewrap` knows, or is on the list above. A new one is on neither until somebody decides.
#[tokio::test]
async fn every_column_of_bytes_is_known_to_the_keys_or_needs_none() {
    let app = TestApp::new().await;
    let query = match app.env().db().get_database_backend() {
        DbBackend::Postgres => {
            "SELECT table_name || '.' || column_name AS name FROM information_schema.columns \
             WHERE table_schema = 'public' AND data_type = 'bytea'"
        }
        _ => {
            "SELECT t.name || '.' || c.name AS name FROM sqlite_master t JOIN pragma_table_info(t.name) c \
             WHERE t.type = 'table' AND lower(c.type) = 'blob'"
        }
    };
    let found: Vec<Name> = sql::all(app.env().db(), query, vec![]).await.unwrap();
    let found: BTreeSet<String> = found.into_iter().map(|row| row.name).collect();
    let known: BTreeSet<String> = sealed_columns()
        .iter()
        .map(|of| format!("{}.{}", of.table, of.column))
        .chain(OTHERS.map(str::to_owned))
        .collect();
    let unknown: Vec<_> = found.difference(&known).filter(|name| !OTHERS.contains(&name.as_str())).collect();
    assert!(
        unknown.is_empty(),
        "neither sealed under the server's keys nor known to need none: {unknown:?}"
    );
    let missing: Vec<_> = sealed_columns()
        .iter()
        .map(|of| format!("{}.{}", of.table, of.column))
        .filter(|name| !found.contains(name))
        .collect();
    assert!(missing.is_empty(), "listed and not there: {missing:?}");
    app.close().await;
}

/// A card's number has few digits that are not known: without a key its hash gives it away.
#[tokio::test]
async fn what_an_idempotency_key_was_used_with_is_found_by_no_trying() {
    let app = TestApp::new().await;
    let user = app.person("ann").await.id().await;
    let (key, number) = (Uuid::new_v4(), "6222020200112345");
    let tx = app.env().begin().await.unwrap();
    let first = tx.claim(user, "test", key, &number).await.unwrap();
    let Claim::First(made) = first else { panic!("{first:?}") };
    assert_eq!(tx.claim(user, "test", key, &number).await.unwrap(), Claim::Repeat(made));
    assert_eq!(tx.claim(user, "test", key, &"another").await.unwrap(), Claim::UsedForOther);
    let row = idempotency_key::Entity::find_by_id((user, "test".to_owned(), key))
        .one(tx.db())
        .await;
    let kept = row.unwrap().unwrap().input_hash;
    let said = serde_json::to_vec(&number).unwrap();
    assert_ne!(kept, Sha256::digest(&said).to_vec());
    assert_eq!(kept, app.env().seal().fingerprint("idempotency-input", &said));
    tx.rollback().await.unwrap();
    app.close().await;
}

#[derive(Debug, Clone, FromQueryResult)]
struct Cell {
    id: Uuid,
    owner: Uuid,
    sealed: Vec<u8>,
}

async fn cells(app: &TestApp, of: &SealedColumn) -> Vec<Cell> {
    let select = format!(
        "SELECT {} AS id, {} AS owner, {column} AS sealed FROM {} WHERE length({column}) > 0 ORDER BY 1",
        of.keys[0],
        of.keys[1],
        of.table,
        column = of.column
    );
    sql::all(app.env().db(), &select, vec![]).await.unwrap()
}

/// Two people with something in every sealed column.
async fn two_with_everything(app: &TestApp) {
    for (name, number) in [("sam", "6222020200112345"), ("bea", "6222020200112346")] {
        let person = app.verified(name).await;
        person.adds_account(number).await;
        person.photo("CARD").await;
        person
            .sends("mutation F { secondFactorBegin { userErrors { code } } }", json!({}))
            .await;
    }
    let (sam, bea) = (app.sign_in("sam").await, app.sign_in("bea").await);
    for (seller, buyer) in [(&sam, &bea), (&bea, &sam)] {
        buyer.has("20.00").await;
        let order = buyer.buys(&seller.sells("20.00").await).await;
        seller.delivers(&order, "a secret password").await;
        buyer.asks_back(&order).await;
        buyer.hands_back(&order, "another password").await;
    }
}

#[tokio::test]
async fn a_sealed_cell_that_was_moved_to_another_row_column_or_owner_does_not_open() {
    let app = TestApp::new().await;
    two_with_everything(&app).await;
    let seal = app.env().seal();
    let mut all = Vec::new();
    for of in sealed_columns() {
        let found = cells(&app, &of).await;
        assert!(found.len() >= 2, "two of each: {}.{}", of.table, of.column);
        all.extend(found.into_iter().map(|cell| (of, cell)));
    }
    let mut moved = 0;
    for (of, cell) in &all {
        for (from, taken) in &all {
            let same = (of.table, of.column, cell.id) == (from.table, from.column, taken.id);
            let opened = seal.open(&(of.place)(cell.id, cell.owner), &taken.sealed);
            assert_eq!(opened.is_ok(), same, "{}.{} in {}.{}", from.table, from.column, of.table, of.column);
            moved += usize::from(!same);
        }
        let stranger = UserId::new().0;
        if of.keys[0] != of.keys[1] {
            assert!(seal.open(&(of.place)(cell.id, stranger), &cell.sealed).is_err(), "another owner");
        }
    }
    assert!(moved > 100, "{moved}");

    // The same through the API: nobody is shown another's name.
    let (sam, bea) = (app.sign_in("sam").await.id().await, app.sign_in("bea").await.id().await);
    let tx = app.env().begin().await.unwrap();
    let swap = "UPDATE identities SET name_sealed = (SELECT o.name_sealed FROM identities o WHERE o.user_id = $2) WHERE user_id = $1";
    sql::run(tx.db(), swap, vec![sam.into(), bea.into()]).await.unwrap();
    tx.commit().await.unwrap();
    let seen = app
        .sign_in("sam")
        .await
        .sends("query Me { me { identity { name } } }", json!({}))
        .await;
    assert_eq!(seen["errors"][0]["extensions"]["code"], "INTERNAL_SERVER_ERROR", "{seen}");
    app.close().await;
}

const NAME: &str = "query Me { me { identity { name number } } }";

async fn reads(person: &Person<'_>) {
    let seen = person.sends(NAME, json!({})).await;
    assert_eq!(seen["data"]["me"]["identity"]["name"], "王**", "a read failed: {seen}");
}

#[tokio::test]
async fn keys_are_exchanged_under_load_by_two_processes_and_no_read_fails() {
    let app = TestApp::new().await;
    let twin = app.twin(|_| {}).await;
    let people = join_all((0..6).map(|number| {
        let app = &app;
        async move { app.verified(&format!("person{number}")).await }
    }))
    .await;
    let reading = async {
        for _ in 0..25 {
            join_all(people.iter().map(reads)).await;
        }
    };
    let writing = async {
        for number in 0..12 {
            let late = app.person(&format!("late{number}")).await;
            late.verifies("王小明", &fresh_id_number()).await;
            reads(&late).await;
        }
    };
    let exchanging = async {
        for id in 2..=4 {
            assert_eq!(add_key(&app.folder.path().join(FILE)).unwrap(), id);
            for env in [&twin.env, app.env()] {
                for of in sealed_columns() {
                    assert_eq!(rewrap(env, System::new(), &of).await.unwrap().broken, Vec::<Uuid>::new());
                }
            }
        }
    };
    futures::join!(reading, writing, exchanging);
    let mut done = 0;
    for of in sealed_columns() {
        done += rewrap(&twin.env, System::new(), &of).await.unwrap().done;
        assert_eq!(
            rewrap(app.env(), System::new(), &of).await.unwrap().done,
            0,
            "what is done is not done again"
        );
        for cell in cells(&app, &of).await {
            assert!(cell.sealed.starts_with(&[1, 0, 0, 0, 4]), "{}.{}", of.table, of.column);
            assert!(twin.env.seal().open(&(of.place)(cell.id, cell.owner), &cell.sealed).is_ok());
        }
    }
    assert!(done <= 12 * 2, "{done}");
    // The keys in between are needed no more; the lowest makes the fingerprints.
    let path = app.folder.path().join(FILE);
    let kept: String = std::fs::read_to_string(&path)
        .unwrap()
        .lines()
        .filter(|line| line.starts_with("1 ") || line.starts_with("4 "))
        .map(|line| format!("{line}\n"))
        .collect();
    std::fs::write(&path, kept).unwrap();
    join_all(people.iter().map(reads)).await;
    twin.stop().await;
    app.close().await;
}

#[tokio::test]
async fn a_value_that_does_not_open_is_named_and_the_rest_is_sealed_anew() {
    let app = TestApp::new().await;
    let (sam, bea) = (app.verified("sam").await, app.verified("bea").await);
    let (sam, bea) = (sam.id().await, bea.id().await);
    let tx = app.env().begin().await.unwrap();
    let swap = "UPDATE identities SET name_sealed = (SELECT o.name_sealed FROM identities o WHERE o.user_id = $2) WHERE user_id = $1";
    sql::run(tx.db(), swap, vec![sam.into(), bea.into()]).await.unwrap();
    tx.commit().await.unwrap();
    add_key(&app.folder.path().join(FILE)).unwrap();
    let of = sealed_columns().into_iter().find(|of| of.column == "name_sealed").unwrap();
    let found = rewrap(app.env(), System::new(), &of).await.unwrap();
    assert_eq!((found.done, found.broken), (1, vec![sam.0]));
    app.close().await;
}

#[test]
fn an_operator_makes_a_key_and_seals_everything_anew() {
    let folder = tempfile::tempdir().unwrap();
    let made = Binary::run(folder.path(), &[], &["keys", "new"], "");
    assert!(
        made.status.success() && made.out.contains("Key 2 was added"),
        "{} {}",
        made.out,
        made.err
    );
    let text = std::fs::read_to_string(folder.path().join(FILE)).unwrap();
    assert_eq!(text.lines().count(), 2);
    let done = Binary::run(folder.path(), &[], &["keys", "rewrap"], "");
    assert!(
        done.status.success() && done.out.contains("Everything is under the newest key"),
        "{} {}",
        done.out,
        done.err
    );
    let set = [("HANDOVER_KEYS__SEAL", text.lines().next().unwrap())];
    let told = Binary::run(folder.path(), &set, &["keys", "new"], "");
    assert!(
        told.status.success() && told.out.contains("nothing was written"),
        "{} {}",
        told.out,
        told.err
    );
    let held = [("HANDOVER_KEYS__SEAL_WITH", "9")];
    let refused = Binary::run(folder.path(), &held, &["keys", "rewrap"], "");
    assert!(
        !refused.status.success() && refused.err.contains("no sealing key 9"),
        "{}",
        refused.err
    );
}
