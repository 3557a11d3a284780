//! What comes in as an image goes out as a new one: our own encoding, upright, bounded, without metadata or anything behind the picture.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::codecs::webp::WebPEncoder;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader, Limits, RgbImage};

mod memory;

use memory::Head;

/// Most bytes of an upload.
pub const MAX_BYTES: usize = 10 * 1024 * 1024;
/// Most pixels of an upload along one edge.
const MAX_SIDE: u32 = 16_384;
/// Most bytes that one image takes while it is worked on, its file among them: enough for a photograph of 24 million pixels.
pub const MAX_MEMORY: u64 = 100_000_000;
/// Longest edge of what is kept, in pixels.
pub const LONGEST_EDGE: u32 = 2_048;
/// Longest edge of a thumbnail, in pixels.
pub const LONGEST_THUMB_EDGE: u32 = 480;
const JPEG_QUALITY: u8 = 85;

/// A clean image with its thumbnail, both of the same type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clean {
    /// `image/jpeg`, or `image/webp` where something shines through.
    pub mime: &'static str,
    /// The image.
    pub bytes: Vec<u8>,
    /// Its width in pixels, upright.
    pub width: u32,
    /// Its height in pixels, upright.
    pub height: u32,
    /// The same, at most [`LONGEST_THUMB_EDGE`] along an edge.
    pub thumb: Vec<u8>,
}

/// Why an upload is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// Over [`MAX_BYTES`].
    #[error("the file is over 10 MB")]
    TooLarge,
    /// Neither PNG nor JPEG nor WebP by its first bytes.
    #[error("the file is not a PNG, JPEG or WebP image")]
    UnknownType,
    /// It would take more than [`MAX_MEMORY`], or is too long along an edge.
    #[error("the image has too many pixels")]
    TooManyPixels,
    /// It cannot be decoded.
    #[error("the image is damaged")]
    Damaged,
}

/// Decodes and encodes anew. Takes up to a second of CPU and [`MAX_MEMORY`] for the largest images: call it off the async threads, a few at a time.
///
/// # Errors
/// [`Refused`]; sizes are refused before anything is decoded.
pub fn sanitise(bytes: &[u8]) -> Result<Clean, Refused> {
    if bytes.len() > MAX_BYTES {
        return Err(Refused::TooLarge);
    }
    let format = format(bytes).ok_or(Refused::UnknownType)?;
    let (picture, orientation) = decode(bytes, format)?;
    let mut picture = shrink(picture, LONGEST_EDGE);
    picture.apply_orientation(orientation);
    let picture = flatten(picture);
    let thumb = shrink(picture.clone(), LONGEST_THUMB_EDGE);
    let (width, height) = (picture.width(), picture.height());
    Ok(Clean {
        mime: mime(&picture),
        bytes: encode(&picture)?,
        width,
        height,
        thumb: encode(&thumb)?,
    })
}

fn format(bytes: &[u8]) -> Option<ImageFormat> {
    match bytes {
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1A, b'\n', ..] => Some(ImageFormat::Png),
        [0xFF, 0xD8, 0xFF, ..] => Some(ImageFormat::Jpeg),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(ImageFormat::WebP),
        _ => None,
    }
}

/// A few bytes can claim gigabytes of pixels, so the claim is weighed before memory is taken for it.
fn decode(bytes: &[u8], format: ImageFormat) -> Result<(DynamicImage, Orientation), Refused> {
    let mut limits = Limits::default();
    limits.max_image_width = Some(MAX_SIDE);
    limits.max_image_height = Some(MAX_SIDE);
    limits.max_alloc = Some(MAX_MEMORY);
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|error| why(&error))?;
    let (width, height) = decoder.dimensions();
    let head = Head {
        format,
        width,
        height,
        decoded: decoder.total_bytes(),
    };
    if memory::needed(bytes, head) > MAX_MEMORY {
        return Err(Refused::TooManyPixels);
    }
    // Pictures with unreadable metadata are common, and stand upright.
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let picture = DynamicImage::from_decoder(decoder).map_err(|error| why(&error))?;
    Ok((picture, orientation))
}

fn why(error: &ImageError) -> Refused {
    if matches!(error, ImageError::Limits(_)) {
        Refused::TooManyPixels
    } else {
        Refused::Damaged
    }
}

/// Averages areas, in whole numbers: the finer filters would need sixteen bytes a pixel for the largest images.
fn shrink(picture: DynamicImage, longest: u32) -> DynamicImage {
    if picture.width().max(picture.height()) <= longest {
        picture
    } else {
        picture.thumbnail(longest, longest)
    }
}

