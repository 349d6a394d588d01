//! Sites to look at: built into a folder, opened from there or served.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};

use faqc::diag::Diagnostics;
use faqc::emit::Target;
use faqc::emit::table::build_table;
use faqc::table::{Piece, Table};
use faqc::{Input, compile};
use tempfile::TempDir;

use crate::careplan::careplan_inputs;

pub struct Site {
    pub table: Table,
    folder: TempDir,
}

impl Site {
    pub fn careplan() -> Self {
        Self::careplan_with("")
    }

    /// With more in its `faq.toml`.
    pub fn careplan_with(settings: &str) -> Self {
        let mut inputs = careplan_inputs();
        let config = inputs.iter_mut().find(|it| it.name == "faq.toml").unwrap();
        config.bytes.extend(format!("\n{settings}\n").into_bytes());
        Self::of(inputs)
    }

    pub fn of(inputs: Vec<Input>) -> Self {
        let compilation = compile(inputs);
        let found = compilation.diagnostics.as_slice();
        assert!(!compilation.diagnostics.has_errors(), "{found:?}");
        let folder = tempfile::tempdir().unwrap();
        let target = Target::find("site").unwrap();
        for file in target.emit(&compilation, &mut Diagnostics::default()) {
            let path = folder.path().join(&file.path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, &file.bytes).unwrap();
        }
        Self { table: build_table(&compilation, &mut Diagnostics::default()), folder }
    }

    fn root(&self) -> PathBuf {
        self.folder.path().join("site")
    }

    /// The address of a page opened from the folder.
    pub fn page(&self, path: &str) -> String {
        format!("file://{}/{path}", self.root().display())
    }

    /// Puts a file that is no part of the site beside its pages.
    pub fn write(&self, path: &str, text: &str) {
        let path = self.root().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    /// Serves the folder, at the address that is returned, for as long as the tests run.
    pub fn serve(&self) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let root = self.root();
        std::thread::spawn(move || listener.incoming().flatten().for_each(|stream| drop(answer(&root, stream))));
        address
    }

    /// A page of each kind, and of those that hold much.
    pub fn pages(&self) -> Vec<String> {
        let mut pages = vec!["index.html".to_owned()];
        for folder in ["", "entries", "symptoms", "categories"] {
            let files = std::fs::read_dir(self.root().join(folder)).into_iter().flatten().flatten();
            let mut names: Vec<String> = files.filter_map(|it| it.file_name().into_string().ok()).collect();
            names.retain(|name| name.ends_with(".html"));
            names.sort();
            names.truncate(if folder.is_empty() { usize::MAX } else { 3 });
            pages.extend(names.iter().map(|name| format!("{folder}/{name}").trim_start_matches('/').to_owned()));
        }
        pages.dedup();
        pages
    }
}

fn answer(root: &Path, mut stream: TcpStream) -> std::io::Result<()> {
    let mut request = [0; 4096];
    let length = stream.read(&mut request)?;
    let request = String::from_utf8_lossy(&request[..length]).into_owned();
    let path = request.split(' ').nth(1).unwrap_or("/").split(['?', '#']).next().unwrap_or("/").trim_start_matches('/');
    let path = if path.is_empty() { "index.html" } else { path };
    let kind = match path.rsplit('.').next() {
        Some("html") => "text/html",
        Some("js") => "text/javascript",
        Some("css") => "text/css",
        Some("svg") => "image/svg+xml",
        _ => "application/octet-stream",
    };
    let (status, body) = match std::fs::read(root.join(path)) {
        Ok(body) => ("200 OK", body),
        Err(_) => ("404 Not Found", Vec::new()),
    };
    write!(
        stream,
        "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    )?;
    stream.write_all(&body)
}

/// Prose as it is read.
pub fn plain(prose: &[Piece]) -> String {
    let piece = |piece: &Piece| match piece {
        Piece::Text(text) => text.clone(),
        Piece::Reference(it) => it.text.clone(),
    };
    prose.iter().map(piece).collect()
}
