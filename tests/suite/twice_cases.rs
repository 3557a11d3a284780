//! The rows of [`crate::twice`] for cases.

use entity::value::{CaseId, CaseRulingId};
use futures::FutureExt;
use handover::graphql::id;
use serde_json::{Value, json};

use crate::{
    support::{Person, TestApp, wallet::refusal},
    twice::{Ask, Row, each_row_holds},
};

/// Each keyed mutation of a case.
pub const ROWS: &[Row] = &[
    Row {
        mutation: "caseOpen",
        prepare: |app, name| {
            async move {
                let (_, person, order) = sale(app, &name, "20.00").await;
                Ask {
                    person,
                    input: json!({ "orderId": order, "text": "The password does not work any more." }),
                }
            }
            .boxed()
        },
        leaves: "cases",
        most: 1,
        other: |input| input["text"] = json!("Other words."),
    },
    Row {
        mutation: "caseAnswer",
        prepare: |app, name| {
            async move {
                let (person, buyer, order) = sale(app, &name, "20.00").await;
                let case = buyer.claims(&order).await;
                Ask {
                    person,
                    input: json!({ "id": case, "text": "I did no such thing." }),
                }
            }
            .boxed()
        },
        leaves: "case_steps WHERE kind = 'ANSWERED'",
        most: 1,
        other: |input| input["text"] = json!("Other words."),
    },
    Row {
        mutation: "caseEvidenceAdd",
        prepare: |app, name| {
            async move {
                let (_, person, order) = sale(app, &name, "20.00").await;
                let case = person.claims(&order).await;
                Ask {
                    person,
                    input: json!({ "id": case, "text": "Here is another letter." }),
                }
            }
            .boxed()
        },
        leaves: "case_steps WHERE kind = 'EVIDENCE_ADDED'",
        // With what was brought when it was opened, twenty.
        most: 19,
        other: |input| input["text"] = json!("Other words."),
    },
    Row {
        mutation: "caseWithdraw",
        prepare: |app, name| {
            async move {
                let (_, person, order) = sale(app, &name, "20.00").await;
                let case = person.claims(&order).await;
                Ask {
                    person,
                    input: json!({ "id": case }),
                }
            }
            .boxed()
        },
        leaves: "cases WHERE state = 'WITHDRAWN'",
        most: 1,
        other: |input| input["id"] = json!(id::encode(CaseId::new()).to_string()),
    },
    Row {
        mutation: "caseFreezeKeep",
        prepare: |app, name| decided(app, name, "20.00").boxed(),
        leaves: "cases WHERE freeze_stage = 'KEPT'",
        most: 1,
        other: |input| input["reason"] = json!("Another reason"),
    },
    Row {
        mutation: "caseFreezeNarrow",
        prepare: |app, name| decided(app, name, "20.00").boxed(),
        leaves: "ledger_transfers WHERE cause = 'CASE_HELD'",
        most: 1,
        other: |input| input["reason"] = json!("Another reason"),
    },
    Row {
        mutation: "caseUphold",
        prepare: |app, name| decided(app, name, "20.00").boxed(),
        leaves: "ledger_transfers WHERE cause = 'CASE_RECOVERED'",
        most: 1,
        other: |input| input["reason"] = json!("Another reason"),
    },
    Row {
        mutation: "caseReject",
        prepare: |app, name| decided(app, name, "20.00").boxed(),
        leaves: "cases WHERE state = 'REJECTED'",
        most: 1,
        other: |input| input["reason"] = json!("Another reason"),
    },
    Row {
        mutation: "caseRulingDecide",
        prepare: |app, name| {
            async move {
                let Ask { person, input } = decided(app, name, "20000.01").await;
                let ruled = person.upholds(&input["id"]).await;
                let ruling = ruled["review"]["rulings"][0]["id"].clone();
                let person = match app.try_sign_in("second").await {
                    Some(second) => second,
                    None => app.admin("second").await,
                };
                Ask {
                    person,
                    input: json!({ "rulingId": ruling, "approve": true }),
                }
            }
            .boxed()
        },
        leaves: "cases WHERE state = 'UPHELD'",
        most: 1,
        other: |input| input["rulingId"] = json!(id::encode(CaseRulingId::new()).to_string()),
    },
];

/// A seller, a buyer, and a completed order of this price.
async fn sale<'a>(app: &'a TestApp, name: &str, price: &str) -> (Person<'a>, Person<'a>, String) {
    let (seller, buyer) = (app.verified(name).await, app.verified(&format!("{name}_b")).await);
    buyer.has(price).await;
    let order = app.sold(&seller, &buyer, price).await;
    (seller, buyer, order)
}

/// A claim that was answered, and that the reviewer has taken.
async fn decided<'a>(app: &'a TestApp, name: String, price: &str) -> Ask<'a> {
    let (seller, buyer, order) = sale(app, &name, price).await;
    let case: Value = buyer.claims(&order).await;
    seller.answers(&case).await;
    let person = app.reviewer().await;
    let taken = person.takes(&case).await;
    assert_eq!(refusal(&taken), "none", "{taken}");
    Ask {
        person,
        input: json!({ "id": case, "reason": "The log shows it." }),
    }
}

/// M2 and M3 for cases.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_case_moves_once_for_one_key_and_as_often_as_it_may_for_many() {
    each_row_holds(ROWS).await;
}
