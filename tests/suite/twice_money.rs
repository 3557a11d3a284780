//! The rows of [`crate::twice`] for debts, freezes, decisions about money and the bank's differences, and for payout accounts, drafts and announcements.

use std::time::Duration;

use entity::value::{BankDifferenceId, DebtId, MoneyDecisionId};
use futures::FutureExt;
use handover::{graphql::id, kernel::policy::System, wallet::decision};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    support::{Person, TestApp},
    twice::{Ask, Row, each_row_holds},
};

/// Each keyed mutation about money that is held or owed, and three more.
pub const ROWS: &[Row] = &[
    Row {
        mutation: "announcementCreate",
        prepare: |app, name| {
            async move {
                let person = app.admin(&name).await;
                let input = json!({ "titleEn": "Away", "textEn": "On Sunday.", "titleZh": "系统维护", "textZh": "周日。" });
                Ask { person, input }
            }
            .boxed()
        },
        leaves: "announcements",
        most: 20,
        other: |input| input["titleEn"] = json!("Here"),
    },
    Row {
        mutation: "payoutAccountAdd",
        prepare: |app, name| {
            async move {
                let person = app.verified(&name).await;
                Ask {
                    person,
                    input: json!({ "number": "6222020200112345" }),
                }
            }
            .boxed()
        },
        leaves: "payout_accounts",
        most: 1,
        other: |input| input["number"] = json!("6222020200119999"),
    },
    Row {
        mutation: "listingDraftCreate",
        prepare: |app, name| {
            async move {
                let person = app.verified(&name).await;
                let input = person.draft("20.00").await;
                Ask { person, input }
            }
            .boxed()
        },
        leaves: "listings WHERE state = 'DRAFT'",
        // The picture is used up by the first.
        most: 1,
        other: |input| input["price"] = json!("21.00"),
    },
    Row {
        mutation: "walletFreeze",
        prepare: |app, name| {
            async move {
                let owner = app.verified(&name).await.public_id().await;
                by_reviewer(app, json!({ "userId": owner, "reason": "Somebody asked for it." })).await
            }
            .boxed()
        },
        leaves: "wallet_freezes",
        most: 1,
        other: |input| input["reason"] = json!("Another reason"),
    },
    Row {
        mutation: "walletThaw",
        prepare: |app, name| {
            async move {
                let owner = app.verified(&name).await;
                let frozen = app.reviewer().await.freezes(&owner, "Somebody asked for it.", Uuid::new_v4()).await;
                assert_eq!(frozen["userErrors"], json!([]), "{frozen}");
                by_reviewer(app, json!({ "userId": owner.public_id().await, "reason": "It is cleared up." })).await
            }
            .boxed()
        },
        leaves: "wallet_freezes WHERE ended_at IS NOT NULL",
        most: 1,
        other: |input| input["reason"] = json!("Another reason"),
    },
    Row {
        mutation: "debtWaive",
        prepare: |app, name| {
            async move {
                let person = app.verified(&name).await;
                let debtor = app.verified(&format!("{name}_debtor")).await;
                let input = json!({ "debtId": app.owes(&debtor, Some(&person), "15.00").await });
                Ask { person, input }
            }
            .boxed()
        },
        leaves: "debt_changes WHERE kind = 'WAIVED'",
        most: 1,
        other: |input| input["debtId"] = json!(id::encode(DebtId::new()).to_string()),
    },
    Row {
        mutation: "debtWriteOff",
        prepare: |app, name| {
            async move {
                let debt = app.owes(&app.verified(&name).await, None, "15.00").await;
                by_reviewer(app, json!({ "debtId": debt, "reason": "Nothing will come." })).await
            }
            .boxed()
        },
        leaves: "debt_changes WHERE kind = 'WRITTEN_OFF'",
        most: 1,
        other: |input| input["reason"] = json!("Another reason"),
    },
    Row {
        mutation: "debtAdvance",
        prepare: |app, name| {
            async move {
                let waiting = fund_that_waits(app).await;
                let done = second(app).await.seconds(&waiting, None, Uuid::new_v4()).await;
                assert_eq!(done["decision"]["state"], "DONE", "{done}");
                let creditor = app.verified(&name).await;
                let debtor = app.verified(&format!("{name}_debtor")).await;
                let debt = app.owes(&debtor, Some(&creditor), "15.00").await;
                by_reviewer(
                    app,
                    json!({ "debtId": debt, "amount": "10.00", "reason": "She waited long enough." }),
                )
                .await
            }
            .boxed()
        },
        leaves: "debt_changes WHERE kind = 'ADVANCED'",
        // What is left afterwards is less than they ask for.
        most: 1,
        other: |input| input["amount"] = json!("11.00"),
    },
    Row {
        mutation: "compensationFund",
        prepare: |app, _| {
            async move {
                nothing_waits(app).await;
                app.earns("20.00").await;
                by_reviewer(app, json!({ "amount": "20.00", "reason": "For what others owe." })).await
            }
            .boxed()
        },
        leaves: "money_decisions WHERE kind = 'FUND'",
        // One waits at a time.
        most: 1,
        other: |input| input["amount"] = json!("19.00"),
    },
    Row {
        mutation: "moneyDecisionApprove",
        prepare: |app, _| {
            async move {
                let input = json!({ "id": fund_that_waits(app).await });
                let person = second(app).await;
                Ask { person, input }
            }
            .boxed()
        },
        leaves: "ledger_transfers WHERE cause = 'COMPENSATION_FUNDED'",
        most: 1,
        other: |input| input["id"] = json!(id::encode(MoneyDecisionId::new()).to_string()),
    },
    Row {
        mutation: "moneyDecisionRefuse",
        prepare: |app, _| {
            async move {
                let input = json!({ "id": fund_that_waits(app).await, "reason": "There is enough." });
                let person = second(app).await;
                Ask { person, input }
            }
            .boxed()
        },
        leaves: "money_decisions WHERE state = 'REFUSED'",
        most: 1,
        other: |input| input["reason"] = json!("Another reason"),
    },
    Row {
        mutation: "bankDifferenceResolve",
        prepare: |app, _| {
            async move {
                let input = json!({ "id": app.differs().await, "outcome": "NOTED", "reason": "The bank's own test." });
                by_reviewer(app, input).await
            }
            .boxed()
        },
        leaves: "bank_differences WHERE resolved_at IS NOT NULL",
        most: 1,
        other: |input| input["id"] = json!(id::encode(BankDifferenceId::new()).to_string()),
    },
];

async fn by_reviewer(app: &TestApp, input: Value) -> Ask<'_> {
    Ask {
        person: app.reviewer().await,
        input,
    }
}

/// The admin who agrees to what the reviewer proposes.
async fn second(app: &TestApp) -> Person<'_> {
    match app.try_sign_in("second").await {
        Some(person) => person,
        None => app.admin("second").await,
    }
}

/// Lets whatever waits for a second admin become void.
async fn nothing_waits(app: &TestApp) {
    app.advance(Duration::from_secs(72 * 60 * 60));
    decision::lapse(app.env(), System::new()).await.unwrap();
}

/// A funding that waits for the second admin.
async fn fund_that_waits(app: &TestApp) -> Value {
    nothing_waits(app).await;
    app.earns("20.00").await;
    app.reviewer().await.proposes_to_fund("20.00").await
}

/// M2 and M3 for money that is held or owed.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_held_or_owed_changes_once_for_one_key_and_as_often_as_it_may_for_many() {
    each_row_holds(ROWS).await;
}
