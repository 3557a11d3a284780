//! Frozen wallets: money comes in and does not go out by its owner's will. Abuse 7, 22 and 25; M2.

use std::time::Duration;

use entity::{
    audit,
    kinds::FreezeCause,
    value::{OrderId, Time},
};
use futures::future::join_all;
use handover::{
    app::Act,
    kernel::policy::System,
    wallet::{
        freeze::{self, Freeze},
        withdrawal,
    },
};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::{PASSWORD, Person, TestApp, wallet::refusal};

fn pair(available: &str, held: &str) -> (String, String) {
    (available.to_owned(), held.to_owned())
}

/// Opens or ends a case's freeze, as a case will.
async fn case(app: &TestApp, whom: &Person<'_>, subject: Uuid, opens: bool) -> bool {
    let tx = app.env().begin().await.unwrap();
    let freeze = Freeze {
        user: whom.id().await,
        cause: FreezeCause::Case,
        subject,
    };
    let done = if opens {
        freeze::open(&tx, Uuid::nil(), freeze, None).await.unwrap().is_some()
    } else {
        freeze::end(&tx, Uuid::nil(), freeze).await.unwrap()
    };
    tx.commit().await.unwrap();
    done
}

#[tokio::test]
async fn a_frozen_wallet_takes_money_in_and_its_owner_takes_none_out() {
    let app = TestApp::new().await;
    let (bea, account) = app.cashier("bea", "100.00").await;
    let (ada, sam) = (app.admin("ada").await, app.verified("sam").await);
    let offered = sam.sells("20.00").await;
    let waiting = bea.withdraws("30.00", &account).await;
    assert_eq!(bea.frozen().await["frozenSinceAt"], Value::Null);

    let frozen = ada
        .freezes(&bea, "Somebody says that this account is not yours.", Uuid::new_v4())
        .await;
    assert_eq!(frozen["userErrors"], json!([]), "{frozen}");
    assert_eq!(
        bea.withdrawal(&waiting).await["state"],
        "TAKEN_BACK",
        "what was not sent comes back"
    );
    assert_eq!(bea.money().await, pair("100.00", "0.00"));
    let seen = bea.frozen().await;
    assert!(seen["frozenSinceAt"].is_string(), "{seen}");
    assert_eq!(seen["freezes"][0]["reason"], "Somebody says that this account is not yours.");
    assert_eq!(
        (&seen["freezes"][0]["cause"], &seen["freezes"][0]["explanation"]),
        (&json!("ADMIN"), &json!("An admin asks for it."))
    );

    assert_eq!(refusal(&bea.withdraws_by("10.00", &account, Uuid::new_v4()).await), "WALLET_FROZEN");
    assert_eq!(refusal(&bea.asks_for(&offered, Uuid::new_v4()).await), "WALLET_FROZEN");
    let bea = bea.with_balance("5.00").await;
    assert_eq!(bea.money().await, pair("105.00", "0.00"), "money still comes in");

    let thawed = ada.thaws(&bea, "It is hers.", Uuid::new_v4()).await;
    assert_eq!(thawed["wallet"]["frozenSinceAt"], Value::Null, "{thawed}");
    bea.buys(&offered).await;
    bea.withdraws("10.00", &account).await;
    assert_eq!(bea.money().await, pair("75.00", "10.00"));
    app.relayed().await;
    let notices = bea.sends("query N { notices { nodes { kind } } }", json!({})).await.to_string();
    assert!(notices.contains("WALLET_FROZEN") && notices.contains("WALLET_THAWED"), "{notices}");
    app.close().await;
}

/// No wallet waits for an admin alone: what one froze and forgot is open again after 14 days.
#[tokio::test]
async fn a_freeze_by_hand_ends_by_itself_once_and_one_that_began_later_stays() {
    let app = TestApp::new().await;
    let (ada, bea, sam) = (app.admin("ada").await, app.verified("bea").await, app.verified("sam").await);
    assert!(case(&app, &sam, OrderId::new().0, true).await);
    for person in [&bea, &sam] {
        ada.freezes(person, "Look into it.", Uuid::new_v4()).await;
    }
    let ends = ends_at(&bea).await;
    assert_eq!(
        ends,
        [Some(handover::graphql::scalars::DateTime(due_at(&app, &bea).await).to_string())]
    );
    assert!(matches!(&ends_at(&sam).await[..], [None, Some(_)]), "the case has its own timers");
    let lapse = || freeze::lapse(app.env(), System::new());
    let days = |days: u64| Duration::from_secs(days * 24 * 60 * 60);
    app.advance(days(13));
    assert_eq!(lapse().await.unwrap(), 0);
    // Begun anew, it lasts anew.
    let (ada, bea, sam) = (app.sign_in("ada").await, app.sign_in("bea").await, app.sign_in("sam").await);
    ada.thaws(&bea, "It is hers.", Uuid::new_v4()).await;
    ada.freezes(&bea, "It is not.", Uuid::new_v4()).await;
    app.advance(days(1) + Duration::from_secs(60));
    let all = join_all((0..4).map(|_| lapse())).await;
    let done: u64 = all.into_iter().map(Result::unwrap).sum();
    assert_eq!(done, 1, "sam's, once");
    let (bea, sam) = (app.sign_in(&bea.name).await, app.sign_in(&sam.name).await);
    assert_eq!(bea.frozen().await["freezes"][0]["reason"], "It is not.");
    assert_eq!(
        sam.frozen().await["freezes"].as_array().unwrap().len(),
        1,
        "the case still asks for it"
    );
    app.advance(days(13));
    assert_eq!(lapse().await.unwrap(), 1);
    let bea = app.sign_in("bea").await;
    assert_eq!(bea.frozen().await, json!({ "frozenSinceAt": null, "freezes": [] }));
    let by_itself = audit::Entity::find()
        .filter(audit::Column::Action.eq("wallet_thaw"))
        .filter(audit::Column::ActorId.eq(Uuid::nil()));
    assert_eq!(by_itself.count(app.env().db()).await.unwrap(), 2);
    app.relayed().await;
    let notices = bea.sends("query N { notices { nodes { kind } } }", json!({})).await.to_string();
    assert_eq!(notices.matches("WALLET_THAWED").count(), 2, "{notices}");
    app.close().await;
}

