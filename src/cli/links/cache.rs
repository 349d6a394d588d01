//! Remembers which addresses were fine, and when, in a JSON file. What was not fine is asked again every time: somebody may
//! have mended it.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};
use url::Url;

use super::super::failure::{Failure, refused_for};
use super::super::replace::write_output;
use crate::links::Tested;

/// What the file is, so that no other is taken for it.
const FORMAT: &str = "faqc-links-1";
const DAY: u64 = 86_400;

/// What is known from before.
#[derive(Debug)]
pub struct Cache {
    /// None of a single file, which has no folder of its own.
    path: Option<PathBuf>,
    now: u64,
    content: Content,
}

#[derive(Debug, Serialize, Deserialize)]
struct Content {
    format: String,
    /// When each address was last found fine, in seconds since 1970.
    fine: BTreeMap<String, u64>,
}

impl Cache {
    /// Without the answers that are older than some days.
    pub fn read(path: Option<PathBuf>, days: u32) -> Result<Self, Failure> {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |passed| passed.as_secs());
        let mut content = match &path {
            Some(path) => read(path)?,
            None => None,
        }
        .unwrap_or_else(|| Content { format: FORMAT.to_owned(), fine: BTreeMap::new() });
        content.fine.retain(|_, then| now.checked_sub(*then).is_some_and(|age| age < u64::from(days) * DAY));
        Ok(Self { path, now, content })
    }

    pub fn is_fine(&self, url: &Url) -> bool {
        self.content.fine.contains_key(url.as_str())
    }

    /// Keeps what is still asked for, with what was found out now.
    pub fn remember<'u>(&mut self, asked: impl Iterator<Item = &'u Url>, found: &BTreeMap<String, Tested>) {
        let mut fine = BTreeMap::new();
        for url in asked {
            let then = match found.get(url.as_str()) {
                Some(Tested::Fine) => Some(self.now),
                Some(_) => None,
                None => self.content.fine.get(url.as_str()).copied(),
            };
            fine.extend(then.map(|then| (url.as_str().to_owned(), then)));
        }
        self.content.fine = fine;
    }

    pub fn write(&self) -> Result<(), Failure> {
        let Some(path) = &self.path else { return Ok(()) };
        let folder = path.parent().unwrap_or(Path::new(""));
        let is_new = !folder.exists();
        fs::create_dir_all(folder).map_err(|error| Failure::cannot_write(folder, &error))?;
        if is_new {
            // A folder of what can be made again is no matter for version control.
            let ignore = folder.join(".gitignore");
            fs::write(&ignore, "*\n").map_err(|error| Failure::cannot_write(&ignore, &error))?;
        }
        let text = serde_json::to_string_pretty(&self.content).unwrap_or_default() + "\n";
        write_output(path, &text)
    }
}

/// None when there is no file; one that holds something else is left alone.
fn read(path: &Path) -> Result<Option<Content>, Failure> {
    match fs::read(path) {
        Ok(bytes) => match serde_json::from_slice::<Content>(&bytes).ok().filter(|it| it.format == FORMAT) {
            Some(content) => Ok(Some(content)),
            None => Err(refused_for(path, "reason-no-cache")),
        },
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Failure::cannot_read(path, &error)),
    }
}
