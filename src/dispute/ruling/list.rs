//! Rulings that need two admins, as admins see them.

use std::collections::{BTreeSet, HashMap};

use entity::{
    case::{self, Model as Case},
    case_ruling::{Column, Entity, Model},
    value::{CaseId, CaseRulingId, UserId},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::{
    account::face::{self, FaceRow},
    kernel::{Env, Fault, policy::Admin},
};

/// A ruling with its case and the faces of those who decided.
#[derive(Debug, Clone)]
pub struct RulingCard {
    /// The ruling.
    pub ruling: Model,
    /// The case.
    pub case: Case,
    /// The first admin.
    pub by: Option<FaceRow>,
    /// The second, if one decided.
    pub decider: Option<FaceRow>,
}

/// The rulings of some cases that waited for a second admin, or wait, oldest first.
pub async fn of(env: &Env, _: Admin, cases: &[CaseId]) -> Result<HashMap<CaseId, Vec<RulingCard>>, Fault> {
    let rows = Entity::find()
        .filter(Column::CaseId.is_in(cases.iter().copied()))
        .order_by_asc(Column::RuledAt)
        .order_by_asc(Column::Id)
        .all(env.db())
        .await?;
    let mut rulings = HashMap::<CaseId, Vec<RulingCard>>::new();
    for card in cards(env, rows).await? {
        rulings.entry(card.case.id).or_default().push(card);
    }
    Ok(rulings)
}

/// One ruling.
pub async fn find(env: &Env, _: Admin, id: CaseRulingId) -> Result<Option<RulingCard>, Fault> {
    let row = Entity::find_by_id(id).one(env.db()).await?;
    Ok(cards(env, row.into_iter().collect()).await?.pop())
}

async fn cards(env: &Env, rows: Vec<Model>) -> Result<Vec<RulingCard>, Fault> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let cases = case::Entity::find().filter(case::Column::Id.is_in(rows.iter().map(|row| row.case_id)));
    let cases: HashMap<CaseId, Case> = cases.all(env.db()).await?.into_iter().map(|case| (case.id, case)).collect();
    let users: BTreeSet<UserId> = rows.iter().flat_map(|row| [Some(row.ruled_by), row.decided_by]).flatten().collect();
    let faces = face::read_all(env.db(), &users.into_iter().collect::<Vec<_>>()).await?;
    let card = |ruling: Model| {
        Some(RulingCard {
            case: cases.get(&ruling.case_id)?.clone(),
            by: faces.get(&ruling.ruled_by).cloned(),
            decider: ruling.decided_by.and_then(|by| faces.get(&by).cloned()),
            ruling,
        })
    };
    Ok(rows.into_iter().filter_map(card).collect())
}
