//! A zoo of sixty pictures, made here: each is refused or comes out clean, and none takes more memory than it may.

use handover::media::sanitise::{Clean, MAX_BYTES, MAX_MEMORY, Refused, sanitise};
use image::{DynamicImage, ImageFormat};
use serde_json::json;

use crate::support::{
    TestApp, memory,
    pictures::{
        bytes_of, jpeg, made_jpeg, moving_webp, photo, png, png_claiming, segment, webp, webp_with_exif, with_chunk, with_exif,
        zlib_of_zeros,
    },
};

/// What must become of an animal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    /// It comes out clean, so wide and so high.
    Clean(u32, u32),
    /// It is refused, and so.
    Refused(Refused),
    /// Either: what is half there may be shown or not.
    Either,
}

use Fate::{Clean as Becomes, Either, Refused as No};
use Refused::{Damaged, TooLarge, TooManyPixels, UnknownType};

type Animal = (&'static str, Vec<u8>, Fate);

fn bombs() -> Vec<Animal> {
    vec![
        (
            "a PNG of 900 million pixels in 65 bytes",
            png_claiming(30_000, 30_000, 8, 6),
            No(TooManyPixels),
        ),
        (
            "a PNG of the largest sides there are",
            png_claiming(u32::MAX >> 1, u32::MAX >> 1, 8, 6),
            No(TooManyPixels),
        ),
        ("a PNG as long as a street", png_claiming(40_000, 1, 8, 6), No(TooManyPixels)),
        ("a PNG of 49 million pixels", png_claiming(7_000, 7_000, 8, 2), No(TooManyPixels)),
        (
            "a deep PNG of 16 million pixels",
            png_claiming(4_000, 4_000, 16, 6),
            No(TooManyPixels),
        ),
        ("a PNG that unpacks to more than it says", with_zeros(), Either),
        (
            "a PNG whose colour profile unpacks to 200 MB",
            with_chunk(&png(8, 8), *b"iCCP", &profile()),
            Either,
        ),
        (
            "a PNG whose text unpacks to 200 MB",
            with_chunk(&png(8, 8), *b"zTXt", &text()),
            Becomes(8, 8),
        ),
        ("a JPEG of 65,535 by 65,535", made_jpeg(0xC0, 3, 65_535, 65_535), No(TooManyPixels)),
        ("a JPEG of 16,000 by 16,000", made_jpeg(0xC0, 3, 16_000, 16_000), No(TooManyPixels)),
        (
            "a progressive JPEG of 16 million pixels",
            made_jpeg(0xC2, 3, 4_000, 4_000),
            No(TooManyPixels),
        ),
        (
            "a CMYK JPEG, progressive, of 16 million",
            made_jpeg(0xC2, 4, 4_000, 4_000),
            No(TooManyPixels),
        ),
        ("a JPEG of one block that says 9 million", made_jpeg(0xC0, 3, 3_000, 3_000), Either),
        ("a progressive one of 9 million", made_jpeg(0xC2, 3, 3_000, 3_000), Either),
        ("a moving WebP on a huge canvas", moving_webp(16_000, 16_000), No(TooManyPixels)),
    ]
}

/// As much as is allowed, and a little more.
fn heavy() -> Vec<Animal> {
    vec![
        ("a file of 10 MB and one byte", vec![0xFF; MAX_BYTES + 1], No(TooLarge)),
        (
            "a PNG of 10 MB of nothing",
            [png(8, 8), vec![0; MAX_BYTES - 10_000]].concat(),
            Becomes(8, 8),
        ),
        (
            "a photograph of 24 million pixels",
            bytes_of(&DynamicImage::new_rgb8(6_000, 4_000), ImageFormat::Jpeg),
            Becomes(2_048, 1_365),
        ),
        (
            "a PNG of 20 million pixels",
            bytes_of(&DynamicImage::new_rgb8(5_000, 4_000), ImageFormat::Png),
            Becomes(2_048, 1_638),
        ),
    ]
}

/// A 100 by 100 picture whose data goes on for 200 MB.
fn with_zeros() -> Vec<u8> {
    let mut bytes = png_claiming(100, 100, 8, 0);
    let idat = bytes.windows(4).position(|window| window == b"IDAT").unwrap() - 4;
    bytes.truncate(idat);
    [bytes, crate::support::pictures::chunk(*b"IDAT", &zlib_of_zeros(200))].concat()
}

fn profile() -> Vec<u8> {
    [&b"icc\0\0"[..], &zlib_of_zeros(200)].concat()
}

fn text() -> Vec<u8> {
    [&b"Comment\0\0"[..], &zlib_of_zeros(200)].concat()
}

/// Pictures that are something else as well.
fn polyglots() -> Vec<Animal> {
    let script = b"<script>alert(1)</script>";
    let php = b"<?php system($_GET['c']); ?>";
    vec![
        (
            "a PNG with a page behind it",
            [png(16, 16), script.to_vec()].concat(),
            Becomes(16, 16),
        ),
        (
            "a PNG with a ZIP behind it",
            [png(16, 16), b"PK\x03\x04<script>".to_vec()].concat(),
            Becomes(16, 16),
        ),
        (
            "a PNG with a script in its text",
            with_chunk(&png(16, 16), *b"tEXt", b"Comment\0<script>"),
            Becomes(16, 16),
        ),
        (
            "a PNG with an unknown chunk",
            with_chunk(&png(16, 16), *b"evIL", script),
            Becomes(16, 16),
        ),
        ("a JPEG with PHP in its comment", segment(&jpeg(16, 16), 0xFE, php), Becomes(16, 16)),
        (
            "a JPEG with a page in its metadata",
            segment(&jpeg(16, 16), 0xEC, script),
            Becomes(16, 16),
        ),
        (
            "a JPEG with a page behind it",
            [jpeg(16, 16), script.to_vec()].concat(),
            Becomes(16, 16),
        ),
        (
            "a WebP with a page behind it",
            [webp(16, 16), script.to_vec()].concat(),
            Becomes(16, 16),
        ),
        (
            "a GIF that is a script",
            b"GIF89a/*\0*/=1;alert(1)//<script>".to_vec(),
            No(UnknownType),
        ),
        ("a BMP", b"BM6\0\0\0\0\0\0\x006\0\0\0".to_vec(), No(UnknownType)),
    ]
}

fn others() -> Vec<Animal> {
    let gif = bytes_of(&photo(4, 4), ImageFormat::Gif);
    vec![
        (
            "an SVG",
            b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>".to_vec(),
            No(UnknownType),
        ),
        ("an SVG behind XML", b"<?xml version='1.0'?><svg/>".to_vec(), No(UnknownType)),
        ("an SVG behind spaces", b"   \n<svg/>".to_vec(), No(UnknownType)),
        ("a PDF", b"%PDF-1.7".to_vec(), No(UnknownType)),
        ("a page", b"<!doctype html><script>".to_vec(), No(UnknownType)),
        ("a program", b"\x7FELF".to_vec(), No(UnknownType)),
        ("a GIF", gif, No(UnknownType)),
        ("a sound", b"RIFF1234WAVE".to_vec(), No(UnknownType)),
        ("nothing", Vec::new(), No(UnknownType)),
        ("one byte", b"\x89".to_vec(), No(UnknownType)),
    ]
}

fn broken() -> Vec<Animal> {
    let cut = |bytes: Vec<u8>, length: usize| bytes[..length].to_vec();
    let half = |bytes: Vec<u8>| bytes[..bytes.len() / 2].to_vec();
    vec![
        ("a PNG's first bytes", cut(png(64, 64), 12), No(Damaged)),
        ("a PNG's head", cut(png(64, 64), 40), No(Damaged)),
        ("half a PNG", half(png(64, 64)), No(Damaged)),
        ("a JPEG's head", cut(jpeg(64, 64), 40), No(Damaged)),
        ("half a JPEG", half(jpeg(64, 64)), Either),
        ("a WebP's head", cut(webp(64, 64), 20), No(Damaged)),
        ("half a WebP", half(webp(64, 64)), No(Damaged)),
        ("a PNG of no size", png_claiming(0, 0, 8, 6), No(Damaged)),
        ("a PNG of no height", png_claiming(8, 0, 8, 6), No(Damaged)),
        ("a JPEG of no size", made_jpeg(0xC0, 3, 0, 0), No(Damaged)),
        ("a PNG without a picture", png_claiming(64, 64, 8, 6), No(Damaged)),
    ]
}

/// What honest people send.
fn honest() -> Vec<Animal> {
    let photo = photo(24, 8);
    let png_of = |picture: DynamicImage| bytes_of(&picture, ImageFormat::Png);
    let mut all = vec![
        ("a CMYK JPEG", made_jpeg(0xC0, 4, 8, 8), Becomes(8, 8)),
        ("a grey JPEG", made_jpeg(0xC0, 1, 8, 8), Becomes(8, 8)),
        ("a progressive JPEG", made_jpeg(0xC2, 3, 8, 8), Becomes(8, 8)),
        ("a picture of 16 bits", png_of(photo.to_rgb16().into()), Becomes(24, 8)),
        ("a clear one of 16 bits", png_of(photo.to_rgba16().into()), Becomes(24, 8)),
        ("a grey one", png_of(photo.to_luma8().into()), Becomes(24, 8)),
        ("a grey one of 16 bits", png_of(photo.to_luma16().into()), Becomes(24, 8)),
        (
            "a moving PNG",
            with_chunk(&png(24, 8), *b"acTL", &[0, 0, 0, 2, 0, 0, 0, 0]),
            Becomes(24, 8),
        ),
        ("a moving WebP", moving_webp(16, 16), Becomes(16, 16)),
        ("a WebP that knows where it was", webp_with_exif(), Becomes(16, 16)),
        ("a picture of one pixel", png(1, 1), Becomes(1, 1)),
    ];
    for orientation in 1..=8 {
        let fate = if orientation < 5 { Becomes(24, 8) } else { Becomes(8, 24) };
        all.push(("a photograph that lies on its side", with_exif(&jpeg(24, 8), orientation), fate));
    }
    all
}

fn zoo() -> Vec<Animal> {
    [bombs(), heavy(), polyglots(), others(), broken(), honest()].concat()
}

/// Nothing but a picture of ours, which ends where it ends.
fn is_clean(clean: &Clean) {
    let contains = |bytes: &[u8], part: &[u8]| bytes.windows(part.len()).any(|window| window == part);
    for bytes in [&clean.bytes, &clean.thumb] {
        for secret in [&b"GPS-SECRET"[..], b"Exif", b"<script", b"<?php", b"PK\x03\x04", b"evIL"] {
            assert!(!contains(bytes, secret), "{}", String::from_utf8_lossy(secret));
        }
        match clean.mime {
            "image/jpeg" => assert!(bytes.starts_with(&[0xFF, 0xD8]) && bytes.ends_with(&[0xFF, 0xD9])),
            "image/webp" => assert_eq!(u32::from_le_bytes(bytes[4..8].try_into().unwrap()) as usize + 8, bytes.len()),
            other => panic!("{other}"),
        }
        image::load_from_memory(bytes).unwrap();
    }
}

#[test]
fn each_of_sixty_animals_is_refused_or_clean_and_none_takes_more_memory_than_it_may() {
    memory::alone(
        "zoo::each_of_sixty_animals_is_refused_or_clean_and_none_takes_more_memory_than_it_may",
        || {
            let zoo = zoo();
            assert!(zoo.len() >= 60, "{}", zoo.len());
            for (what, bytes, fate) in zoo {
                let before = memory::now();
                memory::forget_peak();
                let made = sanitise(&bytes);
                // What the file itself takes was there before.
                let taken = memory::peak().saturating_sub(before) + bytes.len() as u64;
                assert!(taken <= MAX_MEMORY + 4_000_000, "{what} took {taken} bytes");
                match (&made, fate) {
                    (Ok(clean), Becomes(width, height)) => assert_eq!((clean.width, clean.height), (width, height), "{what}"),
                    (Err(refused), No(expected)) => assert_eq!(*refused, expected, "{what}"),
                    (_, Either) => {}
                    (made, fate) => panic!("{what}: {fate:?}, not {:?}", made.as_ref().map(|clean| (clean.width, clean.height))),
                }
                if let Ok(clean) = &made {
                    is_clean(clean);
                }
            }
        },
    );
}

const UPLOAD: &str = "mutation U($input: ImageUploadInput!) { imageUpload(input: $input) { image { url thumbnailUrl width height } userErrors { code field } } }";

#[tokio::test]
async fn what_was_uploaded_is_served_as_a_picture_and_nothing_else() {
    let app = TestApp::new().await;
    let ann = app.person("ann").await;
    let input = json!({ "input": { "purpose": "LISTING", "file": null } });
    let upload = async |bytes: Vec<u8>| {
        let answer = app.send_file(Some(&ann.token), UPLOAD, input.clone(), bytes).await;
        answer["data"]["imageUpload"].clone()
    };
    for bytes in [b"<svg/>".to_vec(), png_claiming(30_000, 30_000, 8, 6), png(64, 64)[..60].to_vec()] {
        let refused = upload(bytes).await;
        assert_eq!(
            refused["userErrors"],
            json!([{ "code": "IMAGE_REFUSED", "field": ["file"] }]),
            "{refused}"
        );
    }
    let taken = upload(with_exif(&[jpeg(24, 8), b"<script>".to_vec()].concat(), 6)).await;
    assert_eq!((&taken["image"]["width"], &taken["image"]["height"]), (&json!(8), &json!(24)));
    for url in ["url", "thumbnailUrl"] {
        let url = taken["image"][url].as_str().unwrap();
        let served = app.http.get(app.url(url)).send().await.unwrap();
        let header = |name: &str| served.headers()[name].to_str().unwrap().to_owned();
        assert_eq!(
            (header("content-type"), header("x-content-type-options")),
            ("image/jpeg".into(), "nosniff".into())
        );
        assert!(header("cache-control").contains("immutable") && header("content-security-policy").contains("sandbox"));
        let bytes = served.bytes().await.unwrap();
        assert!(!bytes.windows(7).any(|window| window == b"<script") && !bytes.windows(4).any(|window| window == b"Exif"));
    }
    app.close().await;
}
