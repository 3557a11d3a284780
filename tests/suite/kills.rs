//! What was acknowledged stays, and nothing is there twice, though servers and what they stand on die again and again under load.

use std::{
    collections::BTreeMap,
    sync::atomic::{AtomicBool, Ordering},
    time::{Duration, Instant},
};

use entity::{kinds::NoticeKind, notice, notice_mail, outbox, value::UserId};
use futures::future::join_all;
use handover::kernel::Event;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use tokio::task::block_in_place;

use crate::{
    conservation::is_whole,
    support::{
        Postgres, Redis, TestApp,
        bank::{Line, OutsideBank},
        storm::{Storm, watches},
    },
};

/// A figure in seconds is a deadline; how near it came is printed.
const READY: Duration = Duration::from_secs(50);
const WELL_AGAIN: Duration = Duration::from_secs(20);
const LOOK: Duration = Duration::from_millis(5);

/// Waits until the storm has come so far.
async fn until(storm: &Storm<'_>, acknowledged: usize) {
    while storm.acknowledged() < acknowledged {
        tokio::time::sleep(LOOK).await;
    }
}

/// M5, short: the server is killed three times.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn three_kills_under_load_lose_and_double_nothing() {
    a_server_is_killed(3, 6).await;
}

pub async fn a_server_is_killed(kills: usize, people: usize) {
    let bank = OutsideBank::start(Line::Open).await;
    let app = TestApp::with(|config| bank.configure(config)).await;
    bank.knows(&app);
    let storm = Storm::of(&app, people, 3 + kills, false).await;
    bank.follow(&app);
    let over = AtomicBool::new(false);
    let killing = async {
        let mut slowest = Duration::ZERO;
        let working = [("HANDOVER_WORKER__RUN", "true"), ("HANDOVER_WORKER__TICK_MS", "50")];
        let mut server = block_in_place(|| app.child(&working));
        storm.place.is_now(server.url(""));
        for _ in 0..kills {
            until(&storm, storm.acknowledged() + 25).await;
            drop(server);
            let start = Instant::now();
            server = block_in_place(|| app.child(&working));
            slowest = slowest.max(start.elapsed());
            storm.place.is_now(server.url(""));
        }
        until(&storm, storm.acknowledged() + 25).await;
        over.store(true, Ordering::SeqCst);
        (slowest, server)
    };
    let is_over = || over.load(Ordering::SeqCst);
    let ((slowest, server), (), looked) = tokio::join!(killing, storm.rages_while(|| !is_over()), watches(&app, 20, is_over));
    drop(server);
    eprintln!("{kills} kills, ready again after {slowest:?} at most, {looked} totals");
    assert!(slowest < READY, "{slowest:?}");
    is_whole(&storm, &["buy", "deliver"]).await;
    app.relayed().await;
    app.close().await;
}

/// M6, short: the database falls over twice, as in a power cut.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn with_servers_two_falls_of_the_database_under_load_lose_and_double_nothing() {
    a_database_falls(2, 6).await;
}

pub async fn a_database_falls(falls: usize, people: usize) {
    let Some(postgres) = Postgres::start() else { return };
    let app = TestApp::with(|config| config.database.url = Some(postgres.url().into())).await;
    let storm = Storm::of(&app, people, 3 + falls, false).await;
    let over = AtomicBool::new(false);
    let falling = async {
        let mut slowest = Duration::ZERO;
        for _ in 0..falls {
            until(&storm, storm.acknowledged() + 25).await;
            block_in_place(|| {
                postgres.kill();
                postgres.start_again();
            });
            let (start, before) = (Instant::now(), storm.acknowledged());
            until(&storm, before + 1).await;
            slowest = slowest.max(start.elapsed());
        }
        until(&storm, storm.acknowledged() + 25).await;
        over.store(true, Ordering::SeqCst);
        slowest
    };
    let is_over = || over.load(Ordering::SeqCst);
    let (slowest, (), looked) = tokio::join!(falling, storm.rages_while(|| !is_over()), watches(&app, 20, is_over));
    eprintln!("{falls} falls, success again after {slowest:?} at most, {looked} totals");
    assert!(slowest < WELL_AGAIN, "{slowest:?}");
    let told = storm.place.told();
    let only = ["ok", "UNAVAILABLE", "NOT_FOUND", "UNAUTHENTICATED"];
    assert!(told.keys().all(|code| only.contains(&code.as_str())), "clients were told {told:?}");
    is_whole(&storm, &["buy", "deliver"]).await;
    app.close().await;
}

