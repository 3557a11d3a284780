//! Reading one's notices.

use entity::{
    notice::{self, Column, Entity},
    value::{NoticeId, UserId},
};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::kernel::{
    Env, Fault,
    page::{Ask, Keyset, Page},
    policy::Member,
    sql,
};

/// Unread notices are counted up to this many.
pub const COUNTED: i64 = 1_000;

/// The member's notices, newest first.
pub async fn list(env: &Env, member: Member, ask: &Ask) -> Result<Page<notice::Model>, Fault> {
    let mut select = Entity::find().filter(Column::UserId.eq(member.id()));
    if let Some(Keyset { at, id }) = ask.after {
        let before = Condition::any()
            .add(Column::CreatedAt.lt(at))
            .add(Condition::all().add(Column::CreatedAt.eq(at)).add(Column::Id.lt(id)));
        select = select.filter(before);
    }
    let rows = select
        .order_by_desc(Column::CreatedAt)
        .order_by_desc(Column::Id)
        .limit(ask.limit())
        .all(env.db())
        .await?;
    Ok(ask.cut(rows))
}

/// One of the user's notices; another's is as good as none.
pub async fn find<C: ConnectionTrait>(db: &C, user: UserId, id: NoticeId) -> Result<Option<notice::Model>, Fault> {
    let own = Entity::find_by_id(id).filter(Column::UserId.eq(user));
    Ok(own.one(db).await?)
}

/// How many of the user's notices are unread, up to [`COUNTED`].
pub async fn unread<C: ConnectionTrait>(db: &C, user: UserId) -> Result<i64, Fault> {
    let count = "SELECT count(*) AS unread FROM (SELECT 1 FROM notices WHERE user_id = $1 AND read_at IS NULL LIMIT $2) AS counted";
    let row = sql::one(db, count, vec![user.into(), COUNTED.into()]).await?;
    Ok(row.ok_or_else(|| Fault::internal("a count gave no row"))?.try_get("", "unread")?)
}
