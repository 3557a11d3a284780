//! Codes by mail, for tests that look at what happens around them.

use serde_json::json;

use super::{CAPTCHA, TestApp};

impl TestApp {
    /// Asks for a code for signing up.
    pub async fn request_code(&self, address: &str) {
        let captcha = self.send(None, "mutation C { captchaCreate { captcha { id } } }", json!({})).await;
        let id = &captcha["data"]["captchaCreate"]["captcha"]["id"];
        let input = json!({ "input": { "email": address, "captchaId": id, "captchaAnswer": CAPTCHA } });
        let query = "mutation E($input: EmailCodeRequestInput!) { emailCodeRequest(input: $input) { userErrors { code message } } }";
        let sent = self.send(None, query, input).await;
        assert_eq!(sent["data"]["emailCodeRequest"]["userErrors"], json!([]), "{sent}");
    }
}
