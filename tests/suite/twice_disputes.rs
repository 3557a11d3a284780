//! The rows of [`crate::twice`] for refused returns.

use entity::value::CaseId;
use futures::FutureExt;
use handover::graphql::id;
use serde_json::{Value, json};

use crate::{
    support::{
        TestApp,
        disputes::{DAY, Dispute},
    },
    twice::{Ask, Row, each_row_holds},
};

/// Each keyed mutation of a case about a refused return.
pub const ROWS: &[Row] = &[
    Row {
        mutation: "caseFind",
        prepare: |app, name| {
            async move {
                let dispute = in_review(app, &name).await;
                let person = app.reviewer().await;
                person.takes_up(&dispute.case).await;
                let input = json!({ "id": dispute.case, "finding": "DAMAGED", "sellerShare": 40, "reason": "Looked at it." });
                Ask { person, input }
            }
            .boxed()
        },
        leaves: "cases WHERE found_by IS NOT NULL",
        most: 1,
        other: |input| input["sellerShare"] = json!(41),
    },
    Row {
        mutation: "caseConsent",
        prepare: |app, name| {
            async move {
                let dispute = found(app, &name, "INTACT").await;
                let input = json!({ "id": dispute.case });
                Ask {
                    person: dispute.sam,
                    input,
                }
            }
            .boxed()
        },
        leaves: "ledger_transfers WHERE cause = 'ORDER_REFUND'",
        most: 1,
        other: another,
    },
    Row {
        mutation: "caseObject",
        prepare: |app, name| {
            async move {
                let dispute = found(app, &name, "INTACT").await;
                let input = json!({ "id": dispute.case });
                Ask {
                    person: dispute.sam,
                    input,
                }
            }
            .boxed()
        },
        leaves: "case_steps WHERE kind = 'MEDIATION_BEGAN'",
        most: 1,
        other: another,
    },
    Row {
        mutation: "caseMessageSend",
        prepare: |app, name| {
            async move {
                let dispute = mediated(app, &name).await;
                let input = json!({ "id": dispute.case, "text": "Let us talk." });
                Ask {
                    person: dispute.bea,
                    input,
                }
            }
            .boxed()
        },
        leaves: "case_messages",
        most: 20,
        other: |input| input["text"] = json!("Other words."),
    },
    Row {
        mutation: "caseProposalMake",
        prepare: |app, name| {
            async move {
                let dispute = mediated(app, &name).await;
                let input = json!({ "id": dispute.case, "sellerShare": 40 });
                Ask {
                    person: dispute.bea,
                    input,
                }
            }
            .boxed()
        },
        leaves: "case_proposals",
        most: 20,
        other: |input| input["sellerShare"] = json!(41),
    },
    Row {
        mutation: "caseProposalAccept",
        prepare: |app, name| {
            async move {
                let dispute = mediated(app, &name).await;
                dispute
                    .bea
                    .argues("caseProposalMake", &dispute.case, json!({ "sellerShare": 40 }))
                    .await;
                let input = json!({ "id": dispute.case, "version": 1 });
                Ask {
                    person: dispute.sam,
                    input,
                }
            }
            .boxed()
        },
        leaves: "ledger_transfers WHERE cause = 'ORDER_SPLIT'",
        most: 1,
        other: |input| input["version"] = json!(2),
    },
    Row {
        mutation: "caseRule",
        prepare: |app, name| {
            async move {
                let dispute = mediated(app, &name).await;
                app.advance(DAY * 7);
                app.cases_run_out().await;
                let person = match app.try_sign_in("ruler").await {
                    Some(person) => person,
                    None => app.admin("ruler").await,
                };
                person.takes_up(&dispute.case).await;
                let input = json!({ "id": dispute.case, "sellerShare": 40, "reason": "Both have a point." });
                Ask { person, input }
            }
            .boxed()
        },
        leaves: "ledger_transfers WHERE cause = 'ORDER_SPLIT'",
        most: 1,
        other: |input| input["sellerShare"] = json!(41),
    },
];

fn another(input: &mut Value) {
    input["id"] = json!(id::encode(CaseId::new()).to_string());
}

async fn in_review<'a>(app: &'a TestApp, name: &str) -> Dispute<'a> {
    let (seller, buyer) = (app.verified(&format!("{name}_s")).await, app.verified(name).await);
    let dispute = app.disputed_between(seller, buyer, "20.00").await;
    for party in [&dispute.sam, &dispute.bea] {
        party.argues("caseEvidenceDone", &dispute.case, json!({})).await;
    }
    dispute
}

async fn found<'a>(app: &'a TestApp, name: &str, finding: &str) -> Dispute<'a> {
    let dispute = in_review(app, name).await;
    let found = app.reviewer().await.finds_in(&dispute.case, finding, None).await;
    assert_eq!(found["userErrors"], json!([]), "{found}");
    dispute
}

async fn mediated<'a>(app: &'a TestApp, name: &str) -> Dispute<'a> {
    let dispute = found(app, name, "INTACT").await;
    dispute.sam.argues("caseObject", &dispute.case, json!({})).await;
    dispute
}

/// M2 and M3 for refused returns.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_decided_about_a_refused_return_happens_once_for_one_key_and_as_often_as_it_may_for_many() {
    each_row_holds(ROWS).await;
}
