//! Pictures as no camera makes them, byte by byte.

use std::io::Cursor;

use image::{DynamicImage, ImageFormat, RgbImage};

/// A picture with some colour in it.
pub fn photo(width: u32, height: u32) -> DynamicImage {
    let byte = |at: u32| u8::try_from(at % 256).unwrap();
    RgbImage::from_fn(width, height, |x, y| image::Rgb([byte(x), byte(y), 90])).into()
}

pub fn bytes_of(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

pub fn png(width: u32, height: u32) -> Vec<u8> {
    bytes_of(&photo(width, height), ImageFormat::Png)
}

pub fn jpeg(width: u32, height: u32) -> Vec<u8> {
    bytes_of(&photo(width, height), ImageFormat::Jpeg)
}

pub fn webp(width: u32, height: u32) -> Vec<u8> {
    bytes_of(&photo(width, height), ImageFormat::WebP)
}

/// A JPEG with an EXIF segment: turned, and with a GPS latitude.
pub fn with_exif(jpeg: &[u8], orientation: u8) -> Vec<u8> {
    let mut tiff = b"MM\0\x2A\0\0\0\x08".to_vec();
    tiff.extend(*b"\0\x02\x01\x12\0\x03\0\0\0\x01\0");
    tiff.push(orientation);
    tiff.extend(*b"\0\0\x88\x25\0\x04\0\0\0\x01\0\0\0\x26\0\0\0\0");
    tiff.extend(*b"\0\x01\0\x01\0\x02\0\0\0\x02N\0\0\0\0\0\0\0GPS-SECRET");
    segment(jpeg, 0xE1, &[b"Exif\0\0", &tiff[..]].concat())
}

/// A JPEG with one more segment at its start.
pub fn segment(jpeg: &[u8], marker: u8, body: &[u8]) -> Vec<u8> {
    let length = u16::try_from(body.len() + 2).unwrap().to_be_bytes();
    [&jpeg[..2], &[0xFF, marker], &length, body, &jpeg[2..]].concat()
}

/// A grey JPEG of one block's data and so many components. It says what size it likes.
pub fn made_jpeg(frame: u8, components: u8, width: u16, height: u16) -> Vec<u8> {
    let part = |marker: u8, body: &[u8]| {
        let length = u16::try_from(body.len() + 2).unwrap().to_be_bytes();
        [&[0xFF, marker][..], &length, body].concat()
    };
    let mut head = vec![8];
    head.extend(height.to_be_bytes());
    head.extend(width.to_be_bytes());
    head.push(components);
    head.extend((1..=components).flat_map(|id| [id, 0x11, 0]));
    let mut scan = vec![components];
    scan.extend((1..=components).flat_map(|id| [id, 0]));
    // A progressive picture begins with the averages of its blocks.
    scan.extend(if frame == 0xC2 { [0, 0, 0] } else { [0, 63, 0] });
    // Tables of one code, `0`: the average does not change, and the block ends.
    let table = |class: u8| [&[class, 1][..], &[0; 15], &[0]].concat();
    [
        vec![0xFF, 0xD8],
        part(0xDB, &[&[0][..], &[1; 64]].concat()),
        part(frame, &head),
        part(0xC4, &table(0x00)),
        part(0xC4, &table(0x10)),
        part(0xDA, &scan),
        vec![0, 0xFF, 0xD9],
    ]
    .concat()
}

/// One chunk of a PNG.
pub fn chunk(kind: [u8; 4], data: &[u8]) -> Vec<u8> {
    let body = [&kind[..], data].concat();
    let crc = body.iter().fold(u32::MAX, |crc, &byte| {
        (0..8).fold(crc ^ u32::from(byte), |crc, _| {
            if crc & 1 == 1 { (crc >> 1) ^ 0xEDB8_8320 } else { crc >> 1 }
        })
    });
    let length = u32::try_from(data.len()).unwrap().to_be_bytes();
    [&length[..], &body, &(!crc).to_be_bytes()].concat()
}

/// A PNG that says it is so large, and of this colour type and depth, with nothing behind.
pub fn png_claiming(width: u32, height: u32, depth: u8, colour: u8) -> Vec<u8> {
    let header = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[depth, colour, 0, 0, 0]].concat();
    let idat = chunk(*b"IDAT", &[0x78, 0x9C, 0x03, 0, 0, 0, 0, 1]);
    [b"\x89PNG\r\n\x1A\n".to_vec(), chunk(*b"IHDR", &header), idat, chunk(*b"IEND", &[])].concat()
}

/// A PNG with one more chunk before its picture.
pub fn with_chunk(png: &[u8], kind: [u8; 4], data: &[u8]) -> Vec<u8> {
    [&png[..33], &chunk(kind, data), &png[33..]].concat()
}

/// Zlib data that unpacks to so many million zeros: stored blocks cannot, so it repeats itself. Deflate at its best is a thousandfold.
pub fn zlib_of_zeros(millions: usize) -> Vec<u8> {
    // The PNG encoder is the compressor at hand: a black picture's data is what we want.
    let black = DynamicImage::from(image::GrayImage::new(1_000, 1_000));
    let png = bytes_of(&black, ImageFormat::Png);
    let start = png.windows(4).position(|window| window == b"IDAT").unwrap();
    let length = u32::from_be_bytes(png[start - 4..start].try_into().unwrap());
    let data = &png[start + 4..start + 4 + usize::try_from(length).unwrap()];
    // The header once, then the blocks again and again. Nobody gets as far as the checksum.
    let blocks = &data[2..data.len() - 4];
    [&data[..2], &blocks.repeat(millions)].concat()
}

/// A WebP of these chunks.
fn riff(chunks: &[Vec<u8>]) -> Vec<u8> {
    let body = [b"WEBP".to_vec(), chunks.concat()].concat();
    [&b"RIFF"[..], &u32::try_from(body.len()).unwrap().to_le_bytes(), &body].concat()
}

fn riff_chunk(kind: [u8; 4], data: &[u8]) -> Vec<u8> {
    let padding = vec![0; data.len() % 2];
    [&kind[..], &u32::try_from(data.len()).unwrap().to_le_bytes(), data, &padding].concat()
}

/// The extended header of a WebP: its flags and its canvas.
fn vp8x(flags: u8, width: u32, height: u32) -> Vec<u8> {
    let side = |length: u32| (length - 1).to_le_bytes()[..3].to_vec();
    riff_chunk(*b"VP8X", &[vec![flags, 0, 0, 0], side(width), side(height)].concat())
}

/// A WebP that moves: two frames on a canvas that is as large as it likes.
pub fn moving_webp(width: u32, height: u32) -> Vec<u8> {
    let still = webp(16, 16);
    let frame = riff_chunk(
        *b"ANMF",
        &[&[0; 6][..], &[15, 0, 0, 15, 0, 0], &[100, 0, 0, 0], &still[12..]].concat(),
    );
    riff(&[vp8x(2, width, height), riff_chunk(*b"ANIM", &[0; 6]), frame.clone(), frame])
}

/// A WebP with a GPS position in its EXIF chunk.
pub fn webp_with_exif() -> Vec<u8> {
    let still = webp(16, 16);
    riff(&[
        vp8x(8, 16, 16),
        still[12..].to_vec(),
        riff_chunk(*b"EXIF", b"MM\0\x2A\0\0\0\x08\0\0GPS-SECRET"),
    ])
}
