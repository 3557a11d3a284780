//! A listing with all that is shown beside it, in one statement.

use std::{collections::HashMap, sync::LazyLock};

use entity::{
    game, game_server, image, listing,
    value::{ListingId, Time},
};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QueryResult, Value};

use uuid::Uuid;

use crate::{
    account::face::{self, FaceRow},
    kernel::{
        Env, Fault,
        page::{Ask, Keyset, Page},
        sql,
    },
};

/// A listing with its game, server, cover and seller.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    /// The listing.
    pub listing: listing::Model,
    /// Its game.
    pub game: game::Model,
    /// Its server.
    pub server: game_server::Model,
    /// Its first image.
    pub cover: image::Model,
    /// Who sells it.
    pub seller: FaceRow,
}

impl FromQueryResult for Card {
    fn from_query_result(row: &QueryResult, _: &str) -> Result<Self, DbErr> {
        Ok(Self {
            listing: listing::Model::from_query_result(row, "l_")?,
            game: game::Model::from_query_result(row, "g_")?,
            server: game_server::Model::from_query_result(row, "v_")?,
            cover: image::Model::from_query_result(row, "i_")?,
            seller: FaceRow::from_query_result(row, face::PREFIX)?,
        })
    }
}

/// A list of cards: which, and in which order.
pub(super) struct List {
    /// What stands before the select; may be empty.
    pub with: String,
    /// Where the listings `l` are found.
    pub from: String,
    /// What the rows must meet. Placeholders begin at `$1`; states stand in it as they are, so that partial indexes serve.
    pub condition: String,
    /// What the placeholders stand for.
    pub values: Vec<Value>,
    /// The column by which the list is ordered; the id makes it unique.
    pub column: &'static str,
    /// The most first, or the least.
    pub descending: bool,
    /// After which place.
    pub after: Option<(Value, Uuid)>,
}

/// Reads one page of a list, in one statement.
pub(super) async fn page<C: ConnectionTrait>(db: &C, list: List, ask: &Ask) -> Result<Page<Card>, Fault> {
    let List {
        with,
        from,
        mut condition,
        mut values,
        column,
        descending,
        after,
    } = list;
    let (direction, beyond) = if descending { ("DESC", '<') } else { ("ASC", '>') };
    if let Some((at, id)) = after {
        let (first, second) = (values.len() + 1, values.len() + 2);
        condition = format!("{condition} AND (l.{column}, l.id) {beyond} (${first}, ${second})");
        values.extend([at, Value::from(id)]);
    }
    let order = format!("ORDER BY l.{column} {direction}, l.id {direction} LIMIT {}", ask.limit());
    let select = format!("{with}SELECT {} FROM {from} {JOINED}", *COLUMNS);
    let rows = sql::all(db, &format!("{select} WHERE {condition} {order}"), values).await?;
    Ok(ask.cut(rows))
}

/// The listings on sale of the same game whose prices are nearest, up to `most` on each side, in one statement.
pub(super) async fn around<C: ConnectionTrait>(db: &C, like: &listing::Model, most: u32) -> Result<Vec<Card>, Fault> {
    let side = |beyond: &str, direction: &str| {
        format!(
            "SELECT * FROM (SELECT n.id FROM listings n WHERE n.state = 'ON_SALE' AND n.game_id = $1 AND n.price {beyond} $2 AND n.id <> $3 \
             ORDER BY n.price {direction}, n.id {direction} LIMIT {most}) {direction}_side"
        )
    };
    let statement = format!(
        "{} WHERE l.id IN ({} UNION ALL {}) AND NOT s.blacklisted",
        *SELECT,
        side("<=", "DESC"),
        side(">", "ASC")
    );
    sql::all(db, &statement, vec![like.game_id.into(), like.price.into(), like.id.into()]).await
}

/// Reads one card.
pub(super) async fn one<C: ConnectionTrait>(db: &C, listing: ListingId) -> Result<Option<Card>, Fault> {
    let mut rows: Vec<Card> = sql::all(db, &format!("{} WHERE l.id = $1", *SELECT), vec![listing.into()]).await?;
    Ok(rows.pop())
}

/// Reads some cards, in no order.
pub(super) async fn some<C: ConnectionTrait>(db: &C, listings: &[ListingId]) -> Result<Vec<Card>, Fault> {
    if listings.is_empty() {
        return Ok(Vec::new());
    }
    let places: Vec<String> = (1..=listings.len()).map(|place| format!("${place}")).collect();
    let condition = format!("{} WHERE l.id IN ({})", *SELECT, places.join(", "));
    sql::all(db, &condition, listings.iter().map(|id| (*id).into()).collect()).await
}

/// The images of some listings, in their order, in two statements.
pub async fn images_of(env: &Env, listings: &[ListingId]) -> Result<HashMap<ListingId, Vec<image::Model>>, Fault> {
    let rows = entity::listing_image::Entity::find()
        .filter(entity::listing_image::Column::ListingId.is_in(listings.iter().copied()))
        .order_by_asc(entity::listing_image::Column::Position)
        .all(env.db())
        .await?;
    let found = image::Entity::find()
        .filter(image::Column::Id.is_in(rows.iter().map(|row| row.image_id)))
        .all(env.db())
        .await?;
    let by_id: HashMap<_, _> = found.into_iter().map(|image| (image.id, image)).collect();
    let mut images = HashMap::<ListingId, Vec<image::Model>>::new();
    for row in rows {
        let image = by_id
            .get(&row.image_id)
            .ok_or_else(|| Fault::internal("a listing's image has no row"))?;
        images.entry(row.listing_id).or_default().push(image.clone());
    }
    Ok(images)
}

impl Card {
    /// Its place in a list ordered by publication. Unpublished ones have none, and are in no such list.
    #[must_use]
    pub fn published_place(&self) -> Keyset {
        self.place(self.listing.published_at.unwrap_or_default())
    }

    /// Its place in a list ordered by creation.
    #[must_use]
    pub fn created_place(&self) -> Keyset {
        self.place(self.listing.created_at)
    }

    /// Its place in the review queue.
    #[must_use]
    pub fn submitted_place(&self) -> Keyset {
        self.place(self.listing.submitted_at)
    }

    const fn place(&self, at: Time) -> Keyset {
        Keyset { at, id: self.listing.id.0 }
    }
}

static COLUMNS: LazyLock<String> = LazyLock::new(|| {
    let columns = [
        sql::columns::<listing::Column>("l"),
        sql::columns::<game::Column>("g"),
        sql::columns::<game_server::Column>("v"),
        sql::columns::<image::Column>("i"),
        face::COLUMNS.to_owned(),
    ];
    columns.join(", ")
});

/// What a card needs beside the listing `l`.
const JOINED: &str = "JOIN games g ON g.id = l.game_id JOIN game_servers v ON v.id = l.server_id \
     JOIN images i ON i.id = l.cover_id JOIN users u ON u.id = l.seller_id JOIN standing s ON s.user_id = l.seller_id";

static SELECT: LazyLock<String> = LazyLock::new(|| format!("SELECT {} FROM listings l {JOINED}", *COLUMNS));

/// The select of cards with further columns, from where the listings `l` are found.
pub(super) fn select_with(columns: &str, from: &str) -> String {
    format!("SELECT {}, {columns} FROM {from} {JOINED}", *COLUMNS)
}
