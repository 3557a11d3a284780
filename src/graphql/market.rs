//! Games and listings, as clients see them.

use async_graphql::{Context, Enum, ID, InputObject, Object, Result};
use entity::{
    game, game_server, image, kinds,
    value::{GameId, ImageId, ListingId},
};

use super::{
    auth::{Auth, Need, Open, auth},
    connection::{Connection, ask, connection},
    context::Ask,
    errors::{Failure, FieldCode, payload},
    id,
    media::Image,
    scalars::{DateTime, Decimal, Money, Uuid},
    user::User,
};
use crate::{
    kernel::{
        Env,
        page::{Keyset, Page},
        policy,
    },
    market::{self, Card, Draft, GameWithServers},
    payload_type,
};

/// Where a listing stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "kinds::ListingState")]
pub enum ListingState {
    /// Waits for an admin.
    InReview,
    /// Can be bought.
    OnSale,
    /// Not for sale.
    OffShelf,
    /// Refused by an admin, with a reason.
    Rejected,
    /// Somebody bought it and the order runs.
    Reserved,
    /// Sold.
    Sold,
}

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
    async fn id(&self) -> ID {
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

/// A server (region) of a game.
#[Object]
impl GameServer {
    /// Its id.
    async fn id(&self) -> ID {
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

fn by_locale<'a>(ctx: &Context<'_>, en: &'a str, zh: &'a str) -> &'a str {
    match ctx.locale() {
        kinds::Locale::En => en,
        kinds::Locale::ZhCn => zh,
    }
}

/// An account offered for sale.
#[derive(Debug, Clone)]
pub struct Listing {
    card: Card,
    /// Fetched for a whole page when the selection asks for them.
    images: Option<Vec<image::Model>>,
}

/// An account offered for sale.
#[Object]
impl Listing {
    /// Its id.
    async fn id(&self) -> ID {
        id::encode(self.card.listing.id)
    }
    /// Its title: 4 to 80 characters.
    async fn title(&self) -> &str {
        &self.card.listing.title
    }
    /// What the buyer should know: 10 to 5,000 characters, plain text.
    async fn description(&self) -> &str {
        &self.card.listing.description
    }
    /// The asking price.
    async fn price(&self) -> Money {
        self.card.listing.price.into()
    }
    /// Of which game.
    async fn game(&self) -> Game {
        self.card.game.clone().into()
    }
    /// On which server.
    async fn server(&self) -> GameServer {
        GameServer(self.card.server.clone())
    }
    /// Its images, 1 to 9; the first is the cover.
    async fn images(&self, ctx: &Context<'_>) -> Result<Vec<Image>> {
        let images = match &self.images {
            Some(images) => images.clone(),
            None => {
                let id = self.card.listing.id;
                market::images_of(ctx.env(), &[id]).await?.remove(&id).unwrap_or_default()
            }
        };
        Ok(images.into_iter().map(Image::from).collect())
    }
    /// Its first image.
    async fn cover(&self) -> Image {
        self.card.cover.clone().into()
    }
    /// Who sells it.
    async fn seller(&self, ctx: &Context<'_>) -> User {
        User::new(ctx, self.card.seller.clone())
    }
    /// Where it stands.
    async fn state(&self) -> ListingState {
        self.card.listing.state.into()
    }
    /// Raised by each change of what is sold; name the one you saw when you buy or decide.
    async fn version(&self) -> i32 {
        i32::try_from(self.card.listing.version).unwrap_or(i32::MAX)
    }
    /// Hours within which the seller promises to deliver: 1 to 48.
    async fn delivery_hours(&self) -> i32 {
        self.card.listing.delivery_hours
    }
    /// Days in which a recovery can be claimed: 7, 14, 30 or 90.
    async fn warranty_days(&self) -> i32 {
        self.card.listing.warranty_days
    }
    /// Why an admin refused it. Null for others than its seller and admins.
    async fn reject_reason(&self, ctx: &Context<'_>) -> Option<&str> {
        let reason = self.card.listing.reject_reason.as_deref();
        reason.filter(|_| market::find::is_insider(ctx.actor(), &self.card.listing))
    }
    /// When it was made.
    async fn created_at(&self) -> DateTime {
        DateTime(self.card.listing.created_at)
    }
    /// When it was last approved.
    async fn published_at(&self) -> Option<DateTime> {
        self.card.listing.published_at.map(DateTime)
    }
}

impl From<Card> for Listing {
    fn from(card: Card) -> Self {
        Self { card, images: None }
    }
}

impl Listing {
    /// The listing, if the caller may see it; else `NOT_FOUND`.
    pub async fn find(ctx: &Context<'_>, id: ListingId) -> Result<Self, Failure> {
        let card = market::find_visible(ctx.env(), ctx.actor(), id).await?;
        card.map(Self::from).ok_or(Failure::Field(FieldCode::NotFound))
    }
}

/// A page of cards as a connection, with their images if the selection asks for them.
async fn page(ctx: &Context<'_>, page: Page<Card>, after: bool, place: fn(&Card) -> Keyset) -> Result<Connection<Listing>> {
    let wanted = ctx.look_ahead();
    let wanted = wanted.field("nodes").field("images").exists() || wanted.field("edges").field("node").field("images").exists();
    let images = if wanted { images(ctx.env(), &page).await? } else { None };
    Ok(connection(page, after, place, |card| Listing {
        images: images
            .as_ref()
            .map(|images| images.get(&card.listing.id).cloned().unwrap_or_default()),
        card,
    }))
}

type Images = std::collections::HashMap<ListingId, Vec<image::Model>>;

async fn images(env: &Env, page: &Page<Card>) -> Result<Option<Images>, Failure> {
    let ids: Vec<ListingId> = page.rows.iter().map(|card| card.listing.id).collect();
    Ok(Some(market::images_of(env, &ids).await?))
}

/// An account to offer for sale.
#[derive(InputObject)]
pub struct ListingCreateInput {
    /// Of which game.
    pub game_id: ID,
    /// On which server of that game.
    pub server_id: ID,
    /// One line of 4 to 80 characters.
    pub title: String,
    /// Plain text of 10 to 5,000 characters.
    pub description: String,
    /// The asking price, 1.00 to 200,000.00 CNY.
    pub price: Decimal,
    /// Hours within which you promise to deliver: 1 to 48.
    #[graphql(default = 24)]
    pub delivery_hours: i32,
    /// Days in which a recovery can be claimed: 7, 14, 30 or 90.
    #[graphql(default = 30)]
    pub warranty_days: i32,
    /// Ids of 1 to 9 images that you uploaded for a listing and have not used; the first is the cover.
    pub image_ids: Vec<ID>,
    /// Made by you for this one listing: sending it again answers the same listing.
    pub idempotency_key: Uuid,
}

impl ListingCreateInput {
    fn draft(&self) -> Result<Draft, Failure> {
        let images: Result<Vec<ImageId>, Failure> = self.image_ids.iter().map(id::decode).collect();
        Ok(Draft {
            game: id::decode(&self.game_id)?,
            server: id::decode(&self.server_id)?,
            title: self.title.clone(),
            description: self.description.clone(),
            price: self.price.0,
            delivery_hours: self.delivery_hours,
            warranty_days: self.warranty_days,
            images: images?,
        })
    }
}

payload_type! {
    /// What `listingCreate` answers.
    ListingCreatePayload {
        /// The listing, now in review.
        listing: Listing
    }
}

/// Queries about games and listings.
#[derive(Default)]
pub struct MarketQuery;

#[Object]
impl MarketQuery {
    /// The games that are traded here, in their order.
    #[graphql(guard = "Open")]
    async fn games(&self, ctx: &Context<'_>) -> Result<Option<Vec<Game>>> {
        let games = market::games(ctx.env()).await?;
        Ok(Some(games.into_iter().map(Game::from).collect()))
    }

    /// What is on sale, newest first.
    #[graphql(guard = "Open")]
    async fn listings(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many: 1 to 100, default 20.")] first: Option<i32>,
        #[graphql(desc = "After this cursor of the same list.")] after: Option<String>,
        #[graphql(desc = "Of this game only.")] game_id: Option<ID>,
    ) -> Result<Option<Connection<Listing>>> {
        let ask = ask(first, after.as_deref())?;
        let game: Option<GameId> = game_id.as_ref().map(id::decode).transpose()?;
        let rows = market::browse(ctx.env(), game, &ask).await?;
        Ok(Some(page(ctx, rows, after.is_some(), Card::published_place).await?))
    }

    /// One listing. What was never on sale or is off the shelf is `NOT_FOUND` for others than its seller and admins.
    #[graphql(guard = "Open")]
    async fn listing(&self, ctx: &Context<'_>, #[graphql(desc = "Its id.")] id: ID) -> Result<Option<Listing>> {
        Ok(Some(Listing::find(ctx, id::decode(&id)?).await?))
    }

    /// Your own listings in every state, newest first.
    #[graphql(guard = "Auth(Need::Trader)", directive = auth::apply(Need::Trader))]
    async fn my_listings(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many: 1 to 100, default 20.")] first: Option<i32>,
        #[graphql(desc = "After this cursor of the same list.")] after: Option<String>,
    ) -> Result<Option<Connection<Listing>>> {
        let seller = policy::trader(ctx.actor())?;
        let rows = market::mine(ctx.env(), seller, &ask(first, after.as_deref())?).await?;
        Ok(Some(page(ctx, rows, after.is_some(), Card::created_place).await?))
    }

    /// What waits for review, the longest waiting first.
    #[graphql(guard = "Auth(Need::Admin)", directive = auth::apply(Need::Admin))]
    async fn review_queue(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many: 1 to 100, default 20.")] first: Option<i32>,
        #[graphql(desc = "After this cursor of the same list.")] after: Option<String>,
    ) -> Result<Option<Connection<Listing>>> {
        let admin = policy::admin(ctx.actor())?;
        let rows = market::queue(ctx.env(), admin, &ask(first, after.as_deref())?).await?;
        Ok(Some(page(ctx, rows, after.is_some(), Card::submitted_place).await?))
    }
}

/// Mutations of listings by their sellers.
#[derive(Default)]
pub struct MarketMutation;

#[Object]
impl MarketMutation {
    /// Offers an account for sale. An admin looks at it first. At most 200 listings that are neither sold nor rejected.
    #[graphql(guard = "Auth(Need::Verified)", directive = auth::apply(Need::Verified))]
    async fn listing_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The listing to be reviewed.")] input: ListingCreateInput,
    ) -> Result<Option<ListingCreatePayload>> {
        let made = create(ctx, &input).await;
        payload(ctx, made.map(Listing::from))
    }
}

async fn create(ctx: &Context<'_>, input: &ListingCreateInput) -> Result<Card, Failure> {
    let seller = policy::verified(ctx.actor())?;
    Ok(market::create(ctx.env(), seller, input.idempotency_key.0, &input.draft()?).await?)
}
