//! The tables of Handover, one file each, and the types their columns share.

pub mod kinds;
pub mod value;

pub mod audit;
pub mod bank_event;
pub mod block;
pub mod conversation;
pub mod credential;
pub mod deposit;
pub mod event;
pub mod event_head;
pub mod game;
pub mod game_server;
pub mod idempotency_key;
pub mod identity;
pub mod image;
pub mod ledger_account;
pub mod ledger_entry;
pub mod ledger_transfer;
pub mod listing;
pub mod listing_image;
pub mod message;
pub mod message_flag;
pub mod message_image;
pub mod message_term;
pub mod meta;
pub mod notice;
pub mod order;
pub mod order_key;
pub mod outbox;
pub mod payout_account;
pub mod refresh_token;
pub mod session;
pub mod standing;
pub mod user;
pub mod withdrawal;
