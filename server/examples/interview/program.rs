//! The program as a process, and what it uses.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use anyhow::Context;

use crate::beside::Whereabouts;

/// What `/proc` counts processor time in, on every Linux in use.
const TICK: Duration = Duration::from_millis(10);

/// The program, killed when nobody needs it any more.
pub struct Program {
    child: Child,
    /// Where it answers.
    pub address: String,
}

impl Program {
    /// Starts it over the demo city, which it loads where there is none, as if so many days had gone by.
    pub fn start(place: &Whereabouts, days: u16) -> anyhow::Result<Self> {
        let mut command = Command::new(crate::program_beside()?);
        command.args(["demo", "--later", &days.to_string(), "--listen", "127.0.0.1:0", "--data"]);
        command.arg(&place.data);
        match &place.postgres {
            Some(url) => command.arg("--database").arg(url),
            None => command.env_remove("GONGKAI_DATABASE"),
        };
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
        let out = child.stdout.take().context("its words")?;
        let mut program = Self { child, address: String::new() };
        let mut lines = BufReader::new(out).lines().map_while(Result::ok);
        let said = lines.find_map(|line| line.split("http://").nth(1).map(str::to_owned));
        said.context("it does not start")?.trim().clone_into(&mut program.address);
        // Nobody else may fill the pipe.
        std::thread::spawn(move || lines.for_each(drop));
        Ok(program)
    }

    /// Bytes resident in memory.
    pub fn resident(&self) -> anyhow::Result<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let kibibytes = line.and_then(|line| line.trim().strip_suffix("kB")?.trim().parse().ok());
        let kibibytes: u64 = kibibytes.context("VmRSS")?;
        Ok(kibibytes * 1024)
    }

    /// Processor time used since its start, its own and the kernel's for it.
    pub fn worked(&self) -> anyhow::Result<Duration> {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id()))?;
        let (_, fields) = stat.rsplit_once(") ").context("fields")?;
        let mut fields = fields.split(' ').skip(11);
        let mut ticks = || fields.next().and_then(|field| field.parse::<u32>().ok());
        let (own, kernel) = (ticks().context("own")?, ticks().context("kernel")?);
        Ok(TICK * (own + kernel))
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}
