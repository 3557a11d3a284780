//! Uploads by the GraphQL multipart request specification: the parts `operations`, `map` and one file, in this order.

use std::{
    collections::HashMap,
    io::{self, Seek},
};

use async_graphql::{Request, UploadValue};
use axum::{
    body::Body,
    http::{HeaderMap, header},
};
use multer::{Constraints, Field, Multipart, SizeLimit};
use serde_json::Value;
use tokio::{fs::File, io::AsyncWriteExt};

use super::read::{MAX_JSON, Refused, request_of};

/// The most bytes of an uploaded file.
const MAX_FILE: u64 = 10 * 1024 * 1024;
/// The most bytes of the map, which names one file and one place.
const MAX_MAP: u64 = 4 * 1024;
/// The most bytes of the whole body.
const MAX_BODY: u64 = MAX_FILE + 2 * (MAX_JSON as u64);
/// Headers that a foreign page cannot send without asking first. A multipart form it could.
const PREFLIGHT: [&str; 2] = ["x-handover-preflight", "apollo-require-preflight"];

/// Reads a request with one upload. The file goes to the disk as it arrives, and vanishes with the request.
pub async fn read(headers: &HeaderMap, body: Body) -> Result<Request, Refused> {
    if !PREFLIGHT.iter().any(|name| headers.contains_key(*name)) {
        return Err(Refused::bad("request-preflight").with("header", PREFLIGHT[0]));
    }
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let boundary = multer::parse_boundary(kind.unwrap_or_default()).map_err(refused)?;
    let limits = SizeLimit::new()
        .whole_stream(MAX_BODY)
        .per_field(MAX_FILE)
        .for_field("operations", MAX_JSON as u64)
        .for_field("map", MAX_MAP);
    let mut parts = Multipart::with_constraints(body.into_data_stream(), boundary, Constraints::new().size_limit(limits));
    let mut request = request_of(json(&mut parts, "operations").await?).map_err(Refused::bad)?;
    let (name, place) = one_place(json(&mut parts, "map").await?)?;
    let Some(field) = parts.next_field().await.map_err(refused)? else {
        return Err(Refused::bad("request-file-missing"));
    };
    if field.name() != Some(name.as_str()) {
        return Err(Refused::bad("request-file-unnamed"));
    }
    request.set_upload(&place, file(field).await?);
    if request.uploads.is_empty() {
        return Err(Refused::bad("request-map-path"));
    }
    match parts.next_field().await.map_err(refused)? {
        None => Ok(request),
        Some(_) => Err(Refused::bad("request-one-file")),
    }
}

async fn json(parts: &mut Multipart<'_>, name: &str) -> Result<Value, Refused> {
    let missing = || Refused::bad("request-part").with("name", name);
    let field = parts.next_field().await.map_err(refused)?;
    let field = field.filter(|field| field.name() == Some(name)).ok_or_else(missing)?;
    serde_json::from_slice(&field.bytes().await.map_err(refused)?).map_err(|_| missing())
}

/// The one file of a map, and the one place it goes to. More would need a file handle each.
fn one_place(map: Value) -> Result<(String, String), Refused> {
    let map: HashMap<String, Vec<String>> = serde_json::from_value(map).map_err(|_| Refused::bad("request-map"))?;
    let mut entries = map.into_iter();
    match (entries.next(), entries.next()) {
        (Some((name, mut places)), None) if places.len() == 1 => Ok((name, places.remove(0))),
        _ => Err(Refused::bad("request-one-file")),
    }
}

async fn file(mut field: Field<'_>) -> Result<UploadValue, Refused> {
    let filename = field.file_name().unwrap_or_default().to_owned();
    let content_type = field.content_type().map(ToString::to_string);
    let mut file = File::from_std(tempfile::tempfile().map_err(|error| no_room(&error))?);
    while let Some(chunk) = field.chunk().await.map_err(refused)? {
        file.write_all(&chunk).await.map_err(|error| no_room(&error))?;
    }
    file.flush().await.map_err(|error| no_room(&error))?;
    let mut content = file.into_std().await;
    content.rewind().map_err(|error| no_room(&error))?;
    Ok(UploadValue {
        filename,
        content_type,
        content,
    })
}

fn no_room(error: &io::Error) -> Refused {
    tracing::error!(%error, "an upload cannot be kept");
    Refused::new(axum::http::StatusCode::SERVICE_UNAVAILABLE, "UNAVAILABLE", "field-unavailable")
}

fn refused(error: multer::Error) -> Refused {
    match error {
        multer::Error::FieldSizeExceeded { .. } | multer::Error::StreamSizeExceeded { .. } => Refused::too_large(),
        _ => Refused::bad("request-multipart"),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_map_names_one_file_and_one_place() {
        assert_eq!(
            one_place(json!({"0": ["variables.file"]})),
            Ok(("0".into(), "variables.file".into()))
        );
        for bad in [
            json!({}),
            json!({"0": []}),
            json!({"0": ["a", "b"]}),
            json!({"0": ["a"], "1": ["b"]}),
            json!([]),
            json!({"0": "a"}),
        ] {
            assert!(one_place(bad.clone()).is_err(), "{bad}");
        }
    }
}
