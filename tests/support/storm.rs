//! Many people who do with money whatever there is to do, all at once and in any order, while their server may die under them.
//!
//! A way in which money moves joins the storm by a row in [`FLOWS`]. Whatever is answered is written down, so that in the end every word that a
//! server gave can be held against the books.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
    },
};

use entity::{case, kinds::CaseKind, order, withdrawal};
use futures::future::join_all;
use handover::{
    graphql::id,
    kernel::{policy::System, sql},
    wallet::withdrawal as payouts,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    Offered, Person, TestApp,
    dice::Dice,
    remote::{Place, Remote},
};

mod cases;
mod deals;
mod flows;

pub use cases::ENDS;
pub use flows::FLOWS;

/// What a refusal may say in a storm, where everybody comes too late for something.
const REFUSALS: [&str; 9] = [
    "ok",
    "LISTING_NOT_AVAILABLE",
    "NOT_FOUND",
    "OWN_MATTER",
    "WRONG_STATE",
    "INSUFFICIENT_FUNDS",
    "WALLET_FROZEN",
    "LIMIT_REACHED",
    "FRESH_PROOF_REQUIRED",
];

/// Somebody who takes part.
pub struct Trader<'a> {
    person: Person<'a>,
    remote: Remote,
    account: Value,
}

/// An order, as those who take part know it.
#[derive(Debug, Clone)]
struct Deal {
    id: String,
    seller: usize,
    buyer: usize,
    offered: Offered,
}

/// What there is to do something with. What is taken from it stays there until it is done, so that several try.
#[derive(Default)]
struct Board {
    on_sale: Vec<(usize, Offered)>,
    paid: Vec<Deal>,
    delivered: Vec<Deal>,
    completed: Vec<Deal>,
    rogues: Vec<(Remote, Offered)>,
    withdrawals: Vec<(usize, Value)>,
    /// What the server said of each order last, and which withdrawals it said it had taken.
    orders: BTreeMap<String, &'static str>,
    cases: BTreeMap<String, &'static str>,
    taken: BTreeSet<String>,
    refused: BTreeSet<String>,
    done: BTreeMap<&'static str, usize>,
}

pub struct Storm<'a> {
    app: &'a TestApp,
    pub place: Place,
    traders: Vec<Trader<'a>>,
    judge: Remote,
    board: Mutex<Board>,
    acknowledged: AtomicUsize,
    claims: AtomicUsize,
    /// Whether the server in this process runs all the while, so that it may be asked for what is not money.
    calm_at_home: bool,
}

impl<'a> Storm<'a> {
    /// So many people with 3,000.00 each, of whom each sells some accounts; half as many who take back what they sell; and an admin.
    pub async fn of(app: &'a TestApp, people: usize, listings: usize, calm_at_home: bool) -> Self {
        let mut accounts = Vec::new();
        for number in 0..people {
            let person = app.verified(&format!("trader{number}")).await;
            person.has("3000.00").await;
            accounts.push(person.adds_account(&format!("62220202001{number:05}")).await);
        }
        let mut rogues = Vec::new();
        for number in 0..people.div_ceil(2) {
            let rogue = app.verified(&format!("rogue{number}")).await;
            rogues.push((rogue.sells("25.00").await, rogue.name));
        }
        app.admin("judge").await;
        // A new account makes withdrawals wait for a day.
        app.advance(std::time::Duration::from_secs(25 * 60 * 60));
        let place = Place::new(app.url(""));
        let (mut traders, mut board) = (Vec::new(), Board::default());
        for (number, account) in accounts.into_iter().enumerate() {
            let person = app.sign_in(&format!("trader{number}")).await;
            for _ in 0..listings {
                board.on_sale.push((number, person.sells("25.00").await));
            }
            let remote = Remote::of(&person, &place);
            traders.push(Trader { person, remote, account });
        }
        for (offered, name) in rogues {
            board.rogues.push((Remote::of(&app.sign_in(&name).await, &place), offered));
        }
        Self {
            judge: Remote::of(&app.sign_in("judge").await, &place),
            app,
            place,
            traders,
            board: Mutex::new(board),
            acknowledged: AtomicUsize::new(0),
            claims: AtomicUsize::new(0),
            calm_at_home,
        }
    }

    /// Everybody acts so often.
    pub async fn rages(&self, actions: usize) {
        join_all((0..self.traders.len()).map(|who| self.acts(who, |done| done < actions))).await;
    }

    /// Everybody acts until that says no.
    pub async fn rages_while(&self, goes_on: impl Fn() -> bool) {
        join_all((0..self.traders.len()).map(|who| self.acts(who, |_| goes_on()))).await;
    }

