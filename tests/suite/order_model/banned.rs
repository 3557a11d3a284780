//! Whoever is blacklisted, in the model: what becomes of the order, and what is left to him.

use entity::kinds::OrderState;
use handover::order::Side;

use super::{Act, World};

/// Whose act it is: nobody's of both where an admin does it or time passes.
pub const fn actors(act: Act) -> &'static [Side] {
    match act {
        Act::Buy
        | Act::Pay
        | Act::Reveal
        | Act::Confirm
        | Act::BuyerCancels
        | Act::AskBack
        | Act::Keep
        | Act::HandBack
        | Act::SaysDone(Side::Bought)
        | Act::Consents(Side::Bought)
        | Act::Objects(Side::Bought) => &[Side::Bought],
        Act::Deliver
        | Act::Correct
        | Act::SellerCancels
        | Act::GrantReturn
        | Act::RefuseReturn
        | Act::SaysDone(Side::Sold)
        | Act::Consents(Side::Sold)
        | Act::Objects(Side::Sold) => &[Side::Sold],
        Act::Agree | Act::Settle(_) => &[Side::Bought, Side::Sold],
        Act::Finds(..) | Act::Rules(_) | Act::Blacklist(_) | Act::TimePasses => &[],
    }
}

impl World {
    /// Whether somebody who takes part in an act may do nothing any more.
    pub(super) fn is_barred(&self, act: Act) -> bool {
        actors(act).iter().any(|side| self.banned.contains(side))
    }

    /// What the machine leaves to whoever takes a step: whether it may be taken at all.
    pub(super) fn admits(&self, act: Act) -> bool {
        match act {
            Act::AskBack => !self.asked_back && !self.is_barred(act),
            Act::Blacklist(side) => !self.revealed && !self.banned.contains(&side),
            _ => !self.is_barred(act),
        }
    }

    /// A party is blacklisted: what nobody has looked at yet is undone, the rest runs on without him.
    pub(super) fn without(&self, side: Side) -> Option<Self> {
        use OrderState::{AwaitingPayment, Cancelled, Delivered, Paid, ReturnRequested};
        if self.state.is_none() || self.has_ended() || self.banned.contains(&side) {
            return None;
        }
        let mut next = self.clone();
        next.banned.push(side);
        match self.state {
            Some(AwaitingPayment | Paid) => next.end(Cancelled, 0, Side::Sold),
            Some(Delivered | ReturnRequested) if !self.revealed => next.end(Cancelled, 0, Side::Sold),
            _ => {}
        }
        Some(next)
    }
}
