//! Rules for words in a `prh.yml`, the format of the tool prh that many teams of writers keep: what is expected, and what
//! must not stand in its place. Refuses to know the texts that are searched.
//!
//! The only user of saphyr and of regular expressions. Of the format `expected`, `pattern`, `patterns`, `regexpMustEmpty`,
//! `options.wordBoundary`, `specs`, `prh` and `imports` with their `ignoreRules` and `disableImports` are read; what is
//! imported are files of their own, which the caller reads too. `targets` say where in other formats prose stands, and say
//! nothing here.

use std::hash::{Hash, Hasher};

use fancy_regex::{Captures, Regex, RegexBuilder};
use saphyr::{LoadableYamlNode, Yaml};

use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::source::{FileId, Sources, Span};

/// Steps that a regular expression may go back: one that needs more finds nothing.
const BACKTRACKING: usize = 100_000;

/// One thing to write in one way.
#[derive(Debug)]
pub struct Rule {
    expected: String,
    patterns: Vec<Regex>,
    /// The patterns as regular expressions, without what options add to them.
    sources: Vec<String>,
    /// A group that must be empty for a hit to count.
    must_be_empty: Option<usize>,
    /// Why, in the words of whoever made the rule.
    pub reason: Option<String>,
}

/// Where a rule wants something else.
#[derive(Debug, PartialEq, Eq)]
pub struct Hit {
    pub start: usize,
    pub end: usize,
    pub expected: String,
}

impl Hash for Rule {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (&self.expected, self.must_be_empty, &self.reason).hash(state);
        self.patterns.iter().for_each(|pattern| pattern.as_str().hash(state));
    }
}

impl Rule {
    /// Whether it is the rule that an import leaves out.
    pub fn is(&self, ignored: &Ignored) -> bool {
        let is_expected = ignored.expected.as_ref().is_none_or(|expected| *expected == self.expected);
        is_expected && ignored.pattern.as_ref().is_none_or(|pattern| self.sources.contains(pattern))
    }

    /// Every place in a text, in order, that reads otherwise than expected.
    pub fn hits(&self, text: &str) -> Vec<Hit> {
        let mut hits: Vec<Hit> = Vec::new();
        for pattern in &self.patterns {
            hits.extend(pattern.captures_iter(text).map_while(Result::ok).filter_map(|found| self.hit(&found)));
        }
        hits.sort_by_key(|hit| (hit.start, hit.end));
        hits.dedup_by(|later, earlier| later.start < earlier.end);
        hits
    }

    fn hit(&self, found: &Captures<'_, str>) -> Option<Hit> {
        let whole = found.get(0)?;
        let is_excepted =
            self.must_be_empty.and_then(|group| found.get(group)).is_some_and(|group| !group.as_str().is_empty());
        let mut expected = String::new();
        found.expand(&self.expected, &mut expected);
        (!is_excepted && expected != whole.as_str() && whole.start() < whole.end()).then(|| Hit {
            start: whole.start(),
            end: whole.end(),
            expected,
        })
    }
}

/// Whether a file of this name holds such rules.
pub fn is_rules_of_words(name: &str) -> bool {
    [".yml", ".yaml"].iter().any(|ending| name.ends_with(ending))
}

/// A file that a `prh.yml` takes rules from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Import {
    /// As written, from the folder of the file that imports it.
    pub path: String,
    /// Whether what it imports in its turn is taken too.
    pub follows: bool,
    /// Rules that are left out.
    pub ignored: Vec<Ignored>,
}

/// A rule that an import leaves out: by all of what is said of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ignored {
    expected: Option<String>,
    /// Without slashes and flags.
    pattern: Option<String>,
}

impl Import {
    /// The name of the file that is meant, for one that stands in the file of this name.
    pub fn beside(&self, name: &str) -> String {
        let folder = name.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
        format!("{folder}{}", self.path.trim_start_matches("./"))
    }
}

/// What a `prh.yml` imports, in order.
pub fn imports(text: &str) -> Vec<Import> {
    imports_of(&Yaml::load_from_str(text).unwrap_or_default())
}

fn imports_of(documents: &[Yaml<'_>]) -> Vec<Import> {
    let lists = documents.iter().filter_map(|document| document.as_mapping_get("imports"));
    lists.flat_map(|list| listed(list).into_iter().filter_map(import).collect::<Vec<_>>()).collect()
}

/// The items of a list, or the one thing that stands in its place.
fn listed<'y>(yaml: &'y Yaml<'y>) -> Vec<&'y Yaml<'y>> {
    yaml.as_vec().map_or_else(|| vec![yaml], |list| list.iter().collect())
}

