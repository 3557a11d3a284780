//! Where a statement finds the listings that a filter means. Each walks one index in its own order and ends when it has enough, so that it takes as
//! long among a million listings as among a thousand.
//!
//! What a listing on sale says of its game carries its price, its time and its server (`listing_attributes`, kept by triggers). So whoever asks for
//! one choice walks the rows `f` that made it, and comes by the listings `l` only for what the rows do not say.

use entity::value::AttributeId;
use sea_orm::Value;
use uuid::Uuid;

use super::filter::{AttributeFilter, Resolved, Words, that_have};

/// What a count leaves out of its filter, to say how many there would be with another choice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Except {
    Nothing,
    Game,
    Server,
    Price,
    Attribute(AttributeId),
}

/// The table that is walked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Walk {
    /// The listings `l`, or those of them that have a rare word.
    #[default]
    Listings,
    /// The rows `f` that say the same of one attribute.
    Rows,
}

/// By which a list is sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Key {
    Time,
    Price,
    Views,
}

/// What a row says of its attribute: the column, and what stands in it.
#[derive(Debug, Clone)]
pub(super) struct Says {
    attribute: AttributeId,
    column: &'static str,
    value: Value,
}

/// The parts of a statement.
#[derive(Debug, Default)]
pub(super) struct Parts {
    /// What stands before the select.
    pub with: String,
    /// Where the listings are found.
    pub from: String,
    /// What the rows must meet.
    pub condition: String,
    /// What the placeholders stand for.
    pub values: Vec<Value>,
    /// What it walks.
    pub walk: Walk,
}

/// A part of a statement that counts: where, under which condition, in which order. It shares the placeholders of the whole.
#[derive(Debug)]
pub(super) struct Arm {
    /// What it walks.
    pub walk: Walk,
    /// Where the listings are found.
    pub from: String,
    /// What the rows must meet.
    pub condition: String,
    /// In which order, with a space after it; may be empty.
    pub order: &'static str,
}

impl Says {
    /// Of this attribute, in this column, this.
    pub fn new(attribute: AttributeId, column: &'static str, value: impl Into<Value>) -> Self {
        Self {
            attribute,
            column,
            value: value.into(),
        }
    }
}

impl Walk {
    /// The name under which it has price, time and server.
    pub const fn alias(self) -> &'static str {
        match self {
            Self::Listings => "l",
            Self::Rows => "f",
        }
    }

    /// The listing's id.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Listings => "l.id",
            Self::Rows => "f.listing_id",
        }
    }

    /// The column by which a list is sorted.
    pub const fn column(self, key: Key) -> &'static str {
        match (self, key) {
            (Self::Listings, Key::Time) => "l.published_at",
            (Self::Listings, Key::Price) => "l.price",
            (Self::Rows, Key::Time) => "f.published_at",
            (Self::Rows, Key::Price) => "f.price",
            (_, Key::Views) => "l.views",
        }
    }
}

impl Parts {
    /// The placeholder of a further value.
    pub fn value(&mut self, value: impl Into<Value>) -> String {
        self.values.push(value.into());
        format!("${}", self.values.len())
    }

    fn and(&mut self, test: &str) {
        if !self.condition.is_empty() {
            self.condition.push_str(" AND ");
        }
        self.condition.push_str(test);
    }

    fn and_value(&mut self, test: &str, value: Option<impl Into<Value>>) {
        if let Some(value) = value {
            let place = self.value(value);
            self.and(&format!("{test} {place}"));
        }
    }

    /// The rows under this name say this, and their listings are on sale: only those have a price. Both stand as the indexes have them.
    fn and_rows(&mut self, alias: &str, says: Says) {
        let (attribute, value) = (self.value(says.attribute), self.value(says.value));
        let column = says.column;
        self.and(&format!(
            "{alias}.attribute_id = {attribute} AND {alias}.{column} = {value} AND {alias}.price IS NOT NULL"
        ));
    }

    /// The listing of this id says this of an attribute.
    fn and_says(&mut self, listing: &str, attribute: AttributeId, filter: &AttributeFilter) {
        let mut test = format!("a.listing_id = {listing} AND a.attribute_id = {}", self.value(attribute));
        if !filter.choices.is_empty() {
            let places: Vec<String> = filter.choices.iter().map(|choice| self.value(choice.as_str())).collect();
            test = format!("{test} AND a.choice IN ({})", places.join(", "));
        }
        if let Some(from) = filter.from {
            test = format!("{test} AND a.number >= {}", self.value(from));
        }
        if let Some(to) = filter.to {
            test = format!("{test} AND a.number <= {}", self.value(to));
        }
        if let Some(yes) = filter.yes {
            test = format!("{test} AND a.flag = {}", self.value(yes));
        }
        self.and(&format!("(SELECT 1 FROM listing_attributes a WHERE {test} LIMIT 1) IS NOT NULL"));
    }
}

