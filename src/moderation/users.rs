//! What admins see of a user, and how they find him.

use std::collections::HashMap;

use entity::{
    audit,
    kinds::{IdentityState, OrderState, Role, SubjectKind},
    value::{Money, Time, UserId},
};
use sea_orm::{ColumnTrait, DbErr, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QueryResult, Value};

use crate::{
    account::{
        face::{self, FaceRow},
        username,
    },
    kernel::{
        Env, Fault,
        page::{Ask, Keyset, Page},
        policy::Admin,
        sql,
        text::{TextError, clean_line},
    },
    standing,
};

/// Characters of a search.
pub const WORDS: usize = 100;

/// Which users an admin wants to see.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filter {
    /// This one.
    pub id: Option<UserId>,
    /// Whose username, nickname or mail address begins so, cleaned.
    pub words: Option<String>,
    /// Who is on the blacklist; `false`: who is not.
    pub blacklisted: Option<bool>,
    /// Whose wallet is frozen; `false`: whose is not.
    pub frozen: Option<bool>,
    /// Who is an admin; `false`: who is not.
    pub admin: Option<bool>,
}

/// A user with what an admin sees at a glance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UserCard {
    /// Who.
    pub face: FaceRow,
    /// The name he signs in with.
    pub username: String,
    /// His mail address.
    pub email: String,
    /// When he signed up.
    pub created_at: Time,
    /// Trader or admin.
    pub role: Role,
    /// Whether his real name is verified.
    pub verified: bool,
    /// Whether he is on the blacklist.
    pub blacklisted: bool,
    /// Why.
    pub blacklist_reason: Option<String>,
    /// When he closed his account.
    pub closed_at: Option<Time>,
    /// Where his verification stands; none: he handed none in.
    pub identity: Option<IdentityState>,
    /// What he owes, to users and to the platform.
    pub owes: Money,
}

impl FromQueryResult for UserCard {
    fn from_query_result(row: &QueryResult, _: &str) -> Result<Self, DbErr> {
        Ok(Self {
            face: FaceRow::from_query_result(row, face::PREFIX)?,
            username: row.try_get("", "username")?,
            email: row.try_get("", "email")?,
            created_at: row.try_get("", "created_at")?,
            role: row.try_get("", "role")?,
            verified: row.try_get("", "verified")?,
            blacklisted: row.try_get("", "blacklisted")?,
            blacklist_reason: row.try_get("", "blacklist_reason")?,
            closed_at: row.try_get("", "closed_at")?,
            identity: row.try_get("", "identity")?,
            owes: row.try_get("", "owes")?,
        })
    }
}

impl UserCard {
    /// His place in the list.
    #[must_use]
    pub const fn place(&self) -> Keyset {
        Keyset {
            at: self.created_at,
            id: self.face.id.0,
        }
    }
}

fn select(condition: &str) -> String {
    format!(
        "SELECT {}, u.username, u.email, u.created_at, s.role, s.verified, s.blacklisted, s.blacklist_reason, s.closed_at, i.state AS identity, \
         (SELECT CAST(COALESCE(SUM(d.remaining), 0) AS bigint) FROM debts d WHERE d.debtor_id = u.id AND d.remaining > 0) AS owes \
         FROM users u JOIN standing s ON s.user_id = u.id LEFT JOIN identities i ON i.user_id = u.id {condition}",
        face::COLUMNS
    )
}

/// What to search for, cleaned.
pub fn parse_words(raw: &str) -> Result<String, TextError> {
    clean_line(raw, 1..=WORDS)
}

/// The users that a filter lets through, whoever signed up last first.
pub async fn list(env: &Env, _: Admin, filter: &Filter, ask: &Ask) -> Result<Page<UserCard>, Fault> {
    let mut values: Vec<Value> = Vec::new();
    let mut condition = "WHERE 1 = 1".to_owned();
    let mut add = |text: &str, value: Value| {
        values.push(value);
        condition.push_str(&text.replace('?', &format!("${}", values.len())));
    };
    if let Some(id) = filter.id {
        add(" AND u.id = ?", id.into());
    }
    if let Some(words) = &filter.words {
        add(" AND (u.username_key LIKE ? ESCAPE '\\'", prefix(&username::key(words)).into());
        add(" OR u.email_key LIKE ? ESCAPE '\\'", prefix(&words.to_lowercase()).into());
        add(" OR lower(u.nickname) LIKE lower(?) ESCAPE '\\')", prefix(words).into());
    }
    if let Some(Keyset { at, id }) = ask.after {
        add(" AND (u.created_at, u.id) < (?", at.into());
        add(", ?)", id.into());
    }
    condition.push_str(match filter.blacklisted {
        Some(true) => " AND s.blacklisted",
        Some(false) => " AND NOT s.blacklisted",
        None => "",
    });
    condition.push_str(match filter.admin {
        Some(true) => " AND s.role = 'ADMIN'",
        Some(false) => " AND s.role <> 'ADMIN'",
        None => "",
    });
    condition.push_str(match filter.frozen {
        Some(true) => " AND EXISTS (SELECT 1 FROM wallet_freezes f WHERE f.user_id = u.id AND f.ended_at IS NULL)",
        Some(false) => " AND NOT EXISTS (SELECT 1 FROM wallet_freezes f WHERE f.user_id = u.id AND f.ended_at IS NULL)",
        None => "",
    });
    condition.push_str(&format!(" ORDER BY u.created_at DESC, u.id DESC LIMIT {}", ask.limit()));
    Ok(ask.cut(sql::all(env.db(), &select(&condition), values).await?))
}

