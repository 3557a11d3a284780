//! What clients look for in the market.

use async_graphql::{Context, Enum, ID, InputObject, Object, Result, SimpleObject};

use super::{
    Game, GameServer,
    catalogue::{AttributeChoice, GameAttribute, Games},
};
use crate::{
    graphql::{
        context::Ask,
        errors::Failure,
        id,
        scalars::{Decimal, Money},
    },
    market::{
        self, AttributeFilter, Facets, Filter, attribute,
        facet::{BANDS, MOST},
    },
};

/// What you look for. What is left out does not matter.
#[derive(InputObject, Default)]
pub struct ListingFilterInput {
    /// Of this game.
    pub game_id: Option<ID>,
    /// On this server.
    pub server_id: Option<ID>,
    /// Of this seller.
    pub seller_id: Option<ID>,
    /// At this price or above, in CNY.
    pub price_from: Option<Decimal>,
    /// At this price or below, in CNY.
    pub price_to: Option<Decimal>,
    /// Whose sellers listen to offers, or do not.
    pub negotiable: Option<bool>,
    /// With all these words, Chinese or English, up to 100 characters: in the title, the game's names, the server or the attributes. The first 8
    /// words count.
    pub words: Option<String>,
    /// That say this of their game's attributes, all of it. A game or server must be chosen.
    pub attributes: Option<Vec<AttributeFilterInput>>,
}

/// What a listing must say of one attribute. Fill in what the attribute's kind allows, and nothing else.
#[derive(InputObject)]
pub struct AttributeFilterInput {
    /// The attribute's key.
    pub key: String,
    /// Keys of choices, of which the listing has one.
    #[graphql(default)]
    pub choices: Vec<String>,
    /// This number or more.
    pub from: Option<i32>,
    /// This number or less.
    pub to: Option<i32>,
    /// Yes or no.
    pub yes: Option<bool>,
}

impl ListingFilterInput {
    /// The filter, for the market.
    pub(super) fn read(&self) -> Result<Filter, Failure> {
        let attributes = self.attributes.as_deref().unwrap_or_default();
        Ok(Filter {
            game: self.game_id.as_ref().map(id::decode).transpose()?,
            server: self.server_id.as_ref().map(id::decode).transpose()?,
            seller: self.seller_id.as_ref().map(id::decode).transpose()?,
            from: self.price_from.map(|price| price.0),
            to: self.price_to.map(|price| price.0),
            negotiable: self.negotiable,
            words: self.words.clone(),
            attributes: attributes.iter().map(AttributeFilter::from).collect(),
        })
    }
}

impl From<&AttributeFilterInput> for AttributeFilter {
    fn from(input: &AttributeFilterInput) -> Self {
        Self {
            key: input.key.clone(),
            choices: input.choices.clone(),
            from: input.from,
            to: input.to,
            yes: input.yes,
        }
    }
}

/// In which order listings are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "market::Sort")]
pub enum ListingSortBy {
    /// The newest first.
    Newest,
    /// The cheapest first.
    Cheapest,
    /// The dearest first.
    Dearest,
    /// The most looked at first. Views grow while you page, so one may come twice.
    Popular,
}

/// In which order listings are shown.
#[derive(InputObject)]
pub struct ListingSortInput {
    /// By what.
    pub by: ListingSortBy,
}

/// How many listings there would be with another choice, all else as you filter. Counted up to 1,000, and told again for ten seconds.
pub struct ListingFacets {
    facets: Facets,
    games: Vec<GameFacet>,
    servers: Vec<ServerFacet>,
    attributes: Vec<AttributeFacet>,
}

/// How many listings there would be with another choice, all else as you filter. Counted up to 1,000, and told again for ten seconds.
#[Object]
impl ListingFacets {
    /// With another game, whatever its server and attributes. Games with none are left out.
    async fn games(&self) -> &[GameFacet] {
        &self.games
    }
    /// With another server of the chosen game. Servers with none are left out; empty without a game.
    async fn servers(&self) -> &[ServerFacet] {
        &self.servers
    }
    /// In each price band, the cheapest first.
    async fn prices(&self) -> Vec<PriceFacet> {
        let band = |(at, n): (usize, &i64)| PriceFacet {
            from: at.checked_sub(1).and_then(|before| BANDS.get(before)).map(|from| (*from).into()),
            below: BANDS.get(at).map(|below| (*below).into()),
            count: Count::from(*n),
        };
        self.facets.prices.iter().enumerate().map(band).collect()
    }
    /// With another choice or answer of each attribute of the chosen game that has choices, or is answered by yes or no. Empty without a game.
    async fn attributes(&self) -> &[AttributeFacet] {
        &self.attributes
    }
}