    async fn acts(&self, who: usize, goes_on: impl Fn(usize) -> bool) {
        let mut dice = Dice::new(who as u64);
        let all = FLOWS
            .iter()
            .flat_map(|flow| std::iter::repeat_n(flow, flow.weight))
            .collect::<Vec<_>>();
        let mut acted = 0;
        while goes_on(acted) {
            let flow = all[dice.roll(all.len())];
            if (flow.act)(self, who, &mut dice).await.is_some() {
                self.did(flow.name);
                self.acknowledged.fetch_add(1, Ordering::SeqCst);
            }
            acted += 1;
        }
    }

    /// How many actions were acknowledged.
    pub fn acknowledged(&self) -> usize {
        self.acknowledged.load(Ordering::SeqCst)
    }

    fn did(&self, what: &'static str) {
        *self.board.lock().unwrap().done.entry(what).or_default() += 1;
    }

    /// How often each thing was done.
    pub fn done(&self) -> BTreeMap<&'static str, usize> {
        self.board.lock().unwrap().done.clone()
    }

    /// Notes a refusal; answers whether there was none.
    fn went_well(&self, payload: &Value) -> bool {
        let code = payload["userErrors"][0]["code"].as_str();
        let code = code.or_else(|| payload["errors"][0]["extensions"]["code"].as_str()).unwrap_or("ok");
        if code != "ok" {
            self.board.lock().unwrap().refused.insert(code.to_owned());
        }
        code == "ok"
    }

    async fn buys(&self, who: usize, dice: &mut Dice) -> Option<()> {
        let (seller, offered) = dice.pick(&self.board.lock().unwrap().on_sale)?;
        let input = json!({ "listingId": offered.id, "seenVersion": offered.version, "seenPrice": offered.price, "idempotencyKey": Uuid::new_v4() });
        let payload = self.traders[who].remote.does("orderPlace", input, "order { id }").await;
        if !self.went_well(&payload) {
            return None;
        }
        let id = payload["order"]["id"].as_str().unwrap().to_owned();
        let board = &mut *self.board.lock().unwrap();
        board.on_sale.retain(|(_, other)| other.id != offered.id);
        board.orders.insert(id.clone(), "PAID");
        board.paid.push(Deal {
            id,
            seller,
            buyer: who,
            offered,
        });
        Some(())
    }

    async fn cancels(&self, who: usize, dice: &mut Dice) -> Option<()> {
        let deal = dice.pick(&self.board.lock().unwrap().paid)?;
        let by_buyer = who.is_multiple_of(2);
        let canceller = if by_buyer { deal.buyer } else { deal.seller };
        let remote = &self.traders[canceller].remote;
        let payload = remote.does("orderCancel", json!({ "id": deal.id }), "order { cancelledBy }").await;
        if !self.went_well(&payload) {
            return None;
        }
        let board = &mut *self.board.lock().unwrap();
        // Several may have cancelled it, and each was told that it is done.
        if board.orders.insert(deal.id.clone(), "CANCELLED") != Some("CANCELLED") && payload["order"]["cancelledBy"] == "BUYER" {
            board.on_sale.push((deal.seller, deal.offered.clone()));
        }
        board.paid.retain(|other| other.id != deal.id);
        Some(())
    }

    async fn delivers(&self, dice: &mut Dice) -> Option<()> {
        let deal = dice.pick(&self.board.lock().unwrap().paid)?;
        let input = json!({ "id": deal.id, "login": "hero", "password": "secret", "contacts": "", "notes": "" });
        let payload = self.traders[deal.seller].remote.does("orderDeliver", input, "order { id }").await;
        if !self.went_well(&payload) {
            return None;
        }
        let board = &mut *self.board.lock().unwrap();
        if board.orders[&deal.id] == "PAID" {
            board.orders.insert(deal.id.clone(), "DELIVERED");
            board.delivered.push(deal.clone());
        }
        board.paid.retain(|other| other.id != deal.id);
        Some(())
    }

    async fn confirms(&self, dice: &mut Dice) -> Option<()> {
        let deal = dice.pick(&self.board.lock().unwrap().delivered)?;
        let input = json!({ "id": deal.id, "acknowledgeOpenSteps": true });
        let payload = self.traders[deal.buyer].remote.does("orderConfirm", input, "order { id }").await;
        if !self.went_well(&payload) {
            return None;
        }
        let board = &mut *self.board.lock().unwrap();
        if board.orders.insert(deal.id.clone(), "COMPLETED") != Some("COMPLETED") {
            board.completed.push(deal.clone());
        }
        board.delivered.retain(|other| other.id != deal.id);
        Some(())
    }

    async fn withdraws(&self, who: usize, dice: &mut Dice) -> Option<()> {
        let trader = &self.traders[who];
        let amount = format!("{}.00", 10 + dice.roll(30));
        let input = json!({ "amount": amount, "payoutAccountId": trader.account, "idempotencyKey": Uuid::new_v4() });
        let payload = trader.remote.does("withdrawalRequest", input, "withdrawal { id }").await;
        if !self.went_well(&payload) {
            return None;
        }
        let id = payload["withdrawal"]["id"].clone();
        let board = &mut *self.board.lock().unwrap();
        board.taken.insert(id.as_str().unwrap().to_owned());
        board.withdrawals.push((who, id));
        Some(())
    }

    async fn takes_back(&self, dice: &mut Dice) -> Option<()> {
        let (who, id) = dice.pick(&self.board.lock().unwrap().withdrawals)?;
        let input = json!({ "id": id, "idempotencyKey": Uuid::new_v4() });
        let payload = self.traders[who]
            .remote
            .does("withdrawalTakeBack", input, "withdrawal { state }")
            .await;
        self.board.lock().unwrap().withdrawals.retain(|(_, other)| *other != id);
        self.went_well(&payload).then_some(())
    }

    /// Pays in at the bank, whose word comes when it comes.
    async fn pays_in(&self, who: usize, dice: &mut Dice) -> Option<()> {
        let trader = &self.traders[who];
        let input = json!({ "amount": format!("{}.00", 1 + dice.roll(50)), "idempotencyKey": Uuid::new_v4() });
        let payload = trader.remote.does("depositCreate", input, "deposit { id checkoutUrl }").await;
        if !self.went_well(&payload) {
            return None;
        }
        if payload["deposit"]["checkoutUrl"].is_string() {
            trader.person.presses(&payload["deposit"], "pay").await;
        }
        Some(())
    }

    async fn sells(&self, who: usize, dice: &mut Dice) -> Option<()> {
        if !self.calm_at_home || self.board.lock().unwrap().on_sale.len() > self.traders.len() {
            return None;
        }
        let price = format!("{}.00", 10 + dice.roll(30));
        let offered = self.traders[who].person.sells(&price).await;
        self.board.lock().unwrap().on_sale.push((who, offered));
        Some(())
    }

    /// Hands approved withdrawals to the bank. A house in trouble does so when it is well again.
    async fn timers(&self) -> Option<()> {
        let _ = payouts::send(self.app.env(), System::new()).await;
        None
    }

    /// Holds everything that was said against what there is. Nobody acts any more.
    pub async fn was_true(&self) {
        let (orders, cases, taken) = {
            let board = self.board.lock().unwrap();
            let strange: Vec<_> = board.refused.iter().filter(|code| !REFUSALS.contains(&code.as_str())).collect();
            assert!(strange.is_empty(), "{strange:?}");
            (board.orders.clone(), board.cases.clone(), board.taken.clone())
        };
        let there = order::Entity::find().all(self.app.env().db()).await.unwrap();
        let there: BTreeMap<String, &str> = there
            .into_iter()
            .map(|order| (id::encode(order.id).to_string(), order.state.as_str()))
            .collect();
        assert_eq!(
            there, orders,
            "each order there is was acknowledged, in the state it is in, and none other"
        );
        let claims = case::Entity::find().filter(case::Column::Kind.eq(CaseKind::Recovery));
        let there = claims.all(self.app.env().db()).await.unwrap().into_iter();
        let there: BTreeMap<String, &str> = there.map(|case| (id::encode(case.id).to_string(), case.state.as_str())).collect();
        assert_eq!(there, cases, "and each claim");
        let there = withdrawal::Entity::find().all(self.app.env().db()).await.unwrap();
        let there: BTreeSet<String> = there.into_iter().map(|one| id::encode(one.id).to_string()).collect();
        assert_eq!(there, taken, "so was each withdrawal");
    }
}

