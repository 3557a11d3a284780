//! Everything that the platform keeps of a user, for himself: a ZIP of JSON files. Others are in it as they show themselves to him, and no more;
//! credentials are not, since each look at them is on record.

use std::{
    collections::{BTreeSet, HashMap},
    io::{Cursor, Write},
};

use entity::value::{Money, Time, UserId};
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};
use time::{OffsetDateTime, format_description::well_known::Rfc3339};
use tokio::{sync::Semaphore, task::spawn_blocking};
use zip::{ZipWriter, write::SimpleFileOptions};

use crate::{
    account::face::{self, face},
    kernel::{
        Env, Fault,
        policy::{Actor, Member, Right},
    },
};

mod case;
mod case_parts;
mod cases;
mod himself;
mod money;
mod talk;
mod trade;

pub use case::case;

/// How many are put together at once.
static WORK: Semaphore = Semaphore::const_new(2);

/// What lies in the archive beside the data.
const ABOUT: &str = "Everything that the platform keeps of you, as JSON. Times are UTC, amounts CNY. Other people are named as they show \
                     themselves to you. What was handed over in your orders is not here: look at it in the order, while you may.\n\n\
                     平台保存的您的全部数据，格式为 JSON。时间为 UTC，金额单位为人民币元。其他用户仅以其向您展示的名称出现。\
                     订单中交付的账号信息不在此处，请在有效期内到订单中查看。\n";

/// Puts a user's data together.
pub async fn build(env: &Env, member: Member) -> Result<Vec<u8>, Fault> {
    let _turn = WORK.acquire().await.map_err(Fault::internal)?;
    let files = [
        ("account.json", himself::account(env, member).await?),
        ("images.json", himself::images(env, member).await?),
        ("acts.json", himself::acts(env, member).await?),
        ("notices.json", talk::notices(env, member).await?),
        ("messages.json", talk::messages(env, member).await?),
        ("reports.json", talk::reports(env, member).await?),
        ("listings.json", trade::listings(env, member).await?),
        ("orders.json", trade::orders(env, member).await?),
        ("cases.json", cases::cases(env, member).await?),
        ("wallet.json", money::wallet(env, member).await?),
    ];
    tracing::info!(user = %member.id(), "one's data were put together");
    spawn_blocking(move || pack(&files)).await.map_err(Fault::internal)?
}

fn pack(files: &[(&str, Value)]) -> Result<Vec<u8>, Fault> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let mut add = |name: &str, bytes: &[u8]| -> Result<(), Fault> {
        archive.start_file(name, SimpleFileOptions::default()).map_err(Fault::internal)?;
        archive.write_all(bytes).map_err(Fault::internal)
    };
    add("README.txt", ABOUT.as_bytes())?;
    for (name, data) in files {
        add(name, &serde_json::to_vec_pretty(data).map_err(Fault::internal)?)?;
    }
    Ok(archive.finish().map_err(Fault::internal)?.into_inner())
}

/// A moment as `2026-01-31T12:00:00Z`.
fn moment(at: Time) -> Value {
    let written = OffsetDateTime::from_unix_timestamp_nanos(i128::from(at.0) * 1_000_000);
    json!(written.ok().and_then(|at| at.format(&Rfc3339).ok()))
}

fn maybe(at: Option<Time>) -> Value {
    at.map_or(Value::Null, moment)
}

fn amount(money: Money) -> Value {
    json!(money.to_string())
}

/// Other people by their ids, as they show themselves to the member.
struct Others(HashMap<UserId, Value>);

impl Others {
    async fn of<C: ConnectionTrait>(db: &C, member: Member, ids: impl IntoIterator<Item = UserId>) -> Result<Self, Fault> {
        let ids: Vec<UserId> = ids.into_iter().collect::<BTreeSet<_>>().into_iter().collect();
        let (mut seen, viewer) = (HashMap::new(), Actor::User(*member.rights()));
        // A statement takes so many values at most on each database.
        for some in ids.chunks(500) {
            for (id, row) in face::read_all(db, some).await? {
                let face = face(row, &viewer);
                seen.insert(id, json!({ "id": id, "nickname": face.nickname }));
            }
        }
        Ok(Self(seen))
    }

    fn get(&self, id: UserId) -> Value {
        self.0.get(&id).cloned().unwrap_or(Value::Null)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_is_an_archive_of_its_files() {
        let packed = pack(&[("a.json", json!({ "b": 1 }))]).unwrap();
        let mut archive = zip::ZipArchive::new(Cursor::new(packed)).unwrap();
        let names: Vec<String> = archive.file_names().map(|name| name.unwrap().into_owned()).collect();
        assert_eq!(names, ["README.txt", "a.json"]);
        let read: Value = serde_json::from_reader(archive.by_name("a.json").unwrap()).unwrap();
        assert_eq!(read, json!({ "b": 1 }));
    }

    #[test]
    fn times_and_amounts_are_written_for_people() {
        assert_eq!(moment(Time(1_700_000_000_042)), json!("2023-11-14T22:13:20.042Z"));
        assert_eq!((maybe(None), amount(Money(1_205))), (Value::Null, json!("12.05")));
    }
}
