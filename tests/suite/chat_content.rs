//! What messages carry: images, cards, the platform's lines; and how they are found and taken back.

use std::time::Duration;

use entity::{
    kinds::ChatStep,
    message,
    value::{EventId, OrderId, UserId},
};
use handover::{
    chat::{self, OrderLine, typing},
    graphql::id,
    kernel::policy::{self, Actor, System},
};
use sea_orm::EntityTrait;
use serde_json::{Value, json};

use crate::support::{Person, TestApp};

fn code(answer: &Value) -> &Value {
    &answer["userErrors"][0]["code"]
}

fn failure(answer: &Value) -> &Value {
    &answer["errors"][0]["extensions"]["code"]
}

/// Two verified people and an order of theirs: seller, buyer, the order's id.
async fn trade(app: &TestApp) -> (Person<'_>, Person<'_>, String) {
    let (sam, bea) = (app.verified("sam").await, app.verified("bea").await);
    let offered = sam.sells("20.00").await;
    bea.has("50.00").await;
    let order = bea.buys(&offered).await;
    (sam, bea, order)
}

/// Tells both of a step of their order, as the relay does.
async fn tells(app: &TestApp, order: &str, buyer: UserId, seller: UserId, event: EventId) {
    let line = OrderLine {
        event,
        step: ChatStep::OrderPlaced,
        order: id::decode::<OrderId>(&order.into()).unwrap(),
        buyer,
        seller,
    };
    let tx = app.env().begin().await.unwrap();
    chat::tell(&tx, System::new(), &line).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn case_42_a_chat_image_opens_for_its_members_and_its_address_for_nobody_else() {
    let app = TestApp::new().await;
    let (sam, bea, eve) = (app.person("sam").await, app.person("bea").await, app.person("eve").await);
    let image = bea.chat_image().await;
    assert_eq!(
        bea.fetches(&image["url"]).await,
        (200, "private, max-age=600".to_owned()),
        "a look before sending"
    );
    let sent = bea.posts(json!({ "to": sam.public_id().await, "imageIds": [image["id"]] })).await;
    assert_eq!(sent["userErrors"], json!([]), "{sent}");
    let seen = sam.lines(&sent["message"]["conversation"]["id"], 5, &Value::Null).await["nodes"][0]["images"][0].clone();
    assert_eq!(sam.fetches(&seen["url"]).await.0, 200);
    assert_eq!(bea.fetches(&sent["message"]["images"][0]["thumbnailUrl"]).await.0, 200);

    for (who, address) in [(&eve, &seen["url"]), (&bea, &seen["url"]), (&sam, &image["url"])] {
        assert_eq!(
            who.fetches(address).await,
            (404, "no-store".to_owned()),
            "{} with another's address",
            who.name
        );
    }
    let shared = app.http.get(app.url(seen["url"].as_str().unwrap())).send().await.unwrap();
    assert_eq!(shared.status(), 404, "without saying who asks");
    let path = seen["url"].as_str().unwrap();
    let key = path.split(['/', '?']).nth(3).unwrap();
    for guess in [
        format!("/media/{key}"),
        format!("/media/{key}/thumbnail"),
        format!("/graphql/media/{key}"),
        path.replace("until=", "until=9"),
        format!("{}0", &path[..path.len() - 1]),
    ] {
        if guess != path {
            assert_eq!(sam.fetches(&json!(guess)).await.0, 404, "{guess}");
        }
    }
    app.advance(Duration::from_secs(21 * 60));
    let sam = app.sign_in("sam").await;
    assert_eq!(sam.fetches(&json!(path)).await.0, 404, "an old address");
    app.close().await;
}

#[tokio::test]
async fn case_42_a_page_of_a_browser_shows_chat_images_by_its_session_s_cookie() {
    let app = TestApp::new().await;
    let (sam, bea) = (app.person("sam").await, app.person("bea").await);
    let image = bea.chat_image().await;
    let with = async |refresh: &str| {
        let request = app.http.get(app.url(image["url"].as_str().unwrap()));
        let response = request
            .header("cookie", format!("handover_refresh={refresh}"))
            .send()
            .await
            .unwrap();
        response.status().as_u16()
    };
    assert_eq!(with(&bea.refresh).await, 200);
    assert_eq!(with(&sam.refresh).await, 404);
    assert_eq!(with("invented").await, 404);
    app.close().await;
}

#[tokio::test]
async fn images_of_a_message_are_the_sender_s_own_unused_ones() {
    let app = TestApp::new().await;
    let (sam, bea) = (app.person("sam").await, app.person("bea").await);
    let to = sam.public_id().await;
    let image = bea.chat_image().await["id"].clone();
    let listing = bea.image().await["id"].clone();
    assert_eq!(
        code(&bea.posts(json!({ "to": to, "imageIds": [image, image] })).await),
        "IMAGE_NOT_USABLE"
    );
    assert!(
        bea.posts(json!({ "to": to, "imageIds": [listing] })).await["message"].is_null(),
        "of another purpose"
    );
    assert!(
        sam.posts(json!({ "to": bea.public_id().await, "imageIds": [image] })).await["message"].is_null(),
        "another's"
    );
    assert_eq!(
        code(&bea.posts(json!({ "to": to, "imageIds": vec![image.clone(); 10] })).await),
        "INVALID_INPUT"
    );
    assert!(bea.posts(json!({ "to": to, "imageIds": [image] })).await["message"].is_object());
    assert_eq!(
        code(&bea.posts(json!({ "to": to, "imageIds": [image] })).await),
        "IMAGE_NOT_USABLE",
        "used"
    );
    app.close().await;
}

#[tokio::test]
async fn a_message_taken_back_shows_nothing_and_stays_on_record() {
    let app = TestApp::new().await;
    let (sam, bea) = (app.person("sam").await, app.person("bea").await);
    let image = bea.chat_image().await["id"].clone();
    let sent = bea
        .posts(json!({ "to": sam.public_id().await, "text": "my secret", "imageIds": [image] }))
        .await["message"]
        .clone();
    let conversation = &sent["conversation"]["id"];
    let address = sam.lines(conversation, 1, &Value::Null).await["nodes"][0]["images"][0]["url"].clone();
    assert_eq!(failure(&sam.recalls(&sent["id"]).await), "NOT_FOUND", "not his");
    app.advance(Duration::from_secs(119));
    for _ in 0..2 {
        let recalled = bea.recalls(&sent["id"]).await;
        assert_eq!(
            (&recalled["message"]["text"], &recalled["message"]["images"]),
            (&json!(""), &json!([])),
            "{recalled}"
        );
        assert!(recalled["message"]["recalledAt"].is_string());
    }
    let line = &sam.lines(conversation, 1, &Value::Null).await["nodes"][0];
    assert_eq!((&line["text"], &line["images"], &line["seq"]), (&json!(""), &json!([]), &json!(1)));
    assert_eq!(sam.fetches(&address).await.0, 404);
    assert_eq!(sam.finds("secret", &Value::Null, 5).await, [""; 0]);
    let kept = message::Entity::find().one(app.env().db()).await.unwrap().unwrap();
    assert_eq!(kept.body, "my secret");

    let late = bea.says(conversation, "later").await;
    app.advance(Duration::from_secs(120));
    assert_eq!(code(&bea.recalls(&late["id"]).await), "WRONG_STATE");
    app.close().await;
}

#[tokio::test]
async fn one_s_own_history_is_searched_by_words_and_parts_of_words() {
    let app = TestApp::new().await;
    let (sam, bea, eve) = (app.person("sam").await, app.person("bea").await, app.person("eve").await);
    let to = sam.public_id().await;
    let mut conversation = Value::Null;
    for text in ["ＬＶ60，全皮肤", "价格 100% 不刀", "皮肤有几个", "Rank 60 diamond", "a_b"] {
        conversation = bea.says(&to, text).await["conversation"]["id"].clone();
        app.advance(Duration::from_millis(5));
    }
    eve.says(&to, "皮肤便宜吗").await;
    for (words, found) in [
        ("皮肤", vec!["皮肤便宜吗", "皮肤有几个", "ＬＶ60，全皮肤"]),
        ("60 皮肤", vec!["ＬＶ60，全皮肤"]),
        ("lv60", vec!["ＬＶ60，全皮肤"]),
        ("DIAMOND", vec!["Rank 60 diamond"]),
        ("100%", vec!["价格 100% 不刀"]),
        ("a_b", vec!["a_b"]),
        ("%", vec!["价格 100% 不刀"]),
        ("nothing", vec![]),
    ] {
        assert_eq!(sam.finds(words, &Value::Null, 2).await, found, "{words}");
    }
    assert_eq!(sam.finds("皮肤", &conversation, 1).await, ["皮肤有几个", "ＬＶ60，全皮肤"]);
    assert_eq!(eve.finds("皮肤", &Value::Null, 5).await, ["皮肤便宜吗"], "her own alone");
    let query = "query S($in: ID) { chatSearch(words: \"皮肤\", conversationId: $in) { nodes { id } } }";
    let foreign = eve.sends(query, json!({ "in": conversation })).await;
    // An id that is not one's own is answered alike everywhere.
    assert_eq!(failure(&foreign), "NOT_FOUND", "another's conversation");
    app.close().await;
}

#[tokio::test]
async fn cards_show_what_each_may_see() {
    let app = TestApp::new().await;
    let (sam, bea, order) = trade(&app).await;
    let (to_sam, to_bea) = (sam.public_id().await, bea.public_id().await);
    let about = bea.posts(json!({ "to": to_sam, "orderId": order })).await;
    assert_eq!(about["message"]["order"]["id"], json!(order), "{about}");
    let conversation = &about["message"]["conversation"]["id"];
    assert_eq!(
        sam.lines(conversation, 1, &Value::Null).await["nodes"][0]["order"]["id"],
        json!(order)
    );
    let offered = sam.sells("30.00").await;
    let shown = sam
        .posts(json!({ "to": to_bea, "text": "this one too", "listingId": offered.id }))
        .await;
    assert_eq!(shown["message"]["listing"]["id"], json!(offered.id));
    let hidden = sam.creates(&sam.draft("40.00").await).await["listing"]["id"].clone();
    assert_eq!(
        failure(&bea.posts(json!({ "to": to_sam, "listingId": hidden })).await),
        "NOT_FOUND",
        "not on sale yet"
    );
    let own = sam.posts(json!({ "to": to_bea, "listingId": hidden })).await;
    assert_eq!(own["message"]["listing"]["id"], hidden, "its seller sees it");
    assert!(
        bea.lines(conversation, 1, &Value::Null).await["nodes"][0]["listing"].is_null(),
        "the other does not"
    );
    let eve = app.person("eve").await;
    let foreign = eve.posts(json!({ "to": to_sam, "orderId": order })).await;
    assert_eq!(failure(&foreign), "NOT_FOUND", "an order of others");
    let elsewhere = sam.posts(json!({ "to": eve.public_id().await, "orderId": order })).await;
    assert_eq!(failure(&elsewhere), "NOT_FOUND", "his order, told to a stranger");
    app.close().await;
}

#[tokio::test]
async fn case_50_the_platform_s_lines_are_a_type_of_their_own_and_told_once() {
    let app = TestApp::new().await;
    let (sam, bea, order) = trade(&app).await;
    let (buyer, seller) = (bea.id().await, sam.id().await);
    let event = EventId::new();
    let before = bea.inbox().await["chatUnreadCount"].as_i64().unwrap();
    tells(&app, &order, buyer, seller, event).await;
    tells(&app, &order, buyer, seller, event).await;
    assert_eq!(bea.inbox().await["chatUnreadCount"], before + 1, "each event is told once");
    let inbox = sam.inbox().await;
    let conversation = &inbox["conversations"]["nodes"][0]["id"];
    let line = &sam.lines(conversation, 1, &Value::Null).await["nodes"][0];
    assert_eq!(
        (&line["__typename"], &line["step"], &line["order"]["id"]),
        (&json!("SystemLine"), &json!("ORDER_PLACED"), &json!(order))
    );
    let text = line["text"].as_str().unwrap().to_owned();
    bea.says(conversation, &text).await;
    let forged = &sam.lines(conversation, 1, &Value::Null).await["nodes"][0];
    assert_eq!(
        (&forged["__typename"], &forged["sender"]["nickname"]),
        (&json!("Message"), &json!("bea")),
        "the same words are still hers"
    );
    app.close().await;
}

#[tokio::test]
async fn case_50_no_input_of_a_message_names_a_kind_a_sender_or_a_step() {
    let sdl = handover::graphql::schema::sdl();
    let input = sdl
        .split("input ChatMessageSendInput {")
        .nth(1)
        .unwrap()
        .split("\n}")
        .next()
        .unwrap();
    for word in ["kind", "step", "sender", "system"] {
        let field = input.lines().any(|line| line.trim_start().starts_with(word));
        assert!(!field, "{word}");
    }
}

#[tokio::test]
async fn typing_is_told_to_the_other_member_alone_and_fades() {
    let app = TestApp::new().await;
    let (sam, bea, eve) = (app.person("sam").await, app.person("bea").await, app.person("eve").await);
    let conversation = bea.says(&sam.public_id().await, "hello").await["conversation"]["id"].clone();
    let types = async |who: &Person<'_>| {
        let query = "mutation T($input: ChatTypingInput!) { chatTyping(input: $input) { conversation { id } userErrors { code } } }";
        who.sends(query, json!({ "input": { "conversationId": conversation } })).await
    };
    let heard = async |who: &Person<'_>| {
        typing::typing_to(app.env(), policy::trader(&Actor::User(who.rights().await)).unwrap())
            .await
            .unwrap()
    };
    let mut ear = app.env().bus().listen(&[typing::typing_topic(sam.id().await)]).await;
    assert_eq!(types(&bea).await["data"]["chatTyping"]["userErrors"], json!([]));
    ear.wait(Duration::from_secs(60)).await;
    assert_eq!(
        heard(&sam).await.iter().map(|typing| typing.user).collect::<Vec<_>>(),
        [bea.id().await]
    );
    assert!(heard(&bea).await.is_empty() && heard(&eve).await.is_empty());
    assert_eq!(failure(&types(&eve).await), "NOT_FOUND");
    app.advance(Duration::from_secs(7));
    assert!(heard(&sam).await.is_empty());
    app.close().await;
}
