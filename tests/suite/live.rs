//! Events as they happen: nothing is lost, doubled or out of order, and nobody hears what he may not.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD as URL_SAFE};
use entity::{
    event,
    kinds::Role,
    standing,
    value::{NoticeId, UserId},
};
use handover::{
    app::Act,
    graphql::id,
    kernel::{
        event::{ALL_STREAM, STAFF_STREAM, session_topic, user_stream},
        policy::System,
    },
    worker,
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait};
use serde_json::{Value, json};

use crate::support::{Person, Socket, TestApp};

pub const LISTEN: &str = "subscription N($after: Cursor) { noticeEvents(after: $after) { __typename ... on NoticeCreated { cursor unreadCount notice { id title } } ... on NoticesRead { cursor unreadCount } ... on NoticeWithdrawn { cursor noticeId unreadCount } } }";
const STAFF: &str =
    "subscription S($after: Cursor) { staffEvents(after: $after) { __typename ... on QueueChanged { cursor queue { kind } } } }";
const CURSOR: &str = "query C { liveCursor }";

pub async fn cursor(person: &Person<'_>) -> String {
    let answer = person.sends(CURSOR, json!({})).await;
    answer["data"]["liveCursor"]
        .as_str()
        .unwrap_or_else(|| panic!("no cursor: {answer}"))
        .to_owned()
}

/// A socket that follows the person's notices after a cursor.
pub async fn follows(person: &Person<'_>, after: Option<&str>) -> Socket {
    let mut socket = person.connects().await;
    socket.subscribe("n", LISTEN, json!({ "after": after })).await;
    socket
}

pub fn ids(notices: &[NoticeId]) -> Vec<Value> {
    notices.iter().map(|notice| json!(id::encode(*notice).as_str())).collect()
}

/// The next `count` notices and the last cursor.
pub async fn hears(socket: &mut Socket, count: usize) -> (Vec<Value>, String) {
    let (mut heard, mut cursor) = (Vec::new(), String::new());
    for _ in 0..count {
        let event = socket.data().await["noticeEvents"].take();
        heard.push(event["notice"]["id"].clone());
        cursor = event["cursor"].as_str().unwrap().to_owned();
    }
    (heard, cursor)
}

/// The same cursor with some bytes changed: 8 of the epoch, 16 of the user, 8 of the number.
fn forged(cursor: &str, change: impl FnOnce(&mut [u8])) -> String {
    let mut bytes = URL_SAFE.decode(cursor).unwrap();
    change(&mut bytes);
    URL_SAFE.encode(bytes)
}

/// T1: from wherever a client comes, it hears everything or is told to read anew.
#[tokio::test]
async fn every_cursor_leads_on_whole_or_to_a_resync() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.person("ann").await, app.person("bob").await);
    let user = ann.id().await;
    let empty = cursor(&ann).await;
    let mut from_empty = follows(&ann, Some(&empty)).await;
    let first = app.tells(user, 5).await;
    let (heard, _) = hears(&mut from_empty, 5).await;
    assert_eq!(heard, ids(&first), "from the empty log, live");
    let now = cursor(&ann).await;
    let mut from_now = follows(&ann, Some(&now)).await;
    let mut replayed = follows(&ann, Some(&empty)).await;
    let (heard, middle) = hears(&mut replayed, 3).await;
    assert_eq!(heard, ids(&first[..3]), "replayed");
    let mut from_middle = follows(&ann, Some(&middle)).await;
    let second = app.tells(user, 2).await;
    assert_eq!(hears(&mut from_now, 2).await.0, ids(&second), "from now: only what is new");
    assert_eq!(
        hears(&mut from_middle, 4).await.0,
        ids(&[&first[3..], &second].concat()),
        "replay runs into live"
    );
    assert_eq!(hears(&mut from_empty, 2).await.0, ids(&second), "and the first one goes on");

    let bad = [
        ("of the future", forged(&now, |bytes| bytes[31] += 100)),
        ("a negative number", forged(&now, |bytes| bytes[24] = 255)),
        ("of another epoch", forged(&now, |bytes| bytes[0] ^= 1)),
        ("of another user", cursor(&bob).await),
        ("of a list", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA".to_owned()),
        ("empty", String::new()),
        ("no base64", "!".to_owned()),
    ];
    for (what, after) in bad {
        let mut socket = follows(&ann, Some(&after)).await;
        assert_eq!(socket.error().await, "RESYNC_REQUIRED", "a cursor {what}");
    }
    app.close().await;
}

