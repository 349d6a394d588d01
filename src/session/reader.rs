//! From files to texts and trees; remembers those of the last run, so that a file that has not changed is neither decoded
//! nor parsed again. Refuses to know what the trees mean.

use std::sync::Arc;

use super::decode::decode;
use super::descent::Descent;
use super::{Input, Reread};
use crate::ast;
use crate::config::FILE_NAME;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::model::Model;
use crate::parse::parse_file;
use crate::prh::is_rules_of_words;
use crate::resolve::{Declarations, Earlier, have_same_interface};
use crate::source::{Encoding, FileId, SourceFile, Sources, Span};

use super::ending::intended_name;

/// The files of the last run, by their places in it: a tree holds the number of its file in every span.
#[derive(Debug, Default)]
pub(super) struct Remembered {
    files: Vec<Known>,
    /// By their places, those of the run before that another one has replaced.
    replaced: Vec<Option<Known>>,
    /// What was made of the files last, when it has been taken back.
    model: Option<Model>,
    /// Whether nothing was wrong with the names of the last run.
    pub is_clean: bool,
    pub descent: Descent,
}

#[derive(Debug)]
struct Known {
    source: Arc<SourceFile>,
    /// What is wrong with its name, or its bytes.
    unreadable: Vec<Diagnostic>,
    /// None of a file that holds no rules.
    parsed: Option<Parsed>,
}

#[derive(Debug)]
struct Parsed {
    tree: ast::File,
    findings: Vec<Diagnostic>,
}

fn pass_over(name: String, intended: &str, sources: &mut Sources, diagnostics: &mut Diagnostics) -> FileId {
    let short = |path: &str| path.rsplit('/').next().unwrap_or_default().to_owned();
    let (written, meant) = (short(&name), short(intended));
    let file = sources.add_decoded(name, "", Encoding::Other);
    let finding = Diagnostic::at(Code::IgnoredFile, Span::new(file, 0..0)).text("file", written);
    finding.text("name", meant).help("rename").push_to(diagnostics);
    file
}

/// Whether an input of this name is read as rules: all are but the configuration, and rules for words.
pub fn holds_rules(name: &str) -> bool {
    name != FILE_NAME && !is_rules_of_words(name)
}

impl Remembered {
    /// Adds the files to the sources, those that are as they were without looking into them.
    pub fn decode(&mut self, files: Vec<Reread>, sources: &mut Sources, diagnostics: &mut Diagnostics) -> Vec<FileId> {
        let mut before: Vec<Option<Known>> = std::mem::take(&mut self.files).into_iter().map(Some).collect();
        for file in files {
            let place = self.files.len();
            let known = match file {
                Reread::Read(input) => {
                    let known = before.get_mut(place).and_then(|known| known.take_if(|known| known.is_of(&input)));
                    known.unwrap_or_else(|| Known::new(input, place))
                }
                Reread::Unchanged(name) => match take_named(&mut before, &name, place) {
                    Some((known, at)) => {
                        // What was made of the files names them by their places.
                        self.model = self.model.take().filter(|_| at == place);
                        known
                    }
                    None => continue,
                },
            };
            sources.share(Arc::clone(&known.source));
            known.unreadable.iter().for_each(|finding| diagnostics.push(finding.clone()));
            self.files.push(known);
        }
        self.replaced = before;
        sources.ids().collect()
    }

    /// Parses the files with rules of which there is no tree.
    pub fn parse(&mut self, sources: &Sources) {
        for (id, known) in sources.ids().zip(&mut self.files) {
            if known.parsed.is_none() && holds_rules(&known.source.name) {
                known.parsed = Some(Parsed::new(id, sources));
            }
        }
    }

    /// The trees of the files with rules.
    pub fn trees(&self, diagnostics: &mut Diagnostics) -> Vec<&ast::File> {
        let known = self.files.iter().filter_map(|known| known.parsed.as_ref());
        let known = known.inspect(|parsed| parsed.findings.iter().for_each(|it| diagnostics.push(it.clone())));
        known.map(|parsed| &parsed.tree).collect()
    }

