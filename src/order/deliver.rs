//! Handing the account over under seal.

use entity::{
    credential,
    kinds::{OrderState, OrderStepKind},
    order,
    value::{OrderId, Time},
};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde::{Deserialize, Serialize};

use super::{
    history, keys, print,
    state::{IllegalStep, Step, advance},
    store::{self, Stamp},
};
use crate::kernel::{
    Env, Event, Fault, Tx,
    policy::Trader,
    port::Sealed,
    text::{self, TextError},
};

/// A correction leaves the buyer at least so long.
const HOURS_AFTER_CORRECTION: i64 = 24;

/// What the seller hands over. It is stored sealed, and never logged.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Credentials {
    /// The account's login name, 1 to 200 characters.
    pub login: String,
    /// The account's password, 1 to 200 characters.
    pub password: String,
    /// Bound contacts, up to 500 characters.
    pub contacts: String,
    /// What else the buyer must know, up to 2,000 characters.
    pub notes: String,
}

/// Why nothing was handed over.
#[derive(Debug, thiserror::Error)]
pub enum DeliverError {
    /// There is no such order for him.
    #[error("no such order")]
    NotFound,
    /// The order does not wait for it.
    #[error(transparent)]
    WrongState(#[from] IllegalStep),
    /// A text is too long, empty, or has forbidden characters.
    #[error("{field}: {why}")]
    Text {
        /// The field.
        field: &'static str,
        /// What is wrong with it.
        why: TextError,
    },
    /// The house failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Hands the credentials over, or, once handed over, corrects them: a new version, and at least a day for the buyer to look.
///
/// The same credentials once more change nothing.
pub async fn deliver(env: &Env, seller: Trader, id: OrderId, credentials: Credentials) -> Result<order::Model, DeliverError> {
    let credentials = clean(credentials)?;
    let tx = env.begin().await?;
    let order = store::lock(&tx, id)
        .await?
        .filter(|order| order.seller_id == seller.id())
        .ok_or(DeliverError::NotFound)?;
    let step = if order.state == OrderState::Delivered {
        Step::Correct
    } else {
        Step::Deliver
    };
    let (next, _) = advance(order.state, step)?;
    if step == Step::Correct && is_repeat(&tx, id, &credentials).await? {
        return Ok(order);
    }
    let illegal = IllegalStep { state: order.state, step };
    // A promise that was missed is not kept any more, and what the buyer has accepted by his silence is not corrected.
    if store::is_over(&order, tx.now()) {
        return Err(illegal.into());
    }
    let stamp = Stamp {
        due_at: Some(confirm_by(&tx, &order)),
        delivered_at: order.delivered_at.or(Some(tx.now())),
        ..Stamp::default()
    };
    if !store::advance(&tx, id, order.state, next, stamp).await? {
        return Err(illegal.into());
    }
    print::note(&tx, &order, &credentials.login).await?;
    let version = seal(&tx, id, &credentials).await?;
    let kind = if step == Step::Correct {
        OrderStepKind::Corrected
    } else {
        OrderStepKind::Delivered
    };
    history::append(&tx, id, kind, Some(seller.id())).await?;
    tx.emit(Event::OrderDelivered {
        order: id,
        buyer: order.buyer_id,
        seller: order.seller_id,
    });
    tx.commit().await?;
    tracing::info!(order = %id, version, "credentials handed over");
    Ok(store::get(env.db(), id).await?.ok_or_else(|| Fault::internal("an order is gone"))?)
}

fn confirm_by(tx: &Tx, order: &order::Model) -> Time {
    match order.due_at {
        Some(due) if order.state == OrderState::Delivered => due.max(tx.now().plus_hours(HOURS_AFTER_CORRECTION)),
        _ => tx.now().plus_hours(i64::from(tx.env().config().order.confirm_hours)),
    }
}

/// The credentials with their texts cleaned, if nothing is wrong with them.
pub(super) fn clean(credentials: Credentials) -> Result<Credentials, DeliverError> {
    let refuse = |field| move |why| DeliverError::Text { field, why };
    Ok(Credentials {
        login: text::clean_line(&credentials.login, 1..=200).map_err(refuse("login"))?,
        password: text::clean_line(&credentials.password, 1..=200).map_err(refuse("password"))?,
        contacts: text::clean_text(&credentials.contacts, 0..=500).map_err(refuse("contacts"))?,
        notes: text::clean_text(&credentials.notes, 0..=2_000).map_err(refuse("notes"))?,
    })
}

/// Seals a new version under the order's key.
async fn seal(tx: &Tx, id: OrderId, credentials: &Credentials) -> Result<i32, Fault> {
    let key = keys::make_or_find(tx, id).await?;
    let version = newest(tx, id).await?.map_or(1, |row| row.version + 1);
    let plain = serde_json::to_vec(credentials).map_err(Fault::internal)?;
    let sealed = tx.env().seal().seal_under(&keys::place(id), &key, &place(id, version), &plain)?;
    let row = credential::ActiveModel {
        order_id: Set(id),
        version: Set(version),
        sealed: Set(sealed),
        created_at: Set(tx.now()),
    };
    credential::Entity::insert(row).exec_without_returning(tx.db()).await?;
    Ok(version)
}

async fn newest(tx: &Tx, id: OrderId) -> Result<Option<credential::Model>, Fault> {
    let newest = credential::Entity::find()
        .filter(credential::Column::OrderId.eq(id))
        .order_by_desc(credential::Column::Version);
    Ok(newest.one(tx.db()).await?)
}

/// Whether the buyer has these credentials already: a second press of the button is no correction.
async fn is_repeat(tx: &Tx, id: OrderId, credentials: &Credentials) -> Result<bool, Fault> {
    let (Some(key), Some(newest)) = (keys::find(tx, id).await?, newest(tx, id).await?) else {
        return Ok(false);
    };
    Ok(unseal(tx, &key, &newest)? == *credentials)
}

/// Opens a version under the order's key.
pub(super) fn unseal(tx: &Tx, key: &Sealed, version: &credential::Model) -> Result<Credentials, Fault> {
    let order = version.order_id;
    let plain = tx
        .env()
        .seal()
        .open_under(&keys::place(order), key, &place(order, version.version), &version.sealed)?;
    serde_json::from_slice(&plain).map_err(Fault::internal)
}

/// Where a version of the credentials is bound to.
fn place(order: OrderId, version: i32) -> String {
    format!("credentials:{order}:{version}")
}
