//! A listing with all that is shown beside it, in one statement.

use std::{collections::HashMap, sync::LazyLock};

use entity::{
    game, game_server, image, listing,
    value::{ListingId, Time},
};
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult, QueryResult, Value};
use uuid::Uuid;

use crate::{
    account::face::{self, FaceRow},
    kernel::{
        Env, Fault,
        page::{Ask, Keyset, Page},
        sql::{self, Cells},
    },
    row_by_place,
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

row_by_place!(ListingRow reads listing::Model {
    id, seller_id, game_id, server_id, title, description, price, delivery_hours, warranty_days, cover_id, state, version, reject_reason,
    order_id, created_at, submitted_at, published_at, bindings, penalties, claimed_by, claimed_at, views, negotiable,
});
row_by_place!(GameRow reads game::Model {
    id, slug, name_en, name_zh, fee_basis_points, enabled, position, checklist, aliases, icon_id,
});
row_by_place!(ServerRow reads game_server::Model { id, game_id, name_en, name_zh, position });
row_by_place!(ImageRow reads image::Model {
    id, owner_id, purpose, file_key, mime, width, height, bytes, created_at, attached_at, sha256,
});

impl FromQueryResult for Card {
    fn from_query_result(row: &QueryResult, _: &str) -> Result<Self, DbErr> {
        let cells = &mut Cells::of(row);
        Ok(Self {
            listing: ListingRow::read(cells)?,
            game: GameRow::read(cells)?,
            server: ServerRow::read(cells)?,
            cover: ImageRow::read(cells)?,
            seller: FaceRow::read(cells)?,
        })
    }
}

/// Which long texts a page of cards brings along. What nobody asked for is empty: of a page they would be most of what is fetched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Texts {
    /// What the sellers say.
    pub description: bool,
    /// The checklists of the games.
    pub checklist: bool,
}

impl Default for Texts {
    /// All of them.
    fn default() -> Self {
        Self {
            description: true,
            checklist: true,
        }
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
    /// The column by which the list is ordered.
    pub column: &'static str,
    /// The listing's id, where that column stands; it makes the order unique.
    pub id: &'static str,
    /// The most first, or the least.
    pub descending: bool,
    /// After which place.
    pub after: Option<(Value, Uuid)>,
    /// With which long texts.
    pub texts: Texts,
}

/// Reads one page of a list, in one statement.
pub(super) async fn page<C: ConnectionTrait>(db: &C, list: List, ask: &Ask) -> Result<Page<Card>, Fault> {
    let List {
        with,
        from,
        mut condition,
        mut values,
        column,
        id,
        descending,
        after,
        texts,
    } = list;
    let (direction, beyond) = if descending { ("DESC", '<') } else { ("ASC", '>') };
    if let Some((at, place)) = after {
        let (first, second) = (values.len() + 1, values.len() + 2);
        condition = format!("{condition} AND ({column}, {id}) {beyond} (${first}, ${second})");
        values.extend([at, Value::from(place)]);
    }
    let order = format!("ORDER BY {column} {direction}, {id} {direction} LIMIT {}", ask.limit());
    let statement = format!("{with}{} WHERE {condition} {order}", select(texts, "", &from));
    let rows = sql::all(db, &statement, values).await?;
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
    // First of all, since joins are made in the order in which they stand.
    let near = format!("({} UNION ALL {}) near CROSS JOIN listings l", side("<=", "DESC"), side(">", "ASC"));
    let statement = format!("{} WHERE l.id = near.id AND NOT s.blacklisted", select(Texts::default(), "", &near));
    sql::all(db, &statement, vec![like.game_id.into(), like.price.into(), like.id.into()]).await
}

/// Reads one card.
pub(super) async fn one<C: ConnectionTrait>(db: &C, listing: ListingId) -> Result<Option<Card>, Fault> {
    let mut rows: Vec<Card> = sql::all(db, &format!("{} WHERE l.id = $1", whole()), vec![listing.into()]).await?;
    Ok(rows.pop())
}

/// Reads some cards, in no order.
pub(super) async fn some<C: ConnectionTrait>(db: &C, listings: &[ListingId]) -> Result<Vec<Card>, Fault> {
    if listings.is_empty() {
        return Ok(Vec::new());
    }
    let condition = format!("{} WHERE l.id IN ({})", whole(), sql::places(1, listings.len()));
    sql::all(db, &condition, listings.iter().map(|id| (*id).into()).collect()).await
}

/// The images of some listings, in their order.
pub async fn images_of(env: &Env, listings: &[ListingId]) -> Result<HashMap<ListingId, Vec<image::Model>>, Fault> {
    let mut images = HashMap::<ListingId, Vec<image::Model>>::new();
    if listings.is_empty() {
        return Ok(images);
    }
    let select = format!(
        "SELECT m.listing_id, {} FROM listing_images m JOIN images i ON i.id = m.image_id WHERE m.listing_id IN ({}) ORDER BY m.listing_id, m.position",
        ImageRow::columns("i"),
        sql::places(1, listings.len())
    );
    let rows: Vec<Shown> = sql::all(env.db(), &select, listings.iter().map(|id| (*id).into()).collect()).await?;
    for Shown { listing, image } in rows {
        images.entry(listing).or_default().push(image);
    }
    Ok(images)
}

/// An image and the listing that shows it.
struct Shown {
    listing: ListingId,
    image: image::Model,
}

impl FromQueryResult for Shown {
    fn from_query_result(row: &QueryResult, _: &str) -> Result<Self, DbErr> {
        let cells = &mut Cells::of(row);
        Ok(Self {
            listing: cells.read()?,
            image: ImageRow::read(cells)?,
        })
    }
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

/// What a card needs beside the listing `l`.
const JOINED: &str = "JOIN games g ON g.id = l.game_id JOIN game_servers v ON v.id = l.server_id \
     JOIN images i ON i.id = l.cover_id JOIN users u ON u.id = l.seller_id JOIN standing s ON s.user_id = l.seller_id";

/// The columns of a card: without long texts, with the checklist, with the description, with both.
static COLUMNS: LazyLock<[String; 4]> = LazyLock::new(|| {
    [(false, false), (false, true), (true, false), (true, true)].map(|(description, checklist)| {
        let (mut listing, mut game) = (ListingRow::columns("l"), GameRow::columns("g"));
        if !description {
            listing = listing.replace("l.description", "''");
        }
        if !checklist {
            game = game.replace("g.checklist", "'[]'");
        }
        let (server, image) = (ServerRow::columns("v"), ImageRow::columns("i"));
        format!("{listing}, {game}, {server}, {image}, {}", face::COLUMNS)
    })
});

/// Everything that a card is made from, in one joined statement, from where the listings `l` are found; then `more`.
fn select(texts: Texts, more: &str, from: &str) -> String {
    let columns = &COLUMNS[usize::from(texts.description) * 2 + usize::from(texts.checklist)];
    format!("SELECT {columns}{more} FROM {from} {JOINED}")
}

/// The select of whole cards.
fn whole() -> String {
    select(Texts::default(), "", "listings l")
}

/// The select of whole cards with a further column, from where the listings `l` are found.
pub(super) fn select_with(column: &str, from: &str) -> String {
    select(Texts::default(), &format!(", {column}"), from)
}
