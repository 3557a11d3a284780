//! Mails about an account, in its reader's language.
//!
//! A code goes out while its asker waits, and he is told if it cannot. What tells of something that is done ([`post`]) is written in the same
//! transaction and sent by the worker, to the address that the account had then.

use std::collections::BTreeMap;

use entity::{kinds::Locale, letter};
use sea_orm::{ActiveValue::Set, EntityTrait};
use uuid::Uuid;

use crate::kernel::{
    Env, Fault, Tx,
    mailbox::{MAIL_TOPIC, Mailbox},
    policy::System,
    port::Mail,
    words,
};

const LETTERS: Mailbox = Mailbox {
    table: "letters",
    id: "id",
};

/// The mail `name` with its arguments, for `to`.
pub(super) fn write(to: &str, locale: Locale, name: &str, arguments: &[(&str, String)]) -> Mail {
    Mail {
        to: to.to_owned(),
        subject: words::say(locale, &format!("mail-{name}-subject"), arguments),
        body: words::say(locale, &format!("mail-{name}-body"), arguments),
    }
}

/// Leaves the mail `name` for `to`, to be sent once the transaction is true. Its arguments hold no secrets.
pub(super) async fn post(tx: &Tx, to: &str, locale: Locale, name: &str, arguments: &[(&str, String)]) -> Result<(), Fault> {
    let arguments: BTreeMap<_, _> = arguments.iter().map(|(name, value)| (*name, value)).collect();
    let row = letter::ActiveModel {
        id: Set(Uuid::now_v7()),
        address: Set(to.to_owned()),
        locale: Set(locale),
        name: Set(name.to_owned()),
        arguments: Set(serde_json::to_string(&arguments).map_err(Fault::internal)?),
        created_at: Set(tx.now()),
        due_at: Set(Some(tx.now())),
        attempts: Set(0),
        sent_at: Set(None),
    };
    letter::Entity::insert(row).exec_without_returning(tx.db()).await?;
    tx.wake(MAIL_TOPIC.to_owned());
    Ok(())
}

/// Sends whatever is due. Answers how many the server took.
pub async fn send_letters(env: &Env, _: System) -> Result<u64, Fault> {
    let mut sent = 0;
    while let Some(leased) = LETTERS.lease(env).await? {
        let row = letter::Entity::find_by_id(leased.id).one(env.db()).await?;
        let mail = row.map(|row| compose(&row)).transpose()?;
        sent += u64::from(LETTERS.send(env, &leased, mail.as_ref()).await?);
    }
    Ok(sent)
}

fn compose(row: &letter::Model) -> Result<Mail, Fault> {
    let arguments: BTreeMap<String, String> = serde_json::from_str(&row.arguments).map_err(Fault::internal)?;
    let arguments: Vec<(&str, String)> = arguments.iter().map(|(name, value)| (name.as_str(), value.clone())).collect();
    Ok(write(&row.address, row.locale, &row.name, &arguments))
}
