//! A model of one order and of the case about its refused return (M7): who may do what, where the money is and who has the account. Random walks of
//! all actors keep it true, by itself many times over and beside the real house.

mod banned;
mod dispute;

use entity::{
    kinds::{Finding, OrderState},
    value::Money,
};
use handover::{
    dispute::refusal::state as case,
    order::{Side, state},
};
use proptest::{
    prelude::{BoxedStrategy, Just, Strategy, prop_assert, prop_assert_eq, prop_oneof, proptest},
    test_runner::Config,
};
use proptest_state_machine::ReferenceStateMachine;

use self::dispute::{case_step, place};
pub use self::{banned::actors, dispute::Dispute};

/// What is asked for an account, and what was agreed on by an offer.
pub const ASKED: Money = Money(2_003);
pub const AGREED: Money = Money(1_511);
/// What the buyer begins with.
pub const PURSE: Money = Money(10_000);

/// What somebody does, or that time passes until the present wait is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    Buy,
    Agree,
    Pay,
    Deliver,
    /// The seller hands over something else instead.
    Correct,
    Reveal,
    Confirm,
    BuyerCancels,
    SellerCancels,
    AskBack,
    Keep,
    HandBack,
    GrantReturn,
    RefuseReturn,
    /// Somebody has nothing to add to the case.
    SaysDone(Side),
    /// An admin finds something; of a damaged account so many percent are the seller's.
    Finds(Finding, i32),
    Consents(Side),
    Objects(Side),
    /// Both accept so many percent for the seller.
    Settle(i32),
    /// Another admin rules: so many percent for the seller.
    Rules(i32),
    /// A party is blacklisted, for whatever it is.
    Blacklist(Side),
    TimePasses,
}

/// Where everything is, by the rules as a person would tell them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct World {
    /// None: there is no order yet.
    pub state: Option<OrderState>,
    pub price: Money,
    pub buyer: Money,
    pub escrow: Money,
    pub seller: Money,
    pub fees: Money,
    /// Who has the account.
    pub holder: Side,
    pub asked_back: bool,
    /// The buyer has looked at what was handed over.
    pub revealed: bool,
    /// Who was blacklisted while the order ran.
    pub banned: Vec<Side>,
    /// The case, while the order is in dispute.
    pub dispute: Option<Dispute>,
}

impl World {
    const fn new() -> Self {
        Self {
            state: None,
            price: ASKED,
            buyer: PURSE,
            escrow: Money::ZERO,
            seller: Money::ZERO,
            fees: Money::ZERO,
            holder: Side::Sold,
            asked_back: false,
            revealed: false,
            banned: Vec::new(),
            dispute: None,
        }
    }

    pub fn has_ended(&self) -> bool {
        use OrderState::{Cancelled, Completed, Refunded, Split};
        matches!(self.state, Some(Cancelled | Completed | Refunded | Split))
    }

    fn pay(&mut self) {
        self.buyer = self.buyer - self.price;
        self.escrow = self.price;
        self.state = Some(OrderState::Paid);
    }

    /// Ends the order: so many percent of the escrow are the seller's, less the fee if it is a sale.
    fn end(&mut self, state: OrderState, percent: i64, holder: Side) {
        let sellers = Money(self.escrow.0 * percent / 100);
        let fee = if state == OrderState::Completed {
            Money(sellers.0 * 5 / 100)
        } else {
            Money::ZERO
        };
        self.buyer = self.buyer + (self.escrow - sellers);
        self.seller = self.seller + (sellers - fee);
        self.fees = self.fees + fee;
        self.escrow = Money::ZERO;
        self.holder = holder;
        self.state = Some(state);
        self.dispute = None;
    }

    /// Ends the dispute: so many percent are the seller's.
    fn divide(&mut self, percent: i32) {
        let state = if percent == 0 { OrderState::Refunded } else { OrderState::Split };
        self.end(state, i64::from(percent), Side::Sold);
    }