    /// What was made of the last run, if of these files the same can be made where they have not changed; and of what follows that.
    pub fn earlier(&mut self) -> Option<(Earlier, Descent)> {
        let replaced = std::mem::take(&mut self.replaced);
        let model = self.model.take().filter(|_| self.is_clean && replaced.len() == self.files.len())?;
        let is_same = |(old, new): (&Option<Known>, &Known)| match old {
            None => true,
            Some(old) => {
                old.declarations().zip(new.declarations()).is_some_and(|(old, new)| have_same_interface(old, new))
            }
        };
        let is_unchanged: Vec<bool> = replaced.iter().map(Option::is_none).collect();
        let descent = self.descent.followed(&is_unchanged);
        replaced.iter().zip(&self.files).all(is_same).then(|| (Earlier::new(model, is_unchanged), descent))
    }

    /// What was made of files, if they are those of the last run.
    pub fn take_back(&mut self, model: Model, sources: &Sources) {
        let known = self.files.iter().map(|known| Arc::as_ptr(&known.source));
        self.model = known.eq(sources.ids().map(|id| &raw const sources[id])).then_some(model);
    }

    /// Whether these are those of the last run.
    pub fn is_of(&self, files: &[Reread]) -> bool {
        let is_known = |(known, file): (&Known, &Reread)| match file {
            Reread::Read(input) => known.is_of(input),
            Reread::Unchanged(name) => known.source.name == *name,
        };
        self.files.len() == files.len() && self.files.iter().zip(files).all(is_known)
    }
}

/// The file of a name, to stand at this place, and where it stood.
fn take_named(files: &mut [Option<Known>], name: &str, place: usize) -> Option<(Known, usize)> {
    let is_named = |known: &Option<Known>| known.as_ref().is_some_and(|known| known.source.name == name);
    // As a rule nothing has moved.
    let at = if files.get(place).is_some_and(is_named) { place } else { files.iter().position(is_named)? };
    let known = files.get_mut(at)?.take()?;
    if at == place {
        return Some((known, at));
    }
    Some((Known { parsed: None, unreadable: moved(known.unreadable, place), ..known }, at))
}

/// What is found in a file that now has another place.
fn moved(findings: Vec<Diagnostic>, place: usize) -> Vec<Diagnostic> {
    let file = FileId(place as u32);
    let moved = |it: Diagnostic| Diagnostic { span: it.span.map(|span| Span { file, ..span }), ..it };
    findings.into_iter().map(moved).collect()
}

impl Known {
    /// None of a file that holds no rules.
    fn declarations(&self) -> Option<Declarations<'_>> {
        Some(Declarations { file: &self.parsed.as_ref()?.tree, text: &self.source.text })
    }

    /// Decoded, to stand at this place.
    fn new(input: Input, place: usize) -> Self {
        let mut sources = Sources::default();
        let mut unreadable = Diagnostics::default();
        let id = match intended_name(&input.name) {
            Some(intended) => pass_over(input.name, &intended, &mut sources, &mut unreadable),
            None => decode(input.name, input.bytes, &mut sources, &mut unreadable),
        };
        Self { source: sources.shared(id), unreadable: moved(unreadable.into_vec(), place), parsed: None }
    }

    /// Whether the file would be read as it was; not said of what is not UTF-8.
    fn is_of(&self, input: &Input) -> bool {
        let text = self.source.text.as_bytes();
        let has_bytes = || match self.source.encoding {
            Encoding::Utf8 => input.bytes == text,
            Encoding::MarkedUtf8 => input.bytes.strip_prefix(super::decode::MARK) == Some(text),
            Encoding::Other => false,
        };
        self.source.name == input.name && (intended_name(&input.name).is_some() || has_bytes())
    }
}