/// Eight bits a channel; transparency only where something shines through.
fn flatten(picture: DynamicImage) -> DynamicImage {
    let shines = picture.color().has_alpha() && picture.to_rgba8().pixels().any(|pixel| pixel.0[3] < u8::MAX);
    if shines {
        picture.into_rgba8().into()
    } else {
        RgbImage::into(picture.into_rgb8())
    }
}

fn mime(picture: &DynamicImage) -> &'static str {
    if picture.color().has_alpha() { "image/webp" } else { "image/jpeg" }
}

fn encode(picture: &DynamicImage) -> Result<Vec<u8>, Refused> {
    let mut bytes = Vec::new();
    let written = if picture.color().has_alpha() {
        picture.write_with_encoder(WebPEncoder::new_lossless(&mut bytes))
    } else {
        picture.write_with_encoder(JpegEncoder::new_with_quality(&mut bytes, JPEG_QUALITY))
    };
    written.map(|()| bytes).map_err(|_| Refused::Damaged)
}

#[cfg(test)]
mod tests {
    use image::{Rgba, RgbaImage};

    use super::*;

    fn photo(width: u32, height: u32) -> DynamicImage {
        RgbImage::from_fn(width, height, |x, y| {
            image::Rgb([u8::try_from(x % 256).unwrap(), u8::try_from(y % 256).unwrap(), 90])
        })
        .into()
    }

    fn bytes_of(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        picture.write_to(&mut bytes, format).unwrap();
        bytes.into_inner()
    }

    fn contains(bytes: &[u8], part: &[u8]) -> bool {
        bytes.windows(part.len()).any(|window| window == part)
    }

    /// A JPEG with an EXIF segment: turned by a quarter, and with a GPS latitude.
    fn with_exif(jpeg: &[u8]) -> Vec<u8> {
        let mut tiff = b"MM\0\x2A\0\0\0\x08".to_vec();
        tiff.extend(*b"\0\x02\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\x88\x25\0\x04\0\0\0\x01\0\0\0\x26\0\0\0\0");
        tiff.extend(*b"\0\x01\0\x01\0\x02\0\0\0\x02N\0\0\0\0\0\0\0GPS-SECRET");
        let mut exif = b"Exif\0\0".to_vec();
        exif.extend(tiff);
        let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
        [&jpeg[..2], &[0xFF, 0xE1], &length, &exif, &jpeg[2..]].concat()
    }

    fn chunk(kind: [u8; 4], data: &[u8]) -> Vec<u8> {
        let body = [&kind[..], data].concat();
        let crc = body.iter().fold(u32::MAX, |crc, &byte| {
            (0..8).fold(crc ^ u32::from(byte), |crc, _| {
                if crc & 1 == 1 { (crc >> 1) ^ 0xEDB8_8320 } else { crc >> 1 }
            })
        });
        let length = u32::try_from(data.len()).unwrap().to_be_bytes();
        [&length[..], &body, &(!crc).to_be_bytes()].concat()
    }

