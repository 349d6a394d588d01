//! Tells the names of files that are read from those that are only meant to be; refuses to know what is in them.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

/// What stands after the last dot of a file of rules.
const ENDING: &str = "faq";

/// Whether a file of this name holds rules; capital letters do not matter, as on Windows.
pub fn is_rules(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, ending)| ending.eq_ignore_ascii_case(ENDING))
}

/// The name that a file is meant to have when it is not read only because of how its name ends: `x.faq` for
/// `x.faq.txt` and `x.ｆａｑ`.
pub fn intended_name(name: &str) -> Option<String> {
    if is_rules(name) {
        return None;
    }
    let (stem, ending) = split(name)?;
    let stem = match fold(ending).as_ref() {
        ENDING => stem,
        "txt" | "text" => split(stem).filter(|(_, ending)| fold(ending) == ENDING)?.0,
        _ => return None,
    };
    Some(format!("{stem}.{ENDING}"))
}

/// What stands before and after the last dot, be it one of an input method.
fn split(name: &str) -> Option<(&str, &str)> {
    name.rsplit_once(['.', '．', '｡', '。'])
}

fn fold(ending: &str) -> Cow<'_, str> {
    ending.trim().nfkc().flat_map(char::to_lowercase).collect::<String>().into()
}

#[cfg(test)]
mod tests {
    use super::intended_name;

    #[test]
    fn names_that_were_meant_to_end_with_faq() {
        for name in ["x.faq.txt", "x.FAQ.txt", "x.ｆａｑ", "x．faq", "x.faq ", "x.Faq.TXT", "x．ｆａｑ．ｔｘｔ"]
        {
            assert_eq!(intended_name(name).as_deref(), Some("x.faq"), "{name}");
        }
        for name in ["x.faq", "x.FAQ", "x.txt", "faq", "faq.toml", "x.faq.bak", "x.faq~", "README.md", "faq.txt"] {
            assert_eq!(intended_name(name), None, "{name}");
        }
    }
}
