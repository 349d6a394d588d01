//! A real editor: Neovim without a screen, with its own client.

use std::process::Command;

use super::client::Client;

const SCRIPT: &str = include_str!("neovim.lua");

#[test]
fn neovim_gets_findings_a_definition_a_hover_and_a_layout() {
    let found = Command::new("nvim").arg("--version").output();
    assert!(
        found.is_ok(),
        "this test needs the program nvim: run tests/install.sh (on Debian: apt-get install neovim)"
    );
    let text = "entry a \"A title\" {\nnumber 1\n  symptom \"s\"\n  see No.2\n}\nentry b \"B title\" {\n  number 2\n  symptom \"s\"\n  note 👩‍💻 [→nowhere]\n}\n";
    let files = [("faq.toml", "title = \"x\"\nlanguage = \"en\"\n"), ("a.faq", text), ("test.lua", SCRIPT)];
    let client = Client::start(&files);
    let output = Command::new("nvim")
        .args(["--headless", "--clean", "-u", "NONE", "-n", "-c", "luafile test.lua", "a.faq"])
        .env("FAQC", env!("CARGO_BIN_EXE_faqc"))
        .env("XDG_STATE_HOME", client.folder.path())
        .current_dir(client.folder.path())
        .output()
        .expect("nvim starts");
    let said = String::from_utf8_lossy(&output.stderr).into_owned() + &String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}");
    for expected in ["finding F0203 8 ", "nowhere", "definition 5", "hover ### No.2 B title", "formatted   number  1"] {
        assert!(said.contains(expected), "{expected} in\n{said}");
    }
}

/// What the page on editors says to write for an older Neovim, which an installed one understands whatever its age.
#[test]
fn the_configuration_for_neovim_works() {
    let page = include_str!("../../editors/README.md");
    let from = page.split("Neovim 0.7 to 0.10:\n\n```lua\n").nth(1).expect("it is there");
    let init = from.split("```").next().expect("it ends");
    let script = "vim.wait(20000, function() return #vim.diagnostic.get(0) > 0 end, 20)\n\
        io.stderr:write(vim.bo.filetype .. ' ' .. #vim.diagnostic.get(0) .. '\\n')\nvim.cmd('qall!')";
    let text = "entry a \"A title\" {\n  symptom \"s\"\n  see nowhere\n}\n";
    let files =
        [("faq.toml", "title = \"x\"\nlanguage = \"en\"\n"), ("a.faq", text), ("init.lua", init), ("t.lua", script)];
    let client = Client::start(&files);
    let programs = std::path::Path::new(env!("CARGO_BIN_EXE_faqc")).parent().expect("a folder");
    let output = Command::new("nvim")
        .args(["--headless", "-u", "init.lua", "-n", "a.faq", "-c", "luafile t.lua"])
        .env("PATH", format!("{}:{}", programs.display(), std::env::var("PATH").unwrap_or_default()))
        .env("XDG_STATE_HOME", client.folder.path())
        .current_dir(client.folder.path())
        .output()
        .expect("nvim starts");
    let said = String::from_utf8_lossy(&output.stderr).into_owned() + &String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && said.contains("faq 1"), "{said}");
}