/// M12, short: five hundred events, and the process that relays them is killed twice.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn five_hundred_events_have_each_effect_once_and_in_order_though_the_relaying_process_is_killed_twice() {
    a_relay_is_killed(5, 100, 2).await;
}

pub async fn a_relay_is_killed(people: usize, events: usize, kills: usize) {
    // Wake-ups get lost with Redis; the events do not.
    let mut redis = Redis::start();
    let app = TestApp::with(|config| {
        if let Some(redis) = &redis {
            config.redis.url = Some(redis.url().into());
        }
    })
    .await;
    let mut users = Vec::new();
    for number in 0..people {
        users.push(app.person(&format!("person{number}")).await.id().await);
    }
    let mails = (0..people)
        .map(|number| app.mails(&format!("person{number}@example.com")).len())
        .collect::<Vec<_>>();
    if let Some(redis) = &mut redis {
        redis.kill();
    }
    let all = people * events;
    let killing = async {
        let working = [("HANDOVER_WORKER__RUN", "true"), ("HANDOVER_WORKER__TICK_MS", "20")];
        for kill in 1..=kills {
            let server = block_in_place(|| app.child(&working));
            // It dies when it has some more behind it, in the middle of the next.
            while told(&app).await < all * kill / (kills + 2) {
                tokio::time::sleep(LOOK).await;
            }
            drop(server);
            // A mail that it had leased is another's when the lease is over.
            app.advance(Duration::from_secs(31));
        }
        let server = block_in_place(|| app.child(&working));
        while told(&app).await < all || waiting(&app).await > 0 {
            tokio::time::sleep(LOOK).await;
        }
        drop(server);
    };
    tokio::join!(join_all(users.iter().map(|user| decisions(&app, *user, events))), killing);
    for (user, number) in users.iter().zip(0..) {
        assert_eq!(
            kinds(&app, *user).await,
            (0..events).map(kind).collect::<Vec<_>>(),
            "each once, in order"
        );
        // A mail may come twice if we died between the server's acceptance and our note of it: at most one for each death.
        let rejected = (0..events).filter(|number| kind(*number) == NoticeKind::IdentityRejected).count();
        let sent = app.mails(&format!("person{number}@example.com")).len() - mails[number];
        assert!((rejected..=rejected + kills).contains(&sent), "{sent} mails of {rejected}");
    }
    assert_eq!(notice::Entity::find().count(app.env().db()).await.unwrap(), all as u64);
    app.close().await;
}

const fn kind(number: usize) -> NoticeKind {
    if number.is_multiple_of(3) {
        NoticeKind::IdentityApproved
    } else {
        NoticeKind::IdentityRejected
    }
}

async fn decisions(app: &TestApp, user: UserId, events: usize) {
    for number in 0..events {
        let tx = app.env().begin().await.unwrap();
        tx.emit(Event::IdentityDecided {
            user,
            approved: number.is_multiple_of(3),
        });
        tx.commit().await.unwrap();
    }
}

async fn kinds(app: &TestApp, user: UserId) -> Vec<NoticeKind> {
    let rows = notice::Entity::find()
        .filter(notice::Column::UserId.eq(user))
        .all(app.env().db())
        .await
        .unwrap();
    let kinds: BTreeMap<_, _> = rows.into_iter().map(|row| (row.id, row.kind)).collect();
    app.told(user).await.into_iter().map(|notice| kinds[&notice]).collect()
}

async fn told(app: &TestApp) -> usize {
    usize::try_from(notice::Entity::find().count(app.env().db()).await.unwrap()).unwrap()
}

async fn waiting(app: &TestApp) -> u64 {
    let events = outbox::Entity::find().filter(outbox::Column::DueAt.is_not_null());
    let mails = notice_mail::Entity::find().filter(notice_mail::Column::DueAt.is_not_null());
    events.count(app.env().db()).await.unwrap() + mails.count(app.env().db()).await.unwrap()
}
