//! Asks a host whether a page is there: first for its head alone, and where that is refused for the page, of which the body
//! is not read. Refuses to know which knowledge base wants to know it.
//!
//! Every address on the way is checked, as no server may lead the reader's machine to a host that nobody has allowed, and
//! none to a machine of its own network. The only user of ureq and of the network as a client.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::time::Duration;

use ureq::Agent;
use ureq::config::Config;
use ureq::http::Uri;
use ureq::tls::{RootCerts, TlsConfig};
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};
use url::Url;

use super::allow::{Allowed, bare, host_of};
use crate::links::{Tested, Why};

/// How often an address may lead on.
const MOST_REDIRECTS: usize = 5;

/// How the hosts know who asks.
const NAME: &str = concat!("faqc/", env!("CARGO_PKG_VERSION"));

/// Asks hosts.
#[derive(Debug)]
pub struct Client<'a> {
    agent: Agent,
    allowed: &'a Allowed,
}

/// What a server says to one question.
enum Answer {
    Status(u16),
    /// Where it leads, as written.
    Leads(Option<String>),
}

impl<'a> Client<'a> {
    /// `private`: whether the name of an allowed host may stand for a machine of a private network. `timeout`: of one
    /// question, from the look-up of the name to the head of the answer.
    pub fn new(allowed: &'a Allowed, private: bool, timeout: Duration) -> Self {
        let tls = TlsConfig::builder().root_certs(RootCerts::PlatformVerifier).build();
        let config = Config::builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .timeout_global(Some(timeout))
            .user_agent(NAME)
            .tls_config(tls)
            .build();
        let resolver = OnlyPublic { resolver: DefaultResolver::default(), private };
        Self { agent: Agent::with_parts(config, DefaultConnector::new(), resolver), allowed }
    }

    /// What becomes of an allowed address.
    pub fn ask(&self, url: &Url) -> Tested {
        let mut at = url.clone();
        for _ in 0..=MOST_REDIRECTS {
            let to = match self.answer(&at) {
                Ok(Answer::Status(status)) => return judged(status),
                Ok(Answer::Leads(to)) => to,
                Err(error) => return Tested::Unanswered(why(&error)),
            };
            let Some(next) = to.and_then(|to| at.join(&to).ok()).filter(|next| next.host_str().is_some()) else {
                return Tested::Unanswered(Why::Redirects);
            };
            if !self.allowed.allows(&next) {
                return Tested::LeadsOut(host_of(&next));
            }
            at = bare(next);
        }
        Tested::Unanswered(Why::Redirects)
    }

    fn answer(&self, url: &Url) -> Result<Answer, ureq::Error> {
        let url = url.as_str();
        let head = self.agent.head(url).call()?;
        // Not every server has made up its mind about heads.
        let answer = match head.status().as_u16() {
            200..=399 | 429 | 503 => head,
            _ => self.agent.get(url).call()?,
        };
        let status = answer.status().as_u16();
        if !matches!(status, 301 | 302 | 303 | 307 | 308) {
            return Ok(Answer::Status(status));
        }
        let to = answer.headers().get("location").map(|to| String::from_utf8_lossy(to.as_bytes()).into_owned());
        Ok(Answer::Leads(to))
    }
}

fn judged(status: u16) -> Tested {
    match status {
        200..=299 | 304 => Tested::Fine,
        401 | 402 | 403 | 407 | 408 | 425 | 429 | 451 => Tested::Unanswered(Why::Refused(status)),
        400..=499 => Tested::Gone(status),
        500..=599 => Tested::Unanswered(Why::ServerError(status)),
        _ => Tested::Unanswered(Why::Nonsense),
    }
}

