//! What was shown before, and each event since, come to what is shown now (T3). Every kind of event that the schema can tell is tried; one without a
//! case here fails.

use std::collections::BTreeSet;

use async_graphql_parser::types::TypeKind;
use entity::kinds::Role;
use serde_json::{Value, json};
use tokio::time::timeout;
use uuid::Uuid;

use crate::{
    contract::{fields_of, types},
    support::{Person, Said, TestApp},
    world::named,
};

/// A deadline for what must come: reaching it fails the test.
const NEVER: std::time::Duration = std::time::Duration::from_secs(30);

/// Everything that events tell of, and the cursor from which they lead on.
const STATE: &str = "query State { liveCursor noticeUnreadCount chatUnreadCount \
    notices(first: 40) { nodes { id } } \
    boughtOrders(first: 5) { nodes { id state } } soldOrders(first: 5) { nodes { id state } } \
    me { cases(first: 5) { nodes { id state } } } madeOffers(first: 5) { nodes { id state } } receivedOffers(first: 5) { nodes { id state } } \
    conversations(first: 2) { nodes { id lastSeq unreadCount readSeq otherReadSeq lines(first: 25) { nodes { __typename ... on Message { id text recalledAt } ... on SystemLine { id text } } } } } }";

const LINE: &str = "line { __typename ... on Message { id text recalledAt conversation { id lastSeq unreadCount readSeq otherReadSeq } } ... on SystemLine { id text conversation { id lastSeq unreadCount readSeq otherReadSeq } } }";

/// What only an admin is shown.
const STAFF_STATE: &str = "query State { liveCursor queues { kind waitingCount claimedCount mineCount oldestAt } caseQueue(first: 5) { nodes { case { id state } } } }";
const QUEUE: &str = "kind waitingCount claimedCount mineCount oldestAt";

/// A case: a kind of event, what is asked of it, and what it does to what was shown.
struct Case {
    kind: &'static str,
    stream: &'static str,
    asks: fn() -> String,
    applies: fn(&mut Shown, &Value),
}

const CASES: &[Case] = &[
    Case {
        kind: "NoticeCreated",
        stream: "noticeEvents",
        asks: || "cursor unreadCount notice { id }".to_owned(),
        applies: |shown, event| {
            shown.notices.insert(event["notice"]["id"].to_string());
            shown.unread_notices = event["unreadCount"].clone();
        },
    },
    Case {
        kind: "NoticesRead",
        stream: "noticeEvents",
        asks: || "cursor unreadCount".to_owned(),
        applies: |shown, event| shown.unread_notices = event["unreadCount"].clone(),
    },
    Case {
        kind: "NoticeWithdrawn",
        stream: "noticeEvents",
        asks: || "cursor unreadCount noticeId".to_owned(),
        applies: |shown, event| {
            shown.notices.remove(&event["noticeId"].to_string());
            shown.unread_notices = event["unreadCount"].clone();
        },
    },
    Case {
        kind: "QueueChanged",
        stream: "staffEvents",
        asks: || format!("cursor queue {{ {QUEUE} }}"),
        applies: |shown, event| shown.sees_queue(&event["queue"]),
    },
    Case {
        kind: "CaseReviewChanged",
        stream: "staffEvents",
        asks: || "cursor review { case { id state closedAt } }".to_owned(),
        applies: |shown, event| {
            let case = &event["review"]["case"];
            // What has ended waits no more.
            if case["closedAt"].is_null() {
                shown.cases.insert(case["id"].to_string(), case["state"].clone());
            } else {
                shown.cases.remove(&case["id"].to_string());
            }
        },
    },
    Case {
        kind: "ChatLineWritten",
        stream: "chatEvents",
        asks: || format!("cursor unreadCount {LINE}"),
        applies: |shown, event| {
            shown.sees_line(&event["line"]);
            shown.unread_lines = event["unreadCount"].clone();
        },
    },
    Case {
        kind: "ChatMessageRecalled",
        stream: "chatEvents",
        asks: || format!("cursor {LINE}"),
        applies: |shown, event| shown.sees_line(&event["line"]),
    },
    Case {
        kind: "ChatRead",
        stream: "chatEvents",
        asks: || "cursor unreadCount conversation { id lastSeq unreadCount readSeq otherReadSeq }".to_owned(),
        applies: |shown, event| {
            shown.sees_conversation(&event["conversation"]);
            shown.unread_lines = event["unreadCount"].clone();
        },
    },
    Case {
        // It is in no log and changes nothing that is shown later.
        kind: "ChatTyping",
        stream: "chatEvents",
        asks: || "conversationId".to_owned(),
        applies: |_, _| {},
    },
    Case {
        kind: "OrderChanged",
        stream: "orderEvents",
        asks: || "cursor order { id state }".to_owned(),
        applies: |shown, event| {
            let order = &event["order"];
            shown.orders.insert(order["id"].to_string(), order["state"].clone());
        },
    },
    Case {
        kind: "OfferChanged",
        stream: "orderEvents",
        asks: || "cursor offer { id state }".to_owned(),
        applies: |shown, event| {
            let offer = &event["offer"];
            shown.offers.insert(offer["id"].to_string(), offer["state"].clone());
        },
    },
    Case {
        kind: "CaseChanged",
        stream: "orderEvents",
        asks: || "cursor case { id state }".to_owned(),
        applies: |shown, event| {
            let case = &event["case"];
            shown.cases.insert(case["id"].to_string(), case["state"].clone());
        },
    },
];

