//! Handing the account over under seal.

use entity::{
    credential,
    kinds::OrderState,
    order, order_key,
    value::{OrderId, Time},
};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use serde::{Deserialize, Serialize};

use super::{
    state::{IllegalStep, Step, advance},
    store::{self, Stamp},
};
use crate::kernel::{
    Env, Event, Fault, Tx,
    policy::Trader,
    text::{self, TextError},
};

/// A correction leaves the buyer at least so long.
const HOURS_AFTER_CORRECTION: i64 = 24;

/// What the seller hands over. It is stored sealed, and never logged.
#[derive(Clone, Serialize, Deserialize)]
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
    let stamp = Stamp {
        due_at: Some(confirm_by(&tx, &order)),
        delivered_at: order.delivered_at.or(Some(tx.now())),
        ..Stamp::default()
    };
    if !store::advance(&tx, id, order.state, next, stamp).await? {
        return Err(DeliverError::WrongState(IllegalStep { state: order.state, step }));
    }
    let version = seal(&tx, id, &credentials).await?;
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

fn clean(credentials: Credentials) -> Result<Credentials, DeliverError> {
    let refuse = |field| move |why| DeliverError::Text { field, why };
    Ok(Credentials {
        login: text::clean_line(&credentials.login, 1..=200).map_err(refuse("login"))?,
        password: text::clean_line(&credentials.password, 1..=200).map_err(refuse("password"))?,
        contacts: text::clean_text(&credentials.contacts, 0..=500).map_err(refuse("contacts"))?,
        notes: text::clean_text(&credentials.notes, 0..=2_000).map_err(refuse("notes"))?,
    })
}

/// Seals a new version under the order's key, which the first version makes.
async fn seal(tx: &Tx, id: OrderId, credentials: &Credentials) -> Result<i32, Fault> {
    let sealer = tx.env().seal();
    let key = match order_key::Entity::find_by_id(id).one(tx.db()).await? {
        Some(row) => row
            .wrapped
            .ok_or_else(|| Fault::internal("the key of a running order is destroyed"))?,
        None => {
            let wrapped = sealer.new_key(&key_place(id));
            let row = order_key::ActiveModel {
                order_id: Set(id),
                wrapped: Set(Some(wrapped.clone())),
                destroyed_at: Set(None),
            };
            order_key::Entity::insert(row).exec_without_returning(tx.db()).await?;
            wrapped
        }
    };
    let versions = credential::Entity::find()
        .filter(credential::Column::OrderId.eq(id))
        .count(tx.db())
        .await?;
    let version = i32::try_from(versions).map_err(Fault::internal)? + 1;
    let plain = serde_json::to_vec(credentials).map_err(Fault::internal)?;
    let sealed = sealer.seal_under(&key_place(id), &key, &place(id, version), &plain)?;
    let row = credential::ActiveModel {
        order_id: Set(id),
        version: Set(version),
        sealed: Set(sealed),
        created_at: Set(tx.now()),
    };
    credential::Entity::insert(row).exec_without_returning(tx.db()).await?;
    Ok(version)
}

/// Where an order's key is bound to.
pub(super) fn key_place(order: OrderId) -> String {
    format!("order_keys:{order}")
}

/// Where a version of the credentials is bound to.
pub(super) fn place(order: OrderId, version: i32) -> String {
    format!("credentials:{order}:{version}")
}
