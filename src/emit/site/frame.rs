//! What stands around every page: head, navigation, footer, and the files that all pages load. Refuses to know their content.

use askama::Template;

use super::scripts::{BASE, DIALOGUE, FOLD, RUNTIME, SEARCH, SEARCH_BOX};
use super::view::{Link, View};

/// What a page may load and do. No script or style stands in a page itself. Browsers take `'self'` of a page that was opened from a
/// folder for all files, so the same policy holds there.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; base-uri 'self'; form-action 'self'";

/// The head of a page and its place in the whole.
#[derive(Clone, Debug, Default)]
pub struct Head {
    pub title: String,
    pub description: String,
    /// From the widest; the page itself is not among them.
    pub crumbs: Vec<Link>,
    /// Which of the main pages it is, or none.
    pub here: &'static str,
    /// Structured data, as the text of a script element.
    pub linked_data: Option<String>,
    /// The parts that a list is cut into.
    pub parts: Option<Parts>,
}

/// Where a page stands among the parts of its list.
#[derive(Clone, Debug)]
pub struct Parts {
    pub all: Vec<Link>,
    pub here: usize,
}

impl Parts {
    /// `None` for a list on one page. `base` is the name of its first page, in the same folder.
    pub fn new(base: &str, count: usize, here: usize) -> Option<Self> {
        let link = |part| Link { href: format!("{}.html", super::part_name(base, part)), text: (part + 1).to_string() };
        (count > 1).then(|| Self { all: (0..count).map(link).collect(), here })
    }

    pub fn before(&self) -> Option<&Link> {
        self.here.checked_sub(1).and_then(|part| self.all.get(part))
    }

    pub fn after(&self) -> Option<&Link> {
        self.all.get(self.here + 1)
    }

    /// Whether the link is shown: the first, the last, and those around this one.
    pub fn is_near(&self, part: &usize) -> bool {
        *part == 0 || part + 1 == self.all.len() || part.abs_diff(self.here) <= 2
    }
}

impl Head {
    pub fn new(title: impl Into<String>, here: &'static str) -> Self {
        Self { title: title.into(), here, ..Self::default() }
    }

    pub fn policy(&self, view: &View<'_>) -> String {
        match view.connect {
            // Pages without a search send nothing.
            Some(to) if view.is_preview || matches!(self.here, "home" | "guide") => {
                format!("{POLICY}; connect-src {}", source(to))
            }
            _ => POLICY.to_owned(),
        }
    }
}

/// An address as a source of a policy, which has no queries, and in which `;` and `,` end what they stand in (Content Security
/// Policy Level 3, 2.3.1).
fn source(address: &str) -> String {
    let path = address.split('?').next().unwrap_or_default();
    path.replace(';', "%3B").replace(',', "%2C")
}

/// Leads on to where something is now.
#[derive(Template)]
#[template(path = "moved.html")]
pub struct Moved<'a> {
    view: View<'a>,
    head: Head,
    to: Link,
}

pub fn moved(view: View<'_>, to: Link) -> Moved<'_> {
    Moved { view, head: Head::new(to.text.clone(), ""), to }
}

/// Files of `assets/`: the style sheet, the icon, and the scripts. The one for light and dark is loaded before a page is drawn.
pub fn assets() -> Vec<(String, &'static str)> {
    let own = [
        ("site.css", include_str!("style/site.css")),
        ("icon.svg", include_str!("style/icon.svg")),
        ("theme.js", include_str!("script/theme.js")),
    ];
    let scripts =
        [BASE, RUNTIME, SEARCH, DIALOGUE, SEARCH_BOX].into_iter().flatten().map(|script| (script.name, script.text));
    own.into_iter().chain(scripts).map(|(name, text)| (format!("assets/{name}"), text)).collect()
}

/// The scripts of the start page, in order.
pub fn search_scripts() -> Vec<&'static str> {
    [BASE, FOLD, SEARCH, SEARCH_BOX].into_iter().flatten().map(|script| script.name).collect()
}

/// The scripts of the dialogue, in order.
pub fn dialogue_scripts() -> Vec<&'static str> {
    [BASE, RUNTIME, SEARCH, DIALOGUE, SEARCH_BOX].into_iter().flatten().map(|script| script.name).collect()
}