/// What a client shows.
#[derive(Debug, Clone, PartialEq)]
struct Shown {
    notices: BTreeSet<String>,
    unread_notices: Value,
    unread_lines: Value,
    orders: std::collections::BTreeMap<String, Value>,
    offers: std::collections::BTreeMap<String, Value>,
    cases: std::collections::BTreeMap<String, Value>,
    conversations: std::collections::BTreeMap<String, Value>,
    lines: std::collections::BTreeMap<String, Value>,
    queues: std::collections::BTreeMap<String, Value>,
}

impl Shown {
    /// The order that is in this state.
    fn order_in(&self, state: &str) -> String {
        let (order, _) = self.orders.iter().find(|(_, found)| **found == state).unwrap();
        serde_json::from_str(order).unwrap()
    }

    fn sees_queue(&mut self, queue: &Value) {
        self.queues.insert(queue["kind"].to_string(), queue.clone());
    }

    /// What the server shows now, and the cursor.
    async fn now(person: &Person<'_>) -> (Self, Value) {
        let answer = person.sends(STATE, json!({})).await;
        assert!(answer.get("errors").is_none(), "{answer}");
        let data = &answer["data"];
        let nodes = |list: &Value| list["nodes"].as_array().unwrap().clone();
        let mut shown = Self {
            notices: nodes(&data["notices"]).iter().map(|notice| notice["id"].to_string()).collect(),
            unread_notices: data["noticeUnreadCount"].clone(),
            unread_lines: data["chatUnreadCount"].clone(),
            orders: [nodes(&data["boughtOrders"]), nodes(&data["soldOrders"])]
                .concat()
                .iter()
                .map(|order| (order["id"].to_string(), order["state"].clone()))
                .collect(),
            offers: [nodes(&data["madeOffers"]), nodes(&data["receivedOffers"])]
                .concat()
                .iter()
                .map(|offer| (offer["id"].to_string(), offer["state"].clone()))
                .collect(),
            cases: nodes(&data["me"]["cases"])
                .iter()
                .map(|case| (case["id"].to_string(), case["state"].clone()))
                .collect(),
            conversations: std::collections::BTreeMap::new(),
            lines: std::collections::BTreeMap::new(),
            queues: std::collections::BTreeMap::new(),
        };
        if person.rights().await.role == Role::Admin {
            let staff = person.sends(STAFF_STATE, json!({})).await;
            for queue in staff["data"]["queues"].as_array().unwrap_or_else(|| panic!("{staff}")) {
                shown.sees_queue(queue);
            }
            for review in nodes(&staff["data"]["caseQueue"]) {
                shown
                    .cases
                    .insert(review["case"]["id"].to_string(), review["case"]["state"].clone());
            }
        }
        for conversation in nodes(&data["conversations"]) {
            shown.sees_conversation(&conversation);
            for line in nodes(&conversation["lines"]) {
                shown.sees_line(&line);
            }
        }
        (shown, data["liveCursor"].clone())
    }

    fn sees_line(&mut self, line: &Value) {
        let kept = json!([line["__typename"], line["text"], line["recalledAt"]]);
        self.lines.insert(line["id"].to_string(), kept);
        if line["conversation"].is_object() {
            self.sees_conversation(&line["conversation"]);
        }
    }

    fn sees_conversation(&mut self, conversation: &Value) {
        let kept = ["lastSeq", "unreadCount", "readSeq", "otherReadSeq"].map(|field| conversation[field].clone());
        self.conversations.insert(conversation["id"].to_string(), json!(kept));
    }
}

/// The kinds of events that the schema can tell.
fn kinds() -> BTreeSet<String> {
    let types = types();
    let find = |name: &str| types.iter().find(|definition| definition.name.node == name).unwrap();
    let mut kinds = BTreeSet::new();
    for stream in fields_of(find("Subscription")) {
        match &find(named(&stream.ty.node)).kind {
            TypeKind::Union(union) => kinds.extend(union.members.iter().map(|member| member.node.to_string())),
            other => panic!("a stream of {other:?}"),
        }
    }
    kinds
}