impl Resolved {
    /// The parts of a list of what is meant and on sale, beside the standing `s` of the sellers. What blacklisted ones offer is left out.
    pub fn list(&self, key: Key) -> Parts {
        let mut parts = Parts::default();
        // A seller has few, and nothing else carries the views.
        let by_rows = key != Key::Views && self.filter.seller.is_none() && matches!(self.words, Words::Any);
        match self.choice(Except::Nothing).filter(|_| by_rows) {
            Some((walked, says)) => self.list_rows(&mut parts, key, walked, says),
            None => {
                self.look_among(&mut parts);
                self.of_listings(&mut parts, Except::Nothing);
            }
        }
        parts.and("NOT s.blacklisted");
        parts
    }

    fn list_rows(&self, parts: &mut Parts, key: Key, walked: usize, says: Says) {
        parts.walk = Walk::Rows;
        // In this order: SQLite keeps to it.
        "listing_attributes f CROSS JOIN listings l".clone_into(&mut parts.from);
        parts.and_rows("f", says);
        let before = std::mem::take(&mut parts.condition);
        self.within(parts, Except::Nothing);
        let bounds = std::mem::replace(&mut parts.condition, before);
        match key {
            _ if bounds.is_empty() => {}
            // They say where the walk begins and ends.
            Key::Price => parts.and(&bounds),
            // Hidden, so that no planner thinks that few are within them, fetches all of those and sorts them: that takes as long as there are many.
            Key::Time | Key::Views => parts.and(&format!("CASE WHEN {bounds} THEN TRUE ELSE FALSE END")),
        }
        parts.and("l.id = f.listing_id AND l.state = 'ON_SALE'");
        parts.and_value("l.negotiable =", self.filter.negotiable);
        self.says(parts, "f.listing_id", Except::Nothing, Some(walked));
    }

    /// The server and the price that the rows `f` must have.
    fn within(&self, parts: &mut Parts, except: Except) {
        if except != Except::Server {
            parts.and_value("f.server_id =", self.filter.server);
        }
        if except != Except::Price {
            parts.and_value("f.price >=", self.filter.from);
            if let Some(to) = self.filter.to {
                // Up to the last id of that price. PostgreSQL, which does not know the values when it plans, takes two plain bounds of one column to
                // leave next to nothing, and what then comes beside these rows it looks up one by one.
                let (price, last) = (parts.value(to), parts.value(Uuid::max()));
                parts.and(&format!("(f.price, f.listing_id) <= ({price}, {last})"));
            }
        }
    }

    /// What the listing of this id must say of attributes, without what is excepted and the one that is walked along.
    fn says(&self, parts: &mut Parts, listing: &str, except: Except, walked: Option<usize>) {
        for (at, (id, attribute)) in self.attributes.iter().enumerate() {
            if Some(at) != walked && except != Except::Attribute(*id) {
                parts.and_says(listing, *id, attribute);
            }
        }
    }

    /// The first attribute of which exactly one choice is wanted: its place among the filter's, and what its rows say.
    fn choice(&self, except: Except) -> Option<(usize, Says)> {
        let mut wanted = self.attributes.iter().enumerate().filter(|_| except != Except::Game);
        wanted.find_map(|(at, (id, wanted))| match wanted.choices.as_slice() {
            [choice] if except != Except::Attribute(*id) => Some((at, Says::new(*id, "choice", choice.as_str()))),
            _ => None,
        })
    }

    /// Where the listings are found: among those that have all words, if they are few.
    pub fn look_among(&self, parts: &mut Parts) {
        "listings l".clone_into(&mut parts.from);
        if let Words::All(words, true) = &self.words {
            parts.with = format!("WITH hits AS MATERIALIZED ({}) ", that_have(words, |word| parts.value(word)));
            // In this order: SQLite keeps to it, and PostgreSQL knows how few they are.
            "hits h CROSS JOIN listings l".clone_into(&mut parts.from);
        }
    }