    fn png_claiming(width: u32, height: u32) -> Vec<u8> {
        let header = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[8, 6, 0, 0, 0]].concat();
        let idat = chunk(*b"IDAT", &[0x78, 0x9C, 0x03, 0, 0, 0, 0, 1]);
        [b"\x89PNG\r\n\x1A\n".to_vec(), chunk(*b"IHDR", &header), idat, chunk(*b"IEND", &[])].concat()
    }

    #[test]
    fn opaque_images_become_jpeg_and_transparent_ones_webp() {
        for format in [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::WebP] {
            let clean = sanitise(&bytes_of(&photo(64, 32), format)).unwrap();
            assert_eq!((clean.mime, clean.width, clean.height), ("image/jpeg", 64, 32), "{format:?}");
        }
        let opaque = RgbaImage::from_pixel(9, 9, Rgba([1, 2, 3, 255])).into();
        assert_eq!(sanitise(&bytes_of(&opaque, ImageFormat::Png)).unwrap().mime, "image/jpeg");
        let glass = RgbaImage::from_pixel(9, 9, Rgba([1, 2, 3, 128])).into();
        let clean = sanitise(&bytes_of(&glass, ImageFormat::Png)).unwrap();
        assert_eq!(clean.mime, "image/webp");
        assert_eq!(
            image::load_from_memory(&clean.bytes).unwrap().to_rgba8().get_pixel(4, 4),
            &Rgba([1, 2, 3, 128])
        );
    }

    #[test]
    fn grey_and_deep_images_are_taken() {
        for picture in [
            photo(8, 8).into_luma8().into(),
            photo(8, 8).into_luma_alpha8().into(),
            photo(8, 8).into_rgb16().into(),
        ] {
            assert_eq!(sanitise(&bytes_of(&picture, ImageFormat::Png)).unwrap().mime, "image/jpeg");
        }
    }

    #[test]
    fn large_images_are_bounded_and_small_ones_stay() {
        let clean = sanitise(&bytes_of(&photo(4_000, 1_000), ImageFormat::Jpeg)).unwrap();
        assert_eq!((clean.width, clean.height), (2_048, 512));
        let thumb = image::load_from_memory(&clean.thumb).unwrap();
        assert_eq!((thumb.width(), thumb.height()), (480, 120));
        let clean = sanitise(&bytes_of(&photo(100, 50), ImageFormat::Jpeg)).unwrap();
        let thumb = image::load_from_memory(&clean.thumb).unwrap();
        assert_eq!((clean.width, thumb.width()), (100, 100));
        assert!(sanitise(&bytes_of(&photo(3_000, 1), ImageFormat::Png)).is_ok());
    }

    #[test]
    fn a_photograph_is_turned_upright_and_does_not_say_where_it_was_taken() {
        let jpeg = with_exif(&bytes_of(&photo(60, 20), ImageFormat::Jpeg));
        assert!(contains(&jpeg, b"GPS-SECRET"));
        let clean = sanitise(&jpeg).unwrap();
        assert_eq!((clean.width, clean.height), (20, 60));
        for bytes in [&clean.bytes, &clean.thumb] {
            assert!(!contains(bytes, b"Exif") && !contains(bytes, b"GPS-SECRET"));
        }
    }

    #[test]
    fn nothing_hides_behind_the_picture() {
        let png = bytes_of(&photo(16, 16), ImageFormat::Png);
        let polyglot = [&png[..], b"<script>alert(1)</script>PK\x03\x04"].concat();
        assert!(!contains(&sanitise(&polyglot).unwrap().bytes, b"<script>"));
        let text = chunk(*b"tEXt", b"Comment\0<script>");
        let commented = [&png[..33], &text, &png[33..]].concat();
        assert!(!contains(&sanitise(&commented).unwrap().bytes, b"<script>"));
    }

    #[test]
    fn other_types_are_refused() {
        let gif = bytes_of(&photo(4, 4), ImageFormat::Gif);
        for bytes in [
            &b""[..],
            b"x",
            b"<svg xmlns='http://www.w3.org/2000/svg'/>",
            b"<?xml version='1.0'?><svg/>",
            b"%PDF-1.7",
            b"RIFF1234WAVE",
            &gif,
        ] {
            assert_eq!(sanitise(bytes), Err(Refused::UnknownType));
        }
        assert_eq!(sanitise(&vec![0xFF; MAX_BYTES + 1]), Err(Refused::TooLarge));
    }

    #[test]
    fn damaged_images_are_refused() {
        for format in [ImageFormat::Png, ImageFormat::WebP] {
            let whole = bytes_of(&photo(64, 64), format);
            for length in [12, 20, 40, whole.len() / 2] {
                assert_eq!(
                    sanitise(&whole[..length.min(whole.len())]),
                    Err(Refused::Damaged),
                    "{format:?} cut at {length}"
                );
            }
        }
        let whole = bytes_of(&photo(64, 64), ImageFormat::Jpeg);
        assert_eq!(sanitise(&whole[..40]), Err(Refused::Damaged));
        assert_eq!(sanitise(&png_claiming(0, 0)), Err(Refused::Damaged));
    }

    #[test]
    fn a_claim_of_many_pixels_is_refused_at_once() {
        assert!(png_claiming(1, 1).len() < 80);
        for (width, height) in [
            (30_000, 30_000),
            (16_000, 16_000),
            (u32::MAX >> 1, u32::MAX >> 1),
            (40_000, 1),
            (7_000, 7_000),
        ] {
            assert_eq!(
                sanitise(&png_claiming(width, height)),
                Err(Refused::TooManyPixels),
                "{width} × {height}"
            );
        }
    }

    #[test]
    fn no_damage_makes_it_panic() {
        for format in [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::WebP] {
            let whole = bytes_of(&photo(24, 24), format);
            for at in (0..whole.len()).step_by(7) {
                let mut bytes = whole.clone();
                bytes[at] ^= 0x5A;
                let _ = sanitise(&bytes);
            }
        }
    }
}
