//! Things by their ids: the rights of the typed road, and no other.

use async_graphql_parser::types::TypeKind;
use serde_json::{Value, json};

use crate::{
    contract::{fields_of, types},
    support::TestApp,
};

const NODE: &str = "query N($id: ID!) { node(id: $id) { __typename id } }";
const NODES: &str = "query Ns($ids: [ID!]!) { nodes(ids: $ids) { __typename id ... on Listing { title } ... on Order { state } } }";

/// What has an `id` and is no entity: you yourself, who are the same `User` to others.
const NO_NODES: [&str; 1] = ["Viewer"];

#[test]
fn every_type_with_an_id_is_a_node() {
    for definition in types() {
        let TypeKind::Object(object) = &definition.kind else { continue };
        let name = definition.name.node.as_str();
        let has_id = fields_of(&definition)
            .iter()
            .any(|field| field.name.node == "id" && field.ty.node.to_string() == "ID!");
        let is_node = object.implements.iter().any(|interface| interface.node == "Node");
        assert_eq!(
            has_id && !NO_NODES.contains(&name),
            is_node,
            "{name}: a type with an id is a node; add it to src/graphql/node.rs"
        );
    }
}

#[test]
fn a_node_declares_its_id_and_nothing_else() {
    let node = types().into_iter().find(|definition| definition.name.node == "Node").unwrap();
    let fields: Vec<String> = fields_of(&node).iter().map(|field| field.name.node.to_string()).collect();
    assert_eq!(fields, ["id"]);
}

#[tokio::test]
async fn a_node_is_seen_by_whom_its_own_field_shows_it_to() {
    let app = TestApp::new().await;
    let (sam, bea, tom) = (app.verified("sam").await, app.verified("bea").await, app.verified("tom").await);
    bea.has("20.00").await;
    let listing = sam.sells("20.00").await;
    let order = bea.buys(&listing).await;
    let hidden = sam.creates(&sam.draft("9.00").await).await["listing"]["id"].clone();
    let picture = sam.image().await["id"].clone();
    let query = "query L($id: ID!) { listing(id: $id) { seller { id } cover { id } game { id } server { id } } }";
    let seen = app.send(None, query, json!({ "id": listing.id })).await["data"]["listing"].clone();
    let everybody = [
        ("User", &seen["seller"]["id"]),
        ("Image", &seen["cover"]["id"]),
        ("Game", &seen["game"]["id"]),
        ("GameServer", &seen["server"]["id"]),
        ("Listing", &json!(listing.id)),
    ];
    for (kind, id) in everybody {
        let node = app.send(None, NODE, json!({ "id": id })).await;
        assert_eq!(node["data"]["node"], json!({ "__typename": kind, "id": id }), "{node}");
    }
    let code = |answer: Value| answer["errors"][0]["extensions"]["code"].as_str().unwrap_or("ok").to_owned();
    for (id, owners) in [
        (json!(order), [sam.token.as_str(), bea.token.as_str()]),
        (hidden, [sam.token.as_str(); 2]),
        (picture, [sam.token.as_str(); 2]),
    ] {
        for owner in owners {
            assert_eq!(app.send(Some(owner), NODE, json!({ "id": id })).await["data"]["node"]["id"], id);
        }
        assert_eq!(code(tom.sends(NODE, json!({ "id": id })).await), "NOT_FOUND");
        assert_eq!(code(app.send(None, NODE, json!({ "id": id })).await), "NOT_FOUND");
    }
    for nothing in ["", "AAAA", "7", &"A".repeat(5_000)] {
        assert_eq!(code(app.send(None, NODE, json!({ "id": nothing })).await), "NOT_FOUND");
    }
    app.close().await;
}

#[tokio::test]
async fn many_nodes_come_in_the_order_of_their_ids() {
    let app = TestApp::new().await;
    let (sam, bea) = (app.verified("sam").await, app.verified("bea").await);
    bea.has("20.00").await;
    let (one, two) = (sam.sells("20.00").await, sam.sells("9.00").await);
    let order = bea.buys(&one).await;
    let ids = json!([two.id, order, "x", one.id, two.id]);
    let nodes = bea.sends(NODES, json!({ "ids": ids })).await["data"]["nodes"].clone();
    assert_eq!(
        (&nodes[0]["id"], &nodes[1]["state"], &nodes[2]),
        (&json!(two.id), &json!("PAID"), &Value::Null),
        "{nodes}"
    );
    assert_eq!((&nodes[3]["id"], &nodes[4]), (&json!(one.id), &nodes[0]));
    let strangers = app.send(None, NODES, json!({ "ids": ids })).await["data"]["nodes"].clone();
    assert_eq!(strangers[1], Value::Null, "an order is its parties'");
    assert_eq!(strangers[0], nodes[0]);
    let many: Vec<&str> = std::iter::repeat_n("x", 101).collect();
    let refused = app.send(None, NODES, json!({ "ids": many })).await;
    assert_eq!(refused["errors"][0]["extensions"]["code"], "BAD_USER_INPUT");
    app.close().await;
}
