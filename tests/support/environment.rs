//! What a test must not take over from the machine or the job that it runs on.

/// Variables that choose a language, or colours.
pub const FORGOTTEN: [&str; 8] =
    ["LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG", "NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "CI"];
