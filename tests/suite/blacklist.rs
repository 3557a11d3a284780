//! The blacklist and roles, as the operator changes them; what is left to a blacklisted user.

use handover::{
    app::Act,
    kernel::policy::System,
    operator::{self, OperatorError},
    standing::BlacklistError,
};
use serde_json::{Value, json};

use crate::support::{PASSWORD, Person, TestApp, png};

const ME: &str = "query Me { me { admin blacklisted blacklistReason user { nickname banned avatarUrl bio } } }";

fn refused(answer: &Value) -> &Value {
    &answer["errors"][0]["extensions"]["code"]
}

async fn operates(app: &TestApp, name: &str, act: Act) -> Result<String, OperatorError> {
    operator::operate(app.env(), System::new(), name, &act).await
}

#[tokio::test]
async fn abuse_26_a_blacklisted_user_s_sockets_close_and_his_token_opens_little() {
    let app = TestApp::new().await;
    let bob = app.verified("bob").await;
    let mut socket = bob.connects().await;
    app.operates("bob", Act::Blacklist("Sold what was not his".into())).await;
    assert_eq!(socket.closed().await.0, 4403);
    let me = bob.sends(ME, json!({})).await["data"]["me"].clone();
    assert_eq!(
        (&me["blacklisted"], &me["blacklistReason"]),
        (&json!(true), &json!("Sold what was not his"))
    );
    assert_eq!(me["user"]["nickname"], "bob", "to himself he has a name");
    for query in [
        "query L { listings { nodes { id } } }",
        "query G { games { id } }",
        "query L { listing(id: \"AAAA\") { id } }",
        "query B { blockedUsers { nodes { id } } }",
        "mutation P { profileUpdate(input: { bio: \"x\" }) { userErrors { code } } }",
    ] {
        assert_eq!(refused(&bob.sends(query, json!({})).await), "BLACKLISTED", "{query}");
        let mut socket = bob.connects().await;
        socket.subscribe("q", query, json!({})).await;
        let said = format!("{:?}", socket.next().await);
        assert!(said.contains("BLACKLISTED"), "{query} over a socket: {said}");
    }
    assert_eq!(bob.proves(PASSWORD).await["userErrors"], json!([]));
    let sessions = bob.sends("query S { mySessions { nodes { id } } }", json!({})).await;
    assert!(sessions.get("errors").is_none(), "{sessions}");
    let again = app.sign_in("bob").await;
    assert!(again.rights().await.blacklisted);
    app.close().await;
}

#[tokio::test]
async fn the_blacklist_is_undone_by_another_decision_and_each_is_on_record() {
    let app = TestApp::new().await;
    let bob = app.person("bob").await;
    let version = bob.rights().await.version;
    app.operates("bob", Act::Blacklist("Threats in chat".into())).await;
    let twice = operates(&app, "bob", Act::Blacklist("Again".into())).await;
    assert!(matches!(twice, Err(OperatorError::Blacklist(BlacklistError::Already))), "{twice:?}");
    let grant = operates(&app, "bob", Act::Grant).await;
    assert!(matches!(grant, Err(OperatorError::Role)), "{grant:?}");
    app.operates("bob", Act::Reinstate("It was somebody else".into())).await;
    let me = bob.sends(ME, json!({})).await["data"]["me"].clone();
    assert_eq!((&me["blacklisted"], &me["blacklistReason"]), (&json!(false), &json!(null)));
    assert_eq!(bob.rights().await.version, version + 2);
    assert_eq!(app.audits(bob.id().await).await, ["user.blacklist", "user.reinstate"]);
    let unknown = operates(&app, "nobody", Act::Grant).await;
    assert!(matches!(unknown, Err(OperatorError::NoSuchUser)), "{unknown:?}");
    app.close().await;
}

#[tokio::test]
async fn an_admin_loses_the_role_before_he_can_be_blacklisted() {
    let app = TestApp::new().await;
    let ann = app.person("ann").await;
    let mut socket = ann.connects().await;
    app.operates("ann", Act::Grant).await;
    assert_eq!(socket.closed().await.0, 4403, "a role changed");
    let ann = app.sign_in("ann").await;
    assert_eq!(ann.sends(ME, json!({})).await["data"]["me"]["admin"], true);
    let listed = operates(&app, "ann", Act::Blacklist("Bribes".into())).await;
    assert!(matches!(listed, Err(OperatorError::Blacklist(BlacklistError::Admin))), "{listed:?}");
    let mut socket = ann.connects().await;
    app.operates("ann", Act::Revoke).await;
    assert_eq!(socket.closed().await.0, 4403);
    let ann = app.sign_in("ann").await;
    assert_eq!(ann.sends(ME, json!({})).await["data"]["me"]["admin"], false);
    app.operates("ann", Act::Blacklist("Bribes".into())).await;
    assert_eq!(app.audits(ann.id().await).await, ["user.role", "user.role", "user.blacklist"]);
    app.close().await;
}

