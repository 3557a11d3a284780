//! What the platform may ask, with its key.

mod error;

use std::sync::Arc;

use axum::{
    Json, Router,
    extract::{DefaultBodyLimit, Path, Query, Request, State},
    http::{StatusCode, header::AUTHORIZATION},
    middleware::{Next, from_fn_with_state},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use reqwest::Url;
use serde::Deserialize;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::{
    CURRENCY,
    books::{Payment, Payout},
    desk::{Desk, Opened},
};
use error::{ApiError, Body};

/// No request is longer than this.
const BODY_LIMIT: usize = 16 * 1024;
/// One billion yuan in fen; above it somebody has mistaken the unit.
const MAX_AMOUNT: i64 = 100_000_000_000;

/// The routes under `/v1`.
pub(super) fn router(desk: Arc<Desk>, api_key: &str) -> Router {
    Router::new()
        .route("/v1/payments", post(open_payment))
        .route("/v1/payments/{id}", get(payment))
        .route("/v1/payouts", post(send_payout))
        .route("/v1/payouts/{id}", get(payout))
        .route("/v1/books", get(books))
        .route("/v1/changes", get(changes))
        .route_layer(from_fn_with_state(digest(api_key), authorise))
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .with_state(desk)
}

/// Compared instead of the key itself, so that the time it takes tells nothing of the key.
fn digest(key: &str) -> [u8; 32] {
    Sha256::digest(key.as_bytes()).into()
}

async fn authorise(State(expected): State<[u8; 32]>, request: Request, next: Next) -> Response {
    let header = request.headers().get(AUTHORIZATION).and_then(|value| value.to_str().ok());
    let shown = header.and_then(|value| value.strip_prefix("Bearer "));
    if shown.is_some_and(|key| digest(key) == expected) {
        next.run(request).await
    } else {
        ApiError::Unauthorised.into_response()
    }
}

#[derive(Debug, Deserialize)]
struct PaymentAsk {
    id: Uuid,
    amount: i64,
    currency: String,
    return_url: String,
}

async fn open_payment(State(desk): State<Arc<Desk>>, Body(ask): Body<PaymentAsk>) -> Result<Response, ApiError> {
    check_amount(ask.amount, &ask.currency)?;
    if !Url::parse(&ask.return_url).is_ok_and(|url| matches!(url.scheme(), "http" | "https")) {
        return Err(ApiError::Invalid("return_url must be an http or https address"));
    }
    let opened = desk.ask(move |desk| desk.open_payment(ask.id, ask.amount, ask.return_url)).await?;
    Ok(answer(opened, |payment| show_payment(&desk, payment)))
}

async fn payment(State(desk): State<Arc<Desk>>, Path(id): Path<Uuid>) -> Result<Json<Value>, ApiError> {
    let found = desk.ask(move |desk| Ok(desk.payment(id))).await?;
    found.map(|payment| Json(show_payment(&desk, &payment))).ok_or(ApiError::NotFound)
}

#[derive(Debug, Deserialize)]
struct PayoutAsk {
    id: Uuid,
    amount: i64,
    currency: String,
    holder: String,
    number: String,
}

async fn send_payout(State(desk): State<Arc<Desk>>, Body(ask): Body<PayoutAsk>) -> Result<Response, ApiError> {
    check_amount(ask.amount, &ask.currency)?;
    check_line(&ask.holder, "holder must be a line of 1 to 100 characters")?;
    check_line(&ask.number, "number must be a line of 1 to 100 characters")?;
    let sent = desk
        .ask(move |desk| desk.accept_payout(ask.id, ask.amount, ask.holder, ask.number))
        .await?;
    Ok(answer(sent, show_payout))
}

async fn payout(State(desk): State<Arc<Desk>>, Path(id): Path<Uuid>) -> Result<Json<Value>, ApiError> {
    let found = desk.ask(move |desk| Ok(desk.payout(id))).await?;
    found.map(|payout| Json(show_payout(&payout))).ok_or(ApiError::NotFound)
}

async fn books(State(desk): State<Arc<Desk>>) -> Result<Response, ApiError> {
    let sheet = desk.ask(|desk| Ok(desk.balance_sheet())).await?;
    Ok(Json(sheet).into_response())
}

/// After which line of the book.
#[derive(Debug, Deserialize)]
struct After {
    #[serde(default)]
    after: u64,
}

async fn changes(State(desk): State<Arc<Desk>>, Query(After { after }): Query<After>) -> Result<Json<Value>, ApiError> {
    let changes = desk.ask(move |desk| Ok(desk.changes(after))).await?;
    Ok(Json(json!({ "changes": changes })))
}

fn check_amount(amount: i64, currency: &str) -> Result<(), ApiError> {
    if currency != CURRENCY {
        return Err(ApiError::Invalid("currency must be CNY"));
    }
    if (1..=MAX_AMOUNT).contains(&amount) {
        Ok(())
    } else {
        Err(ApiError::Invalid("amount must be 1 to 100000000000 fen"))
    }
}

fn check_line(text: &str, otherwise: &'static str) -> Result<(), ApiError> {
    let fits = !text.trim().is_empty() && text.chars().count() <= 100 && !text.chars().any(char::is_control);
    if fits { Ok(()) } else { Err(ApiError::Invalid(otherwise)) }
}

fn answer<T>(opened: Opened<T>, show: impl FnOnce(&T) -> Value) -> Response {
    match opened {
        Opened::First(made) => (StatusCode::CREATED, Json(show(&made))).into_response(),
        Opened::Repeat(known) => Json(show(&known)).into_response(),
    }
}

fn show_payment(desk: &Desk, payment: &Payment) -> Value {
    json!({
        "id": payment.id,
        "reference": payment.reference,
        "amount": payment.amount,
        "currency": CURRENCY,
        "state": payment.state,
        "checkout_url": desk.checkout_url(payment),
    })
}

fn show_payout(payout: &Payout) -> Value {
    json!({
        "id": payout.id,
        "reference": payout.reference,
        "amount": payout.amount,
        "currency": CURRENCY,
        "state": payout.state,
    })
}
