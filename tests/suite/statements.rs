//! How many statements a page costs (A11): no more for fifty rows than for two. Each statement is traced, and the tracer counts.

use std::sync::{Arc, Mutex};

use handover::infra::db::STATEMENTS;
use sea_orm::{ConnectionTrait, DbBackend, Statement};
use serde_json::{Value, json};
use tracing::{
    Event, Subscriber,
    field::{Field, Visit},
};
use tracing_subscriber::{
    Layer,
    layer::{Context, SubscriberExt},
    util::SubscriberInitExt,
};

use crate::support::{Offered, Person, TestApp};

/// Every statement since it was last emptied.
#[derive(Clone, Default)]
pub struct Tape(Arc<Mutex<Vec<String>>>);

impl Tape {
    /// Listens in this process, which runs one test.
    pub fn begin() -> Self {
        let tape = Self::default();
        tracing_subscriber::registry().with(tape.clone()).init();
        tape
    }

    pub fn take(&self) -> Vec<String> {
        std::mem::take(&mut self.0.lock().unwrap())
    }
}

struct Sql<'a>(&'a mut Vec<String>);

impl Visit for Sql<'_> {
    fn record_str(&mut self, field: &Field, value: &str) {
        if field.name() == "sql" {
            self.0.push(value.to_owned());
        }
    }

    fn record_debug(&mut self, _: &Field, _: &dyn std::fmt::Debug) {}
}

impl<S: Subscriber> Layer<S> for Tape {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        if event.metadata().target() == STATEMENTS {
            event.record(&mut Sql(&mut self.0.lock().unwrap()));
        }
    }
}

// Each half fits what one document may cost.
const LISTING: [&str; 2] = [
    "id title price { amount } images { id } cover { id } game { id name icon { id } servers { id } attributes { key } checklist { key } }",
    "id server { id } seller { id nickname } attributes { key } bindings { key } reviewClaim { until } favourite views",
];
const ORDER: [&str; 2] = [
    "id price { amount } timeline { kind } credentialsVersions { version } checklist { done } buyer { nickname } seller { nickname }",
    "id listing { title images { id } game { name servers { id } attributes { key } } server { name } attributes { key } current { id seller { nickname } images { id } } }",
];

/// The statements of one query, asked for `first` rows. The first time warms what is made once.
async fn count(tape: &Tape, person: &Person<'_>, query: &str, first: i32) -> (usize, usize) {
    let mut least = usize::MAX;
    let mut rows = 0;
    for _ in 0..3 {
        tape.take();
        let answer = person.sends(query, json!({ "first": first })).await;
        let list = answer["data"]
            .as_object()
            .and_then(|data| data.values().next())
            .cloned()
            .unwrap_or_default();
        let list = list.get("lines").cloned().unwrap_or(list);
        rows = list["nodes"].as_array().map_or(0, Vec::len);
        assert!(answer.get("errors").is_none(), "{answer}");
        least = least.min(tape.take().len());
    }
    (least, rows)
}

async fn sell_many(seller: &Person<'_>, admin: &Person<'_>, how_many: usize, price: &str) -> Vec<Offered> {
    let mut offered = Vec::new();
    for _ in 0..how_many {
        let made = seller.creates(&seller.draft(price).await).await;
        let id = &made["listing"]["id"];
        admin.approves(id).await;
        offered.push(Offered {
            id: id.as_str().unwrap().to_owned(),
            version: 1,
            price: price.to_owned(),
        });
    }
    offered
}

#[tokio::test]
async fn a_page_of_fifty_costs_no_more_statements_than_one_of_two() {
    let tape = Tape::begin();
    let app = TestApp::new().await;
    let (sam, bea, ada) = (app.verified("sam").await, app.verified("bea").await, app.admin("ada").await);
    bea.has("100.00").await;
    let offered = sell_many(&sam, &ada, 50, "1.00").await;
    let icon = json!({ "id": app.game().await.0, "change": { "iconId": ada.icon().await["id"] } });
    let update = "mutation U($input: GameUpdateInput!) { gameUpdate(input: $input) { game { icon { id } } userErrors { code } } }";
    let updated = ada.sends(update, json!({ "input": icon })).await;
    assert!(updated["data"]["gameUpdate"]["game"]["icon"].is_object(), "{updated}");
    for listing in &offered {
        bea.lists("favouriteAdd", json!({ "listingId": listing.id })).await;
    }
    let pages = |list: &str, fields: &str| {
        format!("query P($first: Int) {{ {list}(first: $first) {{ nodes {{ {fields} }} pageInfo {{ endCursor }} }} }}")
    };
    let mut costs = Vec::new();
    let mut look = async |person: &Person<'_>, list: &str, fields: &str, most: usize| {
        let query = pages(list, fields);
        let (two, fifty) = (count(&tape, person, &query, 2).await, count(&tape, person, &query, 50).await);
        assert_eq!((two.1, fifty.1), (2, 50), "{list}");
        assert!(
            fifty.0 <= two.0 && fifty.0 <= most,
            "{list}: {} for two rows, {} for fifty; at most {most}",
            two.0,
            fifty.0
        );
        costs.push(format!("{list}: {}", fifty.0));
    };
    for half in LISTING {
        look(&bea, "listings", half, 8).await;
        look(&sam, "myListings", half, 8).await;
        look(&bea, "favourites", half, 8).await;
    }
    for listing in &offered {
        bea.buys(listing).await;
    }
    for half in ORDER {
        look(&bea, "boughtOrders", half, 12).await;
        look(&sam, "soldOrders", half, 12).await;
    }
    let bare = count(
        &tape,
        &bea,
        "query P($first: Int) { listings(first: $first) { nodes { id title price { amount } seller { nickname } cover { url } } } }",
        50,
    );
    assert_eq!(bare.await.0, 2, "who asks, and one joined statement");
    println!("{}", costs.join(", "));
    app.close().await;
}

