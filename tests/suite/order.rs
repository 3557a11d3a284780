//! Buying and selling at the use-cases, with every race that matters to the money.

use std::time::Duration;

use entity::{
    kinds::{ImagePurpose, ListingState, OrderState},
    value::{DepositId, GameId, ImageId, ListingId, Money, ServerId, UserId},
    {game, game_server, image, listing},
};
use futures::future::join_all;
use handover::{
    kernel::{
        Tx,
        policy::{self, System},
    },
    order::{
        self,
        deliver::Credentials,
        place::{PlaceError, PlaceOrder},
    },
    wallet::ledger::{self, AccountKey, Transfer},
};
use sea_orm::{ActiveValue::Set, EntityTrait};
use uuid::Uuid;

use crate::support::{Person, TestApp};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// Puts money into somebody's wallet, as a credited deposit does.
async fn pays_in(app: &TestApp, person: &Person<'_>, amount: Money) {
    let id = person.id().await;
    let tx = app.env().begin().await.unwrap();
    ledger::post(&tx, &[Transfer::deposit(DepositId::new(), id, amount)]).await.unwrap();
    tx.commit().await.unwrap();
}

/// A game with one server.
async fn game(tx: &Tx) -> (GameId, ServerId) {
    let (game, server) = (GameId::new(), ServerId::new());
    let text = |word: &str| Set(word.to_owned());
    let row = game::ActiveModel {
        id: Set(game),
        slug: Set(game.to_string()),
        name_en: text("Sky"),
        name_zh: text("天"),
        fee_basis_points: Set(500),
        enabled: Set(true),
        position: Set(1),
    };
    game::Entity::insert(row).exec_without_returning(tx.db()).await.unwrap();
    let row = game_server::ActiveModel {
        id: Set(server),
        game_id: Set(game),
        name_en: text("One"),
        name_zh: text("一"),
        position: Set(1),
    };
    game_server::Entity::insert(row).exec_without_returning(tx.db()).await.unwrap();
    (game, server)
}

/// An attached image.
async fn image(tx: &Tx, owner: UserId) -> ImageId {
    let id = ImageId::new();
    let row = image::ActiveModel {
        id: Set(id),
        owner_id: Set(owner),
        purpose: Set(ImagePurpose::Listing),
        file_key: Set(id.to_string()),
        mime: Set("image/webp".to_owned()),
        width: Set(1),
        height: Set(1),
        bytes: Set(1),
        created_at: Set(tx.now()),
        attached_at: Set(Some(tx.now())),
    };
    image::Entity::insert(row).exec_without_returning(tx.db()).await.unwrap();
    id
}

/// A listing on sale at this price, as its buyer saw it.
async fn sells(app: &TestApp, seller: UserId, price: Money) -> PlaceOrder {
    let tx = app.env().begin().await.unwrap();
    let (game, server) = game(&tx).await;
    let listing = ListingId::new();
    let row = listing::ActiveModel {
        id: Set(listing),
        seller_id: Set(seller),
        game_id: Set(game),
        server_id: Set(server),
        title: Set("A good account".to_owned()),
        description: Set("All there.".to_owned()),
        price: Set(price),
        delivery_hours: Set(24),
        warranty_days: Set(30),
        cover_id: Set(image(&tx, seller).await),
        state: Set(ListingState::OnSale),
        version: Set(1),
        reject_reason: Set(None),
        order_id: Set(None),
        created_at: Set(tx.now()),
        submitted_at: Set(tx.now()),
        published_at: Set(Some(tx.now())),
    };
    listing::Entity::insert(row).exec_without_returning(tx.db()).await.unwrap();
    tx.commit().await.unwrap();
    PlaceOrder {
        listing,
        version: 1,
        price,
        key: Uuid::new_v4(),
    }
}

async fn balance(app: &TestApp, account: AccountKey) -> Money {
    let found = entity::ledger_account::Entity::find_by_id((account.owner, account.kind))
        .one(app.env().db())
        .await
        .unwrap();
    found.map_or(Money::ZERO, |account| account.balance)
}

async fn buys(app: &TestApp, buyer: &Person<'_>, ask: PlaceOrder) -> Result<entity::order::Model, PlaceError> {
    order::place(app.env(), policy::verified(&buyer.actor().await).unwrap(), &ask).await
}

fn credentials(word: &str) -> Credentials {
    Credentials {
        login: "login".to_owned(),
        password: word.to_owned(),
        contacts: String::new(),
        notes: String::new(),
    }
}

