//! The people of the demonstration.

use entity::kinds::Locale;

/// The password of everybody in the demonstration.
pub const PASSWORD: &str = "handover-demo";

/// Somebody of the demonstration.
#[derive(Debug, Clone, Copy)]
pub struct Person {
    /// The name to sign in with.
    pub username: &'static str,
    /// The name others see.
    pub nickname: &'static str,
    /// His language.
    pub locale: Locale,
    /// His real name and ID number, made up; without one he is not verified.
    pub identity: Option<(&'static str, &'static str)>,
    /// What he has deposited, in yuan.
    pub deposited: i64,
    /// How many listings he offers.
    pub listings: usize,
}

const fn trader(
    username: &'static str,
    nickname: &'static str,
    locale: Locale,
    identity: (&'static str, &'static str),
    deposited: i64,
    listings: usize,
) -> Person {
    Person {
        username,
        nickname,
        locale,
        identity: Some(identity),
        deposited,
        listings,
    }
}

/// The traders. The first sells to the second in the conversation that is there at the start.
pub const TRADERS: [Person; 8] = [
    trader("lin_xia", "林夏", Locale::ZhCn, ("林夏", "110101199003070038"), 500, 22),
    trader("old_fox", "Old Fox", Locale::En, ("王福", "310104198506152416"), 30_000, 14),
    trader("mei", "小梅子", Locale::ZhCn, ("陈梅", "440106199212086122"), 9_000, 18),
    trader("sam", "Sam Trades", Locale::En, ("萨木", "510107198811233016"), 12_000, 16),
    trader("yuki", "雪山飞狐", Locale::ZhCn, ("李雪", "330102199507214549"), 6_000, 14),
    trader("bea", "Bea", Locale::En, ("白雅", "420106199104058227"), 20_000, 8),
    trader("da_peng", "大鹏展翅", Locale::ZhCn, ("张鹏", "610113198709126311"), 3_000, 12),
    Person {
        username: "newcomer",
        nickname: "初来乍到",
        locale: Locale::ZhCn,
        identity: None,
        deposited: 0,
        listings: 0,
    },
];

/// The administrators.
pub const ADMINS: [&str; 3] = ["ada", "boris", "chen"];

/// Somebody's address in the demonstration.
#[must_use]
pub fn address(username: &str) -> String {
    format!("{username}@demo.example")
}
