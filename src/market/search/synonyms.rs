//! Other spellings of one word: ranks and things that traders shorten.

/// The usual spelling and the others. All folded, as the cutter leaves them.
const SPELLINGS: &[(&str, &[&str])] = &[
    ("铂金", &["白金"]),
    ("钻石", &["砖石"]),
    ("黄铜", &["青铜"]),
    ("platinum", &["plat"]),
    ("diamond", &["dia"]),
    ("grandmaster", &["gm"]),
    ("challenger", &["chall"]),
    ("level", &["lvl", "lv"]),
    ("account", &["acc", "acct"]),
    ("legendary", &["legend"]),
    ("账号", &["帐号"]),
    ("skins", &["skin"]),
    ("heroes", &["hero"]),
    ("champions", &["champion"]),
];

/// The usual spelling of a word.
pub fn canonical(word: &str) -> &str {
    let other = SPELLINGS.iter().find(|(_, others)| others.contains(&word));
    other.map_or(word, |(usual, _)| usual)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn a_word_has_one_usual_spelling() {
        let mut seen = BTreeSet::new();
        for (usual, others) in SPELLINGS {
            assert!(seen.insert(*usual) && others.iter().all(|other| seen.insert(*other)), "{usual}");
            assert!(others.iter().all(|other| canonical(other) == *usual) && canonical(usual) == *usual);
        }
    }
}
