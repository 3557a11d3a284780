//! Pictures for the demonstration, drawn from a number: a sky, hills before it, and an emblem in the middle. The same number gives the same picture.

use std::io::Cursor;

use image::{ImageFormat, Rgb, RgbImage};

const WIDTH: u32 = 480;
const HEIGHT: u32 = 320;
/// The edge of a game's icon.
const ICON: u32 = 192;
const STAR: Rgb<u8> = Rgb([250, 248, 235]);
/// Ranges of hills, from far to near.
const HILLS: u64 = 4;

/// A PNG drawn from `seed` in shades around `hue` (0 to 359).
#[must_use]
pub fn draw(seed: u64, hue: u16) -> Vec<u8> {
    let scene = Scene::new(seed, f32::from(hue % 360));
    let mut picture = RgbImage::from_fn(WIDTH, HEIGHT, |x, y| scene.at(x, y));
    for (x, y) in scene.stars.iter().copied().filter(|(x, y)| scene.is_sky(*x, *y)) {
        picture.put_pixel(x, y, STAR);
    }
    png(&picture)
}

/// A square PNG for a game: a polygon drawn from `seed` on a ground of this hue. It looks like nobody's mark.
#[must_use]
pub fn icon(seed: u64, hue: u16) -> Vec<u8> {
    let (mut dice, hue) = (Dice(seed), f32::from(hue % 360));
    let (corners, turn) = polygon(&mut dice);
    let picture = RgbImage::from_fn(ICON, ICON, |x, y| {
        let (across, down) = (part(x, ICON), part(y, ICON));
        match reach((across - 0.5, down - 0.5), corners, turn) {
            reach if reach < 0.17 => colour(hue + 180.0, 0.55, 0.45 + reach),
            reach if reach < 0.24 => colour(hue, 0.4, 0.95),
            _ => colour(hue + 40.0 * down, 0.6, 0.3 + 0.2 * down),
        }
    });
    png(&picture)
}

fn png(picture: &RgbImage) -> Vec<u8> {
    let mut png = Cursor::new(Vec::new());
    picture
        .write_to(&mut png, ImageFormat::Png)
        .expect("a picture of ours can be encoded into memory");
    png.into_inner()
}

/// A polygon's corners, 3 to 8, and how it is turned.
fn polygon(dice: &mut Dice) -> (f32, f32) {
    let corners = 3.0 + (dice.roll() * 6.0).floor().min(5.0);
    (corners, dice.roll() * std::f32::consts::TAU)
}

/// How far a point beside a polygon's middle is out: the distance to the nearest side, as if each side lay to the right.
fn reach((dx, dy): (f32, f32), corners: f32, turn: f32) -> f32 {
    let slice = std::f32::consts::TAU / corners;
    let angle = (dy.atan2(dx) + turn).rem_euclid(slice) - slice / 2.0;
    (dx * dx + dy * dy).sqrt() * angle.cos()
}

/// What one picture shows.
struct Scene {
    hue: f32,
    /// The height of each range of hills at each column.
    ridges: Vec<Vec<f32>>,
    /// The emblem's corners, 3 to 8.
    corners: f32,
    /// How it is turned.
    turn: f32,
    /// Where a star would stand, if nothing were before it.
    stars: Vec<(u32, u32)>,
}

impl Scene {
    fn new(seed: u64, hue: f32) -> Self {
        let mut dice = Dice(seed);
        let ridges = (0..HILLS).map(|range| ridge(&mut dice, range)).collect();
        let (corners, turn) = polygon(&mut dice);
        let star = |dice: &mut Dice| (place(dice, WIDTH), place(dice, HEIGHT));
        let stars = (0..60).map(|_| star(&mut dice)).collect();
        Self {
            hue,
            ridges,
            corners,
            turn,
            stars,
        }
    }

    fn at(&self, x: u32, y: u32) -> Rgb<u8> {
        let (across, down) = (part(x, WIDTH), part(y, HEIGHT));
        if let Some(shade) = self.emblem(across, down) {
            return colour(self.hue + 180.0, 0.55, shade);
        }
        let column = usize::try_from(x).unwrap_or(0);
        let nearest = self.ridges.iter().rposition(|ridge| down > ridge[column]);
        if let Some(range) = nearest {
            let depth = part(u32::try_from(range).unwrap_or(0), 4);
            return colour(self.hue + 24.0 * depth, 0.5, 0.42 - 0.34 * depth);
        }
        colour(self.hue + 40.0 * down, 0.6, 0.2 + 0.5 * down)
    }

