//! The rows of payout accounts.

use entity::{
    payout_account::{ActiveModel, Column, Entity, Model},
    value::{PayoutAccountId, UserId},
};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, sea_query::OnConflict};

use super::{Destination, PayoutAccount};
use crate::kernel::{Fault, Secret, Tx, rewrap::SealedColumn};

impl From<Model> for PayoutAccount {
    fn from(row: Model) -> Self {
        Self {
            id: row.id,
            last_four: row.last_four,
            created_at: row.created_at,
            removed_at: row.removed_at,
        }
    }
}

/// How many accounts a user has.
pub(super) async fn count(tx: &Tx, user: UserId) -> Result<u64, Fault> {
    let his = Entity::find().filter(Column::UserId.eq(user)).filter(Column::RemovedAt.is_null());
    Ok(his.count(tx.db()).await?)
}

/// Reads an account, removed or not.
pub(super) async fn get(tx: &Tx, id: PayoutAccountId) -> Result<Model, Fault> {
    let row = Entity::find_by_id(id).one(tx.db()).await?;
    row.ok_or_else(|| Fault::internal("a payout account is missing"))
}

/// Whether an account is a user's and was not removed.
pub(in crate::wallet) async fn is_of(tx: &Tx, id: PayoutAccountId, user: UserId) -> Result<bool, Fault> {
    let row = Entity::find_by_id(id).one(tx.db()).await?;
    Ok(row.is_some_and(|row| row.user_id == user && row.removed_at.is_none()))
}

/// Seals and writes a new account. `false`: the user has one of this number.
pub(super) async fn insert(tx: &Tx, id: PayoutAccountId, user: UserId, to: &Destination) -> Result<bool, Fault> {
    let seal = tx.env().seal();
    let row = ActiveModel {
        id: Set(id),
        user_id: Set(user),
        holder_sealed: Set(seal.seal(&holder_place(id, user), to.holder.expose().as_bytes())),
        number_sealed: Set(seal.seal(&number_place(id, user), to.number.expose().as_bytes())),
        number_index: Set(seal.fingerprint("payout-account-number", to.number.expose().as_bytes())),
        last_four: Set(last_four(to.number.expose())),
        created_at: Set(tx.now()),
        removed_at: Set(None),
    };
    // Whatever is in the way: the same number on his list.
    let free = OnConflict::new().do_nothing().to_owned();
    Ok(Entity::insert(row).on_conflict(free).exec_without_returning(tx.db()).await? == 1)
}

/// The end of a number, to tell it by.
fn last_four(number: &str) -> String {
    number[number.len().saturating_sub(4)..].to_owned()
}

/// Opens an account for the bank.
pub(in crate::wallet) async fn destination(tx: &Tx, id: PayoutAccountId) -> Result<Destination, Fault> {
    let row = get(tx, id).await?;
    let open = |place: String, sealed: &[u8]| -> Result<Secret, Fault> {
        let plain = tx.env().seal().open(&place, sealed)?;
        Ok(String::from_utf8(plain).map_err(Fault::internal)?.into())
    };
    Ok(Destination {
        holder: open(holder_place(id, row.user_id), &row.holder_sealed)?,
        number: open(number_place(id, row.user_id), &row.number_sealed)?,
    })
}

/// What lies sealed here.
pub(in crate::wallet) const SEALED: [SealedColumn; 2] = [
    SealedColumn {
        table: "payout_accounts",
        column: "holder_sealed",
        keys: ["id", "user_id"],
        place: |id, user| holder_place(PayoutAccountId(id), UserId(user)),
    },
    SealedColumn {
        table: "payout_accounts",
        column: "number_sealed",
        keys: ["id", "user_id"],
        place: |id, user| number_place(PayoutAccountId(id), UserId(user)),
    },
];

fn holder_place(id: PayoutAccountId, user: UserId) -> String {
    format!("payout_accounts:holder:{id}:{user}")
}

fn number_place(id: PayoutAccountId, user: UserId) -> String {
    format!("payout_accounts:number:{id}:{user}")
}
