//! The analysis beside the editing: a thread that compiles the latest state once typing rests. Refuses to know the protocol.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::Duration;

use crate::diag::Diagnostic;
use crate::session::{Input, Session};

/// Typing rests when nothing has come for so long.
const REST: Duration = Duration::from_millis(250);

/// A knowledge base to be analysed.
pub struct Job {
    /// Its folder, or its only file.
    pub key: PathBuf,
    pub revision: u64,
    pub files: Vec<(String, Arc<str>)>,
}

/// What was found; files are numbered as in the job.
pub struct Done {
    pub key: PathBuf,
    pub revision: u64,
    pub findings: Vec<Diagnostic>,
}

/// Starts the thread; it ends when the sender is dropped.
pub fn start(tell: impl Fn(Done) + Send + 'static) -> Sender<Job> {
    let (sender, jobs) = channel();
    thread::spawn(move || work(&jobs, tell));
    sender
}

fn work(jobs: &Receiver<Job>, tell: impl Fn(Done)) {
    let mut sessions: BTreeMap<PathBuf, Session> = BTreeMap::new();
    let mut waiting: BTreeMap<PathBuf, Job> = BTreeMap::new();
    loop {
        let job = if waiting.is_empty() {
            jobs.recv().map_err(|_| RecvTimeoutError::Disconnected)
        } else {
            jobs.recv_timeout(REST)
        };
        match job {
            Ok(job) => drop(waiting.insert(job.key.clone(), job)),
            Err(RecvTimeoutError::Disconnected) => return,
            Err(RecvTimeoutError::Timeout) => {
                for (key, job) in std::mem::take(&mut waiting) {
                    let mut session = sessions.remove(&key).unwrap_or_default();
                    let inputs = job
                        .files
                        .iter()
                        .map(|(name, text)| Input { name: name.clone(), bytes: text.as_bytes().to_vec() });
                    let inputs: Vec<Input> = inputs.collect();
                    // A fault of the analysis must not end the editing.
                    let compiled = catch_unwind(AssertUnwindSafe(|| session.compile(inputs)));
                    if let Ok(compilation) = compiled {
                        sessions.insert(key.clone(), session);
                        let findings = compilation.diagnostics.into_vec();
                        tell(Done { key, revision: job.revision, findings });
                    }
                }
            }
        }
    }
}
