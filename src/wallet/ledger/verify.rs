use sea_orm::{ConnectionTrait, FromQueryResult};
use uuid::Uuid;

use crate::kernel::{Fault, sql};

/// What a look at the whole ledger found.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// How many transfers there are.
    pub transfers: i64,
    /// What is wrong, each with the account or transfer. Empty: the books are in order.
    pub problems: Vec<String>,
}

#[derive(FromQueryResult)]
struct Found {
    id: Uuid,
    kind: String,
}

/// Each rule with the query that finds what breaks it.
const RULES: [(&str, &str); 12] = [
    (
        "a transfer does not sum to zero",
        "SELECT transfer_id AS id, '' AS kind FROM ledger_entries GROUP BY transfer_id HAVING SUM(amount) <> 0",
    ),
    (
        "a transfer has no entries",
        "SELECT t.id AS id, t.cause AS kind FROM ledger_transfers t WHERE NOT EXISTS (SELECT 1 FROM ledger_entries e WHERE e.transfer_id = t.id)",
    ),
    (
        "a balance is not the sum of its entries",
        "SELECT a.owner_id AS id, a.kind AS kind FROM ledger_accounts a LEFT JOIN ledger_entries e ON e.owner_id = a.owner_id AND e.kind = a.kind \
         GROUP BY a.owner_id, a.kind, a.balance HAVING a.balance <> COALESCE(SUM(e.amount), 0)",
    ),
    (
        "entries are not numbered densely",
        "SELECT a.owner_id AS id, a.kind AS kind FROM ledger_accounts a LEFT JOIN ledger_entries e ON e.owner_id = a.owner_id AND e.kind = a.kind \
         GROUP BY a.owner_id, a.kind, a.seq HAVING a.seq <> COUNT(e.seq) OR a.seq <> COALESCE(MAX(e.seq), 0)",
    ),
    (
        "a running balance is wrong",
        "SELECT e.owner_id AS id, e.kind AS kind FROM ledger_entries e LEFT JOIN ledger_entries p ON p.owner_id = e.owner_id AND p.kind = e.kind \
         AND p.seq = e.seq - 1 WHERE e.seq IS NOT NULL AND (e.balance < 0 OR e.balance <> COALESCE(p.balance, 0) + e.amount)",
    ),
    (
        "a finished order still has money in escrow",
        "SELECT o.id AS id, o.state AS kind FROM orders o JOIN ledger_accounts a ON a.owner_id = o.id AND a.kind = 'ESCROW' \
         WHERE (o.ended_at IS NOT NULL AND a.balance <> 0) OR (o.ended_at IS NULL AND a.balance <> o.price)",
    ),
    (
        "a case does not hold what it says",
        "SELECT a.owner_id AS id, a.kind AS kind FROM ledger_accounts a LEFT JOIN cases c ON c.id = a.owner_id \
         WHERE a.kind = 'CASE_HOLD' AND a.balance <> CASE WHEN c.id IS NULL OR c.closed_at IS NOT NULL THEN 0 ELSE c.held END",
    ),
    (
        "what remains of a debt is not its amount less its changes",
        "SELECT d.id AS id, d.cause AS kind FROM debts d LEFT JOIN debt_changes c ON c.debt_id = d.id \
         GROUP BY d.id, d.cause, d.amount, d.remaining, d.ended_at \
         HAVING d.remaining <> d.amount - COALESCE(SUM(c.amount), 0) OR (d.remaining = 0) <> (d.ended_at IS NOT NULL)",
    ),
    (
        "a wallet does not count what its owner owes",
        "SELECT a.owner_id AS id, a.kind AS kind FROM ledger_accounts a WHERE a.owed <> (SELECT COALESCE(SUM(d.remaining), 0) FROM debts d \
         WHERE d.debtor_id = a.owner_id AND a.kind = 'AVAILABLE')",
    ),
    (
        "a payment or an advance of a debt did not move its money",
        "SELECT c.id AS id, c.kind AS kind FROM debt_changes c LEFT JOIN ledger_transfers t ON t.cause_id = c.id \
         AND t.cause = CASE c.kind WHEN 'PAID' THEN 'DEBT_PAID' ELSE 'DEBT_ADVANCED' END \
         LEFT JOIN ledger_entries e ON e.transfer_id = t.id AND e.amount > 0 WHERE c.kind IN ('PAID', 'ADVANCED') \
         GROUP BY c.id, c.kind, c.amount HAVING COALESCE(SUM(e.amount), 0) <> c.amount",
    ),
    (
        "a wallet does not count its freezes",
        "SELECT a.owner_id AS id, a.kind AS kind FROM ledger_accounts a WHERE a.frozen <> (SELECT COUNT(*) FROM wallet_freezes f \
         WHERE f.user_id = a.owner_id AND f.ended_at IS NULL AND a.kind = 'AVAILABLE')",
    ),
    (
        "a roll-up is not the sum of its entries",
        "SELECT r.owner_id AS id, r.kind || ' ' || CAST(r.day AS text) AS kind FROM ledger_rollups r LEFT JOIN ( \
         SELECT e.owner_id, e.kind, t.at / 86400000 AS day, SUM(e.amount) AS amount FROM ledger_entries e \
         JOIN ledger_transfers t ON t.id = e.transfer_id WHERE e.kind IN ('FEES', 'BANK_CLEARING') \
         GROUP BY e.owner_id, e.kind, t.at / 86400000) AS d ON d.owner_id = r.owner_id AND d.kind = r.kind AND d.day <= r.day \
         GROUP BY r.owner_id, r.kind, r.day, r.total HAVING r.total <> COALESCE(SUM(d.amount), 0) UNION ALL \
         SELECT r.owner_id AS id, 'of one account alone ' || CAST(r.day AS text) AS kind FROM ledger_rollups r \
         GROUP BY r.owner_id, r.day HAVING COUNT(*) <> 2",
    ),
];

/// Checks every transfer, entry, balance and escrow.
pub async fn verify<C: ConnectionTrait>(db: &C) -> Result<Report, Fault> {
    let mut report = Report::default();
    for (what, query) in RULES {
        let found: Vec<Found> = sql::all(db, query, vec![]).await?;
        report
            .problems
            .extend(found.into_iter().map(|row| format!("{what}: {} {}", row.id, row.kind)));
    }
    let count = sql::one(db, "SELECT COUNT(*) AS transfers FROM ledger_transfers", vec![]).await?;
    report.transfers = count
        .ok_or_else(|| Fault::internal("a count gave no row"))?
        .try_get("", "transfers")?;
    Ok(report)
}
