//! The real house beside the model of one order (M7): the same acts, the same ends, the same money.

use entity::{
    case,
    kinds::{Finding, ListingState, OrderState},
    listing, order, standing,
    value::{CaseId, ListingId, Money, OrderId},
};
use handover::{
    blacklist,
    dispute::{
        self,
        refusal::{accept, answer, done, find, propose, room::Speaker, rule, timers},
    },
    graphql::id,
    kernel::policy::{self, Actor, Admin, Proven, Right, Rights, System, Trader, Verified},
    order::{
        self as orders, PayOrder, PlaceOrder, Side, deliver::Credentials, giving_back, giving_back::hand_back::HandBack, offer,
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
    order_model::{AGREED, ASKED, Act, PURSE, Walk, World, actors},
    support::{Offered, TestApp},
};

/// The real house, driven by the same acts.
struct House<'a> {
    app: &'a TestApp,
    buyer: Rights,
    seller: Rights,
    /// Who finds something, and who rules in the end.
    admins: [Rights; 2],
    listing: Offered,
    order: Option<OrderId>,
    /// What everybody had when the walk began.
    before: [Money; 3],
}

fn trader(rights: Rights) -> Trader {
    policy::trader(&Actor::User(rights)).unwrap()
}

fn admin(rights: Rights) -> Admin {
    policy::admin(&Actor::User(rights)).unwrap()
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

    /// The right with a proof of just now.
    fn proven<R: Right>(&self, right: impl FnOnce(Rights) -> R, rights: Rights) -> Proven<R> {
        let now = self.app.env().now();
        let fresh = Rights {
            proven_at: Some(now),
            ..rights
        };
        policy::proven(right(fresh), now).unwrap()
    }

    const fn rights(&self, side: Side) -> Rights {
        match side {
            Side::Bought => self.buyer,
            Side::Sold => self.seller,
        }
    }

    fn party(&self, side: Side) -> Trader {
        trader(self.rights(side))
    }

    /// Whether the gate opens for all whose act it is.
    fn lets_in(&self, act: Act) -> bool {
        let may_trade = |side: &Side| policy::trader(&Actor::User(self.rights(*side))).is_ok();
        actors(act).iter().all(may_trade)
    }

    /// Blacklists a party. The gate reads it with his next request.
    async fn blacklists(&mut self, side: Side) {
        let tx = self.app.env().begin().await.unwrap();
        let user = self.rights(side).user;
        // Not again, if a ruling has done it.
        blacklist::enact(&tx, Uuid::nil(), user, "For the test", None).await.unwrap();
        tx.commit().await.unwrap();
        match side {
            Side::Bought => self.buyer.blacklisted = true,
            Side::Sold => self.seller.blacklisted = true,
        }
    }

    /// The case of the order, once the relay has come by.
    async fn case(&self) -> Option<case::Model> {
        let cases = case::Entity::find().filter(case::Column::OrderId.eq(self.order?));
        cases.one(self.app.env().db()).await.unwrap()
    }

    /// What is done in the case, if there is one.
    async fn disputes(&self, act: Act) {
        let env = self.app.env();
        let Some(case) = self.case().await.map(|case| case.id) else {
            return;
        };
        let key = Uuid::new_v4();
        match act {
            Act::SaysDone(side) => drop(done::done(env, self.party(side), case).await),
            Act::Consents(side) => drop(answer::consent(env, self.party(side), case, key).await),
            Act::Objects(side) => drop(answer::object(env, self.party(side), case, key).await),
            Act::Finds(finding, percent) => {
                let [finder, _] = self.admins;
                drop(dispute::claim(env, admin(finder), case).await);
                let ask = find::FindCase {
                    case,
                    finding,
                    share: (finding == Finding::Damaged).then_some(percent),
                    reason: "Looked at it.".to_owned(),
                    key,
                };
                drop(find::find(env, self.proven(admin, finder), &ask).await);
                drop(dispute::release(env, admin(finder), case).await);
            }
            Act::Rules(share) => {
                let [_, ruler] = self.admins;
                drop(dispute::claim(env, admin(ruler), case).await);
                let reason = "Both have a point.".to_owned();
                drop(rule::rule(env, self.proven(admin, ruler), &rule::RuleCase { case, share, reason, key }).await);
                drop(dispute::release(env, admin(ruler), case).await);
            }
            Act::Settle(share) => self.settles(case, share).await,
            act => panic!("{act:?} is not done in a case"),
        }
    }

    async fn settles(&self, case: CaseId, share: i32) {
        let env = self.app.env();
        let ask = propose::ProposeSettlement {
            case,
            share,
            key: Uuid::new_v4(),
        };
        if propose::propose(env, Speaker::Party(self.party(Side::Bought)), &ask).await.is_ok() {
            let ask = accept::AcceptSettlement {
                case,
                version: 1,
                key: Uuid::new_v4(),
            };
            accept::accept(env, self.party(Side::Sold), &ask).await.unwrap();
        }
    }

    /// Puts the listing back on sale for the next walk, and forgets strikes and bans.
    async fn begin(&mut self) {
        let tx = self.app.env().begin().await.unwrap();
        let update = listing::Entity::update_many()
            .col_expr(listing::Column::State, Expr::value(ListingState::OnSale))
            .col_expr(listing::Column::OrderId, Expr::value(None::<OrderId>))
            .col_expr(listing::Column::Version, Expr::value(self.listing.version))
            .filter(listing::Column::Id.eq(self.listing()));
        update.exec(tx.db()).await.unwrap();
        entity::strike::Entity::delete_many().exec(tx.db()).await.unwrap();
        let free = standing::Entity::update_many().col_expr(standing::Column::Blacklisted, Expr::value(false));
        free.exec(tx.db()).await.unwrap();
        tx.commit().await.unwrap();
        (self.buyer.blacklisted, self.seller.blacklisted) = (false, false);
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
        if !self.lets_in(act) {
            return;
        }
        let (buyer, seller) = (Side::Bought, Side::Sold);
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
                    drop(orders::deliver(env, self.party(seller), order, credentials()).await);
                }
            }
            Act::Correct => {
                if self.state().await == Some(OrderState::Delivered) {
                    drop(orders::deliver(env, self.party(seller), order, credentials()).await);
                }
            }
            Act::Reveal => drop(orders::reveal(env, self.proven(trader, self.buyer), order, None).await),
            Act::Confirm => drop(orders::confirm(env, self.party(buyer), order, true).await),
            Act::BuyerCancels => drop(orders::cancel(env, self.party(buyer), order).await),
            Act::SellerCancels => drop(orders::cancel(env, self.party(seller), order).await),
            Act::AskBack => drop(giving_back::request::request(env, self.party(buyer), order, "Not as described").await),
            Act::Keep => drop(giving_back::withdraw::withdraw(env, self.party(buyer), order).await),
            Act::HandBack => drop(giving_back::hand_back::hand_back(env, self.party(buyer), order, HandBack::AsDelivered).await),
            Act::GrantReturn => drop(giving_back::agree::agree(env, self.party(seller), order).await),
            Act::RefuseReturn => {
                drop(giving_back::refuse::refuse(env, self.party(seller), order, "The skins are gone.", Vec::new()).await);
                self.app.relayed().await;
            }
            Act::SaysDone(_) | Act::Finds(..) | Act::Consents(_) | Act::Objects(_) | Act::Settle(_) | Act::Rules(_) => {
                self.disputes(act).await
            }
            Act::Blacklist(side) => self.blacklists(side).await,
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
        let order = self.row().await.and_then(|order| order.due_at);
        let Some(due) = order.or(self.case().await.and_then(|case| case.due_at)) else {
            return;
        };
        let left = due.since(self.app.env().now()).max(0);
        self.app.env().clock().advance(left + 1);
        orders::timers::run_out(self.app.env(), System::new()).await.unwrap();
        timers::run_out(self.app.env(), System::new()).await.unwrap();
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
        admins: [app.admin("ada").await.rights().await, app.admin("abe").await.rights().await],
        listing,
        order: None,
        before: [Money::ZERO; 3],
    };
    let mut runner = TestRunner::deterministic();
    let walks = Walk::sequential_strategy(2..20);
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
