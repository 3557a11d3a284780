//! Waits that run out while real processes work: which there are, by the columns that hold them, and a clock that is moved from one end to the next.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::PathBuf,
    time::{Duration, Instant},
};

use sea_orm::{ConnectionTrait, DbBackend, Statement};

use super::{Binary, TestApp, bank::OutsideBank};

/// How often a worker looks.
pub const TICK_MS: i64 = 200;
/// How long before the end of a wait the clock is put: longer than a process takes to see it.
const LEAD_MS: i64 = 500;
/// Ends of waits are put on the same moments, so that many run out at once.
const GRID_MS: i64 = 120_000;
/// A deadline, and a long one: how late a wait really ended is measured.
const NEVER: Duration = Duration::from_secs(60);
/// Questions to the bank that are asked again and again: so many of each are waited for, the others may come late.
const QUESTIONS: usize = 3;

/// One column that holds ends of waits.
pub struct Column {
    pub table: &'static str,
    pub id: &'static str,
    /// The column, or what is reckoned from one.
    pub due: &'static str,
    /// Which rows wait.
    pub waits: &'static str,
    /// It is asked again and again.
    pub again: bool,
}

const fn column(table: &'static str, due: &'static str) -> Column {
    Column {
        table,
        id: "id",
        due,
        waits: "1 = 1",
        again: false,
    }
}

/// Every column that holds the end of a wait (`docs/decisions/0001-due-columns.md`), and what is reckoned from a claim.
pub const COLUMNS: [Column; 15] = [
    column("orders", "due_at"),
    column("orders", "remind_at"),
    column("orders", "settles_at"),
    column("offers", "due_at"),
    column("cases", "due_at"),
    column("case_rulings", "due_at"),
    column("money_decisions", "due_at"),
    column("wallet_freezes", "due_at"),
    Column {
        waits: "state = 'OPEN'",
        ..column("deposits", "lapses_at")
    },
    Column {
        again: true,
        ..column("deposits", "ask_at")
    },
    Column {
        waits: "state = 'APPROVED'",
        ..column("withdrawals", "due_at")
    },
    Column {
        id: "user_id",
        ..column("identities", "lapses_at")
    },
    Column {
        id: "order_id",
        ..column("order_keys", "destroy_at")
    },
    Column {
        id: "order_id",
        ..column("hand_backs", "destroy_at")
    },
    Column {
        waits: "state = 'IN_REVIEW'",
        ..column("listings", "claimed_at + 14400000")
    },
];

/// Columns of that kind of which nobody waits for the end here, and why.
pub const ASIDE: [(&str, &str, &str); 9] = [
    ("bank_reconciliation", "due_at", "once a day for the whole house: reconcile::"),
    ("cases", "answer_due_at", "a part of cases.due_at"),
    ("cases", "freeze_due_at", "a part of cases.due_at"),
    ("cases", "held_settles_at", "a note of an order's, put back with what is held"),
    ("letters", "due_at", "due at once, and again when a lease is over"),
    ("notice_mails", "due_at", "due at once, and again when a lease is over"),
    ("outbox", "due_at", "due at once"),
    ("withdrawals", "due_at", "once it is sent: questions to the bank"),
    ("sessions", "expires_at", "looked at when somebody comes"),
];

/// A wait: which column holds it, whose it is, and when it ends.
type Waits = BTreeMap<(usize, String), i64>;

/// What came of the waits of each column.
#[derive(Default)]
pub struct Ended {
    /// How many ended, and how late at most, in milliseconds.
    pub of: BTreeMap<&'static str, (usize, i64)>,
    asked: BTreeMap<(usize, String), usize>,
}

/// The clock of a house and its workers.
pub struct Clockwork<'a> {
    app: &'a TestApp,
    bank: &'a OutsideBank,
    file: PathBuf,
}

impl<'a> Clockwork<'a> {
    pub fn new(app: &'a TestApp, bank: &'a OutsideBank) -> Self {
        let works = Self {
            app,
            bank,
            file: app.folder.path().join("clock"),
        };
        works.put_on(0);
        works
    }

    /// A process that works by this clock.
    pub fn worker(&self) -> Binary {
        let tick = TICK_MS.to_string();
        self.app.child(&[
            ("HANDOVER_WORKER__RUN", "true"),
            ("HANDOVER_WORKER__TICK_MS", &tick),
            ("HANDOVER_CLOCK__OFFSET", "0"),
            ("HANDOVER_CLOCK__OFFSET_FILE", self.file.to_str().unwrap()),
        ])
    }

    fn now(&self) -> i64 {
        self.app.env().now().0
    }

    /// Moves the clock on by so much.
    fn put_on(&self, millis: i64) {
        let clock = self.app.env().clock();
        clock.advance(millis);
        let half = self.file.with_extension("half");
        std::fs::write(&half, clock.offset().to_string()).unwrap();
        std::fs::rename(half, &self.file).unwrap();
        self.bank.follow(self.app);
    }

    /// Puts ends of waits that are still far on the same moments.
    async fn align(&self) {
        let near = self.now() + 10_000;
        let parts = ["answer_due_at", "freeze_due_at"].map(|part| ("cases", part));
        let columns = COLUMNS
            .iter()
            .map(|column| (column.table, column.due))
            .filter(|(_, due)| !due.contains('+'));
        for (table, due) in columns.chain(parts) {
            let update = format!(
                "UPDATE {table} SET {due} = ({due} + {GRID_MS} - 1) / {GRID_MS} * {GRID_MS} WHERE {due} > {near} AND {due} % {GRID_MS} <> 0"
            );
            // Each by itself: a row that is written twice in a transaction is looked up in the tables it refers to, and workers hold those first.
            let tx = self.app.env().begin().await.unwrap();
            tx.db().execute_unprepared(&update).await.unwrap();
            tx.commit().await.unwrap();
        }
    }

