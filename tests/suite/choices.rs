//! What made a choice is found along rows of its own, which triggers keep beside their listings: whatever happens to a listing, lists and counts are
//! what a plain look at all of them says.

use entity::{
    kinds::ListingState,
    listing, listing_attribute,
    value::{ListingId, Money, OrderId, ServerId, Time, UserId},
};
use handover::{
    kernel::{page::Ask, sql},
    market::{self, AttributeFilter, Browse, Filter, Sort, store},
};
use sea_orm::{ActiveValue::Set, ConnectionTrait, EntityTrait, IntoActiveModel};

use crate::{
    choices_plainly::{Market, answers, chooses, named},
    support::TestApp,
};

/// How many listings there are beside the first one.
const MANY: i32 = 60;
/// How many a page has.
const A_PAGE: u32 = 7;

/// Many copies of a listing in the game, in every state. One half is there before it says anything; the other says all of it before it is moved.
async fn fill(app: &TestApp, market: &Market) {
    let template = market.listings[0].clone();
    let tx = app.env().begin().await.unwrap();
    for number in 0..MANY {
        let (at, place) = (i64::from(number), usize::try_from(number).unwrap());
        let state = match number % 10 {
            6 => ListingState::Sold,
            7 => ListingState::Reserved,
            8 => ListingState::OffShelf,
            9 => ListingState::InReview,
            _ => ListingState::OnSale,
        };
        let first = number % 2 == 0;
        let copy = listing::Model {
            id: ListingId::new(),
            game_id: market.game,
            server_id: market.servers[place % market.servers.len()].id,
            // Several have the same price, the same time and as many looks.
            price: Money(1_000 * (1 + at * 7 % 9)),
            published_at: (state != ListingState::InReview).then_some(Time(1_700_000_000_000 + at / 3 * 1_000)),
            views: at * 31 % 7,
            negotiable: number % 3 > 0,
            state: if first { state } else { ListingState::InReview },
            ..template.clone()
        };
        let insert = listing::Entity::insert(copy.clone().into_active_model());
        insert.exec_without_returning(tx.db()).await.unwrap();
        write(tx.db(), market, copy.id, place).await;
        let moved = "UPDATE listings SET state = $2 WHERE id = $1";
        let values = vec![copy.id.into(), state.as_str().into()];
        assert_eq!(
            sql::run(tx.db(), moved, values).await,
            Ok(1),
            "what a trigger writes is not counted"
        );
    }
    tx.commit().await.unwrap();
}

/// What a listing says, depending on a number.
async fn write<C: ConnectionTrait>(db: &C, market: &Market, listing: ListingId, number: usize) {
    let row = |key: &str, position| listing_attribute::ActiveModel {
        listing_id: Set(listing),
        attribute_id: Set(market.attribute(key).id),
        position: Set(position),
        choice: Set(None),
        number: Set(None),
        flag: Set(None),
        words: Set(None),
    };
    let chosen = |key: &str, position, choice| listing_attribute::ActiveModel {
        choice: Set(Some(market.choice(key, choice))),
        ..row(key, position)
    };
    let mut rows = vec![chosen("rank", 0, number % 3)];
    rows.push(listing_attribute::ActiveModel {
        number: Set(Some(i32::try_from(number).unwrap())),
        ..row("level", 0)
    });
    rows.push(listing_attribute::ActiveModel {
        flag: Set(Some(number % 5 < 2)),
        ..row("adult", 0)
    });
    if number.is_multiple_of(2) {
        rows.push(chosen("finishes", 0, 0));
        rows.push(chosen("finishes", 1, 1 + number % 3));
    }
    let insert = listing_attribute::Entity::insert_many(rows);
    insert.exec_without_returning(db).await.unwrap();
}

/// What is looked for: choices, alone and with others, in each of several price ranges and places.
fn filters(market: &Market, round: usize) -> Vec<Filter> {
    let (rank, finish) = (|at| market.choice("rank", at), |at| market.choice("finishes", at));
    let level = AttributeFilter {
        key: "level".to_owned(),
        from: Some(10),
        to: Some(40),
        ..AttributeFilter::default()
    };
    let one = || chooses("rank", &[rank(0)]);
    let attributes = [
        vec![],
        vec![one()],
        vec![chooses("rank", &[rank(0), rank(2)])],
        vec![answers("adult", true), one()],
        vec![chooses("finishes", &[finish(0)])],
        vec![chooses("finishes", &[finish(0)]), chooses("finishes", &[finish(2)])],
        vec![one(), chooses("finishes", &[finish(1)])],
        vec![level, one()],
        vec![chooses("rank", &[rank(5)])],
    ];
    let prices = [
        (None, None),
        (Some(Money(2_000)), Some(Money(6_000))),
        (None, Some(Money(5_000))),
        (Some(Money(7_000)), None),
    ];
    let server: Option<ServerId> = Some(market.servers[1].id);
    let mut filters = Vec::new();
    for attributes in attributes {
        for (from, to) in prices {
            for (server, negotiable) in [(None, None), (server, None), (None, Some(true))] {
                filters.push(Filter {
                    game: Some(market.game),
                    server,
                    from,
                    to,
                    negotiable,
                    attributes: attributes.clone(),
                    // Blanks are no words. Counts are told again for a while, but not those of other words.
                    words: Some(" ".repeat(round)),
                    ..Filter::default()
                });
            }
        }
    }
    filters
}

