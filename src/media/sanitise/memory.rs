//! How much memory a picture takes while it is worked on, told by its head before any of it is taken.

use image::ImageFormat;

use super::LONGEST_EDGE;

/// What the head of a picture says.
#[derive(Debug, Clone, Copy)]
pub struct Head {
    /// Its format.
    pub format: ImageFormat,
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
    /// Bytes once it is decoded.
    pub decoded: u64,
}

/// Bytes at most while the picture is decoded and shrunk, its file among them.
#[must_use]
pub fn needed(bytes: &[u8], head: Head) -> u64 {
    let pixels = u64::from(head.width) * u64::from(head.height);
    let file = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    let (copies, working) = match head.format {
        // The decoder copies the file, and keeps all coefficients of a progressive one.
        ImageFormat::Jpeg => (2, pixels.saturating_mul(coefficients(bytes)) / 100),
        // A canvas and a frame of four bytes a pixel, or one of them for a picture that does not move.
        ImageFormat::WebP => (1, pixels.saturating_mul(if moves(bytes) { 8 } else { 4 })),
        _ => (1, 0),
    };
    let shrunk = shrunk(head);
    [file.saturating_mul(copies), working, head.decoded, shrunk]
        .into_iter()
        .fold(0, u64::saturating_add)
}

/// Bytes of the smaller picture, while the large one is still there.
fn shrunk(head: Head) -> u64 {
    let longest = u64::from(head.width.max(head.height)).max(1);
    let edge = u64::from(LONGEST_EDGE);
    if longest <= edge {
        return 0;
    }
    // Both sides shrink alike. Rounded up, since a side never vanishes.
    let part = head.decoded.saturating_mul(edge) / longest;
    (part.saturating_mul(edge) / longest).saturating_add(part / u64::from(head.width.min(head.height)).max(1))
}

/// Bytes of coefficients for a hundred pixels: none of a baseline picture, which is decoded row by row.
fn coefficients(jpeg: &[u8]) -> u64 {
    frames(jpeg)
        .filter(|(marker, _)| matches!(marker, 0xC2 | 0xC6 | 0xCA | 0xCE))
        .map(|(_, frame)| sampled(frame))
        .max()
        .unwrap_or(0)
}

/// The frame headers before the first scan, each with its marker.
fn frames(jpeg: &[u8]) -> impl Iterator<Item = (u8, &[u8])> {
    let mut rest = jpeg.get(2..).unwrap_or_default();
    let segments = std::iter::from_fn(move || {
        let start = rest
            .windows(2)
            .position(|pair| pair[0] == 0xFF && !matches!(pair[1], 0x00 | 0xFF))?;
        let marker = rest[start + 1];
        let length = rest
            .get(start + 2..start + 4)
            .map(|length| usize::from(u16::from_be_bytes([length[0], length[1]])))?;
        let (body, after) = (
            rest.get(start + 4..start + 2 + length.max(2))?,
            rest.get(start + 2 + length.max(2)..)?,
        );
        rest = after;
        Some((marker, body))
    });
    segments
        .take_while(|(marker, _)| *marker != 0xDA)
        .filter(|(marker, _)| matches!(marker, 0xC0..=0xCF) && !matches!(marker, 0xC4 | 0xC8 | 0xCC))
}

/// Two bytes for each coefficient: how many for a hundred pixels, by the sampling of the components.
fn sampled(frame: &[u8]) -> u64 {
    let components = frame.get(6..).unwrap_or_default().chunks_exact(3);
    let parts: Vec<u64> = components
        .map(|component| u64::from(component[1] >> 4) * u64::from(component[1] & 15))
        .collect();
    let finest = parts.iter().copied().max().unwrap_or(1).max(1);
    parts.iter().map(|part| (200 * part).div_ceil(finest)).sum()
}

/// Whether a WebP says that it moves.
fn moves(webp: &[u8]) -> bool {
    webp.get(12..16) == Some(b"VP8X") && webp.get(20).is_some_and(|flags| flags & 2 != 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn jpeg(marker: u8, samplings: &[u8]) -> Vec<u8> {
        let mut frame = vec![8, 0, 16, 0, 16, u8::try_from(samplings.len()).unwrap()];
        for sampling in samplings {
            frame.extend([1, *sampling, 0]);
        }
        let length = u16::try_from(frame.len() + 2).unwrap().to_be_bytes();
        // A thumbnail in the metadata has a frame of its own, which is not the picture's.
        let exif = [0xFF, 0xE1, 0, 6, 0xFF, 0xC2, 0, 2];
        [&[0xFF, 0xD8][..], &exif, &[0xFF, marker], &length, &frame, &[0xFF, 0xDA, 0, 2]].concat()
    }

    #[test]
    fn a_progressive_picture_keeps_its_coefficients() {
        for (marker, samplings, bytes) in [
            (0xC0, &[0x22, 0x11, 0x11][..], 0),
            (0xC2, &[0x22, 0x11, 0x11], 300),
            (0xC2, &[0x11, 0x11, 0x11], 600),
            (0xC2, &[0x11], 200),
            (0xC2, &[], 0),
        ] {
            assert_eq!(coefficients(&jpeg(marker, samplings)), bytes, "{marker:x} {samplings:?}");
        }
        assert_eq!(coefficients(&[0xFF, 0xD8, 0xFF, 0xC2, 0xFF]), 0);
    }

    #[test]
    fn all_that_is_held_at_once_is_counted() {
        let head = Head {
            format: ImageFormat::Png,
            width: 4_096,
            height: 2_048,
            decoded: 4_096 * 2_048 * 4,
        };
        let quarter = head.decoded / 4;
        let needed = needed(&[0; 1_000], head);
        assert!(
            (head.decoded + quarter..=head.decoded + quarter + 20_000).contains(&needed),
            "{needed}"
        );
    }
}
