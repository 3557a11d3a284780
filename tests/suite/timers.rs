//! Every wait of the house under a clock that is moved, with real processes that work and one of them killed in the midst: nothing happens early,
//! each thing once, and late by two looks at most.

use std::{collections::BTreeMap, time::Duration};

use entity::{
    identity,
    kinds::IdentityState,
    value::{CaseId, OrderId},
};
use handover::graphql::id;
use sea_orm::{ConnectionTrait, DbBackend, EntityTrait, IntoActiveModel, Statement};
use serde_json::{Value, json};
use tokio::task::block_in_place;
use uuid::Uuid;

use crate::support::{
    Person, TestApp,
    bank::{Line, OutsideBank},
    clockwork::{ASIDE, COLUMNS, Clockwork, Ended, TICK_MS},
};

const DAYS: u64 = 34;
/// A figure in milliseconds is a deadline; how near it came is printed. The aim is two looks.
const LATE: i64 = 2 * TICK_MS * 10;

/// What happens, in its order, to things that nobody touches any more.
const STORIES: [(&str, &str); 9] = [
    ("unpaid", "REMINDED_AT_HALF REMINDED_AT_END CANCELLED"),
    ("promised", "REMINDED_AT_HALF REMINDED_AT_END CANCELLED"),
    ("delivered", "REMINDED_AT_HALF REMINDED_AT_END COMPLETED SETTLED KEY_DESTROYED"),
    (
        "returned",
        "REMINDED_AT_HALF REMINDED_AT_END RETURN_LAPSED REMINDED_AT_HALF REMINDED_AT_END COMPLETED SETTLED",
    ),
    ("handed back", "REMINDED_AT_HALF REMINDED_AT_END REFUNDED KEY_DESTROYED"),
    ("claim", "REVIEW_BEGAN FREEZE_NARROWED FREEZE_ENDED"),
    ("refused", "REVIEW_BEGAN FOUND_INTACT CLOSED"),
    ("mediated", "REVIEW_BEGAN FINAL_RULING_BEGAN CLOSED"),
    ("ruled by one", "RULING_LAPSED FREEZE_NARROWED FREEZE_ENDED"),
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_wait_ends_once_in_time_though_one_of_three_working_processes_is_killed() {
    let bank = OutsideBank::start(Line::Open).await;
    let app = TestApp::with(|config| bank.configure(config)).await;
    bank.knows(&app);
    let clockwork = Clockwork::new(&app, &bank);
    let waits = everybody_waits(&app).await;
    app.relayed().await;
    // A file has one process that works; a server has many.
    let mut workers: Vec<_> = (0..if TestApp::has_servers() { 3 } else { 1 })
        .map(|_| block_in_place(|| clockwork.worker()))
        .collect();
    let mut killed = false;
    let at_work = |at_once: usize| {
        if at_once < 4 || killed {
            return false;
        }
        killed = true;
        drop(workers.pop());
        if workers.is_empty() {
            workers.push(block_in_place(|| clockwork.worker()));
            return true;
        }
        false
    };
    let ended = clockwork.run(Duration::from_secs(DAYS * 24 * 60 * 60), at_work).await;
    assert!(killed, "nothing ended at once");
    drained(&app).await;
    in_time(&ended);
    for (name, expected) in STORIES {
        assert_eq!(story(&app, &waits[name]).await, expected, "{name}");
    }
    insta::assert_snapshot!("what_the_timers_left", states(&app).await);
    drop(workers);
    app.close().await;
}

/// Each column had its waits, and none ended too late.
fn in_time(ended: &Ended) {
    for (name, (count, late)) in &ended.of {
        eprintln!("{name:<20} {count:>3} ended, late by {late} ms at most");
        assert!(*late <= LATE, "{name}: {late} ms");
    }
    for column in &COLUMNS {
        assert!(ended.of.contains_key(column.name()), "nothing waited in {}", column.name());
    }
}

/// Something in each of the columns, and in each state that an order or a case can wait in. What has a story is answered by its name.
async fn everybody_waits(app: &TestApp) -> BTreeMap<&'static str, Uuid> {
    let (sam, bea, ada) = (app.verified("sam").await, app.verified("bea").await, app.admin("ada").await);
    bea.has("500.00").await;
    let mut waits = BTreeMap::new();
    let unpaid = sam.agrees_to(&bea.offers(&sam.sells("20.00").await, "15.00").await).await;
    bea.offers(&sam.sells("21.00").await, "15.00").await;
    sam.counters(&bea.offers(&sam.sells("22.00").await, "15.00").await, "18.00").await;
    waits.insert("unpaid", order(&unpaid));
    waits.insert("promised", order(&bea.buys(&sam.sells("20.00").await).await));
    for name in ["delivered", "returned", "handed back"] {
        let bought = bea.buys(&sam.sells("20.00").await).await;
        sam.delivers(&bought, "first").await;
        if name != "delivered" {
            bea.asks_back(&bought).await;
        }
        if name == "handed back" {
            bea.hands_back(&bought, "second").await;
        }
        waits.insert(name, order(&bought));
    }
    let refused = app
        .disputed_between(app.verified("gil").await, app.verified("ida").await, "30.00")
        .await;
    let mediated = app
        .disputed_between(app.verified("kim").await, app.verified("lou").await, "40.00")
        .await;
    for party in [&mediated.sam, &mediated.bea] {
        party.argues("caseEvidenceDone", &mediated.case, json!({})).await;
    }
    ada.finds_in(&mediated.case, "DAMAGED", Some(50)).await;
    let objected = mediated.sam.argues("caseObject", &mediated.case, json!({})).await;
    assert_eq!(objected["case"]["state"], "MEDIATION", "{objected}");
    waits.insert("refused", case(&json!(refused.case)));
    waits.insert("mediated", case(&json!(mediated.case)));
    let (hal, gus) = (app.verified("hal").await, app.verified("gus").await);
    gus.has("20000.01").await;
    let claim = bea.claims(&app.sold(&app.verified("max").await, &bea, "20.00").await).await;
    let large = gus.claims(&app.sold(&hal, &gus, "20000.01").await).await;
    hal.answers(&large).await;
    ada.takes(&large).await;
    ada.turns_down(&large).await;
    waits.insert("claim", case(&claim));
    waits.insert("ruled by one", case(&large));
    app.admin("abe").await.proposes_to_fund("20.00").await;
    money_waits(app).await;
    a_name_and_a_wallet_wait(app, &ada).await;
    let draft = sam.creates(&sam.draft("7.00").await).await["listing"]["id"].clone();
    ada.calls("listingReviewClaim", "listing { id }", json!({ "id": draft })).await;
    waits
}

