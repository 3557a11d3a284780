//! Demonstration data, made through the use-cases: people who trade, and what they have done in the last days.

mod cast;
mod goods;
mod history;
mod offers;
mod picture;
mod words;

use std::net::Ipv4Addr;

use anyhow::Result;
use entity::{standing, value::UserId};
use futures::future::BoxFuture;
use sea_orm::EntityTrait;

use crate::{
    account::{self, SignIn, enrol::Newcomer, verify_identity::HandIn},
    kernel::{
        Env, Fault,
        policy::{self, Actor, System},
    },
};

pub use cast::{ADMINS, PASSWORD, TRADERS};

/// How many days before now the demonstration's history begins. The house is opened with a clock so far back.
pub const DAYS: i64 = 10;

/// Whoever relays events to those who react to them, as the worker does.
pub type Relay = for<'a> fn(&'a Env) -> BoxFuture<'a, Result<u64, Fault>>;

/// Somebody of the demonstration who has signed in.
#[derive(Debug, Clone, Copy)]
struct Player {
    part: cast::Person,
    actor: Actor,
    id: UserId,
}

/// Fills an empty house; answers whether it was empty. The clock runs from [`DAYS`] ago to now meanwhile.
pub async fn load(env: &Env, relay: Relay) -> Result<bool> {
    if standing::Entity::find().one(env.db()).await?.is_some() {
        return Ok(false);
    }
    let admins = admins(env).await?;
    let traders = traders(env).await?;
    offers::draw_icons(env, &admins[0]).await?;
    offers::publish(env, relay, &traders, &admins).await?;
    offers::keep(env, &traders).await?;
    history::play(env, relay, &traders, &admins[0]).await?;
    pass(env, relay, 0).await?;
    Ok(true)
}

/// Tells everybody what has happened so far, then moves the clock on by some hours.
async fn pass(env: &Env, relay: Relay, hours: i64) -> Result<()> {
    relay(env).await?;
    env.clock().advance(hours * 3_600_000);
    Ok(())
}

async fn admins(env: &Env) -> Result<Vec<Player>> {
    let mut players = Vec::new();
    for name in ADMINS {
        account::create_admin(env, name, &cast::address(name), PASSWORD).await?;
        let part = cast::Person {
            username: name,
            nickname: name,
            locale: entity::kinds::Locale::En,
            identity: None,
            deposited: 0,
            listings: 0,
        };
        players.push(enter(env, part).await?);
    }
    Ok(players)
}

async fn traders(env: &Env) -> Result<Vec<Player>> {
    let mut players = Vec::new();
    for part in TRADERS {
        let email = cast::address(part.username);
        let who = Newcomer {
            username: part.username,
            nickname: part.nickname,
            email: &email,
            password: PASSWORD,
            locale: part.locale,
        };
        account::enrol::enrol(env, System::new(), who).await?;
        let player = enter(env, part).await?;
        players.push(verify(env, player).await?);
    }
    Ok(players)
}

/// Signs somebody in.
async fn enter(env: &Env, part: cast::Person) -> Result<Player> {
    let ask = SignIn {
        login: part.username.to_owned(),
        password: PASSWORD.into(),
        second: None,
        captcha: None,
        client: "Demonstration".to_owned(),
        from: Ipv4Addr::LOCALHOST.into(),
    };
    let tokens = account::sign_in(env, &ask).await?;
    Ok(Player {
        part,
        actor: account::admit(env, tokens.access.expose()).await?,
        id: tokens.user,
    })
}

/// Verifies his real name, if he has one in the demonstration.
async fn verify(env: &Env, player: Player) -> Result<Player> {
    let Some((name, number)) = player.part.identity else {
        return Ok(player);
    };
    let given = HandIn {
        name,
        number,
        card: None,
        person: None,
    };
    account::verify_identity::verify(env, policy::member(&player.actor)?, given).await?;
    enter(env, player.part).await
}
