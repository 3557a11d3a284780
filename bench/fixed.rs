//! The fixed handler: what the least server costs that reads a body and answers one.

use anyhow::Result;
use axum::{Router, body::Bytes, http::header, routing::post};
use tokio::net::TcpListener;

/// Serves at `place`, which is an address, a comma, and the size of the answer in bytes.
pub async fn serve(place: &str) -> Result<()> {
    let (address, size) = place.split_once(',').unwrap_or((place, "100"));
    let answer: Bytes = "x".repeat(size.parse()?).into();
    let route = post(move |_: Bytes| async move { ([(header::CONTENT_TYPE, "application/json")], answer) });
    let listener = TcpListener::bind(address).await?;
    crate::table::say(&format!("http://{address}, ready"))?;
    Ok(axum::serve(listener, Router::new().route("/graphql", route)).await?)
}