fn import(yaml: &Yaml<'_>) -> Option<Import> {
    let path = yaml.as_str().or_else(|| text_of(yaml, "path"))?.to_owned();
    let stops = yaml.as_mapping_get("disableImports").and_then(|stops| stops.as_bool());
    let ignored = yaml.as_mapping_get("ignoreRules").map(listed).unwrap_or_default();
    Some(Import { path, follows: stops != Some(true), ignored: ignored.into_iter().filter_map(ignore).collect() })
}

/// A text alone is a pattern.
fn ignore(yaml: &Yaml<'_>) -> Option<Ignored> {
    let expected = text_of(yaml, "expected").map(groups);
    let pattern = yaml.as_str().or_else(|| text_of(yaml, "pattern")).map(|written| source(written).0);
    (expected.is_some() || pattern.is_some()).then_some(Ignored { expected, pattern })
}

/// The rules of a file, and what it imports. What cannot be read is reported and left out.
pub fn read_rules(file: FileId, sources: &Sources, diagnostics: &mut Diagnostics) -> (Vec<Rule>, Vec<Import>) {
    let span = Span::new(file, 0..0);
    let documents = match Yaml::load_from_str(&sources[file].text) {
        Ok(documents) => documents,
        Err(error) => {
            Diagnostic::at(Code::WordRules, span).text("reason", error.to_string()).push_to(diagnostics);
            return (Vec::new(), Vec::new());
        }
    };
    let lists = documents.iter().filter_map(|document| document.as_mapping_get("rules"));
    let mut rules = Vec::new();
    for written in lists.flat_map(|list| list.as_vec().into_iter().flatten()) {
        match rule(written) {
            Ok(rule) => {
                check_specs(written, &rule, span, diagnostics);
                rules.push(rule);
            }
            Err(reason) => Diagnostic::at(Code::WordRules, span).text("reason", reason).push_to(diagnostics),
        }
    }
    (rules, imports_of(&documents))
}

fn text_of<'y>(yaml: &'y Yaml<'_>, key: &str) -> Option<&'y str> {
    yaml.as_mapping_get(key)?.as_str()
}

fn rule(yaml: &Yaml<'_>) -> Result<Rule, String> {
    let expected = yaml.as_str().or_else(|| text_of(yaml, "expected")).ok_or("a rule without `expected`")?;
    let bounded = yaml.as_mapping_get("options").and_then(|options| options.as_mapping_get("wordBoundary")?.as_bool());
    let mut written: Vec<&str> = Vec::new();
    for key in ["pattern", "patterns"] {
        match yaml.as_mapping_get(key) {
            Some(list) if list.as_vec().is_some() => {
                written.extend(list.as_vec().into_iter().flatten().filter_map(|item| item.as_str()));
            }
            Some(one) => written.extend(one.as_str()),
            None => {}
        }
    }
    let sources = match written.is_empty() {
        true => vec![alike(expected)],
        false => written.into_iter().map(source).collect(),
    };
    let build = |(pattern, ignores_case): (String, bool)| {
        let pattern = if bounded == Some(true) { format!(r"\b(?:{pattern})\b") } else { pattern };
        let mut builder = RegexBuilder::new(&pattern);
        builder.case_insensitive(ignores_case).multi_line(true).backtrack_limit(BACKTRACKING);
        builder.build().map_err(|error| format!("`{pattern}`: {error}"))
    };
    let must_be_empty = text_of(yaml, "regexpMustEmpty").and_then(|group| group.trim_start_matches('$').parse().ok());
    Ok(Rule {
        expected: groups(expected),
        sources: sources.iter().map(|(pattern, _)| pattern.clone()).collect(),
        patterns: sources.into_iter().map(build).collect::<Result<_, String>>()?,
        must_be_empty,
        reason: text_of(yaml, "prh").map(str::to_owned),
    })
}

/// `$1` as `${1}`, so that a letter behind it does not belong to it; other dollars as they are.
fn groups(expected: &str) -> String {
    let mut out = String::new();
    let mut rest = expected;
    while let Some((before, after)) = rest.split_once('$') {
        let digits: String = after.chars().take_while(char::is_ascii_digit).collect();
        out.push_str(before);
        out.push_str(&if digits.is_empty() { "$$".to_owned() } else { format!("${{{digits}}}") });
        rest = after.get(digits.len()..).unwrap_or("");
    }
    out + rest
}

