//! `[site]` of `faq.toml`: what the web site does beside showing the FAQ; refuses to know how pages do it.

use super::{Reader, Value, nearest, suggested, wrong_value};

/// What `[site]` says, as written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SiteConfig {
    /// Where searches without a hit are told; nowhere unless it is said.
    pub log_misses: Option<MissLog>,
}

/// Who is told of searches without a hit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MissLog {
    /// The console of the reader's browser.
    Console,
    /// What answers at this address, `https://…` or `http://…` in ASCII without user or fragment.
    Address(String),
}

const CONSOLE: &str = "console";
pub(super) const KEYS: [&str; 1] = ["log-misses"];

impl Reader<'_> {
    pub(super) fn site(&mut self, value: &Value<'_>, config: &mut SiteConfig) {
        let Some(table) = value.get_ref().as_table() else {
            wrong_value("site", "a-site-table", self.span(value)).push_to(self.diagnostics);
            return;
        };
        for (key, value) in table {
            match key.get_ref().as_ref() {
                "log-misses" => config.log_misses = self.miss_log(value),
                _ => self.no_such_key("", key, None, &KEYS),
            }
        }
    }

    fn miss_log(&mut self, value: &Value<'_>) -> Option<MissLog> {
        let written = value.get_ref().as_str().unwrap_or_default().trim();
        if written == CONSOLE {
            return Some(MissLog::Console);
        }
        if is_address(written) {
            return Some(MissLog::Address(written.to_owned()));
        }
        let span = self.span(value);
        let with_scheme = format!("https://{written}");
        let meant = match nearest(&written.to_lowercase(), [CONSOLE].into_iter()) {
            None if written.contains(['.', ':']) && is_address(&with_scheme) => Some(with_scheme.as_str()),
            console => console,
        };
        self.diagnostics.push(suggested(wrong_value("log-misses", "a-miss-log", span), meant, span));
        None
    }
}

/// Whether a page may be allowed to reach this address and no other: a policy has no way to write users, fragments and other letters.
fn is_address(written: &str) -> bool {
    let rest = written.strip_prefix("https://").or_else(|| written.strip_prefix("http://"));
    let Some(rest) = rest else { return false };
    let host = rest.split(['/', '?']).next().unwrap_or_default();
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    let is_host = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | ':' | '[' | ']');
    let has_name = name.contains(|c: char| c.is_ascii_alphanumeric());
    let is_plain = |c: char| c.is_ascii_graphic() && !matches!(c, '"' | '\'' | '<' | '>' | '\\' | '#' | '*');
    has_name && host.chars().all(is_host) && rest.chars().all(is_plain)
}

#[cfg(test)]
mod tests {
    use super::is_address;

    #[test]
    fn addresses_are_what_a_policy_can_name() {
        for written in
            ["https://faq.example.jp/misses", "http://localhost:8080/", "https://a.example", "https://[::1]:80/x?y=z"]
        {
            assert!(is_address(written), "{written}");
        }
        for written in [
            "",
            "console",
            "//a.example",
            "ftp://a.example",
            "https://",
            "https:///x",
            "https://:80/x",
            "https://*.example",
            "https://a b.example",
            "https://user@a.example/",
            "https://a.example/#x",
            "https://例え.jp/",
            "https://a.example/\"><script>",
            "javascript:alert(1)",
        ] {
            assert!(!is_address(written), "{written}");
        }
    }
}
