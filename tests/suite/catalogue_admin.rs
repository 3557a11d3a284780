//! Admins keep the catalogue, and what listings say stays true.

use serde_json::{Value, json};

use crate::support::{Person, TestApp};

/// Calls one of the mutations of the catalogue; answers its payload, or the whole response.
async fn keeps(admin: &Person<'_>, mutation: &str, input: Value) -> Value {
    let kind = format!("{}{}Input", mutation[..1].to_uppercase(), &mutation[1..]);
    let (field, fields) = if mutation.starts_with("gameServer") {
        ("server", "id nameEn")
    } else if mutation.starts_with("gameAttribute") {
        ("attribute", "key kind required retired least most choices { key }")
    } else {
        ("game", "id slug nameEn aliases enabled feeBasisPoints checklist { key }")
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

async fn audited(app: &TestApp) -> Vec<String> {
    use sea_orm::{EntityTrait, QueryOrder};
    let rows = entity::audit::Entity::find().order_by_asc(entity::audit::Column::Id);
    let rows = rows.all(app.env().db()).await.unwrap();
    rows.into_iter()
        .filter(|row| row.subject_kind == entity::kinds::SubjectKind::Game)
        .map(|row| row.action)
        .collect()
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
