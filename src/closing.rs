//! Closing one's account: refused while anything of it is open, and afterwards nobody can tell who it was. The ledger, the audit log and what
//! others need as evidence stay.

use entity::{
    kinds::{Role, SubjectKind},
    standing, user,
    value::{Time, UserId},
};
use sea_orm::{ConnectionTrait, EntityTrait, QuerySelect};
use serde_json::json;

use crate::{
    account::{self, username},
    kernel::{
        Env, Fault,
        policy::{Member, Proven, Trader},
        sql,
    },
    market, wallet,
};

/// What keeps an account from being closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Obstacle {
    /// He is blacklisted.
    Blacklisted,
    /// He is an administrator.
    Admin,
    /// An order of his runs, as buyer or seller.
    Order,
    /// An offer that he made or was made is open.
    Offer,
    /// The warranty of something that he sold runs.
    Warranty,
    /// A case about an order of his is open.
    Case,
    /// There is money in his wallet.
    Balance,
    /// Proceeds of his are not yet available.
    Settling,
    /// Money of his is held.
    Held,
    /// A deposit may still be paid.
    Payment,
    /// A withdrawal is under way, or may still come back.
    Withdrawal,
    /// He owes something, or somebody owes him.
    Debt,
    /// His wallet is frozen.
    Freeze,
}

/// A row of each says that something is open. `$1` is the user, `$2` the time.
const MATTERS: [(Obstacle, &str); 11] = [
    (
        Obstacle::Order,
        "SELECT 1 AS open FROM orders WHERE (buyer_id = $1 OR seller_id = $1) AND ended_at IS NULL LIMIT 1",
    ),
    // One whose time is over is as good as ended.
    (
        Obstacle::Offer,
        "SELECT 1 AS open FROM offers WHERE (buyer_id = $1 OR seller_id = $1) AND ended_at IS NULL AND due_at > $2 LIMIT 1",
    ),
    (
        Obstacle::Warranty,
        "SELECT 1 AS open FROM orders WHERE seller_id = $1 AND state = 'COMPLETED' \
         AND ended_at + CAST(warranty_days AS bigint) * 86400000 > $2 LIMIT 1",
    ),
    (
        Obstacle::Case,
        "SELECT 1 AS open FROM cases WHERE (buyer_id = $1 OR seller_id = $1) AND closed_at IS NULL LIMIT 1",
    ),
    (
        Obstacle::Balance,
        "SELECT 1 AS open FROM ledger_accounts WHERE owner_id = $1 AND kind = 'AVAILABLE' AND balance > 0",
    ),
    (
        Obstacle::Settling,
        "SELECT 1 AS open FROM ledger_accounts WHERE owner_id = $1 AND kind = 'SETTLING' AND balance > 0",
    ),
    (
        Obstacle::Held,
        "SELECT 1 AS open FROM ledger_accounts WHERE owner_id = $1 AND kind NOT IN ('AVAILABLE', 'SETTLING') AND balance > 0 LIMIT 1",
    ),
    // What lapsed may still be paid as long as we ask.
    (
        Obstacle::Payment,
        "SELECT 1 AS open FROM deposits WHERE user_id = $1 AND (state = 'OPEN' OR ask_at IS NOT NULL) LIMIT 1",
    ),
    // What was paid may still come back as long as we ask.
    (
        Obstacle::Withdrawal,
        "SELECT 1 AS open FROM withdrawals WHERE user_id = $1 AND (ended_at IS NULL OR due_at IS NOT NULL) LIMIT 1",
    ),
    (
        Obstacle::Debt,
        "SELECT 1 AS open FROM debts WHERE (debtor_id = $1 OR creditor_id = $1) AND remaining > 0 LIMIT 1",
    ),
    (
        Obstacle::Freeze,
        "SELECT 1 AS open FROM wallet_freezes WHERE user_id = $1 AND ended_at IS NULL LIMIT 1",
    ),
];

/// Why the account stays.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CloseError {
    /// What he typed is not his username.
    #[error("not his username")]
    NotHisName,
    /// Something is open.
    #[error("open: {0:?}")]
    Open(Vec<Obstacle>),
    /// The house failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// What keeps the caller from closing his account at this moment.
pub async fn obstacles(env: &Env, member: Member) -> Result<Vec<Obstacle>, Fault> {
    let standing = standing::Entity::find_by_id(member.id()).one(env.db()).await?;
    let standing = standing.ok_or_else(|| Fault::internal("a member has no standing"))?;
    open(env.db(), &standing, env.now()).await
}

async fn open<C: ConnectionTrait>(db: &C, standing: &standing::Model, now: Time) -> Result<Vec<Obstacle>, Fault> {
    let of_standing = [
        (Obstacle::Blacklisted, standing.blacklisted),
        (Obstacle::Admin, standing.role == Role::Admin),
    ];
    let mut found: Vec<Obstacle> = of_standing.into_iter().filter(|(_, is)| *is).map(|(what, _)| what).collect();
    for (obstacle, query) in MATTERS {
        let mut values = vec![standing.user_id.into()];
        if query.contains("$2") {
            values.push(now.into());
        }
        if sql::one(db, query, values).await?.is_some() {
            found.push(obstacle);
        }
    }
    Ok(found)
}

/// Closes the caller's account for good, if he types his username and nothing of it is open. Whoever trades with him at the same moment is first
/// or finds it closed: both lock his standing.
pub async fn close(env: &Env, trader: Proven<Trader>, typed: &str) -> Result<(), CloseError> {
    let nobody = rand::random::<[u8; 32]>().map(|byte| format!("{byte:02x}")).concat();
    let hash = env.passwords().hash(&nobody).await.map_err(Fault::from)?;
    let tx = env.begin().await?;
    let (standing, who) = lock(tx.db(), trader.id()).await?;
    if username::key(typed.trim()) != who.username_key {
        return Err(CloseError::NotHisName);
    }
    let open = open(tx.db(), &standing, tx.now()).await?;
    if !open.is_empty() {
        return Err(CloseError::Open(open));
    }
    market::store::take_off(&tx, trader.id()).await?;
    sql::run(tx.db(), "DELETE FROM favourites WHERE user_id = $1", vec![trader.id().into()]).await?;
    wallet::payout_account::erase(&tx, trader.id()).await?;
    account::erase(&tx, who, hash).await?;
    tx.audit(trader.id().0, "user.close", (SubjectKind::User, trader.id().0), &json!({}))
        .await?;
    tx.commit().await?;
    tracing::info!(user = %trader.id(), "account closed");
    Ok(())
}

async fn lock<C: ConnectionTrait>(db: &C, user: UserId) -> Result<(standing::Model, user::Model), Fault> {
    let missing = || Fault::internal("a member has no row");
    // Standing first, as whoever trades: an order that is written locks both parties' users a little, for its references to them.
    let standing = standing::Entity::find_by_id(user).lock_exclusive().one(db).await?;
    let who = user::Entity::find_by_id(user).lock_exclusive().one(db).await?;
    Ok((standing.ok_or_else(missing)?, who.ok_or_else(missing)?))
}
