//! What becomes of a code's findings: the levels that `faq.toml` and the command line give to lints.

use std::collections::BTreeMap;

use super::{Code, Diagnostic, Severity};

/// What becomes of a code's findings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    Allow,
    Warn,
    Deny,
}

/// The levels of those lints whose level was chosen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Levels {
    by_code: BTreeMap<Code, Level>,
    deny_warnings: Option<bool>,
}

/// Why a lint cannot have a level.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LevelError {
    /// No code has the name; the nearest one that a level can be given to.
    Unknown { nearest: Option<&'static str> },
    /// An error stays an error.
    Fixed(Code),
}

/// The name that stands for every warning.
const WARNINGS: &str = "warnings";

impl Level {
    pub const ALL: [Self; 3] = [Self::Allow, Self::Warn, Self::Deny];

    /// As written in `faq.toml`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Allow => "allow",
            Self::Warn => "warn",
            Self::Deny => "deny",
        }
    }
}

impl Levels {
    /// Gives a lint, by name or code, or all `warnings`, a level; a later call wins.
    ///
    /// # Errors
    /// When no code is called so, or the code's findings are errors and the level is weaker than `deny`.
    pub fn set(&mut self, lint: &str, level: Level) -> Result<(), LevelError> {
        if lint == WARNINGS && level != Level::Allow {
            self.deny_warnings = Some(level == Level::Deny);
            return Ok(());
        }
        let code = Code::find(lint).ok_or_else(|| LevelError::Unknown { nearest: nearest(lint) })?;
        if code.severity() == Severity::Error && level != Level::Deny {
            return Err(LevelError::Fixed(code));
        }
        self.by_code.insert(code, level);
        Ok(())
    }

    /// These levels with those of `stronger` over them.
    #[must_use]
    pub fn overlaid(&self, stronger: &Self) -> Self {
        let mut by_code = self.by_code.clone();
        by_code.extend(&stronger.by_code);
        Self { by_code, deny_warnings: stronger.deny_warnings.or(self.deny_warnings) }
    }

    /// Whether nothing of the code is wanted.
    pub fn is_off(&self, code: Code) -> bool {
        self.by_code.get(&code) == Some(&Level::Allow)
    }

    /// The severity that the finding has under these levels; `None` when it is not wanted.
    pub fn judge(&self, diagnostic: &Diagnostic) -> Option<Severity> {
        let severity = match self.by_code.get(&diagnostic.code) {
            Some(Level::Allow) => return None,
            Some(Level::Warn) => Severity::Warning,
            Some(Level::Deny) => Severity::Error,
            None => diagnostic.severity,
        };
        let denied = self.deny_warnings == Some(true) && severity == Severity::Warning;
        Some(if denied { Severity::Error } else { severity })
    }
}

fn nearest(lint: &str) -> Option<&'static str> {
    let adjustable = Code::ALL.iter().filter(|code| code.severity() < Severity::Error).map(|code| code.name());
    super::explain::nearest(lint, adjustable.chain([WARNINGS]))
}
