//! Removes what was uploaded and never used.

use super::{store, upload::forget_files};
use crate::kernel::{Env, Fault, policy::System};

/// Hours until an image that nothing took is swept.
pub const UNATTACHED_HOURS: i64 = 24;
/// How many images one sweep removes at most.
const AT_ONCE: u64 = 100;

/// Removes images that nothing took in 24 hours, at most a hundred, and tells how many. Safe to run anywhere and twice at once.
pub async fn sweep(env: &Env, _right: System) -> Result<usize, Fault> {
    let before = env.now().plus_hours(-UNATTACHED_HOURS);
    let mut swept = 0;
    for image in store::unattached(env.db(), before, AT_ONCE).await? {
        let tx = env.begin().await?;
        let ours = store::remove_unattached(&tx, image.id).await?;
        tx.commit().await?;
        if ours {
            forget_files(env, &image.file_key).await;
            swept += 1;
        }
    }
    Ok(swept)
}
