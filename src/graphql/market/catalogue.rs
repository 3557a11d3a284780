//! Games, as clients see them.

use async_graphql::{ComplexObject, Context, ID, Object, Result, SimpleObject};
use entity::{game, game_server, kinds};

use crate::{
    graphql::{context::Ask, id},
    market::{self, GameWithServers, checklist},
};

/// A game of the catalogue.
#[derive(Debug, Clone)]
pub struct Game {
    game: game::Model,
    /// Fetched with it, or on asking.
    servers: Option<Vec<game_server::Model>>,
}

/// A game of the catalogue.
#[Object]
impl Game {
    /// Its id.
    pub async fn id(&self) -> ID {
        id::encode(self.game.id)
    }
    /// Its name in addresses, for good.
    async fn slug(&self) -> &str {
        &self.game.slug
    }
    /// Its name in your language.
    async fn name(&self, ctx: &Context<'_>) -> &str {
        by_locale(ctx, &self.game.name_en, &self.game.name_zh)
    }
    /// Its English name.
    async fn name_en(&self) -> &str {
        &self.game.name_en
    }
    /// Its Chinese name.
    async fn name_zh(&self) -> &str {
        &self.game.name_zh
    }
    /// What a new owner has to bind anew, in the order in which to do it.
    async fn checklist(&self) -> Result<Vec<ChecklistStep>> {
        let steps = checklist::parse(&self.game.checklist)?;
        Ok(steps.into_iter().map(ChecklistStep::from).collect())
    }
    /// Its servers, in their order.
    async fn servers(&self, ctx: &Context<'_>) -> Result<Vec<GameServer>> {
        let servers = match &self.servers {
            Some(servers) => servers.clone(),
            None => market::catalogue::servers_of(ctx.env(), std::slice::from_ref(&self.game)).await?,
        };
        Ok(servers.into_iter().map(GameServer).collect())
    }
}

impl From<GameWithServers> for Game {
    fn from(GameWithServers { game, servers }: GameWithServers) -> Self {
        Self {
            game,
            servers: Some(servers),
        }
    }
}

impl From<game::Model> for Game {
    fn from(game: game::Model) -> Self {
        Self { game, servers: None }
    }
}

/// A server (region) of a game.
#[derive(Debug, Clone)]
pub struct GameServer(pub game_server::Model);

impl From<game_server::Model> for GameServer {
    fn from(server: game_server::Model) -> Self {
        Self(server)
    }
}

/// A server (region) of a game.
#[Object]
impl GameServer {
    /// Its id.
    pub async fn id(&self) -> ID {
        id::encode(self.0.id)
    }
    /// Its name in your language.
    async fn name(&self, ctx: &Context<'_>) -> &str {
        by_locale(ctx, &self.0.name_en, &self.0.name_zh)
    }
    /// Its English name.
    async fn name_en(&self) -> &str {
        &self.0.name_en
    }
    /// Its Chinese name.
    async fn name_zh(&self) -> &str {
        &self.0.name_zh
    }
}

pub(super) fn by_locale<'a>(ctx: &Context<'_>, en: &'a str, zh: &'a str) -> &'a str {
    match ctx.locale() {
        kinds::Locale::En => en,
        kinds::Locale::ZhCn => zh,
    }
}

/// Something that a new owner of a game's account has to bind anew, such as the e-mail address.
#[derive(Debug, Clone, SimpleObject)]
#[graphql(complex)]
pub struct ChecklistStep {
    /// Its name for programs, unique within the game.
    pub key: String,
    /// What to do, in English.
    pub text_en: String,
    /// What to do, in Chinese.
    pub text_zh: String,
}

#[ComplexObject]
impl ChecklistStep {
    /// What to do, in your language.
    async fn text(&self, ctx: &Context<'_>) -> &str {
        by_locale(ctx, &self.text_en, &self.text_zh)
    }
}

impl From<checklist::ChecklistStep> for ChecklistStep {
    fn from(checklist::ChecklistStep { key, en, zh }: checklist::ChecklistStep) -> Self {
        Self {
            key,
            text_en: en,
            text_zh: zh,
        }
    }
}
