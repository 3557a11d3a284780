//! Images: uploading, and how they are shown.

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
use crate::{kernel::policy, media, payload_type};

/// What an image is uploaded for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub enum ImagePurpose {
    /// To show in a listing. Everybody who knows its address can see it.
    Listing,
    /// To send in a chat. Only the members of the conversation can see it.
    Chat,
    /// To show beside your nickname. Everybody can see it.
    Avatar,
    /// To prove something about an order. Only its parties can see it.
    Evidence,
    /// To show beside the name of a game, for admins. Everybody who knows its address can see it.
    GameIcon,
}

impl From<ImagePurpose> for kinds::ImagePurpose {
    fn from(purpose: ImagePurpose) -> Self {
        match purpose {
            ImagePurpose::Listing => Self::Listing,
            ImagePurpose::Chat => Self::Chat,
            ImagePurpose::Avatar => Self::Avatar,
            ImagePurpose::Evidence => Self::Evidence,
            ImagePurpose::GameIcon => Self::GameIcon,
        }
    }
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
    /// The file itself. `None`: the request does not bring it.
    pub fn file(self, ctx: &Context<'_>) -> Option<UploadValue> {
        ctx.query_env.uploads.get(self.0)?.try_clone().ok()
    }
}

/// An image that was uploaded.
#[derive(Debug, Clone, SimpleObject)]
#[graphql(serial)]
pub struct Image {
    /// Its id.
    #[graphql(owned)]
    pub id: ID,
    /// Where it is: JPEG or WebP, at most 2,048 pixels along an edge. Relative to this server. The address of a chat image is good for 10 to 20
    /// minutes and for you alone: fetch it with your access token, or from a page of this server.
    pub url: String,
    /// Where its thumbnail is: at most 480 pixels along an edge. Relative to this server, under the rules of `url`.
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

impl Image {
    /// An image with an address that the caller can use, whether it is for everybody or not.
    pub fn for_caller(ctx: &Context<'_>, image: image::Model) -> Self {
        let Some(viewer) = ctx.actor().user().filter(|_| !media::is_public(image.purpose)) else {
            return image.into();
        };
        let signed = media::link::sign(ctx.env(), viewer, &image.file_key);
        Self {
            url: format!("/graphql/media/{}?{signed}", image.file_key),
            thumbnail_url: format!("/graphql/media/{}/thumbnail?{signed}", image.file_key),
            ..image.into()
        }
    }
}

/// An image to upload.
#[derive(InputObject)]
pub struct ImageUploadInput {
    /// What for.
    pub purpose: ImagePurpose,
    /// A PNG, JPEG or WebP of at most 10 MB and some 24 million pixels.
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
        if input.purpose == ImagePurpose::GameIcon {
            policy::admin(ctx.actor())?;
        }
        let Some(file) = input.file.file(ctx) else {
            return payload(ctx, Err(super::errors::upload_missing()));
        };
        let upload = media::Upload {
            purpose: input.purpose.into(),
            file: Box::new(file.into_read()),
        };
        let done = media::upload(ctx.env(), uploader, upload).await;
        payload(ctx, done.map(|image| Image::for_caller(ctx, image)).map_err(Failure::from))
    }
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
