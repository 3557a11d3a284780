//! A notice in words: `notice-<kind>-title` and `notice-<kind>-text` of `notices.ftl`.

use entity::{
    kinds::{Locale, NoticeKind},
    notice,
};

use super::Params;
use crate::kernel::words;

/// The heading, a few words.
#[must_use]
pub fn title(notice: &notice::Model, locale: Locale) -> String {
    part(notice, locale, "title")
}

/// What happened and what to do, a sentence or two.
#[must_use]
pub fn text(notice: &notice::Model, locale: Locale) -> String {
    part(notice, locale, "text")
}

fn part(notice: &notice::Model, locale: Locale, part: &str) -> String {
    // What cannot be read was not written by us; its words then lack their facts, and the log tells.
    let params: Params = serde_json::from_str(&notice.params).unwrap_or_default();
    let arguments: Vec<(&str, String)> = params.iter().map(|(name, value)| (name.as_str(), value.clone())).collect();
    words::say(locale, &name(notice.kind, part), &arguments)
}

fn name(kind: NoticeKind, part: &str) -> String {
    format!("notice-{}-{part}", kind.as_str().to_lowercase().replace('_', "-"))
}

#[cfg(test)]
mod tests {
    use entity::{
        kinds::SubjectKind,
        value::{EventId, NoticeId, Time, UserId},
    };
    use sea_orm::Iterable;

    use super::*;

    #[test]
    fn every_kind_has_whole_words_in_both_languages() {
        let facts = [
            "title",
            "reason",
            "price",
            "proceeds",
            "amount",
            "due",
            "counter",
            "paid",
            "remaining",
            "state",
            "by",
            "appeals",
            "outcome",
            "queue",
            "count",
            "title_en",
            "text_en",
            "title_zh",
            "text_zh",
            "held",
            "share",
        ];
        let params: Params = facts.iter().map(|fact| ((*fact).to_owned(), format!("<{fact}>"))).collect();
        for kind in NoticeKind::iter() {
            let notice = notice::Model {
                id: NoticeId::new(),
                user_id: UserId::new(),
                event_id: EventId::new(),
                kind,
                params: serde_json::to_string(&params).unwrap(),
                subject_kind: SubjectKind::User,
                subject_id: uuid::Uuid::nil(),
                created_at: Time(0),
                read_at: None,
            };
            for locale in [Locale::En, Locale::ZhCn] {
                for (part, said) in [("title", title(&notice, locale)), ("text", text(&notice, locale))] {
                    assert!(words::knows(locale, &name(kind, part)), "{locale:?} lacks {}", name(kind, part));
                    assert!(!said.contains('{') && !said.contains('$'), "{kind:?} in {locale:?}: {said}");
                }
            }
            assert_ne!(text(&notice, Locale::En), text(&notice, Locale::ZhCn));
        }
    }
}
