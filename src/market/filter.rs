//! What somebody looks for, as a condition of a statement.

use entity::{
    game_attribute,
    kinds::AttributeKind,
    value::{AttributeId, GameId, Money, ServerId, UserId},
};
use sea_orm::Value;
use serde::Serialize;

use super::{attribute, browse::BrowseError, search, store};
use crate::{
    account::face,
    kernel::{Env, Fault, sql, text::clean_line},
};

/// Characters of the words that are searched for.
pub const WORDS: std::ops::RangeInclusive<usize> = 0..=100;
/// A word that so many listings have is looked for along the list's own index; one that fewer have begins with those.
pub(super) const RARE: u64 = 2_000;

/// What somebody looks for.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Filter {
    /// Of this game only.
    pub game: Option<GameId>,
    /// Of this server only.
    pub server: Option<ServerId>,
    /// Of this seller only.
    pub seller: Option<UserId>,
    /// At this price or above.
    pub from: Option<Money>,
    /// At this price or below.
    pub to: Option<Money>,
    /// Whose sellers listen to offers, or do not.
    pub negotiable: Option<bool>,
    /// With all these words.
    pub words: Option<String>,
    /// That say this of their game's attributes. A game or a server must be chosen.
    pub attributes: Vec<AttributeFilter>,
}

/// What a listing must say of one attribute.
#[derive(Debug, Clone, Default, Serialize)]
pub struct AttributeFilter {
    /// The attribute's name for programs.
    pub key: String,
    /// One of these choices. Empty: any.
    pub choices: Vec<String>,
    /// This number or more.
    pub from: Option<i32>,
    /// This number or less.
    pub to: Option<i32>,
    /// Yes or no.
    pub yes: Option<bool>,
}

/// A filter whose names have been looked up.
#[derive(Debug, Clone)]
pub(super) struct Resolved {
    filter: Filter,
    /// The game that is meant, by itself or by its server.
    pub game: Option<GameId>,
    /// What that game asks, if that was looked up.
    pub asked: Vec<game_attribute::Model>,
    attributes: Vec<(AttributeId, AttributeFilter)>,
    words: Words,
}

/// The words that are searched for.
#[derive(Debug, Clone)]
enum Words {
    /// None were asked for.
    Any,
    /// There is no word in what was asked for, or nothing has them all.
    None,
    /// The rarest first; whether it is rare enough to begin with.
    All(Vec<String>, bool),
}

/// What a count leaves out of its filter, to say how many there would be with another choice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Except {
    Nothing,
    Game,
    Server,
    Price,
    Attribute(AttributeId),
}

/// The parts of a statement over the listings `l`.
#[derive(Debug, Default)]
pub(super) struct Parts {
    /// What stands before the select.
    pub with: String,
    /// Where the listings are found.
    pub from: String,
    /// What the rows must meet.
    pub condition: String,
    /// What the placeholders stand for.
    pub values: Vec<Value>,
}

/// Looks the filter's names up. A game or server that does not exist is told apart from one in which nothing is on sale.
pub(super) async fn resolve(env: &Env, filter: &Filter, with_attributes: bool) -> Result<Resolved, BrowseError> {
    let game = game_of(env, filter).await?;
    if let Some(seller) = filter.seller {
        face::read(env.db(), seller).await?.ok_or(BrowseError::NotFound)?;
    }
    let mut asked = Vec::new();
    if let Some(game) = game.filter(|_| with_attributes || !filter.attributes.is_empty()) {
        asked = attribute::of_games(env.db(), &[game]).await?.remove(&game).unwrap_or_default();
    }
    if game.is_none() && !filter.attributes.is_empty() {
        return Err(BrowseError::NoGame);
    }
    let attributes: Result<Vec<_>, BrowseError> = filter.attributes.iter().map(|one| meant(&asked, one)).collect();
    Ok(Resolved {
        filter: filter.clone(),
        game,
        attributes: attributes?,
        asked,
        words: words(env, filter.words.as_deref()).await?,
    })
}

async fn game_of(env: &Env, filter: &Filter) -> Result<Option<GameId>, BrowseError> {
    if let Some(server) = filter.server {
        let found = store::server(env.db(), server).await?.ok_or(BrowseError::NotFound)?;
        if filter.game.is_some_and(|game| game != found.game_id) {
            return Err(BrowseError::NotFound);
        }
        return Ok(Some(found.game_id));
    }
    if let Some(game) = filter.game {
        store::game(env.db(), game).await?.ok_or(BrowseError::NotFound)?;
    }
    Ok(filter.game)
}

