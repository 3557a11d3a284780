//! What goes over the line, and what it means to us.

use entity::value::Money;
use reqwest::StatusCode;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::kernel::port::{
    BankAnswer, BankChange, BankError, BankEvent, BankEventKind, BankSubject, PaymentAsk, PaymentState, PayoutAsk, PayoutState,
};

/// The one currency we deal in.
const CURRENCY: &str = "CNY";

#[derive(Debug, Serialize)]
pub(super) struct PaymentRequest<'a> {
    id: Uuid,
    amount: i64,
    currency: &'static str,
    return_url: &'a str,
}

impl<'a> From<&'a PaymentAsk> for PaymentRequest<'a> {
    fn from(ask: &'a PaymentAsk) -> Self {
        Self {
            id: ask.id,
            amount: ask.amount.0,
            currency: CURRENCY,
            return_url: &ask.return_url,
        }
    }
}

/// It has no `Debug`, so that no log line shows where money goes.
#[derive(Serialize)]
pub(super) struct PayoutRequest<'a> {
    id: Uuid,
    amount: i64,
    currency: &'static str,
    holder: &'a str,
    number: &'a str,
}

impl<'a> From<&'a PayoutAsk> for PayoutRequest<'a> {
    fn from(ask: &'a PayoutAsk) -> Self {
        Self {
            id: ask.id,
            amount: ask.amount.0,
            currency: CURRENCY,
            holder: ask.holder.expose(),
            number: ask.number.expose(),
        }
    }
}

#[derive(Debug, Deserialize)]
pub(super) struct PaymentAnswer {
    pub id: Uuid,
    pub reference: String,
    amount: i64,
    currency: String,
    pub checkout_url: String,
    state: WirePayment,
}

impl PaymentAnswer {
    /// Whether it speaks of this amount, in our currency.
    pub fn is_for(&self, amount: Money) -> bool {
        self.amount == amount.0 && self.currency == CURRENCY
    }
}

impl From<PaymentAnswer> for BankAnswer<PaymentState> {
    fn from(answer: PaymentAnswer) -> Self {
        Self {
            state: answer.state.into(),
            reference: answer.reference,
            amount: Money(answer.amount),
            foreign: foreign(answer.currency),
        }
    }
}

#[derive(Debug, Deserialize)]
pub(super) struct PayoutAnswer {
    pub id: Uuid,
    reference: String,
    amount: i64,
    currency: String,
    state: WirePayout,
}

impl From<PayoutAnswer> for BankAnswer<PayoutState> {
    fn from(answer: PayoutAnswer) -> Self {
        Self {
            state: answer.state.into(),
            reference: answer.reference,
            amount: Money(answer.amount),
            foreign: foreign(answer.currency),
        }
    }
}

/// A currency that the bank names, if it is not ours.
fn foreign(currency: String) -> Option<String> {
    (currency != CURRENCY).then_some(currency)
}

/// A part of the bank's book.
#[derive(Debug, Deserialize)]
pub(super) struct ChangesAnswer {
    pub changes: Vec<WireChange>,
}

#[derive(Debug, Deserialize)]
pub(super) struct WireChange {
    number: i64,
    about: WireSubject,
    id: Uuid,
    reference: String,
    amount: i64,
    currency: String,
    state: String,
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum WireSubject {
    Payment,
    Payout,
}

impl From<WireChange> for BankChange {
    fn from(change: WireChange) -> Self {
        Self {
            number: change.number,
            about: match change.about {
                WireSubject::Payment => BankSubject::Payment,
                WireSubject::Payout => BankSubject::Payout,
            },
            subject: change.id,
            reference: change.reference,
            amount: Money(change.amount),
            state: in_currency(change.state, &change.currency),
        }
    }
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum WirePayment {
    Open,
    Succeeded,
    Failed,
    Reversed,
}

impl From<WirePayment> for PaymentState {
    fn from(state: WirePayment) -> Self {
        match state {
            WirePayment::Open => Self::Open,
            WirePayment::Succeeded => Self::Succeeded,
            WirePayment::Failed => Self::Failed,
            WirePayment::Reversed => Self::Reversed,
        }
    }
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum WirePayout {
    Sent,
    Paid,
    Failed,
    Returned,
}

impl From<WirePayout> for PayoutState {
    fn from(state: WirePayout) -> Self {
        match state {
            WirePayout::Sent => Self::Sent,
            WirePayout::Paid => Self::Paid,
            WirePayout::Failed => Self::Failed,
            WirePayout::Returned => Self::Returned,
        }
    }
}

/// An answer that is not a success.
#[derive(Debug)]
pub(super) struct Refusal {
    status: StatusCode,
    code: String,
    message: String,
}

#[derive(Debug, Default, Deserialize)]
struct RefusalBody {
    error: RefusalDetail,
}

#[derive(Debug, Default, Deserialize)]
struct RefusalDetail {
    code: String,
    message: String,
}

impl Refusal {
    pub fn read(status: StatusCode, body: &[u8]) -> Self {
        let RefusalDetail { code, message } = serde_json::from_slice::<RefusalBody>(body).unwrap_or_default().error;
        Self { status, code, message }
    }

    /// Whether the bank itself says that it never heard of it; a 404 of something in between says nothing.
    pub fn means_unknown(&self) -> bool {
        self.status == StatusCode::NOT_FOUND && self.code == "not_found"
    }

