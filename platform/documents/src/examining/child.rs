//! Examining a file in a child process of the same binary.
//!
//! The order goes to the child's standard input: the length of a JSON head, the head, the file. The
//! answer comes back on its standard output in the same form, with the clean copy behind the head.
//! What the child may do, it has given up before it reads; what kills it tells why.

use std::io::{self, Read, Write};
use std::os::unix::process::ExitStatusExt;
use std::path::PathBuf;
use std::process::{Child, Command, ExitCode, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

use super::confinement::{CPU_SECONDS, MEMORY_MEGABYTES, confine};
use super::{Cleaned, Examined, Findings, Job, Masking, Outcome, Preview, Refusal, here};
use crate::reading::MOST_BYTES;

/// The hidden argument by which the binary becomes an examining child.
pub const ARGUMENT: &str = "examine-document";

/// The largest answer a parent takes, in bytes.
const LARGEST_ANSWER: u64 = 32 * 1024 * 1024;
/// How much of a dying child's last words is looked at.
const LAST_WORDS: u64 = 2_000;
/// The wall-clock time one file may take.
pub const LONGEST: Duration = Duration::from_secs(20);

const SIGNAL_ABORT: i32 = 6;
const SIGNAL_KILL: i32 = 9;
const SIGNAL_SEGV: i32 = 11;
const SIGNAL_CPU: i32 = 24;
const SIGNAL_SYSTEM_CALL: i32 = 31;

#[derive(Serialize, Deserialize)]
struct Order {
    job: Job,
    name: String,
    masking: Masking,
}

type Answer = Result<Outcome, Refusal>;

/// A way to examine: which program to start, and how long it may take.
#[derive(Debug, Clone)]
pub struct Examiner {
    /// The program that calls [`serve_child`] when started with [`ARGUMENT`].
    pub program: PathBuf,
    /// The time one file may take before it is given up.
    pub timeout: Duration,
}

impl Examiner {
    /// An examiner that starts this very binary again.
    ///
    /// # Errors
    ///
    /// [`Refusal::Died`] when the system does not tell which program this is.
    pub fn of_this_program() -> Result<Self, Refusal> {
        let program = std::env::current_exe().map_err(|error| died(&error))?;
        Ok(Self { program, timeout: LONGEST })
    }

    /// Looks through a file.
    ///
    /// # Errors
    ///
    /// Any [`Refusal`].
    pub fn scan(&self, bytes: &[u8], name: &str) -> Result<Findings, Refusal> {
        Ok(self.ask(Job::Scan, bytes, name, &Masking::default())?.0.findings)
    }

    /// The visible text of a file.
    ///
    /// # Errors
    ///
    /// Any [`Refusal`].
    pub fn text_of(&self, bytes: &[u8], name: &str) -> Result<String, Refusal> {
        Ok(self.ask(Job::Read, bytes, name, &Masking::default())?.0.text)
    }

    /// What of a file is shown before it is fetched, and its picture.
    ///
    /// # Errors
    ///
    /// Any [`Refusal`].
    pub fn preview(&self, bytes: &[u8], name: &str) -> Result<(Preview, Vec<u8>), Refusal> {
        let (outcome, picture) = self.ask(Job::Preview, bytes, name, &Masking::default())?;
        Ok((outcome.preview.unwrap_or_default(), picture))
    }

    /// Writes a file clean.
    ///
    /// # Errors
    ///
    /// Any [`Refusal`].
    pub fn clean(&self, bytes: &[u8], name: &str, masking: &Masking) -> Result<Cleaned, Refusal> {
        let examined = self.examine(bytes, name, masking)?;
        Ok(Cleaned { bytes: examined.cleaned?, findings: examined.findings })
    }

    /// Everything that publication needs to know of an upload.
    ///
    /// # Errors
    ///
    /// Any [`Refusal`] to examine the file.
    pub fn examine(
        &self,
        bytes: &[u8],
        name: &str,
        masking: &Masking,
    ) -> Result<Examined, Refusal> {
        let (outcome, copy) = self.ask(Job::Examine, bytes, name, masking)?;
        let cleaned = outcome.refused.map_or(Ok(copy), Err);
        Ok(Examined { findings: outcome.findings, cleaned, text: outcome.text })
    }

    fn ask(
        &self,
        job: Job,
        bytes: &[u8],
        name: &str,
        masking: &Masking,
    ) -> Result<(Outcome, Vec<u8>), Refusal> {
        if bytes.len() as u64 > MOST_BYTES {
            return Err(Refusal::TooLarge { bytes: bytes.len() as u64 });
        }
        let order = Order { job, name: name.to_owned(), masking: masking.clone() };
        let head = serde_json::to_vec(&order).map_err(|error| died(&error))?;
        let mut child = self.start()?;
        let answer = converse(&mut child, &head, bytes, self.timeout);
        // Whatever happened, no child may outlive its order; killing one that has ended is no error
        // worth telling.
        let _ = child.kill();
        let _ = child.wait();
        answer
    }

    fn start(&self) -> Result<Child, Refusal> {
        Command::new(&self.program)
            .arg(ARGUMENT)
            .env_clear()
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(|error| died(&error))
    }
}

fn died(error: &dyn std::fmt::Display) -> Refusal {
    Refusal::Died { detail: error.to_string() }
}

/// One thread for each pipe, so that neither side can wait for the other for ever, and one that
/// ends a child that takes too long.
fn converse(
    child: &mut Child,
    head: &[u8],
    bytes: &[u8],
    timeout: Duration,
) -> Result<(Outcome, Vec<u8>), Refusal> {
    let (Some(mut stdin), Some(stdout), Some(stderr)) =
        (child.stdin.take(), child.stdout.take(), child.stderr.take())
    else {
        return Err(died(&"管道没有打开"));
    };
    let (answer, words, status) = thread::scope(|scope| {
        scope.spawn(move || {
            let length = (head.len() as u32).to_le_bytes();
            // a child that ends early breaks this pipe; how it ended tells why
            let sent = stdin.write_all(&length).and_then(|()| stdin.write_all(head));
            let _ = sent.and_then(|()| stdin.write_all(bytes));
        });
        let answer = scope.spawn(|| collect(stdout, LARGEST_ANSWER + 1));
        let words = scope.spawn(|| collect(stderr, LAST_WORDS));
        let status = await_end(child, timeout);
        (answer.join().unwrap_or_default(), words.join().unwrap_or_default(), status)
    });
    let status = status?.ok_or(Refusal::TimedOut { seconds: timeout.as_secs() })?;
    if answer.len() as u64 > LARGEST_ANSWER {
        return Err(Refusal::ResultTooLarge { megabytes: LARGEST_ANSWER >> 20 });
    }
    if !status.success() {
        return Err(told(status, &words));
    }
    let (told, copy) = split(answer).ok_or_else(|| died(&"没有回答"))?;
    Ok((told?, copy))
}

/// How the child ended; `None` if it had to be ended.
fn await_end(child: &mut Child, timeout: Duration) -> Result<Option<ExitStatus>, Refusal> {
    let deadline = Instant::now() + timeout;
    let mut pause = Duration::from_millis(1);
    loop {
        if let Some(status) = child.try_wait().map_err(|error| died(&error))? {
            return Ok(Some(status));
        }
        if Instant::now() >= deadline {
            let _ = child.kill();
            let _ = child.wait();
            return Ok(None);
        }
        thread::sleep(pause);
        pause = (pause * 2).min(Duration::from_millis(20));
    }
}

fn collect(from: impl Read, limit: u64) -> Vec<u8> {
    let mut from = from.take(limit);
    let mut bytes = Vec::new();
    // What came before a broken pipe is still worth having: it is judged by how the child ended.
    let _ = from.read_to_end(&mut bytes);
    bytes
}

fn split(mut answer: Vec<u8>) -> Option<(Answer, Vec<u8>)> {
    let length = u32::from_le_bytes(answer.get(..4)?.try_into().ok()?) as usize;
    let copy = answer.split_off(length.checked_add(4).filter(|end| *end <= answer.len())?);
    Some((serde_json::from_slice(&answer[4..]).ok()?, copy))
}

/// What the end of a child says about its file.
fn told(status: ExitStatus, words: &[u8]) -> Refusal {
    let words = String::from_utf8_lossy(words);
    match status.signal() {
        Some(SIGNAL_SYSTEM_CALL) => {
            tracing::warn!(%status, "an examined file made its child call what it may not; it is not tried again");
            Refusal::Forbidden
        }
        Some(SIGNAL_CPU | SIGNAL_KILL) => Refusal::TimedOut { seconds: CPU_SECONDS },
        Some(SIGNAL_ABORT) if words.contains("memory allocation") => {
            Refusal::OutOfMemory { megabytes: MEMORY_MEGABYTES }
        }
        Some(SIGNAL_SEGV | SIGNAL_ABORT) if words.contains("overflow") => {
            Refusal::Bomb { what: "内容嵌套过深".to_owned() }
        }
        _ => Refusal::Died { detail: format!("{status} {}", words.trim()) },
    }
}

/// Gives up what an examining child gives up, for good: [`serve_child`] does so first, and a test may
/// try what is left.
///
/// # Errors
///
/// What the system said, for the technician.
pub fn shut_in() -> Result<(), String> {
    confine().map_err(|error| error.to_string())
}

/// The child's side: shuts itself in, reads an order, examines, answers, and says how to exit.
/// `main` calls it when its first argument is [`ARGUMENT`], before it reads any configuration.
#[must_use]
pub fn serve_child() -> ExitCode {
    match confine()
        .map_err(|error| error.to_string())
        .and_then(|()| serve().map_err(|error| error.to_string()))
    {
        Ok(()) => ExitCode::SUCCESS,
        Err(words) => {
            // If the parent no longer listens there is nobody left to tell.
            let _ = io::stderr().write_all(words.as_bytes());
            ExitCode::FAILURE
        }
    }
}

fn serve() -> io::Result<()> {
    let mut stdin = io::stdin().lock().take(MOST_BYTES + 1024 * 1024);
    let mut length = [0; 4];
    stdin.read_exact(&mut length)?;
    let mut head = vec![0; (u32::from_le_bytes(length) as usize).min(1 << 20)];
    stdin.read_exact(&mut head)?;
    let order: Order = serde_json::from_slice(&head)?;
    let mut bytes = Vec::new();
    stdin.read_to_end(&mut bytes)?;
    let (answer, copy) = examined(&order, &bytes);
    let head = serde_json::to_vec(&answer)?;
    let mut stdout = io::stdout().lock();
    stdout.write_all(&(head.len() as u32).to_le_bytes())?;
    stdout.write_all(&head)?;
    stdout.write_all(&copy)?;
    stdout.flush()
}

fn examined(order: &Order, bytes: &[u8]) -> (Answer, Vec<u8>) {
    if order.job == Job::Preview {
        return match here::preview(bytes, &order.name) {
            Ok((preview, picture)) => {
                (Ok(Outcome { preview: Some(preview), ..Outcome::default() }), picture)
            }
            Err(refusal) => (Err(refusal), Vec::new()),
        };
    }
    let (findings, text) = match here::scan(bytes, &order.name) {
        Ok(found) => found,
        Err(refusal) => return (Err(refusal), Vec::new()),
    };
    match order.job {
        Job::Scan => {
            return (Ok(Outcome { findings, ..Outcome::default() }), Vec::new());
        }
        Job::Read => {
            return (Ok(Outcome { text, ..Outcome::default() }), Vec::new());
        }
        Job::Examine | Job::Preview => {}
    }
    let (refused, copy) = match here::clean_of(bytes, &order.name, &order.masking, &text) {
        Ok(copy) => (None, copy),
        Err(refusal) => (Some(refusal), Vec::new()),
    };
    (Ok(Outcome { findings, text, refused, preview: None }), copy)
}
