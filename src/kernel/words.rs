//! The words the platform speaks, in the reader's language: Fluent messages under `src/words`.

use std::{collections::HashMap, sync::LazyLock};

use entity::kinds::Locale;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};

/// The texts of one language, by file.
type Texts = &'static [&'static str];

const EN: Texts = &[
    include_str!("../words/en/account.ftl"),
    include_str!("../words/en/cases.ftl"),
    include_str!("../words/en/chat.ftl"),
    include_str!("../words/en/errors.ftl"),
    include_str!("../words/en/faces.ftl"),
    include_str!("../words/en/mails.ftl"),
    include_str!("../words/en/market.ftl"),
    include_str!("../words/en/mediation.ftl"),
    include_str!("../words/en/notices.ftl"),
    include_str!("../words/en/order.ftl"),
    include_str!("../words/en/orders.ftl"),
    include_str!("../words/en/reports.ftl"),
    include_str!("../words/en/wallet.ftl"),
    include_str!("../words/en/wallet_care.ftl"),
    include_str!("../words/en/staff.ftl"),
    include_str!("../words/en/transport.ftl"),
    include_str!("../words/en/vault.ftl"),
];
const ZH_CN: Texts = &[
    include_str!("../words/zh-CN/account.ftl"),
    include_str!("../words/zh-CN/cases.ftl"),
    include_str!("../words/zh-CN/chat.ftl"),
    include_str!("../words/zh-CN/errors.ftl"),
    include_str!("../words/zh-CN/faces.ftl"),
    include_str!("../words/zh-CN/mails.ftl"),
    include_str!("../words/zh-CN/market.ftl"),
    include_str!("../words/zh-CN/mediation.ftl"),
    include_str!("../words/zh-CN/notices.ftl"),
    include_str!("../words/zh-CN/order.ftl"),
    include_str!("../words/zh-CN/orders.ftl"),
    include_str!("../words/zh-CN/reports.ftl"),
    include_str!("../words/zh-CN/wallet.ftl"),
    include_str!("../words/zh-CN/wallet_care.ftl"),
    include_str!("../words/zh-CN/staff.ftl"),
    include_str!("../words/zh-CN/transport.ftl"),
    include_str!("../words/zh-CN/vault.ftl"),
];

static BUNDLES: LazyLock<HashMap<Locale, FluentBundle<FluentResource>>> =
    LazyLock::new(|| HashMap::from([(Locale::En, bundle("en", EN)), (Locale::ZhCn, bundle("zh-CN", ZH_CN))]));

fn bundle(language: &str, texts: Texts) -> FluentBundle<FluentResource> {
    let mut bundle = FluentBundle::new_concurrent(vec![language.parse().expect("a language tag")]);
    // Isolating marks around numbers would be seen in plain-text mails.
    bundle.set_use_isolating(false);
    for text in texts {
        let resource =
            FluentResource::try_new((*text).to_owned()).unwrap_or_else(|(_, errors)| panic!("a text file of {language}: {errors:?}"));
        bundle
            .add_resource(resource)
            .unwrap_or_else(|errors| panic!("a text of {language} is there twice: {errors:?}"));
    }
    bundle
}

/// Whether there is a message of this name in this language.
#[must_use]
pub fn knows(locale: Locale, name: &str) -> bool {
    BUNDLES[&locale].has_message(name)
}

/// The message `name` in `locale` with its arguments. A missing message answers its name, and the log tells.
#[must_use]
pub fn say(locale: Locale, name: &str, arguments: &[(&str, String)]) -> String {
    let bundle = &BUNDLES[&locale];
    let Some(pattern) = bundle.get_message(name).and_then(|message| message.value()) else {
        tracing::error!(name, ?locale, "a text is missing");
        return name.to_owned();
    };
    let arguments: FluentArgs<'_> = arguments
        .iter()
        .map(|(key, value)| (*key, FluentValue::from(value.as_str())))
        .collect();
    let mut errors = Vec::new();
    let text = bundle.format_pattern(pattern, Some(&arguments), &mut errors).into_owned();
    if !errors.is_empty() {
        tracing::error!(name, ?locale, ?errors, "a text lacks an argument");
    }
    text
}

/// The best language for an `Accept-Language` header: the first listed one that we speak, by weight.
#[must_use]
pub fn negotiate(accept_language: Option<&str>) -> Locale {
    let mut wishes: Vec<(f32, Locale)> = accept_language.unwrap_or_default().split(',').filter_map(wish).collect();
    wishes.sort_by(|a, b| b.0.total_cmp(&a.0));
    wishes.first().map_or(Locale::En, |wish| wish.1)
}

fn wish(part: &str) -> Option<(f32, Locale)> {
    let (tag, weight) = part.split_once(';').unwrap_or((part, "q=1"));
    let weight = weight
        .trim()
        .strip_prefix("q=")
        .and_then(|weight| weight.parse().ok())
        .unwrap_or(0.0);
    let language = tag.trim().split('-').next().unwrap_or_default().to_ascii_lowercase();
    let locale = match language.as_str() {
        "zh" => Locale::ZhCn,
        "en" => Locale::En,
        _ => return None,
    };
    (weight > 0.0).then_some((weight, locale))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_is_the_reader_s_first_that_we_speak() {
        for (header, locale) in [
            (None, Locale::En),
            (Some(""), Locale::En),
            (Some("zh-CN,zh;q=0.9,en;q=0.8"), Locale::ZhCn),
            (Some("fr, en;q=0.4, zh;q=0.7"), Locale::ZhCn),
            (Some("zh;q=0, en;q=0.1"), Locale::En),
            (Some("de"), Locale::En),
        ] {
            assert_eq!(negotiate(header), locale, "{header:?}");
        }
    }

    #[test]
    fn both_languages_say_the_same_things() {
        let names = |texts: Texts| -> std::collections::BTreeSet<String> {
            texts
                .iter()
                .flat_map(|text| text.lines())
                .filter_map(|line| line.split_once(" ="))
                .filter(|(name, _)| name.starts_with(|first: char| first.is_ascii_lowercase()))
                .map(|(name, _)| name.to_owned())
                .collect()
        };
        assert_eq!(names(EN), names(ZH_CN));
        for name in names(EN) {
            assert!(knows(Locale::En, &name) && knows(Locale::ZhCn, &name), "{name}");
        }
    }
}
