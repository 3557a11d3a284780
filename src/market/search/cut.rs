//! Texts into words: full-width folded, Latin in lower case, Chinese cut by a dictionary.

use std::{collections::BTreeSet, sync::LazyLock};

use jieba_rs::Jieba;
use unicode_normalization::UnicodeNormalization;

use super::synonyms::canonical;
use crate::kernel::text::is_han;

/// Words of a query that are looked at; the rest is left out.
pub const MOST_WORDS: usize = 8;
/// Characters of a word that count.
const MOST_LETTERS: usize = 32;

/// The dictionary, read when the first Chinese text comes by.
static DICTIONARY: LazyLock<Jieba> = LazyLock::new(Jieba::new);

/// Every word by which a text can be found: of Chinese each that the dictionary knows in it, wherever it begins; of a word with digits its parts
/// as well.
#[must_use]
pub fn words_of_text(text: &str) -> BTreeSet<String> {
    let folded = fold(text);
    let mut words = BTreeSet::new();
    for run in runs(&folded) {
        match run {
            Run::Han(run) => {
                let cut = DICTIONARY.cut_for_search(run, false);
                let all = DICTIONARY.cut_all(run);
                words.extend(
                    cut.into_iter()
                        .chain(all)
                        .filter(|token| !token.word.is_empty())
                        .map(|token| word(token.word)),
                );
            }
            Run::Latin(run) => {
                words.insert(word(run));
                words.extend(parts(run).map(word));
            }
        }
    }
    words
}

/// The words that a listing must all have to be found by this query, at most [`MOST_WORDS`].
#[must_use]
pub fn words_of_query(query: &str) -> Vec<String> {
    let folded = fold(query);
    let mut words: Vec<String> = Vec::new();
    for run in runs(&folded) {
        let cut = match run {
            Run::Han(run) => DICTIONARY.cut(run, false).into_iter().map(|token| word(token.word)).collect(),
            Run::Latin(run) => vec![word(run)],
        };
        for word in cut {
            if !words.contains(&word) {
                words.push(word);
            }
        }
    }
    words.truncate(MOST_WORDS);
    words
}

fn word(raw: &str) -> String {
    let short: String = raw.chars().take(MOST_LETTERS).collect();
    canonical(&short).to_owned()
}

/// Full-width letters become plain ones, capitals small.
fn fold(text: &str) -> String {
    text.nfkc().flat_map(char::to_lowercase).collect()
}

/// A stretch of one kind of letters.
#[derive(Debug, PartialEq, Eq)]
enum Run<'a> {
    Han(&'a str),
    Latin(&'a str),
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Han,
    Latin,
    Between,
}

fn kind(letter: char) -> Kind {
    if is_han(letter) {
        Kind::Han
    } else if letter.is_alphanumeric() {
        Kind::Latin
    } else {
        Kind::Between
    }
}

fn runs(text: &str) -> Vec<Run<'_>> {
    let mut runs = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let of = kind(first);
        let end = rest.find(|letter| kind(letter) != of).unwrap_or(rest.len());
        let (run, after) = rest.split_at(end);
        match of {
            Kind::Han => runs.push(Run::Han(run)),
            Kind::Latin => runs.push(Run::Latin(run)),
            Kind::Between => {}
        }
        rest = after;
    }
    runs
}

/// The letters and the digits of a word that has both: `m` and `416`.
fn parts(run: &str) -> impl Iterator<Item = &str> {
    let mixed = run.contains(|letter: char| letter.is_ascii_digit()) && run.contains(|letter: char| !letter.is_ascii_digit());
    let digits = run.split(|letter: char| !letter.is_ascii_digit());
    let letters = run.split(|letter: char| letter.is_ascii_digit());
    digits.chain(letters).filter(move |part| mixed && !part.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(query: &str, text: &str) -> bool {
        let words = words_of_text(text);
        let wanted = words_of_query(query);
        !wanted.is_empty() && wanted.iter().all(|word| words.contains(word))
    }

    #[test]
    fn a_text_is_found_by_its_words_in_every_spelling() {
        for (query, text) in [
            ("王者荣耀", "王者荣耀 安卓QQ区 满皮肤"),
            ("皮肤", "王者荣耀 安卓QQ区 满皮肤"),
            ("安卓qq", "王者荣耀 安卓QQ区 满皮肤"),
            ("ＱＱ", "王者荣耀 安卓QQ区 满皮肤"),
            ("DIAMOND", "Diamond account, 60 skins"),
            ("６０ skins", "Diamond account, 60 skins"),
            ("60", "Lv60 main"),
            ("lv60", "Lv60 main"),
            ("m416", "满改M416 升级枪"),
            ("钻石 diamond", "永恒钻石 Diamond"),
            ("白金", "尊贵铂金"),
        ] {
            assert!(
                found(query, text),
                "{query} in {text}: {:?} in {:?}",
                words_of_query(query),
                words_of_text(text)
            );
        }
        for (query, text) in [("皮肤 英雄", "满皮肤"), ("6", "60 skins"), ("!!", "!!"), ("", "anything")] {
            assert!(!found(query, text), "{query} in {text}");
        }
    }

    #[test]
    fn long_queries_are_cut_and_texts_of_any_kind_end() {
        let many: String = (0..100).map(|n| format!("w{n} ")).collect();
        assert_eq!(words_of_query(&many).len(), MOST_WORDS);
        assert!(words_of_query(&"x".repeat(5_000))[0].len() <= MOST_LETTERS);
        for odd in ["🎮🎮", "\u{0}\u{1}", "ﷺ", "ｶﾞﾝﾀﾞﾑ", "ß", "İ"] {
            let _ = (words_of_text(odd), words_of_query(odd));
        }
    }
}
