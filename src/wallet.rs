//! Users' money: the ledger, deposits, withdrawals.

pub mod ledger;
