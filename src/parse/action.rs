//! Actions: their steps, branches and alternatives.

use super::argument::{self, name_of, unquoted};
use super::cursor::parse_rule;
use super::keyword::Keyword;
use super::lines::{Line, LineKind, trim};
use super::tree::{Item, Statement};
use super::unmarked::Meant;
use super::{Parser, Rule};
use crate::ast::{Action, Branch, Effect, Likelihood, LikelihoodKind, Prose, Step, StepKind};
use crate::diag::{Code, Diagnostic};
use crate::source::Span;

/// The actions of an entry or a cause, and those written without a header: by ① or by bare steps.
#[derive(Default)]
pub(super) struct Actions {
    done: Vec<Action>,
    /// The action that marked lines belong to.
    loose: Option<Action>,
    /// How many were begun by ①.
    begun: usize,
}

/// Where a line of steps stands, which decides what an unmarked one is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Within {
    Entry,
    Action,
}

impl Actions {
    pub(super) fn len(&self) -> usize {
        self.done.len() + usize::from(self.loose.is_some())
    }

    /// Whether an action without a header is being written.
    pub(super) fn is_loose(&self) -> bool {
        self.loose.is_some()
    }

    /// Whether that action was begun by ①.
    pub(super) fn is_alternative(&self) -> bool {
        self.loose.as_ref().is_some_and(|action| action.title.is_some())
    }

    /// Adds a statement to the action begun by ①.
    pub(super) fn add_statement(&mut self, parser: &mut Parser<'_>, statement: Statement) {
        if let Some(action) = &mut self.loose {
            add_statement(parser, action, statement);
        }
    }

    pub(super) fn add(&mut self, parser: &mut Parser<'_>, statement: Statement) {
        self.done.extend(self.loose.take());
        self.done.extend(parse_action(parser, statement));
    }

    /// Adds a line outside any action's block; the first begins an action of its own.
    pub(super) fn add_line(&mut self, parser: &mut Parser<'_>, line: Line, more: Vec<Span>, within: Within) {
        if matches!(line.kind, LineKind::Alternative) {
            self.done.extend(self.loose.take());
            self.loose = Some(parse_alternative(parser, &line, &more, self.begun));
            self.begun += 1;
            return;
        }
        let action = self.loose.get_or_insert_with(|| empty(line.span));
        add_line(parser, &mut action.steps, &line, &more, within);
    }

    pub(super) fn finish(mut self) -> Vec<Action> {
        self.done.extend(self.loose.take());
        self.done
    }
}

fn empty(span: Span) -> Action {
    Action {
        span,
        name: None,
        title: None,
        when: Vec::new(),
        steps: Vec::new(),
        alternatives: Vec::new(),
        finds: Vec::new(),
        sets: Vec::new(),
        recheck: Vec::new(),
        then: Vec::new(),
        contacts: Vec::new(),
        after: Vec::new(),
        see: Vec::new(),
        solved: None,
        likely: None,
        takes: None,
    }
}

/// `action NAME "TITLE" {`, `action ① TITLE {` or `action {`.
fn parse_action(parser: &mut Parser<'_>, statement: Statement) -> Option<Action> {
    let mut action = empty(statement.span);
    let rest = parser.skip_colon(statement.rest);
    if let Some(head) = parser.parse_part(argument::ACTION_HEAD, rest) {
        action.name = head.find(Rule::name).map(|name| name_of(&name));
        action.title = match (head.find(Rule::title), head.find(Rule::quoted)) {
            (Some(title), _) => {
                parser.check_quotes_after_name(title.span());
                parser.title(&title)
            }
            (None, Some(quoted)) => Some(parser.prose(unquoted(&quoted), &[])),
            (None, None) => None,
        };
    }
    fill(parser, &mut action, statement.body.unwrap_or_default());
    Some(action)
}

fn parse_alternative(parser: &mut Parser<'_>, line: &Line, more: &[Span], before: usize) -> Action {
    parser.check_alternative(line.span, before);
    let title = (!line.rest.is_empty()).then(|| parser.prose(line.rest, more));
    Action { title, ..empty(line.span) }
}

/// The statements and lines of an action's block; those after an alternative belong to it.
fn fill(parser: &mut Parser<'_>, action: &mut Action, items: Vec<Item>) {
    let mut begun = 0;
    for item in items {
        match item {
            Item::Line { line, more } if matches!(line.kind, LineKind::Alternative) => {
                action.alternatives.push(parse_alternative(parser, &line, &more, begun));
                begun += 1;
            }
            Item::Line { line, more } => {
                add_line(parser, &mut innermost(action).steps, &line, &more, Within::Action);
            }
            Item::Statement(statement) if statement.keyword == Keyword::Action => {
                action.alternatives.extend(parse_action(parser, statement));
            }
            Item::Statement(statement) => add_statement(parser, innermost(action), statement),
        }
    }
}

