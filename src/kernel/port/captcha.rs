/// Paints captchas. CPU work: call it off the async threads.
pub trait CaptchaPainter: Send + Sync {
    /// The answer (five characters) and a PNG that shows it.
    fn paint(&self) -> (String, Vec<u8>);
}
