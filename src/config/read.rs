//! Settings out of a file and the environment. Every mistake is told, not only the first.

use std::{collections::BTreeMap, ops::Range};

use serde_json::{Value, json};

use super::{Config, ConfigError, Findings};

const PREFIX: &str = "HANDOVER_";
/// Between the parts of a path.
const SEPARATOR: &str = "__";

/// Lays the file, then the variables, over the defaults.
pub(super) fn read(file: Option<&str>, variables: impl IntoIterator<Item = (String, String)>) -> Result<Config, ConfigError> {
    let mut found = Findings::default();
    let mut laid = Laid {
        tree: json!(Config::default()),
        config: Config::default(),
    };
    if let Some(path) = file {
        match parse(path) {
            Ok(table) => laid.table(&[], &table, path, &mut found),
            Err(why) => found.refuse("HANDOVER_CONFIG", why),
        }
    }
    let ours: BTreeMap<_, _> = variables
        .into_iter()
        .filter(|(name, text)| is_setting(name) && !text.is_empty())
        .collect();
    for (name, text) in ours {
        let path: Vec<String> = name[PREFIX.len()..].split(SEPARATOR).map(str::to_lowercase).collect();
        if let Err(why) = laid.lay(&path, readings(&text)) {
            found.refuse(name, why);
        }
    }
    // What could be read is checked as well, so that nobody starts three times to see three mistakes.
    let mut all = found.into_inner();
    all.extend(laid.config.check().err().into_iter().flat_map(|error| error.0));
    if all.is_empty() { Ok(laid.config) } else { Err(ConfigError(all)) }
}

/// Names with our prefix that are not settings of the server: the file's own name, and what the tests use.
fn is_setting(name: &str) -> bool {
    name.starts_with(PREFIX) && name != "HANDOVER_CONFIG" && !name.starts_with("HANDOVER_TEST_")
}

fn parse(path: &str) -> Result<Value, String> {
    let text = std::fs::read_to_string(path).map_err(|error| format!("{path} cannot be read: {error}"))?;
    let table: toml::Table = text
        .parse()
        .map_err(|error: toml::de::Error| format!("{path} is not TOML{}: {}", place(&text, error.span()), error.message()))?;
    serde_json::to_value(table).map_err(|error| format!("{path} is not TOML: {error}"))
}

/// Where in a text something begins. The line itself is not told: a secret may stand in it.
fn place(text: &str, at: Option<Range<usize>>) -> String {
    let Some(before) = at.and_then(|at| text.get(..at.start)) else {
        return String::new();
    };
    let (line, column) = (
        before.matches('\n').count() + 1,
        before.rsplit('\n').next().map_or(0, |line| line.chars().count()) + 1,
    );
    format!(" at line {line}, column {column}")
}

/// What a variable's text may mean, the likeliest first: text, a number or truth value, a list.
fn readings(text: &str) -> Vec<Value> {
    let mut all = vec![json!(text)];
    all.extend(
        serde_json::from_str::<Value>(text.trim())
            .ok()
            .filter(|value| value.is_number() || value.is_boolean()),
    );
    all.push(text.split(',').map(str::trim).filter(|item| !item.is_empty()).collect());
    all
}

/// The settings so far.
struct Laid {
    /// As they were written, so that secrets are whole in it; the defaults have none.
    tree: Value,
    config: Config,
}

impl Laid {
    /// Lays the entries of a file's table.
    fn table(&mut self, at: &[String], table: &Value, file: &str, found: &mut Findings) {
        for (key, value) in table.as_object().into_iter().flatten() {
            let path = [at, std::slice::from_ref(key)].concat();
            let group = slot(&mut self.tree, &path).is_some_and(|slot| slot.is_object());
            if group && value.is_object() {
                self.table(&path, value, file, found);
            } else if let Err(why) = self.lay(&path, vec![value.clone()]) {
                found.refuse(name(&path), format!("{why} (in {file})"));
            }
        }
    }

    /// Sets one setting to the first of these values that it takes.
    fn lay(&mut self, path: &[String], values: Vec<Value>) -> Result<(), String> {
        let before = match slot(&mut self.tree, path) {
            None => return Err("there is no such setting; `handover config check` lists all".to_owned()),
            Some(Value::Object(_)) => return Err("is a group of settings, not one".to_owned()),
            Some(slot) => slot.clone(),
        };
        let mut mistakes = Vec::new();
        for value in values {
            self.put(path, value);
            match serde_json::from_value(self.tree.clone()) {
                Ok(config) => {
                    self.config = config;
                    return Ok(());
                }
                Err(error) => mistakes.push(error.to_string()),
            }
        }
        self.put(path, before);
        // A value of the right kind that is not allowed says more than one of the wrong kind.
        let telling = mistakes
            .iter()
            .find(|mistake| !mistake.starts_with("invalid type"))
            .or(mistakes.first());
        Err(telling.map(|mistake| plain(mistake)).unwrap_or_default())
    }

