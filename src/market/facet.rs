//! How many listings there would be with another choice, counted up to [`MOST`].

use std::time::Duration;

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use entity::{
    game_attribute,
    kinds::AttributeKind,
    value::{AttributeId, GameId, Money, ServerId},
};
use sea_orm::Value;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{
    attribute,
    browse::BrowseError,
    catalogue,
    filter::{Counted, Filter, Resolved, resolve},
    walk::{Arm, Except, Parts, Says, Walk},
};
use crate::kernel::{Env, Fault, sql};

/// Up to how many are counted.
pub const MOST: i64 = 1_000;
/// How long a count may be told again.
const FRESH: Duration = Duration::from_secs(10);
/// Where one price band ends and the next begins.
pub const BANDS: [Money; 6] = [
    Money::yuan(50),
    Money::yuan(100),
    Money::yuan(300),
    Money::yuan(1_000),
    Money::yuan(3_000),
    Money::yuan(10_000),
];

/// How many there would be with each choice. What would have none is left out, but for price bands.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Facets {
    /// With another game.
    pub games: Vec<(GameId, i64)>,
    /// With another server of the chosen game.
    pub servers: Vec<(ServerId, i64)>,
    /// In each price band, the cheapest first.
    pub prices: Vec<i64>,
    /// With another choice of each attribute of the chosen game: its key, and each choice's key.
    pub attributes: Vec<(String, Vec<(String, i64)>)>,
    /// With another answer to each of its questions of yes or no: its key, how many say yes, and how many say no.
    pub answers: Vec<(String, i64, i64)>,
}

/// What is counted by one arm of the statement.
enum Counts {
    Game(GameId),
    Server(ServerId),
    Price,
    Choice(String, String),
    /// The answer yes to the attribute of this key.
    Yes(String),
    /// The answer no to the same.
    No,
}

/// What the chosen game asks, for showing the facets of its attributes.
pub async fn asked(env: &Env, filter: &Filter) -> Result<Vec<game_attribute::Model>, BrowseError> {
    Ok(resolve(env, filter, true).await?.asked)
}

/// Counts what a filter finds, under each other choice. One statement; what was counted a moment ago is told again. Sellers are not looked at: what
/// a blacklisted one had on sale was taken off with the decision, and to look at each of a thousand costs ten times the count.
pub async fn facets(env: &Env, filter: &Filter) -> Result<Facets, BrowseError> {
    let resolved = resolve(env, filter, true).await?;
    let asked = Sha256::digest(serde_json::to_vec(filter).map_err(Fault::internal)?);
    let key = format!("facets:{}", BASE64_URL_SAFE_NO_PAD.encode(asked));
    // A cache that is away only makes it dearer.
    if let Ok(Some(told)) = env.cache().get(&key).await
        && let Ok(facets) = serde_json::from_slice(&told)
    {
        return Ok(facets);
    }
    let facets = count(env, &resolved).await?;
    let told = serde_json::to_vec(&facets).map_err(Fault::internal)?;
    if let Err(error) = env.cache().set(&key, &told, FRESH).await {
        tracing::debug!(%error, "facets are not kept");
    }
    Ok(facets)
}

async fn count(env: &Env, resolved: &Resolved) -> Result<Facets, BrowseError> {
    let mut parts = Parts::default();
    resolved.look_among(&mut parts);
    let mut arms = Arms {
        parts,
        of: Vec::new(),
        text: Vec::new(),
    };
    for game in catalogue::every_game(env).await? {
        arms.add(resolved, Except::Game, Counts::Game(game.id), |parts, _| {
            format!("l.game_id = {}", parts.value(game.id))
        });
    }
    if let Some(game) = resolved.game {
        let servers = catalogue::servers_of(env, &[game]).await?.remove(&game).unwrap_or_default();
        for server in servers {
            arms.add(resolved, Except::Server, Counts::Server(server.id), |parts, walk| {
                format!("{}.server_id = {}", walk.alias(), parts.value(server.id))
            });
        }
    }
    for band in 0..=BANDS.len() {
        arms.add(resolved, Except::Price, Counts::Price, |_, walk| in_band(walk.alias(), band));
    }
    for asked in &resolved.asked {
        match asked.kind {
            AttributeKind::Choice | AttributeKind::ManyChoice => {
                for choice in attribute::choices(asked)? {
                    let of = Counts::Choice(asked.key.clone(), choice.key.clone());
                    arms.say(resolved, asked.id, of, "choice", choice.key.as_str());
                }
            }
            AttributeKind::YesNo => {
                arms.say(resolved, asked.id, Counts::Yes(asked.key.clone()), "flag", true);
                arms.say(resolved, asked.id, Counts::No, "flag", false);
            }
            AttributeKind::Number | AttributeKind::Text => {}
        }
    }
    let Arms { parts, of, text } = arms;
    let statement = format!("{}{}", parts.with, text.join(" UNION ALL "));
    let rows: Vec<Counted> = sql::all(env.db(), &statement, parts.values).await?;
    Ok(gather(of, &rows))
}