    /// Counts what is meant and on sale and says this, if it is to say something, whoever sells it. `whole` is the statement, and knows where the
    /// listings are found.
    pub fn count(&self, whole: &mut Parts, except: Except, says: Option<Says>) -> Arm {
        let filter = &self.filter;
        let by_rows = filter.seller.is_none() && filter.negotiable.is_none() && matches!(self.words, Words::Any);
        let condition = std::mem::take(&mut whole.condition);
        let mut arm = match (says, self.choice(except)) {
            (Some(says), chosen) if by_rows => {
                let (walked, beside) = chosen.unzip();
                self.count_rows(whole, except, says, (walked, beside))
            }
            (None, Some((walked, says))) if by_rows => self.count_rows(whole, except, says, (Some(walked), None)),
            (says, _) => self.count_listings(whole, except, says),
        };
        arm.condition = std::mem::replace(&mut whole.condition, condition);
        arm
    }

    /// Along the rows that say this. Beside them those of a choice, which stand in the same order: two sorted lists are gone through side by side, while
    /// to look each row up takes ten times as long.
    fn count_rows(&self, whole: &mut Parts, except: Except, says: Says, (walked, beside): (Option<usize>, Option<Says>)) -> Arm {
        whole.and_rows("f", says);
        self.within(whole, except);
        let mut from = "listing_attributes f".to_owned();
        if let Some(beside) = beside {
            from.push_str(" CROSS JOIN listing_attributes c");
            whole.and_rows("c", beside);
            // To both it is the same as `=`, but from that SQLite concludes that the bounds of `f` are those of `c`, and walks all within them again
            // for each row.
            whole.and("c.price IN (f.price) AND c.listing_id = f.listing_id");
        }
        self.says(whole, "f.listing_id", except, walked);
        Arm {
            walk: Walk::Rows,
            from,
            condition: String::new(),
            order: "ORDER BY f.price ",
        }
    }

    fn count_listings(&self, whole: &mut Parts, except: Except, says: Option<Says>) -> Arm {
        self.of_listings(whole, except);
        if let Some(Says { attribute, column, value }) = says {
            let (attribute, value) = (whole.value(attribute), whole.value(value));
            whole.and(&format!(
                "l.id IN (SELECT a.listing_id FROM listing_attributes a WHERE a.attribute_id = {attribute} AND a.{column} = {value} AND a.price IS NOT NULL)"
            ));
        }
        Arm {
            walk: Walk::Listings,
            from: whole.from.clone(),
            condition: String::new(),
            order: self.order(except),
        }
    }

    /// In which order listings are counted: it says which index to walk, and of prices where to begin. Without it a planner that guesses badly
    /// reads the whole table. A few that have a rare word need none.
    const fn order(&self, except: Except) -> &'static str {
        let by_price = matches!(except, Except::Price) || self.filter.from.is_some() || self.filter.to.is_some();
        match &self.words {
            Words::All(_, true) | Words::None if !matches!(except, Except::Price) => "",
            _ if by_price => "ORDER BY l.price ",
            _ => "ORDER BY l.published_at DESC, l.id DESC ",
        }
    }

    /// The condition on listings without what is excepted, whoever sells them. States stand in it as they are, so that partial indexes serve.
    fn of_listings(&self, parts: &mut Parts, except: Except) {
        let filter = &self.filter;
        parts.and("l.state = 'ON_SALE'");
        // The server says the game, and with both in the statement the planner might take the worse index; so the game stands only where no
        // server does.
        match filter.server.filter(|_| except != Except::Server && except != Except::Game) {
            Some(server) => parts.and_value("l.server_id =", Some(server)),
            None => parts.and_value("l.game_id =", self.game.filter(|_| except != Except::Game)),
        }
        parts.and_value("l.seller_id =", filter.seller);
        if except != Except::Price {
            parts.and_value("l.price >=", filter.from);
            parts.and_value("l.price <=", filter.to);
        }
        parts.and_value("l.negotiable =", filter.negotiable);
        if except != Except::Game {
            self.says(parts, "l.id", except, None);
        }
        self.has_words(parts);
    }

    fn has_words(&self, parts: &mut Parts) {
        match &self.words {
            Words::Any => {}
            Words::None => parts.and("1 = 0"),
            Words::All(_, true) => parts.and("l.id = h.listing_id"),
            Words::All(words, false) => {
                for word in words {
                    let place = parts.value(word.as_str());
                    // A value, not an EXISTS: so that it is looked up for each row of the list's order, and never turned into a join.
                    parts.and(&format!(
                        "(SELECT t.listing_id FROM listing_terms t WHERE t.term = {place} AND t.listing_id = l.id) IS NOT NULL"
                    ));
                }
            }
        }
    }
}
