//! A statement as a file: by an address that is good for some minutes and for its owner alone.

use std::time::Duration;

use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::{Person, TestApp};

async fn address(person: &Person<'_>, filter: Value) -> String {
    let query = "query C($filter: WalletStatementFilter) { walletStatementCsv(filter: $filter) { url expiresAt } }";
    let answer = person.sends(query, json!({ "filter": filter })).await;
    answer["data"]["walletStatementCsv"]["url"]
        .as_str()
        .unwrap_or_else(|| panic!("{answer}"))
        .to_owned()
}

async fn fetch(person: &Person<'_>, url: &str) -> reqwest::Response {
    let request = person.app.http.get(person.app.url(url)).bearer_auth(&person.token);
    request.send().await.unwrap()
}

#[tokio::test]
async fn a_statement_is_a_table_that_only_its_owner_fetches_while_the_address_is_good() {
    let app = TestApp::new().await;
    let (bea, account) = app.cashier("bea", "100.00").await;
    let eve = app.verified("eve").await;
    let taken = bea.withdraws("40.00", &account).await;
    bea.takes_back(&taken, Uuid::new_v4()).await;
    let url = address(&bea, Value::Null).await;
    let got = fetch(&bea, &url).await;
    assert_eq!(got.status(), 200);
    assert_eq!(got.headers()["content-type"], "text/csv; charset=utf-8");
    assert_eq!(got.headers()["x-content-type-options"], "nosniff");
    let bytes = got.bytes().await.unwrap();
    assert!(bytes.starts_with(b"\xEF\xBB\xBF"));
    let text = String::from_utf8(bytes[3..].to_vec()).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines[0], "Time (UTC),What,About,Amount (CNY),Balance (CNY),Id");
    let amounts: Vec<String> = lines[1..]
        .iter()
        .map(|line| line.split(',').collect::<Vec<_>>()[3..5].join(" "))
        .collect();
    assert_eq!(amounts, ["40.00 100.00", "-40.00 60.00", "100.00 100.00"]);

    let out = fetch(&bea, &address(&bea, json!({ "direction": "OUT" })).await)
        .await
        .text()
        .await
        .unwrap();
    assert_eq!(out.lines().count(), 2, "{out}");
    assert_eq!(fetch(&eve, &url).await.status(), 404, "another's");
    assert_eq!(app.http.get(app.url(&url)).send().await.unwrap().status(), 404, "a stranger's");
    let forged = format!("{}x", &url);
    assert_eq!(fetch(&bea, &forged).await.status(), 404);
    app.advance(Duration::from_secs(10 * 60));
    let bea = app.sign_in("bea").await;
    assert_eq!(fetch(&bea, &url).await.status(), 404, "too late");
    app.close().await;
}

#[tokio::test]
async fn no_title_of_a_seller_becomes_a_formula_in_the_buyer_s_spreadsheet() {
    let app = TestApp::new().await;
    let (sam, bea) = (app.verified("sam").await, app.verified("bea").await);
    bea.has("50.00").await;
    let order = bea.buys(&sam.sells("20.00").await).await;
    let id: entity::value::OrderId = handover::graphql::id::decode(&order.as_str().into()).unwrap_or_else(|_| panic!("{order}"));
    let row = entity::order::ActiveModel {
        id: sea_orm::ActiveValue::Set(id),
        title: sea_orm::ActiveValue::Set("=HYPERLINK(\"http://evil.example\",\"win\")".to_owned()),
        ..Default::default()
    };
    let tx = app.env().begin().await.unwrap();
    sea_orm::ActiveModelTrait::update(row, tx.db()).await.unwrap();
    tx.commit().await.unwrap();
    let text = fetch(&bea, &address(&bea, Value::Null).await).await.text().await.unwrap();
    assert!(text.contains("\"'=HYPERLINK("), "{text}");
    app.close().await;
}
