//! Names that only the platform may bear.

use super::username::{fold, key};

/// Refused as a word of a name, whatever stands beside it.
const WORDS: [&str; 20] = [
    "admin",
    "administrator",
    "admins",
    "anonymous",
    "bot",
    "helpdesk",
    "mod",
    "moderator",
    "moderators",
    "null",
    "official",
    "officials",
    "platform",
    "root",
    "security",
    "service",
    "staff",
    "support",
    "system",
    "undefined",
];

/// Refused anywhere in a name.
const ANYWHERE: [&str; 14] = [
    "handover",
    "administrator",
    "moderator",
    "official",
    "官方",
    "客服",
    "管理员",
    "管理團隊",
    "管理团队",
    "系统",
    "系統",
    "工作人员",
    "已封禁",
    "banneduser",
];

/// Whether a name sounds like the platform, its staff, or one of its own lines.
#[must_use]
pub fn sounds_official(name: &str) -> bool {
    let folded = fold(name);
    let joined = folded.chars().filter(|letter| letter.is_alphanumeric()).collect::<String>();
    let words = folded.split(|letter: char| !letter.is_alphanumeric()).chain([joined.as_str()]);
    let mut forms = words
        .flat_map(|word| [word, word.trim_matches(|letter: char| letter.is_ascii_digit())])
        .map(look);
    let whole = look(&joined);
    ANYWHERE.iter().any(|part| whole.contains(&look(part))) || forms.any(|form| WORDS.iter().any(|word| form == look(word)))
}

/// The key, with the digits that people write for letters read as those letters.
fn look(word: &str) -> String {
    let as_letter = |letter| match letter {
        'i' => 'l',
        '3' => 'e',
        '4' => 'a',
        '5' => 's',
        '7' => 't',
        other => other,
    };
    key(word).chars().map(as_letter).collect()
}

#[cfg(test)]
mod tests {
    use super::sounds_official;

    #[test]
    fn the_platform_s_names_are_refused_in_any_dress() {
        for name in [
            "admin",
            "Admin",
            "ADMIN_1",
            "admin2026",
            "adm1n",
            "4dmin",
            "аdmin",
            "the_admin",
            "a_d_m_i_n",
            "Official",
            "0fficial",
            "offic1al",
            "official support",
            "support",
            "handover",
            "Hand0ver_team",
            "system",
            "5ystem",
            "官方",
            "官方客服",
            "在线客服01",
            "★管理员★",
            "系统消息",
            "官 方",
            "mod",
            "Banned user",
            "已封禁用户",
            "root",
        ] {
            assert!(sounds_official(name), "{name}");
        }
    }

    #[test]
    fn ordinary_names_are_not() {
        for name in [
            "sam",
            "badminton",
            "modern_times",
            "robot9",
            "小明",
            "supporter",
            "王系",
            "客人",
            "abbot",
            "12345",
            "systematic",
            "😀",
        ] {
            assert!(!sounds_official(name), "{name}");
        }
    }
}
