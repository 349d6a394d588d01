//! Requests and notifications, one handler each.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

use lsp_server::{Connection, ErrorCode, Message, Notification, Request, RequestId, Response};
use lsp_types::notification::{
    DidChangeTextDocument, DidChangeWatchedFiles, DidCloseTextDocument, DidOpenTextDocument, DidSaveTextDocument,
    Notification as _,
};
use lsp_types::request::{
    CallHierarchyIncomingCalls, CallHierarchyOutgoingCalls, CallHierarchyPrepare, CodeActionRequest, Completion,
    DocumentHighlightRequest, DocumentSymbolRequest, FoldingRangeRequest, Formatting, GotoDefinition, HoverRequest,
    InlayHintRequest, PrepareRenameRequest, References, RegisterCapability, Rename, Request as _,
    SemanticTokensFullRequest, SemanticTokensRangeRequest, WorkspaceSymbolRequest,
};
use lsp_types::*;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, from_value, to_value};

use super::act::{Offer, Title, offers};
use super::analyse::{self, Done, Job};
use super::book::{Book, Spot};
use super::complete::complete;
use super::hover::hover;
use super::items::{item_at, name_of, title_of};
use super::lead::{self, Lead};
use super::markup::Markup;
use super::mention::{Mention, Thing, What};
use super::outline::{find_symbols, foldings, outline};
use super::page::Page;
use super::paint::{legend, paint};
use super::place::Units;
use super::rename::{self, Refusal};
use super::report::fix_title;
use crate::diag::{Arg, catalogue};
use crate::fmt::fmt_file;
use crate::language::Language;
use crate::source::{FileId, Span};

/// What went wrong with the conversation itself.
pub type Broken = Box<dyn Error + Send + Sync>;

/// Talks with the editor until it says goodbye, or is gone. `false` when it leaves without having asked to shut down.
pub fn serve(connection: &Connection, language: Language) -> Result<bool, Broken> {
    let (id, params) = connection.initialize_start()?;
    let params: InitializeParams = from_value(params).unwrap_or_default();
    let general = params.capabilities.general.as_ref();
    let units = Units::agreed(general.and_then(|general| general.position_encodings.as_deref()));
    let info = ServerInfo { name: "faqc".to_owned(), version: Some(env!("CARGO_PKG_VERSION").to_owned()) };
    let result = InitializeResult { capabilities: capabilities(units), server_info: Some(info) };
    connection.initialize_finish(id, to_value(result)?)?;
    let (events, received) = channel();
    let done = events.clone();
    let jobs = analyse::start(move |found| drop(done.send(Event::Analysed(found))));
    let language = language_of(&params, language);
    let mut server = Server {
        connection,
        units,
        markup: Markup::agreed(&params.capabilities),
        language,
        knows_versions: knows_versions(&params),
        books: Vec::new(),
        jobs,
        shown: BTreeSet::new(),
        version: 0,
    };
    server.watch(&params)?;
    let incoming = connection.receiver.clone();
    thread::spawn(move || {
        incoming.iter().try_for_each(|message| events.send(Event::Message(message))).ok();
        events.send(Event::Closed).ok();
    });
    server.talk(received)
}

enum Event {
    Message(Message),
    Analysed(Done),
    /// The editor is gone.
    Closed,
}

fn language_of(params: &InitializeParams, otherwise: Language) -> Language {
    match params.locale.as_deref() {
        Some(locale) if locale.starts_with("ja") => Language::Japanese,
        Some(_) => Language::English,
        None => otherwise,
    }
}

/// Whether the editor can refuse edits of a text that it has changed since.
fn knows_versions(params: &InitializeParams) -> bool {
    let workspace = params.capabilities.workspace.as_ref();
    workspace.and_then(|it| it.workspace_edit.as_ref()?.document_changes) == Some(true)
}

