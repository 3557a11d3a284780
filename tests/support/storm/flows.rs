//! Every way in which money moves in the storm.

use futures::{FutureExt, future::BoxFuture};

use super::{Dice, Storm};

/// Something that one of the people does.
pub struct Flow {
    pub name: &'static str,
    /// How often it is chosen, beside the others.
    pub weight: usize,
    pub act: for<'a> fn(&'a Storm<'a>, usize, &'a mut Dice) -> BoxFuture<'a, Option<()>>,
}

/// Every way in which money moves.
pub const FLOWS: &[Flow] = &[
    Flow {
        name: "buy",
        weight: 6,
        act: |storm, who, dice| storm.buys(who, dice).boxed(),
    },
    Flow {
        name: "cancel",
        weight: 3,
        act: |storm, who, dice| storm.cancels(who, dice).boxed(),
    },
    Flow {
        name: "deliver",
        weight: 4,
        act: |storm, _, dice| storm.delivers(dice).boxed(),
    },
    Flow {
        name: "confirm",
        weight: 5,
        act: |storm, _, dice| storm.confirms(dice).boxed(),
    },
    Flow {
        name: "agree",
        weight: 2,
        act: |storm, who, dice| storm.agrees(who, dice).boxed(),
    },
    Flow {
        name: "give back",
        weight: 2,
        act: |storm, _, dice| storm.gives_back(dice).boxed(),
    },
    Flow {
        name: "refuse",
        weight: 2,
        act: |storm, _, dice| storm.refuses(dice).boxed(),
    },
    Flow {
        name: "claim",
        weight: 3,
        act: |storm, _, dice| storm.claims(dice).boxed(),
    },
    Flow {
        name: "recover",
        weight: 1,
        act: |storm, who, _| storm.recovers(who).boxed(),
    },
    Flow {
        name: "withdraw",
        weight: 2,
        act: |storm, who, dice| storm.withdraws(who, dice).boxed(),
    },
    Flow {
        name: "take back",
        weight: 1,
        act: |storm, _, dice| storm.takes_back(dice).boxed(),
    },
    Flow {
        name: "pay in",
        weight: 1,
        act: |storm, who, dice| storm.pays_in(who, dice).boxed(),
    },
    Flow {
        name: "sell",
        weight: 1,
        act: |storm, who, dice| storm.sells(who, dice).boxed(),
    },
    Flow {
        name: "timers",
        weight: 1,
        act: |storm, _, _| storm.timers().boxed(),
    },
];
