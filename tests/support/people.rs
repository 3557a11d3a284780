//! People who use the server through its API.

use entity::value::UserId;
use handover::{
    account,
    kernel::policy::{Actor, Rights},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::{Value, json};

use super::{TestApp, account::fresh_id_number, app::CAPTCHA};

/// The password of everybody in tests.
pub const PASSWORD: &str = "correct horse 7 staple";

/// Somebody who signed in.
pub struct Person<'a> {
    pub app: &'a TestApp,
    pub name: String,
    pub token: String,
    pub refresh: String,
}

impl TestApp {
    /// Somebody who signed up with a code from the mail folder.
    pub async fn person(&self, name: &str) -> Person<'_> {
        let email = format!("{name}@example.com");
        let captcha = self.send(None, "mutation C { captchaCreate { captcha { id } } }", json!({})).await;
        let ask = json!({ "input": { "email": email, "captchaId": captcha["data"]["captchaCreate"]["captcha"]["id"], "captchaAnswer": CAPTCHA } });
        let sent = self
            .send(
                None,
                "mutation E($input: EmailCodeRequestInput!) { emailCodeRequest(input: $input) { userErrors { code message } } }",
                ask,
            )
            .await;
        assert_eq!(sent["data"]["emailCodeRequest"]["userErrors"], json!([]), "{sent}");
        let code = code_in(self.mails(&email).last().expect("a mail"));
        let input = json!({ "username": name, "password": PASSWORD, "email": email, "code": code, "returnRefreshToken": true });
        let query = "mutation S($input: UserSignUpInput!) { userSignUp(input: $input) { tokens { accessToken refreshToken } userErrors { code field message } } }";
        let answer = self.send(None, query, json!({ "input": input })).await;
        Person::from_tokens(self, name, &answer["data"]["userSignUp"], &answer)
    }

    /// Somebody whose real name is verified.
    pub async fn verified(&self, name: &str) -> Person<'_> {
        let person = self.person(name).await;
        let answer = person.verifies("王小明", &fresh_id_number()).await;
        assert_eq!(answer["userErrors"], json!([]), "{answer}");
        person
    }

    /// An administrator.
    pub async fn admin(&self, name: &str) -> Person<'_> {
        account::create_admin(self.env(), name, &format!("{name}@example.com"), PASSWORD)
            .await
            .unwrap();
        self.sign_in(name).await
    }

    /// Somebody who signs in again.
    pub async fn sign_in(&self, name: &str) -> Person<'_> {
        let query = "mutation S($input: UserSignInInput!) { userSignIn(input: $input) { tokens { accessToken refreshToken } userErrors { code message } } }";
        let input = json!({ "input": { "login": name, "password": PASSWORD, "returnRefreshToken": true } });
        let answer = self.send(None, query, input).await;
        Person::from_tokens(self, name, &answer["data"]["userSignIn"], &answer)
    }

    /// Somebody who signs in again, if he is there.
    pub async fn try_sign_in(&self, name: &str) -> Option<Person<'_>> {
        let there = entity::user::Entity::find().filter(entity::user::Column::UsernameKey.eq(name));
        there.one(self.env().db()).await.unwrap()?;
        Some(self.sign_in(name).await)
    }
}

impl<'a> Person<'a> {
    pub fn from_tokens(app: &'a TestApp, name: &str, payload: &Value, answer: &Value) -> Self {
        let text = |field: &str| {
            payload["tokens"][field]
                .as_str()
                .unwrap_or_else(|| panic!("no {field} in {answer}"))
                .to_owned()
        };
        Self {
            app,
            name: name.to_owned(),
            token: text("accessToken"),
            refresh: text("refreshToken"),
        }
    }

    /// Who he is, by his token, whether or not it still admits him.
    pub async fn id(&self) -> UserId {
        use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
        let claims = self.token.split('.').nth(1).expect("a token");
        let claims: Value = serde_json::from_slice(&BASE64_URL_SAFE_NO_PAD.decode(claims).unwrap()).unwrap();
        serde_json::from_value(claims["sub"].clone()).unwrap()
    }

    /// His rights, as the server reads them.
    pub async fn rights(&self) -> Rights {
        match account::admit(self.app.env(), &self.token).await.unwrap() {
            Actor::User(rights) => rights,
            Actor::Anonymous => panic!("{} is nobody", self.name),
        }
    }

    /// Sends an operation and answers the whole response.
    pub async fn sends(&self, query: &str, variables: Value) -> Value {
        self.app.send(Some(&self.token), query, variables).await
    }
}

/// The six digits in a mail.
pub fn code_in(mail: &str) -> String {
    let body = mail.split_once("\r\n\r\n").or_else(|| mail.split_once("\n\n")).expect("a body").1;
    body.split(|c: char| !c.is_ascii_digit())
        .find(|digits| digits.len() == 6)
        .unwrap_or_else(|| panic!("no code in {mail}"))
        .to_owned()
}
