use std::{
    net::SocketAddr,
    sync::{Arc, Mutex},
};

use async_trait::async_trait;
use axum::Router;
use tokio::{net::TcpListener, sync::watch};

use super::{Gauge, Health, Part, Watchman, metrics_alone, metrics_beside, routes};
use crate::kernel::{Meters, Shutdown};

/// Says what it is told to say.
struct Told(Mutex<Vec<Part>>);

#[async_trait]
impl Watchman for Told {
    async fn parts(&self) -> Vec<Part> {
        self.0.lock().unwrap().clone()
    }

    async fn gauges(&self) -> Vec<Gauge> {
        Vec::new()
    }
}

fn health(token: Option<&str>) -> (Health, Arc<Told>, watch::Sender<bool>) {
    let told = Arc::new(Told(Mutex::default()));
    let (stop, stopping) = watch::channel(false);
    let health = Health {
        watchman: Arc::clone(&told) as Arc<dyn Watchman>,
        meters: Arc::new(Meters::default()),
        shutdown: Shutdown(stopping),
        token: token.map(str::to_owned),
    };
    (health, told, stop)
}

/// The client of the tests wants one, though it speaks no TLS here. Another test may have been first.
fn install_tls() {
    let _ = rustls::crypto::ring::default_provider().install_default();
}

async fn serve(routes: Router) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, routes.into_make_service_with_connect_info::<SocketAddr>()).await });
    format!("http://{address}")
}

async fn get(url: &str, headers: &[(&str, &str)]) -> (u16, String) {
    let mut request = reqwest::Client::new().get(url);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let response = request.send().await.unwrap();
    (response.status().as_u16(), response.text().await.unwrap())
}

#[tokio::test]
async fn readiness_names_the_part_that_is_away() {
    install_tls();
    let (health, told, stop) = health(None);
    let url = serve(routes(health)).await;
    let part = |name, up, essential| Part { name, up, essential };
    for (parts, status, body) in [
        (
            vec![part("database", true, true), part("cache", true, false)],
            200,
            "ready\ndatabase: up\ncache: up\n",
        ),
        (
            vec![part("database", true, true), part("cache", false, false)],
            200,
            "ready\ndatabase: up\ncache: away\n",
        ),
        (
            vec![part("database", true, true), part("cache", false, true)],
            503,
            "not ready\ndatabase: up\ncache: away\n",
        ),
        (vec![part("database", false, true)], 503, "not ready\ndatabase: away\n"),
        (vec![], 503, "not ready\n"),
    ] {
        *told.0.lock().unwrap() = parts;
        assert_eq!(get(&format!("{url}/readyz"), &[]).await, (status, body.to_owned()));
    }
    stop.send_replace(true);
    assert_eq!(get(&format!("{url}/readyz"), &[]).await, (503, "stopping\n".to_owned()));
    assert_eq!(get(&format!("{url}/livez"), &[]).await.0, 200);
}

#[tokio::test]
async fn metrics_are_for_this_machine_or_for_those_who_show_the_token() {
    install_tls();
    let open = format!("{}/metrics", serve(metrics_beside(health(None).0)).await);
    assert_eq!(get(&open, &[]).await.0, 200);
    for header in ["x-forwarded-for", "forwarded"] {
        assert_eq!(
            get(&open, &[(header, "for=203.0.113.9")]).await.0,
            404,
            "behind a proxy nobody is near"
        );
    }
    let token = "a token of enough characters";
    for routes in [metrics_beside(health(Some(token)).0), metrics_alone(health(Some(token)).0)] {
        let url = format!("{}/metrics", serve(routes).await);
        assert_eq!(get(&url, &[]).await.0, 401);
        assert_eq!(get(&url, &[("authorization", "Bearer another token of characters")]).await.0, 401);
        let (status, text) = get(
            &url,
            &[("authorization", &format!("Bearer {token}")), ("x-forwarded-for", "203.0.113.9")],
        )
        .await;
        assert_eq!(status, 200);
        assert!(text.contains("handover_sockets 0\n"), "{text}");
    }
    let alone = format!("{}/metrics", serve(metrics_alone(health(None).0)).await);
    assert_eq!(get(&alone, &[("x-forwarded-for", "203.0.113.9")]).await.0, 200);
}
