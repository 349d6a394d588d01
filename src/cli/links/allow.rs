//! Which hosts may be asked. Refuses to ask them.

use url::{Host, Url};

/// The hosts of `[links] allow`.
#[derive(Debug)]
pub struct Allowed {
    hosts: Vec<Pattern>,
}

#[derive(Debug)]
struct Pattern {
    /// As `Url` writes hosts.
    host: String,
    /// All names below the host instead of itself.
    below: bool,
    /// Without one, the usual port of the scheme.
    port: Option<u16>,
}

impl Allowed {
    /// What is no host allows none.
    pub fn new(written: &[String]) -> Self {
        Self { hosts: written.iter().filter_map(|written| pattern(written)).collect() }
    }

    pub fn allows(&self, url: &Url) -> bool {
        let Some(host) = url.host_str() else { return false };
        let is_web = matches!(url.scheme(), "http" | "https");
        is_web && self.hosts.iter().any(|pattern| pattern.matches(host, url))
    }
}

impl Pattern {
    fn matches(&self, host: &str, url: &Url) -> bool {
        let port_matches = match self.port {
            None => url.port().is_none(),
            port => url.port_or_known_default() == port,
        };
        let host_matches = match self.below {
            true => host.strip_suffix(self.host.as_str()).is_some_and(|rest| rest.len() > 1 && rest.ends_with('.')),
            false => host == self.host,
        };
        port_matches && host_matches
    }
}

fn pattern(written: &str) -> Option<Pattern> {
    let (below, rest) = match written.strip_prefix("*.") {
        Some(rest) => (true, rest),
        None => (false, written),
    };
    // The colons of `[::1]` are none of a port.
    let (host, port) = match rest.rsplit_once(':').filter(|(host, _)| !host.contains('[') || host.ends_with(']')) {
        Some((host, port)) => (host, Some(port.parse().ok()?)),
        None => (rest, None),
    };
    Some(Pattern { host: Host::parse(host).ok()?.to_string(), below, port })
}

/// The host of an address, with its port unless that is the usual one.
pub fn host_of(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}

/// Without what no server is told: the place within the page, and a name and password.
pub fn bare(mut url: Url) -> Url {
    url.set_fragment(None);
    // Only addresses without a host refuse, and those have neither.
    let _ = url.set_username("");
    let _ = url.set_password(None);
    url
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_is_allowed_as_it_is_written_and_no_other() {
        let written = ["example.com", "*.example.org", "127.0.0.1:8080", "[::1]", "例え.jp"].map(str::to_owned);
        let allowed = Allowed::new(&written);
        let cases = [
            ("https://example.com/a", true),
            ("http://EXAMPLE.com", true),
            ("https://example.com:444/", false),
            ("https://www.example.com/", false),
            ("https://example.com.evil.test/", false),
            ("https://example.com@evil.test/", false),
            ("https://evil.test/example.com", false),
            ("https://a.b.example.org/", true),
            ("https://example.org/", false),
            ("https://evilexample.org/", false),
            ("http://127.0.0.1:8080/", true),
            ("http://127.0.0.1/", false),
            ("http://2130706433:8080/", true),
            ("http://[::1]/", true),
            ("https://xn--r8jz45g.jp/", true),
            ("ftp://example.com/", false),
            ("file:///etc/passwd", false),
        ];
        for (url, expected) in cases {
            assert_eq!(allowed.allows(&Url::parse(url).expect("an address")), expected, "{url}");
        }
    }
}