    fn put(&mut self, path: &[String], value: Value) {
        if let Some(slot) = slot(&mut self.tree, path) {
            *slot = value;
        }
    }
}

fn slot<'a>(tree: &'a mut Value, path: &[String]) -> Option<&'a mut Value> {
    path.iter().try_fold(tree, |value, part| value.as_object_mut()?.get_mut(part))
}

fn name(path: &[String]) -> String {
    format!("{PREFIX}{}", path.join(SEPARATOR).to_uppercase())
}

/// A mistake in the words of people who do not write Rust.
fn plain(mistake: &str) -> String {
    const KINDS: [(&str, &str); 7] = [
        ("expected u8", "expected a whole number from 0 to 255"),
        ("expected u16", "expected a whole number from 0 to 65535"),
        ("expected u32", "expected a whole number from 0 to 4294967295"),
        ("expected u64", "expected a whole number, 0 or more"),
        ("expected i64", "expected a whole number"),
        ("expected a boolean", "expected true or false"),
        ("invalid socket address syntax", "expected an address and a port, as 127.0.0.1:8080"),
    ];
    let mut text = mistake.to_owned();
    for (theirs, ours) in KINDS {
        text = text.replace(theirs, ours);
    }
    text
}

/// Every setting by its environment name with its value.
pub(super) fn leaves(config: &Config) -> Vec<(String, Option<String>)> {
    let mut all = Vec::new();
    walk(&json!(config), &[], &mut all);
    all
}

fn walk(value: &Value, at: &[String], all: &mut Vec<(String, Option<String>)>) {
    let shown = match value {
        Value::Object(map) => {
            for (key, value) in map {
                walk(value, &[at, std::slice::from_ref(key)].concat(), all);
            }
            return;
        }
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        Value::Array(items) => Some(items.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(",")).filter(|text| !text.is_empty()),
        Value::Bool(_) | Value::Number(_) => Some(value.to_string()),
    };
    all.push((name(at), shown));
}

#[cfg(test)]
mod tests {
    use super::super::{Captcha, LogFormat, Mode};
    use super::*;

