//! Words of an error that are said again in the reader's language when the answer leaves. Who makes an error seldom knows who reads it.

use std::{fmt, sync::Arc};

use async_graphql::{Error, ServerError};
use entity::kinds::Locale;

use crate::kernel::words;

/// A message by its name in `src/words`, and its arguments. Shown, it speaks English.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    words: &'static str,
    arguments: Vec<(&'static str, String)>,
}

impl Said {
    /// The message of this name.
    #[must_use]
    pub const fn new(words: &'static str) -> Self {
        Self {
            words,
            arguments: Vec::new(),
        }
    }

    /// With these arguments.
    #[must_use]
    pub const fn of(words: &'static str, arguments: Vec<(&'static str, String)>) -> Self {
        Self { words, arguments }
    }

    /// With an argument.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl fmt::Display) -> Self {
        self.arguments.push((name, value.to_string()));
        self
    }

    /// In a language.
    #[must_use]
    pub fn in_language(&self, locale: Locale) -> String {
        words::say(locale, self.words, &self.arguments)
    }

    /// As an error of a field, with its code.
    #[must_use]
    pub fn error(self, code: &str) -> Error {
        let mut error = Error::new_with_source(self);
        error.extensions.get_or_insert_default().set("code", code);
        error
    }

    /// As an error of the whole request, with its code.
    #[must_use]
    pub fn refusal(self, code: &str) -> ServerError {
        let mut error = ServerError::new(self.to_string(), None);
        error.source = Some(Arc::new(self));
        error.extensions.get_or_insert_default().set("code", code);
        error
    }
}

impl fmt::Display for Said {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.in_language(Locale::En))
    }
}

/// Says an error's words in the reader's language, if they are ours.
pub fn say_again(error: &mut ServerError, locale: Locale) {
    if let Some(message) = error.source::<Said>().map(|said| said.in_language(locale)) {
        error.message = message;
    }
}
