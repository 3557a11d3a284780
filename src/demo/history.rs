//! What the demonstration's people have done with each other: talked, deposited, bought, delivered, confirmed, returned, reviewed, cancelled,
//! offered, withdrawn.

use anyhow::{Context, Result, bail};
use entity::{order, value::Money};
use uuid::Uuid;

use super::{Player, Relay, enter, pass, picture::Dice};
use crate::{
    chat::{self, SendMessage, To},
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
const ORDERS: [(&str, End); 18] = [
    ("bea", End::Completed),
    ("old_fox", End::Completed),
    ("sam", End::Completed),
    ("mei", End::Completed),
    ("bea", End::CancelledBySeller),
    ("old_fox", End::Completed),
    ("yuki", End::Completed),
    ("bea", End::Completed),
    ("sam", End::CancelledByBuyer),
    ("da_peng", End::Completed),
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
pub async fn play(env: &Env, relay: Relay, traders: &[Player]) -> Result<()> {
    for trader in traders.iter().filter(|trader| trader.part.deposited > 0) {
        deposit(env, trader).await?;
    }
    pass(env, relay, 1).await?;
    wallet::deposit::ask(env, System::new()).await?;
    talk(env, named(traders, "bea")?, named(traders, "lin_xia")?, &FIRST_TALK).await?;
    talk(env, named(traders, "old_fox")?, named(traders, "mei")?, &SECOND_TALK).await?;
    let mut dice = Dice(0x0bde);
    // So that the last order is of the last hours.
    let ahead = -env.clock().offset() / HOUR - HOURS_A_TRADE * i64::try_from(ORDERS.len())?;
    pass(env, relay, ahead.max(0)).await?;
    for (buyer, end) in ORDERS {
        trade(env, relay, traders, named(traders, buyer)?, end, &mut dice).await?;
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

const FIRST_TALK: [(bool, &str); 6] = [
    (
        true,
        "Hello, is the account still for sale? Was it ever verified under another name?",
    ),
    (false, "还在的，一直是我自己用，没有实名给别人。"),
    (true, "Good. How long does rebinding the e-mail take?"),
    (false, "十分钟左右，我会在线配合你换绑，手机也一起换掉。"),
    (true, "Then I will buy it tonight."),
    (false, "好的，付款之后我两小时内交接。"),
];
const SECOND_TALK: [(bool, &str); 3] = [
    (true, "Would you go down a little if I buy two?"),
    (false, "两个一起的话可以再便宜一点，你看中哪两个？"),
    (true, "I will look through your list and come back."),
];

/// One order, as far as it has come.
async fn trade(env: &Env, relay: Relay, traders: &[Player], buyer: &Player, end: End, dice: &mut Dice) -> Result<()> {
    let Some(card) = affordable(env, buyer, end, dice).await? else {
        bail!("nothing on sale that {} can pay", buyer.part.username);
    };
    let seller = traders.iter().find(|trader| trader.id == card.listing.seller_id);
    let seller = seller.context("a listing of the demonstration has a stranger for a seller")?;
    let ask = PlaceOrder {
        listing: card.listing.id,
        version: card.listing.version,
        price: card.listing.price,
        key: Uuid::new_v4(),
    };
    let order = orders::place(env, policy::verified(&buyer.actor)?, &ask).await?;
    go_on(env, relay, seller, buyer, &order, end).await
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

async fn go_on(env: &Env, relay: Relay, seller: &Player, buyer: &Player, order: &order::Model, end: End) -> Result<()> {
    let (sells, buys) = (policy::trader(&seller.actor)?, policy::trader(&buyer.actor)?);
    match end {
        End::Paid => return Ok(()),
        End::CancelledByBuyer => {
            orders::cancel(env, buys, order.id).await?;
            return Ok(());
        }
        End::CancelledBySeller => {
            orders::cancel(env, sells, order.id).await?;
            return Ok(());
        }
        End::Delivered | End::Revealed | End::AskedBack | End::HandedBack | End::Completed => {}
    }
    pass(env, relay, 1).await?;
    let credentials = Credentials {
        login: format!("{}-{}", seller.part.username, order.placed_at.0 % 10_000),
        password: "change-me-after-hand-over".to_owned(),
        contacts: String::new(),
        notes: "请先换绑邮箱，再改密码。 Rebind the e-mail first, then change the password.".to_owned(),
    };
    orders::deliver(env, sells, order.id, credentials).await?;
    if end == End::Delivered {
        return Ok(());
    }
    // A reveal wants a fresh proof.
    let fresh = enter(env, buyer.part).await?;
    orders::reveal(env, policy::proven(policy::trader(&fresh.actor)?, env.now())?, order.id, None).await?;
    match end {
        End::Completed => {
            orders::confirm(env, buys, order.id, true).await?;
            orders::review(env, buys, order.id, 5, "Handed over quickly, everything as described.").await?;
        }
        End::AskedBack | End::HandedBack => {
            giving_back::request::request(env, buys, order.id, "The rank is lower than the listing says.").await?;
            if end == End::HandedBack {
                giving_back::hand_back::hand_back(env, buys, order.id, HandBack::AsDelivered).await?;
            }
        }
        End::Paid | End::Delivered | End::Revealed | End::CancelledByBuyer | End::CancelledBySeller => {}
    }
    Ok(())
}

/// Offers that are open: every other one was answered with another price.
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
        if let Some(seller) = seller.filter(|_| number % 2 == 1) {
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
