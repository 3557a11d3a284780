//! Painted captchas.

use captcha::filters::{Noise, Wave};
use captcha::{Captcha, Geometry};

use crate::kernel::port::CaptchaPainter;

/// Without the characters that people take for others when they are bent: 0 O Q, 1 I L, 2 Z, 5 S, 6 G, 8 B, U V, and V beside W.
const ALPHABET: [char; 19] = [
    'A', 'C', 'D', 'E', 'F', 'H', 'J', 'K', 'M', 'N', 'P', 'R', 'T', 'W', 'X', 'Y', '3', '4', '7',
];
const LENGTH: usize = 5;
/// Space around the text, in pixels; the waves move it by up to 12.
const MARGIN: u32 = 24;
const NARROWEST: u32 = 120;

/// Random captchas of five capital letters and digits, bent and noisy: plain ones are read by stock OCR.
pub struct ImageCaptcha;

impl CaptchaPainter for ImageCaptcha {
    fn paint(&self) -> (String, Vec<u8>) {
        let mut picture = Captcha::new();
        picture.set_chars(&ALPHABET).add_chars(5);
        (picture.chars_as_string(), finish(&mut picture))
    }
}

/// Always the same answer, for tests only. The image is real and shows what the font can show of it.
pub struct FixedCaptcha(pub String);

impl CaptchaPainter for FixedCaptcha {
    fn paint(&self) -> (String, Vec<u8>) {
        let mut picture = Captcha::new();
        for letter in self.0.chars().take(LENGTH) {
            picture.set_chars(&[letter]).add_char();
        }
        if picture.chars().is_empty() {
            picture.set_chars(&ALPHABET).add_char();
        }
        (self.0.clone(), finish(&mut picture))
    }
}

fn finish(picture: &mut Captcha) -> Vec<u8> {
    let text = picture.text_area();
    let left = text.left - MARGIN;
    let right = (text.right + MARGIN).max(left + NARROWEST);
    picture
        .apply_filter(Noise::new(0.25))
        .apply_filter(Wave::new(2.0, 12.0).horizontal())
        .apply_filter(Wave::new(2.0, 8.0).vertical())
        .extract(Geometry::new(left, right, text.top - MARGIN, text.bottom + MARGIN))
        .apply_filter(Noise::new(0.1))
        .as_png()
        .expect("a small picture in memory can be encoded")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_picture(png: &[u8]) -> bool {
        let picture = image::load_from_memory_with_format(png, image::ImageFormat::Png).unwrap();
        (NARROWEST..400).contains(&picture.width()) && (50..200).contains(&picture.height())
    }

    #[test]
    fn every_captcha_is_a_picture_of_five_clear_characters() {
        let answers = (0..30).map(|_| {
            let (answer, png) = ImageCaptcha.paint();
            assert_eq!(answer.chars().count(), LENGTH);
            assert!(answer.chars().all(|letter| ALPHABET.contains(&letter)), "{answer}");
            assert!(is_picture(&png));
            answer
        });
        let different = answers.collect::<std::collections::HashSet<_>>();
        assert!(different.len() > 25);
    }

    #[test]
    fn a_fixed_captcha_paints_whatever_its_answer_is() {
        for answer in ["ABC47", "1", "", "验证码", "a long answer of many letters"] {
            let (said, png) = FixedCaptcha(answer.to_owned()).paint();
            assert_eq!(said, answer);
            assert!(is_picture(&png));
        }
    }
}
