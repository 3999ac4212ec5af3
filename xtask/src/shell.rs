//! Calling other programs.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, bail};

/// The folder of the workspace.
pub fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().map_or_else(|| here.to_path_buf(), Path::to_path_buf)
}

/// Runs a program to its end with its output where ours is.
pub fn run(command: &mut Command) -> anyhow::Result<()> {
    let status = command
        .stdin(Stdio::null())
        .status()
        .with_context(|| format!("无法运行 {}", command.get_program().display()))?;
    if !status.success() {
        bail!("{} 没有成功 ({status})", command.get_program().display());
    }
    Ok(())
}

/// What a program prints on its standard output.
pub fn output(command: &mut Command) -> anyhow::Result<String> {
    let output = command
        .stdin(Stdio::null())
        .stderr(Stdio::inherit())
        .output()
        .with_context(|| format!("无法运行 {}", command.get_program().display()))?;
    if !output.status.success() {
        bail!("{} 没有成功 ({})", command.get_program().display(), output.status);
    }
    String::from_utf8(output.stdout).context("输出不是 UTF-8")
}
