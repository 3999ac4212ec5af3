//! Where measurements are taken: the programs, a folder of their own, and the demo city in it.

use std::cell::OnceCell;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, bail};

use super::running::Running;
use crate::shell;

/// How much is measured.
#[derive(Debug, Clone, Copy)]
pub struct Scale {
    /// How many times a thing is tried; the best counts.
    pub attempts: usize,
    /// How long `wrk` asks each time.
    pub load_seconds: u64,
    /// How many times an uncached page is asked for.
    pub requests: usize,
    /// How many different pages are opened before memory is looked at.
    pub pages: usize,
    /// How many documents are searched.
    pub documents: u32,
}

const FULL: Scale =
    Scale { attempts: 3, load_seconds: 5, requests: 400, pages: 200, documents: 200_000 };
const QUICK: Scale =
    Scale { attempts: 1, load_seconds: 1, requests: 20, pages: 20, documents: 2_000 };

/// Everything measurements stand on. Its folder goes when it goes.
pub struct Ground {
    /// How much is measured.
    pub scale: Scale,
    gongkai: PathBuf,
    folder: PathBuf,
    lasting: PathBuf,
    city: OnceCell<City>,
}

/// A data folder with the demo city in it.
#[derive(Debug)]
pub struct City {
    /// The data folder.
    pub data: PathBuf,
    /// How many seconds loading took, by the program's own word.
    pub loading: f64,
}

impl Ground {
    /// Finds or builds the programs and makes the folder.
    ///
    /// # Errors
    /// A program is missing or does not build.
    pub fn prepare(binary: Option<&Path>, build: bool, quick: bool) -> anyhow::Result<Self> {
        let target = shell::root().join("target");
        if build {
            build_all()?;
        }
        let gongkai = match binary {
            Some(binary) => binary.canonicalize().unwrap_or_else(|_| binary.to_path_buf()),
            None => target.join("release/gongkai"),
        };
        if !gongkai.is_file() {
            bail!("没有 {}; 改法: 加上 --build 先编译发布版", gongkai.display());
        }
        // On the disk where data would lie, not in a temporary folder that may be mere memory.
        let folder = target.join(format!("bench-{}", std::process::id()));
        std::fs::create_dir_all(&folder)?;
        let scale = if quick { QUICK } else { FULL };
        let lasting = target.join("bench-kept");
        Ok(Self { scale, gongkai, folder, lasting, city: OnceCell::new() })
    }

    /// A place in the folder.
    pub fn place(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// A place for what takes long to make and is the same in every run: it stays in the target folder until
    /// somebody deletes it.
    pub fn kept(&self, name: &str) -> PathBuf {
        self.lasting.join(name)
    }

    /// The program, about to work on a data folder.
    pub fn gongkai(&self, data: &Path) -> Command {
        let mut command = Command::new(&self.gongkai);
        command.env_remove("GONGKAI_DATABASE").env_remove("GONGKAI_LOG").arg("--data").arg(data);
        command
    }

    /// A program that is built beside ours: `cargo build --example NAME` in the same profile.
    ///
    /// # Errors
    /// It was not built.
    pub fn beside(&self, package: &str, name: &str) -> anyhow::Result<PathBuf> {
        let folder = self.gongkai.parent().context("程序不在任何文件夹里")?;
        let program = folder.join("examples").join(name);
        if !program.is_file() {
            bail!(
                "没有 {}; 改法: 加上 --build, 或用同样的编译选项运行 cargo build -p {package} --example {name}",
                program.display()
            );
        }
        Ok(program)
    }

    /// Starts the program over a data folder on a port of its own: `demo` or `serve`.
    ///
    /// # Errors
    /// It does not start.
    pub fn start(&self, how: &str, data: &Path) -> anyhow::Result<Running> {
        Running::start(self.serving(how, data), &self.place(&format!("{how}.log")))
    }

    /// The program about to serve a data folder on a port of its own.
    pub fn serving(&self, how: &str, data: &Path) -> Command {
        let mut command = self.gongkai(data);
        command.args([how, "--listen", "127.0.0.1:0"]);
        command
    }

    /// The demo city, loaded once and at rest: nothing is left to be done when it is served.
    ///
    /// # Errors
    /// It does not load.
    pub fn city(&self) -> anyhow::Result<&City> {
        if let Some(city) = self.city.get() {
            return Ok(city);
        }
        let data = self.place("city");
        std::fs::create_dir_all(&data)?;
        let running = self.start("demo", &data).context("演示城市没有装成")?;
        running.settle()?;
        let logged = running.logged();
        let loading = seconds_in(&logged).with_context(|| format!("没有报告用时: {logged}"))?;
        drop(running);
        Ok(self.city.get_or_init(|| City { data, loading }))
    }
}

impl Drop for Ground {
    fn drop(&mut self) {
        // What is left lies in the target folder, where it does no harm.
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// The program as it is shipped, then all yardsticks in one graph of features and the same profile.
/// They are built apart, so that what they need does not change what the program is built with.
fn build_all() -> anyhow::Result<()> {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".into());
    for what in [
        "-p gongkai --bin gongkai",
        "-p xtask -p search -p catalogue -p catalogue-rules -p suggestions-rules -p reports -p gongkai \
         --example bare-server --example measure --example coverage --example difference \
         --example obligations --example annual --example publishing --example requests --example interview \
         --example search-quality --example steady --example documents --example routing",
    ] {
        let mut command = Command::new(&cargo);
        command
            .current_dir(shell::root())
            .args(["build", "--release", "--locked"])
            .args(what.split_whitespace());
        shell::run(&mut command)?;
    }
    Ok(())
}

/// The number in `用时 1.2 秒`.
fn seconds_in(words: &str) -> Option<f64> {
    let (_, rest) = words.rsplit_once("用时 ")?;
    rest.split_once(" 秒")?.0.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_of_loading_is_found_in_the_programs_words() {
        let words = "正在装入演示城市: 厦门市 …\n演示城市已装好, 用时 1.7 秒";
        assert_eq!(seconds_in(words), Some(1.7));
        assert_eq!(seconds_in("正在装入演示城市"), None);
    }

    #[test]
    fn a_program_that_was_not_built_is_missed_with_a_remedy() {
        let missing = Ground::prepare(Some(Path::new("target/no-such-program")), false, true).err();
        let words = missing.expect("it is not there").to_string();
        assert!(words.contains("no-such-program") && words.contains("--build"), "{words}");
    }
}
