//! A server that was started here and ends here.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};

use anyhow::{Context, bail};

/// A debug build may take minutes to load the demo city.
const PATIENCE: Duration = Duration::from_secs(600);

/// Between two looks at the clock of a server that should come to rest.
const PAUSE: Duration = Duration::from_millis(250);

/// What `/proc` counts processor time in, on every Linux in use.
const TICK: Duration = Duration::from_millis(10);

/// A server that answers at an address. It is killed when this is dropped.
pub struct Running {
    child: Child,
    address: SocketAddr,
    log: PathBuf,
}

impl Running {
    /// Starts a program and waits until it prints where it answers; what it says besides goes to
    /// `log`.
    pub fn start(command: Command, log: &Path) -> anyhow::Result<Self> {
        Self::start_within(PATIENCE, command, log)
    }

    /// The same for what may take longer: an index of a million documents is made before it answers.
    pub fn start_within(
        patience: Duration,
        mut command: Command,
        log: &Path,
    ) -> anyhow::Result<Self> {
        let name = command.get_program().display().to_string();
        let child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(File::create(log)?)
            .spawn()
            .with_context(|| format!("无法运行 {name}"))?;
        let unset = SocketAddr::from(([127, 0, 0, 1], 0));
        let mut running = Self { child, address: unset, log: log.to_path_buf() };
        let lines = running.listen().context("没有标准输出")?;
        running.address = match address_among(&lines, patience) {
            Some(address) => address,
            None => bail!("{name} 没有启动: {}", running.logged()),
        };
        Ok(running)
    }

    /// Takes every line the program prints, so that its pipe is never full.
    fn listen(&mut self) -> Option<Receiver<String>> {
        let stdout = self.child.stdout.take()?;
        let (sender, lines) = mpsc::channel();
        std::thread::spawn(move || {
            for line in BufReader::new(stdout).lines().map_while(Result::ok) {
                // Nobody listens any more once the address is known.
                let _ = sender.send(line);
            }
        });
        Some(lines)
    }

    /// Where it answers.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The number the system knows it by.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// What it has said about itself so far.
    pub fn logged(&self) -> String {
        std::fs::read_to_string(&self.log).unwrap_or_default().trim().to_owned()
    }

    /// Processor time used since its start, its own and the kernel's for it.
    pub fn worked(&self) -> anyhow::Result<Duration> {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id()))?;
        worked(&stat).context("读不懂 /proc 里的 stat")
    }

    /// Bytes resident in memory: now, and at the most so far.
    pub fn resident(&self) -> anyhow::Result<(u64, u64)> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let now = field(&status, "VmRSS").context("/proc 里没有 VmRSS")?;
        Ok((now, field(&status, "VmHWM").unwrap_or(now)))
    }

    /// Bytes of it that no file backs: what the system cannot take back by itself.
    pub fn own_memory(&self) -> anyhow::Result<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        field(&status, "RssAnon").context("/proc 里没有 RssAnon")
    }

    /// Waits until it has had nothing to do for a second: what it does by itself after its start
    /// must not be measured as something else.
    pub fn settle(&self) -> anyhow::Result<()> {
        self.settle_within(PATIENCE)
    }

    /// The same where that may take longer.
    pub fn settle_within(&self, patience: Duration) -> anyhow::Result<()> {
        let began = Instant::now();
        let mut quiet = 0;
        let mut before = self.worked()?;
        while quiet < 4 {
            if began.elapsed() > patience {
                bail!("程序启动后一直在忙, 没有安静下来");
            }
            std::thread::sleep(PAUSE);
            let now = self.worked()?;
            quiet = if now <= before + TICK { quiet + 1 } else { 0 };
            before = now;
        }
        Ok(())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended by itself; then there is nothing to end.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The first address told; `None` when the lines end or do not come.
fn address_among(lines: &Receiver<String>, patience: Duration) -> Option<SocketAddr> {
    let began = Instant::now();
    loop {
        let left = patience.checked_sub(began.elapsed())?;
        if let Some(address) = address_in(&lines.recv_timeout(left).ok()?) {
            return Some(address);
        }
    }
}

fn address_in(line: &str) -> Option<SocketAddr> {
    let (_, rest) = line.split_once("http://")?;
    let end = rest.find(|c: char| !(c.is_ascii_hexdigit() || ".:[]".contains(c)));
    rest.get(..end.unwrap_or(rest.len()))?.parse().ok()
}

/// The name in `/proc/PID/stat` may hold anything, so fields are counted from its bracket: 14 and
/// 15 of the whole line.
fn worked(stat: &str) -> Option<Duration> {
    let (_, fields) = stat.rsplit_once(") ")?;
    let mut fields = fields.split(' ').skip(11);
    let mut ticks = || fields.next()?.parse::<u32>().ok();
    Some(TICK * (ticks()? + ticks()?))
}

/// A line like `VmRSS: 123456 kB` of `/proc/PID/status`, in bytes.
fn field(status: &str, name: &str) -> Option<u64> {
    let line = status.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'))?;
    let kibibytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kibibytes * 1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn log(name: &str) -> PathBuf {
        std::env::temp_dir().join(format!("gongkai-bench-{name}-{}", std::process::id()))
    }

    fn shell(script: &str) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        command
    }

    #[test]
    fn the_address_is_found_in_what_a_server_prints() {
        for (line, port) in [
            ("公开门户已启动: http://127.0.0.1:8080", Some(8080)),
            ("http://127.0.0.1:45123/ 已启动", Some(45123)),
            ("http://[::1]:8081，请打开", Some(8081)),
            ("正在装入演示城市", None),
            ("https://example.cn", None),
            ("http://example.cn/", None),
        ] {
            assert_eq!(address_in(line).map(|address| address.port()), port, "{line}");
        }
    }

    #[test]
    fn processor_time_and_memory_are_read_from_the_kernels_lines() {
        let stat = "42 (a) b) S 1 42 42 0 -1 4194560 2500 0 3 0 150 50 0 0 20 0 5 0 300 1 2";
        assert_eq!(worked(stat), Some(Duration::from_secs(2)));
        assert_eq!(worked("42 (sh) S 1"), None);
        let status = "Name:\tgongkai\nVmHWM:\t  204800 kB\nVmRSS:\t  102400 kB\n";
        assert_eq!(field(status, "VmRSS"), Some(104_857_600));
        assert_eq!(field(status, "VmHWM"), Some(209_715_200));
        assert_eq!(field(status, "VmSwap"), None);
    }

    #[test]
    fn a_server_is_known_by_its_address_and_ends_with_its_owner() {
        let log = log("address");
        let script = "echo starting; echo http://127.0.0.1:4321; echo words >&2; exec sleep 600";
        let running = Running::start(shell(script), &log).expect("it starts");
        assert_eq!(running.address().port(), 4321);
        assert!(running.resident().expect("it runs").0 > 0);
        running.settle().expect("it sleeps");
        assert_eq!(running.logged(), "words");
        let place = PathBuf::from(format!("/proc/{}", running.child.id()));
        assert!(place.exists());
        drop(running);
        assert!(!place.exists());
        std::fs::remove_file(log).expect("it was written");
    }

    #[test]
    fn a_server_that_ends_at_once_leaves_its_words() {
        let log = log("ends");
        let error = Running::start(shell("echo 错误: 端口被占用 >&2; exit 1"), &log).err();
        assert!(error.expect("it ends").to_string().contains("端口被占用"));
        std::fs::remove_file(log).expect("it was written");
    }
}
