//! Owns what became of the addresses in a knowledge base when they were tested; refuses to test them. A compilation
//! knows no network: what was found out is handed to it, as the day is.

use std::collections::BTreeMap;

/// What became of each address, by the words in which it is written.
pub type Links = BTreeMap<String, Tested>;

/// What became of one address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tested {
    /// It leads to a page.
    Fine,
    /// Its server says that there is no such page, with this status.
    Gone(u16),
    /// Whether there is a page could not be found out.
    Unanswered(Why),
    /// Nobody has allowed to ask this host.
    NotAllowed(String),
    /// The address leads on to this host, which nobody has allowed to ask.
    LeadsOut(String),
}

/// Why an address could not be tested.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// The server lets only some in (401, 403), or wants to be left alone (429).
    Refused(u16),
    /// The server itself is out of order.
    ServerError(u16),
    Timeout,
    NoSuchHost,
    NoConnection,
    /// The connection cannot be encrypted: a certificate that has run out, for example.
    Certificate,
    /// The name of the host stands for a machine of a private network.
    Private,
    /// The address leads on and on, or to nowhere.
    Redirects,
    /// The server answers in a way that no browser would understand either.
    Nonsense,
}

impl Why {
    /// Key of the template that says so.
    pub fn key(self) -> &'static str {
        match self {
            Self::Refused(_) => "refused",
            Self::ServerError(_) => "server-error",
            Self::Timeout => "timeout",
            Self::NoSuchHost => "no-host",
            Self::NoConnection => "no-connection",
            Self::Certificate => "certificate",
            Self::Private => "private",
            Self::Redirects => "redirects",
            Self::Nonsense => "nonsense",
        }
    }

    /// The status that the server gave, if it gave one.
    pub fn status(self) -> Option<u16> {
        match self {
            Self::Refused(status) | Self::ServerError(status) => Some(status),
            _ => None,
        }
    }
}
