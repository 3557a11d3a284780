//! Changes of the schema that rewrite what is there: the rows of an older house, and what the newest makes of them.

use entity::{
    case, case_step,
    kinds::{CaseKind, CaseState, CaseStep, OrderState},
    order,
    value::{CaseId, Money, OrderId, Time, UserId},
};
use handover::{
    dispute::refusal::timers,
    kernel::{policy::System, sql},
};
use migration::Migrator;
use sea_orm::{ConnectionTrait, Database, DatabaseConnection, EntityTrait, QueryOrder};
use sea_orm_migration::MigratorTrait;
use tempfile::TempDir;
use uuid::Uuid;

use crate::support::{TestApp, create_database, server_of};

/// An empty database, as old as it was before this change. The folder holds it, where it is a file.
async fn before(change: &str) -> (String, DatabaseConnection, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let url = match std::env::var("HANDOVER_TEST_POSTGRES") {
        Ok(postgres) => {
            let name = format!("t{}", Uuid::new_v4().simple());
            create_database(&postgres, &name).await;
            format!("{}/{name}", server_of(&postgres))
        }
        Err(_) => format!("sqlite:{}?mode=rwc", folder.path().join("old.db").display()),
    };
    let db = Database::connect(&url).await.unwrap();
    let older = Migrator::migrations().iter().position(|one| one.name() == change).unwrap();
    Migrator::up(&db, Some(u32::try_from(older).unwrap())).await.unwrap();
    (url, db, folder)
}

/// Writes a row of ids, texts and numbers.
async fn write<C: ConnectionTrait>(db: &C, table: &str, ids: &[(&str, Uuid)], texts: &[(&str, &str)], numbers: &[(&str, i64)]) {
    let mut names: Vec<&str> = Vec::new();
    let mut values: Vec<sea_orm::Value> = Vec::new();
    for (name, id) in ids {
        names.push(name);
        values.push((*id).into());
    }
    for (name, text) in texts {
        names.push(name);
        values.push((*text).into());
    }
    for (name, number) in numbers {
        names.push(name);
        values.push((*number).into());
    }
    let insert = format!(
        "INSERT INTO {table} ({}) VALUES ({})",
        names.join(", "),
        sql::places(1, names.len())
    );
    sql::run(db, &insert, values).await.unwrap();
}

/// Two people, a game, its server and a picture.
async fn an_old_house(db: &DatabaseConnection) -> [Uuid; 5] {
    let [seller, buyer, game, server, image] = [(); 5].map(|()| Uuid::now_v7());
    for (user, name) in [(seller, "sam"), (buyer, "bea")] {
        let texts = [
            ("username", name),
            ("username_key", name),
            ("nickname", name),
            ("email", name),
            ("email_key", name),
            ("password_hash", "-"),
            ("locale", "EN"),
        ];
        write(db, "users", &[("id", user)], &texts, &[("created_at", 1)]).await;
        let standing = "INSERT INTO standing (user_id, role, blacklisted, verified, version) VALUES ($1, 'TRADER', FALSE, TRUE, 1)";
        sql::run(db, standing, vec![user.into()]).await.unwrap();
    }
    let old = "INSERT INTO games (id, slug, name_en, name_zh, fee_basis_points, enabled, position) VALUES ($1, 'old', 'Old', 'Old', 500, TRUE, 99)";
    sql::run(db, old, vec![game.into()]).await.unwrap();
    let names = [("name_en", "One"), ("name_zh", "One")];
    write(db, "game_servers", &[("id", server), ("game_id", game)], &names, &[("position", 1)]).await;
    let file = [("purpose", "LISTING"), ("file_key", "old"), ("mime", "image/webp")];
    let size = [("width", 1), ("height", 1), ("bytes", 1), ("created_at", 1)];
    write(db, "images", &[("id", image), ("owner_id", seller)], &file, &size).await;
    [seller, buyer, game, server, image]
}