/// A deposit that nobody pays, and a withdrawal to an account that is new.
async fn money_waits(app: &TestApp) {
    let cas = app.verified("cas").await.with_balance("900.00").await;
    let account = cas.adds_account("6222020200112345").await;
    cas.withdraws("100.00", &account).await;
    cas.asks_to_pay_in("20.00").await;
}

/// A verification that no admin decides, and a wallet that one froze and forgot.
async fn a_name_and_a_wallet_wait(app: &TestApp, ada: &Person<'_>) {
    let (ivy, now) = (app.person("ivy").await, app.env().now());
    let row = identity::Model {
        user_id: ivy.id().await,
        state: IdentityState::Pending,
        name_sealed: Vec::new(),
        number_sealed: Vec::new(),
        number_index: Vec::new(),
        reason: None,
        submitted_at: now,
        decided_at: None,
        card_id: None,
        person_id: None,
        claimed_by: None,
        claimed_at: None,
        decided_by: None,
        lapses_at: Some(now.plus_days(30)),
    };
    let tx = app.env().begin().await.unwrap();
    let insert = identity::Entity::insert(row.into_active_model());
    insert.exec_without_returning(tx.db()).await.unwrap();
    tx.commit().await.unwrap();
    let frozen = ada.freezes(&ivy, "Look into it.", Uuid::new_v4()).await;
    assert_eq!(frozen["userErrors"], json!([]), "{frozen}");
}

fn order(global: &str) -> Uuid {
    id::decode::<OrderId>(&global.into()).unwrap_or_else(|_| panic!("{global}")).0
}

