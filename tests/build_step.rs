//! The build step that the examples show reads what the command line reads.

#[allow(dead_code, reason = "its `main` is for those who run it")]
#[path = "../examples/build_step.rs"]
mod build_step;

use std::fs;

use build_step::read_inputs;

#[test]
fn a_folder_without_faq_toml_is_refused_by_name() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.faq"), "").unwrap();
    let refusal = read_inputs(folder.path()).unwrap_err().to_string();
    assert_eq!(refusal, format!("{} is no knowledge base: it has no faq.toml", folder.path().display()));
}

#[test]
fn files_in_sub_folders_are_read_in_the_order_of_their_names() {
    let folder = tempfile::tempdir().unwrap();
    for sub in ["sub/deeper", ".hidden"] {
        fs::create_dir_all(folder.path().join(sub)).unwrap();
    }
    for name in ["z.faq", "sub.faq", "sub/deeper/a.FAQ", "sub/faq.toml", "notes.txt", ".hidden/b.faq", "faq.toml"] {
        fs::write(folder.path().join(name), name).unwrap();
    }
    let inputs = read_inputs(folder.path()).unwrap();
    let names: Vec<&str> = inputs.iter().map(|input| input.name.as_str()).collect();
    assert_eq!(names, ["faq.toml", "sub.faq", "sub/deeper/a.FAQ", "z.faq"]);
    assert!(inputs.iter().all(|input| input.bytes == input.name.as_bytes()));
}
