//! Announcements as everybody sees them: among his notices, from the time when he was here, not taken back, and no older than notices are kept.

use entity::{
    announcement,
    kinds::{NoticeKind, SubjectKind},
    notice,
    value::{EventId, NoticeId, Time, UserId},
};
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult, QueryResult, Value};

use crate::{
    kernel::{Env, Fault, Tx, page::Keyset, policy::Member, sql},
    notification::{KEPT_DAYS, Params},
};

/// An announcement, and when this reader read it.
struct Shown {
    announcement: announcement::Model,
    read_at: Option<Time>,
}

impl FromQueryResult for Shown {
    fn from_query_result(row: &QueryResult, _: &str) -> Result<Self, DbErr> {
        Ok(Self {
            announcement: announcement::Model::from_query_result(row, "a_")?,
            read_at: row.try_get("", "read_at")?,
        })
    }
}

/// Where the announcements for a user are: `$1` is he, `$2` the moment before which nothing is kept.
const FROM: &str = "announcements a JOIN users u ON u.id = $1 LEFT JOIN announcement_reads r ON r.announcement_id = a.id AND r.user_id = $1 \
     WHERE a.retracted_at IS NULL AND a.created_at >= u.created_at AND a.created_at > $2";

fn of(user: UserId, now: Time) -> Vec<Value> {
    vec![user.into(), now.plus_days(-KEPT_DAYS).into()]
}

async fn select<C: ConnectionTrait>(db: &C, user: UserId, more: &str, values: Vec<Value>) -> Result<Vec<notice::Model>, Fault> {
    let columns = sql::columns::<announcement::Column>("a");
    let shown: Vec<Shown> = sql::all(db, &format!("SELECT {columns}, r.read_at AS read_at FROM {FROM}{more}"), values).await?;
    shown.into_iter().map(|shown| notice_of(user, shown)).collect()
}

/// What its reader sees: a notice whose words are its own in each language.
fn notice_of(user: UserId, shown: Shown) -> Result<notice::Model, Fault> {
    let Shown { announcement, read_at } = shown;
    let params: Params = [
        ("title_en", announcement.title_en),
        ("text_en", announcement.text_en),
        ("title_zh", announcement.title_zh),
        ("text_zh", announcement.text_zh),
    ]
    .into_iter()
    .map(|(name, words)| (name.to_owned(), words))
    .collect();
    let id = announcement.id.0;
    Ok(notice::Model {
        id: NoticeId(id),
        user_id: user,
        event_id: EventId(id),
        kind: NoticeKind::Announcement,
        params: serde_json::to_string(&params).map_err(Fault::internal)?,
        subject_kind: SubjectKind::Announcement,
        subject_id: id,
        created_at: announcement.created_at,
        read_at,
    })
}

/// Those before a place, newest first.
pub(in crate::notification) async fn as_notices(
    env: &Env,
    user: UserId,
    before: Option<Keyset>,
    limit: u64,
) -> Result<Vec<notice::Model>, Fault> {
    let mut values = of(user, env.now());
    let mut more = String::new();
    if let Some(Keyset { at, id }) = before {
        values.extend([Value::from(at), Value::from(id)]);
        more.push_str(" AND (a.created_at, a.id) < ($3, $4)");
    }
    more.push_str(&format!(" ORDER BY a.created_at DESC, a.id DESC LIMIT {limit}"));
    select(env.db(), user, &more, values).await
}

/// All that a user still sees, oldest first: for whoever takes his data away with him.
pub async fn all_of(env: &Env, member: Member) -> Result<Vec<notice::Model>, Fault> {
    let values = of(member.id(), env.now());
    select(env.db(), member.id(), " ORDER BY a.created_at, a.id", values).await
}

/// One of them by the id that it has among his notices.
pub(in crate::notification) async fn as_notice<C: ConnectionTrait>(
    db: &C,
    user: UserId,
    id: NoticeId,
    now: Time,
) -> Result<Option<notice::Model>, Fault> {
    let mut values = of(user, now);
    values.push(id.0.into());
    Ok(select(db, user, " AND a.id = $3", values).await?.pop())
}

/// How many of them he has not read.
pub(in crate::notification) async fn unread<C: ConnectionTrait>(db: &C, user: UserId, now: Time) -> Result<i64, Fault> {
    let count = format!("SELECT COUNT(*) AS unread FROM {FROM} AND r.read_at IS NULL");
    let row = sql::one(db, &count, of(user, now)).await?;
    Ok(row.ok_or_else(|| Fault::internal("a count gave no row"))?.try_get("", "unread")?)
}

/// Notes that he read one of them. `false`: there is none, or he had read it.
pub(in crate::notification) async fn read(tx: &Tx, user: UserId, id: NoticeId) -> Result<bool, Fault> {
    let values = vec![Value::from(id.0)];
    Ok(note(tx, user, " AND a.id = $4", values).await? > 0)
}

/// Notes that he read all of them. Answers how many he had not.
pub(in crate::notification) async fn read_all(tx: &Tx, user: UserId) -> Result<u64, Fault> {
    note(tx, user, "", Vec::new()).await
}

async fn note(tx: &Tx, user: UserId, more: &str, also: Vec<Value>) -> Result<u64, Fault> {
    let insert = format!(
        "INSERT INTO announcement_reads (user_id, announcement_id, read_at) SELECT u.id, a.id, $3 FROM {FROM} AND r.read_at IS NULL{more} \
         ON CONFLICT DO NOTHING"
    );
    let mut values = of(user, tx.now());
    values.push(tx.now().into());
    values.extend(also);
    sql::run(tx.db(), &insert, values).await
}
