//! Whoever owes, or was shut out, and comes back under another name.

use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::{
    Person, TestApp,
    account::{code, fresh_id_number},
    orders, wallet,
};

/// Somebody whom an admin has verified by this number.
async fn approved<'a>(app: &'a TestApp, ada: &Person<'_>, name: &str, number: &str) -> Person<'a> {
    let person = app.person(name).await;
    person.hands_in("王小明", number).await;
    ada.reviews("identityReviewClaim", &person, None).await;
    let done = ada.reviews("identityApprove", &person, None).await;
    assert_eq!(done["userErrors"], json!([]), "{done}");
    person
}

/// Nothing that has to do with money.
async fn may_not_trade(person: &Person<'_>, offered: &crate::support::Offered) {
    let listing = person.draft("20.00").await;
    for refused in [
        person.asks_for(offered, Uuid::new_v4()).await,
        person.asks_to_offer(offered, "8.00", Uuid::new_v4()).await,
        person.calls("listingCreate", "listing { id }", listing).await,
    ] {
        assert_eq!(orders::code(&refused), "VERIFICATION_REQUIRED", "{refused}");
    }
    let deposit = person.creates_deposit("20.00", Uuid::new_v4()).await;
    assert_eq!(wallet::refusal(&deposit), "VERIFICATION_REQUIRED", "{deposit}");
}

/// Abuse 23: the number of whoever owes and is blacklisted stays his for good; who brings it again is shown to the reviewer, and refused.
#[tokio::test]
async fn abuse_23_a_debtor_s_second_account_is_shown_to_the_reviewer_and_stays_without_money() {
    let app = TestApp::manual().await;
    let (ada, number) = (app.admin("ada").await, fresh_id_number());
    let sam = approved(&app, &ada, "sam", &number).await;
    let bea = approved(&app, &ada, "bea", &fresh_id_number()).await;
    bea.has("20.00").await;
    let order = app.sold(&sam, &bea, "20.00").await;
    let case = bea.claims(&order).await;
    sam.answers(&case).await;
    ada.takes(&case).await;
    ada.upholds(&case).await;
    assert_eq!(
        bea.left("CREDITOR").await,
        ["1.00"],
        "he owes her the platform's fee, and is blacklisted"
    );

    let offered = approved(&app, &ada, "tom", &fresh_id_number()).await.sells("10.00").await;
    let again = app.person("sam_again").await;
    let handed = again.hands_in("王小明", &number).await;
    assert_eq!(
        handed["viewer"]["identity"]["state"], "PENDING",
        "he does not learn that the number is known: {handed}"
    );
    may_not_trade(&again, &offered).await;
    let claimed = ada.reviews("identityReviewClaim", &again, None).await;
    let same = &claimed["review"]["details"]["sameNumber"];
    assert_eq!(
        *same,
        json!([{ "state": "APPROVED", "user": { "id": sam.public_id().await, "nickname": "sam" } }]),
        "the reviewer sees whose number it is: {claimed}"
    );
    let refused = ada.reviews("identityApprove", &again, None).await;
    assert_eq!(code(&refused), "IDENTITY_TAKEN", "nor can he be let in by mistake: {refused}");
    assert!(!again.rights().await.verified);
    ada.reviews("identityReject", &again, Some("The number is another account's."))
        .await;
    may_not_trade(&again, &offered).await;

    // He cannot free it by leaving: a blacklisted user does not close his account.
    let leaving = sam
        .sends(
            "mutation C($input: AccountCloseInput!) { accountClose(input: $input) { userErrors { code } } }",
            json!({ "input": { "username": "sam" } }),
        )
        .await;
    assert_eq!(orders::code(&leaving), "BLACKLISTED", "{leaving}");
    assert_eq!(bea.left("CREDITOR").await, ["1.00"], "and the debt stays where it is");
    let held: Value = sam.obstacles().await;
    assert_eq!(held, json!(["BLACKLISTED", "WARRANTY", "DEBT"]));
    app.close().await;
}

/// The same where the number alone decides: refused at once.
#[tokio::test]
async fn abuse_23_where_no_admin_looks_a_debtor_s_number_is_refused_at_once() {
    let app = TestApp::new().await;
    let (sam, bea, again) = (app.person("sam").await, app.verified("bea").await, app.person("sam_again").await);
    let number = fresh_id_number();
    assert_eq!(sam.verifies("王小明", &number).await["userErrors"], json!([]));
    app.owes(&sam, Some(&bea), "50.00").await;
    assert_eq!(code(&again.verifies("王小明", &number).await), "IDENTITY_TAKEN");
    let offered = bea.sells("10.00").await;
    may_not_trade(&again, &offered).await;
    app.close().await;
}
