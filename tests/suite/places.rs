//! A user has five sockets, however many servers there are.

use std::time::Duration;

use crate::support::{Redis, Socket, TestApp, wallet::eventually};

const TOO_MANY: u16 = 4429;

#[tokio::test]
async fn with_servers_five_sockets_are_five_on_all_servers_together_and_while_redis_is_away_on_each() {
    let Some(mut redis) = Redis::start() else { return };
    let app = TestApp::with(|config| config.redis.url = Some(redis.url().into())).await;
    let twin = app.twin(|_| {}).await;
    let ann = app.person("ann").await;
    let (here, there) = (app.url("/graphql"), format!("http://{}/graphql", twin.address));
    let open = async |url: &str| Socket::try_connect(url, Some(&ann.token)).await;
    let mut sockets = Vec::new();
    for url in [&here, &there, &here, &there, &here] {
        sockets.push(open(url).await.unwrap());
    }
    assert_eq!(
        (open(&here).await.err(), open(&there).await.err()),
        (Some(TOO_MANY), Some(TOO_MANY))
    );
    sockets.pop().unwrap().close().await;
    // The server gives the place back when it has seen the end.
    sockets.push(eventually("a place that is free again", async || open(&there).await.ok()).await);
    assert_eq!(open(&here).await.err(), Some(TOO_MANY));

    redis.kill();
    tokio::time::sleep(Duration::from_millis(50)).await;
    let alone = [open(&here).await, open(&here).await, open(&here).await];
    assert!(alone.iter().all(Result::is_ok), "each server counts for itself");
    assert_eq!(open(&here).await.err(), Some(TOO_MANY), "and no further than five");
    drop((sockets, alone));
    twin.stop().await;
    app.close().await;
}
