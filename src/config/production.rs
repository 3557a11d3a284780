//! What strangers and real money must not meet, and what an operator should look at twice.

use std::net::SocketAddr;

use super::{Account, Address, Captcha, Config, Finding, Findings, Identity, Mode};

/// Refuses whatever is made for tests and trying out.
pub(super) fn check(config: &Config, found: &mut Findings) {
    let account = &config.account;
    if account.captcha != Captcha::Image {
        found.refuse("HANDOVER_ACCOUNT__CAPTCHA", "production needs `image`");
    }
    if account.identity == Identity::Sandbox {
        found.refuse(
            "HANDOVER_ACCOUNT__IDENTITY",
            "production needs `manual`: the sandbox believes every well-formed number",
        );
    }
    if account.argon2_memory_kib < 19_456 || account.argon2_passes < 2 {
        found.refuse(
            "HANDOVER_ACCOUNT__ARGON2_MEMORY_KIB",
            "production needs at least 19456 KiB, and HANDOVER_ACCOUNT__ARGON2_PASSES at least 2",
        );
    }
    bank(config, found);
    if config.clock.offset != 0 {
        found.refuse("HANDOVER_CLOCK__OFFSET", "production takes no clock offset; leave it at 0");
    }
    if config.clock.offset_file.is_some() {
        found.refuse("HANDOVER_CLOCK__OFFSET_FILE", "production takes no clock offset; unset it");
    }
    let keys = &config.keys;
    if keys.seal.is_none() && keys.seal_file.is_none() {
        found.refuse(
            "HANDOVER_KEYS__SEAL_FILE",
            "production needs it, or HANDOVER_KEYS__SEAL: keys of your own, kept apart from the data",
        );
    }
    if keys.token.is_none() && keys.token_file.is_none() {
        found.refuse(
            "HANDOVER_KEYS__TOKEN_FILE",
            "production needs it, or HANDOVER_KEYS__TOKEN: a secret of your own, kept apart from the data",
        );
    }
    if !config.public_url.as_ref().is_some_and(|url| url.starts_with("https://")) {
        found.refuse("HANDOVER_PUBLIC_URL", "production needs the `https://` address that users see");
    }
    if config.database.is_postgres() && config.redis.url.is_none() {
        found.refuse(
            "HANDOVER_REDIS__URL",
            "production on PostgreSQL needs it: a cache in one process cannot count for all of them",
        );
    }
}

fn bank(config: &Config, found: &mut Findings) {
    if config.bank.url.is_none() {
        found.refuse(
            "HANDOVER_BANK__URL",
            "production needs a bank: the sandbox bank pays with play money",
        );
        return;
    }
    if config.bank.api_key.is_none() {
        found.refuse("HANDOVER_BANK__API_KEY", "production needs the key that the bank gave you");
    }
    if config.bank.webhook_secret.is_none() {
        found.refuse(
            "HANDOVER_BANK__WEBHOOK_SECRET",
            "production needs the secret that the bank gave you",
        );
    }
}

/// What is allowed and still deserves a look.
pub(super) fn warnings(config: &Config) -> Vec<Finding> {
    let mut found = Findings::default();
    let open = |address: SocketAddr| !address.ip().is_loopback();
    if config.metrics.listen.is_some_and(open) && config.metrics.token.is_none() {
        found.refuse(
            "HANDOVER_METRICS__LISTEN",
            "everybody who reaches it reads the figures; set HANDOVER_METRICS__TOKEN too",
        );
    }
    if config.mode == Mode::Demo && open(config.listen) {
        found.refuse(
            "HANDOVER_MODE",
            "this is the demonstration: play money and known keys, and others can reach it",
        );
    }
    if config.mode == Mode::Demo && config.account.captcha == Captcha::Off {
        found.refuse("HANDOVER_ACCOUNT__CAPTCHA", "nothing stands between a program and your mail server");
    }
    if config.mode == Mode::Production {
        production(config, &mut found);
    }
    found.into_inner()
}

fn production(config: &Config, found: &mut Findings) {
    let postgres = config.database.is_postgres();
    if !postgres {
        found.refuse(
            "HANDOVER_DATABASE__URL",
            "SQLite serves one process on one machine; back up its folder",
        );
    }
    if postgres && config.storage.url.is_none() {
        found.refuse(
            "HANDOVER_STORAGE__URL",
            "files lie in the data folder; several servers need one that they share, or S3",
        );
    }
    match &config.mail.url {
        None => found.refuse("HANDOVER_MAIL__URL", "mails are written into a folder and reach nobody"),
        Some(url) if !encrypted(url) => found.refuse("HANDOVER_MAIL__URL", "mails travel in the clear; use `smtps://` or `?tls=required`"),
        Some(_) => {}
    }
    let clear = |url: &&String| url.starts_with("http://");
    if let Some(url) = config.allowed_origins.iter().find(clear) {
        found.refuse(
            "HANDOVER_ALLOWED_ORIGINS",
            format!("`{url}` is not encrypted; its users can be spied on"),
        );
    }
    if config.bank.url.iter().any(|url| clear(&url)) {
        found.refuse("HANDOVER_BANK__URL", "is not encrypted");
    }
    if config.storage.endpoint.iter().any(|url| clear(&url)) {
        found.refuse("HANDOVER_STORAGE__ENDPOINT", "is not encrypted");
    }
    if config.account.appeals == Account::default().appeals {
        found.refuse(
            "HANDOVER_ACCOUNT__APPEALS",
            "a blacklisted user is told this address, and nobody reads it",
        );
    }
    let filter = config.log.filter.to_ascii_lowercase();
    if filter.contains("trace") || filter.contains("debug") {
        found.refuse("HANDOVER_LOG__FILTER", "logs a lot; `warn,handover=info` is meant for production");
    }
    if config.worker.tick_ms > 60_000 {
        found.refuse("HANDOVER_WORKER__TICK_MS", "timers run out up to that much late; 5000 is meant");
    }
}

