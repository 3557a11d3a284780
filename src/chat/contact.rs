//! Sees when a message smuggles a way to trade outside: a messenger's account, a number, a link; or holds a listed word.
//!
//! The text is first folded to what a reader hears in it ([`canon`]), then rules look at names of messengers, verbs and numbers together
//! ([`rules`]): "QQ" alone is a way to sign in to a game and is in every second honest message. `tests/corpus` holds what must be found and what
//! must not.

pub mod canon;
mod rules;

use entity::kinds::FlagKind;

/// Why a message should be flagged, if it should.
#[must_use]
pub fn look(text: &str) -> Option<FlagKind> {
    let canon = canon::canon(text);
    if rules::is_contact(&canon) {
        Some(FlagKind::Contact)
    } else {
        rules::has_listed_word(&canon).then_some(FlagKind::ListedWord)
    }
}