/// T1: what retention took, or a hole, is told and never skipped.
#[tokio::test]
async fn what_is_gone_from_the_log_is_told_and_not_skipped() {
    let app = TestApp::new().await;
    let ann = app.person("ann").await;
    let user = ann.id().await;
    let empty = cursor(&ann).await;
    app.tells(user, 3).await;
    let end = cursor(&ann).await;
    app.advance(std::time::Duration::from_secs(8 * 24 * 3_600));
    assert!(worker::forget(app.env(), System::new()).await.unwrap() >= 3);
    let ann = app.sign_in("ann").await;
    assert_eq!(follows(&ann, Some(&empty)).await.error().await, "RESYNC_REQUIRED", "all of it gone");
    let mut from_end = follows(&ann, Some(&end)).await;
    let later = app.tells(user, 4).await;
    assert_eq!(hears(&mut from_end, 4).await.0, ids(&later), "at the end nothing was missed");
    assert_eq!(
        follows(&ann, Some(&empty)).await.error().await,
        "RESYNC_REQUIRED",
        "the beginning gone"
    );

    let tx = app.env().begin().await.unwrap();
    event::Entity::delete_by_id((user_stream(user), 5)).exec(tx.db()).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(follows(&ann, Some(&end)).await.error().await, "RESYNC_REQUIRED", "a hole");
    app.close().await;
}

/// Hears so many events after a cursor; answers the cursor of the last.
async fn hears_after(person: &Person<'_>, (document, field): (&str, &str), after: &str, count: usize) -> String {
    let mut socket = person.connects().await;
    socket.subscribe("s", document, json!({ "after": after })).await;
    let mut last = String::new();
    for _ in 0..count {
        socket.data().await[field]["cursor"].as_str().unwrap().clone_into(&mut last);
    }
    socket.close().await;
    last
}

/// What a cursor is refused with.
async fn refused_after(person: &Person<'_>, (document, _): (&str, &str), after: &str) -> String {
    let mut socket = person.connects().await;
    socket.subscribe("s", document, json!({ "after": after })).await;
    let code = socket.error().await;
    socket.close().await;
    code
}

/// T1 for the logs that many hear: from the beginning, from between, from the end, an old cursor, one of the future, a hole.
#[tokio::test]
async fn the_logs_of_all_and_of_the_staff_are_told_whole_or_not_at_all() {
    let app = TestApp::new().await;
    let (ann, ada) = (app.person("ann").await, app.admin("ada").await);
    for (stream, person, of) in [
        (ALL_STREAM, &ann, (LISTEN, "noticeEvents")),
        (STAFF_STREAM, &ada, (STAFF, "staffEvents")),
    ] {
        let empty = cursor(person).await;
        for _ in 0..3 {
            app.moves(stream).await;
        }
        let middle = cursor(person).await;
        for _ in 0..2 {
            app.moves(stream).await;
        }
        let last = hears_after(person, of, &empty, 5).await;
        assert_eq!(
            (last.clone(), last.clone()),
            (cursor(person).await, hears_after(person, of, &middle, 2).await)
        );
        let mut live = person.connects().await;
        live.subscribe("s", of.0, json!({ "after": last })).await;
        app.moves(stream).await;
        live.data().await;
        // 32 bytes, as they were before there were these logs: all of them came later.
        let old = URL_SAFE.encode(&URL_SAFE.decode(&empty).unwrap()[..32]);
        if stream == ALL_STREAM {
            hears_after(person, of, &old, 6).await;
        } else {
            assert_eq!(
                refused_after(person, of, &old).await,
                "RESYNC_REQUIRED",
                "of the staff's it says nothing"
            );
        }
        let future = forged(&last, |bytes| *bytes.last_mut().unwrap() += 100);
        for (what, after) in [("of the future", future.as_str()), ("cut", &last[..last.len() - 4])] {
            assert_eq!(
                refused_after(person, of, after).await,
                "RESYNC_REQUIRED",
                "{stream}: a cursor {what}"
            );
        }
        let tx = app.env().begin().await.unwrap();
        event::Entity::delete_by_id((stream.to_owned(), 5)).exec(tx.db()).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(refused_after(person, of, &empty).await, "RESYNC_REQUIRED", "{stream}: a hole");
    }
    app.close().await;
}

