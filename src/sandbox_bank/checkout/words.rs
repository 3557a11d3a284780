//! What the checkout page says, in Chinese and English.

/// The words of one language.
#[derive(Debug)]
pub(super) struct Words {
    pub lang: &'static str,
    pub title: &'static str,
    pub notice: &'static str,
    pub amount: &'static str,
    pub reference: &'static str,
    pub question: &'static str,
    pub pay: &'static str,
    pub fail: &'static str,
    pub leave: &'static str,
    pub succeeded: &'static str,
    pub failed: &'static str,
    pub reversed: &'static str,
    pub back: &'static str,
    pub unknown: &'static str,
    pub broken: &'static str,
}

static CHINESE: Words = Words {
    lang: "zh-CN",
    title: "沙盒银行收银台",
    notice: "这是用于演示和测试的银行，不会动用真实资金。",
    amount: "付款金额",
    reference: "付款编号",
    question: "您要如何处理这笔付款？",
    pay: "付款",
    fail: "模拟付款失败",
    leave: "暂不付款，返回",
    succeeded: "付款成功",
    failed: "付款失败",
    reversed: "付款已撤销",
    back: "返回商家",
    unknown: "没有找到这笔付款。",
    broken: "银行暂时无法处理，请稍后再试。",
};

static ENGLISH: Words = Words {
    lang: "en",
    title: "Sandbox bank checkout",
    notice: "This bank is for demonstration and tests. No real money moves.",
    amount: "Amount to pay",
    reference: "Payment reference",
    question: "What would you like to do with this payment?",
    pay: "Pay",
    fail: "Let the payment fail",
    leave: "Leave without paying",
    succeeded: "Payment succeeded",
    failed: "Payment failed",
    reversed: "Payment taken back",
    back: "Back to the merchant",
    unknown: "There is no such payment.",
    broken: "The bank cannot do this right now. Please try again later.",
};

/// The language a reader likes best of the two; Chinese when he says nothing of either.
pub(super) fn choose(accept_language: &str) -> &'static Words {
    let (chinese, english) = (liking(accept_language, "zh"), liking(accept_language, "en"));
    if english > chinese { &ENGLISH } else { &CHINESE }
}

/// How much a language is liked, from 0 to 1.
fn liking(accept_language: &str, language: &str) -> f32 {
    let ranges = accept_language.split(',').filter_map(|range| {
        let mut parts = range.split(';').map(str::trim);
        let primary = parts.next()?.split('-').next()?.to_ascii_lowercase();
        let weight = parts
            .find_map(|part| part.strip_prefix("q="))
            .map_or(Some(1.0), |weight| weight.parse().ok())?;
        (primary == language).then_some(weight)
    });
    ranges.fold(0.0, f32::max)
}

#[cfg(test)]
mod tests {
    use super::choose;

    #[test]
    fn the_better_liked_language_is_spoken() {
        let spoken = |header| choose(header).lang;
        assert_eq!(spoken(""), "zh-CN");
        assert_eq!(spoken("en-GB,en;q=0.9"), "en");
        assert_eq!(spoken("zh-CN,zh;q=0.9,en;q=0.8"), "zh-CN");
        assert_eq!(spoken("zh;q=0.2, EN-us;q=0.7"), "en");
        assert_eq!(spoken("fr"), "zh-CN");
        assert_eq!(spoken("en;q=nonsense"), "zh-CN");
    }
}
