//! The page where a payer pays, fails or leaves.

mod page;
mod words;

use std::sync::Arc;

use axum::{
    Form, Router,
    extract::{Path, State},
    http::{
        HeaderMap, HeaderName, StatusCode,
        header::{ACCEPT_LANGUAGE, CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY, VARY, X_CONTENT_TYPE_OPTIONS},
    },
    response::{Html, IntoResponse, Redirect, Response},
    routing::get,
};
use reqwest::Url;
use serde::Deserialize;

use super::{
    books::{Payment, PaymentState},
    desk::{Desk, DeskError},
};
use words::Words;

const STYLE: &str = include_str!("checkout/style.css");

/// The routes of the payer's browser. No key: whoever has the reference may pay.
pub(super) fn router(desk: Arc<Desk>) -> Router {
    Router::new()
        .route("/checkout/style.css", get(style))
        .route("/checkout/{reference}", get(show).post(decide))
        .with_state(desk)
}

async fn style() -> impl IntoResponse {
    (
        [(CONTENT_TYPE, "text/css; charset=utf-8"), (CACHE_CONTROL, "public, max-age=3600")],
        STYLE,
    )
}

async fn show(State(desk): State<Arc<Desk>>, Path(reference): Path<String>, headers: HeaderMap) -> Response {
    let words = spoken(&headers);
    match find(&desk, reference).await {
        Ok(Some(payment)) => payment_page(words, &payment),
        Ok(None) => unknown_page(words),
        Err(error) => broken_page(words, &error),
    }
}

/// What the payer pressed.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Decision {
    Pay,
    Fail,
    Leave,
}

#[derive(Debug, Deserialize)]
struct Pressed {
    decision: Decision,
}

async fn decide(
    State(desk): State<Arc<Desk>>,
    Path(reference): Path<String>,
    headers: HeaderMap,
    Form(pressed): Form<Pressed>,
) -> Response {
    let words = spoken(&headers);
    match press(&desk, reference, pressed.decision).await {
        Ok(Outcome::Back(url)) => Redirect::to(&url).into_response(),
        Ok(Outcome::Before(payment)) => payment_page(words, &payment),
        Ok(Outcome::Unknown) => unknown_page(words),
        Err(error) => broken_page(words, &error),
    }
}

/// What came of pressing a button.
enum Outcome {
    /// Back to the platform.
    Back(String),
    /// It was decided before.
    Before(Payment),
    /// There is no such payment.
    Unknown,
}

async fn press(desk: &Arc<Desk>, reference: String, decision: Decision) -> Result<Outcome, DeskError> {
    let Some(payment) = find(desk, reference.clone()).await? else {
        return Ok(Outcome::Unknown);
    };
    let state = match decision {
        Decision::Pay => PaymentState::Succeeded,
        Decision::Fail => PaymentState::Failed,
        Decision::Leave => return Ok(Outcome::Back(payment.return_url)),
    };
    if desk.ask(move |desk| desk.decide_payment(payment.id, state)).await? {
        return Ok(Outcome::Back(payment.return_url));
    }
    Ok(find(desk, reference).await?.map_or(Outcome::Unknown, Outcome::Before))
}

async fn find(desk: &Arc<Desk>, reference: String) -> Result<Option<Payment>, DeskError> {
    desk.ask(move |desk| Ok(desk.payment_by_reference(&reference))).await
}

fn spoken(headers: &HeaderMap) -> &'static Words {
    words::choose(
        headers
            .get(ACCEPT_LANGUAGE)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default(),
    )
}

fn payment_page(words: &Words, payment: &Payment) -> Response {
    // Browsers hold form-action against the redirect after a POST too, so the way back must be named.
    let back = Url::parse(&payment.return_url)
        .map(|url| url.origin().ascii_serialization())
        .unwrap_or_default();
    with_headers(StatusCode::OK, page::payment(words, payment), &back)
}

fn unknown_page(words: &Words) -> Response {
    with_headers(StatusCode::NOT_FOUND, page::message(words, words.unknown), "")
}

fn broken_page(words: &Words, error: &DeskError) -> Response {
    tracing::error!(%error, "the sandbox bank could not act");
    with_headers(StatusCode::SERVICE_UNAVAILABLE, page::message(words, words.broken), "")
}

fn with_headers(status: StatusCode, html: String, form_target: &str) -> Response {
    let policy = format!("default-src 'none'; style-src 'self'; form-action 'self' {form_target}; base-uri 'none'; frame-ancestors 'none'");
    let headers: [(HeaderName, &str); 5] = [
        (CONTENT_SECURITY_POLICY, &policy),
        (CACHE_CONTROL, "no-store"),
        (REFERRER_POLICY, "no-referrer"),
        (VARY, "accept-language"),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    (status, headers, Html(html)).into_response()
}