/// How many rows have something else behind each.
const MANY: usize = 12;
/// What an offer or a message is about.
const LISTED: &str = "listing { id images { id } attributes { key } favourite game { id name } }";
const ORDERED: &str =
    "order { id timeline { kind } checklist { done } credentialsVersions { version } listing { title images { id } } cases { id } }";

/// Asks for two rows and for many: many cost no more.
async fn costs_alike(tape: &Tape, person: &Person<'_>, query: &str, many: usize) {
    let all = i32::try_from(many).unwrap();
    let (two, all) = (count(tape, person, query, 2).await, count(tape, person, query, all).await);
    assert_eq!((two.1, all.1), (2, many), "{query}");
    assert!(
        all.0 <= two.0 && all.0 <= 20,
        "{} for two rows, {} for {many}: {query}",
        two.0,
        all.0
    );
}

#[tokio::test]
async fn what_offers_and_messages_are_about_costs_no_more_statements_for_more_of_them() {
    let tape = Tape::begin();
    let app = TestApp::new().await;
    let (sam, bea, ada) = (app.verified("sam").await, app.verified("bea").await, app.admin("ada").await);
    bea.has("100.00").await;
    let seller = sam.public_id().await;
    let offered = sell_many(&sam, &ada, MANY, "2.00").await;
    for listing in &offered {
        let offer = bea.offers(listing, "1.50").await;
        let order = sam.agrees_to(&offer).await;
        assert_eq!(bea.pays(&order).await["userErrors"], json!([]));
        let message = json!({ "to": seller, "text": "About this", "listingId": listing.id, "orderId": order });
        assert_eq!(bea.posts(message).await["userErrors"], json!([]));
    }
    for (person, list) in [(&bea, "madeOffers"), (&sam, "receivedOffers")] {
        for about in [LISTED, ORDERED] {
            let query = format!("query O($first: Int) {{ {list}(first: $first) {{ nodes {{ id {about} }} }} }}");
            costs_alike(&tape, person, &query, MANY).await;
        }
    }
    for about in [LISTED, ORDERED] {
        let lines = format!("lines(first: $first) {{ nodes {{ ... on Message {{ id {about} }} }} }}");
        let query = format!("query L($first: Int) {{ conversationWith(userId: {seller}) {{ {lines} }} }}");
        costs_alike(&tape, &bea, &query, MANY).await;
    }
    for name in ["tom", "una", "vic"] {
        let message = json!({ "to": seller, "text": "", "listingId": offered[0].id });
        assert_eq!(app.person(name).await.posts(message).await["userErrors"], json!([]));
    }
    let last =
        format!("query C($first: Int) {{ conversations(first: $first) {{ nodes {{ lastLine {{ ... on Message {{ {LISTED} }} }} }} }} }}");
    costs_alike(&tape, &sam, &last, 4).await;
    app.close().await;
}

#[tokio::test]
async fn the_cases_of_orders_cost_no_more_statements_for_more_orders() {
    let tape = Tape::begin();
    let app = TestApp::new().await;
    let (sam, bea, ada) = (app.verified("sam").await, app.verified("bea").await, app.admin("ada").await);
    bea.has("100.00").await;
    for listing in &sell_many(&sam, &ada, MANY, "2.00").await {
        let order = bea.buys(listing).await;
        sam.delivers(&order, "first").await;
        bea.asks_back(&order).await;
        bea.hands_back(&order, "second").await;
        let refused = sam.refuses(&order).await;
        assert_eq!(refused["order"]["state"], "IN_DISPUTE", "{refused}");
    }
    app.relayed().await;
    let case = "id timeline { kind } evidence { text } refusal { proposals { version } } order { id timeline { kind } handBack { kind } }";
    let order = format!("id handBack {{ kind }} evidence {{ text images {{ id }} }} cases {{ {case} }}");
    for (person, list) in [(&bea, "boughtOrders"), (&sam, "soldOrders")] {
        let query = format!("query O($first: Int) {{ {list}(first: $first) {{ nodes {{ {order} }} }} }}");
        costs_alike(&tape, person, &query, MANY).await;
    }
    app.close().await;
}