/// Every list and every count is what a plain look says. Answers how many listings were seen in lists.
async fn agrees(app: &TestApp, round: usize) -> usize {
    let market = Market::read(app).await;
    let mut seen = 0;
    for filter in filters(&market, round) {
        for sort in [Sort::Newest, Sort::Cheapest, Sort::Dearest, Sort::Popular] {
            let listed = listed(app, &filter, sort).await;
            assert_eq!(listed, market.sorted(&filter, sort), "{sort:?} {filter:?}");
            seen += listed.len();
        }
        let told = market::facets(app.env(), &filter).await.unwrap();
        assert_eq!(named(told), market.facets(&filter), "{filter:?}");
    }
    let apart = "SELECT f.listing_id FROM listing_attributes f JOIN listings l ON l.id = f.listing_id WHERE (l.state = 'ON_SALE') <> (f.price IS NOT NULL) \
                 OR (f.price IS NULL) <> (f.server_id IS NULL) OR f.price <> l.price OR f.published_at <> l.published_at OR f.server_id <> l.server_id";
    assert!(
        sql::one(app.env().db(), apart, vec![]).await.unwrap().is_none(),
        "a row is not as its listing"
    );
    seen
}

/// A whole list, page by page.
async fn listed(app: &TestApp, filter: &Filter, sort: Sort) -> Vec<ListingId> {
    let wanted = Browse {
        filter: filter.clone(),
        sort,
        ..Browse::default()
    };
    let (mut listed, mut after) = (Vec::new(), None);
    loop {
        let page = market::browse(app.env(), &wanted, &Ask { first: A_PAGE, after }).await.unwrap();
        listed.extend(page.rows.iter().map(|card| card.listing.id));
        after = page.rows.last().map(|card| sort.place(card));
        if !page.more {
            return listed;
        }
    }
}

/// One of everything that happens to a listing, by the house's own statements and by others.
async fn happens(app: &TestApp) {
    let market = Market::read(app).await;
    let in_state = |state| {
        let its = market
            .listings
            .iter()
            .filter(move |it| it.state == state && it.game_id == market.game);
        its.cloned().collect::<Vec<_>>()
    };
    let on_sale = in_state(ListingState::OnSale);
    let in_review = in_state(ListingState::InReview);
    let [sold, back, draft, off, put_on, dearer, moved, newer, other, ..] = on_sale.as_slice() else {
        panic!("few are on sale");
    };
    let tx = app.env().begin().await.unwrap();
    let order = OrderId::new();
    for held in [sold, back, draft] {
        assert!(store::reserve(&tx, held.id, held.version, held.price, order).await.unwrap());
    }
    assert!(store::sold(&tx, sold.id, order).await.unwrap());
    assert!(store::release(&tx, back.id, order, ListingState::OnSale).await.unwrap());
    assert!(store::release(&tx, draft.id, order, ListingState::Draft).await.unwrap());
    for shelved in [off, put_on] {
        assert!(store::step(&tx, shelved, ListingState::OffShelf).await.unwrap());
    }
    let shelved = store::get(tx.db(), put_on.id).await.unwrap().unwrap();
    assert!(store::step(&tx, &shelved, ListingState::OnSale).await.unwrap());
    let server = market.servers.iter().find(|server| server.id != moved.server_id).unwrap().id;
    for (statement, values) in [
        ("UPDATE listings SET price = price + 5 WHERE id = $1", vec![dearer.id.into()]),
        (
            "UPDATE listings SET server_id = $2 WHERE id = $1",
            vec![moved.id.into(), server.into()],
        ),
        (
            "UPDATE listings SET published_at = published_at + 7000 WHERE id = $1",
            vec![newer.id.into()],
        ),
        ("DELETE FROM listing_attributes WHERE listing_id = $1", vec![other.id.into()]),
    ] {
        assert!(sql::run(tx.db(), statement, values).await.unwrap() > 0, "{statement}");
    }
    // It says something else, and is on sale all the while.
    write(tx.db(), &market, other.id, 4).await;
    let admin = UserId::new();
    let [approved, rejected, ..] = in_review.as_slice() else {
        panic!("few are in review");
    };
    assert!(store::approve(&tx, approved.id, approved.version, admin).await.unwrap());
    assert!(
        store::reject(&tx, rejected.id, rejected.version, admin, "Show the level.")
            .await
            .unwrap()
    );
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn lists_and_counts_of_choices_are_what_a_look_at_every_listing_says() {
    let app = TestApp::new().await;
    let sam = app.verified("sam").await;
    sam.sells("20.00").await;
    fill(&app, &Market::read(&app).await).await;
    assert!(agrees(&app, 0).await > 1_000, "much is found");
    happens(&app).await;
    assert!(agrees(&app, 1).await > 1_000, "much is found");
    let tx = app.env().begin().await.unwrap();
    store::take_off(&tx, sam.id().await).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(agrees(&app, 2).await, 0, "nothing of his is on sale any more");
    app.close().await;
}
