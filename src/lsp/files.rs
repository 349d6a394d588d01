//! Files that come, change and go, in the editor and on disk, and the findings that follow from that; refuses to know what
//! is asked about them.

use std::collections::BTreeSet;
use std::path::PathBuf;

use lsp_types::notification::{Notification as _, PublishDiagnostics};
use lsp_types::{
    Diagnostic, DidChangeTextDocumentParams, DidCloseTextDocumentParams, DidOpenTextDocumentParams,
    DidSaveTextDocumentParams, PublishDiagnosticsParams, Uri,
};

use super::analyse::{Done, Job};
use super::book::Book;
use super::page::Page;
use super::place::path_of;
use super::report::report;
use super::serve::{Answer, Broken, Refused, Server};

/// A page of a book, by their places.
pub type At = (usize, usize);

fn key_of(uri: &Uri) -> PathBuf {
    path_of(uri).unwrap_or_else(|| PathBuf::from(uri.as_str()))
}

impl Server<'_> {
    pub(super) fn find(&self, uri: &Uri) -> Option<At> {
        let path = key_of(uri);
        self.books.iter().enumerate().find_map(|(at, book)| Some((at, book.page_of(&path)?)))
    }

    pub(super) fn page(&self, uri: &Uri) -> Answer<(&Book, &Page, usize)> {
        let unknown = || Refused(format!("{} is not open", uri.as_str()));
        let (book, page) = self.find(uri).ok_or_else(unknown)?;
        let book = self.books.get(book).ok_or_else(unknown)?;
        Ok((book, book.pages.get(page).ok_or_else(unknown)?, page))
    }

    pub(super) fn opened(&mut self, params: DidOpenTextDocumentParams) -> Option<At> {
        let document = params.text_document;
        let at = self.held(&document.uri);
        let book = self.books.get_mut(at.0)?;
        let page = book.pages.get_mut(at.1)?;
        page.uri = document.uri.clone();
        page.version = Some(document.version);
        if *page.text != *document.text {
            page.decoded.clear();
            page.set_text(document.text.into());
            book.touch();
        }
        self.analyse(at.0);
        self.regroup();
        self.find(&document.uri)
    }

    /// The page of an address, which is made when there is none: the file may be new in a folder that is open.
    fn held(&mut self, uri: &Uri) -> At {
        if let Some(at) = self.find(uri) {
            return at;
        }
        let path = key_of(uri);
        let held = self.books.iter().position(|book| book.holds(&path));
        let at = held.unwrap_or_else(|| {
            self.books.push(Book::around(&path));
            self.books.len() - 1
        });
        let page = self.books.get_mut(at).map_or(0, |book| book.add(&path, uri));
        (at, page)
    }

    pub(super) fn changed(&mut self, params: DidChangeTextDocumentParams) -> Option<At> {
        let at = self.find(&params.text_document.uri)?;
        let units = self.units;
        let book = self.books.get_mut(at.0)?;
        let page = book.pages.get_mut(at.1)?;
        page.version = Some(params.text_document.version);
        page.change(params.content_changes, units);
        book.touch();
        self.analyse(at.0);
        Some(at)
    }

    /// What is saved may be the `faq.toml` that makes a folder a knowledge base, or may have been in the way of reading it.
    pub(super) fn saved(&mut self, params: DidSaveTextDocumentParams) -> Option<At> {
        self.find(&params.text_document.uri)?;
        self.look_again();
        None
    }

    /// What is on disk counts again.
    pub(super) fn closed(&mut self, params: DidCloseTextDocumentParams) -> Option<At> {
        let at = self.find(&params.text_document.uri)?;
        let book = self.books.get_mut(at.0)?;
        book.pages.get_mut(at.1)?.version = None;
        book.read();
        self.analyse(at.0);
        None
    }

    /// Files on disk have changed, come or gone.
    pub(super) fn look_again(&mut self) {
        self.books.iter_mut().for_each(Book::read);
        self.regroup();
        (0..self.books.len()).for_each(|at| self.analyse(at));
    }

    /// Makes the books anew whose `faq.toml` has come or gone.
    fn regroup(&mut self) {
        if !self.books.iter().any(Book::is_misplaced) {
            return;
        }
        let books = std::mem::take(&mut self.books).into_iter();
        let (misplaced, placed): (Vec<Book>, Vec<Book>) = books.partition(Book::is_misplaced);
        self.books = placed;
        for open in misplaced.into_iter().flat_map(|book| book.pages).filter(|page| page.version.is_some()) {
            let at = self.held(&open.uri);
            let Some(book) = self.books.get_mut(at.0) else { continue };
            if let Some(page) = book.pages.get_mut(at.1) {
                page.take_over(open);
                book.touch();
            }
        }
        (0..self.books.len()).for_each(|at| self.analyse(at));
    }

    pub(super) fn analyse(&self, book: usize) {
        // Of a part of the files only falsehoods would be found.
        let Some(book) = self.books.get(book).filter(|book| book.failure.is_none()) else { return };
        let files = book.pages.iter().map(|page| (page.name.clone(), page.text.clone())).collect();
        let Some(key) = book.key().map(ToOwned::to_owned) else { return };
        // When the thread is gone there is no analysis any more, but everything else works.
        drop(self.jobs.send(Job { key, revision: book.revision, files }));
    }

    pub(super) fn take_analysis(&mut self, done: Done) -> Result<(), Broken> {
        let is_of =
            |book: &Book| book.key() == Some(&done.key) && book.revision == done.revision && book.failure.is_none();
        let Some(at) = self.books.iter().position(is_of) else { return Ok(()) };
        let Some(book) = self.books.get_mut(at) else { return Ok(()) };
        book.take_findings(done.findings);
        self.publish_due(at)?;
        self.forget_gone()
    }
}