/// The bounds of a band for the prices of this table, as they stand in a statement.
fn in_band(table: &str, band: usize) -> String {
    let least = band.checked_sub(1).and_then(|before| BANDS.get(before)).map_or(0, |least| least.0);
    let most = BANDS.get(band).map(|most| format!(" AND {table}.price < {}", most.0));
    format!("{table}.price >= {least}{}", most.unwrap_or_default())
}

struct Arms {
    parts: Parts,
    of: Vec<Counts>,
    text: Vec<String>,
}

impl Arms {
    /// Counts what passes a test of the table that is walked.
    fn add(&mut self, resolved: &Resolved, except: Except, of: Counts, test: impl FnOnce(&mut Parts, Walk) -> String) {
        let arm = resolved.count(&mut self.parts, except, None);
        let test = test(&mut self.parts, arm.walk);
        self.push(of, &arm, &format!(" AND {test}"));
    }

    /// Counts what says this of an attribute, whatever the filter wants it to say.
    fn say(&mut self, resolved: &Resolved, attribute: AttributeId, of: Counts, column: &'static str, value: impl Into<Value>) {
        let says = Says::new(attribute, column, value);
        let arm = resolved.count(&mut self.parts, Except::Attribute(attribute), Some(says));
        self.push(of, &arm, "");
    }

    fn push(&mut self, of: Counts, arm: &Arm, test: &str) {
        let Arm {
            from, condition, order, ..
        } = arm;
        self.text.push(format!(
            "SELECT {} AS at, count(*) AS n FROM (SELECT 1 AS one FROM {from} WHERE {condition}{test} {order}LIMIT {}) x{}",
            self.of.len(),
            MOST + 1,
            self.of.len()
        ));
        self.of.push(of);
    }
}

fn gather(of: Vec<Counts>, rows: &[Counted]) -> Facets {
    let mut facets = Facets::default();
    for (at, of) in of.into_iter().enumerate() {
        let row = rows.iter().find(|row| usize::try_from(row.at) == Ok(at));
        let n = row.map_or(0, |row| row.n);
        match of {
            Counts::Price => facets.prices.push(n),
            Counts::Yes(key) => facets.answers.push((key, n, 0)),
            Counts::No => {
                if let Some((_, _, no)) = facets.answers.last_mut() {
                    *no = n;
                }
            }
            _ if n == 0 => {}
            Counts::Game(game) => facets.games.push((game, n)),
            Counts::Server(server) => facets.servers.push((server, n)),
            Counts::Choice(key, choice) => match facets.attributes.last_mut() {
                Some((last, choices)) if *last == key => choices.push((choice, n)),
                _ => facets.attributes.push((key, vec![(choice, n)])),
            },
        }
    }
    facets.answers.retain(|(_, yes, no)| yes + no > 0);
    facets
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bands_meet_and_leave_nothing_out() {
        assert_eq!(in_band("l", 0), "l.price >= 0 AND l.price < 5000");
        assert_eq!(in_band("f", 1), "f.price >= 5000 AND f.price < 10000");
        assert_eq!(in_band("l", BANDS.len()), "l.price >= 1000000");
    }

    #[test]
    fn answers_stand_beside_each_other_and_what_nobody_says_is_left_out() {
        let yes = |key: &str| Counts::Yes(key.to_owned());
        let of = vec![yes("adult"), Counts::No, yes("bound"), Counts::No, yes("rare"), Counts::No];
        let rows = [(1, 3), (4, 2), (5, 1)].map(|(at, n)| Counted { at, n });
        let answers = gather(of, &rows).answers;
        assert_eq!(answers, [("adult".to_owned(), 0, 3), ("rare".to_owned(), 2, 1)]);
    }
}