    /// What comes of an act. `None`: nothing, it is refused or changes nothing.
    pub fn after(&self, act: Act) -> Option<Self> {
        use OrderState::{AwaitingPayment, Cancelled, Completed, Delivered, InDispute, Paid, Refunded, ReturnInspection, ReturnRequested};
        if let Act::Blacklist(side) = act {
            return self.without(side);
        }
        if self.is_barred(act) {
            return None;
        }
        if let Some(dispute) = self.dispute {
            return self.disputed(dispute, act);
        }
        let mut next = self.clone();
        match (self.state, act) {
            (None, Act::Buy) => next.pay(),
            (None, Act::Agree) => {
                next.price = AGREED;
                next.state = Some(AwaitingPayment);
            }
            (Some(AwaitingPayment), Act::Pay) => next.pay(),
            (Some(AwaitingPayment | Paid), Act::BuyerCancels | Act::SellerCancels | Act::TimePasses) => next.end(Cancelled, 0, Side::Sold),
            (Some(Paid), Act::Deliver) => {
                next.state = Some(Delivered);
                next.holder = Side::Bought;
            }
            // Another version is nothing to money and state.
            (Some(Delivered), Act::Correct) => {}
            (Some(Delivered | ReturnRequested), Act::Reveal) if !self.revealed => next.revealed = true,
            (Some(Delivered), Act::Confirm | Act::TimePasses) | (Some(ReturnRequested), Act::Confirm) => {
                next.end(Completed, 100, Side::Bought)
            }
            (Some(Delivered), Act::AskBack) if !self.asked_back => {
                next.state = Some(ReturnRequested);
                next.asked_back = true;
            }
            (Some(ReturnRequested), Act::Keep | Act::TimePasses) => next.state = Some(Delivered),
            (Some(ReturnRequested), Act::HandBack) => {
                next.state = Some(ReturnInspection);
                next.holder = Side::Sold;
            }
            (Some(ReturnRequested | ReturnInspection), Act::GrantReturn) | (Some(ReturnInspection), Act::TimePasses) => {
                next.end(Refunded, 0, Side::Sold)
            }
            (Some(ReturnInspection), Act::RefuseReturn) => {
                next.state = Some(InDispute);
                next.dispute = Some(Dispute::Evidence {
                    buyer_done: false,
                    seller_done: false,
                });
            }
            _ => return None,
        }
        Some(next)
    }
}

fn side() -> impl Strategy<Value = Side> {
    prop_oneof![Just(Side::Bought), Just(Side::Sold)]
}

/// Of what an admin finds, damage is the most common.
fn finds() -> impl Strategy<Value = Act> {
    prop_oneof![
        3 => (1..=99_i32).prop_map(|percent| Act::Finds(Finding::Damaged, percent)),
        2 => Just(Act::Finds(Finding::Intact, 0)),
        1 => Just(Act::Finds(Finding::Worthless, 0)),
        1 => Just(Act::Finds(Finding::TakenBack, 0)),
    ]
}

/// The walk of all actors.
pub struct Walk;

impl ReferenceStateMachine for Walk {
    type State = World;
    type Transition = Act;

    fn init_state() -> BoxedStrategy<World> {
        Just(World::new()).boxed()
    }

    fn transitions(world: &World) -> BoxedStrategy<Act> {
        if world.state.is_none() {
            return prop_oneof![Just(Act::Buy), Just(Act::Agree)].boxed();
        }
        let anything = prop_oneof![
            Just(Act::Pay),
            Just(Act::Deliver),
            Just(Act::Correct),
            Just(Act::Reveal),
            Just(Act::Confirm),
            Just(Act::BuyerCancels),
            Just(Act::SellerCancels),
            Just(Act::AskBack),
            Just(Act::Keep),
            Just(Act::HandBack),
            Just(Act::GrantReturn),
            Just(Act::RefuseReturn),
            side().prop_map(Act::SaysDone),
            finds(),
            side().prop_map(Act::Consents),
            side().prop_map(Act::Objects),
            (0..=100_i32).prop_map(Act::Settle),
            (0..=100_i32).prop_map(Act::Rules),
            side().prop_map(Act::Blacklist),
            Just(Act::TimePasses),
        ];
        // Mostly on, so that the far ends are reached.
        let onward = match world.state {
            Some(OrderState::AwaitingPayment) => Act::Pay,
            Some(OrderState::Paid) => Act::Deliver,
            Some(OrderState::Delivered) => Act::AskBack,
            Some(OrderState::ReturnRequested) => Act::HandBack,
            Some(OrderState::ReturnInspection) => Act::RefuseReturn,
            _ => Act::TimePasses,
        };
        if world.dispute.is_some() {
            // What belongs to a case, so that its far ends are reached.
            let about = prop_oneof![
                side().prop_map(Act::SaysDone),
                finds(),
                side().prop_map(Act::Consents),
                side().prop_map(Act::Objects),
                (0..=100_i32).prop_map(Act::Settle),
                (0..=100_i32).prop_map(Act::Rules),
                Just(Act::TimePasses),
            ];
            return prop_oneof![1 => anything, 5 => about].boxed();
        }
        prop_oneof![anything, Just(onward)].boxed()
    }

