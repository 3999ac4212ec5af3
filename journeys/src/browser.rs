//! Browser walks: scripts in `browser/`, run by node, driving Debian's Chromium.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, bail};

use crate::Portal;

/// What a browser walk needs of the machine.
#[derive(Debug)]
pub struct Browser {
    chromium: PathBuf,
    scripts: PathBuf,
}

impl Browser {
    /// Finds node, Chromium and the installed scripts; `None`, said aloud, where one is missing.
    ///
    /// # Panics
    /// In CI nothing may be missing.
    pub fn find() -> Option<Self> {
        match Self::look() {
            Ok(browser) => Some(browser),
            Err(missing) => {
                let why = format!("浏览器走查: {missing:#}。改法: 运行 ./test, 它会安装");
                assert!(std::env::var("CI").is_err(), "{why}");
                store::testing::skipped(&why);
                None
            }
        }
    }

    fn look() -> anyhow::Result<Self> {
        let scripts = Path::new(env!("CARGO_MANIFEST_DIR")).join("browser");
        let node = Command::new("node").arg("--version").output().context("没有 node")?;
        if !node.status.success() {
            bail!("node 不能用");
        }
        if !scripts.join("../node_modules/playwright-core/package.json").exists() {
            bail!("没有 journeys/node_modules");
        }
        let named = std::env::var("CHROMIUM").unwrap_or_else(|_| "/usr/bin/chromium".into());
        let chromium = PathBuf::from(named);
        if !chromium.exists() {
            bail!("没有 {}", chromium.display());
        }
        Ok(Self { chromium, scripts })
    }

    /// Runs one script against the portal; what it prints is the journey's report.
    ///
    /// # Errors
    /// The script found something wrong; its words are in the error.
    pub fn run(&self, script: &str, arguments: &[&str]) -> anyhow::Result<String> {
        let output = Command::new("node")
            .arg(self.scripts.join(script))
            .args(arguments)
            .env("CHROMIUM", &self.chromium)
            .stdin(Stdio::null())
            .output()
            .context("node")?;
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        if !output.status.success() {
            bail!("{script}:\n{said}{}", String::from_utf8_lossy(&output.stderr));
        }
        Ok(said)
    }
}

/// Starts the demo city and walks through it with one script, printing what the script reports.
/// Leaves the walk out, said aloud, where the machine has no browser.
///
/// # Panics
/// The walk found something wrong.
pub fn walk(journey: &str, script: &str, arguments: &[&str]) {
    let Some(browser) = Browser::find() else { return };
    let portal = Portal::start(journey).unwrap_or_else(|error| panic!("{error:#}"));
    let mut all = vec![portal.address()];
    all.extend(arguments);
    match browser.run(script, &all) {
        Ok(said) => println!("{}", said.trim_end()),
        Err(error) => panic!("{error:#}"),
    }
}

/// Runs the parts of a walk in one city, each so many days after today, printing what they report; they leave notes for
/// one another at a path.
///
/// # Panics
/// A part found something wrong, or the city does not start again.
pub fn walk_over(
    (browser, portal): (&Browser, &mut Portal),
    script: &str,
    parts: &[(u16, &str)],
    notes: &Path,
) {
    let notes = notes.display().to_string();
    for (days, part) in parts {
        if *days > 0 {
            portal.later(*days).unwrap_or_else(|error| panic!("{error:#}"));
        }
        match browser.run(script, &[portal.address(), *part, &notes]) {
            Ok(said) => println!("{}", said.trim_end()),
            Err(error) => panic!("{days} 天以后: {error:#}"),
        }
    }
}
