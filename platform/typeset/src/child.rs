//! Setting a document in a child process of the same binary.
//!
//! The order goes to the child's standard input as JSON. The PDF comes back on its standard output;
//! a [`TypesetError`] comes back as JSON on its standard error with exit code 1. A child that takes
//! longer than it may is killed.

use std::io::{self, Read, Write};
use std::path::PathBuf;
use std::process::{Child, ChildStderr, ChildStdin, ChildStdout, Command, ExitCode, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{Template, TypesetError, press};

/// The hidden argument by which the binary becomes a typesetting child.
pub const ARGUMENT: &str = "typeset";

/// The largest order a child reads, in bytes: some hundred thousand rows.
const LARGEST_ORDER: u64 = 256 * 1024 * 1024;

/// How much of a dying child's last words is passed on, in characters.
const LAST_WORDS: usize = 400;

/// What a child is asked to do.
#[derive(Serialize, Deserialize)]
struct Order {
    template: Template,
    fonts: Vec<PathBuf>,
    data: Value,
}

/// A way to print: which program to start, where its fonts are, and how long it may take.
#[derive(Debug, Clone)]
pub struct Press {
    /// The program that calls [`serve_child`] when started with [`ARGUMENT`].
    pub program: PathBuf,
    /// Font folders that are searched before the one beside the program and the system's.
    pub fonts: Vec<PathBuf>,
    /// The time one document may take before it is given up.
    pub timeout: Duration,
}

impl Press {
    /// A press that starts this very binary again.
    ///
    /// # Errors
    ///
    /// [`TypesetError::Spawn`] when the system does not tell which program this is.
    pub fn of_this_program(timeout: Duration) -> Result<Self, TypesetError> {
        let program = std::env::current_exe().map_err(|error| spawn_error(&error))?;
        Ok(Self { program, fonts: Vec::new(), timeout })
    }

    /// Prints one document. Blocks until it is done: from async code call it where blocking is
    /// allowed.
    ///
    /// # Errors
    ///
    /// Any [`TypesetError`].
    pub fn render(&self, template: Template, data: Value) -> Result<Vec<u8>, TypesetError> {
        let order = Order { template, fonts: self.fonts.clone(), data };
        let order = serde_json::to_vec(&order)
            .map_err(|error| TypesetError::Data { detail: error.to_string() })?;
        let mut child = self.start()?;
        let answer = converse(&mut child, order, self.timeout);
        // Whatever happened, no child may outlive its order; killing one that has ended is no error
        // worth telling.
        let _ = child.kill();
        let _ = child.wait();
        answer
    }

    fn start(&self) -> Result<Child, TypesetError> {
        Command::new(&self.program)
            .arg(ARGUMENT)
            .env_clear()
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(|error| spawn_error(&error))
    }
}

/// Prints one document by a child of this binary, with the fonts beside it and the system's.
///
/// # Errors
///
/// Any [`TypesetError`].
pub fn render(template: Template, data: Value, timeout: Duration) -> Result<Vec<u8>, TypesetError> {
    Press::of_this_program(timeout)?.render(template, data)
}

/// The child's side: reads an order from standard input, prints, answers, and says how to exit.
/// `main` calls it when its first argument is [`ARGUMENT`], before it reads any configuration.
#[must_use]
pub fn serve_child() -> ExitCode {
    let answer = take_order().and_then(|order| {
        let pdf = press::print(order.template, &order.data, &order.fonts)?;
        let sent = io::stdout().write_all(&pdf).and_then(|()| io::stdout().flush());
        sent.map_err(|error| TypesetError::Died { detail: error.to_string() })
    });
    let Err(error) = answer else { return ExitCode::SUCCESS };
    let told = serde_json::to_string(&error).unwrap_or_else(|_| error.to_string());
    // If the parent no longer listens there is nobody left to tell.
    let _ = io::stderr().write_all(told.as_bytes());
    ExitCode::FAILURE
}

fn take_order() -> Result<Order, TypesetError> {
    let stdin = io::stdin().lock().take(LARGEST_ORDER);
    serde_json::from_reader(io::BufReader::new(stdin))
        .map_err(|error| TypesetError::Data { detail: error.to_string() })
}

/// Three threads, one for each pipe, so that neither side can wait for the other for ever.
fn converse(child: &mut Child, order: Vec<u8>, timeout: Duration) -> Result<Vec<u8>, TypesetError> {
    let deadline = Instant::now() + timeout;
    let (pdf, words) = match (child.stdin.take(), child.stdout.take(), child.stderr.take()) {
        (Some(stdin), Some(stdout), Some(stderr)) => exchange(stdin, stdout, stderr, order),
        _ => return Err(TypesetError::Spawn { detail: "管道没有打开".to_owned() }),
    };
    let late = |_| TypesetError::Timeout { seconds: timeout.as_secs() };
    let pdf = pdf.recv_timeout(remaining(deadline)).map_err(late)?;
    let words = words.recv_timeout(remaining(deadline)).map_err(late)?;
    while Instant::now() < deadline {
        match child.try_wait().map_err(|error| spawn_error(&error))? {
            Some(status) if status.success() => return Ok(pdf),
            Some(status) => return Err(told_error(&words, &status.to_string())),
            None => thread::sleep(Duration::from_millis(2)),
        }
    }
    Err(TypesetError::Timeout { seconds: timeout.as_secs() })
}

fn exchange(
    mut stdin: ChildStdin,
    stdout: ChildStdout,
    stderr: ChildStderr,
    order: Vec<u8>,
) -> (Receiver<Vec<u8>>, Receiver<Vec<u8>>) {
    // A child that ends early breaks this pipe; its own words tell why, so the error is dropped.
    thread::spawn(move || drop(stdin.write_all(&order)));
    (collect(stdout), collect(stderr))
}

fn collect(mut from: impl Read + Send + 'static) -> Receiver<Vec<u8>> {
    let (send, receive) = mpsc::channel();
    thread::spawn(move || {
        let mut bytes = Vec::new();
        // What came before a broken pipe is still worth having: it is judged by the exit code.
        let _ = from.read_to_end(&mut bytes);
        let _ = send.send(bytes);
    });
    receive
}

fn remaining(deadline: Instant) -> Duration {
    deadline.saturating_duration_since(Instant::now())
}

fn told_error(words: &[u8], status: &str) -> TypesetError {
    serde_json::from_slice(words).unwrap_or_else(|_| {
        let words: String = String::from_utf8_lossy(words).chars().take(LAST_WORDS).collect();
        TypesetError::Died { detail: format!("{status} {}", words.trim()).trim().to_owned() }
    })
}

fn spawn_error(error: &io::Error) -> TypesetError {
    TypesetError::Spawn { detail: error.to_string() }
}