fn case(global: &Value) -> Uuid {
    id::decode::<CaseId>(&global.as_str().unwrap().into())
        .unwrap_or_else(|_| panic!("{global}"))
        .0
}

async fn texts(app: &TestApp, sql: &str) -> Vec<String> {
    let db = app.env().db();
    let rows = db
        .query_all_raw(Statement::from_string(db.get_database_backend(), sql))
        .await
        .unwrap();
    rows.iter().map(|row| row.try_get_by_index(0).unwrap()).collect()
}

/// What the platform did by itself with an order or a case, in its order.
async fn story(app: &TestApp, whose: &Uuid) -> String {
    let id = if app.env().db().get_database_backend() == DbBackend::Sqlite {
        format!("X'{}'", whose.simple())
    } else {
        format!("'{whose}'")
    };
    let steps = format!(
        "SELECT kind FROM (SELECT kind, seq FROM order_steps WHERE order_id = {id} AND actor_id IS NULL \
         UNION ALL SELECT kind, seq FROM case_steps WHERE case_id = {id} AND actor_id IS NULL) AS steps ORDER BY seq"
    );
    // These two end at the same moment, each by a look of its own.
    let told = texts(app, &steps).await.join(" ");
    told.replace("FREEZE_NARROWED RULING_LAPSED", "RULING_LAPSED FREEZE_NARROWED")
}

/// How many of everything ended how, which transfers that took, and how many notices told of it.
async fn states(app: &TestApp) -> String {
    let mut told = Vec::new();
    for (of, what) in [
        ("orders", "state"),
        ("offers", "state"),
        ("cases", "state"),
        ("case_rulings", "state"),
        ("money_decisions", "state"),
        ("deposits", "state"),
        ("withdrawals", "state"),
        ("identities", "state"),
        ("listings", "state"),
        ("strikes", "kind"),
        ("ledger_transfers", "cause"),
        ("notices", "kind"),
    ] {
        // Of what waits too long in the queues admins are told together, of more or fewer things at once.
        let count = format!("SELECT {what} || ' ' || count(*) FROM {of} WHERE {what} <> 'QUEUE_OVERDUE' GROUP BY {what} ORDER BY {what}");
        told.push(format!("{of}: {}", texts(app, &count).await.join(", ")));
    }
    let twice = "SELECT n.kind || ' ' || count(*) FROM notices n GROUP BY n.kind, n.user_id, n.subject_id, n.event_id HAVING count(*) > 1";
    assert_eq!(texts(app, twice).await, [""; 0], "told twice");
    told.join("\n")
}

/// Waits until all that was to be told is told: an event, a mail that a killed process had taken.
async fn drained(app: &TestApp) {
    let left = "SELECT 'outbox' FROM outbox WHERE due_at IS NOT NULL UNION ALL SELECT 'mail' FROM notice_mails WHERE due_at IS NOT NULL \
                UNION ALL SELECT 'letter' FROM letters WHERE due_at IS NOT NULL";
    for _ in 0..600 {
        if texts(app, left).await.is_empty() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("not told: {:?}", texts(app, left).await);
}

/// A new column that holds the end of a wait has its place in the test above, or a reason why not.
#[tokio::test]
async fn every_column_that_holds_the_end_of_a_wait_is_waited_for() {
    let app = TestApp::new().await;
    let sql = if app.env().db().get_database_backend() == DbBackend::Sqlite {
        "SELECT m.name || '.' || c.name FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table'"
    } else {
        "SELECT table_name || '.' || column_name FROM information_schema.columns WHERE table_schema = 'public'"
    };
    let ends = [
        "due_at",
        "remind_at",
        "settles_at",
        "lapses_at",
        "ask_at",
        "destroy_at",
        "expires_at",
    ];
    for column in texts(&app, sql)
        .await
        .iter()
        .filter(|column| ends.iter().any(|end| column.ends_with(end)))
    {
        let known = COLUMNS.iter().any(|known| format!("{}.{}", known.table, known.due) == *column);
        let aside = ASIDE.iter().any(|(table, due, _)| format!("{table}.{due}") == *column);
        assert!(known || aside, "nobody waits for the end of {column}");
    }
    app.close().await;
}