/// One user. None: there is no such user.
pub async fn find(env: &Env, _: Admin, user: UserId) -> Result<Option<UserCard>, Fault> {
    Ok(sql::all(env.db(), &select("WHERE u.id = $1"), vec![user.into()]).await?.pop())
}

/// What `LIKE` takes for a text that begins so.
fn prefix(text: &str) -> String {
    let mut pattern = String::new();
    for letter in text.chars() {
        if matches!(letter, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(letter);
    }
    pattern + "%"
}

/// How many orders somebody has, and what became of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct OrderCounts {
    /// That run, on either side.
    pub running: i64,
    /// That he bought and that completed.
    pub bought: i64,
    /// That he sold and that completed.
    pub sold: i64,
    /// That he bought and that were cancelled or left unpaid.
    pub bought_cancelled: i64,
    /// That he sold and that were cancelled or left unpaid.
    pub sold_cancelled: i64,
    /// That he sold and of whose price he did not have all: refunded or divided.
    pub sold_returned: i64,
}

#[derive(FromQueryResult)]
struct Counted {
    user_id: UserId,
    buys: bool,
    state: OrderState,
    count: i64,
}

/// The same of some users, in one statement.
pub async fn orders(env: &Env, _: Admin, users: &[UserId]) -> Result<HashMap<UserId, OrderCounts>, Fault> {
    if users.is_empty() {
        return Ok(HashMap::new());
    }
    let places = sql::places(1, users.len());
    let select = format!(
        "SELECT buyer_id AS user_id, TRUE AS buys, state, COUNT(*) AS count FROM orders WHERE buyer_id IN ({places}) GROUP BY buyer_id, state \
         UNION ALL \
         SELECT seller_id AS user_id, FALSE AS buys, state, COUNT(*) AS count FROM orders WHERE seller_id IN ({places}) GROUP BY seller_id, state"
    );
    let rows: Vec<Counted> = sql::all(env.db(), &select, users.iter().map(|user| (*user).into()).collect()).await?;
    let mut counts = HashMap::<UserId, OrderCounts>::new();
    for row in rows {
        let of = counts.entry(row.user_id).or_default();
        let place = match (row.state, row.buys) {
            (OrderState::Completed, true) => &mut of.bought,
            (OrderState::Completed, false) => &mut of.sold,
            (OrderState::Cancelled, true) => &mut of.bought_cancelled,
            (OrderState::Cancelled, false) => &mut of.sold_cancelled,
            (OrderState::Refunded | OrderState::Split, false) => &mut of.sold_returned,
            (OrderState::Refunded | OrderState::Split, true) => continue,
            (
                OrderState::AwaitingPayment
                | OrderState::Paid
                | OrderState::Delivered
                | OrderState::ReturnRequested
                | OrderState::ReturnInspection
                | OrderState::InDispute,
                _,
            ) => &mut of.running,
        };
        *place += row.count;
    }
    Ok(counts)
}

/// A decision that put somebody on the blacklist or took him off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decided {
    /// Whether it put him on.
    pub listed: bool,
    /// Who decided; none: the operator.
    pub by: Option<FaceRow>,
    /// Why.
    pub reason: String,
    /// When.
    pub at: Time,
}

/// The decisions about some users, newest first.
pub async fn decisions(env: &Env, _: Admin, users: &[UserId]) -> Result<HashMap<UserId, Vec<Decided>>, Fault> {
    let rows = audit::Entity::find()
        .filter(audit::Column::SubjectKind.eq(SubjectKind::User))
        .filter(audit::Column::SubjectId.is_in(users.iter().map(|user| user.0)))
        .filter(audit::Column::Action.is_in(standing::blacklist::ACTIONS))
        .order_by_desc(audit::Column::At)
        .order_by_desc(audit::Column::Id)
        .all(env.db())
        .await?;
    let admins: Vec<UserId> = rows.iter().map(|row| UserId(row.actor_id)).collect();
    let faces = if admins.is_empty() {
        HashMap::new()
    } else {
        face::read_all(env.db(), &admins).await?
    };
    let mut found = HashMap::<UserId, Vec<Decided>>::new();
    for row in rows {
        let detail: serde_json::Value = serde_json::from_str(&row.detail).map_err(Fault::internal)?;
        found.entry(UserId(row.subject_id)).or_default().push(Decided {
            listed: row.action == standing::blacklist::ACTIONS[0],
            by: faces.get(&UserId(row.actor_id)).cloned(),
            reason: detail["reason"].as_str().unwrap_or_default().to_owned(),
            at: row.at,
        });
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_search_means_what_it_says() {
        assert_eq!(prefix("50%_\\x"), "50\\%\\_\\\\x%");
        assert_eq!(parse_words("  bob "), Ok("bob".to_owned()));
        assert_eq!(parse_words(" "), Err(TextError::TooShort));
    }
}