impl Parsed {
    fn new(id: FileId, sources: &Sources) -> Self {
        let mut findings = Diagnostics::default();
        let tree = parse_file(id, sources, &mut findings);
        Self { tree, findings: findings.into_vec() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::resolve::resolve_again;

    const TEXT: &str = "symptom stuck \"Stuck\"\n\
        entry plug \"Plug\" {\n  symptom stuck\n  action pull \"Pull\" {\n    > Pull the plug.\n  }\n}\n\
        test \"it is found\" {\n  given symptom stuck\n  expect entry plug\n}\n";

    /// Whether what was made of these texts is taken over for those.
    fn is_taken_over(before: [&str; 2], after: [&str; 2]) -> bool {
        let mut remembered = Remembered::default();
        let mut run = |texts: [&str; 2]| {
            let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
            let input = |(name, text): (&str, &str)| Input { name: name.to_owned(), bytes: text.into() };
            let files = ["a.faq", "b.faq"].into_iter().zip(texts).map(input).map(Reread::Read).collect();
            remembered.decode(files, &mut sources, &mut diagnostics);
            remembered.parse(&sources);
            let earlier = remembered.earlier().map(|(earlier, _)| earlier);
            let is_taken_over = earlier.is_some();
            let files = remembered.trees(&mut diagnostics);
            let found = diagnostics.as_slice().len();
            let model = resolve_again(&files, earlier, &Config::default(), &sources, &mut diagnostics);
            remembered.is_clean = diagnostics.as_slice().len() == found;
            remembered.take_back(model, &sources);
            is_taken_over
        };
        assert!(!run(before));
        run(after)
    }

    #[test]
    fn what_others_cannot_see_changes_nothing_for_them() {
        let other = "entry other \"Other\" {\n  symptom stuck\n  action \"Wait\" { do plug/pull }\n}\n";
        let edited = |from: &str, to: &str| is_taken_over([TEXT, other], [&TEXT.replace(from, to), other]);
        for (from, to) in [
            ("Pull the plug.", "Pull it."),
            ("\"Plug\"", "\"The plug\""),
            ("it is found", "found it is"),
            ("expect entry plug", "expect none"),
            ("> Pull the plug.\n", "> Pull the plug.\n    > Wait.\n"),
        ] {
            assert!(edited(from, to), "{to}");
        }
        for (from, to) in [
            ("pull \"Pull\"", "draw \"Pull\""),
            ("entry plug", "entry socket"),
            ("\"Stuck\"", "\"It is stuck\""),
            ("{\n  symptom stuck", "{\n  number 3\n  symptom stuck"),
            ("\n}\ntest", "\n  action more \"More\" { step More. }\n}\ntest"),
            ("test", "fact lit : yes/no\ntest"),
        ] {
            assert!(!edited(from, to), "{to}");
        }
        // What stands inside of others comes after all others.
        let inside = |last: &str| {
            format!(
                "entry one \"One\" {{\n  symptom stuck\n  action \"x\" {{ step x. }}\n  test \"t\" {{ given symptom stuck\n    expect entry one\n  }}\n}}\n{last}"
            )
        };
        let pulled = TEXT.replace("Pull the plug.", "Pull it.");
        assert!(is_taken_over([&inside(other), TEXT], [&inside(other), &pulled]));
        for (last, edited) in [
            (other, &other.replace("Wait", "Wait more")),
            (other, &other.replace("entry other", "entry another")),
            (other, &other.replace("action", "action \"First\" { step a. }\n  action")),
        ] {
            assert!(!is_taken_over([&inside(last), TEXT], [&inside(edited), TEXT]), "{edited}");
        }
        // What was wrong is said again.
        assert!(!is_taken_over(
            [TEXT, "entry more \"More\" {\n  symptom none\n}\n"],
            [&TEXT.replace("Pull the", "The"), other]
        ));
    }
}