fn capabilities(units: Units) -> ServerCapabilities {
    let tokens = SemanticTokensOptions {
        legend: legend(),
        full: Some(SemanticTokensFullOptions::Bool(true)),
        range: Some(true),
        ..SemanticTokensOptions::default()
    };
    let triggers = [" ", "→", "@", "/", "／", "=", "＝", "、", ","].map(str::to_owned).to_vec();
    ServerCapabilities {
        position_encoding: Some(units.kind()),
        text_document_sync: Some(TextDocumentSyncCapability::Options(TextDocumentSyncOptions {
            open_close: Some(true),
            change: Some(TextDocumentSyncKind::INCREMENTAL),
            save: Some(TextDocumentSyncSaveOptions::Supported(true)),
            ..TextDocumentSyncOptions::default()
        })),
        completion_provider: Some(CompletionOptions {
            trigger_characters: Some(triggers),
            ..CompletionOptions::default()
        }),
        hover_provider: Some(HoverProviderCapability::Simple(true)),
        definition_provider: Some(OneOf::Left(true)),
        references_provider: Some(OneOf::Left(true)),
        document_highlight_provider: Some(OneOf::Left(true)),
        rename_provider: Some(OneOf::Right(RenameOptions {
            prepare_provider: Some(true),
            work_done_progress_options: WorkDoneProgressOptions::default(),
        })),
        document_symbol_provider: Some(OneOf::Left(true)),
        workspace_symbol_provider: Some(OneOf::Left(true)),
        folding_range_provider: Some(FoldingRangeProviderCapability::Simple(true)),
        semantic_tokens_provider: Some(SemanticTokensServerCapabilities::SemanticTokensOptions(tokens)),
        inlay_hint_provider: Some(OneOf::Left(true)),
        code_action_provider: Some(CodeActionProviderCapability::Simple(true)),
        document_formatting_provider: Some(OneOf::Left(true)),
        call_hierarchy_provider: Some(CallHierarchyServerCapability::Simple(true)),
        ..ServerCapabilities::default()
    }
}

pub struct Server<'c> {
    connection: &'c Connection,
    pub(super) units: Units,
    markup: Markup,
    pub(super) language: Language,
    knows_versions: bool,
    pub(super) books: Vec<Book>,
    pub(super) jobs: Sender<Job>,
    /// Addresses of files whose findings the editor shows.
    pub(super) shown: BTreeSet<String>,
    /// Of requests to the editor.
    version: i32,
}

/// Why a request has no answer.
pub struct Refused(pub String);

pub type Answer<R> = Result<R, Refused>;

fn too_late(request: Request) -> Response {
    let why = "faqc has been asked to shut down".to_owned();
    Response::new_err(request.id, ErrorCode::InvalidRequest as i32, why)
}

// ── The conversation ──

