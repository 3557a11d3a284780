//! People to sign in with.

use std::{fs, path::Path};

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::process::Server;

/// A user may hold so many sockets.
const SOCKETS_A_USER: usize = 5;

/// Sends an operation and answers the whole response.
pub async fn send(address: &str, query: &str, variables: Value) -> Result<Value> {
    let request = reqwest::Client::new().post(format!("http://{address}/graphql"));
    Ok(request
        .json(&json!({ "query": query, "variables": variables }))
        .send()
        .await?
        .json()
        .await?)
}

/// Signs somebody up with a code out of the mail folder; answers his access token.
pub async fn sign_up(address: &str, folder: &Path, name: &str) -> Result<String> {
    let email = format!("{name}@example.com");
    let captcha = send(address, "mutation C { captchaCreate { captcha { id } } }", json!({})).await?;
    let ask = json!({ "email": email, "captchaId": captcha["data"]["captchaCreate"]["captcha"]["id"], "captchaAnswer": "abcde" });
    let query = "mutation E($input: EmailCodeRequestInput!) { emailCodeRequest(input: $input) { userErrors { code } } }";
    let sent = send(address, query, json!({ "input": ask })).await?;
    let code = code(folder, &email).with_context(|| format!("no code came: {sent}"))?;
    let input = json!({ "username": name, "password": "correct horse 7 staple", "email": email, "code": code });
    let query = "mutation S($input: UserSignUpInput!) { userSignUp(input: $input) { tokens { accessToken } userErrors { code } } }";
    let answer = send(address, query, json!({ "input": input })).await?;
    let token = answer["data"]["userSignUp"]["tokens"]["accessToken"].as_str();
    Ok(token.with_context(|| format!("not signed up: {answer}"))?.to_owned())
}

fn code(folder: &Path, email: &str) -> Option<String> {
    let mails = fs::read_dir(folder.join("mail")).ok()?;
    let mails = mails.filter_map(|mail| fs::read_to_string(mail.ok()?.path()).ok());
    let mail = mails.filter(|mail| mail.contains(&format!("To: {email}"))).last()?;
    let (_, body) = mail.split_once("\r\n\r\n")?;
    body.split(|letter: char| !letter.is_ascii_digit())
        .find(|digits| digits.len() == 6)
        .map(str::to_owned)
}

/// A token for each socket, if this server has subscriptions.
pub async fn for_sockets(server: &Server, folder: &Path, sockets: usize) -> Result<Vec<String>> {
    let query = "query S { __schema { subscriptionType { fields { name } } } }";
    let schema = send(&server.address, query, json!({})).await?;
    let fields = schema["data"]["__schema"]["subscriptionType"]["fields"].as_array();
    if !fields.is_some_and(|fields| fields.iter().any(|field| field["name"] == "noticeEvents")) {
        return Ok(Vec::new());
    }
    let mut tokens = Vec::new();
    for number in 0..sockets.div_ceil(SOCKETS_A_USER) {
        let token = sign_up(&server.address, folder, &format!("socket{number}")).await?;
        tokens.extend(std::iter::repeat_n(token, SOCKETS_A_USER));
    }
    Ok(tokens)
}

/// Signs somebody in who signed up here; answers his access token.
pub async fn sign_in(address: &str, name: &str) -> Result<String> {
    let query = "mutation S($input: UserSignInInput!) { userSignIn(input: $input) { tokens { accessToken } userErrors { code } } }";
    let input = json!({ "login": name, "password": "correct horse 7 staple" });
    let answer = send(address, query, json!({ "input": input })).await?;
    let token = answer["data"]["userSignIn"]["tokens"]["accessToken"].as_str();
    Ok(token.with_context(|| format!("not signed in: {answer}"))?.to_owned())
}
