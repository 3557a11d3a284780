//! The real house beside the model of one order (M7): the same acts, the same ends, the same money.

use entity::{
    kinds::{ListingState, OrderState},
    listing, order,
    value::{ListingId, Money, OrderId},
};
use handover::{
    graphql::id,
    kernel::policy::{self, Actor, Proven, Rights, System, Trader, Verified},
    order::{
        self as orders, PayOrder, PlaceOrder, Share, deliver::Credentials, giving_back, giving_back::hand_back::HandBack, offer,
        offer::MakeOffer,
    },
    wallet::ledger::AccountKey,
};
use proptest::{
    strategy::{Strategy, ValueTree},
    test_runner::TestRunner,
};
use proptest_state_machine::ReferenceStateMachine;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use uuid::Uuid;

use crate::{
    order_model::{AGREED, ASKED, Act, PURSE, Walk, World},
    support::{Offered, TestApp},
};

/// The real house, driven by the same acts.
struct House<'a> {
    app: &'a TestApp,
    buyer: Rights,
    seller: Rights,
    listing: Offered,
    order: Option<OrderId>,
    /// What everybody had when the walk began.
    before: [Money; 3],
}

fn trader(rights: Rights) -> Trader {
    policy::trader(&Actor::User(rights)).unwrap()
}

fn verified(rights: Rights) -> Verified {
    policy::verified(&Actor::User(rights)).unwrap()
}

fn credentials() -> Credentials {
    Credentials {
        login: "hero".to_owned(),
        password: Uuid::new_v4().to_string(),
        contacts: String::new(),
        notes: String::new(),
    }
}