fn innermost(action: &mut Action) -> &mut Action {
    match action.alternatives.last() {
        Some(_) => action.alternatives.last_mut().expect("it has just been seen"),
        None => action,
    }
}

fn add_statement(parser: &mut Parser<'_>, action: &mut Action, statement: Statement) {
    let s = &statement;
    match s.keyword {
        Keyword::Name => parser.set_once(&mut action.name, |parser, s| parser.name(argument::NAME, s), s),
        Keyword::Solved => parser.set_once(&mut action.solved, Parser::question, s),
        Keyword::Likely => parser.set_once(&mut action.likely, likelihood, s),
        Keyword::Takes => parser.set_once(&mut action.takes, Parser::seconds, s),
        Keyword::When if s.body.is_none() && !parser.is_one_line_branch(s) => {
            action.when.push(parser.condition_argument(argument::CONDITION, s));
        }
        Keyword::Finds => action.finds.extend(parser.names(argument::NAMES, s)),
        Keyword::Recheck => action.recheck.extend(parser.names(argument::NAMES, s)),
        Keyword::Sets => action.sets.extend(effects(parser, s)),
        Keyword::Then => action.then.extend(parser.entries(argument::ENTRIES, s)),
        Keyword::After => {
            let node = parser.argument(argument::ACTIONS, s);
            let refs = node.into_iter().flat_map(|node| node.all(Rule::action_ref).collect::<Vec<_>>());
            action.after.extend(refs.filter_map(|node| parser.action_ref(&node)).collect::<Vec<_>>());
        }
        Keyword::Contact | Keyword::ContactTo => action.contacts.extend(parser.name(argument::CONTACT, s)),
        Keyword::See => action.see.extend(parser.references(s)),
        _ => add_step(parser, &mut action.steps, statement),
    }
}

fn effects(parser: &mut Parser<'_>, statement: &Statement) -> Vec<Effect> {
    let Some(node) = parser.argument(argument::EFFECTS, statement) else { return Vec::new() };
    let effect = |node: super::cursor::Node<'_>| {
        let fact = name_of(&node.find(Rule::name)?);
        Some(Effect { fact, value: parser.value(&node.find(Rule::value)?)? })
    };
    node.all(Rule::effect).filter_map(effect).collect()
}

fn likelihood(parser: &mut Parser<'_>, statement: &Statement) -> Option<Likelihood> {
    let node = parser.argument(argument::LIKELY, statement)?;
    let inner = node.first()?;
    let kind = match inner.rule() {
        Rule::kw_often => LikelihoodKind::Often,
        Rule::kw_rarely => LikelihoodKind::Rarely,
        _ => {
            let percent = parser.integer_of(&inner)?;
            if percent > 100 {
                let finding = Diagnostic::at(Code::PercentTooLarge, inner.span()).text("found", inner.text());
                parser.report(finding.help("share"));
                return None;
            }
            LikelihoodKind::Percent(percent as u8)
        }
    };
    Some(Likelihood { span: node.span(), kind })
}

/// The steps of a branch or of a check.
pub(super) fn parse_steps(parser: &mut Parser<'_>, items: Vec<Item>) -> Vec<Step> {
    let mut steps = Vec::with_capacity(items.len());
    for item in items {
        match item {
            Item::Line { line, more } => add_line(parser, &mut steps, &line, &more, Within::Action),
            Item::Statement(statement) => add_step(parser, &mut steps, statement),
        }
    }
    steps
}

/// A statement that is a step: a branch, a reuse, a contact, a note.
fn add_step(parser: &mut Parser<'_>, steps: &mut Vec<Step>, statement: Statement) {
    let span = statement.span;
    let kind = match statement.keyword {
        Keyword::When => Some(StepKind::Branches(vec![parse_branch(parser, statement)])),
        Keyword::Else => return add_else(parser, steps, statement),
        Keyword::Do => parser.reuse(&statement).map(StepKind::Do),
        Keyword::Contact | Keyword::ContactTo => parser.name(argument::CONTACT, &statement).map(StepKind::Contact),
        Keyword::See => Some(StepKind::See(parser.references(&statement))),
        Keyword::Note => return steps.extend(parser.note(&statement)),
        _ => None,
    };
    steps.extend(kind.map(|kind| Step { span, kind }));
}

/// `when COND { … }`, or `when COND: prose`.
fn parse_branch(parser: &mut Parser<'_>, statement: Statement) -> Branch {
    let span = statement.span;
    if let Some(body) = statement.body {
        let head = Statement { body: None, more: Vec::new(), ..statement };
        let when = parser.condition_argument(argument::BLOCK_BRANCH, &head);
        return Branch { span, when: Some(when), steps: parse_steps(parser, body) };
    }
    match parse_rule(Rule::one_line_when, parser.text_of(statement.rest), statement.rest) {
        Ok(node) => {
            let when = parser.condition_in(&node);
            let text = node.find(Rule::message_text).map_or(statement.rest, |text| trim(text.span(), parser.text));
            let prose = parser.prose(text, &statement.more);
            parser.check_slips(&prose);
            let step = Step { span: text, kind: StepKind::Step(prose) };
            Branch { span, when: Some(when), steps: vec![step] }
        }
        Err(_) => {
            let when = parser.condition_argument(argument::BRANCH, &statement);
            Branch { span, when: Some(when), steps: Vec::new() }
        }
    }
}