#[tokio::test]
async fn a_cursor_of_the_time_before_somebody_became_an_admin_says_nothing_of_the_staff_s_log() {
    let app = TestApp::new().await;
    let ann = app.person("ann").await;
    let before = cursor(&ann).await;
    app.operates("ann", Act::Grant).await;
    let ann = app.sign_in("ann").await;
    let of = (STAFF, "staffEvents");
    assert_eq!(refused_after(&ann, of, &before).await, "RESYNC_REQUIRED");
    let since = cursor(&ann).await;
    app.moves(STAFF_STREAM).await;
    hears_after(&ann, of, &since, 1).await;
    app.close().await;
}

/// T1: a flood while old events are replayed.
#[tokio::test]
async fn a_flood_during_the_replay_comes_whole_and_in_order() {
    let app = TestApp::new().await;
    let ann = app.person("ann").await;
    let user = ann.id().await;
    let empty = cursor(&ann).await;
    app.tells(user, 250).await;
    let mut sockets = [follows(&ann, Some(&empty)).await, follows(&ann, Some(&empty)).await];
    let [one, two] = &mut sockets;
    let (_, one, two) = tokio::join!(app.tells(user, 150), hears(one, 400), hears(two, 400));
    let expected = ids(&app.told(user).await);
    assert_eq!(expected.len(), 400);
    assert!(one.0 == expected && two.0 == expected);
    app.close().await;
}

#[tokio::test]
async fn a_cursor_and_what_is_shown_beside_it_leave_no_hole() {
    let app = TestApp::new().await;
    let ann = app.person("ann").await;
    let user = ann.id().await;
    let query = "query S { notices(first: 100) { nodes { id } } liveCursor }";
    let snapshots = async {
        let mut snapshots = Vec::new();
        for _ in 0..20 {
            snapshots.push(ann.sends(query, json!({})).await["data"].clone());
        }
        snapshots
    };
    let (_, snapshots) = tokio::join!(app.tells(user, 60), snapshots);
    let all = ids(&app.told(user).await);
    for snapshot in snapshots {
        let shown: Vec<&Value> = snapshot["notices"]["nodes"]
            .as_array()
            .unwrap()
            .iter()
            .map(|node| &node["id"])
            .collect();
        let bytes = URL_SAFE.decode(snapshot["liveCursor"].as_str().unwrap()).unwrap();
        let position = usize::from(bytes[31]);
        for known in &all[..position] {
            assert!(shown.contains(&known), "neither shown nor after the cursor");
        }
    }
    app.close().await;
}

#[tokio::test]
async fn reading_on_one_device_is_heard_on_the_other_and_nobody_else_hears() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.person("ann").await, app.person("bob").await);
    let (start, foreign) = (cursor(&ann).await, cursor(&bob).await);
    let (mut phone, mut other) = (follows(&ann, Some(&start)).await, follows(&bob, Some(&foreign)).await);
    let told = app.tells(ann.id().await, 2).await;
    assert_eq!(hears(&mut phone, 2).await.0, ids(&told));
    ann.sends("mutation A { noticeReadAll { readCount } }", json!({})).await;
    let read = phone.data().await["noticeEvents"].take();
    assert_eq!(read["__typename"], "NoticesRead");
    assert_eq!(read["unreadCount"], 0);
    let own = app.tells(bob.id().await, 1).await;
    let heard = other.data().await["noticeEvents"]["notice"]["id"].clone();
    assert_eq!(vec![heard], ids(&own), "his own is the first thing he hears");
    app.close().await;
}