    /// Every wait there is.
    async fn waits(&self) -> Waits {
        let db = self.app.env().db();
        let sqlite = db.get_database_backend() == DbBackend::Sqlite;
        let one = |(at, column): (usize, &Column)| {
            let Column { table, id, due, waits, .. } = column;
            let id = if sqlite {
                format!("lower(hex({id}))")
            } else {
                format!("replace({id}::text, '-', '')")
            };
            format!("SELECT {at} AS place, {id} AS id, {due} AS due FROM {table} WHERE {due} IS NOT NULL AND {waits}")
        };
        let all: Vec<String> = COLUMNS.iter().enumerate().map(one).collect();
        let rows = db
            .query_all_raw(Statement::from_string(db.get_database_backend(), all.join(" UNION ALL ")))
            .await
            .unwrap();
        let wait = |row: &sea_orm::QueryResult| {
            let place: i32 = row.try_get("", "place").unwrap();
            (
                (usize::try_from(place).unwrap(), row.try_get("", "id").unwrap()),
                row.try_get("", "due").unwrap(),
            )
        };
        rows.iter().map(wait).collect()
    }

    /// Moves the clock from the end of one wait to that of the next, for so long. `at_work` is called at each end, with how many end there, as
    /// soon as the workers may begin; it says whether they all were away meanwhile.
    pub async fn run(&self, until: Duration, mut at_work: impl FnMut(usize) -> bool) -> Ended {
        let last = self.now() + i64::try_from(until.as_millis()).unwrap();
        let mut ended = Ended::default();
        loop {
            self.align().await;
            let before = self.waits().await;
            let now = self.now();
            let next = before
                .iter()
                .filter(|(whose, due)| **due > now && !ended.may_be_late(whose))
                .map(|(_, due)| *due)
                .min();
            let Some(next) = next.filter(|next| *next <= last) else {
                return ended;
            };
            let end_now: Waits = before
                .iter()
                .filter(|(whose, due)| **due == next && !ended.may_be_late(whose))
                .map(|(whose, due)| (whose.clone(), *due))
                .collect();
            self.put_on((next - now - LEAD_MS).max(0));
            self.see_them_end(next, &before, end_now, &mut ended, &mut at_work).await;
        }
    }

    async fn see_them_end(&self, next: i64, before: &Waits, mut left: Waits, ended: &mut Ended, at_work: &mut impl FnMut(usize) -> bool) {
        let (start, at_once, mut since) = (Instant::now(), left.len(), next);
        let touched: BTreeSet<String> = left.keys().map(|(_, id)| id.clone()).collect();
        let mut told = false;
        while !left.is_empty() {
            let seen = self.waits().await;
            let now = self.now();
            if !told && now >= next {
                told = true;
                if at_work(at_once) {
                    // Nobody was at work meanwhile, so nobody was late.
                    since = self.now();
                }
            }
            // Whatever is gone that was not to end yet ended early; what belongs to a row that did end may go with it.
            for (whose, due) in before
                .iter()
                .filter(|(whose, due)| **due > now && !touched.contains(&whose.1) && !COLUMNS[whose.0].again)
            {
                let is = seen.get(whose);
                assert!(
                    is.is_some() || COLUMNS[whose.0].may_follow(),
                    "{} of {} ended {} ms early",
                    COLUMNS[whose.0].name(),
                    whose.1,
                    due - now
                );
            }
            for whose in left
                .keys()
                .filter(|whose| seen.get(*whose) != Some(&next))
                .cloned()
                .collect::<Vec<_>>()
            {
                let name = COLUMNS[whose.0].name();
                assert!(now >= next, "{name} of {} ended {} ms early", whose.1, next - now);
                ended.note(&whose, name, now - since.min(now));
                left.remove(&whose);
            }
            assert!(
                start.elapsed() < NEVER,
                "does not end: {:?}",
                left.keys().map(|(at, id)| (COLUMNS[*at].name(), id)).collect::<Vec<_>>()
            );
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }
}

impl Column {
    pub fn name(&self) -> &'static str {
        // Names for people, one for each.
        match (self.table, self.due) {
            ("orders", "due_at") => "orders.due_at",
            ("orders", "remind_at") => "orders.remind_at",
            ("orders", _) => "orders.settles_at",
            ("deposits", "ask_at") => "deposits.ask_at",
            (table, _) => table,
        }
    }

    /// Whether the end of another row's wait may end this one: a case holds proceeds and keys.
    fn may_follow(&self) -> bool {
        matches!((self.table, self.due), ("orders", "settles_at") | ("order_keys" | "hand_backs", _))
    }
}

impl Ended {
    fn note(&mut self, whose: &(usize, String), name: &'static str, late: i64) {
        let (count, most) = self.of.entry(name).or_default();
        *count += 1;
        *most = late.max(*most);
        *self.asked.entry(whose.clone()).or_default() += 1;
    }

    fn may_be_late(&self, whose: &(usize, String)) -> bool {
        COLUMNS[whose.0].again && self.asked.get(whose).is_some_and(|times| *times >= QUESTIONS)
    }
}