fn add_else(parser: &mut Parser<'_>, steps: &mut [Step], mut statement: Statement) {
    let span = statement.span;
    let when = parser.argument(argument::ELSE, &statement).and_then(|node| node.find(Rule::condition));
    let when = when.map(|node| parser.condition(&node));
    let body = parse_steps(parser, statement.body.take().unwrap_or_default());
    match steps.last_mut() {
        Some(Step { kind: StepKind::Branches(branches), .. })
            if branches.last().is_some_and(|last| last.when.is_some()) =>
        {
            branches.push(Branch { span, when, steps: body });
        }
        Some(_) | None => {
            let finding =
                Diagnostic::at(Code::ElseWithoutWhen, statement.word).text("word", parser.text_of(statement.word));
            parser.report(finding.help("after-when"));
        }
    }
}

fn add_line(parser: &mut Parser<'_>, steps: &mut Vec<Step>, line: &Line, more: &[Span], within: Within) {
    match &line.kind {
        LineKind::Other | LineKind::Statement { .. } => add_unmarked(parser, steps, line, more, within),
        _ => steps.extend(parser.step_line(line, more)),
    }
}

/// Pasted rows: an unmarked line goes on with an unfinished sentence before it, and else is a step.
fn add_unmarked(parser: &mut Parser<'_>, steps: &mut Vec<Step>, line: &Line, more: &[Span], within: Within) {
    let last = steps.last_mut().and_then(|step| match &mut step.kind {
        StepKind::Step(prose) | StepKind::Bullet(prose) | StepKind::Note(prose) | StepKind::Warning(prose) => {
            Some(prose)
        }
        StepKind::Fence { .. } | StepKind::Branches(_) | StepKind::Do(_) | StepKind::Contact(_) | StepKind::See(_) => {
            None
        }
    });
    let ended =
        last.as_ref().and_then(|last| last.lines.last()).is_some_and(|line| ends_sentence(parser.text_of(*line)));
    let meant = parser.meant_by(line);
    let continues = within == Within::Action && last.is_some() && !ended && matches!(meant, Meant::Prose);
    parser.report_unmarked_prose(line.span, continues, meant);
    let prose: Prose = parser.prose(line.span, more);
    parser.check_slips(&prose);
    match last {
        Some(last) if continues => {
            last.lines.extend(prose.lines);
            last.refs.extend(prose.refs);
        }
        Some(_) | None => steps.push(Step { span: line.span, kind: StepKind::Step(prose) }),
    }
}

fn ends_sentence(text: &str) -> bool {
    text.ends_with(['。', '.', '．', '!', '！', '?', '？'])
}

impl Parser<'_> {
    /// A marked line or a fence as a step.
    pub(super) fn step_line(&mut self, line: &Line, more: &[Span]) -> Option<Step> {
        let kind = match &line.kind {
            LineKind::Fence { lines: Some(lines) } => StepKind::Fence { info: line.rest, lines: lines.clone() },
            LineKind::Fence { lines: None } => return None,
            LineKind::Step
            | LineKind::Bullet
            | LineKind::Note
            | LineKind::Warning
            | LineKind::Continuation
            | LineKind::Alternative
            | LineKind::Close
            | LineKind::Statement { .. }
            | LineKind::Other => {
                if line.rest.is_empty() && more.is_empty() {
                    let mark = self.text_of(line.span);
                    self.report(Diagnostic::at(Code::EmptyLine, line.span).text("mark", mark).help("write-or-remove"));
                    return None;
                }
                let prose = self.prose(line.rest, more);
                self.check_slips(&prose);
                marked(&line.kind, prose)?
            }
        };
        Some(Step { span: line.span, kind })
    }

    /// `note …`
    pub(super) fn note(&mut self, statement: &Statement) -> Option<Step> {
        let prose = self.prose_argument(statement)?;
        self.check_slips(&prose);
        Some(Step { span: statement.span, kind: StepKind::Note(prose) })
    }
}

fn marked(kind: &LineKind, prose: Prose) -> Option<StepKind> {
    match kind {
        LineKind::Step => Some(StepKind::Step(prose)),
        LineKind::Bullet => Some(StepKind::Bullet(prose)),
        LineKind::Note => Some(StepKind::Note(prose)),
        LineKind::Warning => Some(StepKind::Warning(prose)),
        LineKind::Continuation
        | LineKind::Alternative
        | LineKind::Close
        | LineKind::Statement { .. }
        | LineKind::Fence { .. }
        | LineKind::Other => Some(StepKind::Step(prose)),
    }
}
