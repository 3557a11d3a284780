//! Images that belong to reports, and who may see them.

use entity::{image, kinds::ReportSubject};
use sea_orm::FromQueryResult;

use crate::kernel::{
    Env, Fault,
    policy::{self, Actor},
    sql,
};

/// What a reporter may see: the images he brought.
const HIS: &str = "EXISTS (SELECT 1 FROM complaint_images ci JOIN complaints c ON c.id = ci.complaint_id \
    WHERE ci.image_id = i.id AND c.reporter_id = $2)";
/// What an admin may see: the images of all complaints.
const ALL: &str = "EXISTS (SELECT 1 FROM complaint_images ci WHERE ci.image_id = i.id)";

/// An image by its key, if `actor` may see it: whoever brought it with a report; admins also those of others, and those of a message that was
/// reported.
pub async fn image(env: &Env, actor: &Actor, file_key: &str) -> Result<Option<image::Model>, Fault> {
    let Ok(viewer) = policy::trader(actor) else { return Ok(None) };
    let may = if policy::admin(actor).is_ok() {
        format!(
            "({HIS} OR {ALL} OR EXISTS (SELECT 1 FROM message_images mi JOIN reports r ON r.subject_id = mi.message_id AND r.subject_kind = '{}' \
             WHERE mi.image_id = i.id))",
            ReportSubject::Message.as_str()
        )
    } else {
        HIS.to_owned()
    };
    let select = format!(
        "SELECT {} FROM images i WHERE i.file_key = $1 AND {may}",
        sql::columns::<image::Column>("i")
    );
    let row = sql::one(env.db(), &select, vec![file_key.into(), viewer.id().into()]).await?;
    Ok(row.map(|row| image::Model::from_query_result(&row, "i_")).transpose()?)
}
