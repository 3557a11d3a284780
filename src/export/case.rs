//! The file of a case, for its parties and the admin who decides: a ZIP of what was bought, what was said, what happened and what was brought, with
//! the hash of each file. Credentials are not in it.

use std::{
    collections::BTreeMap,
    io::{Cursor, Write},
};

use entity::{case::Model as Case, image};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tokio::task::spawn_blocking;
use zip::{ZipWriter, write::SimpleFileOptions};

use super::{Others, WORK, case_parts as parts};
use crate::{
    kernel::{
        Env, Fault,
        policy::{Member, Trader},
    },
    media::{self, Part},
    order::{self, evidence::Piece},
};

/// So many bytes of pictures are put in; of those beyond it the file names the hashes.
const PICTURES: usize = 64 * 1_024 * 1_024;

/// What lies in the archive beside the data.
const ABOUT: &str = "The file of a case about an order, as JSON and pictures. Times are UTC, amounts CNY. What was handed over is not here. \
                     hashes.json has the SHA-256 of each other file; evidence.json has, for each piece, the SHA-256 over that of its text and those \
                     of its pictures as they were uploaded, in their order. The pictures here are as they were stored, so their own hashes differ.\n\n\
                     本文件为订单纠纷的卷宗，包含 JSON 数据和图片。时间为 UTC，金额单位为人民币元。交付的账号信息不在其中。\
                     hashes.json 列出其他各文件的 SHA-256；evidence.json 中每份证据的 SHA-256 由其文字与上传时各图片的 SHA-256 依次计算得出。\
                     此处的图片为存储后的版本，其自身的散列值与上传时不同。\n";

/// The files of an archive, by their names.
type Files = BTreeMap<String, Vec<u8>>;

/// Puts the file of a case together. Whoever calls has found that this reader may have it.
pub async fn case(env: &Env, reader: Trader, case: Case) -> Result<Vec<u8>, Fault> {
    let _turn = WORK.acquire().await.map_err(Fault::internal)?;
    let order = order::store::get(env.db(), case.order_id).await?;
    let order = order.ok_or_else(|| Fault::internal("a case without an order"))?;
    let people = Others::of(env.db(), Member::from(reader), [case.buyer_id, case.seller_id]).await?;
    let mut pictures = Pictures {
        env,
        files: Files::new(),
        bytes: 0,
    };
    let listing = parts::listing(&order, &pictures.listing(&order).await?)?;
    let evidence = evidence(&mut pictures, &case).await?;
    let mut files = pictures.files;
    for (name, data) in [
        ("case.json", parts::case(env, &case, &people).await?),
        ("timeline.json", parts::timeline(env, &case).await?),
        ("rulings.json", parts::rulings(env, &case).await?),
        ("mediation.json", parts::mediation(env, &case).await?),
        ("listing.json", listing),
        ("hand-over.json", parts::hand_over(env, &order).await?),
        ("chat.json", parts::chat(env, &case, &order).await?),
        ("evidence.json", evidence),
    ] {
        files.insert(name.to_owned(), serde_json::to_vec_pretty(&data).map_err(Fault::internal)?);
    }
    tracing::info!(case = %case.id, reader = %reader.id(), "the file of a case was put together");
    spawn_blocking(move || pack(files)).await.map_err(Fault::internal)?
}

/// The pictures that go into a file.
struct Pictures<'a> {
    env: &'a Env,
    files: Files,
    bytes: usize,
}

impl Pictures<'_> {
    /// Puts a picture in under a name without its ending; answers the whole name. None: it is gone, or there is no room.
    async fn add(&mut self, name: &str, image: image::Model) -> Result<Option<String>, Fault> {
        let Some(file) = media::file(self.env, image, Part::Whole).await? else {
            return Ok(None);
        };
        if self.bytes + file.bytes.len() > PICTURES {
            return Ok(None);
        }
        self.bytes += file.bytes.len();
        let ending = file.mime.rsplit('/').next().unwrap_or("bin").to_owned();
        let name = format!("{name}.{ending}");
        self.files.insert(name.clone(), file.bytes);
        Ok(Some(name))
    }

    /// The pictures of what was bought; answers their names.
    async fn listing(&mut self, order: &entity::order::Model) -> Result<Vec<String>, Fault> {
        let named = [(order.id, order.image_ids.clone())].into();
        let images = order::card::images_of(self.env, &named)
            .await?
            .remove(&order.id)
            .unwrap_or_default();
        let mut names = Vec::new();
        for (number, image) in (1..).zip(images) {
            names.extend(self.add(&format!("listing/{number}"), image).await?);
        }
        Ok(names)
    }
}

/// What the parties brought, with its pictures.
async fn evidence(pictures: &mut Pictures<'_>, case: &Case) -> Result<Value, Fault> {
    let pieces = order::evidence::of(pictures.env, &[case.order_id]).await?.remove(&case.order_id);
    let mut all = Vec::new();
    for (number, Piece { evidence, images }) in (1..).zip(pieces.unwrap_or_default()) {
        let mut shown = Vec::new();
        for (place, image) in (1..).zip(images) {
            let uploaded = image.sha256.as_deref().map(hex);
            let file = pictures.add(&format!("evidence/{number}-{place}"), image).await?;
            shown.push(json!({ "file": file, "sha256AsUploaded": uploaded }));
        }
        all.push(json!({
            "by": parts::role(case, evidence.author_id),
            "text": evidence.body,
            "sha256": hex(&evidence.digest),
            "at": super::moment(evidence.created_at),
            "pictures": shown,
        }));
    }
    Ok(all.into())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn pack(mut files: Files) -> Result<Vec<u8>, Fault> {
    files.insert("README.txt".to_owned(), ABOUT.as_bytes().to_vec());
    let hashes: BTreeMap<&String, String> = files.iter().map(|(name, bytes)| (name, hex(&Sha256::digest(bytes)))).collect();
    let hashes = serde_json::to_vec_pretty(&hashes).map_err(Fault::internal)?;
    files.insert("hashes.json".to_owned(), hashes);
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        archive.start_file(name, SimpleFileOptions::default()).map_err(Fault::internal)?;
        archive.write_all(&bytes).map_err(Fault::internal)?;
    }
    Ok(archive.finish().map_err(Fault::internal)?.into_inner())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_file_of_a_case_is_named_with_its_hash() {
        let packed = pack([("a.json".to_owned(), b"{}".to_vec())].into()).unwrap();
        let mut archive = zip::ZipArchive::new(Cursor::new(packed)).unwrap();
        let hashes: Value = serde_json::from_reader(archive.by_name("hashes.json").unwrap()).unwrap();
        assert_eq!(hashes["a.json"], hex(&Sha256::digest(b"{}")));
        assert_eq!(hashes.as_object().unwrap().len(), 2, "{hashes}");
    }
}
