//! The images of evidence, for the admin who looks at it.

use entity::{image, kinds::ImagePurpose};
use sea_orm::FromQueryResult;

use crate::kernel::{Env, Fault, claim::lapsed, policy::Admin, sql};

/// An image of evidence by its key, for the admin who has taken a case about its order.
pub async fn image(env: &Env, admin: Admin, file_key: &str) -> Result<Option<image::Model>, Fault> {
    let select = format!(
        "SELECT {} FROM images i WHERE i.file_key = $1 AND i.purpose = '{}' AND EXISTS (\
         SELECT 1 FROM evidence_images ei JOIN evidence e ON e.id = ei.evidence_id JOIN cases c ON c.order_id = e.order_id \
         WHERE ei.image_id = i.id AND c.claimed_by = $2 AND c.claimed_at > $3)",
        sql::columns::<image::Column>("i"),
        ImagePurpose::Evidence.as_str()
    );
    let since = lapsed(env.now());
    let row = sql::one(env.db(), &select, vec![file_key.into(), admin.id().into(), since.into()]).await?;
    Ok(row.map(|row| image::Model::from_query_result(&row, "i_")).transpose()?)
}