    fn from(variables: &[(&str, &str)]) -> Result<Config, ConfigError> {
        read(None, variables.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())))
    }

    #[test]
    fn variables_change_the_defaults_each_by_its_own_kind() {
        let config = from(&[
            ("HANDOVER_LISTEN", "127.0.0.1:0"),
            ("HANDOVER_ALLOWED_ORIGINS", "https://a.example, https://b.example"),
            ("HANDOVER_TRUSTED_PROXIES", "10.0.0.1"),
            ("HANDOVER_ACCOUNT__CAPTCHA", "fixed:12345"),
            ("HANDOVER_WALLET__SETTLING_DAYS", "0"),
            ("HANDOVER_REDIS__ESSENTIAL", "true"),
            ("HANDOVER_REDIS__PREFIX", "42"),
            ("HANDOVER_KEYS__TOKEN", "12345678"),
            ("HANDOVER_LOG__FORMAT", "json"),
            ("HANDOVER_PUBLIC_URL", ""),
            ("HANDOVER_TEST_POSTGRES", "not ours"),
            ("PATH", "/bin"),
        ])
        .unwrap();
        assert_eq!(config.listen.port(), 0);
        assert_eq!(config.allowed_origins, ["https://a.example", "https://b.example"]);
        assert_eq!(config.trusted_proxies.len(), 1);
        assert_eq!(config.account.captcha, Captcha::Fixed("12345".to_owned()));
        assert_eq!((config.wallet.settling_days, config.redis.essential), (0, true));
        assert_eq!(config.redis.prefix, "42");
        assert_eq!(config.keys.token.as_ref().map(|token| token.expose()), Some("12345678"));
        assert_eq!(config.log.format, LogFormat::Json);
        assert_eq!(config.public_url, None);
    }

    #[test]
    fn every_mistake_is_told_at_once_by_name_with_what_is_allowed() {
        let error = from(&[
            ("HANDOVER_MODE", "prod"),
            ("HANDOVER_LISTEN", "8080"),
            ("HANDOVER_WALLET__SETTLING_DAYS", "400"),
            ("HANDOVER_WALLET__SETTLING_DAYS_NEW_SELLER", "91"),
            ("HANDOVER_ORDER__CONFIRM_HOURS", "soon"),
            ("HANDOVER_REDIS__ESSENTIAL", "maybe"),
            ("HANDOVER_WALET__SETTLING_DAYS", "3"),
            ("HANDOVER_WALLET", "3"),
            ("HANDOVER_TRUSTED_PROXIES", "10.0.0.1,proxy"),
            ("HANDOVER_ACCOUNT__CAPTCHA", "none"),
        ])
        .unwrap_err();
        let told = error.to_string();
        for line in [
            "HANDOVER_ACCOUNT__CAPTCHA: must be `image`, `fixed:TEXT` or `off`",
            "HANDOVER_LISTEN: expected an address and a port, as 127.0.0.1:8080",
            "HANDOVER_MODE: unknown variant `prod`, expected `demo` or `production`",
            "HANDOVER_ORDER__CONFIRM_HOURS: invalid type: string \"soon\", expected a whole number from 0 to 65535",
            "HANDOVER_REDIS__ESSENTIAL: invalid type: string \"maybe\", expected true or false",
            "HANDOVER_TRUSTED_PROXIES: invalid IP address syntax",
            "HANDOVER_WALET__SETTLING_DAYS: there is no such setting; `handover config check` lists all",
            "HANDOVER_WALLET: is a group of settings, not one",
            "HANDOVER_WALLET__SETTLING_DAYS: invalid value: integer `400`, expected a whole number from 0 to 255",
            "HANDOVER_WALLET__SETTLING_DAYS_NEW_SELLER: must be 0 to 90 days",
        ] {
            assert!(told.lines().any(|other| other.trim() == line), "{line}\nis not in\n{told}");
        }
        assert_eq!(error.0.len(), 10, "{told}");
    }

    #[test]
    fn a_file_goes_before_the_defaults_and_behind_the_environment() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("handover.toml");
        std::fs::write(
            &path,
            "mode = \"demo\"\n[wallet]\nsettling_days = 5\nsettling_days_new_seller = 9\n[log]\nfilter = \"info\"\n",
        )
        .unwrap();
        let path = path.to_str().unwrap();
        let config = read(Some(path), [("HANDOVER_WALLET__SETTLING_DAYS".to_owned(), "6".to_owned())]).unwrap();
        assert_eq!((config.wallet.settling_days, config.wallet.settling_days_new_seller), (6, 9));
        assert_eq!((config.mode, config.log.filter.as_str()), (Mode::Demo, "info"));

        std::fs::write(
            path,
            "[wallet]\nsettling_days = \"many\"\nsettling = 1\n[order]\nconfirm_hours = 0\n",
        )
        .unwrap();
        let told = read(Some(path), []).unwrap_err().to_string();
        for part in [
            "HANDOVER_WALLET__SETTLING_DAYS: ",
            "HANDOVER_WALLET__SETTLING: there is no such",
            "HANDOVER_ORDER__CONFIRM_HOURS: must be",
        ] {
            assert!(told.contains(part), "{told}");
        }
        assert!(
            read(Some("/nowhere"), [])
                .unwrap_err()
                .to_string()
                .contains("HANDOVER_CONFIG: /nowhere cannot be read")
        );
    }

    #[test]
    fn secrets_set_before_survive_what_is_set_after_and_show_nowhere() {
        let config = from(&[
            ("HANDOVER_BANK__API_KEY", "s3cret-one"),
            ("HANDOVER_DATABASE__URL", "postgres://ann:s3cret-two@db/handover"),
            ("HANDOVER_KEYS__TOKEN", "s3cret-three"),
            ("HANDOVER_WORKER__TICK_MS", "50"),
        ])
        .unwrap();
        assert_eq!(config.bank.api_key.as_ref().map(|key| key.expose()), Some("s3cret-one"));
        assert_eq!(config.database_url(), "postgres://ann:s3cret-two@db/handover");
        let shown = format!("{config:?} {:?}", config.in_force());
        assert!(!shown.contains("s3cret"), "{shown}");
        assert!(shown.contains("postgres://ann:***@db/handover"), "{shown}");
    }

    #[test]
    fn a_mistake_in_a_file_is_told_without_the_secret_in_its_line() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("handover.toml");
        for (text, told) in [
            ("[keys]\ntoken = s3cret-four\n", "is not TOML at line 2, column "),
            ("[keys]\ntoken = \"s3cret-five\nmode = 1\n", "is not TOML at line "),
            ("[keys]\ntoken = 777700007777\n", "HANDOVER_KEYS__TOKEN: must be a text in quotes"),
        ] {
            std::fs::write(&path, text).unwrap();
            let error = read(path.to_str(), []).unwrap_err().to_string();
            assert!(
                error.contains(told) && !error.contains("s3cret") && !error.contains("7777"),
                "{error}"
            );
        }
    }
}