#[tokio::test]
async fn a_purchase_is_held_delivered_revealed_confirmed_and_settled() {
    let app = TestApp::new().await;
    let (sam, bea) = (app.verified("sam").await, app.verified("bea").await);
    pays_in(&app, &bea, Money::yuan(50)).await;
    let order = buys(&app, &bea, sells(&app, sam.id().await, Money::yuan(20)).await).await.unwrap();
    assert_eq!(balance(&app, AccountKey::escrow(order.id)).await, Money::yuan(20));
    assert_eq!(balance(&app, AccountKey::available(bea.id().await)).await, Money::yuan(30));
    let (seller, buyer) = (
        policy::trader(&sam.actor().await).unwrap(),
        policy::trader(&bea.actor().await).unwrap(),
    );
    order::deliver(app.env(), seller, order.id, credentials("first")).await.unwrap();
    order::deliver(app.env(), seller, order.id, credentials("second")).await.unwrap();
    let revealed = order::reveal(app.env(), buyer, order.id).await.unwrap();
    assert_eq!((revealed.version, revealed.credentials.password.as_str()), (2, "second"));
    assert!(
        order::reveal(app.env(), seller, order.id).await.is_err(),
        "the seller reads nothing back"
    );
    let confirms = join_all((0..20).map(|_| order::confirm(app.env(), buyer, order.id))).await;
    assert!(
        confirms
            .iter()
            .all(|done| done.as_ref().is_ok_and(|order| order.state == OrderState::Completed))
    );
    assert_eq!(
        balance(&app, AccountKey::settling(seller.id())).await,
        Money::yuan(19),
        "five percent are the platform's"
    );
    app.advance(DAY * 6);
    assert_eq!(order::timers::settle(app.env(), System::new()).await.unwrap(), 0, "nothing early");
    app.advance(DAY);
    assert_eq!(order::timers::settle(app.env(), System::new()).await.unwrap(), 1);
    assert_eq!(order::timers::settle(app.env(), System::new()).await.unwrap(), 0, "and once");
    assert_eq!(balance(&app, AccountKey::available(seller.id())).await, Money::yuan(19));
    let audited = entity::audit::Entity::find().all(app.env().db()).await.unwrap();
    assert_eq!(audited.iter().filter(|row| row.action == "credentials.reveal").count(), 1);
    app.close().await;
}

#[tokio::test]
async fn of_twelve_buyers_one_gets_the_listing_and_the_others_pay_nothing() {
    let app = TestApp::new().await;
    let sam = app.verified("sam").await;
    let ask = sells(&app, sam.id().await, Money::yuan(20)).await;
    let mut buyers = Vec::new();
    for number in 0..12 {
        let buyer = app.verified(&format!("buyer{number}")).await;
        pays_in(&app, &buyer, Money::yuan(25)).await;
        buyers.push(buyer);
    }
    let bought = join_all(buyers.iter().map(|buyer| {
        buys(
            &app,
            buyer,
            PlaceOrder {
                key: Uuid::new_v4(),
                ..ask
            },
        )
    }))
    .await;
    assert_eq!(bought.iter().filter(|bought| bought.is_ok()).count(), 1);
    for (buyer, bought) in buyers.iter().zip(&bought) {
        let left = if bought.is_ok() { Money::yuan(5) } else { Money::yuan(25) };
        assert_eq!(balance(&app, AccountKey::available(buyer.id().await)).await, left);
        assert!(matches!(bought, Ok(_) | Err(PlaceError::NotAvailable)), "{bought:?}");
    }
    app.close().await;
}

#[tokio::test]
async fn twenty_repeats_of_one_key_are_one_order() {
    let app = TestApp::new().await;
    let (sam, bea) = (app.verified("sam").await, app.verified("bea").await);
    pays_in(&app, &bea, Money::yuan(50)).await;
    let ask = sells(&app, sam.id().await, Money::yuan(20)).await;
    let placed = join_all((0..20).map(|_| buys(&app, &bea, ask))).await;
    let first = placed[0].as_ref().unwrap().id;
    assert!(placed.iter().all(|order| order.as_ref().is_ok_and(|order| order.id == first)));
    assert_eq!(balance(&app, AccountKey::available(bea.id().await)).await, Money::yuan(30));
    let other = PlaceOrder {
        price: Money::yuan(19),
        ..ask
    };
    assert!(
        matches!(buys(&app, &bea, other).await, Err(PlaceError::KeyReused)),
        "the same key with other input"
    );
    app.close().await;
}

