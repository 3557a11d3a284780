//! Images: uploading, and how they are shown.

use std::io::Read;

use async_graphql::{
    Context, Enum, ID, InputObject, InputValueError, InputValueResult, Object, Result, Scalar, ScalarType, SimpleObject, UploadValue, Value,
};
use entity::{image, kinds};

use super::{
    auth::{Auth, Need, auth},
    context::Ask,
    errors::{Failure, payload},
    id,
};
use crate::{
    kernel::{Fault, policy},
    media::{self, UploadError, sanitise},
    payload_type,
};

/// What an image is uploaded for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "kinds::ImagePurpose")]
pub enum ImagePurpose {
    /// To show in a listing. Everybody who knows its address can see it.
    Listing,
    /// To send in a chat. Only the members of the conversation can see it.
    Chat,
}

/// A file of a multipart request, by the GraphQL multipart request specification.
#[derive(Debug, Clone, Copy)]
pub struct Upload(usize);

/// What transport puts in a file's place. The library's own scalar panics when a client writes it with anything but a file's number behind.
const MARK: &str = "#__graphql_file__:";

#[Scalar(specified_by_url = "https://github.com/jaydenseric/graphql-multipart-request-spec")]
impl ScalarType for Upload {
    fn parse(value: Value) -> InputValueResult<Self> {
        let Value::String(text) = &value else {
            return Err(InputValueError::expected_type(value));
        };
        let number = text.strip_prefix(MARK).and_then(|number| number.parse().ok());
        number
            .map(Self)
            .ok_or_else(|| InputValueError::custom("Not a file of this request"))
    }

    fn to_value(&self) -> Value {
        Value::Null
    }
}

impl Upload {
    fn file(self, ctx: &Context<'_>) -> Option<UploadValue> {
        ctx.query_env.uploads.get(self.0)?.try_clone().ok()
    }
}

/// An image that was uploaded.
#[derive(Debug, Clone, SimpleObject)]
pub struct Image {
    /// Its id.
    pub id: ID,
    /// Where it is: JPEG or WebP, at most 2,048 pixels along an edge. Relative to this server.
    pub url: String,
    /// Where its thumbnail is: at most 480 pixels along an edge. Relative to this server.
    pub thumbnail_url: String,
    /// Pixels across.
    pub width: i32,
    /// Pixels down.
    pub height: i32,
}

impl From<image::Model> for Image {
    fn from(image: image::Model) -> Self {
        let url = format!("/media/{}", image.file_key);
        Self {
            id: id::encode(image.id),
            thumbnail_url: format!("{url}/thumbnail"),
            url,
            width: image.width,
            height: image.height,
        }
    }
}

/// An image to upload.
#[derive(InputObject)]
pub struct ImageUploadInput {
    /// What for.
    pub purpose: ImagePurpose,
    /// A PNG, JPEG or WebP of at most 10 MB and 40 million pixels.
    pub file: Upload,
}

payload_type! {
    /// What `imageUpload` answers.
    ImageUploadPayload {
        /// The image. It is yours until another mutation takes its id, and gone after 24 hours if none does.
        image: Image
    }
}

/// Mutations of images.
#[derive(Default)]
pub struct MediaMutation;

#[Object]
impl MediaMutation {
    /// Uploads one image, by a multipart request. It is made anew, upright and without metadata. At most 300 in 24 hours.
    #[graphql(guard = "Auth(Need::Trader)", directive = auth::apply(Need::Trader))]
    async fn image_upload(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The image and what it is for.")] input: ImageUploadInput,
    ) -> Result<Option<ImageUploadPayload>> {
        let uploader = policy::trader(ctx.actor())?;
        let Some(file) = input.file.file(ctx) else {
            return payload(ctx, Err(super::errors::upload_missing()));
        };
        let bytes = match read(file).await {
            Ok(bytes) => bytes,
            Err(error) => return payload(ctx, Err(error.into())),
        };
        let upload = media::Upload {
            purpose: input.purpose.into(),
            bytes,
        };
        let done = media::upload(ctx.env(), uploader, upload).await;
        payload(ctx, done.map(Image::from).map_err(Failure::from))
    }
}

/// Reads a file off the async threads, and no more of it than is needed to refuse it.
async fn read(file: UploadValue) -> Result<Vec<u8>, UploadError> {
    let most = u64::try_from(sanitise::MAX_BYTES).map_err(Fault::internal)? + 1;
    let reading = tokio::task::spawn_blocking(move || {
        let mut bytes = Vec::new();
        file.into_read().take(most).read_to_end(&mut bytes).map(|_| bytes)
    });
    let bytes = reading.await.map_err(Fault::internal)?;
    Ok(bytes.map_err(Fault::internal)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_only_looks_like_a_file_is_refused() {
        assert!(Upload::parse(Value::from("#__graphql_file__:0")).is_ok());
        for text in ["", "0", "#__graphql_file__:", "#__graphql_file__:x", "#__graphql_file__:-1"] {
            assert!(Upload::parse(Value::from(text)).is_err(), "{text}");
        }
    }
}
