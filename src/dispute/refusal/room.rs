//! The room of a mediation: buyer, seller and an admin.

use entity::{
    case::Model,
    case_message::{self, Column, Entity},
    kinds::{CaseStep, SubjectKind},
    value::{CaseId, CaseMessageId, UserId},
};
use sea_orm::{ColumnTrait, Condition, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};
use serde::Serialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{RefusalError, hold, place, state::Place};
use crate::{
    dispute::{claim::is_party, store, timeline},
    kernel::{
        Claim, Env, Fault, Tx,
        page::{Ask, Page},
        policy::{self, Actor, Admin, Trader},
        text::clean_text,
    },
    order::Side,
};

/// Characters of a message.
pub const TEXT: std::ops::RangeInclusive<usize> = 1..=2_000;
/// How many messages one person writes in a room at most.
pub const MESSAGES: usize = 500;

/// Who speaks: a party, or the admin who claimed the case.
#[derive(Debug, Clone, Copy)]
pub enum Speaker {
    /// The buyer or the seller.
    Party(Trader),
    /// An admin.
    Admin(Admin),
}

impl Speaker {
    /// Who he is.
    #[must_use]
    pub const fn id(&self) -> UserId {
        match self {
            Self::Party(party) => party.id(),
            Self::Admin(admin) => admin.id(),
        }
    }
}

/// Whoever asks, as he speaks in the room of this case: a party always as a party, another only as an admin.
pub async fn speaker(env: &Env, actor: &Actor, id: CaseId) -> Result<Speaker, RefusalError> {
    let trader = policy::trader(actor).map_err(|_| RefusalError::NotFound)?;
    let case = store::get(env.db(), id).await?.ok_or(RefusalError::NotFound)?;
    if is_party(&case, trader.id()) {
        return Ok(Speaker::Party(trader));
    }
    policy::admin(actor).map(Speaker::Admin).map_err(|_| RefusalError::NotFound)
}

/// The case, held for somebody who may speak in its room: from the begin of the mediation until the case ends. With the side of a party.
pub(super) async fn enter(tx: &Tx, speaker: Speaker, id: CaseId) -> Result<(Model, Option<Side>), RefusalError> {
    let (case, side) = match speaker {
        Speaker::Party(party) => {
            let (case, side) = hold::for_party(tx, party, id).await?;
            (case, Some(side))
        }
        Speaker::Admin(admin) => (hold::for_admin(tx, admin, id).await?, None),
    };
    match place(&case)? {
        Place::Mediation | Place::FinalRuling => Ok((case, side)),
        Place::Gathering | Place::InReview | Place::Damaged | Place::Intact | Place::Closed => Err(RefusalError::WrongState),
    }
}

/// Writes down what an admin did in the room; parties leave their words alone.
pub(super) async fn on_record(tx: &Tx, speaker: Speaker, case: &Model, action: &str, detail: &Value) -> Result<(), Fault> {
    match speaker {
        Speaker::Party(_) => Ok(()),
        Speaker::Admin(admin) => tx.audit(admin.id().0, action, (SubjectKind::Case, case.id.0), detail).await,
    }
}

/// A message that is to be written.
#[derive(Debug, Clone, Serialize)]
pub struct Say {
    /// In which case.
    pub case: CaseId,
    /// What: 1 to 2,000 characters.
    pub text: String,
    /// His idempotency key.
    #[serde(skip)]
    pub key: Uuid,
}

/// Writes a message. The same key answers the same one.
pub async fn say(env: &Env, speaker: Speaker, ask: &Say) -> Result<CaseMessageId, RefusalError> {
    let text = clean_text(&ask.text, TEXT).map_err(|why| RefusalError::Text { field: "text", why })?;
    let tx = env.begin().await?;
    let id = match tx.claim(speaker.id(), "caseMessageSend", ask.key, ask).await? {
        Claim::First(id) => CaseMessageId(id),
        Claim::Repeat(id) => return Ok(CaseMessageId(id)),
        Claim::UsedForOther => return Err(RefusalError::KeyReused),
    };
    let (case, _) = enter(&tx, speaker, ask.case).await?;
    let said = Entity::find()
        .filter(Column::CaseId.eq(case.id))
        .filter(Column::AuthorId.eq(speaker.id()));
    if said.count(tx.db()).await.map_err(Fault::from)? >= MESSAGES as u64 {
        return Err(RefusalError::TooMany(MESSAGES));
    }
    let row = case_message::Model {
        id,
        case_id: case.id,
        author_id: speaker.id(),
        body: text,
        created_at: tx.now(),
    };
    let insert = Entity::insert(row.into_active_model()).exec_without_returning(tx.db());
    insert.await.map_err(Fault::from)?;
    timeline::append(&tx, &case, CaseStep::MessageSent, Some(speaker.id())).await?;
    on_record(&tx, speaker, &case, "case_message", &json!({ "message": id })).await?;
    tx.commit().await?;
    Ok(id)
}

/// The messages of a case, newest first. Whoever asks is a party, or the admin who has taken it.
pub async fn messages(env: &Env, case: CaseId, ask: &Ask) -> Result<Page<case_message::Model>, Fault> {
    let mut rows = Entity::find()
        .filter(Column::CaseId.eq(case))
        .order_by_desc(Column::CreatedAt)
        .order_by_desc(Column::Id)
        .limit(ask.limit());
    if let Some(place) = ask.after {
        let earlier = Condition::all().add(Column::CreatedAt.eq(place.at)).add(Column::Id.lt(place.id));
        rows = rows.filter(Condition::any().add(Column::CreatedAt.lt(place.at)).add(earlier));
    }
    Ok(ask.cut(rows.all(env.db()).await?))
}

/// Everything that was said in a case, the first first, for its file.
pub async fn all(env: &Env, case: CaseId) -> Result<Vec<case_message::Model>, Fault> {
    let rows = Entity::find()
        .filter(Column::CaseId.eq(case))
        .order_by_asc(Column::CreatedAt)
        .order_by_asc(Column::Id);
    Ok(rows.all(env.db()).await?)
}
