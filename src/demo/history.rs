//! What the demonstration's people have done with each other: talked, deposited, bought, delivered, confirmed, returned, reviewed, cancelled,
//! offered, withdrawn.

use anyhow::{Context, Result, bail};
use entity::{kinds::Finding, order, value::Money};
use uuid::Uuid;

use super::{Player, Relay, enter, pass, picture::Dice, words};
use crate::{
    chat::{self, SendMessage, To},
    dispute::{self, refusal},
    kernel::{
        Env,
        page::Ask,
        policy::{self, System},
    },
    market::{self, Card, browse::Browse},
    order::{
        self as orders, PlaceOrder,
        deliver::Credentials,
        giving_back::{self, hand_back::HandBack},
        offer::{self, MakeOffer},
    },
    wallet::{self, withdrawal::RequestWithdrawal},
};

/// How far an order of the demonstration has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Paid,
    Delivered,
    Revealed,
    AskedBack,
    HandedBack,
    Refunded,
    InDispute,
    Split,
    Completed,
    CancelledByBuyer,
    CancelledBySeller,
}

const HOUR: i64 = 3_600_000;
/// Between two orders, with the hand-over.
const HOURS_A_TRADE: i64 = 5;
/// A paid order waits for so many hours at least, so that it still does when somebody looks.
const PATIENT: i32 = 24;

/// Who buys how many of what is on sale, and how far it has come; the oldest first.
const ORDERS: [(&str, End); 22] = [
    ("bea", End::Completed),
    ("old_fox", End::Completed),
    ("sam", End::Completed),
    ("mei", End::Completed),
    ("bea", End::CancelledBySeller),
    ("old_fox", End::Completed),
    ("yuki", End::Completed),
    ("bea", End::Completed),
    ("sam", End::CancelledByBuyer),
    ("bea", End::Split),
    ("mei", End::Refunded),
    ("da_peng", End::Completed),
    ("yuki", End::Completed),
    ("bea", End::InDispute),
    ("old_fox", End::Revealed),
    ("bea", End::Revealed),
    ("mei", End::HandedBack),
    ("old_fox", End::Delivered),
    ("sam", End::Paid),
    ("bea", End::Paid),
    ("yuki", End::AskedBack),
    ("old_fox", End::Paid),
];

/// Plays the last days, up to now.
pub async fn play(env: &Env, relay: Relay, traders: &[Player], admin: &Player) -> Result<()> {
    let stage = Stage {
        env,
        relay,
        traders,
        admin,
    };
    for trader in traders.iter().filter(|trader| trader.part.deposited > 0) {
        deposit(env, trader).await?;
    }
    pass(env, relay, 1).await?;
    wallet::deposit::ask(env, System::new()).await?;
    talk(env, named(traders, "bea")?, named(traders, "lin_xia")?, words::FIRST_TALK).await?;
    talk(env, named(traders, "old_fox")?, named(traders, "mei")?, words::SECOND_TALK).await?;
    let mut dice = Dice(0x0bde);
    // So that the last order is of the last hours.
    let ahead = -env.clock().offset() / HOUR - HOURS_A_TRADE * i64::try_from(ORDERS.len())?;
    pass(env, relay, ahead.max(0)).await?;
    for (buyer, end) in ORDERS {
        stage.trade(named(traders, buyer)?, end, &mut dice).await?;
        pass(env, relay, HOURS_A_TRADE - 1).await?;
        orders::timers::settle(env, System::new()).await?;
    }
    bargain(env, traders).await?;
    withdraw(env, named(traders, "old_fox")?).await
}

/// A withdrawal that waits, since its payout account is new.
async fn withdraw(env: &Env, trader: &Player) -> Result<()> {
    let owner = enter(env, trader.part).await?;
    let payee = policy::payee(&owner.actor)?;
    let account = wallet::payout_account::add(env, payee, "6222020200112233", Uuid::new_v4()).await?;
    let ask = RequestWithdrawal {
        amount: Money::yuan(800),
        payout_account: account.id,
        key: Uuid::new_v4(),
    };
    wallet::withdrawal::request(env, policy::proven(payee, env.now())?, &ask).await?;
    Ok(())
}

fn named<'a>(traders: &'a [Player], username: &str) -> Result<&'a Player> {
    let found = traders.iter().find(|trader| trader.part.username == username);
    found.with_context(|| format!("nobody of the demonstration is called {username}"))
}

