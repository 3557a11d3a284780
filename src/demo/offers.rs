//! What the demonstration's traders offer.

use std::io::Cursor;

use anyhow::{Context, Result};
use entity::{
    game,
    kinds::{AttributeKind, ImagePurpose},
    value::{ImageId, Money},
};
use uuid::Uuid;

use super::{
    Player, Relay, goods, pass,
    picture::{self, Dice},
};
use crate::{
    kernel::{Env, page::Ask, policy},
    market::{
        self, Draft,
        attribute::{self, Given},
        catalogue::save_game::{self, GameChange},
        draft::WARRANTY_DAYS,
    },
    media::{self, Upload},
    moderation,
};

/// Of so many listings one is left in the review queue, and one is rejected.
const LEFT_IN_REVIEW: usize = 17;
const REJECTED: usize = 29;

/// An icon for each game, by an admin.
pub async fn draw_icons(env: &Env, admin: &Player) -> Result<()> {
    let (uploader, right) = (policy::trader(&admin.actor)?, policy::admin(&admin.actor)?);
    for (seed, game) in (1..).zip(market::games(env).await?) {
        let bytes = picture::icon(seed, hue(&game)?);
        let icon = media::upload(env, uploader, upload(ImagePurpose::GameIcon, bytes)).await?.id;
        let change = GameChange {
            icon: Some(Some(icon)),
            ..GameChange::default()
        };
        save_game::update_game(env, right, game.id, &change).await?;
    }
    Ok(())
}

/// The colour that all pictures of a game are in shades of.
fn hue(game: &game::Model) -> Result<u16> {
    Ok(u16::try_from(game.position * 47 % 360)?)
}

/// Everybody's listings, reviewed in turn by the admins, over the first days.
pub async fn publish(env: &Env, relay: Relay, traders: &[Player], admins: &[Player]) -> Result<()> {
    let games = market::games(env).await?;
    let mut dice = Dice(0x4a11);
    let most = traders.iter().map(|trader| trader.part.listings).max().unwrap_or(0);
    let mut count = 0;
    for round in 0..most {
        for trader in traders.iter().filter(|trader| trader.part.listings > round) {
            count += 1;
            let game = &games[(count * 5 + round) % games.len()];
            let listing = offer(env, trader, game, &mut dice)
                .await
                .with_context(|| format!("listing {count}"))?;
            review(env, &admins[count % admins.len()], &listing, count).await?;
        }
        pass(env, relay, 5).await?;
    }
    Ok(())
}

/// What traders keep an eye on, and what some have begun to describe.
pub async fn keep(env: &Env, traders: &[Player]) -> Result<()> {
    let mut dice = Dice(0x0dd5);
    let on_sale = market::browse(env, &market::Browse::default(), &Ask { first: 100, after: None }).await?;
    for trader in traders {
        let owner = policy::trader(&trader.actor)?;
        for _ in 0..dice.between(2, 7) {
            let card = dice.pick(&on_sale.rows);
            if card.listing.seller_id != trader.id {
                market::favourite::add(env, owner, card.listing.id).await?;
            }
        }
    }
    let games = market::games(env).await?;
    for (number, trader) in traders.iter().filter(|trader| trader.part.listings > 0).enumerate() {
        let mut draft = draft(env, trader, &games[number * 3 % games.len()], &mut dice).await?;
        draft.description = String::new();
        draft.attributes.clear();
        market::create_draft(env, policy::verified(&trader.actor)?, Uuid::new_v4(), &draft).await?;
    }
    Ok(())
}

async fn offer(env: &Env, trader: &Player, game: &game::Model, dice: &mut Dice) -> Result<market::Card> {
    let seller = policy::verified(&trader.actor)?;
    let draft = draft(env, trader, game, dice).await?;
    Ok(market::create(env, seller, Uuid::new_v4(), &draft).await?)
}