#[tokio::test]
async fn purchases_beyond_the_balance_are_refused_and_leave_nothing() {
    let app = TestApp::new().await;
    let (sam, bea) = (app.verified("sam").await, app.verified("bea").await);
    pays_in(&app, &bea, Money::yuan(50)).await;
    let mut asks = Vec::new();
    for _ in 0..5 {
        asks.push(sells(&app, sam.id().await, Money::yuan(20)).await);
    }
    let placed = join_all(asks.iter().map(|ask| buys(&app, &bea, *ask))).await;
    assert_eq!(placed.iter().filter(|order| order.is_ok()).count(), 2);
    assert!(
        placed.iter().all(|order| matches!(order, Ok(_) | Err(PlaceError::Insufficient))),
        "{placed:?}"
    );
    let refused = placed.iter().position(Result::is_err).unwrap();
    pays_in(&app, &bea, Money::yuan(50)).await;
    assert!(
        buys(&app, &bea, asks[refused]).await.is_ok(),
        "a refused call leaves its key free and its listing on sale"
    );
    app.close().await;
}

#[tokio::test]
async fn what_changed_since_the_buyer_looked_is_not_bought_and_nobody_buys_his_own() {
    let app = TestApp::new().await;
    let (sam, bea) = (app.verified("sam").await, app.verified("bea").await);
    pays_in(&app, &bea, Money::yuan(50)).await;
    pays_in(&app, &sam, Money::yuan(50)).await;
    let ask = sells(&app, sam.id().await, Money::yuan(20)).await;
    assert!(matches!(
        buys(&app, &bea, PlaceOrder { version: 2, ..ask }).await,
        Err(PlaceError::Changed)
    ));
    assert!(matches!(
        buys(
            &app,
            &bea,
            PlaceOrder {
                price: Money::yuan(19),
                ..ask
            }
        )
        .await,
        Err(PlaceError::Changed)
    ));
    assert!(matches!(buys(&app, &sam, ask).await, Err(PlaceError::Own)));
    assert_eq!(balance(&app, AccountKey::available(bea.id().await)).await, Money::yuan(50));
    app.close().await;
}

#[tokio::test]
async fn cancel_against_cancel_against_the_missed_promise_refunds_once() {
    let app = TestApp::new().await;
    let (sam, bea) = (app.verified("sam").await, app.verified("bea").await);
    pays_in(&app, &bea, Money::yuan(20)).await;
    let order = buys(&app, &bea, sells(&app, sam.id().await, Money::yuan(20)).await).await.unwrap();
    let (seller, buyer) = (
        policy::trader(&sam.actor().await).unwrap(),
        policy::trader(&bea.actor().await).unwrap(),
    );
    assert_eq!(order::timers::run_out(app.env(), System::new()).await.unwrap(), 0, "nothing early");
    app.advance(DAY);
    let (by_buyer, by_seller, by_timer) = tokio::join!(
        order::cancel(app.env(), buyer, order.id),
        order::cancel(app.env(), seller, order.id),
        order::timers::run_out(app.env(), System::new())
    );
    assert!(by_buyer.is_ok() && by_seller.is_ok() && by_timer.is_ok());
    assert_eq!(balance(&app, AccountKey::available(buyer.id())).await, Money::yuan(20));
    assert!(order::deliver(app.env(), seller, order.id, credentials("late")).await.is_err());
    app.close().await;
}

#[tokio::test]
async fn a_silent_buyer_s_order_completes_by_the_timer_against_his_own_confirm() {
    let app = TestApp::new().await;
    let (sam, bea) = (app.verified("sam").await, app.verified("bea").await);
    pays_in(&app, &bea, Money::yuan(20)).await;
    let order = buys(&app, &bea, sells(&app, sam.id().await, Money::yuan(20)).await).await.unwrap();
    let (seller, buyer) = (
        policy::trader(&sam.actor().await).unwrap(),
        policy::trader(&bea.actor().await).unwrap(),
    );
    order::deliver(app.env(), seller, order.id, credentials("word")).await.unwrap();
    assert!(order::cancel(app.env(), buyer, order.id).await.is_err(), "delivered is delivered");
    app.advance(DAY * 3);
    let (confirmed, by_timer) = tokio::join!(
        order::confirm(app.env(), buyer, order.id),
        order::timers::run_out(app.env(), System::new())
    );
    assert!(confirmed.is_ok() && by_timer.is_ok());
    assert_eq!(balance(&app, AccountKey::settling(seller.id())).await, Money::yuan(19));
    app.close().await;
}
