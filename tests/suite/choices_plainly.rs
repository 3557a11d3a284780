//! A market looked at plainly: every listing is read, and what is wanted of it is asked one after the other.

use std::collections::BTreeMap;

use entity::{
    game, game_attribute, game_server,
    kinds::{AttributeKind, ListingState},
    listing, listing_attribute,
    value::{GameId, ListingId},
};
use handover::market::{AttributeFilter, Facets, Filter, Sort, attribute, facet::BANDS};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use crate::support::TestApp;

/// All there is, read plainly.
pub struct Market {
    pub game: GameId,
    games: Vec<game::Model>,
    pub servers: Vec<game_server::Model>,
    asked: Vec<game_attribute::Model>,
    pub listings: Vec<listing::Model>,
    said: Vec<listing_attribute::Model>,
}

impl Market {
    pub async fn read(app: &TestApp) -> Self {
        let db = app.env().db();
        let games = game::Entity::find().all(db).await.unwrap();
        let game = games.iter().find(|game| game.slug == "peacekeeper-elite").unwrap().id;
        let servers = game_server::Entity::find().filter(game_server::Column::GameId.eq(game));
        let asked = game_attribute::Entity::find().filter(game_attribute::Column::GameId.eq(game));
        Self {
            game,
            games,
            servers: servers.all(db).await.unwrap(),
            asked: asked.all(db).await.unwrap(),
            listings: listing::Entity::find().all(db).await.unwrap(),
            said: listing_attribute::Entity::find().all(db).await.unwrap(),
        }
    }

    pub fn attribute(&self, key: &str) -> &game_attribute::Model {
        self.asked.iter().find(|asked| asked.key == key).unwrap()
    }

    /// The key of its choice of this number.
    pub fn choice(&self, key: &str, number: usize) -> String {
        attribute::choices(self.attribute(key)).unwrap()[number].key.clone()
    }

    fn says(&self, listing: ListingId, wanted: &AttributeFilter) -> bool {
        let asked = self.attribute(&wanted.key).id;
        let mut its = self
            .said
            .iter()
            .filter(|row| row.listing_id == listing && row.attribute_id == asked);
        its.any(|row| {
            let chosen = wanted.choices.is_empty() || row.choice.as_ref().is_some_and(|choice| wanted.choices.contains(choice));
            let enough = wanted.from.is_none_or(|from| row.number.is_some_and(|number| number >= from));
            let little = wanted.to.is_none_or(|to| row.number.is_some_and(|number| number <= to));
            chosen && enough && little && wanted.yes.is_none_or(|yes| row.flag == Some(yes))
        })
    }

    fn found(&self, filter: &Filter) -> Vec<&listing::Model> {
        let meant = |listing: &&listing::Model| {
            listing.state == ListingState::OnSale
                && filter.game.is_none_or(|game| listing.game_id == game)
                && filter.server.is_none_or(|server| listing.server_id == server)
                && filter.seller.is_none_or(|seller| listing.seller_id == seller)
                && filter.from.is_none_or(|from| listing.price >= from)
                && filter.to.is_none_or(|to| listing.price <= to)
                && filter.negotiable.is_none_or(|negotiable| listing.negotiable == negotiable)
                && filter.attributes.iter().all(|wanted| self.says(listing.id, wanted))
        };
        self.listings.iter().filter(meant).collect()
    }

    pub fn sorted(&self, filter: &Filter, sort: Sort) -> Vec<ListingId> {
        let mut found = self.found(filter);
        found.sort_by_key(|listing| match sort {
            Sort::Newest => (listing.published_at.unwrap().0, listing.id),
            Sort::Cheapest | Sort::Dearest => (listing.price.0, listing.id),
            Sort::Popular => (listing.views, listing.id),
        });
        if sort != Sort::Cheapest {
            found.reverse();
        }
        found.into_iter().map(|listing| listing.id).collect()
    }

    fn counted(&self, filter: &Filter, test: impl Fn(&listing::Model) -> bool) -> i64 {
        let found = self.found(filter).into_iter().filter(|listing| test(listing)).count();
        i64::try_from(found).unwrap()
    }

    /// The counts of all facets, none left out and in no order.
    pub fn facets(&self, filter: &Filter) -> BTreeMap<String, i64> {
        let mut facets = BTreeMap::new();
        let elsewhere = Filter {
            game: None,
            server: None,
            attributes: Vec::new(),
            ..filter.clone()
        };
        for game in &self.games {
            facets.insert(
                format!("game {}", game.id),
                self.counted(&elsewhere, |listing| listing.game_id == game.id),
            );
        }
        let anywhere = Filter {
            server: None,
            ..filter.clone()
        };
        for server in &self.servers {
            let there = self.counted(&anywhere, |listing| listing.server_id == server.id);
            facets.insert(format!("server {}", server.id), there);
        }
        let at_any_price = Filter {
            from: None,
            to: None,
            ..filter.clone()
        };
        for band in 0..=BANDS.len() {
            let within = |listing: &listing::Model| BANDS.iter().filter(|end| **end <= listing.price).count() == band;
            facets.insert(format!("price {band}"), self.counted(&at_any_price, within));
        }
        for asked in &self.asked {
            let mut whatever = filter.clone();
            whatever.attributes.retain(|wanted| wanted.key != asked.key);
            for (name, wanted) in others(asked) {
                facets.insert(name, self.counted(&whatever, |listing| self.says(listing.id, &wanted)));
            }
        }
        facets.retain(|_, count| *count > 0);
        facets
    }
}

/// What else could be wanted of an attribute, each with its facet's name.
fn others(asked: &game_attribute::Model) -> Vec<(String, AttributeFilter)> {
    let key = &asked.key;
    let answer = |yes| (format!("{key} {yes}"), answers(key, yes));
    match asked.kind {
        AttributeKind::YesNo => vec![answer(true), answer(false)],
        AttributeKind::Choice | AttributeKind::ManyChoice => {
            let choices = attribute::choices(asked).unwrap().into_iter();
            choices
                .map(|choice| (format!("{key} {}", choice.key), chooses(key, &[choice.key])))
                .collect()
        }
        AttributeKind::Number | AttributeKind::Text => Vec::new(),
    }
}

/// The counts that the house gives, but for those of nothing.
pub fn named(told: Facets) -> BTreeMap<String, i64> {
    let mut facets = BTreeMap::new();
    facets.extend(told.games.into_iter().map(|(game, count)| (format!("game {game}"), count)));
    facets.extend(told.servers.into_iter().map(|(server, count)| (format!("server {server}"), count)));
    facets.extend(
        (0..)
            .zip(told.prices)
            .map(|(band, count): (usize, i64)| (format!("price {band}"), count)),
    );
    for (key, choices) in told.attributes {
        facets.extend(choices.into_iter().map(|(choice, count)| (format!("{key} {choice}"), count)));
    }
    for (key, yes, no) in told.answers {
        facets.extend([(format!("{key} true"), yes), (format!("{key} false"), no)]);
    }
    facets.retain(|_, count| *count > 0);
    facets
}

pub fn chooses(key: &str, choices: &[String]) -> AttributeFilter {
    AttributeFilter {
        key: key.to_owned(),
        choices: choices.to_vec(),
        ..AttributeFilter::default()
    }
}

pub fn answers(key: &str, yes: bool) -> AttributeFilter {
    AttributeFilter {
        key: key.to_owned(),
        yes: Some(yes),
        ..AttributeFilter::default()
    }
}
