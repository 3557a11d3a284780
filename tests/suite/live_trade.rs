//! Conversations and orders as they happen.

use entity::value::ConversationId;
use handover::kernel::Event;
use serde_json::{Value, json};

use crate::{
    live::cursor,
    support::{Person, Socket, TestApp},
};

const CHAT: &str = "subscription C($after: Cursor) { chatEvents(after: $after) { __typename ... on ChatLineWritten { cursor unreadCount line { __typename ... on Message { id text recalledAt } ... on SystemLine { step } } } ... on ChatMessageRecalled { cursor gone: line { ... on Message { recalledAt } } } ... on ChatRead { cursor conversation { otherReadSeq } } ... on ChatTyping { conversationId } } }";
const ORDERS: &str = "subscription O($after: Cursor) { orderEvents(after: $after) { ... on OrderChanged { cursor order { id state } } } }";
const TYPING: &str = "mutation T($input: ChatTypingInput!) { chatTyping(input: $input) { userErrors { code } } }";

async fn follows(person: &Person<'_>, query: &str, after: &str) -> Socket {
    let mut socket = person.connects().await;
    socket.subscribe("s", query, json!({ "after": after })).await;
    socket
}

async fn chat(socket: &mut Socket) -> Value {
    socket.data().await["chatEvents"].take()
}

#[tokio::test]
async fn what_one_writes_recalls_and_reads_the_other_hears_in_order() {
    let app = TestApp::new().await;
    let (sam, bea, eve) = (app.person("sam").await, app.person("bea").await, app.person("eve").await);
    let (start, foreign) = (cursor(&bea).await, cursor(&eve).await);
    let mut socket = follows(&bea, CHAT, &start).await;
    let mut stranger = follows(&eve, CHAT, &foreign).await;
    let message = sam.says(&bea.public_id().await, "hello").await;
    let heard = chat(&mut socket).await;
    assert_eq!(
        (&heard["line"]["text"], &heard["unreadCount"]),
        (&json!("hello"), &json!(1)),
        "{heard}"
    );
    sam.recalls(&message["id"]).await;
    assert_eq!(chat(&mut socket).await["__typename"], "ChatMessageRecalled");
    bea.says(&message["conversation"]["id"], "gone already?").await;
    assert_eq!(
        chat(&mut socket).await["line"]["text"],
        "gone already?",
        "one's own, from another device"
    );
    sam.has_read(&message["conversation"]["id"], 2).await;
    let read = chat(&mut socket).await;
    assert_eq!(read["conversation"]["otherReadSeq"], 2, "{read}");
    sam.sends(TYPING, json!({ "input": { "conversationId": message["conversation"]["id"] } }))
        .await;
    let typing = chat(&mut socket).await;
    assert_eq!(typing["conversationId"], message["conversation"]["id"], "{typing}");

    let mut again = follows(&bea, CHAT, heard["cursor"].as_str().unwrap()).await;
    assert_eq!(
        chat(&mut again).await["__typename"],
        "ChatMessageRecalled",
        "and the log has it again"
    );
    sam.says(&eve.public_id().await, "for eve").await;
    assert_eq!(chat(&mut stranger).await["line"]["text"], "for eve", "the first thing she hears");
    app.close().await;
}

#[tokio::test]
async fn each_step_of_an_order_is_heard_by_both_and_written_into_their_conversation_once() {
    let app = TestApp::new().await;
    let (sam, bea) = (app.verified("sam").await, app.verified("bea").await);
    bea.has("50.00").await;
    let listing = sam.sells("20.00").await;
    let (of_sam, of_bea) = (cursor(&sam).await, cursor(&bea).await);
    let (mut seller, mut buyer) = (follows(&sam, ORDERS, &of_sam).await, follows(&bea, ORDERS, &of_bea).await);
    let mut lines = follows(&bea, CHAT, &of_bea).await;
    let id = bea.buys(&listing).await;
    // What is read at delivery is the order as it is then, so each step is heard before the next is taken.
    for socket in [&mut seller, &mut buyer] {
        assert_eq!(socket.data().await["orderEvents"]["order"], json!({ "id": id, "state": "PAID" }));
    }
    sam.delivers(&id, "secret").await;
    for socket in [&mut seller, &mut buyer] {
        assert_eq!(socket.data().await["orderEvents"]["order"]["state"], "DELIVERED");
    }
    bea.confirms(&id).await;
    for socket in [&mut seller, &mut buyer] {
        assert_eq!(socket.data().await["orderEvents"]["order"]["state"], "COMPLETED");
    }
    tokio::join!(app.relayed(), app.relayed());
    for step in ["ORDER_PLACED", "ORDER_DELIVERED", "ORDER_COMPLETED"] {
        assert_eq!(chat(&mut lines).await["line"]["step"], step);
    }
    let kinds = sam.sends("query K { notices { nodes { kind title } } }", json!({})).await;
    let kinds = kinds["data"]["notices"]["nodes"].as_array().unwrap();
    let orders: Vec<&Value> = kinds
        .iter()
        .map(|node| &node["kind"])
        .filter(|kind| kind.as_str().unwrap().starts_with("ORDER"))
        .collect();
    assert_eq!(orders, ["ORDER_COMPLETED", "ORDER_PAID"], "newest first");
    app.close().await;
}

#[tokio::test]
async fn a_blacklisted_user_hears_neither_chat_nor_orders() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.person("ann").await, app.person("bob").await);
    let start = cursor(&ann).await;
    let mut socket = follows(&ann, CHAT, &start).await;
    bob.says(&ann.public_id().await, "before").await;
    assert_eq!(chat(&mut socket).await["line"]["text"], "before");
    app.bans(&ann).await;
    let tx = app.env().begin().await.unwrap();
    tx.emit(Event::ConversationRead {
        conversation: ConversationId::new(),
        reader: bob.id().await,
        other: ann.id().await,
        seq: 1,
    });
    tx.commit().await.unwrap();
    assert_eq!(socket.closed().await, (4403, Vec::new()), "closed, and nothing after");
    for query in [CHAT, ORDERS] {
        let mut socket = follows(&ann, query, &start).await;
        assert_eq!(socket.error().await, "BLACKLISTED");
    }
    app.close().await;
}
