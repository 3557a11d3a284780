//! Files in S3 and mail by SMTP, against servers that speak like the real ones.

use handover::{
    infra::storage::{S3Place, S3Storage},
    kernel::port::Storage,
};
use serde_json::json;

use crate::support::{TestApp, install_tls, png};

/// Makes a bucket of its own in the stand-in for S3; `None` where there is none.
async fn bucket() -> Option<(String, String)> {
    let endpoint = std::env::var("HANDOVER_TEST_S3").ok()?;
    install_tls();
    let bucket = format!("files-{}", uuid::Uuid::new_v4());
    let made = reqwest::Client::new().put(format!("{endpoint}/{bucket}")).send().await.unwrap();
    assert!(made.status().is_success(), "{made:?}");
    Some((endpoint, bucket))
}

#[tokio::test]
async fn with_servers_files_in_s3_keep_the_port_s_promises() {
    let Some((endpoint, bucket)) = bucket().await else { return };
    let place = |prefix| S3Place {
        bucket: &bucket,
        prefix,
        endpoint: Some(&endpoint),
        region: "us-east-1",
        key: Some(("id", "secret")),
    };
    let (storage, other) = (S3Storage::new(&place("media")).unwrap(), S3Storage::new(&place("")).unwrap());
    assert_eq!(storage.get("a/b.webp").await.unwrap(), None);
    storage.put("a/b.webp", b"one".to_vec()).await.unwrap();
    storage.put("a/b.webp", vec![7; 300_000]).await.unwrap();
    assert_eq!(storage.get("a/b.webp").await.unwrap(), Some(vec![7; 300_000]));
    assert_eq!(other.get("a/b.webp").await.unwrap(), None);
    assert_eq!(other.get("media/a/b.webp").await.unwrap(), Some(vec![7; 300_000]));
    storage.delete("a/b.webp").await.unwrap();
    storage.delete("a/b.webp").await.unwrap();
    assert_eq!(storage.get("a/b.webp").await.unwrap(), None);
    let nowhere = S3Storage::new(&S3Place {
        bucket: "no-such-bucket",
        ..place("")
    })
    .unwrap();
    assert!(nowhere.put("a", vec![1]).await.is_err());
}

#[tokio::test]
async fn with_servers_uploads_go_to_the_bucket_that_the_settings_name() {
    let Some((endpoint, bucket)) = bucket().await else { return };
    let app = TestApp::with(|config| {
        config.storage.url = Some(format!("s3://{bucket}/shop"));
        config.storage.endpoint = Some(endpoint.clone());
        config.storage.access_key = Some("id".to_owned());
        config.storage.secret_key = Some("secret".into());
    })
    .await;
    let ann = app.person("ann").await;
    let query = "mutation U($input: ImageUploadInput!) { imageUpload(input: $input) { image { id } userErrors { code } } }";
    let answer = app
        .send_file(
            Some(&ann.token),
            query,
            json!({ "input": { "purpose": "LISTING", "file": null } }),
            png(40, 30),
        )
        .await;
    assert!(answer["data"]["imageUpload"]["image"]["id"].is_string(), "{answer}");
    assert!(!app.folder.path().join("files").exists(), "no file lies in the data folder");
    let listed = reqwest::get(format!("{endpoint}/{bucket}?list-type=2"))
        .await
        .unwrap()
        .text()
        .await
        .unwrap();
    assert!(listed.contains("<Key>shop/"), "{listed}");
    app.close().await;
}

#[tokio::test]
async fn with_servers_codes_go_out_by_smtp() {
    let (Ok(server), Ok(maildir)) = (std::env::var("HANDOVER_TEST_SMTP"), std::env::var("HANDOVER_TEST_SMTP_BOX")) else {
        return;
    };
    let app = TestApp::with(|config| {
        config.mail.url = Some(server.into());
        config.mail.from = "Shop <no-reply@shop.example>".to_owned();
    })
    .await;
    let address = format!("{}@example.com", uuid::Uuid::new_v4().simple());
    app.request_code(&address).await;
    let mails = std::fs::read_dir(format!("{maildir}/new")).unwrap();
    let mails = mails.map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap());
    let ours: Vec<String> = mails.filter(|mail| mail.contains(&format!("To: {address}"))).collect();
    assert_eq!(ours.len(), 1);
    assert!(
        ours[0].contains("From: Shop <no-reply@shop.example>") && ours[0].contains("X-RcptTo: "),
        "{}",
        ours[0]
    );
    assert!(!app.folder.path().join("mail").exists(), "no mail lies in the data folder");
    app.close().await;
}