async fn draft(env: &Env, trader: &Player, game: &game::Model, dice: &mut Dice) -> Result<Draft> {
    let seller = policy::verified(&trader.actor)?;
    let servers = market::catalogue::servers_of(env, &[game.id])
        .await?
        .remove(&game.id)
        .unwrap_or_default();
    let words = dice.pick(goods::of(trader.part.locale));
    let number = dice.between(2, 60).to_string();
    let mut images: Vec<ImageId> = Vec::new();
    let hue = hue(game)?;
    for _ in 0..dice.between(2, 5) / 2 {
        let bytes = picture::draw(dice.next(), hue);
        images.push(media::upload(env, seller.into(), upload(ImagePurpose::Listing, bytes)).await?.id);
    }
    Ok(Draft {
        game: game.id,
        server: dice.pick(&servers).id,
        title: words.title.replace("{n}", &number),
        description: words.description.replace("{n}", &number),
        price: price(dice),
        negotiable: dice.between(0, 2) > 0,
        delivery_hours: *dice.pick(&[2, 6, 12, 24, 24, 48]),
        warranty_days: *dice.pick(&WARRANTY_DAYS),
        bindings: bindings(game, dice)?,
        penalties: String::new(),
        attributes: attributes(env, game, dice).await?,
        images,
    })
}

/// What is bound to the account: the first steps of the game's checklist.
fn bindings(game: &game::Model, dice: &mut Dice) -> Result<Vec<String>> {
    let steps = market::checklist::parse(&game.checklist)?;
    let count = usize::try_from(dice.between(0, 2))?;
    Ok(steps.into_iter().take(count).map(|step| step.key).collect())
}

/// Something for everything that the game asks.
async fn attributes(env: &Env, game: &game::Model, dice: &mut Dice) -> Result<Vec<Given>> {
    let asked = attribute::of_games(env.db(), &[game.id])
        .await?
        .remove(&game.id)
        .unwrap_or_default();
    let mut given = Vec::new();
    for attribute in asked {
        let mut value = Given {
            key: attribute.key.clone(),
            ..Given::default()
        };
        match attribute.kind {
            AttributeKind::Choice | AttributeKind::ManyChoice => {
                value.choices = vec![dice.pick(&attribute::choices(&attribute)?).key.clone()];
            }
            AttributeKind::Number => {
                let (least, most) = (attribute.least.unwrap_or(0), attribute.most.unwrap_or(1_000));
                let step = dice.between(0, u64::try_from(most - least)?);
                value.number = Some(least + i32::try_from(step)?);
            }
            AttributeKind::YesNo => value.yes = Some(dice.between(0, 1) == 1),
            AttributeKind::Text if attribute.required => value.text = Some("—".to_owned()),
            AttributeKind::Text => continue,
        }
        given.push(value);
    }
    Ok(given)
}

fn upload(purpose: ImagePurpose, bytes: Vec<u8>) -> Upload {
    Upload {
        purpose,
        file: Box::new(Cursor::new(bytes)),
    }
}

/// Most accounts cost a few hundred yuan, some cost thousands.
fn price(dice: &mut Dice) -> Money {
    let yuan = match dice.between(0, 9) {
        0..=5 => dice.between(60, 600),
        6..=8 => dice.between(600, 3_000),
        _ => dice.between(3_000, 18_000),
    };
    Money::yuan(i64::try_from(yuan).unwrap_or(100))
}

async fn review(env: &Env, admin: &Player, listing: &market::Card, count: usize) -> Result<()> {
    let admin = policy::admin(&admin.actor)?;
    let (id, version) = (listing.listing.id, listing.listing.version);
    if count.is_multiple_of(LEFT_IN_REVIEW) {
        return Ok(());
    }
    if count.is_multiple_of(REJECTED) {
        moderation::reject(env, admin, id, version, "图片与描述的区服不一致，请更正后重新提交。").await?;
        return Ok(());
    }
    moderation::approve(env, admin, id, version).await?;
    Ok(())
}
