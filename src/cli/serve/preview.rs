//! The site as it is now, and how it is made anew. Refuses to know who asks for it and when files change.

use std::collections::BTreeMap;
use std::sync::{Arc, RwLock};
use std::time::Instant;

use serde::Serialize;
use tokio::sync::watch;

use crate::cli::console::Console;
use crate::cli::failure::Failure;
use crate::cli::files::Loaded;
use crate::cli::report::scene;
use crate::cli::saves::Saves;
use crate::diag::{
    Arg, Count, Diagnostic, Diagnostics, Finding, Levels, Scene, first_findings, render_first, settle, wire_findings,
};
use crate::emit::site::{File, LastSearch, Site};
use crate::emit::table::{LastTable, build_table_again};
use crate::session::{Compilation, Reread, Session};
use crate::source::Sources;
use crate::table::Table;

/// So many findings are shown after a save, those first that keep the site from being made.
const SHOWN: usize = 50;

/// What browsers are shown. It outlives mistakes: until they are mended, the last sound version stays.
#[derive(Debug)]
pub struct Preview {
    built: RwLock<Option<Arc<Built>>>,
    /// What is said to pages that follow, as JSON; each new value is an event.
    news: watch::Sender<String>,
}

impl Default for Preview {
    fn default() -> Self {
        Self { built: RwLock::default(), news: watch::Sender::new(String::new()) }
    }
}

/// A version of the site, its pages made when they are asked for.
#[derive(Debug)]
pub struct Built {
    site: Site,
    /// All but what the searches load.
    files: BTreeMap<String, File>,
}

impl Built {
    fn new(table: Table, last_search: LastSearch) -> Self {
        let site = Site::preview(table, last_search);
        let files = site.pages().into_iter().map(|file| (file.path.clone(), file)).collect();
        Self { site, files }
    }

    /// What stands in a file of the site.
    pub fn text(&self, path: &str) -> Option<String> {
        let page = self.files.get(path).map(|file| self.site.writer().text(file));
        page.or_else(|| self.site.search_text(path).map(str::to_owned))
    }
}

impl Preview {
    pub fn built(&self) -> Option<Arc<Built>> {
        self.built.read().unwrap_or_else(std::sync::PoisonError::into_inner).clone()
    }

    pub fn follow(&self) -> watch::Receiver<String> {
        self.news.subscribe()
    }

    /// Gives the version before.
    fn replace(&self, built: Built) -> Option<Arc<Built>> {
        self.built.write().unwrap_or_else(std::sync::PoisonError::into_inner).replace(Arc::new(built))
    }
}

/// What a page is told: which version there is, and what is wrong.
#[derive(Serialize)]
struct News<'a> {
    /// Which run of the program tells it: another one begins to count anew.
    run: u64,
    /// Counts the sound versions.
    version: u64,
    /// The first ones.
    findings: Vec<Finding<'a>>,
    /// Of all, how many are errors, and how many are not.
    errors: usize,
    others: usize,
}

/// Makes versions, one after the other; what the last one was made from is kept, so that only what an edit touched is proved anew.
#[derive(Debug)]
pub struct Maker {
    preview: Arc<Preview>,
    session: Session,
    console: Console,
    run: u64,
    version: u64,
    /// Whether pages were told of what the session compiled last; not after a failure, which is to be followed by something else.
    is_told: bool,
    last_search: LastSearch,
    last_table: LastTable,
}

impl Maker {
    pub fn new(preview: Arc<Preview>, levels: Levels, console: Console) -> Self {
        Self {
            preview,
            session: Session::new(levels),
            console,
            run: now(),
            version: 0,
            is_told: false,
            last_search: LastSearch::default(),
            last_table: LastTable::default(),
        }
    }

    /// Makes the site anew after each save.
    pub fn follow(mut self, mut saves: Saves) {
        while let Some(read) = saves.next() {
            match read {
                Ok(loaded) => self.make(loaded, |session| saves.is_to_be_shown(session)),
                Err(failure) => self.fail(&failure),
            }
        }
    }

    /// Makes the site of these files, unless they are those of the last time, and shows it if it is still wanted then.
    pub fn make(&mut self, loaded: Loaded<Reread>, is_wanted: impl FnOnce(&Session) -> bool) {
        if self.is_told && self.session.has_compiled(&loaded.inputs) {
            return;
        }
        let begun = Instant::now();
        let (last_table, last_search) = (&mut self.last_table, &self.last_search);
        let build = |compilation: &Compilation| {
            let mut reported = Diagnostics::default();
            let table = build_table_again(compilation, last_table, &mut reported);
            (Built::new(table, last_search.clone()), reported)
        };
        let (mut compilation, made) = self.session.compile_beside(loaded.inputs, build);
        self.is_told = is_wanted(&self.session);
        if !self.is_told {
            return self.session.take_back(compilation);
        }
        let made = made.filter(|_| !compilation.diagnostics.has_errors());
        let last = made.and_then(|made| self.publish(made, &mut compilation));
        self.tell(&compilation, &loaded.prefix, begun);
        // Only now, as it takes its time.
        drop(last);
        self.session.take_back(compilation);
    }

    /// Tells why the files cannot be read; what was made last stays.
    fn fail(&mut self, failure: &Failure) {
        self.is_told = false;
        let sources = Sources::default();
        let scene = Scene { sources: &sources, language: self.console.language, prefix: "" };
        self.announce(std::slice::from_ref(&*failure.0), scene);
        self.console.show_failure(failure);
    }

    /// Shows a version, unless errors are reported of it, and gives the one that was shown before.
    fn publish(
        &mut self,
        (built, reported): (Built, Diagnostics),
        compilation: &mut Compilation,
    ) -> Option<Arc<Built>> {
        let reported = settle(reported, &self.session.levels);
        let is_whole = !reported.has_errors();
        reported.iter().for_each(|finding| finding.clone().push_to(&mut compilation.diagnostics));
        if !is_whole {
            return None;
        }
        self.version += 1;
        self.preview.replace(built)
    }

    fn tell(&self, compilation: &Compilation, prefix: &str, begun: Instant) {
        let (findings, scene) = (compilation.diagnostics.as_slice(), scene(compilation, prefix, self.console));
        self.announce(findings, scene);
        self.console.tell(&render_first(findings, SHOWN, scene, true));
        self.console.say("served", &[("time", Arg::Text(begun.elapsed().as_millis().to_string()))]);
    }

    fn announce(&self, findings: &[Diagnostic], scene: Scene<'_>) {
        let Count { errors, warnings, hints, .. } = Count::of(findings);
        let findings = wire_findings(first_findings(findings, SHOWN), scene);
        let news = News { run: self.run, version: self.version, findings, errors, others: warnings + hints };
        let news = serde_json::to_string(&news).unwrap_or_default();
        // Nobody may be following.
        self.preview.news.send_replace(news);
    }
}

/// In milliseconds since 1970, as no other run has begun.
fn now() -> u64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    since.map_or(0, |since| since.as_millis() as u64)
}
