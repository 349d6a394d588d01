//! Makes file names and anchors out of ids, which may be anything: safe on every file system and in every link, different
//! for different ids, and the same from one build to the next. Refuses to know what has the id.

use rustc_hash::FxHashSet;
use unicode_normalization::{IsNormalized, is_nfc_quick};

/// Longest name kept as it is; with the hash and `.md` it stays below the 255 bytes that file systems allow.
const LONGEST: usize = 180;
/// Windows counts whole paths, up to 260 characters.
const MOST_CHARACTERS: usize = 80;

/// Names of Windows devices, with or without an extension, and of pages that mdBook treats as a folder's own.
const RESERVED: &[&str] = &["con", "prn", "aux", "nul", "index", "readme"];

/// Names given out so far.
#[derive(Debug, Default)]
pub struct Taken {
    names: FxHashSet<String>,
}

impl Taken {
    /// The name for an id, different from all given out before.
    pub fn claim(&mut self, id: &str) -> String {
        let name = safe(id);
        let mut free = name.clone();
        let mut count = 1;
        while !self.names.insert(free.clone()) {
            count += 1;
            free = format!("{name}~{count}");
        }
        free
    }

    /// The name for an id, unless another already has it.
    pub fn claim_exact(&mut self, id: &str) -> Option<String> {
        let name = safe(id);
        self.names.insert(name.clone()).then_some(name)
    }
}

/// The id itself when it is a harmless name, else what of it is harmless and a hash of it all after `~`, which no
/// harmless name holds. Depends on the id alone, so that published links last.
pub fn safe(id: &str) -> String {
    if is_harmless(id) {
        return id.to_owned();
    }
    let mut name = String::new();
    for c in id.chars().flat_map(char::to_lowercase).take(MOST_CHARACTERS) {
        if name.len() + c.len_utf8() > LONGEST {
            break;
        }
        // A dot would end the stem, and `con.txt` is a device as `con` is.
        match is_safe(c) && c != '.' {
            true => name.push(c),
            false if name.ends_with('-') => {}
            false => name.push('-'),
        }
    }
    let name = name.trim_matches(['-', '_']);
    let name = if name.is_empty() { "id" } else { name };
    format!("{name}~{:016x}", hash(id))
}

fn is_harmless(id: &str) -> bool {
    let stem = id.split('.').next().unwrap_or("");
    !id.is_empty()
        && id.len() <= LONGEST
        && id.chars().all(|c| is_safe(c) && !has_lower_case(c))
        && id.chars().count() <= MOST_CHARACTERS
        && !id.starts_with(['.', '-', '_'])
        && !id.ends_with('.')
        && is_nfc_quick(id.chars()) == IsNormalized::Yes
        && !is_reserved(stem)
}

/// Where file systems ignore case, `A` and `a` would be one file.
fn has_lower_case(c: char) -> bool {
    !c.to_lowercase().eq(std::iter::once(c))
}

fn is_safe(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '・')
}

fn is_reserved(stem: &str) -> bool {
    let port = stem.strip_prefix("com").or_else(|| stem.strip_prefix("lpt"));
    RESERVED.contains(&stem) || port.is_some_and(|rest| rest.chars().count() == 1 && rest.chars().all(char::is_numeric))
}

/// FNV-1a, 64 bits (<http://www.isthe.com/chongo/tech/comp/fnv/>): the standard library's hashes may change.
fn hash(id: &str) -> u64 {
    id.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn harmless_ids_are_their_own_names() {
        for id in ["install-certificate", "no-10", "電子証明書がない", "a.b_c", "申請・更新", "コン"] {
            assert_eq!(safe(id), id);
        }
    }

    #[test]
    fn hostile_ids_get_safe_names_of_their_own() {
        let long = "長".repeat(500);
        let ids = [
            "../x",
            "x",
            "a/b",
            "a\\b",
            "a-b",
            "CON",
            "con",
            "com1",
            "com1.txt",
            "nul",
            "X",
            "",
            ".",
            "..",
            ".x",
            "x.",
            "-x",
            "index",
            "README",
            "a b",
            "a\0b",
            "{{#include x}}",
            "a|b",
            "<b>",
            "%2e%2e",
            "か\u{3099}",
            "が",
            "🎉",
            "a~b",
            &long,
            "Ｘ",
            "~",
        ];
        let mut taken = Taken::default();
        let names: Vec<String> = ids.iter().map(|id| taken.claim(id)).collect();
        let distinct: FxHashSet<String> = names.iter().map(|name| name.to_lowercase()).collect();
        assert_eq!(distinct.len(), ids.len());
        for name in &names {
            assert!(name.len() < 210 && name.chars().all(|c| is_safe(c) || c == '~'), "{name}");
            assert!(!name.starts_with('.') && !name.is_empty(), "{name}");
            assert!(!is_reserved(name.split('.').next().unwrap_or("")), "{name}");
        }
    }

    #[test]
    fn a_taken_name_is_not_given_twice() {
        let mut taken = Taken::default();
        assert_eq!(taken.claim("a"), "a");
        assert_eq!(taken.claim("a"), "a~2");
        assert_eq!(taken.claim_exact("a"), None);
        assert_eq!(taken.claim_exact("b").as_deref(), Some("b"));
    }
}