/// A listing that an order holds; answers its id.
async fn held_listing(db: &DatabaseConnection, [seller, _, game, server, image]: [Uuid; 5]) -> Uuid {
    let listing = Uuid::now_v7();
    let ids = [
        ("id", listing),
        ("seller_id", seller),
        ("game_id", game),
        ("server_id", server),
        ("cover_id", image),
    ];
    let words = [("title", "Old"), ("description", "Old"), ("state", "RESERVED")];
    let numbers = [
        ("price", 2_003),
        ("delivery_hours", 24),
        ("warranty_days", 30),
        ("version", 1),
        ("created_at", 1),
        ("submitted_at", 1),
    ];
    write(db, "listings", &ids, &words, &numbers).await;
    listing
}

/// When what was refused was refused.
const REFUSED_AT: i64 = 1_700_000_000_000;
/// When the order's own timer would have run out.
const DUE_AT: i64 = REFUSED_AT + 7 * 24 * 60 * 60 * 1_000;

/// An order in this state whose return was refused, and which still has a timer.
async fn refused_return(db: &DatabaseConnection, house: [Uuid; 5], state: &str) -> OrderId {
    let [seller, buyer, game, server, image] = house;
    let (order, listing) = (Uuid::now_v7(), held_listing(db, house).await);
    let ids = [
        ("id", order),
        ("listing_id", listing),
        ("buyer_id", buyer),
        ("seller_id", seller),
        ("game_id", game),
        ("server_id", server),
        ("cover_id", image),
    ];
    let words = [("title", "Old"), ("description", "Old"), ("state", state)];
    let numbers = [
        ("listing_version", 1),
        ("delivery_hours", 24),
        ("warranty_days", 30),
        ("price", 2_003),
        ("fee", 100),
        ("placed_at", 1),
        ("due_at", DUE_AT),
        ("wait_began_at", REFUSED_AT),
        ("remind_at", REFUSED_AT + 1),
    ];
    write(db, "orders", &ids, &words, &numbers).await;
    for (seq, kind, actor, at) in [(1, "PAID", buyer, 1), (2, "RETURN_REFUSED", seller, REFUSED_AT)] {
        let ids = [("order_id", order), ("actor_id", actor)];
        write(db, "order_steps", &ids, &[("kind", kind)], &[("seq", seq), ("at", at)]).await;
    }
    OrderId(order)
}

#[tokio::test]
async fn returns_that_were_refused_before_there_were_cases_are_cases_with_their_own_timers() {
    let (url, db, _folder) = before("m0085_disputes").await;
    let house = an_old_house(&db).await;
    let [seller, buyer, ..] = house;
    let disputed = refused_return(&db, house, "IN_DISPUTE").await;
    let refunded = refused_return(&db, house, "REFUNDED").await;
    let delivered = refused_return(&db, house, "DELIVERED").await;
    db.close().await.unwrap();

    // The newest house opens the old one's database.
    let app = TestApp::with(|config| config.database.url = Some(url.replace("?mode=rwc", "").into())).await;
    let cases = case::Entity::find().all(app.env().db()).await.unwrap();
    assert_eq!(cases.len(), 1, "only what is still in dispute: {cases:?}");
    let case = &cases[0];
    assert_eq!(
        (case.id, case.order_id, case.kind, case.state),
        (CaseId(disputed.0), disputed, CaseKind::Return, CaseState::Gathering)
    );
    assert_eq!(
        (case.seller_id, case.buyer_id, case.amount),
        (UserId(seller), UserId(buyer), Money(2_003))
    );
    let refused = Time(REFUSED_AT);
    assert_eq!(
        (case.opened_at, case.refused_at, case.due_at),
        (refused, Some(refused), Some(refused.plus_hours(48)))
    );
    let steps = case_step::Entity::find().order_by_asc(case_step::Column::Seq).all(app.env().db());
    let steps = steps.await.unwrap();
    assert_eq!(steps.len(), 1);
    assert_eq!(
        (steps[0].case_id, steps[0].kind, steps[0].actor_id, steps[0].at),
        (case.id, CaseStep::Opened, Some(UserId(seller)), refused)
    );
    for (id, state, due) in [
        (disputed, OrderState::InDispute, None),
        (refunded, OrderState::Refunded, Some(Time(DUE_AT))),
        (delivered, OrderState::Delivered, Some(Time(DUE_AT))),
    ] {
        let order = order::Entity::find_by_id(id).one(app.env().db()).await.unwrap().unwrap();
        assert_eq!(
            (order.state, order.due_at, order.wait_began_at.is_none()),
            (state, due, due.is_none()),
            "{id}"
        );
    }
    app.close().await;
}