    /// A polygon with a bright rim, in the middle of the sky.
    fn emblem(&self, across: f32, down: f32) -> Option<f32> {
        match reach(((across - 0.5) * 1.52, down - 0.42), self.corners, self.turn) {
            reach if reach < 0.13 => Some(0.5 + 1.4 * reach),
            reach if reach < 0.155 => Some(0.92),
            _ => None,
        }
    }

    /// Whether nothing stands before the sky here.
    fn is_sky(&self, x: u32, y: u32) -> bool {
        let (across, down) = (part(x, WIDTH), part(y, HEIGHT));
        let column = usize::try_from(x).unwrap_or(0);
        self.emblem(across, down).is_none() && self.ridges.iter().all(|ridge| down <= ridge[column])
    }
}

/// Somewhere along an edge.
fn place(dice: &mut Dice, edge: u32) -> u32 {
    u32::try_from(dice.between(0, u64::from(edge) - 1)).unwrap_or(0)
}

/// A range of hills: three waves of their own lengths on top of each other, lower the nearer.
fn ridge(dice: &mut Dice, range: u64) -> Vec<f32> {
    let waves: Vec<(f32, f32, f32)> = (1..=3u8)
        .map(|octave| {
            let octave = f32::from(octave);
            (
                octave * (2.0 + 4.0 * dice.roll()),
                dice.roll() * std::f32::consts::TAU,
                0.07 / octave,
            )
        })
        .collect();
    let base = 0.58 + 0.11 * part(u32::try_from(range).unwrap_or(0), 1);
    (0..WIDTH)
        .map(|x| {
            let along = part(x, WIDTH);
            base + waves
                .iter()
                .map(|(length, start, height)| (along * length + start).sin() * height)
                .sum::<f32>()
        })
        .collect()
}

#[allow(clippy::cast_precision_loss, reason = "pixels and ranges are far below 2^24")]
fn part(of: u32, whole: u32) -> f32 {
    of as f32 / whole as f32
}

/// A colour by hue (degrees), saturation and lightness (0 to 1).
fn colour(hue: f32, saturation: f32, lightness: f32) -> Rgb<u8> {
    let lightness = lightness.clamp(0.0, 1.0);
    let chroma = (1.0 - (2.0 * lightness - 1.0).abs()) * saturation;
    let channel = |offset: f32| {
        let place = (offset + hue / 30.0).rem_euclid(12.0);
        let share = (place - 3.0).min(9.0 - place).clamp(-1.0, 1.0);
        byte(lightness - chroma / 2.0 * share)
    };
    Rgb([channel(0.0), channel(8.0), channel(4.0)])
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to 0 to 255")]
fn byte(share: f32) -> u8 {
    (share.clamp(0.0, 1.0) * 255.0).round() as u8
}

/// Repeatable dice (SplitMix64).
pub struct Dice(pub u64);

impl Dice {
    /// The next number.
    pub const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// From 0 to below 1.
    fn roll(&mut self) -> f32 {
        let number = u16::try_from(self.next() >> 48).unwrap_or(u16::MAX);
        f32::from(number) / 65_536.0
    }

    /// One of these.
    pub fn pick<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        let count = u64::try_from(of.len()).unwrap_or(1);
        &of[usize::try_from(self.next() % count).unwrap_or(0)]
    }

    /// A number from `least` to `most`.
    pub fn between(&mut self, least: u64, most: u64) -> u64 {
        least + self.next() % (most - least + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_gives_one_picture_that_the_sanitiser_takes() {
        let picture = draw(7, 210);
        assert_eq!(picture, draw(7, 210));
        assert_ne!(picture, draw(8, 210));
        let clean = crate::media::sanitise::sanitise(&picture).unwrap();
        assert_eq!((clean.width, clean.height), (WIDTH, HEIGHT));
        assert_ne!(icon(1, 47), icon(2, 94));
        let clean = crate::media::sanitise::sanitise(&icon(1, 47)).unwrap();
        assert_eq!((clean.width, clean.height), (ICON, ICON));
    }
}
