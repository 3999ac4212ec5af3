//! The program as a process.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use anyhow::Context;

use crate::beside::Whereabouts;

/// The program, killed when nobody needs it any more.
pub struct Program {
    child: Child,
    /// Where it answers.
    pub address: String,
}

impl Program {
    /// Starts it over the demo city, which it loads where there is none.
    pub fn start(place: &Whereabouts) -> anyhow::Result<Self> {
        let mut command = Command::new(crate::program_beside()?);
        command.args(["demo", "--listen", "127.0.0.1:0", "--data"]).arg(&place.data);
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
}

impl Drop for Program {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}
