//! Admins keep the catalogue, and what listings say stays true.

use serde_json::{Value, json};

use crate::support::{Person, TestApp, png};

/// Calls one of the mutations of the catalogue; answers its payload, or the whole response.
async fn keeps(admin: &Person<'_>, mutation: &str, input: Value) -> Value {
    let kind = format!("{}{}Input", mutation[..1].to_uppercase(), &mutation[1..]);
    let (field, fields) = if mutation.starts_with("gameServer") {
        ("server", "id nameEn")
    } else if mutation.starts_with("gameAttribute") {
        ("attribute", "key kind required retired least most choices { key }")
    } else {
        (
            "game",
            "id slug nameEn aliases enabled feeBasisPoints icon { id url thumbnailUrl width height } checklist { key }",
        )
    };
    let query = format!(
        "mutation M($input: {kind}!) {{ {mutation}(input: $input) {{ {field} {{ {fields} }} userErrors {{ code field message }} }} }}"
    );
    let answer = admin.sends(&query, json!({ "input": input })).await;
    if answer["data"][mutation].is_object() {
        answer["data"][mutation].clone()
    } else {
        answer
    }
}

async fn well(admin: &Person<'_>, mutation: &str, input: Value) -> Value {
    let payload = keeps(admin, mutation, input).await;
    assert_eq!(payload["userErrors"], json!([]), "{mutation}: {payload}");
    payload
        .as_object()
        .unwrap()
        .values()
        .find(|value| value.is_object())
        .unwrap()
        .clone()
}

fn first_error(payload: &Value) -> &Value {
    &payload["userErrors"][0]["code"]
}

/// What is on record of games, oldest first.
async fn acts(app: &TestApp) -> impl Iterator<Item = entity::audit::Model> {
    use sea_orm::{EntityTrait, QueryOrder};
    let rows = entity::audit::Entity::find().order_by_asc(entity::audit::Column::Id);
    let rows = rows.all(app.env().db()).await.unwrap();
    rows.into_iter().filter(|row| row.subject_kind == entity::kinds::SubjectKind::Game)
}

async fn audited(app: &TestApp) -> Vec<String> {
    acts(app).await.map(|row| row.action).collect()
}

async fn audited_details(app: &TestApp) -> Vec<Value> {
    acts(app).await.map(|row| serde_json::from_str(&row.detail).unwrap()).collect()
}

/// A new game with a server and two attributes, switched on.
async fn makes_a_game(admin: &Person<'_>) -> (Value, Value) {
    let change = json!({
        "nameEn": "Moon", "nameZh": "月亮", "aliases": ["MN"], "feeBasisPoints": 300,
        "checklist": [{ "key": "email", "textEn": "Bind your e-mail", "textZh": "换绑邮箱" }],
    });
    let game = well(admin, "gameCreate", json!({ "slug": "moon", "change": change })).await;
    assert_eq!(game["enabled"], false, "not before it is whole");
    let id = game["id"].clone();
    let server = json!({ "gameId": id, "change": { "nameEn": "East", "nameZh": "东区" } });
    let server = well(admin, "gameServerCreate", server).await;
    let choices = json!([{ "key": "gold", "nameEn": "Gold", "nameZh": "黄金" }, { "key": "iron", "nameEn": "Iron", "nameZh": "黑铁" }]);
    let rank = json!({ "nameEn": "Rank", "nameZh": "段位", "required": true, "choices": choices });
    well(
        admin,
        "gameAttributeCreate",
        json!({ "gameId": id, "key": "rank", "kind": "CHOICE", "change": rank }),
    )
    .await;
    let level = json!({ "nameEn": "Level", "nameZh": "等级", "least": 1, "most": 60 });
    well(
        admin,
        "gameAttributeCreate",
        json!({ "gameId": id, "key": "level", "kind": "NUMBER", "change": level }),
    )
    .await;
    well(admin, "gameUpdate", json!({ "id": id, "change": { "enabled": true } })).await;
    (id, server["id"].clone())
}

async fn draft(seller: &Person<'_>, game: &Value, server: &Value) -> Value {
    let mut draft = seller.draft("20.00").await;
    draft["gameId"] = game.clone();
    draft["serverId"] = server.clone();
    draft["bindings"] = json!(["email"]);
    draft["attributes"] = json!([{ "key": "rank", "choices": ["gold"] }, { "key": "level", "number": 60 }]);
    draft
}

