//! A statement as a table of comma-separated values, for a spreadsheet.

use entity::{
    kinds::Locale,
    value::{Money, Time},
};
use sea_orm::FromQueryResult;
use time::{OffsetDateTime, format_description::BorrowedFormatItem, macros::format_description};
use uuid::Uuid;

use super::{Filter, conditions};
use crate::kernel::{Env, Fault, policy::Member, sql, words};

/// How many lines a table has at most; for more, ask for shorter periods.
pub const LINES: u32 = 50_000;

/// Spreadsheets take a file for UTF-8 that begins so.
const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";
const MOMENT: &[BorrowedFormatItem<'_>] = format_description!("[year]-[month]-[day] [hour]:[minute]:[second]");

#[derive(FromQueryResult)]
struct Row {
    at: Time,
    cause: String,
    cause_id: Uuid,
    title: Option<String>,
    amount: Money,
    balance: Money,
}

/// The lines of a statement, newest first, as a file with a heading in `locale`: when (UTC), why, what about, amount, balance after it, id.
pub async fn csv(env: &Env, member: Member, filter: &Filter, locale: Locale) -> Result<Vec<u8>, Fault> {
    let (conditions, values) = conditions(member, filter);
    let select = format!(
        "SELECT t.at AS at, t.cause AS cause, t.cause_id AS cause_id, o.title AS title, e.amount AS amount, e.balance AS balance \
         FROM ledger_entries e JOIN ledger_transfers t ON t.id = e.transfer_id LEFT JOIN orders o ON o.id = t.cause_id \
         WHERE e.owner_id = $1 AND e.kind = $2{conditions} ORDER BY e.seq DESC LIMIT {LINES}"
    );
    let rows: Vec<Row> = sql::all(env.db(), &select, values).await?;
    write(&rows, locale).map_err(Fault::internal)
}

fn write(rows: &[Row], locale: Locale) -> Result<Vec<u8>, ::csv::Error> {
    let mut table = ::csv::Writer::from_writer(BYTE_ORDER_MARK.to_vec());
    table.write_record(
        ["at", "cause", "about", "amount", "balance", "id"].map(|column| words::say(locale, &format!("csv-{column}"), &[])),
    )?;
    for row in rows {
        table.write_record([
            moment(row.at),
            words::say(locale, &format!("cause-{}", row.cause.to_lowercase().replace('_', "-")), &[]),
            tame(row.title.as_deref().unwrap_or_default()),
            row.amount.to_string(),
            row.balance.to_string(),
            row.cause_id.to_string(),
        ])?;
    }
    table.into_inner().map_err(|error| ::csv::Error::from(error.into_error()))
}

fn moment(at: Time) -> String {
    let written = OffsetDateTime::from_unix_timestamp(at.0.div_euclid(1_000)).map(|at| at.format(MOMENT));
    written.ok().and_then(Result::ok).unwrap_or_default()
}

/// A text of a user that no spreadsheet takes for a formula.
fn tame(text: &str) -> String {
    if text.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']) || text.starts_with(['\t', '\r', '\n']) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use entity::kinds::TransferCause;
    use sea_orm::Iterable;

    use super::*;

    #[test]
    fn no_title_becomes_a_formula() {
        for (text, tamed) in [
            ("Level 60", "Level 60"),
            ("=HYPERLINK(\"http://evil.example\")", "'=HYPERLINK(\"http://evil.example\")"),
            ("+1", "'+1"),
            ("-1", "'-1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("  =1", "'  =1"),
            ("\t=1", "'\t=1"),
            ("＝1", "'＝1"),
            ("a=b", "a=b"),
        ] {
            assert_eq!(tame(text), tamed);
        }
    }

    #[test]
    fn each_cause_has_a_name_in_both_languages() {
        for cause in TransferCause::iter() {
            let name = format!("cause-{}", cause.as_str().to_lowercase().replace('_', "-"));
            assert!(words::knows(Locale::En, &name) && words::knows(Locale::ZhCn, &name), "{name}");
        }
    }

    #[test]
    fn a_table_begins_with_its_mark_and_quotes_what_needs_it() {
        let row = Row {
            at: Time(1_700_000_000_000),
            cause: "ORDER_HOLD".to_owned(),
            cause_id: Uuid::nil(),
            title: Some("One, \"two\"".to_owned()),
            amount: Money(-1_205),
            balance: Money(0),
        };
        let table = write(&[row], Locale::En).unwrap();
        assert!(table.starts_with(BYTE_ORDER_MARK));
        let text = String::from_utf8(table[3..].to_vec()).unwrap();
        assert_eq!(
            text.lines().nth(1),
            Some("2023-11-14 22:13:20,Purchase,\"One, \"\"two\"\"\",-12.05,0.00,00000000-0000-0000-0000-000000000000")
        );
    }
}