impl Server<'_> {
    fn talk(&mut self, received: Receiver<Event>) -> Result<bool, Broken> {
        let mut is_over = false;
        for event in received {
            match event {
                Event::Closed => return Ok(is_over),
                Event::Message(Message::Notification(notification)) if notification.method == "exit" => {
                    return Ok(is_over);
                }
                Event::Message(Message::Request(request)) if is_over => self.send(too_late(request))?,
                Event::Message(Message::Request(request)) if request.method == "shutdown" => {
                    is_over = true;
                    self.send(Response::new_ok(request.id, Value::Null))?;
                }
                Event::Message(Message::Request(request)) => {
                    let response = self.answer(request);
                    self.send(response)?;
                }
                _ if is_over => {}
                Event::Analysed(done) => self.take_analysis(done)?,
                Event::Message(Message::Notification(notification)) => self.note(notification)?,
                Event::Message(Message::Response(_)) => {}
            }
        }
        Ok(is_over)
    }

    pub(super) fn send(&self, message: impl Into<Message>) -> Result<(), Broken> {
        Ok(self.connection.sender.send(message.into())?)
    }

    fn watch(&mut self, params: &InitializeParams) -> Result<(), Broken> {
        let workspace = params.capabilities.workspace.as_ref();
        let watched = workspace.and_then(|it| it.did_change_watched_files?.dynamic_registration);
        if watched != Some(true) {
            return Ok(());
        }
        let watchers = ["**/*.faq", "**/faq.toml"]
            .map(|glob| FileSystemWatcher { glob_pattern: GlobPattern::String(glob.to_owned()), kind: None });
        let options = DidChangeWatchedFilesRegistrationOptions { watchers: watchers.to_vec() };
        let registration = Registration {
            id: "files".to_owned(),
            method: DidChangeWatchedFiles::METHOD.to_owned(),
            register_options: Some(to_value(options)?),
        };
        self.version += 1;
        let params = RegistrationParams { registrations: vec![registration] };
        self.send(Request::new(self.version.into(), RegisterCapability::METHOD.to_owned(), params))
    }

    /// A fault in a handler is an answer, too.
    fn answer(&mut self, request: Request) -> Response {
        let id = request.id.clone();
        let answered = catch_unwind(AssertUnwindSafe(|| self.dispatch(request)));
        answered.unwrap_or_else(|_| {
            Response::new_err(id, ErrorCode::InternalError as i32, "faqc could not answer this".to_owned())
        })
    }

    fn dispatch(&mut self, request: Request) -> Response {
        let Request { id, method, params } = request;
        match method.as_str() {
            Completion::METHOD => self.reply(id, params, Self::completion),
            HoverRequest::METHOD => self.reply(id, params, Self::hover),
            GotoDefinition::METHOD => self.reply(id, params, Self::definition),
            References::METHOD => self.reply(id, params, Self::references),
            DocumentHighlightRequest::METHOD => self.reply(id, params, Self::highlights),
            PrepareRenameRequest::METHOD => self.reply(id, params, Self::prepare_rename),
            Rename::METHOD => self.reply(id, params, Self::rename),
            DocumentSymbolRequest::METHOD => self.reply(id, params, Self::symbols),
            WorkspaceSymbolRequest::METHOD => self.reply(id, params, Self::workspace_symbols),
            FoldingRangeRequest::METHOD => self.reply(id, params, Self::foldings),
            SemanticTokensFullRequest::METHOD => self.reply(id, params, Self::tokens),
            SemanticTokensRangeRequest::METHOD => self.reply(id, params, Self::tokens_in),
            InlayHintRequest::METHOD => self.reply(id, params, Self::hints),
            CodeActionRequest::METHOD => self.reply(id, params, Self::actions),
            Formatting::METHOD => self.reply(id, params, Self::formatting),
            CallHierarchyPrepare::METHOD => self.reply(id, params, Self::prepare_lead),
            CallHierarchyIncomingCalls::METHOD => self.reply(id, params, Self::incoming),
            CallHierarchyOutgoingCalls::METHOD => self.reply(id, params, Self::outgoing),
            _ => Response::new_err(id, ErrorCode::MethodNotFound as i32, format!("faqc knows no {method}")),
        }
    }

    fn reply<P: DeserializeOwned, R: Serialize>(
        &mut self,
        id: RequestId,
        params: Value,
        answer: impl FnOnce(&mut Self, P) -> Answer<R>,
    ) -> Response {
        match from_value(params) {
            Ok(params) => match answer(self, params) {
                Ok(result) => Response::new_ok(id, result),
                Err(Refused(why)) => Response::new_err(id, ErrorCode::RequestFailed as i32, why),
            },
            Err(error) => Response::new_err(id, ErrorCode::InvalidParams as i32, error.to_string()),
        }
    }

    fn note(&mut self, notification: Notification) -> Result<(), Broken> {
        let Notification { method, params } = notification;
        let changed = catch_unwind(AssertUnwindSafe(|| match method.as_str() {
            DidOpenTextDocument::METHOD => from_value(params).ok().and_then(|params| self.opened(params)),
            DidChangeTextDocument::METHOD => from_value(params).ok().and_then(|params| self.changed(params)),
            DidSaveTextDocument::METHOD => from_value(params).ok().and_then(|params| self.saved(params)),
            DidCloseTextDocument::METHOD => from_value(params).ok().and_then(|params| self.closed(params)),
            DidChangeWatchedFiles::METHOD => {
                self.look_again();
                None
            }
            _ => None,
        }));
        if let Ok(Some((book, page))) = changed {
            self.publish(book, page)?;
        }
        self.publish_failures()
    }
}