#[tokio::test]
async fn fifty_nodes_of_one_kind_come_in_a_few_statements() {
    let tape = Tape::begin();
    let app = TestApp::new().await;
    let (sam, ada) = (app.verified("sam").await, app.admin("ada").await);
    let ids: Vec<String> = sell_many(&sam, &ada, 50, "1.00")
        .await
        .into_iter()
        .map(|offered| offered.id)
        .collect();
    let query = "query N($ids: [ID!]!) { nodes(ids: $ids) { id ... on Listing { images { id } game { servers { id } } } } }";
    tape.take();
    let answer = sam.sends(query, json!({ "ids": ids })).await;
    assert_eq!(answer["data"]["nodes"].as_array().unwrap().len(), 50);
    let told = tape.take();
    assert!(told.len() <= 60, "{} statements:\n{}", told.len(), told.join("\n"));
    app.close().await;
}

#[tokio::test]
async fn a_page_brings_its_long_texts_along_for_those_who_ask() {
    let tape = Tape::begin();
    let app = TestApp::new().await;
    app.verified("sam").await.sells("5.00").await;
    for (fields, description, checklist) in [
        ("nodes { id title }", false, false),
        ("nodes { description }", true, false),
        ("edges { node { ...L } }", true, false),
        ("nodes { ... on Listing { d: description } }", true, false),
        ("nodes { game { name checklist { key } } }", false, true),
        ("nodes { bindings { key } }", false, true),
        ("nodes { id } edges { node { ... { description bindings { key } } } }", true, true),
    ] {
        let fragment = if fields.contains("...L") {
            " fragment L on Listing { description }"
        } else {
            ""
        };
        tape.take();
        let answer = app
            .send(None, &format!("query T {{ listings {{ {fields} }} }}{fragment}"), json!({}))
            .await;
        let told = tape.take().join("\n");
        assert_eq!(
            (told.contains("l.description"), told.contains("g.checklist")),
            (description, checklist),
            "{fields}"
        );
        let said = answer["data"]["listings"].to_string();
        assert_eq!(said.contains("Played since the first season."), description, "{said}");
    }
    app.close().await;
}

/// What SQLite says of the newest statement over listings on the tape.
async fn plan(app: &TestApp, tape: &Tape) -> String {
    let told = tape.take();
    let sql = told
        .iter()
        .find(|sql| sql.contains("FROM listings l"))
        .expect("a statement over listings");
    let explain = Statement::from_string(DbBackend::Sqlite, format!("EXPLAIN QUERY PLAN {sql}"));
    let rows = app.env().db().query_all_raw(explain).await.unwrap();
    let lines: Vec<String> = rows.iter().map(|row| row.try_get("", "detail").unwrap()).collect();
    lines.join("\n")
}

#[tokio::test]
async fn each_order_of_the_market_has_its_index() {
    let tape = Tape::begin();
    let app = TestApp::new().await;
    if app.env().db().get_database_backend() != DbBackend::Sqlite {
        // PostgreSQL reads small tables whole, whatever indexes there are; the indexes are the same.
        return app.close().await;
    }
    let (game, servers) = app.game().await;
    let query = "query B($filter: ListingFilterInput, $sort: ListingSortInput, $after: String) { listings(filter: $filter, sort: $sort, after: $after) { nodes { id } } }";
    let sam = app.verified("sam").await;
    sam.sells("5.00").await;
    for (filter, suffix) in [
        (json!({}), ""),
        (json!({ "gameId": game }), "_of_game"),
        (json!({ "serverId": servers[1] }), "_of_server"),
    ] {
        for (sort, index) in [
            ("NEWEST", "listings_newest"),
            ("CHEAPEST", "listings_by_price"),
            ("DEAREST", "listings_by_price"),
        ] {
            let ask = |after: Value| json!({ "filter": filter, "sort": { "by": sort }, "after": after });
            let first = "query F($filter: ListingFilterInput, $sort: ListingSortInput) { listings(first: 1, filter: $filter, sort: $sort) { pageInfo { endCursor } } }";
            let cursor = app.send(None, first, ask(Value::Null)).await["data"]["listings"]["pageInfo"]["endCursor"].clone();
            for after in [Value::Null, cursor] {
                tape.take();
                app.send(None, query, ask(after)).await;
                let plan = plan(&app, &tape).await;
                let wanted = format!("USING INDEX {index}{suffix} ");
                let alone = format!("USING INDEX {index}{suffix}\n");
                assert!(plan.contains(&wanted) || plan.contains(&alone), "{sort}{suffix}:\n{plan}");
                assert!(!plan.contains("TEMP B-TREE"), "{sort}{suffix} sorts:\n{plan}");
            }
        }
    }
    app.close().await;
}
