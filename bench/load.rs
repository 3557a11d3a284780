//! Many requests, a few at a time over connections that stay open.

use anyhow::{Result, ensure};
use reqwest::Client;

/// How many are under way at once.
const AT_ONCE: usize = 4;

/// What is asked.
#[derive(Clone)]
pub struct Target<'a> {
    pub url: String,
    pub body: &'a str,
    pub token: Option<&'a str>,
}

impl Target<'_> {
    /// Asks once and answers the body.
    pub async fn once(&self) -> Result<String> {
        ask(&Client::new(), self).await
    }

    /// Asks `count` times.
    pub async fn run(&self, count: usize) -> Result<()> {
        let client = Client::new();
        let lanes = (0..AT_ONCE).map(|_| async {
            for _ in 0..count / AT_ONCE {
                ask(&client, self).await?;
            }
            Ok::<_, anyhow::Error>(())
        });
        futures::future::try_join_all(lanes).await?;
        Ok(())
    }
}

async fn ask(client: &Client, target: &Target<'_>) -> Result<String> {
    let mut request = client
        .post(&target.url)
        .header("content-type", "application/json")
        .body(target.body.to_owned());
    if let Some(token) = target.token {
        request = request.bearer_auth(token);
    }
    let answer = request.send().await?;
    ensure!(answer.status().is_success(), "{} answers {}", target.url, answer.status());
    let text = answer.text().await?;
    ensure!(!text.contains("\"errors\""), "{text}");
    Ok(text)
}