// ── Findings ──

impl Server<'_> {
    pub(super) fn publish(&mut self, book: usize, page: usize) -> Result<(), Broken> {
        let Some(book) = self.books.get_mut(book) else { return Ok(()) };
        let Some(shown) = book.pages.get(page) else { return Ok(()) };
        let diagnostics = report(book, shown, self.units, self.language);
        let (uri, version) = (shown.uri.clone(), shown.version);
        let is_readable = book.failure.is_none();
        if let Some(page) = book.pages.get_mut(page) {
            let points_elsewhere = diagnostics.iter().any(|finding| finding.related_information.is_some());
            page.is_shown =
                is_readable && !points_elsewhere && page.analysed.iter().all(|finding| finding.labels.is_empty());
        }
        self.show(uri, diagnostics, version)
    }

    /// Of the books that cannot be read, of which no analysis will tell.
    pub(super) fn publish_failures(&mut self) -> Result<(), Broken> {
        let failed = self.books.iter().enumerate().filter(|(_, book)| book.failure.is_some()).map(|(at, _)| at);
        let failed: Vec<usize> = failed.collect();
        failed.into_iter().try_for_each(|book| self.publish_due(book))
    }

    /// Every page of a book that has findings, or whose findings the editor shows, unless it shows them as they are.
    fn publish_due(&mut self, book: usize) -> Result<(), Broken> {
        let Some(found) = self.books.get(book) else { return Ok(()) };
        let is_due = |page: &Page| {
            let has_findings = !page.analysed.is_empty() || page.shown_parsed().next().is_some();
            let is_shown = page.version.is_some() || self.shown.contains(page.uri.as_str());
            let is_due = (has_findings || is_shown) && !page.is_shown;
            is_due || (page.is_config() && found.failure.is_some())
        };
        // Findings about two things alike are shown at both.
        let mutual = found.pages.iter().flat_map(|page| &page.analysed).filter(|it| it.code.is_mutual());
        let mirrored: BTreeSet<usize> =
            mutual.flat_map(|finding| &finding.labels).map(|label| label.span.file.0 as usize).collect();
        let pages = found.pages.iter().enumerate();
        let due: Vec<usize> =
            pages.filter(|(at, page)| mirrored.contains(at) || is_due(page)).map(|(at, _)| at).collect();
        due.into_iter().try_for_each(|page| self.publish(book, page))
    }

    fn show(&mut self, uri: Uri, diagnostics: Vec<Diagnostic>, version: Option<i32>) -> Result<(), Broken> {
        if diagnostics.is_empty() {
            self.shown.remove(uri.as_str());
        } else {
            self.shown.insert(uri.as_str().to_owned());
        }
        let params = PublishDiagnosticsParams { uri, diagnostics, version };
        self.send(lsp_server::Notification::new(PublishDiagnostics::METHOD.to_owned(), params))
    }

    /// Takes findings of files that are gone off the editor's list.
    pub(super) fn forget_gone(&mut self) -> Result<(), Broken> {
        let pages = self.books.iter().flat_map(|book| &book.pages);
        let known: BTreeSet<&str> = pages.map(|page| page.uri.as_str()).collect();
        let gone: Vec<Uri> =
            self.shown.iter().filter(|uri| !known.contains(uri.as_str())).filter_map(|uri| uri.parse().ok()).collect();
        gone.into_iter().try_for_each(|uri| self.show(uri, Vec::new(), None))
    }
}
