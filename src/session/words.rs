//! Gathers the rules for words that a knowledge base goes by, from the files that `faq.toml` names and those that these
//! import. Refuses to know what the rules say.

use std::collections::BTreeMap;

use crate::config::Config;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::prh::{Ignored, Import, Rule, read_rules};
use crate::source::{FileId, Sources};

/// Longest chain of imports that is followed.
const DEEPEST: usize = 16;

struct Gathering<'a> {
    ids: &'a [FileId],
    sources: &'a Sources,
    /// The files that have been met, in that order, with their rules and whether some path leads to each that does not
    /// ignore it.
    files: Vec<(FileId, Vec<(Rule, bool)>)>,
    imports: BTreeMap<FileId, Vec<Import>>,
}

/// As far as the files were handed in.
pub(super) fn words_of(ids: &[FileId], config: &Config, sources: &Sources, diagnostics: &mut Diagnostics) -> Vec<Rule> {
    let mut gathering = Gathering { ids, sources, files: Vec::new(), imports: BTreeMap::new() };
    for (name, span) in &config.words {
        match gathering.find(name) {
            Some(file) => gathering.walk(file, true, &mut Vec::new(), &mut Vec::new(), diagnostics),
            None => Diagnostic::at(Code::WordRules, *span).message("missing").text("name", name).push_to(diagnostics),
        }
    }
    let rules = gathering.files.into_iter().flat_map(|(_, rules)| rules);
    rules.filter_map(|(rule, is_kept)| is_kept.then_some(rule)).collect()
}

impl Gathering<'_> {
    fn find(&self, name: &str) -> Option<FileId> {
        self.ids.iter().copied().find(|id| self.sources[*id].name == name)
    }

    /// `path`: the files that lead here. `ignored`: what those who import leave out.
    fn walk(
        &mut self,
        file: FileId,
        follows: bool,
        path: &mut Vec<FileId>,
        ignored: &mut Vec<Ignored>,
        diagnostics: &mut Diagnostics,
    ) {
        if path.contains(&file) || path.len() >= DEEPEST {
            return;
        }
        self.meet(file, ignored, diagnostics);
        let list = if follows { self.imports.get(&file).cloned().unwrap_or_default() } else { Vec::new() };
        path.push(file);
        for import in list {
            let Some(target) = self.find(&import.beside(&self.sources[file].name)) else { continue };
            let before = ignored.len();
            ignored.extend(import.ignored);
            self.walk(target, import.follows, path, ignored, diagnostics);
            ignored.truncate(before);
        }
        path.pop();
    }

    fn meet(&mut self, file: FileId, ignored: &[Ignored], diagnostics: &mut Diagnostics) {
        if !self.imports.contains_key(&file) {
            let (rules, imports) = read_rules(file, self.sources, diagnostics);
            self.imports.insert(file, imports);
            self.files.push((file, rules.into_iter().map(|rule| (rule, false)).collect()));
        }
        let rules = self.files.iter_mut().filter(|(id, _)| *id == file).flat_map(|(_, rules)| rules);
        rules.for_each(|(rule, is_kept)| *is_kept |= !ignored.iter().any(|one| rule.is(one)));
    }
}
