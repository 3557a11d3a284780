//! The relay, and notices without the long road to them.

use entity::{
    event,
    kinds::{NoticeKind, QueueKind, SubjectKind},
    outbox,
    value::{AnnouncementId, EventId, NoticeId, UserId},
};
use handover::{
    kernel::{
        Env, Event,
        event::{ALL_STREAM, ForMany, STAFF_STREAM, user_stream},
        policy::System,
    },
    notification::{self, Params, Tell},
    worker,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use super::TestApp;

impl TestApp {
    /// Relays until nothing waits but what waits for an event that failed, here or on another process.
    pub async fn relayed(&self) {
        loop {
            worker::relay(self.env(), System::new()).await.unwrap();
            let waiting = outbox::Entity::find().filter(outbox::Column::DueAt.is_not_null());
            let waiting = waiting.all(self.env().db()).await.unwrap();
            if waiting.is_empty() || waiting.iter().any(|row| row.attempts > 0) {
                return;
            }
            tokio::task::yield_now().await;
        }
    }

    /// Makes `count` notices for a user, each with its commit, and answers their ids in the order of the log.
    pub async fn tells(&self, user: UserId, count: usize) -> Vec<NoticeId> {
        tells(self.env(), user, count).await
    }

    /// Puts something into a log that many hear: everybody's, or the staff's.
    pub async fn moves(&self, stream: &str) {
        let tx = self.env().begin().await.unwrap();
        if stream == ALL_STREAM {
            // Of one that nobody knows it says that it is gone.
            let announcement = AnnouncementId::new();
            tx.publish(ALL_STREAM, Event::ForMany(ForMany::AnnouncementRetracted { announcement }));
        } else {
            tx.publish(STAFF_STREAM, Event::queue_moved(QueueKind::Listings));
        }
        tx.commit().await.unwrap();
    }

    /// The notices of a user as his log tells of them, oldest first.
    pub async fn told(&self, user: UserId) -> Vec<NoticeId> {
        told(self.env(), user).await
    }
}

/// Makes `count` notices for a user, each with its commit.
pub async fn tells(env: &Env, user: UserId, count: usize) -> Vec<NoticeId> {
    let before = told(env, user).await.len();
    for _ in 0..count {
        let tx = env.begin().await.unwrap();
        let tell = Tell {
            event: EventId::new(),
            user,
            kind: NoticeKind::IdentityApproved,
            subject: (SubjectKind::User, user.0),
            params: &Params::new(),
        };
        notification::notify(&tx, &tell).await.unwrap();
        tx.commit().await.unwrap();
    }
    told(env, user).await.split_off(before)
}

/// The notices of a user as his log tells of them, oldest first.
pub async fn told(env: &Env, user: UserId) -> Vec<NoticeId> {
    let rows = event::Entity::find()
        .filter(event::Column::Stream.eq(user_stream(user)))
        .order_by_asc(event::Column::Seq);
    let rows = rows.all(env.db()).await.unwrap();
    let notice = |row: event::Model| match serde_json::from_str(&row.event).unwrap() {
        Event::NoticeCreated { notice, .. } => Some(notice),
        _ => None,
    };
    rows.into_iter().filter_map(notice).collect()
}
