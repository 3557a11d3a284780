//! The rows of [`crate::twice`] for reports and the blacklist.

use futures::FutureExt;
use serde_json::{Value, json};

use crate::{
    support::TestApp,
    twice::{Ask, Row, each_row_holds},
};

/// Each keyed mutation about reports and about who may trade.
pub const ROWS: &[Row] = &[
    Row {
        mutation: "reportCreate",
        prepare: |app, name| {
            async move {
                let about = app.person(&format!("{name}_about")).await;
                let person = app.person(&name).await;
                let input = json!({ "userId": about.public_id().await, "reason": "FRAUD", "text": "He wants to be paid outside." });
                Ask { person, input }
            }
            .boxed()
        },
        leaves: "complaints",
        // The others are told that they have reported it.
        most: 1,
        other: |input| input["text"] = json!("Something else"),
    },
    Row {
        mutation: "reportDecide",
        prepare: |app, name| {
            async move {
                let about = app.person(&format!("{name}_about")).await;
                app.person(&name).await.reports_user(&about).await;
                let filter = json!({ "userId": about.public_id().await });
                let report = app.reviewer().await.report_queue(filter).await[0]["id"].clone();
                by_reviewer(app, json!({ "id": report, "outcome": "BLACKLISTED", "reason": "It is true." })).await
            }
            .boxed()
        },
        leaves: "reports WHERE decided_at IS NOT NULL",
        most: 1,
        other: |input| input["reason"] = json!("Another reason"),
    },
    Row {
        mutation: "userBlacklist",
        prepare: |app, name| {
            async move {
                let user = app.person(&name).await.public_id().await;
                by_reviewer(app, json!({ "userId": user, "reason": "It is true." })).await
            }
            .boxed()
        },
        leaves: "standing WHERE blacklisted",
        most: 1,
        other: |input| input["reason"] = json!("Another reason"),
    },
    Row {
        mutation: "userReinstate",
        prepare: |app, name| {
            async move {
                let user = app.person(&name).await;
                app.reviewer().await.blacklists(&user, "It is true.").await;
                by_reviewer(app, json!({ "userId": user.public_id().await, "reason": "It is not." })).await
            }
            .boxed()
        },
        leaves: "audit WHERE action = 'user.reinstate'",
        most: 1,
        other: |input| input["reason"] = json!("Another reason"),
    },
];

async fn by_reviewer(app: &TestApp, input: Value) -> Ask<'_> {
    Ask {
        person: app.reviewer().await,
        input,
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn reports_and_the_blacklist_are_decided_once_for_one_key_and_as_often_as_they_may_for_many() {
    each_row_holds(ROWS).await;
}
