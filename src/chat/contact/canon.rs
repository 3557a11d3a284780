//! A text as a reader hears it: look-alike letters as the letters they stand for, spelt and scattered digits as numbers, no decoration.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// A text folded for the rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Canon {
    /// Folded letter by letter, everything between them kept: where links are looked for.
    pub letters: String,
    /// Words and numbers alone. Chinese characters stand without gaps; a space separates what was apart in other scripts.
    pub words: String,
    /// The numbers of five and more digits within `words`.
    pub numbers: Vec<Number>,
}

/// A number within [`Canon::words`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Number {
    /// Its digits.
    pub digits: String,
    /// Where it begins in `words`, in bytes.
    pub at: usize,
    /// Spelt in words or scattered, as nobody writes a price.
    pub odd: bool,
}

/// Folds a text.
#[must_use]
pub fn canon(text: &str) -> Canon {
    let mut letters = String::with_capacity(text.len());
    for letter in text.nfkd().filter(|letter| !is_decoration(*letter)).flat_map(char::to_lowercase) {
        match stands_for(letter) {
            Some(for_it) => letters.push_str(for_it),
            None => letters.push(letter),
        }
    }
    let (words, numbers) = join(&merge_single_letters(tokens(&letters)));
    Canon { letters, words, numbers }
}

fn is_decoration(letter: char) -> bool {
    is_combining_mark(letter) || matches!(letter, '\u{FE0E}' | '\u{FE0F}' | '\u{20E3}' | '\u{200C}' | '\u{200D}')
}

/// Letters that look Latin, and the characters of traditional writing.
const LIKE: [(&str, &str); 26] = [
    ("аα", "a"),
    ("вβ", "b"),
    ("сϲ", "c"),
    ("еε", "e"),
    ("нһ", "h"),
    ("іιı", "i"),
    ("ј", "j"),
    ("кκ", "k"),
    ("мμ", "m"),
    ("оοσ", "o"),
    ("рρ", "p"),
    ("ԛᑫ", "q"),
    ("ѕ", "s"),
    ("тτ", "t"),
    ("υ", "u"),
    ("ѵν√", "v"),
    ("ԝω", "w"),
    ("хχ", "x"),
    ("у", "y"),
    ("號", "号"),
    ("電", "电"),
    ("話", "话"),
    ("機", "机"),
    ("聯", "联"),
    ("徵", "微"),
    ("釦", "扣"),
];
/// More of those, and pictures that are read as words.
const PICTURES: [(&str, &str); 22] = [
    ("摳", "抠"),
    ("維", "维"),
    ("衛", "卫"),
    ("碼", "码"),
    ("轉", "转"),
    ("賬帳", "账"),
    ("掃", "扫"),
    ("點", "点"),
    ("係繫", "系"),
    ("個", "个"),
    ("發", "发"),
    ("給", "给"),
    ("貼", "贴"),
    ("嗎", "吗"),
    ("線", "线"),
    ("❤♥💗💖💕💓💘💙💚💛💜", "心"),
    ("➕+✚", "加"),
    ("🐧", "企鹅"),
    ("🛰", "卫星"),
    ("📱☎📞", "电话"),
    ("📧✉", "邮箱"),
    ("飛", "飞"),
];

/// Letters of other scripts that look Latin, traditional characters, and pictures that are read as words.
fn stands_for(letter: char) -> Option<&'static str> {
    if letter.is_ascii() && letter != '+' {
        return None;
    }
    let tables = LIKE.iter().chain(&PICTURES);
    tables
        .into_iter()
        .find(|(like, _)| like.contains(letter))
        .map(|(_, for_it)| *for_it)
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Token {
    /// Latin letters and `_`.
    Word(String),
    /// Any other letter.
    Letter(char),
    /// ASCII digits.
    Digits(String),
    /// A digit in words, and how it was written.
    Spelt(char, String),
    /// How many characters of anything else.
    Gap(usize),
}