#[tokio::test]
async fn an_admin_makes_a_game_and_sellers_sell_in_it() {
    let app = TestApp::new().await;
    let (sam, ada) = (app.verified("sam").await, app.admin("ada").await);
    let (game, server) = makes_a_game(&ada).await;
    let made = sam.creates(&draft(&sam, &game, &server).await).await;
    assert_eq!(made["userErrors"], json!([]), "{made}");
    well(&ada, "gameUpdate", json!({ "id": game, "change": { "enabled": false } })).await;
    let refused = sam
        .sends(
            "mutation C($input: ListingCreateInput!) { listingCreate(input: $input) { userErrors { code } } }",
            json!({ "input": draft(&sam, &game, &server).await }),
        )
        .await;
    assert_eq!(refused["errors"][0]["extensions"]["code"], "NOT_FOUND", "switched off: {refused}");
    let all = ada.sends("query C { catalogue { slug enabled } }", json!({})).await;
    assert!(
        all["data"]["catalogue"]
            .as_array()
            .unwrap()
            .contains(&json!({ "slug": "moon", "enabled": false })),
        "{all}"
    );
    let open = app.send(None, "query G { games { slug } }", json!({})).await;
    assert!(!open["data"]["games"].as_array().unwrap().contains(&json!({ "slug": "moon" })));
    assert_eq!(
        audited(&app).await,
        [
            "game_create",
            "server_create",
            "attribute_create",
            "attribute_create",
            "game_update",
            "game_update"
        ]
    );
    app.close().await;
}

#[tokio::test]
async fn what_listings_say_cannot_be_taken_from_under_them() {
    let app = TestApp::new().await;
    let (sam, ada) = (app.verified("sam").await, app.admin("ada").await);
    let (game, server) = makes_a_game(&ada).await;
    let id = sam.creates(&draft(&sam, &game, &server).await).await["listing"]["id"].clone();
    app.reviewer().await.approves(&id).await;
    let attribute = |key: &str, change: Value| json!({ "gameId": game, "key": key, "change": change });
    let gold = json!({ "key": "gold", "nameEn": "Golden", "nameZh": "金" });
    let iron = json!({ "key": "iron", "nameEn": "Iron", "nameZh": "黑铁" });
    let jade = json!({ "key": "jade", "nameEn": "Jade", "nameZh": "翡翠" });
    let refused = keeps(&ada, "gameAttributeUpdate", attribute("rank", json!({ "choices": [iron, jade] }))).await;
    assert_eq!(first_error(&refused), "IN_USE", "{refused}");
    well(&ada, "gameAttributeUpdate", attribute("rank", json!({ "choices": [gold, jade] }))).await;
    assert_eq!(
        first_error(&keeps(&ada, "gameAttributeUpdate", attribute("level", json!({ "most": 50 }))).await),
        "IN_USE"
    );
    well(&ada, "gameAttributeUpdate", attribute("level", json!({ "most": 70 }))).await;
    let none = json!({ "id": game, "change": { "checklist": [] } });
    assert_eq!(
        first_error(&keeps(&ada, "gameUpdate", none).await),
        "IN_USE",
        "a binding that a listing names"
    );
    let query = "query L($id: ID!) { listing(id: $id) { attributes { key choices { name } number } bindings { key } } }";
    let seen = app.send(None, query, json!({ "id": id })).await["data"]["listing"].clone();
    assert_eq!(
        seen,
        json!({ "attributes": [
            { "key": "level", "choices": [], "number": 60 }, { "key": "rank", "choices": [{ "name": "Golden" }], "number": null },
        ], "bindings": [{ "key": "email" }] }),
        "{seen}"
    );
    well(&ada, "gameAttributeUpdate", attribute("level", json!({ "retired": true }))).await;
    let asked = sam.creates(&draft(&sam, &game, &server).await).await;
    assert_eq!(
        asked["userErrors"][0]["field"],
        json!(["attributes", "level"]),
        "asked no more: {asked}"
    );
    let still = app.send(None, query, json!({ "id": id })).await["data"]["listing"].clone();
    assert_eq!(still, seen, "and still shown");
    app.close().await;
}

