//! Admins keep the catalogue.

use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object, Result};
use entity::value::GameId;

use super::{
    Game, GameServer,
    catalogue::{AttributeKind, GameAttribute, Games},
};
use crate::{
    graphql::{
        auth::{Auth, Need, auth},
        context::Ask,
        errors::{Failure, payload},
        id,
    },
    kernel::policy,
    market::{
        attribute,
        catalogue::{
            self,
            save_attribute::{self, AttributeChange},
            save_game::{self, GameChange},
            save_server::{self, ServerChange},
        },
        checklist,
    },
    payload_type,
};

/// A step of a game's checklist.
#[derive(InputObject)]
pub struct ChecklistStepInput {
    /// Its name for programs, unique within the game: 1 to 40 small letters, digits and underscores.
    pub key: String,
    /// What to do, in English: 1 to 200 characters.
    pub text_en: String,
    /// What to do, in Chinese: 1 to 200 characters.
    pub text_zh: String,
}

/// What to change in a game. What is left out or null stays as it is, but for the icon; a new game has a fee of 5 % and is switched off.
#[derive(InputObject)]
pub struct GameChangeInput {
    /// Its English name: 1 to 60 characters. A new game must have one.
    pub name_en: Option<String>,
    /// Its Chinese name: 1 to 60 characters. A new game must have one.
    pub name_zh: Option<String>,
    /// All other names that people know it by: up to 20 of 1 to 40 characters.
    pub aliases: Option<Vec<String>>,
    /// The fee on a sale, in 1/10,000 of the price: 0 to 3,000. For orders from now on.
    pub fee_basis_points: Option<i32>,
    /// Its place in the list: 0 to 100,000.
    pub position: Option<i32>,
    /// Whether it takes new listings and is shown.
    pub enabled: Option<bool>,
    /// All that a new owner has to bind anew, in order: up to 20 steps. A step that listings name cannot go.
    pub checklist: Option<Vec<ChecklistStepInput>>,
    /// An image that you uploaded as a game's icon. Null takes the icon away; leave it out to keep it.
    pub icon_id: MaybeUndefined<ID>,
}

impl GameChangeInput {
    fn change(&self) -> Result<GameChange, Failure> {
        let step = |step: &ChecklistStepInput| checklist::ChecklistStep {
            key: step.key.clone(),
            en: step.text_en.clone(),
            zh: step.text_zh.clone(),
        };
        let icon = match &self.icon_id {
            MaybeUndefined::Undefined => None,
            MaybeUndefined::Null => Some(None),
            MaybeUndefined::Value(image) => Some(Some(id::decode(image)?)),
        };
        Ok(GameChange {
            en: self.name_en.clone(),
            zh: self.name_zh.clone(),
            aliases: self.aliases.clone(),
            fee_basis_points: self.fee_basis_points,
            position: self.position,
            enabled: self.enabled,
            checklist: self.checklist.as_ref().map(|steps| steps.iter().map(step).collect()),
            icon,
        })
    }
}

/// A game to add.
#[derive(InputObject)]
pub struct GameCreateInput {
    /// Its name in addresses, for good: 2 to 40 small letters, digits and hyphens.
    pub slug: String,
    /// What it is like.
    pub change: GameChangeInput,
}

/// A game and what to change in it.
#[derive(InputObject)]
pub struct GameUpdateInput {
    /// Which game.
    pub id: ID,
    /// What to change.
    pub change: GameChangeInput,
}

/// What to change in a server. What is left out or null stays as it is.
#[derive(InputObject)]
pub struct GameServerChangeInput {
    /// Its English name: 1 to 60 characters. A new server must have one.
    pub name_en: Option<String>,
    /// Its Chinese name: 1 to 60 characters. A new server must have one.
    pub name_zh: Option<String>,
    /// Its place in the list: 0 to 100,000.
    pub position: Option<i32>,
}

impl GameServerChangeInput {
    fn change(&self) -> ServerChange {
        ServerChange {
            en: self.name_en.clone(),
            zh: self.name_zh.clone(),
            position: self.position,
        }
    }
}

/// A server to add to a game.
#[derive(InputObject)]
pub struct GameServerCreateInput {
    /// To which game.
    pub game_id: ID,
    /// What it is like.
    pub change: GameServerChangeInput,
}

/// A server and what to change in it.
#[derive(InputObject)]
pub struct GameServerUpdateInput {
    /// Which server.
    pub id: ID,
    /// What to change.
    pub change: GameServerChangeInput,
}

