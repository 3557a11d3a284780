//! What waits for admins: in each queue alike it is claimed, given back, told of when nobody takes it, and told live.

use std::time::Duration;

use handover::app::Act;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::{
    TestApp,
    staff::Waits,
    wallet::{approves, refusal, rejects},
};

const HOUR: Duration = Duration::from_secs(60 * 60);

#[tokio::test]
async fn in_every_queue_one_admin_takes_a_thing_for_four_hours() {
    let app = TestApp::new().await;
    let things = app.something_waits().await;
    let (ada, bob) = (app.admin("ada").await, app.admin("bob").await);
    assert_eq!(things.len(), 5);
    for thing in &things {
        let kind = thing.kind;
        assert_eq!(ada.queue(kind).await, (1, 0, 0), "{kind}");
        assert_eq!(refusal(&ada.claims_from_queue(thing, false).await), "none", "{kind}");
        assert_eq!(
            refusal(&ada.claims_from_queue(thing, false).await),
            "none",
            "{kind}: again begins anew"
        );
        let refused = bob.claims_from_queue(thing, false).await;
        assert_eq!(refusal(&refused), "CLAIMED_BY_OTHER", "{kind}: {refused}");
        assert!(refused["userErrors"][0]["message"].as_str().unwrap().contains("ada"), "{refused}");
        assert_eq!((ada.queue(kind).await, bob.queue(kind).await), ((1, 1, 1), (1, 1, 0)), "{kind}");
        let seen = [
            ada.lists_claimed(thing, Some("MINE")).await,
            bob.lists_claimed(thing, Some("MINE")).await,
            bob.lists_claimed(thing, Some("CLAIMED")).await,
            bob.lists_claimed(thing, Some("UNCLAIMED")).await,
            bob.lists_claimed(thing, None).await,
        ];
        assert_eq!(seen, [1, 0, 1, 0, 1], "{kind}");
        // Only his own claim does one give back.
        assert_eq!(refusal(&bob.claims_from_queue(thing, true).await), "none", "{kind}");
        assert_eq!(bob.queue(kind).await, (1, 1, 0), "{kind}");
        assert_eq!(refusal(&ada.claims_from_queue(thing, true).await), "none", "{kind}");
        assert_eq!(bob.lists_claimed(thing, Some("UNCLAIMED")).await, 1, "{kind}");
        assert_eq!(refusal(&bob.claims_from_queue(thing, false).await), "none", "{kind}");
    }
    a_claim_lapses_after_four_hours(&app, &things).await;
    app.close().await;
}

async fn a_claim_lapses_after_four_hours(app: &TestApp, things: &[Waits]) {
    app.advance(HOUR * 4 - Duration::from_secs(60));
    let ada = app.sign_in("ada").await;
    for thing in things {
        assert_eq!(
            refusal(&ada.claims_from_queue(thing, false).await),
            "CLAIMED_BY_OTHER",
            "{}",
            thing.kind
        );
    }
    app.advance(Duration::from_secs(60));
    let (ada, bob) = (app.sign_in("ada").await, app.sign_in("bob").await);
    for thing in things {
        assert_eq!(
            ada.queue(thing.kind).await,
            (1, 0, 0),
            "{}: what has lapsed counts no more",
            thing.kind
        );
    }
    assert_eq!(
        refusal(&ada.claims_from_queue(&things[0], false).await),
        "none",
        "and keeps nobody away"
    );
    assert_eq!(app.looks_at_queues().await, (4, 0), "the timer gives the others back");
    assert_eq!(refusal(&bob.claims_from_queue(&things[0], false).await), "CLAIMED_BY_OTHER");
}

#[tokio::test]
async fn what_another_admin_has_claimed_about_money_is_not_decided_meanwhile() {
    let app = TestApp::new().await;
    let things = app.something_waits().await;
    let (ada, bob) = (app.admin("ada").await, app.admin("bob").await);
    let [withdrawal, decision] = [&things[2], &things[4]];
    ada.claims_from_queue(withdrawal, false).await;
    ada.claims_from_queue(decision, false).await;
    for refused in [
        approves(&bob, &withdrawal.id, Uuid::new_v4()).await,
        rejects(&bob, &withdrawal.id, "No.", Uuid::new_v4()).await,
        bob.seconds(&decision.id, None, Uuid::new_v4()).await,
        bob.seconds(&decision.id, Some("No."), Uuid::new_v4()).await,
    ] {
        assert_eq!(refusal(&refused), "CLAIMED_BY_OTHER", "{refused}");
    }
    assert_eq!(refusal(&approves(&ada, &withdrawal.id, Uuid::new_v4()).await), "none");
    assert_eq!(refusal(&ada.seconds(&decision.id, Some("Not now."), Uuid::new_v4()).await), "none");
    for thing in [withdrawal, decision] {
        let late = bob.claims_from_queue(thing, false).await;
        assert_eq!(refusal(&late), "ALREADY_DECIDED", "{late}");
        assert!(late["userErrors"][0]["message"].as_str().unwrap().contains("ada"), "{late}");
        assert_eq!(bob.queue(thing.kind).await, (0, 0, 0));
    }
    app.close().await;
}

#[tokio::test]
async fn nobody_claims_what_is_his_own_matter() {
    let app = TestApp::new().await;
    let things = app.something_waits().await;
    app.operates("bea", Act::Grant).await;
    app.operates("ivy", Act::Grant).await;
    let (bea, ivy, proposer) = (app.sign_in("bea").await, app.sign_in("ivy").await, app.sign_in("proposer").await);
    for (person, thing) in [(&bea, &things[0]), (&ivy, &things[1]), (&bea, &things[2]), (&proposer, &things[4])] {
        assert_eq!(
            refusal(&person.claims_from_queue(thing, false).await),
            "OWN_MATTER",
            "{}",
            thing.kind
        );
    }
    app.close().await;
}