/// The whole road of a deposit: asked for here, paid at the bank's page, heard of by asking.
async fn deposit(env: &Env, trader: &Player) -> Result<()> {
    let payee = policy::payee(&trader.actor)?;
    let opened = wallet::deposit::create(env, payee, Uuid::new_v4(), Money::yuan(trader.part.deposited)).await?;
    let page = opened.checkout_url.context("the bank gave no checkout page")?;
    let pressed = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .build()?
        .post(page)
        .header("content-type", "application/x-www-form-urlencoded")
        .body("decision=pay")
        .send()
        .await?;
    if !pressed.status().is_redirection() {
        bail!("the bank took no payment: {}", pressed.status());
    }
    Ok(())
}

async fn talk(env: &Env, one: &Player, other: &Player, lines: &[(bool, &str)]) -> Result<()> {
    for (first, text) in lines {
        let (from, to) = if *first { (one, other) } else { (other, one) };
        let ask = SendMessage {
            to: To::User(to.id),
            client_id: Uuid::new_v4(),
            text: (*text).to_owned(),
            images: Vec::new(),
            listing: None,
            order: None,
        };
        chat::send(env, policy::trader(&from.actor)?, &ask).await?;
        env.clock().advance(95_000);
    }
    Ok(())
}

/// Where the demonstration plays, and who plays in it.
struct Stage<'a> {
    env: &'a Env,
    relay: Relay,
    traders: &'a [Player],
    admin: &'a Player,
}

/// An order and its parties.
struct Deal<'a> {
    order: order::Model,
    seller: &'a Player,
    buyer: &'a Player,
}

impl Stage<'_> {
    /// One order, as far as it has come.
    async fn trade(&self, buyer: &Player, end: End, dice: &mut Dice) -> Result<()> {
        let env = self.env;
        let Some(card) = affordable(env, buyer, end, dice).await? else {
            bail!("nothing on sale that {} can pay", buyer.part.username);
        };
        let seller = self.traders.iter().find(|trader| trader.id == card.listing.seller_id);
        let seller = seller.context("a listing of the demonstration has a stranger for a seller")?;
        let ask = PlaceOrder {
            listing: card.listing.id,
            version: card.listing.version,
            price: card.listing.price,
            key: Uuid::new_v4(),
        };
        let order = orders::place(env, policy::verified(&buyer.actor)?, &ask).await?;
        let deal = Deal { order, seller, buyer };
        match end {
            End::Paid => Ok(()),
            End::CancelledByBuyer => Ok(orders::cancel(env, policy::trader(&buyer.actor)?, deal.order.id).await.map(drop)?),
            End::CancelledBySeller => Ok(orders::cancel(env, policy::trader(&seller.actor)?, deal.order.id).await.map(drop)?),
            _ => self.hand_over(&deal, end, dice).await,
        }
    }

    /// From the delivery on.
    async fn hand_over(&self, deal: &Deal<'_>, end: End, dice: &mut Dice) -> Result<()> {
        let (env, Deal { order, seller, buyer }) = (self.env, deal);
        let buys = policy::trader(&buyer.actor)?;
        pass(env, self.relay, 1).await?;
        let credentials = Credentials {
            login: format!("{}-{}", seller.part.username, order.placed_at.0 % 10_000),
            password: "change-me-after-hand-over".to_owned(),
            contacts: String::new(),
            notes: "请先换绑邮箱，再改密码。 Rebind the e-mail first, then change the password.".to_owned(),
        };
        orders::deliver(env, policy::trader(&seller.actor)?, order.id, credentials).await?;
        let lines: &words::Talk = dice.pick(words::AT_HAND_OVER);
        talk(env, buyer, seller, lines).await?;
        if end == End::Delivered {
            return Ok(());
        }
        // A reveal wants a fresh proof.
        let fresh = enter(env, buyer.part).await?;
        orders::reveal(env, policy::proven(policy::trader(&fresh.actor)?, env.now())?, order.id, None).await?;
        match end {
            End::Revealed => Ok(()),
            End::Completed => {
                orders::confirm(env, buys, order.id, true).await?;
                let (stars, words) = dice.pick(words::REVIEWS);
                Ok(orders::review(env, buys, order.id, *stars, words).await.map(drop)?)
            }
            _ => self.give_back(deal, end).await,
        }
    }

    /// From the wish to return it on.
    async fn give_back(&self, deal: &Deal<'_>, end: End) -> Result<()> {
        let (env, id) = (self.env, deal.order.id);
        let (buys, sells) = (policy::trader(&deal.buyer.actor)?, policy::trader(&deal.seller.actor)?);
        giving_back::request::request(env, buys, id, "The rank is lower than the listing says.").await?;
        if end == End::AskedBack {
            return Ok(());
        }
        giving_back::hand_back::hand_back(env, buys, id, HandBack::AsDelivered).await?;
        match end {
            End::Refunded => Ok(giving_back::agree::agree(env, sells, id).await.map(drop)?),
            End::InDispute | End::Split => self.dispute(deal, end).await,
            _ => Ok(()),
        }
    }

    /// From the refusal on: an admin examines it, and both agree with what he finds.
    async fn dispute(&self, deal: &Deal<'_>, end: End) -> Result<()> {
        let (env, id) = (self.env, deal.order.id);
        let (buys, sells) = (policy::trader(&deal.buyer.actor)?, policy::trader(&deal.seller.actor)?);
        giving_back::refuse::refuse(env, sells, id, "Two skins that were there are gone.", Vec::new()).await?;
        pass(env, self.relay, 0).await?;
        let case = dispute::list::of_orders(env, &[id]).await?.remove(&id).unwrap_or_default().pop();
        let case = case.context("a refused return became no case")?.case.id;
        if end == End::InDispute {
            return Ok(());
        }
        for party in [buys, sells] {
            refusal::done::done(env, party, case).await?;
        }
        let fresh = enter(env, self.admin.part).await?;
        let admin = policy::admin(&fresh.actor)?;
        dispute::claim(env, admin, case).await?;
        let found = refusal::find::FindCase {
            case,
            finding: Finding::Damaged,
            share: Some(30),
            reason: "Of nine skins in the pictures seven are left.".to_owned(),
            key: Uuid::new_v4(),
        };
        refusal::find::find(env, policy::proven(admin, env.now())?, &found).await?;
        for party in [buys, sells] {
            refusal::answer::consent(env, party, case, Uuid::new_v4()).await?;
        }
        Ok(())
    }
}

