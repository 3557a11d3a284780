//! What admins see of the real names that wait for them: little until one of them takes one, and each look at a photograph is on record.

use std::collections::HashMap;

use entity::{
    identity::{self, Column},
    image,
    kinds::{IdentityState, SubjectKind},
    value::{Time, UserId},
};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::Expr};
use serde_json::json;

use super::{
    face::{self, FaceRow},
    identity::{name_place, number_place, open},
    verify_identity::is_claimed,
};
use crate::{
    kernel::{
        Env, Fault, Secret,
        claim::{self, Claimed},
        page::{Ask, Keyset, Page},
        policy::Admin,
    },
    media,
};

/// A verification, with those who have to do with it.
#[derive(Debug, Clone)]
pub struct Review {
    /// The row.
    pub row: identity::Model,
    /// Whose.
    pub owner: FaceRow,
    /// Who looks at it at present.
    pub claimer: Option<FaceRow>,
}

impl Review {
    /// Its place in the queue.
    #[must_use]
    pub const fn place(&self) -> Keyset {
        Keyset {
            at: self.row.submitted_at,
            id: self.row.user_id.0,
        }
    }
}

/// What only the admin who took it sees.
#[derive(Clone)]
pub struct Opened {
    /// The whole name.
    pub name: Secret,
    /// The whole number.
    pub number: Secret,
    /// The photograph of the card.
    pub card: image::Model,
    /// The photograph of the person with the card.
    pub person: image::Model,
    /// The other accounts that brought this number, and where theirs stand.
    pub others: Vec<(FaceRow, IdentityState)>,
}

/// The verifications that wait, the longest waiting first.
pub async fn queue(env: &Env, admin: Admin, claimed: Option<Claimed>, ask: &Ask) -> Result<Page<Review>, Fault> {
    // As it stands in the index of those that wait.
    let mut rows = identity::Entity::find().filter(Expr::cust("state = 'PENDING'"));
    rows = rows.filter(claim::filter(
        claimed,
        (Column::ClaimedBy, Column::ClaimedAt),
        admin.id(),
        env.now(),
    ));
    if let Some(Keyset { at, id }) = ask.after {
        let as_old = Condition::all().add(Column::SubmittedAt.eq(at)).add(Column::UserId.gt(UserId(id)));
        rows = rows.filter(Condition::any().add(Column::SubmittedAt.gt(at)).add(as_old));
    }
    let rows = rows
        .order_by_asc(Column::SubmittedAt)
        .order_by_asc(Column::UserId)
        .limit(ask.limit());
    let page = ask.cut(rows.all(env.db()).await?);
    let more = page.more;
    Ok(Page {
        rows: with_faces(env, page.rows).await?,
        more,
    })
}

/// One user's verification, waiting or decided.
pub async fn review(env: &Env, _: Admin, user: UserId) -> Result<Option<Review>, Fault> {
    let row = identity::Entity::find_by_id(user).one(env.db()).await?;
    Ok(with_faces(env, row.into_iter().collect()).await?.pop())
}

async fn with_faces(env: &Env, rows: Vec<identity::Model>) -> Result<Vec<Review>, Fault> {
    let now = env.now();
    let claimer = |row: &identity::Model| row.claimed_by.filter(|_| is_claimed(row, now));
    let mut ids: Vec<UserId> = rows.iter().flat_map(|row| [Some(row.user_id), claimer(row)]).flatten().collect();
    ids.sort_unstable();
    ids.dedup();
    let faces = if ids.is_empty() {
        HashMap::new()
    } else {
        face::read_all(env.db(), &ids).await?
    };
    let with = |row: identity::Model| {
        Some(Review {
            owner: faces.get(&row.user_id)?.clone(),
            claimer: claimer(&row).and_then(|id| faces.get(&id).cloned()),
            row,
        })
    };
    Ok(rows.into_iter().filter_map(with).collect())
}

/// Opens a verification for the admin who took it. `None`: he has not, or it is decided.
pub async fn opened(env: &Env, admin: Admin, review: &Review) -> Result<Option<Opened>, Fault> {
    let row = &review.row;
    let his = row.state == IdentityState::Pending && row.claimed_by == Some(admin.id()) && is_claimed(row, env.now());
    let (Some(card), Some(person)) = (row.card_id.filter(|_| his), row.person_id) else {
        return Ok(None);
    };
    let mut images = media::find(env, [card, person]).await?;
    let (Some(card), Some(person)) = (images.remove(&card), images.remove(&person)) else {
        return Ok(None);
    };
    Ok(Some(Opened {
        name: open(env, &name_place(row.user_id), &row.name_sealed)?.into(),
        number: open(env, &number_place(row.user_id), &row.number_sealed)?.into(),
        card,
        person,
        others: others(env, row).await?,
    }))
}

/// Who else brought this number.
async fn others(env: &Env, row: &identity::Model) -> Result<Vec<(FaceRow, IdentityState)>, Fault> {
    let same = identity::Entity::find()
        .filter(Column::NumberIndex.eq(row.number_index.clone()))
        .filter(Column::UserId.ne(row.user_id))
        .order_by_asc(Column::SubmittedAt)
        .all(env.db())
        .await?;
    if same.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<UserId> = same.iter().map(|row| row.user_id).collect();
    let mut faces = face::read_all(env.db(), &ids).await?;
    Ok(same
        .into_iter()
        .filter_map(|row| Some((faces.remove(&row.user_id)?, row.state)))
        .collect())
}

/// A photograph by its file's key, for the admin who took the verification. The look is on record before it is answered.
pub async fn photo(env: &Env, admin: Admin, file_key: &str) -> Result<Option<image::Model>, Fault> {
    let Some(image) = media::store::by_key(env.db(), file_key).await? else {
        return Ok(None);
    };
    if !media::sealed::is_sealed(image.purpose) {
        return Ok(None);
    }
    let tx = env.begin().await?;
    let claimed = identity::Entity::find_by_id(image.owner_id)
        .filter(Column::State.eq(IdentityState::Pending))
        .filter(Column::ClaimedBy.eq(admin.id()))
        .filter(Column::ClaimedAt.gt(claimed_since(tx.now())))
        .filter(Condition::any().add(Column::CardId.eq(image.id)).add(Column::PersonId.eq(image.id)));
    if claimed.one(tx.db()).await?.is_none() {
        return Ok(None);
    }
    let detail = json!({ "photo": image.purpose });
    tx.audit(admin.id().0, "identity.look", (SubjectKind::User, image.owner_id.0), &detail)
        .await?;
    tx.commit().await?;
    Ok(Some(image))
}

fn claimed_since(now: Time) -> Time {
    claim::lapsed(now)
}