#[tokio::test]
async fn a_case_waits_for_admins_once_its_seller_has_answered() {
    let app = TestApp::new().await;
    let (sam, bea, ada) = (app.verified("sam").await, app.verified("bea").await, app.admin("ada").await);
    bea.has("50.00").await;
    let order = bea.buys(&sam.sells("20.00").await).await;
    sam.delivers(&order, "word").await;
    bea.confirms(&order).await;
    let case = bea.claims(&order).await;
    assert_eq!(ada.queue("CASES").await, (0, 0, 0), "the seller comes first");
    sam.answers(&case).await;
    assert_eq!(ada.queue("CASES").await, (1, 0, 0));
    ada.takes(&case).await;
    assert_eq!(ada.queue("CASES").await, (1, 1, 1));
    bea.withdraws_claim(&case).await;
    assert_eq!(ada.queue("CASES").await, (0, 0, 0));
    app.close().await;
}

async fn overdue(app: &TestApp, name: &str) -> Vec<String> {
    let board = app.sign_in(name).await.notice_board().await.0;
    let overdue = board.into_iter().filter(|(kind, ..)| kind == "QUEUE_OVERDUE");
    overdue.map(|(_, title, _)| title).collect()
}

#[tokio::test]
async fn of_what_nobody_takes_for_a_day_every_admin_is_told_once() {
    let app = TestApp::new().await;
    let things = app.something_waits().await;
    app.admin("ada").await;
    let bob = app.admin("bob").await;
    bob.claims_from_queue(&things[0], false).await;
    app.advance(HOUR * 24 - Duration::from_secs(120));
    assert_eq!(app.looks_at_queues().await, (1, 0), "not yet");
    app.advance(Duration::from_secs(180));
    app.sign_in("bob").await.claims_from_queue(&things[0], false).await;
    assert_eq!(app.looks_at_queues().await, (0, 4), "what bob looks at is not overdue");
    app.relayed().await;
    for name in ["ada", "bob", "proposer"] {
        assert_eq!(overdue(&app, name).await.len(), 4, "{name}");
    }
    assert!(overdue(&app, "bea").await.is_empty());
    app.advance(HOUR * 5);
    assert_eq!(app.looks_at_queues().await, (1, 1), "his claim lapsed");
    app.advance(HOUR * 100);
    app.looks_at_queues().await;
    app.relayed().await;
    assert_eq!(overdue(&app, "ada").await.len(), 5, "of each once");
    app.close().await;
}

const LISTEN: &str = "subscription S($after: Cursor) { staffEvents(after: $after) { __typename ... on QueueChanged { cursor queue { kind waitingCount claimedCount mineCount } } } }";

async fn cursor(person: &crate::support::Person<'_>) -> Value {
    person.sends("query C { liveCursor }", json!({})).await["data"]["liveCursor"].clone()
}

#[tokio::test]
async fn every_step_of_every_queue_is_told_live() {
    let app = TestApp::new().await;
    let ada = app.admin("ada").await;
    let before = cursor(&ada).await;
    let things = app.something_waits().await;
    app.relayed().await;
    // Meanwhile the clock went on, for the bank.
    let ada = app.sign_in("ada").await;
    let mut socket = ada.connects().await;
    socket.subscribe("s", LISTEN, json!({ "after": before })).await;
    let mut told: Vec<(String, i64)> = Vec::new();
    // A thing that was written down behind the back of its use-case is told of with its next step.
    for _ in 0..3 {
        let event = socket.data().await["staffEvents"]["queue"].take();
        told.push((event["kind"].as_str().unwrap().to_owned(), event["waitingCount"].as_i64().unwrap()));
    }
    told.sort();
    let expected = [("LISTINGS", 1), ("MONEY_DECISIONS", 1), ("WITHDRAWALS", 1)];
    assert_eq!(told, expected.map(|(kind, count)| (kind.to_owned(), count)));
    for thing in &things {
        for (release, claimed) in [(false, 1), (true, 0)] {
            ada.claims_from_queue(thing, release).await;
            app.relayed().await;
            let event = socket.data().await["staffEvents"]["queue"].take();
            assert_eq!(event["kind"], thing.kind);
            assert_eq!(
                (event["claimedCount"].as_i64(), event["mineCount"].as_i64()),
                (Some(claimed), Some(claimed))
            );
        }
    }
    let [listing, .., withdrawal, _, decision]: &[Waits] = &things else {
        panic!()
    };
    app.reviewer().await.approves(&listing.id).await;
    app.relayed().await;
    assert_eq!(socket.data().await["staffEvents"]["queue"]["kind"], "LISTINGS");
    rejects(&ada, &withdrawal.id, "Call us.", Uuid::new_v4()).await;
    app.relayed().await;
    assert_eq!(socket.data().await["staffEvents"]["queue"]["kind"], "WITHDRAWALS");
    ada.seconds(&decision.id, Some("Not now."), Uuid::new_v4()).await;
    app.relayed().await;
    let event = socket.data().await["staffEvents"].take();
    assert_eq!(
        event["queue"],
        json!({ "kind": "MONEY_DECISIONS", "waitingCount": 0, "claimedCount": 0, "mineCount": 0 })
    );

    app.operates("ada", Act::Revoke).await;
    assert_eq!(socket.closed().await, (4403, Vec::new()), "no admin, no socket of one");
    app.close().await;
}