/// When each of the reasons ends by itself, as the owner is told.
async fn ends_at(person: &Person<'_>) -> Vec<Option<String>> {
    let answer = person.sends("query F { wallet { freezes { endsAt } } }", json!({})).await;
    let freezes = answer["data"]["wallet"]["freezes"].as_array().unwrap();
    freezes.iter().map(|freeze| freeze["endsAt"].as_str().map(str::to_owned)).collect()
}

/// 14 days after it began.
async fn due_at(app: &TestApp, person: &Person<'_>) -> Time {
    let reasons = freeze::reasons(app.env().db(), person.id().await).await.unwrap();
    reasons[0].opened_at.plus_days(14)
}

/// Abuse 22.
#[tokio::test]
async fn money_cannot_be_moved_to_a_friend_by_buying_from_him_or_by_selling_to_him() {
    let app = TestApp::new().await;
    let (ada, sam, bea) = (app.admin("ada").await, app.verified("sam").await, app.verified("bea").await);
    sam.has("50.00").await;
    bea.has("50.00").await;
    let (his, hers) = (sam.sells("20.00").await, bea.sells("20.00").await);
    ada.freezes(&sam, "Reported.", Uuid::new_v4()).await;
    assert_eq!(refusal(&sam.asks_for(&hers, Uuid::new_v4()).await), "WALLET_FROZEN");
    assert_eq!(refusal(&bea.asks_for(&his, Uuid::new_v4()).await), "LISTING_NOT_AVAILABLE");
    ada.thaws(&sam, "Cleared.", Uuid::new_v4()).await;
    bea.buys(&his).await;
    app.close().await;
}

#[tokio::test]
async fn an_order_that_runs_ends_and_pays_although_the_wallets_are_frozen() {
    let app = TestApp::new().await;
    let (ada, sam, bea) = (app.admin("ada").await, app.verified("sam").await, app.verified("bea").await);
    bea.has("50.00").await;
    let (first, second) = (bea.buys(&sam.sells("20.00").await).await, bea.buys(&sam.sells("10.00").await).await);
    for person in [&sam, &bea] {
        ada.freezes(person, "Reported.", Uuid::new_v4()).await;
    }
    sam.delivers(&first, "secret word 1").await;
    assert_eq!(bea.confirms(&first).await["order"]["state"], "COMPLETED");
    assert_eq!(bea.cancels(&second).await["order"]["state"], "CANCELLED");
    assert_eq!(bea.money().await, pair("30.00", "0.00"));
    assert_eq!(sam.wallet().await["settling"]["amount"], "19.00");
    app.close().await;
}

/// Abuse 7.
#[tokio::test]
async fn a_withdrawal_comes_wholly_before_the_freeze_or_is_refused() {
    let app = TestApp::new().await;
    let (bea, account) = app.cashier("bea", "400.00").await;
    let ada = app.admin("ada").await;
    for _ in 0..8 {
        let (frozen, asked, sent, other) = tokio::join!(
            ada.freezes(&bea, "Look into it.", Uuid::new_v4()),
            bea.withdraws_by("10.00", &account, Uuid::new_v4()),
            withdrawal::send(app.env(), System::new()),
            bea.withdraws_by("10.00", &account, Uuid::new_v4()),
        );
        sent.unwrap();
        assert_eq!(frozen["userErrors"], json!([]), "{frozen}");
        for one in [asked, other] {
            if refusal(&one) == "none" {
                let id = &one["withdrawal"]["id"];
                // Before it: taken back by it, or with the bank already.
                match bea.withdrawal(id).await["state"].as_str().unwrap() {
                    "TAKEN_BACK" | "PAID" => {}
                    "SENT" => drop(bea.withdrawal_becomes(id, "PAID").await),
                    state => panic!("{state} in a frozen wallet: {one}"),
                }
            } else {
                assert_eq!(refusal(&one), "WALLET_FROZEN", "{one}");
            }
        }
        assert_eq!(
            withdrawal::send(app.env(), System::new()).await.unwrap(),
            0,
            "nothing leaves a frozen wallet"
        );
        ada.thaws(&bea, "Again.", Uuid::new_v4()).await;
    }
    app.close().await;
}

