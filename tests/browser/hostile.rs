//! A knowledge base whose texts would like to be markup and scripts: they are shown as what they are.

use faqc::Input;

use crate::driver::Browser;
use crate::site::Site;

const HOSTILE: &str =
    r#"</script><script>hacked=1</script><img src=x onerror=hacked=1>"><svg onload=hacked=1>'--><b>&amp;"#;

fn source() -> String {
    let quoted = HOSTILE.replace('"', "”");
    format!(
        r#"entry evil "E {quoted}" {{
  number 1
  category "C {quoted}"
  symptom s
  when f = v
  cause "K {quoted}"
  action do "A {quoted}" {{
    > Do {HOSTILE}
    > See [-> bad].
    ```input
    {HOSTILE}
    ```
  }}
  note N {HOSTILE}
  otherwise contact c
}}
symptom s "S {quoted}" {{
  formerly once-s
  message "M {quoted}"
  also W
}}
fact f "F {quoted}" : one of {{ v "V {quoted}" w "W" }} {{
  ask "Q {quoted}"
}}
contact c "H {quoted}" {{
  tel {HOSTILE}
}}
link bad "L {quoted}" https://example.org/?a=%3Cscript%3E&b='onload=hacked=1'
"#
    )
}

fn is_unharmed(browser: &Browser, needle: &str) {
    browser.wait(&format!("document.body.innerText.includes({needle:?})"));
    assert_eq!(browser.script("return typeof hacked;", &[]), "undefined", "{}", browser.url());
    let scripted = "return [...document.querySelectorAll('a[href], form[action], iframe, svg, img[src=x], [onload], [onerror]')]
        .filter(it => /^javascript:/i.test(it.href ?? it.action ?? '') || it.matches('iframe, img[src=x], [onload], [onerror]')).length;";
    assert_eq!(browser.script(scripted, &[]), 0, "{}", browser.url());
    assert_eq!(browser.console(), [""; 0]);
}

pub fn hostile_text_is_text(browser: &Browser) {
    let site = Site::of(vec![Input { name: "evil.faq".to_owned(), bytes: source().into_bytes() }]);
    browser.console();
    let script = "<script>hacked=1</script>";
    for page in site.pages() {
        let is_about = ["entries/", "symptoms/", "categories/"].iter().any(|folder| page.starts_with(folder));
        browser.go(&site.page(&page));
        browser.wait("document.readyState === 'complete'");
        is_unharmed(browser, if is_about { script } else { "" });
    }
    browser.go(&site.page("guide.html#s"));
    browser.wait("document.querySelector('#step')");
    is_unharmed(browser, script);
    browser.script("[...document.querySelectorAll('#dialogue .choices button')][0].click();", &[]);
    browser.wait("document.querySelector('#step')?.innerText.startsWith('A ')");
    is_unharmed(browser, script);
}

/// A link that somebody sends leads to symptoms of the site, and to no other file, in whichever way it is written.
pub fn links_lead_to_symptoms_alone(browser: &Browser) {
    let site = Site::of(vec![Input { name: "evil.faq".to_owned(), bytes: source().into_bytes() }]);
    site.write("../uploads/evil.js", "globalThis.hacked = 1;");
    site.write("evil.js", "globalThis.hacked = 1;");
    browser.console();
    for part in [
        "..%2f..%2f..%2fuploads%2fevil",
        "..%2F..%2Fevil",
        "..%5c..%5cevil",
        "%252e%252e%252f%252e%252e%252fevil",
        "..",
    ] {
        browser.go("about:blank");
        browser.go(&site.page(&format!("guide.html#{part}")));
        browser.wait("document.readyState === 'complete' && !document.querySelector('[aria-busy]')");
        assert_eq!(browser.script("return typeof hacked;", &[]), "undefined", "{part}");
        browser.wait("!document.getElementById('begin').hidden");
    }
    browser.console();
}

/// The name of a symptom that was changed since the link was sent.
pub fn a_link_outlives_a_change_of_name(browser: &Browser) {
    let site = Site::of(vec![Input { name: "evil.faq".to_owned(), bytes: source().into_bytes() }]);
    browser.go(&site.page("guide.html#s"));
    browser.wait("document.querySelector('#step')");
    browser.script("[...document.querySelectorAll('#dialogue .choices button')][0].click();", &[]);
    browser.wait("document.querySelector('#step')?.innerText.startsWith('A ')");
    let link = browser.url();
    browser.go("about:blank");
    browser.go(&link.replace("#s/", "#once-s/"));
    browser.wait("document.querySelector('#step')?.innerText.startsWith('A ')");
    assert_eq!(browser.url(), link);
}