fn spelt_digit(letter: char) -> Option<char> {
    Some(match letter {
        '零' | '〇' | '洞' => '0',
        '一' | '壹' | '幺' | '么' => '1',
        '二' | '贰' | '貳' | '两' => '2',
        '三' | '叁' | '參' => '3',
        '四' | '肆' => '4',
        '五' | '伍' => '5',
        '六' | '陆' | '陸' => '6',
        '七' | '柒' | '拐' => '7',
        '八' | '捌' => '8',
        '九' | '玖' | '勾' => '9',
        _ => return None,
    })
}

fn spelt_word(word: &str) -> Option<char> {
    const WORDS: [(&str, char); 21] = [
        ("zero", '0'),
        ("oh", '0'),
        ("one", '1'),
        ("two", '2'),
        ("three", '3'),
        ("four", '4'),
        ("five", '5'),
        ("six", '6'),
        ("seven", '7'),
        ("eight", '8'),
        ("nine", '9'),
        ("ling", '0'),
        ("yi", '1'),
        ("yao", '1'),
        ("er", '2'),
        ("san", '3'),
        ("si", '4'),
        ("wu", '5'),
        ("liu", '6'),
        ("qi", '7'),
        ("jiu", '9'),
    ];
    WORDS.iter().find(|(name, _)| *name == word).map(|(_, digit)| *digit)
}

fn tokens(letters: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    for letter in letters.chars() {
        match (tokens.last_mut(), letter) {
            (Some(Token::Word(word)), 'a'..='z' | '_') => word.push(letter),
            (_, 'a'..='z' | '_') => tokens.push(Token::Word(letter.to_string())),
            (last, _) if letter.is_ascii_digit() => match last {
                Some(Token::Digits(digits)) => digits.push(letter),
                _ => tokens.push(Token::Digits(letter.to_string())),
            },
            (last, _) => match (spelt_digit(letter), last) {
                (Some(digit), _) => tokens.push(Token::Spelt(digit, letter.to_string())),
                (None, _) if letter.is_alphabetic() => tokens.push(Token::Letter(letter)),
                (None, Some(Token::Gap(length))) => *length += 1,
                (None, _) => tokens.push(Token::Gap(1)),
            },
        }
    }
    let spell = |token| match token {
        // `w_x` hides what `w x` hides.
        Token::Word(word) if word.split('_').all(|part| part.len() <= 1) => Token::Word(word.replace('_', "")),
        Token::Word(word) => spelt_word(&word).map_or(Token::Word(word.clone()), |digit| Token::Spelt(digit, word)),
        other => other,
    };
    tokens.into_iter().map(spell).collect()
}

/// `w.x` and `q q` are one word.
fn merge_single_letters(tokens: Vec<Token>) -> Vec<Token> {
    let mut merged: Vec<Token> = Vec::with_capacity(tokens.len());
    let mut is_single = false;
    for token in tokens {
        let single = matches!(&token, Token::Word(word) if word.len() == 1);
        let gap = matches!(merged.last(), Some(Token::Gap(1..=3)));
        let before = if gap {
            merged.len().checked_sub(2)
        } else {
            merged.len().checked_sub(1)
        };
        if let (true, true, Token::Word(letter), Some(before)) = (single, is_single, &token, before)
            && let Token::Word(word) = &mut merged[before]
        {
            word.push_str(letter);
            merged.truncate(before + 1);
            continue;
        }
        is_single = single || (is_single && matches!(token, Token::Gap(1..=3)));
        merged.push(token);
    }
    merged
}

/// Digits that stand together but for short gaps.
#[derive(Default)]
struct Run {
    groups: Vec<String>,
    spelt: usize,
    /// Up to which token.
    end: usize,
}