#[tokio::test]
async fn a_lower_price_is_taken_whatever_has_become_of_the_game_since() {
    let app = TestApp::new().await;
    let (sam, ada) = (app.verified("sam").await, app.admin("ada").await);
    let (game, server) = makes_a_game(&ada).await;
    let id = sam.creates(&draft(&sam, &game, &server).await).await["listing"]["id"].clone();
    app.reviewer().await.approves(&id).await;
    let query = "query L($id: ID!) { listing(id: $id) { attributes { key choices { name } number } } }";
    let said = sam.sends(query, json!({ "id": id })).await["data"]["listing"].clone();
    assert_eq!(said["attributes"].as_array().unwrap().len(), 2, "{said}");

    let lowers = async |seen: i64, price: &str| {
        let lower = sam.changes(&id, seen, json!({ "price": price })).await;
        assert_eq!(lower["userErrors"], json!([]), "{lower}");
        assert_eq!(
            (
                &lower["listing"]["state"],
                &lower["listing"]["version"],
                &lower["listing"]["price"]["amount"]
            ),
            (&json!("ON_SALE"), &json!(seen + 1), &json!(price))
        );
    };
    let retired = json!({ "gameId": game, "key": "level", "change": { "retired": true } });
    well(&ada, "gameAttributeUpdate", retired).await;
    lowers(1, "19.00").await;
    let choices =
        json!([{ "key": "asia", "nameEn": "Asia", "nameZh": "亚洲" }, { "key": "rest", "nameEn": "Elsewhere", "nameZh": "其他" }]);
    let region = json!({ "nameEn": "Region", "nameZh": "地区", "required": true, "choices": choices });
    let asked = json!({ "gameId": game, "key": "region", "kind": "CHOICE", "change": region });
    well(&ada, "gameAttributeCreate", asked).await;
    lowers(2, "18.00").await;
    let other = sam.changes(&id, 3, json!({ "title": "Level 61, all heroes" })).await;
    assert_ne!(
        other["userErrors"],
        json!([]),
        "anything else fits the game as it is today: {other}"
    );
    well(&ada, "gameUpdate", json!({ "id": game, "change": { "enabled": false } })).await;
    lowers(3, "17.00").await;
    assert_eq!(
        sam.sends(query, json!({ "id": id })).await["data"]["listing"],
        said,
        "what was approved is still said"
    );
    app.close().await;
}

#[tokio::test]
async fn a_new_name_of_a_game_finds_its_listings() {
    let app = TestApp::new().await;
    let (sam, ada) = (app.verified("sam").await, app.admin("ada").await);
    let (game, server) = makes_a_game(&ada).await;
    let id = sam.creates(&draft(&sam, &game, &server).await).await["listing"]["id"].clone();
    app.reviewer().await.approves(&id).await;
    let renamed = json!({ "id": game, "change": { "aliases": ["Luna"] } });
    well(&ada, "gameUpdate", renamed).await;
    handover::market::search::catch_up(app.env(), handover::kernel::policy::System::new())
        .await
        .unwrap();
    assert_eq!(
        app.finds(json!({ "words": "luna" }), "NEWEST").await,
        [id.as_str().unwrap().to_owned()]
    );
    assert!(app.finds(json!({ "words": "mn" }), "NEWEST").await.is_empty());
    app.close().await;
}

#[tokio::test]
async fn what_is_wrong_with_the_catalogue_is_said_at_its_field() {
    let app = TestApp::new().await;
    let ada = app.admin("ada").await;
    let (game, _) = makes_a_game(&ada).await;
    let named = json!({ "nameEn": "Sun", "nameZh": "太阳" });
    for (mutation, input, field) in [
        ("gameCreate", json!({ "slug": "moon", "change": named }), json!(["slug"])),
        ("gameCreate", json!({ "slug": "A b", "change": named }), json!(["slug"])),
        ("gameCreate", json!({ "slug": "sun", "change": {} }), json!(["change", "name"])),
        (
            "gameUpdate",
            json!({ "id": game, "change": { "feeBasisPoints": 3_001 } }),
            json!(["change", "feeBasisPoints"]),
        ),
        (
            "gameUpdate",
            json!({ "id": game, "change": { "aliases": ["a", "a"] } }),
            json!(["change", "aliases"]),
        ),
        (
            "gameAttributeCreate",
            json!({ "gameId": game, "key": "rank", "kind": "YES_NO", "change": named }),
            json!(["key"]),
        ),
        (
            "gameAttributeCreate",
            json!({ "gameId": game, "key": "two", "kind": "CHOICE", "change": named }),
            json!(["change", "choices"]),
        ),
        (
            "gameAttributeCreate",
            json!({ "gameId": game, "key": "two", "kind": "NUMBER", "change": named }),
            json!(["change", "least"]),
        ),
    ] {
        let refused = keeps(&ada, mutation, input).await;
        assert_eq!(
            (first_error(&refused), &refused["userErrors"][0]["field"]),
            (&json!("INVALID_INPUT"), &field),
            "{refused}"
        );
    }
    app.close().await;
}

