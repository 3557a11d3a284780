//! What is left of an account that was closed: a row that others' orders and messages may name, and nothing that tells who it was.

use entity::{
    block, identity,
    kinds::IdentityState,
    session, standing, user,
    value::{ImageId, UserId},
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, ExprTrait, IntoActiveModel, QueryFilter, sea_query::Expr};

use super::{letter, second_factor, sign_out::end_all, verify_identity::IDENTITIES_MOVED};
use crate::{
    kernel::{Fault, Tx},
    media,
};

/// Takes a user's names, address, picture, second factor, blocks and verification away, and ends his sessions. The ID number is free again;
/// `hash` is of a password that nobody has. The last letter goes to the address that he had.
pub async fn erase(tx: &Tx, who: user::Model, hash: String) -> Result<(), Fault> {
    letter::post(tx, &who.email, who.locale, "account-closed", &[]).await?;
    end_all(tx, who.id, None).await?;
    let clients = session::Entity::update_many().col_expr(session::Column::Client, Expr::value(""));
    clients.filter(session::Column::UserId.eq(who.id)).exec(tx.db()).await?;
    second_factor::remove(tx, who.id).await?;
    let blocks = block::Entity::delete_many().filter(block::Column::BlockerId.eq(who.id));
    blocks.exec(tx.db()).await?;
    forget_identity(tx, who.id).await?;
    let close = standing::Entity::update_many()
        .col_expr(standing::Column::ClosedAt, Expr::value(tx.now()))
        .col_expr(standing::Column::Verified, Expr::value(false))
        .col_expr(standing::Column::Version, Expr::col(standing::Column::Version).add(1));
    close.filter(standing::Column::UserId.eq(who.id)).exec(tx.db()).await?;
    if let Some(avatar) = who.avatar_id {
        media::detach(tx, avatar).await?;
    }
    pseudonymise(tx, who, hash).await
}

/// The number's fingerprint goes with the row, so that he may come again one day. Photographs are destroyed.
async fn forget_identity(tx: &Tx, user: UserId) -> Result<(), Fault> {
    let Some(row) = identity::Entity::find_by_id(user).one(tx.db()).await? else {
        return Ok(());
    };
    identity::Entity::delete_by_id(user).exec(tx.db()).await?;
    if row.state == IdentityState::Pending {
        tx.emit(IDENTITIES_MOVED);
    }
    let photos: Vec<ImageId> = [row.card_id, row.person_id].into_iter().flatten().collect();
    media::destroy(tx, &photos).await
}

async fn pseudonymise(tx: &Tx, who: user::Model, hash: String) -> Result<(), Fault> {
    // No username has a dash, no address this domain.
    let name = format!("closed-{}", who.id);
    let address = format!("{name}@closed.invalid");
    let mut row = who.into_active_model();
    row.username = Set(name.clone());
    row.username_key = Set(name.clone());
    row.nickname = Set(name);
    row.email = Set(address.clone());
    row.email_key = Set(address);
    row.password_hash = Set(hash);
    row.bio = Set(String::new());
    row.avatar_id = Set(None);
    row.update(tx.db()).await?;
    Ok(())
}
