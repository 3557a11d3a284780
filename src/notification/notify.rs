//! Tells a user something.

use std::collections::BTreeMap;

use entity::{
    kinds::{NoticeKind, SubjectKind},
    notice,
    value::{EventId, NoticeId, UserId},
};
use sea_orm::{ActiveValue::Set, EntityTrait, sea_query::OnConflict};
use uuid::Uuid;

use super::mail;
use crate::kernel::{Event, Fault, Tx};

/// The facts that a notice's words need, by name.
pub type Params = BTreeMap<String, String>;

/// What to tell.
pub struct Tell<'a> {
    /// The event that caused it.
    pub event: EventId,
    /// To whom.
    pub user: UserId,
    /// What.
    pub kind: NoticeKind,
    /// About what.
    pub subject: (SubjectKind, Uuid),
    /// The facts for its words. No names of users, no secrets.
    pub params: &'a Params,
}

/// Makes the notice, and of an important one a mail if its reader wants that. Of one event a user hears one kind once, however often it is
/// told.
pub async fn notify(tx: &Tx, tell: &Tell<'_>) -> Result<(), Fault> {
    let id = NoticeId::new();
    let row = notice::ActiveModel {
        id: Set(id),
        user_id: Set(tell.user),
        event_id: Set(tell.event),
        kind: Set(tell.kind),
        params: Set(serde_json::to_string(tell.params).map_err(Fault::internal)?),
        subject_kind: Set(tell.subject.0),
        subject_id: Set(tell.subject.1),
        created_at: Set(tx.now()),
        read_at: Set(None),
    };
    let once = OnConflict::columns([notice::Column::EventId, notice::Column::UserId, notice::Column::Kind])
        .do_nothing()
        .to_owned();
    let made = notice::Entity::insert(row)
        .on_conflict(once)
        .exec_without_returning(tx.db())
        .await?;
    if made == 0 {
        return Ok(());
    }
    if mail::is_mailed(tx, tell.kind, tell.user).await? {
        mail::enqueue(tx, id).await?;
    }
    tx.emit(Event::NoticeCreated {
        notice: id,
        user: tell.user,
    });
    Ok(())
}