impl Run {
    fn at(tokens: &[Token], from: usize) -> Self {
        let mut run = Self::default();
        let mut fresh = true;
        for (at, token) in tokens.iter().enumerate().skip(from) {
            let (digits, spelt) = match token {
                Token::Digits(digits) => (digits.clone(), 0),
                Token::Spelt(digit, _) => (digit.to_string(), 1),
                Token::Gap(1..=3) => {
                    fresh = true;
                    continue;
                }
                _ => break,
            };
            match run.groups.last_mut() {
                Some(group) if !fresh => group.push_str(&digits),
                _ => run.groups.push(digits),
            }
            run.spelt += spelt;
            run.end = at + 1;
            fresh = false;
        }
        run
    }

    fn digits(&self) -> String {
        self.groups.concat()
    }

    /// Whether its groups are one number: it has only one, or looks like a telephone's, or stands scattered.
    fn is_one(&self) -> bool {
        let digits = self.digits();
        digits.len() >= 5 && (self.groups.len() == 1 || is_phone(&digits) || self.is_scattered())
    }

    fn is_scattered(&self) -> bool {
        let single = self.groups.iter().filter(|group| group.len() == 1).count();
        self.digits().len() >= 6 && single * 3 >= self.groups.len() * 2
    }

    fn is_odd(&self) -> bool {
        self.spelt >= 4 || (self.groups.len() > 1 && self.is_scattered())
    }
}

/// A mobile number of the mainland, with or without its country.
#[must_use]
pub fn is_phone(digits: &str) -> bool {
    let local = match digits.len() {
        13 => digits.strip_prefix("86"),
        15 => digits.strip_prefix("0086"),
        _ => Some(digits),
    };
    local.is_some_and(|local| local.len() == 11 && local.starts_with('1') && !local[1..].starts_with(['0', '1', '2']))
}

fn join(tokens: &[Token]) -> (String, Vec<Number>) {
    let (mut words, mut numbers) = (String::new(), Vec::new());
    let mut at = 0;
    let mut apart = false;
    while let Some(token) = tokens.get(at) {
        let run = Run::at(tokens, at);
        if matches!(token, Token::Digits(_) | Token::Spelt(..)) && run.is_one() {
            put(&mut words, &run.digits(), apart);
            numbers.push(Number {
                at: words.len() - run.digits().len(),
                odd: run.is_odd(),
                digits: run.digits(),
            });
            (at, apart) = (run.end, false);
            continue;
        }
        match token {
            Token::Word(text) | Token::Digits(text) | Token::Spelt(_, text) => put(&mut words, text, apart),
            Token::Letter(letter) => words.push(*letter),
            Token::Gap(_) => {}
        }
        apart = matches!(token, Token::Gap(_));
        at += 1;
    }
    (words, numbers)
}

/// Adds a word, after a space if it would run into another of its script.
fn put(words: &mut String, text: &str, apart: bool) {
    if apart && text.starts_with(|first: char| first.is_ascii()) && words.ends_with(|last: char| last.is_ascii() && last != ' ') {
        words.push(' ');
    }
    words.push_str(text);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_folded_to_what_a_reader_hears() {
        for (text, words) in [
            ("加 微、信 ａｂｃ１２３", "加微信abc123"),
            ("q-q: 1 2 3 4 5 6 7", "qq 1234567"),
            ("ＶＸ①③⑧", "vx138"),
            ("一三八 零零一三 八零零零", "13800138000"),
            ("138-0013-8000", "13800138000"),
            ("one three eight, zero zero one three, eight zero zero zero", "13800138000"),
            ("вичат", "bичat"),
            ("wéi xìn", "wei xin"),
            ("120 150 都行，第一个三级", "120 150都行第一个三级"),
            ("2026-11-28", "2026 11 28"),
        ] {
            assert_eq!(canon(text).words, words, "{text}");
        }
    }

    #[test]
    fn numbers_know_whether_they_were_hidden() {
        let odd = |text| canon(text).numbers.iter().map(|number| number.odd).collect::<Vec<_>>();
        assert_eq!(odd("价格 12000"), [false]);
        assert_eq!(odd("九 五 二 七 三 六"), [true]);
        assert_eq!(odd("二三四五六七八"), [true]);
        assert_eq!(odd("3级 4级"), [false; 0]);
    }
}