async fn affordable(env: &Env, buyer: &Player, end: End, dice: &mut Dice) -> Result<Option<Card>> {
    let on_sale = market::browse(env, &Browse::default(), &Ask { first: 100, after: None }).await?;
    let most = Money::yuan(buyer.part.deposited / 6);
    let fits: Vec<Card> = on_sale
        .rows
        .into_iter()
        .filter(|card| card.listing.seller_id != buyer.id && card.listing.price <= most)
        .filter(|card| end != End::Paid || card.listing.delivery_hours >= PATIENT)
        .collect();
    Ok((!fits.is_empty()).then(|| dice.pick(&fits).clone()))
}

/// Offers: the first was accepted, every other one was answered with another price, and the rest wait.
async fn bargain(env: &Env, traders: &[Player]) -> Result<()> {
    let on_sale = market::browse(env, &Browse::default(), &Ask { first: 100, after: None }).await?;
    let negotiable = on_sale.rows.into_iter().filter(|card| card.listing.negotiable);
    let buyers = ["bea", "old_fox", "sam", "mei", "bea", "old_fox"];
    for (number, (card, buyer)) in negotiable.zip(buyers).enumerate() {
        let (listing, buyer) = (card.listing, named(traders, buyer)?);
        if listing.seller_id == buyer.id || listing.price < Money::yuan(20) {
            continue;
        }
        let ask = MakeOffer {
            listing: listing.id,
            version: listing.version,
            price: listing.price.share(8_500),
            note: "I can pay at once.".to_owned(),
            key: Uuid::new_v4(),
        };
        let offer = offer::make(env, policy::verified(&buyer.actor)?, &ask).await?;
        let seller = traders.iter().find(|trader| trader.id == listing.seller_id);
        if number == 0 {
            // One was accepted, and waits for the buyer to pay.
            let seller = seller.context("a listing of the demonstration has a stranger for a seller")?;
            offer::accept(env, policy::verified(&seller.actor)?, offer).await?;
        } else if let Some(seller) = seller.filter(|_| number % 2 == 1) {
            let price = listing.price.share(9_500);
            offer::counter(
                env,
                policy::verified(&seller.actor)?,
                offer,
                price,
                "A little more, and it is yours.",
            )
            .await?;
        }
    }
    Ok(())
}
