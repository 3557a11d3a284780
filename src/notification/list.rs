//! Reading one's notices.

use entity::{
    notice::{self, Column, Entity},
    value::{NoticeId, Time, UserId},
};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::announcement;
use crate::kernel::{
    Env, Fault,
    page::{Ask, Keyset, Page},
    policy::Member,
    sql,
};

/// Unread notices are counted up to this many.
pub const COUNTED: i64 = 1_000;

/// The member's notices, newest first, and what was announced to everybody among them.
pub async fn list(env: &Env, member: Member, ask: &Ask) -> Result<Page<notice::Model>, Fault> {
    let mut select = Entity::find().filter(Column::UserId.eq(member.id()));
    if let Some(Keyset { at, id }) = ask.after {
        let before = Condition::any()
            .add(Column::CreatedAt.lt(at))
            .add(Condition::all().add(Column::CreatedAt.eq(at)).add(Column::Id.lt(id)));
        select = select.filter(before);
    }
    let mut rows = select
        .order_by_desc(Column::CreatedAt)
        .order_by_desc(Column::Id)
        .limit(ask.limit())
        .all(env.db())
        .await?;
    rows.extend(announcement::as_notices(env, member.id(), ask.after, ask.limit()).await?);
    rows.sort_by_key(|row| std::cmp::Reverse((row.created_at, row.id.0)));
    Ok(ask.cut(rows))
}

/// One of the user's notices, or an announcement that he sees; another's is as good as none.
pub async fn find<C: ConnectionTrait>(db: &C, user: UserId, id: NoticeId, now: Time) -> Result<Option<notice::Model>, Fault> {
    let own = Entity::find_by_id(id).filter(Column::UserId.eq(user));
    match own.one(db).await? {
        Some(own) => Ok(Some(own)),
        None => announcement::as_notice(db, user, id, now).await,
    }
}

/// How many of the user's notices are unread, up to [`COUNTED`].
pub async fn unread<C: ConnectionTrait>(db: &C, user: UserId, now: Time) -> Result<i64, Fault> {
    let count = "SELECT count(*) AS unread FROM (SELECT 1 FROM notices WHERE user_id = $1 AND read_at IS NULL LIMIT $2) AS counted";
    let row = sql::one(db, count, vec![user.into(), COUNTED.into()]).await?;
    let own: i64 = row.ok_or_else(|| Fault::internal("a count gave no row"))?.try_get("", "unread")?;
    Ok((own + announcement::unread(db, user, now).await?).min(COUNTED))
}