#[tokio::test]
async fn everybody_sees_a_game_s_icon_until_another_takes_its_place() {
    let app = TestApp::new().await;
    let ada = app.admin("ada").await;
    let (game, _) = makes_a_game(&ada).await;
    let (first, second) = (ada.icon().await, ada.icon().await);
    let change = |change: Value| well(&ada, "gameUpdate", json!({ "id": game, "change": change }));
    assert_eq!(change(json!({ "iconId": first["id"] })).await["icon"], first);
    assert_eq!(change(json!({ "position": 7 })).await["icon"], first, "left out, it stays");

    let stranger = "query S($id: ID!) { games { slug icon { id url thumbnailUrl width height } } node(id: $id) { __typename } }";
    let seen = app.send(None, stranger, json!({ "id": first["id"] })).await["data"].clone();
    let games = seen["games"].as_array().unwrap();
    assert!(games.contains(&json!({ "slug": "moon", "icon": first })), "{seen}");
    assert!(games.iter().any(|game| game["icon"].is_null()), "the others have none: {seen}");
    assert_eq!(seen["node"]["__typename"], "Image");
    let served = async |image: &Value| {
        let answer = app.http.get(app.url(image["url"].as_str().unwrap())).send().await.unwrap();
        answer.status().as_u16()
    };
    assert_eq!(served(&first).await, 200);

    assert_eq!(change(json!({ "iconId": null })).await["icon"], Value::Null);
    assert_eq!(change(json!({ "iconId": first["id"] })).await["icon"], first, "until it is swept");
    assert_eq!(change(json!({ "iconId": second["id"] })).await["icon"], second);
    let gone = app.send(None, stranger, json!({ "id": first["id"] })).await;
    assert_eq!(gone["errors"][0]["extensions"]["code"], "NOT_FOUND", "no game's any more: {gone}");
    let told = audited_details(&app).await;
    let last = told.last().unwrap();
    assert!(last["before"]["icon"].is_string() && last["after"]["icon"].is_string(), "{last}");
    assert_ne!(last["before"]["icon"], last["after"]["icon"]);

    app.advance(std::time::Duration::from_secs(25 * 60 * 60));
    handover::media::sweep(app.env(), handover::kernel::policy::System::new())
        .await
        .unwrap();
    assert_eq!((served(&first).await, served(&second).await), (404, 200));
    app.close().await;
}

#[tokio::test]
async fn only_an_admin_s_own_icon_becomes_a_game_s() {
    let app = TestApp::new().await;
    let (sam, ada, bob) = (app.verified("sam").await, app.admin("ada").await, app.admin("bob").await);
    let refused = sam.uploads_for("GAME_ICON", png(64, 64)).await;
    assert_eq!(refused["errors"][0]["extensions"]["code"], "FORBIDDEN", "{refused}");
    let (theirs, picture) = (bob.icon().await, ada.image().await);
    let sun = |icon: &Value| json!({ "slug": "sun", "change": { "nameEn": "Sun", "nameZh": "太阳", "iconId": icon["id"] } });
    let foreign = keeps(&ada, "gameCreate", sun(&theirs)).await;
    assert_eq!(foreign["errors"][0]["extensions"]["code"], "NOT_FOUND", "{foreign}");
    let wrong = keeps(&ada, "gameCreate", sun(&picture)).await;
    assert_eq!(
        (first_error(&wrong), &wrong["userErrors"][0]["field"]),
        (&json!("IMAGE_NOT_USABLE"), &json!(["change", "iconId"])),
        "uploaded for a listing: {wrong}"
    );
    let own = ada.icon().await;
    assert_eq!(
        well(&ada, "gameCreate", sun(&own)).await["icon"],
        own,
        "and a new game can have one"
    );
    let (game, _) = makes_a_game(&ada).await;
    let twice = keeps(&ada, "gameUpdate", json!({ "id": game, "change": { "iconId": own["id"] } })).await;
    assert_eq!(first_error(&twice), "IMAGE_NOT_USABLE", "it is another game's: {twice}");
    app.close().await;
}