/// Something that can be chosen.
#[derive(InputObject)]
pub struct AttributeChoiceInput {
    /// Its name for programs, unique within the attribute: 1 to 40 small letters, digits and underscores.
    pub key: String,
    /// Its English name: 1 to 60 characters.
    pub name_en: String,
    /// Its Chinese name: 1 to 60 characters.
    pub name_zh: String,
}

/// What to change in an attribute. What is left out or null stays as it is.
#[derive(InputObject)]
pub struct GameAttributeChangeInput {
    /// Its English name: 1 to 60 characters. A new attribute must have one.
    pub name_en: Option<String>,
    /// Its Chinese name: 1 to 60 characters. A new attribute must have one.
    pub name_zh: Option<String>,
    /// Whether each new listing must say it.
    pub required: Option<bool>,
    /// The unit of a number in English: up to 20 characters.
    pub unit_en: Option<String>,
    /// The unit of a number in Chinese: up to 20 characters.
    pub unit_zh: Option<String>,
    /// The least number; a number must have one. Where listings say the attribute it only becomes less.
    pub least: Option<i32>,
    /// The most number; a number must have one. Where listings say the attribute it only becomes more.
    pub most: Option<i32>,
    /// All that can be chosen: 2 to 60. What listings have chosen cannot go.
    pub choices: Option<Vec<AttributeChoiceInput>>,
    /// Its place among the game's: 0 to 100,000.
    pub position: Option<i32>,
    /// Whether it is asked of no new listing any more. Those that say it keep it.
    pub retired: Option<bool>,
}

impl GameAttributeChangeInput {
    fn change(&self) -> AttributeChange {
        let choice = |choice: &AttributeChoiceInput| attribute::Choice {
            key: choice.key.clone(),
            en: choice.name_en.clone(),
            zh: choice.name_zh.clone(),
        };
        AttributeChange {
            en: self.name_en.clone(),
            zh: self.name_zh.clone(),
            required: self.required,
            unit_en: self.unit_en.clone(),
            unit_zh: self.unit_zh.clone(),
            least: self.least,
            most: self.most,
            choices: self.choices.as_ref().map(|choices| choices.iter().map(choice).collect()),
            position: self.position,
            retired: self.retired,
        }
    }
}

/// Something to ask of a game's listings.
#[derive(InputObject)]
pub struct GameAttributeCreateInput {
    /// Of which game.
    pub game_id: ID,
    /// Its name for programs, for good and unique within the game: 1 to 40 small letters, digits and underscores.
    pub key: String,
    /// What it is, for good.
    pub kind: AttributeKind,
    /// What it is like.
    pub change: GameAttributeChangeInput,
}

/// An attribute and what to change in it.
#[derive(InputObject)]
pub struct GameAttributeUpdateInput {
    /// Of which game.
    pub game_id: ID,
    /// Its name for programs.
    pub key: String,
    /// What to change.
    pub change: GameAttributeChangeInput,
}

payload_type! {
    /// What `gameCreate` answers.
    GameCreatePayload {
        /// The game, switched off unless you said otherwise.
        game: Game
    }
}
payload_type! {
    /// What `gameUpdate` answers.
    GameUpdatePayload {
        /// The game as it is now.
        game: Game
    }
}
payload_type! {
    /// What `gameServerCreate` answers.
    GameServerCreatePayload {
        /// The server.
        server: GameServer
    }
}
payload_type! {
    /// What `gameServerUpdate` answers.
    GameServerUpdatePayload {
        /// The server as it is now.
        server: GameServer
    }
}
payload_type! {
    /// What `gameAttributeCreate` answers.
    GameAttributeCreatePayload {
        /// The attribute.
        attribute: GameAttribute
    }
}
payload_type! {
    /// What `gameAttributeUpdate` answers.
    GameAttributeUpdatePayload {
        /// The attribute as it is now.
        attribute: GameAttribute
    }
}

/// Queries by those who keep the catalogue.
#[derive(Default)]
pub struct CatalogueQuery;

#[Object]
impl CatalogueQuery {
    /// All games, switched on or not, in their order.
    #[graphql(guard = "Auth(Need::Admin)", directive = auth::apply(Need::Admin))]
    async fn catalogue(&self, ctx: &Context<'_>) -> Result<Option<Vec<Game>>> {
        let admin = policy::admin(ctx.actor())?;
        let games = catalogue::all_games(ctx.env(), admin).await?;
        let page = Games::new(games.iter());
        let game = |game| Game::of_page(game, std::sync::Arc::clone(&page));
        Ok(Some(games.into_iter().map(game).collect()))
    }
}

