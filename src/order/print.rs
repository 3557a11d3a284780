//! Sees when an account is delivered that was sold already, without keeping anything that says which account it is.

use entity::{
    account_print,
    kinds::OrderState,
    order,
    value::{OrderId, UserId},
};
use sea_orm::{ActiveValue::Set, EntityTrait, sea_query::OnConflict};
use unicode_normalization::UnicodeNormalization;

use crate::kernel::{Event, Fault, Tx, sql};

/// Notes a keyed fingerprint of the game and the login that an order delivers. If another listing's order has delivered the same and still
/// holds, the platform hears of it; unless the seller is who bought it there: what one has bought one may sell.
pub(super) async fn note(tx: &Tx, order: &order::Model, login: &str) -> Result<(), Fault> {
    let said = format!("{} {}", order.game_id, fold(login));
    let print = tx.env().seal().fingerprint("account.print", said.as_bytes());
    let before = account_print::Entity::find_by_id(order.id).one(tx.db()).await?;
    if before.is_some_and(|row| row.print == print) {
        return Ok(());
    }
    if let Some(earlier) = holder(tx, order, &print).await? {
        tx.emit(Event::AccountSoldTwice {
            order: order.id,
            seller: order.seller_id,
            earlier,
        });
        tracing::info!(order = %order.id, %earlier, "an account is delivered a second time");
    }
    let row = account_print::ActiveModel {
        order_id: Set(order.id),
        print: Set(print),
        at: Set(tx.now()),
    };
    let newest = OnConflict::column(account_print::Column::OrderId)
        .update_columns([account_print::Column::Print, account_print::Column::At])
        .to_owned();
    account_print::Entity::insert(row)
        .on_conflict(newest)
        .exec_without_returning(tx.db())
        .await?;
    Ok(())
}

/// The newest order of another listing that delivered the same account and still holds, unless the seller has it by that.
async fn holder(tx: &Tx, order: &order::Model, print: &[u8]) -> Result<Option<OrderId>, Fault> {
    let newest = "SELECT o.* FROM account_prints p JOIN orders o ON o.id = p.order_id \
        WHERE p.print = $1 AND o.id <> $2 AND o.listing_id <> $3 AND o.state NOT IN ('CANCELLED', 'REFUNDED', 'SPLIT') \
        ORDER BY p.at DESC, o.id DESC LIMIT 1";
    let values = vec![print.to_vec().into(), order.id.into(), order.listing_id.into()];
    let held: Option<order::Model> = sql::all(tx.db(), newest, values).await?.pop();
    Ok(held
        .filter(|held| !may_sell(held.state, held.buyer_id, order.seller_id))
        .map(|held| held.id))
}

/// Whether a seller has the account by this order: he bought it, and it completed.
fn may_sell(state: OrderState, buyer: UserId, seller: UserId) -> bool {
    state == OrderState::Completed && buyer == seller
}

/// A login as people retype it: full width as half width, capitals as small letters, no spaces around.
fn fold(login: &str) -> String {
    login.trim().nfkc().flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_login_is_the_same_however_it_is_typed() {
        assert_eq!(fold(" Ｈｅｒｏ@Example.com"), fold("hero@example.COM "));
        assert_ne!(fold("hero1"), fold("hero2"));
    }

    #[test]
    fn what_one_has_bought_one_may_sell() {
        let (ann, bob) = (UserId::new(), UserId::new());
        assert!(may_sell(OrderState::Completed, ann, ann));
        assert!(!may_sell(OrderState::Completed, bob, ann));
        assert!(!may_sell(OrderState::Delivered, ann, ann));
    }
}
