//! What the platform earns and holds at the bank has no row that everybody would wait for. Abuse 30.

use entity::{kinds::AccountKind, ledger_account};
use futures::future::join_all;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};

use crate::support::TestApp;

/// Abuse 30.
#[tokio::test]
async fn the_platform_s_busiest_accounts_need_no_lock_and_lose_nothing() {
    let app = TestApp::new().await;
    let (ada, sam, bea) = (app.admin("ada").await, app.verified("sam").await, app.verified("bea").await);
    bea.has("300.00").await;
    let mut orders = Vec::new();
    for _ in 0..12 {
        let order = bea.buys(&sam.sells("20.00").await).await;
        sam.delivers(&order, "secret word 1").await;
        orders.push(order);
    }
    let done = join_all(orders.iter().map(|order| bea.confirms(order))).await;
    assert!(done.iter().all(|one| one["order"]["state"] == "COMPLETED"), "{done:?}");
    let (fees, _, at_bank) = ada.platform().await;
    assert_eq!((fees.as_str(), at_bank.as_str()), ("12.00", "300.00"));
    let rows = ledger_account::Entity::find()
        .filter(ledger_account::Column::Kind.is_in([AccountKind::Fees, AccountKind::BankClearing]))
        .count(app.env().db())
        .await
        .unwrap();
    assert_eq!(rows, 0, "there is no row to wait for");
    app.close().await;
}
