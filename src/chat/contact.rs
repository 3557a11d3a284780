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

#[cfg(test)]
mod tests {
    use proptest::prelude::{any, proptest};

    use super::*;

    #[test]
    fn a_way_to_sign_in_is_no_contact_and_a_hidden_account_is() {
        for honest in [
            "微信区还是QQ区",
            "v10 账号，全皮肤",
            "UID 812345678",
            "show xbox games",
            "拒绝私下交易",
            "666666",
        ] {
            assert_eq!(look(honest), None, "{honest}");
        }
        for contact in [
            "加 微、信 abc88776",
            "ＶＸ１３８００１３８０００",
            "一三八零零一三八零零零",
            "add me on discord",
            "cheapgame点com",
        ] {
            assert_eq!(look(contact), Some(FlagKind::Contact), "{contact}");
        }
        assert_eq!(look("这个号是盗号来的"), Some(FlagKind::ListedWord));
        assert_eq!(look("举报盗号"), None);
    }

    proptest! {
        #[test]
        fn any_text_can_be_looked_at(text in any::<String>()) {
            let _ = look(&text);
        }

        #[test]
        fn any_mixture_of_what_the_rules_know_can_be_looked_at(parts in proptest::collection::vec(proptest::sample::select(PARTS), 0..40)) {
            let _ = look(&parts.concat());
        }
    }

    const PARTS: &[&str] = &[
        "加", "微信", "v", "q", "w_x", "1", "23", "４５", "六", "七八", " ", "，", "🐧", "é", "𠮷", "@", ".", "com", "telegram", "my ",
        "is ", "不", "区", "号", "\n", "½", "Ⅷ", "٣", "_", "+",
    ];
}