    /// Only a bank that read the request and found it wrong has surely not acted. Money is given back on the word
    /// "refused", so a wrong key, a used id or a gateway's answer must not count as one.
    pub fn into_error(self) -> BankError {
        let said = format!("{} {} {}", self.status.as_u16(), self.code, self.message);
        match self.code.as_str() {
            "invalid" if self.status == StatusCode::UNPROCESSABLE_ENTITY => BankError::Refused(said),
            _ => BankError::Unreachable(said),
        }
    }
}

#[derive(Debug, Deserialize)]
struct Webhook {
    #[serde(rename = "type")]
    kind: String,
    data: WebhookData,
}

#[derive(Debug, Deserialize)]
struct WebhookData {
    id: Uuid,
    reference: String,
    amount: i64,
    currency: String,
}

/// No word of the bank is longer; what is kept of it is cut there.
const WORD: usize = 60;

/// A word of the bank, with the currency beside it if that is not ours.
fn in_currency(word: String, currency: &str) -> String {
    let told = if currency == CURRENCY {
        word
    } else {
        format!("{word} in {currency}")
    };
    told.chars().take(WORD).collect()
}

/// What a signed body says; nothing if it is not in the protocol's shape. A word or a currency that is not ours is an event all the same:
/// the bank said something about money, and a person has to see it.
pub(super) fn event(id: &str, body: &[u8]) -> Option<BankEvent> {
    let Webhook { kind: told, data } = serde_json::from_slice(body).ok()?;
    let kind = match told.as_str() {
        _ if data.currency != CURRENCY || data.amount <= 0 => BankEventKind::Unknown,
        "payment.succeeded" => BankEventKind::Payment(PaymentState::Succeeded),
        "payment.failed" => BankEventKind::Payment(PaymentState::Failed),
        "payment.reversed" => BankEventKind::Payment(PaymentState::Reversed),
        "payout.paid" => BankEventKind::Payout(PayoutState::Paid),
        "payout.failed" => BankEventKind::Payout(PayoutState::Failed),
        "payout.returned" => BankEventKind::Payout(PayoutState::Returned),
        _ => BankEventKind::Unknown,
    };
    Some(BankEvent {
        id: id.to_owned(),
        subject: data.id,
        reference: data.reference,
        amount: Money(data.amount),
        told: in_currency(told, &data.currency),
        kind,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(kind: &str, amount: i64, currency: &str) -> String {
        serde_json::json!({ "type": kind, "data": { "id": Uuid::nil(), "reference": "out_1", "amount": amount, "currency": currency } })
            .to_string()
    }

    #[test]
    fn a_webhook_is_read_for_what_it_says() {
        let event = event("msg_1", body("payout.returned", 1_050, "CNY").as_bytes()).unwrap();
        assert_eq!(
            (event.id.as_str(), event.subject, event.amount),
            ("msg_1", Uuid::nil(), Money(1_050))
        );
        assert_eq!(event.kind, BankEventKind::Payout(PayoutState::Returned));
    }

    #[test]
    fn what_we_do_not_know_is_an_event_for_a_person_and_another_shape_is_none() {
        let heard = |kind: &str, amount, currency: &str| event("msg_1", body(kind, amount, currency).as_bytes()).unwrap();
        for (kind, amount, currency, told) in [
            ("payment.open", 1, "CNY", "payment.open"),
            ("payment.succeeded", 1, "USD", "payment.succeeded in USD"),
            ("payment.succeeded", 0, "CNY", "payment.succeeded"),
        ] {
            let event = heard(kind, amount, currency);
            assert_eq!((event.kind, event.told.as_str()), (BankEventKind::Unknown, told));
        }
        assert_eq!(heard(&"x".repeat(500), 1, "CNY").told.len(), WORD);
        for shape in ["{", "{}", "[]", r#"{ "type": "payment.succeeded" }"#] {
            assert!(event("msg_1", shape.as_bytes()).is_none(), "{shape}");
        }
    }

    #[test]
    fn an_answer_and_a_line_of_the_book_are_read_with_their_amount_and_currency() {
        let said = |currency: &str| {
            serde_json::json!({ "number": 7, "about": "payout", "id": Uuid::nil(), "reference": "out_1", "amount": 1_050, "currency": currency,
                "state": "paid" })
        };
        for (currency, foreign, listed) in [("CNY", None, "paid"), ("USD", Some("USD"), "paid in USD")] {
            let answer: PayoutAnswer = serde_json::from_value(said(currency)).unwrap();
            let answer = BankAnswer::<PayoutState>::from(answer);
            assert_eq!((answer.state, answer.amount), (PayoutState::Paid, Money(1_050)));
            assert_eq!((answer.reference.as_str(), answer.foreign.as_deref()), ("out_1", foreign));
            let line: WireChange = serde_json::from_value(said(currency)).unwrap();
            let line = BankChange::from(line);
            assert_eq!((line.state.as_str(), line.amount), (listed, Money(1_050)));
        }
        let mut silent = said("CNY");
        silent.as_object_mut().unwrap().remove("amount");
        assert!(
            serde_json::from_value::<PayoutAnswer>(silent).is_err(),
            "an answer without an amount is none"
        );
    }

    #[test]
    fn only_the_banks_own_word_counts_as_a_refusal() {
        let read = |status, code: &str| {
            let body = serde_json::json!({ "error": { "code": code, "message": "because" } }).to_string();
            Refusal::read(StatusCode::from_u16(status).unwrap(), body.as_bytes())
        };
        assert!(matches!(read(422, "invalid").into_error(), BankError::Refused(_)));
        for (status, code) in [(401, "unauthorised"), (409, "id_used"), (422, ""), (503, "unavailable"), (502, "")] {
            assert!(
                matches!(read(status, code).into_error(), BankError::Unreachable(_)),
                "{status} {code}"
            );
        }
        assert!(read(404, "not_found").means_unknown());
        assert!(!read(404, "").means_unknown());
    }
}
