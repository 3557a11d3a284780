//! The page itself. Everything that came from outside is escaped.

use super::super::books::{Payment, PaymentState};
use super::words::Words;

/// A payment: the choices while it is open, the outcome afterwards.
pub(super) fn payment(words: &Words, payment: &Payment) -> String {
    let rest = match payment.state {
        PaymentState::Open => choices(words),
        PaymentState::Succeeded => outcome(words, "good", words.succeeded, &payment.return_url),
        PaymentState::Failed => outcome(words, "bad", words.failed, &payment.return_url),
        PaymentState::Reversed => outcome(words, "bad", words.reversed, &payment.return_url),
    };
    let (amount, reference) = (yuan(payment.amount), escape(&payment.reference));
    let body = format!(
        r#"<dl>
<div><dt>{}</dt><dd class="amount">¥{amount}</dd></div>
<div><dt>{}</dt><dd class="reference">{reference}</dd></div>
</dl>
{rest}"#,
        words.amount, words.reference,
    );
    document(words, &body)
}

/// A page that only says something.
pub(super) fn message(words: &Words, text: &str) -> String {
    document(words, &format!(r#"<p class="outcome bad" role="alert">{}</p>"#, escape(text)))
}

fn choices(words: &Words) -> String {
    let form = |decision: &str, label: &str| {
        format!(r#"<form method="post"><button name="decision" value="{decision}" class="{decision}">{label}</button></form>"#)
    };
    let forms = [form("pay", words.pay), form("fail", words.fail), form("leave", words.leave)].join("\n");
    format!(
        r#"<h2 id="question">{}</h2>
<div role="group" aria-labelledby="question">
{forms}
</div>"#,
        words.question
    )
}

fn outcome(words: &Words, class: &str, text: &str, return_url: &str) -> String {
    format!(
        r#"<p class="outcome {class}" role="status">{text}</p>
<a class="back" href="{}">{}</a>"#,
        escape(return_url),
        words.back
    )
}

fn document(words: &Words, body: &str) -> String {
    let Words { lang, title, notice, .. } = words;
    format!(
        r#"<!doctype html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>{title}</title>
<link rel="stylesheet" href="style.css">
</head>
<body>
<main>
<h1>{title}</h1>
<p class="notice">{notice}</p>
{body}
</main>
</body>
</html>
"#
    )
}

/// Fen as yuan, in groups of three digits: `1,234.05`.
fn yuan(fen: i64) -> String {
    let digits = (fen / 100).to_string();
    let groups: Vec<&str> = digits
        .as_bytes()
        .rchunks(3)
        .rev()
        .map(|group| str::from_utf8(group).unwrap_or_default())
        .collect();
    format!("{}.{:02}", groups.join(","), fen % 100)
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&#39;")
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::super::words::choose;
    use super::*;

    fn paid(return_url: &str, state: PaymentState) -> Payment {
        Payment {
            id: Uuid::nil(),
            reference: "pay_1".to_owned(),
            amount: 123_456_705,
            return_url: return_url.to_owned(),
            state,
            number: 0,
        }
    }

    #[test]
    fn amounts_are_written_in_groups() {
        assert_eq!(
            [1, 99, 100, 100_000, 123_456_705].map(yuan),
            ["0.01", "0.99", "1.00", "1,000.00", "1,234,567.05"]
        );
    }

    #[test]
    fn an_open_payment_offers_three_choices_and_a_decided_one_none() {
        let open = payment(choose("en"), &paid("http://shop.test/", PaymentState::Open));
        assert!(open.contains("¥1,234,567.05"));
        assert_eq!(open.matches("<form method=\"post\">").count(), 3);
        let decided = payment(choose("zh"), &paid("http://shop.test/", PaymentState::Failed));
        assert!(decided.contains("付款失败") && !decided.contains("<form"));
    }

    #[test]
    fn a_return_address_cannot_break_out_of_the_page() {
        let page = payment(
            choose("en"),
            &paid("http://shop.test/?\"><script>alert(1)</script>", PaymentState::Succeeded),
        );
        assert!(!page.contains("<script"));
    }
}