/// And the timers of such a case run, as those of any other.
#[tokio::test]
async fn a_case_out_of_an_older_house_goes_on_by_its_timers() {
    let (url, db, _folder) = before("m0085_disputes").await;
    let house = an_old_house(&db).await;
    refused_return(&db, house, "IN_DISPUTE").await;
    db.close().await.unwrap();
    let app = TestApp::with(|config| config.database.url = Some(url.replace("?mode=rwc", "").into())).await;
    assert_eq!(
        timers::run_out(app.env(), System::new()).await.unwrap(),
        1,
        "48 hours are long over"
    );
    let case = case::Entity::find().one(app.env().db()).await.unwrap().unwrap();
    assert_eq!(case.state, CaseState::InReview);
    assert_eq!(case.due_at, Some(Time(REFUSED_AT).plus_days(7)), "seven days from the refusal");
    app.close().await;
}

/// What was said of listings before prices stood beside it has those of what is on sale, and follows them from then on.
#[tokio::test]
async fn what_listings_said_before_has_their_prices_beside_it() {
    let (url, db, _folder) = before("m0108_attribute_facets").await;
    let house = an_old_house(&db).await;
    let [_, _, game, server, _] = house;
    let [on_sale, reserved] = [held_listing(&db, house).await, held_listing(&db, house).await];
    let sells = "UPDATE listings SET state = 'ON_SALE', published_at = 7 WHERE id = $1";
    sql::run(&db, sells, vec![on_sale.into()]).await.unwrap();
    let asked = Uuid::now_v7();
    let attribute = "INSERT INTO game_attributes (id, game_id, key, name_en, name_zh, kind, required, unit_en, unit_zh, choices, position) \
                     VALUES ($1, $2, 'rank', 'Rank', 'Rank', 'CHOICE', FALSE, '', '', '[]', 1)";
    sql::run(&db, attribute, vec![asked.into(), game.into()]).await.unwrap();
    for listing in [on_sale, reserved] {
        let ids = [("listing_id", listing), ("attribute_id", asked)];
        write(&db, "listing_attributes", &ids, &[("choice", "gold")], &[("position", 0)]).await;
    }
    db.close().await.unwrap();
    let app = TestApp::with(|config| config.database.url = Some(url.replace("?mode=rwc", "").into())).await;
    let beside = async |listing: Uuid, price: i64| {
        let found = "SELECT 1 AS one FROM listing_attributes WHERE listing_id = $1 AND price = $2 AND published_at = 7 AND server_id = $3";
        let values = vec![listing.into(), price.into(), server.into()];
        sql::one(app.env().db(), found, values).await.unwrap().is_some()
    };
    assert!(beside(on_sale, 2_003).await && !beside(reserved, 2_003).await);
    let tx = app.env().begin().await.unwrap();
    let cheaper = "UPDATE listings SET price = 1900 WHERE id = $1";
    assert_eq!(sql::run(tx.db(), cheaper, vec![on_sale.into()]).await, Ok(1));
    assert_eq!(sql::run(tx.db(), sells, vec![reserved.into()]).await, Ok(1));
    tx.commit().await.unwrap();
    assert!(beside(on_sale, 1_900).await && beside(reserved, 2_003).await);
    app.close().await;
}