/// How many.
#[derive(Debug, Clone, Copy, SimpleObject)]
#[graphql(serial, name = "FacetCount")]
pub struct Count {
    /// How many: 0 to 1,000.
    pub count: i32,
    /// Whether there are more than 1,000.
    pub more: bool,
}

impl From<i64> for Count {
    fn from(n: i64) -> Self {
        Self {
            count: i32::try_from(n.min(MOST)).unwrap_or_default(),
            more: n > MOST,
        }
    }
}

/// How many listings a game would have.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct GameFacet {
    /// The game.
    pub game: Game,
    /// How many.
    pub count: Count,
}

/// How many listings a server would have.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct ServerFacet {
    /// The server.
    pub server: GameServer,
    /// How many.
    pub count: Count,
}

/// How many listings there are in a price band.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct PriceFacet {
    /// From this price. Null: from the least.
    pub from: Option<Money>,
    /// Below this price. Null: without end.
    pub below: Option<Money>,
    /// How many.
    pub count: Count,
}

/// How many listings an attribute's choices would have, or its answers.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct AttributeFacet {
    /// The attribute.
    pub attribute: GameAttribute,
    /// Its choices that have any.
    pub choices: Vec<ChoiceFacet>,
    /// How many say yes. Null: it is not answered by yes or no.
    pub yes: Option<Count>,
    /// How many say no. Null: it is not answered by yes or no.
    pub no: Option<Count>,
}

/// How many listings a choice would have.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct ChoiceFacet {
    /// The choice.
    pub choice: AttributeChoice,
    /// How many.
    pub count: Count,
}

impl ListingFacets {
    /// Counts what a filter finds.
    pub(super) async fn count(ctx: &Context<'_>, filter: &Filter) -> Result<Self, Failure> {
        let env = ctx.env();
        let facets = market::facets(env, filter).await?;
        let games: Vec<_> = facets.games.iter().map(|(game, _)| *game).collect();
        let mut known = market::catalogue::games_by_id(env, &games).await?;
        let page = Games::new(known.values());
        let games = facets.games.iter().filter_map(|(game, n)| {
            let game = Game::of_page(known.remove(game)?, std::sync::Arc::clone(&page));
            Some(GameFacet { game, count: (*n).into() })
        });
        let games = games.collect();
        let servers: Vec<_> = facets.servers.iter().map(|(server, _)| *server).collect();
        let mut known = market::catalogue::servers_by_id(env, &servers).await?;
        let servers = facets.servers.iter().filter_map(|(server, n)| {
            let server = GameServer(known.remove(server)?);
            Some(ServerFacet {
                server,
                count: (*n).into(),
            })
        });
        let servers = servers.collect();
        Ok(Self {
            attributes: attributes(ctx, filter, &facets).await?,
            games,
            servers,
            facets,
        })
    }
}

async fn attributes(ctx: &Context<'_>, filter: &Filter, facets: &Facets) -> Result<Vec<AttributeFacet>, Failure> {
    if facets.attributes.is_empty() && facets.answers.is_empty() {
        return Ok(Vec::new());
    }
    let asked = market::facet::asked(ctx.env(), filter).await?;
    let mut shown = Vec::new();
    for attribute in asked {
        let counted = facets.attributes.iter().find(|(key, _)| *key == attribute.key);
        let answered = facets.answers.iter().find(|(key, ..)| *key == attribute.key);
        if counted.is_none() && answered.is_none() {
            continue;
        }
        let known = attribute::choices(&attribute)?;
        let choice = |(key, n): &(String, i64)| {
            let choice = known.iter().find(|choice| choice.key == *key)?;
            Some(ChoiceFacet {
                choice: AttributeChoice(choice.clone()),
                count: (*n).into(),
            })
        };
        shown.push(AttributeFacet {
            choices: counted.into_iter().flat_map(|(_, counted)| counted).filter_map(choice).collect(),
            yes: answered.map(|(_, yes, _)| Count::from(*yes)),
            no: answered.map(|(_, _, no)| Count::from(*no)),
            attribute: GameAttribute(attribute),
        });
    }
    Ok(shown)
}
