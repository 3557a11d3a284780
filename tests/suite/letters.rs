//! Mails about an account: written with what they tell of, and sent though the server dies or the mail server is away.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use async_trait::async_trait;
use entity::letter;
use futures::future::join_all;
use handover::{
    account::send_letters,
    kernel::{
        policy::System,
        port::{Mail, MailError, Mailer},
    },
    worker,
};
use sea_orm::{EntityTrait, PaginatorTrait};
use serde_json::json;

use crate::support::{
    PASSWORD, TestApp,
    account::{Caller, payload},
};

async fn waiting(app: &TestApp) -> u64 {
    letter::Entity::find().count(app.env().db()).await.unwrap()
}

#[tokio::test]
async fn a_mail_about_an_account_survives_whoever_wrote_it_and_goes_out_once() {
    let app = TestApp::new().await;
    let ann = app.person("ann").await;
    payload(&ann.changes_password(PASSWORD, "another horse 8").await, "passwordChange");
    assert_eq!(waiting(&app).await, 1, "it is in the same transaction");
    assert_eq!(
        app.mails_saying("ann@example.com", "password was changed"),
        0,
        "the server dies here"
    );
    let app = app.restart().await;
    let sent = join_all((0..6).map(|_| send_letters(app.env(), System::new()))).await;
    assert_eq!(sent.into_iter().map(Result::unwrap).sum::<u64>(), 1, "six send, one goes out");
    app.posted().await;
    assert_eq!(
        app.mails_saying("ann@example.com", "password was changed"),
        1,
        "and no notice's mail beside it"
    );
    app.advance(std::time::Duration::from_secs(8 * 24 * 60 * 60));
    worker::forget(app.env(), System::new()).await.unwrap();
    assert_eq!(waiting(&app).await, 0, "an address is not kept longer than it is needed");
    app.close().await;
}

#[tokio::test]
async fn the_old_address_is_told_of_the_new_one_however_late_the_mail_goes_out() {
    let app = TestApp::new().await;
    let ann = app.person("ann").await;
    for next in ["second@example.com", "third@example.com"] {
        app.asks_code(Some(&ann.token), "emailChangeRequest", next).await;
        let input = json!({ "input": { "email": next, "code": app.code_for(next) } });
        let query = "mutation E($input: EmailChangeInput!) { emailChange(input: $input) { userErrors { code } } }";
        assert_eq!(payload(&ann.sends(query, input).await, "emailChange")["userErrors"], json!([]));
    }
    app.posted().await;
    for (address, times) in [("ann@example.com", 1), ("second@example.com", 1), ("third@example.com", 0)] {
        assert_eq!(app.mails_saying(address, "another address"), times, "{address}");
    }
    app.close().await;
}

/// A mail server that is away until it comes back.
struct Away(Arc<AtomicBool>, Arc<dyn Mailer>);

#[async_trait]
impl Mailer for Away {
    async fn send(&self, mail: &Mail) -> Result<(), MailError> {
        if self.0.load(Ordering::SeqCst) {
            return Err(MailError::NotAccepted("away".to_owned()));
        }
        self.1.send(mail).await
    }
}

#[tokio::test]
async fn while_the_mail_server_is_away_people_sign_in_and_their_mails_wait() {
    let away = Arc::new(AtomicBool::new(false));
    let app = TestApp::with_parts(
        |_| {},
        |mut parts| {
            parts.mailer = Arc::new(Away(Arc::clone(&away), parts.mailer));
            parts
        },
    )
    .await;
    app.person("ann").await;
    away.store(true, Ordering::SeqCst);
    let desk = Caller {
        client: Some("Desk/2"),
        from: None,
    };
    let signed = app.signs_in(desk, json!({ "login": "ann", "password": PASSWORD })).await;
    assert!(signed["tokens"].is_object(), "{signed}");
    app.posted().await;
    assert_eq!(app.mails_saying("ann@example.com", "Desk/2"), 0);
    away.store(false, Ordering::SeqCst);
    app.posted().await;
    assert_eq!(app.mails_saying("ann@example.com", "Desk/2"), 0, "not at once again");
    app.advance(std::time::Duration::from_secs(61));
    app.posted().await;
    assert_eq!(app.mails_saying("ann@example.com", "Desk/2"), 1);
    app.close().await;
}
