//! Searches one's own conversations.

use entity::value::{ConversationId, Time};
use sea_orm::Value;
use unicode_normalization::UnicodeNormalization;

use super::{
    line::{self, Line},
    store,
};
use crate::kernel::{
    Env, Fault,
    page::{Ask, Keyset, Page},
    policy::Trader,
    text::{TextError, clean_line},
};

/// Characters of a search.
pub const LENGTH: usize = 100;
/// Words of a search.
pub const WORDS: usize = 8;

/// Why nothing was searched.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SearchError {
    /// There is no such conversation of his.
    #[error("no such conversation")]
    NotFound,
    /// What to look for is not taken.
    #[error("words: {0}")]
    Text(TextError),
    /// Over [`WORDS`] words.
    #[error("too many words")]
    TooMany,
    /// Something of ours failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// His messages and those to him that hold all these words, or parts of words, the newest first; in one conversation or in all of his.
pub async fn search(env: &Env, member: Trader, words: &str, within: Option<ConversationId>, ask: &Ask) -> Result<Page<Line>, SearchError> {
    let words = parse(words)?;
    if let Some(id) = within
        && store::of_member(env.db(), id, member.id()).await?.is_none()
    {
        return Err(SearchError::NotFound);
    }
    let mut values: Vec<Value> = vec![member.id().into()];
    let mut condition = "JOIN conversations c ON c.id = m.conversation_id WHERE (c.low_id = $1 OR c.high_id = $1)".to_owned();
    let mut add = |text: &str, value: Value| {
        values.push(value);
        condition.push_str(&text.replace('?', &format!("${}", values.len())));
    };
    for word in words {
        add(" AND m.folded LIKE ? ESCAPE '\\'", pattern(&word).into());
    }
    if let Some(id) = within {
        add(" AND c.id = ?", id.into());
    }
    if let Some(Keyset { at, id }) = ask.after {
        add(" AND (m.created_at, m.id) < (?", at.into());
        add(", ?)", id.into());
    }
    condition.push_str(&format!(" ORDER BY m.created_at DESC, m.id DESC LIMIT {}", ask.limit()));
    Ok(ask.cut(line::all(env.db(), &condition, values).await?))
}

/// A message's place in what was found.
#[must_use]
pub const fn place(line: &Line) -> Keyset {
    let Time(at) = line.message.created_at;
    Keyset {
        at: Time(at),
        id: line.message.id.0,
    }
}

/// A text as searches see it: full width as half width, capitals as small letters.
#[must_use]
pub fn fold(text: &str) -> String {
    text.nfkc().flat_map(char::to_lowercase).collect()
}

fn parse(words: &str) -> Result<Vec<String>, SearchError> {
    let clean = clean_line(words, 1..=LENGTH).map_err(SearchError::Text)?;
    let words: Vec<String> = fold(&clean).split_whitespace().map(str::to_owned).collect();
    if words.len() > WORDS {
        Err(SearchError::TooMany)
    } else {
        Ok(words)
    }
}

/// What `LIKE` takes for a text that holds this word.
fn pattern(word: &str) -> String {
    let mut pattern = String::from("%");
    for letter in word.chars() {
        if matches!(letter, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(letter);
    }
    pattern + "%"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_folded_and_mean_themselves() {
        assert_eq!(parse(" ＬＶ60  皮肤\u{3000}Ａ ").unwrap(), ["lv60", "皮肤", "a"]);
        assert_eq!(pattern("50%_\\"), "%50\\%\\_\\\\%");
        assert_eq!(parse("a b c d e f g h i"), Err(SearchError::TooMany));
        assert_eq!(parse(" "), Err(SearchError::Text(TextError::TooShort)));
        assert_eq!(fold("ÀÉ Ｑ① ß"), "àé q1 ß");
    }
}
