//! Entries and actions as lines. Refuses to know which symptom they are told for.

use super::{Line, Teller};
use crate::ast::LikelihoodKind;
use crate::diff::version::Version;
use crate::emit::markdown::words::duration;
use crate::language::Language;
use crate::logic::Formula;
use crate::model::{ActionId, CategoryId, Cause, Effect, EntryId, Fallthrough, Target};
use crate::speech;

/// An entry without its actions.
pub fn entry(version: &Version<'_>, id: EntryId, language: Language) -> Vec<Line> {
    let mut teller = Teller::new(version, language);
    let (entry, words) = (&version.model().entries[id], teller.words);
    let number = entry.number.map_or_else(String::new, |number| format!("{}{number} ", words.number));
    teller.prose(&number, &entry.title);
    if entry.category.is_some() {
        let path = category(version, entry.category, words.under);
        teller.push(path, Vec::new());
    }
    entry.causes.iter().for_each(|cause| teller.cause(cause));
    teller.steps(&entry.notes);
    teller.see(&entry.see);
    teller.list(words.contact, entry.contacts.iter().map(|it| Target::Contact(it.contact)).collect());
    let next = |it: &Fallthrough| match it {
        Fallthrough::Contact(it) => Target::Contact(it.contact),
        Fallthrough::Entry(it) => Target::Entries(vec![it.entry]),
    };
    teller.list(words.otherwise, entry.otherwise.iter().map(next).collect());
    if let Some(weight) = entry.weight {
        teller.guidance(weight_label(language), &weight.to_string(), weight.to_string(), Vec::new());
    }
    teller.finish()
}

fn weight_label(language: Language) -> &'static str {
    match language {
        Language::Japanese => "重み",
        Language::English => "Weight",
    }
}

fn category(version: &Version<'_>, id: Option<CategoryId>, under: &str) -> String {
    let categories = &version.model().categories;
    let mut path: Vec<&str> =
        std::iter::successors(id, |id| categories[*id].parent).map(|id| categories[id].title.as_str()).collect();
    path.reverse();
    path.join(under)
}

/// An action without its alternatives.
pub fn action(version: &Version<'_>, id: ActionId, language: Language) -> Vec<Line> {
    let mut teller = Teller::new(version, language);
    let (action, words) = (&version.model().actions[id], teller.words);
    if let Some(title) = &action.title {
        teller.prose("", title);
    }
    let earlier = action.after.iter().map(|(id, _)| Target::Action(*id)).collect();
    teller.list(words.after, earlier);
    teller.steps(&action.steps);
    teller.list(words.contact, action.contacts.iter().map(|it| Target::Contact(it.contact)).collect());
    teller.list(words.then, action.then.iter().map(|it| Target::Entries(vec![it.entry])).collect());
    teller.see(&action.see);
    if let Some(solved) = &action.solved {
        teller.prose(&format!("{}{}", words.solved, words.colon), solved);
    }
    teller.facts(words.finds, action.finds.iter().map(|it| Target::Fact(it.fact)).collect());
    action.sets.iter().for_each(|effect| teller.effect(effect));
    teller.facts(words.recheck, action.recheck.iter().map(|it| Target::Fact(it.fact)).collect());
    if let Some(likely) = action.likely {
        let text = match likely {
            LikelihoodKind::Percent(percent) => format!("{percent}%"),
            LikelihoodKind::Often => words.often.to_owned(),
            LikelihoodKind::Rarely => words.rarely.to_owned(),
        };
        teller.guidance(words.likely, &text, text.clone(), Vec::new());
    }
    teller.takes(action.takes);
    teller.finish()
}

impl Teller<'_> {
    fn cause(&mut self, cause: &Cause) {
        let label = format!("{}{}", self.words.cause, self.words.colon);
        let words = self.when_words(&cause.when);
        self.within(&cause.when, &Formula::Const(true), Some(&words), |teller| {
            teller.prose(&label, &cause.title);
            teller.steps(&cause.notes);
            teller.see(&cause.see);
        });
    }

    fn facts(&mut self, label: &str, aims: Vec<Target>) {
        if !aims.is_empty() {
            let titles: Vec<String> = aims.iter().map(|aim| self.title(aim)).collect();
            self.guidance(label, &titles.join(self.words.comma), String::new(), aims);
        }
    }

    fn effect(&mut self, effect: &Effect) {
        let value = speech::value(self.version.speech(self.language), effect.fact, &effect.value);
        let text = format!("{}{}{value}", self.title(&Target::Fact(effect.fact)), self.words.equals);
        self.guidance(self.words.sets, &text, value, vec![Target::Fact(effect.fact)]);
    }

    pub(super) fn takes(&mut self, seconds: Option<u32>) {
        if let Some(seconds) = seconds {
            let text = duration(seconds, self.words);
            self.guidance(self.words.takes, &text, text.clone(), Vec::new());
        }
    }
}
