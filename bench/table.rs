//! What is told: lines of a table, and the middle of several measurements.

use std::{io::Write, time::Duration};

use anyhow::Result;

/// Prints a line for whoever called.
pub fn say(line: &str) -> Result<()> {
    Ok(writeln!(std::io::stdout(), "{line}")?)
}

/// What a figure should be.
#[derive(Clone, Copy)]
pub enum Aim {
    /// At most so much.
    Most(f64),
    /// At least so much.
    Least(f64),
    /// It is told and not judged.
    None,
}

impl Aim {
    fn told(self, figure: f64) -> String {
        let met = |met| if met { "met" } else { "MISSED" };
        match self {
            Self::Most(aim) => format!("aim: at most {aim}, {}", met(figure <= aim)),
            Self::Least(aim) => format!("aim: at least {aim}, {}", met(figure >= aim)),
            Self::None => String::new(),
        }
    }
}

/// The head of a part.
pub fn head(title: &str) -> Result<()> {
    say(&format!("\n{title}\n{}", "-".repeat(title.chars().count())))
}

/// One figure with its unit and aim.
pub fn row(name: &str, figure: f64, unit: &str, aim: Aim) -> Result<()> {
    let digits = if figure.abs() >= 100.0 { 0 } else { 2 };
    let line = format!("{name:<58} {figure:>10.digits$} {unit:<14} {}", aim.told(figure));
    say(line.trim_end())
}

/// The middle one.
pub fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures.get(figures.len() / 2).copied().unwrap_or(f64::NAN)
}

/// In milliseconds.
pub fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1_000.0
}