async fn change_standing(app: &TestApp, user: UserId, row: standing::ActiveModel) {
    let tx = app.env().begin().await.unwrap();
    let version = standing::Entity::find_by_id(user).one(tx.db()).await.unwrap().unwrap().version + 1;
    let row = standing::ActiveModel {
        user_id: Set(user),
        version: Set(version),
        ..row
    };
    row.update(tx.db()).await.unwrap();
    tx.commit().await.unwrap();
}

/// Ways in which somebody loses the rights with which he subscribed.
#[derive(Debug, Clone, Copy)]
enum Loss {
    SignOut,
    Blacklist,
    NewRole,
}

async fn loses(app: &TestApp, person: &Person<'_>, loss: Loss) {
    let user = person.id().await;
    match loss {
        Loss::SignOut => {
            person.sends("mutation E { sessionEnd { ended } }", json!({})).await;
        }
        Loss::Blacklist => blacklisted(app, user).await,
        Loss::NewRole => {
            let row = standing::ActiveModel {
                role: Set(Role::Admin),
                ..Default::default()
            };
            change_standing(app, user, row).await;
        }
    }
}

async fn blacklisted(app: &TestApp, user: UserId) {
    let row = standing::ActiveModel {
        blacklisted: Set(true),
        ..Default::default()
    };
    change_standing(app, user, row).await;
}

/// T6: a socket is closed when its rights change, and hears nothing of what comes after.
#[tokio::test]
async fn lost_rights_close_the_socket_with_the_next_event_which_is_not_delivered() {
    let app = TestApp::new().await;
    for (name, loss) in [("ann", Loss::SignOut), ("bob", Loss::Blacklist), ("cat", Loss::NewRole)] {
        let person = app.person(name).await;
        let user = person.id().await;
        let start = cursor(&person).await;
        let mut socket = follows(&person, Some(&start)).await;
        let before = app.tells(user, 1).await;
        assert_eq!(hears(&mut socket, 1).await.0, ids(&before));
        loses(&app, &person, loss).await;
        app.tells(user, 1).await;
        assert_eq!(socket.closed().await, (4403, Vec::new()), "{loss:?}");
    }
    app.close().await;
}

/// T6: the same when nothing happens but the ring of the bell.
#[tokio::test]
async fn lost_rights_close_a_silent_socket_when_the_bell_rings() {
    let app = TestApp::new().await;
    for (name, loss) in [("ann", Loss::SignOut), ("bob", Loss::Blacklist), ("cat", Loss::NewRole)] {
        let person = app.person(name).await;
        let session = person.rights().await.session;
        let mut socket = person.connects().await;
        loses(&app, &person, loss).await;
        app.env().bus().wake(&[session_topic(session)]).await;
        assert_eq!(socket.closed().await, (4403, Vec::new()), "{loss:?}");
        if let Loss::SignOut = loss {
            let refused = Socket::try_connect(&app.url("/graphql"), Some(&person.token)).await;
            assert_eq!(refused.err(), Some(4403), "and its token opens no other");
        }
    }
    app.close().await;
}

#[tokio::test]
async fn a_blacklisted_user_reconnects_and_has_his_notices() {
    let app = TestApp::new().await;
    let ann = app.person("ann").await;
    blacklisted(&app, ann.id().await).await;
    let start = cursor(&ann).await;
    let mut socket = follows(&ann, Some(&start)).await;
    let told = app.tells(ann.id().await, 1).await;
    assert_eq!(hears(&mut socket, 1).await.0, ids(&told));
    app.close().await;
}

#[tokio::test]
async fn strangers_hear_nothing() {
    let app = TestApp::new().await;
    let mut socket = app.connect(None).await;
    socket.subscribe("n", LISTEN, json!({})).await;
    assert_eq!(socket.error().await, "UNAUTHENTICATED");
    let answer = app.send(None, CURSOR, json!({})).await;
    assert_eq!(answer["errors"][0]["extensions"]["code"], "UNAUTHENTICATED");
    app.close().await;
}
