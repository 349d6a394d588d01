//! `faqc check --links`: tests the addresses in a knowledge base, those that `faq.toml` allows and no others.

mod allow;
mod ask;
mod cache;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Mutex;
use std::thread;
use std::time::Duration;

use url::Url;

use self::allow::Allowed;
use self::ask::Client;
use self::cache::Cache;
use super::console::Console;
use super::failure::Failure;
use crate::config::FILE_NAME;
use crate::diag::Arg;
use crate::links::{Links, Tested, Why};
use crate::lints::visit_addresses;
use crate::session::Compilation;

/// Hosts that are asked at the same time; each is asked one thing after the other.
const AT_ONCE: usize = 8;

/// Addresses of one host that may go unanswered before the rest is not asked any more.
const PATIENCE: usize = 2;

/// What a test came to.
#[derive(Debug)]
pub struct Outcome {
    links: Links,
    tested: usize,
    remembered: usize,
    /// Why what was found fine could not be written down, if so.
    forgotten: Option<Failure>,
}

impl Outcome {
    /// What became of every address; says how many there were.
    pub fn tell(self, console: Console) -> Links {
        let number = |number: usize| Arg::Text(number.to_string());
        let not_allowed = self.links.len() - self.tested - self.remembered;
        let counts = [("tested", self.tested), ("remembered", self.remembered), ("not-allowed", not_allowed)];
        console.say("links-tested", &counts.map(|(name, count)| (name, number(count))));
        // What was found out is worth showing all the same.
        self.forgotten.iter().for_each(|failure| console.show_failure(failure));
        self.links
    }
}

/// Tests every address. What was found fine is remembered in the file that the settings name, in a folder with a
/// `faq.toml`.
///
/// # Errors
/// When that file is there and holds something else.
pub fn test(compilation: &Compilation, knowledge_base: &Path) -> Result<Outcome, Failure> {
    let settings = &compilation.model.config.links;
    let allowed = Allowed::new(&settings.allow);
    let (mut links, asked) = sorted(compilation, &allowed);
    let path = knowledge_base.join(FILE_NAME).is_file().then(|| knowledge_base.join(&settings.cache));
    let mut cache = Cache::read(path, settings.days)?;
    let client = Client::new(&allowed, settings.private, Duration::from_secs(settings.timeout.into()));
    let fresh: Vec<&Url> = asked.iter().map(|(_, url)| url).filter(|url| !cache.is_fine(url)).collect();
    let found = ask_all(&client, fresh);
    let tested = asked.iter().filter(|(_, url)| found.contains_key(url.as_str())).count();
    for (written, url) in &asked {
        links.insert(written.clone(), found.get(url.as_str()).cloned().unwrap_or(Tested::Fine));
    }
    cache.remember(asked.iter().map(|(_, url)| url), &found);
    Ok(Outcome { links, tested, remembered: asked.len() - tested, forgotten: cache.write().err() })
}

/// What is known of addresses without asking, and those to be asked: as written, and without what a server is not told.
fn sorted(compilation: &Compilation, allowed: &Allowed) -> (Links, Vec<(String, Url)>) {
    let mut written: Vec<&str> = Vec::new();
    visit_addresses(&compilation.model, &compilation.sources, &mut |span, _| {
        written.push(compilation.sources.text(span))
    });
    written.sort_unstable();
    written.dedup();
    let (mut links, mut asked) = (Links::new(), Vec::new());
    for text in written {
        match Url::parse(text) {
            Ok(url) if allowed.allows(&url) => asked.push((text.to_owned(), allow::bare(url))),
            Ok(url) => {
                links.insert(text.to_owned(), Tested::NotAllowed(allow::host_of(&url)));
            }
            Err(_) => {
                links.insert(text.to_owned(), Tested::Unanswered(Why::NoSuchHost));
            }
        }
    }
    (links, asked)
}

/// The answers, by address.
fn ask_all(client: &Client<'_>, urls: Vec<&Url>) -> BTreeMap<String, Tested> {
    let mut hosts: BTreeMap<String, Vec<&Url>> = BTreeMap::new();
    for url in urls {
        hosts.entry(allow::host_of(url)).or_default().push(url);
    }
    hosts.values_mut().for_each(|urls| {
        urls.sort_unstable();
        urls.dedup();
    });
    let workers = hosts.len().min(AT_ONCE);
    let waiting = Mutex::new(hosts.into_values());
    let found = Mutex::new(BTreeMap::new());
    let next = || waiting.lock().ok().and_then(|mut waiting| waiting.next());
    let work = || {
        while let Some(urls) = next() {
            let answers = ask_host(client, &urls);
            if let Ok(mut found) = found.lock() {
                found.extend(answers);
            }
        }
    };
    thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(work);
        }
    });
    found.into_inner().unwrap_or_default()
}

/// Asks one host; one that does not answer at all is not asked for long.
fn ask_host(client: &Client<'_>, urls: &[&Url]) -> Vec<(String, Tested)> {
    let mut silence: Vec<Why> = Vec::new();
    let mut answers = Vec::new();
    for url in urls {
        let tested = match silence.last().filter(|_| silence.len() >= PATIENCE) {
            Some(why) => Tested::Unanswered(*why),
            None => client.ask(url),
        };
        match tested {
            Tested::Unanswered(why @ (Why::Timeout | Why::NoSuchHost | Why::NoConnection)) => silence.push(why),
            _ => silence.clear(),
        }
        answers.push((url.as_str().to_owned(), tested));
    }
    answers
}