impl House<'_> {
    fn listing(&self) -> ListingId {
        id::decode(&self.listing.id.as_str().into()).unwrap_or_else(|_| panic!("no listing's id"))
    }

    fn proven(&self, rights: Rights) -> Proven<Trader> {
        let now = self.app.env().now();
        policy::proven(
            trader(Rights {
                proven_at: Some(now),
                ..rights
            }),
            now,
        )
        .unwrap()
    }

    /// Puts the listing back on sale for the next walk, and forgets strikes.
    async fn begin(&mut self) {
        let tx = self.app.env().begin().await.unwrap();
        let update = listing::Entity::update_many()
            .col_expr(listing::Column::State, Expr::value(ListingState::OnSale))
            .col_expr(listing::Column::OrderId, Expr::value(None::<OrderId>))
            .filter(listing::Column::Id.eq(self.listing()));
        update.exec(tx.db()).await.unwrap();
        entity::strike::Entity::delete_many().exec(tx.db()).await.unwrap();
        tx.commit().await.unwrap();
        self.order = None;
        self.before = self.money().await;
    }

    async fn balance(&self, key: AccountKey) -> Money {
        let text = self.app.balance(key).await;
        Money(text.replace('.', "").parse().unwrap())
    }

    /// What the buyer, the seller and the escrow have.
    async fn money(&self) -> [Money; 3] {
        let (buyer, seller) = (self.buyer.user, self.seller.user);
        let escrow = match self.order {
            Some(order) => self.balance(AccountKey::escrow(order)).await,
            None => Money::ZERO,
        };
        [
            self.balance(AccountKey::available(buyer)).await,
            self.balance(AccountKey::available(seller)).await + self.balance(AccountKey::settling(seller)).await,
            escrow,
        ]
    }

    async fn act(&mut self, act: Act) {
        let env = self.app.env();
        let Some(order) = self.order else {
            return self.open(act).await;
        };
        let (buyer, seller) = (trader(self.buyer), trader(self.seller));
        // What is refused is refused: where the order stands then is looked at afterwards.
        match act {
            Act::Buy | Act::Agree => {}
            Act::Pay => drop(
                orders::pay(
                    env,
                    verified(self.buyer),
                    &PayOrder {
                        order,
                        key: Uuid::new_v4(),
                    },
                )
                .await,
            ),
            Act::Deliver => {
                if self.state().await != Some(OrderState::Delivered) {
                    drop(orders::deliver(env, seller, order, credentials()).await);
                }
            }
            Act::Reveal => drop(orders::reveal(env, self.proven(self.buyer), order, None).await),
            Act::Confirm => drop(orders::confirm(env, buyer, order, true).await),
            Act::BuyerCancels => drop(orders::cancel(env, buyer, order).await),
            Act::SellerCancels => drop(orders::cancel(env, seller, order).await),
            Act::AskBack => drop(giving_back::request::request(env, buyer, order, "Not as described").await),
            Act::Keep => drop(giving_back::withdraw::withdraw(env, buyer, order).await),
            Act::HandBack => drop(giving_back::hand_back::hand_back(env, buyer, order, HandBack::AsDelivered).await),
            Act::GrantReturn => drop(giving_back::agree::agree(env, seller, order).await),
            Act::RefuseReturn => drop(giving_back::refuse::refuse(env, seller, order, "The skins are gone.", Vec::new()).await),
            Act::Rule(percent) => {
                let tx = env.begin().await.unwrap();
                if orders::rule(&tx, System::new(), order, Share::percent(percent).unwrap())
                    .await
                    .is_ok()
                {
                    tx.commit().await.unwrap();
                }
            }
            Act::TimePasses => self.time_passes().await,
        }
    }

    async fn open(&mut self, act: Act) {
        let env = self.app.env();
        let listing = self.listing();
        let id = match act {
            Act::Buy => {
                let ask = PlaceOrder {
                    listing,
                    version: self.listing.version,
                    price: ASKED,
                    key: Uuid::new_v4(),
                };
                orders::place(env, verified(self.buyer), &ask).await.unwrap().id
            }
            Act::Agree => {
                let ask = MakeOffer {
                    listing,
                    version: self.listing.version,
                    price: AGREED,
                    note: String::new(),
                    key: Uuid::new_v4(),
                };
                let offer = offer::make(env, verified(self.buyer), &ask).await.unwrap();
                offer::accept(env, verified(self.seller), offer).await.unwrap();
                offer::store::get(env.db(), offer).await.unwrap().unwrap().order_id.unwrap()
            }
            act => panic!("{act:?} without an order"),
        };
        self.order = Some(id);
    }

    async fn row(&self) -> Option<order::Model> {
        orders::store::get(self.app.env().db(), self.order?).await.unwrap()
    }

    async fn state(&self) -> Option<OrderState> {
        self.row().await.map(|order| order.state)
    }

    /// Moves the clock to the end of the present wait, and lets the timers look.
    async fn time_passes(&self) {
        let Some(due) = self.row().await.and_then(|order| order.due_at) else {
            return;
        };
        let left = due.since(self.app.env().now()).max(0);
        self.app.env().clock().advance(left + 1);
        orders::timers::run_out(self.app.env(), System::new()).await.unwrap();
    }

    async fn compare(&self, world: &World, trace: &str) {
        assert_eq!(self.state().await, world.state, "{trace}");
        let [buyer, seller, escrow] = self.money().await;
        let [buyer_before, seller_before, _] = self.before;
        assert_eq!(buyer - buyer_before, world.buyer - PURSE, "the buyer's: {trace}");
        assert_eq!(seller - seller_before, world.seller, "the seller's: {trace}");
        assert_eq!(escrow, world.escrow, "in escrow: {trace}");
    }
}

#[tokio::test]
async fn two_hundred_walks_of_the_real_house_end_where_the_model_says() {
    let app = TestApp::new().await;
    let (sam, bea) = (app.verified("sam").await, app.verified("bea").await);
    bea.has("100000.00").await;
    let listing = sam.sells("20.03").await;
    let mut house = House {
        app: &app,
        buyer: bea.rights().await,
        seller: sam.rights().await,
        listing,
        order: None,
        before: [Money::ZERO; 3],
    };
    let mut runner = TestRunner::deterministic();
    let walks = Walk::sequential_strategy(2..12);
    for _ in 0..200 {
        let (mut world, acts, _) = walks.new_tree(&mut runner).unwrap().current();
        let mut trace = Vec::new();
        house.begin().await;
        for act in acts {
            trace.push(act);
            house.act(act).await;
            world = world.after(act).unwrap_or(world);
            house.compare(&world, &format!("{trace:?}")).await;
        }
        // Nobody does anything more, and the money moves all the same.
        while !world.has_ended() {
            trace.push(Act::TimePasses);
            house.time_passes().await;
            world = world.after(Act::TimePasses).expect("every wait has an end");
            house.compare(&world, &format!("{trace:?}")).await;
        }
    }
    app.close().await;
}
