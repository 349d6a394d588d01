//! The real FAQ: what is found in it as it was published, and that nothing is left to be found in ours.

use std::path::Path;

use super::run;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

#[test]
fn the_published_faq_has_the_findings_that_the_documentation_tells() {
    let checked = run(Path::new(ROOT), &["check", "tests/as_published", "--format", "short", "--lang", "ja"]);
    insta::assert_snapshot!(checked.out);
    let page = std::fs::read_to_string(Path::new(ROOT).join("docs/careplan-findings.md")).expect("the page exists");
    let count = |code: &str| checked.out.lines().filter(|line| line.contains(code)).count();
    for (code, told) in [("F0705", "行き止まりになる事象が8つ"), ("F0702", "答えが2つ出る場合が5通り")]
    {
        assert!(page.contains(told) && told.contains(&count(code).to_string()), "{code}: {}", count(code));
    }
    assert!(page.contains("何も案内されない事象が1つ") && count("F0701") == 1);
    let codes = ["F0701", "F0702", "F0705", "F0709"];
    assert!(checked.out.lines().all(|line| codes.iter().any(|code| line.contains(code))), "{}", checked.out);
}

#[test]
fn ours_has_none_and_every_part_of_it_is_tested() {
    let checked = run(Path::new(ROOT), &["check", "kb/careplan", "--deny", "warnings", "--format", "short"]);
    assert_eq!((checked.code, checked.out.as_str()), (0, ""));
    let tested = run(Path::new(ROOT), &["test", "kb/careplan", "--coverage", "--min-coverage", "100"]);
    assert_eq!(tested.code, 0, "{}{}", tested.out, tested.err);
}