/// Mutations by those who keep the catalogue.
#[derive(Default)]
pub struct CatalogueMutation;

#[Object]
impl CatalogueMutation {
    /// Adds a game.
    #[graphql(guard = "Auth(Need::Admin)", directive = auth::apply(Need::Admin))]
    async fn game_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The game.")] input: GameCreateInput,
    ) -> Result<Option<GameCreatePayload>> {
        payload(ctx, create_game(ctx, &input).await)
    }

    /// Changes a game: names, icon, aliases, fee, place, switch, checklist.
    #[graphql(guard = "Auth(Need::Admin)", directive = auth::apply(Need::Admin))]
    async fn game_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which game, and what to change.")] input: GameUpdateInput,
    ) -> Result<Option<GameUpdatePayload>> {
        payload(ctx, update_game(ctx, &input).await)
    }

    /// Adds a server to a game.
    #[graphql(guard = "Auth(Need::Admin)", directive = auth::apply(Need::Admin))]
    async fn game_server_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The server.")] input: GameServerCreateInput,
    ) -> Result<Option<GameServerCreatePayload>> {
        payload(ctx, create_server(ctx, &input).await)
    }

    /// Changes a server.
    #[graphql(guard = "Auth(Need::Admin)", directive = auth::apply(Need::Admin))]
    async fn game_server_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which server, and what to change.")] input: GameServerUpdateInput,
    ) -> Result<Option<GameServerUpdatePayload>> {
        payload(ctx, update_server(ctx, &input).await)
    }

    /// Adds something to ask of a game's listings.
    #[graphql(guard = "Auth(Need::Admin)", directive = auth::apply(Need::Admin))]
    async fn game_attribute_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The attribute.")] input: GameAttributeCreateInput,
    ) -> Result<Option<GameAttributeCreatePayload>> {
        payload(ctx, create_attribute(ctx, &input).await)
    }

    /// Changes what is asked of a game's listings. What they say stays what it is.
    #[graphql(guard = "Auth(Need::Admin)", directive = auth::apply(Need::Admin))]
    async fn game_attribute_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which attribute, and what to change.")] input: GameAttributeUpdateInput,
    ) -> Result<Option<GameAttributeUpdatePayload>> {
        payload(ctx, update_attribute(ctx, &input).await)
    }
}

async fn create_game(ctx: &Context<'_>, input: &GameCreateInput) -> Result<Game, Failure> {
    let admin = policy::admin(ctx.actor())?;
    let change = input.change.change()?;
    Ok(save_game::create_game(ctx.env(), admin, &input.slug, &change).await?.into())
}

async fn update_game(ctx: &Context<'_>, input: &GameUpdateInput) -> Result<Game, Failure> {
    let admin = policy::admin(ctx.actor())?;
    let id = id::decode(&input.id)?;
    Ok(save_game::update_game(ctx.env(), admin, id, &input.change.change()?).await?.into())
}

async fn create_server(ctx: &Context<'_>, input: &GameServerCreateInput) -> Result<GameServer, Failure> {
    let admin = policy::admin(ctx.actor())?;
    let game = id::decode(&input.game_id)?;
    Ok(save_server::create_server(ctx.env(), admin, game, &input.change.change())
        .await?
        .into())
}

async fn update_server(ctx: &Context<'_>, input: &GameServerUpdateInput) -> Result<GameServer, Failure> {
    let admin = policy::admin(ctx.actor())?;
    let id = id::decode(&input.id)?;
    Ok(save_server::update_server(ctx.env(), admin, id, &input.change.change())
        .await?
        .into())
}

async fn create_attribute(ctx: &Context<'_>, input: &GameAttributeCreateInput) -> Result<GameAttribute, Failure> {
    let admin = policy::admin(ctx.actor())?;
    let game: GameId = id::decode(&input.game_id)?;
    let change = input.change.change();
    let made = save_attribute::create_attribute(ctx.env(), admin, (game, &input.key), input.kind.into(), &change).await;
    Ok(GameAttribute(made?))
}

async fn update_attribute(ctx: &Context<'_>, input: &GameAttributeUpdateInput) -> Result<GameAttribute, Failure> {
    let admin = policy::admin(ctx.actor())?;
    let game: GameId = id::decode(&input.game_id)?;
    let changed = save_attribute::update_attribute(ctx.env(), admin, (game, &input.key), &input.change.change()).await;
    Ok(GameAttribute(changed?))
}