    fn apply(world: World, act: &Act) -> World {
        world.after(*act).unwrap_or(world)
    }
}

/// What is true of every world.
fn check(world: &World) {
    assert_eq!(world.buyer + world.escrow + world.seller + world.fees, PURSE, "{world:?}");
    let holds_money = matches!(world.state, Some(state) if state != OrderState::AwaitingPayment) && !world.has_ended();
    assert_eq!(world.escrow, if holds_money { world.price } else { Money::ZERO }, "{world:?}");
    if let Some(state) = world.state.filter(|_| world.has_ended()) {
        let holder = if state == OrderState::Completed { Side::Bought } else { Side::Sold };
        assert_eq!(world.holder, holder, "after the end the account is with one of them: {world:?}");
    }
}

/// From here time alone, without any person, comes to an end.
fn ends_by_itself(world: &World) -> bool {
    let mut world = world.clone();
    for _ in 0..10 {
        if world.has_ended() || world.state.is_none() {
            return true;
        }
        let Some(next) = world.after(Act::TimePasses) else { return false };
        world = next;
    }
    world.has_ended()
}

proptest! {
    #![proptest_config(Config { cases: 10_000, failure_persistence: None, ..Config::default() })]
    #[test]
    fn ten_thousand_walks_keep_the_model_and_the_machine_agrees((start, acts, _) in Walk::sequential_strategy(1..24)) {
        let mut world = start;
        for act in acts {
            let next = world.after(act);
            if let (Some(from), Some(step)) = (world.state, step(world.state, act)) {
                let allowed = state::advance(from, step).ok().filter(|_| world.admits(act)).map(|(to, _)| to);
                // Whoever is blacklisted without an end of the order leaves it as it is.
                let runs_on = next.as_ref().filter(|_| matches!(act, Act::Blacklist(_))).map(|_| from);
                prop_assert_eq!(allowed.or(runs_on), next.as_ref().and_then(|next| next.state), "{:?} in {:?}", act, world);
            }
            if let Some((dispute, step)) = world.dispute.and_then(|dispute| Some((dispute, case_step(dispute, act)?))) {
                let allowed = case::advance(place(dispute), step).ok().filter(|_| world.admits(act));
                let expected = next.as_ref().map(|next| next.dispute.map_or(case::Place::Closed, place));
                let reached = allowed.map(|next| match next {
                    case::Next::To(place) => place,
                    case::Next::End(_) => case::Place::Closed,
                });
                prop_assert_eq!(reached, expected, "{:?} in {:?}", act, world);
            }
            world = next.unwrap_or(world);
            check(&world);
            prop_assert!(ends_by_itself(&world), "money is stuck: {:?}", world);
        }
    }
}

/// The machine's word for an act.
fn step(state: Option<OrderState>, act: Act) -> Option<state::Step> {
    use state::Step;
    Some(match act {
        Act::Buy | Act::Agree | Act::Reveal => return None,
        Act::Pay => Step::Pay,
        Act::Deliver => Step::Deliver,
        Act::Correct => Step::Correct,
        Act::Confirm => Step::Confirm,
        Act::BuyerCancels => Step::BuyerCancel,
        Act::SellerCancels => Step::SellerCancel,
        Act::AskBack => Step::RequestReturn,
        Act::Keep => Step::WithdrawReturn,
        Act::HandBack => Step::HandBack,
        Act::GrantReturn => Step::AgreeReturn,
        Act::RefuseReturn => Step::RefuseReturn,
        // What is done in a dispute is the case's, and ends the order where it ends the case.
        Act::SaysDone(_) | Act::Finds(..) | Act::Consents(_) | Act::Objects(_) | Act::Settle(_) | Act::Rules(_) => return None,
        Act::Blacklist(Side::Bought) => Step::BuyerBlacklisted,
        Act::Blacklist(Side::Sold) => Step::SellerBlacklisted,
        Act::TimePasses => return state.and_then(state::timer),
    })
}
