//! Games, as clients see them.

use std::sync::Arc;

use async_graphql::{ComplexObject, Context, Enum, ID, Object, Result, SimpleObject};
use entity::{
    game, game_attribute, game_server, image, kinds,
    value::{GameId, ImageId},
};

use crate::{
    graphql::{batch::Batch, context::Ask, id, media::Image},
    kernel::Fault,
    market::{
        self,
        attribute::{self, Shown},
        checklist,
    },
    media,
};

/// What belongs to the games of one page.
#[derive(Debug)]
pub(in crate::graphql) struct Games {
    servers: Batch<GameId, Vec<game_server::Model>>,
    attributes: Batch<GameId, Vec<game_attribute::Model>>,
    icons: Batch<ImageId, image::Model>,
}

impl Games {
    /// For these games.
    pub fn new<'a>(games: impl Iterator<Item = &'a game::Model> + Clone) -> Arc<Self> {
        let ids = games.clone().map(|game| game.id);
        Arc::new(Self {
            servers: Batch::new(ids.clone()),
            attributes: Batch::new(ids),
            icons: Batch::new(games.filter_map(|game| game.icon_id)),
        })
    }
}

/// A game of the catalogue.
#[derive(Debug, Clone)]
pub struct Game {
    game: game::Model,
    page: Arc<Games>,
}

impl Game {
    /// A game among those of a page.
    pub(in crate::graphql) const fn of_page(game: game::Model, page: Arc<Games>) -> Self {
        Self { game, page }
    }
}

impl From<game::Model> for Game {
    fn from(game: game::Model) -> Self {
        let page = Games::new(std::iter::once(&game));
        Self { game, page }
    }
}

/// A game of the catalogue.
#[Object(serial)]
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
    /// The picture by which people know it. Everybody can see it. Null: it has none.
    async fn icon(&self, ctx: &Context<'_>) -> Result<Option<Image>> {
        let Some(icon) = self.game.icon_id else { return Ok(None) };
        let env = ctx.env();
        let load = |ids: Vec<ImageId>| async move { media::find(env, ids).await };
        Ok(self.page.icons.get(icon, load).await?.map(Image::from))
    }
    /// Other names that people know it by.
    async fn aliases(&self) -> Result<Vec<String>> {
        Ok(serde_json::from_str(&self.game.aliases).map_err(Fault::internal)?)
    }
    /// The fee on a sale, in 1/10,000 of the price, taken from the seller's proceeds.
    async fn fee_basis_points(&self) -> i32 {
        self.game.fee_basis_points
    }
    /// Whether it takes new listings and is shown among the games.
    async fn enabled(&self) -> bool {
        self.game.enabled
    }
    /// Its place in the list.
    async fn position(&self) -> i32 {
        self.game.position
    }
    /// What a new owner has to bind anew, in the order in which to do it.
    async fn checklist(&self) -> Result<Vec<ChecklistStep>> {
        let steps = checklist::parse(&self.game.checklist)?;
        Ok(steps.into_iter().map(ChecklistStep::from).collect())
    }
    /// What it asks of its listings, in the order in which to ask.
    async fn attributes(&self, ctx: &Context<'_>) -> Result<Vec<GameAttribute>> {
        let env = ctx.env();
        let load = |ids: Vec<GameId>| async move { attribute::of_games(env.db(), &ids).await };
        let attributes = self.page.attributes.get(self.game.id, load).await?.unwrap_or_default();
        Ok(attributes.into_iter().map(GameAttribute).collect())
    }
    /// Its servers, in their order.
    async fn servers(&self, ctx: &Context<'_>) -> Result<Vec<GameServer>> {
        let env = ctx.env();
        let load = |ids: Vec<GameId>| async move { market::catalogue::servers_of(env, &ids).await };
        let servers = self.page.servers.get(self.game.id, load).await?.unwrap_or_default();
        Ok(servers.into_iter().map(GameServer).collect())
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
#[Object(serial)]
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
    /// Its place in the list.
    async fn position(&self) -> i32 {
        self.0.position
    }
}

