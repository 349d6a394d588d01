//! The table `[links]` of `faq.toml`: which hosts may be asked, and how.

use toml::de::DeValue;
use unicode_normalization::UnicodeNormalization;

use super::{Reader, Value, suggested, wrong_value};

/// How addresses are tested, when somebody asks for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkSettings {
    /// Hosts as written: `example.com`, `*.example.com`, `example.com:8080`.
    pub allow: Vec<String>,
    /// Whether names of allowed hosts may stand for machines of a private network.
    pub private: bool,
    /// For how many days an address that was fine is not tested again.
    pub days: u32,
    /// Seconds that an answer may take.
    pub timeout: u32,
    /// The file that remembers what was fine, from the folder of the knowledge base.
    pub cache: String,
}

impl Default for LinkSettings {
    fn default() -> Self {
        let cache = ".faqc/links.json".to_owned();
        Self { allow: Vec::new(), private: false, days: 7, timeout: 10, cache }
    }
}

const KEYS: [&str; 5] = ["allow", "private", "days", "timeout", "cache"];
const MOST_DAYS: u32 = 365;
const MOST_SECONDS: u32 = 120;

impl Reader<'_> {
    pub(super) fn links(&mut self, value: &Value<'_>) -> LinkSettings {
        let mut settings = LinkSettings::default();
        let Some(table) = value.get_ref().as_table() else {
            wrong_value("links", "a-link-table", self.span(value)).push_to(self.diagnostics);
            return settings;
        };
        for (key, value) in table {
            match key.get_ref().as_ref() {
                "allow" => settings.allow = self.hosts(value),
                "private" => settings.private = self.switch("private", value),
                "days" => {
                    settings.days = self.count("days", 0..=MOST_DAYS, "some-days", value).unwrap_or(settings.days)
                }
                "timeout" => {
                    let seconds = self.count("timeout", 1..=MOST_SECONDS, "some-seconds", value);
                    settings.timeout = seconds.unwrap_or(settings.timeout);
                }
                "cache" => settings.cache = self.cache(value).unwrap_or(settings.cache),
                _ => self.no_such_key("links.", key, None, &KEYS),
            }
        }
        settings
    }

    fn hosts(&mut self, value: &Value<'_>) -> Vec<String> {
        let Some(values) = value.get_ref().as_array() else {
            wrong_value("allow", "some-hosts", self.span(value)).push_to(self.diagnostics);
            return Vec::new();
        };
        values.iter().filter_map(|value| self.host(value)).collect()
    }

    fn host(&mut self, value: &Value<'_>) -> Option<String> {
        let written = value.get_ref().as_str().unwrap_or_default();
        let host: String = written.trim().nfkc().collect();
        if is_host(&host) {
            return Some(host);
        }
        let wrong = wrong_value("allow", "some-hosts", self.span(value));
        // An address in the place of its host.
        let meant = written.split_once("://").and_then(|(_, rest)| rest.split(['/', '?', '#']).next());
        let meant = meant.filter(|host| is_host(host));
        self.diagnostics.push(suggested(wrong, meant, self.span(value)));
        None
    }

    fn switch(&mut self, key: &'static str, value: &Value<'_>) -> bool {
        let DeValue::Boolean(on) = value.get_ref() else {
            wrong_value(key, "true-or-false", self.span(value)).push_to(self.diagnostics);
            return false;
        };
        *on
    }

    fn count(
        &mut self,
        key: &'static str,
        range: std::ops::RangeInclusive<u32>,
        expected: &'static str,
        value: &Value<'_>,
    ) -> Option<u32> {
        let number = value.get_ref().as_integer().and_then(|number| number.as_str().parse().ok());
        let number = number.filter(|number| range.contains(number));
        if number.is_none() {
            wrong_value(key, expected, self.span(value)).push_to(self.diagnostics);
        }
        number
    }

    /// A path that stays in the folder, so that a knowledge base of others writes nowhere else.
    fn cache(&mut self, value: &Value<'_>) -> Option<String> {
        let path = self.text("cache", value)?.to_owned();
        let is_part = |part: &str| !part.is_empty() && part != ".." && part != ".";
        let is_inside = path.split('/').all(is_part) && !path.contains(['\\', ':']) && path.ends_with(".json");
        if !is_inside {
            wrong_value("cache", "a-file-inside", self.span(value)).push_to(self.diagnostics);
        }
        is_inside.then_some(path)
    }
}

/// A name or a number of a host, with a port or without; `*.` before a name stands for all names below it.
fn is_host(written: &str) -> bool {
    let name = written.strip_prefix("*.").unwrap_or(written);
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | ':' | '[' | ']');
    !name.is_empty() && name.chars().all(is_part) && name.contains(char::is_alphanumeric)
}