fn encrypted(mail: &Address) -> bool {
    mail.scheme() == "smtps" || mail.expose().contains("tls=required")
}

#[cfg(test)]
mod tests {
    use super::super::{Address, Config, ConfigError, Mode, Secret};
    use super::*;

    fn names(error: &ConfigError) -> Vec<&str> {
        error.0.iter().map(|finding| finding.name.as_str()).collect()
    }

    /// Settings that production takes without a word.
    fn sound() -> Config {
        let mut config = Config {
            mode: Mode::Production,
            public_url: Some("https://shop.example".to_owned()),
            ..Config::default()
        };
        config.account.identity = Identity::Manual;
        config.account.appeals = "appeals@shop.example".to_owned();
        config.bank.url = Some("https://bank.example".to_owned());
        config.bank.api_key = Some(Secret::from("key"));
        config.bank.webhook_secret = Some(Secret::from("secret"));
        config.keys.seal_file = Some("/run/secrets/seal".into());
        config.keys.token_file = Some("/run/secrets/token".into());
        config.database.url = Some(Address::from("postgres://db/handover"));
        config.redis.url = Some(Address::from("redis://cache"));
        config.storage.url = Some("s3://files".to_owned());
        config.mail.url = Some(Address::from("smtps://mail.example"));
        config
    }

    #[test]
    fn sound_settings_are_taken_without_a_word() {
        assert_eq!(sound().check(), Ok(()));
        assert_eq!(sound().warnings(), []);
        assert_eq!(Config::default().check(), Ok(()));
        assert_eq!(Config::default().warnings(), []);
    }

    #[test]
    fn production_refuses_all_that_is_made_for_trying_out_at_once() {
        let mut config = Config {
            mode: Mode::Production,
            ..Config::default()
        };
        config.account.captcha = Captcha::Off;
        config.account.argon2_passes = 1;
        config.clock.offset = 1;
        config.clock.offset_file = Some("offset".into());
        config.database.url = Some(Address::from("postgres://db/handover"));
        assert_eq!(
            names(&config.check().unwrap_err()),
            [
                "HANDOVER_ACCOUNT__CAPTCHA",
                "HANDOVER_ACCOUNT__IDENTITY",
                "HANDOVER_ACCOUNT__ARGON2_MEMORY_KIB",
                "HANDOVER_BANK__URL",
                "HANDOVER_CLOCK__OFFSET",
                "HANDOVER_CLOCK__OFFSET_FILE",
                "HANDOVER_KEYS__SEAL_FILE",
                "HANDOVER_KEYS__TOKEN_FILE",
                "HANDOVER_PUBLIC_URL",
                "HANDOVER_REDIS__URL",
            ]
        );
    }

    #[test]
    fn each_unsafe_setting_is_refused_by_its_own_name() {
        type Change = fn(&mut Config);
        let changes: [(&str, Change); 9] = [
            ("HANDOVER_ACCOUNT__CAPTCHA", |config| {
                config.account.captcha = Captcha::Fixed("abcde".to_owned())
            }),
            ("HANDOVER_ACCOUNT__IDENTITY", |config| config.account.identity = Identity::Sandbox),
            ("HANDOVER_BANK__URL", |config| config.bank.url = None),
            ("HANDOVER_BANK__API_KEY", |config| config.bank.api_key = None),
            ("HANDOVER_CLOCK__OFFSET", |config| config.clock.offset = -1),
            ("HANDOVER_KEYS__SEAL_FILE", |config| config.keys.seal_file = None),
            ("HANDOVER_KEYS__TOKEN_FILE", |config| config.keys.token_file = None),
            ("HANDOVER_PUBLIC_URL", |config| {
                config.public_url = Some("http://shop.example".to_owned())
            }),
            ("HANDOVER_REDIS__URL", |config| config.redis.url = None),
        ];
        for (name, change) in changes {
            let mut config = sound();
            change(&mut config);
            assert_eq!(names(&config.check().unwrap_err()), [name]);
        }
    }
}
