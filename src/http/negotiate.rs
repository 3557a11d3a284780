//! Content negotiation by the GraphQL-over-HTTP draft.

use axum::http::{HeaderMap, header};

/// The form of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// `application/graphql-response+json`: status codes tell of the request.
    GraphQl,
    /// `application/json`: a well-formed request is answered 200.
    Json,
}

impl Form {
    /// The form's content type.
    #[must_use]
    pub const fn content_type(self) -> &'static str {
        match self {
            Self::GraphQl => "application/graphql-response+json; charset=utf-8",
            Self::Json => "application/json; charset=utf-8",
        }
    }
}

/// The form that the caller likes best; `None` when he takes neither. Who says nothing gets JSON.
#[must_use]
pub fn form(headers: &HeaderMap) -> Option<Form> {
    let accept: Vec<&str> = headers
        .get_all(header::ACCEPT)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .collect();
    if accept.is_empty() {
        return Some(Form::Json);
    }
    let mut best: Option<(f32, Form)> = None;
    for part in accept.iter().flat_map(|value| value.split(',')) {
        if let Some((weight, form)) = wish(part)
            && best.is_none_or(|(most, _)| weight > most)
        {
            best = Some((weight, form));
        }
    }
    best.map(|(_, form)| form)
}

fn wish(part: &str) -> Option<(f32, Form)> {
    let mut pieces = part.split(';').map(str::trim);
    let form = match pieces.next()?.to_ascii_lowercase().as_str() {
        "application/graphql-response+json" => Form::GraphQl,
        "application/json" | "application/*" | "*/*" => Form::Json,
        _ => return None,
    };
    let mut weight = 1.0;
    for piece in pieces {
        match piece.split_once('=') {
            Some(("q", value)) => weight = value.parse().ok()?,
            Some((name, value)) if name.eq_ignore_ascii_case("charset") && !value.trim_matches('"').eq_ignore_ascii_case("utf-8") => {
                return None;
            }
            _ => {}
        }
    }
    (weight > 0.0).then_some((weight, form))
}

/// A content type without its parameters, in lower case; `None` when a charset other than UTF-8 is named.
#[must_use]
pub fn content_type(headers: &HeaderMap) -> Option<String> {
    let value = headers.get(header::CONTENT_TYPE)?.to_str().ok()?;
    let mut pieces = value.split(';').map(str::trim);
    let kind = pieces.next()?.to_ascii_lowercase();
    let foreign = pieces
        .filter_map(|piece| piece.split_once('='))
        .any(|(name, value)| name.eq_ignore_ascii_case("charset") && !value.trim_matches('"').eq_ignore_ascii_case("utf-8"));
    (!foreign).then_some(kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_caller_gets_the_form_he_likes_best() {
        for (accept, expected) in [
            (None, Some(Form::Json)),
            (Some("*/*"), Some(Form::Json)),
            (Some("application/json"), Some(Form::Json)),
            (Some("application/graphql-response+json"), Some(Form::GraphQl)),
            (
                Some("application/graphql-response+json, application/json;q=0.9"),
                Some(Form::GraphQl),
            ),
            (
                Some("application/json;q=0.9, application/graphql-response+json"),
                Some(Form::GraphQl),
            ),
            (Some("application/json; charset=utf-8"), Some(Form::Json)),
            (Some("text/html"), None),
            (Some("application/json;q=0"), None),
        ] {
            let mut headers = HeaderMap::new();
            if let Some(accept) = accept {
                headers.insert(header::ACCEPT, accept.parse().unwrap());
            }
            assert_eq!(form(&headers), expected, "{accept:?}");
        }
    }
}