/// What an attribute of a game's listings is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "kinds::AttributeKind")]
pub enum AttributeKind {
    /// One of some choices.
    Choice,
    /// Some of some choices.
    ManyChoice,
    /// A whole number in a range.
    Number,
    /// Yes or no.
    YesNo,
    /// A line of 1 to 100 characters.
    Text,
}

/// Something that a game asks of its listings, such as rank or level.
pub struct GameAttribute(pub(super) game_attribute::Model);

/// Something that a game asks of its listings, such as rank or level.
#[Object(serial)]
impl GameAttribute {
    /// Its name for programs, unique within the game.
    async fn key(&self) -> &str {
        &self.0.key
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
    /// Its place among the game's.
    async fn position(&self) -> i32 {
        self.0.position
    }
    /// What it is.
    async fn kind(&self) -> AttributeKind {
        self.0.kind.into()
    }
    /// Whether it is asked of no new listing any more.
    async fn retired(&self) -> bool {
        self.0.retired
    }
    /// Whether each listing must say it.
    async fn required(&self) -> bool {
        self.0.required
    }
    /// The unit of a number in your language; may be empty.
    async fn unit(&self, ctx: &Context<'_>) -> &str {
        by_locale(ctx, &self.0.unit_en, &self.0.unit_zh)
    }
    /// The unit of a number in English; may be empty.
    async fn unit_en(&self) -> &str {
        &self.0.unit_en
    }
    /// The unit of a number in Chinese; may be empty.
    async fn unit_zh(&self) -> &str {
        &self.0.unit_zh
    }
    /// The least number. Null: it is no number.
    async fn least(&self) -> Option<i32> {
        self.0.least
    }
    /// The most number. Null: it is no number.
    async fn most(&self) -> Option<i32> {
        self.0.most
    }
    /// What can be chosen. Empty: nothing is.
    async fn choices(&self) -> Result<Vec<AttributeChoice>> {
        Ok(attribute::choices(&self.0)?.into_iter().map(AttributeChoice).collect())
    }
}

/// Something that can be chosen for an attribute.
pub struct AttributeChoice(pub(super) attribute::Choice);

/// Something that can be chosen for an attribute.
#[Object(serial)]
impl AttributeChoice {
    /// Its name for programs, unique within the attribute.
    async fn key(&self) -> &str {
        &self.0.key
    }
    /// Its name in your language.
    async fn name(&self, ctx: &Context<'_>) -> &str {
        by_locale(ctx, &self.0.en, &self.0.zh)
    }
    /// Its English name.
    async fn name_en(&self) -> &str {
        &self.0.en
    }
    /// Its Chinese name.
    async fn name_zh(&self) -> &str {
        &self.0.zh
    }
}

/// What a listing says of an attribute of its game.
pub struct ListingAttribute(Shown);

impl From<Shown> for ListingAttribute {
    fn from(shown: Shown) -> Self {
        Self(shown)
    }
}

/// What a listing says of an attribute of its game. What its kind does not ask is null or empty.
#[Object(serial)]
impl ListingAttribute {
    /// The attribute's name for programs.
    async fn key(&self) -> &str {
        &self.0.key
    }
    /// The attribute's name in your language.
    async fn name(&self, ctx: &Context<'_>) -> &str {
        by_locale(ctx, &self.0.en, &self.0.zh)
    }
    /// What the attribute is.
    async fn kind(&self) -> AttributeKind {
        self.0.kind.into()
    }
    /// The unit of a number in your language; may be empty.
    async fn unit(&self, ctx: &Context<'_>) -> &str {
        by_locale(ctx, &self.0.unit_en, &self.0.unit_zh)
    }
    /// What was chosen.
    async fn choices(&self) -> Vec<AttributeChoice> {
        self.0.choices.iter().cloned().map(AttributeChoice).collect()
    }
    /// The number.
    async fn number(&self) -> Option<i32> {
        self.0.number
    }
    /// Yes or no.
    async fn yes(&self) -> Option<bool> {
        self.0.yes
    }
    /// The words.
    async fn text(&self) -> Option<&str> {
        self.0.text.as_deref()
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
#[graphql(serial, complex)]
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
