//! The buyer hands the account back: sealed credentials, or the statement that it is as it was delivered or that he never got in.

use entity::{
    hand_back::{self, ActiveModel, Entity},
    kinds::{HandBackKind, OrderState, OrderStepKind, ReturnStep},
    value::OrderId,
};
use sea_orm::{ActiveValue::Set, EntityTrait};

use super::{ReturnError, tell};
use crate::{
    kernel::{Env, Fault, Tx, policy::Trader},
    order::{
        deliver::{self, Credentials},
        history,
        state::{IllegalStep, Step, advance},
        store::{self, Stamp},
    },
};

/// What is handed back.
#[derive(Clone)]
pub enum HandBack {
    /// What the account has now.
    Credentials(Credentials),
    /// It is as it was delivered.
    AsDelivered,
    /// He never got in.
    NeverGotIn,
}

impl HandBack {
    const fn kind(&self) -> HandBackKind {
        match self {
            Self::Credentials(_) => HandBackKind::Credentials,
            Self::AsDelivered => HandBackKind::AsDelivered,
            Self::NeverGotIn => HandBackKind::NeverGotIn,
        }
    }
}

/// Hands the account back; from then on the buyer reads nothing of it, and the seller has 48 hours to look. Handing back again changes nothing.
pub async fn hand_back(env: &Env, buyer: Trader, id: OrderId, what: HandBack) -> Result<OrderId, ReturnError> {
    let what = match what {
        HandBack::Credentials(credentials) => HandBack::Credentials(deliver::clean(credentials).map_err(text)?),
        statement @ (HandBack::AsDelivered | HandBack::NeverGotIn) => statement,
    };
    let tx = env.begin().await?;
    let order = store::lock(&tx, id).await?.filter(|order| order.buyer_id == buyer.id());
    let order = order.ok_or(ReturnError::NotFound)?;
    if order.state == OrderState::ReturnInspection {
        return Ok(id);
    }
    let (next, _) = advance(order.state, Step::HandBack)?;
    let illegal = IllegalStep {
        state: order.state,
        step: Step::HandBack,
    };
    if store::is_over(&order, tx.now()) {
        return Err(illegal.into());
    }
    let stamp = Stamp {
        due_at: Some(tx.now().plus_hours(i64::from(env.config().order.inspection_hours))),
        ..Stamp::default()
    };
    if !store::advance(&tx, id, order.state, next, stamp).await? {
        return Err(illegal.into());
    }
    write(&tx, id, &what).await?;
    history::append(&tx, id, OrderStepKind::HandedBack, Some(buyer.id())).await?;
    tell(&tx, &order, ReturnStep::HandedBack);
    tx.commit().await?;
    tracing::info!(order = %id, buyer = %buyer.id(), kind = ?what.kind(), "handed back");
    Ok(id)
}

fn text(error: deliver::DeliverError) -> ReturnError {
    match error {
        deliver::DeliverError::NotFound => ReturnError::NotFound,
        deliver::DeliverError::WrongState(illegal) => illegal.into(),
        deliver::DeliverError::Text { field, why } => ReturnError::Text { field, why },
        deliver::DeliverError::Fault(fault) => fault.into(),
    }
}

/// Seals what is handed back under a key of its own: the key of what was delivered ends with the order.
async fn write(tx: &Tx, id: OrderId, what: &HandBack) -> Result<(), Fault> {
    let seal = tx.env().seal();
    let (sealed, wrapped) = match what {
        HandBack::Credentials(credentials) => {
            let key = seal.new_key(&key_place(id));
            let plain = serde_json::to_vec(credentials).map_err(Fault::internal)?;
            (Some(seal.seal_under(&key_place(id), &key, &place(id), &plain)?), Some(key))
        }
        HandBack::AsDelivered | HandBack::NeverGotIn => (None, None),
    };
    let row = ActiveModel {
        order_id: Set(id),
        kind: Set(what.kind()),
        sealed: Set(sealed),
        wrapped: Set(wrapped),
        created_at: Set(tx.now()),
        revealed_at: Set(None),
        destroy_at: Set(None),
        destroyed_at: Set(None),
    };
    Entity::insert(row).exec_without_returning(tx.db()).await?;
    Ok(())
}

/// Opens what was handed back. None: there are no credentials, or their key is destroyed.
pub(super) fn open(tx: &Tx, row: &hand_back::Model) -> Result<Option<Credentials>, Fault> {
    let (Some(key), Some(sealed)) = (&row.wrapped, &row.sealed) else {
        return Ok(None);
    };
    let order = row.order_id;
    let plain = tx.env().seal().open_under(&key_place(order), key, &place(order), sealed)?;
    Ok(Some(serde_json::from_slice(&plain).map_err(Fault::internal)?))
}

/// Where the key is bound to.
pub(in crate::order) fn key_place(order: OrderId) -> String {
    format!("hand_backs:key:{order}")
}

/// Where the credentials are bound to.
fn place(order: OrderId) -> String {
    format!("hand_backs:credentials:{order}")
}