/// The command is in a house of its own: over Redis it rings before it ends; without, the server finds what it did on record.
#[tokio::test]
async fn sockets_hear_soon_of_what_a_command_did() {
    let app = TestApp::new().await;
    let bob = app.person("bob").await;
    let mut socket = bob.connects().await;
    app.commands("bob", Act::Blacklist("Fraud".into())).await;
    // By itself it would look after a minute.
    let closed = tokio::time::timeout(std::time::Duration::from_secs(30), socket.closed()).await;
    assert_eq!(closed.expect("it was told").0, 4403);
    app.close().await;
}

const UPDATE: &str = "mutation P($input: ProfileUpdateInput!) { profileUpdate(input: $input) { viewer { nickname bio locale avatarUrl } userErrors { code field } } }";

async fn updates(person: &Person<'_>, input: Value) -> Value {
    person.sends(UPDATE, json!({ "input": input })).await["data"]["profileUpdate"].clone()
}

async fn avatar(person: &Person<'_>) -> Value {
    let query = "mutation U($input: ImageUploadInput!) { imageUpload(input: $input) { image { id } userErrors { code } } }";
    let variables = json!({ "input": { "purpose": "AVATAR", "file": null } });
    let answer = person.app.send_file(Some(&person.token), query, variables, png(64, 64)).await;
    answer["data"]["imageUpload"]["image"]["id"].clone()
}

#[tokio::test]
async fn a_profile_is_changed_in_parts_and_a_picture_is_public() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.person("ann").await, app.person("bob").await);
    let picture = avatar(&ann).await;
    let done = updates(
        &ann,
        json!({ "nickname": "小安", "bio": "Selling my old mage.", "avatarId": picture }),
    )
    .await;
    assert_eq!(
        (&done["viewer"]["nickname"], &done["viewer"]["locale"]),
        (&json!("小安"), &json!("EN")),
        "{done}"
    );
    let address = done["viewer"]["avatarUrl"].as_str().unwrap().to_owned();
    let file = app.http.get(app.url(&address)).send().await.unwrap();
    assert_eq!(
        (file.status().as_u16(), file.headers()["x-content-type-options"].to_str().unwrap()),
        (200, "nosniff")
    );
    let kept = updates(&ann, json!({ "locale": "ZH_CN" })).await;
    assert_eq!(
        kept["viewer"],
        json!({ "nickname": "小安", "bio": "Selling my old mage.", "locale": "ZH_CN", "avatarUrl": address })
    );
    let gone = updates(&ann, json!({ "avatarId": null })).await;
    assert_eq!(gone["viewer"]["avatarUrl"], json!(null));
    let again = updates(&ann, json!({ "avatarId": picture })).await;
    assert_eq!(
        again["viewer"]["avatarUrl"],
        json!(address),
        "what was given up can be taken again until it is swept"
    );
    let foreign = bob.sends(UPDATE, json!({ "input": { "avatarId": picture } })).await;
    assert_eq!(refused(&foreign), "NOT_FOUND", "{foreign}");
    app.close().await;
}

#[tokio::test]
async fn abuse_39_names_like_the_platform_s_are_refused_and_a_banned_face_is_masked_in_old_pages_too() {
    let app = TestApp::new().await;
    let (ann, bob, admin) = (app.person("ann").await, app.person("bob").await, app.admin("anna").await);
    for name in ["官方客服", "Handover Support", "adm1n", "", "a\u{202E}b", &"x".repeat(25)] {
        assert_eq!(
            updates(&bob, json!({ "nickname": name })).await["userErrors"][0]["code"],
            "INVALID_INPUT",
            "{name:?}"
        );
    }
    let picture = avatar(&bob).await;
    updates(
        &bob,
        json!({ "nickname": "Bob the seller", "bio": "Write to me elsewhere", "avatarId": picture }),
    )
    .await;
    // An old page: a conversation from before.
    bob.says(&ann.public_id().await, "hello").await;
    app.operates("bob", Act::Blacklist("Fraud".into())).await;
    let page = "query C { conversations { nodes { other { nickname banned bio avatarUrl } } } }";
    let seen = ann.sends(page, json!({})).await["data"]["conversations"]["nodes"][0]["other"].clone();
    assert_eq!(
        seen,
        json!({ "nickname": "Banned user", "banned": true, "bio": "", "avatarUrl": null })
    );
    let node = "query N($id: ID!) { node(id: $id) { id ... on User { nickname avatarUrl } } }";
    let id = bob.public_id().await;
    assert_eq!(
        ann.sends(node, json!({ "id": id })).await["data"]["node"]["nickname"],
        "Banned user"
    );
    let to_admin = admin.sends(node, json!({ "id": id })).await["data"]["node"].clone();
    assert_eq!(to_admin["nickname"], "Bob the seller");
    assert!(to_admin["avatarUrl"].is_string());
    app.close().await;
}
