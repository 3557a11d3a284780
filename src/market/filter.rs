//! What somebody looks for, and what its names mean.

use entity::{
    game_attribute,
    kinds::AttributeKind,
    value::{AttributeId, GameId, Money, ServerId, UserId},
};
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
/// Of several words the listings of the rarest are gone through if they are no more than so many: together the words may be rare.
const SEVERAL: u64 = 20_000;

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
    /// As it was asked for.
    pub filter: Filter,
    /// The game that is meant, by itself or by its server.
    pub game: Option<GameId>,
    /// What that game asks, if that was looked up.
    pub asked: Vec<game_attribute::Model>,
    /// Its attributes, and what is wanted of each.
    pub attributes: Vec<(AttributeId, AttributeFilter)>,
    /// Its words.
    pub words: Words,
}

/// The words that are searched for.
#[derive(Debug, Clone)]
pub(super) enum Words {
    /// None were asked for.
    Any,
    /// There is no word in what was asked for, or nothing has them all.
    None,
    /// The rarest first; whether so few have all of them that a list begins with those.
    All(Vec<String>, bool),
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
    let most = if words.len() > 1 { SEVERAL } else { RARE };
    let mut counted = count(env, &words, most).await?;
    counted.sort();
    let least = counted.first().map_or(0, |(least, _)| *least);
    let words: Vec<String> = counted.into_iter().map(|(_, word)| word).collect();
    let together = if least > RARE && least <= most {
        together(env, &words).await?
    } else {
        least
    };
    Ok(match together {
        0 => Words::None,
        many => Words::All(words, many <= RARE),
    })
}

/// How many listings have each word, counted a little beyond `most`. The order says which index to walk.
async fn count(env: &Env, words: &[String], most: u64) -> Result<Vec<(u64, String)>, Fault> {
    let arms: Vec<String> = (1..=words.len())
        .map(|at| {
            format!(
                "SELECT {at} AS at, count(*) AS n FROM (SELECT 1 AS one FROM listing_terms WHERE term = ${at} ORDER BY listing_id LIMIT {}) x",
                most + 1
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

/// How many listings have all the words, the rarest first, counted a little beyond [`RARE`].
async fn together(env: &Env, words: &[String]) -> Result<u64, Fault> {
    let mut values = Vec::new();
    let all = that_have(words, |word| {
        values.push(word.into());
        format!("${}", values.len())
    });
    let rows: Vec<Counted> = sql::all(env.db(), &format!("SELECT 0 AS at, count(*) AS n FROM ({all}) x"), values).await?;
    Ok(rows.first().map_or(0, |row| u64::try_from(row.n).unwrap_or(0)))
}

/// Selects the listings that have all these words, along those of the first; a little more than [`RARE`] of them at most.
pub(super) fn that_have(words: &[String], mut place: impl FnMut(&str) -> String) -> String {
    let mut tests = Vec::new();
    for word in words {
        let place = place(word);
        tests.push(if tests.is_empty() {
            format!("w.term = {place}")
        } else {
            format!("(SELECT t.listing_id FROM listing_terms t WHERE t.term = {place} AND t.listing_id = w.listing_id) IS NOT NULL")
        });
    }
    format!(
        "SELECT w.listing_id FROM listing_terms w WHERE {} ORDER BY w.listing_id LIMIT {}",
        tests.join(" AND "),
        RARE + 1
    )
}

/// A count and what it is of.
#[derive(Debug, Clone, Copy, sea_orm::FromQueryResult)]
pub(super) struct Counted {
    /// Of the how manyth thing.
    pub at: i32,
    /// How many.
    pub n: i64,
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