fn why(error: &ureq::Error) -> Why {
    use std::io::ErrorKind;
    match error {
        ureq::Error::Timeout(_) => Why::Timeout,
        ureq::Error::HostNotFound => Why::NoSuchHost,
        ureq::Error::ConnectionFailed | ureq::Error::ConnectProxyFailed(_) => Why::NoConnection,
        ureq::Error::Tls(_) | ureq::Error::Rustls(_) => Why::Certificate,
        ureq::Error::Other(error) if error.is::<IsPrivate>() => Why::Private,
        ureq::Error::Io(error) => match error.kind() {
            ErrorKind::TimedOut | ErrorKind::WouldBlock => Why::Timeout,
            // What rustls finds wrong in the middle of it.
            ErrorKind::InvalidData => Why::Certificate,
            ErrorKind::UnexpectedEof | ErrorKind::ConnectionAborted | ErrorKind::ConnectionReset => Why::NoConnection,
            _ if error.raw_os_error().is_some() => Why::NoConnection,
            // That a name is unknown has no kind of its own, and no number.
            _ => Why::NoSuchHost,
        },
        _ => Why::Nonsense,
    }
}

/// Leaves out the addresses of private networks that a name stands for. A number that somebody allowed by itself is meant.
#[derive(Debug)]
struct OnlyPublic {
    resolver: DefaultResolver,
    private: bool,
}

/// That a name stands for private addresses alone.
#[derive(Debug)]
struct IsPrivate;

impl fmt::Display for IsPrivate {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str("an address of a private network")
    }
}

impl std::error::Error for IsPrivate {}

impl Resolver for OnlyPublic {
    fn resolve(&self, uri: &Uri, config: &Config, timeout: NextTimeout) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let found = self.resolver.resolve(uri, config, timeout)?;
        let host = uri.host().unwrap_or_default().trim_matches(['[', ']']);
        let is_proxy = config.proxy().is_some_and(|proxy| proxy.uri() == uri);
        if self.private || is_proxy || host.parse::<IpAddr>().is_ok() {
            return Ok(found);
        }
        let mut public = self.empty();
        found.iter().filter(|address| is_public(address.ip())).for_each(|address| public.push(*address));
        if public.is_empty() { Err(ureq::Error::Other(Box::new(IsPrivate))) } else { Ok(public) }
    }
}

/// By the registries of addresses for special purposes (RFC 6890), as far as they name networks of one's own.
fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_4(address),
        IpAddr::V6(address) => match address.to_ipv4_mapped() {
            Some(mapped) => is_public_4(mapped),
            None => is_public_6(address),
        },
    }
}

fn is_public_4(address: Ipv4Addr) -> bool {
    let [first, second, ..] = address.octets();
    let is_shared = first == 100 && (64..128).contains(&second);
    let is_own = address.is_loopback() || address.is_private() || address.is_link_local() || is_shared;
    !is_own && first != 0 && !address.is_broadcast() && !address.is_multicast()
}

fn is_public_6(address: Ipv6Addr) -> bool {
    let [first, second, .., sixth, seventh, eighth] = address.segments();
    // An IPv4 address on the way through a translator.
    if (first, second) == (0x64, 0xff9b) {
        let [[a, b], [c, d]] = [seventh.to_be_bytes(), eighth.to_be_bytes()];
        return sixth == 0 && is_public_4(Ipv4Addr::new(a, b, c, d));
    }
    let is_own = address.is_loopback() || address.is_unique_local() || address.is_unicast_link_local();
    !is_own && !address.is_unspecified() && !address.is_multicast()
}

#[cfg(test)]
mod tests {
    #[test]
    fn private_addresses_are_known_in_every_form() {
        let private = [
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "::1",
            "::",
            "fe80::1",
            "fd00::1",
            "::ffff:10.0.0.1",
            "64:ff9b::7f00:1",
            "224.0.0.1",
        ];
        let public = ["93.184.216.34", "172.32.0.1", "100.128.0.1", "2606:2800:220:1::1", "64:ff9b::5db8:d822"];
        let is_public = |text: &&str| super::is_public(text.parse().expect("an address"));
        assert_eq!(private.iter().filter(|text| is_public(text)).count(), 0);
        assert_eq!(public.iter().filter(|text| is_public(text)).count(), public.len());
    }
}
