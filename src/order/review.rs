//! Reviews: each party of a completed order says once what the other was like. They are shown when both have, or when the time to write is over.

use entity::{
    kinds::OrderState,
    order,
    review::{ActiveModel, Column, Entity, Model},
    value::{OrderId, Time, UserId},
};
use sea_orm::{ActiveValue::Set, ColumnTrait, DbErr, EntityTrait, FromQueryResult, QueryFilter, QueryResult, Value, sea_query::Expr};

use super::{side::Side, store};
use crate::{
    account::face::{self, FaceRow},
    kernel::{
        Env, Event, Fault,
        page::{Ask, Keyset, Page},
        policy::Trader,
        sql,
        text::{self, TextError},
    },
};

/// Days after completion in which a review can be written.
pub const DAYS: i64 = 7;
/// How long its text may be.
pub const TEXT: usize = 500;

/// Why no review was written.
#[derive(Debug, thiserror::Error)]
pub enum ReviewError {
    /// There is no such order for him.
    #[error("no such order")]
    NotFound,
    /// It is not completed.
    #[error("the order is not completed")]
    NotCompleted,
    /// The time to write is over.
    #[error("the time to write is over")]
    TooLate,
    /// He has written another.
    #[error("he has written one")]
    Already,
    /// Not one to five stars.
    #[error("not one to five stars")]
    Stars,
    /// The text is not taken.
    #[error("text: {0}")]
    Text(#[from] TextError),
    /// The house failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Writes a review of the other party: 1 to 5 stars, and a text of up to [`TEXT`] characters. The same once more changes nothing.
pub async fn review(env: &Env, party: Trader, id: OrderId, stars: i32, raw: &str) -> Result<OrderId, ReviewError> {
    if !(1..=5).contains(&stars) {
        return Err(ReviewError::Stars);
    }
    let body = text::clean_text(raw, 0..=TEXT)?;
    let tx = env.begin().await?;
    let order = store::lock(&tx, id).await?.ok_or(ReviewError::NotFound)?;
    let side = Side::find(&order, party.id()).ok_or(ReviewError::NotFound)?;
    let until = writable_until(&order).ok_or(ReviewError::NotCompleted)?;
    let written = Entity::find()
        .filter(Column::OrderId.eq(id))
        .all(tx.db())
        .await
        .map_err(Fault::from)?;
    if let Some(his) = written.iter().find(|review| review.author_id == party.id()) {
        let same = his.stars == stars && his.body == body;
        return if same { Ok(id) } else { Err(ReviewError::Already) };
    }
    if until <= tx.now() {
        return Err(ReviewError::TooLate);
    }
    let is_second = !written.is_empty();
    if is_second {
        let show = Entity::update_many().col_expr(Column::ShownAt, Expr::value(tx.now()));
        show.filter(Column::OrderId.eq(id)).exec(tx.db()).await.map_err(Fault::from)?;
    }
    let subject: UserId = if side == Side::Bought { order.seller_id } else { order.buyer_id };
    let row = ActiveModel {
        order_id: Set(id),
        author_id: Set(party.id()),
        subject_id: Set(subject),
        as_seller: Set(side == Side::Bought),
        stars: Set(stars),
        body: Set(body),
        created_at: Set(tx.now()),
        shown_at: Set(if is_second { tx.now() } else { until }),
    };
    Entity::insert(row).exec_without_returning(tx.db()).await.map_err(Fault::from)?;
    tx.emit(Event::ReviewWritten {
        order: id,
        author: party.id(),
        subject,
    });
    tx.commit().await?;
    tracing::info!(order = %id, author = %party.id(), stars, "review written");
    Ok(id)
}

/// Until when reviews of an order can be written. None: it is not completed.
#[must_use]
pub fn writable_until(order: &order::Model) -> Option<Time> {
    let ended = order.ended_at.filter(|_| order.state == OrderState::Completed)?;
    Some(ended.plus_days(DAYS))
}

/// What was said of an order, as one of its parties may see it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Said {
    /// His own review.
    pub mine: Option<Model>,
    /// The other's, once it is shown.
    pub other: Option<Model>,
    /// Until when he can write his. None: the order is not completed, or he has.
    pub until: Option<Time>,
}

/// What was said of an order of his. None: he has no part in it.
pub async fn of_order(env: &Env, party: Trader, id: OrderId) -> Result<Option<Said>, Fault> {
    let Some(order) = store::of_party(env.db(), id, party.id()).await? else {
        return Ok(None);
    };
    let rows = Entity::find().filter(Column::OrderId.eq(id)).all(env.db()).await?;
    let (mine, others): (Vec<Model>, Vec<Model>) = rows.into_iter().partition(|row| row.author_id == party.id());
    let mine = mine.into_iter().next();
    let until = writable_until(&order).filter(|until| mine.is_none() && env.now() < *until);
    let other = others.into_iter().find(|row| row.shown_at <= env.now());
    Ok(Some(Said { mine, other, until }))
}

/// A review with the face of whoever wrote it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReviewCard {
    /// What was said.
    pub review: Model,
    /// Who said it.
    pub author: FaceRow,
}

impl FromQueryResult for ReviewCard {
    fn from_query_result(row: &QueryResult, _: &str) -> Result<Self, DbErr> {
        Ok(Self {
            review: Model::from_query_result(row, "r_")?,
            author: FaceRow::from_query_result(row, face::PREFIX)?,
        })
    }
}

impl ReviewCard {
    /// Its place in lists, the last shown first.
    #[must_use]
    pub const fn place(&self) -> Keyset {
        Keyset {
            at: self.review.shown_at,
            id: self.review.order_id.0,
        }
    }
}

/// What others say of a user, as far as it is shown: the last shown first.
pub async fn of_user(env: &Env, user: UserId, ask: &Ask) -> Result<Page<ReviewCard>, Fault> {
    let mut values: Vec<Value> = vec![user.into(), env.now().into()];
    let after = ask.after.map_or("", |Keyset { at, id }| {
        values.extend([Value::from(at), Value::from(id)]);
        " AND (r.shown_at, r.order_id) < ($3, $4)"
    });
    let select = format!(
        "SELECT {}, {} FROM reviews r JOIN users u ON u.id = r.author_id JOIN standing s ON s.user_id = r.author_id \
         WHERE r.subject_id = $1 AND r.shown_at <= $2{after} ORDER BY r.shown_at DESC, r.order_id DESC LIMIT {}",
        sql::columns::<Column>("r"),
        face::COLUMNS,
        ask.limit()
    );
    Ok(ask.cut(sql::all(env.db(), &select, values).await?))
}