/// `/…/i`, or plain text.
fn source(written: &str) -> (String, bool) {
    match written.strip_prefix('/').and_then(|rest| rest.rsplit_once('/')) {
        Some((pattern, flags)) => (pattern.replace("\\/", "/"), flags.contains('i')),
        None => (fancy_regex::escape(written).into_owned(), false),
    }
}

/// The same letters in either width and case.
fn alike(expected: &str) -> (String, bool) {
    let either = |c: char| match c {
        'A'..='Z' | 'a'..='z' | '0'..='9' => {
            let wide = char::from_u32(c as u32 + 0xFEE0).unwrap_or(c);
            format!("[{c}{wide}]")
        }
        other => fancy_regex::escape(&other.to_string()).into_owned(),
    };
    (expected.chars().map(either).collect(), true)
}

/// A rule's own examples, which it must pass.
fn check_specs(yaml: &Yaml<'_>, rule: &Rule, span: Span, diagnostics: &mut Diagnostics) {
    let specs =
        yaml.as_mapping_get("specs").and_then(|specs| specs.as_vec().map(|list| list.iter().collect::<Vec<_>>()));
    for spec in specs.into_iter().flatten() {
        let (Some(from), Some(to)) = (text_of(spec, "from"), text_of(spec, "to")) else { continue };
        let made = replaced(rule, from);
        if made != to {
            let finding = Diagnostic::at(Code::WordRuleSpec, span).text("from", from).text("to", to).text("made", made);
            finding.push_to(diagnostics);
        }
    }
}

fn replaced(rule: &Rule, text: &str) -> String {
    let mut out = String::new();
    let mut at = 0;
    for hit in rule.hits(text) {
        out.push_str(text.get(at..hit.start).unwrap_or(""));
        out.push_str(&hit.expected);
        at = hit.end;
    }
    out + text.get(at..).unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules(text: &str) -> (Vec<Rule>, usize) {
        let mut sources = Sources::default();
        let file = sources.add("prh.yml", text);
        let mut diagnostics = Diagnostics::default();
        let (rules, _) = read_rules(file, &sources, &mut diagnostics);
        (rules, diagnostics.iter().count())
    }

    #[test]
    fn expected_words_patterns_groups_and_boundaries_are_read() {
        let text = "version: 1\nrules:\n  - expected: Cookie\n  - expected: ハードウェア\n    pattern: ハードウエア\n\
                    \u{20} - expected: 第$1章\n    pattern: /([0-9]+)章目/\n    specs:\n      - from: 3章目\n        to: 第3章\n\
                    \u{20} - expected: js\n    pattern: /JS/\n    options:\n      wordBoundary: true\n";
        let (rules, findings) = rules(text);
        assert_eq!((rules.len(), findings), (4, 0));
        assert_eq!(replaced(&rules[0], "cookieとＣＯＯＫＩＥとCookie"), "CookieとCookieとCookie");
        assert_eq!(replaced(&rules[1], "ハードウエア"), "ハードウェア");
        assert_eq!(replaced(&rules[2], "12章目へ"), "第12章へ");
        assert_eq!(replaced(&rules[3], "JS JSON"), "js JSON");
    }

    #[test]
    fn what_cannot_be_read_is_told_and_the_rest_is_used() {
        let text = "rules:\n  - expected: a\n    pattern: /(/\n  - expected: b\n    pattern: c\n    specs:\n      - from: c\n        to: x\n";
        let (rules, findings) = rules(text);
        assert_eq!((rules.len(), findings), (1, 2));
        assert_eq!(super::tests::rules(": : [").1, 1);
    }

    #[test]
    fn imports_are_a_name_or_a_list_and_can_leave_rules_out() {
        let text = "imports:\n  - ./a.yml\n  - path: b.yml\n    disableImports: true\n    ignoreRules:\n      - /テストB/gmu\n\
                    \u{20}     - expected: Cookie\n      - pattern: x\n        expected: y\n";
        let found = imports(text);
        let names: Vec<String> = found.iter().map(|import| import.beside("words/prh.yml")).collect();
        assert_eq!(names, ["words/a.yml", "words/b.yml"]);
        assert_eq!(found.iter().map(|import| import.follows).collect::<Vec<_>>(), [true, false]);
        let text = "rules:\n  - expected: テスト\n    pattern: テストB\n  - Cookie\n  - expected: y\n    pattern: x\n  - expected: z\n    pattern: x\n";
        let (rules, _) = rules(text);
        let left: Vec<bool> = rules.iter().map(|rule| found[1].ignored.iter().any(|one| rule.is(one))).collect();
        assert_eq!(left, [true, true, true, false]);
        assert_eq!(imports("imports: one.yml\n")[0].path, "one.yml");
    }
}
