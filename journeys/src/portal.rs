//! The demo city, started from the built program on a port of its own.

use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use anyhow::{Context, bail};

/// How long the unoptimised program may take to load the demo city.
const PATIENCE: Duration = Duration::from_secs(180);

/// The built `gongkai`, which lies two folders above the running test.
///
/// # Errors
/// It was not built.
pub fn program() -> anyhow::Result<PathBuf> {
    let test = std::env::current_exe()?;
    let folder = test.parent().and_then(Path::parent).context("a test lies in target/…/deps")?;
    let program = folder.join("gongkai");
    if !program.exists() {
        bail!("没有 {}。改法: 先运行 cargo build -p gongkai", program.display());
    }
    Ok(program)
}

/// A running portal with the demo city in a folder of its own; both go when it is dropped.
#[derive(Debug)]
pub struct Portal {
    child: Child,
    folder: PathBuf,
    address: String,
}

impl Portal {
    /// Starts `gongkai demo` and waits for the address it prints.
    ///
    /// # Errors
    /// The program is not built, ends, or stays silent.
    pub fn start(journey: &str) -> anyhow::Result<Self> {
        let folder = std::env::temp_dir().join(format!("gongkai-{journey}-{}", std::process::id()));
        std::fs::create_dir_all(&folder)?;
        let mut child = begun(&folder, 0)?;
        let lines = listen(&mut child);
        let mut portal = Self { child, folder, address: String::new() };
        portal.address = portal.await_address(lines)?;
        Ok(portal)
    }

    /// Ends it and starts it again over the same city, so many days after today.
    ///
    /// # Errors
    /// It does not start again.
    pub fn later(&mut self, days: u16) -> anyhow::Result<()> {
        self.child.kill()?;
        self.child.wait()?;
        self.child = begun(&self.folder, days)?;
        let lines = listen(&mut self.child);
        self.address = self.await_address(lines)?;
        Ok(())
    }

    /// `http://127.0.0.1:PORT`
    pub fn address(&self) -> &str {
        &self.address
    }

    /// The folder given to `--data`.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    fn await_address(&mut self, lines: Receiver<String>) -> anyhow::Result<String> {
        let started = Instant::now();
        let mut said = Vec::new();
        while started.elapsed() < PATIENCE {
            match lines.recv_timeout(Duration::from_millis(500)) {
                Ok(line) => {
                    if let Some(address) = address_in(&line) {
                        // What it says afterwards is read on, so that the program never waits for a reader.
                        std::thread::spawn(move || lines.iter().for_each(drop));
                        return Ok(address);
                    }
                    said.push(line);
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => break,
            }
        }
        bail!("gongkai demo 没有说出网址, 它说的是:\n{}", said.join("\n"))
    }
}

impl Drop for Portal {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
        std::fs::remove_dir_all(&self.folder).ok();
    }
}

/// The program with the demo city in a folder, so many days after today.
fn begun(folder: &Path, days: u16) -> anyhow::Result<Child> {
    Command::new(program()?)
        .args(["demo", "--later", &days.to_string(), "--listen", "127.0.0.1:0", "--data"])
        .arg(folder)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .context("gongkai demo")
}

/// Both outputs of the program, line by line.
fn listen(child: &mut Child) -> Receiver<String> {
    let (sender, receiver) = channel();
    if let Some(output) = child.stdout.take() {
        forward(output, sender.clone());
    }
    if let Some(output) = child.stderr.take() {
        forward(output, sender);
    }
    receiver
}

fn forward(output: impl Read + Send + 'static, sender: Sender<String>) {
    std::thread::spawn(move || {
        for line in BufReader::new(output).lines().map_while(Result::ok) {
            if sender.send(line).is_err() {
                break;
            }
        }
    });
}

fn address_in(line: &str) -> Option<String> {
    let (_, rest) = line.split_once("http://127.0.0.1:")?;
    let port: String = rest.chars().take_while(char::is_ascii_digit).collect();
    (!port.is_empty() && port != "0").then(|| format!("http://127.0.0.1:{port}"))
}

#[cfg(test)]
mod tests {
    use super::address_in;

    #[test]
    fn the_address_is_taken_from_whatever_line_names_it() {
        let found = |line: &str| address_in(line);
        assert_eq!(
            found("门户: http://127.0.0.1:41234/ (Ctrl+C 停止)").as_deref(),
            Some("http://127.0.0.1:41234")
        );
        assert_eq!(found("正在监听 http://127.0.0.1:0"), None);
        assert_eq!(found("装入 571 行"), None);
    }
}