/// The attribute that is meant, if it can be filtered like this.
fn meant(asked: &[game_attribute::Model], one: &AttributeFilter) -> Result<(AttributeId, AttributeFilter), BrowseError> {
    let found = asked.iter().find(|attribute| attribute.key == one.key);
    let ranged = one.from.is_some() || one.to.is_some();
    let fits = |kind| match kind {
        AttributeKind::Choice | AttributeKind::ManyChoice => !one.choices.is_empty() && !ranged && one.yes.is_none(),
        AttributeKind::Number => ranged && one.choices.is_empty() && one.yes.is_none(),
        AttributeKind::YesNo => one.yes.is_some() && one.choices.is_empty() && !ranged,
        AttributeKind::Text => false,
    };
    found
        .filter(|attribute| fits(attribute.kind) && one.choices.len() <= attribute::MOST_CHOICES)
        .map(|attribute| (attribute.id, one.clone()))
        .ok_or_else(|| BrowseError::NoSuchAttribute(one.key.clone()))
}

async fn words(env: &Env, asked: Option<&str>) -> Result<Words, BrowseError> {
    let asked = clean_line(asked.unwrap_or_default(), WORDS).map_err(BrowseError::Words)?;
    if asked.is_empty() {
        return Ok(Words::Any);
    }
    let words = search::words_of_query(&asked);
    if words.is_empty() {
        return Ok(Words::None);
    }
    let mut counted = count(env, &words).await?;
    counted.sort();
    Ok(match counted.first() {
        Some((0, _)) | None => Words::None,
        Some((least, _)) => {
            let rare = *least <= RARE;
            Words::All(counted.into_iter().map(|(_, word)| word).collect(), rare)
        }
    })
}

/// How many listings have each word, counted a little beyond [`RARE`]. The order says which index to walk.
async fn count(env: &Env, words: &[String]) -> Result<Vec<(u64, String)>, Fault> {
    let arms: Vec<String> = (1..=words.len())
        .map(|at| {
            format!(
                "SELECT {at} AS at, count(*) AS n FROM (SELECT 1 AS one FROM listing_terms WHERE term = ${at} ORDER BY listing_id LIMIT {}) x",
                RARE + 1
            )
        })
        .collect();
    let values = words.iter().map(|word| word.as_str().into()).collect();
    let rows: Vec<Counted> = sql::all(env.db(), &arms.join(" UNION ALL "), values).await?;
    let word = |at: i32| usize::try_from(at - 1).ok().and_then(|at| words.get(at)).cloned();
    Ok(rows
        .into_iter()
        .filter_map(|row| Some((u64::try_from(row.n).ok()?, word(row.at)?)))
        .collect())
}

/// A count and what it is of.
#[derive(Debug, Clone, Copy, sea_orm::FromQueryResult)]
pub(super) struct Counted {
    /// Of the how manyth thing.
    pub at: i32,
    /// How many.
    pub n: i64,
}

impl Parts {
    /// The placeholder of a further value.
    pub fn value(&mut self, value: impl Into<Value>) -> String {
        self.values.push(value.into());
        format!("${}", self.values.len())
    }

    fn and(&mut self, test: &str) {
        self.condition.push_str(" AND ");
        self.condition.push_str(test);
    }

    fn and_value(&mut self, test: &str, value: Option<impl Into<Value>>) {
        if let Some(value) = value {
            let place = self.value(value);
            self.and(&format!("{test} {place}"));
        }
    }
}

impl Resolved {
    /// The parts of a statement that finds what is meant and on sale, beside the standing `s` of the sellers. What blacklisted ones offer is left out.
    pub fn parts(&self) -> Parts {
        let mut parts = Parts::default();
        self.look_among(&mut parts);
        parts.condition = format!("{} AND NOT s.blacklisted", self.condition(&mut parts, Except::Nothing));
        parts
    }

    /// Where the listings are found: among those that have the rarest word, if it is rare.
    pub fn look_among(&self, parts: &mut Parts) {
        "listings l".clone_into(&mut parts.from);
        if let Words::All(words, true) = &self.words {
            let place = parts.value(words[0].as_str());
            parts.with = format!(
                "WITH hits AS MATERIALIZED (SELECT listing_id FROM listing_terms WHERE term = {place} ORDER BY listing_id LIMIT {}) ",
                RARE + 1
            );
            // In this order: SQLite keeps to it, and PostgreSQL knows how few they are.
            "hits h CROSS JOIN listings l".clone_into(&mut parts.from);
        }
    }

