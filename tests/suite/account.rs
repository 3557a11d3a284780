//! People come, sign in, refresh and leave.

use futures::future::join_all;
use serde_json::json;

use crate::support::TestApp;

const ME: &str = "query Me { me { id admin verified blacklisted } }";
const REFRESH: &str = "mutation R($t: String) { sessionRefresh(input: { refreshToken: $t, returnRefreshToken: true }) { tokens { accessToken refreshToken } userErrors { code } } }";

#[tokio::test]
async fn somebody_signs_up_by_mail_and_is_known_until_he_signs_out() {
    let app = TestApp::new().await;
    let ann = app.person("ann").await;
    assert_eq!(ann.sends(ME, json!({})).await["data"]["me"]["verified"], json!(false));
    let ended = ann
        .sends("mutation E { sessionEnd { ended userErrors { code } } }", json!({}))
        .await;
    assert_eq!(ended["data"]["sessionEnd"]["ended"], json!(true), "{ended}");
    let refused = ann.sends(ME, json!({})).await;
    assert_eq!(refused["errors"][0]["extensions"]["code"], json!("UNAUTHENTICATED"));
    assert!(refused.get("data").is_none());
    app.close().await;
}

#[tokio::test]
async fn a_known_address_gets_another_mail_and_the_caller_the_same_answer() {
    let app = TestApp::new().await;
    app.person("ann").await;
    app.advance(std::time::Duration::from_secs(61));
    let first = app.mails("ann@example.com").len();
    let captcha = app.send(None, "mutation C { captchaCreate { captcha { id } } }", json!({})).await;
    let input = json!({ "input": { "email": "Ann@Example.com", "captchaId": captcha["data"]["captchaCreate"]["captcha"]["id"], "captchaAnswer": "ABCDE" } });
    let query = "mutation E($input: EmailCodeRequestInput!) { emailCodeRequest(input: $input) { email userErrors { code } } }";
    let again = app.send(None, query, input.clone()).await;
    // One minute between two codes is kept by the cache, whose time no test moves.
    assert_eq!(again["data"]["emailCodeRequest"]["userErrors"][0]["code"], json!("LIMIT_REACHED"));
    let reused = app.send(None, query, input).await;
    assert_eq!(
        reused["data"]["emailCodeRequest"]["userErrors"][0]["code"],
        json!("CAPTCHA_WRONG"),
        "a captcha is good for one look"
    );
    assert_eq!(app.mails("ann@example.com").len(), first);
    app.close().await;
}

#[tokio::test]
async fn an_unknown_name_and_a_wrong_password_are_told_apart_by_nothing() {
    let app = TestApp::new().await;
    app.person("ann").await;
    let query = "mutation S($login: String!, $password: String!) { userSignIn(input: { login: $login, password: $password }) { tokens { accessToken } userErrors { code field message } } }";
    let wrong = app.send(None, query, json!({ "login": "ann", "password": "wrong password" })).await;
    let unknown = app
        .send(None, query, json!({ "login": "nobody", "password": "wrong password" }))
        .await;
    assert_eq!(wrong["data"]["userSignIn"]["userErrors"][0]["code"], json!("CREDENTIALS_WRONG"));
    assert_eq!(wrong["data"], unknown["data"]);
    app.close().await;
}

#[tokio::test]
async fn of_fifty_refreshes_at_once_one_gets_a_child_and_the_family_of_a_replay_ends() {
    let app = TestApp::new().await;
    let ann = app.person("ann").await;
    let tries = join_all((0..50).map(|_| app.send(None, REFRESH, json!({ "t": ann.refresh })))).await;
    let children: Vec<_> = tries
        .iter()
        .filter_map(|answer| answer["data"]["sessionRefresh"]["tokens"]["refreshToken"].as_str())
        .collect();
    assert_eq!(children.len(), 1, "{tries:?}");
    let trade = async |token: &str| app.send(None, REFRESH, json!({ "t": token })).await["data"]["sessionRefresh"].clone();
    // Those who came at once are its owner's own twins, as two tabs are: nobody is thrown out for that.
    let child = trade(children[0]).await;
    let grandchild = child["tokens"]["refreshToken"].as_str().expect("the one child lives").to_owned();
    let replay = trade(&ann.refresh).await;
    assert_eq!(replay["userErrors"][0]["code"], "SESSION_ENDED");
    let late = trade(&grandchild).await;
    assert_eq!(
        late["userErrors"][0]["code"], "SESSION_ENDED",
        "a replay after its child was spent ended the family"
    );
    app.close().await;
}

#[tokio::test]
async fn only_our_own_access_tokens_admit() {
    let app = TestApp::new().await;
    let ann = app.person("ann").await;
    let parts: Vec<&str> = ann.token.split('.').collect();
    // {"alg":"none","typ":"JWT"}
    let unsigned = format!("eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.{}.", parts[1]);
    let foreign = format!("{}.{}.{}", parts[0], parts[1], parts[2].chars().rev().collect::<String>());
    for token in ["", "x", "a.b.c", &unsigned, &foreign, &ann.refresh] {
        let answer = app.send(Some(token), ME, json!({})).await;
        assert_eq!(answer["errors"][0]["extensions"]["code"], json!("UNAUTHENTICATED"), "{token}");
    }
    app.advance(std::time::Duration::from_secs(10 * 60));
    assert_eq!(
        ann.sends(ME, json!({})).await["errors"][0]["extensions"]["code"],
        json!("UNAUTHENTICATED"),
        "ten minutes are over"
    );
    app.close().await;
}