/// Abuse 25.
#[tokio::test]
async fn blacklisted_and_frozen_takes_nothing_out_and_blacklisted_alone_does() {
    let app = TestApp::new().await;
    let (bea, account) = app.cashier("bea", "100.00").await;
    let ada = app.admin("ada").await;
    app.operates("bea", Act::Blacklist("for the test".into())).await;
    ada.freezes(&bea, "Look into it.", Uuid::new_v4()).await;
    assert_eq!(refusal(&bea.withdraws_by("10.00", &account, Uuid::new_v4()).await), "WALLET_FROZEN");
    ada.thaws(&bea, "Seen.", Uuid::new_v4()).await;
    assert_eq!(refusal(&bea.withdraws_by("10.00", &account, Uuid::new_v4()).await), "none");
    app.close().await;
}

/// M2, and the first half of abuse 27a: each reason ends alone.
#[tokio::test]
async fn it_is_frozen_while_any_reason_is_open_and_each_is_opened_and_ended_once() {
    let app = TestApp::new().await;
    let (ada, bob, bea) = (app.admin("ada").await, app.admin("bob").await, app.verified("bea").await);
    let (one, other) = (OrderId::new().0, OrderId::new().0);
    assert!(case(&app, &bea, one, true).await && case(&app, &bea, other, true).await);
    assert!(!case(&app, &bea, one, true).await, "a case freezes once");
    let key = Uuid::new_v4();
    let same = join_all((0..20).map(|_| ada.freezes(&bea, "Me too.", key))).await;
    assert!(same.iter().all(|answer| answer["userErrors"] == json!([])), "{same:?}");
    let late = bob.freezes(&bea, "And I.", Uuid::new_v4()).await;
    assert_eq!(refusal(&late), "ALREADY_DECIDED");
    assert!(late["userErrors"][0]["message"].as_str().unwrap().contains("ada"), "{late}");
    assert_eq!(bea.frozen().await["freezes"].as_array().unwrap().len(), 3);

    assert!(case(&app, &bea, one, false).await && !case(&app, &bea, one, false).await);
    assert!(bea.frozen().await["frozenSinceAt"].is_string());
    let thawed = join_all((0..20).map(|_| bob.thaws(&bea, "Enough.", Uuid::new_v4()))).await;
    assert_eq!(thawed.iter().filter(|answer| refusal(answer) == "none").count(), 1, "{thawed:?}");
    assert!(thawed.iter().all(|answer| ["none", "WRONG_STATE"].contains(&refusal(answer))));
    assert!(bea.frozen().await["frozenSinceAt"].is_string(), "the other case still asks for it");
    assert!(case(&app, &bea, other, false).await);
    assert_eq!(bea.frozen().await, json!({ "frozenSinceAt": null, "freezes": [] }));
    app.close().await;
}

#[tokio::test]
async fn nobody_freezes_his_own_and_it_takes_an_admin_a_reason_and_a_fresh_proof() {
    let app = TestApp::new().await;
    let (ada, bea) = (app.admin("ada").await, app.verified("bea").await);
    assert_eq!(refusal(&ada.freezes(&ada, "Mine.", Uuid::new_v4()).await), "OWN_MATTER");
    assert_eq!(refusal(&ada.freezes(&bea, " ", Uuid::new_v4()).await), "INVALID_INPUT");
    let stranger = bea.freezes(&ada, "No.", Uuid::new_v4()).await;
    assert_eq!(stranger["errors"][0]["extensions"]["code"], "FORBIDDEN", "{stranger}");
    let key = Uuid::new_v4();
    app.advance(Duration::from_secs(6 * 60));
    assert_eq!(refusal(&ada.freezes(&bea, "Now.", key).await), "FRESH_PROOF_REQUIRED");
    assert!(ada.proves(PASSWORD).await["provenUntil"].is_string());
    assert_eq!(refusal(&ada.freezes(&bea, "Now.", key).await), "none");
    assert_eq!(refusal(&ada.freezes(&bea, "Other words.", key).await), "IDEMPOTENCY_KEY_REUSED");
    let look = ada
        .sends(
            "query F($id: ID!) { frozenWallet(userId: $id) { freezes { reason } } }",
            json!({ "id": bea.public_id().await }),
        )
        .await;
    assert_eq!(look["data"]["frozenWallet"]["freezes"], json!([{ "reason": "Now." }]), "{look}");
    app.close().await;
}
