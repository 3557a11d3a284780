//! Lists of listings.

use entity::value::GameId;

use super::card::{self, Card, List};
use crate::kernel::{
    Env, Fault,
    page::{Ask, Page},
    policy::{Admin, Trader},
};

/// What is on sale, newest first, of one game or of all. Open to everyone; what blacklisted sellers offer is left out.
pub async fn browse(env: &Env, game: Option<GameId>, ask: &Ask) -> Result<Page<Card>, Fault> {
    let of_game = if game.is_some() { " AND l.game_id = $1" } else { "" };
    let list = List {
        condition: format!("l.state = 'ON_SALE' AND NOT s.blacklisted{of_game}"),
        values: game.into_iter().map(Into::into).collect(),
        column: "published_at",
        newest_first: true,
    };
    card::page(env.db(), list, ask).await
}

/// The caller's own listings in every state, newest first.
pub async fn mine(env: &Env, seller: Trader, ask: &Ask) -> Result<Page<Card>, Fault> {
    let list = List {
        condition: "l.seller_id = $1".to_owned(),
        values: vec![seller.id().into()],
        column: "created_at",
        newest_first: true,
    };
    card::page(env.db(), list, ask).await
}

/// What waits for review, the longest waiting first.
pub async fn queue(env: &Env, _right: Admin, ask: &Ask) -> Result<Page<Card>, Fault> {
    let list = List {
        condition: "l.state = 'IN_REVIEW'".to_owned(),
        values: Vec::new(),
        column: "submitted_at",
        newest_first: false,
    };
    card::page(env.db(), list, ask).await
}