// ── Requests ──

impl Server<'_> {
    fn offset(&self, page: &Page, position: Position) -> u32 {
        self.units.offset(page.source(), position)
    }

    fn span(&self, page: &Page, range: Range) -> Span {
        let start = self.offset(page, range.start);
        Span::new(FileId(0), start as usize..self.offset(page, range.end).max(start) as usize)
    }

    fn location(&self, book: &Book, spot: Spot) -> Option<Location> {
        let page = book.pages.get(spot.page)?;
        Some(Location { uri: page.uri.clone(), range: self.units.range(page.source(), spot.span) })
    }

    fn say(&self, key: &'static str, name: &str) -> String {
        catalogue().sentence(key, &[("name", Arg::Text(name.to_owned()))], self.language)
    }

    fn at(&self, params: &TextDocumentPositionParams) -> Answer<(&Book, &Page, usize, u32)> {
        let (book, page, at) = self.page(&params.text_document.uri)?;
        Ok((book, page, at, self.offset(page, params.position)))
    }

    fn mention(&self, params: &TextDocumentPositionParams) -> Answer<Option<(&Book, &Mention)>> {
        let (book, page, _, offset) = self.at(params)?;
        Ok(page.mention_at(offset).map(|mention| (book, mention)))
    }

    fn thing(&self, params: &TextDocumentPositionParams) -> Answer<Option<(&Book, Thing)>> {
        Ok(self.mention(params)?.and_then(|(book, mention)| Some((book, book.thing_of(mention)?))))
    }

    fn completion(&mut self, params: CompletionParams) -> Answer<CompletionList> {
        let (book, page, _, offset) = self.at(&params.text_document_position)?;
        let mut list = complete(book, page, offset);
        for item in &mut list.items {
            if let Some(Documentation::MarkupContent(said)) = &mut item.documentation {
                *said = self.markup.completion.content(std::mem::take(&mut said.value));
            }
        }
        Ok(list)
    }

    fn hover(&mut self, params: HoverParams) -> Answer<Option<Hover>> {
        let (book, page, _, offset) = self.at(&params.text_document_position_params)?;
        let Some((span, value)) = hover(book, page, offset, self.language) else { return Ok(None) };
        let contents = HoverContents::Markup(self.markup.hover.content(value));
        Ok(Some(Hover { contents, range: Some(self.units.range(page.source(), span)) }))
    }

    fn definition(&mut self, params: GotoDefinitionParams) -> Answer<Option<GotoDefinitionResponse>> {
        let Some((book, mention)) = self.mention(&params.text_document_position_params)? else { return Ok(None) };
        let things = match mention.what {
            What::UsesNumbers { first, last } => {
                let numbers = first..=last.min(first.saturating_add(1000));
                let named = numbers.filter_map(|number| book.entry_of_number(number));
                named.map(|name| Thing::Named(crate::model::Kind::Entry, name.to_owned())).collect()
            }
            _ => book.thing_of(mention).into_iter().collect::<Vec<_>>(),
        };
        let places = things.iter().filter_map(|thing| self.location(book, book.declaration(thing)?));
        Ok(Some(GotoDefinitionResponse::Array(places.collect())))
    }

    fn references(&mut self, params: ReferenceParams) -> Answer<Option<Vec<Location>>> {
        let Some((book, thing)) = self.thing(&params.text_document_position)? else { return Ok(None) };
        let with_declaration = params.context.include_declaration;
        let mentions = book.mentions(&thing).into_iter();
        let mentions = mentions.filter(|(_, mention)| with_declaration || !matches!(mention.what, What::Declares(_)));
        Ok(Some(mentions.filter_map(|(spot, _)| self.location(book, spot)).collect()))
    }

    fn highlights(&mut self, params: DocumentHighlightParams) -> Answer<Option<Vec<DocumentHighlight>>> {
        let (_, page, at, _) = self.at(&params.text_document_position_params)?;
        let Some((book, thing)) = self.thing(&params.text_document_position_params)? else { return Ok(None) };
        let range = |spot: Spot| self.units.range(page.source(), spot.span);
        let here = book.mentions_in(at, &thing).into_iter();
        Ok(Some(here.map(|(spot, _)| DocumentHighlight { range: range(spot), kind: None }).collect()))
    }

    fn refused(&self, refusal: &Refusal) -> Refused {
        Refused(self.say(refusal.key(), refusal.name()))
    }

    fn prepare_rename(&mut self, params: TextDocumentPositionParams) -> Answer<Option<PrepareRenameResponse>> {
        let (book, page, _, offset) = self.at(&params)?;
        let Some(mention) = page.mention_at(offset) else { return Ok(None) };
        rename::renamed(book, mention).map_err(|refusal| self.refused(&refusal))?;
        let range = self.units.range(page.source(), mention.span);
        let placeholder = page.slice(mention.span).to_owned();
        Ok(Some(PrepareRenameResponse::RangeWithPlaceholder { range, placeholder }))
    }

    fn rename(&mut self, params: RenameParams) -> Answer<WorkspaceEdit> {
        let (at, _) = self
            .find(&params.text_document_position.text_document.uri)
            .ok_or_else(|| self.refused(&Refusal::Nothing))?;
        // Files that are not open must be known as they are on disk.
        if let Some(book) = self.books.get_mut(at) {
            book.read();
        }
        self.analyse(at);
        let refused = |refusal| self.refused(&refusal);
        let found = self.mention(&params.text_document_position)?;
        let (book, mention) = found.ok_or_else(|| refused(Refusal::Nothing))?;
        let thing = rename::renamed(book, mention).map_err(refused)?;
        let edits = rename::rename(book, &thing, &params.new_name, self.language).map_err(refused)?;
        Ok(self.workspace_edit(book, edits))
    }

    #[allow(clippy::mutable_key_type, reason = "the protocol's type; addresses are not changed while they are keys")]
    fn workspace_edit(&self, book: &Book, edits: Vec<(Spot, String)>) -> WorkspaceEdit {
        let mut changes: BTreeMap<usize, Vec<TextEdit>> = BTreeMap::new();
        for (spot, new_text) in edits {
            let Some(page) = book.pages.get(spot.page) else { continue };
            let range = self.units.range(page.source(), spot.span);
            changes.entry(spot.page).or_default().push(TextEdit { range, new_text });
        }
        let pages = changes.into_iter().filter_map(|(at, edits)| Some((book.pages.get(at)?, edits)));
        if self.knows_versions {
            let versioned = pages.map(|(page, edits)| TextDocumentEdit {
                text_document: OptionalVersionedTextDocumentIdentifier { uri: page.uri.clone(), version: page.version },
                edits: edits.into_iter().map(OneOf::Left).collect(),
            });
            let changes = DocumentChanges::Edits(versioned.collect());
            return WorkspaceEdit { document_changes: Some(changes), ..WorkspaceEdit::default() };
        }
        let changes = pages.map(|(page, edits)| (page.uri.clone(), edits)).collect();
        WorkspaceEdit { changes: Some(changes), ..WorkspaceEdit::default() }
    }

    fn symbols(&mut self, params: DocumentSymbolParams) -> Answer<DocumentSymbolResponse> {
        let (_, page, _) = self.page(&params.text_document.uri)?;
        Ok(DocumentSymbolResponse::Nested(outline(page, self.units)))
    }

    fn workspace_symbols(&mut self, params: WorkspaceSymbolParams) -> Answer<Vec<WorkspaceSymbol>> {
        Ok(self.books.iter().flat_map(|book| find_symbols(book, &params.query, self.units)).collect())
    }

    fn foldings(&mut self, params: FoldingRangeParams) -> Answer<Vec<FoldingRange>> {
        Ok(foldings(self.page(&params.text_document.uri)?.1))
    }

    fn tokens(&mut self, params: SemanticTokensParams) -> Answer<SemanticTokens> {
        let (book, page, _) = self.page(&params.text_document.uri)?;
        let whole = Span::new(FileId(0), 0..page.text.len());
        Ok(paint(book, page, whole, self.units))
    }

    fn tokens_in(&mut self, params: SemanticTokensRangeParams) -> Answer<SemanticTokens> {
        let (book, page, _) = self.page(&params.text_document.uri)?;
        Ok(paint(book, page, self.span(page, params.range), self.units))
    }

    fn hints(&mut self, params: InlayHintParams) -> Answer<Vec<InlayHint>> {
        let (book, page, _) = self.page(&params.text_document.uri)?;
        let within = self.span(page, params.range);
        let visible = page.mentions.iter().filter(|it| it.span.start <= within.end && it.span.end >= within.start);
        Ok(visible.filter_map(|mention| self.hint(book, page, mention)).collect())
    }

    /// The title behind a number.
    fn hint(&self, book: &Book, page: &Page, mention: &Mention) -> Option<InlayHint> {
        let What::UsesNumbers { first, last } = mention.what else { return None };
        let thing = book.thing_of(mention).filter(|_| first == last)?;
        let spot = book.declaration(&thing)?;
        let declared = book.pages.get(spot.page)?;
        let title = title_of(item_at(declared, spot.span.start)?, declared);
        Some(InlayHint {
            position: self.units.position(page.source(), mention.span.end),
            label: InlayHintLabel::String(format!("（{title}）")),
            kind: None,
            text_edits: None,
            tooltip: None,
            padding_left: None,
            padding_right: None,
            data: None,
        })
    }

    fn actions(&mut self, params: CodeActionParams) -> Answer<Vec<CodeActionOrCommand>> {
        let (book, page, at) = self.page(&params.text_document.uri)?;
        let selected = self.span(page, params.range);
        let offers = offers(book, at, selected);
        Ok(offers.into_iter().map(|offer| CodeActionOrCommand::CodeAction(self.action(book, page, offer))).collect())
    }

    fn action(&self, book: &Book, page: &Page, offer: Offer<'_>) -> CodeAction {
        let (title, kind) = match offer.title {
            Title::Fix(finding, fix) => (fix_title(finding, fix, page, self.language), CodeActionKind::QUICKFIX),
            Title::Sentence("act-define", name) => (self.say("act-define", &name), CodeActionKind::REFACTOR_EXTRACT),
            Title::Sentence(key, name) => (self.say(key, &name), CodeActionKind::REFACTOR_REWRITE),
        };
        CodeAction {
            title,
            kind: Some(kind),
            edit: Some(self.workspace_edit(book, offer.edits)),
            is_preferred: offer.is_preferred.then_some(true),
            ..CodeAction::default()
        }
    }

    fn formatting(&mut self, params: DocumentFormattingParams) -> Answer<Vec<TextEdit>> {
        let (_, page, _) = self.page(&params.text_document.uri)?;
        if !page.holds_rules() || !page.decoded.is_empty() {
            return Ok(Vec::new());
        }
        let formatted = fmt_file(FileId(0), &page.sources);
        Ok(self.difference(page, &formatted).into_iter().collect())
    }

    /// One edit of the lines from the first to the last that differ.
    fn difference(&self, page: &Page, new: &str) -> Option<TextEdit> {
        if *page.text == *new {
            return None;
        }
        let old: Vec<&str> = page.text.split_inclusive('\n').collect();
        let lines: Vec<&str> = new.split_inclusive('\n').collect();
        let before = old.iter().zip(&lines).take_while(|(one, other)| one == other).count();
        let left = old.len().min(lines.len()) - before;
        let after = old.iter().rev().zip(lines.iter().rev()).take(left).take_while(|(one, other)| one == other).count();
        let length = |lines: &[&str]| lines.iter().map(|line| line.len()).sum::<usize>();
        let start = length(old.get(..before)?);
        let end = page.text.len() - length(old.get(old.len() - after..)?);
        let range = self.units.range(page.source(), Span::new(FileId(0), start..end));
        Some(TextEdit { range, new_text: lines.get(before..lines.len() - after)?.concat() })
    }

    fn prepare_lead(&mut self, params: CallHierarchyPrepareParams) -> Answer<Option<Vec<CallHierarchyItem>>> {
        let Some((book, thing)) = self.thing(&params.text_document_position_params)? else { return Ok(None) };
        let item = book.declaration(&thing).and_then(|spot| self.lead_item(book, spot));
        Ok(item.map(|item| vec![item]))
    }

    fn lead_item(&self, book: &Book, spot: Spot) -> Option<CallHierarchyItem> {
        let page = book.pages.get(spot.page)?;
        let item = item_at(page, spot.span.start)?;
        let header = item.span();
        let named = name_of(item).map_or(header, |(_, name)| name.span);
        let title = title_of(item, page);
        Some(CallHierarchyItem {
            name: page.slice(named).to_owned(),
            kind: SymbolKind::CLASS,
            tags: None,
            detail: Some(title.to_owned()).filter(|title| !title.is_empty()),
            uri: page.uri.clone(),
            range: self.units.range(page.source(), super::items::whole(header, page)),
            selection_range: self.units.range(page.source(), named),
            data: None,
        })
    }

    fn spot_of(&self, item: &CallHierarchyItem) -> Answer<(&Book, Spot)> {
        let (book, page, at) = self.page(&item.uri)?;
        Ok((book, Spot { page: at, span: self.span(page, item.selection_range) }))
    }

    fn incoming(&mut self, params: CallHierarchyIncomingCallsParams) -> Answer<Vec<CallHierarchyIncomingCall>> {
        let (book, spot) = self.spot_of(&params.item)?;
        let page = book.pages.get(spot.page);
        let thing = page.and_then(|page| book.thing_of(page.mention_at(spot.span.start)?));
        let leads = thing.map_or(Vec::new(), |thing| lead::incoming(book, &thing));
        let call = |lead: Lead| {
            let from = self.lead_item(book, lead.item)?;
            Some(CallHierarchyIncomingCall { from, from_ranges: self.ranges(book, lead.item.page, &lead.places) })
        };
        Ok(leads.into_iter().filter_map(call).collect())
    }

    fn outgoing(&mut self, params: CallHierarchyOutgoingCallsParams) -> Answer<Vec<CallHierarchyOutgoingCall>> {
        let (book, spot) = self.spot_of(&params.item)?;
        let call = |lead: Lead| {
            let to = self.lead_item(book, lead.item)?;
            Some(CallHierarchyOutgoingCall { to, from_ranges: self.ranges(book, spot.page, &lead.places) })
        };
        Ok(lead::outgoing(book, spot).into_iter().filter_map(call).collect())
    }

    fn ranges(&self, book: &Book, page: usize, places: &[Span]) -> Vec<Range> {
        let Some(page) = book.pages.get(page) else { return Vec::new() };
        places.iter().map(|place| self.units.range(page.source(), *place)).collect()
    }
}