/// Everything that everybody has, in one look: what is in all guarded accounts, what the platform's entries say against it, and the lowest balance.
pub async fn totals(app: &TestApp) -> Option<(i64, i64, i64)> {
    let look = "SELECT (SELECT CAST(COALESCE(SUM(balance), 0) AS BIGINT) FROM ledger_accounts) AS held, \
        (SELECT CAST(COALESCE(SUM(amount), 0) AS BIGINT) FROM ledger_entries WHERE seq IS NULL) AS platform, \
        (SELECT CAST(COALESCE(MIN(balance), 0) AS BIGINT) FROM ledger_accounts) AS lowest";
    // A database that is away has no totals to show.
    let row = sql::one(app.env().db(), look, vec![]).await.ok()??;
    let number = |name: &str| row.try_get("", name).unwrap();
    Some((number("held"), number("platform"), number("lowest")))
}

/// Looks at the totals until it has looked so often and `over` says that the storm is over; none of them may be wrong. Answers how often it looked.
pub async fn watches(app: &TestApp, looks: usize, over: impl Fn() -> bool) -> usize {
    let mut looked = 0;
    while looked < looks || !over() {
        if let Some((held, platform, lowest)) = totals(app).await {
            assert_eq!(held + platform, 0, "money was made or lost");
            assert!(lowest >= 0, "somebody is below zero");
            looked += 1;
        }
        tokio::task::yield_now().await;
    }
    looked
}