    /// In which order listings are counted: it says which index to walk, and of prices where to begin. Without it a planner that guesses badly
    /// reads the whole table. A few that have a rare word need none.
    pub fn walk(&self, by_price: bool) -> &'static str {
        let priced = self.filter.from.is_some() || self.filter.to.is_some();
        match &self.words {
            _ if by_price => "ORDER BY l.price ",
            Words::All(_, true) | Words::None => "",
            Words::Any | Words::All(_, false) if priced => "ORDER BY l.price ",
            Words::Any | Words::All(_, false) => "ORDER BY l.published_at DESC, l.id DESC ",
        }
    }

    /// The condition on listings without what is excepted, whoever sells them. States stand in it as they are, so that partial indexes serve.
    pub fn condition(&self, parts: &mut Parts, except: Except) -> String {
        let before = std::mem::replace(&mut parts.condition, "l.state = 'ON_SALE'".to_owned());
        let filter = &self.filter;
        // The server says the game, and with both in the statement the planner might take the worse index; so the game stands only where no
        // server does.
        match filter.server.filter(|_| except != Except::Server && except != Except::Game) {
            Some(server) => parts.and_value("l.server_id =", Some(server)),
            None => parts.and_value("l.game_id =", self.game.filter(|_| except != Except::Game)),
        }
        parts.and_value("l.seller_id =", filter.seller);
        if except != Except::Price {
            parts.and_value("l.price >=", filter.from);
            parts.and_value("l.price <=", filter.to);
        }
        parts.and_value("l.negotiable =", filter.negotiable);
        if except != Except::Game {
            for (id, attribute) in self.attributes.iter().filter(|(id, _)| except != Except::Attribute(*id)) {
                says(parts, *id, attribute);
            }
        }
        self.has_words(parts);
        std::mem::replace(&mut parts.condition, before)
    }

    fn has_words(&self, parts: &mut Parts) {
        match &self.words {
            Words::Any => {}
            Words::None => parts.and("1 = 0"),
            Words::All(words, rare) => {
                if *rare {
                    parts.and("l.id = h.listing_id");
                }
                for word in words.iter().skip(usize::from(*rare)) {
                    let place = parts.value(word.as_str());
                    // A value, not an EXISTS: so that it is looked up for each row of the list's order, and never turned into a join.
                    parts.and(&format!(
                        "(SELECT t.listing_id FROM listing_terms t WHERE t.term = {place} AND t.listing_id = l.id) IS NOT NULL"
                    ));
                }
            }
        }
    }
}

/// The listing says this of an attribute.
fn says(parts: &mut Parts, id: AttributeId, filter: &AttributeFilter) {
    let mut test = format!("a.listing_id = l.id AND a.attribute_id = {}", parts.value(id));
    if !filter.choices.is_empty() {
        let places: Vec<String> = filter.choices.iter().map(|choice| parts.value(choice.as_str())).collect();
        test = format!("{test} AND a.choice IN ({})", places.join(", "));
    }
    if let Some(from) = filter.from {
        test = format!("{test} AND a.number >= {}", parts.value(from));
    }
    if let Some(to) = filter.to {
        test = format!("{test} AND a.number <= {}", parts.value(to));
    }
    if let Some(yes) = filter.yes {
        test = format!("{test} AND a.flag = {}", parts.value(yes));
    }
    parts.and(&format!("(SELECT 1 FROM listing_attributes a WHERE {test} LIMIT 1) IS NOT NULL"));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(kind: AttributeKind) -> Vec<game_attribute::Model> {
        vec![game_attribute::Model {
            id: AttributeId::new(),
            game_id: GameId::new(),
            key: "it".to_owned(),
            name_en: String::new(),
            name_zh: String::new(),
            kind,
            required: false,
            unit_en: String::new(),
            unit_zh: String::new(),
            least: None,
            most: None,
            choices: "[]".to_owned(),
            position: 0,
            retired: false,
        }]
    }

    #[test]
    fn an_attribute_is_filtered_as_its_kind_allows() {
        use AttributeKind::{Choice, ManyChoice, Number, Text, YesNo};
        let it = || AttributeFilter {
            key: "it".to_owned(),
            ..AttributeFilter::default()
        };
        let chosen = AttributeFilter {
            choices: vec!["gold".to_owned()],
            ..it()
        };
        let ranged = AttributeFilter { from: Some(3), ..it() };
        let said = AttributeFilter { yes: Some(true), ..it() };
        for (filter, kinds) in [
            (chosen, vec![Choice, ManyChoice]),
            (ranged, vec![Number]),
            (said, vec![YesNo]),
            (it(), vec![]),
        ] {
            for kind in [Choice, ManyChoice, Number, Text, YesNo] {
                assert_eq!(meant(&asked(kind), &filter).is_ok(), kinds.contains(&kind), "{kind:?} {filter:?}");
            }
        }
        let other = AttributeFilter {
            key: "other".to_owned(),
            yes: Some(true),
            ..AttributeFilter::default()
        };
        assert!(meant(&asked(YesNo), &other).is_err());
    }
}