/// The subscription to one stream, with all that its kinds are asked.
fn document(stream: &str) -> String {
    let cases = CASES.iter().filter(|case| case.stream == stream);
    // Two kinds may ask the same field of another type.
    let parts: Vec<String> = cases.map(|case| format!("... on {} {{ {} }}", case.kind, (case.asks)())).collect();
    format!(
        "subscription S($after: Cursor) {{ {stream}(after: $after) {{ __typename {} }} }}",
        parts.join(" ")
    )
}

/// Listens from a cursor until what was shown has become what is shown now. Answers the kinds that came.
async fn comes_to(person: &Person<'_>, mut shown: Shown, after: Value, fresh: &Shown) -> BTreeSet<String> {
    let mut socket = person.connects().await;
    let streams: BTreeSet<&str> = CASES.iter().map(|case| case.stream).collect();
    let admin = person.rights().await.role == Role::Admin;
    for stream in streams.into_iter().filter(|stream| admin || *stream != "staffEvents") {
        socket.subscribe(stream, &document(stream), json!({ "after": after })).await;
    }
    let mut came = BTreeSet::new();
    while shown != *fresh {
        // Pings come for ever.
        let said = timeout(NEVER, socket.next()).await;
        let said = said.unwrap_or_else(|_| panic!("nothing more comes; shown is {shown:#?} and should be {fresh:#?}"));
        let Said::Next(stream, payload) = said else {
            panic!("{said:?}; shown is {shown:#?} and should be {fresh:#?}")
        };
        let event = &payload["data"][&stream];
        let kind = event["__typename"].as_str().unwrap_or_else(|| panic!("{payload}"));
        let case = CASES.iter().find(|case| case.kind == kind).unwrap();
        (case.applies)(&mut shown, event);
        came.insert(kind.to_owned());
    }
    came
}

/// The kinds that have a case here, which are all.
fn cases() -> BTreeSet<String> {
    let cases: BTreeSet<String> = CASES.iter().map(|case| case.kind.to_owned()).collect();
    assert_eq!(kinds(), cases, "each kind of event has a case here");
    cases
}

#[tokio::test]
async fn what_was_shown_and_every_event_since_come_to_what_is_shown_now() {
    let cases = cases();
    let app = TestApp::new().await;
    let (sam, bea, ada) = (app.verified("sam").await, app.verified("bea").await, app.admin("ada").await);
    bea.has("100.00").await;
    let first = sam.says(&bea.public_id().await, "Hello").await;
    let conversation = &first["conversation"]["id"];
    let (one, other, third) = (sam.sells("20.00").await, sam.sells("20.00").await, sam.sells("20.00").await);
    let mut came = BTreeSet::from(["ChatTyping".to_owned()]);
    let mut announced = Value::Null;
    for step in 0..12 {
        app.relayed().await;
        let before = [Shown::now(&sam).await, Shown::now(&bea).await, Shown::now(&ada).await];
        match step {
            0 => drop(sam.says(conversation, "Are you there?").await),
            1 => drop(bea.has_read(conversation, 2).await),
            2 => drop(sam.recalls(&first["id"]).await),
            3 => drop(bea.buys(&one).await),
            4 => {
                let order = bea.buys(&other).await;
                bea.cancels(&order).await;
            }
            5 => {
                let order = before[1].0.order_in("PAID");
                sam.delivers(&order, "word").await;
                bea.confirms(&order).await;
                let case = bea.claims(&order).await;
                sam.answers(&case).await;
                bea.withdraws_claim(&case).await;
            }
            6 => {
                let offer = bea.offers(&third, "15.00").await;
                sam.counters(&offer, "18.00").await;
            }
            7 => drop(sam.sends("mutation A { noticeReadAll { readCount } }", json!({})).await),
            8 => announced = ada.announces("Away on Sunday", Uuid::new_v4()).await["announcement"]["id"].clone(),
            9 => drop(ada.retracts(&announced).await),
            10 => {
                let made = sam.creates(&sam.draft("20.00").await).await;
                let id = json!({ "id": made["listing"]["id"] });
                ada.calls("listingReviewClaim", "listing { id }", id).await;
                bea.claims(&before[1].0.order_in("COMPLETED")).await;
            }
            _ => {
                bea.says(conversation, "All at once").await;
                app.tells(bea.id().await, 3).await;
                bea.sends("mutation A { noticeReadAll { readCount } }", json!({})).await;
                sam.has_read(conversation, 3).await;
            }
        }
        app.relayed().await;
        for (person, (shown, after)) in [&sam, &bea, &ada].into_iter().zip(before) {
            let (fresh, _) = Shown::now(person).await;
            came.extend(comes_to(person, shown, after, &fresh).await);
        }
    }
    assert_eq!(came, cases, "each of them came");
    app.close().await;
}
